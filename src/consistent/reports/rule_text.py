"""A rule in words: what it asks, why, on which sources, with what examples."""

from collections.abc import Iterable, Iterator, Mapping

from consistent.findings.outcome import LABELS
from consistent.findings.wording import OR, OWNERS, atom_label, exception_text, number_label, operator_word
from consistent.knowledge.entries import Knowledge
from consistent.model.text import Language, Localized
from consistent.model.values import Atom
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS
from consistent.reports.outline import BREAK, Block, Fold, Item, Paragraph, Section, dim, plain, strong, with_code
from consistent.rules.conditions import (
    All,
    Any,
    Concept,
    Condition,
    Count,
    FactExists,
    Holding,
    KnownValues,
    Named,
    Not,
    Other,
    Reference,
    Several,
    Test,
    concepts_in,
)
from consistent.rules.rule import Rule
from consistent.sources import source_label

__all__ = ["HOLDING", "concept_folds", "concept_outline", "condition_items", "condition_text", "rule_outline"]

# What the example of a concept shows.
HOLDING: Mapping[Holding, Localized] = {
    "holds": Localized("holds", "is het geval"),
    "open": LABELS["open"],
    "fails": Localized("does not hold", "is niet het geval"),
}

_WORDS = {
    "principle": Localized("principle", "beginsel"),
    "position": Localized("position", "positie"),
    "not carried": Localized("not carried by rules", "niet door regels uitgewerkt"),
    "sources": Localized("sources", "bronnen"),
    "why": Localized("why", "waarom"),
    "when": Localized("applies when", "is van toepassing als"),
    "unless": Localized("unless", "tenzij"),
    "says": Localized("says", "meldt"),
    "met": Localized("called, where it is met", "heet, als eraan is voldaan"),
    "defeats": Localized("sets aside", "stelt terzijde"),
    "defeated": Localized("set aside by", "wordt terzijde gesteld door"),
    "examples": Localized("examples", "voorbeelden"),
    "file": Localized("file", "bestand"),
    "concept": Localized("concept", "begrip"),
    "concepts": Localized("concepts", "begrippen"),
    "holds": Localized("holds when", "is het geval als"),
    "used": Localized("used by", "gebruikt door"),
    "unfold": Localized("what a concept stands for: `-v`", "waar een begrip voor staat: `-v`"),
    "valid": Localized("holds", "geldt"),
    "all": Localized("all of:", "al het volgende:"),
    "any": Localized("one at least of:", "ten minste een van:"),
    "not": Localized("not:", "niet:"),
    "fact": Localized("there is a fact of kind '{title}' with:", "er is een feit van de soort '{title}' met:"),
    "other": Localized("another measure of the proposal has:", "een andere maatregel van het voorstel heeft:"),
    "count": Localized("number of measures ({bounds}) with:", "aantal maatregelen ({bounds}) met:"),
    "sum": Localized(
        "sum over measures of {field} ({bound}), of those with:",
        "som over maatregelen van {field} ({bound}), van die met:",
    ),
    "at_least": Localized("at least", "ten minste"),
    "at_most": Localized("at most", "ten hoogste"),
    "shared": Localized("a value that {owner} has under {field}", "een waarde die {owner} heeft bij {field}"),
    "compared": Localized("what {owner} has under {field}", "wat {owner} heeft bij {field}"),
    "values": Localized(
        "a value that facts of kind '{kind}' have in {field}",
        "een waarde die feiten van de soort '{kind}' hebben in {field}",
    ),
}


def rule_outline(
    rule: Rule, knowledge: Knowledge, rules: Iterable[Rule], language: Language, *, unfolded: bool = False
) -> Iterator[Block]:
    """Everything that a rule says of itself.

    Args:
        rule: to be told.
        knowledge: of its pack.
        rules: those that may defeat it.
        language: of all words.
        unfolded: with what the concepts that it names stand for.
    """

    def word(name: str) -> str:
        return _WORDS[name].get(language)

    def named(name: str, text: str) -> Paragraph:
        return Paragraph((strong(f"{word(name)}: "), text))

    principle = knowledge.principles[rule.principle]
    labels = (LABELS[rule.verdict], GROUND_LABELS[rule.ground], DIMENSION_LABELS[rule.dimension])
    origin = " · ".join([rule.id, *(label.get(language) for label in labels)])
    yield Section(strong(rule.title.get(language)), [Paragraph(dim(origin))], indent=0)
    yield BREAK
    yield named("principle", f"{principle.title.get(language)}. {principle.statement.get(language)}")
    for name in rule.positions:
        position = knowledge.positions[name]
        yield named("position", f"{name} ({', '.join(position.at)}): {position.summary.get(language)}")
        if position.not_carried is not None:
            yield named("not carried", position.not_carried.get(language))
    yield named("why", rule.rationale.get(language))
    yield named("sources", "; ".join(source_label(source, language) for source in rule.sources))
    if rule.period.valid_from or rule.period.valid_to:
        yield named("valid", f"{rule.period.valid_from or '...'} - {rule.period.valid_to or '...'}")
    yield BREAK
    yield Section(strong(word("when")), condition_items(rule.when, knowledge, language))
    for exception in rule.unless:
        reason = f" ({exception_text(exception, language)})"
        yield Section((strong(word("unless")), reason), condition_items(exception.condition, knowledge, language))
    if rule.concepts and unfolded:
        yield Section(strong(word("concepts")), concept_folds(rule.concepts, knowledge, language))
    elif rule.concepts:
        yield Paragraph(with_code(word("unfold")))
    yield BREAK
    yield named("says", rule.message.get(language))
    if rule.title_met:
        yield named("met", rule.title_met.get(language))
    if rule.defeats:
        yield named("defeats", ", ".join(rule.defeats))
    stronger = [other.id for other in rules if rule.id in other.defeats]
    if stronger:
        yield named("defeated", ", ".join(stronger))
    examples = [f"{LABELS[example.expect].get(language)}: {example.title.get(language)}" for example in rule.examples]
    yield Section(strong(word("examples")), map(Item, examples))
    yield named("file", str(rule.anchor.location))


