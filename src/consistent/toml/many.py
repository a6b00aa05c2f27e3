"""Many proposals from plain data: a fast path with a cache of values in front of `toml.proposals`.

Proposals of a corpus say the same things over and over. What a raw value of a field means is memoised, and equal values are
interned: a raw value that was seen before gives the identical `Value`, so that the engine can tell by identity that it decided
on it already. Whatever is not plainly sound goes through the full reader, which alone says what is wrong.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from attrs import fields as attributes_of

from consistent.errors import InputError
from consistent.model.proposal import Evidence, Field, Measure, Proposal, fields_in
from consistent.model.text import LANGUAGES, Localized
from consistent.model.values import Value
from consistent.model.vocabulary import Vocabularies
from consistent.toml.proposals import SPANS, ProposalReader, ends_before, read_value
from consistent.toml.structuring import Problems, as_text
from consistent.toml.tomlfile import TomlFile

__all__ = ["ManyReader"]

# Bounds of the cache, so that memory stays bounded whatever comes: entries for each field, and the size of a raw value.
_MAX_ENTRIES = 1 << 14
_LONGEST_TEXT = 200
_LONGEST_LIST = 1000
_LARGEST = 2**63 - 1
# What begins a cache key of something that is no text; no input can hold these.
_TABLE, _NUMBER, _DATE = object(), object(), object()
_TEXT = frozenset({str})
_TEXTS = frozenset(attribute.name for attribute in attributes_of(Evidence) if attribute.type is str)


class _Doubt(Exception):  # noqa: N818  no error: the full reader decides
    """The fast path cannot tell that this is sound."""


class ManyReader:
    """Reads proposals as `ProposalReader` does, with the same faults, many times faster; thread-safe."""

    def __init__(self, vocabularies: Vocabularies, elsewhere: Callable[[str], str] | None = None) -> None:
        self._full = ProposalReader(vocabularies, elsewhere)
        values: dict[Value, Value] = {}
        fields = fields_in(vocabularies)
        self._header = _Part(fields.proposal, vocabularies, values, named=False)
        self._measure = _Part(fields.measure, vocabularies, values, named=True)

    def read(self, data: Mapping[str, Any], name: str) -> Proposal:
        """Read one proposal.

        Args:
            data: in the shape that the TOML of a proposal gives.
            name: how messages call it.

        Raises:
            InputError: with every fault.
        """
        try:
            return self._quick(data, name)
        except (_Doubt, Problems, InputError, AttributeError, LookupError, TypeError):
            return self._full.read(TomlFile.of_dict(data, name))

    def _quick(self, data: Mapping[str, Any], name: str) -> Proposal:
        held = data.get("measure", [])
        if type(held) is not list or len(data) != 1 + ("measure" in data):
            raise _Doubt
        header = self._header.read(data["proposal"])
        measures = tuple([Measure(**self._measure.read(raw)) for raw in held])
        if len({measure.id for measure in measures}) < len(measures):
            raise _Doubt
        return Proposal(**header, measures=measures, path=name, file=TomlFile(name, data, None))


class _Part:
    """The cache for the header of proposals, or for their measures: of each field the raw values that were seen, with their meaning."""

    def __init__(
        self, fields: Mapping[str, Field], vocabularies: Vocabularies, values: dict[Value, Value], *, named: bool
    ) -> None:
        self._fields = fields
        self._named = named
        self._vocabularies = vocabularies
        self._values = values
        self._seen: dict[str, dict[object, Value]] = {name: {} for name in fields}
        self._evidence = frozenset({*fields, "all", "title"})

    def read(self, data: Any) -> dict[str, Any]:
        """The attributes that the data gives; `id` may be missing."""
        if type(data) is not dict:
            raise _Doubt
        attributes: dict[str, Any] = {}
        seen_of = self._seen.get
        for key, raw in data.items():
            seen = seen_of(key)
            if seen is not None:
                kind = type(raw)
                # A list that cannot be hashed raises TypeError, which leads to the full reader too.
                value = seen.get(tuple(raw)) if kind is list else seen.get(raw) if kind is str else None
                attributes[key] = value or self._read(key, raw, seen)
            elif key == "title":
                attributes[key] = _title(raw)
            elif key == "evidence":
                attributes[key] = _evidence(raw, self._evidence)
            elif key == "id" and self._named:
                attributes[key] = as_text(raw)
            else:
                raise _Doubt
        for begins, ends in SPANS.items():
            if ends in attributes and begins in attributes and ends_before(attributes[begins], attributes[ends]):
                raise _Doubt
        return attributes

    def _read(self, name: str, raw: Any, seen: dict[object, Value]) -> Value:
        """On a cache miss, read a value and cache it."""
        cache_key = _cache_key(raw)
        value = None if cache_key is None else seen.get(cache_key)
        if value is None:
            if cache_key is None:
                # What TOML would not hold is refused in the words of the file.
                TomlFile.of_dict({name: raw})
            value = read_value(raw, self._fields[name], self._vocabularies)
            value = _interned(self._values, value, value)
            if cache_key is not None:
                _interned(seen, cache_key, value)
        return value


def _interned(held: dict[Any, Value], key: object, value: Value) -> Value:
    """The value that is cached under a key: this one, if there was none. A full cache is evicted as a whole."""
    if len(held) >= _MAX_ENTRIES:
        held.clear()
    return held.setdefault(key, value)


def _cache_key(raw: Any) -> object:
    """The cache key of a raw value; None where it is not to be cached.

    INVARIANT: raw values with equal keys are read alike. A text is its own key, and a list of nothing but texts the tuple of
    them; all else has its type in its key, for `1`, `1.0` and `true` are equal to Python. Nothing but a text is equal to one.
    """
    kind = type(raw)
    if kind is str:
        return raw if len(raw) <= _LONGEST_TEXT else None
    if kind is list:
        if len(raw) > _LONGEST_LIST:
            return None
        if set(map(type, raw)) <= _TEXT:
            return tuple(raw) if max(map(len, raw), default=0) <= _LONGEST_TEXT else None
        cache_keys = [_cache_key(part) for part in raw]
        return None if None in cache_keys else tuple(cache_keys)
    if kind is dict:
        parts = [part for key, held in raw.items() for part in (key, type(held), _cache_key(held))]
        return None if None in parts else (_TABLE, *parts)
    if kind is int:
        return (_NUMBER, raw) if abs(raw) <= _LARGEST else None
    return (_DATE, raw) if kind is date else None


def _title(raw: Any) -> Localized:
    """A title that is plainly sound."""
    if type(raw) is str:
        return Localized(as_text(raw), raw)
    if len(raw) != len(LANGUAGES):
        raise _Doubt
    return Localized(as_text(raw["en"]), as_text(raw["nl"]))


def _evidence(raw: Any, known: frozenset[str]) -> tuple[tuple[str, Evidence], ...]:
    """Evidence that is plainly sound."""
    evidence: list[tuple[str, Evidence]] = []
    for key, entries in raw.items():
        if key not in known:
            raise _Doubt
        evidence += [(key, _entry(entry)) for entry in (entries if type(entries) is list else (entries,))]
    return tuple(sorted(evidence, key=_key))


def _key(pair: tuple[str, Evidence]) -> str:
    return pair[0]


def _entry(data: Any) -> Evidence:
    for key, value in data.items():
        if key in _TEXTS:
            if type(value) is not str or not value.strip():
                raise _Doubt
        elif key == "span":
            if type(value) is not list or [type(bound) for bound in value] != [int, int]:
                raise _Doubt
            first, last = value
            if not -_LARGEST <= first < last <= _LARGEST:
                raise _Doubt
        elif type(value) is not {"confirmed": bool, "confidence": float}.get(key):
            raise _Doubt
    return Evidence(**({**data, "span": tuple(data["span"])} if "span" in data else data))
