"""Survivors that somebody has looked at and lets live, each with the reason, from `mutants.toml` of a pack."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from consistent.errors import Faults, Location
from consistent.model.text import Localized
from consistent.reading.files import is_file
from consistent.reading.structuring import as_title, class_hook, new_converter, structure
from consistent.reading.tables import tables_of
from consistent.reading.tomlfile import TomlFile

__all__ = ["ACCEPTED", "Accepted", "read_accepted", "reasons"]

# In the folder of facts of a pack.
ACCEPTED = "mutants.toml"
_HELP = "a file of accepted mutants has a table `[[accepted]]` for each reason"


@frozen(kw_only=True)
class Accepted:
    """Mutants that are let live for one reason.

    Attributes:
        mutants: ids, as the report gives them; at least one.
        reason: why; one text stands for both languages.
        place: where it stands.
    """

    mutants: tuple[str, ...]
    reason: Localized
    place: Location = field(default=Location("<accepted>"), eq=False, metadata={"internal": True})


_converter = new_converter()
_hook = class_hook(_converter, Accepted, {"reason": lambda value, _: as_title(value)})
_converter.register_structure_hook(Accepted, _hook)


def read_accepted(folder: Path) -> tuple[Accepted, ...]:
    """What a pack accepts, in the order of its file; nothing where it has none.

    Args:
        folder: of the pack's facts.

    Raises:
        InputError: with every fault of the file.
    """
    path = folder / ACCEPTED
    return accepted_from(TomlFile.read(path)) if is_file(path) else ()


def accepted_from(file: TomlFile) -> tuple[Accepted, ...]:
    """What a file accepts; errors as those of `read_accepted`."""
    faults = Faults()
    found: list[Accepted] = []
    seen: dict[str, Location] = {}
    for at, item in tables_of(file, "accepted", _HELP, faults):
        each = faults.attempt(structure, _converter, item, Accepted, file, at)
        if each is None:
            continue
        if not each.mutants:
            faults.add("no mutant: a reason needs at least one", file.location((*at, "mutants")))
        for number, name in enumerate(each.mutants):
            place = file.location((*at, "mutants", number))
            if name in seen:
                faults.add(f"mutant `{name}` is accepted already, at {seen[name]}", place)
            seen[name] = place
        found.append(evolve(each, place=file.location(at)))
    faults.raise_any()
    return tuple(found)


def reasons(accepted: Iterable[Accepted]) -> Mapping[str, Localized]:
    """The reason for each mutant, by id."""
    return {name: each.reason for each in accepted for name in each.mutants}
