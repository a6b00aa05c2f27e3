"""What a command proposes to run next runs as it was printed; and a pack is named alike in all commands."""

import shlex
from pathlib import Path

import pytest

from consistent.cli.main import main


def proposed(printed: str, word: str = "consistent") -> list[str]:
    """The arguments of the command that the last line proposes."""
    return shlex.split(printed.strip().splitlines()[-1].partition(f"{word} ")[2])


@pytest.mark.parametrize("language", ["en", "nl"])
def test_next(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command that is proposed does what it is proposed for, in folders with blanks in their names too."""
    monkeypatch.chdir(tmp_path)
    folder = "my packs/lamps"
    assert main(["new", "pack", "lamps", "-o", folder, "--lang", language]) == 0
    assert main([*proposed(capsys.readouterr().out), "-k", "lamps"]) == 0
    for made, status in (
        (["new", "proposal", "to do"], {0}),
        (["new", "rule", "bright/too-bright"], {0}),
        (["new", "concept", "shines"], {0}),
    ):
        assert main([*made, "--pack", folder, "--lang", language]) == 0
        command = proposed(capsys.readouterr().out)
        assert main(command) in status, command
        shown = capsys.readouterr()
        assert not shown.err
    # In the folder of the pack that is the one that counts, whatever the command.
    monkeypatch.chdir(folder)
    assert main(["new", "proposal", "second"]) == 0
    assert main(proposed(capsys.readouterr().out)) == 0
    Path("text.txt").write_text("Proposal for a REGULATION on lamps\n\nArticle 1\nLamps shall be bright.\n", "utf-8")
    assert main(["draft", "text.txt", "--as-proposal", "-o", "a draft.toml", "--pack", ".", "--lang", language]) == 0
    command = proposed(capsys.readouterr().err)
    assert command == ["review", "a draft.toml", "--pack", "."]


def test_one_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Commands that are about a pack take it by itself, as `--pack`, or of the working folder; of two they take none."""
    monkeypatch.delenv("CONSISTENT_PACK")
    monkeypatch.chdir(tmp_path)
    assert main(["new", "pack", "lamps", "-o", "."]) == 0
    capsys.readouterr()
    outcomes = set()
    for named in ([], ["."], ["--pack", "."]):
        main(["lint", *named])
        outcomes.add(capsys.readouterr().out)
        assert main(["coverage", "--select", "lamps", "-v", *named]) == 0
        assert "lamps" in capsys.readouterr().out
    assert len(outcomes) == 1
    for named in ([".", "--pack", "treaties"], ["--pack", "treaties", "."]):
        with pytest.raises(SystemExit) as stopped:
            main(["mutate", *named])
        assert stopped.value.code == 2
        assert "not allowed with argument" in capsys.readouterr().err
    assert main(["packs"]) == 0
    assert "lamps" in capsys.readouterr().out
