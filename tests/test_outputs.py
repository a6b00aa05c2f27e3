"""Whatever `-o` names is written to, by every command that takes it; and what is written is in the letters that it says."""

import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from consistent.cli.main import _COMMANDS, _parser, main
from consistent.toml.tomlfile import TomlFile
from tests.document_cases import INVENTED
from tests.lifecycle.texts import PROPOSAL as LAMPS
from tests.lifecycle.texts import write_file
from tests.small_pack import PROPOSAL, write_pack

ACT = Path(__file__).parents[1] / "proposals/com-2025-122.toml"
# Each with the forms in which it writes one file.
COMMANDS = {
    "check": tuple(
        f"check p.toml --pack . --fail-on never --format {form}" for form in ("html", "json", "csv", "sarif")
    ),
    "check of a corpus": ("check --corpus c.jsonl --pack . --fail-on never",),
    "draft": (f"draft {INVENTED}/plain.nl.txt --pack nl-22112-4027", f"draft {INVENTED}/plain.nl.txt --format json"),
    "schema": ("schema rule --pack .",),
    "file": ("file lamps --pack treaties --format json",),
    "subsidiarity": tuple(f"subsidiarity p.toml --pack . --format {form}" for form in ("markdown", "docx", "ics")),
    "fiche": (f"fiche {ACT} --pack nl-22112-4027 --format markdown", f"fiche {ACT} --pack nl-22112-4027 --format docx"),
}
LINES = [line for lines in COMMANDS.values() for line in lines]
# These make folders of files.
OF_FOLDERS = {"docs", "pages", "new"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack, a proposal with letters of Dutch, French and Greek, and a corpus of it."""
    monkeypatch.chdir(tmp_path)
    write_pack(tmp_path)
    Path("p.toml").write_text(PROPOSAL.replace("An act", "Één café, λόγος: € 5"), "utf-8")
    write_file(Path("lamps"), a=LAMPS.replace("on the lamps", "on the λόγος of Één café"))
    Path("c.jsonl").write_text('{"proposal": {"title": "Één café, λόγος"}, "measure": []}\n', "utf-8")
    return tmp_path


def spawn(line: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    """What a shell makes of a line."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", **variables}
    return subprocess.run(["bash", "-c", line], env=environment, capture_output=True, check=False, timeout=300)


def test_every_command_is_here() -> None:
    """One that takes `-o`, for more than what it prints, and is new belongs in the table above."""
    found = set()
    for name in (*_COMMANDS, "fiche"):
        choices = next(action.choices for action in _parser("en", [name])._actions if action.choices)
        assert isinstance(choices, dict)
        if "--output" in choices[name]._option_string_actions and not choices[name].get_default("printed"):
            found.add(name)
    assert found == {line.split()[0] for line in LINES} | OF_FOLDERS


@pytest.mark.parametrize("line", LINES)
def test_outputs(line: str) -> None:
    """A file, standard output by its names, a pipe, a device, a link: the same in each, and each stays what it is."""
    assert run(line, "plain") == 0
    made = Path("plain").read_bytes()
    assert made
    os.mkfifo("pipe")
    with ThreadPoolExecutor(1) as reader:
        piped = reader.submit(Path("pipe").read_bytes)
        assert run(line, "pipe") == 0
        assert piped.result(60) == made
    assert Path("pipe").is_fifo()
    for force in ((), ("--force",)):
        assert run(line, "/dev/null", *force) == 0
        assert Path("/dev/null").is_char_device()
    Path("target").touch()
    Path("link").symlink_to("target")
    assert run(line, "link", "--force") == 0
    assert Path("link").is_symlink()
    assert Path("target").read_bytes() == made
    assert spawn(f"consistent {line} -o - | cat; consistent {line} -o >(cat)").stdout == made + made


def run(line: str, name: str, *force: str) -> int:
    """The command with an output of that name, in this process."""
    return main([*shlex.split(line), "-o", name, *force])


@pytest.mark.parametrize(
    "encoding",
    [
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=["latin-1", "cp1252", "C"],
)
@pytest.mark.parametrize("line", [lines[0] for lines in COMMANDS.values()])
def test_encodings(line: str, encoding: dict[str, str]) -> None:
    """A document is in UTF-8, as it says or as its format has it, whatever the terminal speaks: by a redirect and by `-o`."""
    assert run(line, "usual") == 0
    found = spawn(f"consistent {line}; consistent {line} -o named", **encoding).stdout
    assert found == Path("named").read_bytes() == Path("usual").read_bytes()
    if line.startswith("draft") and "json" not in line:
        assert TomlFile.read(Path("named")).data["proposal"]
