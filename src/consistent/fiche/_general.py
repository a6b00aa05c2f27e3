"""Sections 1 and 2 of the fiche: general data, and the essence of the proposal."""

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import evolve

from consistent.fiche._competence import basis_facts
from consistent.fiche._words import formations, words
from consistent.fiche.content import Block, Source, Statement
from consistent.fiche.matter import Matter
from consistent.knowledge.entries import Fact
from consistent.model.values import Atom
from consistent.sources import parse_source, source_label

__all__ = [
    "areas",
    "council",
    "decision_procedure",
    "eur_lex",
    "impact_assessment_number",
    "legal_basis",
    "number",
    "parliament",
    "procedure_number",
    "received",
    "title",
]

# So many areas tell what a proposal is about.
_AREAS = 4


def title(matter: Matter) -> Iterator[Block]:
    """1a: the title."""
    named = matter.proposal.title
    if named is None:
        yield matter.gap("title")
    else:
        yield matter.stated(matter.text(named), "title")


def received(matter: Matter) -> Iterator[Block]:
    """1b: when the document was received, and its own date."""
    if matter.given.received is not None:
        yield Statement(text=matter.on(matter.given.received), sources=(Source(matter.say("given")),))
        return
    for day in matter.labels("date"):
        yield matter.stated(matter.say("date of document", day=day), "date")
    yield matter.gap("received")


def number(matter: Matter) -> Iterator[Block]:
    """1c: the number of the document."""
    yield from _stated(matter, "reference", "number")


def procedure_number(matter: Matter) -> Iterator[Block]:
    """The number of the interinstitutional procedure."""
    yield from _stated(matter, "procedure", "procedure number")


def _stated(matter: Matter, field: str, gap: str) -> Iterator[Block]:
    """The values of a field of the proposal; a gap where none is recorded."""
    found = matter.labels(field)
    yield from (matter.stated(each, field) for each in found) if found else (matter.gap(gap),)


def areas(matter: Matter) -> Iterator[Block]:
    """The areas that the provisions lie in, those of most first; where none are recorded, those of the bases."""
    counts = Counter(area for measure in matter.proposal.measures for area in measure.areas.yes)
    if counts:
        ordered = sorted(counts, key=lambda area: (-counts[area], str(area)))[:_AREAS]
        text = matter.listed(matter.term("areas", str(area)) for area in ordered)
        told = [measure for measure in matter.proposal.measures if measure.areas.yes & set(ordered)]
        yield Statement(
            text=f"{text[:1].upper()}{text[1:]}",
            sources=(matter.document(told),),
            confirmed=all(matter.is_confirmed("areas", measure) for measure in told),
        )
        return
    found = dict.fromkeys(
        (matter.term("areas", str(area)), fact)
        for _, facts in basis_facts(matter)
        for fact in facts
        for area in sorted(map(str, fact.values["areas"].yes))
    )
    if found:
        text = matter.listed(label for label, _ in found)
        sources = matter.sources(one for _, fact in found for one in fact.sources)
        yield Statement(text=f"{text[:1].upper()}{text[1:]}", sources=sources)
    else:
        yield matter.gap("areas")


def eur_lex(matter: Matter) -> Iterator[Block]:
    """1d: where it can be opened, by its CELEX number, else by its own."""
    for name, prefix in (("celex", "CELEX "), ("reference", "")):
        for label in matter.labels(name):
            source = parse_source(prefix + label)
            url = source.url(matter.language) if source else None
            if url:
                yield evolve(matter.stated(url, name), url=url)
                return
    yield matter.gap("eur-lex")


