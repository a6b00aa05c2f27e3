"""Threads, forks, processes and asyncio: many checks at once say what each says by itself."""

import asyncio
import os
import signal
import time
import tomllib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import tomlkit

from consistent.checker import KnowledgeBase
from tests.campaigns.campaign import Campaign, Finding
from tests.campaigns.forking import fork
from tests.campaigns.small_world import draw_facts, draw_proposal, draw_rules, made
from tests.properties.random_packs import DAY
from tests.support import engines

__all__ = ["open_campaign"]

_DRAWN, _THREADS, _FORKS = 24, 6, 3
# Seconds after which a process that was forked counts as one that hangs.
_HANGS = 60.0


def said(kb: KnowledgeBase, data: Mapping[str, Any], engine: str) -> str:
    """The report of a check, as text."""
    return repr(kb.check(kb.read(data), as_of=DAY, engine=engine).report)


def otherwise(case: Mapping[str, Any]) -> str:
    """What is said otherwise among others; nothing where nothing is."""
    drawn, engine = case["proposals"], case["engine"]
    kb, _ = made(case["facts"], case["rules"])
    wanted = [said(kb, data, engine) for data in drawn]
    # A pack that compiles nothing before all begin.
    fresh, _ = made(case["facts"], case["rules"])
    with ThreadPoolExecutor(_THREADS) as pool:
        working = [pool.submit(said, fresh, data, engine) for data in drawn]
        # Forked while others check.
        forked = [_forked(fresh, drawn, wanted, engine) for _ in range(_FORKS)]
        found = [each.result() for each in working]
    if found != wanted:
        return f"threads: {_first(found, wanted)}"
    if any(status := [_status(child) for child in forked]):
        return f"forks: {status}"

    async def together() -> list[str]:
        return await asyncio.gather(*(asyncio.to_thread(said, fresh, data, engine) for data in drawn))

    if (found := asyncio.run(together())) != wanted:
        return f"asyncio: {_first(found, wanted)}"
    return ""


def _forked(kb: KnowledgeBase, drawn: Sequence[Mapping[str, Any]], wanted: Sequence[str], engine: str) -> int:
    child = fork()
    if not child:
        status = 1
        try:
            status = int([said(kb, data, engine) for data in drawn] != wanted)
        finally:
            os._exit(status)
    return child


def _status(child: int) -> int:
    """How a process ended; one that does not end is killed."""
    until = time.monotonic() + _HANGS
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -signal.SIGKILL


def _first(found: Sequence[str], wanted: Sequence[str]) -> str:
    return next(
        f"{number}: {one}, not {other}"
        for number, (one, other) in enumerate(zip(found, wanted, strict=True))
        if one != other
    )


class _Threads:
    unit = "checks beside others"

    def case(self, chance: Random) -> tuple[int, Sequence[Finding]]:
        facts = draw_facts(chance)
        kb, rules = made(facts, draw_rules(chance))
        proposals = [draw_proposal(chance, kb._reader) for _ in range(_DRAWN)]
        case = {"facts": facts, "rules": rules, "proposals": proposals, "engine": chance.choice(engines())}
        found = otherwise(case)
        return (2 + _FORKS) * _DRAWN, [
            Finding(found, tomlkit.dumps(case).encode(), "threads", ".toml")
        ] if found else []

    def again(self, kept: Path) -> str:
        return otherwise(tomllib.loads(kept.read_text("utf-8")))


def open_campaign(folder: Path) -> Campaign:
    """The campaign; it needs no folder."""
    return _Threads()
