"""Look up the passages that proposals quote in the documents that they name.

    python tools/verify_passages.py 'COM(2022) 68=FOLDER/52022PC0068.xhtml' ... [--proposals proposals] [--accept FILE]

Each passage comes out as found, as standing elsewhere (in another provision than the evidence names), or as missing; those of
documents that are not given are counted. `--accept` writes the digests of what was found, by which a test tells a passage that
was changed since. Exit status 1 if a passage is missing or stands elsewhere.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from consistent.documents.anchors import Anchor, find
from consistent.documents.document import Document, place_of
from consistent.documents.reading import read_document
from consistent.model.evidence import Evidence
from consistent.toml.tomlfile import TomlFile

Status = Literal["found", "elsewhere", "missing", "not given"]
# Where a document has no structure left, the place cannot be told from the text.
_TOLD = re.compile(r"Article |recital ")


def passages(folder: Path) -> Iterator[tuple[Path, Evidence]]:
    """Every piece of evidence that quotes something, in the order of files and places."""
    for path in sorted(folder.glob("*.toml")):
        yield from ((path, Evidence(**entry)) for entry in _entries(TomlFile.read(path).data) if entry.get("quote"))


def _entries(data: object) -> Iterator[dict[str, Any]]:
    if isinstance(data, Mapping):
        if "document" in data:
            yield dict(data)
        else:
            for value in data.values():
                yield from _entries(value)
    elif isinstance(data, list):
        for value in data:
            yield from _entries(value)


def status_of(evidence: Evidence, documents: Mapping[str, Document]) -> Status:
    """What becomes of a passage."""
    document = documents.get(evidence.document)
    if document is None:
        return "not given"
    anchor = Anchor(exact=evidence.quote, prefix=evidence.prefix, suffix=evidence.suffix)
    span = find(document, anchor)
    if span is None or _words(document.of(span)) != _words(evidence.quote):
        return "missing"
    place = place_of(document, span)
    return "elsewhere" if _TOLD.match(place) and place != evidence.place else "found"


def digest(evidence: Evidence) -> str:
    """Of a passage, with the document and the place that it is said to stand in."""
    said = "\n".join((evidence.document, evidence.place, _words(evidence.quote)))
    return sha256(said.encode()).hexdigest()[:16]


def _words(text: str) -> str:
    return "".join(re.findall(r"\w+", text)).lower()


def main(arguments: list[str] | None = None) -> int:
    """Tell what was found, and what was not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", nargs="*", help="as evidence names it, `=`, and its file")
    parser.add_argument("--proposals", type=Path, default=Path("proposals"))
    parser.add_argument("--accept", type=Path, help="write the digests of what was found here")
    options = parser.parse_args(arguments)
    documents = {name: read_document(Path(path)) for name, _, path in (one.partition("=") for one in options.document)}
    quoted = [(path, evidence, status_of(evidence, documents)) for path, evidence in passages(options.proposals)]
    for path, evidence, status in quoted:
        if status in {"elsewhere", "missing"}:
            sys.stdout.write(f"{status}: {path.name}: {evidence.document} {evidence.place} “{evidence.quote}”\n")
    for name, counts in _counted(quoted):
        sys.stdout.write(f"{name}: {', '.join(f'{count} {status}' for status, count in sorted(counts.items()))}\n")
    if options.accept:
        found = sorted({digest(evidence) for _, evidence, status in quoted if status == "found"})
        options.accept.write_text(f"{json.dumps(found, indent=0)}\n", encoding="utf-8")
    return int(any(status in {"elsewhere", "missing"} for _, _, status in quoted))


def _counted(quoted: Iterable[tuple[Path, Evidence, Status]]) -> Iterator[tuple[str, Counter[Status]]]:
    counts: dict[str, Counter[Status]] = {}
    for _, evidence, status in quoted:
        counts.setdefault(evidence.document, Counter())[status] += 1
    yield from sorted(counts.items())


if __name__ == "__main__":
    sys.exit(main())
