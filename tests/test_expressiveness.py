"""What the page on expressiveness says can be said is read, and what it says cannot be is refused."""

import re
from pathlib import Path

import pytest
import tomli

from consistent import load
from consistent.rules.reading import ConditionReader
from consistent.toml.structuring import Problems

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "background" / "expressiveness.md").read_text("utf-8")
ROWS = re.findall(r"^\| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
READ = [(wanted, how[1:-1]) for wanted, how in ROWS if re.fullmatch(r"`when\.[^`]+`", how)]
REFUSED = [
    ("when.measure.safeguards = { known = false }", "unknown operator `known`"),
    ('when.measure.title = { contains = "words" }', "unknown field `title`"),
]  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> ConditionReader:
    """In the terms of the example pack and of those that it builds on."""
    kb = load(ROOT / "examples" / "young-users")
    return ConditionReader(kb.knowledge, kb.concepts)


def test_rows() -> None:
    """Every row tells how, or why not."""
    assert len(READ) > 10
    silent = [wanted for wanted, how in ROWS if "`" not in how and ":" not in how]
    assert silent == ["wanted"] * 3


@pytest.mark.parametrize(("wanted", "written"), READ, ids=[wanted for wanted, _ in READ])
def test_can_be_said(wanted: str, written: str, reader: ConditionReader) -> None:
    """The example is a condition."""
    assert wanted
    reader.read(tomli.loads(written)["when"], ("when",))


@pytest.mark.parametrize(("written", "said"), REFUSED)
def test_cannot_be_said(written: str, said: str, reader: ConditionReader) -> None:
    """It is refused, and not read as something else."""
    with pytest.raises(Problems) as told:
        reader.read(tomli.loads(written)["when"], ("when",))
    assert said in told.value.problems[0].message
