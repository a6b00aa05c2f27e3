"""`consistent repair`."""

from argparse import Namespace
from itertools import chain
from pathlib import Path

from attrs import frozen

from consistent.check import Check
from consistent.checker import load
from consistent.cli.inputs import Given, given_with_waivers, read_input
from consistent.cli.options import (
    FILE,
    MEASURE,
    RULE,
    add_checking,
    add_output,
    add_proposal,
    add_timeout,
    with_default,
)
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.documents.document import Document
from consistent.documents.reading import read_document
from consistent.errors import UsageError, printable
from consistent.inquiries.repairs.repairs import ALTERNATIVES, MAX_CHANGES, SECONDS, Repairs
from consistent.model.text import Localized
from consistent.reports import json_format
from consistent.reports.notices import accepted_outline, draft_outline, notice_outline
from consistent.reports.repairs_text import repair_outline
from consistent.reports.terminal import print_outline
from consistent.toml.files import create_file

__all__ = ["add", "repair"]

_ONLY_DOCX = Localized("`--document` goes with `--docx`", "`--document` hoort bij `--docx`")
_NAME_DOCX = Localized(
    "name what to write with `--docx FILE`; `--document` is for a proposal in TOML",
    "noem wat te schrijven met `--docx BESTAND`; `--document` is voor een voorstel in TOML",
)
_TWO = Localized("the proposal is a document already", "het voorstel is zelf al een document")
_WRITTEN = Localized(
    "Written to {path} as tracked changes. Amendments: {count}; with wording to be supplied: {gaps}.",
    "Geschreven naar {path} als bijgehouden wijzigingen. Amendementen: {count}; nog te formuleren: {gaps}.",
)
_TABLE = Localized(
    "Written to {path} as a table. Amendments: {count}; with wording to be supplied: {gaps}.",
    "Geschreven naar {path} als tabel. Amendementen: {count}; nog te formuleren: {gaps}.",
)
_LEFT_OUT = Localized(
    "Not found in the file, and told in its first comment: {count}.",
    "Niet in het bestand gevonden, en in de eerste opmerking genoemd: {count}.",
)
_NO_TEXT = Localized(
    "Without the text of the proposal (`--document`) an amendment has no words.",
    "Zonder de tekst van het voorstel (`--document`) heeft een amendement geen woorden.",
)


def add(commands: Commands) -> None:
    """Define `consistent repair`."""
    parser = commands.add("repair", repair)
    add_proposal(parser)
    parser.takes(
        "--rule", metavar=RULE, help=Localized("only findings of this rule", "alleen bevindingen van deze regel")
    )
    parser.takes(
        "--measure",
        metavar=MEASURE,
        help=Localized("only findings on this measure", "alleen bevindingen over deze maatregel"),
    )
    parser.takes(
        "--conditions",
        action="store_true",
        help=Localized("missing conditions too", "ook voorwaarden die ontbreken"),
    )
    add_timeout(parser, Localized("seconds after which to stop", "seconden waarna wordt gestopt"), SECONDS)
    parser.takes(
        "--max-changes",
        type=int,
        default=MAX_CHANGES,
        metavar="N",
        help=with_default(Localized("in one repair", "in één aanpassing")),
    )
    parser.takes(
        "--alternatives",
        type=int,
        default=ALTERNATIVES,
        metavar="N",
        help=with_default(Localized("for each finding", "voor elke bevinding")),
    )
    parser.takes(
        "--docx",
        metavar=FILE,
        help=Localized(
            "write the changes into the Word file of the proposal, tracked and with comments; of any other as a table",
            "schrijf de wijzigingen bijgehouden en met opmerkingen in het Word-bestand van het voorstel; van elk ander als tabel",
        ),
    )
    parser.takes(
        "--document",
        metavar=Localized("DOCUMENT", "DOCUMENT"),
        help=Localized(
            "with `--docx`: the document that a proposal in TOML was made of",
            "met `--docx`: het document waarvan een voorstel in TOML is gemaakt",
        ),
    )
    parser.takes(
        "--author",
        default="consistent",
        help=with_default(
            Localized("with `--docx`: whose changes they are", "met `--docx`: van wie de wijzigingen zijn")
        ),
    )
    add_checking(parser)
    add_output(parser, printed=True)


def repair(arguments: Namespace, streams: Streams) -> int:
    """Tell what would have to change in a proposal for its conflicts to go."""
    kb = load(arguments.pack)
    # A rule that is not known is told before a proposal is read.
    rule = None if arguments.rule is None else kb.rule(arguments.rule).id
    if arguments.document is not None and arguments.docx is None:
        raise UsageError(_ONLY_DOCX.get(streams.language), _NAME_DOCX.get(streams.language))
    called, content = read_input(arguments.proposal)
    given, waivers = given_with_waivers(kb, called, content, arguments)
    proposal = given.proposal
    source = _source(given, content, arguments, streams)
    check = kb.check(proposal, as_of=arguments.as_of, strict=arguments.strict, engine=arguments.engine, waivers=waivers)
    found = check.repairs(
        rule=rule,
        measure=arguments.measure,
        conditions=arguments.conditions,
        seconds=arguments.timeout,
        max_changes=arguments.max_changes,
        alternatives=arguments.alternatives,
    )
    if arguments.docx is not None:
        _write(found, check, source, arguments, streams)
    draft = list(draft_outline(check.proposal, arguments.lang))
    if arguments.format == "json":
        print_outline(streams.err, draft)
        streams.write_json(json_format.render_repairs(found))
    else:
        # A rule that was named is looked at also where it is accepted.
        accepted = () if rule else accepted_outline(check.report, arguments.lang)
        lines = repair_outline(found, arguments.lang, conditions=arguments.conditions)
        print_outline(streams.console, chain(draft, lines, accepted, notice_outline(check.report, arguments.lang)))
    return 0


@frozen
class _Source:
    """The document to amend: what was read, and the file itself."""

    document: Document | None
    content: bytes


def _source(given: Given, content: bytes, arguments: Namespace, streams: Streams) -> _Source:
    """The document that amendments are of: the one that was given as the proposal, or `--document`.

    Raises:
        InputError: it cannot be read.
        UsageError: there are two.
    """
    if given.draft is not None:
        if arguments.document is not None:
            raise UsageError(_TWO.get(streams.language), _NAME_DOCX.get(streams.language))
        return _Source(given.draft.document, content)
    if arguments.document is None:
        return _Source(None, b"")
    called, content = read_input(arguments.document)
    return _Source(read_document(content, called), content)


def _write(found: Repairs, check: Check, source: _Source, arguments: Namespace, streams: Streams) -> None:
    """Write the Word document, and tell what is in it."""
    # Late: python-docx is large, and few repairs are written.
    from consistent.reports.amendments import amendments_of, table_docx, tracked_docx

    made = amendments_of(found, check.report, check.case.proposal, source.document, arguments.author, arguments.lang)
    own = source.document is not None and source.document.content.format == "docx"
    written = tracked_docx(made, source.content, arguments.lang) if own else table_docx(made, arguments.lang)
    create_file(Path(arguments.docx), written.content, force=arguments.force)
    said = _WRITTEN if own else _TABLE
    told = said.get(arguments.lang).format(path=arguments.docx, count=len(made.amendments), gaps=made.gaps)
    if written.left_out:
        told += " " + _LEFT_OUT.get(arguments.lang).format(count=len(written.left_out))
    if source.document is None:
        told += " " + _NO_TEXT.get(arguments.lang)
    streams.err.print(printable(told), soft_wrap=True)
