"""A pack read from its files, with those that it builds on; what was read before is taken over where it would come to the same."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field

from consistent.caching import facts_key
from consistent.errors import InputError
from consistent.knowledge.entries import Knowledge
from consistent.knowledge.fields import packs_with_field
from consistent.knowledge.packs import PackFolder, pack_digest, packs_below
from consistent.rules.conditions import Concept
from consistent.rules.rule import Rule
from consistent.toml.proposals import ProposalReader

if TYPE_CHECKING:
    from consistent.findings.opposition import Witnesses
    from consistent.model.proposal import Proposal
    from consistent.rules.guarantees import Guarantee

__all__ = ["Kept", "changed_kinds", "read_pack"]

# What reads files of rules is imported when a pack has to be read: most were loaded before, and come from the cache.


@define
class Kept:
    """What was read of one pack before, and is taken over where reading it again would come to the same.

    Attributes:
        key: of the files of facts that the rest was read with.
        knowledge: what is known, the reader of proposals, and the concepts.
        rules: by id.
        witnesses: that rules contradict each other, or do not.
    """

    key: str | None = None
    knowledge: "tuple[Knowledge, tuple[PackFolder, ...], ProposalReader, Mapping[str, Concept]] | None" = None
    rules: dict[str, Rule] = field(factory=dict)
    witnesses: "Witnesses" = field(factory=dict)

    def noted_witnesses(self, rules: Iterable[Rule]) -> "tuple[tuple[tuple[str, ...], Proposal | None], ...]":
        """The witnesses that are about these rules, by their ids."""
        there = set(rules)
        return tuple(
            (tuple(rule.id for rule in concerned), found)
            for concerned, found in self.witnesses.items()
            if there.issuperset(concerned)
        )

    def note_witnesses(self, noted: "Iterable[tuple[tuple[str, ...], Proposal | None]]") -> None:
        """Take over witnesses that were noted about the rules as they are here."""
        for ids, found in noted:
            if all(id in self.rules for id in ids):
                self.witnesses[tuple(self.rules[id] for id in ids)] = found

    def take(
        self,
        key: str | None,
        knowledge: Knowledge,
        folders: "tuple[PackFolder, ...]",
        reader: ProposalReader,
        concepts: "Mapping[str, Concept]",
    ) -> None:
        """Note what was read; rules stay where whatever they are read with is the same.

        Witnesses stay where the facts that their rules ask for are the same too, whatever became of other kinds.
        """
        if (
            self.knowledge is not None
            and _alike(self.knowledge[0], knowledge)
            and _texts(self.knowledge[3]) == _texts(concepts)
        ):
            concepts = self.knowledge[3]
            from consistent.rules.reads import kinds_read

            changed = changed_kinds(self.knowledge[0], knowledge)
            self.witnesses = {
                concerned: found
                for concerned, found in self.witnesses.items()
                if not changed or changed.isdisjoint(chain.from_iterable(map(kinds_read, concerned)))
            }
        else:
            self.rules, self.witnesses = {}, {}
        self.key, self.knowledge = key, (knowledge, folders, reader, concepts)


def _alike(one: Knowledge, other: Knowledge) -> bool:
    """Whether rules mean the same with either: it may differ in what principles and positions say, and in facts."""
    return _read_by_rules(one) == _read_by_rules(other)


def _read_by_rules(knowledge: Knowledge) -> tuple[object, ...]:
    terms = {name: vocabulary.terms for name, vocabulary in knowledge.vocabularies.items()}
    positions = {position.id: position.principles for position in knowledge.positions.values()}
    # Not what their files are, which is another with every edit.
    packs = [evolve(pack, digest="") for pack in knowledge.packs]
    return terms, knowledge.fields, knowledge.kinds, packs, knowledge.principles.keys(), positions


def changed_kinds(one: Knowledge, other: Knowledge) -> frozenset[str]:
    """The kinds of fact of which rules are told something else by the one than by the other, on some day."""

    def told(knowledge: Knowledge, kind: str) -> list[object]:
        return [(fact.id, fact.period, dict(fact.values)) for fact in knowledge.facts.get(kind, ())]

    kinds = one.facts.keys() | other.facts.keys()
    return frozenset(kind for kind in kinds if told(one, kind) != told(other, kind))


def _texts(held: "Mapping[Any, Concept]") -> Mapping[str, str | None]:
    """The texts of the files that something was read from."""
    return {each.anchor.file.path: each.anchor.file.text for each in held.values()}


def read_pack(
    name: str, available: Mapping[str, PackFolder], kept: Kept | None = None
) -> "tuple[Knowledge, ProposalReader, Mapping[str, Concept], tuple[Rule, ...], tuple[Guarantee, ...]]":
    """Read a pack with those that it builds on.

    Args:
        name: of the pack.
        available: every pack that can be loaded, by name.
        kept: what was read before.

    Returns:
        What it knows; the reader of proposals in its terms; its concepts, by id; its rules, in order of pack and path; its
        guarantees.

    Raises:
        UsageError: there is no such pack.
        InputError: its files cannot be used; all faults together.
    """
    from consistent.findings.opposition import check_opposition
    from consistent.knowledge.reading import read_knowledge
    from consistent.rules.concepts import load_concepts
    from consistent.rules.guarantees import load_guarantees
    from consistent.rules.loading import faults_apart, load_rules

    key = facts_key(packs_below(name, available)) if kept is not None else None
    kept = kept or Kept()
    if kept.knowledge is None or key is None or key != kept.key:
        try:
            knowledge, folders = read_knowledge(name, available)
            reader = ProposalReader(knowledge.vocabularies, packs_with_field)
            concepts = load_concepts(knowledge, folders, reader)
        except InputError as error:
            # What rules build on hides nothing that can be told without it.
            raise InputError(dict.fromkeys((*error.faults, *faults_apart(available[name])))) from None
        kept.take(key, knowledge, folders, reader, concepts)
    else:
        knowledge, folders, reader, concepts = kept.knowledge
        # Files of rules may be others than when it was read.
        packs = zip(knowledge.packs, folders, strict=True)
        knowledge = evolve(knowledge, packs=tuple(evolve(pack, digest=pack_digest(folder)) for pack, folder in packs))
        kept.knowledge = knowledge, folders, reader, concepts
    assert kept.knowledge is not None  # noqa: S101  it was taken, now or before
    knowledge, folders, reader, concepts = kept.knowledge
    rules = load_rules(knowledge, folders, reader, concepts, kept.rules)
    check_opposition(rules, knowledge, kept=kept.witnesses)
    return knowledge, reader, concepts, rules, load_guarantees(knowledge, folders, rules, concepts)
