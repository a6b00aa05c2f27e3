"""What stands in for lxml in the browser reads and writes as lxml does; each in a process of its own, as it takes the other's name."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_DOCUMENTS = sorted(
    path for path in (_ROOT / "tests/documents").iterdir() if path.suffix in {".docx", ".html", ".xhtml", ".xml"}
)
_READ = """
import json, sys
from pathlib import Path
if sys.argv[1] == "stands":
    from consistent.web.browser.stands import stand_in
    stand_in("lxml", "lxml.etree")
from consistent.documents.formats.confined import answer
import pickle
told = {}
for path in map(Path, sys.argv[2:]):
    format = {".docx": "docx", ".html": "xhtml", ".xhtml": "xhtml", ".xml": "formex" if "formex" in path.name else "akn"}[path.suffix]
    told[path.name] = json.loads(answer(pickle.dumps((format, path.read_bytes(), path.name))))
print(json.dumps(told))
"""
_WRITE = """
import sys
from hashlib import sha256
if sys.argv[1] == "stands":
    from consistent.web.browser.stands import stand_in
    stand_in("lxml", "lxml.etree")
from consistent import load
from consistent.check import Check
from consistent.fiche.forms import fiche_docx
from consistent.fiche.making import fiche_of
from consistent.reports.dossier import Dossier
from consistent.toml.tomlfile import TomlFile
kb = load("nl-22112-4027")
check = Check.of(kb.case(kb.read_file(TomlFile.parse(open(sys.argv[2], "rb").read(), "act.toml")), engine="columns"))
dossier = Dossier(check=check, repairs=check.repairs(conditions=True, alternatives=1, seconds=600.0))
for language in ("nl", "en"):
    print(sha256(fiche_docx(fiche_of(dossier, language))).hexdigest())
"""
_TREES = """
import json, sys
if sys.argv[1] == "stands":
    from consistent.web.browser.stands import stand_in
    stand_in("lxml", "lxml.etree")
from lxml import etree
def said(text):
    try:
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return "refused"
    return [etree.tostring(root, encoding="unicode"), list(root.itertext()), list(root.itertext("*")), [str(n.tag) for n in root.iter("*")]]
def moved():
    root = etree.fromstring("<r>0<a>1</a>2<b>3</b>4<c/>5</r>")
    a, b, c = root
    a.addnext(c); b.addprevious(etree.Element("n")); root.append(a); root.remove(b)
    return etree.tostring(root, encoding="unicode")
