"""HTML and XHTML as EUR-Lex and CELLAR serve them, and as anyone else does.

Four dialects are known by their classes (`_dialects`): LegisWrite, Official Journal, consolidated text, and none.
"""

import re
from collections.abc import Callable, Sequence
from itertools import chain, islice
from string import ascii_lowercase

from attrs import evolve
from lxml import etree

from consistent.documents.document import Block, Content
from consistent.documents.formats._broken_lines import cut_if_long, unbroken
from consistent.documents.formats._dialects import (
    by_class,
    by_identifier,
    classes_of,
    is_structural,
    peek,
    properties_from,
    variables_in,
)
from consistent.documents.formats._markup import (
    BLOCK,
    BREAK,
    CELL,
    DROP,
    INLINE,
    LINE_END,
    NUMBER,
    REFERENCE,
    ROW,
    Use,
    blocks_of,
    parse_html,
    parse_xml,
    part,
)
from consistent.documents.formats.text import refused
from consistent.errors import InputError

__all__ = ["read"]

_DROPPED = frozenset(
    {
        *("audio", "base", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "link"),
        *("meta", "noscript", "object", "optgroup", "option", "script", "select", "source", "style", "svg"),
        *("template", "textarea", "title", "track", "video"),
    }
)
_BLOCKS = frozenset(
    {
        *("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "hgroup", "hr", "html", "legend"),
        *("main", "menu", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot"),
        *("thead", "txt_te", "ul"),
    }
)
_FURNITURE = frozenset({"aside", "footer", "header", "nav"})
_HIDDEN_CLASSES = frozenset({"d-none", "hidden", "sr-only", "visually-hidden"})
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*block", re.IGNORECASE)
_UNMARKED_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)

# What stands in front of a point, a recital or a note: `(1)`, `a)`, `iv.`, a dash.
_MARK = re.compile(
    r"[\"'\u2018\u201c\u201e]?[(\[]?(?:\d{1,3}[a-z]{0,2}|[a-z]{1,3}|[ivxl]{1,6}|[A-Z]|[IVXL]{1,6})(?:\s?(?:bis|ter|quater))?[)\].]{1,2}"
    r"|[\u2010-\u2015\u2022\u00b7*-]"
)
_CLINGING = re.compile(r"((?:\d{1,2}\.){2,5})([^\W\d_].*)")
# Links to notes and back, as LegisWrite, the Official Journal, consolidated texts and Word write them.
_TO_NOTE = re.compile(r"#(?:footnote\d|ntr|E\d{4}|_?(?:ftn|edn)\d)")
_FROM_NOTE = re.compile(r"#(?:footnoteref\d|ntc|src\.E\d{4}|_?(?:ftn|edn)ref\d)")
_LONGEST_MARK = 12
# The paragraphs of the longest entries in the tables of real proposals.
_MOST_IN_ENTRY, _MOST_IN_LONE_ENTRY = 20, 3
_PAGE_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "table"})
_TENS, _ONES = ("", "x", "xx", "xxx", "xl", "l"), ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = tuple(ten + ones for ten in _TENS for ones in _ONES)
_XHTML = "http://www.w3.org/1999/xhtml"
_FEW_BREAKS = _FEW_ROWS = 8
# INVARIANT: every look ahead is bounded, so reading is linear.
_AHEAD = 200


def read(content: bytes, name: str) -> Content:
    """The text of a page, well formed or not.

    Numbers that a browser would generate are made; hidden elements, scripts and forms are left out; navigation, heads and
    feet are `running`.

    Args:
        content: the file.
        name: how messages call it.

    Raises:
        InputError: it is too large, nested too deeply, or has no text.
    """
    root = _parsed(content, name)
    read_blocks = blocks_of(root, _Reader(in_lines=_is_in_lines(root)).use_of)
    blocks = tuple(chain.from_iterable(cut_if_long(_parted(block)) for block in unbroken(read_blocks)))
    if not blocks:
        raise refused("page has no text", name)
    return Content(format="xhtml", blocks=blocks, properties=_properties_of(root))


def _parsed(content: bytes, name: str) -> etree._Element:
    """The tree: as XML where it is that, for `<p/>` and `<script/>` mean another thing in HTML."""
    head = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<?xml") or b"http://www.w3.org/1999/xhtml" in head:
        try:
            return parse_xml(content, name)
        except InputError:
            return parse_html(content, name)
    return parse_html(content, name)


def _parted(block: Block) -> Block:
    """A heading apart from the number that clings to it, where the converter lost the blank between."""
    match = _CLINGING.match(block.text) if block.role == "heading" and not block.number else None
    return evolve(block, number=match[1], text=match[2]) if match else block


