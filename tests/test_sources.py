"""Sources as lawyers write them: the forms of docs/reference/language.md, and what comes near them and is none."""

import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consistent.checker import load
from consistent.sources import FORMS as SOURCES
from consistent.sources import Form, _added, broader_citations, is_citation, parse_citation, parse_source
from consistent.toml.structuring import Problems, read_source
from tests.harness.effort import examples

FORMS = {
    "TEU 42(2)": ("treaty", "TEU", "42(2)"),
    "TFEU 173(3)": ("treaty", "TFEU", "173(3)"),
    "TFEU 153(2)(a)": ("treaty", "TFEU", "153(2)(a)"),
    "TFEU 175(3)": ("treaty", "TFEU", "175(3)"),
    "TFEU 173": ("treaty", "TFEU", "173"),
    "EEC 130a": ("treaty", "EEC", "130a"),
    "ECSC 95": ("treaty", "ECSC", "95"),
    "EU 34(2)(b)": ("treaty", "EU", "34(2)(b)"),
    "EU K.3(2)(c)": ("treaty", "EU", "K.3(2)(c)"),
    "TEU K.3": None,
    "EC Protocol No 14 art. 2": ("protocol", "EC Protocol No 14", "2"),
    "TFEU Protocol No 14": None,
    "TFEU 222(1)(a)(iii)": ("treaty", "TFEU", "222(1)(a)(iii)"),
    "Protocol No 2": ("protocol", "Protocol No 2", ""),
    "Protocol No 2 art. 5": ("protocol", "Protocol No 2", "5"),
    "Protocol No 10 art. 1(a)": ("protocol", "Protocol No 10", "1(a)"),
    "Protocol No 21 art. 6a": ("protocol", "Protocol No 21", "6a"),
    "Charter 8": ("treaty", "Charter", "8"),
    "Euratom 31": ("treaty", "Euratom", "31"),
    "C-376/98": ("case", "C-376/98", ""),
    "C-376/98 para. 83": ("case", "C-376/98", "83"),
    "T-50/06 para. 12-14": ("case", "T-50/06", "12-14"),
    "CELEX 32009L0081": ("act", "CELEX 32009L0081", ""),
    "CELEX 32009L0081 art. 3": ("act", "CELEX 32009L0081", "art. 3"),
    "CELEX 32009L0081 recital 16": ("act", "CELEX 32009L0081", "recital 16"),
    "CELEX 12016E/PRO/02": None,
    "CELEX 52025JC0120": ("act", "CELEX 52025JC0120", ""),
    "CELEX 32016Q0512(01)": ("act", "CELEX 32016Q0512(01)", ""),
    "COM(2025) 120": ("document", "COM(2025) 120", ""),
    "JOIN(2025) 120": ("document", "JOIN(2025) 120", ""),
    "JOIN(2025) 120 section 3": ("document", "JOIN(2025) 120", "section 3"),
    "Declaration No 20": ("declaration", "Declaration No 20", ""),
    "Case 26/62": ("case", "Case 26/62", ""),
    "C-402/05 P para. 3": ("case", "C-402/05 P", "3"),
    "Opinion 1/15": ("opinion", "Opinion 1/15", ""),
    "ST 12345/24": ("council-document", "ST 12345/24", ""),
    "ST 12345/24 REV 1 p. 3": ("council-document", "ST 12345/24 REV 1", "p. 3"),
    "2021/0106(COD)": ("procedure", "2021/0106(COD)", ""),
    "OJ L 119, 4.5.2016, p. 1": ("journal", "OJ L 119, 4.5.2016", "p. 1"),
    "Kamerstuk 21501-33-1090": ("parliamentary-paper", "Kamerstuk 21501-33-1090", ""),
    "Kamerstuk 36263-A": ("parliamentary-paper", "Kamerstuk 36263-A", ""),
    "Kamerstuk 22112-JV": ("parliamentary-paper", "Kamerstuk 22112-JV", ""),
    "Kamerstuk 26643-1200 P.1": ("parliamentary-paper", "Kamerstuk 26643-1200", "P.1"),
    "Kamerstuk 26643-1200 1.1": ("parliamentary-paper", "Kamerstuk 26643-1200", "1.1"),
    "Kamerstuk 26643-1200 par. 2": ("parliamentary-paper", "Kamerstuk 26643-1200", "par. 2"),
    "Handelingen II 2023/24, nr. 12, item 5": ("proceedings", "Handelingen II 2023/24, nr. 12", "item 5"),
    "Stb. 2024, 12": ("gazette", "Stb. 2024, 12", ""),
    "Grondwet 13(2)": ("constitution", "Grondwet", "13(2)"),
    "BWBR0005537 art. 3:4": ("law", "BWBR0005537", "art. 3:4"),
    "ECHR 8(2)": ("convention", "ECHR", "8(2)"),
    "ECHR Protocol No 1 art. 1": ("convention-protocol", "ECHR Protocol No 1", "art. 1"),
    "ECLI:EU:C:2014:238 para. 51": ("ecli", "ECLI:EU:C:2014:238", "51"),
    "COM(2018) 476/2 art. 6": ("document", "COM(2018) 476/2", "art. 6"),
    "Kamerstuk 22112-4027": ("parliamentary-paper", "Kamerstuk 22112-4027", ""),
    "Kamerstuk 22112-4027 IND.P.6": ("parliamentary-paper", "Kamerstuk 22112-4027", "IND.P.6"),
    "Kamerstuk 22112-4027 CAP.1": ("parliamentary-paper", "Kamerstuk 22112-4027", "CAP.1"),
    "Kamerstuk 36600-V-1": ("parliamentary-paper", "Kamerstuk 36600-V-1", ""),
    "P9_TA(2023)0123": ("resolution", "P9_TA(2023)0123", ""),
    "P9_TA(2023)0123 par. 5": ("resolution", "P9_TA(2023)0123", "par. 5"),
    "https://example.org/page#place": ("page", "https://example.org/page", "place"),
    "https://example.org/page": ("page", "https://example.org/page", ""),
}

