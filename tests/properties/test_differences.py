"""What holds of every difference: between random proposals, and between random packs that differ in rules, facts and terms."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any, get_args

import jsonschema
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent.engine.plain import PlainEngine
from consistent.findings.case import Case
from consistent.inquiries.differences._matching import Pair, likeness, match_measures
from consistent.inquiries.differences.causes import Counterfactuals, Standing, Standings, Where, standings_of
from consistent.inquiries.differences.difference import Difference, difference
from consistent.knowledge.entries import Fact, Knowledge, Period
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import LANGUAGES, Localized
from consistent.model.values import Value
from consistent.model.vocabulary import Term, Vocabularies, Vocabulary
from consistent.reports.diff_text import diff_outline
from consistent.reports.json_format import render_difference, schema_for
from consistent.reports.terminal import text_lines
from consistent.rules.program import CompiledRule, FactLookup, Program
from consistent.rules.reading import ConditionReader
from consistent.rules.rule import Ground, Rule
from tests.harness.effort import examples
from tests.properties.random_packs import (
    DAY,
    KINDS,
    MEASURE,
    PROPOSAL,
    TERMS,
    TEXT,
    VOCABULARIES,
    conditions,
    facts,
    in_words,
    knowledge,
    make_rule,
    proposals,
    values,
)

# A day on which what holds to the end of 2025 no longer does.
LATER = date(2026, 1, 1)
PERIODS = (Period(), Period(), Period(), Period(valid_to=date(2025, 12, 31)), Period(valid_from=date(2025, 6, 1)))
RUN = settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
RULES = 5
GROUNDS: st.SearchStrategy[Ground] = st.sampled_from(["law", "contested"])
# Titles that are so like each other that several measures can be the likest.
LOOK_ALIKES = st.lists(
    st.builds(
        Measure,
        id=st.text("xyz", min_size=1, max_size=2),
        title=st.sampled_from(["roads", "road", "roads and rails"]).map(lambda text: Localized(text, text)),
        effects=values("effects"),
        areas=values("areas"),
    ),
    max_size=5,
    unique_by=lambda each: each.id,
)

Written = tuple[dict[str, Any], list[dict[str, Any]]]


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabularies:
    """The usual terms, perhaps one more, perhaps less order among them."""
    terms = {name: each.broader for name, each in VOCABULARIES["areas"].terms.items()}
    if draw(st.booleans()):
        terms |= {"g": (draw(st.sampled_from(["a", "b", "e"])),)}
    cut = draw(st.sets(st.sampled_from(sorted(terms)), max_size=1))
    held = {name: Term(name, TEXT, () if name in cut else broader) for name, broader in terms.items()}
    return in_words({name: Vocabulary(name, held) for name in VOCABULARIES})


@st.composite
def rules(draw: st.DrawFn, known: Knowledge, written: Sequence[Written]) -> tuple[Rule, ...]:
    """Rules with these conditions, less a few; verdict, ground, superiority and period vary."""
    reader = ConditionReader(known)
    made = [
        evolve(
            make_rule(number, when, unless, reader),
            verdict=draw(st.sampled_from(["conflict", "conflict", "condition", "aligned", "question", "reserved"])),
            ground=draw(st.sampled_from(get_args(Ground))),
            period=draw(st.sampled_from(PERIODS)),
        )
        for number, (when, unless) in enumerate(written)
        if draw(st.integers(0, 5))
    ]
    backwards = draw(st.booleans())
    scopes = {each.id: each.scope for each in made}
    found = []
    for number, each in enumerate(made):
        below = made[:number] if backwards else made[number + 1 :]
        fits = [other.id for other in below if each.scope == "proposal" or scopes[other.id] == "measure"]
        defeats = draw(st.sets(st.sampled_from(fits), max_size=2)) if fits else set()
        found.append(evolve(each, defeats=tuple(sorted(defeats))))
    return tuple(found)


def case(known: Knowledge, listed: Sequence[Rule], proposal: Proposal, day: date = DAY) -> Case:
    """A case for the plain evaluator."""
    compiled = tuple(CompiledRule(each, frozenset(), ()) for each in listed if day in each.period)
    program = Program(compiled, FactLookup(known, day))
    return Case(knowledge=known, program=program, engine=PlainEngine(), proposal=proposal, day=day)


def reread(proposal: Proposal, held: Vocabularies) -> Proposal:
    """The proposal as it would be read with other terms: what is ruled out is so with all that is narrower."""

    def close(part: Any, names: Sequence[str]) -> Any:
        closed = {}
        for name in names:
            value = part.value(name)
            if value.no and value.no <= set(TERMS):
                no = held["areas"].narrower(map(str, value.no)) - value.yes
                closed[name] = Value(yes=value.yes, no=frozenset(no), open=value.open)
        return evolve(part, **closed)

    whole: Proposal = close(proposal, PROPOSAL)
    return evolve(whole, measures=tuple(close(each, MEASURE) for each in proposal.measures))


@st.composite
def amended(draw: st.DrawFn, proposal: Proposal) -> Proposal:
    """The proposal with some fields otherwise, and some measures dropped, added or renumbered."""
    measures: list[Measure] = []
    for each in proposal.measures:
        if draw(st.integers(0, 5)) == 0:
            continue
        fields = draw(st.sets(st.sampled_from(MEASURE), max_size=2))
        changed: dict[str, Any] = {name: draw(values(name)) for name in sorted(fields)}
        name = f"n{each.id}" if draw(st.integers(0, 4)) == 0 else each.id
        measures.append(evolve(each, id=name, **changed))
    extra = draw(proposals(max_measures=1)).measures
    measures += [evolve(each, id=f"new-{each.id}") for each in extra]
    fields = draw(st.sets(st.sampled_from(PROPOSAL), max_size=2))
    changed = {name: draw(values(name)) for name in sorted(fields)}
    return evolve(proposal, measures=tuple(measures), **changed)


@st.composite
def texts_of_rules(draw: st.DrawFn) -> list[Written]:
    """Conditions and exceptions as TOML has them."""
    exceptions = st.lists(conditions(depth=0), max_size=1)
    return draw(st.lists(st.tuples(conditions(), exceptions), min_size=1, max_size=RULES))


@st.composite
def amended_texts(draw: st.DrawFn, written: Sequence[Written]) -> list[Written]:
    """The same conditions, some of them otherwise."""
    other = draw(texts_of_rules())
    return [draw(st.sampled_from([each, each, *other[:1]])) for each in written]


@st.composite
def pairs_of_cases(draw: st.DrawFn) -> tuple[Case, Case]:
    """An old and a new case: the proposal amended, the pack amended, the day another one, or all of these."""
    what = draw(st.sampled_from([{"proposal"}, {"pack"}, {"day"}, {"proposal", "pack", "day"}, {"proposal", "pack"}]))
    written = draw(texts_of_rules())
    held = tuple(evolve(each, period=draw(st.sampled_from(PERIODS)), ground=draw(GROUNDS)) for each in draw(facts()))
    known = knowledge(held)
    listed = draw(rules(known, written))
    proposal = draw(proposals(max_measures=3))
    old = case(known, listed, proposal)
    later = LATER if "day" in what else DAY
    new_proposal = draw(amended(proposal)) if "proposal" in what else proposal
    if "pack" not in what:
        program = old.program if later == DAY else case(known, listed, proposal, later).program
        return old, evolve(old, proposal=new_proposal, program=program, day=later)
    new_known = evolve(knowledge(draw(amended_facts(held))), vocabularies=draw(vocabularies()))
    new_rules = draw(rules(new_known, draw(amended_texts(written))))
    return old, case(new_known, new_rules, reread(new_proposal, new_known.vocabularies), later)


@st.composite
def amended_facts(draw: st.DrawFn, held: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts, some with other values, some gone, some new."""
    others = draw(facts())
    found = {each.id: each for each in held if draw(st.integers(0, 4))}
    for each in others[:2]:
        mine = found.get(each.id)
        names = draw(st.sets(st.sampled_from(sorted(KINDS["basis"].fields)), max_size=2))
        if mine is None:
            found[each.id] = each
        else:
            values_ = {**mine.values, **{name: each.values[name] for name in names}}
            found[each.id] = evolve(mine, values=values_, ground=draw(GROUNDS))
    return tuple(found.values())


