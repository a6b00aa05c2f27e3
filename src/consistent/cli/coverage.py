"""`consistent coverage`."""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from consistent.authoring.concept_rules import beside_rules
from consistent.authoring.coverage.measuring import cover
from consistent.authoring.coverage.report import coverage_outline, coverage_page, coverage_table, coverage_to_data
from consistent.authoring.suite.golden_files import Golden, is_golden, read_golden
from consistent.authoring.suite.items import Packs
from consistent.checker import KnowledgeBase
from consistent.cli._authoring import add_frame
from consistent.cli.options import add_floor, add_golden, add_named_pack, add_rules
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import Faults, UsageError
from consistent.model.text import Localized
from consistent.reports.terminal import print_outline
from consistent.rules.rule import select_rules
from consistent.toml.files import is_folder, toml_files
from consistent.toml.tomlfile import TomlFile

__all__ = ["add", "coverage"]

_STATUS = Localized(
    "exit status: 0 at or above the floor, 1 below it, 2 bad input or usage",
    "afsluitstatus: 0 op of boven de ondergrens, 1 eronder, 2 onbruikbare invoer of onjuist gebruik",
)
_HUNDRED = 100


def add(commands: Commands) -> None:
    """Define `consistent coverage`."""
    parser = commands.add("coverage", coverage, epilog=_STATUS)
    add_named_pack(parser)
    add_golden(parser)
    add_rules(parser)
    add_floor(
        parser,
        Localized(
            "the part of conditions seen true and false, of a hundred, below which the exit status is 1",
            "het deel van de voorwaarden dat waar en onwaar is gezien, van honderd, waaronder de afsluitstatus 1 is",
        ),
    )
    add_frame(
        parser,
        verbose=Localized("rules of which nothing is missing too", "ook regels waaraan niets ontbreekt"),
        as_of=False,
        further=("html",),
    )


def coverage(arguments: Namespace, streams: Streams) -> int:
    """Measure what the examples of a pack, and golden files, show of its rules."""
    packs = Packs()
    kb = packs.named(arguments.pack)
    goldens = _goldens(map(Path, arguments.golden or ()), packs, kb)
    wanted = None
    if arguments.select:
        wanted = [rule.id for rule in select_rules(beside_rules(kb).rules, arguments.select, ())]
    found = cover(kb, goldens, rules=wanted)
    if arguments.format == "html":
        streams.write_text(coverage_page(found, kb.knowledge, arguments.lang))
    elif arguments.format == "json":
        streams.write_data(coverage_to_data(found, kb.knowledge, arguments.lang))
    else:
        print_outline(streams.console, coverage_outline(found, kb.knowledge, arguments.lang))
        streams.print_table(coverage_table(found, arguments.lang, full=arguments.verbose))
    return int(found.figures.share * _HUNDRED < arguments.floor)


def _goldens(paths: Iterable[Path], packs: Packs, kb: KnowledgeBase) -> list[Golden]:
    """The golden files that are named, of which each must be of the pack.

    Raises:
        InputError: a file cannot be used; with every fault of all.
        UsageError: one is of another pack.
    """
    faults, found = Faults(), []
    for path in (file for named in paths for file in _files(named)):
        file = faults.attempt(TomlFile.read, path)
        read = faults.attempt(read_golden, file, packs) if file and is_golden(file) else None
        if read is None:
            continue
        golden, its = read
        if its.name != kb.name:
            raise UsageError(f"`{path}` is of the pack `{its.name}`, not of `{kb.name}`", "leave it out")
        found.append(golden)
    faults.raise_any()
    return found


def _files(path: Path) -> Iterator[Path]:
    yield from toml_files(path) if is_folder(path) else (path,)
