"""What project files set for the command: what comes before what, what is wrong with a setting, and what the schema says of it."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli

from consistent import load
from consistent.authoring.schemas.catalogue import schema_for
from consistent.cli.main import _parser
from consistent.knowledge.project_file import SETTINGS, project_settings
from consistent.knowledge.settings import VARIABLE
from tests.test_cli import PAPER, ROOT, Run, run

__all__ = ["run"]

FILE = """\
pack = "nl-22112-4027"
lang = "nl"
color = "never"
pager = false
fail-on = "never"
strict = true
engine = "plain"
waivers = ["waivers.toml"]
ending-within = 30
verified-within = 90
"""
WAIVERS = """\
[[waiver]]
rule = "nl-22112-4027/cyber/eu-offensive-cyber-mechanism"
measure = "row-52"
reason = "so decided"
owner = "us"
until = 2099-01-01
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder below another one, and no variable."""
    for name in (VARIABLE, "CONSISTENT_LANG"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "above/here"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def reported(run: Run, *arguments: str) -> dict[str, Any]:
    """The one report of a check in JSON."""
    _, out, err = run("check", PAPER, "--as-of", "2025-06-01", "--format", "json", *arguments)
    assert err == ""
    (report,) = json.loads(out)["reports"]
    return dict(report)


class TestSet:
    """What a file sets is what the options of its names would."""

    def test_all(self, run: Run) -> None:
        """Each setting counts, from a folder above too; what is said in the call counts before it."""
        Path("../consistent.toml").write_text(FILE, "utf-8")
        Path("../waivers.toml").write_text(WAIVERS, "utf-8")
        status, out, _ = run("check", PAPER, "--as-of", "2025-06-01")
        options = ("--pack", "nl-22112-4027", "--lang", "nl", "--fail-on", "never", "--strict", "--engine", "plain")
        limits = ("--waivers", "../waivers.toml", "--ending-within", "30", "--verified-within", "90")
        report = reported(run)
        Path("../consistent.toml").unlink()
        assert (status, out) == run("check", PAPER, "--as-of", "2025-06-01", *options, *limits)[:2]
        assert status == 0
        assert report == reported(run, *options, *limits)
        assert report != reported(run, "--pack", "nl-22112-4027")

    def test_call_before_file(self, run: Run) -> None:
        """What is said in the call counts."""
        Path("consistent.toml").write_text(FILE.replace('waivers = ["waivers.toml"]\n', ""), "utf-8")
        assert run("check", PAPER, "--as-of", "2025-06-01", "--fail-on", "conflict")[0] == 1
        assert run("packs", "--lang", "en")[1].startswith("pack ")
        assert reported(run, "--no-strict", "--engine", "auto") != reported(run)

    def test_nearest(self) -> None:
        """Each key counts as the nearest file has it, and what that lacks as one above it has."""
        Path("../consistent.toml").write_text('pack = "treaties"\nlang = "nl"\n', "utf-8")
        Path("pyproject.toml").write_text('[tool.consistent]\nlang = "en"\n', "utf-8")
        assert {key: setting.value for key, setting in project_settings().items()} == {"pack": "treaties", "lang": "en"}

    def test_language(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """Help speaks it too; the variable goes before the file."""
        Path("consistent.toml").write_text('lang = "nl"\n', "utf-8")
        assert run("--help")[1].startswith("gebruik: ")
        monkeypatch.setenv("CONSISTENT_LANG", "en")
        assert run("--help")[1].startswith("usage: ")

    def test_a_report_is_verified_as_it_was_made(self, run: Run) -> None:
        """Settings do not change what a report is compared with."""
        made = run("check", PAPER, "--as-of", "2025-06-01", "--pack", "nl-22112-4027", "--format", "json")[1]
        Path("report.json").write_text(made, "utf-8")
        Path("waivers.toml").write_text(WAIVERS, "utf-8")
        Path("consistent.toml").write_text('waivers = ["waivers.toml"]\nstrict = true\n', "utf-8")
        assert run("verify", "report.json", PAPER)[0] == 0


class TestFaults:
    """Settings that cannot be used are told at their line."""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("fail_on = 'never'", "unknown key `fail_on`\n  at consistent.toml:1, fail_on\nhelp: did you mean `fail-on`?"),
            ("strict = 'yes'", "expected true or false, found text\n  at consistent.toml:1, strict"),
            ("ending-within = true", "expected a whole number, found a boolean\n  at consistent.toml:1, ending-within"),
            ("waivers = 'w.toml'", "expected a list of texts, found text\n  at consistent.toml:1, waivers"),
            ("waivers = [1]", "expected a list of texts, found a list\n  at consistent.toml:1, waivers"),
            ("fail-on = 'conflicts'", "unknown value `conflicts`\n  at consistent.toml:1, fail-on\nhelp: did you mean `conflict`?"),
            ("lang = 'fr'", "unknown value `fr`\n  at consistent.toml:1, lang\nhelp: known here: `en`, `nl`"),
            ("ending-within = -1", "`-1` is not a number of days; write 0 or more\n  at consistent.toml:1, ending-within"),
        ],
    )  # fmt: skip
    def test_told(self, run: Run, text: str, told: str) -> None:
        """Nothing is checked by what somebody did not mean; help is shown, and an editor is served, all the same."""
        Path("consistent.toml").write_text(text + "\n", "utf-8")
        assert run("check", PAPER, "--pack", "treaties") == (2, "", f"error: {told}\n")
        assert run("check", "--help")[0] == 0
        assert run("--version")[0] == 0

    def test_several(self, run: Run) -> None:
        """All are told at once, in Dutch where that is asked."""
        Path("consistent.toml").write_text("strict = 1\nengine = 'steam'\npaks = ''\n", "utf-8")
        assert run("check", PAPER)[2].count("error") == 1
        assert run("check", PAPER)[2].count("\n  at consistent.toml:") == 2
        told = run("check", PAPER, "--lang", "nl")[2]
        assert "verwacht: true of false; gevonden: een geheel getal" in told
        assert "onbekende sleutel `paks`" in told


class TestSchema:
    """What an editor is told."""

    def test_same(self) -> None:
        """The schema has the settings that there are, and each but the pack, the pager and how wide is an option of `check`."""
        schema = schema_for("settings", load("treaties"))
        assert set(schema["properties"]) == set(SETTINGS)
        options = _parser("en", ["check"]).commands["check"]._option_string_actions
        for name in SETTINGS.keys() - {"pack", "pager"}:
            choices = options[f"--{name}"].choices
            assert choices is None or list(choices) == schema["properties"][name]["enum"]
        jsonschema.validate(tomli.loads(FILE), schema)
        for wrong in ("fail_on = 'never'", "strict = 'yes'", "lang = 'fr'", "waivers = 'x'", "ending-within = -1"):
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate(tomli.loads(wrong), schema)

    def test_of_no_command(self) -> None:
        """A setting without an option would be set in vain."""
        commands = _parser("en").commands
        options = {name for command in commands.values() for name in command._option_string_actions}
        assert {f"--{name}" for name in SETTINGS.keys() - {"pager"}} <= options


class TestTables:
    """The tables of variables and of exit statuses, beside the code."""

    PAGE = (ROOT / "docs/reference/settings.md").read_text("utf-8")

    def table(self, heading: str) -> list[str]:
        """The first cells of the table below a heading."""
        _, _, below = self.PAGE.partition(f"\n## {heading}\n")
        rows = re.findall(r"^\| (.+?) \|", below.partition("\n## ")[0], re.MULTILINE)
        return rows[1:]

    def test_variables(self) -> None:
        """Each variable that the code looks at is in the table, and each of ours in the table is looked at."""
        code = "".join(path.read_text("utf-8") for path in (ROOT / "src/consistent").rglob("*.py"))
        ours = set(re.findall(r"\bCONSISTENT_[A-Z]+\b", code))
        told = {name for row in self.table("Environment variables") for name in re.findall(r"`(\w+)`", row)}
        assert {name for name in told if name.startswith("CONSISTENT_")} == ours
        assert {"PAGER", "NO_COLOR", "COLUMNS", "FORCE_HYPERLINK"} <= told

    def test_statuses(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each status of the table comes out of a command; that of a request to end is in `tests/test_interrupting.py`."""
        Path("bad.jsonl").write_text('{"proposal": {"title": "x"}, "measure": []}\n{"proposal": 3}\n', "utf-8")
        found = {
            run("check", PAPER, "--fail-on", "never", "-q")[0],
            run("check", PAPER, "--pack", "nl-22112-4027", "-q")[0],
            run("check", "gone.toml", "-q")[0],
            run("check", "--corpus", "bad.jsonl", "-q")[0],
        }
        assert found == {0, 1, 2, 3}

        def interrupted(*_: object) -> int:
            raise KeyboardInterrupt

        monkeypatch.setattr("consistent.cli.packs.available_packs", interrupted)
        found.add(run("packs")[0])
        assert sorted(map(int, self.table("Exit status"))) == [*sorted(found), 143]
