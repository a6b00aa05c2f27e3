"""Where in the input stands what is said: line and column of a proposal in TOML, characters of a document."""

from collections.abc import Iterator
from pathlib import Path, PurePath
from urllib.parse import quote

from attrs import frozen

from consistent.documents.document import Span
from consistent.findings.said import Because, Said
from consistent.reading.spans import TextSpan, key_spans
from consistent.reading.tomlfile import KeyPath
from consistent.reports.dossier import Dossier
from consistent.reports.lines import shown_path

__all__ = ["Place", "Places", "address"]


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


class Places:
    """Finds the places of whatever the report of a dossier says; made once for a dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self._path = shown_path(dossier.proposal.path)
        self._document = dossier.draft.document if dossier.draft else None
        file = None if self._document else dossier.proposal.file
        text = file and file.text
        self._spans = key_spans(text) if text else {}
        self._proposal = dossier.proposal
        self._numbers = {each.id: number for number, each in enumerate(dossier.proposal.measures)}

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
            spans = [each.span for _, each in part.evidence if each.span is not None]
            return self._passage(min(spans)) if spans else Place(path=self._path)
        head: KeyPath = ("proposal",) if name is None else ("measure", self._numbers[name])
        keys: tuple[KeyPath, ...] = ((*head, "id"), head)
        return Place(path=self._path, span=next((self._spans[key] for key in keys if key in self._spans), None))

    def _all(self, said: Said) -> Iterator[Place]:
        for each in getattr(said, "unknown", ()):
            span = self._span(each.measure, each.field)
            if span is not None:
                yield Place(path=self._path, span=span)
        # What is said of one measure may rest on others too, and on the proposal; what it says itself comes first.
        for reason in sorted(said.because, key=lambda each: (each.measure != said.measure, not self._is_own(each))):
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
        passage = self._document.of(Span(*characters)) if self._document else ""
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
