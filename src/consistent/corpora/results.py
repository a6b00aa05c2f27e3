"""What became of the items of a corpus."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal

from attrs import asdict, frozen

from consistent.check import Check
from consistent.errors import Fault, InputError, Location
from consistent.findings.outcome import Bar, verdict_or_outcome
from consistent.findings.said import Spoken
from consistent.model.proposal import Proposal
from consistent.model.text import Language, Localized
from consistent.toml.waivers import Waiver

__all__ = ["Bad", "Checked", "Counts", "Form", "Options", "Result", "hold", "outcomes_of", "shortened", "write_faults"]


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
        check: of the proposal; its report is written only if something may be waived.
        spoken: what it says.
        proposal: one.
        waived: whether findings may be accepted; those count as `waived`.

    Returns:
        By verdict how many rules apply; `open`, `excepted`, `defeated` and `waived`; under `not-judged` the number of measures on
        which no rule speaks. What does not occur is left out.
    """
    found = Counter[str](verdict_or_outcome(each.outcome, each.verdict) for each in spoken)
    if waived:
        accepted = Counter[str](each.verdict for each in check.findings if each.waived is not None)
        found = found - accepted + Counter(waived=accepted.total())
    # Who leaves the judgement to others has not judged.
    speaking = {each.measure for each in spoken if each.verdict != "reserved"}
    found["not-judged"] = sum(each.id not in speaking for each in proposal.measures)
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
        told = Counter[str]()
        for each in said:
            told["items"] += 1
            if each is None:
                told["bad"] += 1
                continue
            conflict, condition = "conflict" in each, "condition" in each
            open = "open" in each or "question" in each
            told["conflicts"] += conflict
            told["conditions"] += conflict or condition
            told["open"] += open
            told["reaching_open"] += conflict or condition or open
        return cls(**told)

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


# How a corpus is checked.

Form = Literal["json-lines", "parquet"]


@frozen(kw_only=True)
class Options:
    """How items are checked, and what is written of them.

    Attributes:
        as_of, engine, waivers, ending_within, verified_within: as `KnowledgeBase.check` takes them.
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
    as_proposal: bool = False
    full: bool = False
    language: Language = "en"
    form: Form = "json-lines"


# What every sink does with the file or folder that it writes: holds it, and tells what goes wrong with it.

try:
    import fcntl
except ImportError:  # pragma: no cover  Windows, where nothing is held
    fcntl = None  # type: ignore[assignment]  # not there on Windows

_NOT_WRITTEN = Localized("output cannot be written: {reason}", "uitvoer kan niet worden geschreven: {reason}")
_HELD = Localized("another run is writing to this output", "een andere gang schrijft naar deze uitvoer")
_WAIT = Localized("wait for it, or name another", "wacht daarop, of noem een andere")
_SHORTENED = Localized(
    "output is shorter than it was when the run stopped", "uitvoer is korter dan toen de gang stopte"
)
_RESTART = Localized("`--restart` begins anew", "`--restart` begint opnieuw")


def hold(descriptor: int, path: Path, language: Language) -> None:
    """See to it that no other run writes there, until the descriptor is closed or the process ends.

    Raises:
        InputError: another run does.
    """
    if fcntl is not None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError([Fault(_HELD.get(language), Location(str(path)), _WAIT.get(language))]) from None


@contextmanager
def write_faults(path: Path, language: Language) -> Iterator[None]:
    """What the system does not let one write becomes a fault.

    Raises:
        InputError: it did not.
    """
    try:
        yield
    except OSError as error:
        message = _NOT_WRITTEN.get(language).format(reason=(error.strerror or str(error)).lower())
        raise InputError([Fault(message, Location(str(path)))]) from None


def shortened(path: Path, language: Language) -> InputError:
    """That somebody took away what was sure."""
    return InputError([Fault(_SHORTENED.get(language), Location(str(path)), _RESTART.get(language))])
