"""What is new in a file, as an Atom feed (RFC 4287)."""

from xml.etree import ElementTree as ET

from consistent.lifecycle.news import Item, News
from consistent.model.text import Language, Localized
from consistent.reports.outline import in_one_line
from consistent.version import __version__

__all__ = ["atom_feed"]

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
_TITLE = Localized("New in the file: {title}", "Nieuw in het dossier: {title}")
_CATEGORIES = {
    "version": Localized("version", "versie"),
    "changed": Localized("version", "versie"),
    "removed": Localized("version", "versie"),
    "unread": Localized("not read", "niet gelezen"),
    "pack": Localized("pack", "pakket"),
    "position": Localized("position", "positie"),
    "power": Localized("power", "bevoegdheid"),
}


def atom_feed(news: News, title: str, language: Language) -> str:
    """The feed, with what is new first and what was told before after it.

    Args:
        news: of the file.
        title: of the text.
        language: of the feed.
    """
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {f"{{{_XML}}}lang": language})
    items = (*news.items, *news.earlier)
    _add(feed, "id", news.feed)
    _add(feed, "title", _TITLE.get(language).format(title=title))
    _add(feed, "updated", items[0].at if items else news.at)
    _add(ET.SubElement(feed, f"{{{_ATOM}}}author"), "name", "consistent")
    _add(feed, "generator", "consistent", version=__version__)
    for item in items:
        _entry(feed, item, language)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _entry(feed: ET.Element, item: Item, language: Language) -> None:
    entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
    _add(entry, "id", item.id)
    _add(entry, "title", item.text.get(language), type="text")
    _add(entry, "updated", item.at)
    label = _CATEGORIES[item.kind].get(language)
    ET.SubElement(entry, f"{{{_ATOM}}}category", {"term": item.kind, "label": label})
    _add(entry, "content", item.text.get(language), type="text")


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes).text = in_one_line(text)
