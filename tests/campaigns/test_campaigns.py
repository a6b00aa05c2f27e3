"""Each campaign for a moment, and all that was ever found once more."""

import json
from pathlib import Path
from random import Random

import pytest

from tests.campaigns.__main__ import NAMES, opened
from tests.campaigns.campaign import KEPT, Campaign, Figures, Finding, TooSlowError, run, within
from tests.campaigns.fuzzing import CORPUS, READERS
from tests.campaigns.inputs import Inputs
from tests.campaigns.shrinking import smaller_bytes, smaller_data
from tests.harness.effort import examples

# Of each as many cases as take a few seconds; before a change is taken in, some more.
_CASES = {"evaluators": 1, "refinement": 2, "proofs": 1, "inputs": 30, "kills": 2, "writes": 2, "threads": 1}
# Bytes of all that is kept of one reader.
_LITTLE = 60_000


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("campaigns")


@pytest.fixture(scope="module", params=NAMES)
def campaign(request: pytest.FixtureRequest, workplace: Path) -> tuple[str, Campaign]:
    folder = workplace / request.param
    folder.mkdir()
    if request.param == "proofs":
        pytest.importorskip("z3")
    return request.param, opened(request.param, folder)


def test_nothing_gives_way(campaign: tuple[str, Campaign]) -> None:
    """A few cases of each campaign, always the same ones."""
    name, tried = campaign
    figures = run(tried, cases=examples(3 * _CASES[name], desk=_CASES[name]))
    assert figures.tried


def test_what_was_found(campaign: tuple[str, Campaign]) -> None:
    """No case that a campaign ever found shows anything any more."""
    name, tried = campaign
    for kept in sorted((KEPT / name).glob("*~*")):
        assert tried.again(kept) == "", kept.name


@pytest.mark.parametrize("reader", READERS)
def test_corpus(reader: str, tmp_path: Path) -> None:
    """What led a fuzzer to new code is little, and gives a result or a clear refusal."""
    inputs, kept = Inputs(tmp_path), sorted((CORPUS / reader.replace("/", "+")).glob("*"))
    assert sum(path.stat().st_size for path in kept) <= _LITTLE
    for path in kept:
        assert inputs.failing(reader, path.read_bytes()) == "", path.name


class _Planted:
    """A campaign of numbers, of which some are bad."""

    unit = "numbers"

    def __init__(self, bad: frozenset[int]) -> None:
        self.bad = bad
        self.drawn: list[int] = []

    def case(self, chance: Random) -> tuple[int, list[Finding]]:
        number = chance.randrange(100)
        self.drawn.append(number)
        return 1, [Finding("bad", str(number).encode(), "number", ".txt")] if number in self.bad else []

    def again(self, kept: Path) -> str:
        raise AssertionError(kept)


class TestRunning:
    def test_goes_on(self, tmp_path: Path) -> None:
        """A run that ended goes on where it was, with the cases that it would have had."""
        whole, parts = _Planted(frozenset()), _Planted(frozenset())
        run(whole, seed=3, cases=10)
        for cases in (4, 10):
            figures = run(parts, seed=3, cases=cases, resume=tmp_path / "figures.json")
        assert parts.drawn == whole.drawn
        assert (figures.cases, figures.tried) == (10, 10)
        assert json.loads((tmp_path / "figures.json").read_bytes())["tried"] == 10

    def test_another_seed(self, tmp_path: Path) -> None:
        """A run with another seed is not taken up."""
        run(_Planted(frozenset()), seed=3, cases=1, resume=tmp_path / "figures.json")
        with pytest.raises(SystemExit, match="with seed 3, not 4"):
            run(_Planted(frozenset()), seed=4, cases=2, resume=tmp_path / "figures.json")

    def test_what_is_found_is_kept(self, tmp_path: Path) -> None:
        """What gives way becomes a file, once, and the run goes on; without a folder it fails."""
        figures = run(_Planted(frozenset(range(50))), cases=200, found=tmp_path)
        kept = [path for path in tmp_path.iterdir() if not path.name.endswith(".txt.txt")]
        assert {int(path.read_text()) for path in kept} == set(range(50)) & {int(path.read_text()) for path in kept}
        assert len(figures.found) == len(kept) > 20
        assert "200 numbers in 200 cases" in figures.line("planted", "numbers")
        with pytest.raises(AssertionError, match="bad"):
            run(_Planted(frozenset(range(100))), cases=1)

    def test_time(self) -> None:
        """No case begins when time is up."""
        assert run(_Planted(frozenset()), seconds=0.0) == Figures(0)

    def test_too_slow(self) -> None:
        """What takes too long of the processor ends."""
        with pytest.raises(TooSlowError), within(0.05):
            sum(iter(lambda: 1, 0))


def test_smaller_bytes() -> None:
    """What does not matter goes."""
    assert smaller_bytes(b"a" * 900 + b"bad" + b"c" * 77, lambda content: b"bad" in content) == b"bad"


def test_smaller_data() -> None:
    """So do keys and items, however deep."""
    data = {"a": [1, 2, {"b": [3, 4], "c": 5}], "d": {}}
    assert smaller_data(data, lambda part: "4" in str(part)) == {"a": [{"b": [4]}]}
