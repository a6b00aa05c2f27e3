"""Sentences that provide for a delegated or an implementing act, and not for one that another sentence provides for."""

import re
from typing import Literal

from attrs import frozen

from consistent.documents.document import Document, Span
from consistent.documents.provisions.provisions import Provision
from consistent.documents.words.provision_words import ProvisionWords

__all__ = ["ActKind", "Grant", "grants_in", "lays_down", "other_party"]

ActKind = Literal["delegated", "implementing"]
# So far before the words for an act stands what makes it one that was spoken of.
_BACK = 40
# Longer sentences are tables or lists that were sewn together.
_LONGEST = 20_000


@frozen(kw_only=True)
class Grant:
    """A sentence that provides for an act.

    Attributes:
        provision: the sentence.
        kind: of act.
        act: the words for it.
    """

    provision: Provision
    kind: ActKind
    act: Span


def grants_in(
    document: Document, provision: Provision, words: ProvisionWords, exercises: frozenset[str]
) -> list[Grant]:
    """The acts that a sentence provides for, at most one of each kind.

    Args:
        document: that it stands in.
        provision: the sentence.
        words: of its language.
        exercises: numbers of the articles on the exercise of the delegation: acts `adopted in accordance with` those are
            provided for here, and acts adopted under any other article are provided for there.
    """
    if provision.modality == "definition":
        return []
    lead = _lead(document, provision)
    text = (lead + document.of(provision.span))[:_LONGEST]
    shift = provision.span.start - len(lead)
    grants: dict[ActKind, Grant] = {}
    for grant in words.grants:
        for match in grant.pattern.finditer(text):
            act = _act_in(match)
            if act.start < len(lead):  # the sentence before the list provides for it
                continue
            if grant.needs_duty and not lays_down(provision):
                continue
            if other_party(provision, words) or _denied(text, act, words):
                continue
            if not grant.afresh and _speaks_back(
                text, match, act, words, elsewhere=_elsewhere(provision, shift + act.end, exercises)
            ):
                continue
            kind: ActKind = grant.kind or ("delegated" if match["delegated"] else "implementing")
            grants.setdefault(kind, Grant(provision=provision, kind=kind, act=Span(shift + act.start, shift + act.end)))
    if "implementing" in grants and "delegated" in grants and _same_act(grants):
        del grants["implementing"]
    return list(grants.values())


def _lead(document: Document, provision: Provision) -> str:
    """The words that a point goes on with: `The Commission shall` before `(a) adopt delegated acts`; mostly none."""
    cue, chapeau = provision.norm.cue, provision.chapeau
    if chapeau is None or cue is None or cue not in chapeau:
        return ""
    return document.of(chapeau).rstrip(": ") + " "


def _same_act(grants: dict[ActKind, Grant]) -> bool:
    return grants["delegated"].act == grants["implementing"].act


def _act_in(match: re.Match[str]) -> Span:
    groups = match.re.groupindex
    return Span(*match.span("act" if "act" in groups else 0))


def lays_down(provision: Provision) -> bool:
    """Whether a sentence gives a duty or a power."""
    return provision.modality in {"shall", "may", "empowered", "may-only", "should"}


def _elsewhere(provision: Provision, end: int, exercises: frozenset[str]) -> bool:
    """Whether the first provision named after the words for the act is none on the exercise of the delegation."""
    after = next((reference.place for reference in provision.references if reference.span.start >= end), None)
    return after is None or bool(after.act) or after.article not in exercises


def _speaks_back(text: str, match: re.Match[str], act: Span, words: ProvisionWords, *, elsewhere: bool) -> bool:
    """Whether the words speak of an act provided for elsewhere: `those acts`, `the acts referred to in Article 5`."""
    patterns = words.patterns
    if "act" not in match.re.groupindex:
        # A sentence on how `those acts` come about.
        first = patterns["act"].search(text)
        return _begins_back(text, words) and (first is None or first.start() < match.end())
    before = text[max(0, act.start - _BACK) : act.start]
    if patterns["back-before"].search(before):
        return True
    after = patterns["back-after"].match(text, act.end) is not None
    return (after and elsewhere) or (patterns["definite"].search(before) is not None and match.start() == act.start)


def _denied(text: str, act: Span, words: ProvisionWords) -> bool:
    """Whether the words say that there is no such act or power: `is not empowered to adopt delegated acts`."""
    return words.patterns["denied"].search(text, 0, act.end) is not None


def _begins_back(text: str, words: ProvisionWords) -> bool:
    """Whether the subject of the sentence is something that was spoken of: `Those implementing acts shall ...`."""
    return words.patterns["back-sentence"].match(text) is not None


def other_party(provision: Provision, words: ProvisionWords) -> bool:
    """Whether the one who is bound is no one to whom acts are delegated: Member States, authorities."""
    party = provision.addressee
    # Where the text says `the Union`, it leaves open which institution.
    return party is not None and party.name not in {*words.holders, "union"}
