"""Where acts begin and end in a document, which articles are their own, and what they quote from others.

An act is told by its preamble: a citation with another, or the recitals, after it. Its articles are the longest run of
ascending numbers outside quotations, for `Article 5a` that is inserted into another act is not one of them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from attrs import frozen

from consistent.documents.structure._lines import Line, Quotations, quotations_between
from consistent.documents.structure.numbering import Ordinal, ordinal_of
from consistent.documents.structure.wording import Numbered, Wording

__all__ = ["Act", "acts_of", "is_marked"]

# How many lines the title of an act may have, and how long one may be.
_TITLE_LINES, _TITLE_LETTERS = 12, 2_000
# Between a chapter and its first article stand headings and narrower divisions.
_HEADING_LINES = 6
_NUMBER = re.compile(r"\d{1,4}[a-z]{0,2}")
# Two articles that the markup marks show that it marks those of the act.
_FIRST_TWO = frozenset({1, 2})
# What an inserted article counts, and a number that is left out costs, where an article counts one.
_INSERTED, _GAP = 0.01, 0.2
# INVARIANT: sequences are weighed in time that grows with the square of the number of articles; no act has more.
_MOST_WEIGHED = 1_500


@frozen(kw_only=True)
class Act:
    """Where the pieces of an act begin, as places among the lines; each follows on the one before.

    Attributes:
        title: of its title.
        preamble: equal to `enacting` where it has none.
        formula: the line that enacts; None where there is none.
        enacting: of its first chapter or article.
        closing: of the place and date; equal to `end` where it has none.
        end: where its articles end: at an annex, another act, or the end of the document.
        articles: by place, the lines that number its own articles.
        rejected: the places of lines that number articles of other acts.
        quotations: in its enacting terms.
    """

    title: int
    preamble: int
    formula: int | None
    enacting: int
    closing: int
    end: int
    articles: Mapping[int, Numbered]
    rejected: frozenset[int]
    quotations: "Quotations"


def is_marked(line: Line) -> bool:
    """Whether the markup sets a line apart."""
    return line.role in {"heading", "article", "annex", "title", "type"}


def acts_of(lines: Sequence[Line], wording: Wording) -> tuple[Act, ...]:
    """The acts in a document, in order; none in one that is no act."""
    real = [line for line in lines if not line.aside]
    starts = list(_preambles(real, wording))
    if not starts:
        implied = _implied(real, wording)
        return () if implied is None else (implied,)
    titles = [_title(real, start, before + 1, wording) for before, start in zip([-1, *starts], starts, strict=False)]
    acts = []
    for start, title, limit in zip(starts, titles, [*titles[1:], len(real)], strict=True):
        formula, enacting = _enacting(real, start, limit, wording)
        acts.append(_act(real, title, start, formula, enacting, limit, wording))
    return tuple(acts)


def _act(
    real: Sequence[Line], title: int, preamble: int, formula: int | None, enacting: int, limit: int, wording: Wording
) -> Act:
    """The act whose pieces begin at those places among the real lines.

    Args:
        real: the lines of the document that lie in the sentences.
        title: the place of its title.
        preamble: of its preamble.
        formula: of the line that enacts; None where there is none.
        enacting: of the first line after the preamble.
        limit: the place after the last line that can be its own.
        wording: of its language.
    """
    quotations = quotations_between(real, enacting, limit, wording)
    breaks = _swallowed(real, enacting, limit, quotations, wording)
    if breaks:
        quotations = quotations_between(real, enacting, limit, wording, breaks)
    closing, end = _ends(real, enacting, limit, quotations, wording)
    candidates = _candidates(real, enacting, closing, quotations, wording)
    numbered = [(at, ordinal_of(article.number, wording.numbers) or Ordinal(1)) for at, article in candidates]
    # An article that the line before announces is put into another act, quoted or not.
    possible = {at for at, _ in candidates if at == enacting or not _is_announced(real, at, wording)}
    possible -= _mere_words(real, [candidate for candidate in numbered if candidate[0] in possible])
    unclosed = [at for at, line in enumerate(real) if line.at in quotations.unclosed]
    run = _sequence([candidate for candidate in numbered if candidate[0] in possible], unclosed)
    own = _with_doubles(numbered, possible, run, unclosed)
    return Act(
        title=_place(real, title),
        preamble=_place(real, preamble),
        formula=None if formula is None else _place(real, formula),
        enacting=_place(real, enacting),
        closing=_place(real, closing),
        end=_place(real, end),
        articles={real[at].at: article for at, article in candidates if at in own},
        rejected=frozenset(real[at].at for at, _ in candidates if at not in own),
        quotations=quotations,
    )


def _is_announced(real: Sequence[Line], at: int, wording: Wording) -> bool:
    """Whether the line before leads up to an article, which is another act's then; the formula that enacts leads to the act's."""
    line = real[at]
    return line.role != "article" and line.after_colon and not wording.begins("enacting-formula", real[at - 1].text)


def _place(real: Sequence[Line], at: int) -> int:
    return real[at].at if at < len(real) else (real[-1].at + 1 if real else 0)


def _preambles(real: Sequence[Line], wording: Wording) -> Iterator[int]:
    """Where preambles begin."""
    at = 0
    while at < len(real):
        if _is_preamble(real, at, wording):
            yield _formula_start(real, at, wording)
            at = _enacting(real, at, len(real), wording)[1]
        at += 1


def _formula_start(real: Sequence[Line], at: int, wording: Wording) -> int:
    """The first line of the institutions that adopt, which may stand on two: `THE EUROPEAN PARLIAMENT AND`, `THE COUNCIL ...,`."""
    if at == 0 or not real[at].text.isupper() or not real[at].text.endswith(","):
        return at
    before = real[at - 1].text
    return at - 1 if before.isupper() and before[-1].isalpha() and wording.begins("institution", before) else at


def _is_preamble(real: Sequence[Line], at: int, wording: Wording) -> bool:
    """Whether a preamble begins at a place: an institution before a citation, a citation with another, or the recitals."""
    line, follows = real[at], real[at + 1] if at + 1 < len(real) else None
    if line.text.endswith(",") and (line.text.isupper() or wording.begins("institution", line.text)):
        return follows is not None and (_is_citation(follows, wording) or wording.is_line("whereas", follows.text))
    if _is_citation(line, wording):
        return follows is not None and (
            _is_citation(follows, wording)
            or follows.role == "recital"
            or wording.is_line("whereas", follows.text)
            or wording.begins("enacting-formula", follows.text)
            or line.text.endswith(":")
        )
    if wording.is_line("whereas", line.text) and line.text.rstrip().endswith(":"):
        return follows is not None and (follows.role == "recital" or _numbers(follows))
    return line.role == "recital"


def _numbers(line: Line) -> bool:
    return line.label is not None and any(kind == "1" and at.first for kind, at in line.label.readings())


def _is_citation(line: Line, wording: Wording) -> bool:
    return line.role == "citation" or wording.begins("citation", line.text)


def _enacting(real: Sequence[Line], start: int, limit: int, wording: Wording) -> tuple[int | None, int]:
    """Where the enacting formula stands, and the first line after the preamble."""
    for at in range(start + 1, limit):
        line = real[at]
        if line.role in {"citation", "recital"}:
            continue
        if wording.begins("enacting-formula", line.text) and not _is_citation(line, wording):
            return at, at + 1
        if (
            line.role == "article"
            or wording.article(line.text, marked=is_marked(line))
            or _leads_to_articles(real, at, wording)
        ):
            return None, at
        if _is_outside(line, wording) or (line.role in {"type", "title"}):
            return None, at
    return None, limit


def _leads_to_articles(real: Sequence[Line], at: int, wording: Wording) -> bool:
    """Whether a line is the first chapter of enacting terms; where only its words say so, an article follows soon."""
    line = real[at]
    if wording.division(line.text, marked=is_marked(line)) is None:
        return False
    return line.role != "text" or any(
        wording.article(later.text, marked=is_marked(later)) is not None
        for later in real[at + 1 : at + 1 + _HEADING_LINES]
    )


def _is_outside(line: Line, wording: Wording) -> bool:
    """Whether a line comes after an act: a closing, an annex, a statement."""
    return (
        wording.begins("closing", line.text)
        or wording.begins("final-formula", line.text)
        or line.role == "annex"
        or wording.annex(line.text, marked=is_marked(line)) is not None
        or wording.is_line("financial-statement", line.text)
        or wording.is_line("memorandum", line.text)
    )


def _title(real: Sequence[Line], preamble: int, earliest: int, wording: Wording) -> int:
    """Where the title of an act begins, its preamble being known; not before `earliest`."""
    title, named = preamble, False
    for at in range(preamble - 1, max(earliest, preamble - _TITLE_LINES) - 1, -1):
        line = real[at]
        names = line.role in {"type", "title"} or (
            line.role in {"text", "heading", "reference"}
            and (wording.begins("instrument", line.text) or wording.begins("proposal", line.text))
        )
        if names:
            title, named = at, True
        elif named:
            return at if line.role == "text" and wording.is_procedure_number(line.text) else title
        elif (
            line.role not in {"text", "heading", "reference"}
            or len(line.text) > _TITLE_LETTERS
            or _stops(line, wording)
        ):
            return title
    return title


def _stops(line: Line, wording: Wording) -> bool:
    """Whether a line cannot be within a title."""
    return line.text.endswith(".") or wording.is_line("memorandum", line.text) or _is_outside(line, wording)


def _implied(real: Sequence[Line], wording: Wording) -> Act | None:
    """The act of a document without a preamble, as consolidated texts are: told by its articles."""
    whole = _act(real, 0, 0, None, 0, len(real), wording)
    memorandum = any(wording.is_line("memorandum", line.text) for line in real)
    places = [at for at, line in enumerate(real) if line.at in whole.articles]
    if memorandum:
        places = [at for at in places if real[at].role == "article"]
    if not places:
        return None
    start = places[0]
    while start and (real[start - 1].role == "heading" or wording.division(real[start - 1].text, marked=False)):
        start -= 1
    title = start
    while title and real[title - 1].role in {"type", "title"}:
        title -= 1
    return _act(real, title, start, None, start, len(real), wording)


def _ends(real: Sequence[Line], start: int, limit: int, quotations: Quotations, wording: Wording) -> tuple[int, int]:
    """Where the closing of an act begins, and where the act ends."""
    closing: int | None = None
    for at in range(start, limit):
        line = real[at]
        if line.at in quotations.lines or line.quoted:
            continue
        if closing is None and (wording.begins("closing", line.text) or _is_final(real, at, limit, wording)):
            closing = at
        elif _is_annex(line, wording) or wording.is_line("financial-statement", line.text):
            return (at if closing is None else closing), at
    return (limit if closing is None else closing), limit


def _is_final(real: Sequence[Line], at: int, limit: int, wording: Wording) -> bool:
    """Whether a line is the formula before the place and date."""
    if not wording.begins("final-formula", real[at].text):
        return False
    return at + 1 >= limit or wording.begins("closing", real[at + 1].text)


def _is_annex(line: Line, wording: Wording) -> bool:
    """Whether a line begins an annex of the act: no other act's, which the line before announces."""
    if line.role == "annex":
        return True
    return not line.after_colon and wording.annex(line.text, marked=is_marked(line)) is not None


