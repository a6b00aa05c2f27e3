"""Gathers what findings rest on, so that a report holds each thing once."""

from collections.abc import Iterable
from datetime import date

from consistent.findings.cited import CitedFact, CitedPosition, CitedPrinciple, CitedRule
from consistent.findings.wording import value_label
from consistent.knowledge.base import Knowledge
from consistent.knowledge.entries import Fact
from consistent.model.text import Localized
from consistent.rules.rule import Rule

__all__ = ["Citations"]


class Citations:
    """The rules that say something, and the facts that joined; the rest follows from the rules."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._rules: dict[str, Rule] = {}
        self._facts: dict[tuple[str, str], Fact] = {}

    def cite(self, rule: Rule) -> None:
        """Note a rule."""
        self._rules[rule.id] = rule

    def join(self, facts: Iterable[Fact]) -> None:
        """Note facts."""
        self._facts.update(((each.kind, each.id), each) for each in facts)

    def rules(self) -> tuple[CitedRule, ...]:
        """Every rule that was noted, in order of id."""
        return tuple(
            CitedRule(
                id=name, title=each.title, rationale=each.rationale, sources=each.sources, defeats=each.defeats,
                path=each.anchor.file.path, valid_from=_day(each.period.valid_from), valid_to=_day(each.period.valid_to),
            )
            for name, each in sorted(self._rules.items())
        )  # fmt: skip

    def facts(self) -> tuple[CitedFact, ...]:
        """Every fact that was noted, in order of kind and id."""
        return tuple(self._fact(each) for _, each in sorted(self._facts.items()))

    def principles(self) -> tuple[CitedPrinciple, ...]:
        """What the rules are for, in order of id."""
        held = self._knowledge.principles
        return tuple(
            CitedPrinciple(id=name, title=held[name].title, statement=held[name].statement, sources=held[name].sources)
            for name in sorted({each.principle for each in self._rules.values()})
        )

    def positions(self) -> tuple[CitedPosition, ...]:
        """The positions that the rules carry, in order of id."""
        held = self._knowledge.positions
        return tuple(
            CitedPosition(
                id=name, kind=held[name].kind, at=held[name].at, summary=held[name].summary, sources=held[name].sources
            )
            for name in sorted({position for each in self._rules.values() for position in each.positions})
        )

    def _fact(self, fact: Fact) -> CitedFact:
        kind = self._knowledge.kinds[fact.kind]
        labels = tuple(
            (field.label, Localized(*(value_label(fact.values[name], field, language, self._knowledge) for language in ("en", "nl"))))
            for name, field in kind.fields.items()
            if fact.values[name].yes
        )  # fmt: skip
        place = fact.anchor.location
        return CitedFact(
            kind=fact.kind, id=fact.id, title=kind.title, values=labels, sources=fact.sources, ground=fact.ground,
            readings=fact.readings, path=place.path, line=place.line, verified=_day(fact.verified),
            valid_from=_day(fact.period.valid_from), valid_to=_day(fact.period.valid_to),
        )  # fmt: skip


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
