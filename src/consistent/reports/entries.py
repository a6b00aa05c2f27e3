"""What a report says, as a flat list for forms that have one entry for each thing said; and how grave each is."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from attrs import frozen

from consistent.errors import printable
from consistent.findings.outcome import LABELS, WOULD_BE, Outcome
from consistent.findings.report import ProposalSummary, Report
from consistent.findings.rows import in_order
from consistent.findings.said import Because, Finding, Open, Said, outcome_of
from consistent.model.text import Language, Localized, localized
from consistent.reports.labels import WORDS
from consistent.reports.outline import Spans, spans, strong
from consistent.reports.terminal import shortened, told_path
from consistent.sources import source_label
from consistent.toml.tomlfile import KeyPath, TextSpan, key_spans

if TYPE_CHECKING:
    from consistent.reports.dossier import Dossier

__all__ = [
    "Place",
    "Places",
    "address",
    "counts",
    "entries",
    "measure_heading",
    "measure_label",
    "message_of",
    "outcome_label",
    "proposal_label",
    "questions",
    "said_sources",
]


def entries(report: Report) -> tuple[Said, ...]:
    """Everything that is said, in the order of `in_order`."""
    everything: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
    return in_order(everything, (measure.id for measure in report.measures))


def counts(report: Report) -> Counter[Outcome]:
    """How often each thing is said; of `not-judged` the number of measures."""
    found = Counter(map(outcome_of, entries(report)))
    found["not-judged"] = len(report.not_judged)
    return found


def message_of(said: Said) -> Localized:
    """What is said, in a line of its own: of a question that a person answered what they say and who, else the message."""
    if not isinstance(said, Finding) or said.answered is None:
        return said.message
    answered = said.answered
    word = WORDS["in order" if answered.in_order else "not in order"]
    return localized(
        lambda language: f"{said.title.get(language)}: {word.get(language)}; {answered.reason} ({answered.by})"
    )


def outcome_label(said: Said, language: Language) -> str:
    """What became of the rule, in words; of one that is open what it would be too."""
    label = LABELS[outcome_of(said)].get(language)
    return f"{label}: {WOULD_BE[said.verdict].get(language)}" if isinstance(said, Open) else label


def proposal_label(summary: ProposalSummary, language: Language) -> str:
    """Number and title of a proposal; its name where it has neither."""
    title = shortened(summary.title.get(language)) if summary.title else ""
    return printable(" ".join(words for words in (summary.reference or summary.celex, title) if words) or summary.name)


def measure_label(report: Report, measure: str | None, language: Language) -> str:
    """Id and title of a measure, or the words for the proposal as a whole."""
    if measure is None:
        return WORDS["proposal as a whole"].get(language)
    title = next((one.title for one in report.measures if one.id == measure), None)
    return printable(f"{measure}: {shortened(title.get(language))}" if title else measure)


def measure_heading(name: str | None, title: Localized | None, language: Language) -> Spans:
    """A measure by id and title over what is said of it, or the words for the proposal as a whole."""
    if name is None:
        return spans(strong(WORDS["proposal as a whole"].get(language)))
    return spans((strong(name), f"  {shortened(title.get(language))}" if title else ""))


def questions(said: Said, language: Language) -> tuple[str, ...]:
    """What must be known before an open rule is decided, each thing once; empty for any other."""
    if not isinstance(said, Open):
        return ()
    return tuple(dict.fromkeys(printable(unknown.text.get(language)) for unknown in said.unknown))


def said_sources(said: Said, language: Language) -> tuple[str, ...]:
    """The sources as readers of that language cite them."""
    return tuple(source_label(source, language) for source in said.sources)


# Where in the input stands what is said: line and column of a proposal in TOML, characters of a document.


@frozen(kw_only=True)
class Place:
    """A place in a file.

    Attributes:
        path: of the file, from the current folder where it lies below that.
        span: of the value, or of what it is left out of; None where the file has no lines.
        characters: of a document, from and to which character of its text; None for TOML, and where that is not known.
        passage: what stands there in a document; may be empty.
    """

    path: str
    span: TextSpan | None = None
    characters: tuple[int, int] | None = None
    passage: str = ""

    @property
    def where(self) -> str:
        """The path, and the line or the character at which it begins where that is known: `a.toml:7`."""
        begin = self.characters[0] if self.characters is not None else self.span.start_line if self.span else None
        return self.path if begin is None else f"{self.path}:{begin}"


class Places:
    """Finds the places of whatever the report of a dossier says; made once for a dossier."""

    def __init__(self, dossier: "Dossier") -> None:
        self._path = told_path(dossier.proposal.path)
        self._document = dossier.draft.document if dossier.draft else None
        file = None if self._document else dossier.proposal.file
        text = file and file.text
        self._spans = key_spans(text) if text else {}
        self._proposal = dossier.proposal
        self._numbers = {measure.id: number for number, measure in enumerate(dossier.proposal.measures)}

    def of(self, said: Said) -> Place:
        """Where to look first: the value that decides, of an open rule the one that is not wholly known."""
        return next(self._all(said))

    def further(self, said: Said) -> tuple[tuple[Because, Place], ...]:
        """The other values that it rests on, each place once, with the test that asked for it."""
        seen, found = {self.of(said)}, []
        for reason in said.because:
            place = self._of_reason(reason)
            if place is not None and place not in seen:
                seen.add(place)
                found.append((reason, place))
        return tuple(found)

    def measure(self, name: str | None) -> Place:
        """Where a measure begins, or the proposal; in a document, where the first that is read of it stands."""
        if self._document is not None:
            part = self._proposal if name is None else self._proposal.measures[self._numbers[name]]
            spans = [evidence.span for _, evidence in part.evidence if evidence.span is not None]
            return self._passage(min(spans)) if spans else Place(path=self._path)
        head: KeyPath = ("proposal",) if name is None else ("measure", self._numbers[name])
        keys: tuple[KeyPath, ...] = ((*head, "id"), head)
        return Place(path=self._path, span=next((self._spans[key] for key in keys if key in self._spans), None))

    def _all(self, said: Said) -> Iterator[Place]:
        for unknown in getattr(said, "unknown", ()):
            span = self._span(unknown.measure, unknown.field)
            if span is not None:
                yield Place(path=self._path, span=span)
        # What is said of one measure may rest on others too, and on the proposal; what it says itself comes first.
        for reason in sorted(
            said.because, key=lambda because: (because.measure != said.measure, not self._is_own(because))
        ):
            place = self._of_reason(reason)
            if place is not None:
                yield place
        yield self.measure(said.measure)

    def _of_reason(self, reason: Because) -> Place | None:
        """Where the value of a test stands; None where it is that of a fact, or is left out."""
        if self._document is not None and reason.span is not None:
            return self._passage(reason.span)
        # Only what was asked of the proposal has a line in it.
        span = None if reason.proposal_line is None else self._span(reason.measure, reason.field)
        return None if span is None else Place(path=self._path, span=span)

    def _passage(self, characters: tuple[int, int]) -> Place:
        passage = self._document.text[slice(*characters)] if self._document else ""
        return Place(path=self._path, characters=characters, passage=passage)

    def _is_own(self, reason: Because) -> bool:
        """Whether the measure says it itself, and does not have it from the proposal."""
        if reason.measure is None or self._document is not None:
            return True
        return ("measure", self._numbers[reason.measure], reason.field) in self._spans

    def _span(self, measure: str | None, field: str) -> TextSpan | None:
        whole: KeyPath = ("proposal", field)
        if measure is None:
            return self._spans.get(whole)
        own = self._spans.get(("measure", self._numbers[measure], field))
        # A measure without a legal basis of its own rests on that of the proposal.
        return self._spans.get(whole) if own is None and field == "legal_basis" else own


def address(path: str) -> str:
    """A path as a reference of a URI: relative where the path is."""
    pure = PurePath(path)
    return Path(path).as_uri() if pure.is_absolute() else quote(pure.as_posix())