def concept_folds(concepts: Iterable[Concept], knowledge: Knowledge, language: Language) -> Iterator[Fold]:
    """Concepts by their names, under each what it stands for and on which sources."""
    for concept in concepts:
        sources = dim("; ".join(source_label(source, language) for source in concept.sources))
        yield Fold(_named(concept, language), [*condition_items(concept.condition, knowledge, language), Item(sources)])


def concept_outline(
    concept: Concept, knowledge: Knowledge, users: Iterable[str], language: Language
) -> Iterator[Block]:
    """Everything that a concept says of itself, and the ids of those that use it."""

    def named(name: str, text: str) -> Paragraph:
        return Paragraph((strong(f"{_WORDS[name].get(language)}: "), text))

    origin = " · ".join((concept.id, _WORDS["concept"].get(language), concept.pack))
    yield Section(strong(concept.title.get(language)), [Paragraph(dim(origin))], indent=0)
    yield BREAK
    yield named("sources", "; ".join(source_label(source, language) for source in concept.sources))
    yield BREAK
    yield Section(strong(_WORDS["holds"].get(language)), condition_items(concept.condition, knowledge, language))
    inner = dict.fromkeys(concepts_in(concept.condition))
    if inner:
        yield Section(strong(_WORDS["concepts"].get(language)), concept_folds(inner, knowledge, language))
    yield BREAK
    listed = list(users)
    if listed:
        yield Section(strong(_WORDS["used"].get(language)), map(Item, listed))
    examples = [
        f"{HOLDING[example.expect].get(language)}: {example.title.get(language)}" for example in concept.examples
    ]
    yield Section(strong(_WORDS["examples"].get(language)), map(Item, examples))
    yield named("file", str(concept.anchor.location))


def _named(concept: Concept, language: Language) -> str:
    return f"{concept.title.get(language)} [{concept.id}]"


def condition_text(condition: Condition, knowledge: Knowledge, language: Language) -> str:
    """A condition in one line of words."""

    def words(items: Iterable[Item]) -> Iterator[str]:
        for item in items:
            yield plain(item.text)
            yield from words(block for block in item.below if isinstance(block, Item))

    return " ".join(words(condition_items(condition, knowledge, language)))


def condition_items(condition: Condition, knowledge: Knowledge, language: Language) -> tuple[Item, ...]:
    """A condition as points, the parts of each under it; what must all hold side by side."""

    def word(name: str) -> str:
        return _WORDS[name].get(language)

    def parts(part: Condition) -> tuple[Item, ...]:
        return condition_items(part, knowledge, language)

    match condition:
        case Test():
            return (Item(_test(condition, knowledge, language)),)
        case All(listed):
            return tuple(item for part in listed for item in parts(part))
        case Any(listed):
            below = [(Item(word("all"), parts(part)),) if isinstance(part, All) else parts(part) for part in listed]
            return (Item(word("any"), [item for items in below for item in items]),)
        case Not(Named(concept)) if concept.exempts:
            sources = "; ".join(source_label(source, language) for source in concept.sources)
            cited = f" ({sources})" if sources else ""
            return (Item(f"{word('unless')}: {concept.title.get(language)}{cited}", parts(concept.condition)),)
        case Not(part):
            return (Item(word("not"), parts(part)),)
        case Named(concept):
            return (Item(_named(concept, language)),)
        case FactExists(kind, part):
            title = knowledge.kinds[kind].title.get(language)
            return (Item(word("fact").format(title=title), parts(part)),)
        case Other(part):
            return (Item(word("other"), parts(part)),)
        case Count(part, total=Test() as total):
            asked = _test(total, knowledge, language).partition(": ")
            return (Item(word("sum").format(field=asked[0], bound=asked[2]), parts(part)),)
        case Count(part, at_least, at_most):
            limits = (("at_least", at_least), ("at_most", at_most))
            bounds = ", ".join(f"{word(name)} {limit}" for name, limit in limits if limit is not None)
            return (Item(word("count").format(bounds=bounds), parts(part)),)


def _test(test: Test, knowledge: Knowledge, language: Language) -> str:
    """A test in words, without the operator where it is plain equality: `effects: harmonisation or obligation`."""
    owner = OWNERS.get(test.scope)
    subject = ", ".join(part for part in (owner.get(language) if owner else "", test.field.label.get(language)) if part)
    operator = operator_word(test).get(language)
    match test.operand:
        case Reference(scope, field) as reference:
            word = "shared" if test.operator == "any" else "compared"
            of = _WORDS[word].get(language).format(owner=OWNERS[scope].get(language), field=field.label.get(language))
            operand = reference.told(of, language)
        case Several(number):
            counted = [_operand(value, test, knowledge, language) for value in test.written]
            operand = number_label(number, counted, language)
        case KnownValues(kind, name):
            operand = (
                _WORDS["values"]
                .get(language)
                .format(
                    kind=knowledge.kinds[kind].title.get(language),
                    field=knowledge.kinds[kind].fields[name].label.get(language),
                )
            )
        case _:
            operand = OR.get(language).join(_operand(value, test, knowledge, language) for value in test.written)
    return f"{subject}: {' '.join(part for part in (operator, operand) if part)}"


def _operand(atom: Atom, test: Test, knowledge: Knowledge, language: Language) -> str:
    label = atom_label(atom, test.field, language, knowledge)
    return f"{label} [{atom}]" if test.field.type == "terms" else label
