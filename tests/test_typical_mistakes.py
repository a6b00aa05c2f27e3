"""Mistakes that authors make: each is told at the line that is to be mended, in words from which the mend follows."""

import pytest

from consistent.errors import InputError
from consistent.toml.tomlfile import TomlFile

# What is typed; the line that is told; what is said behind `not valid TOML: `; the help.
SYNTAX = {
    "dots group thousands": ("a = 1\namount = 10.000.000\n", 2, "`10.000.000` is no number: neither dots nor commas group thousands", "write 10_000_000"),
    "dots in a test": ("amount = { over = 10.000.000 }\n", 1, "`10.000.000` is no number: neither dots nor commas group thousands", "write 10_000_000"),
    "commas group thousands": ("amount = 10,000,000\n", 1, "`10,000,000` is no number: neither dots nor commas group thousands", "write 10_000_000"),
    "a decimal comma": ("share = 1,5\n", 1, "`1,5` is no number: a fraction has a dot", "write 1.5"),
    "a sign of euros": ("amount = €500\n", 1, "`€500` is no number: an amount is in euros, in figures alone", "write for instance 1_500_000"),
    "millions in words": ("amount = 5 miljoen\n", 1, "`5 miljoen` is no number: an amount is in euros, in figures alone", "write for instance 1_500_000"),
    "a quotation mark forgotten": (
        'a = 1\ntitle = "not closed\nb = 2\n', 2, 'the text that begins here has no closing `"`', 'close it with `"`; a text of several lines begins and ends with `"""`',
    ),
    "a text over two lines": (
        'message.en = "one line\nand another"\n', 1, 'the text that begins here has no closing `"`', 'close it with `"`; a text of several lines begins and ends with `"""`',
    ),
    "three quotation marks forgotten": ('a = "#"\nmessage = """one\ntwo\nb = 3\n', 2, 'the text that begins here has no closing `"""`', 'close it with `"""`'),
    "curly quotes": ("a = 1\ntitle = \u201cCurly\u201d\n", 2, "`\u201c` begins no text: quotation marks are straight", 'write `"` on both sides'),
    "an apostrophe": ("title = 'A provider's way'\n", 1, "an apostrophe ends a text in single quotes", 'write the text in double quotes: `"..."`'),
    "a quotation": ('title = "The "way" there"\n', 1, "a quotation mark ends the text", 'write `\\"` for each that stands within it, or `\'...\'` around it'),
    "a path of Windows": ('path = "C:\\Users"\n', 1, "a backslash in a text begins a sign of its own", "write it twice, or the text in single quotes: `'...'`"),
    "one example, then several": ("a = 1\n[example]\nb = 1\n\n[[example]]\nb = 2\n", 2, "`[example]` stands beside `[[example]]`, of line 5", "write `[[example]]`"),
    "several examples, then one": ("[[example]]\nb = 1\n\n[example]\nb = 2\n", 4, "`[example]` stands beside `[[example]]`, of line 1", "write `[[example]]`"),
    "a key twice": ('a = 1\n\nground = "law"\nb = 2\nground = "policy"\n', 5, "`ground` is there already, on line 3", "take one of the two away"),
    "a key twice in a table": ('[x]\nground = "law"\nb = 2\nground = "policy"\n', 4, "`x.ground` is there already, on line 2", "take one of the two away"),
    "a key twice in a line": ("a = { b = 1, b = 2 }\n", 1, "`b` is there twice", "take one of the two away"),
    "a table twice": ("[when.measure]\na = 1\n[when.measure]\nb = 2\n", 3, "`[when.measure]` is there already, on line 1", "put what stands below the two under one of them"),
    "month 13": ("a = 1\n[x]\nuntil = 2027-13-01\n", 3, "`2027-13-01` is no date: there is no month 13", "write year-month-day, 2025-03-19"),
    "month 13 in a table": ("x = { until = 2027-13-01 }\n", 1, "`2027-13-01` is no date: there is no month 13", "write year-month-day, 2025-03-19"),
    "30 February": ("until = 2032-02-30\n", 1, "`2032-02-30` is no date: there is no 30 February 2032", "write year-month-day, 2025-03-19"),
    "30 February in a table": ("x = { until = 2032-02-30 }\n", 1, "`2032-02-30` is no date: there is no 30 February 2032", "write year-month-day, 2025-03-19"),
    "a date with one figure": ("until = 2032-2-3\n", 1, "`2032-2-3` is no date: month and day have two digits", "write 2032-02-03"),
    "a date as the Dutch write it": ("until = 31-12-2032\n", 1, "`31-12-2032` is no date: the year comes first, with hyphens between", "write 2032-12-31"),
    "a word alone": ("ground = law\n", 1, "`law` stands without quotation marks", 'write `"law"`'),
    "true with a capital": ("x = True\n", 1, "`True` is written otherwise", "write true, without quotation marks"),
    "nothing behind the sign": ("x =\n", 1, "nothing stands after `=`", "write a value, or take the line away"),
    "a colon": ('title: "x"\n', 1, "no `=` after `title`", "write `title = ...`"),
    "a list without its end": ('a = 1\nx = [\n"b",\n"c"\ny = 2\n', 2, "the list that begins here has no closing `]`", "close it with `]`"),
    "a comma forgotten": ('x = ["b" "c"]\n', 1, "no comma between two values", "write a comma after each value but the last"),
    "what has no name here": ("[when\na = 1\n", 1, "expected ']' at the end of a table declaration", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message", "help_"), SYNTAX.values(), ids=SYNTAX)
def test_syntax(text: str, line: int, message: str, help_: str) -> None:
    """What is no TOML is told by the name that its author has for the mistake, where it begins."""
    with pytest.raises(InputError) as caught:
        TomlFile.parse(text, "rule.toml")
    (fault,) = caught.value.faults
    assert (fault.message, fault.location.line, fault.help) == (f"not valid TOML: {message}", line, help_)


@pytest.mark.parametrize("text", ['title = "In 10.000.000 texts of 2026-13-01"\nx = [\n', "# 31-12-2032\nx = [\n"])
def test_words_of_texts_are_no_mistakes(text: str) -> None:
    """What a text or a remark says is not taken for the mistake."""
    with pytest.raises(InputError) as caught:
        TomlFile.parse(text)
    assert "no closing `]`" in caught.value.faults[0].message
