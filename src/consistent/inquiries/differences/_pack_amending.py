"""Finds what differs between two bodies of knowledge: rules, concepts, facts, terms, and which of them hold."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from consistent.findings.case import Case
from consistent.inquiries.differences.amending import Amendment, Key, Passage, What, differing_lines, listed, passage_of
from consistent.knowledge.entries import Fact
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.model.vocabulary import Term
from consistent.rules.conditions import Concept, Condition, Several, Test, as_named, rebuilt
from consistent.rules.rule import EXCEPTION_HEAD, Rule

__all__ = ["RULE_PARTS", "pack_amendments"]

# What of a rule can change an outcome, one part at a time.
RULE_PARTS = ("when", "unless", "verdict", "ground", "dimension", "defeats")
_TEXTS = ("title", "title_met", "principle", "positions", "sources", "rationale", "message")
_NOTHING = Value.exactly()
# What every fact has, with how readers call it.
_FACT_HEAD = {
    "sources": Localized("sources", "bronnen"),
    "ground": Localized("ground", "grond"),
    "readings": Localized("readings", "lezingen"),
    "verified": Localized("last verified", "laatst nagegaan"),
}
_BROADER = Localized("broader terms", "bredere termen")
_LABEL = Localized("label", "benaming")


def pack_amendments(old: Case, new: Case) -> Iterator[Amendment]:
    """What the new pack, or the new day, changes; without numbers yet."""
    if old.program is new.program:
        return
    rules = [{rule.rule.id: rule.rule for rule in case.program.rules} for case in (old, new)]
    concepts = [concepts_of(held.values()) for held in rules]
    facts = [facts_in_force(case) for case in (old, new)]
    single = [
        *(amendment for name in {**rules[0], **rules[1]} for amendment in _rule(rules[0].get(name), rules[1].get(name), old, new)),
        *(amendment for name in concepts[0] if name in concepts[1] for amendment in _concept(concepts[0][name], concepts[1][name], rules[1])),
        *(amendment for key in {**facts[0], **facts[1]} for amendment in _fact(facts[0].get(key), facts[1].get(key), old, new)),
    ]  # fmt: skip
    packs = list(_packs(single, old, new))
    covered = frozenset[Key]().union(*(pack.covers for pack in packs))
    yield from packs
    yield from (amendment for amendment in single if amendment.key not in covered)
    if old.knowledge is new.knowledge:
        return
    terms = [
        {
            (name, term): entry
            for name, held in case.knowledge.vocabularies.items()
            for term, entry in held.terms.items()
        }
        for case in (old, new)
    ]
    for name, term in {**terms[0], **terms[1]}:
        yield from _term(name, terms[0].get((name, term)), terms[1].get((name, term)))


def _packs(single: Iterable[Amendment], old: Case, new: Case) -> Iterator[Amendment]:
    """The packs that begin or end as a whole between the days, each with its rules and facts that do."""
    listed = [amendment for amendment in single if not amendment.part]
    # The side on which a pack is in force holds its rules and facts.
    sides: tuple[tuple[What, Case, Case], ...] = (("begins", new, old), ("ends", old, new))
    for what, held, other, pack in ((*side, pack) for side in sides for pack in side[1].knowledge.packs):
        if held.day not in pack.period or other.day in pack.period:
            continue
        rules = {rule.rule.id for rule in held.program.rules if rule.rule.pack == pack.name}
        facts = {f"{kind}/{name}" for (kind, name), fact in facts_in_force(held).items() if fact.pack == pack.name}
        ids = {"rule": rules, "fact": facts}
        here = [
            amendment
            for amendment in listed
            if amendment.what == what and amendment.id in ids.get(amendment.subject, ())
        ]
        if here:
            day = (pack.valid_from if what == "begins" else pack.valid_to) or held.day
            yield Amendment(
                number=0, subject="pack", what=what, id=pack.name, title=pack.title, day=day.isoformat(),
                rules=tuple(amendment.id for amendment in here if amendment.subject == "rule"),
                facts=tuple(amendment.id for amendment in here if amendment.subject == "fact"),
                key=("pack", what, pack.name), covers=frozenset(amendment.key for amendment in here),
            )  # fmt: skip


def concepts_of(rules: Iterable[Rule]) -> Mapping[str, Concept]:
    """The concepts on which rules rest, by id."""
    return {concept.id: concept for rule in rules for concept in rule.concepts}


def facts_in_force(case: Case) -> Mapping[tuple[str, str], Fact]:
    """The facts of the case's day by kind and id."""
    return {(kind, fact.id): fact for kind in case.knowledge.kinds for fact in case.program.facts.of_kind(kind)}


