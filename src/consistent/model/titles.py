"""How an act is called in a sentence: its short name, or its title without what every title begins with."""

import re

__all__ = ["short_title"]

# A name that the title gives the act: `(Digital Services Act)`, `(datagovernanceverordening)`.
_NAMED = re.compile(
    r"\(([^()]*?(?:\bact\b|\bregulation\b|\bdirective\b|\blaw\b|\bcode\b|verordening|richtlijn|wet|act)[^()]*)\)",
    re.IGNORECASE,
)
# A number of an act in brackets is no name.
_NUMBER = re.compile(r"\(?(?:EU|EC|EEC|EG|EEG|Euratom)\)?\b|\d{4}/\d+", re.IGNORECASE)
_KINDS = r"(?:regulation|directive|decision|recommendation|verordening|richtlijn|besluit|aanbeveling)"
_BODIES = (
    r"(?:the |het |de )?(?:european parliament|council|commission|europees parlement|raad|commissie)"
    r"(?:(?:,| and(?: of)?| en(?: van)?) (?:the |de |het )?(?:european parliament|council|europees parlement|raad))*"
)
# The clause that says of what kind the act is, and who adopts it.
_HEAD = re.compile(
    rf"^\s*(?:(?:amended |gewijzigd )?(?:proposal for an?|proposal for|voorstel voor een|voorstel voor|joint proposal for an?)\s+)?"
    rf"(?P<kind>(?:(?:council|commission|delegated|implementing)\s+)*{_KINDS})(?:\s+(?:of|van)\s+{_BODIES})?\s*"
    rf"(?:\(.{{0,20}}?\)\s*)?(?:no\s+\S+\s+)?(?=\S)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*\((?:text with eea relevance|voor de eer relevante tekst)[^)]*\)\s*$", re.IGNORECASE)
# What the act is called for short: `(EDIP)`.
_ABBREVIATED = re.compile(r"\s\([A-Z]\w*[A-Z]\w*\)$")
_LONGEST = 90


def short_title(title: str) -> str:
    """How a sentence calls an act of that title.

    Args:
        title: as the act has it.

    Returns:
        The short name that the title itself gives; else its kind with what stands behind the institutions, cut to about a
        line. A title that has no such beginning is given back, cut likewise.
    """
    text = _TAIL.sub("", " ".join(title.split()))
    named: str | None = next((each for each in reversed(_NAMED.findall(text)) if not _NUMBER.search(each)), None)
    if named is not None:
        return named.strip().capitalize() if named.isupper() else named.strip()
    head = _HEAD.match(text)
    if head is None:
        return _cut(text)
    return _cut(f"{head['kind'].capitalize()} {_calm(text[head.end() :])}")


def _calm(text: str) -> str:
    """A title in capitals as one reads it."""
    return text.lower() if text.isupper() else text


def _cut(text: str) -> str:
    """As many whole words as go on a line, without a point left of a list of amended acts, and the abbreviation at the end."""
    if len(text) <= _LONGEST:
        return text
    abbreviated = _ABBREVIATED.search(text)
    last = abbreviated[0] if abbreviated else ""
    return text[: _LONGEST - len(last)].rsplit(" ", 1)[0].rstrip(",;") + f" ...{last}"
