"""What a run left out, and how to have it, told at its end."""

import re
from collections import Counter

import pytest

from tests.harness.effort import profile_named

__all__ = ["lines_on"]

# Why tests are skipped, and what a newcomer can do about it.
_WAYS = (
    ("chromium", "no browser", "install Chromium (Debian and Ubuntu: `apt-get install chromium fonts-dejavu-core`)"),
    (
        "durable-rules",
        "durable-rules cannot be used",
        "run on Python 3.11 or 3.12, with a C compiler when it is installed",
    ),
    (
        "real document|treaty texts",
        "documents that are not published with the code",
        "put them into `shared/` beside the checkout",
    ),
    (
        "taplo|could not import",
        "a tool or library is missing",
        "`make test` installs all of them; `make clean` begins anew",
    ),
)


def lines_on(reasons: list[str]) -> list[str]:
    """What to tell of tests that were skipped.

    Args:
        reasons: of each test.

    Returns:
        A line for each kind of reason, with the number of tests, the most frequent first; none where none was skipped.
    """
    told = Counter(map(_line, reasons))
    width = len(str(max(told.values(), default=0)))
    return [f"{number:>{width}} {'test' if number == 1 else 'tests'}: {line}" for line, number in told.most_common()]


def _line(reason: str) -> str:
    for pattern, what, how in _WAYS:
        if re.search(pattern, reason):
            return f"{what}; to have them, {how}"
    return reason


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell it."""
    skipped = terminalreporter.stats.get("skipped", [])
    lines = lines_on([str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped])
    if lines:
        terminalreporter.section("left out on this machine")
        for line in lines:
            terminalreporter.write_line(line)
    if profile_named() == "dev":
        terminalreporter.write_line("random cases: a tenth, as in profile `dev`; with `CONSISTENT_PROFILE=ci` all")
