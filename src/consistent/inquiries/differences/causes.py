"""Which amendments a change of outcome comes from, found by undoing them.

The test is that of the law, *conditio sine qua non*: an amendment is a cause where the new outcome would not be there
without it. Where two amendments each bring it about, neither passes that test; then each one is a cause that is enough by
itself. What is left is brought about by several together: the smallest set that passes the test as a whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain, combinations, takewhile
from typing import Literal

from attrs import frozen

from consistent.inquiries.differences.amendments import Key
from consistent.inquiries.differences.standings import Standing, Standings, Where
from consistent.inquiries.differences.worlds import Worlds

__all__ = ["Found", "How", "find_causes"]

How = Literal["necessary", "sufficient", "together"]

# Sets of so many amendments are tried one by one; larger ones are found by leaving out what is not needed.
_LARGEST = 3
# From so many cases on no more sets are tried for the smallest one, whatever the number of changes.
_MOST_CASES = 3000


@frozen
class Found:
    """What a change comes from.

    Attributes:
        how: each was needed; each is enough by itself; or all of them together were needed.
        causes: at least one, unless the change hangs on nothing that was amended. Each with what there would be without it
            (of several together: without all of them); of what is enough by itself the new outcome.
        smallest: whether no smaller set would do; not known where the search was cut short.
    """

    how: How
    causes: tuple[tuple[Key, Standing | None], ...]
    smallest: bool = True


def find_causes(worlds: Worlds, new: Standings, changed: Collection[Where]) -> Mapping[Where, Found]:
    """The causes of each change.

    Args:
        worlds: to try in.
        new: what became of the rules in the new case.
        changed: the places where that is something else than in the old case.
    """
    found: dict[Where, Found] = {}
    needed = _each_undone(worlds, new, changed)
    found.update({where: Found("necessary", tuple(causes)) for where, causes in needed.items()})
    rest = [each for each in changed if each not in found]
    enough = _each_alone(worlds, new, rest)
    found.update({where: Found("sufficient", tuple(causes)) for where, causes in enough.items()})
    until = worlds.looked_at + _MOST_CASES
    for where in rest:
        if where not in found:
            found[where] = _together(worlds, new.get(where), where, until)
    return found


_Causes = Mapping[Where, list[tuple[Key, Standing | None]]]


def _each_undone(worlds: Worlds, new: Standings, changed: Iterable[Where]) -> _Causes:
    """Undo each amendment in the new case."""
    needed: dict[Where, list[tuple[Key, Standing | None]]] = defaultdict(list)
    for key, concerned in _concerned(worlds, changed):
        then = worlds.standings(worlds.keys - {key}, concerned)
        for where in concerned:
            if then is not None and then.get(where) != new.get(where):
                needed[where].append((key, then.get(where)))
    return needed


def _each_alone(worlds: Worlds, new: Standings, changed: Iterable[Where]) -> _Causes:
    """Make each amendment in the old case."""
    enough: dict[Where, list[tuple[Key, Standing | None]]] = defaultdict(list)
    for key, concerned in _concerned(worlds, changed):
        then = worlds.standings({key}, concerned)
        for where in concerned:
            if then is not None and then.get(where) == new.get(where):
                enough[where].append((key, new.get(where)))
    return enough


def _concerned(worlds: Worlds, changed: Iterable[Where]) -> Iterable[tuple[Key, list[Where]]]:
    """Each amendment with the changes that it can have to do with, if any."""
    listed = list(changed)
    for key in _ordered(worlds.keys):
        concerned = [each for each in listed if worlds.concerns(key, each)]
        if concerned:
            yield key, concerned


def _together(worlds: Worlds, new: Standing | None, where: Where, until: int) -> Found:
    """The smallest set of amendments without which the outcome is another one."""
    candidates = [each for each in _ordered(worlds.keys) if worlds.concerns(each, where)]
    sets = chain.from_iterable(combinations(candidates, size) for size in range(2, _LARGEST + 1))
    for chosen in takewhile(lambda _: worlds.looked_at < until, sets):
        then = worlds.standings(worlds.keys - set(chosen), [where])
        if then is not None and then.get(where) != new:
            return _found(chosen, then.get(where))
    return _shrunk(worlds, candidates, new, where)


def _shrunk(worlds: Worlds, candidates: Iterable[Key], new: Standing | None, where: Where) -> Found:
    """All amendments that can matter, less each that is not needed for the outcome to be another one without them."""
    chosen = tuple(candidates)
    then = worlds.standings(worlds.keys - set(chosen), [where])
    for key in chosen:
        fewer = tuple(each for each in chosen if each != key)
        without = worlds.standings(worlds.keys - set(fewer), [where])
        if without is not None and without.get(where) != new:
            chosen, then = fewer, without
    return _found(chosen, then.get(where) if then else None, smallest=False)


def _found(keys: Iterable[Key], then: Standing | None, *, smallest: bool = True) -> Found:
    return Found("together", tuple((each, then) for each in keys), smallest)


def _ordered(keys: Iterable[Key]) -> list[Key]:
    return sorted(keys, key=lambda key: [(each is not None, isinstance(each, str), str(each)) for each in key])
