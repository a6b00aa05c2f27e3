"""What a sentence of an act lays down: a duty, a ban, a power; for whom, and to do what.

A sentence is read with the words of its language only: the verb of duty of its main clause, the subject before it (in Dutch
also after it), the action and its object. Nothing is guessed from what the words mean.
"""

import re
from itertools import islice

from attrs import field, frozen

from consistent.intake.document import Span
from consistent.intake.provision_words import Modality, ModalityCue, Words

__all__ = ["Norm", "Party", "norm_of", "parties_in"]

# Longer subjects are no subjects; the first part of a sentence was misread.
_LONGEST_SUBJECT = 600
# Longer sentences are tables or lists that were sewn together; what they begin with is read.
_LONGEST_SENTENCE = 10_000
_MOST_CUES = 6
# So far back a clause is looked for, and so far on the one by whom something is done.
_LONGEST_CLAUSE = 200
_BLANKS = ' \t\n,;:"\u2018\u2019\u201c\u201d\u201e'


@frozen
class Party:
    """Someone who can be bound, or can act.

    Attributes:
        name: `commission`, `member-states` and the like, the same in all languages.
        span: of the words.
    """

    name: str
    span: Span


@frozen(kw_only=True)
class Norm:
    """What a sentence lays down.

    Attributes:
        modality: `declaratory` where it lays down nothing.
        cue: the words that say so; None where the modality is what is left.
        subject: the subject of the main clause.
        addressee: who is bound or free: a party in the subject, or the one by whom something is to be done.
        actor: who acts; another than the addressee where the one must ensure that the other does something.
        action: the verb and what belongs to it, in one or more pieces.
        object: what follows the verb, up to the circumstances.
    """

    modality: Modality
    cue: Span | None = None
    subject: Span | None = None
    addressee: Party | None = None
    actor: Party | None = None
    action: tuple[Span, ...] = ()
    object: Span | None = field(default=None)


def norm_of(text: str, span: Span, words: Words) -> Norm:
    """What the sentence of that span lays down."""
    span = Span(span.start, min(span.end, span.start + _LONGEST_SENTENCE))
    found = _cue_of(text, span, words)
    if found is None:
        return Norm(modality="declaratory")
    kind, cue = found
    subject = _subject(text, span, cue, words)
    action, object = _action(text, span, cue, words)
    known = parties_in(text, subject, words) if subject else ()
    if kind in {"definition", "declaratory"}:
        return Norm(modality=kind, cue=cue, subject=subject if kind == "definition" else None)
    addressee = actor = _principal(known, subject, text) or _agent(text, Span(cue.start, span.end), words)
    ensured = words.patterns["duty-to-ensure"].search(text, span.start, span.end)
    if ensured and addressee:
        actor = next(iter(parties_in(text, Span(ensured.end(), min(span.end, ensured.end() + 80)), words)), None)
    return Norm(modality=kind, cue=cue, subject=subject, addressee=addressee, actor=actor, action=action, object=object)


def parties_in(text: str, span: Span, words: Words) -> tuple[Party, ...]:
    """The parties named in a stretch, in its order; of names within names the longest."""
    found = sorted(
        (
            Party(name, Span(*each.span()))
            for name, pattern in words.parties.items()
            for each in pattern.finditer(text, span.start, span.end)
        ),
        key=lambda each: (each.span.start, -each.span.end),
    )
    kept: list[Party] = []
    for each in found:
        if not kept or each.span.start >= kept[-1].span.end:
            kept.append(each)
    return tuple(kept)


def _cue_of(text: str, span: Span, words: Words) -> tuple[Modality, Span] | None:
    """The modality of the main clause and the words that say it: of those that stand in no clause about another word."""
    sentence = text[span.start : span.end]
    whole = next(
        (each for each in words.modalities if each.kind == "definition" and each.pattern.search(sentence)), None
    )
    if whole is not None:
        found = whole.pattern.search(sentence)
        return ("definition", _moved(found, span)) if found else None
    hits = sorted(_hits(sentence, words), key=lambda hit: _verb_at(hit[2]))
    if not hits:
        return None
    main = []
    since = 0
    for hit in hits:
        at = _verb_at(hit[2])
        if not _is_relative(sentence, since, at, words):
            main.append(hit)
        # In English the clause about another word ends with its verb: `lamps that keepers may sell shall ...`.
        since = since if words.verb_second else max(since, hit[2].end())
    _, cue, found = min(main or hits, key=lambda hit: _weight(hit, words))
    return cue.kind, _moved(found, span)


