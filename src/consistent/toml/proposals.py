"""Proposals from TOML or plain data, and back to plain data."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import ref

from attrs import evolve
from attrs import fields as attributes_of

from consistent.errors import Fault, Faults, InputError, Location, did_you_mean
from consistent.locking import cached_property
from consistent.model.presuming import confirmed
from consistent.model.proposal import RECORDS, Evidence, Field, Measure, Proposal, default_of, fields_in
from consistent.model.recorded import LookedFor, Recorded, RecordedAnswer
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Vocabularies, Vocabulary
from consistent.sources import parse_citation
from consistent.toml.structuring import (
    Problem,
    ProblemList,
    Problems,
    as_date,
    as_text,
    as_title,
    class_hook,
    failures,
    new_converter,
    problems_of,
    structure,
)
from consistent.toml.tomlfile import KeyPath, TomlFile, type_name

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = [
    "SPANS",
    "ProposalReader",
    "check_values",
    "ends_before",
    "evidence_to_data",
    "opened",
    "passages_of",
    "proposal_to_data",
    "read_atom",
    "read_value",
    "recorded_to_data",
    "records_of",
    "value_to_data",
]

T = TypeVar("T")


class ProposalReader:
    """Reads proposals against a set of vocabularies; made once for a knowledge base; thread-safe.

    Args:
        vocabularies: with the fields that go with them.
        elsewhere: help for a key that is not known here: who else may know it; may be empty.
    """

    def __init__(self, vocabularies: Vocabularies, elsewhere: Callable[[str], str] | None = None) -> None:
        self._vocabularies = vocabularies
        self._elsewhere = elsewhere or (lambda _: "")
        # Proposals of which the values are known to be sound, by address: they are frozen, and are asked about at each check.
        self._sound: dict[int, ref[Proposal]] = {}

    @cached_property
    def _converter(self) -> "Converter":
        """Made when something is first read: whoever loads a pack may want nothing but its rules."""
        converter, vocabularies = new_converter(), self._vocabularies
        fields = fields_in(vocabularies)
        for kind, held in ((Proposal, fields.proposal), (Measure, fields.measure)):
            common = {attribute.name for attribute in attributes_of(kind)}
            hooks: dict[str, Callable[[Any, Any], Any]] = {
                name: partial(_value_hook, field=field, vocabularies=vocabularies)
                for name, field in held.items()
                if name in common
            }
            hooks["title"] = lambda value, _: as_title(value)
            beside = ("accompanying",) if kind is Proposal else ()
            hooks["evidence"] = partial(
                _read_evidence, converter=converter, known=(*held, "all", "title", *beside), help_for=self._help
            )
            hooks["hints"] = hooks["evidence"]
            own = [field for name, field in held.items() if name not in common]
            hook = class_hook(converter, kind, hooks)
            converter.register_structure_hook(kind, partial(self._part, hook=hook, own=own))
        read = class_hook(converter, LookedFor)
        converter.register_structure_hook(
            LookedFor, lambda value, kind: _sound_reading(read(value, kind), vocabularies)
        )
        return converter

    def _part(self, data: object, kind: Any, *, hook: Callable[[Any, Any], Any], own: Sequence[Field]) -> Any:
        """A proposal or a measure, with the fields of packs' own."""
        if not isinstance(data, Mapping):
            return hook(data, kind)
        common = [attribute.name for attribute in attributes_of(kind) if not attribute.metadata.get("internal")]
        known = [*common, *(field.name for field in own)]
        problems = ProblemList()
        values: dict[str, Value] = {}
        read = None
        try:
            read = hook({key: value for key, value in data.items() if key in common}, kind)
        except failures() as error:
            problems.add(*problems_of(error, ()))
        for field in own:
            if field.name in data:
                try:
                    values[field.name] = read_value(data[field.name], field, self._vocabularies)
                except Problems as error:
                    problems.add(*error.problems, at=(field.name,))
        for key in sorted(data.keys() - set(known)):
            problems.add(Problem(f"unknown key `{key}`", self._help(key, known), (key,)))
        problems.raise_any()
        return read if read is None or not values else evolve(read, **values)

    def _help(self, key: str, known: Sequence[str]) -> str:
        return self._elsewhere(key) or did_you_mean(key, known)

    def check(self, proposal: Proposal) -> None:
        """Check the values of a proposal, once, unless it was read here; see `check_values`."""
        held = self._sound.get(id(proposal))
        if held is None or held() is not proposal:
            check_values(proposal, self._vocabularies)
            self._note_sound(proposal)

    def _note_sound(self, proposal: Proposal) -> None:
        sound, address = self._sound, id(proposal)
        # Another object may have its address when it is gone.
        sound[address] = ref(proposal, lambda _: sound.pop(address, None))

    def read(self, file: TomlFile) -> Proposal:
        """Read one proposal.

        Raises:
            InputError: with every fault of the file.
        """
        proposal = self._read(file)
        self._note_sound(proposal)
        return proposal

    def _read(self, file: TomlFile) -> Proposal:
        data = file.data
        faults = Faults()
        for key in data:
            if key not in {"proposal", "measure", *RECORDS}:
                help_ = did_you_mean(key, ("proposal", "measure", *RECORDS))
                faults.add(f"unknown key `{key}`", file.location((key,)), help_)
        if "proposal" not in data:
            help_ = "a proposal file has a table `[proposal]` and a table `[[measure]]` for each measure"
            faults.add("missing table `proposal`", file.location(), help_)
        items = _tables(file, "measure", faults)

        def part(data: object, kind: type[T], at: KeyPath) -> T | None:
            return faults.attempt(structure, self._converter, data, kind, file, at)

        header = part(data.get("proposal", {}), Proposal, ("proposal",))
        measures = [
            measure
            for index, item in enumerate(items)
            if (measure := part(item, Measure, ("measure", index))) is not None
        ]
        _note_duplicates(items, file, faults)
        if not faults.found and header is not None:
            _note_turned_round(header, measures, file, faults)
        recorded: dict[str, Any] = {
            name: tuple(part(item, kind, (key, index)) for index, item in enumerate(_tables(file, key, faults)))
            for key, (name, kind) in RECORDS.items()
            if key in data
        }
        faults.raise_any()
        if header is None:  # pragma: no cover  told above
            raise AssertionError
        whole = evolve(header, measures=tuple(measures), path=file.path, file=file, **recorded)
        return confirmed(whole, self._vocabularies)


