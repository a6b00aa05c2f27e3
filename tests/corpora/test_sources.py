"""Items come in order, each with its place, whatever they are kept in; what is bad is an item too."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from attrs import evolve
from pyarrow import parquet

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.corpora import sources
from consistent.corpora._items import FileContent, Item, Unreadable, parse_object
from consistent.corpora.running import run
from consistent.corpora.sources import FOLDER_LINK, Inputs, open_corpus
from consistent.errors import InputError, UsageError
from consistent.limits import FILE
from tests.corpora.generating import items
from tests.small_pack import PROPOSAL

DAY = date(2026, 6, 1)


def listed(path: Path) -> list[Any]:
    return list(open_corpus(path).items())


class TestJsonLines:
    """`.jsonl`, `.ndjson`, also compressed."""

    def test_places(self, tmp_path: Path) -> None:
        """Lines are counted from one, blank ones too, which are no items; a byte-order mark is none of the content."""
        path = tmp_path / "a.ndjson"
        path.write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n\n  \n{"b": 2}')
        assert listed(path) == [Item(f"{path}:1", b'{"a": 1}', 13), Item(f"{path}:4", b'{"b": 2}', 25)]

    def test_compressed(self, tmp_path: Path) -> None:
        """What is compressed gives the same items, whatever its name says; positions are in the file as it lies there."""
        plain = b"".join(b'{"a": %d}\n' % number for number in range(20_000))
        (tmp_path / "a.jsonl").write_bytes(plain)
        for name in ("b.jsonl.gz", "b.jsonl"):
            (tmp_path / name).write_bytes(gzip.compress(plain))
            found = listed(tmp_path / name)
            assert [item.content for item in found] == [item.content for item in listed(tmp_path / "a.jsonl")]
            assert found[-1].position == open_corpus(tmp_path / name).size

    @pytest.mark.parametrize("cut", [-1, 40])
    def test_cut_off(self, kb: KnowledgeBase, tmp_path: Path, cut: int) -> None:
        """Where a compressed file ends too early the run ends with an error; what came before is written, and it goes on."""
        lines = b"".join(json.dumps(item).encode() + b"\n" for item in items(kb, 300, measures=1))
        path, out = tmp_path / "a.jsonl.gz", tmp_path / "out.jsonl"
        path.write_bytes(gzip.compress(lines)[:cut])
        with pytest.raises(InputError, match="corpus cannot be read any further") as caught:
            run(kb, path, out, as_of=DAY, slice_items=10)
        assert caught.value.faults[0].help == "mend it, and start again: the run goes on"
        path.write_bytes(gzip.compress(lines))
        before = out.read_bytes().count(b"\n") if out.exists() else 0
        assert (before > 200) == (cut == -1)
        found = run(kb, path, out, as_of=DAY, slice_items=10)
        assert (found.counts.items, found.found_done) == (300, before)

    def test_line_without_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A line that is too large is bad and passed over; it is not kept in memory."""
        monkeypatch.setattr(sources, "FILE", evolve(FILE, most=10))
        path = tmp_path / "a.jsonl"
        path.write_bytes(b"x" * 35 + b"\n{}\n" + b"y" * 11)
        first, second, third = listed(path)
        assert second[:2] == (f"{path}:2", b"{}")
        for item, line in ((first, 1), (third, 3)):
            assert isinstance(item.content, Unreadable)
            assert (
                str(item.content.faults[0])
                == f"too much to be read: at most 10 bytes\n  at {path}:{line}\nhelp: split it; a proposal is one file"
            )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b'{"a": NaN}', "not valid JSON: `NaN` is no number, at character 1"),
        (b'{"a": {"b": 1, "b": 1}}', "key `b` is there twice"),
        (b"[" * 100_000, "too much to be read: at most 64 lists and tables within each other"),
        (b"1" * 5_000, "not readable: a number is too large"),
        (b'"a"', "expected an object, found text"),
        (b'{"a": "\xe9"}', "text is not UTF-8: byte 0xe9"),
        (b"{} {}", "not valid JSON: extra data, at character 4"),
    ],
)
def test_no_object(text: bytes, told: str) -> None:
    """What is no JSON object is told in a sentence."""
    with pytest.raises(InputError) as caught:
        parse_object(text, "here")
    assert [(fault.message, str(fault.location)) for fault in caught.value.faults] == [(told, "here")]


