"""Lints that are right as they are get the reason that the pack gives for it."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from attrs import evolve

from consistent.model.text import Localized
from consistent.proving.lints import Lint
from consistent.testing.accepted import LINTS, Explanation, read_accepted

__all__ = ["explain", "read_explanations"]

_IDLE = Localized(
    "`{name}` explains nothing: there is no such lint", "`{name}` verklaart niets: zo'n bevinding is er niet"
)
_HELP_IDLE = Localized("take it out", "haal het weg")


def read_explanations(folder: Path) -> tuple[Explanation, ...]:
    """What a pack explains; see `read_accepted`."""
    return read_accepted(folder, LINTS)


def explain(lints: Iterable[Lint], explanations: Iterable[Explanation]) -> Iterator[Lint]:
    """The lints, those that are explained with the reason; then one for each id of an explanation that explains nothing."""
    reasons = [(name, each) for each in explanations for name in each.names]
    used: set[str] = set()
    for lint in lints:
        fitting = [(name, each) for name, each in reasons if lint.id == name or fnmatchcase(lint.id, name)]
        used.update(name for name, _ in fitting)
        yield evolve(lint, explained=fitting[0][1].reason) if fitting else lint
    for name, each in reasons:
        if name not in used:
            message = Localized(_IDLE.en.format(name=name), _IDLE.nl.format(name=name))
            yield Lint(check="idle-explanation", about=(name,), message=message, help=_HELP_IDLE, place=each.place)
