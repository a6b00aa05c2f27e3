"""From the bytes of a file to text, and to what JSON in it holds."""

import json
from typing import Any

__all__ = ["decoded", "json_of"]

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def json_of(content: bytes) -> Any:
    """What a JSON file holds; None where it is none."""
    try:
        return json.loads(decoded(content))
    except (ValueError, RecursionError):
        return None


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, in UTF-16 with its mark, or else in Windows' encoding."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
