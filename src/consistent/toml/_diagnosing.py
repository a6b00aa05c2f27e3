"""Why a text is no TOML: what an author typed, found by looking back from where the reader gave up.

The reader of TOML tells where it could not go on; the mistake often lies before that, and has a name that its author knows.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

import tomli
from attrs import frozen
from tree_sitter import Node

from consistent.model.text import MONTHS
from consistent.toml._grammar import parsed

__all__ = ["Diagnosis", "diagnose"]


@frozen
class Diagnosis:
    """What is wrong.

    Attributes:
        message: lower case, no final stop.
        line: where it is to be mended, counted from one.
        help: how to mend it; may be empty.
    """

    message: str
    line: int
    help: str = ""


@frozen
class _Failure:
    """Where the reader gave up.

    Attributes:
        text: the whole.
        message: of the reader.
        at: the place in the text; of a line break or the end, the last sign before it.
        number: of the line, counted from one.
        line: that line.
        column: the place in it.
    """

    text: str
    message: str
    at: int
    number: int
    line: str
    column: int

    @property
    def rest(self) -> str:
        """What follows in the line."""
        return self.line[self.column :]

    @property
    def value(self) -> str:
        """What stands behind the `=` that comes before the place, in its line."""
        return self.line.partition("=")[2].strip()


def diagnose(text: str, error: tomli.TOMLDecodeError) -> Diagnosis:
    """What is wrong with a text that the reader refused: the mistake by its name, or else what the reader says."""
    at = min(error.pos, len(text))
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", start)
    line = text[start : len(text) if end < 0 else end].rstrip("\r")
    failure = _Failure(text, error.msg, at, text.count("\n", 0, start) + 1, line, at - start)
    for look in _LOOKS:
        found = look(failure)
        if found is not None:
            return found
    return Diagnosis((error.msg[:1].lower() + error.msg[1:]).rstrip("."), failure.number)


_CURLY = re.compile("[\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb]")


def _curly_quotes(failure: _Failure) -> Diagnosis | None:
    """Those of a word processor, where a key or value begins."""
    if not _CURLY.match(failure.rest):
        return None
    return Diagnosis(
        f"`{failure.rest[0]}` begins no text: quotation marks are straight", failure.number, 'write `"` on both sides'
    )


_SIGNS = re.compile(r'"""|\'\'\'|["\']|#[^\n]*|[\[\]{}]|\n')
_CLOSING = {
    '"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*"""', re.DOTALL),
    "'''": re.compile(r"(?:[^']|'(?!''))*'''"),
    '"': re.compile(r'(?:[^"\\\n]|\\.)*"'),
    "'": re.compile(r"[^'\n]*'"),
}


def _open(text: str, until: int) -> Iterator[tuple[int, str]]:
    """What is still open at a place, from the outside in: brackets, and at last a text. Each with where it begins."""
    brackets: list[tuple[int, str]] = []
    at = 0
    while (sign := _SIGNS.search(text, at, until)) is not None:
        at = sign.end()
        if sign[0] in _CLOSING:
            closed = _CLOSING[sign[0]].match(text, at)
            if closed is None:
                yield from brackets
                yield sign.start(), sign[0]
                return
            at = closed.end()
        elif sign[0] in "[{":
            brackets.append((sign.start(), sign[0]))
        elif sign[0] in "]}" and brackets:
            brackets.pop()
    yield from brackets


def _unclosed_text(failure: _Failure) -> Diagnosis | None:
    if not failure.message.startswith(
        ("Illegal character '\\n'", "Illegal character '\\r'", "Unterminated string", 'Expected "\'"', "Expected '\"'")
    ):
        return None
    *_, (at, quote) = [(failure.at, '"'), *_open(failure.text, len(failure.text))]
    if quote not in _CLOSING:
        return None
    line = failure.text.count("\n", 0, at) + 1
    message = f"the text that begins here has no closing `{quote}`"
    if len(quote) == len('"""'):
        return Diagnosis(message, line, f"close it with `{quote}`")
    return Diagnosis(message, line, f'close it with `{quote}`; a text of several lines begins and ends with `"""`')


_NUMBER = r"[+-]?\d{1,3}"
_GROUPED = re.compile(rf"{_NUMBER}(?:\.\d{{3}})+(?:\.\d{{3}})(?![\w.])|{_NUMBER}(?:,\d{{3}})+(?![\w,])")
_COMMA = re.compile(r"(\d+),(\d+)\s*$")