def _is_in_lines(root: etree._Element) -> bool:
    """Whether breaks of line, and no paragraphs, divide the text; what is set in lines beforehand gets breaks for them."""
    for preformatted in list(root.iter("pre", f"{{{_XHTML}}}pre")):
        _with_breaks(preformatted)
    breaks = sum(1 for _ in root.iter("br", f"{{{_XHTML}}}br"))
    paragraphs = sum(1 for _ in root.iter("p", "li", "td", f"{{{_XHTML}}}p", f"{{{_XHTML}}}li", f"{{{_XHTML}}}td"))
    return breaks > max(_FEW_BREAKS, 2 * paragraphs)


def _with_breaks(pre: etree._Element) -> None:
    first, *lines = (pre.text or "").split("\n")
    pre.text = first
    for number, line in enumerate(lines):
        mark = etree.Element("br")
        mark.tail = line
        pre.insert(number, mark)


def _properties_of(root: etree._Element) -> dict[str, str]:
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    properties = {"language": language[:2].lower()} if language else {}
    for comment in root.iter(etree.Comment):
        properties |= properties_from(variables_in(comment.text or ""))
    return properties


class _Reader:
    """Says of each element what to do with it.

    `_rows`: the open rows of tables, with the cell that numbers each, or the row itself where its cells are one block, or
    None where they are blocks of their own. `_lists`: the open lists, with the number that comes next. `_looked`: the open
    elements that were looked into, with what was seen.
    """

    def __init__(self, *, in_lines: bool) -> None:
        self._break = LINE_END if in_lines else BREAK
        self._rows: list[tuple[etree._Element, etree._Element | None]] = []
        self._lists: list[tuple[etree._Element, int]] = []
        self._looked: list[tuple[etree._Element, bool]] = []

    def use_of(self, element: etree._Element) -> Use:
        """What to do with an element."""
        tag = _tag(element)
        if tag in _DROPPED or _is_hidden(element):
            return DROP
        if tag == "br":
            return self._break
        if tag == "a":
            return _link(element)
        classes = classes_of(element)
        if tag == "span":
            return BLOCK if self._is_line(element) else _span(element, classes)
        known = by_class(element, classes) or by_identifier(element)
        if known is not None and tag not in {"td", "th", "tr"}:
            return known
        match tag:
            case "tr":
                return self._row(element)
            case "td" | "th":
                return self._cell(element)
            case "li":
                return self._item(element)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return part("heading", int(tag[1]))
            case _ if tag in _FURNITURE:
                return part("running")
            case _:
                return BLOCK if tag in _BLOCKS else INLINE

    def _is_line(self, span: etree._Element) -> bool:
        """Whether a span is a line: as its style says, or as all of many in the element around it are."""
        if _BLOCK_STYLE.search(span.get("style") or ""):
            return True
        parent = span.getparent()
        return parent is not None and _tag(parent) != "p" and self._seen_in(parent, _is_of_lines)

    def _seen_in(self, element: etree._Element, look: Callable[[etree._Element], bool]) -> bool:
        """What a look into an element says; looked once."""
        while (
            self._looked and self._looked[-1][0] is not element and self._looked[-1][0] not in element.iterancestors()
        ):
            self._looked.pop()
        if not self._looked or self._looked[-1][0] is not element:
            self._looked.append((element, look(element)))
        return self._looked[-1][1]

    def _row(self, row: etree._Element) -> Use:
        """A row of a table; a point, where the table only sets its mark apart; or nothing, where it sets out the page."""
        while self._rows and self._rows[-1][0] not in row.iterancestors():
            self._rows.pop()
        filled = _filled(row)
        table = next(row.iterancestors("{*}table", "table"), None)
        is_page = table is not None and self._seen_in(table, _is_page)
        if is_page and len(filled) < 2:  # noqa: PLR2004 - no mark
            self._rows.append((row, None))
            return BLOCK
        if _is_marked(filled):
            self._rows.append((row, filled[0]))
            depth = sum(mark is not None and mark is not open_row for open_row, mark in self._rows)
            return part("text") if is_page else BLOCK if _is_part_already(row) else part("point", depth)
        most = _MOST_IN_ENTRY if len(filled) > 1 else _MOST_IN_LONE_ENTRY
        if any(_sets_out(cell, most) for cell in filled):
            self._rows.append((row, None))
            return BLOCK
        self._rows.append((row, row))
        return ROW

    def _cell(self, cell: etree._Element) -> Use:
        """A cell: the number of its row, a cell of one block, or a block of its own, as the row was told to be."""
        parent = cell.getparent()
        while self._rows and self._rows[-1][0] is not parent:
            self._rows.pop()
        mark = self._rows[-1][1] if self._rows else None
        if mark is None:
            return BLOCK
        return CELL if mark is parent else NUMBER if mark is cell else BLOCK

    def _item(self, item: etree._Element) -> Use:
        """An item of a list, with the number that a browser would put in front."""
        parent = item.getparent()
        above = list(item.iterancestors())
        while self._lists and self._lists[-1][0] not in above:
            self._lists.pop()
        if not self._lists or self._lists[-1][0] is not parent:
            start = parent.get("start") if parent is not None else None
            self._lists.append((item if parent is None else parent, _whole(start, 1)))
        at = _whole(item.get("value"), self._lists[-1][1])
        self._lists[-1] = (self._lists[-1][0], at + 1)
        return part("point", len(self._lists), number=_generated(parent, at))


