"""Checks a slice: reads its items, checks them together, and serialises the results in the form of the output."""

import json
import pickle
import zlib
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Any

from attrs import field, frozen

from consistent.check import Check
from consistent.checker import KnowledgeBase
from consistent.corpora._items import Content, FileContent, Slice, Unreadable, is_proposal, parse_object
from consistent.corpora._results import Bad, Checked, Counts, Form, Options, Result, outcomes_of
from consistent.errors import ConsistentError, Fault, InputError, Location, UsageError, told
from consistent.findings.said import Spoken
from consistent.garbage import collector_paused
from consistent.knowledge.fields import packs_with_field
from consistent.locking import Lock
from consistent.model.proposal import Proposal
from consistent.reports.json_format import as_told, report_to_data
from consistent.toml.many import ManyReader
from consistent.toml.tomlfile import TomlFile
from consistent.version import __version__

__all__ = ["Payload", "SliceChecker", "SliceResult", "check_in_worker", "render"]

# Results are serialised where they are made, by the workers: bytes are cheaper to send than objects.


def render(results: Iterable[Result], form: Form) -> bytes:
    """Results in the form of the output, in order: lines of JSON, or a table of Arrow."""
    if form == "parquet":
        from consistent.corpora.parquet import rows  # noqa: PLC0415  pyarrow is an extra, and large

        return rows(results)
    return b"".join(map(_line, results))


def _fault_to_data(fault: Fault) -> dict[str, Any]:
    """A fault as plain data."""
    return {"message": fault.message, "at": str(fault.location), "help": fault.help}


def _line(result: Result) -> bytes:
    head = {"index": result.index, "source": result.source}
    if isinstance(result, Bad):
        return _encoded(
            json.dumps(head | {"error": list(map(_fault_to_data, told(result.faults)))}, ensure_ascii=False) + "\n"
        )
    head |= {"name": result.name, "measures": result.measures, "outcomes": dict(result.outcomes)}
    report = "" if result.report is None else f', "report": {json.dumps(result.report, ensure_ascii=False)}'
    spoken = ", ".join(map(_said, result.spoken))
    return _encoded(f'{json.dumps(head, ensure_ascii=False)[:-1]}, "spoken": [{spoken}]{report}}}\n')


@lru_cache(maxsize=1 << 16)
def _said(spoken: Spoken) -> str:
    """One thing said, as JSON; by far the most of the output, and the same things over and over."""
    said = {"rule": spoken.rule, "measure": spoken.measure, "verdict": spoken.verdict, "state": spoken.outcome}
    return json.dumps(said, ensure_ascii=False)


def _encoded(line: str) -> bytes:
    try:
        return line.encode()
    except UnicodeEncodeError:
        # Halves of letters, which JSON can name and UTF-8 cannot hold.
        return line.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


@frozen
class SliceResult:
    """What came of a slice.

    Attributes:
        outputs: the results of its items, in the form of the output; in several pieces where quarantine cut it.
    """

    counts: Counts
    outputs: tuple[bytes, ...]

    def __add__(self, other: "SliceResult") -> "SliceResult":
        return SliceResult(self.counts + other.counts, self.outputs + other.outputs)


