"""An act in two languages that does not contradict itself, and faults by the words that go and come."""

from attrs import frozen

from consistent.model.text import Language
from consistent.proofreading.discrepancy import Kind

__all__ = ["ACTS", "FAULTS", "Fault"]

ACTS: dict[Language, str] = {
    "en": """
EXPLANATORY MEMORANDUM
1. CONTEXT OF THE PROPOSAL
Lamps of lighthouses differ from coast to coast.
4. BUDGETARY IMPLICATIONS
The financial envelope for the implementation of the lamp programme amounts to EUR 240 million.
Keepers that sell lamps are liable to fines not exceeding 4 % of the yearly turnover of the keeper concerned.

Proposal for a
REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
on the lamps of lighthouses
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 100(2) thereof,
Whereas:
(1) Ships need lamps that they can tell apart.
(2) In order to ensure uniform conditions for the implementation of this Regulation, implementing powers should be conferred on the Commission. The examination procedure should be used for the adoption of implementing acts on wicks.
HAVE ADOPTED THIS REGULATION:
CHAPTER I
GENERAL PROVISIONS
Article 1
Subject matter
This Regulation lays down rules on the lamps of lighthouses. A European Lighthouse Board (the \u2018Board\u2019) is established.
Article 2
Definitions
For the purposes of this Regulation, the following definitions apply:
(1) \u2018lamp\u2019 means a device that gives light;
(2) \u2018keeper\u2019 means a person that looks after a lamp;
(3) \u2018beacon register\u2019 means a list of lamps.
CHAPTER II
LAMPS
Article 3
Lamps
1. Keepers shall clean lamps each day. They shall draw up an upkeep plan.
2. Keepers shall:
(a) clean the lamps referred to in paragraph 1;
(b) report to the Board on the oil that they use.
3. Keepers shall not sell lamps. They may lend lamps to ships.
4. The Commission is empowered to adopt delegated acts in accordance with Article 6 to supplement this Regulation by laying down the colours of lamps.
5. The Commission shall adopt implementing acts on the form of wicks. Those implementing acts shall be adopted in accordance with the examination procedure referred to in Article 7(2).
Article 4
Beacon register
1. The Board shall keep a beacon register.
2. The Commission shall adopt implementing acts on the form of the beacon register. Those implementing acts shall be adopted in accordance with the examination procedure referred to in Article 7(2).
3. The Board may enter the upkeep plan referred to in Article 3(1) in the beacon register.
Article 5
Means and fines
1. The financial envelope for the implementation of the lamp programme shall be EUR 240 million, divided as follows:
(a) EUR 200 million for lamps;
(b) EUR 40 million for wicks.
2. Member States shall lay down that keepers that sell lamps are liable to fines not exceeding 4 % of the yearly turnover of the keeper concerned.
Article 6
Exercise of the delegation
1. The power to adopt delegated acts is conferred on the Commission subject to the conditions laid down in this Article.
2. The power to adopt delegated acts referred to in Article 3(4) shall be conferred on the Commission for a period of five years from 1 May 2027.
3. The delegation of power referred to in Article 3(4) may be revoked at any time by the European Parliament or by the Council.
4. A delegated act adopted pursuant to Article 3(4) shall enter into force only if no objection has been expressed within a period of two months of notification of that act.
Article 7
Committee procedure
1. The Commission shall be assisted by a committee. That committee shall be a committee within the meaning of Regulation (EU) No 182/2011.
2. Where reference is made to this paragraph, Article 5 of Regulation (EU) No 182/2011 shall apply.
Article 8
Entry into force
This Regulation shall enter into force on the twentieth day following that of its publication in the Official Journal of the European Union. Chapter II shall apply from 1 March 2028.
Done at Brussels,
""",
    "nl": """
TOELICHTING
1. ACHTERGROND VAN HET VOORSTEL
De lampen van vuurtorens verschillen van kust tot kust.
4. GEVOLGEN VOOR DE BEGROTING
De financiële middelen voor de uitvoering van het lampenprogramma bedragen 240 miljoen EUR.
Wachters die lampen verkopen, krijgen boeten van ten hoogste 4 % van de jaarlijkse omzet van de betrokken wachter.

Voorstel voor een
VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD
betreffende de lampen van vuurtorens
HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,
Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 100, lid 2,
Overwegende hetgeen volgt:
(1) Schepen hebben lampen nodig die zij uit elkaar kunnen houden.
(2) Om eenvormige voorwaarden te waarborgen voor de uitvoering van deze verordening, moeten aan de Commissie uitvoeringsbevoegdheden worden toegekend. De onderzoeksprocedure moet worden gebruikt voor uitvoeringshandelingen over pitten.
HEBBEN DE VOLGENDE VERORDENING VASTGESTELD:
HOOFDSTUK I
ALGEMENE BEPALINGEN
Artikel 1
Onderwerp
Deze verordening bevat regels over de lampen van vuurtorens. Er wordt een Europees Vuurtorencollege (het “College”) opgericht.
Artikel 2
Definities
Voor de toepassing van deze verordening wordt verstaan onder:
1) “lamp”: een toestel dat licht geeft;
2) “wachter”: een persoon die op een lamp past;
3) “bakenregister”: een lijst van lampen.
HOOFDSTUK II
LAMPEN
Artikel 3
Lampen
1. De wachters poetsen elke dag de lampen. Zij stellen een onderhoudsplan op.
2. De wachters moeten:
a) de in lid 1 bedoelde lampen poetsen;
b) aan het College verslag uitbrengen over de olie die zij gebruiken.
3. De wachters mogen lampen niet verkopen. Zij mogen lampen aan schepen uitlenen.
4. De Commissie is bevoegd overeenkomstig artikel 6 gedelegeerde handelingen vast te stellen om deze verordening aan te vullen met de kleuren van lampen.
5. De Commissie stelt uitvoeringshandelingen over de vorm van pitten vast. Die uitvoeringshandelingen worden vastgesteld volgens de in artikel 7, lid 2, bedoelde onderzoeksprocedure.
Artikel 4
Bakenregister
1. Het College houdt een bakenregister bij.
2. De Commissie stelt uitvoeringshandelingen over de vorm van het bakenregister vast. Die uitvoeringshandelingen worden vastgesteld volgens de in artikel 7, lid 2, bedoelde onderzoeksprocedure.
3. Het College kan het in artikel 3, lid 1, bedoelde onderhoudsplan in het bakenregister opnemen.
Artikel 5
Middelen en boeten
1. De financiële middelen voor de uitvoering van het lampenprogramma bedragen 240 miljoen EUR, als volgt verdeeld:
a) 200 miljoen EUR voor lampen;
b) 40 miljoen EUR voor pitten.
2. De lidstaten bepalen dat wachters die lampen verkopen, boeten krijgen van ten hoogste 4 % van de jaarlijkse omzet van de betrokken wachter.
Artikel 6
Uitoefening van de bevoegdheidsdelegatie
1. De bevoegdheid om gedelegeerde handelingen vast te stellen wordt aan de Commissie toegekend onder de in dit artikel neergelegde voorwaarden.
2. De in artikel 3, lid 4, bedoelde bevoegdheid om gedelegeerde handelingen vast te stellen, wordt aan de Commissie toegekend voor een termijn van vijf jaar met ingang van 1 mei 2027.
3. Het Europees Parlement of de Raad kan de in artikel 3, lid 4, bedoelde bevoegdheidsdelegatie te allen tijde intrekken.
4. Een overeenkomstig artikel 3, lid 4, vastgestelde gedelegeerde handeling treedt alleen in werking indien daartegen binnen een termijn van twee maanden na de kennisgeving van de handeling geen bezwaar is gemaakt.
Artikel 7
Comitéprocedure
1. De Commissie wordt bijgestaan door een comité. Dat comité is een comité in de zin van Verordening (EU) nr. 182/2011.
2. Wanneer naar dit lid wordt verwezen, is artikel 5 van Verordening (EU) nr. 182/2011 van toepassing.
Artikel 8
Inwerkingtreding
Deze verordening treedt in werking op de twintigste dag na die van de bekendmaking ervan in het Publicatieblad van de Europese Unie. Hoofdstuk II is van toepassing met ingang van 1 maart 2028.
Gedaan te Brussel,
""",
}


