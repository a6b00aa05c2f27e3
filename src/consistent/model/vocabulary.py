"""Controlled terms: their labels in two languages, other words for them, and which is broader than which."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from consistent.model.text import Localized
from consistent.model.values import Atom
from consistent.shown import Shown
from consistent.slots import pickled_short

__all__ = ["SameVocabularies", "Synonyms", "Term", "Vocabularies", "Vocabulary", "find_cycle", "with_narrower"]


@frozen
class Synonyms:
    """Other words for a term, by language. A `*` stands for any letters."""

    en: tuple[str, ...] = ()
    nl: tuple[str, ...] = ()

    def __or__(self, other: "Synonyms") -> "Synonyms":
        """Those of both, each once."""
        return Synonyms(tuple(dict.fromkeys((*self.en, *other.en))), tuple(dict.fromkeys((*self.nl, *other.nl))))


@pickled_short
@frozen
class Term(Shown):
    """One term of a vocabulary.

    Attributes:
        id: how TOML files write it.
        label: for readers.
        broader: ids of the terms directly above it; may be empty.
        definition: where two people could read the label differently.
        pack: the pack that brings it.
        eurovoc: the EuroVoc descriptor that fits; empty where none does.
        question: asks whether the term is there, where the label does not make a question that reads well.
        synonyms: other words for it.
    """

    id: str
    label: Localized
    broader: tuple[str, ...] = ()
    definition: Localized | None = None
    pack: str = ""
    eurovoc: str = ""
    question: Localized | None = None
    synonyms: Synonyms = Synonyms()

    @property
    def names(self) -> frozenset[str]:
        """All by which a reader may call it, in small letters: its id, its labels, its synonyms."""
        words = (self.id, self.label.en, self.label.nl, *self.synonyms.en, *self.synonyms.nl)
        return frozenset(word.replace("*", "").casefold() for word in words)


@frozen(eq=False)
class Vocabulary(Shown):
    """The terms of one vocabulary; broader terms exist and form no circle (checked when packs are read)."""

    name: str
    terms: Mapping[str, Term]
    _narrower: dict[str, frozenset[str]] = field(init=False, factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        below: dict[str, set[str]] = {term: {term} for term in self.terms}
        for term in self.terms:
            for wider in self.broader(term):
                below[wider].add(term)
        self._narrower.update({term: frozenset(narrower) for term, narrower in below.items()})

    def __contains__(self, term: object) -> bool:
        return term in self.terms

    def called(self, word: str) -> tuple[str, ...]:
        """The terms that a reader may call this, in the order of the vocabulary."""
        wanted = word.casefold()
        return tuple(term.id for term in self.terms.values() if wanted in term.names)

    def broader(self, term: str) -> tuple[str, ...]:
        """Every term above this one, nearest first, without itself."""
        # Breadth first; a dictionary for a set that keeps its order.
        wider: dict[str, None] = {}
        queue = list(self.terms[term].broader)
        while queue:
            following = queue.pop(0)
            if following not in wider:
                wider[following] = None
                queue.extend(self.terms[following].broader)
        return tuple(wider)

    def narrower(self, terms: Iterable[str]) -> frozenset[str]:
        """The terms with everything below them."""
        return frozenset().union(*(self._narrower[term] for term in terms))


Vocabularies = Mapping[str, Vocabulary]


class SameVocabularies:
    """Vocabularies as a key of a cache, by identity: to compare their terms would cost more than what is kept."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self.vocabularies = vocabularies

    def __hash__(self) -> int:
        return id(self.vocabularies)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameVocabularies) and other.vocabularies is self.vocabularies


def with_narrower(atoms: Iterable[Atom], vocabulary: str, vocabularies: Vocabularies) -> frozenset[Atom]:
    """What a field is given or refused, with all that is narrower.

    Args:
        atoms: values of the field.
        vocabulary: of the field; empty where its values are no terms, and none is narrower than another.
        vocabularies: of the pack.
    """
    given = frozenset(atoms)
    return frozenset(vocabularies[vocabulary].narrower(map(str, given))) if vocabulary and given else given


def find_cycle(edges: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """A cycle in a directed graph as the nodes along it, first one repeated at the end; empty if there is none. Depth first."""
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        pending: list[tuple[str, bool]] = [(start, False)]
        while pending:
            node, leaving = pending.pop()
            if leaving:
                done.add(path.pop())
            elif node in path:
                return (*path[path.index(node) :], node)
            elif node not in done:
                path.append(node)
                pending.append((node, True))
                pending.extend((successor, False) for successor in edges.get(node, ()))
    return ()
