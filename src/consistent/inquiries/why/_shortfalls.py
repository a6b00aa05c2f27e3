"""By how much a test failed: euros, days, steps between terms, or the values that are in the way."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from attrs import frozen

from consistent.findings.wording import atom_label
from consistent.inquiries.why.accounts import Shortfall
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import ORDERED, Field
from consistent.model.text import Language, Localized, localized
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Vocabulary
from consistent.rules.conditions import Operator, Several
from consistent.rules.program import FactLookup, ask, number_of
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = ["PutTest", "Shortfalls", "texts"]

_BELOW = Localized("{by} below {asked}", "{by} onder {asked}")
_ABOVE = Localized("{by} above {asked}", "{by} boven {asked}")
_BEFORE = Localized("{by} before {asked}", "{by} vóór {asked}")
_AFTER = Localized("{by} after {asked}", "{by} na {asked}")
_EQUAL = Localized("exactly {asked}", "precies {asked}")
_FEWER = Localized("{by} too few", "{by} te weinig")
_MORE = Localized("{by} too many", "{by} te veel")
_DAYS = Localized("{count} days", "{count} dagen")
_DAY = Localized("1 day", "1 dag")
_BROADER = Localized(
    "'{found}' is recorded, which is broader; the narrower '{asked}' is asked for",
    "vastgelegd is het ruimere '{found}'; gevraagd wordt het engere '{asked}'",
)
_RELATED = Localized("'{found}' and '{asked}' both fall under '{common}'", "'{found}' en '{asked}' vallen beide onder '{common}'")  # fmt: skip
_EXCESS = Localized("in the way: {found}", "staat in de weg: {found}")
_UNDER = Localized("{found} (falls under {asked})", "{found} (valt onder {asked})")
_ABSENT = Localized("said not to be there: {asked}", "uitdrukkelijk niet: {asked}")


@frozen
class PutTest:
    """A test as it is put to one value.

    Attributes:
        field: of the value.
        asked: the atoms as written, or those of the field that it is compared with.
        several: how many of them are asked for, where that is asked.
    """

    field: Field
    value: Value
    operator: Operator
    asked: tuple[Atom, ...]
    several: Several | None = None


class _Near(NamedTuple):
    """How near two atoms are: the number of steps, and the nearest thing above both."""

    steps: int
    common: str
    found: Atom
    asked: Atom


class Shortfalls:
    """Measures how far tests are from holding."""

    def __init__(self, knowledge: Knowledge, facts: FactLookup) -> None:
        self._knowledge, self._facts = knowledge, facts

    def of(self, put: PutTest, *, negated: bool) -> Shortfall | None:
        """By how much a test failed that ought to hold, or if negated held that ought not to; None where nothing says."""
        if put.several is not None:
            return _miscounted(put, put.several, negated=negated)
        match put.operator:
            case "any" | "only" | "empty" if negated or put.operator != "any":
                return self._excess(put, negated=negated)
            case "any":
                return self._missed(put)
            case "contains" | "starts_with":
                return None
            case _:
                return self._difference(put)

    def _excess(self, put: PutTest, *, negated: bool) -> Shortfall | None:
        """The values that are there and ought not to be."""
        # A negated `only` or `empty` asks for more: nothing is too much.
        if negated and put.operator != "any":
            return None
        operand = None if put.operator == "empty" else self._facts.closed(put.asked, put.field)
        # Of a test that must not hold, the values by which it does; of one that must, those by which it does not.
        decisive = Truth.YES if negated else Truth.NO
        hits = [atom for atom in put.value.yes if ask(put.operator, operand, Value.exactly(atom)) is decisive]
        hits.sort(key=str)
        if not hits:
            return None
        under = {hit: self._above(hit, put) for hit in hits} if negated else {}

        def label(hit: Atom, language: Language) -> str:
            text, above = self._label(hit, put, language), under.get(hit)
            wider = "" if above is None else self._label(above, put, language)
            return _UNDER.get(language).format(found=text, asked=wider) if wider else text

        return Shortfall(
            kind="excess", by=None, found=texts(hits), asked=(), common="",
            text=localized(lambda language: _EXCESS.get(language).format(found=", ".join(label(hit, language) for hit in hits))),
        )  # fmt: skip

    def _above(self, atom: Atom, put: PutTest) -> Atom | None:
        """The asked atom under which this one falls; None for itself."""
        if atom in put.asked:
            return None
        value = Value.exactly(atom)
        closed = ((atom, self._facts.closed((atom,), put.field)) for atom in put.asked)
        return next((atom for atom, wider in closed if value.has_any(wider) is Truth.YES), None)

    def _missed(self, put: PutTest) -> Shortfall | None:
        """Which value comes nearest to one that is asked for."""
        if put.value.open:
            # What is open fails only where all that is asked for is said not to be there.
            return self._absent(put)
        if put.field.type in ORDERED:
            return self._difference(put)
        near = min(self._pairs(put), default=None, key=lambda pair: (pair.steps, str(pair.found), str(pair.asked)))
        if near is None:
            return None
        kind: Literal["broader", "related"] = "broader" if near.common == near.found else "related"
        sentence = _BROADER if kind == "broader" else _RELATED

        def text(language: Language) -> str:
            present, asked, common = (
                self._label(atom, put, language) for atom in (near.found, near.asked, near.common)
            )
            return sentence.get(language).format(found=present, asked=asked, common=common)

        return Shortfall(
            kind=kind, by=near.steps, found=texts([near.found]), asked=texts([near.asked]), common=near.common,
            text=localized(text),
        )  # fmt: skip

    def _absent(self, put: PutTest) -> Shortfall:
        def text(language: Language) -> str:
            return _ABSENT.get(language).format(asked=", ".join(self._label(atom, put, language) for atom in put.asked))

        return Shortfall(
            kind="absent", by=None, found=(), asked=texts(put.asked), common="", text=localized(text)
        )  # fmt: skip

    def _pairs(self, put: PutTest) -> Iterator[_Near]:
        """Every value with every asked one that has something above it in common."""
        if put.field.type not in {"terms", "citation"}:
            return
        wanted = {atom: self._heights(str(atom), put.field) for atom in put.asked}
        for present in put.value.yes:
            mine = self._heights(str(present), put.field)
            for asked, theirs in wanted.items():
                shared = [(mine[key] + theirs[key], key) for key in mine.keys() & theirs.keys()]
                if shared:
                    steps, common = min(shared)
                    yield _Near(steps, common, present, asked)

    def _heights(self, atom: str, field: Field) -> dict[str, int]:
        """A term or citation and everything above it, with how many steps it lies above."""
        if field.type == "citation":
            return {citation: height for height, citation in enumerate(broader_citations(atom))}
        return _term_heights(atom, self._knowledge.vocabularies[field.vocabulary])

    def _difference(self, put: PutTest) -> Shortfall | None:
        """How far the nearest value lies from the nearest bound."""
        pairs = [(_distance(present, bound), present, bound) for present in put.value.yes for bound in put.asked]
        if not pairs:
            return None
        by, present, bound = min(pairs, key=lambda pair: (abs(pair[0]), str(pair[1]), str(pair[2])))
        of_date = isinstance(bound, date)
        kind: Literal["below", "above", "before", "after"]
        if by < 0:
            kind, sentence = ("before", _BEFORE) if of_date else ("below", _BELOW)
        else:
            kind, sentence = ("after", _AFTER) if of_date else ("above", _ABOVE)

        def text(language: Language) -> str:
            size = _days(abs(by), language) if of_date else self._label(abs(by), put, language)
            return (sentence if by else _EQUAL).get(language).format(by=size, asked=self._label(bound, put, language))

        return Shortfall(
            kind=kind, by=abs(by), found=texts([present]), asked=texts([bound]), common="", text=localized(text)
        )  # fmt: skip

    def _label(self, atom: Atom, put: PutTest, language: Language) -> str:
        return atom_label(atom, put.field, language, self._knowledge)


def _miscounted(put: PutTest, several: Several, *, negated: bool) -> Shortfall:
    """How many values there are too few, or too many."""
    least = several.number + (put.operator == "at_most")
    few = (put.operator == "at_least") is not negated
    sure, possible = number_of(several, put.value)
    by = least - possible if few else sure - least + 1
    sentence = _FEWER if few else _MORE
    return Shortfall(
        kind="fewer" if few else "more", by=by, found=texts(sorted(put.value.yes, key=str)), asked=texts(put.asked), common="",
        text=localized(lambda language: sentence.get(language).format(by=by)),
    )  # fmt: skip


def _distance(present: Atom, bound: Atom) -> int:
    if isinstance(present, date) and isinstance(bound, date):
        return (present - bound).days
    return int(present) - int(bound)  # type: ignore[arg-type]  # one type on both sides, and no date: an amount


def _days(count: int, language: Language) -> str:
    return _DAY.get(language) if count == 1 else _DAYS.get(language).format(count=count)


def _term_heights(term: str, vocabulary: Vocabulary) -> dict[str, int]:
    heights, level = {term: 0}, [term]
    while level:
        above = [wider for term in level for wider in vocabulary.terms[term].broader if wider not in heights]
        height = heights[level[0]] + 1
        heights.update(dict.fromkeys(above, height))
        level = list(dict.fromkeys(above))
    return heights


def texts(atoms: Iterable[Atom]) -> tuple[str, ...]:
    """Atoms as data has them, in the order given."""
    return tuple(atom.isoformat() if isinstance(atom, date) else str(atom) for atom in atoms)
