"""A hostile or broken document gives a clear error: no crash, no hang, no memory without bound."""

import contextlib
import math
import random
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistent.documents import reading
from consistent.documents.document import Block, Content
from consistent.documents.formats._broken_lines import cut
from consistent.documents.formats.text import plain
from consistent.documents.reading import Format, format_of, read_content
from consistent.errors import InputError, UsageError
from consistent.limits import MARKUP
from tests.document_cases import INVENTED, REAL, real
from tests.harness.effort import examples
from tests.soon import ends_soon

SEEDS = sorted(
    path
    for path in [*INVENTED.iterdir(), *REAL.glob("proposals/*.x*ml"), *REAL.glob("acts/*")]
    if path.suffix in {".html", ".json", ".txt", ".xhtml", ".xml"} and path.stat().st_size < 250_000
)
SPLICES = (
    *(
        b"<",
        b">",
        b"&",
        b"</p>",
        b"<p>",
        b"<div>",
        b"</div>",
        b"<table>",
        b"<td>",
        b"</tr>",
        b'"',
        b"&nbsp;",
        b"&#0;",
        b"&foo;",
    ),
    *(
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"-->",
        b"\0",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b'"\\ud800"',
        b"{",
        b"<li>",
        b"<br/>",
        b"<ol start='9'>",
    ),
)


