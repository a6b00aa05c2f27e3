"""What is new in a file, for a reader."""

from collections.abc import Iterator

from consistent.lifecycle.news import Item as NewsItem
from consistent.lifecycle.news import News
from consistent.model.text import Language, Localized, Tone
from consistent.reports.outline import Block, Item, Paragraph, Section, Span, dim, strong

__all__ = ["news_outline"]

_SINCE = Localized("new since {since}", "nieuw sinds {since}")
_FIRST = Localized("looked at for the first time", "voor het eerst bekeken")
_NOTHING = Localized("Nothing is new.", "Er is niets nieuws.")
_HEADS = {
    "version": Localized("Versions", "Versies"),
    "position": Localized("Positions", "Posities"),
    "power": Localized("Powers", "Bevoegdheden"),
}
_UNDER = {"changed": "version", "removed": "version", "unread": "version", "pack": "position"}


def news_outline(news: News, title: str, language: Language) -> Iterator[Block]:
    """What is new under the title of the text, by what it is about."""
    said = _SINCE.get(language).format(since=news.since) if news.since else _FIRST.get(language)
    yield Section(strong(title), [Paragraph(dim(said))])
    if not news.items:
        yield Paragraph(_NOTHING.get(language))
    for head, label in _HEADS.items():
        items = [item for item in news.items if _UNDER.get(item.kind, item.kind) == head]
        if items:
            yield Section(
                strong(f"{label.get(language)} ({len(items)})"), [Item(_line(item, language)) for item in items]
            )


def _line(item: NewsItem, language: Language) -> Span:
    tone: Tone = "bad" if item.kind in {"unread", "removed"} else ""
    return Span(item.text.get(language), "strong" if tone else "", tone)
