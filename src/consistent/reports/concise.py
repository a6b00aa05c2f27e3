"""Reports with one line for each thing that asks for attention, as compilers and linters have it: `file:line: verdict rule message`."""

from collections import Counter
from collections.abc import Iterator, Sequence

from consistent.errors import printable
from consistent.findings.outcome import ATTENTION, PRESENTATION, Outcome
from consistent.findings.said import Finding, Open, Said, outcome_of
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.entries import Places, counts, entries, message_of
from consistent.reports.formats import Format
from consistent.reports.notices import MARK

__all__ = ["CONCISE", "render", "roll_up", "versions"]

_ALL = Localized("{count} of {of} proposals: {told}", "{count} van {of} voorstellen: {told}")
_NOTHING = Localized(
    "nothing found that asks for attention; that is no approval",
    "niets gevonden dat aandacht vraagt; dat is geen goedkeuring",
)


def render(dossiers: Sequence[Dossier], language: Language) -> str:
    """All reports, each in the order of its file, and a last line with counts by gravity."""
    lines = [line for dossier in dossiers for line in _lines(dossier, language)]
    counted = roll_up([counts(dossier.report) for dossier in dossiers], language)
    return "".join(f"{line}\n" for line in (*lines, counted, *versions(dossiers)))


def versions(dossiers: Sequence[Dossier]) -> tuple[str, ...]:
    """By what they were checked, each line once."""
    return tuple(dict.fromkeys(line for dossier in dossiers for line in _versions(dossier)))


def _versions(dossier: Dossier) -> Iterator[str]:
    """By what it was checked; the digest of each proposal would be a line more for each."""
    identity = dossier.report.identity
    if identity is not None:
        packs = (f"{pack.name} {pack.version} ({pack.digest[:MARK]})" for pack in identity.packs)
        yield printable(" · ".join((f"consistent {identity.program}", *packs)))


def _lines(dossier: Dossier, language: Language) -> Iterator[str]:
    places = Places(dossier)
    opens: Counter[str] = Counter()
    for said in entries(dossier.report):
        outcome = outcome_of(said)
        if outcome not in ATTENTION:
            continue
        if isinstance(said, Open):
            # One rule that is open in many places is one line.
            opens[said.rule] += 1
            if opens[said.rule] > 1:
                continue
        label = PRESENTATION[outcome].label.get(language)
        yield printable(f"{places.of(said).where}: {label} {said.rule} {_message(said, language)}")


def _message(said: Said, language: Language) -> str:
    return message_of(said).get(language) if isinstance(said, Finding) else said.title.get(language)


def roll_up(counted: Sequence[Counter[Outcome]], language: Language) -> str:
    """What several reports come to together, the gravest first: the last line of a run.

    Args:
        counted: of each report how often each outcome was found.
        language: of the reader.
    """
    together = sum(counted, Counter[Outcome]())
    told = ", ".join(
        f"{PRESENTATION[outcome].label.get(language)}: {together[outcome]}"
        for outcome in ATTENTION
        if together[outcome]
    )
    if not told:
        return _NOTHING.get(language)
    touched = sum(any(counts[outcome] for outcome in ATTENTION) for counts in counted)
    return told if len(counted) == 1 else _ALL.get(language).format(count=touched, of=len(counted), told=told)


CONCISE = Format(
    name="concise",
    title=Localized("one line for each finding", "één regel per bevinding"),
    suffix=".txt",
    render=render,
)
