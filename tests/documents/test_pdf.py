"""PDF: what is drawn on pages comes out as text in reading order, and no file crashes, hangs or fills the memory."""

import random
import re
import subprocess
import sys
import zlib
from collections import Counter
from functools import partial
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from consistent.documents.document import Block, Role
from consistent.documents.formats import confined
from consistent.documents.formats._pdf_layout import blocks_of
from consistent.documents.formats._pdf_pages import pages_of
from consistent.documents.formats.confined import read_confined
from consistent.documents.formats.text import plain
from consistent.errors import InputError
from consistent.limits import PAGES, SECONDS
from tests.document_cases import INVENTED, real
from tests.drawn_pdfs import act, columns, drawn, encrypted, prose, scan, table
from tests.harness.effort import examples

read = partial(read_confined, "pdf")
_COUNCIL, _COUNCIL_SHORT, _FICHE = (
    "proposals/ST-16298-2022.en.pdf",
    "proposals/ST-14685-2023.en.pdf",
    "fiches/22112-4406.nl.pdf",
)
_LEFT = (
    "The keepers of lighthouses need lamps that last",
    "long, and the Union should see to their main-",
    "tenance, which keepers cannot pay for alone. The",
    "maintenance of buoys is another matter, and so",
    "is the use of dual-use lamps in harbours. Dual-",
    "use lamps are in any case dear to those who keep",
    "them, for they burn by day as well as by night,",
    "and those who buy them are few.",
)
_VOCABULARY = (
    *(
        "the",
        "a",
        "of",
        "Union",
        "States",
        "27",
        "lamps",
        "keepers",
        "shall",
        "ensure",
        "31",
        "2026",
        "dual-use",
        "no.",
    ),
    *(
        "environmental",
        "implementation",
        "responsibilities",
        "Article",
        "5(2)",
        "EUR",
        "10",
        "000",
        "i.e.",
        "and",
        "sea",
    ),
)
_RIGHT = (
    "Ships that pass by night see lamps from afar,",
    "and those that pass by day do not. A lamp that is",
    "seen by both is of use to all who sail, and so it",
    "should be the rule that lamps are bright enough to",
    "be seen by day. This does not hold for lamps that",
    "have no glass, and towers without lamps have no",
    "need of rules. Lamps without towers do not occur.",
)


def _nothing(canvas: Canvas) -> None:
    """An empty page."""


def _blocks(content: bytes) -> tuple[Block, ...]:
    return blocks_of(pages_of(content))


def _real(name: str) -> bytes:
    return real(name).read_bytes()


def _of(blocks: tuple[Block, ...], role: Role) -> list[str]:
    return [block.text for block in blocks if block.role == role]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_an_act_is_read_by_paragraph(language: str) -> None:
    """Lines are joined over line and page breaks, numbers stand apart, titles are headings."""
    blocks = _blocks(act(language))
    recitals = [block for block in blocks if re.fullmatch(r"\(\d+\)", block.number)]
    assert [block.number for block in recitals] == [f"({at})" for at in range(1, 19)]
    assert {block.text for block in recitals} == {recitals[0].text, recitals[1].text}
    assert "dual-use" in recitals[0].text
    assert len(_of(blocks, "heading")) == 4
    assert [block.number for block in blocks if block.role == "text"][-2:] == ["1.", "2."]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_invented_file_is_as_drawn(language: str) -> None:
    """`council.*.pdf` is what `act` draws, and a process reads it as this one does."""
    content = read((INVENTED / f"council.{language}.pdf").read_bytes(), "act.pdf")
    assert content.format == "pdf"
    assert content.blocks == _blocks(act(language))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_notes_and_feet_stand_apart(language: str) -> None:
    """Notes have their mark as number, no mark is left in a sentence, and feet are none of the text."""
    blocks = _blocks(act(language))
    notes = {(block.number, block.text) for block in blocks if block.role == "note"}
    assert {number for number, _ in notes} == {"1", "2"}
    assert any(text.endswith(("2.1.2026, p. 3.", "blz. 3.")) for _, text in notes)
    sentences = " ".join(_of(blocks, "text"))
    assert not re.search(r"(?:Committee|Comité|places|gemaakt) ?\d", sentences)
    assert "Committee," in sentences or "Comité," in sentences
    assert "1234/26" not in sentences
    pages = {block.page for block in blocks}
    assert {text for text in _of(blocks, "running") if text.startswith("1234")} == {
        f"1234/26 AB/cd {page}" for page in pages
    }


def test_a_paragraph_over_a_page_break_is_one_block() -> None:
    """It stands on the page where it begins, before the notes and feet that divide it."""
    blocks = _blocks(act())
    pages = [block.page or 0 for block in blocks]
    assert pages == sorted(pages)
    assert max(pages) > 1
    assert all(block.text[0].isupper() for block in blocks if block.role == "text")


