"""Packs between two others: each amendment of a rule, a concept, a fact or a term made or not."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from consistent.errors import UsageError
from consistent.findings.case import Case
from consistent.inquiries.differences._matching import Pair
from consistent.inquiries.differences._pack_amending import RULE_PARTS, concepts_of, facts_in_force
from consistent.inquiries.differences.amending import Key
from consistent.inquiries.edits import Edit, apply
from consistent.knowledge.entries import Fact, FactKind, Knowledge, Period
from consistent.model.proposal import Field, Fields, Measure, Proposal, Words
from consistent.model.values import Value
from consistent.model.vocabulary import Vocabularies, Vocabulary, find_cycle
from consistent.rules.conditions import Concept, Condition, Several, Test, named_directly, rebuilt, with_concepts
from consistent.rules.program import CompiledRule, FactLookup, Program
from consistent.rules.reading import scope_of
from consistent.rules.rule import Rule

__all__ = ["MixedPacks", "MixedProposals"]


class MixedPacks:
    """Every pack between two, for the plain evaluator.

    Attributes:
        rules: of either side, by id.

    Raises:
        UsageError: a field of a kind of fact is of another type in the one than in the other.
    """

    def __init__(self, old: Case, new: Case, keys: frozenset[Key]) -> None:
        self._old, self._new, self._day = old.knowledge, new.knowledge, new.day
        # What proposals change is none of its business.
        self._keys = frozenset(key for key in keys if key[0] in {"rule", "concept", "fact", "term"})
        self.rules = tuple({rule.rule.id: rule.rule for rule in case.program.rules} for case in (old, new))
        self._concepts = tuple(concepts_of(rules.values()) for rules in self.rules)
        self._facts = facts_in_force(old), facts_in_force(new)
        self._has_terms = any(key[0] == "term" for key in self._keys)
        self._kinds = _all_kinds(old.knowledge, new.knowledge)
        self._held: tuple[frozenset[Key], Knowledge, FactLookup] | None = None

    def of(self, made: frozenset[Key], names: Iterable[str]) -> tuple[Knowledge, Program] | None:
        """The pack with these amendments made, and of its rules the named ones; None where that is no pack.

        Rules that defeat each other in a circle, as those of an old and a new version can together, are none; nor are concepts that
        rest on each other so.
        """
        knowledge, facts = self._knowledge(made & self._keys)
        concepts = self._versions(made)
        if concepts is None:
            return None
        mixed = (self._rule(name, made, facts, concepts) for name in sorted(names))
        rules = [rule for rule in mixed if rule is not None]
        if not _sound(rules):
            return None
        return knowledge, Program(tuple(CompiledRule(rule, frozenset(), ()) for rule in rules), facts)

    def _versions(self, made: frozenset[Key]) -> Mapping[str, Concept] | None:
        """Of each concept of both sides the version that is meant; None where these rest on each other in a circle."""
        old, new = self._concepts
        versions = {name: (old if ("concept", name) in self._keys - made else new)[name] for name in new if name in old}
        edges = {
            name: [other.id for other in named_directly(concept.condition)]
            for name, concept in {**old, **new, **versions}.items()
        }
        return None if find_cycle(edges) else versions

    def _rule(self, name: str, made: frozenset[Key], facts: FactLookup, concepts: Mapping[str, Concept]) -> Rule | None:
        before, after = (rules.get(name) for rules in self.rules)
        if before is None or after is None:
            rule = (after or before) if (("rule", name, "") in made) is (before is None) else None
        else:
            undone = [part for part in RULE_PARTS if ("rule", name, part) in self._keys - made]
            rule = evolve(after, **{part: getattr(before, part) for part in undone})
        if rule is None or not self._keys:
            return rule
        rule = _changed(rule, lambda condition: with_concepts(condition, concepts)) if concepts else rule
        rule = _closed(rule, facts) if self._has_terms else rule
        return evolve(rule, scope=scope_of(rule.conditions))

    def _knowledge(self, made: frozenset[Key]) -> tuple[Knowledge, FactLookup]:
        """The latest one is kept: most questions are about one pack."""
        if self._held is None or self._held[0] != made:
            facts: dict[str, list[Fact]] = {kind: [] for kind in self._kinds}
            for key in {**self._facts[0], **self._facts[1]}:
                fact = self._fact(key, made)
                if fact is not None:
                    facts[fact.kind].append(fact)
            knowledge = evolve(
                self._new, vocabularies=self._vocabularies(made), kinds=self._kinds,
                facts={kind: tuple(held) for kind, held in facts.items()},
                principles={**self._old.principles, **self._new.principles},
                positions={**self._old.positions, **self._new.positions},
            )  # fmt: skip
            self._held = made, knowledge, FactLookup(knowledge, self._day)
        return self._held[1:]

    def _fact(self, key: tuple[str, str], made: frozenset[Key]) -> Fact | None:
        """A fact that holds, with a value for every field; on which day was settled before."""
        before, after = (fact.get(key) for fact in self._facts)
        whole = after or before
        if whole is None or (
            (before is None or after is None) and (("fact", *key, "") in made) is not (before is None)
        ):
            return None
        fields = self._kinds[whole.kind].fields
        undone = {str(amended[3]) for amended in self._keys - made if amended[:3] == ("fact", *key)}
        versions = {name: before if before is not None and name in undone else whole for name in (*fields, "ground")}
        values = {name: versions[name].values.get(name, Value.exactly()) for name in fields}
        return evolve(whole, values=values, ground=versions["ground"].ground, period=Period())

    def _vocabularies(self, made: frozenset[Key]) -> Vocabularies:
        """Every term of both, so that each can be named; one that is not there is under no other, and none under it."""
        if not self._has_terms:
            return self._new.vocabularies
        every = {name: self._vocabulary(name, made) for name in {**self._old.vocabularies, **self._new.vocabularies}}
        return Words(every, self._old.fields | self._new.fields)

    def _vocabulary(self, name: str, made: frozenset[Key]) -> Vocabulary:
        held = (vocabularies.vocabularies.get(name) for vocabularies in (self._old, self._new))
        old, new = ({} if vocabulary is None else vocabulary.terms for vocabulary in held)
        every = {**old, **new}
        there = {
            term_id: known_term
            for term_id in every
            if (known_term := (old if ("term", name, term_id) in self._keys - made else new).get(term_id)) is not None
        }
        broader = {term_id: tuple(above for above in term.broader if above in there) for term_id, term in there.items()}
        return Vocabulary(
            name, {term_id: evolve(term, broader=broader.get(term_id, ())) for term_id, term in every.items()}
        )


def _all_kinds(old: Knowledge, new: Knowledge) -> Mapping[str, FactKind]:
    """The kinds of fact of both, each with the fields of both."""
    kinds: dict[str, FactKind] = {**old.kinds, **new.kinds}
    for name in old.kinds.keys() & new.kinds.keys():
        before, after = old.kinds[name].fields, new.kinds[name].fields
        for key in sorted(before.keys() & after.keys()):
            if before[key] != after[key]:
                raise UsageError(
                    f"field `{key}` of kind `{name}` is of another type in the new pack: facts of both cannot be compared",
                    "give the field another name there",
                )
        kinds[name] = evolve(kinds[name], fields={**before, **after})
    return kinds


def _sound(rules: Iterable[Rule]) -> bool:
    """Whether superiority goes in no circle, and no rule on measures defeats one on the proposal."""
    held = {rule.id: rule for rule in rules}
    edges = {name: [held[other] for other in rule.defeats if other in held] for name, rule in held.items()}
    fits = all(
        other.scope == "measure" or held[name].scope == "proposal" for name, weaker in edges.items() for other in weaker
    )
    return fits and not find_cycle({name: [other.id for other in weaker] for name, weaker in edges.items()})


def _closed(rule: Rule, facts: FactLookup) -> Rule:
    """The rule with the terms that it asks for closed under narrower ones anew."""

    def closed(condition: Condition) -> Condition:
        match condition:
            case Test(operand=frozenset(), field=field, written=written) if field.type == "terms":
                return evolve(condition, operand=facts.closed(written, field))
            case Test(operand=Several() as several, field=field, written=written):
                return evolve(
                    condition, operand=evolve(several, of=tuple(facts.closed((atom,), field) for atom in written))
                )
            case _:
                return condition

    return _changed(rule, lambda condition: rebuilt(condition, closed))


def _changed(rule: Rule, change: Callable[[Condition], Condition]) -> Rule:
    """The rule with each of its conditions changed."""
    unless = tuple(evolve(exception, condition=change(exception.condition)) for exception in rule.unless)
    return evolve(rule, when=change(rule.when), unless=unless)


# Proposals between two versions of one: each amendment made or not.


@frozen
class _Reread:
    """A value that was written once and reads otherwise with the terms of the other pack."""

    measure: str | None
    field: Field
    old: Value
    new: Value


class MixedProposals:
    """Every version between two; a measure is called by its number among the matched ones."""

    def __init__(
        self, old: Proposal, new: Proposal, pairs: Sequence[Pair], keys: frozenset[Key], fields: Fields
    ) -> None:
        self._keys = keys
        self._base = evolve(old, measures=tuple(_numbered(pair, number) for number, pair in enumerate(pairs)))
        self._edits: dict[Key, Edit] = {}
        self._reread: list[_Reread] = []
        for key, measure, field, before, after in _values(old, new, pairs, fields):
            if key in keys:
                self._edits[key] = Edit(measure, field.name, after)
            elif before != after:
                self._reread.append(_Reread(measure, field, before, after))
        # A measure that was added is there once its amendment is made, one that was dropped until then.
        self._there = {("measure", number): pair.old is None for number, pair in enumerate(pairs)}

    def of(self, made: frozenset[Key]) -> Proposal:
        """The version with these amendments made."""
        edits = [edit for key, edit in self._edits.items() if key in made]
        edits += [Edit(reread.measure, reread.field.name, self._value(reread, made)) for reread in self._reread]
        proposal = apply(self._base, edits)
        gone = {str(key[1]) for key, added in self._there.items() if key in self._keys and (key in made) is not added}
        return evolve(proposal, measures=tuple(measure for measure in proposal.measures if measure.id not in gone))

    def _value(self, reread: _Reread, made: frozenset[Key]) -> Value:
        """Of each term, what the version of the vocabulary that it is taken from makes of it."""
        edited = {str(key[2]) for key in self._keys if key[:2] == ("term", reread.field.vocabulary)}
        undone = {term for term in edited if ("term", reread.field.vocabulary, term) not in made}
        if not undone or undone == edited:
            return reread.old if undone else reread.new
        return evolve(reread.new, no=(reread.new.no - undone) | (reread.old.no & undone))


def _numbered(pair: Pair, number: int) -> Measure:
    measure = pair.old or pair.new
    if measure is None:  # pragma: no cover  a pair has one at least
        raise AssertionError(pair)
    return evolve(measure, id=str(number))


def _values(
    old: Proposal, new: Proposal, pairs: Sequence[Pair], known: Fields
) -> Iterator[tuple[Key, str | None, Field, Value, Value]]:
    """Every field of what both versions have, with its two values."""
    parts: list[tuple[int | None, Proposal | Measure, Proposal | Measure]] = [(None, old, new)]
    for number, pair in enumerate(pairs):
        if pair.old is not None and pair.new is not None:
            parts.append((number, pair.old, pair.new))
    for where, before, after in parts:
        name = None if where is None else str(where)
        for field in known.of(before).values():
            yield ("value", where, field.name), name, field, before.value(field.name), after.value(field.name)
