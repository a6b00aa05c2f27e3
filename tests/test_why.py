"""Why: what a finding rests on, from the passage of the proposal to the article of the treaty."""

import json
from collections.abc import Callable
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from rich.console import Console

from consistent import KnowledgeBase, Report, UsageError, load
from consistent.cli import main
from consistent.engine.plain import Scene
from consistent.findings.case import Case
from consistent.findings.said import Defeated, Finding, Open, Said
from consistent.findings.tracing import Tracer
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import LANGUAGES, Language
from consistent.model.values import Value
from consistent.reports.json_format import as_told, chain_to_data, render, report_from_data, report_to_data, schema_for
from consistent.reports.terminal import Line, print_outline, text_lines
from consistent.reports.why_text import chain_outline
from consistent.sources import parse_source
from consistent.truth import Truth
from tests.harness.effort import examples
from tests.properties.random_packs import DAY, knowledge
from tests.small_pack import PROPOSAL, case_of, cases, write_pack

slow = settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small pack, and a proposal beside it."""
    folder = write_pack(tmp_path_factory.mktemp("small"))
    (folder / "p.toml").write_text(PROPOSAL, "utf-8")
    return folder


@pytest.fixture(scope="module")
def kb(folder: Path) -> KnowledgeBase:
    """The small pack."""
    return load(folder)


@pytest.fixture(scope="module")
def report(kb: KnowledgeBase, folder: Path) -> Report:
    """What it says of the proposal."""
    return kb.check(folder / "p.toml", as_of=DAY).report


def said_of(report: Report, rule: str, measure: str | None) -> Said:
    """What a rule of the small pack says of a measure."""
    (found,) = [each for each in report.speaking(measure) if each.rule == f"small/{rule}"]
    return found


def printed(lines: Any, folder: Path) -> str:
    """Lines as a wide terminal shows them, with the folder of the pack left out."""
    out = StringIO()
    print_outline(Console(file=out, width=400), lines)
    return out.getvalue().replace(f"{folder}/", "")


def everything(report: Report) -> tuple[Said, ...]:
    """Findings, open and defeated rules."""
    return (*report.findings, *report.open, *report.defeated)


CHAIN = {
    "en": """\
because: m2, what it does: harmonisation; asked: harmonisation
  p.toml:18 · rules/small/harmonises.toml:14
because: m2, legal basis: Article 173(3) TFEU; asked: legal basis, article
  COM(2024) 150 art. 1 “Having regard” · p.toml:5 · rules/small/harmonises.toml:16
because: legal basis, can harmonise: no; asked: no
  rules/small/harmonises.toml:17
fact: legal basis industry: article: Article 173(3) TFEU; can harmonise: no
  Article 173(3) TFEU · law · compared with its source on 2025-01-31 · facts/small/bases.toml:3
principle: Conferral. The Union acts within its powers. (Article 5(2) TEU)
position: own-law (red line, IND.P.6): National law stays national. (Kamerstuk 22112-4027 IND.P.6)
the stronger rule is itself set aside: Light for movement
  small/light · condition missing · law
  m2: Light for movement
  because: m2, area: roads; asked: military mobility
    p.toml:19 · rules/small/light.toml:14
  set aside by the stronger rule: No longer light
    small/lapsed · condition missing · law
    m2: No longer light
    because: m2, start: 1 June 2026; asked: from 1 January 2026
      p.toml:20 · rules/small/lapsed.toml:14
source: Article 2(5) TFEU · https://eur-lex.europa.eu/eli/treaty/tfeu_2016/art_2/oj?locale=en
source: Article 173(3) TFEU · https://eur-lex.europa.eu/eli/treaty/tfeu_2016/art_173/oj?locale=en
source: Article 5(2) TEU · https://eur-lex.europa.eu/eli/treaty/teu_2016/art_5/oj?locale=en
source: Kamerstuk 22112-4027 IND.P.6 · https://zoek.officielebekendmakingen.nl/kst-22112-4027.html
source: COM(2024) 150 art. 1 · https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=COM:2024:150:FIN
""",
    "nl": """\
