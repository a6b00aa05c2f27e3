"""What became of each objection, and of what is in line with a position, from the first text to the last.

A rule is followed at one place: the text as a whole, or a measure, which is that of the next text that most of its words are in.
What a rule leaves open is never taken for an objection that is gone.
"""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from consistent.documents.comparing.comparison import TextComparison
from consistent.inquiries.differences.drafts import measures_matched
from consistent.lifecycle.fates import POSITION_FATES, PositionFate, Side
from consistent.lifecycle.powers import BACK, shared_words
from consistent.lifecycle.reading import PlacedMeasure, Reading, Standing
from consistent.model.text import Localized
from consistent.shown import Shown

__all__ = ["PositionTrail", "fate_of", "position_trails"]

# A thread is a measure through the texts: by the number of the text, its id. The text as a whole has none.
_Thread = dict[int, str]


@frozen(kw_only=True)
class PositionTrail(Shown):
    """A rule at one place through all texts.

    Attributes:
        rule: the id.
        title: of the rule.
        positions: that it codifies.
        sides: what it says of each text, in their order.
        places: where, in each text: `Article 5(2)`; empty for the text as a whole, and where there is no such provision.
        fate: between the first text and the last.
        by: the number of the version that brought it to that; None where nothing did.
        presumed: whether it is gone only because what it needs was looked for and not found in the new words.
        message: what was found, by the last text that has it so.
    """

    rule: str
    title: Localized
    positions: tuple[str, ...]
    sides: tuple[Side, ...]
    places: tuple[str, ...]
    fate: PositionFate
    by: int | None
    presumed: bool
    message: Localized

    @property
    def key(self) -> str:
        """By which it is known between two calls: the rule, and the place where it first stood."""
        place = next((place for place in self.places if place), "")
        return f"{self.rule}@{place}"


def position_trails(
    readings: Sequence[Reading],
    standings: Sequence[Sequence[Standing]],
    steps: Sequence[TextComparison | None],
    judged: Sequence[frozenset[str]],
) -> tuple[tuple[PositionTrail, ...], int]:
    """Follow what is decided through all texts.

    Args:
        readings: of the texts, in order.
        standings: what the rules say of each.
        steps: what the words became between each text and the next; None where they could not be compared.
        judged: the ids of the measures of each text that rules were asked of.

    Returns:
        The trails, the gravest fate first; and how many others there are on which nothing was decided in any text.
    """
    threads = _threads(readings, steps)
    trails: list[PositionTrail] = []
    undecided = 0
    unread = {number for number, step in enumerate(steps, start=1) if step is None}
    for rule, thread, told in _told(threads, standings):
        if not any(standing.side in {"against", "for"} for standing in told.values()):
            undecided += any(standing.side == "open" for standing in told.values())
            continue
        trails.append(_trail(rule, thread, told, readings, unread, judged))
    order = list(POSITION_FATES)
    return tuple(sorted(trails, key=lambda trail: order.index(trail.fate))), undecided


def _threads(readings: Sequence[Reading], steps: Sequence[TextComparison | None]) -> list[_Thread]:
    """Every measure of every text once, in the thread that it belongs to."""
    threads: list[_Thread] = [{0: measure.id} for measure in readings[0].measures]
    for number, step in enumerate(steps, start=1):
        old, new = readings[number - 1], readings[number]
        became = {} if step is None else measures_matched(step, old.measures, new.measures)
        ends = {thread[number - 1]: thread for thread in threads if number - 1 in thread}
        was = {after: before for before, after in became.items()}
        for measure in new.measures:
            thread = ends.get(was.get(measure.id, ""))
            if thread is None:
                thread = _come_back(measure, new, threads, readings, number)
            if thread is None:
                thread = {}
                threads.append(thread)
            thread[number] = measure.id
    return threads


def _come_back(
    measure: PlacedMeasure, new: Reading, threads: Sequence[_Thread], readings: Sequence[Reading], number: int
) -> _Thread | None:
    """The thread that an earlier text had broken off, and that a measure takes up again in much the same words."""
    ended = [thread for thread in threads if max(thread) < number - 1]
    words = _words(new, measure) if ended else ""
    best, found = BACK, None
    for thread in ended:
        last = max(thread)
        before = next(each for each in readings[last].measures if each.id == thread[last])
        likeness = shared_words(_words(readings[last], before), words)
        if likeness >= best:
            best, found = likeness, thread
    return found


def _words(reading: Reading, measure: PlacedMeasure) -> str:
    inside = (unit.text for unit in reading.units if measure.span.start <= unit.span.start < measure.span.end)
    return " ".join(inside)


