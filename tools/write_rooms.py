"""Writes the table of rooms in `CONTRIBUTING.md`: each package and module of `consistent`, and what its docstring says first.

    python tools/write_rooms.py [--check]

In the order of the import contract, so that each room knows only those above it. With `--check` nothing is written, and the exit
status is 1 where the table is not as it would be.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import tomli

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "CONTRIBUTING.md"
PACKAGE = ROOT / "src/consistent"
TABLE = re.compile(r"(?<=<!-- rooms -->\n).*?(?=<!-- end -->)", re.DOTALL)


def rooms() -> Iterator[str]:
    """The names of rooms, those that know no others first."""
    settings = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = next(
        contract["layers"]
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract.get("containers") == ["consistent"]
    )
    for layer in reversed(layers):
        yield from sorted(layer.split(" | "))


def summary(path: Path) -> str:
    """What a module says of itself in the first paragraph of its docstring, on one line and without the final stop."""
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return " ".join(docstring.partition("\n\n")[0].split()).removesuffix(".")


def table() -> str:
    """The table, with a row for each room, between blank lines."""
    rows = ["| room | what it is |", "|---|---|"]
    for name in rooms():
        package = PACKAGE / name / "__init__.py"
        label, path = (f"{name}/", package) if package.is_file() else (f"{name}.py", package.parent.with_suffix(".py"))
        rows.append(f"| `{label}` | {summary(path)} |")
    return "\n" + "".join(f"{row}\n" for row in rows) + "\n"


def main() -> int:
    """Write the table, or look whether it is as it should be."""
    page = PAGE.read_text("utf-8")
    written, count = TABLE.subn(lambda _: table(), page)
    if count != 1:
        print(f"{PAGE.name} has {count} places for the table")
        return 1
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(written, "utf-8")
        return 0
    if written == page:
        return 0
    print(f"{PAGE.name} does not have the rooms there are: run `python tools/write_rooms.py`")
    return 1


if __name__ == "__main__":
    sys.exit(main())
