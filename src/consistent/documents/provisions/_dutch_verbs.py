"""What completes the finite verb of a Dutch clause: the part of a separable verb, a participle, an infinitive."""

import re

from consistent.documents.document import Span

__all__ = [
    "LAST_WORD",
    "MODAL_VERBS",
    "PARTICIPLE",
    "PASSIVE_VERBS",
    "STATIVE_VERBS",
    "completion",
    "completion_at_end",
]

STATIVE_VERBS = frozenset({"is", "zijn"})
PASSIVE_VERBS = frozenset({"wordt", "worden"})
MODAL_VERBS = frozenset({"kan", "kunnen", "mag", "mogen", "moet", "moeten", "dient", "dienen"})
_PREFIX = r"(?:be|ver|ont|her|onder|over|aan\w|vast\w|mede\w)"
PARTICIPLE = re.compile(
    rf"\b(?:\w{{0,8}}ge\w{{2,}}(?:d|t|en)|{_PREFIX}\w{{2,}}[dt])\b(?!\s(?:worden\s)?\w+(?:ing|schap|heid)\b)"
)
# `vervangen`: what looks like a plural counts where the clause ends, or says by whom or what.
_STRONG_PARTICIPLE = re.compile(rf"\b{_PREFIX}\w{{2,}}(?<!ing)(?<!hed)en\b(?=\s*\Z|\s(?:door|in|aan)\b)")
_FINAL_PARTICIPLE = re.compile(r"\bge\w{2,}(?:d|t|en)\b\Z")
# `mogen deze mogelijkheid niet toepassen op lampen`
_ENDED = re.compile(rf"\b(?:\w{{0,8}}ge\w{{2,}}|{_PREFIX}\w{{2,}})(?:d|t|en)\b(?=[\s.,;:\u201d]*\Z)")
_ENDED_INFINITIVE = re.compile(
    r"\b(?:worden\s\w+(?:d|t|en)|(?:vast|toe|aan|in|op|uit|mee|mede|bij|voor|af|over)?\s?te\s\w{3,}en|\w{3,}en)\b(?=[\s.;]*\Z)"
)
_NEXT_INFINITIVE = re.compile(r"\s*(\w{3,}en)(?=\s(?:op|in|aan|van|voor|met|bij|tot|uit|over)\b)")
# A noun can look like a participle, so a form of `worden` must stand beside it.
_PASSIVE_INFINITIVE = re.compile(r"\bworden\s\w+(?:d|t|en)\b")
_INFINITIVE_PASSIVE = re.compile(r"\b\w+(?:d|t|en)\sworden\b")
# The part of a separable verb, where it can be no preposition.
_PARTICLE = re.compile(
    r"\b(?:vast|toe|af|mede(?!\s+(?:van|door)\b)|mee|terug|bekend|plaats|deel|neer|samen(?!\s+met\b))\b(?!\s+te\b)|\b(?:voor|aan)(?=\s+dat\b)|\bover(?=\s+aan\b)|\bin(?=\s+bij\b)"
)
_LAST = re.compile(r"\b(?:te\s)?\w+\Z")
# The part of a separable verb that ends a clause.
_SEPARABLE = re.compile(
    r"vast|toe|af|aan|op|uit|in|mede|mee|voor|over|bij|door|terug|bekend|plaats|deel|neer|na|onder|weer|weg|samen|open",
    re.IGNORECASE,
)
_ENDED_PARTICLE = re.compile(rf"\b(?:in\skennis|ter\sbeschikking|{_SEPARABLE.pattern})\b(?=[\s.;:]*\Z)")
LAST_WORD = re.compile(r"(\w+)\s+\Z")
_DETERMINERS = frozenset(
    {"het", "een", "van", "voor", "in", "op", "met", "aan", "door", "tot", "uit", "tussen", "hun", "zijn", "haar"}
)


def completion(text: str, start: int, end: int, verb: str) -> Span | None:
    """The word of a clause that completes its finite verb; None where there is none.

    Args:
        text: of the document.
        start: behind the verb, and a subject that stands behind it.
        end: of the clause, up to its circumstances.
        verb: the finite one, in lower case.
    """
    forms: tuple[re.Pattern[str], ...] = (_PARTICLE, _LAST)
    if verb in STATIVE_VERBS:
        forms = (_FINAL_PARTICIPLE,)
    elif verb in PASSIVE_VERBS:
        forms = (PARTICIPLE, _STRONG_PARTICIPLE)
    elif verb in MODAL_VERBS:
        forms = (_PASSIVE_INFINITIVE, _INFINITIVE_PASSIVE, *forms)
    for form in forms:
        match = form.search(text, start, end)
        if match is not None and (form is not _LAST or _belongs(text, start, match, verb)):
            return Span(*match.span())
    following = _NEXT_INFINITIVE.match(text, start, end) if verb in MODAL_VERBS else None
    return Span(*following.span(1)) if following else None


def completion_at_end(text: str, start: int, end: int, verb: str) -> Span | None:
    """The same behind the circumstances: `worden volgens de procedure vastgesteld`, `delen uiterlijk op 1 mei de gegevens mee`.

    Args:
        text: of the document.
        start: where the circumstances begin.
        end: of the sentence.
        verb: as above.
    """
    if verb in STATIVE_VERBS:
        return None
    form = _ENDED if verb in PASSIVE_VERBS else _ENDED_INFINITIVE if verb in MODAL_VERBS else _ENDED_PARTICLE
    ended = form.search(text, start, end)
    return Span(*ended.span()) if ended else None


def _belongs(text: str, start: int, last: re.Match[str], verb: str) -> bool:
    """Whether the last word of a clause is part of its verb: an infinitive after a verb like `kunnen`, or `vast`."""
    if _SEPARABLE.fullmatch(last[0]):
        return verb not in MODAL_VERBS | PASSIVE_VERBS
    if verb not in MODAL_VERBS or not last[0].endswith("en"):
        return False
    before = LAST_WORD.search(text, start, last.start())
    # After an article or an adjective comes a noun.
    return before is None or not (before[1].endswith("e") or before[1].lower() in _DETERMINERS)
