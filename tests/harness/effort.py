"""How much a property test tries: little at the desk, all before a change is taken in, and as much as wanted on demand.

`CONSISTENT_PROFILE` names the profile; without it `ci` is used where the variable `CI` is set, and `dev` elsewhere.
"""

import os

from hypothesis import HealthCheck, settings

__all__ = ["CAMPAIGN", "examples", "load_profile", "profile_named"]

CAMPAIGN = "campaign"
# Of the examples that a test names, how many are tried.
_SHARES = {"dev": 0.1, "ci": 1.0}
# Fewer would not reach the cases that a test is there for.
_LEAST = 10


def profile_named() -> str:
    """The profile of this run: `dev`, `ci` or `campaign`.

    Raises:
        ValueError: `CONSISTENT_PROFILE` names another.
    """
    name = os.environ.get("CONSISTENT_PROFILE") or ("ci" if os.environ.get("CI") else "dev")
    if name not in {*_SHARES, CAMPAIGN}:
        raise ValueError(f"CONSISTENT_PROFILE is `{name}`, and can be {', '.join(_SHARES)} or {CAMPAIGN}")
    return name


def examples(usual: int, *, desk: int | None = None) -> int:
    """How many examples a property test tries.

    Args:
        usual: the number before a change is taken in.
        desk: that of the profile `dev`, where a case takes so long that the share would be too many.

    Returns:
        A share of that in the profile `dev`, that in `ci`; in a campaign the number of `CONSISTENT_CASES`, for each test.
    """
    name = profile_named()
    if name == CAMPAIGN:
        return int(os.environ["CONSISTENT_CASES"])
    if name == "dev" and desk is not None:
        return desk
    return max(min(usual, _LEAST), round(usual * _SHARES[name]))


def load_profile() -> None:
    """Make the profile hypothesis' own, for what tests do not set themselves: nothing fails for a machine that is slow."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    settings.register_profile(
        "consistent",
        max_examples=examples(100),
        deadline=None,
        suppress_health_check=slow,
        print_blob=True,
        # A change is taken in by what it does, and not by what was drawn; what is drawn anew is sought at the desk and by campaigns.
        derandomize=profile_named() == "ci",
    )
    settings.load_profile("consistent")
