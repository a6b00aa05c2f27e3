"""Every lint of a pack: what it says in vain, or should not say.

In three parts: what the solver proves of the rules (`_rules`); what the pack brings and does not use; and, where there is a corpus,
what that shows of the rules (`measured`). Only the first needs the solver.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from attrs import evolve

from consistent.authoring.accepted import Explanation, read_explanations
from consistent.authoring.lint._rules import RuleLints
from consistent.authoring.lint.lints import MEASURED, PROVED, Check, Lint
from consistent.authoring.lint.measured import Firing, measured, unused
from consistent.authoring.proving.cache import SolverCache
from consistent.checker import KnowledgeBase, load
from consistent.errors import Location
from consistent.knowledge.entries import Limits
from consistent.knowledge.packs import PackFolder, find_pack
from consistent.model.proposal import Proposal
from consistent.model.text import Localized, today
from consistent.rules.rule import Rule, Verdict
from consistent.toml.files import toml_files
from consistent.toml.tomlfile import KeyPath, TomlFile

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
_TODO = re.compile(r"\bTODO\b")
_UNWRITTEN = Localized("`{name}` says TODO still, {count} times", "`{name}` zegt nog {count} keer TODO")
_HELP_UNWRITTEN = Localized("write it: it would stand so in reports", "schrijf het: het zou zo in rapporten staan")
_CONCEPT = Localized(
    "nothing names the concept `{name}`: no rule, guarantee or other concept",
    "niets noemt het begrip `{name}`: geen regel, garantie of ander begrip",
)
_POSITION = Localized("no rule carries the position `{name}`", "geen regel werkt de positie `{name}` uit")
_HELP_POSITION = Localized(
    "write the rule that it is for, or say under `not_carried` why there is none",
    "schrijf de regel waarvoor zij is bedoeld, of zeg onder `not_carried` waarom die er niet is",
)
_RED_LINE = Localized(
    "the position `{name}` can only be served: no rule finds a conflict with it, a missing condition or a question",
    "de positie `{name}` kan alleen gediend worden: geen regel meldt een strijdigheid, een ontbrekende voorwaarde of een vraag",
)
_WISH = Localized(
    "`{name}` finds a conflict with positions that are support only",
    "`{name}` meldt een strijdigheid met posities die alleen steun zijn",
)
_HELP_WISH = Localized(
    "a wish turned round is a remark: make it a `condition`, name the position that says more, or explain it",
    "een omgekeerde wens is een aandachtspunt: maak er een `condition` van, noem de positie die meer zegt, of verklaar het",
)
_COMPETENCE = Localized(
    "`{name}` judges policy in the dimension competence", "`{name}` beoordeelt beleid in de dimensie bevoegdheid"
)
_HELP_COMPETENCE = Localized(
    "competence is the legal test; what a document wants is substance, or proportionality",
    "bevoegdheid is de juridische toets; wat een document wil, is inhoud of evenredigheid",
)
_SPENDING = Localized(
    "`{name}` is in line in the dimension finance: the more is spent, the better the grade",
    "`{name}` is in lijn in de dimensie financiën: hoe meer uitgaven, hoe beter het oordeel",
)
_HELP_SPENDING = Localized(
    "that money is spent, or is easier to come by, is substance",
    "dat geld wordt uitgegeven of gemakkelijker te krijgen is, is inhoud",
)
_UNTITLED = Localized(
    "`{name}` is told by the title of the fault where it is met",
    "`{name}` heet ook als eraan is voldaan naar wat ontbreekt",
)
_HELP_UNTITLED = Localized(
    "add `title_met.en` and `title_met.nl`: what is there when the condition is met",
    "voeg `title_met.en` en `title_met.nl` toe: wat er is als aan de voorwaarde is voldaan",
)
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
            check="unread-term", about=(vocabulary, term.id), message=_TERM.filled(**words), help=_HELP_TERM,
            place=_place(folder.facts / "vocabulary" / f"{vocabulary}.toml", term.id),
        )  # fmt: skip
    for fact in idle.facts:
        yield Lint(
            check="unread-fact", about=(fact.kind, fact.id), message=_FACT.filled(name=fact.id, kind=fact.kind),
            help=_HELP_FACT, place=fact.anchor.location,
        )  # fmt: skip
    served = {rule.principle for rule in kb.rules}
    for principle in known.principles.values():
        if principle.pack == kb.name and principle.id not in served:
            yield Lint(
                check="unread-principle", about=(principle.id,), message=_PRINCIPLE.filled(name=principle.id),
                help=_HELP_FACT, place=_place(folder.facts / "principles.toml", principle.id),
            )  # fmt: skip
    for concept in kb.concepts.values():
        if concept.pack == kb.name and not kb.users_of(concept):
            yield Lint(
                check="unread-concept", about=(concept.id,), message=_CONCEPT.filled(name=concept.id), help=_HELP_FACT,
                place=concept.anchor.location,
            )  # fmt: skip
    yield from _unwritten(folder)
    yield from _position_lints(kb, folder)
    yield from _dimension_lints(kb)
    yield from _title_lints(kb)
    for fact in (
        held for facts in known.facts.values() for held in facts if held.pack == kb.name and day in held.period
    ):
        if fact.verified is None or (day - fact.verified).days > verified_within:
            words = {"name": fact.id, "kind": fact.kind, "when": str(fact.verified)}
            yield Lint(
                check="unverified-fact", about=(fact.kind, fact.id),
                message=(_NEVER if fact.verified is None else _STALE).filled(**words), help=_HELP_STALE,
                place=fact.anchor.location,
            )  # fmt: skip


def _unwritten(folder: PackFolder) -> Iterator[Lint]:
    """Files of the pack in which a text begins with `TODO`, as a scaffold leaves it: it would stand so in reports."""
    for root in (folder.facts, folder.rules):
        for path in toml_files(root):
            file = TomlFile.read(path)
            keys = [key for key, text in _texts_of(file.data) if _TODO.search(text)]
            if keys:
                name = path.relative_to(root.parents[1]).as_posix()
                words = {"name": name, "count": str(len(keys))}
                yield Lint(
                    check="unwritten", about=(name,), message=_UNWRITTEN.filled(**words), help=_HELP_UNWRITTEN,
                    place=file.location(keys[0]),
                )  # fmt: skip


def _texts_of(data: object, at: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text of a file with its key."""
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, Mapping | list):
        for key, part in data.items() if isinstance(data, Mapping) else enumerate(data):
            yield from _texts_of(part, (*at, key))


