"""Examples of rules and of concepts: a proposal in a file, with what is expected of it."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from attrs import evolve, field, frozen

from consistent.errors import Faults, Location, did_you_mean
from consistent.knowledge.entries import Anchor
from consistent.locking import cached_property
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.shown import Shown
from consistent.toml.proposals import ProposalReader
from consistent.toml.structuring import Problems, adding, as_title, faults_of, help_for_missing
from consistent.toml.tomlfile import KeyPath, TomlFile, type_name

__all__ = ["E", "Example", "read_examples"]

E = TypeVar("E", bound=str)
_KEYS = ("title", "expect", "proposal", "measure")


@frozen
class Example(Shown, Generic[E]):
    """A proposal that shows what a rule does to it, or whether a concept holds of it.

    Attributes:
        expect: what is to come of it on the first measure, or on the proposal as a whole: of a rule what the report is to say; that
            may be the verdict of another rule, and is then wrong.
        place: where it stands.
    """

    title: Localized
    expect: E
    _proposal: Proposal
    place: Anchor = field(eq=False)

    @cached_property
    def proposal(self) -> Proposal:
        """Named by the place with its line, which is found when first asked for."""
        return evolve(self._proposal, path=str(self.place.location))


def read_examples(
    data: object, expectation: Callable[[object], E], file: TomlFile, proposals: ProposalReader, faults: Faults
) -> tuple[tuple[Example[E], ...], bool]:
    """Read what stands under the key `example` of a file.

    Args:
        data: a list of tables.
        expectation: reads what is expected.
        file: whose they are.
        proposals: reads proposals.
        faults: where faults are noted.

    Returns:
        Those that can be read, and whether these are all.
    """
    if not isinstance(data, list | tuple):
        faults.add(
            f"expected a list of tables, found {type_name(data)}", file.location(("example",)), "write `[[example]]`"
        )
        return (), False
    read = (_example(item, ("example", index), expectation, file, proposals, faults) for index, item in enumerate(data))
    found = tuple(example for example in read if example)
    return found, len(found) == len(data)


def _example(
    data: object,
    at: KeyPath,
    expectation: Callable[[object], E],
    file: TomlFile,
    proposals: ProposalReader,
    faults: Faults,
) -> Example[E] | None:
    """One of them; None and the faults noted if anything is wrong with it."""
    before = len(faults.found)
    if not isinstance(data, Mapping):
        faults.add(f"expected a table, found {type_name(data)}", file.location(at))
        return None
    for key in data:
        if key not in _KEYS:
            faults.add(f"unknown key `{key}`", file.location((*at, key)), did_you_mean(key, _KEYS))
    readers: dict[str, Callable[[object], Any]] = {"title": as_title, "expect": expectation}
    head: dict[str, Any] = {}
    for key, read in readers.items():
        try:
            head[key] = read(data[key])
        except KeyError:
            help_ = adding('title.en = "TODO"', 'title.nl = "TODO"') if key == "title" else help_for_missing(key)
            faults.add(f"missing key `{key}`", file.location(at), help_)
        except Problems as error:
            faults.found.extend(faults_of(error, file, (*at, key)))
    measures = data.get("measure", [])
    if isinstance(measures, list):
        measures = [
            {"id": f"measure-{index + 1}", **measure} if isinstance(measure, Mapping) else measure
            for index, measure in enumerate(measures)
        ]
    part = _Part(file, {"proposal": data.get("proposal", {}), "measure": measures}, at)
    proposal = faults.attempt(proposals.read, part)
    if proposal is None or len(faults.found) > before:
        return None
    return Example(**head, proposal=proposal, place=Anchor(file, at))


class _Part(TomlFile):
    """A part of a file, read as a file of its own; places are those in the file."""

    def __init__(self, whole: TomlFile, data: Mapping[str, Any], at: KeyPath) -> None:
        super().__init__(whole.path, data, None)
        self._whole, self._at = whole, at

    def location(self, key: KeyPath = ()) -> Location:
        return self._whole.location((*self._at, *key))

    def line(self, key: KeyPath) -> int | None:
        return self._whole.line((*self._at, *key))
