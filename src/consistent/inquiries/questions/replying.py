"""What somebody types in answer to a question, as what is then known of the field.

Options are named by their number, as a term or by its label, in either language. `-` before one says that it is not there.
"""

import re
from collections.abc import Iterable, Sequence

from attrs import frozen

from consistent.errors import UsageError, did_you_mean
from consistent.inquiries.questions._answers import around
from consistent.inquiries.questions.open_questions import Answer, Question
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Field
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import with_narrower
from consistent.toml.proposals import read_atom, read_value
from consistent.toml.structuring import Problems

__all__ = ["ALL", "NO", "NONE", "NOTHING", "YES", "Reply", "atom_of", "cited", "for_all_measures", "numbered", "reply"]

# A value that somebody types for a field: a term by its id or its label, an amount, a date, a citation, a text.


def atom_of(said: str, field: Field, knowledge: Knowledge, options: Sequence[str]) -> Atom:
    """One value, as it was typed.

    Args:
        said: a term, its label or a synonym of either language in any case, or the value as the field's type is written.
        field: what it takes.
        knowledge: for the terms.
        options: terms that were named; the first that may have been meant.

    Raises:
        UsageError: the field does not take it.
    """
    if field.type == "terms":
        return _term(said, field, knowledge, options)
    data: object = cited(said) if field.type == "citation" else said
    if field.type in {"amount", "number"}:
        digits = re.sub(r"(?i)eur|€|[\s._,']", "", said)
        data = int(digits) if re.fullmatch(r"-?\d{1,18}", digits) else said
    try:
        # As a file has it, so that none is written that cannot be read again.
        read_value(data, field, knowledge.vocabularies)
        return read_atom(data, field, knowledge.vocabularies)
    except Problems as error:
        problem = error.problems[0]
        raise UsageError(problem.message, problem.help) from None


_TREATIES = {"VWEU": "TFEU", "VEU": "TEU"}
_DUTCH = re.compile(
    r"artikel (?P<article>\d+\w?)(?P<parts>(?:, (?:lid \d+\w?|onder \w+\)))*),? (?P<treaty>VW?EU)", re.IGNORECASE
)


def cited(said: str) -> str:
    """Text with its citations as files have them, also where they are typed as a Dutch reader sees them."""

    def written(match: re.Match[str]) -> str:
        parts = re.findall(r"(?:lid|onder) (\w+)", match["parts"])
        return f"{_TREATIES[match['treaty'].upper()]} {match['article']}" + "".join(f"({part})" for part in parts)

    text = _DUTCH.sub(written, said)
    return re.sub(r"\bVW?EU\b", lambda treaty: _TREATIES[treaty[0].upper()], text, flags=re.IGNORECASE)


def _term(said: str, field: Field, knowledge: Knowledge, options: Sequence[str]) -> str:
    vocabulary = knowledge.vocabularies[field.vocabulary]
    terms = vocabulary.terms
    word = said.casefold()
    if word in terms:
        return word
    for term in vocabulary.called(word):
        return term
    raise UsageError(f"`{said}` is no answer here", did_you_mean(said, options) or did_you_mean(said, terms))


YES, NO = {"y", "yes", "j", "ja"}, {"n", "no", "nee"}
NONE = {"none", "none of these", "geen", "geen van deze"}
NOTHING = {"none at all", "geen enkele", "[]"}
ALL = {"that is all", "all", "dat is alles", "alles"}
_EVERYWHERE = re.compile(r"(?i)(?:^|[\s,;]+)(?:for all measures|everywhere|voor alle maatregelen|overal)$")
_NOT = ("-", "not ", "niet ", "not:", "niet:")


@frozen
class Reply:
    """A reply that was understood.

    Attributes:
        value: what is then known of the field.
        rest: whether something was left unsaid: options that were not mentioned, or whether there is anything else.
    """

    value: Value
    rest: bool = False


def numbered(question: Question) -> tuple[Answer, ...]:
    """The answers that a number chooses, from one on: of a field of several values what it may have."""
    kinds = {"means", "is", "another", "none-of-these"} if question.single else {"means", "has"}
    return tuple(answer for answer in question.answers if answer.kind in kinds and not _measured(question))


def for_all_measures(text: str) -> tuple[str, bool]:
    """A reply without the words that give it for all measures, and whether they were there."""
    bare, count = _EVERYWHERE.subn("", text.strip())
    return bare, bool(count)


def reply(question: Question, text: str, value: Value, field: Field, knowledge: Knowledge) -> Reply:
    """Read a reply.

    Args:
        question: that it answers.
        text: what was typed.
        value: what was known of the field.
        field: what it takes.
        knowledge: for the terms.

    Raises:
        UsageError: it is no answer to the question.
    """
    said = cited(text.strip()) if field.type == "citation" else text.strip()
    reader = _Reader(question, value, field, knowledge)
    return reader.one(said) if field.single else reader.several(_parts(said, reader))


