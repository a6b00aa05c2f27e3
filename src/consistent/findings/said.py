"""What a rule says of a measure or of a proposal, as data that outlives the check."""

from collections.abc import Iterable
from itertools import groupby
from typing import Literal, NamedTuple, get_args

from attrs import evolve, frozen

from consistent.findings.outcome import Outcome, SpokenOutcome
from consistent.model.text import Localized
from consistent.rules.rule import Dimension, Ground, Verdict
from consistent.shown import Drawn, Shown

__all__ = [
    "LEVELS",
    "Answered",
    "Because",
    "CitedConcept",
    "CitedFact",
    "CitedPosition",
    "CitedPrinciple",
    "CitedRule",
    "CitedSource",
    "Defeated",
    "DefeatedBy",
    "Finding",
    "JoinedFact",
    "Level",
    "Open",
    "Presumed",
    "Reading",
    "Said",
    "Spoken",
    "Unknown",
    "Waived",
    "folded",
    "outcome_of",
    "spoken_of",
]

# How far the words of a text go: they say it, they are near it, nothing was found.
Level = Literal["said", "near", "nothing"]
LEVELS: tuple[Level, ...] = get_args(Level)


@frozen(kw_only=True)
class JoinedFact(Shown):
    """A fact that took part in a finding."""

    kind: str
    id: str
    ground: Ground
    sources: tuple[str, ...]


@frozen(kw_only=True)
class CitedConcept(Shown):
    """A concept by which something was asked.

    Attributes:
        holds: whether it does; None where that is not known.
    """

    id: str
    title: Localized
    sources: tuple[str, ...]
    holds: bool | None

    @property
    def text(self) -> Localized:
        """The title, denied where the concept does not hold."""
        title = self.title
        return title if self.holds is not False else Localized(f"not: {title.en}", f"niet: {title.nl}")


@frozen(kw_only=True)
class Because(Shown):
    """One test that took part in a finding.

    Attributes:
        subject: `measure`, `proposal`, or a kind of fact.
        measure: the id, where the test was to a measure.
        field: what was asked.
        condition: how, in the words of the rule: `any harmonisation`, `not any agency-part`.
        found: the values that the field has; empty where it has none, or none is known.
        known: whether `found` is all there is.
        line: of the test in the rule's file, or of the concept by which it was asked, where it has one.
        proposal_line: of the value in the proposal's file, or of what it is left out of; None where it has no lines.
        document: where the value was read, with its place; empty where the proposal does not say.
        quote: how the passage begins; may be empty.
        note: what else must be known of the evidence; may be empty.
        secondary: in what the value was read where the document itself was not; most often empty.
        span: from and to which character of the document's text; None where that is not known.
        confirmed: whether a person stands for the value; false in a draft that nobody reviewed.
        text: the same in words.
        concepts: those by which it was asked, the outermost first; most often none.
    """

    subject: str
    measure: str | None
    field: str
    condition: str
    found: tuple[str, ...]
    known: bool
    line: int | None
    proposal_line: int | None
    document: str
    quote: str
    note: str
    span: tuple[int, int] | None
    confirmed: bool
    text: Localized
    concepts: tuple[CitedConcept, ...] = ()
    secondary: str = ""

    @property
    def told(self) -> Localized:
        """The text, after the concepts by which it was asked."""
        texts = [*(concept.text for concept in self.concepts), self.text]
        return Localized(": ".join(text.en for text in texts), ": ".join(text.nl for text in texts))


def folded(because: Iterable[Because]) -> tuple[Because, ...]:
    """Tests with those that one concept asks of one measure made one, which says that the concept holds, or does not.

    What it asks of a fact that joins goes with what it asks of the measure.
    """
    found: list[Because] = []
    keys: list[tuple[CitedConcept, str | None] | None] = []
    tests = tuple(because)
    for test in tests:
        before = keys[-1] if keys else None
        goes_with = before is not None and test.measure is None and test.concepts[:1] == before[:1]
        keys.append(before if goes_with else (test.concepts[0], test.measure) if test.concepts else None)
    for key, numbers in groupby(range(len(tests)), key=keys.__getitem__):
        listed = [tests[number] for number in numbers]
        if key is None:
            found += listed
            continue
        named, documents = listed[0].concepts[0], dict.fromkeys(test.document for test in listed if test.document)
        of = "" if listed[0].measure is None else f"{listed[0].measure}: "
        folded = evolve(
            listed[0],
            subject="concept",
            field=named.id,
            condition=named.text.en,
            found=(),
            document="; ".join(documents),
            confirmed=all(test.confirmed for test in listed),
            text=Localized(of + named.text.en, of + named.text.nl),
            concepts=(),
        )
        found.append(folded)
    return tuple(found)


