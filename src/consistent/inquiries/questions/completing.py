"""What a field could hold, were all known of it: one value for each way in which tests can tell values apart."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, product

from consistent.inquiries.questions.pending import Asked
from consistent.inquiries.questions.ranges import ranges
from consistent.model.proposal import Field
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Vocabularies
from consistent.rules.asking import ask
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = ["completions", "representatives"]

# A citation and a paragraph that no rule and no fact names.
_UNNAMED_ARTICLE, _UNNAMED_PARAGRAPH = "TEU 999", "(99)"


def completions(value: Value, field: Field, asked: Sequence[Asked], vocabularies: Vocabularies) -> Iterator[Value]:
    """Values that are wholly known and fit what is known: such that every wholly known one passes the same tests as one of them.

    In order of size, those first that pass most tests: a search for an answer that leaves something open ends early.
    """
    atoms = representatives(value, field, asked, vocabularies)
    vague = frozenset(each for each in value.yes if _refined(each, atoms))
    most = 1 if field.single else len(atoms)
    sizes = sorted(range(most + 1), key=lambda size: (size != 1, size))
    for chosen in chain.from_iterable(combinations(atoms, size) for size in sizes):
        # Whoever cites Article 173 means one of its paragraphs at least.
        if all(any(each in broader_citations(str(atom))[1:] for atom in chosen) for each in vague):
            yield Value.exactly(*(value.yes - vague), *chosen)


def representatives(value: Value, field: Field, asked: Sequence[Asked], vocabularies: Vocabularies) -> tuple[Atom, ...]:
    """Atoms that may be there beyond those that are known: one for each set of tests that an atom can pass."""
    tests = tuple(dict.fromkeys((each.operator, each.operand) for each in asked if each.operator != "empty"))
    found: dict[tuple[Truth, ...], Atom] = {}
    for atom in _pool(value, field, asked, vocabularies):
        if atom in value.yes or not value.may_have(atom):
            continue
        passed = tuple(ask(operator, operand, Value.exactly(atom)) for operator, operand in tests)
        # A citation that is itself vague settles nothing.
        if Truth.UNKNOWN not in passed:
            # Under each cited article a class of its own: one of them at least must be there.
            found.setdefault((*passed, *(Truth.of(_under(atom, each)) for each in sorted(value.yes, key=str))), atom)
    return tuple(atom for _, atom in sorted(found.items(), key=lambda pair: -sum(pair[0])))


def _pool(value: Value, field: Field, asked: Sequence[Asked], vocabularies: Vocabularies) -> Iterable[Atom]:
    if field.type == "terms":
        return vocabularies[field.vocabulary].terms
    if field.type in {"amount", "date"}:
        return [each.example for each in ranges(asked, value, dates=field.type == "date")]
    named = list(dict.fromkeys(atom for each in asked for atom in each.named))
    if field.type == "citation":
        return [*named, _UNNAMED_ARTICLE, *(f"{each}{_UNNAMED_PARAGRAPH}" for each in value.yes)]
    starts = [atom for each in asked if each.operator == "starts_with" for atom in each.named]
    joined = (f"{first}{second}" for first, second in product(starts, named))
    return [*named, *joined, "-", *(f"{each}-" for each in named)]


def _refined(atom: Atom, atoms: Iterable[Atom]) -> bool:
    return any(_under(each, atom) for each in atoms)


def _under(atom: Atom, wider: Atom) -> bool:
    return isinstance(atom, str) and wider in broader_citations(atom)[1:]
