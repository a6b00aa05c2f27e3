"""The wheel brings facts and rules along: built, installed in a fresh environment, and used away from the checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.harness.effort import profile_named

ROOT = Path(__file__).parents[1]


def _run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    # Without PYTHONPATH and the like, so that nothing but the installed package can be found.
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "CONSISTENT"))}
    return subprocess.run(
        [str(each) for each in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout, by way of a source distribution."""
    folder = tmp_path_factory.mktemp("dist")
    built = _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_holds_the_packs(wheel: Path) -> None:
    """Every file of facts and rules is in the wheel, with the schemas of what is printed and the mark of typing; pages are not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for top in ("facts", "rules"):
        for path in (ROOT / top).rglob("*.toml"):
            assert f"consistent/_packs/{path.relative_to(ROOT).as_posix()}" in names
    brought = {
        "py.typed",
        "reports/schemas/report.schema.json",
        "authoring/schemas/words.toml",
        "authoring/scaffolds/templates/rule.toml.j2",
        "reports/html/templates/style.css",
        "web/templates/work.html.j2",
        "web/static/web.js",
        "web/static/web.css",
        "web/static/htmx.min.js",
        "web/static/htmx.LICENSE.txt",
        "_packs/proposals/join-2025-120.toml",
    }
    assert {f"consistent/{each}" for each in brought} <= names
    assert [
        each for each in names if each.endswith(".schema.json") and not each.startswith("consistent/reports/")
    ] == []
    assert [each for each in names if each.endswith(".md") and not each.startswith("consistent-")] == []


def _with_wheel(wheel: Path, folder: Path) -> Path:
    """The commands of a fresh environment with the wheel and what is pinned for it; at the desk with the dependencies of this one."""
    alone = profile_named() != "dev"
    venv.create(folder / "venv", with_pip=alone)
    binaries = folder / "venv" / "bin"
    python = binaries / "python"
    locks = ("build", "run") if alone else ()
    wanted: list[list[str | Path]] = [["--require-hashes", "-r", ROOT / f"requirements/{lock}.txt"] for lock in locks]
    wanted.append(["--no-deps", "--no-compile", wheel])
    for what in wanted:
        pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]
        installed = _run(*pip, "--no-build-isolation", *what, cwd=folder)
        assert installed.returncode == 0, installed.stderr
    if not alone:
        packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "venv")}))
        (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return binaries


def test_main_job(wheel: Path, tmp_path: Path) -> None:
    """Installed in a fresh environment outside the checkout, the command judges the White Paper as the letter does."""
    binaries = _with_wheel(wheel, tmp_path)
    paper = tmp_path / "white-paper.toml"
    paper.write_bytes((ROOT / "proposals/join-2025-120.toml").read_bytes())
    checked = _run(binaries / "consistent", "check", paper, "--pack", "nl-22112-4027", "--format", "json", cwd=tmp_path)
    assert checked.returncode == 1, checked.stderr
    (report,) = json.loads(checked.stdout)["reports"]
    assert [each["measure"] for each in report["findings"] if each["verdict"] == "conflict"] == ["row-52"]
    assert report["engine"] == ("durable-rules" if sys.version_info < (3, 13) else "columns")
    where = _run(binaries / "python", "-c", "import consistent; print(consistent.__file__)", cwd=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(tmp_path)
