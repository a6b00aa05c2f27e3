"""What tells people to install something names this project, as it is called where it is installed from, and extras that there are."""

import re
import tomllib
from pathlib import Path

from consistent.version import DISTRIBUTION, to_install

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# With a name, as an index would be asked for it; `.` and a path are a checkout.
_INSTALL = re.compile(r"pip install (?:-{1,2}[\w-]+ )*'?(consistent[\w-]*)(?:\[([\w,-]+)\])?")


def told() -> list[tuple[str, str, str]]:
    """Every file that says how to install, with the name and the extras."""
    texts = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.py"), ROOT / "action.yml"]
    return [(path.name, *found) for path in texts for found in _INSTALL.findall(path.read_text("utf-8"))]


def test_names_this_project() -> None:
    """In the index `consistent` is another project: to install it would run a stranger's code."""
    assert PROJECT["name"] == DISTRIBUTION
    assert len(told()) >= 5
    assert {name for _, name, _ in told()} == {DISTRIBUTION}


def test_names_extras_that_there_are() -> None:
    """Those of the pages, and those that messages put in."""
    extras = PROJECT["optional-dependencies"]
    assert {extra for _, _, named in told() for extra in named.split(",") if extra} <= extras.keys()
    asked = {
        extra
        for path in (ROOT / "src").rglob("*.py")
        for extra in re.findall(r"to_install\([\"'](\w+)", path.read_text("utf-8"))
    }
    assert asked
    assert asked <= extras.keys()
    assert _INSTALL.findall(to_install("prove")) == [(DISTRIBUTION, "prove")]