def _tables(file: TomlFile, key: str, faults: Faults) -> list[Any]:
    """The tables of a list; none, and a fault, where the key holds something else."""
    items = file.data.get(key, [])
    if isinstance(items, list):
        return items
    place = file.location((key,))
    # A part of a file, such as an example, has its own place in front.
    around = re.sub(r"\[\d+\]", "", place.key)
    faults.add("expected a list of tables", place, f"write `[[{around}]]`")
    return []


# What ends, by what begins.
SPANS = {"starts": "ends", "entry_into_force": "end_of_application"}


def ends_before(begins: Value, ends: Value) -> bool:
    """Whether something ends before it begins."""
    # Days, as the fields are of dates.
    first: AbstractSet[Any] = begins.yes
    last: AbstractSet[Any] = ends.yes
    return bool(first and last) and max(last) < min(first)


def _note_turned_round(header: Proposal, measures: Sequence[Measure], file: TomlFile, faults: Faults) -> None:
    """Where something ends before it begins."""
    parts: list[tuple[KeyPath, Proposal | Measure]] = [(("proposal",), header)]
    parts += [(("measure", index), measure) for index, measure in enumerate(measures)]
    for at, part in parts:
        for begins, ends in SPANS.items():
            if hasattr(part, begins) and ends_before(getattr(part, begins), getattr(part, ends)):
                faults.add(f"`{ends}` is before `{begins}`", file.location((*at, ends)))


