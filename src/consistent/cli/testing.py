"""`consistent test`."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve

from consistent.authoring.editing.fixing import diff_of, write_all
from consistent.authoring.suite import (
    KINDS,
    Collected,
    Packs,
    Result,
    collect,
    collect_file,
    collect_folder,
    failure_outline,
    failure_text,
    run_all,
)
from consistent.authoring.suite.golden_files import GOLDENS, as_it_comes_out
from consistent.authoring.suite.items import chooser
from consistent.cli.options import FILE, add_engine, add_golden, add_lang, add_pack
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import Fault, Faults, InputError, Location, UsageError
from consistent.model.text import Language, Localized
from consistent.reports.junit import JunitCase, junit_xml
from consistent.reports.outline import BREAK
from consistent.reports.terminal import print_outline
from consistent.toml.files import create_file, is_file, is_folder

__all__ = ["add", "test"]

_STATUS = Localized(
    "exit status: 0 all come out as they say, 1 some do not, 2 bad input or usage",
    "afsluitstatus: 0 alles komt uit zoals het zegt, 1 iets niet, 2 onbruikbare invoer of onjuist gebruik",
)
_TESTED = Localized("tested: {counts}", "getest: {counts}")
_FAILED = Localized("not as they say: {count}", "anders dan zij zeggen: {count}")
_LEFT_OUT = Localized("left out: {count}", "overgeslagen: {count}")


def add(commands: Commands) -> None:
    """Define `consistent test`."""
    parser = commands.add("test", test, epilog=_STATUS)
    # Each failure is told as it comes.
    parser.set_defaults(paged=False)
    parser.takes(
        "path",
        nargs="?",
        metavar=Localized("PATH", "PAD"),
        help=Localized(
            "the folder of a pack or a part of its rules, the file of a rule, a golden file, or a folder of these",
            "de map van een pakket of een deel van de regels ervan, het bestand van een regel, een bestand met vastgelegde "
            "uitkomsten, of een map daarvan",
        ),
    )
    add_pack(
        parser, Localized("a pack by name, where no path is given", "een pakket bij naam, als er geen pad is gegeven")
    )
    parser.takes(
        "-k",
        dest="only",
        metavar=Localized("EXPR", "UITDR"),
        help=Localized(
            "only what has these words in its id, as in `cyber and not open`",
            "alleen wat deze woorden in zijn id heeft, zoals in `cyber and not open`",
        ),
    )
    add_golden(parser)
    parser.takes(
        "--junit",
        metavar=FILE,
        help=Localized(
            "write the results there as JUnit XML, in place of what it holds",
            "schrijf de uitkomsten daarheen als JUnit-XML, in plaats van wat erin staat",
        ),
    )
    parser.takes(
        "--accept",
        action="store_true",
        help=Localized(
            "write what comes out into golden files, and show what changes; look at it before you keep it",
            "schrijf wat eruit komt in de vastgelegde uitkomsten, en toon wat er verandert; bekijk het voor u het bewaart",
        ),
    )
    add_lang(parser)
    add_engine(parser)


def test(arguments: Namespace, streams: Streams) -> int:
    """Run what a pack or a golden file says of itself, and tell in full of what comes out otherwise."""
    packs = Packs(deciding=True)
    collected = _collected(arguments, packs)
    wanted = chooser(arguments.only) if arguments.only is not None else None
    chosen = [
        evolve(group, items=tuple(item for item in group.items if wanted is None or wanted(item)))
        for group in collected
    ]
    left_out = sum(len(group.items) for group in collected) - sum(len(group.items) for group in chosen)
    if not any(group.items for group in chosen):
        raise UsageError("nothing to test", f"`{arguments.only}` is in no id" if left_out else "")
    if arguments.accept:
        _accept(chosen, arguments, streams)
        # The rest is tested as it stands.
        chosen = [
            evolve(group, items=tuple(item for item in group.items if item.kind != GOLDENS.name)) for group in chosen
        ]
    results = []
    for result in run_all(chosen, arguments.engine, packs.decided):
        results.append(result)
        if result.failure is not None:
            print_outline(streams.console, [failure_outline(result.failure, arguments.lang), BREAK])
    for cache in packs.decided.values():
        cache.write()
    if arguments.junit is not None:
        create_file(Path(arguments.junit), junit_xml(_cases(results, arguments.lang), "consistent"), force=True)
    streams.console.print(_summary(results, left_out, arguments.lang))
    return int(any(result.failure for result in results))


def _accept(chosen: Sequence[Collected], arguments: Namespace, streams: Streams) -> None:
    """Write what comes out into golden files; what examples and guarantees say is never changed."""
    groups: dict[tuple[int, str], Collected] = {}
    for group in chosen:
        for item in group.items:
            if item.kind == GOLDENS.name:
                held = groups.get((id(group.kb), item.place.path), Collected(group.kb, ()))
                groups[id(group.kb), item.place.path] = evolve(held, items=(*held.items, item))
    for group in groups.values():
        made = as_it_comes_out(group, arguments.engine)
        if made is not None and made[1] != made[2]:
            path, old, new = made
            streams.print_diff(diff_of({path: old}, {path: new}))
            write_all({path: old}, {path: new})


def _collected(arguments: Namespace, packs: Packs) -> list[Collected]:
    """What the arguments name; the faults of all of it together."""
    faults = Faults()
    if arguments.path is not None and arguments.pack is not None:
        raise UsageError("both a path and a pack are given", "a path tells which pack it belongs to")
    found: list[Collected] = []
    paths = [] if arguments.path is None else [arguments.path]
    if not paths and (arguments.pack is not None or not arguments.golden):
        kb = faults.attempt(packs.named, arguments.pack)
        found += [Collected(kb, collect(kb))] if kb else []
    for path in (*paths, *(arguments.golden or ())):
        found += faults.attempt(_of_path, Path(path), packs) or ()
    # Several golden files can tell the faults of one pack.
    faults.found = list(dict.fromkeys(faults.found))
    faults.raise_any()
    return found


def _of_path(path: Path, packs: Packs) -> Sequence[Collected]:
    if is_folder(path):
        return collect_folder(path, packs)
    if not is_file(path):
        raise InputError(
            [Fault("no such file or folder", Location(str(path)), "a pack by name is given with `--pack`")]
        )
    return [collect_file(path, packs)]


def _cases(results: Sequence[Result], language: Language) -> Iterator[JunitCase]:
    for result in results:
        failure = result.failure
        yield JunitCase(
            group=result.item.group,
            name=result.item.name,
            kind=result.item.kind,
            seconds=result.seconds,
            message=failure.message.get(language) if failure else None,
            text=failure_text(failure, language) if failure else "",
        )


def _summary(results: Sequence[Result], left_out: int, language: Language) -> str:
    counts = Counter(result.item.kind for result in results)
    said = [f"{kind.titles.get(language)} {counts[kind.name]}" for kind in KINDS if counts[kind.name]]
    parts = [
        _TESTED.get(language).format(counts=", ".join(said)),
        _FAILED.get(language).format(count=sum(result.failure is not None for result in results)),
        *([_LEFT_OUT.get(language).format(count=left_out)] if left_out else []),
    ]
    return "; ".join(parts)
