"""How the tests run, in each process that runs them."""

from tests.harness.effort import load_profile

pytest_plugins = [
    "tests.harness.interrupts",
    "tests.harness.kept_packs",
    "tests.harness.left_out",
    "tests.harness.time_limit",
]

load_profile()
