"""What every reader of a format needs: text from bytes, letters as they are meant, and the one error for what cannot be read."""

import json
import re
import unicodedata
from typing import Any

from consistent.errors import Fault, InputError, Location

__all__ = ["BYTE_ORDER_MARKS", "decoded", "json_of", "plain", "readable_share", "refused"]


def refused(message: str, name: str, help: str = "", line: int | None = None) -> InputError:
    """The error that says why a document cannot be read.

    Args:
        message: what is wrong, without a stop.
        name: how messages call the document.
        help: what to do; empty where nothing is to be said.
        line: of the file; None where no line is to blame.
    """
    return InputError([Fault(message, Location(name, line), help)])


_SPELT: dict[int, str | None] = {
    **{0xFB00 + at: spelt for at, spelt in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))},
    0x132: "IJ",
    0x133: "ij",
    0x2011: "-",  # a hyphen at which no line may break
    0xAD: None,
    0x200B: None,
    0x200C: None,
    0x200D: None,
    0x2060: None,
    0xFEFF: None,
    # Bullets and dashes of Symbol and Wingdings, which Word writes as private characters.
    0xF0B7: "•",
    0xF0A7: "•",
    0xF0D8: "•",
    0xF0FC: "✓",
    0xF02D: "-",
}
_BLANKS = re.compile(r"\s+")


# How Office writes a control character where it can have none: `_x000b_` for a break of lines, `_x000D_`.
_ESCAPED = re.compile(r"_x00(?:[01][0-9a-f]|7f|[89][0-9a-f])_", re.IGNORECASE)


def plain(text: str) -> str:
    """The text in one spelling (NFC), with single blanks, none at either end, and no control character."""
    if "_x00" in text or "_X00" in text:
        text = _ESCAPED.sub(" ", text)
    spelt = text if text.isascii() else unicodedata.normalize("NFC", text.translate(_SPELT))
    if not spelt.isprintable():
        spelt = "".join(letter if letter.isprintable() else _seen(letter) for letter in spelt)
    return _BLANKS.sub(" ", spelt).strip()


def readable_share(text: str) -> float:
    """Which share of the characters means something, from 0 to 1; 1 for an empty text.

    A font without a table of what its glyphs mean gives controls, private characters or replacement characters.
    """
    odd = sum(letter == "\ufffd" or unicodedata.category(letter) in {"Cc", "Cf", "Cn", "Co", "Cs"} for letter in text)
    return 1 - odd / len(text) if text else 1.0


def _seen(letter: str) -> str:
    """What stands for a character that cannot be printed: a blank, or the mark of an unreadable one."""
    match unicodedata.category(letter):
        case "Cc" | "Zs" | "Zl" | "Zp":
            return " "
        case "Cf":
            return ""
        case _:
            return "\ufffd"


# What a file may begin with to tell its encoding.
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def json_of(content: bytes) -> Any:
    """What a JSON file holds; None where it is none."""
    try:
        return json.loads(decoded(content))
    except (ValueError, RecursionError):
        return None


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, in UTF-16 with its mark, or else in Windows' encoding."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
