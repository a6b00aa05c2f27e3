"""Numbers of documents: references, procedure numbers, CELEX numbers, numbers of Council papers.

The canonical spellings are those of `consistent.sources`: `COM(2022) 546`, with ` final` where the document prints it.
"""

import re
from collections.abc import Iterator
from functools import cache

from consistent.documents.document import Found, Span
from consistent.documents.words.header_words import all_words, phrase

__all__ = [
    "celex_from",
    "celex_numbers",
    "council_numbers",
    "document_references",
    "parliamentary_paper",
    "procedures",
    "reference_from",
    "series_of",
]

# The Commission's series in German, Danish and Swedish, and as the drafts of others spell it.
_SERIES = {"KOM": "COM", "SEK": "SEC"}
_PROCEDURE = re.compile(r"(?<!\d)((?:19|20)\d\d)/(\d{1,4})[A-Z]?\s*(?:\(\s?([A-Z]{3})\s?\)|/([A-Z]{3})(?!\w))")
_COUNCIL = re.compile(
    r"(?<![\w/])(?<!\b(?:WK|DS|SN|CM|MD)\s)(?:ST[\s/](?P<n1>\d{4,5})/(?P<y1>(?:19|20)\d\d)(?:/INIT)?|(?P<n2>\d{4,5})/(?:(?P<revision>\d)/)?(?P<y2>\d\d))(?![\d/])"
)
_CELEX = re.compile(r"(?<!\w)([0-9CE]\d{4}[A-Z]{1,2}\d{4}(?:\(\d\d\))?)(?!\w)")
# At the head of the paper itself the name of its dossier stands between.
_PAPER = re.compile(
    r"(?<!\d)(\d\d)\s?(\d{3})(?:[-\s]([IVXLC]{1,8}))?(?:[\t ][^\n]{1,200}\n|\s*,?\s*)[Nn]r\.?\s?(\d{1,5})(?!\d)"
)
# What a proposal of each series is in CELEX sector 5; other COM documents, and recommendations, are DC.
_LETTERS = {"JOIN": "JC", "SWD": "SC", "SEC": "SC"}
_IN_DC = frozenset(
    {
        "recommendation-proposal",
        "communication",
        "white-paper",
        "green-paper",
        "report",
        "work-programme",
        "policy-document",
    }
)


@cache
def _pattern() -> re.Pattern[str]:
    """A reference in any of its spellings, with the words for 'final' of every language."""
    final = "|".join(sorted({phrase(word) for words in all_words().values() for word in words.listed("final")}))
    return re.compile(
        r"(?<![A-Za-z])(?P<series>COM|KOM|JOIN|SWD|SEC|SEK|C)"
        r"(?:\s?\((?P<year>(?:19|20)\d\d)\)\s?|[/_:](?P<year2>(?:19|20)\d\d)[/_:])"
        r"0{0,4}(?P<number>[1-9]\d{0,4})(?:/(?P<version>\d{1,2})(?!\d))?"
        rf"(?:(?P<final>[\s/_:-]{{1,3}}(?:{final}|FIN)(?!\w)|/final)(?:/(?P<later>\d{{1,2}})(?![\d/]))?)?",
        re.IGNORECASE,
    )


def document_references(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[str]]:
    """The references in a stretch of text, in its order, in the canonical spelling.

    `COM (2022) 546`, `COM/2021/770 final`, `KOM (2025) 0820`, `COM(2010) 83 definitief`, `COM(2025) 820/2` are all seen.
    A colon or underscore, as in addresses, counts too. The version comes before `final`, also where it is printed after it.
    """
    for match in _pattern().finditer(text, start, len(text) if end is None else end):
        written = match["series"]
        # `c(2020)` in a formula is no document.
        if not written.isupper():
            continue
        number = match["version"] or match["later"]
        version = f"/{number}" if number else ""
        final = " final" if match["final"] else ""
        year = match["year"] or match["year2"]
        value = f"{_SERIES.get(written, written)}({year}) {match['number']}{version}{final}"
        yield Found(value, Span(match.start(), match.end()))


def reference_from(text: str) -> str:
    """The first reference in a text, in the canonical spelling; empty where there is none."""
    return next((reference.value for reference in document_references(text)), "")


def series_of(reference: str) -> str:
    """`COM`, `JOIN`, `SWD`, `SEC` or `C`; empty for anything else."""
    series = reference.partition("(")[0]
    return series if series in {"COM", "JOIN", "SWD", "SEC", "C"} else ""


def procedures(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[str]]:
    """The numbers of interinstitutional procedures in a stretch of text: `2022/0047(COD)`."""
    for match in _PROCEDURE.finditer(text, start, len(text) if end is None else end):
        yield Found(f"{match[1]}/{int(match[2]):04}({match[3] or match[4]})", Span(match.start(), match.end()))


def council_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[str]]:
    """The numbers of papers of the Council in a stretch of text: `16298/22`, `16054/1/22`."""
    for match in _COUNCIL.finditer(text, start, len(text) if end is None else end):
        revision = f"/{match['revision']}" if match["revision"] else ""
        number, year = match["n1"] or match["n2"], match["y1"] or match["y2"]
        yield Found(f"{int(number)}{revision}/{year[-2:]}", Span(match.start(), match.end()))


def celex_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[str]]:
    """The CELEX numbers in a stretch of text."""
    for match in _CELEX.finditer(text, start, len(text) if end is None else end):
        yield Found(match[1], Span(match.start(), match.end()))


def celex_from(reference: str, kind: str, instrument: str = "") -> str:
    """The CELEX number of a document of the Commission.

    Args:
        reference: in the canonical spelling.
        kind: a term of the vocabulary `kinds`.
        instrument: of the act, a term of the vocabulary `instruments`; empty where it has none.

    Returns:
        Empty where the reference alone does not tell: of a `C` document, and of one of several versions.
    """
    match = re.fullmatch(r"(COM|JOIN|SWD|SEC)\((\d{4})\) (\d{1,4})(?: final)?", reference)
    if match is None or not kind:
        return ""
    letters = _LETTERS.get(match[1]) or (
        "DC" if kind in _IN_DC or instrument == "budget" else "PC" if _is_draft(kind) else ""
    )
    return f"5{match[2]}{letters}{int(match[3]):04}" if letters else ""


def parliamentary_paper(text: str, start: int = 0, end: int | None = None) -> Found[str] | None:
    """The first number of a Dutch parliamentary paper in a stretch of text: `Kamerstuk 22112-4406`."""
    match = _PAPER.search(text, start, len(text) if end is None else end)
    if match is None:
        return None
    chapter = f"-{match[3]}" if match[3] else ""
    return Found(f"Kamerstuk {match[1]}{match[2]}{chapter}-{match[4]}", Span(match.start(), match.end()))


def _is_draft(kind: str) -> bool:
    return kind.endswith("-proposal") or kind in {"proposal-for-act", "negotiation-recommendation", "draft-budget"}