def opened(old: Case, new: Case) -> tuple[Difference, Counterfactuals, Standings, Standings, Sequence[Pair]]:
    """A difference with the means to look behind it."""
    found = difference(old, new)
    pairs = match_measures(old.proposal.measures, new.proposal.measures)
    worlds = Counterfactuals(old, new, pairs, {each.key: each.covers for each in found.amendments if each.key})
    before = {pair.old.id: number for number, pair in enumerate(pairs) if pair.old}
    after = {pair.new.id: number for number, pair in enumerate(pairs) if pair.new}
    return found, worlds, standings_of(old.report(), before), standings_of(new.report(), after), pairs


def places(found: Difference, pairs: Sequence[Pair]) -> list[Where]:
    """Where each change is."""
    numbers: Mapping[str | None, int | None] = {None: None} | {pair.id: number for number, pair in enumerate(pairs)}
    kept = {pair.new.id for pair in pairs if pair.new}
    gone = {pair.old.id: number for number, pair in enumerate(pairs) if pair.old and pair.new is None}
    return [
        (each.rule, gone[each.measure] if each.measure in gone and each.measure not in kept else numbers[each.measure])
        for each in found.changes
    ]


@RUN
@given(pairs_of_cases())
def test_of_itself(pair: tuple[Case, Case]) -> None:
    """Nothing differs from itself."""
    for each in pair:
        assert difference(each, each).empty


