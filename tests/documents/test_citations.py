"""Legal bases from citations: by hand-read samples, by cases in both languages, and by writing citations and reading them back."""

import json
import runpy
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from consistent.documents.citing.article_references import celex_of_act, reference_runs
from consistent.documents.citing.legal_bases import read_citations
from consistent.documents.citing.references import Place as ProvisionPlace
from consistent.documents.citing.references import references as within_act
from consistent.documents.document import Block, Content, Span
from consistent.documents.header.header import read_header
from consistent.documents.reading import read_document
from consistent.documents.structure.structure import document_of
from consistent.documents.words.citation_words import _added as added
from consistent.documents.words.citation_words import citation_words, citation_words_from
from consistent.documents.words.provision_words import ProvisionWords, words_of
from consistent.errors import UsageError
from consistent.sources import parse_source
from tests.soon import ends_soon

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT.parent / "shared" / "documents"
SETS = DOCUMENTS / "metadata" / "citations.en.jsonl"
GOLDEN = ROOT / "tests" / "golden" / "documents" / "citations.toml"
real = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the real documents are not here")

TFEU = "Having regard to the Treaty on the Functioning of the European Union"
VWEU = "Gelet op het Verdrag betreffende de werking van de Europese Unie"


def provision_words(language: str) -> ProvisionWords:
    """Those of a language that has them."""
    words = words_of(language)
    assert words is not None
    return words


# What follows 'in particular', and the articles that it names.
ENGLISH = {
    "Article 114 thereof": "114",
    "Article 16 (2) thereof": "16(2)",
    "Articles 91(1), 100(2) and 114 thereof": "91(1) 100(2) 114",
    "Article 57 (2), 66 and 100a thereof": "57(2) 66 100a",
    "Article 100 A thereof": "100a",
    "Article l00a thereof": "100a",
    "Article 50(1) and (2) (g) thereof": "50(1) 50(2)(g)",
    "Article 152(4)(a) and (b) thereof": "152(4)(a) 152(4)(b)",
    "the third paragraph of Article 175 thereof": "175(3)",
    "Article 175, third paragraph, Article 177, first paragraph, and Article 192(1) thereof": "175(3) 177(1) 192(1)",
    "Article 126(14), third subparagraph, thereof": "126(14)(3)",
    "Article 218(6), second subparagraph, point (a)(v), thereof": "218(6)(a)(v)",
    "points (a), (c) and (e) of Article 81(2) thereof": "81(2)(a) 81(2)(c) 81(2)(e)",
    "point (b) of the first subparagraph of Article 27(10) thereof": "27(10)(b)",
    "Article 61(c), point 1(a) of the first paragraph of Article 63 and Article 67 thereof": "61(c) 63(1)(a) 67",
    "the first and third sentences of Article 47(2) and Article 95 thereof": "47(2) 95",
    "Article 47(2), first and third sentences, and Article 95 thereof": "47(2) 95",
    "the second indent of Article 67(5) thereof": "67(5)",
    "Articles 85 to 87 thereof": "85 86 87",
    "Article 1(3) to (5) thereof": "1(3) 1(4) 1(5)",
    "Article 25(2)(a) to (c) thereof": "25(2)(a) 25(2)(b) 25(2)(c)",
    "Article 1(1), points (a)(i) to (iii), thereof": "1(1)(a)(i) 1(1)(a)(ii) 1(1)(a)(iii)",
    "Article 4 paragraph 4 thereof": "4(4)",
    "Article 7(3),, fifth subparagraph thereof": "7(3)(5)",
    "the 10th subparagraph of Article 32(2) thereof": "32(2)(10)",
    "Articles 5e(5), 12(6) and 46e(7) thereof": "5e(5) 12(6) 46e(7)",
    "Article 5(8), first subparagraph, point (a), and third subparagraph thereof": "5(8)(a) 5(8)(3)",
    "the first subparagraph, second sentence, Article 6(1) thereof": "6(1)(1)",
    "Article 43(2), in conjunction with Article 218(6) thereof": "43(2) 218(6)",
}
DUTCH = {
    "artikel 173, lid 3": "173(3)",
    "artikel 114, lid 1, en artikel 192, lid 2, onder b)": "114(1) 192(2)(b)",
    "artikel 43, lid 2, en artikel 207": "43(2) 207",
    "artikel 207, in samenhang met artikel 218, lid 6, tweede alinea, onder a), v)": "207 218(6)(a)(v)",
    "op de artikelen 91 en 100, lid 2": "91 100(2)",
    "artikel 188, tweede alinea": "188(2)",
    "artikel 50, leden 1 en 2": "50(1) 50(2)",
    "artikel 50, lid 1, en lid 2, onder g)": "50(1) 50(2)(g)",
    "artikel 81, lid 2, onder a), c) en e)": "81(2)(a) 81(2)(c) 81(2)(e)",
    "artikel 5, lid 2, onder a), i) en ii)": "5(2)(a)(i) 5(2)(a)(ii)",
    "artikel 50, lid 2, onder g), h) en i)": "50(2)(g) 50(2)(h) 50(2)(i)",
    "de eerste alinea van artikel 118": "118(1)",
    "artikel 47, lid 2, eerste en derde volzin, en artikel 95": "47(2) 95",
    "artikel 106 bis": "106a",
    "artikel 130 S, lid 1": "130s(1)",
    "de artikelen 20, lid 1, 21, lid 3, en 46": "20(1) 21(3) 46",
    "artikel 16, tweede lid": "16(2)",
    "artikel 16, 2e lid": "16(2)",
    "artikel 3, leden 2 tot en met 4": "3(2) 3(3) 3(4)",
    "artikel 54, lid 3, sub g": "54(3)(g)",
    "punt b) van artikel 168, lid 4": "168(4)(b)",
    "de punten b) en c) van artikel 168, lid 4, en artikel 114": "168(4)(b) 168(4)(c) 114",
    "de eerste alinea van artikel 207, lid 4": "207(4)(1)",
    "de eerste alinea van artikel 207, lid 4 van artikel 218 en artikel 5": "207(1) 218(4) 5",
}

