"""What is imported, and what is not: a command of one second must not wait for what it does not use."""

import gc
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

import consistent
from consistent.cli import main
from consistent.cli.main import _COMMANDS

ROOT = Path(__file__).parents[1]
# What only some commands, some forms of reports, and documents need.
_HEAVY = {
    "asyncio", "dask", "distributed", "docx", "docxtpl", "hypothesis", "jinja2", "lxml", "markupsafe", "multiprocessing", "numpy",
    "pyarrow", "pypdfium2", "pytest", "rich.progress", "tomlkit",
}  # fmt: skip
_ROOMS = {
    "consistent.inquiries.differences", "consistent.inquiries.questions", "consistent.inquiries.repairs", "consistent.inquiries.why",
    "consistent.documents.structure.structure", "consistent.drafting.draft", "consistent.knowledge.reading",
    "consistent.reports.html", "consistent.reports.json_format", "consistent.rules.loading", "consistent.solving",
    "consistent.authoring.scaffolds", "consistent.authoring.schemas", "consistent.testing",
}  # fmt: skip
# What only a check needs, and what only tests and proofs read.
_CHECKING = {
    "consistent.check", "consistent.engine.columns.evaluating", "consistent.engine.durable", "consistent.findings.judging",
    "consistent.findings.report", "consistent.rules.guarantees",
}  # fmt: skip


def imported(statement: str, cache: str = "off") -> set[str]:
    """The modules that a Python of its own has imported once it has run a statement."""
    script = f"import sys; before = set(sys.modules)\n{statement}\nprint('\\n' + ' '.join(set(sys.modules) - before))"
    environment = {"CONSISTENT_CACHE": cache, "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True, text=True)
    return set(done.stdout.splitlines()[-1].split())


def test_import() -> None:
    """The package alone needs nothing but Python."""
    found = imported("import consistent")
    theirs = {name.partition(".")[0] for name in found} - set(sys.stdlib_module_names)
    assert theirs == {"consistent"}
    assert {name for name in found if name.startswith("consistent.")} == {"consistent._lazy"}


def test_check(tmp_path: Path) -> None:
    """To check a proposal in TOML, with a pack that was loaded before, none of what it does not use."""
    command = "from consistent.cli import main; main(['check', 'proposals/com-2024-150.toml'])"
    imported(command, str(tmp_path))
    found = imported(command, str(tmp_path))
    assert "consistent.reports.text" in found
    assert found.isdisjoint(_HEAVY | _ROOMS)


def test_load(tmp_path: Path) -> None:
    """To load a pack that was loaded before, nothing that checks, and nothing that only tests and proofs read."""
    command = "from consistent import load; load('treaties')"
    imported(command, str(tmp_path))
    found = imported(command, str(tmp_path))
    assert "consistent.checker" in found
    assert found.isdisjoint(_HEAVY | _ROOMS | _CHECKING | {"importlib.metadata", "rich"})


def test_explain(tmp_path: Path) -> None:
    """To show a rule, nothing that checks, and no tables; what reads rules, for the examples."""
    command = "from consistent.cli import main; main(['explain', 'eu-doctrine', '--pack', 'nl-22112-4027'])"
    imported(command, str(tmp_path))
    found = imported(command, str(tmp_path))
    assert "consistent.reports.rule_text" in found
    assert (found & (_HEAVY | _ROOMS | _CHECKING | {"rich.table"})) <= {"consistent.rules.loading"}


@pytest.mark.parametrize("option", ["-h", "--help", "--version"])
def test_help(option: str) -> None:
    """Help and the version import no command of the library, and nothing that prints reports."""
    command = (
        f"import contextlib, consistent.cli\nwith contextlib.suppress(SystemExit): consistent.cli.main([{option!r}])"
    )
    found = imported(command)
    modules = {f"consistent.cli.{shipped.module}" for shipped in _COMMANDS.values()}
    added_ = {"consistent.cli.options", "consistent.fiche._command", "consistent.web._command"}
    known = {"cattrs", "consistent.knowledge.packs", "consistent.model.proposal", "importlib.metadata"}
    assert found.isdisjoint(_HEAVY | _ROOMS | _CHECKING | modules | added_ | known | {"rich"})


@pytest.mark.parametrize("was_on", [True, False])
def test_collector_as_before(*, was_on: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether garbage is looked for, and how often, is as it was; after an error too."""
    try:
        (gc.enable if was_on else gc.disable)()
        before = gc.isenabled(), gc.get_threshold()
        for status, arguments in ((0, ["rules", "--pack", "treaties"]), (2, ["rules", "--pack", "nowhere"])):
            assert main(arguments) == status
            assert (gc.isenabled(), gc.get_threshold()) == before
    finally:
        gc.enable()
    assert "unknown pack" in capsys.readouterr().err


def test_other_commands() -> None:
    """A command brings in its own module and no other."""
    found = imported("from consistent.cli import main; main(['packs'])")
    modules = {f"consistent.cli.{shipped.module}" for shipped in _COMMANDS.values()}
    assert found & modules == {"consistent.cli.packs"}


@pytest.mark.parametrize("module", ["coverage", "lint", "mutate", "new", "prove", "testing"])
def test_commands_of_authors(module: str) -> None:
    """Commands for who writes rules read and count guarantees without what draws proposals."""
    found = imported(f"import consistent.cli.{module}")
    assert found.isdisjoint({"hypothesis", "pytest"})


def test_public_names() -> None:
    """Each name that the package offers is found where it is said to be."""
    assert [name for name in consistent.__all__ if getattr(consistent, name) is None] == []
    assert consistent.__version__ == tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


@pytest.mark.parametrize("name", [*_COMMANDS, "fiche"])
def test_names(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command is what its module says it is, asked for by itself."""
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: consistent {name} ")


def test_what_is_pinned_exists() -> None:
    """A room that was renamed would be pinned in vain."""
    assert [each for each in _ROOMS | _CHECKING if find_spec(each) is None] == []
