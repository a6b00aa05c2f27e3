"""How binding a paragraph is, by the verbs of its sentences: what must be done, what may be, and who has the choice."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from consistent.documents.document import Document
from consistent.documents.provisions.sentences import Norm
from consistent.documents.words.provision_words import ProvisionWords
from consistent.drafting.cues.cue import Sayings, Sort
from consistent.drafting.cues.passages import CuedValue, Passage

__all__ = ["FORCE", "Force"]

# In percent: how often the verb tells how binding a paragraph is, and where it names nobody.
FORCE, _OF_NOBODY = 90, 85
# What is done to others, whatever they choose.
_IMPOSED = frozenset({"command", "obligation", "overruling", "production-order", "prohibition", "sanction", "seizure"})


@frozen(kw_only=True)
class Force:
    """Tells it of the paragraphs of one document.

    Attributes:
        union: names of the bodies of the Union.
    """

    document: Document
    sort: Sort
    words: ProvisionWords
    sayings: Sayings
    union: frozenset[str]

    def of(self, passages: Iterable[Passage], read: Iterable[CuedValue]) -> Iterator[CuedValue]:
        """By the first sentence of a paragraph that obliges or lets choose, or says what will or should be done.

        Where none does, what may be done leaves a choice, though nobody is named who has it.

        Args:
            passages: the sentences.
            read: what else was read in them.
        """
        allowed, imposing = None, False
        for passage in passages:
            norm = passage.norm
            if norm.cue is None or self.is_power(passage):
                continue
            term = self._of_act(norm) if self.sort == "act" else "call" if norm.modality == "should" else ""
            if term == "voluntary" and self._is_imposed(passage, read):
                term = "binding"
            elif norm.modality == "may" and self._may_impose(passage):
                # Wrongly called a choice, it would close every rule on duties.
                imposing = True
                continue
            if term:
                yield CuedValue(field="bindingness", term=term, span=norm.cue, cue="force", confidence=FORCE)
                return
            if allowed is None and self.sort == "act" and norm.modality == "may":
                allowed = norm.cue
        if allowed is not None and not imposing:
            yield CuedValue(field="bindingness", term="voluntary", span=allowed, cue="force", confidence=_OF_NOBODY)

    def is_power(self, passage: Passage) -> bool:
        """Whether a sentence lets somebody adopt delegated or implementing acts, or says how: it binds nobody and leaves no choice."""
        norm = passage.norm
        if self.sort != "act":
            return False
        where = passage.span if norm.modality in {"may", "empowered"} else norm.subject
        return (
            where is not None
            and self.words.patterns["act"].search(self.document.text, where.start, where.end) is not None
        )

    def _of_act(self, norm: Norm) -> str:
        if norm.modality in {"shall", "shall-not", "may-only"}:
            return "binding"
        return "voluntary" if norm.modality == "may" and norm.subjects and not norm.passive else ""

    def _is_imposed(self, passage: Passage, read: Iterable[CuedValue]) -> bool:
        """Whether a body of the Union may lay something upon others: the choice is the body's, and they must comply."""
        return self._by_the_union(passage) and any(
            value.field == "effects" and value.term in _IMPOSED and value.span in passage.span for value in read
        )

    def _may_impose(self, passage: Passage) -> bool:
        """Whether something may be laid upon others by what may be done, though no effect was read."""
        text, span = self.document.text, passage.span
        if self.sayings.imposed.search(text, span.start, span.end):
            return True
        return self._by_the_union(passage) and self.sayings.imposing.search(text, span.start, span.end) is not None

    def _by_the_union(self, passage: Passage) -> bool:
        subjects = passage.norm.subjects
        return bool(subjects) and all(subject.name in self.union for subject in subjects)
