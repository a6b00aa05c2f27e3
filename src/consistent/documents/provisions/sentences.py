"""Sentences of legal texts, and what each lays down: a duty, a ban, a power; for whom, and to do what.

A sentence is read with the words of its language only: the verb of duty of its main clause, then the parts of that clause
(subject, agent, action and object). Nothing is guessed from what the words mean: who is not named is not known.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Literal

from attrs import evolve, frozen

from consistent.documents.document import Span
from consistent.documents.provisions._dutch import clause_of, past_attribute
from consistent.documents.provisions._dutch_verbs import (
    LAST_WORD,
    MODAL_VERBS,
    PARTICIPLE,
    PASSIVE_VERBS,
    STATIVE_VERBS,
    completion,
    completion_at_end,
)
from consistent.documents.words.provision_words import Modality, ModalityCue, Party, ProvisionWords

__all__ = [
    "Norm",
    "Register",
    "action_of",
    "agents_of",
    "carried_on",
    "doers_of_ensured",
    "named_by_pronoun",
    "norm_of",
    "parties_in",
    "parties_of",
    "sentences",
    "subject_of",
    "undergoes",
]

_QUOTES = "\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb"
# A stop, what closes after it, and the beginning of something new. Lines are sewn together without a blank at times:
# `Article 1(7).Those acts`.
_STOP = re.compile(
    rf"[.?!][)\]{_QUOTES}]*(?:\s+(?=[{_QUOTES}(\[]*[A-Z\u00c0-\u00de\d\u25aa])|(?<=[a-z)\]]\.)(?=[A-Z][a-z]{{2,}}\s))"
)
_WORD_BEFORE = re.compile(r"[\w.]*\Z")
# The longest abbreviation is far shorter.
_BACK = 20


def sentences(text: str, span: Span, words: ProvisionWords) -> Iterator[Span]:
    """The sentences of a stretch of text that is one paragraph or point, in order.

    Args:
        text: of the document.
        span: of the stretch; a line break in it is a blank.
        words: of its language.

    Returns:
        Spans without blanks around them, none empty; together they hold every letter of the stretch.
    """
    at = span.start
    for stop in _STOP.finditer(text, span.start, span.end):
        if _is_abbreviation(text, at, stop, words) or not text[stop.end() : span.end].strip():
            continue
        yield from _trimmed(text, at, stop.end())
        at = stop.end()
    yield from _trimmed(text, at, span.end)


def _is_abbreviation(text: str, start: int, stop: re.Match[str], words: ProvisionWords) -> bool:
    """Whether the stop belongs to the word before it: `art. 5`, `No. 3`, `J. Jansen`."""
    if text[stop.start()] != ".":
        return False
    match = _WORD_BEFORE.search(text, max(start, stop.start() - _BACK), stop.start())
    word = match[0] if match else ""
    if not word:
        return False
    if word.lower().strip(".") in _abbreviations(words):
        # `punt.` and `No.` are words too: only a number or a small word goes on after them.
        return text[stop.end() : stop.end() + 1].isdigit() or "." in word or not word.isdigit()
    if len(word) == 1 and word.isalpha():
        return word.isupper()
    # An ordinal or the number of a point before its text, not the end of `paragraph 2.`
    return word.isdigit() and not text[start : stop.start() - len(word)].strip(f" \n{_QUOTES}")


@cache
def _abbreviations(words: ProvisionWords) -> frozenset[str]:
    return frozenset(words.sentences["abbreviations"])


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


# Longer subjects are no subjects; the first part of a sentence was misread.
_LONGEST_SUBJECT = 600
# In letters from the words of force. Farther off it belongs to another verb: `by criteria set out by the Commission`.
_FARTHEST_AGENT = 80
# In Dutch the participle comes last: `wordt uiterlijk op ... en vervolgens elke vijf jaar door de Commissie bijgewerkt`.
_FARTHEST_DUTCH_AGENT = 200
_FARTHEST_ENSURED = 25
# What can follow a name and is not part of the subject's head: what is put in, and what the body is called.
_AFTER_NAME = ',("\u2018\u201c\u201e'
_BLANKS = ' \t\n,;:"\u2018\u2019\u201c\u201d\u201e'


def parties_in(text: str, span: Span, words: ProvisionWords) -> Iterator[Party]:
    """The parties named anywhere in a stretch, in its order; of names within names the longest."""
    for name in words.names.pattern.finditer(text, span.start, span.end):
        yield words.names.party(name)


def parties_of(text: str, span: Span, words: ProvisionWords, *, turned: bool = False) -> tuple[Party, ...]:
    """The parties that a subject consists of, in order; none where it begins with something else.

    `A decision of the Commission` is no party, and neither is `Commission officials`.

    Args:
        text: of the document.
        span: where the subject begins, and how far it can reach.
        words: of its language.
        turned: whether it stands behind its verb, or behind `by` or `that`, where anything can follow.
    """
    parties: list[Party] = []
    at = span.start
    while (party := _party_from(text, at, span.end, words)) is not None:
        rest = text[party.span.end : span.end].lstrip()
        if (
            rest
            and rest[0] not in _AFTER_NAME
            and not turned
            and not words.patterns["after-name"].match(text, party.span.end, span.end)
        ):
            break
        parties.append(party)
        joint = words.patterns["joint"].match(text, party.span.end, span.end)
        if joint is None:
            break
        at = joint.end()
    return tuple(parties)


def _party_from(text: str, start: int, end: int, words: ProvisionWords) -> Party | None:
    """The party whose name begins there, with or without an article and the like before it."""
    while start < end and text[start] in _BLANKS:
        start += 1
    past = words.patterns["before-name"].match(text, start, end)
    behind = past.end() if past else start
    places = (start, behind, *(past_attribute(text, behind, end, words) if words.verb_second else ()))
    return next((party for at in places if (party := words.names.at(text, at, end)) is not None), None)


def subject_of(text: str, span: Span, cue: Span, words: ProvisionWords) -> Span | None:
    """The subject of the main clause: before the verb, or right after it where Dutch turns them round.

    Args:
        text: of the document.
        span: of the sentence.
        cue: the words of force.
        words: of the language.

    Returns:
        None where no subject can be told.
    """
    before = text[span.start : cue.start]
    # `Het staat de lidstaten vrij`: who may is named behind the verb.
    free = words.verb_second and _FREE.fullmatch(before + text[cue.start : cue.end]) is not None
    if not free and not words.patterns["leading"].match(before):
        return _stripped(text, span.start, cue.start)
    if words.verb_second:
        # Where it is no party, nothing tells where it ends.
        at = _past_insertions(text, _past_word(text, cue.start), span.end, words)
        parties = parties_of(text, Span(at, span.end), words, turned=True)
        if parties:
            return Span(parties[0].span.start, parties[-1].span.end)
        pronoun = _WORD.match(text, at, span.end)
        known = pronoun is not None and any(pronoun[0].lower() in some for some in words.pronouns.values())
        return Span(*pronoun.span()) if pronoun and known else None
    for comma in reversed([match.start() for match in re.finditer(",", before)]):
        start = span.start + comma + 1
        clause = text[start : cue.start].strip(_BLANKS)
        # What stands between two commas before the verb is put in: `the Commission, after consulting them, may`.
        if clause and not words.patterns["leading"].match(clause) and not clause.startswith(("acting", "and ", "or ")):
            return _stripped(text, start, cue.start)
    # `By 1 May 2027 the Commission shall`: no comma, but a party right before the verb.
    last = next(reversed([*parties_in(text, Span(span.start, cue.start), words)]), None)
    return last.span if last and not text[last.span.end : cue.start].strip(_BLANKS) else None


def _past_word(text: str, start: int) -> int:
    match = _WORD.match(text, start)
    return match.end() if match else start


_WORD = re.compile(r"\w+")
_FREE = re.compile(r"het\s+staat", re.IGNORECASE)
_PLURAL_VERB = re.compile(r"\w+(?:en|aan|ijn)")


def undergoes(text: str, span: Span, cue: Span, words: ProvisionWords) -> bool:
    """Whether the subject undergoes something, or merely is or has something, rather than having to do it."""
    # The words of force may stand in the sentence that leads up to a list.
    end = span.end if cue in span else min(len(text), cue.end + _LONGEST_SUBJECT)
    if words.patterns["idle"].match(text, cue.start, end):
        return True
    at = _past_insertions(text, cue.end, end, words)
    return at > cue.end + 1 and not words.verb_second and words.patterns["passive"].match(text, at, end) is not None


def agents_of(text: str, span: Span, cue: Span, words: ProvisionWords) -> tuple[Party, ...]:
    """By whom something is to be done: `shall be adopted by the Commission`, not in a clause about another word.

    Args:
        text: of the document.
        span: of the sentence.
        cue: the words of force.
        words: of the language.

    Returns:
        The parties in the order of the text; none where no known party is named.
    """
    finite = _WORD.match(text, cue.start)
    if words.verb_second and finite is not None and finite[0].lower() not in PASSIVE_VERBS | MODAL_VERBS:
        # `Dit is van toepassing op door lidstaten geleverde goederen`: nothing is to be done.
        return ()
    end = span.end if cue in span else min(len(text), cue.end + _LONGEST_SUBJECT)
    relative = words.patterns["relative"].search(text, cue.start + 1, end)
    farthest = _FARTHEST_DUTCH_AGENT if words.verb_second else _FARTHEST_AGENT
    last = min(relative.start() if relative else end, cue.end + farthest)
    for match in words.patterns["agent"].finditer(text, cue.start, last):
        if _is_of_another_verb(text, cue, match.start(), words):
            continue
        parties = parties_of(text, Span(match.end(), end), words, turned=True)
        if parties:
            return parties
    return ()


_PARTICIPLE_BEFORE = re.compile(r"(\w+)\s+\w+(?:ed|ken|set|out|down|up)\s+\Z")


def _is_of_another_verb(text: str, cue: Span, at: int, words: ProvisionWords) -> bool:
    """Whether `by` belongs to a participle that tells of a noun: `with the help of experts appointed by the Commission`."""
    if words.verb_second:
        # `voor door de lidstaten geleverde goederen`, `criteria opgesteld door de Commissie`
        before = LAST_WORD.search(text, cue.end, at)
        word = before[1].lower() if before else ""
        behind = at > cue.end + _FARTHEST_AGENT and PARTICIPLE.fullmatch(word) is not None
        return behind or words.patterns["clauses.before_noun"].fullmatch(word) is not None
    verb = _VERB.match(text, _past_insertions(text, cue.end, at, words), at)
    other = _PARTICIPLE_BEFORE.search(text, verb.end(), at) if verb else None
    return other is not None and other[1] not in {"and", "or"}


def doers_of_ensured(text: str, span: Span, cue: Span, words: ProvisionWords) -> tuple[Party, ...] | None:
    """Who is to do what another must ensure: `shall ensure that authorities check`; none where the words do not say.

    Returns:
        None where nothing is to be ensured; else the parties, maybe none.
    """
    ensured = words.patterns["duty-to-ensure"].search(text, span.start, span.end)
    if ensured is None or ensured.start() - _past_insertions(text, cue.end, span.end, words) > _FARTHEST_ENSURED:
        # `shall take measures to ensure that` is a duty of its own.
        return None
    parties = parties_of(text, Span(ensured.end(), span.end), words, turned=True)
    if parties and words.patterns["ensured-passive"].match(text, parties[-1].span.end, span.end):
        return ()
    return parties


def action_of(
    text: str, span: Span, cue: Span, subject: Span | None, words: ProvisionWords
) -> tuple[tuple[Span, ...], Span | None]:
    """The verb after the words of force in one or more pieces, and its object, up to the circumstances.

    Args:
        text: of the document.
        span: of the sentence.
        cue: the words of force.
        subject: of the sentence; None where it is not known.
        words: of the language.

    Returns:
        The pieces of the verb in order, none where it cannot be told; and the object, None where there is none.
    """
    if words.verb_second:
        turned = subject is not None and subject.start > cue.start
        return _dutch_action(text, span, cue, max(cue.end, subject.end) if subject and turned else cue.end, words)
    at = _past_insertions(text, cue.end, span.end, words)
    match = _VERB.match(text, at, span.end)
    if match is None:
        return (), None
    return (Span(*match.span()),), _object(text, match.end(), span.end, words)


# `be notified`, `not have been given`, `adopt`.
_VERB = re.compile(
    r"(?:(?:not|also|be|been|have|to|only|endeavour)\s+){0,4}"
    r"(?:(?!(?:app|comp|re|rep|supp)ly\b)\w+ly\s+)?(?!(?:to|for|that|the)\b)[a-z][a-z-]+",
    re.IGNORECASE,
)
_INSERTED = re.compile(r"\s*,[^,;]{1,300},\s*")
_GOES_ON = re.compile(r"\s*(?:\w+ed by|on|in|upon|with|within|where|for|and|or|at)\s[^,;]{1,300},\s*")


def _past_insertions(text: str, at: int, end: int, words: ProvisionWords) -> int:
    """Past what is put in between the verb of duty and the action: `shall, where appropriate, adopt`."""
    between = words.patterns["between"]
    inserted = False
    for _ in range(6):
        match = _INSERTED.match(text, at, end) or between.match(text, at, end)
        if match is None and inserted:
            # What was put in goes on: `shall, upon an order, issued by a court, on good grounds, inform`.
            match = _GOES_ON.match(text, at, end)
        if match is None:
            break
        inserted = inserted or "," in match[0]
        at = match.end()
    while at < end and text[at] in _BLANKS:
        at += 1
    return at


def _object(text: str, start: int, end: int, words: ProvisionWords) -> Span | None:
    """What follows the verb, up to the circumstances."""
    match = words.patterns["circumstances"].search(text, start, end)
    return _stripped(text, start, min(end, match.start() if match else end, start + _LONGEST_SUBJECT))


def _stripped(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _BLANKS:
        start += 1
    while end > start and text[end - 1] in _BLANKS:
        end -= 1
    return Span(start, end) if 0 < end - start <= _LONGEST_SUBJECT else None


def _dutch_action(
    text: str, span: Span, cue: Span, behind: int, words: ProvisionWords
) -> tuple[tuple[Span, ...], Span | None]:
    """The finite verb, and the word that ends the clause where it belongs to it: `stellen ... vast`, `kan ... vaststellen`.

    `behind`: where the rest of the clause begins, past the verb and a subject that stands behind it.
    """
    first = _WORD.match(text, cue.start, span.end)
    object = _object(text, behind, span.end, words)
    if first is None:
        return (), object
    verb = Span(*first.span())
    clause = object.end if object else behind
    at = min(behind, clause)
    form = first[0].lower()
    last = completion(text, at, clause, form) or completion_at_end(text, clause, span.end, form)
    if last is None:
        return (verb,), object
    rest = _stripped(text, at, min(clause, last.start)) or _stripped(text, last.end, clause)
    if rest is not None and words.patterns["agent"].fullmatch(text[rest.start : rest.end] + " "):
        rest = None
    return (verb, last), rest


# Norms: what a sentence lays down.

# An act lays down; a document of policy says what its authors will do, and others should.
Register = Literal["act", "policy"]
# Longer sentences are tables or lists that were sewn together; what they begin with is read.
_LONGEST_SENTENCE = 10_000
_MOST_CUES = 6
# So far back a clause is looked for.
_LONGEST_CLAUSE = 200


@frozen(kw_only=True)
class Norm:
    """What a sentence lays down.

    Attributes:
        modality: `declaratory` where it lays down nothing.
        cue: the words that say so; None where the modality is what is left.
        subject: the subject of the main clause.
        subjects: the parties that the subject consists of; empty where it is none that is known.
        agents: by whom something is to be done, where the subject is no party and undergoes it.
        passive: whether the subject undergoes it, or merely is or has something.
        addressee: who is bound or free: a party that is the subject, or the one by whom something is to be done.
        actor: who acts; another than the addressee where the one must ensure that the other does something.
        action: the verb and what belongs to it, in one or more pieces.
        object: what follows the verb, up to the circumstances.
    """

    modality: Modality
    cue: Span | None = None
    subject: Span | None = None
    subjects: tuple[Party, ...] = ()
    agents: tuple[Party, ...] = ()
    passive: bool = False
    addressee: Party | None = None
    actor: Party | None = None
    action: tuple[Span, ...] = ()
    object: Span | None = None


def norm_of(text: str, span: Span, words: ProvisionWords, register: Register = "act") -> Norm:
    """What the sentence of that span lays down.

    Args:
        text: of the document.
        span: of the sentence; of a very long one its beginning is read.
        words: of the language.
        register: whether it is read as a sentence of an act or of a document of policy.

    Returns:
        A norm of the modality `declaratory` where it lays down nothing.
    """
    span = Span(span.start, min(span.end, span.start + _LONGEST_SENTENCE))
    kind_and_cue = (_dutch_cue_of(text, span, words) if words.verb_second and register == "act" else None) or _cue_of(
        text, span, words, words.modalities if register == "act" else words.policy
    )
    if kind_and_cue is None:
        return Norm(modality="declaratory")
    kind, cue = kind_and_cue
    if kind == "declaratory":
        return Norm(modality=kind, cue=cue)
    subject = subject_of(text, span, cue, words)
    if kind == "definition":
        return Norm(modality=kind, cue=cue, subject=subject)
    return _norm_with(text, span, words, kind, cue, subject)


def carried_on(text: str, span: Span, chapeau: Span, words: ProvisionWords) -> Norm | None:
    """The norm of a point whose subject is all that the sentence before the list has: `De lidstaten: a) wijzen ... aan;`.

    Args:
        text: of the document.
        span: of the point.
        chapeau: the sentence before the list, in which no verb is told.
        words: of the language.

    Returns:
        None where the point does not begin with its verb.
    """
    subject = _stripped(text, chapeau.start, chapeau.end)
    if not words.verb_second or subject is None:
        return None
    parties = parties_of(text, subject, words, turned=True)
    clause = clause_of(text, span, words, lambda _: (), parties)
    return _norm_with(text, span, words, clause.kind, clause.cue, subject) if clause else None


def _norm_with(text: str, span: Span, words: ProvisionWords, kind: Modality, cue: Span, subject: Span | None) -> Norm:
    """The norm of a sentence of which modality, words of force and subject are known."""
    subjects = parties_of(text, subject, words) if subject else ()
    passive = undergoes(text, span, cue, words)
    agents = agents_of(text, span, cue, words) if passive and not subjects else ()
    addressee = next(iter(agents if passive else subjects), None)
    doers = doers_of_ensured(text, span, cue, words) if addressee else None
    action, object = action_of(text, span, cue, subject, words)
    return Norm(
        modality=kind,
        cue=cue,
        subject=subject,
        subjects=subjects,
        agents=agents,
        passive=passive,
        addressee=addressee,
        actor=addressee if doers is None else next(iter(doers), None),
        action=action,
        object=object,
    )


def named_by_pronoun(text: str, span: Span, norm: Norm, before: Norm | None, words: ProvisionWords) -> Norm:
    """The norm with whom its subject stands for, where that is a pronoun: somebody named earlier in the sentence, else in the last.

    `Where an operator finds a fault, it shall report it`; of several that agree in number the first, which is the subject there.

    Args:
        text: of the document.
        span: of the sentence.
        norm: what it lays down.
        before: what the sentence before it in the same paragraph lays down; None where there is none.
        words: of the language.
    """
    if norm.subject is None or norm.subjects or norm.cue is None:
        return norm
    pronoun = text[norm.subject.start : norm.subject.end].strip(_BLANKS).lower()
    numbers = [number for number in ("singular", "plural") if pronoun in words.pronouns[number]]
    if not numbers:
        return norm
    # `Zij` is she and they: the verb tells.
    verb = text[norm.cue.start : norm.cue.end].split(maxsplit=1)[0].lower()
    number = "plural" if len(numbers) > 1 and _PLURAL_VERB.fullmatch(verb) else numbers[0]
    earlier = [*words.names.within(text, Span(span.start, norm.subject.start))]
    found = next((party for party in earlier if _agrees(text, party, number, words)), None)
    if found is None and not earlier and before is not None:
        found = next(
            (party for party in before.subjects if number == "plural" or _agrees(text, party, number, words)), None
        )
    if found is None:
        return norm
    if norm.passive:
        return evolve(norm, subjects=(found,))
    return evolve(
        norm, subjects=(found,), addressee=norm.addressee or found, actor=norm.actor or norm.addressee or found
    )


def _agrees(text: str, party: Party, number: str, words: ProvisionWords) -> bool:
    """Whether a name is of that number, as far as its last word tells."""
    plural = words.patterns["plural"].search(text[party.span.start : party.span.end]) is not None
    return plural == (number == "plural")


def _cue_of(
    text: str, span: Span, words: ProvisionWords, modalities: tuple[ModalityCue, ...]
) -> tuple[Modality, Span] | None:
    """The modality of the main clause and the words that say it: of those that stand in no clause about another word."""
    sentence = text[span.start : span.end]
    whole = next(
        (modality for modality in modalities if modality.kind == "definition" and modality.pattern.search(sentence)),
        None,
    )
    if whole is not None:
        match = whole.pattern.search(sentence)
        return ("definition", _moved(match, span)) if match else None
    hits = sorted(_hits(sentence, modalities), key=lambda hit: _verb_at(hit[2]))
    if not hits:
        return None
    main = []
    since = ended = last = 0
    for hit in hits:
        at = _verb_at(hit[2])
        # Two kinds can be told by one verb: `may` and `may only`.
        since, last = (since, last) if at == last else (ended, at)
        if not _is_relative(sentence, since, at, words):
            main.append(hit)
        # In English the clause about another word ends with its verb: `lamps that keepers may sell shall ...`.
        ended = ended if words.verb_second else max(ended, hit[2].end())
    if not main and not sentence[:1].isupper():
        # A point of a list that is no sentence: the words are about another word.
        return None
    # In a document of policy no verb of itself states a duty.
    _, cue, match = min(
        main or hits, key=lambda hit: _weight(hit, any_verb=words.verb_second and modalities is words.modalities)
    )
    return cue.kind, _moved(match, span)


def _dutch_cue_of(text: str, span: Span, words: ProvisionWords) -> tuple[Modality, Span] | None:
    """The same by the main clause; None for a definition, and where no finite verb can be told."""

    def named(at: int) -> tuple[Party, ...]:
        return parties_of(text, Span(at, min(span.end, at + _LONGEST_SUBJECT)), words, turned=True)

    sentence = text[span.start : span.end]
    if any(cue.kind == "definition" and cue.pattern.search(sentence) for cue in words.modalities):
        return None
    clause = clause_of(text, span, words, named)
    if clause is None:
        return None
    if clause.kind == "shall":
        verb = text[clause.verb.start : clause.verb.end].lower()
        # What says how things are, or that a power is conferred, is told by more than the verb.
        for cue in words.modalities:
            # `nemen maatregelen opdat ... worden gebruikt door wie bevoegd is` gives no power.
            says = cue.kind == "declaratory" or (cue.kind == "empowered" and verb in STATIVE_VERBS | PASSIVE_VERBS)
            match = cue.pattern.search(sentence) if says else None
            if match is not None and match.end() + span.start > clause.verb.start:
                return cue.kind, _moved(match, span)
    return clause.kind, clause.cue


def _hits(sentence: str, modalities: tuple[ModalityCue, ...]) -> list[tuple[int, ModalityCue, re.Match[str]]]:
    return [
        (order, modality, match)
        for order, modality in enumerate(modalities)
        if modality.kind != "definition"
        for match in islice(modality.pattern.finditer(sentence), _MOST_CUES)
    ]


def _weight(hit: tuple[int, ModalityCue, re.Match[str]], *, any_verb: bool) -> tuple[int, int]:
    """The first verb of duty is the main one; where any verb can state a duty, the kind that is tried first goes first."""
    order, _, match = hit
    return (order, match.start()) if any_verb else (_verb_at(match), order)


def _verb_at(match: re.Match[str]) -> int:
    """Where the verb of a cue stands: its last word but those of the verb, for `only ... may` and `no ... shall`."""
    if match.groupdict().get("verb"):
        return match.start("verb")
    inner = re.search(r"\b(?:shall|may|must|is|are|cannot|has|have|should|will|would)\b", match[0], re.IGNORECASE)
    return match.start() + (inner.start() if inner else 0)


_PUT_BETWEEN = re.compile(r"\w+,[^,;:]{1,60},(?=\s)")


def _is_relative(sentence: str, since: int, at: int, words: ProvisionWords) -> bool:
    """Whether the verb at that place belongs to a clause about another word."""
    if words.patterns["clausal"].match(sentence):
        # `If, by 2 August 2025, no code can be finalised, ...`: what is put between belongs to the clause.
        between = _PUT_BETWEEN.match(sentence, 0, at)
        if "," not in sentence[between.end() if between else 0 : at]:
            return True
    clause = re.split(r"[,;:](?!\s*\d)", sentence[max(since, at - _LONGEST_CLAUSE, 0) : at])[-1]
    # What begins the sentence is no clause about a word before it: `Die garanties kunnen ...`.
    return words.patterns["relative"].search(clause if len(clause) == at else f" {clause}") is not None


def _moved(match: re.Match[str], span: Span) -> Span:
    named = match.groupdict()
    start, end = match.span(next((name for name in ("cue", "verb") if named.get(name)), 0))
    return Span(span.start + start, span.start + end)
