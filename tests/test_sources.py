"""Sources in their canonical spelling: the forms of docs/reference/language.md, and what comes near them and is none."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistent.sources import Source, broader_citations, is_citation, parse_source

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
    "COM(2025) 120 final": ("document", "COM(2025) 120", ""),
    "JOIN(2025) 120": ("document", "JOIN(2025) 120", ""),
    "JOIN(2025) 120 final section 3": ("document", "JOIN(2025) 120", "section 3"),
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

NEAR_MISSES = (
    "", " ", "TFEU", "TFEU 173 (3)", "TFEU173(3)", "TFEU  173", "tfeu 173", "TFEU 173(3", "TFEU 173()", "TFEU 173(3).",
    " TFEU 173", "TFEU 173 ", "TFEU 173(3)\n", "TFEU 1733", "TFEU art. 173", "Article 173 TFEU", "TFEU 173(12345)",
    "VWEU 173", "TFEU 173, 174", "TFEU 173-174", "Protocol 2", "Protocol No 2 5", "Protocol No 2 art.", "protocol No 2",
    "Charter", "C-376/1998", "C376/98", "C-376-98", "D-376/98", "32009L0081", "CELEX 2009L0081", "CELEX 32009L81",
    "CELEX 32009L0081 3", "COM(25) 120", "COM (2025) 120", "COM(2025)120", "COM(2025) ", "COM(2025) 120 Final",
    "COM(2025) 120 final final", "Kamerstuk 22112", "Kamerstuk 22112-4027 IND.P", "Kamerstuk 22112-4027 ind.P.6",
    "Kamerstuk 22112 4027", "Kamerstukken 22112-4027", "http://example.org", "https://", "https://a b", "P9_TA(2023)123", "P9 TA(2023)0123", "TFEU \u0661\u0667", "TFEU 173(\u0663)",
)  # fmt: skip


@pytest.mark.parametrize("text", FORMS)
def test_form(text: str) -> None:
    """A source in a known form comes apart into its kind, its act and the place in it."""
    expected = FORMS[text]
    found = parse_source(text)
    assert found == (expected and Source(text, *expected))
    if found:
        assert str(found) == text


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_miss(text: str) -> None:
    """What is written otherwise is no source, rather than one that is half read."""
    assert parse_source(text) is None
    assert not is_citation(text)


def test_every_form_of_the_documentation() -> None:
    """Each example that the documentation gives parses."""
    language = Path(__file__).parents[1] / "docs/reference/language.md"
    section = language.read_text("utf-8").partition("## Sources")[2].partition("\n## ")[0]
    examples = [each for each in re.findall(r"`([^`]+)`", section) if each != "#place"]
    assert len(examples) >= 12
    assert [each for each in examples if parse_source(each) is None] == []


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
        ("JOIN(2025) 120 final", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=JOIN:2025:120:FIN"),
        ("Kamerstuk 22112-4027 IND.P.6", "https://zoek.officielebekendmakingen.nl/kst-22112-4027.html"),
        ("https://example.org/page#place", "https://example.org/page#place"),
    ],
)
def test_address(text: str, address: str) -> None:
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