def _grouped_thousands(failure: _Failure) -> Diagnosis | None:
    found = _GROUPED.search(_without_texts(failure.line))
    if found is None:
        return None
    plain = re.sub("[.,]", "_", found[0])
    return Diagnosis(
        f"`{found[0]}` is no number: neither dots nor commas group thousands", failure.number, f"write {plain}"
    )


def _decimal_comma(failure: _Failure) -> Diagnosis | None:
    found = _COMMA.fullmatch(failure.value)
    if found is None:
        return None
    return Diagnosis(f"`{found[0]}` is no number: a fraction has a dot", failure.number, f"write {found[1]}.{found[2]}")


_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_OTHERWISE = re.compile(r"(?<!\d)(?:(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})|(\d{4})[/.](\d{1,2})[/.](\d{1,2}))(?!\d)")
_ORDER = "write year-month-day, 2025-03-19"


def _impossible_date(failure: _Failure) -> Diagnosis | None:
    for year, month, day in _ISO.findall(_without_texts(failure.line)):
        if not 1 <= int(month) <= len(MONTHS["en"]):
            return Diagnosis(
                f"`{year}-{month}-{day}` is no date: there is no month {int(month)}", failure.number, _ORDER
            )
        if len(month) == 1 or len(day) == 1:
            return Diagnosis(
                f"`{year}-{month}-{day}` is no date: month and day have two digits",
                failure.number,
                f"write {year}-{int(month):02}-{int(day):02}",
            )
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            named = f"{int(day)} {MONTHS['en'][int(month) - 1]} {int(year)}"
            return Diagnosis(f"`{year}-{month}-{day}` is no date: there is no {named}", failure.number, _ORDER)
    return None


def _date_in_another_order(failure: _Failure) -> Diagnosis | None:
    found = _OTHERWISE.search(_without_texts(failure.line))
    if found is None:
        return None
    day, month, year = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    return Diagnosis(
        f"`{found[0]}` is no date: the year comes first, with hyphens between", failure.number,
        f"write {year}-{int(month):02}-{int(day):02}",
    )  # fmt: skip


def _ended_by_its_own_sign(failure: _Failure) -> Diagnosis | None:
    """A text that an apostrophe or quotation mark within it has ended."""
    if not failure.message.startswith(("Expected newline or end of document", "Unclosed")):
        return None
    before = failure.line[: failure.column].rstrip()
    if not re.match(r"[^\W\d_]", failure.rest) or before[-1:] not in {"'", '"'}:
        return None
    if before[-1] == "'":
        return Diagnosis(
            "an apostrophe ends a text in single quotes", failure.number, 'write the text in double quotes: `"..."`'
        )
    return Diagnosis(
        "a quotation mark ends the text",
        failure.number,
        "write `\\\"` for each that stands within it, or `'...'` around it",
    )


_CURRENCY = re.compile(
    r"(?:€|EUR|euro)\s*[\d._,]+|[\d._,]+\s*(?:€|EUR|euro)\b|[\d._,]+\s*(?:miljoen|miljard|million|billion|mln|mld)\b"
)


def _currency(failure: _Failure) -> Diagnosis | None:
    found = _CURRENCY.match(failure.value)
    return found and Diagnosis(
        f"`{found[0]}` is no number: an amount is in euros, in figures alone",
        failure.number,
        "write for instance 1_500_000",
    )


_WORD = re.compile(r"[^\W\d_][\w-]*")


def _bare_word(failure: _Failure) -> Diagnosis | None:
    word = _WORD.match(failure.rest)
    if word is None or not failure.message.startswith("Invalid value"):
        return None
    if word[0].lower() in {"true", "false", "waar", "onwaar"}:
        right = "true" if word[0].lower() in {"true", "waar"} else "false"
        return Diagnosis(f"`{word[0]}` is written otherwise", failure.number, f"write {right}, without quotation marks")
    return Diagnosis(f"`{word[0]}` stands without quotation marks", failure.number, f'write `"{word[0]}"`')


def _no_value(failure: _Failure) -> Diagnosis | None:
    if not failure.line[: failure.column].rstrip().endswith("=") or failure.rest.strip():
        return None
    return Diagnosis("nothing stands after `=`", failure.number, "write a value, or take the line away")


_KEY = re.compile(r"\s*([\w.\"'-]+)")


