"""Amendments as Word: tracked changes in the file of the proposal, with comments, and the table of four columns."""

import io
import re
import zipfile
from datetime import date
from functools import cache

import pytest
from attrs import evolve
from docx import Document as WordFile
from docx.oxml.ns import qn

from consistent import load
from consistent.check import Check
from consistent.checker import KnowledgeBase
from consistent.cli.main import main
from consistent.documents.document import Document, Span
from consistent.documents.reading import read_document
from consistent.inquiries.repairs._moves import MoveKind
from consistent.inquiries.repairs.amending_text import Amendment, amendment_for
from consistent.inquiries.repairs.asking import Change
from consistent.inquiries.repairs.ranking import plan_of, ranked
from consistent.inquiries.repairs.repairs import Repairs
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.reports._word_tracking import Tracking
from consistent.reports.amendments import amendments_of, table_docx, tracked_docx
from tests.built_docx import docx, paragraph

ORDER = "In a supply crisis the Commission may order manufacturers of ammunition to produce defence products with priority over their other orders."
DUTY = "Undertakings shall comply with the order within ten days. Undertakings shall not refuse it."
DAY = date(2026, 11, 3)


@cache
def act() -> bytes:
    """An act that orders industry about, as LegisWrite makes one: numbers typed and made by Word, words spread over runs."""
    runs = "".join(
        f'<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">{piece}</w:t></w:r>'
        for piece in re.split(r"(?<=su)|(?<=Comm)|(?<= may)", ORDER)
    )
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return docx(
        paragraph("EXPLANATORY MEMORANDUM", "Exposdesmotifstitre"),
        paragraph("The proposal strengthens supply."),
        paragraph("REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL", "Typedudocument"),
        paragraph("on the supply of defence products in a crisis", "Titreobjet"),
        paragraph(
            "Having regard to the Treaty on the Functioning of the European Union, and in particular Article 114 thereof,"
        ),
        paragraph("Whereas:"),
        paragraph("(1)\tA crisis can affect supply.", "ManualConsidrant"),
        paragraph("HAVE ADOPTED THIS REGULATION:"),
        paragraph("Article 1\nPriority orders", "Titrearticle"),
        paragraph(f"<w:r><w:t>1.</w:t><w:tab/></w:r>{runs}", "ManualNumPar1"),
        paragraph(f"2.\t{DUTY}", "ManualNumPar1"),
        paragraph(
            "3.\tThe Commission shall publish its orders, and the Commission shall repeal those that it needs no longer.",
            "ManualNumPar1",
        ),
        paragraph("Article 2\nReports", "Titrearticle"),
        paragraph("The Commission is empowered to adopt delegated acts on reports.", "", numbered),
        numbers='<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>',
        variables={"LW_REF.INST.NEW_TEXT": "COM(2027) 12", "LW_STATUT.CP": "Proposal for a"},
    )


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load("nl-22112-4027")


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(act(), "act.docx")


@pytest.fixture(scope="module")
def proposal(kb: KnowledgeBase) -> Proposal:
    """The draft of the act after a person confirmed that nothing guards the order."""
    drafted = kb.draft(act(), "act.docx", as_proposal=True).proposal
    first = next(measure for measure in drafted.measures if measure.id == "art-1-1")
    known = evolve(
        first,
        effects=Value.exactly("production-order"),
        safeguards=Value.exactly(),
        bindingness=Value.exactly("binding"),
    )
    return evolve(drafted, measures=tuple(known if each is first else each for each in drafted.measures))


@pytest.fixture(scope="module")
def check(kb: KnowledgeBase, proposal: Proposal) -> Check:
    return kb.check(proposal, as_of=DAY)


@pytest.fixture(scope="module")
def repairs(check: Check) -> Repairs:
    return check.repairs(rule="nl-22112-4027/supply/compulsion-on-dependencies", seconds=60.0)


def change(kind: MoveKind, measure: str | None, field: str = "", old: str = "", new: str = "") -> Change:
    """A change as a repair asks for it."""
    return Change(
        kind=kind,
        measure=measure, measure_title=None, field=field, old=tuple(filter(None, [old])), new=tuple(filter(None, [new])),
        ask=Localized("Ask for it", "Vraag erom"), meaning=None, along=(), cost=1,
    )  # fmt: skip


