"""What the sentences of an act lay down."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from consistent.documents.citing.references import Place, references
from consistent.documents.document import Block, Content, Document, Part, Span
from consistent.documents.provisions.provisions import Provision, provisions_of
from consistent.documents.provisions.sentences import Register, norm_of, parties_in, parties_of, sentences
from consistent.documents.structure.structure import document_of
from consistent.documents.words.provision_words import MODALITIES, ModalityCue, ProvisionWords, words_of
from tests.document_cases import INVENTED, read_once, real, real_documents
from tests.harness.effort import examples
from tests.soon import ends_soon

_JUDGED = tomli.loads((Path(__file__).parent / "judged_provisions.toml").read_text("utf-8"))["document"]
_FIELDS = ("modality", "addressee", "actor", "action", "object", "references")
# The least share that is right, in percent, by language and field.
_FLOORS = {
    "en": {"modality": 98, "addressee": 97, "actor": 97, "action": 96, "object": 92, "references": 97},
    "nl": {"modality": 98, "addressee": 99, "actor": 99, "action": 91, "object": 80, "references": 94},
}


def words(language: str) -> ProvisionWords:
    """The words of a language that ships."""
    known = words_of(language)
    assert known is not None
    return known


@cache
def read(path: Path) -> tuple[Document, tuple[Provision, ...]]:
    """A document and its provisions, read once."""
    document = read_once(path)
    return document, provisions_of(document)


def cues() -> Iterator[object]:
    """Each cue of a modality with its language, as a parameter."""
    for language in ("en", "nl"):
        for number, cue in enumerate((*words(language).modalities, *words(language).policy)):
            yield pytest.param(language, cue, id=f"{language}-{number}-{cue.kind}")


@pytest.mark.parametrize(("language", "cue"), list(cues()))
def test_modality_holds_for_its_example_only(language: str, cue: ModalityCue) -> None:
    """A cue tells its example, and not the sentence that looks like it."""
    assert cue.kind in MODALITIES
    register: Register = "policy" if cue in words(language).policy else "act"
    assert norm_of(cue.example, Span(0, len(cue.example)), words(language), register).modality == cue.kind
    counter = norm_of(cue.counter_example, Span(0, len(cue.counter_example)), words(language), register)
    assert counter.modality != cue.kind


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Member States shall ensure that the Commission tells.", ("shall", "member-states", "commission")),
        ("en", "Member States shall ensure that the Commission is told.", ("shall", "member-states", None)),
        ("en", "The Commission shall be assisted by a committee.", ("shall", None, None)),
        ("en", "Manufacturers shall test lamps.", ("shall", "firms", "firms")),
        ("en", "Lamps may be moved by keepers named by the Commission.", ("may", "firms", "firms")),
        ("en", "Member States shall have the right to buy lamps.", ("may", "member-states", "member-states")),
        ("en", "The Commission shall include lamps in the list.", ("shall", "commission", "commission")),
        ("en", "The list shall be adopted by the Commission.", ("shall", "commission", "commission")),
        ("en", "Lamps that keepers may sell shall be clean.", ("shall", None, None)),
        ("en", "Where keepers may sell lamps, Member States shall tell.", ("shall", "member-states", "member-states")),
        ("en", "By 1 May 2027 the Commission shall report.", ("shall", "commission", "commission")),
        ("en", "A decision of the Commission may be appealed.", ("may", None, None)),
        ("en", "Lamps that are not old shall not be sold.", ("shall-not", None, None)),
        ("en", "Firms which are not SMEs may buy lamps only after a test.", ("may-only", "firms", "firms")),
        ("en", "No keeper shall sell lamps.", ("shall-not", None, None)),
        ("en", "Keepers may not sell lamps.", ("shall-not", "firms", "firms")),
        ("en", "It shall be prohibited to sell lamps.", ("shall-not", None, None)),
        ("en", "Lamps may be sold only where they are old.", ("may-only", None, None)),
        ("nl", "Uiterlijk op 1 mei stelt de Commissie een lijst vast.", ("shall", "commission", "commission")),
        ("nl", "De lijst wordt vastgesteld door de Commissie.", ("shall", "commission", "commission")),
        ("nl", "De lidstaten zorgen ervoor dat de Commissie wordt ingelicht.", ("shall", "member-states", None)),
        ("nl", "De lidstaten zorgen ervoor dat bedrijven lampen testen.", ("shall", "member-states", "firms")),
        ("nl", "Wat lampen betreft, poetst de wachter met hulp van de Commissie.", ("shall", None, None)),
        (
            "nl",
            "Om lampen te tellen die worden verkocht, is de Commissie bevoegd.",
            ("empowered", "commission", "commission"),
        ),
        ("nl", "De lampen die wachters mogen verkopen, worden gepoetst.", ("shall", None, None)),
        ("nl", "De lidstaten mogen lampen niet verkopen.", ("shall-not", "member-states", "member-states")),
        ("nl", "De lidstaten heffen geen rechten.", ("shall-not", "member-states", "member-states")),
        ("nl", "In afwijking van lid 1 kunnen de lidstaten lampen doven.", ("may", "member-states", "member-states")),
        ("nl", "Deze verordening is verbindend in al haar onderdelen.", ("declaratory", None, None)),
    ],
)
def test_sentence(language: str, text: str, expected: tuple[str, str | None, str | None]) -> None:
    """Modality, who is bound and who acts are those of the main clause."""
    norm = norm_of(text, Span(0, len(text)), words(language))
    result = (norm.modality, norm.addressee and norm.addressee.name, norm.actor and norm.actor.name)
    assert result == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "See art. 5 and No. 7. It ends.", ["See art. 5 and No. 7.", "It ends."]),
        ("en", "As in Article 1(7).Those acts end.", ["As in Article 1(7).", "Those acts end."]),
        ("en", "Pay EUR 6.5 by 1.2.2027. (OJ L 3, p. 4.)", ["Pay EUR 6.5 by 1.2.2027.", "(OJ L 3, p. 4.)"]),
        ("nl", "Zie lid 1. De wet geldt, nr. 7 ook.", ["Zie lid 1.", "De wet geldt, nr. 7 ook."]),
        ("nl", "Bijv. Jan, d.w.z. Piet. Hij poetst.", ["Bijv. Jan, d.w.z. Piet.", "Hij poetst."]),
    ],
)
def test_sentences_end_where_they_end(language: str, text: str, expected: list[str]) -> None:
    """Not behind abbreviations, in dates and amounts."""
    spans = sentences(text, Span(0, len(text)), words(language))
    assert [text[span.start : span.end] for span in spans] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "paragraph 2", ["7(2)"]),
        ("en", "point (b)", ["7(3)(b)"]),
        ("en", "Article 5(2), point (b)", ["5(2)(b)"]),
        ("en", "points (a) to (c) of Article 5(2)", ["5(2)(a)", "5(2)(b)", "5(2)(c)"]),
        ("en", "Articles 3(6), 5 and 9(1)", ["3(6)", "5", "9(1)"]),
        ("en", "Article 24, paragraphs 5 to 7", ["24(5)", "24(6)", "24(7)"]),
        ("en", "Article 5 of Regulation (EU) No 182/2011", ["CELEX 32011R0182 art. 5"]),
        ("en", "Regulation (EU) 2021/697 and Directive 2011/83/EU", ["CELEX 32021R0697", "CELEX 32011L0083"]),
        ("en", "Article 290 TFEU", ["TFEU art. 290"]),
        ("en", "this Article and Annex I", ["7", "Annex I"]),
        ("nl", "lid 2", ["7(2)"]),
        ("nl", "artikel 5, lid 2, onder b)", ["5(2)(b)"]),
        ("nl", "artikel 14 bis, lid 2", ["14 bis(2)"]),
        ("nl", "de artikelen 5 tot en met 7", ["5", "6", "7"]),
        ("nl", "artikel 4, lid 1, punt c), van Verordening (EU) nr. 182/2011", ["CELEX 32011R0182 art. 4(1)(c)"]),
        ("nl", "artikel 290 VWEU en bijlage II", ["TFEU art. 290", "Annex II"]),
    ],
)
def test_references(language: str, text: str, expected: list[str]) -> None:
    """Places are told from where they stand: paragraph 3 of Article 7."""
    here = Place(article="7", paragraph="3")
    result = references(text, Span(0, len(text)), words(language), here)
    assert [str(reference.place) for reference in result] == expected


@pytest.mark.parametrize(
    ("language", "place", "points", "modality", "action"),
    [
        ("en", "3(2)(a)", ("a",), "shall", ["clean"]),
        ("en", "3(2)(b)", ("b",), "shall", ["report"]),
        ("en", "4(2)(a)", ("a",), "shall", ["hold"]),
        ("en", "2(1)", ("1",), "definition", []),
        ("nl", "3(2)(a)", ("a",), "shall", ["moeten"]),
        ("nl", "2(1)", ("1",), "definition", []),
    ],
)
def test_point_goes_on_with_its_sentence(
    language: str, place: str, points: tuple[str, ...], modality: str, action: list[str]
) -> None:
    """A point has the modality of the sentence that leads up to the list."""
    document, provisions = read(INVENTED / f"powers.{language}.txt")
    (point,) = [provision for provision in provisions if (str(provision.place), provision.points) == (place, points)]
    assert point.modality == modality
    assert [document.of(piece) for piece in point.norm.action] == action
    assert point.chapeau is not None
    assert document.of(point.chapeau).endswith(":")


def test_points_have_the_subject_before_the_list() -> None:
    """Where the sentence before a Dutch list is a subject only, each point begins with its verb."""
    lines = (
        *("BESLUIT VAN DE RAAD", "over de lampen van de torens", "DE RAAD VAN DE EUROPESE UNIE,"),
        "Gezien het Verdrag betreffende de werking van de Europese Unie,",
        *("Overwegende hetgeen volgt:", "(1) Lampen branden in de torens.", "HEEFT HET VOLGENDE BESLUIT VASTGESTELD:"),
        *("Artikel 1", "Plichten", "De lidstaten:", "a) wijzen een instantie aan die de lampen telt;"),
        *("b) verzamelen de gegevens over lampen;", "c) verkopen die gegevens niet."),
    )
    blocks = tuple(Block(text=line) for line in lines)
    document = document_of(Content(format="text", blocks=blocks), "lamps")
    read_norms = [
        (provision.points, provision.modality, [party.name for party in provision.norm.subjects])
        for provision in provisions_of(document)
        if provision.points
    ]
    assert read_norms == [
        (("a",), "shall", ["member-states"]),
        (("b",), "shall", ["member-states"]),
        (("c",), "shall-not", ["member-states"]),
    ]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("De lijst wordt volgens de procedure van artikel 7 door de Commissie vastgesteld.", "commission"),
        ("De lijst wordt elk jaar en daarna om de twee jaar op voorstel van de Raad door de Commissie bijgewerkt.", "commission"),
        ("De lampen worden gebruikt voor door de lidstaten geleverde goederen.", None),
        ("Verzoeken worden door de in lid 1 bedoelde autoriteiten behandeld.", "national-authorities"),
        ("De aanbieder is verplicht de gegevens te wissen.", "firms"),
        ("De aanbieders zijn gehouden tot geheimhouding.", "firms"),
        ("De aanbieder wordt van het besluit in kennis gesteld.", None),
    ],
)  # fmt: skip
def test_who_acts_in_a_dutch_passive(text: str, addressee: str | None) -> None:
    """Behind `door` where that belongs to the verb; and whoever is obliged by `zijn`."""
    norm = norm_of(text, Span(0, len(text)), words("nl"))
    assert (norm.addressee and norm.addressee.name) == addressee


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("De lidstaten delen de Commissie uiterlijk op 1 mei van elk jaar de gegevens mee.", ["delen", "mee"]),
        ("De lidstaten wijzen een instantie aan.", ["wijzen", "aan"]),
        ("De aanbieder moet de gegevens binnen tien dagen wissen.", ["moet", "wissen"]),
        ("De gegevens dienen binnen tien dagen te worden gewist.", ["dienen", "worden gewist"]),
    ],
)
def test_dutch_verbs_in_two_pieces(text: str, action: list[str]) -> None:
    """The finite verb, and what ends its clause."""
    norm = norm_of(text, Span(0, len(text)), words("nl"))
    assert [text[piece.start : piece.end] for piece in norm.action] == action


@pytest.mark.parametrize("language", ["en", "nl"])
def test_references_are_aimed(language: str) -> None:
    """A reference to a provision of the same act has that provision's span."""
    document, provisions = read(INVENTED / f"powers.{language}.txt")
    aimed = {
        str(reference.place): reference.target
        for provision in provisions
        for reference in provision.references
        if reference.target
    }
    label = {"en": "(b) its height", "nl": "b) de hoogte"}[language]
    assert document.of(aimed["4(2)(b)"]).startswith(label)
    assert all(document.text[span.start : span.end].strip() for span in aimed.values())


