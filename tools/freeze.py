"""Freezes what the program prints, and compares two freezes byte by byte: a change of structure changes nothing.

`freeze FOLDER`, from the root of a checkout, runs commands on the shipped packs and proposals, on the documents beside the checkout
where there are any, and on bad input, in both languages and by every evaluator. What each prints, its errors and its exit status
go to a file of their own. `compare OLD NEW` lists the files that differ. Lines wrap by the length of paths: compare freezes of
checkouts whose paths are of one length.
"""

import argparse
import difflib
import hashlib
import io
import json
import os
import random
import shutil
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from importlib.metadata import distribution
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from attrs import frozen

ROOT = Path.cwd()
DAY = "2025-06-01"
PACK = "nl-22112-4027"
LANGUAGES = ("en", "nl")
FORMS = (
    "text", "json", "html", "sarif", "junit", "github", "markdown", "csv", "overview-html", "overview-markdown", "fiche",
)  # fmt: skip
COMMANDS = (
    "check", "draft", "review", "why", "ask", "repair", "diff", "fiche", "rules", "explain", "test", "coverage", "mutate",
    "vacuity", "lint", "prove", "compare", "gaps", "packs", "new", "schema",
)  # fmt: skip
KINDS = (
    "proposal", "rule", "facts", "principles", "positions", "pack", "vocabulary", "kinds", "own-fields", "waivers", "guarantees",
    "golden", "mutants", "lint", "facts.legal_basis",
)  # fmt: skip
CHECKED = ("--pack", PACK, "--as-of", DAY)
PAPER = "proposals/join-2025-120.toml"
# Of documents and files that are broken on purpose, those that are quick to read.
QUICK_SIZE = 400_000
# Into how many processes the cases of a group are divided.
PARTS = 3


@frozen
class Case:
    """A command to run.

    Attributes:
        name: of the file that keeps what it prints.
        arguments: those of the command; `@out` in them stands for a path that is free to write to.
    """

    name: str
    arguments: tuple[str, ...]


def case(name: str, *arguments: str) -> Case:
    """A case, with its arguments one after the other."""
    return Case(name, arguments)


def proposals() -> list[str]:
    """The names of the shipped proposals."""
    return sorted(path.stem for path in (ROOT / "proposals").glob("*.toml"))


def rules() -> list[str]:
    """The ids of the shipped rules."""
    return sorted(str(path.relative_to(ROOT / "rules").with_suffix("")) for path in (ROOT / "rules").rglob("*.toml"))


def documents(*, quick: bool = False) -> list[Path]:
    """The documents that were laid into the working folder."""
    found = (path for path in sorted(Path("documents").glob("*/*")) if path.parent.name != "metadata")
    found = (path for path in found if path.suffix in {".json", ".xml", ".xhtml", ".pdf"})
    return [path for path in found if not quick or path.stat().st_size < QUICK_SIZE]


def check_cases(*, quick: bool) -> Iterator[Case]:
    """Reports on each proposal in every form and language and by each evaluator, and on all of them together."""
    for name in ["join-2025-120", "com-2025-188"] if quick else proposals():
        checked = ("check", f"proposals/{name}.toml", *CHECKED)
        for language, form in product(LANGUAGES, FORMS):
            columns = ("--format", form, "--lang", language, "--engine", "columns")
            yield case(f"{name}.{form}.{language}", *checked, *columns)
        for language in LANGUAGES:
            yield case(f"{name}.why.{language}", *checked, "--lang", language, "--why", "-v")
        for engine, form in product(("durable-rules", "plain", "auto"), ("json", "text")):
            yield case(f"{name}.{form}.{engine}", *checked, "--format", form, "--engine", engine, "--lang", "nl")
        yield case(f"{name}.treaties", "check", f"proposals/{name}.toml", "--pack", "treaties", "--as-of", DAY)
        yield case(f"{name}.select", *checked, "--select", "treaties/competence", "--fail-on", "open")
    for language in LANGUAGES:
        spoken = (*CHECKED, "--lang", language)
        for form in ("markdown", "overview-html") if quick else FORMS:
            if form != "fiche":
                yield case(f"all.{form}.{language}", "check", "proposals", *spoken, "--format", form)
        yield case(f"waivers.{language}", "check", PAPER, *spoken, "--waivers", "waivers.toml")
        limits = ("--ending-within", "4000", "--verified-within", "1")
        yield case(f"limits.{language}", "check", PAPER, *spoken, *limits)


