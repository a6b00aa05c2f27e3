"""How long it takes to draft a proposal of a document, and the most memory that takes; each in a process of its own.

    python benchmarks/documents.py DOCUMENT...

Prints for each document its size, the seconds of reading, of the structure, of the header and of the whole draft, and the peak of
resident memory. No test: machines differ; compare the columns.
"""

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from consistent import load
from consistent.documents.header.header import read_header
from consistent.documents.reading import read_content
from consistent.documents.structure.structure import document_of

COLUMNS = ("format", "structure", "header", "draft", "in all")


def measured(path: Path) -> dict[str, float]:
    """Seconds of each step, and the peak of memory in megabytes."""
    kb = load("treaties")
    began = perf_counter()
    content = read_content(path, str(path))
    read = perf_counter()
    document = document_of(content, str(path))
    structured = perf_counter()
    read_header(document)
    headed = perf_counter()
    draft = kb.draft(document)
    if draft.refused is None:
        draft.toml()
    ended = perf_counter()
    seconds = (read - began, structured - read, headed - structured, ended - headed, ended - began)
    # A PDF is read in a process of its own.
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    return dict(zip(COLUMNS, seconds, strict=True)) | {"peak": peak}


def main() -> int:
    """Measure every document that is named."""
    parser = argparse.ArgumentParser(description="seconds and memory of drafting")
    parser.add_argument("documents", nargs="+", type=Path)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measured(arguments.documents[0])))
        return 0
    print(f"{'document':36}{'KB':>7}" + "".join(f"{each:>11}" for each in COLUMNS) + f"{'peak MB':>9}")
    for path in arguments.documents:
        command = [sys.executable, __file__, "--one", str(path)]
        found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        row = "".join(f"{found[each]:>11.2f}" for each in COLUMNS)
        print(f"{path.name[:35]:36}{path.stat().st_size // 1024:>7}{row}{found['peak']:>9.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
