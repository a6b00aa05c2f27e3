"""The properties that ship: each holds of the shipped packs and of random ones, and says what it means in both languages."""

from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from consistent import KnowledgeBase, Measure, Proposal, load
from consistent.authoring.properties import PROPERTIES, Property, PropertyError
from consistent.authoring.properties.property import Setting
from consistent.errors import UsageError
from consistent.model.values import Value
from consistent.testing import from_examples
from tests.pack_writing import rule_text, write_pack
from tests.properties import random_packs
from tests.support import engines

DAY = date(2026, 6, 1)
NAMES = [law.name for law in PROPERTIES]
# Random packs have texts that TOML or a report does not hold as they are, and no place in a file.
OF_RANDOM_PACKS = [law for law in PROPERTIES if law.name not in {"toml-round-trip", "both-languages-say-the-same"}]
FEW = settings(
    max_examples=4, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@cache
def loaded(pack: str) -> KnowledgeBase:
    """A shipped pack."""
    return load(pack)


def named(name: str) -> Property:
    """The property of that name."""
    return next(law for law in PROPERTIES if law.name == name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("pack", "engine"), [("treaties", "plain"), ("nl-22112-4027", "auto")])
def test_shipped(pack: str, engine: str, name: str) -> None:
    """Each holds of a few proposals in the terms of each shipped pack; the second has the rules of the first too."""
    named(name).test(loaded(pack), examples=2, as_of=DAY, engine=engine)


@pytest.mark.parametrize("chosen", OF_RANDOM_PACKS, ids=lambda law: law.name)
def test_random_packs(chosen: Property) -> None:
    """Each holds of random rules over random facts, with the plain evaluator as the engine too."""

    @FEW
    @given(random_packs.packs(max_rules=3), random_packs.proposals(3), st.randoms(use_true_random=False))
    def holds(kb: KnowledgeBase, proposal: Proposal, random: Random) -> None:
        for engine in engines():
            judge = chosen.prepare(Setting(kb, random_packs.DAY, engine), random)
            assert judge(proposal, random) is None

    holds()


def test_meanings() -> None:
    """Thirteen, each with a name of its own, and a sentence in each language."""
    assert len(NAMES) == len(set(NAMES)) == 13
    for law in PROPERTIES:
        assert law.name == law.name.lower().replace(" ", "-")
        assert law.meaning.en != law.meaning.nl
        assert law.meaning.en.endswith(".")
        assert law.meaning.nl.endswith(".")


def test_failure(tmp_path: Path) -> None:
    """What does not hold is told with the property, its meaning and the smallest proposal."""
    kb = load(write_pack(tmp_path, {"bad": rule_text("bad", 'effects = "a"')}))
    wrong = Property(
        name="no-measure-at-all",
        meaning=PROPERTIES[0].meaning,
        prepare=lambda setting, _: (
            lambda proposal, __: "it is flagged" if ("small/bad", "m") in setting.states(proposal) else None
        ),
    )
    measure = Measure(id="m", effects=Value.exactly("a"))
    drawn = st.sampled_from(
        [Proposal(), Proposal(measures=(measure,)), Proposal(measures=(measure, evolve(measure, id="n")))]
    )
    with pytest.raises(PropertyError) as caught:
        wrong.test(kb, examples=20, as_of=DAY, engine="plain", proposals=drawn)
    assert caught.value.name == "no-measure-at-all"
    assert caught.value.proposal.measures == (measure,)
    assert str(caught.value).startswith(
        f"no-measure-at-all: it is flagged\n\nWhat should hold: {PROPERTIES[0].meaning.en}\n\n[proposal]"
    )
    assert 'effects = ["a"]' in str(caught.value)


def test_unknown_engine() -> None:
    """An engine that is not there is refused."""
    with pytest.raises(UsageError):
        PROPERTIES[0].test(loaded("treaties"), examples=1, engine="none")


@FEW
@given(st.data())
def test_from_examples(data: st.DataObject) -> None:
    """Proposals of examples have the header of one example and measures of others, each with a name of its own."""
    kb = loaded("treaties")
    shown = [example.proposal for rule in kb.rules for example in rule.examples]
    headers = {evolve(proposal, measures=(), path="") for proposal in shown}
    measures = {evolve(one, id="") for proposal in shown for one in proposal.measures}
    drawn = data.draw(from_examples(kb, max_measures=3))
    assert evolve(drawn, measures=(), path="") in headers
    assert {evolve(measure, id="") for measure in drawn.measures} <= measures
    names = [measure.id for measure in drawn.measures]
    assert len(names) == len(set(names)) <= 3


def test_no_examples() -> None:
    """A pack without examples is refused."""
    with pytest.raises(UsageError, match="have no examples"):
        from_examples(evolve(loaded("treaties"), rules=(), programs={}))
