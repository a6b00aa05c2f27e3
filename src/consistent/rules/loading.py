"""Reads the rules of packs from their `rules/` folders."""

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any as Anything
from typing import cast, get_args

from cattrs import Converter

from consistent.errors import Fault, Faults, InputError, Location, did_you_mean
from consistent.knowledge.entries import Anchor, Knowledge, Period
from consistent.knowledge.packs import PackFolder
from consistent.model.proposal import Field
from consistent.model.text import LANGUAGES
from consistent.model.vocabulary import find_cycle
from consistent.packing import Packed
from consistent.rules.conditions import Concept, Condition, Reference, facts_in, joining, tests_in
from consistent.rules.examples import Example, read_examples
from consistent.rules.exceptions import ExceptionReader
from consistent.rules.reading import ConditionReader, judges_measures, scope_of
from consistent.rules.rule import (
    NAME,
    NAME_HELP,
    PLACEHOLDER,
    VERDICTS,
    Expectation,
    Rule,
    RuleData,
)
from consistent.toml.files import read_file, toml_files
from consistent.toml.proposals import ProposalReader
from consistent.toml.structuring import (
    Problem,
    Problems,
    as_one_of,
    faults_of,
    new_converter,
    read_source,
    structure,
)
from consistent.toml.tomlfile import KeyPath, TomlFile

__all__ = ["check_message", "faults_apart", "load_rules", "read_condition", "reread_rule"]


def load_rules(
    knowledge: Knowledge,
    folders: Sequence[PackFolder],
    reader: ProposalReader,
    concepts: Mapping[str, Concept] | None = None,
    kept: MutableMapping[str, Rule] | None = None,
) -> tuple[Rule, ...]:
    """Read every rule of the packs, in order of pack and path.

    Args:
        knowledge: what rules may name.
        folders: the packs, each after those that it builds on.
        reader: for the examples.
        concepts: what rules may name besides, by id.
        kept: rules as they were read before with the same knowledge and concepts, by id; those whose files are the same are
            taken over, and all that are read are noted.

    Raises:
        InputError: with every fault of all files.
    """
    loader = _Loader(knowledge, reader, concepts or {})
    kept = {} if kept is None else kept
    for folder in folders:
        for path in loader.faults.attempt(toml_files, folder.rules) or ():
            within = path.relative_to(folder.rules).with_suffix("")
            name = f"{folder.name}/{within.as_posix()}"
            if not all(map(NAME.fullmatch, within.parts)):
                loader.faults.add(f"`{name}` is no id for a rule", Location(str(path)), NAME_HELP)
            rule = kept.get(name)
            if rule is None or not _still_holds(rule.anchor.file, path):
                file = loader.faults.attempt(TomlFile.read, path)
                rule = loader.rule(name, folder.name, file) if file else None
            elif rule.defeats:
                loader.note_defeats(rule.anchor.file)
            if rule:
                loader.rules[name] = kept[name] = rule
            else:
                loader.refused.add(name)
    loader.check_defeats()
    loader.faults.raise_any()
    return tuple(loader.rules.values())


def faults_apart(folder: PackFolder) -> tuple[Fault, ...]:
    """What is wrong with the files of a pack whatever they build on: what is no TOML, and the keys of rules.

    For a pack of which something else is wrong, that keeps its rules from being read.
    """
    faults, converter = Faults(), _rule_converter()
    for path in faults.attempt(toml_files, folder.facts) or ():
        faults.attempt(TomlFile.read, path)
    for path in faults.attempt(toml_files, folder.rules) or ():
        file = faults.attempt(TomlFile.read, path)
        if file is not None:
            faults.attempt(structure, converter, file.data, RuleData, file)
    return tuple(faults.found)


def _rule_converter() -> Converter:
    converter = new_converter()
    # Left as they are: conditions and examples have readers of their own.
    converter.register_structure_hook(Anything, lambda value, _: value)
    return converter


def _still_holds(file: TomlFile, path: Path) -> bool:
    """Whether a file that was read before holds the same now."""
    try:
        return file.path == str(path) and file.text is not None and read_file(path, file.path) == file.text.encode()
    except InputError:
        return False


def reread_rule(
    file: TomlFile,
    old: Rule,
    rules: Iterable[Rule],
    knowledge: Knowledge,
    reader: ProposalReader,
    concepts: Mapping[str, Concept],
) -> Rule:
    """Read another text of one rule among others, which stay as they are.

    Args:
        file: the text.
        old: the rule that it stands in for.
        rules: all of the pack and of those that it builds on, `old` among them.
        knowledge: what the rule may name.
        reader: for its examples.
        concepts: what it may name besides, by id.

    Raises:
        InputError: with every fault of the text, and of what others then say of the rule.
    """
    loader = _Loader(knowledge, reader, concepts)
    rule = loader.rule(old.id, old.pack, file)
    loader.rules = {each.id: each for each in rules if each is not old}
    if rule is None:
        loader.refused.add(old.id)
    else:
        loader.rules[old.id] = rule
    loader.check_defeats()
    loader.faults.raise_any()
    return loader.rules[old.id]


