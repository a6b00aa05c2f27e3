"""What a pack says in vain: `consistent lint`, and `vacuity`."""

from argparse import Namespace

from consistent.authoring.lint.linting import lints_of
from consistent.authoring.lint.measured import measured, unused
from consistent.authoring.lint.report import (
    lint_data,
    lint_outline,
    lint_sarif,
    lint_summary,
    vacuity_data,
    vacuity_outline,
)
from consistent.authoring.proving.cache import SolverCache
from consistent.authoring.proving.formulas import has_solver
from consistent.checker import load
from consistent.cli._authoring import add_frame, write_found
from consistent.cli.inputs import read_proposals, tell_other_packs
from consistent.cli.options import (
    PATH,
    add_as_of,
    add_as_proposal,
    add_engine,
    add_format,
    add_lang,
    add_named_pack,
    add_output,
    add_pack,
    add_verified_within,
)
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.knowledge.settings import choose_pack
from consistent.model.text import Localized, today
from consistent.version import to_install

__all__ = ["add", "lint", "vacuity"]

_STATUS = Localized(
    "exit status: 0 nothing, or all explained, 1 something to be mended or explained, 2 bad input or usage",
    "afsluitstatus: 0 niets, of alles verklaard, 1 iets te herstellen of te verklaren, 2 onbruikbare invoer of onjuist gebruik",
)
_LEFT_OUT = Localized(
    f"note: what only the solver z3 finds is left out, as it is not installed; install it: `{to_install('prove')}`",
    f"let op: wat alleen de oplosser z3 vindt, is overgeslagen: die is niet geïnstalleerd; installeer hem: `{to_install('prove')}`",
)


def add(commands: Commands) -> None:
    """Define `consistent lint`."""
    parser = commands.add("lint", lint, epilog=_STATUS)
    add_named_pack(parser)
    parser.takes(
        "--corpus",
        nargs="+",
        action="extend",
        metavar=PATH,
        help=Localized(
            "try the rules on these too: proposals in TOML, documents of the Commission, folders of TOML files",
            "probeer de regels ook op deze: voorstellen in TOML, documenten van de Commissie, mappen met TOML-bestanden",
        ),
    )
    add_as_proposal(parser)
    add_verified_within(parser)
    verbose = Localized("what the pack explains too, with the reason", "ook wat het pakket verklaart, met de reden")
    add_frame(parser, verbose=verbose, further=("sarif",))
    _add_vacuity(commands)


def lint(arguments: Namespace, streams: Streams) -> int:
    """Look over what the pack itself brings; what it builds on counts, and is not looked at."""
    chosen = choose_pack(arguments.pack)
    name, available = chosen.name, chosen.available
    cache = SolverCache.of(name, available)
    kb = load(arguments.pack)
    given = read_proposals(kb, arguments.corpus or (), arguments.lang, as_proposal=arguments.as_proposal)
    found = lints_of(
        kb,
        available[name],
        arguments.as_of or today(),
        arguments.verified_within,
        corpus=[one.proposal for one in given],
        proofs=has_solver(),
        cache=cache,
    )
    if cache is not None:
        cache.write()
    if not has_solver():
        streams.err.print(_LEFT_OUT.get(streams.language), soft_wrap=True)
    if arguments.format == "sarif":
        streams.write_text(lint_sarif(found, arguments.lang))
    else:
        write_found(
            arguments,
            streams,
            data=lambda: lint_data(found),
            lines=lambda: lint_outline(found, arguments.lang, explained=arguments.verbose),
            summary=lambda: lint_summary(found, arguments.lang),
        )
    return int(any(each.counts for each in found))


# `consistent vacuity`: what `consistent lint --corpus` measures, as lists that are no faults.


def _add_vacuity(commands: Commands) -> None:
    """Define `consistent vacuity`."""
    parser = commands.add("vacuity", vacuity)
    parser.takes(
        "paths",
        nargs="*",
        metavar=Localized("PATH", "PAD"),
        help=Localized(
            "the corpus: proposals in TOML, documents of the Commission, folders of TOML files",
            "het corpus: voorstellen in TOML, documenten van de Commissie, mappen met TOML-bestanden",
        ),
    )
    add_as_proposal(parser)
    add_pack(parser)
    add_lang(parser)
    add_format(parser)
    add_output(parser, printed=True)
    add_as_of(parser)
    add_engine(parser)


def vacuity(arguments: Namespace, streams: Streams) -> int:
    """Tell what does no work in a pack, of what the pack itself brings. Nothing that is found is a fault by itself: the exit status is 0."""
    kb = load(arguments.pack)
    tell_other_packs(kb, arguments.lang, streams)
    given = read_proposals(kb, arguments.paths, arguments.lang, as_proposal=arguments.as_proposal)
    proposals = [one.proposal for one in given]
    rules = measured(kb, proposals, arguments.as_of, arguments.engine)
    rest = unused(kb, arguments.as_of or today(), proposals)
    write_found(
        arguments,
        streams,
        data=lambda: vacuity_data(proposals, rules, rest),
        lines=lambda: vacuity_outline(proposals, rules, rest, arguments.lang),
    )
    return 0
