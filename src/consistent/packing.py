"""What is large and seldom looked at: after a journey through pickle it stays in bytes until it is."""

import pickle
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Generic, TypeVar

__all__ = ["Packed"]

T = TypeVar("T")


class Packed(Generic[T]):
    """Holds something; pickled, it holds the bytes of it, which are read when it is first asked for.

    Like everything that comes out of a pickle it is as trustworthy as where that came from.
    """

    def __init__(self, content: T, beside: Sequence[object] = ()) -> None:
        """Hold something.

        Args:
            content: what is held.
            beside: what it has in common with what holds it; that stays outside, so that there is one of it afterwards too.
        """
        self._content: T | None = content
        self._beside = tuple(beside)
        self._packed: bytes | None = None

    @property
    def content(self) -> T:
        """What is held."""
        packed = self._packed
        if packed is not None:
            self._content = _Unpickler(packed, self._beside).load()
            # INVARIANT: in this order, so that another thread finds the one or the other.
            self._packed = None
        return self._content  # type: ignore[return-value]  # None only where T has it

    def __getstate__(self) -> tuple[bytes, tuple[object, ...]]:
        packed = self._packed
        return (_pickled(self._content, self._beside) if packed is None else packed, self._beside)

    def __setstate__(self, state: tuple[bytes, tuple[object, ...]]) -> None:
        self._content, (self._packed, self._beside) = None, state


class _Pickler(pickle.Pickler):
    def __init__(self, buffer: BytesIO, beside: Sequence[object]) -> None:
        super().__init__(buffer, pickle.HIGHEST_PROTOCOL)
        self._numbers = {id(shared): number for number, shared in enumerate(beside)}

    def persistent_id(self, obj: Any) -> int | None:
        return self._numbers.get(id(obj))


class _Unpickler(pickle.Unpickler):
    def __init__(self, packed: bytes, beside: Sequence[object]) -> None:
        super().__init__(BytesIO(packed))
        self._beside = beside

    def persistent_load(self, pid: int) -> object:
        return self._beside[pid]


def _pickled(content: object, beside: Sequence[object]) -> bytes:
    buffer = BytesIO()
    _Pickler(buffer, beside).dump(content)
    return buffer.getvalue()
