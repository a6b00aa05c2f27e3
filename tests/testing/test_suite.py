"""The tests of a pack: what is collected, what comes out otherwise, and what is told of that."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from consistent import InputError, KnowledgeBase, UsageError, load
from consistent.authoring.suite import (
    KINDS,
    Failure,
    Item,
    Packs,
    collect,
    collect_file,
    collect_folder,
    failure_text,
    run,
)
from consistent.authoring.suite.items import chooser
from consistent.model.proposal import MEASURE_FIELDS
from consistent.rules.rule import VERDICTS
from tests.pack_writing import rule_text, write_pack
from tests.support import engines

# One situation for each thing that can become of the rule below, as tables under `[[example]]`.
SITUATIONS = {
    "conflict": '[[example.measure]]\neffects = ["a"]\nsafeguards = []\n',
    "excepted": '[[example.measure]]\neffects = ["a"]\nsafeguards = ["b"]\n',
    "open": '[[example.measure]]\neffects = ["a"]\n',
    "not-applicable": '[[example.measure]]\neffects = ["c"]\n',
}
EFFECTS, SAFEGUARDS = MEASURE_FIELDS["effects"].label, MEASURE_FIELDS["safeguards"].label
UNLESS = '[[unless]]\nreason.en = "kept"\nreason.nl = "behouden"\nmeasure.safeguards = "b"'
PROPOSAL = '[proposal]\nreference = "R"\n[[measure]]\nid = "m1"\neffects = ["a"]\nsafeguards = []\n[[measure]]\nid = "m2"\neffects = ["c"]\n'
GOLDEN = """\
[golden]
proposal = "r.toml"
pack = "./pack"
as_of = 2026-06-01

[whole]
judgement = { substance = "partly-positive-partly-negative" }
rules = {}

[measure.m1]
outcome = "conflict"
[measure.m1.rules]
"small/bad" = "conflict"
"small/poor" = "condition"

[measure.m2]
outcome = "aligned"
rules = { "small/good" = "aligned" }
"""


def example(title: str, expect: str, situation: str) -> str:
    """An example as a rule's file has it."""
    return f'[[example]]\ntitle = "{title}"\nexpect = "{expect}"\n{SITUATIONS[situation]}'


def pack_of(root: Path, *examples: str, head: str = "") -> KnowledgeBase:
    """A pack of one rule, which has these examples beside those that it must have."""
    text = rule_text("bad", 'effects = "a"', tail="\n".join((UNLESS, *examples)), head=head)
    # Of the two examples that it must have one would be open, for its exception.
    text = text.replace('[[example.measure]]\neffects = "a"', '[[example.measure]]\neffects = "a"\nsafeguards = []')
    return load(write_pack(root, {"bad": text}))


def failures(kb: KnowledgeBase, engine: str = "plain") -> Mapping[str, Failure]:
    """What fails, by name."""
    return {item.name: failure for item in collect(kb) if (failure := run(item, kb, engine))}


@pytest.mark.parametrize("engine", engines())
class TestExamples:
    def test_shipped(self, engine: str) -> None:
        """Every example of the shipped packs comes out as it says."""
        kb = load("nl-22112-4027")
        items = [item for item in collect(kb) if item.kind == "example"]
        assert len(items) == sum(len(rule.examples) for rule in kb.rules)
        assert len({item.id for item in items}) == len(items)
        assert [item.id for item in items if run(item, kb, engine)] == []

    def test_every_word(self, engine: str, tmp_path: Path) -> None:
        """An example fails unless it expects precisely what the report says."""
        words = (*VERDICTS, "open", "excepted", "not-applicable")
        given = [example(f"{shown} for {word}", word, shown) for shown in SITUATIONS for word in words]
        failed = failures(pack_of(tmp_path, *given), engine)
        assert set(failed) == {f"{shown} for {word}" for shown in SITUATIONS for word in words if shown != word}
        for name, failure in failed.items():
            situation, _, word = name.partition(" for ")
            assert failure.message.en.endswith(f"expected `{word}`, found `{situation}`")
            assert failure.message.nl.endswith(f"verwacht `{word}`, gevonden `{situation}`")
            # That no example of this rule can have another verdict is told too.
            assert len(failure.notes) == (word in VERDICTS and word != "conflict")

    def test_days(self, engine: str, tmp_path: Path) -> None:
        """A rule that does not hold today is tested on a day on which it does."""
        for number, period in enumerate(("valid_to = 2001-01-01", "valid_from = 2901-01-01")):
            wrong = example("wrong", "open", "conflict")
            failed = failures(pack_of(tmp_path / str(number), wrong, head=period), engine)
            assert list(failed) == ["wrong"]
            assert failed["wrong"].why[0].in_force


