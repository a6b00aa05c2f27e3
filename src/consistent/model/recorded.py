"""What is recorded of a proposal beside what rules test: powers, time limits, words that a reader needs, what it was read for.

A draft is made with it, and a fiche is made of it. Each says where it stands in the act and where that was read.
"""

import datetime as dt
from typing import Literal

from attrs import frozen

from consistent.model.evidence import Evidence
from consistent.model.text import Language
from consistent.shown import Shown

__all__ = [
    "DivisionKind",
    "LookedFor",
    "MismatchKind",
    "PowerKind",
    "Quotation",
    "QuotationSubject",
    "Recorded",
    "RecordedAnswer",
    "RecordedDelegation",
    "RecordedDivision",
    "RecordedMismatch",
    "RecordedPower",
    "RecordedTimeLimit",
    "TimeLimitEvent",
    "TimeLimitKind",
]

PowerKind = Literal["delegated", "implementing"]
MismatchKind = Literal["listed-without-delegation", "delegation-not-listed", "not-on-exercise", "no-exercise"]
TimeLimitKind = Literal[
    "entry-into-force",
    "application",
    "end",
    "transposition",
    "sanctions",
    "designation",
    "plan",
    "evaluation",
    "report",
    "notification",
    "other",
]
TimeLimitEvent = Literal["publication", "entry-into-force", "application", "adoption"]
QuotationSubject = Literal[
    "objective",
    "option",
    "preferred-option",
    "scrutiny-board",
    "expenditure",
    "amount",
    "staff",
    "review",
    "sunset",
    "sanctions",
    "maximum-sanction",
    "competent-authorities",
    "subsidiarity",
    "proportionality",
    "instrument-choice",
    "fundamental-rights",
    "budget",
    "burden",
    "authorities",
    "implementation",
    "competitiveness",
    "geopolitics",
    "developing-countries",
]
DivisionKind = Literal["part", "title", "chapter", "section", "subsection"]


@frozen(kw_only=True)
class Recorded(Shown):
    """Something that stands in a provision.

    Attributes:
        annex, article, paragraph, point: where, numbers as written; empty where it does not stand in such a part.
        evidence: where it was read; its quote is how the passage begins.
    """

    annex: str = ""
    article: str = ""
    paragraph: str = ""
    point: str = ""
    evidence: Evidence

    def at(self, language: Language) -> str:
        """The provision at the beginning of a sentence: `Artikel 25, lid 4`; the place of the evidence where it is none."""
        if self.annex or not self.article:
            annex = {"en": "Annex", "nl": "Bijlage"}[language]
            return f"{annex} {self.annex}" if self.annex else self.evidence.place
        if language != "nl":
            return f"Article {self.article}" + "".join(
                f"({number})" for number in (self.paragraph, self.point) if number
            )
        paragraph = f"lid {self.paragraph}" if self.paragraph else ""
        point = f"onder {self.point})" if self.point else ""
        return ", ".join(filter(None, (f"Artikel {self.article}", paragraph, point)))


@frozen(kw_only=True)
class RecordedPower(Recorded):
    """A delegated or an implementing act that the text provides for; `[[empowerment]]`.

    Attributes:
        amends: the provision of another act that it is to become part of: `CELEX 32011L0083 art. 5`.
        holder: who is empowered, a term for actors.
        modality: `shall`, `may` or `empowered`.
        form: what the text calls the act: `act`, `regulation` or `decision`.
        procedure: of the committee, `examination` or `advisory`; None where the text names none.
        procedure_at: the provision of the committee article that the text refers to: `74(2)`.
        committee: that provision as it was found, which names the article of Regulation (EU) No 182/2011.
        urgent: whether acts that apply at once, or an urgency procedure, are provided for.
        effect: whether a delegated act `supplements` the act, `amends` it, or does `both`; None where the words do not say.
        look: whether the elements look essential by the words; None where they tell nothing.
        exercise: the article on the exercise of the delegation that covers it.
        overrules: the provision that leaves to Member States what the power reaches.
        purpose: what it is for, in the words of the text.
    """

    kind: PowerKind
    amends: str = ""
    holder: str = "commission"
    modality: str = ""
    form: str = "act"
    procedure: Literal["advisory", "examination"] | None = None
    procedure_at: str = ""
    committee: Evidence | None = None
    urgent: bool = False
    effect: Literal["amends", "supplements", "both"] | None = None
    look: Literal["essential", "non-essential"] | None = None
    exercise: str = ""
    overrules: str = ""
    purpose: str = ""