def _note_duplicates(items: list[Any], file: TomlFile, faults: Faults) -> None:
    seen: dict[object, int] = {}
    for index, item in enumerate(items):
        name = item.get("id") if isinstance(item, Mapping) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            first = file.location(("measure", seen[name]))
            where = "" if first.line is None else f", first on line {first.line}"
            faults.add(f"duplicate measure id `{name}`{where}", file.location(("measure", index, "id")))
        seen.setdefault(name, index)


def _read_evidence(
    value: object,
    _: object,
    *,
    converter: "Converter",
    known: Sequence[str],
    help_for: Callable[[str, Sequence[str]], str],
) -> tuple[tuple[str, Evidence], ...]:
    if not isinstance(value, Mapping):
        raise Problems(
            Problem(f"expected a table, found {type_name(value)}", 'write `evidence.areas = { document = "..." }`')
        )
    problems = ProblemList()
    found: list[tuple[str, Evidence]] = []
    for key, item in value.items():
        if key not in known:
            problems.add(Problem(f"evidence for an unknown field `{key}`", help_for(key, known), (key,)))
            continue
        listed = isinstance(item, list | tuple)
        for index, one in enumerate(item if listed else [item]):
            try:
                found.append((key, _sound(converter.structure(one, Evidence))))
            except failures() as error:
                noted = problems_of(error, (key, index) if listed else (key,))
            else:
                continue
            problems.add(*noted)
    problems.raise_any()
    return tuple(sorted(found, key=lambda pair: pair[0]))


def _sound(evidence: Evidence) -> Evidence:
    """The evidence, if its span has a beginning and, after that, an end."""
    span: tuple[int, ...] = evidence.span or (0, 1)
    if list(span) != sorted(set(span)) or len(span) != len((0, 1)):
        raise Problems(Problem("a span is where the passage begins and ends", "write [120, 164]", ("span",)))
    return evidence


def _sound_reading(reading: LookedFor, vocabularies: Vocabularies) -> LookedFor:
    """What was looked for, if a measure can hold it and it was found no more often than it is there."""
    fields = {name: field for name, field in fields_in(vocabularies).measure.items() if field.type == "terms"}
    if reading.field not in fields:
        raise Problems(
            Problem(f"`{reading.field}` is no field with terms", did_you_mean(reading.field, fields), ("field",))
        )
    vocabulary = vocabularies[fields[reading.field].vocabulary]
    problems = ProblemList()
    for index, term in enumerate(reading.terms):
        if term not in vocabulary:
            problems.add(_term_problem(term, vocabulary, vocabularies), at=("terms", index))
    if not 0 <= reading.found <= reading.of:
        problems.add(Problem("more was found than is there", "`found` is a number from 0 to `of`", ("found",)))
    problems.raise_any()
    return reading


def check_values(proposal: Proposal, vocabularies: Vocabularies) -> None:
    """Check the values of a proposal that was built in Python, as the reader checks those of a file.

    Raises:
        InputError: a field holds no `Value`, or a value of another type than the field has, a term that there is not, or more than
            the field takes; or two measures have one id. With every such fault.
    """
    faults: list[Fault] = []
    fields = fields_in(vocabularies)
    parts: list[tuple[str, Proposal | Measure]] = [("proposal", proposal)]
    parts += [(f"measure `{measure.id}`", measure) for measure in proposal.measures]
    for whose, part in parts:
        known = fields.of(part)
        for name, _ in part.own:
            if name not in known:
                help_ = did_you_mean(name, known)
                faults.append(Fault(f"{name} of {whose}: no such field", Location(proposal.path), help_))
        for name, field in known.items():
            faults += [
                Fault(f"{name} of {whose}: {problem.message}", Location(proposal.path), problem.help)
                for problem in _problems_of(part.value(name), field, vocabularies)
            ]
    place = Location(proposal.path)
    names = Counter(measure.id for measure in proposal.measures)
    faults += [Fault(f"duplicate measure id `{name}`", place) for name, count in names.items() if count > 1]
    if faults:
        raise InputError(faults)


