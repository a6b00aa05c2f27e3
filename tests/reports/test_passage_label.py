"""Where a value was read, as a reader of each language calls it: in every form, of documents in either language."""

import re
from io import StringIO

import pytest
from rich.console import Console

from consistent.model.text import LANGUAGES, Language
from consistent.reports.dossier import Dossier
from consistent.reports.labels import passage_label
from consistent.reports.text import print_report
from tests.reports.report_cases import ROOT, drafted, rendered

# A place in the other language; what is quoted stays as the document has it.
_ENGLISH = re.compile(r"\b(?:Articles? \d|recital \d|Annex [IVX]|citations|cover)\b")
_QUOTED = re.compile(r"“[^”]*”|'[^']*'|\|[^|\n]*\|")


@pytest.mark.parametrize(
    ("document", "english", "dutch"),
    [
        ("COM(2022) 68 Article 16(2)", "COM(2022) 68 Article 16(2)", "COM(2022) 68, artikel 16, lid 2"),
        ("COM(2022) 68 artikel 16, lid 2", "COM(2022) 68 Article 16(2)", "COM(2022) 68, artikel 16, lid 2"),
        ("draft.docx recital 12", "draft.docx recital 12", "draft.docx, overweging 12"),
        ("draft.docx overweging 12", "draft.docx recital 12", "draft.docx, overweging 12"),
        ("A long title Articles 2 and 3, page 30", "A long title Articles 2 and 3, page 30", "A long title, artikelen 2 en 3, blz. 30"),
        ("COM(2022) 68 citations", "COM(2022) 68 citations", "COM(2022) 68, aanhef"),
        ("Article 4(3)(b)", "Article 4(3)(b)", "artikel 4, lid 3, onder b)"),
        ("Kamerstuk 22112-4027 IND.7", "Kamerstuk 22112-4027 IND.7", "Kamerstuk 22112-4027 IND.7"),
        ("TFEU 173(3)", "Article 173(3) TFEU", "artikel 173, lid 3, VWEU"),
        ("notes of a meeting", "notes of a meeting", "notes of a meeting"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_label(document: str, english: str, dutch: str) -> None:
    """The place behind the name of a document is told in the reader's language; what is none stays as it is."""
    assert passage_label(document, "en") == english
    assert passage_label(document, "nl") == dutch


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    """Of a document in English, with rules on the whole of it and on its powers."""
    rules = ("treaties/empowerment/reach-of-delegation", "treaties/subsidiarity/no-subsidiarity-statement")
    return drafted(ROOT / "tests/documents/powers.en.txt", rules)


def told_in(form: str, dossier: Dossier, language: Language) -> str:
    """A report in a form, `text` with all reasons."""
    if form != "text":
        return rendered(form, [dossier], language).decode()
    shown = StringIO()
    console = Console(file=shown, width=1000, highlight=False, markup=False)
    print_report(dossier.report, console, language, verbose=True, why=True)
    return shown.getvalue()


@pytest.mark.parametrize("form", ["csv", "markdown", "text"])
def test_no_english_place_in_dutch(form: str, dossier: Dossier) -> None:
    """A Dutch report of a document in English tells no place in English, but in what it quotes; the English one does."""
    told = {language: _QUOTED.sub("", told_in(form, dossier, language)) for language in LANGUAGES}
    assert _ENGLISH.search(told["en"])
    assert _ENGLISH.findall(told["nl"]) == []