@RUN
@given(pairs_of_cases())
def test_mirrored(pair: tuple[Case, Case]) -> None:
    """The other way round everything is there with old and new exchanged."""
    forth, back = difference(*pair), difference(*reversed(pair))
    swapped = {"added": "dropped", "dropped": "added", "begins": "ends", "ends": "begins"}

    def told(found: Difference, *, turn: bool) -> list[tuple[Any, ...]]:
        rows = []
        for each in found.amendments:
            what = swapped.get(each.what, each.what) if turn else each.what
            sides = (each.new, each.old) if turn else (each.old, each.new)
            atoms = (each.removed, each.added) if turn else (each.added, each.removed)
            # A renumbered measure is called by its new id, which is the old one the other way round.
            rows.append(
                (each.subject, what.replace("begins", "added").replace("ends", "dropped"), each.part, *sides, *atoms)
            )
        return sorted(rows, key=repr)

    def outcomes(found: Difference, *, turn: bool) -> list[str]:
        rows: list[tuple[Any, ...]] = [
            (each.rule, *((each.new, each.old) if turn else (each.old, each.new))) for each in found.changes
        ]
        rows += [(each.dimension, *((each.new, each.old) if turn else (each.old, each.new))) for each in found.grades]
        # As text: what an open rule asks names measures by number, and these differ with the order of the versions.
        return sorted(map(repr, rows))

    assert told(forth, turn=False) == told(back, turn=True)
    assert outcomes(forth, turn=False) == outcomes(back, turn=True)
    assert forth.unchanged == back.unchanged


@RUN
@given(pairs_of_cases())
def test_amendments_lead_from_old_to_new(pair: tuple[Case, Case]) -> None:
    """With all amendments made the old case has the findings of the new one; with none of them its own."""
    _, worlds, before, after, _ = opened(*pair)
    everywhere = {*before, *after}
    assert worlds.standings(worlds.keys, everywhere) == after
    assert worlds.standings((), everywhere) == before


@RUN
@given(pairs_of_cases())
def test_causes(pair: tuple[Case, Case]) -> None:
    """What a cause says holds when it is tried, and no change is without a cause."""
    found, worlds, _, after, pairs = opened(*pair)
    for where, each in zip(places(found, pairs), found.changes, strict=True):
        keys = [found.amendment(cause.amendment).key for cause in each.causes]
        assert keys
        assert all(keys)
        if each.how == "necessary":
            for key, cause in zip(keys, each.causes, strict=True):
                then = (worlds.standings(worlds.keys - {key}, [where]) or {}).get(where)
                assert then == cause.without != after.get(where)
        elif each.how == "sufficient":
            for key in keys:
                assert (worlds.standings({key}, [where]) or {}).get(where) == after.get(where)
                assert stands(worlds, worlds.keys - {key}, where, after.get(where))
        else:
            assert not stands(worlds, worlds.keys - set(keys), where, after.get(where))
            fewer = combinations(keys, len(keys) - 1)
            assert all(stands(worlds, worlds.keys - set(some), where, after.get(where)) for some in fewer)


def test_one_place_that_is_no_case_hides_no_other() -> None:
    """A rule that is dropped is the cause of its silence, also where it could not have stood above the rule that it set aside as that is now."""
    known = knowledge(())
    reader = ConditionReader(known)
    above = evolve(make_rule(0, {"measure": {"effects": "a"}}, [], reader), defeats=("random/r1",))
    below, whole = (
        make_rule(1, when, [], reader) for when in ({"measure": {"effects": "a"}}, {"proposal": {"kind": "a"}})
    )
    assert (below.scope, whole.scope) == ("measure", "proposal")
    proposal = Proposal(
        kind=Value.exactly("a"), measures=(Measure(id="m", title=Localized("m", "m"), effects=Value.exactly("a")),)
    )
    found, *_ = opened(case(known, [above, below], proposal), case(known, [whole], proposal))
    (change,) = (each for each in found.changes if each.rule == above.id)
    assert change.how == "necessary"
    assert [found.amendment(cause.amendment).key for cause in change.causes] == [("rule", above.id, "")]


