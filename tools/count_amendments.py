"""How many of the changes that repairs ask for have words: by kind of change, over the proposals that ship.

    .venv/bin/python tools/count_amendments.py [DOCUMENT=PROPOSAL ...]

Each proposal is asked twice: as it is, and with all its safeguards and statements taken out, so that there is something to ask for. Counted
is each change of each repair that is shown, once a proposal. Without a document a change has the words of a standard clause at most; with
`../shared/documents/proposals/52022PC0068.en.xhtml=proposals/com-2022-68.toml` those of the text as well. Takes a minute.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from attrs import evolve

from consistent import load
from consistent.documents.document import Document
from consistent.documents.reading import read_document
from consistent.inquiries.repairs.amending_text import Amendment, amendment_for
from consistent.inquiries.repairs.asking import Change
from consistent.model.proposal import Proposal
from consistent.model.values import Value

PROPOSALS = Path(__file__).parent.parent / "proposals"
DAY = date(2026, 12, 1)
# More alternatives are found the longer it searches; after so many seconds most are there.
_SECONDS = 6.0
_STATES = ("words", "a blank in them", "gap")


def state(amendment: Amendment) -> str:
    """Whether an amendment has words."""
    return _STATES[2] if amendment.open else _STATES[1] if amendment.blank else _STATES[0]


def bare(proposal: Proposal) -> Proposal:
    """The proposal without a safeguard and without a statement."""
    measures = tuple(evolve(measure, safeguards=Value.exactly()) for measure in proposal.measures)
    return evolve(proposal, statements=Value.exactly(), measures=measures)


def asked(paths: Iterable[Path]) -> Iterator[tuple[Path, str, Proposal, Change]]:
    """Every change that is asked for, with the proposal and how it was put."""
    base = load("nl-22112-4027")
    for path in paths:
        given = base.check(path).case.proposal
        for name, proposal in (("as it is", given), ("with nothing accounted for", bare(given))):
            found = base.check(proposal, as_of=DAY).repairs(conditions=True, seconds=_SECONDS)
            changes = (change for each in found.findings for repair in each.repairs for change in repair.changes)
            for change in dict.fromkeys(changes):
                yield path, name, proposal, change


def main() -> None:
    """Print a table for each way of asking, and one for the proposals of which a document was given."""
    documents: dict[Path, Document] = {}
    for pair in sys.argv[1:]:
        text, _, whose = pair.partition("=")
        documents[Path(whose).resolve()] = read_document(Path(text).read_bytes(), Path(text).name)
    tables: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for path, name, proposal, change in asked(sorted(PROPOSALS.glob("*.toml"))):
        tables[name][change.kind][state(amendment_for(change, proposal, None))] += 1
        if path.resolve() in documents:
            amendment = amendment_for(change, proposal, documents[path.resolve()])
            tables[f"{name}, with its text"][change.kind][state(amendment)] += 1
    for name, kinds in sorted(tables.items()):
        print(f"{name}: {sum(map(Counter.total, kinds.values()))} changes")
        print(f"  {'':20}{''.join(f'{each:>18}' for each in _STATES)}")
        for kind, counts in [*sorted(kinds.items()), ("all", sum(kinds.values(), Counter[str]()))]:
            print(f"  {kind:20}{''.join(f'{counts[each]:>18}' for each in _STATES)}")


if __name__ == "__main__":
    main()
