"""Looks for cues in a sentence, a heading or a title, and says what each finding rests on."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from attrs import evolve, field, frozen

from consistent.documents.document import Span
from consistent.documents.provisions.sentences import Norm
from consistent.documents.words.phrases import Phrase, WordFinder
from consistent.drafting.cues._dutch_statements import nominal_point, verbs_of_nouns
from consistent.drafting.cues.cue import Cue, CuePlace, Cues, Frame, Sort
from consistent.drafting.cues.denials import BARRING, LIFTING, Denials
from consistent.drafting.cues.passages import CuedValue, Passage, cut
from consistent.drafting.cues.statement import Statement
from consistent.drafting.cues.statements import does_more, holds, point_of, statements_in
from consistent.drafting.cues.verbs import main_clause
from consistent.locking import cached_property

__all__ = ["Matcher"]

# A phrase that belongs to a verb begins at most nine words behind it.
_SOON = re.compile(r"(?:\s*[^\s]{1,60}){0,10}")
# In letters: as far from its verb an object of a kind may stand.
_REACH = 160
_ACTORS, _EFFECTS, _SAFEGUARDS = "actors", "effects", "safeguards"
# What is not there where the words for it are denied: `zal geen wetgeving voorstellen`.
_DENIABLE = frozenset({_EFFECTS, "bindingness"})
# What lets or makes a subject do something.
_DOING = frozenset({"shall", "may", "may-only", "should", "empowered", "will", "promised", "needed"})
_TO = re.compile(r"to\s+")
# Before one of several things that are done; a verb; and the end of its third person.
_ALSO = re.compile(
    r"\bto\s+(?:also\s+|further\s+)?|\b\d\.\s+"
    r"|(?:\band|\balso|,)\s+(?=\w+\s+(?:the|a|an|its|their|our|all|each|any|new|further|more|better|that|how|whether|this|these|those|up|on|with|Member)\b)"
)
_VERB = re.compile(r"[A-Za-z]{3,}")
_PLAIN = re.compile(r"(?<=[a-z]{2})(?:(?<=sh)es|(?<=ch)es|(?<=ss)es|(?<![su])s)\Z")
# The share of capitals from which a heading is in capitals.
_SHOUTED = 0.8


def _first_looked_for(cues: Cues, language: str) -> Iterator[Phrase]:
    """What makes a cue one that may be met."""
    for cue in cues.cues:
        yield from cue.phrases[language]
        verb = cue.doing.get(language)
        if verb is not None:
            yield verb


@lru_cache(maxsize=4)
def _first_words(cues: Cues, language: str) -> WordFinder:
    """Of the words of all cues; to gather them takes as long as to draft a short document."""
    return WordFinder(_first_looked_for(cues, language))


@frozen(eq=False)
class Matcher:
    """Looks for the cues of one language in documents of one sort.

    Args:
        cues: all of them.
        language: `en` or `nl`.
        sort: of document; cues for others are left out.
    """

    cues: Cues
    language: str
    sort: Sort
    _by_place: dict[str, list[Cue]] = field(init=False, factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        for cue in self.cues.cues:
            if not cue.documents or self.sort in cue.documents:
                self._by_place.setdefault(cue.where, []).append(cue)

    def narrowed(self, text: str) -> "Matcher":
        """The same for one document: without the phrases of which the words stand nowhere in it."""
        there = _first_words(self.cues, self.language).afresh().there(self._lower(text))
        kept = []
        for cue in self.cues.cues:
            written = cue.phrases[self.language]
            phrases = tuple(phrase for phrase in written if phrase.possible(there))
            # A cue without phrases holds wherever its force does.
            verb = cue.doing.get(self.language) if cue.does else None
            if (phrases or not written) and (not cue.does or (verb is not None and verb.possible(there))):
                kept.append(evolve(cue, phrases={**cue.phrases, self.language: phrases}))
        return evolve(self, cues=evolve(self.cues, cues=tuple(kept), of=self.cues.of))

    @cached_property
    def _denials(self) -> Denials:
        """What takes away what is said."""
        return Denials(self.cues.sayings[self.language], self.language)

    @cached_property
    def _finder(self) -> WordFinder:
        """Of the words of all that is looked for."""
        language = self.language
        looked_for = [*_first_looked_for(self.cues, language)]
        for cue in self.cues.cues:
            looked_for += (
                *cue.leading[language],
                *cue.barring[language],
                *(cue.kinds[language] if cue.objects else ()),
            )
        for frame in self.cues.frames:
            looked_for += (*frame.phrases[language], *frame.barring[language])
        return WordFinder(looked_for)

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[tuple[Phrase | None, str]]]:
        """The phrases of cues for texts with the ids of these, by each of the words of which one stands wherever they are met.

        By the empty word those that have none, and None for a cue without phrases.
        """
        by_word: dict[str, list[tuple[Phrase | None, str]]] = {}
        for cue in self._by_place.get("text", ()):
            if cue.gives not in {_ACTORS, "partners"}:
                for phrase in cue.phrases[self.language] or (None,):
                    for word in phrase.words[0] if phrase is not None and phrase.words else ("",):
                        by_word.setdefault(word, []).append((phrase, cue.id))
        return by_word

    def _possible(self, there: AbstractSet[str]) -> AbstractSet[str]:
        """The ids of the cues for texts that have no phrases, or one that may be met with these words."""
        possible: set[str] = set()
        for word in ("", *there):
            for phrase, id in self._by_word.get(word, ()):
                if id not in possible and (phrase is None or phrase.possible(there)):
                    possible.add(id)
        return possible

    def _there(self, text: str, span: Span) -> AbstractSet[str]:
        """The words in a stretch of text of those that are looked for."""
        return self._finder.there(text[span.start : span.end].lower())

    def _lower(self, text: str) -> str:
        """A text in small letters, for a cheap look; with the verbs that statements are put with."""
        lower = text.lower()
        if self.sort == "policy":
            return f"will {lower}"
        further = " ".join(verbs_of_nouns(lower)) if self.language == "nl" else "shall be have may"
        return f"{further} {lower}"

    def live(self, text: str, span: Span) -> tuple[Cue, ...]:
        """The cues for texts of which at least one phrase may occur in a stretch; a cheap look before the real one."""
        there = self._finder.there(self._lower(text[span.start : span.end]))
        possible = self._possible(there)
        return tuple(
            cue
            for cue in self._by_place.get("text", ())
            if cue.id in possible
            and (not cue.does or ((verb := cue.doing[self.language]) is not None and verb.possible(there)))
        )

    def in_passage(self, text: str, passage: Passage, live: Sequence[Cue]) -> Iterator[CuedValue]:
        """What a sentence gives; nothing for a definition.

        Args:
            text: of the document.
            passage: the sentence.
            live: the cues that may be met, from `live` on a stretch around it.
        """
        if passage.norm.modality == "definition":
            return
        lower = text[passage.span.start : passage.span.end].lower()
        there = self._finder.there(lower)
        statements = tuple(self._statements(text, passage))
        # Every word that a statement has: the cheap look is then taken once, and not for each of them.
        wide = self._finder.there(" ".join([self._lower(lower), *(each.lower for each in statements if each.joint)]))
        possible = self._possible(wide)
        # `De aanvraag bevat: a) de geplande maatregelen om te inspecteren`: nobody inspects.
        head = passage.chapeau if passage.cue is None and self.language == "nl" and self.sort != "policy" else None
        if head is not None and holds(text, cut(head)):
            live = [cue for cue in live if cue.gives != _EFFECTS]
        met = [
            (cue, span)
            for cue in live
            if cue.id in possible and (span := self._met(text, passage, cue, there, statements, wide)) is not None
        ]
        given: dict[str, set[str]] = {}
        for cue, _ in met:
            given.setdefault(cue.gives, set()).add(cue.term)
        single = (
            text.count(text[passage.cue.start : passage.cue.end], passage.span.start, passage.span.end) == 1
            if passage.cue
            else True
        )
        single = single and not self._does_more(text, passage)
        for cue, span in met:
            beside = given[cue.gives] - {cue.term}
            if single and beside and beside.issubset(cue.not_beside):
                continue
            yield CuedValue(field=cue.gives, term=cue.term, span=span, cue=cue.id, confidence=cue.confidence)
        yield from self._framed(text, passage.span, there)

    def in_heading(self, text: str, span: Span, *places: CuePlace) -> Iterator[CuedValue]:
        """What a heading, the title or the formula of adoption gives.

        Args:
            text: of the document.
            span: of the heading.
            places: what it is; cues for any of these are looked for.
        """
        lower = text[span.start : span.end].lower()
        there = self._finder.there(lower)
        shouted = _is_shouted(text[span.start : span.end]) and len(lower) == span.end - span.start

        def first(phrases: Iterable[Phrase]) -> Span | None:
            hit = _first(phrases, text, span, there)
            if hit is None and shouted:
                hit = _first(phrases, lower, Span(0, len(lower)), there)
                return hit and Span(span.start + hit.start, span.start + hit.end)
            return hit

        for cue in (placed for place in places for placed in self._by_place.get(place, ())):
            hit = first(cue.phrases[self.language])
            if hit is not None and first(cue.barring[self.language]) is None:
                yield CuedValue(field=cue.gives, term=cue.term, span=hit, cue=cue.id, confidence=cue.confidence)

    def _does_more(self, text: str, passage: Passage) -> bool:
        """Whether the subject of a sentence of an act does more than telling somebody something."""
        cue, norm = passage.cue, passage.norm
        if cue is None or norm.modality != "shall" or self.sort == "policy":
            return False
        verb = cue.start if self.language == "nl" or not norm.action else norm.action[0].start
        span = Span(cue.start, passage.span.end)
        return does_more(text, span, verb, self.language, self.cues.sayings[self.language].telling)

    def _forced(self, cue: Cue, norm: Norm) -> bool:
        """Whether a sentence has the force of a cue; in a document of policy, what may or shall be done is what will or should be."""
        if norm.modality in cue.force:
            return True
        return self.sort == "policy" and norm.cue is not None and {"shall", "may"} <= set(cue.force)

    def _statements(self, text: str, passage: Passage) -> Iterator[Statement]:
        """What the sentence says is done, as if a verb of force stood right before it."""
        stated = self._statement(text, passage)
        if stated is not None:
            yield stated
        norm = passage.norm
        if norm.cue is None:
            return
        if self.sort != "policy":
            yield from self._of_clauses(text, passage, norm.cue)
            return
        # A document of policy says what is done in the present tense, as a purpose, or as one of several things.
        starts = [passage.span.start] if passage.cue is None else [passage.cue.start]
        starts += [match.end() for match in _ALSO.finditer(text, passage.span.start, passage.span.end)]
        for start in starts:
            verb = _VERB.match(text, start, passage.span.end)
            if verb is None:
                continue
            plain = _PLAIN.sub("", verb[0].lower())
            whole = f"will {plain}"
            yield Statement(
                text=whole + text[verb.end() : passage.span.end],
                lower=(whole + text[verb.end() : passage.span.end]).lower(),
                moved=verb.end() - len(whole),
                start=start,
            )

    def _of_clauses(self, text: str, passage: Passage, cue: Span) -> Iterator[Statement]:
        """What the clauses of a sentence of an act say is done, and the point of a list with the sentence before it."""
        norm = passage.norm
        party = norm.subjects[0].span if norm.subjects else None
        if norm.modality == "shall-not" and self.language == "nl" and passage.cue is not None:
            whole = Span(cue.start, passage.span.end)
            denied = statements_in(text, whole, self.language, "", norm.subject, party)
            yield from (evolve(each, denied=True) for each in denied if each.main)
        if norm.modality not in _DOING:
            return
        force = _force(text, cue, norm)
        if passage.cue is not None:
            yield from statements_in(text, Span(cue.start, passage.span.end), self.language, force, norm.subject, party)
            return
        yield from statements_in(text, passage.span, self.language, force)
        if passage.chapeau is not None and cue in passage.chapeau:
            head = cut(Span(cue.start, passage.chapeau.end))
            point = point_of(text, head, passage.span)
            if point is not None:
                yield point
            named = nominal_point(text, head, passage.span) if self.language == "nl" else None
            if named is not None:
                yield named

    def _statement(self, text: str, passage: Passage) -> Statement | None:
        """What the subject must or may do, right behind the verb of force; None where it stands so already."""
        norm = passage.norm
        if norm.cue is None or norm.modality not in _DOING:
            return None
        start = passage.span.start
        if passage.cue is not None:
            start = norm.action[0].start if norm.action else start
            if norm.passive or start <= norm.cue.end + 1 or len(norm.action) > 1:
                return None
        elif passage.chapeau is None or not self.cues.sayings[self.language].leads.search(
            text, passage.chapeau.start, passage.chapeau.end
        ):
            return None
        else:
            past = _TO.match(text, start, passage.span.end)
            start = past.end() if past else start
        whole = f"{_force(text, norm.cue, norm)} "
        moved = start - len(whole)
        whole += text[start : passage.span.end]
        return Statement(text=whole, lower=whole.lower(), moved=moved, start=start)

    def _met(
        self,
        text: str,
        passage: Passage,
        cue: Cue,
        there: AbstractSet[str],
        statements: Sequence[Statement],
        wide: AbstractSet[str],
    ) -> Span | None:
        """The words that meet a cue; None where none do.

        Args:
            text: of the document.
            passage: the sentence.
            cue: that is looked for.
            there: the words of the sentence, for a cheap look before the real one.
            statements: what the sentence says is done, each put together.
            wide: the words of sentence and statements.
        """
        norm, phrases = passage.norm, cue.phrases[self.language]
        if cue.nobody and norm.subjects:
            return None
        if cue.does:
            hit = self._done(cue, text, passage, wide, statements)
        elif cue.force:
            # `The form shall be stamped by the authority` binds the authority, whatever is done.
            bound = norm.agents if norm.passive and not phrases else norm.subjects
            if not self._forced(cue, norm) or (norm.passive and (phrases or (cue.subject and not norm.agents))):
                return None
            if cue.subject and not any(party.name in cue.actors for party in bound):
                return None
            if (idle := cue.idling[self.language]) and self._idle(idle, text, norm):
                return None
            # The points of a list in a document of policy are measures of their own.
            whole = passage.clause if passage.cue else norm.cue if self.sort == "policy" else None
            hit = _soon(phrases, text, passage.predicate, there) if phrases else whole
            if phrases and hit is None and cue.gives == _EFFECTS:
                said = (self._stated(phrases, each) for each in statements if each.main)
                hit = next((found for found in said if found is not None), None)
                if hit is not None:
                    phrases = ()
            if phrases and hit is not None and cue.gives in _DENIABLE and self._denied(phrases, text, hit):
                return None
        else:
            # Only what a measure does can be denied or said in passing.
            does = cue.gives == _EFFECTS
            if does:
                phrases = tuple(phrase for phrase in phrases if phrase.possible(wide))
            if does:
                hit = self._affirmed(phrases, text, passage, there, cue.term)
            else:
                hit = _first(phrases, text, passage.span, there)
                if hit is not None and cue.gives == _SAFEGUARDS and self._denials.forgone(text, hit):
                    return None
            if does and hit is None:
                hit = next((found for each in statements if (found := self._stated(phrases, each)) is not None), None)
        if (
            hit is not None
            and cue.gives == _EFFECTS
            and cue.term not in LIFTING
            and self._denials.lifted(text, passage, hit)
        ):
            return None
        if hit is None or self._said(cue.barring[self.language], text, passage, there):
            return None
        leading = cue.leading[self.language]
        return hit if not leading or self._said(leading, text, passage, there) else None

    def _done(
        self, cue: Cue, text: str, passage: Passage, wide: AbstractSet[str], statements: Sequence[Statement]
    ) -> Span | None:
        """The words that say that something is done to something: a verb of the main clause, and a phrase of the same clause."""
        norm, verb, phrases = passage.norm, cue.doing[self.language], cue.phrases[self.language]
        if verb is None or not (self._forced(cue, norm) if cue.force else norm.modality in _DOING):
            return None
        if cue.subject and not any(party.name in cue.actors for party in (*norm.subjects, *norm.agents)):
            return None
        phrases = tuple(phrase for phrase in phrases if phrase.possible(wide))
        kinds = cue.kinds[self.language] if cue.objects else ()
        if not verb.possible(wide) or (cue.phrases[self.language] and not phrases):
            return None
        if not all(kind.possible(wide) for kind in kinds):
            return None
        if passage.cue is not None:
            span = passage.span
            whole = main_clause(text[span.start : span.end], self.language)
            if kinds:
                whole = _without_subject(whole, passage)
            pair = self._pair(cue, verb.pattern, phrases, whole, passage.cue.start - span.start, 0)
            if pair is not None:
                return Span(span.start + pair[0], span.start + pair[1])
        for each in statements:
            if each.denied:
                continue
            whole = main_clause(each.text, self.language)
            pair = self._pair(cue, verb.pattern, phrases, whole, 0, each.joint)
            if pair is not None:
                return each.clause or Span(max(each.start, pair[0] + each.moved), pair[1] + each.moved)
        return None

    def _pair(
        self, cue: Cue, verb: re.Pattern[str], phrases: Sequence[Phrase], clause: str, start: int, joint: int
    ) -> tuple[int, int] | None:
        """From where to where in a clause a verb and one of the phrases reach, whichever comes first; None where they do not.

        Args:
            cue: of both.
            verb: looked for from the words of force on.
            phrases: looked for in all of the clause; where there are none the verb is enough.
            clause: with blanks for what is said of other words.
            start: of the words of force.
            joint: where the words of its own begin; before it stands the sentence that leads up to the list.
        """
        done = verb.search(clause, start)
        if done is None:
            return None
        if cue.objects:
            return self._applied(cue, verb, phrases, clause, start, joint)
        objects = [hit for phrase in phrases if (hit := phrase.pattern.search(clause)) is not None]
        if cue.phrases[self.language] and not objects:
            return None
        ends = [done.span()] + [hit.span() for hit in objects[:1]]
        first, last = min(begin for begin, _ in ends), max(end for _, end in ends)
        if last <= joint:
            return None
        # What is denied anywhere from the words of force to the last of these is not done.
        affirmed = "shall-not" in cue.force or self._denials.done(clause, start, first, last)
        return (first, last) if affirmed else None

    def _applied(
        self, cue: Cue, verb: re.Pattern[str], phrases: Sequence[Phrase], clause: str, start: int, joint: int
    ) -> tuple[int, int] | None:
        """As `_pair`, for a cue with kinds of objects: the first verb near which one of each kind stands."""
        kinds = [[hit.span() for hit in kind.pattern.finditer(clause)] for kind in cue.kinds[self.language]]
        if cue.phrases[self.language]:
            kinds.append([hit.span() for phrase in phrases for hit in phrase.pattern.finditer(clause)])
        for done in verb.finditer(clause, start):
            first, last = done.span()
            near = [
                next(
                    (span for span in spans if span[0] - done.end() <= _REACH and done.start() - span[1] <= _REACH),
                    None,
                )
                for spans in kinds
            ]
            met = [span for span in near if span is not None]
            if len(met) < len(kinds):
                continue
            first, last = min(first, *(span[0] for span in met)), max(last, *(span[1] for span in met))
            if last > joint and ("shall-not" in cue.force or self._denials.done(clause, start, first, last)):
                return first, last
        return None

    def _denied(self, phrases: Sequence[Phrase], text: str, hit: Span) -> bool:
        """Whether a word of Dutch in a hit denies it: `kan een termijn bepalen, maar verleent geen bijstand`; English says so by its force."""
        if self.language != "nl":
            return False
        met = [
            (phrase, match)
            for phrase in phrases
            if (match := phrase.pattern.match(text, hit.start)) is not None and match.end() == hit.end
        ]
        return bool(met) and all(self._denials.negated(phrase, text, match) for phrase, match in met)

    @staticmethod
    def _idle(verbs: Sequence[Phrase], text: str, norm: Norm) -> bool:
        """Whether the verb of a sentence is one of these, or is not known."""
        verb = " ".join(text[piece.start : piece.end] for piece in norm.action)
        return not verb or any(phrase.pattern.fullmatch(verb) for phrase in verbs)

    def _affirmed(
        self, phrases: Iterable[Phrase], text: str, passage: Passage, there: AbstractSet[str], term: str
    ) -> Span | None:
        """The first of the phrases for a term that occurs without a word that takes it away."""
        span, cue = passage.span, passage.cue
        policy = self.sort == "policy"
        for phrase in phrases:
            if not phrase.possible(there):
                continue
            for hit in phrase.pattern.finditer(text, span.start, span.end):
                # In a document of policy a clause about another word is part of what is said: `it is vital that we cooperate`.
                # Where it begins with the verb of the sentence, the clause before is over: `goods that pass are deemed safe`.
                aside = (
                    not policy
                    and not (cue is not None and hit.start() == cue.start)
                    and (
                        self._denials.aside(text, span, hit)
                        or (cue is not None and self._denials.apart(phrase, text, cue, hit))
                    )
                )
                denied = self._denials.negated(phrase, text, hit) or (
                    cue is not None
                    and passage.norm.modality == "shall-not"
                    and term not in BARRING
                    and self._denials.verb_denied(phrase, text, cue, hit)
                )
                mentioned = policy and self._denials.mentioned(text, span, hit)
                if not denied and not aside and not mentioned:
                    return Span(*hit.span())
        return None

    def _stated(self, phrases: Iterable[Phrase], statement: Statement) -> Span | None:
        """The words of the first phrase that the verb of force begins in a statement."""
        for phrase in phrases:
            hit = statement.met(phrase.pattern)
            if hit is not None and statement.denied and self._denials.says.negates.search(hit[0]) is None:
                continue
            if hit is not None and not self._denials.negated(phrase, statement.text, hit):
                return statement.span(hit)
        return None

    def _said(self, phrases: Sequence[Phrase], text: str, passage: Passage, there: AbstractSet[str]) -> bool:
        """Whether one of the phrases stands in the sentence, or in the one before the list that it is a point of."""
        if not phrases:
            return False
        if _first(phrases, text, passage.span, there) is not None:
            return True
        chapeau = cut(passage.chapeau) if passage.chapeau else None
        return chapeau is not None and _first(phrases, text, chapeau, self._there(text, chapeau)) is not None

    def _framed(self, text: str, span: Span, there: AbstractSet[str]) -> Iterator[CuedValue]:
        for frame in self.cues.frames:
            phrases = [phrase for phrase in frame.phrases[self.language] if phrase.possible(there)]
            if not phrases or _first(frame.barring[self.language], text, span, there) is not None:
                continue
            for phrase in phrases:
                for hit in phrase.pattern.finditer(text, span.start, span.end):
                    yield from self._named(text, frame, hit, span.end)

    def _named(self, text: str, frame: Frame, hit: re.Match[str], end: int) -> Iterator[CuedValue]:
        """The values of the name that stands in the place of `<who>`, and of those listed behind it; none where nobody known is."""
        names, joins = self.cues.names[frame.file, self.language], self.cues.sayings[self.language].joins
        party = names.at(text, *hit.span("who"))
        while party is not None:
            if party.name not in frame.besides:
                yield CuedValue(
                    field=frame.gives,
                    term=party.name,
                    span=Span(hit.start(), max(hit.end(), party.span.end)),
                    cue=frame.id,
                    confidence=frame.confidence,
                )
            joined = joins.match(text, party.span.end, end) if frame.file == "partners" else None
            party = names.at(text, joined.end(), end) if joined else None


def _without_subject(clause: str, passage: Passage) -> str:
    """The clause of a sentence with blanks for its subject, which does something to others; as it is where that undergoes it.

    In Dutch the subject can stand behind the verb, and what stands before is then what something is done to, or where.
    """
    norm, at = passage.norm, passage.span.start
    spans = [party.span for party in norm.agents] if norm.passive else [party.span for party in norm.subjects]
    if norm.subject is not None and not norm.passive:
        spans.append(norm.subject)
    for span in spans:
        first, last = max(0, span.start - at), min(len(clause), span.end - at)
        if first < last:
            clause = clause[:first] + " " * (last - first) + clause[last:]
    return clause


def _force(text: str, cue: Span, norm: Norm) -> str:
    """The verb of force of a sentence; `may` for a power."""
    return "may" if norm.modality == "empowered" else text[cue.start : cue.end].split(maxsplit=1)[0].lower()


def _is_shouted(heading: str) -> bool:
    """Whether a heading is in capitals: its words are those that it would have in small letters."""
    letters = sum(map(str.isalpha, heading))
    return sum(map(str.isupper, heading)) > _SHOUTED * letters


def _first(phrases: Iterable[Phrase], text: str, span: Span, there: AbstractSet[str]) -> Span | None:
    """The first of the phrases that occurs."""
    for phrase in phrases:
        if phrase.possible(there):
            hit = phrase.pattern.search(text, span.start, span.end)
            if hit is not None:
                return Span(*hit.span())
    return None


def _soon(phrases: Iterable[Phrase], text: str, predicate: Span, there: AbstractSet[str]) -> Span | None:
    """The first of the phrases that begins soon after the verb."""
    near = _SOON.match(text, predicate.start, predicate.end)
    last = near.end() if near else predicate.start
    for phrase in phrases:
        if phrase.possible(there):
            hit = phrase.pattern.search(text, predicate.start, predicate.end)
            if hit is not None and hit.start() <= last:
                return Span(*hit.span())
    return None
