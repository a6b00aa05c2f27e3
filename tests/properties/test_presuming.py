"""What was looked for and not found is presumed absent: it takes away what is open, and never makes or turns a finding."""

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent import Proposal, load
from consistent.engine.choosing import engine_named
from consistent.engine.plain import PlainEngine
from consistent.findings.settling import Settlement
from consistent.model.evidence import Evidence
from consistent.model.presuming import confirmed, presumed
from consistent.model.proposal import MEASURE_FIELDS, Measure
from consistent.model.recorded import LookedFor
from consistent.model.values import Value
from consistent.rules.program import Program
from tests.harness.effort import examples
from tests.properties.random_packs import programs, proposals
from tests.support import engines

VOCABULARIES = load("treaties").knowledge.vocabularies
_FIELDS = [name for name, field in MEASURE_FIELDS.items() if field.type == "terms"]
QUIET = settings(max_examples=examples(60), suppress_health_check=list(HealthCheck), deadline=None)
_READ = ("reference", Evidence("D", "Article 1", span=(0, 9), confirmed=False))


@st.composite
def read_proposals(draw: st.DrawFn) -> Proposal:
    """Proposals of which a reader looked for some terms in some fields, and read some of the measures."""
    proposal = draw(proposals())
    fields = draw(st.lists(st.sampled_from(_FIELDS), unique=True, max_size=4))
    looked = []
    for name in fields:
        terms = sorted(VOCABULARIES[MEASURE_FIELDS[name].vocabulary].terms)
        left_out = draw(st.sets(st.sampled_from(terms), max_size=5))
        looked.append(LookedFor(field=name, terms=tuple(term for term in terms if term not in left_out)))
    read = draw(st.lists(st.booleans(), min_size=len(proposal.measures), max_size=len(proposal.measures)))
    measures = tuple(
        evolve(measure, evidence=(_READ,)) if was_read else measure
        for measure, was_read in zip(proposal.measures, read, strict=True)
    )
    return evolve(proposal, measures=measures, looked_for=tuple(looked))


def settle(program: Program, proposal: Proposal, engine: str = "plain") -> Settlement:
    """With what is presumed."""
    assumed = presumed(proposal, VOCABULARIES)
    used = engine_named(engine)
    batch = used.batch(program, (proposal,))
    return Settlement.of(batch, used.batch(program, (assumed or proposal,)))


def outcomes(settlement: Settlement) -> dict[tuple[str, str | None], str]:
    """By rule and measure."""
    return {(said.rule, said.measure): said.outcome for said in settlement.spoken(0)}


@QUIET
@given(programs(min_rules=2, max_rules=8), read_proposals())
def test_only_takes_away_what_is_open(program: Program, proposal: Proposal) -> None:
    """What applies, is excepted or defeated stays; what is left out was open, and says nothing once all that is presumed is known."""
    strict = outcomes(Settlement.of(PlainEngine().batch(program, (proposal,))))
    found = settle(program, proposal)
    told = outcomes(found)
    assumed = presumed(proposal, VOCABULARIES) or proposal
    by_assumption = outcomes(Settlement.of(PlainEngine().batch(program, (assumed,))))
    gone = {(rule.id, measure.id if measure else None) for rule, where in found.presumptions(0) for measure in where}
    assert told == {place: outcome for place, outcome in strict.items() if place not in gone}
    assert gone == {place for place, outcome in strict.items() if outcome == "open" and place not in by_assumption}


@QUIET
@given(programs(min_rules=2, max_rules=8), read_proposals())
def test_every_engine_presumes_the_same(program: Program, proposal: Proposal) -> None:
    """Presumption stands on settled bits, whoever made them."""
    plain = settle(program, proposal)
    for name in engines():
        other = settle(program, proposal, name)
        assert outcomes(other) == outcomes(plain), name
        assert list(other.presumptions(0)) == list(plain.presumptions(0)), name


