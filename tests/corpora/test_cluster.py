"""A corpus is checked by the workers of a Dask scheduler; one that is killed takes nothing with it."""

import os
import signal
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consistent.checker import KnowledgeBase
from consistent.corpora.cluster import cluster
from consistent.corpora.running import Progress, run
from consistent.errors import UsageError

distributed = pytest.importorskip("distributed")

DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    """A scheduler with two worker processes on this machine."""
    settings = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": ":0"}
    with distributed.LocalCluster(**settings, silence_logs=50) as made:
        yield made


def test_worker_killed(kb: KnowledgeBase, corpus: Path, tmp_path: Path, local: Any) -> None:
    """The output is that of a run in one process, though a worker is killed in the middle: nothing lost, nothing twice."""
    alone, out = tmp_path / "alone.jsonl", tmp_path / "out.jsonl"
    run(kb, corpus, alone, as_of=DAY)
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if progress.counts.items >= 100 and not killed:
            killed.append(next(iter(local.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    with cluster(local.scheduler_address) as workers:
        found = run(kb, corpus, out, as_of=DAY, executor=workers, slice_items=10, watch=kill)
    assert killed
    assert found.counts.items == 400
    assert out.read_bytes() == alone.read_bytes()


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no scheduler answers, that is told, with how to start one."""
    monkeypatch.setattr("consistent.corpora.cluster._SECONDS", 0.3)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(UsageError, match=f"no scheduler answers at `{address}`"), cluster(address):
            pass
        with pytest.raises(UsageError, match=f"er antwoordt geen planner op `{address}`"), cluster(address, "nl"):
            pass
