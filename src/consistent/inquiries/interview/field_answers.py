"""What a person answers on a field that is no topic, and the file as data as it then is."""

from collections.abc import Mapping
from typing import Any

from consistent.findings.case import Case
from consistent.inquiries.edits import field_of
from consistent.inquiries.interview.act_questions import FieldValues
from consistent.inquiries.questions.open_questions import Question
from consistent.inquiries.questions.questions import value_of
from consistent.inquiries.questions.recording import answered_data
from consistent.inquiries.questions.replying import reply

__all__ = ["field_answered", "fields_answered"]


def field_answered(data: Mapping[str, Any], asked: Question, said: str, case: Case, by: str) -> dict[str, Any]:
    """The data of a file with a field answered.

    Args:
        data: of the file.
        asked: the question on it.
        said: as `questions.replying` reads it.
        case: that the question was put on.
        by: who says so.

    Raises:
        UsageError: it is no answer.
    """
    about = field_of(*asked.key, case.knowledge.fields)
    found = reply(asked, said, value_of(case.proposal, asked.key), about, case.knowledge)
    return answered_data(data, asked.key, found.value, about, by)


def fields_answered(
    data: Mapping[str, Any], question: FieldValues, said: Mapping[str, str], case: Case, by: str
) -> dict[str, Any]:
    """The same of several provisions.

    Args:
        data: of the file.
        question: on their field.
        said: by measure; of others nothing is said.
        case: that the question was put on.
        by: who says so.

    Raises:
        UsageError: one of them is no answer.
    """
    answered = dict(data)
    for asked in question.questions:
        if (text := said.get(asked.measure or "")) is not None:
            answered = field_answered(answered, asked, text, case, by)
    return answered
