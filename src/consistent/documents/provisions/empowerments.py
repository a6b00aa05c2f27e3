"""Empowerments: every delegated act and every implementing act that the articles of an act provide for.

Articles 290 and 291 TFEU. A fiche lists them by article and paragraph, and so they are counted: one for each paragraph (or
point) and kind. The article on the exercise of the delegation, the one on the committee, definitions, and sentences that only
speak of acts provided for elsewhere provide for none.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Literal

from attrs import evolve, frozen

from consistent.documents.citing.references import Place
from consistent.documents.document import Document, Span
from consistent.documents.provisions._delegation import (
    CommitteeRule,
    Delegation,
    Mismatch,
    committee_rules,
    delegation_in,
    mismatches_of,
)
from consistent.documents.provisions.grants import ActKind, Grant, grants_in, lays_down, other_party
from consistent.documents.provisions.provisions import Amended, Provision, provisions_of
from consistent.documents.provisions.sentences import parties_in
from consistent.documents.structure.structure import misnumbered_articles
from consistent.documents.words.provision_words import Look, Modality, ProvisionWords, words_of

__all__ = ["Delegation", "Empowerment", "Empowerments", "empowerments_of"]


Form = Literal["act", "regulation", "decision"]
Effect = Literal["amends", "supplements", "both", "unclear"]
Procedure = Literal["", "advisory", "examination"]


@frozen(kw_only=True)
class Empowerment:
    """One delegated or implementing act, or a series of them, that an act provides for.

    Attributes:
        place: article, paragraph and point that provide for it; the point only where points provide for acts of their own.
        within: the provision of another act that it is to become part of; None where it is one of this act.
        form: what the text calls the act; `act` where it leaves it open.
        holder: who is empowered: `commission`, `council`, `agencies`, `high-representative`.
        modality: `shall`, `may` or `empowered`.
        span: of the sentence that provides for it.
        purposes: what for: from the words for the act on; one for each sentence that provides for it in that paragraph.
        procedure: of the committee; empty for a delegated act, and where the text names none.
        procedure_place: the provision that the procedure is laid down in, as the text refers to it.
        procedure_span: of the sentence that says so.
        committee: the paragraph of the committee article that names the procedure, where the text refers to that.
        misnumbered: whether the text refers to another article than that.
        urgent: whether acts that apply at once, or an urgency procedure, are provided for.
        effect: whether a delegated act supplements the act or amends it; `unclear` where the words do not say.
        look: whether the elements look essential by the words: a cue for the reader, not a verdict.
        look_span: of the cue.
        exercise: for a delegated act, the article on the exercise of the delegation that the text refers to.
        overrules: the provision that leaves to Member States what the power reaches; None where none was seen.
        overruling: the words by which the Commission decides instead of a Member State, or changes what one decided.
    """

    place: Place
    within: Amended | None = None
    kind: ActKind
    form: Form = "act"
    holder: str
    modality: Modality
    span: Span
    purposes: tuple[Span, ...]
    procedure: Procedure = ""
    procedure_place: Place | None = None
    procedure_span: Span | None = None
    committee: CommitteeRule | None = None
    misnumbered: bool = False
    urgent: bool = False
    effect: Effect = "unclear"
    look: Look = "unclear"
    look_span: Span | None = None
    exercise: Place | None = None
    overrules: Place | None = None
    overruling: Span | None = None


@frozen(kw_only=True)
class Empowerments:
    """What an act provides for.

    Attributes:
        granted: in the order of the text.
        delegations: the articles on the exercise of the delegation, mostly one or none.
        mismatches: between the two.
    """

    granted: tuple[Empowerment, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()

    def delegation_of(self, empowerment: Empowerment) -> Delegation | None:
        """The article on the exercise of the delegation that covers a power; None where none does."""
        if empowerment.kind != "delegated":
            return None
        within = empowerment.within
        where = evolve(within.place, act="") if within else empowerment.place
        own = [delegation for delegation in self.delegations if (delegation.within is None) == (within is None)]
        covering = [delegation for delegation in own if delegation.covers(where, empowerment.exercise)]
        # A reference that leads nowhere means the only such article that there is.
        return next(iter(covering or (own if len(own) == 1 and empowerment.exercise else ())), None)


def empowerments_of(document: Document, provisions: Sequence[Provision] | None = None) -> Empowerments:
    """The empowerments of a document; none where its language is not read.

    Args:
        document: with its structure.
        provisions: of that document, where they were read already.
    """
    words = words_of(document.language)
    if words is None:
        return Empowerments()
    sentences = provisions_of(document) if provisions is None else provisions
    articles = [list(group) for _, group in groupby(sentences, key=_article_of)]
    evident = misnumbered_articles(document)
    read = [
        delegation_in(
            document, article, words, next((number for part, number in evident if article[0].span in part), "")
        )
        for article in articles
    ]
    delegations = [delegation for delegation in read if delegation is not None]
    exercises = frozenset(
        number
        for delegation in delegations
        for number in (
            delegation.within.place.article if delegation.within else delegation.place.article,
            delegation.number,
        )
        if number
    )
    rules: dict[tuple[str, str], CommitteeRule] = {}
    for article in articles:
        rules |= committee_rules(document, article, words)
    granted: list[Empowerment] = []
    for article, delegation in zip(articles, read, strict=True):
        if delegation is None and not _speaks_of_acts_only(document, article, words):
            granted.extend(_granted(document, article, words, exercises, rules))
    named = tuple(_with_procedure(empowerment, rules) for empowerment in granted)
    return Empowerments(
        granted=named,
        delegations=tuple(delegations),
        mismatches=mismatches_of(
            [
                (empowerment.place, empowerment.within, empowerment.exercise, empowerment.span)
                for empowerment in named
                if empowerment.kind == "delegated"
            ],
            delegations,
        ),
    )


def _article_of(provision: Provision) -> tuple[str, ...]:
    """What makes provisions those of one article: its annex and number, and the article of another act that they are to become.

    The heading too: two articles of one number are two.
    """
    within = provision.amended
    return (
        provision.place.annex,
        provision.place.article,
        within.act if within else "",
        within.place.article if within else "",
        "" if within else provision.heading,
    )


def _speaks_of_acts_only(document: Document, article: Sequence[Provision], words: ProvisionWords) -> bool:
    """Whether it is an article of definitions, or the one on the committee."""
    heading = article[0].heading.strip()
    if words.patterns["definitions.headings"].fullmatch(heading):
        return True
    return any(words.patterns["committee.sentence"].search(document.of(provision.span)) for provision in article[:2])


def _granted(
    document: Document,
    article: Sequence[Provision],
    words: ProvisionWords,
    exercises: frozenset[str],
    rules: Mapping[tuple[str, str], CommitteeRule],
) -> list[Empowerment]:
    """The empowerments of one article."""
    hits = [hit for provision in article for hit in grants_in(document, provision, words, exercises)]
    hits = _with_named_after(document, article, hits, words)
    points: dict[tuple[ActKind, Place], set[str]] = defaultdict(set)
    for hit in hits:
        points[hit.kind, evolve(hit.provision.place, subparagraph="", point="")].add(hit.provision.place.point)
    counted: dict[tuple[Place, Place | None, ActKind], list[Grant]] = defaultdict(list)
    for hit in hits:
        within = hit.provision.amended
        counted[_counted(hit, points), within.place if within else None, hit.kind].append(hit)
    empowerments = [_empowerment(document, place, same, article, words) for (place, _, _), same in counted.items()]
    empowerments = [_with_overruling(document, empowerment, article, words) for empowerment in empowerments]
    return _with_sentences_on_procedure(document, empowerments, article, words, rules)


def _with_named_after(
    document: Document, article: Sequence[Provision], hits: list[Grant], words: ProvisionWords
) -> list[Grant]:
    """The grants with those that only the next sentence names: `it shall adopt a decision. That implementing act shall be adopted ...`.

    Args:
        document: that holds the article.
        article: its provisions.
        hits: what its sentences provide for by themselves.
        words: of the language.
    """
    found = list(hits)
    for before, provision in pairwise(article):
        text = document.of(provision.span)
        one = words.patterns["named-after"].match(text)
        if one is None or not words.patterns["procedures.any"].search(text):
            continue
        same = before.place == provision.place and before.amended == provision.amended
        own = any(hit.provision.span == before.span and hit.kind == "implementing" for hit in hits)
        act = words.patterns["decides"].search(document.of(before.span))
        if same and not own and act is not None and lays_down(before) and not other_party(before, words):
            at = Span(before.span.start + act.start(), before.span.start + act.end())
            found.append(Grant(provision=before, kind="implementing", act=at))
    return sorted(found, key=lambda hit: (hit.provision.span.start, hit.act.start))


def _counted(hit: Grant, points: Mapping[tuple[ActKind, Place], set[str]]) -> Place:
    """Where an empowerment is counted: the paragraph, or the point where several points of one paragraph have their own."""
    place = evolve(hit.provision.place, subparagraph="")
    whole = evolve(place, point="")
    own = len(points[hit.kind, whole]) > 1 or not place.paragraph or hit.provision.amended is not None
    return place if own else whole


def _purpose(document: Document, hit: Grant, article: Sequence[Provision]) -> Span:
    """From the words for the act to the end of the sentence, and of the list that it leads up to."""
    span = hit.provision.span
    end = span.end
    # `stelt die vast door middel van uitvoeringshandelingen`: what for stands before.
    start = hit.act.start if end - hit.act.end > _NEAR else span.start
    if document.of(span).endswith(":"):
        end = max((point.span.end for point in article if point.chapeau == span), default=end)
    return Span(start, end)


def _empowerment(
    document: Document, place: Place, hits: Sequence[Grant], article: Sequence[Provision], words: ProvisionWords
) -> Empowerment:
    """What the sentences of one paragraph or point provide for together.

    Args:
        document: that holds them.
        place: where the empowerment is counted.
        hits: what the sentences provide for, at least one; the first tells form, holder and modality.
        article: the provisions of the article.
        words: of the language.
    """
    hit, provision = hits[0], hits[0].provision
    called = document.of(hit.act)
    form: Form = "act"
    if words.patterns["decision"].search(called):
        form = "decision"
    elif words.patterns["regulation"].search(called):
        form = "regulation"
    exercise = None
    if hit.kind == "delegated":
        exercise = next(
            (
                reference.place
                for reference in provision.references
                if _follows_exercise(document, reference.span, hit, words)
            ),
            None,
        )
    purposes = tuple(_purpose(document, grant, article) for grant in hits)
    texts = [
        document.of(Span(grant.provision.span.start, purpose.end))
        for grant, purpose in zip(hits, purposes, strict=True)
    ]
    look, look_span = _look(document, purposes, words)
    return Empowerment(
        place=place,
        within=provision.amended,
        kind=hit.kind,
        form=form,
        holder=_holder(document, provision, words),
        modality=provision.modality,
        span=provision.span,
        purposes=purposes,
        exercise=exercise,
        urgent=any(words.patterns["procedures.urgency"].search(text) for text in texts),
        effect=_effect(texts, words) if hit.kind == "delegated" else "unclear",
        look=look,
        look_span=look_span,
    )


def _effect(texts: Sequence[str], words: ProvisionWords) -> Effect:
    """Whether delegated acts amend or supplement the act, by the sentences that provide for them."""
    amends = any(words.patterns["effects.amends"].search(text) for text in texts)
    supplements = any(
        words.patterns["effects.supplements"].search(words.patterns["effects.manner"].sub(" ", text)) for text in texts
    )
    if amends and supplements:
        return "both"
    return "amends" if amends else "supplements" if supplements else "unclear"


def _look(document: Document, purposes: Sequence[Span], words: ProvisionWords) -> tuple[Look, Span | None]:
    """How the elements look by the first cue that the purposes have, and that cue."""
    for look, pattern in words.essence:
        for span in purposes:
            cue = pattern.search(document.text, span.start, span.end)
            if cue:
                return look, None if look == "unclear" else Span(*cue.span())
    return "unclear", None


def _follows_exercise(document: Document, reference: Span, hit: Grant, words: ProvisionWords) -> bool:
    """Whether a reference says how the delegation is exercised: `delegated acts in accordance with Article 38`."""
    if min(abs(reference.start - hit.act.end), abs(hit.act.start - reference.end)) > _NEAR:
        return False
    before = document.text[max(hit.provision.span.start, reference.start - 30) : reference.start]
    return words.patterns["in-accordance"].search(before) is not None


def _holder(document: Document, provision: Provision, words: ProvisionWords) -> str:
    if provision.addressee is not None and provision.addressee.name in words.holders:
        return provision.addressee.name
    named = (party.name for party in parties_in(document.text, provision.span, words) if party.name in words.holders)
    # Both kinds of act are the Commission's unless the text says otherwise: Articles 290(1) and 291(2) TFEU.
    return next(named, "commission")


def _with_sentences_on_procedure(
    document: Document,
    empowerments: list[Empowerment],
    article: Sequence[Provision],
    words: ProvisionWords,
    rules: Mapping[tuple[str, str], CommitteeRule],
) -> list[Empowerment]:
    """The empowerments with the procedure that a sentence names: their own, a later one of the paragraph, or another of the article.

    Args:
        document: that holds the article.
        empowerments: of the article; changed in place.
        article: its provisions.
        words: of the language.
        rules: of the committee articles: a reference to one of them says as much as the word procedure.
    """
    patterns = words.patterns
    for provision in article:
        text = document.of(provision.span)
        back = _of_that_article(text, provision, article, words, rules)
        if patterns["procedures.any"].search(text):
            place = back or _procedure_place(document, provision, words)
        elif patterns["act"].search(text):
            place = back or next(
                (
                    reference.place
                    for reference in provision.references
                    if not reference.place.act
                    and (reference.place.article, reference.place.paragraph) in rules
                    and reference.place.article != provision.place.article
                    and patterns["in-accordance"].search(
                        document.text[max(provision.span.start, reference.span.start - _NEAR) : reference.span.start]
                    )
                ),
                None,
            )
        else:
            continue
        name: Procedure = "advisory" if patterns["procedures.advisory"].search(text) else ""
        name = name or ("examination" if patterns["procedures.examination"].search(text) else "")
        if not name and place is None:
            continue
        urgent = patterns["procedures.urgency"].search(text) is not None
        for at in _meant(provision, empowerments):
            if empowerments[at].procedure_span is None:
                empowerments[at] = evolve(
                    empowerments[at], procedure=name, procedure_place=place, procedure_span=provision.span
                )
            if urgent and not empowerments[at].urgent:
                empowerments[at] = evolve(empowerments[at], urgent=True)
    return empowerments


def _of_that_article(
    text: str,
    provision: Provision,
    article: Sequence[Provision],
    words: ProvisionWords,
    rules: Mapping[tuple[str, str], CommitteeRule],
) -> Place | None:
    """The paragraph of a committee article that a sentence calls `that Article`, because it was named before; None elsewhere.

    Args:
        text: of the sentence.
        provision: the sentence.
        article: that it stands in.
        words: of the language.
        rules: of the committee articles.
    """
    back = words.patterns["procedures.that_article"].search(text)
    if back is None:
        return None
    committees = {number for number, _ in rules}
    before = [
        reference.place
        for earlier in article
        if earlier.span.start <= provision.span.start
        for reference in earlier.references
        if not reference.place.act and reference.place.article in committees - {provision.place.article}
    ]
    return Place(article=before[-1].article, paragraph=back["paragraph"] or before[-1].paragraph) if before else None


def _meant(provision: Provision, empowerments: Sequence[Empowerment]) -> list[int]:
    """Which empowerments of its article a sentence on procedure is about."""
    implementing = [
        at
        for at, empowerment in enumerate(empowerments)
        if empowerment.kind == "implementing" and empowerment.span.start <= provision.span.start
    ]
    named = [
        reference.place
        for reference in provision.references
        if not reference.place.act and reference.place.article == provision.place.article
    ]
    if named:
        meant = [at for at in implementing if any(place.covers(empowerments[at].place) for place in named)]
        if meant:
            return meant
    own = _here(provision)
    here = [at for at in implementing if _where(empowerments[at]) == own]
    if here:
        # `Those implementing acts` after two sentences that provide for acts: both.
        return here
    return [at for at in implementing if empowerments[at].procedure_span is None]


def _here(provision: Provision) -> tuple[str, str]:
    return (
        (provision.amended.place.article, provision.amended.place.paragraph)
        if provision.amended
        else (provision.place.article, provision.place.paragraph)
    )


def _where(empowerment: Empowerment) -> tuple[str, str]:
    return (
        (empowerment.within.place.article, empowerment.within.place.paragraph)
        if empowerment.within
        else (empowerment.place.article, empowerment.place.paragraph)
    )


def _procedure_place(document: Document, provision: Provision, words: ProvisionWords) -> Place | None:
    """The provision that a sentence says the procedure is laid down in."""
    match = words.patterns["procedures.any"].search(document.text, provision.span.start, provision.span.end)
    if match is None:
        return None
    near = [reference for reference in provision.references if not reference.place.act and reference.place.article]
    near.sort(
        key=lambda reference: min(abs(reference.span.start - match.end()), abs(match.start() - reference.span.end))
    )
    return (
        near[0].place
        if near and min(abs(near[0].span.start - match.end()), abs(match.start() - near[0].span.end)) < _NEAR
        else None
    )


# Between the word `procedure` and the article it is laid down in: `referred to in`, `bedoelde`.
_NEAR = 40


def _with_procedure(empowerment: Empowerment, rules: Mapping[tuple[str, str], CommitteeRule]) -> Empowerment:
    """With the paragraph of the committee article that the text refers to, and the procedure that it names.

    Where the article that is named is none on a committee, the only one of the document is meant.
    """
    place = empowerment.procedure_place
    if place is None:
        return empowerment
    rule = rules.get((place.article, place.paragraph)) or rules.get((place.article, ""))
    misnumbered = False
    if rule is None and len({article for article, _ in rules}) == 1 and empowerment.within is None:
        only = next(article for article, _ in rules)
        rule = rules.get((only, place.paragraph)) or rules[only, ""]
        misnumbered = True
    if rule is None:
        return empowerment
    return evolve(
        empowerment,
        procedure=empowerment.procedure or rule.procedure,
        urgent=empowerment.urgent or rule.urgent,
        committee=rule,
        misnumbered=misnumbered,
    )


def _with_overruling(
    document: Document, empowerment: Empowerment, article: Sequence[Provision], words: ProvisionWords
) -> Empowerment:
    """With a mark where it reaches what another paragraph leaves to Member States.

    So where the words say it (`instead of the Member State`), and where the same is done to the same: a paragraph has Member
    States designate something, and the power goes back to that paragraph and designates too.
    """
    text = document.text
    said = words.patterns["overruling.said"].search(text, empowerment.span.start, empowerment.span.end)
    own = next(provision for provision in article if provision.span == empowerment.span)
    verbs = {verb[0].lower() for verb in words.patterns["overruling.verbs"].finditer(document.of(empowerment.span))}
    named = [reference.place for reference in own.references if not reference.place.act]
    left = next(
        (
            evolve(provision.place, subparagraph="", point="")
            for provision in article
            if provision.addressee is not None
            and provision.addressee.name in words.national
            and provision.place.paragraph != own.place.paragraph
            and any(place.paragraph and place.covers(evolve(provision.place, subparagraph="")) for place in named)
            and (
                said
                or verbs
                & {verb[0].lower() for verb in words.patterns["overruling.verbs"].finditer(document.of(provision.span))}
            )
        ),
        None,
    )
    return evolve(empowerment, overrules=left, overruling=Span(*said.span()) if said else None)
