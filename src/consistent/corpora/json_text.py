"""One JSON object: as Python reads it, but with no key twice, no number that is none, and faults as users are told them."""

import json
from typing import Any, NoReturn

from consistent.errors import Fault, InputError, Location
from consistent.reading.structuring import type_name

__all__ = ["is_proposal", "parse_object"]

_SHAPE = 'an item is an object: {"proposal": {...}, "measure": [{...}]}'


class _Twice(ValueError):  # noqa: N818  told as a fault
    """A key that an object has twice; which of the two is meant nobody knows."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(next(key for key in keys if keys.count(key) > 1))
    return found


def _no_number(word: str) -> NoReturn:
    raise json.JSONDecodeError(f"`{word}` is no number", word, 0)


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)


def is_proposal(content: bytes) -> bool:
    """Whether a file is a proposal in JSON: an object with `proposal` or `measure`, and without the `content` of a document."""
    if not content.lstrip().startswith(b"{"):
        return False
    try:
        # A key that is there twice is for the reader to tell.
        data = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return not data.keys().isdisjoint(("proposal", "measure")) and "content" not in data


def parse_object(content: bytes, name: str) -> dict[str, Any]:
    """The object in JSON text.

    Args:
        content: in UTF-8.
        name: how messages call it.

    Raises:
        InputError: it is not UTF-8, not JSON, no object, or has a key twice.
    """
    fault = help = ""
    try:
        data = _decoder.decode(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        fault, help = f"text is not UTF-8: byte 0x{content[error.start]:02x}", "save it with encoding UTF-8"
    except _Twice as error:
        fault = f"key `{error}` is there twice"
    except json.JSONDecodeError as error:
        fault, help = f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}, at character {error.pos + 1}", _SHAPE
    except RecursionError:
        fault = "not readable: values are nested too deeply"
    except ValueError:
        # Python converts no more digits.
        fault = "not readable: a number is too large"
    else:
        if isinstance(data, dict):
            return data
        fault, help = f"expected an object, found {type_name(data)}", _SHAPE
    raise InputError([Fault(fault, Location(name), help)])
