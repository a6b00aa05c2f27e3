"""The frame of the commands that look at a pack: the options that they end with, and how they write what they find."""

from argparse import Namespace
from collections.abc import Callable, Iterable

from consistent.cli.options import add_as_of, add_format, add_lang, add_output, add_verbose
from consistent.cli.parsing import Parser
from consistent.cli.streams import Streams
from consistent.model.text import Localized
from consistent.reports.outline import Block
from consistent.reports.terminal import print_outline

__all__ = ["add_frame", "write_found"]


def add_frame(
    parser: Parser, *, verbose: Localized | None = None, as_of: bool = True, further: Iterable[str] = ()
) -> None:
    """Define what such a command takes last: `-v`, `--as-of`, `--lang`, `--format` and `-o`.

    Args:
        parser: of the command.
        verbose: what `-v` shows; without it there is no `-v`.
        as_of: whether it looks at the pack on a day.
        further: forms that it can write beside text and JSON.
    """
    if verbose is not None:
        add_verbose(parser, verbose)
    if as_of:
        add_as_of(parser)
    add_lang(parser)
    add_format(parser, further=further)
    add_output(parser, printed=True)


def write_found(
    arguments: Namespace,
    streams: Streams,
    *,
    data: Callable[[], object],
    lines: Callable[[], Iterable[Block]],
    summary: Callable[[], str] | None = None,
) -> None:
    """Write what was found as `--format` says.

    Args:
        arguments: of the command.
        streams: where to.
        data: for JSON.
        lines: for text.
        summary: the last line of text.
    """
    if arguments.format == "json":
        streams.write_data(data())
        return
    print_outline(streams.console, lines())
    if summary is not None:
        streams.console.print(summary())
