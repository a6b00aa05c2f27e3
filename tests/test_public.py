"""What the library offers: every name on a page and typed, input of Python taken or refused by name, and rows that make tables."""

import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import consistent
from consistent import Check, InputError, KnowledgeBase, Measure, OpenQuestions, Proposal, Value, load
from consistent.findings.rows import COLUMNS
from consistent.model.text import LANGUAGES, Language

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "reference" / "library.md").read_text("utf-8")


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """A pack with positions."""
    return load("nl-22112-4027")


@pytest.fixture(scope="module")
def check(kb: KnowledgeBase) -> Check:
    """Of the White Paper, with a waiver and a draft that nobody confirmed left out."""
    return kb.check(ROOT / "proposals" / "join-2025-120.toml")


@pytest.fixture(scope="module")
def questions(kb: KnowledgeBase) -> OpenQuestions:
    """A few."""
    few = kb.selected(["nl-22112-4027/procurement"])
    return few.check({"proposal": {}, "measure": [{"id": "m", "areas": "defence-procurement"}]}).questions()


def _first_cells(heading: str) -> set[str]:
    """What stands as code in the first cell of the rows of tables below a heading of the page."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


class TestPage:
    def test_names(self) -> None:
        """It names what can be imported, and nothing else."""
        named = _first_cells("Names")
        assert named == set(consistent.__all__)

    def test_columns(self, questions: OpenQuestions) -> None:
        """It names the columns of rows, of questions too."""
        assert _first_cells("Rows") == set(COLUMNS)
        told = PAGE.partition("`check.questions().to_rows()`")[2].partition("\n\n")[0]
        assert re.findall(r"`(\w+)`", told) == list(questions.to_rows()[0])


_BAD = """\
from consistent import Findng
import consistent
from consistent.testing import nothing
from consistent.authoring import none
consistent.lod()
"""
_GOOD = """\
from consistent import Finding, Grade, Open, ProposalInput, Question, Repairs, Report, TimeWarning, load

kb = load("treaties")
check = kb.check({"proposal": {"kind": "white-paper"}})
findings: tuple[Finding, ...] = check.findings
opened: tuple[Open, ...] = check.open
warnings: tuple[TimeWarning, ...] = check.warnings
repairs: Repairs = check.repairs()
report: Report = check.report
grade: Grade = report.judgement["competence"]


def questions(given: ProposalInput) -> tuple[Question, ...]:
    return kb.check(given).questions().questions
