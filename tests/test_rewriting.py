"""Values are set in TOML texts of every layout, and nothing else of them changes."""

import os
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from consistent.errors import InputError
from consistent.toml.files import replace_file
from consistent.toml.rewriting import rewrite, written
from tests.harness.effort import examples
from tests.support import keys_of_changed_lines

PROPOSALS = sorted((Path(__file__).parents[1] / "proposals").glob("*.toml"))
TEXT = """\
# A note at the head
[proposal]
kind = "white-paper"   # why
evidence.all = { document = "x" }

# on statements
[proposal.statements]
has = ["a"] # one
lacks = ["b"]

[[measure]]
id = "m1"
  effects = ["a"] # trailing
evidence.all = { document = "x" }

# before m2
[[measure]]
id = "m2"
safeguards = { has = ["a"] } # note
areas = [
  "x", # one
  "y",
]
"""


@pytest.mark.parametrize("new", [["q", "y"], ["x", "q", "y"], ["y", "x"], ["q", "x", "r", "y", "s"], ["x", "x"], []])
@pytest.mark.parametrize("text", ['areas = ["x", "y"]\n', 'areas = [\n  "x", # one\n  "y",\n]\n'])
def test_any_item_of_a_list(text: str, new: list[str]) -> None:
    """An item is put right wherever it stands in a list, first or last."""
    assert tomli.loads(rewrite(text, {("areas",): new})) == {"areas": new}


def test_each_value_lands_where_its_like_stand() -> None:
    """A new key comes after the others, before the evidence; a list keeps its layout; comments stay."""
    found = rewrite(
        TEXT,
        {
            ("proposal", "budget"): 1_500_000,
            ("proposal", "statements"): {"has": ["a", "c"], "lacks": ["b", "d"]},
            ("measure", 0, "safeguards"): {"lacks": ["q"]},
            ("measure", 0, "evidence", "safeguards"): {"document": "d", "place": 'p "q"'},
            ("measure", 1, "safeguards"): {"has": ["a"], "lacks": ["z"]},
            ("measure", 1, "areas"): ["x", "z"],
        },
    )
    assert (
        found
        == """\
# A note at the head
[proposal]
kind = "white-paper"   # why
budget = 1_500_000
evidence.all = { document = "x" }

# on statements
[proposal.statements]
has = ["a", "c"] # one
lacks = ["b", "d"]

[[measure]]
id = "m1"
  effects = ["a"] # trailing
  safeguards = { lacks = ["q"] }
evidence.all = { document = "x" }
evidence.safeguards = { document = "d", place = "p \\"q\\"" }

# before m2
[[measure]]
id = "m2"
safeguards = { has = ["a"], lacks = ["z"] } # note
areas = [
  "x", # one
  "z",
]
"""
    )


@pytest.mark.parametrize(
    ("text", "path", "data", "expected"),
    [
        ("proposal = {}", ("proposal", "budget"), 5, "proposal = { budget = 5 }"),
        ("proposal = {a=1}", ("proposal", "b"), [], "proposal = {a=1, b = []}"),
        ("proposal.a = 1", ("proposal", "b"), 2, "proposal.a = 1\nproposal.b = 2"),
        ("[proposal.s]\nhas=[]\n", ("proposal", "b"), 2, "[proposal]\nb = 2\n\n[proposal.s]\nhas=[]\n"),
        (
            "[proposal]\ns.has=[1]\n",
            ("proposal", "s"),
            {"has": [1], "lacks": [2]},
            "[proposal]\ns.has=[1]\ns.lacks = [2]\n",
        ),
        ("[proposal]\ns.has=[1]\n", ("proposal", "s"), [1, 2], "[proposal]\ns = [1, 2]\n"),
        ("[proposal]\n[proposal.s]\nhas=[1] # c\n", ("proposal", "s"), [2], "[proposal]\ns = [2]\n"),
        ("[proposal]", ("proposal", "b"), 2, "[proposal]\nb = 2"),
        (
            "[[measure]]\nid='a'\n[measure.s]\nhas=['x']\n[[measure]]\nid='b'\n",
            ("measure", 0, "s"),
            {"has": ["x"], "lacks": ["y"]},
            "[[measure]]\nid='a'\n[measure.s]\nhas=['x']\nlacks = [\"y\"]\n[[measure]]\nid='b'\n",
        ),
        (
            "[[measure]]\nid='a'\n[measure.evidence]\nall={document='x'}\n",
            ("measure", 0, "evidence", "s"),
            {"document": "\x1b"},
            "[[measure]]\nid='a'\n[measure.evidence]\nall={document='x'}\ns = { document = \"\\u001b\" }\n",
        ),
        ("[proposal]\r\na=1\r\n", ("proposal", "b"), 2, "[proposal]\r\na=1\r\nb = 2\r\n"),
        ("measure=[{id='a'}, {id='b'}]", ("measure", 1, "x"), ["é"], "measure=[{id='a'}, {id='b', x = [\"é\"]}]"),
        ("[proposal]\nkind = 'é' # ü\n", ("proposal", "kind"), "b", '[proposal]\nkind = "b" # ü\n'),
        ("[proposal]\n'kind' = 1\n", ("proposal", "kind"), 2, "[proposal]\n'kind' = 2\n"),
    ],
)
def test_layouts(text: str, path: tuple[Any, ...], data: Any, expected: str) -> None:
    """Tables in all the forms that TOML has."""
    assert rewrite(text, {path: data}) == expected


@pytest.mark.parametrize("path", PROPOSALS, ids=lambda each: each.stem)
@given(data=st.data())
@settings(max_examples=examples(15))
def test_only_the_lines_of_a_key_change(path: Path, data: st.DataObject) -> None:
    """On every proposal at hand: each line that is not the key's own is there still, byte for byte, in order."""
    text = path.read_bytes().decode()
    plain = tomli.loads(text)
    number = data.draw(st.sampled_from([None, *range(len(plain["measure"]))]))
    name = data.draw(st.sampled_from(["safeguards", "areas", "bindingness", "amount", "statements", "budget"]))
    head: tuple[Any, ...] = ("proposal",) if number is None else ("measure", number)
    held = plain["proposal"].get(name) if number is None else plain["measure"][number].get(name)
    has = held.get("has", []) if isinstance(held, dict) else []
    new = data.draw(st.sampled_from([{"has": [*has, "n"], "lacks": ["k"]}, ["n"], "n", 5, []]))
    changed = keys_of_changed_lines(text, rewrite(text, {(*head, name): new}))
    assert changed <= {name, "has", "lacks", f"[proposal.{name}]"}


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens on the way, the old file is there, and nothing beside it."""
    path = tmp_path / "p.toml"
    path.write_bytes(b"old")
    path.chmod(0o640)

    def broken(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(KeyboardInterrupt):
        replace_file(path, b"old", b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    monkeypatch.undo()
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    replace_file(link, b"old", b"new")
    assert path.read_bytes() == b"new"
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_that_somebody_else_changed_is_left_alone(tmp_path: Path) -> None:
    """What was read is no longer what is there."""
    path = tmp_path / "p.toml"
    path.write_bytes(b"theirs")
    with pytest.raises(InputError) as caught:
        replace_file(path, b"old", b"new")
    assert str(caught.value) == (f"file was changed by another program meanwhile, and is left as it is\n  at {path}")
    assert path.read_bytes() == b"theirs"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_is_written_as_the_library_does(text: str) -> None:
    """Every letter that a document can have, control characters too."""
    assert written(text) == tomlkit.item(text).as_string()
    assert tomli.loads(f"a = {written(text)}") == {"a": text}
