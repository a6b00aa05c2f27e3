"""What the documents show works."""

import contextlib
import io
import json
import re
import tomllib
from pathlib import Path

import pytest

from consistent import load
from consistent.knowledge.entries import Knowledge

ROOT = Path(__file__).parents[1]
LANGUAGE = (ROOT / "docs/reference/language.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """What the Dutch pack and the treaties know."""
    return load().knowledge


@pytest.mark.parametrize("block", _blocks(LANGUAGE, "toml"), ids=lambda block: block.splitlines()[0])
def test_toml(block: str) -> None:
    """Every TOML block of the language is TOML."""
    assert tomllib.loads(re.sub(r"(?m)^\.\.\.$", "", block))


def test_proposal_of_the_language() -> None:
    """The proposal that the document shows is one, with the terms of the shipped packs."""
    (block,) = [each for each in _blocks(LANGUAGE, "toml") if each.startswith("[proposal]")]
    proposal = load().read(block)
    assert [each.id for each in proposal.measures] == ["row-28"]
    assert proposal.measures[0].safeguards.open


def test_vocabularies_of_the_language(knowledge: Knowledge) -> None:
    """Each vocabulary that the table names is there, and so are the examples given for it."""
    rows = re.findall(r"(?m)^\| `([\w-]+)` \| [^|]*\| ((?:`[\w-]+`(?:, )?)+) \|$", LANGUAGE)
    assert len(rows) > 10
    for name, examples in rows:
        for term in re.findall(r"`([\w-]+)`", examples):
            assert term in knowledge.vocabularies[name], (name, term)


def test_python_of_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is used as the README uses it."""
    monkeypatch.chdir(ROOT)
    (block,) = _blocks(README, "python")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102  our own document
    assert out.getvalue().startswith("row-52 'Vrijwillig mechanisme")


def test_json_of_the_document() -> None:
    """The document that shows the JSON output is JSON."""
    (block,) = _blocks((ROOT / "docs/reference/json.md").read_text("utf-8"), "json")
    assert set(json.loads(block)) == {"schema_version", "reports"}


def test_links() -> None:
    """Every link between the documents leads to a file, and to a heading where it names one."""
    for document in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for target in re.findall(r"\]\((?!https?:)([^)]+)\)", document.read_text("utf-8")):
            path, _, anchor = target.partition("#")
            linked = (document.parent / path) if path else document
            assert linked.is_file(), (document.name, target)
            headings = [
                re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-")
                for each in re.findall(r"(?m)^#+ (.+)$", linked.read_text("utf-8"))
            ]
            assert not anchor or anchor in headings, (document.name, target)
