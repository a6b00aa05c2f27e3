"""Fiches that tests look at: made once, of proposals with and without repairs, and of documents."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from consistent import KnowledgeBase, load
from consistent.fiche.content import Fiche
from consistent.fiche.forms import fiche_markdown
from consistent.fiche.making import fiche_of
from consistent.fiche.matter import Given
from consistent.model.text import LANGUAGES, Language
from consistent.reports.dossier import Dossier
from tests.reports.report_cases import with_version_hidden

__all__ = [
    "DAY",
    "GOLDEN",
    "GOLDENS",
    "ROOT",
    "document_dossier",
    "dossier",
    "few",
    "fiche",
    "golden",
    "invented",
    "kb",
]

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 26)
GOLDEN = ROOT / "tests/golden/fiche"
# By golden file: what it is made of. `python -m tests.reports.fiche_cases` writes them anew; look at them before they are committed.
GOLDENS: Mapping[str, str] = {
    f"{name}.{language}.md": path.format(language=language)
    for name, path in (
        ("com-2023-237", "proposals/com-2023-237.toml"),
        ("powers", "tests/documents/powers.{language}.txt"),
    )
    for language in LANGUAGES
}
# Of golden files, so that they hold still while rules are added: one of each verdict, and one for each part with findings.
_RULES = (
    "nl-22112-4027/industry/investment-in-defence-industry",
    "nl-22112-4027/law/simpler-defence-rules",
    "nl-22112-4027/procurement/preference-without-third-country-access",
    "treaties/empowerment/need-for-uniform-conditions",
    "treaties/legal-basis/orders-on-internal-market-basis",
    "treaties/legal-basis/several-bases-for-one-act",
    "treaties/proportionality/content-beyond-need",
    "treaties/proportionality/burden-unaccounted",
    "treaties/security/sensitive-information-of-firms-demanded",
    "treaties/subsidiarity/aim-within-reach-of-states",
)


@cache
def kb() -> KnowledgeBase:
    """The Dutch pack."""
    return load("nl-22112-4027")


@cache
def dossier(name: str, *, repairs: bool = False) -> Dossier:
    """Of a proposal in `proposals/`."""
    return Dossier.of(kb().check(ROOT / f"proposals/{name}.toml", as_of=DAY), repairs=repairs)


@cache
def few() -> KnowledgeBase:
    """The Dutch pack with some rules only, for what does not hang on them."""
    return kb().selected(_RULES)


@cache
def document_dossier(path: Path, *, as_proposal: bool = False) -> Dossier:
    """Of the draft that a document makes."""
    draft = kb().draft(path, path.name, as_proposal=as_proposal)
    return Dossier.of(kb().check(draft, as_of=DAY), draft)


@cache
def fiche(name: str, language: Language = "nl", *, repairs: bool = False) -> Fiche:
    """Of a proposal in `proposals/`."""
    return fiche_of(dossier(name, repairs=repairs), language)


def golden(name: str) -> str:
    """A fiche as its golden file has it."""
    source, language = ROOT / GOLDENS[name], next(each for each in LANGUAGES if f".{each}." in name)
    draft = None if source.suffix == ".toml" else few().draft(source, source.name)
    report = few().check(draft or source, as_of=DAY)
    text = fiche_markdown(fiche_of(Dossier.of(report, draft, repairs=True), language))
    return with_version_hidden(text.encode()).decode()


def invented(data: Mapping[str, Any], language: Language = "nl", given: Given | None = None) -> Fiche:
    """Of a proposal as data."""
    return fiche_of(Dossier.of(kb().check(data, as_of=DAY)), language, given)


if __name__ == "__main__":
    for each in GOLDENS:
        (GOLDEN / each).write_text(golden(each), "utf-8")
