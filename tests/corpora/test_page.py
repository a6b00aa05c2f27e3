"""What the two pages on corpora say can be done as they say."""

import json
import re
from pathlib import Path
from typing import Any

from consistent import load
from consistent.cli import main
from consistent.corpora import running, sources
from consistent.corpora.parquet import SCHEMA
from consistent.corpora.sources import Inputs
from tests.corpora.generating import items

DOCS = Path(__file__).parents[2] / "docs"
PAGE, REFERENCE = ((DOCS / door / "corpora.md").read_text("utf-8") for door in ("how-to", "reference"))


def test_item_and_line(tmp_path: Path, capsys: Any) -> None:
    """The item is read; the line of output has the keys of the page, and its words are those of the table."""
    item, line = re.findall(r"```json\n(.*?)\n```", REFERENCE, re.DOTALL)
    path = tmp_path / "corpus.jsonl"
    path.write_text(item + "\n")
    main(["check", "--corpus", str(path), "--as-of", "2026-06-01"])
    (made,) = (json.loads(printed) for printed in capsys.readouterr().out.splitlines())
    shown = json.loads(line)
    assert made.keys() == shown.keys()
    assert made["spoken"][0].keys() == shown["spoken"][0].keys()
    assert made["name"] == shown["name"]
    for word in (
        "conflict",
        "condition",
        "question",
        "aligned",
        "reserved",
        "open",
        "excepted",
        "defeated",
        "waived",
        "not-judged",
    ):
        assert f"`{word}`" in REFERENCE


def test_names() -> None:
    """The endings and the columns are those of the page."""
    for name in (*sources._SINGLE, ".jsonl", ".ndjson", *sources._PARQUET, *SCHEMA.names):
        assert f"`{name}`" in REFERENCE
    for line in sources._JSON_LINES:
        assert line.removesuffix(".gz") in REFERENCE


def test_program(tmp_path: Path, monkeypatch: Any) -> None:
    """The programs run."""
    kb = load("nl-22112-4027")
    monkeypatch.chdir(tmp_path)
    given = list(items(kb, 18, measures=1))
    Path("corpus.jsonl").write_text("".join(json.dumps(data) + "\n" for data in given))
    programs = re.findall(r"```python\n(.*?)\n```", PAGE, re.DOTALL)
    space: dict[str, Any] = {"proposals": given, "paths": given, "executor": None}
    for program in programs:
        made = program.replace("processes=4", "processes=1").replace("my-position", "nl-22112-4027")
        exec(made, space)  # noqa: S102  ours
    assert [space["survey"].spoken(check) for check in range(18)] == [check.spoken for check in kb.check_many(given)]
    assert (space["Inputs"], space["run"]) == (Inputs, running.run)
    assert space["found"].counts.items == 18
    assert Path("found.parquet/part-00000.parquet").exists()
