"""The benchmark of published appraisals: its data are whole, it counts right, and its page shows what comes out."""

import json
from pathlib import Path

import pytest
from benchmarks import appraisals

from consistent.rules.rule import DIMENSIONS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/background/appraisals.md"


def test_the_pairs_are_whole() -> None:
    """Each names a proposal that is there, an address, what was seen of it, and stances on dimensions that there are."""
    for pair in appraisals.pairs():
        assert (ROOT / "proposals" / f"{pair['proposal']}.toml").is_file()
        assert pair["url"].startswith("https://")
        assert pair["seen"]
        for said in pair["says"]:
            assert said["dimension"] in DIMENSIONS
            assert said["stance"] in {"objection", "condition", "positive"}


def test_the_page_shows_what_comes_out() -> None:
    """Every statement with the answer of this library, misses included."""
    for row in appraisals.scored(appraisals.own_answers("treaties"))["rows"]:
        line = f"| `{row['pair']}` | {row['dimension']} | {row['appraisal']} | {row['tool']} |"
        assert line in PAGE.read_text("utf-8")


def test_counting() -> None:
    """What is the same agrees; an objection that is asked about is not recalled; silence is silence."""
    score = appraisals.scored(
        {"safe-juri": {"competence": "objection"}, "edip-senat": {"subsidiarity": "question", "burden": "objection"}}
    )
    assert score["agreement"]["competence"] == "1 of 3"
    assert score["objections"] == {
        "recalled": "1 of 4", "put as a question": 1, "put as a condition": 0, "called positive": 0, "silence": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"answers": {"nobody": {"competence": "objection"}}}, "there is no pair `nobody`"),
        ({"answers": {"safe-juri": {"taste": "objection"}}}, "there is no dimension `taste`"),
        ({"answers": {"safe-juri": {"competence": "no"}}}, "`no` is no stance"),
        ([], "no answers"),
    ],
)
def test_answers_that_are_none(tmp_path: Path, answers: object, said: str) -> None:
    """What is no pair, dimension or stance is refused."""
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(answers), "utf-8")
    with pytest.raises(SystemExit, match=said):
        appraisals.read_answers(file)
