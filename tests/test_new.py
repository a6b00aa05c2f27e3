"""`consistent new`: what it makes passes the checks as it is, and nothing is half made."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

from consistent import load
from consistent.authoring.scaffolds.files import place_all
from consistent.authoring.scaffolds.kinds import new_pack, new_proposal, new_rule
from consistent.authoring.schemas.catalogue import ENDING, render, schemas_of
from consistent.authoring.suite import collect, run
from consistent.cli import main
from consistent.errors import ConsistentError, InputError, UsageError
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Measure, Proposal
from consistent.model.text import LANGUAGES, Language
from consistent.rules.rule import VERDICTS, Verdict
from tests.small_pack import write_pack

TAPLO = shutil.which("taplo", path=str(Path(sys.executable).parent))


def files_in(folder: Path) -> dict[str, str]:
    """Every file below a folder, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def failures(pack: Path, group: str) -> list[str]:
    """The items of a group that do not come out as they say; there must be some that do."""
    kb = load(pack)
    items = [item for item in collect(kb) if item.group.startswith(group)]
    assert items
    return [item.id for item in items if run(item, kb, "plain") is not None]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The folder of a pack that is there already."""
    return write_pack(tmp_path / "small")


class TestPack:
    """`consistent new pack`."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_from_an_empty_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: Language
    ) -> None:
        """The pack loads, what it says of itself comes out, an editor finds no fault, and a rule can be added to it."""
        monkeypatch.chdir(tmp_path)
        assert main(["new", "pack", "lamps", "--lang", language]) == 0
        pack = tmp_path / "lamps"
        made = files_in(pack)
        assert {
            "facts/lamps/pack.toml", "facts/lamps/principles.toml", "facts/lamps/guarantees.toml", "README.md",
            "rules/lamps/first-rule.toml", "proposals/first.toml", "goldens/first.toml", ".taplo.toml",
        } <= made.keys()  # fmt: skip
        words = {"en": ("is for you to write", "Written to lamps"), "nl": ("om te schrijven", "Geschreven in lamps")}
        assert words[language][0] in made["README.md"]
        assert words[language][0] in made["rules/lamps/first-rule.toml"]
        assert capsys.readouterr().out.startswith(words[language][1])
        assert failures(pack, "lamps/") == []
        assert {
            f"schemas/{name}{ENDING}": render(schema) for name, schema in schemas_of(load(pack))
        }.items() <= made.items()
        monkeypatch.chdir(pack)
        assert main(["new", "rule", "lighting/too-bright", "--lang", language]) == 0
        assert failures(pack, "lamps/lighting/too-bright") == []
        # What was expected already is so still: the new rule asks for something else.
        assert main(["test", "goldens", "--lang", language]) == 0
        rule = files_in(pack)["rules/lamps/lighting/too-bright.toml"]
        assert rule.startswith("#:schema ../../../schemas/rule.schema.json\n")
        if TAPLO is not None:
            linted = subprocess.run([TAPLO, "lint", "**/*.toml"], cwd=pack, capture_output=True, text=True, check=False)
            assert linted.returncode == 0, linted.stderr

    def test_both_languages_have_the_same_keys(self, tmp_path: Path) -> None:
        """What is made differs in comments and in the page about the pack only."""
        both = [new_pack("lamps", tmp_path, language) for language in LANGUAGES]
        assert both[0].keys() == both[1].keys()
        for path, text in both[0].items():
            if path.suffix == ".toml":
                assert tomli.loads(text) == tomli.loads(both[1][path])
                assert text != both[1][path], path
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize(
        ("name", "below", "said"),
        [
            ("Lamps", "treaties", "`Lamps` is no name for a pack"),
            ("../lamps", "treaties", "is no name for a pack"),
            ("treaties", "treaties", "there is a pack `treaties` already"),
            ("lamps", "treatis", "no pack `treatis` to build on"),
        ],
    )
    def test_refused(self, tmp_path: Path, name: str, below: str, said: str) -> None:
        """A name that no pack can have or that one has, and a pack to build on that is not there."""
        with pytest.raises(UsageError, match=re.escape(said)):
            new_pack(name, tmp_path / "lamps", "en", below=below)


