"""Strategies aimed at rules give what they say, of every rule of the shipped packs; and print what is read back."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from operator import attrgetter
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from consistent import KnowledgeBase, Measure, Proposal, Rule, UsageError, Value, load
from consistent.authoring.strategies.registering import register
from consistent.engine.plain import PlainEngine
from consistent.findings.states import states
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Evidence
from consistent.model.text import Localized
from consistent.rules.program import Program
from consistent.testing import (
    defeated_under,
    example,
    excepted_under,
    flagged_by,
    measures,
    nearly_flagged_by,
    open_under,
    packs,
    proposals,
    rules,
    toml,
    values,
)
from tests.harness.effort import examples
from tests.pack_writing import rule_text, write_pack

DAY = date(2025, 6, 1)
Aimed = Callable[..., st.SearchStrategy[Proposal]]
OUTCOMES: dict[Aimed, str] = {
    flagged_by: "applies",
    nearly_flagged_by: "not-applicable",
    open_under: "open",
    defeated_under: "defeated",
    excepted_under: "excepted",
}
# Health checks are those of hypothesis, every one of them; only the clock is left out.
FEW = settings(
    max_examples=examples(3, desk=1), deadline=None, database=None, derandomize=True, phases=[Phase.generate]
)


@cache
def shipped() -> KnowledgeBase:
    """Both packs."""
    return load()


def stronger(rule: Rule, kb: KnowledgeBase) -> list[Rule]:
    """The rules that can defeat it, directly or not."""
    above = [other for other in kb.rules if rule.id in other.defeats]
    return [*above, *(one for defeating in above for one in stronger(defeating, kb))]


def outcome(program: Program, rule: Rule, proposal: Proposal) -> str:
    """What becomes of a rule on the first measure, or on the proposal, by the plain evaluator."""
    return states(program, PlainEngine().evaluate(program, proposal))[rule.id][0].outcome


def possible(aimed: Aimed, rule: Rule, kb: KnowledgeBase) -> bool:
    """Whether the rule can come out so at all: it must have an exception to be excepted, and be under another to be defeated."""
    return {defeated_under: bool(stronger(rule, kb)), excepted_under: bool(rule.unless)}.get(aimed, True)


def given_only(drawn: st.SearchStrategy[Proposal], program: Program, rule: Rule, wanted: str) -> None:
    """Check the outcome on a few of what is drawn."""

    @FEW
    @given(drawn)
    def right(proposal: Proposal) -> None:
        assert outcome(program, rule, proposal) == wanted, rule.id

    right()


class TestEveryRule:
    """Of each of the shipped rules each strategy gives what it says, with the health checks of hypothesis on."""

    @pytest.mark.parametrize("aimed", OUTCOMES, ids=lambda strategy: strategy.__name__)
    def test_outcome(self, aimed: Aimed) -> None:
        """The outcome is that of the plain evaluator; where none can be, that is an error."""
        kb = shipped()
        whole = kb.program(DAY)
        for rule in kb.rules:
            if not possible(aimed, rule, kb):
                with pytest.raises(UsageError):
                    aimed(kb, rule.id, as_of=DAY)
                continue
            wanted = {rule.id, *(above.id for above in stronger(rule, kb))}
            program = evolve(whole, rules=tuple(compiled for compiled in whole.rules if compiled.rule.id in wanted))
            given_only(aimed(kb, rule.id, as_of=DAY), program, rule, OUTCOMES[aimed])

    @pytest.mark.parametrize("aimed", [flagged_by, open_under, excepted_under], ids=lambda strategy: strategy.__name__)
    def test_among_all_rules(self, aimed: Aimed) -> None:
        """With all rules at once it is the same."""
        kb, name = shipped(), "treaties/competence/national-choice-taken-over"

        @FEW
        @given(aimed(kb, name, as_of=DAY))
        def said(proposal: Proposal) -> None:
            found = kb.case(proposal, as_of=DAY, engine="plain").states()
            assert found[name, proposal.measures[0].id] == OUTCOMES[aimed]

        said()


def small(tmp_path: Path, **rule: str) -> KnowledgeBase:
    """A pack with one rule or more."""
    return load(write_pack(tmp_path, rule))


class TestAim:
    """What is drawn is small, and to the point."""

    def test_shrinks_to_the_least(self, tmp_path: Path) -> None:
        """No field more than it takes, the boundary where there is one, and where all is unknown nothing at all."""
        kb = small(tmp_path, costly=rule_text("costly", 'effects = "a"', tail="[when.measure.amount]\nover = 500"))
        least = Proposal(measures=(Measure(id="measure-1", effects=Value.exactly("a"), amount=Value.exactly(501)),))
        assert find(flagged_by(kb, "costly"), lambda _: True) == least
        assert find(open_under(kb, "costly"), lambda _: True) == Proposal(measures=(Measure(id="measure-1"),))
        at_boundary = evolve(least.measures[0], amount=Value.exactly(500))
        near = nearly_flagged_by(kb, "costly")
        assert find(near, lambda proposal: at_boundary in proposal.measures) == evolve(least, measures=(at_boundary,))
        assert (
            find(flagged_by(kb, "costly"), lambda proposal: len(proposal.measures) == 3).measures[0]
            == least.measures[0]
        )

    def test_defeated(self, tmp_path: Path) -> None:
        """Both conditions hold, and what would defeat the stronger one does not."""
        kb = small(
            tmp_path,
            weak=rule_text("weak", 'effects = "a"'),
            strong=rule_text("strong", 'areas = "b"', verdict="condition", head='defeats = ["small/weak"]'),
            stronger=rule_text("stronger", 'areas = "b"\neffects = "d"', verdict="condition", head='defeats = ["small/strong"]'),
        )  # fmt: skip
        least = find(defeated_under(kb, "weak"), lambda _: True).measures[0]
        assert {"a"} == least.effects.yes
        assert {"b"} == least.areas.yes
        assert outcome(kb.program(DAY), kb.rule("weak"), Proposal(measures=(least,))) == "defeated"

    @pytest.mark.parametrize(
        ("aimed", "tail", "message"),
        [
            (flagged_by, '[when.not.measure]\neffects = "a"', "flags nothing"),
            (defeated_under, "", "no rule defeats"),
            (excepted_under, "", "no exception"),
        ],
        ids=["flagged", "defeated", "excepted"],
    )
    def test_cannot_be(self, aimed: Aimed, tail: str, message: str, tmp_path: Path) -> None:
        """Where there is no such proposal, an error says why."""
        kb = small(tmp_path, one=rule_text("one", 'effects = "a"', tail=tail))
        with pytest.raises(UsageError, match=message):
            aimed(kb, "one")

    def test_another_day(self, tmp_path: Path) -> None:
        """A rule that does not hold on a day flags nothing then; without a day, one on which it holds is taken."""
        kb = small(tmp_path, old=rule_text("old", 'effects = "a"', head="valid_to = 2000-01-01"))
        with pytest.raises(UsageError, match="does not hold"):
            flagged_by(kb, "old", as_of=DAY)
        proposal = find(flagged_by(kb, "old"), lambda _: True)
        assert outcome(kb.program(date(2000, 1, 1)), kb.rule("old"), proposal) == "applies"

    def test_unknown_names(self) -> None:
        """A rule or a field that is not there is an error before anything is drawn."""
        with pytest.raises(UsageError):
            flagged_by(shipped(), "no-such-rule")
        with pytest.raises(UsageError, match="unknown field `area`"):
            values(shipped(), "area")


ROUND_TRIP = settings(max_examples=examples(50), database=None)


class TestText:
    """What is printed is read back."""

    @ROUND_TRIP
    @given(st.data())
    def test_proposals(self, data: st.DataObject) -> None:
        """Any proposal in the terms of a pack, with a title and evidence, equals what its text is read as."""
        kb = shipped()
        titles = st.none() | st.builds(Localized, st.sampled_from(["One", 'A "b" \\']), st.sampled_from(["Een", "One"]))
        proposal = evolve(data.draw(proposals(kb)), title=data.draw(titles))
        told = Evidence(document="COM(2024) 150", quote='"a"\n\tb', span=(1, 4), confidence=0.5, confirmed=False)
        if data.draw(st.booleans()):
            proposal = evolve(proposal, evidence=(("all", told), ("kind", told), ("kind", evolve(told, value="x"))))
        assert kb.read(toml(proposal)) == proposal

    def test_shipped_proposals(self) -> None:
        """Those that persons wrote too."""
        kb = shipped()
        for path in sorted((Path(__file__).parents[2] / "proposals").glob("*.toml")):
            proposal = kb.read(path)
            assert kb.read(toml(proposal)) == proposal

    def test_text(self) -> None:
        """One line for each thing that is said; what goes without saying is not said, and what is unsaid is."""
        measure = Measure(
            id="m", effects=Value.exactly("b", "a"), amount=Value.exactly(1500), areas=Value(no=frozenset({"c"})),
            excluded_partners=Value(), starts=Value.exactly(date(2025, 1, 2)), safeguards=Value.exactly(),
        )  # fmt: skip
        assert toml(Proposal(kind=Value.exactly("act"), measures=(measure,))) == (
            '[proposal]\nkind = "act"\n\n[[measure]]\nid = "m"\neffects = ["a", "b"]\nareas = { lacks = ["c"] }\n'
            "excluded_partners = {}\nsafeguards = []\namount = 1_500\nstarts = 2025-01-02\n"
        )

    def test_example(self, tmp_path: Path) -> None:
        """An example of each outcome, put at the end of the file of its rule, comes out as it says."""
        tail = '[[unless]]\nreason = { en = "safe", nl = "veilig" }\nmeasure.safeguards = "b"'
        kb = small(tmp_path, one=rule_text("one", 'effects = "a"', tail=tail))
        aims = {
            flagged_by: "conflict",
            open_under: "open",
            excepted_under: "excepted",
            nearly_flagged_by: "not-applicable",
        }
        added = [example(kb, "one", find(aimed(kb, "one"), lambda _: True)) for aimed in aims]
        file = tmp_path / "rules/small/one.toml"
        file.write_text(file.read_text("utf-8") + "\n" + "\n".join(added), "utf-8")
        written = load(tmp_path).rule("one").examples[2:]
        assert [example_read.expect for example_read in written] == list(aims.values())
        for example_read, said in zip(written, aims.values(), strict=True):
            found = outcome(kb.program(DAY), kb.rule("one"), example_read.proposal)
            assert found == {"conflict": "applies"}.get(said, said)
        assert added[0] == (
            '[[example]]\ntitle.en = "what it does: a"\ntitle.nl = "wat het doet: a (nl)"\nexpect = "conflict"\n'
            '[[example.measure]]\neffects = ["a"]\nsafeguards = []\n'
        )


class TestTypes:
    """Hypothesis knows the public types."""

    def test_drawn(self) -> None:
        """A proposal, a measure, what is known of a field, a rule, a knowledge base."""
        register()
        for kind in (Proposal, Measure, Value, Rule, KnowledgeBase):
            assert isinstance(find(st.from_type(kind), lambda _: True, settings=FEW), kind)

    @settings(FEW, max_examples=10)
    @given(packs(), rules(), st.data())
    def test_small_worlds(self, kb: KnowledgeBase, rule: Rule, data: st.DataObject) -> None:
        """A random pack checks proposals in its own terms."""
        assert rule.when is not None
        proposal = data.draw(proposals(kb, max_measures=2))
        report = kb.check(proposal, as_of=DAY, engine="plain")
        assert {finding.rule for finding in report.findings} <= {known.id for known in kb.rules}

    def test_measures(self) -> None:
        """A measure takes the name that is asked for, and every field that there is."""
        kb = shipped()
        assert find(measures(kb, id="x"), lambda _: True) == Measure(id="x")
        # That there is one is enough; to shrink it would take most of the time.
        any_at_all = settings(max_examples=2000, phases=[Phase.generate], database=None)
        for name in MEASURE_FIELDS:
            find(measures(kb).map(attrgetter(name)), lambda value: bool(value.yes), settings=any_at_all)
        for name in PROPOSAL_FIELDS:
            find(values(kb, name), lambda value: bool(value.no), settings=any_at_all)

    def test_costs_nothing(self) -> None:
        """Neither the library nor the toolkit imports hypothesis before a strategy is asked for."""
        code = "import sys, consistent, consistent.testing; sys.exit('hypothesis' in sys.modules)"
        subprocess.run([sys.executable, "-c", code], check=True)
