"""What a fiche says, as plain data: sections, sentences with what they rest on, lists, judgements, and gaps."""

from collections.abc import Iterator

from attrs import field, frozen

from consistent.forms.form import Numbering
from consistent.model.text import Language
from consistent.reports.outline import in_one_line
from consistent.rules.rule import Grade

__all__ = ["Block", "Fiche", "FixedText", "Gap", "Judgement", "Listing", "Part", "Source", "Statement"]


@frozen
class Source:
    """What a sentence rests on, as a reader cites it: an article, a passage, a rule, or the check itself.

    Attributes:
        url: where it can be opened; empty where no address is known.
        document: that the label begins with, where it goes on with a place in it; else empty.
        note: what else must be known, to be told behind it; may be empty.
    """

    label: str = field(converter=in_one_line)
    url: str = ""
    document: str = ""
    note: str = field(converter=in_one_line, default="")

    @property
    def place(self) -> str:
        """The label without the document."""
        return self.label.removeprefix(self.document).lstrip(", ")


@frozen(kw_only=True)
class Statement:
    """One or more sentences of fact.

    INVARIANT: it rests on something.

    Attributes:
        sources: at least one.
        confirmed: False where it rests on a value of a draft that no person stands for yet.
        url: of what the text is the address of; else empty.
    """

    text: str = field(converter=in_one_line)
    sources: tuple[Source, ...]
    confirmed: bool = True
    url: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.text or not self.sources:
            raise ValueError(f"a statement without words or sources: `{self.text}`")


@frozen(kw_only=True)
class Listing:
    """Statements as a list.

    Attributes:
        lead: what introduces them; ends in a colon.
        items: at least one.
    """

    lead: str = field(converter=in_one_line)
    items: tuple[Statement, ...]


@frozen
class Gap:
    """Something that only a person can fill in. The question ends in a question mark."""

    question: str = field(converter=in_one_line)

    def __attrs_post_init__(self) -> None:
        if not self.question.endswith("?"):
            raise ValueError(f"a gap that is no question: `{self.question}`")


@frozen(kw_only=True)
class Judgement:
    """What the findings come to in one dimension, on the scale of the appraisal.

    Attributes:
        grade: never `open` or `not-judged`: these are gaps.
    """

    grade: Grade
    statement: Statement


@frozen
class FixedText:
    """What stands in every fiche: the form says it, and it rests on nothing else."""

    text: str = field(converter=in_one_line)


Block = Statement | Listing | Gap | Judgement | FixedText


@frozen(kw_only=True)
class Part:
    """A section, or a part of one.

    Attributes:
        number: `4` of a section, `a` of a part of one; empty for what stands before the first.
        blocks: what it says before its parts.
        parts: may be empty.
    """

    number: str
    heading: str = field(converter=in_one_line)
    blocks: tuple[Block, ...] = ()
    parts: tuple["Part", ...] = ()

    def walk(self) -> Iterator["Part"]:
        """It and its parts, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()


@frozen(kw_only=True)
class Fiche:
    """A draft of an appraisal.

    Attributes:
        form: the name of the form.
        numbering: how its sections and parts are numbered.
        about: for whoever works on the draft, and not part of the appraisal: what it rests on, deadlines.
        identity: what it came of, in a line for the end: versions, and digests in short.
    """

    form: str
    numbering: Numbering = "letters"
    language: Language
    title: str = field(converter=in_one_line)
    about: Part
    sections: tuple[Part, ...]
    identity: str = ""

    def walk(self) -> Iterator[Part]:
        """Every section and part, in order."""
        for section in (self.about, *self.sections):
            yield from section.walk()

    def gaps(self) -> tuple[Gap, ...]:
        """Every gap, in order."""
        return tuple(block for part in self.walk() for block in part.blocks if isinstance(block, Gap))

    def statements(self) -> tuple[Statement, ...]:
        """Every sentence of fact, in order."""
        return tuple(statement for part in self.walk() for block in part.blocks for statement in _statements(block))


def _statements(block: Block) -> tuple[Statement, ...]:
    match block:
        case Statement():
            return (block,)
        case Listing():
            return block.items
        case Judgement():
            return (block.statement,)
        case Gap() | FixedText():
            return ()
