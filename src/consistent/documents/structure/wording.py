"""What the words of a line say it is, in the languages that are known.

`Wording` tells it of lines, `Marks` of mere text, where neither lines nor markup tell.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from attrs import frozen

from consistent.documents.document import PartKind
from consistent.documents.structure.numbering import LATIN
from consistent.documents.words.languages import Language, languages
from consistent.documents.words.provision_words import words_of

__all__ = ["CAPITAL", "DIVISIONS", "TITLE", "Marks", "Numbered", "Wording", "marks_of_structure", "wording_of"]

# From the widest to the narrowest, as the Joint Practical Guide for drafting has them.
DIVISIONS: tuple[PartKind, ...] = ("part", "title", "chapter", "section", "subsection")

_LATIN = "|".join(LATIN)
_ARTICLE_NUMBER = rf"\d{{1,4}}(?:-?[a-z]{{1,3}}(?![a-z])|\s(?:{_LATIN})\b)?|[IVX]{{1,6}}(?![a-z])"
# A heading may lack the blank before it, where a converter lost it: `CHAPTER IIDue diligence`.
_GLUED = r"(?=[A-Z][^\W\d_A-Z])"
_DIVISION_NUMBER = (
    rf"(?:(?:[IVXLC]{{1,7}}|\d{{1,3}}){_GLUED}"
    rf"|(?:[IVXLC]{{1,7}}[a-z]?|\d{{1,3}}[a-z]?|[A-Z])(?:\s(?:{_LATIN})\b)?(?!\w))"
)
_SEPARATOR = r"\s*(?P<mark>[-\u2010-\u2015:.])?\s*"
# The longest headings of real acts are this long.
_LONGEST = 400
# A heading behind the number of an article or chapter: a word with a capital, and no abbreviation (`Article 5 TFEU`) or
# numbered act.
TITLE = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+\b(?!\s[(\d])|[^\W\d_a-z]{5,}\b")
_SENTENCE = re.compile(r"[.;:,]$")
_HYPHENS = re.compile(r"[\s*_#]+")
_PROCEDURE = re.compile(r"\d{4}/\d{1,4}\s?\([A-Z]{2,4}\)")


@frozen
class Numbered:
    """A line that begins a part.

    Attributes:
        kind: of the part.
        number: without the word before it; empty where there is none.
        heading: what follows in the same line; may be empty.
    """

    kind: PartKind
    number: str
    heading: str


@frozen(eq=False)
class Wording:
    """The words of one or several languages, compiled."""

    languages: tuple[Language, ...]
    _lines: Mapping[str, frozenset[str]]
    _phrases: Mapping[str, re.Pattern[str]]
    _division: re.Pattern[str]
    _article: re.Pattern[str]
    _annex: re.Pattern[str]
    _kinds: Mapping[str, PartKind]
    numbers: Mapping[str, int]

    def is_line(self, key: str, line: str) -> bool:
        """Whether the line is one of the phrases of `lines`, marks and a number before it aside."""
        return len(line) < _LONGEST and _bare(line) in self._lines.get(key, ())

    def begins(self, key: str, line: str) -> bool:
        """Whether the line begins with one of the phrases of `phrases`."""
        pattern = self._phrases.get(key)
        return pattern is not None and pattern.match(line) is not None

    def article(self, line: str, *, marked: bool) -> Numbered | None:
        """A line that numbers an article.

        Args:
            line: of the document.
            marked: whether the markup says that the line stands apart: then a heading may follow without a dash.
        """
        if len(line) > _LONGEST:
            return None
        if self.is_line("sole-article", line):
            return Numbered("article", "", "")
        match = self._article.match(line)
        if match is None:
            return None
        heading = line[match.end() :]
        apart = match["mark"] or TITLE.match(heading)
        if heading and not marked and (not apart or _SENTENCE.search(heading)):
            return None
        return Numbered("article", match["number"], heading)

    def division(self, line: str, *, marked: bool) -> Numbered | None:
        """A line that begins a part, title, chapter or section of an act."""
        match = self._division.match(line) if len(line) <= _LONGEST else None
        if match is None:
            return None
        heading = line[match.end() :]
        apart = marked or match["mark"] or not heading or match["word"].isupper() or TITLE.match(heading)
        if not apart or (heading and not marked and _SENTENCE.search(heading)):
            return None
        return Numbered(self._kinds[match["word"].lower()], match["number"], heading)

    def annex(self, line: str, *, marked: bool) -> Numbered | None:
        """A line that begins an annex."""
        match = self._annex.match(line)
        if match is None:
            return None
        heading = line[match.end() :]
        if not marked and not match["word"].isupper() and (heading or len(line) > len(match[0])):
            return None
        return Numbered("annex", match["number"] or "", heading[:_LONGEST] if len(heading) <= _LONGEST else "")

    def amends(self, line: str) -> bool:
        """Whether a line leads up to the words of another act; of a language without such words, any may."""
        known = [words_of(language.code) for language in self.languages]
        return any(words is None or words.patterns["amending"].search(line) is not None for words in known)

    def is_procedure_number(self, line: str) -> bool:
        """Whether a line holds the number of a procedure and nothing else."""
        return _PROCEDURE.fullmatch(line.strip()) is not None


def wording_of(languages: Iterable[Language]) -> Wording:
    """The words of those languages; of none, a wording that tells nothing."""
    return _compiled(tuple(languages))


@lru_cache(maxsize=32)
def _compiled(languages: tuple[Language, ...]) -> Wording:
    kinds = {word: kind for language in languages for kind in DIVISIONS for word in language.divisions.get(kind, ())}
    numbers = {word: number for language in languages for word, number in language.numbers.items()}
    spelt = _any(numbers)
    articles = _any(word for language in languages for word in language.divisions.get("article", ()))
    annexes = _any(word for language in languages for word in language.divisions.get("annex", ()))
    return Wording(
        languages=languages,
        lines=_merged(language.lines for language in languages),
        phrases={
            key: _beginning(word for language in languages for word in language.phrases.get(key, ()))
            for key in {key for language in languages for key in language.phrases}
        },
        division=re.compile(
            rf"(?P<word>(?i:{_any(kinds)}))\s+(?P<number>{_DIVISION_NUMBER}|(?i:{spelt})\b){_SEPARATOR}"
        ),
        article=re.compile(rf"(?i:{articles})\s*(?P<number>{_ARTICLE_NUMBER}|(?i:{spelt})\b){_SEPARATOR}"),
        annex=re.compile(rf"(?P<word>(?i:{annexes}))(?!\w)(?:\s+(?P<number>{_DIVISION_NUMBER}))?{_SEPARATOR}"),
        kinds=kinds,
        numbers=numbers,
    )


def _merged(tables: Iterable[Mapping[str, Sequence[str]]]) -> Mapping[str, frozenset[str]]:
    merged: dict[str, set[str]] = {}
    for table in tables:
        for key, phrases in table.items():
            merged.setdefault(key, set()).update(phrase.casefold() for phrase in phrases)
    return {key: frozenset(phrases) for key, phrases in merged.items()}


def _beginning(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the phrases; those in capitals hold in capitals only."""
    ordered = sorted(phrases, key=len, reverse=True)
    forms = [re.escape(phrase) if phrase.isupper() else f"(?i:{re.escape(phrase)})" for phrase in ordered]
    return re.compile(rf"(?:{'|'.join(forms)})(?!\w)")


