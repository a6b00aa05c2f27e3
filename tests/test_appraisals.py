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
    names = [pair["id"] for pair in appraisals.pairs()]
    assert len(names) == len(set(names)) >= 10
    for pair in appraisals.pairs():
        assert set(pair) <= {"id", "proposal", "by", "what", "url", "also", "seen", "powers", "says"}
        assert pair["says"]
        assert len({said["dimension"] for said in pair["says"]}) == len(pair["says"])
        assert (ROOT / "proposals" / f"{pair['proposal']}.toml").is_file()
        assert pair["url"].startswith("https://")
        assert pair["seen"]
        for said in pair["says"]:
            assert said["dimension"] in DIMENSIONS
            assert said["stance"] in {"objection", "condition", "positive"}


def test_the_page_shows_what_comes_out() -> None:
    """Every statement with the answer of this library, misses included, no others, and the totals."""
    page = PAGE.read_text("utf-8")
    score = appraisals.scored(appraisals.own_answers("treaties"))
    lines = [f"| `{row['pair']}` | {row['dimension']} | {row['appraisal']} | {row['tool']} |" for row in score["rows"]]
    assert [line for line in page.splitlines() if line.startswith("| `")] == lines
    assert (
        f"{len(appraisals.pairs())} pairs, on {len({pair['proposal'] for pair in appraisals.pairs()})} proposals"
        in page
    )
    assert f"**Objections recalled: {score['objections']['recalled']}.**" in page
    assert f"**False objections: {score['false objections']['all'].split(' where')[0]}**" in page
    assert f"question of {sum(row['tool'] == 'question' for row in score['rows'])} of the {len(lines)}" in page


def test_false_objections_are_counted() -> None:
    """An objection where the appraisal is positive is false, by its dimension; one where it objects too is not."""
    score = appraisals.scored(
        {
            "asap-chamber-of-deputies": {"subsidiarity": "objection", "proportionality": "positive"},
            "edip-senat": {"subsidiarity": "objection"},
        }
    )
    assert score["false objections"]["all"] == "1 of 15 where the appraisal is positive"
    assert score["false objections"]["subsidiarity"] == "1 of 2"
    assert score["false objections"]["proportionality"] == "0 of 1"
    assert score["agreement"]["proportionality"] == "1 of 3"


def test_counting() -> None:
    """What is the same agrees; an objection that is asked about is not recalled; silence is silence."""
    score = appraisals.scored(
        {"safe-juri": {"competence": "objection"}, "edip-senat": {"subsidiarity": "question", "burden": "objection"}}
    )
    assert score["agreement"]["competence"] == "1 of 5"
    assert score["objections"] == {
        "recalled": "1 of 8", "put as a question": 1, "put as a condition": 0, "called positive": 0, "silence": 6,
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
