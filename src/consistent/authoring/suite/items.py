"""What is tested: items, their kinds, and what there is to say of one that fails."""

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from attrs import field, frozen

from consistent.authoring._pack_paths import pack_around
from consistent.authoring.proving.cache import SolverCache
from consistent.checker import KnowledgeBase, as_far_as_read, load
from consistent.errors import InputError, Location, UsageError, printable
from consistent.inquiries.why.accounts import WhyNot
from consistent.knowledge.settings import choose_pack
from consistent.model.text import Localized
from consistent.pack_reading import Kept
from consistent.reports.terminal import shown_path
from consistent.toml.tomlfile import TomlFile

__all__ = ["Choice", "Collected", "Failure", "Item", "Kind", "PackKey", "Packs", "chooser", "numbered"]


@frozen(kw_only=True)
class Item:
    """One thing that a pack says of itself, and that can be tested.

    Attributes:
        kind: the name of its kind.
        group: what it belongs to: the id of a rule, or the name of a golden file.
        name: what it is within that; unique there.
        place: where it stands.
        about: what its kind needs to run it.
    """

    kind: str
    group: str
    name: str
    place: Location
    about: Any = field(eq=False, repr=False)

    @property
    def id(self) -> str:
        """Names it among all: `treaties/freedoms/some-rule::a title`."""
        return f"{self.group}::{self.name}"


@frozen(kw_only=True)
class Failure:
    """An item that does not come out as it says.

    Attributes:
        message: what was expected and what was found, without a final stop.
        notes: what there is to say beyond that, a line each; may be empty.
        why: of the rules that came out otherwise, what became of each and why; may be empty.
        further: how many more such rules there are.
    """

    item: Item
    message: Localized
    notes: tuple[Localized, ...] = ()
    why: tuple[WhyNot, ...] = ()
    further: int = 0


# A pack as it was asked for.
PackKey: TypeAlias = tuple[str | Path, ...]


class Packs:
    """The packs of a run: each is loaded once, however many items are run before it.

    Args:
        kept: what was read of them in earlier runs, for who runs over and over while files change.
        deciding: whether what is decided of packs is kept, for who runs all of their items.
    """

    def __init__(self, kept: MutableMapping[PackKey, Kept] | None = None, *, deciding: bool = False) -> None:
        self._loaded: dict[PackKey, KnowledgeBase | InputError] = {}
        self._decided: dict[KnowledgeBase, SolverCache] = {}
        self._kept, self._deciding = kept, deciding

    @property
    def decided(self) -> Mapping[KnowledgeBase, SolverCache]:
        """What was decided before of each pack, as its files have it; who runs items writes it in the end."""
        return self._decided

    def named(self, pack: str | None, beside: Path | None = None) -> KnowledgeBase:
        """A pack by its name or folder.

        Args:
            pack: a name, or a path; the default pack if None.
            beside: the folder from which a path is read; the current one unless given.

        Raises:
            UsageError: there is no such pack.
            InputError: its files cannot be used.
        """
        if pack is None:
            return self._load((), None)
        is_path = "/" in pack or pack.startswith(".")
        if not is_path:
            return self._load((pack,), pack)
        folder = (beside or Path()) / pack
        return self._load((folder.resolve(),), folder)

    def around(self, path: Path) -> KnowledgeBase:
        """The pack in whose folder a path lies.

        Raises:
            UsageError: it lies in none.
            InputError: the files of the pack cannot be used.
        """
        found = pack_around(path)
        if found is None:
            raise UsageError(f"`{path}` lies in no pack", "a pack has a file facts/NAME/pack.toml")
        # As a reader knows it, for the places of faults.
        root = Path(shown_path(str(found.root)))
        return self._load((found.name, found.root.resolve()), found.name, [root])

    def as_far_as_read(self, path: Path) -> KnowledgeBase | None:
        """The pack in whose folder a path lies, as far as it was read in this run or an earlier one; None where nothing was."""
        found = pack_around(path)
        kept = (self._kept or {}).get((found.name, found.root.resolve())) if found else None
        return as_far_as_read(found.name, kept) if found and kept else None

    def _load(self, key: PackKey, pack: str | Path | None, roots: Sequence[Path] = ()) -> KnowledgeBase:
        if key not in self._loaded:
            kept = None if self._kept is None else self._kept.setdefault(key, Kept())
            try:
                # INVARIANT: before the pack, so that a change meanwhile shows.
                cache = self._cache(pack, roots) if self._deciding else None
                kb = self._loaded[key] = load(pack, roots=roots, kept=kept)
                if cache is not None:
                    self._decided[kb] = cache
            except InputError as error:
                self._loaded[key] = error
        found = self._loaded[key]
        if isinstance(found, InputError):
            raise InputError(found.faults)
        return found

    def _cache(self, pack: str | Path | None, roots: Sequence[Path]) -> SolverCache | None:
        chosen = choose_pack(pack, roots)
        # Of a pack that is not there `load` tells.
        return SolverCache.of(chosen.name, chosen.available) if chosen.name in chosen.available else None


