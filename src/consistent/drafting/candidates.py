"""From the provisions of a document to candidate measures: what each does, who acts, on whom, how binding.

Nothing is given without the words that say it. What the text does not say stays unknown: no value is ever closed, but for the
one value of how binding a measure is.

An article is one measure; it is split where who is addressed, or whether they must or may, differs from paragraph to
paragraph. A document of policy has no articles: there each paragraph that says what will or should be done is one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import define, evolve, field, frozen

from consistent.documents.document import Document, Part, Span
from consistent.documents.header.header import read_header
from consistent.documents.header.kinds import NOT_THE_COMMISSIONS
from consistent.documents.provisions.norms import Norm, norm_of
from consistent.documents.provisions.provisions import Provision, provisions_of
from consistent.documents.provisions.sentences import sentences
from consistent.documents.structure.numbering import label_of
from consistent.documents.words.provision_words import Party, Words, words_of
from consistent.drafting.cues.cue import Cues, Sayings, Sort
from consistent.drafting.cues.matches import Found, Matcher, Passage
from consistent.model.proposal import MEASURE_FIELDS, Measure
from consistent.model.text import Localized
from consistent.model.values import UNKNOWN, Value
from consistent.model.vocabulary import Vocabularies

__all__ = ["CandidateMeasure", "Roles", "Unit", "candidates_of", "sort_of", "unique"]

# A candidate measure: the values that a document gives it, each with the words that say it.


@frozen(kw_only=True)
class CandidateMeasure:
    """A measure as a document seems to have it; a person confirms it.

    Attributes:
        id: `art-5`, `art-5-2`; unique in the document.
        reference: `Article 5(2)`, for readers.
        title: heading of the article or section, in the language of the document; may be empty.
        span: from the first to the last of its provisions.
        found: the values, at most one for each field and term, the surest; in the order of the text.
    """

    id: str
    reference: str
    title: str
    span: Span
    found: tuple[Found, ...]

    def of(self, name: str) -> tuple[Found, ...]:
        """The values of one field."""
        return tuple(each for each in self.found if each.field == name)

    def measure(self) -> Measure:
        """The measure with these values; what was not found is unknown."""
        # Left out it would say that nobody is shut out, and nobody has looked for that.
        values: dict[str, Any] = {"excluded_partners": UNKNOWN} | {
            name: Value.exactly(*terms) if about.single else Value(yes=frozenset(terms))
            for name, about in MEASURE_FIELDS.items()
            if (terms := {each.term for each in self.of(name)})
        }
        title = Localized(self.title, self.title) if self.title else None
        return Measure(id=self.id, title=title, reference=Value.exactly(self.reference), **values)


def unique(measures: Iterable[CandidateMeasure]) -> Iterator[CandidateMeasure]:
    """The measures, with a number behind an id that was there already, as where a document holds two acts."""
    seen: dict[str, int] = {}
    for each in measures:
        seen[each.id] = seen.get(each.id, 0) + 1
        yield each if seen[each.id] == 1 else evolve(each, id=f"{each.id}--{seen[each.id]}")


def surest(found: Iterable[Found]) -> tuple[Found, ...]:
    """One value for each field and term, the surest; of a field with one value only the surest, if it is alone."""
    best: dict[tuple[str, str], Found] = {}
    for each in found:
        key = each.field, each.term
        if key not in best or each.confidence > best[key].confidence:
            best[key] = each
    kept = []
    for each in best.values():
        rivals = [one for one in best.values() if one.field == each.field and one is not each]
        single = MEASURE_FIELDS[each.field].single
        if not single or all(one.confidence < each.confidence for one in rivals):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: (each.inherited, each.span.start, each.field, each.term)))


def listed(numbers: Sequence[str]) -> str:
    """Numbers of paragraphs as a reader lists them: `2`, `1 to 4`, `1, 3`."""
    plain = [int(each) for each in numbers if each.isdecimal()]
    if len(plain) == len(numbers) and len(plain) > 2 and plain == list(range(plain[0], plain[-1] + 1)):  # noqa: PLR2004  a run has three at least
        return f"{plain[0]}-{plain[-1]}"
    return ", ".join(numbers)


def slug(number: str) -> str:
    """The number as part of an id: small letters, figures and dashes; never empty."""
    return re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-") or "x"


# Paragraphs as they are grouped into measures: whom each addresses, and who acts.

BOUND = frozenset({"shall", "shall-not", "may-only", "should"})
LAYS_DOWN = BOUND | {"may", "empowered", "will"}


@frozen
class Roles:
    """What part a subject plays: who acts, or on whom."""

    union: frozenset[str]
    states: frozenset[str]

    def side(self, term: str) -> str:
        """The kind of actor, coarsely: what makes two measures of one article."""
        return "union" if term in self.union else "states" if term in self.states else "others"

    def of(self, norm: Norm) -> Iterator[tuple[str, Party]]:
        """The field and party of each subject of a sentence."""
        if norm.modality not in LAYS_DOWN:
            return
        for each in norm.agents:
            if each.name in self.union or each.name in self.states:
                yield "actors", each
        if norm.passive:
            return
        for each in norm.subjects:
            if each.name in self.union:
                yield "actors", each
                continue
            if norm.modality in BOUND:
                yield "addressees", each
            if each.name in self.states and norm.modality in {"shall", "may", "empowered", "will"}:
                yield "actors", each


@define
class Unit:
    """A paragraph, or an article without any: what is grouped into measures.

    Attributes:
        word: what Dutch calls what is numbered: an amending article has points where others have paragraphs.
    """

    number: str
    word: str = "lid"
    passages: list[Passage] = field(factory=list)

    def key(self, roles: Roles) -> tuple[str, str] | None:
        """Whom it addresses, and whether they must or may; None where it does not say."""
        for each in self.passages:
            norm = each.norm
            if norm.subjects and norm.modality in LAYS_DOWN and not norm.passive:
                return roles.side(norm.subjects[0].name), "bound" if norm.modality in BOUND else norm.modality
        return None


# What is said of the whole act, or of the chapter that an article stands in, holds for its measures less surely.
_FROM_TITLE, _FROM_CHAPTER, _FROM_ACT = 85, 90, 90
_DIVISIONS = ("part", "title", "chapter", "section")


def sort_of(document: Document, cues: Cues) -> Sort | None:
    """What a document is, as far as how binding it can be goes: by its articles, and by the words of adoption.

    Returns:
        None for a text about a proposal, as an appraisal, an opinion, a question: what it says will or should be done is
        judged there, and not laid down.
    """
    sayings = cues.sayings.get(document.language)
    formulas = document.named("enacting-formula") or document.named("preamble")
    if sayings is not None and any(sayings.recommends.search(document.of(each.span)) for each in formulas):
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
) -> tuple[CandidateMeasure, ...]:
    """The candidate measures of a document, in the order of its text.

    Args:
        document: as read; none where there are no cues in its language, and for a text about a proposal.
        cues: what to look for.
        vocabularies: of the pack, for which terms are narrower than others.
        sort: of document, where the caller knows better than its structure tells.
        provisions: of the document, where the caller has them already.
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
    drafter = _Drafter(document, Matcher(cues, document.language, sort), sayings, words, roles)
    if sort == "policy" or not document.named("article"):
        return tuple(unique(drafter.of_policy()))
    return tuple(unique(drafter.of_act(provisions_of(document) if provisions is None else provisions)))


