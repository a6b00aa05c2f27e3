"""One answer that closes a field of many measures: in the conversation of `ask`, and with `--close`."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.cli import main
from consistent.cli.ask import Dialogue
from consistent.errors import UsageError
from consistent.inquiries.questions.questions import open_questions
from consistent.inquiries.questions.recording import closing, record, spread
from consistent.inquiries.questions.replying import for_all_measures
from consistent.model.text import Language
from consistent.model.values import Value
from consistent.reports.questions_text import questions_outline
from consistent.reports.terminal import print_outline
from consistent.toml.tomlfile import TomlFile
from tests.asking_pack import write_asking_pack

HEAD = """\
[proposal]
reference = "COM(2025) 1"
legal_basis = ["TFEU 173(2)"]
"""
MEASURE = """
[[measure]]
id = "m{number}"
reference = "Article {number}"
title.en = "Joint stock"
title.nl = "Gezamenlijke voorraad"
effects = ["stock"]
bindingness = "binding"
amount = []
{safeguards}evidence.effects = {{ document = "COM(2025) 1", place = "art. {number}" }}
"""
SAFEGUARDS = ("", 'safeguards = { has = ["review"] }\n', 'safeguards = { has = ["opt-out"] }\n', "safeguards = []\n")
FOUR = HEAD + "".join(MEASURE.format(number=number, safeguards=each) for number, each in enumerate(SAFEGUARDS, 1))


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the pack."""
    return write_asking_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture(scope="module")
def kb(pack: Path) -> KnowledgeBase:
    """The pack, loaded."""
    return load(pack)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with four measures of one title."""
    found = tmp_path / "p.toml"
    found.write_text(FOUR, "utf-8")
    return found


def converse(kb: KnowledgeBase, said: list[str], language: Language = "en") -> tuple[Dialogue, str]:
    """A conversation with what was typed given beforehand; at its end the input is closed."""
    typed: Iterator[str] = iter(said)
    shown = StringIO()

    def read(prompt: str) -> str:
        line = next(typed, None)
        shown.write(f"{prompt}{line or ''}\n")
        if line is None:
            raise EOFError
        return line

    console = Console(file=shown, width=100, highlight=False, markup=False)
    dialogue = Dialogue(kb.case(FOUR), console, read, language)
    dialogue.run()
    assert next(typed, None) is None
    return dialogue, shown.getvalue()


def safeguards(dialogue: Dialogue) -> list[Value]:
    """What is known of the safeguards of each measure."""
    return [each.safeguards for each in dialogue.case.proposal.measures]


class TestQuestions:
    """What tells questions apart, and holds them together."""

    def test_measures_of_one_title(self, kb: KnowledgeBase) -> None:
        """Questions that differ by the measure alone show where it stands in the text."""
        shown = StringIO()
        console = Console(file=shown, width=100, highlight=False, markup=False)
        print_outline(console, questions_outline(open_questions(kb.case(FOUR)), "en"))
        lines = shown.getvalue().splitlines()
        asked = [lines[at + 1] for at, line in enumerate(lines) if "does 'Joint stock' provide for" in line]
        assert [each.split(" \xb7 ")[0].strip() for each in asked] == ["m1 (Article 1)", "m2 (Article 2)"]

    def test_title_that_the_question_lacks(self, kb: KnowledgeBase) -> None:
        """Where the vocabulary words the question, the measure's title stands beside its id."""
        shown = StringIO()
        console = Console(file=shown, width=100, highlight=False, markup=False)
        open_ended = FOUR.replace('bindingness = "binding"\n', "")
        print_outline(console, questions_outline(open_questions(kb.case(open_ended)), "nl"))
        assert "m1 'Gezamenlijke voorraad' (Article 1) \xb7 bindendheid" in shown.getvalue()

    def test_by_field(self, kb: KnowledgeBase) -> None:
        """The questions are counted by field as well, those that are not shown too."""
        found = open_questions(kb.case(FOUR), limit=1)
        assert len(found.questions) == 1
        (field,) = found.fields
        assert (field.field, [each.measure for each in field.measures]) == ("safeguards", ["m1", "m2", "m3"])
        assert [each.rules for each in field.measures] == [2, 2, 1]

    @pytest.mark.parametrize("lang", ["en", "nl"])
    def test_many(self, pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: Language) -> None:
        """Of very many questions the list shows the fields and the first few."""
        measures = (MEASURE.format(number=number, safeguards="") for number in range(1, 31))
        (tmp_path / "many.toml").write_text(HEAD + "".join(measures), "utf-8")
        assert main(["ask", str(tmp_path / "many.toml"), "--pack", str(pack), "--lang", lang]) == 0
        out = capsys.readouterr().out
        words = {
            "en": ("shown: 3 of 30", "safeguards; measures of which it is asked: 30", "m1 'Joint stock' (Article 1): 2 rules", "and 27 more"),
            "nl": ("getoond: 3 van 30", "waarborgen; maatregelen waarvan het wordt gevraagd: 30", "m1 'Gezamenlijke voorraad' (Article 1): 2 regels", "en nog 27"),
        }  # fmt: skip
        for each in words[lang]:
            assert each in out
        assert "\n3. " in out
        assert "\n4. " not in out


