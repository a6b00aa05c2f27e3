"""`consistent repair`."""

from argparse import Namespace
from itertools import chain

from consistent.checker import load
from consistent.cli.inputs import read_input, with_waivers
from consistent.cli.options import MEASURE, RULE, add_checking, add_output, add_proposal, add_timeout, with_default
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.inquiries.repairs.repairs import ALTERNATIVES, MAX_CHANGES, SECONDS
from consistent.model.text import Localized
from consistent.reports import json_format
from consistent.reports.notices import accepted_outline, draft_outline, notice_outline
from consistent.reports.repairs_text import repair_outline
from consistent.reports.terminal import print_outline

__all__ = ["add", "repair"]


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
    add_checking(parser)
    add_output(parser, printed=True)


def repair(arguments: Namespace, streams: Streams) -> int:
    """Tell what would have to change in a proposal for its conflicts to go."""
    kb = load(arguments.pack)
    # A rule that is not known is told before a proposal is read.
    rule = None if arguments.rule is None else kb.rule(arguments.rule).id
    proposal, waivers = with_waivers(kb, *read_input(arguments.proposal), arguments)
    check = kb.check(proposal, as_of=arguments.as_of, strict=arguments.strict, engine=arguments.engine, waivers=waivers)
    found = check.repairs(
        rule=rule,
        measure=arguments.measure,
        conditions=arguments.conditions,
        seconds=arguments.timeout,
        max_changes=arguments.max_changes,
        alternatives=arguments.alternatives,
    )
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
