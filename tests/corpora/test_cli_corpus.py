"""`consistent check --corpus`: what it prints, where, with which status, in both languages."""

import json
import os
import pty
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from consistent.checker import KnowledgeBase
from consistent.cli import main
from tests.corpora.generating import json_lines
from tests.small_pack import PROPOSAL

ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, pack: Path) -> Run:
    """Run the command with the small pack in this process; exit status, output, errors."""
    for name in ("CONSISTENT_LANG", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            status = main(["check", "--pack", str(pack), *map(str, arguments)])
        except SystemExit as leaving:  # how argparse ends
            status = int(leaving.code or 0)
        return status, *capfd.readouterr()

    return call


class TestStatus:
    """The exit status."""

    def test_findings(self, run: Run, kb: KnowledgeBase, tmp_path: Path) -> None:
        """1 where something reaches the bar of --fail-on, else 0."""
        against = json.dumps(tomllib.loads(PROPOSAL), default=str).encode()
        sound = tmp_path / "sound.jsonl"
        sound.write_bytes(json_lines(kb, 60, measures=4) + against + b"\n")
        assert run("--corpus", sound)[0] == 1
        assert run("--corpus", sound, "--fail-on", "never")[0] == 0
        silent = tmp_path / "silent.jsonl"
        silent.write_text('{"proposal": {}, "measure": [{"id": "a", "effects": [], "areas": []}]}\n')
        assert run("--corpus", silent)[0] == 0

    def test_bad_items(self, run: Run, corpus: Path, tmp_path: Path) -> None:
        """3 where something could not be read, whatever was found; 2 where nothing could."""
        status, out, err = run("--corpus", corpus, "--fail-on", "never")
        assert status == 3
        assert len(out.splitlines()) == 400
        assert re.fullmatch(
            r"checked 396: \d+ with a conflict, \d+ with something open; 4 could not be read or checked\n", err
        )
        bad = tmp_path / "bad.jsonl"
        bad.write_text("{\n{\n")
        assert run("--corpus", bad)[0] == 2

    def test_nothing(self, run: Run, tmp_path: Path) -> None:
        """2 where there is nothing to check: silence is no approval."""
        empty = tmp_path / "empty.jsonl"
        empty.write_text("\n")
        status, out, err = run("--corpus", empty, "--lang", "nl")
        assert (status, out) == (2, "")
        assert err == f"fout: geen voorstellen in dit corpus\n  bij {empty}\n"


class TestOutput:
    """`-o`, and without it standard output."""

    def test_goes_on(self, run: Run, corpus: Path, tmp_path: Path) -> None:
        """The same command again goes on, and says what was done before; --restart begins anew."""
        out = tmp_path / "out.jsonl"
        assert run("--corpus", corpus, "-o", out)[0] == 3
        before = out.read_bytes()
        status, _, err = run("--corpus", corpus, "-o", out)
        assert status == 3
        assert err.endswith("; 4 could not be read or checked\n400 of these by an earlier run\n")
        status, _, err = run("--corpus", corpus, "-o", out, "--full")
        assert (status, out.read_bytes()) == (2, before)
        assert (
            err
            == f"error: `{out}.state` is of another run: `--full` was not given, and is now\nhelp: `--restart` begins anew; or name another output\n"
        )
        assert run("--corpus", corpus, "-o", out, "--full", "--restart")[0] == 3
        assert "report" in json.loads(out.read_bytes().splitlines()[0])

    def test_language(self, run: Run, corpus: Path, tmp_path: Path) -> None:
        """What the command says, and the messages of whole reports, are in the language asked for."""
        out = tmp_path / "out.jsonl"
        _, _, err = run("--corpus", corpus, "-o", out, "--lang", "nl", "--full")
        assert err.startswith("396 getoetst: ")
        found = [
            finding
            for line in out.read_bytes().splitlines()
            for finding in json.loads(line).get("report", {}).get("findings", ())
        ]
        assert found
        assert all(fault["message"] == fault["messages"]["nl"] for fault in found)

    def test_folder(self, run: Run, tmp_path: Path) -> None:
        """Files that were left out are told, so that nobody takes them for checked."""
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "a.toml").write_text("[proposal]\n")
        (folder / "b.odt").write_text("")
        (folder / "c.odt").write_text("")
        (folder / "d").symlink_to(tmp_path)
        _, _, err = run("--corpus", folder)
        assert err.splitlines()[1:] == ["left out by their ending: .odt (2)", "left out, links to folders: 1"]
        _, _, err = run("--corpus", folder, "-o", folder / "out.jsonl", "--lang", "nl")
        assert err.splitlines()[1:] == [
            "overgeslagen om hun uitgang: .odt (2)",
            "overgeslagen, koppelingen naar mappen: 1",
        ]

    def test_standard_streams(self, kb: KnowledgeBase, pack: Path, tmp_path: Path) -> None:
        """`-` is standard input; and a corpus does not go to standard output where that leads to it."""
        path, out = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
        path.write_bytes(json_lines(kb, 5, measures=1))
        command: list[str | Path] = [sys.executable, "-m", "consistent", "check", "--pack", pack, "--corpus"]
        with path.open("rb") as given:
            piped = subprocess.run([*command, "-", "-o", out], cwd=ROOT, stdin=given, check=False, timeout=60)
        assert piped.returncode in (0, 1)
        assert [json.loads(line)["source"] for line in out.read_text().splitlines()][-1] == "<stdin>:5"
        before = path.read_bytes()
        with path.open("ab") as same:
            refused = subprocess.run(
                [*command, path], cwd=ROOT, stdout=same, stderr=subprocess.PIPE, check=False, timeout=60
            )
        assert refused.returncode == 2
        assert b"is what the run would write to" in refused.stderr
        assert path.read_bytes() == before

    def test_to_a_terminal(self, kb: KnowledgeBase, pack: Path, tmp_path: Path) -> None:
        """A bar runs on a terminal, with a rate; nothing in the corpus steers that terminal."""
        path = tmp_path / "a.jsonl"
        path.write_bytes(json_lines(kb, 600, measures=1) + b'{"proposal": {"title": "\\u009b31m"}}\n')
        leader, follower = pty.openpty()
        command: list[str | Path] = [sys.executable, "-m", "consistent", "check", "--pack", pack, "--corpus", path]
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=follower, env=environment) as running:
            os.close(follower)
            assert running.stdout is not None
            out = running.stdout.read()
        told = b""
        while True:
            try:
                told += os.read(leader, 65536)
            except OSError:
                break
        os.close(leader)
        assert b"checking" in told
        assert b"a second" in told
        assert re.search(rb"checked 601: \d+ with a conflict", told)
        assert len(out.splitlines()) == 601
        assert "\x9b" not in out.decode()


