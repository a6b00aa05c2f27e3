"""Terms: defined and used nowhere, or defined twice; names with a capital that are introduced nowhere, or are written in two ways."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from consistent.documents.document import Span
from consistent.documents.provisions.provisions import Provision
from consistent.model.text import Localized
from consistent.proofreading.discrepancy import Discrepancy, discrepancy, place_in
from consistent.proofreading.text import Text

__all__ = ["DefinedTerm", "defined_terms", "name_discrepancies", "term_discrepancies"]

_UNUSED = Localized(
    "{place} defines `{term}`, which no article or annex uses",
    "{place} omschrijft `{term}`, maar geen artikel of bijlage gebruikt dat begrip",
)
_TWICE = Localized(
    "{place} defines `{term}`, which {other} has defined already",
    "{place} omschrijft `{term}`, maar dat begrip is al omschreven in {other}",
)
_UNDEFINED = Localized(
    "{place} speaks of `{term}`, a name with a capital that this text neither defines nor introduces",
    "{place} spreekt van `{term}`, een naam met een hoofdletter die deze tekst nergens omschrijft of invoert",
)
_OPEN, _CLOSE = "'\u2018\u201c\u201e\"\u00ab", "'\u2019\u201d\"\u00bb\u201c"
_QUOTED = re.compile(rf"[{_OPEN}](?P<term>[^{_OPEN}{_CLOSE}]{{2,100}}?)[{_CLOSE}](?!\w)")
_BETWEEN = re.compile(r"[\s,]*(?:or|and|of|en|dan wel|hierna|also)?[\s,]*")
_LABEL = re.compile(r"\s*(?:\(?\w{1,4}[.)]\s*|[-\u2013\u2014]\s*)?")
# In words: what stands between those of a term that is used in another order.
_WITHIN = 6
_LEAST_LETTERS = 4


@frozen(kw_only=True)
class DefinedTerm:
    """A term with the provision that defines it.

    Attributes:
        names: as it is written; more than one where the definition gives several.
        provision: the sentence.
    """

    names: tuple[str, ...]
    provision: Provision


def defined_terms(text: Text) -> tuple[DefinedTerm, ...]:
    """The terms that the articles define, in their order: what stands in quotation marks before its meaning."""
    terms: list[DefinedTerm] = []
    for provision in text.own:
        if provision.place.annex or provision.modality != "definition":
            continue
        names = _names(text, provision.span)
        if names:
            terms.append(DefinedTerm(names=names, provision=provision))
    return tuple(terms)


def _names(text: Text, span: Span) -> tuple[str, ...]:
    """The quoted words that a sentence begins with."""
    names: list[str] = []
    label = _LABEL.match(text.document.text, span.start, span.end)
    at = label.end() if label else span.start
    for start in (span.start, at):
        at = start
        while (match := _QUOTED.match(text.document.text, at, span.end)) is not None:
            names.append(" ".join(match["term"].split()))
            between = _BETWEEN.match(text.document.text, match.end(), span.end)
            at = between.end() if between else match.end()
        if names:
            break
    return tuple(names)


def term_discrepancies(text: Text) -> Iterator[Discrepancy]:
    """Definitions that nothing uses, and terms that are defined twice.

    Args:
        text: of an act. A definition that is to become part of another act is passed over: that act uses it.
    """
    terms = defined_terms(text)
    document = text.document
    first: dict[str, DefinedTerm] = {}
    for term in terms:
        place = place_in(document, term.provision.span)
        name = term.names[0]
        before = first.setdefault(name.lower(), term)
        if before is not term and before.provision.place != term.provision.place:
            yield discrepancy(
                "term", _TWICE, [(document, term.provision.span), (document, before.provision.span)],
                place=place, term=name, other=place_in(document, before.provision.span),
            )  # fmt: skip
        elif not any(_is_used(text, candidate, term) for candidate in term.names):
            yield discrepancy("term", _UNUSED, [(document, term.provision.span)], place=place, term=name)


def _is_used(text: Text, name: str, term: DefinedTerm) -> bool:
    """Whether articles or annexes use a term, in any form and order of its words, outside the sentence that defines it."""
    known = text.own_words
    words = [word for word in re.findall(r"[^\W_]+", name.lower()) if word not in known.listed["small"]]
    # A verb changes its form: what it goes with tells the term.
    if len(words) > 1:
        words = [word for word in words if not known.patterns["verbal"].fullmatch(word)] or words
    begins = [word[: max(_LEAST_LETTERS, len(word) - 3)] for word in words]
    if not begins:
        return True
    return any(_within_reach(begins, said) for start, said in text.lowered if start != term.provision.span.start)


def _within_reach(begins: Sequence[str], said: str) -> bool:
    """Whether words that begin like these stand near each other, in any order."""
    if not all(begin in said for begin in begins):
        return False
    if len(begins) == 1:
        return True
    words = re.findall(r"[^\W_]+", said)
    where = [[at for at, word in enumerate(words) if begin in word] for begin in begins]
    reach = len(begins) + _WITHIN
    return any(all(any(abs(at - anchor) <= reach for at in places) for places in where[1:]) for anchor in where[0])


# Names with a capital.

_NAME = re.compile(r"[A-Z\u00c0-\u00dd][\w-]+(?: [A-Z\u00c0-\u00dd][\w-]+)*")
# Of two names that differ by so many letters, the rare one is a slip, where the other is so many times as frequent.
_LETTERS, _TIMES = 2, 4
_LONG_NAME = 12
_VARIANT = Localized(
    "{place} writes `{term}`, elsewhere in this text `{usual}` ({times} times)",
    "{place} schrijft `{term}`, elders in deze tekst `{usual}` ({times} keer)",
)


def name_discrepancies(text: Text) -> Iterator[Discrepancy]:
    """Names with a capital that the text does not introduce, or that it mostly writes in another way; each once.

    A name stands behind an article amid a sentence: `the Board`. It is introduced where it stands in quotation marks, or is
    the end of a longer name: `European Data Innovation Board`.

    Args:
        text: of an act; one that mainly amends another is passed over: the names are introduced there.
    """
    if text.mainly_amends:
        return
    document = text.document
    used: dict[str, list[Span]] = defaultdict(list)
    lead = text.own_words.patterns["before-name"]
    for provision in text.own:
        if provision.place.annex:
            continue
        for before in lead.finditer(document.text, provision.span.start, provision.span.end):
            match = _NAME.match(document.text, before.end(), provision.span.end)
            if match is not None:
                used[match[0]].append(Span(*match.span()))
    counted = Counter({name: len(spans) for name, spans in used.items()})
    bodies = text.own_words.listed["bodies"]
    everywhere = _names_everywhere(text)
    for name, spans in used.items():
        usual = _usual(name, counted)
        if usual is not None:
            yield discrepancy(
                "term", _VARIANT, [(document, spans[0]), (document, used[usual][0])],
                place=place_in(document, spans[0]), term=name, usual=usual, times=counted[usual],
            )  # fmt: skip
        elif name.lower() in bodies and not _is_introduced(text, name, everywhere):
            yield discrepancy("term", _UNDEFINED, [(document, spans[0])], place=place_in(document, spans[0]), term=name)


def _names_everywhere(text: Text) -> Mapping[str, int]:
    """How often each name of several words stands in the document."""
    return Counter(match[0] for match in _NAME.finditer(text.document.text) if " " in match[0])


def _is_introduced(text: Text, name: str, everywhere: Mapping[str, int]) -> bool:
    """Whether the document says what a name of one word stands for."""
    if sum(letter.isupper() for letter in name) > 1 or "-" in name:
        return True  # an abbreviation, or a name with one
    quoted = re.compile(rf"[{_OPEN}](?:the |de |het |an? |een )?{re.escape(name)}s?[{_CLOSE}]", re.IGNORECASE)
    if quoted.search(text.document.text):
        return True
    return any(name in longer.split() for longer in everywhere) or name.lower() in (
        word for term in defined_terms(text) for word in term.names[0].lower().split()
    )


def _usual(name: str, counted: Mapping[str, int]) -> str | None:
    """The name that is meant by one that is written otherwise and rarely; None where there is none."""
    if " " not in name or len(name) < _LONG_NAME:
        return None
    for other, times in counted.items():
        # A plural is no other name.
        plural = name.removesuffix("s") == other.removesuffix("s") or name.split(maxsplit=1)[0] != other.split()[0]
        if other != name and not plural and times >= _TIMES * counted[name] and _distance(name, other) <= _LETTERS:
            return other
    return None


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance, as far as it matters."""
    if abs(len(one) - len(other)) > _LETTERS:
        return _LETTERS + 1
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        last, row[0] = row[0], number
        for at, another in enumerate(other, 1):
            last, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, last + (letter != another))
    return row[-1]
