"""What a report comes of: versions of packs, digests of what was read, and that a folder stands in for an installed pack."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from attrs import evolve

from consistent import load
from consistent.cli import main
from consistent.errors import InputError
from consistent.findings.identity import Identity, proposal_digest
from consistent.knowledge.packs import available_packs, pack_digest
from consistent.knowledge.versions import requirement
from consistent.reports import json_format
from consistent.toml.proposals import proposal_to_data
from consistent.version import __version__
from tests.document_cases import INVENTED
from tests.small_pack import PROPOSAL, write_pack

ROOT = Path(__file__).parents[1]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small pack in a folder, with a version."""
    folder = write_pack(tmp_path / "small")
    manifest = folder / "facts/small/pack.toml"
    manifest.write_text('version = "0.3"\n' + manifest.read_text("utf-8"), "utf-8")
    return folder


def identity(folder: Path, text: str = PROPOSAL) -> Identity:
    """Of a check against the pack of a folder."""
    found = load(folder).check(text).report.identity
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("wanted", "fitting", "others"),
    [
        ("p", ("", "1", "7.8.9"), ()),
        ("p >= 1.2", ("1.2.0", "1.2", "1.10", "2"), ("", "1.1.9", "0.9")),
        ("p>=1.2,<2", ("1.2", "1.99.3"), ("2.0", "2", "1.1")),
        ("p == 1", ("1.0.0",), ("1.0.1", "10")),
        ("p > 1.0", ("1.0.1",), ("1",)),
        ("p <= 1.0", ("1", "0.99"), ("1.0.1",)),
    ],
)
def test_ranges(wanted: str, fitting: tuple[str, ...], others: tuple[str, ...]) -> None:
    """Numbers are compared as numbers, zeros at the end add nothing, and all comparisons must hold."""
    assert all(map(requirement(wanted).is_met_by, fitting))
    assert not any(map(requirement(wanted).is_met_by, others))


def test_range_of_a_pack_below(small: Path, tmp_path: Path) -> None:
    """A pack is loaded on a version in its range, and refused on another, which is told at the line."""
    upper = tmp_path / "small/facts/upper/pack.toml"
    upper.parent.mkdir()
    for wanted, met in (("small >= 0.2, < 1", True), ("small >= 0.4", False)):
        upper.write_text(f'title = {{ en = "u", nl = "b" }}\nsources = ["TFEU 1"]\nbuilds_on = ["{wanted}"]\n', "utf-8")
        if met:
            packs = identity(small).packs
            assert [(pack.name, pack.version) for pack in packs] == [("small", "0.3"), ("upper", "")]
        else:
            with pytest.raises(InputError, match=r"needs pack `small` >= 0.4, and that is version 0.3"):
                load(small)


