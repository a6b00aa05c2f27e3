"""The rules in the browser: found, shown, tried and saved."""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from consistent import Proposal, load
from consistent.checker import KnowledgeBase
from consistent.cli.main import main
from consistent.errors import InputError
from consistent.knowledge.packs import shipped_root
from consistent.rules.rule import reached, stronger, weaker
from consistent.web.shelf import ORDERS, Shelf
from consistent.web.trying import tried
from tests.web.serving import PACK, Visitor, served

_RULE = "nl-22112-4027/ukraine/shut-out-of-projects"
_OWN, _FIRST = "own-pack", "own-pack/first-rule"


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The Dutch pack."""
    return load(PACK)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder of work with the White Paper, and the Dutch pack in it to be changed."""
    made = tmp_path / "work"
    for kind in ("facts", "rules"):
        shutil.copytree(shipped_root() / kind / PACK, made / kind / PACK)
    shutil.copy(shipped_root() / "proposals" / "join-2025-120.toml", made / "paper.toml")
    return made


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of work that holds a pack of one's own, and a proposal; who changes it puts it back."""
    made = tmp_path_factory.mktemp("work") / "own"
    assert main(["new", "pack", _OWN, "-o", str(made)]) == 0
    shutil.copy(made / "proposals" / "first.toml", made / "first.toml")
    return made


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    """Somebody at a workbench over a folder without packs."""
    folder = tmp_path / "empty"
    folder.mkdir()
    with served(folder, pack=None) as found:
        found.enter()
        yield found


class TestShelf:
    @pytest.mark.parametrize("order", ORDERS)
    def test_nothing_is_lost(self, kb: KnowledgeBase, order: str) -> None:
        """In each order stands every rule that has something to stand under, under all of that."""
        groups = Shelf(kb, "nl").groups(order)  # type: ignore[arg-type]  # one of them
        held = {(group.name, rule.id) for group in groups for rule in group.rules}
        expected = {
            "principle": {(rule.principle, rule.id) for rule in kb.rules},
            "position": {(name, rule.id) for rule in kb.rules for name in rule.positions},
            "source": {(name, rule.id) for rule in kb.rules for name in rule.sources},
            "folder": {(rule.id.rpartition("/")[0], rule.id) for rule in kb.rules},
        }
        assert held == expected[order]

    def test_words(self, kb: KnowledgeBase) -> None:
        """Each word must be there, in the reader's language; more words never find more."""
        shelf = Shelf(kb, "nl")
        assert _RULE in {rule.id for rule in shelf.found("oekraïne PROJECTEN")}
        assert shelf.found("") == kb.rules
        assert shelf.found("no such words at all") == ()
        for rule in shelf.found("staatssteun"):
            assert rule in shelf.found("steun")
        assert {rule.id for rule in shelf.found("346(1)")} >= {r.id for r in kb.rules if "TFEU 346(1)(b)" in r.sources}


class TestTried:
    def test_as_it_is(self, kb: KnowledgeBase) -> None:
        """The text that is there changes nothing, and its examples pass."""
        rule = kb.rule(_RULE)
        trial = tried(kb, rule.id, rule.anchor.file.text or "", {"paper": _paper(kb)})
        assert (trial.examples, trial.failures, trial.changes) == (len(rule.examples), (), ())

    def test_same_as_loaded(self, kb: KnowledgeBase, work: Path) -> None:
        """What changes is what another check with the changed files finds otherwise, also of rules that they set aside."""
        paper = _paper(kb)
        before = kb.case(paper).states()
        found: set[tuple[str, str | None]] = set()
        touched: set[str] = set()
        changed = [rule for rule in kb.rules if rule.pack == PACK and (rule.defeats or rule.verdict == "aligned")][::9]
        for rule in changed:
            path = work / "rules" / f"{rule.id}.toml"
            old = path.read_text()
            new = re.sub(r"(?m)^defeats = .*\n", "", old).replace('verdict = "aligned"', 'verdict = "question"')
            new = re.sub(r'expect = "aligned"', 'expect = "question"', new)
            # A pack takes long to load: it is loaded once with all texts that have nothing to do with each other.
            near = {each for below in reached(rule.id, weaker(kb.rules)) for each in reached(below, stronger(kb.rules))}
            if not touched.isdisjoint(near):
                continue
            try:
                trial = tried(kb, rule.id, new, {"paper": paper})
            except InputError:
                continue
            path.write_text(new)
            touched |= near
            found |= {(each.rule, each.measure) for each in trial.changes if each.before not in _VERDICTS}
            found |= {(each.rule, each.measure) for each in trial.changes if each.after not in _VERDICTS}
        assert len(touched) > 2
        after = load(work).case(_paper(kb)).states()
        assert found == {place for place in {*before, *after} if before.get(place) != after.get(place)}

    def test_faults(self, kb: KnowledgeBase) -> None:
        """What is wrong with it is told with the line of the text, all at once."""
        text = (kb.rule(_RULE).anchor.file.text or "").replace("excluded_partners", "excluded_partner", 1)
        with pytest.raises(InputError) as told:
            tried(kb, _RULE, text.replace('"policy"', '"polcy"', 1), {})
        lines = {fault.location.line for fault in told.value.faults}
        assert len(lines) == 2
        assert None not in lines


