"""Each lint is found where it was planted, with its place; what is right is left alone; what is explained says why."""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from consistent.authoring.lint.linting import lint_pack
from consistent.authoring.lint.lints import Lint
from consistent.authoring.proving import formulas
from consistent.checker import KnowledgeBase, load
from consistent.cli import main
from consistent.errors import InputError, UsageError
from consistent.model.proposal import Proposal
from tests.pack_writing import write_pack
from tests.proving.rule_writing import EXCEPTION as _EXCEPTION
from tests.proving.rule_writing import rule_text

_SOUND = {
    "one": rule_text("one", 'effects = "a"', tail=_EXCEPTION + 'safeguards = "a"'),
    "two": rule_text("two", 'areas = ["a", "b", "c", "d"]', head='principle = "q"\ndefeats = ["small/one"]'),
    "three": rule_text("three", 'partners = ["a", "b", "c", "d"]\nsafeguards = ["b", "c", "d"]', verdict="condition"),
    "four": rule_text("four", 'effects = ["b", "c", "d"]', verdict="aligned"),
}
# What is planted: the rules that are added, and the lints that are then found.
_PLANTED: Mapping[str, tuple[dict[str, str], list[str]]] = {
    "asks for what cannot be": (
        {"x": rule_text("x", 'effects = { any = ["a"], none = ["a"] }\nareas = "b"')},
        ["never-applies small/x"],
    ),
    "always excepted": (
        {"x": rule_text("x", 'effects = "a"\nareas = "b"', tail=_EXCEPTION + 'areas = ["a", "b"]')},
        ["never-applies small/x"],
    ),
    "always defeated": (
        {
            "x": rule_text("x", 'effects = "c"\nareas = "b"'),
            "y": rule_text("y", 'areas = "b"', verdict="question", head='defeats = ["small/x"]'),
        },
        ["never-applies small/x"],
    ),
    "leaves nothing alone": (
        {"x": rule_text("x", "", verdict="question", tail='[[when.any]]\nmeasure.areas = "a"\n[[when.any]]\nmeasure.areas = { none = ["a"] }')},
        ["leaves-nothing-alone small/x"],
    ),
    "says what another says": ({"x": rule_text("x", 'effects = "a"\nareas = { empty = true }\nsafeguards = { none = ["a", "b"] }')}, ["covered small/x small/one"]),
    "an exception that never holds": (
        {"x": rule_text("x", 'effects = "a"\nareas = { none = ["a"] }', verdict="question", tail=_EXCEPTION + 'areas = "a"')},
        ["idle-exception small/x 1"],
    ),
    "an exception within another": (
        {"x": rule_text("x", 'effects = "a"', verdict="question", tail=_EXCEPTION + 'areas = ["a", "b"]\n' + _EXCEPTION + 'areas = "a"')},
        ["idle-exception small/x 2"],
    ),
    "defeats what it never meets": (
        {"x": rule_text("x", 'effects = { none = ["a"] }', verdict="question", head='defeats = ["small/one"]')},
        ["idle-superiority small/x small/one"],
    ),
    "defeats what is defeated": (
        {"x": rule_text("x", 'effects = "a"\nareas = "a"', verdict="question", head='defeats = ["small/one"]')},
        ["idle-superiority small/x small/one"],
    ),
    "names what may be unknown": (
        {"x": rule_text("x", 'effects = "a"', verdict="question").replace("is x", "is {measure.areas}")},
        ["unknown-in-message small/x measure.areas"],
    ),
}  # fmt: skip


def _ids(lints: tuple[Lint, ...]) -> list[str]:
    return [lint.id for lint in lints]


class TestOpposed:
    """Two values in a field are looked at where one of two rules needs them, and only there."""

    @pytest.mark.parametrize(
        ("flags", "approves", "found"),
        [
            ('safeguards = { all = ["a", "b"] }', 'areas = "a"', True),
            ('effects = "a"\nsafeguards = { all = ["a", "b"] }', 'effects = "a"', True),
            ('safeguards = "a"', 'safeguards = { all = ["a", "b"] }', True),
            ('safeguards = { all = ["a", "b"] }', 'safeguards = { all = ["b", "c"] }', False),  # a third at once
            ('safeguards = { all = ["a", "b"] }', 'safeguards = "c"', False),
            ('effects = "a"', 'effects = "b"', False),
            ('safeguards = { all = ["a", "b"] }\neffects = "a"', 'effects = "b"', False),
            ('safeguards = { all = ["a", "b"] }', 'safeguards = { none = ["a"] }', False),
            ('safeguards = { all = ["a", "b"] }', 'safeguards = { beyond = ["a"] }', True),
        ],
    )
    def test_found(self, flags: str, approves: str, found: bool, tmp_path: Path) -> None:
        """The witness has both values, and both rules apply to it."""
        rules = {"one": rule_text("one", flags), "other": rule_text("other", approves, verdict="aligned")}
        opposed = [lint for lint in lint_pack(write_pack(tmp_path, rules)) if lint.check == "opposed"]
        assert bool(opposed) is found
        for lint in opposed:
            assert lint.witness is not None
            assert len(lint.witness.measures[0].safeguards.yes) == 2
            verdicts = [said.verdict for said in load(tmp_path).check(lint.witness).findings]
            assert sorted(verdicts) == ["aligned", "conflict"]


