"""`consistent fiche`: its arguments, and what it does."""

from argparse import Namespace
from datetime import date
from pathlib import Path

from consistent.cli.options import (
    FILE,
    NAME,
    add_arrival,
    add_as_of,
    add_as_proposal,
    add_engine,
    add_output,
    add_pack,
    add_proposal,
    add_strict,
    add_timeout,
    add_waivers,
)
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams, write_output
from consistent.errors import Faults, UsageError
from consistent.forms.finding import SHIPPED_FORMS
from consistent.model.proposal import Proposal
from consistent.model.text import LANGUAGES, Localized
from consistent.toml.files import read_file

__all__ = ["add", "fiche"]

# Nobody waits at a prompt for a fiche: what is found in the end must not hang on how fast the machine is.
_SECONDS = 120.0
_SUFFIXES = {".docx": "docx", ".html": "html", ".htm": "html", ".md": "markdown"}
_STATUS = Localized(
    "exit status: 0 the draft is made, 2 bad input or usage",
    "afsluitstatus: 0 het concept is gemaakt, 2 onbruikbare invoer of onjuist gebruik",
)
_NO_SUFFIX = Localized(
    "the name of `{file}` does not tell in which form the fiche is to be written",
    "uit de naam van `{file}` blijkt niet in welke vorm het fiche moet worden geschreven",
)
_NAME_FORM = Localized(
    "end it in .docx, .html or .md, or say `--format`",
    "laat de naam eindigen op .docx, .html of .md, of geef `--format`",
)
_TOO_EARLY = Localized(
    "`--{name} {day}` is before the day of the document, {own}",
    "`--{name} {day}` ligt vóór de datum van het document, {own}",
)
_LATER = Localized("give the day on which it happened", "geef de dag waarop het gebeurde")
_LISTED = ", ".join(SHIPPED_FORMS)
_ONLY_DOCX = Localized("`--template` is for Word documents", "`--template` is voor Word-documenten")


def add(commands: Commands) -> None:
    """Define `consistent fiche`."""
    parser = commands.add("fiche", fiche, epilog=_STATUS)
    add_proposal(parser)
    add_as_proposal(parser)
    add_output(parser)
    parser.takes(
        "--format",
        choices=("markdown", "html", "docx"),
        help=Localized("(default: as FILE ends; markdown)", "(standaard: zoals BESTAND eindigt; markdown)"),
    )
    parser.takes(
        "--form",
        metavar=NAME,
        help=Localized(
            f"the form: {_LISTED}, one of an installed package, or its folder (default: of the first two, by the kind of document)",
            f"het formulier: {_LISTED}, een van een geïnstalleerd pakket, of de map ervan (standaard: een van de eerste twee, naar het "
            f"soort document)",
        ),
    )
    parser.takes(
        "--template",
        metavar=FILE,
        help=Localized(
            "a Word document with your own styles, in place of the one that ships",
            "een Word-document met eigen opmaak, in plaats van het meegeleverde",
        ),
    )
    add_arrival(parser)
    for name, says in (
        (
            "--letter",
            Localized(
                "the date of the letter that appraises a white paper",
                "de dagtekening van de brief met de appreciatie van een witboek",
            ),
        ),
        (
            "--since",
            Localized(
                "the day from which the term of another form counts: its deposit, transmission or request",
                "de dag vanaf wanneer de termijn van een ander formulier telt: indiening, toezending of verzoek",
            ),
        ),
    ):
        add_as_of(parser, says, name)
    add_timeout(
        parser,
        Localized(
            "seconds after which to stop looking for what to press for",
            "seconden waarna niet verder naar de inzet wordt gezocht",
        ),
        _SECONDS,
    )
    add_pack(parser)
    parser.takes(
        "--lang",
        choices=LANGUAGES,
        help=Localized("language (default: that of the form)", "taal (standaard: die van het formulier)"),
    )
    add_as_of(parser)
    add_waivers(parser)
    add_strict(parser)
    add_engine(parser)


def fiche(arguments: Namespace, streams: Streams) -> int:
    """Draft the appraisal of a proposal, or of a document."""
    # Late, as `consistent fiche --help` does none of this work.
    from consistent.checker import load
    from consistent.cli.inputs import given_of, read_input, read_waivers
    from consistent.fiche.forms import fiche_docx, fiche_html, fiche_markdown
    from consistent.fiche.making import fiche_of, form_for
    from consistent.fiche.matter import Given
    from consistent.forms.finding import form_named, template_of
    from consistent.reports.dossier import Dossier
    from consistent.reports.word import SHIPPED

    written_as = _written_as(arguments, streams)
    faults = Faults()
    template = None
    if arguments.template is not None:
        template = faults.attempt(read_file, Path(arguments.template), arguments.template)
    kb = load(arguments.pack)
    form = None
    if arguments.form is not None:
        form = faults.attempt(form_named, arguments.form, kb.knowledge.vocabularies)
    called = faults.attempt(read_input, arguments.proposal)
    given = faults.attempt(given_of, kb, *called, as_proposal=arguments.as_proposal) if called else None
    waivers = faults.attempt(read_waivers, arguments) or ()
    faults.raise_any()
    if given is None:  # pragma: no cover  told above
        raise AssertionError
    check = kb.check(
        given.proposal, as_of=arguments.as_of, strict=arguments.strict, engine=arguments.engine, waivers=waivers
    )
    repairs = check.repairs(conditions=True, seconds=arguments.timeout)
    dossier = Dossier(check=check, draft=given.draft, repairs=repairs)
    _check_days(arguments, given.proposal, streams)
    days = Given(
        transmitted=arguments.transmitted, received=arguments.received, letter=arguments.letter, since=arguments.since
    )
    form = form or form_named(form_for(dossier))
    made = fiche_of(dossier, arguments.lang or form.language, days, form=form)
    if written_as == "docx":
        own = template_of(form) if template is None else (template, arguments.template)
        write_output(fiche_docx(made, *(own or (None, SHIPPED))), arguments, streams)
    elif written_as == "html":
        write_output(fiche_html(made), arguments, streams)
    else:
        write_output(fiche_markdown(made), arguments, streams)
    return 0


def _check_days(arguments: Namespace, proposal: Proposal, streams: Streams) -> None:
    """Refuse days before the document's own: a deadline would be counted from a slip of the pen."""
    own = min((value for value in proposal.date.yes if isinstance(value, date)), default=None)
    for name in ("transmitted", "received", "letter", "since"):
        day: date | None = getattr(arguments, name)
        if own is not None and day is not None and day < own:
            message = _TOO_EARLY.get(streams.language).format(name=name, day=day, own=own)
            raise UsageError(message, _LATER.get(streams.language))


def _written_as(arguments: Namespace, streams: Streams) -> str:
    """In which form to write: as `--format` says, else as the name of the file ends."""
    form: str = arguments.format or "markdown"
    if arguments.format is None and arguments.output is not None:
        found = _SUFFIXES.get(Path(arguments.output).suffix.lower())
        if found is None:
            message = _NO_SUFFIX.get(streams.language).format(file=arguments.output)
            raise UsageError(message, _NAME_FORM.get(streams.language))
        form = found
    if arguments.template is not None and form != "docx":
        raise UsageError(_ONLY_DOCX.get(streams.language), _NAME_FORM.get(streams.language))
    return form
