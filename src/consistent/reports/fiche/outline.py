"""A fiche as an outline, from which every form of it is made."""

from collections.abc import Iterator

from consistent.reports.fiche.content import Block as FicheBlock
from consistent.reports.fiche.content import Fiche, Gap, Judgement, Listing, Part, Statement
from consistent.reports.fiche.form import words
from consistent.reports.outline import Block, Item, Paragraph, Section, Span, Spans, dim, strong

__all__ = ["fiche_blocks"]


def fiche_blocks(fiche: Fiche) -> Iterator[Section]:
    """Everything after the title."""
    yield Section(fiche.about.heading, _blocks(fiche, fiche.about), aside=True)
    for section in fiche.sections:
        parts = [Section(f"{part.number}) {part.heading}", _blocks(fiche, part)) for part in section.parts]
        yield Section(f"{section.number}. {section.heading}", [*_blocks(fiche, section), *parts])


def _blocks(fiche: Fiche, part: Part) -> Iterator[Block]:
    for block in part.blocks:
        yield from _block(fiche, block)


def _block(fiche: Fiche, block: FicheBlock) -> Iterator[Block]:
    match block:
        case Gap():
            yield Paragraph((strong(f"[{_word(fiche, 'gap')}]"), " ", block.question), "gap")
        case Judgement(statement=statement):
            yield Paragraph((strong(statement.text), *_note(fiche, statement)), "judgement")
        case Statement():
            yield Paragraph((block.text, *_note(fiche, block)))
        case Listing():
            yield Paragraph(block.lead, "lead")
            yield from (Item((item.text, *_note(fiche, item))) for item in block.items)


def _note(fiche: Fiche, statement: Statement) -> Spans:
    """What a sentence rests on, in brackets: `(bronnen: artikel 114 VWEU; C-376/98)`; first, that nobody stands for it yet."""
    unconfirmed = "" if statement.confirmed else f"{_word(fiche, 'unconfirmed')}; "
    name = _word(fiche, "source" if len(statement.sources) == 1 else "sources")
    cited = [span for source in statement.sources for span in (dim("; "), Span(source.label, "dim", url=source.url))]
    return (dim(f" ({unconfirmed}{name}: "), *cited[1:], dim(")"))


def _word(fiche: Fiche, key: str) -> str:
    return words("sentences")[key].get(fiche.language)
