"""What a campaign is, and how one is run: case by case, each of its number, so that a run can go on where another ended."""

import hashlib
import json
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NoReturn, Protocol

from attrs import asdict, define, evolve, field, frozen

__all__ = ["KEPT", "Campaign", "Figures", "Finding", "TooSlowError", "run", "within"]

# What campaigns found, a folder for each.
KEPT = Path(__file__).parent / "kept"
# Seconds between two times that the figures are written down.
_BETWEEN = 1.0
# How much longer by the clock than by the processor something may take on a machine that does much else.
_BUSY = 10


@frozen
class Finding:
    """Something that gave way.

    Attributes:
        said: what happened, in a line or more.
        content: a small case that shows it.
        kind: what it is a case of; the beginning of the name of its file.
        suffix: the end of that name.
    """

    said: str
    content: bytes
    kind: str
    suffix: str

    @property
    def name(self) -> str:
        """Of its file; equal where the case is."""
        return f"{self.kind}~{hashlib.sha256(self.content).hexdigest()[:8]}{self.suffix}"


class Campaign(Protocol):
    """What is tried.

    Attributes:
        unit: of what is counted, in words.
    """

    unit: str

    def case(self, chance: Random) -> tuple[int, Sequence[Finding]]:
        """Try one case, made of chance alone.

        Returns:
            How many units it was, and what gave way.
        """

    def again(self, kept: Path) -> str:
        """Try a case that was kept; what gives way, in words, nothing where nothing does."""


@frozen
class Figures:
    """How far a campaign has come.

    Attributes:
        seed: of chance.
        cases: how many were tried.
        tried: how many units these were.
        found: the files of what gave way.
        seconds: for which it ran, all runs together.
    """

    seed: int
    cases: int = 0
    tried: int = 0
    found: tuple[str, ...] = ()
    seconds: float = 0.0

    def line(self, name: str, unit: str) -> str:
        """All of it, in a line."""
        return (
            f"{name}: {self.tried:,} {unit} in {self.cases:,} cases, {len(self.found)} found, "
            f"{self.seconds:.0f} s, seed {self.seed}"
        )


class TooSlowError(BaseException):
    """Raised in what takes too long; no `Exception`, so that nothing takes it for a failure of its own."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """End by `TooSlowError` what takes longer: of the processor, or so much by the clock that it must wait for something.

    An alarm that was set before rings when it would have.
    """

    def too_slow(*_: object) -> NoReturn:
        raise TooSlowError(f"took longer than {seconds:g} seconds")

    before = [signal.signal(number, too_slow) for number in (signal.SIGPROF, signal.SIGALRM)]
    began = time.monotonic()
    signal.setitimer(signal.ITIMER_PROF, seconds)
    left, again = signal.setitimer(signal.ITIMER_REAL, seconds * _BUSY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in zip((signal.SIGPROF, signal.SIGALRM), before, strict=True):
            signal.signal(number, handler)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, left - (time.monotonic() - began)), again)


@define
class _Book:
    """Where the figures are written down."""

    path: Path | None
    _written: float = field(default=0.0, init=False)

    def read(self, seed: int) -> Figures:
        if self.path is None or not self.path.exists():
            return Figures(seed)
        data = json.loads(self.path.read_bytes())
        if data["seed"] != seed:
            raise SystemExit(f"{self.path} is of a run with seed {data['seed']}, not {seed}")
        return Figures(**{**data, "found": tuple(data["found"])})

    def write(self, figures: Figures, *, last: bool = False) -> None:
        """Whole or not at all, so that a run can be killed."""
        if self.path is None or not (last or time.monotonic() > self._written + _BETWEEN):
            return
        beside = self.path.with_suffix(".part")
        beside.write_text(json.dumps(asdict(figures)))
        beside.replace(self.path)
        self._written = time.monotonic()


def run(
    campaign: Campaign,
    *,
    seed: int = 0,
    seconds: float | None = None,
    cases: int | None = None,
    resume: Path | None = None,
    found: Path | None = None,
) -> Figures:
    """Run a campaign.

    Args:
        campaign: what is tried.
        seed: of chance; a case follows from it and its number, whatever ran before.
        seconds: after which no case begins.
        cases: after how many it ends, those of earlier runs among them.
        resume: where the figures are written, and where they are taken up from.
        found: a folder for what gives way; without one the first thing is raised as an `AssertionError`.
    """
    book = _Book(resume)
    figures = book.read(seed)
    began, before = time.monotonic(), figures.seconds
    try:
        while (seconds is None or time.monotonic() < began + seconds) and (cases is None or figures.cases < cases):
            tried, findings = campaign.case(Random(f"{seed}:{figures.cases}"))
            for finding in findings:
                if found is None:
                    raise AssertionError(f"{finding.said}\n\n{finding.content[:2000]!r}")
                found.mkdir(parents=True, exist_ok=True)
                (found / finding.name).write_bytes(finding.content)
                (found / f"{finding.name}.txt").write_text(finding.said, "utf-8", "backslashreplace")
            figures = evolve(
                figures,
                cases=figures.cases + 1,
                tried=figures.tried + tried,
                found=tuple(dict.fromkeys((*figures.found, *(finding.name for finding in findings)))),
                seconds=before + time.monotonic() - began,
            )
            book.write(figures)
    finally:
        book.write(figures, last=True)
    return figures
