"""`consistent check`."""

from argparse import Namespace
from collections.abc import Iterable, Sequence
from io import StringIO

from rich.console import Console
from rich.text import Text

from consistent.check import Check
from consistent.checker import load
from consistent.cli.inputs import Given, read_proposals, read_waivers
from consistent.cli.options import (
    PATH,
    add_as_of,
    add_as_proposal,
    add_engine,
    add_fail_on,
    add_format,
    add_lang,
    add_limits,
    add_output,
    add_pack,
    add_processes,
    add_selection,
    add_strict,
    add_verbose,
    add_waivers,
)
from consistent.cli.parsing import STATUS, Commands, Parser
from consistent.cli.streams import Streams, write_output
from consistent.errors import Faults, UsageError
from consistent.model.text import Localized
from consistent.reports.concise import roll_up
from consistent.reports.entries import counts
from consistent.reports.first_screen import first_screen, first_screen_outline, verdict_sentence
from consistent.reports.formats import format_named, format_names
from consistent.reports.notices import draft_outline, other_packs_outline
from consistent.reports.screen_lines import MOST_TOLD
from consistent.reports.terminal import print_outline
from consistent.reports.text import print_report

__all__ = ["add", "check"]

_CHECKING = Localized("checking", "toetsen")
_STATUS_OF_CORPUS = Localized(
    "3 if items of a corpus could not be read or checked, whatever was found of the others",
    "3 als delen van een corpus niet konden worden gelezen of getoetst, wat er ook van de andere is gevonden",
)
_ONLY = Localized("`{option}` is for a corpus", "`{option}` hoort bij een corpus")
_NAME_CORPUS = Localized("name one with `--corpus`", "noem er een met `--corpus`")


def add(commands: Commands) -> None:
    """Define `consistent check`."""
    status = Localized(f"{STATUS.en}, {_STATUS_OF_CORPUS.en}", f"{STATUS.nl}, {_STATUS_OF_CORPUS.nl}")
    parser = commands.add("check", check, epilog=status)
    parser.takes(
        "paths",
        nargs="*",
        metavar=Localized("PATH", "PAD"),
        help=Localized(
            "a proposal in TOML, a document of the Commission, a folder of TOML files, or - for standard input",
            "een voorstel in TOML, een document van de Commissie, een map met TOML-bestanden, of - voor standaardinvoer",
        ),
    )
    add_as_proposal(parser)
    add_pack(parser)
    add_lang(parser)
    add_selection(parser)
    add_format(parser, further=format_names())
    add_output(parser)
    add_as_of(
        parser,
        Localized(
            "the day whose facts, rules and waivers count (default: today)",
            "de dag waarvan feiten, regels en aanvaardingen tellen (standaard: vandaag)",
        ),
    )
    add_fail_on(
        parser,
        Localized("from where on the exit status is 1", "vanaf waar de afsluitstatus 1 is"),
    )
    add_waivers(parser)
    add_limits(parser)
    add_strict(parser)
    add_engine(parser)
    _add_corpus(parser)
    add_verbose(
        parser,
        Localized(
            "all findings with their reasons; twice: reasons for what is in line too",
            "alle bevindingen met hun redenen; tweemaal: ook redenen van wat in lijn is",
        ),
    )
    parser.takes(
        "--why",
        action="store_true",
        help=Localized(
            "for each finding all that it rests on, down to file and line",
            "bij elke bevinding alles waarop die steunt, tot op bestand en regel",
        ),
    )


def _add_corpus(parser: Parser) -> None:
    """`--corpus`, and what goes with it; with a corpus no other paths are required."""
    parser.set_defaults(refuse=parser.error)
    parser.takes(
        "--corpus",
        metavar=PATH,
        help=Localized(
            "many proposals, as a stream: JSON Lines, Parquet, a folder, or - for standard input; a run that was stopped goes on",
            "veel voorstellen, als stroom: JSON Lines, Parquet, een map, of - voor standaardinvoer; een gestopte gang gaat verder",
        ),
    )
    parser.takes(
        "--full",
        action="store_true",
        help=Localized("of a corpus: whole reports too", "van een corpus: ook hele rapporten"),
    )
    add_processes(
        parser,
        Localized("of a corpus: so many processes on this machine", "van een corpus: zoveel processen op deze machine"),
    )
    parser.takes(
        "--dask",
        metavar=Localized("ADDRESS", "ADRES"),
        help=Localized(
            "of a corpus: the workers of this Dask scheduler", "van een corpus: de werkers van deze Dask-planner"
        ),
    )
    parser.takes(
        "--restart",
        action="store_true",
        help=Localized(
            "of a corpus: begin anew, not where a run was stopped",
            "van een corpus: begin opnieuw, niet waar een gang stopte",
        ),
    )