# Citations, what is a basis, what is cited as a whole, and the steps.
WHOLE: tuple[tuple[str, tuple[str, ...], str, str, str], ...] = (
    ("en", ("Having regard to the Treaty establishing the European Coal and Steel Community, and in particular Article 95 thereof",), "ECSC 95", "", ""),
    ("en", ("Having regard to the Treaty establishing the European Economic Community, and in particular Article 235",), "EEC 235", "", ""),
    ("en", ("Having regard to the Treaty establishing the European Atomic Energy Community, and in particular Article 31 thereof",), "Euratom 31", "", ""),
    ("nl", ("Gelet op artikel 113 van het Verdrag tot oprichting van de Europese Gemeenschap",), "EC 113", "", ""),
    ("en", ("Having regard to the Treaty on European Union, and in particular Articles 29 and 34(2)(b) thereof", "Having regard to the Treaty establishing the European Community, and in particular Article 95 thereof"), "EU 29;EU 34(2)(b);EC 95", "", ""),
    ("en", ("Having regard to the Treaty on European Union, and in particular Article K.3(2)(c) thereof",), "EU K.3(2)(c)", "", ""),
    ("en", ("Having regard to the Treaty on European Union, and in particular Article 42(4) thereof",), "TEU 42(4)", "", ""),
    ("en", (TFEU + ", and in particular Article 314 thereof, in conjunction with the Treaty establishing the European Atomic Energy Community, and in particular Article 106a thereof",), "TFEU 314;Euratom 106a", "", ""),
    ("en", (TFEU, "Having regard to Regulation (EU) 2031/691 on a fund and repealing Regulation (EU) No 9/2013 ( 1 ) , and in particular Article 15(1) thereof"), "CELEX 32031R0691 art. 15(1)", "TFEU", ""),
    ("en", ("Having regard to Regulation (EC) No 1/2003 on the rules laid down in Articles 81 and 82 of the Treaty establishing the European Community, and in particular Article 33 thereof",), "CELEX 32003R0001 art. 33", "", ""),
    ("en", ("Having regard to Article 12(5) of Regulation (EU) No 910/2014 on trust",), "CELEX 32014R0910 art. 12(5)", "", ""),
    ("en", ("Having regard to Regulation (EU, Euratom) 2031/1046, as last amended by Regulation (EU) 2032/24, and in particular Articles 70 and 71 thereof",), "CELEX 32031R1046 art. 70;CELEX 32031R1046 art. 71", "", ""),
    ("en", ("Having regard to Protocol (No 7) on privileges, and in particular Article 17 thereof",), "Protocol No 7 art. 17", "", ""),
    ("en", ("Having regard to the Protocol (No 14) annexed to the Treaty establishing the European Community, and in particular Article 2 thereof",), "EC Protocol No 14 art. 2", "", ""),
    ("en", ("Having regard to the Treaty of Accession of Croatia, and in particular Article 3(4) thereof",), "Treaty of Accession of Croatia art. 3(4)", "", ""),
    ("nl", ("Gezien de Akte van toetreding van Kroatië, en met name artikel 50",), "Akte van toetreding van Kroatië art. 50", "", ""),
    ("en", ("Having regard to the general budget of the Union for 2031",), "", "general budget of the Union for 2031", ""),
    ("en", ("Having regard to Directive 2003/87/EC, and in particular Annex IV thereof",), "CELEX 32003L0087 annex IV", "", ""),
    ("en", ("Having regard to the opinion of the experts referred to in Article 31 of the Treaty establishing the European Atomic Energy Community",), "", "", "opinion"),
    ("en", ("Having regard to the state of the art, and in particular Article 5 of Regulation (EU) 2031/7",), "", "", ""),
    ("en", ("Acting in accordance with the procedure laid down in Article 251 of the Treaty",), "", "", "procedure cod"),
    ("en", ("Having regard to the proposal from the Commission (1), In cooperation with the European Parliament (2)",), "", "", "proposal commission;procedure syn"),
    ("en", (TFEU + ", and in particular Article 82(1)(d)", "Having regard to the initiative of the Kingdom of Belgium", "After consulting the European Parliament", "Having regard to the consent of the European Parliament"), "TFEU 82(1)(d)", "", "initiative member-states;consultation parliament;consent parliament"),
    ("nl", (VWEU + ", en met name artikel 113, Gezien het voorstel van de Europese Commissie, Na toezending van het ontwerp aan de nationale parlementen, Handelend volgens een bijzondere wetgevingsprocedure, Overwegende hetgeen volgt: (1) Gezien artikel 5 VEU",), "TFEU 113", "", "proposal commission;transmission national-parliaments;procedure special-legislative-procedure"),
)  # fmt: skip


