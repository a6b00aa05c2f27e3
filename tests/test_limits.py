"""What anybody may have written is read within limits: whatever passes one gives the same clear error, soon."""

import gzip
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from consistent import limits
from consistent.checker import load
from consistent.cli.main import main
from consistent.corpora._items import Unreadable, parse_object
from consistent.corpora.sources import open_corpus
from consistent.documents.formats import confined
from consistent.documents.formats.confined import is_confined, read_confined, read_here
from consistent.documents.reading import format_of, read_content
from consistent.errors import MOST_FAULTS, InputError, told
from consistent.limits import Limit
from consistent.toml.tomlfile import TomlFile
from consistent.toml.waivers import waivers_from
from tests.document_cases import INVENTED
from tests.harness.effort import examples
from tests.small_pack import write_pack
from tests.soon import ends_soon

PAGE = Path(__file__).parents[1] / "docs/reference/limits.md"
LIMITS = {name: limit for name in limits.__all__ if isinstance(limit := getattr(limits, name), Limit)}


def docx(body: bytes, **parts: bytes) -> bytes:
    """A DOCX with more in its body, and further parts."""
    made = BytesIO()
    with (
        zipfile.ZipFile(INVENTED / "legiswrite.en.docx") as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"</w:body>", body + b"</w:body>")
            new.writestr(name, content)
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


