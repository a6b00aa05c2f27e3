"""Tutorials: their blocks to be followed, and their pictures, which `python -m tests.tutorials` makes of what comes out.

A picture stands below the command of which it shows what comes out: as a terminal (`.svg`), or as the page that it wrote (`.png`), for
which Chromium is needed. It is made by following the page up to there.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from tests.reports.html_cases import browser

ROOT = Path(__file__).parents[1]
ENVIRONMENT = ("CONSISTENT_PACK", "CONSISTENT_PATH", "CONSISTENT_LANG", "COLUMNS", "NO_COLOR", "FORCE_COLOR")
# Folders of the tutorials, by the language of what they show.
STARTS = {"en": ROOT / "docs/start", "nl": ROOT / "docs/nl/start"}

_STEP = re.compile(r"^```(\w+)\n(.*?)^```$|^!\[[^\]]*\]\((pictures/[^)]+)\)$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# (at the end of )?(\S+\.(?:toml|py))\n")
# Fetched from elsewhere; a fixed width is all that is needed.
_FONTS = re.compile(r"@font-face \{\{.*?\}\}\s*", re.DOTALL)
_COLUMNS = 100
# What differs from day to day: dates, and digests of packs and proposals.
_OF_THE_DAY = re.compile(r"\d{4}-\d\d-\d\d|\([0-9a-f]{8}\)|\s")


def steps(text: str) -> Iterator[tuple[str, str]]:
    """Language and text of each block of code, and `picture` with the path of each picture."""
    for found in _STEP.finditer(text):
        yield ("picture", found[3]) if found[3] else (found[1], found[2])


def blocks(text: str) -> list[tuple[str, str]]:
    """Language and text of each block of code."""
    return [step for step in steps(text) if step[0] != "picture"]


def write(text: str) -> None:
    """Write the file that the first line names, or add to it."""
    named = _FILE.match(text)
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


def without_day(text: str) -> str:
    """What is said, without blanks and what differs from day to day."""
    return _OF_THE_DAY.sub("", text)


def words_of(picture: Path) -> str:
    """What stands in the picture of a terminal, below the command."""
    drawn = etree.fromstring(picture.read_bytes())
    lines: dict[str, str] = {}
    for each in drawn.iterfind(".//{*}text"):
        if "clip-path" in each.attrib:
            row = str(each.attrib["y"])
            lines[row] = lines.get(row, "") + (each.text or "")
    _, *shown = lines.values()
    return "\n".join(shown)


def _terminal(command: str, language: str) -> str:
    """What a command prints on a terminal, with its colours."""
    program, *arguments = shlex.split(command)
    line = [sys.executable, *(["-m", "consistent"] if program == "consistent" else []), *arguments]
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(_COLUMNS), "CONSISTENT_LANG": language}
    done = subprocess.run(line, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout or done.stderr


def _draw(command: str, shown: str, picture: Path) -> None:
    console = Console(record=True, width=_COLUMNS, file=StringIO(), highlight=False)
    console.print(Text(f"$ {command.strip()}", "bold"))
    console.print(Text.from_ansi(shown.rstrip("\n")), soft_wrap=False)
    form = _FONTS.sub("", CONSOLE_SVG_FORMAT)
    drawn = console.export_svg(title="", code_format=form, unique_id=picture.stem)
    picture.write_text("\n".join(line.rstrip() for line in drawn.splitlines()) + "\n", "utf-8")


def _photograph(page: Path, picture: Path) -> None:
    with browser() as chromium:
        context = chromium.new_context(viewport={"width": 1366, "height": 850}, reduced_motion="reduce")
        seen = context.new_page()
        seen.goto(page.resolve().as_uri())
        seen.screenshot(path=picture)


def _illustrate(page: Path, language: str) -> None:
    """Make the pictures of one page anew; what comes below the last of them is not followed."""
    followed = list(steps(page.read_text("utf-8")))
    while followed and followed[-1][0] != "picture":
        followed.pop()
    command = shown = ""
    for kind, text in followed:
        match kind:
            case "toml" | "python":
                write(text)
            case "diff":
                change(text)
            case "sh":
                command, shown = text, _terminal(text, language)
            case "picture":
                picture = page.parent / text
                picture.parent.mkdir(exist_ok=True)
                if picture.suffix == ".png":
                    _photograph(Path(shlex.split(command)[-1]), picture)
                else:
                    _draw(command, shown, picture)
            case _:
                pass


def main() -> None:
    """Make all pictures of all tutorials anew."""
    for name in ENVIRONMENT:
        os.environ.pop(name, None)
    for language, folder in STARTS.items():
        for page in sorted(folder.glob("*.md")):
            with TemporaryDirectory() as work, chdir(work):
                Path("proposals").symlink_to(ROOT / "proposals")
                _illustrate(page, language)


if __name__ == "__main__":
    main()
