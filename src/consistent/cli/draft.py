"""`consistent draft`."""

import shlex
from argparse import Namespace
from typing import TYPE_CHECKING, Literal

from consistent.checker import draft as draft_from
from consistent.cli.inputs import read_input
from consistent.cli.options import add_as_proposal, add_output, add_pack
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams, write_output
from consistent.documents.reading import is_blank, is_document
from consistent.errors import Fault, InputError, Location, printable
from consistent.knowledge.project_file import language_set
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.reports import json_format

if TYPE_CHECKING:
    from consistent.drafting.draft import Draft

__all__ = ["add", "draft"]

_WORDS = {
    "written": Localized(
        "Written to {path}: {measures} measures, {values} values to confirm. Next: {command}",
        "Geschreven naar {path}: {measures} maatregelen, {values} waarden te bevestigen. Verder: {command}",
    ),
    "no proposal": Localized(
        "note: the document is {what}, and no proposal", "let op: het document is {what}, en geen voorstel"
    ),
}
_TOML = Localized("file is no document: it looks like TOML", "bestand is geen document: het lijkt TOML te zijn")
_CHECK = Localized("`consistent check` checks a proposal in TOML", "`consistent check` toetst een voorstel in TOML")


def add(commands: Commands) -> None:
    """Define `consistent draft`."""
    parser = commands.add("draft", draft)
    parser.takes(
        "document",
        metavar="DOCUMENT",
        help=Localized(
            "in DOCX, PDF, HTML, Akoma Ntoso, Formex, JSON or plain text, or - for standard input",
            "in DOCX, PDF, HTML, Akoma Ntoso, Formex, JSON of platte tekst, of - voor standaardinvoer",
        ),
    )
    add_output(parser)
    parser.takes(
        "--format",
        choices=("toml", "json", "annotations"),
        default="toml",
        help=Localized(
            "(default: %(default)s); json describes the document, annotations are its passages as Web Annotations",
            "(standaard: %(default)s); json beschrijft het document, annotations zijn de passages als Web Annotations",
        ),
    )
    add_as_proposal(parser)
    add_pack(
        parser,
        Localized(
            "in whose terms: a pack by name, or its folder", "in wiens termen: een pakket bij naam, of de map ervan"
        ),
    )
    parser.takes(
        "--lang",
        choices=LANGUAGES,
        help=Localized(
            "of the comments (default: that of CONSISTENT_LANG, else of the document)",
            "taal van het commentaar (standaard: die van CONSISTENT_LANG, anders van het document)",
        ),
    )


def draft(arguments: Namespace, streams: Streams) -> int:
    """Make a proposal of a document: TOML to be reviewed, or JSON that describes the document for programs."""
    name, content = read_input(arguments.document)
    # What is empty is neither; whoever reads it as a document is told so.
    if not is_document(content) and not is_blank(content):
        raise InputError([Fault(_TOML.get(streams.language), Location(name), _CHECK.get(streams.language))])
    drafted = draft_from(content, name, pack=arguments.pack, as_proposal=arguments.as_proposal)
    language: Language = arguments.lang or language_set() or drafted.language
    for remark in drafted.remarks:
        streams.err.print(printable(remark.get(language)), soft_wrap=True)
    form: Literal["json", "toml"] = "toml" if arguments.format == "toml" else "json"
    if form == "json":
        text = (
            json_format.render_draft(drafted)
            if arguments.format == "json"
            else _annotations(drafted, arguments, language)
        )
        if drafted.refused is not None:
            # It is described as what it is; that it cannot be checked is for a person to know.
            what = _WORDS["no proposal"].get(language).format(what=drafted.what.get(language))
            streams.err.print(printable(what), soft_wrap=True)
    else:
        text = drafted.toml(language)
    write_output(text, arguments, streams, form)
    if arguments.output is not None and arguments.format == "toml":
        proposal = drafted.proposal
        named = ["--pack", arguments.pack] if arguments.pack is not None else []
        said = _WORDS["written"].get(language)
        said = said.format(
            path=arguments.output,
            measures=len(proposal.measures),
            values=proposal.unconfirmed,
            command=shlex.join(["consistent", "review", arguments.output, *named]),
        )
        streams.err.print(printable(said), soft_wrap=True)
    return 0


def _annotations(drafted: "Draft", arguments: Namespace, language: Language) -> str:
    """Its passages, with values by the labels of the pack."""
    from consistent.checker import load  # most drafts need no rules
    from consistent.reports.annotations import render_draft

    return render_draft(drafted, language, load(arguments.pack).knowledge)
