"""Strict rules of opposite verdict on one measure are an error when a pack is loaded."""

from collections.abc import Iterable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent import InputError, load
from consistent.engine.choosing import engine_named
from consistent.engine.plain import PlainEngine
from consistent.findings import opposition
from consistent.findings.opposition import check_opposition
from consistent.findings.states import states
from consistent.knowledge.entries import Fact, Period
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Measure, Proposal
from consistent.model.values import Value
from consistent.rules.compiling import compile_rules
from consistent.rules.program import FactLookup
from consistent.rules.reading import ConditionReader
from consistent.rules.rule import Rule, Verdict
from tests.harness.effort import examples
from tests.pack_writing import rule_text, write_pack
from tests.properties.random_packs import ANCHOR, DAY, KINDS, TERMS, conditions, knowledge, make_rule
from tests.support import engines

OPPOSITE: tuple[tuple[str, Verdict], ...] = (("against", "conflict"), ("for", "aligned"))
NOBODY_KNOWS = knowledge(())
READER = ConditionReader(NOBODY_KNOWS)


def strict(name: str, when: dict[str, Any], verdict: Verdict, *unless: dict[str, Any], **changed: Any) -> Rule:
    """A rule by name."""
    return evolve(make_rule(0, when, list(unless), READER), id=name, verdict=verdict, **changed)


def told(*rules: Rule) -> list[str]:
    """What is wrong with these rules."""
    try:
        check_opposition(rules, NOBODY_KNOWS)
    except InputError as error:
        return [each.help for each in error.faults]
    return []


AGAINST = strict("against", {"measure": {"effects": "b"}}, "conflict")
FOR = strict("for", {"measure": {"effects": "a", "areas": "e"}}, "aligned")
WITNESS = [
    'let one defeat the other, or give one an exception: for instance measure.effects = "b", measure.areas = "e"'
]


class TestWhatIsOpposed:
    """Two strict rules that answer one question in opposite ways, with nothing to decide between them."""

    def test_a_pair(self) -> None:
        """The narrower term meets both conditions; the measure that shows it has one value in each field."""
        assert told(AGAINST, FOR) == told(FOR, AGAINST) == WITNESS

    @pytest.mark.parametrize(
        "changed",
        [
            {"ground": "contested"},
            {"principle": "another"},
            {"dimension": "finance"},
            {"verdict": "condition"},
            {"verdict": "question"},
            {"verdict": "conflict"},
            {"defeats": ("against",)},
            {"scope": "proposal"},
            {"period": Period(valid_to=date(2000, 1, 1))},
        ],
        ids=str,
    )
    def test_no_pair(self, changed: dict[str, Any]) -> None:
        """Of another question, not settled, decided between, or of another time: nothing to tell."""
        held = evolve(AGAINST, period=Period(valid_from=date(2000, 1, 2)))
        assert told(held, evolve(FOR, **changed)) == []
        assert told(held, FOR) == WITNESS

    def test_an_exception(self) -> None:
        """A rule with an exception gives way somewhere: it is not strict."""
        assert told(AGAINST, strict("for", {"measure": {"effects": "b"}}, "aligned", {"measure": {"areas": "e"}})) == []

    def test_conditions_that_exclude_each_other(self) -> None:
        """No measure meets both."""
        assert told(AGAINST, strict("for", {"measure": {"effects": {"none": ["a"]}}}, "aligned")) == []

    def test_two_effects_are_two_things(self) -> None:
        """A measure that does a welcome thing and an unwelcome one is judged on both, and rightly."""
        assert told(AGAINST, strict("for", {"measure": {"effects": "e"}}, "aligned")) == []

    def test_letting_in_and_shutting_out(self) -> None:
        """So is one that lets one partner in and shuts another out."""
        out = strict("against", {"measure": {"excluded_partners": "a"}}, "conflict")
        assert told(out, strict("for", {"measure": {"partners": "e"}}, "aligned")) == []
        assert told(out, strict("for", {"measure": {"excluded_partners": "a"}}, "aligned"))

    def test_a_third_rule_decides(self) -> None:
        """A rule that defeats one of the two wherever both apply leaves no contradiction; one that is itself defeated does."""
        third = strict("third", {"measure": {"effects": "a"}}, "reserved", defeats=("for",))
        assert told(AGAINST, FOR, third) == []
        fourth = strict("fourth", {"measure": {"effects": "a"}}, "reserved", defeats=("third",))
        assert told(AGAINST, FOR, third, fourth) == WITNESS

    def test_every_pair_is_told(self) -> None:
        """All at once, as all faults of a pack are."""
        assert len(told(AGAINST, FOR, evolve(AGAINST, id="also"), evolve(FOR, id="too"))) == 4

    def test_a_later_day(self) -> None:
        """A fact that begins to hold later on can bring the contradiction."""
        values = dict.fromkeys(KINDS["basis"].fields, Value.exactly()) | {"article": Value.exactly("TFEU 114")}
        fact = Fact(
            id="f", kind="basis", pack="random", values=values, sources=("TFEU 1",), verified=None, ground="law",
            readings=None, anchor=ANCHOR, period=Period(valid_from=date(2030, 1, 1)),
        )  # fmt: skip
        known = knowledge((fact,))
        reader = ConditionReader(known)
        when = {"basis": {"article": "$measure.legal_basis"}}
        one, other = (evolve(make_rule(0, when, [], reader), id=name, verdict=verdict) for name, verdict in OPPOSITE)
        with pytest.raises(InputError):
            check_opposition((one, other), known)
        check_opposition((one, evolve(other, period=Period(valid_to=date(2029, 12, 31)))), known)


