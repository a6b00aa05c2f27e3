"""The order of the versions: from `file.toml` in the folder, else derived from what the documents say of themselves.

An order is never guessed. Where dates or stages do not decide, it is asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

from attrs import evolve, field, frozen

from consistent.errors import Fault, Faults, InputError, Location
from consistent.lifecycle.reading import Reading
from consistent.lifecycle.versions import Stage, Told
from consistent.model.text import Localized
from consistent.toml.files import read_file
from consistent.toml.structuring import class_hook, new_converter, structure, tables_of
from consistent.toml.tomlfile import TomlFile

__all__ = ["FILE_TOML", "Listed", "Ordered", "ordered", "read_listed"]

FILE_TOML = "file.toml"
# Under another name, as a class that has an attribute of its own cannot name it.
Day = date
_RANKS: Mapping[Stage, int] = {"proposal": 0, "council": 1, "parliament": 1, "agreed": 2, "act": 3}
_HELP = "a file of versions has a table `[[version]]` for each, with its `document`, the first one first"
_SAY = "say the order in `file.toml`: a table `[[version]]` with `document` for each, the first one first"
BY_FILE = Localized(f"as `{FILE_TOML}` has it", f"zoals `{FILE_TOML}` die geeft")
BY_DATE = Localized("by the dates of the documents", "naar de datum van de documenten")
BY_STAGE = Localized(
    "by the stage of the procedure that each document names: {undated} without a date",
    "naar het stadium van de procedure dat elk document noemt: {undated} zonder datum",
)
ALONE = Localized("there is one text only", "er is maar een tekst")


@frozen(kw_only=True)
class Listed:
    """A version as `file.toml` lists it.

    Attributes:
        document: the name of its file in the folder.
        stage: of the procedure; as the document says unless given.
        date: of the document; likewise.
        values: the name of a proposal in TOML in the folder: the draft of this document as a person reviewed it. Rules are then
            asked of that.
    """

    document: str
    stage: Stage | None = None
    date: Day | None = None
    values: str | None = None
    place: Location = field(default=Location(FILE_TOML), eq=False, metadata={"internal": True})


@frozen
class Ordered:
    """A reading at its place in the order."""

    reading: Reading
    stage: Stage
    told: Told
    date: date | None


_converter = new_converter()
_hook = class_hook(_converter, Listed)
_converter.register_structure_hook(Listed, _hook)


def read_listed(folder: Path) -> tuple[Listed, ...] | None:
    """The versions that `file.toml` lists; None where the folder has no such file.

    Raises:
        InputError: with every fault of it.
    """
    path = folder / FILE_TOML
    if not path.is_file():
        return None
    file = TomlFile.parse(read_file(path, str(path)), str(path))
    faults = Faults()
    found: list[Listed] = []
    for at, item in tables_of(file, "version", _HELP, faults):
        listed = faults.attempt(structure, _converter, item, Listed, file, at)
        if listed is None:
            continue
        place = file.location((*at, "document"))
        if Path(listed.document).name != listed.document:
            faults.add(f"`{listed.document}` is no name of a file in this folder", place, "write its name alone")
        elif not (folder / listed.document).is_file():
            faults.add(f"there is no file `{listed.document}` in this folder", place)
        elif any(listed.document == other.document for other in found):
            faults.add(f"`{listed.document}` is listed twice", place)
        if listed.values is not None and (
            Path(listed.values).name != listed.values or not (folder / listed.values).is_file()
        ):
            faults.add(
                f"there is no file `{listed.values}` in this folder",
                file.location((*at, "values")),
                "`values` names a reviewed draft in TOML",
            )
        found.append(evolve(listed, place=place))
    faults.raise_any()
    if not found:
        faults.add("no version is listed", Location(str(path)), _HELP)
        faults.raise_any()
    return tuple(found)


def ordered(
    readings: Sequence[Reading], listed: Iterable[Listed] | None, folder: Path
) -> tuple[tuple[Ordered, ...], Localized]:
    """The readings in order, with what the order rests on.

    Args:
        readings: of the documents.
        listed: as `file.toml` has them; None where there is none.
        folder: for messages.

    Raises:
        InputError: nothing decides the order, or the documents are of different procedures; with every fault.
    """
    if listed is not None:
        by_name = {reading.document: reading for reading in readings}
        found = [
            Ordered(
                reading,
                each.stage or reading.stage or "council",
                "file.toml" if each.stage else "document",
                each.date or reading.date,
            )
            for each in listed
            if (reading := by_name.get(each.document)) is not None
        ]
        return tuple(found), BY_FILE
    told = [Ordered(reading, reading.stage, "document", reading.date) for reading in readings if reading.stage]
    faults = [*_of_others(told, folder), *_undecided(told, folder)]
    if faults:
        raise InputError(faults)
    in_order = sorted(told, key=lambda each: (_RANKS[each.stage], each.date or date.min))
    undated = [each.reading.document for each in in_order if each.date is None]
    if len(told) == 1:
        return tuple(in_order), ALONE
    if undated:
        names = ", ".join(undated)
        return tuple(in_order), BY_STAGE.filled(undated=names)
    return tuple(in_order), BY_DATE


def _of_others(told: Sequence[Ordered], folder: Path) -> Iterable[Fault]:
    """That documents name different procedures, or where they name none, different proposals."""
    procedures = _several((each.reading.procedure, each.reading.document) for each in told)
    if procedures:
        yield Fault(f"the documents name different procedures: {procedures}", Location(str(folder)), _SAY)
    proposals = _several((each.reading.reference, each.reading.document) for each in told if not each.reading.procedure)
    if proposals:
        yield Fault(f"the documents name different proposals: {proposals}", Location(str(folder)), _SAY)


def _several(named: Iterable[tuple[str, str]]) -> str:
    """The documents by the number that they name, where they name more than one; else empty."""
    by_number: dict[str, list[str]] = {}
    for number, document in named:
        if number:
            by_number.setdefault(number, []).append(document)
    if len(by_number) < 2:  # noqa: PLR2004  one number is no contradiction
        return ""
    return "; ".join(f"{number}: {', '.join(names)}" for number, names in by_number.items())


def _undecided(told: Sequence[Ordered], folder: Path) -> Iterable[Fault]:
    """What is not decided by stage and date."""
    for one, other in combinations(told, 2):
        names = f"{one.reading.document}, {other.reading.document}"
        ranks = _RANKS[one.stage], _RANKS[other.stage]
        if ranks[0] == ranks[1]:
            if one.date is None or other.date is None or one.date == other.date:
                message = f"neither date nor stage tells which of two texts comes first: {names}"
                yield Fault(message, Location(str(folder)), _SAY)
        elif one.date and other.date and (ranks[0] < ranks[1]) is not (one.date < other.date):
            yield Fault(f"dates and stages contradict each other: {names}", Location(str(folder)), _SAY)
