"""Section 4 of the fiche: competence, subsidiarity and proportionality."""

from collections.abc import Iterable, Iterator, Sequence

from consistent.fiche._provisions import NAMED, in_numbers, provisions
from consistent.fiche._words import words
from consistent.fiche.content import Block, Listing, Source, Statement
from consistent.fiche.matter import Matter
from consistent.findings.said import CitedPosition
from consistent.inquiries.repairs.asking import Change
from consistent.inquiries.repairs.repairs import FindingRepairs
from consistent.knowledge.entries import Fact
from consistent.model.proposal import Measure
from consistent.reports.labels import POSITION_LABELS
from consistent.scrutiny.competence import basis_facts as facts_on_bases
from consistent.sources import broader_citations, parse_source, source_label

__all__ = [
    "article_of",
    "ask",
    "basis_facts",
    "carried",
    "competence_facts",
    "fields_of_measures",
    "legal_bases",
    "policy",
    "powerless_facts",
    "pressed_for",
    "split_off",
    "subsidiarity",
]

# So many positions that express support are told in full.
_SUPPORT = 5
# What is read of the facts of the Treaties, by kind.
_READ = {
    "legal_basis": {"areas", "article", "category", "conditions", "harmonisation", "instruments", "procedure", "vote"},
    "competence": {"areas", "article", "category"},
    "powerless_provision": {"article"},
    "exclusion": {"article", "matter"},
}

# What the pack knows of the legal bases that a proposal cites.


