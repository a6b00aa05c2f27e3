"""`consistent lint`."""

from argparse import Namespace

from consistent.authoring.lint.linting import lints_of
from consistent.authoring.lint.report import lint_data, lint_lines, lint_sarif, lint_summary
from consistent.authoring.proving.formulas import has_solver
from consistent.checker import load
from consistent.cli.authoring import add_frame, write_found
from consistent.cli.inputs import read_proposals
from consistent.cli.options import PATH, add_as_proposal, add_named_pack, add_verified_within
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.knowledge.packs import find_pack
from consistent.model.text import Localized, today

__all__ = ["add", "lint"]

_STATUS = Localized(
    "exit status: 0 nothing, or all explained, 1 something to be mended or explained, 2 bad input or usage",
    "afsluitstatus: 0 niets, of alles verklaard, 1 iets te herstellen of te verklaren, 2 onbruikbare invoer of onjuist gebruik",
)
_LEFT_OUT = Localized(
    "note: what only the solver z3 finds is left out, as it is not installed; install it: `pip install 'consistent[prove]'`",
    "let op: wat alleen de oplosser z3 vindt, is overgeslagen: die is niet geïnstalleerd; installeer hem: "
    "`pip install 'consistent[prove]'`",
)


def add(commands: Commands) -> None:
    """Define `consistent lint`."""
    help_ = Localized(
        "show what a pack says in vain: rules that never apply, are covered by others, defeat nothing; what nothing reads",
        "toon wat een pakket vergeefs zegt: regels die nooit gelden, door andere zijn gedekt, niets verslaan; wat niets leest",
    )
    parser = commands.add("lint", lint, help_, epilog=_STATUS)
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


def lint(arguments: Namespace, streams: Streams) -> int:
    """Look over what the pack itself brings; what it builds on counts, and is not looked at."""
    name, available = find_pack(arguments.pack, ())
    kb = load(arguments.pack)
    given = read_proposals(kb, arguments.corpus or (), arguments.lang, as_proposal=arguments.as_proposal)
    found = lints_of(
        kb,
        available[name],
        arguments.as_of or today(),
        arguments.verified_within,
        corpus=[each.proposal for each in given],
        proofs=has_solver(),
    )
    if not has_solver():
        streams.err.print(_LEFT_OUT.get(streams.language), soft_wrap=True)
    if arguments.format == "sarif":
        streams.write_text(lint_sarif(found, arguments.lang))
    else:
        write_found(
            arguments,
            streams,
            data=lambda: lint_data(found),
            lines=lambda: lint_lines(found, arguments.lang, explained=arguments.verbose),
            summary=lambda: lint_summary(found, arguments.lang),
        )
    return int(any(each.explained is None for each in found))
