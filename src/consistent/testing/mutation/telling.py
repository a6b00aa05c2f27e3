"""What became of mutants, for a reader and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from consistent.model.text import Language, Localized
from consistent.reports.lines import Line, place
from consistent.testing.mutation.progress import result_to_data
from consistent.testing.mutation.results import FATES, Fate, Result, Results, score

__all__ = ["json_of", "score_table", "summary_lines", "survivor_lines"]

_FATES: Mapping[Fate, Localized] = {
    "killed": Localized("killed", "gevonden"),
    "survived": Localized("survived", "overleefd"),
    "equivalent": Localized("equivalent", "gelijkwaardig"),
    "invalid": Localized("invalid", "ongeldig"),
}
_WORDS = {
    "rule": Localized("rule", "regel"),
    "score": Localized("score", "score"),
    "accepted": Localized("accepted", "aanvaard"),
    "why": Localized("accepted: {reason}", "aanvaard: {reason}"),
    "would": Localized(
        "an example that would kill it, if what it expects is right:",
        "een voorbeeld dat hem zou vinden, als klopt wat het verwacht:",
    ),
    "left": Localized("rules that time did not suffice for: {count}", "regels waarvoor de tijd tekortschoot: {count}"),
    "stale": Localized(
        "{place}: `{mutant}` is accepted and does not survive, or is no mutant any more",
        "{place}: `{mutant}` is aanvaard en overleeft niet, of is geen mutant meer",
    ),
}
_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def survivor_lines(results: Results, language: Language, *, accepted: bool = False) -> Iterator[Line]:
    """Each survivor as a patch, with an example that would kill it.

    Args:
        results: to be told.
        language: of the words around them.
        accepted: whether those are shown too that are let live, with the reason.
    """
    for each in results.survivors:
        reason = results.accepted.get(each.id)
        if reason is not None and not accepted:
            continue
        yield 0, Text(each.id, style="bold")
        if reason is not None:
            yield 2, Text(_WORDS["why"].get(language).format(reason=reason.get(language)))
        yield 2, Text(place(each.place.path, each.place.line))
        # The first two lines of a patch name the file, which stands above.
        yield from ((4, Text(line, style=_STYLES.get(line[:1], ""))) for line in each.diff[2:])
        if each.suggestion:
            yield 2, Text(_WORDS["would"].get(language))
            yield from ((4, Text(line)) for line in each.suggestion.splitlines())
        yield 0, Text()


def summary_lines(results: Results, language: Language) -> Iterator[Line]:
    """What is wrong with the list of the accepted, what was not run, and all in numbers."""
    for name, where in results.stale:
        shown = place(where.path, where.line)
        yield 0, Text(_WORDS["stale"].get(language).format(mutant=name, place=shown), style="red")
    if results.left:
        yield 0, Text(_WORDS["left"].get(language).format(count=len(results.left)))
    counts = Counter(each.fate for each in results.all)
    parts = [f"{_FATES[each].get(language)}: {counts[each]}" for each in FATES]
    let_live = sum(each.id in results.accepted for each in results.survivors)
    parts[1] += f" ({_WORDS['accepted'].get(language)}: {let_live})"
    parts.append(f"{_WORDS['score'].get(language)}: {_percent(score(results.all), language)}")
    yield 0, Text("; ".join(parts))


def score_table(results: Results, language: Language) -> Table:
    """A row for each rule of which a mutant survived, that with the lowest score first."""
    table = Table(box=None, pad_edge=False)
    table.add_column(_WORDS["rule"].get(language), no_wrap=True)
    for each in FATES:
        table.add_column(_FATES[each].get(language), justify="right")
    table.add_column(_WORDS["score"].get(language), justify="right", no_wrap=True)
    scored = [(score(found), rule, found) for rule, found in results.found.items()]
    for value, rule, found in sorted(scored, key=lambda each: (each[0] if each[0] is not None else 100.0, each[1])):
        counts = Counter(each.fate for each in found)
        if counts["survived"]:
            table.add_row(rule, *(str(counts[each]) for each in FATES), _percent(value, language))
    return table


def json_of(results: Results, language: Language) -> str:
    """Everything, as a JSON document; scores are of a hundred, and null where there is no mutant."""
    counts = Counter(each.fate for each in results.all)
    data = {
        "score": score(results.all),
        "counts": {each: counts[each] for each in FATES},
        "rules": [
            {
                "rule": rule,
                "score": score(found),
                "mutants": [_result(each, results, language) for each in found],
            }
            for rule, found in results.found.items()
        ],
        "left": list(results.left),
        "stale": [{"mutant": name, "path": where.path, "line": where.line} for name, where in results.stale],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _result(each: Result, results: Results, language: Language) -> dict[str, Any]:
    reason = results.accepted.get(each.id)
    return result_to_data(each) | {"accepted": None if reason is None else reason.get(language)}


def _percent(value: float | None, language: Language) -> str:
    """Rounded down, so that what is below a bar never looks as if it reached it."""
    if value is None:
        return "-"
    text = f"{int(value * 10) / 10:.1f} %"
    return text.replace(".", ",") if language == "nl" else text
