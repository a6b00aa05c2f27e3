"""A proposal and its measures, as far as they are known."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

from attrs import Factory, evolve, field, fields, frozen

from consistent.errors import Location
from consistent.model.evidence import Evidence
from consistent.model.recorded import (
    LookedFor,
    Quotation,
    Recorded,
    RecordedAnswer,
    RecordedDelegation,
    RecordedDivision,
    RecordedMismatch,
    RecordedPower,
    RecordedTimeLimit,
)
from consistent.model.text import Localized
from consistent.model.values import UNKNOWN, Atom, Value
from consistent.model.vocabulary import Vocabulary
from consistent.shown import Shown
from consistent.sources import parse_source

__all__ = [
    "COMMON",
    "MEASURE_FIELDS",
    "ORDERED",
    "PROPOSAL_FIELDS",
    "RECORDS",
    "Description",
    "Evidence",
    "Field",
    "FieldType",
    "Fields",
    "Measure",
    "Proposal",
    "Words",
    "Written",
    "default_of",
    "fields_in",
]

Description = Literal["subject-matter", "definitions", "committee", "delegation", "review", "final"]
# The term of the vocabulary `temporal-effects` that dates can give.
_RETROACTIVE, _NO_EFFECT = Value.exactly("retroactive"), Value.exactly()

FieldType = Literal["terms", "citation", "text", "amount", "number", "date", "boolean"]
# Types whose values have an order: more and less can be asked of them.
ORDERED: frozenset[FieldType] = frozenset({"amount", "number", "date"})


@frozen
class Field(Shown):
    """What one field of a proposal, a measure or a fact takes.

    Attributes:
        name: the key in TOML.
        type: `amount` is in whole euros, `number` counts anything else; `boolean` occurs in facts only.
        vocabulary: the name of the vocabulary, for terms.
        single: at most one value.
        label: for readers; the name where a pack gives none.
        question: asks for its value, with `{name}` for what it is asked of; None for words that fit any field.
        pack: that declares it; empty for the fields that every proposal has.
    """

    name: str
    type: FieldType
    vocabulary: str = ""
    single: bool = False
    label: Localized = field(
        default=Factory(lambda own: Localized(own.name.replace("_", " "), own.name.replace("_", " ")), takes_self=True),
        eq=False,
    )
    question: Localized | None = field(default=None, eq=False)
    pack: str = field(default="", eq=False)

    @property
    def sort(self) -> tuple[str, str]:
        """What tells whether it can hold the same as another field; an amount is a number too."""
        return "number" if self.type == "amount" else self.type, self.vocabulary


class _Part(Shown):
    """What has fields: a proposal, or a measure.

    The fields of a pack's own are in `own`, and are given and asked for as all others: `Measure(id="m", age=Value.exactly(16))`,
    `evolve(measure, age=...)`, `measure.age`. One of which nothing is known is not kept.
    """

    __slots__ = ()

    own: tuple[tuple[str, Value], ...]

    if not TYPE_CHECKING:  # for a checker of types, what can be given are the attributes

        def __getattr__(self, name: str) -> Value:
            if name not in _attributes(type(self)):
                for key, value in self.own:
                    if key == name:
                        return value
            raise AttributeError(f"{type(self).__name__} has no `{name}`", name=name, obj=self)

    def value(self, name: str) -> Value:
        """What is itself known of a field; nothing of one of a pack's own that is not recorded."""
        common = name in _attributes(cast("Any", type(self)))
        value: Value = getattr(self, name) if common else dict(self.own).get(name, UNKNOWN)
        return value

    def names(self) -> tuple[str, ...]:
        """The fields that every pack has, then those of a pack's own of which something is known."""
        return (*_fields_of(type(self)), *(name for name, _ in self.own))  # type: ignore[arg-type]  # a class can be hashed


def _given(part: Any, **given: Any) -> None:
    """Initialise a part: what is no attribute of its class is a field of a pack's own."""
    try:
        part.__attrs_init__(**given)
    except TypeError:
        further = given.keys() - _attributes(type(part))  # type: ignore[arg-type]  # as is this
        if not further:
            raise
        own = dict(given.get("own", ())) | {name: given.pop(name) for name in further}
        given["own"] = tuple(sorted((name, value) for name, value in own.items() if value != UNKNOWN))
        part.__attrs_init__(**given)


@cache
def _attributes(kind: Any) -> frozenset[str]:
    return frozenset(attribute.name for attribute in fields(kind))


def _checkable(
    en: str, nl: str, type: FieldType, vocabulary: str = "", *, single: bool = False, default: Value = UNKNOWN
) -> Value:
    """An attribute that rules can test, with its label; unknown unless given."""
    return field(default=default, metadata={"field": Field("", type, vocabulary, single, Localized(en, nl))})


