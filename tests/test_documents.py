"""What the documents show works."""

import contextlib
import doctest
import io
import json
import re
import shlex
import tomllib
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from operator import attrgetter
from pathlib import Path

import pytest

from consistent import load
from consistent.cli import main
from consistent.cli.main import _COMMANDS, _parser
from consistent.knowledge.entries import Knowledge
from tests.support import needs_durable_rules

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    page.relative_to(ROOT)
    for pattern in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**/*.md", "examples/*/README.md")
    for page in ROOT.glob(pattern)
)
# Groups of entry points, which look like modules.
GROUPS = ("reports", "commands", "formats", "languages", "citations", "packs")
DOTTED = re.compile(r"\bconsistent(?:\.[a-zA-Z_]\w*)+")
# Modules, and folders of the repository; not those of packs that are made up.
PATH = re.compile(
    r"(?<![\w/.-])(?:[a-z_]+/)*[a-z_]+\.py\b|(?<![\w/.-])(?:src|tests|tools|benchmarks|docs|examples)/[\w/.-]*[\w/]"
)
LANGUAGE = (ROOT / "docs/reference/language.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """What the Dutch pack and the treaties know."""
    return load().knowledge


@pytest.mark.parametrize("block", _blocks(LANGUAGE, "toml"), ids=lambda block: block.splitlines()[0])
def test_toml(block: str) -> None:
    """Every TOML block of the language is TOML."""
    assert tomllib.loads(re.sub(r"(?m)^\.\.\.$", "", block))


def test_proposal_of_the_language() -> None:
    """The proposal that the document shows is one, with the terms of the shipped packs."""
    (block,) = [each for each in _blocks(LANGUAGE, "toml") if each.startswith("[proposal]")]
    proposal = load().read(block)
    assert [each.id for each in proposal.measures] == ["row-28"]
    assert proposal.measures[0].safeguards.open


def test_vocabularies_of_the_language(knowledge: Knowledge) -> None:
    """Each vocabulary that the table names is there, and so are the examples given for it."""
    rows = re.findall(r"(?m)^\| `([\w-]+)` \| [^|]*\| ((?:`[\w-]+`(?:, )?)+) \|$", LANGUAGE)
    assert len(rows) > 10
    for name, examples in rows:
        for term in re.findall(r"`([\w-]+)`", examples):
            assert term in knowledge.vocabularies[name], (name, term)


def test_python_of_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is used as the README uses it."""
    monkeypatch.chdir(ROOT)
    (block,) = _blocks(README, "python")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102  our own document
    assert out.getvalue().startswith("row-52 'Vrijwillig mechanisme")


@needs_durable_rules
@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("docs/how-to/ask.md", 1),
        ("docs/how-to/repair.md", 1),
        ("docs/how-to/why.md", 1),
        ("examples/parliament-prerogatives/README.md", 2),
        ("examples/young-users/README.md", 1),
    ],
)
def test_outputs(page: str, shown: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What a page shows below a command that names files of this repository is what comes out, save the day and what three dots leave out."""
    for name in ("CONSISTENT_LANG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(ROOT)
    text = re.sub(r"(?m)^   (?=\S|  )", "", (ROOT / page).read_text("utf-8"))
    pairs = re.findall(
        r"```sh\nconsistent ([^\n]*(?:proposals|examples)/[^\n]*)\n```\n(?:[^`]*\n)?```text\n(.*?)```", text, re.DOTALL
    )
    assert len(pairs) == shown
    for command, want in pairs:
        main(shlex.split(command))
        got, dated = capsys.readouterr().out, re.sub(r"as of \S+", "as of ...", want)
        assert doctest.OutputChecker().check_output(dated, got, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE), got


def test_json_of_the_document() -> None:
    """The document that shows the JSON output is JSON."""
    (block,) = _blocks((ROOT / "docs/reference/json.md").read_text("utf-8"), "json")
    assert set(json.loads(block)) == {"schema_version", "reports"}


def test_commands_of_the_readme() -> None:
    """The README names every command there is, in its table."""
    table = README.partition("| command | what it does |")[2].partition("\n\n")[0]
    added = {point.name for point in entry_points(group="consistent.commands")}
    assert {*_COMMANDS, *added} <= set(re.findall(r"\w+", " ".join(re.findall(r"(?m)^\| (`.*?) \| ", table))))


def test_options_of_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    """The options that the page on settings says many commands take are taken by `check`."""
    rows = (
        (ROOT / "docs/reference/settings.md").read_text("utf-8").partition("| option | says |")[2].partition("\n\n")[0]
    )
    options = set(re.findall(r"`(--?[a-z-]+)`", " ".join(re.findall(r"(?m)^\| (`[^|]*) \|", rows))))
    assert len(options) > 10
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    assert options <= set(re.findall(r"--?[a-z][a-z-]*", capsys.readouterr().out))


def test_pages_in_the_index() -> None:
    """The index leads to every page, by way of others."""
    docs = ROOT / "docs"
    linked, ahead = set(), [docs / "README.md"]
    while ahead:
        page = ahead.pop()
        if page not in linked and page.suffix == ".md":
            linked.add(page)
            ahead += [(page.parent / target.partition("#")[0]).resolve() for target in _links(page)]
    assert set(docs.rglob("*.md")) <= linked


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_commands(page: Path) -> None:
    """Every command that a page shows to type is one: with these arguments and options, or a target of the Makefile."""
    targets = re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"))
    for block in re.findall(r"(?ms)^ *```sh\n(.*?)^ *```$", (ROOT / page).read_text("utf-8")):
        for line in block.splitlines():
            program, *arguments = shlex.split(line, comments=True) or [""]
            if program == "consistent":
                _parser("en", arguments[:1]).parse_args(arguments)
            elif program == "make":
                assert {word for word in arguments if "=" not in word} <= set(targets), line


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links(page: Path) -> None:
    """Every link of a page leads to a file, and to a heading where it names one."""
    for target in _links(ROOT / page):
        path, _, anchor = target.partition("#")
        linked = (ROOT / page).parent / path if path else ROOT / page
        assert linked.is_file(), target
        assert not anchor or anchor in _anchors(linked), target


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_names(page: Path) -> None:
    """Every module, file and folder of this repository that a page names is there, and so is what it names in a module."""
    text = _without_links((ROOT / page).read_text("utf-8"))
    missing = {name for name in DOTTED.findall(text) if not _is_there(name)}
    # What a reader is to write is run a few lines further.
    missing |= {path for path in PATH.findall(text) if not _lies(path) and f"\npython {path}" not in text}
    assert not missing


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("`consistent.rules.clauses`", []),
        ("`consistent.rules.claws`", ["consistent.rules.claws"]),
        ("from consistent.rules.rule import Ruler", ["consistent.rules.rule.Ruler"]),
        ("from consistent.testing import collect, run", []),
        ("`consistent.check.Check`, `consistent.check.Chess`", ["consistent.check.Chess"]),
        ("`findings/outcome.py`, `findings/income.py`", ["findings/income.py"]),
        ("`tests/golden/`, `tests/silver/`, `src/consistent/rules/`", ["tests/silver/"]),
    ],
)
def test_names_are_looked_for(text: str, names: list[str]) -> None:
    """A name that is nowhere is noticed, and one that is there is not."""
    given = _without_links(text)
    found = [name for name in DOTTED.findall(given) if not _is_there(name)]
    assert found + [path for path in PATH.findall(given) if not _lies(path)] == names


def _links(page: Path) -> list[str]:
    """What a page links to, but for addresses; blocks of code link to nothing."""
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text("utf-8"))
    return re.findall(r"\]\((?!https?:)([^)\s]+)\)", text)


@cache
def _anchors(page: Path) -> frozenset[str]:
    """The anchors that GitHub gives to the headings of a page."""
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text("utf-8"))
    headings = re.findall(r"(?m)^#+ (.+)$", text)
    return frozenset(re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings)


def _without_links(text: str) -> str:
    """A text in which imports are names with dots, without entry points, targets of links and files that a reader writes."""
    text = re.sub(
        r"from (consistent[\w.]*) import ([\w, ]+)",
        lambda found: " ".join(f"{found[1]}.{name.strip()}" for name in found[2].split(",")),
        text,
    )
    # What a block of code says at its head is a file that a reader writes.
    text = re.sub(r"(?m)^```\w+\n# \S+$", "", text)
    return re.sub(r"\]\([^)]*\)", "]", re.sub(rf"consistent\.({'|'.join(GROUPS)})\b(?!\.)", "", text))


def _is_there(name: str) -> bool:
    """Whether a name with dots is a module, or something in one."""
    for parts in range(name.count(".") + 1, 0, -1):
        module = ".".join(name.split(".")[:parts])
        with contextlib.suppress(ModuleNotFoundError):
            held = import_module(module)
            with contextlib.suppress(AttributeError):
                return attrgetter(name.removeprefix(module).lstrip("."))(held) is not None if name != module else True
            return False
    return False


def _lies(path: str) -> bool:
    """Whether a path is there, from the top of the repository or within the library."""
    return any((root / path).exists() for root in (ROOT, ROOT / "src/consistent"))