@pytest.mark.parametrize("text", ENGLISH)
def test_articles_in_english(text: str) -> None:
    """Each way in which English citations name articles."""
    citations = read_citations((f"{TFEU}, and in particular {text},",), "en")
    assert citations.treaty_articles == tuple(f"TFEU {word}" for word in ENGLISH[text].split())


@pytest.mark.parametrize("text", DUTCH)
def test_articles_in_dutch(text: str) -> None:
    """Each way in which Dutch citations name articles."""
    citations = read_citations((f"{VWEU}, en met name {text},",), "nl")
    assert citations.treaty_articles == tuple(f"TFEU {word}" for word in DUTCH[text].split())


@pytest.mark.parametrize(("language", "citations", "bases", "wholes", "steps"), WHOLE)
def test_citations(language: str, citations: tuple[str, ...], bases: str, wholes: str, steps: str) -> None:
    """Treaties of today and of old, acts, protocols, and what is no basis are told apart."""
    cited = read_citations(citations, language)
    assert ";".join(basis.text for basis in cited.bases) == bases
    assert ";".join(whole.text for whole in cited.wholes) == wholes
    steps_shown = (f"{step.kind} {' '.join(step.by) or step.procedure}".strip() for step in cited.steps)
    assert ";".join(steps_shown) == steps


# Articles of more than one treaty or act, and which of them each is in.
SEVERAL = {
    "Gelet op het Verdrag betreffende de Europese Unie en het Verdrag betreffende de werking van de Europese Unie, en met name artikel 42, lid 4, VEU en artikel 173, lid 3, VWEU,": "TEU 42(4);TFEU 173(3)",
    "Gezien het VEU en het VWEU, met name artikel 42, lid 4, VEU en artikel 173, lid 3, VWEU,": "TEU 42(4);TFEU 173(3)",
    "Gelet op artikel 42, lid 4, VEU en artikel 173, lid 3, VWEU": "TEU 42(4);TFEU 173(3)",
    VWEU + " (VWEU), en met name artikel 114, lid 1, en artikel 31 van het Verdrag tot oprichting van de Europese Gemeenschap voor Atoomenergie": "TFEU 114(1);Euratom 31",
    "Having regard to Article 42(4), TEU and Article 173(3), TFEU": "TEU 42(4);TFEU 173(3)",
    "Having regard to the TEU and the TFEU, and in particular Article 42(4), TEU and Article 173(3), TFEU": "TEU 42(4);TFEU 173(3)",
    "Having regard to the TEU and the TFEU, and in particular Article 42(4), TEU and Article 173(3) of the TFEU": "TEU 42(4);TFEU 173(3)",
    TFEU + ", and in particular Article 114, Euratom Treaty, and in particular Article 31 thereof": "TFEU 114;Euratom 31",
    TFEU + ", and in particular Article 114, Euratom Treaty, Article 31 thereof": "TFEU 114;Euratom 31",
    TFEU + " (TFEU), and in particular Article 114(1) and Article 31 of the Treaty establishing the European Atomic Energy Community": "TFEU 114(1);Euratom 31",
    TFEU + ", and in particular Article 114(1) and points (a) and (b) of Article 31 of the Euratom Treaty": "TFEU 114(1);Euratom 31(a);Euratom 31(b)",
    TFEU + ", and in particular Article 114 and Articles 31 and 32 of the Euratom Treaty": "TFEU 114;Euratom 31;Euratom 32",
    TFEU + ", and in particular Articles 30 and 31 of the Euratom Treaty": "Euratom 30;Euratom 31",
    TFEU + ", and in particular Article 114 and Article 115 of the Treaty": "TFEU 114;TFEU 115",
}  # fmt: skip


