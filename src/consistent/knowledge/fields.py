"""Fields of packs' own: what their proposals and measures can say beyond what all can."""

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

from consistent.errors import Faults, InputError, did_you_mean
from consistent.knowledge.packs import PackFolder, available_packs
from consistent.model.proposal import COMMON, Field, Fields, Measure, Proposal
from consistent.model.text import LANGUAGES, Localized
from consistent.model.vocabulary import Vocabularies
from consistent.toml.files import is_file
from consistent.toml.structuring import structure
from consistent.toml.tomlfile import KeyPath, TomlFile, type_name

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["FIELDS_FILE", "FIELD_NAME", "FieldReader", "OwnFieldData", "packs_with_field"]

FIELDS_FILE = "own-fields.toml"
_OWNERS = ("measure", "proposal")
FIELD_NAME = "[a-z][a-z0-9_]*"
# What conditions, evidence and files of proposals say by these words.
_WORDS = {"all", "any", "concept", "count", "measure", "none", "not", "other", "proposal"}
_SEVERAL = {"terms", "citation"}


@frozen
class OwnFieldData:
    """A field as its file has it."""

    type: Literal["terms", "citation", "text", "amount", "number", "date"]
    label: Localized
    vocabulary: str = ""
    single: bool | None = None
    question: Localized | None = None


class FieldReader:
    """Reads the fields that packs declare, pack by pack, lowest first."""

    def __init__(self, vocabularies: Vocabularies, converter: "Converter", faults: Faults) -> None:
        self._vocabularies, self._converter, self._faults = vocabularies, converter, faults
        self._found: dict[str, dict[str, Field]] = {owner: {} for owner in _OWNERS}

    @property
    def fields(self) -> Fields:
        """Those of all that were read, after those that every pack has."""
        return Fields(
            {**COMMON.proposal, **self._found["proposal"]},
            {**COMMON.measure, **self._found["measure"]},
        )

    def read(self, folder: PackFolder) -> None:
        """Read the fields of one pack."""
        path = folder.facts / FIELDS_FILE
        file = self._faults.attempt(TomlFile.read, path) if is_file(path) else None
        if file is None:
            return
        for owner, declared in file.data.items():
            if owner not in _OWNERS:
                self._faults.add(f"unknown key `{owner}`", file.location((owner,)), did_you_mean(owner, _OWNERS))
            elif not isinstance(declared, Mapping):
                help_ = f"write a table for each field: `[{owner}.NAME]`"
                self._faults.add(f"expected a table, found {type_name(declared)}", file.location((owner,)), help_)
            else:
                for name, data in declared.items():
                    field = self._field(owner, name, data, file, folder.name)
                    if field is not None:
                        self._found[owner][name] = field

    def _field(self, owner: str, name: str, data: Any, file: TomlFile, pack: str) -> Field | None:
        at: KeyPath = (owner, name)
        before = len(self._faults.found)
        for message, help_ in self._unfit(name):
            self._faults.add(message, file.location(at), help_)
        read = self._faults.attempt(structure, self._converter, data, OwnFieldData, file, at)
        if read is None:
            return None
        if read.type == "terms" and not read.vocabulary:
            help_ = did_you_mean("", self._vocabularies, limit=30)
            self._faults.add("missing key `vocabulary`: a field of terms has one", file.location(at), help_)
        elif read.type == "terms" and read.vocabulary not in self._vocabularies:
            help_ = did_you_mean(read.vocabulary, self._vocabularies) or (
                f"its terms are a file `vocabulary/{read.vocabulary}.toml` beside this one"
            )
            self._faults.add(f"unknown vocabulary `{read.vocabulary}`", file.location((*at, "vocabulary")), help_)
        elif read.type != "terms" and read.vocabulary:
            self._faults.add(f"`{read.type}` takes no vocabulary", file.location((*at, "vocabulary")))
        for language in LANGUAGES if read.question else ():
            text = read.question.get(language) if read.question else ""
            if not _asks(text):
                place = file.location((*at, "question", language))
                self._faults.add("a question names what it is asked of by `{name}`, once or not at all", place)
        if len(self._faults.found) > before:
            return None
        single = read.type not in _SEVERAL if read.single is None else read.single
        return Field(name, read.type, read.vocabulary, single, read.label, read.question, pack)

    def _unfit(self, name: str) -> Iterator[tuple[str, str]]:
        """Why a field cannot be called this."""
        if not re.fullmatch(FIELD_NAME, name):
            yield f"a field cannot be called `{name}`", "write lower case, digits and `_`, a letter first"
        elif name in COMMON.measure or name in COMMON.proposal:
            yield f"a field cannot be called `{name}`: every pack has one of that name", "choose another name"
        elif name in _WORDS or hasattr(Measure, name) or hasattr(Proposal, name):
            yield f"a field cannot be called `{name}`: files use that word", "choose another name"
        for owner, held in self._found.items():
            if name in held:
                yield f"field `{name}` of `{owner}` is already in the pack `{held[name].pack}`", "choose another name"


def _asks(text: str) -> bool:
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return False
    return names in ([], ["name"])


def packs_with_field(name: str) -> str:
    """Help for a key that the pack does not know: which pack at hand declares a field of that name; empty for none."""
    try:
        known = available_packs()
        packs = [pack.name for pack in known.values() if name in set(_declared(pack))]
    except InputError:
        return ""
    listed = " or ".join(f"`{pack}`" for pack in packs)
    return f"a field of the pack {listed}: check with `--pack {packs[0]}`" if packs else ""


def _declared(folder: PackFolder) -> Iterator[str]:
    path = folder.facts / FIELDS_FILE
    data = TomlFile.read(path).data if is_file(path) else {}
    yield from (name for owner in _OWNERS for name in data.get(owner, ()))