def _what(before: Rule | Fact | None, after: Rule | Fact | None, old: Case, new: Case) -> What:
    """How something came or went: it was written or struck, or its period began or ended."""
    if before is None:
        return "begins" if after is not None and old.day not in after.period else "added"
    return "ends" if new.day not in before.period else "dropped"


def _rule(before: Rule | None, after: Rule | None, old: Case, new: Case) -> Iterator[Amendment]:
    held = after or before
    if held is None or before is after:
        return
    head = Amendment(
        number=0, subject="rule", what="edited", id=held.id, title=held.title,
        old=_rule_passage(before) if before else None, new=_rule_passage(after) if after else None,
    )  # fmt: skip
    if before is None or after is None:
        yield evolve(head, what=_what(before, after, old, new), key=("rule", held.id, ""))
        return
    for part in RULE_PARTS:
        if _written_part(before, part) != _written_part(after, part):
            yield _with_lines(head, before, after, (part,), key=("rule", held.id, part))
    # Where the exceptions themselves are others, so are their reasons: that is told already.
    same_exceptions = _written_part(before, "unless") == _written_part(after, "unless")
    reworded = same_exceptions and _reasons(before) != _reasons(after)
    if reworded or _texts(before) != _texts(after):
        lines = ("texts", *_TEXTS, "example", *(["unless"] if reworded else []))
        yield evolve(_with_lines(head, before, after, lines), words_only=True)


def _concept(before: Concept, after: Concept, rules: Mapping[str, Rule]) -> Iterator[Amendment]:
    """What became of a concept, with the rules that rest on it."""
    if before is after:
        return
    resting = tuple(name for name, rule in rules.items() if after.id in concepts_of([rule]))
    head = Amendment(number=0, subject="concept", what="edited", id=after.id, title=after.title, rules=resting)

    def edited(part: str, keys: tuple[str, ...], **more: Any) -> Amendment:
        lines = differing_lines(before.anchor.file, after.anchor.file, keys)
        old, new = (
            Passage(concept.anchor.file.path, concept.anchor.file.location((keys[0],)).line, lines=differing)
            for concept, differing in zip((before, after), lines, strict=True)
        )
        return evolve(head, part=part, old=old, new=new, **more)

    if _as_written(before.condition) != _as_written(after.condition):
        yield edited("when", ("when",), key=("concept", after.id))
    examples = [concept.anchor.file.data.get("example") for concept in (before, after)]
    if (before.title, before.sources, examples[0]) != (after.title, after.sources, examples[1]):
        yield edited("texts", ("title", "sources", "example"), words_only=True)


def _rule_passage(rule: Rule) -> Passage:
    return Passage(rule.anchor.file.path)


def _with_lines(
    head: Amendment, before: Rule, after: Rule, parts: tuple[str, ...], key: tuple[str, ...] = ()
) -> Amendment:
    """The amendment of a part of a rule, named by the first of the keys that it stands under in the file."""
    lines = differing_lines(before.anchor.file, after.anchor.file, parts)
    passages = [
        Passage(
            rule.anchor.file.path, rule.anchor.file.location((parts[0],)).line, _code(rule, parts[0]), lines=differing
        )
        for rule, differing in zip((before, after), lines, strict=True)
    ]
    return evolve(head, part=parts[0], old=passages[0], new=passages[1], key=key)


def _code(rule: Rule, part: str) -> Localized | None:
    """The value of a part that is one word or a list of ids."""
    if part not in {"verdict", "ground", "dimension", "defeats"}:
        return None
    value = getattr(rule, part)
    said = value if isinstance(value, str) else ", ".join(value)
    return Localized(said, said)


