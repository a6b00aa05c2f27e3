"""What became of the mutants of a pack, and how much of them its tests noticed."""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from attrs import frozen

from consistent.errors import Location
from consistent.model.text import Localized

__all__ = ["FATES", "Fate", "Result", "Results", "score"]

Fate = Literal["killed", "survived", "equivalent", "invalid"]
FATES: tuple[Fate, ...] = get_args(Fate)


@frozen(kw_only=True)
class Result:
    """What became of one mutant.

    Attributes:
        id: the rule, the operator and the place.
        fate: killed by a test; survived all; means the same as the rule or as a mutant before it; or is no rule that loads.
        by: the test that killed it; empty otherwise.
        place: where the fault was planted.
        diff: of a survivor: what it changes in the file, line by line, in the form of a patch.
        suggestion: of a survivor: an example that would kill it, as TOML; empty where none was found.
    """

    id: str
    rule: str
    fate: Fate
    by: str = ""
    place: Location
    diff: tuple[str, ...] = ()
    suggestion: str = ""


@frozen(kw_only=True)
class Results:
    """What became of all mutants.

    Attributes:
        found: by rule, in the order of the pack, and for each in the order of its file; rules without a mutant have an empty one.
        left: ids of rules that time did not suffice for.
        accepted: the reason for each survivor that is let live, by id.
        stale: ids that are accepted and did not survive, with their place; empty unless all rules were run.
    """

    found: Mapping[str, tuple[Result, ...]]
    left: tuple[str, ...] = ()
    accepted: Mapping[str, Localized]
    stale: tuple[tuple[str, Location], ...] = ()

    @property
    def all(self) -> tuple[Result, ...]:
        """Every result, in order."""
        return tuple(each for found in self.found.values() for each in found)

    @property
    def survivors(self) -> tuple[Result, ...]:
        """Those that no test noticed, the accepted among them."""
        return tuple(each for each in self.all if each.fate == "survived")


def score(results: Iterable[Result]) -> float | None:
    """How many of a hundred mutants were killed, those left out that are none; None where there is no mutant."""
    fates = [each.fate for each in results if each.fate in {"killed", "survived"}]
    return 100 * fates.count("killed") / len(fates) if fates else None
