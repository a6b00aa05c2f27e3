"""What a provision says in passing decides nothing of a position."""

from datetime import date
from pathlib import Path

import pytest

from consistent.documents.document import Span
from consistent.findings.said import Because
from consistent.lifecycle.passing import hangs_on_passing_word
from consistent.lifecycle.reading import Reader, Standing
from consistent.model.text import Localized
from tests.legal_cases import letter

HEAD = """\
REGULATION (EU) 2027/1234 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
of 3 March 2027
on the {subject}
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 166(4) thereof,
HAVE ADOPTED THIS REGULATION:
"""
RULE = "nl-22112-4027/skills/duties-in-training"
INSPECTED = (
    "Member States shall ensure that those who inspect harbours have the equipment, the time and the skills for lamps."
)
TAUGHT = "Member States shall ensure that keepers have the skills for lamps. Those skills are tested every year."


def _standing(tmp_path: Path, *lines: str, subject: str = "lamps of harbours") -> Standing:
    """What the rule on training says of the article."""
    path = tmp_path / "act.txt"
    path.write_text("\n".join([HEAD.format(subject=subject), "Article 1", *lines, ""]), encoding="utf-8")
    reader = Reader(letter(), date(2027, 4, 1))
    reading = reader.read(path)
    (found,) = (one for one in reader.standings(reading.drafted, reading) if one.rule == RULE and one.measure)
    return found


@pytest.mark.parametrize(
    ("heading", "text", "subject", "side"),
    [
        ("Inspection", INSPECTED, "lamps of harbours", "open"),
        ("Skills of inspectors", INSPECTED, "lamps of harbours", "against"),
        ("Inspection", INSPECTED, "skills of keepers", "against"),
        ("Keepers", TAUGHT, "lamps of harbours", "against"),
    ],
    ids=["in passing", "in the heading", "in the title of the act", "said again"],
)
def test_told(tmp_path: Path, heading: str, text: str, subject: str, side: str) -> None:
    """An area decides where heading, title or a second mention says that the provision is about it; else it is open, and said to be so."""
    found = _standing(tmp_path, heading, text, subject=subject)
    assert (found.side, found.passing) == (side, side == "open")


def _because(*, confirmed: bool = False, field: str = "areas") -> Because:
    return Because(
        subject="measure", measure="m", field=field, condition="any skills", found=("skills",), known=True, line=None,
        proposal_line=None, document="act.txt", quote="skills that keepers have", note="", span=(10, 16),
        confirmed=confirmed, text=Localized("x", "x"),
    )  # fmt: skip


def test_confirmed() -> None:
    """What a person stands for is told, and a test on another field than areas is not looked at."""
    assert hangs_on_passing_word([_because()], Span(0, 90), "Keepers", "Lamps", ())
    assert not hangs_on_passing_word([_because(confirmed=True)], Span(0, 90), "Keepers", "Lamps", ())
    assert not hangs_on_passing_word([_because(field="effects")], Span(0, 90), "Keepers", "Lamps", ())


def test_definitions() -> None:
    """An article of definitions is about nothing that it defines, however often it says it."""
    assert hangs_on_passing_word([_because()], Span(0, 90), "Definitions of skills", "Lamps", ())
    assert not hangs_on_passing_word([_because()], Span(20, 90), "Keepers", "Lamps", ())