class TestFolder:
    """A folder of proposals."""

    def test_order_and_kinds(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """Files are taken in order of name at each level, deeper ones too; what is no item is counted or hidden."""
        folder = tmp_path / "folder"
        (folder / "b").mkdir(parents=True)
        (folder / ".git").mkdir()
        (folder / ".git/x.toml").write_text("")
        (folder / "b/a.toml").write_text(PROPOSAL)
        (folder / "b.jsonl").write_text('{"proposal": {}}\n\n{}\n')
        (folder / "a.html").write_text("<html><body><p>Nothing much.</p></body></html>")
        (folder / "c.png").write_bytes(b"")
        (folder / "d.toml").write_text("[proposal")
        (folder / "gone.toml").symlink_to(folder / "nowhere")
        (folder / "h").symlink_to(folder)
        source = open_corpus(folder)
        found = list(source.items())
        assert [item.source.removeprefix(f"{folder}/") for item in found] == [
            "a.html", "b/a.toml", "b.jsonl:1", "b.jsonl:3", "d.toml", "gone.toml"
        ]  # fmt: skip
        assert dict(source.left_out) == {".png": 1, FOLDER_LINK: 1}
        assert (found[-1].position, source.size) == (6, 7)
        assert found[1].content == FileContent(PROPOSAL.encode())
        out = tmp_path / "out.jsonl"
        counts = run(kb, folder, out, as_of=DAY).counts
        told = [json.loads(line) for line in out.read_bytes().splitlines()]
        assert [row["error"][0]["message"] if "error" in row else row["name"] for row in told] == [
            told[0]["error"][0]["message"],
            "An act",
            f"{folder}/b.jsonl:1",
            "missing table `proposal`",
            told[4]["error"][0]["message"],
            "file cannot be read: no such file or directory",
        ]
        assert told[4]["error"][0]["message"].startswith("not valid TOML")
        assert counts.bad == 4

    def test_json(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """A proposal in JSON is read as one, over as many lines as it likes; a document in JSON stays a document."""
        folder = tmp_path / "in"
        folder.mkdir()
        data = {"proposal": {"title": "An act", "kind": "act"}, "measure": [{"id": "a", "areas": ["roads"]}]}
        (folder / "a.json").write_text(json.dumps(data, indent=2))
        (folder / "b.json").write_text('{"proposal": {}, "proposal": {}}')
        (folder / "c.json").write_text(json.dumps(data | {"content": []}))
        out = tmp_path / "out.jsonl"
        run(kb, folder, out, as_of=DAY)
        first, second, third = (json.loads(line) for line in out.read_bytes().splitlines())
        assert (first["name"], first["measures"]) == ("An act", 1)
        assert second["error"][0]["message"] == "key `proposal` is there twice"
        assert "error" in third

    def test_a_draft(self, tmp_path: Path) -> None:
        """A document that is no proposal is bad, unless it is to be taken for one."""
        kb = load("treaties")
        (tmp_path / "in").mkdir()
        (tmp_path / "in/a.txt").write_text("Article 1\nThe Commission shall report to the Council each year.\n" * 20)
        out = tmp_path / "out.jsonl"
        assert run(kb, tmp_path / "in", out, as_of=DAY).counts.bad == 1
        assert run(kb, tmp_path / "in", out, as_of=DAY, as_proposal=True, restart=True).counts.bad == 0


class TestParquet:
    """A row for each proposal."""

    rows: tuple[dict[str, Any], ...] = (
        {"proposal": {"kind": "act", "date": date(2025, 3, 1)}, "measure": [{"id": "a", "areas": ["roads"]}]},
        {"proposal": {"kind": None, "date": None}, "measure": [{"id": "b", "areas": []}, {"id": "c", "areas": None}]},
        {"proposal": {"kind": "nothing"}, "measure": None},
        {"proposal": None, "measure": []},
        {"proposal": {"kind": "act"}, "measure": [{"id": "a", "areas": ["roads", None]}]},
    )

    def test_rows(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """Rows are items, across row groups; nulls are keys that are not there, but in lists they are faults."""
        path = tmp_path / "a.parquet"
        parquet.write_table(pa.Table.from_pylist(list(self.rows)), path, row_group_size=2)
        found = listed(path)
        assert [item.source for item in found] == [f"{path}:{number}" for number in range(1, 6)]
        assert [json.loads(item.content) for item in found[:2]] == [
            {"proposal": {"kind": "act", "date": "2025-03-01"}, "measure": [{"id": "a", "areas": ["roads"]}]},
            {"proposal": {}, "measure": [{"id": "b", "areas": []}, {"id": "c"}]},
        ]
        assert (found[-1].position, open_corpus(path).size) == (5, 5)
        out = tmp_path / "out.jsonl"
        run(kb, path, out, as_of=DAY)
        told = [json.loads(line) for line in out.read_bytes().splitlines()]
        assert [row.get("error", [{}])[0].get("message") for row in told] == [
            None,
            None,
            "unknown term `nothing` in vocabulary `kinds`",
            "missing table `proposal`",
            "expected a term of vocabulary `areas`, found nothing",
        ]

    def test_same_as_json_lines(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """The same proposals are found the same."""
        given = [
            {"proposal": {"kind": "act"}, "measure": [measure]}
            for measure in ({"id": "x", "areas": ["roads"]}, {"id": "y"})
        ]
        lines, table = tmp_path / "a.jsonl", tmp_path / "a.parquet"
        lines.write_text("".join(json.dumps(data) + "\n" for data in given))
        parquet.write_table(pa.Table.from_pylist(given), table)
        told = []
        for path in (lines, table):
            run(kb, path, tmp_path / f"{path.suffix}.out", as_of=DAY)
            told.append((tmp_path / f"{path.suffix}.out").read_text().replace(str(path), "a"))
        assert told[0] == told[1]

    @pytest.mark.parametrize(
        ("table", "told"),
        [
            ({"measures": [[]], "proposal": [{"kind": "act"}]}, "unknown column `measures`"),
            ({"measure": [[]]}, "missing column `proposal`"),
        ],
    )
    def test_other_columns(self, tmp_path: Path, table: dict[str, Any], told: str) -> None:
        """What the columns are not is told before anything is checked."""
        parquet.write_table(pa.table(table), tmp_path / "a.parquet")
        with pytest.raises(InputError, match=told):
            listed(tmp_path / "a.parquet")

    def test_no_parquet(self, tmp_path: Path) -> None:
        """So is a file that is none."""
        (tmp_path / "a.parquet").write_text("mine")
        with pytest.raises(InputError, match="file cannot be read as Parquet"):
            listed(tmp_path / "a.parquet")

    def test_output(self, kb: KnowledgeBase, corpus: Path, tmp_path: Path) -> None:
        """The rows say what the lines say: one for each thing said, and one for an item of which nothing is."""
        run(kb, corpus, tmp_path / "out.jsonl", as_of=DAY, full=True)
        run(kb, corpus, tmp_path / "out.parquet", as_of=DAY, full=True)
        told = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
        wanted: list[tuple[Any, ...]] = []
        for result in told:
            if "error" in result:
                wanted.append((result["index"], None, None, None, None))
            for said in result.get("spoken", ()) or ([] if "error" in result else [{}]):
                keys = ("rule", "measure", "verdict", "state")
                wanted.append((result["index"], *(said.get(key) for key in keys)))
        table = parquet.read_table(tmp_path / "out.parquet").to_pylist()
        assert [(row["index"], row["rule"], row["measure"], row["verdict"], row["state"]) for row in table] == wanted
        assert {row["index"] for row in table if row["error"]} == {row["index"] for row in told if "error" in row}
        assert {row["index"]: json.loads(row["report"]) for row in table if row["report"]} == {
            result["index"]: result["report"] for result in told if "report" in result
        }
        silent = [row for row in table if row["rule"] is None and row["error"] is None]
        assert silent
        assert all(row["not_judged"] == row["measures"] for row in silent)


class TestGiven:
    """Whatever a program has."""

    def test_every_kind(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """Proposals, dicts, paths and texts are read as `KnowledgeBase.read` reads them."""
        path = tmp_path / "a.toml"
        path.write_text(PROPOSAL)
        data = {"proposal": {"kind": "act"}}
        given: list[Any] = [kb.read(path), path, str(path), PROPOSAL, data, tmp_path / "none.toml", 7]
        found = run(kb, Inputs(given), tmp_path / "out.jsonl", as_of=DAY)
        told = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
        assert told[0]["spoken"] == told[1]["spoken"] == told[2]["spoken"] == told[3]["spoken"] != []
        assert [row["source"] for row in told] == [
            "<given>:1", str(path), "<given>:3", "<given>:4", "<given>:5", str(tmp_path / "none.toml"), "<given>:7"
        ]  # fmt: skip
        assert found.counts.bad == 2
        assert told[6]["error"][0]["message"] == "expected a path, TOML text or a dict, found a whole number"
        assert run(kb, Inputs(given), tmp_path / "out.jsonl").found_done == 7

    def test_as_it_comes(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """What is iterated over is taken a slice at a time."""
        taken = []

        def coming() -> Any:
            for item in items(kb, 50, measures=1):
                taken.append(item)
                yield item

        run(kb, Inputs(coming()), tmp_path / "out", as_of=DAY, slice_items=10, watch=lambda progress: (
            pytest.fail("too far") if len(taken) > progress.counts.items else None
        ))  # fmt: skip
        assert len(taken) == 50


def test_no_corpus(tmp_path: Path) -> None:
    """What is not there, or of no known kind, is told."""
    with pytest.raises(InputError, match="corpus cannot be read: no such file or directory"):
        open_corpus(tmp_path / "none.jsonl")
    (tmp_path / "a.csv").write_text("")
    with pytest.raises(UsageError, match="is no corpus") as caught:
        open_corpus(tmp_path / "a.csv")
    assert caught.value.help == "give JSON Lines (.jsonl, .ndjson, also with .gz), Parquet (.parquet), or a folder"
