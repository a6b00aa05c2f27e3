"""The articles that say how delegated and implementing acts come about: on the exercise of the delegation, on the committee.

The first lists the provisions that delegate; drafts change their numbers, and then the list no longer fits. The second names
the procedures of Regulation (EU) No 182/2011.
"""

import re
from collections.abc import Sequence
from typing import Literal

from attrs import evolve, frozen

from consistent.documents.citing.references import Place, Reference
from consistent.documents.document import Document, Span
from consistent.documents.provisions.provisions import Amended, Provision
from consistent.documents.words.provision_words import ProvisionWords

__all__ = ["CommitteeRule", "Delegation", "Mismatch", "committee_rules", "delegation_in", "mismatches_of"]

# Articles 4, 5 and 8 of Regulation (EU) No 182/2011.
_PROCEDURES: dict[str, Literal["", "advisory", "examination"]] = {"4": "advisory", "5": "examination"}
_AT_ONCE = "8"


@frozen(kw_only=True)
class Delegation:
    """What an article on the exercise of the delegation says.

    Attributes:
        place: the article.
        within: where it is to become part of another act.
        span: from its first sentence to its last.
        months: for how long the power is delegated; None for an indeterminate period, and where the text does not say.
        indeterminate: whether the text says that there is no end.
        tacit: whether the period is extended unless Parliament or Council oppose.
        revocable: whether either may revoke it.
        objection: months in which they may object; None where the text does not say.
        listed: the provisions that it says delegate, in the order of the text, each once.
        number: that the article evidently should have: it carries that of the article before it, and the next is missing;
            empty elsewhere.
        limits: the sentence that says for how long, and for which provisions.
        timeless: the sentence that confers powers, by the provisions that it lists, where neither it nor another that confers
            any has a word of time, and none is extended; None elsewhere.
        conditions: the sentences by which Parliament or Council may revoke the power, or object.
    """

    place: Place
    within: Amended | None = None
    span: Span
    months: int | None = None
    indeterminate: bool = False
    tacit: bool = False
    revocable: bool = False
    objection: int | None = None
    listed: tuple[Reference, ...] = ()
    number: str = ""
    limits: Span | None = None
    timeless: Span | None = None
    conditions: tuple[Span, ...] = ()

    def covers(self, place: Place, exercise: Place | None) -> bool:
        """Whether a power is exercised by it: it lists the provision, or the provision refers to it.

        Args:
            place: of the provision that delegates.
            exercise: the article that the provision refers to for the exercise.
        """
        if any(reference.place.covers(place) for reference in self.listed):
            return True
        return exercise is not None and exercise.article in {self.place.article, self.number}


@frozen(kw_only=True)
class CommitteeRule:
    """What a paragraph of the committee article says holds where reference is made to it.

    Attributes:
        procedure: advisory or examination; empty where it names only acts that apply at once.
        urgent: whether acts apply at once (Article 8 of Regulation (EU) No 182/2011).
        place: the paragraph.
        span: the sentence.
    """

    procedure: Literal["", "advisory", "examination"]
    urgent: bool
    place: Place
    span: Span


@frozen(kw_only=True)
class Mismatch:
    """Where provisions that delegate and the article on the exercise do not agree.

    Attributes:
        kind: `listed-without-delegation`, a provision that is listed and delegates nothing; `delegation-not-listed`, one
            that delegates and is not listed; `not-on-exercise`, one that refers to another article for the exercise;
            `no-exercise`, one that delegates in an act without such an article.
        place: the provision.
        span: the words to look at.
    """

    kind: Literal["listed-without-delegation", "delegation-not-listed", "not-on-exercise", "no-exercise"]
    place: Place
    span: Span


