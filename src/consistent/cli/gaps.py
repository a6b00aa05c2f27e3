"""`consistent gaps`."""

from argparse import Namespace
from itertools import chain

from consistent.authoring.proving.formulas import need_solver
from consistent.authoring.proving.gaps import Gaps
from consistent.authoring.proving.report import bind_lines, gap_data, gap_lines
from consistent.checker import load
from consistent.cli.authoring import add_frame, write_found
from consistent.cli.options import add_named_pack
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.model.text import Localized, today

__all__ = ["add", "gaps"]


def add(commands: Commands) -> None:
    """Define `consistent gaps`."""
    help_ = Localized(
        "show on which areas no rule of a principle can apply, and what cannot keep clear of two principles at once",
        "toon op welke terreinen geen regel van een beginsel kan gelden, en wat niet van twee beginselen tegelijk vrij kan blijven",
    )
    parser = commands.add("gaps", gaps, help_)
    add_named_pack(parser)
    add_frame(parser)


def gaps(arguments: Namespace, streams: Streams) -> int:
    """Tell where a pack has nothing to say. Nothing that is found is a fault by itself: the exit status is 0."""
    need_solver(streams.language)
    kb = load(arguments.pack)
    search = Gaps(kb, arguments.as_of or today())
    found, binds = search.gaps(), tuple(search.binds())
    write_found(
        arguments,
        streams,
        data=lambda: gap_data(found, binds, search.bounds),
        lines=lambda: chain(
            gap_lines(found, search.bounds, kb.knowledge, arguments.lang),
            bind_lines(binds, kb.knowledge, arguments.lang),
        ),
    )
    return 0