class TestConversation:
    """An answer with `for all measures` at its end."""

    def test_that_is_all(self, kb: KnowledgeBase) -> None:
        """What each measure is known to have is then all; what that comes to is said before, and where it is said asked once."""
        dialogue, shown = converse(kb, ["that is all for all measures", "y", "whole text"])
        assert "Asked of 3 measures; end an answer with 'for all measures' to give it for all of them." in shown
        assert "This answers 'safeguards'; measures: 3." in shown
        assert "Nothing is known of these, which then have none at all (1): m1" in shown
        assert safeguards(dialogue) == [
            Value.exactly(), Value.exactly("review"), Value.exactly("opt-out"), Value.exactly()
        ]  # fmt: skip
        assert "No questions are left." in shown
        file = TomlFile.parse(FOUR)
        text = record(
            file, kb.read_file(file), dialogue.case.proposal, dialogue.evidence, kb.knowledge.vocabularies
        )  # fmt: skip
        assert text.count('evidence.safeguards = { document = "COM(2025) 1", place = "whole text" }') == 3
        assert 'safeguards = ["review"]\n' in text

    def test_none_of_these(self, kb: KnowledgeBase) -> None:
        """What is not there in any measure; a measure that has it all the same stays as it is, and is named."""
        dialogue, shown = converse(kb, ["geen, overal", "j", "", "q"], "nl")
        assert "Ongewijzigd, omdat het bestand iets anders zegt (1): m3" in shown
        first, second, third, _ = safeguards(dialogue)
        assert first.no == second.no == {"opt-out", "consent"}
        assert third == Value(frozenset({"opt-out"}))

    def test_one_that_is_there(self, kb: KnowledgeBase) -> None:
        """What is there in every measure, but for one of which it is known that it has nothing."""
        dialogue, shown = converse(kb, ["consent, that is all, for all measures", "y", ""])
        assert "Left as it is, since the file says otherwise (1): m4" in shown
        assert safeguards(dialogue)[2] == Value.exactly("opt-out", "consent")

    @pytest.mark.parametrize("no", ["", "b", "n"])
    def test_thinking_better_of_it(self, kb: KnowledgeBase, no: str) -> None:
        """Unless that is confirmed nothing is answered, and the question is put again."""
        dialogue, shown = converse(kb, ["that is all for all measures", no, "that is all", "art. 3", "q"])
        assert shown.count("Is that so?") == 1
        assert safeguards(dialogue)[:2] == [Value.exactly(), Value(frozenset({"review"}))]

    def test_stopping_there(self, kb: KnowledgeBase) -> None:
        """`q` stops with what was answered before."""
        dialogue, _ = converse(kb, ["that is all for all measures", "q"])
        assert not dialogue.answered

    def test_back(self, kb: KnowledgeBase) -> None:
        """`b` takes all of it back at once."""
        dialogue, _ = converse(kb, ["none for all measures", "y", "", "b", "q"])
        assert not dialogue.answered

    def test_back_and_stop_at_the_rest(self, kb: KnowledgeBase) -> None:
        """Where it is asked what is to be thought of the rest, `b` asks again, and `q` keeps the answer and stops."""
        dialogue, shown = converse(kb, ["consent", "b", "consent", "q"])
        assert shown.count("And what you did not mention?") == 2
        assert shown.count("Where does the text say so") == 0
        assert safeguards(dialogue)[0] == Value(frozenset({"consent"}))


