"""What became of the items of a corpus, one by one and counted, and the options by which they are checked."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Literal

from attrs import asdict, frozen

from consistent.check import Check
from consistent.errors import Fault
from consistent.findings.outcome import Bar, verdict_or_outcome
from consistent.findings.said import Spoken, outcome_of, spoken_of
from consistent.model.proposal import Proposal
from consistent.model.text import Language
from consistent.toml.waivers import Waiver

__all__ = ["Bad", "Checked", "Counts", "Form", "Options", "Result", "outcomes_of"]


@frozen
class Bad:
    """An item that could not be read or checked, with everything that is wrong with it."""

    index: int
    source: str
    faults: tuple[Fault, ...]


@frozen
class Checked:
    """An item that was checked.

    Attributes:
        spoken: what is said of it, in the order of a report.
        outcomes: how often each thing is said; see `outcomes_of`.
        report: the whole report as plain data, where that is wanted.
    """

    index: int
    source: str
    name: str
    measures: int
    spoken: tuple[Spoken, ...]
    outcomes: Counter[str]
    report: dict[str, Any] | None = None


Result = Checked | Bad


def outcomes_of(check: Check, spoken: Iterable[Spoken], proposal: Proposal, *, waived: bool) -> Counter[str]:
    """How often a check says what.

    Args:
        check: of the proposal; its report is written only if something may be waived, or a person has answered.
        spoken: what it says.
        proposal: one.
        waived: whether findings may be accepted; those count as `waived`.

    Returns:
        By verdict how many rules apply, of a question that a person answered that of the answer; `open`, `excepted`, `defeated` and `waived`; under `not-judged` the number of measures on
        which no rule speaks. What does not occur is left out.
    """
    found = Counter[str](verdict_or_outcome(item.outcome, item.verdict) for item in spoken)
    if waived or proposal.answers:
        settled = [finding for finding in check.findings if finding.waived or finding.answered]
        found = found - Counter(spoken_of(finding).verdict for finding in settled) + Counter(map(outcome_of, settled))
    # Who leaves the judgement to others has not judged.
    speaking = {item.measure for item in spoken if item.verdict != "reserved"}
    found["not-judged"] = sum(measure.id not in speaking for measure in proposal.measures)
    return +found


@frozen
class Counts:
    """What became of many items.

    Attributes:
        items: all of them.
        bad: those that could not be read or checked.
        conflicts: those with a conflict.
        conditions: those with a conflict or a missing condition.
        open: those of which something is open, a question for a person among it.
        reaching_open: those with any of these.
    """

    items: int = 0
    bad: int = 0
    conflicts: int = 0
    conditions: int = 0
    open: int = 0
    reaching_open: int = 0

    @classmethod
    def of(cls, said: Iterable[Collection[str] | None]) -> "Counts":
        """Count items.

        Args:
            said: of each item what is said of it, as `outcomes_of` names it; None of one that is bad.
        """
        counter = Counter[str]()
        for outcomes in said:
            counter["items"] += 1
            if outcomes is None:
                counter["bad"] += 1
                continue
            conflict, condition = "conflict" in outcomes, "condition" in outcomes
            open = "open" in outcomes or "question" in outcomes
            counter["conflicts"] += conflict
            counter["conditions"] += conflict or condition
            counter["open"] += open
            counter["reaching_open"] += conflict or condition or open
        return cls(**counter)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            *(one + another for one, another in zip(self.to_data().values(), other.to_data().values(), strict=True))
        )

    def to_data(self) -> dict[str, int]:
        """The numbers by name."""
        return asdict(self)

    @property
    def checked(self) -> int:
        """How many were checked."""
        return self.items - self.bad

    def reaching(self, bar: Bar) -> int:
        """How many hold something at or above a bar, as `Report.reaches` has it."""
        match bar:
            case "conflict":
                return self.conflicts
            case "condition":
                return self.conditions
            case "open":
                return self.reaching_open
            case "never":
                return 0


Form = Literal["json-lines", "parquet"]


@frozen(kw_only=True)
class Options:
    """How items are checked, and what is written of them.

    Attributes:
        as_of, engine, waivers, ending_within, verified_within, strict: as `KnowledgeBase.check` takes them.
        as_proposal: take documents that are no proposals for some all the same.
        full: write whole reports.
        language: of their messages.
        form: of the output.
    """

    as_of: date
    engine: str = "auto"
    waivers: tuple[Waiver, ...] = ()
    ending_within: int
    verified_within: int
    strict: bool = False
    as_proposal: bool = False
    full: bool = False
    language: Language = "en"
    form: Form = "json-lines"
