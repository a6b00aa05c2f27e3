"""Values of one field that give the answers wanted of it: as few atoms as will do."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, combinations, count

from attrs import evolve, field, frozen

from consistent.model.proposal import ORDERED, Field
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Vocabularies, Vocabulary
from consistent.rules.conditions import Several
from consistent.rules.program import Question, ask
from consistent.sources import broader_citations, is_citation
from consistent.truth import Truth

__all__ = ["Requirement", "Wish", "beside", "candidate_atoms", "field_values"]

# The values worth trying in one field: for each way in which a value can stand to what is asked, at least one.

# A question to a field, and whether the answer is to be yes or no.
Requirement = tuple[Question, bool]

_DAY = date(2025, 1, 1)
_LETTERS = "xyzwvutsrqponmlkjihgfedcba0123456789"


def candidate_atoms(
    field: Field, asked: Collection[Requirement], others: Iterable[Atom], vocabularies: Vocabularies
) -> Iterator[Atom]:
    """What a field may be tried with: what is asked for first, then what lies next to it, then what lies elsewhere.

    Args:
        field: of a proposal or a measure.
        asked: the questions to it, with the answers that are wanted.
        others: further values that must be told apart.
        vocabularies: with that of the field.
    """
    named = sorted(_operands(asked, wanted=True), key=str)
    named += sorted({*_operands(asked, wanted=False), *others} - set(named), key=str)
    seen: set[Atom] = set()
    for atom in _listed(field, asked, named, vocabularies):
        if atom not in seen:
            seen.add(atom)
            yield atom


def _listed(
    field: Field, asked: Collection[Requirement], named: list[Atom], vocabularies: Vocabularies
) -> Iterator[Atom]:
    match field.type:
        case "terms":
            # A pack that has no such vocabulary asks for none of its terms.
            if field.vocabulary in vocabularies:
                yield from _terms([*map(str, named)], vocabularies[field.vocabulary])
        case "citation":
            yield from _citations([*map(str, named)])
        case "text":
            # Blank text is none.
            yield from (text for text in _texts(asked, [*map(str, named)]) if text.strip())
        case _:
            yield from _ordered(named, field)


def _operands(asked: Iterable[Requirement], *, wanted: bool) -> Iterator[Atom]:
    for question, holds in asked:
        if holds is wanted:
            match question.operand:
                case None:
                    pass
                case frozenset() as atoms:
                    yield from atoms
                case Several() as several:
                    yield from several.atoms
                case atom:
                    yield atom


def _terms(named: list[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Every term: of those asked for the broadest first, as a rule is written; then what is near them."""
    held = set(named)
    yield from (term for term in named if held.isdisjoint(vocabulary.broader(term)))
    yield from named
    above = [wider for term in named for wider in vocabulary.broader(term)]
    yield from above
    yield from sorted(vocabulary.narrower(above))
    yield from sorted(vocabulary.terms)


def _citations(named: list[str]) -> Iterator[str]:
    """What is named, all that contains it, a new part of each of these, and something apart from all."""
    wider = list(dict.fromkeys(citation for cited in named for citation in broader_citations(cited)))
    yield from named
    yield from wider
    taken = set(wider)
    yield from (_fresh(form, taken) for citation in wider for form in _parts(citation))
    yield _fresh("TFEU {}", taken)


# The same citations are tried over and over, for one field after another.
@lru_cache(maxsize=4096)
def _parts(citation: str) -> tuple[str, ...]:
    """How something that it contains is cited, a number left open: a part of a treaty article, a provision of an act."""
    forms = (f"{citation}({{}})", f"{citation} art. {{}}")
    parts = ((form, form.format(1)) for form in forms)
    return tuple(form for form, part in parts if citation in broader_citations(part)[1:] and is_citation(part))


def _texts(asked: Iterable[Requirement], named: list[str]) -> Iterator[str]:
    """Whole texts that are named, and the parts that are asked for put together.

    A letter that stands in nothing that is named keeps the parts apart, so that together they say no more than each does.
    """
    yield from named
    wanted = [question for question, holds in asked if holds]
    starts = sorted((str(question.operand) for question in wanted if question.operator == "starts_with"), key=len)
    inside = sorted(str(question.operand) for question in wanted if question.operator == "contains")
    apart = next((letter for letter in _LETTERS if not any(letter in text for text in named)), None)
    apart = apart or next(letter for letter in map(chr, count(0x100)) if not any(letter in text for text in named))
    for between in ("", " ", apart):
        # INVARIANT: with nothing to begin with, a new letter begins the text, so that it begins with nothing named.
        yield (starts[-1] if starts else between) + between.join(["", *inside])
    # A text that may be none of those that are named goes on beyond what it begins with.
    yield from (start + apart for start in starts[-1:])
    yield from ("text", apart, *(apart + part for part in inside))


