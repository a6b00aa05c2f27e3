"""The pages that are made of a pack: one for each rule, lists of rules, and a glossary, in both languages."""

import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from consistent import KnowledgeBase, load
from consistent.cli import main
from consistent.model.text import LANGUAGES, Language
from consistent.reports.pages import pages_of
from tests.small_pack import write_pack

_LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load("nl-22112-4027")


@pytest.mark.parametrize("language", LANGUAGES)
class TestShipped:
    """Of the packs that ship."""

    def test_all(self, kb: KnowledgeBase, language: Language) -> None:
        """There is a page for each rule, a list for each pack, and one glossary; each says something and has a heading."""
        made = dict(pages_of(kb.knowledge, kb.rules, language))
        wanted = {Path("rules", language, f"{each.id}.md") for each in kb.rules}
        wanted |= {Path("rules", language, each.name, "README.md") for each in kb.knowledge.packs}
        assert made.keys() == wanted | {Path(f"glossary.{language}.md")}
        assert all(text.startswith("# ") and text.endswith("\n") for text in made.values())
        for rule in kb.rules:
            page = made[Path("rules", language, f"{rule.id}.md")]
            assert rule.title.get(language) in page
            assert rule.rationale.get(language) in page

    def test_links(self, kb: KnowledgeBase, language: Language) -> None:
        """Each link leads to another page that is made, or out of them; each rule is reached from the list of its pack."""
        made = dict(pages_of(kb.knowledge, kb.rules, language))
        reached: set[Path] = set()
        for path, text in made.items():
            links = [each for each in _LINK.findall(text) if not each.startswith("https://")]
            targets = {Path(os.path.normpath(path.parent / each)) for each in links}
            assert targets <= made.keys(), path
            reached |= targets
        assert {Path("rules", language, f"{each.id}.md") for each in kb.rules} == reached

    def test_glossary(self, kb: KnowledgeBase, language: Language) -> None:
        """Every term of each vocabulary is in the glossary once."""
        text = dict(pages_of(kb.knowledge, kb.rules, language))[Path(f"glossary.{language}.md")]
        for name, vocabulary in kb.knowledge.vocabularies.items():
            section = text.split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]
            rows = [line for line in section.splitlines() if line.startswith("| ") and "`" in line]
            assert sorted(row.split("`")[1] for row in rows) == sorted(vocabulary.terms)


def test_same_again(kb: KnowledgeBase) -> None:
    """Made again in another process, in which sets have another order, every page is the same to the byte."""
    code = (
        "import sys\nfrom hashlib import sha256\nfrom consistent import load\nfrom consistent.model.text import LANGUAGES\n"
        "from consistent.reports.pages import pages_of\nkb = load(sys.argv[1])\n"
        "print(sha256(repr([list(pages_of(kb.knowledge, kb.rules, each)) for each in LANGUAGES]).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    run = subprocess.run(
        [sys.executable, "-c", code, kb.name], env=environment, capture_output=True, text=True, check=True
    )
    here = [list(pages_of(kb.knowledge, kb.rules, language)) for language in LANGUAGES]
    assert run.stdout.strip() == sha256(repr(here).encode()).hexdigest()


class TestCommand:
    """`consistent pages`."""

    def test_own_pack(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A pack of one's own has its pages too, with those of what it builds on; in one language, or in both."""
        pack = str(write_pack(tmp_path / "pack"))
        assert main(["pages", "--pack", pack, "-o", str(tmp_path / "one"), "--lang", "nl"]) == 0
        assert capsys.readouterr().out.startswith(f"Geschreven in {tmp_path / 'one'}: ")
        assert main(["pages", "--pack", pack, "-o", str(tmp_path / "both")]) == 0
        names = {
            each: sorted(str(path.relative_to(tmp_path / each)) for path in (tmp_path / each).rglob("*.md"))
            for each in ("one", "both")
        }
        assert names["one"] == [each for each in names["both"] if "nl" in re.split(r"[./]", each)]
        assert len(names["both"]) == 2 * len(names["one"]) > 0
        assert "rules/nl/small/README.md" in names["one"]

    def test_rules_that_ask(self, tmp_path: Path) -> None:
        """The glossary says how many rules ask for a term."""
        kb = load(write_pack(tmp_path))
        text = dict(pages_of(kb.knowledge, kb.rules, "en"))[Path("glossary.en.md")]
        counts = {
            term: re.findall(rf"^\| .*`{term}`.*\| *(\d*) *\|$", text, re.MULTILINE)
            for term in ("harmonisation", "obligation")
        }
        assert counts == {"harmonisation": ["2"], "obligation": ["1"]}

    def test_nothing_is_replaced(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Without `--force` a page that is there stays, and none is written beside it."""
        pack = str(write_pack(tmp_path / "pack"))
        (tmp_path / "made").mkdir()
        page = tmp_path / "made/glossary.en.md"
        page.write_text("mine\n", "utf-8")
        command = ["pages", "--pack", pack, "-o", str(tmp_path / "made")]
        assert main(command) == 2
        assert "file exists already" in capsys.readouterr().err
        assert [*(tmp_path / "made").iterdir()] == [page]
        assert page.read_text("utf-8") == "mine\n"
        assert main([*command, "--force"]) == 0
        assert page.read_text("utf-8").startswith("# Glossary\n")

    def test_no_folder(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Without a folder to write in, it says so."""
        with pytest.raises(SystemExit) as ended:
            main(["pages"])
        assert ended.value.code == 2
        assert "-o/--output" in capsys.readouterr().err