omdat: m2, wat het doet: harmonisatie; gevraagd: harmonisatie
  p.toml:18 · rules/small/harmonises.toml:14
omdat: m2, rechtsgrondslag: artikel 173, lid 3, VWEU; gevraagd: rechtsgrondslag, artikel
  COM(2024) 150, artikel 1 “Having regard” · p.toml:5 · rules/small/harmonises.toml:16
omdat: rechtsgrondslag, kan harmoniseren: nee; gevraagd: nee
  rules/small/harmonises.toml:17
feit: rechtsgrondslag industry: artikel: artikel 173, lid 3, VWEU; kan harmoniseren: nee
  artikel 173, lid 3, VWEU · recht · met de bron vergeleken op 2025-01-31 · facts/small/bases.toml:3
beginsel: Bevoegdheidstoedeling. De Unie handelt binnen haar bevoegdheden. (artikel 5, lid 2, VEU)
positie: own-law (rode lijn, IND.P.6): Nationaal recht blijft nationaal. (Kamerstuk 22112-4027 IND.P.6)
de sterkere regel is zelf terzijde gesteld: Licht voor verplaatsing
  small/light · voorwaarde ontbreekt · recht
  m2: Licht voor verplaatsing
  omdat: m2, terrein: wegen; gevraagd: militaire mobiliteit
    p.toml:19 · rules/small/light.toml:14
  terzijde gesteld door de sterkere regel: Niet langer licht
    small/lapsed · voorwaarde ontbreekt · recht
    m2: Niet langer licht
    omdat: m2, begin: 1 juni 2026; gevraagd: vanaf 1 januari 2026
      p.toml:20 · rules/small/lapsed.toml:14