def _refuse_without_corpus(arguments: Namespace) -> None:
    """What only a corpus can use is not passed over in silence.

    Raises:
        UsageError: an option needs a corpus, or nothing was named at all.
    """
    wanted = {
        "--full": arguments.full,
        "--processes": arguments.processes > 1,
        "--dask": arguments.dask,
        "--restart": arguments.restart,
    }
    for option, given in wanted.items():
        if given:
            raise UsageError(_ONLY.get(arguments.lang).format(option=option), _NAME_CORPUS.get(arguments.lang))
    if not arguments.paths:
        arguments.refuse(f"the following arguments are required: {PATH.get(arguments.lang)}")


def check(arguments: Namespace, streams: Streams) -> int:
    """Check the proposals that were named; nothing is printed unless all of them can be read."""
    if arguments.corpus is not None:
        from consistent.cli.corpus import check_corpus  # few checks are of a corpus

        return check_corpus(arguments, streams)
    _refuse_without_corpus(arguments)
    kb = load(arguments.pack).selected(arguments.select, arguments.ignore)
    faults = Faults()
    given = faults.attempt(read_proposals, kb, arguments.paths, arguments.lang, as_proposal=arguments.as_proposal) or []
    waivers = faults.attempt(read_waivers, arguments) or ()
    faults.raise_any()
    tracked = _tracked(given, _CHECKING.get(arguments.lang), streams)
    checks = [
        kb.check(
            one.proposal,
            as_of=arguments.as_of,
            strict=arguments.strict,
            engine=arguments.engine,
            waivers=waivers,
            ending_within=arguments.ending_within,
            verified_within=arguments.verified_within,
            elsewhere=True,
        )
        for one in tracked
    ]
    if arguments.format == "json":
        from consistent.reports import json_format  # most checks pay for no form but text

        text = json_format.render([found.report for found in checks], arguments.lang, why=arguments.why)
        write_output(text, arguments, streams, "json")
    elif arguments.format != "text":
        from consistent.reports.dossier import Dossier

        form = format_named(arguments.format)
        wanted = {name: name in form.needs for name in ("repairs", "questions")}
        dossiers = [Dossier.of(check, one.draft, **wanted) for check, one in zip(checks, given, strict=True)]
        write_output(form.render(dossiers, arguments.lang), arguments, streams)
    else:
        written = StringIO()
        console = streams.console if arguments.output is None else streams.of_file(written)
        for number, found in enumerate(checks):
            if number:
                console.print()
            _print(found, console, arguments)
        if len(checks) > 1:
            console.print()
            console.print(
                roll_up([counts(found.report_in_short(0)) for found in checks], arguments.lang), soft_wrap=True
            )
        if arguments.output is not None:
            write_output(written.getvalue(), arguments, streams)
    return int(any(found.reaches(arguments.fail_on) for found in checks))


def _print(found: Check, console: Console, arguments: Namespace) -> None:
    """The first screen; with `--verbose` or `--why` all of the report, and the first screen's sentence last."""
    language = arguments.lang
    if arguments.verbose or arguments.why:
        report = found.report
        print_report(report, console, language, verbose=arguments.verbose > 1, why=arguments.why)
        console.print(Text(verdict_sentence(report).get(language), style="bold"))
        return
    report = found.report_in_short(MOST_TOLD)
    print_outline(
        console,
        [
            *first_screen_outline(first_screen(report, found.left), language),
            *draft_outline(report.proposal, language),
            *other_packs_outline(report.pack, report.other_packs, language, report.elsewhere),
        ],
    )


def _tracked(items: Sequence[Given], what: str, streams: Streams) -> Iterable[Given]:
    """The items, with a progress bar on a terminal where there is more than one."""
    if len(items) == 1 or not streams.err.is_terminal:
        return items
    from rich.progress import track  # only where there is something to wait for

    return track(items, what, console=streams.err, transient=True)
