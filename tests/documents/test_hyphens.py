"""Divided words and odd letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistent.documents.formats._broken_lines import Mender
from consistent.documents.formats.text import plain, readable_share


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["the mainten-", "ance of lamps", "maintenance"], "the maintenance of lamps maintenance"),
        (["a dual-", "use lamp", "dual-use"], "a dual-use lamp dual-use"),
        (["gluten-", "free bread", "free", "gluten"], "gluten-free bread free gluten"),
        (["lamp-", "en branden; lampen"], "lampen branden; lampen"),
        (["in-", "en uitvoer"], "in- en uitvoer"),
        (["short-", "and long-term"], "short- and long-term"),
        (["https://lamps.eu/legal-", "content/en"], "https://lamps.eu/legal-content/en"),
        (["the EU-", "Turkey deal"], "the EU-Turkey deal"),
        (["business-to-", "government"], "business-to-government"),
        (["light\u00ad", "house"], "lighthouse"),
        (["light\x02", "house"], "lighthouse"),
        (["COVID-", "19"], "COVID-19"),
        (["a dash -", "and more"], "a dash - and more"),
        (["one", "", "two"], "one two"),
        (["light-", "house-", "keeper"], "lighthousekeeper"),
        (["-", "lamp"], "- lamp"),
        (["a" * 3000 + "-", "b"], "a" * 3000 + "b"),
    ],
)
def test_lines_are_joined(lines: list[str], whole: str) -> None:
    """As what the text itself shows elsewhere, and else as the kind of word, asks for."""
    assert Mender(lines).join(lines) == whole


@given(st.lists(st.text()))
def test_joining_loses_no_letter(lines: list[str]) -> None:
    """Only hyphens and blanks may go."""
    joined = Mender(lines).join(lines)
    assert [letter for letter in joined if letter.isalnum()] == [
        letter for line in lines for letter in line if letter.isalnum()
    ]


# Words that a document about lamps has, some of which begin or end as others do; no two make a third.
_WORDS = {
    "en": (
        "and",
        "open",
        "fair",
        "lamp",
        "keeper",
        "maintenance",
        "the",
        "towers",
        "competitive",
        "dual-use",
        "long-term",
    ),
    "nl": ("en", "open", "het", "lampen", "wachter", "onderhoud", "van", "torens", "concurrerend", "derde-landbeleid"),
}
_MARKS = ("-", "\u00ad", "\x02")


@st.composite
def _broken(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Lines with words of a document, broken between words and within them; and all the words."""
    vocabulary = _WORDS[draw(st.sampled_from(["en", "nl"]))]
    words = draw(st.lists(st.sampled_from(vocabulary), min_size=2, max_size=40))
    lines, line = [" ".join(vocabulary), ""], ""
    for word in words:
        line = f"{line} {word}".strip()
        cut = draw(st.integers(0, 6))
        if cut == 1:
            lines.append(line)
            line = ""
        elif (
            cut == 2 and len(word) > 5 and "-" not in word
        ):  # as machines divide words: two letters at least on each side
            at = draw(st.integers(2, len(word) - 2))
            lines.append(f"{line[: len(line) - len(word) + at]}{draw(st.sampled_from(_MARKS))}")
            line = word[at:]
        elif cut == 3 and "-" in word:
            lines.append(line[: len(line) - len(word) + word.index("-") + 1])
            line = word[word.index("-") + 1 :]
    return [*lines, line], [*vocabulary, *words]


@given(_broken())
def test_words_of_the_document_are_joined_rightly(broken: tuple[list[str], list[str]]) -> None:
    """No two run together, none stays divided, and a hyphen that is part of a word stays."""
    lines, words = broken
    assert Mender(lines).join(lines).split() == words


@given(st.lists(st.text("ab-\u00ad .'", max_size=8), min_size=2))
def test_joining_in_two_goes_is_joining_at_once(lines: list[str]) -> None:
    """How much came before makes no difference: only the last word is looked at."""
    mender = Mender(lines)
    assert mender.join([mender.join(lines[:-1]), lines[-1]]) == mender.join(lines)


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("\ufb01nanci\u00eble", "financi\u00eble"),
        ("o\ufb03ce", "office"),
        ("a\u00a0 b\u2009c\n", "a b c"),
        ("e\u0301", "\u00e9"),
        ("m\u00b2", "m\u00b2"),
        ("\uf0b7 point", "\u2022 point"),
        ("light\u00adhouse\u200b", "lighthouse"),
        ("\ue123", "\ufffd"),
        ("non\u2011paper", "non-paper"),
        ("on lamps_x000b__x000b_", "on lamps"),
        ("on_x000D_lamps_x005f_", "on lamps_x005f_"),
    ],
)
def test_letters_are_spelt_plainly(text: str, spelt: str) -> None:
    """Ligatures are dissolved, powers are not."""
    assert plain(text) == spelt


@given(st.text())
def test_plain_text_is_printable_and_stays(text: str) -> None:
    """What is plain is plain already."""
    once = plain(text)
    assert once.isprintable()
    assert plain(once) == once


def test_unreadable_letters_are_counted() -> None:
    """Private and replacement characters mean nothing."""
    assert readable_share("") == 1
    assert readable_share("ab\ue000\ufffd") == 0.5
