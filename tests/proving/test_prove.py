"""Guarantees are proved, refuted with the smallest proposal that breaks them, or left undecided; never taken for proved."""

import json
import re
import sys
from collections.abc import Iterable
from datetime import date
from itertools import count, product
from pathlib import Path

import pytest

from consistent.authoring.guarantees import search_guarantee
from consistent.authoring.proving import formulas
from consistent.authoring.proving.formulas import Answer, Formula, Solver, at_least, both, exceeds, opposite
from consistent.authoring.proving.guarantees import Proof, Prover
from consistent.checker import KnowledgeBase, load
from consistent.cli import main
from consistent.errors import UsageError
from consistent.model.values import Value
from consistent.rules.conditions import MOST_COUNTED
from consistent.rules.guarantees import Guarantee
from tests.pack_writing import write_pack
from tests.planted_pack import write_sound_pack
from tests.proving.rule_writing import rule_text

_DAY = date(2026, 6, 1)


def _guarantee(name: str, text: str, kind: str) -> str:
    title = '{ en = "x", nl = "x" }'
    return f'[{name}]\ntitle = {title}\nsources = ["TEU 4(2)"]\n{text}\n{kind}\n'


_TOLD = {
    # name: what is given, what is expected, status, measures, whether it speaks
    "exception-counts": ('given.measure = { effects = "reporting", areas = "mobility" }', 'always.rules = "lamp/duty"', "refuted", None, True),
    "open-counts": (
        'given.measure = { effects = "reporting", areas = "mobility", safeguards = { none = ["national-say"] } }',
        'always = { rules = "lamp/duty", open = true }', "proved", None, True,
    ),
    "says-nothing": ('given.measure = { effects = { any = ["funding"], none = ["funding"] } }', 'never.rules = "lamp/duty"', "proved", None, False),
    "two-duties": ('given.proposal.kind = "paper"', 'never.rules = "lamp/crowd"', "refuted", 3, True),
    "judged": ('beside.rules = "lamp/silent"', 'never.judgement.competence = ["positive", "open", "not-judged"]', "proved", None, True),
    "defeated": ('given.measure = { effects = "harmonisation", areas = "mobility" }', 'never.rules = "lamp/harmonises"', "proved", None, True),
    "bound": ("given.measure = { amount = { over = 500_000_000 } }", 'always.rules = "lamp/costly"', "proved", None, True),
    "bound-off-by-one": ("given.measure = { amount = { at_least = 500_000_000 } }", 'always.rules = "lamp/costly"', "refuted", None, True),
}  # fmt: skip


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The lamp pack with further guarantees."""
    folder = write_sound_pack(tmp_path_factory.mktemp("lamp"))
    path = folder / "facts/lamp/guarantees.toml"
    more = "".join(_guarantee(name, given, expected) for name, (given, expected, *_) in _TOLD.items())
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    return load(folder)


@pytest.fixture(scope="module")
def proofs(kb: KnowledgeBase) -> dict[str, Proof]:
    """What came of each."""
    prover = Prover(kb, _DAY)
    return {guarantee.id.rpartition("/")[2]: prover.prove(guarantee) for guarantee in kb.guarantees}


class TestProofs:
    @pytest.mark.parametrize("name", _TOLD)
    def test_status(self, name: str, proofs: dict[str, Proof]) -> None:
        """Proved or refuted, of how many measures, and whether it says anything."""
        found = proofs[name]
        assert (found.status, found.bounds.measures, found.speaks) == _TOLD[name][2:]

    def test_own_guarantees_hold(self, proofs: dict[str, Proof]) -> None:
        """Those that the pack ships with."""
        assert [proofs[name].status for name in ("duties", "papers")] == ["proved", "proved"]

    def test_smallest(self, proofs: dict[str, Proof]) -> None:
        """A counterexample has no measure, field or value too many."""
        found = proofs["bound-off-by-one"].counterexample
        assert found is not None
        (measure,) = found.case.proposal.measures
        assert measure.amount == Value.exactly(500_000_000)
        assert (measure.effects, measure.areas, found.case.proposal.kind) == (Value(), Value(), Value())

    def test_search_agrees(self, kb: KnowledgeBase, proofs: dict[str, Proof]) -> None:
        """What is proved, the search for counterexamples breaks in vain."""
        for guarantee in kb.guarantees:
            searched = search_guarantee(kb, guarantee, as_of=_DAY, engine="plain", aimed=20, drawn=0)
            assert searched.counterexample is None or proofs[guarantee.id.rpartition("/")[2]].status == "refuted"

    def test_undecided(self, kb: KnowledgeBase) -> None:
        """Without time nothing is proved."""
        assert Prover(kb, _DAY).prove(kb.guarantees[0], seconds=1e-9).status == "undecided"


class TestSolver:
    def test_counts(self) -> None:
        """So many of several parts, of which some are decided."""
        solver = Solver()
        one, other = solver.new("one"), solver.new("other")
        assert solver.can([at_least([True, one, other], 3), one]) == "yes"
        assert solver.holds(other)
        assert solver.can([at_least([False, one, other], 3)]) == "no"

    @pytest.mark.parametrize("given", [None, True, False])
    def test_sums(self, given: bool | None) -> None:
        """A sum of addends, each of which may come to one of several amounts or to nothing: exactly where it exceeds a bound."""
        weights = ((5, 3, 3, -7), (1000, 0), (-4,))
        solver = Solver()
        first = (
            (given, *(solver.new() for _ in weights[0][1:])) if given is not None else tuple(map(solver.new, "abcd"))
        )
        choices = [first, *(tuple(solver.new() for _ in addend) for addend in weights[1:])]
        addends = [list(zip(*way, strict=True)) for way in zip(weights, choices, strict=True)]
        for chosen in product(*((None, *range(len(addend))) for addend in weights)):
            if (given is True and chosen[0] != 0) or (given is False and chosen[0] == 0):
                continue
            held = [
                part if place == number else opposite(part)
                for number, addend in zip(chosen, choices, strict=True)
                for place, part in enumerate(addend)
            ]
            total = sum(addend[number] for number, addend in zip(chosen, weights, strict=True) if number is not None)
            for bound in (-2000, -12, -11, total - 1, total, total + 1, 1004, 1005, 2000):
                above = exceeds(addends, bound)
                assert solver.can([both(held), above]) == ("yes" if total > bound else "no"), (chosen, bound)
                assert solver.can([both(held), opposite(above)]) == ("no" if total > bound else "yes"), (chosen, bound)

    def test_core(self) -> None:
        """The least that cannot be; none of it can be left out."""
        solver = Solver()
        one, other = solver.new("one"), solver.new("other")
        assert solver.core([other, one, formulas.opposite(one)]) == (1, 2)
        assert solver.core([one, other]) == ()

    def test_not_installed(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """Without the solver the error names what to install, in the language of the command and before all else."""
        formulas._z3.cache_clear()
        monkeypatch.setitem(sys.modules, "z3", None)
        with pytest.raises(UsageError, match=r"consistent-eu\[prove\]"):
            Solver()
        for command in (["prove", "none"], ["gaps", "none"], ["compare", "none", "none"]):
            assert main([*command, "--lang", "nl"]) == 2
            assert capsys.readouterr().err == (
                "fout: wat voor elk voorstel geldt, vraagt om de oplosser z3, en die is niet geïnstalleerd\n"
                "hulp: installeer hem: `pip install 'consistent-eu[prove]'`\n"
            )


class TestTime:
    """Where time runs out, whenever it does, a guarantee is refuted or left undecided."""

    @staticmethod
    def _guarantee(kb: KnowledgeBase, name: str) -> Guarantee:
        return next(guarantee for guarantee in kb.guarantees if guarantee.id.endswith(f"/{name}"))

    def test_in_a_question(self, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
        """The solver answers so many questions, and no more."""
        answers: list[Answer] = []
        can, holds = Solver.can, Solver.holds

        def limited(solver: Solver, parts: Iterable[Formula]) -> Answer:
            answers.append(can(solver, parts) if len(answers) < most else "unknown")
            return answers[-1]

        def with_model(solver: Solver, formula: Formula) -> bool:
            assert answers[-1] == "yes", "there is no model"
            return holds(solver, formula)

        guarantee, statuses = self._guarantee(kb, "two-duties"), []
        monkeypatch.setattr(Solver, "can", limited)
        monkeypatch.setattr(Solver, "holds", with_model)
        for most in range(100):
            answers.clear()
            statuses.append(Prover(kb, _DAY).prove(guarantee, 1_000).status)
            if len(answers) < most:
                break
        assert statuses[0] == "undecided"
        assert statuses[-1] == "refuted"
        assert len(statuses) > 5

    def test_in_the_making(self, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
        """A clock that goes on by a second whenever it is looked at: what was made by then does for the next proof."""
        clock = count()
        monkeypatch.setattr(formulas, "monotonic", lambda: next(clock))
        guarantee, prover = self._guarantee(kb, "two-duties"), Prover(kb, _DAY)
        statuses = [prover.prove(guarantee, seconds).status for seconds in range(1, 40)]
        assert statuses[0] == "undecided"
        assert statuses[-1] == "refuted"

    def test_many_measures(self, tmp_path: Path) -> None:
        """A rule that counts to as many measures as can be asked for is no longer made ready than there is time."""
        many = rule_text("many", "", tail=f'[when.count]\nat_least = {MOST_COUNTED}\nmeasure.effects = "a"\n')
        folder = write_pack(tmp_path, {"many": many.replace("{measure}", "{proposal}")})
        guarantees = folder / "facts/small/guarantees.toml"
        guarantees.write_text(
            _guarantee("g", 'given.proposal.legal_basis = "TFEU 1"', 'never.rules = "small/many"'), "utf-8"
        )
        kb = load(folder)
        prover = Prover(kb, _DAY)
        assert prover.prove(kb.guarantees[0], 0.01).status == "undecided"
        assert len(prover._session.proposal._own) < MOST_COUNTED / 2


class TestCommand:
    def test_forms(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Text in both languages, and JSON with the counterexample."""
        folder = write_sound_pack(tmp_path)
        assert main(["prove", str(folder)]) == 0
        assert (
            "proved  lamp/duties\n  A duty in defence is a conflict\n  of every proposal\n" in capsys.readouterr().out
        )
        path = tmp_path / "facts/lamp/guarantees.toml"
        path.write_text(path.read_text("utf-8").replace(', safeguards = { none = ["national-say"] }', ""), "utf-8")
        assert main(["prove", str(folder), "--lang", "nl", "--select", "duties"]) == 1
        out = capsys.readouterr().out
        assert out.startswith("weerlegd  lamp/duties\n  Een plicht in de defensie is een strijdigheid\n")
        assert "garanties: 1; bewezen: 0; weerlegd: 1; niet beslist: 0\n" in out
        assert main(["prove", str(folder), "--select", "lamp/d*", "--format", "json"]) == 1
        (told,) = json.loads(capsys.readouterr().out)
        assert load(folder).check(told["counterexample"], as_of=_DAY).findings == ()
        assert main(["prove", str(folder), "--timeout", "1e-9"]) == 1
        # What was proved before is known.
        assert "proved: 1; refuted: 0; not decided: 1" in capsys.readouterr().out

    def test_one_that_says_nothing(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What supposes what cannot be is no success, though nothing can break it."""
        folder = write_sound_pack(tmp_path)
        path = tmp_path / "facts/lamp/guarantees.toml"
        given = 'given.measure.effects = { any = ["obligation"], none = ["obligation"] }'
        path.write_text(_guarantee("g", given, 'always = { verdict = "conflict" }'), "utf-8")
        assert main(["prove", str(folder), "--lang", "nl"]) == 1
        out = capsys.readouterr().out
        assert "maar zij zegt niets" in out
        assert out.endswith("bewezen: 1; weerlegd: 0; niet beslist: 0; waarvan zonder inhoud: 1\n")

    def test_rule_on_the_whole(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What is expected of a measure is not asked of a rule that judges the proposal as a whole; the nearest comes first."""
        folder = write_sound_pack(tmp_path)
        path = tmp_path / "facts/lamp/guarantees.toml"
        expected = 'always = { verdict = "conflict", dimension = ["competence", "substance"] }'
        path.write_text(_guarantee("g", 'given.measure.effects = "obligation"', expected), "utf-8")
        assert main(["prove", str(folder)]) == 1
        out = capsys.readouterr().out
        assert "lamp/duty · conflict" in out
        assert "lamp/silent · conflict" not in out

    def test_nearest(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Three rules at most, the nearest to applying first, with what stands in the way; the rest is counted, and shown on demand."""
        rules = {
            "far": rule_text("far", 'effects = "a"\nareas = "b"\npartners = "b"\nsafeguards = "b"'),
            "near": rule_text("near", 'effects = "a"\nareas = "b"'),
            "no": rule_text("no", 'effects = { none = ["a"] }'),
            "some": rule_text("some", 'effects = "a"\nareas = "b"\npartners = "b"'),
        }
        folder = write_pack(tmp_path, rules)
        (folder / "facts/small/guarantees.toml").write_text(
            _guarantee("g", 'given.measure.effects = "a"', 'always.verdict = "conflict"'), "utf-8"
        )
        assert main(["prove", str(folder)]) == 1
        out = capsys.readouterr().out
        told = ["near", "some", "far"]
        assert re.findall(r"^  small/(\w+) · conflict", out, re.MULTILINE) == told
        assert "holds: what it does" not in out
        assert out.count("further rules: 1; `-v` shows them\n") == 1
        assert main(["prove", str(folder), "-v"]) == 1
        out = capsys.readouterr().out
        assert re.findall(r"^  small/(\w+) · conflict", out, re.MULTILINE) == [*told, "no"]
        assert "holds: what it does" in out
        assert "further rules" not in out

    def test_usage(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A pattern that names nothing."""
        assert main(["prove", str(write_sound_pack(tmp_path)), "--select", "dutys"]) == 2
        assert capsys.readouterr().err == "error: no guarantee matches `dutys`\nhelp: did you mean `duties`?\n"
        assert main(["prove", str(write_pack(tmp_path / "small", {})), "--lang", "nl"]) == 2
        assert capsys.readouterr().err.startswith("fout: het pakket heeft geen garanties\nhulp: een pakket belooft")
