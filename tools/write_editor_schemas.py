"""Writes the schemas of the packs of this repository for editors, and `.taplo.toml`, which says which files have which.

    python tools/write_editor_schemas.py [FOLDER]

Neither is tracked. They go into FOLDER, the repository unless given; the schemas into `build/schemas` there. Run it again after a new
term, rule, principle, position, kind of fact, or file of facts.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import tomli

from consistent import load
from consistent.authoring.schemas.catalogue import ENDING, FILES, render, schemas_of
from consistent.knowledge.packs import PackFolder, available_packs

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = Path("build/schemas")
# Those of files beside the packs, which are in the terms of the pack that the repository is set to.
BESIDE = {"proposals/*.toml": "proposal", "tests/golden/*.toml": "golden"}


def associated(pack: PackFolder) -> Iterator[tuple[str, str]]:
    """Which files of a pack, as a pattern, have the schema of which name; each pattern once."""
    yield f"rules/{pack.name}/**/*.toml", "rule"
    patterns: dict[str, str] = {}
    for path in sorted(pack.facts.rglob("*.toml")):
        place = path.relative_to(ROOT)
        if place.parent.name in {"vocabulary", "concepts"}:
            schema = place.parent.name.removesuffix("s")
        elif place.stem in FILES:
            schema = place.stem
        else:
            schema = f"facts.{tomli.loads(path.read_text('utf-8'))['kind']}"
        # In a folder within `facts/NAME` all are of one kind.
        patterns[(place if path.parent == pack.facts else place.parent / "*.toml").as_posix()] = schema
    yield from patterns.items()


def files() -> Iterator[tuple[Path, str]]:
    """Every file that is to be written, by its path from the folder, with its text."""
    packs = available_packs([ROOT])
    rules = [
        "# Written by `make schemas`: which schema goes with which file, for taplo and Even Better TOML (docs/how-to/editors.md)."
    ]
    for name, pack in packs.items():
        yield from ((SCHEMAS / name / f"{each}{ENDING}", render(schema)) for each, schema in schemas_of(load(name)))
        rules += [_rule(include, name, schema) for include, schema in associated(pack)]
    rules += [_rule(include, load().name, schema) for include, schema in BESIDE.items()]
    yield Path(".taplo.toml"), "\n\n".join(rules) + "\n"


def _rule(include: str, pack: str, schema: str) -> str:
    path = SCHEMAS / pack / f"{schema}{ENDING}"
    return f"[[rule]]\ninclude = [{json.dumps(include)}]\nschema.path = {json.dumps(path.as_posix())}"


def main(folder: Path) -> None:
    """Write them all, in place of what is there."""
    for place, text in files():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(*sys.argv[1:2]) if sys.argv[1:] else ROOT)
