"""A guarantee: what a check must find, or must not find, in every proposal of which something is so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from attrs import field, frozen
from cattrs import Converter

from consistent.errors import Faults, did_you_mean
from consistent.knowledge.entries import Anchor, Knowledge, check_sources
from consistent.knowledge.packs import PackFolder
from consistent.model.text import Localized
from consistent.rules.conditions import Concept, Condition
from consistent.rules.reading import ConditionReader, scope_of
from consistent.rules.rule import DIMENSIONS, Dimension, Grade, Ground, Rule, Verdict, matches, names_of
from consistent.shown import Shown
from consistent.sources import canonical_sources
from consistent.toml.files import is_file
from consistent.toml.structuring import help_for_missing, new_converter, structure
from consistent.toml.tomlfile import KeyPath, TomlFile

__all__ = ["GUARANTEES", "Guarantee", "Pattern", "load_guarantees"]


@frozen(kw_only=True)
class Pattern(Shown):
    """Findings of some sort, or the judgement of some dimensions.

    Attributes:
        rules: ids of the rules that can say it, in order; empty where judgements are meant.
        grounds: of the finding, which is contested where a fact that it rests on is; any, where empty.
        open: whether what is open counts too.
        judgement: grades by dimension, any of which is meant; empty where findings are meant.
    """

    rules: tuple[str, ...] = ()
    grounds: frozenset[Ground] = frozenset()
    open: bool = False
    judgement: tuple[tuple[Dimension, frozenset[Grade]], ...] = ()


@frozen(kw_only=True, eq=False)
class Guarantee(Shown):
    """A promise of a pack.

    It speaks of each measure of which `given` certainly holds, or of the whole proposal where `given` asks for no measure or
    is left out. What it asks for is looked for in what the check says of that measure; or of the whole proposal with all its
    measures.

    Attributes:
        id: the pack and the key of its table.
        sources: what it carries; at least one.
        given: a condition as rules have them; None for every proposal.
        scope: whether it speaks of each measure or of the proposal as a whole.
        beside: it speaks only where this is found too; None for no such limit.
        kind: whether what is expected must always be found, or never.
    """

    id: str
    pack: str
    title: Localized
    sources: tuple[str, ...] = field(converter=canonical_sources)
    given: Condition | None
    scope: Literal["measure", "proposal"]
    beside: Pattern | None
    kind: Literal["always", "never"]
    expected: Pattern
    anchor: Anchor


@frozen(kw_only=True)
class PatternData:
    """A pattern as its table has it."""

    verdict: tuple[Verdict, ...] = ()
    ground: tuple[Ground, ...] = ()
    dimension: tuple[Dimension, ...] = ()
    principle: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    open: bool = False
    judgement: "JudgementData | None" = None


@frozen(kw_only=True)
class JudgementData:
    """Grades by dimension, as the table has them."""

    competence: tuple[Grade, ...] = ()
    subsidiarity: tuple[Grade, ...] = ()
    proportionality: tuple[Grade, ...] = ()
    finance: tuple[Grade, ...] = ()
    burden: tuple[Grade, ...] = ()
    substance: tuple[Grade, ...] = ()


# The file of guarantees in the `facts/` folder of a pack: a table each, the key its id.
GUARANTEES = "guarantees.toml"
_Scope = Literal["measure", "proposal"]
_KINDS: tuple[Literal["always", "never"], ...] = ("always", "never")
_KEYS = ("title", "sources", "given", "beside", *_KINDS)


def load_guarantees(
    knowledge: Knowledge,
    folders: Sequence[PackFolder],
    rules: Sequence[Rule],
    concepts: Mapping[str, Concept] | None = None,
) -> tuple[Guarantee, ...]:
    """Read every guarantee of the packs, in order of pack and place.

    Args:
        knowledge: what conditions may name.
        folders: the packs, each after those that it builds on.
        rules: of all the packs.
        concepts: of all the packs, by id.

    Raises:
        InputError: with every fault of all files.
    """
    reader = _Reader(knowledge, rules, concepts or {})
    for folder in folders:
        path = folder.facts / GUARANTEES
        file = reader.faults.attempt(TomlFile.read, path) if is_file(path) else None
        for key, data in file.data.items() if file else ():
            if file is not None:
                reader.read(folder.name, key, data, file)
    reader.faults.raise_any()
    return tuple(reader.found)


class _Reader:
    def __init__(self, knowledge: Knowledge, rules: Sequence[Rule], concepts: Mapping[str, Concept]) -> None:
        self._rules = rules
        self._principles = knowledge.principles
        self._conditions = ConditionReader(knowledge, concepts)
        self._converter = _converter()
        self.faults = Faults()
        self.found: list[Guarantee] = []

    def read(self, pack: str, key: str, data: object, file: TomlFile) -> None:
        """Read one table, and note what is wrong with it."""
        # What was loaded before comes with its guarantees, and is not to bring in what reads rules.
        from consistent.rules.loading import read_condition  # noqa: PLC0415  see above

        before = len(self.faults.found)
        at: KeyPath = (key,)
        if not isinstance(data, Mapping):
            self.faults.add("expected a table", file.location(at), "a guarantee has a title, sources, and what it says")
            return
        for name in data:
            if name not in _KEYS:
                self.faults.add(f"unknown key `{name}`", file.location((*at, name)), did_you_mean(name, _KEYS))
        title = self._part(data, "title", Localized, file, at)
        sources: tuple[str, ...] | None = self._part(data, "sources", tuple[str, ...], file, at)
        check_sources(sources or (), file, (*at, "sources"), self.faults)
        given = (
            read_condition(self._conditions, data["given"], (*at, "given"), file, self.faults)
            if "given" in data
            else None
        )
        scope = _scope(given)
        patterns = {
            name: self._pattern(data[name], scope, file, (*at, name)) for name in ("beside", *_KINDS) if name in data
        }
        kinds = [kind for kind in _KINDS if kind in data]
        if len(kinds) != 1:
            self.faults.add("a guarantee says either `always` or `never`", file.location(at))
        if not {"given", "beside"} & set(data):
            self.faults.add(
                "a guarantee needs `given` or `beside`", file.location(at), "say of which proposals it speaks"
            )
        expected = patterns.get(kinds[0]) if kinds else None
        if len(self.faults.found) > before or title is None or sources is None or expected is None:
            return
        self.found.append(
            Guarantee(
                id=f"{pack}/{key}", pack=pack, title=title, sources=sources, given=given, scope=scope,
                beside=patterns.get("beside"), kind=kinds[0], expected=expected, anchor=Anchor(file, at),
            )
        )  # fmt: skip

    def _part(self, data: Mapping[str, Any], name: str, kind: Any, file: TomlFile, at: KeyPath) -> Any:
        if name not in data:
            self.faults.add(f"missing key `{name}`", file.location(at), help_for_missing(name))
            return None
        return self.faults.attempt(structure, self._converter, data[name], kind, file, (*at, name))

    def _pattern(self, data: object, scope: _Scope, file: TomlFile, at: KeyPath) -> Pattern | None:
        before = len(self.faults.found)
        empty = list(_empty(data))
        for key in empty:
            self.faults.add("nothing is named", file.location((*at, *key)), "name one at least, or leave it out")
        read = self.faults.attempt(structure, self._converter, data, PatternData, file, at)
        if read is None or empty:
            return None
        if read.judgement is not None and isinstance(data, Mapping) and len(data) > 1:
            self.faults.add("`judgement` stands alone", file.location((*at, "judgement")), "say the rest beside it")
            return None
        if read.judgement is not None:
            return Pattern(judgement=_judged(read.judgement))
        for principle in read.principle:
            if principle not in self._principles:
                help_ = did_you_mean(principle, self._principles)
                self.faults.add(f"unknown principle `{principle}`", file.location((*at, "principle")), help_)
        for pattern in read.rules:
            if not any(matches(rule, pattern) for rule in self._rules):
                help_ = did_you_mean(pattern, names_of(self._rules), limit=0)
                self.faults.add(f"no rule matches `{pattern}`", file.location((*at, "rules")), help_)
        if len(self.faults.found) > before:
            return None
        rules = [candidate for candidate in self._rules if _fits(candidate, read)]
        if not rules:
            self.faults.add("no rule of the pack can say this", file.location(at), "name what some rule has")
            return None
        # What a rule says of the proposal as a whole it says of no measure: it would be looked for in vain.
        if scope == "measure" and all(chosen.scope == "proposal" for chosen in rules):
            self.faults.add(
                "no rule of the pack can say this of a measure", file.location(at), "let `given` ask for no measure"
            )
            return None
        return Pattern(rules=tuple(chosen.id for chosen in rules), grounds=frozenset(read.ground), open=read.open)


def _empty(data: object, at: KeyPath = ()) -> Iterator[KeyPath]:
    """The keys at which a list or a table holds nothing; the pattern itself may name nothing, and then means anything."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if isinstance(value, list | dict) and not value:
                yield (*at, key)
            else:
                yield from _empty(value, (*at, key))


