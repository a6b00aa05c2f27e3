"""Where on the page each thing of one report is found, and how it is called there."""

from functools import cached_property

from attrs import frozen

from consistent.findings.report import Report
from consistent.findings.said import Because, Defeated, Finding, Open, Said
from consistent.model.text import Localized, localized
from consistent.reports.dossier import Dossier
from consistent.reports.html.view import PassageView, SourceView
from consistent.reports.labels import WORDS
from consistent.reports.lines import shortened
from consistent.sources import parse_source, source_label

__all__ = ["Anchors", "source_view"]

# What an address may begin with: a page is no place for others.
_ADDRESSES = ("https://", "http://")


def source_view(text: str) -> SourceView:
    """A source with its label, and its address where one is known."""
    source = parse_source(text)
    en, nl = (source.url("en"), source.url("nl")) if source else (None, None)
    address = Localized(en, nl) if en and nl and all(each.startswith(_ADDRESSES) for each in (en, nl)) else None
    return SourceView(label=localized(lambda language: source_label(text, language)), url=address)


@frozen(eq=False)
class Anchors:
    """The anchors of one proposal.

    Attributes:
        prefix: of all of them.
    """

    dossier: Dossier
    prefix: str

    @property
    def report(self) -> Report:
        """Of the proposal."""
        return self.dossier.report

    @property
    def told(self) -> tuple[Finding | Defeated, ...]:
        """What the page tells one by one; open rules are told together."""
        return (*self.report.findings, *self.report.defeated)

    @property
    def everything(self) -> tuple[Said, ...]:
        """All that the report says."""
        return (*self.told, *self.report.open)

    @cached_property
    def _said(self) -> dict[tuple[str, str | None], str]:
        # INVARIANT: a rule says one thing at most of a measure.
        return {(each.rule, each.measure): f"{self.prefix}-f{number}" for number, each in enumerate(self.told, 1)}

    @cached_property
    def _opens(self) -> dict[str, str]:
        rules = dict.fromkeys(each.rule for each in self.report.open)
        return {rule: f"{self.prefix}-o{number}" for number, rule in enumerate(rules, 1)}

    @cached_property
    def _measures(self) -> dict[str | None, str]:
        named: dict[str | None, str] = {
            each.id: f"{self.prefix}-m{number}" for number, each in enumerate(self.report.measures, 1)
        }
        return named | {None: f"{self.prefix}-whole"}

    @cached_property
    def _titles(self) -> dict[str, Localized | None]:
        return {each.id: each.title for each in self.report.measures}

    @cached_property
    def spans(self) -> dict[tuple[int, int], str]:
        """Of each passage in which a value was read, in order of the text, the anchor; empty without a document."""
        if self.dossier.draft is None:
            return {}
        length = len(self.dossier.draft.document.text)
        found = {each.span for said in self.everything for each in said.because if each.span}
        proposal = self.dossier.proposal
        read = [*proposal.evidence, *(each for measure in proposal.measures for each in measure.evidence)]
        # A place is where a measure stands: all of its text.
        found |= {each.span for name, each in read if each.span and name != "reference"}
        inside = sorted((start, end) for start, end in found if 0 <= start < end <= length)
        return {span: f"{self.prefix}-p{number}" for number, span in enumerate(inside, 1)}

    def said(self, said: Said) -> str:
        """Of what is said."""
        return self._opens[said.rule] if isinstance(said, Open) else self._said[said.rule, said.measure]

    def number(self, said: Finding | Defeated) -> int:
        """By which the marked text refers to it."""
        return int(self.said(said).removeprefix(f"{self.prefix}-f"))

    def measure(self, name: str | None) -> str:
        """Of a measure, or of the proposal as a whole."""
        return self._measures[name]

    def title(self, name: str | None) -> Localized:
        """A measure by its title, else by its id; or that the proposal as a whole is meant."""
        if name is None:
            return WORDS["proposal as a whole"]
        title = self._titles[name]
        return Localized(shortened(title.en), shortened(title.nl)) if title else Localized(name, name)

    def passage(self, because: Because) -> PassageView:
        """The passage of a test."""
        return PassageView(
            place=because.document,
            quote=because.quote,
            note=because.note,
            anchor=self.spans.get(because.span, "") if because.span else "",
        )
