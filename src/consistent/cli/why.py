"""`consistent why`."""

from argparse import Namespace
from itertools import chain

from consistent.checker import load
from consistent.cli.inputs import read_input, with_waivers
from consistent.cli.options import MEASURE, RULE, add_checking, add_output, add_proposal, add_verbose
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.model.text import Localized
from consistent.reports import json_format
from consistent.reports.notices import draft_outline, notice_outline
from consistent.reports.terminal import print_outline
from consistent.reports.why_text import why_not_outline

__all__ = ["add", "why"]


def add(commands: Commands) -> None:
    """Define `consistent why`."""
    parser = commands.add("why", why)
    parser.takes("rule", metavar=RULE, help=Localized("its id", "de id ervan"))
    add_proposal(parser)
    parser.takes("--measure", metavar=MEASURE, help=Localized("only this one, in full", "alleen deze, volledig"))
    add_checking(parser)
    add_output(parser, printed=True)
    add_verbose(
        parser,
        Localized("in full also where the rule does not apply", "ook volledig waar de regel niet van toepassing is"),
    )


def why(arguments: Namespace, streams: Streams) -> int:
    """Tell what became of a rule on a proposal, measure by measure."""
    kb = load(arguments.pack)
    # A rule that is not known is told before a proposal is read.
    rule = kb.rule(arguments.rule).id
    proposal, waivers = with_waivers(kb, *read_input(arguments.proposal), arguments)
    check = kb.check(proposal, as_of=arguments.as_of, strict=arguments.strict, engine=arguments.engine, waivers=waivers)
    told = check.why_not(rule, arguments.measure)
    draft = list(draft_outline(check.proposal, arguments.lang))
    if arguments.format == "json":
        print_outline(streams.err, draft)
        streams.write_json(json_format.render_why_not(told, arguments.lang))
    else:
        lines = why_not_outline(told, arguments.lang, full=arguments.verbose)
        print_outline(streams.console, chain(draft, lines, notice_outline(check.report, arguments.lang)))
    return 0
