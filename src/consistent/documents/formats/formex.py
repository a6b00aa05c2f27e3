"""Formex 4, in which the Publications Office keeps what the Official Journal publishes.

What is quoted, to be put into another act, is text here: its articles are not articles of this act.
"""

import re

from lxml import etree

from consistent.documents.document import Content
from consistent.documents.formats._markup import (
    BLOCK,
    CELL,
    DROP,
    INLINE,
    NUMBER,
    REFERENCE,
    ROW,
    Use,
    blocks_of,
    parse_xml,
    part,
)
from consistent.documents.formats.text import refused

__all__ = ["read"]

# Formex 4, manual of the schema: elements that stand within text.
_INLINE = frozenset(
    {
        *("ACCR", "ANCHOR", "APPEND", "CAT.PLANT", "CAT.VEGET", "CN", "CODE.CPV", "CT", "DATE", "DEF.EXPR", "EXPONENT"),
        *("EXPR", "FMT.VALUE", "FRACTION", "FT", "HT", "IE", "IND", "KEYWORD", "LINK", "MARGIN", "NO.CELEX", "NO.ECLI"),
        *(
            "OP.CMP",
            "OVER",
            "OVERLINE",
            "REF.ARTICLES",
            "REF.CASE",
            "REF.DOC",
            "REF.DOC.ECR",
            "REF.DOC.OJ",
            "REF.DOC.SE",
        ),
        *("REF.NP.ECR", "REF.ECR", "REF.NOTES", "TERM", "UNDERLINE", "UNIT", "VALUE", "ADDRESS.INLINE", "INDEX"),
    }
)
_FIXED = {
    **dict.fromkeys(_INLINE, INLINE),
    **dict.fromkeys(
        ("BIB.DATA", "BIB.DOC", "BIB.INSTANCE", "BIB.VOLUME", "INCL.ELEMENT", "INFO.CONSLEG", "INFO.PROD"), DROP
    ),
    **dict.fromkeys(("NO.P", "NO.PARAG", "NO.ITEM", "NO.DLIST.ITEM"), NUMBER),
    "ROW": ROW,
    "CELL": CELL,
    "TOC": part("running"),
}
_STRUCTURE = {
    "VISA": part("citation"),
    "CONSID": part("recital"),
    "TI.ART": part("article"),
    "STI.ART": part("article-heading"),
    "PARAG": part("paragraph"),
}
_POINTS = frozenset({"ITEM", "DLIST.ITEM"})


def read(content: bytes, name: str) -> Content:
    """The text of a Formex document.

    Notes come after the paragraph that refers to them, numbered as they are when printed.

    Args:
        content: the file.
        name: how messages call it.

    Raises:
        InputError: it is not well formed, is unsafe, or has no text: the `.doc.xml` of an act holds its metadata only.
    """
    root = parse_xml(content, name)
    blocks = blocks_of(root, _Reader().use_of)
    if not blocks:
        raise refused(
            "document has no text",
            name,
            "a `.doc.xml` of Formex holds metadata only; the text is in the file beside it",
        )
    return Content(format="formex", blocks=blocks, properties=_properties_of(root))


class _Reader:
    """Says of each element what to do with it. `_notes`: how many were numbered so far."""

    def __init__(self) -> None:
        self._notes = 0

    def use_of(self, element: etree._Element) -> Use:
        """What to do with an element."""
        tag = str(element.tag)
        above = [str(ancestor.tag) for ancestor in element.iterancestors()]
        match tag:
            case "NOTE":
                return self._note(element)
            case "QUOT.START" | "QUOT.END":
                return Use("inline", letters=_mark(element, opens=tag == "QUOT.START"))
            case "TI" | "STI":
                return _title(tag, above)
            case "NP" if above[:1] not in (["CONSID"], ["ITEM"]):
                return part("text" if "QUOT.S" in above else "point", 1 + sum(outer in _POINTS for outer in above))
            case _ if tag in _POINTS:
                return part("text" if "QUOT.S" in above else "point", 1 + sum(outer in _POINTS for outer in above))
            case _ if tag in _STRUCTURE:
                return part("text") if "QUOT.S" in above else _STRUCTURE[tag]
            case _:
                return _FIXED.get(tag, BLOCK)

    def _note(self, element: etree._Element) -> Use:
        if len(element) == 0 and not (element.text or "").strip():
            return REFERENCE
        if element.get("NUMBERING") not in {None, "ARAB"}:
            return Use("aside", "note")
        self._notes += 1
        return Use("aside", "note", number=f"({self._notes})")


def _title(tag: str, above: list[str]) -> Use:
    """What a title is, by what it is the title of."""
    if "QUOT.S" in above:
        return BLOCK
    of = next((outer for outer in above if outer != "TITLE"), "")
    if of in {"ANNEX", "CONS.ANNEX"}:
        return part("annex" if tag == "TI" else "heading")
    return part("title" if of in {"ACT", "CONS.DOC", "CONS.ACT", "GENERAL", "LETTER", "PROPOSAL"} else "heading")


def _mark(element: etree._Element, *, opens: bool) -> str:
    """A quotation mark, which Formex gives as the hexadecimal number of the character."""
    code = element.get("CODE") or ""
    if re.fullmatch(r"[0-9A-Fa-f]{4}", code) and chr(int(code, 16)).isprintable():
        return chr(int(code, 16))
    return "\N{LEFT SINGLE QUOTATION MARK}" if opens else "\N{RIGHT SINGLE QUOTATION MARK}"


def _properties_of(root: etree._Element) -> dict[str, str]:
    """What the bibliographic data say of the document: its language, CELEX number and day; and its title."""
    bib = next((element for tag in ("BIB.INSTANCE", "BIB.DATA") for element in root.iter(tag)), None)
    title = next(root.iterfind("TITLE/TI"), None)
    lines = [_text(line) for line in (title if title is not None else ())]
    date = _first(bib, "DATE")
    iso = (date.get("ISO") or "") if date is not None else ""
    properties = {
        "language": _text(_first(bib, "LG.DOC")).lower(),
        "celex": _text(_first(bib, "NO.CELEX")),
        "date": f"{iso[:4]}-{iso[4:6]}-{iso[6:]}" if re.fullmatch(r"\d{8}", iso) else "",
        "title": " ".join(filter(None, lines)),
    }
    return {name: value for name, value in properties.items() if value}


def _first(root: etree._Element | None, tag: str) -> etree._Element | None:
    return None if root is None else next(root.iter(tag), None)


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(map(str, element.itertext("*"))).split())
