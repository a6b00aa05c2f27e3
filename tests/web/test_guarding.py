"""Who is let in, what is taken, and what never leaves: the workbench holds confidential drafts."""

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

from consistent.limits import MEMORY_OF_DRAFT, SECONDS_OF_DRAFT
from consistent.web import confined_drafts
from tests.document_cases import INVENTED
from tests.web.serving import PACK, Visitor, at, served, version_in

_HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one proposal, whose every word is hostile, and a secret beside the folder."""
    root = tmp_path_factory.mktemp("bench")
    (root / "secret.toml").write_text("[proposal]\ntitle.en = 'secret'\n")
    work = root / "work"
    work.mkdir()
    (work / "hostile.toml").write_text(
        f"[proposal]\nreference = 'COM(2031) 1'\ntitle.en = '''{_HOSTILE}'''\ntitle.nl = '''{_HOSTILE}'''\nkind = 'white-paper'\n"
        f"evidence.title = {{ document = '''{_HOSTILE}''', quote = '''{_HOSTILE}''', note = '''{_HOSTILE}''', confirmed = false }}\n"
        f"[[measure]]\nid = 'm-1'\nreference = '''{_HOSTILE}'''\ntitle.en = '''{_HOSTILE}'''\ntitle.nl = '''{_HOSTILE}'''\n"
        f"areas = ['defence-industry']\nevidence.areas = {{ document = 'x', quote = '''{_HOSTILE}''', confirmed = false }}\n"
    )
    (work / "link.toml").symlink_to(root / "secret.toml")
    return work


@pytest.fixture(scope="module")
def visitor(folder: Path) -> Iterator[Visitor]:
    """Somebody who was let in."""
    with served(folder) as found:
        found.enter()
        yield found


def test_no_token(folder: Path) -> None:
    """Nobody is let in without the token, with a wrong one, or with one that was used; the cookie is for this site and no script."""
    with served(folder) as stranger:
        assert stranger.get("/").status == 401
        assert stranger.get("/?token=guessed").status == 401
        assert stranger.get(at("hostile.toml")).status == 401
        assert stranger.get("/static/web.js").status == 401
        assert stranger.post("/example", {}).status == 401
        entered = stranger.enter()
        assert entered.status == 303
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert stranger.get("/").status == 200
        other = Visitor(stranger.host, stranger.address)
        assert other.enter().status == 401
        assert other.headers == {}
        forged = {"Cookie": stranger.headers["Cookie"].replace("=", "=x")}
        assert Visitor(stranger.host, stranger.address, forged).get("/").status == 401


def test_wrong_host(visitor: Visitor) -> None:
    """A page that was led here by a name of its own is told nothing, whatever it brings."""
    port = visitor.host.rpartition(":")[2]
    for host in (
        "evil.example",
        f"evil.example:{port}",
        f"localhost:{port}",
        "127.0.0.1",
        f"127.0.0.1:{port}.evil.example",
    ):
        answered = visitor.get("/", Host=host)
        assert answered.status == 421
        assert b"consistent" not in answered.content


def test_another_origin(visitor: Visitor, folder: Path) -> None:
    """No other page changes anything or reads anything, and what does not say where it is from changes nothing."""
    before = sorted(folder.iterdir())
    for origin in ("http://evil.example", "null", f"https://{visitor.host}", "http://localhost:80"):
        assert visitor.post("/example", {}, Origin=origin).status == 403
        assert visitor.get("/", Origin=origin).status == 403
    assert visitor.post("/example", {}, Origin="").status == 403
    assert sorted(folder.iterdir()) == before


def test_policy(visitor: Visitor) -> None:
    """Every answer forbids what is not from here, and none is kept; no page names an address elsewhere to load from."""
    for path in ("/", at("hostile.toml"), "/static/htmx.min.js", "/nothing"):
        headers = visitor.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self';")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers
    for path in ("/", at("hostile.toml")):
        loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="([^"]*)"', visitor.get(path).text)
        assert loaded
        assert all(address.startswith("/static/") for address in loaded)


def test_outside_the_folder(visitor: Visitor) -> None:
    """What lies elsewhere cannot be opened, by whatever path, nor by a link that leads there."""
    for name in (
        "..%2Fsecret.toml",
        "%2e%2e%2fsecret.toml",
        "..%5Csecret.toml",
        "%2Fetc%2Fpasswd",
        "link.toml",
        ".hidden",
        "secret.toml%00",
    ):
        for path in (f"/proposal/{PACK}/{name}", f"/proposal/-/{name}", f"/proposal/{PACK}/{name}/fiche.docx"):
            answered = visitor.get(path)
            assert answered.status in {404, 422}, path
            assert "title.en" not in answered.text
    assert visitor.post("/draft", {"name": "../secret.toml"}).status == 422
    assert visitor.get("/static/..%2Fapp.py").status == 404
    assert "link.toml" not in visitor.get("/").text
    assert visitor.get("/proposal/..%2F..%2Frules/hostile.toml").status in {404, 422}


def test_too_large(visitor: Visitor, folder: Path) -> None:
    """A hundred megabytes are refused before they are read, and so is what does not say how much it is."""
    before = sorted(folder.iterdir())
    length = str(100_000_000)
    assert visitor.ask("POST", "/add", b"", Content_Length=length).status == 413
    assert visitor.ask("POST", "/add", b"", Content_Length="many").status in {400, 413}
    piece = b"%x\r\n" % 1_000_000 + b"x" * 1_000_000 + b"\r\n"
    kind = "multipart/form-data; boundary=edge"
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    body = b"%x\r\n" % len(head) + head + b"\r\n" + piece * 100 + b"0\r\n\r\n"
    try:
        status = visitor.ask(
            "POST", "/add", body, Content_Type=kind, Content_Length="", Transfer_Encoding="chunked"
        ).status
    except (BrokenPipeError, ConnectionResetError):
        # It hung up on who went on sending.
        status = 413
    assert status == 413
    assert sorted(folder.iterdir()) == before
    assert visitor.get("/").status == 200


def test_zip_bomb(visitor: Visitor, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that grows without bound, one that never ends, and one that is broken are refused, and no more comes of them."""
    before = sorted(folder.iterdir())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b" " * 400_000_000)
    for name, content in (("bomb.docx", packed.getvalue()), ("broken.pdf", b"%PDF-1.7\nnothing"), ("empty.pdf", b"")):
        assert visitor.bring(name, content).status == 422, name
    monkeypatch.setattr(confined_drafts, "SECONDS_OF_DRAFT", evolve(SECONDS_OF_DRAFT, most=1))
    monkeypatch.setattr(confined_drafts, "MEMORY_OF_DRAFT", evolve(MEMORY_OF_DRAFT, most=40_000_000))
    slow = visitor.bring("slow.txt", (INVENTED / "powers.en.txt").read_bytes())
    assert slow.status == 422
    assert "cannot be read" in slow.text or "too much to be read" in slow.text
    assert sorted(folder.iterdir()) == before
    assert visitor.get("/").status == 200