@pytest.mark.parametrize("text", SEVERAL)
def test_articles_of_several_treaties(text: str) -> None:
    """A treaty named after a comma is that of the articles before it; the article before another's is of the first treaty."""
    citations = read_citations((text,), "nl" if text.startswith("Ge") else "en")
    assert ";".join(basis.text for basis in citations.bases) == SEVERAL[text]


def test_spans_joined_and_scope() -> None:
    """A basis has the words that name it, and says whether it only stands with another and for what it is one."""
    text = (
        TFEU
        + ", and in particular Article 114 thereof and Article 192(1) thereof in relation to Articles 5 and 6 of this Regulation"
    )
    first, second = read_citations((text,), "en").bases
    assert (text[first.span.start : first.span.end], first.scope) == ("Article 114", None)
    assert second.scope is not None
    assert text[second.scope.start : second.scope.end] == "in relation to Articles 5 and 6 of this Regulation"
    together = read_citations(
        (TFEU + ", and in particular Article 83(1), in conjunction with Article 218(9) thereof",), "en"
    )
    assert [basis.joined for basis in together.bases] == [False, True]


def test_the_time_of_the_act() -> None:
    """What cannot be told from the citations can be said: the Treaty on European Union of before is `EU`."""
    text = ("Having regard to the Treaty on European Union, and in particular Article 34(2)(b) thereof",)
    assert read_citations(text, "en", before_lisbon=True).treaty_articles == ("EU 34(2)(b)",)
    assert read_citations(text, "en").treaty_articles == ("TEU 34(2)(b)",)


SENTENCES = [
    (language, entry)
    for language, entries in tomli.loads(
        (ROOT / "tests" / "documents" / "citation_sentences.toml").read_text("utf-8")
    ).items()
    for entry in entries
]


@pytest.mark.parametrize(("language", "entry"), SENTENCES, ids=lambda each: each if isinstance(each, str) else "")
def test_sentences(language: str, entry: Mapping[str, Any]) -> None:
    """Every citation of `citation_sentences.toml`: its bases, what is cited as a whole, steps, and what cannot be told."""
    text = entry["text"]
    citations = read_citations((text,), language)
    assert {
        "text": text,
        "bases": [basis.text for basis in citations.bases],
        "wholes": [whole.text for whole in citations.wholes],
        "steps": [f"{step.kind} {' '.join(step.by) or step.procedure}".strip() for step in citations.steps],
        "unread": [text[citation.span.start : citation.span.end] for citation in citations.unread],
    } == {"bases": [], "wholes": [], "steps": [], "unread": [], **entry}


@pytest.mark.parametrize(
    "text",
    ["Having regard to their needs, and in particular Article 5 of Regulation (EU) 2031/7", "Gezien wat er speelt"],
)
def test_never_silent(text: str) -> None:
    """What is cited is a basis, a whole, a step, or said not to be read."""
    citations = read_citations((text,), "nl" if text.startswith("Ge") else "en")
    assert [text[citation.span.start : citation.span.end] for citation in citations.unread] == [
        text.partition(" ")[2].removeprefix("regard to ")
    ]


REFERENCES = [
    (language, entry["text"], entry["places"])
    for language, entries in tomli.loads(
        (ROOT / "tests" / "documents" / "provision_references.toml").read_text("utf-8")
    ).items()
    for entry in entries
]


@pytest.mark.parametrize(("language", "text", "expected"), REFERENCES)
def test_references_in_provisions(language: str, text: str, expected: list[str]) -> None:
    """Every text of `provision_references.toml`, which stands in paragraph 3 of Article 7."""
    here = ProvisionPlace(article="7", paragraph="3")
    references = within_act(text, Span(0, len(text)), provision_words(language), here)
    assert [str(reference.place) for reference in references] == expected
    assert all(
        text[reference.span.start : reference.span.end].strip(" ,.") == text[reference.span.start : reference.span.end]
        for reference in references
    )


def test_parts_of_a_place() -> None:
    """A subparagraph and an article of an annex are kept apart, though the spelling leaves them out."""
    text = "point (b) of the second subparagraph of Article 5(2), and Article 4 of Annex II to Directive 2005/29/EC"
    references = within_act(text, Span(0, len(text)), provision_words("en"), ProvisionPlace(article="7"))
    assert [reference.place for reference in references] == [
        ProvisionPlace(article="5", paragraph="2", subparagraph="2", point="b"),
        ProvisionPlace(act="CELEX 32005L0029", annex="II", article="4"),
    ]
    assert text[references[1].span.start : references[1].span.end] == "Article 4 of Annex II to Directive 2005/29/EC"


