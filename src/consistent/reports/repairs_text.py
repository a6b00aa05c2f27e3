"""What would have to change in a proposal, as negotiating lines."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from consistent.findings.outcome import LABELS
from consistent.inquiries.repairs.repairs import FindingRepairs, Repair, Repairs, Shift
from consistent.model.text import Language, Localized
from consistent.reports.entries import measure_heading
from consistent.reports.outline import BREAK, Block, Item, Paragraph, Section, Span, Spans, dim, pair, strong

__all__ = ["repair_outline"]

_WORDS = {
    "head": Localized("{proposal}: what would have to change", "{proposal}: wat er zou moeten veranderen"),
    "nothing": Localized(
        "No conflict: nothing has to change. What is still open was not looked at.",
        "Niets strijdig: er hoeft niets te veranderen. Wat nog open is, is niet bekeken.",
    ),
    "nothing grave": Localized(
        "No conflict and no missing condition: nothing has to change. What is still open was not looked at.",
        "Niets strijdig en geen voorwaarde die ontbreekt: er hoeft niets te veranderen. Wat nog open is, is niet bekeken.",
    ),
    "none": Localized(
        "No change that can be asked for removes this.", "Geen wijziging waarom gevraagd kan worden, neemt dit weg."
    ),
    "none yet": Localized("Nothing was found before the time was up.", "Er is niets gevonden voordat de tijd om was."),
    "only dropping": Localized(
        "Nothing short of dropping a measure removes this.", "Alleen een maatregel schrappen neemt dit weg."
    ),
    "weight": Localized(
        "In brackets how much it changes: from 1 where something is added to 9 where a measure is dropped.",
        "Tussen haakjes hoeveel het verandert: van 1 waar iets wordt toegevoegd tot 9 waar een maatregel vervalt.",
    ),
    "meaning": Localized("that is", "dat wil zeggen"),
    "along": Localized("with it", "daarbij"),
    "solved": Localized("solves too", "lost ook op"),
    "settled": Localized("settles", "beslist"),
    "lost": Localized("no longer in line", "niet langer in lijn"),
    "asked": Localized("brings the question", "roept de vraag op"),
    "gained": Localized("brings in line", "brengt in lijn"),
    "more": Localized("and {count} more", "en nog {count}"),
    "together": Localized("All of it together", "Alles samen"),
    "stopped": Localized(
        "Stopped when the time was up. What is shown changes least; there may be more, with `--timeout`.",
        "Gestopt toen de tijd om was. Wat er staat verandert het minst; er kan meer zijn, met `--timeout`.",
    ),
}
# Of what goes and comes with a repair, so many are named.
_NAMED = 4


def repair_outline(repairs: Repairs, language: Language, *, conditions: bool = False) -> Iterator[Block]:
    """Repairs, finding by finding.

    Args:
        repairs: what was found.
        language: of all words but those of the proposal itself.
        conditions: whether missing conditions were looked at too.
    """
    yield from _RepairsText(repairs, language).whole(conditions=conditions)


class _RepairsText:
    def __init__(self, repairs: Repairs, language: Language) -> None:
        self._repairs, self._language = repairs, language

    def whole(self, *, conditions: bool) -> Iterator[Block]:
        """Finding by finding, then all of it together."""
        head = strong(self._word("head").format(proposal=self._repairs.proposal))
        yield Section(head, [Paragraph(dim(self._word("weight")))] if self._repairs.findings else [], indent=0)
        yield BREAK
        if not self._repairs.findings:
            yield Paragraph(self._word("nothing grave" if conditions else "nothing"))
        for measure, group in groupby(self._repairs.findings, key=lambda found: found.measure):
            listed = list(group)
            found = [block for finding in listed for block in (self._finding(finding), BREAK)]
            yield Section(measure_heading(measure, listed[0].measure_title, self._language), found)
        if self._repairs.together:
            yield Section(
                strong(f"{self._word('together')} ({self._repairs.together.cost})", "good"),
                self._together(self._repairs.together),
            )
        if not self._repairs.complete:
            yield Paragraph(strong(self._word("stopped"), "caution"))

    def _together(self, repair: Repair) -> Iterator[Block]:
        for measure, changes in groupby(repair.changes, key=lambda change: change.measure):
            asked = list(changes)
            asks = [Item(Span(change.ask.get(self._language), tone="good")) for change in asked]
            yield Item(measure_heading(measure, asked[0].measure_title, self._language), asks)
        yield from self._shifts(repair, None)

    def _word(self, name: str) -> str:
        return _WORDS[name].get(self._language)

    def _finding(self, found: FindingRepairs) -> Item:
        below = [
            Item(found.message.get(self._language)),
            Item(dim(f"{found.rule} · {LABELS[found.verdict].get(self._language)}")),
        ]
        if found.only_by_dropping:
            below.append(Item(self._word("only dropping")))
        below += [item for repair in found.repairs for item in self._asks(repair, found.measure)]
        if not found.repairs:
            below.append(Item(self._word("none" if found.complete else "none yet")))
        return Item(found.title.get(self._language), below)

    def _asks(self, repair: Repair, measure: str | None) -> Iterator[Item]:
        """One repair of several: a point for each change, under the last what goes and comes with all of them."""
        for number, change in enumerate(repair.changes, 1):
            mark = f"({repair.cost}) " if number == 1 else "    "
            below = [Item(self._pair("meaning", change.meaning.get(self._language)))] if change.meaning else []
            below += [Item(self._pair("along", along.get(self._language))) for along in change.along]
            if number == len(repair.changes):
                below += self._shifts(repair, measure)
            yield Item((dim(mark), Span(change.ask.get(self._language), tone="good")), below, indent=4)

    def _shifts(self, repair: Repair, measure: str | None) -> Iterator[Item]:
        """What goes and comes with a repair."""
        applied = [going for going in repair.goes if going.before == "applies"]
        groups = {
            "solved": [going for going in applied if going.verdict in {"conflict", "condition"}],
            "lost": [going for going in applied if going.verdict == "aligned"],
            "settled": [going for going in repair.goes if going.before == "open" or going.verdict == "question"],
            "asked": [come for come in repair.comes if come.after == "open" or come.verdict == "question"],
            "gained": [come for come in repair.comes if come.after == "applies" and come.verdict == "aligned"],
        }
        for name, listed in groups.items():
            # What is judged elsewhere says nothing of the proposal.
            spoken = [going for going in listed if going.verdict != "reserved"]
            if spoken:
                yield Item(self._pair(name, self._named(spoken, measure)))

    def _named(self, shifts: Iterable[Shift], measure: str | None) -> str:
        names = [
            shift.title.get(self._language) + (f" ({shift.measure})" if shift.measure not in {None, measure} else "")
            for shift in shifts
        ]
        more = [self._word("more").format(count=len(names) - _NAMED)] if len(names) > _NAMED else []
        return "; ".join([*names[:_NAMED], *more])

    def _pair(self, name: str, text: str) -> Spans:
        return pair(self._word(name), text)
