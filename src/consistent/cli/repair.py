"""`consistent repair`."""

from argparse import Namespace

from consistent.checker import load
from consistent.cli.check import read_proposal
from consistent.cli.streams import Streams
from consistent.reports import json_format
from consistent.reports.lines import print_lines
from consistent.reports.repairs_text import repair_lines

__all__ = ["repair"]


def repair(arguments: Namespace, streams: Streams) -> int:
    """Tell what would have to change in a proposal for its conflicts to go."""
    kb = load(arguments.pack)
    # A rule that is not known is told before a proposal is read.
    rule = None if arguments.rule is None else kb.rule(arguments.rule).id
    report = kb.check(read_proposal(kb, arguments.proposal), as_of=arguments.as_of, engine=arguments.engine)
    found = report.repairs(
        rule=rule,
        measure=arguments.measure,
        conditions=arguments.conditions,
        seconds=arguments.seconds,
        max_changes=arguments.max_changes,
        alternatives=arguments.alternatives,
    )
    if arguments.format == "json":
        streams.write_json(json_format.render_repairs(found))
    else:
        print_lines(streams.console, repair_lines(found, arguments.lang, conditions=arguments.conditions))
    return 0
