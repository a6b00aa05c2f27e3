"""The subsidiarity dossier: cards at the right number of votes, arguments by kind, every question, and gaps for what is a judgement."""

from datetime import date

import pytest

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.cli.main import main
from consistent.model.evidence import Evidence
from consistent.model.proposal import Proposal
from consistent.model.recorded import Quotation
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.reports.dossier import Dossier
from consistent.reports.markdown import markdown
from consistent.reports.outline import Section
from consistent.scrutiny.arguments import argument_kinds, by_kind, lists, question_parts, section_on_subsidiarity
from consistent.scrutiny.calendar import Days
from consistent.scrutiny.cards import cards_for
from consistent.scrutiny.clock import terms
from consistent.scrutiny.dossier import dossier_outline, dossier_title
from consistent.sources import parse_source
from tests.document_cases import read_once, real

DAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load("treaties")


def proposal(basis: str = "TFEU 114", kind: str = "legislative-proposal", procedure: str = "cod") -> Proposal:
    """A proposal on one basis."""
    return Proposal(
        title=Localized("Regulation on lamps", "Verordening over lampen"),
        reference=Value.exactly("COM(2026) 9"),
        date=Value.exactly(date(2026, 2, 3)),
        kind=Value.exactly(kind),
        legal_basis=Value.exactly(basis),
        decision_procedure=Value.exactly(procedure),
        statements=Value.exactly("legal-basis"),
    )


def said(kb: KnowledgeBase, given: Proposal, language: str = "en", days: Days | None = None) -> str:
    """The dossier as Markdown."""
    dossier = Dossier(check=kb.check(given, as_of=DAY))
    blocks = tuple(dossier_outline(dossier, language, days))  # type: ignore[arg-type]  # one of two
    return markdown([Section(dossier_title(dossier, language), blocks)])  # type: ignore[arg-type]  # see above


@pytest.mark.parametrize(
    ("day", "basis", "procedure", "votes"),
    [
        # A third of 54 votes, more than half of them; of 56 while there were 28 Member States; a quarter for criminal justice.
        (date(2026, 1, 1), "TFEU 114", "cod", {"yellow": 18, "orange": 28}),
        (date(2015, 1, 1), "TFEU 114", "cod", {"yellow": 19, "orange": 29}),
        (date(2020, 1, 31), "TFEU 82(1)", "cod", {"yellow-justice": 14, "orange": 29}),
        (date(2026, 1, 1), "TFEU 86(1)", "app", {"yellow-justice": 14}),
        (date(2026, 1, 1), "TFEU 113", "cns", {"yellow": 18}),
    ],
)
def test_thresholds_are_those_of_the_protocol(
    kb: KnowledgeBase, day: date, basis: str, procedure: str, votes: dict[str, int]
) -> None:
    """At least a third, or a quarter; a simple majority only under the ordinary legislative procedure."""
    cards = cards_for(proposal(basis, procedure=procedure), kb.knowledge, day)
    assert cards.applies
    assert {card.name: card.votes for card in cards.cards} == votes


@pytest.mark.parametrize(
    ("given", "applies", "why"),
    [
        (proposal("TFEU 207(2)"), False, "exclusive"),
        (proposal(kind="communication"), False, "not-legislative"),
        (proposal(kind="non-legislative-proposal"), False, "not-legislative"),
        (proposal(kind="proposal-for-act"), None, "kind-unknown"),
        (proposal(kind="amended-legislative-proposal"), True, "legislative"),
        (Proposal(kind=Value.exactly("legislative-proposal")), None, "competence-unknown"),
        (Proposal(), None, "kind-unknown"),
    ],
)
def test_there_is_no_card_where_there_is_no_reasoned_opinion(
    kb: KnowledgeBase,
    given: Proposal,
    applies: bool | None,
    why: str,
) -> None:
    """Not in exclusive competence, and on drafts of legislative acts only; what is not known is said to be."""
    cards = cards_for(given, kb.knowledge, DAY)
    assert (cards.applies, cards.why) == (applies, why)
    assert bool(cards.cards) == (applies is not False)


