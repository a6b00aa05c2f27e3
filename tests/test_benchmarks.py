"""The benchmarks compare like with like: what they measure gives the findings of the plain evaluator. Nothing here is timed."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from attrs import evolve
from benchmarks.engines import generated, workload
from benchmarks.engines.contenders.generated_python import GeneratedPython
from benchmarks.engines.flat import Finding, FlatRule, Has, Part, Table
from benchmarks.engines.ours import OURS, Ours
from benchmarks.engines.race import Settings, race
from benchmarks.engines.tables import tables, write_page
from benchmarks.engines.translating import Undecidable, tables_of
from benchmarks.engines.workload import DAY, Workload, generated_workload, shipped_workload

from consistent import load
from consistent.engine.choosing import engine_named
from consistent.errors import UsageError

# Longer than the plain evaluator needs: it confirms everything.
ALL = 600


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Workload:
    return generated_workload(tmp_path_factory.mktemp("packs"), 24, proposals=12, seconds=ALL)


class TestWorkloads:
    """Rules and proposals as engines get them say what the pack says."""

    def test_generated(self, small: Workload) -> None:
        """The plain evaluator confirmed every proposal; there is something to find, and not everywhere."""
        proposals, findings = small.compared
        assert proposals == len(small.proposals) == 12
        assert findings == len(small.findings(12)) > 12
        assert findings < 24 * 12 * 12 / 10

    def test_generated_has_all_kinds_of_rule(self, small: Workload) -> None:
        """Joins with facts, exceptions and alternatives are all among the rules."""
        (table,) = small.tables
        assert any(rule.unless for rule in table.rules)
        assert any(len(rule.when) > 1 for rule in table.rules)
        assert "m_legal_basis" in table.kinds

    def test_shipped(self) -> None:
        """The rules that ship come through the translation unharmed, exceptions and stronger rules too."""
        shipped = shipped_workload(proposals=3, seconds=ALL)
        assert shipped.compared[0] == 3
        assert {each.whole for each in shipped.tables} == {True, False}
        assert any(rule.stronger for table in shipped.tables for rule in table.rules)

    def test_fault_in_translation(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A finding that is lost on the way is noticed before anything is timed."""
        whole = workload._by_reference

        def lossy(tables: Sequence[Table], proposals: int) -> tuple[frozenset[Finding], ...]:
            first, *rest = whole(tables, proposals)
            return (first - set(sorted(first)[:1]), *rest)

        monkeypatch.setattr(workload, "_by_reference", lossy)
        with pytest.raises(AssertionError, match=r"proposal 0: \[\(0, 'generated/rule-"):
            generated_workload(tmp_path, 24, proposals=2, seconds=ALL)

    def test_unknown_is_not_translated(self, tmp_path: Path) -> None:
        """Engines that know no unknown must not be asked about it."""
        kb = load(generated.write_pack(tmp_path, rules=10))
        drawn = tuple(generated.proposals(2, unknown=0.5))
        with pytest.raises(Undecidable):
            tables_of(kb.program(DAY), drawn)

    def test_stronger_rules(self) -> None:
        """A rule that a stronger one defeats is no finding where that applies."""
        yes = ((Part(Has("f", ("a",))),),)
        rules = (FlatRule("strong", yes), FlatRule("weak", ((),), stronger=(0,)))
        rows = ({"f": ("a", "b")}, {"f": ("b",)})
        table = Table(kinds={"f": "set"}, rules=rules, rows=rows, per_proposal=1, whole=False)
        engine = GeneratedPython(table)
        assert set(engine.run(engine.convert(rows))) == {(0, 0), (1, 1)}


@pytest.mark.parametrize("name", OURS)
def test_ours(small: Workload, name: str) -> None:
    """Each evaluator of this library finds what is expected."""
    try:
        engine_named(OURS[name].engine)
    except UsageError:
        pytest.skip("durable-rules cannot be imported on this Python")
    ours = Ours(name, small.pack, DAY)
    found = list(ours.findings(small.proposals, ours.run(ours.convert(small.proposals))))
    assert len(found) == len(set(found))
    assert set(found) == small.findings(12)


def test_race(small: Workload) -> None:
    """Engines run in processes of their own; one that cannot be had does not stop the others."""
    missing, columns = race(small, ["DuckDB", "columns"], Settings(rounds=2, turn=0), {"columns": 5, "DuckDB": 5})
    assert columns.compared == len(small.findings(5)) > 0
    assert (len(columns.rates), columns.proposals, columns.failed) == (2, 5, "")
    # The peers are installed where benchmarks run, and nowhere else.
    assert missing.rates or "NotFoundError" in missing.failed


def test_race_is_off_where_findings_differ(small: Workload) -> None:
    """An engine that does not find what is expected gets no figures."""
    changed = evolve(small, expected=(frozenset({(0, "generated/rule-0000", 99)}), *small.expected[1:]))
    (columns,) = race(changed, ["columns"], Settings(rounds=1, turn=0), {"columns": 1})
    assert columns.failed.startswith(f"AssertionError: 1 findings lost, {len(small.findings(1))} false")
    assert columns.rates == []


def test_page(tmp_path: Path) -> None:
    """The page has a place for each table, and tables go there and nowhere else."""
    page = Path(shutil.copy(Path(__file__).parents[1] / "docs/background/speed.md", tmp_path))
    before = page.read_text("utf-8")
    result = {
        "engine": "columns", "ours": True, "version": "1", "failed": "", "rate": 2000.0, "whole": 1000.0, "convert": None,
        "compared": 7, "memory": 60.0, "prepare": 0.1,
    }  # fmt: skip
    names = [*(f"generated-{rules}" for rules in (10, 40, 160, 640)), "shipped"]
    raced = {"title": "t", "compared": (1, 7), "per_proposal": 7.0, "results": [result]}
    machine = {
        "processor": "p", "usable_cores": 2, "memory_mb": 2048, "system": "s", "python": "y", "numpy": "n", "load": [0.0],
    }  # fmt: skip
    found = tables(
        {
            "machine": machine,
            "workloads": [raced | {"name": name} for name in names],
            "growth": [{"axis": "facts", "number": 15, "engine": "columns", "rate": 5.0}],
            "start_up": {"columns": {"import": 0.05}},
            "memory": [{"proposals": 10_000, "peak_mb": 80.0, "rate": 99.0}],
            "processes": {"one": 10.0, "two": 19.0, "ratio": 1.9},
            "bars": [{"bar": "b", "most": "1 ms", "figure": "0.5 ms", "met": True}],
        }
    )
    assert write_page(page, found) == []
    after = page.read_text("utf-8")
    assert all(table in after for table in found.values())
    assert "| **columns** |       2,000 |       1.00 |" in found["race-shipped"]
    # A second time nothing changes; a table without a place is told.
    assert write_page(page, found | {"other": "x"}) == ["other"]
    assert page.read_text("utf-8") == after != before
