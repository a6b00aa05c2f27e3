"""Two documents of one act: their words compared, and the measures drafted from them matched by what became of the words."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Protocol

from attrs import evolve, frozen

from consistent.documents.comparing.comparison import TextComparison, compare
from consistent.documents.comparing.units import Unit
from consistent.documents.document import Span
from consistent.documents.header.header import Header
from consistent.drafting.draft import Draft
from consistent.model.proposal import Proposal
from consistent.model.text import Localized

__all__ = [
    "ComparedDrafts",
    "Placed",
    "as_text_of",
    "compare_drafts",
    "measures_kept",
    "measures_matched",
    "with_what_is_known",
]

# So much of the words of a measure, on either side, must have become those of another.
_LEAST = 0.3


class Placed(Protocol):
    """A measure with the span of the text that it is of."""

    @property
    def id(self) -> str:
        """Unique in its text."""

    @property
    def span(self) -> Span:
        """From the first to the last of its provisions."""


@frozen
class ComparedDrafts:
    """What two documents say of each other.

    Attributes:
        text: what the words became; None where they cannot be compared.
        stated: for each old measure, by its id, the new one that most of its words are in; None likewise.
        versions: of the old and the new document, which later text of the proposal it is; None where it is none.
        of_others: whether they name different proposals.
    """

    text: TextComparison | None
    stated: Mapping[str, str] | None
    versions: tuple[Localized | None, Localized | None]
    of_others: bool = False


def compare_drafts(old: Draft, new: Draft) -> ComparedDrafts:
    """Compare the acts of two documents."""
    text = compare(old.document, new.document)
    stated = None if text is None else measures_matched(text, old.candidates, new.candidates)
    return ComparedDrafts(text, stated, (old.version, new.version), _of_others(old.header, new.header))


def _of_others(old: Header, new: Header) -> bool:
    """Whether both say of which procedure, or else of which document of the Commission, they are, and it is not the same."""
    for before, after in ((old.procedure, new.procedure), (old.reference, new.reference)):
        if before is not None and after is not None:
            return before.value != after.value
    return False


def measures_matched(text: TextComparison, old: Sequence[Placed], new: Sequence[Placed]) -> Mapping[str, str]:
    """For each measure of the old text, by its id, the one of the new text that most of its words are in."""
    sides = _measure_of_each(text.old, old), _measure_of_each(text.new, new)
    whole = [Counter[str](), Counter[str]()]
    for units, ids, words in zip((text.old, text.new), sides, whole, strict=True):
        for unit, id in zip(units, ids, strict=True):
            words[id] += len(unit.words)
    shared: Counter[tuple[str, str]] = Counter()
    for match in text.matches:
        for before in match.old:
            for after in match.new:
                if sides[0][before] and sides[1][after]:
                    shared[sides[0][before], sides[1][after]] += min(
                        len(text.old[before].words), len(text.new[after].words)
                    )
    found: dict[str, str] = {}
    taken: set[str] = set()
    for (before_id, after_id), words_shared in sorted(shared.items(), key=lambda votes: (-votes[1], votes[0])):
        enough = words_shared >= _LEAST * min(whole[0][before_id], whole[1][after_id])
        if enough and before_id not in found and after_id not in taken:
            found[before_id] = after_id
            taken.add(after_id)
    return found


def _measure_of_each(units: Sequence[Unit], measures: Sequence[Placed]) -> list[str]:
    """For each unit the id of the measure that it belongs to, the narrowest; empty where it belongs to none."""
    by_length = sorted(measures, key=lambda measure: measure.span.end - measure.span.start)
    return [
        next((measure.id for measure in by_length if measure.span.start <= unit.span.start < measure.span.end), "")
        for unit in units
    ]


# What holds of every later text of a proposal, whatever that says of itself, and what it need not say again.
_OF_THE_PROPOSAL = ("kind", "authors")
_SAID_ONCE = ("reference", "celex", "procedure", "decision_procedure")


def as_text_of(later: Proposal, proposal: Proposal) -> Proposal:
    """A later text with what the proposal says of itself as a whole.

    A text of the Council does not say which kind of proposal it is of, and an adopted act is none any more: rules on proposals
    would fall silent, and what they object to would seem to be gone. What the later text says anew, as which procedure leads to
    it, stays.
    """
    names = (*_OF_THE_PROPOSAL, *(name for name in _SAID_ONCE if later.value(name).unknown))
    known = {name: value for name in names if not (value := proposal.value(name)).unknown}
    return evolve(later, **known)  # type: ignore[arg-type]  # attributes of that name


def measures_kept(
    old_units: Sequence[Unit], new_units: Sequence[Unit], old: Sequence[Placed], new: Sequence[Placed]
) -> Mapping[str, str]:
    """The old measures that the new text has word for word, under the same heading, each with the new one; where two say the same, none of these."""
    before, after = _by_words(old_units, old), _by_words(new_units, new)
    return {
        ids[0]: after[words][0] for words, ids in before.items() if len(ids) == 1 and len(after.get(words, ())) == 1
    }


def _by_words(units: Sequence[Unit], measures: Sequence[Placed]) -> dict[tuple[tuple[str, ...], ...], list[str]]:
    """The ids of measures by all of their words; what holds no words of its own is left out."""
    said: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for unit, id in zip(units, _measure_of_each(units, measures), strict=True):
        if id:
            said[id] += [tuple(unit.heading.lower().split()), unit.words]
    found: dict[tuple[tuple[str, ...], ...], list[str]] = defaultdict(list)
    for id, words in said.items():
        found[tuple(words)].append(id)
    return found


def with_what_is_known(later: Proposal, proposal: Proposal, kept: Mapping[str, str]) -> Proposal:
    """A later text with what is known of each measure of a proposal that it has word for word.

    What persons confirmed, corrected and answered there holds of the same words; where the text says something else it was said of other
    words, and is left out.

    Args:
        later: as it was read.
        proposal: what was worked on.
        kept: the new id of each measure of which the words are the same.
    """
    known = {kept[measure.id]: measure for measure in proposal.measures if measure.id in kept}
    measures = tuple(
        evolve(known[each.id], id=each.id, reference=each.reference, title=each.title) if each.id in known else each
        for each in later.measures
    )
    answers = tuple(
        evolve(answer, measure=kept[measure])
        for answer in proposal.answers
        if (measure := answer.measure) is not None and measure in kept
    )
    return evolve(later, measures=measures, answers=(*later.answers, *answers))