def _ordered(named: list[Atom], field: Field) -> Iterator[Atom]:
    """Each number or day at its boundary, and just beside it."""
    yield from named
    for atom in named:
        yield from beside(atom)
    yield _DAY if field.type == "date" else 0


def _fresh(form: str, taken: Collection[str]) -> str:
    return next(candidate for candidate in map(form.format, count(1)) if candidate not in taken)


def beside(atom: Atom) -> Iterator[Atom]:
    """A number or a day, and those next to it; of what is neither, nothing."""
    if isinstance(atom, date):
        days = (atom.toordinal() + by for by in (0, 1, -1))
        yield from (date.fromordinal(day) for day in days if 1 <= day <= date.max.toordinal())
    elif isinstance(atom, int):
        yield from (atom, atom + 1, atom - 1)


_EMPTY = Value.exactly()


@frozen(cache_hash=True)
class Wish:
    """What is wanted of one field.

    Attributes:
        asked: questions with the answer that each is to have.
        with_: atoms that must be there.
        without: atoms that must not be there; a narrower or a wider citation may.
    """

    asked: frozenset[Requirement] = field(default=frozenset())
    with_: frozenset[Atom] = field(default=frozenset())
    without: frozenset[Atom] = field(default=frozenset())

    def asking(self, requirement: Requirement) -> "Wish":
        """The same with one question more."""
        return self.asking_all([requirement])

    def asking_all(self, requirements: Iterable[Requirement]) -> "Wish":
        """The same with several questions more."""
        return evolve(self, asked=self.asked.union(requirements))


def field_values(about: Field, wish: Wish, vocabularies: Vocabularies, *, single: bool) -> Iterator[Value]:
    """Exact values of which all that is wanted holds, the simplest first; none where none can be.

    A question that a set passes by any of its atoms (has any of these, is more than that, is not empty) needs an atom. One
    that it passes by all of them (has none of these, has only these) bars atoms. So a set will do just where none of its
    atoms is barred and each need is met; no set that has more atoms does better.

    Args:
        about: the field.
        wish: what is wanted.
        vocabularies: with that of the field.
        single: whether it takes one atom at most.
    """
    numbered = min((each for each in wish.asked if isinstance(each[0].operand, Several)), key=_by_growing, default=None)
    if numbered is not None and isinstance(several := numbered[0].operand, Several):
        yield from _numbered_values(about, wish, numbered, several, vocabularies, single=single)
        return
    atoms = candidate_atoms(about, wish.asked, wish.with_ | wish.without, vocabularies)
    needs, bars = _needs_and_bars(wish)

    def allowed() -> Iterator[Atom]:
        return (atom for atom in atoms if atom not in wish.without and all(_meets(atom, bar) for bar in bars))

    if not needs and not wish.with_:
        # A boundary says more than that there is nothing: it comes first where there is one.
        bounded = about.type in ORDERED and bool(wish.asked)
        filled = map(Value.exactly, allowed())
        yield from chain(filled, [_EMPTY]) if bounded else chain([_EMPTY], filled)
    elif single:
        if about.type == "terms":
            # No term passes but one that is asked for: the others need not be tried.
            sets = [
                question.operand
                for question, _ in needs
                if isinstance(question.operand, frozenset) and question.operator == "any"
            ]
            atoms = (atom for atom in atoms if all(atom in terms for terms in sets))
        alone = (atom for atom in allowed() if wish.with_ <= {atom} and all(_meets(atom, need) for need in needs))
        yield from map(Value.exactly, alone)
    else:
        yield from _sets(needs, list(allowed()), wish.with_)


def _by_growing(numbered: Requirement) -> tuple[int, str]:
    """When a number of values is settled: what limits it looks last at what was made, so that nothing grows beyond it; what grows, first.

    Each is settled within the one before it. Those that name what they count become plain questions, which a set that grows obeys.
    """
    question, holds = numbered
    named = isinstance(question.operand, Several) and bool(question.operand.of)
    return 1 if named else 2 if _grows(numbered) else 0, f"{question} {holds}"


