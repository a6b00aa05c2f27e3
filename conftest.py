"""How the tests run, in each process that runs them.

Commands are tested with the pack of this repository, whatever folder they run in; which pack is taken where none is named is tested
in `tests/test_default_pack.py`.
"""

import os

from tests.harness.effort import load_profile

pytest_plugins = [
    "tests.harness.interrupts",
    "tests.harness.kept_packs",
    "tests.harness.kept_documents",
    "tests.harness.left_out",
    "tests.harness.time_limit",
]

os.environ["CONSISTENT_PACK"] = "nl-22112-4027"
load_profile()