@frozen(eq=False)
class _Drafter:
    """Drafts the measures of one document."""

    document: Document
    matcher: Matcher
    sayings: Sayings
    words: Words
    roles: Roles

    def of_act(self, provisions: Iterable[Provision]) -> Iterator[CandidateMeasure]:
        """The measures of the articles."""
        units = self._units(provisions)
        everywhere = [*self._title(), *self._of_itself(units)]
        legislator = self._formula()
        for part, divisions in self._articles():
            if part.span not in units:
                continue
            headings = self._headings(part, divisions)
            for group in self._grouped(units[part.span]):
                found = list(self._in(group, legislator))
                if not self._is_measure(group, found):
                    continue
                first, last = group[0].passages[0].span, group[-1].passages[-1].span
                yield self._candidate(
                    part, group, [*found, *headings, *self._beside(found, everywhere)], Span(min(first.start, last.start), last.end),
                    whole=len(group) == len(units[part.span]),
                )  # fmt: skip

    def of_policy(self) -> Iterator[CandidateMeasure]:
        """The measures of a document of policy: its paragraphs that say what will or should be done."""
        title = self._title()
        seen: dict[str, int] = {}
        headed = self.document.named("heading")
        outside = [part.span for part in self.document.walk() if part.kind in {"note", "running"}]
        for start, block in zip(self.document.starts, self.document.content.blocks, strict=True):
            span = Span(start, start + len(block.line))
            if block.role in {"note", "running", "title", "reference", "type"} or any(span in each for each in outside):
                continue
            # A dash or a number before a point is no part of its sentence.
            label = label_of(block.line)
            passages = list(self._of_paragraph(Span(start + label.length, span.end) if label else span))
            if not passages:
                continue
            found = list(self._in([Unit("", passages=passages)], ()))
            if not any(each.field in {"effects", "bindingness"} for each in found):
                continue
            section = next((part for part in reversed(headed) if part.span.start <= start < part.span.end), None)
            key = section.number if section is not None and section.number else "0"
            seen[key] = seen.get(key, 0) + 1
            heading = section.heading if section is not None else ""
            where = f"section {key}, action {seen[key]}" if key != "0" else f"action {seen[key]}"
            yield CandidateMeasure(
                id=f"section-{slug(key)}-{seen[key]}" if key != "0" else f"action-{seen[key]}",
                reference=where,
                title=heading,
                span=span,
                found=surest([*found, *self._beside(found, title)]),
            )

    def _of_paragraph(self, span: Span) -> Iterator[Passage]:
        """The sentences of a paragraph of a document of policy that say what is to be done, by whom or how binding."""
        text, live = self.document.text, self.matcher.live(self.document.text, span)
        for each in sentences(text, span, self.words):
            passage = Passage(norm=norm_of(text, each, self.words, "policy"), sentence=each)
            if passage.norm.subjects or any(
                one.field == "bindingness" for one in self.matcher.in_passage(text, passage, live)
            ):
                yield passage

    def _units(self, provisions: Iterable[Provision]) -> dict[Span, list[Unit]]:
        """The provisions of each article by paragraph, in order; annexes lay down what the articles refer to."""
        articles: dict[str, list[Part]] = {}
        for part, _ in self._articles():
            articles.setdefault(part.number, []).append(part)
        found: dict[Span, list[Unit]] = {}
        for each in provisions:
            home = next((part for part in articles.get(each.place.article, ()) if each.span in part.span), None)
            if home is None or each.place.annex:
                continue
            number, word = each.place.paragraph, "lid"
            if not number and each.amended is not None:
                number, word = each.place.point, "punt"
            units = found.setdefault(home.span, [])
            if not units or units[-1].number != number:
                units.append(Unit(number, word))
            units[-1].passages.append(Passage(norm=each.norm, sentence=each.span, chapeau=each.chapeau))
        return found

    def _articles(self) -> Iterator[tuple[Part, tuple[Part, ...]]]:
        """The articles of the act, with the divisions that each stands in."""

        def below(parts: tuple[Part, ...], around: tuple[Part, ...]) -> Iterator[tuple[Part, tuple[Part, ...]]]:
            for part in parts:
                if part.kind == "article":
                    yield part, around
                elif part.kind not in {"annex", "quoted", "memorandum"}:
                    yield from below(part.parts, (*around, part) if part.kind in _DIVISIONS else around)

        yield from below(self.document.parts, ())

    def _grouped(self, units: list[Unit]) -> list[list[Unit]]:
        """The paragraphs of an article that make one measure each, in the order of their first."""
        groups: dict[tuple[str, str], list[Unit]] = {}
        loose: list[Unit] = []
        last: list[Unit] | None = None
        for unit in units:
            key = unit.key(self.roles)
            if key is None:
                (loose if last is None else last).append(unit)
                continue
            last = groups.setdefault(key, [])
            last += loose
            loose = []
            last.append(unit)
        return [*groups.values(), *([loose] if loose else [])]

    def _in(self, group: Iterable[Unit], legislator: Sequence[Found]) -> Iterator[Found]:
        """What the sentences of a group say."""
        text = self.document.text
        for unit in group:
            live = self.matcher.live(text, Span(unit.passages[0].span.start, unit.passages[-1].span.end))
            for passage in unit.passages:
                yield from self.matcher.in_passage(text, passage, live)
                addressed = False
                for name, party in self.roles.of(passage.norm):
                    yield Found(field=name, term=party.name, span=party.span, cue=party.cue, confidence=92)
                    addressed |= name == "addressees"
                if addressed:
                    yield from legislator

    def _is_measure(self, group: list[Unit], found: list[Found]) -> bool:
        """Whether a group does something, rather than saying what the act is about or when it applies."""
        if any(each.field in {"effects", "bindingness"} for each in found):
            return True
        text = self.document.text
        if any(each.norm.modality == "definition" for unit in group for each in unit.passages):
            return False
        return any(
            each.norm.modality in LAYS_DOWN
            and not self.sayings.itself.match(text, each.span.start, each.span.end)
            and not self.sayings.timing.search(text, each.span.start, each.span.end)
            for unit in group
            for each in unit.passages
        )

    def _beside(self, own: Sequence[Found], inherited: Sequence[Found]) -> list[Found]:
        """Those that the act hands down to a measure with these values of its own."""
        beside = {cue.id: cue.beside for cue in self.matcher.cues.cues if cue.beside}
        return [
            each
            for each in inherited
            if each.cue not in beside or any(one.field == each.field and one.term in beside[each.cue] for one in own)
        ]

    def _of_itself(self, units: dict[Span, list[Unit]]) -> list[Found]:
        """What the act says of itself and that holds for all that it does."""
        whole = {cue.id for cue in self.matcher.cues.cues if cue.whole}
        text, found = self.document.text, []
        for each in (passage for some in units.values() for unit in some for passage in unit.passages):
            if self.sayings.itself.match(text, each.span.start, each.span.end):
                live = [cue for cue in self.matcher.live(text, each.span) if cue.id in whole]
                found += [
                    one.passed_on(_FROM_ACT) for one in self.matcher.in_passage(text, each, live) if one.cue in whole
                ]
        return found

    def _title(self) -> list[Found]:
        """What the title of the act or document gives."""
        parts = self.document.named("title-of-act")
        spans = [each.span for each in parts] or [
            Span(start, start + len(block.line))
            for start, block in zip(self.document.starts, self.document.content.blocks, strict=True)
            if block.role == "title"
        ]
        return [
            each.passed_on(_FROM_TITLE)
            for span in spans[:2]
            for each in self.matcher.in_heading(self.document.text, span, "title", "heading")
        ]

    def _formula(self) -> list[Found]:
        """Who adopts the act."""
        found = []
        for part in (*self.document.named("preamble"), *self.document.named("title-of-act")):
            head = Span(part.span.start, min(part.span.end, part.span.start + 400))
            found += list(self.matcher.in_heading(self.document.text, head, "formula"))
        return [each.passed_on(100) for each in found[:1]]

    def _headings(self, part: Part, divisions: Sequence[Part]) -> list[Found]:
        """What the headings of an article and of its chapter give."""
        found = []
        for each, percent in ((part, 100), *((division, _FROM_CHAPTER) for division in divisions)):
            span = self._heading(each)
            if span is not None:
                hits = self.matcher.in_heading(self.document.text, span, "heading")
                found += list(hits) if each is part else [hit.passed_on(percent) for hit in hits]
        return found

    def _heading(self, part: Part) -> Span | None:
        """Where in the text the heading of a part stands."""
        if not part.heading:
            return None
        pattern = r"\s+".join(map(re.escape, part.heading.split()))
        hit = re.compile(pattern).search(self.document.text, part.span.start, part.span.start + len(part.heading) + 300)
        return Span(*hit.span()) if hit else None

    def _candidate(
        self, part: Part, group: Sequence[Unit], found: Iterable[Found], span: Span, *, whole: bool
    ) -> CandidateMeasure:
        numbers = [each.number for each in group if each.number] if not whole else []
        article = part.number or "1"
        word = "artikel" if self.document.language == "nl" else "Article"
        paragraphs = listed(numbers)
        if self.document.language == "nl":
            reference = f"{word} {article}" + (f", {group[0].word} {paragraphs}" if paragraphs else "")
        else:
            reference = f"{word} {article}" + (f"({paragraphs})" if paragraphs else "")
        id = "-".join(["art", slug(article), *([slug(numbers[0])] if numbers else [])])
        return CandidateMeasure(id=id, reference=reference, title=part.heading, span=span, found=surest(found))
