"""What somebody types in answer to a question about the act, as data that `taking` writes.

Provisions are named by the number they have on the screen, or as the act numbers them: `5(2)`, `artikel 5, lid 2`, `5` for the
whole article. Terms are named by their number, their id, or their label in either language.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from consistent.errors import UsageError
from consistent.inquiries.interview.act_questions import (
    Basis,
    FieldValues,
    Judgement,
    Judgements,
    NearWords,
    NotFound,
    NotFounds,
    WhichProvisions,
)
from consistent.model.proposal import Proposal
from consistent.model.text import Localized, localized

__all__ = [
    "HERE",
    "NONE",
    "Places",
    "ReplyError",
    "judgement_reply",
    "judgements_reply",
    "near_reply",
    "not_found_reply",
    "not_founds_reply",
    "rests_reply",
    "values_reply",
    "which_reply",
]

NONE = frozenset({"none", "geen", "none of these", "geen van deze", "0"})
# Not in the provisions on the screen; of others nothing is said.
HERE = frozenset({"not here", "hier niet"})
EVERY = frozenset({"all", "alle", "alles"})
ALL = EVERY | frozenset({"y", "yes", "j", "ja"})
# Questions of rules are put either way round, and some ask which or whose: `yes` would be read as its contrary.
IN_ORDER = frozenset({"fine", "in order", "ok", "no objection", "akkoord", "in orde", "geen bezwaar"})
NOT_IN_ORDER = frozenset({"objection", "not in order", "bezwaar", "niet in orde"})
_YES_OR_NO = frozenset({"y", "yes", "j", "ja", "n", "no", "nee"})
_NO_PLACE = Localized("`{said}` is no provision of the act", "`{said}` is geen bepaling van de handeling")
_NO_PLACE_HELP = Localized(
    "name a number on the screen, an article or a paragraph: 5, 5(2)",
    "noem een nummer op het scherm, een artikel of een lid: 5, 5(2)",
)
_NO_NUMBER = Localized("`{said}` is no number on the screen", "`{said}` is geen nummer op het scherm")
_NO_NUMBER_HELP = Localized(
    "an article is named `art. {said}`, a paragraph `{said}(1)`",
    "een artikel noem je `art. {said}`, een lid `{said}(1)`",
)
_EITHER_WAY = Localized(
    "`{said}` can mean either here: the question may be put the other way round",
    "`{said}` kan hier van alles betekenen: de vraag kan andersom zijn gesteld",
)
_EITHER_WAY_HELP = Localized(
    "say `fine` where there is no objection, `objection` where there is one",
    "zeg `akkoord` als er geen bezwaar is, `bezwaar` als dat er wel is",
)
_NO_TERM = Localized("`{said}` is not on the screen", "`{said}` staat niet op het scherm")
_NO_TERM_HELP = Localized("name its number", "noem het nummer")
_WHICH = Localized("say which of these it has: {terms}", "zeg welke hiervan: {terms}")
_WHICH_HELP = Localized(
    "write `3: 1` for the first term in provision 3", "schrijf `3: 1` voor de eerste term in bepaling 3"
)
_WHERE = Localized("say where `{said}` is", "zeg waar `{said}` staat")
_WHERE_HELP = Localized(
    "write `2: 5(1), 7` for term 2 in Articles 5(1) and 7",
    "schrijf `2: 5(1), 7` voor term 2 in de artikelen 5, lid 1, en 7",
)

_ONE_FOR_REST = Localized("`{said}`: one answer for the others only", "`{said}`: maar één antwoord voor de overige")
_ONE_FOR_REST_HELP = Localized(
    "write `3: 2030-12-31; none`: that of provision 3, and that of all others",
    "schrijf `3: 2030-12-31; geen`: dat van bepaling 3, en dat van alle andere",
)
_ONE = Localized("`{said}` can have one of these only", "`{said}` kan er maar een van hebben")
_ONE_HELP = Localized("name one term for each provision", "noem een term per bepaling")


class ReplyError(UsageError):
    """What was typed or sent is no answer; said in the language of the conversation.

    Attributes:
        told: why.
        hint: what to type.
    """

    def __init__(self, told: Localized, hint: Localized) -> None:
        """Take what there is to say."""
        super().__init__(told.en, hint.en)
        self.told, self.hint = told, hint


def _refuse(words: Localized, help: Localized, **values: object) -> ReplyError:
    return ReplyError(words.filled(**values), help.filled(**values))


def _joined(said: str) -> str:
    """With a paragraph behind its article, `5(2)` for `artikel 5, lid 2`: a comma parts one answer from the next."""
    return re.sub(r"(?i)(\d\w*),?\s*(?:paragraph|lid)\s+(\w+)", r"\1(\2)", said)


class Places:
    """Finds the measures of a proposal by what a person calls them."""

    def __init__(self, proposal: Proposal) -> None:
        """Take the measures of a proposal."""
        self._by_name: dict[str, list[str]] = {}
        for measure in proposal.measures:
            names = {measure.id, *(name for text in measure.reference.yes for name in _names(str(text)))}
            for name in names:
                self._by_name.setdefault(name.casefold(), []).append(measure.id)

    def of(self, said: str) -> list[str]:
        """The measures that are meant.

        Raises:
            UsageError: there is none.
        """
        bare = re.sub(r"(?i)^(?:article|artikel|art\.?)\s*", "", said.strip())
        bare = _joined(bare).replace(" ", "")
        for name in (said.strip().casefold(), bare.casefold()):
            if name in self._by_name:
                return self._by_name[name]
        raise _refuse(_NO_PLACE, _NO_PLACE_HELP, said=said)


def _names(reference: str) -> Iterator[str]:
    """How a provision can be called: `Article 10(1, 2)` as `10`, `10(1)`, `10(2)`, and as it stands."""
    yield reference
    text = re.sub(r"(?i),?\s*(?:lid|leden)\s+([\w, \u2013-]+)$", r"(\1)", reference)
    match = re.fullmatch(r"(?i)\s*(?:article|artikel)\s+(\w+)\s*(?:\(([^)]*)\))?.*", text)
    if match is None:
        return
    article, inside = match.groups()
    yield article
    for part in re.split(r"\s*,\s*", inside or ""):
        ends = re.fullmatch(r"(\d+)\s*[-\u2013]\s*(\d+)", part)
        numbers = map(str, range(int(ends[1]), int(ends[2]) + 1)) if ends else [part]
        yield from (f"{article}({number})" for number in numbers if number)


def which_reply(question: WhichProvisions, said: str, places: Places) -> dict[str, list[str]]:
    """Which of the terms each provision has.

    Args:
        question: that is answered.
        said: `none`; `1 3 7`, where one term is asked for or words for one were found; else `1: 2, 3: 1 2`, by terms. A bare
            number is one of the list; an article is `art. 7`.
        places: of the act.

    Raises:
        UsageError: it names a provision or a term that there is not, or leaves open which term is meant.
    """
    if said.casefold() in NONE:
        return {}
    chosen: dict[str, list[str]] = {}
    for part in _parts(_joined(said)):
        name, _, terms = part.partition(":")
        ids = _provisions(question, name, places)
        for id in ids:
            chosen.setdefault(id, []).extend(
                _terms([term for term, _ in question.terms], dict(question.terms), terms)
                if terms.strip()
                else _found(question, id)
            )
    if question.single:
        for id, named in chosen.items():
            if len(set(named)) > 1:
                raise _refuse(_ONE, _ONE_HELP, said=id)
    return chosen


def _provisions(question: WhichProvisions, said: str, places: Places) -> list[str]:
    bare = said.strip()
    if not bare.isdecimal():
        return places.of(bare)
    if 0 < int(bare) <= len(question.provisions):
        return [question.provisions[int(bare) - 1].measure]
    raise _refuse(_NO_NUMBER, _NO_NUMBER_HELP, said=bare)


def _found(question: WhichProvisions, id: str) -> list[str]:
    """The terms that are meant where none is named: the only one, or those that words in the provision speak of."""
    if len(question.terms) == 1:
        return [question.terms[0][0]]
    provision = next((one for one in question.provisions if one.measure == id), None)
    terms = [term for term, _ in question.terms]
    found = [term for term in terms if provision is not None and term in provision.terms]
    if not found:
        labels = localized(
            lambda language: ", ".join(
                f"{number} {label.get(language)}" for number, (_, label) in enumerate(question.terms, 1)
            )
        )
        raise _refuse(_WHICH, _WHICH_HELP, terms=labels)
    return found


def near_reply(question: NearWords, said: str) -> set[tuple[str, str, str]]:
    """What of that which words may speak of is so.

    Args:
        question: that is answered.
        said: `none`, `all`, or the numbers of what is so.

    Returns:
        Measure, field and term of each.

    Raises:
        UsageError: it names a number that there is not.
    """
    values = [(each.measure, each.field, each.term) for each in question.near]
    word = said.casefold()
    if word in NONE:
        return set()
    if word in EVERY:
        return set(values)
    right = set()
    for number in filter(None, re.split(r"[,;\s]+", said)):
        if not number.isdecimal() or not 0 < int(number) <= len(values):
            raise _refuse(_NO_TERM, _NO_TERM_HELP, said=number)
        right.add(values[int(number) - 1])
    return right


def values_reply(question: FieldValues, said: str, places: Places) -> dict[str, str]:
    """What was said of the field of each provision, to be read as an answer on that one.

    Args:
        question: that is answered.
        said: one answer for all; or `3: 2030-12-31; 5(1), 7: 2028-06-30; none`, by provision, and of the others the one that
            names none. A bare number is one of the list.
        places: of the act.

    Returns:
        By measure; of one of which nothing was said nothing.

    Raises:
        UsageError: it names a provision that is not asked about, or has two answers for the others.
    """
    asked = [each.measure or "" for each in question.questions]
    found: dict[str, str] = {}
    rest: str | None = None
    for part in filter(None, (part.strip() for part in _joined(said).split(";"))):
        where, colon, value = part.partition(":")
        if not colon:
            if rest is not None:
                raise _refuse(_ONE_FOR_REST, _ONE_FOR_REST_HELP, said=part)
            rest = part
            continue
        for place in filter(None, (place.strip() for place in where.split(","))):
            listed = place.isdecimal() and 0 < int(place) <= len(asked)
            meant = [asked[int(place) - 1]] if listed else [id for id in places.of(place) if id in asked]
            if not meant:
                raise _refuse(_NO_PLACE, _NO_PLACE_HELP, said=place)
            found |= dict.fromkeys(meant, value.strip())
    return found if rest is None else {**dict.fromkeys(asked, rest), **found}


def not_found_reply(question: NotFound, said: str, places: Places) -> dict[str, list[str]]:
    """Where terms are that were not found.

    Args:
        question: that is answered.
        said: `none`; else `12: 5(1), 7; 30: 9`, by term; one that stands below another is named by its label or its id.
        places: of the act.

    Returns:
        By term the measures that have it, beyond those in which it was found.

    Raises:
        UsageError: it names a provision or a term that there is not, or a term without a provision.
    """
    if said.casefold() in NONE:
        return {}
    labels = {sought.term: sought.label for sought in question.sought}
    labels |= {term: label for sought in question.sought for term, label in sought.below}
    there: dict[str, list[str]] = {}
    for part in _joined(said).split(";"):
        if not part.strip():
            continue
        name, colon, where = part.partition(":")
        terms = _terms([sought.term for sought in question.sought], labels, name)
        if not colon or not where.strip():
            raise _refuse(_WHERE, _WHERE_HELP, said=name.strip())
        found = [id for place in where.split(",") for id in places.of(place)]
        for term in terms:
            there[term] = list(dict.fromkeys([*there.get(term, ()), *found]))
    if question.single:
        for id, count in Counter(id for found in there.values() for id in found).items():
            if count > 1:
                raise _refuse(_ONE, _ONE_HELP, said=id)
    return there


def not_founds_reply(question: NotFounds, said: str, places: Places) -> list[dict[str, list[str]]]:
    """The same of several fields, whose terms are numbered on from one to the next.

    Args:
        question: that is answered.
        said: as for one of them; a label that two fields have is named by its number.
        places: of the act.

    Returns:
        For each field by term the measures that have it, beyond those in which it was found.

    Raises:
        UsageError: it names a provision or a term that there is not, or a term without a provision.
    """
    told: list[list[str]] = [[] for _ in question.parts]
    for piece in [] if said.casefold() in NONE else filter(None, (each.strip() for each in _joined(said).split(";"))):
        name, colon, where = piece.partition(":")
        number, term = _part_of(question, name.strip())
        told[number].append(f"{term}{colon}{where}")
    return [
        not_found_reply(part, "; ".join(pieces), places) if pieces else {}
        for part, pieces in zip(question.parts, told, strict=True)
    ]


def _part_of(question: NotFounds, name: str) -> tuple[int, str]:
    """Which field a term is of, and what it is called there."""
    if name.isdecimal():
        left = int(name)
        for number, part in enumerate(question.parts):
            if 0 < left <= len(part.sought):
                return number, str(left)
            left -= len(part.sought)
    having = [
        number
        for number, part in enumerate(question.parts)
        if name in part.key[2:]
        or _label({one: label for each in part.sought for one, label in ((each.term, each.label), *each.below)}, name)
    ]
    if len(having) != 1:
        raise _refuse(_NO_TERM, _NO_TERM_HELP, said=name)
    return having[0], name


def rests_reply(question: Basis, said: str, places: Places) -> set[tuple[str, str, str]]:
    """Which values are not so.

    Args:
        question: that is answered.
        said: `yes` for none; else `2` for a whole line, or `2: 5(1), 7` for some of its provisions.
        places: of the act.

    Returns:
        Measure, field and term of each.

    Raises:
        UsageError: it names a line or a provision that there is not.
    """
    if said.casefold() in ALL:
        return set()
    wrong = set()
    for part in _joined(said).split(";"):
        name, _, where = part.partition(":")
        bare = name.strip()
        if not (bare.isdecimal() and 0 < int(bare) <= len(question.resting)):
            raise _refuse(_NO_TERM, _NO_TERM_HELP, said=bare)
        resting = question.resting[int(bare) - 1]
        own = [id for id, _, _ in resting.places]
        meant = [id for place in where.split(",") if place.strip() for id in places.of(place)] or own
        for id in meant:
            if id not in own:
                raise _refuse(_NO_PLACE, _NO_PLACE_HELP, said=id)
            wrong.add((id, resting.field, resting.term))
    return wrong


def judgement_reply(question: Judgement, said: str, places: Places) -> dict[str | None, bool]:
    """Whether the proposal is in order, by measure that the question is put on.

    Args:
        question: that is answered.
        said: `fine`, `objection`, or the provisions that are not in order; `yes` and `no` are refused.
        places: of the act.

    Raises:
        UsageError: it is none of these.
    """
    measures = [finding.measure for finding in question.findings]
    word = said.casefold()
    if word in _YES_OR_NO:
        raise _refuse(_EITHER_WAY, _EITHER_WAY_HELP, said=said)
    if word in IN_ORDER | NOT_IN_ORDER:
        return dict.fromkeys(measures, word in IN_ORDER)
    wrong = {id for place in _joined(said).split(",") for id in places.of(place)}
    if not wrong <= set(measures):
        raise _refuse(_NO_PLACE, _NO_PLACE_HELP, said=min(wrong - set(measures)))
    return {measure: measure not in wrong for measure in measures}


def judgements_reply(question: Judgements, said: str) -> tuple[bool, ...]:
    """Whether the proposal is in order, point by point.

    Args:
        question: that is answered.
        said: `fine`, `objection`, or the numbers of the points that there is an objection on; `yes` and `no` are refused.

    Raises:
        UsageError: it is none of these.
    """
    word = said.casefold()
    if word in _YES_OR_NO:
        raise _refuse(_EITHER_WAY, _EITHER_WAY_HELP, said=said)
    if word in IN_ORDER | NOT_IN_ORDER:
        return (word in IN_ORDER,) * len(question.points)
    numbers = re.split(r"[,;\s]+", said.strip())
    for number in numbers:
        if not number.isdecimal() or not 0 < int(number) <= len(question.points):
            raise _refuse(_NO_TERM, _NO_TERM_HELP, said=number)
    return tuple(
        str(number) not in {str(int(each)) for each in numbers} for number in range(1, len(question.points) + 1)
    )


def _terms(terms: Sequence[str], labels: Mapping[str, Localized], said: str) -> list[str]:
    listed = []
    for word in filter(None, (part.strip() for part in re.split(r"[,\s]+", said) if not _label(labels, said))):
        if word.isdecimal() and 0 < int(word) <= len(terms):
            listed.append(terms[int(word) - 1])
        elif word in labels:
            listed.append(word)
        else:
            raise _refuse(_NO_TERM, _NO_TERM_HELP, said=word)
    return listed or _label(labels, said)


def _label(labels: Mapping[str, Localized], said: str) -> list[str]:
    word = said.strip().casefold()
    return [term for term, label in labels.items() if word in {label.en.casefold(), label.nl.casefold()}]


def _parts(said: str) -> Iterable[str]:
    """`1 3 7`, `1: 2, 3: 1 2` or `5(2), 7`: what is said of each provision."""
    listed = [part.strip() for part in re.split(r"[;,]", said) if part.strip()]
    return [
        word
        for part in listed
        for word in ([part] if ":" in part or not re.fullmatch(r"[\d\s]+", part) else part.split())
    ]
