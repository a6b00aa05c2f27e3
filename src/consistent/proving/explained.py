"""Lints that are right as they are, each with the reason, from `lint.toml` of a pack."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from attrs import evolve, field, frozen

from consistent.errors import Faults, Location
from consistent.model.text import Localized
from consistent.proving.lints import Lint
from consistent.reading.files import is_file
from consistent.reading.structuring import as_title, class_hook, new_converter, structure
from consistent.reading.tables import tables_of
from consistent.reading.tomlfile import TomlFile

__all__ = ["EXPLAINED", "Explanation", "explain", "read_explanations"]

# In the folder of facts of a pack.
EXPLAINED = "lint.toml"
_HELP = "a file of explanations has a table `[[explained]]` for each reason"
_IDLE = Localized(
    "`{name}` explains nothing: there is no such lint", "`{name}` verklaart niets: zo'n bevinding is er niet"
)
_HELP_IDLE = Localized("take it out", "haal het weg")


@frozen(kw_only=True)
class Explanation:
    """Lints that are right for one reason.

    Attributes:
        lints: ids, as `consistent lint` gives them, in which `*` stands for anything; at least one.
        reason: why; one text stands for both languages.
        place: where it stands.
    """

    lints: tuple[str, ...]
    reason: Localized
    place: Location = field(default=Location("<explained>"), eq=False, metadata={"internal": True})


_converter = new_converter()
_hook = class_hook(_converter, Explanation, {"reason": lambda value, _: as_title(value)})
_converter.register_structure_hook(Explanation, _hook)


def read_explanations(folder: Path) -> tuple[Explanation, ...]:
    """What a pack explains, in the order of its file; nothing where it has none.

    Args:
        folder: of the pack's facts.

    Raises:
        InputError: with every fault of the file.
    """
    path = folder / EXPLAINED
    return _explanations(TomlFile.read(path)) if is_file(path) else ()


def _explanations(file: TomlFile) -> tuple[Explanation, ...]:
    faults = Faults()
    found: list[Explanation] = []
    for at, item in tables_of(file, "explained", _HELP, faults):
        each = faults.attempt(structure, _converter, item, Explanation, file, at)
        if each is not None and not each.lints:
            faults.add("no lint: a reason needs at least one", file.location((*at, "lints")))
        elif each is not None:
            found.append(evolve(each, place=file.location(at)))
    faults.raise_any()
    return tuple(found)


def explain(lints: Iterable[Lint], explanations: Iterable[Explanation]) -> Iterator[Lint]:
    """The lints, those that are explained with the reason; then one for each id of an explanation that explains nothing."""
    reasons = [(name, each) for each in explanations for name in each.lints]
    used: set[str] = set()
    for lint in lints:
        fitting = [(name, each) for name, each in reasons if lint.id == name or fnmatchcase(lint.id, name)]
        used.update(name for name, _ in fitting)
        yield evolve(lint, explained=fitting[0][1].reason) if fitting else lint
    for name, each in reasons:
        if name not in used:
            message = Localized(_IDLE.en.format(name=name), _IDLE.nl.format(name=name))
            yield Lint(check="idle-explanation", about=(name,), message=message, help=_HELP_IDLE, place=each.place)