def test_in_exclusive_competence_no_opinion_is_drafted(kb: KnowledgeBase) -> None:
    """The dossier says why, and drafts none."""
    text = said(kb, proposal("TFEU 207(2)"))
    assert "lie in exclusive competence" in text
    assert "There is no reasoned opinion to draft" in text
    assert "at least" not in text


def test_the_conclusion_is_always_a_gap(kb: KnowledgeBase) -> None:
    """What a chamber holds is asked, never said; what the memorandum lacks is named with the article that asks it."""
    text = said(kb, proposal(), days=Days(transmitted=date(2026, 3, 2)))
    opinion = text.partition("Reasoned opinion: first draft")[2]
    assert "To be filled in" in opinion
    assert "Does the chamber hold that the proposal" in opinion
    assert "was not found to account for" in opinion
    assert "27 April 2026" in text


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_question_is_asked(kb: KnowledgeBase, language: str) -> None:
    """Each question of the lists stands in the dossier with a place for its answer."""
    text = said(kb, proposal(), language)
    for part in question_parts():
        for question in part.questions:
            assert question.text.get(language) in text.replace("\\", "")  # type: ignore[arg-type]  # one of two


def test_the_data_name_what_there_is() -> None:
    """Lists, kinds of argument and sources that the data name are known; an identity is given once."""
    questions = [question for part in question_parts() for question in part.questions]
    assert len({question.id for question in questions}) == len(questions)
    kinds = {kind.id for kind in argument_kinds()}
    for question in questions:
        assert question.lists
        assert set(question.lists) <= lists().keys()
        assert set(question.arguments) <= kinds
        assert all(map(parse_source, question.sources))
    tables = [
        terms()["opinions"],
        terms()["agenda"],
        terms()["votes"],
        terms()["fiche"],
        *terms()["recess"],
        *terms()["cards"].values(),
    ]
    assert all(parse_source(source) for table in tables for source in table["sources"])
    assert all(map(parse_source, terms()["cards"]["yellow-justice"]["bases"]))


def quoted(text: str) -> Quotation:
    return Quotation(
        about="subsidiarity", text=text, evidence=Evidence("COM(2026) 9", "explanatory memorandum 2, page 4", text[:20])
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The objectives cannot be sufficiently achieved by the Member States.", "necessity"),
        ("Rules on lamps diverge, which leads to fragmentation.", "fragmentation"),
        ("The problem has a cross-border dimension.", "cross-border"),
        ("There are economies of scale.", "scale"),
        ("De lidstaten alleen kunnen dit niet.", "necessity"),
        ("De regels zijn versnipperd.", "fragmentation"),
        ("Optreden van de Unie heeft meerwaarde.", "added-value"),
        ("Lamps are bright.", "other"),
    ],
)
def test_arguments_are_told_by_their_words(text: str, kind: str) -> None:
    """In English and in Dutch; what has none of the words is not put under a kind that it is not of."""
    assert list(by_kind([quoted(text)])) == [kind]


def test_the_whole_section_of_a_memorandum_is_quoted() -> None:
    """Of a real document every sentence under the heading is there, with its place, and the heading itself is not."""
    document = read_once(real("proposals/52020PC0842.en.xhtml"))
    heading = next(part for part in document.walk() if part.kind == "heading" and part.heading == "Subsidiarity")
    start = document.text.index("\n", heading.span.start) + 1
    first = Evidence("COM(2020) 842", "explanatory memorandum 2", "x", span=(start, start + 20))
    section = section_on_subsidiarity(document, [Quotation(about="subsidiarity", text="x", evidence=first)])
    assert len(section) >= 8
    assert section[0].text != heading.heading
    assert {one.evidence.place for one in section} == {"explanatory memorandum 2"}
    assert not any(one.evidence.confirmed for one in section)
    assert " ".join(one.text for one in section) in " ".join(document.of(heading.span).split())
    assert len(by_kind(section)) > 1


def test_days_before_the_document_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A term is not counted from a slip of the pen."""
    given = ["subsidiarity", "proposals/com-2024-150.toml", "--transmitted", "2023-03-05", "--lang", "nl"]
    assert main(given) == 2
    assert "ligt vóór de datum van het document" in capsys.readouterr().err