def test_hostile_text(visitor: Visitor) -> None:
    """A script in a title, a quote, a note, a name or an answer is shown as the text that it is."""
    pages = [
        visitor.get(path).text
        for path in ("/", at("hostile.toml"), *(at("hostile.toml") + f"/values/{n}" for n in (0, 1)))
    ]
    pages.append(visitor.get(at("hostile.toml") + "/why?rule=" + "%3Cscript%3E").text)
    pages.append(visitor.get("/?lang=%3Cscript%3E").text)
    version = version_in(pages[1])
    said = {"version": version, "measure": "1", "field": "areas", "kind": "has", "typed": _HOSTILE}
    pages.append(visitor.post(at("hostile.toml") + "/statement", said).text)
    pages.append(visitor.bring(f"{_HOSTILE}.txt".replace('"', ""), b"<html>").text)
    assert any("&lt;script&gt;" in page for page in pages)
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_names_of_files(visitor: Visitor, folder: Path) -> None:
    """A file that is brought along comes into the folder under a name of its own, whatever it calls itself, and replaces none."""
    toml = (folder / "hostile.toml").read_bytes()
    before = set(folder.iterdir())
    for name in ("../../outside.toml", "..\\\\outside.toml", "/etc/outside.toml", "hostile.toml", ".toml"):
        assert visitor.bring(name, toml).status == 200
    added = {path.name for path in set(folder.iterdir()) - before}
    assert added == {"outside.toml", "outside-2.toml", "outside-3.toml", "hostile-2.toml", "toml.toml"}
    assert (folder / "hostile.toml").read_bytes() == toml
    assert not list(folder.parent.glob("outside*"))
    for name in added:
        (folder / name).unlink()


def test_nothing_is_left(folder: Path) -> None:
    """No draft that failed and no file that was being written stays behind."""
    assert shutil.disk_usage(folder).free > 0
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
