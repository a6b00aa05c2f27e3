"""Two languages of one text: where they have other provisions, references, figures or duties.

Provisions are laid beside each other by their numbers: annex, article, paragraph. What one language has and the other lacks is
told; where sentences are as many, what each lays down is compared too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from consistent.documents.citing.references import Place
from consistent.documents.document import Part, Span
from consistent.documents.provisions.provisions import Provision
from consistent.errors import Fault, InputError, Location
from consistent.model.text import Localized
from consistent.proofreading.discrepancy import Discrepancy, called, discrepancy
from consistent.proofreading.figures import figures_in
from consistent.proofreading.references import is_elsewhere
from consistent.proofreading.text import Text

__all__ = ["language_discrepancies"]

_At: TypeAlias = tuple[str, str, str]
_ONLY = Localized("only the {language} text has {what}", "alleen de {language_nl} tekst heeft {what}")
_COUNT = Localized(
    "{what} has {number} {parts} in {language}, and {other_number} in {other}",
    "{what} heeft {number} {parts} in het {language_nl}, en {other_number} in het {other_nl}",
)
_REFERENCES = Localized(
    "{what} refers to other provisions: {difference}", "{what} verwijst naar andere bepalingen: {difference_nl}"
)
_FIGURES = Localized("{what} has other figures: {difference}", "{what} heeft andere cijfers: {difference_nl}")
_DUTIES = Localized(
    "{what} lays down `{own}` in {language}, and `{others}` in {other}",
    "{what} bepaalt `{own}` in het {language_nl}, en `{others}` in het {other_nl}",
)
_NAMES = {"en": Localized("English", "Engels"), "nl": Localized("Dutch", "Nederlands")}
_ADJECTIVES = {"en": "Engelse", "nl": "Nederlandse"}
_RECITALS = Localized("recitals", "overwegingen")
_POINTS = Localized("points", "punten")
_THE_ACT = Localized("the act", "de handeling")


def language_discrepancies(text: Text, beside: Text) -> Iterator[Discrepancy]:
    """Where two languages of one text differ, in the order of the first.

    Args:
        text: one.
        beside: the other.

    Raises:
        InputError: both are in the same language.
    """
    if text.document.language == beside.document.language:
        language = text.document.language
        raise InputError(
            [
                Fault(
                    f"both documents are in one language: `{language}`",
                    Location(beside.document.name),
                    "name the same text in another language; `consistent diff` compares two versions",
                )
            ]
        )
    own, others = _by_place(text), _by_place(beside)
    recitals, other_recitals = len(text.recitals()), len(beside.recitals())
    if recitals != other_recitals:
        yield _counted(text, beside, _THE_ACT, _RECITALS, recitals, other_recitals, text.act.span, beside.act.span)
    yield from _missing(text, own, others)
    yield from _missing(beside, others, own)
    for at, provisions in own.items():
        if at in others:
            yield from _points(text, beside, at)
            yield from _references(text, beside, at, provisions, others[at])
            yield from _figures(text, beside, at, provisions, others[at])
            yield from _modalities(text, beside, at, provisions, others[at])


def _by_place(text: Text) -> dict[_At, list[Provision]]:
    """The provisions of this act by annex, article and paragraph, in order."""
    places: dict[_At, list[Provision]] = defaultdict(list)
    for provision in text.own:
        place = provision.place
        places[place.annex, place.article, place.paragraph].append(provision)
    return places


def _missing(text: Text, own: dict[_At, list[Provision]], others: dict[_At, list[Provision]]) -> Iterator[Discrepancy]:
    """What one language has and the other lacks; of an article that is missing as a whole, only that."""
    language = text.document.language
    known = {at[:2] for at in others}
    told: set[tuple[str, str]] = set()
    for at, provisions in own.items():
        whole = at[:2] not in known
        if at in others or (whole and at[:2] in told):
            continue
        told.add(at[:2])
        what = _called((*at[:2], "") if whole else at)
        yield discrepancy(
            "language", _ONLY, [(text.document, provisions[0].span)],
            language=_NAMES[language].en, language_nl=_ADJECTIVES[language], what=what,
        )  # fmt: skip


def _points(text: Text, beside: Text, at: _At) -> Iterator[Discrepancy]:
    own, others = text.numbered_parts.get(at), beside.numbered_parts.get(at)
    if own is None or others is None or at[0]:
        return
    number, other_number = len(_points_of(own)), len(_points_of(others))
    if number != other_number:
        yield _counted(text, beside, _called(at), _POINTS, number, other_number, own.span, others.span)


def _points_of(part: Part) -> Sequence[Part]:
    return [point for point in part.walk() if point.kind == "point" and point.number]


def _counted(
    text: Text,
    beside: Text,
    what: Localized,
    parts: Localized,
    number: int,
    other_number: int,
    at: Span,
    other_at: Span,
) -> Discrepancy:
    return discrepancy(
        "language", _COUNT, [(text.document, at), (beside.document, other_at)],
        what=what, parts=parts,
        number=number, other_number=other_number, **_both(text, beside),
    )  # fmt: skip


def _both(text: Text, beside: Text) -> dict[str, str]:
    one, other = _NAMES[text.document.language], _NAMES[beside.document.language]
    return {"language": one.en, "language_nl": one.nl, "other": other.en, "other_nl": other.nl}


def _references(
    text: Text, beside: Text, at: _At, own: Sequence[Provision], others: Sequence[Provision]
) -> Iterator[Discrepancy]:
    """References of one paragraph that are not the same places of this act."""
    here, there = _named(text, own, at), _named(beside, others, at)
    # What may be another act's counts for the other language, and is not told.
    only_here = _named(text, own, at, surely=True) - there
    only_there = _named(beside, others, at, surely=True) - here
    if only_here or only_there:
        yield _different(_REFERENCES, text, beside, at, own, others, only_here, only_there)


def _named(text: Text, provisions: Sequence[Provision], at: _At, *, surely: bool = False) -> Counter[str]:
    """The places of this act that provisions name; where they stand themselves is left out in one language or the other.

    Args:
        text: that the provisions are of.
        provisions: of one paragraph.
        at: its place.
        surely: without those that may be another act's.
    """
    return Counter(
        {
            str(reference.place): 1
            for provision in provisions
            for reference in provision.references
            if not reference.place.act
            and reference.place.article not in {"", at[1]}
            and not reference.place.annex
            and not (surely and is_elsewhere(text, provision, reference.span))
        }
    )


def _figures(
    text: Text, beside: Text, at: _At, own: Sequence[Provision], others: Sequence[Provision]
) -> Iterator[Discrepancy]:
    counted = any(
        side.own_words.patterns["ordinal-day"].search(side.document.of(provision.span))
        for side, provisions in ((text, own), (beside, others))
        for provision in provisions
    )
    here, there = _valued(text, own, days=not counted), _valued(beside, others, days=not counted)
    if here != there:
        yield _different(_FIGURES, text, beside, at, own, others, here - there, there - here)


def _valued(text: Text, provisions: Sequence[Provision], *, days: bool) -> Counter[str]:
    """The values of the figures of provisions.

    Args:
        text: that they are of.
        provisions: of one paragraph.
        days: whether periods in days count: the thirtieth day is none, and thirty days are.
    """
    return Counter(
        f"{value:g}" if isinstance(value, float) else value
        for provision in provisions
        for sort, value, span in figures_in(text, provision.span)
        if not text.own_words.patterns["half"].fullmatch(text.document.of(span))
        and (days or sort != "period" or not str(value).endswith("day"))
    )


def _different(
    message: Localized, text: Text, beside: Text, at: _At, own: Sequence[Provision], others: Sequence[Provision],
    here: Counter[str], there: Counter[str],
) -> Discrepancy:  # fmt: skip
    what = _called(at)
    sides = [(text.document, here), (beside.document, there)]

    def told(names: str) -> str:
        return "; ".join(
            f"{_NAMES[document.language].get('en' if names == 'en' else 'nl')} {', '.join(sorted(side.elements())) or '-'}"
            for document, side in sides
        )

    return discrepancy(
        "language", message, [(text.document, own[0].span), (beside.document, others[0].span)],
        what=what, difference=told("en"), difference_nl=told("nl"),
    )  # fmt: skip


def _modalities(
    text: Text, beside: Text, at: _At, own: Sequence[Provision], others: Sequence[Provision]
) -> Iterator[Discrepancy]:
    """Sentences that lay down the opposite, where a paragraph has as many of them in both languages."""
    if len(own) != len(others) or [provision.points for provision in own] != [provision.points for provision in others]:
        return
    for one, other in zip(own, others, strict=True):
        if one.chapeau is None and (_contradicts(text, one, beside, other) or _contradicts(beside, other, text, one)):
            what = _called(at)
            yield discrepancy(
                "language", _DUTIES, [(text.document, one.span), (beside.document, other.span)],
                what=what, own=one.modality, others=other.modality, **_both(text, beside),
            )  # fmt: skip


def _contradicts(text: Text, one: Provision, beside: Text, other: Provision) -> bool:
    """Whether a sentence permits or denies, while no word of the other does.

    Languages say the same in other ways, `shall be excluded` and `kan niet`: any such word in the other is enough.
    """
    said = beside.document.of(other.span)
    permitted, denied = (beside.own_words.patterns[name] for name in ("permission", "denial"))
    if one.modality == "may" and other.modality == "shall":
        bound = text.own_words.patterns["obligation"].search(text.document.of(one.span))
        return bound is None and permitted.search(said) is None
    return one.modality == "shall-not" and other.modality in {"shall", "may"} and denied.search(said) is None


def _called(at: _At) -> Localized:
    annex, article, paragraph = at
    return called(Place(annex=annex, article=article, paragraph=paragraph))
