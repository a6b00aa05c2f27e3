"""When an act enters into force and applies, and by when its provisions must be carried out."""

from datetime import date
from pathlib import Path

import pytest

from consistent.documents.document import Document
from consistent.documents.provisions.provisions import provisions_of
from consistent.documents.provisions.quotations import quotations_of
from consistent.documents.provisions.time_limits import time_limits_of
from tests.document_cases import REAL, read_once
from tests.lamp_acts import text_document

READING = REAL.parent / "review/reading/documents"
ANNOTATED = Path(__file__).parent.parent / "drafting" / "annotations" / "documents"
# By document, what a person reads in it: place, what for, who, and the day.
READ = {
    READING / "52021PC0206.en.xhtml": {
        ("62(2)", "", "12 month entry-into-force"),
        ("64(4)", "member-states", "3 month entry-into-force"),
        ("84(2)", "commission", "3 year application"),
        ("84(4)", "commission", "3 year application"),
        ("85(1)", "", "20 day publication"),
        ("85(2)", "", "24 month entry-into-force"),
        ("85(3)(a)", "", "3 month entry-into-force"),
        ("85(3)(b)", "", "12 month entry-into-force"),
    },
    REAL / "proposals/52020PC0842.en.xhtml": {
        ("38(1)", "commission", "left open"),
        ("39(1)", "", "20 day publication"),
        ("39(2)", "", "6 month entry-into-force"),
        ("39(2)", "", "0 day entry-into-force"),
    },
    REAL / "proposals/52022PC0068.en.xhtml": {
        ("10(2)", "member-states", "0 day application"),
        ("33(2)", "member-states", "0 day application"),
        ("41", "commission", "2 year application"),
        ("42", "", "20 day publication"),
        ("42", "", "12 month entry-into-force"),
    },
    REAL / "acts/32022R0868.en.fmx.xml": {
        ("4(6)", "", "2024-12-24"),
        ("7(5)", "member-states", "2023-09-24"),
        ("13(1)", "member-states", "2023-09-24"),
        ("23(2)", "member-states", "2023-09-24"),
        ("34(1)", "member-states", "2023-09-24"),
        ("35", "commission", "2025-09-24"),
        ("37", "firms", "2025-09-24"),
        ("38", "", "20 day publication"),
        ("38", "", "2023-09-24"),
    },
    REAL / "acts/32021R0697.nl.json": {
        ("29(3)", "commission", "2031-12-31"),
        ("37", "", "0 day publication"),
        ("37", "", "2021-01-01"),
    },
}


def told(document: Document) -> list[tuple[str, str, str, str]]:
    """Place, kind, who and day of each time limit."""
    return [
        (
            str(limit.place),
            limit.kind,
            limit.who,
            _day(limit.when.date, limit.when.number, limit.when.unit, limit.when.after),
        )
        for limit in time_limits_of(document, provisions_of(document))
    ]


def _day(day: date | None, number: int | None, unit: str | None, after: str | None) -> str:
    return str(day) if day else "left open" if number is None else f"{number} {unit} {after}"


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_real_documents(path: Path) -> None:
    """What a person read in them, and nothing else."""
    if not path.is_file():
        pytest.skip("the real document is not at hand")
    assert {(place, who, day) for place, _, who, day in told(read_once(path))} == READ[path]


