"""The calendar of a proposal: terms with the days that do not count, days that the text names, and the file by RFC 5545."""

import re
from datetime import date

import pytest
from attrs import evolve

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.cli.main import main
from consistent.model.evidence import Evidence
from consistent.model.proposal import Proposal
from consistent.model.recorded import RecordedTimeLimit
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.reports.dossier import Dossier
from consistent.scrutiny.calendar import Days, calendar_file, events_of, tasks_of
from consistent.scrutiny.clock import last_day_of_opinions, later

DAY = date(2026, 12, 1)
PASSAGE = Evidence("COM(2026) 9", "Article 5", "It shall apply from")


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load("treaties")


def proposal(**given: object) -> Proposal:
    """A legislative proposal for the internal market, of which the text names some days."""
    known = {
        "title": Localized("Regulation on lamps; and buoys, é", "Verordening over lampen; en boeien, é"),
        "reference": Value.exactly("COM(2026) 9"),
        "date": Value.exactly(date(2026, 2, 3)),
        "kind": Value.exactly("legislative-proposal"),
        "legal_basis": Value.exactly("TFEU 114"),
        "decision_procedure": Value.exactly("cod"),
        "time_limits": (
            RecordedTimeLimit(kind="application", article="5", date=date(2028, 2, 29), evidence=PASSAGE),
            RecordedTimeLimit(kind="evaluation", article="4", number=3, unit="year", after="application", evidence=PASSAGE, who=("commission",)),
            RecordedTimeLimit(kind="report", article="4", number=6, unit="month", after="publication", evidence=PASSAGE),
        ),
    }  # fmt: skip
    return Proposal(**{**known, **given})  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("transmitted", "last"),
    [
        # Eight weeks where no day is left out, one more for each that is: August whole, and from 20 December to 10 January.
        (date(2026, 3, 2), date(2026, 4, 27)),
        (date(2026, 7, 31), date(2026, 10, 26)),
        (date(2026, 8, 15), date(2026, 10, 26)),
        (date(2026, 12, 1), date(2027, 2, 17)),
        (date(2026, 12, 19), date(2027, 3, 7)),
    ],
)
def test_days_that_do_not_count_are_left_out(transmitted: date, last: date) -> None:
    """The eight weeks are 56 days that count."""
    assert last_day_of_opinions(transmitted) == last


@pytest.mark.parametrize(
    ("day", "number", "unit", "then"),
    [
        (date(2028, 1, 31), 1, "month", date(2028, 2, 29)),
        (date(2027, 10, 31), 4, "month", date(2028, 2, 29)),
        (date(2028, 2, 29), 3, "year", date(2031, 2, 28)),
        (date(2027, 12, 31), 12, "month", date(2028, 12, 31)),
        (date(2027, 12, 31), 20, "day", date(2028, 1, 20)),
    ],
)
def test_months_end_with_their_last_day(day: date, number: int, unit: str, then: date) -> None:
    """A month that is too short has the day on its last one."""
    assert later(day, number, unit) == then


def test_days_follow_from_days_and_nothing_else(kb: KnowledgeBase) -> None:
    """What is counted from application has a day where the text names that; what is counted from publication is a task."""
    events = {
        event.id: event.day for event in events_of(proposal(), kb.knowledge, Days(transmitted=date(2026, 3, 2)), DAY)
    }
    assert events == {
        "fiche": date(2026, 3, 17),
        "opinions": date(2026, 4, 27),
        "agenda": date(2026, 4, 28),
        "application-5": date(2028, 2, 29),
        "evaluation-4": date(2031, 2, 28),
    }
    assert [task.id for task in tasks_of(proposal(), kb.knowledge, Days(), DAY)] == ["transmitted", "report-4"]


def test_urgency_and_marks_change_the_terms(kb: KnowledgeBase) -> None:
    """In urgent cases August counts; a proposal that a chamber marked has the short term too, said to be unconfirmed."""
    days = Days(transmitted=date(2026, 7, 31), received=date(2026, 7, 20), urgent=True, marked=True)
    events = {event.id: event for event in events_of(proposal(), kb.knowledge, days, DAY)}
    assert events["opinions"].day == date(2026, 9, 25)
    assert events["fiche-short"].day == date(2026, 8, 10)
    note = events["fiche-short"].note
    assert note is not None
    assert "could not be confirmed" in note.en
    assert "August" in note.en


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_file_is_a_calendar(kb: KnowledgeBase, language: str) -> None:
    """Lines end in CRLF, none is longer than 75 octets, unfolded they say what was meant, and the same file comes again."""
    long = "é" * 200 + ", \\ ; end"
    given = evolve(proposal(), title=Localized(long, long))
    dossier = Dossier(check=kb.check(given, as_of=DAY))
    made = calendar_file([dossier, dossier], language, Days(transmitted=date(2026, 3, 2)))  # type: ignore[arg-type]  # one of two
    assert made == calendar_file([dossier, dossier], language, Days(transmitted=date(2026, 3, 2)))  # type: ignore[arg-type]  # see above
    assert made.endswith("END:VCALENDAR\r\n")
    assert "\n" not in made.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    lines = made.replace("\r\n ", "").split("\r\n")
    assert "é" * 80 in made.replace("\r\n ", "")
    assert any(line.startswith("DESCRIPTION:") and "\\n" in line for line in lines)
    for part in ("VCALENDAR", "VEVENT", "VTODO"):
        assert lines.count(f"BEGIN:{part}") == lines.count(f"END:{part}") > 0
    for block in re.split("BEGIN:V(?:EVENT|TODO)", made)[1:]:
        assert all(block.count(f"\r\n{name}") == 1 for name in ("UID:", "DTSTAMP:", "SUMMARY"))
    # A comma or semicolon in a text would begin another value.
    described = next(line for line in lines if line.startswith("DESCRIPTION:"))
    assert not re.search(r"(?<!\\)[,;]", described.partition(":")[2])


def test_an_event_stays_the_same_when_its_day_changes(kb: KnowledgeBase) -> None:
    """A calendar that takes the file again moves the event; events of another proposal are others."""

    def names(given: Proposal, transmitted: date) -> list[str]:
        made = calendar_file([Dossier(check=kb.check(given, as_of=DAY))], "en", Days(transmitted=transmitted))
        return re.findall("UID:(.*)\r", made)

    first = names(proposal(), date(2026, 3, 2))
    assert sorted(first) == sorted(names(proposal(), date(2026, 3, 9)))
    assert len(set(first)) == len(first)
    assert not set(first) & set(names(proposal(reference=Value.exactly("COM(2026) 10")), date(2026, 3, 2)))


def test_a_calendar_without_days_says_so(kb: KnowledgeBase) -> None:
    """A document that brings no day still makes a calendar that programs take."""
    made = calendar_file(
        [Dossier(check=kb.check(Proposal(kind=Value.exactly("staff-working-document")), as_of=DAY))], "nl"
    )
    assert made.count("BEGIN:VTODO") == 1
    assert "is geen dag gevonden" in made.replace("\r\n ", "")


def test_the_form_of_reports_is_the_same_file(tmp_path: object, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """`check --format ics` and `subsidiarity --format ics` without days give the same bytes."""
    path = "proposals/com-2024-150.toml"
    outputs = []
    for command in ("check", "subsidiarity"):
        main([command, path, "--pack", "treaties", "--as-of", "2026-12-01", "--format", "ics"])
        outputs.append(capsysbinary.readouterr().out)
    assert outputs[0] == outputs[1]
    assert outputs[0].startswith(b"BEGIN:VCALENDAR\r\n")
