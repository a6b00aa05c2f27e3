"""`consistent proofread`."""

from argparse import Namespace

from consistent.cli.inputs import read_input
from consistent.cli.options import add_format, add_lang, add_output
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.documents.document import Document
from consistent.documents.reading import is_blank, is_document, read_document
from consistent.errors import Fault, Faults, InputError, Location, UsageError
from consistent.model.text import Localized
from consistent.proofreading.proofread import Proofreading, proofread
from consistent.reports import json_format
from consistent.reports.proofread_text import proofreading_outline, proofreading_title
from consistent.reports.terminal import print_outline

__all__ = ["add", "proofread_document"]

_STATUS = Localized(
    "exit status: 0 nothing found, 1 something found, 2 bad input or usage",
    "afsluitstatus: 0 niets gevonden, 1 wel iets, 2 onbruikbare invoer of onjuist gebruik",
)
_TOML = Localized("file is no document: it looks like TOML", "bestand is geen document: het lijkt TOML te zijn")
_DOCUMENT = Localized(
    "name the document that the proposal was drafted from", "noem het document waarvan het voorstel is opgesteld"
)
_ONCE = Localized(
    "standard input can be one of the two documents only", "standaardinvoer kan maar een van de twee documenten zijn"
)


def add(commands: Commands) -> None:
    """Define `consistent proofread`."""
    parser = commands.add("proofread", proofread_document, epilog=_STATUS)
    parser.takes(
        "document",
        metavar="DOCUMENT",
        help=Localized(
            "in DOCX, PDF, HTML, Akoma Ntoso, Formex, JSON or plain text, or - for standard input",
            "in DOCX, PDF, HTML, Akoma Ntoso, Formex, JSON of platte tekst, of - voor standaardinvoer",
        ),
    )
    parser.takes(
        "--beside",
        metavar="DOCUMENT",
        help=Localized(
            "the same text in the other language: English or Dutch",
            "dezelfde tekst in de andere taal: Engels of Nederlands",
        ),
    )
    add_lang(parser)
    add_format(parser, further=("html", "markdown"))
    add_output(parser, printed=True)


def proofread_document(arguments: Namespace, streams: Streams) -> int:
    """Tell where a text contradicts itself, or its other language."""
    made = _proofread(arguments)
    match arguments.format:
        case "json":
            streams.write_json(json_format.render_proofreading(made, arguments.lang))
        case "html":
            from consistent.reports.html.page import outline_page  # templates are large

            title = proofreading_title(made, arguments.lang)
            streams.write_text(outline_page(title, proofreading_outline(made, arguments.lang), arguments.lang))
        case "markdown":
            from consistent.reports.markdown import markdown

            streams.write_text(markdown(proofreading_outline(made, arguments.lang)))
        case _:
            print_outline(streams.console, proofreading_outline(made, arguments.lang))
    return int(bool(made.found))


def _proofread(arguments: Namespace) -> Proofreading:
    """Both documents are read before anything is looked at; all faults are told together."""
    if arguments.document == arguments.beside == "-":
        raise UsageError(_ONCE.get(arguments.lang))
    faults = Faults()
    document = faults.attempt(_document, arguments.document, arguments)
    beside = None if arguments.beside is None else faults.attempt(_document, arguments.beside, arguments)
    faults.raise_any()
    if document is None:  # pragma: no cover  told above
        raise AssertionError
    return proofread(document, beside)


def _document(path: str, arguments: Namespace) -> Document:
    name, content = read_input(path)
    if not is_document(content) and not is_blank(content):
        raise InputError([Fault(_TOML.get(arguments.lang), Location(name), _DOCUMENT.get(arguments.lang))])
    return read_document(content, name)