def _candidates(
    real: Sequence[Line], start: int, stop: int, quotations: Quotations, wording: Wording
) -> list[tuple[int, Numbered]]:
    """The lines that number articles, outside quotations."""
    candidates = []
    for at in range(start, stop):
        line = real[at]
        if line.role not in {"text", "article", "heading"} or line.at in quotations.lines or line.quoted:
            continue
        article = wording.article(line.text, marked=is_marked(line))
        if article is None and line.role == "article":
            # The markup knows an article in a language whose words nobody has given.
            number = _NUMBER.search(line.text)
            article = Numbered("article", number[0] if number else "", "")
        if article is not None:
            candidates.append((at, article))
    return candidates


def _swallowed(
    real: Sequence[Line], start: int, limit: int, quotations: Quotations, wording: Wording
) -> frozenset[int]:
    """The places of articles of the act itself that a quotation runs over, as its end is not marked where it should be.

    They go on with the numbers before the quotation, and no article after it does: else it ends where its mark says.
    """
    inside: dict[int, list[int]] = {}
    outside: dict[int, list[int]] = {}
    for at in range(start, limit):
        line = real[at]
        if line.role not in {"text", "article", "heading"} or line.quoted:
            continue
        if at > start and _is_announced(real, at, wording):
            continue
        article = wording.article(line.text, marked=is_marked(line))
        number = ordinal_of(article.number, wording.numbers) if article else None
        if number is None or number.inserted:
            continue
        if line.at in quotations.lines:
            inside.setdefault(number.number, []).append(at)
        else:
            outside.setdefault(number.number, []).append(at)
    breaks: set[int] = set()
    reached, at = 0, start - 1
    while inside:
        places = outside.get(reached + 1, [])
        following = bisect_right(places, at)
        if following < len(places):
            reached, at = reached + 1, places[following]
            continue
        # The number is missing outside quotations.
        lost = _run_on(inside, reached, at) if reached else ()
        if not lost:
            break
        breaks.update(lost)
        reached, at = reached + len(lost), lost[-1]
    return frozenset(breaks)