@pytest.mark.parametrize("divided", [False, True])
@pytest.mark.parametrize("justified", [False, True])
@pytest.mark.parametrize(("size", "indent"), [(9, 0), (11, 0), (12, 20)])
def test_paragraphs_come_out_as_they_went_in(*, divided: bool, justified: bool, size: float, indent: float) -> None:
    """All but a few that a page break hides: where a full line ends a page and a sentence, nobody can tell."""
    chance = random.Random(size)
    sentences = [
        " ".join(["Lamps", *(chance.choice(_VOCABULARY) for _ in range(chance.randint(3, 80)))]) + "."
        for _ in range(60)
    ]
    content = prose(sentences, divided=divided, justified=justified, size=size, indent=indent)
    read_back = {block.line for block in _blocks(content)}
    assert sum(sentence in read_back for sentence in sentences) >= 0.93 * len(sentences)


def test_columns_are_read_one_after_the_other() -> None:
    """A divided word is whole again where the text has it whole, and keeps its hyphen where the text does."""
    blocks = _blocks(columns(_LEFT, _RIGHT, title="On lamps", note="OJ L 1, 2.1.2026, p. 3."))
    assert [block.role for block in blocks] == ["heading", "text", "text", "note"]
    left, right = blocks[1].text, blocks[2].text
    assert "their maintenance, which" in left
    assert "Dual-use lamps are" in left
    assert left.endswith("are few.")
    assert right.startswith("Ships")
    assert right.endswith("do not occur.")
    assert (blocks[3].number, blocks[3].text) == ("1", "OJ L 1, 2.1.2026, p. 3.")


def test_a_ruled_table_is_read_by_cell() -> None:
    """Cells of several lines stay together."""
    blocks = _blocks(table([[["Lamp"], ["Where it is", "used"]], [["Green", "lamp"], ["On the left", "of a harbour"]]]))
    assert [block.text for block in blocks] == ["Lamp\tWhere it is used", "Green lamp\tOn the left of a harbour"]
    assert {block.role for block in blocks} == {"row"}


def test_a_turned_page_is_read_as_it_is_seen() -> None:
    """A landscape page is often an upright one with a note to turn it."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(595, 0)
        canvas.rotate(90)
        canvas.drawString(80, 500, "Lamps that stand on towers are seen from afar by all")
        canvas.drawString(80, 486, "ships.")

    assert [block.text for block in _blocks(drawn(draw))] == [
        "Lamps that stand on towers are seen from afar by all",
        "ships.",
    ] or [block.text for block in _blocks(drawn(draw))] == [
        "Lamps that stand on towers are seen from afar by all ships."
    ]


def test_text_at_an_angle_is_kept_apart() -> None:
    """A stamp across the page is not mixed with its lines."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 500, "Lamps stand on towers.")
        canvas.rotate(45)
        canvas.drawString(400, 100, "DRAFT")

    assert [block.text for block in _blocks(drawn(draw))] == ["Lamps stand on towers.", "DRAFT"]


def test_a_power_is_no_note() -> None:
    """A raised figure after a unit stays, even where a note has its number."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(
            57, 600, "Lamps are bright if those who keep them keep them clean, and if their glass is clear."
        )
        canvas.drawString(57, 500, "A lamp lights 10 m")
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(57 + canvas.stringWidth("A lamp lights 10 m", "Times-Roman", 12), 504, "2")
        canvas.line(57, 112, 200, 112)
        canvas.drawString(57, 103, "2")
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(70, 100, "See the register.")

    assert [(block.number, block.text) for block in _blocks(drawn(draw))] == [
        ("", "Lamps are bright if those who keep them keep them clean, and if their glass is clear."),
        ("", "A lamp lights 10 m2"),
        ("2", "See the register."),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "file is no PDF: it does not begin as one"),
        (b"PK\x03\x04 and so on", "file is no PDF: it does not begin as one"),
        (b"%PDF-1.7\nnothing more", "PDF is damaged or is none"),
        (encrypted(), "PDF is encrypted and asks for a password"),
        (scan(), "PDF holds no text, but pictures of pages"),
        (drawn(_nothing), "PDF holds no text"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, message: str) -> None:
    """Plainly, once, and with the name of the file."""
    with pytest.raises(InputError) as caught:
        read(content, "act.pdf")
    (fault,) = caught.value.faults
    assert (fault.message, fault.location.path) == (message, "act.pdf")


def test_too_many_pages_are_refused() -> None:
    """Before any of them is read."""
    content = drawn(_nothing, pages=PAGES.most + 1)
    with pytest.raises(InputError, match="too much to be read: at most 2,000 pages"):
        read(content, "long.pdf")


def _bomb(depth: int) -> bytes:
    """A page that draws a form twenty times, which draws another twenty times, and so on."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    objects.append(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>"
    )
    objects.append("<< /Length 120 >> stream\n" + "/F Do " * 20 + "\nendstream")
    for at in range(depth):
        inner = f"/Resources << /XObject << /F {6 + at} 0 R >> >>"
        objects.append(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {inner} /Length 120 >> stream\n{'/F Do ' * 20}\nendstream"
        )
    objects.append(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /T << /Type /Font /Subtype /Type1 /BaseFont "
        "/Helvetica >> >> >> /Length 40 >> stream\nBT /T 12 Tf (lamp) Tj ET              \nendstream"
    )
    body = "%PDF-1.4\n" + "".join(f"{at} 0 obj {content} endobj\n" for at, content in enumerate(objects, start=1))
    return f"{body}trailer << /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF".encode()


