"""The words of covers, headings and final provisions, by language, compiled to patterns.

They are data: a file a language in `headers/`. A phrase matches in whatever case and with whatever blanks.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from unicodedata import combining, normalize

import tomli
from attrs import frozen

__all__ = ["ActForm", "HeaderWords", "all_words", "any_of", "folded", "gapped", "phrase", "words_to_try"]

# `(EU) 2021/697`, `(EG) nr. 765/2008`, `2008/114/EC`, `2022/C 243/02`; dots where there is no number yet.
NUMBER = (
    r"(?:\s*\((?:EU|EC|EEC|EG|EEG|UE|CE|CEE|CFSP|GBVB|GASP|PESC)(?:,\s?\w{2,8})*\))?"
    r"(?:\s*(?:No|nr\.?|n[.o°º]*)?\s?(?P<{at}>(?:\d{1,4}|\u2026|\.{2,3}|X{2,4})/(?:\d{1,4}|\u2026|\.{2,3}|X{2,4})(?:/[A-Z]{2,8})?))?"
)


@frozen(kw_only=True)
class ActForm:
    """How a language writes the type of an act.

    Attributes:
        pattern: its groups `instrument`, and `number1`, `number2` where a number is written.
        by: who adopts it, as terms of the vocabulary `actors`.
    """

    pattern: re.Pattern[str]
    by: tuple[str, ...]


@frozen(kw_only=True, eq=False)
class HeaderWords:
    """The words of one language.

    Attributes:
        code: two letters.
        months: by the name as `folded` spells it, its number.
        leads: by how a document begins to say what it is (`proposal`, `communication` ...), a pattern.
        institutions: by term of the vocabulary `actors`, a pattern.
        forms: of the type of an act.
        instrument_words: by word, the term of the vocabulary `instruments`.
        table: everything, as the file has it; empty lists for what it lacks are given by `listed`.
    """

    code: str
    months: Mapping[str, int]
    leads: Mapping[str, re.Pattern[str]]
    institutions: Mapping[str, re.Pattern[str]]
    forms: tuple[ActForm, ...]
    instrument_words: Mapping[str, str]
    table: Mapping[str, Any]

    def listed(self, *keys: str) -> tuple[str, ...]:
        """The phrases under a key path; none where the file has no such key."""
        table: Any = self.table
        for key in keys:
            table = table.get(key, {})
        return tuple(table)

    def instrument(self, written: str) -> str:
        """The term of the vocabulary `instruments` for a word that matched; empty where there is none."""
        known = {folded(word): term for word, term in self.instrument_words.items()}
        return known.get(folded(written), "")

    def pattern(self, *keys: str) -> re.Pattern[str]:
        """One of the phrases under a key path; of none, what never matches."""
        return any_of(self.listed(*keys))


def phrase(text: str) -> str:
    """A phrase as the source of a pattern.

    The word `#` stands for any number. Any blank stands for any blanks, either apostrophe for both; a letter of Greek that has an accent stands for the bare one
    too, for capitals are written without.
    """
    return r"\s+".join(r"\d{1,5}" if word == "#" else "".join(map(_letter, word)) for word in text.split())


def gapped(text: str) -> str:
    """A phrase as the source of a pattern, in which `...` stands for any words of a line; between words for none too."""
    source = r"\s".join("(?:.{1,120})" if word == "..." else phrase(word) for word in text.split())
    return source.replace(r"\s(?:.{1,120})\s", r"\W(?:.{1,120}\W)?")


def folded(text: str) -> str:
    """What a phrase matches, as one spelling: to look up what was found."""
    bare = "".join(character for character in normalize("NFD", text.replace("\u2019", "'")) if not combining(character))
    return " ".join(bare.casefold().split())


def _letter(letter: str) -> str:
    if letter in "'\u2019":
        return "['\u2019]"
    bare = normalize("NFD", letter)[0]
    is_greek = "\u0370" <= bare <= "\u03ff"
    return f"[{letter}{bare}]" if is_greek and bare != letter else re.escape(letter)


@cache
def any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words, the longest first."""
    forms = "|".join(map(phrase, sorted(phrases, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)" if forms else "(?!)", re.IGNORECASE)


@cache
def all_words() -> Mapping[str, HeaderWords]:
    """The words of every language that has a file, by code."""
    folder = files(__package__).joinpath("headers")
    named = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".toml"))
    return {name[:2]: _words(name[:2], tomli.loads(file.read_text("utf-8"))) for name, file in named}


def words_to_try(code: str) -> Iterable[HeaderWords]:
    """The words of a language; of every language where it has none, for the text may be in any."""
    known = all_words()
    return (known[code],) if code in known else tuple(known.values())


def _words(code: str, table: Mapping[str, Any]) -> HeaderWords:
    acts = table.get("acts", {})
    instruments = {word: term for term, words in acts.get("instruments", {}).items() for word in words}
    return HeaderWords(
        code=code,
        months={folded(month): number for number, month in enumerate(table.get("months", ()), 1)},
        leads={key: any_of(tuple(phrases)) for key, phrases in table.get("leads", {}).items()},
        institutions={key: any_of(tuple(phrases)) for key, phrases in table.get("institutions", {}).items()},
        forms=tuple(_form(form["form"], form["by"], instruments) for form in acts.get("forms", ())),
        instrument_words=instruments,
        table=table,
    )


def _form(form: str, by: Iterable[str], instruments: Iterable[str]) -> ActForm:
    """`Council {instrument} {number}` as a pattern."""
    source = phrase(form)
    words = "|".join(map(phrase, sorted(instruments, key=len, reverse=True)))
    source = source.replace(re.escape("{instrument}"), f"(?P<instrument>{words})")
    for place in ("number1", "number2"):
        source = source.replace(r"\s+" + re.escape("{number}"), NUMBER.replace("{at}", place), 1)
    return ActForm(pattern=re.compile(rf"(?<!\w){source}(?!\w)", re.IGNORECASE), by=tuple(by))
