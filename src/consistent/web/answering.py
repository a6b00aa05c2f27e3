"""From a form to the answer of a question about the act, and the file as it then is."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from consistent.findings.case import Case
from consistent.inquiries.interview import replying, taking
from consistent.inquiries.interview.act_questions import (
    ActQuestion,
    Basis,
    FieldValue,
    FieldValues,
    Judgement,
    Judgements,
    NearWords,
    NotFound,
    NotFounds,
    WhichProvisions,
)
from consistent.inquiries.interview.field_answers import field_answered, fields_answered
from consistent.model.text import Localized
from consistent.toml.tomlfile import TomlFile

__all__ = ["Form", "answered", "key_text", "state_text"]

# What was sent, by name; several of one name in order.
Form = Mapping[str, Sequence[str]]
_NOTHING_CHOSEN = Localized("nothing was chosen", "er is niets gekozen")
_CHOOSE = Localized(
    "tick a provision, name one, or say that there is none",
    "vink een bepaling aan, noem er een, of zeg dat er geen is",
)
_NO_REASON = Localized("an answer needs a reason", "een antwoord heeft een reden nodig")
_GIVE_ONE = Localized("it is printed in the report", "die komt in het rapport")
_NO_JUDGEMENT = Localized("no point was judged", "er is geen punt beoordeeld")
_EACH = Localized("choose for each provision", "kies bij elke bepaling")


def key_text(question: ActQuestion) -> str:
    """What tells a question from others, as a form carries it."""
    return "|".join(question.key)


def state_text(question: ActQuestion) -> str:
    """What tells whether a question is still as it was shown: an answer is about the provisions that a person saw."""
    return sha256(repr(question).encode()).hexdigest()[:16]


def answered(question: ActQuestion, form: Form, file: TomlFile, case: Case, signature: taking.Signature) -> TomlFile:
    """The file with an answer.

    Args:
        question: that is answered.
        form: what was sent.
        file: of the proposal.
        case: of it.
        signature: who answers.

    Raises:
        UsageError: it is no answer.
        InputError: it cannot be written.
    """
    data = _Answer(form, case, signature).to(question, dict(file.data))
    return taking.file_of(file, data)


class _Answer:
    def __init__(self, form: Form, case: Case, signature: taking.Signature) -> None:
        self._form, self._case, self._signature = form, case, signature
        self._places = replying.Places(case.proposal)

    def to(self, question: ActQuestion, data: dict[str, Any]) -> dict[str, Any]:
        vocabularies = self._case.knowledge.vocabularies
        match question:
            case WhichProvisions() if self._one("action") == "not-here":
                return taking.not_here(data, question, self._signature, vocabularies)
            case WhichProvisions():
                return taking.provisions(data, question, self._chosen(question), self._signature, vocabularies)
            case NearWords():
                right = {
                    (near.measure, near.field, near.term)
                    for near in question.near
                    if f"{near.measure}|{near.field}|{near.term}" in self._form.get("right", ())
                }
                return taking.near(data, question, right, self._signature, vocabularies)
            case NotFound():
                return self._nowhere_else(data, question)
            case NotFounds():
                first = 1
                for part in question.parts:
                    data = self._nowhere_else(data, part, first)
                    first += len(part.sought)
                return data
            case Basis():
                known = {
                    (id, resting.field, resting.term) for resting in question.resting for id, _, _ in resting.places
                }
                wrong = {value for value in known if "|".join(value) in self._form.get("wrong", ())}
                return taking.rests_on(data, question, wrong, vocabularies)
            case Judgement():
                verdicts = list(self._verdicts(len(question.findings)))
                if None in verdicts:
                    raise replying.ReplyError(_NO_JUDGEMENT, _EACH)
                in_order = {
                    finding.measure: holds == "fine" for finding, holds in zip(question.findings, verdicts, strict=True)
                }
                return self._judged(data, question, in_order, self._one("reason"))
            case Judgements():
                return self._points(data, question)
            case FieldValue(question=asked):
                said = ", ".join(filter(None, (*self._form.get("choice", ()), self._one("typed"))))
                return field_answered(data, asked, self._something(said), self._case, self._signature.by)
            case FieldValues():
                each = {
                    asked.measure or "": typed
                    for number, asked in enumerate(question.questions, 1)
                    if (typed := self._one(f"value-{number}"))
                }
                rest = self._one("typed")
                told = {**({asked.measure or "": rest for asked in question.questions} if rest else {}), **each}
                self._something(rest or "".join(each))
                return fields_answered(data, question, told, self._case, self._signature.by)

    @staticmethod
    def _something(said: str) -> str:
        if not said:
            raise replying.ReplyError(_NOTHING_CHOSEN, _CHOOSE)
        return said

    def _one(self, name: str) -> str:
        return next(iter(self._form.get(name, ())), "").strip()

    def _chosen(self, question: WhichProvisions) -> dict[str, list[str]]:
        """The terms by measure: those that were ticked, and those that were typed."""
        if self._one("action") == "nowhere":
            return {}
        ticked = set(self._form.get("at", ()))
        # As it is typed on a terminal, so that both are held to the same.
        said = [
            f"{number}: {' '.join(terms)}"
            for number, provision in enumerate(question.provisions, 1)
            if (terms := [term for term, _ in question.terms if f"{provision.measure}|{term}" in ticked])
        ]
        typed = self._one("typed")
        if not said and not typed:
            raise replying.ReplyError(_NOTHING_CHOSEN, _CHOOSE)
        return replying.which_reply(question, ", ".join(filter(None, (*said, typed))), self._places)

    def _nowhere_else(self, data: dict[str, Any], question: NotFound, first: int = 1) -> dict[str, Any]:
        """Where each term is after all, as it is typed on a terminal; of several fields the terms are numbered on."""
        listed = [
            f"{number}: {where}"
            for number in range(1, len(question.sought) + 1)
            # What stands behind one term is said of that one only.
            if (where := self._one(f"where-{first + number - 1}").replace(";", ","))
        ]
        there = replying.not_found_reply(question, "; ".join(listed) or "none", self._places)
        return taking.nowhere_else(data, question, there, self._signature, self._case.knowledge.vocabularies)

    def _verdicts(self, count: int) -> Iterator[str | None]:
        for number in range(count):
            said = self._one(f"verdict-{number}")
            yield said if said in {"fine", "objection"} else None

    def _points(self, data: dict[str, Any], question: Judgements) -> dict[str, Any]:
        verdicts = list(self._verdicts(len(question.points)))
        if not any(verdicts):
            raise replying.ReplyError(_NO_JUDGEMENT, _EACH)
        for number, (point, said) in enumerate(zip(question.points, verdicts, strict=True)):
            if said is not None:
                in_order = {point.findings[0].measure: said == "fine"}
                data = self._judged(data, point, in_order, self._one(f"reason-{number}"))
        return data

    def _judged(
        self, data: dict[str, Any], question: Judgement, in_order: Mapping[str | None, bool], reason: str
    ) -> dict[str, Any]:
        if not reason:
            raise replying.ReplyError(_NO_REASON, _GIVE_ONE)
        return taking.judged(
            data, question, in_order, self._case, self._signature, reason=reason, place=self._one("place")
        )
