"""How the tests run, in each process that runs them."""

import signal

from tests.harness.effort import load_profile

pytest_plugins = ["tests.harness.time_limit", "tests.harness.left_out", "tests.harness.kept_packs"]

load_profile()

# A shell that starts the tests in the background has interrupts ignored, in all that they start too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