def test_list_in_a_document() -> None:
    """A list after the opening words is in the header of a document as its items are."""
    lines = (
        "REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL on lamps",
        "THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,",
        "Having regard to:",
        "(a) the Treaties, and in particular Article 100(2) thereof;",
        "(b) the proposal from the European Commission;",
        "(c) the lamps that are there,",
        "Whereas:",
        "(1) The lamps of the Member States have been of one colour for many years.",
        "HAVE ADOPTED THIS REGULATION:",
        "Article 1",
        "Lamps shall be red.",
    )
    document = document_of(Content(format="text", blocks=tuple(Block(text=line) for line in lines)), "lamps")
    header = read_header(document)
    assert header.legal_basis == ("TFEU 100(2)",)
    assert [step.kind for step in header.citations.steps] == ["proposal"]
    (unread,) = header.citations.unread
    start = header.citation_spans[unread.citation].start
    assert document.text[start + unread.span.start : start + unread.span.end] == "the lamps that are there"


def test_complete() -> None:
    """What was not read, or is of one of two treaties, leaves the bases open."""
    text = f"{TFEU}, and in particular Article 114 thereof"
    assert read_citations((text,), "en").complete
    assert not read_citations((text, "Having regard to their needs"), "en").complete
    assert not read_citations((text, "Having regard to the Treaties, and in particular Article 42"), "en").complete


def test_the_treaties_of_another_time() -> None:
    """Before 1 December 2009 no number tells which of the Treaties is meant."""
    text = ("Having regard to the Treaties, and in particular Article 308",)
    assert read_citations(text, "en", before_lisbon=True).treaty_articles == ("Treaties 308",)
    assert read_citations(text, "en").treaty_articles == ("TFEU 308",)


def test_language_without_words() -> None:
    """A language that has none is named."""
    with pytest.raises(UsageError, match="`fr`"):
        read_citations((TFEU,), "fr")


WORDS = (ROOT / "src" / "consistent" / "documents" / "words" / "citations.en.toml").read_text("utf-8")


@pytest.fixture
def _fresh() -> Iterator[None]:
    citation_words.cache_clear()
    added.cache_clear()
    yield
    citation_words.cache_clear()
    added.cache_clear()


def _install(monkeypatch: pytest.MonkeyPatch, load: Callable[[], object]) -> None:
    def entries(*, group: str) -> list[SimpleNamespace]:
        assert group == "consistent.citations"
        return [SimpleNamespace(name="french", load=load)]

    monkeypatch.setattr("consistent.plugins.entry_points", entries)


@pytest.mark.usefixtures("_fresh")
def test_installed_packages_add_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry of `consistent.citations` has the words of a language that does not ship."""
    french = WORDS.replace('code = "en"', 'code = "fr"').replace('["having regard to"]', '["vu"]')
    french = french.replace('["article", "art.", "articie", "artide"]', '["article"]').replace('"tfeu"', '"TFUE"')
    french = french.replace('particular = ["in particular"', 'particular = ["et notamment son", "notamment"')
    added = citation_words_from(french.replace('determiners = ["the"', 'determiners = ["le"'))
    _install(monkeypatch, lambda: added)
    assert citation_words("fr") is added
    assert citation_words("en").code == "en"
    assert read_citations(("vu le TFUE, et notamment son article 114,",), "fr").treaty_articles == ("TFEU 114",)
    with pytest.raises(UsageError) as caught:
        read_citations((), "frr")
    assert str(caught.value) == "citations in language `frr` cannot be read\nhelp: did you mean `fr`?"


def _unloadable() -> object:
    raise ImportError("no module named `x`")


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize(
    ("load", "message"),
    [
        (_unloadable, "words of citations `french` cannot be loaded: no module named `x`"),
        (lambda: "vu", "words of citations `french` is not a `CitationWords`"),
    ],
)
def test_bad_entry(monkeypatch: pytest.MonkeyPatch, load: Callable[[], object], message: str) -> None:
    """With the name of the entry."""
    _install(monkeypatch, load)
    with pytest.raises(UsageError) as caught:
        citation_words("fr")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('openers = ["having regard to"]', "openers = [", "words of citations are not valid TOML"),
        ('openers = ["having regard to"]', "", "words of citations lack the key `openers`"),
        ('openers = ["having regard to"]', 'openers = "vu"', "words of citations have a value of the wrong kind: `openers` is no list of words"),
        ("first = 1", 'first = "1"', "words of citations have a value of the wrong kind: `references.ordinals.first` is no number"),
    ],
)  # fmt: skip
def test_bad_words(old: str, new: str, message: str) -> None:
    """What is wrong, and where."""
    with pytest.raises(UsageError) as caught:
        citation_words_from(WORDS.replace(old, new, 1))
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("letter", "first", "second", "numbered", "community", "celex"),
    [
        ("R", "1", "2003", True, "EC", "32003R0001"),
        ("R", "2021", "697", False, "EU", "32021R0697"),
        ("R", "910", "2014", False, "EU", "32014R0910"),
        ("R", "4064", "89", True, "EEC", "31989R4064"),
        ("R", "2003", "2004", False, "EC", "32004R2003"),
        ("L", "77", "388", False, "", "31977L0388"),
        ("L", "2019", "2088", False, "EU", "32019L2088"),
        ("D", "280", "2004", True, "", "32004D0280"),
        ("D", "2011", "167", False, "", "32011D0167"),
        ("R", "17", "", True, "", ""),
        ("D", "2022", "XXX", False, "CFSP", ""),
    ],
)
def test_numbers_of_acts(letter: str, first: str, second: str, numbered: bool, community: str, celex: str) -> None:
    """Which of two numbers is the year, by the customs of each time."""
    assert celex_of_act(letter, first, second, numbered=numbered, community=community) == celex


class Place(NamedTuple):
    """An article, and perhaps a paragraph, a subparagraph, a point and a point within it."""

    article: str
    paragraph: int
    subparagraph: int
    point: str
    within: str

    @property
    def spelled(self) -> str:
        """As a source; a subparagraph is not named before a point, where there is a paragraph."""
        parts = [str(self.paragraph) if self.paragraph else ""]
        if self.subparagraph and not (self.point and self.paragraph):
            parts.append(str(self.subparagraph))
        parts += [self.point, self.within if self.point else ""]
        return self.article + "".join(f"({part})" for part in parts if part)


ORDINALS = {
    "en": ("", "first", "second", "third", "fourth", "fifth"),
    "nl": ("", "eerste", "tweede", "derde", "vierde", "vijfde"),
}


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Places in a treaty that exist in form."""
    article = str(draw(st.integers(1, 358))) + draw(st.sampled_from(["", "", "", "a", "s", "e"]))
    subparagraph = draw(st.sampled_from([0, 0, 1, 2, 5]))
    point = draw(st.sampled_from(["", "", "a", "b", "g"]))
    within = draw(st.sampled_from(["", "i", "iv", "v"])) if point else ""
    return Place(article, draw(st.sampled_from([0, 1, 2, 14])), subparagraph, point, within)