def _any(words: Iterable[str]) -> str:
    """One of the words; of none, what never matches."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def _bare(line: str) -> str:
    """The line without marks and blanks around it, and without a number before it."""
    text = _HYPHENS.sub(" ", line).strip(" .:;,-\u2013\u2014").casefold()
    return re.sub(r"^\d{1,2}\.?\s+", "", text)


# The marks of structure in mere text, where neither lines nor markup tell: the words of all languages, compiled.

# Ahead of a sentence or a heading, quoted or not.
CAPITAL = r"(?=[\"'\u2018\u201c\u201e(\[]?[^\W\d_a-z\u00df-\u00ff])"


@frozen(eq=False, kw_only=True)
class Marks:
    """The marks of all languages together: of a text without lines it is not known yet which it is in.

    Attributes:
        memorandum: its title in capitals.
        statement: the title of a financial statement in capitals.
        proposal: what begins the title of a proposed act.
        institution: that adopts, before its first citation.
        whereas: before the recitals.
        citation: the place of one, after another.
        enacted: the formula that enacts.
        article: `Article 5` before a capital; its first group is the number.
        division: `Chapter II` before a capital; `word` is the word.
        closing: the words before place and date.
        annex: the word in capitals.
        line: what begins a paragraph wherever it begins a line; `article` if it is the number of one.
        citation_line: what does so after a comma.
    """

    memorandum: re.Pattern[str]
    statement: re.Pattern[str]
    proposal: re.Pattern[str]
    institution: re.Pattern[str]
    whereas: re.Pattern[str]
    citation: re.Pattern[str]
    enacted: re.Pattern[str]
    article: re.Pattern[str]
    division: re.Pattern[str]
    closing: re.Pattern[str]
    annex: re.Pattern[str]
    line: re.Pattern[str]
    citation_line: re.Pattern[str]


def marks_of_structure() -> Marks:
    """The marks, in the words of all languages that are read."""
    return _marks_from(tuple(languages().values()))


@lru_cache(maxsize=32)
def _marks_from(known: tuple[Language, ...]) -> Marks:

    def phrases(key: str) -> Iterator[str]:
        return (word for language in known for word in language.phrases.get(key, ()))

    def titles(key: str) -> str:
        return _one_of(word.upper() for language in known for word in language.lines.get(key, ()))

    def named(*kinds: str) -> Iterator[str]:
        return (word for language in known for kind in kinds for word in language.divisions.get(kind, ()))

    article, division = _one_of(_capitalised(named("article"))), _one_of(_capitalised(named(*DIVISIONS)))
    wide = _one_of(word.upper() for word in named(*DIVISIONS))
    annex = _one_of(word.upper() for word in named("annex"))
    citation, closing = _one_of(_capitalised(phrases("citation"))), _one_of(_capitalised(phrases("closing")))
    whereas = _one_of(_capitalised(word for language in known for word in language.lines.get("whereas", ())))
    enacted = rf"{_one_of(phrases('enacting-formula'))}(?:\s[A-Z]+){{0,6}}\s?:"
    number = r"(?:[IVXLC]{1,7}|\d{1,2})"
    return Marks(
        memorandum=re.compile(rf"\b{titles('memorandum')}\b"),
        statement=re.compile(rf"\b{titles('financial-statement')}\b"),
        proposal=re.compile(rf"\b{_one_of(_capitalised(phrases('proposal')))}\s(?:an?\s)?(?=[A-Z]{{4}})"),
        institution=re.compile(rf"\b{_one_of(phrases('institution'))}[A-Z \-,]{{0,120}},(?=\s{citation}\b)"),
        whereas=re.compile(rf"\b{whereas}\s?:"),
        citation=re.compile(rf"(?<=[,;)]\s)(?={citation}\b)"),
        enacted=re.compile(rf"(?<![A-Z]){enacted}"),
        article=re.compile(rf"\b{article}\s(\d{{1,3}})(?=\s+[\"'\u2018\u201c]?[^\W_a-z])"),
        division=re.compile(rf"\b(?P<word>{wide}|{division})\s{number}(?:\s*[:\u2010-\u2015-]\s*|\s+){CAPITAL}"),
        closing=re.compile(rf"\b{closing}\s[A-Z]"),
        annex=re.compile(rf"\b{annex}\b(?=\s+[A-Z\d])"),
        line=re.compile(
            rf"(?P<article>{article}\s\d{{1,3}}[a-z]?(?:\s(?:bis|ter))?$)|(?:{wide}|{annex})\b|{division}\s{number}$"
            rf"|{whereas}(?:\s?:|$)|{closing}\b|{enacted}"
        ),
        citation_line=re.compile(rf"{citation}\b"),
    )


def _capitalised(words: Iterable[str]) -> Iterator[str]:
    return (word[:1].upper() + word[1:] for word in words)


def _one_of(words: Iterable[str]) -> str:
    """One of the words, the longest that fits; a letter in capitals counts as such."""
    return rf"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or '(?!)'})"
