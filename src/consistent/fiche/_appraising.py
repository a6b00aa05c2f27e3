"""The findings of a dimension: the judgement, what is in conflict, missing or in line, and what is still to be answered."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from attrs import evolve

from consistent.documents.places import place_in
from consistent.fiche._provisions import in_numbers, provisions
from consistent.fiche._words import words
from consistent.fiche.content import Block, Gap, Judgement, Listing, Source, Statement
from consistent.fiche.matter import Matter, confirmed, has_heading_only
from consistent.findings.outcome import OUTCOMES, WOULD_BE
from consistent.findings.report import Report
from consistent.findings.said import Finding, Open, Said, Unknown, outcome_of
from consistent.forms.form import Form
from consistent.model.proposal import Measure
from consistent.model.recorded import Quotation, QuotationSubject, RecordedPower, RecordedTimeLimit
from consistent.model.text import capitalised
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GROUND_LABELS, WORDS
from consistent.rules.rule import VERDICTS, Dimension
from consistent.sources import source_label

__all__ = [
    "empowerments",
    "end_of_application",
    "entry_into_force",
    "findings",
    "instrument",
    "judgement",
    "made_statements",
    "national_rules",
    "open_in_all",
    "quoted",
]

# In letters: so much of one passage is quoted.
_QUOTED = 360
# More open rules than this are told by what they ask for, more measures by their articles; what is asked of several is told once.
_FEW, _SEVERAL = 10, 2


def judgement(matter: Matter, dimension: Dimension, form: Form, *, attitude: bool) -> Iterator[Block]:
    """The grade of a dimension; where an attitude is to be taken and the check gives none, a gap.

    Args:
        matter: with the report.
        dimension: that is judged.
        form: in whose words.
        attitude: whether the government takes an attitude on it in this place.
    """
    grade = dict(matter.dossier.report.judgement).get(dimension, "not-judged")
    if grade not in {"open", "not-judged"}:
        said = matter.text(GRADE_LABELS[grade])
        own = matter.text(form.attitude) if attitude else ""
        text = own.format(grade=said) if own else matter.say("outcome", grade=said)
        sure = all(
            confirmed(finding.because) for finding in matter.dossier.report.findings if finding.dimension == dimension
        )
        sources = (_behind(matter, dimension), matter.check)
        yield Judgement(grade=grade, statement=Statement(text=text, sources=sources, confirmed=sure))
        if attitude and not sure:
            yield matter.gap("unsure judgement")
    elif attitude:
        yield Gap(matter.text(form.asked_attitude).format(dimension=matter.text(DIMENSION_LABELS[dimension])))
    yield from _answers(matter, dimension)


def _answers(matter: Matter, dimension: Dimension) -> Iterator[Statement]:
    """What a person has answered to questions of rules in a dimension, each answer with its reason; it stands below the grade.

    Args:
        matter: with the proposal that has the answers.
        dimension: of the rules.
    """
    for finding in matter.dossier.report.findings:
        said = finding.answered
        if said is None or finding.dimension != dimension:
            continue
        place = [Source(said.place)] if said.place else []
        yield Statement(
            text=matter.say(
                "answered yes" if said.in_order else "answered no",
                title=matter.text(finding.title),
                reason=said.reason.rstrip("."),
            ),
            sources=(
                Source(matter.say("answered by", by=said.by, day=matter.on(dt.date.fromisoformat(said.on)))),
                *place,
                *matter.behind(finding),
            ),
        )


def _behind(matter: Matter, dimension: Dimension) -> Source:
    """How much a grade rests on: one that rests on little must not look like one that rests on all."""
    report = matter.dossier.report
    here = [said for said in (*report.findings, *_met(report)) if said.dimension == dimension]
    text = matter.say(
        "behind",
        findings=len(here),
        measures=len({said.measure for said in here} - {None}),
        all=len(report.measures),
        open=sum(said.dimension == dimension for said in report.open),
    )
    return Source(text)


def _met(report: Report) -> tuple[Said, ...]:
    return tuple(said for said in report.defeated if said.met)


def findings(matter: Matter, among: Callable[[Said], bool], *, counted: bool = False) -> Iterator[Block]:
    """What was found, as lists by verdict; what a person must judge, and what is open, as gaps.

    Args:
        matter: with the report.
        among: which of all that is said stands there.
        counted: whether it is told there already on how many provisions something is open.
    """
    report = matter.dossier.report
    here = [said for said in (*report.findings, *_met(report)) if among(said)]
    for outcome in OUTCOMES:
        these = [said for said in here if outcome_of(said) == outcome]
        if these and outcome != "question":
            yield Listing(lead=matter.say(outcome), items=tuple(_grouped(matter, these)))
    for said in here:
        if outcome_of(said) == "question":
            yield Gap(_as_question(matter, _told(matter, said)))
    yield from _open(matter, [said for said in report.open if among(said)], counted=counted)


def _told(matter: Matter, said: Said) -> str:
    """The sentence of what was found, as a fiche names proposal and measures; of a condition that is met what is there, first."""
    told = matter.told(matter.text(said.message), [said.measure])
    has_words = any(rule.id == said.rule and rule.title_met for rule in matter.dossier.report.rules)
    return f"{matter.text(said.title)}: {told}" if has_words and outcome_of(said) == "met" else told


def _grouped(matter: Matter, these: Sequence[Said]) -> Iterator[Statement]:
    """What was found, one sentence for what a rule says of several provisions in the same words."""
    groups: dict[tuple[object, ...], list[Said]] = {}
    for said in these:
        measure = matter.measure(said.measure)
        called = _called(matter, measure) if measure is not None else ""
        text = _told(matter, said)
        apart = text.replace(called, "", 1) if called and called in text else text
        waived = said.waived if isinstance(said, Finding) else None
        groups.setdefault((said.rule, apart, waived, said.sources), []).append(said)
    for first, *others in groups.values():
        statement = _statement(matter, first)
        if others:
            measures = [measure for said in others if (measure := matter.measure(said.measure)) is not None]
            places = (
                in_numbers(matter, measures)
                if matter.numbers and measures
                else matter.listed(map(matter.place, measures))
            )
            more = matter.say("the same for", places=places)
            sure = statement.confirmed and all(confirmed(said.because) for said in others)
            statement = evolve(statement, text=f"{statement.text} {more}", confirmed=sure)
        yield statement


def _called(matter: Matter, measure: Measure) -> str:
    """What a sentence calls a measure that others can be told with: its place, or its title where it is listed under a number."""
    if has_heading_only(measure):
        return matter.place(measure)
    return f"'{matter.text(measure.title)}'" if measure.title and measure.id in matter.numbers else ""


def _statement(matter: Matter, said: Said) -> Statement:
    message = _told(matter, said)
    text = message[:1].upper() + message[1:]
    if said.ground == "contested":
        text += f" ({matter.text(GROUND_LABELS['contested'])})"
    if isinstance(said, Finding) and said.waived:
        accepted = WORDS["accepted by"].get(matter.language)
        reason = matter.text(said.waived.reason)
        text += ": " + accepted.format(reason=reason, owner=said.waived.owner, until=said.waived.until)
    return Statement(text=f"{text.rstrip('.')}.", sources=matter.behind(said), confirmed=confirmed(said.because))


def _as_question(matter: Matter, text: str) -> str:
    """A question that a rule puts to a person."""
    said = text[:1].upper() + text[1:]
    return said if said.endswith("?") else matter.gap("judge", what=said.rstrip(".")).question


def open_in_all(matter: Matter) -> Iterator[Gap]:
    """How much is open, by what it would be and what it hangs on, where it is too much to be asked rule by rule."""
    rules = matter.dossier.report.open
    if len(rules) > _FEW:
        fields = sorted({_field(matter, one) for rule in rules for one in rule.unknown})
        measures = {rule.measure for rule in rules} - {None}
        counts = Counter(rule.verdict for rule in rules)
        would = "; ".join(
            f"{matter.text(WOULD_BE[verdict])}: {counts[verdict]}" for verdict in VERDICTS if counts[verdict]
        )
        yield matter.gap("many open", count=len(rules), would=would, measures=len(measures), fields="; ".join(fields))


def _open(matter: Matter, rules: Sequence[Open], *, counted: bool) -> Iterator[Block]:
    """What must be known for rules to be decided: rule by rule where they are few."""
    if len(rules) > _FEW:
        # One question at the head of the draft counts them; here it is told that they are why nothing is said.
        measures = len({rule.measure for rule in rules} - {None})
        if not counted:
            yield Statement(text=matter.say("open here", measures=measures), sources=(matter.check,))
        return
    by_rule: dict[str, list[Open]] = {}
    for said in rules:
        by_rule.setdefault(said.rule, []).append(said)
    for these in by_rule.values():
        title, verdict = matter.text(these[0].title), matter.text(WOULD_BE[these[0].verdict])
        asked = " ".join(_asked(matter, [one for said in these for one in said.unknown]))
        if asked:
            yield matter.gap("open rule", title=title, verdict=verdict, asked=asked)
        else:
            awaits = ", ".join(dict.fromkeys(name for said in these for name in said.awaits))
            yield matter.gap("awaits", title=title, verdict=verdict, rules=awaits)


def _asked(matter: Matter, unknown: Iterable[Unknown]) -> Iterator[str]:
    """What is asked for, with the measure by its title; what is asked of many once, with where they stand."""
    asked: dict[str, dict[str, Measure]] = {}
    for one in unknown:
        text, measure = matter.told(matter.text(one.text)), matter.measure(one.measure)
        own = f"{one.measure}, "
        measures = asked.setdefault(text.removeprefix(own), {})
        if measure and text.startswith(own):
            measures[measure.id] = measure
    for text, measures in asked.items():
        if len(measures) > _FEW:
            yield f"{text.removesuffix('?')} ({provisions(matter, list(measures.values()))})?"
        elif len(measures) > _SEVERAL:
            places = matter.listed(matter.place(measure) or matter.name_of(measure) for measure in measures.values())
            yield f"{text.removesuffix('?')} ({places})?"
        else:
            yield from (f"'{_short(matter, measure)}', {text}" for measure in measures.values())
            yield from () if measures else (text,)


def _short(matter: Matter, measure: Measure) -> str:
    """A measure by its title alone where it is listed, with its place, under a number."""
    return matter.text(measure.title) if measure.title and measure.id in matter.numbers else matter.name_of(measure)


def _numbered(matter: Matter, measure: Measure, name: str) -> str:
    """A measure by its name, with the number under which it is listed, if it is."""
    return f"{name} ({in_numbers(matter, [measure])})" if measure.id in matter.numbers else name


def _field(matter: Matter, unknown: Unknown) -> str:
    """What is asked for, without of which measure."""
    known = matter.dossier.knowledge.fields
    fields = {"measure": known.measure, "proposal": known.proposal}.get(unknown.subject, {})
    return matter.text(fields[unknown.field].label if unknown.field in fields else unknown.about)


def made_statements(matter: Matter, terms: Iterable[str], seen: Collection[str] = ()) -> Iterator[Block]:
    """Which of some statements the proposal makes, but for those that are seen to be there."""
    value = matter.proposal.statements
    known = matter.dossier.knowledge.vocabularies.get("statements", ())
    for term in terms:
        if term not in known:
            continue
        label = matter.term("statements", term)
        if term in value.yes and term in seen:
            continue
        if term in value.yes:
            yield matter.stated(matter.say("present", what=label), "statements", atoms=[term])
        elif term in value.no or not value.open:
            yield matter.stated(matter.say("absent", what=label), "statements", atoms=[term])
        else:
            asked = matter.dossier.knowledge.vocabularies["statements"].terms[term].question
            yield Gap(matter.text(asked)) if asked else matter.gap("statement", what=label)


# Section 6 of the fiche: national law, delegated and implementing acts, entry into force, end.

_EFFECTS = {"delegated": ("delegated-power",), "implementing": ("implementing-power",)}


def instrument(matter: Matter) -> Iterator[Block]:
    """What the instrument means for national law."""
    value = matter.proposal.instrument
    if not value.yes:
        yield matter.gap("instrument")
    for term in sorted(map(str, value.yes)):
        kind = next((name for name in words("instruments") if term in matter.within("instruments", [name])), None)
        label = matter.term("instruments", term)
        if kind is None:
            yield matter.stated(matter.say("instrument", what=label), "instrument")
        else:
            text = f"{matter.say('instrument', what=label)} {matter.text(words('instruments')[kind])}"
            yield matter.stated(text, "instrument", more=matter.sources(["TFEU 288"]))


def national_rules(matter: Matter) -> Iterator[Block]:
    """Whether a directive says which rules it needs (Article 5 of Protocol No 2)."""
    if matter.proposal.instrument.yes & matter.within("instruments", ["directive"]):
        yield from made_statements(matter, ["national-rules"])


def entry_into_force(matter: Matter) -> Iterator[Block]:
    """When the proposal enters into force and applies, and by when Member States must act."""
    days = matter.labels("entry_into_force")
    for day in days:
        yield matter.stated(matter.say("enters into force", day=day), "entry_into_force")
    limits = matter.proposal.time_limits
    told = False
    for limit in limits:
        if limit.kind == "application" or (limit.kind == "entry-into-force" and not (days and limit.date)):
            told = told or limit.kind == "entry-into-force"
            key = "applies from" if limit.kind == "application" else "enters into force then"
            text = matter.say(key, day=_day(matter, limit))
            if limit.provisions:
                text = matter.say("part applies from", what=limit.provisions, day=_day(matter, limit))
            yield matter.recorded(text, limit)
    if not days and not told:
        yield matter.gap("entry into force")
    yield from _due(matter)


def _due(matter: Matter) -> Iterator[Block]:
    """By when somebody must act: Member States and their authorities first."""
    due = [limit for limit in matter.proposal.time_limits if limit.kind not in _OF_THE_ACT]
    national = matter.within("actors", ["member-states", "national-authorities"])
    for key, wanted in (("due for member states", True), ("due for others", False)):
        items = tuple(
            matter.recorded(
                matter.say(
                    "due",
                    place=limit.at(matter.language),
                    what=_done_by(matter, limit),
                    day=_day(matter, limit),
                ),
                limit,
            )
            for limit in due
            if bool(national.intersection(limit.who)) is wanted
        )
        if items:
            yield Listing(lead=matter.say(key), items=items)


def _done_by(matter: Matter, limit: RecordedTimeLimit) -> str:
    """What must be done, and by whom, where somebody is named."""
    what = matter.text(words("limits")[limit.kind])
    who = matter.listed(map(matter.actor, limit.who))
    return matter.say("done by", what=what, who=who) if who else what


_OF_THE_ACT = frozenset({"entry-into-force", "application", "end"})


def _day(matter: Matter, limit: RecordedTimeLimit) -> str:
    """A day in words, also one that is counted from an event: `24 maanden na de inwerkingtreding`."""
    if limit.date is not None:
        return matter.on(limit.date)
    if limit.number is None or limit.unit is None or limit.after is None:
        return matter.say("left open")
    event = matter.text(words("events")[limit.after])
    if limit.number == 0:
        return matter.say("day of", event=event)
    unit = matter.text(words("units")[limit.unit if limit.number != 1 else f"one {limit.unit}"])
    return matter.say("after event", number=limit.number, unit=unit, event=event)


def end_of_application(matter: Matter) -> Iterator[Block]:
    """The day on which it ends, where it names one."""
    for label in matter.labels("end_of_application"):
        yield matter.stated(matter.say("applies until", day=label), "end_of_application")


def quoted(matter: Matter, quotations: Sequence[Quotation]) -> Iterator[Block]:
    """Words of the document, by what they speak of; those of one passage in one sentence.

    Args:
        matter: of the fiche.
        quotations: that stand in a place.
    """
    by: dict[QuotationSubject, dict[str, list[Quotation]]] = {}
    for quotation in quotations:
        passages = by.setdefault(quotation.about, {})
        passages.setdefault(f"{quotation.at(matter.language)} {quotation.evidence.place}", []).append(quotation)
    for subject, passages in by.items():
        lead = matter.text(words("subjects")[subject])
        items = tuple(_passage(matter, together) for together in passages.values())
        if len(items) == 1:
            yield evolve(items[0], text=f"{lead} {items[0].text}")
        else:
            yield Listing(lead=lead, items=items)


def _passage(matter: Matter, quotations: Sequence[Quotation]) -> Statement:
    """Sentences of one passage, each in quotation marks, behind the provision where they stand in one."""
    first = quotations[0]
    said = " ".join(f"“{_cut(quotation.text)}”" for quotation in quotations)
    statement = matter.recorded(f"{first.at(matter.language)}: {said}" if first.article else said, first)
    return evolve(statement, confirmed=all(one.evidence.confirmed for one in quotations))


def _cut(text: str) -> str:
    """So much of a passage as a fiche quotes, cut between words, without the mark of a point."""
    text = text.lstrip("·•-\u2013\u2014 ")
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rsplit(' ', 1)[0]} [...]"


def empowerments(matter: Matter) -> Iterator[Block]:
    """Every delegated and implementing act that is provided for, with the question whether it may and should be."""
    proposal = matter.proposal
    if proposal.empowerments is None:
        yield from _effects_recorded(matter)
        return
    if proposal.empowerments:
        yield Statement(text=matter.say("may be conferred"), sources=matter.sources(["TFEU 290(1)", "TFEU 291(2)"]))
    for power in proposal.empowerments:
        yield from _granted(matter, power)
    if not proposal.empowerments:
        yield Statement(text=matter.say("no empowerments"), sources=(matter.passage("reference"),), confirmed=False)
        yield matter.gap("no empowerments")
    for exercise in proposal.delegations:
        told = [
            matter.say("indeterminate") if exercise.indeterminate else None,
            matter.say("months", months=exercise.months) if exercise.months is not None else None,
            matter.say("tacit") if exercise.tacit else None,
            matter.say("revocable") if exercise.revocable else None,
            matter.say("objection", months=exercise.objection) if exercise.objection is not None else None,
            matter.say("evident number", number=exercise.number) if exercise.number else None,
        ]
        if any(told) and exercise.months is None and not exercise.indeterminate:
            told.insert(0, matter.say("no period"))
        text = matter.say("delegation", what="; ".join(filter(None, told)) or matter.say("no terms"))
        yield matter.recorded(text, exercise)
    mismatched = tuple(
        matter.recorded(f"{mismatch.at(matter.language)}: {matter.text(words('mismatches')[mismatch.kind])}", mismatch)
        for mismatch in proposal.mismatches
    )
    if mismatched:
        yield Listing(lead=matter.say("mismatches"), items=mismatched)


def _granted(matter: Matter, power: RecordedPower) -> Iterator[Block]:
    place = power.at(matter.language)
    told = [matter.say(power.kind, holder=matter.actor(power.holder))]
    if power.kind == "delegated" and power.effect is not None:
        told.append(matter.text(words("effects")[power.effect]))
    if power.kind == "implementing":
        told.append(matter.text(words("procedures")[power.procedure or "none"]))
    if power.urgent:
        told.append(matter.say("urgent"))
    if power.amends:
        told.append(matter.say("within", act=source_label(power.amends, matter.language)))
    text = f"{place}: {', '.join(told)}: “{_purpose(power)}”."
    if power.look is not None:
        text += f" {matter.text(words('looks')[power.look])}"
    if power.overrules:
        text += f" {matter.say('overrules', place=place_in(power.overrules, matter.language))}."
    yield matter.recorded(text, power)
    yield matter.gap(power.kind, place=place)


def _purpose(power: RecordedPower) -> str:
    """What it is for, cut between words where it was cut."""
    said = power.purpose
    return (
        f"{said.removesuffix('...').strip().rsplit(' ', 1)[0]} [...]" if said.endswith("...") else said.rstrip(".;, ")
    )


def _effects_recorded(matter: Matter) -> Iterator[Block]:
    """What was recorded of measures: powers, without the procedure of a committee."""
    found, unknown = False, False
    for measure in matter.proposal.measures:
        for kind, terms in _EFFECTS.items():
            wanted = matter.within("effects", terms)
            has = [atom for atom in measure.effects.yes if atom in wanted]
            if has:
                found = True
                name = _short(matter, measure)
                place = capitalised(in_numbers(matter, [measure])) if matter.numbers else name
                what = ", ".join(sorted(matter.label("effects", atom, measure) for atom in has))
                yield matter.stated(f"{_numbered(matter, measure, name)}: {what}.", "effects", measure, has)
                yield matter.gap(kind, place=place)
        unknown = unknown or measure.effects.open
    if not found and not unknown and matter.proposal.measures:
        yield Statement(text=matter.say("none recorded"), sources=(matter.passage("reference"),))
    yield matter.gap("no empowerments" if not found else "further empowerments")
