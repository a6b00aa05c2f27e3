"""What is new in a file since it was last looked at: versions, documents that cannot be read, and what became otherwise of positions and powers.

What was seen is kept in the folder itself, in `.consistent-file.json`, with what was told each time: a feed tells that again.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid4, uuid5

from attrs import asdict, frozen

from consistent.errors import Fault, InputError, Location
from consistent.lifecycle.fates import POSITION_FATES, POWER_FATES
from consistent.lifecycle.file import File
from consistent.lifecycle.powers import PowerTrail
from consistent.lifecycle.versions import STAGES
from consistent.model.text import Localized
from consistent.reports.outline import in_one_line
from consistent.shown import Shown
from consistent.toml.files import create_file, is_file, read_file

__all__ = ["STATE", "Item", "News", "news_of", "save_news"]

STATE = ".consistent-file.json"
# The oldest of more than this are left out of the feed.
_MOST_ITEMS = 500
_FORM = 1
ItemKind = Literal["version", "changed", "removed", "unread", "pack", "position", "power"]
_HELP = "remove it: what is new is then told from the beginning"
_VERSION = Localized("new version: {stage} {name}", "nieuwe versie: {stage} {name}")
_CHANGED = Localized("the content of {document} is another one", "de inhoud van {document} is een andere")
_REMOVED = Localized("{document} is no longer a version of the file", "{document} is geen versie van het dossier meer")
_UNREAD = Localized(
    "cannot be read as a version: {document}: {why}", "kan niet als versie worden gelezen: {document}: {why}"
)
_PACK = Localized("the pack is another one: {old} -> {new}", "het pakket is een ander: {old} -> {new}")
_NOW = Localized("{fate}: {title}, {place}", "{fate}: {title}, {place}")
_TURNED = Localized("{old} -> {fate}: {title}, {place}", "{old} -> {fate}: {title}, {place}")
_FORGOTTEN = Localized("no longer told: {title}", "wordt niet meer verteld: {title}")
_WHOLE = Localized("the text as a whole", "de tekst als geheel")


@frozen(kw_only=True)
class Item(Shown):
    """One thing that is new.

    Attributes:
        id: `urn:uuid:...`; the same wherever the feed is read.
        at: when it was noticed, ISO, with the time zone.
        text: in a line.
    """

    id: str
    at: str
    kind: ItemKind
    text: Localized


@frozen(kw_only=True)
class News(Shown):
    """What is new in a file.

    Attributes:
        feed: the id of the feed.
        at: when this was looked for.
        since: when the file was last looked at; empty the first time.
        items: what is new, versions first.
        earlier: what was told before, the latest first.
    """

    feed: str
    at: str
    since: str
    items: tuple[Item, ...]
    earlier: tuple[Item, ...]
    _seen: Mapping[str, Any]

    @property
    def state(self) -> bytes:
        """What is kept of it, to tell the next time what is new."""
        told = [asdict(item) for item in (*self.items, *self.earlier)[:_MOST_ITEMS]]
        data = {"form": _FORM, "feed": self.feed, "at": self.at, "seen": dict(self._seen), "items": told}
        return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "replace")


def news_of(found: File, folder: Path, now: datetime) -> News:
    """What is new in a file since it was last looked at; nothing is written.

    Args:
        found: the file as it is.
        folder: that it was read from.
        now: with its time zone.

    Raises:
        InputError: what was kept of the last time cannot be used.
    """
    before = _state(folder / STATE)
    seen = _seen(found)
    at = now.isoformat(timespec="seconds")
    feed = before["feed"] if before else f"urn:uuid:{uuid4()}"
    told = [*_told(found, before["seen"] if before else None)]
    items = tuple(
        Item(id=f"urn:uuid:{uuid5(UUID(feed), f'{at} {number} {kind} {text.en}')}", at=at, kind=kind, text=text)
        for number, (kind, text) in enumerate(told)
    )
    earlier = tuple(_item(data) for data in before["items"]) if before else ()
    return News(feed=feed, at=at, since=before["at"] if before else "", items=items, earlier=earlier, seen=seen)


def save_news(news: News, folder: Path) -> None:
    """Keep what was seen and told, so that the next time tells what is new since.

    Raises:
        InputError: it cannot be written.
    """
    create_file(folder / STATE, news.state, force=True)


def _state(path: Path) -> dict[str, Any] | None:
    """What was kept; None the first time.

    Raises:
        InputError: it cannot be read, or is not as it was written.
    """
    if not is_file(path):
        return None
    try:
        data = json.loads(read_file(path, str(path)))
        if data["form"] != _FORM:
            raise ValueError("of another release")  # noqa: TRY301  told below as any other fault
        UUID(data["feed"])
        for item in data["items"]:
            _item(item)
        for key in ("versions", "positions", "powers", "unread"):
            data["seen"][key].items()
        data["at"] = str(data["at"])
    except (ValueError, KeyError, TypeError, AttributeError):
        fault = Fault("what was seen the last time cannot be used", Location(str(path)), _HELP)
        raise InputError([fault]) from None
    return dict(data)


def _item(data: Mapping[str, Any]) -> Item:
    text = Localized(str(data["text"]["en"]), str(data["text"]["nl"]))
    return Item(id=str(data["id"]), at=str(data["at"]), kind=data["kind"], text=text)


def _seen(found: File) -> dict[str, Any]:
    """All that is compared the next time."""
    return {
        "pack": found.pack,
        "versions": {version.document: version.digest for version in found.versions},
        "unread": {unread.document: unread.fault.message for unread in found.unread},
        "positions": dict(_by_key([(trail.key, trail.fate) for trail in found.positions])),
        "powers": dict(_by_key([(_power_key(trail), trail.fate) for trail in found.powers])),
    }


def _by_key(pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each with a key of its own: of several with one key the later ones are numbered."""
    met: Counter[str] = Counter()
    for key, value in pairs:
        met[key] += 1
        yield (key if met[key] == 1 else f"{key} #{met[key]}"), value


