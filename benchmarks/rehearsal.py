"""How many answers an act takes until nothing is presumed and nothing open that a complete reading decides.

    python -m benchmarks.rehearsal [PACK] [ACT ...]

The acts are annotations in `tests/drafting/annotations`, several of one document joined by `+`; the answers are those of a scripted
analyst, who knows the annotation alone.
"""

import sys
from collections import Counter

from tests.rehearsal import reading_of, rehearse

from consistent import load
from consistent.findings.case import Case

__all__ = ["main"]

_ACTS = ("dataact", "dma", "dsa-1+dsa-2", "dga")


def _applies(case: Case) -> set[tuple[str, str | None]]:
    return {place for place, outcome in case.states().items() if outcome == "applies"}


def main(pack: str = "treaties", *acts: str) -> None:
    """Rehearse acts and print, for each, answers by kind, what is missed and added, and what stays open."""
    kb = load(pack)
    for act in acts or _ACTS:
        reading = reading_of(kb, *act.split("+"))
        analyst, case = rehearse(kb, reading)
        mine, whole = _applies(case), _applies(kb.case(reading.complete(), engine="columns"))
        report = case.report()
        print(f"{act}, {pack}: {len(analyst.answers)} answers, {dict(Counter(analyst.answers))}")
        print(
            f"  found {len(mine)}, missed {len(whole - mine)}, added {len(mine - whole)}, open {len(report.open)}, presumed {report.presumptions}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
