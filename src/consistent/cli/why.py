"""`consistent why`."""

from argparse import Namespace

from consistent.checker import load
from consistent.cli.check import read_proposal
from consistent.cli.streams import Streams
from consistent.reports import json_format
from consistent.reports.lines import print_lines
from consistent.reports.why_not_text import why_not_lines

__all__ = ["why"]


def why(arguments: Namespace, streams: Streams) -> int:
    """Tell what became of a rule on a proposal, measure by measure."""
    kb = load(arguments.pack)
    # A rule that is not known is told before a proposal is read.
    rule = kb.rule(arguments.rule).id
    report = kb.check(read_proposal(kb, arguments.proposal), as_of=arguments.as_of, engine=arguments.engine)
    told = report.why_not(rule, arguments.measure)
    if arguments.format == "json":
        streams.write_json(json_format.render_why_not(told, arguments.lang))
    else:
        print_lines(streams.console, why_not_lines(told, arguments.lang, full=arguments.verbose))
    return 0
