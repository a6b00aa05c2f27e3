"""`consistent fix`: what faults propose is made where it is sure, shown, and tried; all else stays as it is."""

import pickle
from pathlib import Path

import pytest

from consistent.authoring.editing.fixing import fix
from consistent.cli.main import main
from consistent.errors import Edit, Help, Location, did_you_mean
from consistent.toml.mending import edited, text_edits

RULE = "rules/pk/first-rule.toml"


@pytest.fixture(scope="module")
def scaffold(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A new pack, as `consistent new pack` makes it."""
    folder = tmp_path_factory.mktemp("scaffold") / "pk"
    assert main(["new", "pack", "pk", "-o", str(folder)]) == 0
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def pack(scaffold: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, in a folder that is the working folder."""
    for name, content in scaffold.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change(path: Path, *changes: tuple[str, str]) -> str:
    """Spoil a file, each change in one place; what it held before."""
    before = path.read_text("utf-8")
    text = before
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return before


MISTAKES: dict[str, list[tuple[str, str]]] = {
    RULE: [
        ("rationale.en", "rationle.en"),  # a key that is written twice
        ("rationale.nl", "rationle.nl"),
        ("[when.measure]", "[when.mesure]"),
        (
            'effects = "measures-of-direction"',
            'efects = "mesures-of-direction"',
        ),  # a term that is told once its field is known
        ('"pk-principle"', '"pk-principel"'),
        ('ground = "policy"', 'ground = "polcy"'),
        ('expect = "question"', 'expect = "questoin"'),
        ('effects = ["measures-of-direction"]', 'effects = ["measures-of-directon"]'),
    ],
    "facts/pk/pack.toml": [('"treaties"', '"treatys"')],
    "proposals/first.toml": [("effects =", "effcts =")],
    "goldens/first.toml": [("as_of", "as_off")],
}


def test_mended(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Misspelt words are put right, each other letter stays, and the files are what they were before."""
    before = {file: change(pack / file, *changes) for file, changes in MISTAKES.items()}
    spoilt = {file: (pack / file).read_text("utf-8") for file in MISTAKES}
    assert main(["fix", "--diff", "."]) == 1
    assert {file: (pack / file).read_text("utf-8") for file in MISTAKES} == spoilt
    shown = capsys.readouterr().out
    assert all(f"--- {file}" in shown for file in MISTAKES)
    assert "files that would be mended: 4; faults left then: 0" in shown
    assert main(["fix", "."]) == 0
    assert {file: (pack / file).read_text("utf-8") for file in MISTAKES} == before
    assert main(["fix", "--diff", "."]) == 0
    assert "files that would be mended: 0; faults left then: 0" in capsys.readouterr().out


def test_missing_texts(pack: Path) -> None:
    """Texts that are missing are added to fill in, beside their neighbours, and comments stay."""
    path = pack / RULE
    change(
        path,
        ('title.nl = "TODO: benoem het gebrek, of wat welkom is"\n', ""),
        ('title.en = "the measure does this"\n', ""),
    )
    change(path, ('title.nl = "de maatregel doet dit"\n', ""))
    comments = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    assert main(["fix", "."]) == 0
    lines = path.read_text("utf-8").splitlines()
    assert lines[lines.index('title.en = "TODO: name the defect, or what is welcome"') + 1] == 'title.nl = "TODO"'
    assert [line for line in lines if line.startswith("#")] == comments
    assert main(["test", ".", "-k", "pk"]) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('effects = "measures-of-direction"', 'effects = "measures-of"'),  # several are near
        ('principle = "pk-principle"', 'principle = "something-else"'),  # none is
        ('dimension = "substance"\n', ""),  # one of several words must be chosen
    ],
)
def test_not_guessed(old: str, new: str, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What could be meant otherwise is left for a person, told, and makes the exit status 1."""
    change(pack / RULE, (old, new))
    spoilt = (pack / RULE).read_text("utf-8")
    assert main(["fix", "."]) == 1
    assert (pack / RULE).read_text("utf-8") == spoilt
    told = capsys.readouterr()
    assert "files mended: 0; faults left: 1" in told.out
    assert f"at {RULE}" in told.err


def test_taken_back(pack: Path) -> None:
    """A key that would be there twice is not renamed, and what else is wrong is mended all the same."""
    change(pack / RULE, ('ground = "policy"', 'ground = "polcy"\ngroud = "law"'))
    fixed = fix(Path())
    text = next(iter(fixed.after.values()))
    assert 'ground = "policy"\ngroud = "law"' in text
    assert [fault.message for fault in fixed.left] == ["unknown key `groud`"]


def test_layout_stays(pack: Path) -> None:
    """Line ends of Windows, a byte-order mark and letters beyond ASCII are kept."""
    path = pack / RULE
    change(path, ("TODO: name", "TODO: één 💶 name"), ("pk-principle", "pk-principel"))
    text = "\ufeff" + path.read_text("utf-8").replace("\n", "\r\n")
    path.write_bytes(text.encode())
    assert main(["fix", "."]) == 0
    assert path.read_bytes().decode() == text.replace("pk-principel", "pk-principle")


def test_one_file(pack: Path) -> None:
    """Only the file that is named changes, and only its faults are told."""
    change(pack / RULE, ("pk-principle", "pk-principel"))
    change(pack / "proposals/first.toml", ("effects =", "effcts ="))
    assert main(["fix", RULE]) == 0
    assert "effcts =" in (pack / "proposals/first.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("word", "known", "sure"),
    [
        ("smart-glasses", ["smart-materials"], False),
        ("cloud", ["Cloud"], True),
        ("member-state", ["member-states"], True),
        ("obligatoin", ["obligation", "obligations"], False),
    ],
)
def test_sure(word: str, known: list[str], sure: bool) -> None:
    """An edit is sure where the word is near, and no other one nearly as near."""
    help_ = did_you_mean(word, known)
    assert isinstance(help_, Help)
    assert [edit.sure for edit in help_.edits][:1] == [sure]
    assert pickle.loads(pickle.dumps(help_)).edits == help_.edits  # noqa: S301  written here


@pytest.mark.parametrize(
    ("text", "key", "edit", "expected"),
    [
        ('a = "x-y x"\n', "a", Edit("x", "z", sure=True), 'a = "x-y z"\n'),
        ('a = "x x"\n', "a", Edit("x", "z", sure=True), 'a = "x x"\n'),  # which one?
        ("a.b = 1\na.c = 2\n", "a", Edit("a", "z", sure=True), "z.b = 1\nz.c = 2\n"),
        ('[[t]]\n[[t]]\n"a" = 1 # a\n', "t[2].a", Edit("a", "z", sure=True), "[[t]]\n[[t]]\nz = 1 # a\n"),
        ("t = { a = 1 }\n", "t", Edit("", "b = 2", sure=True), "t = { a = 1, b = 2 }\n"),
        ("a = 1 # here\n\n[t]\n", "", Edit("", "b.en = 2", sure=True), "a = 1 # here\nb.en = 2\n\n[t]\n"),
        ("a = \n", "a", Edit("a", "b", sure=True), "a = \n"),  # no TOML
    ],
)
def test_places(text: str, key: str, edit: Edit, expected: str) -> None:
    """The letters that are meant are found, and nothing is changed where that cannot be told."""
    assert edited(text, text_edits(text, Location("x.toml", None, key), edit)) == expected


def test_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """What is not there is told."""
    assert main(["fix", "nowhere"]) == 2
    assert "error: no such file or folder" in capsys.readouterr().err
