"""Terms above and below those of packs below, and other words for terms: what a pack adds to terms that it did not bring."""

from pathlib import Path

import pytest

from consistent import KnowledgeBase, load
from consistent.errors import InputError
from consistent.inquiries.questions.replying import atom_of
from consistent.model.values import Value
from consistent.model.vocabulary import Synonyms
from consistent.reports.pages import glossary

FOLDER = Path(__file__).parents[1] / "examples/young-users"
ACT = """COM(2026) 12 final
2026/0012 (COD)

Proposal for a
REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
on services

THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,

Having regard to the Treaty on the Functioning of the European Union, and in particular Article 114 thereof,

HAVE ADOPTED THIS REGULATION:

Article 1
Feeds

Providers shall switch off infinite scrolling for teenagers.
"""


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The example of the documentation."""
    return load(FOLDER)


class TestExample:
    """The pack of the documentation."""

    def test_broader(self, kb: KnowledgeBase) -> None:
        """A term of `treaties` is under one of the pack; in `treaties` itself it is not."""
        own, below = (known.knowledge.vocabularies["areas"] for known in (kb, load("treaties")))
        assert own.broader("youth") == (*below.broader("youth"), "the-young")
        assert "youth" in own.narrower(["the-young"])
        assert own.terms["youth"].label == below.terms["youth"].label
        assert own.terms["youth"].pack == "treaties"
        assert below.terms["youth"].synonyms == Synonyms()

    def test_meant(self, kb: KnowledgeBase) -> None:
        """Who writes another word is told the term; who answers with it has said the term."""
        with pytest.raises(InputError) as error:
            kb.read('[proposal]\n[[measure]]\nid = "m"\nareas = ["Tiener"]\ntechniques = "infinite scroll"\n')
        assert [fault.help for fault in error.value.faults] == ["did you mean `youth`?", "did you mean `endless-feed`?"]
        areas = kb.knowledge.fields.measure["areas"]
        assert atom_of("minderjarigen", areas, kb.knowledge, ()) == "youth"

    def test_drafts(self, kb: KnowledgeBase) -> None:
        """A draft finds them by their synonyms, in the fields of the pack too; without these it finds neither."""
        (measure, *_) = kb.draft(ACT.encode(), "act.txt").proposal.measures
        assert "youth" in measure.areas.yes
        assert measure.value("techniques") == Value(yes=frozenset({"endless-feed"}))
        assert measure.evidence_for("techniques", ["endless-feed"]).span is not None  # type: ignore[union-attr]  # it is there
        (plain, *_) = load("treaties").draft(ACT.encode(), "act.txt").proposal.measures
        assert "youth" not in plain.areas.yes
        assert not plain.own

    def test_drafted_file(self, kb: KnowledgeBase) -> None:
        """The file of a draft reads back to it."""
        draft = kb.draft(ACT.encode(), "act.txt")
        assert kb.read(draft.toml()) == draft.proposal

    def test_glossary(self, kb: KnowledgeBase) -> None:
        """The glossary tells the other words."""
        assert "also called: minors, teenager" in glossary(kb.knowledge, {}, "en")
        assert "ook wel: minderjarigen, tiener" in glossary(kb.knowledge, {}, "nl")


PACK = 'title.en = "x"\ntitle.nl = "x"\nsources = ["TFEU 1"]\n'
BELOW = '[a]\nen = "a"\nnl = "a"\n[b]\nen = "b"\nnl = "b"\nbroader = "a"\n'
FAULTS = {
    "defined anew": (
        '[a]\nen = "a"\nnl = "a"\n', 1, "term `a` is already in the pack `below`", "to it can be added: `broader`, `synonyms`",
    ),
    "unknown broader": ('[a]\nbroader = "c"\n', 2, "unknown broader term `c` in vocabulary `areas`", "`a`"),
    "circle": ('[a]\nbroader = "b"\n', 1, "broader terms form a circle: a > b > a", ""),
    "unknown key": ('[a]\nlabels = "b"\n', 2, "unknown key `labels`", "known here: `broader`, `synonyms`"),
    "no synonym": ('[a]\nsynonyms.en = ["b", "c|d"]\n', 2, "`c|d` is no synonym", "write words"),
    "language": ('[a]\nsynonyms.fr = ["b"]\n', 2, "unknown key `fr`", "`en`, `nl`"),
    "nothing of a new one": ('[c]\nbroader = "a"\n', 1, "missing key `en`", ""),
}  # fmt: skip


def write(folder: Path, added: str) -> Path:
    """Two packs, of which the higher adds to the terms of the lower."""
    for name, head, terms in (("below", PACK, BELOW), ("above", PACK + 'builds_on = ["below"]\n', added)):
        vocabulary = folder / "facts" / name / "vocabulary"
        vocabulary.mkdir(parents=True)
        (vocabulary.parent / "pack.toml").write_text(head, "utf-8")
        (vocabulary / "areas.toml").write_text(terms, "utf-8")
    return folder


@pytest.mark.parametrize("case", FAULTS)
def test_faults(case: str, tmp_path: Path) -> None:
    """Each is told in the file of the pack that adds, at its line, with what to do."""
    added, line, message, help_ = FAULTS[case]
    with pytest.raises(InputError) as error:
        load(write(tmp_path, added))
    fault = error.value.faults[0]
    assert fault.location.path.endswith("above/vocabulary/areas.toml")
    assert (fault.location.line, fault.message) == (line, message)
    assert help_ in fault.help


def test_added_twice(tmp_path: Path) -> None:
    """What the term has already is there once; words of both packs stay."""
    added = '[c]\nen = "c"\nnl = "c"\n[b]\nbroader = ["a", "c"]\nsynonyms.nl = ["bee"]\n'
    terms = load(write(tmp_path, added)).knowledge.vocabularies["areas"].terms
    assert (terms["b"].broader, terms["b"].synonyms.nl, terms["b"].pack) == (("a", "c"), ("bee",), "below")