def _measured(question: Question) -> bool:
    """Whether a bare number is an amount and chooses nothing."""
    return any(answer.kind == "within" for answer in question.answers)


@frozen
class _Reader:
    question: Question
    value: Value
    field: Field
    knowledge: Knowledge

    def one(self, said: str) -> Reply:
        """A field with one value at most."""
        word = said.casefold()
        if self.question.yes_or_no and word in YES | NO:
            wanted = "is" if word in YES else "none-of-these"
            return Reply(next(answer.value for answer in self.question.answers if answer.kind == wanted))
        chosen = self._chosen(said)
        if chosen is None and word in NONE | NOTHING:
            wanted = "none-of-these" if word in NONE else ""
            chosen = next((answer for answer in self.question.answers if answer.kind == wanted), None)
            if chosen is None:
                return Reply(Value.exactly())
        if chosen is not None and chosen.stands_for:
            raise UsageError("say which one", "type the term itself")
        if chosen is not None:
            return Reply(chosen.value)
        atom = self.atom(said)
        self._check({atom}, set())
        return Reply(Value.exactly(atom))

    def several(self, parts: Sequence[str]) -> Reply:
        """A field with several values."""
        has: set[Atom] = set()
        lacks: set[Atom] = set()
        options = [answer.term for answer in self.question.answers if answer.kind == "has"]
        words = {part.casefold() for part in parts}
        for part in parts:
            word = part.casefold()
            if word in NONE | NOTHING | ALL:
                continue
            if self.question.yes_or_no and word in YES | NO:
                (has if word in YES else lacks).update(options)
                continue
            bare = _without_not(part)
            (has if bare == part else lacks).add(self.atom(bare))
        closed = bool(words & (ALL | NOTHING))
        kept = frozenset(atom for atom in self.value.yes if not any(around(atom, chosen) for chosen in has))
        if words & NOTHING and (has or kept):
            raise UsageError("it cannot be both none at all and some", "what is known to be there stays there")
        self._check(has, lacks)
        mentioned = has | lacks
        rest = {option for option in options if option not in mentioned}
        if words & NONE:
            lacks |= {term for term in rest if not (set(self._broader(term)) & has)}
            rest = set()
        yes = kept | has
        if closed or not self.value.open:
            return Reply(Value.exactly(*yes))
        no = self.value.no | self._closed(lacks)
        if yes & no:
            raise UsageError("it cannot be there and not be there", "leave one of the two out")
        return Reply(Value(yes, no, open=True), rest=bool(rest) or self.question.closes)

    def atom(self, said: str) -> Atom:
        """One value: by the number of an answer, as a term, by its label, or as the field's type is written."""
        chosen = self._chosen(said)
        if chosen is not None and chosen.term:
            return chosen.term
        options = [answer.term for answer in numbered(self.question) if answer.term]
        return atom_of(said, self.field, self.knowledge, options)

    def _chosen(self, said: str) -> Answer | None:
        listed = numbered(self.question)
        return listed[int(said) - 1] if re.fullmatch(r"\d{1,6}", said) and 0 < int(said) <= len(listed) else None

    def _check(self, has: set[Atom], lacks: set[Atom]) -> None:
        for atom in sorted(has, key=str):
            if not self.value.may_have(atom):
                raise UsageError(f"`{atom}` is known not to be there", "the file says so; change it there first")
        both = has & self._closed(lacks)
        if both:
            raise UsageError(f"`{min(map(str, both))}` cannot be there and not be there", "leave one of the two out")

    def _broader(self, term: str) -> Iterable[Atom]:
        return self.knowledge.vocabularies[self.field.vocabulary].broader(term) if self.field.type == "terms" else ()

    def _closed(self, atoms: set[Atom]) -> frozenset[Atom]:
        return with_narrower(atoms, self.field.vocabulary, self.knowledge.vocabularies)


def _parts(said: str, reader: _Reader) -> list[str]:
    """What is listed: by commas, and where only numbers and terms stand there by blanks too."""
    parts: list[str] = []
    for piece in (part.strip() for part in re.split(r"[,;]", said)):
        words = piece.split()
        known = reader.knowledge.vocabularies[reader.field.vocabulary].terms if reader.field.type == "terms" else {}
        single = all(re.fullmatch(r"\d+", word.lstrip("-")) or word.lstrip("-") in known for word in words)
        parts += words if single else [piece]
    return [part for part in parts if part]


def _without_not(said: str) -> str:
    return next((said[len(sign) :].strip() for sign in _NOT if said.casefold().startswith(sign)), said)
