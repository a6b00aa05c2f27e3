"""Every lint of a pack: what it says in vain, or should not say.

In three parts: what the solver proves of the rules (`_rules`); what the pack brings and does not use; and, where there is a corpus,
what that shows of the rules (`measured`). Only the first needs the solver.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from attrs import evolve

from consistent.authoring.accepted import Explanation, read_explanations
from consistent.authoring.lint._rules import RuleLints
from consistent.authoring.lint.lints import MEASURED, PROVED, Check, Lint
from consistent.authoring.lint.measured import Firing, measured, unused
from consistent.checker import KnowledgeBase, load
from consistent.errors import Location
from consistent.knowledge.entries import Limits
from consistent.knowledge.packs import PackFolder, find_pack
from consistent.model.proposal import Proposal
from consistent.model.text import Localized, today
from consistent.toml.tomlfile import TomlFile

__all__ = ["lint_pack", "lints_of"]

# Lints of what rules are made of: terms, facts and principles that nothing reads, facts not verified for long.

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
    served = {rule.principle for rule in kb.rules}
    for principle in known.principles.values():
        if principle.pack == kb.name and principle.id not in served:
            yield Lint(
                check="unread-principle", about=(principle.id,), message=_filled(_PRINCIPLE, name=principle.id),
                help=_HELP_FACT, place=_place(folder.facts / "principles.toml", principle.id),
            )  # fmt: skip
    for fact in (
        held for facts in known.facts.values() for held in facts if held.pack == kb.name and day in held.period
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


# Lints that a corpus shows: rules of the pack that say nothing of any of its proposals, or that apply nearly everywhere.

_SILENT = Localized(
    "`{rule}` says nothing of any proposal of the corpus: it is silent on all {judged} that it judges",
    "`{rule}` zegt van geen voorstel van het corpus iets: hij zwijgt over alle {judged} die hij toetst",
)
_HELP_SILENT = Localized(
    "add a proposal that it is for, leave it out, or explain for what it waits",
    "voeg een voorstel toe waarvoor hij is bedoeld, laat hem weg, of verklaar waarop hij wacht",
)
_EVERYWHERE = Localized(
    "`{rule}` applies nearly everywhere in the corpus: to {applies} of {judged}",
    "`{rule}` is bijna overal in het corpus van toepassing: op {applies} van {judged}",
)
_HELP_EVERYWHERE = Localized(
    "ask for what tells one proposal from another, or explain why that is right",
    "vraag naar wat het ene voorstel van het andere onderscheidt, of verklaar waarom dat zo hoort",
)


def corpus_lints(kb: KnowledgeBase, corpus: Iterable[Proposal], day: date) -> Iterator[Lint]:
    """What a corpus shows of the rules that a pack itself brings: the silent ones, then those that apply nearly everywhere.

    Args:
        kb: the pack.
        corpus: the proposals; of none nothing is said.
        day: whose facts and rules count.

    Raises:
        EngineError: the engine did not do all of its work.
    """
    shown = measured(kb, corpus, day)
    for firing in shown.silent:
        yield _lint("silent-in-corpus", firing, _SILENT, _HELP_SILENT)
    for firing in shown.everywhere:
        yield _lint("everywhere-in-corpus", firing, _EVERYWHERE, _HELP_EVERYWHERE)


def _lint(check: Check, firing: Firing, message: Localized, help: Localized) -> Lint:
    words = {"rule": firing.rule.id, "applies": firing.applies, "judged": firing.judged}
    return Lint(
        check=check,
        about=(firing.rule.id,),
        message=Localized(message.en.format(**words), message.nl.format(**words)),
        help=help,
        place=firing.rule.anchor.file.location(("when",)),
    )


# All lints of a pack, with the reasons that it gives.

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
