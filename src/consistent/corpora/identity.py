"""What makes a run the same as the one that was stopped."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from hashlib import sha256
from typing import Any

import attrs

from consistent import __version__
from consistent.checker import KnowledgeBase
from consistent.corpora.options import Options
from consistent.knowledge.entries import Anchor
from consistent.packing import Packed

__all__ = ["identity_of", "knowledge_digest"]

# Attributes: where something stands, and which packs could have been named as well.
_DECIDES_NOTHING = {"place", "other_packs"}


def identity_of(kb: KnowledgeBase, options: Options, corpus: str) -> dict[str, Any]:
    """Everything that the output depends on, less the items themselves; plain data, equal in every process.

    Args:
        kb: checks.
        options: how.
        corpus: the name of the source.
    """
    chosen = attrs.asdict(options, filter=lambda each, _: each.name != "waivers")
    return {
        "version": __version__,
        "corpus": corpus,
        "pack": kb.name,
        "knowledge": knowledge_digest(kb),
        "waivers": _digest(options.waivers),
    } | chosen | {"as_of": options.as_of.isoformat()}  # fmt: skip


def knowledge_digest(kb: KnowledgeBase) -> str:
    """A digest of all that a knowledge base knows and of the rules that were selected; where its files lie is no part of it."""
    return _digest((kb.knowledge, kb.rules))


def _digest(value: object) -> str:
    digest = sha256()
    for each in _pieces(value):
        digest.update(len(each).to_bytes(8, "big") + each)
    return digest.hexdigest()


def _pieces(value: object) -> Iterator[bytes]:
    """The value as bytes: classes by their attributes, sets in an order that does not change from process to process."""
    match value:
        case Anchor() | Packed():
            # Places of the pack, and examples, which decide nothing.
            return
        case str() | int() | float() | date() | None:
            yield f"{type(value).__name__} {value}".encode("utf-8", "surrogatepass")
        case Mapping():
            yield f"table {len(value)}".encode()
            for key in sorted(value, key=repr):
                yield from _pieces(key)
                yield from _pieces(value[key])
        case AbstractSet():
            yield f"set {len(value)}".encode()
            # Most hold nothing but texts.
            plain = all(type(each) is str for each in value)
            for each in sorted(value if plain else map(_digest, value)):
                yield from _pieces(each)
        case list() | tuple():
            yield f"list {len(value)}".encode()
            for each in value:
                yield from _pieces(each)
        case _ if attrs.has(type(value)):
            yield type(value).__name__.encode()
            for field in attrs.fields(type(value)):  # type: ignore[arg-type]  # `has` says so
                if field.init and field.name not in _DECIDES_NOTHING:
                    yield field.name.encode()
                    yield from _pieces(getattr(value, field.name))
        case _:
            yield repr(value).encode("utf-8", "surrogatepass")
