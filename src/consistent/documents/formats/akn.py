"""Akoma Ntoso, as OASIS specifies it and as the institutions of the Union use it (AKN4EU).

What is quoted, to be put into another act, is text here: its articles are not articles of this act.
"""

import re

from lxml import etree

from consistent.documents.document import Content
from consistent.documents.formats._markup import (
    BLOCK,
    BREAK,
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

# Akoma Ntoso 3.0, `inlineElements` and what may stand among them.
_INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "affectedDocument",
            "b",
            "concept",
            "date",
            "def",
            "del",
            "docAuthority",
            "docCommittee",
            "docDate",
        ),
        *(
            "docIntroducer",
            "docJurisdiction",
            "docNumber",
            "docProponent",
            "docPurpose",
            "docStage",
            "docStatus",
            "docTitle",
        ),
        *(
            "docType",
            "docketNumber",
            "entity",
            "event",
            "fillIn",
            "i",
            "inline",
            "ins",
            "judge",
            "lawyer",
            "legislature",
        ),
        *(
            "location",
            "mmod",
            "mod",
            "mref",
            "neutralCitation",
            "object",
            "omissis",
            "opinion",
            "organization",
            "outcome",
        ),
        *(
            "party",
            "person",
            "placeholder",
            "process",
            "quantity",
            "quotedText",
            "ref",
            "relatedDocument",
            "remark",
            "rmod",
        ),
        *("role", "rref", "session", "shortTitle", "signature", "span", "sub", "sup", "term", "time", "u", "vote"),
    }
)
_FIXED = {
    **dict.fromkeys(_INLINE, INLINE),
    **dict.fromkeys(("img", "marker", "meta", "componentRef", "documentRef"), DROP),
    **dict.fromkeys(("br", "eol"), BREAK),
    "tr": ROW,
    "td": CELL,
    "th": CELL,
    "noteRef": REFERENCE,
    "citation": part("citation"),
    "recital": part("recital"),
    "paragraph": part("paragraph"),
    "toc": part("running"),
}
_POINTS = frozenset({"item", "point", "indent"})
_NUMBERED = _POINTS | {"alinea", "paragraph", "recital", "citation", "subparagraph", "list", "blockList"}
_QUOTED = frozenset({"quotedStructure", "embeddedStructure"})
_IN_TITLE = {"docStage": part("type"), "docType": part("type"), "docPurpose": part("title"), "docTitle": part("title")}
# The drafting tool writes this where a date is not known yet.
_NO_DATE = "2999-01-01"


def read(content: bytes, name: str) -> Content:
    """The text of an Akoma Ntoso document.

    Args:
        content: the file.
        name: how messages call it.

    Raises:
        InputError: it is not well formed, is unsafe, or has no text.
    """
    root = parse_xml(content, name)
    blocks = blocks_of(root, _use_of)
    if not blocks:
        raise refused("document has no text", name)
    return Content(format="akn", blocks=blocks, properties=_properties_of(root))


def _use_of(element: etree._Element) -> Use:
    """What to do with an element."""
    tag = _tag(element)
    above = [_tag(ancestor) for ancestor in element.iterancestors()]
    parent = above[0] if above else ""
    quoted = not _QUOTED.isdisjoint(above)
    match tag:
        case "num":
            return _numbering(parent, quoted=quoted)
        case "heading" | "subheading" if not quoted:
            return part("article-heading" if parent == "article" else "heading")
        case "authorialNote":
            return Use("aside", "note", number=element.get("marker") or "")
        case "docNumber" if "preface" in above:
            return part("reference")
        case "docStage" | "docType" | "docPurpose" | "docTitle" if "preface" in above and "longTitle" in above:
            return part("annex") if "attachment" in above and tag != "docPurpose" else _IN_TITLE[tag]
        case "organization" | "role" | "person" if parent == "signature":
            return BLOCK
        case _ if tag in _POINTS:
            return part("text" if quoted else "point", 1 + sum(outer in _POINTS for outer in above))
        case "paragraph" | "recital" | "citation" if quoted:
            return part("text")
        case _:
            return _FIXED.get(tag, BLOCK)


def _numbering(parent: str, *, quoted: bool) -> Use:
    """What a `num` is: a number in front of text, or a line of its own."""
    if parent in _NUMBERED:
        return NUMBER
    if quoted:
        return BLOCK
    if parent == "article":
        return part("article")
    return part("annex" if parent in {"doc", "attachment", "mainBody"} else "heading")


def _properties_of(root: etree._Element) -> dict[str, str]:
    """What the metadata say; of the work before its expression, for that is what a proposal is."""
    work = next(root.iter("{*}FRBRWork"), None)
    procedure = next(
        (
            reference.get("showAs")
            for reference in root.iter("{*}TLCReference")
            if reference.get("name") == "procedureReference"
        ),
        None,
    )
    stage, kind = _text(root, "docStage"), _text(root, "docType")
    properties = {
        "reference": _value(work, "FRBRnumber", "value"),
        "procedure": procedure or _text(root, "docketNumber"),
        "date": _value(work, "FRBRdate", "date"),
        "kind": f"{stage} {kind}".strip(),
        "title": _text(root, "docPurpose"),
        "language": _value(root, "FRBRlanguage", "language")[:2].lower(),
        "celex": next(
            (
                alias.get("value") or ""
                for alias in root.iter("{*}FRBRalias")
                if (alias.get("name") or "").lower() == "celex"
            ),
            "",
        ),
    }
    if properties["date"] == _NO_DATE or not re.fullmatch(r"\d{4}-\d\d-\d\d", properties["date"]):
        properties["date"] = ""
    return {name: value for name, value in properties.items() if value}


def _value(root: etree._Element | None, tag: str, attribute: str) -> str:
    element = next(root.iter("{*}" + tag), None) if root is not None else None
    return "" if element is None else (element.get(attribute) or "").strip()


def _text(root: etree._Element, tag: str) -> str:
    element = next(root.iter("{*}" + tag), None)
    return "" if element is None else " ".join("".join(map(str, element.itertext("*"))).split())


def _tag(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
