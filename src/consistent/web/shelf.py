"""The rules of a pack as a reader looks for them: by principle, position, source or folder, and by words."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Literal, get_args

from attrs import frozen

from consistent.checker import KnowledgeBase
from consistent.model.text import Language
from consistent.rules.rule import Rule
from consistent.sources import source_label

__all__ = ["ORDERS", "Order", "Shelf", "Shelved"]

Order = Literal["principle", "position", "source", "folder"]
ORDERS: tuple[Order, ...] = get_args(Order)


@frozen
class Shelved:
    """Rules under one heading.

    Attributes:
        heading: what they have in common, in words.
        name: of that, as rules write it.
    """

    heading: str
    name: str
    rules: tuple[Rule, ...]


@frozen
class Shelf:
    """The rules of a pack and of those that it builds on.

    Attributes:
        language: of the reader.
    """

    kb: KnowledgeBase
    language: Language

    def found(self, words: str) -> tuple[Rule, ...]:
        """The rules in which each of these words stands, wherever; all of them where there are none. Letter case is no matter."""
        asked = words.casefold().split()
        return tuple(
            rule for rule in self.kb.rules if all(word in text for text in (self._text(rule),) for word in asked)
        )

    def groups(self, order: Order, words: str = "") -> tuple[Shelved, ...]:
        """The rules in which these words stand, in an order; one with several sources or positions stands under each."""
        held: dict[str, list[Rule]] = {}
        for rule in self.found(words):
            for name in self._names(order, rule):
                held.setdefault(name, []).append(rule)
        shelved = (Shelved(self._heading(order, name), name, tuple(rules)) for name, rules in held.items())
        # As the pack lists them; sources stand in no order there.
        return tuple(sorted(shelved, key=lambda each: each.heading.casefold()) if order == "source" else shelved)

    def _text(self, rule: Rule) -> str:
        return "\n".join(self._parts(rule)).casefold()

    def _parts(self, rule: Rule) -> Iterator[str]:
        knowledge = self.kb.knowledge
        yield rule.id
        for text in (rule.title, rule.message, rule.rationale, knowledge.principles[rule.principle].title):
            yield text.get(self.language)
        yield from (knowledge.positions[name].summary.get(self.language) for name in rule.positions)
        for source in rule.sources:
            yield source
            yield source_label(source, self.language)

    def _names(self, order: Order, rule: Rule) -> Iterable[str]:
        match order:
            case "principle":
                return (rule.principle,)
            case "position":
                return rule.positions
            case "source":
                return rule.sources
            case "folder":
                return (str(PurePosixPath(rule.id).parent),)

    def _heading(self, order: Order, name: str) -> str:
        knowledge = self.kb.knowledge
        match order:
            case "principle":
                return knowledge.principles[name].title.get(self.language)
            case "position":
                return knowledge.positions[name].summary.get(self.language)
            case "source":
                return source_label(name, self.language)
            case "folder":
                return name
