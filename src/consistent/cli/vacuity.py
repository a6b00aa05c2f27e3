"""`consistent vacuity`: what `consistent lint --corpus` measures, as lists that are no faults."""

from argparse import Namespace

from consistent.authoring.lint.measured import measured, unused
from consistent.authoring.lint.report import vacuity_data, vacuity_lines
from consistent.checker import load
from consistent.cli.authoring import write_found
from consistent.cli.inputs import read_proposals, tell_other_packs
from consistent.cli.options import add_as_of, add_as_proposal, add_engine, add_format, add_lang, add_pack
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.model.text import Localized, today

__all__ = ["add", "vacuity"]


def add(commands: Commands) -> None:
    """Define `consistent vacuity`."""
    help_ = Localized(
        "show what does no work: rules that a corpus never or nearly always meets, facts and terms that nothing uses",
        "toon wat geen werk doet: regels die een corpus nooit of bijna altijd raakt, feiten en termen die niets gebruikt",
    )
    parser = commands.add("vacuity", vacuity, help_)
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
    add_as_of(parser)
    add_engine(parser)


def vacuity(arguments: Namespace, streams: Streams) -> int:
    """Tell what does no work in a pack, of what the pack itself brings. Nothing that is found is a fault by itself: the exit status is 0."""
    kb = load(arguments.pack)
    tell_other_packs(kb, arguments.lang, streams)
    given = read_proposals(kb, arguments.paths, arguments.lang, as_proposal=arguments.as_proposal)
    proposals = [each.proposal for each in given]
    rules = measured(kb, proposals, arguments.as_of, arguments.engine)
    rest = unused(kb, arguments.as_of or today(), proposals)
    write_found(
        arguments,
        streams,
        data=lambda: vacuity_data(proposals, rules, rest),
        lines=lambda: vacuity_lines(proposals, rules, rest, arguments.lang),
    )
    return 0
