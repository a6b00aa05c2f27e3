"""What an amended proposal or pack changes, as a negotiator and a lawyer who writes rules see it."""

import io
import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from attrs import evolve
from rich.console import Console

from consistent import UsageError, load
from consistent.checker import KnowledgeBase
from consistent.cli import main
from consistent.inquiries.differences._matching import Pair, match_measures
from consistent.inquiries.differences._mixed import MixedProposals
from consistent.inquiries.differences.difference import Difference
from consistent.model.proposal import COMMON, Measure, Proposal
from consistent.model.text import LANGUAGES, Localized
from consistent.model.values import Value
from consistent.reports.diff_text import diff_outline, print_difference
from consistent.reports.json_format import render_difference, schema_for
from consistent.reports.terminal import text_lines
from consistent.rules.reading import ConditionReader
from consistent.rules.reads import reads_of
from tests.properties.random_packs import knowledge, make_rule

Run = Callable[..., tuple[int, str, str]]

AREAS = "facts/own/vocabulary/areas.toml"
FACTS = "facts/own/bases.toml"
ORDERS = "rules/own/orders.toml"
BASIS = "rules/own/basis.toml"
MANY = "rules/own/many.toml"

PACK = {
    "facts/own/pack.toml": """\
title.en = "Own pack"
title.nl = "Eigen pakket"
sources = ["TEU 5"]
""",
    "facts/own/vocabulary/effects.toml": """\
[order]
en = "order to produce"
nl = "productieopdracht"
[incentive]
en = "incentive"
nl = "stimulans"
""",
    AREAS: """\
[defence]
en = "defence"
nl = "defensie"
[munitions]
en = "munitions"
nl = "munitie"
broader = "defence"
[transport]
en = "transport"
nl = "vervoer"
""",
    "facts/own/vocabulary/safeguards.toml": """\
[say]
en = "say of the Member States"
nl = "zeggenschap van de lidstaten"
""",
    "facts/own/kinds.toml": """\
[base]
title.en = "legal basis"
title.nl = "rechtsgrondslag"
[base.fields]
article = { type = "citation", required = true }
carries = { type = "terms", vocabulary = "effects", title = { en = "carries", nl = "draagt" } }
""",
    "facts/own/principles.toml": """\
[conferral]
title.en = "Conferral"
title.nl = "Bevoegdheidstoedeling"
statement.en = "Only what was conferred."
statement.nl = "Alleen wat is toegedeeld."
sources = ["TEU 5(1)"]
""",
    FACTS: """\
kind = "base"

[[fact]]
id = "industry"
article = "TFEU 173(3)"
carries = ["incentive"]
sources = ["TFEU 173(3)"]
""",
    ORDERS: """\
title.en = "Orders past the Member States"
title.nl = "Opdrachten buiten de lidstaten om"
principle = "conferral"
ground = "policy"
verdict = "conflict"
dimension = "competence"
sources = ["TEU 4(2)"]
rationale.en = "They decide."
rationale.nl = "Zij beslissen."

[when.measure]
effects = "order"
areas = "defence"

[[unless]]
reason.en = "They have a say."
reason.nl = "Zij hebben zeggenschap."
[unless.measure]
safeguards = "say"

[message]
en = "{measure} gives orders in {measure.areas}"
nl = "{measure} geeft opdrachten in {measure.areas}"

[[example]]
title = "orders"
expect = "conflict"
[[example.measure]]
effects = ["order"]
areas = ["defence"]
safeguards = []

[[example]]
title = "an incentive"
expect = "not-applicable"
[[example.measure]]
effects = ["incentive"]
areas = ["defence"]
safeguards = []
""",
    BASIS: """\
title.en = "Basis that does not carry it"
title.nl = "Grondslag die het niet draagt"
principle = "conferral"
ground = "law"
verdict = "condition"
dimension = "competence"
sources = ["TFEU 173(3)"]
rationale.en = "It must."
rationale.nl = "Dat moet."

[when.measure]
effects = { empty = false }

[when.not.base]
article = "$measure.legal_basis"
carries = "incentive"

[message]
en = "{measure} is not carried"
nl = "{measure} wordt niet gedragen"

[[example]]
title = "another basis"
expect = "condition"
[[example.measure]]
effects = ["order"]
legal_basis = "TFEU 114(1)"

[[example]]
title = "the right one"
expect = "not-applicable"
[[example.measure]]
effects = ["order"]
legal_basis = "TFEU 173(3)"
""",
    MANY: """\
title.en = "Enough measures on transport"
title.nl = "Genoeg maatregelen over vervoer"
principle = "conferral"
ground = "policy"
verdict = "aligned"
dimension = "substance"
sources = ["TEU 4(2)"]
rationale.en = "Two or more."
rationale.nl = "Twee of meer."

[when.count]
at_least = 2
measure.areas = "transport"

[message]
en = "enough"
nl = "genoeg"

[[example]]
title = "two"
expect = "aligned"
[[example.measure]]
areas = ["transport"]
[[example.measure]]
areas = ["transport"]

[[example]]
title = "one"
expect = "not-applicable"
[[example.measure]]
areas = ["transport"]
""",
}

