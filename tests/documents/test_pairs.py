"""The same laid down in English and in Dutch is read as the same."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli
from attrs import frozen

from consistent.documents.document import Span
from consistent.documents.provisions.sentences import Norm, norm_of
from consistent.documents.words.provision_words import words_of

_HERE = Path(__file__).parent
_TEMPLATES = tomli.loads((_HERE / "pair_templates.toml").read_text("utf-8"))
_WRITTEN = tomli.loads((_HERE / "pairs.toml").read_text("utf-8"))["pair"]
# Each force and order with so many subjects and actions.
_ROUNDS = 4
# The least share that is read alike, in percent.
_FLOORS = {"written": 92, "generated": 99}
# What must never be taken for each other.
_REVERSED = [{"shall", "shall-not"}, {"may", "shall-not"}, {"shall", "may"}, {"may-only", "shall-not"}]


@frozen
class Pair:
    """Two sentences that lay down the same, and what that is."""

    en: str
    nl: str
    kind: str
    who: str


def generated() -> Iterator[Pair]:
    """Sentences put together of the templates."""
    subjects, actions = _TEMPLATES["subject"], _TEMPLATES["action"]
    number = 0
    for force in _TEMPLATES["force"]:
        for order in _TEMPLATES["order"]:
            for _ in range(_ROUNDS):
                subject, action = subjects[number % len(subjects)], actions[(number * 5 + number // 7) % len(actions)]
                number += 1
                if order.get("attribute") and subject["nl"].startswith("de ") is False:
                    continue
                yield Pair(
                    _english(subject, action, force, order), _dutch(subject, action, force, order),
                    force["kind"], subject["term"],
                )  # fmt: skip


def _english(subject: dict[str, Any], action: dict[str, Any], force: dict[str, Any], order: dict[str, Any]) -> str:
    name = " ".join([subject["en"], *(order[key]["en"] for key in ("relative", "attribute") if key in order)])
    before, after = order["en"]
    return _capital(before + force["en"].format(s=name, a=action["en"]) + after + ".")


def _dutch(subject: dict[str, Any], action: dict[str, Any], force: dict[str, Any], order: dict[str, Any]) -> str:
    many = "many" if subject["many"] else "one"
    name, verb = subject["nl"], action["nl"]
    if "attribute" in order:
        name = f"de {order['attribute']['nl']} {name.removeprefix('de ')}"
    if "relative" in order:
        name += " " + order["relative"]["nl"]
        if not subject["many"]:
            name = name.replace(
                "die geen lampen gebruiken",
                "dat geen lampen gebruikt" if name.startswith("het") else "die geen lampen gebruikt",
            )
    finite, *set_off = force["nl"].get(many, verb[many]).split(" ", 1)
    second = [finite, name] if order.get("turned") else [name, finite]
    words = [
        order["nl"][0], *second, *set_off, verb["object"], force["nl"].get("middle", ""), verb["rest"], verb[force["nl"]["form"]],
    ]  # fmt: skip
    return _capital(" ".join(word for word in words if word) + force["nl"].get("after", "") + order["nl"][1] + ".")


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def written() -> Iterator[Pair]:
    """Sentences written one by one."""
    for pair in _WRITTEN:
        yield Pair(pair["en"], pair["nl"], pair["kind"], pair.get("who", ""))


PAIRS = (*written(), *generated())


@cache
def read(language: str, text: str) -> Norm:
    """What a sentence lays down."""
    words = words_of(language)
    assert words is not None
    return norm_of(text, Span(0, len(text)), words)


def told(language: str, text: str) -> tuple[str, tuple[str, ...], str]:
    """Modality, subjects and addressee."""
    norm = read(language, text)
    subjects = tuple(dict.fromkeys(subject.name for subject in norm.subjects))
    return norm.modality, subjects, norm.addressee.name if norm.addressee else ""


@pytest.mark.parametrize("pair", [pytest.param(pair, id=pair.nl[:60]) for pair in PAIRS])
def test_nothing_is_turned_round(pair: Pair) -> None:
    """No prohibition is a duty, no permission a ban, and no duty a choice, in either language."""
    english, dutch = told("en", pair.en)[0], told("nl", pair.nl)[0]
    for one, other in ((english, dutch), (english, pair.kind), (dutch, pair.kind)):
        assert {one, other} not in _REVERSED, (pair.en, pair.nl, english, dutch)


@pytest.mark.parametrize(("sort", "pairs"), [("written", tuple(written())), ("generated", tuple(generated()))])
def test_the_same_is_read_alike(sort: str, pairs: tuple[Pair, ...]) -> None:
    """Modality, subjects and addressee are the same in both languages, and what they should be."""
    other = []
    for pair in pairs:
        english, dutch = told("en", pair.en), told("nl", pair.nl)
        if english != dutch or dutch[0] != pair.kind or (pair.who and dutch[2] not in {"", pair.who}):
            other.append((pair.en, english, pair.nl, dutch, pair.kind))
    assert len(other) * 100 <= (100 - _FLOORS[sort]) * len(pairs), other
