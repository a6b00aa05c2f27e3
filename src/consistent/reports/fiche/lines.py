"""A fiche as lines in order, each with its style: what every form of output is made from."""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from consistent.reports.fiche.content import Block, Fiche, Gap, Judgement, Listing, Part, Source, Statement
from consistent.reports.fiche.form import words

__all__ = ["Line", "Style", "lines"]

Style = Literal["about", "section", "part", "judgement", "text", "lead", "item", "gap"]


@frozen(kw_only=True)
class Line:
    """One paragraph.

    Attributes:
        mark: before the text: of a gap `[In te vullen]`; else empty.
        note: after the text, in words, what it rests on: `(bronnen: ...)`; empty where it is none.
        sources: the same as data.
        unconfirmed: said of a sentence that no person stands for yet; else empty.
    """

    style: Style
    text: str
    mark: str = ""
    sources: tuple[Source, ...] = ()
    source_word: str = ""
    unconfirmed: str = ""

    @property
    def note(self) -> str:
        """What the line rests on, in brackets: `(bronnen: artikel 114 VWEU; C-376/98)`."""
        labels = "; ".join(each.label for each in self.sources)
        named = f"{self.source_word}: {labels}" if labels else ""
        told = "; ".join(filter(None, (self.unconfirmed, named)))
        return f"({told})" if told else ""


def lines(fiche: Fiche) -> tuple[Line, ...]:
    """Every line after the title."""
    return tuple(_Lines(fiche).all())


@frozen
class _Lines:
    fiche: Fiche

    def all(self) -> Iterator[Line]:
        yield Line(style="about", text=self.fiche.about.heading)
        yield from self._blocks(self.fiche.about)
        for section in self.fiche.sections:
            yield Line(style="section", text=f"{section.number}. {section.heading}")
            yield from self._blocks(section)
            for part in section.parts:
                yield Line(style="part", text=f"{part.number}) {part.heading}")
                yield from self._blocks(part)

    def _blocks(self, part: Part) -> Iterator[Line]:
        for each in part.blocks:
            yield from self._block(each)

    def _block(self, block: Block) -> Iterator[Line]:
        match block:
            case Gap():
                yield Line(style="gap", text=block.question, mark=f"[{self._word('gap')}]")
            case Judgement():
                yield self._stated("judgement", block.statement)
            case Statement():
                yield self._stated("text", block)
            case Listing():
                yield Line(style="lead", text=block.lead)
                for each in block.items:
                    yield self._stated("item", each)

    def _stated(self, style: Style, statement: Statement) -> Line:
        return Line(
            style=style,
            text=statement.text,
            sources=statement.sources,
            source_word=self._word("source" if len(statement.sources) == 1 else "sources"),
            unconfirmed="" if statement.confirmed else self._word("unconfirmed"),
        )

    def _word(self, key: str) -> str:
        return words("sentences")[key].get(self.fiche.language)