def test_amended_act() -> None:
    """What an amending provision puts into another act is that act's."""
    _, provisions = read(INVENTED / "powers.en.txt")
    amended = [(provision.amended.act, str(provision.amended.place)) for provision in provisions if provision.amended]
    assert amended == [
        ("CELEX 32001L0077", "8(2)"),
        ("CELEX 32001L0077", "8a"),
        ("CELEX 32001L0077", "8a(1)"),
        ("CELEX 32001L0077", "8a(2)"),
    ]


def test_no_words_no_provisions() -> None:
    """In a language without words nothing is laid down."""
    assert words_of("fr") is None


@pytest.mark.parametrize(
    "path", [*sorted(INVENTED.glob("*.*")), *real_documents("proposals/*"), *real_documents("acts/*")]
)
def test_provisions_lie_in_their_articles(path: Path) -> None:
    """In the order of the text, without overlap, in articles and annexes only; every span in its sentence."""
    document, provisions = read(path)
    acts = list(_acts(document))
    at = 0
    for provision in provisions:
        assert at <= provision.span.start < provision.span.end
        at = provision.span.end
        (own,) = [part for part in acts if provision.span in part.span]
        assert own.number in {provision.place.annex, provision.place.article} or not own.number
        assert document.of(provision.span) == document.of(provision.span).strip()
        assert provision.span in provision.part
        spans = [provision.norm.cue, provision.norm.subject, provision.norm.object, *provision.norm.action]
        spans += [reference.span for reference in provision.references]
        if provision.chapeau is None:
            assert all(span in provision.span for span in spans if span)
        for party in (provision.norm.addressee, provision.norm.actor):
            assert party is None or party.span.start < party.span.end


