"""The lexicon: how its phrases are written and met, what its files may say, and what holds for all that is shipped."""

from collections import defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path
from textwrap import dedent

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from consistent import load
from consistent.documents.document import Span
from consistent.drafting.lexicon.lexicon import SUREST_HINT, Entry, Lexicon, Mention, read_lexicon, shipped_lexicon
from consistent.drafting.lexicon.phrases import Index, PhraseError, Text, sequences, stem
from consistent.errors import InputError
from consistent.model.text import LANGUAGES, Language
from consistent.model.vocabulary import Synonyms, Vocabularies, Vocabulary
from consistent.rules import conditions

# How phrases are met.


def _met(phrase: str, text: str, language: str = "en") -> list[str]:
    index = Index(language)
    index.add(phrase, 0)
    return [text[each.span.start : each.span.end] for each in Text(text, index).found(Span(0, len(text)))]


@pytest.mark.parametrize(
    ("language", "phrase", "text", "words"),
    [
        ("en", "tender", "Two tenders were late.", "tenders"),
        ("en", "tender", "TENDERING", "TENDERING"),
        ("en", "=tender", "Tender", "Tender"),
        ("en", "fishing fleet", "the Fishing Fleets of two ports", "Fishing Fleets"),
        ("en", "cross-border train", "a cross border train", "cross border train"),
        ("en", "cross border train", "a cross-border train", "cross-border train"),
        ("en", "chemical*", "agrochemical and chemicals", "chemicals"),
        ("en", "*craft", "a hovercraft", "hovercraft"),
        ("en", "EMA", "the EMA says", "EMA"),
        ("en", "(bus|tram) stop", "at tram stops", "tram stops"),
        ("en", "safe (clean|) water", "safe water", "safe water"),
        ("en", "safe (clean|) water", "safe clean water", "safe clean water"),
        ("en", "supply ... of gas", "supply from two or three sources of gas", ""),
        ("en", "supply ... of gas", "supply, by pipe or ship, of gas", "supply, by pipe or ship, of gas"),
        ("en", "supply ... of gas", "supply of gas", "supply of gas"),
        ("nl", "vergunning", "Alle vergunningen gelden.", "vergunningen"),
        ("nl", "*vergunning*", "een bouwvergunningsstelsel", "bouwvergunningsstelsel"),
        ("nl", "energie*", "energienetten", "energienetten"),
        ("nl", "*energie", "zonne-energie", "energie"),
        ("nl", "(lucht|water) schoon", "lucht schoon", "lucht schoon"),
        ("nl", "EU-markt", "op de EU-markt", "EU-markt"),
        ("nl", "kmo's", "voor kmo\u2019s", "kmo\u2019s"),
    ],
)
def test_a_phrase_meets(language: str, phrase: str, text: str, words: str) -> None:
    assert _met(phrase, text, language) == ([words] if words else [])


@pytest.mark.parametrize(
    ("language", "phrase", "text"),
    [
        ("en", "=tender", "Two tenders were late."),
        ("en", "EMA", "the ema says"),
        ("en", "EMA", "EMAS"),
        ("en", "chemical*", "agrochemical"),
        ("en", "fishing fleet", "fishing by a fleet"),
        ("en", "supply ... gas", "a supply. Gas is burnt"),
        ("en", "supply gas", "supply\ngas"),
        ("en", "supply gas", "supply; gas"),
        ("nl", "energie", "synergie"),
        # Acts, of which each text speaks, are no trade.
        ("nl", "handel", "door middel van gedelegeerde handelingen"),
        ("nl", "handel", "een handeling van de Raad"),
        ("nl", "water*", "afwateren"),
        ("nl", "=data", "datum"),
    ],
)
def test_a_phrase_does_not_meet(language: str, phrase: str, text: str) -> None:
    assert not _met(phrase, text, language)


@pytest.mark.parametrize(
    "phrase", ["", "...", "... gas", "gas ...", "(a|b", "a, b", "R&D", "*", "a*b", "=gas*", "(a|)"]
)
def test_a_phrase_that_is_not_well_formed(phrase: str) -> None:
    with pytest.raises(PhraseError):
        list(sequences(phrase, "en"))


def test_a_phrase_with_too_many_forms() -> None:
    choice = "(" + "|".join("abcdefghijklmnopq") + ")"
    with pytest.raises(PhraseError, match="289 forms"):
        list(sequences(f"{choice} {choice}", "en"))


_WORDS = st.text("abcdefghijklmnoprstuvw", min_size=3, max_size=12)


@given(st.lists(_WORDS, min_size=1, max_size=4), st.lists(_WORDS, max_size=4), st.lists(_WORDS, max_size=4))
def test_a_phrase_meets_itself_wherever_it_stands(phrase: list[str], before: list[str], behind: list[str]) -> None:
    words = " ".join(phrase)
    assert words in _met(words, " ".join([*before, *phrase, *behind]))


