"""The tests of a pack: collected, run one by one, and told of where they fail."""

from consistent.testing.guarantees.items import failure_of
from consistent.testing.suite.items import Collected, Failure, Item, Kind
from consistent.testing.suite.packs import Packs
from consistent.testing.suite.running import KINDS, Result, collect, collect_file, collect_folder, run, run_all
from consistent.testing.suite.telling import failure_lines, failure_text

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
    "failure_lines",
    "failure_of",
    "failure_text",
    "run",
    "run_all",
]
