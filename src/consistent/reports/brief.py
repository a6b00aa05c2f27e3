"""Reports with a line for each proposal, and below it what fails: what a hook before a commit prints, on one screen for a folder."""

from collections.abc import Iterator, Sequence

from consistent.errors import printable
from consistent.findings.outcome import GRAVE, PRESENTATION
from consistent.model.text import Language, Localized
from consistent.reports.concise import roll_up, versions
from consistent.reports.dossier import Dossier
from consistent.reports.entries import Places, counts
from consistent.reports.first_screen import verdict_sentence
from consistent.reports.formats import Format
from consistent.reports.screen_lines import lines_of

__all__ = ["BRIEF", "render"]

_TIMES = Localized("{count} places", "{count} plaatsen")


def render(dossiers: Sequence[Dossier], language: Language) -> str:
    """Of each proposal what it comes to, and a line for each rule that conflicts or misses a condition; last the counts of all."""
    lines = [line for dossier in dossiers for line in _lines(dossier, language)]
    if len(dossiers) != 1:
        lines.append(roll_up([counts(dossier.report) for dossier in dossiers], language))
    return "".join(f"{line}\n" for line in (*lines, *versions(dossiers)))


def _lines(dossier: Dossier, language: Language) -> Iterator[str]:
    places, report = Places(dossier), dossier.report
    yield printable(f"{places.measure(None).path}: {verdict_sentence(report).get(language)}")
    for line in lines_of(report):
        if line.outcome not in GRAVE:
            continue
        label = PRESENTATION[line.outcome].label.get(language)
        times = f" ({_TIMES.get(language).format(count=line.count)})" if line.count > 1 else ""
        yield printable(f"  {places.of(line.said).where}: {label}: {line.said.title.get(language)}{times}")


BRIEF = Format(
    name="brief",
    title=Localized("one line for each proposal, and what fails", "één regel per voorstel, en wat niet voldoet"),
    suffix=".txt",
    render=render,
)
