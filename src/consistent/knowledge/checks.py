"""Checks that manifests, facts, principles and positions share."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from consistent.errors import Faults
from consistent.knowledge.entries import Period
from consistent.reading.structuring import Problems, read_source
from consistent.reading.tomlfile import KeyPath, TomlFile

__all__ = ["check_period", "check_sources"]


class _Dated(Protocol):
    """What can begin and end to hold."""

    @property
    def valid_from(self) -> date | None:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The last day."""


def check_sources(sources: Iterable[str], file: TomlFile, at: KeyPath, faults: Faults) -> None:
    """Note where there is no source, or one in no known form."""
    listed = list(sources)
    if not listed:
        faults.add("no source: at least one is needed", file.location(at))
    for index, source in enumerate(listed):
        try:
            read_source(source)
        except Problems as error:
            for each in error.problems:
                faults.add(each.message, file.location((*at, index)), each.help)


def check_period(held: _Dated, file: TomlFile, at: KeyPath, faults: Faults) -> None:
    """Note where something ends before it begins."""
    if Period(held.valid_from, held.valid_to).never:
        faults.add("`valid_to` is before `valid_from`", file.location((*at, "valid_to")))
