"""Notices of CELLAR: what the Publications Office knows of a document, without its text."""

from lxml import etree

from consistent.intake.document import Block, Content
from consistent.intake.formats.refusing import refused
from consistent.intake.formats.xml_safety import parse_xml
from consistent.intake.header.found import Found
from consistent.intake.header.header import Header, read_header
from consistent.intake.header.reference import procedures, reference_from
from consistent.intake.structure import document_of

__all__ = ["is_notice", "read_notice"]

_START = 4_000


def is_notice(content: bytes) -> bool:
    """Whether a file is a notice, by its beginning."""
    head = content[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<NOTICE" in head


def read_notice(content: bytes, name: str) -> Header:
    """The header of the document that a notice tells of; no value has a span, for there is no text.

    Args:
        content: the file.
        name: how messages call it.

    Raises:
        InputError: it is not well formed, is unsafe, or is no notice of a document.
    """
    root = parse_xml(content, name)
    work = root.find("WORK")
    if root.tag != "NOTICE" or work is None:
        raise refused("file is no notice of a document", name)
    expression = next((each for each in root.iter("EXPRESSION") if each.findtext("LANG/VALUE") is not None), None)
    title = _said(expression, "EXPRESSION_TITLE/VALUE") or _said(work, "TITLE/VALUE")
    code = (
        next((each.text or "" for each in expression.iterfind("EXPRESSION_TITLE/LANG")), "")
        if expression is not None
        else ""
    )
    dossier = work.findtext(".//PROCEDURE_CODE_INTERINSTITUTIONAL_REFERENCE_PROCEDURE/VALUE") or ""
    properties = {
        "reference": next((each for each in _identifiers(work, "immc") if reference_from(each)), ""),
        "celex": next(iter(_identifiers(work, "celex")), ""),
        "date": _said(work, "DATE_DOCUMENT/VALUE") or _said(work, "WORK_DATE_DOCUMENT/VALUE"),
        "procedure": next((each.value for each in procedures(dossier)), ""),
        "language": code.strip().lower(),
    }
    if not title:
        raise refused("notice does not say what its document is called", name)
    # The title is the one thing that is written as on a cover.
    cover = Content(
        format="cellar-notice",
        blocks=(Block(text=" ".join(title.split())),),
        properties={key: value for key, value in properties.items() if value},
    )
    header = read_header(document_of(cover, name))
    return _without_spans(header, code.strip().lower())


def _identifiers(work: etree._Element, type: str) -> list[str]:
    """What the document itself is called in a system of numbers."""
    found = work.iterfind("SAMEAS/URI")
    return [each.findtext("IDENTIFIER") or "" for each in found if each.findtext("TYPE") == type]


def _said(element: etree._Element | None, path: str) -> str:
    return (element.findtext(path) or "").strip() if element is not None else ""


def _without_spans(header: Header, language: str) -> Header:
    """The header with every place taken away: the title is no text to look in."""

    def bare(found: Found[str] | None) -> Found[str] | None:
        return None if found is None else Found(found.value, None)

    return Header(
        kind=Found(header.kind.value, None),
        language=language or header.language,
        reference=bare(header.reference),
        procedure=bare(header.procedure),
        decision_procedure=bare(header.decision_procedure),
        celex=bare(header.celex),
        date=None if header.date is None else Found(header.date.value, None),
        authors=tuple(Found(each.value, None) for each in header.authors),
        instrument=bare(header.instrument),
        adopters=None if header.adopters is None else Found(header.adopters.value, None),
        title=bare(header.title),
    )
