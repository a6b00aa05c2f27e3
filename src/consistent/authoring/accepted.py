"""Findings about a pack that a person lets stand, each with the reason: mutants that survive, lints that are right as they are.

Both stand in the folder of facts of the pack, in a file of tables, each of which names some findings and gives one reason.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Generic, TypeVar

from attrs import evolve, field, frozen

from consistent.errors import Faults, Location
from consistent.model.text import Localized
from consistent.toml.files import is_file
from consistent.toml.structuring import as_title, class_hook, new_converter, structure, tables_of
from consistent.toml.tomlfile import TomlFile

__all__ = [
    "LINTS",
    "MUTANTS",
    "Accepted",
    "Explanation",
    "Form",
    "accepted_from",
    "read_accepted",
    "read_explanations",
    "reasons",
]


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

    @property
    def names(self) -> tuple[str, ...]:
        """What is let stand."""
        return self.mutants


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

    @property
    def names(self) -> tuple[str, ...]:
        """What is let stand."""
        return self.lints


_Row = TypeVar("_Row", bound=Accepted | Explanation)


@frozen(kw_only=True)
class Form(Generic[_Row]):
    """What one of the files is called, and what stands in it.

    Attributes:
        kind: the class of its tables.
        file: its name.
        table: what its tables are called.
        names: the key that lists the findings, a plural; without its last letter it is the word for one finding.
        help: what the file should be.
        once: whether a finding can have one reason only; where names are patterns, several can fit.
    """

    kind: type[_Row]
    file: str
    table: str
    names: str
    help: str
    once: bool


MUTANTS = Form(
    kind=Accepted, file="mutants.toml", table="accepted", names="mutants", once=True,
    help="a file of accepted mutants has a table `[[accepted]]` for each reason",
)  # fmt: skip
LINTS = Form(
    kind=Explanation, file="lint.toml", table="explained", names="lints", once=False,
    help="a file of explanations has a table `[[explained]]` for each reason",
)  # fmt: skip

_converter = new_converter()
for _kind in (Accepted, Explanation):
    _hook = class_hook(_converter, _kind, {"reason": lambda value, _: as_title(value)})
    _converter.register_structure_hook(_kind, _hook)


def read_accepted(folder: Path, form: Form[_Row]) -> tuple[_Row, ...]:
    """What a pack lets stand, in the order of its file; nothing where it has none.

    Args:
        folder: of the pack's facts.
        form: of the file.

    Raises:
        InputError: with every fault of the file.
    """
    path = folder / form.file
    return accepted_from(TomlFile.read(path), form) if is_file(path) else ()


def accepted_from(file: TomlFile, form: Form[_Row]) -> tuple[_Row, ...]:
    """What a file lets stand; errors as those of `read_accepted`."""
    faults = Faults()
    rows: list[_Row] = []
    seen: dict[str, Location] = {}
    one = form.names.removesuffix("s")
    for at, item in tables_of(file, form.table, form.help, faults):
        row: _Row | None = faults.attempt(structure, _converter, item, form.kind, file, at)
        if row is None:
            continue
        if not row.names:
            faults.add(f"no {one}: a reason needs at least one", file.location((*at, form.names)))
        for number, name in enumerate(row.names if form.once else ()):
            place = file.location((*at, form.names, number))
            if name in seen:
                faults.add(f"{one} `{name}` is accepted already, at {seen[name]}", place)
            seen[name] = place
        rows.append(evolve(row, place=file.location(at)))
    faults.raise_any()
    return tuple(rows)


def reasons(rows: Iterable[Accepted | Explanation]) -> Mapping[str, Localized]:
    """The reason for each name that is let stand; of several the first."""
    found: dict[str, Localized] = {}
    for row in rows:
        for name in row.names:
            found.setdefault(name, row.reason)
    return found


def read_explanations(folder: Path) -> tuple[Explanation, ...]:
    """What a pack explains; see `read_accepted`."""
    return read_accepted(folder, LINTS)
