"""A proposal beside an amended text on the workbench: words first, then findings, grades and questions; what is known of words that stayed, stays."""

import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.confined import StoppedError
from consistent.documents.comparing.comparison import compared_units
from consistent.documents.document import Document
from consistent.drafting.draft import Draft
from consistent.inquiries.differences.drafts import measures_kept, with_what_is_known
from consistent.reports.outline import Block, Fold, Item, Paragraph, Section
from consistent.web.bench import Bench
from consistent.web.differing import Comparing, folded
from consistent.web.folder import Folder
from tests.test_diff_documents import NEW, OLD
from tests.web.serving import PACK, Answered, Visitor, at, served, version_in


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The Dutch pack, loaded once for all tests."""
    return load(PACK)


@pytest.fixture(scope="module")
def drafted(kb: KnowledgeBase) -> str:
    """The proposal as it is drafted."""
    return kb.draft(OLD.encode(), "old.txt").toml("en")


@pytest.fixture(autouse=True)
def _read_here(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """One pack, and documents read in this process, as in a browser, but by the test that follows the whole way: all else takes seconds."""

    def draft(document: Document, name: str, *, pack: str, as_proposal: bool) -> Draft:
        assert pack == kb.name
        return kb.draft(document, name, as_proposal=as_proposal)

    monkeypatch.setattr("consistent.web.bench.load", lambda *_, **__: kb)
    if request.function is not test_a_text_of_the_council:
        monkeypatch.setattr("consistent.confined._IN_BROWSER", True)
        monkeypatch.setattr("consistent.web.confined_drafts.draft_from", draft)


@pytest.fixture
def folder(tmp_path: Path, drafted: str) -> Path:
    """A folder of work with a proposal, and a text of the Council of it."""
    made = tmp_path / "work"
    made.mkdir()
    (made / "old.toml").write_text(drafted)
    (made / "old.txt").write_text(OLD)
    (made / "new.txt").write_text(NEW)
    return made


@pytest.fixture
def visitor(folder: Path) -> Iterator[Visitor]:
    """Somebody at a workbench over it."""
    with served(folder) as found:
        found.enter()
        yield found


def compared(visitor: Visitor, other: str, lang: str = "en") -> Answered:
    """What comes out in the end."""
    told = visitor.post(f"{at('old.toml')}/amended/compare?lang={lang}", {"with": other})
    until = time.monotonic() + 100
    while "/amended/state" in told.text and time.monotonic() < until:
        assert 'role="status">Step' in told.text or 'role="status">Stap' in told.text
        told = visitor.post(f"{at('old.toml')}/amended/state?lang={lang}", {"with": other})
    return told


def text_of(answered: Answered) -> str:
    """The words of a piece of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answered.text)).split())


def test_a_text_of_the_council(visitor: Visitor, folder: Path) -> None:
    """Words come first, folded by provision, then what that does to findings and questions; in the reader's language; nothing is written."""
    page = visitor.get(f"{at('old.toml')}/amended").text
    assert "<option>new.txt</option>" in page
    assert "old.txt" not in page
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    told = compared(visitor, "new.txt")
    assert told.status == 200, told.text
    assert told.text.count("<details") > 4
    words = text_of(told)
    assert "word for word: 2 of 4" in words
    assert words.index("Article 1 -> 2 Lamps: (1) reworded") < words.index("No finding changes")
    assert re.search(r"<del[^>]*>shall</del> <ins[^>]*>may</ins>", told.text)
    assert words.index("No finding changes") < words.index("What it does to questions")
    dutch = text_of(compared(visitor, "new.txt", "nl"))
    assert "Wat de tekst wijzigt" in dutch
    assert "woordelijk zo heeft: 2 van 4" in dutch
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert 'href="?with=new.txt&amp;lang=nl"' in visitor.get(f"{at('old.toml')}/amended?with=new.txt").text


def test_what_is_known_stays(visitor: Visitor, folder: Path, kb: KnowledgeBase) -> None:
    """What a person records of words that stayed changes nothing; of words that are others it is not known of the amended text."""
    page = visitor.get(at("old.toml")).text
    ids = {measure.id: str(number) for number, measure in enumerate(kb.read(folder / "old.toml").measures, 1)}
    version = version_in(page)
    for id in ("art-1-1", "art-1-2"):
        sent = {"version": version, "measure": ids[id], "field": "finance", "kind": "has", "typed": "union-budget"}
        said = visitor.post(f"{at('old.toml')}/statement", {**sent, "place": "Article 1", "start": "", "end": ""})
        assert said.status == 200, said.text
        version = version_in(said.text)
    words = text_of(compared(visitor, "new.txt"))
    # Article 1(1) was reworded, 1(2) became 2(2) as it was.
    assert "art-2-1, paid by" in words
    assert "art-2-2, paid by" not in words


