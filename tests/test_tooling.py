"""What is made from the classes is as they are, and nothing made is tracked. Format, lint, types and contracts are checked by `make lint`."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# What commands make of the packs; published contracts, the schemas of what commands print, are none of it.
MADE = re.compile(
    r"docs/rules/|(.*/)?glossary\.\w+\.md$|(.*/)?\.taplo\.toml$|build/|.*\.tar\.xz$"
    r"|src/(?!consistent/reports/schemas/).*\.schema\.json$"
)
CHECKS = {
    "schemas": ("python", "tools/write_schemas.py", "--check"),
    "rooms": ("python", "tools/write_rooms.py", "--check"),
    "pages of forms": ("python", "tools/write_form_pages.py", "--check"),
}


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS)
def test_tool_passes(command: tuple[str, ...]) -> None:
    """The tool of the environment that runs the tests has nothing to say."""
    name, *arguments = command
    tool = shutil.which(name, path=str(Path(sys.executable).parent))
    assert tool, f"{name} is not beside {sys.executable}"
    result = subprocess.run([tool, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_nothing_made_is_tracked() -> None:
    """What a command makes of the packs is not in git; without git, as in a source distribution, there is nothing to look at."""
    git = shutil.which("git")
    if git is None:
        return
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert [path for path in listed.stdout.split("\0") if MADE.match(path)] == []


@pytest.mark.parametrize(
    ("path", "made"),
    [
        ("docs/rules/en/treaties/README.md", True),
        ("docs/glossary.nl.md", True),
        ("src/consistent/schemas/packs/treaties/rule.schema.json", True),
        ("build/schemas/treaties/rule.schema.json", True),
        (".taplo.toml", True),
        ("src/consistent/_site.tar.xz", True),
        ("src/consistent/reports/schemas/report.schema.json", False),
        ("rules/treaties/powers/harmonisation-beyond-basis.toml", False),
        ("docs/reference/language.md", False),
    ],
)
def test_what_is_made(path: str, *, made: bool) -> None:
    """The pattern of what is made knows it from what is written, and from published contracts."""
    assert bool(MADE.match(path)) is made
