"""Code that attrs and cattrs write for classes of this library, kept as compiled: Python keeps what it compiles of a module, and not of these.

For each class attrs writes the source of its methods, and cattrs of what fills it with data, and compile it at each start again. That takes longer than all
else that attrs does, and about as long as to read a pack. What is kept is found by the source itself, so that it is never another's; where anything
is in the way, all is compiled as always.
"""

import atexit
import marshal
import sys
from functools import lru_cache
from hashlib import blake2b, sha256
from types import CodeType, ModuleType
from typing import Any
from zlib import crc32

from attr import _make

from consistent.private_folder import PrivateFolder, folder_for

__all__ = ["keep_generated"]

# How they name what they compile, of a class of this library.
_OURS = (
    "<attrs generated methods consistent.",
    "<attrs generated getattr consistent.",
    "<cattrs generated structure consistent.",
)
_VERSIONS = 6  # of Python that may be used in turn
_MOST = 3_000  # classes have some 700; of one that was changed the source before stays until then


def keep_generated(writer: ModuleType = _make) -> None:
    """From here on what a module compiles for classes of this library comes from where it is kept, or is kept as the process ends.

    Args:
        writer: of attrs or cattrs. It looks `compile` up as any name of Python's own, in the module first; a release that compiles elsewhere
            is left as it is.
    """
    kept = _kept_code()
    if kept is not None:
        vars(writer).setdefault("compile", kept.compiled)


@lru_cache(maxsize=1)
def _kept_code() -> "_KeptCode | None":
    folder = folder_for("generated", _VERSIONS)
    if folder is None:
        return None
    kept = _KeptCode(folder)
    atexit.register(kept.write)
    return kept


class _KeptCode:
    """Compiled code by its source.

    Attributes of an instance: what was kept before, read when it is first asked for; what was asked for; whether some of that is new.
    """

    def __init__(self, folder: PrivateFolder) -> None:
        self._folder = folder
        self._key = sha256(f"{sys.version} {sys.flags.optimize}".encode()).hexdigest()
        self._kept: dict[bytes, bytes] | None = None
        self._used: dict[bytes, bytes] = {}
        self._has_new = False

    def compiled(self, source: Any, filename: str, mode: str) -> CodeType:
        """As `compile` with these arguments; neither gives it others."""
        if not (isinstance(source, str) and mode == "exec" and filename.startswith(_OURS)):
            return compile(source, filename, mode)
        if self._kept is None:
            self._kept = self._read()
        source = _same_each_time(source, filename)
        # Tracebacks and debuggers tell the name, so it counts.
        name = blake2b(f"{filename}\0{source}".encode(), digest_size=24).digest()
        held = self._kept.get(name)
        if held is not None:
            self._used[name] = held
            code: CodeType = marshal.loads(held)  # noqa: S302  from a folder that is the user's alone
            return code
        code = compile(source, filename, mode)
        self._used[name] = marshal.dumps(code)
        self._has_new = True
        return code

    def _read(self) -> dict[bytes, bytes]:
        content = self._folder.get(self._key)
        if content is None:
            return {}
        try:
            found: object = marshal.loads(content)  # noqa: S302  as above
        except (EOFError, ValueError, TypeError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self) -> None:
        """Keep what is new, beside what was kept before; where that would be too much, only what this process asked for."""
        if not self._has_new:
            return
        # Another process may have put more there meanwhile.
        kept = {**self._read(), **self._used}
        self._folder.put(self._key, marshal.dumps(kept if len(kept) <= _MOST else self._used))


def _same_each_time(source: str, filename: str) -> str:
    """The source with a number of the class that is the same in each process.

    Into `__hash__` attrs writes the hash of a text that names the class, and texts have other hashes in each process.
    """
    if "def __hash__(" not in source:
        return source
    of_class = hash(filename.replace(" methods ", " hash ", 1))
    return source.replace(f" {of_class},", f" {crc32(filename.encode())},", 1)
