"""Checking is a function: of the proposal, the pack and the day, whichever engine does the work."""

from datetime import date, timedelta
from random import Random

from attrs import evolve

from consistent.knowledge.entries import Period
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.testing.properties.property import Judge, Property, Setting, difference

__all__ = ["CHECKING_TWICE_CHANGES_NOTHING", "DAYS_COUNT_AT_EDGES_ONLY", "EVALUATORS_AGREE"]


def _twice(setting: Setting, _: Random) -> Judge:
    def judge(proposal: Proposal, _: Random) -> str | None:
        case = setting.case(proposal)
        return None if case.report() == case.report() else "a second check reports something else"

    return judge


def _agree(setting: Setting, _: Random) -> Judge:
    plain = evolve(setting, engine="plain")

    def judge(proposal: Proposal, _: Random) -> str | None:
        return difference(plain.states(proposal), setting.states(proposal))

    return judge


def _days(setting: Setting, _: Random) -> Judge:
    """On the days on which something begins or ends, on those before, and on one between."""
    kb = setting.kb
    periods = [each.period for each in kb.rules]
    periods += [fact.period for facts in kb.knowledge.facts.values() for fact in facts]
    edges = sorted({edge for each in periods for edge in _edges(each)})

    def judge(proposal: Proposal, random: Random) -> str | None:
        starts = [date.min, *edges]
        number = random.randrange(len(starts))
        first = starts[number]
        last = edges[number] - timedelta(1) if number < len(edges) else date.max
        within = date.fromordinal(random.randint(first.toordinal(), last.toordinal()))
        wrong = difference(evolve(setting, day=first).states(proposal), evolve(setting, day=within).states(proposal))
        if wrong:
            return f"between {first} and {within} nothing begins or ends, but {wrong}"
        holding = {each.id for each in kb.rules if within in each.period}
        run = {each.rule.id for each in kb.program(within).rules}
        if holding != run:
            return f"on {within} other rules are run than hold: {min(holding ^ run)}"
        return None

    return judge


def _edges(period: Period) -> list[date]:
    """The days from which on something is otherwise."""
    found = [period.valid_from] if period.valid_from and period.valid_from > date.min else []
    if period.valid_to and period.valid_to < date.max:
        found.append(period.valid_to + timedelta(1))
    return found


CHECKING_TWICE_CHANGES_NOTHING = Property(
    name="checking-twice-changes-nothing",
    meaning=Localized(
        "A second check of the same proposal reports the same, word for word: a check leaves nothing behind.",
        "Een tweede toets van hetzelfde voorstel meldt woordelijk hetzelfde: een toets laat niets achter.",
    ),
    prepare=_twice,
)
EVALUATORS_AGREE = Property(
    name="evaluators-agree",
    meaning=Localized(
        "The engine finds what the plain evaluator finds, which reads conditions as they are written.",
        "De regelmachine vindt wat de eenvoudige beoordelaar vindt, die voorwaarden leest zoals zij er staan.",
    ),
    prepare=_agree,
)
DAYS_COUNT_AT_EDGES_ONLY = Property(
    name="days-count-at-edges-only",
    meaning=Localized(
        "From one day to the next nothing changes, save where a rule or fact begins or ends; and there the rules of the day are run.",
        "Van de ene dag op de andere verandert niets, behalve waar een regel of feit begint of eindigt; en daar gelden de regels van die dag.",
    ),
    prepare=_days,
)
