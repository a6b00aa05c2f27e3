"""A new rule in a pack, with examples that come out as they say."""

from pathlib import Path

from consistent.authoring.scaffolds.files import checked_path, filled
from consistent.authoring.scaffolds.trying import load_tried, tried
from consistent.authoring.schemas.catalogue import ENDING
from consistent.checker import KnowledgeBase, load
from consistent.errors import UsageError, did_you_mean
from consistent.knowledge.entries import Knowledge
from consistent.knowledge.packs import find_pack, shipped_root
from consistent.model.text import Language
from consistent.model.vocabulary import Term
from consistent.rules.conditions import tests_in
from consistent.rules.rule import Verdict
from consistent.toml.files import is_file

__all__ = ["new_rule", "term_of"]

# The folder of packs within the installed package; in a checkout they lie beside it, to be written.
_INSTALLED = "_packs"


def new_rule(
    name: str,
    pack: str | Path,
    language: Language,
    *,
    principle: str = "",
    effect: str = "",
    verdict: Verdict = "question",
) -> dict[Path, str]:
    """The file of a new rule, tried in its pack.

    Args:
        name: the id, with or without the name of the pack before it.
        pack: a name, or a folder.
        language: of comments.
        principle: an id; the first of the pack unless given.
        effect: what the measure must do, a term; the first one unless given.
        verdict: what the rule says.

    Returns:
        path to text.

    Raises:
        UsageError: there is no such pack, principle or term, no rule can have that id, or two rules would contradict each other.
        InputError: the pack cannot be used, with the rule or without it.
    """
    kb = load(pack)
    _, available = find_pack(pack, ())
    folder = available[kb.name]
    parts = checked_path(name)
    within = parts[1:] if parts[0] == kb.name and len(parts) > 1 else parts
    path = Path("rules", kb.name, *within[:-1], f"{within[-1]}.toml")
    root = folder.facts.parents[1]
    if root.name == _INSTALLED and root == shipped_root():
        raise UsageError(
            f"the pack `{kb.name}` is a part of the program, and changes with it",
            f"build a pack of your own on it: consistent new pack NAME --pack {kb.name}",
        )
    schema = Path("schemas", f"rule{ENDING}")
    text = filled(
        "rule.toml",
        language,
        schema="../" * len(path.parent.parts) + schema.as_posix() if is_file(root / schema) else "",
        principle=_principle(kb.knowledge, principle, kb.name),
        verdict=verdict,
        source=kb.knowledge.packs[-1].sources[0],
        term=term_of(kb, kb.name, effect),
    )
    with tried({path: text}, root, folder) as trial:
        load_tried(trial, "/".join((kb.name, *within)), language, folder)
    return {root / path: text}


def term_of(kb: KnowledgeBase, pack: str, wanted: str = "") -> Term:
    """The term of what measures do that a new rule asks for.

    Args:
        kb: knows the terms.
        pack: that the rule is for; may be new.
        wanted: the term; unless given, the first one of which no rule of that pack speaks, so that nothing that is expected
            of it changes.

    Raises:
        UsageError: there is no such term, or none at all.
    """
    vocabulary = kb.knowledge.vocabularies["effects"]
    terms = vocabulary.terms
    if not terms:
        raise UsageError("the pack has no term for what a measure does", "add one in `vocabulary/effects.toml`")
    if wanted and wanted not in terms:
        raise UsageError(f"unknown term `{wanted}` in vocabulary `effects`", did_you_mean(wanted, terms))
    spoken_of = _asked(kb, pack)
    free = (each for each in terms if spoken_of.isdisjoint(vocabulary.narrower([each])))
    return terms[wanted or next(free, next(iter(terms)))]


def _asked(kb: KnowledgeBase, pack: str) -> set[object]:
    """The terms for which rules of a pack itself ask, with everything below them."""
    conditions = [condition for rule in kb.rules if rule.pack == pack for condition in rule.conditions]
    sets = (test.operand for each in conditions for test in tests_in(each) if test.field.vocabulary == "effects")
    return {atom for each in sets if isinstance(each, frozenset) for atom in each}


def _principle(knowledge: Knowledge, wanted: str, pack: str) -> str:
    known = knowledge.principles
    if wanted and wanted not in known:
        raise UsageError(f"unknown principle `{wanted}`", did_you_mean(wanted, known))
    if not known:
        raise UsageError("the pack has no principle", "add one in `principles.toml`: a rule is for something")
    own = [each.id for each in known.values() if each.pack == pack]
    return wanted or next(iter(own or known))