def _power_key(trail: PowerTrail) -> str:
    return f"{trail.first.holder} {trail.first.kind}@{trail.first.place.en}"


def _told(found: File, before: Mapping[str, Any] | None) -> Iterator[tuple[ItemKind, Localized]]:
    """What is new, in words; the first time only which versions there are, and which documents are none."""
    known: Mapping[str, str] = before["versions"] if before else {}
    for version in found.versions:
        if version.document not in known:
            yield "version", _filled(_VERSION, stage=STAGES[version.stage], name=version.name)
        elif known[version.document] != version.digest:
            yield "changed", _filled(_CHANGED, document=version.document)
    there = {version.document for version in found.versions}
    for document in known:
        if document not in there:
            yield "removed", _filled(_REMOVED, document=document)
    refused: Mapping[str, str] = before["unread"] if before else {}
    for unread in found.unread:
        if refused.get(unread.document) != unread.fault.message:
            why = Localized(*(unread.fault.in_words(language)[0] for language in ("en", "nl")))
            yield "unread", _filled(_UNREAD, document=unread.document, why=why)
    if before is None:
        return
    if before.get("pack") != found.pack:
        yield "pack", _filled(_PACK, old=str(before.get("pack")), new=found.pack)
    positions = [
        (trail.key, trail.fate, trail.title, next((place for place in reversed(trail.places) if place), "") or _WHOLE)
        for trail in found.positions
    ]
    labels = {fate: about.label for fate, about in POSITION_FATES.items()}
    yield from (("position", text) for text in _turned(positions, before["positions"], labels))
    powers = [(_power_key(trail), trail.fate, trail.last.described, trail.last.place) for trail in found.powers]
    of_powers = {fate: about.label for fate, about in POWER_FATES.items()}
    yield from (("power", text) for text in _turned(powers, before["powers"], of_powers))


def _turned(
    trails: Sequence[tuple[str, str, Localized, Localized | str]],
    before: Mapping[str, str],
    labels: Mapping[Any, Localized],
) -> Iterator[Localized]:
    """The trails that became something else, or are new; then those that are no longer told."""
    numbered = list(_by_key([(key, fate) for key, fate, _, _ in trails]))
    for (key, fate), (_, _, title, place) in zip(numbered, trails, strict=True):
        old = before.get(key)
        if old is None:
            yield _filled(_NOW, fate=labels[fate], title=title, place=place)
        elif old != fate:
            yield _filled(
                _TURNED, old=labels.get(old, Localized(old, old)), fate=labels[fate], title=title, place=place
            )
    now = dict(numbered)
    for key in sorted(before.keys() - now.keys()):
        yield _filled(_FORGOTTEN, title=key.replace("@", ", ").removesuffix(", "))


def _filled(words: Localized, **values: Localized | str) -> Localized:
    filled = words.filled(**values)
    return Localized(in_one_line(filled.en), in_one_line(filled.nl))
