"""Collects items and runs them, whatever their kind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from io import StringIO
from itertools import chain
from pathlib import Path
from time import perf_counter

from attrs import frozen
from rich.console import Console

from consistent.authoring._pack_paths import is_of_pack, is_pack_folder, pack_around
from consistent.authoring.proving.cache import SolverCache
from consistent.authoring.suite._guarantees import GUARANTEES
from consistent.authoring.suite.concepts import CONCEPTS
from consistent.authoring.suite.examples import EXAMPLES
from consistent.authoring.suite.golden_files import GOLDENS
from consistent.authoring.suite.items import Collected, Failure, Item, Kind, Packs
from consistent.checker import KnowledgeBase
from consistent.errors import Fault, Faults, InputError, Location
from consistent.model.text import Language
from consistent.reports.outline import BREAK, Paragraph, Section, dim, strong, without_last_breaks
from consistent.reports.terminal import place, print_outline
from consistent.reports.why_text import why_not_outline
from consistent.toml.files import toml_files
from consistent.toml.tomlfile import TomlFile

__all__ = [
    "KINDS",
    "Result",
    "collect",
    "collect_file",
    "collect_folder",
    "failure_outline",
    "failure_text",
    "run",
    "run_all",
]

# A further kind is one entry here.
KINDS: tuple[Kind, ...] = (EXAMPLES, CONCEPTS, GOLDENS, GUARANTEES)
_BY_NAME = {kind.name: kind for kind in KINDS}
_NOTHING_DECIDED: Mapping[KnowledgeBase, SolverCache] = {}


@frozen(kw_only=True)
class Result:
    """An item that was run.

    Attributes:
        failure: None where it comes out as it says.
        seconds: that it took.
    """

    item: Item
    failure: Failure | None
    seconds: float


def collect(kb: KnowledgeBase) -> tuple[Item, ...]:
    """Everything that a pack, with those that it builds on, says of itself, in order of kind, pack and path."""
    return tuple(item for kind in KINDS for item in kind.of_pack(kb))


def collect_file(path: Path, packs: Packs | None = None) -> Collected:
    """The items of one file: of a pack, or a golden file.

    Args:
        path: the file.
        packs: those that were loaded already.

    Raises:
        InputError: it is neither, it cannot be used, or its pack cannot; with every fault.
    """
    packs = packs or Packs()
    if pack_around(path) is not None:
        kb = packs.around(path)
        return Collected(kb, _by_file(kb).get(path.resolve(), ()))
    found = _apart(TomlFile.read(path), packs)
    if found is None:
        raise _nothing_in(path)
    return found


def collect_folder(folder: Path, packs: Packs | None = None) -> tuple[Collected, ...]:
    """The items of a folder: of a pack, of a part of one, or of the golden files below it.

    TOML files that are no golden files are passed over where the folder belongs to no pack.

    Raises:
        InputError: there is nothing to test, or a file cannot be used; with every fault of all.
    """
    packs = packs or Packs()
    if is_pack_folder(folder):
        kb = packs.named(f"./{folder}" if not folder.is_absolute() else str(folder))
        return (Collected(kb, collect(kb)),)
    if is_of_pack(folder):
        kb = (
            packs.named(str(folder.absolute().parent))
            if is_pack_folder(folder.absolute().parent)
            else packs.around(folder)
        )
        inside = (items for path, items in _by_file(kb).items() if path.is_relative_to(folder.resolve()))
        return (Collected(kb, tuple(chain.from_iterable(inside))),)
    faults = Faults()
    files = (faults.attempt(TomlFile.read, path) for path in toml_files(folder))
    found = [faults.attempt(_apart, file, packs) for file in files if file]
    faults.raise_any()
    collected = tuple(result for result in found if result)
    if not collected:
        raise _nothing_in(folder)
    return collected


def run(item: Item, kb: KnowledgeBase, engine: str = "auto", cache: SolverCache | None = None) -> Failure | None:
    """Run one item.

    Args:
        item: collected from the pack, or with it.
        kb: the pack.
        engine: see `engine_named`.
        cache: of what was decided of the pack before (`Packs.decided`); None for a pack that is not as its files have it.

    Returns:
        What is wrong with it; None where it comes out as it says.

    Raises:
        UsageError: the engine is not known or cannot be had.
        EngineError: the engine did not do all of its work.
    """
    return _BY_NAME[item.kind].run(item, kb, engine, cache)


def run_all(
    collected: Iterable[Collected],
    engine: str = "auto",
    decided: Mapping[KnowledgeBase, SolverCache] = _NOTHING_DECIDED,
) -> Iterator[Result]:
    """Run items one after the other; errors as those of `run`.

    Args:
        collected: the items, with their packs.
        engine: see `engine_named`.
        decided: what was decided of the packs before (`Packs.decided`).
    """
    for part in collected:
        for item in part.items:
            start = perf_counter()
            failure = run(item, part.kb, engine, decided.get(part.kb))
            yield Result(item=item, failure=failure, seconds=perf_counter() - start)


def _nothing_in(path: Path) -> InputError:
    help_ = "name the folder of a pack, a file of its rules, or golden files: TOML with a table `[golden]`"
    return InputError([Fault("nothing to test here", Location(str(path)), help_)])


def _apart(file: TomlFile, packs: Packs) -> Collected | None:
    """The items of a file that belongs to no pack; None where it holds none."""
    return next((found for kind in KINDS if (found := kind.of_file(file, packs)) is not None), None)


@lru_cache(maxsize=8)
def _by_file(kb: KnowledgeBase) -> Mapping[Path, tuple[Item, ...]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in collect(kb):
        found[item.place.path].append(item)
    return {Path(path).resolve(): tuple(items) for path, items in found.items()}


# A failed item in words: what was expected, and why something else was found.

_WIDTH = 120


def failure_outline(failure: Failure, language: Language) -> Section:
    """A failure with its place, and in full why each rule that it is about came out as it did."""
    at = failure.item.place
    where = dim(", ".join(filter(None, (place(at.path, at.line), at.key))))
    notes = [Paragraph(note.get(language)) for note in failure.notes]
    why = [
        block
        for answer in failure.why
        for block in (BREAK, *without_last_breaks(why_not_outline(answer, language, full=True)))
    ]
    return Section(strong(failure.message.get(language)), [Paragraph(where), *notes, *why])


def failure_text(failure: Failure, language: Language, width: int = _WIDTH) -> str:
    """The same without colours.

    Args:
        failure: of an item.
        language: of all words but those of rules and proposals themselves.
        width: of a line, in cells.
    """
    out = StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False, color_system=None)
    print_outline(console, [failure_outline(failure, language)])
    return out.getvalue()
