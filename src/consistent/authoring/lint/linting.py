"""Every lint of a pack: what it says in vain, or should not say.

In three parts: what the solver proves of the rules; what the pack brings and does not use; and, where there is a corpus, what that
shows of the rules. Only the first needs the solver.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from attrs import evolve

from consistent.authoring.accepted import Explanation, read_explanations
from consistent.authoring.lint._pack import corpus_lints, pack_lints
from consistent.authoring.lint._rules import RuleLints
from consistent.authoring.lint.lints import MEASURED, PROVED, Check, Lint
from consistent.checker import KnowledgeBase, load
from consistent.findings.waivers import Limits
from consistent.knowledge.packs import PackFolder, find_pack
from consistent.model.proposal import Proposal
from consistent.model.text import Localized, today

__all__ = ["lint_pack", "lints_of"]

_LIMITS = Limits()
_IDLE = Localized(
    "`{name}` explains nothing: there is no such lint", "`{name}` verklaart niets: zo'n bevinding is er niet"
)
_HELP_IDLE = Localized("take it out", "haal het weg")


def lint_pack(
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
        EngineError: the evaluator does not find what the solver predicts, or did not do all of its work.
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
    """The lints of a pack that was loaded already, from the folder where it is; arguments and errors as those of `lint_pack`."""
    proposals = tuple(corpus)
    explanations = read_explanations(folder.facts)
    lints = [
        *(RuleLints(kb, day).found() if proofs else ()),
        *pack_lints(kb, folder, day, verified_within),
        *corpus_lints(kb, proposals, day),
    ]
    left_out = (frozenset() if proofs else PROVED) | (frozenset() if proposals else MEASURED)
    return tuple(found for found in _explained(lints, explanations) if not _unknown(found, left_out))


def _explained(lints: Iterable[Lint], explanations: Iterable[Explanation]) -> Iterator[Lint]:
    """The lints, each with its reason where one is given; then a lint for each id of an explanation that fits no lint."""
    named = [(name, explanation) for explanation in explanations for name in explanation.names]
    used: set[str] = set()
    for lint in lints:
        # A name may hold brackets, which a pattern takes for a set of letters: as it stands it counts too.
        fitting = [pair for pair in named if lint.id == pair[0] or fnmatchcase(lint.id, pair[0])]
        used.update(name for name, _ in fitting)
        yield evolve(lint, explained=fitting[0][1].reason) if fitting else lint
    for name, explanation in named:
        if name not in used:
            message = Localized(_IDLE.en.format(name=name), _IDLE.nl.format(name=name))
            yield Lint(
                check="idle-explanation", about=(name,), message=message, help=_HELP_IDLE, place=explanation.place
            )


def _unknown(lint: Lint, left_out: frozenset[Check]) -> bool:
    """Whether a lint says that an explanation fits no lint, while the checks that it may be for were left out."""
    if lint.check != "idle-explanation":
        return False
    wanted = lint.about[0].partition(" ")[0]
    return any(fnmatchcase(check, wanted) for check in left_out)