# Otherwise written, as lawyers do; each with the canonical spelling that it is read to.
SPELLINGS = {
    "TFEU 173 (3)": "TFEU 173(3)", "TFEU art. 173": "TFEU 173", "Article 173 TFEU": "TFEU 173", "VWEU 173": "TFEU 173", "VEU 5 lid 3": "TEU 5(3)",
    "Article 153(2)(a) TFEU": "TFEU 153(2)(a)", "artikel 153, lid 2, onder a), VWEU": "TFEU 153(2)(a)", "art. 16 lid 2 VWEU": "TFEU 16(2)",
    "Article 16(2) of the TFEU": "TFEU 16(2)", "TFEU\u00a0173": "TFEU 173", "Handvest 8": "Charter 8", "EG 95": "EC 95",
    "artikel K.3, lid 2, EU": "EU K.3(2)",
    "Protocol nr. 2, artikel 5": "Protocol No 2 art. 5", "Protocol 2": "Protocol No 2", "protocol No 2": "Protocol No 2",
    "Verklaring nr. 20": "Declaration No 20",
    "zaak C-376/98, punt 83": "C-376/98 para. 83", "Case C-376/98, paragraphs 12-14": "C-376/98 para. 12-14", "C\u2011376/98": "C-376/98",
    "Zaak 26/62": "Case 26/62", "Advies 2/13, punt 191": "Opinion 2/13 para. 191", "ECLI:EU:C:2014:238, r.o. 51": "ECLI:EU:C:2014:238 para. 51",
    "CELEX 32009L0081 article 5": "CELEX 32009L0081 art. 5", "CELEX 32009L0081, overweging 4": "CELEX 32009L0081 recital 4",
    "CELEX:32009L0081": "CELEX 32009L0081",
    "Regulation (EU) 2016/679": "CELEX 32016R0679", "Verordening (EU) 2016/679, artikel 5, lid 1": "CELEX 32016R0679 art. 5(1)",
    "Regulation (EU) 2016/679 recital 4": "CELEX 32016R0679 recital 4", "Regulation (EU) No 1303/2013": "CELEX 32013R1303",
    "Regulation (EC) No 45/2001": "CELEX 32001R0045", "Regulation (EEC) No 1408/71": "CELEX 31971R1408", "Regulation No 2015/2010": "CELEX 32010R2015",
    "Regulation (EU) 2015/2010": "CELEX 32015R2010", "Directive 95/46/EC": "CELEX 31995L0046", "Richtlijn 2006/123/EG": "CELEX 32006L0123",
    "Directive (EU) 2015/1535": "CELEX 32015L1535", "Decision 2009/371/JHA": "CELEX 32009D0371", "Decision No 1313/2013/EU": "CELEX 32013D1313",
    "Decision 70/2008": "CELEX 32008D0070", "Kaderbesluit 2002/584/JBZ": "CELEX 32002F0584", "Uitvoeringsverordening (EU) 2021/404": "CELEX 32021R0404",
    "Commission Delegated Regulation (EU) 2021/2139": "CELEX 32021R2139",
    "COM(2025)120": "COM(2025) 120", "COM (2025) 120 final": "COM(2025) 120", "COM/2025/120": "COM(2025) 120", "JOIN(2025) 120 final section 3": "JOIN(2025) 120 section 3",
    "ST 12345/1/24 REV 1": "ST 12345/24 REV 1", "ST 12345/2024": "ST 12345/24", "Raadsdocument 12345/24": "ST 12345/24",
    "2021/106 (COD)": "2021/0106(COD)", "PB L 119 van 4.5.2016, blz. 1": "OJ L 119, 4.5.2016, p. 1",
    "Kamerstuk 26643, nr. 1200": "Kamerstuk 26643-1200", "Kamerstuk 26 643-1200": "Kamerstuk 26643-1200", "Kamerstukken 22112-4027": "Kamerstuk 22112-4027",
    "Kamerstukken II 2024/25, 26643, nr. 1200": "Kamerstuk 26643-1200", "Kamerstukken II 2024/25, 26 643, nr. 1200, p. 3": "Kamerstuk 26643-1200 p. 3",
    "Kamerstukken II 2024/25, 21501-33, nr. 1090": "Kamerstuk 21501-33-1090", "Kamerstukken II 2024/25, 36 600 V, nr. 1": "Kamerstuk 36600-V-1",
    "Kamerstukken I 2023/24, 36263, A": "Kamerstuk 36263-A", "Kamerstuk 26643-1200, paragraaf 2": "Kamerstuk 26643-1200 par. 2",
    "Handelingen II 2023/24, 12-5": "Handelingen II 2023/24, nr. 12, item 5", "Handelingen TK 2023-2024, nr. 12, item 5": "Handelingen II 2023/24, nr. 12, item 5",
    "Staatsblad 2024, 12": "Stb. 2024, 12", "Stb. 2024/12": "Stb. 2024, 12", "Stcrt. 2024, nr. 12345": "Stcrt. 2024, 12345",
    "artikel 13, lid 2, Grondwet": "Grondwet 13(2)", "Gw 13": "Grondwet 13", "BWBR0005537, artikel 3:4, lid 2": "BWBR0005537 art. 3:4(2)",
    "EVRM 8": "ECHR 8", "artikel 8, lid 2, EVRM": "ECHR 8(2)", "Article 1 of Protocol No 1 to the ECHR": "ECHR Protocol No 1 art. 1",
}  # fmt: skip

