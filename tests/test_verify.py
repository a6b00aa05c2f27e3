"""`consistent verify`: whether a report comes out again, and what differs where it does not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from consistent import load
from consistent.cli import main
from consistent.errors import InputError
from consistent.reports import json_format
from consistent.toml.proposals import proposal_to_data
from tests.small_pack import PROPOSAL, write_pack

WAIVERS = """\
[[waiver]]
rule = "small/harmonises"
reason = "agreed"
owner = "somebody"
until = 2099-01-01
"""
Verify = Callable[..., tuple[int, str]]


@pytest.fixture
def verify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Verify:
    """Runs the command in a folder with the small pack, a proposal, and a report on it; gives its status and all it prints."""
    write_pack(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONSISTENT_PACK")
    Path("p.toml").write_text(PROPOSAL, "utf-8")
    main(["check", "p.toml", "--as-of", "2026-03-01", "--format", "json", "-o", "r.json"])

    def run(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        status = main(["verify", *(arguments or ("r.json",))])
        told = capsys.readouterr()
        return status, " ".join((told.out + told.err).split())

    return run


def changed(path: str, old: str, new: str) -> None:
    """Replace a text in a file that has it."""
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), "utf-8")


def test_comes_out(verify: Verify) -> None:
    """On the day and with the options of the report, in both languages, from the report alone."""
    assert verify() == (0, "An act The report comes out again.")
    assert verify("r.json", "--lang", "nl") == (0, "Een handeling Het rapport komt er weer zo uit.")


@pytest.mark.parametrize(
    "options", [("--select", "light"), ("--ignore", "light"), ("--strict",), ("--engine", "plain"), ("--why",)]
)
def test_options_of_the_report(verify: Verify, options: tuple[str, ...]) -> None:
    """A report that was made with options is made again with them."""
    main(["check", "p.toml", "--format", "json", "--force", "-o", "r.json", *options])
    assert verify() == (0, "An act The report comes out again.")


def test_places_are_not_said(verify: Verify) -> None:
    """A comment in the proposal moves every line, and a file every name; nothing is said otherwise."""
    changed("p.toml", "[proposal]", "# read again\n\n[proposal]")
    Path("p.toml").rename("q.toml")
    assert verify("r.json", "q.toml") == (0, "An act The report comes out again.")


def test_other_proposal(verify: Verify) -> None:
    """What is said of which rule where, then and now, and which grades are others."""
    changed("p.toml", "amount=400_000_000", "amount=700_000_000")
    status, told = verify()
    assert status == 1
    assert "The report does not come out again." in told
    assert "what the proposal says: (" in told
    assert "small/costly · m1: nothing then, conflict now" in told
    assert "small/costly · m1: toen niets, nu strijdig" in verify("r.json", "--lang", "nl")[1]


def test_other_reasons(verify: Verify) -> None:
    """Where the same comes of it for other reasons, that is told too."""
    changed("rules/small/light.toml", "{measure}: Light", "{measure}: lighter")
    status, told = verify()
    assert status == 1
    assert "small/light · m1: condition missing then and now, in other words or for other reasons" in told


def test_other_input_and_the_same_said(verify: Verify) -> None:
    """That the same is said of something else is no verification."""
    changed("facts/small/pack.toml", "title.en", "# a comment\ntitle.en")
    status, told = verify()
    assert status == 1
    assert "The same is said, but something else went in: this is not the same check." in told
    assert "pack small: (" in told


def test_other_version_of_the_pack(verify: Verify) -> None:
    """Versions are told with digests, and rules that are gone."""
    changed("facts/small/pack.toml", "title.en", 'version = "1.1"\ntitle.en')
    Path("rules/small/whole.toml").unlink()
    status, told = verify()
    assert status == 1
    assert "pack small: (" in told
    assert "now, 1.1 (" in told or "then, 1.1 (" in told
    assert "small/whole · proposal as a whole: conflict then, nothing now" in told
    assert "Also others: " in told


def test_other_program(verify: Verify) -> None:
    """Another version of the program that says the same has verified the report, and is told."""
    report = json.loads(Path("r.json").read_text("utf-8"))
    report["reports"][0]["identity"]["program"] = "0.0.1"
    Path("r.json").write_text(json.dumps(report), "utf-8")
    status, told = verify()
    assert status == 0
    assert "The report comes out again. What went in version of the program: 0.0.1 then, " in told


@pytest.mark.parametrize("part", ["findings", "defeated", "judgement", "measures", "not_judged", "rules"])
def test_report_that_was_changed(verify: Verify, part: str) -> None:
    """Whatever somebody took out of a report, or put in, does not come out again."""
    whole = json.loads(Path("r.json").read_text("utf-8"))
    report = whole["reports"][0]
    if part == "judgement":
        report[part]["competence"] = "positive"
    elif part == "not_judged":
        report[part].append("m1")
    else:
        del report[part][0]
    Path("r.json").write_text(json.dumps(whole), "utf-8")
    assert verify()[0] == 1


def test_waivers_of_the_report(verify: Verify) -> None:
    """The files of waivers that the report names are used again, or those that are named; where there are none, that is told."""
    Path("w.toml").write_text(WAIVERS, "utf-8")
    main(["check", "p.toml", "--format", "json", "--waivers", "w.toml", "--force", "-o", "r.json"])
    assert verify()[0] == 0
    Path("w.toml").rename("v.toml")
    status, told = verify()
    assert status == 2
    assert (
        "the report accepts findings by `w.toml`, and there is no such file help: name the file with `--waivers`"
        in told
    )
    assert verify("r.json", "--waivers", "v.toml")[0] == 0


def test_what_is_missing(verify: Verify, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the proposal or the pack cannot be found, that is told, with the way to name it."""
    Path("p.toml").rename("q.toml")
    status, told = verify()
    assert status == 2
    assert (
        "error: the report is on `p.toml`, and there is no such file help: name the proposal behind the report" in told
    )
    assert "fout: het rapport gaat over `p.toml`" in verify("r.json", "--lang", "nl")[1]
    assert "2 proposals for a file with 1 reports" in verify("r.json", "q.toml", "q.toml")[1]
    folder = Path.cwd()
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir(folder / "elsewhere")
    status, told = verify("../r.json", "../q.toml")
    assert status == 2
    assert "made with the pack `small`, and there is none of that name help: name its folder with `--pack`" in told
    assert verify("../r.json", "../q.toml", "--pack", "..")[0] == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("{}", "no report"),
        ("[1]", "no report"),
        ('{"reports": 5}', "no report"),
        ('{"reports": [{"proposal": {}}]}', "no report"),
    ],
)
def test_no_report(verify: Verify, content: str, told: str) -> None:
    """What is no report is told as such, whatever it is."""
    Path("r.json").write_text(content, "utf-8")
    status, said = verify()
    assert status == 2
    assert f"error: {told}" in said
    assert "reports are written by `consistent check --format json`" in said
    assert "rapporten zijn van" in verify("r.json", "--lang", "nl")[1]


