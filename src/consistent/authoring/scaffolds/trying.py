"""Tries new files before they are placed: in a folder for the moment, as a part of their pack."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from consistent.authoring.suite import collect, failure_text, run
from consistent.checker import KnowledgeBase, load
from consistent.errors import Fault, InputError, UsageError
from consistent.knowledge.packs import PackFolder
from consistent.model.text import Language

__all__ = ["load_tried", "tried"]


@contextmanager
def tried(files: Mapping[Path, str], target: Path, beside: PackFolder | None = None) -> Iterator[Path]:
    """A folder with new files of a pack, for as long as they are tried.

    Args:
        files: by path from the root of the pack.
        target: the root of the pack where they are to be placed.
        beside: the pack that they are for; a new one unless given.

    Yields:
        The root of the pack.

    Raises:
        InputError: the pack cannot be used; told as if the files were placed already.
    """
    with TemporaryDirectory(prefix="consistent-") as name:
        root = Path(name)
        if beside is not None:
            for part in (beside.facts, beside.rules):
                if part.is_dir():
                    shutil.copytree(part, root / part.parent.name / part.name)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        try:
            yield root
        except InputError as error:
            raise InputError([_placed(each, name, str(target)) for each in error.faults]) from None


def load_tried(root: Path, group: str, language: Language, beside: PackFolder | None = None) -> KnowledgeBase:
    """Load a pack that is tried, and run what it says of itself.

    Args:
        root: of the pack.
        group: what is run: the id of a rule, or the name of the pack for all of its own.
        language: of what does not come out.
        beside: the pack that it was copied from, around which others may lie that it builds on.

    Raises:
        InputError: the pack cannot be used.
        UsageError: something does not come out as it says.
    """
    kb = load(root, roots=[] if beside is None else [beside.facts.parents[1]], instead=True)
    for item in collect(kb):
        own = item.group == group or item.group.startswith(f"{group}/")
        if own and (failure := run(item, kb, "plain")) is not None:
            raise UsageError(failure_text(failure, language))
    return kb


def _placed(fault: Fault, tried_in: str, target: str) -> Fault:
    location = evolve(fault.location, path=fault.location.path.replace(tried_in, target))
    return evolve(fault, message=fault.message.replace(tried_in, target), location=location)