NEAR_MISSES = (
    "", " ", "TFEU", "TFEU173(3)", "TFEU  173", "tfeu 173", "TFEU 173(3", "TFEU 173()", "TFEU 173(3).",
    " TFEU 173", "TFEU 173 ", "TFEU 173(3)\n", "TFEU 1733", "TFEU 173(12345)", "Article 16 and 17 TFEU",
    "TFEU 173, 174", "TFEU 173-174", "Protocol No 2 5", "Protocol No 2 art.",
    "Charter", "C-376/1998", "C376/98", "C-376-98", "D-376/98", "32009L0081", "CELEX 2009L0081", "CELEX 32009L81",
    "CELEX 32009L0081 3", "COM(25) 120", "COM(2025) ", "COM(2025) 120 Final", "Regulation 1/2", "Regulation 9999/99999",
    "COM(2025) 120 final final", "Kamerstuk 22112", "Kamerstuk 22112-4027 IND.P", "Kamerstuk 22112-4027 ind.P.6",
    "Kamerstuk 22112 4027", "http://example.org", "https://", "https://a b", "P9_TA(2023)123", "P9 TA(2023)0123", "TFEU \u0661\u0667", "TFEU 173(\u0663)",
)  # fmt: skip


@pytest.mark.parametrize("text", FORMS)
def test_form(text: str) -> None:
    """A source in a known form comes apart into its kind, its act and the place in it."""
    expected = FORMS[text]
    found = parse_source(text)
    assert (found and (found.kind, found.act, found.place)) == expected
    if found:
        assert str(found) == text


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_miss(text: str) -> None:
    """What is written otherwise is no source, rather than one that is half read."""
    assert parse_source(text) is None
    assert not is_citation(text)


