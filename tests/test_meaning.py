"""What would be understood otherwise than it is meant is refused: names, values built in Python, days and amounts; exceptions say what they are."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from consistent import InputError, KnowledgeBase, Measure, Proposal, UsageError, load
from consistent.authoring.lint.linting import lint_pack
from consistent.cli.main import main
from consistent.model.text import LANGUAGES, Language
from consistent.model.values import Value
from consistent.reports.json_format import report_from_data, report_to_data
from tests.pack_writing import rule_text, write_pack

EXCEPTION = """\
[[unless]]
id = "agreed"
title = { en = "all agree", nl = "allen stemmen in" }
sources = ["TEU 4(2)"]
reason = { en = "nobody is bound", nl = "niemand is gebonden" }
measure.safeguards = "a"
"""
RULE = rule_text("steered", 'effects = ["a"]', tail=EXCEPTION).replace(
    'effects = ["a"]\n[[example]]', 'effects = ["a"]\nsafeguards = []\n[[example]]', 1
)
MET = '[proposal]\n[[measure]]\nid = "one"\neffects = "a"\nsafeguards = "a"\n'


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """A pack with one rule, which has an exception."""
    return load(write_pack(tmp_path / "pack", {"steered": RULE}))


class TestExceptions:
    def test_named(self, kb: KnowledgeBase) -> None:
        """A report has id, title and sources of the exception by which a rule does not count, and survives JSON."""
        report = kb.check(MET).report
        (said,) = report.defeated
        assert (said.by.id, said.by.sources) == ("agreed", ("TEU 4(2)",))
        assert "TEU 4(2)" in [source.text for source in report.why(said).sources]
        assert report_from_data(report_to_data(report)) == report

    @pytest.mark.parametrize(
        ("language", "told"),
        [
            ("en", "all agree: nobody is bound (Article 4(2) TEU)"),
            ("nl", "allen stemmen in: niemand is gebonden (artikel 4, lid 2, VEU)"),
        ],
    )
    @pytest.mark.parametrize(
        "words", [["check", "-v"], ["check", "--format", "csv"], ["why"], ["explain"]], ids=" ".join
    )
    def test_told(
        self, words: list[str], language: Language, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Every explanation names it, in both languages."""
        root = write_pack(tmp_path / "pack", {"steered": RULE})
        (tmp_path / "p.toml").write_text(MET, "utf-8")
        about = {
            "check": [str(tmp_path / "p.toml")],
            "why": ["small/steered", str(tmp_path / "p.toml")],
            "explain": ["small/steered"],
        }
        main([words[0], *about[words[0]], *words[1:], "--pack", str(root), "--lang", language])
        assert told in " ".join(capsys.readouterr().out.split())

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('id = "agreed"', 'id = "All agree"', "`All agree` is no id"),
            ('["TEU 4(2)"]', "[]", "no source: at least one is needed"),
            ('["TEU 4(2)"]', '["TEU four"]', "unknown source"),
            (EXCEPTION, EXCEPTION + EXCEPTION, "exception `agreed` is there already: unless[1]"),
        ],
    )
    def test_faults(self, old: str, new: str, said: str, tmp_path: Path) -> None:
        """An id is a name, and unique within the rule; a source is one."""
        with pytest.raises(InputError) as caught:
            load(write_pack(tmp_path, {"steered": RULE.replace(old, new, 1)}))
        assert said in str(caught.value) or "source" in str(caught.value)


class TestBuiltInPython:
    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("effects", Value.exactly("aa"), "effects of measure `m`: unknown term `aa` in vocabulary `effects`"),
            ("effects", Value(no=frozenset({"x"}), open=True), "effects of measure `m`: unknown term `x`"),
            ("effects", ["a"], "effects of measure `m`: expected a `Value`, found a list"),
            ("amount", Value.exactly("5"), "amount of measure `m`: expected a whole number, found text"),
            ("starts", Value.exactly("2026-01-01"), "starts of measure `m`: expected a date, found text"),
        ],
    )
    @pytest.mark.parametrize("begin", ["check", "check_many", "case", "diff"])
    def test_values(self, begin: str, field: str, value: Any, said: str, kb: KnowledgeBase) -> None:
        """A term that there is not, or a value of another type, is told when a check begins."""
        proposal = Proposal(measures=(Measure(id="m", **{field: value}),))
        asked: dict[str, Callable[[], object]] = {
            "check": lambda: kb.check(proposal),
            "check_many": lambda: list(kb.check_many([proposal])),
            "case": lambda: kb.case(proposal),
            "diff": lambda: kb.diff(Proposal(), proposal),
        }
        with pytest.raises(InputError, match=r"expected|unknown term") as caught:
            asked[begin]()
        assert said in str(caught.value)

    def test_what_is_right_passes(self, kb: KnowledgeBase) -> None:
        """The same, as it should be."""
        measure = Measure(
            id="m", effects=Value.exactly("a"), safeguards=Value.exactly(), starts=Value.exactly(date(2026, 1, 1))
        )
        assert [said.rule for said in kb.check(Proposal(measures=(measure,))).report.findings] == ["small/steered"]

    @pytest.mark.parametrize("day", ["2026-01-01", datetime(2026, 1, 1)])  # noqa: DTZ001  the zone does not matter
    def test_day(self, day: Any, kb: KnowledgeBase) -> None:
        """A day is a date, and nothing that looks like one."""
        with pytest.raises(UsageError, match="`as_of` is a date"):
            kb.check(MET, as_of=day)