@frozen(kw_only=True)
class RecordedDelegation(Recorded):
    """What an article on the exercise of the delegation says; `[[delegation]]`.

    Attributes:
        amends: as of a power.
        number: that the article evidently should have, where it carries that of another one.
        months: for how long; None for an indeterminate period, and where the text does not say.
        indeterminate: whether the text says that there is no end.
        tacit: whether the period is extended unless Parliament or Council oppose.
        revocable: whether either may revoke it.
        objection: months in which they may object.
        listed: the provisions that it says delegate.
    """

    amends: str = ""
    number: str = ""
    months: int | None = None
    indeterminate: bool = False
    tacit: bool = False
    revocable: bool = False
    objection: int | None = None
    listed: tuple[str, ...] = ()


@frozen(kw_only=True)
class RecordedMismatch(Recorded):
    """A provision that delegates and an article on the exercise that do not agree; `[[mismatch]]`."""

    kind: MismatchKind


@frozen(kw_only=True)
class RecordedDivision(Recorded):
    """A chapter of the act, or what it calls one of its outermost divisions; `[[division]]`.

    Attributes:
        kind: what the act calls it.
        number: as written: `III`; empty where it has none.
        heading: as the document has it.
        articles: the numbers of those in it, in order.
    """

    kind: DivisionKind
    number: str = ""
    heading: str = ""
    articles: tuple[str, ...] = ()


@frozen(kw_only=True)
class RecordedTimeLimit(Recorded):
    """When something applies or must be done; `[[time_limit]]`.

    Attributes:
        kind: what for.
        who: must do it, terms for actors; empty where the act itself is meant.
        provisions: what alone it holds for, in the words of the text; empty where it holds for the whole act.
        date: in days of the calendar; None where it is counted from an event.
        number: of days, months or years.
        unit: of the number.
        after: what it is counted from; None where the text says something else.
    """

    kind: TimeLimitKind
    who: tuple[str, ...] = ()
    provisions: str = ""
    date: dt.date | None = None
    number: int | None = None
    unit: Literal["day", "month", "year"] | None = None
    after: TimeLimitEvent | None = None


@frozen(kw_only=True)
class Quotation(Recorded):
    """Words of the document that a reader needs; `[[quotation]]`.

    Attributes:
        about: what they speak of.
        text: the words.
    """

    about: QuotationSubject
    text: str


@frozen(kw_only=True)
class LookedFor(Shown):
    """What a reader looked for in the text of every measure that it read, for one field; `[[looked_for]]`.

    What it did not find there is presumed not to be there (`model.presuming`): how often that errs is measured. Where a
    person stands for it, it is known not to be there, in no measure.

    Attributes:
        field: of a measure, one that takes terms.
        terms: that the reader knows words for, or that the person says are nowhere else.
        by: who stands for it; empty where nobody does.
        on: the day on which they said so.
        found: of so many values that hand-made readings of other documents give the field, it found this many.
        of: how many these readings give; 0 where none was measured.
    """

    field: str
    terms: tuple[str, ...]
    by: str = ""
    on: dt.date | None = None
    found: int = 0
    of: int = 0


@frozen(kw_only=True)
class RecordedAnswer(Shown):
    """What a person says on a point that only a person can judge; `[[answer]]`.

    Attributes:
        rule: that puts the question.
        measure: the id; None where it is put on the proposal as a whole.
        in_order: whether the proposal is in order on this point.
        reason: why.
        place: in the text, or where else; may be empty.
        by: who says so.
        on: the day on which they did.
        digest: of the question and of the text that it is about: where one of them is changed, the answer holds no more.
    """

    rule: str
    measure: str | None = None
    in_order: bool
    reason: str
    place: str = ""
    by: str
    on: dt.date
    digest: str = ""
