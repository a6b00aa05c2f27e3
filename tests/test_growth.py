"""No text takes time with the square of its length: what reads documents, proposals and the places of their faults."""

import contextlib
import re
from collections.abc import Callable
from html import escape
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistent.checker import KnowledgeBase, load
from consistent.errors import InputError
from tests.document_cases import INVENTED
from tests.harness.effort import examples
from tests.harness.growth import growth

# What is said again and again, in the middle of a document: what a pattern may begin with and not end.
UNITS = (
    *("000 ", "000", "1 ", "1.", "1,", "1.000.", "1,000 ", "1/", "1) ", "1a ", "(1)", "(1) ", "(", ")", " (", "[", "]"),
    *(
        "a",
        "A",
        "a ",
        "-",
        "- ",
        "a-",
        "\u2014",
        ".",
        ". ",
        "; ",
        ", ",
        ": ",
        "'",
        '"',
        "\u2018a\u2019 ",
        "\u201c",
        "\u2026",
        "/",
    ),
    *(
        "%",
        "\u20ac",
        "EUR ",
        "EUR 1 ",
        "1 million and ",
        "\u00a0",
        "  \u00a0",
        "\t",
        "ii ",
        "IV ",
        "X",
        "http://",
        "www.",
        "a.b.",
        "a@",
    ),
    *(
        "#",
        "# ",
        "*",
        "**",
        "_",
        "`",
        "[a](",
        "](",
        "|",
        "| a ",
        "> ",
        "\\",
        "<",
        "&",
        "&amp;",
        "<p>",
        "<!--",
        "]]>",
        "\n",
        "\n\n",
    ),
    *(
        "Article 1 ",
        "Article 1(",
        "Article 1, ",
        "Articles 1 and ",
        "Article 1\n",
        "points (a), ",
        "(a) to ",
        "paragraph 1 and ",
    ),
    *("Regulation (EU) ", "Regulation (EU) 2020/1 ", "Regulation (EU) No 1/2020 and ", "Directive 2001/1/EC of the "),
    *(
        "OJ L 1, 1.1.2020, p. 1 ",
        "COM(2025) ",
        "of ",
        "the ",
        "and ",
        "shall ",
        "shall not ",
        "Member States ",
        "The Commission ",
    ),
    *(
        "delegated acts in accordance with ",
        "within 3 months ",
        "within ",
        "no later than ",
        "from 1 January 2025 ",
        "1 January ",
    ),
    *(
        "financial envelope ",
        "is replaced by the following: ",
        "\u2018lamp\u2019 means ",
        "referred to in ",
        "unless ",
        "which ",
        "it ",
    ),
    *(
        "artikel 1 ",
        "artikel 1, lid 2, ",
        "lid 1, onder a), ",
        "Verordening (EU) ",
        "van de ",
        "en ",
        "de lidstaten ",
        "moeten ",
    ),
    *(
        "binnen drie maanden ",
        "uiterlijk op ",
        "niet ",
        "een ",
        "te ",
        "heeft ",
        "wordt ",
        "overeenkomstig ",
        "vanaf 1 januari ",
    ),
)
DOCUMENTS = ("plain.en.txt", "plain.nl.txt", "journal.en.html", "akn4eu.nl.xml", "formex.en.xml", "legiswrite.nl.xhtml")
# What once took minutes.
KNOWN = (("plain.en.txt", "000 "), ("plain.nl.txt", "a"), ("plain.en.txt", "\u2018lamp\u2019 means "))


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The pack whose terms and words are looked for."""
    return load("treaties")


def drafting(kb: KnowledgeBase, name: str, unit: str) -> Callable[[int], object]:
    """Draft an invented document, in the midst of which a unit stands as often as there is room for."""
    path: Path = INVENTED / name
    text = path.read_text("utf-8")
    written = unit if path.suffix == ".txt" else escape(unit)
    at = text.rindex("lamp", 0, text.rindex("lamp"))

    def draft(size: int) -> None:
        content = f"{text[:at]}{written * (size // len(written))} {text[at:]}".encode()
        with contextlib.suppress(InputError):
            kb.draft(content, name, as_proposal=True)

    return draft


@pytest.mark.parametrize(("name", "unit"), KNOWN)
def test_known(kb: KnowledgeBase, name: str, unit: str) -> None:
    """Figures without a currency, lines without a blank, and names that are given again and again."""
    assert growth(drafting(kb, name, unit)) is None


@given(given=st.sampled_from(list(product(DOCUMENTS, UNITS))))
@settings(max_examples=examples(6, desk=2))
def test_documents(kb: KnowledgeBase, given: tuple[str, str]) -> None:
    """Whatever a document says again and again."""
    assert growth(drafting(kb, *given)) is None


def faulty_tables(size: int) -> str:
    """Tables that no proposal has, each within one that has no line of its own."""
    return "".join(f"[a{number}.b]\nc=1\n" for number in range(size // 14))


def faulty_terms(size: int) -> str:
    """A list of terms that no vocabulary has."""
    return "[[measure]]\nid='a'\nareas=[" + ",".join(f"'zz{number}'" for number in range(size // 9)) + "]\n"


def dotted(size: int) -> str:
    """Keys that hold each other."""
    return "".join(f"{'a.' * 60}b{number}=1\n" for number in range(size // 128))


def blanks(size: int) -> str:
    """A title that is all blanks and line ends."""
    return 'title="""' + " \\\n" * (size // 3) + '"""\n'


@pytest.mark.parametrize("text", [faulty_tables, faulty_terms, dotted, blanks])
def test_proposals(kb: KnowledgeBase, text: Callable[[int], str]) -> None:
    """However much is wrong with a proposal, and wherever that stands."""

    def check(size: int) -> None:
        with pytest.raises(InputError):
            kb.check(text(size))

    assert growth(check) is None


def test_growth_is_noticed() -> None:
    """What takes time with a power of the length is told; with the third, so that nothing that the machine does hides it."""
    pattern = re.compile(r"[a-z]+[a-z]+!")
    found = growth(lambda size: pattern.search("a" * (size // 400)), (40_000,))
    assert found is not None
    assert 2.3 < found < 40