@pytest.mark.parametrize(("text", "canonical"), SPELLINGS.items())
def test_spelling(text: str, canonical: str) -> None:
    """What lawyers write otherwise is read to one canonical spelling, and is no citation before it is."""
    source = parse_source(text)
    assert source
    assert source.text == canonical
    assert parse_source(canonical) == source
    assert not is_citation(text)


_PATTERNS = [
    re.compile(pattern.pattern, re.ASCII)
    for form in SOURCES
    for pattern in (form.pattern, *(each.pattern for each in form.spellings))
]


@settings(max_examples=examples(1000))
@given(st.sampled_from(_PATTERNS).flatmap(lambda pattern: st.from_regex(pattern, fullmatch=True)))
def test_normalised_reads_as_itself(text: str) -> None:
    """Whatever the pattern of a form takes is read, and normalised to what reads as itself; where it can be opened is told or not, but never fails."""
    assume(text.isascii())  # a blank or hyphen of a word processor is put right first
    source = parse_source(text)
    assert source
    assert parse_source(source.text) == source
    source.url("en")
    source.label("nl")


@settings(max_examples=examples(1000))
@given(
    st.integers(0, len(SOURCES) - 1).flatmap(
        lambda n: st.tuples(st.just(n), st.from_regex(re.compile(SOURCES[n].pattern.pattern, re.ASCII), fullmatch=True))
    )
)
def test_canonical_is_of_one_form(drawn: tuple[int, str]) -> None:
    """A canonical spelling is no spelling of a form before its own: it is the same whether it or those are looked at first."""
    number, text = drawn
    before = SOURCES[:number]
    assert not [form.kind for form in before if form.pattern.fullmatch(text) or form.spelt(text) is not None]


@settings(max_examples=examples(300))
@given(
    st.sampled_from([spelling for form in SOURCES for spelling in form.spellings if spelling.words]).flatmap(
        lambda each: st.tuples(
            st.just(each.words), st.from_regex(re.compile(each.pattern.pattern, re.ASCII), fullmatch=True)
        )
    )
)
def test_words_of_a_spelling(drawn: tuple[tuple[str, ...], str]) -> None:
    """A spelling that is looked at only where one of its words stands, is written with one of them."""
    words, text = drawn
    assert any(word in text for word in words)


@settings(max_examples=examples(1000))
@given(st.sampled_from(_PATTERNS).flatmap(lambda pattern: st.from_regex(pattern, fullmatch=True)))
def test_only_legal_bases_lie_in_wider_ones(text: str) -> None:
    """What is read as the canonical spelling of a legal basis lies in wider citations, whichever forms are looked at to tell; nothing else does."""
    source = parse_citation(text)
    wider = broader_citations(text)
    assert wider[0] == text
    if source is None or source.text != text or not source.place:
        assert wider == (text,)
    elif source.kind == "treaty":
        assert len(wider) == 1 + text.count("(")
    else:
        assert wider == (text, source.act)


