"""What every command takes, how it prints, and that one thing has one name in all of them."""

import os
import pty
import re
import shlex
import subprocess
import sys
import tomllib
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import pytest

from consistent.cli.main import _parser
from consistent.cli.parsing import Parser
from consistent.cli.shell import SHELLS
from consistent.model.text import LANGUAGES
from tests.terminal import shown_on
from tests.test_cli import PAPER, Run, run, spawn

__all__ = ["run"]

DAY = ("--as-of", "2025-06-01")
# Whoever answers these sees what they print as it comes.
TALKING = {"ask", "review", "lsp", "serve"}


def parsers() -> dict[str, Parser]:
    """The parser of each command."""
    return dict(_parser("en").commands)


def examples() -> dict[str, list[dict[str, str]]]:
    """The examples of help, by command."""
    return tomllib.loads(files("consistent.cli").joinpath("examples.toml").read_text("utf-8"))


def watched(*arguments: str, **variables: str) -> str:
    """What a terminal shows of the command, at which somebody sits."""
    master, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"} | variables
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "consistent", *arguments]
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment):
        os.close(terminal)
        shown = shown_on(master)
    return shown.decode().replace("\r\n", "\n")


class TestNames:
    """Options of all commands, side by side."""

    def test_one_spelling(self) -> None:
        """Options of one name have the same other spellings everywhere, and take a value everywhere or nowhere."""
        spellings, values = defaultdict(set), defaultdict(set)
        for parser in parsers().values():
            for action in parser._actions:
                for name in action.option_strings:
                    spellings[name].add(tuple(action.option_strings))
                    values[name].add(action.nargs == 0)
        assert {name: found for name, found in spellings.items() if len(found) > 1} == {}
        assert {name: found for name, found in values.items() if len(found) > 1} == {}

    def test_one_thing(self) -> None:
        """How long, how many and in which language are asked by one name; names that were given up stay so."""
        names = {name for parser in parsers().values() for name in parser._option_string_actions}
        assert {"--timeout", "--processes", "--format", "--output", "--verbose", "--lang"} <= names
        assert names.isdisjoint({"--seconds", "--jobs", "--html", "--output-format", "--language", "--colour"})

    def test_everywhere(self) -> None:
        """Each command takes `--color`; each that nobody answers also `-q` and `--no-pager`; each with a form `-o`."""
        for name, parser in parsers().items():
            options = set(parser._option_string_actions)
            assert "--color" in options, name
            assert ({"-q", "--quiet", "--no-pager"} <= options) == (name not in TALKING), name
            if "--format" in options and name not in TALKING:
                assert {"-o", "--force"} <= options, name


