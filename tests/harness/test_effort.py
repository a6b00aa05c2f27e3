"""How much is tried follows from the profile."""

import pytest
from hypothesis import settings

from tests.harness.effort import examples, profile_named


@pytest.mark.parametrize(
    ("variables", "name", "tried"),
    [
        pytest.param({}, "dev", [4, 10, 20], id="at the desk"),
        pytest.param({"CI": "true"}, "ci", [4, 25, 200], id="before a change is taken in"),
        pytest.param({"CI": "true", "CONSISTENT_PROFILE": "dev"}, "dev", [4, 10, 20], id="as named"),
        pytest.param(
            {"CONSISTENT_PROFILE": "campaign", "CONSISTENT_CASES": "1000"}, "campaign", [1000] * 3, id="at length"
        ),
    ],
)
def test_examples(variables: dict[str, str], name: str, tried: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth, all, or as many as wanted; a few are tried in any case."""
    for variable in ("CI", "CONSISTENT_PROFILE", "CONSISTENT_CASES"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    assert profile_named() == name
    assert [examples(usual) for usual in (4, 25, 200)] == tried
    assert examples(25, desk=3) == (3 if name == "dev" else tried[1])


def test_unknown_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile that there is not is refused, so that no run tries less than was meant."""
    monkeypatch.setenv("CONSISTENT_PROFILE", "full")
    with pytest.raises(ValueError, match="`full`, and can be dev, ci or campaign"):
        profile_named()


def test_no_deadline() -> None:
    """No test fails since the machine is busy."""
    assert settings().deadline is None


def test_same_cases_before_a_change_is_taken_in() -> None:
    """Two runs of one change try the same; elsewhere each run tries others."""
    assert settings().derandomize == (profile_named() == "ci")
