"""`consistent pages`."""

from argparse import Namespace
from pathlib import Path

from consistent.authoring.scaffolds.files import place_all
from consistent.checker import load
from consistent.cli.inputs import tell_other_packs
from consistent.cli.options import add_pack
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import printable
from consistent.model.text import LANGUAGES, Localized
from consistent.reports.pages import pages_of

__all__ = ["add", "pages"]

_WRITTEN = Localized("Written to {path}: {count} pages", "Geschreven in {path}: {count} bladzijden")


def add(commands: Commands) -> None:
    """Define `consistent pages`."""
    help_ = Localized(
        "write a page in Markdown for each rule of a pack, and a glossary of its terms",
        "schrijf een bladzijde in Markdown voor elke regel van een pakket, en een begrippenlijst",
    )
    parser = commands.add("pages", pages, help_)
    add_pack(parser)
    parser.takes(
        "-o",
        "--output",
        required=True,
        metavar=Localized("FOLDER", "MAP"),
        help=Localized("the folder to write them in", "de map waarin ze komen"),
    )
    parser.takes(
        "--lang",
        choices=LANGUAGES,
        help=Localized("of the pages (default: both)", "taal van de bladzijden (standaard: beide)"),
    )
    parser.takes("--force", action="store_true", help=Localized("replace what is there", "vervang wat er al is"))


def pages(arguments: Namespace, streams: Streams) -> int:
    """Write the pages of a pack and of those that it builds on, all of them or none."""
    kb = load(arguments.pack)
    tell_other_packs(kb, streams.language, streams)
    languages = LANGUAGES if arguments.lang is None else (arguments.lang,)
    folder = Path(arguments.output)
    made = {folder / path: text for each in languages for path, text in pages_of(kb.knowledge, kb.rules, each)}
    place_all(made, force=arguments.force)
    said = _WRITTEN.get(streams.language).format(path=arguments.output, count=len(made))
    streams.console.print(printable(said), soft_wrap=True)
    return 0