def test_old_report(verify: Verify) -> None:
    """A report of before there was any identity is told as such, in both languages."""
    report = json.loads(Path("r.json").read_text("utf-8"))
    del report["reports"][0]["identity"]
    Path("r.json").write_text(json.dumps(report), "utf-8")
    status, told = verify()
    assert status == 2
    assert "does not say what it came of: it has no `identity`" in told
    assert "zegt niet waaruit het voortkwam" in verify("r.json", "--lang", "nl")[1]


def test_json(verify: Verify, capsys: pytest.CaptureFixture[str]) -> None:
    """The document is as its schema says, and several reports are each verified."""
    main(["check", "p.toml", "p.toml", "--format", "json", "--force", "-o", "r.json"])
    changed("p.toml", 'areas=["fisheries"]', 'areas=["procurement"]')
    capsys.readouterr()
    assert main(["verify", "r.json", "--format", "json"]) == 1
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    jsonschema.validate(data, json_format.schema_for("verify"))
    assert [each["comes_out"] for each in data["verifications"]] == [False, False]
    assert data["verifications"][0]["inputs"][-1]["kind"] == "proposal"


@pytest.mark.usefixtures("verify")
def test_library() -> None:
    """A report verifies itself by the pack, whatever form the proposal comes in; one that was built by hand does not."""
    kb = load(Path.cwd())
    report = kb.check(PROPOSAL).report
    assert kb.verify(report, proposal_to_data(kb.read(PROPOSAL))).comes_out
    data = json_format.report_to_data(report)
    assert kb.verify(json_format.report_from_data(json.loads(json.dumps(data))), PROPOSAL).comes_out
    data.pop("identity")
    with pytest.raises(InputError, match="does not say what it came of"):
        kb.verify(json_format.report_from_data(data), PROPOSAL)