class TestExamples:
    """What help proposes to type."""

    def test_each_command(self) -> None:
        """Each command has examples, in two languages, that parse as they stand."""
        told = examples()
        assert set(told) == {*parsers(), "consistent"}
        for command, listed in told.items():
            for example in listed:
                words = shlex.split(example["run"])
                assert command in words[:2], example
                _parser("en", words[1:2]).parse_args(words[1:])
                assert example["en"] != example["nl"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shown(self, run: Run, language: str) -> None:
        """They stand at the end of help."""
        head = {"en": "\nexamples:\n", "nl": "\nvoorbeelden:\n"}[language]
        for command in ((), ("check",), ("mutate",)):
            out = run(*command, "--help", "--lang", language)[1]
            assert out.rpartition(head)[2].startswith("  consistent "), command

    def test_first_steps(self, run: Run) -> None:
        """The command by itself shows what to do first; as nothing was done, the status is not 0."""
        status, out, err = run()
        assert (status, err) == (2, "")
        assert all(example["run"] in out for example in examples()["consistent"])
        assert run("--lang", "nl")[1].startswith("Toetst voorstellen")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_fits_the_terminal(self, run: Run, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
        """No line but what is to be typed is longer than the terminal is wide."""
        monkeypatch.setenv("COLUMNS", "60")
        for command in ((), ("check", "--help")):
            for line in run("--lang", language, *command)[1].splitlines():
                assert len(line) <= 60 or line.startswith("  consistent ") or "{" in line, line


class TestBefore:
    """Options before the command."""

    def test_before_the_command(self, run: Run) -> None:
        """What every command takes may stand before it."""
        after = run("check", PAPER, *DAY, "--lang", "nl")
        assert after[0] == 1
        assert run("--lang", "nl", "--no-pager", "--color=never", "check", PAPER, *DAY) == after
        assert run("--lang=nl", "--help") == run("--help", "--lang", "nl")

    def test_others_are_not(self, run: Run) -> None:
        """What only some commands take stands behind."""
        status, _, err = run("--format", "json", "check", PAPER)
        assert status == 2
        assert "required" in err or "unknown" in err


class TestQuiet:
    """`-q`."""

    def test_nothing_but_errors(self, run: Run) -> None:
        """Nothing is printed, the exit status tells; an error is told."""
        assert run("check", PAPER, *DAY, "-q") == (1, "", "")
        assert run("check", PAPER, *DAY, "-q", "--fail-on", "never", "--format", "json") == (0, "", "")
        assert run("rules", "--quiet") == (0, "", "")
        assert run("check", "gone.toml", "-q")[2].startswith("error: ")

    def test_still_written(self, run: Run, tmp_path: Path) -> None:
        """`-o` writes what it writes without."""
        for name, quiet in (("a", ()), ("b", ("-q",))):
            assert run("check", PAPER, *DAY, "-o", str(tmp_path / name), *quiet) == (1, "", "")
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() != b""


class TestOutput:
    """`-o` of commands that print."""

    @pytest.mark.parametrize(
        "arguments",
        [("rules",), ("rules", "--format", "json"), ("explain", "tfeu-32"), ("packs",), ("diff", PAPER, "--new-as-of", "2027-01-01", *DAY)],
        ids=lambda arguments: " ".join(map(str, arguments[:3:2])),
    )  # fmt: skip
    def test_what_was_printed(self, run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
        """The file has what is printed otherwise; one that is there stays, unless `--force` says else."""
        if arguments[0] == "explain":
            arguments = ("explain", run("rules")[1].splitlines()[1].split()[0])
        status, out, _ = run(*arguments)
        file = tmp_path / "out"
        assert run(*arguments, "-o", str(file)) == (status, "", "")
        assert file.read_text("utf-8") == out
        assert run(*arguments, "-o", str(file))[0] == 2
        assert run(*arguments, "-o", str(file), "--force")[0] == status


class TestColors:
    """`--color`."""

    def test_always(self) -> None:
        """Also where the output goes to a file, and with NO_COLOR."""
        found = spawn("check", PAPER, *DAY, "--color", "always", NO_COLOR="1")
        assert b"\x1b[" in found.stdout
        plain = spawn("check", PAPER, *DAY).stdout
        assert re.sub(rb"\x1b\[[0-9;]*m", b"", found.stdout) == plain

    def test_never(self) -> None:
        """Not on a terminal either, whatever it can."""
        assert "\x1b" not in watched("check", PAPER, *DAY, "--color", "never", FORCE_COLOR="1")


class TestPager:
    """The pager, on a terminal with somebody at it."""

    def test_what_is_longer(self, tmp_path: Path) -> None:
        """What is longer than the screen is shown by the pager, with its colours, and what is not is printed."""
        pager = f"{sys.executable} -c \"import sys; open('{tmp_path}/paged', 'w').write(sys.stdin.read())\""
        assert watched("check", PAPER, *DAY, "-v", PAGER=pager) == ""
        paged = (tmp_path / "paged").read_text("utf-8")
        assert "\x1b[1m" in paged
        (tmp_path / "paged").unlink()
        assert watched("packs", PAGER=pager) != ""
        assert watched("check", PAPER, *DAY, "-v", "--no-pager", PAGER=pager) == paged
        assert watched("check", PAPER, *DAY, "-v", CONSISTENT_PAGER="", PAGER=pager) == paged
        assert watched("check", PAPER, *DAY, "-v", PAGER="no-such-pager") == paged
        assert not (tmp_path / "paged").exists()


class TestLinks:
    """Links to sources (OSC 8)."""

    def test_on_a_terminal_that_can(self) -> None:
        """The name of a source is a link; elsewhere the address stands behind it with `--why`, so that it is never lost."""
        link = re.compile(r"\x1b\]8;id=\d+;(https?://[^\x1b]+)\x1b")
        brief = ("check", PAPER, *DAY, "-v", "--no-pager")
        addresses = set(link.findall(watched(*brief, FORCE_HYPERLINK="1")))
        assert addresses
        full = (*brief, "--why")
        linked = watched(*full, FORCE_HYPERLINK="1", COLUMNS="300")
        assert " · http" not in linked
        for variables in ({"FORCE_HYPERLINK": "0"}, {"VTE_VERSION": "7600", "TMUX": "1"}):
            plain = watched(*full, COLUMNS="300", **variables)
            assert "\x1b]8;" not in plain
            assert addresses <= set(re.findall(r" · (https?://[^\s\x1b]+)", plain)) <= set(link.findall(linked))


class TestShell:
    """What shells and the manual are told."""

    def test_bash(self, tmp_path: Path) -> None:
        """Bash completes commands, options, values of choices and files."""
        (tmp_path / "made").write_bytes(spawn("completion", "bash").stdout)
        script = "source {}/made; COMP_WORDS=(consistent {}); COMP_CWORD={}; _shtab_consistent; echo ${{COMPREPLY[@]}}"
        for typed, completed in (
            ("che", "check"),
            ("check --form", "--format"),
            ("check --fail-on n", "never"),
            (f"check {tmp_path}/ma", f"{tmp_path}/made"),
        ):
            line = script.format(tmp_path, typed, len(typed.split()))
            done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
            assert done.stdout.split() == [completed], typed

    @pytest.mark.parametrize("shell", SHELLS)
    def test_each_shell(self, run: Run, shell: str) -> None:
        """Each shell is told of each command."""
        status, out, _ = run("completion", shell)
        assert status == 0
        assert all(re.search(rf"\b{command}\b", out) for command in parsers())

    def test_without_the_package(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """What makes it is an extra, and who lacks it is told how to have it."""
        monkeypatch.setitem(sys.modules, "shtab", None)
        status, out, err = run("completion", "bash")
        assert (status, out) == (2, "")
        assert "[completion]" in err

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_man(self, run: Run, language: str) -> None:
        """The manual has the help of each command, and nothing in it is taken for a request of roff."""
        out = run("man", "--lang", language)[1]
        requests = {line.split()[0] for line in out.splitlines() if line.startswith((".", "'"))}
        assert requests == {".TH", ".SH", ".SS", ".nf", ".fi"}
        assert re.findall(r"^\.SS (\w+)$", out, re.MULTILINE) == list(parsers())
        shown = run("check", "--help", "--lang", language)[1]
        assert shown.splitlines()[-1] in out.replace("\\-", "-")