class TestPlanted:
    def test_sound_pack(self, tmp_path: Path) -> None:
        """Of rules that all do some work nothing is said."""
        assert _ids(lint_pack(write_pack(tmp_path, _SOUND))) == []

    @pytest.mark.parametrize("name", _PLANTED)
    def test_found(self, name: str, tmp_path: Path) -> None:
        """What was planted, and nothing else; a witness can be read by the pack."""
        rules, expected = _PLANTED[name]
        folder = write_pack(tmp_path, {**_SOUND, **rules})
        found = [found_lint for found_lint in lint_pack(folder) if "small/y" not in found_lint.about]
        assert _ids(tuple(found)) == expected
        kb = load(folder)
        for found_lint in found:
            assert found_lint.place.line
            if found_lint.witness is not None:
                kb.check(found_lint.witness)

    def test_core_is_told_by_line(self, tmp_path: Path) -> None:
        """Of a rule that never applies, the tests that cannot hold together, and no other."""
        rules = {"x": rule_text("x", 'areas = "b"\neffects = { any = ["a"], none = ["a"] }')}
        (found,) = lint_pack(write_pack(tmp_path, {**_SOUND, **rules}))
        text = (tmp_path / "rules/small/x.toml").read_text("utf-8").splitlines()
        lines = [found.place.line, *(at.line for _, at in found.related)]
        assert [text[(line or 0) - 1] for line in lines] == ['effects = { any = ["a"], none = ["a"] }'] * 2

    def test_unread(self, tmp_path: Path) -> None:
        """Terms, facts and principles that nothing reads, and facts not verified."""
        kinds = '[holder]\ntitle = { en = "holder", nl = "houder" }\n[holder.fields]\nname = { type = "text" }\n'
        fact = 'kind = "holder"\n[[fact]]\nid = "f"\nname = "x"\nsources = ["TFEU 1"]\nverified = 2020-01-01\n'
        rules = {"one": rule_text("one", 'effects = ["a", "b", "c"]\nareas = ["a", "b", "c", "d"]')}
        found = _ids(lint_pack(write_pack(tmp_path, rules, facts=fact, kinds=kinds), as_of=date(2026, 1, 1)))
        terms = [f"unread-term {vocabulary} {term}" for vocabulary in ("partners", "safeguards") for term in "abcd"]
        rest = ["unread-fact holder f", "unread-principle q", "unverified-fact holder f"]
        assert sorted(found) == sorted(["unread-term effects d", *terms, *rest])

    def test_positions(self, tmp_path: Path) -> None:
        """Positions that nothing carries or defends, unless the pack says why; and more made of support than it is."""
        positions = "".join(
            f'[{name}]\nkind = "{kind}"\nat = ["1"]\nsummary = {{ en = "{name}", nl = "{name}" }}\nsources = ["TFEU 1"]\n{more}'
            for name, kind, more in (
                ("line", "red-line", ""),
                ("wish", "support", ""),
                ("lost", "condition", ""),
                ("told", "red-line", 'not_carried = { en = "no trace", nl = "geen spoor" }\n'),
            )
        )
        rules = {
            "x": rule_text("x", 'effects = "b"\nareas = "b"', head='principle = "q"\npositions = ["wish"]'),
            "z": rule_text("z", 'effects = "c"\nareas = "b"', verdict="aligned", head='positions = ["line", "wish"]'),
        }
        folder = write_pack(tmp_path, {**_SOUND, **rules})
        (tmp_path / "facts/small/positions.toml").write_text(positions, "utf-8")
        found = _ids(lint_pack(folder, proofs=False))
        assert [name for name in found if "small" in name or "position" in name or "line" in name] == [
            "undefended-red-line line",
            "unread-position lost",
            "wish-as-conflict small/x",
        ]

    def test_dimensions(self, tmp_path: Path) -> None:
        """Policy that is judged as competence, and spending that is praised as finance."""
        rules = {
            "x": rule_text("x", 'effects = "b"\nareas = "b"').replace(
                'dimension = "substance"', 'dimension = "competence"'
            ),
            "z": rule_text("z", 'effects = "c"\nareas = "b"', verdict="aligned").replace(
                'dimension = "substance"', 'dimension = "finance"'
            ),
        }
        found = _ids(lint_pack(write_pack(tmp_path, {**_SOUND, **rules}), proofs=False))
        assert found == ["policy-as-competence small/x", "praise-of-spending small/z"]


