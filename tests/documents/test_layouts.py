"""A document has one structure, however its lines are set."""

from collections.abc import Sequence
from functools import cache

import pytest

from consistent.documents.document import Document
from consistent.documents.reading import read_document
from tests.document_cases import INVENTED, read_once, real
from tests.invented_act import LINES
from tests.layouts import LAYOUTS, lines_of, parts_of
from tests.structure_checks import check_document

REAL_PATHS = (
    "proposals/52020PC0842.en.xhtml",
    "proposals/52022PC0068.en.xhtml",
    "proposals/52025PC0006.en.xhtml",
    "proposals/JOIN-2022-19.en.akn4eu.xml",
    "acts/32022R0868.en.fmx.xml",
    "acts/32021R0697.nl.json",
)
OWN = ("act.en", "act.nl", "plain.en.txt", "plain.nl.txt", "legiswrite.en.xhtml", "journal.nl.html", "powers.en.txt")
# Of a text in one line nothing tells a heading from the sentence after it, nor a subparagraph from what it follows; of lines
# broken to a width, a paragraph that fills its last line runs on.
LOSSY = frozenset({"div, wrapped", "one line", "pre, wrapped", "wrapped, no empty lines"})
# What every layout carries: everything that has a number and a word or a place before it.
FRAME = frozenset({"annex", "article", "chapter", "part", "recital", "section", "title"})


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a document: of an invented one, or of a real one where it is at hand."""
    if name.startswith("act."):
        return LINES[name.removeprefix("act.")]
    return lines_of(read_document(INVENTED / name if name in OWN else real(name)))


@cache
def plainly(name: str) -> Document:
    """A document with a line for each paragraph and nothing else."""
    return read_document(LAYOUTS["lines"](lines(name)), name)


def frame(parts: Sequence[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Kind and number of the parts that every layout carries."""
    return [(kind, number) for kind, number, _ in parts if kind in FRAME]


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout not in LOSSY])
@pytest.mark.parametrize("name", [*OWN, *REAL_PATHS])
def test_structure_does_not_depend_on_layout(name: str, layout: str) -> None:
    """Articles, paragraphs, points, recitals and annexes are those of the lines, with the same numbers and texts."""
    document = read_document(LAYOUTS[layout](lines(name)), layout)
    check_document(document)
    assert parts_of(document) == parts_of(plainly(name))
    assert len(frame(parts_of(document))) > 1


@pytest.mark.parametrize("layout", sorted(LOSSY))
@pytest.mark.parametrize("name", [*OWN, *REAL_PATHS])
def test_what_a_layout_cannot_carry_is_not_lost(name: str, layout: str) -> None:
    """Every part with a word or a place before its number is found, and every letter of the text is in a part."""
    document = read_document(LAYOUTS[layout](lines(name)), layout)
    check_document(document)
    parts, expected = parts_of(document), parts_of(plainly(name))
    assert frame(parts) == frame(expected)
    assert "".join(document.text.split()) == "".join(plainly(name).text.split())
    numbered = [part[:2] for part in expected if part[1]]
    missing = len(numbered) - len([part for part in parts if part[1]])
    assert abs(missing) <= max(1, len(numbered) // 10)


@pytest.mark.parametrize("name", REAL_PATHS)
def test_words_alone_tell_what_markup_says(name: str) -> None:
    """The lines of a real document, without its markup, have the parts that the markup gives; tables and slips aside."""
    marked, plain = parts_of(read_once(real(name))), parts_of(plainly(name))
    assert frame(plain) == frame(marked)
    same = len(set(marked) & set(plain))
    assert same >= 0.99 * len(set(marked))


def test_layouts_differ() -> None:
    """No layout is another one, nor the lines themselves: each puts something else to the test."""
    written = {layout: write(LINES["en"]) for layout, write in LAYOUTS.items()}
    assert len(set(written.values())) == len(written)