@frozen
class Collected:
    """Items, with the pack before which they are run; there may be none."""

    kb: KnowledgeBase
    items: tuple[Item, ...]


def _nothing_in_packs(_: KnowledgeBase) -> Iterable[Item]:
    return ()


def _nothing_in_files(_: TomlFile, __: Packs) -> Collected | None:
    return None


def _all_rules(_: Item, __: KnowledgeBase) -> frozenset[str] | None:
    return None


@frozen(kw_only=True)
class Kind:
    """A kind of item.

    Attributes:
        name: unique.
        titles: what several of them are called.
        of_pack: collects those that the files of a pack hold.
        of_file: collects those of a file that belongs to no pack; None where it is a file of another kind.
        concerns: the ids of the rules that an item of a pack depends on; None for all.
        run: gives what is wrong with one before a pack, with an engine by name and with what was decided of the pack before; None where
            it comes out as it says.
    """

    name: str
    titles: Localized
    of_pack: Callable[[KnowledgeBase], Iterable[Item]] = _nothing_in_packs
    of_file: Callable[[TomlFile, Packs], Collected | None] = _nothing_in_files
    concerns: Callable[[Item, KnowledgeBase], frozenset[str] | None] = _all_rules
    run: Callable[[Item, KnowledgeBase, str, SolverCache | None], Failure | None]


def numbered(titles: Iterable[str]) -> list[str]:
    """Titles as names of items: fit for a terminal, and each once, the later ones of a kind with a number."""
    found: list[str] = []
    for title in titles:
        # Two colons part the levels of an id.
        plain = name = printable(title).replace("::", ":")
        number = 1
        while name in found:
            number += 1
            name = f"{plain} ({number})"
        found.append(name)
    return found


# Which items are run: expressions over words of their ids, as in `cyber and not open`.

Choice = Callable[[Item], bool]

_TOKEN = re.compile(r'\(|\)|"[^"]*"|[^\s()"]+|"')
# Nobody writes a longer one; one of thousands would be nested beyond what can be read.
_MOST_TOKENS = 200
_HELP = "words of ids, joined by `and`, `or`, `not` and brackets; quote what has blanks in it"


def chooser(expression: str) -> Choice:
    """A predicate for items, from an expression.

    Args:
        expression: words that an id or the name of a kind must hold, whatever their case, joined by `and`, `or`, `not`
            and brackets. Words with blanks stand in double quotes.

    Raises:
        UsageError: it is not such an expression.
    """
    return _Reader(expression).whole()


class _Reader:
    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._tokens = _TOKEN.findall(expression)
        self._next = 0

    def whole(self) -> Choice:
        """Parse the whole expression."""
        if len(self._tokens) > _MOST_TOKENS:
            raise UsageError(f"expression is too long: at most {_MOST_TOKENS} words", _HELP)
        choice = self._any()
        if self._next < len(self._tokens):
            raise self._refused(f"`{self._tokens[self._next]}` follows without `and` or `or`")
        return choice

    def _any(self) -> Choice:
        parts = [self._all()]
        while self._taken("or"):
            parts.append(self._all())
        return lambda item: any(part(item) for part in parts)

    def _all(self) -> Choice:
        parts = [self._one()]
        while self._taken("and"):
            parts.append(self._one())
        return lambda item: all(part(item) for part in parts)

    def _one(self) -> Choice:
        if self._taken("not"):
            denied = self._one()
            return lambda item: not denied(item)
        if self._taken("("):
            inner = self._any()
            if not self._taken(")"):
                raise self._refused("a bracket is not closed")
            return inner
        return self._word()

    def _word(self) -> Choice:
        token = self._tokens[self._next] if self._next < len(self._tokens) else ""
        word = token.strip('"').lower()
        if not word or token in {"and", "or", ")"}:
            raise self._refused("a word is missing")
        self._next += 1
        return lambda item: word in item.id.lower() or word == item.kind

    def _taken(self, token: str) -> bool:
        found = self._tokens[self._next : self._next + 1] == [token]
        self._next += found
        return found

    def _refused(self, why: str) -> UsageError:
        return UsageError(f"cannot read `{self._expression}`: {why}", _HELP)