def _no_equals(failure: _Failure) -> Diagnosis | None:
    key = _KEY.match(failure.line)
    if key is None or not failure.message.startswith("Expected '=' after a key"):
        return None
    return Diagnosis(f"no `=` after `{key[1].rstrip(':')}`", failure.number, f"write `{key[1].rstrip(':')} = ...`")


def _backslash(failure: _Failure) -> Diagnosis | None:
    if not failure.message.startswith(("Invalid hex", "Unescaped '\\'")):
        return None
    return Diagnosis(
        "a backslash in a text begins a sign of its own",
        failure.number,
        "write it twice, or the text in single quotes: `'...'`",
    )


_ENTRY = re.compile(r"\s*(?:[\w.\"'-]+\s*=|\[)")


def _unclosed_bracket(failure: _Failure) -> Diagnosis | None:
    at_the_end = failure.message.startswith("Invalid value") and not failure.text[failure.at :].strip()
    if not failure.message.startswith("Unclosed") and not at_the_end:
        return None
    if failure.rest.strip() and not _ENTRY.match(failure.rest):
        return Diagnosis("no comma between two values", failure.number, "write a comma after each value but the last")
    opened = list(_open(failure.text, failure.at))
    if not opened:
        return None
    at, bracket = opened[-1]
    line = failure.text.count("\n", 0, at) + 1
    if bracket == "[":
        return Diagnosis("the list that begins here has no closing `]`", line, "close it with `]`")
    return Diagnosis("the table that begins here has no closing `}`", line, "close it with `}`")


_TWICE = re.compile(r"Cannot (?:overwrite|declare|mutate|redefine)|Duplicate inline")
_INLINE = re.compile(r"Duplicate inline table key '(.*)'")


def _twice(failure: _Failure) -> Diagnosis | None:
    if not _TWICE.match(failure.message):
        return None
    inline = _INLINE.match(failure.message)
    if inline:
        return Diagnosis(f"`{inline[1]}` is there twice", failure.number, "take one of the two away")
    entries = list(_entries(failure.text))
    heads = [entry for entry in entries if entry[2]]
    keys = [entry for entry in entries if not entry[2]]
    here = [(name, head) for line, name, head in (*heads, *keys) if line == failure.number]
    for name, head in here:
        earlier = [(line, other) for line, same, other in heads if same == name and line < failure.number]
        if head and earlier and earlier[0][1] != head:
            line, other = earlier[0]
            # Where one table is a list of them, all are.
            wrong = line if other == "[" else failure.number
            beside = failure.number if other == "[" else line
            return Diagnosis(f"`[{name}]` stands beside `[[{name}]]`, of line {beside}", wrong, f"write `[[{name}]]`")
        if head and earlier:
            return Diagnosis(
                f"`{head}{name}{']' * len(head)}` is there already, on line {earlier[-1][0]}", failure.number,
                "put what stands below the two under one of them",
            )  # fmt: skip
        before = [line for line, same, _ in (*keys, *heads) if same == name and line < failure.number]
        if before:
            return Diagnosis(
                f"`{name}` is there already, on line {before[-1]}", failure.number, "take one of the two away"
            )
    return None


def _entries(text: str) -> Iterator[tuple[int, str, str]]:
    """The heads of tables and the keys below them: the line, the name in full, and the brackets of a head."""
    around = ""
    for node in parsed(text.encode()).named_children:
        if node.type == "pair":
            yield _line(node), _name(node.named_children[0]), ""
        elif node.type in {"table", "table_array_element"}:
            head, *rest = node.named_children
            around = _name(head)
            yield _line(node), around, "[" if node.type == "table" else "[["
            for pair in rest:
                if pair.type == "pair":
                    yield _line(pair), f"{around}.{_name(pair.named_children[0])}", ""


def _line(node: Node) -> int:
    return node.start_point[0] + 1


def _name(node: Node) -> str:
    return re.sub(r"\s*\.\s*", ".", (node.text or b"").decode())


_TEXTS = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")


def _without_texts(line: str) -> str:
    """The line with its texts and remark left out: what they say is no fault."""
    return _TEXTS.sub('""', line)


# In this order: what is said first is surer.
_LOOKS: tuple[Callable[[_Failure], Diagnosis | None], ...] = (
    _twice, _curly_quotes, _unclosed_text, _ended_by_its_own_sign, _backslash, _grouped_thousands, _impossible_date, _date_in_another_order,
    _currency, _decimal_comma, _no_value, _bare_word, _no_equals, _unclosed_bracket,
)  # fmt: skip