@frozen(kw_only=True)
class Measure(_Part):
    """One thing that a proposal does. Attributes that are a `Value` can be tested by rules and may be unknown.

    Attributes:
        evidence: where each field was read.
        hints: values that its words may speak of, too unsure to be given; by field, with these words.
        describes: for a provision that describes the act or says how it lives on, what it is; None for one that lays
            something down.
        own: the fields of a pack's own, by name.
    """

    id: str
    title: Localized | None = None
    reference: Value = _checkable("place", "vindplaats", "text", single=True)
    effects: Value = _checkable("what it does", "wat het doet", "terms", "effects")
    actors: Value = _checkable("who acts", "wie handelt", "terms", "actors")
    addressees: Value = _checkable("on whom", "tot wie gericht", "terms", "actors")
    areas: Value = _checkable("area", "terrein", "terms", "areas")
    bindingness: Value = _checkable("how binding", "bindendheid", "terms", "bindingness", single=True)
    finance: Value = _checkable("paid by", "betaald uit", "terms", "finance")
    partners: Value = _checkable("partners", "partners", "terms", "partners")
    # Who shuts somebody out says so: a text that does not has shut out none.
    excluded_partners: Value = _checkable(
        "partners shut out", "uitgesloten partners", "terms", "partners", default=Value.exactly()
    )
    safeguards: Value = _checkable("safeguards", "waarborgen", "terms", "safeguards")
    legal_basis: Value = _checkable("legal basis", "rechtsgrondslag", "citation")
    amount: Value = _checkable("amount", "bedrag", "amount", single=True)
    # Who starts at another time than the act does says so.
    starts: Value = _checkable("start", "begin", "date", single=True, default=Value.exactly())
    ends: Value = _checkable("end", "einde", "date", single=True)
    temporal_effect: Value = _checkable("temporal effect", "werking in de tijd", "terms", "temporal-effects")
    evidence: tuple[tuple[str, Evidence], ...] = ()
    hints: tuple[tuple[str, Evidence], ...] = ()
    describes: Description | None = None
    own: tuple[tuple[str, Value], ...] = field(default=(), metadata={"internal": True})
    if not TYPE_CHECKING:
        __init__ = _given

    @property
    def was_read(self) -> bool:
        """Whether a reader had its text before it: it says then from which character to which."""
        return any(name == "reference" and evidence.span is not None for name, evidence in self.evidence)

    def evidence_for(self, name: str, atoms: Collection[Atom] = ()) -> Evidence | None:
        """Where that field was read; the evidence for `all` where it has none of its own.

        Args:
            name: of the field.
            atoms: the values that matter, where there is evidence for each.
        """
        return _evidence(self.evidence, name, atoms)


class Written(Protocol):
    """A file in which keys have places: `("measure", 0, "areas")`."""

    @property
    def text(self) -> str | None:
        """What is in it; None for data that was never written."""

    def location(self, key: tuple[str | int, ...] = ()) -> Location:
        """Where a key stands."""

    def line(self, key: tuple[str | int, ...]) -> int | None:
        """The line of that place."""


