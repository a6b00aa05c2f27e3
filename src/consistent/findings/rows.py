"""What a report says as rows of plain values, which pandas and polars make a table of."""

from collections.abc import Iterable, Mapping
from typing import Any

from consistent.findings.outcome import gravity
from consistent.findings.said import Defeated, Finding, Open, Said, outcome_of
from consistent.findings.wording import exception_text
from consistent.model.text import Language, Localized
from consistent.rules.rule import VERDICTS

__all__ = ["COLUMNS", "Row", "in_order", "rows_of"]

# By column: text, of `confirmed` whether. What there can be more of is one text, parted by ` | `; what is not there is empty, as a
# column with None in its first hundreds of rows is one of no type for polars.
Row = dict[str, Any]
_PARTING = " | "
COLUMNS = (
    "proposal", "measure", "measure_title", "outcome", "verdict", "ground", "dimension", "rule", "title", "message",
    "principle", "positions", "sources", "facts", "because", "passages", "confirmed", "unknown", "awaits", "set_aside_by",
    "waived_by", "waived_until", "waived_because", "answered_by", "answer",
)  # fmt: skip


def in_order(everything: Iterable[Said], measures: Iterable[str]) -> tuple[Said, ...]:
    """Everything that is said: the proposal as a whole first, then by measure.

    Of each the gravest first, of open rules those that would be; then by rule.

    Args:
        everything: that a report says.
        measures: ids of its measures, in order.
    """
    order = {name: number for number, name in enumerate((None, *measures))}

    def place(said: Said) -> tuple[int, int, int, str]:
        return order[said.measure], gravity(outcome_of(said)), VERDICTS.index(said.verdict), said.rule

    return tuple(sorted(everything, key=place))


def rows_of(
    everything: Iterable[Said], proposal: str, titles: Mapping[str, Localized | None], language: Language
) -> list[Row]:
    """A row for each finding, open and defeated rule, in order; each has all `COLUMNS`.

    Args:
        everything: that a report says.
        proposal: how it is called.
        titles: of the measures by id, in order.
        language: of titles and sentences; all else is as in the data.
    """
    rows = []
    for said in in_order(everything, titles):
        title = titles.get(said.measure or "")
        about = {
            "proposal": proposal,
            "measure": said.measure or "",
            "measure_title": title.get(language) if title else "",
        }
        rows.append({**dict.fromkeys(COLUMNS, ""), **about, **_said(said, language), **_further(said, language)})
    return rows


def _said(said: Said, language: Language) -> Mapping[str, object]:
    return {
        "outcome": outcome_of(said),
        "verdict": said.verdict,
        "ground": said.ground,
        "dimension": said.dimension,
        "rule": said.rule,
        "title": said.title.get(language),
        "message": said.message.get(language),
        "principle": said.principle,
        "positions": _PARTING.join(said.positions),
        "sources": _PARTING.join(said.sources),
        "facts": _PARTING.join(f"{fact.kind} {fact.id}" for fact in said.facts),
        "because": _PARTING.join(reason.told.get(language) for reason in said.because),
        "passages": _PARTING.join(dict.fromkeys(reason.document for reason in said.because if reason.document)),
        "confirmed": all(reason.confirmed for reason in said.because),
    }


def _further(said: Said, language: Language) -> Mapping[str, object]:
    """What only one of the three kinds has."""
    match said:
        case Open():
            questions = dict.fromkeys(unknown.told.get(language) for unknown in said.unknown)
            return {"unknown": _PARTING.join(questions), "awaits": _PARTING.join(said.awaits)}
        case Defeated():
            by = said.by
            return {"set_aside_by": exception_text(by, language) if by.reason is not None else by.rule or ""}
        case Finding():
            told: dict[str, object] = {}
            if said.waived is not None:
                waived = said.waived
                told |= {"waived_by": waived.owner, "waived_until": waived.until}
                told |= {"waived_because": waived.reason.get(language)}
            if said.answered is not None:
                told |= {"answered_by": said.answered.by, "answer": said.answered.reason}
            return told
