"""The action for GitHub and the hooks: the shell lines of the one do what they say, the others name commands that there are."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.reports.report_cases import ROOT
from tests.small_pack import PROPOSAL, write_pack

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def script(step: str) -> str:
    """The shell lines of a step."""
    (found,) = [each["run"] for each in ACTION["runs"]["steps"] if each.get("name") == step]
    return str(found)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a small pack and two proposals."""
    (tmp_path / "proposals").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"proposals/{name}.toml").write_text(PROPOSAL, encoding="utf-8")
    return write_pack(tmp_path)


def run(step: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step as the runner does, which stops at the first command that fails."""
    (folder / "temp").mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(folder / "temp"),
        "GITHUB_OUTPUT": str(folder / "temp/output"),
        "GITHUB_STEP_SUMMARY": str(folder / "temp/summary"),
        "INPUT_LANG": "en",
        **variables,
    }
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script(step)]
    return subprocess.run(shell, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def check(
    folder: Path, paths: str, fail_on: str = "conflict", waivers: str = "", pack: str = "."
) -> subprocess.CompletedProcess[str]:
    """Run the step that checks."""
    return run("Check proposals", folder, PATHS=paths, PACK=pack, FAIL_ON=fail_on, WAIVERS=waivers)


def test_checks(folder: Path) -> None:
    """A conflict fails the job, with annotations, a summary and SARIF in place; the second path is checked too."""
    done = check(folder, "proposals/a.toml\nproposals/b.toml\n")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=proposals/a.toml,line=")
    assert (folder / "temp/output").read_text(encoding="utf-8") == f"sarif={folder}/temp/consistent.sarif\n"
    log = json.loads((folder / "temp/consistent.sarif").read_text(encoding="utf-8"))
    uris = [each["location"]["uri"] for each in log["runs"][0]["artifacts"]]
    assert uris == ["proposals/a.toml", "proposals/b.toml"]
    assert (folder / "temp/summary").read_text(encoding="utf-8").startswith("## Check of proposals\n")


def test_fails_only_from_the_bar_on(folder: Path) -> None:
    """With `fail-on` never the job passes; a file of waivers is heeded."""
    waiver = '[[waiver]]\nrule = "small/whole"\nreason = "Agreed."\nowner = "Legal"\nuntil = 9999-12-31\n'
    (folder / "waivers.toml").write_text(waiver, encoding="utf-8")
    done = check(folder, "proposals", "never", "waivers.toml\n")
    assert done.returncode == 0, done.stderr
    assert "title=accepted%3A Whole" in done.stdout


def test_pack_of_the_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the action names no pack, the setting of the repository counts; what it names counts before that."""
    monkeypatch.delenv("CONSISTENT_PACK", raising=False)
    (folder / "consistent.toml").write_text('pack = "no-such-pack"\n', encoding="utf-8")
    done = check(folder, "proposals/a.toml", "never", pack="")
    assert done.returncode == 2
    assert "no-such-pack" in done.stderr
    assert check(folder, "proposals/a.toml", "never").returncode == 0
    assert "nl-22112" not in repr(ACTION)


def test_bad_input_fails(folder: Path) -> None:
    """What cannot be read fails the job, even where no finding does, and nothing is there to upload."""
    done = check(folder, "proposals/none.toml", "never")
    assert done.returncode == 2
    assert "proposals/none.toml" in done.stderr
    assert not (folder / "temp/output").exists()


@pytest.mark.parametrize("path", ['$(touch "$RUNNER_TEMP/owned")', "--help", "`touch temp/owned`; x"])
def test_inputs_are_no_commands(path: str, folder: Path) -> None:
    """A path is a path, whatever stands in it."""
    assert check(folder, path, "never").returncode == 2
    assert list((folder / "temp").iterdir()) == []


def test_packs(folder: Path) -> None:
    """A pack by folder is tested; a failing one fails the job though a sound one follows."""
    sound = ROOT / "rules/treaties/legal-basis"
    done = run("Test packs", folder, PACKS=f"{sound}\n\n")
    assert done.returncode == 0, done.stderr
    assert run("Test packs", folder, PACKS=f"no-such-pack\n{sound}\n").returncode == 1


@pytest.mark.parametrize("path", [ROOT / "action.yml", *WORKFLOWS], ids=lambda path: path.name)
def test_published_schemas(path: Path) -> None:
    """The action and each workflow are as the published schemas of the two ask, which know a key that is not theirs."""
    kind = "action" if path.name == "action.yml" else "workflow"
    schema = json.loads((Path(__file__).parent / f"github-{kind}.schema.json").read_text(encoding="utf-8"))
    # YAML 1.1 takes a bare `on` for a truth value.
    content = yaml.safe_load(re.sub(r"^on:", '"on":', path.read_text(encoding="utf-8"), flags=re.MULTILINE))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(content)] == []
    assert not validator.is_valid({**content, "imputs": {}})


def test_audited(tmp_path: Path) -> None:
    """Zizmor, at its strictest, finds nothing in the action and the workflows, and something where an action is named by its tag."""
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    assert zizmor, "zizmor is not installed"

    def found(*paths: Path) -> str:
        command = [
            zizmor,
            "--offline",
            "--quiet",
            "--no-config",
            "--format=plain",
            "--persona=pedantic",
            "--no-exit-codes",
        ]
        done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=True)
        return done.stdout

    assert "No findings" in found(ROOT / "action.yml", *WORKFLOWS)
    loose = tmp_path / "action.yml"
    loose.write_text(re.sub(r"setup-python@\w+", "setup-python@v5", (ROOT / "action.yml").read_text("utf-8")), "utf-8")
    assert "unpinned-uses" in found(loose)


def test_no_input_in_a_script() -> None:
    """No expression of GitHub stands within shell lines, and each input and output that is named is there."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
    named = set(re.findall(r"inputs\.([\w-]+)", repr(ACTION)))
    assert named == ACTION["inputs"].keys()
    identified = {step["id"] for step in ACTION["runs"]["steps"] if "id" in step}
    assert set(re.findall(r"steps\.([\w-]+)\.", repr(ACTION))) <= identified


def test_texts_are_texts() -> None:
    """As the schema of actions asks: a description and a default that are no number or truth value."""
    for given in ACTION["inputs"].values():
        assert isinstance(given["description"], str)
        assert isinstance(given["default"], str)
    assert ACTION["runs"]["using"] == "composite"
    assert all("uses" in step or (step["shell"] == "bash" and "run" in step) for step in ACTION["runs"]["steps"])


def test_hooks_name_files_and_commands() -> None:
    """Each hook runs a command that there is, on the files that it should."""
    assert [hook["entry"] for hook in HOOKS] == ["consistent check --format brief", "consistent test"]
    assert HOOKS[1]["additional_dependencies"] == PROJECT["optional-dependencies"]["examples"]
    proposals, packs = (re.compile(hook["files"]) for hook in HOOKS)
    assert proposals.search("proposals/com-2025-122.toml")
    assert not proposals.search("proposals-of-mine/com.toml")
    assert packs.search("rules/treaties/competence/x.toml")
    assert not packs.search("docs/rules.toml")
