"""The catalogue of messages: what the code says of faults is there, in both languages and with the same values."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import tomli

import consistent
from consistent.checker import load
from consistent.errors import Fault, InputError, Location, UsageError
from consistent.findings.wording import atom_label
from consistent.messages import in_dutch
from consistent.model.proposal import MEASURE_FIELDS
from consistent.model.text import Language

SOURCE = Path(consistent.__file__).parent
CATALOGUE = tomli.loads((SOURCE / "messages.nl.toml").read_text("utf-8"))
PLACEHOLDER = re.compile(r"\{\w+\}")
# What makes a fault of a message and a help.
SAYING = {
    "Fault", "Problem", "PhraseError", "UsageError", "Diagnosis", "UnreadableError", "add", "refused", "_refused", "_fault", "fault", "_missing",
}  # fmt: skip
# Which say their Dutch themselves.
ELSEWHERE = ("toml/files.py", "errors.py")
WORDS = re.compile(r"\b(?:the|and|with|where|expected|known|here|found|there|write|which|than|no|unknown|missing)\b")


def templates() -> Iterator[tuple[str, str]]:
    """What the code says of faults: where, and the text with `{}` where values stand."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith(ELSEWHERE):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in SAYING:
                for argument in (
                    *node.args,
                    *(each.value for each in node.keywords if each.arg in {"message", "help", None}),
                ):
                    for text in _texts(argument):
                        if " " in text and re.search("[a-z]{2}", text.replace("{}", "")):
                            yield f"{name}:{node.lineno}", text


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _texts(value)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from (text + "{}" for text in _texts(node.left))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def _with_values(text: str) -> tuple[str, list[str]]:
    """The text with a word that is no English in each place for a value."""
    values: list[str] = []
    pieces = text.split("{}")
    for index in range(len(pieces) - 1):
        values.append(f"zq{index}")
        pieces[index] += values[-1]
    return "".join(pieces), values


def test_every_message_has_its_dutch() -> None:
    """Each text that the code gives to a fault is said in Dutch, with the values that it has in English, and no English left."""
    seen = list(templates())
    assert len(seen) > 300
    missing = []
    for place, text in seen:
        said, values = _with_values(text)
        dutch = in_dutch(said)
        left = WORDS.search(re.sub("`[^`]*`|\\{[^}]*\\}", "", dutch))
        if dutch == said or left or any(value not in dutch for value in values):
            missing.append(f"{place}: {text!r} -> {dutch!r}")
    assert missing == []


@pytest.mark.parametrize("section", ["messages", "parts"])
def test_values_are_those_of_the_english(section: str) -> None:
    """The Dutch of a message has the values of its English: none is lost, and none is made up."""
    for english, dutch in CATALOGUE[section].items():
        assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(dutch)), english


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("expected a list of tables, found text", "verwacht: een lijst van tabellen; gevonden: tekst"),
        (
            "expected `law`, `contested` or `policy`, found `lw`",
            "verwacht: `law`, `contested` of `policy`; gevonden: `lw`",
        ),
        ("did you mean `a`, `b` or `c`?", "bedoelt u `a`, `b` of `c`?"),
        ("unknown key `a table`", "onbekende sleutel `a table`"),
        ("too much to be read: at most 50,000,000 bytes", "te veel om te lezen: hoogstens 50.000.000 bytes"),
        (
            "not valid TOML: `2032-02-30` is no date: there is no 30 February 2032",
            "geen geldige TOML: `2032-02-30` is geen datum: 30 februari 2032 bestaat niet",
        ),
        ("said by an extension", "said by an extension"),
    ],
)
def test_found_back(english: str, dutch: str) -> None:
    """A message is found back by its words; values are put into Dutch where they are words of the program, and never where the user wrote them."""
    assert in_dutch(english) == dutch


def test_errors_in_both_languages() -> None:
    """Faults and errors of usage are told in the language of the reader, and in English as ever."""
    fault = Fault("unknown key `a`", Location("p.toml", 3), "did you mean `b`?")
    assert fault.said("nl") == "onbekende sleutel `a`\n  bij p.toml:3\nhulp: bedoelt u `b`?"
    assert str(fault) == "unknown key `a`\n  at p.toml:3\nhelp: did you mean `b`?"
    assert InputError([fault]).said("nl") == fault.said("nl")
    assert UsageError("unknown pack `x`", "did you mean `y`?").said("nl") == "onbekend pakket `x`\nhulp: bedoelt u `y`?"


def test_long_input_takes_no_time() -> None:
    """A key of a megabyte is found back as a short one is."""
    assert in_dutch("unknown key `" + "a, b found " * 50 + "`").startswith("onbekende sleutel")
    assert len(Fault("unknown key `" + "x" * 1_000_000 + "`", Location("p")).said("nl")) < 2_000


@pytest.mark.parametrize(("language", "written"), [("en", "31 December 2035"), ("nl", "31 december 2035")])
def test_days_as_people_write_them(language: Language, written: str) -> None:
    """A value that is a day is told in the words of the reader, and not as files have it."""
    kb = load("treaties")
    assert atom_label(date(2035, 12, 31), MEASURE_FIELDS["ends"], language, kb.knowledge) == written
