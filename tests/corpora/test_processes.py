"""Whoever checks the slices, the output is the same; a process that ends takes nothing with it."""

import json
import multiprocessing
import os
import pickle
import select
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path
from typing import Any

import psutil
import pytest
from attrs import define

from consistent.checker import KnowledgeBase
from consistent.corpora import _checking, _executing
from consistent.corpora._checking import Payload, SliceChecker, SliceResult, check_in_worker
from consistent.corpora._executing import Dispatcher, ExecutorWorkers, Processes, Quarantine
from consistent.corpora._items import Slice
from consistent.corpora._results import Options
from consistent.corpora.running import Progress, run
from consistent.corpora.sources import Inputs
from consistent.errors import UsageError
from tests.corpora.generating import items

DAY = date(2026, 6, 1)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def alone(kb: KnowledgeBase, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The output of a run in this process."""
    out = tmp_path_factory.mktemp("alone") / "out.jsonl"
    run(kb, corpus, out, as_of=DAY)
    return out.read_bytes()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def test_threads(kb: KnowledgeBase, corpus: Path, out: Path, alone: bytes) -> None:
    """Any executor will do, such as threads, whichever of them is done first."""
    with ThreadPoolExecutor(3) as executor:
        run(kb, corpus, out, as_of=DAY, executor=executor, slice_items=9)
    assert out.read_bytes() == alone


def test_processes_of_a_program(kb: KnowledgeBase, corpus: Path, out: Path, alone: bytes) -> None:
    """Processes that a program started itself do the work, and are left running."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as executor:
        run(kb, corpus, out, as_of=DAY, executor=executor, slice_items=50)
        assert out.read_bytes() == alone
        assert executor.submit(os.getpid).result() != os.getpid()


def test_processes_killed(kb: KnowledgeBase, corpus: Path, out: Path, alone: bytes) -> None:
    """Each time one of our processes is killed another takes its place; nothing is lost, and nothing is there twice."""
    killed: list[int] = []

    def kill(_: Progress) -> None:
        children = [child.pid for child in multiprocessing.active_children() if child.pid]
        if len(killed) < 2 and children:
            killed.append(children[0])
            os.kill(children[0], signal.SIGKILL)

    run(kb, corpus, out, as_of=DAY, processes=2, slice_items=20, watch=kill)
    assert len(killed) == 2
    assert out.read_bytes() == alone
    assert not multiprocessing.active_children()


def test_results_come_in_files(kb: KnowledgeBase) -> None:
    """Only a name goes through the pool's pipe, at once: half of a long result would be waited for without end."""
    payload = Payload.of(kb, Options(as_of=DAY, ending_within=1, verified_within=1))
    line = json.dumps(next(iter(items(kb, 1, measures=4)))).encode()
    slice_ = Slice(0, tuple(f"s:{number}" for number in range(200)), (line,) * 200)
    wanted = check_in_worker(payload, slice_)
    with Processes(1) as processes:
        assert processes.submit(payload, slice_).result() == wanted
        assert processes._folder is not None
        folder = Path(processes._folder.name)
        assert list(folder.iterdir()) == []
        name = _executing._check_into(str(folder), payload, slice_)
        assert len(pickle.dumps(name)) < select.PIPE_BUF < len(pickle.dumps(wanted))
    assert not folder.exists()


def test_a_result_that_cannot_be_had() -> None:
    """Whoever waits for it is told, and does not wait for ever."""
    for failed in (OSError(28, "No space left on device"), BrokenProcessPool("ended"), KeyboardInterrupt()):
        written: Future[str] = Future()
        done: Future[Any] = Future()
        written.set_exception(failed)
        _executing._deliver(done, written)
        assert done.done()
        assert isinstance(done.exception(), UsageError if isinstance(failed, OSError) else type(failed))
    gone: Future[str] = Future()
    gone.set_result("/nowhere/at-all")
    done = Future()
    _executing._deliver(done, gone)
    assert "cannot be read again: No such file" in str(done.exception())


class Bomb:
    """Ends the process that unpacks it."""

    def __reduce__(self) -> tuple[Any, tuple[int]]:
        return os._exit, (1,)

    def __repr__(self) -> str:
        return "Bomb()"


def test_item_that_ends_processes(kb: KnowledgeBase, tmp_path: Path) -> None:
    """An item that ends the process that checks it is found among the others, which are checked."""
    given: list[Any] = list(items(kb, 8, measures=2))
    sound = tmp_path / "sound.jsonl"
    run(kb, Inputs(given), sound, as_of=DAY)
    given[5] = Bomb()
    out = tmp_path / "out.jsonl"
    found = run(kb, Inputs(given), out, as_of=DAY, processes=2, slice_items=2)
    told, whole = out.read_bytes().splitlines(), sound.read_bytes().splitlines()
    assert told[:5] + told[6:] == whole[:5] + whole[6:]
    assert b'"source": "<given>:6", "error": [{"message": "item ended the process that checked it"' in told[5]
    assert (found.counts.items, found.counts.bad) == (8, 1)


@define
class Killed:
    """A process that something else kills so many times, while it is at a slice; see `Processes`."""

    checker: SliceChecker
    left: int

    def wait_for_start(self) -> None:
        pass

    def submit(self, payload: Payload, slice_: Slice) -> "Future[SliceResult | None]":  # noqa: ARG002  as of `Processes`
        done: Future[SliceResult | None] = Future()
        self.left -= 1
        if self.left < 0:
            done.set_result(self.checker.check(slice_))
        else:
            done.set_exception(BrokenProcessPool())
        return done

    def recover(self) -> bool:
        return True


def test_item_that_was_there_when_processes_were_killed(kb: KnowledgeBase) -> None:
    """What is hit a few times by what ends processes is checked all the same; what ends each of them is told."""
    checker = SliceChecker(kb, TestExecuting.options)
    slice_ = Slice(0, ("x:1",), tuple(items(kb, 1, measures=1)))
    for kills, bad in ((4, 0), (5, 1)):
        quarantine = Quarantine(Payload.of(kb, checker.options), checker)
        quarantine._processes = Killed(checker, kills)  # type: ignore[assignment]  # in its place
        assert quarantine.check(slice_).counts.bad == bad


class Breaking(ThreadPoolExecutor):
    """Breaks at its third task, as one of processes does that are killed."""

    taken = 0

    def submit(self, *task: Any, **given: Any) -> Any:
        self.taken += 1
        if self.taken <= 2:
            return super().submit(*task, **given)
        broken: Future[Any] = Future()
        broken.set_exception(BrokenProcessPool("a process was terminated abruptly"))
        return broken


def test_broken_executor(kb: KnowledgeBase, corpus: Path, out: Path, alone: bytes) -> None:
    """A program's executor that breaks ends the run with an error that says what to do; then the run goes on."""
    with Breaking(1) as executor, pytest.raises(UsageError, match="the executor cannot be used any more") as caught:
        run(kb, corpus, out, as_of=DAY, executor=executor, slice_items=20)
    assert caught.value.help == "start again with another one: what is written is kept, and the run goes on"
    assert 0 < len(out.read_bytes()) < len(alone)
    with ThreadPoolExecutor(1) as another:
        run(kb, corpus, out, executor=another, slice_items=20)
    assert out.read_bytes() == alone


def test_executor_that_was_shut_down(kb: KnowledgeBase, corpus: Path, out: Path) -> None:
    """So is one that takes no work."""
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with pytest.raises(UsageError, match="cannot schedule new futures after shutdown"):
        run(kb, corpus, out, executor=executor)


class TestExecuting:
    """How slices are handed over."""

    options = Options(as_of=DAY, ending_within=1, verified_within=1)

    def slices(self, count: int, taken: list[int]) -> Any:
        for number in range(count):
            taken.append(number)
            yield Slice(number, (f"s:{number}",), (b"{}",))

    def test_no_more_than_the_crew_takes(self, kb: KnowledgeBase) -> None:
        """However slowly results are taken, the corpus is read no further than the workers take at a time."""
        with ThreadPoolExecutor(2) as executor:
            taken: list[int] = []
            dispatcher = Dispatcher(
                ExecutorWorkers(executor, 3), Payload.of(kb, self.options), quarantine=lambda _: pytest.fail("not lost")
            )
            for number, (slice_, _) in enumerate(dispatcher.check(self.slices(20, taken))):
                assert slice_.first == number
                assert len(taken) <= number + 3
            assert taken == list(range(20))

    def test_luggage_that_is_missed(self, kb: KnowledgeBase) -> None:
        """A worker that came later and has no payload in its cache is sent it."""
        payload = Payload.of(kb, self.options)
        sent: list[Payload] = []

        class Forgetful(ThreadPoolExecutor):
            def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
                sent.append(args[0])
                _checking._checkers.clear()
                return super().submit(fn, *args, **kwargs)

        with Forgetful(1) as executor:
            dispatcher = Dispatcher(ExecutorWorkers(executor, 1), payload, quarantine=lambda _: pytest.fail("not lost"))
            done = [done for _, done in dispatcher.check(self.slices(3, []))]
        assert [result.counts.bad for result in done] == [1, 1, 1]
        assert [payload_sent.content is None for payload_sent in sent] == [False, True, False, True, False]

    def test_another_version(self, kb: KnowledgeBase) -> None:
        """A worker of another version does not check."""
        payload = Payload.of(kb, self.options)
        with pytest.raises(UsageError, match=r"a worker runs consistent .*, and this is 0\.0"):
            check_in_worker(Payload(payload.key, payload.content, "0.0"), Slice(0, ("s",), (b"{}",)))


def test_processes_end_with_their_parent(pack: Path, corpus: Path, out: Path) -> None:
    """Where the run itself is killed, its processes do not stay behind."""
    text = corpus.read_bytes()
    large = out.with_name("large.jsonl")
    large.write_bytes(text * 50)
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "consistent",
        "check",
        "--pack",
        pack,
        "--corpus",
        large,
        "-o",
        out,
        "--processes",
        "2",
    ]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as running:
        while not (out.exists() and out.stat().st_size):
            assert running.poll() is None
            time.sleep(0.05)
        children = psutil.Process(running.pid).children(recursive=True)
        running.kill()
    assert len(children) >= 2
    gone, left = psutil.wait_procs(children, timeout=20)
    assert not left
    assert len(gone) == len(children)


def test_an_interrupt_while_processes_start() -> None:
    """Ctrl-C goes to all processes of a terminal; those that are just started say nothing of it."""
    script = (
        "import os, signal, time; from consistent.spawning import spawned_pool;"
        # A handler, as what is ignored is ignored by the processes that are started too.
        "signal.signal(signal.SIGINT, lambda *_: None);"
        "pool = spawned_pool(2);"
        "[(os.killpg(0, signal.SIGINT), time.sleep(0.02)) for _ in range(20)];"
        "print(pool.submit(len, 'abc').result())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, start_new_session=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "3\n", "")
