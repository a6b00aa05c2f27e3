"""The workbook: sheets, links, and no formulas; the same bytes each time."""

import re
import sys
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from consistent.errors import UsageError
from consistent.findings.outcome import OUTCOMES, PRESENTATION
from consistent.findings.said import Open
from consistent.model.text import LANGUAGES, Language
from consistent.reports.entries import entries
from consistent.reports.labels import GRADE_LABELS
from consistent.reports.workbook import _HEADS, _SHEETS, render
from tests.reports.report_cases import checked, golden_dossiers, hostile_proposal


def opened(content: bytes) -> Workbook:
    """The workbook, formulas as formulas."""
    return openpyxl.load_workbook(BytesIO(content))


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets(language: Language) -> None:
    """Each sheet has a head in the language, which stays in sight, and filters over all rows."""
    book = opened(render(golden_dossiers(), language))
    assert book.sheetnames == [title.get(language) for title in _SHEETS.values()]
    for name, title in _SHEETS.items():
        sheet = book[title.get(language)]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.max_row > 1, name
        if name in _HEADS:
            assert [cell.value for cell in sheet[1]] == _HEADS[name].get(language).split("|")


def test_findings() -> None:
    """A row for all that is said and each measure that is not judged, the gravest first, coloured by it."""
    dossiers = golden_dossiers()
    sheet = opened(render(dossiers, "en"))["Findings"]
    said = sum(len(entries(each.report)) + len(each.report.not_judged) for each in dossiers)
    outcomes = [cell.value for cell in sheet["A"][1:]]
    assert len(outcomes) == said + len(dossiers)
    order = {PRESENTATION[outcome].label.en: number for number, outcome in enumerate(OUTCOMES)}
    weights = [order.get(outcome, len(order)) for outcome in outcomes]
    assert weights == sorted(weights)
    colours = {cell.value: cell.fill.fgColor.rgb for cell in sheet["A"][1:]}
    assert colours["conflict"] != colours["open"] != colours["accepted"]
    heads = [cell.value for cell in sheet[1]]
    assert isinstance(sheet.cell(2, heads.index("line") + 1).value, int)


def test_questions_and_grades() -> None:
    """Each thing that an open rule asks is a row, once a measure; each proposal has its grades."""
    dossiers = golden_dossiers()
    book = opened(render(dossiers, "en"))
    asked = {
        (number, unknown.measure, unknown.text.en)
        for number, each in enumerate(dossiers)
        for said in entries(each.report)
        if isinstance(said, Open)
        for unknown in said.unknown
    }
    assert book["Questions"].max_row == len(asked) + 1
    grades = [row[2].value for row in book["Grades"].iter_rows(min_row=2)]
    assert len(grades) == sum(len(each.report.judgement) for each in dossiers)
    assert {grade.partition(" ")[2] for grade in grades} <= {label.en for label in GRADE_LABELS.values()}


def test_links() -> None:
    """Sources lead to their addresses, rules to their rows; every link leads somewhere."""
    book = opened(render(golden_dossiers(), "en"))
    outside, inside = set(), 0
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.hyperlink is None:
                    continue
                if cell.hyperlink.target:
                    outside.add(cell.hyperlink.target)
                    continue
                inside += 1
                leads = re.fullmatch(r"'(\w+)'!(A\d+)", cell.hyperlink.location or "")
                assert leads
                title, place = leads.groups()
                if title == "Rules":
                    assert book[title][place].value in cell.value
                assert book[title][place].value
    assert inside > 10
    assert any(address.startswith("https://eur-lex.europa.eu/") for address in outside)


def test_no_formulas() -> None:
    """Whatever stands in a proposal is text, as it stands there, and no link."""
    starts = (
        "=1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\uff1d1",
        '=HYPERLINK("http://evil.example")',
        '=cmd|" /C calc"!A0',
        "http://evil.example",
    )
    content = render([checked(hostile_proposal(starts))], "en")
    book = opened(content)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    values = {cell.value for cell in cells}
    assert {"=1", '=HYPERLINK("http://evil.example")'} <= values
    assert not [cell for cell in cells if cell.hyperlink and "evil" in str(cell.hyperlink.target)]
    with ZipFile(BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def test_same_bytes() -> None:
    """The same reports give the same bytes, whenever that is; another day another workbook."""
    made = render(golden_dossiers(), "nl")
    assert made == render(golden_dossiers(), "nl")
    with ZipFile(BytesIO(made)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
        core = parts.read("docProps/core.xml").decode()
    assert re.findall(r"(\d{4}-\d\d-\d\d)T", core) == [max(each.report.as_of for each in golden_dossiers())] * 2


def test_nothing() -> None:
    """No proposals give a workbook with heads alone."""
    assert opened(render([], "en"))["Findings"].max_row == 1


def test_long_text() -> None:
    """What is longer than a cell holds is cut, and says so."""
    values = [
        cell.value for cell in opened(render([checked(hostile_proposal(("x" * 40_000,)))], "en"))["Findings"]["D"]
    ]
    assert any(value and value.endswith(" […]") and len(value) < 32_767 for value in values)


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """What writes it is an extra, and who lacks it is told how to have it."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match="not installed") as raised:
        render([], "en")
    assert "[xlsx]" in raised.value.help
