"""No form tells where anything lies on the machine that made it, so that two of them make the same file."""

from pathlib import Path

import pytest

from consistent import __version__, load
from consistent.cli import main
from consistent.model.text import LANGUAGES
from consistent.reports.formats import format_names
from consistent.reports.terminal import told_path
from tests.small_pack import PROPOSAL, write_pack

# Which needs a pack with fields of its own, and is looked at by `tests/reports/test_fiche_cli.py`.
FORMS = ("text", "json", *(name for name in format_names() if name != "fiche"))


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two homes with the same pack, proposal and waiver, and a working folder in neither."""
    homes = tmp_path / "jansen", tmp_path / "deeper/de-vries"
    for home in homes:
        write_pack(home / "position")
        (home / "act.toml").write_text(PROPOSAL, "utf-8")
        rule = load(home / "position").rules[0].id
        (home / "accepted.toml").write_text(
            f'[[waiver]]\nrule = "{rule}"\nreason = "so decided"\nowner = "us"\nuntil = 2099-01-01\n', "utf-8"
        )
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return homes


@pytest.mark.parametrize("form", FORMS)
def test_same_from_two_homes(homes: tuple[Path, Path], form: str) -> None:
    """Each form, with all that there is to tell, says nothing of the folders above, and is the same from both homes."""
    made: list[list[bytes]] = []
    for home in homes:
        outputs = []
        for language in LANGUAGES:
            file = home / f"out.{language}"
            options = ["--pack", str(home / "position"), "--waivers", str(home / "accepted.toml"), "--lang", language]
            why = ["--why", "-vv"] if form in {"text", "json"} else []
            arguments = [str(home / "act.toml"), *options, "--as-of", "2025-06-01", "--format", form, *why]
            assert main(["check", *arguments, "--fail-on", "never", "-o", str(file)]) == 0
            outputs.append(file.read_bytes())
            for word in (b"jansen", b"de-vries", str(home.parent).encode()):
                assert word not in outputs[-1]
        made.append(outputs)
    assert made[0] == made[1]
    # A workbook is packed; `tests/reports/test_workbook.py` opens it.
    assert form == "xlsx" or __version__.encode() in made[0][0]


def test_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the folder in which one works; of a pack elsewhere from its own; else the name, and as it was where that was relative."""
    monkeypatch.chdir(tmp_path)
    assert told_path(str(tmp_path / "a/b.toml")) == "a/b.toml"
    assert told_path("/opt/somewhere/_packs/rules/treaties/x.toml") == "rules/treaties/x.toml"
    assert told_path("/home/jansen/facts/mine/facts/x.toml") == "facts/x.toml"
    assert told_path("/home/jansen/act.toml") == "act.toml"
    assert told_path("../act.toml") == "../act.toml"
