"""`consistent prove`."""

from argparse import Namespace
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from consistent.authoring.proving.formulas import need_solver
from consistent.authoring.proving.guarantees import Prover
from consistent.authoring.proving.report import proof_data, proof_lines, proof_summary
from consistent.checker import load
from consistent.cli.authoring import add_frame, write_found
from consistent.cli.options import above_zero_type, add_named_pack
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import UsageError, did_you_mean
from consistent.model.text import Language, Localized
from consistent.rules.guarantees import Guarantee

__all__ = ["add", "prove"]

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
    help_ = Localized(
        "prove the guarantees of a pack for every proposal, or show the smallest that breaks one",
        "bewijs de garanties van een pakket voor elk voorstel, of toon het kleinste dat er een breekt",
    )
    parser = commands.add("prove", prove, help_, epilog=_STATUS)
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
    parser.takes(
        "--timeout",
        type=above_zero_type(parser.language),
        metavar="S",
        help=Localized(
            "seconds after which a guarantee is left undecided", "seconden waarna een garantie onbeslist blijft"
        ),
    )
    verbose = Localized(
        "of what is refuted, every rule that is expected or forbidden, with all of its conditions",
        "van wat is weerlegd elke verwachte of verboden regel, met al zijn voorwaarden",
    )
    add_frame(parser, verbose=verbose)


def prove(arguments: Namespace, streams: Streams) -> int:
    """Prove each guarantee of the pack and of those that it builds on."""
    need_solver(streams.language)
    kb = load(arguments.pack)
    chosen = _chosen(kb.guarantees, arguments.select or (), streams.language)
    prover = Prover(kb, arguments.as_of)
    proofs = [prover.prove(each, arguments.timeout) for each in chosen]
    write_found(
        arguments,
        streams,
        data=lambda: [proof_data(proof) for proof in proofs],
        lines=lambda: proof_lines(kb, proofs, arguments.lang, verbose=arguments.verbose),
        summary=lambda: proof_summary(proofs, arguments.lang),
    )
    # What speaks of no proposal promises nothing, and is hardly what was meant.
    return int(any(each.status != "proved" or not each.speaks for each in proofs))


def _chosen(guarantees: Sequence[Guarantee], given: Iterable[str], language: Language) -> list[Guarantee]:
    """The guarantees that patterns name; all where none is given.

    Raises:
        UsageError: there is none, or a pattern names none.
    """
    if not guarantees:
        raise UsageError(_NONE.get(language), _PROMISE.get(language))
    patterns = [part.strip() for each in given for part in each.split(",") if part.strip()]
    for pattern in patterns:
        if not any(_matches(each, pattern) for each in guarantees):
            names = [name for each in guarantees for name in (each.id, each.id.rpartition("/")[2])]
            raise UsageError(_NO_MATCH.get(language).format(pattern=pattern), did_you_mean(pattern, names, limit=0))
    return [each for each in guarantees if not patterns or any(_matches(each, one) for one in patterns)]


def _matches(guarantee: Guarantee, pattern: str) -> bool:
    last = guarantee.id.rpartition("/")[2]
    return pattern == guarantee.pack or any(fnmatchcase(name, pattern) for name in (guarantee.id, last))
