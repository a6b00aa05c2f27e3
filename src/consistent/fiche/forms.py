"""A fiche as Markdown; and the form `fiche` of reports."""

from collections.abc import Iterator, Mapping, Sequence

from consistent.fiche._words import words
from consistent.fiche.content import Block as FicheBlock
from consistent.fiche.content import Fiche, FixedText, Gap, Judgement, Listing, Part, Source, Statement
from consistent.fiche.making import fiche_of
from consistent.forms.form import Numbering
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.formats import Format
from consistent.reports.html.page import outline_page
from consistent.reports.markdown import markdown
from consistent.reports.outline import Block, Item, Paragraph, Role, Section, Span, strong
from consistent.reports.word import SHIPPED, word_document

__all__ = ["FICHE", "fiche_blocks", "fiche_docx", "fiche_html", "fiche_markdown"]

# How a section and a part are numbered, before their headings.
_NUMBERED: Mapping[Numbering, tuple[str, str]] = {
    "letters": ("{}. ", "{}) "),
    "decimal": ("{}. ", "{} "),
    "none": ("", ""),
}

# A fiche as an outline, from which every form of it is made.


def fiche_blocks(fiche: Fiche) -> Iterator[Block]:
    """Everything after the title."""
    yield Section(fiche.about.heading, _blocks(fiche, fiche.about), aside=True)
    of_section, of_part = _NUMBERED[fiche.numbering]
    for section in fiche.sections:
        parts = [Section(_headed(part, of_part), _blocks(fiche, part)) for part in section.parts]
        yield Section(_headed(section, of_section), [*_blocks(fiche, section), *parts])
    if fiche.identity:
        yield Paragraph(fiche.identity)


def _headed(part: Part, numbered: str) -> str:
    return f"{numbered.format(part.number) if part.number else ''}{part.heading}"


def _blocks(fiche: Fiche, part: Part) -> Iterator[Block]:
    for block in part.blocks:
        yield from _block(fiche, block)


def _block(fiche: Fiche, block: FicheBlock) -> Iterator[Block]:
    match block:
        case Gap():
            yield Paragraph((strong(f"[{_word(fiche, 'gap')}]"), " ", block.question), "gap")
        case Judgement(statement=statement):
            yield Paragraph(_said(fiche, statement, "strong"), "judgement")
        case Statement():
            yield Paragraph(_said(fiche, block))
        case FixedText():
            yield Paragraph(block.text)
        case Listing():
            yield Paragraph(block.lead, "lead")
            yield from (Item(_said(fiche, item)) for item in block.items)


def _said(fiche: Fiche, statement: Statement, role: Role = "") -> Span:
    """A sentence with its footnote: what it rests on, and where that is so, that nobody stands for it yet."""
    unconfirmed = "" if statement.confirmed else f"; {_word(fiche, 'unconfirmed')}"
    note = (*_cited(fiche, statement.sources), Span(f"{unconfirmed}."))
    return Span(statement.text, role, url=statement.url, note=note)


def _cited(fiche: Fiche, sources: Sequence[Source]) -> Iterator[Span]:
    """Sources as a footnote tells them: of places in one document, one behind another, the document and what is noted once."""
    for number, source in enumerate(sources):
        before = sources[number - 1] if number else None
        after = sources[number + 1] if number + 1 < len(sources) else None
        if before is not None:
            yield Span("; ")
        yield Span(source.place if _are_of_one(before, source) else source.label, url=source.url)
        if source.note and not _are_of_one(source, after):
            yield Span(f", {_word(fiche, 'noted').format(note=source.note)}")


def _are_of_one(source: Source | None, other: Source | None) -> bool:
    return (
        source is not None
        and other is not None
        and bool(source.document)
        and (source.document, source.note) == (other.document, other.note)
    )


def _word(fiche: Fiche, key: str) -> str:
    return words("sentences")[key].get(fiche.language)


def fiche_markdown(fiche: Fiche) -> str:
    """The fiche as CommonMark; what the proposal says is shown as it is, whatever marks it has."""
    return markdown([Section(fiche.title, fiche_blocks(fiche))])


def _render(dossiers: Sequence[Dossier], language: Language) -> str:
    return "\n---\n\n".join(fiche_markdown(fiche_of(dossier, language)) for dossier in dossiers)


FICHE = Format(
    name="fiche",
    title=Localized("draft of an appraisal (BNC-fiche), in Markdown", "concept van een BNC-fiche, in Markdown"),
    suffix=".md",
    render=_render,
    needs=frozenset({"repairs"}),
)


def fiche_html(fiche: Fiche) -> str:
    """The page, self-contained. It loads nothing, runs nothing, and shows what the proposal says as text."""
    return outline_page(fiche.title, fiche_blocks(fiche), fiche.language)


def fiche_docx(fiche: Fiche, template: bytes | None = None, name: str = SHIPPED) -> bytes:
    """The document; the same fiche and template give the same bytes.

    Args:
        fiche: what it says.
        template: a Word document with tags for `fiche` and `lines`; the one that ships unless given.
        name: how messages call the template.

    Raises:
        InputError: the template cannot be used.
    """
    return word_document(fiche.title, fiche_blocks(fiche), fiche.language, template, name, {"fiche": fiche})