@frozen(kw_only=True)
class Waived(Shown):
    """That a finding is accepted: why, who answers for it, and the last day, ISO."""

    reason: Localized
    owner: str
    until: str


@frozen(kw_only=True)
class Answered(Shown):
    """What a person says on a question that a rule puts: whether the proposal is in order, why, where, who, the day (ISO)."""

    in_order: bool
    reason: str
    place: str
    by: str
    on: str


@frozen(kw_only=True)
class Finding(Drawn):
    """A rule that applies.

    Attributes:
        verdict: of the rule; of a question that a person answered `aligned` where the proposal is in order, else `conflict`.
        measure: the id; None where the proposal as a whole is meant.
        waived: by whom it is accepted, if it is; it then no longer counts as what it says.
        answered: of a question what a person says; None where nobody did.
    """

    __shown__ = ("verdict", "measure", "rule", "title")

    rule: str
    title: Localized
    principle: str
    positions: tuple[str, ...]
    verdict: Verdict
    ground: Ground
    dimension: Dimension
    measure: str | None
    message: Localized
    sources: tuple[str, ...]
    facts: tuple[JoinedFact, ...]
    because: tuple[Because, ...]
    waived: Waived | None = None
    answered: Answered | None = None


@frozen(kw_only=True)
class Unknown(Shown):
    """Something that the proposal leaves out and a rule asks for.

    Attributes:
        about: whose field it is, in words.
        text: the same as a question.
        near: words of the measure that may speak of it; empty where none are known.
        concepts: those by which it is asked, the outermost first; most often none.
    """

    subject: str
    measure: str | None
    field: str
    condition: str
    about: Localized
    text: Localized
    near: str = ""
    concepts: tuple[CitedConcept, ...] = ()

    @property
    def told(self) -> Localized:
        """The question, after the concepts by which it is asked."""
        titles = [*(concept.title for concept in self.concepts), self.text]
        return Localized(": ".join(text.en for text in titles), ": ".join(text.nl for text in titles))


@frozen(kw_only=True)
class Open(Drawn):
    """A rule that would apply, or not, depending on what is unknown.

    Attributes:
        verdict: what it would be.
        facts: that have joined already.
        because: the tests that hold already.
        unknown: what must be known; at least one, or `awaits` is not empty.
        awaits: stronger rules that are themselves open, and would defeat this one.
        level: how far the words of the text go: `said` where the rule would apply if nothing were there but what was found, so that
            all that may end it is something that nobody found; `near` where it hangs on words that may speak of what it asks for.
            None where no reader had the text before it, or it was not asked.
    """

    __shown__ = ("verdict", "measure", "rule", "title")

    rule: str
    title: Localized
    principle: str
    positions: tuple[str, ...]
    verdict: Verdict
    ground: Ground
    dimension: Dimension
    measure: str | None
    message: Localized
    sources: tuple[str, ...]
    facts: tuple[JoinedFact, ...]
    because: tuple[Because, ...]
    unknown: tuple[Unknown, ...]
    awaits: tuple[str, ...]
    level: Level | None = None


@frozen(kw_only=True)
class Presumed(Shown):
    """A rule that would be open, but needs something that was looked for and not found; see `model.presuming`.

    Attributes:
        verdict: what it would be.
        measures: ids of those of which it is presumed not to apply; empty where that is the proposal as a whole.
    """

    rule: str
    title: Localized
    verdict: Verdict
    ground: Ground
    dimension: Dimension
    measures: tuple[str, ...]


@frozen(kw_only=True)
class Reading(Shown):
    """What the text of the measures was read for, and how often that finds what is there.

    Attributes:
        field: of a measure.
        terms: how many the reader knows words for.
        found: of so many values that hand-made readings of other documents give the field, it found this many.
        of: how many these give.
    """

    field: str
    label: Localized
    terms: int
    found: int
    of: int