def test_a_file_that_takes_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is bounded, whatever the file does: drawn in full, this one takes longer than the world has been there."""
    monkeypatch.setattr(confined, "SECONDS", evolve(SECONDS, most=3))
    with pytest.raises(InputError, match=r"at most 3 seconds|fail|no text"):
        read(_bomb(30), "bomb.pdf")


def test_a_file_that_unpacks_without_end_is_ended() -> None:
    """Memory is bounded, whatever the file holds."""
    packed = zlib.compress(zlib.compress(b"(lamp) Tj " * 30_000_000))
    stream = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >> stream\n%s\nendstream" % (len(packed), packed)
    content = (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >> endobj\n4 0 obj "
        + stream
        + b" endobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    )
    with pytest.raises(InputError):
        read(content, "bomb.pdf")


@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
@given(st.integers(), st.sampled_from(["en", "nl"]))
def test_mutated_files_never_crash(seed: int, language: str) -> None:
    """Text comes out, or an error that says why not."""
    chance = random.Random(seed)
    content = bytearray(_ACTS[language])
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                del content[at : at + chance.randrange(200)]
            case 2:
                content[at:at] = content[chance.randrange(len(content)) :][:100]
            case _:
                content[at : at + 6] = b"%d" % chance.choice([0, -1, 2**31, 2**63, 99999])
    try:
        blocks = read(bytes(content), "act.pdf").blocks
    except InputError as error:
        assert "makes its reader fail" not in str(error)  # noqa: PT017 - the error is one of two good outcomes
    else:
        assert all(block.text for block in blocks)


_ACTS = {language: act(language) for language in ("en", "nl")}


@pytest.mark.parametrize("name", [_COUNCIL, _COUNCIL_SHORT, _FICHE])
def test_real_documents_lose_nothing(name: str) -> None:
    """Every letter of a plain extraction is in some block; of figures only the marks of notes in sentences go."""
    content = _real(name)
    blocks = _blocks(content)
    document = pdfium.PdfDocument(content)
    plainly = " ".join(page.get_textpage().get_text_range() for page in document)
    kept = Counter(letter for block in blocks for letter in block.line if letter.isalpha())
    assert kept == Counter(letter for letter in plain(plainly) if letter.isalpha())
    marks = sum(len(block.number) for block in blocks if block.role == "note")
    figures = sum(letter.isdigit() for letter in plainly) - sum(
        letter.isdigit() for block in blocks for letter in block.line
    )
    assert 0 <= figures <= marks
    pages = [block.page or 0 for block in blocks]
    assert pages == sorted(pages)
    assert set(pages) == set(range(1, len(document) + 1))
    document.close()


@pytest.mark.parametrize("name", [_COUNCIL, _COUNCIL_SHORT, _FICHE])
def test_real_sentences_are_whole(name: str) -> None:
    """No paragraph ends in the middle of a sentence and goes on in the next block."""
    blocks = [block for block in _blocks(_real(name)) if block.role == "text"]
    torn = [
        (before.text[-60:], other.text[:60])
        for before, other in pairwise(blocks)
        if other.text[0].islower() and not (other.number or other.text[1] == ")") and before.text[-1].isalnum()
        if len(before.text) > 80
    ]
    assert not torn


def test_the_recitals_and_articles_of_a_real_text_are_all_there() -> None:
    """In order, each with its number."""
    blocks = _blocks(_real(_COUNCIL_SHORT))
    recitals = [block.number for block in blocks if re.fullmatch(r"\(\d+\)", block.number) and (block.page or 0) < 17]
    first = [number for at, number in enumerate(recitals) if number == f"({at + 1})"]
    assert len(first) >= 10
    articles = [block.text for block in blocks if re.fullmatch(r"Article \d", block.text)]
    assert articles == [f"Article {at}" for at in range(1, 7)]


def test_a_real_file_of_143_pages_is_read_in_time() -> None:
    """Twenty seconds of the processor and half of a gigabyte are allowed; three seconds and a tenth of it are usual."""
    content = _real(_COUNCIL)
    script = (
        "import resource, sys; from consistent.documents.formats.pdf import read; read(sys.stdin.buffer.read(), 'x');"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", script], input=content, capture_output=True, check=True)
    seconds, kilobytes = done.stdout.split()
    assert float(seconds) < 20
    assert int(kilobytes) < 500_000
