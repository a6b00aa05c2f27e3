"""`ManyReader` reads as `ProposalReader` does, whatever it is given and whatever it has seen before."""

import json
import random
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from attrs import fields as attributes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from consistent.checker import KnowledgeBase
from consistent.errors import Fault, InputError
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Evidence, Proposal
from consistent.toml import many
from consistent.toml.many import ManyReader
from consistent.toml.proposals import ProposalReader
from consistent.toml.tomlfile import TomlFile
from tests.corpora.generating import items
from tests.harness.effort import examples


def read_by(reader: ProposalReader | ManyReader, data: Mapping[str, Any]) -> Proposal | tuple[Fault, ...]:
    """The proposal, or its faults."""
    try:
        return (
            reader.read(data, "here") if isinstance(reader, ManyReader) else reader.read(TomlFile.of_dict(data, "here"))
        )
    except InputError as error:
        return error.faults


def assert_same(kb: KnowledgeBase, reader: ManyReader, data: Mapping[str, Any]) -> None:
    """Both read it alike."""
    wanted = read_by(reader._full, data)
    found = read_by(reader, data)
    assert found == wanted
    if isinstance(found, Proposal) and isinstance(wanted, Proposal):
        assert found.path == wanted.path
        assert found.place(("measure", 0, "areas")) == wanted.place(("measure", 0, "areas"))


class Confused(dict[str, Any]):
    """A table that is not one of JSON."""


ATOMS: list[Any] = [
    "roads", "defence", "act", "TFEU 173(3)", "TFEU 0", "2025-01-01", "a", "has", "", " ", 1, True, 1.0, 0, False, -1, 1.5,
    2**63 - 1, 2**63, -(2**63), 10**30, None, date(2025, 1, 1), datetime(2025, 1, 1),  # noqa: DTZ001  as JSON and TOML may have it
]  # fmt: skip
# Texts, lists and tables that look alike, and pairs that Python takes for equal.
LISTS: list[Any] = [
    [], (), ["roads", "defence"], ["defence", "roads"], ["roads", "roads"], ["roads", 1], ["a", "c"], ["ac"], [1, 2], [[]], [{}],
    [("roads",)], ["x" * 300], ["roads"] * 2000, *([atom] for atom in ATOMS), *((atom,) for atom in ATOMS), *([[atom]] for atom in ATOMS),
]  # fmt: skip
TABLES: list[Any] = [
    {}, {"had": []}, {1: []}, {"has": "roads"}, {"has": ("roads",)}, {"has": ["roads"], "lacks": ["roads"]}, {"may": ["roads"]},
    {"has": ["roads"], "may": ["defence"]}, {"lacks": ["roads", "defence"]}, {"lacks": ["defence"], "has": ["fisheries"]},
    Confused(has=["roads"]), *({key: [atom]} for key in ("has", "lacks", "may") for atom in ATOMS), *({"has": atom} for atom in ATOMS),
]  # fmt: skip
VALUES = [*ATOMS, *LISTS, *TABLES]
TITLES = [*ATOMS, [], {}, {"en": "a"}, {"en": "a", "nl": "b", "de": "c"}, *({"en": "a", "nl": atom} for atom in ATOMS)]
ENTRIES = [
    {"document": "COM(2024) 150"},
    {},
    {"document": "a", "other": "b"},
    *(
        {"document": "a", key: atom}
        for key in ("document", "place", "quote", "note", "value", "prefix", "suffix")
        for atom in ATOMS
    ),
    *({"document": "a", "confirmed": atom} for atom in ATOMS),
    *({"document": "a", "confidence": atom} for atom in (*ATOMS, float("inf"), 0.5)),
    *(
        {"document": "a", "span": atom}
        for atom in (*ATOMS, [], [1], [1, 2], (1, 2), [2, 1], [1, 1], [1, 2, 3], [True, 2], [1.0, 2])
    ),
    *({"document": "a", "span": span} for span in ([1, 2**63], [-(2**63), 1], [-1, 2**63 - 1], ["a", "b"])),
]
EVIDENCE = [
    *ATOMS,
    *ENTRIES,
    {},
    {"none": ENTRIES[0]},
    {"title": ENTRIES[0], "all": [], "areas": [ENTRIES[0], {"document": "b", "value": "roads"}]},
    {"areas": [ENTRIES[0], 1]},
    {"all": [[ENTRIES[0]]]},
    *({"all": entry} for entry in (*ENTRIES, *ATOMS, (ENTRIES[0],))),
]
SOUND = {"id": "m", "areas": ["roads"]}
IDS = [*ATOMS, ["m"], {}]
MEASURES: list[Any] = [
    *ATOMS, [], {}, (SOUND,), [SOUND, {**SOUND, "id": "n"}], [SOUND, SOUND], [SOUND, {"id": "m"}], [[]], [None], [SOUND, {}],
    [Confused(SOUND)], {"m": SOUND}, [{**SOUND, "none": 1}], *([{**SOUND, "id": name}] for name in IDS),
]  # fmt: skip
WHOLES: list[Any] = [
    {}, {"measure": []}, {"proposal": {}, "other": 1}, {"measure": [], "other": {}}, {"proposal": {}, 1: 2}, {"proposal": {"id": "m"}},
    {"proposal": Confused()}, {"proposal": {"measures": []}}, {"proposal": {"path": "a"}}, *({"proposal": atom} for atom in ATOMS),
    *({"proposal": {}, "measure": measure} for measure in MEASURES),
]  # fmt: skip


