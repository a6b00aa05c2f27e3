"""A program: kills a run at random moments until one comes to its end, and compares with a run that was left alone.

Arguments: pack, corpus, output.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from datetime import date
from pathlib import Path

from consistent import load
from consistent.corpora import parquet, running
from consistent.corpora._resuming import state_path

ITEMS = 400
# So often at least it kills, and of these so often in the middle of the corpus.
KILLS, WITHIN = 8, 3


def content(output: Path) -> dict[str, bytes]:
    """All that is in an output."""
    files = sorted(output.iterdir()) if output.is_dir() else [output]
    return {file.name.replace("alone", "out"): file.read_bytes() for file in files}


def main(pack: str, corpus: str, name: str) -> None:
    """Do it."""
    kb, output = load(pack), Path(name)
    day = date(2026, 6, 1)
    kb.program(day)
    parquet._ITEMS_TO_A_PART = 48

    def begin(output: Path) -> int:
        """Run in a process of its own; its number. A fork of this one, which has no threads, loads nothing anew."""
        child = os.fork()
        if not child:
            running.run(kb, corpus, output, as_of=day, slice_items=16, between=0)
            os._exit(0)
        return child

    alone = output.with_name(f"alone{output.suffix}")
    began = time.monotonic()
    assert os.waitpid(begin(alone), 0)[1] == 0
    takes = time.monotonic() - began
    chance = random.Random(0)
    state = state_path(output)
    kills = within = before = 0
    while True:
        child = begin(output)
        if kills < KILLS or within < WITHIN:
            time.sleep(chance.random() * takes / 2)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if status:
            assert os.WTERMSIG(status) == signal.SIGKILL, status
            kills += 1
            items = json.loads(state.read_bytes())["items"] if state.exists() else 0
            within += 0 < items < ITEMS
            # A machine with much else to do gets nowhere in that time.
            takes *= 1 if items > before else 1.5
            before = items
            continue
        assert content(output) == content(alone)
        if kills >= KILLS and within >= WITHIN:
            break
        # It came to its end before it was killed often enough.
        takes, before = takes / 1.5, 0
        state.unlink()
        shutil.rmtree(output) if output.is_dir() else output.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])
