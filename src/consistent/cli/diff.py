"""`consistent diff`."""

from argparse import Namespace
from pathlib import Path

from consistent.checker import KnowledgeBase, load
from consistent.cli.check import open_proposal
from consistent.cli.streams import Streams
from consistent.errors import Faults, UsageError
from consistent.inquiries.differences.difference import Difference
from consistent.reading.waivers import waivers_from
from consistent.reports import json_format
from consistent.reports.diff_text import print_difference

__all__ = ["diff"]


def diff(arguments: Namespace, streams: Streams) -> int:
    """Tell what an amended proposal, an amended pack or another day changes."""
    found = _compared(arguments)
    if arguments.format == "json":
        streams.write_json(json_format.render_difference(found, arguments.lang))
    else:
        print_difference(found, streams.console, arguments.lang)
    return int(found.reaches(arguments.fail_on))


def _compared(arguments: Namespace) -> Difference:
    """Everything is read before anything is compared; all faults are told together."""
    if arguments.new is None and arguments.new_pack is None and arguments.new_as_of is None:
        raise UsageError("nothing to compare with", "give a second proposal, --new-pack or --new-as-of")
    if arguments.old == arguments.new == "-":
        raise UsageError("standard input can be one of the two proposals only")
    faults = Faults()
    kb = faults.attempt(_pack, arguments.pack, arguments)
    new_kb = kb if arguments.new_pack is None else faults.attempt(_pack, arguments.new_pack, arguments)
    waivers = faults.attempt(waivers_from, map(Path, arguments.waivers or ())) or ()
    old_file = faults.attempt(open_proposal, arguments.old)
    new_file = old_file if arguments.new is None else faults.attempt(open_proposal, arguments.new)
    old = faults.attempt(kb.read_file, old_file) if kb and old_file else None
    new = faults.attempt(new_kb.read_file, new_file) if new_kb and new_file else None
    faults.raise_any()
    if kb is None or old is None:  # pragma: no cover  told above
        raise AssertionError
    return kb.diff(
        old, new, new_kb=new_kb, as_of=arguments.as_of, new_as_of=arguments.new_as_of, engine=arguments.engine, waivers=waivers
    )  # fmt: skip


def _pack(name: str, arguments: Namespace) -> KnowledgeBase:
    """A pack by name, or from a folder, which may hold another version of a pack that ships."""
    return load(name, instead=True).selected(arguments.select, arguments.ignore)