def _hits(sentence: str, words: Words) -> list[tuple[int, ModalityCue, re.Match[str]]]:
    return [
        (order, each, found)
        for order, each in enumerate(words.modalities)
        if each.kind != "definition"
        for found in islice(each.pattern.finditer(sentence), _MOST_CUES)
    ]


def _weight(hit: tuple[int, ModalityCue, re.Match[str]], words: Words) -> tuple[int, int]:
    """The first verb of duty is the main one; where any verb can state a duty, the kind that is tried first goes first."""
    order, _, found = hit
    return (order, found.start()) if words.verb_second else (_verb_at(found), order)


def _verb_at(found: re.Match[str]) -> int:
    """Where the verb of a cue stands: its last word but those of the verb, for `only ... may` and `no ... shall`."""
    inner = re.search(r"\b(?:shall|may|must|is|are|cannot|has|have|should)\b", found[0], re.IGNORECASE)
    return found.start() + (inner.start() if inner else 0)


def _is_relative(sentence: str, since: int, at: int, words: Words) -> bool:
    """Whether the verb at that place belongs to a clause about another word."""
    if words.patterns["clausal"].match(sentence) and "," not in sentence[:at]:
        return True
    clause = re.split(r"[,;:]", sentence[max(since, at - _LONGEST_CLAUSE, 0) : at])[-1]
    # What begins the sentence is no clause about a word before it: `Die garanties kunnen ...`.
    return words.patterns["relative"].search(clause if len(clause) == at else f" {clause}") is not None


def _subject(text: str, span: Span, cue: Span, words: Words) -> Span | None:
    """The subject of the main clause: before the verb, or right after it where Dutch turns them round."""
    before = text[span.start : cue.start]
    if not words.patterns["leading"].match(before):
        return _subject_before(text, span.start, cue.start)
    if words.verb_second:
        after = next(iter(parties_in(text, Span(cue.start, min(span.end, cue.end + 60)), words)), None)
        return after.span if after else None
    parts = [each.start() for each in re.finditer(",", before)]
    for comma in reversed(parts):
        start = span.start + comma + 1
        clause = text[start : cue.start].strip(_BLANKS)
        # What stands between two commas before the verb is put in: `the Commission, after consulting them, may`.
        if clause and not words.patterns["leading"].match(clause) and not clause.startswith(("acting", "and ", "or ")):
            return _subject_before(text, start, cue.start)
    # `By 1 May 2027 the Commission shall`: no comma, but a party right before the verb.
    last = next(reversed(parties_in(text, Span(span.start, cue.start), words)), None)
    return last.span if last and not text[last.span.end : cue.start].strip(_BLANKS) else None


