"""What a run writes is kept apart from what it reads, and a run that cannot be made leaves nothing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consistent.checker import KnowledgeBase
from consistent.corpora._resuming import state_path
from consistent.corpora.running import Progress, run
from consistent.corpora.sinks import JsonLinesFile
from consistent.corpora.sources import Folder
from consistent.errors import InputError, UsageError
from tests.corpora.generating import json_lines

DAY = date(2026, 6, 1)


class TestOwnOutput:
    """What a run writes is no part of what it reads."""

    @pytest.mark.parametrize("name", ["out.jsonl", "out.parquet"])
    def test_in_the_corpus(self, kb: KnowledgeBase, tmp_path: Path, name: str) -> None:
        """Output and state in the folder that is read are no items and not left out, by no name; the run goes on as ever."""
        folder = tmp_path / "f"
        folder.mkdir()
        (folder / "a.jsonl").write_bytes(json_lines(kb, 20, measures=1))
        (folder / "z.jsonl").symlink_to(folder / name)
        elsewhere = tmp_path / "link"
        elsewhere.symlink_to(folder)
        source = Folder(folder)

        def stop(progress: Progress) -> None:
            assert progress.counts.items <= 20, "it reads what it writes"

        found = run(kb, source, elsewhere / name, as_of=DAY, slice_items=1, between=0, watch=stop)
        # A name that led nowhere when its folder was listed leads to the output by now.
        assert (found.counts.items, found.counts.bad, dict(source.left_out)) == (20, 0, {})
        (folder / "b.jsonl").write_bytes(json_lines(kb, 5, seed=1, measures=1))
        again = run(kb, source, elsewhere / name, slice_items=1, between=0)
        assert (again.counts.items, again.found_done, dict(source.left_out), source.size) == (25, 20, {}, 2)

    @pytest.mark.parametrize("settings", [{}, {"force": True}, {"restart": True}])
    def test_is_the_corpus(self, kb: KnowledgeBase, corpus: Path, tmp_path: Path, settings: dict[str, Any]) -> None:
        """A corpus is not written over, whatever it is called, nor when it lies in the output."""
        mine, parts, linked = (tmp_path / name for name in ("mine.jsonl", "a.parquet", "linked.jsonl"))
        mine.write_bytes(corpus.read_bytes())
        linked.hardlink_to(mine)
        run(kb, mine, parts, as_of=DAY)
        part = parts / "part-00000.parquet"
        for source, out in ((mine, mine), (mine, linked), (part, parts), (parts, parts)):
            before = source.read_bytes() if source.is_file() else part.read_bytes()
            with pytest.raises(UsageError, match="is what the run would write to"):
                run(kb, source, out, **settings)
            assert (source.read_bytes() if source.is_file() else part.read_bytes()) == before


class TestNothingLeft:
    """A run that cannot be made leaves nothing."""

    def test_folder_for_lines(self, kb: KnowledgeBase, corpus: Path, tmp_path: Path) -> None:
        """JSON Lines do not go to a folder, full or empty."""
        out = tmp_path / "out"
        out.mkdir()
        for force in (False, True):
            with pytest.raises(UsageError, match="is a folder"):
                run(kb, corpus, out, force=force)
        with pytest.raises(InputError, match="output cannot be written: is a directory"):
            run(kb, corpus, JsonLinesFile(out))
        assert [*tmp_path.rglob("*")] == [out]

    @pytest.mark.parametrize("name", ["out.jsonl", "out.parquet"])
    def test_empty_corpus(self, kb: KnowledgeBase, tmp_path: Path, name: str) -> None:
        """Of nothing nothing is written."""
        empty = tmp_path / "empty.jsonl"
        empty.write_text("\n")
        assert run(kb, empty, tmp_path / name).counts.items == 0
        assert [*tmp_path.iterdir()] == [empty]

    def test_device(self, kb: KnowledgeBase, corpus: Path) -> None:
        """To a device is written without a state; one that is full says so."""
        assert run(kb, corpus, "/dev/null", as_of=DAY).counts.items == 400
        assert not state_path(Path("/dev/null")).exists()
        if Path("/dev/full").exists():
            with pytest.raises(InputError, match="output cannot be written: no space left on device"):
                run(kb, corpus, "/dev/full", as_of=DAY)
