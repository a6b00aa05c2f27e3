"""A rule in words: what it asks, why, on which sources, with what examples."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from consistent.findings.wording import atom_label
from consistent.knowledge.base import Knowledge
from consistent.model.text import Language, Localized
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS, VERDICT_LABELS
from consistent.rules.conditions import All, Any, Condition, Count, FactExists, KnownValues, Not, Other, Reference, Test
from consistent.rules.rule import Rule

__all__ = ["condition_lines", "rule_text"]

_WORDS = {
    "principle": Localized("principle", "beginsel"),
    "positions": Localized("positions", "posities"),
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
    "any_": Localized("is", "is"),
    "only": Localized("has nothing but", "heeft niets dan"),
    "empty": Localized("is empty", "is leeg"),
    "over": Localized("over", "boven"),
    "under": Localized("under", "onder"),
    "at_least": Localized("at least", "ten minste"),
    "at_most": Localized("at most", "ten hoogste"),
    "contains": Localized("contains", "bevat"),
    "starts_with": Localized("starts with", "begint met"),
    "or": Localized(" or ", " of "),
    "values": Localized(
        "a value that facts of kind '{kind}' have in {field}",
        "een waarde die feiten van de soort '{kind}' hebben in {field}",
    ),
}
_EXPECTED = {
    "applies": Localized("applies", "van toepassing"),
    "open": Localized("open", "open"),
    "excepted": Localized("excepted", "uitgezonderd"),
    "not-applicable": Localized("does not apply", "niet van toepassing"),
}


def rule_text(rule: Rule, knowledge: Knowledge, rules: Iterable[Rule], language: Language) -> RenderableType:
    """Everything that a rule says of itself, for a terminal."""

    def word(name: str) -> str:
        return _WORDS[name].get(language)

    def pair(name: str, text: str) -> Text:
        return Text.assemble((f"{word(name)}: ", "bold"), text)

    principle = knowledge.principles[rule.principle]
    labels = (VERDICT_LABELS[rule.verdict], GROUND_LABELS[rule.ground], DIMENSION_LABELS[rule.dimension])
    parts: list[RenderableType] = [
        Text(rule.title.get(language), style="bold"),
        Text(" · ".join([rule.id, *(each.get(language) for each in labels)]), style="dim"),
        Text(),
        pair("principle", f"{principle.title.get(language)}. {principle.statement.get(language)}"),
    ]
    for each in rule.positions:
        position = knowledge.positions[each]
        parts.append(pair("positions", f"{each} ({', '.join(position.at)}): {position.summary.get(language)}"))
    parts += [pair("why", rule.rationale.get(language)), pair("sources", "; ".join(rule.sources))]
    if rule.period.valid_from or rule.period.valid_to:
        parts.append(pair("valid", f"{rule.period.valid_from or '...'} - {rule.period.valid_to or '...'}"))
    parts += [Text(), Text(word("when"), style="bold"), *_tree(rule.when, knowledge, language)]
    for exception in rule.unless:
        parts.append(Text.assemble((word("unless"), "bold"), f" ({exception.reason.get(language)})"))
        parts += _tree(exception.condition, knowledge, language)
    parts += [Text(), pair("says", rule.message.get(language))]
    if rule.defeats:
        parts.append(pair("defeats", ", ".join(rule.defeats)))
    stronger = [each.id for each in rules if rule.id in each.defeats]
    if stronger:
        parts.append(pair("defeated", ", ".join(stronger)))
    parts.append(Text(word("examples"), style="bold"))
    parts += [
        Padding(Text(f"{_EXPECTED[each.expect].get(language)}: {each.title}"), (0, 0, 0, 2)) for each in rule.examples
    ]
    parts.append(pair("file", str(rule.anchor.location)))
    return Group(*parts)


def _tree(condition: Condition, knowledge: Knowledge, language: Language) -> Iterator[RenderableType]:
    for depth, line in condition_lines(condition, knowledge, language):
        yield Padding(Text(line), (0, 0, 0, 2 + 2 * depth))


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
    def word(name: str) -> str:
        return _WORDS[name].get(language)

    subject = test.field.name if test.scope == "fact" else f"{test.scope}.{test.field.name}"
    operator = word("any_" if test.operator == "any" else test.operator)
    match test.operand:
        case None:
            return f"{subject} {operator}"
        case Reference(scope, field):
            operand = f"${scope}.{field.name}"
        case KnownValues(kind, name):
            operand = word("values").format(kind=knowledge.kinds[kind].title.get(language), field=name)
        case _:
            operand = word("or").join(_operand(each, test, knowledge, language) for each in test.written)
    return f"{subject} {operator} {operand}"


def _operand(atom: object, test: Test, knowledge: Knowledge, language: Language) -> str:
    label = atom_label(atom, test.field, language, knowledge)  # type: ignore[arg-type]
    return f"{label} [{atom}]" if test.field.type == "terms" else label
