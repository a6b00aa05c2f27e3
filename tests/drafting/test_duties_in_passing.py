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


# The choice is that of a body of the Union, and the others must comply; what it may ask or advise leaves them the choice.
_BINDS, _LEAVES = {_DUTY, ("bindingness", "binding")}, {("bindingness", "voluntary")}
_ORDERED = [
    ("english", "The Commission may order Member States to suspend the operation of their reactors.", {*_BINDS, ("addressees", "member-states")}, _LEAVES),
    ("english", "The Agency may instruct national authorities to withdraw the permit.", {*_BINDS, ("addressees", "national-authorities")}, _LEAVES),
    ("english", "The Commission may decide that a Member State shall hold more stocks.", {*_BINDS, ("addressees", "member-states")}, _LEAVES),
    ("english", "The Commission may issue binding instructions to the national authorities.", {*_BINDS, ("addressees", "national-authorities")}, _LEAVES),
    ("english", "The Commission may request Member States to provide information.", _LEAVES, _BINDS),
    ("english", "The Commission may recommend that Member States hold stocks.", _LEAVES, _BINDS),
    ("english", "The Commission may order a study.", set(), _BINDS),
    ("dutch", "De Commissie kan de lidstaten gelasten hun reactoren stil te leggen.", {*_BINDS, ("addressees", "member-states")}, _LEAVES),
    ("dutch", "De Commissie kan ondernemingen verplichten munitie aan de lidstaten te leveren.", {*_BINDS, ("addressees", "firms")}, _LEAVES),
    ("dutch", "Het Agentschap kan nationale autoriteiten opdragen de vergunning in te trekken.", {*_BINDS, ("addressees", "national-authorities")}, _LEAVES),
    ("dutch", "De Commissie kan besluiten dat een lidstaat voorraden moet aanhouden.", {*_BINDS, ("addressees", "member-states")}, _LEAVES),
    ("dutch", "De Commissie kan bij besluit van een lidstaat verlangen dat hij zijn plan wijzigt.", {*_BINDS, ("addressees", "member-states")}, _LEAVES),
    ("dutch", "De Commissie kan bindende aanwijzingen geven aan de nationale autoriteiten.", {*_BINDS, ("addressees", "national-authorities")}, _LEAVES),
    ("dutch", "De Raad draagt de lidstaten op voorraden aan te leggen.", {*_BINDS, ("addressees", "member-states")}, _LEAVES),
    ("dutch", "De Commissie kan een lidstaat gelasten zijn stuwen te sluiten.", {*_BINDS, ("addressees", "member-states")}, _LEAVES),
    ("dutch", "De lidstaat moet zijn klanten over het gevaar inlichten.", {*_BINDS, ("addressees", "member-states")}, _LEAVES),
    ("dutch", "De Commissie kan lidstaten verzoeken informatie te verstrekken.", _LEAVES, _BINDS),
    ("dutch", "De Commissie kan een lidstaat aanbevelen voorraden aan te houden.", _LEAVES, _BINDS),
    ("dutch", "De Commissie is niet verplicht een voorstel in te dienen.", set(), _BINDS),
    ("dutch", "De lidstaten kunnen exploitanten verplichten een plan in te dienen.", _LEAVES, {("bindingness", "binding")}),
    ("dutch", "De Commissie kan een lidstaat niet verplichten troepen te leveren.", set(), {_DUTY}),
    # Where it may impose something that no effect tells, or somebody may be made to do it, nothing says that there is a choice.
    ("english", "Member States may be required by the Commission to deliver ammunition.", set(), _LEAVES),
    ("english", "Operators may be ordered to suspend production.", set(), _LEAVES),
    ("english", "The Agency may impose on operators an obligation to hold stocks.", set(), _LEAVES),
    ("english", "The Commission may set binding targets for each Member State.", set(), _LEAVES),
    ("english", "The Commission may make the payment subject to the amendment of national law.", set(), _LEAVES),
    ("english", "The Commission may publish guidelines.", _LEAVES, set()),
    ("english", "Member States may require operators to hold stocks.", _LEAVES, set()),
    ("dutch", "De lidstaten kunnen door de Commissie worden verplicht munitie te leveren.", set(), _LEAVES),
    ("dutch", "Het Agentschap kan exploitanten de verplichting opleggen voorraden aan te houden.", set(), _LEAVES),
    ("dutch", "De Commissie kan voor elke lidstaat bindende streefcijfers vaststellen.", set(), _LEAVES),
    ("dutch", "De Commissie kan de betaling afhankelijk stellen van de wijziging van nationaal recht.", set(), _LEAVES),
    ("english", "The Commission may decide that products ordered by one Member State be delivered to another first.", set(), _LEAVES),
    ("dutch", "De Commissie kan besluiten dat orders van een lidstaat eerst aan een andere worden geleverd. De instemming van die lidstaat is niet vereist.", set(), _LEAVES),
    ("dutch", "De Commissie kan besluiten de termijn te verlengen.", _LEAVES, set()),
    ("dutch", "De Commissie kan richtsnoeren bekendmaken.", _LEAVES, set()),
    ("dutch", "De lidstaten kunnen exploitanten verplichten voorraden aan te houden.", _LEAVES, set()),
    ("english", "The Commission may issue non-binding guidelines.", _LEAVES, set()),
    ("english", "The Commission may, in order to help operators, publish guidelines.", _LEAVES, set()),
    ("english", "The Commission may give direct support to cities.", _LEAVES, set()),
    ("english", "The Commission may support projects, subject to the availability of funds.", _LEAVES, set()),
    ("english", "The Commission may publish a report on the obligations of operators.", _LEAVES, set()),
    ("dutch", "De Commissie kan niet-bindende richtsnoeren bekendmaken.", _LEAVES, set()),
    ("dutch", "De Commissie kan verslag uitbrengen over de verplichtingen van exploitanten.", _LEAVES, set()),
    ("dutch", "De Commissie kan steun verlenen aan projecten, op voorwaarde dat er middelen zijn.", _LEAVES, set()),
    ("english", "The European Labour Authority may oblige employers to open their books.", {*_BINDS, ("addressees", "firms")}, _LEAVES),
    ("dutch", "De Autoriteit kan de nationale toezichthouder gelasten de vergunning te schorsen.", {*_BINDS, ("addressees", "national-authorities")}, _LEAVES),
    ("dutch", "De Europese Centrale Bank kan banken verplichten meer kapitaal aan te houden.", {*_BINDS, ("addressees", "firms")}, _LEAVES),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "has", "lacks"), _ORDERED)
def test_who_has_the_choice(
    language: str, sentence: str, has: set[tuple[str, str]], lacks: set[tuple[str, str]]
) -> None:
    """What others may be made to do binds them, or is said to be nobody's choice."""
    (read,) = given([sentence], language)
    assert has - read == set()
    assert lacks & read == set()
