"""Languages: the words by which the structure of a document is told, and which language a text is in.

The words are data, `structure.en.toml` and `structure.nl.toml`. Others add languages by the entry-point group `consistent.languages`: each entry
is a `Language`, as `language_from` makes it. `languages.toml` names every official language of the Union, so that a document
in one that is not read is named as what it is.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli
from attrs import frozen

from consistent.errors import UsageError
from consistent.model.text import Localized
from consistent.plugins import added

__all__ = [
    "SHIPPED_LANGUAGES",
    "Language",
    "language_from",
    "language_name",
    "language_of",
    "languages",
    "shipped_words",
]

# The languages whose words ship, for structure, citations and provisions.
SHIPPED_LANGUAGES = ("en", "nl")
_WORD = re.compile(r"[^\W\d_]+")
# So many words tell a language; a longer text tells no more.
_ENOUGH = 20_000
# Of a text at least this share is small words of its language; names and tables have fewer.
_LEAST_SHARE, _LEAST_WORDS = 0.12, 3
# A language must be so much better than the next: a text half in one and half in another is in neither.
_AHEAD = 1.05


@frozen(kw_only=True, eq=False)
class Language:
    """The words of one language. Two are equal if they are the same object.

    Attributes:
        code: two letters.
        name: of the language; in TOML it may be left out of an official language of the Union, whose name is known.
        divisions: by kind of part (`chapter`, `article`, `annex` ...), the words before its number.
        lines: by what they begin, phrases that are a whole line.
        phrases: by what they begin, phrases at the beginning of a line; those in capitals hold in capitals only.
        numbers: words for numbers.
    """

    code: str
    name: Localized
    divisions: Mapping[str, tuple[str, ...]]
    lines: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]


def language_from(text: str) -> Language:
    """A language from TOML text.

    Raises:
        UsageError: it is not TOML, or a key of `Language` is missing or of another kind.
    """
    try:
        data = tomli.loads(text)
        return Language(
            code=str(data["code"]),
            name=_name_in(data),
            divisions=_phrases(data["divisions"]),
            lines=_phrases(data["lines"]),
            phrases=_phrases(data["phrases"]),
            numbers={str(word): int(number) for word, number in data["numbers"].items()},
        )
    except tomli.TOMLDecodeError as error:
        raise UsageError(f"language is not valid TOML: {error}") from None
    except KeyError as error:
        raise UsageError(f"language lacks the key {error}".replace("'", "`")) from None
    except (AttributeError, TypeError, ValueError) as error:
        raise UsageError(f"language has a value of the wrong kind: {error}") from None


@cache
def languages() -> Mapping[str, Language]:
    """The languages whose documents can be read, by code: those that ship, then those of installed packages.

    Raises:
        UsageError: an entry of the group is not a `Language`, or cannot be loaded.
    """
    shipped = [language_from(shipped_words("structure", code)) for code in SHIPPED_LANGUAGES]
    return {
        language.code: language
        for language in (*shipped, *added("consistent.languages", Language, "language").values())
    }


def shipped_words(subject: str, code: str) -> str:
    """The TOML text of the words that ship for a subject: `structure`, `citations` or `provisions`.

    Args:
        subject: by which the file is named.
        code: one of `SHIPPED_LANGUAGES`.
    """
    return files(__package__).joinpath(f"{subject}.{code}.toml").read_text("utf-8")


def language_of(text: str) -> str:
    """The language of a text, told from its small words.

    Args:
        text: a paragraph or more; a title is too short.

    Returns:
        The code of an official language of the Union; empty where it is in none, or cannot be told.
    """
    words = Counter(match[0].lower() for match, _ in zip(_WORD.finditer(text), range(_ENOUGH), strict=False))
    total = words.total()
    scores = sorted(
        ((sum(words[word] for word in small), code) for code, (_, small) in _telling().items()), reverse=True
    )
    (best, code), (second, _) = scores[0], scores[1]
    if best < max(_LEAST_WORDS, _LEAST_SHARE * total) or best < _AHEAD * second:
        return ""
    return code


def language_name(code: str) -> Localized:
    """What a language is called; its code where it has no name here."""
    language = languages().get(code)
    if language is not None:
        return language.name
    return _telling()[code][0] if code in _telling() else Localized(code, code)


def _name_in(data: Mapping[str, Any]) -> Localized:
    code = str(data["code"])
    if "name" not in data and code in _telling():
        return _telling()[code][0]
    return Localized(str(data["name"]["en"]), str(data["name"]["nl"]))


@cache
def _telling() -> Mapping[str, tuple[Localized, frozenset[str]]]:
    """By code, the name and the small words of each official language of the Union."""
    data = tomli.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))
    return {code: (Localized(**entry["name"]), frozenset(entry["words"].split())) for code, entry in data.items()}


def _phrases(table: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    for key, phrases in table.items():
        if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase for phrase in phrases):
            raise TypeError(f"`{key}` is no list of words")
    return {key: tuple(phrases) for key, phrases in table.items()}