DOCUMENTS: dict[str, tuple[Callable[[], bytes], Limit]] = {
    "zip bomb": (lambda: docx(b"<w:p/>" + b" " * 61_000_000), limits.UNPACKED),
    "zip of many": (lambda: docx(b"", **{f"word/{at}.xml": b"" for at in range(10_001)}), limits.PARTS),
    "DOCX, deep": (lambda: docx(b"<w:p>" * 300 + b"</w:p>" * 300), limits.ELEMENTS),
    "DOCX, one text": (
        lambda: docx(b"<w:p><w:r><w:t>" + b"word " * 2_500_000 + b"</w:t></w:r></w:p>"),
        limits.LETTERS,
    ),
    "DOCX, many": (lambda: docx(b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 50_001), limits.PARAGRAPHS),
    "XML, deep": (lambda: b"<ACT>" + b"<P>" * 300 + b"x" + b"</P>" * 300 + b"</ACT>", limits.ELEMENTS),
    "XML, wide": (lambda: b"<ACT>" + b"<P>x</P>" * 500_001 + b"</ACT>", limits.TAGS),
    "XML, large": (lambda: b"<ACT><P>" + b"x " * 13_000_000 + b"</P></ACT>", limits.MARKUP),
    "XML, one text": (lambda: b"<ACT><P>" + b"x " * 6_000_000 + b"</P></ACT>", limits.LETTERS),
    "HTML, deep": (lambda: b"<html>" + b"<div>" * 300 + b"x", limits.ELEMENTS),
    "HTML, many": (lambda: b"<html><body>" + b"<p>x" * 50_001, limits.PARAGRAPHS),
    "HTML, attributes": (
        lambda: b"<html><p " + b" ".join(b"a%d=1" % at for at in range(501)) + b">x",
        limits.ATTRIBUTES,
    ),
    "text": (lambda: b"word\n" * 600_001, limits.LETTERS),
    "text, large": (lambda: b"x" * 50_000_001, limits.FILE),
    "text, many": (lambda: b"word\n\n" * 50_001, limits.PARAGRAPHS),
    "Markdown": (lambda: b"# a\n" * 750_001, limits.LETTERS),
    "JSON": (lambda: b'{"content": "' + b"word " * 600_001 + b'"}', limits.LETTERS),
    "JSON, wide": (lambda: b"[" + b"[]," * 1_000_000 + b"1]", limits.VALUES),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_documents(kind: str) -> None:
    """Of every format."""
    make, limit = DOCUMENTS[kind]
    content = make()
    with ends_soon(), pytest.raises(InputError) as caught:
        read_content(content, "bomb")
    (fault,) = caught.value.faults
    assert fault.location.path.startswith("bomb")
    assert fault == limit.passed(fault.location.path).faults[0]


DEEP, WIDE = "a = " + "[" * 100_000, "a = [" + "1," * 1_000_001 + "]\n"
TOML: dict[str, tuple[str, Limit]] = {
    "deep": (DEEP, limits.DEPTH),
    "65 lists": ("a = " + "[" * 65 + "1" + "]" * 65, limits.DEPTH),
    "deep tables": ("a = " + "{b=" * 500 + "1" + "}" * 500 + "\n", limits.DEPTH),
    "wide": (WIDE, limits.VALUES),
    "many keys": ("".join(f"a{at} = 1\n" for at in range(1_000_001)), limits.VALUES),
    "large": ("a = '" + "x" * 50_000_000 + "'\n", limits.FILE),
}


def check(given: Any) -> None:
    """Check a proposal."""
    load("treaties").check(given)


@pytest.mark.parametrize("kind", TOML)
@pytest.mark.parametrize("read", [check, waivers_from, TomlFile.parse])
def test_toml(kind: str, read: Callable[[str], Any]) -> None:
    """Proposals, drafts and waivers, and what packs are made of."""
    text, limit = TOML[kind]
    with ends_soon(), pytest.raises(InputError) as caught:
        read(text)
    (fault,) = caught.value.faults
    assert fault == limit.passed(fault.location.path).faults[0]


@pytest.mark.parametrize("where", ["facts/small/vocabularies/x.toml", "facts/small/facts/x.toml", "rules/small/x.toml"])
def test_packs(where: str, tmp_path: Path) -> None:
    """The pack of a stranger is refused for a file that passes one, before anything is made of it."""
    folder = write_pack(tmp_path)
    name, limit = ("facts/small", limits.DEPTH) if where.startswith("facts") else ("rules/small", limits.VALUES)
    path = next(path for path in (folder / name).rglob("*.toml") if path.name != "pack.toml")
    path.write_text(DEEP if limit is limits.DEPTH else WIDE, "utf-8")
    with ends_soon(), pytest.raises(InputError) as caught:
        load(folder)
    assert limit.passed(str(path)).faults[0].message in {fault.message for fault in caught.value.faults}


def test_json(tmp_path: Path) -> None:
    """One object, and lines of them, also compressed: the line that passes a limit is bad, and others are read."""
    for content, limit in (
        (b'{"a":' * 100_000, limits.DEPTH),
        (b'{"a": [' + b"1," * 1_000_001 + b"1]}", limits.VALUES),
    ):
        with ends_soon(), pytest.raises(InputError) as caught:
            parse_object(content, "x")
        assert caught.value.faults == limit.passed("x").faults
    path = tmp_path / "lines.jsonl.gz"
    path.write_bytes(gzip.compress(b" " * 60_000_000 + b'\n{"proposal": {"title": "x"}}\n', 1))
    with ends_soon():
        large, sound = open_corpus(path).items()
    assert isinstance(large.content, Unreadable)
    assert large.content.faults == (limits.FILE.passed(f"{path}:1").faults[0],)
    assert sound.content == b'{"proposal": {"title": "x"}}'


def test_parquet(tmp_path: Path) -> None:
    """A file of two thousand bytes whose rows would fill the memory."""
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    title = arrow.DictionaryArray.from_arrays(arrow.array([0] * 256, arrow.int32()), arrow.array(["x" * 40_000_000]))
    path = tmp_path / "bomb.parquet"
    rows = arrow.table({"proposal": arrow.StructArray.from_arrays([title], ["title"])})
    parquet.write_table(rows, path, compression="zstd")
    assert path.stat().st_size < 10_000
    with ends_soon(), pytest.raises(InputError) as caught:
        list(open_corpus(path).items())
    assert caught.value.faults == limits.MEMORY.passed(str(path)).faults


# Of faults; a million in full.
MANY = examples(900_000)


@pytest.mark.parametrize(
    "given",
    [
        "[[measure]]\nid = 'a'\nareas = [" + ",".join(f"'x{at}'" for at in range(MANY)) + "]\n",
        "".join(f"[[measure]]\nid = 'a{at}'\nx = 1\n" for at in range(MANY // 6)),
        "".join(f"x{at} = 1\n" for at in range(MANY)),
        "a = [" + f"{2**64}," * MANY + "]\n",
        {"proposal": {"title": "x"}, "measure": [{"x": 1}] * MANY},
        {"proposal": {"title": {f"x{at}": "x" for at in range(MANY)}}},
        {"proposal": {"title": "x", "evidence": {f"x{at}": 1 for at in range(MANY)}}},
    ],
    ids=["terms", "measures", "keys", "numbers", "dict", "languages", "evidence"],
)
def test_a_million_faults(given: Any) -> None:
    """A thousand are looked for, a hundred told, and it is said that there may be more."""
    with ends_soon(120), pytest.raises(InputError) as caught:
        check(given)
    assert len(caught.value.faults) == MOST_FAULTS
    *_, last = told(caught.value.faults)
    assert last.said("en").startswith("and at least 900 more faults, from here on\n")
    assert last.said("nl").startswith("en nog minstens 900 fouten, vanaf hier\n")


def test_large_markup_is_read_apart() -> None:
    """What comes of a document is the same in a process of its own; a short one needs none."""
    for name in ("journal.en.html", "akn4eu.nl.xml", "formex.en.xml", "legiswrite.nl.xhtml", "legiswrite.en.docx"):
        content = (INVENTED / name).read_bytes()
        format = format_of(content, name)
        assert not is_confined(format, content)
        assert read_confined(format, content, name) == read_here(format, content, name)
    for content in (b"<html>" + b"x" * limits.CONFINED, docx(b"<w:p/>" * (limits.CONFINED // 6))):
        assert is_confined(format_of(content, "x"), content)
    assert is_confined("pdf", b"%PDF-1.7")
    with pytest.raises(InputError) as there:
        read_confined("akn", b"<akomaNtoso>\n<bill>", "x")
    with pytest.raises(InputError) as here:
        read_here("akn", b"<akomaNtoso>\n<bill>", "x")
    assert there.value.faults == here.value.faults


@pytest.mark.parametrize(("name", "most"), [("MEMORY", 400_000_000), ("SECONDS", 1)])
def test_what_a_library_takes(name: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process ends with its share of memory and time, and the error is that of the limit."""
    limit = evolve(getattr(confined, name), most=most)
    monkeypatch.setattr(confined, name, limit)
    attributes = b" ".join(b"a%d=1" % at for at in range(400))
    with ends_soon(), pytest.raises(InputError) as caught:
        read_content(b"<html><body>" + (b"<p " + attributes + b">x") * 9_000, "x")
    assert caught.value.faults == limit.passed("x").faults


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("command", ["draft", "check"])
def test_the_command(command: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It ends with status 2, and says in the language of its user what the limit is and what to do."""
    path = tmp_path / "bomb.html"
    path.write_bytes(b"<html>" + b"<div>" * 300 + b"x")
    assert main([command, str(path), "--lang", language, "--pack", "treaties"]) == 2
    said = {
        "en": "error: too much to be read: at most 255 elements within each other\n  at {}\nhelp: save it again, or",
        "nl": "fout: te veel om te lezen: hoogstens 255 elementen in elkaar\n  bij {}\nhulp: sla het opnieuw op, of",
    }[language]
    assert capsys.readouterr().err.startswith(said.format(path))


def test_the_page_lists_them() -> None:
    """Every limit stands in the table, with its figure, and none that there is not."""
    rows = re.findall(r"^\| ([\d,]+) (.+?) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    counted = [(f"{limit.most:,}", limit.unit[0]) for limit in LIMITS.values()]
    assert sorted(rows) == sorted([*counted, ("100", "faults told"), (f"{MOST_FAULTS:,}", "faults looked for")])