class TestText:
    def test_in_full(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is told what was expected and found, where, and which condition did not hold, in both languages."""
        monkeypatch.chdir(tmp_path)
        kb = pack_of(Path("pack"), example("other work", "conflict", "not-applicable"))
        failure = failures(kb)["other work"]
        day = failure.why[0].as_of
        assert failure_text(failure, "en") == (
            "example `other work` of rule `small/bad`: expected `conflict`, found `not-applicable`\n"
            "  pack/rules/small/bad.toml:16, example[1]\n"
            "\n"
            "  bad\n"
            "  small/bad · conflict · policy · substance\n"
            f"  pack/rules/small/bad.toml · other work · as of {day}\n"
            "\n"
            "  measure-1: does not apply\n"
            f"    fails: {EFFECTS.en}: a; found: c (bad.toml:11)\n"
            "    unless: kept\n"
            f"      unknown: {SAFEGUARDS.en}: b; found: unknown (bad.toml:15)\n"
        )
        dutch = failure_text(failure, "nl").splitlines()
        assert (
            dutch[0] == "voorbeeld `other work` van regel `small/bad`: verwacht `conflict`, gevonden `not-applicable`"
        )
        assert dutch[7:9] == [
            "  measure-1: niet van toepassing",
            f"    niet voldaan: {EFFECTS.nl}: a (nl); gevonden: c (nl) (bad.toml:11)",
        ]

    def test_hostile_titles(self, tmp_path: Path) -> None:
        """Ids are unique, hold no control character, and no colons but those between their levels."""
        title = r"a::b\u001b[31m"
        kb = pack_of(tmp_path, *(example(title, "open", "open") for _ in range(3)))
        names = [item.name for item in collect(kb)]
        assert names == ["a:b\ufffd[31m", "a:b\ufffd[31m (2)", "a:b\ufffd[31m (3)", "yes", "no"]


Write = Callable[[str], Path]


@pytest.fixture
def write_golden(tmp_path: Path) -> Write:
    """Writes a golden file beside a proposal and the folder of a pack."""
    rules = {
        "bad": rule_text("bad", 'effects = "a"'),
        "poor": rule_text("poor", 'effects = "a"', verdict="condition"),
        "good": rule_text("good", 'effects = "c"', verdict="aligned"),
    }
    write_pack(tmp_path / "pack", rules)
    (tmp_path / "r.toml").write_text(PROPOSAL)

    def write(text: str) -> Path:
        path = tmp_path / "g.toml"
        path.write_text(text)
        return path

    return write


class TestGoldens:
    # A change of the file, the item that then fails, what is told, and the rules of which it is told why.
    WRONG: tuple[tuple[str, str, str, list[str], list[str]], ...] = (
        ('outcome = "conflict"', 'outcome = "open"', "measure.m1", ["measure `m1` of `g`: expected `open`, found `conflict`"], []),
        ('"small/poor" = "condition"\n', "", "measure.m1", ["rule `small/poor`: expected `not-applicable`, found `condition`"], ["small/poor"]),
        ('= "condition"', '= "excepted"', "measure.m1", ["rule `small/poor`: expected `excepted`, found `condition`"], ["small/poor"]),
        ('{ "small/good"', '{ "small/bad" = "conflict", "small/good"', "measure.m2", ["rule `small/bad`: expected `conflict`, found `not-applicable`"], ["small/bad"]),
        ('"partly-positive-partly-negative"', '"positive", burden = "open"', "whole", ["substance: expected `positive`, found `partly-positive-partly-negative`", "regulatory burden: expected `open`, found `not-judged`"], []),
    )  # fmt: skip

    @pytest.mark.parametrize("engine", engines())
    def test_as_expected(self, write_golden: Write, engine: str) -> None:
        """There is an item for the whole and for each measure, at its place, and each comes out as it says."""
        path = write_golden(GOLDEN)
        found = collect_file(path)
        assert [(item.id, item.place.line) for item in found.items] == [
            ("g::whole", 6), ("g::measure.m1", 10), ("g::measure.m2", 16),
        ]  # fmt: skip
        assert [run(item, found.kb, engine) for item in found.items] == [None] * 3

    @pytest.mark.parametrize("engine", engines())
    @pytest.mark.parametrize(("old", "new", "name", "notes", "why"), WRONG)
    def test_wrong(
        self, write_golden: Write, engine: str, old: str, new: str, name: str, notes: list[str], why: list[str]
    ) -> None:
        """What comes out otherwise fails, and nothing else; each difference is told, and why each rule came out so."""
        found = collect_file(write_golden(GOLDEN.replace(old, new, 1)))
        failed = {item.name: failure for item in found.items if (failure := run(item, found.kb, engine))}
        assert list(failed) == [name]
        assert [note.en for note in failed[name].notes] == notes
        assert [account.rule for account in failed[name].why] == why

    def test_left_to_be_anything(self, write_golden: Write) -> None:
        """Of rules nothing is expected where none are named; measures can be left out where the file is partial."""
        text = GOLDEN[: GOLDEN.index("[whole]")] + 'partial = true\n[measure.m1]\noutcome = "conflict"\n'
        found = collect_file(write_golden(text.replace("\n\npartial", "\npartial")))
        assert [(item.name, run(item, found.kb)) for item in found.items] == [("measure.m1", None)]

    FAULTS = (
        ("[measure.m2]", "[measure.m3]", [
            ("no measure `m3` in the proposal", ":16, measure.m3", "known here: `m1`, `m2`"),
            ("nothing is expected of `m2`", ":1, golden", "add a table `[measure.ID]` for each, or `partial = true` under `[golden]`"),
        ]),
        ("small/bad", "small/bed", [("unknown rule `small/bed`", ":13, measure.m1.rules.small/bed", "did you mean `small/bad` or `small/good` or `small/poor`?")]),
        ('= "condition"', '= "applies"', [(
            "expected `conflict`, `condition`, `question`, `aligned`, `reserved`, `open`, `excepted` or `defeated`, found `applies`",
            ":14, measure.m1.rules.small/poor", "",
        )]),
        ('outcome = "conflict"', 'outcome = "conflict"\nletter = "condition"', [
            ("`conflict` does not follow where the letter says `condition`", ":11, measure.m1.outcome", "known here: `condition`, `open`, `met`"),
        ]),
        ('proposal = "r.toml"', 'proposal = "s.toml"\nday = 1', [("unknown key `day`", ":3, golden.day", "known here: `as_of`, `pack`, `partial`, `proposal`")]),
        ('proposal = "r.toml"', 'proposal = "s.toml"', [("no proposal `s.toml`", ":2, golden.proposal", "the path starts from the folder of this file, `{folder}`")]),
        ("./pack", "treatise", [("unknown pack `treatise`", ":3, golden.pack", "did you mean `treaties`?")]),
        ("[whole]", "[hole]", [("unknown key `hole`", ":6, hole", "did you mean `whole` or `golden`?")]),
    )  # fmt: skip

    @pytest.mark.parametrize(("old", "new", "told"), FAULTS)
    def test_faults(self, write_golden: Write, old: str, new: str, told: list[tuple[str, str, str]]) -> None:
        """What does not fit the file, its pack or its proposal is told at its line, with help."""
        path = write_golden(GOLDEN.replace(old, new, 1))
        with pytest.raises(InputError) as raised:
            collect_file(path)
        expected = [(message, f"{path}{place}", help_.format(folder=path.parent)) for message, place, help_ in told]
        assert [(fault.message, str(fault.location), fault.help) for fault in raised.value.faults] == expected

    def test_all_faults_at_once(self, write_golden: Write) -> None:
        """Faults of several kinds are told together."""
        text = (
            GOLDEN.replace("small/bad", "small/bed")
            .replace("[measure.m2]", "[measure.m3]")
            .replace("partly-positive-partly-negative", "bad")
        )
        with pytest.raises(InputError) as raised:
            collect_file(write_golden(text))
        assert len(raised.value.faults) == 4


class TestCollecting:
    def test_files_and_folders(self, write_golden: Write) -> None:
        """A path stands for the items that lie there, and for no others."""
        root = write_golden(GOLDEN).parent
        packs = Packs()
        own = collect_file(root / "pack/rules/small/bad.toml", packs)
        assert {item.group for item in own.items} == {"small/bad"}
        whole = [rule.id for rule in own.kb.rules]
        for folder in ("pack", "pack/rules", "pack/rules/small"):
            (found,) = collect_folder(root / folder, packs)
            assert list(dict.fromkeys(item.group for item in found.items)) == whole
        # Below this folder lie a pack and a proposal too: neither is a golden file.
        assert [len(collected.items) for collected in collect_folder(root, packs)] == [3]

    def test_nothing_there(self, write_golden: Write) -> None:
        """What holds nothing to test is a fault, and never passed over in silence."""
        root = write_golden(GOLDEN).parent
        (root / "empty").mkdir()
        for collecting, path in ((collect_file, root / "r.toml"), (collect_folder, root / "empty")):
            with pytest.raises(InputError, match="nothing to test here"):
                collecting(path)

    def test_kinds(self) -> None:
        """Kinds are told apart by their names."""
        assert len({kind.name for kind in KINDS}) == len(KINDS)


class TestChoosing:
    ITEM = "small/bad::An Open one"

    @pytest.mark.parametrize(
        ("expression", "chosen"),
        [
            ("bad", True), ("BAD", True), ("good", False), ("not good", True), ("not not bad", True), ("example", True),
            ("exampl", False), ("bad and good", False), ("bad or good", True), ("good and bad or bad", True),
            ("good and (bad or bad)", False), ('"an open"', True), ('"open an"', False), ("small/bad::an", True),
        ],
    )  # fmt: skip
    def test_expressions(self, expression: str, chosen: bool) -> None:
        """Words of the id or the kind, joined as in pytest."""
        group, _, name = self.ITEM.partition("::")
        kb_item = Item(kind="example", group=group, name=name, place=None, about=None)  # type: ignore[arg-type]  # an item of no place
        assert chooser(expression)(kb_item) is chosen

    @pytest.mark.parametrize("expression", ["", "and", "a b", "(a", "a)", "not", "a or", '"', '"a', "a " * 201])
    def test_what_is_none(self, expression: str) -> None:
        """What cannot be read is told, and chooses nothing."""
        with pytest.raises(UsageError):
            chooser(expression)
