"""What is accepted on the workbench: the same file, and the same effect, as the waivers of the command."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from consistent import load
from consistent.cli.main import main
from consistent.errors import InputError
from consistent.knowledge.packs import shipped_root
from consistent.model.text import today
from consistent.toml.waivers import waivers_from
from consistent.web.accepting import WAIVERS
from consistent.web.bench import Bench
from consistent.web.folder import Folder
from tests.web.serving import PACK, Answered, Visitor, at, served, version_in

_RULE, _PLACE = f"{PACK}/cyber/eu-offensive-cyber-mechanism", "row-52"
_NEXT_YEAR = today() + timedelta(days=365)
_OTHER = '# Of the ministry.\n[[waiver]]\nrule = "no/such-rule"\nproposal = "COM(2020) 1"\nreason = "r"  # why\nowner = "o"\nuntil = 2099-01-01\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of work with the White Paper."""
    made = tmp_path / "work"
    made.mkdir()
    shutil.copy(shipped_root() / "proposals" / "join-2025-120.toml", made / "paper.toml")
    return made


@pytest.fixture
def visitor(folder: Path) -> Iterator[Visitor]:
    """Somebody at a workbench over it."""
    with served(folder) as found:
        found.enter()
        yield found


def form(page: str, **other: str) -> dict[str, str]:
    """What the form of the conflict sends, filled in."""
    filled = {"rule": _RULE, "measure": _PLACE, "reason": "as agreed", "owner": "A. Tester", "since": ""}
    return {"version": version_in(page), **filled, "until": _NEXT_YEAR.isoformat(), **other}


def post(visitor: Visitor, step: str, sent: dict[str, str], name: str = "paper.toml") -> Answered:
    return visitor.post(f"{at(name)}/{step}", sent)


def shown(page: str) -> str:
    """What the page tells of what is accepted."""
    return unescape(page.partition('id="waivers"')[2].partition("</section>")[0])


def status_of(folder: Path, *more: str) -> int:
    """The exit status of a check by the command."""
    return main(
        ["check", str(folder / "paper.toml"), "--pack", PACK, "--engine", "columns", "--fail-on", "conflict", *more]
    )


