"""What would have to change: repairs in words, their promises, and what they say when there is none."""

import json
from io import StringIO
from pathlib import Path
from time import monotonic
from unittest.mock import patch

import jsonschema
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from rich.console import Console

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.cli.main import main
from consistent.errors import UsageError
from consistent.findings.case import Case
from consistent.inquiries.repairs import move_space
from consistent.inquiries.repairs._moves import COSTS, compatible, made
from consistent.inquiries.repairs._searching import MOST, Search
from consistent.inquiries.repairs.move_space import moves_for
from consistent.inquiries.repairs.repairs import FindingRepairs, Repairs, find_repairs
from consistent.model.values import Value
from consistent.reports.json_format import schema_for
from consistent.reports.repairs_text import repair_outline
from consistent.reports.terminal import print_outline
from consistent.rules.reads import matters, readings
from tests.harness.effort import examples
from tests.repair_cases import NEAR_TERMS, cases
from tests.repair_pack import PROPOSAL, write_pack
from tests.support import needs_durable_rules

ENGLISH = """\
COM(2030) 1: what would have to change
In brackets how much it changes: from 1 where something is added to 9 where a measure is dropped.

orders
  Orders
    Orders here
    asks/orders · conflict
    (2) Ask for a safeguard in 'orders': say
        Ask for a safeguard in 'orders': oversight
    (3) Ask for a lighter form of 'orders': incentive instead of obligation
    (3) Ask for a lighter form of 'orders': recommendation instead of obligation
    (3) Ask to leave 'orders' to others: member-states instead of commission
    (3) Ask to leave 'orders' to others: council instead of commission

relief
  Tax on another basis
    Tax on another basis here
    asks/tax · conflict
    (5) Ask to split off 'relief' into a proposal of its own, on Article 113 TFEU
        with it: the new proposal follows the cns
        with it: the Council decides on the new proposal by unanimity
    (9) Ask to drop 'relief'
        solves too: Loose

moon
  To the moon
    To the moon here
    asks/moon · conflict
    Nothing short of dropping a measure removes this.
    (9) Ask to drop 'moon'

All of it together (16)
  orders
    Ask for a safeguard in 'orders': say
    Ask for a safeguard in 'orders': oversight
  relief
    Ask to split off 'relief' into a proposal of its own, on Article 113 TFEU
  moon
    Ask to drop 'moon'
"""
DUTCH = """\
COM(2030) 1: wat er zou moeten veranderen
Tussen haakjes hoeveel het verandert: van 1 waar iets wordt toegevoegd tot 9 waar een maatregel vervalt.

voorstel als geheel
  Geen verantwoording
    Geen verantwoording hier
    asks/account · voorwaarde ontbreekt
    (1) Vraag om een toelichting bij het voorstel: subsidiariteit

"""


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small pack."""
    return load(write_pack(tmp_path_factory.mktemp("asks")))


def _text(found: Repairs, language: str = "en") -> str:
    stream = StringIO()
    print_outline(
        Console(file=stream, width=120, highlight=False), repair_outline(found, "nl" if language == "nl" else "en")
    )
    return stream.getvalue()


def _one(found: Repairs, rule: str) -> FindingRepairs:
    return next(each for each in found.findings if each.rule == f"asks/{rule}")


def _asks(found: FindingRepairs) -> list[list[str]]:
    return [[change.ask.en for change in each.changes] for each in found.repairs]


class TestWords:
    """A repair is a line that can be read out in a meeting."""

    def test_english(self, kb: KnowledgeBase) -> None:
        """Every conflict with its repairs, what goes with them, and all of it together."""
        assert _text(kb.check(PROPOSAL).repairs()) == ENGLISH

    def test_dutch(self, kb: KnowledgeBase) -> None:
        """In Dutch, of one rule on the whole proposal."""
        assert _text(kb.check(PROPOSAL).repairs(rule="account"), "nl") == DUTCH

    @pytest.mark.parametrize(
        ("old", "new", "rule", "ask"),
        [
            ('actors = ["commission"]', 'actors = ["commission", "council"]', "orders", "Ask that 'orders' gives no part to: commission"),
            ('effects = ["obligation"]', 'effects = ["obligation", "programme"]', "orders", "Ask to strike from 'orders': obligation"),
        ],
    )  # fmt: skip
    def test_other_asks(self, kb: KnowledgeBase, old: str, new: str, rule: str, ask: str) -> None:
        """What is asked follows what the proposal says."""
        found = kb.check(PROPOSAL.replace(old, new, 1)).repairs(rule=rule, alternatives=None)
        assert [ask] in _asks(_one(found, rule))

    def test_act_as_a_whole(self, kb: KnowledgeBase) -> None:
        """An act with one measure and one basis: another basis for the act, with its procedure and vote."""
        text = PROPOSAL.replace('["TFEU 173(3)", "TFEU 114"]', '["TFEU 114"]')
        head, _, relief = text.partition('[[measure]]\nid = "orders"')
        only = head + "[[measure]]" + relief.split("[[measure]]")[1]
        change = _one(kb.check(only).repairs(), "tax").repairs[0].changes[0]
        assert change.ask.en == "Ask that the proposal rests on Article 113 TFEU instead of Article 114 TFEU"
        assert [each.en for each in change.along] == [
            "relief, legal basis: - Article 114 TFEU, + Article 113 TFEU",
            "the proposal follows the cns",
            "the Council decides on the proposal by unanimity",
        ]

    def test_meaning(self) -> None:
        """What a safeguard has to say comes from the vocabulary."""
        proposal = {
            "proposal": {"kind": "white-paper"},
            "measure": [
                {"id": "m", "effects": ["demand-aggregation"], "areas": ["defence-procurement"], "safeguards": []}
            ],
        }
        found = load().check(proposal).repairs(rule="demand-aggregation-without-agency")
        change = found.findings[0].repairs[0].changes[0]
        assert change.ask.nl == "Vraag om een waarborg in 'm': rol voor het Europees Defensieagentschap"
        assert change.meaning is not None

    def test_strike_is_defined(self, kb: KnowledgeBase) -> None:
        """What is struck is told by its definition, as what is added is."""
        found = kb.check(PROPOSAL.replace('effects = ["obligation"]', 'effects = ["obligation", "lending"]', 1))
        text = _text(found.repairs(rule="orders", alternatives=None))
        assert "Ask to strike from 'orders': obligation\n        that is: Requires something.\n" in text

    @pytest.mark.parametrize(
        ("effects", "struck"),
        [
            ({"programme", "lending"}, {"lending"}),
            ({"programme", "body", "lending", "obligation"}, {"lending", "obligation"}),
            ({"programme", "body"}, {"programme", "body"}),
            ({"lending"}, set()),
        ],
    )
    def test_form_is_not_struck(self, kb: KnowledgeBase, effects: set[str], struck: set[str]) -> None:
        """The form of what a measure does stays while that stays."""
        text = PROPOSAL.replace('effects = ["obligation"]', f"effects = {sorted(effects)}", 1)
        moves = [each for each in moves_for(kb.case(text)) if each.measure == "orders"]
        found = {str(atom) for each in moves if each.kind == "effect-left-out" for atom in each.parts[0].removed}
        assert found == struck

    def test_wider_is_not_struck(self) -> None:
        """What a narrower effect says too stays while that stays."""
        proposal = {"proposal": {}, "measure": [{"id": "m", "effects": ["financing", "lending", "delivery"]}]}
        moves = [each for each in moves_for(load().case(proposal)) if each.kind == "effect-left-out"]
        assert {str(*each.parts[0].removed) for each in moves} == {"lending", "delivery"}

    @pytest.mark.parametrize("language", ["en", "nl"])
    def test_titles(self, kb: KnowledgeBase, language: str) -> None:
        """A measure is named by its title too, over what is asked and in the whole set; one of any length is cut."""
        titles = f'id = "moon"\ntitle.en = "Flight"\ntitle.nl = "{"Vlucht " * 3000}"'
        text = _text(kb.check(PROPOSAL.replace('id = "moon"', titles)).repairs(), language)
        title = "moon  Flight" if language == "en" else "moon  Vlucht"
        assert [line.startswith(("  " + title, title)) for line in text.splitlines()].count(True) == 2
        assert language == "en" or text.count("Vlucht") < 200

    def test_kind_follows_basis(self, kb: KnowledgeBase) -> None:
        """A measure of a non-legislative act that is split off on a basis with a legislative procedure is in a legislative proposal."""
        text = (
            PROPOSAL.replace('"draft-act"', '"non-legislative-proposal"').replace('"cod"', '"nle"')
            .replace('["TFEU 173(3)", "TFEU 114"]', '["TFEU 122"]').replace('["TFEU 114"]', '["TFEU 122"]')
        )  # fmt: skip
        case = kb.case(text)
        repairs = _one(find_repairs(case), "tax").repairs
        split_off = next(each.changes[0] for each in repairs if each.changes[0].kind == "split-off")
        assert [each.nl for each in split_off.along] == [
            "het nieuwe voorstel volgt de raadpleging",
            "de Raad besluit over het nieuwe voorstel met eenparigheid",
            "het nieuwe voorstel is dan een wetgevingsvoorstel",
        ]
        whole = next(each.changes[0] for each in repairs if each.changes[0].kind == "another-basis")
        assert whole.along[-1].en == "the proposal is then a legislative-proposal"
        split = next(each for each in moves_for(case) if each.kind == "split-off" and each.measure == "relief")
        _, own = made([split], case.proposal, case.knowledge.vocabularies)
        assert own.kind == Value.exactly("legislative-proposal")
        # The check of what is split off depends on it.
        kept = evolve(split, apart=tuple(each for each in split.apart if each.field != "kind"))
        _, unfit = made([kept], case.proposal, case.knowledge.vocabularies)
        assert case.of(unfit).states()["asks/unfit", None] == "applies"
        assert ("asks/unfit", None) not in case.of(own).states()


class TestPromises:
    """Every repair removes its finding and adds neither a conflict nor a missing condition."""

    @settings(max_examples=examples(50), suppress_health_check=list(HealthCheck))
    @given(cases(max_rules=5, max_measures=3))
    def test_clean(self, case: Case) -> None:
        """As the whole check says, on each proposal that comes of it."""
        with patch.object(move_space, "NEAR_TERMS", NEAR_TERMS):
            search = Search(case)
            before = search.grave(case.states())
            for target in sorted(before, key=str)[:3]:
                found = search.smallest(target, max_changes=2, alternatives=4, until=monotonic() + 1e6)
                for chosen in found.sets:
                    for each in search.variants(chosen):
                        states = case.of(each).states()
                        assert states.get(target) not in {"applies", "open"}
                        assert search.grave(states) <= before
                    assert search.cost(chosen) <= MOST

    def test_together(self, kb: KnowledgeBase) -> None:
        """After the whole set, what was found is gone."""
        case = kb.case(PROPOSAL)
        found = find_repairs(case, conditions=True)
        assert found.together is not None
        assert {change.kind for change in found.together.changes} == {"statement", "safeguard", "split-off", "dropped"}
        assert not found.together.comes or {each.verdict for each in found.together.comes} == {"reserved"}

    def test_none_holds_another(self, kb: KnowledgeBase) -> None:
        """Of two repairs of one finding neither is part of the other."""
        for each in kb.check(PROPOSAL).repairs(conditions=True, alternatives=None).findings:
            sets = [frozenset(one.changes) for one in each.repairs]
            assert not any(one < other for one in sets for other in sets)
            assert [one.cost for one in each.repairs] == sorted(one.cost for one in each.repairs)

    def test_every_kind_has_a_cost(self, kb: KnowledgeBase) -> None:
        """And the cheapest only adds, while the dearest takes a measure away."""
        assert {each.kind for each in moves_for(kb.case(PROPOSAL))} <= COSTS.keys()
        assert max(COSTS, key=COSTS.__getitem__) == "dropped"

    def test_apart(self, kb: KnowledgeBase) -> None:
        """A measure that is split off stands in a proposal of its own, with the procedure of its basis."""
        case = kb.case(PROPOSAL)
        split = next(each for each in moves_for(case) if each.kind == "split-off" and each.measure == "relief")
        rest, own = made([split], case.proposal, case.knowledge.vocabularies)
        assert [each.id for each in rest.measures] == ["orders", "moon"]
        assert [each.id for each in own.measures] == ["relief"]
        assert own.decision_procedure == Value.exactly("cns")
        assert own.legal_basis == own.measures[0].legal_basis == Value.exactly("TFEU 113")
        assert rest.legal_basis == case.proposal.legal_basis

    def test_not_together(self, kb: KnowledgeBase) -> None:
        """A measure that is dropped cannot be given anything; one that is split off can."""
        listed = [each for each in moves_for(kb.case(PROPOSAL)) if each.measure == "relief"]
        dropped = next(each for each in listed if each.kind == "dropped")
        assert not any(compatible(dropped, each) for each in listed if each.parts)
        split = next(each for each in listed if each.kind == "split-off")
        assert all(compatible(split, each) for each in listed if each.kind == "safeguard")


class TestRelevance:
    """Only moves that bear on a rule are tried, and all that do."""

    def test_stronger_rule(self, kb: KnowledgeBase) -> None:
        """A finding goes where a rule that defeats it is made to apply."""
        assert ["Ask for a safeguard in 'relief': opt-out"] in _asks(
            _one(kb.check(PROPOSAL).repairs(rule="loose"), "loose")
        )

    def test_wider_citation(self, kb: KnowledgeBase) -> None:
        """Whoever cites a bare article touches each of its paragraphs."""
        asked = readings(kb.case(PROPOSAL).program)["asks/tax"].own["legal_basis"]
        (question,) = asked
        assert question is not None
        narrow = frozenset({evolve(question, operand=frozenset({"TFEU 113(1)"}))})
        assert matters(narrow, Value.exactly("TFEU 113"), is_open=False)
        assert not matters(narrow, Value.exactly("TFEU 114"), is_open=False)

    def test_inherited_basis(self, kb: KnowledgeBase) -> None:
        """A measure without a basis of its own is repaired through that of the act."""
        text = PROPOSAL.replace('legal_basis = ["TFEU 114"]\n', "", 1).replace(', "TFEU 114"]', "]")
        head, _, relief = text.partition('[[measure]]\nid = "orders"')
        only = head + "[[measure]]" + relief.split("[[measure]]")[1]
        assert ["Ask that the proposal rests on Article 113 TFEU instead of Article 173(3) TFEU"] in _asks(
            _one(kb.check(only).repairs(), "tax")
        )

    def test_what_reaches_back(self) -> None:
        """It is asked that a measure does not, not that it goes; where what it does stays, so does the rest of what is said of it."""
        found = load("treaties").check(
            {
                "proposal": {"kind": "legislative-proposal", "legal_basis": ["TFEU 114"]},
                "measure": [
                    {"id": "levy", "effects": ["sanction"], "bindingness": "binding", "temporal_effect": "retroactive"}
                ],
            }
        )
        repairs = found.repairs(rule="retroactive-effect").findings[0].repairs
        assert [change.ask.en for change in repairs[0].changes] == [
            "Ask that 'levy' does not reach back to before it applies"
        ]


class TestBounds:
    """What was asked for, and for how long."""

    def test_stops_early(self, kb: KnowledgeBase) -> None:
        """It says so, and does not say that nothing removes the finding."""
        found = kb.check(PROPOSAL).repairs(seconds=1e-9)
        assert not found.complete
        assert not _one(found, "moon").only_by_dropping
        assert "Stopped when the time was up." in _text(found)
        assert "Nothing was found before the time was up." in _text(found)

    def test_nothing_removes_it(self, kb: KnowledgeBase) -> None:
        """Said in words, where nothing does."""
        text = PROPOSAL.replace('"TFEU 173(3)", "TFEU 114"', '"TFEU 113"', 1).split("[[measure]]")[0]
        found = kb.check(text).repairs(rule="joined")
        assert "Ask for another decision procedure: cns instead of cod" in _text(found)
        gone = kb.check(text.replace('decision_procedure = "cod"', "")).repairs(rule="joined")
        assert gone.findings == ()

    def test_too_few_changes(self, kb: KnowledgeBase) -> None:
        """A repair of two changes is not found where one is the most."""
        found = kb.check(PROPOSAL).repairs(rule="orders", max_changes=1, alternatives=None)
        assert all(len(each.changes) == 1 for each in found.findings[0].repairs)

    def test_no_conflict(self, kb: KnowledgeBase) -> None:
        """Nothing has to change in a proposal without conflicts."""
        found = kb.check('[proposal]\nkind = "paper"\n').repairs()
        assert _text(found).endswith("What is still open was not looked at.\n")

    @pytest.mark.parametrize(
        ("wanted", "message"),
        [
            ({"measure": "mon"}, "the proposal has no measure `mon`"),
            ({"rule": "ordrs"}, "unknown rule `ordrs`"),
            ({"seconds": float("nan")}, "the number of seconds must be above zero, found `nan`"),
            ({"max_changes": 0}, "the number of changes must be above zero, found `0`"),
            ({"alternatives": -1}, "the number of alternatives must be above zero, found `-1`"),
        ],
    )
    def test_bad_bounds(self, kb: KnowledgeBase, wanted: dict[str, object], message: str) -> None:
        """Told before anything is looked for."""
        with pytest.raises(UsageError) as told:
            kb.check(PROPOSAL).repairs(**wanted)  # type: ignore[arg-type]  # also what is of no use
        assert told.value.message == message


class TestCommand:
    """`consistent repair`."""

    @pytest.fixture
    def arguments(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """A proposal and a pack on disk, and output as wide as that into a file."""
        monkeypatch.delenv("COLUMNS", raising=False)
        proposal = tmp_path / "proposal.toml"
        proposal.write_text(PROPOSAL, "utf-8")
        return ["repair", str(proposal), "--pack", str(write_pack(tmp_path / "pack"))]

    @needs_durable_rules
    def test_text(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        """The same text as from the library."""
        assert main(arguments) == 0
        assert capsys.readouterr().out == ENGLISH

    def test_json(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        """Data in both languages, as the schema says."""
        assert main([*arguments, "--format", "json"]) == 0
        jsonschema.validate(json.loads(capsys.readouterr().out), schema_for("repairs"))
        assert main([*arguments, "--format", "json", "--rule", "moon"]) == 0
        (found,) = json.loads(capsys.readouterr().out)["repairs"]["findings"]
        assert found["only_by_dropping"] is True
        assert found["repairs"][0]["changes"][0]["ask"]["nl"] == "Vraag om 'moon' te schrappen"

    def test_bad_usage(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        """Exit status 2, and one error."""
        assert main([*arguments, "--measure", "nowhere"]) == 2
        assert capsys.readouterr().err.startswith("error: the proposal has no measure `nowhere`")
