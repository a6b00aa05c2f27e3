"""Checkpoints: the state of a run, kept in a file beside its output, from which a run that was stopped is resumed."""

import json
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from glob import escape
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
from attrs import asdict, frozen

from consistent.checker import KnowledgeBase
from consistent.corpora._items import NOTHING, Item, slices_of
from consistent.corpora._results import Counts, Options
from consistent.errors import Fault, InputError, Location, UsageError
from consistent.knowledge.entries import Anchor
from consistent.model.text import Language, Localized, localized
from consistent.packing import Packed
from consistent.toml.files import create_file, is_file, read_file
from consistent.version import __version__

__all__ = ["State", "check_same", "identity_of", "knowledge_digest", "skip", "state_path", "sweep"]

_RESTART = Localized(
    "`--restart` begins anew; or name another output", "`--restart` begint opnieuw; of noem een andere uitvoer"
)
_NO_STATE = Localized("this is not the state of a run", "dit is niet de stand van een gang")
_ANOTHER = Localized("`{path}` is of another run: {told}", "`{path}` is van een andere gang: {told}")
_CHANGED = Localized(
    "corpus `{name}` was changed since the run stopped: {told}",
    "corpus `{name}` is veranderd sinds de gang stopte: {told}",
)
_FEWER = Localized("it has {done} items, and {sure} are done", "het heeft {done} delen, en {sure} zijn gedaan")
_OTHERS = Localized("its first {done} items were others", "de eerste {done} delen waren andere")
_WAS = Localized("`{option}` was {was}, is {now}", "`{option}` was {was}, is {now}")
_GIVEN = Localized("`{option}` was not given, and is now", "`{option}` was niet gegeven, en is dat nu wel")
_NOT_GIVEN = Localized("`{option}` was given, and is not now", "`{option}` was gegeven, en is dat nu niet")
# What differs, in the order in which it is told, where it is no option of its own name.
_WORDS = {
    "version": Localized("the library was version {was}, is {now}", "de bibliotheek was versie {was}, is {now}"),
    "corpus": Localized("the corpus was `{was}`, is `{now}`", "het corpus was `{was}`, is `{now}`"),
    "pack": Localized("the pack was `{was}`, is `{now}`", "het pakket was `{was}`, is `{now}`"),
    "knowledge": Localized(
        "the pack, which of its rules are selected, or the library was changed",
        "het pakket, welke regels daarvan zijn gekozen, of de bibliotheek is veranderd",
    ),
    "as_of": Localized("the day was {was}, is {now}", "de dag was {was}, is {now}"),
    "waivers": Localized(
        "other findings are accepted (`--waivers`)", "er worden andere bevindingen aanvaard (`--waivers`)"
    ),
    "form": Localized("the output was {was}, is {now}", "de uitvoer was {was}, is {now}"),
    "language": Localized("`--lang` was {was}, is {now}", "`--lang` was {was}, is {now}"),
}
# What differs because another thing does.
_FOLLOWS = {"knowledge": {"version", "pack"}, "language": {"full"}}


@frozen(kw_only=True)
class State:
    """The state of a run at a checkpoint.

    Attributes:
        identity: everything that the output depends on but the items; see `identity_of`.
        items: how many items are done.
        digest: of those.
        mark: how much of the output is flushed; see `consistent.corpora.sinks`.
        counts: what became of the items.
    """

    identity: Mapping[str, Any]
    items: int = 0
    digest: str = NOTHING
    mark: Mapping[str, Any] | None = None
    counts: Counts = Counts()

    @classmethod
    def read(cls, path: Path, language: Language = "en") -> "State | None":
        """The state in a file; None where there is none.

        Args:
            path: of it.
            language: of errors.

        Raises:
            InputError: it cannot be read, or is none.
        """
        if not is_file(path):
            return None
        try:
            data = json.loads(read_file(path, str(path)))
            return cls(**{**data, "counts": Counts(**data["counts"])})
        except (ValueError, TypeError, KeyError):
            fault = Fault(_NO_STATE.get(language), Location(str(path)), _RESTART.get(language))
            raise InputError([fault]) from None

    def write(self, path: Path) -> None:
        """Write it atomically: a reader finds the old state or this one.

        Raises:
            InputError: it cannot be written.
        """
        create_file(path, (json.dumps(asdict(self), indent=1) + "\n").encode(), force=True)


def state_path(output: Path) -> Path:
    """Where the state of a run is kept: beside its output."""
    return output.with_name(output.name + ".state")