_VERDICTS = {"conflict", "condition", "question", "aligned", "reserved"}


def _paper(kb: KnowledgeBase) -> Proposal:
    return kb.read(shipped_root() / "proposals" / "join-2025-120.toml")


class TestPages:
    def test_shelf(self, visitor: Visitor) -> None:
        """Every rule is on the shelf with a link that leads to its page; words leave those that have them."""
        page = visitor.get(f"/rules/{PACK}").text
        links = re.findall(r'href="(/rules/[^"]+/rule/[^"]+)"', page)
        assert len(set(links)) == len(load(PACK).rules)
        shown = visitor.get(unescape(links[-1]))
        assert shown.status == 200
        few = visitor.get(f"/rules/{PACK}?words=ukraine&by=source", HX_Request="true").text
        assert "<html" not in few
        assert 0 < len(set(re.findall(r'/rule/([^"]+)"', few))) < 30

    def test_hostile(self, visitor: Visitor) -> None:
        """What is asked for is shown as text, and what is not there is told."""
        page = visitor.get(f"/rules/{PACK}?words=%3Cscript%3Ealert(1)%3C/script%3E&by=nothing")
        assert "<script>alert" not in page.text
        assert visitor.get("/rules/no-such-pack").status == 422
        assert visitor.get(f"/rules/{PACK}/rule/no/such").status == 422
        assert visitor.post(f"/rules/{PACK}/try/no/such", {"text": ""}).status == 422

    def test_shipped_is_not_changed(self, visitor: Visitor) -> None:
        """A pack outside the folder of work is tried, and never written."""
        path = shipped_root() / "rules" / f"{_RULE}.toml"
        before = path.read_bytes()
        page = visitor.get(f"/rules/{PACK}/rule/{_RULE}").text
        assert "/save/" not in page
        told = visitor.post(f"/rules/{PACK}/save/{_RULE}", {"text": before.decode() + "\n# more\n", "version": "x"})
        assert told.status == 200
        assert "saved" not in told.text
        assert path.read_bytes() == before

    def test_tried_and_saved(self, own: Path) -> None:
        """A text with a fault is told with its line; one that changes an outcome tells which; saved, the proposal is checked by it."""
        path = own / "rules" / f"{_FIRST}.toml"
        with served(own, pack=str(own)) as visitor:
            visitor.enter()
            page = visitor.get(f"/rules/{_OWN}/rule/{_FIRST}").text
            version = re.search(r'id="rule-version" name="version" value="(\w+)"', page)
            assert version is not None
            old = path.read_text()
            told = visitor.post(
                f"/rules/{_OWN}/try/{_FIRST}",
                {"text": old.replace("[when.measure]\neffects", "[when.measure]\neffect")},
            )
            assert re.search(r'data-line="\d+"', told.text)
            new = old.replace('measures-of-direction"\n\n#', 'harmonisation"\n\n#')
            assert new != old
            told = visitor.post(f"/rules/{_OWN}/try/{_FIRST}", {"text": new})
            assert "first.toml" in told.text
            assert "Do not come out" in told.text
            assert path.read_text() == old
            assert _FIRST in visitor.get(f"/proposal/{_OWN}/first.toml").text.partition("datalist")[0]
            typed = {"text": new.replace("\n", "\r\n"), "version": version[1]}
            saved = visitor.post(f"/rules/{_OWN}/save/{_FIRST}", typed)
            assert "was saved" in saved.text
            assert path.read_text() == new
            assert _FIRST not in visitor.get(f"/proposal/{_OWN}/first.toml").text.partition("datalist")[0]
            # An older page does not overwrite it, and a text that cannot be used is not saved.
            assert visitor.post(f"/rules/{_OWN}/save/{_FIRST}", typed | {"text": old}).status == 409
            newer = re.search(r'name="version" value="(\w+)"', saved.text)
            assert newer is not None
            faulty = {"text": new.replace("[message]", "[massage]"), "version": newer[1]}
            assert "Faults" in visitor.post(f"/rules/{_OWN}/save/{_FIRST}", faulty).text.replace("faults", "Faults")
            assert path.read_text() == new
            path.write_text(old)

    def test_tested(self, visitor: Visitor, kb: KnowledgeBase) -> None:
        """Of a rule without its examples but one, what is left untested is told, with examples that would test it."""
        text = kb.rule(_RULE).anchor.file.text or ""
        head, *examples = text.split("[[example]]")
        kept = [
            next(each for each in examples if f'expect = "{said}"' in each) for said in ("condition", "not-applicable")
        ]
        fewer = "[[example]]".join([head, *kept])
        whole = visitor.post(f"/rules/{PACK}/tested/{_RULE}", {"text": text}).text
        part = visitor.post(f"/rules/{PACK}/tested/{_RULE}", {"text": fewer}).text
        assert whole.count("[[example]]") < part.count("[[example]]")
        assert "<pre><code>" in part
        assert "\n" in part.partition("<pre><code>")[2].partition("</code>")[0]

    def test_pack_of_the_folder(self, own: Path) -> None:
        """A pack that lies in the folder of work is there without being named."""
        with served(own, pack=None) as visitor:
            visitor.enter()
            assert f"/rules/{_OWN}" in visitor.get("/").text
            assert visitor.get(f"/proposal/{_OWN}/first.toml").status == 200