OLD = """\
[proposal]
title.en = "Proposal"
title.nl = "Voorstel"
legal_basis = ["TFEU 173(3)"]

[[measure]]
id = "art-1"
title.en = "Orders for munitions"
title.nl = "Opdrachten voor munitie"
effects = ["order"]
areas = ["munitions"]
safeguards = []

[[measure]]
id = "art-2"
title.en = "Roads"
title.nl = "Wegen"
effects = ["incentive"]
areas = ["transport"]
safeguards = []
"""
# As a presidency would: a safeguard added, an article inserted, those after it renumbered.
NEW = """\
[proposal]
title.en = "Proposal"
title.nl = "Voorstel"
legal_basis = ["TFEU 173(3)"]

[[measure]]
id = "art-1"
title.en = "Orders for munitions"
title.nl = "Opdrachten voor munitie"
effects = ["order"]
areas = ["munitions"]
safeguards = ["say"]

[[measure]]
id = "art-2"
title.en = "Orders for shells"
title.nl = "Opdrachten voor granaten"
effects = ["order"]
areas = ["munitions"]

[[measure]]
id = "art-3"
title.en = "Roads"
title.nl = "Wegen"
effects = ["incentive"]
areas = ["transport"]
safeguards = []
"""


def write(folder: Path, changed: Mapping[str, tuple[str, str]] | None = None) -> Path:
    """The pack in a folder, with a text replaced in some of its files."""
    for name, text in PACK.items():
        old, new = (changed or {}).get(name, ("", ""))
        assert old in text
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1) if old else text, "utf-8")
    return folder


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """The small pack."""
    return load(write(tmp_path / "pack"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in a folder with the pack and both versions of the proposal."""
    write(tmp_path / "pack")
    (tmp_path / "old.toml").write_text(OLD, "utf-8")
    (tmp_path / "new.toml").write_text(NEW, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")

    def call(*arguments: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            status = main(["diff", *arguments])
        return status, out.getvalue(), err.getvalue()

    return call


ON = ("--pack", "pack", "--as-of", "2026-01-01")


def test_presidency_text(run: Run) -> None:
    """What got worse and better, each with its cause; renumbered articles are no news."""
    assert run("old.toml", "new.toml", "-v", *ON) == (
        0,
        """\
Proposal
  old  old.toml · measures 2 · pack own · as of 2026-01-01
  new  new.toml · measures 3 · pack own · as of 2026-01-01

What the text changes
  measures: 1 added, 1 amended, 1 renumbered only
  art-1  [1] safeguards: none -> say of the Member States (line 12 -> 12)
  [2] measure added: art-2 (line 15)

Judgement
  competence         partly positive, partly negative -> open  (amendments 1, 2)

Measures (2)
  art-1  conflict -> set aside
  art-2  new: open

Worse (1)
  art-2  Orders for shells
    new: open, would be: conflict  Orders past the Member States
      'Orders for shells' gives orders in munitions
      own/orders · policy · competence
      now to be known: art-2, safeguards: say of the Member States?
      because: [2] measure added: art-2 (line 15)

Better (1)
  art-1  Orders for munitions
    conflict -> set aside  Orders past the Member States
      'Orders for munitions' gives orders in munitions
      own/orders · policy · competence
      because: [1] safeguards: none -> say of the Member States (line 12 -> 12)

Other wording or numbering only (1)
  [3] renumbered: art-2 -> art-3 (line 15 -> 22)

unchanged: findings 0, open 0, met or set aside 0; measures without another outcome: 1
""",
        "",
    )


def test_presidency_text_in_dutch(run: Run) -> None:
    """The same in Dutch."""
    status, out, _ = run("old.toml", "new.toml", "-v", *ON, "--lang", "nl", "--fail-on", "open")
    assert status == 1
    assert (
        out
        == """\
Voorstel
  oud    old.toml · maatregelen 2 · pakket own · peildatum 2026-01-01
  nieuw  new.toml · maatregelen 3 · pakket own · peildatum 2026-01-01

Wat de tekst wijzigt
  maatregelen: 1 toegevoegd, 1 gewijzigd, 1 alleen hernummerd
  art-1  [1] waarborgen: geen -> zeggenschap van de lidstaten (regelnr. 12 -> 12)
  [2] maatregel toegevoegd: art-2 (regelnr. 15)

Oordeel
  bevoegdheid        deels positief, deels negatief -> open  (wijzigingen 1, 2)

Maatregelen (2)
  art-1  strijdig -> terzijde gesteld
  art-2  nieuw: open

Slechter (1)
  art-2  Opdrachten voor granaten
    nieuw: open, zou zijn: strijdig  Opdrachten buiten de lidstaten om
      'Opdrachten voor granaten' geeft opdrachten in munitie
      own/orders · beleid · bevoegdheid
      nu nodig te weten: art-2, waarborgen: zeggenschap van de lidstaten?
      omdat: [2] maatregel toegevoegd: art-2 (regelnr. 15)

Beter (1)
  art-1  Opdrachten voor munitie
    strijdig -> terzijde gesteld  Opdrachten buiten de lidstaten om
      'Opdrachten voor munitie' geeft opdrachten in munitie
      own/orders · beleid · bevoegdheid
      omdat: [1] waarborgen: geen -> zeggenschap van de lidstaten (regelnr. 12 -> 12)

Alleen anders verwoord of genummerd (1)
  [3] hernummerd: art-2 -> art-3 (regelnr. 15 -> 22)

ongewijzigd: bevindingen 0, open 0, voldaan of terzijde gesteld 0; maatregelen zonder andere uitkomst: 1
"""
    )


def test_amended_rule(run: Run, tmp_path: Path) -> None:
    """A rule that lost its exception and turned graver is shown with its lines, from either file."""
    lost = PACK[ORDERS][PACK[ORDERS].index("[[unless]]") : PACK[ORDERS].index("[message]")]
    write(tmp_path / "amended", {ORDERS: (lost, ""), BASIS: ('"condition"', '"conflict"')})
    (tmp_path / "own.toml").write_text(NEW.replace("TFEU 173(3)", "TFEU 114(1)"), "utf-8")
    status, out, _ = run("own.toml", *ON, "--new-pack", "amended")
    assert status == 1
    assert "Worse (5)" in out
    assert (
        """\
    set aside -> conflict  Orders past the Member States
      'Orders for munitions' gives orders in munitions
      own/orders · policy · competence
      because: [2] rule own/orders, exceptions (line 15)
        - 15: [[unless]]
        - 16: reason.en = "They have a say."
        - 17: reason.nl = "Zij hebben zeggenschap."
        - 18: [unless.measure]
        - 19: safeguards = "say"
"""
        in out
    )
    assert "because: [1] rule own/basis, verdict: condition missing -> conflict (line 5 -> 5)" in out


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param(
            {FACTS: ('"TFEU 173(3)"\ncarries', '"TFEU 114(1)"\ncarries')},
            "fact base/industry, article: Article 173(3) TFEU -> Article 114(1) TFEU (bases.toml:5 -> bases.toml:5)",
            id="fact",
        ),
        pytest.param(
            {AREAS: ('broader = "defence"', 'broader = "transport"')},
            "term areas/munitions, broader terms: defence -> transport",
            id="term",
        ),
        pytest.param(
            {ORDERS: ('areas = "defence"', 'areas = "transport"')},
            'rule own/orders, conditions: areas = "defence" -> areas = "transport" (line 13 -> 13)',
            id="condition",
        ),
        pytest.param(
            {BASIS: ('ground = "law"', 'ground = "law"\ndefeats = ["own/orders"]')},
            "rule own/basis, superiority: nothing -> own/orders (line 5)",
            id="superiority",
        ),
        pytest.param(
            {ORDERS: ('ground = "policy"', 'ground = "law"')},
            "rule own/orders, ground: policy -> law (line 4 -> 4)",
            id="ground",
        ),
    ],
)  # fmt: skip
def test_amended_pack(
    kb: KnowledgeBase, tmp_path: Path, changed: Mapping[str, tuple[str, str]], told: str, run: Run
) -> None:
    """Each part of a pack can be what a change comes from, and is told with its place."""
    write(tmp_path / "amended", changed)
    # On a basis that carries nothing the rule on bases applies too.
    text = OLD.replace("TFEU 173(3)", "TFEU 114(1)") if BASIS in changed else OLD
    (tmp_path / "old.toml").write_text(text, "utf-8")
    _, out, _ = run("old.toml", *ON, "--new-pack", "amended")
    assert f"because: [1] {told}" in " ".join(out.split())


def causes(found: Difference, rule: str) -> list[tuple[str | None, str, str | None, list[str]]]:
    """Of each change of a rule: where, what, how, and the parts that it comes from."""
    return [
        (each.measure, each.kind, each.how, [found.amendment(cause.amendment).part for cause in each.causes])
        for each in found.changes
        if each.rule == rule
    ]


def test_two_that_are_needed(kb: KnowledgeBase) -> None:
    """An effect and an area that together make a conflict are both named, with what there would be without each."""
    before = OLD.replace('"order"', '"incentive"').replace('areas = ["munitions"]', 'areas = ["transport"]')
    found = kb.diff(before, OLD)
    assert causes(found, "own/orders") == [("art-1", "come", "necessary", ["effects", "areas"])]
    assert found.reaches("conflict")


def test_two_that_are_each_enough(kb: KnowledgeBase) -> None:
    """Where either amendment takes a conflict away, each is told as enough."""
    after = OLD.replace('"order"', '"incentive"').replace('areas = ["munitions"]', 'areas = ["transport"]')
    found = kb.diff(OLD, after)
    assert causes(found, "own/orders") == [("art-1", "gone", "sufficient", ["effects", "areas"])]
    assert not found.reaches("open")


def test_only_together(kb: KnowledgeBase) -> None:
    """Three measures turned to transport, where two are enough: no single one is a cause, two of them are."""
    measure = '[[measure]]\nid = "{}"\ntitle = "{}"\nareas = ["{}"]\n'
    before, after = (
        "[proposal]\n" + "".join(measure.format(f"a{n}", "xyz"[n] * 9, area) for n in range(3))
        for area in ("defence", "transport")
    )
    found = kb.diff(before, after)
    assert causes(found, "own/many") == [(None, "come", "together", ["areas", "areas"])]


def test_open_and_decided(kb: KnowledgeBase) -> None:
    """A value that is told decides what was open; one that is struck opens what was decided."""
    told, untold = OLD, OLD.replace('areas = ["munitions"]\nsafeguards = []', 'areas = ["munitions"]')
    decided, reopened = kb.diff(untold, told), kb.diff(told, untold)
    assert causes(decided, "own/orders") == [("art-1", "decided", "necessary", ["safeguards"])]
    assert causes(reopened, "own/orders") == [("art-1", "opened", "necessary", ["safeguards"])]
    change = reopened.changes[0]
    assert [each.en for each in change.asks] == ["art-1, safeguards: say of the Member States?"]
    assert change.weight == 1
    assert decided.reaches("conflict")


def test_other_questions(kb: KnowledgeBase) -> None:
    """An open rule that asks less than before is told with the question that is answered."""
    before = OLD.replace('areas = ["munitions"]\nsafeguards = []', "", 1)
    after = OLD.replace('areas = ["munitions"]\nsafeguards = []', 'areas = ["munitions"]', 1)
    change = next(each for each in kb.diff(before, after).changes if each.rule == "own/orders")
    assert (change.kind, len(change.asks), len(change.answered)) == ("asked", 0, 1)


def test_hostile_words(kb: KnowledgeBase) -> None:
    """Control characters of a proposal do not reach the terminal, and a title as long as a book is no trouble."""
    console = Console(file=io.StringIO(), width=120)
    title = "\x1b[31mred\u202e" + "x" * 100_000
    found = kb.diff(OLD, OLD.replace('"Roads"', json.dumps(title)).replace("art-2", "art-3"))
    print_difference(found, console, "en")
    assert not {"\x1b", "\u202e"} & set(console.file.getvalue())  # type: ignore[attr-defined]  # the file is a StringIO
    assert not found.changes


def test_terms_one_by_one() -> None:
    """What a value rules out follows each term that is new by itself: nothing is known of one that is not there yet."""
    old = Measure(id="m", areas=Value(no=frozenset({"defence"})))
    new = Measure(id="m", areas=Value(no=frozenset({"defence", "air", "sea"})))
    keys = frozenset({("term", "areas", "air"), ("term", "areas", "sea"), ("term", "effects", "order")})
    mixed = MixedProposals(Proposal(measures=(old,)), Proposal(measures=(new,)), (Pair(old, new),), keys, COMMON)
    ruled_out = {made: mixed.of(frozenset({made})).measures[0].areas.no for made in keys}
    assert ruled_out["term", "areas", "air"] == {"defence", "air"}
    assert ruled_out["term", "areas", "sea"] == {"defence", "sea"}
    assert ruled_out["term", "effects", "order"] == {"defence"}


def test_unknown_fields_read_otherwise(tmp_path: Path) -> None:
    """A value that says `may` or `lacks` is not amended where only the terms of the pack are others."""
    other = load(
        write(
            tmp_path / "b",
            {AREAS: ("[transport]", '[shells]\nen = "shells"\nnl = "granaten"\nbroader = "munitions"\n[transport]')},
        )
    )
    kb = load(write(tmp_path / "a"))
    for said in (
        '{ has = ["transport"], may = ["munitions"] }',
        '{ lacks = ["munitions"] }',
        '{ lacks = ["defence"] }',
    ):
        found = kb.diff(OLD.replace('["munitions"]', said), new_kb=other)
        assert [(each.subject, each.id) for each in found.amendments] == [("term", "areas/shells")]


def test_what_a_rule_hangs_on() -> None:
    """A rule hangs on what defeats it, and on what defeats that, in either version."""
    reader = ConditionReader(knowledge(()))
    strongest, strong, weak = (
        evolve(make_rule(0, {"measure": {field: "a"}}, [], reader), id=field, defeats=defeats)
        for field, defeats in (("effects", ("safeguards",)), ("safeguards", ()), ("areas", ()))
    )
    reads = reads_of(
        "areas", [{"areas": weak, "effects": strongest}, {"safeguards": evolve(strong, defeats=("areas",))}]
    )
    assert reads.rules == {"areas", "safeguards", "effects"}
    assert reads.fields == {"areas", "safeguards", "effects"}
    assert not reads.counts


def test_contested_fact(tmp_path: Path) -> None:
    """A conflict of law turns where the fact that it rests on becomes contested, and the fact is named."""
    joined = {BASIS: ("[when.not.base]", "[when.base]")}
    readings = 'ground = "contested"\nreadings = { en = "one, or other", nl = "de een, of de ander" }\nsources'
    kb = load(write(tmp_path / "a", joined))
    other = load(write(tmp_path / "b", {**joined, FACTS: ("sources", readings)}))
    found = kb.diff(OLD, new_kb=other)
    assert causes(found, "own/basis") == [(each, "turned", "necessary", ["ground"]) for each in ("art-1", "art-2")]
    assert [(each.part, each.words_only) for each in found.amendments] == [("ground", False), ("readings", True)]


def test_days(tmp_path: Path) -> None:
    """A rule that comes into force between two days is told as such, not as a new one."""
    kb = load(
        write(tmp_path, {ORDERS: ('principle = "conferral"', 'principle = "conferral"\nvalid_from = 2026-02-01')})
    )
    found = kb.diff(OLD, as_of=date(2026, 1, 1), new_as_of=date(2026, 3, 1))
    assert [(each.subject, each.what, each.id) for each in found.amendments] == [("rule", "begins", "own/orders")]
    assert causes(found, "own/orders") == [("art-1", "come", "necessary", [""])]


def test_pack_comes_into_force(tmp_path: Path) -> None:
    """A pack that begins or ends between two days is one amendment, with its rules and facts counted under it."""
    dated = {"facts/own/pack.toml": ("sources", "valid_from = 2026-02-01\nvalid_to = 2026-12-31\nsources")}
    kb = load(write(tmp_path, dated))
    before, within, after = date(2026, 1, 31), date(2026, 2, 1), date(2027, 1, 1)
    found = kb.diff(OLD, as_of=before, new_as_of=within)
    (amendment,) = found.amendments
    assert (amendment.subject, amendment.what, amendment.id, amendment.day) == ("pack", "begins", "own", "2026-02-01")
    assert amendment.rules == ("own/basis", "own/many", "own/orders")
    assert amendment.facts == ("base/industry",)
    assert {(each.how, tuple(one.amendment for one in each.causes)) for each in found.changes} == {("necessary", (1,))}
    assert all(cause.without is None for each in found.changes for cause in each.causes)
    told = {each: "\n".join(text.plain for _, text in text_lines(diff_outline(found, each))) for each in LANGUAGES}
    assert "because: [1] the pack own is in force since 2026-02-01 (rules 3, facts 1)" in told["en"]
    assert "omdat: [1] het pakket own geldt sinds 2026-02-01 (regels 3, feiten 1)" in told["nl"]
    assert "rule now in force" not in told["en"]
    ended = kb.diff(OLD, as_of=within, new_as_of=after)
    assert [(each.what, each.day) for each in ended.amendments] == [("ends", "2026-12-31")]
    text = "\n".join(text.plain for _, text in text_lines(diff_outline(ended, "en")))
    assert "[1] the pack own is no longer in force: its last day was 2026-12-31 (rules 3, facts 1)" in text
    jsonschema.validate(json.loads(render_difference(found)), schema_for("diff"))


def test_few_numbers(kb: KnowledgeBase) -> None:
    """Of many amendments behind a grade five are numbered, the rest counted."""
    found = kb.diff(OLD, NEW)
    many = evolve(found, grades=tuple(evolve(each, amendments=tuple(range(1, 9))) for each in found.grades))
    told = {each: "\n".join(text.plain for _, text in text_lines(diff_outline(many, each))) for each in LANGUAGES}
    assert "(amendments 1, 2, 3, 4, 5 and 3 more)" in told["en"]
    assert "(wijzigingen 1, 2, 3, 4, 5 en nog 3)" in told["nl"]


@pytest.mark.parametrize(("count", "lines"), [(3, 3), (4, 1)])
def test_many_alike_share_a_line(kb: KnowledgeBase, count: int, lines: int) -> None:
    """From four new rules on that change nothing they are named on one line, with just their numbers; fewer have each their own."""
    found = kb.diff(OLD, NEW)
    first = found.amendments[0]
    new = [
        evolve(
            first,
            number=100 + number + (number > 2),
            subject="rule",
            what="added",
            id=f"own/r{number}",
            part="",
            words_only=False,
        )
        for number in range(count)
    ]
    text = [
        line.plain for _, line in text_lines(diff_outline(evolve(found, amendments=(*found.amendments, *new)), "en"))
    ]
    told = [line for line in text if "own/r" in line]
    assert len(told) == lines
    assert all(each.id in "\n".join(told) for each in new)
    assert any("[100-102, 104]" in line and "(4)" in line for line in told) == (lines == 1)


def test_waivers(kb: KnowledgeBase) -> None:
    """An accepted conflict that is renumbered is no longer accepted, and that is told."""
    waiver = {
        "waiver": [
            {"rule": "own/orders", "measure": "art-1", "reason": {"en": "a", "nl": "a"}, "owner": "b", "until": date(2030, 1, 1)}
        ]
    }  # fmt: skip
    found = kb.diff(OLD, OLD.replace("art-1", "art-9"), as_of=date(2026, 1, 1), waivers=waiver)
    assert [(each.kind, each.weight, each.how) for each in found.changes] == [("unaccepted", -1, None)]
    assert found.reaches("conflict")
    told = {each: " ".join(text.plain for _, text in text_lines(diff_outline(found, each))) for each in LANGUAGES}
    assert "because no waiver covers it any more" in told["en"]
    assert "omdat geen aanvaarding dit meer dekt" in told["nl"]


def test_library(kb: KnowledgeBase) -> None:
    """Checks can be compared as well."""
    old, new = kb.check(OLD), kb.check(NEW)
    assert old.diff(new) == kb.diff(OLD, NEW)
    assert old.diff(old).empty
    with pytest.raises(UsageError, match="no amendment 9"):
        old.diff(new).amendment(9)


def test_json(kb: KnowledgeBase, run: Run) -> None:
    """The JSON fits its schema and says what the text says."""
    for language in ("en", "nl"):
        _, out, _ = run("old.toml", "new.toml", *ON, "--format", "json", "--lang", language)
        data = json.loads(out)
        jsonschema.validate(data, schema_for("diff"))
        changes = data["difference"]["changes"]
        assert [each["weight"] for each in changes] == [1, -1]
        assert changes[0]["message"] == changes[0]["messages"][language]
        assert changes[0]["old"] == {
            "outcome": "applies", "verdict": "conflict", "ground": "policy", "dimension": "competence", "waived": False,
        }  # fmt: skip
    assert json.loads(render_difference(kb.diff(OLD, OLD)))["difference"]["changes"] == []


def test_no_difference(run: Run) -> None:
    """A proposal does not differ from itself."""
    status, out, _ = run("old.toml", "old.toml", *ON)
    assert status == 0
    assert "Nothing differs." in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("old.toml",), "nothing to compare with\nhelp: give a second proposal, --new-pack or --new-as-of"),
        (("-", "-"), "standard input can be one of the two proposals only"),
        (("gone.toml", "new.toml"), "file cannot be read: no such file or directory\n  at gone.toml"),
        (("old.toml", "--new-pack", "./gone"), "no folder `gone` to load a pack from"),
        (("old.toml", "pack"), "file cannot be read: it is a folder\n  at pack"),
        (
            ("old.toml", "bad.toml", "--new-pack", "unlike"),
            (
                "field `carries` of kind `base` is of another type in the new pack: facts of both cannot be compared\n"
                "help: give the field another name there"
            ),
        ),
    ],
)  # fmt: skip
def test_bad_input(run: Run, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    """What cannot be compared is told, with status 2 and nothing on standard output."""
    kinds = 'type = "terms", vocabulary = "effects"'
    write(tmp_path / "unlike", {"facts/own/kinds.toml": (kinds, 'type = "text"')})
    (tmp_path / "bad.toml").write_text(NEW, "utf-8")
    assert run(*arguments, *ON) == (2, "", f"error: {told}\n")


def measure(name: str, title: str, *effects: str) -> Measure:
    """A measure with a title and effects."""
    return Measure(id=name, title=Localized(title, title), effects=Value.exactly(*effects))


@pytest.mark.parametrize(
    ("old", "new", "matched"),
    [
        pytest.param(
            [measure("1", "roads", "a"), measure("2", "rails", "b")],
            [measure("1", "bridges over rivers", "c"), measure("2", "roads", "a"), measure("3", "rails", "b")],
            [("", "1"), ("1", "2"), ("2", "3")],
            id="an article inserted before",
        ),
        pytest.param(
            [measure("1", "roads", "a"), measure("2", "rails", "b")],
            [measure("1", "rails", "b"), measure("2", "roads", "a")],
            [("2", "1"), ("1", "2")],
            id="exchanged",
        ),
        pytest.param(
            [measure("1", "support for roads in border regions", "a", "b")],
            [measure("7", "support for roads in all border regions", "a", "b")],
            [("1", "7")],
            id="amended and renumbered",
        ),
        pytest.param(
            [measure("1", "roads", "a")], [measure("1", "something else", "z")], [("1", "1")], id="rewritten"
        ),
        pytest.param(
            [measure("1", "roads", "a")], [measure("2", "something else", "z")], [("", "2"), ("1", "")], id="replaced"
        ),
    ],
)  # fmt: skip
def test_matching(old: list[Measure], new: list[Measure], matched: list[tuple[str, str]]) -> None:
    """Which measure is which."""
    pairs = match_measures(old, new)
    assert [(each.old.id if each.old else "", each.new.id if each.new else "") for each in pairs] == matched
