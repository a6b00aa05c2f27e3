"""The two doors to the toolkit for authors: everything that they offer can be had."""

import subprocess
import sys

import pytest

import consistent
import consistent.authoring
import consistent.testing

_DOORS = (consistent, consistent.authoring, consistent.testing)


@pytest.mark.parametrize(("door", "name"), [(door.__name__, name) for door in _DOORS for name in door.__all__], ids=str)
def test_offered(door: str, name: str) -> None:
    """What a door lists is there, in a Python that has imported nothing else, and `dir` tells of it."""
    module = sys.modules[door]
    # What names several types, or is no type, has no name of its own.
    assert getattr(module, name) is not None
    assert name in dir(module)


def test_unknown() -> None:
    """A name that is not offered is missing as any other attribute is."""
    with pytest.raises(AttributeError, match=r"module 'consistent\.authoring' has no attribute 'nothing'"):
        consistent.authoring.nothing  # type: ignore[attr-defined]  # noqa: B018  to ask for it is the test


def test_nothing_imported() -> None:
    """To import the doors imports none of the rooms behind them."""
    code = (
        "import sys, consistent, consistent.authoring, consistent.testing\n"
        "print(*sorted(name for name in sys.modules if name.partition('.')[0] == 'consistent'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["consistent", "consistent._lazy", "consistent.authoring", "consistent.testing"]


def test_without_hypothesis() -> None:
    """What proves, checks and writes files needs no hypothesis, which takes longer to import than most commands to run."""
    rooms = ("lint.linting", "proving.report", "scaffolds.kinds", "schemas.catalogue", "suite.running")
    code = "\n".join(
        [
            "import sys",
            *(f"import consistent.authoring.{room}" for room in rooms),
            "sys.exit('hypothesis' in sys.modules)",
        ]
    )
    subprocess.run([sys.executable, "-c", code], check=True)