def _run_on(inside: Mapping[int, Sequence[int]], reached: int, after: int) -> tuple[int, ...]:
    """The places of articles that go on with a number, one more each, as many as can be and each as late as it can be.

    Late, because what is put into an act comes before the next article of the act that puts it there.

    Args:
        inside: by number, the places of articles, ascending.
        reached: the number before the first.
        after: the place that they come after.
    """
    highest = reached
    while highest + 1 in inside and highest < reached + _MOST_WEIGHED:
        highest += 1
    for top in range(highest, reached, -1):
        places: list[int] = []
        before: float = float("inf")
        for number in range(top, reached, -1):
            index = bisect_left(inside[number], before)
            if not index or inside[number][index - 1] <= after:
                break
            before = inside[number][index - 1]
            places.append(inside[number][index - 1])
        else:
            return tuple(reversed(places))
    return ()


def _mere_words(real: Sequence[Line], numbered: Sequence[tuple[int, Ordinal]]) -> frozenset[int]:
    """The places of articles that only their words tell, where the markup marks those of the act: they are another act's.

    One that goes on where the marked ones leave a gap or end is kept: somebody forgot to mark it.
    """
    marked = {number.number for at, number in numbered if real[at].role == "article" and not number.inserted}
    if not marked.issuperset(_FIRST_TWO):
        return frozenset()
    return frozenset(
        at
        for at, number in numbered
        if real[at].role != "article"
        and (number.inserted or number.number in marked or number.number > max(marked) + 1)
    )