def test_brought_along(visitor: Visitor, folder: Path) -> None:
    """A text is brought along without becoming a proposal; one that is none is refused when it is compared, and nothing outside is read."""
    with_letter = visitor.bring(
        "letter.txt", b"Dear sir,\n\nI write to you about lamps.\n", to=f"{at('old.toml')}/amended/bring"
    )
    assert with_letter.headers["hx-redirect"].endswith("/amended?with=letter.txt")
    assert not (folder / "letter.toml").exists()
    assert compared(visitor, "letter.txt").status == 422
    again = visitor.bring("new.txt", NEW.encode(), to=f"{at('old.toml')}/amended/bring")
    assert again.headers["hx-redirect"].endswith("with=new-2.txt")
    for outside in ("../new.txt", str(folder.parent / "new.txt"), "nowhere.txt", ""):
        assert compared(visitor, outside).status == 422
        assert visitor.get(f"{at('old.toml')}/amended?with={outside}").status == (422 if outside else 200)
    assert visitor.post(f"{at('old.toml')}/amended/state", {"with": "new-2.txt"}).status == 422


def test_another_version_in_toml(visitor: Visitor, folder: Path, drafted: str) -> None:
    """Another version of the file is compared by what is known; without its document that words are not compared is told."""
    (folder / "later.toml").write_text(re.sub(r"\nid = \"art-2-2\"", '\nid = "art-2-3"', drafted))
    words = text_of(compared(visitor, "later.toml"))
    assert "Words are not compared: the document of one of the two is not in the folder" in words
    # A text that is changed is compared anew.
    (folder / "later.toml").write_text(drafted)
    assert "Nothing differs" in text_of(compared(visitor, "later.toml"))


def test_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who stops it is told that it was stopped, whatever it was doing, and can begin again."""
    bench = Bench(Folder(folder), PACK)
    work = bench.work(PACK, "old.toml")
    running = Comparing(bench, work, "old.toml", "new.txt", "en", work.version)
    running.stop()
    running.begin()
    running.wait(60)
    assert (running.stopped, running.compared, running.wrong) == (True, None, None)

    def reading(*_: object) -> None:
        raise StoppedError

    monkeypatch.setattr(Bench, "later_text", reading)
    with served(folder) as visitor:
        visitor.enter()
        told = compared(visitor, "new.txt")
        assert "was stopped" in told.text
        assert "/amended/compare" in told.text
        assert visitor.post(f"{at('old.toml')}/amended/stop", {"with": "new.txt"}).status == 204


def test_broken_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong, who waits is told."""

    def failing(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Bench, "later_text", failing)
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    with served(folder) as visitor:
        visitor.enter()
        assert "broke off" in compared(visitor, "new.txt").text


def test_without_numpy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where words cannot be compared, as on the page without a server, that is said, and what stayed word for word is known all the same."""

    def lacking(*_: object) -> None:
        raise ModuleNotFoundError("numpy")

    monkeypatch.setattr("consistent.web.differing.compare", lacking)
    with served(folder) as visitor:
        visitor.enter()
        words = text_of(compared(visitor, "new.txt"))
    assert "Without a server words are not compared one by one" in words
    assert "word for word: 2 of 4" in words


def test_what_is_said_twice_is_not_kept(kb: KnowledgeBase) -> None:
    """Where two measures say the same nobody can tell which is which; what was said of either is left out."""
    twice = OLD.replace("Article 2\nBuoys\n1. ", "Article 2\nLamps\n2. ")
    draft = kb.draft(twice.encode(), "old.txt")
    units = compared_units(draft.document)
    kept = measures_kept(units, units, draft.candidates, draft.candidates)
    assert len(set(kept.values())) == len(kept)
    assert with_what_is_known(draft.proposal, draft.proposal, kept) == draft.proposal
    doubled = (*units, *units)
    assert measures_kept(doubled, units, draft.candidates, draft.candidates) == {}


def test_folded() -> None:
    """What stands under a heading is folded, what is on top of all stays, and as many as are wanted are open."""
    blocks: list[Block] = [
        Paragraph("p"),
        Section("one", [Item("line", [Item("below")])]),
        Section("two", [Paragraph("q")]),
    ]
    told = list(folded(blocks, opened=1))
    assert told[0] == Paragraph("p")
    assert [(block.open) for block in told[1:] if isinstance(block, Fold)] == [True, False]
    inner = told[1].blocks[0]  # type: ignore[union-attr]  # a fold
    assert isinstance(inner, Fold)
    assert inner.blocks == (Item("below"),)