def _subject_before(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _BLANKS:
        start += 1
    while end > start and text[end - 1] in _BLANKS:
        end -= 1
    return Span(start, end) if 0 < end - start <= _LONGEST_SUBJECT else None


def _principal(known: tuple[Party, ...], subject: Span | None, text: str) -> Party | None:
    """The party that is the subject, not one that is only named in it: `a decision of the Commission`."""
    if subject is None:
        return None
    return next((each for each in known if not text[subject.start : each.span.start].strip(_BLANKS)), None)


def _agent(text: str, span: Span, words: Words) -> Party | None:
    """By whom something is to be done: `shall be adopted by the Commission`, not in a clause about another word."""
    end = min(span.end, span.start + _LONGEST_CLAUSE)
    relative = words.patterns["relative"].search(text, span.start + 1, end)
    end = relative.start() if relative else end
    if not words.patterns["passive"].search(text, span.start, min(end, span.start + 40)):
        return None
    for found in words.patterns["agent"].finditer(text, span.start, end):
        for each in parties_in(text, Span(found.end(), min(span.end, found.end() + 80)), words):
            if each.span.start <= found.end():
                return each
    return None


def _action(text: str, span: Span, cue: Span, words: Words) -> tuple[tuple[Span, ...], Span | None]:
    """The verb after the words of duty, and its object."""
    if words.verb_second:
        return _dutch_action(text, span, cue, words)
    at = _past_insertions(text, cue.end, span.end, words)
    found = _VERB.match(text, at, span.end)
    if found is None:
        return (), None
    return (Span(*found.span()),), _object(text, found.end(), span.end, words)


# `be notified`, `not have been given`, `adopt`.
_VERB = re.compile(r"(?:(?:not|also|be|been|have|to|only|endeavour)\s+){0,4}(?:\w+ly\s+)?[a-z][a-z-]+", re.IGNORECASE)
_INSERTED = re.compile(r"\s*,[^,;]{1,300},\s*")


def _past_insertions(text: str, at: int, end: int, words: Words) -> int:
    """Past what is put in between the verb of duty and the action: `shall, where appropriate, adopt`."""
    between = words.patterns["between"]
    for _ in range(3):
        found = _INSERTED.match(text, at, end) or between.match(text, at, end)
        if found is None:
            break
        at = found.end()
    while at < end and text[at] in _BLANKS:
        at += 1
    return at


def _object(text: str, start: int, end: int, words: Words) -> Span | None:
    """What follows the verb, up to the circumstances."""
    found = words.patterns["circumstances"].search(text, start, end)
    return _subject_before(text, start, min(end, found.start() if found else end, start + _LONGEST_SUBJECT))


def _dutch_action(text: str, span: Span, cue: Span, words: Words) -> tuple[tuple[Span, ...], Span | None]:
    """The finite verb, and the word that ends the clause where it belongs to it: `stellen ... vast`, `kan ... vaststellen`."""
    first = re.compile(r"\w+").match(text, cue.start, span.end)
    object = _object(text, cue.end, span.end, words)
    if first is None:
        return (), object
    verb = Span(*first.span())
    clause = object.end if object else cue.end
    at = min(cue.end, clause)
    form = {**dict.fromkeys(_PASSIVE_VERBS, _PARTICIPLE), **dict.fromkeys(_MODAL_VERBS, _PASSIVE_INFINITIVE)}.get(
        first[0].lower()
    )
    done = form.search(text, at, clause) if form else None
    last = done or _LAST.search(text, at, clause)
    if last is None or not (done or _belongs(text, at, last, first[0].lower())):
        return (verb,), object
    ended = Span(*last.span())
    rest = _subject_before(text, at, ended.start) or _subject_before(text, ended.end, clause)
    return (verb, ended), rest


_PASSIVE_VERBS = frozenset({"wordt", "worden"})
_MODAL_VERBS = frozenset({"kan", "kunnen", "mag", "mogen", "moet", "moeten", "dient", "dienen"})
_PARTICIPLE = re.compile(
    r"\b(?:\w{0,8}ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|aan\w|vast\w|mede\w)\w{2,}[dt])\b(?!\s(?:worden\s)?\w+(?:ing|schap|heid)\b)"
)
# A noun can look like a participle, so a form of `worden` must stand beside it.
_PASSIVE_INFINITIVE = re.compile(r"\bworden\s\w+(?:d|t|en)\b|\b\w+(?:d|t|en)\sworden\b")
_LAST = re.compile(r"\b(?:te\s)?\w+\Z")
# The part of a separable verb that ends a clause.
_SEPARABLE = re.compile(
    r"vast|toe|af|aan|op|uit|in|mede|mee|voor|over|bij|door|terug|bekend|plaats|deel|neer|na|onder|weer|weg|samen|open",
    re.IGNORECASE,
)
_BEFORE_LAST = re.compile(r"(\w+)\s+\Z")
_DETERMINERS = frozenset(
    {"het", "een", "van", "voor", "in", "op", "met", "aan", "door", "tot", "uit", "tussen", "hun", "zijn", "haar"}
)


def _belongs(text: str, start: int, last: re.Match[str], verb: str) -> bool:
    """Whether the last word of a clause is part of its verb: an infinitive after a verb like `kunnen`, or `vast`."""
    if _SEPARABLE.fullmatch(last[0]):
        return verb not in _MODAL_VERBS | _PASSIVE_VERBS
    if verb not in _MODAL_VERBS or not last[0].endswith("en"):
        return False
    before = _BEFORE_LAST.search(text, start, last.start())
    # After an article or an adjective comes a noun.
    return before is None or not (before[1].endswith("e") or before[1].lower() in _DETERMINERS)


def _moved(found: re.Match[str], span: Span) -> Span:
    start, end = found.span("cue" if found.groupdict().get("cue") else 0)
    return Span(span.start + start, span.start + end)
