"""Powers against the articles on how they are used: the exercise of the delegation, the committee; and against the recitals.

Articles 290 and 291 TFEU; for committees Regulation (EU) No 182/2011, whose Article 4 has the advisory procedure, Article 5 the
examination procedure and Article 8 acts that apply at once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from consistent.documents.citing.references import Place
from consistent.documents.document import Span
from consistent.documents.provisions._delegation import CommitteeRule, Mismatch, committee_rules
from consistent.documents.provisions.empowerments import Empowerment
from consistent.documents.provisions.provisions import Provision
from consistent.model.text import Localized
from consistent.proofreading.discrepancy import Discrepancy, called, discrepancy, place_in
from consistent.proofreading.text import Text

__all__ = ["committee_discrepancies", "delegation_discrepancies", "recital_discrepancies"]

_MISMATCHES = {
    "listed-without-delegation": Localized(
        "the article on the exercise of the delegation names {named}, which delegates no power",
        "het artikel over de uitoefening van de delegatie noemt {named}, maar die bepaling delegeert geen bevoegdheid",
    ),
    "delegation-not-listed": Localized(
        "{place} delegates a power, but the article on the exercise of the delegation does not name it",
        "{place} delegeert een bevoegdheid, maar het artikel over de uitoefening van de delegatie noemt die bepaling niet",
    ),
    "not-on-exercise": Localized(
        "{place} refers to article {exercise} for the exercise of the delegation, but that is article {article}",
        "{place} verwijst voor de uitoefening van de delegatie naar artikel {exercise}, maar dat is artikel {article}",
    ),
    "no-exercise": Localized(
        "{place} delegates a power, but the act has no article on the exercise of the delegation",
        "{place} delegeert een bevoegdheid, maar de handeling heeft geen artikel over de uitoefening van de delegatie",
    ),
}
_UNEQUAL = Localized(
    "{place} does not name the same delegating provisions as {other}: {difference}",
    "{place} noemt niet dezelfde delegerende bepalingen als {other}: {difference}",
)
_NO_COMMITTEE = Localized(
    "{place} refers to article {named} for the committee procedure, but the committee article is {article}",
    "{place} verwijst voor de comitéprocedure naar artikel {named}, maar het comité staat in artikel {article}",
)
_OTHER_PROCEDURE = Localized(
    "{place} speaks of the {said} procedure, but {committee} makes Article {article} of Regulation (EU) No 182/2011 apply",
    "{place} spreekt van de {said_nl}, maar {committee} verklaart artikel {article} van Verordening (EU) nr. 182/2011 van toepassing",
)
_NO_SUCH_ARTICLE = Localized(
    "{place} makes Article {article} of Regulation (EU) No 182/2011 apply, which is no procedure",
    "{place} verklaart artikel {article} van Verordening (EU) nr. 182/2011 van toepassing, maar dat is geen procedure",
)
_NO_PROCEDURE = Localized(
    "{place} provides for implementing acts of the Commission without a committee procedure, as {others} other powers of this act have",
    "{place} voorziet in uitvoeringshandelingen van de Commissie zonder comitéprocedure, die {others} andere bevoegdheden van deze handeling wel hebben",
)
_UNUSED = Localized(
    "{place} lays down a committee procedure to which no provision of this act refers",
    "{place} legt een comitéprocedure vast waar geen bepaling van deze handeling naar verwijst",
)
_NO_POWER = {
    "delegated": Localized(
        "{place} says that a power to adopt delegated acts is given, but no article gives one",
        "{place} zegt dat een bevoegdheid wordt gegeven om gedelegeerde handelingen vast te stellen, maar geen artikel geeft die",
    ),
    "implementing": Localized(
        "{place} says that implementing powers are given to the Commission, but no article gives one",
        "{place} zegt dat de Commissie uitvoeringsbevoegdheden krijgt, maar geen artikel geeft die",
    ),
}
_RECITAL_PROCEDURE = Localized(
    "{place} announces the {said} procedure, but no power of this act is used by it",
    "{place} kondigt de {said_nl} aan, maar geen bevoegdheid van deze handeling volgt die",
)
_PROCEDURES = {
    "advisory": ("advisory", "raadplegingsprocedure", "4"),
    "examination": ("examination", "onderzoeksprocedure", "5"),
}
# Of Regulation (EU) No 182/2011: advisory, examination, acts that apply at once. Articles 6 and 7 belong to the second.
_KNOWN_ARTICLES = frozenset({"4", "5", "8"})
# So many powers with a procedure make one without stand out.
_MANY = 1


# Delegation.


def delegation_discrepancies(text: Text) -> Iterator[Discrepancy]:
    """Where powers that are delegated and the article on the exercise do not name each other.

    Args:
        text: of an act. What is to become part of another act is passed over: that act's articles are not at hand.
    """
    document = text.document
    inserted = any(delegation.within is not None for delegation in text.empowerments.delegations)
    for mismatch in text.empowerments.mismatches:
        power = _power_at(text, mismatch)
        if inserted or (power is not None and power.within is not None):
            continue
        yield discrepancy(
            "wrong-reference" if mismatch.kind == "not-on-exercise" else "delegation",
            _MISMATCHES[mismatch.kind],
            [(document, mismatch.span)],
            place=place_in(document, mismatch.span),
            named=called(mismatch.place),
            exercise=power.exercise.article if power is not None and power.exercise is not None else "",
            article=", ".join(each.number or each.place.article for each in text.empowerments.delegations),
        )
    for delegation in text.empowerments.delegations:
        if delegation.within is None:
            yield from _unequal_lists(text, delegation.span)


def _power_at(text: Text, mismatch: Mismatch) -> Empowerment | None:
    return next((power for power in text.empowerments.granted if power.span == mismatch.span), None)


def _unequal_lists(text: Text, within: Span) -> Iterator[Discrepancy]:
    """Paragraphs of the article on the exercise that name other provisions than the first that names any."""
    document = text.document
    lists: list[tuple[Provision, Span, frozenset[str]]] = []
    for provision in text.own:
        if provision.span not in within:
            continue
        named = [
            reference
            for reference in provision.references
            if reference.place.article not in {"", provision.place.article} and not reference.place.act
        ]
        if named:
            lists.append((provision, named[0].span, frozenset(str(reference.place) for reference in named)))
    if not lists:
        return
    first, first_span, expected = lists[0]
    for provision, span, named_here in lists[1:]:
        difference = sorted(expected ^ named_here)
        if difference:
            yield discrepancy(
                "delegation",
                _UNEQUAL,
                [(document, span), (document, first_span)],
                place=place_in(document, provision.span),
                other=place_in(document, first.span),
                difference=", ".join(difference),
            )


# Committees.


def committee_discrepancies(text: Text) -> Iterator[Discrepancy]:
    """Where implementing powers and the article on the committee do not agree.

    Args:
        text: of an act; powers that are to become part of another act are passed over.
    """
    document = text.document
    powers = [power for power in text.empowerments.granted if power.kind == "implementing" and power.within is None]
    for power in powers:
        yield from _wrong_committee(text, power)
    rules = _rules(text)
    yield from _unknown_procedures(text)
    yield from _without_procedure(text, powers)
    for rule in rules:
        if not text.mainly_amends and not _is_referred_to(text, rule):
            yield discrepancy("committee", _UNUSED, [(document, rule.span)], place=place_in(document, rule.span))


def _wrong_committee(text: Text, power: Empowerment) -> Iterator[Discrepancy]:
    document, rule = text.document, power.committee
    if rule is None:
        return
    place, at = place_in(document, power.span), power.procedure_span or power.span
    if power.misnumbered and power.procedure_place is not None:
        yield discrepancy("wrong-reference", _NO_COMMITTEE, [(document, at), (document, rule.span)],
            place=place, named=str(power.procedure_place), article=rule.place.article,
        )  # fmt: skip
    if rule.procedure and power.procedure and power.procedure != rule.procedure:
        said, said_nl, _ = _PROCEDURES[power.procedure]
        yield discrepancy(
            "committee", _OTHER_PROCEDURE, [(document, at), (document, rule.span)],
            place=place, said=said, said_nl=said_nl,
            committee=place_in(document, rule.span), article=_PROCEDURES[rule.procedure][2],
        )  # fmt: skip


def _rules(text: Text) -> list[CommitteeRule]:
    """What the committee article says, each paragraph once."""
    by_article: dict[tuple[str, str], list[Provision]] = defaultdict(list)
    for provision in text.own:
        if not provision.place.annex:
            by_article[provision.place.article, provision.heading].append(provision)
    rules: dict[Span, CommitteeRule] = {}
    for article in by_article.values():
        for rule in committee_rules(text.document, article, text.words).values():
            rules.setdefault(rule.span, rule)
    return list(rules.values())


def _unknown_procedures(text: Text) -> Iterator[Discrepancy]:
    """Sentences that make an article of the Regulation on committees apply that has no procedure."""
    document = text.document
    for provision in text.own:
        named = text.own_words.patterns["committee-article"].search(document.of(provision.span))
        if named is not None and named["number"] not in _KNOWN_ARTICLES:
            yield discrepancy(
                "committee", _NO_SUCH_ARTICLE, [(document, provision.span)],
                place=place_in(document, provision.span), article=named["number"],
            )  # fmt: skip


def _without_procedure(text: Text, powers: Sequence[Empowerment]) -> Iterator[Discrepancy]:
    """Implementing powers of the Commission without a procedure, where others have one."""
    document = text.document
    having = [power for power in powers if power.procedure_span is not None]
    for power in powers:
        if power.procedure_span is None and power.holder == "commission" and len(having) >= _MANY:
            yield discrepancy(
                "committee", _NO_PROCEDURE, [(document, power.span)],
                place=place_in(document, power.span), others=len(having),
            )  # fmt: skip


def _is_referred_to(text: Text, rule: CommitteeRule) -> bool:
    """Whether any other article names the paragraph, or the committee article as a whole."""
    return any(
        reference.place.covers(rule.place)
        or rule.place == Place(article=reference.place.article, paragraph=reference.place.paragraph)
        for provision in text.provisions
        if provision.place.article != rule.place.article or provision.place.annex
        for reference in provision.references
        if not reference.place.act
    )


# Recitals.


def recital_discrepancies(text: Text) -> Iterator[Discrepancy]:
    """Recitals that announce a power, or a committee procedure, that no article has.

    Args:
        text: of an act; one that mainly amends another is passed over: its recitals speak of powers that the other has.
    """
    if text.mainly_amends:
        return
    document, granted = text.document, text.empowerments.granted
    kinds = {power.kind for power in granted}
    procedures = {power.procedure for power in granted} | {rule.procedure for rule in _rules(text)}
    for recital in text.recitals():
        said = document.of(recital.span)
        for kind, message in _NO_POWER.items():
            match = text.own_words.patterns[f"recital-{kind}"].search(said)
            if match is not None and kind not in kinds:
                yield discrepancy(
                    "recital", message, [(document, _within(recital.span, match.span()))],
                    place=place_in(document, recital.span),
                )  # fmt: skip
        for procedure, (name, name_nl, _) in _PROCEDURES.items():
            match = text.own_words.patterns[f"recital-{procedure}"].search(said)
            if match is not None and procedure not in procedures and "implementing" in kinds:
                yield discrepancy(
                    "recital", _RECITAL_PROCEDURE, [(document, _within(recital.span, match.span()))],
                    place=place_in(document, recital.span), said=name, said_nl=name_nl,
                )  # fmt: skip


def _within(span: Span, found: tuple[int, int]) -> Span:
    return Span(span.start + found[0], span.start + found[1])