def test_words_for_all() -> None:
    """The words stand at the end, after a comma or not."""
    for text in (
        "none for all measures",
        "none, for all measures",
        "none everywhere",
        "none voor alle maatregelen",
        "none, Overal",
    ):
        assert for_all_measures(text) == ("none", True)
    assert for_all_measures("voor alle maatregelen") == ("", True)
    assert for_all_measures("overalls") == ("overalls", False)


def test_not_for_all(kb: KnowledgeBase) -> None:
    """An answer about the proposal, or about what is meant by one citation, is for that one only."""
    proposal = kb.read(FOUR.replace("TFEU 173(2)", "TFEU 173"))
    with pytest.raises(UsageError, match="cannot be said of all measures"):
        spread(proposal, (None, "legal_basis"), Value.exactly("TFEU 173(2)"))
    with pytest.raises(UsageError, match="cannot be said of all measures"):
        spread(proposal, ("m2", "safeguards"), Value.exactly("consent"))


def test_basis_of_the_proposal(kb: KnowledgeBase) -> None:
    """A measure that rests on the proposal's legal basis is not left without one."""
    for known in ('legal_basis = ["TFEU 173(2)"]', 'legal_basis = { has = ["TFEU 173(2)"] }', ""):
        proposal = kb.read(FOUR.replace('legal_basis = ["TFEU 173(2)"]', known))
        assert closing(proposal, "legal_basis").edits == ()


class TestClose:
    """`--close`, where nobody is there to be asked."""

    def test_all_measures(self, path: Path, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The file says afterwards that this is all, with the place; what is emptied by it is named."""
        call = ["ask", str(path), "--pack", str(pack), "--close", "safeguards", "--place", "whole text"]
        assert main(call) == 0
        out = capsys.readouterr().out
        assert out.startswith(
            "safeguards: that is all; measures: 3\n"
            "  of these so many have none at all, since nothing was known: 1\n"
            "    m1 'Joint stock' (Article 1)\n"
            f"Written into {path}.\n"
        )
        assert out.endswith("open before: 5, open now: 0\n")
        text = path.read_text("utf-8")
        assert text.count('place = "whole text"') == 3
        assert text.count("safeguards = [") == 4
        assert main(call) == 0
        assert capsys.readouterr().out.startswith("Nothing was left to close.\nNothing was answered; ")
        assert path.read_text("utf-8") == text

    def test_one_measure(self, path: Path, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """By its Dutch label, of one measure."""
        call = ["ask", str(path), "--pack", str(pack), "--close", "waarborgen", "--measure", "m2", "--lang", "nl"]
        assert main(call) == 0
        assert capsys.readouterr().out.startswith("waarborgen: dat is alles; maatregelen: 1\nGeschreven in ")
        changed = [line for line in path.read_text("utf-8").splitlines() if line not in FOUR.splitlines()]
        assert changed == ['safeguards = ["review"]']

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--close", "bindingness"], "error: `bindingness` is no field of measures that can have several values\n"),
            (["--close", "safeguard"], "help: did you mean `safeguards`?"),
            (["--close", "safeguards", "--measure", "m9"], "error: the proposal has no measure `m9`\nhelp: known here: `m1`"),
            (["--place", "art. 3"], "error: --measure and --place say something with --close only\n"),
        ],
    )  # fmt: skip
    def test_refused(
        self, path: Path, pack: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
    ) -> None:
        """What cannot be closed is an error, and nothing is written."""
        assert main(["ask", str(path), "--pack", str(pack), *options]) == 2
        assert said in capsys.readouterr().err
        assert path.read_text("utf-8") == FOUR

    def test_no_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A document cannot be written into; the help says what can."""
        (tmp_path / "a.txt").write_text("Proposal for a regulation of the Council on lamps. " * 20, "utf-8")
        call = ["ask", str(tmp_path / "a.txt"), "--pack", "treaties", "--close", "effects", "--as-proposal"]
        assert main(call) == 2
        err = capsys.readouterr().err
        assert err.startswith(
            "error: answers are written into a file of TOML only\nhelp: Answers are written into a draft:"
        )
