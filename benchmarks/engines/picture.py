"""The figures as a picture: bars for each workload with a tick where conversion is counted, and lines for growth with rules."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.engines.contenders.contender import library

__all__ = ["draw"]

_OURS, _PEERS = "#1f5fa8", "#b0b0b0"
_DIGITS = 10


def draw(data: Mapping[str, Any], path: Path) -> None:
    """Write an SVG or PNG, by the ending of the name. Needs matplotlib."""
    matplotlib = library("matplotlib")
    matplotlib.use("Agg")
    # Text that can be searched, and the same file for the same figures.
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "consistent"})
    plt = library("matplotlib.pyplot")
    workloads: Sequence[Mapping[str, Any]] = data["workloads"]
    by_rules = [each for each in workloads if each["name"].startswith("generated")]
    panels = len(workloads) + (len(by_rules) > 1)
    columns = min(3, panels)
    lines = -(-panels // columns)
    figure, axes = plt.subplots(lines, columns, figsize=(6 * columns, 4.6 * lines), squeeze=False)
    places = list(axes.flat)
    for axis, workload in zip(places, workloads, strict=False):
        _bars(axis, workload)
    rest = places[len(workloads) :]
    if len(by_rules) > 1:
        _lines(rest.pop(0), by_rules)
    for axis in rest:
        axis.set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
    plt.close(figure)


def _bars(axis: Any, workload: Mapping[str, Any]) -> None:
    results = sorted((each for each in workload["results"] if not each["failed"]), key=lambda each: each["rate"])
    rates = [each["rate"] for each in results]
    axis.barh(
        [each["engine"] for each in results], rates, color=[_OURS if each["ours"] else _PEERS for each in results]
    )
    axis.set_xscale("log")
    axis.margins(x=0.2)
    axis.plot([each["whole"] for each in results], range(len(results)), "|", color="black", markersize=9)
    for place, rate in enumerate(rates):
        axis.text(rate, place, f" {rate:,.0f}" if rate >= _DIGITS else f" {rate:.1f}", va="center", fontsize=8)
    axis.set_title(workload["title"])
    axis.set_xlabel("proposals a second (logarithmic); | with conversion")
    axis.tick_params(axis="y", labelsize=8)


def _lines(axis: Any, workloads: Sequence[Mapping[str, Any]]) -> None:
    rates: dict[str, list[tuple[int, float]]] = {}
    ours: set[str] = set()
    for workload in workloads:
        for each in workload["results"]:
            if not each["failed"]:
                rates.setdefault(each["engine"], []).append((workload["rules"], each["rate"]))
                ours |= {each["engine"]} if each["ours"] else set()
    # The fastest, lest lines hide each other.
    names = sorted(rates, key=lambda name: -max(rate for _, rate in rates[name]))[:8]
    for name in names:
        rules, each = zip(*rates[name], strict=True)
        axis.plot(rules, each, marker="o", linewidth=2 if name in ours else 1, label=name)
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.set_xlabel("rules")
    axis.set_ylabel("proposals a second")
    axis.set_title("growth with rules, the fastest")
    axis.legend(fontsize=8)
