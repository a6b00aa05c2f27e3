"""Failing writes: whatever step of writing a file fails, the command says so once, and leaves the old file whole and nothing half."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from attrs import define, field, frozen

from tests.campaigns.campaign import Campaign, Finding
from tests.campaigns.faulty import fail_at
from tests.campaigns.jobs import JOBS, Done, Job, Workplace

__all__ = ["WRITING", "open_campaign"]

_ERRORS = ("ENOSPC", "EIO")
_SMALL = ("--pack", "../pack", "--as-of", "2026-06-01")
# What writes files. Who types at a terminal writes by the same means as who closes a field.
WRITING: Mapping[str, Job] = {
    **{
        name: job
        for name, job in JOBS.items()
        if name in {"corpus-full", "draft", "mutate", "close", "fiche", "page", "pages"}
    },
    "corpus-parquet": Job(("check", "--corpus", "../few.jsonl", "-o", "out.parquet", *_SMALL)),
    "new-pack": Job(("new", "pack", "mine")),
    "new-proposal": Job(("new", "proposal", "mine.toml")),
    "fiche-word": Job(("fiche", "../proposal.toml", "-o", "out.docx", "--force", "--timeout", "60", *_SMALL)),
    "schema": Job(("schema", "proposal", "-o", "out.json", "--force", "--pack", "../pack")),
}
# What was there before, where the command replaces it.
_OLD = b"old\n"
# Outputs of which a run that goes on has need: what is done stays.
_KEPT = ("corpus-full", "corpus-parquet", "mutate")


@frozen
class _Sound:
    """What a command does when nothing fails: each step of writing, and what it comes to."""

    steps: Sequence[str]
    done: Done
    files: Mapping[str, bytes]


@define
class _Writes:
    place: Workplace
    unit: str = "failing writes"
    _sound: dict[tuple[str, bool], _Sound] = field(factory=dict, init=False)

    def case(self, chance: Random) -> tuple[int, Sequence[Finding]]:
        name, cold = chance.choice(list(WRITING)), chance.random() < 0.2
        sound = self._undisturbed(name, cold=cold)
        at, error = chance.randint(1, len(sound.steps)), chance.choice(_ERRORS)
        said = self._failing(name, at, error, cold=cold)
        case = json.dumps({"job": name, "at": at, "error": error, "cold": cold}).encode()
        return 1, [Finding(said, case, name, ".json")] if said else []

    def again(self, kept: Path) -> str:
        case = json.loads(kept.read_bytes())
        return self._failing(case["job"], case["at"], case["error"], cold=case["cold"])

    def _undisturbed(self, name: str, *, cold: bool) -> _Sound:
        """Cold: with an empty cache of packs, which is then written to as well."""
        if (name, cold) not in self._sound:
            if not cold:
                self._run(name, 0, _ERRORS[0], cold=False)
            done, steps, files = self._run(name, 0, _ERRORS[0], cold=cold)
            self._sound[name, cold] = _Sound(steps, done, files)
        return self._sound[name, cold]

    def _failing(self, name: str, at: int, error: str, *, cold: bool) -> str:
        """What is wrong with how a command takes it that a step fails; nothing where nothing is."""
        sound = self._undisturbed(name, cold=cold)
        done, steps, files = self._run(name, at, error, cold=cold)
        step = steps[at - 1] if len(steps) >= at else "a step that did not come"
        said = done.output.decode("utf-8", "replace")
        wrong = self._wrong(
            name, sound, done, files, said, in_cache=step.partition(" ")[2].startswith(("cache", "cold"))
        )
        return f"{name}, {error} at step {at}, {step}: {wrong}\nstatus {done.status}\n{said[-2000:]}" if wrong else ""

    def _wrong(
        self, name: str, sound: _Sound, done: Done, files: Mapping[str, bytes], said: str, *, in_cache: bool
    ) -> str:
        hidden = [path for path in files if path not in sound.files and Path(path).name.startswith(".")]
        if "Traceback" in said:
            return "a traceback"
        # Answers that cannot be written where they belong are kept elsewhere, and it is said where.
        aside = [str(path) for path in (self.place.root / "aside").iterdir() if str(path) not in said]
        if hidden or aside:
            return f"left behind: {[*hidden, *aside]}"
        whole = (done.status, done.output) == (sound.done.status, sound.done.output) and files == sound.files
        if in_cache or whole:
            return "" if whole else "what fails in the cache changes what is said"
        if done.status != 2:
            return f"status {done.status}, and not all was written"
        if len([line for line in said.splitlines() if line.startswith("error: ")]) != 1:
            return "not one message"
        old = dict.fromkeys(_replaced(WRITING[name]), _OLD)
        for path, content in files.items():
            if (
                name not in _KEPT
                and content not in {sound.files.get(path), old.get(path)}
                and path not in WRITING[name].needs
            ):
                return f"{path} is neither old nor new"
        needs = {path: (self.place.root / path).read_bytes() for path in WRITING[name].needs}
        if any(files[path] not in {content, sound.files[path]} for path, content in needs.items()):
            return "what was edited is neither old nor new"
        if any(path not in files for path in old):
            return "the old file is gone"
        return self._goes_on(name, sound) if name in _KEPT else ""

    def _goes_on(self, name: str, sound: _Sound) -> str:
        """Where the work is resumed, the next run ends as one of which nothing failed."""
        folder = self.place.root / "failing"
        again = self.place.run(WRITING[name], folder)
        files = _files(folder)
        if files != sound.files:
            return f"the next run does not end as one of which nothing failed: status {again.status}, {again.output.decode()[-800:]}"
        return ""

    def _run(self, name: str, at: int, error: str, *, cold: bool) -> tuple[Done, list[str], dict[str, bytes]]:
        job, folder, log = WRITING[name], self.place.root / "failing", self.place.root / "steps.log"
        cache = self.place.root / ("cold" if cold else "cache")
        for gone in (folder, self.place.root / "cold", self.place.root / "aside"):
            shutil.rmtree(gone, ignore_errors=True)
        (self.place.root / "aside").mkdir()
        self.place.begin(job, "failing")
        for path in _replaced(job):
            (folder / path).write_bytes(_OLD)
        further = {"CONSISTENT_CACHE": str(cache), "TMPDIR": str(self.place.root / "aside")}
        done = self.place.run(job, folder, further=further, first=lambda: fail_at(at, error, self.place.root, log))
        return done, list(map(json.loads, log.read_text("utf-8").splitlines())), _files(folder)


def _replaced(job: Job) -> list[str]:
    """The file that is replaced; of a folder nothing is there before."""
    named = job.arguments[job.arguments.index("-o") + 1] if "--force" in job.arguments else ""
    return [named] if "." in named else []


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".hypothesis" not in path.parts
    }


def open_campaign(folder: Path) -> Campaign:
    """The campaign, with its files in a folder."""
    return _Writes(Workplace.made(folder))
