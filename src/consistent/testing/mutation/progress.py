"""What a run has done so far, in a file of JSON Lines that a later run takes up."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from attrs import define, field
from cattrs.preconf.json import make_converter

from consistent.errors import Fault, InputError, Location
from consistent.reading.files import is_file, read_file
from consistent.testing.mutation.results import Result

__all__ = ["Progress", "result_to_data"]

_converter = make_converter()
_HELP = "name another file, or remove this one to begin anew"


def result_to_data(result: Result) -> dict[str, Any]:
    """A result as JSON has it."""
    data: dict[str, Any] = _converter.unstructure(result)
    return data


@define
class Progress:
    """The rules that are done.

    The first line of the file names the state of pack and tests; each further one has a rule with the results of its mutants.
    A line that a run did not get to finish is left out.

    Attributes:
        done: by id of the rule.
    """

    done: dict[str, tuple[Result, ...]] = field(factory=dict)
    _path: Path | None = None
    _state: str = ""
    _file: TextIO | None = None

    @classmethod
    def open(cls, path: Path | None, state: str) -> "Progress":
        """What a file holds; nothing where there is none yet, or none is wanted.

        Args:
            path: the file.
            state: what results depend on: equal for equal packs and tests.

        Raises:
            InputError: it cannot be read, or is of another state of the pack or its tests.
        """
        progress = cls(path=path, state=state)
        if path is not None and is_file(path):
            lines = read_file(path, str(path)).decode("utf-8", "replace").split("\n")
            # What follows the last line break was not finished.
            progress.done = _read(lines[:-1], str(path), state)
        return progress

    def __enter__(self) -> Self:
        if self._path is not None:
            # Written anew, so that what was not finished is gone.
            self._file = self._path.open("w", encoding="utf-8", newline="\n")
            self._write({"state": self._state})
            for rule, results in self.done.items():
                self._write({"rule": rule, "results": [result_to_data(each) for each in results]})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, rule: str, results: tuple[Result, ...]) -> None:
        """Note that a rule is done."""
        self.done[rule] = results
        self._write({"rule": rule, "results": [result_to_data(each) for each in results]})

    def _write(self, data: Mapping[str, Any]) -> None:
        if self._file is not None:
            self._file.write(json.dumps(data) + "\n")
            self._file.flush()


def _read(lines: list[str], path: str, state: str) -> dict[str, tuple[Result, ...]]:
    found: dict[str, tuple[Result, ...]] = {}
    for number, line in enumerate(lines, 1):
        try:
            data = json.loads(line)
            if number == 1:
                if data["state"] != state:
                    message = "file is of another state of the pack or its tests"
                    raise InputError([Fault(message, Location(path), _HELP)])
                continue
            found[data["rule"]] = tuple(_converter.structure(each, Result) for each in data["results"])
        except (ValueError, KeyError, TypeError):
            raise InputError([Fault("no line of a run of mutation", Location(path, number), _HELP)]) from None
    return found
