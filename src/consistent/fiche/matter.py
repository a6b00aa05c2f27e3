"""What a fiche is made from: a dossier, the language, the days that were given; and how facts of these become sentences."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import Factory, field, frozen

from consistent.documents.places import place_in
from consistent.fiche._words import words
from consistent.fiche.content import Block, Gap, Listing, Source, Statement
from consistent.findings.said import Because, Said
from consistent.findings.wording import atom_label
from consistent.model.evidence import Evidence
from consistent.model.proposal import Measure, Proposal
from consistent.model.recorded import Recorded
from consistent.model.text import Language, Localized, day_text
from consistent.model.titles import short_title
from consistent.model.values import Atom
from consistent.reports.dossier import Dossier
from consistent.reports.labels import noted
from consistent.sources import parse_source, source_label

__all__ = ["Given", "Matter", "budget", "confirmed", "has_heading_only"]


@frozen(kw_only=True)
class Given:
    """Days that no document tells.

    Attributes:
        transmitted: when the draft was transmitted to national parliaments in all official languages.
        received: when the document was received.
        letter: the date of the letter by which the government appraises a white paper.
        since: from which the term of a form counts that counts from nothing else: a request, a deposit.
    """

    transmitted: date | None = None
    received: date | None = None
    letter: date | None = None
    since: date | None = None


@frozen(eq=False)
class Matter:
    """A dossier in one language.

    Attributes:
        dossier: of the check.
        language: in which it is told.
        given: days that no document tells.
        numbers: of measures by id, under which a place of the form lists them, so that others need not name them again; empty where none
            does.
        day: of the check.
    """

    dossier: Dossier
    language: Language
    given: Given = Given()
    numbers: Mapping[str, int] = Factory(dict)
    day: date = field(init=False, default=Factory(lambda self: date.fromisoformat(self.dossier.report.as_of), True))

    @property
    def proposal(self) -> Proposal:
        """That is appraised."""
        return self.dossier.proposal

    @property
    def name(self) -> str:
        """The document by its number, else by its file."""
        numbers = self.labels("reference") or self.labels("celex")
        return numbers[0] if numbers else self.file

    @property
    def file(self) -> str:
        """The file that the proposal was read from: the document, also where a draft of it lies between."""
        drafted = (piece.document for _, piece in self.proposal.evidence if piece.span is not None and piece.document)
        return next(drafted, Path(self.proposal.path).name or self.proposal.name)

    def text(self, text: Localized) -> str:
        """A text in the language of the fiche."""
        return text.get(self.language)

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of `words.toml` with its values filled in."""
        return self.text(words("sentences")[key]).format(**values)

    def gap(self, key: str, /, **values: object) -> Gap:
        """A question of `words.toml`."""
        return Gap(self.text(words("questions")[key]).format(**values))

    def on(self, day: date) -> str:
        """A day in words: `5 maart 2024`."""
        return day_text(day, self.language)

    def listed(self, items: Iterable[str], *, between: str = "and") -> str:
        """Items in a sentence: `a, b en c`."""
        found = list(dict.fromkeys(items))
        if len(found) < 2:  # noqa: PLR2004  one needs no word between
            return "".join(found)
        return f"{', '.join(found[:-1])} {self.text(words('sentences')[between])} {found[-1]}"

    @property
    def check(self) -> Source:
        """The check itself, for what follows from all of it."""
        report = self.dossier.report
        return Source(self.say("check", pack=report.pack, day=self.on(self.day)))

    def sources(self, texts: Iterable[str]) -> tuple[Source, ...]:
        """Sources in their canonical spelling, as readers cite them, each once."""
        return tuple(map(self._source, dict.fromkeys(texts)))

    def _source(self, text: str) -> Source:
        source, label = parse_source(text), source_label(text, self.language)
        # Of an article of the treaties the place comes first.
        document = label.removesuffix(source.place).rstrip() if source and label.endswith(source.place) else ""
        return Source(
            label, (source.url(self.language) if source else None) or "", document if document != label else ""
        )

    def rule(self, name: str) -> Source:
        """A rule, by the id by which it is found."""
        return Source(self.say("rule", rule=name))

    def behind(self, said: Said) -> tuple[Source, ...]:
        """What a finding rests on: its sources, and the rule."""
        return (*self.sources(said.sources), self.rule(said.rule))

    def passage(self, name: str, measure: Measure | None = None, atoms: Collection[Atom] = ()) -> Source:
        """Where a value of the proposal was read, and how, as where only a secondary source was at hand.

        Where nothing says so, the file that it is given in.
        """
        owner = measure or self.proposal
        evidence = owner.evidence_for(name, atoms)
        if evidence is None or not evidence.document:
            return Source(self.say("stated in", file=self.file))
        return self._read_in(evidence)

    def _read_in(self, evidence: Evidence) -> Source:
        """The passage that evidence names."""
        document, place = source_label(evidence.document, self.language), place_in(evidence.place, self.language)
        label = ", ".join(filter(None, (document, place)))
        return Source(label, document=document if place else "", note=noted(evidence, self.language))

    def stated(
        self,
        text: str,
        name: str,
        measure: Measure | None = None,
        atoms: Collection[Atom] = (),
        *,
        more: Sequence[Source] = (),
    ) -> Statement:
        """A sentence on a value of the proposal, with where that was read."""
        return Statement(
            text=text,
            sources=(self.passage(name, measure, atoms), *more),
            confirmed=self.is_confirmed(name, measure, atoms),
        )

    def recorded(self, text: str, recorded: Recorded) -> Statement:
        """A sentence on what is recorded of a provision, with where that was read."""
        evidence = recorded.evidence
        return Statement(text=text, sources=(self._read_in(evidence),), confirmed=evidence.confirmed)

    def is_confirmed(self, name: str, measure: Measure | None = None, atoms: Collection[Atom] = ()) -> bool:
        """Whether a person stands for a value of the proposal."""
        evidence = (measure or self.proposal).evidence_for(name, atoms)
        return evidence is None or evidence.confirmed

    def labels(self, name: str, measure: Measure | None = None) -> list[str]:
        """The known values of a field in words, in order."""
        value = (measure or self.proposal).value(name)
        return sorted(self.label(name, atom, measure) for atom in value.yes)

    def label(self, name: str, atom: Atom, measure: Measure | None = None) -> str:
        """One value of a field in words."""
        about = self.dossier.knowledge.fields.of(measure)[name]
        return (
            self.on(atom) if isinstance(atom, date) else atom_label(atom, about, self.language, self.dossier.knowledge)
        )

    def actor(self, term: str) -> str:
        """Who acts or is addressed, as a sentence names it."""
        known = words("actors")
        return self.text(known[term]) if term in known else self.term("actors", term)

    def term(self, vocabulary: str, term: str) -> str:
        """A term by its label; the term itself where the pack has none such."""
        known = self.dossier.knowledge.vocabularies.get(vocabulary)
        return self.text(known.terms[term].label) if known is not None and term in known else term

    def within(self, vocabulary: str, terms: Iterable[str]) -> frozenset[str]:
        """Terms with what is narrower, of those that the pack has."""
        known = self.dossier.knowledge.vocabularies.get(vocabulary)
        return frozenset() if known is None else known.narrower([term for term in terms if term in known])

    def above(self, vocabulary: str, term: str) -> frozenset[str]:
        """The terms that are broader than a term; none where the pack has none such."""
        known = self.dossier.knowledge.vocabularies.get(vocabulary)
        return frozenset(known.broader(term)) if known is not None and term in known else frozenset()

    def document(self, measures: Iterable[Measure]) -> Source:
        """The document that measures were read in, for a sentence that names their articles itself."""
        for measure in measures:
            evidence = measure.evidence_for("reference")
            if evidence is not None and evidence.document:
                return Source(source_label(evidence.document, self.language))
        return Source(self.say("stated in", file=self.file))

    def measure(self, name: str | None) -> Measure | None:
        """The measure with an id."""
        return next((measure for measure in self.proposal.measures if measure.id == name), None)

    def place(self, measure: Measure) -> str:
        """Where a measure stands, in the language of the fiche; empty where nobody knows."""
        return place_in("".join(map(str, measure.reference.yes)), self.language)

    def name_of(self, measure: Measure) -> str:
        """A measure by its title and where it stands; by its place alone where it has no title but the heading of its article."""
        place = self.place(measure)
        if has_heading_only(measure) and place:
            return place[:1].upper() + place[1:]
        title = self.text(measure.title) if measure.title else measure.id
        return f"{title} ({place})" if place and place not in title else title

    def told(self, text: str, measures: Iterable[str | None] = ()) -> str:
        """A sentence of the check, with the proposal as 'the proposal', and measures without a title of their own by their place.

        Args:
            text: that names them by their titles in quotation marks.
            measures: the ids of those that it names.
        """
        if self.proposal.title:
            whole = f"'{short_title(self.text(self.proposal.title))}'"
            text = text.replace(f"{whole} (", f"{self.say('the proposal')} (").replace(whole, self.say("the proposal"))
        for name in measures:
            measure = self.measure(name)
            if measure is not None and has_heading_only(measure) and self.place(measure):
                called = f"'{self.text(measure.title)}'" if measure.title else measure.id
                text = self._placed(text, called, self.place(measure))
        return text

    def _placed(self, text: str, called: str, place: str) -> str:
        """A sentence with a place where it had a name; in Dutch a comma ends a place that has one in it."""
        before, found, after = text.partition(called)
        ends = "," if self.language == "nl" and "," in place and re.match(r" \w", after) else ""
        return f"{before}{place}{ends}{after}" if found else text


def has_heading_only(measure: Measure) -> bool:
    """Whether a measure has no title that a person gave it: none, or in a draft the heading of its article."""
    read = measure.evidence_for("reference")
    drafted = read is not None and read.span is not None
    return measure.title is None or (drafted and measure.title.en == measure.title.nl)


def confirmed(because: Iterable[Because]) -> bool:
    """Whether a person stands for every value that a finding rests on."""
    return all(reason.confirmed for reason in because)


# Section 5 of the fiche: what the proposal costs, as far as it says so.


def budget(matter: Matter) -> Iterator[Block]:
    """The amount of the whole, and the amounts of measures."""
    value = matter.proposal.budget
    for amount in value.yes:
        label = matter.label("budget", amount)
        yield matter.stated(matter.say("budget", amount=label) if amount else matter.say("no cost"), "budget")
    if not value.yes and not any(
        quotation.about in {"amount", "budget", "expenditure"} for quotation in matter.proposal.quotations
    ):
        yield matter.gap("budget")
    items = tuple(
        matter.stated(f"{matter.name_of(measure)}: {label}.", "amount", measure)
        for measure in matter.proposal.measures
        for label in matter.labels("amount", measure)
    )
    if items:
        yield Listing(lead=matter.say("amounts"), items=items)
