"""What is told of a folder as new, and the feed of it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from consistent import File, InputError, KnowledgeBase, load
from consistent.cli import main
from consistent.lifecycle.atom import atom_feed
from consistent.lifecycle.news import STATE, News, news_of, save_news
from consistent.lifecycle.news_text import news_outline
from consistent.model.text import LANGUAGES
from consistent.reports.terminal import text_lines
from tests.lifecycle.test_file import RULE
from tests.lifecycle.texts import AMENDMENTS, COMPROMISE, MANDATE, PROPOSAL, write_file

NOW = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """One rule, so that little is checked."""
    return load("treaties").selected([RULE])


def asked(folder: Path, kb: KnowledgeBase, days: int) -> News:
    """What is new some days on; noted."""
    news = news_of(File.read(folder, kb), folder, NOW + timedelta(days=days))
    save_news(news, folder)
    return news


def told(news: News) -> list[tuple[str, str]]:
    """The items, in English."""
    return [(item.kind, item.text.en) for item in news.items]


def test_from_time_to_time(kb: KnowledgeBase, tmp_path: Path) -> None:
    """First the versions; then nothing; then a new text with what it changes; then what cannot be read; then what went."""
    folder = write_file(tmp_path, a=PROPOSAL)
    first = asked(folder, kb, 0)
    assert (first.since, told(first)) == ("", [("version", "new version: proposal COM(2026) 920 final")])
    assert asked(folder, kb, 1).items == ()
    write_file(folder, b=COMPROMISE)
    third = asked(folder, kb, 2)
    assert third.since == "2026-07-02T12:00:00+00:00"
    assert ("version", "new version: Council text ST 9890/26") in told(third)
    assert (
        "position",
        "still stands -> won: Delegation that leaves open whether to supplement or to amend, Article 2",
    ) in told(third)
    assert any(kind == "power" and "new: agencies" in text for kind, text in told(third))
    write_file(folder, c=AMENDMENTS)
    (fourth,) = told(asked(folder, kb, 3))
    assert fourth[0] == "unread"
    assert "c.txt" in fourth[1]
    (folder / "b.txt").unlink()
    fifth = told(asked(folder, kb, 4))
    assert ("removed", "b.txt is no longer a version of the file") in fifth


def test_other_content(kb: KnowledgeBase, tmp_path: Path) -> None:
    """A document under its old name with other content is told."""
    folder = write_file(tmp_path, a=PROPOSAL, b=COMPROMISE)
    asked(folder, kb, 0)
    write_file(folder, b=MANDATE)
    assert ("changed", "the content of b.txt is another one") in told(asked(folder, kb, 1))


def test_atom(kb: KnowledgeBase, tmp_path: Path) -> None:
    """What RFC 4287 asks of a feed and its entries is there; ids are kept, what is new comes first, and nothing is lost."""
    folder = write_file(tmp_path, a=PROPOSAL)
    first = asked(folder, kb, 0)
    write_file(folder, b=COMPROMISE)
    second = asked(folder, kb, 1)
    for language in LANGUAGES:
        feed = etree.fromstring(atom_feed(second, "a & b\x07<lamps>", language).encode())
        assert feed.tag == f"{ATOM}feed"
        for name in ("id", "title", "updated"):
            assert len(feed.findall(ATOM + name)) == 1
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == len(second.items) + len(first.items)
        ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
        assert len(set(ids)) == len(ids)
        assert ids[-1] == first.items[-1].id
        for entry in entries:
            assert entry.findtext(f"{ATOM}title")
            updated = datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "")
            assert updated.tzinfo is not None
        days = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
        assert days == sorted(days, reverse=True)
        assert feed.findtext(f"{ATOM}updated") == days[0]
    assert second.feed == first.feed


def test_spoilt(kb: KnowledgeBase, tmp_path: Path) -> None:
    """What was noted and is no longer as it was written is told, and not taken for a first time."""
    folder = write_file(tmp_path, a=PROPOSAL)
    asked(folder, kb, 0)
    data = json.loads((folder / STATE).read_text("utf-8"))
    for broken in (
        "{",
        json.dumps({**data, "form": 2}),
        json.dumps({**data, "seen": []}),
        json.dumps({**data, "feed": 1}),
    ):
        (folder / STATE).write_text(broken, "utf-8")
        with pytest.raises(InputError, match="cannot be used"):
            news_of(File.read(folder, kb), folder, NOW)


def test_words(kb: KnowledgeBase, tmp_path: Path) -> None:
    """In both languages; where nothing is new that is said."""
    folder = write_file(tmp_path, a=PROPOSAL)
    asked(folder, kb, 0)
    none = asked(folder, kb, 1)
    assert "Nothing is new." in [text.plain for _, text in text_lines(news_outline(none, "x", "en"))]
    assert "Er is niets nieuws." in [text.plain for _, text in text_lines(news_outline(none, "x", "nl"))]


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--since-last` notes what it told; a feed is written as one asks."""
    folder = write_file(tmp_path / "lamps", a=PROPOSAL)
    assert main(["file", str(folder), "--pack", "treaties", "--since-last"]) == 0
    assert "new version" in capsys.readouterr().out
    assert main(["file", str(folder), "--pack", "treaties", "--since-last"]) == 0
    assert "Nothing is new." in capsys.readouterr().out
    feed = tmp_path / "lamps.atom"
    assert main(["file", str(folder), "--pack", "treaties", "--format", "atom", "-o", str(feed)]) == 0
    assert len(etree.parse(feed).getroot().findall(f"{ATOM}entry")) == 1
