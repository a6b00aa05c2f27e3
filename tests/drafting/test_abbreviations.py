# ruff: noqa: RUF001  quotation marks as acts print them
"""Short names: an act that gives a name to words of an area speaks of that area where it uses the name."""

import pytest

from consistent.documents.document import Span
from consistent.drafting.lexicon.abbreviations import short_names
from consistent.drafting.lexicon.lexicon import shipped_lexicon
from consistent.model.text import Language


def _areas(text: str, language: Language, line: int = -1) -> set[str]:
    """The areas that a line of a text speaks of."""
    lines = text.split("\n")
    start = sum(len(each) + 1 for each in lines[: line % len(lines)])
    mentions = shipped_lexicon().reader(text, language).mentions(Span(start, start + len(lines[line])))
    return {mention.term for mention in mentions if mention.field == "areas" and not mention.hint}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rules on night trains of the Union (‘NTU’)", {"NTU": "night trains of the Union"}),
        ("the European Fund for Bridges (the ‘Fund’)", {"Fund": "European Fund for Bridges"}),
        ("the Agency for Old Bridges (hereinafter referred to as “the Agency”)", {"Agency": "Agency for Old Bridges"}),
        ("het Fonds voor Oude Bruggen (hierna „het Fonds” genoemd)", {"Fonds": "Fonds voor Oude Bruggen"}),
        ("the Office for Old Bridges (OOB) is set up", {"OOB": "Office for Old Bridges"}),
        ("‘NT’ means a train that runs by night;", {"NT": "a train that runs by night"}),
        ("“NT”: een trein die ’s nachts rijdt;", {"NT": "een trein die ’s nachts rijdt"}),
        # No name: of an act, a noun that is defined, a noun without a capital.
        ("Regulation (EU) 2030/1 of the European Union (EU)", {}),
        ("‘train’ means a vehicle on rails;", {}),
        ("large bridges (‘viaducts’)", {}),
    ],
)
def test_a_text_introduces_short_names(text: str, names: dict[str, str]) -> None:
    """A name is the letters of the words before it, or the words with capitals; a defined noun is none."""
    assert {
        short.name: text[short.stands_for.start : short.stands_for.end].strip() for short in short_names(text)
    } == names


@pytest.mark.parametrize(
    ("language", "text", "areas"),
    [
        ("en", "Regulation on arms export licences (‘AEL’)\nAn AEL shall be kept for five years.", {"arms-export"}),
        ("en", "‘RAS’ means a person who seeks asylum;\nThe RASs shall be heard.", {"asylum"}),
        ("en", "‘RAS’ means a person who seeks asylum;\nThe RAS’s rights.", {"asylum"}),
        ("nl", "Verordening over het Asielbureau van de Unie („ABU”)\nHet ABU komt bijeen.", {"asylum"}),
        ("en", "establishing the European Defence Fund (the ‘Fund’)\nThe Fund shall pay.", {"defence-programmes"}),
        (
            "nl",
            "tot oprichting van het Europees Defensiefonds (het „Fonds”)\nHet Fonds betaalt.",
            {"defence-programmes"},
        ),
    ],
)
def test_a_short_name_is_met_as_its_words_are(language: Language, text: str, areas: set[str]) -> None:
    """In the plural too; of words within words the whole counts."""
    assert areas <= _areas(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "establishing the European Defence Fund (the ‘Fund’)\nA fund of a Member State shall pay."),
        ("en", "the Board for Asylum and Other Important Matters (the ‘Board’)\nThe Board shall meet."),
        ("nl", "het Comité voor asiel en andere belangrijke zaken (het „Comité”)\nHet Comité komt bijeen."),
    ],
)
def test_a_noun_is_no_area_where_it_stands_for_more(language: Language, text: str) -> None:
    """A noun holds with its capital, and where the words of the area are the greater part of what it stands for."""
    assert not _areas(text, language)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Regulation on the export of arms and on border checks"),
        ("nl", "Verordening over wapenexport en grenscontroles"),
    ],
)
def test_a_title_in_capitals_is_read_as_in_small_letters(language: Language, title: str) -> None:
    """Old acts have their titles in capitals."""
    assert {"arms-export", "borders"} <= _areas(title, language)
    assert _areas(title.upper(), language) == _areas(title, language)