def _grows(numbered: Requirement) -> bool:
    """Whether so many are asked for at least, and not at most."""
    question, holds = numbered
    return holds is (question.operator == "at_least")


def _numbered_values(
    about: Field, wish: Wish, numbered: Requirement, several: Several, vocabularies: Vocabularies, *, single: bool
) -> Iterator[Value]:
    """The same where a number of values is asked for: which of them, and which not, is chosen first."""
    question, _ = numbered
    rest = evolve(wish, asked=wish.asked - {numbered})
    enough = _grows(numbered)
    least = several.number + (question.operator == "at_most")
    if several.of:
        asked = [evolve(question, operator="any", operand=atoms) for atoms in several.of]
        chosen = least if enough else len(asked) - least + 1
        ways = (rest.asking_all((part, enough) for part in parts) for parts in combinations(asked, max(chosen, 0)))
        yield from (value for way in ways for value in field_values(about, way, vocabularies, single=single))
        return
    bars = [bar for bar in _needs_and_bars(rest)[1] if not isinstance(bar[0].operand, Several)]
    for value in field_values(about, rest, vocabularies, single=single):
        held: frozenset[Atom] | None = value.yes
        while enough and held is not None and len(held) < least:
            # One more that passes all the rest.
            taken = held | wish.without
            spare = (atom for atom in candidate_atoms(about, wish.asked, taken, vocabularies) if atom not in taken)
            more = next((atom for atom in spare if all(_meets(atom, bar) for bar in bars)), None)
            held = None if more is None else held | {more}
        if held is not None and (enough or len(held) < least) and not (single and len(held) > 1):
            yield Value.exactly(*held)


def _sets(needs: Sequence[Requirement], allowed: Sequence[Atom], held: frozenset[Atom]) -> Iterator[Value]:
    """Sets of allowed atoms, those that are held among them, that meet every need."""
    met = {atom: frozenset(n for n, need in enumerate(needs) if _meets(atom, need)) for atom in allowed}
    # A need that no atom meets is seen here: the growing would try every way to meet the others first.
    if held <= set(allowed) and frozenset(range(len(needs))) == frozenset[int]().union(*met.values()):
        seen: set[frozenset[Atom]] = set()
        for grown in _HittingSets(met, len(needs)).grown(held):
            if grown not in seen:
                seen.add(grown)
                yield Value.exactly(*grown)


def _needs_and_bars(wish: Wish) -> tuple[list[Requirement], list[Requirement]]:
    """The questions that one atom settles, and those that every atom must pass; each in a fixed order."""
    ranked = sorted(
        wish.asked,
        key=lambda requirement: (requirement[0].operator, requirement[1], _size(requirement), str(_first(requirement))),
    )
    needs = [requirement for requirement in ranked if _by_one(requirement)]
    return needs, [requirement for requirement in ranked if not _by_one(requirement)]


def _by_one(requirement: Requirement) -> bool:
    question, holds = requirement
    return holds is not (question.operator in {"only", "empty"})


def _size(requirement: Requirement) -> int:
    operand = requirement[0].operand
    return len(operand) if isinstance(operand, frozenset) else 1


def _first(requirement: Requirement) -> Atom | None:
    operand = requirement[0].operand
    atoms = operand.atoms if isinstance(operand, Several) else operand
    return min(atoms, key=str, default=None) if isinstance(atoms, frozenset) else atoms


@lru_cache(maxsize=16_384)
def _meets(atom: Atom, requirement: Requirement) -> bool:
    question, holds = requirement
    return ask(question.operator, question.operand, Value.exactly(atom)) is Truth.of(holds)


@frozen
class _HittingSets:
    """Hitting sets: sets of atoms that meet each need.

    Attributes:
        met: which needs, by number, each atom meets.
        needs: how many there are.
    """

    met: Mapping[Atom, frozenset[int]]
    needs: int

    def grown(self, held: frozenset[Atom]) -> Iterator[frozenset[Atom]]:
        """Sets with these atoms in them that meet every need; the same one may come several times."""
        left = frozenset(range(self.needs)).difference(*(self.met[atom] for atom in held))
        if not left:
            yield held
            return
        # Of atoms that meet the first need, one that meets others too keeps the set small.
        fitting = [atom for atom, met in self.met.items() if min(left) in met]
        for atom in sorted(fitting, key=lambda candidate: -len(self.met[candidate] & left)):
            yield from self.grown(held | {atom})