def in_english(place: Place, style: int) -> str:
    """A place in one of the three ways: `Article 5(2)(b)`, `Article 5(2), point (b)`, `point (b) of Article 5(2)`."""
    article = f"Article {place.article}" + (f"({place.paragraph})" if place.paragraph else "")
    point = f"({place.point})" + (f"({place.within})" if place.within else "") if place.point else ""
    unit = "subparagraph" if place.paragraph else "paragraph"
    counted = f"{ORDINALS['en'][place.subparagraph]} {unit}" if place.subparagraph else ""
    if style == 0 and not counted:
        return article + point
    named = f"point {point}" if point else ""
    if style == 1:
        return " of ".join(piece for piece in (named, counted and f"the {counted}", article) if piece)
    return ", ".join(piece for piece in (article, counted, named) if piece)


def in_dutch(place: Place, style: int) -> str:
    """A place as Dutch has it, with `100 A` or `100 bis` for 100a, and `onder a), v)` or `onder a), punt v)`."""
    number, letter = place.article.rstrip("aes"), place.article.lstrip("0123456789")
    inserted = {"": "", "a": " bis" if style else " A", "e": " sexies" if style else "e", "s": " S"}[letter]
    parts = [f"artikel {number}{inserted}", f"lid {place.paragraph}" if place.paragraph else ""]
    parts.append(f"{ORDINALS['nl'][place.subparagraph]} alinea" if place.subparagraph else "")
    parts.append(f"onder {place.point})" if place.point else "")
    parts.append(f"{'punt ' if style else ''}{place.within})" if place.within else "")
    return ", ".join(part for part in parts if part)


TREATIES = {
    "en": {
        "TFEU": "the Treaty on the Functioning of the European Union",
        "TEU": "the Treaty on European Union",
        "EC": "the Treaty establishing the European Community",
        "EEC": "the Treaty establishing the European Economic Community",
        "ECSC": "the Treaty establishing the European Coal and Steel Community",
        "Euratom": "the Treaty establishing the European Atomic Energy Community",
    },
    "nl": {
        "TFEU": "het Verdrag betreffende de werking van de Europese Unie",
        "TEU": "het Verdrag betreffende de Europese Unie",
        "EC": "het Verdrag tot oprichting van de Europese Gemeenschap",
        "EEC": "het Verdrag tot oprichting van de Europese Economische Gemeenschap",
        "ECSC": "het Verdrag tot oprichting van de Europese Gemeenschap voor Kolen en Staal",
        "Euratom": "het Verdrag tot oprichting van de Europese Gemeenschap voor Atoomenergie",
    },
}
CONNECTING = {
    "en": {
        "open": "Having regard to ",
        "in": [", and in particular ", " and in particular ", ", in particular ", " and, in particular, "],
        "and": [" and ", ", and "],
        "with": [", in conjunction with ", " in conjunction with ", ", read in conjunction with "],
        "end": ["", " thereof", ", thereof", " thereof (1)"],
    },
    "nl": {
        "open": "Gelet op ",
        "in": [", en met name ", ", en met name op ", ", inzonderheid op "],
        "and": [" en ", ", en "],
        "with": [", in samenhang met ", " juncto ", ", gelezen in samenhang met "],
        "end": ["", " daarvan", ","],
    },
}  # fmt: skip


