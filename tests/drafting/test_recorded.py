"""What a draft records beside what rules test, and that none of it is lost on the way to a file and to a fiche."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from consistent import KnowledgeBase, load
from consistent.drafting.draft import Draft
from consistent.fiche.forms import fiche_markdown
from consistent.fiche.making import fiche_of
from consistent.model.proposal import RECORDS
from consistent.model.text import LANGUAGES, Language
from consistent.reports.dossier import Dossier
from consistent.toml.proposals import proposal_to_data
from tests.document_cases import INVENTED, REAL

DAY = date(2026, 11, 26)
AI_ACT = REAL.parent / "review/reading/documents/52021PC0206.en.xhtml"
# An act whose article on the exercise of the delegation carries the number of the one before it, and two of whose references
# to the committee do not say 'procedure'; one of them leads to an article without a committee.
ACT = {
    "en": """EUROPEAN COMMISSION
Brussels, 4.5.2026
COM(2026) 901 final
2026/0901(COD)
Proposal for a
REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
on the lamps of lighthouses
{SEC(2026) 90 final} - {SWD(2026) 91 final}
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 100(2) thereof,
Having regard to the opinion of the European Economic and Social Committee,
Whereas:
(1) Ships need lamps that they can tell apart.
HAVE ADOPTED THIS REGULATION:
Article 1
Colours
1. The Commission may, by means of implementing acts, lay down the colours of lamps. Those implementing acts shall be adopted in accordance with Article 5(2).
2. The Commission may, by means of implementing acts, lay down the shape of lamps. Those implementing acts shall be adopted in accordance with the procedure referred to in Article 2(3).
3. The Commission may adopt immediately applicable implementing acts on broken lamps in accordance with the procedure referred to in Article 5(3).
Article 2
Coasts
1. Member States shall designate the coasts on which lamps burn.
2. The Commission may, by means of implementing acts, designate further coasts where a Member State has failed to designate enough coasts under paragraph 1. Those implementing acts shall be adopted in accordance with the examination procedure referred to in Article 5(2).
3. Keepers shall obey Article 9.
Article 3
Fees
The Commission is empowered to adopt delegated acts in accordance with Article 4 to lay down the conditions of the fees of keepers.
Article 3
Exercise of the delegation
1. The power to adopt delegated acts is conferred on the Commission subject to the conditions laid down in this Article.
2. The power to adopt delegated acts referred to in Article 3 shall be conferred on the Commission for a period of five years from 1 January 2030. It shall be tacitly extended for periods of an identical duration.
3. The delegation of power referred to in Article 3 may be revoked at any time by the European Parliament or by the Council.
4. A delegated act adopted pursuant to Article 3 shall enter into force only if no objection has been expressed within a period of two months of notification of that act.
Article 5
Committee procedure
1. The Commission shall be assisted by a committee.
2. Where reference is made to this paragraph, Article 5 of Regulation (EU) No 182/2011 shall apply.
3. Where reference is made to this paragraph, Article 8 of Regulation (EU) No 182/2011, in conjunction with Article 4 thereof, shall apply.
Article 6
Entry into force
This Regulation shall enter into force on the twentieth day following that of its publication in the Official Journal of the European Union.
Done at Brussels,
""",
    "nl": """EUROPESE COMMISSIE
