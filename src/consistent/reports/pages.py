"""Pages in Markdown, made from the packs: one for each rule, and a glossary."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from consistent.findings.outcome import LABELS
from consistent.findings.wording import OWNERS
from consistent.knowledge.base import Knowledge
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS
from consistent.model.text import Language, Localized
from consistent.model.vocabulary import Term, Vocabulary
from consistent.reading.proposals import proposal_to_data
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS
from consistent.reports.rule_text import condition_lines
from consistent.rules.conditions import Condition
from consistent.rules.rule import PLACEHOLDER, Example, Rule
from consistent.sources import parse_source, source_label

__all__ = ["glossary", "rule_index", "rule_page"]

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
    "examples": Localized("Examples", "Voorbeelden"),
    "rules": Localized("Rules of pack", "Regels van pakket"),
    "glossary": Localized("Glossary", "Begrippenlijst"),
    "generated": Localized(
        "Made from the packs by `tools/write_pages.py`; change the packs, not this page.",
        "Gemaakt uit de pakketten door `tools/write_pages.py`; wijzig de pakketten, niet deze bladzijde.",
    ),
    "term": Localized("term", "term"),
    "label": Localized("label", "benaming"),
    "meaning": Localized("meaning", "betekenis"),
    "eurovoc": Localized("EuroVoc", "EuroVoc"),
    "read by": Localized("rules that ask for it", "regels die ernaar vragen"),
}


def rule_page(rule: Rule, knowledge: Knowledge, rules: Iterable[Rule], language: Language) -> str:
    """The page of one rule: what it flags, asks, why, on which sources, with examples, and what defeats it."""

    def heading(name: str) -> str:
        return f"\n## {_WORDS[name].get(language)}\n\n"

    stronger = [each.id for each in rules if rule.id in each.defeats]
    labels = (LABELS[rule.verdict], GROUND_LABELS[rule.ground], DIMENSION_LABELS[rule.dimension])
    principle = knowledge.principles[rule.principle]
    parts = [
        f"# {rule.title.get(language)}\n\n",
        f"`{rule.id}`: {', '.join(each.get(language) for each in labels)}\n",
        heading("flags"),
        _message(rule, knowledge, language) + "\n",
        heading("asks"),
        *_conditions(rule.when, knowledge, language),
    ]
    for exception in rule.unless:
        parts += [f"\n{_WORDS['unless'].get(language)}: {exception.reason.get(language)}\n\n"]
        parts += _conditions(exception.condition, knowledge, language)
    parts += [heading("why"), rule.rationale.get(language) + "\n"]
    parts += [heading("principle"), f"**{principle.title.get(language)}.** {principle.statement.get(language)}\n"]
    if rule.positions:
        parts.append(heading("positions"))
        for name in rule.positions:
            position = knowledge.positions[name]
            parts.append(f"- `{name}` ({', '.join(position.at)}): {position.summary.get(language)}\n")
    parts += [heading("sources"), *(f"- {_linked(each, language)}\n" for each in rule.sources)]
    for name, others in (("defeats", rule.defeats), ("defeated", stronger)):
        parts.append(heading(name))
        parts += [f"- `{each}`\n" for each in others] or [_WORDS["nothing"].get(language) + "\n"]
    parts.append(heading("examples"))
    parts += [_example(each, language) for each in rule.examples]
    return "".join(parts)


def _message(rule: Rule, knowledge: Knowledge, language: Language) -> str:
    """The message with words in place of the values that a finding fills in."""
    owners = {"measure": MEASURE_FIELDS, "proposal": PROPOSAL_FIELDS}

    def fill(found: re.Match[str]) -> str:
        owner, _, name = found[1].partition(".")
        fields = owners.get(owner) or knowledge.kinds[owner].fields
        return f"*[{fields[name].label.get(language) if name else OWNERS[owner].get(language)}]*"

    return PLACEHOLDER.sub(fill, rule.message.get(language))


def _conditions(condition: Condition, knowledge: Knowledge, language: Language) -> list[str]:
    lines = list(condition_lines(condition, knowledge, language))
    return [f"{'  ' * depth}- {line}\n" for depth, line in lines]


def _linked(text: str, language: Language) -> str:
    source = parse_source(text)
    url = source.url(language) if source else None
    label = source_label(text, language)
    return f"[{label}]({url})" if url else label


def _example(example: Example, language: Language) -> str:
    lines = [f"**{LABELS[example.expect].get(language)}**: {example.title.get(language)}\n\n```toml\n"]
    data = proposal_to_data(example.proposal)
    if data["proposal"]:
        lines += ["[proposal]\n", *_pairs(data["proposal"])]
    for measure in data["measure"]:
        lines += ["[[measure]]\n", *_pairs({key: value for key, value in measure.items() if key != "id"})]
    return "".join(lines) + "```\n\n"


def _pairs(data: Mapping[str, object]) -> Iterator[str]:
    for key, value in data.items():
        yield f"{key} = {_toml(value)}\n"


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items() if each != []) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def rule_index(pack: str, rules: Sequence[Rule], language: Language) -> str:
    """A page that lists the rules of a pack by folder, with links to their pages beside it."""
    lines = [f"# {_WORDS['rules'].get(language)} {pack}\n\n{_WORDS['generated'].get(language)}\n"]
    folder = ""
    for rule in rules:
        path = PurePosixPath(rule.id).relative_to(pack)
        if str(path.parent) != folder:
            folder = str(path.parent)
            lines.append(f"\n## {folder}\n\n")
        verdict = LABELS[rule.verdict].get(language)
        lines.append(
            f"- [{rule.title.get(language)}]({path}.md) ({verdict}, {GROUND_LABELS[rule.ground].get(language)})\n"
        )
    return "".join(lines)


def glossary(knowledge: Knowledge, used: Mapping[tuple[str, str], int], language: Language) -> str:
    """Every term of every vocabulary with its meaning, narrower terms under broader ones.

    Args:
        knowledge: with the vocabularies.
        used: by vocabulary and term, the number of rules that ask for the term itself.
        language: of the page.
    """
    lines = [f"# {_WORDS['glossary'].get(language)}\n\n{_WORDS['generated'].get(language)}\n"]
    heads = [_WORDS[each].get(language) for each in ("term", "label", "meaning", "eurovoc", "read by")]
    for name in sorted(knowledge.vocabularies):
        vocabulary = knowledge.vocabularies[name]
        lines += [f"\n## {name}\n\n", f"| {' | '.join(heads)} |\n", "|---" * len(heads) + "|\n"]
        for depth, term in _outline(vocabulary):
            meaning = term.definition.get(language) if term.definition else ""
            count = used.get((name, term.id), 0)
            cells = [
                "\u00a0\u00a0" * depth + f"`{term.id}`",
                term.label.get(language),
                meaning,
                term.eurovoc,
                str(count or ""),
            ]
            lines.append(f"| {' | '.join(each.replace('|', '&#124;') for each in cells)} |\n")
    return "".join(lines)


def _outline(vocabulary: Vocabulary) -> Iterator[tuple[int, Term]]:
    """Terms with their depth; one with several broader terms stands under the first."""
    below: dict[str, list[Term]] = {}
    for term in vocabulary.terms.values():
        below.setdefault(term.broader[0] if term.broader else "", []).append(term)

    def visit(parent: str, depth: int) -> Iterator[tuple[int, Term]]:
        for term in sorted(below.get(parent, ()), key=lambda each: each.id):
            yield depth, term
            yield from visit(term.id, depth + 1)

    return visit("", 0)
