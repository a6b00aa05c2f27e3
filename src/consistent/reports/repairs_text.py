"""What would have to change in a proposal, as negotiating lines for a terminal."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.text import Text

from consistent.findings.outcome import LABELS
from consistent.inquiries.repairs.repairs import FindingRepairs, Repair, Repairs, Shift
from consistent.model.text import Language, Localized
from consistent.reports.labels import WORDS
from consistent.reports.lines import Line, shortened

__all__ = ["repair_lines"]

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
        "Stopped when the time was up. What is shown changes least; there may be more, with `--seconds`.",
        "Gestopt toen de tijd om was. Wat er staat verandert het minst; er kan meer zijn, met `--seconds`.",
    ),
}
# Of what goes and comes with a repair, so many are named.
_NAMED = 4


def repair_lines(repairs: Repairs, language: Language, *, conditions: bool = False) -> Iterator[Line]:
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

    def whole(self, *, conditions: bool) -> Iterator[Line]:
        """Every line."""
        yield 0, Text(self._word("head").format(proposal=self._repairs.proposal), style="bold")
        if self._repairs.findings:
            yield 0, Text(self._word("weight"), style="dim")
        yield 0, Text()
        if not self._repairs.findings:
            yield 0, Text(self._word("nothing grave" if conditions else "nothing"))
        for measure, group in groupby(self._repairs.findings, key=lambda each: each.measure):
            listed = list(group)
            yield 0, self._owner(measure, listed[0].measure_title)
            for each in listed:
                yield from self._finding(each)
        if self._repairs.together:
            yield 0, Text(f"{self._word('together')} ({self._repairs.together.cost})", style="bold green")
            for measure, changes in groupby(self._repairs.together.changes, key=lambda each: each.measure):
                asked = list(changes)
                yield 2, self._owner(measure, asked[0].measure_title)
                for change in asked:
                    yield 4, Text(change.ask.get(self._language), style="green")
            yield from self._shifts(self._repairs.together, None, 2)
        if not self._repairs.complete:
            yield 0, Text(self._word("stopped"), style="bold yellow")

    def _owner(self, measure: str | None, title: Localized | None) -> Text:
        """A measure by its id and title, or the proposal."""
        if measure is None:
            return Text(WORDS["proposal as a whole"].get(self._language), style="bold")
        return Text.assemble((measure, "bold"), f"  {shortened(title.get(self._language))}" if title else "")

    def _word(self, name: str) -> str:
        return _WORDS[name].get(self._language)

    def _finding(self, found: FindingRepairs) -> Iterator[Line]:
        yield 2, Text(found.title.get(self._language))
        yield 4, Text(found.message.get(self._language))
        yield 4, Text(f"{found.rule} · {LABELS[found.verdict].get(self._language)}", style="dim")
        if found.only_by_dropping:
            yield 4, Text(self._word("only dropping"))
        for repair in found.repairs:
            yield from self._asks(repair, found.measure)
        if not found.repairs:
            yield 4, Text(self._word("none" if found.complete else "none yet"))
        yield 0, Text()

    def _asks(self, repair: Repair, measure: str | None) -> Iterator[Line]:
        """The lines of one repair of several."""
        for number, change in enumerate(repair.changes):
            mark = f"({repair.cost}) " if number == 0 else "    "
            yield 4, Text.assemble((mark, "dim"), (change.ask.get(self._language), "green"))
            if change.meaning:
                yield 8, self._pair("meaning", change.meaning.get(self._language))
            for each in change.along:
                yield 8, self._pair("along", each.get(self._language))
        yield from self._shifts(repair, measure, 8)

    def _shifts(self, repair: Repair, measure: str | None, indent: int) -> Iterator[Line]:
        """What goes and comes with a repair."""
        applied = [each for each in repair.goes if each.before == "applies"]
        groups = {
            "solved": [each for each in applied if each.verdict in {"conflict", "condition"}],
            "lost": [each for each in applied if each.verdict == "aligned"],
            "settled": [each for each in repair.goes if each.before == "open" or each.verdict == "question"],
            "asked": [each for each in repair.comes if each.after == "open" or each.verdict == "question"],
            "gained": [each for each in repair.comes if each.after == "applies" and each.verdict == "aligned"],
        }
        for name, listed in groups.items():
            # What is judged elsewhere says nothing of the proposal.
            spoken = [each for each in listed if each.verdict != "reserved"]
            if spoken:
                yield indent, self._pair(name, self._named(spoken, measure))

    def _named(self, shifts: Iterable[Shift], measure: str | None) -> str:
        names = [
            each.title.get(self._language) + (f" ({each.measure})" if each.measure not in {None, measure} else "")
            for each in shifts
        ]
        more = [self._word("more").format(count=len(names) - _NAMED)] if len(names) > _NAMED else []
        return "; ".join([*names[:_NAMED], *more])

    def _pair(self, name: str, text: str) -> Text:
        return Text.assemble((f"{self._word(name)}: ", "dim"), text)