@frozen(kw_only=True)
class Proposal(_Part):
    """A proposal as data.

    Attributes:
        accompanying: the documents that go with it, by their numbers: `SWD(2021) 84 final`.
        empowerments: the delegated and implementing acts that it provides for; None where nobody has read for them.
        delegations: the articles on the exercise of the delegation.
        mismatches: between the two.
        time_limits: when it applies, and what has to be done by when.
        divisions: its chapters, or what it calls the outermost divisions of its articles.
        quotations: its words on what a reader needs beside.
        answers: what persons say on points that only a person can judge.
        looked_for: what the text of its measures was read for, by field; empty where it was recorded by hand.
        own: the fields of a pack's own, by name.
        path: names the file it was read from, for messages; plays no part in equality, nor do the next three.
        file: that file, where it is TOML.
        remarks: what must be known of the document that it was read from; may be empty.
        document: SHA-256 of that document; empty where it was not read from one just now.
    """

    title: Localized | None = None
    reference: Value = _checkable("reference", "kenmerk", "text", single=True)
    celex: Value = _checkable("CELEX number", "CELEX-nummer", "text", single=True)
    procedure: Value = _checkable("procedure number", "procedurenummer", "text", single=True)
    date: Value = _checkable("date", "datum", "date", single=True)
    authors: Value = _checkable("author", "auteur", "terms", "actors")
    kind: Value = _checkable("kind of document", "soort document", "terms", "kinds", single=True)
    instrument: Value = _checkable("instrument", "instrument", "terms", "instruments", single=True)
    legal_basis: Value = _checkable("legal basis", "rechtsgrondslag", "citation")
    decision_procedure: Value = _checkable(
        "decision procedure", "besluitvormingsprocedure", "terms", "procedures", single=True
    )
    vote: Value = _checkable("vote in the Council", "stemming in de Raad", "terms", "votes", single=True)
    statements: Value = _checkable("statements", "toelichtingen", "terms", "statements")
    # How the aims of an act weigh is a judgement that somebody makes: until then nothing has been weighed.
    main_aims: Value = _checkable("main aims", "hoofddoelen", "terms", "areas", default=Value.exactly())
    incidental_aims: Value = _checkable(
        "incidental aims", "bijkomende doelen", "terms", "areas", default=Value.exactly()
    )
    means: Value = _checkable(
        "means to another aim", "middel voor een ander doel", "terms", "areas", default=Value.exactly()
    )
    aims_relation: Value = _checkable(
        "relation between the aims", "verhouding tussen de doelen", "terms", "aim-relations",
        single=True, default=Value.exactly(),
    )  # fmt: skip
    obstacles: Value = _checkable(
        "obstacles in the internal market",
        "belemmeringen op de interne markt",
        "terms",
        "obstacles",
        default=Value.exactly(),
    )
    budget: Value = _checkable("budget", "begroting", "amount", single=True)
    # An act that names no day enters into force on one after its publication (TFEU 297).
    entry_into_force: Value = _checkable(
        "entry into force", "inwerkingtreding", "date", single=True, default=Value.exactly()
    )
    end_of_application: Value = _checkable("end of application", "einde van de toepassing", "date", single=True)
    accompanying: tuple[str, ...] = ()
    evidence: tuple[tuple[str, Evidence], ...] = ()
    empowerments: tuple[RecordedPower, ...] | None = field(default=None, metadata={"internal": True})
    delegations: tuple[RecordedDelegation, ...] = field(default=(), metadata={"internal": True})
    mismatches: tuple[RecordedMismatch, ...] = field(default=(), metadata={"internal": True})
    time_limits: tuple[RecordedTimeLimit, ...] = field(default=(), metadata={"internal": True})
    divisions: tuple[RecordedDivision, ...] = field(default=(), metadata={"internal": True})
    quotations: tuple[Quotation, ...] = field(default=(), metadata={"internal": True})
    answers: tuple[RecordedAnswer, ...] = field(default=(), metadata={"internal": True})
    looked_for: tuple[LookedFor, ...] = field(default=(), metadata={"internal": True})
    measures: tuple[Measure, ...] = field(default=(), metadata={"internal": True})
    own: tuple[tuple[str, Value], ...] = field(default=(), metadata={"internal": True})
    path: str = field(default="", eq=False, metadata={"internal": True})
    remarks: tuple[Localized, ...] = field(default=(), eq=False, metadata={"internal": True})
    document: str = field(default="", eq=False, metadata={"internal": True})
    file: Written | None = field(default=None, eq=False, repr=False, metadata={"internal": True})
    if not TYPE_CHECKING:
        __init__ = _given

    def place(self, key: tuple[str | int, ...]) -> Location:
        """Where a key stands in the file that the proposal was read from."""
        return self.file.location(key) if self.file else Location(self.path)

    def evidence_for(self, name: str, atoms: Collection[Atom] = ()) -> Evidence | None:
        """Where that field was read; the evidence for `all` where it has none of its own.

        Args:
            name: of the field.
            atoms: the values that matter, where there is evidence for each.
        """
        return _evidence(self.evidence, name, atoms)

    def value(self, name: str, measure: Measure | None = None) -> Value:
        """A field of the measure, or of the proposal if no measure is given.

        A measure whose own legal basis is not stated rests on that of the proposal. One whose temporal effect is not stated has
        retroactive effect where it starts before the proposal was made or before that enters into force, and otherwise none.
        """
        if measure is None:
            return _Part.value(self, name)
        value = measure.value(name)
        if name == "temporal_effect" and value.unknown:
            return self._effect_of_dates(measure.starts)
        return self.legal_basis if name == "legal_basis" and value.unknown else value

    def _effect_of_dates(self, starts: Value) -> Value:
        """The temporal effect that follows from where a measure starts."""
        days = [day for value in (self.date, self.entry_into_force) for day in value.yes if isinstance(day, dt.date)]
        if any(isinstance(start, dt.date) and start < day for start in starts.yes for day in days):
            return _RETROACTIVE
        undecided = starts.open or (bool(starts.yes) and (self.date.open or self.entry_into_force.open))
        return UNKNOWN if undecided else _NO_EFFECT

    @property
    def read(self) -> tuple[Evidence, ...]:
        """Where its values, and those of its measures, were read."""
        parts: tuple[Proposal | Measure, ...] = (self, *self.measures)
        return tuple(evidence for part in parts for _, evidence in part.evidence)

    @property
    def unconfirmed(self) -> int:
        """The number of values, of its measures too, that were read in a document and that no person stands for yet."""
        return sum(not evidence.confirmed for evidence in self.read)

    @property
    def elsewhere(self) -> tuple[Evidence, ...]:
        """Of what was read, what does not stand in its own text: in a secondary source, or in a document that is another one."""
        own = {source.act for source in map(parse_source, self._numbers()) if source}
        others = {
            document
            for document in {evidence.document for evidence in self.read}
            if own and (source := parse_source(document)) and source.act not in own
        }
        return tuple(evidence for evidence in self.read if evidence.secondary or evidence.document in others)

    def _numbers(self) -> Iterator[str]:
        """By which a document can name it."""
        for value, form in ((self.reference, "{}"), (self.celex, "CELEX {}")):
            yield from (form.format(number) for number in value.yes)

    @property
    def name(self) -> str:
        """The shortest thing that names it: reference, CELEX number, title, file, or 'proposal'."""
        for value in (self.reference, self.celex):
            if value.yes:
                return str(min(value.yes, key=str))
        return (self.title.en if self.title else "") or self.path or "proposal"