@QUIET
@given(read_proposals())
def test_what_is_presumed_fits_what_is_known(proposal: Proposal) -> None:
    """Nothing that is there, may be there by a hint, or was not looked for is taken for absent; measures that nobody read stay."""
    assumed = presumed(proposal, VOCABULARIES) or proposal
    looked = {reading.field: set(reading.terms) for reading in proposal.looked_for}
    for before, after in zip(proposal.measures, assumed.measures, strict=True):
        if not before.was_read:
            assert after == before
            continue
        for name in _FIELDS:
            old: Value = getattr(before, name)
            new: Value = getattr(after, name)
            assert new.yes == old.yes
            if name not in looked:
                assert new == old
            elif new.open:
                vocabulary = VOCABULARIES[MEASURE_FIELDS[name].vocabulary]
                added = {str(term) for term in new.no - old.no}
                # By its own words, by those of a kind of it, or by those of what it is a kind of.
                assert all({*vocabulary.narrower([term]), *vocabulary.broader(term)} & looked[name] for term in added)
                assert vocabulary.narrower(added) <= new.no | {"never"}
                there = {str(term) for term in old.yes if term in vocabulary}
                assert not added & {wide for term in there for wide in (term, *vocabulary.broader(term))}


def read_measure(**fields: object) -> Measure:
    """A measure that a reader had before it."""
    return Measure(id="m", evidence=(_READ,), **fields)  # type: ignore[arg-type]  # as drawn


def looked(*terms: str, by: str = "", field: str = "areas") -> LookedFor:
    """Terms of areas that were looked for."""
    return LookedFor(field=field, terms=terms, by=by)


def test_wide_term_is_absent_only_with_all_below_it() -> None:
    """That armed forces were not found says nothing of defence; that all of defence was not found does."""
    vocabulary = VOCABULARIES["areas"]
    below = sorted(vocabulary.narrower(["defence"]))
    proposal = Proposal(measures=(read_measure(),), looked_for=(looked("armed-forces"),))
    assumed = presumed(proposal, VOCABULARIES)
    assert assumed is not None
    assert "defence" not in assumed.measures[0].areas.no
    whole = presumed(evolve(proposal, looked_for=(looked(*below),)), VOCABULARIES)
    assert whole is not None
    assert "defence" in whole.measures[0].areas.no


def test_hint_keeps_a_term_unknown_until_a_person_says_no() -> None:
    """Words that may speak of a term are no absence; a person's word is."""
    hinted = evolve(read_measure(), hints=(("areas", Evidence("D", value="pay", quote="staff costs")),))
    proposal = Proposal(measures=(hinted,), looked_for=(looked("pay"),))
    assumed = presumed(proposal, VOCABULARIES)
    assert assumed is not None
    assert "pay" not in assumed.measures[0].areas.no
    said = confirmed(evolve(proposal, looked_for=(looked("pay", by="A. Analyst"),)), VOCABULARIES)
    assert "pay" in said.measures[0].areas.no


def test_person_speaks_for_all_measures() -> None:
    """Also for those that were recorded by hand; a reader only for those that it read."""
    by_hand = Measure(id="h")
    reader = presumed(Proposal(measures=(by_hand,), looked_for=(looked("pay"),)), VOCABULARIES)
    assert reader is not None
    assert reader.measures[0] == by_hand
    person = confirmed(Proposal(measures=(by_hand,), looked_for=(looked("pay", by="A"),)), VOCABULARIES)
    assert "pay" in person.measures[0].areas.no


@pytest.mark.parametrize("field", ["areas", "effects"])
def test_nothing_else_is_there_where_all_else_was_looked_for(field: str) -> None:
    """Then the field is closed, so that `only` can be decided."""
    terms = sorted(VOCABULARIES[MEASURE_FIELDS[field].vocabulary].terms)
    there = terms[0]
    measure = read_measure(**{field: Value(yes=frozenset({there}))})
    assumed = presumed(Proposal(measures=(measure,), looked_for=(looked(*terms, field=field),)), VOCABULARIES)
    assert assumed is not None
    assert getattr(assumed.measures[0], field) == Value.exactly(there)