def read_condition(
    reader: ConditionReader, data: object, at: KeyPath, file: TomlFile, faults: Faults
) -> Condition | None:
    """Read the condition that stands at a key of a file; None and the faults noted if anything is wrong with it."""
    try:
        condition = reader.read(data, at)
    except Problems as error:
        faults.take(faults_of(error, file))
        return None
    for fact in facts_in(condition):
        if not any(isinstance(test.operand, Reference) for test in tests_in(fact)):
            faults.add(
                f"`{fact.kind}` is joined to nothing: it would hold of every proposal, or of none",
                file.location(fact.where),
                'let one of its tests refer to the measure or the proposal: article = "$measure.legal_basis"',
            )
    return condition


def check_message(conditions: Sequence[Condition], knowledge: Knowledge, file: TomlFile, faults: Faults) -> None:
    """Check that every placeholder in the message of a rule names something that a finding can fill in.

    Args:
        conditions: of the rule; where they cannot be read, none: then any kind of fact may be meant, and a measure.
        knowledge: the kinds of fact.
        file: of the rule.
        faults: where faults are noted.
    """
    joined = {kind for condition in conditions for _, kind in joining(condition)}
    kinds = joined if conditions else set(knowledge.kinds)
    fields: dict[str, Mapping[str, Field]] = {kind: knowledge.kinds[kind].fields for kind in kinds}
    fields["proposal"] = knowledge.fields.proposal
    if not conditions or any(map(judges_measures, conditions)):
        fields["measure"] = knowledge.fields.measure
    message = file.data.get("message")
    if isinstance(message, Mapping):
        for language in LANGUAGES:
            for at, text in _texts(message, language, ("message",)):
                for what, help_ in _unfilled(text, fields):
                    faults.add(what, file.location(at), help_)


# How conditions refer to a field.
_REFERENCE = re.compile(r"\$((?:measure|proposal|judged)(?:\.\w+)?)")


def _unfilled(text: str, fields: Mapping[str, Mapping[str, Field]]) -> Iterator[tuple[str, str]]:
    """What is wrong with the placeholders of a text, and how to mend it."""
    if set(PLACEHOLDER.sub("", text)) & {"{", "}"}:
        yield "a brace stands alone", "placeholders are written `{measure}`"
    for name in _REFERENCE.findall(text):
        yield f"`${name}` is printed as it stands: a message has placeholders", f"write `{{{name}}}`"
    for name in PLACEHOLDER.findall(text):
        owner, dot, field = name.partition(".")
        if owner == "measure" and owner not in fields:
            yield f"`{{{name}}}` names nothing: the rule judges the whole proposal", "write `{proposal}`"
        elif owner not in fields:
            yield f"`{{{name}}}` names nothing", did_you_mean(owner, fields)
        elif dot and field not in fields[owner]:
            yield f"`{{{name}}}` names no field", did_you_mean(field, fields[owner])
        elif not dot and owner not in {"measure", "proposal"}:
            yield f"`{{{name}}}` names no field", f"write `{{{name}.{min(fields[owner])}}}`"


