"""A file, and what is new in it, as JSON for programs; the schema is `schema_for("file")`."""

import json
from collections.abc import Mapping
from typing import Any

from attrs import asdict

from consistent.documents.comparing.units import DIVISIONS
from consistent.lifecycle.file import File, Step
from consistent.lifecycle.news import News
from consistent.lifecycle.positions import PositionTrail
from consistent.lifecycle.powers import Power, PowerTrail
from consistent.lifecycle.versions import Version
from consistent.model.text import Localized
from consistent.reports.json_format import SCHEMA_VERSION

__all__ = ["file_to_data", "news_to_data", "render_file", "render_news"]


def render_file(found: File) -> str:
    """The document that `consistent file --format json` prints."""
    return _document({"file": file_to_data(found)})


def render_news(news: News) -> str:
    """The document that `consistent file --since-last --format json` prints."""
    return _document({"news": news_to_data(news)})


def _document(data: Mapping[str, Any]) -> str:
    return json.dumps({"schema_version": SCHEMA_VERSION, **data}, ensure_ascii=False, indent=2) + "\n"


def file_to_data(found: File) -> dict[str, Any]:
    """A file as plain data; texts are in both languages."""
    return {
        "folder": found.folder,
        "title": found.title,
        "pack": found.pack,
        "as_of": found.as_of.isoformat(),
        "whole": found.whole,
        "versions": [_version(version) for version in found.versions],
        "order": _text(found.order),
        "unread": [
            {"document": unread.document, "why": {key: unread.fault.in_words(key)[0] for key in ("en", "nl")}}
            for unread in found.unread
        ],
        "notices": [_text(notice) for notice in found.notices],
        "steps": [_step(step) for step in found.steps],
        "positions": [_position(trail) for trail in found.positions],
        "undecided": found.undecided,
        "powers": [_trail(trail) for trail in found.powers],
        "balance": [
            {"holder": holder, "kind": kind, "procedure": procedure, "counts": list(counts)}
            for (holder, kind, procedure), counts in found.balance()
        ],
    }


def news_to_data(news: News) -> dict[str, Any]:
    """What is new as plain data."""
    return {
        "feed": news.feed,
        "at": news.at,
        "since": news.since or None,
        "items": [asdict(item) for item in news.items],
        "earlier": [asdict(item) for item in news.earlier],
    }


def _text(text: Localized) -> dict[str, str]:
    return {"en": text.en, "nl": text.nl}


def _version(version: Version) -> dict[str, Any]:
    data = asdict(version)
    return data | {"date": version.date.isoformat() if version.date else None, "what": _text(version.what)}


def _step(step: Step) -> dict[str, Any]:
    text = step.text
    counts = None if text is None else {division: dict(text.count(division)) for division in DIVISIONS}
    changed = (
        []
        if text is None
        else [
            {
                "division": change.division,
                "fate": change.fate,
                "old": change.old_number,
                "new": change.new_number,
                "heading": change.heading,
                "words": change.changed,
            }
            for change in text.changed
        ]
    )
    return {
        "old": step.old,
        "new": step.new,
        "compared": text is not None,
        "notices": [_text(notice) for notice in step.notices],
        "counts": counts,
        "changed": changed,
    }


def _position(trail: PositionTrail) -> dict[str, Any]:
    return {
        "rule": trail.rule,
        "title": _text(trail.title),
        "positions": list(trail.positions),
        "fate": trail.fate,
        "by": trail.by,
        "presumed": trail.presumed,
        "sides": list(trail.sides),
        "places": list(trail.places),
        "message": _text(trail.message),
    }


def _trail(trail: PowerTrail) -> dict[str, Any]:
    return {
        "fate": trail.fate,
        "by": trail.by,
        "perhaps": _text(trail.perhaps) if trail.perhaps else None,
        "powers": [None if power is None else _power(power) for power in trail.powers],
    }


def _power(power: Power) -> dict[str, Any]:
    return {
        "holder": power.holder,
        "kind": power.kind,
        "procedure": power.procedure,
        "place": _text(power.place),
        "heading": power.heading,
        "quote": power.quote,
    }
