"""What the classes, identifiers and variables mean that the Commission, EUR-Lex and CELLAR put into documents.

- LegisWrite (proposals): named for the styles of the Commission's template, without its accented letters, and with a
  suffix where an author varied a style (`Titrearticle0`). Its variables stand in `word/settings.xml` of the DOCX and in a
  comment of the XHTML.
- Official Journal (`oj-ti-art`; until 2023 `ti-art`) and consolidated texts (`title-article-norm`; now and then `clg-`).
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

from consistent.documents.formats._markup import BLOCK, INLINE, NUMBER, Use, part

__all__ = [
    "by_class",
    "by_identifier",
    "by_style",
    "classes_of",
    "is_structural",
    "peek",
    "properties_from",
    "variables_in",
]

# Class, as a whole, in lower case, without `oj-` or `clg-`: what it means. The first that fits counts.
_MEANINGS: tuple[tuple[str, Use], ...] = (
    # LegisWrite.
    (r"rfrenceinstitutionnelle\w*", part("reference")),
    (r"(?:statut|typedudocument)(?:_cp|pagedecouverture)?", part("type")),
    (r"(?:sous)?titreobjet\w*", part("title")),
    (r"titrearticle\w*", part("article", lines=True)),
    (r"(?:part|title|chapter|section)title\w*", part("heading", lines=True)),
    (r"(?:exposdesmotifs|fichefinancire)titre\w*", part("heading")),
    (r"annexetitre(?!fichefinancire)\w*", part("annex", lines=True)),
    (r"(?:manual)?heading(?P<level>\d)\w*", part("heading")),
    (r"tocheading\w*", part("heading")),
    (r"toc\d", part("running")),
    (r"(?:header|footer)(?:landscape|sensitivity\w*)?", part("running")),
    # Official Journal and consolidated texts.
    (r"doc-ti|title-doc-(?:first|last)", part("title")),
    (r"ti-art|title-article-norm", part("article", lines=True)),
    (r"sti-art|stitle-article-norm", part("article-heading")),
    (r"ti-section-[12]|ti-grseq-1|title-(?:division|gr-seq-level)-\d", part("heading")),
    (r"title-annex-1|ti-annex", part("annex")),
    (r"title-annex-2", part("heading")),
    (r"(?:oj-)?note|footnote", part("note")),
    (r"hd-(?:date|lg|ti|oj|coll|toc\w*|modifiers)|modref|arrow|disclaimer|reference", part("running")),
    (r"grid-list-column-1", NUMBER),
    (r"grid-list-column-2|grid-container", BLOCK),
    (r"norm|normal", BLOCK),
)
# Of LegisWrite: a part only where a number stands in front, for more text of a point has the same class as the point.
_NUMBERED: tuple[tuple[str, Use], ...] = (
    (r"(?:manual)?considrant\w*", part("recital")),
    (r"(?:manual)?numpar(?P<level>\d)\w*", part("paragraph")),
    (r"(?:point(?:double|triple)?|tiret|listdash|listbullet|listnumber)(?P<level>\d?)\w*", part("point")),
)
_IDENTIFIERS: tuple[tuple[str, Use], ...] = (
    (r"cit_\d+", part("citation")),
    (r"rct_\d+", part("recital")),
    (r"\d{3}[A-Za-z]*\.\d{3}[A-Za-z]*", part("paragraph")),
    (r"(?:footnote|ftn|edn)\d+", part("note")),
)
_STRUCTURAL = frozenset({"annex", "article", "article-heading", "heading", "running", "title"})
_PREFIX = re.compile(r"^(?:oj|clg)-")
_OWN_NUMBER = re.compile(r"[(\[]?(?:\d{1,3}|[a-z]{1,3})[)\].]\s")
# How far into an element it is looked for what it holds. INVARIANT: every look ahead is bounded, so reading is linear.
_AHEAD = 200


def classes_of(element: etree._Element) -> tuple[str, ...]:
    """The classes of an element in one spelling."""
    attribute = element.get("class")
    return _in_one_spelling(attribute) if attribute else ()


def by_class(element: etree._Element, classes: tuple[str, ...]) -> Use | None:
    """What to do with an element as its classes say; None where they say nothing."""
    if not classes:
        return None
    if "grid-container" in classes and _child(element, "grid-list-column-1") is not None:
        return part("point", 1 + sum("grid-container" in classes_of(ancestor) for ancestor in element.iterancestors()))
    if "norm" in classes and _child(element, "no-parag") is not None:
        return part("paragraph")
    if "inline-element" in classes:
        return INLINE if "no-parag" in classes else BLOCK
    if "doc-ti" in classes and any(
        (ancestor.get("id") or "").startswith("anx_") for ancestor in element.iterancestors()
    ):
        before = element.getprevious()
        return part("heading" if before is not None and "doc-ti" in classes_of(before) else "annex")
    meant, numbered = _meant(classes)
    return numbered if numbered is not None and _is_numbered(element) else meant


def by_identifier(element: etree._Element) -> Use | None:
    """What to do with an element as its identifier says; None where it says nothing."""
    identifier = element.get("id")
    if not identifier:
        return None
    return next((use for pattern, use in _IDENTIFIERS if re.fullmatch(pattern, identifier)), None)


def by_style(name: str, *, numbered: bool) -> Use | None:
    """What to do with a paragraph of a style, as the template of LegisWrite names it; None where that says nothing."""
    meant, of_number = _meant(_in_one_spelling(name))
    return of_number if numbered and of_number is not None else meant


def is_structural(element: etree._Element) -> bool:
    """Whether an element is a line of the structure, such as the number of an article."""
    use = _meant(classes_of(element))[0]
    return use is not None and use.how == "part" and use.role in _STRUCTURAL


def peek(element: etree._Element, limit: int = 40) -> str:
    """The beginning of the text of an element, blanks aside, as far as it can be had by a short look."""
    text = ""
    for at, text_node in enumerate(element.itertext("*")):
        text += str(text_node[: limit * 10])
        if at >= _AHEAD or len(text.strip()) > limit:
            break
    return " ".join(text.split())


@lru_cache(maxsize=1000)
def _in_one_spelling(names: str) -> tuple[str, ...]:
    plain = names[:500].lower().encode("ascii", "ignore").decode("ascii")
    return tuple(_PREFIX.sub("", name) for name in plain.split())


@lru_cache(maxsize=1000)
def _meant(classes: tuple[str, ...]) -> tuple[Use | None, Use | None]:
    """What classes mean: whatever stands in the element, and where a number does."""
    return _first(_MEANINGS, classes), _first(_NUMBERED, classes)


def _first(meanings: tuple[tuple[str, Use], ...], classes: tuple[str, ...]) -> Use | None:
    """The use that the first pattern gives which one of the classes meets as a whole; None where none does."""
    for pattern, use in meanings:
        for name in classes:
            match = re.fullmatch(pattern, name)
            if match is not None:
                level = match.groupdict().get("level")
                return part(use.role, _level(use, level)) if level else use
    return None


def _level(use: Use, digit: str) -> int:
    # `Point0` stands under an article without numbered paragraphs, `Heading1` is the highest heading.
    return int(digit) + (use.role == "point")


def _is_numbered(element: etree._Element) -> bool:
    for at, descendant in enumerate(element.iterdescendants("*")):
        if "num" in classes_of(descendant):
            return True
        if at > 3:  # noqa: PLR2004 - a number is the first thing in its element
            break
    return _OWN_NUMBER.match(peek(element)) is not None


def _child(element: etree._Element, of_class: str) -> etree._Element | None:
    for at, child in enumerate(element.iterchildren("*")):
        if of_class in classes_of(child):
            return child
        if at > _AHEAD:
            break
    return None


# As the converter of the Publications Office writes them; a value can hold quotation marks.
_VARIABLE = re.compile(r"\[name=([^;\]]{1,80});value=\"(.*?)\"\](?=,\[name=|\s*$)", re.DOTALL)
_NOT_SET = frozenset({"", "UNUSED", "EMPTY", "<UNUSED>", "<EMPTY>"})


def variables_in(comment: str) -> dict[str, str]:
    """The variables that a comment of the XHTML lists; none where it is another comment."""
    if "all docVars" not in comment[:80]:
        return {}
    return {match[1]: match[2].strip() for match in _VARIABLE.finditer(comment) if match[2].strip() not in _NOT_SET}


def properties_from(variables: Mapping[str, str]) -> dict[str, str]:
    """The properties of a document from its variables, as far as they say them (`Content.properties`)."""
    filled = {name: value.strip() for name, value in variables.items() if value.strip() not in _NOT_SET}
    get = filled.get
    year, number = get("LW_REF.II.NEW.CP_YEAR", ""), get("LW_REF.II.NEW.CP_NUMBER", "")
    properties = {
        "reference": _joined(
            get("LW_REF.INST.NEW", "") + get("LW_REF.INST.NEW_TEXT", ""), get("LW_REF.INST.NEW_ADOPTED", "")
        ),
        "procedure": f"{year}/{number}({get('LW_REF.II.NEW.CP', '')})" if year and number else "",
        "date": get("LW_EMISSION_ISODATE", ""),
        "kind": _joined(get("LW_STATUT.CP", ""), get("LW_TYPE.DOC.CP", "")),
        "title": get("LW_TITRE.OBJ.CP", ""),
        "language": get("LW_LANGUE", "").lower(),
    }
    return {name: value for name, value in properties.items() if value}


def _joined(*pieces: str) -> str:
    return " ".join(filter(None, pieces))
