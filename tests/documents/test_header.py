"""The header of a document: kind, numbers, dates, instrument, statements, amounts."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from consistent import load
from consistent.documents.document import Found
from consistent.documents.header.dates import amounts, budget, date_from, day_after_place, read_application
from consistent.documents.header.header import Header, read_header
from consistent.documents.header.kinds import OTHER_KINDS
from consistent.documents.header.numbers import celex_from, council_numbers, procedures, reference_from
from consistent.documents.reading import read_document
from consistent.documents.words.header_words import all_words
from consistent.drafting.document_kind import as_proposed, refusal
from tests.document_cases import INVENTED, REAL, read_once, real
from tests.lamp_acts import ACT, text_document

_COVERS = [
    cover
    for name in ("covers.toml", "around.toml")
    for cover in tomli.loads((INVENTED / name).read_text("utf-8"))["cover"]
]
_GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "headers.json").read_text("utf-8"))
_ACT_TYPES = {
    "Regulation EP+Council": ("regulation", ("parliament", "council")),
    "Directive EP+Council": ("directive", ("parliament", "council")),
    "Decision EP+Council": ("decision", ("parliament", "council")),
    "Council Decision": ("decision", ("council",)),
    "Council Regulation (joint proposal)": ("regulation", ("council",)),
}


def _value(read: Found[Any] | None) -> Any:
    return None if read is None else read.value


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
        "authors": [author.value for author in header.authors],
        "related": [reference.value for reference in header.related],
    }


_KINDS = load("treaties").knowledge.vocabularies["kinds"]


@pytest.mark.parametrize("case", _COVERS, ids=[cover.get("name", cover["expect"]["kind"]) for cover in _COVERS])
def test_invented_covers(case: dict[str, Any]) -> None:
    """A cover of each kind is read off to the letter, and what it does not say is not found."""
    document = text_document(case["text"])
    header = read_header(document)
    expect = case["expect"]
    shown = _told(header) | {
        "title": _value(header.title),
        "addressees": [addressee.value for addressee in header.addressees],
        "behind": _value(header.behind),
        "carrier": _value(header.carrier),
    }
    for key in (
        "kind",
        "reference",
        "procedure",
        "celex",
        "council_number",
        "instrument",
        "adopters",
        "behind",
        "carrier",
    ):
        assert shown[key] == expect.get(key), key
    assert shown["date"] == (expect["date"].isoformat() if "date" in expect else None)
    assert shown["authors"] == expect.get("authors", [])
    assert shown["addressees"] == expect.get("addressees", [])
    if "title" in expect:
        assert shown["title"] == expect["title"]
    if "language" in expect:
        assert header.language == expect["language"]
    if "told_by" in expect:
        assert header.kind.span is not None
        assert " ".join(document.of(header.kind.span).split()) == expect["told_by"]
    what, refused = refusal(document, header, _KINDS)
    assert expect.get("checked", refused is None) is (refused is None)
    assert what.en == expect.get("what", what.en)


@pytest.mark.parametrize("path", sorted(INVENTED.glob("legiswrite.*.xhtml")), ids=lambda each: each.name)
def test_legiswrite(path: Path) -> None:
    """Values have the words of the document for their place."""
    document = read_once(path)
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
    return [pytest.param(entry, id=entry["path"]) for entry in json.loads(path.read_text("utf-8"))]


@pytest.mark.parametrize("gold", _gold())
def test_gold(gold: dict[str, Any]) -> None:
    """Every field that a person read off the real proposals is right."""
    header = read_header(read_once(real(gold["path"])))
    shown = _told(header)
    assert shown["reference"] == gold["ref"]
    assert shown["procedure"] == gold["procedure"]
    assert (shown["instrument"], tuple(shown["adopters"])) == _ACT_TYPES[gold["act_type"]]
    assert header.legal_basis == tuple(gold["legal_basis"])
    assert header.language == gold["lang"]
    for ours, theirs in (("date", "date"), ("celex", "celex"), ("council_number", "council_reference")):
        if theirs in gold:
            assert shown[ours] == gold[theirs]


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
    header = read_header(read_once(real(path)))
    assert (header.kind.value, _value(header.instrument), header.legal_basis[0], _value(header.date)) == (
        kind,
        instrument,
        basis,
        day,
    )


def test_adopted_act_as_proposal() -> None:
    """The day and the number of its adoption are not those of the proposal that it came from."""
    header = read_header(read_document(INVENTED / "journal.en.html"))
    taken = as_proposed(header)
    assert header.kind.value == "legislative-act"
    assert _value(header.date) is not None
    assert (taken.date, taken.celex) == (None, None)
    assert (taken.title, taken.instrument, taken.citations) == (header.title, header.instrument, header.citations)
    proposal = read_header(read_document(INVENTED / "legiswrite.en.xhtml"))
    assert as_proposed(proposal) is proposal


def test_budget_of_fund() -> None:
    """The envelope of the fund is read although year and sum have run together."""
    header = read_header(read_once(real("acts/32021R0697.nl.json")))
    assert (_value(header.budget), _value(header.application.start)) == (7_953_000_000, date(2021, 1, 1))


def test_fiche() -> None:
    """A fiche is one, with its own number and that of what it appraises."""
    header = read_header(read_once(real("fiches/22112-4406.nl.pdf")))
    assert (header.kind.value, _value(header.reference)) == ("fiche", "Kamerstuk 22112-4406")
    assert [reference.value for reference in header.related] == ["COM(2026) 503"]


def test_kinds_are_terms() -> None:
    """Each kind, instrument and actor of the words is a term of a vocabulary, or one of the few beside it."""
    folder = Path(__file__).parents[2] / "facts" / "treaties" / "vocabulary"
    vocabularies = {path.stem: tomli.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
    leads = {"proposal", "amended-proposal", "recommendation-for"}
    for words in all_words().values():
        assert set(words.leads) - leads <= set(vocabularies["kinds"]) | OTHER_KINDS
        assert set(words.instrument_words.values()) <= set(vocabularies["instruments"])
        assert set(words.institutions) | set(words.table.get("addressees", {})) <= set(vocabularies["actors"])
        assert set(words.listed("statements")) <= set(vocabularies["statements"])
        assert {actor for form in words.forms for actor in form.by} <= set(vocabularies["actors"])
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
    header = read_header(text_document(f"EUROPEAN COMMISSION\nBrussels, 4.8.2026\n{written}\nWHITE PAPER\non lamps\n"))
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
        text_document(f"EUROPEAN COMMISSION\nBrussels, 4.8.2026\nJOIN(2026) 120 final\n{lead}\non lamps\n")
    )
    assert (header.kind.value, _value(header.reference)) == (kind, "JOIN(2026) 120 final")


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        (
            "fr",
            (
                "Proposition de\nRÈGLEMENT DU PARLEMENT EUROPÉEN ET DU CONSEIL\nrelatif aux lampes des phares\n"
                "EXPOSÉ DES MOTIFS\nLes phares de la côte sont dans une nuit que les lampes ne percent pas.\n"
            ),
            "relatif aux lampes des phares",
        ),
        (
            "fr",
            (
                "Proposition de RÈGLEMENT DU PARLEMENT EUROPÉEN ET DU CONSEIL relatif aux lampes des phares "
                "(Texte présentant de l'intérêt pour l'EEE) EXPOSÉ DES MOTIFS Les phares de la côte sont dans la nuit."
            ),
            "relatif aux lampes des phares",
        ),
        (
            "de",
            (
                "Vorschlag für eine\nVERORDNUNG DES EUROPÄISCHEN PARLAMENTS UND DES RATES\nüber die Lampen von Leuchttürmen\n"
                "BEGRÜNDUNG\nDie Leuchttürme an der Küste sind in der Nacht nicht zu sehen, und das ist nicht gut.\n"
            ),
            "über die Lampen von Leuchttürmen",
        ),
        (
            "it",
            (
                "Proposta di\nREGOLAMENTO DEL PARLAMENTO EUROPEO E DEL CONSIGLIO\nsulle lampade dei fari\n"
                "RELAZIONE\nI fari della costa sono nella notte e le lampade non si vedono.\n"
            ),
            "sulle lampade dei fari",
        ),
    ],
)
def test_title_in_a_language_that_is_not_read(language: str, text: str, title: str) -> None:
    """The title ends with its line, for what follows is not known."""
    header = read_header(text_document(f"COM(2026) 901 final\n{text}"))
    assert (header.language, _value(header.title)) == (language, title)


def test_numbers() -> None:
    """Procedure, CELEX and Council numbers."""
    assert [procedure.value for procedure in procedures("2022/0047 (COD), 2018/172/COD and 2022/2554")] == [
        "2022/0047(COD)",
        "2018/0172(COD)",
    ]
    assert [
        council_number.value
        for council_number in council_numbers("16298/22, 16054/1/22 REV 1, ST/9790/2022/INIT, 2019/1995")
    ] == [
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
        ("May 4th, 2026", date(2026, 5, 4)),
        ("May 4, 2026", date(2026, 5, 4)),
        ("4th of May 2026", date(2026, 5, 4)),
        ("4 May, 2026", date(2026, 5, 4)),
        ("maandag 4 mei 2026", date(2026, 5, 4)),
        ("4.V.2026", date(2026, 5, 4)),
        ("4-5-2026", date(2026, 5, 4)),
        ("04/05/2026", date(2026, 5, 4)),
        ("2026/05/04", date(2026, 5, 4)),
        ("13/14/2026", None),
        ("4.VIIII.2026", None),
        ("4.5/2026", None),
        ("2026/0901(COD)", None),
        ("Regulation (EU) 2026/901", None),
        ("2999-01-01", None),
        ("31.2.2022", None),
        ("Brussels, 17.9.", None),
        ("XX February 2022", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    """A day in every spelling; what is none, is none."""
    assert date_from(text) == day


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
    document = text_document(ACT[language].format(sum=sum, force=force, start=start))
    (act,) = document.named("enacting-terms")
    assert document.language == language
    application = read_application(document, act.span)
    assert (_value(application.entry_into_force), _value(application.start)) == expected
    assert _value(application.end) == date(2034, 12, 31)
    assert _value(budget(document, act.span)) == 1_500_000_000
    assert [amount.value for amount in amounts(document, act.span)] == [1_500_000_000]


@pytest.mark.parametrize(
    "lines",
    [
        "Brussels,\n4.5.2026",
        "Brussel,\n4 mei 2026",
        "Brussels, the 4th of May 2026",
        "Brussels \u2013 4 May 2026",
        "Brussels (4 May 2026)",
        "Brussels 4 May 2026",
        "4.5.2026",
        "(4.5.2026)",
        "Strasbourg, 04/05/2026",
        "Den Haag, 4-5-2026",
    ],
)
def test_day_of_a_document(lines: str) -> None:
    """The day is found after its place, in the next line, or in a line of its own; days in sentences are others."""
    text = f"Changed on 1.1.2026 by the keeper\nEUROPEAN COMMISSION\n{lines}\nCOM(2026) 901 final\nof 7 June 2026 on lamps\n"
    day = day_after_place(text, 0, len(text))
    assert day is not None
    assert day.value == date(2026, 5, 4)


def test_day_of_the_page() -> None:
    """The day on which a page was changed is not that of the document, though it stands first."""
    text = "Last modified 5.6.2026\nEUROPEAN COMMISSION\nBrussels, 23.2.2022\nCOM(2022) 68 final\n"
    day = day_after_place(text, 0, len(text))
    assert day is not None
    assert day.value == date(2022, 2, 23)


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
    header = read_header(text_document(f"COM(2026) 901 final\n{lead}\n{act}\n"))
    assert (header.kind.value, _value(header.reference)) == ("proposal-for-act", "COM(2026) 901 final")
    assert (_value(header.instrument), _value(header.adopters)) == ("regulation", ("parliament", "council"))


def test_odd_letters() -> None:
    """A letter that only counts as another in capitals is looked up as it was matched."""
    assert date_from("4 Augu\u017ft 2026") == date(2026, 8, 4)
    header = read_header(text_document("COM(2026) 901 final\nProposal for a\nCOUNCIL DECI\u017fION\non lamps"))
    assert _value(header.instrument) == "decision"


@given(st.text(st.sampled_from("COM(2026) 1/final\nRégulation 1.3of the Council, EUR XX€"), max_size=200))
def test_any_text(text: str) -> None:
    """Whatever the text, the header is read, and each span lies in it."""
    document = text_document(f"x {text}")
    header = read_header(document)
    for value in (header.kind, header.reference, header.title, header.date):
        if value is not None and value.span is not None:
            assert 0 <= value.span.start <= value.span.end <= len(document.text)
