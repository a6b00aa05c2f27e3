"""`consistent file`."""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from consistent.checker import load
from consistent.cli.options import add_as_of, add_engine, add_format, add_lang, add_output, add_pack, add_verbose
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams, write_output
from consistent.errors import UsageError
from consistent.lifecycle.file import File
from consistent.lifecycle.file_text import file_outline, print_file, table_outline
from consistent.model.text import Localized
from consistent.reports.outline import Block
from consistent.reports.terminal import print_outline

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["add", "file"]

_STATUS = Localized(
    "exit status: 0 every document was read and every version compared with the one before, 1 not so, 2 bad input or usage",
    "afsluitstatus: 0 elk document is gelezen en elke versie met de vorige vergeleken, 1 niet, 2 onbruikbare invoer of onjuist gebruik",
)
_WITHIN = Localized(
    "`{output}` lies in the folder of the file, and would be taken for a version the next time",
    "`{output}` ligt in de map van het dossier, en zou de volgende keer voor een versie worden aangezien",
)
_ELSEWHERE = Localized("write it elsewhere", "schrijf het ergens anders heen")


def add(commands: Commands) -> None:
    """Define `consistent file`."""
    parser = commands.add("file", file, epilog=_STATUS)
    parser.takes(
        "folder",
        metavar=Localized("FOLDER", "MAP"),
        help=Localized(
            "that holds the versions of one text, a document each, and perhaps `file.toml` with their order",
            "met de versies van een tekst, elk een document, en eventueel `file.toml` met hun volgorde",
        ),
    )
    parser.takes(
        "--since-last",
        action="store_true",
        help=Localized(
            "only what is new since the last time that this was asked; what was seen is noted in the folder",
            "alleen wat nieuw is sinds de vorige keer dat dit is gevraagd; wat is gezien, wordt in de map genoteerd",
        ),
    )
    add_pack(parser)
    add_lang(parser)
    add_format(
        parser,
        Localized("`atom`: a feed of what is new", "`atom`: een feed van wat nieuw is"),
        further=("html", "markdown", "docx", "atom"),
    )
    add_output(parser)
    add_verbose(parser, Localized("everything, with each word that changes", "alles, met elk woord dat verandert"))
    add_as_of(parser)
    add_engine(parser)


def file(arguments: Namespace, streams: Streams) -> int:
    """Tell the life of a text from the versions in a folder, or what is new in it."""
    folder = Path(arguments.folder)
    if arguments.output is not None and Path(arguments.output).resolve().parent == folder.resolve():
        message = _WITHIN.get(arguments.lang).format(output=arguments.output)
        raise UsageError(message, _ELSEWHERE.get(arguments.lang))
    found = File.read(folder, load(arguments.pack), as_of=arguments.as_of, engine=arguments.engine)
    if arguments.since_last or arguments.format == "atom":
        _tell_news(found, folder, arguments, streams)
    elif arguments.format == "json":
        from consistent.lifecycle.file_json import render_file  # seldom asked for

        write_output(render_file(found), arguments, streams, "json")
    elif arguments.format == "text":
        _print(found, arguments, streams)
    else:
        blocks = (table_outline if arguments.format == "docx" else file_outline)(found, arguments.lang)
        _write(found.title, blocks, arguments, streams)
    return int(not found.whole)


def _print(found: File, arguments: Namespace, streams: Streams) -> None:
    with _console(arguments, streams) as console:
        print_file(found, console, arguments.lang, verbose=arguments.verbose)


@contextmanager
def _console(arguments: Namespace, streams: Streams) -> "Iterator[Console]":
    """Where text is printed: to standard output, or to the file that is named, once all of it is there."""
    if arguments.output is None:
        yield streams.console
        return
    written = StringIO()
    yield streams.printing_to(written).console
    write_output(written.getvalue(), arguments, streams)


def _write(title: str, blocks: Iterable[Block], arguments: Namespace, streams: Streams) -> None:
    """Write an outline as a page, Markdown or a Word document."""
    if arguments.format == "html":
        from consistent.reports.html.page import outline_page  # templates are large

        write_output(outline_page(title, blocks, arguments.lang), arguments, streams)
    elif arguments.format == "docx":
        from consistent.reports.word import word_document

        write_output(word_document(title, blocks, arguments.lang, tables=True), arguments, streams)
    else:
        from consistent.reports.markdown import markdown
        from consistent.reports.outline import Section, strong

        write_output(markdown([Section(strong(title), blocks)]), arguments, streams)


def _tell_news(found: File, folder: Path, arguments: Namespace, streams: Streams) -> None:
    """Tell what is new, and note what was seen once that is told."""
    from consistent.lifecycle.atom import atom_feed  # seldom asked for
    from consistent.lifecycle.file_json import render_news
    from consistent.lifecycle.news import news_of, save_news
    from consistent.lifecycle.news_text import news_outline

    news = news_of(found, folder, datetime.now(UTC))
    outline = news_outline(news, found.title, arguments.lang)
    if arguments.format == "atom":
        write_output(atom_feed(news, found.title, arguments.lang), arguments, streams)
    elif arguments.format == "json":
        write_output(render_news(news), arguments, streams, "json")
    elif arguments.format == "text":
        with _console(arguments, streams) as console:
            print_outline(console, outline)
    else:
        _write(found.title, outline, arguments, streams)
    save_news(news, folder)
