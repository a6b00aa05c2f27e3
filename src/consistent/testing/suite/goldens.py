"""Golden files as items: one for each measure, and one for the proposal as a whole."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from attrs import frozen

from consistent.check import Check
from consistent.checker import KnowledgeBase
from consistent.findings.report import Report
from consistent.findings.said import Finding, Open, Said
from consistent.model.text import Localized
from consistent.reading.tomlfile import TomlFile
from consistent.reports.labels import DIMENSION_LABELS
from consistent.testing.suite.golden_files import ExpectedWhole, Golden, Rules, is_golden, read_golden
from consistent.testing.suite.items import Collected, Failure, Item, Kind
from consistent.testing.suite.packs import Packs

__all__ = ["GOLDENS", "outcome_of"]

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


def _run(item: Item, kb: KnowledgeBase, engine: str) -> Failure | None:
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
        on = _filled(_ON_WHOLE, golden=item.group)
    else:
        expected = golden.measures[measure]
        rules, outcome = expected.rules, check.outcome(measure)
        on = _filled(_ON_MEASURE, name=measure, golden=item.group)
        if outcome != expected.outcome:
            notes.append(_differs(on, expected.outcome, outcome))
    differing = _differing(check.report, measure, rules)
    notes += [_differs(_filled(_ON_RULE, name=name), *pair) for name, pair in differing.items()]
    if not notes:
        return None
    why = tuple(check.why_not(name, measure) for name in differing)
    message = Localized(_WRONG.en.format(on=on.en), _WRONG.nl.format(on=on.nl))
    return Failure(item=item, message=message, notes=tuple(notes), why=why)


# The items of one golden file follow each other.
@lru_cache(maxsize=4)
def _checked(kb: KnowledgeBase, golden: Golden, engine: str) -> Check:
    return kb.check(golden.proposal, as_of=golden.as_of, engine=engine)


def _differing(report: Report, measure: str | None, rules: Rules | None) -> Mapping[str, tuple[str, str]]:
    """By rule what was expected and what was found, where these are not the same; in order of id."""
    if rules is None:
        return {}
    found = {each.rule: outcome_of(each) for each in report.speaking(measure)}
    pairs = {name: (rules.get(name, _SILENT), found.get(name, _SILENT)) for name in sorted({*rules, *found})}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _differs(on: Localized, expected: str, found: str) -> Localized:
    said = _filled(_DIFFERS, expected=expected, found=found)
    return Localized(f"{on.en}: {said.en}", f"{on.nl}: {said.nl}")


def _filled(text: Localized, **words: str) -> Localized:
    return Localized(text.en.format(**words), text.nl.format(**words))


GOLDENS = Kind(name="golden", titles=Localized("golden results", "vastgelegde uitkomsten"), of_file=_of_file, run=_run)