def sweep(path: Path) -> None:
    """Remove the temporary files of writes that were cut off as their process was killed.

    Only with the output locked: another run may be writing there otherwise.
    """
    for leftover in path.parent.glob(f".{escape(path.name[:100])}.*"):
        leftover.unlink(missing_ok=True)


def check_same(state: State, identity: Mapping[str, Any], path: Path, language: Language) -> None:
    """Check that the run that is to be resumed is the one that was stopped.

    Raises:
        UsageError: something differs; it says what.
    """
    keys = dict.fromkeys((*_WORDS, *sorted({*state.identity, *identity})))
    other = [key for key in keys if state.identity.get(key) != identity.get(key)]
    differences = [
        _difference(key, state.identity.get(key), identity.get(key)).get(language)
        for key in other
        if _FOLLOWS.get(key, set()).isdisjoint(other)
    ]
    if differences:
        message = _ANOTHER.get(language).format(path=path, told="; ".join(differences))
        raise UsageError(message, _RESTART.get(language))


def _difference(key: str, was: object, now: object) -> Localized:
    """One thing that differs, in the words of who types the command."""
    words = _NOT_GIVEN if was is True else _GIVEN if now is True else _WORDS.get(key, _WAS)
    option = "--" + key.replace("_", "-")
    return localized(lambda language: words.get(language).format(option=option, was=was, now=now))


def skip(items: Iterator[Item], state: State, name: str, language: Language) -> Iterator[Item]:
    """Skip the items that are done, and check that they are still the same.

    Args:
        items: of the corpus, from the first.
        state: from which the run is resumed.
        name: of the source.
        language: of errors.

    Returns:
        The iterator, behind those that are done.

    Raises:
        UsageError: the corpus does not begin with those that are done.
    """
    done = 0
    digest = NOTHING
    for slice_ in slices_of(islice(items, state.items), 1000):
        done, digest = slice_.end, slice_.digest
    if (done, digest) != (state.items, state.digest):
        what = (_FEWER if done < state.items else _OTHERS).get(language).format(done=done, sure=state.items)
        raise UsageError(_CHANGED.get(language).format(name=name, told=what), _RESTART.get(language))
    return items


# The identity of a run.

# Attributes on which no result depends: where something stands, and which other packs there are.
_DECIDES_NOTHING = {"place", "other_packs"}


def identity_of(kb: KnowledgeBase, options: Options, corpus: str) -> dict[str, Any]:
    """Everything that the output depends on, less the items themselves; plain data, equal in every process.

    Args:
        kb: checks.
        options: how.
        corpus: the name of the source.
    """
    chosen = attrs.asdict(options, filter=lambda attribute, _: attribute.name != "waivers")
    return {
        "version": __version__,
        "corpus": corpus,
        "pack": kb.name,
        "knowledge": knowledge_digest(kb),
        "waivers": _digest(options.waivers),
    } | chosen | {"as_of": options.as_of.isoformat()}  # fmt: skip


def knowledge_digest(kb: KnowledgeBase) -> str:
    """A digest of all that a knowledge base knows and of the rules that were selected; where its files lie is no part of it."""
    return _digest((kb.knowledge, kb.rules))


def _digest(value: object) -> str:
    digest = sha256()
    for piece in _pieces(value):
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.hexdigest()


def _pieces(value: object) -> Iterator[bytes]:
    """The value as bytes: classes by their attributes, sets in an order that does not change from process to process."""
    match value:
        case Anchor() | Packed():
            # Places of the pack, and examples, which decide nothing.
            return
        case str() | int() | float() | date() | None:
            yield f"{type(value).__name__} {value}".encode("utf-8", "surrogatepass")
        case Mapping():
            yield f"table {len(value)}".encode()
            for key in sorted(value, key=repr):
                yield from _pieces(key)
                yield from _pieces(value[key])
        case AbstractSet():
            yield f"set {len(value)}".encode()
            # Most hold nothing but texts.
            plain = all(type(element) is str for element in value)
            for element in sorted(value if plain else map(_digest, value)):
                yield from _pieces(element)
        case list() | tuple():
            yield f"list {len(value)}".encode()
            for element in value:
                yield from _pieces(element)
        case _ if attrs.has(type(value)):
            yield type(value).__name__.encode()
            for field in attrs.fields(type(value)):  # type: ignore[arg-type]  # `has` says so
                if field.init and field.name not in _DECIDES_NOTHING:
                    yield field.name.encode()
                    yield from _pieces(getattr(value, field.name))
        case _:
            yield repr(value).encode("utf-8", "surrogatepass")
