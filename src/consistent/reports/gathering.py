"""Lines of a report gathered until they fit on a screen, so that what matters most is told in them and not counted behind them.

Where there are more lines than fit, those of one gravity are gathered: by the principle that they are on as long as there is room for
that, and else all together. A gathered line names what each rule finds, with the articles.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from textwrap import wrap

from attrs import frozen

from consistent.documents.places import place_in
from consistent.findings.outcome import ATTENTION, PRESENTATION
from consistent.findings.said import Finding, Said
from consistent.model.text import Language, Localized
from consistent.reports.outline import Item, Span, dim, plain
from consistent.reports.screen_lines import Crossed, Line
from consistent.rules.rule import VERDICTS
from consistent.sources import source_label

__all__ = ["MOST_LINES", "MOST_ROWS", "fitting", "gathered", "left_by_label", "rows_of"]

MOST_LINES = 7
# A screen has 25 rows of 100 letters: so many letters are told of a line, on two rows or, where that is too much, on one; and so many
# rows of all lines.
_ONE_ROW, _TWO_ROWS, _THREE_ROWS, _WIDTH, _HANGING, _LEAST_LINES = 94, 190, 286, 100, 2, 3
MOST_ROWS = 11
_MOST_PLACES, _MOST_ARTICLES, _MOST_SOURCES, _FEW, _LONG = 2, 6, 2, 3, 28
_ARTICLE = re.compile(r"(?:Articles?|[Aa]rtikel(?:en)?) (\w+)")

_WORDS = {
    "perhaps": Localized("perhaps {label}", "mogelijk {label}"),
    "whole": Localized("the proposal as a whole", "het voorstel als geheel"),
    "beside": Localized(" (and {count} more with the same question)", " (en nog {count} met dezelfde vraag)"),
    "beside found": Localized(" (and {count} more)", " (en nog {count})"),
    "articles": Localized("Art. {numbers}", "art. {numbers}"),
    "rules": Localized("{count} rules", "{count} regels"),
    "others": Localized("and {count} more", "en nog {count}"),
}


@frozen
class _Lengths:
    """How many letters a conflict has that is told alone, conflicts that are gathered, and other lines that are."""

    conflict: int
    conflicts: int
    others: int


# What is given up first for conflicts to be told: what stands behind the first of what is less grave; then the words of conflicts.
_LENGTHS = (
    _Lengths(_TWO_ROWS, _TWO_ROWS, _TWO_ROWS),
    _Lengths(_TWO_ROWS, _THREE_ROWS, _ONE_ROW),
    _Lengths(_ONE_ROW, _THREE_ROWS, _ONE_ROW),
)

# Lines of one outcome and verdict: alike grave.
_Kind = tuple[str, str]
_FOUND = {verdict: (str(verdict), str(verdict)) for verdict in VERDICTS}
_PERHAPS = {verdict: ("open", verdict) for verdict in VERDICTS}
# In this order kinds get room: a line for what is grave, then one for each principle that is crossed, then what is less so.
_FIRST = (_FOUND["conflict"], _FOUND["condition"], _PERHAPS["conflict"])
_NEXT: tuple[tuple[_Kind, bool], ...] = (
    (_FOUND["conflict"], True),
    (_PERHAPS["condition"], False),
    (_PERHAPS["conflict"], True),
    (_FOUND["condition"], True),
    (_PERHAPS["condition"], True),
    (_PERHAPS["question"], False),
    (_FOUND["question"], False),
)


def _word(name: str, language: Language, **values: object) -> str:
    return _WORDS[name].get(language).format(**values)


def gathered(lines: Sequence[Line], most: int) -> list[tuple[Line, ...]]:
    """Lines put together until they are no more than some; in order of gravity, each with at least one line.

    Args:
        lines: the gravest first.
        most: so many; at least one. Of kinds for which there is no room nothing is there.
    """
    if len(lines) <= most:
        return [(line,) for line in lines]
    kinds: dict[_Kind, list[Line]] = {}
    for line in lines:
        kinds.setdefault((line.outcome, line.said.verdict), []).append(line)
    principles = {kind: len({line.said.principle for line in among}) for kind, among in kinds.items()}
    room: dict[_Kind, int] = {}

    def grant(kind: _Kind, wanted: int) -> None:
        left = most - sum(room.values())
        room[kind] = min(max(wanted, room.get(kind, 0)), room.get(kind, 0) + left)

    for kind in _FIRST:
        grant(kind, min(1, len(kinds.get(kind, ()))))
    # A few conflicts are told one by one, with the words of the text.
    if len(kinds.get(_FOUND["conflict"], ())) <= _FEW:
        grant(_FOUND["conflict"], len(kinds.get(_FOUND["conflict"], ())))
    for kind, by_principle in _NEXT:
        grant(kind, principles.get(kind, 0) if by_principle else min(1, len(kinds.get(kind, ()))))
    for kind in sorted(kinds, key=_gravity):
        grant(kind, len(kinds[kind]))
    return [group for kind in sorted(kinds, key=_gravity) for group in _divided(kinds[kind], room[kind])]


def _gravity(kind: _Kind) -> tuple[int, int]:
    outcomes, verdicts = tuple(map(str, ATTENTION)), tuple(map(str, VERDICTS))
    return outcomes.index(kind[0]), verdicts.index(kind[1])


def _divided(lines: Sequence[Line], number: int) -> Iterator[tuple[Line, ...]]:
    """Lines of one kind in so many groups: what is on one principle together, and where these are more, small ones that stand beside."""
    by_principle: dict[str, list[Line]] = {}
    for line in lines:
        by_principle.setdefault(line.said.principle, []).append(line)
    groups = list(by_principle.values())
    while len(groups) > max(number, 1):
        # Of two pairs alike the one of the less grave.
        first = min(range(len(groups) - 1), key=lambda at: (len(groups[at]) + len(groups[at + 1]), -at))
        groups[first : first + 2] = [groups[first] + groups[first + 1]]
    over = number - len(groups)
    for group in groups if number else ():
        alone = min(over, len(group) - 1)
        over -= alone
        yield from ((line,) for line in group[:alone])
        yield tuple(group[alone:])


def fitting(
    lines: Sequence[Line],
    language: Language,
    address: Callable[[Said], str],
    most: int = MOST_LINES,
    rows: int = MOST_ROWS,
) -> tuple[list[Item], list[tuple[Line, ...]]]:
    """As many lines as fit on the screen, gathered so that as much as can be is told in them, conflicts before all else.

    Args:
        lines: the gravest first.
        language: of the reader.
        address: of all that is said of a finding; empty for none.
        most: so many.
        rows: that there is room for.

    Returns:
        what is shown, and the lines that each of these tells.
    """
    best: tuple[tuple[int, ...], list[Item], list[tuple[Line, ...]]] | None = None
    for number in range(most, 0, -1):
        groups = gathered(lines, number)
        for turn, lengths in enumerate(_LENGTHS):
            items, hidden = _items(groups, language, address, lengths)
            conflicts, others = (
                sum(count for group, count in zip(groups, hidden, strict=True) if _is_conflict(group[0]) is is_conflict)
                for is_conflict in (True, False)
            )
            # What only a person can judge has been counted above all lines.
            left = sum(line.outcome != "question" for line in lines) - sum(
                len(group) for group in groups if group[0].outcome != "question"
            )
            if sum(map(rows_of, items)) <= rows or number <= _LEAST_LINES:
                score = (conflicts, turn, left + others, -number)
                if best is None or score < best[0]:
                    best = score, items, groups
        if number <= _LEAST_LINES:
            break
    return ([], []) if best is None else best[1:]


def _is_conflict(line: Line) -> bool:
    return line.outcome == "conflict"


def rows_of(item: Item) -> int:
    """How many rows of a screen an item takes, with those below it."""
    return len(_wrapped(plain(item.text))) + sum(rows_of(each) for each in item.below if isinstance(each, Item))


def _wrapped(text: str) -> list[str]:
    return wrap(text, _WIDTH, subsequent_indent=" " * _HANGING, break_on_hyphens=False)


def _items(
    groups: Sequence[tuple[Line, ...]], language: Language, address: Callable[[Said], str], lengths: "_Lengths"
) -> tuple[list[Item], list[int]]:
    """Lines for a reader, and of each how many rules it only counts."""
    named: set[str] = set()
    items, hidden = [], []
    for group in groups:
        if len(group) == 1:
            letters = lengths.conflict if _is_conflict(group[0]) else _TWO_ROWS
            item, left = _line_item(group[0], language, address, named, letters), 0
        else:
            letters = lengths.conflicts if _is_conflict(group[0]) else lengths.others
            item, left = _gathered_item(group, language, address, named, letters)
        items.append(item)
        hidden.append(left)
        text = plain(item.text)
        papers = {crossed.source for line in group for crossed in line.crosses if crossed.at}
        named.update(paper for paper in papers if source_label(paper, language) in text)
    return items, hidden


def label_of(line: Line, language: Language) -> str:
    """What becomes of the proposal by it; of what is open what it may come to."""
    if line.outcome == "open":
        return _word("perhaps", language, label=PRESENTATION[line.said.verdict].label.get(language))
    return PRESENTATION[line.outcome].label.get(language)


def _line_item(
    line: Line,
    language: Language,
    address: Callable[[Said], str] = lambda _: "",
    named: AbstractSet[str] = frozenset(),
    letters: int = _TWO_ROWS,
) -> Item:
    """A line for a reader.

    Args:
        line: any.
        language: of the reader.
        address: of all that is said of a finding; empty for none.
        named: papers that need not be named again.
        letters: that it has room for.
    """
    label = label_of(line, language)
    if line.outcome == "question":
        label = f"{label} ({line.count})"
    names = [place_in(place, language) if place else _word("whole", language) for place in line.places]
    # Where places are no articles, but called something, the first says it.
    number = 1 if any(len(name) > _LONG for name in names) else _MOST_PLACES
    places = "; ".join(names[:number])
    more = f" + {len(names) - number}" if len(names) > number else ""
    words = f"“{line.words}”" if line.words else ""
    others = "".join(f"; {title.get(language)}" for title in line.beside)
    message = line.text.get(language)
    is_said = line.outcome == "question" or (isinstance(line.said, Finding) and line.said.answered is not None)
    short = message if is_said else line.said.title.get(language)
    found = isinstance(line.said, Finding)
    counted = _word("beside found" if found else "beside", language, count=len(line.beside)) if line.beside else ""
    # What goes first where the line is too long: further sources; the message; titles of rules that ask the same; and last the words,
    # by which it can be judged.
    for text, quoted, sources in (
        (message + others, words, _MOST_SOURCES),
        (message + others, words, 1),
        (short + others, words, _MOST_SOURCES),
        (short + others, words, 1),
        # What is found of the same words: that treaty and position are crossed says more than the titles of both rules.
        *([(short + counted, words, _MOST_SOURCES)] if found else []),
        (short + others, "", 1),
        (short + counted, words, 1),
        (short + counted, "", 1),
        (short + counted, "", 0),
    ):
        crosses = _crosses(line.crosses[:sources], language, named)
        behind = " - ".join(filter(None, (" ".join(filter(None, (places + more, quoted))), crosses)))
        if len(text) + len(behind) <= letters - len(label):
            break
    return _item(line, label, text, behind, address)


def _item(line: Line, label: str, text: str, behind: str, address: Callable[[Said], str]) -> Item:
    sign = PRESENTATION[line.outcome]
    spans = [Span(f"{sign.sign} {label}", "strong", sign.tone, address(line.said)), Span(": "), Span(text)]
    return Item([*spans, dim(f" - {behind}")] if behind else spans)


def _crosses(crossed: Iterable[Crossed], language: Language, named: AbstractSet[str]) -> str:
    """What is crossed, a paper named once."""
    before = set(named)
    told: dict[str, None] = {}
    for each in crossed:
        told[each.told(language, bare=each.source in before)] = None
        before.add(each.source)
    return "; ".join(told)


def _gathered_item(
    group: Sequence[Line], language: Language, address: Callable[[Said], str], named: AbstractSet[str], letters: int
) -> tuple[Item, int]:
    """Several lines as one, and how many it only counts: what each finds and in which articles, and the articles of the others."""
    label = label_of(group[0], language)
    titles, places = [line.said.title.get(language) for line in group], [_articles([line], language) for line in group]
    # What all of them share stands behind them once.
    shared = _shared(group, language)
    entries = titles if shared else [f"{title} ({place})" for title, place in zip(titles, places, strict=True)]
    if len({line.said.principle for line in group}) == 1:
        # What is on one principle crosses the same, as a rule.
        crossed = list(dict.fromkeys(crossed for line in group for crossed in line.crosses))
        choices = [crossed[:number] for number in range(_MOST_SOURCES, -1, -1)]
    else:
        # Of each what it crosses, in the same order.
        choices = [[crossed for line in group for crossed in line.crosses[:1]], []]
    texts = list(dict.fromkeys(_crosses(crossed, language, named) for crossed in choices))
    options = [(count, crosses) for count in range(len(entries), -1, -1) for crosses in texts]
    for count, crosses in options:
        text = _listed(entries, [] if shared else group, count, language)
        item = _item(group[0], label, text, " - ".join(filter(None, (shared, crosses))), address)
        if len(plain(item.text)) <= letters:
            break
    return item, len(group) - count


def _shared(group: Sequence[Line], language: Language) -> str:
    """The one place of all of them; empty where they have several."""
    places = {place for line in group for place in line.places}
    if len(places) != 1:
        return ""
    (place,) = places
    return place_in(place, language) if place else _word("whole", language)


def _listed(entries: Sequence[str], group: Sequence[Line], count: int, language: Language) -> str:
    """The first of some entries, and of the others how many; and in which articles, where these are not the same for all."""
    left = len(entries) - count
    if not left:
        return "; ".join(entries)
    others = _word("others" if count else "rules", language, count=left)
    return "; ".join([*entries[:count], f"{others} ({_articles(group[count:], language)})" if group else others])


def _articles(lines: Sequence[Line], language: Language) -> str:
    """The articles of some lines by their numbers, in order; places that are none as they are called."""
    numbers: dict[str, None] = {}
    others: dict[str, None] = {}
    for place in (place for line in lines for place in line.places):
        article = _ARTICLE.match(place)
        if article:
            numbers[article[1]] = None
        else:
            others[place_in(place, language) if place else _word("whole", language)] = None
    told = _some(sorted(list(numbers)[:_MOST_ARTICLES], key=_in_order), len(numbers))
    parts = [_word("articles", language, numbers=told)] if numbers else []
    left = 1 if parts or any(len(name) > _LONG for name in others) else _MOST_PLACES
    parts += [_some(list(others)[:left], len(others))] if others else []
    return "; ".join(parts)


def _in_order(number: str) -> tuple[int, str]:
    digits = re.match(r"\d+", number)
    return (int(digits[0]) if digits else 0, number)


def _some(names: Sequence[str], of: int) -> str:
    return ", ".join(names) + (f" + {of - len(names)}" if of > len(names) else "")


def left_by_label(lines: Sequence[Line], language: Language) -> Mapping[str, int]:
    """How many lines there are of each label, the gravest first."""
    counts: dict[str, int] = {}
    for line in lines:
        label = label_of(line, language)
        counts[label] = counts.get(label, 0) + 1
    return counts
