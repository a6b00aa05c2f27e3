"""What the project installs is pinned with hashes, and the pins are those of what it needs."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = {path.stem: path.read_text("utf-8") for path in (ROOT / "requirements").glob("*.txt")}
EXTRAS = PROJECT["project"]["optional-dependencies"]
OWN = PROJECT["project"]["name"]


def with_own(needed: list[str]) -> list[str]:
    """What is needed, with what the extras of this project stand for that are among it."""
    whole = []
    for each in map(Requirement, needed):
        whole += with_own([one for extra in each.extras for one in EXTRAS[extra]]) if each.name == OWN else [str(each)]
    return whole


NEEDED = {
    "run": with_own([*PROJECT["project"]["dependencies"], f"{OWN}[standard]"]),
    "dev": with_own([*PROJECT["project"]["dependencies"], *EXTRAS["dev"]]),
    **PROJECT["dependency-groups"],
}


def pins(lock: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Each release of a lock, with the hashes of its files."""
    lines = re.sub(r"\\\n", "", re.sub(r"^#.*\n", "", LOCKS[lock], flags=re.MULTILINE)).splitlines()
    for line in lines:
        head, *hashes = line.split(" --hash=")
        yield Requirement(head.strip()), [each.strip() for each in hashes]


def test_all_are_there() -> None:
    """What users run, what developers need, what builds take, and what looks after all of it."""
    assert LOCKS.keys() == NEEDED.keys()


@pytest.mark.parametrize("lock", sorted(NEEDED))
def test_is_whole(lock: str) -> None:
    """Every release is one, with hashes; all that is declared has one that fits; no address of an index stands there."""
    found: dict[str, str] = {}
    for pin, hashes in pins(lock):
        (exact,) = pin.specifier
        assert exact.operator == "=="
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes)
        found[canonicalize_name(pin.name)] = exact.version
    for needed in map(Requirement, NEEDED[lock]):
        assert needed.specifier.contains(found[canonicalize_name(needed.name)]), needed
    assert "://" not in LOCKS[lock]
    assert "-index" not in LOCKS[lock]


def test_one_release_of_each() -> None:
    """What users run is what is tested."""
    of_dev = {pin.name: str(pin.specifier) for pin, _ in pins("dev")}
    assert {pin.name: str(pin.specifier) for pin, _ in pins("run")}.items() <= of_dev.items()


def test_whatever_installs_asks_for_hashes() -> None:
    """No installation that the project makes takes what is pinned nowhere; actions of others are named by their digest."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    steps = action["runs"]["steps"]
    lines = [line for step in steps for line in step.get("run", "").splitlines() if "pip" in line and "install" in line]
    lines += [line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if " install " in line]
    assert len(lines) >= 3
    assert all("--require-hashes" in line or "--no-deps" in line or line.startswith("INSTALL :=") for line in lines)
    assert all("--no-build-isolation" in line for line in lines)
    used = [step["uses"] for step in steps if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each) for each in used)
