"""Runs a check over a corpus, from its source to its sink."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, closing, suppress
from datetime import date
from itertools import chain
from pathlib import Path

from attrs import evolve, frozen

from consistent.checker import KnowledgeBase
from consistent.corpora.checking import Done, Luggage, SliceChecker
from consistent.corpora.executing import Crew, Executing, Handed, Processes, Quarantine, check_here
from consistent.corpora.items import Slice, slices_of
from consistent.corpora.results import Counts, Options
from consistent.corpora.resuming import State, check_same, identity_of, skip, state_path, sweep
from consistent.corpora.sinks import Sink, open_sink
from consistent.corpora.sources import Source, open_corpus
from consistent.errors import Fault, InputError, Location
from consistent.findings.waivers import Limits
from consistent.model.text import Language, Localized, today
from consistent.toml.files import is_file
from consistent.toml.waivers import WaiverInput, waivers_from

__all__ = ["Progress", "Run", "run"]

_LIMITS = Limits()
# Items to a slice: enough that handing one over costs little, and few enough that little is lost.
_SLICE = 250
# Seconds between two times that what is written is made sure; the disk takes its time.
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
    as_proposal: bool = False,
    full: bool = False,
    language: Language = "en",
    processes: int = 1,
    executor: Executor | Crew | None = None,
    restart: bool = False,
    force: bool = False,
    slice_items: int = _SLICE,
    between: float = _BETWEEN,
    watch: Callable[[Progress], None] | None = None,
) -> Run:
    """Check a corpus and write what is found, an item after another, in the order of the corpus.

    An item that cannot be read or checked is part of the output, and does not stop the rest. A run that was stopped goes on
    where it was when it is started again with the same arguments: what it had written stays, and nothing is written twice.
    What it writes itself is no part of a folder that it reads. Of a corpus without items nothing is written.

    Args:
        kb: checks.
        corpus: a file, a folder, or another source; `Given` makes one of whatever can be iterated over.
        output: a file of JSON Lines, or where the name ends in `.parquet` or `.pq` a folder of Parquet files.
        as_of: the day whose facts, rules and waivers count; unless given that of the run that was stopped, or today.
        engine: as `KnowledgeBase.check_many` takes it.
        waivers: findings that are accepted; see `waivers_from`.
        ending_within: as `KnowledgeBase.check` takes it.
        verified_within: as `KnowledgeBase.check` takes it.
        as_proposal: take documents that are no proposals for some all the same.
        full: write whole reports too.
        language: of the messages in them, and of errors.
        processes: how many on this machine; one is this process itself.
        executor: does the work in place of them: threads, processes, a cluster.
        restart: begin anew even if an earlier run can be gone on with.
        force: replace an output that is not of an earlier run.
        slice_items: how many items are checked at once.
        between: the seconds between two times that what is written is made sure.
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
    keeping = _Keeping.of(sink.path, language, restart=restart, force=force)
    before = keeping.found
    options = Options(
        as_of=as_of or _day_of(before) or today(),
        engine=engine,
        waivers=waivers_from(waivers),
        ending_within=ending_within,
        verified_within=verified_within,
        as_proposal=as_proposal,
        full=full,
        # Nothing else of the output is in a language.
        language=language if full else "en",
        form=sink.form,
    )
    # Where nothing is kept, nobody asks.
    identity = {} if keeping.path is None else identity_of(kb, options, source.name)
    if before is not None and keeping.path is not None:
        check_same(before, identity, keeping.path, language)
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
        if before is None and keeping.path is not None:
            # An earlier state must not outlive the output that it tells of.
            state.write(keeping.path)
        sink.begin(state.mark)
        if keeping.path is not None:
            sweep(keeping.path)
        ledger = _Ledger(sink, keeping.path, state, between)
        slices = chain(() if first is None else (first,), slices)
        try:
            for slice_, done in _checked(slices, SliceChecker(kb, options), processes, executor, closed):
                ledger.enter(slice_, done)
                if watch is not None:
                    watch(Progress(ledger.latest.counts, slice_.position))
            ledger.finish()
        finally:
            # However it ends, what was written by now need not be checked again.
            ledger.keep()
    return Run(ledger.latest.counts, state.items)


def _checked(
    slices: Iterable[Slice], checker: SliceChecker, processes: int, executor: Executor | Crew | None, closed: ExitStack
) -> Iterator[tuple[Slice, Done]]:
    if executor is None and processes <= 1:
        return check_here(slices, checker)
    luggage = Luggage.of(checker.kb, checker.options)
    crew: Crew
    if executor is None:
        crew = closed.enter_context(Processes(processes))
    elif isinstance(executor, Executor):
        crew = Handed(executor, 4 * (getattr(executor, "_max_workers", None) or 4))
    else:
        crew = executor
    alone = closed.enter_context(closing(Quarantine(luggage, checker)))
    return closed.enter_context(closing(Executing(crew, luggage, alone.check).check(slices)))


def _day_of(state: State | None) -> date | None:
    with suppress(ValueError, TypeError):
        return date.fromisoformat(str(state.identity.get("as_of"))) if state else None
    return None


@frozen
class _Keeping:
    """Where the state is kept, and what was found there."""

    path: Path | None
    found: State | None

    @classmethod
    def of(cls, output: Path | None, language: Language, *, restart: bool, force: bool) -> "_Keeping":
        """The state of an earlier run into that output, if it is to go on.

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
    """Whether nothing is lost with it: a run that was killed before it had a state leaves no more than that."""
    if output.is_dir():
        return not any(output.iterdir())
    return output.is_file() and output.stat().st_size == 0


class _Ledger:
    """Writes results, and keeps what is sure.

    INVARIANT: a state is replaced as a whole. Whenever the run is interrupted, items, counts and mark tell of the same.

    Attributes:
        latest: what is done.
    """

    def __init__(self, sink: Sink, path: Path | None, state: State, between: float) -> None:
        self.latest = self._whole = state
        self._sink = sink
        self._path = path
        self._between = between
        self._kept = time.monotonic()

    def enter(self, slice_: Slice, done: Done) -> None:
        """Write the result of the next slice."""
        self._sink.write(done.outputs, done.counts.items)
        counts = self.latest.counts + done.counts
        self._move(evolve(self.latest, items=slice_.end, digest=slice_.digest, counts=counts))
        if time.monotonic() - self._kept >= self._between:
            self.keep()

    def finish(self) -> None:
        """Nothing more comes."""
        self._sink.finish()
        self._move(self.latest)

    def _move(self, state: State) -> None:
        mark = self._sink.mark()
        self.latest = evolve(state, mark=mark)
        if mark is not None:
            self._whole = self.latest

    def keep(self) -> None:
        """Make sure of what was written."""
        whole = self._whole
        self._sink.sync()
        if self._path is not None:
            whole.write(self._path)
        self._kept = time.monotonic()
