"""The tests of a pack: examples of rules, golden files and guarantees, collected, run, and explained where they fail."""

from consistent.authoring.suite._guarantees import failure_of
from consistent.authoring.suite.items import Collected, Failure, Item, Kind, Packs
from consistent.authoring.suite.running import (
    KINDS,
    Result,
    collect,
    collect_file,
    collect_folder,
    failure_outline,
    failure_text,
    run,
    run_all,
)

__all__ = [
    "KINDS",
    "Collected",
    "Failure",
    "Item",
    "Kind",
    "Packs",
    "Result",
    "collect",
    "collect_file",
    "collect_folder",
    "failure_of",
    "failure_outline",
    "failure_text",
    "run",
    "run_all",
]