def _with_doubles(
    candidates: Sequence[tuple[int, Ordinal]], possible: Container[int], own: frozenset[int], unclosed: Sequence[int]
) -> frozenset[int]:
    """The run, and those next to one of it that have its number: a slip, or two versions; neither may be lost.

    Args:
        candidates: places and numbers, also of articles that can only be another act's.
        possible: the places of the others.
        own: the run.
        unclosed: the places where a quotation begins whose end is not marked: what comes after may be another act's.
    """
    kept = set(own)
    before = -1
    for _, group in groupby(candidates, key=itemgetter(1)):
        places = [at for at, _ in group]
        foreign = bisect_left(unclosed, before) != bisect_left(unclosed, places[-1])
        if not own.isdisjoint(places) and not foreign and (before < 0 or before in kept):
            kept.update(at for at in places if at in possible)
        before = places[-1]
    return frozenset(kept)


def _sequence(numbered: Sequence[tuple[int, Ordinal]], unclosed: Sequence[int]) -> frozenset[int]:
    """The places of the articles of an act: ascending numbers, as many and as unbroken as can be.

    What comes after a quotation whose end is not marked is of the act where it goes on with its numbers: so a run of numbers
    that are put into another act, `5a` to `5z`, or 30 to 60, counts for nothing where the act itself goes on later.

    Args:
        numbered: places and numbers.
        unclosed: the places where a quotation begins whose end is not marked.
    """
    if not unclosed or len(numbered) > _MOST_WEIGHED:
        return _ascending(numbered)
    opened = [bisect_left(unclosed, at) for at, _ in numbered]
    onward = _goes_on_below([number for _, number in numbered])
    best: list[float] = []
    before: list[int | None] = []
    for which, (_, number) in enumerate(numbered):
        worth = _INSERTED if number.inserted else 1.0
        below, at = onward[which]
        score, origin = worth - _GAP * max(0, number.number - 1), None
        if opened[which] and below > Ordinal(0):
            score = worth - (at - which)
        for earlier in range(which):
            known = numbered[earlier][1]
            if known >= number:
                continue
            cost = _GAP * max(0, number.number - known.number - 1)
            if opened[earlier] != opened[which]:
                # All up to where the act goes on is another act's.
                cost = max(cost, at - which if below > known else 0, _GAP if number.inserted else 0)
            # Of one number twice, the later: what is put into an act comes before its next article.
            if best[earlier] + worth - cost >= score:
                score, origin = best[earlier] + worth - cost, earlier
        best.append(score)
        before.append(origin)
    run: set[int] = set()
    chosen: int | None = max(range(len(best)), key=lambda which: (best[which], which), default=None)
    while chosen is not None:
        run.add(numbered[chosen][0])
        chosen = before[chosen]
    return frozenset(run)


def _goes_on_below(numbers: Sequence[Ordinal]) -> list[tuple[Ordinal, int]]:
    """For each number the highest plain one below it that comes after it, and where it comes last; zero where none does."""
    last = {number: which for which, number in enumerate(numbers) if not number.inserted}
    ordered = sorted(last)
    found = []
    for which, number in enumerate(numbers):
        index = bisect_left(ordered, number) - 1
        while index >= 0 and last[ordered[index]] < which:
            index -= 1
        found.append((ordered[index], last[ordered[index]]) if index >= 0 else (Ordinal(0), which))
    return found


def _ascending(candidates: Sequence[tuple[int, Ordinal]]) -> frozenset[int]:
    """The places of the longest run of ascending numbers; of several, the one that ends lowest."""
    tails: list[Ordinal] = []
    ends: list[int] = []
    before: list[int | None] = []
    for which, (_, number) in enumerate(candidates):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else None)
        if length == len(tails):
            tails.append(number)
            ends.append(which)
        else:
            tails[length], ends[length] = number, which
    run: set[int] = set()
    at = ends[-1] if ends else None
    while at is not None:
        run.add(candidates[at][0])
        at = before[at]
    return frozenset(run)
