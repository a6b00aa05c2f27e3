"""From a document to a drafted proposal: every value with the passage that it was read in, and none confirmed.

What was not found stays unknown. What is no proposal is named as what it is, and drafted as if it were one on request only.
What a reader must know before relying on a draft is in its remarks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from attrs import evolve, field, frozen

from consistent.documents.anchors import Anchor, anchor_of
from consistent.documents.document import Document, Found, Span, language_for, place_of
from consistent.documents.header.header import Header, read_header
from consistent.documents.provisions.empowerments import Delegation, Empowerment, Empowerments, empowerments_of
from consistent.documents.provisions.provisions import Provision, provisions_of
from consistent.documents.provisions.quotations import quotations_of
from consistent.documents.provisions.time_limits import TimeLimit, time_limits_of
from consistent.documents.reading import read_document
from consistent.drafting.candidate_measure import CandidateMeasure
from consistent.drafting.candidates import candidates_of, sort_of
from consistent.drafting.cues import shipped_cues
from consistent.drafting.cues.passages import CuedValue
from consistent.drafting.document_kind import (
    as_proposed,
    is_version,
    kind_as_proposal,
    refusal,
    unread_language,
    version_named,
)
from consistent.drafting.draft_toml import draft_toml
from consistent.drafting.looked_for import looked_for
from consistent.drafting.recorded import (
    quotation,
    recorded_delegations,
    recorded_divisions,
    recorded_mismatches,
    recorded_powers,
    time_limit,
)
from consistent.drafting.remarks import remarks_of
from consistent.drafting.starting import Start, early_starts, reaching_back
from consistent.errors import Fault, InputError
from consistent.locking import cached_property
from consistent.model.proposal import COMMON, Evidence, Fields, Measure, Proposal, fields_in
from consistent.model.recorded import LookedFor
from consistent.model.text import Language, Localized
from consistent.model.values import UNKNOWN, Atom, Value
from consistent.model.vocabulary import Vocabularies
from consistent.shown import Shown
from consistent.sources import is_citation

__all__ = ["Draft", "draft_in_terms", "draft_of"]

# How surely the header is read: as good as always what stands on a cover; an amount can be one of several.
_SURE, _POWER, _LESS_SURE = 0.97, 0.95, 0.85
# Of documents that go with a proposal: staff working documents, the impact assessment among them, and the opinion on that.
_BESIDE = ("SWD(", "SEC(")
# What a delegated act does to the act that it is based on.
_TO_THE_ACT: Mapping[str, tuple[str, ...]] = {
    "amends": ("delegated-power-to-amend",),
    "supplements": ("delegated-power-to-supplement",),
    "both": ("delegated-power-to-amend", "delegated-power-to-supplement"),
}
_POWERS = {"delegated": "delegated-power", "implementing": "implementing-power"}
_OTHERWISE = Localized("as the file says of itself", "zoals het bestand van zichzelf zegt")
_NO_HEADING = Localized(
    "the explanatory memorandum has no such heading", "de toelichting heeft geen kopje met dit onderwerp"
)
_AS_PROPOSAL = Localized(
    "it is {what}; drafted as a proposal on request", "het is {what}; op verzoek opgesteld als voorstel"
)
_DURATION = "delegation-duration"
_NO_TIME = Localized(
    "no time is said for which the power is delegated", "een tijd waarvoor de bevoegdheid wordt verleend, staat er niet"
)
FieldEvidence = tuple[str, Evidence]

# What a text says of itself in so many words: the term of `temporal-effects`.
_BACK = "retroactive"


@frozen(kw_only=True, eq=False)
class Draft(Shown):
    """A proposal as a document seems to make it. No person has looked at it yet.

    Attributes:
        document: that it was made from, with its structure.
        header: what the document says of itself, each value with its span.
        empowerments: the delegated and implementing acts that it provides for.
        time_limits: when it applies, and by when somebody must act.
        candidates: the measures with what was found of each; cues and confidences are in percent.
        what: the document in words, for messages: `an adopted act (legislative act)`.
        refused: why it is no proposal to be checked; None where it is one, or was asked to be taken for one.
        drafted: the proposal all the same, for who describes the document; `proposal` is the one to check.
        version: of a document that is no proposal and holds a later text of one, which text it is; else None.
        fields: what the pack asks of a proposal and of a measure.
    """

    document: Document
    header: Header
    empowerments: Empowerments
    time_limits: tuple[TimeLimit, ...]
    candidates: tuple[CandidateMeasure, ...]
    what: Localized
    refused: Fault | None
    drafted: Proposal = field(repr=False)
    version: Localized | None = None
    fields: Fields = field(default=COMMON, repr=False)

    def as_version(self) -> "Draft":
        """The same, to be compared with the proposal: a text of the Council, of Parliament or as adopted is not refused then."""
        return self if self.version is None else evolve(self, refused=None)

    @property
    def proposal(self) -> Proposal:
        """The proposal, with evidence for every value, all of it unconfirmed.

        Raises:
            InputError: the document is none, and nobody asked to take it for one.
        """
        if self.refused is not None:
            raise InputError([self.refused])
        return self.drafted

    @property
    def remarks(self) -> tuple[Localized, ...]:
        """What a reader must know of the document before relying on the draft."""
        return self.drafted.remarks

    @property
    def language(self) -> Language:
        """Of what it says of itself: that of the document where it is English or Dutch, else English."""
        return language_for(self.document)

    def toml(self, language: Language | None = None) -> str:
        """The proposal as a TOML file to be reviewed; it reads back to an equal proposal.

        Args:
            language: of the comments; that of the document unless given.

        Raises:
            InputError: see `proposal`.
        """
        return draft_toml(
            self.proposal,
            self.empowerments,
            self.document.name,
            language or self.language,
            articles=bool(self.document.named("article")),
            excerpt=self.header.excerpt is not None,
            remarks=self.remarks,
            fields=self.fields,
            notes={candidate.id: tuple(_notes(candidate)) for candidate in self.candidates},
        )


def _notes(candidate: CandidateMeasure) -> Iterator[Localized]:
    """What was seen in a measure beside its values: that it only describes."""
    if candidate.describes:
        yield _DESCRIBES[candidate.describes]


_DESCRIBES = {
    "subject-matter": Localized("Says what the act is about.", "Zegt waar de handeling over gaat."),
    "definitions": Localized("Defines words; lays nothing down.", "Omschrijft begrippen; bepaalt niets."),
    "committee": Localized("On the committee; says how powers are used.", "Over het comité; zegt hoe bevoegdheden worden gebruikt."),
    "delegation": Localized("On the exercise of the delegation.", "Over de uitoefening van de bevoegdheidsdelegatie."),
    "review": Localized("On evaluation and review.", "Over evaluatie en herziening."),
    "final": Localized("Says from when the act applies, or what it replaces.", "Zegt vanaf wanneer de handeling geldt, of wat zij vervangt."),
}  # fmt: skip


def draft_of(document: Document, vocabularies: Vocabularies, *, as_proposal: bool = False) -> Draft:
    """Draft the proposal that a document makes.

    Args:
        document: as read.
        vocabularies: whose terms the draft is in; a value for which they have no term stays unknown.
        as_proposal: take a document that is no proposal, or is in a language that is not read, for one all the same.

    Raises:
        InputError: the document is in a language that is not read.
    """
    header = read_header(document)
    kinds = vocabularies.get("kinds")
    unread = None if as_proposal else unread_language(document, header, kinds)
    if unread is not None:
        raise InputError([unread])
    provisions = provisions_of(document)
    empowerments = empowerments_of(document, provisions)
    cues = shipped_cues(vocabularies)
    sort = sort_of(document, cues)
    title = header.title.span if header.title else None
    read = candidates_of(document, cues, vocabularies, sort=sort, provisions=provisions, title=title)
    candidates = _empowering(read, empowerments, vocabularies)
    what, refused = refusal(document, header, kinds)
    read_for = () if sort is None else tuple(looked_for(cues, vocabularies, language_for(document), sort))
    writer = _ProposalWriter(document, header, vocabularies, provisions, empowerments, read_for)
    return Draft(
        document=document,
        header=header,
        empowerments=empowerments,
        time_limits=writer.time_limits,
        candidates=candidates,
        what=what,
        refused=None if as_proposal else refused,
        drafted=writer.proposal(candidates, what if as_proposal and refused is not None else None),
        version=version_named(header, kinds) if refused is not None and is_version(document, header) else None,
        fields=fields_in(vocabularies),
    )


def draft_in_terms(
    document: Document | Path | str | bytes, name: str, vocabularies: Vocabularies, *, as_proposal: bool
) -> Draft:
    """As `draft_of`, of a document that may still have to be read.

    Raises:
        InputError: it cannot be read, or is in a language that is not read.
        UsageError: an added format or language is not one.
    """
    read = document if isinstance(document, Document) else read_document(document, name)
    return draft_of(read, vocabularies, as_proposal=as_proposal)


def _empowering(
    candidates: Sequence[CandidateMeasure], empowerments: Empowerments, vocabularies: Vocabularies
) -> tuple[CandidateMeasure, ...]:
    """The candidates, each with the powers that its text provides for, and what binds these: both are read by more than their words.

    Args:
        candidates: the measures of the act.
        empowerments: of the act.
        vocabularies: a value for which they have no term is left out.
    """
    drafted = list(candidates)
    for empowerment in empowerments.granted:
        around = [index for index, candidate in enumerate(drafted) if empowerment.span in candidate.span]
        if not around:
            continue
        at = min(around, key=lambda index: drafted[index].span.end - drafted[index].span.start)
        delegation = empowerments.delegation_of(empowerment)
        added = [
            value
            for value in _of_power(empowerment, delegation)
            if value.term in vocabularies[value.field]
            and not any(
                own.term in vocabularies[value.field].narrower([value.term]) for own in drafted[at].of(value.field)
            )
        ]
        # INVARIANT of candidates: what the text itself says stands before what it inherits, in order of the text.
        ordered = sorted(
            (*drafted[at].values, *added),
            key=lambda value: (value.inherited, value.span.start, value.field, value.term),
        )
        drafted[at] = evolve(drafted[at], values=tuple(ordered))
        if delegation is not None and delegation.timeless is not None and _DURATION in vocabularies["safeguards"]:
            without = vocabularies["safeguards"].narrower([_DURATION])
            if without.isdisjoint(value.term for value in drafted[at].of("safeguards")):
                drafted[at] = evolve(drafted[at], absent=(_found("safeguards", _DURATION, delegation.timeless),))
    return tuple(drafted)


def _of_power(empowerment: Empowerment, delegation: Delegation | None) -> Iterator[CuedValue]:
    """What a power gives the measure that it stands in; what the article on the exercise of the delegation says holds for it."""
    effect = _found("effects", _POWERS[empowerment.kind], empowerment.span)
    # Narrower terms say the wider one.
    narrower = _TO_THE_ACT.get(empowerment.effect or "", ()) if empowerment.kind == "delegated" else ()
    yield from (evolve(effect, term=term) for term in narrower or (effect.term,))
    if empowerment.overruling is not None:
        yield evolve(effect, term="overruling", span=empowerment.overruling, confidence=round(100 * _LESS_SURE))
    if delegation is not None:
        said = (
            ("delegation-limits", delegation.limits),
            ("delegation-conditions", next(iter(delegation.conditions), None)),
            # Without a time the power has, of the four limits, what its own words say it is for, and the list of provisions.
            ("delegation-content", empowerment.purposes[0] if delegation.timeless and empowerment.purposes else None),
            ("delegation-scope", delegation.timeless),
        )
        for term, span in said:
            if span is not None:
                yield evolve(_found("safeguards", term, span), inherited=True)


def _found(field: str, term: str, span: Span) -> CuedValue:
    return CuedValue(field=field, term=term, span=span, cue="empowerments", confidence=round(100 * _POWER))


@frozen(eq=False, slots=False)
class _ProposalWriter:
    """Writes the proposal of one document."""

    document: Document
    header: Header
    vocabularies: Vocabularies
    provisions: Sequence[Provision]
    empowerments: Empowerments
    looked_for: tuple[LookedFor, ...]

    @cached_property
    def time_limits(self) -> tuple[TimeLimit, ...]:
        """Of the document."""
        return time_limits_of(self.document, self.provisions)

    @property
    def language(self) -> Language:
        """Of what evidence says."""
        return language_for(self.document)

    @property
    def source(self) -> str:
        """How evidence names the document: by its number, else by its CELEX number, else by its file."""
        header = self.header
        if header.council_number is not None:
            return f"ST {header.council_number.value}"
        if header.reference is not None:
            return header.reference.value.removesuffix(" final")
        if header.celex is not None:
            return f"CELEX {header.celex.value}"
        return PurePath(self.document.name).name or self.document.name

    def proposal(self, candidates: Sequence[CandidateMeasure], other: Localized | None) -> Proposal:
        """The proposal; `other`: what the document is instead, where it is taken for one."""
        fields: dict[str, Any] = {}
        evidence_told: list[FieldEvidence] = []
        for name, value, evidence in self._header(other):
            fields[name] = value
            evidence_told += ((name, piece) for piece in evidence)
        title = self.header.whole_title
        if title is not None:
            evidence_told.append(("title", self._evidence(title.span, _SURE)))
        beside = [document for document in self.header.related if document.value.startswith(_BESIDE)]
        accompanying = tuple(dict.fromkeys(document.value for document in beside))
        evidence_told += (("accompanying", self._evidence(document.span, _SURE, document.value)) for document in beside)
        said = reaching_back(self.document, candidates, self.provisions, self._days)
        starts = {**said, **early_starts(candidates, self.time_limits, self.provisions, self._days)}
        whole = Proposal(
            title=Localized(title.value, title.value) if title else None,
            accompanying=accompanying,
            evidence=_in_order(evidence_told),
            empowerments=recorded_powers(self.document, self.empowerments, self._told),
            delegations=tuple(recorded_delegations(self.empowerments, self._told)),
            mismatches=tuple(recorded_mismatches(self.empowerments, self._told)),
            time_limits=tuple(time_limit(self.document, limit, self._told) for limit in self.time_limits),
            divisions=tuple(recorded_divisions(self.document, self._told)),
            quotations=tuple(
                quotation(self.document, passage, self._told)
                for passage in quotations_of(self.document, self.provisions)
            ),
            looked_for=self.looked_for,
            measures=tuple(self._measure(candidate, starts.get(candidate.id)) for candidate in candidates),
            path=self.document.name,
            remarks=remarks_of(self.document, self.header, self.provisions, self.empowerments),
            document=self.document.digest,
        )
        return evolve(whole, **fields)

    def _header(self, other: Localized | None) -> Iterator[tuple[str, Value, list[Evidence]]]:
        """Each field of the header that is known, with its value and what says so."""
        header = self.header if other is None else as_proposed(self.header)
        council = header.council_number
        # The text behind a note of the Council is not the one that the Commission submitted.
        numbered = Found(f"ST {council.value}", council.span) if council and header.behind else header.reference
        singles: Mapping[str, tuple[Found[str] | Found[date] | Found[int] | None, float]] = {
            "reference": (numbered, _SURE),
            "celex": (header.celex, _SURE),
            "procedure": (header.procedure, _SURE),
            "date": (header.date, _SURE),
            "instrument": (header.instrument, _SURE),
            "decision_procedure": (header.decision_procedure, _SURE),
            "budget": (header.budget, _LESS_SURE),
            "entry_into_force": (header.application.entry_into_force, _SURE),
            "end_of_application": (header.application.end, _SURE),
        }
        for name, (header_value, confidence) in singles.items():
            if header_value is not None and self._known(name, header_value.value):
                yield name, Value.exactly(header_value.value), [self._evidence(header_value.span, confidence)]
        none = header.statements.disclaimed.get("budget")
        if header.budget is None and none is not None:
            # The memorandum says that it costs the budget nothing; what provisions spend all the same, is read of those.
            yield "budget", Value.exactly(), [self._evidence(none, _LESS_SURE)]
        yield from self._kind(other)
        authors = [author for author in self._authors(other) if self._known("authors", author.value)]
        if authors:
            evidence = [self._evidence(author.span, _SURE, str(author.value)) for author in authors]
            yield "authors", Value.exactly(*(author.value for author in authors)), evidence
        yield from self._legal_basis()
        yield from self._statements()

    def _authors(self, other: Localized | None) -> Iterator[Found[str]]:
        """Who made the proposal; of what came of one, the institution that its citations name, not who adopted it."""
        if other is None:
            yield from self.header.authors
            return
        for step in self.header.citations.steps:
            if step.kind == "proposal":
                start = self.header.citation_spans[step.citation].start
                for institution in step.by:
                    yield Found(institution, Span(start + step.span.start, start + step.span.end))

    def _kind(self, other: Localized | None) -> Iterator[tuple[str, Value, list[Evidence]]]:
        """The kind, where the pack has a term for it; with a note where the document is taken for another kind than it is."""
        kind = self.header.kind
        if other is not None:
            kind = kind_as_proposal(self.header) or kind
        if not self._known("kind", kind.value):
            return
        evidence = self._evidence(kind.span, _SURE if other is None else _LESS_SURE)
        if other is not None:
            evidence = evolve(evidence, note=_AS_PROPOSAL.get(self.language).format(what=other.get(self.language)))
        yield "kind", Value.exactly(kind.value), [evidence]

    def _legal_basis(self) -> Iterator[tuple[str, Value, list[Evidence]]]:
        """What the citations name as a basis: those and no other, unless one of them cannot be written as a citation."""
        spans = self.header.citation_spans
        bases = self.header.citations.bases
        cited: dict[str, Span] = {}
        for basis in bases:
            if is_citation(basis.text):
                start = spans[basis.citation].start
                cited.setdefault(basis.text, Span(start + basis.span.start, start + basis.span.end))
        if cited:
            whole = self.header.citations.complete
            value = Value.exactly(*cited) if whole else Value(yes=frozenset(cited))
            yield "legal_basis", value, [self._evidence(span, _SURE, text) for text, span in cited.items()]

    def _statements(self) -> Iterator[tuple[str, Value, list[Evidence]]]:
        """The statements that are made, and those known to be missing, with what shows that they are."""
        statements = self.header.statements
        present = {key: span for key, span in statements.present.items() if self._known("statements", key)}
        absent = [key for key in statements.absent if self._known("statements", key)]
        if not present and not absent:
            return
        lacks = self.vocabularies["statements"].narrower(absent) - present.keys()
        evidence = [self._evidence(span, _LESS_SURE, key) for key, span in present.items()]
        memorandum = next(iter(self.document.top("memorandum")), None)
        for key in absent:
            span = statements.disclaimed.get(key)
            if span is not None:
                evidence.append(self._evidence(span, _LESS_SURE, key))
            elif memorandum is not None:
                none = self._evidence(memorandum.span, _LESS_SURE, key)
                evidence.append(evolve(none, quote="", prefix="", suffix="", note=_NO_HEADING.get(self.language)))
        yield "statements", Value(yes=frozenset(present), no=frozenset(lacks)), evidence

    @property
    def _days(self) -> list[date]:
        """Of the proposal and of its entry into force, as far as known."""
        header = self.header
        return [day.value for day in (header.date, header.application.entry_into_force) if day is not None]

    def _measure(self, candidate: CandidateMeasure, start: Start | None) -> Measure:
        """A candidate with its evidence; `start`: from when it applies, where that is before the act."""
        told = [("reference", self._evidence(candidate.span, _SURE)), *map(self._of_value, candidate.values)]
        for value in candidate.absent:
            name, evidence = self._of_value(value)
            told.append((name, evolve(evidence, note=_NO_TIME.get(self.language))))
        # Of a hint the term must be told in any case: the field does not have it.
        hints = (
            (hint.field, self._evidence(hint.span, hint.confidence / 100, hint.term))
            for hint in candidate.hints
            if hint.term not in {value.term for value in candidate.of(hint.field)}
        )
        fields = fields_in(self.vocabularies)
        measure = candidate.measure(fields)
        for name in {value.field for value in candidate.absent}:
            # Without a term there is no narrower one either.
            value = getattr(measure, name)
            without = self.vocabularies[fields.measure[name].vocabulary].narrower(map(str, value.no))
            known: dict[str, Any] = {name: Value(yes=value.yes, no=without)}
            measure = evolve(measure, **known)
        if start is not None and start.stated:
            if _BACK in self.vocabularies.get("temporal-effects", ()):
                told.append(("temporal_effect", self._evidence(start.span, _LESS_SURE, _BACK)))
                measure = evolve(measure, temporal_effect=Value.exactly(_BACK))
        elif start is not None:
            told.append(("starts", self._evidence(start.span, _LESS_SURE)))
            measure = evolve(measure, starts=UNKNOWN if start.day is None else Value.exactly(start.day))
        return evolve(measure, evidence=_in_order(told), hints=_in_order(hints))

    def _of_value(self, value: CuedValue) -> FieldEvidence:
        single = fields_in(self.vocabularies).measure[value.field].single
        return value.field, self._evidence(value.span, value.confidence / 100, "" if single else value.term)

    def _known(self, name: str, value: Atom) -> bool:
        """Whether the pack has a term for a value; always where the field takes none."""
        about = fields_in(self.vocabularies).proposal[name]
        return about.type != "terms" or value in self.vocabularies.get(about.vocabulary, ())

    def _told(self, span: Span) -> Evidence:
        """Evidence for what is recorded of a passage."""
        return self._evidence(span, _LESS_SURE)

    def _evidence(self, span: Span | None, confidence: float, value: str = "") -> Evidence:
        """Evidence for a value, unconfirmed.

        Args:
            span: of the words that say it; None where the file says it of itself.
            confidence: from 0 to 1.
            value: which of several values of the field it is for; empty where there is one.
        """
        if span is None:
            place, anchor, at = _OTHERWISE.get(self.language), Anchor(exact=""), None
        else:
            place, anchor = place_of(self.document, span), anchor_of(self.document, span)
            at = (span.start, span.end) if span.start < span.end else None
        return Evidence(
            document=self.source,
            place=place,
            quote=anchor.exact,
            prefix=anchor.prefix,
            suffix=anchor.suffix,
            value=value,
            span=at,
            confidence=confidence,
            confirmed=False,
        )


def _in_order(evidence: Iterable[FieldEvidence]) -> tuple[FieldEvidence, ...]:
    """As evidence is read back: in order of the fields, and within one of the text."""
    return tuple(sorted(evidence, key=lambda pair: pair[0]))
