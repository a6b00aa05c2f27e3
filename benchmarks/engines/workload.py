"""What is measured: a pack, proposals, the same as flat tables, and the findings that every engine must find."""

import time
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from attrs import frozen
from benchmarks.engines import generated, shipped
from benchmarks.engines.contenders.generated_python import GeneratedPython
from benchmarks.engines.flat import Finding, Table
from benchmarks.engines.translating import tables_of

from consistent import KnowledgeBase, load
from consistent.model.proposal import Proposal

__all__ = ["DAY", "Workload", "by_plain", "generated_workload", "shipped_workload"]

# Facts and rules of one day, so that figures do not move with the calendar.
DAY = date(2026, 11, 1)


@frozen(kw_only=True, eq=False)
class Workload:
    """One pack with proposals.

    Attributes:
        name: for files and tables; `title` is for readers.
        pack: what `load` takes.
        tables: rules and rows for engines that know no packs.
        expected: the findings of each proposal.
        compared: how many of the proposals the plain evaluator has confirmed these on, and with how many findings.
        facts: how many hold.
        unknown: the same proposals with some fields unknown, for `consistent` alone.
    """

    name: str
    title: str
    pack: str | Path
    proposals: tuple[Proposal, ...]
    tables: tuple[Table, ...]
    expected: tuple[frozenset[Finding], ...]
    compared: tuple[int, int]
    rules: int
    facts: int
    unknown: tuple[Proposal, ...] = ()

    @property
    def measures(self) -> int:
        """How many a proposal has."""
        return len(self.proposals[0].measures)

    def findings(self, proposals: int) -> frozenset[Finding]:
        """What is to be found in the first so many."""
        return frozenset(each for found in self.expected[:proposals] for each in found)


def generated_workload(
    folder: Path,
    rules: int,
    *,
    proposals: int,
    facts: int = 60,
    measures: int = 12,
    seconds: float = 3,
    unknown: bool = False,
) -> Workload:
    """The generated pack with so many rules.

    Args:
        folder: into which packs are written; must stay as long as the workload is used.
        rules: how many.
        proposals: how many.
        facts: how many.
        measures: of each proposal.
        seconds: for the plain evaluator to confirm what is expected.
        unknown: whether there are proposals with unknowns too.

    Raises:
        AssertionError: the plain evaluator finds something else.
    """
    pack = generated.write_pack(folder / f"{rules}-{facts}", rules=rules, facts=facts)
    drawn = generated.proposals(proposals, measures=measures, facts=facts)
    dim = generated.proposals(proposals, measures=measures, facts=facts, unknown=0.15) if unknown else ()
    return _workload(f"generated-{rules}", pack, tuple(drawn), seconds, tuple(dim))


def shipped_workload(*, proposals: int, seconds: float = 3, unknown: bool = False) -> Workload:
    """The rules that ship, on variations of the proposals that ship; arguments as those of `generated_workload`."""
    kb = load(shipped.PACK)
    drawn = tuple(shipped.proposals(kb, DAY, proposals))
    dim = tuple(shipped.proposals(kb, DAY, proposals, unknown=0.15)) if unknown else ()
    return _workload("shipped", shipped.PACK, drawn, seconds, dim)


def _workload(
    name: str,
    pack: str | Path,
    proposals: tuple[Proposal, ...],
    seconds: float,
    unknown: tuple[Proposal, ...],
) -> Workload:
    kb = load(pack)
    program = kb.program(DAY)
    tables = tables_of(program, proposals)
    expected = _by_reference(tables, len(proposals))
    return Workload(
        name=name, title=f"{name.partition('-')[0]}, {len(program.rules)} rules",
        pack=pack, proposals=proposals, tables=tables, expected=expected,
        compared=_confirm(kb, proposals, expected, seconds), rules=len(program.rules),
        facts=sum(len(each) for each in kb.knowledge.facts.values()), unknown=unknown,
    )  # fmt: skip


def _by_reference(tables: Sequence[Table], proposals: int) -> tuple[frozenset[Finding], ...]:
    found: list[set[Finding]] = [set() for _ in range(proposals)]
    for table in tables:
        engine = GeneratedPython(table)
        for pair in engine.run(engine.convert(table.rows)):
            finding = table.finding(pair)
            found[finding[0]].add(finding)
    return tuple(frozenset(each) for each in found)


def _confirm(
    kb: KnowledgeBase, proposals: Sequence[Proposal], expected: Sequence[frozenset[Finding]], seconds: float
) -> tuple[int, int]:
    """Compare with the plain evaluator for so many seconds, spread over all proposals.

    Raises:
        AssertionError: the translation is wrong.
    """
    began, compared, findings = time.perf_counter(), 0, 0
    # A stride, so that the part that is compared is no stretch from the beginning.
    order = [number for first in range(7) for number in range(first, len(proposals), 7)]
    for number in order:
        found = frozenset(by_plain(kb, number, proposals[number]))
        if found != expected[number]:
            raise AssertionError(f"proposal {number}: {sorted(found ^ expected[number])}")
        compared, findings = compared + 1, findings + len(found)
        if time.perf_counter() - began > seconds:
            break
    return compared, findings


def by_plain(kb: KnowledgeBase, number: int, proposal: Proposal) -> Iterable[Finding]:
    """The findings of one proposal by the plain evaluator: rules that apply, no exception or stronger rule in the way."""
    places = {each.id: index for index, each in enumerate(proposal.measures)}
    for (rule, measure), outcome in kb.case(proposal, as_of=DAY, engine="plain").states().items():
        if outcome == "applies":
            yield number, rule, -1 if measure is None else places[measure]