class TestRule:
    """`consistent new rule`."""

    @pytest.mark.parametrize("verdict", VERDICTS)
    def test_each_verdict(self, small: Path, verdict: Verdict) -> None:
        """The rule is added, and its examples come out."""
        place_all(new_rule("a/b", small, "en", verdict=verdict, effect="obligation"))
        rule = load(small).rule("small/a/b")
        assert (rule.verdict, rule.principle, rule.sources) == (verdict, "conferral", ("TEU 5",))
        assert {example.expect for example in rule.examples} == {verdict, "not-applicable", "open"}
        assert failures(small, "small/a/b") == []

    def test_name_with_the_pack(self, small: Path) -> None:
        """The id can be given whole."""
        assert new_rule("small/a/b", small, "en") == new_rule("a/b", small, "en")

    def test_everything_is_told(self, small: Path) -> None:
        """What is to be written says so, in both languages."""
        (text,) = new_rule("a/b", small, "nl").values()
        rule = tomli.loads(text)
        for key in ("title", "rationale", "message"):
            assert all(rule[key][language].startswith("TODO: ") for language in LANGUAGES)

    def test_not_replaced(self, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What is there stays, unless it is said that it may go."""
        call = ["new", "rule", "harmonises", "--pack", str(small)]
        before = files_in(small)
        assert main(call) == 2
        assert "file exists already" in capsys.readouterr().err
        assert files_in(small) == before
        # The rule that is replaced is named by another one, and may be.
        assert main([*call, "--force"]) == 0
        assert load(small).rule("small/harmonises").title.en.startswith("TODO")

    def test_contradiction(self, small: Path) -> None:
        """A rule that contradicts another is refused, told at the place that it would have had."""
        place_all(new_rule("a", small, "en", verdict="aligned", effect="obligation"))
        before = files_in(small)
        with pytest.raises(InputError) as refused:
            new_rule("b", small, "en", verdict="conflict", effect="obligation")
        assert "contradict" in str(refused.value)
        assert str(small / "rules/small/b.toml") in str(refused.value)
        assert "consistent-" not in str(refused.value)
        assert files_in(small) == before

    def test_installed_pack(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A pack within the installed package is left alone: the next version would replace it."""
        root = write_pack(tmp_path / "_packs")
        monkeypatch.setattr("consistent.authoring.scaffolds.kinds.shipped_root", lambda: root)
        with pytest.raises(UsageError, match="is a part of the program"):
            new_rule("a", root, "en")

    def test_broken_pack(self, small: Path) -> None:
        """What is wrong with the pack is told at its place."""
        (small / "rules/small/light.toml").write_text("title = 1\n", "utf-8")
        with pytest.raises(InputError, match=re.escape(str(small / "rules/small/light.toml"))):
            new_rule("a", small, "en")

    @pytest.mark.parametrize(
        ("name", "options", "said", "help_"),
        [
            ("a/B", {}, "`a/B` is no id for a rule", "subject/name-of-the-defect"),
            ("../a", {}, "`../a` is no id for a rule", ""),
            ("a", {"effect": "obligaton"}, "unknown term `obligaton`", "did you mean `obligation`?"),
            ("a", {"principle": "conferal"}, "unknown principle `conferal`", "did you mean `conferral`?"),
        ],
    )
    def test_refused(self, small: Path, name: str, options: dict[str, str], said: str, help_: str) -> None:
        """An id that no rule can have, and a term and a principle that are not there."""
        with pytest.raises(UsageError) as refused:
            new_rule(name, small, "en", principle=options.get("principle", ""), effect=options.get("effect", ""))
        assert said in str(refused.value)
        assert help_ in str(refused.value)


class TestProposal:
    """`consistent new proposal`."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_is_known(self, language: Language) -> None:
        """It reads back, as a proposal with one measure of which nothing is known."""
        read = load("treaties").read(new_proposal("treaties", language))
        assert read == Proposal(measures=(Measure(id="measure-1"),))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_field_is_explained(self, language: Language) -> None:
        """Each field is there in its part, with its label; of terms some or all with their labels, and the number of the rest."""
        text = new_proposal("treaties", language)
        vocabularies = load("treaties").knowledge.vocabularies
        parts = dict(zip(("header", "measure"), text.split("[[measure]]"), strict=True))
        for part, fields in (("header", PROPOSAL_FIELDS), ("measure", MEASURE_FIELDS)):
            for field in fields.values():
                found = re.search(
                    rf"^# {re.escape(field.label.get(language))}\n((?:#   .*\n)+)# {field.name} = ",
                    parts[part],
                    re.MULTILINE,
                )
                assert found, field.name
                if field.type == "terms":
                    terms = vocabularies[field.vocabulary].terms
                    shown = [term for term in terms if re.search(rf"^#   {term} ", found[1], re.MULTILINE)]
                    rest = re.findall(r"^#   \w+ (\d+) \w+$", found[1], re.MULTILINE)
                    assert len(shown) + sum(map(int, rest)) == len(terms)
                    assert all(terms[term].label.get(language) in found[1] for term in shown)

    def test_forms(self) -> None:
        """What stands behind a field is in the form that it takes: with a # taken away, and a term filled in, it reads."""
        kb = load("treaties")
        text = new_proposal("treaties", "en")
        for fields in (PROPOSAL_FIELDS, MEASURE_FIELDS):
            for field in fields.values():
                term = next(iter(kb.knowledge.vocabularies[field.vocabulary].terms)) if field.vocabulary else "..."
                found = re.search(rf"^# ({field.name} = .*)$", text, re.MULTILINE)
                assert found
                filled = text.replace(found[0], found[1].replace("...", term), 1)
                assert kb.read(filled) != kb.read(text)

    def test_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The name is that of the file, with or without its ending; the folders that it needs are made."""
        assert main(["new", "proposal", str(tmp_path / "a/b/com"), "--pack", "treaties", "--lang", "nl"]) == 0
        out = capsys.readouterr().out
        assert "Geschreven:" in out
        assert (tmp_path / "a/b/com.toml").read_text("utf-8") == new_proposal("treaties", "nl")
        assert main(["new", "proposal", str(tmp_path / "a/b/com.toml"), "--pack", "treaties"]) == 2


class TestPlacing:
    """Several files, all or none."""

    def test_one_is_there(self, tmp_path: Path) -> None:
        """Nothing is written, and every file that is there is told."""
        for name in ("b", "c"):
            (tmp_path / name).write_text("old", "utf-8")
        with pytest.raises(InputError) as refused:
            place_all({tmp_path / letter: "new" for letter in ("a", "b", "c")})
        assert [fault.location.path for fault in refused.value.faults] == [str(tmp_path / "b"), str(tmp_path / "c")]
        assert files_in(tmp_path) == {"b": "old", "c": "old"}

    def test_one_cannot_be_written(self, tmp_path: Path) -> None:
        """What was written before is taken back, and what was replaced is as it was."""
        (tmp_path / "a").write_text("old", "utf-8")
        wanted = [tmp_path / "a", tmp_path / "new/deep/b", tmp_path / "a/c"]
        with pytest.raises(ConsistentError):
            place_all(dict.fromkeys(wanted, "new"), force=True)
        assert files_in(tmp_path) == {"a": "old"}
        assert [path.name for path in tmp_path.iterdir()] == ["a"]

    def test_written(self, tmp_path: Path) -> None:
        """All are there, those that were there already too."""
        (tmp_path / "a").write_text("old", "utf-8")
        place_all({tmp_path / "a": "one", tmp_path / "x/y/b": "two"}, force=True)
        assert files_in(tmp_path) == {"a": "one", "x/y/b": "two"}


class TestUsage:
    """How the command is called."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["proposal", "x", "--verdict", "conflict"], "`--verdict` is voor een regel, niet voor: proposal"),
            (["rule", "x", "-o", "y"], "`-o` is alleen voor een pakket"),
        ],
    )
    def test_options_of_others(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        arguments: list[str],
        said: str,
    ) -> None:
        """An option that would be passed over is refused."""
        monkeypatch.chdir(tmp_path)
        assert main(["new", *arguments, "--lang", "nl"]) == 2
        assert said in capsys.readouterr().err
        assert not list(tmp_path.iterdir())

    def test_no_pack_here(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A rule needs a pack, which is this folder unless another is named."""
        monkeypatch.chdir(tmp_path)
        assert main(["new", "rule", "a"]) == 2
        assert "no pack in `.`" in capsys.readouterr().err
