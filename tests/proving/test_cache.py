"""What the solver decided before is taken where nothing changed that it rests on, and nowhere else."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from consistent.authoring.lint.linting import lint_pack
from consistent.authoring.proving import cache as decisions
from consistent.authoring.proving.cache import SolverCache
from consistent.authoring.proving.formulas import Solver
from consistent.authoring.proving.gaps import Bind, Gap, Gaps
from consistent.authoring.proving.guarantees import Prover
from consistent.authoring.proving.witnesses import Bounds
from consistent.checker import load
from consistent.cli import main
from consistent.knowledge.settings import choose_pack
from tests.pack_writing import write_pack
from tests.proving.rule_writing import EXCEPTION, rule_text

RULES = {
    "one": rule_text("one", 'effects = "a"', tail=EXCEPTION + 'safeguards = "a"'),
    "two": rule_text("two", 'areas = ["c", "d"]', head='principle = "q"\ndefeats = ["small/one"]'),
    "three": rule_text(
        "three", 'effects = "a"\nareas = { any = ["b"], none = ["c", "d"] }\nsafeguards = { none = ["a"] }'
    ),
    "four": rule_text("four", 'effects = { any = ["a"], none = ["a"] }'),
    "five": rule_text("five", 'effects = "a"', verdict="question"),
    "six": rule_text("six", 'areas = { any = ["b"], none = ["a"] }', verdict="condition"),
}
# What is written anew: the rule, and the text.
EDITS = {
    "a rule that was covered": ("three", rule_text("three", 'effects = "b"\nareas = "b"')),
    "the rule that covered it": ("one", rule_text("one", 'effects = "c"', tail=EXCEPTION + 'safeguards = "a"')),
    "what defeats": ("two", rule_text("two", 'areas = "b"', head='principle = "q"\ndefeats = ["small/one"]')),
    "what defeats, so that nothing is left": ("two", rule_text("two", 'effects = "a"', head='defeats = ["small/one"]')),
    "an exception": ("one", rule_text("one", 'effects = "a"', tail=EXCEPTION + 'effects = "b"\nareas = "a"')),
    "a verdict": (
        "five",
        rule_text("five", 'effects = "a"\nareas = { any = ["a"], none = ["c", "d"] }\nsafeguards = { none = ["a"] }'),
    ),
}


# Two of which no measure can keep clear, and one beside them.
CAUGHT = {
    "asks": rule_text("asks", 'effects = "a"\nareas = "a"\nsafeguards = { none = ["b"] }', verdict="condition"),
    "bars": rule_text("bars", 'effects = "a"\nareas = "a"\nsafeguards = "b"', head='principle = "q"'),
    "other": rule_text("other", 'areas = "d"\npartners = "c"', verdict="question"),
}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where decisions are kept."""
    monkeypatch.setenv("CONSISTENT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, cache: Path) -> list[int]:
    """A list that grows by one with each question to the solver."""
    found: list[int] = []
    can: Callable[..., object] = Solver.can

    def counted(solver: Solver, *arguments: object, **named: object) -> object:
        found.append(1)
        return can(solver, *arguments, **named)

    monkeypatch.setattr(Solver, "can", counted)
    # Who replaces a part of the library keeps nothing, unless this is what is looked at.
    monkeypatch.setenv("CONSISTENT_CACHE", str(cache))
    return found


def told(pack: Path) -> list[str]:
    return [
        f"{lint.id}: {lint.message.en} {lint.witness} {lint.bounds}"
        for lint in lint_pack(pack)
        if "unread" not in lint.check
    ]


def without(pack: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The same, of which nothing was decided before."""
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(SolverCache, "of", lambda *_: None)
        return told(pack)


def gapped(pack: Path, cache: SolverCache | None) -> tuple[tuple[Gap, ...], tuple[Bind, ...], Bounds]:
    search = Gaps(load(pack), cache=cache)
    found = search.gaps(), tuple(search.binds()), search.bounds
    if cache is not None:
        cache.write()
    return found


def cache_of(pack: Path) -> SolverCache | None:
    chosen = choose_pack(pack)
    return SolverCache.of(chosen.name, chosen.available)


def test_gaps_are_not_sought_again(tmp_path: Path, asked: list[int]) -> None:
    """Of a pack that did not change nothing is asked, and gaps and double binds are the same."""
    pack = write_pack(tmp_path / "pack", CAUGHT)
    first = gapped(pack, cache_of(pack))
    assert first[1]
    before = len(asked)
    assert before > 3
    assert gapped(pack, cache_of(pack)) == first
    assert len(asked) == before


@pytest.mark.usefixtures("cache")
def test_gaps_after_a_change(tmp_path: Path, asked: list[int]) -> None:
    """After a change of one rule it is as if nothing had been decided, and less is asked than then."""
    pack = write_pack(tmp_path / "pack", CAUGHT)
    gapped(pack, cache_of(pack))
    file = pack / "rules/small/bars.toml"
    for text in (
        rule_text("bars", 'effects = "a"\nsafeguards = "b"', head='principle = "q"', tail=EXCEPTION + 'partners = "c"'),
        rule_text("bars", 'areas = "c"\nsafeguards = "b"', head='principle = "q"'),
    ):
        file.write_text(text, "utf-8")
        before = len(asked)
        found = gapped(pack, cache_of(pack))
        with_cache = len(asked) - before
        assert found == gapped(pack, None)
        assert with_cache < len(asked) - before - with_cache


def test_nothing_is_asked_again(tmp_path: Path, asked: list[int]) -> None:
    """Of a pack that did not change nothing is asked, but what is wrong with a rule that never applies; and it is told alike."""
    pack = write_pack(tmp_path / "pack", RULES)
    first = told(pack)
    assert [line.partition(":")[0] for line in first] == ["never-applies small/four", "covered small/three small/one"]
    before = len(asked)
    assert told(pack) == first
    assert before > 30
    assert len(asked) - before <= 3


@pytest.mark.parametrize("edit", EDITS)
def test_edits(edit: str, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change it is told what is told where nothing was kept; and after it was taken back, what was told at first."""
    pack, (name, text) = write_pack(tmp_path / "pack", RULES), EDITS[edit]
    first = told(pack)
    write_pack(pack, RULES | {name: text})
    changed = told(pack)
    assert changed == without(pack, monkeypatch)
    assert changed != first
    write_pack(pack, RULES)
    assert told(pack) == first


def test_only_what_depends_on_it(tmp_path: Path, asked: list[int]) -> None:
    """After a change of one rule of many, only that rule is asked about, and what it stands beside."""
    rules = RULES | {f"r{number}": rule_text(f"r{number}", f'areas = "b"\npartners = "{"abcd"[number % 4]}"', verdict="question") for number in range(12)}  # fmt: skip
    pack = write_pack(tmp_path / "pack", rules)
    told(pack)
    before = len(asked)
    write_pack(pack, rules | {"five": EDITS["a verdict"][1]})
    told(pack)
    assert 0 < len(asked) - before < before / 3


def test_terms(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands below what is no part of any rule, and counts for each that reads it."""
    pack = write_pack(tmp_path / "pack", RULES)
    first = told(pack)
    vocabulary = pack / "facts/small/vocabulary/areas.toml"
    vocabulary.write_text(vocabulary.read_text("utf-8").replace("[b]\n", '[b]\nbroader = ["a"]\n'), "utf-8")
    changed = told(pack)
    assert changed == without(pack, monkeypatch)
    assert {line.partition(":")[0] for line in changed} - {line.partition(":")[0] for line in first} >= {
        "never-applies small/six"
    }


def test_facts_that_change_meanwhile(tmp_path: Path, cache: Path) -> None:
    """What was decided with other facts than those that lie there now is not kept."""
    pack = write_pack(tmp_path / "pack", RULES)
    chosen = choose_pack(pack)
    made = SolverCache.of(chosen.name, chosen.available)
    assert made is not None
    made.put("key", decision=True)
    some = next(path for path in pack.rglob("facts/**/*.toml"))
    some.write_text(some.read_text("utf-8") + "# more\n", "utf-8")
    made.write()
    assert not list(cache.rglob("*.kept"))


def test_spoilt(tmp_path: Path, cache: Path) -> None:
    """What cannot be read is decided anew."""
    pack = write_pack(tmp_path / "pack", RULES)
    first = told(pack)
    for path in (cache / "decisions").iterdir():
        path.write_bytes(path.read_bytes()[:-7])
    assert told(pack) == first


def test_no_more_than_needed(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many decisions those stay that were used last."""
    monkeypatch.setattr(decisions, "_MOST", 3)
    monkeypatch.setenv("CONSISTENT_CACHE", str(cache))
    pack = write_pack(tmp_path / "pack", RULES)
    chosen = choose_pack(pack)
    for number in range(5):
        made = SolverCache.of(chosen.name, chosen.available)
        assert made is not None
        made.put(str(number), number)
        made.write()
    made = SolverCache.of(chosen.name, chosen.available)
    assert made is not None
    assert [made.get(str(number)) for number in range(5)] == [None, None, 2, 3, 4]


class TestProofs:
    GIVEN = """\
[{name}]
title = { en = "{name}", nl = "{name}" }
sources = ["TEU 5"]
given.measure.effects = "a"
given.measure.areas = "{area}"
never.rules = ["small/{rule}"]
"""

    def _guarantees(self, pack: Path, *guarantees: tuple[str, str, str]) -> None:
        content = "".join(
            self.GIVEN.replace("{name}", name).replace("{area}", area).replace("{rule}", rule)
            for name, area, rule in guarantees
        )
        (pack / "facts/small/guarantees.toml").write_text(content, "utf-8")

    def _statuses(self, pack: Path) -> Sequence[str]:
        chosen = choose_pack(pack)
        cache = SolverCache.of(chosen.name, chosen.available)
        kb = load(pack)
        prover = Prover(kb, cache=cache)
        found = [prover.prove(guarantee).status for guarantee in kb.guarantees]
        assert cache is not None
        cache.write()
        return found

    def test_proved_once(self, tmp_path: Path, asked: list[int]) -> None:
        """What was proved is not asked again; what was refuted is, and what was changed."""
        pack = write_pack(tmp_path / "pack", RULES)
        self._guarantees(pack, ("kept", "a", "four"), ("broken", "a", "five"))
        assert self._statuses(pack) == ["proved", "refuted"]
        before = len(asked)
        self._guarantees(pack, ("kept", "a", "four"))
        assert self._statuses(pack) == ["proved"]
        assert len(asked) == before
        # Another rule under the same id, then another guarantee.
        write_pack(pack, RULES | {"four": rule_text("four", 'effects = "a"')})
        self._guarantees(pack, ("kept", "a", "four"))
        assert self._statuses(pack) == ["refuted"]
        self._guarantees(pack, ("kept", "b", "three"))
        assert self._statuses(pack) == ["refuted"]

    def test_command(self, tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The command says the same again."""
        pack = write_pack(tmp_path / "pack", RULES)
        self._guarantees(pack, ("kept", "a", "four"))
        said = []
        for _ in range(2):
            assert main(["prove", "--pack", str(pack)]) in {0, 1}
            said.append(capsys.readouterr().out)
        assert said[0] == said[1]
        assert (cache / "decisions").is_dir()
