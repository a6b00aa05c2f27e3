"""`consistent ask`: the list, the conversation on a terminal, and the file that comes of it."""

import json
import signal
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.cli import main
from consistent.cli.ask import Dialogue
from consistent.errors import InputError, UsageError, printable
from consistent.inquiries.edits import Edit, apply, field_of
from consistent.inquiries.questions.questions import questions_of, value_of
from consistent.inquiries.questions.recording import record
from consistent.inquiries.questions.replying import reply
from consistent.model.text import Language
from consistent.model.values import Value
from consistent.reports.json_format import schema_for
from consistent.toml.tomlfile import TomlFile
from tests.asking_pack import PROPOSAL, write_asking_pack
from tests.harness.effort import examples
from tests.support import keys_of_changed_lines
from tests.terminal import Talk, talk_with

PROPOSALS = sorted((Path(__file__).parents[1] / "proposals").glob("*.toml"))


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
    """A file with the proposal."""
    found = tmp_path / "p.toml"
    found.write_text(PROPOSAL, "utf-8")
    return found


def lines_of(output: str, *, first: int = 0, last: int | None = None) -> str:
    """Some lines of what was printed."""
    return "\n".join(output.split("\n")[first:last])


LISTED = {
    "en": """\
Questions that settle the report, what weighs most first (4)

1. Which of these safeguards does 'Joint stock' provide for?
   m1 · safeguards · hangs on it: 2 rules
   1  way out  opt-out
      if so: does not apply: 'Forced stock'
      if not: then hangs on how binding: 'Forced stock'
   2  consent of the state  consent
      if so: condition met: 'Stock without consent'
      if not: condition missing: 'Stock without consent'
   none of these
      condition missing: 'Stock without consent'
      then hangs on how binding: 'Forced stock'

2. Is taking part compulsory for Member States?
   m1 'Joint stock' · how binding · hangs on it: 1 rule
   yes
      then hangs on safeguards: 'Forced stock'
   no
      does not apply: 'Forced stock'
   any other can be named too

3. How much money does 'Joint stock' involve?
   m1 · amount · hangs on it: 1 rule
   EUR 1,000 or less
      does not apply: 'Costly stock'
   more than EUR 1,000
      condition missing: 'Costly stock'
   none
      does not apply: 'Costly stock'

4. Which part of Article 173 TFEU is meant?
   proposal as a whole · legal basis · hangs on it: 1 rule
   known so far: Article 173 TFEU
   1  Article 173(2) TFEU is meant  TFEU 173(2)
      does not apply: 'Stock on the third paragraph'
   2  Article 173(3) TFEU is meant  TFEU 173(3)
      in line: 'Stock on the third paragraph'
   any other can be named too

For a person to judge (1)
  m1
    Is this meant well?
    asking/meant

""",
    "nl": """\
Vragen waarmee het rapport rond is, de zwaarstwegende eerst (4)
getoond: 2 van 4

1. In welke van deze waarborgen voorziet 'Gezamenlijke voorraad'?
   m1 · waarborgen · hangt ervan af: 2 regels
   1  uitweg  opt-out
      zo ja: niet van toepassing: 'Gedwongen voorraad'
      zo nee: hangt dan af van bindendheid: 'Gedwongen voorraad'
   2  instemming van de staat  consent
      zo ja: aan voorwaarde voldaan: 'Voorraad zonder instemming'
      zo nee: voorwaarde ontbreekt: 'Voorraad zonder instemming'
   geen van deze
      voorwaarde ontbreekt: 'Voorraad zonder instemming'
      hangt dan af van bindendheid: 'Gedwongen voorraad'

2. Zijn lidstaten verplicht mee te doen?
   m1 'Gezamenlijke voorraad' · bindendheid · hangt ervan af: 1 regel
   ja
      hangt dan af van waarborgen: 'Gedwongen voorraad'
   nee
      niet van toepassing: 'Gedwongen voorraad'
   elke andere kan ook worden genoemd

Door een mens te beoordelen (1)
  m1
    Is dit goed bedoeld?
    asking/meant

""",
}