bron: artikel 2, lid 5, VWEU · https://eur-lex.europa.eu/eli/treaty/tfeu_2016/art_2/oj?locale=nl
bron: artikel 173, lid 3, VWEU · https://eur-lex.europa.eu/eli/treaty/tfeu_2016/art_173/oj?locale=nl
bron: artikel 5, lid 2, VEU · https://eur-lex.europa.eu/eli/treaty/teu_2016/art_5/oj?locale=nl
bron: Kamerstuk 22112-4027 IND.P.6 · https://zoek.officielebekendmakingen.nl/kst-22112-4027.html
bron: COM(2024) 150, artikel 1 · https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=COM:2024:150:FIN
""",
}


class TestText:
    """A chain to the letter."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_through_three_rules(self, report: Report, folder: Path, language: Language) -> None:
        """A finding that stands because the rule above it is itself set aside; principle and positions once."""
        chain = report.why(said_of(report, "harmonises", "m2"))
        text = printed(chain_outline(chain, language), folder)
        assert text == CHAIN[language]

    def test_open(self, report: Report, folder: Path) -> None:
        """What is known already, then what is not."""
        lines = printed(chain_outline(report.why(said_of(report, "harmonises", "m4")), "en"), folder).splitlines()
        told = [line.partition(": ")[0] for line in lines if not line.startswith(" ")]
        known = ["known already"] * 3
        assert told == [*known, "not known", "fact", "principle", "position", *["source"] * 5]
        assert "not known: m4, safeguards: opt-out?" in lines

    def test_awaits(self, kb: KnowledgeBase, folder: Path) -> None:
        """An open stronger rule is told in full under the one that awaits it, down to what is unknown of it."""
        text = PROPOSAL.replace('areas=["roads"]\nstarts=2026-06-01', "starts=2025-06-01")
        report = kb.check(text, as_of=DAY).report
        said = said_of(report, "harmonises", "m2")
        assert isinstance(said, Open)
        lines = printed(chain_outline(report.why(said), "nl"), folder).splitlines()
        at = lines.index("wacht op de sterkere regel: Licht voor verplaatsing")
        assert lines[at + 1 : at + 4] == [
            "  small/light · voorwaarde ontbreekt · recht",
            "  m2: Licht voor verplaatsing",
            "  niet bekend: m2, terrein: militaire mobiliteit?",
        ]

    def test_exception(self, kb: KnowledgeBase, folder: Path) -> None:
        """A rule that an exception sets aside names it, and no other rule."""
        report = kb.check(PROPOSAL.replace("safeguards=[]", 'safeguards=["opt-out"]'), as_of=DAY).report
        chain = report.why(said_of(report, "harmonises", "m2"))
        assert "exception: Nobody is bound." in printed(chain_outline(chain, "en"), folder).splitlines()
        assert len(chain.links) == 1

    @pytest.mark.parametrize(
        ("when", "known"),
        [
            ({"measure": {"areas": "a", "finance": "a"}}, ["any a"]),
            ({"measure": {"areas": {"none": ["e"]}, "finance": "a"}}, ["not any e"]),
            # of alternatives, what was in vain is not told
            ({"any": [{"measure": {"areas": "e"}}, {"measure": {"areas": "a", "finance": "a"}}]}, ["any a"]),
            # of what may not hold together, what holds already says nothing, and one that fails would settle it
            ({"not": {"measure": {"areas": "a", "finance": "a"}}}, []),
            ({"not": {"any": [{"measure": {"areas": "e"}}, {"measure": {"finance": "a"}}]}}, ["not any e"]),
            ({"not": {"not": {"measure": {"areas": "a", "finance": "a"}}}}, ["any a"]),
            ({"measure": {"finance": "a"}, "count": {"at_least": 2, "measure": {"areas": "a"}}}, ["any a"]),
        ],
    )
    def test_what_is_known(self, when: dict[str, Any], known: list[str]) -> None:
        """Of an open rule, the tests that it needs and that are passed already."""
        proposal = Proposal(measures=(Measure(id="m1", areas=Value.exactly("d")), Measure(id="m2")))
        said = case_of(when, proposal, knowledge(())).report().open[0]
        assert [each.condition for each in said.because if each.measure == "m1"] == known

    def test_each_link_once(self, report: Report) -> None:
        """A rule to which two ways lead is told once, and the second time only named."""
        chain = report.why(said_of(report, "harmonises", "m2"))
        first, light, lapsed = chain.links
        both = evolve(chain, links=(evolve(first, stronger=(1, 2)), light, lapsed))
        text = printed(chain_outline(both, "en"), Path("/nowhere"))
        assert text.count("m2: No longer light\n") == 1
        assert "the stronger rule is itself set aside: Light for movement" in text
        assert "set aside by the stronger rule: No longer light (told above)" in text

    def test_two_ways_to_one_rule(self) -> None:
        """Where two stronger rules await one above them both, that one is a single link."""
        case = case_of({"measure": {"areas": "a"}}, Proposal(measures=(Measure(id="m1"),)), knowledge(()))
        (compiled,) = case.program.rules
        ranks: dict[str, tuple[str, ...]] = {"top": ("left", "right"), "left": ("low",), "right": ("low",), "low": ()}
        rules = tuple(
            evolve(compiled, rule=evolve(compiled.rule, id=name, defeats=below)) for name, below in ranks.items()
        )
        report = evolve(case, program=evolve(case.program, rules=rules)).report()
        chain = report.why(next(each for each in report.open if each.rule == "low"))
        assert [(each.rule.id, each.stronger) for each in chain.links] == [
            ("low", (1, 2)),
            ("left", (3,)),
            ("right", (3,)),
            ("top", ()),
        ]


