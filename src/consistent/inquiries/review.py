"""The values of a draft that no person stands for yet, each with the passages (`Passage`) that it was read from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from attrs import field as attribute
from attrs import frozen

from consistent.findings.judging import place_label
from consistent.findings.outcome import weight
from consistent.findings.report import Report
from consistent.findings.said import Finding, Said
from consistent.findings.wording import atom_label, value_label
from consistent.inquiries.edits import field_of
from consistent.inquiries.questions.pending import Key
from consistent.inquiries.repairs.move_space import NEAR_TERMS
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Evidence, Field, Measure, Proposal
from consistent.model.text import Localized, localized
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Term
from consistent.shown import Shown
from consistent.toml.tomlfile import TomlFile

__all__ = [
    "Passage",
    "Says",
    "Unconfirmed",
    "near_terms",
    "part_of",
    "passage_of",
    "read_values",
    "resting_on",
    "unconfirmed",
]

# Which keys of `evidence` are no field that rules ask for.
_OTHERS = {
    "title": Localized("title", "titel"),
    "accompanying": Localized("accompanying document", "begeleidend document"),
    "all": Localized("all that has no evidence of its own", "alles zonder eigen vindplaats"),
}
_NOT = Localized("not: {value}", "niet: {value}")
_MAY = Localized("perhaps: {value}", "mogelijk: {value}")
_GONE = Localized("{value}, which the field does not have", "{value}, dat het veld niet heeft")
_MOST_NEAR = 8

# What a field says of the values: that they are there, are not, or may be; that there are none at all (`none`); or nothing,
# as where a value was taken out by hand and its evidence left (`nothing`).
Says = Literal["has", "lacks", "may", "none", "nothing"]


@frozen(kw_only=True, eq=False)
class Unconfirmed:
    """One value that was read and no person stands for yet, or several that share their evidence; see `confirmed`.

    Attributes:
        measure: the id; None for the proposal itself.
        measure_title: may be None.
        field: its name; `title`, `accompanying`, or `all` for everything that has no evidence of its own.
        label: the field, for readers.
        values: as the file writes them, dates as ISO text; empty where there are none, and for `title` and `all`.
        says: what the field says of them.
        text: the values in words.
        terms: those of the vocabulary, with their labels and definitions.
        evidence: the passages that it was read from, at least one.
        rules: ids of those whose findings, open ones among them, rest on it.
        weight: of these together; a conflict counts for three, a missing condition for two, anything else for one.
        line: in the file; None where it has none.
    """

    measure: str | None
    measure_title: Localized | None
    field: str
    label: Localized
    values: tuple[str, ...]
    says: Says
    text: Localized
    terms: tuple[Term, ...]
    evidence: tuple[Evidence, ...]
    rules: tuple[str, ...]
    weight: int
    line: int | None
    # The values as data, and the numbers of the entries in the list of the field's evidence.
    _atoms: tuple[Atom, ...] = attribute(repr=False)
    _entries: tuple[int, ...] = attribute(repr=False)
    _takes: Field | None = attribute(repr=False)

    @property
    def key(self) -> Key:
        """Where it stands."""
        return self.measure, self.field

    @property
    def confirmed(self) -> bool:
        """Whether a person stands for it after all."""
        return all(entry.confirmed for entry in self.evidence)

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """The values as data."""
        return self._atoms

    @property
    def entries(self) -> tuple[int, ...]:
        """The numbers, from zero, of its entries among the evidence of the field."""
        return self._entries

    @property
    def takes(self) -> Field | None:
        """What the field takes; None for `title`, `accompanying` and `all`."""
        return self._takes


def unconfirmed(file: TomlFile, proposal: Proposal, report: Report, knowledge: Knowledge) -> tuple[Unconfirmed, ...]:
    """Every value of a draft that no person stands for yet.

    Args:
        file: the text that the proposal was read from.
        proposal: what it says.
        report: what was found; it tells which values matter.
        knowledge: for the labels of terms.

    Returns:
        The proposal's own first, then measure by measure in the order of the file; within each what weighs most on findings
        first, and else in the order of the file.
    """
    return tuple(item for item in read_values(file, proposal, report, knowledge) if not item.confirmed)


def read_values(file: TomlFile, proposal: Proposal, report: Report, knowledge: Knowledge) -> tuple[Unconfirmed, ...]:
    """Every value of a proposal that was read somewhere, those that a person stands for too; in the order of `unconfirmed`.

    Args:
        file: the text that the proposal was read from.
        proposal: what it says.
        report: what was found; it tells which values matter.
        knowledge: for the labels of terms.
    """
    reader = _Reader(file, knowledge, report)
    items: list[Unconfirmed] = []
    parts: tuple[Proposal | Measure, ...] = (proposal, *proposal.measures)
    for part in parts:
        items += sorted(reader.of(part, proposal), key=lambda value: -value.weight)
    return tuple(items)


def resting_on(report: Report) -> int:
    """How many findings, open ones among them, rest on a value that no person stands for."""
    return sum(any(not reason.confirmed for reason in saying.because) for saying in _said(report))


def near_terms(item: Unconfirmed, knowledge: Knowledge) -> tuple[Term, ...]:
    """What may be meant instead of a term: lighter means, then what is broader, narrower, or beside it; a few only."""
    takes = item.takes
    if takes is None or takes.type != "terms" or len(item.atoms) != 1:
        return ()
    vocabulary = knowledge.vocabularies[takes.vocabulary]
    term = str(item.atoms[0])
    near = dict.fromkeys(NEAR_TERMS.get(takes.name, {}).get(term, ()))
    above = vocabulary.terms[term].broader
    beside = [other for other in vocabulary.terms.values() if set(other.broader) & set(above)]
    below = [other for other in vocabulary.terms.values() if term in other.broader]
    small = vocabulary.terms.values() if len(vocabulary.terms) <= _MOST_NEAR else ()
    for neighbour in (*(vocabulary.terms[broader] for broader in above), *below, *beside, *small):
        near[neighbour.id] = None
    listed = [vocabulary.terms[name] for name in near if name in vocabulary and name != term]
    return tuple(listed[:_MOST_NEAR])


def part_of(data: Any, proposal: Proposal, measure: str | None) -> Any:
    """The table of the proposal, or of a measure, in the data that the proposal was read from."""
    if measure is None:
        return data["proposal"]
    return data["measure"][next(index for index, candidate in enumerate(proposal.measures) if candidate.id == measure)]


def _terms_of(atoms: Iterable[Atom], takes: Field | None, knowledge: Knowledge) -> tuple[Term, ...]:
    """The terms that the atoms of a field are; empty where it takes none."""
    if takes is None or takes.type != "terms":
        return ()
    terms = knowledge.vocabularies[takes.vocabulary].terms
    return tuple(terms[str(atom)] for atom in atoms)


def _said(report: Report) -> tuple[Said, ...]:
    return (*report.findings, *report.open, *report.defeated)


# As a reason names it: document and place, quote, span, and whether a person stands for it.
_Passage = tuple[str, str, tuple[int, int] | None, bool]


class _Reader:
    """Reads one draft."""

    def __init__(self, file: TomlFile, knowledge: Knowledge, report: Report) -> None:
        self._file, self._knowledge = file, knowledge
        # Rules with their weights and the passages that they rest on, by field.
        self._resting: dict[Key, list[tuple[str, int, _Passage]]] = {}
        for said in _said(report):
            matters = weight(said.verdict) if isinstance(said, Finding) else 1
            for reason in said.because:
                read = (reason.document, reason.quote, reason.span, reason.confirmed)
                self._resting.setdefault((reason.measure, reason.field), []).append((said.rule, matters, read))

    def of(self, part: Proposal | Measure, proposal: Proposal) -> Iterator[Unconfirmed]:
        """What one part has, in the order of the file."""
        measure = part.id if isinstance(part, Measure) else None
        raw = part_of(self._file.data, proposal, measure)
        entries: dict[str, list[Evidence]] = {}
        for name, entry in part.evidence:
            entries.setdefault(name, []).append(entry)
        for name in raw.get("evidence", {}):
            listed = entries[name]
            own = {entry.value for entry in listed if entry.value}
            for value, confirmed in dict.fromkeys((entry.value, entry.confirmed) for entry in listed):
                which = tuple(
                    index for index, entry in enumerate(listed) if (entry.value, entry.confirmed) == (value, confirmed)
                )
                yield self._item(
                    part, measure, name, value, own, which, tuple(listed[index] for index in which), proposal
                )

    def _item(
        self, part: Proposal | Measure, measure: str | None, name: str, value: str, own: set[str],
        entries: tuple[int, ...], evidence: tuple[Evidence, ...], proposal: Proposal,
    ) -> Unconfirmed:  # fmt: skip
        takes = None if name in _OTHERS else field_of(measure, name, self._knowledge.fields)
        says, atoms = self._says(part, name, value, own, part_of(self._file.data, proposal, measure))
        read_in = {(place_label(entry), entry.quote, entry.span, entry.confirmed) for entry in evidence}
        resting = [rest for rest in self._resting.get((measure, name), ()) if rest[2] in read_in]
        if name == "all":
            resting = [
                rest
                for (owner, field_), rests in self._resting.items()
                if owner == measure and field_ not in dict(part.evidence)
                for rest in rests
                if not rest[2][3]
            ]
        index = next((number for number, candidate in enumerate(proposal.measures) if candidate.id == measure), 0)
        head = ("proposal",) if measure is None else ("measure", index)
        return Unconfirmed(
            measure=measure, measure_title=part.title if measure else None, field=name,
            label=takes.label if takes else _OTHERS[name], values=tuple(map(str, atoms)) or ((value,) if value else ()),
            says=says, text=self._text(part, name, says, atoms, value), terms=_terms_of(atoms, takes, self._knowledge),
            evidence=evidence, rules=tuple(dict.fromkeys(rest[0] for rest in resting)),
            weight=sum({rest[0]: rest[1] for rest in resting}.values()),
            line=self._file.location((*head, "evidence", name)).line, atoms=atoms, entries=entries, takes=takes,
        )  # fmt: skip

    def _says(
        self, part: Proposal | Measure, name: str, value: str, own: set[str], raw: Any
    ) -> tuple[Says, tuple[Atom, ...]]:
        """What the part says of a value that evidence is for."""
        if name == "accompanying":
            return ("has", (value,)) if isinstance(part, Proposal) and value in part.accompanying else ("nothing", ())
        if name in _OTHERS:
            return "none", ()
        takes = self._knowledge.fields.of(part)[name]
        return self._atoms(raw, takes, part.value(name), value, own)

    def _atoms(self, raw: Any, takes: Field, held: Value, value: str, own: set[str]) -> tuple[Says, tuple[Atom, ...]]:
        """What the field says of a value that evidence is for, or of all that no other evidence is for."""
        written = raw.get(takes.name)
        parts: Mapping[str, Any] = written if isinstance(written, Mapping) else {}
        if not value:
            rest = tuple(sorted((atom for atom in held.yes if str(atom) not in own), key=str))
            return ("has", rest) if rest else ("none", ())
        has = tuple(atom for atom in held.yes if str(atom) == value)
        if has:
            return "has", has
        lists: tuple[tuple[Says, str], ...] = (("lacks", "lacks"), ("may", "may"))
        for says, key in lists:
            listed = tuple(atom for atom in parts.get(key, ()) if str(atom) == value)
            if listed:
                return says, listed
        return "nothing", ()

    def _text(self, part: Proposal | Measure, name: str, says: Says, atoms: tuple[Atom, ...], value: str) -> Localized:
        if says == "nothing":
            return localized(lambda language: _GONE.get(language).format(value=value))
        if name == "accompanying":
            return Localized(value, value)
        if name in _OTHERS:
            return part.title or Localized("", "")
        known = self._knowledge.fields.of(part)[name]
        if says == "none":
            return localized(lambda language: value_label(part.value(known.name), known, language, self._knowledge))
        frame = {"lacks": _NOT, "may": _MAY}.get(says, Localized("{value}", "{value}"))
        return localized(
            lambda language: frame.get(language).format(
                value=", ".join(atom_label(atom, known, language, self._knowledge) for atom in atoms)
            )
        )


# The passage of a document that a value was read from, with the words around it.

# How many characters are shown before and after, and of a passage itself before its middle is left out.
_AROUND = 160
_MOST = 1200
_GAP = " ... "


@frozen
class Passage(Shown):
    """Words of a document.

    Attributes:
        before: words in front of them; begins with `...` where there is more. A stroke stands where a paragraph ends.
        words: those that say it; empty where they were not found.
        after: words behind them.
        fits: whether the words that the draft quotes stand there; if not, it was made from another text.
    """

    before: str = ""
    words: str = ""
    after: str = ""
    fits: bool = True


def passage_of(evidence: Evidence, text: str) -> Passage:
    """Where a document says it.

    Args:
        evidence: with the span, or with a quote that stands in the text once.
        text: of the document, as spans count it.
    """
    start, end = evidence.span or _quoted(evidence.quote, text) or (0, 0)
    words = text[start:end] if end <= len(text) else ""
    if not words.strip():
        return Passage(fits=False)
    # A blank at an end belongs to what is around it.
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    words = text[start:end]
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = "... " + before.partition(" ")[2]
    if end + _AROUND < len(text):
        after = after.rpartition(" ")[0] + " ..."
    if len(words) > _MOST:
        words = words[: _MOST // 2].rpartition(" ")[0] + _GAP + words[-_MOST // 2 :].partition(" ")[2]
    return Passage(
        _lined(before),
        _lined(words),
        _lined(after),
        fits=_fits(evidence.quote, before + text[start : end + _MOST]),
    )


def _quoted(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quote stands, if at one place only."""
    words = _begun(quote)
    start = text.find(words) if words else -1
    return (start, start + len(words)) if start >= 0 and text.find(words, start + 1) < 0 else None


def _fits(quote: str, around: str) -> bool:
    # A quote has single blanks where the text may have a line break with others.
    return _plain(_begun(quote)).strip() in _plain(around)


def _begun(quote: str) -> str:
    """The words of a quote, which may be broken off."""
    return quote.strip().removesuffix("...").removesuffix("…").rstrip()


def _lined(text: str) -> str:
    """In one line, with a stroke where a paragraph ends."""
    return _plain(re.sub(r"\s*\n\s*", " / ", text))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