class TestHints:
    """What a reader would be better off with is told, and is no fault."""

    MET = rule_text("m", 'effects = "c"\nareas = "d"', verdict="condition", tail=_EXCEPTION + 'safeguards = "a"')

    def test_a_condition_that_can_be_met(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """It has no words for when it is met; one that has them, or that nothing can meet, is left alone."""
        folder = write_pack(tmp_path, {**_SOUND, "m": self.MET})
        (hint,) = lint_pack(folder, proofs=False)
        assert (hint.id, hint.counts) == ("met-without-title small/m", False)
        assert main(["lint", str(folder), "--lang", "nl"]) == 0
        told = capsys.readouterr().out
        assert "tip: `small/m` heet ook als eraan is voldaan naar wat ontbreekt" in told
        assert told.rstrip().endswith("te herstellen of te verklaren: 0; verklaard: 0; tips: 1")
        assert main(["lint", str(folder), "--format", "sarif"]) == 0
        (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
        assert (result["ruleId"], result["level"]) == ("met-without-title", "note")
        titled = self.MET.replace("principle", 'title_met = { en = "n", nl = "n" }\nprinciple', 1)
        assert lint_pack(write_pack(tmp_path / "titled", {**_SOUND, "m": titled}), proofs=False) == ()


class TestExplained:
    def test_reason_and_idle(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A lint that the pack explains is no fault; an explanation of nothing is one."""
        rules, expected = _PLANTED["says what another says"]
        folder = write_pack(tmp_path, {**_SOUND, **rules})
        explained = tmp_path / "facts/small/lint.toml"
        explained.write_text(f'[[explained]]\nlints = ["{expected[0]}"]\nreason = "a draft"\n', "utf-8")
        assert [str(lint.explained and lint.explained.en) for lint in lint_pack(folder)] == ["a draft"]
        assert main(["lint", str(folder)]) == 0
        explained.write_text('[[explained]]\nlints = ["covered * small/one", "covered *fog"]\nreason = "x"\n', "utf-8")
        assert _ids(lint_pack(folder)) == [expected[0], "idle-explanation covered *fog"]
        assert main(["lint", str(folder)]) == 1
        assert "explains nothing" in capsys.readouterr().out

    def test_faults(self, tmp_path: Path) -> None:
        """All faults of the file at once."""
        folder = write_pack(tmp_path, _SOUND)
        (tmp_path / "facts/small/lint.toml").write_text('x = 1\n[[explained]]\nlints = []\nreason = "x"\n', "utf-8")
        with pytest.raises(InputError) as error:
            lint_pack(folder)
        assert [fault.message for fault in error.value.faults] == [
            "unknown key `x`",
            "no lint: a reason needs at least one",
        ]


_SILENT = rule_text("silent", 'areas = "d"\neffects = "d"', verdict="question")
_CORPUS = "[proposal]\n" + '[[measure]]\nid = "m{0}"\neffects = ["c"]\nareas = ["b"]\npartners = []\nsafeguards = []\n'


def _corpus(kb: KnowledgeBase) -> list[Proposal]:
    """Two proposals, each with one measure that is neither silent on area `b` nor of effect `d`."""
    return [kb.read(_CORPUS.format(number)) for number in (1, 2)]


class TestCorpus:
    def test_found(self, tmp_path: Path) -> None:
        """Rules that say nothing of any proposal, and those that apply nearly everywhere; without a corpus neither."""
        rules = {
            **_SOUND,
            "silent": _SILENT,
            "broad": rule_text("broad", 'areas = "b"\neffects = "c"', verdict="question"),
        }
        folder = write_pack(tmp_path, rules)
        before = _ids(lint_pack(folder))
        found = [lint for lint in lint_pack(folder, corpus=_corpus(load(folder))) if lint.id not in before]
        ids = _ids(tuple(found))
        assert "silent-in-corpus small/silent" in ids
        assert "everywhere-in-corpus small/broad" in ids
        assert "silent-in-corpus small/broad" not in ids
        assert {lint.check for lint in found} == {"silent-in-corpus", "everywhere-in-corpus"}
        for lint in found:
            line = Path(lint.place.path).read_text("utf-8").splitlines()[(lint.place.line or 0) - 1]
            assert line.startswith("[when")

    def test_explained(self, tmp_path: Path) -> None:
        """What a corpus may show can be explained; whether that explains anything is not known without one."""
        folder = write_pack(tmp_path, {**_SOUND, "silent": _SILENT})
        text = '[[explained]]\nlints = ["silent-in-corpus *", "everywhere-in-corpus fog"]\nreason = "it waits"\n'
        (tmp_path / "facts/small/lint.toml").write_text(text, "utf-8")
        assert "idle-explanation" not in {lint.check for lint in lint_pack(folder)}
        found = {lint.id: lint.explained for lint in lint_pack(folder, corpus=_corpus(load(folder)))}
        assert found["silent-in-corpus small/silent"] is not None
        assert "idle-explanation everywhere-in-corpus fog" in found

    def test_command(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """`--corpus` takes several paths, in any of the forms of proposals."""
        folder = str(write_pack(tmp_path / "pack", {**_SOUND, "silent": _SILENT}))
        paths = [tmp_path / "1.toml", tmp_path / "2.toml"]
        for number, path in enumerate(paths):
            path.write_text(_CORPUS.format(number), "utf-8")
        assert main(["lint", folder, "--corpus", *map(str, paths), "--lang", "nl"]) == 1
        assert "`small/silent` zegt van geen voorstel van het corpus iets" in capsys.readouterr().out
        assert main(["lint", folder, "--corpus", str(tmp_path / "gone.toml")]) == 2
        assert "gone.toml" in capsys.readouterr().err


class TestWithoutSolver:
    @pytest.fixture(autouse=True)
    def not_installed(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """No z3."""
        formulas._z3.cache_clear()
        monkeypatch.setitem(sys.modules, "z3", None)
        yield
        formulas._z3.cache_clear()

    def test_rest_is_found(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What needs no solver is found, and it is said, apart from the findings, what was left out and how to have it."""
        rules, expected = _PLANTED["says what another says"]
        folder = write_pack(tmp_path, {**_SOUND, **rules})
        vocabulary = tmp_path / "facts/small/vocabulary/areas.toml"
        vocabulary.write_text(vocabulary.read_text("utf-8") + '[e]\nen = "e"\nnl = "e"\n', "utf-8")
        explained = f'[[explained]]\nlints = ["{expected[0]}"]\nreason = "a draft"\n'
        (tmp_path / "facts/small/lint.toml").write_text(explained, "utf-8")
        assert main(["lint", str(folder), "--format", "json"]) == 1
        out, err = capsys.readouterr()
        assert [lint["id"] for lint in json.loads(out)] == ["unread-term areas e"]
        assert err.startswith("note: what only the solver z3 finds is left out")
        assert "pip install 'consistent-eu[prove]'" in err

    def test_library(self, tmp_path: Path) -> None:
        """From Python proofs are wanted unless it is said that they are not."""
        folder = write_pack(tmp_path, _SOUND)
        with pytest.raises(UsageError, match="z3"):
            lint_pack(folder)
        assert lint_pack(folder, proofs=False) == ()


class TestCommand:
    def test_no_example_possible(self, tmp_path: Path) -> None:
        """Where no example can be found the fault leads here: any example will do, and the lint has the lines that cannot be."""
        never = rule_text("never", 'effects = "a"\nareas = { all = ["a"], none = ["a"] }')
        folder = write_pack(tmp_path, {**_SOUND, "never": never.replace('expect = "conflict"', 'expect = "open"')})
        with pytest.raises(InputError) as error:
            lint_pack(folder)
        (fault,) = error.value.faults
        assert "perhaps no proposal can meet the condition: `consistent lint` tells" in fault.help
        write_pack(tmp_path, {**_SOUND, "never": never})
        (found,) = lint_pack(folder)
        line = never.splitlines().index('areas = { all = ["a"], none = ["a"] }') + 1
        assert (found.id, found.place.line) == ("never-applies small/never", line)

    def test_formats(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Text in Dutch, JSON and SARIF tell the same lint."""
        rules, expected = _PLANTED["names what may be unknown"]
        folder = str(write_pack(tmp_path, {**_SOUND, **rules}))
        assert main(["lint", folder, "--lang", "nl"]) == 1
        assert "onbekend kan zijn" in capsys.readouterr().out
        assert main(["lint", folder, "--format", "json"]) == 1
        (told,) = json.loads(capsys.readouterr().out)
        assert (told["id"], told["witness"]["measure"][0]["effects"]) == (expected[0], ["a"])
        assert main(["lint", folder, "--format", "sarif"]) == 1
        (run,) = json.loads(capsys.readouterr().out)["runs"]
        (result,) = run["results"]
        assert result["ruleId"] == "unknown-in-message"
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
