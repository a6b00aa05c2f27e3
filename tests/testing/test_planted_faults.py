"""Faults that are planted on purpose, in a sound pack and in a sound evaluator, and the part of the toolkit that finds each.

`IN_PACKS` and `IN_EVALUATORS` are to be read: each line names a fault, how it is planted, and what finds it. Nothing is found
before it is planted.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import count, pairwise
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from consistent import InputError, KnowledgeBase, UsageError, load
from consistent.authoring.coverage.report import missing_of
from consistent.authoring.mutation.running import MutationRun, mutate
from consistent.authoring.properties import PROPERTIES, Property
from consistent.authoring.properties import laws as round_trips
from consistent.authoring.properties.property import Setting
from consistent.authoring.suite import Packs, collect, collect_folder, run
from consistent.authoring.suite.golden_files import read_golden
from consistent.checker import KnowledgeBase as Checker
from consistent.engine import plain
from consistent.engine.batch import Batch
from consistent.engine.plain import PlainEngine, Scene
from consistent.engine.worlds import RuleWorlds, Worlds
from consistent.findings import case as case_module
from consistent.findings import judging, settling
from consistent.findings.said import Spoken
from consistent.findings.settling import Settlement
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.rules.conditions import Test as Asked
from consistent.rules.program import FactLookup, Program, RuleTruths
from consistent.testing import cover, firings, flagged_by, from_examples, proposals, unread_facts, unused_terms
from consistent.toml.tomlfile import TomlFile
from consistent.truth import Truth
from tests.planted_pack import CORPUS, write_sound_pack
from tests.support import engines

DAY = date(2026, 6, 1)
NEARLY_ALL = 0.9


@frozen
class Planted:
    """A fault of a pack.

    Attributes:
        file: of the pack.
        edits: what is replaced by what.
        finder: the part of the toolkit that finds it.
    """

    file: str
    edits: Mapping[str, str]
    finder: str


HARMONISES, DUTY, COSTLY, LATE = (f"rules/lamp/{name}.toml" for name in ("harmonises", "duty", "costly", "late"))
MOVEMENT, SILENT, CROWD = (f"rules/lamp/{name}.toml" for name in ("movement", "silent", "crowd"))
BASES, EFFECTS, AREAS = (
    "facts/lamp/bases.toml",
    "facts/lamp/vocabulary/effects.toml",
    "facts/lamp/vocabulary/areas.toml",
)
SAFEGUARDS, PROMISES = "facts/lamp/vocabulary/safeguards.toml", "facts/lamp/guarantees.toml"
OPT_OUT = (
    '[[unless]]\nreason = { en = "Nobody is bound.", nl = "Niemand is gebonden." }\nmeasure.safeguards = "opt-out"\n'
)
OTHER_BASIS = '[[unless]]\nreason = { en = "Another basis allows it.", nl = "Een andere grondslag laat het toe." }\n[unless.legal_basis]\narticle = "$measure.legal_basis"\nharmonisation = true\n'  # fmt: skip

IN_PACKS: Mapping[str, Planted] = {
    # What an example shows.
    "an amount at the bound is flagged": Planted(COSTLY, {"over = 500": "at_least = 500"}, "example"),
    "an exception is dropped": Planted(HARMONISES, {OPT_OUT: ""}, "example"),
    "a date bound is a day late": Planted(LATE, {"from = 2026-01-01": "from = 2026-01-02"}, "example"),
    "a date bound is exclusive": Planted(LATE, {"from = 2026": "after = 2026"}, "example"),
    "the verdict is another one": Planted(COSTLY, {'verdict = "conflict"': 'verdict = "condition"'}, "example"),
    "a fact joins the proposal, not the measure": Planted(HARMONISES, {'"$measure.legal_basis"\nharmonisation = false': '"$proposal.legal_basis"\nharmonisation = false'}, "example"),
    "what must be absent must be there": Planted(SILENT, {"{ none = [": "{ any = ["}, "example"),
    "a count is one too high": Planted(CROWD, {"at_least = 2": "at_least = 3"}, "example"),
    "a fact has the wrong flag": Planted(BASES, {'"TFEU 167"\nharmonisation = false': '"TFEU 167"\nharmonisation = true'}, "example"),
    "a fact ended too early": Planted(BASES, {'id = "culture"': 'id = "culture"\nvalid_to = 2009-11-30'}, "example"),
    "a term is under the wrong broader term": Planted(EFFECTS, {'broader = "obligation"': 'broader = "funding"'}, "example"),
    # What only a whole proposal shows.
    "a defeat goes the wrong way": Planted(MOVEMENT, {'defeats = ["lamp/harmonises"]': ""}, "golden"),
    "law is taken for contested": Planted(SILENT, {'ground = "law"': 'ground = "contested"'}, "golden"),
    "a finding counts in another dimension": Planted(MOVEMENT, {'dimension = "competence"': 'dimension = "finance"'}, "golden"),
    # What no example thought of, and a promise rules out.
    "an exception is wider than promised": Planted(DUTY, {'safeguards = "national-say"': 'safeguards = ["national-say", "opt-out"]'}, "guarantee"),
    "an area is no longer under defence": Planted(AREAS, {'broader = "defence"': ""}, "guarantee"),
    "a rule on acts meets papers too": Planted(SILENT, {'kind = "draft-act"\nstatements = { none': 'kind = ["draft-act", "paper"]\nstatements = { none'}, "guarantee"),
    "a rule does not hold any more": Planted(DUTY, {"[when.measure]": "valid_to = 2026-05-31\n[when.measure]"}, "guarantee"),
    # What reads well in one language only.
    "Dutch names another amount": Planted(COSTLY, {"meer dan 500 miljoen": "meer dan 50 miljoen"}, "property"),
    "Dutch leaves out the article": Planted(HARMONISES, {"{measure} op {legal_basis.article}": "{measure} zonder grondslag"}, "property"),
    # What comes out right and is never put to the test.
    "a condition that no test decides": Planted(COSTLY, {"[when.measure]\namount": '[when.measure]\neffects = { none = ["funding"] }\namount', "[[example.measure]]\namount": "[[example.measure]]\neffects = []\namount"}, "coverage"),
    "an alternative that no test shows": Planted(DUTY, {'[when.measure]\neffects = "obligation"\n': '[[when.any]]\nmeasure.effects = "obligation"\n[[when.any]]\nmeasure.amount = { over = 9_000_000_000 }\n[when.measure]\n'}, "coverage"),
    "a value more than was meant": Planted(DUTY, {'effects = "obligation"\n': 'effects = ["obligation", "funding"]\n', 'effects = ["funding"]\nareas = ["defence"]': 'effects = ["harmonisation"]\nareas = ["defence"]'}, "mutation"),
    # What does no work.
    "facts that no rule reads": Planted(HARMONISES, {OTHER_BASIS: ""}, "vacuity"),
    "a term that nothing uses": Planted(SAFEGUARDS, {"[opt-out]": '[optout]\nen = "opt-out"\nnl = "uitstap"\n[opt-out]'}, "vacuity"),
    "a rule that speaks everywhere": Planted(LATE, {"from = 2026-01-01": "from = 1926-01-01"}, "vacuity"),
    "a rule that never speaks": Planted(LATE, {"from = 2026-01-01": "from = 2126-01-01"}, "vacuity"),
    "a condition that nothing can meet": Planted(DUTY, {'effects = "obligation"\n': 'effects = { any = "obligation", none = "obligation" }\n'}, "aimed strategy"),
    # What is refused when the pack is loaded.
    "a fact is joined to nothing": Planted(HARMONISES, {'article = "$measure.legal_basis"\nharmonisation = false': "harmonisation = false"}, "loading"),
    "a placeholder names nothing": Planted(HARMONISES, {"{measure} on": "{measures} on"}, "loading"),
    "a rule on the whole speaks of a measure": Planted(SILENT, {"{proposal} is": "{measure} is"}, "loading"),
    "rules defeat each other in a circle": Planted(HARMONISES, {"[when.measure]": 'defeats = ["lamp/movement"]\n[when.measure]'}, "loading"),
    "a promise names a rule that is gone": Planted(PROMISES, {"lamp/duty": "lamp/duties"}, "loading"),
}  # fmt: skip


@frozen
class Sought:
    """The pack, loaded, and its folder."""

    kb: KnowledgeBase
    root: Path


def failing(sought: Sought, kind: str) -> list[str]:
    """The items of one kind that do not come out as they say."""
    if kind == "golden":
        collected = [(item, one.kb) for one in collect_folder(sought.root / "golden", Packs()) for item in one.items]
    else:
        collected = [(item, sought.kb) for item in collect(sought.kb)]
    return [item.id for item, kb in collected if item.kind == kind and run(item, kb, "plain")]


def broken(sought: Sought, *names: str, engine: str = "plain", examples: int = 25) -> list[str]:
    """The properties that do not hold; all are tried unless some are named."""
    kb = sought.kb
    return [law.name for law in PROPERTIES if not names or law.name in names if _is_broken(law, kb, engine, examples)]


def _is_broken(tried: Property, kb: KnowledgeBase, engine: str, examples: int) -> bool:
    judge = tried.prepare(Setting(kb, DAY, engine), Random(0))

    # To look for the smallest proposal, as `Property.test` does, takes far longer than to find one.
    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(from_examples(kb) | proposals(kb), st.randoms(use_true_random=False))
    def look(proposal: Proposal, random: Random) -> None:
        if judge(proposal, random) is not None:
            raise _FoundError

    try:
        look()
    except _FoundError:
        return True
    return False


class _FoundError(Exception):
    """A proposal was found; nothing needs to be told of it."""


def uncovered(sought: Sought) -> list[str]:
    """Rules of which something was never seen true or false."""
    golden, _ = read_golden(TomlFile.read(sought.root / "golden/proposal-golden.toml"), Packs())
    covered = cover(sought.kb, [golden]).rules
    return [
        covered_rule.rule.id
        for covered_rule in covered
        if any({"true", "false"} & set(missing_of(point)) for point in covered_rule.points)
    ]


def surviving(sought: Sought) -> list[str]:
    """The mutants of one rule's conditions that no test notices."""
    wanted = MutationRun(
        pack=sought.root, tests=(sought.root / "golden",), select=("lamp/duty",), day=DAY, suggest=False
    )
    return [survivor.id for survivor in mutate(wanted).survivors if ":when" in survivor.id]