@frozen(kw_only=True)
class DefeatedBy(Shown):
    """What defeats a finding: a stronger rule, or an exception of the rule itself.

    Attributes:
        exception: its number, from 0.
        reason: of the exception, as are `id`, `title` and `sources`, which it may lack.
    """

    rule: str | None
    exception: int | None
    reason: Localized | None
    id: str = ""
    title: Localized | None = None
    sources: tuple[str, ...] = ()


@frozen(kw_only=True)
class Defeated(Drawn):
    """A rule whose conditions hold, but which does not count.

    Attributes:
        title: of the rule; of a condition that is met the words that the rule has for that, where it has any.
        met: it is a condition for support, and an exception says that it is met.
        because: why its conditions hold, and the exception's where that defeats it.
    """

    __shown__ = ("verdict", "measure", "rule", "title")

    rule: str
    title: Localized
    principle: str
    positions: tuple[str, ...]
    verdict: Verdict
    ground: Ground
    dimension: Dimension
    measure: str | None
    message: Localized
    sources: tuple[str, ...]
    facts: tuple[JoinedFact, ...]
    because: tuple[Because, ...]
    met: bool
    by: DefeatedBy


Said = Finding | Open | Defeated


class Spoken(NamedTuple):
    """That a rule says something, and of what, without a word of explanation.

    Attributes:
        measure: the id; None where the proposal as a whole is meant.
        outcome: `excepted` where an exception of the rule itself holds, `defeated` where a stronger rule does.
    """

    rule: str
    measure: str | None
    verdict: Verdict
    outcome: SpokenOutcome


def spoken_of(said: Said) -> Spoken:
    """The bare fact of what is said."""
    outcome: SpokenOutcome = "applies"
    if isinstance(said, Open):
        outcome = "open"
    elif isinstance(said, Defeated):
        outcome = "defeated" if said.by.exception is None else "excepted"
    # A rule that puts a question goes on to do so, whatever a person answers.
    verdict = "question" if isinstance(said, Finding) and said.answered else said.verdict
    return Spoken(said.rule, said.measure, verdict, outcome)


def outcome_of(said: Said) -> Outcome:
    """What became of the rule that says it, as readers are told it."""
    match said:
        case Finding():
            return "waived" if said.waived else said.verdict
        case Open():
            return "open"
        case Defeated():
            return "met" if said.met else "defeated"


# What findings rest on, each thing once: rules, facts, principles, positions.


@frozen(kw_only=True)
class CitedRule(Shown):
    """A rule that says something.

    Attributes:
        title_met: what it is called where it is a condition that is met; None where that has no words.
        defeats: ids of rules that do not count where this one applies.
        path: its file.
        valid_from, valid_to: ISO; empty for no bound.
    """

    id: str
    title: Localized
    rationale: Localized
    sources: tuple[str, ...]
    defeats: tuple[str, ...]
    path: str
    valid_from: str
    valid_to: str
    title_met: Localized | None = None


@frozen(kw_only=True)
class CitedFact(Shown):
    """A fact that joined.

    Attributes:
        title: of its kind.
        values: of each field that has any, its label and the values in words.
        path: its file; `line` where it has one.
        verified: the day, ISO, on which it was last compared with its source; empty if never.
        valid_from, valid_to: ISO; empty for no bound.
        readings: of a contested fact.
    """

    kind: str
    id: str
    title: Localized
    values: tuple[tuple[Localized, Localized], ...]
    sources: tuple[str, ...]
    ground: Ground
    readings: Localized | None
    path: str
    line: int | None
    verified: str
    valid_from: str
    valid_to: str


@frozen(kw_only=True)
class CitedPrinciple(Shown):
    """What a rule is for."""

    id: str
    title: Localized
    statement: Localized
    sources: tuple[str, ...]


@frozen(kw_only=True)
class CitedPosition(Shown):
    """What a document holds; `at` are the paragraphs."""

    id: str
    kind: Literal["red-line", "condition", "support"]
    at: tuple[str, ...]
    summary: Localized
    sources: tuple[str, ...]


@frozen(kw_only=True)
class CitedSource(Shown):
    """A source as readers cite it.

    Attributes:
        text: its canonical spelling.
        url: where it can be opened; None where no address is known.
    """

    text: str
    label: Localized
    url: Localized | None
