"""What an amended text changes in words, as a person who knows both texts would tell it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistent.documents.comparing.comparison import DivisionChange, TextComparison, compare
from consistent.documents.comparing.matching import match_units
from consistent.documents.comparing.units import place_in_words, units_of
from consistent.documents.comparing.words import differing_words, words_of_text
from consistent.documents.document import Document
from consistent.documents.reading import read_document
from tests.amended_acts import Amended, amended
from tests.document_cases import INVENTED

HEAD = """\
Proposal for a
REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
on the lamps of harbours
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 100(2) thereof,
Whereas:
(1) Lamps go out at night, and ships that see no lamp run aground on rocks that nobody marked.
HAVE ADOPTED THIS REGULATION:
"""
LAMPS = "Each Member State shall keep the lamps of its harbours burning from dusk until dawn on every day of the year."
OIL = "The Commission may adopt implementing acts that lay down which oil the keepers of lamps are to burn in winter."
BUOYS = "Owners of ships shall pay a yearly fee for the buoys that mark the safe way into a harbour they call at."
KEEPERS = "Keepers shall write down in a book each night on which a lamp went out, and why it did so."
REPORT = "By 2030 the Commission shall report to the Council on what the lamps of harbours have cost and saved."


def act(*articles: tuple[str, list[str]]) -> Document:
    """An act with these articles: the heading, and the paragraphs of each."""
    lines = []
    for number, (heading, paragraphs) in enumerate(articles, start=1):
        lines += [f"Article {number}", heading]
        lines += [f"{count}. {text}" for count, text in enumerate(paragraphs, start=1)]
    return read_document((HEAD + "\n".join(lines)).encode(), "act")


OLD = act(("Lamps", [LAMPS, OIL]), ("Buoys", [BUOYS, KEEPERS]))


def compared(new: Document, old: Document = OLD) -> TextComparison:
    """What a text changes."""
    found = compare(old, new)
    assert found is not None
    return found


def told(found: TextComparison) -> list[tuple[str, str | None, str | None, list[tuple[str, list[str], list[str]]]]]:
    """The articles that changed, and their paragraphs."""
    return [
        (
            change.fate,
            change.old_number,
            change.new_number,
            [
                (
                    unit.turn,
                    [place_in_words(each, "en") for each in unit.old],
                    [place_in_words(each, "en") for each in unit.new],
                )
                for unit in change.changes
            ],
        )
        for change in found.changed
        if change.division == "article"
    ]


def test_of_itself() -> None:
    """Nothing changes."""
    assert compared(OLD).changed == ()


def test_added_article_renumbers_the_others() -> None:
    """Those behind it are the same ones, and not new."""
    new = act(("Reports", [REPORT]), ("Lamps", [LAMPS, OIL]), ("Buoys", [BUOYS, KEEPERS]))
    assert [each[:3] for each in told(compared(new))] == [
        ("added", None, "1"),
        ("renumbered", "1", "2"),
        ("renumbered", "2", "3"),
    ]


def test_dropped_moved_and_reworded() -> None:
    """Each paragraph has its own fate, with the words that came and went."""
    reworded = LAMPS.replace("shall keep", "may keep")
    new = act(("Lamps", [reworded]), ("Buoys", [BUOYS, OIL]))
    found = compared(new)
    assert told(found) == [
        ("amended", "1", "1", [("reworded", ["Article 1(1)"], ["Article 1(1)"])]),
        (
            "amended",
            "2",
            "2",
            [("moved", ["Article 1(2)"], ["Article 2(2)"]), ("dropped", ["Article 2(2)"], [])],
        ),
    ]
    words = [(run.turn, run.text) for run in found.changed[0].changes[0].words if run.turn != "same"]
    assert words == [("dropped", "shall"), ("added", "may")]


def test_split_and_merged() -> None:
    """What became two is one paragraph, and what became one were two."""
    halves = [LAMPS[: LAMPS.index(" burning")], f"They burn{LAMPS[LAMPS.index(' burning') + 8 :]}"]
    split = act(("Lamps", [*halves, OIL]), ("Buoys", [BUOYS, KEEPERS]))
    assert ("split", ["Article 1(1)"], ["Article 1(1)", "Article 1(2)"]) in told(compared(split))[0][3]
    merged = act(("Lamps", [LAMPS, OIL]), ("Buoys", [f"{BUOYS} {KEEPERS}"]))
    assert told(compared(merged))[0][3][0][:2] == ("merged", ["Article 2(1)", "Article 2(2)"])


def test_struck_out_provisions_are_dropped() -> None:
    """A number with `(deleted)` behind it is what a text of the Council leaves of a provision."""
    new = act(("Lamps", [LAMPS, "(deleted)"]), ("Buoys", [BUOYS, KEEPERS]))
    assert told(compared(new)) == [("amended", "1", "1", [("dropped", ["Article 1(2)"], [])])]


def test_other_language() -> None:
    """Texts in two languages have no words in common, and are not compared."""
    dutch = read_document(INVENTED / "legiswrite.nl.xhtml")
    assert compare(read_document(INVENTED / "legiswrite.en.xhtml"), dutch) is None


@pytest.mark.parametrize("name", ["legiswrite.{}.xhtml", "plain.{}.txt", "formex.{}.xml", "legiswrite.{}.docx"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_units_cover_the_act(name: str, language: str) -> None:
    """In every format each unit lies behind the one before it, or in it, and begins with its own words."""
    document = read_document(INVENTED / name.format(language))
    units = units_of(document)
    assert {unit.division for unit in units} >= {"recital", "article"}
    assert all(one.span.start <= other.span.start for one, other in pairwise(units) if one.order == other.order)
    assert all(words_of_text(document.of(unit.span))[:1] == unit.words[:1] for unit in units)


TEXTS = st.lists(st.sampled_from(["the", "lamp", "shall", "burn", ",", "oil", "(2)"]), max_size=12).map(" ".join)


@given(TEXTS, TEXTS)
def test_runs_hold_both_texts(old: str, new: str) -> None:
    """The words of either text can be read from the runs, none twice and none left out."""
    runs = differing_words(old, new)
    for text, gone in ((old, "added"), (new, "dropped")):
        assert [word for run in runs if run.turn != gone for word in words_of_text(run.text)] == list(
            words_of_text(text)
        )


def shares(made: Amended) -> tuple[float, float]:
    """How many of the links that were found are true, and how many of the true ones were found."""
    found = {(old, new) for match in match_units(made.old, made.new) for old in match.old for new in match.new}
    return len(found & made.links) / len(found), len(found & made.links) / len(made.links)


@pytest.mark.parametrize("seed", range(3))
def test_amended_by_a_program(seed: int) -> None:
    """Of a text that was renumbered, reworded, moved, split and merged by chance, nearly every unit is matched right."""
    document = read_document(INVENTED / "legiswrite.en.xhtml")
    made = amended(document, read_document(INVENTED / "powers.en.txt"), seed)
    precision, recall = shares(made)
    assert precision >= 0.9
    assert recall >= 0.9


def test_every_division_is_told_once() -> None:
    """No article of either text is left out or told twice."""
    new = act(("Reports", [REPORT]), ("Buoys", [KEEPERS, OIL]))
    found: tuple[DivisionChange, ...] = compared(new).divisions
    articles = [change for change in found if change.division == "article"]
    assert sorted(change.old_number for change in articles if change.old_number) == ["1", "2"]
    assert [change.new_number for change in articles if change.new_number] == ["1", "2"]
