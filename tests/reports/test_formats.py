"""All forms: against golden files, the same each time, whatever a proposal says; and forms that others add."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistent.cli import main
from consistent.errors import UsageError
from consistent.findings.outcome import GRAVE
from consistent.model.text import LANGUAGES, Language
from consistent.reports.dossier import Dossier
from consistent.reports.formats import format_named, format_names
from tests.harness.effort import examples
from tests.reports.report_cases import (
    FORMS,
    HOSTILE,
    ROOT,
    checked,
    golden_dossiers,
    golden_path,
    hostile_proposal,
    rendered,
    with_version_hidden,
)

_IN_ANOTHER_PROCESS = """
import sys
from hashlib import sha256
from tests.reports.report_cases import FORMS, golden_dossiers, rendered
found = golden_dossiers()
for form in FORMS:
    print(form, sha256(rendered(form, found, "nl")).hexdigest())
"""


@pytest.fixture(scope="module")
def twice() -> Iterator[tuple[list[Dossier], list[Dossier]]]:
    """What the golden files show, checked twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        yield golden_dossiers(), golden_dossiers()


@pytest.fixture(autouse=True)
def _in_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are told from the current folder."""
    monkeypatch.chdir(ROOT)


def test_all_forms_are_there() -> None:
    """Each has a title in both languages, and a suffix."""
    assert set(FORMS) <= set(format_names())
    for each in map(format_named, FORMS):
        assert each.title.en != each.title.nl
        assert each.suffix.startswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_golden(form: str, language: Language, twice: tuple[list[Dossier], list[Dossier]]) -> None:
    """Two shipped proposals and a drafted document come out as in the golden file, to the byte, each time."""
    first, second = (with_version_hidden(rendered(form, each, language)) for each in twice)
    assert first == second
    assert first == golden_path(form, language).read_bytes()


def test_same_in_every_process() -> None:
    """The order of sets, which differs between processes, shows nowhere."""

    def run(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        made = subprocess.run(
            [sys.executable, "-c", _IN_ANOTHER_PROCESS],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        )
        return made.stdout

    first = run("1")
    assert len(first.splitlines()) == len(FORMS)
    assert first == run("2")


@pytest.mark.parametrize("form", FORMS)
def test_nothing_given(form: str) -> None:
    """No proposals give a whole document all the same."""
    made = rendered(form, [], "nl")
    assert made or form == "github"


@pytest.mark.parametrize("form", FORMS)
def test_no_control_characters(form: str) -> None:
    """Whatever a proposal says, nothing steers a terminal or turns the direction of reading."""
    text = rendered(form, [checked(hostile_proposal())], "en").decode("utf-8-sig")
    assert not {each for each in text if not each.isprintable()} - set("\r\n")


@given(
    # A blank title is refused when it is read.
    words=st.lists(
        st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: text if text.strip() else f"x{text}")
        | st.sampled_from(HOSTILE),
        min_size=1,
    )
)
@settings(max_examples=examples(25))
def test_any_text(words: list[str]) -> None:
    """Whatever letters a proposal has, each form is whole: XML and JSON read, a line a command, a page with one script."""
    dossier = checked(hostile_proposal(tuple(words)), rules=("nl-22112-4027/procurement/priority-rated-orders",))
    made = {form: rendered(form, [dossier], "nl").decode("utf-8-sig") for form in FORMS}
    said = len(dossier.report.findings)
    assert said == len(words)
    assert len(json.loads(made["sarif"])["runs"][0]["results"]) == said
    assert made["junit"].count("<failure ") == len(ET.fromstring(made["junit"].encode()).findall(".//failure")) == said  # noqa: S314  our own output
    lines = made["github"].splitlines()
    assert len(lines) == said + 1
    assert all(each.startswith(("::error ", "::notice ")) for each in lines)
    assert made["overview-html"].count("<script>") == 1
    assert len(list(csv.reader(StringIO(made["csv"], newline=""), delimiter=";", strict=True))) == said + 2


def test_brief_tells_all_that_fails() -> None:
    """Each rule that a proposal conflicts with, or whose condition it misses, has its line, and no other has one."""
    dossier = checked((ROOT / "proposals/com-2024-150.toml").read_text("utf-8"), "edip.toml")
    head, *lines, _ = rendered("brief", [dossier], "en").decode().splitlines()
    assert head.startswith("edip.toml: 5 conflicts; 3 conditions missing; ")
    failing = [each for each in dossier.report.findings if each.verdict in GRAVE]
    assert len(lines) == len({each.rule for each in failing})
    assert all(any(each.title.en in line for line in lines) for each in failing)


@pytest.mark.parametrize("form", ["junit", "csv", "overview-html"])
def test_measures_without_a_verdict_are_told(form: str) -> None:
    """A measure of which no rule speaks is named, and not counted as in line."""
    dossier = checked(
        '[proposal]\ntitle = "Act"\n[[measure]]\nid = "lonely"\neffects = []\nareas = []\n', rules=("cyber",)
    )
    assert dossier.report.not_judged == ("lonely",)
    made = rendered(form, [dossier], "en").decode("utf-8-sig")
    assert "lonely" in made
    assert "not judged" in made.lower()


def test_written_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`-o` writes it, the exit status is that of the check, and what is there is left alone."""
    wanted = ["check", "proposals/com-2025-122.toml", "--format", "csv", "-o", str(tmp_path / "a.csv")]
    assert main(wanted) == 1
    written = (tmp_path / "a.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfproposal,")
    assert main(wanted) == 2
    assert "--force" in capsys.readouterr().err
    assert main([*wanted, "--force", "--fail-on", "never"]) == 0


_ADDED = """
from consistent.model.text import Localized
from consistent.reports.formats import Format

SHOUT = Format(
    name="shout",
    title=Localized("shouted", "geroepen"),
    suffix=".txt",
    render=lambda dossiers, language: "".join(f"{each.report.proposal.name.upper()} {language}\\n" for each in dossiers),
)
NOTHING = 3
"""


def _install(folder: Path, patch: pytest.MonkeyPatch, point: str) -> None:
    """A distribution with one entry point, on the path."""
    (folder / "shouting_reports.py").write_text(_ADDED, encoding="utf-8")
    info = folder / "shouting_reports-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shouting-reports\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[consistent.reports]\n{point}\n", encoding="utf-8")
    patch.syspath_prepend(str(folder))


def test_added_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A form of another distribution is offered and used as if it shipped, whatever is wrong with others."""
    _install(tmp_path, monkeypatch, "odd = nowhere_at_all:X\nshout = shouting_reports:SHOUT")
    assert "shout" in format_names()
    assert (
        main(["check", "proposals/com-2025-122.toml", "--format", "shout", "--lang", "nl", "--fail-on", "never"]) == 0
    )
    assert capsys.readouterr().out == "COM(2025) 122 FINAL nl\n"
    # Found by its entry point, and not for good.
    monkeypatch.undo()
    assert "shout" not in format_names()


@pytest.mark.parametrize(
    "point", ["odd = shouting_reports:NOTHING", "odd = shouting_reports:GONE", "odd = nowhere_at_all:X"]
)
def test_added_form_that_is_none(point: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no form, or cannot be loaded, is an error that names it."""
    _install(tmp_path, monkeypatch, point)
    with pytest.raises(UsageError, match="format `odd`"):
        format_named("odd")
