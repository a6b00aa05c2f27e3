"""Looks a pack over: everything that it says in vain, or should not say.

In three parts: what the solver proves of the rules; what the pack brings and does not use; and, where there is a corpus, what that
shows of the rules. Only the first needs the solver.
"""

from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from consistent.authoring.accepted import explain, read_explanations
from consistent.authoring.lint.lints import MEASURED, PROVED, Check, Lint
from consistent.authoring.lint.pack import corpus_lints, pack_lints
from consistent.authoring.lint.rules import RuleLints
from consistent.checker import KnowledgeBase, load
from consistent.findings.waivers import Limits
from consistent.knowledge.packs import PackFolder, find_pack
from consistent.model.proposal import Proposal
from consistent.model.text import today

__all__ = ["lint", "lints_of"]

_LIMITS = Limits()


def lint(
    pack: str | Path,
    *,
    roots: Iterable[Path | str] = (),
    as_of: date | None = None,
    verified_within: int = _LIMITS.verified_within,
    corpus: Iterable[Proposal] = (),
    proofs: bool = True,
) -> tuple[Lint, ...]:
    """Every lint of what a pack itself brings: of its rules, of its terms, facts and principles, then of its rules in a corpus.

    Args:
        pack: see `load`.
        roots: further folders in which packs are looked for.
        as_of: the day whose facts and rules count; today unless given.
        verified_within: days since a fact was last compared with its source; more are too many.
        corpus: proposals that the rules are tried on; of none nothing is said.
        proofs: what the solver finds too.

    Raises:
        UsageError: there is no such pack, or the solver is not installed and `proofs` are wanted.
        InputError: its files cannot be used.
        EngineError: the evaluator does not find what the solver foretells, or did not do all of its work.
    """
    name, available = find_pack(pack, roots)
    kb = load(pack, roots=roots)
    return lints_of(kb, available[name], as_of or today(), verified_within, corpus=corpus, proofs=proofs)


def lints_of(
    kb: KnowledgeBase,
    folder: PackFolder,
    day: date,
    verified_within: int,
    *,
    corpus: Iterable[Proposal] = (),
    proofs: bool = True,
) -> tuple[Lint, ...]:
    """The lints of a pack that was loaded already, from the folder where it is; arguments and errors as those of `lint`."""
    proposals = tuple(corpus)
    explanations = read_explanations(folder.facts)
    lints = [
        *(RuleLints(kb, day).found() if proofs else ()),
        *pack_lints(kb, folder, day, verified_within),
        *corpus_lints(kb, proposals, day),
    ]
    left_out = (frozenset() if proofs else PROVED) | (frozenset() if proposals else MEASURED)
    return tuple(each for each in explain(lints, explanations) if not _unknown(each, left_out))


def _unknown(lint: Lint, left_out: frozenset[Check]) -> bool:
    """Whether it says that an explanation explains nothing, which cannot be known: what it may explain was not looked for."""
    if lint.check != "idle-explanation":
        return False
    wanted = lint.about[0].partition(" ")[0]
    return any(fnmatchcase(check, wanted) for check in left_out)
