"""How much proofreading finds of faults planted in real documents, by kind; and what it says of each as it is.

    python -m tests.proofreading ../shared/documents/proposals/*.xhtml --most 4

Each fault that was missed is printed with the words around it, then the counts. `--most 0` plants nothing.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from consistent.documents.reading import read_document
from consistent.proofreading.proofread import discrepancies_of
from consistent.proofreading.text import Text
from tests.proofreading.planting import FAULTS, found_of, planted_in

_AROUND = 100


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Print what is found of each document, what is missed of the planted faults, and how many were found by kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=4, help="faults of each kind in a document")
    arguments = parser.parse_args()
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for path in arguments.documents:
        document = read_document(path)
        text = Text.of(document)
        if text is None:
            _tell(f"{path.name}: no act, or several")
            continue
        as_it_is = discrepancies_of(text)
        said.update(each.kind for each in as_it_is)
        for each in as_it_is:
            _tell(f"{path.name}: {each.kind}: {each.message.en}")
        before = frozenset(each.message.en for each in as_it_is)
        for fault in planted_in(text, arguments.most) if arguments.most else ():
            planted[fault.fault] += 1
            if found_of(document, fault, before):
                found[fault.fault] += 1
                continue
            around = document.text[max(0, fault.span.start - _AROUND) : fault.span.end + _AROUND].replace("\n", " / ")
            _tell(f"{path.name}: missed, {fault.fault} (`{fault.words}`): {around}")
    for kind, count in said.items():
        _tell(f"{kind}: {count}")
    for name in FAULTS:
        if planted[name]:
            _tell(f"{name}: {found[name]} of {planted[name]}")


if __name__ == "__main__":
    main()
