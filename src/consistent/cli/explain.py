"""`consistent explain`."""

from argparse import Namespace

from consistent.checker import load
from consistent.cli.options import RULE, add_lang, add_pack
from consistent.cli.output import tell_other_packs
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.model.text import Localized
from consistent.reports.lines import print_lines
from consistent.reports.rule_text import rule_lines

__all__ = ["add", "explain"]


def add(commands: Commands) -> None:
    """Define `consistent explain`."""
    parser = commands.add("explain", explain, Localized("show a rule in full", "toon een regel volledig"))
    parser.takes("rule", metavar=RULE, help=Localized("its id", "de id ervan"))
    add_pack(parser)
    add_lang(parser)


def explain(arguments: Namespace, streams: Streams) -> int:
    """Show one rule in full."""
    kb = load(arguments.pack)
    tell_other_packs(kb, arguments.lang, streams)
    print_lines(streams.console, rule_lines(kb.rule(arguments.rule), kb.knowledge, kb.rules, arguments.lang))
    return 0