def _position_lints(kb: KnowledgeBase, folder: PackFolder) -> Iterator[Lint]:
    """Positions of the pack that nothing carries or defends, and rules that make more of positions than they are."""
    known = kb.knowledge.positions
    carried: dict[str, set[Verdict]] = {}
    for rule in kb.rules:
        for name in rule.positions:
            carried.setdefault(name, set()).add(rule.verdict)
    for position in known.values():
        if position.pack != kb.name:
            continue
        if position.id not in carried and position.not_carried is None:
            check: Check = "unread-position"
            message = _POSITION
        elif position.id in carried and position.kind != "support" and carried[position.id] <= {"aligned", "reserved"}:
            check, message = "undefended-red-line", _RED_LINE
        else:
            continue
        yield Lint(
            check=check, about=(position.id,), message=message.filled(name=position.id), help=_HELP_POSITION,
            place=_place(folder.facts / "positions.toml", position.id),
        )  # fmt: skip
    for rule in kb.rules:
        if (
            rule.pack == kb.name
            and rule.verdict == "conflict"
            and rule.positions
            and all(known[name].kind == "support" for name in rule.positions)
        ):
            yield _of_rule("wish-as-conflict", rule, _WISH, _HELP_WISH, "positions")


def _dimension_lints(kb: KnowledgeBase) -> Iterator[Lint]:
    """Rules of the pack whose dimension gives a grade that its ground does not bear."""
    for rule in (own for own in kb.rules if own.pack == kb.name):
        if rule.ground == "policy" and rule.dimension == "competence":
            yield _of_rule("policy-as-competence", rule, _COMPETENCE, _HELP_COMPETENCE, "dimension")
        if rule.verdict == "aligned" and rule.dimension == "finance":
            yield _of_rule("praise-of-spending", rule, _SPENDING, _HELP_SPENDING, "dimension")


def _title_lints(kb: KnowledgeBase) -> Iterator[Lint]:
    """Conditions of the pack that can be met, and are told then by the title that tells what is missing."""
    for rule in (own for own in kb.rules if own.pack == kb.name):
        if rule.can_be_met and rule.title_met is None:
            yield _of_rule("met-without-title", rule, _UNTITLED, _HELP_UNTITLED, "title")


def _of_rule(check: Check, rule: Rule, message: Localized, help: Localized, key: str) -> Lint:
    """A lint of a rule, at the key that is to be changed."""
    return Lint(
        check=check, about=(rule.id,), message=message.filled(name=rule.id), help=help,
        place=rule.anchor.file.location((key,)),
    )  # fmt: skip


def _place(path: Path, key: str) -> Location:
    return TomlFile.read(path).location((key,))


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
        message=message.filled(**words),
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
    cache = SolverCache.of(name, available) if proofs else None
    kb = load(pack, roots=roots)
    found = lints_of(kb, available[name], as_of or today(), verified_within, corpus=corpus, proofs=proofs, cache=cache)
    if cache is not None:
        cache.write()
    return found


def lints_of(
    kb: KnowledgeBase,
    folder: PackFolder,
    day: date,
    verified_within: int,
    *,
    corpus: Iterable[Proposal] = (),
    proofs: bool = True,
    cache: SolverCache | None = None,
) -> tuple[Lint, ...]:
    """The lints of a pack that was loaded already, from the folder where it is; arguments and errors as those of `lint_pack`.

    Of `cache`, made before the pack was loaded, what the solver decided before is taken; it is for who called to write it.
    """
    proposals = tuple(corpus)
    explanations = read_explanations(folder.facts)
    lints = [
        *(RuleLints(kb, day, cache).found() if proofs else ()),
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
            message = _IDLE.filled(name=name)
            yield Lint(
                check="idle-explanation", about=(name,), message=message, help=_HELP_IDLE, place=explanation.place
            )


def _unknown(lint: Lint, left_out: frozenset[Check]) -> bool:
    """Whether a lint says that an explanation fits no lint, while the checks that it may be for were left out."""
    if lint.check != "idle-explanation":
        return False
    wanted = lint.about[0].partition(" ")[0]
    return any(fnmatchcase(check, wanted) for check in left_out)
