"""The options of `consistent check` for a corpus."""

from argparse import Namespace

from consistent.cli.options import PATH, number_type
from consistent.cli.parsing import Parser
from consistent.errors import UsageError
from consistent.model.text import Localized

__all__ = ["STATUS_OF_CORPUS", "add_corpus", "refuse_without_corpus"]

STATUS_OF_CORPUS = Localized(
    "3 if items of a corpus could not be read or checked, whatever was found of the others",
    "3 als delen van een corpus niet konden worden gelezen of getoetst, wat er ook van de andere is gevonden",
)
_ONLY = Localized("`{option}` is for a corpus", "`{option}` hoort bij een corpus")
_NAME_CORPUS = Localized("name one with `--corpus`", "noem er een met `--corpus`")


def add_corpus(parser: Parser) -> None:
    """`--corpus`, and what goes with it; with a corpus no other paths are required."""
    parser.set_defaults(refuse=parser.error)
    parser.takes(
        "--corpus",
        metavar=PATH,
        help=Localized(
            "many proposals, as a stream: JSON Lines, Parquet, a folder, or - for standard input; a run that was stopped goes on",
            "veel voorstellen, als stroom: JSON Lines, Parquet, een map, of - voor standaardinvoer; een gestopte gang gaat verder",
        ),
    )
    parser.takes(
        "--full",
        action="store_true",
        help=Localized("of a corpus: whole reports too", "van een corpus: ook hele rapporten"),
    )
    parser.takes(
        "--processes",
        type=number_type(parser.language),
        default=1,
        metavar="N",
        help=Localized(
            "of a corpus: so many processes on this machine", "van een corpus: zoveel processen op deze machine"
        ),
    )
    parser.takes(
        "--dask",
        metavar=Localized("ADDRESS", "ADRES"),
        help=Localized(
            "of a corpus: the workers of this Dask scheduler", "van een corpus: de werkers van deze Dask-planner"
        ),
    )
    parser.takes(
        "--restart",
        action="store_true",
        help=Localized(
            "of a corpus: begin anew, not where a run was stopped",
            "van een corpus: begin opnieuw, niet waar een gang stopte",
        ),
    )


def refuse_without_corpus(arguments: Namespace) -> None:
    """What only a corpus can use is not passed over in silence.

    Raises:
        UsageError: an option needs a corpus, or nothing was named at all.
    """
    wanted = {
        "--full": arguments.full,
        "--processes": arguments.processes > 1,
        "--dask": arguments.dask,
        "--restart": arguments.restart,
    }
    for option, given in wanted.items():
        if given:
            raise UsageError(_ONLY.get(arguments.lang).format(option=option), _NAME_CORPUS.get(arguments.lang))
    if not arguments.paths:
        arguments.refuse(f"the following arguments are required: {PATH.get(arguments.lang)}")
