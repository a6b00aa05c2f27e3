"""The tests of a pack: collected, run one by one, and told of where they fail."""

from consistent.authoring.guarantees.items import failure_of
from consistent.authoring.suite.items import Collected, Failure, Item, Kind
from consistent.authoring.suite.packs import Packs
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
