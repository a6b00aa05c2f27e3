"""Whether a report comes out again: what went into the two, and what they say, compared."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from attrs import asdict, fields, frozen

from consistent.errors import Fault, InputError, Location
from consistent.findings.identity import Identity
from consistent.findings.outcome import Outcome
from consistent.findings.report import Report
from consistent.findings.said import Said, outcome_of
from consistent.rules.rule import Dimension, Grade

__all__ = ["ChangedGrade", "ChangedInput", "ChangedSaid", "Verification", "identity_or_error", "verification"]

InputKind = Literal["program", "engine", "pack", "proposal", "document"]
# What may differ, where all that is said is the same, and the report still has come out again.
_OF_THE_PROGRAM: tuple[InputKind, ...] = ("program", "engine")
# Where something stands is no part of what is said, nor is what was looked for elsewhere, nor what the report came of.
_PLACES = frozenset({"path", "line", "proposal_line", "span"})
_BESIDE = frozenset({"identity", "engine", "elsewhere", "other_packs"})
_TOLD_ONE_BY_ONE = frozenset({"findings", "open", "defeated", "judgement"})


@frozen(kw_only=True)
class ChangedInput:
    """Something else went in.

    Attributes:
        name: of a pack; empty for what there is one of.
        old, new: versions and digests, then and now; empty for what there was not.
    """

    kind: InputKind
    name: str = ""
    old: str
    new: str


@frozen(kw_only=True)
class ChangedSaid:
    """A rule of which something else is said; outcomes are None where it says nothing.

    Attributes:
        measure: the id; None for the proposal as a whole.
        old, new: what became of it; where the two are the same, it is said in other words or for other reasons.
    """

    rule: str
    measure: str | None
    old: Outcome | None
    new: Outcome | None


@frozen(kw_only=True)
class ChangedGrade:
    """A dimension that is graded otherwise."""

    dimension: Dimension
    old: Grade
    new: Grade


@frozen(kw_only=True)
class Verification:
    """A report, and the one that came out when it was made again.

    Attributes:
        inputs: what else went in; may be empty.
        said: rules of which something else is said, in order of rule and measure.
        grades: that are others.
        others: further parts of the report that are others, as JSON names them.
    """

    report: Report
    again: Report
    inputs: tuple[ChangedInput, ...]
    said: tuple[ChangedSaid, ...]
    grades: tuple[ChangedGrade, ...]
    others: tuple[str, ...]

    @property
    def says_the_same(self) -> bool:
        """Whether the two say the same, whatever went in."""
        return not (self.said or self.grades or self.others)

    @property
    def comes_out(self) -> bool:
        """Whether the report has come out again: the same is said of the same proposal by the same packs, by whichever program."""
        return self.says_the_same and all(changed.kind in _OF_THE_PROGRAM for changed in self.inputs)


def identity_or_error(report: Report) -> Identity:
    """What a report came of.

    Raises:
        InputError: it does not tell.
    """
    if report.identity is None:
        fault = Fault(
            f"the report on `{report.proposal.name}` does not say what it came of: it has no `identity`",
            Location(report.proposal.path),
            "a version of this program before there was any wrote it; check anew with `--format json`",
            dutch=(
                f"het rapport over `{report.proposal.name}` zegt niet waaruit het voortkwam: het heeft geen `identity`",
                "het is van een versie van dit programma van voordat die er was; toets opnieuw met `--format json`",
            ),
        )
        raise InputError([fault])
    return report.identity


def verification(report: Report, again: Report) -> Verification:
    """Compare a report with the one that was made as it says it was.

    Raises:
        InputError: one of them does not say what it came of.
    """
    old, new = identity_or_error(report), identity_or_error(again)
    before, after = _said(report), _said(again)
    keys = sorted(before.keys() | after.keys(), key=lambda key: (key[0], key[1] or ""))
    grades = dict(report.judgement)
    return Verification(
        report=report,
        again=again,
        inputs=tuple(_inputs(report, again, old, new)),
        said=tuple(
            ChangedSaid(rule=rule, measure=measure, old=_outcome(before, key), new=_outcome(after, key))
            for key in keys
            if _plain(before.get(key)) != _plain(after.get(key))
            for rule, measure in (key,)
        ),
        grades=tuple(
            ChangedGrade(dimension=dimension, old=grades[dimension], new=grade)
            for dimension, grade in again.judgement
            if grades.get(dimension) != grade
        ),
        others=tuple(
            name
            for name in (field.name for field in fields(Report))
            if name not in _BESIDE | _TOLD_ONE_BY_ONE and _plain(getattr(report, name)) != _plain(getattr(again, name))
        ),
    )


_Place = tuple[str, str | None]


def _said(report: Report) -> dict[_Place, Said]:
    """All that is said, by rule and measure: of a measure a rule says one thing at most."""
    everything: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
    return {(said.rule, said.measure): said for said in everything}


def _outcome(said: Mapping[_Place, Said], key: _Place) -> Outcome | None:
    return outcome_of(said[key]) if key in said else None


def _plain(part: Any) -> Any:
    """A part of a report as plain data, without where things stand."""
    if hasattr(part, "__attrs_attrs__"):
        part = asdict(part, recurse=True)
    if isinstance(part, Mapping):
        return {key: _plain(value) for key, value in part.items() if key not in _PLACES}
    return [_plain(item) for item in part] if isinstance(part, list | tuple) else part


def _inputs(report: Report, again: Report, old: Identity, new: Identity) -> Iterator[ChangedInput]:
    if old.program != new.program:
        yield ChangedInput(kind="program", old=old.program, new=new.program)
    if report.engine != again.engine:
        yield ChangedInput(kind="engine", old=report.engine, new=again.engine)
    before = {pack.name: (pack.version, pack.digest) for pack in old.packs}
    after = {pack.name: (pack.version, pack.digest) for pack in new.packs}
    for name in dict.fromkeys([*before, *after]):
        then, now = before.get(name, ()), after.get(name, ())
        if then != now:
            yield ChangedInput(
                kind="pack", name=name, old=" ".join(filter(None, then)), new=" ".join(filter(None, now))
            )
    if old.proposal != new.proposal:
        yield ChangedInput(kind="proposal", old=old.proposal, new=new.proposal)
    # A draft that was saved since says the same without its document at hand.
    if old.document and new.document and old.document != new.document:
        yield ChangedInput(kind="document", old=old.document, new=new.document)
