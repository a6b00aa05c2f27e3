"""From the provisions of a document to candidate measures: what each does, who acts, on whom, how binding.

Nothing is given without the words that say it. What the text does not say stays unknown: no value is ever closed, but for the
one value of how binding a measure is.

A paragraph is one measure, so that no two values meet that the text keeps apart; paragraphs that stand next to each other and of
which the same was read make one. A document of policy has no articles: there each paragraph that says what will or should be
done is one.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from attrs import define, evolve, field, frozen

from consistent.documents.document import Document, Part, Span
from consistent.documents.header.header import read_header
from consistent.documents.header.kinds import NOT_THE_COMMISSIONS
from consistent.documents.provisions.provisions import Provision, provisions_of
from consistent.documents.provisions.sentences import Norm
from consistent.documents.words.provision_words import ProvisionWords, words_of
from consistent.drafting._policy import PolicyReader
from consistent.drafting.candidate_measure import CandidateMeasure, listed, slug, surest, unique
from consistent.drafting.combined import combined_hints
from consistent.drafting.crossings import Crossings
from consistent.drafting.cues.cue import Cues, Sayings, Sort
from consistent.drafting.cues.matches import Matcher
from consistent.drafting.cues.passages import CuedValue, Passage
from consistent.drafting.force import FORCE, Force
from consistent.drafting.lexicon.lexicon import SUREST_HINT, Lexicon, Reader, shipped_lexicon
from consistent.drafting.roles import BOUND, LAYS_DOWN, Roles
from consistent.locking import cached_property
from consistent.model.proposal import Description, fields_in
from consistent.model.vocabulary import Vocabularies

__all__ = ["Unit", "candidates_of", "sort_of"]


@define
class Unit:
    """A paragraph, or an article without any: what is grouped into measures.

    Attributes:
        word: what Dutch calls what is numbered: an amending article has points where others have paragraphs.
    """

    number: str
    word: str = "lid"
    passages: list[Passage] = field(factory=list)

    @property
    def span(self) -> Span:
        """From the first to the last of its sentences, with the sentence that leads up to a list."""
        spans = [passage.span for passage in self.passages]
        spans += [passage.chapeau for passage in self.passages if passage.chapeau is not None]
        return Span(min(span.start for span in spans), max(span.end for span in spans))


@define
class _Read:
    """A paragraph with what its own words say."""

    unit: Unit
    values: list[CuedValue]
    hints: list[CuedValue]

    def signature(self) -> frozenset[tuple[str, str]]:
        """What was read, by field and term: what makes two measures of one article."""
        return frozenset((value.field, value.term) for value in self.values)


DESCRIPTIVE: tuple[Description, ...] = ("subject-matter", "definitions", "committee", "delegation", "review", "final")

# What is said of the whole act, or of the chapter or article that a provision stands in, holds for its measures less surely.
_FROM_TITLE, _FROM_HEADING, _FROM_CHAPTER, _FROM_ACT, _FROM_ARTICLE = 85, 95, 90, 90, 95
# In percent: where the measure itself speaks of something else, the areas of the title hold for it less surely.
_BESIDE_OTHER_AREAS = 80
# In percent: how often a paragraph that names nobody is for whom the one before it addresses.
_FROM_PARAGRAPH = 88
# What the force of a sentence in a document of policy does by itself.
_FORCE_ALONE = frozenset({"recommendation"})
# Whom a ban binds that names nobody.
_EVERYBODY = ("firms", "persons")
_MAKERS = "firms"
# Who acts in a role of which nobody knows more: most are firms. In percent: how often they are.
_IN_A_ROLE, _BY_FORM = "firms", 75
# In percent: how often who is named in a provision is addressed by it.
_NAMED = 85
# What stands among the words of a provision and is none of them.
_ASIDE = frozenset({"note", "running"})
_DIVISIONS = ("part", "title", "chapter", "section")
# A chapter on two subjects does not say which of its articles are about which.
_SUBJECTS = re.compile(r",|\b(?:and|en)\b", re.IGNORECASE)


def sort_of(document: Document, cues: Cues) -> Sort | None:
    """What a document is, as far as how binding it can be goes: by its articles, and by the words of adoption.

    Returns:
        None for a text about a proposal, as an appraisal, an opinion, a question: what it says will or should be done is
        judged there, and not laid down.
    """
    sayings = cues.sayings.get(document.language)
    formulas = document.named("enacting-formula") or document.named("preamble")
    if sayings is not None and any(sayings.recommends.search(document.of(formula.span)) for formula in formulas):
        return "recommendation"
    if document.named("enacting-terms"):
        return "act"
    return None if read_header(document).kind.value in NOT_THE_COMMISSIONS else "policy"


def candidates_of(
    document: Document,
    cues: Cues,
    vocabularies: Vocabularies,
    *,
    sort: Sort | None = None,
    provisions: Sequence[Provision] | None = None,
    lexicon: Lexicon | None = None,
    title: Span | None = None,
) -> tuple[CandidateMeasure, ...]:
    """The candidate measures of a document, in the order of its text.

    Args:
        document: as read; none where there are no cues in its language, and for a text about a proposal.
        cues: what to look for.
        vocabularies: of the pack, for which terms are narrower than others.
        sort: of document, where the caller knows better than its structure tells.
        provisions: of the document, where the caller has them already.
        lexicon: the words of areas and effects; the shipped one unless given.
        title: of the act on its cover, which tells what it is about where the title stands nowhere else, as in a plain text.
    """
    words = words_of(document.language)
    if words is None or document.language not in cues.languages:
        return ()
    actors = vocabularies["actors"]
    roles = Roles(actors.narrower(["union"]), actors.narrower(["member-states"]))
    sort = sort or sort_of(document, cues)
    if sort is None:
        return ()
    sayings = cues.sayings[document.language]
    known = (lexicon or shipped_lexicon()).with_synonyms(vocabularies)
    aside = [
        Span(start, start + len(block.line))
        for start, block in zip(document.starts, document.content.blocks, strict=True)
        if block.role in _ASIDE
    ]
    reader = known.reader(document.text, document.language, aside)
    drafter = _Drafter(
        document,
        Matcher(cues, document.language, sort).narrowed(document.text),
        sayings,
        words,
        roles,
        reader,
        vocabularies,
        sort,
        title,
        Force(document=document, sort=sort, words=words, sayings=sayings, union=roles.union),
    )
    if sort == "policy" or not document.named("article"):
        return tuple(unique(drafter.of_policy()))
    return tuple(unique(drafter.of_act(provisions_of(document) if provisions is None else provisions)))


@frozen(eq=False)
class _Drafter:
    """Drafts the measures of one document."""

    document: Document
    matcher: Matcher
    sayings: Sayings
    words: ProvisionWords
    roles: Roles
    reader: Reader
    vocabularies: Vocabularies
    sort: Sort
    title: Span | None
    force: Force

    def of_act(self, provisions: Iterable[Provision]) -> Iterator[CandidateMeasure]:
        """The measures of the articles."""
        units = self._units(provisions)
        act = self._of_itself(units)
        everywhere = [*self._title(), *act]
        legislator = self._formula()
        for part, divisions in self._articles():
            if part.span not in units:
                continue
            describes = self._describes(part)
            # What the act is about is not what its definitions, committee and last articles are about.
            inherits = describes in {None, "subject-matter", "review"}
            headings = self._headings(part, divisions) if inherits else []
            above = list(self._chapters(divisions)) if inherits else []
            article = self._of_article(units[part.span])
            addressed: list[CuedValue] = []
            for group in self._grouped(units[part.span], legislator, whole=not inherits):
                values = [value for read in group for value in read.values]
                own = [value for value in values if value.field == "addressees"]
                addressed = own or addressed
                if not own and self._goes_on(group):
                    values += [value.passed_on(_FROM_PARAGRAPH) for value in addressed]
                about = {value.term for value in (*values, *headings) if value.field == "areas"}
                handed_down = [
                    self._less_sure(value, about) for value in self._beside(values, everywhere if inherits else act)
                ] + article
                first, last = group[0].unit.passages[0].span, group[-1].unit.passages[-1].span
                yield self._candidate(
                    part, group, [*values, *headings, *handed_down], Span(min(first.start, last.start), last.end),
                    whole=len(group) == len(units[part.span]), describes=describes, above=above,
                )  # fmt: skip

    def of_policy(self) -> Iterator[CandidateMeasure]:
        """The measures of a document of policy: its sentences that say what is, will or should be done."""
        title = self._title()
        seen: dict[str, int] = {}
        headed = self.document.named("heading")
        reader = PolicyReader(self.document, self.words, self.roles.union)
        for passage in reader.passages():
            span = passage.sentence
            values = list(self._of_sentence(reader, passage))
            does = {value.term for value in values if value.field == "effects"}
            if not does and not any(value.field == "bindingness" for value in values):
                continue
            # What only leads up to a list is told by its points.
            if self.document.text[span.end - 1] == ":" and does <= _FORCE_ALONE:
                continue
            mentioned = list(self._mentioned(span))
            values += [value for value in mentioned if value.confidence >= SUREST_HINT]
            section = next((part for part in reversed(headed) if part.span.start <= span.start < part.span.end), None)
            key = section.number if section is not None and section.number else "0"
            seen[key] = seen.get(key, 0) + 1
            heading, action = ("paragraaf", "actie") if self.document.language == "nl" else ("section", "action")
            under = f"{heading} {key}, " if key != "0" else ""
            yield CandidateMeasure(
                id=f"section-{slug(key)}-{seen[key]}" if key != "0" else f"action-{seen[key]}",
                reference=f"{under}{action} {seen[key]}",
                title=section.heading if section is not None else "",
                span=span,
                values=surest([*values, *self._beside(values, title)], fields_in(self.vocabularies)),
                hints=tuple(value for value in mentioned if value.confidence < SUREST_HINT),
            )

    def _of_sentence(self, reader: PolicyReader, passage: Passage) -> Iterator[CuedValue]:
        """What a sentence of a document of policy says."""
        text = self.document.text
        # Who calls on others is not called on, though the words stand side by side: `roept de Commissie de lidstaten op`.
        calling = {party.name for party in passage.norm.subjects} if passage.norm.modality == "calls" else set()
        for value in self.matcher.in_passage(text, passage, self.matcher.live(text, passage.span)):
            if value.field != "addressees" or value.term not in calling:
                yield value
        parties = [
            CuedValue(field=name, term=party.name, span=party.span, cue=party.cue, confidence=_NAMED)
            for name, party in reader.parties(passage)
        ]
        yield from parties
        yield from self._together(parties)
        term = reader.bindingness(passage.norm)
        if term and passage.norm.cue is not None:
            yield CuedValue(field="bindingness", term=term, span=passage.norm.cue, cue="force", confidence=FORCE)

    def _units(self, provisions: Iterable[Provision]) -> dict[Span, list[Unit]]:
        """The provisions of each article by paragraph, in order; annexes lay down what the articles refer to."""
        articles: dict[str, list[Part]] = {}
        for part, _ in self._articles():
            articles.setdefault(part.number, []).append(part)
        by_article: dict[Span, list[Unit]] = {}
        for provision in provisions:
            home = next(
                (part for part in articles.get(provision.place.article, ()) if provision.span in part.span), None
            )
            if home is None or provision.place.annex:
                continue
            number, word = provision.place.paragraph, "lid"
            if not number and provision.amended is not None:
                number, word = provision.place.point, "punt"
            units = by_article.setdefault(home.span, [])
            if not units or units[-1].number != number:
                units.append(Unit(number, word))
            units[-1].passages.append(Passage(norm=provision.norm, sentence=provision.span, chapeau=provision.chapeau))
        return by_article

    def _articles(self) -> Iterator[tuple[Part, tuple[Part, ...]]]:
        """The articles of the act, with the divisions that each stands in."""

        def below(parts: tuple[Part, ...], around: tuple[Part, ...]) -> Iterator[tuple[Part, tuple[Part, ...]]]:
            for part in parts:
                if part.kind == "article":
                    yield part, around
                elif part.kind not in {"annex", "quoted", "memorandum"}:
                    yield from below(part.parts, (*around, part) if part.kind in _DIVISIONS else around)

        yield from below(self.document.parts, ())

    def _grouped(self, units: Iterable[Unit], legislator: Sequence[CuedValue], *, whole: bool) -> list[list[_Read]]:
        """The paragraphs of an article that make one measure each: those next to each other of which the same was read.

        Args:
            units: the paragraphs.
            legislator: who adopts the act.
            whole: whether the article is one measure, whatever was read.
        """
        groups: list[list[_Read]] = []
        for unit in units:
            read = _Read(unit, list(self._in([unit], legislator)), [])
            for value in self._mentioned(unit.span):
                (read.values if value.confidence >= SUREST_HINT else read.hints).append(value)
            if groups and (whole or groups[-1][0].signature() == read.signature()):
                groups[-1].append(read)
            else:
                groups.append([read])
        return groups

    def _mentioned(self, span: Span, percent: int = 100) -> Iterator[CuedValue]:
        """What the words of a stretch speak of, by the lexicon; what is too unsure for a value has less than `SUREST_HINT`."""
        for mention in self.reader.mentions(span):
            if mention.term not in self.vocabularies[fields_in(self.vocabularies).measure[mention.field].vocabulary]:
                continue
            value = CuedValue(
                field=mention.field,
                term=mention.term,
                span=mention.span,
                cue=f"lexicon/{mention.field}/{mention.term}{'/hint' if mention.perhaps else ''}",
                confidence=min(mention.confidence, SUREST_HINT - 1) if mention.hint else mention.confidence,
            )
            yield value if percent == 100 else value.passed_on(percent)  # noqa: PLR2004  the whole of it

    def _in(self, group: Iterable[Unit], legislator: Sequence[CuedValue]) -> Iterator[CuedValue]:
        """What the sentences of a group say."""
        text = self.document.text
        for unit in group:
            live = self.matcher.live(text, Span(unit.passages[0].span.start, unit.passages[-1].span.end))
            values: list[CuedValue] = []
            for passage in unit.passages:
                values += self.matcher.in_passage(text, passage, live)
                values += [
                    CuedValue(field=name, term=party.name, span=party.span, cue=party.cue, confidence=92)
                    for name, party in self.roles.of(passage.norm)
                ]
                values += self._bound_aside(passage)
            if not any(value.field == "bindingness" for value in values):
                values += self.force.of(unit.passages, values)
            values += self._named(unit)
            yield from values
            yield from self._together(values)
            # Where no public body acts, the legislator does.
            if not any(value.field == "actors" for value in values):
                yield from legislator

    def _bound_aside(self, passage: Passage) -> Iterator[CuedValue]:
        """Who must do something by a clause about the name before it: `recommendations to the Member States, which shall implement them`."""
        if self.sort != "act" or passage.norm.modality not in LAYS_DOWN:
            return
        for said in self.words.patterns["bound-aside"].finditer(
            self.document.text, passage.span.start, passage.span.end
        ):
            before = Span(passage.span.start, said.start())
            named = [
                each for each in self.words.names.within(self.document.text, before) if each.span.end == before.end
            ]
            for party in named[-1:]:
                clause = Span(party.span.start, said.end())
                yield CuedValue(field="effects", term="obligation", span=clause, cue="aside", confidence=_NAMED)
                yield CuedValue(field="bindingness", term="binding", span=clause, cue="aside", confidence=FORCE + 1)
                yield CuedValue(field="addressees", term=party.name, span=party.span, cue=party.cue, confidence=92)
                if party.name in self.roles.union or party.name in self.roles.states:
                    yield CuedValue(field="actors", term=party.name, span=party.span, cue=party.cue, confidence=92)

    def _named(self, unit: Unit) -> Iterator[CuedValue]:
        """Whom a provision names, of those that are addressed wherever they stand."""
        anywhere = {cue.id: cue.anywhere for cue in self.matcher.cues.of["actors"] if cue.anywhere}
        for passage in unit.passages:
            norm = passage.norm
            if norm.modality == "definition":
                continue
            taken = {"always"} if (norm.subjects and not norm.passive) or norm.agents else {"always", "no-subject"}
            if norm.cue is not None and self.words.patterns["everybody"].match(
                self.document.text, passage.span.start, passage.span.end
            ):
                # What is forbidden to nobody in particular is forbidden to all.
                for term in _EVERYBODY:
                    yield CuedValue(field="addressees", term=term, span=norm.cue, cue="everybody", confidence=_NAMED)
            if norm.cue is not None and self._is_requirement(norm):
                yield CuedValue(field="addressees", term=_MAKERS, span=norm.cue, cue="requirement", confidence=_NAMED)
            elif norm.cue is not None and self._is_role(norm):
                yield CuedValue(field="addressees", term=_IN_A_ROLE, span=norm.cue, cue="role", confidence=_BY_FORM)
            for party in self.words.names.within(self.document.text, passage.span):
                if anywhere.get(party.cue) in taken and not self._is_of_a_name(party.span):
                    yield CuedValue(
                        field="addressees", term=party.name, span=party.span, cue=party.cue, confidence=_NAMED
                    )

    def _is_of_a_name(self, span: Span) -> bool:
        """Whether words are the beginning of another name: `Critical Entities Resilience Group`."""
        text = self.document.text
        return text[span.start].isupper() and text[span.end : span.end + 1] == " " and text[span.end + 1].isupper()

    def _is_requirement(self, norm: Norm) -> bool:
        """Whether a sentence requires something of a thing, and so of whoever makes or sells it."""
        if (
            self.sort != "act"
            or norm.subject is None
            or norm.subjects
            or norm.modality not in {"shall", "shall-not", "may-only"}
        ):
            return False
        return (
            self.words.patterns["things"].search(self.document.text, norm.subject.start, norm.subject.end) is not None
        )

    def _is_role(self, norm: Norm) -> bool:
        """Whether who must or may do something is told by the form of the noun alone: `the taxidermist shall keep`."""
        if norm.subject is None or norm.subjects or norm.passive or norm.modality not in BOUND | {"may"}:
            return False
        start, end = norm.subject.start, norm.subject.end
        return self.words.patterns["role"].match(self.document.text, start, end) is not None

    def _together(self, values: Iterable[CuedValue]) -> Iterator[CuedValue]:
        """Whom the names that were read stand for as well."""
        together = {cue.id: cue.together for cue in self.matcher.cues.of["actors"] if cue.together}
        for value in values:
            if value.field in {"actors", "addressees"}:
                yield from (evolve(value, term=term) for term in together.get(value.cue, ()))

    def _goes_on(self, group: Iterable[_Read]) -> bool:
        """Whether paragraphs that name nobody lay something down: for whom the paragraph before them does.

        `2. The form shall be in writing.` is for whoever has to draw it up by paragraph 1.
        """
        passages = [passage for read in group for passage in read.unit.passages]
        return any(passage.norm.modality in BOUND | {"may"} for passage in passages) and not any(
            self.force.is_power(passage) for passage in passages
        )

    def _beside(self, own: Sequence[CuedValue], inherited: Sequence[CuedValue]) -> list[CuedValue]:
        """Those that the act hands down to a measure with these values of its own."""
        beside = {cue.id: cue.beside for cue in self.matcher.cues.cues if cue.beside}
        return [
            value
            for value in inherited
            if value.cue not in beside
            or any(other.field == value.field and other.term in beside[value.cue] for other in own)
        ]

    def _of_itself(self, units: dict[Span, list[Unit]]) -> list[CuedValue]:
        """What the act says of itself and that holds for all that it does."""
        whole = {cue.id for cue in self.matcher.cues.cues if cue.whole}
        text, values = self.document.text, []
        for sentence in (passage for some in units.values() for unit in some for passage in unit.passages):
            head = sentence.chapeau or sentence.span
            if self.sayings.itself.match(text, head.start, head.end):
                live = [cue for cue in self.matcher.live(text, sentence.span) if cue.id in whole]
                values += [
                    value.passed_on(_FROM_ACT)
                    for value in self.matcher.in_passage(text, sentence, live)
                    if value.cue in whole
                ]
        return values

    def _of_article(self, units: Iterable[Unit]) -> list[CuedValue]:
        """The safeguards that an article states of itself: they hold for each of its paragraphs."""
        text = self.document.text
        return [
            value.passed_on(_FROM_ARTICLE)
            for unit in units
            for passage in unit.passages
            if self.sayings.this_article.match(text, (passage.chapeau or passage.span).start)
            for value in self.matcher.in_passage(text, passage, self.matcher.live(text, passage.sentence))
            if value.field == "safeguards"
        ]

    def _title(self) -> list[CuedValue]:
        """What the title of the act or document gives."""
        parts = self.document.named("title-of-act")
        spans = [part.span for part in parts] or [
            Span(start, start + len(block.line))
            for start, block in zip(self.document.starts, self.document.content.blocks, strict=True)
            if block.role == "title"
        ]
        if not spans and self.title is not None:
            spans = [self.title]
        cued = [
            value.passed_on(_FROM_TITLE)
            for span in spans[:2]
            for value in self.matcher.in_heading(self.document.text, span, "title", "heading")
        ]
        return cued + [value for span in spans[:2] for value in self._of_heading(span, _FROM_TITLE)]

    def _of_heading(self, span: Span, percent: int) -> Iterator[CuedValue]:
        """The areas that a heading or title speaks of; what it says is done is said of nothing yet."""
        for value in self._mentioned(span, percent):
            if value.field == "areas" and value.confidence >= SUREST_HINT:
                yield value

    def _formula(self) -> list[CuedValue]:
        """Who adopts the act."""
        values = []
        for part in (part for kind in ("preamble", "title-of-act", "cover") for part in self.document.named(kind)):
            head = Span(part.span.start, min(part.span.end, part.span.start + 400))
            values += list(self.matcher.in_heading(self.document.text, head, "formula"))
        return [value.passed_on(100) for value in values[:1]]

    def _headings(self, part: Part, divisions: Sequence[Part]) -> list[CuedValue]:
        """What the headings of an article and of its chapter give."""
        values = []
        for headed, percent in ((part, 100), *((division, _FROM_CHAPTER) for division in divisions)):
            span = self._heading(headed)
            if span is not None:
                hits = self.matcher.in_heading(self.document.text, span, "heading")
                values += list(hits) if headed is part else [hit.passed_on(percent) for hit in hits]
                if headed is part:
                    values += self._of_heading(span, _FROM_HEADING)
        return values

    def _chapters(self, divisions: Sequence[Part]) -> Iterator[CuedValue]:
        """The areas that headings above an article speak of: a chapter has articles on other things too, so these are hints."""
        for division in divisions:
            span = self._heading(division)
            if span is not None and not _SUBJECTS.search(division.heading):
                for value in self._of_heading(span, _FROM_CHAPTER):
                    yield evolve(value, confidence=min(value.confidence, SUREST_HINT - 1))

    def _less_sure(self, value: CuedValue, about: Collection[str]) -> CuedValue:
        """A value that the act hands down: an area less surely to a measure that speaks of others."""
        if value.field != "areas" or not about or value.term in about:
            return value
        return evolve(value, confidence=max(SUREST_HINT, value.confidence * _BESIDE_OTHER_AREAS // 100))

    def _describes(self, part: Part) -> Description | None:
        """What an article is that describes, by its heading; None for one that lays something down."""
        heading = " ".join(part.heading.split()).rstrip(".")
        return next(
            (kind for kind in DESCRIPTIVE if self.words.patterns[f"descriptive.{kind}"].fullmatch(heading)), None
        )

    def _heading(self, part: Part) -> Span | None:
        """Where in the text the heading of a part stands."""
        if not part.heading:
            return None
        pattern = r"\s+".join(map(re.escape, part.heading.split()))
        hit = re.compile(pattern).search(self.document.text, part.span.start, part.span.start + len(part.heading) + 300)
        return Span(*hit.span()) if hit else None

    def _candidate(
        self,
        part: Part,
        group: Sequence[_Read],
        values: Collection[CuedValue],
        span: Span,
        *,
        whole: bool,
        describes: Description | None,
        above: Collection[CuedValue],
    ) -> CandidateMeasure:
        """The measure of a group of paragraphs.

        Args:
            part: the article.
            group: its paragraphs that make the measure, at least one.
            values: that were found for it; of several for one term the surest is kept.
            span: from the first of its provisions to the last.
            describes: what the article is, where it lays nothing down.
            whole: whether the group is all of the article, so that no paragraph is named.
            above: what headings above the article tell, for hints.
        """
        numbers = [read.unit.number for read in group if read.unit.number] if not whole else []
        article = part.number or "1"
        word = "artikel" if self.document.language == "nl" else "Article"
        paragraphs = listed(numbers)
        if self.document.language == "nl":
            reference = f"{word} {article}" + (f", {group[0].unit.word} {paragraphs}" if paragraphs else "")
        else:
            reference = f"{word} {article}" + (f"({paragraphs})" if paragraphs else "")
        id = "-".join(["art", slug(article), *([slug(numbers[0])] if numbers else [])])
        return CandidateMeasure(
            id=id,
            reference=reference,
            title=part.heading,
            span=span,
            values=surest(values, fields_in(self.vocabularies)),
            hints=(
                *(hint for read in group for hint in read.hints),
                *(
                    hint
                    for hint in above
                    if not any(value.field == hint.field and value.term == hint.term for value in values)
                ),
                *(combined_hints(values, self.vocabularies) if describes is None else ()),
                *(self._crossings(group, values) if describes is None and self.sort == "act" else ()),
            ),
            describes=describes,
        )

    @cached_property
    def _crossing(self) -> Crossings:
        return Crossings(self.document.text, self.document.language, self.vocabularies)

    def _crossings(self, group: Sequence[_Read], values: Collection[CuedValue]) -> Iterator[CuedValue]:
        """What the sentences of a group may come to, by who does what to what."""
        sentences = [
            Span(min(head.start, passage.span.start), passage.span.end)
            for read in group
            for passage in read.unit.passages
            if passage.norm.modality != "definition"
            for head in [passage.chapeau or passage.span]
        ]
        return self._crossing.hints(sentences, values)
