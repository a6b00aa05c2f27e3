"""A run of planted tests by a pytest of its own, with a part of what runs the tests of this project."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

__all__ = ["run_planted", "scheduling"]

ROOT = Path(__file__).parents[2]


def run_planted(folder: Path, plugin: str, text: str, *options: str, settings: str = "", deaf: bool = False) -> str:
    """What the run prints.

    Args:
        folder: where it runs.
        plugin: the module of `tests.harness` that it uses.
        text: of the tests.
        options: of pytest.
        settings: lines in the configuration of pytest.
        deaf: interrupts are ignored, as a shell has it in the background.
    """
    (folder / "pytest.ini").write_text(f"[pytest]\n{settings}", "utf-8")
    (folder / "conftest.py").write_text(f'pytest_plugins = ["tests.harness.{plugin}"]\n', "utf-8")
    (folder / "test_planted.py").write_text(text, "utf-8")
    command = [sys.executable, "-m", "pytest", "-rfE", "-p", "no:cacheprovider", *options]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "CONSISTENT_TESTS"))
    }
    before = signal.getsignal(signal.SIGINT)
    if deaf:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    return done.stdout + done.stderr


def scheduling() -> list[str]:
    """How `make test` spreads the tests over processes, in two of them."""
    found = re.search(r"-n auto (--dist \w+)", (ROOT / "Makefile").read_text("utf-8"))
    assert found
    return ["-n", "2", *found[1].split()]