def inquiry_cases(*, quick: bool) -> Iterator[Case]:
    """Why and why not of every rule on three proposals; questions, repairs and differences."""
    for number, rule in enumerate(rules()[:: 16 if quick else 1]):
        for place, name in enumerate(("join-2025-120", "com-2023-237", "com-2025-188")):
            spoken = ("--lang", LANGUAGES[(number + place) % 2], "--format", "text" if (number + place) % 8 else "json")
            more = () if number % 5 else ("-v",)
            named = f"why.{name}.{rule.replace('/', '.')}"
            yield case(named, "why", rule, f"proposals/{name}.toml", *CHECKED, *spoken, *more)
    for name in ["com-2025-188"] if quick else proposals():
        asked = (f"proposals/{name}.toml", *CHECKED)
        for language in LANGUAGES:
            yield case(f"ask.{name}.{language}", "ask", *asked, "--list", "--lang", language)
        yield case(f"ask.{name}.json", "ask", *asked, "--list", "--format", "json", "--limit", "4")
        patient = ("--timeout", "900")
        yield case(f"repair.{name}.nl", "repair", *asked, "--lang", "nl", *patient)
        if not quick:
            further = ("--conditions", "--max-changes", "2", "--format", "json")
            yield case(f"repair.{name}.json", "repair", *asked, *further, *patient)
    pairs = [("com-2023-237", "com-2024-150"), ("com-2025-122", "com-2025-188"), ("com-2022-349", "join-2025-120")]
    for old, new in pairs[: 1 if quick else None]:
        compared = ("diff", f"proposals/{old}.toml", f"proposals/{new}.toml", *CHECKED)
        for language in LANGUAGES:
            yield case(f"diff.{old}.{language}", *compared, "--lang", language)
        yield case(f"diff.{old}.json", *compared, "--format", "json")
    plan = "proposals/com-2023-237.toml"
    yield case("diff.pack", "diff", plan, "--pack", "treaties", "--new-pack", PACK, "--as-of", DAY)
    yield case("diff.day", "diff", plan, "--pack", PACK, "--as-of", "2009-01-01", "--new-as-of", DAY)


def draft_cases(*, quick: bool) -> Iterator[Case]:
    """Drafts of all documents, and what follows from some."""
    for path in documents(quick=quick):
        drafted = ("draft", str(path), "--pack", PACK)
        yield case(f"draft.{path.name}.toml", *drafted)
        yield case(f"draft.{path.name}.json", *drafted, "--format", "json")
        yield case(f"draft.{path.name}.forced", *drafted, "--as-proposal", "--lang", "nl")
    long = {"52020PC0842.en.xhtml", "ST-16298-2022.en.pdf"}
    few = {"52025PC0006.en.xhtml", "JOIN-2022-19.en.akn4eu.xml"} | (set() if quick else long)
    for path in documents():
        if path.name in few:
            given = (str(path), *CHECKED, "--as-proposal")
            for language in LANGUAGES:
                yield case(f"checked.{path.name}.{language}", "check", *given, "--lang", language)
            yield case(f"checked.{path.name}.html", "check", *given, "--format", "html", "--engine", "columns")
            yield case(f"ask.{path.name}", "ask", *given, "--list", "--limit", "3")
    if Path("draft.toml").exists():
        listed = ("review", "draft.toml", "--list", *CHECKED)
        yield case("review.nl", *listed, "--lang", "nl")
        yield case("review.json", *listed, "--format", "json")
        yield case("review.document", *listed, "--document", "documents/proposals/52025PC0006.en.xhtml")


def fiche_cases(*, quick: bool) -> Iterator[Case]:
    """The Dutch form, as Word too."""
    days = ("--transmitted", "2025-05-01", "--received", "2025-04-20", "--letter", "2025-05-15", "--timeout", "900")
    names = ["com-2023-237"] if quick else ["com-2023-237", "join-2025-120", "com-2025-188", "com-2022-349"]
    for name, language, form in product(names, LANGUAGES, ("markdown", "html", "docx")):
        given = (f"proposals/{name}.toml", *CHECKED, "--lang", language, "-o", f"@out.{form}", "--format", form)
        yield case(f"fiche.{name}.{language}.{form}", "fiche", *given, *days)
    document = "documents/proposals/52025PC0006.en.xhtml"
    yield case("fiche.document", "fiche", document, *CHECKED, "--lang", "nl", *days)