"""


@pytest.mark.parametrize(
    "checker", [["mypy", "--strict", "--no-incremental"], ["pyright"]], ids=lambda words: str(words[0])
)
def test_types(checker: list[str], tmp_path: Path) -> None:
    """A name that there is not is an error for both type checkers, and what the page offers for annotations fits."""
    tool = shutil.which(checker[0], path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip(f"{checker[0]} is not installed")
    (tmp_path / "bad.py").write_text(_BAD, "utf-8")
    (tmp_path / "good.py").write_text(_GOOD, "utf-8")
    run = [tool, *checker[1:], "bad.py", "good.py"]
    found = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert found.returncode == 1, found.stdout + found.stderr
    said = re.findall(r"(\w+)\.py:(\d+)(?::\d+)?(?: -|:) error", found.stdout)
    assert said == [("bad", line) for line in "1345"], found.stdout


class TestRows:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_plain(self, language: Language, check: Check) -> None:
        """A row for each thing said, each with every column in order, of text and one of truth."""
        rows = check.to_rows(language)
        assert len(rows) == len(check.findings) + len(check.open) + len(check.defeated)
        assert {tuple(row) for row in rows} == {COLUMNS}
        assert {type(row.pop("confirmed")) for row in rows} == {bool}
        assert {type(value) for row in rows for value in row.values()} == {str}
        conflict = next(row for row in rows if row["outcome"] == "conflict")
        (finding,) = (one for one in check.findings if one.verdict == "conflict")
        assert (conflict["rule"], conflict["message"]) == (finding.rule, finding.message.get(language))

    def test_what_only_some_have(self, kb: KnowledgeBase) -> None:
        """What is open says what must be known, what is set aside by what, what is accepted by whom."""
        path = ROOT / "proposals" / "join-2025-120.toml"
        whole = kb.check(path)
        finding = next(each for each in whole.findings if each.verdict == "conflict")
        waiver = {
            "rule": finding.rule, "measure": finding.measure, "reason": {"en": "because", "nl": "daarom"}, "owner": "desk",
            "until": "2100-01-01",
        }  # fmt: skip
        text = "\n".join(
            ["[[waiver]]", *(f"{key} = {_toml(value)}" for key, value in waiver.items() if value is not None)]
        )
        rows = kb.check(path, waivers=text).to_rows("nl")
        (waived,) = (row for row in rows if row["outcome"] == "waived")
        assert (waived["waived_by"], waived["waived_until"], waived["waived_because"]) == (
            "desk",
            "2100-01-01",
            "daarom",
        )
        assert all(row["unknown"] or row["awaits"] for row in rows if row["outcome"] == "open")
        assert all(row["set_aside_by"] for row in rows if row["outcome"] in {"met", "defeated"})
        assert not any(row["unknown"] for row in rows if row["outcome"] != "open")

    @pytest.mark.parametrize("library", ["pandas", "polars"])
    def test_tables(self, library: str, check: Check, questions: OpenQuestions) -> None:
        """Pandas and polars take them as they are."""
        made = pytest.importorskip(library).DataFrame(check.to_rows("nl"))
        assert list(made.columns) == list(COLUMNS)
        assert made.shape == (len(check.to_rows()), len(COLUMNS))
        assert (made["outcome"] == "conflict").sum() == 1
        assert pytest.importorskip(library).DataFrame(questions.to_rows()).shape == (len(questions.questions), 10)


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f'{key} = "{text}"' for key, text in value.items()) + " }"
    return str(value) if value == "2100-01-01" else f'"{value}"'


def _of(**fields: object) -> dict[str, Any]:
    return {"proposal": {"kind": "legislative-proposal"}, "measure": [{"id": "m", **fields}]}


class TestInput:
    @pytest.mark.parametrize(
        ("given", "plain"),
        [
            (_of(areas={"culture", "health"}), _of(areas=["culture", "health"])),
            (_of(areas=frozenset({"culture"})), _of(areas=["culture"])),
            (_of(areas={"lacks": {"culture"}}), _of(areas={"lacks": ["culture"]})),
            (_of(amount=Decimal("5E6")), _of(amount=5_000_000)),
            (_of(amount=np.int64(5)), _of(amount=5)),
            (_of(amount=np.uint8(5)), _of(amount=5)),
            (_of(areas=np.str_("culture")), _of(areas="culture")),
            (b'[proposal]\nkind = "legislative-proposal"\n[[measure]]\nid = "m"\n', _of()),
        ],
        # A set says its parts in another order in each process.
        ids=["set", "frozen set", "set in a table", "decimal", "numpy integer", "numpy byte", "numpy text", "bytes"],
    )
    def test_taken(self, given: Any, plain: Any, kb: KnowledgeBase) -> None:
        """What a Python program has at hand is taken for what it is."""
        assert kb.read(given) == kb.read(plain)

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"amount": Decimal("5.5")}, "expected a whole number, found `Decimal`"),
            ({"amount": np.float64(5)}, "expected a whole number, found a fraction"),
            ({"amount": np.int64(-5)}, "`amount` is below zero"),
            ({"areas": b"culture"}, "expected a term of vocabulary `areas`, found `bytes`"),
            ({"areas": np.array(["culture"])}, "found `ndarray`"),
            ({"areas": {1}}, "found a whole number"),
            ({"starts": np.datetime64("2026-01-01")}, "found `datetime64`"),
            ({"amount": object()}, "found `object`"),
        ],
    )
    def test_refused(self, fields: dict[str, Any], said: str, kb: KnowledgeBase) -> None:
        """All else is refused by name."""
        with pytest.raises(InputError) as caught:
            kb.read(_of(**fields))
        assert said in caught.value.faults[0].message

    @pytest.mark.parametrize("given", [None, 5, [], {1}, object()])
    def test_no_proposal(self, given: Any, kb: KnowledgeBase) -> None:
        """What is no proposal at all is refused too."""
        with pytest.raises(InputError, match="expected a path, TOML text or a dict"):
            kb.read(given)

    @pytest.mark.parametrize(
        ("measures", "said"),
        [
            ({"amount": Value.exactly(1, 2)}, "amount of measure `m`: `amount` takes one value at most, found 2"),
            ({"bindingness": Value.exactly("binding", "political")}, "`bindingness` takes one value at most, found 2"),
            ({"legal_basis": Value.exactly("TFEU one")}, "legal_basis of measure `m`: `TFEU one` is no citation"),
            ({"amount": Value.exactly(True)}, "amount of measure `m`: expected a whole number, found a boolean"),
        ],
    )
    def test_built_in_python(self, measures: dict[str, Value], said: str, kb: KnowledgeBase) -> None:
        """What a file may not say, a proposal that was built may not either."""
        with pytest.raises(InputError) as caught:
            kb.check(Proposal(measures=(Measure(id="m", **measures),)))  # type: ignore[arg-type]  # values by name
        assert said in str(caught.value)

    def test_built_as_a_whole(self, kb: KnowledgeBase) -> None:
        """Nor may two measures have one id."""
        with pytest.raises(InputError) as caught:
            kb.check(Proposal(measures=(Measure(id="m"), Measure(id="m"))))
        assert [fault.message for fault in caught.value.faults] == ["duplicate measure id `m`"]
