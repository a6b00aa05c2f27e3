"""Who is bound, and who is not, by what a sentence says in passing: a clause about a name, a choice left, a proposal where appropriate."""

import pytest

from tests.drafting.invented import given

_DUTY = ("effects", "obligation")


@pytest.mark.parametrize(
    ("language", "sentence", "has", "lacks"),
    [
        ("english", "The Commission may send instructions to the competent authorities, which shall carry them out.", [_DUTY, ("addressees", "national-authorities"), ("bindingness", "binding")], []),
        ("english", "The Commission may send opinions to the competent authorities, which shall not be bound by them.", [], [_DUTY]),
        ("english", "The Commission may send opinions to the competent authorities.", [], [_DUTY]),
        ("dutch", "De Commissie kan aanwijzingen zenden aan de bevoegde autoriteiten, die deze moeten uitvoeren.", [_DUTY, ("addressees", "national-authorities")], []),
        ("dutch", "De Commissie kan adviezen zenden aan de bevoegde autoriteiten, die deze niet moeten volgen.", [], [_DUTY]),
        ("english", "Each Member State shall decide whether to make its forces available for the operation.", [("safeguards", "deployment-decisions-national")], [_DUTY]),
        ("english", "Each Member State shall decide within three months on the application.", [_DUTY], []),
        ("english", "The Commission shall, where necessary, submit proposals to amend this Regulation.", [("effects", "further-proposals")], [_DUTY]),
        ("english", "The Commission shall submit a legislative proposal for a levy by 2030.", [_DUTY, ("effects", "further-proposals")], []),
        ("english", "Partnerships and cooperation shall promote plans for the use of land.", [("effects", "cooperation")], [_DUTY]),
        ("english", "The Commission may activate the crisis mode.", [("effects", "implementing-power")], []),
    ],
)  # fmt: skip
def test_a_duty_is_read_where_there_is_one(
    language: str, sentence: str, has: list[tuple[str, str]], lacks: list[tuple[str, str]]
) -> None:
    (read,) = given([sentence], language)
    assert [value for value in has if value not in read] == []
    assert [value for value in lacks if value in read] == []
