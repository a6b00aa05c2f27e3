"""Commands at work in a folder of their own: what campaigns kill, and whose writes they make fail."""

import os
import pty
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from attrs import frozen

from consistent import load
from consistent.cli import main
from tests.campaigns.forking import fork
from tests.campaigns.inputs import WAIVERS
from tests.corpora.generating import json_lines
from tests.document_cases import INVENTED
from tests.planted_pack import write_sound_pack
from tests.small_pack import PROPOSAL, write_pack

__all__ = ["JOBS", "Done", "Job", "Workplace"]

_TERMINAL = {"TERM": "xterm", "COLUMNS": "100", "NO_COLOR": "1"}
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
    "fiche": Job(("fiche", "../proposal.toml", "-o", "out.html", "--force", "--timeout", "60", *_SMALL)),
    "page": Job(("check", "../proposal.toml", "--format", "html", "--waivers", "../waivers.toml", "-o", "out.html", "--force", *_SMALL)),
    "pages": Job(("pages", "--pack", "../pack", "-o", "pages", "--force")),
    "repair": Job(("repair", "../proposal.toml", *_SMALL)),
}  # fmt: skip


@frozen
class Done:
    """What a command came to.

    Attributes:
        status: how it ended; negative where a signal ended it.
        output: what it said, errors among it.
    """

    status: int
    output: bytes


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
        further: Mapping[str, str] | None = None,
        first: Callable[[], object] = lambda: None,
    ) -> Done:
        """Run a job in its folder, in a fork of this process, which has all modules loaded.

        Args:
            job: what is run.
            folder: where.
            kill_after: seconds after which it is killed, if it still runs then.
            further: variables of its environment.
            first: what is done there before.

        Raises:
            TimeoutError: it does not end.
        """
        environment = {
            "CONSISTENT_CACHE": str(self.root / "cache"),
            "CONSISTENT_PACK": "treaties",
            **_TERMINAL,
            **(further or {}),
        }
        master, terminal = pty.openpty() if job.typed else os.pipe()
        child = fork()
        if not child:
            os.close(master)
            _work(job, folder, environment, terminal, first)
        os.close(terminal)
        until = time.monotonic() + (_HANGS if kill_after is None else kill_after)
        shown, waiting = b"", list(job.typed)
        for part in _parts(master, until):
            shown += part
            if waiting and shown.endswith(b"> "):
                os.write(master, (waiting.pop(0) if len(waiting) > 1 else waiting[0]).encode() + b"\n")
        late = time.monotonic() >= until
        if late:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(master)
        if late and kill_after is None:
            raise TimeoutError(f"{job.arguments}: does not end; {shown[-300:]!r}")
        return Done(os.waitstatus_to_exitcode(status), shown)


def _work(job: Job, folder: Path, environment: Mapping[str, str], output: int, first: Callable[[], object]) -> NoReturn:
    """Be the process of a job: what it says, and on a terminal what it reads, goes by one descriptor."""
    status = 70
    try:
        os.setsid()
        source = output if job.typed else os.open(os.devnull, os.O_RDONLY)
        for number, descriptor in enumerate((source, output, output)):
            os.dup2(descriptor, number)
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115  they stay open
            for number, mode in enumerate("rww")
        )
        os.chdir(folder)
        os.environ.update(environment)
        first()
        status = main(job.arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001  that there is none is what is tried
        os.write(2, traceback.format_exc().encode())
    os._exit(status)


def _parts(output: int, until: float) -> Iterator[bytes]:
    """What is said, until the command ends or time is up."""
    while (left := until - time.monotonic()) > 0:
        if select.select([output], [], [], left)[0]:
            part = b""
            with suppress(OSError):  # how Linux ends a terminal
                part = os.read(output, 1 << 16)
            if not part:
                return
            yield part
