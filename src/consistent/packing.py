"""Lazy unpickling: content that is large and seldom used stays pickled until it is first asked for.

A pack from the cache comes as one pickle. Most of it is examples of rules, which only tests read; to unpickle these would take longer
than a check does, and to read them as they are as long as to read all else.
"""

import pickle
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Generic, TypeVar

__all__ = ["Packed"]

T = TypeVar("T")
# What packs hold is text that says much the same again and again: at the lowest level it is a tenth already.
_LEVEL = 1


class Packed(Generic[T]):
    """Holds content, which after a pickle round trip is unpickled at its first use.

    As with any pickle, unpickling can run code: it is as trustworthy as where the bytes came from.
    """

    def __init__(self, content: T, shared: Sequence[object] = ()) -> None:
        """Hold content.

        Args:
            content: what is held.
            shared: objects that the content refers to and that whatever holds this refers to as well. They are pickled outside
                of the content, so that after a round trip there is one of each still, and not a copy within.
        """
        self._content: T | None = content
        self._shared = tuple(shared)
        # Stays when it was opened: who pickles the pack again need not pack everything anew, which nobody changes.
        self._pickle: bytes | None = None
        self._closed = False

    @property
    def content(self) -> T:
        """What is held, unpickled if it was not yet."""
        if self._closed and self._pickle is not None:
            self._content = _Unpickler(zlib.decompress(self._pickle), self._shared).load()
            # INVARIANT: in this order, so that another thread that comes between finds it closed, or the content.
            self._closed = False
        return self._content  # type: ignore[return-value]  # None only where T has it

    def __getstate__(self) -> tuple[bytes, tuple[object, ...]]:
        pickled = self._pickle
        return (_pickled(self._content, self._shared) if pickled is None else pickled, self._shared)

    def __setstate__(self, state: tuple[bytes, tuple[object, ...]]) -> None:
        self._content, (self._pickle, self._shared) = None, state
        self._closed = True


class _Pickler(pickle.Pickler):
    """Writes shared objects as their numbers; see `pickle` on persistent ids."""

    def __init__(self, buffer: BytesIO, shared: Sequence[object]) -> None:
        super().__init__(buffer, pickle.HIGHEST_PROTOCOL)
        self._numbers = {id(held): number for number, held in enumerate(shared)}

    def persistent_id(self, obj: Any) -> int | None:
        return self._numbers.get(id(obj))


class _Unpickler(pickle.Unpickler):
    """Reads shared objects by their numbers."""

    def __init__(self, pickled: bytes, shared: Sequence[object]) -> None:
        super().__init__(BytesIO(pickled))
        self._shared = shared

    def persistent_load(self, pid: int) -> object:
        return self._shared[pid]


def _pickled(content: object, shared: Sequence[object]) -> bytes:
    buffer = BytesIO()
    _Pickler(buffer, shared).dump(content)
    return zlib.compress(buffer.getvalue(), _LEVEL)
