"""Tutorials: what they tell to write is written, to run is run, and what they show is what comes out; and the page that lists the names."""

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import fields

import consistent.testing
from consistent import load
from consistent.cli import main
from consistent.rules.guarantees import PatternData
from consistent.testing import PROPERTIES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FIRST_CHECK = (DOCS / "start/check-a-proposal.md").read_text("utf-8")
FIRST_RULE = (DOCS / "start/write-a-rule.md").read_text("utf-8")
PYTEST = (DOCS / "how-to/pytest.md").read_text("utf-8")
REFERENCE = (DOCS / "reference/testing.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# (at the end of )?(\S+\.(?:toml|py))\n")
ENVIRONMENT = ("CONSISTENT_PACK", "CONSISTENT_PATH", "CONSISTENT_LANG", "COLUMNS", "NO_COLOR", "FORCE_COLOR")
# Of `treaties`, the rules that the tutorial does without: they say the same of themselves whatever it does, and take minutes.
KEPT_RULES = "proportionality"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, before a `treaties` with few rules and no guarantees."""
    shipped, work = tmp_path / "shipped", tmp_path / "work"
    hidden = shutil.ignore_patterns("guarantees.toml", "mutants.toml")
    shutil.copytree(ROOT / "facts/treaties", shipped / "facts/treaties", ignore=hidden)
    kept = Path("rules/treaties") / KEPT_RULES
    shutil.copytree(ROOT / kept, shipped / kept)
    monkeypatch.setattr("consistent.knowledge.packs.shipped_root", lambda: shipped)
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def blocks(text: str) -> list[tuple[str, str]]:
    """Language and text of each block of code."""
    return [(found[1], found[2]) for found in BLOCK.finditer(text)]


def write(text: str) -> None:
    """Write the file that the first line names, or add to it."""
    named = FILE.match(text)
    assert named, text
    path = Path(named[2])
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text("utf-8") if named[1] else ""
    path.write_text(before + text[named.end() :], "utf-8")


def change(text: str) -> None:
    """Change lines of a file as a patch without line numbers does."""
    head, *lines = text.splitlines(keepends=True)
    path = Path(head.removeprefix("--- ").strip())
    was, now = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
    held = path.read_text("utf-8")
    assert held.count(was) == 1, text
    path.write_text(held.replace(was, now), "utf-8")


def run(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints; anything but an error."""
    program, *arguments = shlex.split(command)
    if program == "consistent":
        status, (out, err) = main(arguments), capsys.readouterr()
    else:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        line = [sys.executable, "-m", program, "-p", "no:cacheprovider", *arguments]
        done = subprocess.run(line, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
        status, out, err = done.returncode, done.stdout, done.stderr
    assert status in {0, 1}, err or out
    return "\n".join(line.rstrip() for line in out.splitlines()) + "\n"


def done(text: str, capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[str, str]]:
    """Do what a text tells to, block by block; pairs of what it shows and what came out."""
    out = ""
    for language, block in blocks(text):
        match language:
            case "toml" | "python":
                write(block)
            case "diff":
                change(block)
            case "sh":
                out = run(block, capsys)
            case "text":
                yield block, out
            case "console":
                pass  # to be typed by a reader, and not here
            case _:
                raise AssertionError(language)


def follow(text: str, capsys: pytest.CaptureFixture[str]) -> int:
    """Do what a text tells to; how many outputs it shows, each of them what came out, save where it has three dots."""
    checker = doctest.OutputChecker()
    shown = 0
    for want, got in done(text, capsys):
        assert checker.check_output(want, got, doctest.ELLIPSIS), f"shown:\n{want}\ncame out:\n{got}"
        shown += 1
    assert shown == sum(language == "text" for language, _ in blocks(text))
    return shown


def test_first_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The first check comes out as its page shows, with the packs that ship."""
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    assert follow(FIRST_CHECK, capsys) > 2


@pytest.mark.usefixtures("folder")
def test_first_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """The first rule comes out as its page shows; so does the page on pytest, which goes on with it."""
    assert follow(FIRST_RULE, capsys) > 8
    assert Path("results.xml").exists()
    assert follow(PYTEST, capsys) > 1


@pytest.mark.usefixtures("folder")
def test_guarantees_of_the_language_page() -> None:
    """The guarantees that the page of the language shows can be read in the pack of the tutorial."""
    for language, text in blocks(FIRST_RULE):
        if language == "toml" and not text.startswith("# at the end of "):
            write(text)
    page = (DOCS / "reference/language.md").read_text("utf-8")
    (shown,) = (text for _, text in blocks(page.partition("\n### Guarantees\n")[2].partition("\n### ")[0]))
    write(shown.replace("# ", "# my-position/", 1))
    own = [guarantee for guarantee in load("my-position").guarantees if guarantee.pack == "my-position"]
    assert [(guarantee.scope, guarantee.kind) for guarantee in own] == [("measure", "always"), ("proposal", "never")]


def test_properties_listed() -> None:
    """The reference lists the properties there are, each with its meaning, in their order."""
    listed = re.findall(
        r"^\| `([a-z-]+)` \| (.*) \|$", REFERENCE.partition("\n## Properties\n")[2].partition("\n## ")[0], re.MULTILINE
    )
    assert listed == [(law.name, law.meaning.en) for law in PROPERTIES]


def test_keys_of_guarantees_listed() -> None:
    """The page lists every key that says what a guarantee means by a finding."""
    table = REFERENCE.partition("| key | fits a finding |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [attribute.name for attribute in fields(PatternData)]


@pytest.mark.parametrize("name", consistent.testing.__all__)
def test_public_name(name: str) -> None:
    """What the package offers can be had, and the page tells of it."""
    assert getattr(consistent.testing, name) is not None
    assert re.search(rf"`[^`\n]*\b{name}\b", REFERENCE), name
