"""What is still open, as questions with the answers that can be given to each and what every answer would lead to."""

from typing import Literal

from attrs import frozen

from consistent.findings.outcome import ForetoldOutcome
from consistent.findings.said import Finding
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.rules.rule import Verdict

__all__ = [
    "Answer",
    "AnswerKind",
    "AskedField",
    "AskedMeasure",
    "FieldOf",
    "Foretold",
    "OpenQuestions",
    "OpenRule",
    "Question",
]

# Has the term, lacks it, lacks all that were asked for, has nothing but what is known; is exactly that, is something else,
# lies in that stretch; the article that is cited means that paragraph.
AnswerKind = Literal["has", "lacks", "none-of-these", "nothing-else", "is", "another", "within", "means"]


@frozen(kw_only=True)
class FieldOf:
    """A field of a measure, or of the proposal itself where `measure` is None."""

    measure: str | None
    field: str
    label: Localized


@frozen(kw_only=True)
class OpenRule:
    """A rule that is open on a measure, or on the proposal as a whole.

    Attributes:
        verdict: what it would be, where it applies.
    """

    rule: str
    title: Localized
    verdict: Verdict
    measure: str | None


@frozen(kw_only=True)
class Foretold:
    """What becomes of an open rule after an answer.

    Attributes:
        outcome: the verdict where it then applies, or `met`, `defeated`, `not-applicable`, `open`.
        on: where it stays open: what must be known besides.
    """

    rule: str
    title: Localized
    verdict: Verdict
    measure: str | None
    outcome: ForetoldOutcome
    on: tuple[FieldOf, ...]


@frozen(kw_only=True)
class Answer:
    """One thing that can be answered.

    Attributes:
        term: the term, citation or text that it is about, as TOML writes it; empty where it is about none.
        label: the answer in words.
        value: what is then known of the field; of `within` and `another` one that stands for all of them.
        stands_for: whether `value` is such an example, and the answer itself must still be given.
        foretold: what becomes of every rule that hangs on the question.
    """

    kind: AnswerKind
    term: str
    label: Localized
    value: Value
    stands_for: bool
    foretold: tuple[Foretold, ...]


@frozen(kw_only=True)
class Question:
    """One field that must be known.

    Attributes:
        measure: the id; None for the proposal itself.
        title: of the measure.
        reference: where in the text the measure stands; empty where that is not known.
        known: what the field is known to hold; None where that is nothing.
        free: any other value of the field's type can be answered too.
        closes: rules ask whether there is anything else.
        rules: that hang on it, gravest first.
        weight: how much hangs on it: a conflict counts for three, a condition for two, anything else for one.
    """

    measure: str | None
    title: Localized | None
    reference: str
    field: str
    label: Localized
    text: Localized
    known: Localized | None
    single: bool
    free: bool
    closes: bool
    answers: tuple[Answer, ...]
    rules: tuple[OpenRule, ...]
    weight: int

    @property
    def yes_or_no(self) -> bool:
        """Whether one term is asked for: it is there or not."""
        told = [each.kind for each in self.answers if each.term]
        rest = {each.kind for each in self.answers if not each.term}
        return told == ["has", "lacks"] or (told == ["is"] and rest == {"none-of-these"})

    @property
    def key(self) -> tuple[str | None, str]:
        """Which field of which measure."""
        return self.measure, self.field


@frozen(kw_only=True)
class AskedMeasure:
    """A measure of which a field is asked for.

    Attributes:
        measure: the id; None for the proposal itself.
        title: of the measure.
        reference: where in the text it stands; empty where that is not known.
        rules: how many hang on it.
    """

    measure: str | None
    title: Localized | None
    reference: str
    rules: int


@frozen(kw_only=True)
class AskedField:
    """A field with all measures of which it is asked for.

    Attributes:
        measures: what weighs most first.
        weight: of all of them together; as that of a question.
    """

    field: str
    label: Localized
    measures: tuple[AskedMeasure, ...]
    weight: int


@frozen(kw_only=True)
class OpenQuestions:
    """Everything that is open.

    Attributes:
        fields: the same by field, with those beyond the first ones too; what weighs most first.
        questions: the smallest set that settles the report, what weighs most first; the first ones where that was asked.
        count: how many there are in all.
        smallest: whether that was proved; else there may be one among them that could be spared.
        to_judge: rules that apply and put something to a person.
        beyond: rules that no answer settles: a fact that they rest on is not precise enough.
    """

    fields: tuple[AskedField, ...]
    questions: tuple[Question, ...]
    count: int
    smallest: bool
    to_judge: tuple[Finding, ...]
    beyond: tuple[OpenRule, ...]
