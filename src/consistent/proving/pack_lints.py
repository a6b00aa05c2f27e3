"""Lints of what rules are made of: terms, facts and principles that nothing reads, facts not verified for long."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from consistent.checker import KnowledgeBase
from consistent.errors import Location
from consistent.knowledge.finding_packs import PackFolder
from consistent.model.text import Localized
from consistent.proving.lints import Lint
from consistent.reading.tomlfile import TomlFile
from consistent.testing.vacuity.of_pack import unused

__all__ = ["pack_lints"]

_TERM = Localized(
    "no rule asks for the term `{name}` of `{kind}`, and no fact has it",
    "geen regel vraagt naar de term `{name}` van `{kind}`, en geen feit heeft hem",
)
_HELP_TERM = Localized("leave it out, or explain whom it serves", "laat hem weg, of verklaar wie er iets aan heeft")
_FACT = Localized("no rule reads the fact `{name}` ({kind})", "geen regel leest het feit `{name}` ({kind})")
_HELP_FACT = Localized(
    "leave it out, write the rule that it is for, or explain it",
    "laat het weg, schrijf de regel waarvoor het is bedoeld, of verklaar het",
)
_PRINCIPLE = Localized("no rule serves the principle `{name}`", "geen regel dient het beginsel `{name}`")
_STALE = Localized(
    "the fact `{name}` ({kind}) was last compared with its source on {when}",
    "het feit `{name}` ({kind}) is voor het laatst op {when} met zijn bron vergeleken",
)
_NEVER = Localized(
    "the fact `{name}` ({kind}) was never compared with its source",
    "het feit `{name}` ({kind}) is nooit met zijn bron vergeleken",
)
_HELP_STALE = Localized("compare it, and set `verified`", "vergelijk het, en zet `verified`")


def pack_lints(kb: KnowledgeBase, folder: PackFolder, day: date, verified_within: int) -> Iterator[Lint]:
    """What a pack brings and does not use; of the packs that it builds on nothing is said.

    Args:
        kb: the pack.
        folder: where it is.
        day: whose facts count.
        verified_within: days since a fact was last compared with its source; more are too many.
    """
    known = kb.knowledge
    idle = unused(kb, day)
    for vocabulary, term in idle.terms:
        words = {"name": term.id, "kind": vocabulary}
        yield Lint(
            check="unread-term", about=(vocabulary, term.id), message=_filled(_TERM, **words), help=_HELP_TERM,
            place=_place(folder.facts / "vocabulary" / f"{vocabulary}.toml", term.id),
        )  # fmt: skip
    for fact in idle.facts:
        yield Lint(
            check="unread-fact", about=(fact.kind, fact.id), message=_filled(_FACT, name=fact.id, kind=fact.kind),
            help=_HELP_FACT, place=fact.anchor.location,
        )  # fmt: skip
    served = {each.principle for each in kb.rules}
    for principle in known.principles.values():
        if principle.pack == kb.name and principle.id not in served:
            yield Lint(
                check="unread-principle", about=(principle.id,), message=_filled(_PRINCIPLE, name=principle.id),
                help=_HELP_FACT, place=_place(folder.facts / "principles.toml", principle.id),
            )  # fmt: skip
    for fact in (
        each for facts in known.facts.values() for each in facts if each.pack == kb.name and day in each.period
    ):
        if fact.verified is None or (day - fact.verified).days > verified_within:
            words = {"name": fact.id, "kind": fact.kind, "when": str(fact.verified)}
            yield Lint(
                check="unverified-fact", about=(fact.kind, fact.id),
                message=_filled(_NEVER if fact.verified is None else _STALE, **words), help=_HELP_STALE,
                place=fact.anchor.location,
            )  # fmt: skip


def _place(path: Path, key: str) -> Location:
    return TomlFile.read(path).location((key,))


def _filled(text: Localized, **words: str) -> Localized:
    return Localized(text.en.format(**words), text.nl.format(**words))