class TestWhatIsWrittenIsReadBack:
    """Every citation that can be put together from a treaty, places and the words between them gives these places."""

    @given(st.data())
    def test_articles_one_by_one(self, data: st.DataObject) -> None:
        """'..., and in particular Article 5(2), point (b), and the first paragraph of Article 7 thereof'."""
        language = data.draw(st.sampled_from(["en", "nl"]))
        treaty = data.draw(st.sampled_from(sorted(TREATIES[language])))
        cited = data.draw(st.lists(places(), min_size=1, max_size=4))
        write = in_english if language == "en" else in_dutch
        references = [write(article, data.draw(st.integers(0, 2))) for article in cited]
        words: Mapping[str, Any] = CONNECTING[language]
        between = [data.draw(st.sampled_from([", ", *words["and"], *words["with"]])) for _ in references[1:]]
        listed = references[0] + "".join(
            link + reference for link, reference in zip(between, references[1:], strict=True)
        )
        opening = words["open"] + TREATIES[language][treaty] + data.draw(st.sampled_from(words["in"]))
        text = opening + listed + data.draw(st.sampled_from(words["end"]))
        citations = read_citations((text,), language)
        assert citations.treaty_articles == tuple(dict.fromkeys(f"{treaty} {article.spelled}" for article in cited)), (
            text
        )
        for basis in citations.bases:
            assert basis.place.partition("(")[0].rstrip("aes") in text[basis.span.start : basis.span.end]
            source = parse_source(basis.text)
            assert source is not None
            assert source.kind == "treaty"

    @given(language=st.sampled_from(["en", "nl"]), place=places(), style=st.integers(0, 2))
    def test_provisions_say_it_alike(self, language: str, place: Place, style: int) -> None:
        """An article in a provision is the article that it is in a citation."""
        text = (in_english if language == "en" else in_dutch)(place, style)
        whole = Span(0, len(text))
        (references,) = within_act(text, whole, provision_words(language), ProvisionPlace(article="7"))
        assert references.span == whole
        paragraph, subparagraph = (str(number) if number else "" for number in (place.paragraph, place.subparagraph))
        assert (references.place.paragraph, references.place.subparagraph, references.place.point) == (
            paragraph,
            subparagraph,
            place.point,
        )
        assert references.place.article in text
        assert references.place.article[:1] == place.article[:1]

    @given(
        language=st.sampled_from(["en", "nl"]),
        cited=st.lists(st.tuples(st.integers(1, 358), st.integers(0, 15)), min_size=2, max_size=6, unique=True),
    )
    def test_articles_in_a_list(self, language: str, cited: list[tuple[int, int]]) -> None:
        """'Articles 91(1), 100(2) and 114', 'de artikelen 91, lid 1, 100, lid 2, en 114'."""
        form = "({})" if language == "en" else ", lid {}"
        articles = [f"{article}{form.format(paragraph) if paragraph else ''}" for article, paragraph in cited]
        words: Mapping[str, Any] = CONNECTING[language]
        listed = (
            ("Articles " if language == "en" else "de artikelen ")
            + ", ".join(articles[:-1])
            + words["and"][1]
            + articles[-1]
        )
        text = words["open"] + TREATIES[language]["TFEU"] + words["in"][0] + listed
        spelled = (f"TFEU {article}" + (f"({paragraph})" if paragraph else "") for article, paragraph in cited)
        assert read_citations((text,), language).treaty_articles == tuple(dict.fromkeys(spelled)), text

    @given(
        language=st.sampled_from(["en", "nl"]),
        article=st.integers(1, 358),
        paragraphs=st.lists(st.integers(1, 20), min_size=2, max_size=4, unique=True),
        points=st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=4, unique=True),
    )
    def test_parts_in_a_list(self, language: str, article: int, paragraphs: list[int], points: list[str]) -> None:
        """'Article 50(1) and (2)', 'Article 50(2), points (a) and (g)', 'artikel 50, leden 1 en 2'."""

        def listed(items: list[str]) -> str:
            return ", ".join(items[:-1]) + CONNECTING[language]["and"][0] + items[-1]

        if language == "en":
            several = f"Article {article}{listed([f'({paragraph})' for paragraph in paragraphs])}"
            lettered = f"Article {article}(2), points {listed([f'({point})' for point in points])}"
        else:
            several = f"artikel {article}, leden {listed([str(paragraph) for paragraph in paragraphs])}"
            lettered = f"artikel {article}, lid 2, onder {listed([f'{point})' for point in points])}"
        words = citation_words(language).articles
        assert [reference.place for run in reference_runs(several, words) for reference in run] == [
            f"{article}({paragraph})" for paragraph in paragraphs
        ]
        assert [reference.place for run in reference_runs(lettered, words) for reference in run] == [
            f"{article}(2)({point})" for point in points
        ]