class _Loader:
    def __init__(self, knowledge: Knowledge, reader: ProposalReader, concepts: Mapping[str, Concept]) -> None:
        self.knowledge = knowledge
        self.proposals = reader
        self.conditions = ConditionReader(knowledge, concepts)
        self.converter = _rule_converter()
        self.faults = Faults()
        self.packs = {pack.name: pack for pack in knowledge.packs}
        self.at_stake: dict[str, list[str]] = {}
        for position in knowledge.positions.values():
            for principle in position.principles:
                self.at_stake.setdefault(principle, []).append(position.id)
        self.rules: dict[str, Rule] = {}
        self.refused: set[str] = set()
        self.defeats: list[tuple[TomlFile, KeyPath, str]] = []

    def rule(self, name: str, pack: str, file: TomlFile) -> Rule | None:
        """Read one file; None and the faults noted if anything is wrong with it.

        What has a reader or check of its own is read even where something else is wrong, so that all is told at once.
        """
        before = len(self.faults.found)
        data = self.faults.attempt(structure, self.converter, file.data, RuleData, file)
        for at, principle in _texts(file.data, "principle"):
            self._known(principle, self.knowledge.principles, "principle", file, at)
        for at, position in _texts(file.data, "positions"):
            self._known(position, self.knowledge.positions, "position", file, at)
        self._sources(file)
        self.note_defeats(file)
        before_conditions = len(self.faults.found)
        when = self._condition(file.data["when"], ("when",), file) if "when" in file.data else None
        read = partial(self._condition, file=file)
        exceptions = ExceptionReader(rule=name, pack=pack, file=file, read=read, faults=self.faults)
        unless = exceptions.all_of(file.data.get("unless", ()))
        conditions = [when, *(exception.condition for exception in unless)] if when is not None else []
        readable = conditions if len(self.faults.found) == before_conditions else []
        check_message(readable, self.knowledge, file, self.faults)
        examples = self._examples(file.data.get("example", ()), file)
        period = Period(data.valid_from, data.valid_to) if data else Period()
        if period.never:
            self.faults.add("`valid_to` is before `valid_from`", file.location(("valid_to",)))
        if data and data.title_met and not (data.verdict == "condition" and unless):
            self.faults.add(
                "`title_met` is never shown: only a condition with an exception can be met",
                file.location(("title_met",)),
                "take it out, or add the `[[unless]]` that says when the condition is met",
            )
        if data is None or when is None or len(self.faults.found) > before:
            return None
        return Rule(
            id=name, pack=pack, title=data.title, title_met=data.title_met, principle=data.principle, positions=self._positions(data), ground=data.ground,
            verdict=data.verdict, dimension=data.dimension, sources=data.sources, rationale=data.rationale,
            defeats=data.defeats, period=period.within(self.packs[pack].period),
            scope=scope_of(conditions),
            when=when, unless=unless, message=data.message, examples=Packed(examples, shared=[file]), anchor=Anchor(file),
        )  # fmt: skip

    def note_defeats(self, file: TomlFile) -> None:
        """Note which rules a file names as weaker, to be checked when all are read."""
        self.defeats.extend((file, at, weaker) for at, weaker in _texts(file.data, "defeats"))

    def _positions(self, data: RuleData) -> tuple[str, ...]:
        """Those that the rule names, and those that hold a principle dear against which it finds something."""
        found = self.at_stake.get(data.principle, []) if data.verdict in {"conflict", "condition"} else []
        return tuple(dict.fromkeys((*data.positions, *found)))

    def _known(self, name: str, known: Iterable[str], what: str, file: TomlFile, at: KeyPath) -> None:
        if name not in (listed := set(known)):
            self.faults.add(f"unknown {what} `{name}`", file.location(at), did_you_mean(name, listed))

    def _sources(self, file: TomlFile) -> None:
        if file.data.get("sources") == []:
            self.faults.add("no source: a rule needs at least one", file.location(("sources",)))
        for at, source in _texts(file.data, "sources"):
            try:
                read_source(source)
            except Problems as error:
                self.faults.found.extend(faults_of(error, file, at))

    def _condition(self, data: object, at: KeyPath, file: TomlFile) -> Condition | None:
        return read_condition(self.conditions, data, at, file, self.faults)

    def _examples(self, data: object, file: TomlFile) -> tuple[Example[Expectation], ...]:
        read = partial(_as_expectation, file=file)
        examples, whole = read_examples(data, read, file, self.proposals, self.faults)
        if whole:
            expected = {example.expect for example in examples}
            if expected.isdisjoint(VERDICTS):
                help_ = (
                    f'add one with expect = "{_verdict_of(file)}"; if none can be found, perhaps no proposal can meet the '
                    "condition: `consistent lint` tells, once there is an example, even one that fails"
                )
                self.faults.add("no example that the rule flags", file.location(), help_)
            if not expected & {"excepted", "not-applicable"}:
                self.faults.add(
                    "no example that the rule leaves alone", file.location(), 'add one with expect = "not-applicable"'
                )
        return examples

    def check_defeats(self) -> None:
        """Check that superiority names rules that exist, of a scope and ground that fit, and goes in no circle."""
        for file, at, name in self.defeats:
            if name not in self.rules and name not in self.refused:
                self.faults.add(f"unknown rule `{name}`", file.location(at), did_you_mean(name, self.rules))
        for rule in self.rules.values():
            for index, name in enumerate(rule.defeats):
                other = self.rules.get(name)
                if other is not None and rule.scope == "measure" and other.scope == "proposal":
                    self.faults.add(
                        f"a rule on measures cannot defeat `{name}`, which judges the whole proposal",
                        rule.anchor.file.location(("defeats", index)),
                    )
                if other is not None and rule.ground == "policy" and other.ground != "policy":
                    self.faults.add(
                        f"a rule of policy cannot defeat `{name}`, which is a rule of law",
                        rule.anchor.file.location(("defeats", index)),
                        "policy says what is wanted, not what the law allows: leave both beside each other",
                    )
        circle = find_cycle(
            {rule.id: [weaker for weaker in rule.defeats if weaker in self.rules] for rule in self.rules.values()}
        )
        if circle:
            place = self.rules[circle[0]].anchor.file.location(("defeats",))
            self.faults.add("rules defeat each other in a circle: " + " > ".join(circle), place)


def _as_expectation(value: object, file: TomlFile) -> Expectation:
    if value == "applies":
        raise Problems(Problem("`applies` does not tell what the report says", f"write `{_verdict_of(file)}`"))
    return cast("Expectation", as_one_of(value, words=get_args(Expectation)))


def _verdict_of(file: TomlFile) -> str:
    """The verdict of the rule in a file, for help; one that it could have where it has none."""
    verdict = file.data.get("verdict")
    return str(verdict) if verdict in VERDICTS else VERDICTS[0]


def _texts(data: Mapping[str, Anything], key: str, at: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """The text that stands at a key, or each text of a list there, with its place; what is no text is told elsewhere."""
    value = data.get(key)
    if isinstance(value, str):
        yield (*at, key), value
    elif isinstance(value, list | tuple):
        yield from (((*at, key, index), text) for index, text in enumerate(value) if isinstance(text, str))
