"""The interview about an act: what is asked, what an answer writes, how replies are read, and the file that comes of it."""

import datetime as dt
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import tomli
from rich.console import Console

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.cli import main
from consistent.cli.interviewing import ActDialogue
from consistent.inquiries.interview import replying, taking
from consistent.inquiries.interview.act_questions import NotFound, NotFounds, WhichProvisions
from consistent.inquiries.interview.interview import interview
from consistent.model.proposal import MEASURE_FIELDS
from consistent.model.text import Language, Localized
from consistent.toml.tomlfile import TomlFile

_BY = taking.Signature(by="A. Analyst", on=dt.date(2026, 1, 2))
_READ = 'evidence.reference = { document = "D", place = "Article 1", span = [0, 9], confirmed = false }'
_PROPOSAL = f"""\
# Read by machine.
[proposal]
reference = "COM(2030) 1"
title.en = "Act"
title.nl = "Handeling"
kind = "legislative-proposal"
instrument = ["regulation"]
legal_basis = ["TFEU 114"]
date = 2030-01-01

[[measure]] # the first
id = "m1"
reference = "Article 1"
effects = {{ has = ["harmonisation"] }}
{_READ}
evidence.effects = {{ value = "harmonisation", document = "D", quote = "shall harmonise", confirmed = false }}

[[measure]]
id = "m2"
reference = "Article 2(1)"
{_READ}

[[looked_for]]
field = "areas"
terms = [TERMS]
found = 9
of = 10

[[looked_for]]
field = "effects"
terms = [EFFECTS]
"""


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The pack of the treaties."""
    return load("treaties")


@pytest.fixture(scope="module")
def text(kb: KnowledgeBase) -> str:
    """A proposal that was read for all areas and effects."""
    vocabularies = kb.knowledge.vocabularies
    listed = {name: json.dumps(sorted(vocabularies[name].terms))[1:-1] for name in ("areas", "effects")}
    return _PROPOSAL.replace("TERMS", listed["areas"]).replace("EFFECTS", listed["effects"])


def which(field: str, *terms: str, provisions: tuple[Any, ...] = ()) -> WhichProvisions:
    """A question on terms."""
    labelled = tuple((term, Localized(term, term)) for term in terms)
    return WhichProvisions(
        field=field, label=Localized(field, field), terms=labelled, provisions=provisions, rules=(), weight=1,
        single=MEASURE_FIELDS[field].single,
    )  # fmt: skip


def parts_of(question: NotFound | NotFounds) -> tuple[NotFound, ...]:
    """What was not found, field by field."""
    return (question,) if isinstance(question, NotFound) else question.parts


def test_nothing_presumed_stays_unasked(kb: KnowledgeBase, text: str) -> None:
    """Once all that is asked is denied, nothing is presumed any more: by what was on the screens alone."""
    data = tomli.loads(text)
    asked: set[tuple[str, ...]] = set()
    skipped: set[tuple[str, ...]] = set()
    while left := interview(kb.case(kb.read_file(TomlFile.of_dict(data))), skipped).questions:
        question = left[0]
        assert question.key not in asked
        asked.add(question.key)
        if isinstance(question, NotFound | NotFounds):
            for part in parts_of(question):
                data = taking.nowhere_else(data, part, {}, _BY, kb.knowledge.vocabularies)
        elif isinstance(question, WhichProvisions):
            data = taking.provisions(data, question, {}, _BY, kb.knowledge.vocabularies)
        else:
            skipped.add(question.key)
    assert kb.case(kb.read_file(TomlFile.of_dict(data))).report().presumptions == 0
    confirmed = {term for table in data["looked_for"] if table.get("by") for term in table["terms"]}
    shown = {term.rpartition("=")[2] for key in asked for term in key}
    assert confirmed <= shown


def test_wide_term_leaves_its_kinds_unknown_where_it_is(kb: KnowledgeBase, text: str) -> None:
    """That defence is in Article 2 and nowhere else does not say that armed forces are not in Article 2."""
    vocabularies = kb.knowledge.vocabularies
    data = taking.provisions(tomli.loads(text), which("areas", "defence"), {"m2": ["defence"]}, _BY, vocabularies)
    first, second = kb.read_file(TomlFile.of_dict(data)).measures
    assert "armed-forces" in first.areas.no
    assert "armed-forces" not in second.areas.no


def test_narrow_term_goes_before_a_wide_one_that_was_denied(kb: KnowledgeBase, text: str) -> None:
    """Whichever is said first, the file reads."""
    data = tomli.loads(text)
    data["measure"][1]["areas"] = {"lacks": ["defence"]}
    vocabularies = kb.knowledge.vocabularies
    data = taking.provisions(data, which("areas", "armed-forces"), {"m2": ["armed-forces"]}, _BY, vocabularies)
    assert kb.read_file(TomlFile.of_dict(data)).measures[1].areas.yes == {"armed-forces"}


def test_answers_deny_nothing_that_was_found(kb: KnowledgeBase, text: str) -> None:
    """A value that the text has stays, whether its provision was on the screen or not."""
    case = kb.case(kb.read_file(TomlFile.parse(text)))
    for question in interview(case).questions:
        for part in parts_of(question) if isinstance(question, NotFound | NotFounds) else ():
            data = taking.nowhere_else(tomli.loads(text), part, {}, _BY, kb.knowledge.vocabularies)
            assert kb.read_file(TomlFile.of_dict(data)).measures[0].effects.yes == {"harmonisation"}


def test_order_of_answers_does_not_count(kb: KnowledgeBase, text: str) -> None:
    """Two answers come to the same in either order."""
    vocabularies = kb.knowledge.vocabularies
    answers = [
        (which("areas", "defence"), {"m2": ["defence"]}),
        (which("areas", "armed-forces"), {"m1": ["armed-forces"]}),
    ]
    found = []
    for order in (answers, answers[::-1]):
        data = tomli.loads(text)
        for question, chosen in order:
            data = taking.provisions(data, question, chosen, _BY, vocabularies)
        found.append(kb.read_file(TomlFile.of_dict(data)).measures)
    for one, other in zip(*found, strict=True):
        assert one.areas == other.areas


def test_single_value_takes_its_evidence_along(kb: KnowledgeBase, text: str) -> None:
    """The words that said the old value do not stand for the new one."""
    data = tomli.loads(text)
    data["measure"][0]["bindingness"] = "statement"
    data["measure"][0]["evidence"]["bindingness"] = {"document": "D", "quote": "may", "confirmed": False}
    question = which("bindingness", "binding")
    data = taking.provisions(data, question, {"m1": ["binding"]}, _BY, kb.knowledge.vocabularies)
    assert data["measure"][0]["bindingness"] == "binding"
    assert "quote" not in data["measure"][0]["evidence"]["bindingness"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.rstrip("\n"),
        lambda text: "answer = []\n" + text,
        lambda text: text.replace("[[looked_for]]", "[[looked_for]] # what\n# and why"),
        lambda text: text.replace('id = "m2"', 'id = "m2" # \u202eright\u202c'),
    ],
    ids=["as is", "CRLF", "no end", "empty answers", "comments", "right to left"],
)
def test_answers_are_written_into_any_layout(change: Any, kb: KnowledgeBase, text: str) -> None:
    """The file reads back to what was answered, and keeps its comments."""
    file = TomlFile.parse(change(text))
    vocabularies = kb.knowledge.vocabularies
    data = taking.provisions(dict(file.data), which("areas", "defence"), {"m2": ["defence"]}, _BY, vocabularies)
    data = {**data, "answer": [{"rule": "r", "in_order": True, "reason": 'a\x07"\\\u202e\n]', "by": "B", "on": _BY.on}]}
    written = taking.text_of(file, data)
    assert tomli.loads(written) == data
    assert "# Read by machine." in written
    assert ("\r\n" in written) == ("\r\n" in change(text))
    assert "\n" not in written.replace("\r\n", "") if "\r\n" in written else True


def test_file_of_inline_tables_is_written_anew(kb: KnowledgeBase) -> None:
    """Rather than that answers are lost."""
    text = 'measure = [{ id = "m1" }, { id = "m2", areas = { has = ["defence"] } }]\n[proposal]\nreference = "R"\n'
    file = TomlFile.parse(text)
    data = taking.provisions(dict(file.data), which("areas", "pay"), {"m1": ["pay"]}, _BY, kb.knowledge.vocabularies)
    assert tomli.loads(taking.text_of(file, data)) == data


def test_replies_name_provisions_as_the_act_does(kb: KnowledgeBase, text: str) -> None:
    """By article and paragraph, in either language."""
    places = replying.Places(kb.read_file(TomlFile.parse(text)))
    for said in ("2(1)", "2", "Article 2(1)", "artikel 2, lid 1", "art. 2", "m2"):
        assert places.of(said) == ["m2"]
    with pytest.raises(replying.ReplyError):
        places.of("99")


def test_replies_that_cannot_be_are_refused(kb: KnowledgeBase, text: str) -> None:
    """One provision has one value of a field that takes one; none of which is told apart needs a number."""
    places = replying.Places(kb.read_file(TomlFile.parse(text)))
    with pytest.raises(replying.ReplyError, match="one of these only"):
        replying.which_reply(which("bindingness", "binding", "statement"), "art. 2: 1 2", places)
    with pytest.raises(replying.ReplyError):
        replying.which_reply(which("areas", "defence", "pay"), "art. 2", places)
    assert replying.which_reply(which("areas", "defence", "pay"), "art. 2: 2", places) == {"m2": ["pay"]}
    assert replying.which_reply(which("areas", "defence"), "geen", places) == {}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_conversation_ends_where_input_does(language: Language, kb: KnowledgeBase, text: str) -> None:
    """What was answered before is kept; what is no answer is said and asked again."""
    said = iter(["99", "1: 99", "more", "h", "b", "none", ""])

    def read(_: str) -> str:
        try:
            return next(said)
        except StopIteration:
            raise EOFError from None

    console = Console(file=StringIO(), width=100)
    file = TomlFile.parse(text)
    talk = ActDialogue(kb, kb.case(kb.read_file(file)), file, console, read, language, "B", _BY.on)
    talk.run()
    assert talk.answered
    assert tomli.loads(talk.text()) == talk.data
    kb.read_file(TomlFile.parse(talk.text()))


def test_questions_as_json(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With what an answer needs."""
    path = tmp_path / "p.toml"
    path.write_text(text, "utf-8")
    assert main(["ask", str(path), "--pack", "treaties", "--format", "json", "--limit", "1"]) == 0
    data = json.loads(capsys.readouterr().out)["interview"]
    assert len(data["questions"]) == 1
