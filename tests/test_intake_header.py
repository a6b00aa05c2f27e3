"""The header of a document: kind, numbers, dates, instrument, statements, amounts."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from consistent.intake.document import Document
from consistent.intake.formats import plain
from consistent.intake.header.amounts import amounts, budget
from consistent.intake.header.dates import date_from, day_after_place, read_application
from consistent.intake.header.found import Found
from consistent.intake.header.header import Header, read_header
from consistent.intake.header.kinds import OTHER_KINDS
from consistent.intake.header.notice import is_notice, read_notice
from consistent.intake.header.reference import celex_from, council_numbers, procedures, reference_from
from consistent.intake.header.words import all_words
from consistent.intake.reading import read_document
from consistent.intake.structure import document_of
from tests.document_cases import INVENTED, REAL, real

_COVERS = tomli.loads((INVENTED / "covers.toml").read_text("utf-8"))["cover"]
_GOLDEN = json.loads((Path(__file__).parent / "golden" / "headers.json").read_text("utf-8"))
_ACT_TYPES = {
    "Regulation EP+Council": ("regulation", ("parliament", "council")),
    "Directive EP+Council": ("directive", ("parliament", "council")),
    "Decision EP+Council": ("decision", ("parliament", "council")),
    "Council Decision": ("decision", ("council",)),
    "Council Regulation (joint proposal)": ("regulation", ("council",)),
}


def _document(text: str) -> Document:
    return document_of(plain.read(text.encode(), "<text>"), "<text>")


def _value(found: Found[Any] | None) -> Any:
    return None if found is None else found.value


def _told(header: Header) -> dict[str, Any]:
    """What a header says, as plain values."""
    adopters = _value(header.adopters)
    day = _value(header.date)
    return {
        "kind": header.kind.value,
        "reference": _value(header.reference),
        "procedure": _value(header.procedure),
        "celex": _value(header.celex),
        "council_number": _value(header.council_number),
        "date": day and day.isoformat(),
        "instrument": _value(header.instrument),
        "adopters": adopters and list(adopters),
        "authors": [each.value for each in header.authors],
        "related": [each.value for each in header.related],
    }


@pytest.mark.parametrize("case", _COVERS, ids=[each["expect"]["kind"] for each in _COVERS])
def test_invented_covers(case: dict[str, Any]) -> None:
    """A cover of each kind is read off to the letter, and what it does not say is not found."""
    header = read_header(_document(case["text"]))
    expect = case["expect"]
    told = _told(header) | {"title": _value(header.title), "addressees": [each.value for each in header.addressees]}
    for key in ("kind", "reference", "procedure", "celex", "council_number", "instrument", "adopters"):
        assert told[key] == expect.get(key), key
    assert told["date"] == (expect["date"].isoformat() if "date" in expect else None)
    assert told["authors"] == expect.get("authors", [])
    assert told["addressees"] == expect.get("addressees", [])
    if "title" in expect:
        assert told["title"] == expect["title"]
    if "language" in expect:
        assert header.language == expect["language"]


@pytest.mark.parametrize("path", sorted(INVENTED.glob("legiswrite.*.xhtml")), ids=lambda each: each.name)
def test_legiswrite(path: Path) -> None:
    """Values have the words of the document for their place."""
    document = read_document(path)
    header = read_header(document)
    assert header.kind.value == "legislative-proposal"
    assert header.reference is not None
    assert header.reference.span is not None
    assert document.of(header.reference.span) == "COM(2026) 901 final"
    assert header.legal_basis == ("TFEU 100(2)",)


@pytest.mark.parametrize("at", range(19))
def test_first_pages(at: int) -> None:
    """Each of the real first pages comes out as the golden file says, which was checked by hand."""
    line = real("metadata/headers.jsonl").read_text("utf-8").splitlines()[at]
    assert _told(read_header(read_document(json.loads(line)["excerpt"].encode()))) == _GOLDEN[at]


def _gold() -> list[Any]:
    path = REAL / "gold.json"
    if not path.is_file():
        return [pytest.param(None, marks=pytest.mark.skip(reason="`gold.json` is not at hand"))]
    return [pytest.param(each, id=each["path"]) for each in json.loads(path.read_text("utf-8"))]


@pytest.mark.parametrize("gold", _gold())
def test_gold(gold: dict[str, Any]) -> None:
    """Every field that a person read off the real proposals is right."""
    header = read_header(read_document(real(gold["path"])))
    told = _told(header)
    assert told["reference"] == gold["ref"]
    assert told["procedure"] == gold["procedure"]
    assert (told["instrument"], tuple(told["adopters"])) == _ACT_TYPES[gold["act_type"]]
    assert header.legal_basis == tuple(gold["legal_basis"])
    assert header.language == gold["lang"]
    for ours, theirs in (("date", "date"), ("celex", "celex"), ("council_number", "council_reference")):
        if theirs in gold:
            assert told[ours] == gold[theirs]


@pytest.mark.parametrize(
    ("path", "kind", "instrument", "basis", "day"),
    [
        ("acts/32021R0697.nl.json", "legislative-act", "regulation", "TFEU 173(3)", date(2021, 4, 29)),
        ("acts/32022R0868.en.fmx.xml", "legislative-act", "regulation", "TFEU 114", date(2022, 5, 30)),
        ("acts/L_2019310NL.control-tax.nl.json", "legislative-act", "directive", "TFEU 113", date(2019, 11, 21)),
    ],
)
def test_adopted_acts(path: str, kind: str, instrument: str, basis: str, day: date) -> None:
    """Adopted acts are named as such."""
    header = read_header(read_document(real(path)))
    assert (header.kind.value, _value(header.instrument), header.legal_basis[0], _value(header.date)) == (
        kind,
        instrument,
        basis,
        day,
    )


def test_budget_of_fund() -> None:
    """The envelope of the fund is read although year and sum have run together."""
    header = read_header(read_document(real("acts/32021R0697.nl.json")))
    assert (_value(header.budget), _value(header.application.start)) == (7_953_000_000, date(2021, 1, 1))


def test_fiche() -> None:
    """A fiche is one, with its own number and that of what it appraises."""
    header = read_header(read_document(real("fiches/22112-4406.nl.pdf")))
    assert (header.kind.value, _value(header.reference)) == ("fiche", "Kamerstuk 22112-4406")
    assert [each.value for each in header.related] == ["COM(2026) 503"]


def test_notice() -> None:
    """A notice of CELLAR gives values without places."""
    content = real("metadata/52018PC0340.cellar-notice.xml").read_bytes()
    assert is_notice(content)
    told = _told(read_notice(content, "notice"))
    assert told == {
        "kind": "legislative-proposal",
        "reference": "COM(2018) 340 final",
        "procedure": "2018/0172(COD)",
        "celex": "52018PC0340",
        "council_number": None,
        "date": "2018-05-28",
        "instrument": "directive",
        "adopters": ["parliament", "council"],
        "authors": ["commission"],
        "related": [],
    }


def test_kinds_are_terms() -> None:
    """Each kind, instrument and actor of the words is a term of a vocabulary, or one of the few beside it."""
    folder = Path(__file__).parents[1] / "facts" / "treaties" / "vocabulary"
    vocabularies = {each.stem: tomli.loads(each.read_text("utf-8")) for each in folder.glob("*.toml")}
    leads = {"proposal", "amended-proposal", "recommendation-for"}
    for words in all_words().values():
        assert set(words.leads) - leads <= set(vocabularies["kinds"]) | OTHER_KINDS
        assert set(words.instrument_words.values()) <= set(vocabularies["instruments"])
        assert set(words.institutions) | set(words.table.get("addressees", {})) <= set(vocabularies["actors"])
        assert set(words.listed("statements")) <= set(vocabularies["statements"])
        assert {each for form in words.forms for each in form.by} <= set(vocabularies["actors"])
    assert len(all_words()) == 24


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("COM (2022) 546", "COM(2022) 546"),
        ("COM/2021/770 final", "COM(2021) 770 final"),
        ("KOM (2025) 0820", "COM(2025) 820"),
        ("COM(2010) 83 definitief", "COM(2010) 83 final"),
        ("COM(2025) 820/2", "COM(2025) 820/2"),
        ("COM(2026) 901 final/2", "COM(2026) 901/2 final"),
        ("COM(2026) 901 definitief/2", "COM(2026) 901/2 final"),
        ("COM(2026) 901/2 final", "COM(2026) 901/2 final"),
        ("COM(2026) 901 final/2026/0123(COD)", "COM(2026) 901 final"),
        ("COM(2024)150", "COM(2024) 150"),
        ("JOIN(2022) 19", "JOIN(2022) 19"),
        ("KOM(2008) 11 endgültig", "COM(2008) 11 final"),
        ("COM_2018_0340_FIN", "COM(2018) 340 final"),
        ("{SWD(2022) 34 final}", "SWD(2022) 34 final"),
        ("COM:2026:503:FIN", "COM(2026) 503 final"),
        ("TELECOM(2022) 5", ""),
        ("com(2022) 5", ""),
    ],
)
def test_references(written: str, canonical: str) -> None:
    """Every spelling gives the canonical one."""
    assert reference_from(written) == canonical


@pytest.mark.parametrize("written", ["COM(2026) 901 final/2", "COM(2026) 901 definitief/2"])
def test_corrected_version(written: str) -> None:
    """The number of a corrected version on a cover is that of the document, and gives no CELEX number."""
    header = read_header(_document(f"EUROPEAN COMMISSION\nBrussels, 4.8.2026\n{written}\nWHITE PAPER\non lamps\n"))
    assert (_value(header.reference), _value(header.celex)) == ("COM(2026) 901/2 final", None)
    assert header.related == ()


@pytest.mark.parametrize(
    ("lead", "kind"),
    [
        ("JOINT WHITE PAPER", "white-paper"),
        ("GEZAMENLIJK WITBOEK", "white-paper"),
        ("Joint green paper", "green-paper"),
        ("GEZAMENLIJK GROENBOEK", "green-paper"),
        ("JOINT REPORT", "joint-report"),
        ("GEZAMENLIJK VERSLAG", "joint-report"),
    ],
)
def test_joint_papers(lead: str, kind: str) -> None:
    """A paper of Commission and High Representative together is of the kind that it names."""
    header = read_header(
        _document(f"EUROPEAN COMMISSION\nBrussels, 4.8.2026\nJOIN(2026) 120 final\n{lead}\non lamps\n")
    )
    assert (header.kind.value, _value(header.reference)) == (kind, "JOIN(2026) 120 final")


def test_numbers() -> None:
    """Procedure, CELEX and Council numbers."""
    assert [each.value for each in procedures("2022/0047 (COD), 2018/172/COD and 2022/2554")] == [
        "2022/0047(COD)",
        "2018/0172(COD)",
    ]
    assert [each.value for each in council_numbers("16298/22, 16054/1/22 REV 1, ST/9790/2022/INIT, 2019/1995")] == [
        "16298/22",
        "16054/1/22",
        "9790/22",
    ]
    assert celex_from("COM(2022) 68 final", "legislative-proposal") == "52022PC0068"
    assert celex_from("COM(2022) 68 final", "communication") == "52022DC0068"
    assert celex_from("COM(2022) 68 final", "recommendation-proposal") == "52022DC0068"
    assert celex_from("COM(2025) 820/2", "legislative-proposal") == ""
    assert celex_from("COM(2022) 68", "unknown") == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Brussels, 23.2.2022", date(2022, 2, 23)),
        ("Brussel, 23 februari 2022", date(2022, 2, 23)),
        ("of 30 May 2022", date(2022, 5, 30)),
        ("Brüssel, den 4.5.2026", date(2026, 5, 4)),
        ("Bruxelles, le 4 mai 2026", date(2026, 5, 4)),
        ("2026-05-04", date(2026, 5, 4)),
        ("Briuselis, 2026 05 04", date(2026, 5, 4)),
        ("2999-01-01", None),
        ("31.2.2022", None),
        ("Brussels, 17.9.", None),
        ("XX February 2022", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    """A day in every spelling; what is none, is none."""
    assert date_from(text) == day


_ACT = {
    "en": """
THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 91 thereof,
Whereas:
(1) Lamps go out.
HAS ADOPTED THIS REGULATION:
Article 1
Budget
The financial envelope for the implementation of the Lamp Fund shall be {sum}.
Article 2
Other
Article 1 shall apply until 31 December 2040.
Article 3
Entry into force
This Regulation shall enter into force on {force}.
It shall apply from {start} until 31 December 2034.
Done at Brussels,
""",
    "nl": """
DE RAAD VAN DE EUROPESE UNIE,
Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 91,
Overwegende hetgeen volgt:
(1) Lampen doven.
HEEFT DE VOLGENDE VERORDENING VASTGESTELD:
Artikel 1
Begroting
De financiële middelen voor de uitvoering van het Lampenfonds bedragen {sum}.
Artikel 2
Overige
Artikel 1 is van toepassing tot en met 31 december 2040.
Artikel 3
Inwerkingtreding
Deze verordening treedt in werking op {force}.
Zij is van toepassing met ingang van {start} tot en met 31 december 2034.
Gedaan te Brussel,
""",
}


@pytest.mark.parametrize(
    ("language", "sum", "force", "start", "expected"),
    [
        ("en", "EUR 1 500 000 000", "1 January 2027", "1 July 2027", (date(2027, 1, 1), date(2027, 7, 1))),
        (
            "en",
            "EUR 1.5 billion",
            "the twentieth day following its publication",
            "1 July 2027",
            (None, date(2027, 7, 1)),
        ),
        ("nl", "1,5 miljard EUR", "1 januari 2027", "1 juli 2027", (date(2027, 1, 1), date(2027, 7, 1))),
        ("nl", "1 500 000 000 EUR", "de twintigste dag na de bekendmaking", "1 juli 2027", (None, date(2027, 7, 1))),
    ],
)
def test_act(language: str, sum: str, force: str, start: str, expected: tuple[date | None, date]) -> None:
    """Budget and days of an act; what holds for one article only is no end of the act."""
    document = _document(_ACT[language].format(sum=sum, force=force, start=start))
    (act,) = document.named("enacting-terms")
    assert document.language == language
    application = read_application(document, act.span)
    assert (_value(application.entry_into_force), _value(application.start)) == expected
    assert _value(application.end) == date(2034, 12, 31)
    assert _value(budget(document, act.span)) == 1_500_000_000
    assert [each.value for each in amounts(document, act.span)] == [1_500_000_000]


_MEMORANDUM = """
EXPLANATORY MEMORANDUM
1. CONTEXT OF THE PROPOSAL
Lamps of the towers go out at night, and this is not what they are for.
2. LEGAL BASIS, SUBSIDIARITY AND PROPORTIONALITY
Subsidiarity
No Member State on its own can light the sea, for the sea is common to all of them.
Proportionality
Not applicable.
3. RESULTS OF CONSULTATIONS AND IMPACT ASSESSMENTS
Impact assessment
The Commission has made no impact assessment, for the lamps could not wait.
4. BUDGETARY IMPLICATIONS
The oil is paid from the budget of the Union.
Proposal for a
COUNCIL REGULATION
on lamps
"""


def test_statements() -> None:
    """A statement is present by a heading with text; absent where it says that there is none, or the whole lacks it."""
    text = _MEMORANDUM + _ACT["en"].format(sum="EUR 5 million", force="1 May 2030", start="1 June 2030")
    document = read_document(_html(text))
    found = read_header(document).statements
    assert set(found.present) == {"subsidiarity", "budget", "reasons"}
    assert document.of(found.present["subsidiarity"]) == "Subsidiarity"
    assert set(found.disclaimed) == {"proportionality", "impact-assessment"}
    assert set(found.absent) >= {"proportionality", "impact-assessment", "fundamental-rights", "consultation"}


def test_lost_headings() -> None:
    """Where the words of a heading occur but the heading was not recognised, nothing is said to be absent."""
    text = _MEMORANDUM.replace(
        "Proposal for a\nCOUNCIL", "**Budgetary implications** Fundamental rights are kept.\nProposal for a\nCOUNCIL"
    )
    act = _ACT["en"].format(sum="EUR 5 million", force="1 May 2030", start="1 June 2030")
    found = read_header(read_document(_html(text + act))).statements
    assert "fundamental-rights" not in {*found.absent, *found.present}
    assert "consultation" in found.absent


def test_day_of_the_page() -> None:
    """The day on which a page was changed is not that of the document, though it stands first."""
    text = "Last modified 5.6.2026\nEUROPEAN COMMISSION\nBrussels, 23.2.2022\nCOM(2022) 68 final\n"
    found = day_after_place(text, 0, len(text))
    assert found is not None
    assert found.value == date(2022, 2, 23)


def test_statements_of_part() -> None:
    """Without a memorandum nothing is known to be absent."""
    text = _ACT["en"].format(sum="EUR 5 million", force="1 May 2030", start="1 June 2030")
    found = read_header(_document(text)).statements
    assert (set(found.present), found.absent) == ({"reasons"}, ())


def _html(text: str) -> bytes:
    headings = {"Subsidiarity", "Proportionality", "Impact assessment", "EXPLANATORY MEMORANDUM"}
    lines = (
        f"<h2>{line}</h2>" if line in headings or line[:2] in {"1.", "2.", "3.", "4."} else f"<p>{line}</p>"
        for line in text.strip().splitlines()
    )
    return f"<html><body>{''.join(lines)}</body></html>".encode()


@pytest.mark.parametrize("code", sorted(all_words()))
def test_every_language(code: str) -> None:
    """In every official language a proposal for a regulation of Parliament and Council is named as one."""
    words = all_words()[code]
    lead = words.listed("leads", "proposal")[0]
    regulation = next(word for word, term in words.instrument_words.items() if term == "regulation")
    form = words.table["acts"]["forms"][0]["form"].replace("{instrument}", regulation).replace("{number}", "")
    # Capitals of Greek have no accents.
    act = (
        " ".join(form.split())
        .upper()
        .translate(
            str.maketrans("\u0386\u0388\u0389\u038a\u038c\u038e\u038f", "\u0391\u0395\u0397\u0399\u039f\u03a5\u03a9")
        )
    )
    header = read_header(_document(f"COM(2026) 901 final\n{lead}\n{act}\n"))
    assert (header.kind.value, _value(header.reference)) == ("proposal-for-act", "COM(2026) 901 final")
    assert (_value(header.instrument), _value(header.adopters)) == ("regulation", ("parliament", "council"))


def test_odd_letters() -> None:
    """A letter that only counts as another in capitals is looked up as it was matched."""
    assert date_from("4 Augu\u017ft 2026") == date(2026, 8, 4)
    header = read_header(_document("Proposal for a\nCOUNCIL DECI\u017fION\non lamps"))
    assert _value(header.instrument) == "decision"


@given(st.text(st.sampled_from("COM(2026) 1/final\nRégulation 1.3of the Council, EUR XX€"), max_size=200))
def test_any_text(text: str) -> None:
    """Whatever the text, the header is read, and each span lies in it."""
    document = _document(f"x {text}")
    header = read_header(document)
    for found in (header.kind, header.reference, header.title, header.date):
        if found is not None and found.span is not None:
            assert 0 <= found.span.start <= found.span.end <= len(document.text)
