"""What a form of sources is: its canonical spelling, the other spellings that are read, its labels and its address."""

import re
from collections.abc import Callable, Mapping
from typing import Literal

from attrs import field, frozen

__all__ = [
    "ARTICLE",
    "STEPS",
    "Form",
    "Late",
    "Source",
    "Spelling",
    "article_label",
    "dutch",
    "place_of",
    "placed",
    "steps_of",
]


@frozen
class Source:
    """A source that was read.

    Attributes:
        text: the canonical spelling.
        kind: treaty, case, act, parliamentary-paper and so on: the name of its form.
        act: what is cited: `TFEU`, `Protocol No 2`, `C-376/98`, `Kamerstuk 22112-4027`.
        place: where in it: `173(3)`, `art. 5`, `IND.P.6`; empty for the whole.
        form: that it is written in.
    """

    text: str
    kind: str
    act: str
    place: str
    form: "Form" = field(kw_only=True, eq=False, repr=False)

    def __str__(self) -> str:
        return self.text

    def label(self, language: Literal["en", "nl"] = "en") -> str:
        """How a reader of that language cites it: `Article 173(3) TFEU`, `artikel 173, lid 3, VWEU`."""
        return self.form.label(self, language)

    def url(self, language: Literal["en", "nl"] = "en") -> str | None:
        """Where a reader can open it, at the institution that publishes it; None where no address is known.

        Args:
            language: of the page, where the institution has several.
        """
        return self.form.url(self, language)


