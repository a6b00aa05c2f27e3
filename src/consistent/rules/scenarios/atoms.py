"""The values worth trying in one field: for each way in which a value can stand to what is asked, at least one.

INVARIANT: complete. Where some value passes a set of questions and some value fails it, one that is listed here does; that
holds of terms, citations, amounts, days and texts alike, and the solver rests on it.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import count

from consistent.model.proposal import Field
from consistent.model.values import Atom
from consistent.model.vocabulary import Vocabularies, Vocabulary
from consistent.rules.program import Question
from consistent.sources import broader_citations, is_citation

__all__ = ["Requirement", "candidate_atoms"]

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
    for each in _listed(field, asked, named, vocabularies):
        if each not in seen:
            seen.add(each)
            yield each


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
            yield from (each for each in _texts(asked, [*map(str, named)]) if each.strip())
        case _:
            yield from _ordered(named, field)


def _operands(asked: Iterable[Requirement], *, wanted: bool) -> Iterator[Atom]:
    for question, holds in asked:
        if holds is wanted and question.operand is not None:
            yield from question.operand if isinstance(question.operand, frozenset) else (question.operand,)


def _terms(named: list[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Every term: of those asked for the broadest first, as a rule is written; then what is near them."""
    held = set(named)
    yield from (each for each in named if held.isdisjoint(vocabulary.broader(each)))
    yield from named
    above = [wider for each in named for wider in vocabulary.broader(each)]
    yield from above
    yield from sorted(vocabulary.narrower(above))
    yield from sorted(vocabulary.terms)


def _citations(named: list[str]) -> Iterator[str]:
    """What is named, all that contains it, a new part of each of these, and something apart from all."""
    wider = list(dict.fromkeys(each for one in named for each in broader_citations(one)))
    yield from named
    yield from wider
    taken = set(wider)
    yield from (_fresh(each + "({})", taken) for each in wider if _divisible(each))
    yield _fresh("TFEU {}", taken)


def _divisible(citation: str) -> bool:
    """Whether a part of it is contained in it, as one of a treaty article is."""
    return len(broader_citations(f"{citation}(1)")) > 1 and is_citation(f"{citation}(1)")


def _texts(asked: Iterable[Requirement], named: list[str]) -> Iterator[str]:
    """Whole texts that are named, and the parts that are asked for put together.

    A letter that stands in nothing that is named keeps the parts apart, so that together they say no more than each does.
    """
    yield from named
    wanted = [question for question, holds in asked if holds]
    starts = sorted((str(each.operand) for each in wanted if each.operator == "starts_with"), key=len)
    inside = sorted(str(each.operand) for each in wanted if each.operator == "contains")
    apart = next((each for each in _LETTERS if not any(each in one for one in named)), None)
    apart = apart or next(letter for letter in map(chr, count(0x100)) if not any(letter in one for one in named))
    for between in ("", " ", apart):
        # INVARIANT: with nothing to begin with, a new letter begins the text, so that it begins with nothing named.
        yield (starts[-1] if starts else between) + between.join(["", *inside])
    # A text that may be none of those that are named goes on beyond what it begins with.
    yield from (start + apart for start in starts[-1:])
    yield from ("text", apart, *(apart + each for each in inside))


def _ordered(named: list[Atom], field: Field) -> Iterator[Atom]:
    """Each number or day at its boundary, and just beside it."""
    yield from named
    for each in named:
        if isinstance(each, date):
            beside = (each.toordinal() + by for by in (1, -1))
            yield from (date.fromordinal(day) for day in beside if 1 <= day <= date.max.toordinal())
        elif isinstance(each, int):
            yield from (each + 1, each - 1)
    yield _DAY if field.type == "date" else 0


def _fresh(form: str, taken: Collection[str]) -> str:
    return next(each for each in map(form.format, count(1)) if each not in taken)
