"""What the schemas say of keys and words, in the languages that are wanted."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import tomli

from consistent.model.text import LANGUAGES, Language, Localized
from consistent.model.vocabulary import Term

__all__ = ["Words"]


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomli.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


class Words:
    """What is said of keys, words and terms; in several languages it is said once for each."""

    def __init__(self, languages: Sequence[Language] = LANGUAGES) -> None:
        self._languages = languages

    def of(self, table: str, key: str) -> str:
        """What is said of a key of a table of `words.toml`."""
        return self.localized(Localized(**_words()[table][key]))

    def localized(self, text: Localized) -> str:
        """A text; once where it is the same in each language."""
        return self._joined([text.get(each) for each in self._languages])

    def of_terms(self, terms: Iterable[Term]) -> list[str]:
        """For each term its label and, where it has one, its definition."""
        return [self._joined([_term(each, language) for language in self._languages]) for each in terms]

    def _joined(self, texts: Iterable[str]) -> str:
        # Editors show them as Markdown, where a blank line ends a paragraph.
        return "\n\n".join(dict.fromkeys(texts))


def _term(term: Term, language: Language) -> str:
    label = term.label.get(language)
    return label if term.definition is None else f"{label}: {term.definition.get(language)}"
