"""How long an answer on the workbench takes, until the page has what hangs on it and the file is saved.

    python benchmarks/workbench.py DOCUMENT [--pack PACK] [--answers N]

Drafts the document, opens it as `consistent serve` does, and answers question after question over HTTP, each time once all questions are
settled, as they are before a person has read one. Prints for each answer the milliseconds until it was answered, with those that a
processor worked (the two differ where other programs run), and those until the
questions were settled anew, which the page waits for only where the next question is no longer asked. No test: machines differ.
"""

import argparse
import re
import socket
import sys
import tempfile
import threading
import time
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import uvicorn

from consistent import draft
from consistent.garbage import collector_relaxed
from consistent.web.app import application
from consistent.web.bench import Bench
from consistent.web.folder import Folder


class Asked:
    """A page that asks."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port)

    def __call__(self, path: str, form: dict[str, str] | None = None) -> tuple[str, float, float]:
        """What is answered, after how many milliseconds, and how many of them a processor worked."""
        began, worked = time.perf_counter(), time.process_time()
        if form is None:
            self._connection.request("GET", path)
        else:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            self._connection.request("POST", path, urlencode(form), kind)
        text = self._connection.getresponse().read().decode()
        return text, 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)


def measured(folder: Path, pack: str, answers: int) -> list[tuple[float, float]]:
    """Answer questions about the one proposal in a folder; milliseconds of the clock and of a processor for each."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    app = application(Bench(Folder(folder), pack), "en", "benchmark")
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    asked, at, found = Asked(listening.getsockname()[1]), f"/proposal/{pack}/proposal.toml", []
    page, opened, _ = asked(at)
    print(f"opened: {opened:.0f} ms")
    for number in range(1, answers + 1):
        hidden = dict(re.findall(r'name="(version|key|shown)" value="([^"]*)"', page))
        if "key" not in hidden:
            break
        form = {**{name: unescape(value) for name, value in hidden.items()}, "action": "nowhere"}
        if form["key"].startswith("field"):
            form["typed"] = "none"
        _, answered, worked = asked(f"{at}/answer", form)
        _, settled, _ = asked(f"{at}/question")
        page, _, _ = asked(at)
        found.append((answered, worked))
        print(
            f"answer {number} ({form['key'][:40]}): {answered:.0f} ms ({worked:.0f} of a processor); settled: {settled:.0f} ms more"
        )
    server.should_exit = True
    thread.join()
    listening.close()
    return found


def main() -> int:
    """Measure one document."""
    parser = argparse.ArgumentParser(description="milliseconds of an answer")
    parser.add_argument("document", type=Path)
    parser.add_argument("--pack", default="nl-22112-4027")
    parser.add_argument("--answers", type=int, default=8)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, collector_relaxed():
        made = draft(arguments.document, pack=arguments.pack)
        (Path(folder) / "proposal.toml").write_text(made.toml(), "utf-8")
        print(f"measures: {len(made.proposal.measures)}, values: {made.proposal.unconfirmed}")
        found = measured(Path(folder), arguments.pack, arguments.answers)
    for name, values in zip(("clock", "processor"), zip(*found, strict=True), strict=True):
        print(f"{name}: median {median(values):.0f} ms, longest {max(values):.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