def impact_assessment_number(matter: Matter) -> Iterator[Block]:
    """1e: what goes with the proposal; a number that is missing is asked."""
    beside = matter.proposal.accompanying
    # The Commission publishes the opinion of its Board as a document of the Secretariat-General.
    opinions = [number for number in beside if number.startswith("SEC")]
    others = [number for number in beside if number not in opinions]
    for key, numbers in (("staff documents", others), ("opinion of the board", opinions)):
        if numbers:
            text = matter.say(key, numbers=matter.listed(numbers))
            yield Statement(
                text=text,
                sources=(matter.passage("accompanying", atoms=numbers),),
                confirmed=matter.is_confirmed("accompanying", None, numbers),
            )
    value = matter.proposal.statements
    if "impact-assessment" in value.no or not (value.open or "impact-assessment" in value.yes):
        yield matter.stated(matter.say("no impact assessment"), "statements", atoms=["impact-assessment"])
    elif not (others and opinions):
        yield matter.gap("impact assessment")


def council(matter: Matter) -> Iterator[Block]:
    """1f: the formation of the Council is asked; the one that the areas of most provisions, else of the bases, make likely is named."""
    by_measures = Counter(_formations(matter, (measure.areas.yes for measure in matter.proposal.measures)))
    bases = (fact.values["areas"].yes for _, facts in basis_facts(matter) for fact in facts)
    likely = by_measures.most_common(1) or Counter(_formations(matter, bases)).most_common(1)
    yield matter.gap("likely formation", formation=likely[0][0]) if likely else matter.gap("formation")


def _formations(matter: Matter, areas: Iterable[frozenset[Atom]]) -> Iterator[str]:
    """The formation of each set of areas; that for the internal market where no other one has a part of it."""
    known = [(matter.text(formation.name), matter.within("areas", formation.areas)) for formation in formations()]
    market = matter.within("areas", ["internal-market"])
    for here in areas:
        narrower = here - market or here
        yield from (name for name, own in known if own & narrower)


def legal_basis(matter: Matter) -> Iterator[Block]:
    """1h: the articles."""
    value = matter.proposal.legal_basis
    if value.yes:
        labels = matter.labels("legal_basis")
        text = matter.listed(labels)
        yield matter.stated(f"{text[:1].upper()}{text[1:]}", "legal_basis", atoms=value.yes)
    if value.open:
        yield matter.gap("legal basis")


def decision_procedure(matter: Matter) -> Iterator[Block]:
    """1i: how the Council decides: as the proposal says, else as the articles do."""
    stated = matter.labels("vote")
    for label in stated:
        yield matter.stated(f"{label[:1].upper()}{label[1:]}", "vote")
    if not stated:
        yield from _by_basis(matter, "vote", "votes") or (matter.gap("vote"),)


def parliament(matter: Matter) -> Iterator[Block]:
    """1j: what Parliament does, by the procedure of the proposal, else by the articles."""
    value = matter.proposal.decision_procedure
    for term in sorted(map(str, value.yes)):
        label = matter.term("procedures", term)
        yield matter.stated(_role(matter, term, label), "decision_procedure")
    # Covers say no more than `NLE` of procedures in which Parliament has very different parts.
    if not value.yes & words("roles").keys():
        yield from _by_basis(matter, "procedure", "procedures", roles=True) or (matter.gap("procedure"),)


def _role(matter: Matter, procedure: str, label: str) -> str:
    role = words("roles").get(procedure)
    return f"{matter.text(role)} ({label})" if role else f"{label[:1].upper()}{label[1:]}"


def _by_basis(matter: Matter, name: str, vocabulary: str, *, roles: bool = False) -> tuple[Block, ...]:
    """What the facts on the articles say, in one sentence where they agree."""
    told: dict[str, list[Fact]] = {}
    for _, facts in basis_facts(matter):
        for fact in facts:
            terms = sorted(map(str, fact.values[name].yes))
            labels = [
                _role(matter, term, matter.term(vocabulary, term)) if roles else matter.term(vocabulary, term)
                for term in terms
            ]
            if labels:
                told.setdefault(matter.listed(labels, between="or"), []).append(fact)
    return tuple(
        Statement(
            text=matter.say(
                "by basis",
                what=f"{label[:1].upper()}{label[1:]}",
                articles=matter.listed(
                    source_label(str(value), matter.language) for fact in facts for value in fact.values["article"].yes
                ),
            ),
            sources=matter.sources(one for fact in facts for one in fact.sources),
        )
        for label, facts in told.items()
    )
