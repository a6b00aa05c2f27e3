"""An exception may have exceptions of its own: where one of these holds it does not, and every explanation calls it by its name."""

from pathlib import Path

import pytest

from consistent import InputError, KnowledgeBase, load
from consistent.authoring.lint.linting import lint_pack
from consistent.authoring.proving.comparing import compare_packs
from consistent.authoring.schemas.catalogue import schema_for
from consistent.cli.main import main
from consistent.model.text import Language
from consistent.reports.json_format import report_from_data, report_to_data
from tests.pack_writing import rule_text, write_pack

_OUTER = """\
[[unless]]
id = "agreed"
title = { en = "all agree", nl = "allen stemmen in" }
sources = ["TEU 4(2)"]
reason = { en = "nobody is bound", nl = "niemand is gebonden" }
measure.safeguards = "a"
"""
_INNER = """\
[[unless.unless]]
id = "forced"
title = { en = "consent is forced", nl = "de instemming is afgedwongen" }
sources = ["TEU 4(3)"]
reason = { en = "who is forced does not agree", nl = "wie gedwongen wordt, stemt niet in" }
measure.safeguards = "b"
"""
_INNERMOST = """\
[[unless.unless.unless]]
reason = { en = "courts can be asked", nl = "de rechter kan worden gevraagd" }
measure.safeguards = "c"
"""


def _rule(exceptions: str) -> str:
    rule = rule_text("steered", 'effects = ["a"]', tail=exceptions)
    return rule.replace('effects = ["a"]\n[[example]]', 'effects = ["a"]\nsafeguards = []\n[[example]]', 1)


_RULE = _rule(_OUTER + _INNER + _INNERMOST)


def _proposal(safeguards: str) -> str:
    return f'[proposal]\n[[measure]]\nid = "one"\neffects = "a"\nsafeguards = {safeguards}\n'


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """A pack with one rule, whose exception has one, which has one."""
    return load(write_pack(tmp_path / "pack", {"steered": _RULE}))


class TestMeaning:
    @pytest.mark.parametrize("engine", ["plain", "columns", "durable-rules"])
    @pytest.mark.parametrize(
        ("safeguards", "outcome"),
        [
            ("[]", "applies"),
            ('["a"]', "excepted"),
            ('["a", "b"]', "applies"),
            ('["a", "b", "c"]', "excepted"),
            ('["b", "c"]', "applies"),
            ('{ has = ["a"] }', "open"),
            ('{ has = ["a"], lacks = ["b"] }', "excepted"),
            ('{ has = ["a", "b"], lacks = ["c"] }', "applies"),
            ('{ lacks = ["a"] }', "applies"),
        ],
    )
    def test_outcome(self, safeguards: str, outcome: str, engine: str, kb: KnowledgeBase) -> None:
        """By every engine: each holds where what it asks does, and none of its own exceptions."""
        if engine == "durable-rules":
            pytest.importorskip("durable_rules_engine", exc_type=ImportError)
        (spoken,) = kb.check(_proposal(safeguards), engine=engine).spoken
        assert spoken.outcome == outcome


