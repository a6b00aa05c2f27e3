"""Kills: a command that is killed at any moment, and run again, ends as one that was left alone, and nothing is lost."""

import json
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from attrs import define, field, frozen

from consistent import ConsistentError, load
from tests.campaigns.campaign import Campaign, Finding
from tests.campaigns.jobs import JOBS, Done, Job, Workplace

__all__ = ["open_campaign"]

# So often at most a command is killed before it is let come to its end.
_KILLS = 3


@frozen
class _Alone:
    """What a command comes to that nobody kills.

    Attributes:
        seconds: that it takes.
    """

    done: Done
    files: dict[str, bytes]
    seconds: float


@define
class _Kills:
    place: Workplace
    unit: str = "kills"
    _given: dict[str, bytes] = field(init=False)
    _alone: dict[str, _Alone] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._given = self.place.given()

    def case(self, chance: Random) -> tuple[int, Sequence[Finding]]:
        name = chance.choice(list(JOBS))
        moments = [chance.random() for _ in range(chance.randint(1, _KILLS))]
        kills, said = self._killed(name, moments)
        case = json.dumps({"job": name, "moments": moments}).encode()
        return kills, [Finding(said, case, name, ".json")] if said else []

    def again(self, kept: Path) -> str:
        case = json.loads(kept.read_bytes())
        return self._killed(case["job"], case["moments"])[1]

    def _killed(self, name: str, moments: Sequence[float]) -> tuple[int, str]:
        """How often it was still there to be killed, and what was lost."""
        job, alone = JOBS[name], self._left_alone(name)
        folder = self.place.begin(job, "killed")
        try:
            kills = 0
            for moment in moments:
                # In each run some of the work is done already: more of the kills fall into it than into the start.
                done = self.place.run(job, folder, kill_after=moment * alone.seconds)
                if done.status >= 0:
                    break
                kills += 1
                if said := self._hurt(job, folder):
                    return kills, f"{name}, killed: {said}"
            done = done if done.status >= 0 else self.place.run(job, folder)
            return kills, self._differs(job, alone, done, folder)
        finally:
            shutil.rmtree(folder)

    def _left_alone(self, name: str) -> _Alone:
        if name not in self._alone:
            job = JOBS[name]
            # The first run fills the cache.
            for _ in range(2):
                folder = self.place.begin(job, "alone")
                began = time.monotonic()
                done = self.place.run(job, folder)
                self._alone[name] = _Alone(done, files_of(folder), time.monotonic() - began)
                shutil.rmtree(folder)
        return self._alone[name]

    def _hurt(self, job: Job, folder: Path) -> str:
        """What a kill hurt: a file that was given, or one that was being written to."""
        if self.place.given() != self._given:
            return "a file that is only read was changed"
        if job.edits:
            try:
                load(self.place.root / "pack" if "../pack" in job.arguments else "treaties").read(folder / job.edits)
            except ConsistentError as error:
                return f"{job.edits} is not whole: {error}"
        return ""

    def _differs(self, job: Job, alone: _Alone, done: Done, folder: Path) -> str:
        """How a run after kills differs from one that was left alone."""
        files = files_of(folder)
        if b"Traceback" in done.output:
            return f"traceback: {done.output[-3000:].decode(errors='replace')}"
        if files != alone.files:
            changed = sorted(name for name in files.keys() | alone.files if files.get(name) != alone.files.get(name))
            return f"other files: {changed}, status {done.status}: {done.output[-600:].decode(errors='replace')}"
        if job.edits:
            return self._hurt(job, folder)
        if (done.status, _told(done)) != (alone.done.status, _told(alone.done)):
            return f"status {done.status} for {alone.done.status}, or said otherwise: {done.output[-600:]!r}"
        return self._hurt(job, folder)


def _told(done: Done) -> list[bytes]:
    """What was said, but how much of it an earlier run had done."""
    return [line for line in done.output.splitlines() if b"by an earlier run" not in line]


def files_of(folder: Path) -> dict[str, bytes]:
    """All files of a folder but hidden ones: temporary ones that a kill leaves, and what hypothesis keeps."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def open_campaign(folder: Path) -> Campaign:
    """The campaign, with its files in a folder."""
    return _Kills(Workplace.made(folder))
