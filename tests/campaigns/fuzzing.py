"""`python -m tests.campaigns.fuzzing READER`: inputs that are changed where that leads to code that none led to before.

Needs Atheris, which nothing else needs: `pip install atheris`, on Linux or macOS. Inputs that led to new code are kept in `corpus/`, a few of the
smallest for each reader; all other campaigns and tests do without.
"""

import os
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.campaigns.forking import fork

__all__ = ["CORPUS", "READERS", "main"]

CORPUS = Path(__file__).parent / "corpus"
# Kinds of input, as the campaign `inputs` names them.
READERS = (
    "proposal",
    "draft",
    "waivers",
    "lines",
    "document",
    "docx",
    "pack/rules/small/harmonises.toml",
    "pack/facts/small/kinds.toml",
)
# Letters of an input, at most; of what is kept, and how many are.
_LONGEST, _KEPT_LONGEST, _KEPT = 6_000, 2_000, 12


def main() -> int:
    """Run it.

    Returns:
        The exit status: 0 nothing was found, 1 something was.
    """
    parser = ArgumentParser(prog="python -m tests.campaigns.fuzzing", description=__doc__)
    parser.add_argument("reader", choices=READERS)
    parser.add_argument("--seconds", type=int, default=60, help="(default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="of chance, not 0 (default: 1)")
    parser.add_argument("--found", type=Path, help="folder for what gives way (default: build/campaigns/fuzzing)")
    parser.add_argument(
        "--keep", action="store_true", help="add inputs that led to new code to the corpus of the repository"
    )
    given = parser.parse_args()
    if find_spec("atheris") is None:
        parser.error("Atheris is not installed: `pip install atheris`")
    found: Path = given.found or Path("build/campaigns/fuzzing")
    before = _names(found)
    with TemporaryDirectory(prefix="fuzzing-") as name:
        folder = Path(name)
        corpus = folder / "corpus"
        _seed(corpus, given.reader)
        log = folder / "log"
        child = fork()
        if not child:
            # The fuzzer never comes back.
            _fuzz(given.reader, corpus, folder, found, log, (f"-max_total_time={given.seconds}", f"-seed={given.seed}"))
        os.waitpid(child, 0)
        told = log.read_text("utf-8", "replace")
        if given.keep:
            _keep(corpus, CORPUS / _folder(given.reader))
    runs = re.search(r"stat::number_of_executed_units: *(\d+)", told)
    reached = re.findall(r"cov: (\d+)", told) or ["0"]
    new = _names(found) - before
    print(  # noqa: T201  a command
        f"fuzzing {given.reader}: {int(runs[1]) if runs else 0:,} inputs, {reached[0]} places reached at first, {reached[-1]} at last, {len(new)} found, {given.seconds} s, seed {given.seed}"
    )
    if runs is None:
        sys.stderr.write(told[-3000:])
        return 1
    return 1 if new else 0


def _folder(reader: str) -> str:
    return reader.replace("/", "+")


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*~*")} if folder.is_dir() else set()


def _seed(corpus: Path, reader: str) -> None:
    corpus.mkdir()
    kept = CORPUS / _folder(reader)
    for path in kept.iterdir() if kept.is_dir() else ():
        (corpus / path.name).write_bytes(path.read_bytes())


def _write(folder: Path, contents: Iterable[bytes]) -> None:
    for content in contents:
        (folder / sha256(content).hexdigest()[:12]).write_bytes(content)


def _keep(corpus: Path, kept: Path) -> None:
    """The smallest of those that led to new code."""
    contents = sorted((path.read_bytes() for path in corpus.iterdir()), key=len)
    kept.mkdir(parents=True, exist_ok=True)
    _write(kept, [content for content in contents if len(content) <= _KEPT_LONGEST][-_KEPT:])


def _fuzz(reader: str, corpus: Path, folder: Path, found: Path, log: Path, options: Iterable[str]) -> None:
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT), 2)
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["consistent"]):
        inputs = import_module("tests.campaigns.inputs").Inputs(folder / "work")
    _write(corpus, inputs.samples(reader))
    seen: set[str] = set()

    def one(content: bytes) -> None:
        said = inputs.failing(reader, content)
        if said:
            # A fault is kept once, by where it stands.
            place = "".join(re.findall(r'File ".*?", line \d+', said)[-1:]) + said.splitlines()[-1][:60]
            if place not in seen:
                seen.add(place)
                path = found / f"{_folder(reader)}~{sha256(content).hexdigest()[:8]}"
                path.write_bytes(content)
                path.with_name(f"{path.name}.txt").write_text(said, "utf-8", "backslashreplace")

    limits = (
        f"-max_len={_LONGEST * 10 if reader == 'docx' else _LONGEST}",
        "-timeout=300",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
        # What crashes, hangs or takes its time is found too, and lies with the rest; instrumented, all takes several times as long.
        "-report_slow_units=60",
        f"-artifact_prefix={found / _folder(reader)}~",
    )
    found.mkdir(parents=True, exist_ok=True)
    atheris.Setup([sys.argv[0], *options, *limits, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