def _filled(row: etree._Element) -> list[etree._Element]:
    """The cells of a row that hold something."""
    return [cell for cell in islice(row.iterchildren("{*}td", "{*}th", "td", "th"), _AHEAD) if peek(cell, 1)]


def _is_marked(filled: Sequence[etree._Element]) -> bool:
    """Whether the cells of a row are a mark and its text."""
    return len(filled) == 2 and _MARK.fullmatch(peek(filled[0])) is not None  # noqa: PLR2004 - mark and text


def _is_page(table: etree._Element) -> bool:
    """Whether a table has no columns, but for marks: each of its many rows is a line of the page."""
    rows = list(islice(table.iterfind(".//{*}tr"), _AHEAD))
    cells = [_filled(row) for row in rows]
    alone = sum(len(row_cells) == 1 for row_cells in cells)
    return alone > _FEW_ROWS and all(len(row_cells) < 2 or _is_marked(row_cells) for row_cells in cells)  # noqa: PLR2004 - no columns


def _is_of_lines(element: etree._Element) -> bool:
    """Whether an element holds many spans, each on a line of its own, and nothing else."""
    inner = list(islice(element.iterchildren("*"), _AHEAD))
    tails = [span.tail or "" for span in inner[:-1]]
    return (
        len(inner) > _FEW_BREAKS
        and all(_tag(span) == "span" for span in inner)
        and not (element.text or "").strip()
        and all("\n" in tail and not tail.strip() for tail in tails)
    )


def _is_part_already(row: etree._Element) -> bool:
    """Whether the row only sets apart the number of the recital or note that it is in."""
    for ancestor in row.iterancestors():
        if _tag(ancestor) == "tr":
            return False
        around = by_identifier(ancestor)
        if around is not None:
            return around.role in {"note", "recital"}
    return False


def _tag(element: etree._Element) -> str:
    # Not `QName`: a damaged page has tags that are no names.
    return str(element.tag).rpartition("}")[2].lower()


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or (style is not None and _HIDDEN_STYLE.search(style) is not None)
        or not _HIDDEN_CLASSES.isdisjoint((element.get("class") or "").split())
    )


def _link(element: etree._Element) -> Use:
    href = element.get("href") or ""
    if _FROM_NOTE.match(href):
        return NUMBER
    return REFERENCE if _TO_NOTE.match(href) and len(peek(element)) <= _LONGEST_MARK else INLINE


def _span(element: etree._Element, classes: tuple[str, ...]) -> Use:
    if "footnotereference" in classes:
        # The blanks around the link are its printer's; anything else in the style of a reference is text.
        link = next(element.iterchildren("{*}a", "a"), None)
        return REFERENCE if link is not None and _link(link) is REFERENCE and peek(link) == peek(element) else INLINE
    return NUMBER if "num" in classes or "no-parag" in classes else INLINE


def _sets_out(cell: etree._Element, most: int) -> bool:
    """Whether a cell holds a piece of a page rather than an entry of a table."""
    inner = list(islice(cell.iterdescendants("*"), _AHEAD))
    paragraphs = sum(_tag(descendant) in {"p", "div"} for descendant in inner)
    return paragraphs > most or any(_tag(descendant) in _PAGE_TAGS or is_structural(descendant) for descendant in inner)


def _generated(parent: etree._Element | None, at: int) -> str:
    """The number of an item; empty where the list has dots or nothing."""
    if parent is None or _tag(parent) != "ol" or _UNMARKED_STYLE.search(parent.get("style") or ""):
        return ""
    match parent.get("type"):
        case "a" | "A" as kind if 1 <= at <= len(ascii_lowercase):
            letter = ascii_lowercase[at - 1]
            return f"{letter if kind == 'a' else letter.upper()}."
        case "i" | "I" as kind if 1 <= at < len(_ROMAN):
            return f"{_ROMAN[at] if kind == 'i' else _ROMAN[at].upper()}."
        case _:
            return f"{at}."


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,6}", text) else otherwise