@pytest.mark.parametrize("language", ["en", "nl"])
def test_people_agree_with_the_provisions(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the provisions judged by eye, in each field at least the share that was measured is right."""
    right: Counter[str] = Counter()
    total = 0
    for judged in (judgement for judgement in _JUDGED if judgement["language"] == language):
        document, provisions = read(real(judged["file"]))
        for at, nth, _, *expected in judged["provisions"]:
            there = [
                provision for provision in provisions if f"{provision.place} {'.'.join(provision.points)}".strip() == at
            ]
            assert nth < len(there), (judged["file"], at)
            total += 1
            for field, value, wanted in zip(_FIELDS, _read_off(document, there[nth]), expected, strict=True):
                right[field] += value == wanted
    with capsys.disabled():
        print(f"\n{language}: " + ", ".join(f"{name} {right[name]}/{total}" for name in _FIELDS))  # noqa: T201  figures for who reads the output
    assert {name: right[name] for name in _FIELDS if 100 * right[name] < _FLOORS[language][name] * total} == {}


def _read_off(document: Document, provision: Provision) -> list[object]:
    norm = provision.norm
    return [
        norm.modality,
        norm.addressee.name if norm.addressee else "",
        norm.actor.name if norm.actor else "",
        " ".join(document.of(piece) for piece in norm.action),
        " ".join(document.of(norm.object).split()[:3]) if norm.object else "",
        [str(piece.place) for piece in provision.references],
    ]


def _acts(document: Document) -> Iterator[Part]:
    for part in document.walk():
        if part.kind in {"article", "annex"}:
            yield part


@given(st.text(alphabet=st.sampled_from("ab AB.,:;()12\u2018\u2019"), max_size=300))
def test_sentences_lose_nothing(text: str) -> None:
    """Their letters are those of the text."""
    sentences_read = [
        text[sentence.start : sentence.end] for sentence in sentences(text, Span(0, len(text)), words("en"))
    ]
    assert "".join("".join(sentences_read).split()) == "".join(text.split())


_BITS = [
    *(
        "Article 5(2), ",
        "(a) of ",
        "point ",
        "and ",
        "shall ",
        "not ",
        "the Commission ",
        "Member States ",
        "may only ",
    ),
    *(
        "lid 2, ",
        "wordt ",
        "door ",
        "de Raad ",
        "kan ",
        "niet ",
        "Regulation (EU) No 182/2011 ",
        "to ",
        "by ",
        ", ",
        "; ",
    ),
]


@settings(max_examples=examples(200))
@given(st.lists(st.sampled_from(_BITS), max_size=40), st.sampled_from(["en", "nl"]))
def test_any_words_are_read(bits: list[str], language: str) -> None:
    """Nothing fails on words in any order, and every span lies in the sentence."""
    text = "".join(bits)
    whole = Span(0, len(text))
    norm = norm_of(text, whole, words(language))
    spans = [norm.cue, norm.subject, norm.object, *norm.action]
    spans += [span.span for span in references(text, whole, words(language), Place(article="1"))]
    assert all(span in whole for span in spans if span)


@pytest.mark.parametrize("bit", [*_BITS, "no ", "the competent ", "power to adopt ", "by means of "])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_long_sentences_are_read_in_time(bit: str, language: str) -> None:
    """Time grows with length, whatever is said again and again."""
    text = bit * (20_000 // len(bit))
    whole = Span(0, len(text))
    with ends_soon():
        norm_of(text, whole, words(language))
        references(text, whole, words(language), Place())
        list(sentences(text, whole, words(language)))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("De Europese Raad voor halfgeleiders adviseert de Commissie.", ["agencies", "commission"]),
        ("De Europese Raad stelt de lijst vast.", ["european-council"]),
        ("De Raad voor regelgevingstoetsing geeft een opinie.", ["agencies"]),
        ("De Raad stelt de lijst vast.", ["council"]),
    ],
)
def test_a_body_is_not_the_institution_that_its_name_begins_with(text: str, named: list[str]) -> None:
    assert [party.name for party in parties_in(text, Span(0, len(text)), words("nl"))] == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("De Gemeenschappelijke Onderneming “Chips” kiest de centra.", ["agencies"]),
        (
            "De Europese Raad voor halfgeleiders, de lidstaten en de nationale bevoegde instanties verstrekken informatie.",
            ["agencies", "member-states", "national-authorities"],
        ),
    ],
)
def test_who_a_subject_consists_of(text: str, named: list[str]) -> None:
    """Also where the name of a body has what it is called behind it, in quotation marks."""
    subject = Span(0, min(at for verb in ("kiest", "verstrekken") if (at := text.find(verb)) > 0))
    assert [party.name for party in parties_of(text, subject, words("nl"))] == named
