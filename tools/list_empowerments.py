"""List the delegated and implementing acts that documents provide for, as section 6b of a Dutch fiche does.

    python tools/list_empowerments.py DOCUMENT...

One line for each: article and paragraph, kind, who is empowered, procedure, and the beginning of what it is for; then the
articles on the exercise of the delegation, and where they do not fit the provisions that delegate.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from consistent.documents.document import Document
from consistent.documents.provisions.empowerments import Empowerment, Empowerments, empowerments_of
from consistent.documents.reading import read_document
from consistent.errors import printable

_SHOWN = 100


def main() -> None:
    """List what the documents named on the command line provide for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("documents", nargs="+", type=Path, metavar="DOCUMENT")
    for path in parser.parse_args().documents:
        document = read_document(path)
        found = empowerments_of(document)
        print(f"{path}: {len(found.granted)}")
        for line in lines_of(document, found):
            print(f"  {line}")


def lines_of(document: Document, found: Empowerments) -> Iterator[str]:
    """What is printed of one document."""
    for each in found.granted:
        purpose = printable(document.of(each.purposes[0]))
        yield "  ".join(
            (
                f"{_place(each):12}",
                f"{each.kind:12}",
                f"{each.holder:10}",
                f"{each.procedure or '-':11}",
                f"{each.effect:11}",
                f"{each.look:13}",
                purpose[:_SHOWN],
            )
        )
    for one in found.delegations:
        period = "indeterminate" if one.indeterminate else f"{one.months} months"
        extended = ", tacitly extended" if one.tacit else ""
        listed = ", ".join(str(each.place) for each in one.listed)
        yield f"Article {one.place} on the exercise: {listed}; {period}{extended}; objection within {one.objection} months"
    for mismatch in found.mismatches:
        yield f"mismatch: {mismatch.place} {mismatch.kind}"


def _place(each: Empowerment) -> str:
    return f"{each.place} [{each.within.place}]" if each.within else str(each.place)


if __name__ == "__main__":
    main()
