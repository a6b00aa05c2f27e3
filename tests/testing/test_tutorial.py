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
from tests.tutorials import ENVIRONMENT, STARTS, blocks, change, steps, without_day, words_of, write

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FIRST_RULE = (DOCS / "start/write-a-rule.md").read_text("utf-8")
PYTEST = (DOCS / "how-to/pytest.md").read_text("utf-8")
REFERENCE = (DOCS / "reference/testing.md").read_text("utf-8")
# Of `treaties`, the rules that the tutorial does without: they say the same of themselves whatever it does, and take minutes.
KEPT_RULES = "proportionality"
_DRAW = "pictures are made by `python -m tests.tutorials`"


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


def run(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints; anything but an error."""
    program, *arguments = shlex.split(command)
    if program == "consistent":
        status, (out, err) = main(arguments), capsys.readouterr()
    else:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        module = () if program == "python" else ("-m", program, "-p", "no:cacheprovider")
        line = [sys.executable, *module, *arguments]
        done = subprocess.run(line, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
        status, out, err = done.returncode, done.stdout, done.stderr
    assert status in {0, 1}, err or out
    return "\n".join(line.rstrip() for line in (out or err).splitlines()) + "\n"


def done(text: str, capsys: pytest.CaptureFixture[str], pictures: Path) -> Iterator[tuple[str, str]]:
    """Do what a text tells to, block by block; pairs of what it shows and what came out.

    The picture of a terminal has to show that too; one of a page has to be there.
    """
    out = ""
    for kind, block in steps(text):
        match kind:
            case "toml" | "python":
                write(block)
            case "diff":
                change(block)
            case "sh":
                out = run(block, capsys)
            case "text":
                yield block, out
            case "picture" if block.endswith(".svg"):
                assert without_day(words_of(pictures / block)) == without_day(out), f"{_DRAW}\ncame out:\n{out}"
            case "picture":
                assert (pictures / block).is_file(), _DRAW
            case "console":
                pass  # to be typed by a reader, and not here
            case _:
                raise AssertionError(kind)


def follow(text: str, capsys: pytest.CaptureFixture[str], pictures: Path = STARTS["en"]) -> int:
    """Do what a text tells to; how many outputs it shows, each of them what came out, save where it has three dots."""
    checker = doctest.OutputChecker()
    shown = 0
    for want, got in done(text, capsys, pictures):
        assert checker.check_output(want, got, doctest.ELLIPSIS), f"shown:\n{want}\ncame out:\n{got}"
        shown += 1
    assert shown == sum(language == "text" for language, _ in blocks(text))
    return shown


@pytest.mark.parametrize("language", STARTS)
@pytest.mark.parametrize("name", ["check-a-proposal", "use-the-library", "check-a-corpus"])
def test_first(
    name: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a start tells to do comes out as its page shows, with the packs and proposals that ship, in the language of the page."""
    for variable in ENVIRONMENT:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("CONSISTENT_LANG", language)
    shutil.copytree(ROOT / "proposals", tmp_path / "proposals")
    monkeypatch.chdir(tmp_path)
    assert follow((STARTS[language] / f"{name}.md").read_text("utf-8"), capsys, STARTS[language]) > 2


def test_both_languages() -> None:
    """Each start is there in both languages, and its pictures are those that its page shows."""
    names = {language: {path.name for path in start.glob("*.md")} for language, start in STARTS.items()}
    assert names["en"] == names["nl"]
    pictures = {language: {path.name for path in (start / "pictures").iterdir()} for language, start in STARTS.items()}
    assert pictures["nl"] <= pictures["en"]
    for start in STARTS.values():
        named = {
            step for page in start.glob("*.md") for kind, step in steps(page.read_text("utf-8")) if kind == "picture"
        }
        assert {f"pictures/{path.name}" for path in (start / "pictures").iterdir()} == named


@pytest.mark.usefixtures("folder")
def test_first_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """The first rule comes out as its page shows; so does the page on pytest, which goes on with it."""
    assert follow(FIRST_RULE, capsys) > 8
    assert Path("results.xml").exists()
    assert follow(PYTEST, capsys) > 1


@pytest.mark.usefixtures("folder")
def test_first_rule_in_dutch(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The Dutch page comes out too: it shows less, and is followed on its own."""
    monkeypatch.setenv("CONSISTENT_LANG", "nl")
    assert follow((STARTS["nl"] / "write-a-rule.md").read_text("utf-8"), capsys, STARTS["nl"]) > 3


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
