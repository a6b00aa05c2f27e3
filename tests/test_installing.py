"""What tells people to install something names this project, as it is called where it is installed from, and extras that there are."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from consistent.version import DISTRIBUTION, __version__, to_install

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


# Of what is imported, and by which extra it comes; each is given as a module that cannot be found.
LACKING = {
    "lxml": (["draft", "tests/documents/legiswrite.en.xhtml"], "documents"),
    "pypdfium2": (["draft", "tests/documents/council.en.pdf"], "documents"),
    "docxtpl": (["fiche", "proposals/join-2025-120.toml"], "fiche"),
}


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with modules that are as if they were not there: those of all extras that were once needed for everything."""
    folder = tmp_path_factory.mktemp("without")
    for name in (
        "docx",
        "docxtpl",
        "durable_rules_engine",
        "hypothesis",
        "lxml",
        "numpy",
        "pypdfium2",
        "snowballstemmer",
    ):
        (folder / f"{name}.py").write_text(f"raise ModuleNotFoundError('No module named {name}', name='{name}')\n")
    return folder


def run(without: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, in an environment without extras."""
    environment = {**os.environ, "PYTHONPATH": str(without)}
    command = [sys.executable, "-m", "consistent", *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_check_needs_no_extra(without: Path) -> None:
    """A proposal in TOML is checked with what comes in any case, and columns decide; JSON imports more than other forms."""
    done = run(without, "check", "--fail-on", "never", "--format", "json", "proposals/join-2025-120.toml")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["reports"][0]["engine"] == "columns"


@pytest.mark.parametrize("lacking", LACKING)
def test_tells_what_is_lacking(lacking: str, without: Path, tmp_path: Path) -> None:
    """What needs an extra names it, in a line and a help, and never as a traceback."""
    (tmp_path / f"{lacking}.py").write_text((without / f"{lacking}.py").read_text())
    arguments, extra = LACKING[lacking]
    done = run(tmp_path, *arguments)
    told = f"error: this needs `{lacking}`, which is not installed\nhelp: install it: `pip install '{DISTRIBUTION}[{extra}]'`\n"
    assert (done.returncode, done.stderr) == (2, told)


def test_one_version() -> None:
    """What is built, what the program says and what is cited are one version."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"]
    assert PROJECT["version"] == cited == __version__


def test_actions_are_pinned() -> None:
    """Every action that a workflow uses is named by the hash of a commit, and no workflow may do more than it says."""
    workflows = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    assert workflows
    for path in workflows:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] == {}, path.name
        for job in workflow["jobs"].values():
            used = [step["uses"] for step in job["steps"] if "uses" in step]
            assert [each for each in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", each)] == []


@pytest.mark.parametrize(
    "form", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")), ids=lambda path: path.stem
)
def test_issue_forms(form: Path) -> None:
    """Each can be read, and asks for something under a name of its own."""
    asked = yaml.safe_load(form.read_text("utf-8"))
    if form.stem != "config":
        names = [each["id"] for each in asked["body"] if each["type"] != "markdown"]
        assert len(set(names)) == len(names) > 2
        assert {"name", "description", "body"} <= asked.keys()