def zipped(*names: str) -> bytes:
    """An archive of empty files."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return file.getvalue()


def refusal(content: bytes, name: str = "x") -> str:
    """The message with which a document is refused."""
    with pytest.raises(InputError) as caught:
        read_content(content, name)
    (fault,) = caught.value.faults
    assert fault.location.path == name
    return fault.message


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\n\n%PDF-1.4\n", "pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docx"),
        (b'<?xml version="1.0"?><!-- x --><html xmlns="http://www.w3.org/1999/xhtml"/>', "xhtml"),
        (b"<!DOCTYPE html><title>x</title>", "xhtml"),
        (b"\xef\xbb\xbf  <HTML><BODY>x", "xhtml"),
        ("<html>x".encode("utf-16"), "xhtml"),
        (b"<p>Text of a page without a head.", "xhtml"),
        (b'<?xml version="1.0"?><akn:akomaNtoso xmlns:akn="x"/>', "akn"),
        (b"<akomaNtoso/>", "akn"),
        (b"<ACT><TITLE/></ACT>", "formex"),
        (b'<?xml version="1.0"?><?x y?><ANNEX/>', "formex"),
        (b'{"content": "x"}', "json"),
        (b"[1]", "json"),
        (b"[Article 1] of the text", "text"),
        (b"{not JSON", "text"),
        (b"<3 is what the text begins with", "text"),
        (b"Article 1", "text"),
    ],
)
def test_format_is_told_by_content(content: bytes, format: str) -> None:
    """The format of a file is what is in it, whatever its name."""
    assert format_of(content, "x.pdf") == format


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "file is empty"),
        (b" \n\n", "file is empty"),
        (b"{\\rtf1 x}", "file is RTF"),
        (b"\x89PNG\r\n\x1a\n", "file is a picture"),
        (b"\x1f\x8b\x08", "file is compressed"),
        (zipped("xl/workbook.xml"), "file is a spreadsheet"),
        (zipped("content.xml"), "file is an OpenDocument file"),
        (zipped("L_2026.xml"), "file is an archive"),
        (b"PK\x03\x04 and no more", "archive is damaged"),
        (b"\x7fELF\0\0\0\1\2\3", "file is not text"),
        (bytes(range(256)) * 4, "file is not text"),
        (b"<?xml version='1.0'?><NOTICE/>", "file is a notice of CELLAR: what is known of a document, not its text"),
        (b"<?xml version='1.0'?><rss/>", "XML is of an unknown kind: its root is `rss`"),
        (b"<?xml version='1.0'?>", "XML has no root"),
        (b"<ACT><P>x</ACT>", "XML is not well formed: opening and ending tag mismatch: P line 1 and ACT"),
        (b"<ACT/>", "document has no text"),
        (b"<akomaNtoso><bill><meta>x</meta></bill></akomaNtoso>", "document has no text"),
        (b"<html/>", "page has no text"),
    ],
)
def test_what_is_not_read(content: bytes, message: str) -> None:
    """A file in another format is named as what it is."""
    assert refusal(content) == message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b'<!DOCTYPE ACT [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]><ACT>&c;</ACT>',
            "XML declares entities",
        ),
        (b'<!DOCTYPE ACT [<!ENTITY a SYSTEM "file:///etc/hostname">]><ACT>&a;</ACT>', "XML declares entities"),
        (b'<!DOCTYPE ACT [<!ENTITY % a SYSTEM "file:///etc/hostname"> %a;]><ACT>x</ACT>', "XML declares entities"),
        (
            b'<!DOCTYPE ACT [<!ENTITY a "' + b"h" * 10_000 + b'">]><ACT x="' + b"&a;" * 10_000 + b'">x</ACT>',
            "XML declares entities that grow without end",
        ),
        (b'<!DOCTYPE ACT SYSTEM "x.dtd"><ACT>a&lamp;b</ACT>', "XML uses an unknown entity `&lamp;`"),
        (
            b"<ACT>" + b"<P>" * 300 + b"x" + b"</P>" * 300 + b"</ACT>",
            "too much to be read: at most 255 elements within each other",
        ),
        (b"<html>" + b"<div>" * 300 + b"x", "too much to be read: at most 255 elements within each other"),
        (
            b"<html><a " + b" ".join(b"a%d" % at for at in range(100_000)) + b">x",
            "too much to be read: at most 500 attributes of a tag",
        ),
        (b"<p>" + b"<b>" * 1_000_001, "too much to be read: at most 1,000,000 tags of a document"),
        (
            b"<p>" + b"x" * MARKUP.most,
            "too much to be read: at most 25,000,000 bytes of markup",
        ),
        (b"x" * 50_000_001, "too much to be read: at most 50,000,000 bytes"),
        (b"[" * 100_000, "file is not text"),
    ],
    ids=range(12),
)
def test_hostile_document(content: bytes, message: str) -> None:
    """What would reach outside the file or fill the memory is refused, at once."""
    with ends_soon():
        if content.startswith(b"["):
            assert [block.text for block in read_content(content, "x").blocks] == [content.decode()]
        else:
            assert refusal(content) == message


def test_named_characters_need_no_document_type() -> None:
    """The named characters of HTML are known in XML too, though no DTD is read."""
    content = read_content(b'<!DOCTYPE ACT SYSTEM "x.dtd"><ACT><P>Comit&eacute;&nbsp;&amp; Co</P></ACT>', "x")
    assert content.blocks == (Block(text="Comité & Co"),)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            b"<p>x",
            b"<table><tr><td>(a)<td>x</table>",
            b"<a href='#ntr1'>(",
            b"<ol><li>x</ol>",
            b"<br>",
            b"<span class=num>1</span>",
        ),
        *(
            b"<p id=rct_1>",
            b"<p class=Point1>(a) x",
            b"(<a href='#E0001'>1</a>)",
            b"<li>x",
            b"x&",
            b"<tr>",
            b"<td>x",
            b"<!--",
        ),
    ],
)
def test_reading_a_page_takes_linear_time(unit: bytes) -> None:
    """Four times the page takes about four times as long, whatever it repeats."""
    times = []
    for repeats in (4_000, 16_000):
        began = time.process_time()
        with contextlib.suppress(InputError):
            read_content(b"<html><body>" + unit * repeats, "x")
        times.append(time.process_time() - began)
    assert times[1] < 10 * times[0] + 1


@pytest.mark.parametrize(
    "unit",
    [
        "(1) A. ",
        "Article 1 A. ",
        "CHAPTER I A ",
        "a) x: ",
        "x-\n",
        "Whereas: ",
        "HAVE ADOPTED THIS ",
        "1. A. ",
        "ANNEX A ",
        "Done at B ",
        "— x: ",
        "\n\n",
        "<!--",
        "x" * 50 + "\n",
    ],
)
@pytest.mark.parametrize("before", ["", "Whereas: (1) A. HAVE ADOPTED THIS ACT: Article 1 B. ", "A\nB\n"])
def test_reading_a_text_takes_linear_time(unit: str, before: str) -> None:
    """So it is with text."""
    # What grows with the square does so each time; a garbage collection in a full worker comes once.
    assert any(_grows_linearly(unit, before) for _ in range(3))


def _grows_linearly(unit: str, before: str) -> bool:
    times = []
    for repeats in (5_000, 20_000):
        began = time.process_time()
        with contextlib.suppress(InputError):
            read_content((before + unit * repeats + "end").encode(), "x")
        times.append(time.process_time() - began)
    return times[1] < 10 * times[0] + 1


MEASURED = 3
POINT_FORMS = {
    "points": "({at}) the keeper shall light lamp {at};",
    "paragraphs": "{at}. The keeper shall light lamp {at}.",
    "quotations": "({at}) Article {at} is replaced by the following:\n\n\u2018{at}. The keeper lights it.\u2019;",
    "quotations without an end": "({at}) \u2018lamp {at} means a lamp of kind {at};",
    "articles without an end": "{at}. \u2018Article {at}\n\nThe keeper lights it.",
}


def article_of(form: str, count: int) -> bytes:
    """An act with one article that has so many points, paragraphs or quotations."""
    points = "\n\n".join(form.format(at=at) for at in range(1, count + 1))
    return (
        "REGULATION (EU) 2024/1 OF THE COUNCIL\n\nTHE COUNCIL OF THE EUROPEAN UNION,\n\n"
        "Having regard to the Treaty on the Functioning of the European Union, and in particular Article 114 thereof,\n\n"
        f"HAS ADOPTED THIS REGULATION:\n\nArticle 1\n\nLamps\n\nRegulation (EU) 2023/1 is amended:\n\n{points}\n\n"
        "Article 2\n\nThis Regulation shall enter into force."
    ).encode()


@pytest.mark.parametrize("form", POINT_FORMS.values(), ids=POINT_FORMS)
def test_an_article_takes_linear_time(form: str) -> None:
    """An article of twice the points takes twice the time, also where each begins a quotation that does not end."""

    def seconds(count: int) -> float:
        content = article_of(form, count)
        began = time.process_time()
        reading.read_document(content)
        return time.process_time() - began

    small = large = math.inf
    for measured in range(1, 16):
        # The least of several, for what else the machine does only adds; more of them where it is busy.
        small, large = min(small, seconds(450)), min(large, seconds(900))
        if measured >= MEASURED and large < 2.3 * small:
            break
    assert large < 2.3 * small


def test_a_long_proposal_takes_little_memory() -> None:
    """700 KB of XHTML take a few times their size in memory."""
    content = real("proposals/52020PC0825.en.xhtml").read_bytes()
    read_content(content, "x")
    tracemalloc.start()
    try:
        read_content(content, "x")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A document with up to twenty changes: cut off, bytes flipped, pieces taken out, doubled, or put in."""
    path: Path = draw(st.sampled_from(SEEDS))
    content = bytearray(path.read_bytes())
    chance = random.Random(draw(st.integers(0, 2**32)))
    for _ in range(draw(st.integers(1, 20))):
        at = chance.randrange(len(content) + 1)
        until = min(len(content), at + chance.choice((1, 3, 40, 4_000)))
        match draw(st.sampled_from(("cut", "flip", "remove", "double", "put in"))):
            case "cut" if chance.random() < 0.2:
                del content[at:]
            case "flip" if at < len(content):
                content[at] ^= 1 << chance.randrange(8)
            case "remove":
                del content[at:until]
            case "double":
                content[at:at] = content[at:until] * 3
            case _:
                content[at:at] = chance.choice(SPLICES)
    return bytes(content)


