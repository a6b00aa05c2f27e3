"""The properties that come with the library. A check is a function of the proposal, the pack and the day, and of nothing else."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from attrs import evolve

from consistent.authoring.properties.property import Judge, Property, Setting, difference
from consistent.authoring.proposal_text import toml
from consistent.checker import KnowledgeBase
from consistent.engine.plain import Scene, evaluate
from consistent.findings.case import States
from consistent.findings.report import Report
from consistent.findings.said import Finding, Said
from consistent.knowledge.entries import Period
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import Localized
from consistent.model.values import UNKNOWN, Value
from consistent.reports.json_format import report_from_data, report_to_data
from consistent.rules.reads import Reads, reads_of
from consistent.truth import Truth

__all__ = [
    "ADDED_MEASURES_LEAVE_THE_REST",
    "BOTH_LANGUAGES_SAY_THE_SAME",
    "CHECKING_TWICE_CHANGES_NOTHING",
    "DAYS_COUNT_AT_EDGES_ONLY",
    "DEPENDS_ON_WHAT_IS_READ",
    "EVALUATORS_AGREE",
    "EXPLANATIONS_REPLAY",
    "FACTS_IN_ANY_ORDER",
    "INFORMATION_ONLY_DECIDES",
    "JSON_ROUND_TRIP",
    "MEASURES_IN_ANY_ORDER",
    "PROPERTIES",
    "RULES_IN_ANY_ORDER",
    "TOML_ROUND_TRIP",
]

# A measure of which no basis is stated rests on that of the proposal, and its temporal effect follows from dates: to leave these
# out of a measure, or to add them, says something else.
_SAYS_OTHERWISE = frozenset({"legal_basis", "temporal_effect"})


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
    periods = [rule.period for rule in kb.rules]
    periods += [fact.period for facts in kb.knowledge.facts.values() for fact in facts]
    edges = sorted({edge for period in periods for edge in _edges(period)})

    def judge(proposal: Proposal, random: Random) -> str | None:
        starts = [date.min, *edges]
        number = random.randrange(len(starts))
        first = starts[number]
        last = edges[number] - timedelta(1) if number < len(edges) else date.max
        within = date.fromordinal(random.randint(first.toordinal(), last.toordinal()))
        wrong = difference(evolve(setting, day=first).states(proposal), evolve(setting, day=within).states(proposal))
        if wrong:
            return f"between {first} and {within} nothing begins or ends, but {wrong}"
        holding = {rule.id for rule in kb.rules if within in rule.period}
        run = {compiled.rule.id for compiled in kb.program(within).rules}
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


# What is said of a finding is why it was found, and is the same in both languages.

_FIGURES = re.compile(r"\d+")


def _replay(setting: Setting, _: Random) -> Judge:
    facts = setting.kb.program(setting.day).facts

    def judge(proposal: Proposal, _: Random) -> str | None:
        report = setting.case(proposal).report()
        for finding in report.findings:
            cited = _as_cited(proposal, finding)
            measure = next(
                (cited_measure for cited_measure in cited.measures if cited_measure.id == finding.measure), None
            )
            when = setting.kb.rule(finding.rule).when
            if evaluate(when, Scene(cited, facts, measure, measure)) is not Truth.YES:
                where = finding.measure or "the proposal"
                return f"what explains `{finding.rule}` on `{where}` does not make it apply"
        return None

    return judge


def _as_cited(proposal: Proposal, finding: Finding) -> Proposal:
    """The proposal of which nothing is known but the fields that explain the finding."""
    named = {(reason.subject, reason.measure, reason.field) for reason in finding.because}
    of_proposal = {field for subject, _, field in named if subject == "proposal"}
    # Who asks for the basis of a measure that states none is told that of the proposal.
    if any(subject == "measure" and field == "legal_basis" for subject, _, field in named):
        of_proposal.add("legal_basis")
    dated = {measure for subject, measure, field in named if subject == "measure" and field == "temporal_effect"}
    if dated:
        of_proposal |= {"date", "entry_into_force"}
    shared = {field for subject, measure, field in named if subject == "measure" and measure is None}
    measures = []
    for measure in proposal.measures:
        own = {field for subject, name, field in named if subject == "measure" and name == measure.id} | shared
        own |= {"starts"} if measure.id in dated or None in dated else set()
        blank: dict[str, Any] = {name: UNKNOWN for name in measure.names() if name not in own}
        measures.append(evolve(measure, **blank))
    blank = {name: UNKNOWN for name in proposal.names() if name not in of_proposal}
    return evolve(proposal, measures=tuple(measures), **blank)


def _languages(setting: Setting, _: Random) -> Judge:
    def judge(proposal: Proposal, _: Random) -> str | None:
        return _unlike(setting.case(proposal).report())

    return judge


def _unlike(report: Report) -> str | None:
    everything: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
    for finding in everything:
        for text in (finding.message, *(reason.text for reason in finding.because)):
            figures = [Counter(_FIGURES.findall(words)) for words in (text.en, text.nl)]
            if figures[0] != figures[1]:
                return f"`{finding.rule}` says {text.en!r} and {text.nl!r}, which name other figures"
    return None


EXPLANATIONS_REPLAY = Property(
    name="explanations-replay",
    meaning=Localized(
        "The values that a finding cites are enough for it: with nothing else known of the proposal, its rule still holds.",
        "De waarden die een bevinding noemt, zijn genoeg: ook als verder niets van het voorstel bekend is, geldt haar regel nog.",
    ),
    prepare=_replay,
)
BOTH_LANGUAGES_SAY_THE_SAME = Property(
    name="both-languages-say-the-same",
    meaning=Localized(
        "Dutch and English name the same articles, amounts and dates wherever they say something of one finding.",
        "Nederlands en Engels noemen dezelfde artikelen, bedragen en data waar zij iets over één bevinding zeggen.",
    ),
    prepare=_languages,
)


# The order in which things are written says nothing.


def _measures(setting: Setting, _: Random) -> Judge:
    def judge(proposal: Proposal, random: Random) -> str | None:
        shuffled = list(proposal.measures)
        random.shuffle(shuffled)
        return difference(setting.states(proposal), setting.states(evolve(proposal, measures=tuple(shuffled))))

    return judge


def _rules(setting: Setting, random: Random) -> Judge:
    rules = list(setting.kb.rules)
    random.shuffle(rules)
    return _same_by(setting, evolve(setting.kb, rules=tuple(rules), programs={}))


def _facts(setting: Setting, random: Random) -> Judge:
    facts = {kind: tuple(random.sample(held, len(held))) for kind, held in setting.kb.knowledge.facts.items()}
    return _same_by(setting, evolve(setting.kb, knowledge=evolve(setting.kb.knowledge, facts=facts), programs={}))


def _same_by(setting: Setting, other: KnowledgeBase) -> Judge:
    changed = evolve(setting, kb=other)

    def judge(proposal: Proposal, _: Random) -> str | None:
        return difference(setting.states(proposal), changed.states(proposal))

    return judge


MEASURES_IN_ANY_ORDER = Property(
    name="measures-in-any-order",
    meaning=Localized(
        "The order of the measures in a proposal changes nothing of what is found on each of them.",
        "De volgorde van de maatregelen in een voorstel verandert niets aan wat over elk daarvan wordt gevonden.",
    ),
    prepare=_measures,
)
RULES_IN_ANY_ORDER = Property(
    name="rules-in-any-order",
    meaning=Localized(
        "The order of the rules changes nothing: what defeats what is written, and does not follow from who comes first.",
        "De volgorde van de regels verandert niets: wat wat opzijzet, staat geschreven en volgt niet uit wie eerst komt.",
    ),
    prepare=_rules,
)
FACTS_IN_ANY_ORDER = Property(
    name="facts-in-any-order",
    meaning=Localized(
        "The order of the facts changes nothing of what is found.",
        "De volgorde van de feiten verandert niets aan wat wordt gevonden.",
    ),
    prepare=_facts,
)


# What is written can be read again.


def _json(setting: Setting, _: Random) -> Judge:
    def judge(proposal: Proposal, _: Random) -> str | None:
        report = setting.case(proposal).report()
        again = report_from_data(json.loads(json.dumps(report_to_data(report))))
        return None if again == report else "the report that is read from its JSON is another one"

    return judge


def _toml(setting: Setting, _: Random) -> Judge:
    def judge(proposal: Proposal, _: Random) -> str | None:
        again = setting.kb.read(toml(proposal))
        return None if again == proposal else "the proposal that is read from its TOML is another one"

    return judge


JSON_ROUND_TRIP = Property(
    name="json-round-trip",
    meaning=Localized(
        "A report written as JSON and read again is the same report.",
        "Een rapport dat als JSON is geschreven en weer gelezen, is hetzelfde rapport.",
    ),
    prepare=_json,
)
TOML_ROUND_TRIP = Property(
    name="toml-round-trip",
    meaning=Localized(
        "A proposal written as TOML and read again is the same proposal.",
        "Een voorstel dat als TOML is geschreven en weer gelezen, is hetzelfde voorstel.",
    ),
    prepare=_toml,
)


# Findings follow from what is said, and only from that.


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
    shown = [example.proposal for rule in setting.kb.rules for example in rule.examples]
    fields = setting.kb.knowledge.fields
    of_proposals = _known(shown, fields.proposal)
    of_measures = _known(
        [one for proposal in shown for one in proposal.measures], fields.measure.keys() - _SAYS_OTHERWISE
    )

    def judge(proposal: Proposal, random: Random) -> str | None:
        found = setting.states(proposal)
        # Examples say little more than one rule reads, so that little of them is found when they are forgotten; what other rules
        # that are open do to it shows when they are told more.
        less = _forgotten(setting, proposal, random)
        told = tuple(evolve(measure, **_more(measure, of_measures, random)) for measure in proposal.measures)
        more = evolve(proposal, measures=told, **_more(proposal, of_proposals, random))
        return _turned(setting.states(less), found) or _turned(found, setting.states(more))

    return judge


def _turned(with_less: States, with_more: States) -> str | None:
    """A rule that was decided while less was known, and came out otherwise; None where there is none."""
    for key in sorted(set(with_less) | set(with_more), key=str):
        was = with_less.get(key, "not-applicable")
        now = with_more.get(key, "not-applicable")
        # Why a rule does not count can turn out otherwise: what an exception rules out anyway is not looked into.
        if was != "open" and _counts(was) is not _counts(now):
            rule, measure = key
            return f"`{rule}` on `{measure or 'the proposal'}` was `{was}` while less was known, and is now `{now}`"
    return None


def _counts(outcome: str) -> bool | None:
    """Whether a rule counts; None where that is open."""
    return None if outcome == "open" else outcome == "applies"


def _added(setting: Setting, _: Random) -> Judge:
    alone = {rule for rule, reads in _all_reads(setting).items() if not reads.counts}

    def judge(proposal: Proposal, random: Random) -> str | None:
        if not proposal.measures:
            return None
        left_out = random.randrange(len(proposal.measures))
        fewer = tuple(measure for index, measure in enumerate(proposal.measures) if index != left_out)
        before = _where(setting.states(evolve(proposal, measures=fewer)), alone)
        after = _where(setting.states(proposal), alone)
        added = proposal.measures[left_out].id
        wrong = difference(before, {key: outcome for key, outcome in after.items() if key[1] != added})
        return f"{wrong}, though only `{added}` was added" if wrong else None

    return judge


def _all_reads(setting: Setting) -> Mapping[str, Reads]:
    versions = ({compiled.rule.id: compiled.rule for compiled in setting.kb.program(setting.day).rules},)
    return {name: reads_of(name, versions) for name in versions[0]}


def _of(rule: str, found: States) -> States:
    return _where(found, {rule})


def _where(found: States, rules: set[str]) -> States:
    return {key: outcome for key, outcome in found.items() if key[0] in rules}


def _without(proposal: Proposal, kept: frozenset[str]) -> Proposal:
    """The proposal of which nothing is known but the fields that are kept."""
    measures = tuple(evolve(measure, **_blank(measure, kept)) for measure in proposal.measures)
    return evolve(proposal, measures=measures, **_blank(proposal, kept))


def _blank(part: Proposal | Measure, kept: frozenset[str]) -> dict[str, Any]:
    return {name: UNKNOWN for name in part.names() if name not in kept}


def _forgotten(setting: Setting, proposal: Proposal, random: Random) -> Proposal:
    """The same proposal of which some things are not known any more."""
    measures = tuple(
        evolve(measure, **_less(measure, setting, random, proposal.legal_basis)) for measure in proposal.measures
    )
    return evolve(proposal, measures=measures, **_less(proposal, setting, random, None))


def _less(part: Proposal | Measure, setting: Setting, random: Random, shared: Value | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, field in setting.kb.knowledge.fields.of(part).items():
        value = part.value(name)
        says_otherwise = shared is not None and name in _SAYS_OTHERWISE
        if says_otherwise or value.unknown or random.random() < 0.5:  # noqa: PLR2004  half of them
            continue
        some = frozenset(atom for atom in sorted(value.yes, key=str) if random.random() < 0.5)  # noqa: PLR2004  half
        kept = frozenset() if field.single else some
        found[name] = evolve(value, yes=kept, no=frozenset(), open=True)
    return found


def _known(parts: Sequence[Proposal | Measure], fields: Iterable[str]) -> dict[str, list[Value]]:
    """By field, all that is said of it anywhere."""
    values = {name: [part.value(name) for part in parts] for name in sorted(fields)}
    return {name: [value for value in listed if not value.unknown] for name, listed in values.items()}


def _more(part: Proposal | Measure, known: Mapping[str, Sequence[Value]], random: Random) -> dict[str, Any]:
    """Some of what is not known of a proposal or a measure, as it is elsewhere."""
    return {
        name: random.choice(values)
        for name, values in known.items()
        if values and part.value(name).unknown and random.random() < 0.5  # noqa: PLR2004  half of them
    }


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


# All properties that come with the library.

PROPERTIES: tuple[Property, ...] = (
    MEASURES_IN_ANY_ORDER,
    RULES_IN_ANY_ORDER,
    FACTS_IN_ANY_ORDER,
    CHECKING_TWICE_CHANGES_NOTHING,
    DEPENDS_ON_WHAT_IS_READ,
    INFORMATION_ONLY_DECIDES,
    ADDED_MEASURES_LEAVE_THE_REST,
    EVALUATORS_AGREE,
    EXPLANATIONS_REPLAY,
    DAYS_COUNT_AT_EDGES_ONLY,
    BOTH_LANGUAGES_SAY_THE_SAME,
    JSON_ROUND_TRIP,
    TOML_ROUND_TRIP,
)
