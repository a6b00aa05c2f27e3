"""The kinds of questions that a person answers about an act, each of which fits on a screen; `interview` makes them."""

from attrs import frozen

from consistent.findings.said import Finding, Level
from consistent.inquiries.questions.open_questions import Question
from consistent.model.text import Localized
from consistent.rules.rule import Dimension, Verdict

__all__ = [
    "ActQuestion",
    "Basis",
    "FieldValue",
    "FieldValues",
    "HangsOn",
    "Judgement",
    "Judgements",
    "Near",
    "NearWords",
    "NotFound",
    "NotFounds",
    "Provision",
    "QuestionKey",
    "Resting",
    "Sought",
    "WhichProvisions",
]

QuestionKey = tuple[str, ...]


@frozen(kw_only=True)
class HangsOn:
    """A rule that hangs on an answer, with how many provisions it hangs on it in."""

    rule: str
    title: Localized
    verdict: Verdict
    measures: int


@frozen(kw_only=True)
class Provision:
    """A measure that can be chosen.

    Attributes:
        measure: the id.
        reference: where in the text it stands; the id where that is not known.
        level: what its words say of the topic.
        counts: whether something hangs on it here; elsewhere it is listed for its words alone.
        terms: of the topic that were found there, or that words may speak of.
        words: those, as the text has them, with the words around them; empty for none.
    """

    measure: str
    reference: str
    title: Localized | None
    level: Level
    counts: bool = True
    terms: tuple[str, ...]
    words: str


@frozen(kw_only=True)
class WhichProvisions:
    """Which provisions have one of some terms.

    Attributes:
        field: the name.
        label: of the field.
        single: whether a measure has one value of it at most.
        terms: with their labels.
        provisions: what the words speak of first, of these the ones on which something hangs, and else in the order of the act.
        rules: that hang on it, gravest first.
        weight: of these together.
    """

    field: str
    label: Localized
    single: bool = False
    terms: tuple[tuple[str, Localized], ...]
    provisions: tuple[Provision, ...]
    rules: tuple[HangsOn, ...]
    weight: int

    @property
    def key(self) -> QuestionKey:
        """What tells it from others."""
        return ("which", self.field, *(term for term, _ in self.terms))


@frozen(kw_only=True)
class Near:
    """What words of a provision may speak of.

    Attributes:
        measure: the id.
        reference: where in the text it stands; the id where that is not known.
        field: the name.
        label: of the field.
        value: the label of the term.
        words: as the text has them, with the words around them.
        rules: that hang on it, gravest first.
    """

    measure: str
    reference: str
    title: Localized | None
    field: str
    label: Localized
    term: str
    value: Localized
    words: str
    rules: tuple[HangsOn, ...]


@frozen(kw_only=True)
class NearWords:
    """What words of some provisions may speak of, topic by topic and yet on one screen: each is so or is not.

    Attributes:
        near: what stands in one provision stands together.
        rules: that hang on it, gravest first.
    """

    near: tuple[Near, ...]
    rules: tuple[HangsOn, ...]

    @property
    def key(self) -> QuestionKey:
        """What tells it from others."""
        return ("near", *(f"{near.measure}|{near.field}|{near.term}" for near in self.near))


@frozen(kw_only=True)
class FieldValue:
    """A field that is no topic; see `Question`."""

    question: Question

    @property
    def key(self) -> QuestionKey:
        """What tells it from others."""
        return ("field", self.question.measure or "", self.question.field)


@frozen(kw_only=True)
class FieldValues:
    """A field that is no topic, of several provisions: the day on which each ends, say.

    Attributes:
        questions: one for each provision, all of the same field; at least two.
        references: where in the text each provision stands; the id where that is not known.
        rules: that hang on it, gravest first.
    """

    questions: tuple[Question, ...]
    references: tuple[str, ...]
    rules: tuple[HangsOn, ...]

    @property
    def key(self) -> QuestionKey:
        """What tells it from others."""
        return ("fields", self.questions[0].field, *(question.measure or "" for question in self.questions))


@frozen(kw_only=True)
class Sought:
    """A term that was looked for.

    Attributes:
        below: narrower ones that it stands for, what weighs most first: neither they nor it were found anywhere. Each is named
            with its label, and is denied or found with it.
        found: where in the text it was found; nowhere else.
        near: where words may speak of it.
        rules: how many rules hang on it.
    """

    term: str
    label: Localized
    below: tuple[tuple[str, Localized], ...] = ()
    found: tuple[str, ...]
    near: tuple[str, ...]
    rules: int

    @property
    def terms(self) -> tuple[str, ...]:
        """All that an answer about it is about."""
        return (self.term, *(term for term, _ in self.below))


@frozen(kw_only=True)
class NotFound:
    """What was looked for in a field and not found, or nowhere else than where it was.

    Attributes:
        sought: terms that rules ask for, what weighs most first, and further ones as far as there is room; no other is
            confirmed.
        recall: of so many values, so many are found: of `[found, of]`.
        single: whether a measure has one value of the field at most.
    """

    field: str
    label: Localized
    single: bool = False
    sought: tuple[Sought, ...]
    recall: tuple[int, int]

    @property
    def key(self) -> QuestionKey:
        """What tells it from others."""
        return ("not-found", self.field, *(term for sought in self.sought for term in sought.terms))


@frozen(kw_only=True)
class NotFounds:
    """The same of several fields on one screen: what is left of each.

    Attributes:
        parts: one for each field; at least two. Numbers of terms go on from one to the next.
    """

    parts: tuple[NotFound, ...]

    @property
    def key(self) -> QuestionKey:
        """What tells it from others."""
        return ("not-founds", *(f"{part.field}={term}" for part in self.parts for term in part.key[2:]))


@frozen(kw_only=True)
class Resting:
    """A value that findings rest on and no person stands for, with the provisions that have it.

    Attributes:
        places: id, where in the text it stands, and the words that say it, by measure.
        rules: whose findings rest on it, gravest first.
    """

    field: str
    label: Localized
    term: str
    value: Localized
    places: tuple[tuple[str, str, str], ...]
    rules: tuple[HangsOn, ...]


@frozen(kw_only=True)
class Basis:
    """What findings rest on and no person stands for."""

    resting: tuple[Resting, ...]

    @property
    def key(self) -> QuestionKey:
        """What tells it from others."""
        return ("basis", *(f"{resting.field}={resting.term}" for resting in self.resting))


@frozen(kw_only=True)
class Judgement:
    """What only a person can judge: whether the proposal is in order on a point.

    Attributes:
        findings: the question, once for each measure that it is put on, with its sources; once for the proposal as a whole.
        places: where in the text each of these stands; empty text for the proposal as a whole.
        rationale: why it is put.
    """

    findings: tuple[Finding, ...]
    places: tuple[str, ...]
    rationale: Localized

    @property
    def key(self) -> QuestionKey:
        """What tells it from others."""
        return ("judge", self.findings[0].rule, *(finding.measure or "" for finding in self.findings))


@frozen(kw_only=True)
class Judgements:
    """Several points that only a person can judge, each put once.

    Attributes:
        dimension: of the judgement, where all are in one.
        label: of the principle, where all are on one.
        points: at least two.
    """

    dimension: Dimension | None
    label: Localized | None
    points: tuple[Judgement, ...]

    @property
    def key(self) -> QuestionKey:
        """What tells it from others."""
        return ("judge-several", *("|".join(point.key[1:]).rstrip("|") for point in self.points))


ActQuestion = (
    NearWords | WhichProvisions | FieldValue | FieldValues | NotFound | NotFounds | Basis | Judgement | Judgements
)