def author_cases(*, quick: bool) -> Iterator[Case]:
    """What authors of rules and of corpora use."""
    for language in LANGUAGES:
        spoken = ("--lang", language)
        for rule in rules()[:: 8 if quick else 1]:
            yield case(f"explain.{rule.replace('/', '.')}.{language}", "explain", rule, "--pack", PACK, *spoken)
        yield case(f"rules.{language}", "rules", "--pack", PACK, *spoken)
        yield case(f"packs.{language}", "packs", *spoken)
        yield case(f"test.{language}", "test", "--pack", PACK, "-k", "cyber", *spoken)
        yield case(f"vacuity.{language}", "vacuity", "proposals", *CHECKED, *spoken)
        yield case(f"mutate.{language}", "mutate", PACK, "--select", f"{PACK}/cyber", *spoken)
        if not quick:
            yield case(f"coverage.{language}", "coverage", PACK, "-v", *spoken)
            for command in ("lint", "prove"):
                yield case(f"{command}.{language}", command, PACK, "-v", "--as-of", DAY, *spoken)
            yield case(f"gaps.{language}", "gaps", PACK, "--as-of", DAY, *spoken)
            yield case(f"compare.{language}", "compare", PACK, "variant", "--as-of", DAY, *spoken)
    yield case("rules.json", "rules", "--pack", PACK, "--format", "json")
    yield case("vacuity.json", "vacuity", "proposals", *CHECKED, "--format", "json")
    yield case("mutate.json", "mutate", PACK, "--select", f"{PACK}/cyber", "--format", "json")
    if not quick:
        yield case("test.golden", "test", str(ROOT / "tests/golden"))
        yield case("coverage.json", "coverage", "treaties", "--format", "json")
        for command, form in (("lint", "json"), ("lint", "sarif"), ("prove", "json")):
            yield case(f"{command}.{form}", command, "treaties", "--as-of", DAY, "--format", form)
        yield case("gaps.json", "gaps", PACK, "--as-of", DAY, "--format", "json")
        yield case("compare.json", "compare", PACK, "variant", "--as-of", DAY, "--format", "json")
    for kind in KINDS:
        yield case(f"schema.{kind}", "schema", kind, "--pack", PACK)
    yield case("schema.nl", "schema", "rule", "--pack", "treaties", "--lang", "nl")
    yield case("new.proposal", "new", "proposal", "@out.toml", "--pack", PACK)
    yield case("new.rule", "new", "rule", "subject/name", "--pack", "variant", "--lang", "nl")
    yield case("new.pack", "new", "pack", "own-pack", "-o", "@out.d")
    for name, more in (("corpus", ()), ("corpus.full", ("--full",))):
        yield case(name, "check", "--corpus", "corpus.jsonl", "-o", "@out.jsonl", *CHECKED, *more)


def help_cases(*, quick: bool) -> Iterator[Case]:
    """Help and refusals, in both languages."""
    del quick
    for language in LANGUAGES:
        os.environ["CONSISTENT_LANG"] = language
        yield case(f"help.{language}", "--help")
        for command in COMMANDS:
            yield case(f"help.{command}.{language}", command, "--help")
            yield case(f"usage.{command}.{language}", command, "--nonsense", "--format", "none")
    os.environ.pop("CONSISTENT_LANG", None)