def test_as_the_command(
    visitor: Visitor, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is accepted is in the file that the command takes, counts for both, in the fiche too, and a folder can be checked with it."""
    page = visitor.get(at("paper.toml")).text
    assert 'class="said conflict"' in page
    assert status_of(folder) == 1
    said = post(visitor, "accept", form(page, reason='so "agreed" <b>\n2'))
    assert said.status == 200, said.text
    assert 'class="said conflict"' not in said.text
    assert "accepted" in shown(said.text)
    (waiver,) = waivers_from(folder / WAIVERS)
    assert (waiver.rule, waiver.measure, waiver.proposal) == (_RULE, _PLACE, "JOIN(2025) 120 final")
    assert (waiver.reason.nl, waiver.owner, waiver.until) == ('so "agreed" <b> 2', "A. Tester", _NEXT_YEAR)
    assert "&lt;b&gt; 2" in said.text.partition('id="waivers"')[2].partition("</section>")[0]
    assert status_of(folder, "--waivers", str(folder / WAIVERS)) == 0
    # What would have to change is not what this is about.
    monkeypatch.setattr("consistent.web.work._SECONDS", 0.01)
    fiche = visitor.get(f"{at('paper.toml')}/fiche?form=explanatory-memorandum").text
    assert "agreed" in fiche
    assert main(["check", str(folder), "--pack", PACK, "--engine", "columns", "--format", "json"]) == 1
    assert "waivers.toml" not in capsys.readouterr().err
    report = load(PACK).check(folder / "paper.toml", waivers=folder / WAIVERS, engine="columns").report
    assert report.outcome(_PLACE) == "waived"


def test_taken_back_and_withdrawn(visitor: Visitor, folder: Path) -> None:
    """What was accepted is withdrawn, each step taken back, and all else in the file left to the letter."""
    (folder / WAIVERS).write_text(_OTHER)
    page = visitor.get(at("paper.toml")).text
    assert "in other proposals: 1" in shown(page)
    said = post(visitor, "accept", form(page))
    both = (folder / WAIVERS).read_text()
    assert both.startswith(_OTHER)
    name = re.search(r'name="waiver" value="(\w+)"', said.text)
    assert name is not None
    assert post(visitor, "withdraw", {"version": version_in(said.text), "waiver": "gone"}).status == 422
    gone = post(visitor, "withdraw", {"version": version_in(said.text), "waiver": name[1]})
    assert (folder / WAIVERS).read_text().rstrip("\n") == _OTHER.rstrip("\n")
    assert 'class="said conflict"' in gone.text
    for left in (both, _OTHER):
        gone = post(visitor, "undo", {"version": version_in(gone.text)})
        assert (folder / WAIVERS).read_text() == left
    assert "nothing to take back" in post(visitor, "undo", {"version": version_in(gone.text)}).text


def test_first_and_last(visitor: Visitor, folder: Path) -> None:
    """The file comes with the first one that is accepted, and goes with the last; a step in the proposal between is taken back by itself."""
    page = visitor.get(at("paper.toml")).text
    before = (folder / "paper.toml").read_bytes()
    said = post(visitor, "accept", form(page))
    more = {
        "measure": "1",
        "field": "areas",
        "kind": "has",
        "typed": "energy",
        "place": "CAP.2",
        "start": "",
        "end": "",
    }
    said = post(visitor, "statement", {"version": version_in(said.text), **more})
    assert said.status == 200, said.text
    said = post(visitor, "undo", {"version": version_in(said.text)})
    assert (folder / "paper.toml").read_bytes() == before
    assert (folder / WAIVERS).exists()
    said = post(visitor, "undo", {"version": version_in(said.text)})
    assert not (folder / WAIVERS).exists()
    assert post(visitor, "accept", form(said.text, measure="")).status == 200
    assert waivers_from(folder / WAIVERS)[0].measure is None


def test_two_windows(visitor: Visitor, folder: Path) -> None:
    """A window that shows what was accepted before is refused; one on another proposal is not, and neither loses anything."""
    other = (folder / "paper.toml").read_text().replace("JOIN(2025) 120 final", "JOIN(2025) 121 final", 1)
    (folder / "second.toml").write_text(other.replace("52025JC0120", "52025JC0121"))
    page, elsewhere = visitor.get(at("paper.toml")).text, visitor.get(at("second.toml")).text
    said = post(visitor, "accept", form(page))
    assert said.status == 200
    late = post(visitor, "accept", form(page, reason="another"))
    assert late.status == 409
    assert "another window" in late.text
    assert post(visitor, "accept", form(elsewhere), "second.toml").status == 200
    assert [each.proposal for each in waivers_from(folder / WAIVERS)] == [
        "JOIN(2025) 120 final",
        "JOIN(2025) 121 final",
    ]
    # What is there by now was not known when it was accepted: it is not put back to what it was.
    again = post(visitor, "undo", {"version": version_in(said.text)})
    assert "nothing to take back" in again.text
    assert len(waivers_from(folder / WAIVERS)) == 2


def test_what_is_missing(visitor: Visitor, folder: Path) -> None:
    """All that is missing is told at once, in the reader's language, and nothing is written."""
    page = visitor.get(at("paper.toml")).text
    told = post(visitor, "accept?lang=nl", form(page, reason=" ", owner="", until="31-12-2030"))
    assert told.status == 422
    assert ["reden nodig" in told.text, "zeg wie" in told.text, "tot en met welke dag" in told.text] == [True] * 3
    assert "is over already" in post(visitor, "accept?lang=en", form(page, until="2020-01-01")).text
    assert "ends before it begins" in post(visitor, "accept", form(page, since="2199-01-01")).text.replace(
        "would end", "ends"
    )
    assert post(visitor, "accept", form(page, rule="no/such")).status == 422
    assert post(visitor, "accept", form(page, measure="row-999")).status == 422
    assert not (folder / WAIVERS).exists()


def test_without_a_number(visitor: Visitor, folder: Path) -> None:
    """Of a proposal without any number nothing is accepted: that would count in every other one too."""
    text = re.sub(r"(?m)^(reference|celex|procedure) = .*\n", "", (folder / "paper.toml").read_text(), count=3)
    (folder / "paper.toml").write_text(text)
    told = post(visitor, "accept", form(visitor.get(at("paper.toml")).text))
    assert told.status == 422
    assert "record its number first" in told.text
    assert not (folder / WAIVERS).exists()


def test_expired_and_of_others(folder: Path, tmp_path: Path) -> None:
    """What has expired is told to have; a file that is named beside is counted and told of, and never changed; a faulty one is told with its line."""
    old = '[[waiver]]\nrule = "{rule}"\nproposal = "JOIN(2025) 120"\nreason = "r"\nowner = "o"\nuntil = {until}\n'
    (folder / WAIVERS).write_text(old.format(rule=_RULE, until="2020-01-01"))
    beside = tmp_path / "ministry.toml"
    beside.write_text(old.format(rule=_RULE, until="2099-01-01"))
    with served(folder, waivers=(beside, folder / WAIVERS)) as visitor:
        visitor.enter()
        page = visitor.get(at("paper.toml")).text
        assert 'class="said conflict"' not in page
        assert "expired: its last day was 2020-01-01; replaced by o" in shown(page)
        assert "ministry.toml, which is not changed here" in shown(page)
        assert shown(page).count('name="waiver"') == 1
        (folder / WAIVERS).write_text("[[waiver]]\nrul = 1\n")
        broken = visitor.get(at("paper.toml"))
        assert broken.status == 422
        assert f"{WAIVERS}:2" in broken.text


def test_named_to_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A faulty file that is named is told before a page is opened."""
    (folder / "faulty.toml").write_text("[[waiver]]\nrule = 1\n")
    assert main(["serve", str(folder), "--waivers", str(folder / "faulty.toml"), "--no-open", "--lang", "en"]) == 2
    assert "faulty.toml" in capsys.readouterr().err


def test_all_packs_know_the_same_file(folder: Path) -> None:
    """Whoever opens the folder next has what was accepted, as after the program was killed."""
    (folder / WAIVERS).write_text(_OTHER.replace("no/such-rule", _RULE).replace("COM(2020) 1", "JOIN(2025) 120"))
    work = Bench(Folder(folder), PACK).work(PACK, "paper.toml")
    assert [use.status for use in work.report.waivers] == ["in-use"]
    with pytest.raises(InputError):
        work.files.write(b"what it never held", b"")