class TestTold:
    def test_set_aside(self, kb: KnowledgeBase) -> None:
        """Where the exception holds, the report says that none of its own does, by its title and source; JSON keeps it."""
        report = kb.check(_proposal('["a"]')).report
        (said,) = report.defeated
        assert said.by.id == "agreed"
        told = [reason.told.nl for reason in said.because]
        assert any(text.startswith("niet: de instemming is afgedwongen") for text in told)
        assert {"TEU 4(2)", "TEU 4(3)"} <= {source.text for source in report.why(said).sources}
        (concept,) = {concept for reason in said.because for concept in reason.concepts}
        assert (concept.id, concept.sources, concept.holds) == ("small/steered/forced", ("TEU 4(3)",), False)
        assert report_from_data(report_to_data(report)) == report

    def test_open(self, kb: KnowledgeBase) -> None:
        """A question that an exception to an exception asks is put under its name."""
        (pending,) = kb.check(_proposal('{ has = ["a"], lacks = ["c"] }')).open
        (unknown,) = pending.unknown
        assert [concept.title.en for concept in unknown.concepts] == ["consent is forced: who is forced does not agree"]
        assert unknown.told.nl.startswith(
            "de instemming is afgedwongen: wie gedwongen wordt, stemt niet in: one, waarborgen"
        )

    @pytest.mark.parametrize(
        ("language", "title"), [("en", "consent is forced"), ("nl", "de instemming is afgedwongen")]
    )
    @pytest.mark.parametrize("words", [["why"], ["explain"], ["check", "-v"], ["check", "--why"]], ids=" ".join)
    def test_commands(
        self, words: list[str], language: Language, title: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Commands name it in both languages, and where it stands in the file of the rule."""
        root = write_pack(tmp_path / "pack", {"steered": _RULE})
        path = tmp_path / "p.toml"
        path.write_text(_proposal('{ has = ["a"], lacks = ["c"] }' if words == ["check", "-v"] else '["a"]'), "utf-8")
        about = {"check": [str(path)], "why": ["small/steered", str(path)], "explain": ["small/steered"]}
        main([words[0], *about[words[0]], *words[1:], "--pack", str(root), "--lang", language])
        assert title in " ".join(capsys.readouterr().out.split())

    def test_places(self, kb: KnowledgeBase) -> None:
        """Every condition of the tree says its line in the file of the rule."""
        lines = _RULE.splitlines()
        (account,) = kb.check(_proposal('["a"]')).why_not("steered").accounts
        waiting, found = [account.unless[0].node], {}
        while waiting:
            node = waiting.pop()
            waiting += node.parts
            if node.kind in {"test", "concept"} and node.line is not None:
                found[node.text.en] = lines[node.line - 1]
        assert sum("safeguards" in line for line in found.values()) == 3


class TestToolkit:
    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('id = "forced"', 'id = "agreed"', "exception `agreed` is there already: unless[1]"),
            ('["TEU 4(3)"]', "[]", "no source: at least one is needed"),
            ('safeguards = "b"', 'safeguards = "bb"', "unknown term `bb` in vocabulary `safeguards`"),
            ("[[unless.unless]]", "[unless.unless]", "expected a list of tables, found a table"),
            ('measure.safeguards = "b"', "", "a condition without tests holds always"),
            ('reason = { en = "who is forced does not agree", nl = "wie gedwongen wordt, stemt niet in" }\n', "", "an exception needs a reason"),
        ],
    )  # fmt: skip
    def test_faults(self, old: str, new: str, said: str, tmp_path: Path) -> None:
        """What is wrong with one is told at its place, as with any exception."""
        with pytest.raises(InputError) as caught:
            load(write_pack(tmp_path, {"steered": _rule(_OUTER + _INNER).replace(old, new, 1)}))
        (fault,) = caught.value.faults
        assert said in fault.message
        assert fault.location.key.startswith("unless[1].unless")

    def test_mutants(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Faults are planted in it, and one is to leave it out."""
        root = write_pack(tmp_path, {"steered": _RULE})
        main(["mutate", str(root), "--format", "json"])
        said = capsys.readouterr().out
        assert "unless[1].unless[1]" in said
        assert "unless[1].unless[1].unless[1]" in said

    def test_compared(self, tmp_path: Path) -> None:
        """A change of one is a change of meaning, told with a witness, and of no concept."""
        old = load(write_pack(tmp_path / "old", {"steered": _RULE}))
        new = load(write_pack(tmp_path / "new", {"steered": _RULE.replace('"b"\n', '"d"\n')}))
        (change,) = compare_packs(old, new).changes
        assert change.rule == "small/steered"
        assert change.concepts == ()
        difference = old.diff(_proposal('["a", "b"]'), new_kb=new)
        assert [(each.subject, each.part) for each in difference.amendments] == [("rule", "unless")]
        assert len(difference.changes) == 1

    def test_lint(self, tmp_path: Path) -> None:
        """Nothing is said in vain."""
        assert [
            lint.id
            for lint in lint_pack(write_pack(tmp_path, {"steered": _RULE}))
            if lint.check not in {"unread-term", "unread-principle"}
        ] == []

    def test_schema(self, kb: KnowledgeBase) -> None:
        """The schema knows it, however deep."""
        schema = schema_for("rule", kb)
        (definitions,) = {"definitions", "$defs"} & schema.keys()
        exception = schema[definitions]["exception"]
        assert exception["properties"]["unless"]["items"] == {"$ref": f"#/{definitions}/exception"}
        assert "id" in exception["properties"]