def test_shipped_packs_have_versions(capsys: pytest.CaptureFixture[str]) -> None:
    """Each has one, and the list of packs tells it."""
    assert main(["packs"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    told = {row[0]: row[1] for row in rows if len(row) > 1}
    for name in ("treaties", "nl-22112-4027"):
        assert told[name] == load(name).knowledge.packs[-1].version
        assert told[name]


def test_digest_of_a_pack(small: Path, tmp_path: Path) -> None:
    """It moves with every letter and name of a file, and not with the folder or with how lines end."""
    first = identity(small).packs
    moved = shutil.copytree(small, tmp_path / "moved")
    for path in moved.rglob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert identity(moved).packs == first
    rule = moved / "rules/small/light.toml"
    before = rule.read_bytes()
    rule.write_bytes(before + b"# said anew\n")
    assert identity(moved).packs != first
    rule.write_bytes(before)
    rule.rename(rule.with_name("lighter.toml"))
    assert pack_digest(available_packs([moved])["small"]) != first[0].digest


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_digest_by_other_means() -> None:
    """Anybody can reckon it, by the line that the page on JSON has."""
    page = (ROOT / "docs/reference/json.md").read_text("utf-8")
    line = next(line for line in page.splitlines() if line.startswith("find facts/treaties"))
    found = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert found.split()[0] == pack_digest(available_packs()["treaties"])


def test_digest_of_a_proposal(small: Path) -> None:
    """It is of what is said: the same as text, as data and as a proposal, with comments and other line ends, and no other."""
    kb = load(small)
    proposal = kb.read(PROPOSAL)
    same = {
        proposal_digest(each)
        for each in (
            proposal,
            kb.read(proposal_to_data(proposal)),
            kb.read("# a comment\n" + PROPOSAL.replace("\n", "\r\n")),
            evolve(proposal, path="elsewhere.toml"),
        )
    }
    assert len(same) == 1
    changed = (PROPOSAL.replace("fisheries", "roads"), PROPOSAL.replace("Having", "With"), PROPOSAL.replace("m5", "m6"))
    for text in changed:
        assert proposal_digest(kb.read(text)) not in same
    other = evolve(proposal, measures=proposal.measures[:-1])
    assert identity(small).proposal in same
    found = kb.check(other).report.identity
    assert found is not None
    assert found.proposal not in same


def test_what_matters_is_told(small: Path) -> None:
    """The program, the rules that were asked for, and options that change what is said."""
    kb = load(small)
    plain = kb.check(PROPOSAL).report.identity
    assert plain is not None
    assert (plain.program, plain.selected, plain.strict) == (__version__, None, False)
    few = kb.selected(["light"]).check(PROPOSAL, strict=True, ending_within=3).report.identity
    assert few is not None
    assert (few.selected, few.strict, few.ending_within) == (("small/light",), True, 3)
    assert few.packs == plain.packs


def test_document() -> None:
    """A draft tells the document by its bytes, and a proposal that was read from TOML tells none."""
    kb = load("nl-22112-4027")
    content = (INVENTED / "plain.en.txt").read_bytes()
    told = [kb.check(kb.draft(each)).report.identity for each in (content, content + b" ", INVENTED / "plain.en.txt")]
    digests = [each.document for each in told if each is not None]
    assert digests[0] == digests[2] != digests[1]
    assert all(digests)


def test_round_trip(small: Path) -> None:
    """JSON has all of it, and gives it back; a report of a version before there was any is still read."""
    report = load(small).check(PROPOSAL).report
    data = json.loads(json_format.render([report]))["reports"][0]
    assert json_format.report_from_data(data).identity == report.identity
    del data["identity"]
    # Paths are those that a report tells, wherever it was made.
    whole = json_format.report_from_data(json_format.as_told(json_format.report_to_data(report)))
    assert json_format.report_from_data(data) == evolve(whole, identity=None)
    assert json_format.report_from_data(data).identity is None


@pytest.mark.parametrize("form", ["text", "markdown", "html", "fiche"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_one_line(small: Path, form: str, language: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Each form for readers ends with it in a line, in either language."""
    path = tmp_path / "p.toml"
    path.write_text(PROPOSAL, "utf-8")
    main(["check", str(path), "--pack", str(small), "--format", form, "--lang", language])
    found, word = identity(small), {"en": "proposal", "nl": "voorstel"}[language]
    line = f"consistent {__version__} · small 0.3 ({found.packs[0].digest[:8]}) · {word} ({found.proposal[:8]})"
    out = capsys.readouterr().out
    assert line in out
    if form != "html":
        assert out.rstrip().splitlines()[-1] == line or form == "fiche"


def test_folder_stands_in(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack of a folder that is named stands in for one of its name that is installed, and every report says so."""
    installed = shutil.copytree(small, tmp_path / "installed")
    (small / "rules/small/whole.toml").unlink()
    monkeypatch.setenv("CONSISTENT_PATH", str(installed))
    assert len(load("small").rules) == len(load(small).rules) + 1
    assert identity(small).packs[0].instead_of == str(installed / "facts/small")
    line = " ".join(json_format.render([load(small).check(PROPOSAL).report]).split())
    assert '"instead_of": "facts/small"' in line
    # The same folder by both ways stands in for nothing.
    assert not identity(installed).packs[0].instead_of
    # What is true of one loading is not kept for the next.
    monkeypatch.delenv("CONSISTENT_PATH")
    assert not identity(small).packs[0].instead_of
