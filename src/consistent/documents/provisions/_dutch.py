"""The main clause of a Dutch sentence: its finite verb, which stands second, and what that verb lays down.

A verb is finite by its place: behind its subject, or before it where something else begins the sentence. Where the subject is
a known party or a pronoun any word that can be a verb counts, if it has the number of its subject; elsewhere verbs that are
known. A clause about another word, and one that begins with `indien` or the like, is passed over, with all that it denies.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from attrs import field, frozen

from consistent.documents.document import Span
from consistent.documents.words.provision_words import Modality, Party, ProvisionWords

__all__ = ["Clause", "agrees", "clause_of", "past_attribute"]

# Who is named from a place on, in order.
NamedFrom = Callable[[int], tuple[Party, ...]]

_WORD = re.compile(r"[^\W_][\w\u2019'/-]*")
# INVARIANT: of a longer sentence no more is looked at, so that the work is linear in the text.
_MOST_WORDS = 400
# In letters from the finite verb: what denies farther off rarely denies the verb.
_FARTHEST_DENIAL = 300
# Up to there the words of force reach from the verb to what denies it.
_NEAR_DENIAL = 90


@frozen
class Clause:
    """A main clause.

    Attributes:
        kind: what it lays down.
        verb: the finite one.
        cue: the words of force: from the verb on.
    """

    kind: Modality
    verb: Span
    cue: Span


def clause_of(
    text: str, span: Span, words: ProvisionWords, named: NamedFrom, subject: Sequence[Party] | None = None
) -> Clause | None:
    """The main clause of a sentence; None where no finite verb can be told.

    Args:
        text: of the document.
        span: of the sentence.
        words: of Dutch.
        named: tells who is named from a place in the text on.
        subject: who the sentence before a list names, none where it is no party, where this is a point that begins with its verb.
    """
    tokens = tuple(Span(*match.span()) for match in islice(_WORD.finditer(text, span.start, span.end), _MOST_WORDS))
    reader = _Reader(text, span, words, tokens, named)
    at = reader.finite_verb() if subject is None else reader.leading_verb(subject)
    return None if at is None else reader.clause(at)


_SINGULAR = re.compile(r"\w{2,}t")
_PLURAL = re.compile(r"\w{2,}en|\w+(?:aan|oen|ien)")
_JOINED = re.compile(r"\s(?:en|en/of|alsmede|evenals)\s(?:de|het)?\b")


def agrees(text: str, verb: str, parties: Sequence[Party]) -> bool:
    """Whether a verb has the number of its subject: `de lidstaat stelt`, `de lidstaten stellen`."""
    names = text[parties[0].span.start : parties[-1].span.end]
    # `instellingen van de Unie`: the first noun counts.
    noun = re.split(r"\s(?:van|voor|in)\s", text[parties[-1].span.start : parties[-1].span.end])[0]
    joined = _JOINED.search(names) is not None and (len(parties) > 1 or parties[0].name == "co-legislators")
    plural = joined or (
        noun.endswith(("en", "s", "ta", "ia")) and not noun.endswith(("is", "leven", "arts", "plaats", "huis"))
    )
    singular = {"is", "kan", "mag", "zal", "zou", "wil"}
    return (_PLURAL if plural else _SINGULAR).fullmatch(verb) is not None or (
        verb == "zijn" if plural else verb in singular
    )


@frozen
class _Reader:
    """Reads one sentence."""

    text: str
    span: Span
    words: ProvisionWords
    tokens: tuple[Span, ...]
    named: NamedFrom = field(repr=False)

    def word(self, i: int) -> str:
        """A word of the sentence; empty beyond its ends."""
        return self.text[self.tokens[i].start : self.tokens[i].end] if 0 <= i < len(self.tokens) else ""

    def is_a(self, kind: str, word: str) -> bool:
        """Whether the words of the language count a word among these."""
        return self.words.patterns[f"clauses.{kind}"].fullmatch(word) is not None

    def begins(self, kind: str, at: int, end: int | None = None) -> bool:
        """Whether one of these begins at a place of the text."""
        return self.words.patterns[f"clauses.{kind}"].match(self.text, at, end or self.span.end) is not None

    # Where the finite verb stands.

    def leading_verb(self, subject: Sequence[Party]) -> int | None:
        """The first word where it is a verb with that subject; a known one where the subject is no party."""
        first = self.word(0)
        if self.is_a("finite", first):
            return 0 if first.islower() else None
        return 0 if subject and self._can_be_verb(first) and agrees(self.text, first, subject) else None

    def finite_verb(self) -> int | None:
        """Which word is the finite verb of the main clause."""
        start = self.span.start
        opening = self.words.patterns["leading"].match(self.text, start, self.span.end) is not None
        parties = () if opening else self.named(start)
        subordinate = (
            self.words.patterns["clausal"].match(self.text, start, self.span.end) is not None
            and not self.begins("set", start)
        )  # fmt: skip
        pronoun = self.begins("pronoun", start)
        passed = False
        for i, token in enumerate(self.tokens):
            if ";" in self._gap(i):
                break
            if parties and token.start < parties[-1].span.end:
                continue
            if subordinate and "," not in self._gap(i):
                # `Exploitanten die lampen verkopen kunnen de lampen ...`: no comma ends the clause.
                if not opening and self._follows_clause(i, parties):
                    return i
                continue
            # `De termijn waarin lampen worden verkocht, eindigt ...`
            ends = passed and not opening and "," in self._gap(i) and "," not in self._gap(i + 1)
            found = self._is_verb(i, parties, opening=opening, pronoun=pronoun, ends=ends)
            if found and not (subordinate and self._ends_there(i)):
                return i
            subordinate = subordinate or self._opens_clause(i)
            passed = passed or subordinate
        if self.word(0).islower():
            return None
        return self._verb_without_comma() if opening else self._unknown_verb()

    def _follows_clause(self, i: int, parties: Sequence[Party]) -> bool:
        """Whether the main verb stands right behind the verb that ends a clause about its subject: two verbs in a row."""
        word, before = self.word(i), self.word(i - 1)
        if self._gap(i).strip() or not before.endswith(("d", "t", "en")) or not self._can_be_ended(i - 1):
            return False
        if not (self.is_a("finite", word) and (not parties or agrees(self.text, word, parties))):
            return False
        # `die zij hebben kunnen gebruiken`: verbs of one clause.
        return self._is_followed(i) or self.word(i + 1) in {
            "ervoor",
            "zelf",
            "verplicht",
            "gehouden",
            "bevoegd",
            "ook",
            "alleen",
        }

    def _can_be_ended(self, i: int) -> bool:
        """Whether a word can be the verb that ends a clause, a participle among them."""
        word = self.word(i)
        known = self.is_a("finite", word) or self.is_a("ended", word)
        return known or (self._can_be_verb(word) and self._can_stand(i, known=False))

    def _unknown_verb(self) -> int | None:
        """The first word that can be a verb, where no known one states anything."""
        within = False
        for i in range(2, len(self.tokens) - 1):
            if ";" in self._gap(i):
                return None
            within = (within and "," not in self._gap(i)) or self._opens_clause(i)
            if (
                not within
                and self._can_be_verb(self.word(i))
                and self._can_stand(i, known=False)
                and not self._gap(i).strip()
            ):
                return i
        return None

    def _verb_without_comma(self) -> int | None:
        """The finite verb behind a clause that no comma ends: `Zolang de Raad niet heeft besloten kan de Commissie ...`."""
        for i in range(2, len(self.tokens)):
            ended = self.word(i - 1).endswith(("d", "t", "en")) and self._can_stand(i - 1, known=False)
            if ended and self.is_a("finite", self.word(i)) and self._precedes_subject(i):
                return i
        return None

    def _is_verb(self, i: int, parties: Sequence[Party], *, opening: bool, pronoun: bool, ends: bool) -> bool:
        """Whether a word is the finite verb.

        Args:
            i: the word.
            parties: that begin the sentence, if known.
            opening: whether something else than a subject begins it.
            pronoun: whether a pronoun does.
            ends: whether the word follows a clause about a noun that begins the sentence.
        """
        word = self.word(i)
        known = self.is_a("finite", word)
        if i == 0 or not (known or self._can_be_verb(word)) or not self._can_stand(i, known=known):
            return False
        if parties:
            # `De voorzitter van de Raad, en de Commissie, kunnen ...`
            between = self.text[parties[-1].span.end : self.tokens[i].start]
            joined = known and _JOINED.search(between) is not None and _PLURAL.fullmatch(word) is not None
            return (joined or agrees(self.text, word, parties)) and (known or i + 1 < len(self.tokens))
        if known or ends or (pronoun and i == 1):
            return True
        return self._precedes_subject(i) if opening else self._is_followed(i)

    def _can_be_verb(self, word: str) -> bool:
        looks = _SINGULAR.fullmatch(word) or _PLURAL.fullmatch(word)
        other = self.is_a("no_verb", word) or self.is_a("opens", word)
        return word.islower() and looks is not None and not other

    def _can_stand(self, i: int, *, known: bool) -> bool:
        """Whether a verb can stand there: not right behind an article, a preposition, `te` or an adjective."""
        before = self.word(i - 1)
        if self._gap(i).strip():
            return True
        if self.is_a("modal", self.word(i)):
            return before != "te"
        if self.is_a("before_noun", before.lower()):
            # `Dit geldt`, `Het staat hun vrij`; but `het delen van gegevens`.
            it = before == "Het" and self.word(i).endswith("t") and (known or self._is_followed(i))
            return i == 1 and (it or (known and self.begins("pronoun", self.span.start)))
        # `strenge eisen`, `nationale gebruiken`: many a known verb is a noun too.
        if self._is_followed(i) or (known and not self.word(i).endswith("en")):
            return True
        adjective = before.endswith("e") and before.islower()
        return (known or self.word(i + 1) not in {"en", "of"}) and not (adjective and not self._names(i - 1))

    def _is_followed(self, i: int) -> bool:
        """Whether a pronoun, an article or the like follows, before which no noun stands but behind a verb."""
        return (
            i + 1 < len(self.tokens)
            and not self._gap(i + 1).strip()
            and self.begins("behind", self.tokens[i + 1].start)
        )

    def _names(self, i: int) -> bool:
        """Whether a word ends the name of a party."""
        starts = {self.tokens[i].start, self.tokens[max(i - 1, 0)].start}
        return any(party.span.end == self.tokens[i].end for at in starts for party in self.named(at)[:1])

    def _precedes_subject(self, i: int) -> bool:
        """Whether what follows can be the subject of the verb: a party, a pronoun, or what begins with an article."""
        if i + 1 >= len(self.tokens) or self._gap(i + 1).strip():
            return False
        if self.word(i + 1) in {"en", "of"}:
            # `bestanddelen die hij in banken, fondsen en instellingen houdt, ...`: one of several nouns.
            return False
        at = self.tokens[i + 1].start
        parties = self.named(at)
        return agrees(self.text, self.word(i), parties) if parties else self._is_followed(i)

    def _ends_there(self, i: int) -> bool:
        """Whether a verb only ends the clause that began the sentence: `Indien lampen, ..., worden verkocht, ...`."""
        if i + 1 >= len(self.tokens) or self.word(i + 1) == "dat":
            return True
        return "," in self._gap(i + 2) and self.word(i + 1).endswith(("d", "t", "en"))

    def _gap(self, i: int) -> str:
        """What stands before a word, past the word before."""
        return self.text[self.tokens[i - 1].end : self.tokens[i].start] if 0 < i < len(self.tokens) else ""

    def _opens_clause(self, i: int, verb: int = -1) -> bool:
        """Whether a clause with its verb at its end begins there, as with `die` or `indien`; `verb`: the finite one, if known."""
        word = self.word(i).lower()
        if word == "of" and i > 0 and not self._gap(i).strip() and self.is_a("asking", self.word(i - 1).lower()):
            return True
        if i == 0 or not self.is_a("opens", word) or self.begins("set", self.tokens[i].start):
            return False
        if word == "om":
            return self.begins("purpose", self.tokens[i].end)
        if word not in {"die", "dat"} or "," in self._gap(i):
            return True
        # `in die gevallen`, `stelt dat plan vast`: they point at a noun; but `bepaalt dat`.
        before = self.word(i - 1).lower()
        pronoun = self.begins("pronoun", self.tokens[i - 1].start)
        if (i - 1 == verb and not (word == "dat" and self.is_a("telling", before))) or pronoun:
            return False
        # But `zorgt er voor dat`, `dragen er zorg voor dat`, `schrijven de lidstaten voor dat`.
        that = self.word(i - 2) in {"er", "zorg"} or (before == "voor" and self._prescribes(verb))
        if self.is_a("before_noun", before) and before not in {"en", "of"} and not that:
            return False
        return word == "die" or self.is_a("neuter", before) or not self._names(i - 1)

    def _prescribes(self, verb: int) -> bool:
        """Whether a verb is one whose part `voor` begins a clause with `dat`."""
        return verb >= 0 and self.word(verb) in {"schrijft", "schrijven"}

    # What it lays down.

    def clause(self, at: int) -> Clause:
        """The main clause with the verb at that word."""
        verb, start = self.tokens[at], self.span.start
        rest = list(self._rest(at))
        denial = self._denial(verb, rest)
        denied = denial is not None or self.begins("denied_first", start, verb.start)
        only = self.begins("only_first", start, verb.start) or any(map(self._is_only, rest))
        kind = self._kind(at, rest, denied=denied, only=only)
        near = denial is not None and denial.end - verb.end <= _NEAR_DENIAL
        return Clause(kind, verb, Span(verb.start, denial.end if near and denial else verb.end))

    def _rest(self, at: int) -> Iterator[int]:
        """The words behind the verb that belong to the main clause."""
        within, since = self._decides(at), at
        for i in range(at + 1, len(self.tokens)):
            gap = self._gap(i)
            if ";" in gap or ":" in gap:
                return
            # `die niet oud zijn, noch nieuw`: the clause goes on.
            goes_on = "," not in gap or self.is_a("joint", self.word(i)) or self.is_a("opens", self.word(i - 1))
            within = within and goes_on and not self._ended(i, since)
            if not within and self._opens_clause(i, at):
                within, since = True, i
            ensured = self.word(i) == "dat" and self.is_a("to_that", self.word(i - 1).lower())
            if within and (ensured or self.word(i) == "opdat"):
                # `zorgt ervoor dat lampen niet branden, ...`, `neemt maatregelen opdat ...`: all that follows is ensured.
                return
            if within:
                continue
            within = self._decides(i)
            if self.word(i - 1) in {"en", "maar", "doch"} and self._begins_another(i):
                return
            # `poetst de lampen, vult het vat en dooft het licht niet`: several things with one subject.
            if "," in gap and self._begins_another(i) and self.word(i).endswith("t") is self.word(at).endswith("t"):
                return
            yield i

    def _ended(self, i: int, since: int) -> bool:
        """Whether a clause ended with its verb right before: `die betalen de toegang niet`, `die dat wensen niet`."""
        # `Het is reders die lampen hebben toegestaan ...`
        told = self.word(0).lower() == "het" and self.is_a("predicate", self.word(i))
        ends = told or self.is_a("denial", self.word(i)) or self.is_a("article", self.word(i))
        if not ends or self._decides(i - 1):
            return False
        if told and self._can_be_ended(i - 1):
            return True
        before, verb = self.word(i - 2), self.word(i - 1)
        noun = before.endswith("e") and before.islower() and not self._names(i - 2)
        # Right behind `die` stands a verb, or a noun of which more is said: `die lampen niet verkopen`.
        if before in {"dat", "dit"} and i - 2 != since:
            # No noun in the plural stands behind it: `gevallen waarin zij dat wensen geen ...`
            return verb.endswith("en") and self._can_be_verb(verb)
        if self.is_a("opens", before):
            return self.is_a("finite", verb) and self.is_a("article", self.word(i))
        return not noun and self._can_be_verb(verb) and self._can_stand(i - 1, known=False)

    def _decides(self, i: int) -> bool:
        """Whether what is decided follows: `kunnen besluiten geen vergoeding te vragen`."""
        return (
            self.is_a("deciding", self.word(i))
            and not self.is_a("before_noun", self.word(i - 1).lower())
            and self.begins("purpose", self.tokens[i].end)
        )

    def _begins_another(self, i: int) -> bool:
        """Whether another clause with the same subject begins: `... en stellen de Commissie daarvan in kennis`."""
        word = self.word(i)
        if self.is_a("finite", word):
            return word != "zijn"
        return self._can_be_verb(word) and self.is_a("after_verb", self.word(i + 1))

    def _kind(self, at: int, rest: Sequence[int], *, denied: bool, only: bool) -> Modality:
        # `Verboden zijn alle ...`
        said = " ".join(self.word(i).lower() for i in (at - 1, *rest))
        for turn in self.words.turns:
            if turn.verb.fullmatch(self.word(at)) and turn.said.search(said):
                return turn.denied if denied else turn.only if only else turn.kind
        return "shall-not" if denied else "shall"

    def _denial(self, verb: Span, rest: Sequence[int]) -> Span | None:
        """The word behind the verb that denies it: no part of another word, and none that belongs to a noun."""
        end = self.tokens[rest[-1]].end if rest else verb.end
        for i in rest:
            token = self.tokens[i]
            if token.start - verb.end > _FARTHEST_DENIAL:
                return None
            if (
                self.is_a("denial", self.word(i).lower())
                and self.word(i - 1).lower() not in {"dan", "of", "geacht"}
                and not self.begins("no_denial", token.start)
                and not self.begins("denied_noun", token.start, end)
                and not self._ends_other(i, verb)
                and not self._denies_purpose(i, verb)
                # `is eerlijk, duidelijk en niet misleidend`: no more than one of several words is denied.
                and not (self.word(i - 1).lower() == "en" and self.is_a("quality", self.word(i + 1).lower()))
            ):
                return token
        return None

    def _ends_other(self, i: int, verb: Span) -> bool:
        """Whether a finite verb right behind ends a clause, which then is another than the main one."""
        word, ended = self.word(i + 1), not self.text[self.tokens[i].end :][:1].strip()
        if self.is_a("auxiliary", self.text[verb.start : verb.end].lower()) or not ended:
            return False
        last = i + 2 >= len(self.tokens) or self._gap(i + 2).strip()
        return bool(last) and word.endswith("t") and self._can_be_verb(word)

    def _denies_purpose(self, i: int, verb: Span) -> bool:
        """Whether it denies an infinitive that the verb does not govern: `gaat na wie gevaar loopt de lamp niet te zien`."""
        governs = self.is_a("to_do", self.text[verb.start : verb.end].lower())
        return not governs and self.word(i + 1) == "te" and self.word(i + 2).endswith("n")

    def _is_only(self, i: int) -> bool:
        return self.is_a("only", self.word(i).lower()) and self.word(i - 1).lower() not in {"niet", "en", "of"}


# In words: `de in artikel 5, lid 1, eerste alinea, van Verordening (EU) 2021/1 bedoelde lidstaten`.
_LONGEST_ATTRIBUTE = 24


def past_attribute(text: str, start: int, end: int, words: ProvisionWords) -> Iterator[int]:
    """Where a noun can begin behind what is said of it before: `in lid 1 bedoelde lidstaten`, `daartoe aangewezen autoriteiten`.

    Args:
        text: of the document.
        start: behind the article.
        end: that it cannot reach beyond.
        words: of Dutch.
    """
    if words.patterns["clauses.attribute"].match(text, start, end) is None:
        return
    before = ""
    for number, match in enumerate(islice(_WORD.finditer(text, start, end), _LONGEST_ATTRIBUTE)):
        word = match[0]
        complete = number and words.patterns["clauses.before_noun"].fullmatch(before.lower()) is None
        if complete and word.islower() and words.patterns["clauses.participle"].fullmatch(word):
            yield match.end() + 1
        if complete and words.patterns["clauses.finite"].fullmatch(word) and not word.endswith("en"):
            return
        before = word