ACTS = {
    "en": """THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 91 thereof,
HAVE ADOPTED THIS DIRECTIVE:
Article 1
Lamps
1. Member States shall designate the lamp authorities within 18 months of the entry into force of this Directive.
2. Where a lamp is sold by 1 May 2030, its keeper is free.
3. Keepers shall answer within two months of receipt of the letter.
4. No later than 1 June 2031, each Member State shall submit a plan for its lamps to the Commission.
Article 2
Transposition
Member States shall bring into force the laws, regulations and administrative provisions necessary to comply with this Directive by 31 December 2029.
Article 3
Entry into force
This Directive shall enter into force on the day following that of its publication in the Official Journal of the European Union.
It shall apply from 1 January 2030, with the exception of Articles 1 and 2, which shall apply from six months after its entry into force. It shall apply until 31 December 2040.
Done at Brussels,
""",
    "nl": """HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,
Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 91,
HEBBEN DE VOLGENDE RICHTLIJN VASTGESTELD:
Artikel 1
Lampen
1. De lidstaten wijzen binnen 18 maanden na de inwerkingtreding van deze richtlijn de lampenautoriteiten aan.
2. Indien uiterlijk op 1 mei 2030 een lamp is verkocht, is de houder vrij.
3. De houders antwoorden binnen twee maanden na ontvangst van de brief.
4. Uiterlijk op 1 juni 2031 dient elke lidstaat bij de Commissie een plan voor zijn lampen in.
Artikel 2
Omzetting
De lidstaten doen de nodige wettelijke en bestuursrechtelijke bepalingen in werking treden om uiterlijk op 31 december 2029 aan deze richtlijn te voldoen.
Artikel 3
Inwerkingtreding
Deze richtlijn treedt in werking op de dag na die van de bekendmaking ervan in het Publicatieblad van de Europese Unie.
Zij is van toepassing met ingang van 1 januari 2030, met uitzondering van de artikelen 1 en 2, die van toepassing zijn met ingang van zes maanden na de inwerkingtreding van deze richtlijn. Zij is van toepassing tot en met 31 december 2040.
Gedaan te Brussel,
""",
}


@pytest.mark.parametrize("language", ACTS)
def test_an_invented_directive(language: str) -> None:
    """Transposition, designation, a plan; what holds for some articles only; no condition and no period of a procedure."""
    document = text_document(ACTS[language])
    assert told(document) == [
        ("1(1)", "designation", "member-states", "18 month entry-into-force"),
        ("1(4)", "plan", "member-states", "2031-06-01"),
        ("2", "transposition", "member-states", "2029-12-31"),
        ("3", "entry-into-force", "", "1 day publication"),
        ("3", "application", "", "2030-01-01"),
        ("3", "application", "", "6 month entry-into-force"),
        ("3", "end", "", "2040-12-31"),
    ]
    limits = time_limits_of(document, provisions_of(document))
    parts = [document.of(limit.provisions) for limit in limits if limit.provisions]
    assert parts == [{"en": "Articles 1 and 2", "nl": "artikelen 1 en 2"}[language]]


QUOTED = {
    READING / "52021PC0206.en.xhtml": {
        "objective": ["1"],
        "review": ["84(2)", "84(4)"],
        "sanctions": ["71(1)", "72(1)"],
        "maximum-sanction": ["71(3)", "71(4)", "71(5)", "72(2)", "72(3)"],
    },
    REAL / "acts/32022R0868.en.fmx.xml": {
        "objective": ["1(1)"],
        "review": ["35"],
        "sanctions": ["34(1)"],
        "competent-authorities": ["7(1)", "8(1)", "13(1)", "23(1)"],
    },
    # Where States may designate one they need not; what bodies hand in designates none.
    ANNOTATED / "chips.nl.txt": {
        "objective": ["1(1)", "1(2)"],
        "review": ["19(3)", "40(1)"],
        "expenditure": ["3(2)"],
        "maximum-sanction": ["33(3)", "33(3)", "33(3)"],
        "competent-authorities": ["31(1)"],
    },
}


@pytest.mark.parametrize("path", QUOTED, ids=lambda path: path.name)
def test_what_articles_say_is_quoted(path: Path) -> None:
    """Objective, review, sanctions with the highest, authorities that Member States designate: where a person finds them."""
    if not path.is_file():
        pytest.skip("the real document is not at hand")
    document = read_once(path)
    passages = quotations_of(document, provisions_of(document))
    for about, places in QUOTED[path].items():
        assert [str(each.place) for each in passages if each.about == about and each.place] == places


def test_memorandum_and_financial_statement_are_quoted() -> None:
    """Five options, the one that is preferred, the opinion of the Board, and the staff that is asked."""
    path = READING / "52021PC0206.en.xhtml"
    if not path.is_file():
        pytest.skip("the real document is not at hand")
    document = read_once(path)
    told: dict[str, list[str]] = {}
    for passage in quotations_of(document, provisions_of(document)):
        told.setdefault(passage.about, []).append(" ".join(document.of(passage.span).split()))
    assert len(told["option"]) == 5
    assert told["preferred-option"][0].startswith("The preferred option is option 3+")
    assert any("positive opinion on 21 March 2021" in said for said in told["scrutiny-board"])
    assert any("10 FTE" in said for said in told["staff"])