@given(_WORDS, st.sampled_from(LANGUAGES))
def test_capitals_change_nothing_for_words_in_small_letters(word: str, language: Language) -> None:
    for phrase in (word, f"={word}", f"{word}*", f"*{word}", f"*{word}*"):
        for text in (word, word.capitalize(), word.upper()):
            assert _met(phrase, text, language) == [text]


@given(_WORDS, _WORDS, _WORDS)
def test_a_star_swallows_letters(before: str, word: str, behind: str) -> None:
    whole = before + word + behind
    assert _met(f"*{word}*", whole)
    assert _met(f"{before}*", whole)
    assert _met(f"*{behind}", whole)


@given(st.lists(_WORDS, min_size=5, max_size=9))
def test_a_gap_ends_after_four_words(between: list[str]) -> None:
    assert _met("=first ... =last", f"first {' '.join(between[:4])} last")
    assert not _met("=first ... =last", f"first {' '.join(between)} last")


# What the files say.


def _lexicon(folder: Path, text: str, name: str = "areas.toml") -> Lexicon:
    (folder / name).write_text(dedent(text), "utf-8")
    return read_lexicon(folder)


def _mentions(lexicon: Lexicon, text: str, language: str = "en") -> list[Mention]:
    return list(lexicon.reader(text, language).mentions(Span(0, len(text))))


_LAMPS = """\
    [energy]
    en = ["lamp", "light"]
    nl = ["*lamp*"]
    hint.en = ["switch"]
    unless.en = ["lamp black", "in the light of"]
"""


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Each lamp has a switch.", False),
        ("Each switch.", True),
        ("Lamp black.", None),
        ("Lamp black and a lamp.", False),
        ("In the light of the switch.", True),
        ("Nothing.", None),
    ],
)
def test_a_hint_is_unsure_and_unless_bars_only_what_it_holds(tmp_path: Path, text: str, hint: bool | None) -> None:
    mentions = _mentions(_lexicon(tmp_path, _LAMPS), text)
    assert [each.hint for each in mentions] == ([] if hint is None else [hint])
    assert [each.perhaps for each in mentions] == ([] if hint is None else [hint])


def test_a_mention_has_the_words_of_its_own_language(tmp_path: Path) -> None:
    lexicon = _lexicon(tmp_path, _LAMPS)
    text = "De straatlampen branden."
    (mention,) = _mentions(lexicon, text, "nl")
    assert text[mention.span.start : mention.span.end] == "straatlampen"
    assert (mention.field, mention.term) == ("areas", "energy")
    assert not _mentions(lexicon, text, "en")


def test_a_term_that_was_mostly_wrong_is_only_a_hint(tmp_path: Path) -> None:
    (tmp_path / "measured.toml").write_text("[areas]\nenergy = { en = [1, 10], nl = [10, 10] }\n", "utf-8")
    lexicon = _lexicon(tmp_path, _LAMPS)
    assert [(each.hint, each.perhaps) for each in _mentions(lexicon, "A lamp.")] == [(True, False)]
    assert [each.confidence >= SUREST_HINT for each in _mentions(lexicon, "Een lamp.", "nl")] == [True]


def test_every_fault_is_told_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "areas").mkdir()
    (tmp_path / "areas" / "lamps.toml").write_text('[energy]\nen = ["lamp", "a, b"]\n[enrgy]\nnl = ["x"]\n', "utf-8")
    (tmp_path / "areas" / "more.toml").write_text('[energy]\nen = ["light"]\n', "utf-8")
    (tmp_path / "aeras.toml").write_text('[energy]\nen = ["light"]\n', "utf-8")
    with pytest.raises(InputError) as raised:
        read_lexicon(tmp_path, _vocabularies())
    told = str(raised.value)
    for part in ("`a, b`", "lamps.toml:2", "unknown term `enrgy`", "lamps.toml:3", "has an entry already", "`aeras`"):
        assert part in told


# What is shipped.


@cache
def _vocabularies() -> Vocabularies:
    return load("nl-22112-4027").knowledge.vocabularies


def _entries() -> list[tuple[str, str, Entry, Language]]:
    entries = shipped_lexicon().entries.items()
    return [(field, term, entry, language) for (field, term), entry in entries for language in LANGUAGES]


def _written(phrase: str, language: Language) -> list[str]:
    """A phrase as a text would have it, in each of its forms: stems are met by themselves, so any word with them will do."""
    forms = []
    for symbols in sequences(phrase, language):
        words = [text for kind, text in symbols if kind != "gap"]
        if all(kind != "stem" or stem(text, language) == text for kind, text in symbols):
            forms.append(" ".join(words))
    return forms


def test_the_terms_are_those_of_the_vocabularies() -> None:
    read_lexicon(Path(__file__).parents[2] / "src/consistent/drafting/lexicon", _vocabularies())