def idle(sought: Sought) -> list[str]:
    """What does no work in a corpus of one proposal."""
    kb = sought.kb
    shown = [kb.read(CORPUS), *(example.proposal for rule in kb.rules for example in rule.examples)]
    counted = firings(kb, shown[:1], as_of=DAY, engine="plain")
    return [
        *(firing.rule.id for firing in counted if firing.silent and firing.rule.scope == "measure"),
        *(firing.rule.id for firing in counted if firing.share >= NEARLY_ALL and firing.rule.scope == "measure"),
        *(fact.id for fact in unread_facts(kb, kb.program(DAY).facts)),
        *(term.id for _, term in unused_terms(kb, shown)),
    ]


def never_met(sought: Sought) -> list[str]:
    """Rules for which no proposal can be built that they flag."""
    found = []
    for rule in sought.kb.rules:
        try:
            flagged_by(sought.kb, rule.id, as_of=DAY)
        except UsageError:
            found.append(rule.id)
    return found


FINDERS: Mapping[str, Callable[[Sought], list[str]]] = {
    "example": lambda sought: failing(sought, "example"),
    "golden": lambda sought: failing(sought, "golden"),
    "guarantee": lambda sought: failing(sought, "guarantee"),
    "property": lambda sought: broken(sought, "both-languages-say-the-same"),
    "coverage": uncovered,
    "mutation": surviving,
    "vacuity": idle,
    "aimed strategy": never_met,
}


