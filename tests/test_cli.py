"""The command as a user has it: what it prints, where, and with which exit status."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import jsonschema
import pytest

from consistent import __version__, load
from consistent.cli import main
from consistent.engine.choosing import engine_named
from consistent.errors import UsageError
from consistent.reports.json_format import schema_for
from tests.terminal import shown_on

ROOT = Path(__file__).parents[1]
PAPER = str(ROOT / "proposals/join-2025-120.toml")
TITLE = {
    "en": "JOIN(2025) 120 final White Paper for European Defence \N{EN DASH} Readiness 2030",
    "nl": "JOIN(2025) 120 final Witboek Europese Defensie \N{EN DASH} Gereedheid 2030",
}
DAY = "2025-06-01"
PACK = "nl-22112-4027"
# One rule of the pack for each thing that can become of the White Paper.
CONFLICT = f"{PACK}/cyber/eu-offensive-cyber-mechanism"
CONDITION = f"{PACK}/law/simplification-for-industry-only"
OPEN = f"{PACK}/procurement/change-with-needless-burden"
ALIGNED = f"{PACK}/procedure/white-paper-welcomed"
OWN_PACK = """\
title.en = "Own pack"
title.nl = "Eigen pakket"
sources = ["TEU 5"]
"""
# Variables that change what is printed; tests start without them.
SETTINGS = ("CONSISTENT_PATH", "COLUMNS", "NO_COLOR", "FORCE_COLOR")
COLOUR = re.compile(r"\x1b\[[0-9;]*3\d[0-9;]*m")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process; exit status, output, errors."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(arguments)
        except SystemExit as leaving:  # how argparse ends
            status = int(leaving.code or 0)
        return status, *capsys.readouterr()

    return call


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a pack of one's own, without rules."""
    folder = tmp_path / "packs"
    (folder / "facts/own").mkdir(parents=True)
    (folder / "facts/own/pack.toml").write_text(OWN_PACK, "utf-8")
    return folder