# A change, and what the provision then says; None where the words do not follow from the text.
CASES = [
    (change("dropped", "art-1-1"), ""),
    (change("split-off", "art-1-1"), ""),
    (
        change("element-replaced", "art-1-1", "actors", "commission", "member-states"),
        "1. " + ORDER.replace("the Commission", "the Member States"),
    ),
    # Named twice: one of them would stay as it is.
    (change("element-replaced", "art-1-3", "actors", "commission", "member-states"), None),
    (change("element-replaced", "art-2", "actors", "commission", "member-states"), None),
    (change("bindingness", "art-1-2", "bindingness", "binding", "voluntary"), "2. " + DUTY.replace("shall comply", "may comply")),
    (change("bindingness", "art-1-1", "bindingness", "binding", "voluntary"), None),
    (
        change("effect-replaced", "art-2", "effects", "delegated-power", "implementing-power"),
        "1. The Commission is empowered to adopt implementing acts on reports.",
    ),
    (change("effect-replaced", "art-1-1", "effects", "production-order", "incentive"), None),
    (change("safeguard", "art-1-1", "safeguards", "", "basic-act"), None),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "says"), CASES, ids=lambda value: getattr(value, "kind", ""))
def test_accepted_changes_say_what_was_asked(
    asked: Change, says: str | None, proposal: Proposal, document: Document
) -> None:
    """Read with its changes accepted, the file says the amended provision, and all else as before."""
    amendment = amendment_for(asked, proposal, document)
    assert amendment.open == (says is None)
    if says is None:
        return
    assert amendment.span is not None
    tracking = Tracking(act(), document, "A person", DAY)
    for edit in reversed(amendment.edits):
        assert tracking.replace(edit.span, edit.text)
    read = read_document(tracking.bytes(), "amended.docx").text.splitlines()
    before = document.text.splitlines()
    old = document.of(amendment.span)
    assert read == [line for line in (says if line.endswith(old) else line for line in before) if line]


def test_a_safeguard_that_acts_state_alike_is_added_below(proposal: Proposal, document: Document) -> None:
    """A standard clause comes as a paragraph without a number, speaks of the act by its kind, and says that it is none of the text."""
    amendment = amendment_for(
        change("safeguard", "art-2", "safeguards", "", "national-security-reserved"), proposal, document
    )
    assert not amendment.open
    assert amendment.sources == ("TEU 4(2)", "TFEU 346(1)")
    assert amendment.note is not None
    tracking = Tracking(act(), document, "A person", DAY)
    (edit,) = amendment.edits
    assert tracking.add_paragraph(edit.span.end - 1, edit.pieces) is not None
    last = read_document(tracking.bytes(), "amended.docx").text.splitlines()[-1]
    assert last.startswith("This Regulation is without prejudice to")


def test_the_basis_of_the_act_is_changed_in_its_citation(proposal: Proposal, document: Document) -> None:
    """Another article takes the place of the one that is cited; a further one stands beside it."""
    kinds: dict[MoveKind, str] = {
        "another-basis": "Article 173(3) thereof",
        "further-basis": "Articles 114 and 173(3) thereof",
    }
    for kind, new in kinds.items():
        asked = change(kind, None, "legal_basis", "TFEU 114" if kind == "another-basis" else "", "TFEU 173(3)")
        amendment = amendment_for(asked, proposal, document)
        tracking = Tracking(act(), document, "A person", DAY)
        assert all(tracking.replace(edit.span, edit.text) for edit in amendment.edits)
        assert new in read_document(tracking.bytes(), "amended.docx").text


def test_a_sentence_goes_with_its_marks(document: Document) -> None:
    """Of what is struck within a paragraph neither its full stop nor the blank before the next sentence is left."""
    gone = "Undertakings shall comply with the order within ten days. "
    start = document.text.index(gone)
    tracking = Tracking(act(), document, "A person", DAY)
    assert tracking.delete(Span(start, start + len(gone)))
    read = read_document(tracking.bytes(), "amended.docx").text
    assert read == document.text.replace(gone, "")


def test_rejected_changes_leave_the_text(proposal: Proposal, document: Document) -> None:
    """Without what was inserted and with what was struck, the file reads as it did."""
    tracking = Tracking(act(), document, "A person", DAY)
    for asked, _ in CASES[:1] + CASES[5:6]:
        for edit in amendment_for(asked, proposal, document).edits:
            assert tracking.replace(edit.span, edit.text)
    file = WordFile(io.BytesIO(tracking.bytes()))
    for inserted in list(file.element.iter(qn("w:ins"))):
        inserted.getparent().remove(inserted)
    for struck in list(file.element.iter(qn("w:del"))):
        if struck.getparent().tag == qn("w:rPr"):
            struck.getparent().remove(struck)
        else:
            for run in list(struck):
                struck.addprevious(run)
            struck.getparent().remove(struck)
    for text in file.element.iter(qn("w:delText")):
        text.tag = qn("w:t")
    made = io.BytesIO()
    file.save(made)
    assert read_document(made.getvalue(), "rejected.docx").text == document.text