class TestPacks:
    """Each fault of a pack is found by the part of the toolkit that is there for it."""

    def test_sound(self, tmp_path: Path) -> None:
        """Before anything is planted nothing is found, by any part."""
        sought = Sought(load(write_sound_pack(tmp_path)), tmp_path)
        assert {name: find(sought) for name, find in FINDERS.items()} == {name: [] for name in FINDERS}

    @pytest.mark.parametrize("name", IN_PACKS)
    def test_found(self, name: str, tmp_path: Path) -> None:
        """Planted, it is found."""
        fault = IN_PACKS[name]
        path = write_sound_pack(tmp_path) / fault.file
        text = path.read_text("utf-8")
        for old, new in fault.edits.items():
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
        if fault.finder == "loading":
            with pytest.raises(InputError):
                load(tmp_path)
        else:
            assert FINDERS[fault.finder](Sought(load(tmp_path), tmp_path))


# Evaluators with a fault each; what they get wrong they get wrong on purpose.


def _sound(module: ModuleType, name: str) -> Any:
    """What a module uses under a name, before anything is planted there."""
    return getattr(module, name)


def judged_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measures after the first are judged by the first."""
    sound = PlainEngine.evaluate

    def evaluate(self: PlainEngine, program: Program, proposal: Proposal) -> tuple[RuleTruths, ...]:
        return tuple(
            RuleTruths(truths.when[:1] * len(truths.when), tuple(one[:1] * len(one) for one in truths.unless))
            for truths in sound(self, program, proposal)
        )

    monkeypatch.setattr(PlainEngine, "evaluate", evaluate)


def state_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every other check finds nothing."""
    checks, sound = count(), PlainEngine.evaluate

    def evaluate(self: PlainEngine, program: Program, proposal: Proposal) -> tuple[RuleTruths, ...]:
        found = sound(self, program, proposal)
        if next(checks) % 2:
            return tuple(RuleTruths(tuple(Truth.NO for _ in truths.when), truths.unless) for truths in found)
        return found

    monkeypatch.setattr(PlainEngine, "evaluate", evaluate)


