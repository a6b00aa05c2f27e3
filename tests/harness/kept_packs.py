"""Packs that the tests of a run load are kept for all of them: `load` reads each once, in whichever process.

A test that replaces a part of the library reads packs by that and keeps none: its packs are its own.
"""

import os
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import pytest

__all__ = ["FOLDER", "SHARED"]

# The library's variable, and that of the folder which the tests of a run share.
FOLDER, SHARED = "CONSISTENT_CACHE", "CONSISTENT_TESTS_CACHE"
_replace = pytest.MonkeyPatch.setattr


def _replacing(patch: pytest.MonkeyPatch, target: object, *name_and_value: Any, **options: Any) -> None:
    if _is_ours(target) and os.environ.get(FOLDER) == os.environ[SHARED]:
        patch.setenv(FOLDER, "off")
    _replace(patch, target, *name_and_value, **options)


def _is_ours(target: object) -> bool:
    """Whether it is the library, or in it: a module, a class, a function, or the path of one."""
    if isinstance(target, str):
        name = target
    else:
        name = target.__name__ if isinstance(target, ModuleType) else getattr(target, "__module__", "")
    return name.partition(".")[0] == "consistent"


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder, in the process that starts the others; they inherit the variable."""
    if not hasattr(config, "workerinput"):
        folder = TemporaryDirectory(prefix="consistent-tests-")
        os.environ[FOLDER] = os.environ[SHARED] = folder.name
        config.add_cleanup(folder.cleanup)
    pytest.MonkeyPatch.setattr = _replacing  # type: ignore[method-assign,assignment]  # for every test, whatever it imports
