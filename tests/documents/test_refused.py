"""Files that are no one document, or are unsafe: each is refused with what is wrong and what to do."""

import json

import pytest

from consistent.documents.reading import is_document, read_document
from consistent.errors import InputError

_GROWING = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "{a}"><!ENTITY c "{b}">]>'
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{c}</p></body></html>'
).format(a="&a;" * 10, b="&b;" * 10, c="&c;" * 10)
_LINES = "".join(json.dumps({"content": f"COM(2026) {number} final"}) + "\n" for number in (901, 902))
_ENTITIES = ("HTML declares entities", "they can hide text or fill the memory; write out what they stand for")
_MANY = ("file holds many documents: JSON, one a line", "give each line as a file of its own")


@pytest.mark.parametrize(
    ("content", "message", "help"),
    [
        (_GROWING, *_ENTITIES),
        ('<!DOCTYPE html [<!ENTITY a "x">]><html><body><p>&a;</p></body></html>', *_ENTITIES),
        ('<!-- x --><!doctype html [<!entity % a SYSTEM "file:///etc/hostname"> %a;]><p>x</p>', *_ENTITIES),
        (_LINES, *_MANY),
        (_LINES.replace("\n", "\n\n"), *_MANY),
        (_LINES + '{"content": "cut o', *_MANY),
        (json.dumps({"content": "lamps " * 50_000}) + "\n" + _LINES, *_MANY),
        ("", "file is empty", ""),
        ("\ufeff\n \t\n", "file is empty", ""),
    ],
)
def test_refused(content: str, message: str, help: str) -> None:
    """It is told as a document is; where there is nothing, a proposal in TOML is what is looked for first."""
    encoded = content.encode()
    assert is_document(encoded) is bool(content.strip("\ufeff \t\n"))
    with pytest.raises(InputError) as error:
        read_document(encoded, "x")
    assert [(fault.message, fault.help) for fault in error.value.faults] == [(message, help)]


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><p>In XML one writes &lt;!ENTITY a 'x'&gt; to declare one.</p></body></html>",
        "<!doctype html><html><body><p>Lamps</p><!-- <!ENTITY a 'x'> --></body></html>",
        '{"content": "COM(2026) 901 final",\n"language": "en"}',
        "[Draft of 4 May]\n{lamps}\n",
        "[1]\n[2]\nLamps\n",
    ],
)
def test_not_refused(content: str) -> None:
    """What only speaks of entities, or has brackets in more than one line."""
    assert read_document(content.encode()).text
