"""What clauses and points of lists say is done, put with the verb of force before it."""

import pytest

from consistent.documents.document import Span
from consistent.drafting.cues.statements import point_of, statements_in


def _put(text: str, language: str) -> set[str]:
    return {statement.text for statement in statements_in(text, Span(0, len(text)), language, "shall")}


@pytest.mark.parametrize(
    ("language", "text", "put"),
    [
        ("en", "shall ensure that the guards are trained", "shall be trained"),
        ("en", "shall ensure that guards receive training", "shall receive training"),
        ("en", "shall require any mill to report its stocks", "shall report its stocks"),
        ("en", "shall draw up a plan and publish it", "shall publish it"),
        ("nl", "zorgen ervoor dat molens voorraden melden", "melden molens voorraden"),
        ("nl", "zorgen ervoor dat molens de voorraden indienen", "dienen molens de voorraden in"),
        ("nl", "zorgen ervoor dat de molens worden gekeurd", "worden de molens gekeurd"),
        ("nl", "kunnen de molens keuren", "keuren de molens"),
        ("nl", "zijn verplicht om de voorraden in te dienen", "dienen de voorraden in"),
    ],
)
def test_clause_is_put_as_a_phrase_has_it(language: str, text: str, put: str) -> None:
    assert put in _put(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "may sell lamps, provided that they are marked"),
        ("en", "shall not require mills to report their stocks"),
        ("en", "shall close the mill which grinds flour and sells the bread"),
        ("nl", "melden de molens die zij keuren"),
    ],
)
def test_condition_denial_and_aside_are_no_statements(language: str, text: str) -> None:
    assert _put(text, language) == set()


@pytest.mark.parametrize(
    ("head", "meant"), [("shall have the power to subject mills to:", True), ("shall include:", False)]
)
def test_point_goes_on_from_its_head_unless_contents_are_asked(head: str, meant: bool) -> None:
    text = f"{head}\nunannounced inspections"
    statement = point_of(text, Span(0, len(head)), Span(len(head) + 1, len(text)))
    assert (statement is not None) is meant
    assert statement is None or statement.text == "shall have the power to subject mills to unannounced inspections"