class TestUsage:
    """Options that do not go together are refused, and not passed over."""

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["--full", "a.toml"], "error: `--full` is for a corpus\nhelp: name one with `--corpus`\n"),
            (["--processes", "2", "a.toml"], "error: `--processes` is for a corpus\nhelp: name one with `--corpus`\n"),
            (["--corpus", "a.jsonl", "b.toml"], "error: a corpus is checked by itself, without `b.toml`\n"),
            (["--corpus", "a.jsonl", "--why"], "error: a corpus is checked by itself, without `--why`\n"),
            (
                ["--corpus", "a.jsonl", "--format", "sarif"],
                "error: a corpus is checked by itself, without `--format sarif`\n",
            ),
            (
                ["--corpus", "a.jsonl", "--why", "--lang", "nl"],
                "fout: een corpus wordt op zichzelf getoetst, zonder `--why`\n",
            ),
            (
                ["--corpus", "a.jsonl", "--processes", "2", "--dask", "tcp://x"],
                "error: `--processes` and `--dask` exclude each other\n",
            ),
            (
                ["--corpus", "none.jsonl", "--lang", "nl"],
                "fout: corpus kan niet worden gelezen: geen bestand of map van die naam\n  bij none.jsonl\n",
            ),
            (["--corpus", "none.jsonl"], "error: corpus cannot be read: no such file or directory\n  at none.jsonl\n"),
        ],
    )
    def test_refused(self, run: Run, arguments: list[str], told: str) -> None:
        """Each says what it is about."""
        assert run(*arguments) == (2, "", told)

    def test_in_dutch(self, run: Run, corpus: Path, tmp_path: Path) -> None:
        """What is wrong with corpus and output is said in Dutch, and what helps."""
        other, out = tmp_path / "a.csv", tmp_path / "out.jsonl"
        other.write_text("mine")
        out.write_text("mine")
        for arguments, told in (
            (["--corpus", other], f"fout: `{other}` is geen corpus\nhulp: geef JSON Lines"),
            (["--corpus", corpus, "-o", out], "fout: bestand bestaat al, en wordt gelaten zoals het is\n"),
            (["--corpus", corpus, "-o", tmp_path], f"fout: uitvoer `{tmp_path}` is een map\nhulp: noem een bestand"),
            (["--corpus", out, "-o", out, "--force"], f"fout: corpus `{out}` is waarheen de gang zou schrijven\n"),
        ):
            status, _, err = run(*arguments, "--lang", "nl")
            assert status == 2
            assert err.startswith(told)

    def test_nothing_named(self, run: Run) -> None:
        """Without a corpus a path is required, as ever."""
        status, _, err = run()
        assert status == 2
        assert err.endswith("error: the following arguments are required: PATH\n")


def test_processes(run: Run, corpus: Path, tmp_path: Path) -> None:
    """With processes the output is the same."""
    assert run("--corpus", corpus, "-o", tmp_path / "a.jsonl")[0] == 3
    assert run("--corpus", corpus, "-o", tmp_path / "b.jsonl", "--processes", "2")[0] == 3
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
