"""`consistent format`: one layout, in which nothing is said otherwise and every comment stands."""

import random
from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from consistent.authoring.editing.faults import files_in
from consistent.authoring.editing.layout import laid_out
from consistent.cli.main import main
from tests.harness.effort import examples

ROOT = Path(__file__).parents[2]
SHIPPED = [*files_in(ROOT / "facts"), *files_in(ROOT / "rules"), *files_in(ROOT / "proposals")]
RULES = [path for path in SHIPPED if path.is_relative_to(ROOT / "rules")]


def comments(text: str) -> list[str]:
    """The lines that are comments, in any order."""
    return sorted(line.strip() for line in text.splitlines() if line.strip().startswith("#"))


def test_shipped() -> None:
    """The packs that ship are laid out so."""
    assert [path for path in SHIPPED if laid_out(text := path.read_text("utf-8"), path) != text] == []


@settings(max_examples=examples(300), deadline=None)
@given(st.sampled_from(SHIPPED), st.integers(0, 2**32))
def test_any_layout(path: Path, seed: int) -> None:
    """However a file is laid out, the one layout says the same, has the same comments, and is its own."""
    spoilt = spoil(path.read_text("utf-8"), random.Random(seed))
    made = laid_out(spoilt, path)
    assert tomli.loads(made) == tomli.loads(spoilt)
    assert comments(made) == comments(spoilt)
    assert laid_out(made, path) == made


@settings(max_examples=examples(100), deadline=None)
@given(st.sampled_from(RULES), st.integers(0, 2**32))
def test_one_layout(path: Path, seed: int) -> None:
    """Of blanks, empty lines, line ends of lists and the order of keys none is left: what was spoilt is as it was."""
    text = path.read_text("utf-8")
    if "#" not in text and '"""' not in text:
        assert laid_out(spoil(text, random.Random(seed), listed=False), path) == text


def spoil(text: str, chance: random.Random, *, listed: bool = True) -> str:
    """The same said in another layout: blanks, empty lines, lists, and the order of keys at the top."""
    lines = text.split("\n")
    if '"""' in text:
        return text
    head = next((number for number, line in enumerate(lines) if line.startswith("[")), len(lines))
    if all("=" in line for line in lines[:head] if line and not line.startswith("#")) and not any(
        line.rstrip().endswith("[") or line.startswith("#") for line in lines[:head]
    ):
        pairs = [line for line in lines[:head] if line]
        by_name: dict[str, list[str]] = {}
        for line in pairs:
            by_name.setdefault(line.partition("=")[0].partition(".")[0].strip(), []).append(line)
        names = list(by_name)
        chance.shuffle(names)
        lines = [*(line for name in names for line in by_name[name]), "", *lines[head:]]
    made = []
    for line in lines:
        changed = line
        if "=" in line and not line.startswith(("#", " ", "[")) and chance.random() < 0.3:
            key, _, value = line.partition("=")
            value = value.strip()
            if listed and value.startswith("[") and value.endswith("]") and chance.random() < 0.5:
                value = value.replace('", "', '",\n\n      "')
            changed = f"{' ' * chance.randrange(3)}{key.strip()}{' ' * chance.randrange(3)}={' ' * chance.randrange(3)}{value}"
        made.append(changed + " " * chance.randrange(2))
        if not line and chance.random() < 0.3:
            made.append("")
    return "\n".join(made) + "\n" * chance.randrange(3)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('a=["x",   "y"]  # why\n', 'a = ["x", "y"]  # why\n'),
        ('a = [\n"x"]\n', 'a = [\n  "x",\n]\n'),
        ('a = [ # why\n"x"]\n', 'a = [ # why\n"x"]\n'),
        ('\n\n[t]\n\n\n  k   =  """\nx  \n\n\n"""\n\n', '[t]\n\nk = """\nx  \n\n\n"""\n'),
        ("a = 1\r\n\r\n\r\nb=2", "a = 1\r\n\r\nb = 2\r\n"),
        ("", ""),
        ("a = []\n", "a = []\n"),
        ("# only this\n", "# only this\n"),
    ],
)
def test_layout(before: str, after: str) -> None:
    """Each thing that is laid out, and what is left alone: comments in lists, texts of several lines, line ends."""
    assert laid_out(before, Path("x.toml")) == after


def test_order(tmp_path: Path) -> None:
    """Keys of a rule are put in their order, each with the comments above it."""
    (tmp_path / "facts/p").mkdir(parents=True)
    (tmp_path / "facts/p/pack.toml").write_text("", "utf-8")
    text = '# of the ground\nground = "law"  # here\n# of the title\ntitle.en = "a"\ntitle.nl = "b"\n\n[message]\nen = "c"\n\n# of it\n[when.measure]\nx = 1\n# the end\n'
    assert laid_out(text, tmp_path / "rules/p/r.toml") == (
        '# of the title\ntitle.en = "a"\ntitle.nl = "b"\n# of the ground\nground = "law"  # here\n\n# of it\n[when.measure]\nx = 1\n\n'
        '[message]\nen = "c"\n# the end\n'
    )


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` shows and writes nothing; without it files are written; what is no TOML is told, and left."""
    monkeypatch.chdir(tmp_path)
    Path("x.toml").write_text("a=1\n", "utf-8")
    assert main(["format", "--check"]) == 1
    assert "+a = 1" in capsys.readouterr().out
    assert Path("x.toml").read_text("utf-8") == "a=1\n"
    assert main(["format", "x.toml"]) == 0
    assert Path("x.toml").read_text("utf-8") == "a = 1\n"
    assert main(["format", "--check"]) == 0
    Path("y.toml").write_text("a=\n", "utf-8")
    assert main(["format"]) == 2
    assert "not valid TOML" in capsys.readouterr().err
    assert main(["format", "nowhere"]) == 2
