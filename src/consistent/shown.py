"""How objects show themselves to who reads Python: in one short line, and in a notebook as a piece of a page.

A pack has megabytes, and a report hundreds of kilobytes: what prints an object, as an interpreter, a failed assertion or a
debugger does, would drown its reader in them.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from importlib import import_module
from typing import ClassVar, Protocol

import attrs

__all__ = ["LONGEST", "Drawn", "Shown"]

# Of a line, in characters.
LONGEST = 200
# Of what is printed by itself and in full, as hypothesis does with what a test fails on.
_WHOLE = 4_000
# One value takes no more of a line than a third.
_SHARE = 3
_MORE = "..."


class _Printer(Protocol):
    """What IPython and hypothesis print with."""

    def text(self, text: str) -> None:
        """Print it."""


class Shown:
    """A class of attrs whose objects show themselves in one line of at most `LONGEST` characters.

    What has its default is left out, and what is long is shortened: `findings=<57>` stands for so many of them.
    """

    __slots__ = ()
    # The attributes that are shown, in order; all fields unless given.
    __shown__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Give the class its line; attrs then makes none."""
        super().__init_subclass__()
        if "__repr__" not in vars(cls):
            # Found in the class itself, it is left alone by attrs, as one that was written there.
            cls.__repr__ = Shown.__repr__  # type: ignore[method-assign]  # see above

    def __repr__(self) -> str:
        return _line(self, LONGEST)

    def _repr_pretty_(self, printer: _Printer, cycle: bool) -> None:  # noqa: FBT001  as IPython and hypothesis call it
        """Print it in full where that is not long, else in a line."""
        printer.text(_MORE if cycle else _in_full(self, _WHOLE) or repr(self))

    def __made_by__(self) -> tuple[str, tuple[tuple[str, object], ...]]:
        """By which call it is made, and with which arguments; those without a name have an empty one."""
        fields = [
            field for field in attrs.fields(type(self))  # type: ignore[arg-type]  # every such class is one of attrs
 if field.repr and not _is_default(field, getattr(self, field.name))
        ]  # fmt: skip
        return type(self).__name__, tuple((field.alias or field.name, getattr(self, field.name)) for field in fields)


class Drawn(Shown):
    """What a notebook shows as a piece of a page, made by `consistent.notebook`."""

    __slots__ = ()

    # It is above all that it draws: the module is found by its name when a notebook asks.

    def _repr_html_(self) -> str:
        draw: Callable[[object], str] = import_module("consistent.notebook").html
        return draw(self)

    def _repr_markdown_(self) -> str:
        draw: Callable[[object], str] = import_module("consistent.notebook").markdown
        return draw(self)


def _is_default(field: "attrs.Attribute[object]", value: object) -> bool:
    return type(value) is type(field.default) and bool(value == field.default)


def _line(shown: Shown, room: int) -> str:
    if shown.__shown__:
        name, arguments = type(shown).__name__, tuple((name, getattr(shown, name)) for name in shown.__shown__)
    else:
        name, arguments = shown.__made_by__()
    told: list[str] = []
    left = room - len(f"{name}({_MORE})")
    for argument, value in arguments:
        part = f"{argument}={_brief(value, room // _SHARE)}" if argument else _brief(value, room // _SHARE)
        left -= len(part) + len(", ")
        if left < 0:
            told.append(_MORE)
            break
        told.append(part)
    return f"{name}({', '.join(told)})"


def _brief(value: object, room: int) -> str:
    """A value in a few characters."""
    whole = _in_full(value, room)
    if whole is not None:
        return whole
    if isinstance(value, str):
        return repr(value[: room // 2]) + _MORE
    if isinstance(value, Collection):
        return f"<{len(value)}>"
    return _line(value, room) if isinstance(value, Shown) else f"{type(value).__name__}({_MORE})"


def _in_full(value: object, room: int) -> str | None:
    """All of a value, as one would write it; None where that takes more room, which is known before it is written."""
    pieces: list[str] = []
    for piece in _pieces(value):
        room -= len(piece)
        if room < 0:
            return None
        pieces.append(piece)
    return "".join(pieces)


def _pieces(value: object) -> Iterator[str]:
    match value:
        case Shown():
            name, arguments = value.__made_by__()
            yield f"{name}("
            for number, (argument, each) in enumerate(arguments):
                yield ", " * bool(number) + (f"{argument}=" if argument else "")
                yield from _pieces(each)
            yield ")"
        case Mapping():
            yield "{"
            for number, (key, each) in enumerate(value.items()):
                yield ", " * bool(number)
                yield from _pieces(key)
                yield ": "
                yield from _pieces(each)
            yield "}"
        case tuple() | list() | AbstractSet():
            opening, closing = "()" if isinstance(value, tuple) else "[]" if isinstance(value, list) else "{}"
            yield opening
            for number, each in enumerate(value if isinstance(value, tuple | list) else sorted(value, key=str)):
                yield ", " * bool(number)
                yield from _pieces(each)
            yield ("," if isinstance(value, tuple) and len(value) == 1 else "") + closing
        case _:
            yield repr(value)
