"""A corpus is checked as its proposals are, in order, and a run that is stopped loses nothing and does nothing twice."""

import json
import random
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consistent.checker import KnowledgeBase
from consistent.corpora._results import Counts
from consistent.corpora._resuming import state_path
from consistent.corpora.running import Progress, run
from consistent.corpora.sinks import JsonLinesFile, Stream
from consistent.corpora.sources import Inputs
from consistent.errors import InputError, UsageError
from consistent.reports.json_format import as_told, report_to_data
from tests.corpora.generating import items, json_lines

DAY = date(2026, 6, 1)
ROOT = Path(__file__).parents[2]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


class TestOutput:
    """What is written of each item."""

    def test_as_single_checks(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """Each line says what a check of that proposal says, and the counts are those of the reports."""
        found = run(kb, corpus, out, as_of=DAY, full=True, slice_items=37)
        told = lines(out)
        assert [row["index"] for row in told] == list(range(400))
        texts = [text for text in corpus.read_bytes().splitlines() if text.strip()]
        reached = dict.fromkeys(("conflict", "condition", "open"), 0)
        for row, text in zip(told, texts, strict=True):
            if "error" in row:
                continue
            report = kb.check(json.loads(text), as_of=DAY, engine="plain").report
            assert [tuple(said.values()) for said in row["spoken"]] == [tuple(said) for said in report.spoken]
            assert row["outcomes"].get("not-judged", 0) == len(report.not_judged)
            assert row["measures"] == len(report.measures)
            assert row["name"] == report.proposal.name
            whole = as_told(json.loads(json.dumps(report_to_data(report))))
            unlike = {"engine", "proposal"}
            assert {key: row["report"][key] for key in whole.keys() - unlike} == {
                key: whole[key] for key in whole.keys() - unlike
            }
            for bar in reached:
                reached[bar] += report.reaches(bar)  # type: ignore[arg-type]  # one of the bars
        assert {bar: found.counts.reaching(bar) for bar in reached} == reached  # type: ignore[arg-type]  # one of the bars
        assert min(reached.values()) > 0
        assert (found.counts.items, found.counts.bad) == (400, 4)

    def test_bad_items(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """A bad item is told with its place, its faults and what helps; a blank line is no item."""
        run(kb, corpus, out, as_of=DAY)
        assert [line for line in lines(out) if "error" in line] == [
            {
                "index": 200 + number,
                "source": f"{corpus}:{line}",
                "error": [{"message": message, "at": f"{corpus}:{line}{key}", "help": help}],
            }
            for number, (line, key, message, help) in enumerate(
                [
                    (
                        201,
                        ", proposal.kind",
                        "unknown term `nothing` in vocabulary `kinds`",
                        "write [] where it is known that there is none, and leave the key out where that is not known",
                    ),
                    (
                        203,
                        "",
                        "not valid JSON: expecting property name enclosed in double quotes, at character 2",
                        'an item is an object: {"proposal": {...}, "measure": [{...}]}',
                    ),
                    (
                        204,
                        "",
                        "expected an object, found a list",
                        'an item is an object: {"proposal": {...}, "measure": [{...}]}',
                    ),
                    (205, "", "text is not UTF-8: byte 0xff", "save it with encoding UTF-8"),
                ]
            )
        ]

    def test_slices_do_not_show(self, kb: KnowledgeBase, corpus: Path, tmp_path: Path) -> None:
        """However many items are checked at once, the output is the same to the byte."""
        made = []
        for size in (1, 7, 400, 1000):
            out = tmp_path / f"{size}.jsonl"
            run(kb, corpus, out, as_of=DAY, slice_items=size)
            made.append(out.read_bytes())
        assert made[1:] == made[:-1]

    def test_waived(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """What is accepted counts as such, and reaches no bar."""
        waiver = {
            "waiver": [{"rule": "small/costly", "reason": "So be it.", "owner": "The minister", "until": "2030-01-01"}]
        }
        before = run(kb, corpus, Stream(bytes), as_of=DAY)
        after = run(kb, corpus, out, as_of=DAY, waivers=waiver)
        waived = sum(line["outcomes"].get("waived", 0) for line in lines(out) if "outcomes" in line)
        said = [said for line in lines(out) for said in line.get("spoken", ())]
        costly = [spoken for spoken in said if (spoken["rule"], spoken["state"]) == ("small/costly", "applies")]
        assert waived == len(costly) > 0
        assert after.counts.conflicts < before.counts.conflicts

    def test_one_item_that_fails(self, kb: KnowledgeBase, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where checking an item fails for a fault of ours, that item is bad and the others are checked."""
        check_many = KnowledgeBase.check_many

        def failing(self: KnowledgeBase, proposals: Any, **settings: Any) -> Any:
            for check in check_many(self, proposals, **settings):
                if any(measure.id == "m3" for measure in check.case.proposal.measures):
                    raise ZeroDivisionError("by zero")
                yield check

        monkeypatch.setattr(KnowledgeBase, "check_many", failing)
        given = list(items(kb, 50, measures=4))
        found = run(kb, Inputs(given), out, as_of=DAY)
        at_fault = [len(data["measure"]) == 4 for data in given]
        assert ["error" in line for line in lines(out)] == at_fault
        assert found.counts.bad == sum(at_fault) > 0
        faults = next(line["error"] for line in lines(out) if "error" in line)
        assert faults[0]["message"] == "item cannot be checked: ZeroDivisionError: by zero"

    def test_watched(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """Who watches is told after each slice; at the end the position is the size of the source."""
        seen: list[Progress] = []
        run(kb, corpus, out, as_of=DAY, slice_items=100, watch=seen.append)
        assert [progress.counts.items for progress in seen] == [100, 200, 300, 400]
        assert seen[-1].position == corpus.stat().st_size

    def test_no_engine(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """What is wrong with every item alike stops the run."""
        with pytest.raises(UsageError, match="unknown engine `steam`"):
            run(kb, corpus, out, engine="steam")


class TestGoingOn:
    """A run that was stopped."""

    @pytest.mark.parametrize("name", ["out.jsonl", "out.parquet"])
    def test_killed(self, pack: Path, corpus: Path, tmp_path: Path, name: str) -> None:
        """Killed at random moments, again and again, it ends with the same output as one that was left alone."""
        told = subprocess.run(
            [sys.executable, "-m", "tests.corpora.killed_runs", pack, corpus, tmp_path / name],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert told.returncode == 0, told.stdout + told.stderr
        assert {path.name for path in tmp_path.iterdir()} == {
            name, f"{name}.state", name.replace("out", "alone"), f"{name.replace('out', 'alone')}.state"
        }  # fmt: skip

    def test_interrupted_anywhere(
        self, kb: KnowledgeBase, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whichever write or slice an interruption comes after, going on gives the same output."""
        run(kb, corpus, out, as_of=DAY)
        whole = out.read_bytes()
        chance = random.Random(3)
        write = JsonLinesFile.write
        for _ in range(6):
            left = chance.randrange(60)

            def interrupting(self: JsonLinesFile, outputs: Any, items: int) -> None:
                nonlocal left
                left -= 1
                write(self, outputs if left else [next(iter(outputs))[:11]], items)
                if not left:
                    raise KeyboardInterrupt

            monkeypatch.setattr(JsonLinesFile, "write", interrupting)
            restart = True
            while True:
                try:
                    run(kb, corpus, out, as_of=DAY, slice_items=10, restart=restart)
                    break
                except KeyboardInterrupt:
                    restart = False
            assert out.read_bytes() == whole

    def test_done_already(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """Run again when all is done, it changes nothing; of a corpus that grew it checks what is new."""
        grown = out.with_name("grown.jsonl")
        grown.write_bytes(corpus.read_bytes())
        first = run(kb, grown, out, as_of=DAY)
        before = out.read_bytes()
        again = run(kb, grown, out)
        assert out.read_bytes() == before
        assert (again.counts, again.found_done) == (first.counts, 400)
        with grown.open("ab") as file:
            file.write(json_lines(kb, 5, seed=9))
        more = run(kb, grown, out)
        assert (more.counts.items, more.found_done) == (405, 400)
        assert out.read_bytes().startswith(before)
        assert [line["index"] for line in lines(out)] == list(range(405))

    def test_day_is_kept(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """Without another day a run goes on with the day it began with."""
        run(kb, corpus, out, as_of=DAY)
        run(kb, corpus, out)
        assert json.loads(state_path(out).read_text())["identity"]["as_of"] == "2026-06-01"
        with pytest.raises(UsageError, match="another run: the day was 2026-06-01, is 2026-06-02\n"):
            run(kb, corpus, out, as_of=date(2026, 6, 2))

    def test_another_run(self, kb: KnowledgeBase, corpus: Path, out: Path, tmp_path: Path) -> None:
        """What differs is told, and what to do; nothing is written. `restart` begins anew."""
        run(kb, corpus, out, as_of=DAY)
        before = out.read_bytes()
        for other, settings, told in (
            (
                kb.selected(["small/costly"]),
                {},
                "another run: the pack, which of its rules are selected, or the library",
            ),
            (
                kb,
                {"full": True, "language": "nl"},
                "van een andere gang: `--full` was niet gegeven, en is dat nu wel\n",
            ),
            (kb, {"engine": "plain"}, "another run: `--engine` was auto, is plain\n"),
        ):
            with pytest.raises(UsageError, match=told) as caught:
                run(other, corpus, out, **settings)
            assert caught.value.help.startswith("`--restart` beg")
        changed = tmp_path / corpus.name
        text = corpus.read_bytes()
        for content, told in (
            (text.replace(b"m1", b"m9", 1), "its first 400 items were others"),
            (b"".join(text.splitlines(keepends=True)[:-1]), "it has 399 items, and 400 are done"),
        ):
            changed.write_bytes(text)
            run(kb, changed, out, as_of=DAY, restart=True)
            changed.write_bytes(content)
            with pytest.raises(UsageError, match=told):
                run(kb, changed, out)
            assert out.read_bytes().count(b"\n") == 400
        run(kb, corpus, out, as_of=DAY, restart=True)
        assert out.read_bytes() == before

    def test_output_of_another(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """A file that no run has written is left alone, unless it is to be replaced."""
        out.write_text("mine")
        with pytest.raises(InputError, match="file exists already"):
            run(kb, corpus, out)
        assert out.read_text() == "mine"
        run(kb, corpus, out, force=True)
        assert len(lines(out)) == 400

    def test_output_cut_short(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """If what was sure is not there any more, that is told."""
        run(kb, corpus, out, as_of=DAY)
        out.write_bytes(out.read_bytes()[:-1])
        with pytest.raises(InputError, match="output is shorter than it was"):
            run(kb, corpus, out)

    def test_what_a_killed_run_leaves(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """A state that was not wholly written when a run was killed is taken away by the next one."""
        left = out.with_name(f".{out.name}.state.x1y2")
        left.write_text("{")
        run(kb, corpus, out, as_of=DAY)
        assert not left.exists()

    def test_state_that_is_none(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """A damaged state is told as such."""
        run(kb, corpus, out, as_of=DAY)
        state_path(out).write_text("{}")
        with pytest.raises(InputError, match="this is not the state of a run"):
            run(kb, corpus, out)

    def test_two_at_once(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """Two runs do not write to one output."""
        run(kb, corpus, out, as_of=DAY)
        sink = JsonLinesFile(out)
        sink.open()
        before = state_path(out).read_bytes()
        for restart in (False, True):
            with pytest.raises(InputError, match="another run is writing to this output"):
                run(kb, corpus, out, restart=restart)
        assert state_path(out).read_bytes() == before
        sink.close()

    def test_killed_before_there_is_a_state(self, kb: KnowledgeBase, corpus: Path, out: Path) -> None:
        """An empty output is written to: nothing is lost with it."""
        out.touch()
        run(kb, corpus, out, as_of=DAY)
        assert len(lines(out)) == 400


def test_counts_add_up() -> None:
    """Counts of parts are those of the whole."""
    said = [{"conflict"}, None, {"open", "condition"}, {"question"}, set[str](), {"aligned"}, None]
    assert Counts.of(said[:3]) + Counts.of(said[3:]) == Counts.of(said) == Counts(7, 2, 1, 2, 2, 3)