def _told(
    threads: Sequence[_Thread], standings: Sequence[Sequence[Standing]]
) -> Iterator[tuple[str, _Thread | None, Mapping[int, Standing]]]:
    """For each rule at each place what it says, by the number of the text; the text as a whole has no thread."""
    of_measure = {(number, id): at for at, thread in enumerate(threads) for number, id in thread.items()}
    found: dict[tuple[str, int | None], dict[int, Standing]] = {}
    for number, told in enumerate(standings):
        for standing in told:
            at = None if standing.measure is None else of_measure.get((number, standing.measure))
            if standing.measure is not None and at is None:  # pragma: no cover  every measure has a thread
                raise AssertionError(standing.measure)
            found.setdefault((standing.rule, at), {}).setdefault(number, standing)
    for (rule, at), by_text in found.items():
        yield rule, None if at is None else threads[at], by_text


def _trail(
    rule: str,
    thread: _Thread | None,
    told: Mapping[int, Standing],
    readings: Sequence[Reading],
    unread: set[int],
    judged: Sequence[frozenset[str]],
) -> PositionTrail:
    sides = tuple(_sides(thread, told, judged, unread))
    fate, by = fate_of(sides)
    decided = [standing for number, standing in sorted(told.items()) if standing.side in {"against", "for"}]
    last = told.get(len(readings) - 1)
    gone = fate in {"won", "averted", "lost"} and sides[-1] == "silent"
    return PositionTrail(
        rule=rule, title=decided[-1].title, positions=next((each.positions for each in decided if each.positions), ()),
        sides=sides, places=tuple(_places(thread, readings)), fate=fate, by=by,
        presumed=gone and last is not None and last.presumed, message=decided[-1].message,
    )  # fmt: skip


def _sides(
    thread: _Thread | None, told: Mapping[int, Standing], judged: Sequence[frozenset[str]], unread: set[int]
) -> Iterator[Side]:
    for number, asked in enumerate(judged):
        if number in told:
            yield told[number].side
        elif thread is None:
            yield "silent"
        elif number in thread:
            # Of what a reviewed draft leaves out no rule was asked.
            yield "silent" if thread[number] in asked else "open"
        else:
            yield "unknown" if _is_cut_off(thread, number, unread) else "absent"


def _is_cut_off(thread: _Thread, number: int, unread: set[int]) -> bool:
    """Whether a text cannot be said to lack a measure: between it and those that have it two texts were not compared."""
    nearest = min(thread, key=lambda other: abs(other - number))
    low, high = sorted((nearest, number))
    return any(low < step <= high for step in unread)


def _places(thread: _Thread | None, readings: Sequence[Reading]) -> Iterator[str]:
    for number, reading in enumerate(readings):
        id = None if thread is None else thread.get(number)
        yield next((measure.reference for measure in reading.measures if measure.id == id), "")


_GONE: frozenset[Side] = frozenset({"silent", "absent"})


def fate_of(sides: Sequence[Side]) -> tuple[PositionFate, int | None]:
    """What became of it, and the number of the text that brought it to that.

    `open` and `unknown` decide nothing: what stood before them stands until a text decides otherwise, but where the last text
    is such it is not settled.
    """
    first, last = sides[0], sides[-1]
    if last in {"open", "unknown"}:
        return "unsettled", _since(sides)
    decided = [side for side in sides if side not in {"open", "unknown"}]
    opens_unknown = first in {"open", "unknown"}
    if last == "against":
        if _fell_before(decided):
            return "reopened", _since(sides)
        # Where the first text leaves open whether it stood there already, no text is blamed for it.
        return ("stands", None) if first == "against" or opens_unknown else ("lost", _since(sides))
    if last == "for":
        return ("kept", None) if first == "for" or opens_unknown else ("won", _since(sides))
    if first == "for" or (opens_unknown and decided[0] == "for"):
        return "lost", _since(sides)
    if first == "against" or (opens_unknown and decided[0] == "against"):
        return "won", _since(sides)
    # It came and went: an objection that did not last, or support that did not.
    brought = next(side for side in decided if side in {"against", "for"})
    return ("averted" if brought == "against" else "lost"), _since(sides)


def _fell_before(decided: Sequence[Side]) -> bool:
    """Whether an objection stood, fell, and stands again at the end."""
    stood = decided.index("against")
    return any(side != "against" for side in decided[stood:])


def _since(sides: Sequence[Side]) -> int:
    """The number of the text from which on it is as in the last one."""
    number = len(sides) - 1
    last = "gone" if sides[-1] in _GONE else sides[-1]
    while number and ("gone" if sides[number - 1] in _GONE else sides[number - 1]) == last:
        number -= 1
    return number + 1
