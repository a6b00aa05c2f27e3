"""The subsidiarity dossier of a proposal as one text: clock, cards, arguments, questions, and a first draft of a reasoned opinion.

What the check and the document say is written out with where it is from. What only a parliament can say is a marked gap: whether the
proposal goes with subsidiarity is among it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from attrs import field, frozen

from consistent.findings.said import Finding, Open
from consistent.findings.wording import atom_label
from consistent.model.evidence import Evidence
from consistent.model.proposal import Proposal
from consistent.model.recorded import Quotation
from consistent.model.text import Language, Localized, capitalised, day_text
from consistent.model.titles import short_title
from consistent.reports.dossier import Dossier
from consistent.reports.entries import measure_heading
from consistent.reports.labels import DIMENSION_LABELS
from consistent.reports.notices import TYPED, caveats, identity_outline
from consistent.reports.outline import Block, Item, Paragraph, Section, Span, Spans, dim, plain, spans, strong
from consistent.reports.said_text import source_span
from consistent.scrutiny.arguments import (
    Question,
    argument_kinds,
    by_kind,
    lists,
    question_parts,
    section_on_subsidiarity,
    unconfirmed,
)
from consistent.scrutiny.calendar import Days, Event, events_of, tasks_of
from consistent.scrutiny.cards import Cards, cards_for
from consistent.scrutiny.clock import terms, text_of
from consistent.scrutiny.competence import basis_facts, categories_of
from consistent.sources import source_label

__all__ = ["dossier_outline", "dossier_title"]

# A longer passage is cut between words; a reader finds the rest by its place.
_QUOTED = 400
# Of open rules in one dimension so many are named, of quotations on one question so many are shown.
_OPEN, _ANSWERS = 6, 2
_DIMENSIONS = ("competence", "subsidiarity", "proportionality")

_WORDS = {
    "title": Localized("Subsidiarity dossier: {name}", "Subsidiariteitsdossier: {name}"),
    "gap": Localized("To be filled in", "In te vullen"),
    "about": Localized("What this rests on", "Waarop dit rust"),
    "clock": Localized("Clock", "Termijnen"),
    "no days": Localized("No day is known yet.", "Er is nog geen dag bekend."),
    "cards": Localized("Yellow and orange card", "Gele en oranje kaart"),
    "votes": Localized(
        "The parliaments have {total} votes, two for each Member State; of two chambers each has one.",
        "De parlementen hebben {total} stemmen, twee per lidstaat; bij twee kamers heeft elke kamer er één.",
    ),
    "yellow": Localized(
        "Yellow card: at least {votes} votes, a third. The Commission must review the proposal, and may keep, change or withdraw it, with reasons.",
        "Gele kaart: ten minste {votes} stemmen, een derde. De Commissie moet het voorstel heroverwegen en kan het gemotiveerd handhaven, wijzigen of intrekken.",
    ),
    "yellow-justice": Localized(
        "Yellow card: at least {votes} votes, a quarter, as the basis is one of criminal justice or police (Article 76 TFEU). The proposal must be reviewed, and may be kept, changed or withdrawn, with reasons.",
        "Gele kaart: ten minste {votes} stemmen, een kwart, omdat de grondslag er een is van strafrecht of politie (artikel 76 VWEU). Het voorstel moet worden heroverwogen en kan gemotiveerd worden gehandhaafd, gewijzigd of ingetrokken.",
    ),
    "orange": Localized(
        "Orange card: at least {votes} votes, a simple majority, under the ordinary legislative procedure. If the Commission keeps the proposal, Parliament and Council first consider subsidiarity; 55 % of the members of the Council or a majority of the votes cast in Parliament can end it there.",
        "Oranje kaart: ten minste {votes} stemmen, een gewone meerderheid, bij de gewone wetgevingsprocedure. Handhaaft de Commissie het voorstel, dan bezien Parlement en Raad eerst de subsidiariteit; 55 % van de leden van de Raad of een meerderheid van de uitgebrachte stemmen in het Parlement kan het dan beëindigen.",
    ),
    "no orange": Localized(
        "No orange card: it is for the ordinary legislative procedure only, which was not read in this proposal.",
        "Geen oranje kaart: die is er alleen bij de gewone wetgevingsprocedure, en die is in dit voorstel niet gelezen.",
    ),
    "exclusive": Localized(
        "The legal bases lie in exclusive competence: subsidiarity does not apply, and a reasoned opinion has no object.",
        "De rechtsgrondslagen vallen onder exclusieve bevoegdheid: subsidiariteit is niet van toepassing, en een gemotiveerd advies heeft geen voorwerp.",
    ),
    "not-legislative": Localized(
        "The document is no draft of a legislative act: the protocol gives no reasoned opinion on it. The principle binds the Union all the same.",
        "Het document is geen ontwerp van een wetgevingshandeling: het protocol geeft er geen gemotiveerd advies over. Het beginsel bindt de Unie wel.",
    ),
    "kind-unknown": Localized(
        "Is this a draft of a legislative act? What was read of its kind does not settle it; only on such a draft is there a reasoned opinion.",
        "Is dit een ontwerp van een wetgevingshandeling? Wat over de soort is gelezen, beslist dat niet; alleen over zo'n ontwerp bestaat een gemotiveerd advies.",
    ),
    "competence-unknown": Localized(
        "Does the competence that this proposal uses lie outside exclusive competence? What is known of its legal bases does not settle it.",
        "Valt de bevoegdheid die dit voorstel gebruikt buiten de exclusieve bevoegdheid? Wat over de rechtsgrondslagen bekend is, beslist dat niet.",
    ),
    "court": Localized(
        "After adoption a Member State can, also for its parliament, bring an action on infringement of subsidiarity.",
        "Na vaststelling kan een lidstaat, ook namens zijn parlement, beroep instellen wegens schending van de subsidiariteit.",
    ),
    "argued": Localized("What the Commission argues, by kind", "Wat de Commissie aanvoert, naar soort"),
    "against": Localized("to ask", "te vragen"),
    "nothing argued": Localized(
        "No words on subsidiarity were read in the memorandum. Does it account for subsidiarity elsewhere?",
        "In de toelichting zijn geen woorden over subsidiariteit gelezen. Motiveert zij de subsidiariteit ergens anders?",
    ),
    "found": Localized("What the check found", "Wat de toets heeft gevonden"),
    "nothing found": Localized(
        "No finding on competence, subsidiarity or proportionality. That is no approval.",
        "Geen bevinding over bevoegdheid, subsidiariteit of evenredigheid. Dat is geen goedkeuring.",
    ),
    "open": Localized("open", "open"),
    "more": Localized("and {count} more that are open", "en nog {count} die openstaan"),
    "questions": Localized("Questions", "Vragen"),
    "asked by": Localized("asked by", "gevraagd door"),
    "answer": Localized("Answer?", "Antwoord?"),
    "accounted": Localized("The memorandum accounts for: {what}.", "De toelichting motiveert: {what}."),
    "not accounted": Localized("Not found in the memorandum: {what}.", "Niet gevonden in de toelichting: {what}."),
    "value": Localized("In the proposal: {what}.", "In het voorstel: {what}."),
    "category": Localized("{basis}: {category}.", "{basis}: {category}."),
    "finding": Localized("The check: {what}", "De toets: {what}"),
    "opinion": Localized("Reasoned opinion: first draft", "Gemotiveerd advies: eerste concept"),
    "chamber": Localized("Which chamber gives the opinion, and on which day?", "Welke Kamer geeft het advies, en op welke dag?"),
    "addressed": Localized(
        "To the Presidents of the European Parliament, the Council and the Commission", "Aan de voorzitters van het Europees Parlement, de Raad en de Commissie"
    ),
    "considered": Localized("considered {proposal}{based};", "heeft {proposal}{based} getoetst;"),
    "based": Localized(", based on {articles}", ", gebaseerd op {articles},"),
    "regard": Localized(
        "having regard to Article 5(3) of the Treaty on European Union and to Articles 6 and 7 of Protocol No 2;",
        "gelet op artikel 5, lid 3, van het Verdrag betreffende de Europese Unie en op de artikelen 6 en 7 van Protocol nr. 2;",
    ),
    "says": Localized("The Commission says of subsidiarity:", "De Commissie zegt over de subsidiariteit:"),
    "considers": Localized("The check found, which the chamber can take as its own:", "De toets vond het volgende, dat de Kamer tot het hare kan maken:"),
    "lacking": Localized(
        "The memorandum was not found to account for: {what}. Article 5 of Protocol No 2 asks for a statement by which compliance can be appraised.",
        "In de toelichting is geen motivering gevonden van: {what}. Artikel 5 van Protocol nr. 2 vraagt een motivering waarmee de naleving kan worden beoordeeld.",
    ),
    "necessity": Localized(
        "Why can Member States achieve the aim well enough themselves, or why does the memorandum not show that they cannot?",
        "Waarom kunnen de lidstaten het doel zelf voldoende bereiken, of waarom toont de toelichting niet dat zij dat niet kunnen?",
    ),
    "value added": Localized(
        "Why is the aim not better achieved by the Union, by scale or effects? For which articles, if not for all?",
        "Waarom wordt het doel niet beter door de Unie bereikt, vanwege omvang of gevolgen? Voor welke artikelen, als het niet alle zijn?",
    ),
    "conclusion": Localized(
        "Does the chamber hold that the proposal, or which part of it, does not comply with the principle of subsidiarity?",
        "Oordeelt de Kamer dat het voorstel, of welk deel ervan, niet strookt met het subsidiariteitsbeginsel?",
    ),
    "scope": Localized(
        "The protocol speaks of subsidiarity. Objections on legal basis, proportionality or content go into the opinion only as far as they bear on it; else into the political dialogue.",
        "Het protocol gaat over subsidiariteit. Bezwaren over rechtsgrondslag, evenredigheid of inhoud horen in het advies voor zover zij daarop slaan, en anders in de politieke dialoog.",
    ),
    "none to draft": Localized("There is no reasoned opinion to draft: see above.", "Er is geen gemotiveerd advies op te stellen: zie hierboven."),
    "not confirmed": Localized("What could not be confirmed", "Wat niet kon worden bevestigd"),
    "unconfirmed": Localized("confirmed by nobody", "door niemand bevestigd"),
    "waiting": Localized("To be found out first", "Eerst uit te zoeken"),
}  # fmt: skip


def dossier_title(dossier: Dossier, language: Language) -> str:
    """The heading over a dossier."""
    return _WORDS["title"].get(language).format(name=dossier.proposal.name)


def dossier_outline(dossier: Dossier, language: Language, days: Days | None = None) -> Iterator[Block]:
    """All that stands below the title.

    Args:
        dossier: of a check.
        language: of all words but those of the proposal itself.
        days: those that no document tells.
    """
    yield from _Text(dossier, language, days or Days()).whole()


@frozen
class _Text:
    dossier: Dossier
    language: Language
    days: Days
    day: date = field(init=False)
    cards: Cards = field(init=False)
    said: tuple[Quotation, ...] = field(init=False)

    @day.default
    def _check_day(self) -> date:
        return date.fromisoformat(self.dossier.report.as_of)

    @cards.default
    def _all_cards(self) -> Cards:
        own = next((value for value in self.proposal.date.yes if isinstance(value, date)), None)
        return cards_for(self.proposal, self.dossier.knowledge, own or self.day)

    @property
    def proposal(self) -> Proposal:
        return self.dossier.proposal

    def word(self, name: str, **values: object) -> str:
        return _WORDS[name].get(self.language).format(**values)

    def text(self, text: Localized) -> str:
        return text.get(self.language)

    def gap(self, question: str) -> Paragraph:
        """A place for a person to fill in, with what to answer."""
        return Paragraph((strong(f"[{self.word('gap')}]"), " ", question), "gap")

    def heading(self, name: str, blocks: Iterable[Block]) -> Section:
        return Section(strong(self.word(name)), blocks)

    def whole(self) -> Iterator[Block]:
        yield Section(strong(self.word("about")), self._about(), aside=True)
        yield self.heading("clock", self._clock())
        yield self.heading("cards", self._cards())
        yield self.heading("argued", self._argued())
        yield self.heading("found", self._found())
        yield self.heading("questions", self._questions())
        yield self.heading("opinion", self._opinion())
        yield self.heading("not confirmed", self._unconfirmed())

    def _about(self) -> Iterator[Block]:
        # What is typed at a prompt means nothing in a document that is passed around.
        for caveat in caveats(self.dossier.report, self.language):
            yield Item(capitalised(TYPED.sub("", caveat)))
        for block in identity_outline(self.dossier.report, self.language):
            if isinstance(block, Paragraph):
                yield Item(dim(plain(block.text)))

    # By when.

    def _clock(self) -> Iterator[Block]:
        events = events_of(self.proposal, self.dossier.knowledge, self.days, self.day)
        if not events:
            yield Paragraph(self.word("no days"))
        for event in events:
            below = [Item(self.text(event.note))] if event.note is not None else []
            yield Item(self._dated(event), below)
        waiting = tasks_of(self.proposal, self.dossier.knowledge, self.days, self.day)
        if waiting:
            yield Paragraph(self.word("waiting"), "lead")
            yield from (Item(self.text(task.title)) for task in waiting)

    def _dated(self, event: Event) -> Spans:
        counted = self.text(event.counted)
        aside = "; ".join(filter(None, (counted, "" if event.confirmed else self.word("unconfirmed"))))
        note = Span("", note=spans("; ".join(map(self.text, event.sources)))) if event.sources else ""
        day = strong(day_text(event.day, self.language))
        return spans((day, f": {self.text(event.title)}", dim(f" ({aside})") if aside else "", note))

    # How many votes.

    def _cards(self) -> Iterator[Block]:
        cards = self.cards
        if cards.applies is not True:
            said = self.word(cards.why)
            yield (
                Paragraph((said, *self._cited(["TEU 5(3)", "Protocol No 2 art. 3"])))
                if cards.applies is False
                else self.gap(said)
            )
        if cards.applies is not False:
            yield Paragraph((self.word("votes", total=cards.total), *self._cited(terms()["votes"]["sources"])))
            for card in cards.cards:
                yield Item((self.word(card.name, votes=card.votes), *self._cited(card.sources)))
            if not any(card.name == "orange" for card in cards.cards):
                yield Item((self.word("no orange"), *self._cited(["Protocol No 2 art. 7(3)"])))
            yield Item((self.word("court"), *self._cited(["Protocol No 2 art. 8"])))

    def _cited(self, sources: Iterable[str]) -> Iterator[Span]:
        """Sources of the sentence before, as a footnote."""
        note: list[Span] = []
        for source in dict.fromkeys(sources):
            note += [*([Span("; ")] if note else []), source_span(source, self.language, aside=True)]
        if note:
            yield Span("", note=tuple(note))

    # Which arguments.

    @said.default
    def _subsidiarity(self) -> tuple[Quotation, ...]:
        """What the memorandum says on subsidiarity: of a document all of that section, of TOML what it quotes."""
        recorded = tuple(one for one in self.proposal.quotations if one.about == "subsidiarity")
        section = section_on_subsidiarity(self.dossier.draft.document, recorded) if self.dossier.draft else ()
        return section or recorded

    def _argued(self) -> Iterator[Block]:
        found = by_kind(self.said)
        if not found:
            yield self.gap(self.word("nothing argued"))
        for kind in argument_kinds():
            if kind.id in found:
                below = [Item(self._quoted(one)) for one in found[kind.id]]
                against = Item((dim(f"{self.word('against')}: "), self.text(kind.against)))
                yield Item(strong(self.text(kind.label)), [*below, against])

    def _quoted(self, quotation: Quotation) -> Spans:
        text = quotation.text.lstrip("·•-\u2013\u2014 ")
        cut = text if len(text) <= _QUOTED else f"{text[:_QUOTED].rsplit(' ', 1)[0]} [...]"
        return spans((f"“{cut}” ", dim(f"({self._where(quotation.evidence)})")))

    def _where(self, evidence: Evidence) -> str:
        place = ", ".join(filter(None, (source_label(evidence.document, self.language), evidence.place)))
        return place if evidence.confirmed else f"{place}; {self.word('unconfirmed')}"

    def _findings(self, dimensions: Iterable[str]) -> tuple[Finding, ...]:
        wanted = set(dimensions)
        return tuple(one for one in self.dossier.report.findings if one.dimension in wanted and one.waived is None)

    def _open(self, dimension: str) -> tuple[Open, ...]:
        return tuple(one for one in self.dossier.report.open if one.dimension == dimension)

    def _found(self) -> Iterator[Block]:
        told = False
        for dimension in _DIMENSIONS:
            findings = [one for one in self._findings([dimension]) if one.verdict != "aligned"]
            waiting = dict.fromkeys(self.text(one.title) for one in self._open(dimension))
            if not findings and not waiting:
                continue
            told = True
            below: list[Block] = [Item(self._finding(one)) for one in _once(findings)]
            below += [Item((dim(f"{self.word('open')}: "), title)) for title in list(waiting)[:_OPEN]]
            if len(waiting) > _OPEN:
                below.append(Item(dim(self.word("more", count=len(waiting) - _OPEN))))
            yield Item(strong(capitalised(self.text(DIMENSION_LABELS[dimension]))), below)
        if not told:
            yield Paragraph(self.word("nothing found"))

    def _finding(self, finding: Finding) -> Spans:
        title = next((one.title for one in self.dossier.report.measures if one.id == finding.measure), None)
        where = f" [{plain(measure_heading(finding.measure, title, self.language))}]" if finding.measure else ""
        return spans((self.text(finding.message), dim(where), *self._cited(finding.sources)))

    # Which questions.

    def _questions(self) -> Iterator[Block]:
        names = lists()
        yield from (Paragraph(dim(f"{self.text(each.short)}: {self.text(each.label)}")) for each in names.values())
        for part in question_parts():
            yield Section(
                self.text(part.heading),
                [
                    Item(
                        (
                            self.text(question.text),
                            dim(f" ({', '.join(self.text(names[each].short) for each in question.lists)})"),
                        ),
                        self._answers(question),
                    )
                    for question in part.questions
                ],
            )

    def _answers(self, question: Question) -> Iterator[Block]:
        """What is known of a question, and a place for the answer."""
        yield from self._values(question)
        yield from self._accounts(question)
        yield from (Item(self._quoted(one)) for one in self._quotations(question))
        for finding in _once([one for one in self._findings(question.dimensions) if one.verdict != "aligned"])[
            :_ANSWERS
        ]:
            yield Item(self.word("finding", what=self.text(finding.message)))
        yield self.gap(self.word("answer"))

    def _quotations(self, question: Question) -> Sequence[Quotation]:
        sorted_out = by_kind(self.said)
        by_argument = [one for name in question.arguments for one in sorted_out.get(name, ())]
        by_subject = [one for one in self.proposal.quotations if one.about in question.quotations]
        return list(dict.fromkeys((*by_argument, *by_subject)))[:_ANSWERS]

    def _values(self, question: Question) -> Iterator[Block]:
        knowledge = self.dossier.knowledge
        for name in question.fields:
            if name == "category":
                yield from self._categories()
                continue
            about = knowledge.fields.proposal[name]
            values = sorted(atom_label(atom, about, self.language, knowledge) for atom in self.proposal.value(name).yes)
            if values:
                yield Item(self.word("value", what=", ".join(values)))

    def _categories(self) -> Iterator[Block]:
        vocabulary = self.dossier.knowledge.vocabularies.get("categories")
        for basis, facts in basis_facts(self.proposal, self.dossier.knowledge, self.day):
            terms_ = sorted(categories_of(facts))
            labels = [
                self.text(vocabulary.terms[term].label) if vocabulary is not None and term in vocabulary else term
                for term in terms_
            ]
            if labels:
                said = self.word("category", basis=source_label(basis, self.language), category=", ".join(labels))
                sources = list(dict.fromkeys(chain.from_iterable(fact.sources for fact in facts)))
                yield Item((capitalised(said), *self._cited(sources)))

    def _accounts(self, question: Question) -> Iterator[Block]:
        made, lacking = self._statements(question.statements)
        if made:
            yield Item(self.word("accounted", what=", ".join(made)))
        if lacking:
            yield Item(self.word("not accounted", what=", ".join(lacking)))

    def _statements(self, names: Iterable[str]) -> tuple[list[str], list[str]]:
        """Of what the memorandum must account for, what it does and what was not found there, in words."""
        known = self.dossier.knowledge.vocabularies.get("statements")
        value = self.proposal.statements
        listed = [name for name in names if known is not None and name in known]
        labels = {name: self.text(known.terms[name].label) for name in listed} if known is not None else {}
        yes, no = set(map(str, value.yes)), set(map(str, value.no))
        lacking = [labels[name] for name in listed if name in no or (not value.open and name not in yes)]
        return [labels[name] for name in listed if name in yes], lacking

    # The opinion.

    def _opinion(self) -> Iterator[Block]:
        if self.cards.applies is False:
            yield Paragraph(self.word("none to draft"))
            return
        yield self.gap(self.word("chamber"))
        yield Paragraph(self.word("addressed"))
        yield Paragraph(self.word("considered", proposal=self._named(), based=self._based()))
        yield Paragraph(self.word("regard"))
        quotations = self.said[:_ANSWERS]
        if quotations:
            yield Paragraph(self.word("says"), "lead")
            yield from (Item(self._quoted(one)) for one in quotations)
        _, lacking = self._statements(("subsidiarity", "impact-assessment", "consultation"))
        if lacking:
            yield Paragraph((self.word("lacking", what=", ".join(lacking)), *self._cited(["Protocol No 2 art. 5"])))
        grave = _once([one for one in self._findings(_DIMENSIONS) if one.verdict in {"conflict", "condition"}])
        if grave:
            yield Paragraph(self.word("considers"), "lead")
            yield from (Item(self._finding(one)) for one in grave)
        yield from map(self.gap, (self.word("necessity"), self.word("value added"), self.word("conclusion")))
        yield Paragraph((self.word("scope"), *self._cited(["Protocol No 2 art. 6"])))

    def _named(self) -> str:
        title = self.proposal.title
        short = f" ({short_title(self.text(title))})" if title is not None else ""
        return f"{source_label(self.proposal.name, self.language)}{short}"

    def _based(self) -> str:
        articles = [
            source_label(str(basis), self.language) for basis in sorted(map(str, self.proposal.legal_basis.yes))
        ]
        return self.word("based", articles=", ".join(articles)) if articles else ""

    def _unconfirmed(self) -> Iterator[Block]:
        known = terms()
        texts = [unconfirmed(), *(text_of(row, "unconfirmed") for row in known["recess"])]
        texts += [
            text_of(known["agenda"], "unconfirmed"),
            text_of(known["fiche"], "unconfirmed"),
            text_of(known["fiche"], "reserve"),
        ]
        yield from (Item(self.text(text)) for text in texts if text is not None)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without those that say the same words of another measure."""
    return list({one.message.en: one for one in reversed(list(findings))}.values())[::-1]