FRAGMENTS = (
    "Article", "Articles", "5", "12a", "(2)", "(a)", "( 1 )", ",", ";", "and", "to", "of", "the", "first", "paragraph",
    "point", "points", "a)", "thereof", "in particular", "in conjunction with", "in relation to", "this Regulation",
    "Regulation (EU) 2031/7", "Directive", "No", "Having regard to", "the Treaty", "Protocol No 2", "TFEU", "(TFEU)",
    "Whereas", "Title VI", "artikel", "lid", "leden", "onder", "tot en met", "eerste", "alinea", "Gelet op", "met name",
    "\n", ":", "\u2014", "proposal", "Agreement", "(",
)  # fmt: skip


_OPENING = {"Having regard to", "Gelet op", "Whereas"}


class TestAnyText:
    """Whatever the text, reading ends soon, raises nothing, and gives spans within the text."""

    @given(st.lists(st.sampled_from(FRAGMENTS), max_size=40), st.sampled_from(["en", "nl"]))
    def test_words_of_citations_in_any_order(self, words: list[str], language: str) -> None:
        text = " ".join(words)
        citations = read_citations(("Having regard to " + text, text), language)
        for span in (
            *(basis.span for basis in (*citations.bases, *citations.wholes)),
            *(step.span for step in citations.steps),
        ):
            assert 0 <= span.start < span.end <= len(text) + 17

    @given(
        st.lists(
            st.sampled_from([fragment for fragment in FRAGMENTS if fragment not in _OPENING]), min_size=1, max_size=40
        )
    )
    def test_never_silent(self, words: list[str]) -> None:
        """Whatever is cited gives a basis, a whole or a step, or is said not to be read."""
        text = " ".join(words)
        citations = read_citations(("Having regard to " + text,), "en")
        assert (
            citations.bases
            or citations.wholes
            or citations.steps
            or citations.unread
            or not text.strip(" ,;:.\n\u2014")
        )

    @given(st.text(max_size=200))
    def test_any_letters(self, text: str) -> None:
        read_citations((f"{TFEU}, and in particular {text}", text), "en")

    @pytest.mark.parametrize(
        "fragment", [*FRAGMENTS, "first, ", "(a)", "point (a) of ", "Article 5 to ", " ", "\n", "1", "lid 1, "]
    )
    @pytest.mark.parametrize("language", ["en", "nl"])
    def test_long_texts(self, fragment: str, language: str) -> None:
        """A long text costs as much as it is long."""
        text = f"{TFEU}, and in particular Article 5 {(fragment + ' ') * (60_000 // (len(fragment) + 1))}"
        with ends_soon():
            read_citations((text,), language)


@cache
def measuring() -> Mapping[str, Any]:
    """What `tools/measure_citations.py` defines."""
    return runpy.run_path(str(ROOT / "tools" / "measure_citations.py"))


@real
class TestRealCitations:
    """What a lawyer reads off real citations, by `tests/golden/documents/citations.toml` and `gold.json`."""

    @pytest.mark.parametrize(("sample", "least"), [("first", 120), ("second", 60)])
    def test_precision_and_recall(self, sample: str, least: int) -> None:
        """On both samples, printed."""
        golden = tomli.loads(GOLDEN.read_text("utf-8"))[sample]
        precision, recall = measuring()["shares"](golden, measuring()["read_sets"](SETS))
        print(f"{sample}: {len(golden)} sets, precision {precision:.4f}, recall {recall:.4f}")  # noqa: T201  figures for who reads the output
        assert len(golden) >= least
        assert min(precision, recall) > 0.99

    @pytest.mark.parametrize(
        "entry", json.loads((DOCUMENTS / "gold.json").read_text("utf-8")) if DOCUMENTS.exists() else []
    )
    def test_bases_of_proposals(self, entry: dict[str, Any]) -> None:
        """The legal basis of every real proposal, from its document."""
        document = read_document(DOCUMENTS / entry["path"])
        citations = [document.of(citation.span) for citation in document.named("citation")]
        assert list(read_citations(citations, document.language).treaty_articles) == entry["legal_basis"]
