"""How far a tool says of proposals what others published about them: agreement by dimension, objections recalled, and false ones.

    python benchmarks/appraisals.py                          # this library, with the pack `treaties`
    python benchmarks/appraisals.py --pack treaties -o answers.json
    python benchmarks/appraisals.py --answers theirs.json    # any other tool

Pairs are in `appraisals.toml`. Answers are JSON: for each pair, by its id, the stance on each dimension that the tool takes one on:

    {"answers": {"safe-juri": {"competence": "objection"}, "edip-senat": {"subsidiarity": "question"}}}

A stance is `objection`, `condition`, `positive`, `question` (a person is asked), or is left out for silence. Only dimensions that an appraisal
speaks of are scored. An objection is recalled by an objection; one that is put as a question or condition is counted apart. An objection is
false where the appraisal is positive on that dimension.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli

from consistent import load
from consistent.rules.rule import DIMENSIONS, Grade

ROOT = Path(__file__).parents[1]
PAIRS = Path(__file__).with_name("appraisals.toml")
STANCES = ("objection", "condition", "positive", "question")
# What a grade of this library amounts to.
_STANCE: Mapping[Grade, str] = {
    "negative": "objection",
    "partly-positive-partly-negative": "objection",
    "positive-with-remarks": "condition",
    "positive": "positive",
    "open": "question",
}
Answers = Mapping[str, Mapping[str, str]]


def pairs() -> Sequence[Mapping[str, Any]]:
    """The pairs, each with what its appraisal says."""
    listed: Sequence[Mapping[str, Any]] = tomli.loads(PAIRS.read_text("utf-8"))["pair"]
    return listed


def own_answers(pack: str) -> dict[str, dict[str, str]]:
    """What this library says of each pair, with a pack."""
    kb = load(pack)
    stances: dict[str, dict[str, str]] = {}
    for proposal in sorted({pair["proposal"] for pair in pairs()}):
        judgement = kb.check(ROOT / "proposals" / f"{proposal}.toml").report.judgement
        stances[proposal] = {dimension: _STANCE[grade] for dimension, grade in judgement if grade in _STANCE}
    return {pair["id"]: stances[pair["proposal"]] for pair in pairs()}


def read_answers(path: Path) -> dict[str, dict[str, str]]:
    """The answers of another tool.

    Raises:
        SystemExit: the file is not what it should be; every fault is told.
    """
    try:
        answers = json.loads(path.read_text("utf-8"))["answers"]
        faults = list(_faults(answers))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        sys.exit(f'{path}: no answers: {error}\nhelp: {{"answers": {{"safe-juri": {{"competence": "objection"}}}}}}')
    if faults:
        sys.exit("\n".join(f"{path}: {fault}" for fault in faults))
    checked: dict[str, dict[str, str]] = answers
    return checked


def _faults(answers: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    known = {pair["id"] for pair in pairs()}
    for name, stances in answers.items():
        if name not in known:
            yield f"there is no pair `{name}`"
        for dimension, stance in stances.items():
            if dimension not in DIMENSIONS:
                yield f"`{name}`: there is no dimension `{dimension}`; there are {', '.join(DIMENSIONS)}"
            if stance not in STANCES:
                yield f"`{name}`, {dimension}: `{stance}` is no stance; there are {', '.join(STANCES)}"


def scored(answers: Answers) -> dict[str, Any]:
    """The figures, and each thing that an appraisal says beside what the tool says."""
    rows: list[dict[str, str]] = []
    agreed: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for pair in pairs():
        for said in pair["says"]:
            answer = answers.get(pair["id"], {}).get(said["dimension"], "silence")
            agreed[said["dimension"]][0] += answer == said["stance"]
            agreed[said["dimension"]][1] += 1
            rows.append(
                {"pair": pair["id"], "dimension": said["dimension"], "appraisal": said["stance"], "tool": answer}
            )
    objections = [row["tool"] for row in rows if row["appraisal"] == "objection"]
    welcomed = [row for row in rows if row["appraisal"] == "positive"]
    false: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in welcomed:
        false[row["dimension"]][0] += row["tool"] == "objection"
        false[row["dimension"]][1] += 1
    return {
        "agreement": {dimension: f"{same} of {number}" for dimension, (same, number) in agreed.items()},
        "objections": {
            "recalled": f"{objections.count('objection')} of {len(objections)}",
            "put as a question": objections.count("question"),
            "put as a condition": objections.count("condition"),
            "called positive": objections.count("positive"),
            "silence": objections.count("silence"),
        },
        "false objections": {
            "all": f"{sum(wrong for wrong, _ in false.values())} of {len(welcomed)} where the appraisal is positive",
            **{dimension: f"{wrong} of {number}" for dimension, (wrong, number) in false.items()},
        },
        "rows": rows,
    }


def main() -> None:
    """Print the score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", default="treaties", help="of this library (default: %(default)s)")
    parser.add_argument("--answers", type=Path, help="of another tool, instead")
    parser.add_argument(
        "-o", "--output", type=Path, help="write the answers that were scored there, to begin your own with"
    )
    arguments = parser.parse_args()
    answers = read_answers(arguments.answers) if arguments.answers else own_answers(arguments.pack)
    if arguments.output is not None:
        arguments.output.write_text(json.dumps({"answers": answers}, indent=2) + "\n", "utf-8")
    score = scored(answers)
    for row in score.pop("rows"):
        print(f"{row['pair']:<26} {row['dimension']:<16} appraisal {row['appraisal']:<10} tool {row['tool']}")
    print(json.dumps(score, indent=2))


if __name__ == "__main__":
    main()
