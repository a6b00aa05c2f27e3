"""What the shipped proposals rest on: passages that stand in the documents they name, or a source that is named as another one."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.verify_passages import digest, main, passages

from consistent import load
from consistent.model.evidence import Evidence
from consistent.toml.proposals import evidence_to_data

ROOT = Path(__file__).parents[1]
PROPOSALS = ROOT / "proposals"
# Of the passages that were looked up in documents that do not ship, as `tools/verify_passages.py --accept` writes them.
VERIFIED = ROOT / "tests/golden/passages.json"
SHARED = ROOT.parent / "shared"
DOCUMENTS = {
    "COM(2020) 842": "documents/proposals/52020PC0842.en.xhtml",
    "COM(2022) 68": "documents/proposals/52022PC0068.en.xhtml",
    "CELEX 32021R0697": "documents/acts/32021R0697.nl.json",
    "Kamerstuk 22112-4027": "letter/letter.nl.md",
}
present = pytest.mark.skipif(
    not all((SHARED / path).is_file() for path in DOCUMENTS.values()), reason="the documents are not at hand"
)
_LONGEST = 200


def _given(*names: str) -> list[str]:
    return [f"{name}={SHARED / DOCUMENTS[name]}" for name in names]


def _read() -> Iterator[tuple[str, Evidence, bool]]:
    kb = load("nl-22112-4027")
    for path in sorted(PROPOSALS.glob("*.toml")):
        proposal = kb.read(path)
        elsewhere = proposal.elsewhere
        yield from ((path.name, evidence, evidence in elsewhere) for evidence in proposal.read)


def test_words_or_another_source() -> None:
    """Every value quotes the passage that it rests on, or says that it was not read in the text itself and where it was."""
    bare = [
        f"{name}: {evidence_to_data(evidence)}"
        for name, evidence, is_elsewhere in _read()
        if not evidence.quote and not is_elsewhere
    ]
    assert not bare
    assert {name for name, evidence, is_elsewhere in _read() if not is_elsewhere} >= {
        "com-2020-842.toml",
        "com-2022-68.toml",
    }


def test_no_more_than_a_sentence() -> None:
    """Documents are cited, not copied."""
    assert not [evidence.quote for _, evidence in passages(PROPOSALS) if len(evidence.quote) > _LONGEST]


def test_as_verified() -> None:
    """A passage of a document that was at hand is the one that was found there; whoever changes one looks it up again."""
    verified = set(json.loads(VERIFIED.read_text(encoding="utf-8")))
    quoted = {digest(evidence) for _, evidence in passages(PROPOSALS) if evidence.document in DOCUMENTS}
    assert quoted == verified


@present
def test_found(capsys: pytest.CaptureFixture[str]) -> None:
    """Each passage stands in the document and the provision that it names."""
    assert main([*_given(*DOCUMENTS), "--proposals", str(PROPOSALS)]) == 0, capsys.readouterr().out


@present
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("the Commission shall evaluate this Regulation", "the Council shall evaluate this Regulation", "missing"),
        ('place = "Article 38(3)"', 'place = "Article 38(2)"', "elsewhere"),
    ],
)
def test_what_does_not_stand_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    """Words that the document does not have, and those of another provision, are told."""
    changed = Path(shutil.copy(PROPOSALS / "com-2020-842.toml", tmp_path))
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace(old, new), encoding="utf-8")
    assert text != changed.read_text(encoding="utf-8")
    assert main([*_given("COM(2020) 842"), "--proposals", str(tmp_path)]) == 1
    assert f"{told}: com-2020-842.toml" in capsys.readouterr().out
