"""Packs that were loaded before: what comes out of the cache is what loading gives, and nothing that is out of date."""

import json
import os
import pickle
import shutil
import subprocess
import sys
from copy import copy
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent import ConsistentError, InputError, KnowledgeBase, load
from consistent import caching as content_keys
from consistent.caching import LOADING
from consistent.checker import loading as packs
from consistent.engine.choosing import engine_named
from consistent.engine.durable import DurableEngine
from consistent.knowledge.entries import Period
from consistent.knowledge.packs import available_packs
from consistent.model import text as days
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.pack_reading import read_pack
from consistent.packing import Packed
from consistent.reports import json_format
from consistent.rules import compiling
from consistent.rules.loading import _Loader
from consistent.rules.program import Answer, Question
from consistent.rules.reads import kinds_read
from consistent.stamps import Stamp
from consistent.toml.files import taken_to_hold
from consistent.toml.tomlfile import TomlFile
from tests.harness.effort import examples
from tests.pack_writing import rule_text, write_pack

T = TypeVar("T")
ROOT = Path(__file__).parents[1]
PROPOSALS = sorted((ROOT / "proposals").glob("*.toml"))
PACK = "nl-22112-4027"
DAY = date(2026, 11, 24)
RULE = rule_text("harm", 'effects = "a"')

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is kept there")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, empty; the folder of its entries."""
    monkeypatch.setenv("CONSISTENT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "packs"


def _unread(*_: object) -> None:
    """Stands in for `read_pack` where a pack must come out of the cache."""
    raise AssertionError("a pack was read")


def sent(item: T) -> T:
    """The item after a journey through pickle."""
    there: T = pickle.loads(pickle.dumps(item))  # noqa: S301  made here
    return there


@pytest.fixture(scope="module")
def fresh() -> KnowledgeBase:
    """The Dutch pack as it is read from its files."""
    return load(PACK)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The Dutch pack out of a cache."""
    with pytest.MonkeyPatch.context() as within:
        within.setenv("CONSISTENT_CACHE", str(tmp_path_factory.mktemp("cache")))
        load(PACK)
        within.setattr(packs, "read_pack", _unread)
        return load(PACK)


def said(kb: KnowledgeBase) -> list[Any]:
    """All that a pack holds, as far as it can be written down, with every line."""
    known = kb.knowledge
    return [
        known.packs,
        {
            name: (vocabulary.name, vocabulary.terms, vocabulary._narrower)
            for name, vocabulary in known.vocabularies.items()
        },
        known.kinds,
        known.principles,
        known.positions,
        [[_told(fact) for fact in facts] for facts in known.facts.values()],
        [(_told(rule), [(one, one.proposal.path, one.place.location) for one in rule.examples]) for rule in kb.rules],
        [_told(guarantee) for guarantee in kb.guarantees],
    ]


def _told(item: Any) -> dict[str, Any]:
    """The attributes of a rule, fact or guarantee, with the lines of its keys."""
    told = {
        attribute.name: getattr(item, attribute.name)
        for attribute in attrs.fields(type(item))
        if attribute.name != "_examples"
    }
    file: TomlFile = told.pop("anchor").file
    return told | {"text": file.text, "data": file.data, "lines": dict(file._lines)}


class TestSame:
    """A pack out of the cache cannot be told from one that was read."""

    def test_content(self, fresh: KnowledgeBase, kept: KnowledgeBase) -> None:
        """Rules with examples and guarantees, facts, terms, principles, positions, down to the line of each key."""
        assert kept.name == fresh.name
        for one, other in zip(said(fresh), said(kept), strict=True):
            assert one == other

    @pytest.mark.parametrize("path", PROPOSALS, ids=lambda path: path.stem)
    def test_reports(self, fresh: KnowledgeBase, kept: KnowledgeBase, path: Path) -> None:
        """Byte for byte, with reasons, chains, files and lines."""
        one, other = (json_format.render([kb.check(path, as_of=DAY).report], "nl", why=True) for kb in (fresh, kept))
        assert one == other

    def test_another_process(self, fresh: KnowledgeBase, tmp_path: Path) -> None:
        """Which hashes its texts otherwise, as every process does."""
        path = PROPOSALS[0]
        script = (
            "import sys; from datetime import date; from consistent import load; from consistent.reports import json_format;"
            f"kb = load({PACK!r}); report = kb.check(sys.argv[1], as_of=date.fromisoformat(sys.argv[2])).report;"
            "print(json_format.render([report], 'en', why=True), end='')"
        )
        expected = json_format.render([fresh.check(str(path), as_of=DAY).report], "en", why=True)
        for seed in ("1", "2"):
            environment = {"CONSISTENT_CACHE": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONHASHSEED": seed}
            command = [sys.executable, "-c", script, str(path), str(DAY)]
            done = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
            assert done.stdout == expected
        assert len(list(tmp_path.glob("packs/*.kept"))) == 1

    def test_inquiries(self, fresh: KnowledgeBase, kept: KnowledgeBase) -> None:
        """Why not, and what the other of the two would change: nothing."""
        path = PROPOSALS[-1]
        name = fresh.rules[-1].id
        one, other = (kb.check(path, as_of=DAY).why_not(name) for kb in (fresh, kept))
        assert one == other
        assert not fresh.diff(path, new_kb=kept, as_of=DAY).changes

    def test_one_file(self, kept: KnowledgeBase) -> None:
        """A rule and its examples stand in one file, which is held once; rules are those of the program."""
        assert all(example.place.file is rule.anchor.file for rule in kept.rules for example in rule.examples)
        assert [compiled.rule for compiled in kept.program(DAY).rules] == [
            rule for rule in kept.rules if DAY in rule.period
        ]

    def test_packed(self, fresh: KnowledgeBase, kept: KnowledgeBase) -> None:
        """Texts and lines of files stay packed until they are asked for, and are those of the file."""
        for one, other in zip(fresh.rules, kept.rules, strict=True):
            file = sent(other.anchor.file)
            assert not {"text", "_lines", "data"} & vars(file).keys()
            assert file.location(("when",)) == one.anchor.file.location(("when",))
            assert (file.text, file.data) == (one.anchor.file.text, one.anchor.file.data)

    def test_sent_on(self, kept: KnowledgeBase) -> None:
        """To another process, with what is compiled; and fewer of its rules too."""
        there = sent(kept)
        assert there.has_program(days.today())
        assert [rule.id for rule in there.rules] == [rule.id for rule in kept.rules]
        assert there.rules[0].examples == kept.rules[0].examples
        few = kept.selected([kept.rules[-1].id])
        assert few.has_program(days.today())
        assert [compiled.rule for compiled in few.program(days.today()).rules] == [kept.rules[-1]]

    def test_other_days(self, fresh: KnowledgeBase, kept: KnowledgeBase) -> None:
        """What was compiled for today says nothing of other days."""
        for day in (date.min, date(2009, 12, 1), date(2030, 1, 1), date.max):
            one, other = ([compiled.rule.id for compiled in kb.program(day).rules] for kb in (fresh, kept))
            assert one == other


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stamps are taken at their word at once, where otherwise some seconds go by first."""
    monkeypatch.setattr("consistent.stamps._SETTLED", -60.0)


@pytest.mark.usefixtures("trusting", "cache")
class TestNotStale:
    """What comes out of the cache is what the files say now, also where nothing but their stamps is looked at."""

    @given(data=st.data())
    @settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
    def test_edits(self, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
        """After any edits, files renamed, added and deleted, also of the pack below, it is as if there were no cache."""
        root = tmp_path_factory.mktemp("packs")
        write_pack(root, {"one": RULE, "two": RULE})
        _write_upper(root)
        for _ in range(data.draw(st.integers(1, 4))):
            self._edit(root, data)
            outcomes = []
            for said_ in (None, "off"):
                with pytest.MonkeyPatch.context() as within:
                    if said_ is not None:
                        within.setenv("CONSISTENT_CACHE", said_)
                    # Twice with the cache: what was kept at once, and what it then gives.
                    outcomes += [_outcome(root) for _ in range(1 if said_ else 2)]
            assert outcomes[0] == outcomes[1] == outcomes[2]

    def _edit(self, root: Path, data: st.DataObject) -> None:
        files = sorted(root.rglob("*.toml"))
        path = data.draw(st.sampled_from(files))
        what = data.draw(st.sampled_from(["text", "rename", "add", "delete", "swap", "break"]))
        if what == "text":
            word = data.draw(st.sampled_from(["one", "two"]))
            path.write_text(path.read_text("utf-8").replace("because", word), "utf-8")
        elif what == "rename":
            path.rename(path.with_stem(path.stem + "x"))
        elif what == "add":
            number = data.draw(st.integers(0, 2))
            pack = data.draw(st.sampled_from(["small", "upper"]))
            (root / "rules" / pack / f"more-{number}.toml").write_text(rule_text("more", 'areas = "b"'), "utf-8")
        elif what == "delete":
            path.unlink()
        elif what == "swap":
            other = data.draw(st.sampled_from(files))
            one, two = path.read_bytes(), other.read_bytes()
            path.write_bytes(two)
            other.write_bytes(one)
        else:
            path.write_text(path.read_text("utf-8") + "\n[broken", "utf-8")

    def test_taken_over(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """After an edit of one rule, that one is read and compiled, and no other; what comes of it is as without a cache."""
        root = write_pack(tmp_path, {"one": RULE, "two": RULE, "three": RULE})
        load(root)
        edited = root / "rules/small/two.toml"
        edited.write_text(RULE.replace("because", "since"), "utf-8")
        read: list[str] = []
        compiled: list[object] = []
        with monkeypatch.context() as within:
            read_one, compile_one = _Loader.rule, compiling._normal

            def reading(loader: Any, name: str, *rest: Any) -> Any:
                read.append(name)
                return read_one(loader, name, *rest)

            def compiling_it(condition: Any, facts: Any) -> Any:
                compiled.append(condition)
                return compile_one(condition, facts)

            within.setattr(_Loader, "rule", reading)
            within.setattr(compiling, "_normal", compiling_it)
            taken_over = load(root)
        assert read == ["small/two"]
        assert {id(one) for one in compiled} >= {id(taken_over.rule("two").when)}
        assert not {id(one) for one in compiled} & {id(taken_over.rule(name).when) for name in ("one", "three")}
        monkeypatch.setenv("CONSISTENT_CACHE", "off")
        plainly = load(root)
        assert said(taken_over) == said(plainly)
        assert [(each.when, each.unless) for each in taken_over.program(DAY).rules] == [
            (each.when, each.unless) for each in plainly.program(DAY).rules
        ]

    def test_facts_edited(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """After an edit of facts nothing that was found with the old ones is taken over."""
        root = write_pack(tmp_path, {"one": RULE, "two": RULE})
        load(root)
        known = next(path for path in sorted((root / "facts").rglob("*.toml")) if path.name != "pack.toml")
        known.write_text(known.read_text("utf-8") + "\n# edited\n", "utf-8")
        again = load(root)
        monkeypatch.setenv("CONSISTENT_CACHE", "off")
        assert said(again) == said(load(root))

    def test_fact_taken_out(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """After a change of facts of one kind all is as without a cache, and no rule is compiled that asks for none of them."""
        for top in ("facts", "rules"):
            shutil.copytree(ROOT / top / PACK, tmp_path / top / PACK)
        edited = tmp_path / "facts" / PACK / "agreed-capability-areas.toml"
        load(tmp_path)
        edited.write_text(edited.read_text("utf-8").rpartition("[[fact]]")[0], "utf-8")
        with monkeypatch.context() as within:
            compiled: list[object] = []
            compile_one = compiling._normal

            def compiling_it(condition: Any, facts: Any, **how: Any) -> Any:
                compiled.append(condition)
                return compile_one(condition, facts, **how)

            within.setattr(compiling, "_normal", compiling_it)
            taken_over = load(tmp_path)
            read = [rule.id for rule in taken_over.rules if any(rule.when is one for one in compiled)]
        monkeypatch.setenv("CONSISTENT_CACHE", "off")
        plainly = load(tmp_path)
        concerned = {rule.id for rule in plainly.rules if "agreed_capability_area" in kinds_read(rule)}
        assert 0 < len(concerned) < len(plainly.rules) / 4
        assert concerned == {rule.id for rule in taken_over.rules if rule.id in read} & concerned
        assert len(read) < len(plainly.rules) / 4
        one, other = (
            {each.rule.id: (each.when, each.unless) for each in kb.program(DAY).rules} for kb in (taken_over, plainly)
        )
        assert one == other

    def test_code(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Other code, or another Python, finds nothing."""
        root = write_pack(tmp_path, {"one": RULE})
        load(root)
        monkeypatch.setattr(packs, "read_pack", _unread)
        load(root)
        monkeypatch.setattr(content_keys, "_CODE", Stamp("of other code", 0.0))
        monkeypatch.setattr(content_keys, "_code_that_runs", lambda: "other code")
        with pytest.raises(AssertionError, match="a pack was read"):
            load(root)

    def test_edited_while_it_runs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
        """Code that is not what lies there any more keeps nothing, as nothing tells which code that is."""
        content_keys._code_that_runs.cache_clear()
        monkeypatch.setattr(content_keys, "_CODE", Stamp("of code that was", 0.0))
        try:
            load(write_pack(tmp_path, {"one": RULE}))
        finally:
            content_keys._code_that_runs.cache_clear()
        assert not cache.exists()

    def test_by_stamps(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What did not change is not read to find that out; what changed is, with size and time of the content as before too."""
        root = write_pack(tmp_path, {"one": RULE})
        load(root)
        path = root / "rules/small/one.toml"
        monkeypatch.setattr(packs, "read_pack", _unread)
        with monkeypatch.context() as within:
            within.setattr(content_keys, "read_file", _unread)
            load(root)
        times = path.stat()
        path.write_text(RULE.replace("because", "becouse"), "utf-8")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        with pytest.raises(AssertionError, match="a pack was read"):
            load(root)

    def test_taken_to_hold_other(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What an editor has not saved counts, which no stamp tells."""
        root = write_pack(tmp_path, {"one": RULE})
        load(root)
        path = root / "rules/small/one.toml"
        monkeypatch.setattr(packs, "read_pack", _unread)
        other = {path: RULE.replace("because", "since").encode()}
        with taken_to_hold(other), pytest.raises(AssertionError, match="a pack was read"):
            load(root)

    def test_changed_meanwhile(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
        """A file that changes while the pack is read leaves nothing behind."""
        root = write_pack(tmp_path, {"one": RULE})
        honest = read_pack

        def slow(*arguments: Any) -> Any:
            read = honest(*arguments)
            (root / "rules/small/one.toml").write_text(RULE.replace("because", "since"), "utf-8")
            return read

        monkeypatch.setattr(packs, "read_pack", slow)
        load(root)
        assert not cache.exists()

    def test_another_name(self, tmp_path: Path, cache: Path) -> None:
        """Two folders of one content differ in what their places are called."""
        places = set()
        for name in ("one", "two"):
            root = write_pack(tmp_path / name, {"one": RULE})
            for _ in range(2):
                places.add(str(load(root).rules[0].anchor.location))
        assert len(places) == len(list(cache.iterdir())) == 2

    def test_instead(self, tmp_path: Path) -> None:
        """A pack that stands in for another of its name is not taken for it."""
        earlier = write_pack(tmp_path / "earlier", {"one": RULE})
        later = write_pack(tmp_path / "later", {"one": RULE, "two": RULE})
        for _ in range(2):
            assert [len(load("small", roots=[later]).rules), len(load(earlier).rules)] == [2, 1]

    def test_another_period(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """When a rule has begun since, it is compiled and kept anew."""
        begins = date(2027, 1, 1)
        root = write_pack(tmp_path, {"one": RULE, "two": f"valid_from = {begins}\n{RULE}"})
        monkeypatch.setattr("consistent.checker.loading.today", lambda: DAY)
        assert load(root).has_program(DAY)
        monkeypatch.setattr("consistent.checker.loading.today", lambda: begins)
        assert load(root).has_program(begins)
        monkeypatch.setattr(packs, "read_pack", _unread)
        again = load(root)
        assert len(again.program(begins).rules) == 2
        assert len(again.program(DAY).rules) == 1


class TestFallback:
    """Whatever is wrong with the cache, packs are loaded."""

    @pytest.mark.parametrize("spoilt", ["cut", "flipped", "foreign", "empty"])
    def test_spoilt(self, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, spoilt: str) -> None:
        """The pack is read again, and kept again."""
        root = write_pack(tmp_path / "pack", {"one": RULE})
        expected = said(load(root))
        (entry,) = cache.iterdir()
        whole = entry.read_bytes()
        middle = len(whole) // 2
        entry.write_bytes(
            {
                "cut": whole[:middle],
                "flipped": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
                "foreign": pickle.dumps("something else"),
                "empty": b"",
            }[spoilt]
        )
        assert said(load(root)) == expected
        assert entry.read_bytes() != b""
        monkeypatch.setattr(packs, "read_pack", _unread)
        assert said(load(root)) == expected

    @pytest.mark.parametrize("content", [pickle.dumps({"no": "pack"}), b"no pickle", b""])
    def test_no_pack_in_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
        """An entry that is whole and holds something else."""
        root = write_pack(tmp_path, {"one": RULE})
        monkeypatch.setenv("CONSISTENT_CACHE", str(tmp_path / "cache"))
        monkeypatch.setattr("consistent.caching.PrivateFolder.get", lambda *_: content)
        assert len(load(root).rules) == 1

    def test_off(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing is kept, and nothing compiled before somebody asks."""
        monkeypatch.setenv("CONSISTENT_CACHE", "off")
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
        assert not load(write_pack(tmp_path / "pack", {"one": RULE})).has_program(days.today())
        assert not (tmp_path / "home").exists()

    def test_faults(self, tmp_path: Path, cache: Path) -> None:
        """A pack with faults is told of each time, and not kept."""
        root = write_pack(tmp_path, {"one": RULE.replace('"p"', '"unknown"')})
        told = []
        for _ in range(2):
            with pytest.raises(InputError) as caught:
                load(root)
            told.append(str(caught.value))
        assert told[0] == told[1]
        assert not cache.exists()

    def test_too_wide(self, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A rule that cannot be compiled is told of when it is checked, as without a cache."""
        monkeypatch.setattr("consistent.rules.compiling.MAX_CLAUSES", 0)
        kb = load(write_pack(tmp_path, {"one": rule_text("harm", 'effects = "a"\nareas = "b"')}))
        with pytest.raises(InputError, match="alternatives"):
            kb.program(DAY)
        assert not cache.exists()


class TestKey:
    """What the key is made of."""

    def test_all_code(self, tmp_path: Path) -> None:
        """Every module of this library that loading a pack imports, with and without a cache, counts."""
        script = (
            "import sys, json; from consistent import load; load('treaties');"
            "print(json.dumps([n for n in sys.modules if n.startswith('consistent.')]))"
        )
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-c", script],
                env={"CONSISTENT_CACHE": str(tmp_path), "PATH": "/usr/bin:/bin"},
                capture_output=True,
                check=True,
            )
            imported = {name.split(".")[1] for name in json.loads(done.stdout)}
            assert imported <= {*LOADING, "_packs"}
        assert list(tmp_path.rglob("*.kept"))

    def test_nothing_but_code(self) -> None:
        """What else lay there would not count."""
        rooms = [
            content_keys._PACKAGE / module
            for module in LOADING
            if not (content_keys._PACKAGE / f"{module}.py").is_file()
        ]
        files = [path for room in rooms for path in room.rglob("*") if path.is_file()]
        assert {file.suffix for file in files} <= {".py", ".pyc"}
        assert all(room.is_dir() for room in rooms)

    def test_without_source(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing tells then which code runs, and nothing is kept."""
        monkeypatch.setattr(content_keys, "_PACKAGE", tmp_path)
        assert content_keys.code_key() is None

    @pytest.mark.usefixtures("cache")
    @pytest.mark.parametrize("name", ["nowhere", "\ud800", ""])
    def test_no_such_pack(self, name: str) -> None:
        """Told as without a cache."""
        with pytest.raises(ConsistentError):
            load(name)

    def test_parts_do_not_run_together(self) -> None:
        """Nothing can move from the end of one file to the beginning of the next."""
        assert content_keys._digest([b"ab", b"c"]) != content_keys._digest([b"a", b"bc"])
        assert content_keys._digest([b"a"]) != content_keys._digest([b"a", b""])

    def test_unreadable(self, tmp_path: Path) -> None:
        """Without every file there is no key."""
        root = write_pack(tmp_path, {"one": RULE})
        pack = available_packs([root])["small"]
        assert content_keys.pack_key([pack]) is not None
        (pack.rules / "gone.toml").symlink_to(tmp_path / "nowhere")
        assert content_keys.pack_key([pack]) is None


@pytest.mark.usefixtures("cache")
class TestClauses:
    """The conditions of a compiled pack stay packed where the networks that are made of them are kept."""

    def test_packed(self, tmp_path: Path) -> None:
        """Until they are asked for; then they are those of the rules, also of a program of some of them, sent on or not."""
        root = write_pack(tmp_path, {"one": RULE, "two": rule_text("more", 'areas = "b"'), "three": RULE})
        plainly, kept = ([(each.when, each.unless) for each in load(root).program(DAY).rules] for _ in range(2))
        assert plainly == kept
        program = load(root).program(DAY)
        assert all(each._packed_at[0]._closed for each in program.rules if each._packed_at)
        two = program.only([program.rules[1].rule])
        there = sent(two)
        assert [(each.when, each.unless) for each in there.rules] == plainly[1:2]
        assert [(each.when, each.unless) for each in two.rules] == plainly[1:2]
        assert (sent(two.rules[0]).when, sent(two.rules[0]).unless) == plainly[1]

    def test_prepared(self, tmp_path: Path) -> None:
        """Networks are built when a pack is first read, and after an edit when it is loaded for the second time; once."""
        root = write_pack(tmp_path, {"one": RULE, "two": RULE})
        assert load(root).program(days.today()).is_prepared
        (root / "rules/small/two.toml").write_text(RULE.replace("because", "since"), "utf-8")
        assert [load(root).program(days.today()).is_prepared for _ in range(2)] == [False, True]
        with pytest.MonkeyPatch.context() as within:
            within.setattr("consistent.engine.durable.DurableEngine.prepare", _unread)
            within.setattr("consistent.engine.durable._Compiled.of", _unread)
            kb = load(root)
            assert kb.check({"proposal": {}}, engine="durable-rules").spoken is not None

    def test_networks(self, fresh: KnowledgeBase, kept: KnowledgeBase) -> None:
        """Networks out of the cache are not built again, find the same, and go with no other program than theirs."""
        program = kept.program(days.today())
        engine = engine_named("durable-rules")
        assert program.made_by(engine.name) is not program.made_by(engine.name)
        assert fresh.program(DAY) is not program
        some = attrs.evolve(program, rules=program.rules[:3])
        assert some.made_by(engine.name) is None
        assert program.only([each.rule for each in program.rules]).made_by(engine.name) is None
        for path in PROPOSALS[:4]:
            bare = attrs.evolve(program)
            assert bare.made_by(engine.name) is None
            proposal = kept.read(path)
            assert engine.evaluate(bare, proposal) == DurableEngine().evaluate(program, proposal)


class TestShort:
    """Objects that are pickled by their values."""

    @pytest.mark.parametrize(
        "item",
        [
            Localized("a", "b"),
            Value.exactly("a", 1),
            Value(no=frozenset({"x"})),
            Question("measure", "areas", "any", frozenset({"b"})),
            Answer(Question("proposal", "kind", "any", frozenset({"b"})), positive=False),
            Period(date(2020, 1, 1), None),
        ],
        ids=lambda item: type(item).__name__,
    )
    def test_there_and_back(self, item: Any) -> None:
        """Equal, of one hash, shown alike and frozen as before; copied and changed too."""
        hash(item)  # which some keep
        for there in (sent(item), copy(item), attrs.evolve(item)):
            assert (there, hash(there), repr(there)) == (item, hash(item), repr(item))
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(there, attrs.fields(type(item))[0].name, None)

    def test_hash_of_another_process(self) -> None:
        """A hash that is kept does not go along: texts have other ones in another process."""
        item = Value.exactly("a")
        hash(item)
        state = item.__getstate__()
        assert isinstance(state, tuple)
        assert state[-1] is None


class TestPacked:
    """What is large and seldom looked at."""

    def test_there_and_back(self) -> None:
        """However often it is sent on, looked at or not, and with what it shares held once."""
        shared = ["shared"]
        held = (Packed({"a": [shared, 1]}, shared=[shared]), shared)
        for look in (False, True, False):
            held = sent(held)
            if look:
                assert held[0].content == {"a": [["shared"], 1]}
        assert held[0].content["a"][0] is held[1]
        assert held[0].content is held[0].content

    def test_nothing(self) -> None:
        """None is something that can be held."""
        assert sent(Packed(None)).content is None


def _write_upper(root: Path) -> None:
    """A pack on top of `small`."""
    texts = {
        "facts/upper/pack.toml": 'title = { en = "upper", nl = "boven" }\nsources = ["TFEU 1"]\nbuilds_on = ["small"]\n',
        "rules/upper/three.toml": rule_text("more", 'areas = "c"'),
    }
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


def _outcome(root: Path) -> object:
    """What loading the folder gives: the pack written down, or the error."""
    try:
        return said(load(root))
    except ConsistentError as error:
        return type(error).__name__, str(error)
