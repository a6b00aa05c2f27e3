"""Delegated and implementing acts that an act provides for: all of them and no other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli

from consistent.documents.citing.references import Place, references
from consistent.documents.document import Document, Span
from consistent.documents.provisions.empowerments import Empowerments, empowerments_of
from consistent.documents.provisions.grants import grants_in
from consistent.documents.provisions.provisions import Provision
from consistent.documents.provisions.sentences import norm_of
from consistent.documents.reading import read_document
from consistent.documents.words.provision_words import GrantCue, words_of
from tests.document_cases import INVENTED, read_once, real, real_documents
from tests.lamp_acts import ACT, text_document
from tests.soon import ends_soon

GOLDEN = Path(__file__).parents[1] / "golden" / "documents" / "empowerments"
# An article around the sentences of a case, and one on the exercise of the delegation.
_AROUND = {
    "en": (
        "REGULATION OF THE COUNCIL\n\non lamps\n\nTHE COUNCIL OF THE EUROPEAN UNION,\n\n"
        "Having regard to the Treaty on the Functioning of the European Union,\n\nHAS ADOPTED THIS REGULATION:\n\n"
        "Article 1\nLamps\n\n{}\n\nArticle 2\nExercise of the delegation\n\n1. The power to adopt delegated acts is "
        "conferred on the Commission subject to the conditions laid down in this Article.\n2. The power to adopt delegated "
        "acts referred to in Article 1 shall be conferred on the Commission for an indeterminate period.\n\n"
        "Article 3\n\nThis Regulation shall enter into force today.\n\nDone at Brussels, 4 May 2026.\n"
    ),
    "nl": (
        "VERORDENING VAN DE RAAD\n\nover lampen\n\nDE RAAD VAN DE EUROPESE UNIE,\n\n"
        "Gezien het Verdrag betreffende de werking van de Europese Unie,\n\n"
        "HEEFT DE VOLGENDE VERORDENING VASTGESTELD:\n\nArtikel 1\nLampen\n\n{}\n\nArtikel 2\nInwerkingtreding\n\n"
        "Deze verordening treedt in werking op de dag van haar bekendmaking.\n\nGedaan te Brussel, 4 mei 2026.\n"
    ),
}


def kinds_in(language: str, text: str) -> list[str]:
    """Kind and paragraph of what an article with that text provides for."""
    document = read_document(_AROUND[language].format(text).encode(), "case.txt")
    return [f"{empowerment.kind} {empowerment.place}" for empowerment in empowerments_of(document).granted]


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.toml")), ids=lambda each: each.stem)
def test_real_documents(path: Path) -> None:
    """The list is the one that was read by eye."""
    golden = tomli.loads(path.read_text("utf-8"))
    empowerments = empowerments_of(read_once(real(golden["document"])))
    assert _shown(empowerments) == golden.get("empowerments", [])
    assert [
        {"kind": mismatch.kind, "place": str(mismatch.place)} for mismatch in empowerments.mismatches
    ] == golden.get("mismatches", [])
    assert _delegations(empowerments) == ([golden["delegation"]] if "delegation" in golden else [])


def _shown(empowerments: Empowerments) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = []
    for empowerment in empowerments.granted:
        row: dict[str, Any] = {"article": empowerment.place.article, "kind": empowerment.kind}
        if empowerment.place.paragraph:
            row["paragraph"] = empowerment.place.paragraph
        if empowerment.within:
            row["within"] = {
                "article": empowerment.within.place.article,
                "paragraph": empowerment.within.place.paragraph,
            }
        if empowerment.procedure:
            row["procedure"] = empowerment.procedure
        shown.append(row)
    return shown


def _delegations(empowerments: Empowerments) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = []
    for delegation in empowerments.delegations:
        row: dict[str, Any] = {
            "article": delegation.place.article,
            "listed": [str(named.place) for named in delegation.listed],
            "revocable": delegation.revocable,
            "objection": delegation.objection,
        }
        row |= {"indeterminate": True} if delegation.indeterminate else {"months": delegation.months}
        row |= {"tacit": True} if delegation.tacit else {}
        shown.append(row)
    return shown


@pytest.mark.parametrize("language", ["en", "nl"])
def test_invented_document(language: str) -> None:
    """The same list in both languages, but for what only the English one amends."""
    document = read_document(INVENTED / f"powers.{language}.txt")
    empowerments = empowerments_of(document)
    own = [
        (str(empowerment.place), empowerment.kind, empowerment.procedure, empowerment.form, empowerment.urgent)
        for empowerment in empowerments.granted
        if not empowerment.within
    ]
    assert own == [
        ("3(4)", "delegated", "", "act", False),
        ("3(5)", "implementing", "examination", "act", False),
        ("4(1)", "implementing", "advisory", "decision", False),
        ("4(2)", "implementing", "", "act", True),
    ]
    assert {empowerment.holder for empowerment in empowerments.granted} == {"commission"}
    assert empowerments.granted[0].effect == "supplements"
    (delegation,) = empowerments.delegations
    assert (delegation.months, delegation.indeterminate, delegation.tacit, delegation.revocable) == (
        60,
        False,
        True,
        True,
    )
    assert delegation.objection == 2
    assert [(mismatch.kind, str(mismatch.place)) for mismatch in empowerments.mismatches] == [
        ("listed-without-delegation", "4(1)")
    ]


@pytest.mark.parametrize(
    ("language", "text", "effect"),
    [
        ("en", "to amend this Regulation specifying whether such an exclusion is needed", "amends"),
        ("en", "to amend Annex II by setting out what a lamp is", "amends"),
        ("en", "to amend Annex II, determining which lamps are covered", "amends"),
        ("en", "to amend Annex II and to supplement this Regulation specifying what a lamp is", "both"),
        ("en", "to supplement this Regulation by specifying what a lamp is", "supplements"),
        ("nl", "tot wijziging van bijlage II door nader te bepalen wat een lamp is", "amends"),
        ("nl", "tot wijziging van bijlage II door nieuwe soorten lampen nader te specificeren", "amends"),
        ("nl", "tot wijziging van bijlage II en tot aanvulling van deze verordening", "both"),
        ("nl", "teneinde deze verordening aan te vullen door te bepalen wat een lamp is", "supplements"),
    ],
)
def test_how_an_act_is_amended_supplements_nothing(language: str, text: str, effect: str) -> None:
    """What is specified where the act is amended is the manner of it; beside a supplement of its own it is both."""
    sentence = {
        "en": f"Article 3\nLamps\nThe Commission is empowered to adopt delegated acts in accordance with Article 9 {text}.",
        "nl": f"Artikel 3\nLampen\nDe Commissie is bevoegd overeenkomstig artikel 9 gedelegeerde handelingen vast te stellen {text}.",
    }[language]
    act = {
        "en": f"REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL\non lamps\nHAVE ADOPTED THIS REGULATION:\n{sentence}\n",
        "nl": f"VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD\nbetreffende lampen\nHEBBEN DE VOLGENDE VERORDENING VASTGESTELD:\n{sentence}\n",
    }[language]
    (granted,) = empowerments_of(read_document(act.encode(), name="lamps.txt")).granted
    assert granted.effect == effect


def test_acts_of_another_act() -> None:
    """What an amending provision provides for is told with its place in the other act."""
    empowerments = empowerments_of(read_document(INVENTED / "powers.en.txt"))
    within = [
        (str(empowerment.place), str(empowerment.within.place), empowerment.kind)
        for empowerment in empowerments.granted
        if empowerment.within
    ]
    assert within == [("5(1)", "8(2)", "implementing"), ("5(2)", "8a(2)", "delegated")]


def grant_cues() -> Iterator[object]:
    """Each cue of a grant with its language, as a parameter."""
    for language in ("en", "nl"):
        words = words_of(language)
        assert words is not None
        for number, grant in enumerate(words.grants):
            yield pytest.param(language, grant, id=f"{language}-{number}")


@pytest.mark.parametrize(("language", "cue"), list(grant_cues()))
def test_grant_holds_for_its_example_only(language: str, cue: GrantCue) -> None:
    """A cue tells its example, and its counter-example provides for nothing."""
    assert cue.pattern.search(cue.example)
    assert len(_grants(language, cue.example)) == 1
    assert _grants(language, cue.counter_example) == []


def _grants(language: str, text: str) -> list[str]:
    words = words_of(language)
    assert words is not None
    document = read_document(text.encode(), "case.txt")
    span = Span(0, len(text))
    provision = Provision(
        place=Place(article="1"),
        span=span,
        part=span,
        norm=norm_of(document.text, span, words),
        references=references(document.text, span, words, Place(article="1")),
    )
    return [grant.kind for grant in grants_in(document, provision, words, frozenset())]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "1. The Commission shall be empowered to adopt delegated acts under Article 2.", ["delegated 1(1)"]),
        (
            "en",
            "1. The Commission shall, by means of delegated acts adopted in accordance with Article 2, name lamps.",
            ["delegated 1(1)"],
        ),
        ("en", "1. The Council may, on a proposal, adopt an implementing decision on lamps.", ["implementing 1(1)"]),
        ("en", "1. The list shall be laid down in implementing acts.", ["implementing 1(1)"]),
        (
            "en",
            "1. The Commission shall adopt delegated acts on:\n(a) lamps;\n(b) wicks.\n2. Lamps shall burn.",
            ["delegated 1(1)"],
        ),
        (
            "en",
            "The Commission shall:\n(a) adopt delegated acts on lamps;\n(b) adopt implementing acts on wicks.",
            ["delegated 1(a)", "implementing 1(b)"],
        ),
        (
            "en",
            "1. Power is conferred on the Commission to adopt the implementing technical standards of paragraph 2.",
            ["implementing 1(1)"],
        ),
        ("en", "1. Those delegated acts shall be adopted by 1 May 2027.", []),
        ("en", "1. The Commission shall adopt the delegated acts referred to in Article 3 by 1 May 2027.", []),
        ("en", "1. When adopting delegated acts, the Commission shall consult keepers.", []),
        ("en", "1. Before it adopts implementing acts, the Commission shall consult keepers.", []),
        ("en", "1. The Commission shall not adopt the draft implementing act.", []),
        ("en", "1. Keepers shall comply with the delegated acts adopted pursuant to Article 5.", []),
        ("en", "1. Member States shall lay down rules by means of implementing acts of national law.", []),
        ("en", "1. The Board shall advise the Commission on whether to adopt delegated acts.", []),
        ("en", "1. Lamps shall meet the conditions laid down by implementing acts.", []),
        ("en", "1. The Commission is not empowered to adopt delegated acts on lamps.", []),
        ("en", "1. The Commission shall not be empowered to adopt implementing acts.", []),
        ("en", "1. The Commission is no longer empowered to amend Annex I.", []),
        ("en", "1. No power is conferred on the Commission to adopt delegated acts.", []),
        ("en", "1. The Commission shall adopt no delegated acts on lamps.", []),
        ("en", "1. No implementing acts shall be adopted.", []),
        (
            "en",
            "1. The Commission is not empowered to adopt implementing acts but is empowered to adopt delegated acts.",
            ["delegated 1(1)"],
        ),
        (
            "en",
            "1. Where keepers are not empowered to act, the Commission shall adopt implementing acts.",
            ["implementing 1(1)"],
        ),
        ("nl", "1. De Commissie is niet bevoegd gedelegeerde handelingen vast te stellen.", []),
        ("nl", "1. De Commissie is niet langer bevoegd bij uitvoeringshandelingen lampen aan te wijzen.", []),
        ("nl", "1. De Commissie is niet bevoegd bijlage I te wijzigen.", []),
        ("nl", "1. De Commissie stelt geen gedelegeerde handelingen vast.", []),
        ("nl", "1. De Commissie stelt geen uitvoeringshandelingen vast.", []),
        ("nl", "1. De Commissie kan geen uitvoeringshandelingen over lampen vaststellen.", []),
        (
            "nl",
            "1. De bevoegdheid om gedelegeerde handelingen vast te stellen wordt niet aan de Commissie toegekend.",
            [],
        ),
        (
            "nl",
            "1. Wanneer wachters niet bevoegd zijn, stelt de Commissie uitvoeringshandelingen vast.",
            ["implementing 1(1)"],
        ),
        ("nl", "1. De Commissie stelt bij uitvoeringsverordening regels over lampen vast.", ["implementing 1(1)"]),
        (
            "nl",
            "1. De Commissie is bevoegd door middel van gedelegeerde handelingen bijlage I te wijzigen.",
            ["delegated 1(1)"],
        ),
        ("nl", "1. Bij de vaststelling van uitvoeringshandelingen raadpleegt de Commissie de wachters.", []),
        ("nl", "1. Die gedelegeerde handelingen worden uiterlijk op 1 mei vastgesteld.", []),
        ("nl", "1. De bij uitvoeringshandelingen vastgestelde lijsten worden bewaard.", []),
        ("nl", "1. De Commissie stelt de in lid 3 bedoelde uitvoeringshandelingen vóór 1 mei vast.", []),
    ],
)
def test_sentences_that_provide_for_acts(language: str, text: str, expected: list[str]) -> None:
    """And those that only speak of acts provided for elsewhere."""
    assert kinds_in(language, text) == expected


def test_no_article_on_the_exercise() -> None:
    """A delegated act in an act without that article is told."""
    text = "1. De Commissie is bevoegd gedelegeerde handelingen over lampen vast te stellen."
    document = read_document(_AROUND["nl"].format(text).encode(), "case.txt")
    assert [mismatch.kind for mismatch in empowerments_of(document).mismatches] == ["no-exercise"]


@pytest.mark.parametrize(
    "path", [*sorted(INVENTED.glob("*.*")), *real_documents("proposals/*"), *real_documents("acts/*")]
)
def test_spans_lie_in_their_articles(path: Path) -> None:
    """In the order of the text; purpose, procedure and cue in the article that provides for the act."""
    document = read_once(path)
    empowerments = empowerments_of(document).granted
    assert [empowerment.span.start for empowerment in empowerments] == sorted(
        empowerment.span.start for empowerment in empowerments
    )
    for empowerment in empowerments:
        article = _article(document, empowerment.span)
        spans = [*empowerment.purposes, empowerment.procedure_span, empowerment.look_span]
        assert all(span in article for span in spans if span)


def _article(document: Document, span: Span) -> Span:
    (article,) = [part.span for part in document.walk() if part.kind in {"article", "annex"} and span in part.span]
    return article


@pytest.mark.parametrize(
    "line",
    [
        "{0}. The Commission shall adopt delegated acts on lamps in accordance with Article 2.",
        "{0}. The Commission shall adopt implementing acts in accordance with the advisory procedure of Article 2.",
        '({0}) in Article {0}, paragraph 2 is replaced by the following: "2. Lamps shall burn.',
    ],
)
def test_long_articles_are_read_in_time(line: str) -> None:
    """Time grows with length, however often an article provides for acts."""
    text = "\n".join(line.format(number) for number in range(1, 1_500))
    document = read_document(_AROUND["en"].format(text).encode(), "case.txt")
    # Usual is half a second.
    with ends_soon(5):
        empowerments_of(document)


@pytest.mark.parametrize(
    ("language", "first", "then", "committee"),
    [
        (
            "en",
            "The Commission, assisted by the committee referred to in Article 2, may adopt implementing acts on lamps.",
            "Those implementing acts shall be adopted in accordance with paragraph 3 of that Article.",
            "Where reference is made to this paragraph, Article {} of Regulation (EU) No 182/2011 shall apply.",
        ),
        (
            "nl",
            "De Commissie kan, bijgestaan door het in artikel 2 bedoelde comité, uitvoeringshandelingen over lampen vaststellen.",
            "Die uitvoeringshandelingen worden vastgesteld overeenkomstig dat artikel, lid 3.",
            "Wanneer naar dit lid wordt verwezen, is artikel {} van Verordening (EU) nr. 182/2011 van toepassing.",
        ),
    ],
)
def test_that_article(language: str, first: str, then: str, committee: str) -> None:
    """The committee article is the one that was named before, by the paragraph that is named now."""
    act = ACT[language].format(sum="EUR 5", force="1 May 2030", start="1 June 2030")
    head, tail = re.split(r"^[Aa]rti(?:cle|kel) 1$", act, maxsplit=1, flags=re.MULTILINE)
    word, assisted = {
        "en": ("Article", "The Commission shall be assisted by a committee."),
        "nl": ("Artikel", "De Commissie wordt bijgestaan door een comité."),
    }[language]
    articles = f"{word} 1\nLamps\n{first} {then}\n{word} 2\nCommittee\n1. {assisted}\n2. {committee.format(4)}\n3. {committee.format(5)}\n"
    closing = tail[tail.index({"en": "Done at", "nl": "Gedaan te"}[language]) :]
    (power,) = empowerments_of(text_document(head + articles + closing)).granted
    assert (power.procedure, str(power.procedure_place)) == ("examination", "2(3)")
    assert power.committee is not None
    assert str(power.committee.place) == "2(3)"
