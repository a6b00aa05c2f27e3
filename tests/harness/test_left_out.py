"""What was left out is told in a few lines."""

from pathlib import Path

from tests.harness.effort import profile_named
from tests.harness.left_out import lines_on
from tests.harness.planted import run_planted, scheduling

PLANTED = """\
import pytest

@pytest.mark.parametrize("number", range(12))
def test_page(number):
    pytest.skip("no chromium on this machine")

@pytest.mark.skip(reason="only on Sundays")
def test_rest():
    pass

def test_done():
    pass
"""


def test_told_at_the_end(tmp_path: Path) -> None:
    """By reason, with how many and how to have them, then whether random cases were tried in part, before the usual last line."""
    shown = run_planted(tmp_path, "left_out", PLANTED, "-q", *scheduling()).splitlines()
    told = next(number for number, line in enumerate(shown) if "left out on this machine" in line)
    assert shown[told + 1].startswith("12 tests: no browser; to have them, install Chromium")
    assert shown[told + 2] == " 1 test: only on Sundays"
    rest = shown[told + 3 :]
    assert any(line.startswith("random cases: a tenth") for line in rest) == (profile_named() == "dev")
    assert rest[-1].startswith("1 passed, 13 skipped in ")


def test_one_line_a_kind() -> None:
    """Reasons that name documents are of one kind; nothing is told where nothing was left out."""
    assert len(lines_on(["real document `a` is not at hand", "no real documents are at hand"])) == 1
    assert lines_on([]) == []
