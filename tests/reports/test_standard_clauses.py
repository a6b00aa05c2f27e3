"""Standard clauses of amendments: each term that a repair can ask has one or says why not, in both languages, where it belongs."""

import re
import string
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from attrs import evolve

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.documents.document import Document
from consistent.documents.reading import read_document
from consistent.inquiries.repairs import standard_clauses
from consistent.inquiries.repairs._moves import MoveKind
from consistent.inquiries.repairs.amending_text import amendment_for
from consistent.inquiries.repairs.asking import Change
from consistent.inquiries.repairs.move_space import NEAR_TERMS
from consistent.inquiries.repairs.standard_clauses import clause_for, why_none
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import LANGUAGES, Localized
from consistent.model.values import Value
from consistent.reports._word_tracking import Tracking
from consistent.sources import parse_source
from tests.built_docx import docx, paragraph
from tests.reports.test_amendments import DAY, change

# Turned by the words of the text itself.
_BY_THE_TEXT = ("delegated-power", "implementing-power")


@cache
def kb() -> KnowledgeBase:
    return load("nl-22112-4027")


def asked_changes(knowledge: KnowledgeBase) -> Iterator[Change]:
    """Every safeguard, statement and lighter effect that a repair on the shipped packs can ask for."""
    kinds: tuple[tuple[MoveKind, str], ...] = (("safeguard", "safeguards"), ("statement", "statements"))
    for kind, field in kinds:
        for term in knowledge.knowledge.vocabularies[field].terms:
            yield change(kind, None, field, "", term)
    for old, lighter in NEAR_TERMS["effects"].items():
        for new in lighter:
            if (old, new) != _BY_THE_TEXT:
                yield change("effect-replaced", None, "effects", old, new)


def not_covered(knowledge: KnowledgeBase) -> list[str]:
    """What has neither a clause nor a reason why there is none, or has both."""
    return [
        " ".join((*one.old, *one.new))
        for one in asked_changes(knowledge)
        if (clause_for(one) is None) == (why_none(one) is None)
    ]


def test_every_term_has_a_clause_or_a_reason() -> None:
    """A term that comes to the vocabulary, or a lighter effect that comes to the table, has to be thought of here."""
    assert not not_covered(kb())


