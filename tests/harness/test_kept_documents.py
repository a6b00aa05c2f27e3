"""Real documents are kept for the tests of a run, but nothing that follows from other bytes, words or code."""

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from consistent import load
from consistent.documents.reading import read_document
from consistent.documents.structure import structure
from consistent.drafting.draft import draft_of
from consistent.model.vocabulary import Synonyms, Vocabularies
from tests.document_cases import real
from tests.harness import kept_documents

ACT = "proposals/52025PC0011.en.xhtml"


@pytest.fixture
def act(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A real document, of which this process holds nothing."""
    monkeypatch.setattr(kept_documents, "_held", {})
    return real(ACT)


def test_read_once(act: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read and drafted is found again by other processes, and is what reading and drafting it make."""
    vocabularies = load("treaties").knowledge.vocabularies
    draft = draft_of(read_document(act), vocabularies)
    assert read_document(act) is draft.document
    monkeypatch.setattr(kept_documents, "_held", {})  # as in another process
    made: list[object] = []
    for name in ("_read", "_draft"):
        monkeypatch.setattr(kept_documents, name, lambda *given, **_: made.append(given))
    again = draft_of(read_document(act), vocabularies)
    assert not made
    assert again.drafted == draft.drafted
    assert again.document.text == draft.document.text


def test_anew(act: Path) -> None:
    """A document that was changed, and one that is drafted in other words, is drafted anew."""
    vocabularies = load("treaties").knowledge.vocabularies
    document = read_document(act)
    draft = draft_of(document, vocabularies)
    assert draft_of(document, vocabularies) is draft
    assert draft_of(document, vocabularies, as_proposal=True) is not draft
    assert draft_of(evolve(document, name="another"), vocabularies).document.name == "another"
    cut = evolve(document, parts=())
    assert draft_of(cut, vocabularies).document is cut
    term = next(iter(vocabularies["areas"].terms.values()))
    assert draft_of(document, _with(vocabularies, evolve(term, synonyms=Synonyms(en=("regulation",))))) is not draft


def _with(vocabularies: Vocabularies, term: Any) -> Vocabularies:
    areas = vocabularies["areas"]
    return {**vocabularies, "areas": evolve(areas, terms={**areas.terms, term.id: term})}


def test_faults_show(act: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a part of the library is replaced, what was kept before is not taken, and what that part makes is not kept."""
    before = read_document(act)

    def faulty(*_: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(structure, "document_of", faulty)
        with pytest.raises(ZeroDivisionError):
            read_document(act)
    assert read_document(act).text == before.text


def test_of_one_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key has the code and the data of the library in it: what another version made is not found."""
    before = kept_documents._key("document")
    package = tmp_path / "consistent"
    (package / "documents").mkdir(parents=True)
    (package / "cues.toml").write_text("a = 1", "utf-8")
    monkeypatch.setattr(kept_documents, "_PACKAGE", package)
    keys = {before}
    for text in ("a = 1", "a = 2"):
        (package / "cues.toml").write_text(text, "utf-8")
        kept_documents._code.cache_clear()
        keys.add(kept_documents._key("document"))
    kept_documents._code.cache_clear()
    assert len(keys) == 3