def _asked_otherwise(monkeypatch: pytest.MonkeyPatch, change: Callable[[Asked, Truth], Truth]) -> None:
    sound = plain.evaluate_test
    monkeypatch.setattr(plain, "evaluate_test", lambda test, scene: change(test, sound(test, scene)))


def unknown_for_no(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is unknown is taken for no."""
    _asked_otherwise(monkeypatch, lambda _, truth: Truth.NO if truth is Truth.UNKNOWN else truth)


def unknown_for_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is unknown is taken for yes."""
    _asked_otherwise(monkeypatch, lambda _, truth: Truth.YES if truth is Truth.UNKNOWN else truth)


def not_of_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negation of what is unknown is yes."""
    monkeypatch.setattr(Truth, "negated", lambda self: Truth.NO if self is Truth.YES else Truth.YES)


def count_off_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """One measure less is enough for a count."""
    sound = plain._reaches
    monkeypatch.setattr(plain, "_reaches", lambda sure, may, bound: sound(sure, may, bound and bound - 1))


def date_off_by_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A date counts as the day before."""
    sound = _sound(plain, "ask")

    def ask(operator: Any, operand: Any, value: Any) -> Truth:
        found: Truth = sound(operator, operand + timedelta(1) if isinstance(operand, date) else operand, value)
        return found

    monkeypatch.setattr(plain, "ask", ask)


def exception_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exceptions do not count."""
    sound = settling._own
    monkeypatch.setattr(settling, "_own", lambda worlds: sound(RuleWorlds(worlds.when, ())))


def defeat_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rule sets another aside."""
    monkeypatch.setattr(settling, "_defeat", lambda own, _: own)


def defeat_by_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first rule that applies silences the one that is written after it."""
    sound = Settlement.spoken

    def first_wins(self: Settlement, index: int) -> tuple[Spoken, ...]:
        found = sound(self, index)
        applying = {spoken.rule for spoken in found if spoken.outcome == "applies"}
        rules = [compiled.rule.id for compiled in self.batch.program.rules]
        silenced = {below for above, below in pairwise(rules) if above in applying}
        return tuple(spoken for spoken in found if spoken.rule not in silenced)

    monkeypatch.setattr(Settlement, "spoken", first_wins)


def open_rule_defeats(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stronger rule that is open sets aside as if it applied."""
    sound = settling._defeat
    monkeypatch.setattr(
        settling, "_defeat", lambda own, above: sound(own, [(applies | waiting, 0) for applies, waiting in above])
    )


def finding_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report leaves out its last finding."""
    sound = _sound(case_module, "make_report")

    def make_report(*args: Any, **given: Any) -> Any:
        report = sound(*args, **given)
        return evolve(report, findings=report.findings[:-1])

    monkeypatch.setattr(case_module, "make_report", make_report)


def field_dropped_from_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sources of findings are not written as JSON."""
    sound = _sound(round_trips, "report_to_data")

    def report_to_data(report: Any) -> Any:
        data = sound(report)
        return {**data, "findings": [{**finding, "sources": []} for finding in data["findings"]]}

    monkeypatch.setattr(round_trips, "report_to_data", report_to_data)


def line_dropped_from_toml(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known not to be there is not written as TOML."""
    sound = _sound(round_trips, "toml")

    def toml(proposal: Proposal) -> str:
        return "".join(line for line in sound(proposal).splitlines(keepends=True) if "lacks" not in line)

    monkeypatch.setattr(round_trips, "toml", toml)


def explanation_too_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding leaves out one of its reasons."""
    sound = _sound(case_module, "make_report")

    def make_report(*args: Any, **given: Any) -> Any:
        report = sound(*args, **given)
        return evolve(
            report, findings=tuple(evolve(finding, because=finding.because[1:]) for finding in report.findings)
        )

    monkeypatch.setattr(case_module, "make_report", make_report)


def only_the_first_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the facts of a kind only the first is read."""
    sound = FactLookup.of_kind
    monkeypatch.setattr(FactLookup, "of_kind", lambda self, kind: sound(self, kind)[:1])


def neighbour_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a measure does not say is read from its neighbour."""
    sound = Scene.value

    def value(self: Scene, scope: str, name: str) -> Any:
        found = sound(self, scope, name)
        if scope == "measure" and found.unknown and self.measure is not None:
            others = (getattr(measure, name) for measure in self.proposal.measures if measure is not self.measure)
            return next((other for other in others if not other.unknown), found)
        return found

    monkeypatch.setattr(Scene, "value", value)


def further_field_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A measure that says what it is about is passed over, by rules too that do not ask."""
    sound = PlainEngine.evaluate

    def evaluate(self: PlainEngine, program: Program, proposal: Proposal) -> tuple[RuleTruths, ...]:
        passed = [not measure.areas.unknown for measure in proposal.measures]
        return tuple(
            RuleTruths(
                tuple(Truth.NO if one else when for one, when in zip(passed, truths.when, strict=True)), truths.unless
            )
            if rule.rule.scope == "measure"
            else truths
            for rule, truths in zip(program.rules, sound(self, program, proposal), strict=True)
        )

    monkeypatch.setattr(PlainEngine, "evaluate", evaluate)


def rules_of_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules of the first day ever are run on every day."""
    monkeypatch.setattr(Checker, "_period_start", lambda _, __: date.min)


def dutch_without_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dutch leaves the figures out."""
    sound = _sound(judging, "message_for")

    def message_for(*args: Any) -> Localized:
        text = sound(*args)
        return Localized(text.en, "".join(letter for letter in text.nl if not letter.isdigit()))

    monkeypatch.setattr(judging, "message_for", message_for)


def durable_unknown_for_no(monkeypatch: pytest.MonkeyPatch) -> None:
    """durable-rules takes what may be for what is not."""
    _durable_otherwise(monkeypatch, lambda when: Truth.NO if when is Truth.UNKNOWN else when)


def durable_unknown_for_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    """durable-rules takes what may be for what is."""
    _durable_otherwise(monkeypatch, lambda when: Truth.YES if when is Truth.UNKNOWN else when)


def durable_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """durable-rules finds nothing, and says nothing of it."""
    _durable_otherwise(monkeypatch, lambda _: Truth.NO)


def durable_forgets_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    """durable-rules forgets the exceptions."""
    _durable_otherwise(monkeypatch, lambda when: when, exceptions=False)


def _durable_otherwise(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[Truth], Truth], *, exceptions: bool = True
) -> None:
    durable = pytest.importorskip("consistent.engine.durable", exc_type=ImportError)
    sound = durable.DurableEngine.batch

    def changed(worlds: Worlds, subjects: int) -> Worlds:
        return Worlds.of(tuple(map(change, worlds.truths(subjects))))

    def batch(self: Any, program: Program, proposals: Sequence[Proposal]) -> Batch:
        found: Batch = sound(self, program, proposals)
        size = found.starts[-1]
        rules = tuple(
            RuleWorlds(
                changed(rule.when, size if compiled.rule.scope == "measure" else 1),
                rule.unless if exceptions else tuple(Worlds(0, 0) for _ in rule.unless),
            )
            for compiled, rule in zip(program.rules, found.rules, strict=True)
        )
        return evolve(found, rules=rules)

    monkeypatch.setattr(durable.DurableEngine, "batch", batch)


# What is planted, in which engine, and what finds it: a property by name, or tests of the pack.
IN_EVALUATORS: tuple[tuple[Callable[[pytest.MonkeyPatch], None], str, str], ...] = (
    (judged_in_order, "plain", "measures-in-any-order"),
    (state_kept, "plain", "checking-twice-changes-nothing"),
    (unknown_for_no, "plain", "information-only-decides"),
    (unknown_for_yes, "plain", "information-only-decides"),
    (not_of_unknown, "plain", "example"),
    (count_off_by_one, "plain", "example"),
    (count_off_by_one, "durable-rules", "evaluators-agree"),
    (date_off_by_a_day, "plain", "example"),
    (date_off_by_a_day, "durable-rules", "evaluators-agree"),
    (exception_ignored, "plain", "example"),
    (defeat_ignored, "plain", "golden"),
    (defeat_by_order, "plain", "rules-in-any-order"),
    (open_rule_defeats, "plain", "information-only-decides"),
    (finding_lost, "plain", "golden"),
    (field_dropped_from_json, "plain", "json-round-trip"),
    (line_dropped_from_toml, "plain", "toml-round-trip"),
    (explanation_too_short, "plain", "explanations-replay"),
    (only_the_first_fact, "plain", "facts-in-any-order"),
    (neighbour_read, "plain", "added-measures-leave-the-rest"),
    (further_field_read, "plain", "depends-on-what-is-read"),
    (rules_of_another_day, "plain", "days-count-at-edges-only"),
    (dutch_without_figures, "plain", "both-languages-say-the-same"),
    (durable_unknown_for_no, "durable-rules", "evaluators-agree"),
    (durable_unknown_for_yes, "durable-rules", "evaluators-agree"),
    (durable_finds_nothing, "durable-rules", "evaluators-agree"),
    (durable_forgets_exceptions, "durable-rules", "evaluators-agree"),
)


@pytest.fixture(scope="module")
def sound_pack(tmp_path_factory: pytest.TempPathFactory) -> Sought:
    """The sound pack, loaded once; with a rule that ended, so that there is a day on which something changes."""
    root = write_sound_pack(tmp_path_factory.mktemp("sound"))
    old = (
        (root / "rules/lamp/costly.toml")
        .read_text("utf-8")
        .replace("[when.measure]", "valid_to = 2020-12-31\n[when.measure]")
    )
    (root / "rules/lamp/old.toml").write_text(old, "utf-8")
    return Sought(load(root), root)


class TestEvaluators:
    """Each fault of an evaluator is found by a property that ships, or by the tests of a pack."""

    @pytest.mark.parametrize("engine", engines())
    def test_sound(self, engine: str, sound_pack: Sought) -> None:
        """Before anything is planted every property holds."""
        assert broken(sound_pack, engine=engine, examples=10) == []

    @pytest.mark.parametrize(
        ("plant", "engine", "finder"), IN_EVALUATORS, ids=lambda value: getattr(value, "__name__", value)
    )
    def test_found(
        self,
        plant: Callable[[pytest.MonkeyPatch], None],
        engine: str,
        finder: str,
        sound_pack: Sought,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Planted, it is found."""
        if engine not in engines():
            pytest.skip("durable-rules cannot be used here")
        # What was compiled or checked before knows nothing of the fault.
        sought = evolve(sound_pack, kb=evolve(sound_pack.kb, programs={}))
        plant(monkeypatch)
        if finder in FINDERS:
            assert FINDERS[finder](sought)
        else:
            assert broken(sought, finder, engine=engine, examples=150) == [finder]
