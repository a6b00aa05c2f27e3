"""An outline as a Word document, from a template that an office can restyle."""

import pickle
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from io import BytesIO
from secrets import token_hex
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from attrs import field, frozen
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it ships no types
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from consistent.confined import ConfinedError, ask_confined
from consistent.errors import Fault, InputError, Location
from consistent.limits import MEMORY_OF_TEMPLATE, SECONDS_OF_TEMPLATE, UNPACKED
from consistent.model.text import Language
from consistent.reports._word_runs import Runs
from consistent.reports._word_tables import put_tables
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

__all__ = ["SHIPPED", "WordLine", "answer", "packed", "word_document", "word_lines"]

# The name of the template that ships.
SHIPPED = "outline.docx"
# In letters, as the format has it.
_LONGEST_TITLE = 255
Style = Literal["about", "section", "part", "judgement", "text", "lead", "item", "gap"]

# How an answer begins that is no document, which would begin as a ZIP archive does.
_REFUSED = b"template: "
_TOO_LARGE = b"too large"
Given = tuple[str, tuple[Block, ...], Language, dict[str, object]]

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
        note: after the text: what its footnotes say, or what stands back at its end; may be empty.
        runs: mark and text as they are printed, with footnotes, links and controls: for `{{r line.runs }}`.
    """

    style: Style
    text: str
    mark: str = ""
    note: str = ""
    runs: Markup = field(default=Markup(), eq=False, repr=False)


def word_document(
    title: str,
    blocks: Iterable[Block],
    language: Language,
    template: bytes | None = None,
    name: str = SHIPPED,
    values: Mapping[str, object] | None = None,
    *,
    tables: bool = False,
) -> bytes:
    """The document; the same outline and template give the same bytes.

    Args:
        title: of the document.
        blocks: what stands below it.
        language: in which the outline is.
        template: a Word document with tags for `title`, `lines` and the values; the one that ships unless given.
        name: how messages call the template.
        values: what else templates can use, by name.
        tables: whether tables are tables of Word, in the template that ships; else each row is a line.

    Raises:
        InputError: the template cannot be used.
    """
    given = (title, tuple(blocks), language, dict(values or {}))
    if template is None:
        return _rendered(files(__package__).joinpath(SHIPPED).read_bytes(), *given, tables=tables)
    return _confined(template, name, given)


def _confined(template: bytes, name: str, given: Given) -> bytes:
    """As `_rendered`, of a template that anybody made: its tags can compute, and its parts unpack to any size.

    Raises:
        InputError: the template cannot be used.
    """

    def refused(reason: str) -> InputError:
        return InputError([Fault(f"template cannot be used: {reason}", Location(name), _HELP)])

    try:
        made = ask_confined(
            "consistent.reports._word_worker",
            pickle.dumps((template, given)),
            name,
            memory=MEMORY_OF_TEMPLATE,
            seconds=SECONDS_OF_TEMPLATE,
        )
    except ConfinedError as error:
        raise refused(str(error) or "it ends the process that fills it in") from None
    if made == _TOO_LARGE:
        raise UNPACKED.passed(name)
    if made.startswith(_REFUSED):
        raise refused(made.removeprefix(_REFUSED).decode())
    return made


def answer(question: bytes) -> bytes:
    """What the process of a template says: the document, or why the template cannot be used."""
    template, given = pickle.loads(question)  # noqa: S301  from the process that asks, which is this program
    try:
        with ZipFile(BytesIO(template)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > UNPACKED.most:
            return _TOO_LARGE
        return _rendered(template, *given)
    except MemoryError:
        # Told by the process itself.
        raise
    except Exception as error:  # noqa: BLE001  whatever its tags do
        return _REFUSED + (str(error) or type(error).__name__).encode("utf-8", "replace")


def _rendered(
    template: bytes,
    title: str,
    blocks: Iterable[Block],
    language: Language,
    values: Mapping[str, object],
    *,
    tables: bool = False,
) -> bytes:
    """A template filled in; whatever may go wrong in it is raised."""
    # Its tags reach the values that are given and nothing else.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    document = DocxTemplate(BytesIO(template))
    if "lines" not in document.get_undeclared_template_variables(environment):
        raise ValueError("it has no place for `lines`")
    document.init_docx()
    runs = Runs(document.docx)
    placed: dict[str, Table] | None = {} if tables else None
    given = {**values, "title": in_one_line(title), "lines": tuple(word_lines(blocks, runs=runs, placed=placed))}
    document.render(given, environment)
    runs.finish()
    if placed:
        put_tables(document.docx, placed)
    # Word checks the spelling, and a screen reader reads, in the language that the styles name.
    properties = document.docx.core_properties
    properties.title, properties.language = in_one_line(title)[:_LONGEST_TITLE], _LANGUAGES[language]
    for element in document.docx.styles.element.iter(f"{_WORD}lang"):
        element.set(f"{_WORD}val", _LANGUAGES[language])
    made = BytesIO()
    document.save(made)
    return packed(made.getvalue())


def word_lines(
    blocks: Iterable[Block], depth: int = 1, runs: Runs | None = None, placed: dict[str, Table] | None = None
) -> Iterator[WordLine]:
    """Every paragraph in order; of a table one for each row, with the heads before its cells.

    Args:
        blocks: an outline.
        depth: of its headings: 1 for sections, more for parts of them.
        runs: of the document that the lines are for; without it they are plain.
        placed: takes each table, by the text of the one line that holds its place; without it tables are told in lines.
    """
    for block in blocks:
        match block:
            case Section(heading, inner):
                style: Style = "about" if block.aside else "section" if depth == 1 else "part"
                if heading:
                    yield _line(style, heading, runs)
                yield from word_lines(inner, depth + 1, runs, placed)
            case Paragraph(text, kind):
                yield _line("text" if kind == "note" else kind, text, runs)
            case Item(text, below):
                yield _line("item", text, runs)
                yield from word_lines(below, depth, runs, placed)
            case Table() if placed is not None:
                # No document can have it for a text of its own.
                place = f"table-{token_hex(16)}"
                placed[place] = block
                yield _line("text", (Span(place),), runs)
            case Table():
                yield from (_line("item", tuple(_cells(block, row)), runs) for row in block.rows)
            case Code(text):
                yield from (_line("text", (Span(line),), runs) for line in text.splitlines())
            case Fold(summary, inner):
                yield _line("lead", summary, runs)
                yield from word_lines(inner, depth, runs, placed)


def _line(style: Style, text: Spans, runs: Runs | None) -> WordLine:
    """A paragraph: what stands back at its end is its note, and so are its footnotes; of a gap the first run is the mark."""
    end = len(text)
    while style != "lead" and end and text[end - 1].role == "dim":
        end -= 1
    mark, said = (text[:1], text[1:end]) if style == "gap" else ((), text[:end])
    notes = [plain(text[end:]), *(plain(span.note) for span in said)]
    printed = Markup()
    if runs is not None:
        printed = runs.control(text, plain(mark).strip("[]")) if style == "gap" else runs.of(text)
    return WordLine(
        style=style,
        text=in_one_line(plain(said)),
        mark=in_one_line(plain(mark)),
        note=in_one_line(" ".join(filter(None, notes))),
        runs=printed,
    )


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
