"""Commands at work in a folder of their own: what campaigns kill, and whose writes they make fail."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from attrs import frozen

from consistent import load
from tests.campaigns.inputs import WAIVERS
from tests.corpora.generating import json_lines
from tests.document_cases import INVENTED
from tests.planted_pack import write_sound_pack
from tests.small_pack import PROPOSAL, write_pack

__all__ = ["JOBS", "Done", "Job", "Workplace"]

_CLONE = Path(__file__).parents[2]
# Seconds after which a command counts as one that hangs.
_HANGS = 120.0
_ITEMS, _FEW = 1000, 100


@frozen
class Job:
    """A command.

    Attributes:
        arguments: of `consistent`.
        needs: files of the workplace that it works on, copied for it.
        typed: what is typed at each prompt, the last again and again; without it there is no terminal.
        edits: the one of its files that it writes to.
    """

    arguments: Sequence[str]
    needs: Sequence[str] = ()
    typed: Sequence[str] = ()
    edits: str = ""


_SMALL = ("--pack", "../pack", "--as-of", "2026-06-01")
JOBS: Mapping[str, Job] = {
    "corpus": Job(("check", "--corpus", "../corpus.jsonl", "-o", "out.jsonl", *_SMALL)),
    "corpus-full": Job(("check", "--corpus", "../few.jsonl", "-o", "out.jsonl", "--full", *_SMALL)),
    "corpus-of-two": Job(("check", "--corpus", "../corpus.jsonl", "-o", "out.jsonl", "--processes", "2", *_SMALL)),
    "corpus-parquet": Job(("check", "--corpus", "../corpus.jsonl", "-o", "out.parquet", *_SMALL)),
    "draft": Job(("draft", "../act.txt", "-o", "out.toml", "--force", "--pack", "treaties")),
    "mutate": Job(("mutate", "../lamp", "--resume", "state.json", "--select", "lamp/duty,lamp/costly,lamp/movement")),
    "prove": Job(("prove", "../lamp")),
    "lint": Job(("lint", "../lamp")),
    "close": Job(("ask", "--close", "effects", "draft.toml", "--pack", "treaties", "--by", "A"), ("draft.toml",), (), "draft.toml"),
    "review": Job(("review", "draft.toml", "--pack", "treaties"), ("draft.toml",), ("y",), "draft.toml"),
    "ask": Job(("ask", "proposal.toml", "--by", "A", *_SMALL), ("proposal.toml",), ("1",), "proposal.toml"),
    "fiche": Job(("fiche", "../proposal.toml", "-o", "out.html", "--force", "--seconds", "60", *_SMALL)),
    "page": Job(("check", "../proposal.toml", "--format", "html", "--waivers", "../waivers.toml", "-o", "out.html", "--force", *_SMALL)),
    "pages": Job(("pages", "--pack", "../pack", "-o", "pages")),
    "repair": Job(("repair", "../proposal.toml", *_SMALL)),
}  # fmt: skip


@frozen
class Done:
    """What a command came to.

    Attributes:
        status: how it ended; negative where a signal ended it.
        output: what it said.
        errors: and what it said of errors; of one on a terminal that is among the output.
    """

    status: int
    output: bytes
    errors: bytes


@frozen
class Workplace:
    """A folder with packs, proposals and documents, and below it a folder for each try."""

    root: Path

    @classmethod
    def made(cls, root: Path) -> "Workplace":
        """Write all that jobs need; the pack is kept in a cache of its own."""
        write_pack(root / "pack")
        write_sound_pack(root / "lamp")
        act = (INVENTED / "plain.en.txt").read_bytes()
        (root / "act.txt").write_bytes(act)
        (root / "proposal.toml").write_text(PROPOSAL, "utf-8")
        (root / "waivers.toml").write_text(WAIVERS, "utf-8")
        (root / "draft.toml").write_text(load("treaties").draft(act, "act.txt", as_proposal=True).toml(), "utf-8")
        for name, items in (("corpus.jsonl", _ITEMS), ("few.jsonl", _FEW)):
            (root / name).write_bytes(json_lines(load(root / "pack"), items))
        return cls(root)

    def begin(self, job: Job, name: str) -> Path:
        """A new folder for a job, with its files."""
        folder = self.root / name
        folder.mkdir()
        for needed in job.needs:
            (folder / needed).write_bytes((self.root / needed).read_bytes())
        return folder

    def given(self) -> dict[str, bytes]:
        """All that jobs read and must leave alone."""
        parts = [self.root / name for name in ("pack", "lamp")]
        files = [*self.root.glob("*.*"), *(path for part in parts for path in part.rglob("*.toml"))]
        return {str(path.relative_to(self.root)): path.read_bytes() for path in files if path.is_file()}

    def run(
        self,
        job: Job,
        folder: Path,
        *,
        kill_after: float | None = None,
        program: Sequence[str] = ("-m", "consistent"),
        further: Mapping[str, str] | None = None,
    ) -> Done:
        """Run a job in its folder.

        Args:
            job: what is run.
            folder: where.
            kill_after: seconds after which it is killed, if it still runs then.
            program: what Python runs.
            further: variables of its environment.

        Raises:
            TimeoutError: it does not end.
        """
        command = [sys.executable, *program, *job.arguments]
        environment = {
            **os.environ,
            "CONSISTENT_CACHE": str(self.root / "cache"),
            "CONSISTENT_PACK": "treaties",
            "PYTHONPATH": os.pathsep.join([str(_CLONE / "src"), str(_CLONE)]),
            "TERM": "xterm",
            "COLUMNS": "100",
            "NO_COLOR": "1",
            **(further or {}),
        }
        until = time.monotonic() + (_HANGS if kill_after is None else kill_after)
        if job.typed:
            return _talk(command, folder, environment, job.typed, until, killed=kill_after is not None)
        with subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=-1, stderr=-1
        ) as process:
            try:
                output, errors = process.communicate(timeout=max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                output, errors = process.communicate()
                if kill_after is None:
                    raise TimeoutError(f"{job.arguments}: does not end") from None
        return Done(process.returncode, output, errors)


def _talk(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], typed: Sequence[str], until: float, *, killed: bool
) -> Done:
    """Run a command on a terminal, with somebody typing at it."""
    master, terminal = pty.openpty()
    shown, waiting = b"", list(typed)
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True
    ) as process:
        os.close(terminal)
        for part in _parts(master, until):
            shown += part
            if shown.endswith(b"> "):
                os.write(master, (waiting.pop(0) if len(waiting) > 1 else waiting[0]).encode() + b"\n")
        ended = time.monotonic() < until
        if not ended:
            process.send_signal(signal.SIGKILL)
        os.close(master)
    if not ended and not killed:
        raise TimeoutError(f"{command}: does not end; {shown[-300:]!r}")
    return Done(process.returncode, shown, b"")


def _parts(terminal: int, until: float) -> Iterator[bytes]:
    """What is shown, until the command ends or time is up."""
    while (left := until - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            part = b""
            with suppress(OSError):  # how Linux ends a terminal
                part = os.read(terminal, 1 << 16)
            if not part:
                return
            yield part