def test_each_amendment_has_a_comment_with_reason_and_source(
    check: Check, repairs: Repairs, document: Document
) -> None:
    """The comment names the finding, position and rule; author and day are those that were given; the same bytes come again."""
    amendments = amendments_of(repairs, check.report, check.case.proposal, document, "Delegation", "en")
    written = tracked_docx(amendments, act(), "en")
    assert written == tracked_docx(amendments, act(), "en")
    with zipfile.ZipFile(io.BytesIO(written.content)) as archive:
        comments, body = (archive.read(f"word/{name}.xml").decode() for name in ("comments", "document"))
    assert comments.count("<w:comment ") == len(amendments.amendments) + 1
    assert "Compulsion by the Union in security of supply" in comments
    assert "red line" in comments
    assert "compulsion-on-dependencies" in comments
    assert 'w:author="Delegation"' in body
    assert 'w:date="2026-11-03T00:00:00Z"' in body
    assert {*re.findall(r'w:date="([^"]*)', comments)} == {"2026-11-03T00:00:00Z"}
    assert body.count("<w:commentReference ") == comments.count("<w:comment ")
    # Word refuses a file in which a comment begins and does not end.
    assert sorted(re.findall(r'commentRangeStart w:id="(\d+)"', body)) == sorted(
        re.findall(r'commentRangeEnd w:id="(\d+)"', body)
    )


def test_what_solves_more_comes_first(repairs: Repairs) -> None:
    """Fallbacks are ranked by what they take from the position, then by weight less what they solve besides."""
    for found in repairs.findings:
        listed = ranked(found)
        keys = [(len(one.gives_up), one.repair.cost - len(one.solves)) for one in listed]
        assert keys == sorted(keys)
        assert [one.rank for one in listed] == list(range(1, len(listed) + 1))
    plan = plan_of(repairs)
    asked = {asked for asked, _ in plan.asked}
    assert all(not set(one.repair.changes) <= asked for _, rest in plan.fallbacks for one in rest)


def test_the_table_has_text_amendment_reason_and_source(check: Check, repairs: Repairs, document: Document) -> None:
    """Four columns, a row for each amendment; what is to be worded is marked, in Dutch too."""
    amendments = amendments_of(repairs, check.report, check.case.proposal, document, "Delegatie", "nl")
    content = table_docx(amendments, "nl").content
    assert content == table_docx(amendments, "nl").content
    table = WordFile(io.BytesIO(content)).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Tekst", "Ons amendement", "Reden", "Bron"]
    assert len(table.rows) == 1 + len(amendments.amendments)
    text, amended, reason, source = (cell.text for cell in table.rows[1].cells)
    assert ORDER in text
    assert ORDER in amended
    assert "Dwang door de Unie bij leveringszekerheid" in reason
    assert "(rode lijn)" in source
    marked = [
        run for paragraph in table.rows[1].cells[1].paragraphs for run in paragraph.runs if run.font.highlight_color
    ]
    assert bool(marked) == amendments.amendments[0].open


def test_a_passage_that_the_file_does_not_have_is_told(proposal: Proposal) -> None:
    """Of a text that is another one, nothing is changed, and the amendment leaves a gap."""
    other = read_document(docx(paragraph("Another text altogether.")), "other.docx")
    amendment: Amendment = amendment_for(change("dropped", "art-1-1"), proposal, other)
    assert amendment.span is None
    assert amendment.open


def test_options_that_do_not_go_together_are_refused(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    """`--document` without `--docx` says what to write, in Dutch too."""
    assert main(["repair", "proposals/com-2025-122.toml", "--document", "x.docx"]) == 2
    assert "`--document` goes with `--docx`" in capsys.readouterr().err
    assert main(["repair", "--lang", "nl", "proposals/com-2025-122.toml", "--document", "x.docx"]) == 2
    assert "`--document` hoort bij `--docx`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("reference", "begins", "ends"),
    [
        ("art. 1", "Article 1", "no longer."),
        ("Article 1(2)", "2. Undertakings", "refuse it."),
        ("artikel 1, lid 1", "1. In a supply", "other orders."),
        ("art. 1 and 2", "Article 1", "on reports."),
        ("art. 1-2", "Article 1", "on reports."),
        # Not both of them are there, or something stands between them: none is amended in the name of both.
        ("art. 1 and 3", None, None),
        ("art. 1(1) and 2", None, None),
        ("Regulation (EU) 2021/697, art. 1", None, None),
        ("Priority orders", None, None),
    ],
)
def test_provisions_are_found_by_their_numbers(
    reference: str, begins: str | None, ends: str | None, proposal: Proposal, document: Document
) -> None:
    """Of TOML that was written by hand, whose values were not read at places of this text."""
    measure = evolve(proposal.measures[0], id="m", reference=Value.exactly(reference), evidence=())
    amendment = amendment_for(change("dropped", "m"), evolve(proposal, measures=(measure,)), document)
    if begins is None or ends is None:
        assert amendment.span is None
        assert amendment.open
    else:
        assert amendment.text.startswith(begins)
        assert amendment.text.endswith(ends)