@pytest.mark.parametrize("text", [text for form in SOURCES for text in (*form.examples, *form.also)])
def test_label_reads_as_the_source(text: str) -> None:
    """How a reader cites a source, in either language, is itself read as that source."""
    source = parse_source(text)
    assert source
    assert [parse_source(source.label("en")), parse_source(source.label("nl"))] == [source, source]


def test_table_of_the_documentation() -> None:
    """Every example of every form stands in the table of the documentation, in its column, and each that stands there is read."""
    language = Path(__file__).parents[1] / "docs/reference/language.md"
    section = language.read_text("utf-8").partition("## Sources")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| ") and "`" in line]
    written = [text for row in rows for text in re.findall(r"`([^`]+)`", row[1])]
    also = [text for row in rows for text in re.findall(r"`([^`]+)`", row[2])]
    assert sorted(written) == sorted(text for form in SOURCES for text in form.examples)
    assert sorted(also) == sorted(text for form in SOURCES for text in form.also)


def test_help_names_the_nearest_form_and_the_way_out() -> None:
    """A source in no known form is told the form that looks most like it, and that an address does always."""
    with pytest.raises(Problems) as caught:
        read_source("Kamerstuk 22112")
    assert "`Kamerstuk 36263-A`" in caught.value.problems[0].help
    assert "https://...#place" in caught.value.problems[0].help


def test_cited_by_the_positions_of_the_letter() -> None:
    """The paragraphs of a letter, and what the packs here cite, are sources that read as themselves."""
    for name in ("nl-22112-4027", "treaties"):
        kb = load(name)
        cited = {source for rule in kb.rules for source in rule.sources}
        cited |= {source for position in kb.knowledge.positions.values() for source in position.sources}
        cited |= {f"Kamerstuk 22112-4027 {place}" for each in kb.knowledge.positions.values() for place in each.at}
        for text in cited:
            source = parse_source(text)
            assert source, text
            assert source.text == text


def test_form_of_an_installed_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form by the entry point is read, labelled and opened like those that ship."""
    form = Form(
        "ilo",
        re.compile(r"(?P<act>ILO C\d{3})(?P<place>)"),
        ("ILO C087",),
        url=lambda source, _: f"https://ilo.org/{source.act[5:]}",
    )
    assert parse_source("ILO C087") is None
    parse_source.cache_clear()
    _added.cache_clear()
    monkeypatch.setattr("consistent.sources.added", lambda *_: {"ilo": form})
    try:
        source = parse_source("ILO C087")
        assert source
        assert (source.label("nl"), source.url()) == ("ILO C087", "https://ilo.org/087")
    finally:
        parse_source.cache_clear()
        _added.cache_clear()


@pytest.mark.parametrize(("text", "expected"), FORMS.items())
def test_legal_basis(text: str, expected: tuple[str, str, str] | None) -> None:
    """Treaties, protocols and acts can be a legal basis; cases and papers cannot."""
    assert is_citation(text) is (expected is not None and expected[0] in {"treaty", "protocol", "act"})


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("TFEU 173(3)", "https://eur-lex.europa.eu/eli/treaty/tfeu_2016/art_173/oj?locale=en"),
        ("TEU 42(2)", "https://eur-lex.europa.eu/eli/treaty/teu_2016/art_42/oj?locale=en"),
        ("Protocol No 2 art. 5", "https://eur-lex.europa.eu/eli/treaty/tfeu_2016/pro_2/oj?locale=en"),
        ("C-376/98", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:61998CJ0376"),
        ("T-50/06 para. 12-14", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:62006TJ0050"),
        ("CELEX 32009L0081 art. 3", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32009L0081"),
        ("JOIN(2025) 120", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=JOIN:2025:120:FIN"),
        ("Kamerstuk 22112-4027 IND.P.6", "https://zoek.officielebekendmakingen.nl/kst-22112-4027.html"),
        ("Kamerstuk 21501-33-1090", "https://zoek.officielebekendmakingen.nl/kst-21501-33-1090.html"),
        ("Handelingen II 2023/24, nr. 12, item 5", "https://zoek.officielebekendmakingen.nl/h-tk-20232024-12-5.html"),
        ("Handelingen II 2023/24, nr. 12, p. 5", None),
        ("Stcrt. 2024, 12345", "https://zoek.officielebekendmakingen.nl/stcrt-2024-12345.html"),
        ("Grondwet 13(2)", "https://wetten.overheid.nl/jci1.3:c:BWBR0001840&artikel=13"),
        ("Opinion 1/15", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:62015CV0001"),
        ("Case 26/62", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:61962CJ0026"),
        ("ECLI:EU:C:2014:238 para. 51", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=ecli:ECLI:EU:C:2014:238"),
        ("ECLI:NL:HR:2019:2006", "https://deeplink.rechtspraak.nl/uitspraak?id=ECLI:NL:HR:2019:2006"),
        ("ECLI:DE:BGH:2016:180216", None),
        ("ST 12345/24", "https://data.consilium.europa.eu/doc/document/ST-12345-2024-INIT/en/pdf"),
        ("2021/0106(COD)", "https://eur-lex.europa.eu/procedure/EN/2021_106"),
        ("OJ L 119, 4.5.2016, p. 1", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=OJ:L:2016:119:TOC"),
        ("OJ L, 2024/1689", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=OJ:L_202401689"),
        ("ECHR 8", "https://www.coe.int/en/web/conventions/full-list?module=treaty-detail&treatynum=005"),
        ("Declaration No 20", None),
        ("https://example.org/page#place", "https://example.org/page#place"),
    ],
)
def test_address(text: str, address: str | None) -> None:
    """A source is opened where the institution publishes it."""
    source = parse_source(text)
    assert source
    assert source.url() == address


class TestBroaderCitations:
    """A treaty article contains its paragraphs, and they their points."""

    def test_narrowest_first(self) -> None:
        """Each step takes the last part away."""
        assert broader_citations("TFEU 153(2)(a)") == ("TFEU 153(2)(a)", "TFEU 153(2)", "TFEU 153")
        assert broader_citations("TEU 42") == ("TEU 42",)
        assert broader_citations("EEC 130a(1)") == ("EEC 130a(1)", "EEC 130a")

    @pytest.mark.parametrize("whole", ["Protocol No 2", "EC Protocol No 14", "CELEX 32009L0081"])
    def test_provision_of_an_act(self, whole: str) -> None:
        """What is cited of an act or a protocol lies within it, however deep."""
        assert broader_citations(f"{whole} art. 3(2)") == (f"{whole} art. 3(2)", whole)
        assert broader_citations(whole) == (whole,)

    @pytest.mark.parametrize("text", ["C-376/98", "C-376/98 para. 83", "military-mobility", "", "TFEU 173 (3)"])
    def test_what_is_no_article(self, text: str) -> None:
        """Anything else is within itself only."""
        assert broader_citations(text) == (text,)

    @given(
        st.sampled_from(["TEU", "TFEU", "Charter", "Euratom"]),
        st.integers(1, 358),
        st.lists(st.from_regex(r"\A[0-9a-z]{1,4}\Z"), max_size=4),
    )
    def test_any_article(self, act: str, article: int, parts: list[str]) -> None:
        """A citation with n parts has n wider ones; each is a source, begins the next, and has no wider one left out."""
        text = f"{act} {article}" + "".join(f"({each})" for each in parts)
        found = broader_citations(text)
        assert len(found) == len(parts) + 1
        assert found[0] == text
        assert found[-1] == f"{act} {article}"
        for index, each in enumerate(found):
            assert is_citation(each)
            assert text.startswith(each)
            assert broader_citations(each) == found[index:]
