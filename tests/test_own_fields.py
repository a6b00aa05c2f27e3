"""Fields of a pack's own: read, asked, proved and written as those that every pack has; and what is wrong with one is told."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent import KnowledgeBase, load
from consistent.authoring.schemas.catalogue import schema_for
from consistent.authoring.strategies.of_pack import measures, values
from consistent.cli.main import main
from consistent.engine.choosing import engine_named
from consistent.engine.columns.corpus import Corpus
from consistent.engine.plain import PlainEngine
from consistent.errors import InputError, UsageError
from consistent.inquiries.questions.questions import questions_of
from consistent.model.proposal import COMMON, Measure, Proposal
from consistent.model.values import UNKNOWN, Value
from consistent.toml.many import ManyReader
from consistent.toml.proposals import proposal_to_data
from consistent.toml.tomlfile import TomlFile
from consistent.toml.writing import proposal_lines
from tests.harness.effort import examples
from tests.properties.random_packs import FIELDS, MEASURE, PROPOSAL, programs, proposals
from tests.support import engines

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples/young-users"
SERVICES = FOLDER / "proposals/services.toml"
OWN = ("minimum_age", "users", "techniques")


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The example with its own rules only: those of `treaties` ask for no field of it."""
    return load(FOLDER).only(lambda rule: rule.pack == "young-users")