def stands(worlds: Counterfactuals, made: Any, where: Where, standing: Standing | None) -> bool:
    """Whether the outcome is this one, or no such case can be."""
    then = worlds.standings(made, [where])
    return then is None or then.get(where) == standing


@RUN
@given(pairs_of_cases(), st.data())
def test_what_does_not_concern_changes_nothing(pair: tuple[Case, Case], data: st.DataObject) -> None:
    """An amendment that cannot have to do with a place can be undone without a trace there, whatever else is made."""
    _, worlds, before, after, _ = opened(*pair)
    everywhere = sorted({*before, *after}, key=repr)
    for where in everywhere[:6]:
        apart = [key for key in sorted(worlds.keys, key=repr) if not worlds.concerns(key, where)]
        if not apart:
            continue
        made = data.draw(st.sets(st.sampled_from(sorted(worlds.keys, key=repr))))
        key = data.draw(st.sampled_from(apart))
        assert worlds.standings(made | {key}, [where]) == worlds.standings(made - {key}, [where])


@RUN
@given(pairs_of_cases())
def test_renumbered(pair: tuple[Case, Case]) -> None:
    """If all that is new are the ids, or the order, no finding changes and no value was amended."""
    old, _ = pair
    renamed = tuple(evolve(each, id=f"art-{each.id}") for each in reversed(old.proposal.measures))
    found = difference(old, old.of(evolve(old.proposal, measures=renamed)))
    assert not found.changes
    assert {each.what for each in found.amendments} <= {"renumbered"}
    assert len(found.amendments) == len(renamed)
    shifted = [each.id for each in old.proposal.measures]
    moved = tuple(
        evolve(each, id=name) for each, name in zip(old.proposal.measures, shifted[1:] + shifted[:1], strict=True)
    )
    found = difference(old, old.of(evolve(old.proposal, measures=moved)))
    assert not found.changes
    assert {each.what for each in found.amendments} <= {"renumbered"}


@RUN
@given(pairs_of_cases())
def test_told_in_full(pair: tuple[Case, Case]) -> None:
    """Every change and every amendment is in the text, in either language, and in JSON that fits its schema."""
    found = difference(*pair)
    for language in LANGUAGES:
        text = "\n".join(line.plain for _, line in text_lines(diff_outline(found, language)))
        numbers = {int(each) for each in re.findall(r"\[(\d+)\]", text)}
        for first, last in re.findall(r"\[(\d+)-(\d+)\]", text):
            numbers |= set(range(int(first), int(last) + 1))
        assert {each.number for each in found.amendments} <= numbers
        assert all(each.rule in text for each in found.changes)
        assert ("Nothing differs." in text or "Er is geen verschil." in text) is found.empty
    jsonschema.validate(json.loads(render_difference(found)), schema_for("diff"))


@RUN
@given(pairs_of_cases())
def test_titles(pair: tuple[Case, Case]) -> None:
    """Another title changes no finding."""
    old, _ = pair
    retitled = evolve(
        old.proposal,
        title=Localized("other", "anders"),
        measures=tuple(evolve(each, title=Localized("other", "anders")) for each in old.proposal.measures),
    )
    found = difference(old, old.of(retitled))
    assert not found.changes
    assert all(each.words_only for each in found.amendments)


@settings(RUN, max_examples=examples(300))
@given(LOOK_ALIKES, LOOK_ALIKES)
def test_every_measure_is_matched_once(old: list[Measure], new: list[Measure]) -> None:
    """No measure is lost, none is matched twice, and exchanged the same ones are matched."""
    forth = match_measures(old, new)
    assert [each.new for each in forth if each.new] == new
    assert sorted(each.old.id for each in forth if each.old) == sorted(each.id for each in old)
    back = match_measures(new, old)
    names = [(each.old.id if each.old else "", each.new.id if each.new else "") for each in forth]
    swapped = [(each.new.id if each.new else "", each.old.id if each.old else "") for each in back]
    assert sorted(names) == sorted(swapped)


@settings(RUN, max_examples=examples(300))
@given(st.text("abc", max_size=9), st.text("abc", max_size=9))
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    """One measure is as like another as the other is like it."""
    first, second = (Measure(id="m", title=Localized(each, each)) for each in (one, other))
    assert likeness(first, second) == likeness(second, first)