@pytest.mark.parametrize("gone", [("safeguards", "sunset-clause"), ("statements", "subsidiarity"), ("reasons", "act")])
def test_a_missing_clause_is_told(gone: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: a clause or a reason is taken out."""
    data = {name: dict(part) if isinstance(part, dict) else part for name, part in standard_clauses._data().items()}
    del data[gone[0]][gone[1]]
    monkeypatch.setattr(standard_clauses, "_data", lambda: data)
    assert not_covered(kb()) == ["basic-act" if gone[0] == "reasons" else gone[1]]


def entries() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every clause of the data, by a name."""
    data = standard_clauses._data()
    for kind in ("safeguards", "statements"):
        yield from data[kind].items()
    for one in data["effects"]:
        yield f"{'/'.join(one['old'])} {one['new']}", one
    yield "voluntary", data["voluntary"]


@pytest.mark.parametrize(("name", "entry"), list(entries()), ids=lambda value: value if isinstance(value, str) else "")
def test_each_clause_is_whole_in_both_languages(name: str, entry: Mapping[str, Any]) -> None:
    """The same places are left open in both, names are those that are filled in, and what it follows can be read."""
    assert set(entry) <= {"place", "en", "nl", "sources", "model", "repeats", "rewrite", "new", "old"}, name
    english, dutch = entry["en"], entry["nl"]
    assert english != dutch
    assert english.count("[") == english.count("]") == dutch.count("[") == dutch.count("]")
    named = [
        {str(field).lower() for _, field, _, _ in string.Formatter().parse(text) if field} for text in (english, dutch)
    ]
    assert named[0] <= {"this", "act", "act_within"}
    assert {name.removesuffix("_within") for name in named[0]} == {name.removesuffix("_within") for name in named[1]}
    end = "," if entry["place"] == "citation" else "."
    assert english.endswith(end)
    assert dutch.endswith(end)
    sources = entry.get("sources", [])
    assert sources or entry["model"], "a clause says what it follows"
    assert all(parse_source(source) is not None for source in sources)
    # In a recital there is no provision to speak of.
    assert entry["place"] == "subparagraph" or "this" not in named[0]


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(act(), "act.docx")


@cache
def act() -> bytes:
    return docx(
        paragraph("REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL", "Typedudocument"),
        paragraph("on the supply of defence products", "Titreobjet"),
        paragraph(
            "Having regard to the Treaty on the Functioning of the European Union, and in particular Article 114 thereof,"
        ),
        paragraph("Having regard to the proposal from the European Commission,"),
        paragraph("Whereas:"),
        paragraph("(1)\tA crisis can affect supply.", "ManualConsidrant"),
        paragraph("(2)\tStocks are low.", "ManualConsidrant"),
        paragraph("HAVE ADOPTED THIS REGULATION:"),
        paragraph("Article 1\nStocks", "Titrearticle"),
        paragraph("1.\tMember States shall keep stocks of ammunition.", "ManualNumPar1"),
        paragraph("2.\tUndertakings shall be listed, and firms shall report.", "ManualNumPar1"),
        paragraph("Article 2\nRules", "Titrearticle"),
        paragraph("The Commission may adopt delegated acts on stocks."),
        variables={"LW_REF.INST.NEW_TEXT": "COM(2027) 13", "LW_STATUT.CP": "Proposal for a"},
    )


def proposal(**changed: object) -> Proposal:
    """Three measures, each on a provision of the act."""
    measures = tuple(
        evolve(
            Measure(id=name, title=Localized(name, name)),
            reference=Value.exactly(reference),
            bindingness=Value.exactly("binding"),
            addressees=Value.exactly("member-states"),
        )
        for name, reference in (("stocks", "Article 1(1)"), ("lists", "Article 1(2)"), ("rules", "Article 2"))
    )
    made = Proposal(title=Localized("An act", "Een handeling"), measures=measures)
    return evolve(made, **{"instrument": Value.exactly("regulation"), **changed})  # type: ignore[arg-type]  # fields by name


# A change, the words that come, and the line behind which they stand.
PLACED = [
    (change("safeguard", "stocks", "safeguards", "", "sunset-clause"), "This paragraph shall apply until [date].", "1. Member States"),
    (change("safeguard", "rules", "safeguards", "", "judicial-protection"), "Any person whom a decision under this Article", "The Commission may"),
    (change("safeguard", "stocks", "safeguards", "", "burden-accounted-for"), "The burden that this measure brings", "(2) Stocks are low."),
    (change("statement", None, "statements", "", "proportionality"), "In accordance with the principle of proportionality", "(2) Stocks are low."),
    (change("statement", None, "statements", "", "required-opinions"), "Having regard to the opinion of [", "Having regard to the proposal"),
    (change("effect-replaced", "lists", "effects", "prohibition", "recommendation"), "This paragraph has the character of", "2. Undertakings"),
    (change("bindingness", "lists", "bindingness", "binding", "voluntary"), "This paragraph shall be applied on a voluntary basis.", "2. Undertakings"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "words", "behind"), PLACED, ids=lambda value: getattr(value, "new", [""])[0])
def test_a_clause_stands_where_it_belongs(asked: Change, words: str, behind: str, document: Document) -> None:
    """Below its provision, or behind the last recital or citation; what is to be filled in is marked, and nothing else."""
    amendment = amendment_for(asked, proposal(), document)
    assert not amendment.open
    assert amendment.note is not None
    assert amendment.note.en.startswith("Standard clause, not words of this text")
    assert amendment.note.nl.startswith("Standaardbepaling, geen woorden uit deze tekst")
    (edit,) = amendment.edits
    tracking = Tracking(act(), document, "A person", DAY)
    assert tracking.add_paragraph(edit.span.end - 1, edit.pieces) is not None
    content = tracking.bytes()
    lines = read_document(content, "amended.docx").text.splitlines()
    at = next(number for number, line in enumerate(lines) if words in line)
    assert lines[at - 1].startswith(behind)
    assert "".join(text for text, _ in edit.pieces) == edit.text
    marked = [text for text, open_ in edit.pieces if open_]
    assert marked == re.findall(r"\[[^\]]*\]", edit.text)
    assert amendment.blank == bool(marked)


def test_an_article_of_one_paragraph_is_called_an_article(document: Document) -> None:
    """As lawyers write it: its only paragraph has no number by which to name it."""
    drafted = kb().draft(act(), "act.docx", as_proposal=True).proposal
    asked = change("safeguard", "art-2", "safeguards", "", "delegation-objectives")
    assert "under this Article" in amendment_for(asked, drafted, document).edits[0].text


def test_a_duty_of_member_states_becomes_an_encouragement(document: Document) -> None:
    """The verb is turned where the text says who has to act; else a clause says it."""
    asked = change("effect-replaced", "stocks", "effects", "obligation", "recommendation")
    (edit,) = amendment_for(asked, proposal(), document).edits
    assert (document.of(edit.span), edit.text) == ("shall", "are encouraged to")
    several = change("effect-replaced", "lists", "effects", "obligation", "recommendation")
    (edit,) = amendment_for(several, proposal(), document).edits
    assert edit.clause


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_can_be_had_without_the_text(language: Any) -> None:
    """A proposal that is TOML alone has the words of clauses, in the language that is asked for, and no name left unfilled."""
    for asked in asked_changes(kb()):
        whose = "rules" if asked.kind != "statement" else None
        amendment = amendment_for(evolve(asked, measure=whose), proposal(), None, language)
        assert amendment.open == (clause_for(asked) is None)
        text = amendment.edits[0].text
        assert not re.search(r"[{}]", text)
        if amendment.open:
            assert amendment.note == why_none(asked)
    amendment = amendment_for(change("dropped", "rules"), proposal(), None, language)
    assert (amendment.edits[0].text, amendment.open) == ({"en": "Deleted.", "nl": "Schrappen."}[language], False)


def test_a_clause_speaks_of_the_act_that_it_goes_into() -> None:
    """Into another act that is amended, with the word for that act; into a paper that is no act, none goes."""
    asked = change("safeguard", "stocks", "safeguards", "", "national-security-reserved")
    amending = proposal()
    first, *rest = amending.measures
    amending = evolve(
        amending, measures=(evolve(first, reference=Value.exactly("Directive 2009/43/EC, art. 4")), *rest)
    )
    assert amendment_for(asked, amending, None, "nl").edits[0].text.startswith("Deze richtlijn doet geen afbreuk")
    paper = amendment_for(asked, proposal(instrument=Value.exactly()), None)
    assert paper.open
    assert paper.note is not None
    assert "this document is none" in paper.note.en
