"""A rule in words: what it asks, why, on which sources, with what examples."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from consistent.findings.outcome import LABELS
from consistent.findings.wording import OR, OWNERS, atom_label, operator_word
from consistent.knowledge.base import Knowledge
from consistent.model.text import Language, Localized
from consistent.model.values import Atom
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS
from consistent.reports.lines import Line
from consistent.rules.conditions import All, Any, Condition, Count, FactExists, KnownValues, Not, Other, Reference, Test
from consistent.rules.rule import Rule
from consistent.sources import source_label

__all__ = ["condition_lines", "rule_lines"]

_WORDS = {
    "principle": Localized("principle", "beginsel"),
    "position": Localized("position", "positie"),
    "sources": Localized("sources", "bronnen"),
    "why": Localized("why", "waarom"),
    "when": Localized("applies when", "is van toepassing als"),
    "unless": Localized("unless", "tenzij"),
    "says": Localized("says", "meldt"),
    "defeats": Localized("sets aside", "stelt terzijde"),
    "defeated": Localized("set aside by", "wordt terzijde gesteld door"),
    "examples": Localized("examples", "voorbeelden"),
    "file": Localized("file", "bestand"),
    "valid": Localized("holds", "geldt"),
    "all": Localized("all of:", "al het volgende:"),
    "any": Localized("one at least of:", "ten minste een van:"),
    "not": Localized("not:", "niet:"),
    "fact": Localized("there is a fact of kind '{title}' with:", "er is een feit van de soort '{title}' met:"),
    "other": Localized("another measure of the proposal has:", "een andere maatregel van het voorstel heeft:"),
    "count": Localized("number of measures ({bounds}) with:", "aantal maatregelen ({bounds}) met:"),
    "at_least": Localized("at least", "ten minste"),
    "at_most": Localized("at most", "ten hoogste"),
    "shared": Localized("a value that {owner} has under {field}", "een waarde die {owner} heeft bij {field}"),
    "values": Localized(
        "a value that facts of kind '{kind}' have in {field}",
        "een waarde die feiten van de soort '{kind}' hebben in {field}",
    ),
}


def rule_lines(rule: Rule, knowledge: Knowledge, rules: Iterable[Rule], language: Language) -> Iterator[Line]:
    """Everything that a rule says of itself, for a terminal."""

    def word(name: str) -> str:
        return _WORDS[name].get(language)

    def pair(name: str, text: str) -> Line:
        return 0, Text.assemble((f"{word(name)}: ", "bold"), text)

    principle = knowledge.principles[rule.principle]
    labels = (LABELS[rule.verdict], GROUND_LABELS[rule.ground], DIMENSION_LABELS[rule.dimension])
    yield 0, Text(rule.title.get(language), style="bold")
    yield 0, Text(" · ".join([rule.id, *(each.get(language) for each in labels)]), style="dim")
    yield 0, Text()
    yield pair("principle", f"{principle.title.get(language)}. {principle.statement.get(language)}")
    for each in rule.positions:
        position = knowledge.positions[each]
        yield pair("position", f"{each} ({', '.join(position.at)}): {position.summary.get(language)}")
    yield pair("why", rule.rationale.get(language))
    yield pair("sources", "; ".join(source_label(each, language) for each in rule.sources))
    if rule.period.valid_from or rule.period.valid_to:
        yield pair("valid", f"{rule.period.valid_from or '...'} - {rule.period.valid_to or '...'}")
    yield 0, Text()
    yield 0, Text(word("when"), style="bold")
    yield from _tree(rule.when, knowledge, language)
    for exception in rule.unless:
        yield 0, Text.assemble((word("unless"), "bold"), f" ({exception.reason.get(language)})")
        yield from _tree(exception.condition, knowledge, language)
    yield 0, Text()
    yield pair("says", rule.message.get(language))
    if rule.defeats:
        yield pair("defeats", ", ".join(rule.defeats))
    stronger = [each.id for each in rules if rule.id in each.defeats]
    if stronger:
        yield pair("defeated", ", ".join(stronger))
    yield 0, Text(word("examples"), style="bold")
    for example in rule.examples:
        yield 2, Text(f"{LABELS[example.expect].get(language)}: {example.title.get(language)}")
    yield pair("file", str(rule.anchor.location))


def _tree(condition: Condition, knowledge: Knowledge, language: Language) -> Iterator[Line]:
    for depth, line in condition_lines(condition, knowledge, language):
        yield 2 + 2 * depth, Text(line)


def condition_lines(
    condition: Condition, knowledge: Knowledge, language: Language, depth: int = 0
) -> Iterator[tuple[int, str]]:
    """A condition as lines of words, each with its depth in the tree."""

    def word(name: str) -> str:
        return _WORDS[name].get(language)

    match condition:
        case Test():
            yield depth, _test(condition, knowledge, language)
        case All(parts):
            for part in parts:
                yield from condition_lines(part, knowledge, language, depth)
        case Any(parts):
            yield depth, word("any")
            for part in parts:
                nested = isinstance(part, All)
                if nested:
                    yield depth + 1, word("all")
                yield from condition_lines(part, knowledge, language, depth + 1 + nested)
        case Not(part):
            yield depth, word("not")
            yield from condition_lines(part, knowledge, language, depth + 1)
        case FactExists(kind, part):
            yield depth, word("fact").format(title=knowledge.kinds[kind].title.get(language))
            yield from condition_lines(part, knowledge, language, depth + 1)
        case Other(part):
            yield depth, word("other")
            yield from condition_lines(part, knowledge, language, depth + 1)
        case Count(part, at_least, at_most):
            bounds = [
                f"{word(name)} {bound}"
                for name, bound in (("at_least", at_least), ("at_most", at_most))
                if bound is not None
            ]
            yield depth, word("count").format(bounds=", ".join(bounds))
            yield from condition_lines(part, knowledge, language, depth + 1)


def _test(test: Test, knowledge: Knowledge, language: Language) -> str:
    """A test in words, without the operator where it is plain equality: `effects: harmonisation or obligation`."""
    owner = OWNERS.get(test.scope)
    subject = ", ".join(part for part in (owner.get(language) if owner else "", test.field.label.get(language)) if part)
    operator = operator_word(test).get(language)
    match test.operand:
        case Reference(scope, field):
            of = OWNERS[scope].get(language)
            operand = _WORDS["shared"].get(language).format(owner=of, field=field.label.get(language))
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
            operand = OR.get(language).join(_operand(each, test, knowledge, language) for each in test.written)
    return f"{subject}: {' '.join(part for part in (operator, operand) if part)}"


def _operand(atom: Atom, test: Test, knowledge: Knowledge, language: Language) -> str:
    label = atom_label(atom, test.field, language, knowledge)
    return f"{label} [{atom}]" if test.field.type == "terms" else label
