"""From the folders of packs to all that is in them, checked."""

from collections.abc import Mapping

from consistent.findings.opposition import check_opposition
from consistent.guarantees.guarantee import Guarantee
from consistent.guarantees.loading import load_guarantees
from consistent.knowledge.base import Knowledge
from consistent.knowledge.finding_packs import PackFolder
from consistent.knowledge.reading import read_knowledge
from consistent.reading.proposals import ProposalReader
from consistent.rules.loading import load_rules
from consistent.rules.rule import Rule

__all__ = ["read_pack"]


def read_pack(
    name: str, available: Mapping[str, PackFolder]
) -> tuple[Knowledge, ProposalReader, tuple[Rule, ...], tuple[Guarantee, ...]]:
    """Read a pack with those that it builds on.

    Args:
        name: of the pack.
        available: every pack that can be loaded, by name.

    Returns:
        What it knows; the reader of proposals in its terms; its rules, in order of pack and path; its guarantees.

    Raises:
        UsageError: there is no such pack.
        InputError: its files cannot be used; all faults together.
    """
    knowledge, folders = read_knowledge(name, available)
    reader = ProposalReader(knowledge.vocabularies)
    rules = load_rules(knowledge, folders, reader)
    check_opposition(rules, knowledge)
    return knowledge, reader, rules, load_guarantees(knowledge, folders, rules)
