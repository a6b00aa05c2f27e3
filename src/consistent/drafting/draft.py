"""From a document to a drafted proposal: every value with the passage that it was read in, and none confirmed.

What was not found stays unknown. What is no proposal is named as what it is, and drafted as if it were one on request only.
What a reader must know before relying on a draft is in its remarks.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import PurePath
from typing import Any

from attrs import evolve, field, frozen

from consistent.documents.anchors import Anchor, anchor_of
from consistent.documents.document import Document, Found, Span, language_for, place_of, quote_of
from consistent.documents.header.header import Header, read_header
from consistent.documents.provisions.empowerments import Delegation, Empowerment, Empowerments, empowerments_of
from consistent.documents.provisions.provisions import Provision, provisions_of
from consistent.documents.provisions.quotations import quotations_of
from consistent.documents.provisions.time_limits import TimeLimit, time_limits_of
from consistent.documents.structure.structure import (
    broken_off,
    misnumbered_articles,
    missing_articles,
    oversized_articles,
    provisions_without_articles,
    without_final_provisions,
)
from consistent.drafting.candidates import CandidateMeasure, candidates_of, sort_of
from consistent.drafting.cues import shipped_cues
from consistent.drafting.cues.matches import CuedValue
from consistent.drafting.document_kind import (
    as_proposed,
    is_version,
    kind_as_proposal,
    refusal,
    unread_language,
    version_named,
)
from consistent.drafting.looked_for import looked_for
from consistent.drafting.recorded import (
    quotation,
    recorded_delegations,
    recorded_divisions,
    recorded_mismatches,
    recorded_powers,
    time_limit,
)
from consistent.drafting.self_references import self_reference_remarks
from consistent.errors import Fault, InputError, printable
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Evidence, Measure, Proposal
from consistent.model.recorded import LookedFor
from consistent.model.text import Language, Localized
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Vocabularies
from consistent.sources import is_citation
from consistent.toml.writing import empty_lines, evidence_lines, field_lines, measure_lines, recorded_lines

__all__ = ["Draft", "draft_of", "draft_toml"]

_WIDTH = 110
_WORDS = {
    "draft": Localized(
        "Draft of a proposal, made by machine from {name}. No person has confirmed it.",
        "Concept van een voorstel, door de computer gemaakt uit {name}. Niemand heeft het bevestigd.",
    ),
    "excerpt": Localized(
        "The document is an excerpt: it shows a part of the proposal only, and the draft has no more than that.",
        "Het document is een uittreksel: het toont maar een deel van het voorstel, en het concept heeft niet meer dan dat.",
    ),
    "remark": Localized("NOTE: {remark}.", "LET OP: {remark}."),
    "evidence": Localized(
        "Below each table, `evidence` says for each value where it was read: place, first words, characters from and to, "
        "how sure (from 0 to 1), and that nobody has confirmed it yet.",
        "Onder elke tabel zegt `evidence` van elke waarde waar die is gelezen: vindplaats, eerste woorden, van welk tot welk "
        "teken, hoe zeker (van 0 tot 1), en dat nog niemand haar heeft bevestigd.",
    ),
    "unknown": Localized(
        "What is left out is unknown. `{ has = [...] }` is what was found: there may be more; under `hints` stands what words "
        "may speak of besides, and under `[[looked_for]]` what the text was read for.",
        "Wat ontbreekt, is onbekend. `{ has = [...] }` is wat is gevonden: er kan meer zijn; onder `hints` staat waarover woorden "
        "misschien ook gaan, en onder `[[looked_for]]` waarop de tekst is gelezen.",
    ),
    "next": Localized("How to go on:", "Hoe verder:"),
    "review": Localized(
        "consistent review FILE   shows each value with its passage, to confirm or correct it",
        "consistent review BESTAND   toont elke waarde met de passage, om te bevestigen of te verbeteren",
    ),
    "ask": Localized(
        "consistent ask FILE      asks what the text does not say and the rules need to know",
        "consistent ask BESTAND      vraagt wat de tekst niet zegt en de regels moeten weten",
    ),
    "check": Localized(
        "consistent check FILE    checks it; what rests on unconfirmed values is marked so",
        "consistent check BESTAND    toetst het; wat op onbevestigde waarden berust, is zo gemerkt",
    ),
    "not found": Localized("Not found in the text, so unknown: {names}.", "Niet gevonden in de tekst, dus onbekend: {names}."),
    "measures": Localized("Measures: {count}. {each}", "Maatregelen: {count}. {each}"),
    "no measures": Localized(
        "NOTHING was recognised of what the text does; it must be recorded by hand, or the document read in another format.",
        "Van wat de tekst doet, is NIETS herkend; leg het met de hand vast, of lees het document in een andere indeling.",
    ),
    "of articles": Localized(
        "A paragraph is one measure; paragraphs that stand next to each other and of which the same was read make one.",
        "Een lid is één maatregel; leden die naast elkaar staan en waarvan hetzelfde is gelezen, zijn er samen een.",
    ),
    "of policy": Localized(
        "Each passage that says what will or should be done is one.",
        "Elke passage die zegt wat er gaat of moet gebeuren, is er een.",
    ),
    "powers": Localized("Delegated and implementing acts provided for:", "Gedelegeerde en uitvoeringshandelingen waarin is voorzien:"),
    "article": Localized("Article {place}", "artikel {place}"),
    "delegated": Localized("delegated act", "gedelegeerde handeling"),
    "implementing": Localized("implementing act", "uitvoeringshandeling"),
    "examination": Localized("examination procedure", "onderzoeksprocedure"),
    "advisory": Localized("advisory procedure", "raadplegingsprocedure"),
}  # fmt: skip


def draft_toml(
    proposal: Proposal,
    empowerments: Empowerments,
    name: str,
    language: Language,
    *,
    articles: bool,
    excerpt: bool,
    remarks: Iterable[Localized] = (),
    notes: Mapping[str, Sequence[Localized]] | None = None,
) -> str:
    """The text of a file that reads back to an equal proposal.

    Args:
        proposal: a draft.
        empowerments: of the document; told in comments.
        name: of the document, for comments.
        language: of the comments.
        articles: whether the document has any, which are the measures then.
        excerpt: whether it shows a part of another document only.
        remarks: what else must be known of the document.
        notes: by the id of a measure, what else was seen there, for comments.
    """
    writer = _TomlWriter(language)
    head = [line for remark in remarks for line in writer.remark(remark)]
    name = PurePath(name).name or name
    lines = writer.lines(
        proposal, empowerments, name, articles=articles, excerpt=excerpt, remarks=head, notes=notes or {}
    )
    return "\n".join(lines) + "\n"


class _TomlWriter:
    def __init__(self, language: Language) -> None:
        self._language = language

    def remark(self, text: Localized) -> Iterator[str]:
        """A remark as a comment."""
        return self._comment("remark", remark=printable(text.get(self._language)))

    def lines(
        self,
        proposal: Proposal,
        empowerments: Empowerments,
        name: str,
        *,
        articles: bool,
        excerpt: bool,
        remarks: Iterable[str],
        notes: Mapping[str, Sequence[Localized]],
    ) -> Iterator[str]:
        """Every line of the file; see `draft_toml` for the arguments, of which `remarks` are comments already."""
        yield from self._comment("draft", name=printable(name))
        if excerpt:
            yield from self._comment("excerpt")
        yield from remarks
        yield "#"
        yield from self._comment("evidence")
        yield from self._comment("unknown")
        yield "#"
        yield from self._comment("next")
        yield from (f"#   {self._word(command)}" for command in ("review", "ask", "check"))
        yield ""
        yield from empty_lines(proposal)
        yield "[proposal]"
        yield from field_lines(proposal)
        unknown = [
            about.label.get(self._language) for key, about in PROPOSAL_FIELDS.items() if getattr(proposal, key).unknown
        ]
        if unknown:
            yield from self._comment("not found", names=", ".join(unknown))
        yield from evidence_lines(proposal)
        yield from recorded_lines(proposal)
        yield ""
        yield from self._powers(empowerments.granted)
        kind_of_measures = self._word("of articles" if articles else "of policy") if proposal.measures else ""
        yield from self._comment("measures", count=len(proposal.measures), each=kind_of_measures)
        if not proposal.measures:
            yield from self._comment("no measures")
        for measure in proposal.measures:
            yield ""
            for note in notes.get(measure.id, ()):
                yield f"# {printable(note.get(self._language))}"
            yield "[[measure]]"
            yield from measure_lines(measure)

    def _powers(self, granted: Iterable[Empowerment]) -> Iterator[str]:
        """The empowerments, as a fiche lists them."""
        listed = [self._power(empowerment) for empowerment in granted]
        if listed:
            yield from self._comment("powers")
            yield from (f"#   {power}" for power in listed)
            yield "#"

    def _power(self, empowerment: Empowerment) -> str:
        place = str(empowerment.place)
        where = place if empowerment.place.annex else self._word("article").format(place=place)
        procedure = f", {self._word(empowerment.procedure)}" if empowerment.procedure else ""
        return printable(f"{where}: {self._word(empowerment.kind)}{procedure}")

    def _comment(self, key: str, **values: object) -> Iterator[str]:
        text = self._word(key)
        text = text.format(**values) if values else text
        yield from textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_long_words=False)

    def _word(self, name: str) -> str:
        return _WORDS[name].get(self._language)


# The draft itself.

# What a reader must know of a document before relying on what was read in it.

_UNREAD = Localized(
    "a citation could not be read, and can be a legal basis: `{quote}`",
    "een aanhaling kon niet worden gelezen, en kan een rechtsgrondslag zijn: `{quote}`",
)
_NO_ARTICLES = Localized(
    "no article was found, though the text has provisions (first: {place}); nothing of them was drafted",
    "er is geen artikel gevonden, hoewel de tekst bepalingen bevat (eerste: {place}); daarvan is niets in het ontwerp opgenomen",
)
_NO_ACT = Localized(
    "the document has no articles: the text of the act is missing, or was not recognised, and what it lays down is unknown",
    "het document bevat geen artikelen: de tekst van de handeling ontbreekt of is niet herkend, en wat die regelt, is onbekend",
)
_LEFT_OUT = Localized(
    "articles are missing between others: {numbers}; they are not in the text, or were not recognised",
    "er ontbreken artikelen tussen andere: {numbers}; zij staan niet in de tekst of zijn niet herkend",
)
_OVERSIZED = Localized(
    "{place} is far longer than the other articles; look whether it ends where it should",
    "{place} is veel langer dan de andere artikelen; kijk na of het eindigt waar het hoort te eindigen",
)
_STOPS = Localized(
    "the articles stop at {place}, before any that says when the act takes effect; later ones may have been taken for a quotation",
    "de artikelen houden op bij {place}, voordat er een zegt wanneer de handeling in werking treedt; latere kunnen voor een "
    "aanhaling zijn gehouden",
)
_MISNUMBERED = Localized(
    "article {number} is missing; the second article {before} is evidently article {number}",
    "artikel {number} ontbreekt; het tweede artikel {before} is kennelijk artikel {number}",
)
_BREAKS_OFF = Localized(
    "the text breaks off amid a sentence ({place}): `{quote}`; what follows is missing",
    "de tekst breekt af midden in een zin ({place}): `{quote}`; wat volgt, ontbreekt",
)


def remarks_of(
    document: Document, header: Header, provisions: Sequence[Provision], empowerments: Empowerments
) -> tuple[Localized, ...]:
    """What cannot be relied on: numbers that contradict each other, citations that were not read, provisions that are missing, references that lead nowhere."""
    return (*_remarks(document, header), *self_reference_remarks(document, provisions, empowerments))


def _remarks(document: Document, header: Header) -> Iterator[Localized]:
    yield from (contradiction.message for contradiction in header.contradictions)
    for citation in header.citations.unread:
        start = header.citation_spans[citation.citation].start
        quote = quote_of(document, Span(start + citation.span.start, start + citation.span.end))
        yield Localized(_UNREAD.en.format(quote=quote), _UNREAD.nl.format(quote=quote))
    lost = provisions_without_articles(document)
    if lost:
        place = place_of(document, lost[0])
        yield Localized(_NO_ARTICLES.en.format(place=place), _NO_ARTICLES.nl.format(place=place))
    elif (
        header.instrument is not None and header.instrument.value != "recommendation" and not document.named("article")
    ):
        yield _NO_ACT
    misnumbered = [number for _, number in misnumbered_articles(document)]
    for number in misnumbered:
        before = str(int(number) - 1)
        yield Localized(
            _MISNUMBERED.en.format(number=number, before=before), _MISNUMBERED.nl.format(number=number, before=before)
        )
    missing = ", ".join(number for number in missing_articles(document) if number not in misnumbered)
    if missing:
        yield Localized(_LEFT_OUT.en.format(numbers=missing), _LEFT_OUT.nl.format(numbers=missing))
    for article in oversized_articles(document):
        yield _told(_OVERSIZED, place_of(document, article.span))
    last = without_final_provisions(document)
    if last is not None and header.excerpt is None:
        yield _told(_STOPS, place_of(document, last.span))
    end = broken_off(document)
    if end is not None:
        place, quote = place_of(document, end), quote_of(document, end)
        yield Localized(
            _BREAKS_OFF.en.format(place=place, quote=quote), _BREAKS_OFF.nl.format(place=place, quote=quote)
        )


def _told(remark: Localized, place: str) -> Localized:
    return Localized(remark.en.format(place=place), remark.nl.format(place=place))


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
FieldEvidence = tuple[str, Evidence]


@frozen(kw_only=True, eq=False)
class Draft:
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
    read = candidates_of(document, cues, vocabularies, sort=sort, provisions=provisions)
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
    )


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
        added = [
            value
            for value in _of_power(empowerment, empowerments.delegation_of(empowerment))
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

    def proposal(self, candidates: Iterable[CandidateMeasure], other: Localized | None) -> Proposal:
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
            measures=tuple(map(self._measure, candidates)),
            path=self.document.name,
            remarks=remarks_of(self.document, self.header, self.provisions, self.empowerments),
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

    def _measure(self, candidate: CandidateMeasure) -> Measure:
        """A candidate with its evidence."""
        told = [("reference", self._evidence(candidate.span, _SURE)), *map(self._of_value, candidate.values)]
        # Of a hint the term must be told in any case: the field does not have it.
        hints = (
            (hint.field, self._evidence(hint.span, hint.confidence / 100, hint.term))
            for hint in candidate.hints
            if hint.term not in {value.term for value in candidate.of(hint.field)}
        )
        return evolve(candidate.measure(), evidence=_in_order(told), hints=_in_order(hints))

    def _of_value(self, value: CuedValue) -> FieldEvidence:
        single = MEASURE_FIELDS[value.field].single
        return value.field, self._evidence(value.span, value.confidence / 100, "" if single else value.term)

    def _known(self, name: str, value: Atom) -> bool:
        """Whether the pack has a term for a value; always where the field takes none."""
        about = PROPOSAL_FIELDS[name]
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