def simple_measures(fields: Iterable[str]) -> Iterable[Measure]:
    """Every measure with at most one value in each of the fields, and nothing else."""
    names = list(fields)
    empty = dict.fromkeys(MEASURE_FIELDS, Value.exactly())
    choices = [Value.exactly(), *(Value.exactly(each) for each in TERMS)]
    for values in product(choices, repeat=len(names)):
        changed: dict[str, Any] = {**empty, **dict(zip(names, values, strict=True))}
        yield Measure(id="measure", **changed)


def both_apply(rules: tuple[Rule, ...], proposal: Proposal) -> bool:
    """Whether every engine says so of the first two."""
    program = compile_rules(rules, FactLookup(NOBODY_KNOWS, DAY), DAY)
    answers = {
        all(
            states(program, engine_named(name).evaluate(program, proposal))[each.id][0].outcome == "applies"
            for each in rules[:2]
        )
        for name in engines()
    }
    assert len(answers) == 1
    return answers.pop()


def _tests() -> st.SearchStrategy[dict[str, Any]]:
    operand = st.lists(st.sampled_from(TERMS), min_size=1, max_size=2, unique=True)
    one = st.one_of(
        st.builds(
            lambda word, terms: {word: terms}, st.sampled_from(["any", "none", "all", "only", "beyond"]), operand
        ),
        st.builds(lambda empty: {"empty": empty}, st.booleans()),
    )
    return st.dictionaries(st.sampled_from(["effects", "areas", "bindingness"]), one, min_size=1, max_size=3)


class TestTheSearch:
    """It never raises a false alarm, and on plain conditions misses nothing."""

    @settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))
    @given(_tests(), _tests(), st.none() | _tests())
    def test_against_every_simple_measure(
        self, left: dict[str, Any], right: dict[str, Any], third: dict[str, Any] | None
    ) -> None:
        """Of two rules on three fields it finds a measure just where one of all simple ones shows the contradiction.

        A third rule, which defeats one of them, can hide it: there the search may miss, and only a false alarm is a fault.
        """
        rules = [strict("against", {"measure": left}, "conflict"), strict("for", {"measure": right}, "aligned")]
        if third is not None:
            rules.append(strict("third", {"measure": third}, "reserved", defeats=("for",)))
        empty: dict[str, Any] = dict.fromkeys(PROPOSAL_FIELDS, Value.exactly())
        program = compile_rules(rules, FactLookup(NOBODY_KNOWS, DAY), DAY)
        listed = tuple(simple_measures(["effects", "areas", "bindingness"]))
        found = states(program, PlainEngine().evaluate(program, Proposal(**empty, measures=listed)))
        pairs = zip(found["against"], found["for"], strict=True)
        expected = any(one.outcome == other.outcome == "applies" for one, other in pairs)
        if third is None:
            assert bool(told(*rules)) is expected
        elif told(*rules):
            assert expected

    @settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 1).flatmap(lambda depth: st.tuples(conditions(depth), conditions(depth))))
    def test_no_false_alarm(self, pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
        """Of any two conditions of the language, whatever measure it shows meets both, by every engine."""
        rules = tuple(
            evolve(make_rule(0, when, [], READER), id=name, verdict=verdict, scope="measure")
            for when, (name, verdict) in zip(pair, OPPOSITE, strict=True)
        )
        found = opposition._Search(rules, NOBODY_KNOWS).witness(*rules)
        if found is not None:
            assert both_apply(rules, found)
            assert all(len(getattr(found.measures[0], name).yes) <= 1 for name in MEASURE_FIELDS)


class TestLoading:
    """The check is part of loading a pack."""

    def test_message(self, tmp_path: Path) -> None:
        """Both rules, both places, a measure that shows it, and how to mend it."""
        write_pack(
            tmp_path,
            {
                "against": rule_text("unwelcome", 'effects = "a"'),
                "for": rule_text("welcome", 'effects = ["a", "b"]\nareas = "c"', verdict="aligned"),
            },
        )
        with pytest.raises(InputError) as caught:
            load(tmp_path)
        rules = tmp_path / "rules/small"
        assert str(caught.value) == (
            f"`small/against` says `conflict` and `small/for` (at {rules}/for.toml:2, verdict) says `aligned` for principle"
            " `p`, and both can apply to one measure\n"
            f"  at {rules}/against.toml:2, verdict\n"
            'help: let one defeat the other, or give one an exception: for instance measure.effects = "a", measure.areas = "c"'
        )

    def test_mended(self, tmp_path: Path) -> None:
        """Superiority settles it, and the pack loads."""
        write_pack(
            tmp_path,
            {
                "against": rule_text("unwelcome", 'effects = "a"', head='defeats = ["small/for"]'),
                "for": rule_text("welcome", 'effects = ["a", "b"]', verdict="aligned"),
            },
        )
        kb = load(tmp_path)
        report = kb.check({"proposal": {}, "measure": [{"id": "m", "effects": ["a"], "areas": []}]})
        assert [each.rule for each in report.findings] == ["small/against"]
        assert [(each.rule, each.by.rule) for each in report.defeated] == [("small/for", "small/against")]
