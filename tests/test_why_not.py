"""Why not: what became of a rule on each measure, with what held, what failed and by how much."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomlkit
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rich.console import Console

from consistent import Check, KnowledgeBase, UsageError, load
from consistent.cli import main
from consistent.engine.plain import Scene, evaluate
from consistent.findings.case import Case
from consistent.findings.judging import shown
from consistent.inquiries.edits import Edit, apply
from consistent.inquiries.why.accounts import Account, Node
from consistent.inquiries.why.why_not import WhyNots, why_not
from consistent.knowledge.entries import Fact, Period
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.model.values import Atom, Value
from consistent.reports.json_format import render_why_not, schema_for
from consistent.reports.terminal import print_outline, text_lines
from consistent.reports.why_text import why_not_outline
from consistent.rules.rule import reached, stronger
from consistent.truth import Truth
from tests.harness.effort import examples
from tests.properties.random_packs import (
    ANCHOR,
    DAY,
    FIELDS,
    KINDS,
    MEASURE,
    VOCABULARIES,
    in_words,
    knowledge,
    pool,
    proposals,
    values,
)
from tests.small_pack import PROPOSAL, case_of, cases, write_pack
from tests.support import engines, state_of

slow = settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small pack, and a proposal beside it."""
    folder = write_pack(tmp_path_factory.mktemp("small"))
    # Of the last measure it is left open when it starts.
    (folder / "p.toml").write_text(f"{PROPOSAL}starts={{}}\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def kb(folder: Path) -> KnowledgeBase:
    """The small pack."""
    return load(folder)


@pytest.fixture(scope="module")
def check(kb: KnowledgeBase, folder: Path) -> Check:
    """What it says of the proposal."""
    return kb.check(folder / "p.toml", as_of=DAY, engine="plain")


def printed(check: Check, folder: Path, rule: str, language: Language, **options: Any) -> str:
    """What is told of a rule, as a wide terminal shows it, with the folder of the pack left out."""
    out = StringIO()
    told = check.why_not(rule, options.pop("measure", None))
    print_outline(Console(file=out, width=400), why_not_outline(told, language, **options))
    return out.getvalue().replace(f"{folder}/", "")


TEXTS: Mapping[tuple[str, Language], str] = {
    ("light", "en"): """\
Light for movement
small/light · condition missing · law · competence
rules/small/light.toml · An act · as of 2025-01-01
measures 5: applies 1, set aside 1, does not apply 3

m1  First: applies
  'First': Light for movement
  because: m1, area: roads; asked: military mobility
    p.toml:12 · rules/small/light.toml:14
  principle: Conferral. The Union acts within its powers. (Article 5(2) TEU)
  source: Article 2(5) TFEU · https://eur-lex.europa.eu/eli/treaty/tfeu_2016/art_2/oj?locale=en
  source: Article 5(2) TEU · https://eur-lex.europa.eu/eli/treaty/teu_2016/art_5/oj?locale=en

m2: set aside
  holds: area: military mobility; found: roads (light.toml:14)
  stronger rule No longer light (small/lapsed): applies; this decides

Does not apply, by the first condition that failed (3)
  area: military mobility (light.toml:14) (3)
    m3: defence; 'defence' is recorded, which is broader; the narrower 'military mobility' is asked for
    m4: fisheries
    m5: procurement; 'procurement' and 'military mobility' both fall under 'defence'
""",
    ("costly", "nl"): """\
Kostbaar
small/costly · strijdig · recht · bevoegdheid
rules/small/costly.toml · Een handeling · peildatum 2025-01-01
maatregelen 5: open 1, niet van toepassing 4

m5: open
  onbekend: al het volgende: 1 van 3, van 2 onbekend (costly.toml:12)
    onbekend: bedrag: boven EUR 500.000.000; gevonden: onbekend (costly.toml:13)
    onbekend: begin: vóór 1 januari 2026; gevonden: onbekend (costly.toml:14)
    voldaan: een andere maatregel van het voorstel: 1 van 4 (costly.toml:15)
      voldaan: m4 (p.toml:27)
        voldaan: terrein: visserij; gevonden: visserij (costly.toml:16)

Niet van toepassing, naar de eerste voorwaarde die faalt (4)
  bedrag: boven EUR 500.000.000 (costly.toml:13) (1)
    m1  Eerste: EUR 400.000.000; EUR 100.000.000 onder EUR 500.000.000
  begin: vóór 1 januari 2026 (costly.toml:14) (3)
    m2: 1 juni 2026; 151 dagen na 1 januari 2026
    m3: geen
    m4: 1 februari 2026; 31 dagen na 1 januari 2026
""",
    ("later", "en"): """\
Later
small/later · conflict · law · competence
rules/small/later.toml · An act · as of 2025-01-01

This rule is not in force on 2025-01-01. It holds from 2030-01-01.
""",
    ("later", "nl"): """\
Later
small/later · strijdig · recht · bevoegdheid
rules/small/later.toml · Een handeling · peildatum 2025-01-01

Deze regel geldt niet op 2025-01-01. Hij geldt vanaf 2030-01-01.
""",
}


class TestText:
    """What is told of a rule, to the letter."""

    @pytest.mark.parametrize(("rule", "language"), TEXTS)
    def test_whole(self, check: Check, folder: Path, rule: str, language: Language) -> None:
        """Those on which there is more to tell first, those that are alike together, then the rest in a line each."""
        text = printed(check, folder, rule, language)
        assert text == TEXTS[rule, language]

    def test_one_measure(self, check: Check, folder: Path) -> None:
        """In full, with the fact that came nearest and how near."""
        assert (
            printed(check, folder, "harmonises", "en", measure="m5").partition("\n\n")[2]
            == """\
m5: does not apply
  fails: all of these: 1 of 2 (harmonises.toml:13)
    holds: what it does: harmonisation; found: harmonisation (harmonises.toml:14)
    fails: a fact of kind 'legal basis': 0 of 2 (harmonises.toml:15)
      fails: fact industry (Article 173(3) TFEU; bases.toml:3)
        fails: legal basis: legal basis, article (Article 173(3) TFEU); found: Article 173(2) TFEU (harmonises.toml:16)
          'Article 173(2) TFEU' and 'Article 173(3) TFEU' both fall under 'Article 173 TFEU'
        holds: legal basis, can harmonise: no; found: no (harmonises.toml:17)
      fails: fact market (Article 114(1) TFEU; bases.toml:10)
        fails: legal basis: legal basis, article (Article 114(1) TFEU); found: Article 173(2) TFEU (harmonises.toml:16)
        fails: legal basis, can harmonise: no; found: yes (harmonises.toml:17)
  unless: Nobody is bound.
    unknown: safeguards: opt-out; found: unknown (harmonises.toml:21)
  stronger rule Light for movement (small/light): does not apply

"""
        )

    def test_where_it_was_read(self, check: Check, folder: Path) -> None:
        """A measure that stands alone is told with the passage; those that are alike are not."""
        assert "(COM(2024) 150 art. 1; harmonises.toml:16)" in printed(check, folder, "harmonises", "en", measure="m4")

    def test_full(self, check: Check, folder: Path) -> None:
        """On request every measure has its tree."""
        text = printed(check, folder, "costly", "nl", full=True)
        assert "Niet van toepassing, naar" not in text
        assert text.count("niet voldaan: al het volgende: ") == 4

    def test_doubt_that_is_outweighed(self, kb: KnowledgeBase, folder: Path) -> None:
        """Where nothing failed, what settles the doubt is told: an exception, or a stronger rule."""
        measure = (
            '[proposal]\nlegal_basis=["TFEU 173(3)"]\n[[measure]]\nid="m1"\n{}\n[[measure]]\nid="m2"\neffects=[]\n'
        )
        excepted = kb.check(measure.format('safeguards=["opt-out"]'), as_of=DAY)
        assert "\n  unless: Nobody is bound. (1)\n    m1\n" in printed(excepted, folder, "harmonises", "en")
        beaten = kb.check(measure.format('areas=["roads"]\nstarts=2025-01-01'), as_of=DAY)
        assert "\n  stronger rule Light for movement (small/light): applies (1)\n    m1\n" in printed(
            beaten, folder, "harmonises", "en"
        )

    def test_without_measures(self, kb: KnowledgeBase, folder: Path) -> None:
        """A rule on measures has nothing to say of a proposal that has none."""
        check = kb.check("[proposal]\n", as_of=DAY)
        assert "Het voorstel heeft geen maatregelen" in printed(check, folder, "light", "nl")


# A test in TOML on one field, what the measure has, and by how much it fails in both languages.
SHORT: tuple[tuple[str, Value, str, str], ...] = (
    ("amount = { over = 5 }", Value.exactly(5), "exactly EUR 5", "precies EUR 5"),
    ("amount = { under = 1_000 }", Value.exactly(2_500), "EUR 1,500 above EUR 1,000", "EUR 1.500 boven EUR 1.000"),
    ("amount = 7", Value.exactly(5), "EUR 2 below EUR 7", "EUR 2 onder EUR 7"),
    ("amount = { none = [7, 8] }", Value.exactly(7), "in the way: EUR 7", "staat in de weg: EUR 7"),
    (
        "starts = { until = 2025-01-01 }", Value.exactly(date(2025, 1, 2)), "1 day after 1 January 2025",
        "1 dag na 1 januari 2025",
    ),
    (
        "starts = { from = 2025-01-01 }", Value.exactly(date(2024, 1, 1)), "366 days before 1 January 2025",
        "366 dagen vóór 1 januari 2025",
    ),
    (
        'areas = "d"', Value.exactly("a"), "'A' is recorded, which is broader; the narrower 'D' is asked for",
        "vastgelegd is het ruimere 'a'; gevraagd wordt het engere 'd'",
    ),
    (
        'areas = "d"', Value.exactly("b"), "'B' is recorded, which is broader; the narrower 'D' is asked for",
        "vastgelegd is het ruimere 'b'; gevraagd wordt het engere 'd'",
    ),
    ('areas = ["e", "c"]', Value.exactly("b"), "'B' and 'C' both fall under 'A'", "'b' en 'c' vallen beide onder 'a'"),
    ('areas = { only = ["b"] }', Value.exactly("d", "e"), "in the way: E", "staat in de weg: e"),
    ('areas = { none = ["b"] }', Value.exactly("d"), "in the way: D (falls under B)", "staat in de weg: d (valt onder b)"),
    ("areas = { empty = true }", Value.exactly("d"), "in the way: D", "staat in de weg: d"),
    (
        'areas = "e"', Value(no=frozenset({"e", "f"})), "said not to be there: E", "uitdrukkelijk niet: e",
    ),
    (
        'legal_basis = "TFEU 153(2)(a)"', Value.exactly("TFEU 153(1)"),
        "'Article 153(1) TFEU' and 'Article 153(2)(a) TFEU' both fall under 'Article 153 TFEU'",
        "'artikel 153, lid 1, VWEU' en 'artikel 153, lid 2, onder a), VWEU' vallen beide onder 'artikel 153 VWEU'",
    ),
    (
        'legal_basis = { none = ["TFEU 153"] }', Value.exactly("TFEU 153(2)"),
        "in the way: Article 153(2) TFEU (falls under Article 153 TFEU)",
        "staat in de weg: artikel 153, lid 2, VWEU (valt onder artikel 153 VWEU)",
    ),
    ('areas = "e"', Value.exactly("a"), "", ""),
    ('areas = "e"', Value.exactly(), "", ""),
    ("areas = { empty = false }", Value.exactly(), "", ""),
    ('areas = { beyond = ["a"] }', Value.exactly("a"), "", ""),
    ('reference = { starts_with = "x" }', Value.exactly("y"), "", ""),
)  # fmt: skip

# The terms of the random packs, with a label of their own each.
LETTERS = in_words(
    {
        name: type(each)(
            name, {key: evolve(term, label=Localized(key.upper(), key)) for key, term in each.terms.items()}
        )
        for name, each in VOCABULARIES.items()
    }
)


def leaf(test: str, value: Value) -> Node:
    """What became of one test on a measure of which one value is known."""
    of_measure: Any = {test.partition(" ")[0]: value}
    proposal = Proposal(measures=(Measure(id="m1", **of_measure),))
    case = case_of({"measure": tomlkit.parse(test).unwrap()}, proposal, evolve(knowledge(()), vocabularies=LETTERS))
    return why_not(case, "r0").of("m1").when


class TestShortfall:
    """By how much a test failed."""

    @pytest.mark.parametrize(("test", "value", "en", "nl"), SHORT)
    def test_text(self, test: str, value: Value, en: str, nl: str) -> None:
        """In euros, days, terms and articles, in both languages; nothing where there is nothing to say."""
        node = leaf(test, value)
        assert node.held == "no"
        assert (node.short.text if node.short else Localized("", "")) == Localized(en, nl)

    def test_of_a_joined_fact(self) -> None:
        """A bound that a fact sets is asked of the measure, the other way round."""
        fact = Fact(
            id="f", kind="basis", pack="random", sources=("TFEU 1",), period=Period(), verified=None, ground="law",
            readings=None, anchor=ANCHOR,
            values=dict.fromkeys(KINDS["basis"].fields, Value.exactly()) | {"ceiling": Value.exactly(5)},
        )  # fmt: skip
        measure = Measure(id="m1", amount=Value.exactly(3))
        case = case_of(
            {"basis": {"ceiling": {"under": "$measure.amount"}}}, Proposal(measures=(measure,)), knowledge((fact,))
        )
        (candidate,) = why_not(case, "r0").of("m1").when.parts
        (test,) = candidate.parts
        assert (candidate.fact, test.held, test.asked) == ("f", "no", ("5",))
        assert test.has == Localized("EUR 3", "EUR 3")
        assert test.short is not None
        assert test.short.text == Localized("EUR 2 below EUR 5", "EUR 2 onder EUR 5")


def nodes(node: Node) -> Iterator[Node]:
    """A tree from its root on."""
    yield node
    for part in node.parts:
        yield from nodes(part)


def trees(account: Account) -> list[Node]:
    """The rule's conditions, then its exceptions."""
    return [account.when, *(each.node for each in account.unless)]


TRUTH = {"no": Truth.NO, "unknown": Truth.UNKNOWN, "yes": Truth.YES}


class TestProperties:
    """Of random packs and proposals."""

    @slow
    @given(cases())
    def test_the_root_is_what_the_plain_evaluator_finds(self, case: Case) -> None:
        """So is that of every exception, and the outcome is the report's."""
        report = case.report()
        for compiled in case.program.rules:
            rule = compiled.rule
            measures = case.proposal.measures if rule.scope == "measure" else (None,)
            told = why_not(case, rule.id)
            assert [each.measure for each in told.accounts] == [each and each.id for each in measures]
            for measure, account in zip(measures, told.accounts, strict=True):
                scene = Scene(case.proposal, case.program.facts, measure, measure)
                conditions = [rule.when, *(each.condition for each in rule.unless)]
                assert [TRUTH[each.held] for each in trees(account)] == [evaluate(each, scene) for each in conditions]
                said = [each for each in report.speaking(account.measure) if each.rule == rule.id]
                assert [account.outcome] == ([state_of(each) for each in said] or ["not-applicable"])
                assert account.chain == (report.why(said[0]) if said else None)

    @slow
    @given(cases())
    def test_trees_add_up(self, case: Case) -> None:
        """A conjunction is as true as its least true part, an alternative as its most, a negation the other way round."""
        for compiled in case.program.rules:
            for root in (root for account in why_not(case, compiled.rule.id).accounts for root in trees(account)):
                for node in nodes(root):
                    parts = [TRUTH[each.held] for each in node.parts]
                    match node.kind:
                        case "all" | "candidate":
                            assert TRUTH[node.held] == min(parts, default=Truth.YES)
                        case "any":
                            assert TRUTH[node.held] == max(parts)
                        case "not":
                            assert [TRUTH[node.held].negated()] == parts
                        case "fact" | "other":
                            assert node.tally is not None
                            assert (node.held == "yes") is bool(node.tally.held)
                            assert (node.held == "no") is not (node.tally.held or node.tally.unknown)
                            assert len(parts) == min(3, (node.tally.held if node.held == "yes" else node.tally.of))
                        case "count":
                            assert node.tally is not None
                            assert parts.count(Truth.YES) == node.tally.held
                        case "test":
                            assert not parts
                            assert node.because is not None

    @slow
    @given(cases())
    def test_first_failed(self, case: Case) -> None:
        """The condition that is named for a rule that does not apply did fail, and is in the tree."""
        for compiled in case.program.rules:
            for account in why_not(case, compiled.rule.id).accounts:
                failed = account.when.first_failed
                assert failed in nodes(account.when)
                assert (failed.held == "no") is (account.when.held == "no")

    @slow
    @given(cases())
    def test_places(self, case: Case) -> None:
        """The line that a condition is said to stand on is in the rule's file, and holds its key."""
        for compiled in case.program.rules:
            rule = compiled.rule
            lines = (rule.anchor.file.text or "").splitlines()
            for root in (root for account in why_not(case, rule.id).accounts for root in trees(account)):
                for node in (each for each in nodes(root) if each.kind != "candidate"):
                    assert node.path == rule.anchor.file.path
                    assert node.line is not None
                    words = [each.partition("[")[0] for each in node.key.split(".")]
                    # An operator can stand on the line of its field, and a table in the header of one around it.
                    near = words[-2:] if node.kind == "test" else words
                    assert any(each in lines[node.line - 1] for each in near), (node.key, lines[node.line - 1])

    @slow
    @given(cases())
    def test_values_are_those_of_the_proposal(self, case: Case) -> None:
        """What a test is said to have found is what the proposal has, or the fact that it names."""
        measures = {each.id: each for each in case.proposal.measures}
        facts = {each.id: each for each in case.program.facts.of_kind("basis")}
        for compiled in case.program.rules:
            for account in why_not(case, compiled.rule.id).accounts:
                for root in trees(account):
                    assert_values(root, None, case.proposal, measures, facts)

    @slow
    @given(cases())
    def test_languages_say_the_same(self, case: Case) -> None:
        """Each text has the same numbers in English and in Dutch, and none of the two is missing."""
        for compiled in case.program.rules:
            told = why_not(case, compiled.rule.id)
            for node in (node for account in told.accounts for root in trees(account) for node in nodes(root)):
                for text in (node.asks, node.has, node.text, *((node.short.text,) if node.short else ())):
                    assert bool(text.en) is bool(text.nl)
                    en, nl = ("".join(filter(str.isdigit, text.get(language))) for language in LANGUAGES)
                    assert en == nl
            for full in (False, True):
                both = [list(text_lines(why_not_outline(told, language, full=full))) for language in LANGUAGES]
                assert [indent for indent, _ in both[0]] == [indent for indent, _ in both[1]]

    @slow
    @given(cases())
    def test_one_measure_is_told_as_among_all(self, case: Case) -> None:
        """Asking about one says what is said of it when asking about all."""
        for rule in (each.rule for each in case.program.rules if each.rule.scope == "measure"):
            whole = why_not(case, rule.id)
            for measure in case.proposal.measures:
                assert why_not(case, rule.id, measure.id).accounts == (whole.of(measure.id),)

    def test_told_alone_as_after_others_of_the_white_paper(self) -> None:
        """Of a real proposal with 41 measures too: rules that say something, rules that are silent, with facts and without."""
        kb = load("nl-22112-4027")
        case = kb.case(Path(__file__).parents[1] / "proposals/join-2025-120.toml")
        asked = WhyNots(case)
        for rule in kb.rules[::40]:
            assert asked.of(rule.id) == why_not(case, rule.id), rule.id

    @slow
    @given(cases())
    def test_told_alone_as_after_others(self, case: Case) -> None:
        """What is said of a rule is the same after all others were asked about, and where there are none but those above it."""
        asked = WhyNots(case)
        above = stronger(compiled.rule for compiled in case.program.rules)
        for name in [compiled.rule.id for compiled in case.program.rules]:
            wanted = reached(name, above)
            kept = tuple(compiled for compiled in case.program.rules if compiled.rule.id in wanted)
            alone = evolve(case, program=evolve(case.program, rules=kept))
            assert asked.of(name) == why_not(alone, name)

    @slow
    @given(cases())
    def test_stronger_rules(self, case: Case) -> None:
        """Every rule that defeats this one is told with its own outcome there."""
        for rule in (each.rule for each in case.program.rules):
            for account in why_not(case, rule.id).accounts:
                above = {each.rule.id: each.rule for each in case.program.rules if rule.id in each.rule.defeats}
                assert {each.rule for each in account.stronger} == above.keys()
                for each in account.stronger:
                    where = account.measure if above[each.rule].scope == "measure" else None
                    assert each.outcome == why_not(case, each.rule).of(where).outcome
                    assert not each.decides or each.outcome in {"applies", "open"}
                assert any(each.decides for each in account.stronger) or account.outcome != "defeated"


def assert_values(node: Node, fact: Fact | None, proposal: Proposal, measures: Any, facts: Any) -> None:
    """What every test of a tree found is what its measure, the proposal, or the fact that it is under has."""
    if node.because is not None:
        because = node.because
        if because.subject in {"measure", "proposal"}:
            assert node.because.found == shown(proposal.value(because.field, measures.get(because.measure)))
        else:
            assert fact is not None
            assert because.found == shown(fact.values[because.field])
        if node.short is not None and node.short.kind not in {"excess", "absent"}:
            assert set(node.short.found) <= set(because.found)
            assert set(node.short.asked) <= set(node.asked) or not node.asked
    under = facts[node.fact] if node.fact else fact
    for part in node.parts:
        assert_values(part, under, proposal, measures, facts)


@st.composite
def constant_tests(draw: st.DrawFn) -> dict[str, Any]:
    """Tests of a measure with constants, each on a field of its own."""
    names = draw(st.lists(st.sampled_from(sorted(set(MEASURE) - {"reference"})), min_size=1, max_size=4, unique=True))
    bounds = ("over", "under", "at_least", "at_most")
    words = {"amount": bounds, "number": bounds, "date": ("after", "before", "from", "until")}
    found: dict[str, Any] = {}
    for name in names:
        atoms = [each for each in pool(name) if not isinstance(each, int) or abs(each) < 2**62]
        atoms = [each for each in atoms if each not in {date.min, date.max}]
        word = draw(
            st.sampled_from(("any", "none", "empty", *words.get(FIELDS.measure[name].type, ("only", "beyond"))))
        )
        if word == "empty":
            found[name] = {word: draw(st.booleans())}
        elif word in {"any", "none", "only", "beyond"}:
            found[name] = {word: draw(st.lists(st.sampled_from(atoms), min_size=1, max_size=2, unique=True))}
        else:
            found[name] = {word: draw(st.sampled_from(atoms))}
    return found


def mended(node: Node, field: str, draw: st.DataObject) -> Value:
    """A value that passes a test, by what the test is said to ask for."""
    condition = node.because.condition if node.because else ""
    described = FIELDS.measure[field]
    readers: dict[str, Any] = {"amount": int, "number": int, "date": date.fromisoformat}
    read = readers.get(described.type, str)
    asked: list[Any] = [read(each) for each in node.asked]
    step: Any = timedelta(days=1) if described.type == "date" else 1
    match condition.removesuffix(" " + ", ".join(node.asked)).rstrip():
        case "any" | "only" | "at least" | "at most":
            return Value.exactly(draw.draw(st.sampled_from(asked)))
        case "not any" | "empty":
            return Value.exactly()
        case "over":
            return Value.exactly(asked[0] + step)
        case "under":
            return Value.exactly(asked[0] - step)
        case "not empty" | "not only":
            closed: frozenset[Atom] = frozenset(asked)
            if described.type == "terms" and asked:
                closed = frozenset(VOCABULARIES["areas"].narrower(asked))
            beyond = [each for each in pool(field) if Value.exactly(each).has_only(closed) is Truth.NO]
            assume(beyond)
            return Value.exactly(draw.draw(st.sampled_from(beyond)))
        case other:
            raise AssertionError(other)


class TestMending:
    """What is told of failed tests is what has to change."""

    @slow
    @given(constant_tests(), proposals(max_measures=2), st.data())
    def test_a_mended_proposal_makes_the_rule_apply(
        self, tests: dict[str, Any], proposal: Proposal, draw: st.DataObject
    ) -> None:
        """Once every test that did not hold is given what it asks for, and nothing else is changed, the rule applies."""
        assume(proposal.measures)
        case = case_of({"measure": tests}, proposal, knowledge(()))
        account = why_not(case, "r0").accounts[0]
        wrong = [each for each in nodes(account.when) if each.kind == "test" and each.held != "yes"]
        assert bool(wrong) is (account.outcome != "applies")
        edits = [
            Edit("m0", each.because.field, mended(each, each.because.field, draw)) for each in wrong if each.because
        ]
        after = why_not(case.of(apply(case.proposal, edits)), "r0").accounts[0]
        assert after.outcome == "applies"

    @slow
    @given(constant_tests(), proposals(max_measures=1))
    def test_by_how_much(self, tests: dict[str, Any], proposal: Proposal) -> None:
        """A value moved by the difference that is told lies at the bound, on the side that is told."""
        assume(proposal.measures)
        case = case_of({"measure": tests}, proposal, knowledge(()))
        for node in nodes(why_not(case, "r0").accounts[0].when):
            short = node.short
            if short is None or short.kind not in {"below", "above", "before", "after"}:
                continue
            sign = 1 if short.kind in {"below", "before"} else -1
            (found,), (bound,) = short.found, short.asked
            assert short.by is not None
            if short.kind in {"before", "after"}:
                assert date.fromisoformat(found) + timedelta(days=sign * short.by) == date.fromisoformat(bound)
            else:
                assert int(found) + sign * short.by == int(bound)

    @given(st.sampled_from(["areas", "legal_basis", "effects"]), st.data())
    def test_steps(self, field: str, draw: st.DataObject) -> None:
        """Of two values the nearer is told, and one step is nearer than two."""
        value = draw.draw(values(field).filter(lambda each: not each.open and bool(each.yes)))
        asked = draw.draw(st.sampled_from(pool(field)))
        node = leaf(f"{field} = {json.dumps(str(asked))}", value)
        alone = [leaf(f"{field} = {json.dumps(str(asked))}", Value.exactly(each)) for each in value.yes]
        steps = [each.short.by for each in alone if each.short is not None and each.short.by is not None]
        if node.held == "no":
            assert (node.short.by if node.short else None) == min(steps, default=None)


class TestLibrary:
    """`Check.why_not`."""

    @pytest.mark.parametrize("engine", engines())
    def test_report(self, kb: KnowledgeBase, folder: Path, engine: str) -> None:
        """A rule by its id or the last part of it; each engine decides alike."""
        check = kb.check(folder / "p.toml", as_of=DAY, engine=engine)
        told = check.why_not("small/harmonises")
        assert told == check.why_not("harmonises")
        assert [each.outcome for each in told.accounts] == [
            "defeated",
            "applies",
            "not-applicable",
            "open",
            "not-applicable",
        ]
        with pytest.raises(KeyError):
            told.of("m9")

    def test_not_in_force(self, check: Check) -> None:
        """Of a rule that does not hold on the day there is its period, and nothing else."""
        told = check.why_not("later")
        assert (told.in_force, told.valid_from, told.valid_to, told.accounts) == (False, "2030-01-01", "", ())

    @pytest.mark.parametrize(
        ("rule", "measure", "message"),
        [
            ("harmonizes", None, "unknown rule `harmonizes`\nhelp: did you mean "),
            ("harmonises", "m9", "no measure `m9` in this proposal\nhelp: "),
            ("harmonises", "", "no measure `` in this proposal\nhelp: known here: `m1`"),
            ("whole", "m1", "rule `small/whole` judges the proposal as a whole\nhelp: ask without a measure"),
            ("later", "m9", "no measure `m9` in this proposal"),
        ],
    )
    def test_no_such_thing(self, check: Check, rule: str, measure: str | None, message: str) -> None:
        """What is not there is told with what is."""
        with pytest.raises(UsageError) as caught:
            check.why_not(rule, measure)
        assert str(caught.value).startswith(message)

    def test_title_in_both_languages(self, kb: KnowledgeBase) -> None:
        """A proposal is named by its reference, or else by its title in either language."""
        named = '[proposal]\nreference="COM(2024) 1"\ntitle.en="A"\ntitle.nl="B"\n'
        reference = why_not(kb.case(named), "light").proposal
        title = why_not(kb.case(named.replace('reference="COM(2024) 1"', "")), "light").proposal
        assert (reference, title) == (Localized("COM(2024) 1", "COM(2024) 1"), Localized("A", "B"))


class TestCommand:
    """`consistent why`."""

    def run(self, folder: Path, *arguments: str) -> int:
        return main(["why", *arguments, "--pack", str(folder), "--as-of", DAY.isoformat()])

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_text(self, folder: Path, capsys: pytest.CaptureFixture[str], language: Language) -> None:
        """What the library tells, in either language, with exit status 0 even for a conflict."""
        assert self.run(folder, "harmonises", str(folder / "p.toml"), "--lang", language) == 0
        out = capsys.readouterr().out
        assert out.startswith({"en": "Harmonises\n", "nl": "Harmoniseert\n"}[language])

    @pytest.mark.parametrize("rule", ["harmonises", "light", "later", "whole"])
    def test_json(self, folder: Path, check: Check, capsys: pytest.CaptureFixture[str], rule: str) -> None:
        """As its schema has it, and as the library gives it."""
        path = str(folder / "p.toml")
        assert self.run(folder, rule, path, "--format", "json", "--engine", "plain", "--lang", "nl") == 0
        out = capsys.readouterr().out
        jsonschema.validate(json.loads(out), schema_for("why-not"))
        assert json.loads(out) == json.loads(render_why_not(check.why_not(rule), "nl"))

    def test_one_measure(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With `--measure` only that one."""
        assert self.run(folder, "light", str(folder / "p.toml"), "--measure", "m3", "--lang", "nl") == 0
        out = capsys.readouterr().out
        assert "m3: niet van toepassing" in out
        assert "m4" not in out

    @pytest.mark.parametrize(
        ("arguments", "error"),
        [
            (("nothing", "p.toml"), "error: unknown rule `nothing`"),
            (("light", "p.toml", "--measure", "\x1b[31m"), "error: no measure `\N{REPLACEMENT CHARACTER}[31m`"),
            (("light", "absent.toml"), "error: "),
            (("light", "p.toml", "--pack", "absent"), "error: unknown pack `absent`"),
        ],
    )
    def test_errors(
        self, folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], error: str
    ) -> None:
        """Bad usage is told in a line, with status 2."""
        rule, path, *rest = arguments
        command = ["why", rule, str(folder / path), "--pack", str(folder), *rest]
        assert main(command) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith(error)
