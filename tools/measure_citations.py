"""How well legal bases are read: precision and recall on the samples of `tests/golden/documents/citations.toml`.

    .venv/bin/python tools/measure_citations.py ../shared/documents/metadata/citations.en.jsonl

Prints both figures for each sample, everything that was read and should not be, and everything that was not read; then, of all
sets, how many were read whole, and every citation in which nothing was recognised.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomli

from consistent.documents.citing.legal_bases import Citations, read_citations

GOLDEN = Path(__file__).parent.parent / "tests" / "golden" / "documents" / "citations.toml"
# Of a citation that was not read, so many characters tell which it is.
_SHOWN = 100


def facts(found: Citations) -> Counter[str]:
    """What was read, one line each."""
    return Counter(
        [f"basis {each.text}" for each in found.bases]
        + [f"whole {each.text}" for each in found.wholes]
        + [f"step {each.kind} {' '.join(each.by) or each.procedure}".strip() for each in found.steps]
    )


def expected(entry: Mapping[str, list[str]]) -> Counter[str]:
    """What a lawyer reads, one line each."""
    kinds = (("basis", "bases"), ("whole", "wholes"), ("step", "steps"))
    return Counter(f"{kind} {each}" for kind, key in kinds for each in entry.get(key, []))


def read_sets(path: Path) -> Mapping[str, list[str]]:
    """The sets of citations, by CELEX number."""
    lines = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return {each["celex"]: each["visas"] for each in lines}


def of_set(celex: str, citations: list[str]) -> Citations:
    """One set, read with what its number says of its time; acts of 2009 stand on both sides."""
    year = int(celex[1:5])
    return read_citations(citations, "en", before_lisbon=None if year == 2009 else year < 2009)  # noqa: PLR2004  the year of the Treaty of Lisbon


def compared(
    sample: Mapping[str, Any], sets: Mapping[str, list[str]]
) -> Iterator[tuple[str, Counter[str], Counter[str]]]:
    """Each set of a sample: its number, what was read, what a lawyer reads."""
    for celex, entry in sample.items():
        yield celex, facts(of_set(celex, sets[celex])), expected(entry)


def shares(sample: Mapping[str, Any], sets: Mapping[str, list[str]], kind: str = "") -> tuple[float, float]:
    """Precision and recall over a sample, of facts of one kind or of all."""
    read = right = wanted = 0
    for _, found, hand in compared(sample, sets):
        one, other = (Counter({fact: n for fact, n in each.items() if fact.startswith(kind)}) for each in (found, hand))
        read, right, wanted = read + one.total(), right + (one & other).total(), wanted + other.total()
    return right / max(read, 1), right / max(wanted, 1)


def main(path: Path) -> None:
    """Print the figures."""
    sets = read_sets(path)
    for name, sample in tomli.loads(GOLDEN.read_text("utf-8")).items():
        for kind in ("basis", "whole", "step", ""):
            precision, recall = shares(sample, sets, kind)
            print(f"{name}, {len(sample)} sets, {kind or 'all'}: precision {precision:.4f}, recall {recall:.4f}")
        for celex, found, hand in compared(sample, sets):
            for fact in (found - hand).elements():
                print(f"  {celex} read, but not there: {fact}")
            for fact in (hand - found).elements():
                print(f"  {celex} there, but not read: {fact}")
    begun = time.process_time()
    read = {celex: of_set(celex, citations) for celex, citations in sets.items()}
    spent = time.process_time() - begun
    print(f"{len(sets)} sets in {spent:.2f} s, {sum(each.complete for each in read.values())} read whole")
    for celex, whole in read.items():
        for each in whole.unread:
            words = sets[celex][each.citation][each.span.start : each.span.end]
            print(f"  {celex} not read: {' '.join(words.split())[:_SHOWN]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