def _evidence(pairs: tuple[tuple[str, Evidence], ...], name: str, atoms: Collection[Atom]) -> Evidence | None:
    wanted = {str(atom) for atom in atoms}
    own = [evidence for key, evidence in pairs if key == name]
    fitting = (
        [evidence for evidence in own if evidence.value in wanted]
        or [evidence for evidence in own if not evidence.value]
        or own
    )
    # What nobody stands for yet must not hide behind what somebody does.
    weakest_first = sorted(fitting, key=lambda evidence: evidence.confirmed)
    return next(iter(weakest_first), None) or next((evidence for key, evidence in pairs if key == "all"), None)


@cache
def _fields_of(kind: Any) -> Mapping[str, Field]:
    marked = [attribute for attribute in fields(kind) if "field" in attribute.metadata]
    return {attribute.name: evolve(attribute.metadata["field"], name=attribute.name) for attribute in marked}


PROPOSAL_FIELDS: Mapping[str, Field] = _fields_of(Proposal)
MEASURE_FIELDS: Mapping[str, Field] = _fields_of(Measure)


def default_of(kind: Any, name: str) -> Value:
    """What a field says that is left out."""
    value: Value = getattr(fields(kind), name).default if name in _attributes(kind) else UNKNOWN
    return value


@frozen
class Fields:
    """The fields that proposals and measures have: those above, then those that packs declare. No two of a pack share a name."""

    proposal: Mapping[str, Field] = PROPOSAL_FIELDS
    measure: Mapping[str, Field] = MEASURE_FIELDS

    def __or__(self, other: "Fields") -> "Fields":
        """Those of either; the other's where both have one of a name."""
        return Fields({**self.proposal, **other.proposal}, {**self.measure, **other.measure})

    def of(self, part: Proposal | Measure | None) -> Mapping[str, Field]:
        """Those of a part: of a measure, else of proposals."""
        return self.measure if isinstance(part, Measure) else self.proposal

    @property
    def every(self) -> tuple[Field, ...]:
        """Those of proposals, then those of measures."""
        return (*self.proposal.values(), *self.measure.values())

    @property
    def own(self) -> Mapping[str, Field]:
        """Those that packs declare."""
        return {about.name: about for about in self.every if about.pack}


class Words(dict[str, Vocabulary]):
    """Vocabularies by name, with the fields: all in which a proposal is written."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary], fields: Fields) -> None:
        super().__init__(vocabularies)
        self.fields = fields


COMMON = Fields()


def fields_in(vocabularies: Mapping[str, Vocabulary]) -> Fields:
    """The fields that go with vocabularies; the common ones where no others do."""
    return vocabularies.fields if isinstance(vocabularies, Words) else COMMON


# The tables of a file of a proposal beside header and measures: key, attribute, and what each table is.
RECORDS: Mapping[str, tuple[str, type[Recorded] | type[RecordedAnswer] | type[LookedFor]]] = {
    "empowerment": ("empowerments", RecordedPower),
    "delegation": ("delegations", RecordedDelegation),
    "mismatch": ("mismatches", RecordedMismatch),
    "time_limit": ("time_limits", RecordedTimeLimit),
    "division": ("divisions", RecordedDivision),
    "quotation": ("quotations", Quotation),
    "answer": ("answers", RecordedAnswer),
    "looked_for": ("looked_for", LookedFor),
}
