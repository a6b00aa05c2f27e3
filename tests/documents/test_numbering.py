"""Labels and numbers: what they can mean, and which list they go on with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistent.documents.structure.numbering import Label, Ordinal, Outline, label_of, ordinal_of, roman


def depths(*lines: str, opens: bool = False) -> list[int | None]:
    """How deep each line's point lies; every line leads up to a list where it ends with a colon."""
    outline = Outline()
    labels = [label_of(line) for line in lines]
    result: list[int | None] = []
    before = ":"
    for at, label in enumerate(labels):
        assert label is not None
        ahead = [later for later in labels[at + 1 :] if later is not None]
        leads = opens or before.endswith(":")
        result.append(outline.place(label, level=0, marked=False, opens=leads, ahead=ahead))
        before = lines[at]
    return result


@pytest.mark.parametrize(
    ("line", "text", "marks"),
    [
        ("(a) lamps", "a", "()"),
        ("a) lamps", "a", ")"),
        ("1. Lamps", "1", "."),
        ("(1a) lamps", "1a", "()"),
        ("5 bis. Lamps", "5 bis", "."),
        ("(-aa) lamps", "-aa", "()"),
        ("iv. lamps", "iv", "."),
        ("\u2013 lamps", "", "-"),
        ("\u2022 lamps", "", "\u2022"),
        ("1.The lamps", "1", "."),
        ("(1)In Article 5", "1", "()"),
        ("(a)the lamps", "a", "()"),
        ("12.\u2018Lamps\u2019", "12", "."),
        ("iv)lamps", "iv", ")"),
    ],
)
def test_labels_are_read(line: str, text: str, marks: str) -> None:
    """The number without the marks, and the marks without the number."""
    label = label_of(line)
    assert label is not None
    assert (label.text, label.marks) == (text, marks)


@pytest.mark.parametrize(
    "line",
    [
        "Lamps. More",
        "e.g. lamps",
        "etc. and",
        "1.2 lamps",
        "2026 lamps",
        "(lamps) that",
        "-lamps",
        "(re)use",
        "e.g.the",
        "1.a",
        "(EU)No 1",
    ],
)
def test_words_are_no_labels(line: str) -> None:
    """Abbreviations, decimals and years begin no point."""
    assert label_of(line) is None


def test_quotation_marks_before_a_label_are_told() -> None:
    """What is quoted is not a point of the text around it."""
    label = label_of("\u2018(b) lamps")
    assert label == Label("b", "()", quoted=True, length=4)


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("5", Ordinal(5)),
        ("5a", Ordinal(5, "a")),
        ("5 bis", Ordinal(5, "a")),
        ("5 ter", Ordinal(5, "b")),
        ("XIV", Ordinal(14)),
        ("B", Ordinal(2)),
        ("three", Ordinal(3)),
        ("lamps", None),
        ("", None),
    ],
)
def test_ordinals_are_read(text: str, ordinal: Ordinal | None) -> None:
    """Figures, Latin, Roman, letters and words."""
    assert ordinal_of(text, {"three": 3}) == ordinal


def test_points_go_on_with_the_innermost_list() -> None:
    """Points of points, and back."""
    assert depths("(a) x:", "(i) x;", "(ii) x:", "- x", "- x", "(iii) x;", "(b) x;") == [0, 1, 1, 2, 2, 1, 0]


def test_i_is_told_by_its_neighbours() -> None:
    """After `(h)` the letter, but where `(ii)` follows the number."""
    assert depths("(g) x;", "(h) x;", "(i) x;", "(j) x.", opens=True) == [None, None, 0, None]
    letters = [f"({letter}) x;" for letter in "abcdefgh"]
    assert depths(*letters, "(i) x;", "(j) x.") == [0] * 10
    assert depths(*letters[:-1], "(h) x:", "(i) x;", "(ii) x;", "(i) x.") == [0] * 8 + [1, 1, 0]


def test_deleted_points_leave_a_gap_and_references_do_not_go_on() -> None:
    """`(d)` after `(a)` is a point; `(m)` after it is none."""
    assert depths("(a) x;", "(d) x;", "(m) x;") == [0, 0, None]


@given(st.integers(1, 89))
def test_roman_numbers_are_read_as_they_are_written(number: int) -> None:
    """Every number up to 89, in both cases."""
    tens, ones = (
        ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx"),
        ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"),
    )
    text = tens[number // 10] + ones[number % 10]
    assert roman(text) == roman(text.upper()) == number


@given(st.text(max_size=40))
def test_any_line_can_be_asked_for_its_label(line: str) -> None:
    """INVARIANT: a label lies within the line, and every reading has a place."""
    label = label_of(line)
    if label is not None:
        assert 0 < label.length <= len(line)
        assert list(label.readings())