texts = [
    "<a>1<b/>2<!-- 3 -->4<?p 5?>6<c>7</c>8</a>",
    '<w:a xmlns:w="urn:w" w:x="1" y="&lt;&quot;&#10;"><w:b xmlns="urn:d"><c/></w:b>&amp;&gt;</w:a>',
    "<a>&nbsp;</a>", "<a><b></a>", "", "<a/><b/>",
    "<a>" * 300 + "</a>" * 300,
]
root = etree.fromstring('<r><a i="1"/><b><a i="2"/></b></r>')
found = [[n.get("i") for n in root.xpath(p)] for p in ("//a", "./a", "b/a", "./a | .//a", "a[1]")] + [root.xpath("//@i")]
above = [[n.tag for n in root[1][0].xpath(p)] for p in ("..", "ancestor::*", "./parent::b", "preceding::a")]
declaring = etree.fromstring('<!DOCTYPE a [<!ENTITY e "x">]><a>1&e;2</a>', etree.XMLParser(resolve_entities=False))
declared = len(list(declaring.getroottree().docinfo.internalDTD.iterentities())), [n.text for n in declaring.iter(etree.Entity)]
print(json.dumps([[said(text) for text in texts], moved(), found, above, declared]))
"""

_RUN = """
import sys
from pathlib import Path
from consistent.web.browser.stands import stand_in
stand_in("lxml", "lxml.etree")
from consistent import confined
confined._IN_BROWSER = True
from consistent.web.browser.running import Workbench
bench = Workbench(Path(sys.argv[2]))
form = {"hx-request": "true", "content-type": "multipart/form-data; boundary=edge"}
head = b'--edge\\r\\nContent-Disposition: form-data; name="file"; filename="act.xhtml"\\r\\n\\r\\n'
body = head + Path(sys.argv[3]).read_bytes() + b"\\r\\n--edge--\\r\\n"
status, told, _ = bench.ask("POST", "/add", form, body)
assert status == 200, status
status, told, _ = bench.ask("GET", dict(told)["hx-redirect"] + "?lang=nl", {}, b"")
assert status == 303, status
status, _, page = bench.ask("GET", dict(told)["location"], {}, b"")
assert status == 200
print(sorted(path.name for path in Path(sys.argv[2]).iterdir()), len(bench.archive()) > 1000)
assert b'lang="en"' in bench.ask("GET", "/", {}, b"")[2]
bench.ask("GET", "/?lang=nl", {}, b"")
assert b'<html lang="nl"' in bench.ask("GET", "/", {}, b"")[2]
assert bench.ask("POST", "/add", form, b"x" * 60_000_000)[0] == 413
bench.clear()
print(sorted(Path(sys.argv[2]).iterdir()))
"""


def _told(code: str, which: str, *arguments: str) -> str:
    command = [sys.executable, "-P", "-c", code, which, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=_ROOT).stdout


def test_documents() -> None:
    """Every format that is markup comes to the same blocks."""
    paths = [str(path) for path in _DOCUMENTS]
    real, stood_in = (json.loads(_told(_READ, which, *paths)) for which in ("lxml", "stands"))
    assert len(real) == len(paths) > 8
    assert all(told.get("blocks") for told in real.values())
    assert stood_in == real


def test_word() -> None:
    """A fiche is the same to the byte."""
    path = str(_ROOT / "proposals/join-2025-120.toml")
    real = _told(_WRITE, "lxml", path)
    assert len(real.split()) == 2
    assert _told(_WRITE, "stands", path) == real


def test_running(tmp_path: Path) -> None:
    """The application is asked without a network, a thread or a process: it keeps cookies, gives all files, and removes them."""
    document = _ROOT / "tests/documents/legiswrite.en.xhtml"
    files, gone = _told(_RUN, "stands", str(tmp_path), str(document)).splitlines()
    assert files == "['act.toml', 'act.xhtml'] True"
    assert gone == "[]"


def test_trees() -> None:
    """Trees are read, changed, searched and written alike; what is no XML is refused by both."""
    real, stood_in = (json.loads(_told(_TREES, which)) for which in ("lxml", "stands"))
    assert "refused" in real[0]
    for one, other in zip(real, stood_in, strict=True):
        assert other == one


@pytest.mark.parametrize("text", ["a = 1\n", "[é]\nb = [1, { c = 'ü' }] # d\n"])
def test_grammar(text: str) -> None:
    """Places are those of bytes, whatever letters there are."""
    from tree_sitter import Language, Node, Parser  # the real one
    from tree_sitter_toml import language

    from consistent.web.browser.stands import tree_sitter as stand

    def read(letters: str) -> tuple[list[str], list[int]]:
        # As the build for the browser does: each letter of the text is a byte of it.
        types: list[str] = []
        numbers: list[int] = []
        pending = [Parser(Language(language())).parse(letters.encode("latin-1")).root_node]
        while pending:
            node = pending.pop()
            if node.type not in types:
                types.append(node.type)
            numbers += [types.index(node.type), node.is_named, node.start_byte, node.end_byte]
            numbers += [*node.start_point, *node.end_point, node.child_count]
            pending += reversed(node.children)
        return types, numbers

    def outline(node: "Node | stand.Node") -> object:
        place = node.start_byte, node.end_byte, tuple(node.start_point), tuple(node.end_point)
        return node.type, node.text, place, [outline(child) for child in node.named_children]

    stand.read_with(read)
    try:
        stood_in = stand.Parser(stand.Language(None)).parse(text.encode()).root_node
    finally:
        stand.read_with(None)
    assert outline(stood_in) == outline(Parser(Language(language())).parse(text.encode()).root_node)
