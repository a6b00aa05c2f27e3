"""The table for a spreadsheet: rows, separators, and no formulas."""

import csv
from io import StringIO

import pytest

from consistent.model.text import Language
from consistent.reports.entries import entries
from tests.reports.report_cases import checked, golden_dossiers, hostile_proposal, rendered


def rows(content: bytes, separator: str) -> list[list[str]]:
    """All rows, with the head."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator, strict=True))


@pytest.mark.parametrize(("language", "separator"), [("en", ","), ("nl", ";")])
def test_rows(language: Language, separator: str) -> None:
    """A row for all that is said, for each measure that is not judged, and one for each proposal; as wide as the head."""
    dossiers = golden_dossiers()
    content = rendered("csv", dossiers, language)
    assert content.startswith(b"\xef\xbb\xbf")
    head, *found = rows(content, separator)
    said = sum(len(entries(each.report)) + len(each.report.not_judged) for each in dossiers)
    assert len(found) == said + len(dossiers)
    assert {len(each) for each in found} == {len(head)}
    assert content.count(b"\r\n") == content.count(b"\n") == len(found) + 1


def test_what_a_row_holds() -> None:
    """Outcome, place and reason of an accepted finding stand in their columns."""
    head, *found = rows(rendered("csv", golden_dossiers(), "en"), ",")
    (row,) = (each for each in (dict(zip(head, row, strict=True)) for row in found) if each["outcome"] == "accepted")
    assert row["verdict of the rule"] == "conflict"
    assert row["measure"] == "vat-exemption"
    assert row["accepted until"] == "2025-12-31"
    assert row["reason for accepting, or setting aside"] == "The Council settles it in the negotiations."
    assert int(row["line"]) > 1


def test_no_formulas() -> None:
    """No cell begins as a formula does, whatever stands in a proposal."""
    starts = ("=1", "+1", "-1", "@SUM(1)", "\t=1", " =1", "\uff1d1", "\r\n=1", '=cmd|" /C calc"!A0')
    cells = [
        cell
        for row in rows(rendered("csv", [checked(hostile_proposal(starts))], "en"), ",")
        for cell in row
        if any(each.strip() in cell for each in starts)
    ]
    assert len(cells) > len(starts)
    assert [each for each in cells if each.strip()[:1] in set("=+-@\uff1d")] == []
    assert '\'=cmd|" /C calc"!A0' in cells