def _written_part(rule: Rule, part: str) -> object:
    """A part as it was written, whatever the vocabularies made of it."""
    match part:
        case "when":
            return _as_written(rule.when)
        case "unless":
            return tuple(_as_written(exception.condition) for exception in rule.unless)
        case _:
            return getattr(rule, part)


def _as_written(condition: Condition) -> Condition:
    """The condition without what is closed under narrower terms, and without what concepts stand for."""

    def unclosed(part: Condition) -> Condition:
        match part:
            case Test(operand=frozenset()):
                return evolve(part, operand=None)
            case Test(operand=Several(number)):
                return evolve(part, operand=Several(number))
            case _:
                return part

    return rebuilt(as_named(condition), unclosed)


def _texts(rule: Rule) -> list[object]:
    """What is for readers; examples as their file has them, since terms mean what the pack makes of them."""
    return [*(getattr(rule, part) for part in _TEXTS), rule.anchor.file.data.get("example")]


def _reasons(rule: Rule) -> list[object]:
    return [getattr(exception, name) for exception in rule.unless for name in EXCEPTION_HEAD]


def _fact(before: Fact | None, after: Fact | None, old: Case, new: Case) -> Iterator[Amendment]:
    held = after or before
    if held is None or before is after:
        return
    kind = (new if after else old).knowledge.kinds[held.kind]
    head = Amendment(
        number=0, subject="fact", what="edited", id=f"{held.kind}/{held.id}", title=kind.title,
        old=_fact_passage(before, "id", None) if before else None,
        new=_fact_passage(after, "id", None) if after else None,
    )  # fmt: skip
    key = ("fact", held.kind, held.id)
    if before is None or after is None:
        yield evolve(head, what=_what(before, after, old, new), key=(*key, ""))
        return
    kinds = [case.knowledge.kinds[held.kind].fields for case in (old, new)]
    for name, field in {**kinds[0], **kinds[1]}.items():
        values = before.values.get(name, _NOTHING), after.values.get(name, _NOTHING)
        if values[0] != values[1]:
            passages = [
                passage_of(value, field, case, _fact_passage(fact, name, None))
                for fact, value, case in zip((before, after), values, (old, new), strict=True)
            ]
            yield evolve(
                head, part=name, label=field.label, old=passages[0], new=passages[1], key=(*key, name),
                added=listed(values[1].yes - values[0].yes, field, new.knowledge),
                removed=listed(values[0].yes - values[1].yes, field, old.knowledge),
            )  # fmt: skip
    for name, label in _FACT_HEAD.items():
        if getattr(before, name) != getattr(after, name):
            passages = [_fact_passage(version, name, _plain(getattr(version, name))) for version in (before, after)]
            is_ground = name == "ground"
            yield evolve(
                head, part=name, label=label, old=passages[0], new=passages[1],
                key=(*key, name) if is_ground else (), words_only=not is_ground,
            )  # fmt: skip


def _fact_passage(fact: Fact, name: str, text: Localized | None) -> Passage:
    place = fact.anchor.file.location((*fact.anchor.key, name))
    return Passage(place.path, place.line, text)


def _plain(value: object) -> Localized | None:
    if value is None or isinstance(value, Localized):
        return value
    said = ", ".join(value) if isinstance(value, tuple) else str(value)
    return Localized(said, said)


def _term(name: str, before: Term | None, after: Term | None) -> Iterator[Amendment]:
    held = after or before
    if held is None or before == after:
        return
    head = Amendment(number=0, subject="term", what="edited", id=f"{name}/{held.id}", title=held.label)
    if before is None or after is None:
        passages = [
            None if version is None else Passage(version.pack, text=_plain(version.broader))
            for version in (before, after)
        ]
        what: What = "added" if before is None else "dropped"
        yield evolve(head, what=what, key=("term", name, held.id), old=passages[0], new=passages[1])
        return
    if set(before.broader) != set(after.broader):
        old, new = (Passage(version.pack, text=_plain(version.broader)) for version in (before, after))
        yield evolve(head, part="broader", label=_BROADER, old=old, new=new, key=("term", name, held.id))
    if before.label != after.label:
        old, new = (Passage(version.pack, text=version.label) for version in (before, after))
        yield evolve(head, part="label", label=_LABEL, old=old, new=new, words_only=True)