def fault_cases(*, quick: bool) -> Iterator[Case]:
    """Shipped files, each broken in some ways that a fixed seed gives."""
    chance = random.Random(14)  # noqa: S311  the same at each run, and no secret
    folder = Path("faults")
    folder.mkdir(exist_ok=True)
    names = proposals()
    for number in range(40 if quick else 300):
        path = folder / f"p{number}.toml"
        path.write_bytes(broken((ROOT / "proposals" / f"{chance.choice(names)}.toml").read_bytes(), chance))
        spoken = ("--lang", LANGUAGES[number % 2], "--engine", "columns")
        yield case(f"proposal.{number}", "check", str(path), *CHECKED, *spoken)
    for number in range(6 if quick else 60):
        pack = folder / f"pack{number}"
        shutil.copytree("variant", pack)
        for path in chance.sample(sorted(pack.rglob("*.toml")), 3):
            path.write_bytes(broken(path.read_bytes(), chance))
        yield case(f"pack.{number}", "rules", "--pack", str(pack), "--lang", LANGUAGES[number % 2])
    sources = documents(quick=True)
    for number in range((10 if quick else 100) if sources else 0):
        source = chance.choice(sources)
        data = bytearray(source.read_bytes())
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = folder / f"d{number}{source.suffix}"
        path.write_bytes(data[: chance.randrange(len(data) // 2, len(data))])
        yield case(f"document.{number}", "draft", str(path), "--pack", PACK)


def broken(text: bytes, chance: random.Random) -> bytes:
    """Text with one to three of its lines spoilt."""
    lines = text.split(b"\n")
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(lines))
        line = lines[place]
        match chance.randrange(7):
            case 0:
                del lines[place]
            case 1:
                lines.insert(place, line)
            case 2:
                lines[place] = line.replace(b'"', b"", 1)
            case 3:
                lines[place] = line.replace(b"e", b"o", 1)
            case 4:
                lines[place] = line.replace(b"=", b"= 7 #", 1)
            case 5:
                lines[place] = b"x" + line
            case _:
                lines[place] = line.replace(b"[", b"[[", 1)
    return b"\n".join(lines)


GROUPS: dict[str, Callable[..., Iterator[Case]]] = {
    "check": check_cases,
    "inquiry": inquiry_cases,
    "draft": draft_cases,
    "fiche": fiche_cases,
    "author": author_cases,
    "help": help_cases,
    "fault": fault_cases,
}


def lay_out() -> None:
    """Put all that commands name into the working folder, so that no path of the machine is in what they print."""
    shutil.copytree(ROOT / "proposals", "proposals")
    at_hand = ROOT.parent / "shared" / "documents"
    if at_hand.exists():
        shutil.copytree(at_hand, "documents")
    shutil.copy(ROOT / "tests/golden/reports/waivers.toml", "waivers.toml")
    for part in ("facts", "rules"):
        shutil.copytree(ROOT / part / PACK, Path("variant") / part / PACK)
    # A pack like the shipped one in which some rules ask for less, or more.
    for path in sorted(Path("variant/rules").rglob("*.toml"))[::9]:
        text = path.read_text("utf-8")
        path.write_text(text.replace('effect = "', 'bindingness = "binding"\neffect = "', 1), "utf-8")
    tables = [tomllib.loads(path.read_text("utf-8")) for path in sorted(Path("proposals").glob("*.toml"))]
    lines = [json.dumps(table, default=str) for table in tables]
    Path("corpus.jsonl").write_text("\n".join([*lines, "not json", '{"measure": 3}']) + "\n", "utf-8")


def load_once() -> None:
    """Load each pack once in the whole run: what is frozen is what comes of it."""
    from consistent import checker  # before the command line imports it

    load, kept = checker.load, cache(checker.load)

    def loaded(*arguments: Any, **options: Any) -> Any:
        try:
            return kept(*arguments, **options)
        except TypeError:
            return load(*arguments, **options)

    checker.load = loaded


def run(arguments: tuple[str, ...], out: Path) -> str:
    """What a command prints, with its status and the files that it makes."""
    from consistent.cli import main  # after `load_once`

    printed, errors = io.BytesIO(), io.StringIO()
    # Bytes are what is compared; the stream over them would close them when it is collected.
    stream = io.TextIOWrapper(printed, "utf-8", write_through=True)
    with redirect_stdout(stream), redirect_stderr(errors):
        try:
            status: object = main([argument.replace("@out", str(out / "made")) for argument in arguments])
        except SystemExit as stopped:
            status = stopped.code
        except Exception as error:  # noqa: BLE001  a traceback is what a freeze has to show
            status = f"TRACEBACK {type(error).__name__}: {error}"
    parts = [f"$ consistent {' '.join(arguments)}", f"status {status}", "--- out"]
    parts += [printed.getvalue().decode("utf-8", "replace"), "--- err", errors.getvalue()]
    for path in sorted(out.rglob("*")):
        if path.is_file():
            parts += [f"--- file {path.relative_to(out)}", contents(path)]
    return "\n".join(parts).replace(str(out), "OUT")


def contents(path: Path) -> str:
    """The text of a file; of a package, as Word has them, that of its parts."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(path) as package:
        parts = [(name, package.read(name).decode("utf-8", "replace")) for name in sorted(package.namelist())]
    return "\n".join(f"--- part {name}\n{text}" for name, text in parts)


def freeze_part(group: str, target: Path, part: int, parts: int, *, quick: bool) -> int:
    """Run every `parts`-th case of a group, from number `part` on; how many these are."""
    os.environ |= {"COLUMNS": "110", "LINES": "40", "CONSISTENT_CACHE": "off", "NO_COLOR": "1", "TERM": "dumb"}
    os.environ |= {"CONSISTENT_PACK": PACK}
    os.environ.pop("CONSISTENT_LANG", None)
    folder = target / group
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    with tempfile.TemporaryDirectory() as space:
        os.chdir(space)
        lay_out()
        load_once()
        act = Path("documents/proposals/52025PC0006.en.xhtml")
        if group == "draft" and act.exists():
            run(("draft", str(act), "--pack", PACK, "-o", "draft.toml"), Path("none"))
        for index, each in enumerate(GROUPS[group](quick=quick)):
            if index % parts == part:
                with tempfile.TemporaryDirectory() as out:
                    text = run(each.arguments, Path(out)).replace(space, "SPACE").replace(str(ROOT), "ROOT")
                (folder / f"{each.name}.txt").write_text(text, "utf-8")
                number += 1
        os.chdir(ROOT)
    return number


def freeze_names(target: Path) -> None:
    """Write down the public names, the entry points, and the schemas of what commands print."""
    import consistent  # as late as all else that is frozen

    lines = [f"name {name}" for name in sorted(consistent.__all__)]
    lines += sorted(f"entry {entry.group} {entry.name}" for entry in distribution("consistent-eu").entry_points)
    for path in sorted((Path(consistent.__file__).parent / "reports/schemas").glob("*.json")):
        lines.append(f"schema {path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    (target / "names.txt").write_text("\n".join(lines) + "\n", "utf-8")


def freeze(folder: Path, *, quick: bool, only: list[str], jobs: int) -> int:
    """Freeze everything, or some groups of it."""
    target = folder.resolve()
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    parts = 1 if quick else PARTS
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        running = [
            pool.submit(freeze_part, group, target, part, parts, quick=quick)
            for group, part in product(only or GROUPS, range(parts))
        ]
        total = sum(future.result() for future in running)
    freeze_names(target)
    print(f"{total} outputs frozen in {target}")
    return 0


def compare(old: Path, new: Path, *, lines: int) -> int:
    """List what differs, of the groups that the newer freeze has."""
    after = {path.relative_to(new) for path in new.rglob("*.txt")}
    groups = {path.parts[0] for path in after}
    before = {path for path in (path.relative_to(old) for path in old.rglob("*.txt")) if path.parts[0] in groups}
    changed = [path for path in sorted(before & after) if (old / path).read_bytes() != (new / path).read_bytes()]
    for word, paths in (("missing", before - after), ("new", after - before)):
        for path in sorted(paths):
            print(f"{word}: {path}")
    for path in changed:
        print(f"changed: {path}")
        one, other = ((folder / path).read_text("utf-8", "replace").splitlines() for folder in (old, new))
        for line in list(difflib.unified_diff(one, other, lineterm="", n=0))[2 : 2 + lines]:
            print(f"    {line[:240]}")
    print(
        f"{len(before & after)} compared, {len(changed)} changed, {len(before - after)} missing, {len(after - before)} new"
    )
    return int(bool(changed or before ^ after))


def main() -> int:
    """Freeze, or compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    freezing = commands.add_parser("freeze", help="run the commands, and keep what they print")
    freezing.add_argument("folder", type=Path)
    freezing.add_argument("--quick", action="store_true", help="a sixth of the cases")
    freezing.add_argument("--only", action="append", default=[], choices=list(GROUPS))
    freezing.add_argument("--jobs", type=int, default=1)
    comparing = commands.add_parser("compare", help="list what differs between two freezes")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.add_argument("--lines", type=int, default=6, help="of each difference, at most so many")
    asked = parser.parse_args()
    if asked.command == "freeze":
        return freeze(asked.folder, quick=asked.quick, only=asked.only, jobs=asked.jobs)
    return compare(asked.old, asked.new, lines=asked.lines)


if __name__ == "__main__":
    sys.exit(main())