def delegation_in(
    document: Document, article: Sequence[Provision], words: ProvisionWords, number: str = ""
) -> Delegation | None:
    """What an article says of the exercise of the delegation; None where it is about something else.

    Args:
        document: that holds the article.
        article: its provisions, at least one.
        words: of the language.
        number: that the article evidently should have; empty where it carries its own.
    """
    patterns = words.patterns
    heading = article[0].heading.strip()
    texts = [document.of(provision.span) for provision in article]
    if not patterns["exercise.headings"].fullmatch(heading) and not any(
        patterns["exercise.sentence"].search(text) for text in texts[:3]
    ):
        return None
    conferred = [text for text in texts if patterns["exercise.conferred"].search(text)]
    period = next((match for text in conferred if (match := patterns["exercise.period"].search(text))), None)
    objection = next((match for text in texts if (match := patterns["exercise.objection"].search(text))), None)
    own = article[0].place.article
    listed: dict[str, Reference] = {}
    for sentence, text in zip(article, texts, strict=True):
        if patterns["act"].search(text) or patterns["exercise.revoked"].search(text) or text in conferred:
            for reference in sentence.references:
                if reference.place.article not in {"", number or own} and not reference.place.act:
                    listed.setdefault(str(reference.place), reference)
    return Delegation(
        place=Place(article=own),
        within=article[0].amended,
        span=Span(article[0].span.start, article[-1].span.end),
        months=_months(period, words) if period else None,
        indeterminate=any(patterns["exercise.indeterminate"].search(text) for text in conferred),
        tacit=any(patterns["exercise.tacit"].search(text) for text in texts),
        revocable=any(patterns["exercise.revoked"].search(text) for text in texts),
        objection=_months(objection, words) if objection else None,
        listed=tuple(listed.values()),
        number=number,
        limits=next(
            (
                sentence.span
                for sentence, text in zip(article, texts, strict=True)
                if text in conferred
                and any(patterns[f"exercise.{name}"].search(text) for name in ("period", "indeterminate", "until"))
            ),
            None,
        ),
        timeless=None
        if any(patterns["exercise.time"].search(text) for text in conferred)
        or any(patterns["exercise.tacit"].search(text) for text in texts)
        else next(
            (
                sentence.span
                for sentence, text in zip(article, texts, strict=True)
                if text in conferred and any(reference in listed.values() for reference in sentence.references)
            ),
            None,
        ),
        conditions=tuple(
            sentence.span
            for sentence, text in zip(article, texts, strict=True)
            if patterns["exercise.revoked"].search(text) or patterns["exercise.objection"].search(text)
        ),
    )


def _months(match: re.Match[str], words: ProvisionWords) -> int | None:
    number = match["number"].lower()
    count = int(number) if number.isdigit() else words.numbers.get(number)
    return None if count is None else count * words.units[match["unit"].lower()]


def committee_rules(
    document: Document, article: Sequence[Provision], words: ProvisionWords
) -> dict[tuple[str, str], CommitteeRule]:
    """By article and paragraph, what holds where reference is made to it; empty for any other article.

    Args:
        document: that holds the article.
        article: its provisions, at least one.
        words: of the language.

    Returns:
        The rule under the article and its paragraph; the first of the article under the article alone too.
    """
    rules: dict[tuple[str, str], CommitteeRule] = {}
    if not any(words.patterns["committee.sentence"].search(document.of(provision.span)) for provision in article[:2]):
        return rules
    for sentence in article:
        text = document.of(sentence.span)
        named = words.patterns["procedures.committee_article"].search(text)
        if named is None:
            continue
        urgent = named["number"] == _AT_ONCE
        joint = words.patterns["procedures.committee_joint"].search(text) if urgent else None
        place = evolve(sentence.amended.place if sentence.amended else sentence.place, subparagraph="")
        rule = CommitteeRule(
            procedure=_PROCEDURES.get(joint["number"] if joint else named["number"], ""),
            urgent=urgent,
            place=place,
            span=sentence.span,
        )
        rules.setdefault((place.article, place.paragraph), rule)
        rules.setdefault((place.article, ""), rule)
    return rules


def mismatches_of(
    delegating: Sequence[tuple[Place, Amended | None, Place | None, Span]], delegations: Sequence[Delegation]
) -> tuple[Mismatch, ...]:
    """Where provisions that delegate and articles on the exercise do not agree, in the order of the text.

    Args:
        delegating: of each provision that delegates, its place, the place it is to have in another act, the article on the
            exercise that it refers to, and its words.
        delegations: of the same document.
    """
    mismatches: list[Mismatch] = []
    for place, within, exercise, span in delegating:
        where = evolve(within.place, act="") if within else evolve(place, annex=place.annex)
        own = [delegation for delegation in delegations if (delegation.within is None) == (within is None)]
        if not own:
            # The amended act may have its own article on the exercise, outside this document.
            if within is None:
                mismatches.append(Mismatch(kind="no-exercise", place=where, span=span))
            continue
        if not any(listed.place.covers(where) for delegation in own for listed in delegation.listed):
            mismatches.append(Mismatch(kind="delegation-not-listed", place=where, span=span))
        if exercise is not None and not any(
            delegation.place.covers(exercise) or delegation.number == exercise.article or delegation.within is not None
            for delegation in own
        ):
            mismatches.append(Mismatch(kind="not-on-exercise", place=where, span=span))
    for listing in delegations:
        for reference in listing.listed:
            named = reference.place
            if not any(
                named.covers(evolve(within.place, act="") if within else place) for place, within, _, _ in delegating
            ):
                mismatches.append(Mismatch(kind="listed-without-delegation", place=named, span=reference.span))
    return tuple(sorted(mismatches, key=lambda mismatch: mismatch.span.start))
