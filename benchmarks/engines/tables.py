"""Figures as tables in Markdown, for the terminal and for the page."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["tables", "write_page"]

# Ratios are to this one.
BASE = "columns"


def tables(data: Mapping[str, Any]) -> dict[str, str]:
    """Each table by its name; those for which nothing was measured are left out."""
    found = {"machine": _machine(data["machine"])}
    for workload in data["workloads"]:
        found[f"race-{workload['name']}"] = _race(workload)
    if len(data["workloads"]) > 1:
        found["summary"] = _summary(data["workloads"])
    if data.get("growth"):
        found["growth"] = _growth(data["growth"])
    if data.get("start_up"):
        found["start-up"] = _start_up(data["start_up"])
    if data.get("memory"):
        rows = [[f"{each['proposals']:,}", f"{each['peak_mb']:.0f}", _number(each["rate"])] for each in data["memory"]]
        found["memory"] = _table(("proposals", "peak MB", "proposals/s"), rows)
    if data.get("processes"):
        both = data["processes"]
        rows = [[_number(both["one"]), _number(both["two"]), f"{both['ratio']:.2f}"]]
        found["processes"] = _table(("one process, proposals/s", "two processes", "ratio"), rows)
    if data.get("bars"):
        rows = [
            [each["bar"], each["most"], each["figure"], "yes" if each["met"] else "**no**"] for each in data["bars"]
        ]
        found["bars"] = _table(("bar", "at most", "measured", "met"), rows)
    return found


def write_page(page: Path, found: Mapping[str, str]) -> list[str]:
    """Put tables between their markers `<!-- table: NAME -->` and `<!-- end -->`.

    Returns:
        Names of tables for which the page has no place.
    """
    text = page.read_text("utf-8")
    missing: list[str] = []
    for name, table in found.items():
        begin, end = f"<!-- table: {name} -->\n", "<!-- end -->"
        before, marker, rest = text.partition(begin)
        if not marker:
            missing.append(name)
            continue
        text = f"{before}{begin}\n{table}\n\n{end}{rest.partition(end)[2]}"
    page.write_text(text, "utf-8")
    return missing


def _machine(facts: Mapping[str, Any]) -> str:
    return (
        f"{facts['processor']}, {facts['usable_cores']} cores, {facts['memory_mb'] // 1024} GB; {facts['system']}; "
        f"{facts['python']}, NumPy {facts['numpy']}. Load before: {facts['load'][0]}."
    )


def _race(workload: Mapping[str, Any]) -> str:
    base = next((_rate(each) for each in workload["results"] if each["engine"] == BASE), 0)
    compared, findings = workload["compared"]

    def ratio(rate: float) -> str:
        return f"{rate / base:.2f}" if base else ""

    rows = []
    for each in sorted(workload["results"], key=_rate, reverse=True):
        name = f"**{each['engine']}**" if each["ours"] else f"{each['engine']} {each['version']}"
        if each["failed"]:
            rows.append([name, "failed", "", "", each["failed"], "", "", "", ""])
            continue
        rate, whole = _rate(each), float(each["whole"])
        convert = _number(each["convert"]) if each["convert"] else ""
        both = [_number(rate), ratio(rate), convert, _number(whole), ratio(whole)]
        rows.append([name, *both, f"{each['compared']:,}", f"{each['prepare'] * 1000:.0f}", f"{each['memory']:.0f}"])
    to_base = f"to {BASE}"
    heads = (
        "engine", "proposals/s", to_base, "conversion/s", "with conversion/s", to_base, "findings compared", "ready, ms",
        "peak MB",
    )  # fmt: skip
    confirmed = f"{workload['per_proposal']:.1f} findings a proposal. The plain evaluator confirmed {findings:,} findings of {compared:,} proposals."
    return f"{_table(heads, rows)}\n\n{confirmed}"


def _summary(workloads: Sequence[Mapping[str, Any]]) -> str:
    heads = ("engine", *(each["title"] for each in workloads))
    names = list(dict.fromkeys(each["engine"] for workload in workloads for each in workload["results"]))
    rates = [{each["engine"]: _rate(each) for each in workload["results"]} for workload in workloads]
    names.sort(key=lambda name: -rates[0].get(name, 0))
    ours = {each["engine"] for workload in workloads for each in workload["results"] if each["ours"]}
    rows = [
        [f"**{name}**" if name in ours else name, *(_number(each[name]) if each.get(name) else "-" for each in rates)]
        for name in names
    ]
    return _table(heads, rows)


def _growth(points: Sequence[Mapping[str, Any]]) -> str:
    engines = list(dict.fromkeys(each["engine"] for each in points))
    places = dict.fromkeys((each["axis"], each["number"]) for each in points)
    rates = {(each["axis"], each["number"], each["engine"]): each["rate"] for each in points}
    rows = [
        [
            f"{number:,} {axis}",
            *(_number(rate) if (rate := rates.get((axis, number, name))) else "-" for name in engines),
        ]
        for axis, number in places
    ]
    return _table(("with", *engines), rows)


def _start_up(found: Mapping[str, Mapping[str, float]]) -> str:
    steps = list(next(iter(found.values())))
    rows = [[name, *(f"{each[step] * 1000:.0f}" for step in steps)] for name, each in found.items()]
    return _table(("evaluator", *(f"{step}, ms" for step in steps)), rows)


def _rate(result: Mapping[str, Any]) -> float:
    return float(result["rate"])


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"  # noqa: PLR2004  two digits


def _table(heads: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    heads, rows = list(heads), [list(each) for each in rows]
    widths = [max(len(row[place]) for row in (heads, *rows)) for place in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        padded = (
            each.ljust(width) if place == 0 else each.rjust(width)
            for place, (each, width) in enumerate(zip(cells, widths, strict=True))
        )  # fmt: skip
        return f"| {' | '.join(padded)} |"

    rule = [f"{'-' * (width - 1)}{'-' if place == 0 else ':'}" for place, width in enumerate(widths)]
    return "\n".join([line(heads), line(rule), *(line(row) for row in rows)])