class Late:
    """A pattern of ASCII that is compiled when a text is first put to it: there are many, and each start would wait for all of them.

    Attributes:
        pattern: as text.
    """

    __slots__ = ("_compiled", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._compiled: re.Pattern[str] | None = None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of a whole text, as that of a compiled pattern."""
        compiled = self._compiled
        if compiled is None:
            compiled = self._compiled = re.compile(self.pattern, re.ASCII)
        return compiled.fullmatch(text)


@frozen
class Spelling:
    """A way to write a source that is not the canonical one.

    Attributes:
        pattern: of the whole text.
        canonical: from a match to the canonical spelling.
        words: of which one stands in each text that is so written; empty where none is known.
    """

    pattern: re.Pattern[str] | Late
    canonical: Callable[[re.Match[str]], str]
    words: tuple[str, ...] = ()


def _no_address(_: Source, __: str) -> str | None:
    return None


def dutch(source: Source, language: str) -> str:
    """The canonical spelling, in Dutch with the words of places in Dutch: ` art. 5` is `, artikel 5`."""
    text = source.text
    if language == "nl":
        for english, word in _DUTCH:
            text = text.replace(english, word)
        return _DUTCH_ARTICLE.sub(lambda found: ", ".join([found[1], *_dutch_steps(found[2])]), text)
    return text


def _dutch_steps(text: str) -> list[str]:
    """`(2)(a)` as `lid 2` and `onder a)`: a paragraph has a number, a point a letter."""
    groups = text.removeprefix("(").removesuffix(")").split(")(") if text else []
    return [f"lid {group}" if group[0].isdigit() else f"onder {group})" for group in groups]


def article_label(source: Source, language: str, names: Mapping[str, str]) -> str:
    """`TFEU 153(2)(a)` as lawyers write it.

    Args:
        source: what is cited.
        language: of the reader.
        names: what is called otherwise in Dutch.
    """
    if language != "nl":
        return f"Article {source.place} {source.act}"
    article, bracket, rest = source.place.partition("(")
    parts = _dutch_steps(bracket + rest)
    name = names.get(source.act, source.act)
    # The commas set paragraphs and points apart; an article alone needs none.
    return ", ".join([f"artikel {article}", *parts, name]) if parts else f"artikel {article} {name}"


@frozen
class Form:
    """A form of sources.

    Attributes:
        kind: its name.
        pattern: of the canonical spelling, with the groups `act` and `place`.
        examples: canonical spellings.
        also: examples of other spellings.
        spellings: how those are read.
        label: how a reader of a language cites it.
        url: where a reader can open it, or None.
        is_basis: whether it can be the legal basis of an act.
    """

    kind: str
    pattern: re.Pattern[str] | Late
    examples: tuple[str, ...]
    also: tuple[str, ...] = ()
    spellings: tuple[Spelling, ...] = ()
    label: Callable[[Source, str], str] = dutch
    url: Callable[[Source, str], str | None] = _no_address
    is_basis: bool = False

    def read(self, text: str) -> Source | None:
        """The source that a canonical spelling stands for."""
        match = self.pattern.fullmatch(text)
        return match and Source(text=text, kind=self.kind, act=match["act"], place=match["place"] or "", form=self)

    def spelt(self, text: str) -> str | None:
        """The canonical spelling of what is written in another that is read."""
        for spelling in self.spellings:
            if spelling.words and not any(word in text for word in spelling.words):
                continue
            match = spelling.pattern.fullmatch(text)
            if match:
                return spelling.canonical(match)
        return None


# Places within what is cited. Words are those of both languages; the canonical ones are English.

# A number of an article, and the paragraphs and points below it in figures or in words.
ARTICLE = r"\d{1,3}[a-z]?"
STEPS = (
    r"(?: ?\(\w{1,4}\)|,? (?:lid|paragraph|par\.|onder|onderdeel|sub|punt|point|subparagraph)"
    r" \(?\w{1,4}\)?)*"
)
_STEP = re.compile(r"\((\w{1,4})\)|(?:lid|paragraph|par\.|onder|onderdeel|sub|punt|point|subparagraph) \(?(\w{1,4})\)?")
_WORDS = {
    "art.": ("art.", "art", "Art.", "article", "Article", "artikel", "Artikel"),
    "recital": ("recital", "overweging", "overw."),
    "annex": ("annex", "Annex", "bijlage", "Bijlage"),
    "section": ("section", "Section", "afdeling"),
    "para.": ("para.", "para", "paras", "paragraph", "paragraphs", "point", "points", "punt", "punten", "r.o.", "nr."),
    "par.": ("par.", "par", "paragraph", "paragraaf", "§"),
    "p.": ("p.", "p", "page", "blz.", "pag.", "bladzijde"),
}
_DUTCH_ARTICLE = re.compile(r"(, artikel [\w:.]+)((?:\(\w{1,4}\))+)$")
_DUTCH = (
    ("Protocol No ", "Protocol nr. "),
    ("Declaration No ", "Verklaring nr. "),
    ("Opinion ", "Advies "),
    ("OJ ", "PB "),
    (" art. ", ", artikel "),
    (" recital ", ", overweging "),
    (" annex ", ", bijlage "),
    (" section ", ", afdeling "),
    (" para. ", ", punt "),
    (" par. ", ", paragraaf "),
    (", p. ", ", blz. "),
    (" p. ", ", blz. "),
)


def placed(*words: str, within: str = r"\w.{0,59}") -> str:
    """The pattern of a place at the end of a spelling.

    Args:
        words: canonical ones, of which one names the place, in either language.
        within: what follows the word; free unless given.
    """
    known = sorted((each for word in words for each in _WORDS[word]), key=len, reverse=True)
    word = "|".join(re.escape(each) + (" ?" if each[-1] in ".§" else " ") for each in known)
    return f"(?:,? (?P<word>{word})(?P<within>{within}))?"


def steps_of(text: str) -> str:
    """Paragraphs and points in words or figures as `(2)(a)`."""
    return "".join(f"({figure or named})" for figure, named in _STEP.findall(text))


_ONE_ARTICLE = re.compile(rf"(?P<article>{ARTICLE})(?P<steps>{STEPS})")


def place_of(match: re.Match[str], *words: str) -> str:
    """The place that `placed` has matched, as it is written canonically, with a blank before; empty where there is none."""
    if match["word"] is None:
        return ""
    word = next(word for word in words if match["word"].strip() in _WORDS[word])
    within = match["within"]
    article = _ONE_ARTICLE.fullmatch(within) if word == "art." else None
    return f" {word} {article['article'] + steps_of(article['steps']) if article else within}"
