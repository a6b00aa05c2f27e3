"""`consistent fiche` writes where and how it is told to, and tells what it cannot use."""

from importlib import import_module
from pathlib import Path

import pytest

from consistent import load
from consistent.cli import main
from tests.planted_pack import CORPUS, write_sound_pack
from tests.reports.fiche_cases import ROOT, kb

PROPOSAL = str(ROOT / "proposals/com-2022-68.toml")
DAY = ("--as-of", "2026-11-26")


@pytest.fixture(autouse=True)
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack that every run names, read once for all of them."""
    # What is first imported meanwhile would keep the one that stands in.
    import_module("consistent.cli.check")
    monkeypatch.setattr("consistent.checker.load", lambda _: kb())


def test_markdown_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """In Dutch, in which the form exists, unless another language is asked for."""
    assert main(["fiche", PROPOSAL, *DAY]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# Fiche: Dataverordening")
    assert main(["fiche", PROPOSAL, "--lang", "en", *DAY]) == 0
    assert capsys.readouterr().out.startswith("# Fiche: Data Act")
    assert "### j) Rol Europees Parlement" in out


def test_a_pack_with_a_legal_basis_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its kind has the name of the Treaties' kind and other fields: nothing is read of it, and the form is there."""
    monkeypatch.setattr("consistent.checker.load", load)
    pack = write_sound_pack(tmp_path / "lamp")
    (tmp_path / "act.toml").write_text(CORPUS, "utf-8")
    assert main(["fiche", str(tmp_path / "act.toml"), "--pack", str(pack), "--format", "markdown"]) == 0
    assert "173" in capsys.readouterr().out


@pytest.mark.parametrize(("suffix", "start"), [(".md", b"# Fiche: "), (".html", b"<!DOCTYPE html>"), (".docx", b"PK")])
def test_the_name_of_the_file_tells_the_form(tmp_path: Path, suffix: str, start: bytes) -> None:
    """Twice the same; an existing file is not written over unless that is said."""
    one, two = (tmp_path / f"{name}{suffix}" for name in "ab")
    for path in (one, two):
        assert main(["fiche", PROPOSAL, *DAY, "-o", str(path)]) == 0
    assert one.read_bytes().startswith(start)
    assert one.read_bytes() == two.read_bytes()
    assert main(["fiche", PROPOSAL, *DAY, "-o", str(one)]) == 2


def test_a_name_that_tells_no_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written; with `--format` it is."""
    path = tmp_path / "fiche.pdf"
    assert main(["fiche", PROPOSAL, *DAY, "-o", str(path), "--lang", "nl"]) == 2
    assert "blijkt niet in welke vorm" in capsys.readouterr().err
    assert not path.exists()
    assert main(["fiche", PROPOSAL, *DAY, "-o", str(path), "--format", "markdown"]) == 0


def test_a_template_for_something_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would be passed over."""
    assert main(["fiche", PROPOSAL, "--template", "x.docx", "-o", str(tmp_path / "a.md")]) == 2
    assert "`--template` is for Word documents" in capsys.readouterr().err


def test_every_file_that_is_missing_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The template, the proposal and the waivers."""
    files = [str(tmp_path / each) for each in ("eigen.docx", "voorstel.toml", "aanvaard.toml")]
    arguments = ["fiche", files[1], "--template", files[0], "--waivers", files[2], "-o", str(tmp_path / "a.docx")]
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert all(each in err for each in files)


def test_a_template_of_ones_own(tmp_path: Path) -> None:
    """The shipped one, say."""
    shipped = ROOT / "src/consistent/reports/outline.docx"
    out = tmp_path / "a.docx"
    assert main(["fiche", PROPOSAL, *DAY, "--template", str(shipped), "-o", str(out)]) == 0
    assert out.read_bytes().startswith(b"PK")


def test_a_bad_template_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its name, without a traceback."""
    bad = tmp_path / "eigen.docx"
    bad.write_bytes(b"geen document")
    assert main(["fiche", PROPOSAL, *DAY, "--template", str(bad), "-o", str(tmp_path / "a.docx")]) == 2
    assert f"at {bad}" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["transmitted", "received", "letter"])
def test_a_day_before_the_document(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No deadline is counted from a slip of the pen."""
    assert main(["fiche", PROPOSAL, *DAY, f"--{name}", "2022-02-22"]) == 2
    assert f"`--{name} 2022-02-22` is before the day of the document, 2022-02-23" in capsys.readouterr().err


def test_the_days_reach_the_fiche(capsys: pytest.CaptureFixture[str]) -> None:
    """The last days are computed."""
    days = ["--transmitted", "2022-03-01", "--received", "2022-02-24"]
    assert main(["fiche", PROPOSAL, *DAY, "--lang", "nl", *days]) == 0
    out = capsys.readouterr().out
    assert "tot en met 26 april 2022" in out
    assert "uiterlijk op 7 april 2022" in out


def test_the_form_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    """That for communications has four sections."""
    assert main(["fiche", PROPOSAL, *DAY, "--form", "communication"]) == 0
    out = capsys.readouterr().out
    assert "## 4\\. Grondhouding" in out
    assert "## 5\\." not in out


def test_check_writes_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    """As one of its forms."""
    assert main(["check", PROPOSAL, *DAY, "--format", "fiche", "--lang", "nl"]) == 0
    assert capsys.readouterr().out.startswith("# Fiche: ")
