"""Lines that do not fit on a screen are gathered, and what is gravest is told in them."""

from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from consistent import KnowledgeBase, load
from consistent.drafting.draft import draft_of
from consistent.findings.outcome import ATTENTION
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.reports.first_screen import FirstScreen, first_screen
from consistent.reports.gathering import MOST_LINES, fitting, gathered
from consistent.reports.outline import plain
from consistent.reports.screen_lines import MOST_TOLD, Line
from consistent.sources import parse_source
from tests.document_cases import read_once

_SITTINGS = Path(__file__).parents[1] / "sittings"
_WIDTH, _ROWS = 96, 11


@cache
def kb() -> KnowledgeBase:
    """The Dutch pack."""
    return load("nl-22112-4027")


@cache
def screen(language: Language) -> FirstScreen:
    """Of an invented act that crosses nearly all that can be crossed, in thirty articles."""
    document = read_once(_SITTINGS / f"defence-readiness.{language}.txt")
    proposal = draft_of(document, kb().knowledge.vocabularies, as_proposal=True).proposal
    return first_screen(kb().check(proposal, engine="columns").report_in_short(MOST_TOLD))


def shown(lines: tuple[Line, ...], language: Language) -> list[str]:
    """The lines on a screen."""
    return [plain(item.text) for item in fitting(lines, language, lambda _: "")[0]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_grave_act(language: Language) -> None:
    """Each conflict is told by its title and its articles, on at most seven lines, and none is behind a number."""
    lines = screen(language).lines
    conflicts = [line for line in lines if line.outcome == "conflict"]
    assert len(conflicts) > MOST_LINES
    told = shown(lines, language)
    assert len(told) <= MOST_LINES
    assert sum(-(-len(text) // _WIDTH) for text in told) <= _ROWS
    whole = " ".join(told)
    for line in conflicts:
        assert line.said.title.get(language) in whole
    label = {"en": "conflict", "nl": "strijdig"}[language]
    assert not [
        text for text in told if text.startswith(f"✕ {label}") and {"en": " more (", "nl": "en nog"}[language] in text
    ]
    # What is less grave is still told, by its articles.
    assert any(text.startswith(f"○ {'perhaps' if language == 'en' else 'mogelijk'}") for text in told)


@pytest.mark.parametrize("most", range(1, 12))
def test_as_many_as_there_is_room_for(most: int) -> None:
    """Each line is in one group at most, what is grave in one always, and groups are of one gravity, the gravest first."""
    lines = screen("en").lines
    groups = gathered(lines, most)
    assert 0 < len(groups) <= most
    grouped = [line for group in groups for line in group]
    assert len({id(line) for line in grouped}) == len(grouped)
    assert {id(line) for line in lines if line.outcome == "conflict"} <= {id(line) for line in grouped}
    kinds = [{(line.outcome, line.said.verdict) for line in group} for group in groups]
    assert all(len(kind) == 1 for kind in kinds)
    ranks = [ATTENTION.index(group[0].outcome) for group in groups]
    assert ranks == sorted(ranks)


def test_what_fits_is_told_alone() -> None:
    """Few lines are told one by one, with the words of the text."""
    few = screen("en").lines[:3]
    assert gathered(few, MOST_LINES) == [(line,) for line in few]
    assert "“" in " ".join(shown(few, "en"))


def test_law_crosses_articles_and_policy_positions() -> None:
    """Of law the articles of the treaties are told, before cases; of policy the position."""
    for line in screen("en").lines:
        if line.outcome == "question" or line.beside:
            continue
        kinds = [source.kind if (source := parse_source(crossed.source)) else "" for crossed in line.crosses]
        if line.said.ground == "policy":
            assert all(crossed.at for crossed in line.crosses)
        elif any(parse_source(source) for source in line.said.sources):
            assert not any(crossed.at for crossed in line.crosses)
            assert kinds == sorted(kinds, key=lambda kind: kind != "treaty")


def test_long_titles_give_way() -> None:
    """Where titles are too long for a line, the articles stay."""
    lines = screen("nl").lines
    long = Localized("words " * 60, "woorden " * 60)
    told = shown(tuple(evolve(line, said=evolve(line.said, title=long)) for line in lines), "nl")
    assert all(len(text) <= 3 * _WIDTH for text in told)
    assert "art. " in " ".join(told)
