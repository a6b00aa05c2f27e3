"""Which statements a proposal makes: on subsidiarity, proportionality, fundamental rights, the budget and the rest.

A statement counts where it says what its term means, and not because there is a heading for it. That on the budget says what
the act costs the Union and how that is met: a section that says that there is no cost makes none, so that an act which spends
all the same is seen to do so without one. Terms for which no words are sure are never read: they stay unknown, and are never
said to be absent. `headers/en.toml` of the words names them.
"""

import re
from collections.abc import Mapping
from functools import cache

from attrs import field, frozen

from consistent.documents.document import Document, Part, Span
from consistent.documents.words.header_words import HeaderWords, all_words, gapped

__all__ = ["Statements", "read_statements"]

_MARKS = re.compile(r"^[\s\W\d.]*(?:\d{1,2}(?:\.\d{1,2})*\.?\s*)?|[\s.:;\u2013\u2014-]+$")
# What says that there is nothing to state is short, and says so at once; a longer text says something.
_NOTHING, _AT_ONCE = 60, 600


@frozen(kw_only=True)
class Statements:
    """Which statements there are, as terms of the vocabulary `statements`.

    Attributes:
        present: each with the heading or sentence that makes it.
        absent: those that are known to be missing, in order of name: a memorandum was read from its beginning to the act
            behind it and has neither such a heading nor its words; or it has one and says under it that there is nothing to state. What is in
            neither is unknown.
        disclaimed: of the absent, those with a heading, and what stands under it.
    """

    present: Mapping[str, Span] = field(factory=dict)
    absent: tuple[str, ...] = ()
    disclaimed: Mapping[str, Span] = field(factory=dict)


def read_statements(document: Document, *, whole: bool = True) -> Statements:
    """Which statements a proposal makes.

    Args:
        document: in a language whose words are known in full; of another, nothing is known.
        whole: whether the document is all there; False for a page that shows a part of it.
    """
    words = all_words().get(document.language)
    if words is None or not words.listed("statements"):
        return Statements()
    present: dict[str, Span] = {}
    disclaimed: dict[str, Span] = {}
    memoranda = document.top("memorandum")
    for memorandum in memoranda:
        for heading in memorandum.named("heading"):
            _under(document, words, heading, present, disclaimed)
    for statement in document.top("financial-statement"):
        present.setdefault("budget", _first_line(document, statement.span))
    _in_act(document, words, present)
    known = whole and bool(memoranda) and bool(document.top("act")) and bool(memoranda[0].named("heading"))
    silent = {
        key
        for key in words.listed("statements")
        if known and not any(_spoken_of(words, key).search(document.of(part.span)) for part in memoranda)
    }
    missing = (silent | set(disclaimed)) - set(present)
    return Statements(
        present=present,
        absent=tuple(sorted(missing)),
        disclaimed={key: span for key, span in disclaimed.items() if key in missing},
    )


def _under(
    document: Document, words: HeaderWords, heading: Part, present: dict[str, Span], disclaimed: dict[str, Span]
) -> None:
    """Note what a heading makes a statement of, if anything of its own stands under it."""
    line = _first_line(document, heading.span)
    title = _MARKS.sub("", document.of(line))
    body = document.of(Span(line.end, heading.span.end)).strip()
    named = [key for key in words.listed("statements") if _heading(words, key).fullmatch(title)]
    if len(named) > 1 and not document.prose(heading, own=True)[len(document.of(line)) :].strip():
        # A chapter on several, each with a heading of its own below it, or none.
        return
    for key in named if body else ():
        none = _disclaimer(words, key, body)
        if none:
            disclaimed.setdefault(key, Span(line.start, heading.span.end))
        else:
            present.setdefault(key, line)


def _disclaimer(words: HeaderWords, key: str, body: str) -> bool:
    """Whether what stands under a heading says that there is nothing to state."""
    if len(body) < _NOTHING and words.pattern("none", "any").match(body):
        return True
    if words.pattern("none", key).search(body[:_AT_ONCE]) is None:
        return False
    # Where words can take it back, all that is said is looked at.
    return not words.listed("unless", key) or (len(body) <= _AT_ONCE and not words.pattern("unless", key).search(body))


def _in_act(document: Document, words: HeaderWords, present: dict[str, Span]) -> None:
    """Statements that recitals and citations make."""
    recitals = [part for act in document.top("act") for part in act.named("recital")]
    if recitals:
        present.setdefault("reasons", Span(recitals[0].span.start, recitals[-1].span.end))
    for key in words.listed("recitals"):
        for recital in recitals:
            sentence = _sentence(words, key).search(document.text, recital.span.start, recital.span.end)
            if sentence:
                present.setdefault(key, Span(*sentence.span()))


def _first_line(document: Document, span: Span) -> Span:
    stop = document.text.find("\n", span.start, span.end)
    return Span(span.start, stop if stop >= 0 else span.end)


@cache
def _spoken_of(words: HeaderWords, key: str) -> re.Pattern[str]:
    """The words of a heading anywhere: where they occur, its heading may have been lost in the format."""
    forms = {form.replace("...", " ").strip() for form in words.listed("statements", key)}
    return re.compile("|".join(map(gapped, sorted(forms))), re.IGNORECASE)


@cache
def _sentence(words: HeaderWords, key: str) -> re.Pattern[str]:
    """Words in a sentence that make a statement."""
    forms = "|".join(gapped(form) for form in words.listed("recitals", key))
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)


@cache
def _heading(words: HeaderWords, key: str) -> re.Pattern[str]:
    forms = "|".join(gapped(form) for form in words.listed("statements", key))
    # Words in brackets: 'Subsidiarity (for non-exclusive competence)'.
    return re.compile(rf"(?:{forms})(?:\s?\(.{{1,80}}\))?", re.IGNORECASE)
