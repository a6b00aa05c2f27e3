"""What a sentence lays down: a duty, a ban, a power; for whom, and to do what.

A sentence is read with the words of its language only: the verb of duty of its main clause, then the parts of that clause.
Nothing is guessed: who is not named is not known.
"""

import re
from itertools import islice
from typing import Literal

from attrs import frozen

from consistent.documents.document import Span
from consistent.documents.provisions.sentences import (
    action_of,
    agents_of,
    doers_of_ensured,
    parties_of,
    subject_of,
    undergoes,
)
from consistent.documents.words.provision_words import Modality, ModalityCue, Party, ProvisionWords

__all__ = ["Norm", "Register", "norm_of"]

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
    """What the sentence of that span lays down, read as one of an act or of a document of policy."""
    span = Span(span.start, min(span.end, span.start + _LONGEST_SENTENCE))
    kind_and_cue = _cue_of(text, span, words, words.modalities if register == "act" else words.policy)
    if kind_and_cue is None:
        return Norm(modality="declaratory")
    kind, cue = kind_and_cue
    if kind == "declaratory":
        return Norm(modality=kind, cue=cue)
    subject = subject_of(text, span, cue, words)
    if kind == "definition":
        return Norm(modality=kind, cue=cue, subject=subject)
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
    _, cue, match = min(main or hits, key=lambda hit: _weight(hit, words))
    return cue.kind, _moved(match, span)


def _hits(sentence: str, modalities: tuple[ModalityCue, ...]) -> list[tuple[int, ModalityCue, re.Match[str]]]:
    return [
        (order, modality, match)
        for order, modality in enumerate(modalities)
        if modality.kind != "definition"
        for match in islice(modality.pattern.finditer(sentence), _MOST_CUES)
    ]


def _weight(hit: tuple[int, ModalityCue, re.Match[str]], words: ProvisionWords) -> tuple[int, int]:
    """The first verb of duty is the main one; where any verb can state a duty, the kind that is tried first goes first."""
    order, _, match = hit
    return (order, match.start()) if words.verb_second else (_verb_at(match), order)


def _verb_at(match: re.Match[str]) -> int:
    """Where the verb of a cue stands: its last word but those of the verb, for `only ... may` and `no ... shall`."""
    inner = re.search(r"\b(?:shall|may|must|is|are|cannot|has|have|should)\b", match[0], re.IGNORECASE)
    return match.start() + (inner.start() if inner else 0)


def _is_relative(sentence: str, since: int, at: int, words: ProvisionWords) -> bool:
    """Whether the verb at that place belongs to a clause about another word."""
    if words.patterns["clausal"].match(sentence) and "," not in sentence[:at]:
        return True
    clause = re.split(r"[,;:](?!\s*\d)", sentence[max(since, at - _LONGEST_CLAUSE, 0) : at])[-1]
    # What begins the sentence is no clause about a word before it: `Die garanties kunnen ...`.
    return words.patterns["relative"].search(clause if len(clause) == at else f" {clause}") is not None


def _moved(match: re.Match[str], span: Span) -> Span:
    start, end = match.span("cue" if match.groupdict().get("cue") else 0)
    return Span(span.start + start, span.start + end)