def _problems_of(value: object, field: Field, vocabularies: Vocabularies) -> Iterator[Problem]:
    if not isinstance(value, Value):
        yield Problem(f"expected a `Value`, found {type_name(value)}", 'write `Value.exactly("...")`')
        return
    if field.type == "terms":
        vocabulary = vocabularies[field.vocabulary]
        unknown = (value.yes | value.no) - vocabulary.terms.keys()
        yield from (_term_problem(str(term), vocabulary, vocabularies) for term in sorted(map(str, unknown)))
    else:
        for atom in value.yes | value.no:
            try:
                read = read_atom(atom, field, vocabularies)
            except Problems as error:
                yield from error.problems
            else:
                # The reader takes a day in text for the day; of a `Value` that was made nobody does.
                if type(read) is not type(atom):
                    yield Problem(f"expected {type_name(read)}, found {type_name(atom)}")
    yield from _beyond(value.yes, field)


def _beyond(atoms: AbstractSet[Atom], field: Field) -> Iterator[Problem]:
    """What there is more of than a field takes."""
    if field.single and len(atoms) > 1:
        yield Problem(f"`{field.name}` takes one value at most, found {len(atoms)}")


def _value_hook(value: object, _: object, *, field: Field, vocabularies: Vocabularies) -> Value:
    return read_value(value, field, vocabularies)


def read_value(value: object, field: Field, vocabularies: Vocabularies) -> Value:
    """What a key says of a field; see the table in docs/reference/language.md.

    Raises:
        Problems: with everything that is wrong with it.
    """
    if isinstance(value, Mapping):
        return _read_partial(value, field, vocabularies)
    items = value if isinstance(value, list | tuple) else [value]
    atoms = _read_atoms(items, field, vocabularies, listed=isinstance(value, list | tuple))
    if field.type == "amount" and any(isinstance(atom, int) and atom < 0 for atom in atoms):
        raise Problems(Problem(f"`{field.name}` is below zero", "what is paid back or saved is for `effects`"))
    problems = tuple(_beyond(atoms, field))
    if problems:
        raise Problems(*problems)
    return Value.exactly(*atoms)


_PARTS = ("has", "lacks", "may")


def _read_partial(value: Mapping[str, object], field: Field, vocabularies: Vocabularies) -> Value:
    problems = ProblemList()
    for key in value:
        if key not in _PARTS:
            help_ = "what is partly known is written { has = [...], lacks = [...], may = [...] }"
            problems.add(Problem(f"unknown key `{key}`", help_, (key,)))
    atoms: dict[str, frozenset[Atom]] = dict.fromkeys(_PARTS, frozenset())
    for key in _PARTS:
        items = value.get(key, [])
        if not isinstance(items, list | tuple):
            problems.add(Problem(f"expected a list, found {type_name(items)}", key=(key,)))
            continue
        try:
            atoms[key] = _read_atoms(items, field, vocabularies, listed=True)
        except Problems as error:
            noted = error.problems
        else:
            continue
        problems.add(*noted, at=(key,))
    has, lacks = atoms["has"], atoms["lacks"]
    if field.type == "terms":
        vocabulary = vocabularies[field.vocabulary]
        lacks = frozenset(vocabulary.narrower(str(term) for term in lacks))
        if "may" in value:
            # Nothing beyond these: every other term is known not to be there.
            lacks |= vocabulary.terms.keys() - has - vocabulary.narrower(str(term) for term in atoms["may"])
    elif "may" in value:
        problems.add(Problem(f"`may` suits terms only, not `{field.name}`", key=("may",)))
    for atom in sorted(has & lacks, key=str):
        problems.add(Problem(f"`{atom}` is said to be there and not to be there", key=("has",)))
    if field.single and has:
        problems.add(Problem(f"`{field.name}` takes one value at most; write it as such", key=("has",)))
    problems.raise_any()
    if "may" in value and has | lacks >= vocabularies[field.vocabulary].terms.keys():
        return Value.exactly(*has)  # no term is left that may be there
    return Value(yes=has, no=lacks, open=True)