class TestFiles:
    @pytest.mark.parametrize(
        ("text", "said", "key"),
        [
            ("amount = -6", "`amount` is below zero", "measure[1].amount"),
            ("starts = 2027-01-02\nends = 2027-01-01", "`ends` is before `starts`", "measure[1].ends"),
        ],
    )
    def test_values(self, text: str, said: str, key: str, kb: KnowledgeBase) -> None:
        """Less than nothing, and an end before the beginning, are faults at their line."""
        with pytest.raises(InputError) as caught:
            kb.check(f'[proposal]\n[[measure]]\nid = "one"\n{text}\n')
        (fault,) = caught.value.faults
        assert (fault.message, fault.location.key) == (said, key)

    @pytest.mark.parametrize("text", ["ends = 2027-01-01\nstarts = 2027-01-01", "ends = 2027-01-01", "amount = 0"])
    def test_bounds(self, text: str, kb: KnowledgeBase) -> None:
        """What lasts a day, has no beginning or costs nothing is none."""
        kb.check(f'[proposal]\n[[measure]]\nid = "one"\n{text}\n')

    def test_of_the_proposal(self, kb: KnowledgeBase) -> None:
        """The proposal as a whole ends no sooner than it enters into force."""
        with pytest.raises(InputError, match="`end_of_application` is before `entry_into_force`"):
            kb.check("[proposal]\nentry_into_force = 2027-01-02\nend_of_application = 2027-01-01\n")

    @pytest.mark.parametrize("name", ["steered.toml.txt", "steered.TOML", "other.toml.docx"])
    @pytest.mark.parametrize("folder", ["rules/small", "facts/small", "facts/small/vocabulary"])
    def test_passed_over(self, folder: str, name: str, tmp_path: Path) -> None:
        """A file that would not be read for its name is told; so is what an editor of another system adds to it."""
        root = write_pack(tmp_path, {"steered": RULE})
        (root / folder / name).write_text(RULE, "utf-8")
        with pytest.raises(InputError, match=r"file is not read: its name does not end in `\.toml`") as caught:
            load(root)
        assert name.partition(".")[0] + ".toml" in caught.value.faults[0].help

    @pytest.mark.parametrize("name", ["README.md", ".steered.toml.swp", "steered.toml~", "#steered.toml#"])
    def test_left_alone(self, name: str, tmp_path: Path) -> None:
        """What is meant for people, or left by an editor, is not."""
        root = write_pack(tmp_path, {"steered": RULE})
        (root / "rules/small" / name).write_text("x", "utf-8")
        assert len(load(root).rules) == 1

    @pytest.mark.parametrize("name", ["My Rule", "a_b", "deep/Er/rule", "é"])
    def test_names_of_rules(self, name: str, tmp_path: Path) -> None:
        """A rule's file has a name that its id can have, as `new rule` asks for."""
        with pytest.raises(InputError, match="is no id for a rule"):
            load(write_pack(tmp_path, {name: RULE}))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_todo(self, language: Language, tmp_path: Path) -> None:
        """What a scaffold leaves to be written is a lint, once a file, at the first place."""
        root = write_pack(tmp_path, {"steered": RULE.replace("because", "TODO: because")})
        (found,) = [lint for lint in lint_pack(root, proofs=False) if lint.check == "unwritten"]
        assert found.about == ("rules/small/steered.toml",)
        assert "2" in found.message.get(language)
        assert found.place.key == "rationale.en"