class TestData:
    """A chain as data."""

    def test_links(self, report: Report) -> None:
        """Each link points to the stronger rules that speak."""
        chain = report.why(said_of(report, "harmonises", "m2"))
        assert [each.rule.id for each in chain.links] == ["small/harmonises", "small/light", "small/lapsed"]
        assert [each.stronger for each in chain.links] == [(1,), (2,), ()]
        assert [type(each.said) for each in chain.links] == [Finding, Defeated, Finding]
        assert chain.said is report.findings[report.findings.index(chain.links[0].said)]
        assert [(each.kind, each.id, each.line) for each in chain.facts] == [("legal_basis", "industry", 3)]

    def test_of_a_report_from_data(self, report: Report) -> None:
        """A report that was kept as JSON explains itself as the first one did."""
        kept = report_from_data(json.loads(json.dumps(report_to_data(report))))
        assert [kept.why(each) for each in everything(kept)] == [report.why(each) for each in everything(report)]

    def test_not_said(self, report: Report) -> None:
        """What the report does not say has no chain."""
        other = evolve(report.findings[0], measure="m9")
        with pytest.raises(UsageError, match="the report does not say this"):
            report.why(other)
        with pytest.raises(UsageError, match="the report does not say this"):
            report.why(evolve(report.findings[0], sources=()))

    def test_json(self, report: Report) -> None:
        """With `why` a report has the chain of all that it says, as its schema has it."""
        document = json.loads(render([report], "nl", why=True))
        jsonschema.validate(document, schema_for("report"))
        (plain,) = document["reports"]
        assert plain["chains"] == [
            as_told(json.loads(json.dumps(chain_to_data(report.why(each), "nl")))) for each in everything(report)
        ]
        assert plain["chains"][0]["links"][0]["said"]["message"] == report.findings[0].message.nl
        assert "chains" not in json.loads(render([report]))["reports"][0]


def lines_of(path: str, folder: Path) -> list[str]:
    """The lines of a file of the small pack."""
    return Path(path).read_text("utf-8").splitlines() if Path(path).is_relative_to(folder) else []


def test_every_step_is_in_the_files(report: Report, folder: Path) -> None:
    """Rules, facts and the proposal have what the chain says at the line that it says."""
    proposal = PROPOSAL.splitlines()
    seen = 0
    for said in everything(report):
        chain = report.why(said)
        for link in chain.links:
            rule = lines_of(link.rule.path, folder)
            for because in link.said.because:
                seen += 1
                assert because.line is not None
                asked = rule[because.line - 1]
                assert because.field in asked
                if because.subject in {"measure", "proposal"}:
                    assert because.proposal_line is not None
                    assert proposal[because.proposal_line - 1].startswith(f"{because.field}=")
        for fact in chain.facts:
            assert fact.line is not None
            assert lines_of(fact.path, folder)[fact.line - 1 : fact.line + 1] == ["[[fact]]", f'id = "{fact.id}"']
    assert seen > 20


