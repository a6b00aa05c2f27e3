"""`consistent subsidiarity`."""

from argparse import Namespace
from datetime import date
from pathlib import Path

from consistent.checker import load
from consistent.cli.inputs import given_with_waivers, read_input
from consistent.cli.options import (
    add_arrival,
    add_as_of,
    add_as_proposal,
    add_engine,
    add_lang,
    add_output,
    add_pack,
    add_proposal,
    add_strict,
    add_waivers,
)
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams, write_output
from consistent.errors import UsageError
from consistent.model.proposal import Proposal
from consistent.model.text import Localized

__all__ = ["add", "subsidiarity"]

_FORMS = ("text", "markdown", "html", "docx", "ics")
_SUFFIXES = {".md": "markdown", ".html": "html", ".htm": "html", ".docx": "docx", ".ics": "ics", ".txt": "text"}
_TOO_EARLY = Localized(
    "`--{name} {day}` is before the day of the document, {own}",
    "`--{name} {day}` ligt vóór de datum van het document, {own}",
)
_LATER = Localized("give the day on which it happened", "geef de dag waarop het gebeurde")


def add(commands: Commands) -> None:
    """Define `consistent subsidiarity`."""
    parser = commands.add("subsidiarity", subsidiarity)
    add_proposal(parser)
    add_arrival(parser)
    parser.takes(
        "--urgent",
        action="store_true",
        help=Localized(
            "the institutions gave reasons for urgency: August and the turn of the year count",
            "de instellingen hebben spoed gemotiveerd: augustus en de jaarwisseling tellen mee",
        ),
    )
    parser.takes(
        "--marked",
        action="store_true",
        help=Localized(
            "a chamber marked it for a test of subsidiarity: the appraisal is due in three weeks too",
            "een Kamer heeft het aangemerkt voor een subsidiariteitstoets: ook drie weken voor het fiche",
        ),
    )
    parser.takes(
        "--format",
        choices=_FORMS,
        help=Localized(
            "(default: as FILE ends; text); ics: a calendar file",
            "(standaard: zoals BESTAND eindigt; text); ics: een agendabestand",
        ),
    )
    add_output(parser)
    add_pack(parser)
    add_lang(parser)
    add_as_of(parser)
    add_waivers(parser)
    add_as_proposal(parser)
    add_strict(parser)
    add_engine(parser)


def subsidiarity(arguments: Namespace, streams: Streams) -> int:
    """Write the subsidiarity dossier of a proposal, or its calendar."""
    # Late: forms are large, and each call makes one.
    from consistent.reports.dossier import Dossier
    from consistent.scrutiny.calendar import Days, calendar_file
    from consistent.scrutiny.dossier import dossier_outline, dossier_title

    kb = load(arguments.pack)
    given, waivers = given_with_waivers(kb, *read_input(arguments.proposal), arguments)
    _check_days(arguments, given.proposal, streams)
    check = kb.check(
        given.proposal, as_of=arguments.as_of, strict=arguments.strict, engine=arguments.engine, waivers=waivers
    )
    dossier = Dossier(check=check, draft=given.draft)
    days = Days(
        transmitted=arguments.transmitted,
        received=arguments.received,
        urgent=arguments.urgent,
        marked=arguments.marked,
    )
    form = arguments.format or _SUFFIXES.get(Path(arguments.output or "").suffix.lower(), "text")
    if form == "ics":
        write_output(calendar_file([dossier], arguments.lang, days), arguments, streams)
        return 0
    title, blocks = dossier_title(dossier, arguments.lang), tuple(dossier_outline(dossier, arguments.lang, days))
    if form == "docx":
        from consistent.reports.word import word_document

        write_output(word_document(title, blocks, arguments.lang), arguments, streams)
    elif form == "html":
        from consistent.reports.html.page import outline_page

        write_output(outline_page(title, blocks, arguments.lang), arguments, streams)
    elif form == "markdown":
        from consistent.reports.markdown import markdown
        from consistent.reports.outline import Section

        write_output(markdown([Section(title, blocks)]), arguments, streams)
    else:
        from io import StringIO

        from consistent.reports.outline import Section, strong
        from consistent.reports.terminal import print_outline

        written = StringIO()
        console = streams.console if arguments.output is None else streams.of_file(written)
        print_outline(console, [Section(strong(title), blocks, indent=0)])
        if arguments.output is not None:
            write_output(written.getvalue(), arguments, streams)
    return 0


def _check_days(arguments: Namespace, proposal: Proposal, streams: Streams) -> None:
    """Refuse days before the document's own: a term would be counted from a slip of the pen."""
    own = min((value for value in proposal.date.yes if isinstance(value, date)), default=None)
    for name in ("transmitted", "received"):
        day: date | None = getattr(arguments, name)
        if own is not None and day is not None and day < own:
            message = _TOO_EARLY.get(streams.language).format(name=name, day=day, own=own)
            raise UsageError(message, _LATER.get(streams.language))
