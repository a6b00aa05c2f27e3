"""When an act enters into force and applies, and by when its provisions must be carried out: in days of the calendar, or counted from an event.

Counted are days that the text gives to somebody who must act, and those that hold for the act itself. Periods that begin with
something else, `within two months of receipt`, belong to a procedure and are none.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, cast

from attrs import evolve, frozen

from consistent.documents.citing.references import Place
from consistent.documents.document import Document, Span
from consistent.documents.provisions.provisions import Provision
from consistent.documents.provisions.sentences import parties_in
from consistent.documents.words.days import day_of, day_pattern
from consistent.documents.words.provision_words import Party, ProvisionWords, words_of

__all__ = ["Event", "TimeLimit", "time_limits_of"]

# In letters: one verb, before the one who acts.
_VERB_WITHIN = 20
Event = Literal["publication", "entry-into-force", "application", "adoption"]
Unit = Literal["day", "month", "year"]


@frozen(kw_only=True)
class When:
    """A day: of the calendar, or counted from an event. All is None for a day that the text leaves to be filled in.

    Attributes:
        date: of the calendar.
        number: of days, months or years; 0 for the day of the event itself.
        unit: of the number.
        after: the event.
        end: where the words end.
    """

    date: dt.date | None = None
    number: int | None = None
    unit: Unit | None = None
    after: Event | None = None
    end: int


@frozen(kw_only=True)
class TimeLimit:
    """When something applies, or must be done.

    Attributes:
        kind: `entry-into-force`, `application`, `end`; what else must be done by then: `transposition`, `designation`.
        place: where the text says so.
        when: the day.
        who: must do it, a term for actors; empty where the act itself is meant, or nobody is named.
        provisions: what alone it holds for; None where it holds for the whole act.
        span: of the sentence.
    """

    kind: str
    place: Place
    when: When
    who: str = ""
    provisions: Span | None = None
    span: Span


def time_limits_of(document: Document, provisions: Sequence[Provision]) -> tuple[TimeLimit, ...]:
    """The time limits of an act, in the order of the text; none where its language is not read.

    Args:
        document: with its structure.
        provisions: of the document. What is to become part of another act is passed over: its days are counted there.
    """
    words = words_of(document.language)
    if words is None:
        return ()
    own = [provision for provision in provisions if provision.amended is None and not provision.place.annex]
    articles = [list(group) for _, group in groupby(own, key=lambda provision: provision.place.article)]
    return tuple(limit for article in articles for limit in _of_article(document, article, words))


def _of_article(document: Document, article: Sequence[Provision], words: ProvisionWords) -> Iterator[TimeLimit]:
    """The limits of one article; the one on the exercise of the delegation has periods of its own."""
    if words.patterns["exercise.headings"].fullmatch(article[0].heading.strip()):
        return
    in_force = any(words.patterns["time.force"].search(document.of(sentence.span)) for sentence in article)
    for sentence in article:
        found = list(_of_act(document, sentence, words, it=in_force))
        yield from found
        if not found and sentence.modality in {"shall", "should", "declaratory"}:
            yield from _of_duty(document, sentence, words)


def _of_act(document: Document, sentence: Provision, words: ProvisionWords, *, it: bool) -> Iterator[TimeLimit]:
    """What a sentence says of the act itself, or of some of its provisions.

    Args:
        document: that holds it.
        sentence: of the act.
        words: of its language.
        it: whether `it` is the act: so in the article that brings it into force.
    """
    end = sentence.span.end
    for kind, key in (("entry-into-force", "force"), ("application", "applies"), ("end", "ends")):
        for clause in words.patterns[f"time.{key}"].finditer(document.text, sentence.span.start, end):
            when = _when(document, clause.end(), end, words)
            own = Span(sentence.span.start, clause.start())
            provisions = _provisions(document, own, words) if kind != "entry-into-force" else None
            if when is not None and (provisions or it or words.patterns["time.this"].search(document.of(own))):
                yield TimeLimit(
                    kind=kind, place=_plain(sentence.place), when=when, provisions=provisions, span=sentence.span
                )


def _provisions(document: Document, before: Span, words: ProvisionWords) -> Span | None:
    """The provisions that a clause is about: those named last before it, where the sentence names no act after them."""
    # No name of a provision has one of these marks, and none leads over it: what stands before the last one is not looked at.
    start = max(before.start, *(document.text.rfind(mark, before.start, before.end) + 1 for mark in ";:."))
    named = words.patterns["time.provisions"].search(document.text, start, before.end)
    return Span(named.start(), named.end("named")) if named else None


def _of_duty(document: Document, sentence: Provision, words: ProvisionWords) -> Iterator[TimeLimit]:
    """By when somebody must act, as far as a sentence says so."""
    text, span = document.text, sentence.span
    found = _by(document, span, words)
    if found is None:
        return
    whole = (
        f"{sentence.heading}: {document.of(Span(sentence.chapeau.start if sentence.chapeau else span.start, span.end))}"
    )
    party = sentence.addressee or _inverted(text, Span(found.end, span.end), words)
    if party is None and words.patterns["clausal"].match(_clause(text, span, found)):
        return  # what is told is a condition: `where a contract is signed by 30 May`
    kind = next((kind for kind, pattern in words.time_limits if pattern.search(whole)), "other")
    yield TimeLimit(kind=kind, place=_plain(sentence.place), when=found, who=party.name if party else "", span=span)


def _inverted(text: str, after: Span, words: ProvisionWords) -> Party | None:
    """Who is named behind the verb where the day begins the sentence: `Uiterlijk op 1 juni dient elke lidstaat een plan in`."""
    first = next(iter(parties_in(text, after, words)), None) if words.verb_second else None
    return first if first is not None and first.span.start - after.start <= _VERB_WITHIN else None


def _clause(text: str, span: Span, when: When) -> str:
    """The words of the clause that a day stands in, up to that."""
    start = max(span.start, *(text.rfind(mark, span.start, when.end) + 1 for mark in ",;:"))
    return text[start : when.end].lstrip()


def _by(document: Document, span: Span, words: ProvisionWords) -> When | None:
    """The first day in a sentence by which something must be done."""
    for lead in words.patterns["time.by"].finditer(document.text, span.start, span.end):
        when = _when(document, lead.end(), span.end, words)
        if when is not None:
            return when
    relative = words.patterns["time.relative"].search(document.text, span.start, span.end)
    return _relative(relative, words) if relative else None


def _when(document: Document, start: int, end: int, words: ProvisionWords) -> When | None:
    """The day that begins at a place in the text; None where none does."""
    text = document.text
    relative = words.patterns["time.relative"].match(text, start, end)
    if relative:
        return _relative(relative, words)
    ordinal = words.patterns["time.ordinal"].match(text, start, end)
    if ordinal:
        number = words.ordinals.get(ordinal["number"].lower())
        return None if number is None else When(number=number, unit="day", after="publication", end=ordinal.end())
    same = words.patterns["time.same_day"].match(text, start, end)
    if same:
        return When(number=1 if same["next"] else 0, unit="day", after="publication", end=same.end())
    event = words.patterns["time.event"].match(text, start, end)
    if event:
        return When(number=0, unit="day", after=_event(event), end=event.end())
    opened = start + (text[start : start + 1] == "[")
    written = day_pattern().match(text, opened, end)
    if written:
        return When(date=day_of(written), end=written.end())
    left = words.patterns["time.left_open"].match(text, start, end)
    return When(end=left.end()) if left else None


def _relative(match: re.Match[str], words: ProvisionWords) -> When | None:
    written = match["number"].lower()
    number = int(written) if written.isdigit() else words.numbers.get(written)
    if number is None:
        return None
    return When(number=number, unit=words.time_units[match["unit"].lower()], after=_event(match), end=match.end())


def _event(match: re.Match[str]) -> Event:
    """The event that a match names: its group is called after it."""
    name = next(name for name, found in match.groupdict().items() if name.startswith("e_") and found)
    return cast("Event", name.removeprefix("e_").replace("_", "-"))


def _plain(place: Place) -> Place:
    return evolve(place, subparagraph="")