class TestProperties:
    """Of random packs and proposals."""

    @slow
    @given(cases())
    def test_chains_are_whole(self, case: Case) -> None:
        """A chain holds the facts, principles and positions of its links once each, and links to stronger rules only."""
        report = case.report()
        defeats = {each.rule.id: each.rule.defeats for each in case.program.rules}
        for said in everything(report):
            chain = report.why(said)
            assert chain.said == said
            assert len({(each.said.rule, each.said.measure) for each in chain.links}) == len(chain.links)
            keys = {(one.kind, one.id) for each in chain.links for one in each.said.facts}
            assert len(chain.facts) == len(keys)
            assert {(each.kind, each.id) for each in chain.facts} == keys
            assert {each.id for each in chain.principles} == {each.principle for each in chain.links}
            for link in chain.links:
                for number in link.stronger:
                    above = chain.links[number]
                    assert link.said.rule in defeats[above.rule.id]
                    assert above.said.measure in {link.said.measure, None}
            assert {each.text for each in chain.sources} == {
                text
                for each in (*(link.said for link in chain.links), *chain.facts, *chain.principles, *chain.positions)
                for text in each.sources
            }
            assert all(parse_source(each.text) for each in chain.sources)

    @slow
    @given(cases())
    def test_what_defeats_and_what_is_awaited_is_in_the_chain(self, case: Case) -> None:
        """The rule that sets another aside, and each that an open one awaits, is a link above it."""
        report = case.report()
        for said in everything(report):
            chain = report.why(said)
            above = {chain.links[number].said.rule for number in chain.links[0].stronger}
            if isinstance(said, Open):
                assert above >= set(said.awaits)
            elif isinstance(said, Defeated) and said.by.rule is not None:
                assert said.by.rule in above
            if isinstance(said, Finding):
                assert all(isinstance(chain.links[number].said, Defeated) for number in chain.links[0].stronger)

    @slow
    @given(cases())
    def test_what_is_known_is_decided(self, case: Case) -> None:
        """What an open rule is said to have met already is not what it still asks."""
        for compiled in case.program.rules:
            measures = case.proposal.measures if compiled.rule.scope == "measure" else (None,)
            for measure in measures:
                scene = Scene(case.proposal, case.program.facts, measure, measure)
                for step in Tracer().settled(compiled.rule.when, scene):
                    assert step.truth is (Truth.NO if step.negated else Truth.YES)
        for each in case.report().open:
            # One fact may be joined while it is open whether another one is.
            known, unknown = (
                {(one.measure, one.field, one.condition) for one in parts if "basis." not in one.condition}
                for parts in (each.because, each.unknown)
            )
            assert not known & unknown

    @slow
    @given(cases())
    def test_languages_say_the_same(self, case: Case) -> None:
        """English and Dutch have the same lines at the same depth."""
        report = case.report()
        for said in everything(report):
            en, nl = (list(text_lines(chain_outline(report.why(said), language))) for language in LANGUAGES)
            assert [indent for indent, _ in en] == [indent for indent, _ in nl]
            assert [_bare(line) for line in en] == [_bare(line) for line in nl]


def _bare(line: Line) -> str:
    """What stands in a line whatever the language: numbers, without the marks between thousands."""
    return "".join(filter(str.isdigit, line[1].plain))


class TestCommand:
    """`consistent check --why`."""

    @pytest.mark.parametrize(("language", "word"), [("en", "because"), ("nl", "omdat")])
    def test_text(
        self, folder: Path, report: Report, capsys: pytest.CaptureFixture[str], language: str, word: str
    ) -> None:
        """Every finding has its chain below it, those that are in line too."""
        arguments = ["check", str(folder / "p.toml"), "--pack", str(folder), "--as-of", DAY.isoformat()]
        assert main([*arguments, "--lang", language, "--why"]) == 1
        out = capsys.readouterr().out
        expected = sum(len(link.said.because) for each in report.findings for link in report.why(each).links)
        assert out.count(f"{word}: ") >= expected
        label = {"en": "principle: ", "nl": "beginsel: "}[language]
        assert out.count(label) == len(everything(report))

    def test_without(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Unless asked for, a report has no chains."""
        main(["check", str(folder / "p.toml"), "--pack", str(folder), "--as-of", DAY.isoformat()])
        assert "principle: " not in capsys.readouterr().out


@pytest.mark.parametrize("count", [1, 3])
def test_the_work_grows_with_the_findings(kb: KnowledgeBase, count: int) -> None:
    """Each chain is as long however many others there are."""
    measures = "".join(
        f'[[measure]]\nid="n{n}"\neffects=["harmonisation"]\nareas=["fisheries"]\nsafeguards=[]\nstarts=2025-01-01\n'
        for n in range(count)
    )
    report = kb.check(f'[proposal]\nlegal_basis=["TFEU 173(3)"]\n{measures}', as_of=DAY)
    chains = [report.why(each) for each in report.findings]
    assert len(chains) == count
    sizes: list[Callable[..., int]] = [lambda chain: len(chain.links), lambda chain: len(chain.sources)]
    for size in sizes:
        assert all(size(one) == size(other) for one, other in pairwise(chains))
