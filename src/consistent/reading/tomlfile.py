"""TOML files: read with every guard, and able to say on which line a key stands."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import tomli

from consistent.errors import Fault, InputError, Location
from consistent.reading.lines import key_lines

__all__ = ["MAX_BYTES", "KeyPath", "TomlFile", "format_key"]

KeyPath = tuple[str | int, ...]

# Large enough for a proposal of 100,000 measures; a file beyond it is no proposal, and would fill the memory.
MAX_BYTES = 50_000_000


class TomlFile:
    """The data of one input, with its place for messages. Made by `read`, `parse` or `of_dict`."""

    def __init__(self, path: str, data: Mapping[str, Any], text: str | None) -> None:
        self.path = path
        self.data = data
        self.text = text

    @classmethod
    def read(cls, path: Path, name: str = "") -> "TomlFile":
        """Read a file.

        Args:
            path: the file.
            name: how messages call it; the path unless given.

        Raises:
            InputError: it cannot be opened, is too large, is not UTF-8, or is not TOML.
        """
        name = name or str(path)
        try:
            size = path.stat().st_size
            if size > MAX_BYTES:
                raise _fault(
                    f"file is too large: {size:,} bytes, at most {MAX_BYTES:,} are read",
                    Location(name),
                    "split it; a proposal is one file",
                )
            content = path.read_bytes()
        except OSError as error:
            raise _fault(f"file cannot be read: {_reason(error)}", Location(name)) from None
        return cls.parse(content, name)

    @classmethod
    def parse(cls, content: bytes | str, name: str = "<string>") -> "TomlFile":
        """Read TOML from memory.

        Raises:
            InputError: it is too large, not UTF-8, or not TOML.
        """
        if len(content) > MAX_BYTES:
            raise _fault(f"input is too large: at most {MAX_BYTES:,} bytes are read", Location(name))
        text = _decode(content, name) if isinstance(content, bytes) else content
        text = text.removeprefix("\ufeff")  # a byte-order mark, which editors on Windows leave
        try:
            data = tomli.loads(text)
        except tomli.TOMLDecodeError as error:
            raise _fault(
                f"not valid TOML: {_lowered(error.msg)}", Location(name, getattr(error, "lineno", None))
            ) from None
        except RecursionError:
            raise _fault("not readable: values are nested too deeply", Location(name)) from None
        except ValueError as error:  # a number with more digits than Python converts
            raise _fault(f"not readable: {_lowered(str(error))}", Location(name)) from None
        return cls(name, data, text)

    @classmethod
    def of_dict(cls, data: Mapping[str, Any], name: str = "<dict>") -> "TomlFile":
        """Data that is there already, in the shape that TOML would give."""
        return cls(name, data, None)

    @cached_property
    def _lines(self) -> Mapping[KeyPath, int]:
        return {} if self.text is None else key_lines(self.text)

    def location(self, key: KeyPath = ()) -> Location:
        """The place of a key, or of the nearest one around it that has a line of its own."""
        line = None
        for size in range(len(key), 0, -1):
            line = self._lines.get(key[:size])
            if line is not None:
                break
        return Location(self.path, line, format_key(key))


def format_key(key: KeyPath) -> str:
    """`("measure", 3, "areas")` as `measure[3].areas`; list items are counted from one."""
    parts = (f"[{each + 1}]" if isinstance(each, int) else f".{each}" for each in key)
    return "".join(parts).removeprefix(".")


def _fault(message: str, location: Location, help: str = "") -> InputError:
    return InputError([Fault(message, location, help)])


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _fault(
            f"file is not UTF-8: byte 0x{content[error.start]:02x}",
            Location(name, line),
            "save it with encoding UTF-8",
        ) from None


def _reason(error: OSError) -> str:
    return _lowered(error.strerror or str(error))


def _lowered(text: str) -> str:
    return (text[:1].lower() + text[1:]).rstrip(".")
