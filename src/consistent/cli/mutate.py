"""`consistent mutate`."""

from argparse import Namespace
from pathlib import Path

from rich.progress import Progress

from consistent.authoring.editing.fixing import write_all
from consistent.authoring.mutation.accepting import with_examples
from consistent.authoring.mutation.killing import Results, score
from consistent.authoring.mutation.report import (
    json_of,
    score_table,
    summary_outline,
    survivor_outline,
)
from consistent.authoring.mutation.running import MutationRun
from consistent.authoring.mutation.running import mutate as plant_faults
from consistent.cli._authoring import add_frame
from consistent.cli.options import (
    FILE,
    add_floor,
    add_golden,
    add_named_pack,
    add_processes,
    add_rules,
    add_timeout,
)
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import printable
from consistent.model.text import Language, Localized, today
from consistent.reports.terminal import print_outline

__all__ = ["add", "mutate"]

_STATUS = Localized(
    "exit status: 0 score at or above the floor, 1 below it or an accepted mutant that does not survive, 2 bad input or usage",
    "afsluitstatus: 0 score op of boven de ondergrens, 1 eronder of een aanvaarde mutant die niet overleeft, "
    "2 onbruikbare invoer of onjuist gebruik",
)
_EXAMPLES = Localized("examples written into {path}", "voorbeelden geschreven in {path}")
_MUTATING = Localized("mutating rules", "regels muteren")


def add(commands: Commands) -> None:
    """Define `consistent mutate`."""
    parser = commands.add("mutate", mutate, epilog=_STATUS)
    add_named_pack(parser)
    add_golden(parser)
    add_rules(parser)
    add_processes(parser, Localized("so many processes on this machine", "zoveel processen op deze machine"))
    add_timeout(
        parser,
        Localized("seconds after which no further rule is begun", "seconden waarna geen regel meer wordt begonnen"),
    )
    parser.takes(
        "--resume",
        metavar=FILE,
        help=Localized(
            "written to as rules are done, and taken up where it is there",
            "wordt gaandeweg geschreven, en hervat als het er al is",
        ),
    )
    parser.takes(
        "--accept",
        action="store_true",
        help=Localized(
            "write the examples that would kill survivors into the files of their rules, each to be judged and given a title",
            "schrijf de voorbeelden die overlevers zouden vinden in de bestanden van hun regels; elk is te beoordelen en te benoemen",
        ),
    )
    add_floor(
        parser,
        Localized(
            "the score, of a hundred, below which the exit status is 1",
            "de score, van honderd, waaronder de afsluitstatus 1 is",
        ),
    )
    add_frame(parser, verbose=Localized("accepted survivors too", "ook aanvaarde overlevers"), as_of=False)


def mutate(arguments: Namespace, streams: Streams) -> int:
    """Plant every fault in every rule, and tell which ones the tests do not notice."""
    wanted = MutationRun(
        pack=arguments.pack,
        tests=tuple(map(Path, arguments.golden or ())),
        select=tuple(arguments.select or ()),
        day=today(),
        jobs=arguments.processes,
        seconds=arguments.timeout,
        resume=None if arguments.resume is None else Path(arguments.resume),
    )
    results = _tracked(wanted, arguments.lang, streams)
    if arguments.format == "json":
        streams.write_json(json_of(results, arguments.lang))
    else:
        print_outline(streams.console, survivor_outline(results, arguments.lang, accepted=arguments.verbose))
        if results.survivors:
            streams.print_table(score_table(results, arguments.lang))
            streams.console.print()
        print_outline(streams.console, summary_outline(results, arguments.lang))
    if arguments.accept:
        before, after = with_examples(one for one in results.survivors if one.id not in results.accepted)
        write_all(before, after)
        for path in after:
            streams.err.print(printable(_EXAMPLES.get(arguments.lang).format(path=path)), soft_wrap=True)
    reached = score(results.all)
    return int(bool(results.stale) or (reached is not None and reached < arguments.floor))


def _tracked(wanted: MutationRun, language: Language, streams: Streams) -> Results:
    """The results, with a progress bar on a terminal."""
    with Progress(console=streams.err, transient=True, disable=not streams.err.is_terminal) as bar:
        task = bar.add_task(_MUTATING.get(language), total=None)
        return plant_faults(wanted, lambda done, of: bar.update(task, completed=done, total=of))
