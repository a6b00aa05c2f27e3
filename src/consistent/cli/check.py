"""`consistent check`."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from rich.progress import track

from consistent.checker import KnowledgeBase, load
from consistent.cli.streams import Streams
from consistent.errors import Fault, Faults, InputError, Location, UsageError, did_you_mean
from consistent.findings.report import Report
from consistent.model.proposal import Proposal
from consistent.reading.tomlfile import MAX_BYTES, TomlFile
from consistent.reports import json_format
from consistent.reports.text import print_report
from consistent.rules.rule import Rule

__all__ = ["check", "reaches"]


def check(arguments: Namespace, streams: Streams) -> int:
    """Check the proposals that were named; nothing is printed unless all of them can be read."""
    kb = _selected(load(arguments.pack), arguments.select, arguments.ignore)
    proposals = _read(kb, arguments.paths)
    tracked = _tracked(proposals, "checking", streams)
    reports = [kb.check(each, as_of=arguments.as_of, engine=arguments.engine) for each in tracked]
    if arguments.format == "json":
        streams.write(json_format.render(reports, arguments.lang))
    else:
        for number, report in enumerate(reports):
            if number:
                streams.console.print()
            print_report(report, streams.console, arguments.lang, verbose=arguments.verbose)
    return int(any(reaches(report, arguments.fail_on) for report in reports))


def reaches(report: Report, bar: str) -> bool:
    """Whether a report holds something at or above a bar: conflict, condition, open, never."""
    verdicts = {each.verdict for each in report.findings}
    if bar == "never":
        return False
    if "conflict" in verdicts:
        return True
    if bar == "conflict":
        return False
    return "condition" in verdicts or (bar == "open" and bool(report.open))


def _tracked(items: Sequence[Proposal], what: str, streams: Streams) -> Iterable[Proposal]:
    """The items, with a progress bar on a terminal where there is more than one."""
    if len(items) == 1 or not streams.err.is_terminal:
        return items
    return track(items, what, console=streams.err, transient=True)


def _read(kb: KnowledgeBase, paths: Iterable[str]) -> list[Proposal]:
    """Every proposal that the paths name; all faults of all files together."""
    proposals: list[Proposal] = []
    faults = Faults()
    for path in paths:
        for name in faults.attempt(_files, path) or ():
            file = faults.attempt(_file, name)
            proposal = file and faults.attempt(kb.read_file, file)
            if isinstance(proposal, Proposal):
                proposals.append(proposal)
    faults.raise_any()
    return proposals


def _file(name: str) -> TomlFile:
    if name == "-":
        return TomlFile.parse(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>")
    return TomlFile.read(Path(name), name)


def _files(path: str) -> list[str]:
    """The files that a path names: itself, or every proposal under a folder."""
    if path == "-" or not Path(path).is_dir():
        return [path]
    found = sorted(_under(path))
    if not found:
        help_ = "proposals are files that end in .toml"
        raise InputError([Fault("no proposals in this folder", Location(path), help_)])
    return found


def _under(folder: str) -> Iterator[str]:
    def refuse(error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        raise InputError([Fault(f"folder cannot be read: {reason}", Location(error.filename or folder))])

    for where, _, names in os.walk(folder, onerror=refuse):
        yield from (str(Path(where) / name) for name in names if name.endswith(".toml"))


def _selected(kb: KnowledgeBase, select: list[str] | None, ignore: list[str] | None) -> KnowledgeBase:
    wanted, unwanted = _patterns(kb, select), _patterns(kb, ignore)
    if not wanted and not unwanted:
        return kb
    return kb.only(
        lambda rule: (
            (not wanted or any(_matches(rule, each) for each in wanted))
            and not any(_matches(rule, each) for each in unwanted)
        )
    )


def _patterns(kb: KnowledgeBase, given: list[str] | None) -> list[str]:
    patterns = [part.strip() for each in given or () for part in each.split(",") if part.strip()]
    for each in patterns:
        if not any(_matches(rule, each) for rule in kb.rules):
            known = {name for rule in kb.rules for name in (rule.id, rule.principle, *rule.positions)}
            help_ = did_you_mean(each, known)
            raise UsageError(f"no rule matches `{each}`" + (f"\nhelp: {help_}" if help_ else ""))
    return patterns


def _matches(rule: Rule, pattern: str) -> bool:
    """Whether a pattern names a rule: by id, by a folder of ids, by wildcards, by principle or position."""
    return (
        rule.id == pattern
        or rule.id.startswith(pattern.rstrip("/") + "/")
        or fnmatchcase(rule.id, pattern)
        or pattern in {rule.principle, *rule.positions}
    )
