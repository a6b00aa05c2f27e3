"""A small pack, written to a folder, for texts that are compared to the letter; and random rules that have a file."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import tomlkit
from attrs import evolve
from hypothesis import assume
from hypothesis import strategies as st

from consistent.engine.plain import PlainEngine
from consistent.errors import InputError
from consistent.findings.case import Case
from consistent.knowledge.entries import Anchor, Knowledge
from consistent.model.proposal import Proposal
from consistent.rules.compiling import compile_rules
from consistent.rules.program import FactLookup
from consistent.rules.reading import ConditionReader
from consistent.rules.rule import Rule
from consistent.toml.tomlfile import TomlFile
from tests.properties.random_packs import DAY, conditions, facts, knowledge, make_rule, proposals

__all__ = ["PROPOSAL", "case_of", "cases", "write_pack"]

# On m2 the rule on harmonisation stands, as what would set it aside is set aside itself.
PROPOSAL = """\
[proposal]
title.en="An act"
title.nl="Een handeling"
kind="act"
legal_basis=["TFEU 173(3)"]
evidence.legal_basis={document="COM(2024) 150", place="art. 1", quote="Having regard"}
[[measure]]
id="m1"
title.en="First"
title.nl="Eerste"
effects=["harmonisation"]
areas=["roads"]
starts=2025-06-01
safeguards=[]
amount=400_000_000
[[measure]]
id="m2"
effects=["harmonisation"]
areas=["roads"]
starts=2026-06-01
safeguards=[]
[[measure]]
id="m3"
effects=["obligation"]
areas=["defence"]
safeguards=[]
[[measure]]
id="m4"
effects=["harmonisation"]
areas=["fisheries"]
amount=600_000_000
starts=2026-02-01
[[measure]]
id="m5"
legal_basis=["TFEU 173(2)"]
effects=["harmonisation"]
areas=["procurement"]
"""

_FILES = {
    "facts/small/pack.toml": """\
        title.en = "Small pack"
        title.nl = "Klein pakket"
        sources = ["TEU 5"]
        """,
    "facts/small/vocabulary/areas.toml": """\
        defence = { en = "defence", nl = "defensie" }
        military-mobility = { en = "military mobility", nl = "militaire mobiliteit", broader = "defence" }
        procurement = { en = "procurement", nl = "aanschaf", broader = "defence" }
        roads = { en = "roads", nl = "wegen", broader = "military-mobility" }
        fisheries = { en = "fisheries", nl = "visserij" }
        """,
    "facts/small/vocabulary/effects.toml": """\
        harmonisation = { en = "harmonisation", nl = "harmonisatie" }
        obligation = { en = "obligation", nl = "verplichting" }
        """,
    "facts/small/vocabulary/safeguards.toml": 'opt-out = { en = "opt-out", nl = "uitstapregeling" }\n',
    "facts/small/vocabulary/kinds.toml": 'act = { en = "act", nl = "handeling" }\n',
    "facts/small/kinds.toml": """\
        [legal_basis]
        title.en = "legal basis"
        title.nl = "rechtsgrondslag"
        [legal_basis.fields]
        article = { type = "citation", required = true, title = { en = "article", nl = "artikel" } }
        harmonisation = { type = "boolean", title = { en = "can harmonise", nl = "kan harmoniseren" } }
        """,
    "facts/small/bases.toml": """\
        kind = "legal_basis"

        [[fact]]
        id = "industry"
        article = "TFEU 173(3)"
        harmonisation = false
        sources = ["TFEU 173(3)"]
        verified = 2025-01-31

        [[fact]]
        id = "market"
        article = "TFEU 114(1)"
        harmonisation = true
        sources = ["TFEU 114(1)"]
        """,
    "facts/small/principles.toml": """\
        [conferral]
        title.en = "Conferral"
        title.nl = "Bevoegdheidstoedeling"
        statement.en = "The Union acts within its powers."
        statement.nl = "De Unie handelt binnen haar bevoegdheden."
        sources = ["TEU 5(2)"]
        """,
    "facts/small/positions.toml": """\
        [own-law]
        kind = "red-line"
        at = ["IND.P.6"]
        summary.en = "National law stays national."
        summary.nl = "Nationaal recht blijft nationaal."
        sources = ["Kamerstuk 22112-4027 IND.P.6"]
        """,
}
_HEAD = """\
title.en = "{en}"
title.nl = "{nl}"
principle = "conferral"
ground = "law"
verdict = "{verdict}"
dimension = "competence"
sources = ["TFEU 2(5)"]
rationale.en = "Because."
rationale.nl = "Daarom."
message.en = "{{{owner}}}: {en}"
message.nl = "{{{owner}}}: {nl}"
"""
# A rule needs both; the small pack is not about what they show.
_EXAMPLES = """
[[example]]
title = "one"
expect = "conflict"
[[example.measure]]
[[example]]
title = "other"
expect = "not-applicable"
[[example.measure]]
"""
_RULES = {
    "harmonises": ("Harmonises", "Harmoniseert", "conflict", """\
        positions = ["own-law"]
        [when.measure]
        effects = "harmonisation"
        [when.legal_basis]
        article = "$measure.legal_basis"
        harmonisation = false
        [[unless]]
        reason.en = "Nobody is bound."
        reason.nl = "Niemand is gebonden."
        measure.safeguards = "opt-out"
        """),
    "light": ("Light for movement", "Licht voor verplaatsing", "condition", """\
        defeats = ["small/harmonises"]
        [when.measure]
        areas = "military-mobility"
        """),
    "lapsed": ("No longer light", "Niet langer licht", "condition", """\
        defeats = ["small/light"]
        [when.measure]
        starts = { from = 2026-01-01 }
        """),
    "costly": ("Costly", "Kostbaar", "conflict", """\
        [when.measure]
        amount = { over = 500_000_000 }
        starts = { before = 2026-01-01 }
        [when.other]
        areas = "fisheries"
        """),
    "later": ("Later", "Later", "conflict", """\
        valid_from = 2030-01-01
        [when.measure]
        effects = "obligation"
        """),
    "whole": ("Whole", "Geheel", "conflict", """\
        [when.proposal]
        kind = "act"
        [when.count]
        at_least = 2
        measure.effects = "harmonisation"
        """),
}  # fmt: skip


def write_pack(folder: Path) -> Path:
    """Write the pack; the folder, to load it from."""
    rules = {
        f"rules/small/{name}.toml": _HEAD.format(
            en=en, nl=nl, verdict=verdict, owner="proposal" if name == "whole" else "measure"
        )
        + dedent(text)
        + _EXAMPLES
        for name, (en, nl, verdict, text) in _RULES.items()
    }
    for name, text in {**_FILES, **rules}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8")
    return folder


def case_of(when: Mapping[str, Any], proposal: Proposal, known: Knowledge) -> Case:
    """One rule, read from a file of its own, before a proposal."""
    file = TomlFile.parse(tomlkit.dumps({"when": when}), "rule.toml")
    rule = evolve(make_rule(0, dict(file.data["when"]), [], ConditionReader(known)), anchor=Anchor(file))
    facts = FactLookup(known, DAY)
    program = compile_rules([rule], facts, DAY)
    return Case(knowledge=known, program=program, engine=PlainEngine(), proposal=proposal, day=DAY)


@st.composite
def cases(draw: st.DrawFn, max_rules: int = 3, max_measures: int = 3) -> Case:
    """Random rules, each read from a file of its own, some of which defeat others, and a proposal."""
    known = knowledge(draw(facts()))
    size = draw(st.integers(1, max_rules))
    rules = [_rule(draw, number, ConditionReader(known)) for number in range(size)]
    ranked = []
    for number, each in enumerate(rules):
        below = [one.id for one in rules[number + 1 :] if each.scope == "proposal" or one.scope == "measure"]
        defeats = draw(st.sets(st.sampled_from(below))) if below else set[str]()
        ranked.append(evolve(each, defeats=tuple(sorted(defeats))))
    proposal: Proposal = draw(proposals(max_measures))
    try:
        program = compile_rules(ranked, FactLookup(known, DAY), DAY)
    except InputError:  # spreads out further than any that a person writes
        assume(False)
        raise
    return Case(knowledge=known, program=program, engine=PlainEngine(), proposal=proposal, day=DAY)


def _rule(draw: st.DrawFn, number: int, reader: ConditionReader) -> Rule:
    data: dict[str, Any] = {"when": draw(conditions())}
    unless = draw(st.lists(conditions(), max_size=2))
    if unless:
        data["unless"] = unless
    try:
        file = TomlFile.parse(tomlkit.dumps(data), f"r{number}.toml")
    except InputError:  # numbers that TOML does not hold
        assume(False)
        raise
    rule = make_rule(number, dict(file.data["when"]), list(file.data.get("unless", ())), reader)
    return evolve(rule, anchor=Anchor(file))
