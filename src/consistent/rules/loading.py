"""Reads the rules of packs from their `rules/` folders."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any as Anything

from attrs import evolve

from consistent.errors import Faults, Location, did_you_mean
from consistent.knowledge.base import Knowledge, toml_files
from consistent.knowledge.entries import Anchor, Period
from consistent.knowledge.finding_packs import PackFolder
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS
from consistent.model.text import LANGUAGES, Localized
from consistent.model.vocabulary import find_cycle
from consistent.reading.proposals import ProposalReader
from consistent.reading.structuring import Problems, faults_of, new_converter, read_source, structure, type_name
from consistent.reading.tomlfile import KeyPath, TomlFile
from consistent.rules.conditions import All, Any, Condition, Count, FactExists, Not, Other
from consistent.rules.reading import ConditionReader, judges_measures
from consistent.rules.rule import Example, Exception_, Rule, RuleData

__all__ = ["PLACEHOLDER", "joined_kinds", "load_rules"]

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_EXPECTATIONS = ("applies", "open", "excepted", "not-applicable")


def load_rules(knowledge: Knowledge, folders: Sequence[PackFolder], reader: ProposalReader) -> tuple[Rule, ...]:
    """Read every rule of the packs, in order of pack and path.

    Args:
        knowledge: what rules may name.
        folders: the packs, each after those that it builds on.
        reader: for the examples.

    Raises:
        InputError: with every fault of all files.
    """
    loader = _Loader(knowledge, reader)
    for folder in folders:
        for path in toml_files(folder.rules) if folder.rules.is_dir() else ():
            name = f"{folder.name}/{path.relative_to(folder.rules).with_suffix('').as_posix()}"
            file = loader.faults.attempt(TomlFile.read, path)
            rule = file and loader.rule(name, folder.name, file)
            if rule:
                loader.rules[name] = rule
    loader.check_defeats()
    loader.faults.raise_any()
    return tuple(loader.rules.values())


class _Loader:
    def __init__(self, knowledge: Knowledge, reader: ProposalReader) -> None:
        self.knowledge = knowledge
        self.proposals = reader
        self.conditions = ConditionReader(knowledge)
        self.converter = new_converter()
        # Left as they are: conditions and examples have readers of their own.
        self.converter.register_structure_hook(Anything, lambda value, _: value)
        self.faults = Faults()
        self.rules: dict[str, Rule] = {}

    def rule(self, name: str, pack: str, file: TomlFile) -> Rule | None:
        """Read one file; None and the faults noted if anything is wrong with it."""
        before = len(self.faults.found)
        data = self.faults.attempt(structure, self.converter, file.data, RuleData, file)
        if data is None:
            # The parts with readers of their own are read all the same, so that all faults are told at once.
            data_when, data_unless = file.data.get("when"), file.data.get("unless", ())
            if data_when is not None:
                self._condition(data_when, ("when",), file)
            self._exceptions(data_unless, file)
            return None
        self._known(data.principle, self.knowledge.principles, "principle", file, ("principle",))
        for index, position in enumerate(data.positions):
            self._known(position, self.knowledge.positions, "position", file, ("positions", index))
        self._sources(data.sources, file)
        when = self._condition(data.when, ("when",), file)
        unless = self._exceptions(data.unless, file)
        conditions = [when, *(each.condition for each in unless)] if when is not None else []
        self._message(data.message, conditions, file)
        examples = self._examples(data.example, file)
        if when is None or len(self.faults.found) > before:
            return None
        return Rule(
            id=name, pack=pack, title=data.title, principle=data.principle, positions=data.positions, ground=data.ground,
            verdict=data.verdict, dimension=data.dimension, sources=data.sources, rationale=data.rationale,
            defeats=data.defeats, period=Period(data.valid_from, data.valid_to),
            scope="measure" if any(judges_measures(each) for each in conditions) else "proposal",
            when=when, unless=unless, message=data.message, examples=examples, anchor=Anchor(file),
        )  # fmt: skip

    def _known(self, name: str, known: Iterable[str], what: str, file: TomlFile, at: KeyPath) -> None:
        if name not in (listed := set(known)):
            self.faults.add(f"unknown {what} `{name}`", file.location(at), did_you_mean(name, listed))

    def _sources(self, sources: tuple[str, ...], file: TomlFile) -> None:
        if not sources:
            self.faults.add("no source: a rule needs at least one", file.location(("sources",)))
        for index, source in enumerate(sources):
            try:
                read_source(source)
            except Problems as error:
                self.faults.found.extend(faults_of(error, file, ("sources", index)))

    def _condition(self, data: object, at: KeyPath, file: TomlFile) -> Condition | None:
        try:
            return self.conditions.read(data, at)
        except Problems as error:
            self.faults.found.extend(faults_of(error, file))
            return None

    def _exceptions(self, data: object, file: TomlFile) -> tuple[Exception_, ...]:
        if not isinstance(data, list | tuple):
            self.faults.add(
                f"expected a list of tables, found {type_name(data)}", file.location(("unless",)), "write `[[unless]]`"
            )
            return ()
        found = []
        for index, item in enumerate(data):
            at: KeyPath = ("unless", index)
            if not isinstance(item, Mapping) or "reason" not in item:
                self.faults.add("an exception needs a reason", file.location(at), "add `reason.en` and `reason.nl`")
                continue
            reason = self.faults.attempt(structure, self.converter, item["reason"], Localized, file, (*at, "reason"))
            condition = self._condition({key: part for key, part in item.items() if key != "reason"}, at, file)
            if reason is not None and condition is not None:
                found.append(Exception_(condition, reason))
        return tuple(found)

    def _message(self, message: Localized, conditions: Sequence[Condition], file: TomlFile) -> None:
        """Check that every placeholder names something that a finding can fill in."""
        kinds = {kind for condition in conditions for kind in joined_kinds(condition)}
        fields = {"measure": MEASURE_FIELDS, "proposal": PROPOSAL_FIELDS}
        fields |= {kind: self.knowledge.kinds[kind].fields for kind in kinds}
        for language in LANGUAGES:
            for name in PLACEHOLDER.findall(message.get(language)):
                owner, dot, field = name.partition(".")
                at = ("message", language)
                if owner not in fields or (not dot and owner not in {"measure", "proposal"}):
                    self.faults.add(f"`{{{name}}}` names nothing", file.location(at), did_you_mean(owner, fields))
                elif dot and field not in fields[owner]:
                    self.faults.add(
                        f"`{{{name}}}` names no field", file.location(at), did_you_mean(field, fields[owner])
                    )

    def _examples(self, data: object, file: TomlFile) -> tuple[Example, ...]:
        if not isinstance(data, list | tuple):
            self.faults.add(
                f"expected a list of tables, found {type_name(data)}",
                file.location(("example",)),
                "write `[[example]]`",
            )
            return ()
        examples = [each for index, item in enumerate(data) if (each := self._example(item, ("example", index), file))]
        if len(examples) == len(data):
            expected = {each.expect for each in examples}
            if "applies" not in expected:
                self.faults.add("no example that the rule flags", file.location(), 'add one with expect = "applies"')
            if not expected & {"excepted", "not-applicable"}:
                self.faults.add(
                    "no example that the rule leaves alone", file.location(), 'add one with expect = "not-applicable"'
                )
        return tuple(examples)

    def _example(self, data: object, at: KeyPath, file: TomlFile) -> Example | None:
        before = len(self.faults.found)
        if not isinstance(data, Mapping):
            self.faults.add(f"expected a table, found {type_name(data)}", file.location(at))
            return None
        for key in data:
            if key not in {"title", "expect", "proposal", "measure"}:
                help_ = did_you_mean(key, ("title", "expect", "proposal", "measure"))
                self.faults.add(f"unknown key `{key}`", file.location((*at, key)), help_)
        expect, title = data.get("expect"), data.get("title")
        if expect not in _EXPECTATIONS:
            help_ = did_you_mean(str(expect), _EXPECTATIONS)
            self.faults.add(f"an example needs `expect`, found `{expect}`", file.location((*at, "expect")), help_)
        if not isinstance(title, str):
            self.faults.add("an example needs a title", file.location(at))
        measures = data.get("measure", [])
        if isinstance(measures, list):
            measures = [
                {"id": f"measure-{index + 1}", **each} if isinstance(each, Mapping) else each
                for index, each in enumerate(measures)
            ]
        part = _Part(file, {"proposal": data.get("proposal", {}), "measure": measures}, at)
        proposal = self.faults.attempt(self.proposals.read, part)
        if proposal is None or len(self.faults.found) > before:
            return None
        return Example(str(title), expect, evolve(proposal, path=str(part.location(at))), Anchor(file, at))  # type: ignore[arg-type]

    def check_defeats(self) -> None:
        """Check that superiority names rules that exist, of a scope that fits, and goes in no circle."""
        for rule in self.rules.values():
            for index, name in enumerate(rule.defeats):
                place = rule.anchor.file.location(("defeats", index))
                other = self.rules.get(name)
                if other is None:
                    # A rule that could not be read has been reported itself.
                    if not any(
                        fault.location.path.endswith(f"{name.partition('/')[2]}.toml") for fault in self.faults.found
                    ):
                        self.faults.add(f"unknown rule `{name}`", place, did_you_mean(name, self.rules))
                elif rule.scope == "measure" and other.scope == "proposal":
                    self.faults.add(
                        f"a rule on measures cannot defeat `{name}`, which judges the whole proposal", place
                    )
        circle = find_cycle(
            {rule.id: [each for each in rule.defeats if each in self.rules] for rule in self.rules.values()}
        )
        if circle:
            place = self.rules[circle[0]].anchor.file.location(("defeats",))
            self.faults.add("rules defeat each other in a circle: " + " > ".join(circle), place)


class _Part(TomlFile):
    """A part of a file, read as a file of its own; places are those in the file."""

    def __init__(self, whole: TomlFile, data: Mapping[str, Anything], at: KeyPath) -> None:
        super().__init__(whole.path, data, None)
        self._whole, self._at = whole, at

    def location(self, key: KeyPath = ()) -> Location:
        return self._whole.location((*self._at, *key))


def joined_kinds(condition: Condition) -> Iterator[str]:
    """The kinds of fact that a condition joins positively, so that a finding can name the fact."""
    match condition:
        case FactExists(kind, _):
            yield kind
        case All(parts) | Any(parts):
            for part in parts:
                yield from joined_kinds(part)
        case Not() | Other() | Count():
            return
