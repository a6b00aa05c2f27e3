"""A knowledge base on its journey to the processes that check: as bytes, unpacked once in each."""

import pickle
import zlib
from collections import OrderedDict
from hashlib import sha256
from threading import Lock

from attrs import frozen

from consistent import __version__
from consistent.checker import KnowledgeBase
from consistent.corpora.checking import Done, SliceChecker
from consistent.corpora.options import Options
from consistent.corpora.slices import Slice
from consistent.errors import UsageError

__all__ = ["Luggage", "check_elsewhere"]

# Of one run there is one; a process that outlives it, of a cluster, may serve several at a time.
_MOST = 4
_unpacked: OrderedDict[str, SliceChecker] = OrderedDict()
_lock = Lock()


@frozen
class Luggage:
    """What a process needs to check slices.

    Attributes:
        key: names it.
        packed: None where the process is expected to have it already.
        version: of the library that packed it.
    """

    key: str
    packed: bytes | None
    version: str = __version__

    @classmethod
    def of(cls, kb: KnowledgeBase, options: Options) -> "Luggage":
        """Pack a knowledge base and the options of a run."""
        kb.program(options.as_of)
        content = pickle.dumps((kb, options), pickle.HIGHEST_PROTOCOL)
        return cls(sha256(content).hexdigest(), zlib.compress(content, 1))

    @property
    def label(self) -> "Luggage":
        """The same without what is in it."""
        return Luggage(self.key, None, self.version)


def check_elsewhere(luggage: Luggage, each: Slice) -> Done | None:
    """Check a slice in this process; None if that takes luggage that never came.

    Raises:
        UsageError: this process runs another version of the library.
    """
    if luggage.version != __version__:
        message = f"a worker runs consistent {__version__}, and this is {luggage.version}"
        raise UsageError(message, "install the same version everywhere")
    checker = _checker(luggage)
    return None if checker is None else checker.check(each)


def _checker(luggage: Luggage) -> SliceChecker | None:
    with _lock:
        found = _unpacked.get(luggage.key)
        if found is None and luggage.packed is not None:
            # As trustworthy as who sent it: a worker runs what it is sent anyway.
            found = SliceChecker(*pickle.loads(zlib.decompress(luggage.packed)))  # noqa: S301  what this run packed itself
            _unpacked[luggage.key] = found
            while len(_unpacked) > _MOST:
                _unpacked.popitem(last=False)
        return found
