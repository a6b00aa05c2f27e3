"""An outline as a Word document, from a template that an office can restyle."""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from io import BytesIO
from typing import Literal
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from attrs import frozen
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it ships no types
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from consistent.errors import Fault, InputError, Location
from consistent.model.text import Language
from consistent.reports.outline import (
    Block,
    Code,
    Fold,
    Item,
    Paragraph,
    Section,
    Span,
    Spans,
    Table,
    in_one_line,
    plain,
)

__all__ = ["SHIPPED", "WordLine", "packed", "word_document", "word_lines"]

# The name of the template that ships.
SHIPPED = "outline.docx"
# In letters, as the format has it.
_LONGEST_TITLE = 255
Style = Literal["about", "section", "part", "judgement", "text", "lead", "item", "gap"]

# The earliest day that a ZIP archive can name: a document made twice is the same to the byte.
_DAY = (1980, 1, 1, 0, 0, 0)
_LANGUAGES: Mapping[Language, str] = {"nl": "nl-NL", "en": "en-GB"}
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIRST = "[Content_Types].xml"
_HELP = (
    "start from `outline.docx` of this package: styles, headers and page can be changed, the tags in braces must stay"
)


@frozen(kw_only=True)
class WordLine:
    """One paragraph, as templates know it.

    Attributes:
        mark: before the text: of a gap `[In te vullen]`; else empty.
        note: after the text, in brackets or of small weight: `(bronnen: ...)`; may be empty.
    """

    style: Style
    text: str
    mark: str = ""
    note: str = ""


def word_document(
    title: str,
    blocks: Iterable[Block],
    language: Language,
    template: bytes | None = None,
    name: str = SHIPPED,
    values: Mapping[str, object] | None = None,
) -> bytes:
    """The document; the same outline and template give the same bytes.

    Args:
        title: of the document.
        blocks: what stands below it.
        language: in which the outline is.
        template: a Word document with tags for `title`, `lines` and the values; the one that ships unless given.
        name: how messages call the template.
        values: what else templates can use, by name.

    Raises:
        InputError: the template cannot be used.
    """
    # A template is not trusted more than any other document: its tags reach the values that are given and nothing else.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    content = files(__package__).joinpath(SHIPPED).read_bytes() if template is None else template
    try:
        document = DocxTemplate(BytesIO(content))
        if "lines" not in document.get_undeclared_template_variables(environment):
            raise InputError([Fault("template has no place for `lines`", Location(name), _HELP)])
        given = {**(values or {}), "title": in_one_line(title), "lines": tuple(word_lines(blocks))}
        document.render(given, environment)
        # Word checks the spelling, and a screen reader reads, in the language that the styles name.
        properties = document.docx.core_properties
        properties.title, properties.language = in_one_line(title)[:_LONGEST_TITLE], _LANGUAGES[language]
        for element in document.docx.styles.element.iter(f"{_WORD}lang"):
            element.set(f"{_WORD}val", _LANGUAGES[language])
        made = BytesIO()
        document.save(made)
    except (BadZipFile, LxmlError, TemplateError, KeyError, ValueError, TypeError, OSError) as error:
        message = f"template cannot be used: {str(error) or type(error).__name__}"
        raise InputError([Fault(message, Location(name), _HELP)]) from error
    return packed(made.getvalue())


def word_lines(blocks: Iterable[Block], depth: int = 1) -> Iterator[WordLine]:
    """Every paragraph in order; of a table one for each row, with the heads before its cells.

    Args:
        blocks: an outline.
        depth: of its headings: 1 for sections, more for parts of them.
    """
    for block in blocks:
        match block:
            case Section(heading, inner):
                style: Style = "about" if block.aside else "section" if depth == 1 else "part"
                if heading:
                    yield WordLine(style=style, text=in_one_line(plain(heading)))
                yield from word_lines(inner, depth + 1)
            case Paragraph(text, "gap"):
                mark, *asked = text
                yield WordLine(style="gap", text=in_one_line(plain(tuple(asked))), mark=in_one_line(mark.text))
            case Paragraph(text, kind):
                yield _line("text" if kind == "note" else kind, text)
            case Item(text, below):
                yield _line("item", text)
                yield from word_lines(below, depth)
            case Table():
                yield from (_line("item", tuple(_cells(block, row))) for row in block.rows)
            case Code(text):
                yield from (WordLine(style="text", text=in_one_line(line)) for line in text.splitlines())
            case Fold(summary, inner):
                yield _line("lead", summary)
                yield from word_lines(inner, depth)


def _line(style: Style, text: Spans) -> WordLine:
    """A paragraph, what stands back at its end as its note."""
    end = len(text)
    while style != "lead" and end and text[end - 1].role == "dim":
        end -= 1
    return WordLine(style=style, text=in_one_line(plain(text[:end])), note=in_one_line(plain(text[end:])))


def _cells(table: Table, row: tuple[Spans, ...]) -> Iterator[Span]:
    heads = table.heads or ("",) * len(row)
    for number, (head, cell) in enumerate(zip(heads, row, strict=True)):
        lead = ("" if number < 2 else "; ") + (f"{head}: " if number and head else "")  # noqa: PLR2004  after the second
        yield from (Span(": " if number == 1 else ""), Span(lead), *cell)


def packed(content: bytes) -> bytes:
    """A ZIP archive with the same files in a fixed order, none of which has a time."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            info = ZipInfo(name, _DAY)
            info.compress_type = ZIP_DEFLATED
            # As on one system, whichever it is made on.
            info.create_system = 0
            new.writestr(info, old.read(name))
    return made.getvalue()
