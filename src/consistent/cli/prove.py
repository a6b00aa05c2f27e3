"""Proofs of a pack: `consistent prove`, `compare` and `gaps`."""

from argparse import Namespace
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from itertools import chain

from consistent.authoring.proving.cache import SolverCache
from consistent.authoring.proving.comparing import compare_packs
from consistent.authoring.proving.formulas import need_solver
from consistent.authoring.proving.gaps import Gaps
from consistent.authoring.proving.guarantees import Prover
from consistent.authoring.proving.report import (
    bind_outline,
    change_data,
    change_outline,
    change_summary,
    gap_data,
    gap_outline,
    proof_data,
    proof_outline,
    proof_summary,
)
from consistent.checker import load
from consistent.cli._authoring import add_frame, write_found
from consistent.cli.options import PACK, add_named_pack, add_timeout
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import Faults, UsageError, did_you_mean
from consistent.knowledge.settings import choose_pack
from consistent.model.text import Language, Localized, today
from consistent.rules.guarantees import Guarantee

__all__ = ["add", "compare", "gaps", "prove"]

_STATUS = Localized(
    "exit status: 0 all proved, 1 some refuted, not decided or saying nothing, 2 bad input or usage",
    "afsluitstatus: 0 alles bewezen, 1 iets weerlegd, niet beslist of zonder inhoud, 2 onbruikbare invoer of onjuist gebruik",
)
_NONE = Localized("the pack has no guarantees", "het pakket heeft geen garanties")
_PROMISE = Localized(
    "a pack promises them in `guarantees.toml` among its facts",
    "een pakket belooft ze in `guarantees.toml` bij zijn feiten",
)
_NO_MATCH = Localized("no guarantee matches `{pattern}`", "geen garantie past bij `{pattern}`")


def add(commands: Commands) -> None:
    """Define `consistent prove`."""
    parser = commands.add("prove", prove, epilog=_STATUS)
    add_named_pack(parser)
    parser.takes(
        "--select",
        action="append",
        metavar=Localized("GUARANTEES", "GARANTIES"),
        help=Localized(
            "only these guarantees: ids, their last parts, packs or wildcards, by commas",
            "alleen deze garanties: id's, het laatste deel ervan, pakketten of jokertekens, met komma's ertussen",
        ),
    )
    add_timeout(
        parser,
        Localized("seconds after which a guarantee is left undecided", "seconden waarna een garantie onbeslist blijft"),
    )
    verbose = Localized(
        "of what is refuted, every rule that is expected or forbidden, with all of its conditions",
        "van wat is weerlegd elke verwachte of verboden regel, met al zijn voorwaarden",
    )
    add_frame(parser, verbose=verbose)
    _add_compare(commands)
    _add_gaps(commands)


def prove(arguments: Namespace, streams: Streams) -> int:
    """Prove each guarantee of the pack and of those that it builds on."""
    need_solver(streams.language)
    pack = choose_pack(arguments.pack)
    cache = SolverCache.of(pack.name, pack.available)
    kb = load(arguments.pack)
    chosen = _chosen(kb.guarantees, arguments.select or (), streams.language)
    prover = Prover(kb, arguments.as_of, cache=cache)
    proofs = [prover.prove(guarantee, arguments.timeout) for guarantee in chosen]
    if cache is not None:
        cache.write()
    write_found(
        arguments,
        streams,
        data=lambda: [proof_data(proof) for proof in proofs],
        lines=lambda: proof_outline(kb, proofs, arguments.lang, verbose=arguments.verbose),
        summary=lambda: proof_summary(proofs, arguments.lang),
    )
    # What speaks of no proposal promises nothing, and is hardly what was meant.
    return int(any(proof.status != "proved" or not proof.speaks for proof in proofs))


def _chosen(guarantees: Sequence[Guarantee], given: Iterable[str], language: Language) -> list[Guarantee]:
    """The guarantees that patterns name; all where none is given.

    Raises:
        UsageError: there is none, or a pattern names none.
    """
    if not guarantees:
        raise UsageError(_NONE.get(language), _PROMISE.get(language))
    patterns = [part.strip() for named in given for part in named.split(",") if part.strip()]
    for pattern in patterns:
        if not any(_matches(guarantee, pattern) for guarantee in guarantees):
            names = [name for guarantee in guarantees for name in (guarantee.id, guarantee.id.rpartition("/")[2])]
            raise UsageError(_NO_MATCH.get(language).format(pattern=pattern), did_you_mean(pattern, names, limit=0))
    return [guarantee for guarantee in guarantees if not patterns or any(_matches(guarantee, one) for one in patterns)]


def _matches(guarantee: Guarantee, pattern: str) -> bool:
    last = guarantee.id.rpartition("/")[2]
    return pattern == guarantee.pack or any(fnmatchcase(name, pattern) for name in (guarantee.id, last))


_COMPARE_STATUS = Localized(
    "exit status: 0 no proposal is judged otherwise, 1 some are, 2 bad input or usage",
    "afsluitstatus: 0 geen voorstel wordt anders beoordeeld, 1 sommige wel, 2 onbruikbare invoer of onjuist gebruik",
)


def _add_compare(commands: Commands) -> None:
    """Define `consistent compare`."""
    parser = commands.add("compare", compare, epilog=_COMPARE_STATUS)
    for name, text in (
        (
            "old",
            Localized(
                "the pack as it was, by name or its folder", "het pakket zoals het was, bij naam of de map ervan"
            ),
        ),
        ("new", Localized("the pack as it is", "het pakket zoals het is")),
    ):
        parser.takes(name, metavar=PACK, help=text)
    add_frame(parser, verbose=Localized("rules of equal meaning too", "ook regels met gelijke betekenis"))


def compare(arguments: Namespace, streams: Streams) -> int:
    """Compare two packs rule by rule, on all proposals at once."""
    need_solver(streams.language)
    faults = Faults()
    # A folder may hold another version of a pack that ships.
    old = faults.attempt(load, arguments.old)
    new = faults.attempt(load, arguments.new)
    faults.raise_any()
    if old is None or new is None:  # pragma: no cover  told above
        raise AssertionError
    found = compare_packs(old, new, as_of=arguments.as_of)
    write_found(
        arguments,
        streams,
        data=lambda: [change_data(change) for change in found.changes],
        lines=lambda: change_outline(found, arguments.lang, equal=arguments.verbose),
        summary=lambda: change_summary(found, arguments.lang),
    )
    return int(not found.same)


def _add_gaps(commands: Commands) -> None:
    """Define `consistent gaps`."""
    parser = commands.add("gaps", gaps)
    add_named_pack(parser)
    add_frame(parser)


def gaps(arguments: Namespace, streams: Streams) -> int:
    """Tell where a pack has nothing to say. Nothing that is found is a fault by itself: the exit status is 0."""
    need_solver(streams.language)
    pack = choose_pack(arguments.pack)
    cache = SolverCache.of(pack.name, pack.available)
    kb = load(arguments.pack)
    search = Gaps(kb, arguments.as_of or today(), cache)
    found, binds = search.gaps(), tuple(search.binds())
    if cache is not None:
        cache.write()
    write_found(
        arguments,
        streams,
        data=lambda: gap_data(found, binds, search.bounds),
        lines=lambda: chain(
            gap_outline(found, search.bounds, kb.knowledge, arguments.lang),
            bind_outline(binds, kb.knowledge, arguments.lang),
        ),
    )
    return 0
