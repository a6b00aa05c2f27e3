"""`consistent check`."""

from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.progress import track

from consistent.checker import KnowledgeBase, load
from consistent.cli.inputs import read_input
from consistent.cli.streams import Streams
from consistent.errors import Fault, Faults, InputError, Location
from consistent.intake.reading import is_document
from consistent.model.proposal import Proposal
from consistent.reading.files import is_folder, toml_files
from consistent.reading.tomlfile import TomlFile
from consistent.reading.waivers import waivers_from
from consistent.reports import json_format
from consistent.reports.text import print_report

__all__ = ["check", "read_proposal"]


def check(arguments: Namespace, streams: Streams) -> int:
    """Check the proposals that were named; nothing is printed unless all of them can be read."""
    kb = load(arguments.pack).selected(arguments.select, arguments.ignore)
    faults = Faults()
    proposals = faults.attempt(_read, kb, arguments.paths, as_proposal=arguments.as_proposal) or []
    waivers = faults.attempt(waivers_from, map(Path, arguments.waivers or ())) or ()
    faults.raise_any()
    tracked = _tracked(proposals, "checking", streams)
    reports = [
        kb.check(
            each,
            as_of=arguments.as_of,
            engine=arguments.engine,
            waivers=waivers,
            ending_within=arguments.ending_within,
            verified_within=arguments.verified_within,
        )
        for each in tracked
    ]
    if arguments.format == "json":
        streams.write_json(json_format.render(reports, arguments.lang, why=arguments.why))
    else:
        for number, report in enumerate(reports):
            if number:
                streams.console.print()
            print_report(report, streams.console, arguments.lang, verbose=arguments.verbose, why=arguments.why)
    return int(any(report.reaches(arguments.fail_on) for report in reports))


def _tracked(items: Sequence[Proposal], what: str, streams: Streams) -> Iterable[Proposal]:
    """The items, with a progress bar on a terminal where there is more than one."""
    if len(items) == 1 or not streams.err.is_terminal:
        return items
    return track(items, what, console=streams.err, transient=True)


def _read(kb: KnowledgeBase, paths: Iterable[str], *, as_proposal: bool) -> list[Proposal]:
    """Every proposal that the paths name, of documents a draft; all faults of all files together."""
    proposals: list[Proposal] = []
    faults = Faults()
    for path in paths:
        for name in faults.attempt(_files, path) or ():
            proposal = faults.attempt(_read_one, kb, name, as_proposal=as_proposal)
            if proposal is not None:
                proposals.append(proposal)
    faults.raise_any()
    return proposals


def _read_one(kb: KnowledgeBase, path: str, *, as_proposal: bool) -> Proposal:
    """A proposal from TOML, or the draft that a document makes; which of the two, its content tells."""
    name, content = read_input(path)
    if is_document(content):
        return kb.draft(content, name, as_proposal=as_proposal).proposal
    return kb.read_file(TomlFile.parse(content, name))


def read_proposal(kb: KnowledgeBase, path: str) -> Proposal:
    """One proposal, from a file or with `-` from standard input.

    Raises:
        InputError: with every fault of it.
    """
    return kb.read_file(open_proposal(path))


def open_proposal(name: str) -> TomlFile:
    """The file of a proposal, or with `-` what standard input holds.

    Raises:
        InputError: it cannot be read.
    """
    called, content = read_input(name)
    if is_document(content):
        help_ = "`consistent draft` makes a proposal of it"
        raise InputError([Fault("file is a document, and no proposal in TOML", Location(called), help_)])
    return TomlFile.parse(content, called)


def _files(path: str) -> list[str]:
    """The files that a path names: itself, or every proposal under a folder."""
    if path == "-" or not is_folder(Path(path)):
        return [path]
    found = toml_files(Path(path))
    if not found:
        help_ = "proposals are files that end in .toml"
        raise InputError([Fault("no proposals in this folder", Location(path), help_)])
    return list(map(str, found))