def test_every_phrase_meets_itself_and_none_is_always_barred() -> None:
    lexicon = shipped_lexicon()
    lost = [
        (term, phrase, text)
        for field, term, entry, language in _entries()
        for hint, phrases in ((False, getattr(entry, language)), (True, getattr(entry.hint, language)))
        for phrase in phrases
        for text in _written(phrase, language)
        if not any(
            each.field == field and each.term == term and (hint or not each.perhaps)
            for each in _mentions(lexicon, text, language)
        )
    ]
    # Some forms of a phrase with choices or an open end are what `unless` of the same entry is there for.
    assert {(term, phrase) for term, phrase, _ in lost} <= _FORMS_THAT_MEAN_ELSE


_FORMS_THAT_MEAN_ELSE = {
    ("defence-industry", "defensie-innovatie*"),
    ("sanctions-policy", "embargo*"),
    ("public-order", "politie"),
    ("borders", "(external|internal|land|sea|air|Schengen|State) (=border|=borders)"),
    ("borders", "(=controls|=checks|=crossing|=crossings) ... (=border|=borders)"),
    ("asylum", "asiel*"),
    ("civil-justice", "tort*"),
    ("stockpiles", "(emergency|oil|security|safety|buffer|crisis|gas|minimum|intervention|defence|public) stock*"),
    ("stockpiles", "(strategische|nationale|kritieke) (voorraad|voorraden|reserve*)"),
}


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def test_every_english_noun_is_met_in_the_plural() -> None:
    lost = [
        (term, phrase)
        for _, term, entry, language in _entries()
        if language == "en"
        for phrase in entry.en
        if phrase.isalpha() and phrase.islower() and not phrase.endswith(("s", "ed", "ing", "al", "ic"))
        if not _met(phrase, _plural(phrase))
    ]
    assert not lost


def _related(vocabulary: Vocabulary, one: str, other: str) -> bool:
    return one in vocabulary.broader(other) or other in vocabulary.broader(one)


def test_no_phrase_stands_in_two_terms_unless_one_is_broader_or_a_note_says_why() -> None:
    where: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for field, term, entry, language in _entries():
        for phrase in getattr(entry, language):
            for symbols in sequences(phrase, language):
                where[field, language, symbols].add(term)
    entries, areas = shipped_lexicon().entries, _vocabularies()["areas"]
    twice = [
        (one, other, symbols)
        for (field, _, symbols), terms in where.items()
        if field == "areas"
        for one, other in combinations(sorted(terms), 2)
        if not _related(areas, one, other) and not entries["areas", one].note and not entries["areas", other].note
    ]
    assert not twice


def test_every_area_with_words_has_them_in_both_languages() -> None:
    assert not [term for field, term, entry, _ in _entries() if field == "areas" and not (entry.en and entry.nl)]


def test_every_area_that_a_rule_tests_has_words() -> None:
    tested = {
        str(term)
        for rule in load("nl-22112-4027").rules
        for condition in rule.conditions
        for test in conditions.tests_in(condition)
        if test.field.type == "terms" and test.field.vocabulary == "areas"
        for term in test.written
    }
    assert not {term for term in tested if ("areas", term) not in shipped_lexicon().entries}


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        ("en", "The Agency in Helsinki keeps a list of hazardous substances.", {"chemicals"}),
        ("nl", "Het agentschap houdt een lijst van gevaarlijke stoffen bij.", {"chemicals"}),
        (
            "en",
            "Banks hold capital against loans to farmers.",
            {"financial-services", "financial-instruments", "agriculture"},
        ),
        ("nl", "De vangstmogelijkheden voor haring worden verlaagd.", {"marine-conservation"}),
        ("en", "The business environment is of a different nature.", set()),
        ("nl", "Synergieën moeten een gunstig ondernemingsklimaat geven.", set()),
        ("nl", "Natuurlijke personen handhaven meer dan een afspraak.", set()),
        ("en", "A customer is employed in the general interest and declares an appropriate security.", set()),
        ("nl", "De data van de vergaderingen worden bekendgemaakt.", set()),
    ],
)
def test_words_that_look_like_a_subject(language: str, text: str, terms: set[str]) -> None:
    assert {each.term for each in _mentions(shipped_lexicon(), text, language) if not each.hint} == terms


def test_synonyms_are_joined_once() -> None:
    """Packs that have the same synonyms share a lexicon, with its index; where one synonym more is said, it is another, that meets it."""
    lexicon = Lexicon({("areas", "energy"): Entry(en=("electricity",))}, {})
    energy = load("treaties").knowledge.vocabularies["areas"].terms["energy"]

    def joined(*synonyms: str) -> Lexicon:
        term = evolve(energy, synonyms=Synonyms(en=synonyms))
        return lexicon.with_synonyms({"areas": Vocabulary("areas", {"energy": term})})

    def met(joined_lexicon: Lexicon) -> list[str]:
        text = "Gaslight and lamplight."
        reader = joined_lexicon.reader(text, "en")
        return [text[each.span.start : each.span.end] for each in reader.mentions(Span(0, len(text)))]

    assert joined() is lexicon
    assert joined("lamplight") is joined("lamplight")
    assert [met(joined(*each)) for each in ((), ("lamplight",), ("gaslight",), ("lamplight",))] == [
        [],
        ["lamplight"],
        ["Gaslight"],
        ["lamplight"],
    ]