@given(content=mutations())
@settings(max_examples=examples(150))
def test_broken_document(content: bytes) -> None:
    """A document that was damaged anywhere is read as far as it goes, or refused."""
    try:
        with ends_soon():
            read = read_content(content, "x")
    except InputError:
        return
    assert all(block.text.strip() and "\n" not in block.line for block in read.blocks)


@given(content=st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    """Bytes without sense are read or refused."""
    with contextlib.suppress(InputError):
        read_content(content, "x")


@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                [
                    "Whereas:",
                    "(1) A",
                    "HAVE ADOPTED THIS ACT:",
                    "Article 1",
                    "1. B",
                    "a) c;",
                    "of:",
                    "— d",
                    "( 1 ) E",
                    "Done at F",
                    "ANNEX G",
                    "TITEL I",
                ]
            ),
        ),
        max_size=60,
    ).map(" ".join)
)
def test_cutting_loses_nothing(text: str) -> None:
    """The pieces of a text are the text."""
    whole = "".join(block.text for block in cut(text))
    assert "".join(whole.split()) == "".join(plain(text).split())


@given(
    st.lists(
        st.one_of(
            st.text(st.characters(exclude_characters="[`~"), max_size=8),  # links and fences may hold letters that go
            st.sampled_from(["# a", "**b**", "|c|d|", "[^1]: e", "[^1]", "> - (a) f", "\\*", "***", "\n"]),
        ),
        max_size=40,
    ).map("\n".join)
)
def test_any_markdown(text: str) -> None:
    """Marks may be taken off, letters may not, and no line is empty."""
    try:
        blocks = read_content(f"# Title\n{text}\nEnd of it.".encode("utf-8", "replace"), "x").blocks
    except InputError:
        return
    assert all(letter.text.strip() and "\n" not in letter.text for letter in blocks)
    kept = [letter for block in blocks for letter in block.line if letter.isalpha() and letter.isascii()]
    assert kept == [letter for letter in f"Title{text}End of it" if letter.isalpha() and letter.isascii()]