def spawn(*arguments: str, stdin: bytes = b"", **variables: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the command as a process of its own."""
    command = [sys.executable, "-m", "consistent", *arguments]
    environment = _environment() | variables
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=60, env=environment)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in SETTINGS}


def on_terminal(*arguments: str, stream: str, **variables: str) -> tuple[str, str]:
    """Run the command with one of its streams on a terminal; what the terminal got, and what the other stream got."""
    master, terminal = pty.openpty()
    environment = _environment() | {"TERM": "xterm-256color", "COLUMNS": "100"} | variables
    command = [sys.executable, "-m", "consistent", *arguments]
    # The other stream is a file: a pipe that is full would halt the command.
    with TemporaryFile() as file:
        streams: dict[str, Any] = {"stdout": file, "stderr": file, stream: terminal}
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, env=environment, **streams):
            os.close(terminal)
            shown = shown_on(master)
        file.seek(0)
        rest = file.read()
    return shown.decode(), rest.decode()


def data_of(text: str) -> Any:
    """The JSON document, after a look at its schema."""
    data = json.loads(text)
    jsonschema.validate(data, schema_for("rules" if isinstance(data, list) else "report"))
    return data


def rules_run(run: Run, *arguments: str) -> int:
    """How many rules were run on the White Paper."""
    status, out, err = run("check", PAPER, "--as-of", DAY, "--fail-on", "never", "--format", "json", *arguments)
    assert (status, err) == (0, "")
    number: int = data_of(out)["reports"][0]["rules_run"]
    return number


class TestWhatIsChecked:
    """Files, folders and standard input, alone and together."""

    def test_one_file(self, run: Run) -> None:
        """One file gives one report, and a conflict status 1."""
        status, out, err = run("check", PAPER, "--as-of", DAY)
        assert (status, err) == (1, "")
        assert out.startswith(TITLE["en"] + "\n")
        assert out.count(TITLE["en"]) == 1

    def test_several(self, run: Run, tmp_path: Path) -> None:
        """Several files give a report each, in their order; a folder stands for every proposal under it, by name."""
        for name in ("b/2.toml", "b/1.toml", "a.toml", "b/deeper/3.toml", "b/notes.txt"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(f'[proposal]\nreference = "{name}"\n', "utf-8")
        status, out, err = run("check", str(tmp_path / "b"), str(tmp_path / "a.toml"), "--format", "json")
        assert (status, err) == (0, "")
        names = [each["proposal"]["name"] for each in data_of(out)["reports"]]
        assert names == ["b/1.toml", "b/2.toml", "b/deeper/3.toml", "a.toml"]

    def test_standard_input(self) -> None:
        """A dash stands for standard input."""
        found = spawn("check", "-", "--as-of", DAY, stdin=Path(PAPER).read_bytes())
        assert (found.returncode, found.stderr) == (1, b"")
        assert found.stdout.decode().startswith(TITLE["en"] + "\n")

    def test_nothing_named(self, run: Run) -> None:
        """Without a path the command says how it is used."""
        status, out, err = run("check")
        assert (status, out) == (2, "")
        assert "the following arguments are required: PATH" in err


class TestPack:
    """`--pack` by name and by folder."""

    def test_name(self, run: Run) -> None:
        """A pack by name, with those that it builds on."""
        assert rules_run(run, "--pack", "treaties") == len(load("treaties").rules)
        assert rules_run(run) == rules_run(run, "--pack", PACK) == len(load(PACK).rules)

    def test_folder(self, run: Run, own: Path) -> None:
        """A pack by its folder; it may build on shipped ones."""
        (own / "facts/own/pack.toml").write_text(OWN_PACK + 'builds_on = ["treaties"]\n', "utf-8")
        assert rules_run(run, "--pack", str(own)) == len(load("treaties").rules)

    def test_search_path(self, run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A folder in CONSISTENT_PATH makes its packs known by name."""
        assert run("rules", "--pack", "own")[0] == 2
        monkeypatch.setenv("CONSISTENT_PATH", str(own))
        assert run("rules", "--pack", "own", "--format", "json") == (0, "[]\n", "")


class TestLanguage:
    """`--lang`."""

    @pytest.mark.parametrize(
        ("lang", "words"), [("en", ("conflict", "substance")), ("nl", ("strijdig", "inhoud"))]
    )  # fmt: skip
    def test_text(self, run: Run, lang: str, words: tuple[str, ...]) -> None:
        """Titles, labels and messages are in the language."""
        _, out, _ = run("check", PAPER, "--as-of", DAY, "--lang", lang)
        assert out.startswith(TITLE[lang] + "\n")
        assert all(word in out for word in words)

    @pytest.mark.parametrize("lang", ["en", "nl"])
    def test_json(self, run: Run, lang: str) -> None:
        """Each finding has its message in the language, and both beside it."""
        _, out, _ = run("check", PAPER, "--as-of", DAY, "--lang", lang, "--format", "json")
        for each in data_of(out)["reports"][0]["findings"]:
            assert each["message"] == each["messages"][lang]

    def test_unknown(self, run: Run) -> None:
        """A language that is not there is refused."""
        status, out, err = run("check", PAPER, "--lang", "fr")
        assert (status, out) == (2, "")
        assert "argument --lang: invalid choice: 'fr'" in err


class TestFormat:
    """`--format json` of `check` and `rules`."""

    def test_check(self, run: Run) -> None:
        """The document is as its schema says, and says what the text says."""
        _, out, err = run("check", PAPER, PAPER, "--as-of", DAY, "--format", "json")
        assert err == ""
        first, second = data_of(out)["reports"]
        assert first == second
        assert first["proposal"]["reference"] == "JOIN(2025) 120 final"
        assert (first["pack"], first["as_of"]) == (PACK, DAY)
        assert [each["rule"] for each in first["findings"] if each["verdict"] == "conflict"] == [CONFLICT]

    def test_rules(self, run: Run) -> None:
        """So is the list of rules."""
        status, out, err = run("rules", "--format", "json", "--lang", "nl")
        assert (status, err) == (0, "")
        rules = load(PACK).rules
        assert [(each["id"], each["title"]) for each in data_of(out)] == [(each.id, each.title.nl) for each in rules]

    @pytest.mark.parametrize("form", ["text", "json", "csv"])
    def test_file(self, run: Run, tmp_path: Path, form: str) -> None:
        """What would be printed is written, and a file that is there is left alone unless asked."""
        asked = ("check", PAPER, "--select", CONFLICT, "--as-of", DAY, "--format", form)
        printed = run(*asked)
        path = tmp_path / "report"
        assert run(*asked, "-o", str(path)) == (printed[0], "", "")
        assert path.read_bytes().decode("utf-8") == printed[1]
        assert run(*asked, "-o", str(path))[0] == 2
        assert run(*asked, "-o", str(path), "--force")[0] == printed[0]


class TestDay:
    """`--as-of`."""

    def test_in_report(self, run: Run) -> None:
        """The day is in the report; without the option it is today."""
        assert "as of 2025-06-01" in run("check", PAPER, "--as-of", DAY)[1]
        assert re.search(r"as of \d{4}-\d\d-\d\d", run("check", PAPER)[1])

    def test_before_the_pack(self, run: Run) -> None:
        """On a day before the Dutch position there is none to be checked against."""
        status, out, _ = run("check", PAPER, "--as-of", "2025-04-10", "--format", "json")
        assert status == 0
        rules = {each["rule"].partition("/")[0] for each in data_of(out)["reports"][0]["findings"]}
        assert PACK not in rules

    @pytest.mark.parametrize("day", ["2025-02-29", "1 June 2025", ""])
    def test_no_date(self, run: Run, day: str) -> None:
        """What is no date is refused, with the form that is."""
        status, out, err = run("check", PAPER, "--as-of", day)
        assert (status, out) == (2, "")
        assert err.endswith(f"error: argument --as-of: `{day}` is not a date; write year-month-day, 2025-03-19\n")


class TestStatus:
    """`--fail-on`."""

    @pytest.mark.parametrize(
        ("rule", "failing"),
        [
            (CONFLICT, {"conflict", "condition", "open"}),
            (CONDITION, {"condition", "open"}),
            (OPEN, {"open"}),
            (ALIGNED, set()),
        ],
    )
    @pytest.mark.parametrize("bar", ["conflict", "condition", "open", "never"])
    def test_bar(self, run: Run, rule: str, failing: set[str], bar: str) -> None:
        """The status is 1 where something at or above the bar was found, and else 0."""
        status, _, err = run("check", PAPER, "--as-of", DAY, "--select", rule, "--fail-on", bar)
        assert (status, err) == (int(bar in failing), "")

    def test_default(self, run: Run) -> None:
        """The bar is a conflict unless given."""
        assert run("check", PAPER, "--as-of", DAY, "--select", CONFLICT)[0] == 1
        assert run("check", PAPER, "--as-of", DAY, "--ignore", CONFLICT)[0] == 0

    def test_any_report(self, run: Run, tmp_path: Path) -> None:
        """One report of several is enough."""
        (tmp_path / "empty.toml").write_text("[proposal]\n", "utf-8")
        assert run("check", PAPER, str(tmp_path / "empty.toml"), "--as-of", DAY)[0] == 1

    def test_process(self) -> None:
        """The status is that of the process."""
        assert spawn("check", PAPER, "--as-of", DAY).returncode == 1
        assert spawn("check", PAPER, "--as-of", DAY, "--fail-on", "never").returncode == 0
        assert spawn("check", "gone.toml").returncode == 2


class TestSelection:
    """`--select` and `--ignore`."""

    @pytest.mark.parametrize(
        ("patterns", "ids"),
        [
            pytest.param([CONFLICT], {CONFLICT}, id="id"),
            pytest.param([f"{CONFLICT},{OPEN}"], {CONFLICT, OPEN}, id="ids by comma"),
            pytest.param([CONFLICT, f" {OPEN} ,"], {CONFLICT, OPEN}, id="option twice, with blanks"),
            pytest.param(["*/white-paper-welcomed"], {ALIGNED}, id="wildcard"),
            pytest.param([f"{PACK}/law"], f"{PACK}/law/", id="folder"),
            pytest.param([f"{PACK}/law/"], f"{PACK}/law/", id="folder with a slash"),
            pytest.param(["treaties"], "treaties/", id="pack"),
        ],
    )
    def test_names(self, run: Run, patterns: list[str], ids: set[str] | str) -> None:
        """Rules by id, folder and wildcard; what is selected and what is ignored add up to all."""
        rules = [each.id for each in load(PACK).rules]
        expected = len([each for each in rules if (each in ids if isinstance(ids, set) else each.startswith(ids))])
        assert expected > 0
        assert rules_run(run, *(part for each in patterns for part in ("--select", each))) == expected
        assert rules_run(run, *(part for each in patterns for part in ("--ignore", each))) == len(rules) - expected

    def test_principle_and_position(self, run: Run) -> None:
        """Rules by what they are for."""
        rules = load(PACK).rules
        principle, position = rules[0].principle, "omnibus-scope"
        assert rules_run(run, "--select", principle) == sum(each.principle == principle for each in rules)
        assert rules_run(run, "--select", position) == sum(position in each.positions for each in rules) > 0

    def test_both(self, run: Run) -> None:
        """What is ignored is left out of what is selected."""
        assert rules_run(run, "--select", f"{CONFLICT},{OPEN}", "--ignore", CONFLICT) == 1

    @pytest.mark.parametrize("option", ["--select", "--ignore"])
    def test_unknown(self, run: Run, option: str) -> None:
        """A name that no rule answers to is refused, as is a wildcard without rules."""
        status, out, err = run("check", PAPER, option, f"{CONFLICT}s")
        assert (status, out) == (2, "")
        assert err.startswith(f"error: no rule matches `{CONFLICT}s`\nhelp: did you mean `{CONFLICT}`")
        assert run("check", PAPER, option, "zzz*") == (2, "", "error: no rule matches `zzz*`\n")


class TestEngine:
    """`--engine`."""

    def test_plain(self, run: Run) -> None:
        """The plain evaluator says that it did the work."""
        _, out, _ = run("check", PAPER, "--as-of", DAY, "--engine", "plain")
        assert "engine plain" in out
        assert "\nThe evaluator plain did the work, not durable-rules; it finds the same.\nconsistent " in out

    def test_durable_rules(self, run: Run) -> None:
        """durable-rules says that it did, and is the one that does unless told otherwise; the findings are the same."""
        try:
            engine_named("durable-rules")
        except UsageError:
            pytest.skip("durable-rules cannot be imported here")
        texts = {
            name: run("check", PAPER, "--as-of", DAY, "--engine", name, "--format", "json")[1]
            for name in ("auto", "durable-rules", "plain")
        }
        assert texts["auto"] == texts["durable-rules"]
        assert texts["plain"] == texts["auto"].replace('"engine": "durable-rules"', '"engine": "plain"')
        assert "engine durable-rules" in run("check", PAPER, "--as-of", DAY)[1]

    def test_unknown(self, run: Run) -> None:
        """An engine that is not there is refused."""
        status, out, err = run("check", PAPER, "--engine", "clips")
        assert (status, out) == (2, "")
        assert "argument --engine: invalid choice: 'clips'" in err


class TestShow:
    """`rules`, `explain` and `packs`."""

    @pytest.mark.parametrize(("lang", "head"), [("en", "rule "), ("nl", "regel ")])
    def test_rules(self, run: Run, lang: str, head: str) -> None:
        """The table has a row for each rule."""
        status, out, err = run("rules", "--pack", "treaties", "--lang", lang)
        assert (status, err) == (0, "")
        assert out.startswith(head)
        assert len(re.findall("^treaties/", out, re.MULTILINE)) == len(load("treaties").rules)

    @pytest.mark.parametrize(("lang", "why"), [("en", "why: "), ("nl", "waarom: ")])
    def test_explain(self, run: Run, lang: str, why: str) -> None:
        """A rule is shown in full, with its file."""
        status, out, err = run("explain", CONFLICT, "--lang", lang)
        assert (status, err) == (0, "")
        lines = out.splitlines()
        rule = load(PACK).rule(CONFLICT)
        assert lines[0] == rule.title.get("nl" if lang == "nl" else "en")
        assert lines[1].startswith(CONFLICT)
        assert any(line.startswith(why) for line in lines)
        assert f"rules/{CONFLICT}.toml" in out.replace("\n", "")

    def test_explain_unknown(self, run: Run) -> None:
        """A rule that is not there is refused, with the nearest ones."""
        status, out, err = run("explain", f"{CONFLICT}s")
        assert (status, out) == (2, "")
        assert err.startswith(f"error: unknown rule `{CONFLICT}s`\nhelp: did you mean `{CONFLICT}`")

    def test_packs(self, run: Run) -> None:
        """Every pack is listed with its size and title."""
        status, out, err = run("packs")
        assert (status, err) == (0, "")
        lines = {line.split()[0]: line for line in out.splitlines()[1:]}
        assert set(lines) == {PACK, "treaties"}
        assert all(line.rstrip().endswith(load(name).knowledge.packs[-1].title.en) for name, line in lines.items())

    def test_packs_with_positions(self, run: Run) -> None:
        """What rules do not carry of a position is counted beside the pack, and told with the reason where it is asked for."""
        short = load(PACK).knowledge.positions_short
        assert f"(-{len(short)})" in run("packs")[1]
        _, out, _ = run("packs", "--positions", "--lang", "nl")
        assert all(position.id in out for position in short)

    def test_packs_with_faults(self, run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A pack that cannot be loaded is told as such beside the others, with status 2."""
        (own / "facts/own/pack.toml").write_text("title = 1\n", "utf-8")
        monkeypatch.setenv("CONSISTENT_PATH", str(own))
        status, out, err = run("packs", "--lang", "nl")
        assert status == 2
        assert out.startswith("pakket ")
        assert "treaties" in out
        assert err.startswith("fout: verwacht: tekst in twee talen; gevonden: een geheel getal\n  bij ")


class TestHelp:
    """`--help` and `--version`."""

    def test_version(self, run: Run) -> None:
        """The version is that of the library."""
        assert run("--version") == (0, f"consistent {__version__}\n", "")

    @pytest.mark.parametrize("command", [(), ("check",), ("rules",), ("explain",), ("packs",)])
    def test_help(self, run: Run, command: tuple[str, ...]) -> None:
        """Each command says how it is used."""
        status, out, err = run(*command, "--help")
        assert (status, err) == (0, "")
        assert out.startswith("usage: consistent")

    def test_exit_status(self, run: Run) -> None:
        """The help of `check` says what the exit status means."""
        assert "exit status: 0 nothing at or above the bar, 1 findings, 2 bad input or usage" in run("check", "-h")[1]

    def test_unknown_command(self, run: Run) -> None:
        """A command that is not there is refused."""
        status, out, err = run("chek", PAPER)
        assert (status, out) == (2, "")
        assert err == "consistent: error: unknown command `chek`\nhelp: did you mean `check` or `fiche` or `schema`?\n"


class TestTerminal:
    """Colours and the progress bar are for terminals only."""

    def test_colours(self) -> None:
        """On a terminal there are colours."""
        shown, err = on_terminal("check", PAPER, "--as-of", DAY, stream="stdout")
        assert COLOUR.search(shown)
        assert TITLE["en"] in shown
        assert err == ""

    def test_no_color(self) -> None:
        """Not with NO_COLOR."""
        shown, _ = on_terminal("check", PAPER, "--as-of", DAY, stream="stdout", NO_COLOR="1")
        assert not COLOUR.search(shown)
        assert TITLE["en"] in shown

    @pytest.mark.parametrize("arguments", [("check", PAPER), ("rules",), ("explain", CONFLICT), ("packs",)])
    def test_no_terminal(self, arguments: tuple[str, ...]) -> None:
        """Where the output goes to a file there is no escape code."""
        found = spawn(*arguments, TERM="xterm-256color")
        assert found.stdout
        assert b"\x1b" not in found.stdout + found.stderr

    def test_progress(self) -> None:
        """Where errors go to a terminal a bar is shown there while several proposals are checked, and nowhere else."""
        shown, out = on_terminal("check", PAPER, PAPER, "--as-of", DAY, "--format", "json", stream="stderr")
        assert "checking" in shown
        assert len(data_of(out)["reports"]) == 2
        shown, _ = on_terminal("check", PAPER, "--as-of", DAY, "--format", "json", stream="stderr")
        assert shown == ""

    def test_no_progress(self) -> None:
        """Where errors go to a file there is no bar."""
        assert spawn("check", PAPER, PAPER, "--as-of", DAY).stderr == b""
