"""Paragraph styles of a DOCX: what they say a paragraph is, and the list that they number it by."""

import re
from collections.abc import Iterable

from attrs import frozen
from lxml import etree

from consistent.intake.document import Role
from consistent.intake.formats.docx_package import W, attribute, whole
from consistent.intake.formats.html_dialects import by_style

__all__ = ["Meaning", "Styles"]

# How many styles may be built upon each other; Word itself allows eleven.
_LONGEST_CHAIN = 20
_HEADING = re.compile(r"heading(\d)")
# Word's own styles, by their names in lower case without blanks, which are the same in every language of Word.
_BUILT_IN: dict[str, Role] = {
    "title": "title",
    "subtitle": "heading",
    "footnotetext": "note",
    "endnotetext": "note",
    "header": "running",
    "footer": "running",
    "tocheading": "running",
}
_TEXT_LEVEL = 9  # the outline level that stands for text


@frozen(kw_only=True)
class Meaning:
    """What a style says of a paragraph.

    Attributes:
        lines: whether a line break in it begins something new, as after the number of an article.
    """

    role: Role = "text"
    level: int = 0
    lines: bool = False


@frozen(kw_only=True)
class _Style:
    names: tuple[str, ...]
    base: str
    list: str
    level: str
    outline: str


class Styles:
    """The styles of a document.

    Args:
        roots: of `word/styles.xml`; one or none.
    """

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[str, _Style] = {}
        self.default = ""
        for root in roots:
            for each in root.iter(W + "style"):
                key = attribute(each, "styleId")
                properties = each.find(W + "pPr")
                numbered = None if properties is None else properties.find(W + "numPr")
                self._styles[key] = _Style(
                    names=(attribute(each.find(W + "name")), key),
                    base=attribute(each.find(W + "basedOn")),
                    list="" if numbered is None else attribute(numbered.find(W + "numId")),
                    level="" if numbered is None else attribute(numbered.find(W + "ilvl")),
                    outline="" if properties is None else attribute(properties.find(W + "outlineLvl")),
                )
                if attribute(each, "type") == "paragraph" and attribute(each, "default") in {"1", "true", "on"}:
                    self.default = key

    def lists(self) -> dict[str, str]:
        """The list that each style names, for those that name one."""
        return {key: style.list for key, style in self._styles.items() if style.list}

    def list_of(self, key: str) -> tuple[str, str, str]:
        """The list by which a style numbers, the level where one is said, and the style that says so; empty for none."""
        for at, style in self._chain(key):
            if style.list:
                return style.list, style.level, at
        return "", "", ""

    def meaning(self, key: str, *, numbered: bool) -> Meaning:
        """What a style says, itself or by the style that it is built upon.

        Args:
            key: of the style.
            numbered: whether a number stands before the paragraph. Without one, what has the style of a point goes on with it.
        """
        for _, style in self._chain(key):
            for name in style.names:
                found = _meaning(name, numbered=numbered)
                if found is not None:
                    return found
            if style.outline and whole(style.outline, _TEXT_LEVEL) < _TEXT_LEVEL:
                return Meaning(role="heading", level=whole(style.outline) + 1)
        return Meaning()

    def _chain(self, key: str) -> Iterable[tuple[str, _Style]]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(key)
            if style is None:
                return
            yield key, style
            key = style.base


def _meaning(name: str, *, numbered: bool) -> Meaning | None:
    """What the name of a style means by itself."""
    plain = re.sub(r"[^0-9a-z_]", "", name.lower())
    built_in = _BUILT_IN.get(plain)
    if built_in:
        return Meaning(role=built_in)
    heading = _HEADING.fullmatch(plain)
    if heading:
        return Meaning(role="heading", level=int(heading[1]))
    use = by_style(plain, numbered=numbered)
    return Meaning(role=use.role, level=use.level, lines=use.lines) if use and use.how == "part" else None
