"""What is known, and what is not: findings follow from what is said, and only from that."""

from collections.abc import Mapping
from random import Random
from typing import Any

from attrs import evolve

from consistent.authoring.properties.property import Judge, Property, Setting, difference
from consistent.findings.case import States
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field, Measure, Proposal
from consistent.model.text import Localized
from consistent.model.values import UNKNOWN, Value
from consistent.rules.reads import Reads, reads_of

__all__ = ["ADDED_MEASURES_LEAVE_THE_REST", "DEPENDS_ON_WHAT_IS_READ", "INFORMATION_ONLY_DECIDES"]

_NO_MEASURE = Measure(id="")


def _depends(setting: Setting, _: Random) -> Judge:
    reads = _all_reads(setting)

    def judge(proposal: Proposal, random: Random) -> str | None:
        before = setting.states(proposal)
        speaking = sorted({rule for rule, _ in before})
        tried = [*random.sample(speaking, min(2, len(speaking))), random.choice(sorted(reads))] if reads else []
        for rule in tried:
            without = _without(proposal, reads[rule].fields)
            wrong = difference(_of(rule, before), _of(rule, setting.states(without)))
            if wrong:
                return f"{wrong}, though only what it does not read was taken out"
        return None

    return judge


def _only_decides(setting: Setting, _: Random) -> Judge:
    def judge(proposal: Proposal, random: Random) -> str | None:
        less = _forgotten(proposal, random)
        with_less, with_more = setting.states(less), setting.states(proposal)
        for key in sorted(set(with_less) | set(with_more), key=str):
            was = with_less.get(key, "not-applicable")
            now = with_more.get(key, "not-applicable")
            # Why a rule does not count can turn out otherwise: what an exception rules out anyway is not looked into.
            if was != "open" and _counts(was) is not _counts(now):
                rule, measure = key
                return f"`{rule}` on `{measure or 'the proposal'}` was `{was}` while less was known, and is now `{now}`"
        return None

    return judge


def _counts(outcome: str) -> bool | None:
    """Whether a rule counts; None where that is open."""
    return None if outcome == "open" else outcome == "applies"


def _added(setting: Setting, _: Random) -> Judge:
    alone = {rule for rule, reads in _all_reads(setting).items() if not reads.counts}

    def judge(proposal: Proposal, random: Random) -> str | None:
        if not proposal.measures:
            return None
        left_out = random.randrange(len(proposal.measures))
        fewer = tuple(each for index, each in enumerate(proposal.measures) if index != left_out)
        before = _where(setting.states(evolve(proposal, measures=fewer)), alone)
        after = _where(setting.states(proposal), alone)
        added = proposal.measures[left_out].id
        wrong = difference(before, {key: outcome for key, outcome in after.items() if key[1] != added})
        return f"{wrong}, though only `{added}` was added" if wrong else None

    return judge


def _all_reads(setting: Setting) -> Mapping[str, Reads]:
    versions = ({each.rule.id: each.rule for each in setting.kb.program(setting.day).rules},)
    return {name: reads_of(name, versions) for name in versions[0]}


def _of(rule: str, found: States) -> States:
    return _where(found, {rule})


def _where(found: States, rules: set[str]) -> States:
    return {key: outcome for key, outcome in found.items() if key[0] in rules}


def _without(proposal: Proposal, kept: frozenset[str]) -> Proposal:
    """The proposal of which nothing is known but the fields that are kept."""
    measures = tuple(evolve(each, **_blank(MEASURE_FIELDS, kept)) for each in proposal.measures)
    return evolve(proposal, measures=measures, **_blank(PROPOSAL_FIELDS, kept))


def _blank(fields: Mapping[str, Field], kept: frozenset[str]) -> dict[str, Any]:
    return {name: UNKNOWN for name in fields if name not in kept}


def _forgotten(proposal: Proposal, random: Random) -> Proposal:
    """The same proposal of which some things are not known any more."""
    measures = tuple(
        evolve(each, **_less(each, MEASURE_FIELDS, random, proposal.legal_basis)) for each in proposal.measures
    )
    return evolve(proposal, measures=measures, **_less(proposal, PROPOSAL_FIELDS, random, None))


def _less(
    part: Proposal | Measure, fields: Mapping[str, Field], random: Random, shared: Value | None
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, field in fields.items():
        value: Value = getattr(part, name)
        # A measure of which no basis is stated rests on that of the proposal: to leave it out says something else.
        says_otherwise = shared is not None and name == "legal_basis"
        if says_otherwise or value.unknown or random.random() < 0.5:  # noqa: PLR2004  half of them
            continue
        some = frozenset(atom for atom in sorted(value.yes, key=str) if random.random() < 0.5)  # noqa: PLR2004  half
        kept = frozenset() if field.single else some
        found[name] = evolve(value, yes=kept, no=frozenset(), open=True)
    return found


DEPENDS_ON_WHAT_IS_READ = Property(
    name="depends-on-what-is-read",
    meaning=Localized(
        "What a rule finds depends only on the fields that it, or a rule that defeats it, reads.",
        "Wat een regel vindt, hangt alleen af van de velden die hij, of een regel die hem opzijzet, leest.",
    ),
    prepare=_depends,
)
INFORMATION_ONLY_DECIDES = Property(
    name="information-only-decides",
    meaning=Localized(
        "To know more only decides what was open: what was found already stays found, and what was ruled out stays out.",
        "Meer weten beslist alleen wat open was: wat al gevonden was, blijft staan, en wat uitgesloten was, blijft uitgesloten.",
    ),
    prepare=_only_decides,
)
ADDED_MEASURES_LEAVE_THE_REST = Property(
    name="added-measures-leave-the-rest",
    meaning=Localized(
        "A further measure changes nothing of what is found on the others, save by rules that count measures or look for another.",
        "Een maatregel erbij verandert niets aan wat over de andere wordt gevonden, behalve bij regels die maatregelen tellen of een andere zoeken.",
    ),
    prepare=_added,
)
