"""Cases made small: what can be left out of one, while it still shows what it shows, is left out."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["smaller_bytes", "smaller_data"]

T = TypeVar("T", bytes, list[Any])
# Seconds, after which a case stays as it is by then.
_MOST = 60.0


def smaller_bytes(content: bytes, shows: Callable[[bytes], bool], *, seconds: float = _MOST) -> bytes:
    """The content without the pieces that it does not need, large ones first."""
    return _fewer(content, _until(shows, seconds))


def smaller_data(data: Any, shows: Callable[[Any], bool], *, seconds: float = _MOST) -> Any:
    """Nested dicts and lists without the keys and items that they do not need, the outer ones first."""
    return _smaller(data, _until(shows, seconds))


def _until(shows: Callable[[Any], bool], seconds: float) -> Callable[[Any], bool]:
    until = time.monotonic() + seconds
    return lambda case: time.monotonic() < until and shows(case)


def _smaller(data: Any, shows: Callable[[Any], bool]) -> Any:
    if isinstance(data, dict):
        for key in list(data):
            without = {name: part for name, part in data.items() if name != key}
            if shows(without):
                data = without
        for key in list(data):
            data = data | {key: _smaller(data[key], lambda part, key=key, data=data: shows(data | {key: part}))}  # type: ignore[misc]  # bound
    elif isinstance(data, list):
        data = _fewer(data, shows)
        for at in range(len(data)):
            below = _smaller(data[at], lambda part, at=at, data=data: shows([*data[:at], part, *data[at + 1 :]]))  # type: ignore[misc]  # bound
            data = [*data[:at], below, *data[at + 1 :]]
    return data


def _fewer(parts: T, shows: Callable[[T], bool]) -> T:
    size = len(parts)
    while size:
        at = 0
        while at < len(parts):
            without = parts[:at] + parts[at + size :]
            if shows(without):
                parts = without
            else:
                at += size
        size //= 2
    return parts