@frozen
class SliceChecker:
    """Checks slices against one knowledge base."""

    kb: KnowledgeBase
    options: Options
    _reader: ManyReader = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_reader", ManyReader(self.kb.knowledge.vocabularies, packs_with_field))

    def check(self, slice_: Slice) -> SliceResult:
        """Check the items of a slice; a bad one is part of the result.

        Raises:
            UsageError: the options cannot be met, whatever the items: no such engine.
        """
        # Nothing of a slice is in a reference cycle, so that collecting finds nothing, and takes long.
        with collector_paused():
            return self._serialised(self._results(slice_))

    def failed(self, slice_: Slice, fault: str) -> SliceResult:
        """The result of a slice of which no item was checked, each being bad for the same reason."""
        places = enumerate(slice_.sources, slice_.first)
        return self._serialised(Bad(index, source, (Fault(fault, Location(source)),)) for index, source in places)

    def _serialised(self, results: Iterable[Result]) -> SliceResult:
        said: list[Collection[str] | None] = []

        def noted() -> Iterator[Result]:
            for result in results:
                said.append(None if isinstance(result, Bad) else result.outcomes.keys())
                yield result

        # Lazily: each result is serialised before the next is made, as those of a whole slice would fill much memory.
        output = render(noted(), self.options.form)
        return SliceResult(Counts.of(said), (output,))

    def _results(self, slice_: Slice) -> Iterator[Result]:
        pairs = zip(slice_.sources, slice_.contents, strict=True)
        read = [_attempt(source, self._read, content, source) for source, content in pairs]
        checks = self._checks([one for one in read if isinstance(one, Proposal)])
        for index, (source, one) in enumerate(zip(slice_.sources, read, strict=True), slice_.first):
            found = one
            if isinstance(one, Proposal):
                check = next(checks)
                found = (
                    _attempt(source, self._checked, index, source, one, check) if isinstance(check, Check) else check
                )
            yield found if isinstance(found, Checked) else Bad(index, source, found)

    def _checked(self, index: int, source: str, proposal: Proposal, check: Check) -> Checked:
        options, spoken = self.options, check.spoken
        return Checked(
            index,
            source,
            proposal.name,
            len(proposal.measures),
            spoken,
            outcomes_of(check, spoken, proposal, waived=bool(options.waivers)),
            as_told(report_to_data(check.report, options.language)) if options.full else None,
        )

    def _checks(self, proposals: list[Proposal]) -> Iterator[Check | tuple[Fault, ...]]:
        """The checks in order; where they cannot be made together, one by one, to find the one at fault."""
        try:
            yield from list(self._check(proposals))
        except UsageError:
            raise
        except Exception:  # noqa: BLE001  whatever it was, most items can do without it
            for one in proposals:
                yield _attempt(one.path, lambda one=one: next(self._check([one])))

    def _check(self, proposals: Iterable[Proposal]) -> Iterator[Check]:
        options = self.options
        return self.kb.check_many(
            proposals,
            as_of=options.as_of,
            engine=options.engine,
            waivers=options.waivers,
            ending_within=options.ending_within,
            verified_within=options.verified_within,
            strict=options.strict,
        )

    def _read(self, content: Content, source: str) -> Proposal:
        if isinstance(content, bytes):
            return self._reader.read(parse_object(content, source), source)
        if isinstance(content, Unreadable):
            raise InputError(content.faults)
        if isinstance(content, FileContent):
            return self._read_file(content.content, source)
        return self.kb.read(content)

    def _read_file(self, content: bytes, source: str) -> Proposal:
        from consistent.documents.reading import is_document  # noqa: PLC0415  what reads documents is large

        if is_proposal(content):
            return self._read(content, source)
        if is_document(content):
            return self.kb.draft(content, source, as_proposal=self.options.as_proposal).proposal
        return self.kb.read_file(TomlFile.parse(content, source))


def _attempt(source: str, action: Any, *arguments: Any) -> Any:
    """What an action gives, or the faults of one item: what is wrong with it must not stop the others."""
    try:
        return action(*arguments)
    except InputError as error:
        return error.faults
    except UsageError:
        raise
    except ConsistentError as error:
        return (Fault(str(error), Location(source)),)
    except Exception as error:  # noqa: BLE001  a fault of ours in one item; it is told with the item
        message = f"item cannot be checked: {type(error).__name__}: {error}"
        return (Fault(message, Location(source), "please report this as a bug"),)


# The payload of workers: a knowledge base with the options of a run, pickled once and cached in each worker.

# A run has one payload; a worker of a cluster outlives runs, and may serve several at a time.
_MAX_CACHED = 4
_checkers: OrderedDict[str, SliceChecker] = OrderedDict()
_lock = Lock()


@frozen
class Payload:
    """What a worker needs to check slices.

    Attributes:
        key: the digest of its content, by which workers cache it.
        content: compressed; None where the worker is expected to have it in its cache.
        version: of the library that made it.
    """

    key: str
    content: bytes | None
    version: str = __version__

    @classmethod
    def of(cls, kb: KnowledgeBase, options: Options) -> "Payload":
        """The payload of a run; what of the knowledge base is compiled on first use is compiled before, for all workers."""
        kb.program(options.as_of)
        content = pickle.dumps((kb, options), pickle.HIGHEST_PROTOCOL)
        return cls(sha256(content).hexdigest(), zlib.compress(content, 1))

    @property
    def key_only(self) -> "Payload":
        """The same without content."""
        return Payload(self.key, None, self.version)


def check_in_worker(payload: Payload, slice_: Slice) -> SliceResult | None:
    """Check a slice in this process, a worker.

    Returns:
        The result; None on a cache miss: the payload came without content, and is not cached here.

    Raises:
        UsageError: this process runs another version of the library.
    """
    if payload.version != __version__:
        message = f"a worker runs consistent {__version__}, and this is {payload.version}"
        raise UsageError(message, "install the same version everywhere")
    checker = _checker(payload)
    return None if checker is None else checker.check(slice_)


def _checker(payload: Payload) -> SliceChecker | None:
    """The checker of a payload: from the cache, or made and cached, the least recently made ones being evicted."""
    with _lock:
        checker = _checkers.get(payload.key)
        if checker is None and payload.content is not None:
            # As trustworthy as who sent it: a worker runs what it is sent anyway.
            checker = SliceChecker(*pickle.loads(zlib.decompress(payload.content)))  # noqa: S301  what this run packed itself
            _checkers[payload.key] = checker
            while len(_checkers) > _MAX_CACHED:
                _checkers.popitem(last=False)
        return checker
