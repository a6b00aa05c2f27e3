"""From truth values to verdicts: superiority, exceptions, what stays open, grades, and reasons."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import compress, product
from types import SimpleNamespace
from typing import Any, cast

import pytest
from attrs import evolve, fields
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from consistent import load
from consistent.engine.plain import PlainEngine
from consistent.findings.judgement import judge
from consistent.findings.judging import make_report
from consistent.findings.outcome import RULE_OUTCOMES
from consistent.findings.report import Report
from consistent.findings.said import Because, Defeated, Finding, Open, Unknown
from consistent.findings.states import State, states
from consistent.knowledge.entries import Anchor, Fact, Period
from consistent.model.proposal import Evidence, Field, Measure, Proposal
from consistent.model.text import Localized
from consistent.model.values import Atom, Value
from consistent.rules import conditions as tree
from consistent.rules.compiling import compile_rules
from consistent.rules.program import CompiledRule, FactLookup, Program, RuleTruths
from consistent.rules.reading import ConditionReader
from consistent.rules.rule import DIMENSIONS, VERDICTS, Rule, Verdict
from consistent.toml.tomlfile import TomlFile
from consistent.truth import Truth
from tests.harness.effort import examples
from tests.properties.random_packs import (
    ANCHOR,
    FIELDS,
    MEASURE,
    PROPOSAL,
    TEXT,
    VOCABULARIES,
    knowledge,
    make_rule,
    pool,
    programs,
    proposals,
    values,
)
from tests.support import rows

DAY = date(2025, 1, 1)
NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES
APPLIES, OPEN, EXCEPTED, DEFEATED, SILENT = RULE_OUTCOMES

READER = ConditionReader(knowledge(()))
ON_MEASURES = make_rule(0, {"measure": {"areas": "a"}}, [], READER)
ON_PROPOSAL = make_rule(0, {"proposal": {"kind": "a"}}, [], READER)


def rule(name: str, *defeats: str, on: Rule = ON_MEASURES) -> Rule:
    """A rule by name, which defeats others."""
    return evolve(on, id=name, defeats=defeats)


def outcomes(rules: Sequence[Rule], truths: Mapping[str, RuleTruths]) -> dict[str, tuple[str, ...]]:
    """What becomes of each rule."""
    return {name: tuple(each.outcome for each in found) for name, found in settled(rules, truths).items()}


def settled(rules: Sequence[Rule], truths: Mapping[str, RuleTruths]) -> Mapping[str, tuple[State, ...]]:
    """The states of each rule; its conditions count for nothing, the truths are given."""
    compiled = tuple(CompiledRule(each, frozenset(), ()) for each in rules)
    return states(Program(compiled, FactLookup(knowledge(()), DAY)), [truths[each.id] for each in rules])


def truths(when: Truth, *unless: Truth) -> RuleTruths:
    """Of one measure, or of the proposal."""
    return RuleTruths((when,), tuple((each,) for each in unless))


class TestExceptions:
    """A rule applies where its conditions hold and no exception does."""

    @pytest.mark.parametrize(
        ("when", "unless", "expected"),
        [
            (YES, (), State(APPLIES)),
            (YES, (NO, NO), State(APPLIES)),
            (YES, (NO, YES), State(EXCEPTED, exception=1)),
            (YES, (YES, YES), State(EXCEPTED, exception=0)),
            (YES, (UNKNOWN, YES), State(EXCEPTED, exception=1)),
            (YES, (UNKNOWN, NO), State(OPEN)),
            (UNKNOWN, (), State(OPEN)),
            (UNKNOWN, (NO,), State(OPEN)),
            (UNKNOWN, (UNKNOWN,), State(OPEN)),
            (UNKNOWN, (YES,), State(SILENT)),
            (NO, (YES,), State(SILENT)),
            (NO, (UNKNOWN,), State(SILENT)),
            (NO, (), State(SILENT)),
        ],
    )
    def test_state(self, when: Truth, unless: tuple[Truth, ...], expected: State) -> None:
        """What is unknown keeps a rule open only where it could still apply."""
        assert settled([rule("a")], {"a": truths(when, *unless)}) == {"a": (expected,)}


ABOVE: dict[str, tuple[Rule, ...]] = {
    "chain of three": (rule("a", "b"), rule("b", "c"), rule("c")),
    "two over one": (rule("a", "c"), rule("b", "c"), rule("c")),
    "one over two": (rule("a", "b", "c"), rule("b"), rule("c")),
    "chain, written from below": (rule("c"), rule("b", "c"), rule("a", "b")),
}


def counted(rules: Sequence[Rule], decided: Mapping[str, bool]) -> dict[str, bool]:
    """Which rules count where everything is decided: those that hold and that none that counts defeats."""
    found: dict[str, bool] = {}
    while len(found) < len(rules):
        for each in rules:
            above = [other.id for other in rules if each.id in other.defeats]
            if all(other in found for other in above):
                found[each.id] = decided[each.id] and not any(found[other] for other in above)
    return found


def futures(rules: Sequence[Rule], given: Mapping[str, RuleTruths]) -> list[dict[str, bool]]:
    """Which rules count, for every way in which what is unknown may turn out."""
    names = [each.id for each in rules]
    ways = [
        list(product(*([YES, NO] if truth is UNKNOWN else [truth] for truth in _at_first(given[name]))))
        for name in names
    ]
    return [
        counted(
            rules, {name: way[0] is YES and YES not in way[1:] for name, way in zip(names, combination, strict=True)}
        )
        for combination in product(*ways)
    ]


def _at_first(found: RuleTruths) -> list[Truth]:
    """The condition, then the exceptions, of the first that is judged."""
    return [found.when[0], *(each[0] for each in found.unless)]


class TestSuperiority:
    """Where a rule applies, those that it defeats do not count."""

    def test_a_defeated_rule_defeats_nothing(self) -> None:
        """In a chain of three the middle one falls, so that the last one counts again."""
        given = dict.fromkeys("abc", truths(YES))
        found = settled(ABOVE["chain of three"], given)
        assert found == {"a": (State(APPLIES),), "b": (State(DEFEATED, by=("a",)),), "c": (State(APPLIES),)}

    def test_an_excepted_rule_defeats_nothing(self) -> None:
        """An exception takes a rule out of the contest."""
        assert outcomes((rule("a", "b"), rule("b")), {"a": truths(YES, YES), "b": truths(YES)}) == {
            "a": (EXCEPTED,),
            "b": (APPLIES,),
        }

    def test_an_open_stronger_rule_leaves_the_weaker_open(self) -> None:
        """Down the whole chain, each naming what it waits for."""
        found = settled(ABOVE["chain of three"], {"a": truths(UNKNOWN), "b": truths(YES), "c": truths(YES)})
        assert found == {"a": (State(OPEN),), "b": (State(OPEN, by=("a",)),), "c": (State(OPEN, by=("b",)),)}

    def test_an_open_rule_below_one_that_applies_is_silent(self) -> None:
        """It cannot count, whatever it turns out to be."""
        found = outcomes((rule("a", "b"), rule("b")), {"a": truths(YES), "b": truths(UNKNOWN)})
        assert found == {"a": (APPLIES,), "b": (SILENT,)}

    def test_one_that_wins_outweighs_one_that_is_open(self) -> None:
        """The weaker rule is defeated for certain, and by the one that applies."""
        found = settled(ABOVE["two over one"], {"a": truths(UNKNOWN), "b": truths(YES), "c": truths(YES)})
        assert found["c"] == (State(DEFEATED, by=("b",)),)

    def test_several_that_win_in_order(self) -> None:
        """Of several that win, or are waited for, the order of the rules says nothing."""
        for when, outcome in ((YES, DEFEATED), (UNKNOWN, OPEN)):
            given = {"a": truths(when), "b": truths(when), "c": truths(YES)}
            for rules in (ABOVE["two over one"], ABOVE["two over one"][::-1]):
                assert settled(rules, given)["c"] == (State(outcome, by=("a", "b")),)

    def test_each_measure_on_its_own(self) -> None:
        """A rule defeats another on the measures on which it applies, and nowhere else."""
        given = {"a": RuleTruths((YES, NO, UNKNOWN), ()), "b": RuleTruths((YES, YES, YES), ())}
        assert outcomes((rule("a", "b"), rule("b")), given) == {
            "a": (APPLIES, SILENT, OPEN),
            "b": (DEFEATED, APPLIES, OPEN),
        }

    @pytest.mark.parametrize(("whole", "below"), [(YES, DEFEATED), (UNKNOWN, OPEN), (NO, APPLIES)])
    def test_the_proposal_over_measures(self, whole: Truth, below: str) -> None:
        """A rule on the proposal as a whole counts against every measure."""
        rules = (rule("a", "b", on=ON_PROPOSAL), rule("b"))
        found = outcomes(rules, {"a": truths(whole), "b": RuleTruths((YES, NO, YES), ())})
        assert found["b"] == (below, SILENT, below)

    def test_the_proposal_without_measures(self) -> None:
        """Nothing is judged where there is nothing."""
        rules = (rule("a", "b", on=ON_PROPOSAL), rule("b"))
        assert outcomes(rules, {"a": truths(YES), "b": RuleTruths((), ())}) == {"a": (APPLIES,), "b": ()}

    @pytest.mark.parametrize("rules", ABOVE.values(), ids=ABOVE)
    def test_exactly_as_decided_as_the_futures_are(self, rules: tuple[Rule, ...]) -> None:
        """With every combination of truths: a rule applies where it counts in all futures, and is open where in some."""
        for combination in product(product(Truth, repeat=2), repeat=3):
            given = {name: truths(*each) for name, each in zip("abc", combination, strict=True)}
            found, possible = outcomes(rules, given), futures(rules, given)
            for name, (outcome,) in found.items():
                counts = {each[name] for each in possible}
                expected = OPEN if len(counts) == 2 else APPLIES if True in counts else "silent"
                assert expected == (outcome if outcome in {APPLIES, OPEN} else "silent"), (name, given)
                when, *unless = _at_first(given[name])
                assert (outcome == EXCEPTED) is (when is YES and YES in unless), (name, given)
                assert (outcome == DEFEATED) is (expected == "silent" and when is YES and set(unless) == {NO})

    @settings(max_examples=examples(300))
    @given(st.data(), st.integers(2, 6))
    def test_never_decided_where_the_futures_differ(self, draw: st.DataObject, size: int) -> None:
        """In any order of superiority what is decided is right, and what is open is so where a future differs.

        The converse fails where two ways lead from one open rule: `a` over `b`, and both over `c`. One of the two counts in
        every future, and yet `c` waits for both. It is then told open, which is safe.
        """
        names = [f"r{number}" for number in range(size)]
        rules = [
            rule(name, *draw.draw(st.sets(st.sampled_from(names[number + 1 :]))) if number + 1 < size else ())
            for number, name in enumerate(names)
        ]
        given = {name: truths(*draw.draw(st.tuples(st.sampled_from(Truth), st.sampled_from(Truth)))) for name in names}
        found, possible = outcomes(draw.draw(st.permutations(rules)), given), futures(rules, given)
        for name, (outcome,) in found.items():
            counts = {each[name] for each in possible}
            if outcome != OPEN:
                assert counts == {outcome == APPLIES}, name

    def test_two_ways_from_one_open_rule(self) -> None:
        """The case in which an answer stays open though the futures agree."""
        rules = (rule("a", "b", "c"), rule("b", "c"), rule("c"))
        given = {"a": truths(UNKNOWN), "b": truths(YES), "c": truths(YES)}
        assert {each["c"] for each in futures(rules, given)} == {False}
        assert outcomes(rules, given)["c"] == (OPEN,)


# Everything that can be said in one dimension of a proposal with two measures, and whether it is a finding, an open question
# or a defeated rule. A finding is on the first measure unless it says otherwise.
_SAID: dict[str, tuple[str, dict[str, Any]]] = {
    "conflict of law": ("finding", {"verdict": "conflict", "ground": "law"}),
    "conflict of law on the other": ("finding", {"verdict": "conflict", "ground": "law", "measure": "n"}),
    "conflict of law on the whole": ("finding", {"verdict": "conflict", "ground": "law", "measure": None}),
    "conflict of policy": ("finding", {"verdict": "conflict", "ground": "policy"}),
    "conflict of policy on the other": ("finding", {"verdict": "conflict", "ground": "policy", "measure": "n"}),
    "contested conflict": ("finding", {"verdict": "conflict", "ground": "contested", "measure": None}),
    "missing": ("finding", {"verdict": "condition", "ground": "policy"}),
    "question": ("finding", {"verdict": "question", "ground": "law"}),
    "aligned": ("finding", {"verdict": "aligned", "ground": "policy"}),
    "aligned by law": ("finding", {"verdict": "aligned", "ground": "law", "measure": None}),
    "waived conflict": ("finding", {"verdict": "conflict", "ground": "law", "waived": True}),
    "open": ("open", {"verdict": "conflict", "ground": "law"}),
    "met": ("defeated", {"verdict": "condition", "ground": "policy", "met": True}),
}
# What is no part of any grade.
_SILENT: dict[str, tuple[str, dict[str, Any]]] = {
    "reserved": ("finding", {"verdict": "reserved", "ground": "policy"}),
    "defeated": ("defeated", {"verdict": "conflict", "ground": "law", "met": False}),
    "perhaps reserved": ("open", {"verdict": "reserved", "ground": "policy"}),
}
_PRINCIPLES = ("competence", "subsidiarity", "proportionality")


def grades(said: Iterable[tuple[str, str]], measures: tuple[str, ...] = ("m", "n")) -> dict[str, str]:
    """The grade of each dimension, of what is said in which."""
    listed: dict[str, list[Any]] = {"finding": [], "open": [], "defeated": []}
    for name, dimension in said:
        kind, what = (_SAID | _SILENT)[name]
        listed[kind].append(SimpleNamespace(dimension=dimension, **{"waived": None, "measure": "m", **what}))
    return dict(judge(listed["finding"], listed["open"], listed["defeated"], measures))


def stated(said: frozenset[str], dimension: str) -> str:
    """The rules of `findings.judgement`, in their order, as they are stated there."""
    principle = dimension in _PRINCIPLES
    favourable = bool(said & {"aligned", "aligned by law", "met"})
    by_law, by_policy = (
        {name for name in said if name.startswith(f"conflict of {ground}")} for ground in ("law", "policy")
    )
    if by_law or by_policy or "contested conflict" in said:
        weighty = (set() if favourable else by_policy) | (
            set() if not principle and "aligned by law" in said else by_law
        )
        whole = "conflict of law on the whole" in weighty
        both = any(name.endswith("on the other") for name in weighty) and bool(
            weighty & {"conflict of law", "conflict of policy"}
        )
        return "negative" if weighty and (whole or both or not principle) else "partly-positive-partly-negative"
    undecided = bool(said & {"open", "question"})
    if said & {"missing", "waived conflict"} or (undecided and favourable and not principle):
        return "positive-with-remarks"
    if undecided:
        return "open"
    return "positive" if favourable else "not-judged"


class TestJudgement:
    """The grade of a dimension follows from what was found in it."""

    @pytest.mark.parametrize("dimension", ["competence", "finance"])
    def test_every_combination(self, dimension: str) -> None:
        """All that can be said together gets the grade that the rules state, in a principle and elsewhere."""
        for chosen in product((False, True), repeat=len(_SAID)):
            said = frozenset(compress(_SAID, chosen))
            found = grades([(name, dimension) for name in sorted(said)])
            assert found == dict.fromkeys(DIMENSIONS, "not-judged") | {dimension: stated(said, dimension)}, said

    def test_every_dimension_in_order(self) -> None:
        """Each dimension is there, in the order of the Dutch appraisal."""
        assert [dimension for dimension, _ in judge((), (), (), ())] == list(DIMENSIONS)

    @given(st.lists(st.tuples(st.sampled_from([*_SAID, *_SILENT]), st.sampled_from(DIMENSIONS))))
    def test_dimensions_do_not_mix(self, said: list[tuple[str, str]]) -> None:
        """What is found in one dimension does not touch another, said once or twice."""
        found = grades(said)
        assert found == grades(said * 2)
        for dimension in DIMENSIONS:
            assert found[dimension] == stated(frozenset(name for name, where in said if where == dimension), dimension)

    @pytest.mark.parametrize(
        ("dimension", "said", "measures", "grade"),
        [
            ("competence", ("conflict of law",), 30, "partly-positive-partly-negative"),
            ("competence", ("conflict of law",), 1, "negative"),
            ("competence", ("conflict of law", "conflict of law on the other"), 2, "negative"),
            ("competence", ("conflict of law", "conflict of law on the other"), 3, "partly-positive-partly-negative"),
            ("competence", ("conflict of law on the whole", "aligned by law"), 30, "negative"),
            ("competence", ("conflict of law", "aligned"), 1, "negative"),
            ("competence", ("contested conflict",), 1, "partly-positive-partly-negative"),
            ("proportionality", ("conflict of law",), 30, "partly-positive-partly-negative"),
            ("proportionality", ("missing",), 30, "positive-with-remarks"),
            ("subsidiarity", ("question", "aligned by law"), 1, "open"),
            ("subsidiarity", ("aligned by law",), 1, "positive"),
            ("finance", ("conflict of law",), 30, "negative"),
            ("finance", ("conflict of law", "aligned"), 30, "negative"),
            ("finance", ("conflict of law", "aligned by law"), 30, "partly-positive-partly-negative"),
            ("substance", ("conflict of policy", "aligned"), 30, "partly-positive-partly-negative"),
            ("substance", ("question", "aligned"), 1, "positive-with-remarks"),
        ],
    )  # fmt: skip
    def test_as_argued(self, dimension: str, said: tuple[str, ...], measures: int, grade: str) -> None:
        """Each row of the table in `docs/background/grades.md`."""
        names = ("m", "n", *(f"further-{number}" for number in range(measures)))[:measures]
        assert grades([(name, dimension) for name in said], names)[dimension] == grade


# What can be said of a measure, the gravest first: the outcome, where it is said, and what.
_SPOKEN: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("conflict", "findings", {"verdict": "conflict"}),
    ("condition", "findings", {"verdict": "condition"}),
    ("open", "open", {"verdict": "conflict"}),
    ("open", "findings", {"verdict": "question"}),
    ("waived", "findings", {"verdict": "conflict", "waived": True}),
    ("aligned", "findings", {"verdict": "aligned"}),
    ("met", "defeated", {"verdict": "condition", "met": True}),
    ("defeated", "defeated", {"verdict": "conflict", "met": False}),
    ("not-judged", "findings", {"verdict": "reserved"}),
    ("not-judged", "open", {"verdict": "reserved"}),
    ("not-judged", "defeated", {"verdict": "reserved", "met": False}),
)


def test_outcome_is_the_gravest() -> None:
    """Of all that is said of a measure the first in this order is its outcome, and other measures do not touch it."""
    for chosen in product((False, True), repeat=len(_SPOKEN)):
        parts: dict[str, list[Any]] = {"findings": [], "open": [], "defeated": []}
        for (_, kind, what), is_said in zip(_SPOKEN, chosen, strict=True):
            for measure in ("another", None, "m")[: 3 if is_said else 2]:
                parts[kind].append(SimpleNamespace(measure=measure, **{"waived": None, **what}))
        nothing: dict[str, Any] = {attribute.name: () for attribute in fields(Report)}
        report = Report(**nothing | parts)
        said = [outcome for outcome, _, _ in compress(_SPOKEN, chosen)]
        assert report.outcome("m") == (said[0] if said else "not-judged"), chosen


@pytest.mark.parametrize(
    ("verdict", "bars"),
    [
        ("conflict", {"conflict", "condition", "open"}),
        ("condition", {"condition", "open"}),
        ("question", {"open"}),
        ("aligned", set()),
        ("reserved", set()),
    ],
)
def test_bars(verdict: str, bars: set[str]) -> None:
    """What the exit status is 1 for, verdict by verdict; nothing is above the bar `never`."""
    report = cast("Report", SimpleNamespace(findings=[SimpleNamespace(verdict=verdict, waived=None)], open=[]))
    names: tuple[Any, ...] = ("conflict", "condition", "open", "never")
    assert {each for each in names if Report.reaches(report, each)} == bars


def test_question_and_reserved() -> None:
    """A question for a person leaves a measure open, one that others judge leaves it not judged; both are listed."""
    kb = load("nl-22112-4027")
    speaking = kb.rule("european-preference")
    proposal = speaking.examples[0].proposal
    measure = proposal.measures[0].id
    outcomes: tuple[tuple[Verdict, str], ...] = (("question", "open"), ("reserved", "not-judged"))
    for verdict, outcome in outcomes:
        report = evolve(kb, rules=(evolve(speaking, verdict=verdict),), programs={}).check(proposal)
        assert [each.verdict for each in report.findings] == [verdict]
        assert report.outcome(measure) == outcome
        assert report.not_judged == ((measure,) if verdict == "reserved" else ())


BASIS = Fact(
    id="f", kind="basis", pack="random", sources=("TFEU 1", "TFEU 173(3)"), period=Period(), verified=None, ground="law",
    readings=None, anchor=ANCHOR,
    values={
        "article": Value.exactly("TFEU 173(3)"), "area": Value.exactly("b"), "ceiling": Value.exactly(5),
        "since": Value.exactly(), "strict": Value.exactly(True), "name": Value.exactly(),
    },
)  # fmt: skip


def report_on(toml: str, proposal: Proposal, *facts: Fact, **changes: Any) -> Report:
    """What one rule, written in TOML, says of a proposal."""
    file = TomlFile.parse(toml, "rule.toml")
    known = knowledge(facts)
    unless = [{key: part for key, part in each.items() if key != "reason"} for each in file.data.get("unless", [])]
    made = make_rule(0, file.data["when"], unless, ConditionReader(known))
    made = evolve(made, anchor=Anchor(file), **changes)
    program = compile_rules([made], FactLookup(known, DAY), DAY)
    return make_report(
        known, program, proposal, rows(PlainEngine(), program, proposal), day=DAY, engine=PlainEngine.name
    )


def reasons(toml: str, proposal: Proposal, *facts: Fact) -> list[tuple[str, str | None, str, str]]:
    """Whose field decided, and how it was asked, of the one finding."""
    (finding,) = report_on(toml, proposal, *facts).findings
    return [(each.subject, each.measure, each.field, each.condition) for each in finding.because]


def gaps(toml: str, proposal: Proposal, *facts: Fact) -> list[tuple[str, str | None, str, str]]:
    """Whose field must be known, and how it was asked, of the one open question."""
    (found,) = report_on(toml, proposal, *facts).open
    return [(each.subject, each.measure, each.field, each.condition) for each in found.unknown]


MEASURE_1 = Measure(
    id="m1",
    areas=Value.exactly("d"),
    effects=Value(yes=frozenset({"a"}), no=frozenset({"e", "f"})),
    legal_basis=Value.exactly("TFEU 173(3)"),
    amount=Value.exactly(7),
    evidence=(("areas", Evidence("COM(2024) 150", "art. 3", "how it begins")), ("all", Evidence("COM(2024) 150"))),
)
PROPOSAL_1 = Proposal(measures=(MEASURE_1,), kind=Value.exactly("a"), date=Value.exactly(date(2025, 3, 19)))


class TestReasons:
    """A finding names the tests that made it, where they stand, what they found and where that was read."""

    def test_a_test(self) -> None:
        """Everything that is told of one test."""
        (finding,) = report_on('[when.measure]\n# areas\nareas = ["b", "e"]\n', PROPOSAL_1).findings
        (because,) = finding.because
        assert (because.subject, because.measure, because.field) == ("measure", "m1", "areas")
        assert (because.condition, because.found, because.known) == ("any b, e", ("d",), True)
        assert (because.line, because.document) == (3, "COM(2024) 150 art. 3")

    def test_partly_known(self) -> None:
        """What is found need not be all; the evidence for all stands in."""
        (finding,) = report_on('[when.measure]\neffects = "a"\n', PROPOSAL_1).findings
        (because,) = finding.because
        assert (because.found, because.known, because.document) == (("a",), False, "COM(2024) 150")

    @pytest.mark.parametrize(
        ("toml", "expected"),
        [
            ('measure.effects = { none = ["e"] }', [("measure", "m1", "effects", "not any e")]),
            ("measure.areas = { empty = false }", [("measure", "m1", "areas", "not empty")]),
            (
                'measure.areas = { all = ["a", "c"] }',
                [("measure", "m1", "areas", "any a"), ("measure", "m1", "areas", "any c")],
            ),
            ("measure.amount = { over = 6, at_most = 7 }", [
                ("measure", "m1", "amount", "over 6"), ("measure", "m1", "amount", "at most 7"),
            ]),
            ("proposal.date = { until = 2025-03-19 }", [("proposal", None, "date", "at most 2025-03-19")]),
            # of a disjunction, the parts that hold
            (
                'any = [{ measure = { areas = "e" } }, { measure = { areas = "b" } }, { proposal = { kind = "a" } }]',
                [("measure", "m1", "areas", "any b"), ("proposal", None, "kind", "any a")],
            ),
            # of a conjunction that fails, the parts that make it fail
            (
                'not = { measure = { areas = "b", effects = "e" } }',
                [("measure", "m1", "effects", "not any e")],
            ),
            ('not.not = { measure = { areas = "b" } }', [("measure", "m1", "areas", "any b")]),
        ],
    )  # fmt: skip
    def test_only_what_decided(self, toml: str, expected: list[tuple[str, str | None, str, str]]) -> None:
        """Of several parts, those that the rule rests on, in the order of writing."""
        assert reasons(f"[when]\n{toml}\n", PROPOSAL_1) == expected

    def test_a_fact_that_joins(self) -> None:
        """The join is told of the measure, the rest of the fact, and the fact with its sources is named."""
        toml = '[when.basis]\narticle = "$measure.legal_basis"\narea = "a"\nceiling = { under = "$measure.amount" }\n'
        assert reasons(toml, PROPOSAL_1, BASIS) == [
            ("measure", "m1", "legal_basis", "any basis.article"),
            ("basis", None, "area", "any a"),
            ("measure", "m1", "amount", "under basis.ceiling"),
        ]
        (finding,) = report_on(toml, PROPOSAL_1, BASIS).findings
        assert [(each.kind, each.id) for each in finding.facts] == [("basis", "f")]
        assert finding.sources == ("TFEU 1", "TFEU 173(3)")
        assert [each.found for each in finding.because] == [("TFEU 173(3)",), ("b",), ("7",)]

    def test_no_fact_that_joins(self) -> None:
        """Where no fact joins, the field that was to be joined is told, as one that does not."""
        toml = '[when.not.basis]\narticle = "$measure.legal_basis"\narea = "e"\n'
        assert reasons(toml, PROPOSAL_1, BASIS) == [("measure", "m1", "legal_basis", "not any basis.article")]

    def test_contested_fact(self) -> None:
        """A finding of law that rests on a contested fact is contested; one of policy stays so."""
        toml = '[when.basis]\narticle = "$measure.legal_basis"\n'
        contested = evolve(BASIS, ground="contested", readings=TEXT)
        for ground, expected in (("law", "contested"), ("policy", "policy"), ("contested", "contested")):
            (finding,) = report_on(toml, PROPOSAL_1, contested, ground=ground).findings
            assert finding.ground == expected
        (finding,) = report_on(toml, PROPOSAL_1, BASIS, ground="law").findings
        assert finding.ground == "law"

    def test_other_measures(self) -> None:
        """A test to another measure names that one."""
        proposal = evolve(PROPOSAL_1, measures=(MEASURE_1, Measure(id="m2", areas=Value.exactly("e"))))
        report = report_on('[when]\nmeasure.areas = "a"\nother.areas = "e"\n', proposal)
        (finding,) = report.findings
        assert finding.measure == "m1"
        assert [(each.measure, each.field) for each in finding.because] == [("m1", "areas"), ("m2", "areas")]

    def test_counted_measures(self) -> None:
        """Of a count, the measures that count; one of which it is not known adds nothing to what is decided."""
        proposal = evolve(
            PROPOSAL_1,
            measures=(MEASURE_1, evolve(MEASURE_1, id="m2"), Measure(id="m3"), Measure(id="m4", areas=NOTHING)),
        )
        toml = '[when.count]\nat_least = 2\nmeasure.areas = "a"\n'
        assert reasons(toml, proposal) == [("measure", "m1", "areas", "any a"), ("measure", "m2", "areas", "any a")]

    def test_message(self) -> None:
        """Placeholders are filled in, in either language, and a field that is not known is said to be so."""
        message = Localized("{measure.areas} {measure.amount} {proposal.budget}", "{measure.amount} {proposal.kind}")
        (finding,) = report_on('[when.measure]\nareas = "a"\n', PROPOSAL_1, message=message).findings
        assert finding.message.en == "text EUR 7 unknown"
        assert finding.message.nl == "EUR 7 tekst"


NOTHING = Value.exactly()


class TestGaps:
    """An open question names what must be known, and no more than that."""

    @pytest.mark.parametrize(
        ("toml", "expected"),
        [
            ('[when]\nmeasure.finance = "a"', [("measure", "m1", "finance", "any a")]),
            ('[when]\nmeasure.finance = "a"\nmeasure.areas = "a"', [("measure", "m1", "finance", "any a")]),
            ("[when]\nproposal.budget = { over = 5 }", [("proposal", None, "budget", "over 5")]),
            ('[when]\nmeasure.areas = { only = ["a"] }\nmeasure.effects = { only = ["a"] }', [
                ("measure", "m1", "effects", "only a"),
            ]),
            # asked as a question, without the rule's negation
            ('[when]\nnot.measure.finance = "a"', [("measure", "m1", "finance", "any a")]),
            ('[when]\nany = [{ measure = { areas = "e" } }, { measure = { finance = "e" } }]', [
                ("measure", "m1", "finance", "any e"),
            ]),
            # named twice, told once
            ('[when]\nall = [{ measure = { finance = "e" } }, { measure = { finance = "e" } }]', [
                ("measure", "m1", "finance", "any e"),
            ]),
            # what only an exception asks
            ('[when.measure]\nareas = "a"\n[[unless]]\nmeasure.finance = "a"\n[[unless]]\nmeasure.areas = "e"', [
                ("measure", "m1", "finance", "any a"),
            ]),
            ('[when]\ncount = { at_least = 2, measure = { areas = "a" } }\nmeasure.finance = "a"', [
                ("measure", "m1", "finance", "any a"), ("measure", "m2", "areas", "any a"),
            ]),
            # of a count that is decided, nothing more need be known
            ('[when]\ncount = { at_least = 1, measure = { areas = "a" } }\nmeasure.finance = "a"', [
                ("measure", "m1", "finance", "any a"),
            ]),
        ],
    )  # fmt: skip
    def test_what_must_be_known(self, toml: str, expected: list[tuple[str, str | None, str, str]]) -> None:
        """Fields whose answer would decide, each once."""
        count = "count" in toml
        second = (Measure(id="m2", finance=NOTHING),) if count else ()
        found = gaps(toml + "\n", evolve(PROPOSAL_1, measures=(MEASURE_1, *second)))
        assert sorted(found) == sorted(expected)

    def test_which_paragraph(self) -> None:
        """Where a bare article is cited and a fact is of a paragraph, the legal basis must be known better."""
        proposal = evolve(PROPOSAL_1, measures=(evolve(MEASURE_1, legal_basis=Value.exactly("TFEU 173")),))
        toml = '[when.basis]\narticle = "$measure.legal_basis"\n'
        assert gaps(toml, proposal, BASIS) == [("measure", "m1", "legal_basis", "any basis.article")]


class TestComparedFields:
    """Where two fields are compared, what must be known is the one that is not, or both."""

    TOML = '[when.measure]\nreference = "$proposal.reference"\n'
    MEASURE_SIDE = ("measure", "m1", "reference", "any $proposal.reference")
    PROPOSAL_SIDE = ("proposal", None, "reference", "any $measure.reference")

    def test_with_the_proposal(self) -> None:
        """A field of the measure with one of the proposal."""
        known = evolve(MEASURE_1, reference=Value.exactly("x"))
        named = evolve(PROPOSAL_1, reference=Value.exactly("x"))
        assert gaps(self.TOML, PROPOSAL_1) == [self.MEASURE_SIDE, self.PROPOSAL_SIDE]
        assert gaps(self.TOML, named) == [self.MEASURE_SIDE]
        assert gaps(self.TOML, evolve(PROPOSAL_1, measures=(known,))) == [self.PROPOSAL_SIDE]

    def test_with_another_measure(self) -> None:
        """A field of the judged measure with that of another."""
        proposal = evolve(PROPOSAL_1, measures=(MEASURE_1, Measure(id="m2")))
        one, other = report_on('[when.other]\nareas = "$judged.areas"\n', proposal).open
        assert (one.measure, other.measure) == ("m1", "m2")
        assert [(each.measure, each.condition) for each in one.unknown] == [("m2", "any $judged.areas")]
        assert [(each.measure, each.condition) for each in other.unknown] == [("m2", "any $measure.areas")]


def quantifies(condition: tree.Condition) -> bool:
    """Whether a condition looks at other measures."""
    match condition:
        case tree.Other() | tree.Count():
            return True
        case tree.All(parts) | tree.Any(parts):
            return any(map(quantifies, parts))
        case tree.Not(part) | tree.FactExists(_, part):
            return quantifies(part)
        case _:
            return False


@st.composite
def ranked_programs(draw: st.DrawFn) -> Program:
    """Programs of rules with verdicts, of which some defeat others."""
    program = draw(programs(max_rules=5))
    size = len(program.rules)
    ranked = []
    for number, compiled in enumerate(program.rules):
        below = [
            each.rule.id
            for each in program.rules[number + 1 : size]
            if compiled.rule.scope == "proposal" or each.rule.scope == "measure"
        ]
        changed = evolve(
            compiled.rule,
            defeats=tuple(sorted(draw(st.sets(st.sampled_from(below), max_size=2)))) if below else (),
            verdict=draw(st.sampled_from(VERDICTS)),
            dimension=draw(st.sampled_from(DIMENSIONS[:2])),
        )
        ranked.append(CompiledRule(changed, compiled.when, compiled.unless))
    return Program(tuple(draw(st.permutations(ranked))), program.facts)


def checked(program: Program, proposal: Proposal) -> Report:
    """The report on random rules."""
    found = rows(PlainEngine(), program, proposal)
    return make_report(knowledge(()), program, proposal, found, day=DAY, engine=PlainEngine.name)


def all_outcomes(program: Program, proposal: Proposal) -> dict[tuple[str, str | None], str]:
    """What becomes of each rule on each measure."""
    found = states(program, PlainEngine().evaluate(program, proposal))
    listed: dict[tuple[str, str | None], str] = {}
    for each in program.rules:
        measures = [one.id for one in proposal.measures] if each.rule.scope == "measure" else [None]
        listed |= {
            (each.rule.id, name): state.outcome for name, state in zip(measures, found[each.rule.id], strict=True)
        }
    return listed


def wiser_values(value: Value, field: Field) -> st.SearchStrategy[Value]:
    """The value, or one that says more and nothing else."""
    if not value.open:
        return st.just(value)

    @st.composite
    def build(draw: st.DrawFn) -> Value:
        free = [each for each in pool(field.name) if each not in value.no and each not in value.yes]
        most = 1 - len(value.yes) if field.single else 3
        more = draw(st.sets(st.sampled_from(free), max_size=most)) if free else set[Atom]()
        yes = value.yes | more
        how = draw(st.sampled_from(["close", "close", "has", "lacks"]))
        if how == "close" or (field.single and yes):
            return Value(yes=yes, open=False)
        if how == "has":
            return Value(yes=yes, no=value.no, open=True)
        lacks: frozenset[Atom] = frozenset(more)
        if field.type == "terms":
            lacks = frozenset(VOCABULARIES["areas"].narrower(str(each) for each in more))
        return Value(yes=value.yes, no=value.no | (lacks - value.yes), open=True)

    return st.one_of(st.just(value), build())


@st.composite
def wiser_proposals(draw: st.DrawFn, proposal: Proposal) -> Proposal:
    """The same proposal with some of what was unknown filled in.

    A measure that states no legal basis rests on the proposal's, so that this is what is known of its own.
    """
    changes: dict[str, Any] = {
        name: draw(wiser_values(proposal.value(name), FIELDS.proposal[name])) for name in PROPOSAL
    }
    measures = []
    for each in proposal.measures:
        own: dict[str, Any] = {
            name: draw(wiser_values(proposal.value(name, each), FIELDS.measure[name])) for name in MEASURE
        }
        if each.legal_basis.unknown and draw(st.booleans()):
            own["legal_basis"] = each.legal_basis
        measures.append(evolve(each, **own))
    return evolve(proposal, measures=tuple(measures), **changes)


slow = settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))


class TestMonotony:
    """Knowing more of a proposal decides what was open, and never turns one verdict into another."""

    @slow
    @given(ranked_programs(), proposals(max_measures=3), st.data())
    def test_answers_only_decide(self, program: Program, proposal: Proposal, draw: st.DataObject) -> None:
        """What applies goes on to apply, with superiority and exceptions; and what does not never comes to.

        A rule that is silent as it cannot apply whatever it turns out to be, may come to be told as excepted or defeated.
        """
        wiser = draw.draw(wiser_proposals(proposal))
        before, after = all_outcomes(program, proposal), all_outcomes(program, wiser)
        for subject, outcome in before.items():
            if outcome == SILENT:
                assert after[subject] in {SILENT, EXCEPTED, DEFEATED}, subject
            elif outcome != OPEN:
                assert after[subject] == outcome, subject

    @slow
    @given(ranked_programs(), proposals(max_measures=3), st.data())
    def test_findings_stay(self, program: Program, proposal: Proposal, draw: st.DataObject) -> None:
        """A finding that was made is made with more known too, and what decides it is never something unknown."""
        wiser = checked(program, draw.draw(wiser_proposals(proposal)))
        found = {(each.rule, each.measure) for each in wiser.findings}
        assert {(each.rule, each.measure) for each in checked(program, proposal).findings} <= found


class TestOrder:
    """The order in which a pack and a proposal are written says nothing."""

    @slow
    @given(ranked_programs(), proposals(max_measures=3), st.data())
    def test_of_rules(self, program: Program, proposal: Proposal, draw: st.DataObject) -> None:
        """With the rules in another order the report is the same, to the letter."""
        shuffled = Program(tuple(draw.draw(st.permutations(program.rules))), program.facts)
        assert checked(shuffled, proposal) == checked(program, proposal)

    @slow
    @given(ranked_programs(), proposals(max_measures=4), st.data())
    def test_of_measures(self, program: Program, proposal: Proposal, draw: st.DataObject) -> None:
        """With the measures in another order the same is said of each, and told in the new order."""
        shuffled = evolve(proposal, measures=tuple(draw.draw(st.permutations(proposal.measures))))
        one, other = checked(program, proposal), checked(program, shuffled)
        assert all_outcomes(program, shuffled) == all_outcomes(program, proposal)
        assert one.judgement == other.judgement
        names: list[str | None] = [None, *(each.id for each in shuffled.measures)]
        for name in names:
            assert list(map(loose, other.speaking(name))) == list(map(loose, one.speaking(name)))
        order = {name: number for number, name in enumerate(names)}
        for listed in (other.findings, other.open, other.defeated):
            assert [order[each.measure] for each in listed] == sorted(order[each.measure] for each in listed)


def loose(each: Finding | Open | Defeated) -> object:
    """What is said, with reasons in no order: these follow the measures."""
    match each:
        case Open():
            parts: Sequence[Because | Unknown] = (*each.because, *each.unknown)
            plain: Any = evolve(each, because=(), facts=(), sources=(), unknown=())
        case Finding() | Defeated():
            parts, plain = each.because, evolve(each, because=(), facts=(), sources=())
    return plain, sorted(map(repr, parts))


class TestIndependence:
    """A rule that asks nothing of other measures says the same of a measure whatever stands beside it."""

    @slow
    @given(ranked_programs(), proposals(max_measures=3), st.data())
    def test_other_measures_do_not_matter(self, program: Program, proposal: Proposal, draw: st.DataObject) -> None:
        """What is said of the first measure stays when the others change, come or go."""
        assume(proposal.measures)
        first = proposal.measures[0]
        others = draw.draw(proposals(max_measures=3)).measures
        changed = evolve(proposal, measures=(first, *(evolve(each, id=f"x{each.id}") for each in others)))
        rules = {each.rule.id: each.rule for each in program.rules}
        alone = {name for name, each in rules.items() if not any(map(quantifies, _conditions(each)))}
        # Nor may a stronger rule look at other measures.
        while beaten := {name for name in alone if any(name in rules[each].defeats for each in rules.keys() - alone)}:
            alone -= beaten
        for scope in (None, first.id):
            said = [
                [each for each in checked(program, one).speaking(scope) if each.rule in alone]
                for one in (proposal, changed)
            ]
            assert said[0] == said[1]


def _conditions(each: Rule) -> list[tree.Condition]:
    return [each.when, *(one.condition for one in each.unless)]


class TestOpenQuestions:
    """An open question tells what to ask, and asking that is enough."""

    @slow
    @given(programs(max_rules=4), proposals(max_measures=3), st.data())
    def test_answering_is_enough(self, program: Program, proposal: Proposal, draw: st.DataObject) -> None:
        """Once every field that an open rule names is wholly known, the rule is decided, but for what no answer can decide.

        That is a citation without its paragraph, in the answer or in a fact.
        """
        for each in checked(program, proposal).open:
            assert each.unknown
            answered = proposal
            for one in each.unknown:
                if one.subject in {"proposal", "measure"}:
                    answered = _answered(answered, one.measure, one.field, draw)
            truth = all_outcomes(program, answered)
            rest = checked(program, answered).open
            still = [found for found in rest if (found.rule, found.measure) == (each.rule, each.measure)]
            assert (truth[each.rule, each.measure] == OPEN) is bool(still)
            for found in still:
                assert {one.field for one in found.unknown} <= {"legal_basis", "article"}


def _is_decided(value: Value) -> bool:
    return not value.open


def _answered(proposal: Proposal, measure: str | None, field: str, draw: st.DataObject) -> Proposal:
    """The proposal with a field that is wholly known, consistent with what was."""
    if measure is None:
        known = draw.draw(wiser_values(proposal.value(field), FIELDS.proposal[field]).filter(_is_decided))
        of_proposal: Any = {field: known}
        return evolve(proposal, **of_proposal)
    listed = list(proposal.measures)
    (index,) = [number for number, each in enumerate(listed) if each.id == measure]
    known = draw.draw(wiser_values(proposal.value(field, listed[index]), FIELDS.measure[field]).filter(_is_decided))
    of_measure: Any = {field: known}
    listed[index] = evolve(listed[index], **of_measure)
    return evolve(proposal, measures=tuple(listed))


@pytest.mark.parametrize("field", [*MEASURE, *PROPOSAL])
@settings(max_examples=examples(25))
@given(st.data())
def test_wiser_values_are_known_better(field: str, draw: st.DataObject) -> None:
    """The properties above rest on this: what is drawn as known better never takes back what was known."""
    described = FIELDS.measure.get(field) or FIELDS.proposal[field]
    value = draw.draw(values(field))
    wiser = draw.draw(wiser_values(value, described))
    assert value.yes <= wiser.yes
    assert not wiser.yes & (value.no if value.open else frozenset())
    assert value.no <= wiser.no or not wiser.open
    assert wiser == value or value.open
    assert not described.single or len(wiser.yes) <= 1
