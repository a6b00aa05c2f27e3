"""What became of mutants, for a reader and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from consistent.authoring.mutation.killing import FATES, Fate, Result, Results, score
from consistent.authoring.mutation.running import result_to_data
from consistent.model.text import Language, Localized, Tone
from consistent.reports.outline import BREAK, Block, Code, Item, Paragraph, Section, Span, Table, spans, strong
from consistent.reports.terminal import place

__all__ = ["json_of", "score_table", "summary_outline", "survivor_outline"]

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
_TONES: Mapping[str, Tone] = {"+": "good", "-": "bad", "@": "unknown"}


def survivor_outline(results: Results, language: Language, *, accepted: bool = False) -> Iterator[Block]:
    """Each survivor as a patch, with an example that would kill it.

    Args:
        results: of every mutant that was run.
        language: of the words around them.
        accepted: whether those are shown too that are let live, with the reason.
    """
    for survivor in results.survivors:
        reason = results.accepted.get(survivor.id)
        if reason is not None and not accepted:
            continue
        why = [] if reason is None else [Paragraph(_WORDS["why"].get(language).format(reason=reason.get(language)))]
        # The first two lines of a patch name the file, which stands above.
        patch = [Item(Span(line, tone=_TONES.get(line[:1], ""))) for line in survivor.diff[2:]]
        blocks: list[Block] = [*why, Item(place(survivor.place.path, survivor.place.line), patch)]
        if survivor.suggestion:
            blocks.append(Item(_WORDS["would"].get(language), [Code(survivor.suggestion, "toml")]))
        yield Section(strong(survivor.id), blocks)
        yield BREAK


def summary_outline(results: Results, language: Language) -> Iterator[Block]:
    """What is wrong with the list of the accepted, what was not run, and all in numbers."""
    for name, where in results.stale:
        shown = place(where.path, where.line)
        yield Paragraph(Span(_WORDS["stale"].get(language).format(mutant=name, place=shown), tone="bad"))
    if results.left:
        yield Paragraph(_WORDS["left"].get(language).format(count=len(results.left)))
    counts = Counter(result.fate for result in results.all)
    parts = [f"{_FATES[fate].get(language)}: {counts[fate]}" for fate in FATES]
    let_live = sum(survivor.id in results.accepted for survivor in results.survivors)
    parts[1] += f" ({_WORDS['accepted'].get(language)}: {let_live})"
    parts.append(f"{_WORDS['score'].get(language)}: {_percent(score(results.all), language)}")
    yield Paragraph("; ".join(parts))


def score_table(results: Results, language: Language) -> Table:
    """A row for each rule of which a mutant survived, that with the lowest score first."""
    heads = (_WORDS["rule"], *(_FATES[fate] for fate in FATES), _WORDS["score"])
    scored = [(score(mutants), rule, mutants) for rule, mutants in results.found.items()]
    scored.sort(key=lambda row: (row[0] if row[0] is not None else 100.0, row[1]))
    rows = []
    for value, rule, mutants in scored:
        counts = Counter(mutant.fate for mutant in mutants)
        if counts["survived"]:
            rows.append(tuple(map(spans, (rule, *(str(counts[fate]) for fate in FATES), _percent(value, language)))))
    return Table(
        heads=tuple(head.get(language) for head in heads),
        rows=tuple(rows),
        numbers=True,
        whole=frozenset({0, len(heads) - 1}),
    )


def json_of(results: Results, language: Language) -> str:
    """Everything, as a JSON document; scores are of a hundred, and null where there is no mutant."""
    counts = Counter(result.fate for result in results.all)
    data = {
        "score": score(results.all),
        "counts": {fate: counts[fate] for fate in FATES},
        "rules": [
            {
                "rule": rule,
                "score": score(found),
                "mutants": [_result(result, results, language) for result in found],
            }
            for rule, found in results.found.items()
        ],
        "left": list(results.left),
        "stale": [{"mutant": name, "path": where.path, "line": where.line} for name, where in results.stale],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _result(result: Result, results: Results, language: Language) -> dict[str, Any]:
    reason = results.accepted.get(result.id)
    return result_to_data(result) | {"accepted": None if reason is None else reason.get(language)}


def _percent(value: float | None, language: Language) -> str:
    """Rounded down, so that what is below a bar never looks as if it reached it."""
    if value is None:
        return "-"
    text = f"{int(value * 10) / 10:.1f} %"
    return text.replace(".", ",") if language == "nl" else text
