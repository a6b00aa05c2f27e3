"""Whether what a report shows first is what a lawyer who has read the act wants to see first."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli

from consistent import KnowledgeBase, load
from consistent.drafting.draft import draft_of
from consistent.model.proposal import Proposal
from consistent.reports.first_screen import FirstScreen, first_screen
from consistent.reports.gathering import fitting
from consistent.reports.screen_lines import MOST_TOLD, Line
from tests.document_cases import read_once, real
from tests.harness.effort import profile_named

_SITTINGS = Path(__file__).parents[1] / "sittings"
_PROPOSALS = Path(__file__).parents[2] / "proposals"
_SCREENS = tomli.loads((_SITTINGS / "judged_lines.toml").read_text("utf-8"))["screen"]
_DEV = profile_named() == "dev"
# Of all lines that are shown so many are wanted; it was less than a half where what words stand near was shown too.
_LEAST_SHARE = 0.65


@cache
def kb() -> KnowledgeBase:
    """The Dutch pack."""
    return load("nl-22112-4027")


def proposal_of(name: str) -> Proposal:
    """What a person wrote down of an act, or what a reader makes of it."""
    if name.endswith(".toml"):
        return kb().read(_PROPOSALS / name)
    path = _SITTINGS / name if (_SITTINGS / name).is_file() else real(name)
    return draft_of(read_once(path), kb().knowledge.vocabularies, as_proposal=True).proposal


@cache
def screen_of(name: str) -> FirstScreen:
    """The first screen of a report in short."""
    return first_screen(kb().check(proposal_of(name), engine="columns").report_in_short(MOST_TOLD))


def shown(screen: FirstScreen) -> list[tuple[Line, ...]]:
    """The lines that fit, those that are gathered together."""
    return fitting(screen.lines, "en", lambda _: "")[1]


def named(lines: Iterable[Line]) -> list[str]:
    """The rules by which lines speak, one a line."""
    return ["?" if line.outcome == "question" else line.said.rule for line in lines]


def leading(screen: FirstScreen) -> list[str]:
    """The rules by which what is shown speaks: of lines that are gathered the first."""
    return named(group[0] for group in shown(screen))


def screens() -> list[Any]:
    """Those that are looked at in this profile."""
    return [
        pytest.param(screen, id=screen["document"]) for screen in _SCREENS if not (_DEV and screen.get("long", False))
    ]


@pytest.mark.parametrize("screen", screens())
def test_wanted_lines_are_shown(screen: dict[str, Any]) -> None:
    """All that is wanted has a line or a part of one, and no line is shown that nobody judged."""
    first = screen_of(screen["document"])
    lines = [line for group in shown(first) for line in group]
    beside = {title.en for line in lines for title in line.beside}
    titles = {rule.id: rule.title.en for rule in kb().rules}
    there = {*named(lines), *(name for name, title in titles.items() if title in beside)}
    assert set(screen["keep"]) <= there
    assert set(leading(first)) <= {*screen["keep"], *screen["fold"]}


def test_most_lines_are_wanted() -> None:
    """Of all lines that are shown of all these acts."""
    told = [
        (screen, name)
        for (screen,) in (param.values for param in screens())
        for name in leading(screen_of(screen["document"]))
    ]
    wanted = [name for screen, name in told if name in screen["keep"]]
    assert len(wanted) >= _LEAST_SHARE * len(told)
