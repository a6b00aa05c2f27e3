"""A new pack: its head, a principle, a rule, a guarantee, a proposal with what must come out of it, and schemas for editors."""

from pathlib import Path

from consistent.authoring.scaffolds.files import checked_name, filled
from consistent.authoring.scaffolds.rules import term_of
from consistent.authoring.scaffolds.trying import load_tried, tried
from consistent.authoring.schemas.catalogue import ENDING, render, schemas_of
from consistent.authoring.suite.golden_files import outcome_of
from consistent.checker import KnowledgeBase, load
from consistent.errors import UsageError, did_you_mean
from consistent.knowledge.packs import available_packs
from consistent.model.text import Language, today

__all__ = ["new_pack"]

# An address, which is a source in form, and which no reader takes for one.
_SOURCE = "https://example.org/TODO"
_RULE = "first-rule"
_IN_FACTS = ("pack", "kinds", "principles", "positions", "guarantees", "mutants")


def new_pack(name: str, target: Path, language: Language, *, below: str = "treaties") -> dict[Path, str]:
    """The files of a new pack, tried together.

    Args:
        name: of the pack.
        target: the folder in which they are to be placed.
        language: of comments and of the page about it.
        below: the pack that it builds on, by name.

    Returns:
        path to text.

    Raises:
        UsageError: no pack can have that name, or another one has it already; or there is no pack to build on.
        InputError: the pack below cannot be used.
    """
    checked_name(name)
    available = available_packs()
    taken = available.get(name)
    if taken is not None and taken.facts.resolve() != (target / "facts" / name).resolve():
        raise UsageError(f"there is a pack `{name}` already, at {taken.facts}", "give it another name")
    if below not in available:
        near = did_you_mean(below, available, limit=0)
        raise UsageError(
            f"no pack `{below}` to build on",
            near or "a pack builds on another by name: put its folder in CONSISTENT_PATH",
        )
    kb = load(below)
    term = term_of(kb, name)
    rule = f"{name}/{_RULE}"
    principle = f"{name}-principle"
    shared = {"source": _SOURCE, "term": term, "principle": principle}
    facts = Path("facts", name)
    files = {
        facts / "pack.toml": filled("pack.toml", language, below=kb.name, **shared),
        facts / "principles.toml": filled("principles.toml", language, **shared),
        facts / "guarantees.toml": filled("guarantees.toml", language, rule=rule, rule_name=_RULE, **shared),
        Path("rules", name, f"{_RULE}.toml"): filled(
            "rule.toml", language, schema=f"../../schemas/rule{ENDING}", verdict="question", **shared
        ),
        Path("proposals/first.toml"): filled("first_proposal.toml", language, **shared),
        Path("README.md"): filled(f"README.{language}.md", language, name=name),
        Path(".taplo.toml"): filled("taplo.toml", language, associated=_associated(name)),
    }
    with tried(files, target) as root:
        made = load_tried(root, name, language)
        files[Path("goldens/first.toml")] = _golden(made, root, language)
        files |= {Path("schemas", f"{each}{ENDING}"): render(schema) for each, schema in schemas_of(made)}
    return {target / path: text for path, text in files.items()}


def _golden(kb: KnowledgeBase, root: Path, language: Language) -> str:
    """What comes out of the first proposal, as a golden file has it."""
    day = today()
    report = kb.check(root / "proposals/first.toml", as_of=day, engine="plain").report
    rules = {each.rule: outcome_of(each) for each in report.speaking("first")}
    return filled(
        "golden.toml", language, day=day.isoformat(), outcome=report.outcome("first"), rules=dict(sorted(rules.items()))
    )


def _associated(name: str) -> list[tuple[str, str]]:
    """Which files have which schema. Facts have names of their own, so a file of facts names its schema itself."""
    return [
        (f"rules/{name}/**/*.toml", "rule"),
        *((f"facts/{name}/{each}.toml", each) for each in _IN_FACTS),
        (f"facts/{name}/vocabulary/*.toml", "vocabulary"),
        ("proposals/*.toml", "proposal"),
        ("goldens/*.toml", "golden"),
    ]
