"""Writes the pages made from the packs: docs/rules/ and the glossaries. `--check` only tells whether they are current."""

import sys
from collections import Counter
from pathlib import Path

from consistent import KnowledgeBase, load
from consistent.model.text import LANGUAGES
from consistent.reports.pages import glossary, rule_index, rule_page
from consistent.rules.conditions import tests_in

DOCS = Path(__file__).resolve().parents[1] / "docs"
PACK = "nl-22112-4027"


def pages(kb: KnowledgeBase) -> dict[Path, str]:
    """Every page by its path under `docs/`."""
    found: dict[Path, str] = {}
    used = _used(kb)
    for language in LANGUAGES:
        found[Path(f"glossary.{language}.md")] = glossary(kb.knowledge, used, language)
        for rule in kb.rules:
            found[Path("rules") / language / f"{rule.id}.md"] = rule_page(rule, kb.knowledge, kb.rules, language)
        for pack in kb.knowledge.packs:
            rules = [each for each in kb.rules if each.pack == pack.name]
            found[Path("rules") / language / pack.name / "README.md"] = rule_index(pack.name, rules, language)
    return found


def _used(kb: KnowledgeBase) -> Counter[tuple[str, str]]:
    """By vocabulary and term, how many rules ask for the term."""
    asked = Counter[tuple[str, str]]()
    for rule in kb.rules:
        conditions = [rule.when, *(each.condition for each in rule.unless)]
        tests = [test for condition in conditions for test in tests_in(condition) if test.field.type == "terms"]
        asked.update({(test.field.vocabulary, str(term)) for test in tests for term in test.written})
    return asked


def main() -> int:
    """Write the pages, or with `--check` list those that are not current."""
    wanted = pages(load(PACK))
    there = {path.relative_to(DOCS) for path in DOCS.glob("rules/**/*.md")} | {
        path.relative_to(DOCS) for path in DOCS.glob("glossary.*.md")
    }
    stale = [path for path, text in wanted.items() if path not in there or (DOCS / path).read_text("utf-8") != text]
    left_over = sorted(there - set(wanted))
    if "--check" in sys.argv[1:]:
        for path in [*stale, *left_over]:
            print(f"not current: docs/{path}")
        return int(bool(stale or left_over))
    for path in stale:
        (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / path).write_text(wanted[path], "utf-8")
    for path in left_over:
        (DOCS / path).unlink()
    print(f"{len(wanted)} pages, {len(stale)} written, {len(left_over)} taken away")
    return 0


if __name__ == "__main__":
    sys.exit(main())
