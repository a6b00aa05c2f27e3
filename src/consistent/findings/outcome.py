"""What becomes of a rule, and what is said of a measure: the names, their one order and their words, for all forms of report.

Two vocabularies, each written once. A *rule outcome* is what exceptions and superiority make of one rule at one place. An
*outcome* is what a reader is told of it: where the rule applies, its verdict, unless that is waived. To add one is a line in
its `Literal`, and a line with its words in the table below; `CONTRIBUTING.md` lists what else knows outcomes, the narrower
`Literal`s here and the field order of `settling.Settled` among it.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar, get_args

from attrs import frozen

from consistent.model.text import Localized, Tone
from consistent.rules.rule import VERDICTS, Verdict

__all__ = [
    "ATTENTION",
    "BARS",
    "COUNTED",
    "GRAVE",
    "JUDGING",
    "LABELS",
    "OUTCOMES",
    "PRESENTATION",
    "PRESSING",
    "RULE_OUTCOMES",
    "SPOKEN_OUTCOMES",
    "WOULD_BE",
    "Bar",
    "ForetoldOutcome",
    "GoldenLetter",
    "GoldenOutcome",
    "GoldenRuleOutcome",
    "Level",
    "MeasureOutcome",
    "Outcome",
    "Presentation",
    "RuleOutcome",
    "SpokenOutcome",
    "StandingOutcome",
    "gravest",
    "gravity",
    "verdict_or_outcome",
    "weight",
]

# What becomes of a rule that says something, the gravest first: it counts, it may count, it does not by an exception of its
# own, it does not by a stronger rule.
SpokenOutcome = Literal["applies", "open", "excepted", "defeated"]
# The same of any rule.
RuleOutcome = Literal[SpokenOutcome, "not-applicable"]

# What a reader is told of a rule on a measure, or that none speaks of the measure; the gravest first.
#
# `defeated` comes before `reserved`, since that is what `Report.outcome` makes of a measure on which both are found: a rule
# that is set aside was judged here and did not count, while `reserved` says nothing of the measure and weighs no more than
# `not-judged`, beside which it stands. `VERDICTS` ends with it for the same reason.
Outcome = Literal[
    "conflict", "condition", "question", "open", "waived", "aligned", "met", "defeated", "reserved", "not-judged"
]
# What is said of a measure as a whole: a question is open, and what is reserved is not judged.
MeasureOutcome = Literal["conflict", "condition", "open", "waived", "aligned", "met", "defeated", "not-judged"]
# What becomes of a rule from one check to another: what an exception sets aside is a condition that is met, or is defeated.
StandingOutcome = Literal["applies", "open", "met", "defeated"]
# What becomes of an open rule after an answer: where it applies its verdict; of one that does not count, whether a condition
# is met.
ForetoldOutcome = Literal[Verdict, "met", "defeated", "not-applicable", "open"]

# What a golden file can expect: of a measure, by the letter of a position, and of a rule. Nothing is waived there.
GoldenOutcome = Literal["conflict", "condition", "open", "aligned", "met", "defeated", "not-judged"]
GoldenLetter = Literal["conflict", "condition", "aligned", "not-judged"]
GoldenRuleOutcome = Literal[Verdict, "open", "excepted", "defeated"]

# From which outcome on a check fails: a conflict, a missing condition, something open, or none.
Bar = Literal["conflict", "condition", "open", "never"]
# The words that SARIF has for how grave something is; other tools have the same ones under other names.
Level = Literal["error", "warning", "note", "none"]

SPOKEN_OUTCOMES: tuple[SpokenOutcome, ...] = get_args(SpokenOutcome)
RULE_OUTCOMES: tuple[RuleOutcome, ...] = get_args(RuleOutcome)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
BARS: tuple[Bar, ...] = get_args(Bar)

# What bars a proposal, what asks for something to be done about it, and what says anything of it at all.
GRAVE: tuple[Verdict, ...] = ("conflict", "condition")
PRESSING: tuple[Verdict, ...] = (*GRAVE, "question")
JUDGING: tuple[Verdict, ...] = tuple(verdict for verdict in VERDICTS if verdict != "reserved")


@frozen(kw_only=True)
class Presentation:
    """How an outcome is shown.

    Attributes:
        label: on one thing that has it.
        heading: over a list of them.
        level: how grave it is for tools.
        sign: so that no colour has to be told apart.
        tone: in which it is told.
    """

    label: Localized
    heading: Localized
    level: Level
    sign: str
    tone: Tone = ""


PRESENTATION: Mapping[Outcome, Presentation] = {
    "conflict": Presentation(
        label=Localized("conflict", "strijdig"),
        heading=Localized("Conflicts", "Strijdig"),
        level="error", sign="✕", tone="bad",
    ),
    "condition": Presentation(
        label=Localized("condition missing", "voorwaarde ontbreekt"),
        heading=Localized("Conditions that are missing", "Voorwaarden die ontbreken"),
        level="warning", sign="!", tone="caution",
    ),
    "question": Presentation(
        label=Localized("for a person to judge", "door een mens te beoordelen"),
        heading=Localized("For a person to judge", "Door een mens te beoordelen"),
        level="note", sign="?", tone="unknown",
    ),
    "open": Presentation(
        label=Localized("open", "open"),
        heading=Localized(
            "Open: not to be decided with what is known", "Open: niet te beslissen met wat bekend is"
        ),
        level="note", sign="○", tone="unknown",
    ),
    "waived": Presentation(
        label=Localized("accepted", "aanvaard"),
        heading=Localized("Accepted by a waiver", "Aanvaard"),
        level="note", sign="≈", tone="accepted",
    ),
    "aligned": Presentation(
        label=Localized("in line", "in lijn"),
        heading=Localized("In line", "In lijn"),
        level="none", sign="✓", tone="good",
    ),
    "met": Presentation(
        label=Localized("condition met", "aan voorwaarde voldaan"),
        heading=Localized("Conditions that are met", "Voorwaarden waaraan is voldaan"),
        level="none", sign="✓",
    ),
    "defeated": Presentation(
        label=Localized("set aside", "terzijde gesteld"),
        heading=Localized(
            "Set aside by an exception or a stronger rule", "Terzijde gesteld door een uitzondering of sterkere regel"
        ),
        level="none", sign="⊘",
    ),
    "reserved": Presentation(
        label=Localized("judged elsewhere", "elders beoordeeld"),
        heading=Localized("Judged elsewhere, not here", "Elders beoordeeld, niet hier"),
        level="none", sign="→",
    ),
    "not-judged": Presentation(
        label=Localized("not judged", "niet beoordeeld"),
        heading=Localized("Not judged: no rule speaks on these", "Niet beoordeeld: geen regel zegt hier iets over"),
        level="note", sign="—",
    ),
}  # fmt: skip

# What asks for attention, the gravest first; what a person has to judge anyway comes after what may be an objection.
ATTENTION: tuple[Outcome, ...] = ("conflict", "condition", "open", "question")
# How often something was found, in a sentence: once, and more often.
COUNTED: Mapping[Outcome, tuple[Localized, Localized]] = {
    "conflict": (
        Localized("one conflict", "één strijdigheid"),
        Localized("{count} conflicts", "{count} strijdigheden"),
    ),
    "condition": (
        Localized("one condition missing", "één voorwaarde ontbreekt"),
        Localized("{count} conditions missing", "{count} voorwaarden ontbreken"),
    ),
    "open": (
        Localized("one rule could not be decided", "één regel is niet te beslissen"),
        Localized("{count} rules could not be decided", "{count} regels zijn niet te beslissen"),
    ),
    "question": (
        Localized("one point is for a person to judge", "één punt is door een mens te beoordelen"),
        Localized("{count} points are for a person to judge", "{count} punten zijn door een mens te beoordelen"),
    ),
    "waived": (
        Localized("one finding is accepted", "één bevinding is aanvaard"),
        Localized("{count} findings are accepted", "{count} bevindingen zijn aanvaard"),
    ),
}

# The label of every outcome, of a rule as of a measure; what both have is called the same.
LABELS: Mapping[str, Localized] = {
    **{outcome: PRESENTATION[outcome].label for outcome in OUTCOMES},
    "applies": Localized("applies", "van toepassing"),
    "excepted": Localized("excepted", "uitgezonderd"),
    "not-applicable": Localized("does not apply", "niet van toepassing"),
}
# What an open rule would be.
WOULD_BE: Mapping[Verdict, Localized] = {
    "conflict": Localized("would be a conflict", "zou strijdig zijn"),
    "condition": Localized("would be a missing condition", "zou een ontbrekende voorwaarde zijn"),
    "question": Localized("would be for a person to judge", "zou door een mens te beoordelen zijn"),
    "aligned": Localized("would be in line", "zou in lijn zijn"),
    "reserved": Localized("would be judged elsewhere", "zou elders beoordeeld worden"),
}

_GRAVITY: Mapping[str, int] = {outcome: number for number, outcome in enumerate((*OUTCOMES, "not-applicable"))}


_O = TypeVar("_O", bound=str)


def verdict_or_outcome(outcome: _O, verdict: Verdict) -> _O | Verdict:
    """What a rule amounts to: its verdict where it applies, and else what became of it.

    Args:
        outcome: of the rule, on some measure.
        verdict: of the rule.
    """
    return verdict if outcome == "applies" else outcome


def gravity(outcome: Outcome | ForetoldOutcome) -> int:
    """Where an outcome stands in the one order: 0 for the gravest."""
    return _GRAVITY[outcome]


def gravest(outcomes: Iterable[Outcome]) -> Outcome:
    """The gravest of some outcomes, of which there is at least one."""
    return min(outcomes, key=gravity)


def weight(verdict: Verdict) -> int:
    """How much it matters that what a rule rests on is known: more for what is grave."""
    return {"conflict": 3, "condition": 2}.get(verdict, 1)
