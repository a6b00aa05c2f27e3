"""Pages in Markdown, made from a pack: one for each rule, lists of rules, and a glossary."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path, PurePosixPath

from consistent.findings.outcome import LABELS
from consistent.findings.wording import OWNERS, exception_text
from consistent.knowledge.entries import Knowledge, Position
from consistent.model.text import Language, Localized
from consistent.model.vocabulary import Term, Vocabulary
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS
from consistent.reports.markdown import markdown
from consistent.reports.outline import Block, Code, Item, Paragraph, Section, Span, Spans, Table, spans, strong
from consistent.reports.rule_text import HOLDING, concept_folds, condition_items
from consistent.reports.said_text import source_span
from consistent.rules.conditions import Concept, named_directly, tests_in
from consistent.rules.examples import E, Example
from consistent.rules.rule import PLACEHOLDER, Rule
from consistent.toml.proposals import proposal_to_data

__all__ = ["EXAMPLES", "concept_page", "glossary", "pages_of", "rule_index", "rule_page", "rule_section"]

EXAMPLES = Localized("Examples", "Voorbeelden")
_WORDS = {
    "flags": Localized("What it flags", "Wat hij meldt"),
    "asks": Localized("What it asks", "Wat hij vraagt"),
    "unless": Localized("Unless", "Tenzij"),
    "why": Localized("Why", "Waarom"),
    "principle": Localized("Principle", "Beginsel"),
    "positions": Localized("Positions that it carries", "Posities die hij draagt"),
    "sources": Localized("Sources", "Bronnen"),
    "defeats": Localized("Sets aside", "Stelt terzijde"),
    "defeated": Localized("Set aside by", "Wordt terzijde gesteld door"),
    "nothing": Localized("No other rule.", "Geen andere regel."),
    "examples": EXAMPLES,
    "rules": Localized("Rules of pack", "Regels van pakket"),
    "glossary": Localized("Glossary", "Begrippenlijst"),
    "concepts": Localized("Concepts", "Begrippen"),
    "named by": Localized("Named by rules", "Genoemd door regels"),
    "generated": Localized(
        "Made from the packs by `consistent pages`; change the packs, not this page.",
        "Gemaakt uit de pakketten door `consistent pages`; wijzig de pakketten, niet deze bladzijde.",
    ),
    "term": Localized("term", "term"),
    "label": Localized("label", "benaming"),
    "also": Localized("also called:", "ook wel:"),
    "meaning": Localized("meaning", "betekenis"),
    "eurovoc": Localized("EuroVoc", "EuroVoc"),
    "read by": Localized("rules that ask for it", "regels die ernaar vragen"),
}


def pages_of(
    knowledge: Knowledge, rules: Sequence[Rule], language: Language, concepts: Iterable[Concept] = ()
) -> Iterator[tuple[Path, str]]:
    """Every page of a pack and of those that it builds on, with its path.

    Args:
        knowledge: of the packs.
        rules: all of theirs.
        language: of the pages.
        concepts: all of theirs.

    Yields:
        The glossary; the concepts, where there are any; then of each pack a list of its rules, and the page of each rule, beside each other under `rules/`.
    """
    yield Path(f"glossary.{language}.md"), glossary(knowledge, _asked_for(rules), language)
    if listed := tuple(concepts):
        yield Path(f"concepts.{language}.md"), concept_page(listed, knowledge, rules, language)
    folder = Path("rules", language)
    for pack in knowledge.packs:
        own = [rule for rule in rules if rule.pack == pack.name]
        yield folder / pack.name / "README.md", rule_index(pack.name, own, language)
        for rule in own:
            yield folder / f"{rule.id}.md", rule_page(rule, knowledge, rules, language)


def _asked_for(rules: Iterable[Rule]) -> Counter[tuple[str, str]]:
    """By vocabulary and term, how many rules ask for the term."""
    asked = Counter[tuple[str, str]]()
    for rule in rules:
        conditions = [rule.when, *(exception.condition for exception in rule.unless)]
        tests = [test for condition in conditions for test in tests_in(condition) if test.field.type == "terms"]
        asked.update({(test.field.vocabulary, str(term)) for test in tests for term in test.written})
    return asked


def rule_page(rule: Rule, knowledge: Knowledge, rules: Iterable[Rule], language: Language) -> str:
    """The page of one rule: what it flags, asks, why, on which sources, with examples, and what defeats it, with links to those."""
    here = PurePosixPath(rule.id).parent
    section = rule_section(rule, knowledge, rules, language, lambda other: f"{os.path.relpath(other, here)}.md")
    return markdown([section], trusted=True) + "\n"


def rule_section(
    rule: Rule,
    knowledge: Knowledge,
    rules: Iterable[Rule],
    language: Language,
    address: Callable[[str], str] = lambda _: "",
) -> Section:
    """One rule: what it flags, asks, why, on which sources, with examples, and what defeats it.

    Args:
        rule: to be told.
        knowledge: of its pack.
        rules: those that may defeat it.
        language: of all words.
        address: of the page of another rule, by its id; no links unless given.
    """

    def section(name: str, blocks: Iterable[Block]) -> Section:
        return Section(_WORDS[name].get(language), blocks)

    stronger = [other.id for other in rules if rule.id in other.defeats]
    labels = (LABELS[rule.verdict], GROUND_LABELS[rule.ground], DIMENSION_LABELS[rule.dimension])
    principle = knowledge.principles[rule.principle]
    asked: list[Block] = list(condition_items(rule.when, knowledge, language))
    for exception in rule.unless:
        asked.append(Paragraph(f"{_WORDS['unless'].get(language)}: {exception_text(exception, language)}"))
        asked += condition_items(exception.condition, knowledge, language)
    asked += concept_folds(rule.concepts, knowledge, language)
    positions = [(name, knowledge.positions[name]) for name in rule.positions]
    sections = [
        section("flags", [Paragraph(_message(rule, knowledge, language))]),
        section("asks", asked),
        section("why", [Paragraph(rule.rationale.get(language))]),
        section(
            "principle",
            [Paragraph((strong(f"{principle.title.get(language)}."), f" {principle.statement.get(language)}"))],
        ),
        *(
            [section("positions", [_position(name, position, language) for name, position in positions])]
            if positions
            else []
        ),
        section("sources", [Item(source_span(source, language)) for source in rule.sources]),
        section("defeats", _rules(rule.defeats, language, address)),
        section("defeated", _rules(stronger, language, address)),
        section(
            "examples",
            [block for example in rule.examples for block in _example(LABELS[example.expect], example, language)],
        ),
    ]
    named = (Span(rule.id, "code"), f": {', '.join(label.get(language) for label in labels)}")
    return Section(rule.title.get(language), [Paragraph(named), *sections])


def concept_page(concepts: Iterable[Concept], knowledge: Knowledge, rules: Sequence[Rule], language: Language) -> str:
    """A page of concepts: what each stands for, on which sources, by which rules it is named, with examples."""

    def lead(name: str) -> Paragraph:
        return Paragraph(strong(_WORDS[name].get(language)))

    def section(concept: Concept) -> Section:
        named = [rule.id for rule in rules if any(concept in named_directly(each) for each in rule.conditions)]
        blocks: list[Block] = [
            Paragraph((Span(concept.id, "code"), f" ({concept.pack})")),
            *condition_items(concept.condition, knowledge, language),
            lead("sources"),
            *(Item(source_span(source, language)) for source in concept.sources),
            lead("named by"),
            *_rules(named, language),
            lead("examples"),
        ]
        for example in concept.examples:
            blocks += _example(HOLDING[example.expect], example, language)
        return Section(concept.title.get(language), blocks)

    listed = sorted(concepts, key=lambda concept: concept.id)
    blocks: list[Block] = [Paragraph(_WORDS["generated"].get(language)), *map(section, listed)]
    return markdown([Section(_WORDS["concepts"].get(language), blocks)], trusted=True)


def _position(name: str, position: Position, language: Language) -> Item:
    return Item((Span(name, "code"), f" ({', '.join(position.at)}): {position.summary.get(language)}"))


def _rules(ids: Sequence[str], language: Language, address: Callable[[str], str] = lambda _: "") -> Iterable[Block]:
    return [Item(Span(id, "code", url=address(id))) for id in ids] or [Paragraph(_WORDS["nothing"].get(language))]


def _message(rule: Rule, knowledge: Knowledge, language: Language) -> Spans:
    """The message with words in place of the values that a finding fills in."""
    owners = {"measure": knowledge.fields.measure, "proposal": knowledge.fields.proposal}

    def named(place: str) -> Span:
        owner, _, name = place.partition(".")
        fields = owners.get(owner) or knowledge.kinds[owner].fields
        return Span(f"[{fields[name].label.get(language) if name else OWNERS[owner].get(language)}]", "emphasis")

    # What stands between placeholders, and in between their names.
    parts = PLACEHOLDER.split(rule.message.get(language))
    return tuple(named(part) if number % 2 else Span(part) for number, part in enumerate(parts))


def _example(expected: Localized, example: Example[E], language: Language) -> Iterator[Block]:
    yield Paragraph((strong(expected.get(language)), f": {example.title.get(language)}"))
    data = proposal_to_data(example.proposal)
    lines = ["[proposal]\n", *_pairs(data["proposal"])] if data["proposal"] else []
    for measure in data["measure"]:
        lines += ["[[measure]]\n", *_pairs({key: value for key, value in measure.items() if key != "id"})]
    yield Code("".join(lines), "toml")


def _pairs(data: Mapping[str, object]) -> Iterator[str]:
    for key, value in data.items():
        yield f"{key} = {_toml(value)}\n"


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items() if part != []) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def rule_index(pack: str, rules: Sequence[Rule], language: Language) -> str:
    """A page that lists the rules of a pack by folder, with links to their pages beside it."""
    blocks: list[Block] = [Paragraph(_WORDS["generated"].get(language))]
    placed = [(PurePosixPath(rule.id).relative_to(pack), rule) for rule in rules]
    for folder, listed in groupby(placed, key=lambda pair: str(pair[0].parent)):
        blocks.append(Section(folder, [_indexed(path, rule, language) for path, rule in listed]))
    return markdown([Section(f"{_WORDS['rules'].get(language)} {pack}", blocks)], trusted=True)


def _indexed(path: PurePosixPath, rule: Rule, language: Language) -> Item:
    labels = f"{LABELS[rule.verdict].get(language)}, {GROUND_LABELS[rule.ground].get(language)}"
    return Item((Span(rule.title.get(language), url=f"{path}.md"), f" ({labels})"))


def glossary(knowledge: Knowledge, used: Mapping[tuple[str, str], int], language: Language) -> str:
    """Every term of every vocabulary with its meaning, narrower terms under broader ones.

    Args:
        knowledge: with the vocabularies.
        used: by vocabulary and term, the number of rules that ask for the term itself.
        language: of the page.
    """
    heads = tuple(_WORDS[name].get(language) for name in ("term", "label", "meaning", "eurovoc", "read by"))
    blocks: list[Block] = [Paragraph(_WORDS["generated"].get(language))]
    for name in sorted(knowledge.vocabularies):
        rows = tuple(
            _term(depth, term, used.get((name, term.id), 0), language)
            for depth, term in _depths(knowledge.vocabularies[name])
        )
        blocks.append(Section(name, [Table(heads=heads, rows=rows)]))
    return markdown([Section(_WORDS["glossary"].get(language), blocks)], trusted=True)


def _term(depth: int, term: Term, count: int, language: Language) -> tuple[Spans, ...]:
    meaning = term.definition.get(language) if term.definition else ""
    also = term.synonyms.en if language == "en" else term.synonyms.nl
    called = f"{_WORDS['also'].get(language)} {', '.join(also)}" if also else ""
    meaning = "; ".join(filter(None, (meaning, called)))
    others = (term.label.get(language), meaning, term.eurovoc, str(count or ""))
    first = spans(("\u00a0\u00a0" * depth, Span(term.id, "code")))
    return (first, *(spans(text.replace("|", "&#124;")) for text in others))


def _depths(vocabulary: Vocabulary) -> Iterator[tuple[int, Term]]:
    """Terms with their depth; one with several broader terms stands under the first."""
    below: dict[str, list[Term]] = {}
    for term in vocabulary.terms.values():
        below.setdefault(term.broader[0] if term.broader else "", []).append(term)

    def visit(parent: str, depth: int) -> Iterator[tuple[int, Term]]:
        for term in sorted(below.get(parent, ()), key=lambda term: term.id):
            yield depth, term
            yield from visit(term.id, depth + 1)

    return visit("", 0)
