"""Numbers of a document that contradict each other."""

import json

import pytest

from consistent.documents.header.header import read_header
from consistent.documents.reading import read_document
from tests.document_cases import INVENTED
from tests.lamp_acts import text_document

_COVER = """
EUROPEAN COMMISSION
Brussels, 4.5.2026
COM(2026) 901 final
2026/0901(COD)
{more}
Proposal for a
REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
on the lamps of lighthouses
"""


@pytest.mark.parametrize(
    ("more", "fields", "told"),
    [
        ("", (), ""),
        ("COM(2026) 901 final/2", (), ""),
        ("{COM(2026) 902 final} - {SWD(2026) 77 final}", (), ""),
        ("This document replaces COM(2025) 12 final, see 2025/0012(COD).", (), ""),
        ("Document 52026PC0901", (), ""),
        ("Document 52026DC0901", (), ""),
        (
            "COM(2026) 902 final",
            ("reference",),
            (
                "the document gives several references as its own: COM(2026) 901 final and COM(2026) 902 final; "
                "which is right is not known"
            ),
        ),
        (
            "2026/0902(NLE)",
            ("procedure",),
            (
                "the document gives several procedure numbers as its own: 2026/0901(COD) and 2026/0902(NLE); "
                "which is right is not known"
            ),
        ),
        (
            "Document 52026PC0902",
            ("celex",),
            "the document gives several CELEX numbers as its own: 52026PC0902 and 52026PC0901; which is right is not known",
        ),
    ],
)
def test_contradictions(more: str, fields: tuple[str, ...], told: str) -> None:
    """Of two numbers that a document gives as its own neither is taken, nor what follows from it; others contradict nothing."""
    header = read_header(text_document(_COVER.replace("{more}", more)))
    assert tuple(contradiction.field for contradiction in header.contradictions) == fields
    assert [contradiction.message.en for contradiction in header.contradictions] == ([told] if told else [])
    assert all(
        contradiction.message.nl.startswith("het document geeft verschillende eigen ")
        for contradiction in header.contradictions
    )
    for field in ("reference", "procedure", "celex"):
        assert (getattr(header, field) is None) == (field in fields or (field, *fields) == ("celex", "reference"))
    assert header.kind.value == ("proposal-for-act" if "procedure" in fields else "legislative-proposal")
    assert (header.decision_procedure is None) == ("procedure" in fields)


def test_number_of_the_file_contradicts() -> None:
    """What a file says of itself is no better than what its cover says."""
    content = json.dumps({"content": _COVER.replace("{more}", ""), "reference": "COM(2026) 902 final"}).encode()
    header = read_header(read_document(content))
    assert [[value.value for value in contradiction.values] for contradiction in header.contradictions] == [
        ["COM(2026) 902 final", "COM(2026) 901 final"]
    ]
    assert header.reference is None


@pytest.mark.parametrize("language", ["en", "nl"])
def test_number_above_the_act_contradicts(language: str) -> None:
    """The cover of a proposal and the title of its act, behind the memorandum, give the same procedure."""
    content = (INVENTED / f"legiswrite.{language}.xhtml").read_bytes()
    before, number, after = content.rpartition(b"2026/0901(COD)")
    assert read_header(read_document(content)).contradictions == ()
    header = read_header(read_document(before + b"2026/0902(CNS)" + after))
    assert number
    assert [[value.value for value in contradiction.values] for contradiction in header.contradictions] == [
        ["2026/0901(COD)", "2026/0902(CNS)"]
    ]
    assert header.procedure is None
