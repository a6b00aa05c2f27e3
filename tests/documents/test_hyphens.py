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