def _fits(rule: Rule, pattern: PatternData) -> bool:
    """Whether the rule can say what is meant. A finding of law is contested where a fact is that it rests on."""
    grounds = {rule.ground, "contested"} if rule.ground == "law" else {rule.ground}
    return (
        rule.verdict in (pattern.verdict or (rule.verdict,))
        and rule.dimension in (pattern.dimension or (rule.dimension,))
        and rule.principle in (pattern.principle or (rule.principle,))
        and (not pattern.ground or not grounds.isdisjoint(pattern.ground))
        and (not pattern.rules or any(matches(rule, glob) for glob in pattern.rules))
    )


def _judged(data: JudgementData) -> tuple[tuple[Dimension, frozenset[Grade]], ...]:
    pairs: Iterable[tuple[Dimension, tuple[Grade, ...]]] = (
        (dimension, getattr(data, dimension)) for dimension in DIMENSIONS
    )
    return tuple((dimension, frozenset(grades)) for dimension, grades in pairs if grades)


def _scope(given: Condition | None) -> _Scope:
    return scope_of(() if given is None else (given,))


def _converter() -> Converter:
    """One that takes a single word for a list of one."""
    converter = new_converter()
    base = converter.get_structure_hook(tuple[str, ...])

    def hook(value: object, kind: Any) -> object:
        return base([value] if isinstance(value, str) else value, kind)

    converter.register_structure_hook_func(lambda kind: getattr(kind, "__origin__", None) is tuple, hook)
    return converter
