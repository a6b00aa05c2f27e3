"""Small acts, a policy paper and an appraisal of our own, in plain text, whose measures are told by their words."""

__all__ = ["ACTS", "APPRAISAL", "POLICIES"]

ACTS = {
    "en": """COM(2026) 902 final
Proposal for a
REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
on fair markets for lamps in the internal market
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 114 thereof,
Having regard to the proposal from the European Commission,
Whereas:
(1) Lamps differ from coast to coast.
HAVE ADOPTED THIS REGULATION:
Article 1
Subject matter
1. This Regulation lays down harmonised rules on lamps.
2. This Regulation is without prejudice to the sole responsibility of the Member States for national security.
Article 2
Duties of makers
1. Manufacturers shall test each lamp before they sell it.
2. Manufacturers shall not sell lamps that failed the test.
3. The Commission is empowered to adopt delegated acts in accordance with Article 5 to change the test.
Article 3
Penalties
Member States shall lay down the rules on penalties applicable to infringements of this Regulation.
Article 4
Entry into force
This Regulation shall enter into force on the twentieth day following that of its publication.
Done at Brussels, 4 May 2026.
""",
    "nl": """COM(2026) 902 final
Voorstel voor een
VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD
over eerlijke markten voor lampen op de interne markt
HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,
Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 114,
Gezien het voorstel van de Europese Commissie,
Overwegende hetgeen volgt:
(1) Lampen verschillen van kust tot kust.
HEBBEN DE VOLGENDE VERORDENING VASTGESTELD:
Artikel 1
Onderwerp
1. Bij deze verordening worden geharmoniseerde regels voor lampen vastgesteld.
2. Deze verordening geldt onverminderd de verantwoordelijkheid van de lidstaten voor hun nationale veiligheid.
Artikel 2
Plichten van makers
1. Fabrikanten moeten elke lamp testen voordat zij die verkopen.
2. Fabrikanten mogen lampen zonder test niet verkopen.
3. De Commissie is bevoegd overeenkomstig artikel 5 gedelegeerde handelingen vast te stellen om de test te wijzigen.
Artikel 3
Sancties
De lidstaten stellen regels inzake sancties op overtredingen van deze verordening vast.
Artikel 4
Inwerkingtreding
Deze verordening treedt in werking op de twintigste dag na die van de bekendmaking ervan.
Gedaan te Brussel, 4 mei 2026.
""",
}

POLICIES = {
    "en": """COM(2026) 903 final
COMMUNICATION FROM THE COMMISSION TO THE EUROPEAN PARLIAMENT AND THE COUNCIL
A plan for the lamps of lighthouses
1. Where we stand
Lamps of lighthouses are old.
2. What comes next
The Commission will propose a regulation on lamps in 2027.
The Commission will publish a study on buoys.
Member States are invited to list their lamps.
""",
    "nl": """COM(2026) 903 final
MEDEDELING VAN DE COMMISSIE AAN HET EUROPEES PARLEMENT EN DE RAAD
Een plan voor de lampen van vuurtorens
1. Waar wij staan
De lampen van vuurtorens zijn oud.
2. Wat volgt
De Commissie zal in 2027 een wetgevingsvoorstel over lampen indienen.
De Commissie zal een studie over boeien publiceren.
De lidstaten worden verzocht hun lampen op te geven.
""",
}

# An appraisal of a proposal.
APPRAISAL = """Fiche 1: Verordening over de lampen van vuurtorens
1. Algemene gegevens
a) Titel voorstel
Voorstel voor een verordening over de lampen van vuurtorens
b) Datum ontvangst Commissiedocument
4 mei 2026
c) Nr. Commissiedocument
COM(2026) 904
2. Essentie voorstel
De Commissie zal een wetgevingsvoorstel over boeien indienen.
De lidstaten moeten hun lampen opgeven.
3. Nederlandse positie ten aanzien van het voorstel
De Commissie zou moeten aangeven wat lampen kosten.
"""
