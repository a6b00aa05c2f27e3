"""Vocabularies of packs: each adds to those of the packs that it builds on."""

from typing import Any

from attrs import frozen
from cattrs import Converter

from consistent.errors import Faults, did_you_mean
from consistent.knowledge.entries import Anchor
from consistent.knowledge.finding_packs import PackFolder
from consistent.model.text import Localized
from consistent.model.vocabulary import Term, Vocabularies, Vocabulary, find_cycle
from consistent.reading.files import toml_files
from consistent.reading.structuring import structure
from consistent.reading.tomlfile import TomlFile

__all__ = ["TermData", "TermReader"]

# What every knowledge base has, so that a proposal can be read against any; packs fill them.
_VOCABULARIES = (
    "actors", "areas", "bindingness", "effects", "finance", "instruments", "kinds", "partners", "procedures",
    "safeguards", "statements", "votes",
)  # fmt: skip


@frozen
class TermData:
    """A term as its file has it."""

    en: str
    nl: str
    broader: Any = ()
    definition: Localized | None = None
    eurovoc: str = ""
    question: Localized | None = None


class TermReader:
    """Reads vocabularies pack by pack, lowest first, then closes them."""

    def __init__(self, converter: Converter, faults: Faults) -> None:
        self._converter, self._faults = converter, faults
        self._terms: dict[str, dict[str, Term]] = {each: {} for each in _VOCABULARIES}
        self._refused: set[tuple[str, str]] = set()
        self._places: dict[tuple[str, str], Anchor] = {}

    def read(self, folder: PackFolder) -> None:
        """Read the vocabularies of one pack."""
        for path in self._faults.attempt(toml_files, folder.facts / "vocabulary") or ():
            file = self._faults.attempt(TomlFile.read, path)
            if file is None:
                continue
            terms = self._terms.setdefault(path.stem, {})
            for key, data in file.data.items():
                term = self._faults.attempt(self._term, key, data, file, folder.name)
                if term is None:
                    self._refused.add((path.stem, key))
                    continue
                if key in terms:
                    self._faults.add(f"term `{key}` is already in the pack `{terms[key].pack}`", file.location((key,)))
                else:
                    terms[key] = term
                    self._places[path.stem, key] = Anchor(file, (key,))

    def _term(self, key: str, data: Any, file: TomlFile, pack: str) -> Term:
        read = structure(self._converter, data, TermData, file, (key,))
        items = read.broader if isinstance(read.broader, list | tuple) else [read.broader]
        broader: tuple[str, ...] = structure(self._converter, items, tuple[str, ...], file, (key, "broader"))
        return Term(key, Localized(read.en, read.nl), broader, read.definition, pack, read.eurovoc, read.question)

    def close(self) -> Vocabularies:
        """The vocabularies, once it is checked that broader terms exist and form no circle."""
        closed: dict[str, Vocabulary] = {}
        for name, terms in self._terms.items():
            whole = True
            for term in terms.values():
                for wider in term.broader:
                    if (name, wider) in self._refused:
                        whole = False
                    elif wider not in terms:
                        place = self._places[name, term.id]
                        self._faults.add(
                            f"unknown broader term `{wider}` in vocabulary `{name}`",
                            place.file.location((*place.key, "broader")),
                            did_you_mean(wider, terms),
                        )
                        whole = False
            circle = find_cycle({term.id: term.broader for term in terms.values()}) if whole else ()
            if circle:
                place = self._places[name, circle[0]]
                self._faults.add(f"broader terms form a circle: {' > '.join(circle)}", place.location)
            elif whole:
                closed[name] = Vocabulary(name, terms)
        return closed