@frozen
class Fault:
    """A fault in both languages: the words that go, those that come, and what it is then found as."""

    kind: Kind
    en: tuple[str, str]
    nl: tuple[str, str]


FAULTS: dict[str, Fault] = {
    "an article that is not there": Fault(
        "dead-reference", ("referred to in Article 3(1) in", "referred to in Article 13(1) in"),
        ("in artikel 3, lid 1, bedoelde onder", "in artikel 13, lid 1, bedoelde onder"),
    ),
    "a paragraph that is not there": Fault(
        "dead-reference", ("referred to in Article 3(1) in", "referred to in Article 3(6) in"),
        ("in artikel 3, lid 1, bedoelde onder", "in artikel 3, lid 6, bedoelde onder"),
    ),
    "a point that is not there": Fault(
        "dead-reference", ("referred to in Article 3(1) in", "referred to in Article 3(2), point (c), in"),
        ("in artikel 3, lid 1, bedoelde onder", "in artikel 3, lid 2, onder c), bedoelde onder"),
    ),
    "a chapter that is not there": Fault(
        "dead-reference", ("Chapter II shall apply", "Chapter IV shall apply"),
        ("Hoofdstuk II is van", "Hoofdstuk IV is van"),
    ),
    "an article on something else": Fault(
        "wrong-reference", ("referred to in Article 3(1) in", "referred to in Article 5(2) in"),
        ("in artikel 3, lid 1, bedoelde onder", "in artikel 5, lid 2, bedoelde onder"),
    ),
    "another article on the exercise": Fault(
        "wrong-reference", ("in accordance with Article 6 to", "in accordance with Article 7 to"),
        ("overeenkomstig artikel 6 gedelegeerde", "overeenkomstig artikel 7 gedelegeerde"),
    ),
    "another committee article": Fault(
        "wrong-reference",
        ("form of the beacon register. Those implementing acts shall be adopted in accordance with the examination procedure referred to in Article 7(2)",
         "form of the beacon register. Those implementing acts shall be adopted in accordance with the examination procedure referred to in Article 6(2)"),
        ("bakenregister vast. Die uitvoeringshandelingen worden vastgesteld volgens de in artikel 7, lid 2",
         "bakenregister vast. Die uitvoeringshandelingen worden vastgesteld volgens de in artikel 6, lid 2"),
    ),
    "a power that is not listed": Fault(
        "delegation", ("acts referred to in Article 3(4) shall be conferred", "acts referred to in Article 3(3) shall be conferred"),
        ("De in artikel 3, lid 4, bedoelde bevoegdheid om", "De in artikel 3, lid 3, bedoelde bevoegdheid om"),
    ),
    "another provision where it is revoked": Fault(
        "delegation", ("power referred to in Article 3(4) may be revoked", "power referred to in Article 3(3) may be revoked"),
        ("de in artikel 3, lid 4, bedoelde bevoegdheidsdelegatie", "de in artikel 3, lid 3, bedoelde bevoegdheidsdelegatie"),
    ),
    "the other procedure": Fault(
        "committee", ("Article 5 of Regulation (EU) No 182/2011 shall", "Article 4 of Regulation (EU) No 182/2011 shall"),
        ("is artikel 5 van Verordening (EU) nr. 182/2011", "is artikel 4 van Verordening (EU) nr. 182/2011"),
    ),
    "no procedure at all": Fault(
        "committee", ("Article 5 of Regulation (EU) No 182/2011 shall", "Article 9 of Regulation (EU) No 182/2011 shall"),
        ("is artikel 5 van Verordening (EU) nr. 182/2011", "is artikel 9 van Verordening (EU) nr. 182/2011"),
    ),
    "a power without a procedure": Fault(
        "committee",
        (" on the form of wicks. Those implementing acts shall be adopted in accordance with the examination procedure referred to in Article 7(2).", " on the form of wicks."),
        (" over de vorm van pitten vast. Die uitvoeringshandelingen worden vastgesteld volgens de in artikel 7, lid 2, bedoelde onderzoeksprocedure.", " over de vorm van pitten vast."),
    ),
    "a recital on another procedure": Fault(
        "recital", ("The examination procedure should be used", "The advisory procedure should be used"),
        ("De onderzoeksprocedure moet worden gebruikt", "De raadplegingsprocedure moet worden gebruikt"),
    ),
    "a term that nothing uses": Fault(
        "term", ("\u2018beacon register\u2019 means", "\u2018lighthouse inventory\u2019 means"), ("“bakenregister”:", "“torenlijst”:"),
    ),
    "a term defined twice": Fault(
        "term", ("(3) \u2018beacon register\u2019 means a list of lamps", "(3) \u2018beacon register\u2019 means a list of lamps;\n(4) \u2018keeper\u2019 means a person that keeps"),
        ("3) “bakenregister”: een lijst van lampen", "3) “bakenregister”: een lijst van lampen;\n4) “wachter”: een persoon die bewaart"),
    ),
    "a body that is not introduced": Fault(
        "term", ("report to the Board on", "report to the Agency on"), ("b) aan het College", "b) aan het Agentschap"),
    ),
    "another sum in the memorandum": Fault(
        "figure", ("amounts to EUR 240 million", "amounts to EUR 280 million"), ("lampenprogramma bedragen 240 miljoen EUR.", "lampenprogramma bedragen 280 miljoen EUR."),
    ),
    "another share in the article": Fault(
        "figure", ("shall lay down that keepers that sell lamps are liable to fines not exceeding 4 %", "shall lay down that keepers that sell lamps are liable to fines not exceeding 6 %"),
        ("boeten krijgen van ten hoogste 4 %", "boeten krijgen van ten hoogste 6 %"),
    ),
    "sums that do not add up": Fault(
        "figure", ("EUR 40 million for wicks", "EUR 50 million for wicks"), ("40 miljoen EUR voor pitten", "50 miljoen EUR voor pitten"),
    ),
}  # fmt: skip