def test_the_list(path: Path, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Word for word, in both languages; without a terminal nothing is asked, and nothing written."""
    assert main(["ask", str(path), "--pack", str(pack)]) == 0
    assert capsys.readouterr().out == LISTED["en"]
    assert main(["ask", str(path), "--pack", str(pack), "--list", "--lang", "nl", "--limit", "2"]) == 0
    assert capsys.readouterr().out == LISTED["nl"]
    assert path.read_text("utf-8") == PROPOSAL


def test_the_list_as_json(path: Path, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Values stand as the TOML of a proposal has them."""
    assert main(["ask", str(path), "--pack", str(pack), "--format", "json", "--limit", "3"]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, schema_for("ask"))
    found = document["open_questions"]
    assert [each["field"] for each in found["questions"]] == ["safeguards", "bindingness", "amount"]
    assert found["count"] == 4
    assert [each["rule"] for each in found["to_judge"]] == ["asking/meant"]
    answers = found["questions"][0]["answers"]
    assert [(each["kind"], each["term"], each["value"]) for each in answers] == [
        ("has", "opt-out", {"has": ["opt-out"], "lacks": []}),
        ("lacks", "opt-out", {"has": [], "lacks": ["opt-out"]}),
        ("has", "consent", {"has": ["consent"], "lacks": []}),
        ("lacks", "consent", {"has": [], "lacks": ["consent"]}),
        ("none-of-these", "", {"has": [], "lacks": ["consent", "opt-out"]}),
    ]
    assert answers[1]["foretold"][0]["outcome"] == "open"
    assert [each["field"] for each in answers[1]["foretold"][0]["on"]] == ["bindingness"]


def test_a_report_has_its_questions(kb: KnowledgeBase) -> None:
    """The library gives what the command shows."""
    assert [each.text.en for each in kb.check(PROPOSAL).questions().questions][
        1
    ] == "Is taking part compulsory for Member States?"


def test_nothing_open(kb: KnowledgeBase, tmp_path: Path, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Then that is said."""
    path = tmp_path / "known.toml"
    path.write_text("[proposal]\nlegal_basis = []\n", "utf-8")
    assert main(["ask", str(path), "--pack", str(pack)]) == 0
    assert capsys.readouterr().out == "Nothing is open that an answer could settle.\n\n"


def converse(
    kb: KnowledgeBase, said: list[str], language: Language = "en", limit: int | None = None
) -> tuple[Dialogue, str]:
    """A conversation with what was typed given beforehand; at its end the input is closed."""
    typed: Iterator[str] = iter(said)
    shown = StringIO()

    def read(prompt: str) -> str:
        shown.write(prompt)
        try:
            line = next(typed)
        except StopIteration:
            raise EOFError from None
        shown.write(line + "\n")
        return line

    console = Console(file=shown, width=100, highlight=False, markup=False)
    dialogue = Dialogue(kb.case(PROPOSAL), console, read, language, limit=limit)
    dialogue.run()
    assert next(typed, None) is None
    return dialogue, shown.getvalue()


def written(kb: KnowledgeBase, dialogue: Dialogue) -> str:
    """The text of the proposal with what was answered."""
    file = TomlFile.parse(PROPOSAL)
    return record(file, kb.read_file(file), dialogue.case.proposal, dialogue.evidence, kb.knowledge.vocabularies)


NO_PLACE = 'evidence.legal_basis = { document = "COM(2025) 1 final", note = "answered by a person, no place given" }\n'


def test_a_conversation(kb: KnowledgeBase) -> None:
    """From the first question to the last: each answer is asked back to the user in what it means."""
    dialogue, shown = converse(kb, ["-1, consent", "art. 4", "yes", "", "1 500", "", "2", ""])
    assert (
        lines_of(shown, first=14, last=29)
        == """\
numbers, 'none', 'that is all' > -1, consent
That means:
  condition met: 'Stock without consent'
  then hangs on how binding: 'Forced stock'
Where does the text say so (article, recital, page)? Enter: leave open > art. 4

Question 2, at most 3 to go
Is taking part compulsory for Member States?
   m1 'Joint stock' · how binding · hangs on it: 1 rule
   yes
      conflict: 'Forced stock'
   no
      does not apply: 'Forced stock'
   any other can be named too
yes or no > yes"""
    )
    assert shown.endswith("No questions are left.\n")
    assert (
        written(kb, dialogue)
        == PROPOSAL.replace('["TFEU 173"]', '["TFEU 173(3)"]')
        .replace('place = "cover" }\n', f'place = "cover" }}\n{NO_PLACE}', 1)
        .replace(
            'effects = ["stock"]\n',
            'effects = ["stock"]\nbindingness = "binding"\nsafeguards = { has = ["consent"], lacks = ["opt-out"] }\namount = 1_500\n',
        )
        + 'evidence.safeguards = { document = "COM(2025) 1", place = "art. 4" }\n'
    )
    told, before, after = dialogue.changes(dialogue.case)
    assert [(each.rule, each.outcome) for each in told] == [
        ("asking/forced", "conflict"), ("asking/costly", "condition"), ("asking/unasked", "met"), ("asking/based", "aligned"),
    ]  # fmt: skip
    assert (before, after) == (4, 0)


def test_an_answer_drops_what_it_settles(kb: KnowledgeBase) -> None:
    """With a way out, whether it binds no longer matters, and is not asked."""
    _, shown = converse(kb, ["1", "n", "", "", ""])
    assert "compulsory" not in shown
    assert "No questions are left but those that were skipped." in shown


def test_dutch(kb: KnowledgeBase) -> None:
    """Words, labels and replies in Dutch."""
    dialogue, shown = converse(kb, ["uitweg", "a", "", "geen", "", "2", ""], "nl")
    assert "nummers, 'geen', 'dat is alles' > uitweg" in shown
    assert shown.endswith("Er zijn geen vragen meer.\n")
    assert dialogue.case.proposal.measures[0].safeguards == Value.exactly("opt-out")
    assert dialogue.case.proposal.measures[0].amount == Value.exactly()


def test_back_undoes_an_answer_with_its_evidence(kb: KnowledgeBase) -> None:
    """After going back the first question is there again and nothing is known."""
    dialogue, shown = converse(kb, ["b", "none", "art. 4", "b", "q"])
    assert "This is the first question." in shown
    assert not dialogue.answered
    assert dialogue.evidence == {}


def test_help_skip_limit_and_the_end_of_input(kb: KnowledgeBase) -> None:
    """`h` explains, `?` skips; a limit ends it, and so does closed input, with what was said."""
    dialogue, shown = converse(kb, ["h", "?", "no", ""], limit=2)
    assert "Type numbers or terms with commas between them" in shown
    assert dialogue.case.proposal.measures[0].bindingness == Value(no=frozenset({"binding"}))
    dialogue, _ = converse(kb, ["none", ""])
    assert dialogue.answered
    assert written(kb, dialogue).count("\n") == PROPOSAL.count("\n") + 1


def test_what_was_left_unsaid_is_not_asked_again(kb: KnowledgeBase) -> None:
    """Enter after 'and what you did not mention' leaves it unknown."""
    dialogue, shown = converse(kb, ["consent", "", "", "q"])
    assert shown.count("Which of these safeguards") == 1
    assert dialogue.case.proposal.measures[0].safeguards == Value(yes=frozenset({"consent"}))


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        ("safeguards", "1 2", Value(yes=frozenset({"opt-out", "consent"}))),
        ("safeguards", "not way out", Value(no=frozenset({"opt-out"}))),
        ("safeguards", "review, none", Value(yes=frozenset({"review"}), no=frozenset({"opt-out", "consent"}))),
        ("safeguards", "WAY OUT, that is all", Value.exactly("opt-out")),
        ("safeguards", "none at all", Value.exactly()),
        ("bindingness", "ja", Value.exactly("binding")),
        ("bindingness", "voluntary", Value.exactly("voluntary")),
        ("bindingness", "none", Value(no=frozenset({"binding"}))),
        ("amount", "EUR 1.500.000", Value.exactly(1_500_000)),
        ("amount", "none", Value.exactly()),
        ("legal_basis", "1", Value.exactly("TFEU 173(2)")),
        ("legal_basis", "TFEU 173(7)", Value.exactly("TFEU 173(7)")),
        ("legal_basis", "artikel 173, lid 7, VWEU", Value.exactly("TFEU 173(7)")),
        ("legal_basis", "VWEU 173(7)", Value.exactly("TFEU 173(7)")),
    ],
)
def test_replies(kb: KnowledgeBase, field: str, said: str, value: Value) -> None:
    """What can be typed, and what is then known."""
    assert replied(kb, field, said) == value


def replied(kb: KnowledgeBase, field: str, said: str) -> Value:
    """What is known after a reply to the question for a field."""
    case = kb.case(PROPOSAL)
    question = next(each for each in questions_of(case)[0] if each.field == field)
    taken = field_of(question.measure, field, kb.knowledge.fields)
    return reply(question, said, value_of(case.proposal, question.key), taken, kb.knowledge).value


@pytest.mark.parametrize(
    ("field", "said", "message"),
    [
        ("safeguards", "opt-outt", "`opt-outt` is no answer here\nhelp: did you mean `opt-out`?"),
        ("safeguards", "7", "`7` is no answer here\nhelp: known here: `consent`, `opt-out`"),
        ("safeguards", "1, -1", "`opt-out` cannot be there and not be there\nhelp: leave one of the two out"),
        ("safeguards", "1, none at all", "it cannot be both none at all and some\nhelp: what is known to be there stays there"),
        ("amount", "much", "expected a whole number, found text\nhelp: amounts are in whole euros: 1_500_000"),
        ("legal_basis", "TFEU 114", "`TFEU 114` is known not to be there\nhelp: the file says so; change it there first"),
        ("legal_basis", "article", "`article` is no citation\nhelp: write `TFEU 173(3)`, `TEU 42(2)`, `Protocol No 2 art. 5`, `Regulation (EU) 2016/679`, `CELEX 32009L0081`"),
        ("bindingness", "\x1b[31m", "`\ufffd[31m` is no answer here\nhelp: known here: `binding`"),
    ],
)  # fmt: skip
def test_replies_that_are_none(kb: KnowledgeBase, field: str, said: str, message: str) -> None:
    """What cannot be understood is said to be so, and asked again."""
    with pytest.raises(UsageError) as caught:
        replied(kb, field, said)
    assert str(caught.value) == message


WORDS = st.sampled_from(
    ["1", "2", "-1", "none", "that is all", "none at all", "yes", "opt-out", "-consent", "review", "binding", "TFEU 173(3)",
     "TFEU 173", "-TFEU 114", "1 000", "geen", ",", "-", "\x1b", "\udcff", "9" * 30, "EUR", "[]"]
)  # fmt: skip


def test_whatever_is_typed(kb: KnowledgeBase) -> None:
    """It is no answer, or one that only adds to what was known and can be written."""
    file, case = TomlFile.parse(PROPOSAL), kb.case(PROPOSAL)
    asked, _ = questions_of(case)
    answered = 0

    @given(
        st.lists(st.one_of(WORDS, WORDS, st.text(max_size=5)), min_size=1, max_size=3).map(", ".join), st.integers(0, 3)
    )
    @settings(max_examples=examples(300))
    def tried(said: str, number: int) -> None:
        nonlocal answered
        question = asked[number]
        before = value_of(case.proposal, question.key)
        with suppress(UsageError):
            after = reply(
                question, printable(said), before, field_of(*question.key, kb.knowledge.fields), kb.knowledge
            ).value
            answered += 1
            assert after.yes.isdisjoint(after.no | before.no)
            assert after.no >= before.no or not after.open
            changed = apply(case.proposal, [Edit(*question.key, after)])
            assert kb.read(record(file, case.proposal, changed, {}, kb.knowledge.vocabularies)) == changed

    tried()
    assert answered > examples(300) // 30


def test_a_question_in_one_language_is_a_fault(tmp_path: Path) -> None:
    """Both are needed."""
    folder = write_asking_pack(tmp_path)
    path = folder / "facts/asking/vocabulary/bindingness.toml"
    path.write_text('[binding]\nen = "binding"\nnl = "bindend"\nquestion.en = "Is it?"\n', "utf-8")
    with pytest.raises(InputError) as caught:
        load(folder)
    assert "no text in language `nl`" in str(caught.value)
    assert f"{path}:4, binding.question" in str(caught.value)


@pytest.mark.parametrize("path", PROPOSALS, ids=lambda each: each.stem)
def test_answers_are_written_into_every_proposal(kb: KnowledgeBase, path: Path) -> None:
    """Each answer that is named, one by one: only lines of that field change, and the file says what was answered."""
    shipped = load("treaties")
    file = TomlFile.read(path)
    case = shipped.case(shipped.read_file(file), engine="plain")
    for question in questions_of(case, limit=3)[0]:
        for answer in [each for each in question.answers if not each.stands_for][:6]:
            changed = case.of(apply(case.proposal, [Edit(*question.key, answer.value)]))
            text = record(file, case.proposal, changed.proposal, {}, shipped.knowledge.vocabularies)
            assert shipped.read(text) == changed.proposal
            own = {question.field, "has", "lacks", f"[proposal.{question.field}]"}
            assert keys_of_changed_lines(file.text or "", text) <= own


@pytest.fixture
def talk(path: Path, pack: Path) -> Talk:
    """Run the command on a terminal."""
    return talk_with("ask", str(path), "--pack", str(pack))


def test_on_a_terminal(talk: Talk, path: Path) -> None:
    """The whole way: asked, answered, written, checked again."""
    path.chmod(0o600)
    status, shown = talk("none", "art. 4", "yes", "", "q")
    assert status == 0
    text = path.read_text("utf-8")
    assert 'safeguards = { lacks = ["consent", "opt-out"] }\n' in text
    assert 'evidence.safeguards = { document = "COM(2025) 1", place = "art. 4" }\n' in text
    assert [each for each in PROPOSAL.splitlines() if each not in text.splitlines()] == []
    assert f"Written into {path}." in shown
    assert "open before: 4, open now: 2" in shown
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_breaking_off_leaves_the_file(talk: Talk, path: Path) -> None:
    """Ctrl-C after an answer: it is kept in another file, which reads."""
    status, shown = talk("none", "", signal.SIGINT)
    assert status == 130
    assert "Broken off" in shown
    assert path.read_text("utf-8") == PROPOSAL
    kept = Path(shown.split("with the answers is in ")[1].split("\n")[0].rstrip("."))
    assert TomlFile.read(kept).data != TomlFile.read(path).data
    kept.unlink()


def test_stopping_at_once_writes_nothing(talk: Talk, path: Path) -> None:
    """There is nothing to write."""
    status, shown = talk("q", language="nl")
    assert status == 0
    assert f"Er is niets geantwoord; {path} is ongewijzigd." in shown
    assert path.read_text("utf-8") == PROPOSAL


def test_answers_to_a_file_that_was_changed_meanwhile_are_kept(
    path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The file stays as somebody else made it; the answers are in another one, which is named."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("sys.stdin", Terminal())
    said = iter(["none", "", "q"])

    def typed(prompt: str) -> str:
        path.write_text("[proposal]\n", "utf-8")
        return next(said)

    monkeypatch.setattr("builtins.input", typed)
    assert main(["ask", str(path), "--pack", str(pack)]) == 2
    shown = capsys.readouterr()
    assert shown.err.startswith("error: file was changed by another program meanwhile, and is left as it is")
    assert path.read_text("utf-8") == "[proposal]\n"
    (kept,) = tmp_path.glob("p-*.toml")
    assert str(kept) in shown.out
    assert "lacks" in kept.read_text("utf-8")


class Terminal(StringIO):
    """Standard input that says it is a terminal."""

    def isatty(self) -> bool:
        """It says so."""
        return True


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1" * 99])
def test_odd_limits(path: Path, limit: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A number from one on is asked for."""
    with pytest.raises(SystemExit):
        main(["ask", str(path), "--limit", limit])
    assert "is not a whole number from one on" in capsys.readouterr().err


def test_a_folder_is_no_proposal(tmp_path: Path, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An error, without a traceback."""
    assert main(["ask", str(tmp_path), "--pack", str(pack)]) == 2
    assert capsys.readouterr().err == f"error: file cannot be read: it is a folder\n  at {tmp_path}\n"


def test_a_text_that_does_not_say_what_was_answered_is_refused(kb: KnowledgeBase) -> None:
    """What would be written is read again and compared with the answers."""
    before = kb.read(PROPOSAL)
    changed = apply(before, [Edit("m1", "amount", Value.exactly(1))])
    other = TomlFile.parse(PROPOSAL + '\n[[measure]]\nid = "m2"\n')
    with pytest.raises(InputError) as caught:
        record(other, before, changed, {}, kb.knowledge.vocabularies)
    assert str(caught.value) == "the answers cannot be written into a file of this layout\n  at <string>"
