"""The findings of a dimension: the judgement, what is in conflict, missing or in line, and what is still to be answered."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from consistent.findings.outcome import OUTCOMES, WOULD_BE
from consistent.findings.report import Report
from consistent.findings.said import Finding, Open, Said, Unknown, outcome_of
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS
from consistent.reports.fiche.content import Block, Gap, Judgement, Listing, Statement
from consistent.reports.fiche.form import FormPart
from consistent.reports.fiche.matter import Matter, confirmed
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GROUND_LABELS, WORDS
from consistent.rules.rule import VERDICTS, Dimension

__all__ = ["findings", "judgement", "made_statements", "measures_with"]

# More open rules than this are told by what they ask for.
_FEW = 10


def judgement(matter: Matter, dimension: Dimension, *, attitude: bool) -> Iterator[Block]:
    """The grade of a dimension; where an attitude is to be taken and the check gives none, a gap.

    Args:
        matter: with the report.
        dimension: that is judged.
        attitude: whether the government takes a basic attitude on it in this place.
    """
    grade = dict(matter.dossier.report.judgement).get(dimension, "not-judged")
    said = matter.text(GRADE_LABELS[grade])
    if grade not in {"open", "not-judged"}:
        text = matter.say("attitude" if attitude else "outcome", grade=said)
        yield Judgement(grade=grade, statement=Statement(text=text, sources=(matter.check,)))
        yield _behind(matter, dimension)
    elif attitude:
        yield matter.gap(grade, dimension=matter.text(DIMENSION_LABELS[dimension]))
    else:
        yield Statement(text=matter.say("outcome", grade=said), sources=(matter.check,))


def _behind(matter: Matter, dimension: Dimension) -> Statement:
    """How much a grade rests on: one that rests on little must not look like one that rests on all."""
    report = matter.dossier.report
    here = [each for each in (*report.findings, *_met(report)) if each.dimension == dimension]
    text = matter.say(
        "behind",
        findings=len(here),
        measures=len({each.measure for each in here} - {None}),
        all=len(report.measures),
        open=sum(each.dimension == dimension for each in report.open),
    )
    return Statement(text=text, sources=(matter.check,))


def _met(report: Report) -> tuple[Said, ...]:
    return tuple(each for each in report.defeated if each.met)


def findings(matter: Matter, among: Callable[[Said], bool]) -> Iterator[Block]:
    """What was found, as lists by verdict; what a person must judge, and what is open, as gaps.

    Args:
        matter: with the report.
        among: which of all that is said stands there.
    """
    report = matter.dossier.report
    said: list[Said] = [*report.findings, *_met(report)]
    here = [each for each in said if among(each)]
    for outcome in OUTCOMES:
        items = tuple(_statement(matter, each) for each in here if outcome_of(each) == outcome)
        if items and outcome != "question":
            yield Listing(lead=matter.say(outcome), items=items)
    for each in here:
        if outcome_of(each) == "question":
            yield Gap(_as_question(matter, matter.text(each.message)))
    yield from _open(matter, [each for each in report.open if among(each)])


def _statement(matter: Matter, each: Said) -> Statement:
    message = matter.text(each.message)
    text = message[:1].upper() + message[1:]
    if each.ground == "contested":
        text += f" ({matter.text(GROUND_LABELS['contested'])})"
    if isinstance(each, Finding) and each.waived:
        accepted = WORDS["accepted by"].get(matter.language)
        reason = matter.text(each.waived.reason)
        text += ": " + accepted.format(reason=reason, owner=each.waived.owner, until=each.waived.until)
    return Statement(text=f"{text.rstrip('.')}.", sources=matter.behind(each), confirmed=confirmed(each.because))


def _as_question(matter: Matter, text: str) -> str:
    """A question that a rule puts to a person."""
    said = text[:1].upper() + text[1:]
    return said if said.endswith("?") else matter.gap("judge", what=said.rstrip(".")).question


def _open(matter: Matter, rules: Sequence[Open]) -> Iterator[Gap]:
    """What must be known for rules to be decided: rule by rule where they are few, else by what is asked for."""
    if len(rules) > _FEW:
        fields = sorted({_field(matter, one) for each in rules for one in each.unknown})
        measures = {each.measure for each in rules} - {None}
        counts = Counter(each.verdict for each in rules)
        would = "; ".join(f"{matter.text(WOULD_BE[each])}: {counts[each]}" for each in VERDICTS if counts[each])
        yield matter.gap("many open", count=len(rules), would=would, measures=len(measures), fields="; ".join(fields))
        return
    for each in rules:
        asked = " ".join(dict.fromkeys(_asked(matter, one) for one in each.unknown))
        title = matter.text(each.title)
        verdict = matter.text(WOULD_BE[each.verdict])
        if asked:
            yield matter.gap("open rule", title=title, verdict=verdict, asked=asked)
        else:
            yield matter.gap("awaits", title=title, verdict=verdict, rules=", ".join(each.awaits))


def _asked(matter: Matter, unknown: Unknown) -> str:
    """What is asked for, with the measure by its title."""
    text, measure = matter.text(unknown.text), matter.measure(unknown.measure)
    own = f"{unknown.measure}, "
    return f"'{matter.name_of(measure)}', {text.removeprefix(own)}" if measure and text.startswith(own) else text


def _field(matter: Matter, unknown: Unknown) -> str:
    """What is asked for, without of which measure."""
    fields = {"measure": MEASURE_FIELDS, "proposal": PROPOSAL_FIELDS}.get(unknown.subject, {})
    return matter.text(fields[unknown.field].label if unknown.field in fields else unknown.about)


def made_statements(matter: Matter, terms: Iterable[str]) -> Iterator[Block]:
    """Which of some statements the proposal makes."""
    value = matter.proposal.statements
    known = matter.dossier.knowledge.vocabularies.get("statements", ())
    for term in terms:
        if term not in known:
            continue
        label = matter.term("statements", term)
        if term in value.yes:
            yield matter.stated(matter.say("present", what=label), "statements", atoms=[term])
        elif term in value.no or not value.open:
            yield matter.stated(matter.say("absent", what=label), "statements", atoms=[term])
        else:
            asked = matter.dossier.knowledge.vocabularies["statements"].terms[term].question
            yield Gap(matter.text(asked)) if asked else matter.gap("statement", what=label)


def measures_with(matter: Matter, part: FormPart) -> Iterator[Block]:
    """The measures in which certain parties act, or that do certain things."""
    items: list[Statement] = []
    for name, terms in (("actors", part.actors), ("effects", part.effects)):
        wanted = matter.within(name, terms)
        for each in matter.proposal.measures:
            found = [atom for atom in getattr(each, name).yes if atom in wanted]
            if found:
                what = ", ".join(sorted(matter.label(name, atom, each) for atom in found))
                items.append(matter.stated(f"{matter.name_of(each)}: {what}.", name, each, found))
    if items:
        yield Listing(lead=matter.text(part.lead), items=tuple(items))
