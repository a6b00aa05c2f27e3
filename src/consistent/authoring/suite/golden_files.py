"""Golden files: what must come out of a proposal, measure by measure, in TOML."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args, get_origin

import tomli
from attrs import frozen
from cattrs.errors import BaseValidationError

from consistent.authoring.suite.items import Collected, Failure, Item, Kind, Packs
from consistent.check import Check
from consistent.checker import KnowledgeBase
from consistent.errors import Faults, UsageError, did_you_mean
from consistent.findings.outcome import GoldenLetter, GoldenOutcome, GoldenRuleOutcome
from consistent.findings.report import Report
from consistent.findings.said import Finding, Open, Said
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.reports.labels import DIMENSION_LABELS
from consistent.rules.rule import Dimension, Grade
from consistent.toml.files import is_file
from consistent.toml.rewriting import reshape
from consistent.toml.structuring import Problem, Problems, new_converter, problems_of, structure
from consistent.toml.tomlfile import KeyPath, TomlFile, type_name

__all__ = [
    "GOLDENS",
    "ExpectedMeasure",
    "ExpectedWhole",
    "Golden",
    "as_it_comes_out",
    "is_golden",
    "outcome_of",
    "read_golden",
]

# What becomes of rules, by id.
Rules = Mapping[str, GoldenRuleOutcome]

# What a report can say where the letter says that there is a condition, beside that it is missing.
_OF_CONDITION: tuple[GoldenOutcome, ...] = ("open", "met")


@frozen(kw_only=True)
class GoldenHead:
    """What is checked.

    Attributes:
        proposal: path, from the folder of the golden file.
        pack: name, or a path from the folder of the golden file.
        as_of: the day whose facts and rules count.
        partial: measures may be left out.
    """

    proposal: str
    pack: str
    as_of: date
    partial: bool = False


@frozen(kw_only=True)
class ExpectedWhole:
    """What must be said of the proposal as a whole.

    Attributes:
        judgement: grades, by dimension; those left out can be anything.
        rules: what becomes of every rule that speaks; None where that can be anything.
    """

    judgement: Mapping[Dimension, Grade] | None = None
    rules: Rules | None = None


@frozen(kw_only=True)
class ExpectedMeasure:
    """What must be said of a measure.

    Attributes:
        outcome: of the report.
        letter: what the position itself says of it.
        rules: what becomes of every rule that speaks; None where that can be anything.
    """

    outcome: GoldenOutcome
    letter: GoldenLetter | None = None
    rules: Rules | None = None


# What a golden file consists of.
_PARTS = {"golden": GoldenHead, "whole": ExpectedWhole, "measure": ExpectedMeasure}


@frozen(kw_only=True, eq=False)
class Golden:
    """A golden file that fits its proposal and its pack."""

    file: TomlFile
    proposal: Proposal
    as_of: date
    whole: ExpectedWhole | None
    measures: Mapping[str, ExpectedMeasure]


def is_golden(file: TomlFile) -> bool:
    """Whether a file is meant as a golden file."""
    return "golden" in file.data


def read_golden(file: TomlFile, packs: Packs) -> tuple[Golden, KnowledgeBase]:
    """Read a golden file, its proposal and its pack.

    Args:
        file: opened.
        packs: those that were loaded already.

    Raises:
        InputError: with every fault of the three, as far as one can be read without the other.
    """
    reader = _Reader(file, packs)
    found = reader.read()
    reader.faults.raise_any()
    assert found is not None  # noqa: S101  else a fault was noted
    return found


class _Reader:
    def __init__(self, file: TomlFile, packs: Packs) -> None:
        self._file, self._packs = file, packs
        self._folder = Path(file.path).parent
        self.faults = Faults()

    def read(self) -> tuple[Golden, KnowledgeBase] | None:
        """The golden file with its pack; None and the faults noted if anything is wrong."""
        file = self._file
        for key in file.data:
            if key not in _PARTS:
                self.faults.add(f"unknown key `{key}`", file.location((key,)), did_you_mean(key, _PARTS))
        head: GoldenHead | None = self._part("golden")
        whole: ExpectedWhole | None = self._part("whole") if "whole" in file.data else None
        measures: dict[str, ExpectedMeasure] = {}
        for name in (tables := self._tables()):
            measure: ExpectedMeasure | None = self._part("measure", name)
            measures |= {name: measure} if measure else {}
        kb = self._pack(head) if head else None
        proposal = self._proposal(head, kb) if head and kb else None
        self._check_letters(measures)
        if head is None or kb is None:
            return None
        self._check_rules(whole, measures, {rule.id for rule in kb.rules})
        if proposal is None:
            return None
        self._check_measures(tables, [measure.id for measure in proposal.measures], partial=head.partial)
        return Golden(file=file, proposal=proposal, as_of=head.as_of, whole=whole, measures=measures), kb

    def _part(self, part: str, *within: str) -> Any:
        """A table of the file, or one within it; None and the faults noted if anything is wrong with it."""
        data = self._file.data[part]
        for key in within:
            data = data[key]
        return self.faults.attempt(structure, _converter, data, _PARTS[part], self._file, (part, *within))

    def _tables(self) -> Collection[str]:
        """The measures of which something is expected."""
        tables = self._file.data.get("measure", {})
        if isinstance(tables, Mapping):
            return tables
        place = self._file.location(("measure",))
        help_ = "write `[measure.ID]`, with the id of a measure in place of ID"
        self.faults.add(f"expected a table for each measure, found {type_name(tables)}", place, help_)
        return ()

    def _pack(self, head: GoldenHead) -> KnowledgeBase | None:
        try:
            return self.faults.attempt(self._packs.named, head.pack, self._folder)
        except UsageError as error:
            self.faults.add(error.message, self._file.location(("golden", "pack")), error.help)
            return None

    def _proposal(self, head: GoldenHead, kb: KnowledgeBase) -> Proposal | None:
        path = self._folder / head.proposal
        if is_file(path):
            return self.faults.attempt(kb.read, path)
        self.faults.add(
            f"no proposal `{head.proposal}`",
            self._file.location(("golden", "proposal")),
            f"the path starts from the folder of this file, `{self._folder}`",
        )
        return None

    def _check_letters(self, measures: Mapping[str, ExpectedMeasure]) -> None:
        for name, measure in measures.items():
            if measure.letter is not None and measure.outcome not in _following(measure.letter):
                self.faults.add(
                    f"`{measure.outcome}` does not follow where the letter says `{measure.letter}`",
                    self._file.location(("measure", name, "outcome")),
                    f"known here: {', '.join(f'`{word}`' for word in _following(measure.letter))}",
                )

    def _check_rules(
        self, whole: ExpectedWhole | None, measures: Mapping[str, ExpectedMeasure], known: Collection[str]
    ) -> None:
        """Every rule that is named must be one of the pack."""
        parts: list[tuple[KeyPath, Rules | None]] = [(("whole",), whole.rules if whole else None)]
        parts += [(("measure", name), measure.rules) for name, measure in measures.items()]
        for at, rules in parts:
            for name in rules or ():
                if name not in known:
                    place = self._file.location((*at, "rules", name))
                    self.faults.add(f"unknown rule `{name}`", place, did_you_mean(name, known))

    def _check_measures(self, given: Collection[str], names: Sequence[str], *, partial: bool) -> None:
        """Every measure that is named must be one of the proposal, and unless the file is partial the other way round."""
        for entry in given:
            if entry not in names:
                place = self._file.location(("measure", entry))
                self.faults.add(f"no measure `{entry}` in the proposal", place, did_you_mean(entry, names))
        missing = [f"`{name}`" for name in names if name not in given]
        if missing and not partial:
            self.faults.add(
                f"nothing is expected of {', '.join(missing)}",
                self._file.location(("golden",)),
                "add a table `[measure.ID]` for each, or `partial = true` under `[golden]`",
            )


def _following(letter: GoldenLetter) -> tuple[GoldenOutcome, ...]:
    """What a report can say where the letter says something."""
    return (letter, *(_OF_CONDITION if letter == "condition" else ()))


# What Python calls the type of a table.
_MAPPING: object = get_origin(Mapping[str, str])


def _mapping_hook(value: object, kind: Any) -> Mapping[str, object]:
    """A table whose keys are names, or words of a fixed list."""
    if not isinstance(value, Mapping):
        raise Problems(Problem(f"expected a table, found {type_name(value)}"))
    keys, values = get_args(kind)
    found, problems = {}, []
    for name, part in value.items():
        try:
            found[_converter.structure(name, keys)] = _converter.structure(part, values)
        except (BaseValidationError, Problems) as error:
            problems.extend(problems_of(error, (name,)))
    if problems:
        raise Problems(*problems)
    return found


_converter = new_converter()
_converter.register_structure_hook_func(lambda kind: get_origin(kind) is _MAPPING, _mapping_hook)


# Golden files as items: one for each measure, and one for the proposal as a whole.

_DIFFERS = Localized("expected `{expected}`, found `{found}`", "verwacht `{expected}`, gevonden `{found}`")
_ON_MEASURE = Localized("measure `{name}` of `{golden}`", "maatregel `{name}` van `{golden}`")
_ON_WHOLE = Localized("`{golden}` as a whole", "`{golden}` als geheel")
_ON_RULE = Localized("rule `{name}`", "regel `{name}`")
_WRONG = Localized("{on} does not come out as expected", "{on} komt er anders uit dan verwacht")
_SILENT = "not-applicable"


@frozen(eq=False)
class _About:
    """A measure of a golden file; None for the whole."""

    golden: Golden
    measure: str | None


def outcome_of(said: Said) -> str:
    """What became of the rule that says it: its verdict, `open`, `excepted` or `defeated`."""
    if isinstance(said, Finding):
        return said.verdict
    if isinstance(said, Open):
        return "open"
    return "excepted" if said.by.exception is not None else "defeated"


def _of_file(file: TomlFile, packs: Packs) -> Collected | None:
    if not is_golden(file):
        return None
    golden, kb = read_golden(file, packs)
    return Collected(kb, tuple(_items(golden)))


def _items(golden: Golden) -> Iterator[Item]:
    group = Path(golden.file.path).stem
    if golden.whole is not None:
        place = golden.file.location(("whole",))
        yield Item(kind=GOLDENS.name, group=group, name="whole", place=place, about=_About(golden, None))
    for name in golden.measures:
        place = golden.file.location(("measure", name))
        about = _About(golden, name)
        yield Item(kind=GOLDENS.name, group=group, name=f"measure.{name}", place=place, about=about)


def as_it_comes_out(collected: Collected, engine: str = "auto") -> tuple[Path, str, str] | None:
    """A golden file that expects what is found: of what it expects already, and no more.

    Args:
        collected: items of golden files of one group, those that are to be accepted.
        engine: see `engine_named`.

    Returns:
        The file, what it holds, and what it is to hold; None where there is nothing of a golden file.

    Raises:
        UsageError, EngineError: as `run`.
        InputError: the file cannot be changed so.
    """
    abouts = [item.about for item in collected.items if item.kind == GOLDENS.name]
    if not abouts:
        return None
    golden: Golden = abouts[0].golden
    check = _checked(collected.kb, golden, engine)
    text = golden.file.text or ""
    data = tomli.loads(text)
    for about in abouts:
        part = data["whole"] if about.measure is None else data["measure"][about.measure]
        if about.measure is not None:
            part["outcome"] = check.outcome(about.measure)
        if "judgement" in part:
            part["judgement"] = {name: dict(check.judgement)[name] for name in part["judgement"]}
        if "rules" in part:
            found = {said.rule: outcome_of(said) for said in check.report.speaking(about.measure)}
            kept = {name: found[name] for name in part["rules"] if name in found}
            part["rules"] = kept | {name: found[name] for name in sorted(found) if name not in kept}
    return Path(golden.file.path), text, reshape(text, data)


def _run(item: Item, kb: KnowledgeBase, engine: str, _: object = None) -> Failure | None:
    about: _About = item.about
    golden, measure = about.golden, about.measure
    check = _checked(kb, golden, engine)
    notes: list[Localized] = []
    if measure is None:
        whole = golden.whole or ExpectedWhole()
        rules = whole.rules
        grades = dict(check.judgement)
        for dimension, grade in (whole.judgement or {}).items():
            if grades[dimension] != grade:
                notes.append(_differs(DIMENSION_LABELS[dimension], grade, grades[dimension]))
        on = _ON_WHOLE.filled(golden=item.group)
    else:
        expected = golden.measures[measure]
        rules, outcome = expected.rules, check.outcome(measure)
        on = _ON_MEASURE.filled(name=measure, golden=item.group)
        if outcome != expected.outcome:
            notes.append(_differs(on, expected.outcome, outcome))
    differing = _differing(check.report, measure, rules)
    notes += [_differs(_ON_RULE.filled(name=name), *pair) for name, pair in differing.items()]
    if not notes:
        return None
    why = tuple(check.why_not(name, measure) for name in differing)
    message = _WRONG.filled(on=on)
    return Failure(item=item, message=message, notes=tuple(notes), why=why)


# The items of one golden file follow each other.
@lru_cache(maxsize=4)
def _checked(kb: KnowledgeBase, golden: Golden, engine: str) -> Check:
    return kb.check(golden.proposal, as_of=golden.as_of, engine=engine)


def _differing(report: Report, measure: str | None, rules: Rules | None) -> Mapping[str, tuple[str, str]]:
    """By rule what was expected and what was found, where these are not the same; in order of id."""
    if rules is None:
        return {}
    found = {said.rule: outcome_of(said) for said in report.speaking(measure)}
    pairs = {name: (rules.get(name, _SILENT), found.get(name, _SILENT)) for name in sorted({*rules, *found})}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _differs(on: Localized, expected: str, found: str) -> Localized:
    said = _DIFFERS.filled(expected=expected, found=found)
    return Localized(f"{on.en}: {said.en}", f"{on.nl}: {said.nl}")


GOLDENS = Kind(name="golden", titles=Localized("golden results", "vastgelegde uitkomsten"), of_file=_of_file, run=_run)
