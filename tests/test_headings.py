"""Paths and titles as headings show them."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from consistent import load
from consistent.cli import main
from consistent.model.text import Language
from consistent.reports.diff_text import diff_outline
from consistent.reports.outline import Block
from consistent.reports.terminal import place, print_outline, shortened, shown_path
from consistent.reports.text import print_report
from consistent.reports.why_text import why_not_outline

LONG = "Long title " * 2000
TITLED = {
    "proposal": {"title": {"en": LONG, "nl": LONG}, "kind": "white-paper"},
    "measure": [{"id": "m", "title": {"en": LONG, "nl": LONG}, "effects": ["lending"]}],
}


def test_paths_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies below the current folder is shown from there; anything else as it is."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    below, beside = tmp_path / "here" / "rules" / "a.toml", tmp_path / "hereafter" / "a.toml"
    assert shown_path(str(below)) == str(Path("rules/a.toml"))
    assert place(str(below), 3) == f"{Path('rules/a.toml')}:3"
    assert place(str(beside), None) == str(beside)
    assert [shown_path(each) for each in ("rules/a.toml", "<dict>", "")] == ["rules/a.toml", "<dict>", ""]


def test_titles_are_cut() -> None:
    """Only where they are longer than any that a person wrote."""
    assert shortened("x" * 300) == "x" * 300
    assert shortened(LONG).endswith(" ...")
    assert len(shortened(LONG)) <= 300


@pytest.mark.parametrize("language", ["en", "nl"])
def test_heads_are_short(language: Language) -> None:
    """A title of 20,000 letters fills no screen, while the data keep it."""
    check = load().check(TITLED)
    stream = StringIO()
    print_report(check.report, Console(file=stream, width=120), language)
    assert "Long title" in stream.getvalue()
    heads: list[Block] = [*why_not_outline(check.why_not("industry-scheme-on-exceptional-basis"), language)]
    heads += diff_outline(check.diff(check), language)
    print_outline(Console(file=stream, width=120), heads)
    first = [each for each in stream.getvalue().splitlines() if each.startswith(("Long title", "  m  "))]
    assert first
    lines = stream.getvalue().splitlines()
    # Messages name a measure in full, headings do not.
    assert lines.index(next(each for each in lines if each.startswith(("Judgement", "Oordeel")))) < 10
    assert check.proposal.title is not None
    assert check.proposal.title.en == LONG.strip() or check.proposal.title.en == LONG


def test_shipped_rules_by_their_short_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`why` names the file of a rule from the current folder where it lies below that."""
    rule = next(iter(load().rules))
    folder = Path(rule.anchor.file.path).parents[1]
    proposal = tmp_path / "p.toml"
    proposal.write_text('[proposal]\nkind = "white-paper"\n[[measure]]\nid = "m"\n', "utf-8")
    monkeypatch.chdir(folder)
    main(["why", str(proposal), rule.id])
    assert str(folder) not in capsys.readouterr().out
