"""Findings as annotations in a pull request on GitHub: workflow commands, one a line."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from consistent.errors import printable
from consistent.findings.outcome import PRESENTATION, PRESSING, Outcome
from consistent.findings.said import Finding, Open, Said, outcome_of
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.entries import (
    Place,
    Places,
    entries,
    measure_label,
    outcome_label,
    proposal_label,
    said_sources,
)
from consistent.reports.formats import Format
from consistent.reports.notices import caveats_in_full, not_judged, person_line
from consistent.reports.outline import plain

__all__ = ["GITHUB", "render"]

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_TOLD: frozenset[Outcome] = frozenset({*PRESSING, "waived"})
# GitHub shows ten annotations of a kind for a step: open rules are told of together, measure by measure.
_NAMED = 5
_MORE = Localized("and {count} more", "en nog {count}")
_OPEN = Localized("open rules: {count}", "open regels: {count}")


def render(dossiers: Sequence[Dossier], language: Language) -> str:
    """All reports, what weighs most first: of what comes after the tenth of a kind GitHub shows nothing beside the text."""
    told = [command for dossier in dossiers for command in _commands(dossier, language)]
    order = list(_COMMANDS.values())
    return "".join(f"{text}\n" for _, text in sorted(told, key=lambda pair: order.index(pair[0])))


def _commands(dossier: Dossier, language: Language) -> Iterator[tuple[str, str]]:
    """Each command with its name."""
    report, places = dossier.report, Places(dossier)
    about = proposal_label(report.proposal, language)
    whole = places.measure(None)
    yield _command("notice", whole, about, " ".join(caveats_in_full(report, language)))
    listed = entries(report)
    for said in listed:
        state = outcome_of(said)
        if state not in _TOLD:
            continue
        measure = measure_label(report, said.measure, language)
        text = f"{measure}. {said.message.get(language)} ({'; '.join(said_sources(said, language))}; {said.rule})"
        accepted = person_line(said, language) if isinstance(said, Finding) else None
        if accepted is not None:
            text += f" {plain(accepted)}"
        title = f"{outcome_label(said, language)}: {said.title.get(language)}"
        yield _command(_COMMANDS[PRESENTATION[state].level], places.of(said), title, text)
    opens = (said for said in listed if isinstance(said, Open))
    for name, group in groupby(opens, key=lambda said: said.measure):
        rules = list(group)
        title = f"{measure_label(report, name, language)}: {_OPEN.get(language).format(count=len(rules))}"
        yield _command("notice", places.measure(name), title, _listed(rules, language))
    if report.not_judged:
        yield _command("notice", whole, about, not_judged(report, language))


def _listed(opens: Sequence[Said], language: Language) -> str:
    said = [f"{said.title.get(language)} ({said.rule})" for said in opens[:_NAMED]]
    further = len(opens) - len(said)
    return "; ".join([*said, _MORE.get(language).format(count=further)] if further else said)


def _command(name: str, place: Place, title: str, text: str) -> tuple[str, str]:
    values = {"file": place.path}
    if place.span is not None:
        values |= {"line": str(place.span.start_line), "endLine": str(place.span.end_line)}
        if place.span.start_line == place.span.end_line:
            # GitHub takes columns within one line only.
            values |= {"col": str(place.span.start_column), "endColumn": str(place.span.end_column)}
    values["title"] = title
    said = ",".join(f"{key}={_property(value)}" for key, value in values.items())
    return name, f"::{name} {said}::{_data(text)}"


def _data(text: str) -> str:
    # Older commands begin with `##[` anywhere in a line.
    safe = printable(text).replace("##[", "## [")
    return safe.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


GITHUB = Format(
    name="github",
    title=Localized("annotations for GitHub Actions", "annotaties voor GitHub Actions"),
    suffix=".txt",
    render=render,
)
