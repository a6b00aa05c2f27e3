"""Which pack is used where none is named: what comes before what, what is wrong with a setting, and what is told of it."""

import json
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from consistent import load
from consistent.checker import draft
from consistent.cli import main
from consistent.corpora._resuming import knowledge_digest
from consistent.errors import InputError, UsageError
from consistent.knowledge.settings import VARIABLE, DefaultPack, default_pack
from consistent.reports.json_format import report_from_data, report_to_data
from tests.small_pack import write_pack

ROOT = Path(__file__).parents[1]
PAPER = str(ROOT / "proposals/join-2025-120.toml")
OTHER = "nl-22112-4027"
SHIPPED = (
    "known here: `nl-22112-4027`, `treaties`; name a pack of your own by its folder, or put that in CONSISTENT_PATH"
)
NOTES = {
    "en": f"Only the pack treaties was used, as none was named; there is also {OTHER} (`--pack`).",
    "nl": f"Alleen het pakket treaties is gebruikt, want er is geen genoemd; er is ook {OTHER} (`--pack`).",
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for these tests, which load the same packs over and over."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with nothing in it, below another one, and no variable."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("CONSISTENT_CACHE", str(cache))
    folder = tmp_path / "above/here"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@contextmanager
def closed_to_us(path: Path) -> Iterator[None]:
    """A file or folder that may not be read; without the rights of root, whom no permission binds."""
    path = path.resolve()
    mode, user = path.stat().st_mode, os.geteuid()
    path.chmod(0)
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        path.chmod(mode)


def written(path: str, text: str) -> None:
    """A file in or above the working folder."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, "utf-8")


def _unwrapped(shown: str) -> str:
    """What is shown, as if lines went on for ever; Markdown has signs escaped."""
    return " ".join(shown.replace("\\", "").split())


class TestOrder:
    """What names the pack, the first that there is."""

    def test_each_before_the_next(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is said in the call, the variable, the project file, the pack of the working folder, primary law."""
        assert load().name == "treaties"
        write_pack(Path())
        assert load().name == "small"
        written("consistent.toml", f'pack = "{OTHER}"\n')
        assert load().name == OTHER
        monkeypatch.setenv(VARIABLE, "treaties")
        assert load().name == "treaties"
        assert load(OTHER).name == OTHER
        assert load(Path()).name == "small"

    def test_nearest_project_file(self) -> None:
        """The project file of the nearest folder counts, however far above it is; of two in one folder `consistent.toml`."""
        written("../../pyproject.toml", '[tool.consistent]\npack = "treaties"\n')
        assert default_pack().pack == "treaties"
        written("../pyproject.toml", f'[tool.consistent]\npack = "{OTHER}"\n')
        assert load().name == OTHER
        written("../consistent.toml", 'pack = "treaties"\n')
        assert load().name == "treaties"
        written("pyproject.toml", f'[tool.consistent]\npack = "{OTHER}"\n')
        assert load().name == OTHER

    def test_empty_variable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A variable that is empty is as good as none."""
        monkeypatch.setenv(VARIABLE, "")
        written("consistent.toml", f'pack = "{OTHER}"\n')
        assert load().name == OTHER

    def test_folder_in_variable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The variable names a folder from the working folder, as `--pack` does."""
        write_pack(Path("mine"))
        for named in ("mine", "mine/", "./mine"):
            monkeypatch.setenv(VARIABLE, named)
            assert load().name == "small"

    @pytest.mark.parametrize("named", ["packs/mine", "./packs/mine/", "../above/packs/mine"])
    def test_folder_in_project_file(self, named: str) -> None:
        """A project file names a folder from its own, wherever one works below it."""
        write_pack(Path("../packs/mine"))
        written("../consistent.toml", f'pack = "{named}"\n')
        assert load().name == "small"
        written("deeper/x", "")
        os.chdir("deeper")
        assert load().name == "small"

    def test_absolute_folder(self, tmp_path: Path) -> None:
        """So may a folder be named from the root."""
        written("consistent.toml", f"pack = {json.dumps(str(write_pack(tmp_path / 'mine')))}\n")
        assert load().name == "small"

    def test_name_is_no_folder(self) -> None:
        """A plain word in a project file is a name, also where the working folder has a folder of that name."""
        write_pack(Path("small"))
        written("consistent.toml", 'pack = "small"\n')
        with pytest.raises(InputError, match="unknown pack `small`"):
            load()

    def test_name_found_by_its_roots(self) -> None:
        """A pack of further roots can be named by a setting."""
        root = write_pack(Path("elsewhere"))
        written("consistent.toml", 'pack = "small"\n')
        assert load(roots=[root]).name == "small"

    def test_other_project(self) -> None:
        """A `pyproject.toml` that says nothing of this program is passed over, broken or not."""
        written("../consistent.toml", f'pack = "{OTHER}"\n')
        for text in ("[tool.other]\npack = 3\n", "not TOML at all [", '[project]\ndependencies = ["consistent"]\n'):
            written("pyproject.toml", text)
            assert load().name == OTHER

    def test_folder_of_facts_that_is_no_pack(self) -> None:
        """A folder that happens to be called `facts` makes no pack of the working folder."""
        written("facts/about-us/history.toml", "x = 1\n")
        assert default_pack() == DefaultPack("treaties", "none")

    def test_working_folder_is_gone(self, here: Path) -> None:
        """Where the working folder was taken away, primary law is left."""
        here.rmdir()
        assert default_pack() == DefaultPack("treaties", "none")

    def test_draft(self) -> None:
        """Drafting without a pack goes by the same setting."""
        written("consistent.toml", 'pack = "nowhere"\n')
        with pytest.raises(InputError, match="unknown pack `nowhere`"):
            draft(b"<html></html>")

    def test_checkout(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """This repository has a setting of its own."""
        monkeypatch.chdir(ROOT)
        assert load().name == OTHER
        monkeypatch.chdir(ROOT / "proposals")
        assert load().name == OTHER


class TestFaults:
    """Settings that cannot be used: told at their place, and nothing else is taken instead."""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            (
                "pack = ",
                "not valid TOML: nothing stands after `=`\n  at consistent.toml:1\nhelp: write a value, or take the line away",
            ),
            ("", 'missing key `pack`\n  at consistent.toml\nhelp: write for instance `pack = "treaties"`'),
            ("# mine\npakc = 3\npack = 'treaties'", "unknown key `pakc`\n  at consistent.toml:2, pakc\nhelp: did you mean `pack`?"),
            ("pack = 3", "expected the name of a pack or its folder, found a whole number\n  at consistent.toml:1, pack"),
            ("pack = ' '", "expected the name of a pack or its folder, found blank text\n  at consistent.toml:1, pack"),
            (
                "\npack = 'treatis'",
                "unknown pack `treatis`\n  at consistent.toml:2, pack\nhelp: did you mean `treaties`?",
            ),
            ("pack = 'x'", f"unknown pack `x`\n  at consistent.toml:1, pack\nhelp: {SHIPPED}"),
            ("pack = './x'", "no folder `x` to load a pack from\n  at consistent.toml:1, pack"),
            (
                "pack = '.'",
                "no pack in `.`\n  at consistent.toml:1, pack\nhelp: a pack has a file facts/NAME/pack.toml",
            ),
        ],
    )  # fmt: skip
    def test_project_file(self, capsys: pytest.CaptureFixture[str], text: str, told: str) -> None:
        """What is wrong with a project file is told at its line."""
        written("consistent.toml", text)
        assert main(["check", PAPER]) == 2
        assert capsys.readouterr() == ("", f"error: {told}\n")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("[tool.consistent]\npakc = 1\n", "unknown key `pakc`\n  at ../pyproject.toml:2, tool.consistent.pakc"),
            ("[tool.consistent]\n", "missing key `pack`\n  at ../pyproject.toml:1, tool.consistent"),
            ("[tool]\nconsistent = 3\n", "expected a table, found a whole number\n  at ../pyproject.toml:2, tool.consistent"),
            ("tool = 'consistent'\n", "expected a table, found text\n  at ../pyproject.toml:1, tool"),
            ("[tool.consistent\n", "not valid TOML"),
            ("[tool.consistent]\npack = 'x'\n", "unknown pack `x`\n  at ../pyproject.toml:2, tool.consistent.pack"),
        ],
    )  # fmt: skip
    def test_pyproject(self, text: str, told: str) -> None:
        """So it is in `pyproject.toml`."""
        written("../pyproject.toml", text)
        with pytest.raises(InputError) as raised:
            load()
        assert str(raised.value).startswith(told)

    def test_variable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is wrong with the variable is told as the variable's."""
        monkeypatch.setenv(VARIABLE, "x")
        with pytest.raises(InputError) as raised:
            load()
        assert str(raised.value) == f"unknown pack `x`\n  at CONSISTENT_PACK\nhelp: {SHIPPED}"
        monkeypatch.setenv(VARIABLE, "x/y")
        with pytest.raises(InputError) as raised:
            load()
        assert str(raised.value) == "no folder `x/y` to load a pack from\n  at CONSISTENT_PACK"

    def test_not_utf8(self) -> None:
        """A project file in another encoding is told, and is no traceback."""
        Path("consistent.toml").write_bytes(b'pack = "\xff"\n')
        with pytest.raises(InputError, match="file is not UTF-8"):
            load()

    def test_folder_of_that_name(self) -> None:
        """A folder that is called as a project file is told: it may hide one."""
        Path("consistent.toml").mkdir()
        with pytest.raises(InputError, match="file cannot be read: it is a folder"):
            load()

    def test_several_packs_in_the_working_folder(self) -> None:
        """Of several packs that do not build on each other none is taken."""
        for name in ("one", "two"):
            written(f"facts/{name}/pack.toml", "")
        with pytest.raises(UsageError, match=r"several packs in `\.`: `one`, `two`"):
            load()

    @pytest.mark.parametrize("closed", ["consistent.toml", "pyproject.toml", ".."])
    def test_no_permission(self, closed: str) -> None:
        """A file or folder that may name the pack and cannot be read is told: another pack in its place would be wrong."""
        if closed != "..":
            written(closed, f'[tool.consistent]\npack = "{OTHER}"\n')
        with closed_to_us(Path(closed)), pytest.raises(InputError, match="cannot be read: permission denied") as raised:
            default_pack()
        (fault,) = raised.value.faults
        where, help_ = (
            ("../consistent.toml", "see to it that it can be read, or work in another folder")
            if closed == ".."
            else (closed, "")
        )
        assert (fault.location.path, fault.help) == (where, help_)

    def test_facts_that_cannot_be_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """So is a folder `facts` that may hold a pack."""
        # The folders above may be closed as well, and would be told first.
        monkeypatch.setattr("consistent.knowledge.project_file._PROJECT_FILES", {})
        with closed_to_us(write_pack(Path()) / "facts"), pytest.raises(InputError) as raised:
            load()
        assert str(raised.value) == "folder cannot be read: permission denied\n  at facts"

    @pytest.mark.parametrize("setting", ["pack = 3", "pack = 'x'"])
    def test_named_pack_needs_no_setting(self, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
        """Where a pack is named, a setting that cannot be used is in nobody's way."""
        written("consistent.toml", setting)
        assert main(["check", PAPER, "--pack", "treaties"]) in {0, 1}
        monkeypatch.setenv(VARIABLE, "treaties")
        assert main(["check", PAPER]) in {0, 1}


class TestTold:
    """That nobody named a pack, and which others there are."""

    @pytest.mark.parametrize("language", ["en", "nl"])
    @pytest.mark.parametrize(
        "form", ["text", "markdown", "html", "sarif", "junit", "github", "csv", "overview-markdown"]
    )
    def test_forms(self, capsys: pytest.CaptureFixture[str], form: str, language: str) -> None:
        """Each form of a report says so; none does where a pack was named."""
        command = ["check", PAPER, "--format", form, "--lang", language, "--fail-on", "never"]
        note = NOTES[language].split(" (")[0]
        assert main(command) == 0
        assert note in _unwrapped(capsys.readouterr().out)
        assert main([*command, "--pack", "treaties"]) == 0
        assert note not in _unwrapped(capsys.readouterr().out)

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        """JSON has the names of the others, only then, and they are read back."""
        command = ["check", PAPER, "--format", "json", "--fail-on", "never"]
        assert main(command) == 0
        (plain,) = json.loads(capsys.readouterr().out)["reports"]
        assert plain["other_packs"] == [OTHER]
        assert main([*command, "--pack", "treaties"]) == 0
        (plain,) = json.loads(capsys.readouterr().out)["reports"]
        assert "other_packs" not in plain
        report = load().check(PAPER)
        assert report.other_packs == (OTHER,)
        assert report_from_data(report_to_data(report.report)).other_packs == (OTHER,)
        assert load("treaties").check(PAPER).other_packs == ()

    @pytest.mark.parametrize(
        "command",
        [
            ["why", "harmonisation-on-excluding-basis", PAPER], ["repair", PAPER], ["ask", PAPER, "--list"], ["rules"], ["vacuity"],
            ["explain", "harmonisation-on-excluding-basis"], ["review", PAPER, "--list"], ["schema", "rule"],
            ["diff", PAPER, "--new-as-of", "2030-01-01"], ["fiche", PAPER],
        ],
        ids=lambda case: case[0],
    )  # fmt: skip
    @pytest.mark.parametrize("language", ["en", "nl"])
    def test_commands(self, capsys: pytest.CaptureFixture[str], command: list[str], language: str) -> None:
        """So does each other command that goes by a pack."""
        assert main([*command, "--lang", language]) in {0, 1}
        told = capsys.readouterr()
        # Where the lines of a note end is for the width of the terminal.
        said = " ".join(f"{told.out}{told.err}".replace("\\", "").split())
        assert NOTES[language].split(" (")[0] in said

    def test_setting_is_enough(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A setting names a pack, so nothing is told, also where it names primary law."""
        written("consistent.toml", 'pack = "treaties"\n')
        assert main(["check", PAPER, "--fail-on", "never"]) == 0
        assert "was named" not in capsys.readouterr().out
        assert load().check(PAPER).other_packs == ()

    def test_own_packs_among_them(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A pack in CONSISTENT_PATH is one of the others; what primary law builds on would be none."""
        monkeypatch.setenv("CONSISTENT_PATH", str(write_pack(tmp_path / "mine")))
        assert load().knowledge.other_packs == (OTHER, "small")

    def test_goes_along(self) -> None:
        """It stays with fewer rules, and goes along to another process."""
        kb = load()
        assert kb.only(lambda _: False).check(PAPER).other_packs == (OTHER,)
        again = pickle.loads(pickle.dumps(kb))  # noqa: S301  what was just made
        assert again.check(PAPER).other_packs == (OTHER,)

    def test_same_corpus(self) -> None:
        """A corpus that was begun without a name of the pack goes on with it: what is known is the same."""
        assert knowledge_digest(load()) == knowledge_digest(load("treaties")) != knowledge_digest(load(OTHER))

    def test_cache_does_not_keep_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What was kept of a pack that nobody named says nothing where somebody names it, and the other way round."""
        monkeypatch.setenv("CONSISTENT_CACHE", str(tmp_path / "cache"))
        for _ in range(2):
            assert load().knowledge.other_packs == (OTHER,)
            assert load("treaties").knowledge.other_packs == ()


class TestHelp:
    """`--help` shows which pack is used where none is named, and what names it."""

    @pytest.mark.parametrize(
        ("text", "en", "nl"),
        [
            (None, "(default: treaties)", "(standaard: treaties)"),
            (f'pack = "{OTHER}"', f"(default: {OTHER}, from ../consistent.toml)", f"(standaard: {OTHER}, uit ../consistent.toml)"),
            ('pack = "./a%b"', "(default: ../a%b, from ../consistent.toml)", "(standaard: ../a%b, uit ../consistent.toml)"),
            (
                "pack = 3",
                "(default: none, as the setting that names it cannot be used)",
                "(standaard: geen, want de instelling die het noemt is onbruikbaar)",
            ),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("command", ["check", "new", "test", "draft", "pages"])
    def test_setting(
        self, capsys: pytest.CaptureFixture[str], command: str, text: str | None, en: str, nl: str
    ) -> None:
        """With its project file; a setting that cannot be used does not stop help."""
        if text is not None:
            written("../consistent.toml", text)
        for language, said in (("en", en), ("nl", nl)):
            assert said.replace(" ", "") in self.shown(capsys, command, language)

    def test_variable_and_folder(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, here: Path
    ) -> None:
        """With the variable, or as the pack of the working folder."""
        write_pack(here)
        assert "(default:small,ofthisfolder)" in self.shown(capsys, "check", "en")
        assert "(standaard:small,vandezemap)" in self.shown(capsys, "check", "nl")
        monkeypatch.setenv(VARIABLE, "treaties")
        assert "(default:treaties,fromCONSISTENT_PACK)" in self.shown(capsys, "check", "en")

    @staticmethod
    def shown(capsys: pytest.CaptureFixture[str], command: str, language: str) -> str:
        """Help without blanks, as it breaks where the terminal ends."""
        with pytest.raises(SystemExit) as ended:
            main([command, "--help", "--lang", language])
        assert ended.value.code == 0
        return "".join(capsys.readouterr().out.split())


def test_no_country_in_the_code() -> None:
    """No module names a pack of a country: which packs ship is told by their folders, which one is used by a setting."""
    countries = [path.name for path in (ROOT / "facts").iterdir() if path.is_dir() and path.name != "treaties"]
    assert countries
    sources = [path for path in (ROOT / "src").rglob("*") if path.suffix in {".py", ".toml", ".j2", ".json"}]
    named = [path for path in sources if any(country in path.read_text("utf-8") for country in countries)]
    assert named == []