def _read_atoms(items: Any, field: Field, vocabularies: Vocabularies, *, listed: bool) -> frozenset[Atom]:
    atoms: list[Atom] = []
    problems = ProblemList()
    for index, item in enumerate(items):
        try:
            atoms.append(read_atom(item, field, vocabularies))
        except Problems as error:
            noted = error.problems
        else:
            continue
        problems.add(*noted, at=(index,) if listed else ())
    problems.raise_any()
    return frozenset(atoms)


def read_atom(value: object, field: Field, vocabularies: Vocabularies) -> Atom:
    """One value of a field, checked against its type.

    Raises:
        Problems: it is of another type, or the term or citation is not known.
    """
    if field.type == "terms":
        return _read_term(value, vocabularies[field.vocabulary], vocabularies)
    if field.type == "citation":
        text = as_text(value, "a citation")
        citation = parse_citation(text)
        if citation is None:
            raise Problems(
                Problem(
                    f"`{text}` is no citation",
                    "write `TFEU 173(3)`, `TEU 42(2)`, `Protocol No 2 art. 5`, `Regulation (EU) 2016/679`, `CELEX 32009L0081`",
                )
            )
        return citation.text
    if field.type == "date":
        return as_date(value)
    if field.type == "boolean":
        if not isinstance(value, bool):
            raise Problems(Problem(f"expected true or false, found {type_name(value)}"))
        return value
    if field.type in {"amount", "number"}:
        if not isinstance(value, int) or isinstance(value, bool):
            help_ = "amounts are in whole euros: 1_500_000" if field.type == "amount" else ""
            raise Problems(Problem(f"expected a whole number, found {type_name(value)}", help_))
        return value
    return as_text(value)


def _read_term(value: object, vocabulary: Vocabulary, others: Vocabularies) -> str:
    """A term of a vocabulary.

    Raises:
        Problems: it is not in it.
    """
    term = as_text(value, f"a term of vocabulary `{vocabulary.name}`")
    if term not in vocabulary:
        raise Problems(_term_problem(term, vocabulary, others))
    return term


# How authors say that there is no value.
_NONE = frozenset({"none", "nothing", "no", "geen", "niets", "n/a", "nvt", "-"})


def _term_problem(term: str, vocabulary: Vocabulary, others: Vocabularies) -> Problem:
    """That a term is not in the vocabulary, with the nearest ones, or where it is."""
    message = f"unknown term `{term}` in vocabulary `{vocabulary.name}`"
    if term.lower() in _NONE:
        return Problem(
            message, "write [] where it is known that there is none, and leave the key out where that is not known"
        )
    if called := vocabulary.called(term):
        return Problem(message, f"did you mean {' or '.join(f'`{name}`' for name in called)}?")
    elsewhere = sorted(name for name in others if term in others[name])
    if elsewhere:
        return Problem(message, f"it is in the vocabulary `{elsewhere[0]}`, which this field does not read")
    return Problem(message, did_you_mean(term, vocabulary.terms))


def proposal_to_data(proposal: Proposal) -> dict[str, Any]:
    """Plain data that `ProposalReader.read` reads back to an equal proposal; dates as ISO text."""
    return {
        "proposal": _to_data(proposal),
        "measure": [{"id": measure.id, **_to_data(measure)} for measure in proposal.measures],
        **{
            key: [
                {
                    name: value.isoformat() if isinstance(value, date) else value
                    for name, value in recorded_to_data(item).items()
                }
                for item in recorded
            ]
            for key, recorded in records_of(proposal)
        },
    }


