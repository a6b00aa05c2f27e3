"""Runs a check over a corpus, from its source to its sink, with checkpoints from which a later run resumes."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, closing, suppress
from datetime import date
from itertools import chain
from pathlib import Path

from attrs import evolve, frozen

from consistent.checker import KnowledgeBase
from consistent.corpora._checking import Payload, SliceChecker, SliceResult
from consistent.corpora._executing import Dispatcher, ExecutorWorkers, Processes, Quarantine, Workers, check_here
from consistent.corpora._items import Slice, slices_of
from consistent.corpora._results import Counts, Options
from consistent.corpora._resuming import State, check_same, identity_of, skip, state_path, sweep
from consistent.corpora.sinks import Sink, open_sink
from consistent.corpora.sources import Source, open_corpus
from consistent.errors import Fault, InputError, Location
from consistent.knowledge.entries import Limits
from consistent.model.text import Language, Localized, today
from consistent.toml.files import is_file
from consistent.toml.waivers import WaiverInput, waivers_from

__all__ = ["Progress", "Run", "run"]

_LIMITS = Limits()
# Items to a slice: enough that handing one over costs little, and few enough that little is lost.
_SLICE = 250
# Seconds between two checkpoints: to flush to disk takes time.
_BETWEEN = 0.5
_EXISTS = Localized("file exists already, and is left as it is", "bestand bestaat al, en wordt gelaten zoals het is")
_REPLACE = Localized("`--force` replaces it", "`--force` vervangt het")


@frozen
class Progress:
    """How far a run has come.

    Attributes:
        counts: of all items that are done, those of an earlier run among them.
        position: of the source, in the unit of its `size`.
    """

    counts: Counts
    position: int


@frozen
class Run:
    """A run that came to its end.

    Attributes:
        counts: of all items of the corpus.
        found_done: how many of these were done by an earlier run.
    """

    counts: Counts
    found_done: int


def run(
    kb: KnowledgeBase,
    corpus: Source | Path | str,
    output: Sink | Path | str,
    *,
    as_of: date | None = None,
    engine: str = "auto",
    waivers: WaiverInput | Iterable[WaiverInput] = (),
    ending_within: int = _LIMITS.ending_within,
    verified_within: int = _LIMITS.verified_within,
    strict: bool = False,
    as_proposal: bool = False,
    full: bool = False,
    language: Language = "en",
    processes: int = 1,
    executor: Executor | Workers | None = None,
    restart: bool = False,
    force: bool = False,
    slice_items: int = _SLICE,
    between: float = _BETWEEN,
    watch: Callable[[Progress], None] | None = None,
) -> Run:
    """Check a corpus and write what is found, an item after another, in the order of the corpus.

    An item that cannot be read or checked is part of the output, and does not stop the rest. A run that was stopped is resumed
    when it is started again with the same arguments: what it had written stays, and nothing is written twice.
    What it writes itself is no part of a folder that it reads. Of a corpus without items nothing is written.

    Args:
        kb: checks.
        corpus: a file, a folder, or another source; `Inputs` makes one of whatever can be iterated over.
        output: a file of JSON Lines, or where the name ends in `.parquet` or `.pq` a folder of Parquet files.
        as_of: the day whose facts, rules and waivers count; unless given that of the run that was stopped, or today.
        engine: as `KnowledgeBase.check_many` takes it.
        waivers: findings that are accepted; see `waivers_from`.
        ending_within: as `KnowledgeBase.check` takes it.
        verified_within: as `KnowledgeBase.check` takes it.
        strict: as `KnowledgeBase.check` takes it.
        as_proposal: take documents that are no proposals for some all the same.
        full: write whole reports too.
        language: of the messages in them, and of errors.
        processes: how many on this machine; one is this process itself.
        executor: does the work in place of them: threads, processes, a cluster.
        restart: begin anew even if an earlier run could be resumed.
        force: replace an output that is not of an earlier run.
        slice_items: how many items are checked at once.
        between: the seconds between two checkpoints.
        watch: is told how far the run has come.

    Raises:
        InputError: the corpus cannot be read, or not any further; a waiver cannot be used; the output cannot be written.
        UsageError: the run that was stopped was another one; the output is the corpus, or a folder; the executor is broken;
            there is no such engine.
    """
    source = open_corpus(corpus, language) if isinstance(corpus, Path | str) else corpus
    sink = open_sink(output, language) if isinstance(output, Path | str) else output
    if sink.path is not None:
        source.keep_apart((sink.path, state_path(sink.path)))
    checkpoint = _Checkpoint.of(sink.path, language, restart=restart, force=force)
    before = checkpoint.found
    options = Options(
        as_of=as_of or _day_of(before) or today(),
        engine=engine,
        waivers=waivers_from(waivers),
        ending_within=ending_within,
        verified_within=verified_within,
        strict=strict,
        as_proposal=as_proposal,
        full=full,
        # Nothing else of the output is in a language.
        language=language if full else "en",
        form=sink.form,
    )
    # Without a checkpoint nobody asks for it.
    identity = {} if checkpoint.path is None else identity_of(kb, options, source.name)
    if before is not None and checkpoint.path is not None:
        check_same(before, identity, checkpoint.path, language)
    state = before or State(identity=identity)
    with ExitStack() as closed:
        items = closed.enter_context(closing(source.items()))
        coming = skip(items, state, source.name, language)
        slices = slices_of(coming, slice_items, first=state.items, digest=state.digest)
        first = next(slices, None)
        if first is None and before is None:
            return Run(state.counts, 0)
        closed.callback(sink.close)
        sink.open()
        if before is None and checkpoint.path is not None:
            # An earlier state must not outlive the output that it tells of.
            state.write(checkpoint.path)
        sink.begin(state.mark)
        if checkpoint.path is not None:
            sweep(checkpoint.path)
        writer = _Writer(sink, checkpoint.path, state, between)
        slices = chain(() if first is None else (first,), slices)
        try:
            for slice_, result in _checked(slices, SliceChecker(kb, options), processes, executor, closed):
                writer.write(slice_, result)
                if watch is not None:
                    watch(Progress(writer.latest.counts, slice_.position))
            writer.finish()
        finally:
            # However it ends, what was written by now need not be checked again.
            writer.checkpoint()
    return Run(writer.latest.counts, state.items)


def _checked(
    slices: Iterable[Slice],
    checker: SliceChecker,
    processes: int,
    executor: Executor | Workers | None,
    closed: ExitStack,
) -> Iterator[tuple[Slice, SliceResult]]:
    if executor is None and processes <= 1:
        return check_here(slices, checker)
    payload = Payload.of(checker.kb, checker.options)
    workers: Workers
    if executor is None:
        workers = closed.enter_context(Processes(processes))
    elif isinstance(executor, Executor):
        workers = ExecutorWorkers(executor, 4 * (getattr(executor, "_max_workers", None) or 4))
    else:
        workers = executor
    quarantine = closed.enter_context(closing(Quarantine(payload, checker)))
    return closed.enter_context(closing(Dispatcher(workers, payload, quarantine.check).check(slices)))


def _day_of(state: State | None) -> date | None:
    with suppress(ValueError, TypeError):
        return date.fromisoformat(str(state.identity.get("as_of"))) if state else None
    return None


@frozen
class _Checkpoint:
    """The checkpoint beside an output.

    Attributes:
        path: of its file; None where the output cannot be resumed, and nothing is kept.
        found: the state of an earlier run that is to be resumed; None where a run begins anew.
    """

    path: Path | None
    found: State | None

    @classmethod
    def of(cls, output: Path | None, language: Language, *, restart: bool, force: bool) -> "_Checkpoint":
        """The checkpoint of an output, with the state of an earlier run into it.

        Raises:
            InputError: the output is there already, and is not of an earlier run.
        """
        if output is None:
            return cls(None, None)
        path = state_path(output)
        known = is_file(path)
        if not known and not force and is_file(output) and not _is_empty(output):
            raise InputError([Fault(_EXISTS.get(language), Location(str(output)), _REPLACE.get(language))])
        return cls(path, None if restart else State.read(path, language))


def _is_empty(output: Path) -> bool:
    """Whether an output is empty, as a run leaves it that was killed before it wrote its state: nothing is lost with it."""
    if output.is_dir():
        return not any(output.iterdir())
    return output.is_file() and output.stat().st_size == 0


class _Writer:
    """Writes results to the sink, and checkpoints of what is flushed.

    INVARIANT: a state is replaced as a whole. Whenever the run is interrupted, items, counts and mark tell of the same.

    Attributes:
        latest: the state after the last slice that was written.
    """

    def __init__(self, sink: Sink, path: Path | None, state: State, between: float) -> None:
        self.latest = self._whole = state
        self._sink = sink
        self._path = path
        self._between = between
        self._checkpointed_at = time.monotonic()

    def write(self, slice_: Slice, result: SliceResult) -> None:
        """Write the result of the next slice, and a checkpoint if it is time for one."""
        self._sink.write(result.outputs, result.counts.items)
        counts = self.latest.counts + result.counts
        self._move(evolve(self.latest, items=slice_.end, digest=slice_.digest, counts=counts))
        if time.monotonic() - self._checkpointed_at >= self._between:
            self.checkpoint()

    def finish(self) -> None:
        """Nothing more comes."""
        self._sink.finish()
        self._move(self.latest)

    def _move(self, state: State) -> None:
        mark = self._sink.mark()
        self.latest = evolve(state, mark=mark)
        if mark is not None:
            self._whole = self.latest

    def checkpoint(self) -> None:
        """Flush what was written to disk, then keep the state that tells of it."""
        # In this order: a state must never tell of output that a crash of the machine can still take away.
        whole = self._whole
        self._sink.sync()
        if self._path is not None:
            whole.write(self._path)
        self._checkpointed_at = time.monotonic()