class TestAgreement:
    """The two readers."""

    @pytest.mark.parametrize("name", ["areas", "amount", "starts"])
    def test_values(self, kb: KnowledgeBase, name: str) -> None:
        """No value is taken for another that the field had before, whichever came first."""
        reader = ManyReader(kb.knowledge.vocabularies)
        for value in (*VALUES, *reversed(VALUES)):
            assert_same(kb, reader, {"proposal": {}, "measure": [{"id": "m", name: value}]})

    def test_everything_else(self, kb: KnowledgeBase) -> None:
        """So it is with titles, evidence, ids, and the shape of the whole."""
        reader = ManyReader(kb.knowledge.vocabularies)
        parts = [*({"title": evidence} for evidence in TITLES), *({"evidence": evidence} for evidence in EVIDENCE)]
        for whole in (*WHOLES, *({"proposal": part, "measure": [{**SOUND, **part}]} for part in parts)):
            assert_same(kb, reader, whole)

    @pytest.mark.property
    @settings(max_examples=examples(40))
    @given(data=st.data())
    def test_at_random(self, kb: KnowledgeBase, data: st.DataObject) -> None:
        """And with proposals of which a few things are odd."""
        reader = ManyReader(kb.knowledge.vocabularies)
        for item in items(kb, 3, seed=data.draw(st.integers(0, 1000)), measures=3):
            for part in data.draw(st.lists(st.sampled_from([item["proposal"], *item["measure"]]), max_size=2)):
                key = data.draw(st.sampled_from([*part, "none", "evidence", "id"]))
                part[key] = data.draw(st.sampled_from([*VALUES, *EVIDENCE, *TITLES]))
            assert_same(kb, reader, item)

    def test_sound_items(self, kb: KnowledgeBase) -> None:
        """Sound proposals never need the full reader, and those with one fault are refused as it refuses them."""
        reader = ManyReader(kb.knowledge.vocabularies)
        chance = random.Random(1)
        for item in items(kb, 60):
            data = json.loads(json.dumps(item))
            assert isinstance(reader._quick(data, "here"), Proposal)
            assert_same(kb, reader, data)
            part = chance.choice([data["proposal"], *data["measure"]])
            key = chance.choice(list(part))
            part[key] = chance.choice([None, 1.5, ["nothing"], {"has": [1]}, "nothing", [[]], {"x": 1}])
            assert_same(kb, reader, data)


@pytest.mark.parametrize("attribute", [each.name for each in attributes_of(Evidence) if each.name != "confirmed"])
def test_every_evidence_is_read_quickly(kb: KnowledgeBase, attribute: str) -> None:
    """Whatever evidence can hold, as drafts write it, needs no full reader, which takes many times as long."""
    sound = {"span": [1, 9], "confidence": 0.5}.get(attribute, "some words")
    entry = {"document": "COM(2024) 150", attribute: sound}
    data = {"proposal": {}, "measure": [{"id": "m", "effects": [], "evidence": {"effects": [entry]}}]}
    reader = ManyReader(kb.knowledge.vocabularies)
    assert reader._quick(data, "here") == read_by(reader._full, data)


class TestMemory:
    """What is kept."""

    def test_the_same_value(self, kb: KnowledgeBase) -> None:
        """What says the same is the same object, in whatever order and of whatever proposal."""
        reader = ManyReader(kb.knowledge.vocabularies)
        areas = (["roads", "defence"], ["roads", "defence"], ["defence", "roads"])
        found = [reader.read({"proposal": {}, "measure": [{"id": "m", "areas": area}]}, str(area)) for area in areas]
        first, *others = (proposal.measures[0].areas for proposal in found)
        assert all(other is first for other in others)

    def test_bounded(self, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
        """However many values come, no more are kept than the bound says; they are read no worse for that."""
        monkeypatch.setattr(many, "_MAX_ENTRIES", 20)
        reader = ManyReader(kb.knowledge.vocabularies)
        for number in range(150):
            data = {
                "proposal": {"reference": f"r{number}"},
                "measure": [{"id": "m", "amount": number, "areas": ["roads"]}],
            }
            assert_same(kb, reader, data)
        for part in (reader._header, reader._measure):
            assert len(part._values) <= 20
            assert all(len(seen) <= 20 for seen in part._seen.values())
        long = {"proposal": {"reference": "x" * 10_000}}
        assert_same(kb, reader, long)
        assert "x" * 10_000 not in reader._header._seen["reference"]


def test_fields_are_there() -> None:
    """The fields that these tests name exist."""
    assert {"kind", "legal_basis", "budget", "date"} <= PROPOSAL_FIELDS.keys()
    assert {"areas", "amount", "starts", "reference"} <= MEASURE_FIELDS.keys()
