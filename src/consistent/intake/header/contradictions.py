"""Where a document gives two numbers of one sort as its own: which is right it does not say.

Such a value is left unknown, and the reader is told. Numbers of documents that it names beside its own contradict nothing: what
counts stands alone in its line on the cover or above the act, or is what the file says of itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from attrs import frozen

from consistent.intake.document import Span
from consistent.intake.header.cover import Front
from consistent.intake.header.found import Found
from consistent.intake.header.kinds import OTHER_KINDS
from consistent.intake.header.own_number import own_references
from consistent.intake.header.reference import (
    celex_from,
    celex_numbers,
    council_numbers,
    procedures,
    reference_from,
    references,
)
from consistent.model.text import Localized

__all__ = ["Contradiction", "contradicting_celex", "contradicting_procedures", "contradicting_references"]

Name = Literal["reference", "procedure", "celex"]

_NAMES: dict[Name, Localized] = {
    "reference": Localized("references", "documentnummers"),
    "procedure": Localized("procedure numbers", "procedurenummers"),
    "celex": Localized("CELEX numbers", "CELEX-nummers"),
}
_TOLD = Localized(
    "the document gives several {names} as its own: {values}; which is right is not known",
    "het document geeft verschillende eigen {names}: {values}; welk nummer klopt, is niet bekend",
)
_AND = Localized(" and ", " en ")


@frozen(kw_only=True)
class Contradiction:
    """Several values where there can be one.

    Attributes:
        field: of the header, which is unknown for that.
        values: two or more that differ, in the order of the text; those that the file says of itself first, without a place.
    """

    field: Name
    values: tuple[Found[str], ...]

    @property
    def told(self) -> Localized:
        """The contradiction in words."""
        listed = {each: _AND.get(each).join(found.value for found in self.values) for each in ("en", "nl")}
        return Localized(
            _TOLD.en.format(names=_NAMES[self.field].en, values=listed["en"]),
            _TOLD.nl.format(names=_NAMES[self.field].nl, values=listed["nl"]),
        )


def contradicting_procedures(front: Front) -> Contradiction | None:
    """The procedure numbers on the cover, above the act and of the file, where they differ."""
    text = front.document.text[: _end_of_titles(front)]
    read = (each for each in procedures(text) if each.span and _stands_alone(text, each.span))
    said = procedures(front.said.get("procedure", ""))
    return _contradiction("procedure", [*_placeless(said), *read], str)


def contradicting_references(front: Front, kind: str) -> Contradiction | None:
    """The references on the cover and of the file, where they differ by more than their version."""
    if kind in OTHER_KINDS:
        return None
    said = reference_from(front.said.get("reference", ""))
    own = [Found(said, None)] if said else []
    return _contradiction("reference", [*own, *own_references(front)], _unversioned)


def contradicting_celex(front: Front, kind: str, reference: str, instrument: str) -> Contradiction | None:
    """The CELEX number on the cover or of the file, where it is not that of the reference."""
    derived = celex_from(reference, kind, instrument) if reference and kind not in OTHER_KINDS else ""
    if not derived:
        return None
    said = _placeless(celex_numbers(front.said.get("celex", "")))
    alike = (each for each in (*said, *celex_numbers(front.text)) if each.value[0] == derived[0])
    # Of the letters a cover tells less: some reports and budgets are filed among proposals.
    return _contradiction("celex", [*alike, Found(derived, None)], _unlettered)


def _contradiction(name: Name, found: Iterable[Found[str]], same: Callable[[str], str]) -> Contradiction | None:
    different: dict[str, Found[str]] = {}
    for each in found:
        different.setdefault(same(each.value), each)
    return Contradiction(field=name, values=tuple(different.values())) if len(different) > 1 else None


def _placeless(found: Iterable[Found[str]]) -> Iterator[Found[str]]:
    return (Found(each.value, None) for each in found)


def _unversioned(reference: str) -> str:
    return reference.removesuffix(" final").partition("/")[0]


def _unlettered(celex: str) -> str:
    return re.sub(r"[A-Z]+", "", celex.partition("(")[0])


def _end_of_titles(front: Front) -> int:
    """Where the title of the act ends; the end of the cover where there is none."""
    act = next(iter(front.document.top("act")), None)
    title = next(iter(act.named("title-of-act")), None) if act else None
    return max(front.cover.end, title.span.end) if title else front.cover.end


def _stands_alone(text: str, span: Span) -> bool:
    """Whether a line holds nothing but numbers of documents."""
    start = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.end)
    line = text[start : stop if stop >= 0 else len(text)]
    for each in (*procedures(line), *references(line), *council_numbers(line)):
        if each.span:
            line = line[: each.span.start] + " " * (each.span.end - each.span.start) + line[each.span.end :]
    return not any(each.isalnum() for each in line)