def basis_facts(matter: Matter) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Each basis with the facts on it: on itself, else on the nearest wider provision, else on the narrower ones within it.

    Those that only a measure rests on are among them.
    """
    return facts_on_bases(matter.proposal, matter.dossier.knowledge, matter.day, _READ["legal_basis"])


def powerless_facts(matter: Matter, basis: str) -> tuple[Fact, ...]:
    """The facts by which a provision carries no act."""
    return _on(_in_force(matter, "powerless_provision"), basis)


def competence_facts(matter: Matter, basis: Fact) -> tuple[Fact, ...]:
    """The articles on categories of competence that place the areas of a basis in one of its categories."""
    categories = matter.within("categories", map(str, basis.values["category"].yes))
    areas = matter.within("areas", map(str, basis.values["areas"].yes))
    return tuple(
        fact
        for fact in _in_force(matter, "competence")
        if fact.values["category"].yes & categories and fact.values["areas"].yes & areas
    )


def fields_of_measures(matter: Matter) -> Iterator[tuple[Fact, tuple[Measure, ...]]]:
    """The articles on categories of competence with the measures in their areas, where there are any."""
    for fact in _in_force(matter, "competence"):
        areas = matter.within("areas", map(str, fact.values["areas"].yes))
        measures = tuple(measure for measure in matter.proposal.measures if measure.areas.yes & areas)
        if measures:
            yield fact, measures


def _in_force(matter: Matter, kind: str) -> tuple[Fact, ...]:
    """The facts of a kind of the Treaties; none where a pack has another kind by that name."""
    known = matter.dossier.knowledge.kinds.get(kind)
    if known is None or not _READ[kind] <= known.fields.keys():
        return ()
    return tuple(fact for fact in matter.dossier.knowledge.facts.get(kind, ()) if matter.day in fact.period)


def _exclusions(matter: Matter, basis: Fact) -> tuple[Fact, ...]:
    """What an article, or a wider one that it lies in, shuts out."""
    cited = broader_citations(article_of(basis))
    return tuple(fact for fact in _in_force(matter, "exclusion") if not fact.values["article"].yes.isdisjoint(cited))


def _on(facts: tuple[Fact, ...], article: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if article_of(fact) == article)


def article_of(fact: Fact) -> str:
    """The article that a fact is on."""
    return "".join(map(str, fact.values["article"].yes))


# Section 3 of the fiche: the policy that the findings rest on, and what to press for.


def policy(matter: Matter) -> Iterator[Block]:
    """The positions that findings rest on, each once; of many that express support, how many, as each is told with what is in line with it."""
    report = matter.dossier.report
    speaking = {name for finding in report.findings for name in finding.positions}
    held = [position for position in report.positions if position.id in speaking]
    support = [position for position in held if position.kind == "support"]
    folded = support if len(support) > _SUPPORT else []
    items = [
        Statement(
            text=matter.say(
                "position",
                summary=matter.text(position.summary).rstrip("."),
                kind=matter.text(POSITION_LABELS[position.kind]),
            ),
            sources=matter.sources(_at(position)),
        )
        for position in held
        if position not in folded
    ]
    if folded:
        sources = matter.sources(one for position in folded for one in _at(position))
        items.append(Statement(text=matter.say("further support", count=len(folded)), sources=sources))
    if items:
        yield Listing(lead=matter.say("positions"), items=tuple(items))


def pressed_for(matter: Matter) -> Iterator[Block]:
    """What to ask for, finding by finding: the changes that are smallest; a gap where none was found."""
    repairs = matter.dossier.repairs
    if repairs is None:
        return
    items = tuple(_asks(matter, [finding for finding in repairs.findings if finding.repairs]))
    if items:
        yield Listing(lead=matter.say("press for"), items=items)
    for finding in repairs.findings:
        if not finding.repairs:
            yield matter.gap("press for", finding=matter.text(finding.title))


def _asks(matter: Matter, found: Sequence[FindingRepairs]) -> Iterator[Statement]:
    """What to ask for; what is asked for several findings once, and what is asked of several provisions in the same words once too."""
    together: dict[str, list[FindingRepairs]] = {}
    for finding in found:
        asks = "; ".join(ask(matter, change) for change in finding.repairs[0].changes)
        together.setdefault(f"{asks[:1].lower()}{asks[1:]}.", []).append(finding)
    alike: dict[tuple[tuple[str, ...], tuple[int, ...], str], list[tuple[str, Change, Sequence[FindingRepairs]]]] = {}
    for text, findings in together.items():
        first = findings[0].repairs[0].changes[0]
        titles = tuple(dict.fromkeys(matter.text(finding.title) for finding in findings))
        others = tuple(len(finding.repairs) - 1 for finding in findings)
        alike.setdefault((titles, others, _without(matter, text, first)), []).append((text, first, findings))
    for (titles, others, _), asked in alike.items():
        (text, *_), *more = asked
        said = [f"{'; '.join(titles)}: {text}"]
        said += [_same_for(matter, [change for _, change, _ in more])] if more else []
        counts = [str(count) for count in others if count]
        said += [matter.say("other ways", count=matter.listed(counts))] if counts else []
        rules = dict.fromkeys(matter.rule(finding.rule) for _, _, findings in asked for finding in findings)
        yield Statement(text=" ".join(said), sources=(*rules, matter.check))


def _without(matter: Matter, text: str, change: Change) -> str:
    """A line without the measure that it is on, where that is listed under a number; else as it is."""
    if change.measure not in matter.numbers:
        return text
    return text.replace(matter.told(f"'{_title(matter, change)}'", [change.measure]), "", 1)


def _title(matter: Matter, change: Change) -> str | None:
    return change.measure if change.measure_title is None else matter.text(change.measure_title)


def _same_for(matter: Matter, changes: Iterable[Change]) -> str:
    measures = [measure for change in changes if (measure := matter.measure(change.measure)) is not None]
    return matter.say("the same for", places=in_numbers(matter, measures))


def ask(matter: Matter, change: Change) -> str:
    """A negotiating line with the measure by its title, or by its place if it has none, and what has to be changed with it."""
    text = matter.text(change.ask)
    if change.measure is not None:
        text = matter.told(text.replace(f"'{change.measure}'", f"'{_title(matter, change)}'"), [change.measure])
    along = "; ".join(map(matter.text, change.along))
    return f"{text} ({matter.say('along', what=along)})" if along else text


def _at(position: CitedPosition) -> Iterator[str]:
    """The paragraphs of its document; the document itself where a paragraph makes no source."""
    for source in position.sources:
        places = [f"{source} {paragraph}" for paragraph in position.at]
        yield from places if all(map(parse_source, places)) else (source,)


def legal_bases(matter: Matter) -> Iterator[Block]:
    """What the proposal is based on, which category of competence that is, and what the articles can carry."""
    value = matter.proposal.legal_basis
    known = tuple(basis_facts(matter))
    if not known:
        yield from _fields(matter)
        return
    if value.yes:
        articles = matter.listed(matter.labels("legal_basis"))
        yield matter.stated(matter.say("based on", articles=articles), "legal_basis", atoms=value.yes)
    yield from _own_bases(matter)
    for basis, facts in known:
        label = source_label(basis, matter.language)
        powerless = powerless_facts(matter, basis)
        if any(basis in broader_citations(article_of(fact))[1:] for fact in facts):
            yield matter.gap("which paragraph", article=label)
        yield from (_carrying(matter, fact) for fact in facts)
        for measure in powerless:
            yield Statement(text=matter.say("powerless", article=label), sources=matter.sources(measure.sources))
        if not facts and not powerless:
            yield matter.gap("unknown basis", article=label)


def _own_bases(matter: Matter) -> Iterator[Block]:
    """The measures that say on which bases they rest, by these bases."""
    resting: dict[str, list[Measure]] = {}
    for measure in matter.proposal.measures:
        if measure.legal_basis.yes:
            resting.setdefault(matter.listed(matter.labels("legal_basis", measure)), []).append(measure)
    items = tuple(
        Statement(
            text=f"{label[:1].upper()}{label[1:]}: {provisions(matter, measures)}.",
            sources=_read_in(matter, measures),
            confirmed=all(matter.is_confirmed("legal_basis", measure, measure.legal_basis.yes) for measure in measures),
        )
        for label, measures in sorted(resting.items())
    )
    if items:
        yield Listing(lead=matter.say("own bases"), items=items)
        silent = [measure for measure in matter.proposal.measures if not measure.legal_basis.yes]
        if silent:
            yield matter.gap("no own basis", what=provisions(matter, silent))


def _read_in(matter: Matter, measures: Sequence[Measure]) -> tuple[Source, ...]:
    """Where it was read on which bases measures rest; of many that are listed with the same place, the document."""
    read = [matter.passage("legal_basis", measure, measure.legal_basis.yes) for measure in measures]
    listed = read == [matter.passage("reference", measure) for measure in measures]
    if listed and matter.numbers and len(measures) > NAMED:
        return (matter.document(measures),)
    return tuple(dict.fromkeys(read))


def _carrying(matter: Matter, fact: Fact) -> Statement:
    """What a fact says of an article: in which category it is, and what it can carry."""
    placed = competence_facts(matter, fact)
    told = [f"{_articles(matter, [fact])}: {_category(matter, fact, placed)}"]
    told += [
        matter.say("harmonises" if able else "excludes harmonisation") for able in fact.values["harmonisation"].yes
    ]
    instruments = matter.listed(_terms(matter, fact, "instruments", "instruments"), between="or")
    told.append(matter.say("instruments", instruments=instruments))
    if fact.values["conditions"].yes:
        told.append(matter.say("conditions", what="; ".join(_terms(matter, fact, "conditions", "basis-conditions"))))
    shut_out = _exclusions(matter, fact)
    if shut_out:
        matters = dict.fromkeys(term for each in shut_out for term in _terms(matter, each, "matter", "matters"))
        told.append(matter.say("excluded", areas="; ".join(matters)))
    if fact.readings is not None:
        told.append(matter.say("contested", readings=matter.text(fact.readings)))
    text = " ".join(told)
    sources = matter.sources(one for on in (fact, *placed, *shut_out) for one in on.sources)
    return Statement(text=f"{text[:1].upper()}{text[1:]}", sources=sources)


def _category(matter: Matter, fact: Fact, placed: Sequence[Fact]) -> str:
    """The sentence on the category of competence, with the articles that place the field in it."""
    areas = _terms(matter, fact, "areas", "areas")
    known = words("categories")
    categories = [
        matter.text(known[category]) if category in known else matter.term("categories", category)
        for category in sorted(map(str, fact.values["category"].yes))
    ]
    key = "in field" if len(areas) == 1 else "in fields"
    text = matter.say(key, areas=matter.listed(areas), category=matter.listed(categories, between="or"))
    text = f"{text[:1].lower()}{text[1:]}" if fact.kind == "legal_basis" else text
    where = _articles(matter, placed)
    return f"{text} ({where})." if where else f"{text}."


def _fields(matter: Matter) -> Iterator[Block]:
    """Of a document without a legal basis, the categories of competence for the areas of its measures."""
    found = tuple(fields_of_measures(matter))
    for fact, measures in found:
        text = f"{_category(matter, fact, [fact])} {matter.say('on measures', count=len(measures))}"
        yield Statement(text=text, sources=(*matter.sources(fact.sources), matter.check))
    yield matter.gap("other fields" if found else "competence without basis")
    placed = {measure.id for _, measures in found for measure in measures}
    rest = [measure for measure in matter.proposal.measures if measure.id not in placed]
    if found and rest:
        yield matter.gap("unplaced", count=len(rest), what=provisions(matter, rest))


def _articles(matter: Matter, facts: Iterable[Fact]) -> str:
    return matter.listed(
        source_label(str(one), matter.language) for fact in facts for one in fact.values["article"].yes
    )


def _terms(matter: Matter, fact: Fact, name: str, vocabulary: str) -> list[str]:
    return sorted(matter.term(vocabulary, str(value)) for value in fact.values[name].yes)


def carried(matter: Matter) -> Iterator[Block]:
    """On how many measures the check of competence speaks: its silence is no approval, and is said to be none."""
    report = matter.dossier.report
    here = [finding for finding in report.findings if finding.dimension == "competence" and finding.waived is None]
    grave = {finding.measure for finding in here if finding.verdict in {"conflict", "condition"}} - {None}
    asked = {finding.measure for finding in here if finding.verdict == "question"}
    undecided = ({said.measure for said in report.open if said.dimension == "competence"} | asked) - {None} - grave
    if report.measures:
        text = matter.say(
            "carried",
            grave=len(grave),
            open=len(undecided),
            rest=len(report.measures) - len(grave) - len(undecided),
        )
        yield Statement(text=text, sources=(matter.check,))


def split_off(matter: Matter) -> Iterator[Block]:
    """What could be split off into a proposal on another basis, by the repairs that were found."""
    found = matter.dossier.repairs
    asked: dict[str, dict[str, tuple[Change, FindingRepairs]]] = {}
    for finding in found.findings if found else ():
        for change in (one for repair in finding.repairs for one in repair.changes if one.kind == "split-off"):
            text = f"{ask(matter, change)}."
            asked.setdefault(_without(matter, text, change), {}).setdefault(text, (change, finding))
    items: list[Statement] = []
    for alike in asked.values():
        (text, (_, finding)), *others = alike.items()
        more = f" {_same_for(matter, [change for _, (change, _) in others])}" if others else ""
        rules = dict.fromkeys(matter.rule(each.rule) for _, each in alike.values())
        items.append(Statement(text=f"{text}{more}", sources=(*rules, matter.check)))
    if items:
        yield Listing(lead=matter.say("split off"), items=tuple(items))


def subsidiarity(matter: Matter) -> Iterator[Block]:
    """Whether the principle applies: not in fields of exclusive competence only."""
    facts = [fact for _, found in basis_facts(matter) for fact in found]
    categories = {str(value) for fact in facts for value in fact.values["category"].yes}
    whole = not matter.proposal.legal_basis.open and all(found for _, found in basis_facts(matter))
    if facts and whole and categories == {"exclusive"}:
        yield Statement(text=matter.say("exclusive"), sources=matter.sources(["TEU 5(3)"]))
    # A rule that asks a person asks the same.
    elif not any(
        said.dimension == "subsidiarity" and said.verdict == "question" for said in matter.dossier.report.findings
    ):
        yield matter.gap("subsidiarity")
