"""Bytes and data changed at random, in ways that readers of files get wrong."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

__all__ = ["as_json", "mutated", "mutated_data"]

# Pieces that stand in the way of readers, whatever the format.
_PIECES: tuple[bytes, ...] = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\r", b"\x0b", b"\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae",
    b"'''", b'"""', b"\\", b"\\u0000", b"\\ud800", b"\\U00110000", b"[[", b"]]", b"{", b"}", b"[" * 200, b'{"a":' * 200, b"<", b"&",
    b"&#0;", b"&#x110000;", b"&a;", b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE a [<!ENTITY a 'b'>]>", b"</p>", b"<table><tr><td>",
    b"9" * 400, b"1e999", b"-0", b"0x1", b"nan", b"inf", b"1_000", b"2025-02-30", b"0001-01-01", b"9999-12-31T23:59:60Z", b"$measure.",
    b"$", b"{measure}", b"{", b"%s", b"../..", b" " * 300, b"\n" * 100, b"(" * 100, b"Article 1\n", b"(a)", b"EUR 1 000 000 000 000",
    b"IV", "é".encode(), "\u0131".encode(), "\u0130".encode(), "ß".encode(), "ﬁ".encode(), b"\xf0\x9f\x9b\xa1", b"e\xcc\x81", b"\xc2\xad",
)  # fmt: skip
_SCALARS: tuple[Any, ...] = (
    "", " ", "a", "\x00", "\ud800", "é", "a" * 10_000, "TFEU 173(3)", "TFEU", "$measure.areas", "$proposal.", "{measure}", "../x",
    0, 1, -1, 2**63 - 1, 2**63, -(2**63), 2**70, 1.5, float("inf"), float("nan"), True, False, None, date.min, date.max,
    datetime(2025, 1, 1, 12, tzinfo=UTC), time(1, 2), "2025-13-01", [], {}, [[]], [{}], {"": ""}, {"has": []}, {"has": "a", "lacks": "a"}, {"may": []},
)  # fmt: skip


def mutated(content: bytes, chance: Random, others: Sequence[bytes] = ()) -> bytes:
    """The content with some pieces out, doubled, moved, turned over, put in, or taken from others of its kind."""
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        start = chance.randint(0, len(content))
        end = min(len(content), start + chance.choice((1, 3, 12, 80, 900)))
        at = chance.randint(0, len(content))
        match chance.randrange(7):
            case 0:
                content = content[:start] + content[end:]
            case 1:
                content = content[:end] + content[start:end] * chance.choice((1, 2, 50)) + content[end:]
            case 2:
                content = content[:at] + content[start:end] + content[at:]
            case 3:
                content = content[:start] + chance.randbytes(chance.randint(1, 4)) + content[end:]
            case 4:
                lines = content.split(b"\n")
                one, swapped = chance.randrange(len(lines)), chance.randrange(len(lines))
                lines[one], lines[swapped] = lines[swapped], lines[one]
                content = b"\n".join(lines)
            case 5 if others:
                other = chance.choice(others)
                begin = chance.randint(0, len(other))
                content = content[:start] + other[begin : begin + chance.choice((12, 80, 900))] + content[end:]
            case _:
                content = content[:at] + chance.choice(_PIECES) + content[at:]
    return content


def mutated_data(data: Any, chance: Random) -> Any:
    """Nested data with some parts turned into something else, taken out, doubled or moved."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = _changed(data, chance, chance.randint(1, 5))
    return data


def _changed(data: Any, chance: Random, depth: int) -> Any:
    if depth == 0 or not data or not isinstance(data, dict | list):
        return chance.choice(_SCALARS)
    if isinstance(data, list):
        at = chance.randrange(len(data))
        match chance.randrange(6):
            case 0:
                return data[:at] + data[at + 1 :]
            case 1:
                return [*data, *data[at:]]
            case _:
                return [*data[:at], _changed(data[at], chance, depth - 1), *data[at + 1 :]]
    key = chance.choice(list(data))
    match chance.randrange(8):
        case 0:
            return {name: part for name, part in data.items() if name != key}
        case 1:
            return {
                **data,
                chance.choice(
                    ("", "a.b", "é", "title", "measure", "any", "not", "$a", chance.choice(list(data)) + "s")
                ): data[key],
            }
        case 2:
            return {**data, key: data[chance.choice(list(data))]}
        case _:
            return {**data, key: _changed(data[key], chance, depth - 1)}


def as_json(data: Any) -> bytes:
    """As JSON, with what it does not have as text."""
    return json.dumps(data, default=str).encode("utf-8", "surrogatepass")
