"""What is made of a pack for editors and readers: `consistent schema` and `pages`."""

from argparse import Namespace
from pathlib import Path

from consistent.authoring.scaffolds.files import place_all
from consistent.authoring.schemas.catalogue import ENDING, FILES, render, schema_for, schemas_of
from consistent.checker import load
from consistent.cli.inputs import tell_other_packs
from consistent.cli.options import add_output, add_pack
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams, write_output
from consistent.errors import UsageError, printable
from consistent.model.text import LANGUAGES, Localized
from consistent.reports.pages import pages_of

__all__ = ["add", "pages", "schema"]

_ALL = "all"
_EPILOG = Localized(
    f"kinds: {', '.join(FILES)}, facts.KIND for one kind of fact of the pack, and `{_ALL}`, which writes each into the folder "
    "that -o names",
    f"soorten: {', '.join(FILES)}, facts.SOORT voor één soort feiten van het pakket, en `{_ALL}`, dat ze elk in de map schrijft "
    "die -o noemt",
)
_NO_FOLDER = Localized(
    "all schemas do not go to standard output", "alle schema's samen gaan niet naar standaarduitvoer"
)
_NAME_FOLDER = Localized("name a folder: `-o FOLDER`", "noem een map: `-o MAP`")


def add(commands: Commands) -> None:
    """Define `consistent schema`."""
    parser = commands.add("schema", schema, epilog=_EPILOG)
    parser.takes(
        "kind",
        metavar=Localized("KIND", "SOORT"),
        help=Localized("of which files; see below", "van welke bestanden; zie onder"),
    )
    add_pack(
        parser,
        Localized(
            "whose terms, rules and kinds of fact: a pack by name, or its folder",
            "waarvan de termen, regels en soorten feiten: een pakket bij naam, of de map ervan",
        ),
    )
    parser.takes(
        "--lang",
        choices=LANGUAGES,
        help=Localized("of what an editor shows (default: both)", "taal van wat de editor toont (standaard: beide)"),
    )
    add_output(parser)
    _add_pages(commands)


def schema(arguments: Namespace, streams: Streams) -> int:
    """Write one schema, or all of them into a folder."""
    if arguments.kind == _ALL and arguments.output is None:
        raise UsageError(_NO_FOLDER.get(streams.language), _NAME_FOLDER.get(streams.language))
    kb = load(arguments.pack)
    tell_other_packs(kb, streams.language, streams)
    languages = LANGUAGES if arguments.lang is None else (arguments.lang,)
    if arguments.kind == _ALL:
        folder = Path(arguments.output)
        made = {folder / f"{name}{ENDING}": render(schema) for name, schema in schemas_of(kb, languages)}
        place_all(made, force=arguments.force)
        return 0
    write_output(render(schema_for(arguments.kind, kb, languages)), arguments, streams, "json")
    return 0


_WRITTEN = Localized("Written to {path}: {count} pages", "Geschreven in {path}: {count} bladzijden")


def _add_pages(commands: Commands) -> None:
    """Define `consistent pages`."""
    parser = commands.add("pages", pages)
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
    made = {
        folder / path: text
        for language in languages
        for path, text in pages_of(kb.knowledge, kb.rules, language, kb.concepts.values())
    }
    place_all(made, force=arguments.force)
    said = _WRITTEN.get(streams.language).format(path=arguments.output, count=len(made))
    streams.console.print(printable(said), soft_wrap=True)
    return 0
