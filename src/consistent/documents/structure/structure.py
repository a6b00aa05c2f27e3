"""From blocks to the tree of parts, the same for all formats and languages.

What the markup says of a block is trusted; where it is silent, the words, the numbers and what came before decide.
What a document seems to have and its structure has not (articles, a number among them, an end) is said, never silent.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from consistent.documents.document import Content, Document, Part, PartKind, Span
from consistent.documents.structure._acts import Act, acts_of, is_marked
from consistent.documents.structure._enacting_terms import Provisions
from consistent.documents.structure._lines import Line, Quotations, is_sentence, lines_of, quotations_of
from consistent.documents.structure._tree import ARTICLE, DIVISION, LEAF, PIECE, TOP, Tree
from consistent.documents.structure.numbering import Ordinal, label_of, ordinal_of
from consistent.documents.structure.wording import Numbered, Wording, marks_of_structure, wording_of
from consistent.documents.words.languages import language_of, languages

__all__ = [
    "broken_off",
    "document_of",
    "misnumbered_articles",
    "missing_articles",
    "oversized_articles",
    "provisions_without_articles",
    "without_final_provisions",
]

# An act within an annex lies below it with all its parts; one in an annex of that too, and no deeper.
_NESTED = 100
_DEEPEST = 2 * _NESTED
# A paragraph of so many letters, and not a line of a cover.
_PARAGRAPH_LETTERS = 200
_HEADING_LETTERS = 200
_HEADING_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,5})\.?(?!\d)\s*(?=\S)|([\u2022\u00b7\u25cf])\s*(?=\S)")


def document_of(content: Content, name: str) -> Document:
    """The structure of a document.

    Args:
        content: what its format's reader made of it.
        name: what it was read from, for messages.

    Returns:
        A document whose language is told from its words; from what the file says of itself where they are too few.
    """
    text = "\n".join(block.line for block in content.blocks)
    language = language_of(text) or content.properties.get("language", "")
    known = languages()
    # Of a text whose language cannot be told, any might be the one; of one that is not known, there are no words.
    wording = wording_of([known[language]] if language in known else () if language else known.values())
    document = Document(name=name, content=content, language=language, text=text, parts=())
    walk = _Walk(content, wording)
    return Document(
        name=name,
        content=content,
        language=language,
        text=text,
        parts=walk.run().parts(document.starts),
        starts=document.starts,
    )


class _Walk:
    """Goes through the lines once, and opens and closes parts.

    `zone`: the kind of the piece of the document that the line lies in. `base`: what is added to every rank, for an act
    within an annex.
    """

    def __init__(self, content: Content, wording: Wording) -> None:
        self.wording = wording
        self.lines = lines_of(content.blocks)
        self.acts = acts_of(self.lines, wording)
        self.tree = Tree(content.blocks)
        self.provisions = Provisions(self.tree, self.lines, wording)
        self.outside = self._quoted_outside()
        self.zone: PartKind | None = None
        self.base = 0
        self.annexes: list[Ordinal | None] = []
        self.act: Act | None = None
        self.coming = list(self.acts)
        self.last_memorandum = max(
            (line.at for line in self.lines if wording.is_line("memorandum", line.text)), default=-1
        )
        self.recital: Ordinal | None = None
        self.numbered = False
        self.zones: Mapping[PartKind | None, Callable[[Line], None]] = {
            None: self._cover,
            "cover": self._cover,
            "title-of-act": self._plain,
            "preamble": self._preamble,
            "enacting-terms": self.provisions.enacting,
            "closing": self._plain,
            "annex": self._annex,
            "memorandum": self._headed,
            "financial-statement": self._headed,
            "text": self._headed,
        }

    def run(self) -> Tree:
        """The tree of all lines."""
        for line in self.lines:
            if line.aside:
                self.tree.aside(line.at)
            elif not (self._begins_piece(line) or self._begins_act(line)):
                self.zones[self.zone](line)
        return self.tree

    def _quoted_outside(self) -> Quotations:
        """What is quoted after the acts: in each stretch from the end of one to the title of the next."""
        quoted: set[int] = set()
        unclosed: set[int] = set()
        limits = [*(later.title for later in self.acts[1:]), len(self.lines)]
        for act, limit in zip(self.acts, limits, strict=False):
            quotations = quotations_of(self.lines[act.end : limit], self.wording)
            quoted |= quotations.lines
            unclosed |= quotations.unclosed
        return Quotations(frozenset(quoted), frozenset(unclosed))

    # The pieces of a document.

    def _begins_act(self, line: Line) -> bool:
        """Open the pieces of an act whose places were found; true if the line needs nothing more."""
        if self.coming and line.at == self.coming[0].title:
            self.act = self.coming.pop(0)
            self.base = min(self.base + _NESTED, _DEEPEST) if self.zone == "annex" else 0
            self._open_piece(line, "act", TOP)
            self._enter("title-of-act")
            if line.at < self.act.preamble:
                self._open_piece(line, "title-of-act", PIECE)
        act = self.act
        if act is None or self.zone not in {"title-of-act", "preamble", "enacting-terms"}:
            return False
        if line.at == act.preamble and act.preamble < act.enacting:
            self._open_piece(line, "preamble", PIECE)
            self._enter("preamble")
        if line.at == act.formula:
            self._open_piece(line, "enacting-formula", LEAF)
            return True
        if line.at == act.closing:
            self._open_piece(line, "closing", PIECE)
            self._enter("closing")
            return True
        if line.at == act.enacting:
            self._open_piece(line, "enacting-terms", PIECE)
            self._enter("enacting-terms")
        return False

    def _begins_piece(self, line: Line) -> bool:
        """Open a memorandum, an annex or a statement; true if the line does."""
        act, wording = self.act, self.wording
        if act is not None and line.at < act.end and self.zone != "annex":
            return False
        if self.coming and line.at == self.coming[0].title:
            return False
        if wording.is_line("memorandum", line.text) and self.zone in {None, "cover", "text", "closing"}:
            self._open_top(line, "memorandum")
            return True
        if self.zone in {None, "cover"} and self.last_memorandum < 0 and wording.is_line("memorandum-start", line.text):
            self._open_top(line, "memorandum")
            self._headed(line)
            return True
        if wording.is_line("financial-statement", line.text) and self.zone not in {
            "financial-statement",
            "cover",
            None,
        }:
            self._open_top(line, "financial-statement", heading=line.text)
            return True
        return self._begins_annex(line)

    def _begins_annex(self, line: Line) -> bool:
        """Open an annex, or take a line as the heading of the one that just began; true if the line does either."""
        if self.zone in {"memorandum", "title-of-act", "preamble"} or line.role not in {"annex", "heading", "text"}:
            return False
        if self.zone in {None, "cover", "text"} and self.coming:
            return False
        if line.quoted or (line.after_colon and line.role != "annex"):
            return False
        numbered = self.wording.annex(line.text, marked=is_marked(line))
        if numbered is None and line.role == "annex":
            numbered = Numbered("annex", "", line.text)
        if numbered is None:
            return False
        words = numbered.heading.casefold()
        if self.zone == "financial-statement" and any(
            phrase in words
            for language in self.wording.languages
            for phrase in language.lines.get("financial-statement", ())
        ):
            return False
        if self.zone == "annex" and self.tree.bare and (line.role == "annex" or not numbered.number):
            self.tree.head(line.at, line.text)
            return True
        self._open_annex(line, numbered)
        return True

    def _open_annex(self, line: Line, numbered: Numbered) -> None:
        """An annex of the outer act goes on with its numbers; another is of the act in the annex."""
        number = ordinal_of(numbered.number, self.wording.numbers) if numbered.number else None
        while self.annexes and self.base and self._goes_on(number):
            self.annexes.pop()
            self.base -= _NESTED
        depth = self.base // _NESTED
        del self.annexes[depth:]
        self.annexes.append(number)
        self._open_piece(line, "annex", TOP, number=numbered.number, heading=numbered.heading)
        self._enter("annex")

    def _goes_on(self, number: Ordinal | None) -> bool:
        """Whether an annex follows the one outside that of the act within it."""
        outer = self.annexes[self.base // _NESTED - 1] if self.base // _NESTED <= len(self.annexes) else None
        return number is not None and outer is not None and number.follows(outer)

    def _open_top(self, line: Line, kind: PartKind, *, heading: str = "") -> None:
        self.base = 0
        self.annexes.clear()
        self._open_piece(line, kind, TOP, heading=heading)
        self._enter(kind)

    def _open_piece(self, line: Line, kind: PartKind, rank: int, *, number: str = "", heading: str = "") -> None:
        self.tree.open(line.at, kind, self.base + rank, number=number, heading=heading)

    def _enter(self, zone: PartKind) -> None:
        """The lines from here on lie in a piece of that kind."""
        self.zone = zone
        self.numbered = False
        self.recital = None
        self.provisions.base = self.base
        self.provisions.act = self.act if zone == "enacting-terms" else None
        self.provisions.quotations = self.act.quotations if self.act and zone == "enacting-terms" else self.outside
        self.provisions.restart()

    # What the lines of each piece are.

    def _plain(self, line: Line) -> None:
        self.tree.add(line.at)

    def _cover(self, line: Line) -> None:
        """The cover goes on to whatever comes; in a document without an act or memorandum, to its first paragraph."""
        if not self.coming and self.last_memorandum <= line.at and self._is_body(line):
            self._open_top(line, "text")
            self._headed(line)
        elif self.zone is None:
            self._open_top(line, "cover")
        else:
            self.tree.add(line.at)

    def _is_body(self, line: Line) -> bool:
        """Whether a line comes after the cover: a heading with a number, or a paragraph."""
        match = _HEADING_NUMBER.match(line.text)
        numbered = match is not None and "." in match[0] and self._is_title(line)
        return numbered or (line.role != "row" and len(line.text) >= _PARAGRAPH_LETTERS and is_sentence(line.text))

    def _preamble(self, line: Line) -> None:
        """A citation, a recital, the word that opens the recitals, or more of one of these."""
        rank, words = LEAF, self.wording
        recital = self._recital(line)
        if recital is not None:
            self._open_piece(line, "recital", rank, number=recital)
        elif words.is_line("whereas", line.text):
            self.tree.close(self.base + rank)
            self.tree.add(line.at)
            self.recital = self.recital or Ordinal(0)
        elif line.role == "citation" or (self.recital is None and words.begins("citation", line.text)):
            self._open_piece(line, "citation", rank)
        else:
            self.tree.add(line.at)

    def _recital(self, line: Line) -> str | None:
        """The number of a recital, empty where it has none; None for any other line."""
        marked = line.role == "recital"
        if line.label is not None and (marked or self.recital is not None) and not line.label.quoted:
            at = next((at for kind, at in line.label.readings() if kind == "1"), None)
            if at is not None and (marked or self.recital is None or at > self.recital):
                self.recital = at
                return line.label.text
        if marked or (self.wording.begins("recital", line.text) and not self.wording.is_line("whereas", line.text)):
            self.recital = self.recital or Ordinal(0)
            return ""
        return None

    def _annex(self, line: Line) -> None:
        """An annex: headings, articles of what is annexed, paragraphs and points."""
        if self.tree.kind() == "annex" and self.tree.bare and self._is_heading(line):
            self.tree.head(line.at, line.text)
        elif not self.provisions.annexed(line):
            if self._is_title(line):
                self._heading(line)
            else:
                self.provisions.provision(line)

    def _is_heading(self, line: Line) -> bool:
        return line.role in {"heading", "article-heading", "title", "type"} or (line.role == "text" and line.is_short)

    def _headed(self, line: Line) -> None:
        """A piece of headings and paragraphs."""
        if self._is_title(line):
            self._heading(line)
        else:
            self.tree.add(line.at)

    def _is_title(self, line: Line) -> bool:
        """Whether a line is a heading by its markup or its words."""
        if line.role in {"heading", "title", "type", "article", "article-heading"}:
            return True
        match = _HEADING_NUMBER.match(line.text)
        if line.role != "text" or match is None or len(line.text) > _HEADING_LETTERS or is_sentence(line.text):
            return False
        words = line.text[match.end() :]
        return "." in (match[1] or "") or words.isupper() or (bool(match[2]) and self.zone == "memorandum")

    def _heading(self, line: Line) -> None:
        """A heading of a memorandum, statement or annex, as deep as the markup or its number says."""
        match = _HEADING_NUMBER.match(line.text)
        number = (match[1] or "") if match else ""
        level = line.level or (number.count(".") + 1 if number else 2 if match or self.numbered else 1)
        self.numbered = self.numbered or bool(number)
        self.provisions.restart()
        heading = line.text[match.end() :] if match else line.text
        rank = DIVISION + min(level, ARTICLE - DIVISION - 1)
        self._open_piece(line, "heading", rank, number=number, heading=heading)


# What is missing.

# Two articles in sequence are an act; one alone may be a reference to another's.
_FIRST_TWO = frozenset({1, 2})
# In letters: what lacks a full stop and is shorter can be a heading or a signature.
_LONGER_THAN_HEADINGS = 80
# An article that is so many times as long as half of them, and so long at all, is longer than articles are.
_FAR_LARGER, _LARGE, _FEWEST_ARTICLES = 5, 5_000, 3


def provisions_without_articles(document: Document) -> tuple[Span, ...]:
    """The places that show that a document has provisions, though its structure has no article.

    Returns:
        The numbers of articles, where 1 and 2 are among them, and the formulas that enact; in the order of the text. Empty
        where articles were found, and where nothing looks like one. A recommendation enacts without articles: what follows
        is for a reader to say.
    """
    if document.named("article"):
        return ()
    marks, text = marks_of_structure(), document.text
    numbered = [match for match in marks.article.finditer(text) if _begins_sentence(text, match.start())]
    seen = numbered if {int(mark[1]) for mark in numbered} >= _FIRST_TWO else []
    places = [mark.span() for mark in (*seen, *marks.enacted.finditer(text))]
    return tuple(Span(*place) for place in sorted(places))


def missing_articles(document: Document) -> tuple[str, ...]:
    """The numbers that are left out between those of the articles of the act, in order; one was not found, or was deleted."""
    acts = document.top("act")
    if len(acts) != 1:
        return ()
    numbers = [0, *(int(article.number) for article in _articles(acts[0].parts) if article.number.isdecimal())]
    missing = [str(number) for before, after in pairwise(numbers) for number in range(before + 1, after)]
    # More than are there: the numbers are of another kind than was thought.
    return tuple(missing) if len(missing) < len(numbers) - 1 else ()


def oversized_articles(document: Document) -> tuple[Part, ...]:
    """The articles of the act that are far longer than the others: one may hold what follows on it.

    A long list, of definitions say, holds nothing else.
    """
    acts = document.top("act")
    articles = _articles(acts[0].parts) if len(acts) == 1 else ()
    if len(articles) < _FEWEST_ARTICLES:
        return ()
    letters = sorted(article.span.end - article.span.start for article in articles)
    most = max(_FAR_LARGER * letters[len(letters) // 2], _LARGE)
    return tuple(
        article
        for article in articles
        if article.span.end - article.span.start > most and (article.named("quoted") or not article.named("point"))
    )


def without_final_provisions(document: Document) -> Part | None:
    """The last article of an act that quotes another, where none of its own says when it takes effect: later ones may be lost.

    Returns:
        None where one does, or where the act quotes nothing.
    """
    acts = document.top("act")
    if len(acts) != 1 or not acts[0].named("quoted") or document.language not in languages():
        return None
    articles = _articles(acts[0].parts)
    words = languages()[document.language].phrases.get("final-provision", ())
    own = (" ".join(piece.split()).casefold() for article in articles for piece in _own_words(document, article))
    final = any(phrase in piece for piece in own for phrase in words)
    return articles[-1] if articles and not final else None


def _own_words(document: Document, part: Part) -> Iterator[str]:
    """The words of a part, without those that it quotes."""
    if part.kind != "quoted":
        yield document.prose(part, own=True)
        for inner in part.parts:
            yield from _own_words(document, inner)


def misnumbered_articles(document: Document) -> tuple[tuple[Span, str], ...]:
    """The articles that carry the number of the one before them, while the next number is missing; with the number that is meant."""
    acts = document.top("act")
    if len(acts) != 1:
        return ()
    articles = [article for article in _articles(acts[0].parts) if article.number.isdecimal()]
    missing = set(missing_articles(document))
    return tuple(
        (article.span, str(int(article.number) + 1))
        for before, article in pairwise(articles)
        if before.number == article.number and str(int(article.number) + 1) in missing
    )


def _articles(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The articles of an act, without those that it quotes."""
    articles: list[Part] = []
    for part in parts:
        if part.kind == "article":
            articles.append(part)
        elif part.kind != "quoted":
            articles += _articles(part.parts)
    return tuple(articles)


def broken_off(document: Document) -> Span | None:
    """The last line of a text that ends amid a sentence of its act or of its memorandum; None where it does not."""
    last = document.parts[-1] if document.parts else None
    if last is None or last.kind not in {"act", "memorandum"} or last.named("closing"):
        return None
    at = next(
        (
            Span(start, start + len(block.line))
            for start, block in zip(reversed(document.starts), reversed(document.content.blocks), strict=True)
            if block.role not in {"note", "running", "row"} and start >= last.span.start
        ),
        None,
    )
    text = document.of(at) if at else ""
    label = label_of(text)
    numbered = label is not None and label.marks == "."
    if is_sentence(text) or (len(text) < _LONGER_THAN_HEADINGS and not numbered):
        return None
    return at


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 5) : at].rstrip(" ")
    return not before or before[-1] in "\n\t.;:)\u2019\u201d\"'|"