def records_of(proposal: Proposal) -> Iterator[tuple[str, tuple[Recorded | RecordedAnswer | LookedFor, ...]]]:
    """The tables of a proposal beside header and measures, by key; an empty list where it was read for powers and has none."""
    for key, (name, _) in RECORDS.items():
        recorded: tuple[Recorded | RecordedAnswer | LookedFor, ...] | None = getattr(proposal, name)
        if recorded or (recorded is not None and key == "empowerment"):
            yield key, recorded


def recorded_to_data(recorded: Recorded | RecordedAnswer | LookedFor) -> dict[str, Any]:
    """The keys of such a table that say something, in their order; evidence last."""
    data: dict[str, Any] = {}
    for attribute in sorted(attributes_of(type(recorded)), key=lambda one: one.type is Evidence):
        value = getattr(recorded, attribute.name)
        if value == attribute.default:
            continue
        if isinstance(value, Evidence):
            value = evidence_to_data(value)
        data[attribute.name] = list(value) if isinstance(value, tuple) else value
    return data


def _to_data(part: Proposal | Measure) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if part.title is not None:
        data["title"] = {"en": part.title.en, "nl": part.title.nl}
    for name in part.names():
        value = part.value(name)
        # Left out, some fields are known to be empty: that one is unknown has then to be said.
        if not value.unknown or value != default_of(type(part), name):
            data[name] = value_to_data(value)
    if isinstance(part, Proposal) and part.accompanying:
        data["accompanying"] = list(part.accompanying)
    if isinstance(part, Measure) and part.describes:
        data["describes"] = part.describes
    for name, pairs in passages_of(part):
        told: dict[str, list[dict[str, Any]]] = {}
        for key, evidence in pairs:
            told.setdefault(key, []).append(evidence_to_data(evidence))
        if told:
            data[name] = {key: entries[0] if len(entries) == 1 else entries for key, entries in told.items()}
    return data


def passages_of(part: Proposal | Measure) -> Iterator[tuple[str, tuple[tuple[str, Evidence], ...]]]:
    """Where the values of a part were read, and where others may be, each by field; the key first."""
    yield "evidence", part.evidence
    if isinstance(part, Measure):
        yield "hints", part.hints


def value_to_data(value: Value) -> list[str | int] | dict[str, list[str | int]]:
    """What is known of a field as plain data: a list where it is all, else a table of what is there and what is not."""
    return {"has": _plain(value.yes), "lacks": _plain(value.no)} if value.open else _plain(value.yes)


def evidence_to_data(evidence: Evidence) -> dict[str, Any]:
    """The keys of an entry of `evidence` that say something."""
    data = {
        attribute.name: getattr(evidence, attribute.name)
        for attribute in attributes_of(Evidence)
        if getattr(evidence, attribute.name) != attribute.default
    }
    return data | ({"span": list(evidence.span)} if evidence.span else {})


def _plain(atoms: frozenset[Atom]) -> list[str | int]:
    return [atom.isoformat() if isinstance(atom, date) else atom for atom in sorted(atoms, key=str)]


# Input of the library in whatever form it comes.


def opened(given: object, name: str) -> TomlFile:
    """Input as a file: a path, TOML text or the bytes of it, or a dict in its shape.

    Text that holds a line break or a `[` is taken for TOML, other text for a path.

    Args:
        given: the input.
        name: what messages call what is no file.

    Raises:
        InputError: it is none of these, or cannot be read.
    """
    if isinstance(given, Path):
        return TomlFile.read(given)
    if isinstance(given, bytes):
        return TomlFile.parse(given)
    if isinstance(given, str):
        is_text = "\n" in given or "[" in given or not given.strip()
        return TomlFile.parse(given) if is_text else TomlFile.read(Path(given))
    if not isinstance(given, Mapping):
        raise InputError([Fault(f"expected a path, TOML text or a dict, found {type_name(given)}", Location(name))])
    return TomlFile.of_dict(given)
