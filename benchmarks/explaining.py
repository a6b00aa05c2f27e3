"""How long a report with many findings takes to explain itself, beside how long the check took.

The proposal is the White Paper with its measures repeated until the findings are as many as asked for (500 unless given). Seconds are
those of the processor; what has an aim is told with it. Last come the shipped proposals: their reports in full, over their findings
alone, which are first compared with those of the reports.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from io import StringIO
from operator import attrgetter
from pathlib import Path
from time import process_time
from typing import TypeVar

from attrs import evolve
from rich.console import Console

from consistent import Check, KnowledgeBase, Proposal, Report, load
from consistent.findings.said import Said
from consistent.reports.json_format import render
from consistent.reports.terminal import print_outline
from consistent.reports.text import print_report
from consistent.reports.why_text import why_not_outline

T = TypeVar("T")
PAPER = Path(__file__).parents[1] / "proposals/join-2025-120.toml"


def timed(what: str, action: Callable[[], T], aim: float | None = None) -> tuple[T, float]:
    """Do something once, and print how long it took."""
    start = process_time()
    result = action()
    seconds = process_time() - start
    print(f"{what:<58}{seconds:8.3f} s{'' if aim is None else told(seconds, aim)}")
    return result, seconds


def told(figure: float, aim: float) -> str:
    """The aim, and whether it is met."""
    return f"  aim: {aim:g}  {'met' if figure <= aim else 'NOT MET'}"


def in_full(kb: KnowledgeBase, rounds: int = 5) -> None:
    """Print how many times as long reports of the shipped proposals take as their findings alone, the least of some rounds."""
    proposals = [kb.read(path) for path in sorted(PAPER.parent.glob("*.toml"))]
    if [each.spoken for each in kb.check_many(proposals)] != [each.report.spoken for each in kb.check_many(proposals)]:
        raise AssertionError
    alone, whole = (
        min(_looked_at(kb, proposals, look) for _ in range(rounds))
        for look in (attrgetter("spoken"), attrgetter("report"))
    )
    print(
        f"{'reports in full of the shipped proposals, to findings':<58}{whole / alone:8.1f}  {told(whole / alone, 10)}"
    )


def repeated(proposal: Proposal, times: int) -> Proposal:
    """The proposal with each measure several times, under ids of their own."""
    measures = (evolve(each, id=f"{each.id}-{n}", title=each.title) for n in range(times) for each in proposal.measures)
    # Copies have no place in the file; a line that is not there would be looked for in vain.
    return evolve(proposal, measures=tuple(measures), file=None)


def _looked_at(kb: KnowledgeBase, proposals: Sequence[Proposal], look: Callable[[Check], object]) -> float:
    start = process_time()
    for check in kb.check_many(proposals):
        look(check)
    return process_time() - start


def explain(report: Report) -> int:
    """The chain of everything that is said; how many links they have."""
    everything: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
    return sum(len(report.why(each).links) for each in everything)


def printed(report: Report) -> str:
    """The report as `check --why` prints it, in both languages."""
    out = StringIO()
    console = Console(file=out, width=120, highlight=False, markup=False, emoji=False)
    print_report(report, console, "en", why=True)
    print_report(report, console, "nl", why=True)
    return out.getvalue()


def why_not(kb: KnowledgeBase, check: Check) -> str:
    """What became of every rule, as `why` prints it."""
    out = StringIO()
    console = Console(file=out, width=120, highlight=False, markup=False, emoji=False)
    for rule in kb.rules:
        print_outline(console, why_not_outline(check.why_not(rule.id), "en"))
    return out.getvalue()


def main() -> int:
    """Check, explain, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("findings", nargs="?", type=int, default=500, help="at least so many (default: %(default)s)")
    wanted = parser.parse_args().findings
    kb = load()
    paper = kb.read(PAPER)
    once = len(kb.check(paper).findings)
    proposal = repeated(paper, -(-wanted // max(once - 1, 1)))
    report, checking = timed("check", lambda: kb.check(proposal).report)
    print(f"  {len(report.findings)} findings, {len(report.open)} open, {len(report.defeated)} defeated")
    links, explaining = timed("explain: the chain of each, as data", lambda: explain(report))
    print(f"  {links} links; {explaining / checking:.3f} of the time of the check")
    text, _ = timed("print: check --why, in both languages", lambda: printed(report), 3.4)
    print(f"  {text.count(chr(10))} lines")
    timed("print: check --why --format json", lambda: render([report], why=True))
    small = kb.check(paper)
    rule = kb.rules[0].id
    timed("why not: one rule, the White Paper as it is", lambda: small.why_not(rule))
    timed(f"why not: all {len(kb.rules)} rules, with text", lambda: why_not(kb, small), 12.1)
    in_full(kb)
    return 0


if __name__ == "__main__":
    sys.exit(main())
