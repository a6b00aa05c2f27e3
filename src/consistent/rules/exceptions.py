"""Exceptions of rules from TOML, and exceptions to these: `[[unless]]`, `[[unless.unless]]`."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from attrs import field, frozen
from cattrs import Converter

from consistent.errors import Faults
from consistent.knowledge.entries import Anchor, check_sources
from consistent.model.text import Localized, localized
from consistent.packing import Packed
from consistent.rules.conditions import All, Concept, Condition, Named, Not
from consistent.rules.rule import EXCEPTION_HEAD, EXCEPTION_KEYS, NAME, NAME_HELP, RuleException
from consistent.toml.structuring import new_converter, structure
from consistent.toml.tomlfile import KeyPath, TomlFile, type_name

__all__ = ["ExceptionReader"]


@frozen(kw_only=True)
class _Head:
    """What an exception says of itself, as its table has it."""

    reason: Localized
    id: str = ""
    title: Localized | None = None
    sources: tuple[str, ...] = ()


@cache
def _converter() -> Converter:
    return new_converter()


ReadCondition = Callable[[object, KeyPath], Condition | None]


@frozen(kw_only=True)
class ExceptionReader:
    """Reads the exceptions of one rule.

    An exception holds where what it asks does and none of its own exceptions. Such an inner one is a condition with a name, as a
    concept is, so that whatever explains a condition calls it by its title.

    Attributes:
        rule: the id.
        pack: of the rule.
        file: of the rule.
        read: reads a condition that stands at a key; None where it cannot be read, and the faults are noted.
        faults: where all else that is wrong is noted.
    """

    rule: str
    pack: str
    file: TomlFile
    read: ReadCondition
    faults: Faults
    _named: dict[str, KeyPath] = field(factory=dict, init=False)

    def all_of(self, data: object, at: KeyPath = ("unless",)) -> tuple[RuleException, ...]:
        """The exceptions of a list, those that can be read."""
        if not isinstance(data, list | tuple):
            written = ".".join(key for key in at if isinstance(key, str))
            message = f"expected a list of tables, found {type_name(data)}"
            self.faults.add(message, self.file.location(at), f"write `[[{written}]]`")
            return ()
        found = (self._one(item, (*at, index)) for index, item in enumerate(data))
        return tuple(exception for exception in found if exception is not None)

    def _one(self, item: object, at: KeyPath) -> RuleException | None:
        """What one says of itself, and what it asks."""
        before = len(self.faults.found)
        if not isinstance(item, Mapping):
            self.faults.add(f"expected a table, found {type_name(item)}", self.file.location(at))
            return None
        data = self._head(item, at)
        asked = self.read({key: part for key, part in item.items() if key not in EXCEPTION_KEYS}, at)
        inner = self.all_of(item["unless"], (*at, "unless")) if "unless" in item else ()
        if data is None or asked is None or len(self.faults.found) > before:
            return None
        condition = asked
        if inner:
            condition = All(
                (asked, *(Not(self._by_name(each, (*at, "unless", index))) for index, each in enumerate(inner)))
            )
        return RuleException(condition, data.reason, data.id, data.title, data.sources)

    def _head(self, item: Mapping[str, Any], at: KeyPath) -> _Head | None:
        if "reason" not in item:
            self.faults.add("an exception needs a reason", self.file.location(at), "add `reason.en` and `reason.nl`")
            return None
        head = {name: item[name] for name in EXCEPTION_HEAD if name in item}
        data = self.faults.attempt(structure, _converter(), head, _Head, self.file, at)
        if data is None:
            return None
        if "sources" in item:
            check_sources(data.sources, self.file, (*at, "sources"), self.faults)
        if data.id and not NAME.fullmatch(data.id):
            self.faults.add(f"`{data.id}` is no id", self.file.location((*at, "id")), NAME_HELP)
        elif data.id in self._named:
            first = self.file.location(self._named[data.id]).key
            self.faults.add(f"exception `{data.id}` is there already: {first}", self.file.location((*at, "id")))
        elif data.id:
            self._named[data.id] = at
        return data

    def _by_name(self, exception: RuleException, at: KeyPath) -> Named:
        numbers = "-".join(str(key + 1) for key in at if isinstance(key, int))
        told = [text for text in (exception.title, exception.reason) if text is not None]
        title = localized(lambda language: ": ".join(text.get(language) for text in told))
        concept = Concept(
            id=f"{self.rule}/{exception.id or numbers}", pack=self.pack, title=title,
            sources=exception.sources, condition=exception.condition, examples=Packed(()), anchor=Anchor(self.file, at),
            exempts=self.rule,
        )  # fmt: skip
        return Named(concept, at)
