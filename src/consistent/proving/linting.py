"""Looks a pack over: everything that it says in vain, or should not say."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from consistent.checker import load
from consistent.findings.ageing import Limits
from consistent.knowledge.finding_packs import find_pack
from consistent.model.days import today
from consistent.proving.explained import explain, read_explanations
from consistent.proving.lints import Lint
from consistent.proving.pack_lints import pack_lints
from consistent.proving.rule_lints import RuleLints

__all__ = ["lint"]

_LIMITS = Limits()


def lint(
    pack: str | Path,
    *,
    roots: Iterable[Path | str] = (),
    as_of: date | None = None,
    verified_within: int = _LIMITS.verified_within,
) -> tuple[Lint, ...]:
    """Every lint of what a pack itself brings: of its rules, then of its terms, facts and principles.

    Args:
        pack: see `load`.
        roots: further folders in which packs are looked for.
        as_of: the day whose facts and rules count; today unless given.
        verified_within: days since a fact was last compared with its source; more are too many.

    Raises:
        UsageError: there is no such pack, or the solver is not installed.
        InputError: its files cannot be used.
        EngineError: the evaluator does not find what the solver foretells.
    """
    name, available = find_pack(pack, roots)
    kb, day = load(pack, roots=roots), as_of or today()
    explanations = read_explanations(available[name].facts)
    found = [*RuleLints(kb, day).found(), *pack_lints(kb, available[name], day, verified_within)]
    return tuple(explain(found, explanations))