Brussel, 4.5.2026
COM(2026) 901 final
2026/0901(COD)
Voorstel voor een
VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD
betreffende de lampen van vuurtorens
{SEC(2026) 90 final} - {SWD(2026) 91 final}
HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,
Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 100, lid 2,
Gezien het advies van het Europees Economisch en Sociaal Comité,
Overwegende hetgeen volgt:
(1) Schepen hebben lampen nodig die zij kunnen onderscheiden.
HEBBEN DE VOLGENDE VERORDENING VASTGESTELD:
Artikel 1
Kleuren
1. De Commissie kan door middel van uitvoeringshandelingen de kleuren van lampen vaststellen. Die uitvoeringshandelingen worden vastgesteld overeenkomstig artikel 5, lid 2.
2. De Commissie kan door middel van uitvoeringshandelingen de vorm van lampen vaststellen. Die uitvoeringshandelingen worden vastgesteld volgens de in artikel 2, lid 3, bedoelde procedure.
3. De Commissie kan volgens de in artikel 5, lid 3, bedoelde procedure onmiddellijk toepasselijke uitvoeringshandelingen over kapotte lampen vaststellen.
Artikel 2
Kusten
1. De lidstaten wijzen de kusten aan waarop lampen branden.
2. De Commissie kan door middel van uitvoeringshandelingen verdere kusten aanwijzen wanneer een lidstaat heeft nagelaten op grond van lid 1 voldoende kusten aan te wijzen. Die uitvoeringshandelingen worden vastgesteld volgens de in artikel 5, lid 2, bedoelde onderzoeksprocedure.
3. De houders nemen artikel 9 in acht.
Artikel 3
Vergoedingen
De Commissie is bevoegd overeenkomstig artikel 4 gedelegeerde handelingen vast te stellen om de voorwaarden voor de vergoedingen van houders vast te stellen.
Artikel 3
Uitoefening van de bevoegdheidsdelegatie
1. De bevoegdheid om gedelegeerde handelingen vast te stellen, wordt aan de Commissie toegekend onder de in dit artikel neergelegde voorwaarden.
2. De in artikel 3 bedoelde bevoegdheid om gedelegeerde handelingen vast te stellen, wordt aan de Commissie toegekend voor een termijn van vijf jaar met ingang van 1 januari 2030. Zij wordt stilzwijgend met termijnen van dezelfde duur verlengd.
3. Het Europees Parlement of de Raad kan de in artikel 3 bedoelde bevoegdheidsdelegatie te allen tijde intrekken.
4. Een overeenkomstig artikel 3 vastgestelde gedelegeerde handeling treedt alleen in werking indien binnen twee maanden na kennisgeving van die handeling geen bezwaar is gemaakt.
Artikel 5
Comitéprocedure
1. De Commissie wordt bijgestaan door een comité.
2. Wanneer naar dit lid wordt verwezen, is artikel 5 van Verordening (EU) nr. 182/2011 van toepassing.
3. Wanneer naar dit lid wordt verwezen, is artikel 8 van Verordening (EU) nr. 182/2011, in samenhang met artikel 4 daarvan, van toepassing.
Artikel 6
Inwerkingtreding
Deze verordening treedt in werking op de twintigste dag na die van de bekendmaking ervan in het Publicatieblad van de Europese Unie.
Gedaan te Brussel,
""",
}


@cache
def kb() -> KnowledgeBase:
    return load("treaties")


@cache
def drafted(language: Language) -> Draft:
    return kb().draft(ACT[language].encode(), "lamps.txt")


@pytest.mark.parametrize("language", LANGUAGES)
def test_committees_in_two_steps(language: Language) -> None:
    """By the paragraph of the committee article, also where no word says 'procedure', and where the reference leads elsewhere."""
    powers = {
        (power.article, power.paragraph): (
            power.procedure,
            power.procedure_at,
            power.committee.value if power.committee else "",
            power.urgent,
        )
        for power in drafted(language).proposal.empowerments or ()
        if power.kind == "implementing"
    }
    assert powers == {
        ("1", "1"): ("examination", "5(2)", "5(2)", False),
        ("1", "2"): ("advisory", "2(3)", "5(3)", True),
        ("1", "3"): ("advisory", "5(3)", "5(3)", True),
        ("2", "2"): ("examination", "5(2)", "5(2)", False),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_delegation_under_a_wrong_number(language: Language) -> None:
    """Found by its heading; its terms hold for the power, and its sentences are the evidence of the safeguards there."""
    proposal = drafted(language).proposal
    (delegation,) = proposal.delegations
    assert (delegation.article, delegation.number, delegation.listed) == ("3", "4", ("3",))
    assert (delegation.months, delegation.tacit, delegation.revocable, delegation.objection) == (60, True, True, 2)
    assert not proposal.mismatches
    (power,) = [power for power in proposal.empowerments or () if power.kind == "delegated"]
    assert (power.exercise, power.look) == ("3", None)
    measure = next(each for each in proposal.measures if "delegated-power" in each.effects.yes)
    assert {"delegation-limits", "delegation-conditions"} <= measure.safeguards.yes
    evidence = measure.evidence_for("safeguards", ["delegation-conditions"])
    assert evidence is not None
    assert evidence.place in {"Article 3(3)", "artikel 3, lid 3"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_delegation_for_no_time_that_is_said(language: Language) -> None:
    """Of the four limits the time is known not to be there: where the text says none, and only there."""
    period = {
        "en": " for a period of five years from 1 January 2030. It shall be tacitly extended for periods of an identical duration",
        "nl": " voor een termijn van vijf jaar met ingang van 1 januari 2030. Zij wordt stilzwijgend met termijnen van dezelfde duur verlengd",
    }[language]
    # A day on which the power ends says as much.
    day = {"en": " until 31 December 2034", "nl": " tot 31 december 2034"}[language]
    assert period in ACT[language]
    for said, missing in ((period, False), (day, False), ("", True)):
        text = ACT[language].replace(period, said)
        proposal = kb().draft(text.encode(), "lamps.txt").proposal
        measure = next(each for each in proposal.measures if "delegated-power" in each.effects.yes)
        assert ("delegation-duration" in measure.safeguards.no) is missing
        assert ("delegation-limits" in measure.safeguards.yes) is not missing
        assert ({"delegation-content", "delegation-scope"} <= measure.safeguards.yes) is missing
        found = {(finding.rule, finding.measure) for finding in kb().check(proposal).report.findings}
        assert (("treaties/empowerment/delegation-without-limits", measure.id) in found) is missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_power_over_what_member_states_decide(language: Language) -> None:
    """Marked with the paragraph that leaves it to them, and an effect of the measure."""
    proposal = drafted(language).proposal
    over = [
        (power.article, power.paragraph, power.overrules) for power in proposal.empowerments or () if power.overrules
    ]
    assert over == [("2", "2", "2(1)")]
    assert [next(iter(each.reference.yes)) for each in proposal.measures if "overruling" in each.effects.yes] == [
        {"en": "Article 2(2)", "nl": "artikel 2, lid 2"}[language]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_remarks(language: Language) -> None:
    """A number that is missing, and references that lead nowhere or to another thing, each once."""
    remarks = [remark.get(language) for remark in drafted(language).remarks]
    assert (
        remarks
        == {
            "en": [
                "article 4 is missing; the second article 3 is evidently article 4",
                "Article 2(3) refers to `Article 9`, which this act does not have",
                "Article 1(2) refers to article 2(3) for the committee procedure, but the committee article is 5",
            ],
            "nl": [
                "artikel 4 ontbreekt; het tweede artikel 3 is kennelijk artikel 4",
                "artikel 2, lid 3 verwijst naar `artikel 9`, maar die bepaling heeft deze handeling niet",
                "artikel 1, lid 2 verwijst voor de comitéprocedure naar artikel 2(3), maar het comité staat in artikel 5",
            ],
        }[language]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_opinions_and_accompanying_documents(language: Language) -> None:
    """The whole title; the opinions that citations name; the staff documents on the cover."""
    proposal = drafted(language).proposal
    assert proposal.title is not None
    assert proposal.title.get(language).startswith(
        {"en": "Proposal for a REGULATION OF", "nl": "Voorstel voor een VERORDENING VAN"}[language]
    )
    assert "required-opinions" in proposal.statements.yes
    assert proposal.accompanying == ("SEC(2026) 90 final", "SWD(2026) 91 final")


# By document: powers, delegations, and time limits in it.
COUNTED: Mapping[Path, tuple[int, int, int]] = {
    AI_ACT: (10, 1, 8),
    REAL / "proposals/52020PC0842.en.xhtml": (11, 1, 4),
    REAL / "proposals/52022PC0068.en.xhtml": (5, 1, 5),
    REAL / "acts/32021R0697.nl.json": (4, 1, 3),
}


@pytest.mark.parametrize(
    "path", [*COUNTED, INVENTED / "powers.en.txt", INVENTED / "powers.nl.txt"], ids=lambda path: path.name
)
def test_nothing_is_lost_on_the_way_to_a_fiche(path: Path) -> None:
    """A draft written as TOML reads back to an equal proposal, as data too; the fiche of one is the fiche of the other."""
    if not path.is_file():
        pytest.skip("the real document is not at hand")
    draft = kb().draft(path, path.name, as_proposal=True)
    proposal = draft.proposal
    if path in COUNTED:
        assert (len(proposal.empowerments or ()), len(proposal.delegations), len(proposal.time_limits)) == COUNTED[path]
    read = kb().read(draft.toml())
    assert read == proposal
    assert kb().read(proposal_to_data(proposal)) == proposal
    of_document = fiche_markdown(fiche_of(Dossier.of(kb().check(draft, as_of=DAY), draft), "nl"))
    of_file = fiche_markdown(fiche_of(Dossier.of(kb().check(read, as_of=DAY)), "nl"))
    assert _section(of_file, "6") == _section(of_document, "6")
    assert _section(of_file, "1") == _section(of_document, "1")


def _section(fiche: str, number: str) -> str:
    return re.split(r"\n## ", fiche)[int(number) + 1]


def test_a_text_without_powers_says_so() -> None:
    """Read for powers and none found is another thing than not read for powers."""
    act = re.sub(r"Article 1\n.*?Article 6", "Article 6", ACT["en"], flags=re.DOTALL)
    draft = kb().draft(act.encode(), "lamps.txt")
    assert draft.proposal.empowerments == ()
    assert draft.toml().count("empowerment = []") == 1
    assert kb().read(draft.toml()) == draft.proposal
    assert kb().read("[proposal]\n").empowerments is None
    assert set(RECORDS) == {
        "empowerment",
        "delegation",
        "mismatch",
        "time_limit",
        "division",
        "quotation",
        "answer",
        "looked_for",
    }