class TestAddedFormats:
    """Others can add a format by an entry point; it is asked first."""

    @pytest.fixture(autouse=True)
    def fresh(self) -> Iterator[None]:
        """What was found before is forgotten, and so is what the test finds."""
        reading.added_formats.cache_clear()
        yield
        reading.added_formats.cache_clear()

    def add(self, monkeypatch: pytest.MonkeyPatch, value: object) -> None:
        """Let an installed package have such an entry."""

        class Entry:
            name = "lamps"

            def load(self) -> object:
                if isinstance(value, Exception):
                    raise value
                return value

        entries = [Entry()]
        monkeypatch.setattr(
            "consistent.plugins.entry_points", lambda group: entries if group == "consistent.formats" else []
        )

    def test_format(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Its reader reads what it recognises, and nothing else."""
        made_content = Content(format="lamps", blocks=(Block(text="light"),))
        self.add(
            monkeypatch,
            Format(name="lamps", recognises=lambda content: content[:2] == b"LL", read=lambda *_: made_content),
        )
        assert read_content(b"LLL") is made_content
        assert read_content(b"XLL").format == "text"

    @pytest.mark.parametrize("value", ["no format", ImportError("no module")])
    def test_what_is_no_format(self, monkeypatch: pytest.MonkeyPatch, value: object) -> None:
        """An entry that is none, or does not load, is named."""
        self.add(monkeypatch, value)
        with pytest.raises(UsageError, match="format `lamps`"):
            read_content(b"x")


def test_a_path_gives_the_name(tmp_path: Path) -> None:
    """A file that is read by its path is named by it."""
    path = tmp_path / "x.txt"
    path.write_bytes(b"")
    with pytest.raises(InputError, match=r"x\.txt"):
        read_content(path)
