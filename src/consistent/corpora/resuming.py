"""What of a run is sure, kept beside its output, so that a run that was stopped goes on where it was."""

import json
from collections.abc import Iterable, Iterator, Mapping
from glob import escape
from itertools import islice
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from consistent.corpora.items import Item
from consistent.corpora.results import Counts
from consistent.corpora.slices import NOTHING, slices_of
from consistent.errors import Fault, InputError, Location, UsageError
from consistent.reading.files import create_file, is_file, read_file

__all__ = ["State", "check_same", "skip", "state_path", "sweep"]

_RESTART = "`--restart` begins anew; or name another output"


@frozen(kw_only=True)
class State:
    """What is sure.

    Attributes:
        identity: what the run is; see `identity_of`.
        items: how many items are done.
        digest: of those.
        mark: how much of the output is sure.
        counts: what became of the items.
    """

    identity: Mapping[str, Any]
    items: int = 0
    digest: str = NOTHING
    mark: Mapping[str, Any] | None = None
    counts: Counts = Counts()

    @classmethod
    def read(cls, path: Path) -> "State | None":
        """The state that was kept; None where there is none.

        Raises:
            InputError: it cannot be read, or is none.
        """
        if not is_file(path):
            return None
        try:
            data = json.loads(read_file(path, str(path)))
            return cls(**{**data, "counts": Counts(**data["counts"])})
        except (ValueError, TypeError, KeyError):
            raise InputError([Fault("this is not the state of a run", Location(str(path)), _RESTART)]) from None

    def write(self, path: Path) -> None:
        """Keep it, wholly or not at all.

        Raises:
            InputError: it cannot be written.
        """
        create_file(path, (json.dumps(asdict(self), indent=1) + "\n").encode(), force=True)


def state_path(output: Path) -> Path:
    """Where the state of a run is kept: beside its output."""
    return output.with_name(output.name + ".state")


def sweep(path: Path) -> None:
    """Take away what `State.write` had begun when its process was killed. Nobody else may be writing there."""
    for each in path.parent.glob(f".{escape(path.name[:100])}.*"):
        each.unlink(missing_ok=True)


def check_same(state: State, identity: Mapping[str, Any], path: Path) -> None:
    """Make sure that the run that goes on is the one that was stopped.

    Raises:
        UsageError: something differs; it says what.
    """
    told = [
        f"{key} was {_short(state.identity.get(key))}, is {_short(identity.get(key))}"
        for key in sorted({*state.identity, *identity})
        if state.identity.get(key) != identity.get(key)
    ]
    if told:
        raise UsageError(f"`{path}` is of another run: {'; '.join(told)}", _RESTART)


def skip(items: Iterator[Item], state: State, name: str) -> Iterator[Item]:
    """The items after those that are done.

    Raises:
        UsageError: those that are done are not the ones that came now.
    """
    done = 0
    digest = NOTHING
    for each in slices_of(_first(items, state.items), 1000):
        done, digest = each.end, each.digest
    if (done, digest) != (state.items, state.digest):
        what = (
            f"it has {done} items, and {state.items} are done"
            if done < state.items
            else f"its first {done} items were others"
        )
        raise UsageError(f"corpus `{name}` was changed since the run stopped: {what}", _RESTART)
    return items


def _first(items: Iterable[Item], count: int) -> Iterable[Item]:
    return islice(items, count)


def _short(value: object) -> str:
    text = str(value)
    return f"{text[:12]}..." if len(text) == 64 else text  # noqa: PLR2004  a digest
