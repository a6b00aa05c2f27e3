"""Deadlines count from the day that they count from, and say which that is."""

from datetime import date

import pytest

from consistent.fiche.content import Gap, Statement
from consistent.fiche.matter import Given
from consistent.scrutiny.clock import in_recess, last_day, last_day_of_opinions, month_touched
from tests.reports.fiche_cases import invented


def about(kind: str, given: Given, day: str = "2026-03-02") -> tuple[list[str], list[str]]:
    """What the draft says, and what it asks, of deadlines."""
    blocks = invented({"proposal": {"kind": kind, "date": date.fromisoformat(day)}}, given=given).about.blocks
    told = [each.text for each in blocks if isinstance(each, Statement)]
    return told, [each.question for each in blocks if isinstance(each, Gap)]


def test_a_period_does_not_count_its_first_day() -> None:
    """Eight weeks from a Monday end on a Monday."""
    assert last_day(date(2026, 3, 2), 56) == date(2026, 4, 27)


@pytest.mark.parametrize(
    ("transmitted", "last"),
    [
        (date(2026, 3, 2), date(2026, 4, 27)),
        # All 31 days of August are left out.
        (date(2024, 7, 10), date(2024, 10, 5)),
        # 20 December to 10 January: 22 days.
        (date(2025, 12, 1), date(2026, 2, 17)),
        # It begins in August: the first day that counts is 1 September.
        (date(2026, 8, 15), date(2026, 10, 26)),
    ],
)
def test_recess_is_left_out_of_the_eight_weeks(transmitted: date, last: date) -> None:
    """As the institutions agreed (Council document 10722/19)."""
    assert last_day_of_opinions(transmitted) == last


def test_the_bounds_of_the_recess() -> None:
    """The first and the last day of each."""
    inside = [(2026, 8, 1), (2026, 8, 31), (2026, 12, 20), (2027, 1, 10)]
    outside = [(2026, 7, 31), (2026, 9, 1), (2026, 12, 19), (2027, 1, 11)]
    assert all(in_recess(date(*each)) for each in inside)
    assert not any(in_recess(date(*each)) for each in outside)


def test_an_overlap_with_august_is_seen() -> None:
    """Whichever end lies in it; the day from which a period counts is no day of it."""
    assert month_touched(date(2026, 7, 1), date(2026, 8, 1), 8)
    assert month_touched(date(2026, 7, 1), date(2026, 10, 1), 8)
    assert not month_touched(date(2026, 8, 31), date(2026, 9, 30), 8)
    assert not month_touched(date(2026, 3, 1), date(2026, 4, 12), 8)


def test_transmission_is_asked_where_it_is_not_given() -> None:
    """No document says it: it is made in all languages."""
    told, asked = about("legislative-proposal", Given())
    assert any("nationale parlementen toegezonden" in each for each in asked)
    assert not any("gemotiveerd advies" in each for each in told)


def test_the_eight_weeks_are_told_where_it_is() -> None:
    """From when, and without a second date where no recess lies between."""
    told, asked = about("legislative-proposal", Given(transmitted=date(2026, 3, 2)))
    assert any("tot en met 27 april 2026" in each and "vanaf 2 maart 2026" in each for each in told)
    assert not any("augustus" in each for each in told)
    assert not any("nationale parlementen toegezonden" in each for each in asked)


def test_both_counts_are_told_where_they_differ() -> None:
    """The text of the Protocol knows no recess."""
    told, _ = about("legislative-proposal", Given(transmitted=date(2026, 7, 10)))
    assert any("tot en met 4 september 2026" in each for each in told)
    assert any("de laatste dag is dan 5 oktober 2026" in each for each in told)


def test_a_day_that_does_not_apply_is_not_passed_over_in_silence() -> None:
    """Protocol No 2 is on legislative acts, the thirty days are for white papers."""
    told, _ = about("communication", Given(transmitted=date(2026, 3, 2), letter=date(2026, 3, 3)))
    assert any("toezending is niet gebruikt" in each for each in told)
    assert any("dagtekening van de brief is niet gebruikt" in each for each in told)


@pytest.mark.parametrize("kind", ["proposal-for-act", "draft-act"])
def test_what_may_be_legislative_is_asked(kind: str) -> None:
    """A kind that leaves it open starts no period and ends none."""
    _, asked = about(kind, Given())
    assert any(each.startswith("Is dit een ontwerp van een wetgevingshandeling?") for each in asked)


def test_six_weeks_from_receipt_else_from_the_document() -> None:
    """And the fiche says from which."""
    told, _ = about("communication", Given(received=date(2026, 3, 5)))
    assert any("uiterlijk op 16 april 2026" in each and "ontvangst die is opgegeven" in each for each in told)
    told, _ = about("communication", Given())
    assert any("uiterlijk op 13 april 2026" in each and "het document zelf" in each for each in told)


def test_august_is_for_a_person_to_count() -> None:
    """Which four weeks they are, the document does not say."""
    told, asked = about("communication", Given(), "2026-07-15")
    assert any("andere recessen wel" in each for each in told)
    # The day that counts all of August is not told as the last one.
    assert not any("uiterlijk op" in each for each in told)
    assert any("Als augustus meetelde" in each and "tot en met 26 augustus 2026" in each for each in told)
    assert "Welke vier weken in augustus tellen dit jaar niet mee, en wat is dan de laatste dag?" in asked


def test_thirty_days_for_a_white_paper() -> None:
    """From the date of the letter, which is asked where it is not given."""
    told, _ = about("white-paper", Given(letter=date(2026, 4, 4)))
    assert any("tot en met 4 mei 2026" in each for each in told)
    _, asked = about("white-paper", Given())
    assert any("Wat is de dagtekening van de brief" in each for each in asked)
