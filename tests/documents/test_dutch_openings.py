"""What begins a Dutch sentence before its verb: whoever is named behind the verb acts, and the verb says what is laid down."""

from consistent.documents.provisions.provisions import provisions_of
from consistent.documents.reading import read_document
from tests.drafting.short_acts import act_of

# Adverbs, what is put first with a preposition, clauses with their verb last, and conditions that begin with their verb.
_OPENINGS = """
Totdat de nationale wetgevingen nader tot elkaar zijn gebracht,
Totdat de maatregelen worden vastgesteld,
Tot het tijdstip waarop de lijst wordt vastgesteld,
Als alternatief voor de aftrek van bestanddelen die de onderneming in kredietinstellingen, beleggingsondernemingen en financiële instellingen houdt,
Omdat de gegevens vertrouwelijk zijn,
Aangezien de gegevens vertrouwelijk zijn,
Naarmate de markt zich ontwikkelt,
Naargelang de ernst van de inbreuk
Voor zover de gegevens beschikbaar zijn,
Voorzover dat nodig is,
In het geval dat de gegevens ontbreken,
In gevallen waarin de gegevens ontbreken,
In geval van een noodsituatie die meerdere staten, regio's of sectoren treft,
Ook al is de termijn verstreken,
Behalve wanneer het belang van het onderzoek zich daartegen verzet,
Behalve in gevallen van overmacht
Afgezien van de gevallen bedoeld in artikel 4
Met uitzondering van de gegevens die op grond van artikel 3, 4 of 5 zijn verzameld,
Met het oog op de bescherming van personen die de goederen gebruiken,
Zodra zij kennis krijgen van een inbreuk,
Binnen drie maanden nadat de aanvraag is ingediend,
Uiterlijk twee jaar na de datum waarop deze richtlijn in werking is getreden,
Gedurende een periode van vijf jaar die ingaat op 1 januari 2027,
Vanaf het moment dat de vergunning is verleend,
Sedert de inwerkingtreding van deze richtlijn
Ten behoeve van werknemers die in een andere lidstaat werken, wonen of studeren,
Bij gebreke van een akkoord
Bij ontstentenis van een besluit dat de Commissie, de Raad of het Parlement heeft genomen,
Op verzoek van de Commissie
Op grond van de informatie die zij ontvangen, verzamelen of bewaren,
Mocht een marktdeelnemer niet aan de verplichtingen voldoen,
Blijkt uit de controle dat de goederen onveilig zijn,
Is de aanvraag onvolledig,
Heeft een lidstaat bezwaren,
Wordt de vergunning geweigerd,
Voldoet een product niet aan de eisen,
Indien en zolang de gegevens ontbreken,
Indien, na onderzoek, blijkt dat de goederen onveilig zijn,
Alvorens een besluit te nemen dat gevolgen heeft voor derden,
Na de betrokkenen in de gelegenheid te hebben gesteld te worden gehoord,
Rekening houdend met de aard, de omvang en de ernst van de inbreuk
Gelet op de behoeften van kleine ondernemingen
In afwachting van het besluit
In samenwerking met de sociale partners
Wat de in bijlage I genoemde goederen betreft
Waar het gaat om kleine ondernemingen,
Inzake de bescherming van gegevens
Ten aanzien van goederen die zijn ingevoerd, uitgevoerd of vervoerd,
Krachtens het nationale recht
Zo nodig
Zo mogelijk
Zo deze niet bestaan,
Zo spoedig mogelijk
Elk jaar
Om de twee jaar
Regelmatig
Jaarlijks vóór 1 maart
Steeds wanneer de gegevens wijzigen,
Telkens als de gegevens wijzigen,
Desgewenst
Onder de voorwaarden die in bijlage II, III en IV zijn vastgesteld,
Ongeacht de wijze waarop de goederen worden vervoerd,
Ingevolge dit artikel
Daartoe
Hiertoe
Als gevolg van een in lid 2 bedoelde kennisgeving en de daarin vermelde gegevens
Dienovereenkomstig
Evenzo
Desondanks
Anders dan in lid 1 is bepaald,
Overigens
Anderzijds
Bij twijfel
Tezelfdertijd
Tegelijkertijd
Onmiddellijk nadat de gegevens zijn ontvangen,
Op de dag waarop de goederen aankomen,
Gezamenlijk
Eenmaal per jaar
Mits aan de voorwaarden is voldaan,
Tenzij anders is bepaald,
Behoudens andersluidende bepaling
Eventueel
Schriftelijk
Desverzocht
Ter voorkoming van misbruik
Terwijl het onderzoek loopt,
Nu de termijn is verstreken,
""".strip().splitlines()
_CLAUSES = (
    ("mogen de lidstaten goederen weigeren", "may", "member-states"),
    ("nemen de lidstaten de nodige maatregelen", "shall", "member-states"),
    ("bewaart de bevoegde autoriteit de gegevens", "shall", "national-authorities"),
    ("verkopen ondernemingen geen goederen", "shall-not", "firms"),
    ("delen zij hun bevindingen mee", "shall", ""),
    ("worden de goederen vernietigd", "shall", ""),
    ("kan de bevoegde autoriteit de goederen niet vrijgeven", "shall-not", "national-authorities"),
)


def _told(sentences: list[str]) -> list[tuple[str, str]]:
    """Of each sentence what it lays down, and for whom."""
    document = read_document(act_of("nl", "TFEU 114", sentences), "act.txt")
    told: dict[int, tuple[str, str]] = {}
    for provision in provisions_of(document):
        norm = provision.norm
        told.setdefault(
            int(provision.place.article or 0), (norm.modality, norm.addressee.name if norm.addressee else "")
        )
    return [told.get(number, ("", "")) for number in range(1, len(sentences) + 1)]


def test_what_begins_a_sentence_is_not_its_subject() -> None:
    """Of these sentences nearly a third said something else, or to nobody, before these openings were told."""
    said = [(f"{opening} {clause}.", kind, who) for opening in _OPENINGS for clause, kind, who in _CLAUSES]
    told = _told([sentence for sentence, _, _ in said])
    wrong = [
        (sentence, *found)
        for (sentence, kind, who), found in zip(said, told, strict=True)
        if found[0] != kind or (who and found[1] != who)
    ]
    assert not wrong


def test_a_noun_of_several_is_no_verb() -> None:
    """`Fondsen en instellingen` has the form of a verb and its subject."""
    sentence = "Als alternatief voor de delen die zij in banken, fondsen en instellingen houden, mogen de lidstaten andere eisen."
    assert _told([sentence]) == [("may", "member-states")]


def test_a_right_not_to_do_something_is_no_ban() -> None:
    """What is denied is what need not be done; whoever has no right, must not."""
    told = _told(
        [
            "De bevoegde autoriteiten hebben het recht slachtoffers niet te vervolgen.",
            "De lidstaten hebben het recht om deze goederen niet toe te laten.",
            "De lidstaten hebben niet het recht om deze goederen te weigeren.",
            "De lidstaten hebben het recht niet om deze goederen te weigeren.",
        ]
    )
    assert [kind for kind, _ in told] == ["may", "may", "shall-not", "shall-not"]