class TestExample:
    """The pack of the documentation."""

    def test_fields(self, kb: KnowledgeBase) -> None:
        """Each is there with its type, after those that every pack has; no other pack has them."""
        fields = kb.knowledge.fields
        assert tuple(fields.measure)[-3:] == OWN
        assert tuple(fields.proposal)[-1:] == ("consulted_until",)
        assert {name: (about.type, about.single) for name, about in fields.own.items()} == {
            "minimum_age": ("number", True), "users": ("number", True), "techniques": ("terms", False),
            "consulted_until": ("date", True),
        }  # fmt: skip
        assert load("treaties").knowledge.fields == COMMON

    def test_examples(self, kb: KnowledgeBase) -> None:
        """The examples of the rules come out as they say, with each evaluator."""
        for engine in engines():
            for rule in kb.rules:
                for example in rule.examples:
                    states = kb.case(example.proposal, engine=engine).states()
                    found = next((state for (name, _), state in states.items() if name == rule.id), "not-applicable")
                    assert found == ("applies" if example.expect == rule.verdict else example.expect), (engine, example)

    def test_report(self, kb: KnowledgeBase) -> None:
        """Messages, reasons and evidence tell the values; a number is no money."""
        report = kb.check(SERVICES)
        conflict = next(finding for finding in report.findings if finding.verdict == "conflict")
        assert "from 13 years" in conflict.message.en
        assert "more than 100,000,000 users" in conflict.message.en
        assert "100.000.000" in conflict.message.nl
        because = {reason.field: reason for reason in conflict.because}
        assert because["minimum_age"].quote == "at least 13 years of age"
        assert "minimum age" in because["minimum_age"].text.en
        assert [each.measure for each in report.open] == ["art-4"]

    def test_asked(self, kb: KnowledgeBase) -> None:
        """What is not known is asked for in the words of the pack; where it gives none, by the label."""
        texts = {question.field: question.text for question in questions_of(kb.case(SERVICES))[0]}
        assert texts["minimum_age"].en == "From what age may somebody be a user under 'Other services'?"
        assert texts["users"].en == "What is known of 'Other services': users from which it applies?"
        assert texts["techniques"].nl == "Wat is bekend van 'Andere diensten': technieken die het toestaat?"

    def test_closed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """That what is known of a field is all can be said of one too, by its label."""
        file = tmp_path / "p.toml"
        file.write_text(SERVICES.read_text("utf-8").replace('["endless-feed"]', '{ has = ["endless-feed"] }'), "utf-8")
        assert main(["ask", str(file), "--pack", str(FOLDER), "--close", "techniques that it allows"]) == 0
        assert "techniques that it allows" in capsys.readouterr().out
        assert 'techniques = ["endless-feed"]' in file.read_text("utf-8")

    def test_python(self, kb: KnowledgeBase) -> None:
        """In Python they are given and asked for as the others are; a misspelt one is told when it is checked."""
        measure = Measure(id="m", minimum_age=Value.exactly(13), effects=Value.exactly("obligation"))  # type: ignore[call-arg]  # of the pack
        assert measure.minimum_age == Value.exactly(13)  # type: ignore[attr-defined]  # as is this
        assert measure.value("users") == UNKNOWN
        assert evolve(measure, minimum_age=UNKNOWN) == Measure(id="m", effects=Value.exactly("obligation"))  # type: ignore[call-arg]  # and this
        assert pickle.loads(pickle.dumps(measure)) == measure  # noqa: S301  our own
        assert len({measure, evolve(measure)}) == 1
        wrong = Measure(id="m", minimum_ages=Value.exactly(13))  # type: ignore[call-arg]  # misspelt
        with pytest.raises(AttributeError, match="agee"):
            _ = wrong.agee  # type: ignore[attr-defined]  # there is none
        with pytest.raises(InputError, match=r"no such field[^?]*did you mean `minimum_age`"):
            kb.check(Proposal(measures=(wrong,)))
        with pytest.raises(InputError, match="expected a whole number"):
            kb.check(Proposal(measures=(evolve(measure, minimum_age=Value.exactly("13")),)))  # type: ignore[call-arg]  # no number

    def test_written(self, kb: KnowledgeBase) -> None:
        """TOML, plain data and the fast reader give the same proposal."""
        proposal = kb.read(SERVICES)
        assert kb.read("\n".join(proposal_lines(proposal))) == proposal
        data = json.loads(json.dumps(proposal_to_data(proposal)))
        assert kb.read(data) == proposal
        assert ManyReader(kb.knowledge.vocabularies).read(data, "x") == proposal

    def test_strategies(self, kb: KnowledgeBase) -> None:
        """Random measures say something of them, and plain data gives the same by either reader."""
        found: set[str] = set()
        quick = ManyReader(kb.knowledge.vocabularies)

        @settings(max_examples=100, suppress_health_check=list(HealthCheck), database=None)
        @given(measures(kb), values(kb, "minimum_age"))
        def drawn(measure: Measure, age: Value) -> None:
            found.update(name for name, _ in measure.own)
            assert all(isinstance(atom, int) for atom in age.yes | age.no)
            data = proposal_to_data(Proposal(measures=(measure,)))
            for read in (kb.read(data), quick.read(data, "x")):
                assert read.measures == (measure,)

        drawn()
        assert found == set(OWN)

    def test_schema(self, kb: KnowledgeBase) -> None:
        """Editors know the fields of proposals and conditions, and what declares them."""
        text = json.dumps(schema_for("proposal", kb))
        assert all(name in text for name in (*OWN, "consulted_until", "endless-feed"))
        assert all(name in json.dumps(schema_for("rule", kb)) for name in (*OWN, "$judged.minimum_age"))
        declared = schema_for("own-fields", kb)
        assert set(declared["properties"]) == {"measure", "proposal"}

    def test_diff(self, kb: KnowledgeBase) -> None:
        """An age that is raised is told, and ends the conflict."""
        new = SERVICES.read_text("utf-8").replace("minimum_age = 13", "minimum_age = 16")
        difference = kb.diff(SERVICES, new)
        assert [amendment.part for amendment in difference.amendments] == ["minimum_age"]
        assert [change.rule for change in difference.changes] == ["young-users/too-young"]

    def test_columns(self) -> None:
        """A corpus in which no proposal records a field can be asked for it."""
        corpus = Corpus.of([Proposal(measures=(Measure(id="m"),))] * 3)
        assert corpus.column("measure", "minimum_age").values == (UNKNOWN,)
        assert len(corpus.column("proposal", "consulted_until").numbers) == 3

    def test_other_pack(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        """Who checks with another pack is told which one knows the field, where it is at hand."""
        monkeypatch.setenv("CONSISTENT_PATH", str(FOLDER))
        assert main(["check", str(SERVICES), "--pack", "treaties"]) == 2
        told = capsys.readouterr().err
        assert "unknown key `minimum_age`" in told
        assert "services.toml:12" in told
        assert "a field of the pack `young-users`: check with `--pack young-users`" in told


PACK = """
title.en = "x"
title.nl = "x"
sources = ["TFEU 1"]
"""
LABELS = 'label.en = "a"\nlabel.nl = "a"\n'
FAULTS = {
    "type": ('[measure.a]\ntype = "decimal"\n' + LABELS, 2, "expected `terms`"),
    "label": ('[measure.a]\ntype = "number"\n', 1, "missing key `label`"),
    "owner": ('[measures.a]\ntype = "number"\n' + LABELS, 1, "did you mean `measure`?"),
    "table": ("measure = 3\n", 1, "[measure.NAME]"),
    "vocabulary": ('[measure.a]\ntype = "terms"\nvocabulary = "area"\n' + LABELS, 3, "did you mean `areas`?"),
    "new vocabulary": ('[measure.a]\ntype = "terms"\nvocabulary = "zzz"\n' + LABELS, 3, "`vocabulary/zzz.toml`"),
    "no vocabulary": ('[measure.a]\ntype = "terms"\n' + LABELS, 1, "missing key `vocabulary`"),
    "needless": ('[measure.a]\ntype = "number"\nvocabulary = "areas"\n' + LABELS, 3, "`number` takes no vocabulary"),
    "common": ('[measure.areas]\ntype = "number"\n' + LABELS, 1, "every pack has one of that name"),
    "common elsewhere": ('[measure.budget]\ntype = "number"\n' + LABELS, 1, "every pack has one of that name"),
    "word": ('[measure.evidence]\ntype = "number"\n' + LABELS, 1, "files use that word"),
    "word of conditions": ('[measure.concept]\ntype = "number"\n' + LABELS, 1, "files use that word"),
    "letters": ('[measure.Age-Limit]\ntype = "number"\n' + LABELS, 1, "write lower case"),
    "twice": (
        '[measure.a]\ntype = "number"\n' + LABELS + '[proposal.a]\ntype = "number"\n' + LABELS, 5, "is already in the pack `own`",
    ),
    "question": (
        '[measure.a]\ntype = "number"\n' + LABELS + 'question.en = "{age}?"\nquestion.nl = "?"\n', 5, "by `{name}`",
    ),
}  # fmt: skip


def write(folder: Path, declared: str, name: str = "own", head: str = PACK) -> Path:
    """A pack with nothing but fields."""
    facts = folder / "facts" / name
    facts.mkdir(parents=True)
    (facts / "pack.toml").write_text(head, "utf-8")
    (facts / "own-fields.toml").write_text(declared, "utf-8")
    return folder


@pytest.mark.parametrize("case", FAULTS)
def test_faults(case: str, tmp_path: Path) -> None:
    """Each is told at its line, with what to do."""
    declared, line, told = FAULTS[case]
    with pytest.raises(InputError) as error:
        load(write(tmp_path, declared))
    (fault,) = error.value.faults
    assert fault.location.path.endswith("own-fields.toml")
    assert fault.location.line == line
    assert told in f"{fault.message} {fault.help}"


def test_declared_by_two_packs(tmp_path: Path) -> None:
    """A pack cannot declare what a pack below it does."""
    declared = '[measure.age]\ntype = "number"\n' + LABELS
    write(tmp_path, declared, "below")
    write(tmp_path, declared, "above", PACK + 'builds_on = ["below"]\n')
    with pytest.raises(InputError, match="field `age` of `measure` is already in the pack `below`"):
        load(tmp_path)


def test_unknown_in_proposals(kb: KnowledgeBase) -> None:
    """In a proposal and in conditions near names are told; a value of another type is a fault."""
    text = '[proposal]\n[[measure]]\nid = "m"\nminimum_age = "16"\nuser = 3\n'
    with pytest.raises(InputError) as error:
        kb.read(text)
    assert [(fault.message, fault.location.line) for fault in error.value.faults] == [
        ("expected a whole number, found text", 4), ("unknown key `user`", 5),
    ]  # fmt: skip
    assert "`users`" in error.value.faults[1].help
    with pytest.raises(UsageError, match="unknown field"):
        values(kb, "minimumage")


class TestRandomPacks:
    """On packs and proposals at random, which have fields of their own."""

    def test_they_have(self) -> None:
        """The small world asks for them and says something of them."""
        assert FIELDS.own.keys() == {"age", "marks", "reach"}
        assert FIELDS.own.keys() <= {*MEASURE, *PROPOSAL}

    @pytest.mark.property
    @settings(max_examples=examples(100, desk=10), suppress_health_check=list(HealthCheck), deadline=None)
    @given(programs(min_rules=4, max_rules=8), st.lists(proposals(), min_size=1, max_size=3))
    def test_evaluators(self, program: Any, drawn: list[Proposal]) -> None:
        """All three find the same."""
        for proposal in drawn:
            expected = PlainEngine().evaluate(program, proposal)
            for engine in engines():
                assert engine_named(engine).evaluate(program, proposal) == expected

    def test_a_fault_is_noticed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """An evaluator that takes a field of a pack's own for unknown differs from one that does not."""
        kb = load(FOLDER).only(lambda rule: rule.pack == "young-users")
        program, proposal = kb.program(kb.case(SERVICES).day), kb.read(SERVICES)
        expected = PlainEngine().evaluate(program, proposal)
        bare = evolve(proposal, measures=tuple(evolve(measure, own=()) for measure in proposal.measures))
        assert PlainEngine().evaluate(program, bare) != expected
        monkeypatch.setattr("consistent.engine._answers.methodcaller", lambda *_: lambda _: UNKNOWN)
        assert engine_named("columns").evaluate(program, proposal) != expected


def test_file_reads_its_own(kb: KnowledgeBase) -> None:
    """The data of the file is as written."""
    assert TomlFile.read(SERVICES).data["measure"][0]["minimum_age"] == 13
    assert kb.read(SERVICES).measures[0].own
