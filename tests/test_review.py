"""`consistent review`: the list, the walk on a terminal, and the draft that comes of it."""

import json
import re
import signal
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.cli import main
from consistent.cli.review import ReviewDialogue
from consistent.documents.reading import read_document
from consistent.errors import UsageError
from consistent.inquiries.review import Unconfirmed, near_terms, passage_of, resting_on, unconfirmed
from consistent.inquiries.verdicts import CONFIRMED, LACKS, REMOVED, Review, Verdict, choices
from consistent.model.proposal import Evidence
from consistent.model.text import Language
from consistent.model.values import Value
from consistent.reports.json_format import schema_for
from consistent.reports.text import print_report
from consistent.toml.rewriting import reshape
from consistent.toml.tomlfile import TomlFile
from tests.harness.effort import examples
from tests.soon import ends_soon
from tests.terminal import Talk, talk_with

# Invented; no document of the Commission.
DOCUMENT = """\
Proposal for a REGULATION on lanterns

Article 1
Subject matter
This Regulation approximates the laws of the Member States on lanterns.

Article 2
Money
The Commission shall pay EUR 5 000 000 from the general budget of the Union to makers of lanterns.
"""
DRAFT = """\
# A draft, made by machine
[proposal]
title = "on lanterns"
kind = "legislative-proposal"   # as on the cover
instrument = "regulation"
legal_basis = ["TFEU 173(3)"]
evidence.title = { document = "doc.txt", quote = "on lanterns", confidence = 0.97, confirmed = false }
evidence.kind = { document = "doc.txt", place = "cover", quote = "Proposal for a", confidence = 0.97, confirmed = false }
evidence.legal_basis = { value = "TFEU 173(3)", document = "doc.txt", place = "citations", confidence = 0.9, confirmed = false }

# The first measure
[[measure]]
id = "art-1"
title = "Subject matter"
effects = { has = [
  "harmonisation", # why
  "funding",
], may = ["coordination"] }
bindingness = "binding"
# on money
amount = 5_000_000
evidence.effects = [
  { value = "funding", document = "doc.txt", place = "Article 2", quote = "The Commission shall pay EUR", confidence = 0.7, confirmed = false }, # money
  { value = "harmonisation", document = "doc.txt", place = "Article 1", span = [0, 1], quote = "This Regulation approximates", confidence = 0.82, confirmed = false },
  { value = "harmonisation", document = "COM(2099) 1", place = "recital 3", confidence = 0.6, confirmed = false },
]
evidence.bindingness = { document = "doc.txt", place = "Article 1", confidence = 0.8, confirmed = false }
evidence.amount = { document = "doc.txt", place = "Article 2", quote = "EUR 5 000 000", confidence = 0.9, confirmed = false }

[[measure]]
id = "art-2"
safeguards = { lacks = ["agency-part"] }
actors = ["commission", "council"]
evidence.safeguards = { value = "agency-part", document = "doc.txt", place = "Article 2", confirmed = false }
evidence.actors = { document = "doc.txt", place = "Article 2", confidence = 0.5, confirmed = false }
"""
Walk = tuple[ReviewDialogue, str]


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The treaties."""
    return load("treaties")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A draft with the document that it was made from beside it."""
    (tmp_path / "doc.txt").write_text(DOCUMENT, "utf-8")
    found = tmp_path / "draft.toml"
    text = read_document(tmp_path / "doc.txt").text
    start = text.index("This Regulation approximates")
    found.write_text(DRAFT.replace("[0, 1]", f"[{start}, {start + 45}]"), "utf-8")
    return found


def reviewed(kb: KnowledgeBase, text: str = DRAFT) -> tuple[Review, tuple[Unconfirmed, ...]]:
    """A draft, and what is unconfirmed in it."""
    file = TomlFile.parse(text)
    case = kb.case(kb.read_file(file), engine="plain")
    items = unconfirmed(file, case.proposal, case.report(), kb.knowledge)
    return Review(file, case.proposal, kb.knowledge.vocabularies), items


def one(items: tuple[Unconfirmed, ...], field: str, value: str = "") -> Unconfirmed:
    """The value of a field; the first where none is named."""
    return next(each for each in items if each.field == field and value in {"", *each.values})


def walked(kb: KnowledgeBase, said: list[str], language: Language = "en", text: str = DRAFT) -> Walk:
    """A walk with what was typed given beforehand; at its end the input is closed."""
    typed: Iterator[str] = iter(said)
    shown = StringIO()

    def read(prompt: str) -> str:
        shown.write(prompt)
        try:
            line = next(typed)
        except StopIteration:
            raise EOFError from None
        shown.write(line + "\n")
        return line

    review, items = reviewed(kb, text)
    console = Console(file=shown, width=100, highlight=False, markup=False)
    dialogue = ReviewDialogue(review, items, {}, kb.knowledge, console, read, language)
    dialogue.run()
    assert next(typed, None) is None
    return dialogue, shown.getvalue()


def test_order(kb: KnowledgeBase) -> None:
    """The proposal's own first, then measure by measure; within each what weighs most on findings first."""
    _, items = reviewed(kb)
    assert [each.measure for each in items] == [None] * 3 + ["art-1"] * 4 + ["art-2"] * 2
    for measure in (None, "art-1", "art-2"):
        weights = [each.weight for each in items if each.measure == measure]
        assert weights == sorted(weights, reverse=True)
    harmonisation = one(items, "effects", "harmonisation")
    assert "treaties/competence/harmonisation-on-excluding-basis" in harmonisation.rules
    assert harmonisation.rules != one(items, "effects", "funding").rules
    # Two passages say so: one value to confirm.
    assert [each.place for each in harmonisation.evidence] == ["Article 1", "recital 3"]


def test_words(kb: KnowledgeBase) -> None:
    """Labels in both languages, also of what is said not to be there; of a field as a whole all its values."""
    _, items = reviewed(kb)
    assert (one(items, "safeguards").says, one(items, "safeguards").text.nl[:6]) == ("lacks", "niet: ")
    assert one(items, "amount").text.nl == "EUR 5.000.000"
    assert one(items, "actors").values == ("commission", "council")
    assert one(items, "legal_basis").text.nl == "artikel 173, lid 3, VWEU"
    assert one(items, "title").text.en == "on lanterns"


def test_confirming_everything(kb: KnowledgeBase) -> None:
    """Nothing changes but `confirmed`, and no mark is left in the report."""
    review, items = reviewed(kb)
    text = review.text(dict.fromkeys(items, CONFIRMED))
    assert text == DRAFT.replace("confirmed = false", "confirmed = true")
    report = kb.check(text, engine="plain").report
    assert resting_on(report) == 0 < resting_on(kb.check(DRAFT, engine="plain").report)
    for language in ("en", "nl"):
        out = StringIO()
        print_report(report, Console(file=out, width=200), "nl" if language == "nl" else "en")
        assert "not confirmed" not in out.getvalue()
        assert "bevestigd" not in out.getvalue()


WITHOUT_FUNDING = DRAFT.replace('  "funding",\n', "").replace(
    next(f"{line}\n" for line in DRAFT.splitlines() if 'value = "funding"' in line), ""
)


@pytest.mark.parametrize(
    ("field", "value", "verdict", "after"),
    [
        # The rest of the file is byte-equal: comments and layout too.
        ("effects", "funding", LACKS, WITHOUT_FUNDING),
        ("effects", "funding", REMOVED, WITHOUT_FUNDING.replace('["coordination"]', '["coordination", "funding"]')),
        ("bindingness", "", LACKS, 'bindingness = { lacks = ["binding"] }'),
        ("bindingness", "", REMOVED, None),
        ("bindingness", "", Verdict("changed", ("voluntary",)), 'bindingness = "voluntary"'),
        ("bindingness", "", Verdict("changed"), "bindingness = []"),
        ("amount", "", Verdict("changed", (7_000_000,)), "amount = 7_000_000"),
        ("amount", "", REMOVED, None),
        ("safeguards", "", REMOVED, None),
        ("legal_basis", "", Verdict("changed", ("TFEU 114",)), 'legal_basis = ["TFEU 114"]'),
        ("legal_basis", "", LACKS, 'legal_basis = { lacks = ["TFEU 173(3)"] }'),
        ("actors", "", Verdict("changed", ("agencies",)), 'actors = ["agencies"]'),
        ("title", "", Verdict("changed", title="on lamps"), 'title = "on lamps"'),
        ("title", "", REMOVED, None),
    ],
)
def test_what_is_written(kb: KnowledgeBase, field: str, value: str, verdict: Verdict, after: str | None) -> None:
    """Only the lines of that field and its evidence change; a value that is taken out leaves no evidence."""
    review, items = reviewed(kb)
    item = one(items, field, value)
    said = {item: verdict}
    review.try_out(said, item)
    text = review.text(said)
    old, new = DRAFT.splitlines(), text.splitlines()
    if after is not None and "\n" in after:
        assert text == after
    else:
        gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
        assert all(each.startswith((f"{field} =", f"evidence.{field} =")) for each in gone + come)
        assert [each for each in come if not each.startswith("evidence.")] == [after] * (after is not None)
        assert any(each.startswith(f"evidence.{field}") for each in new) is (verdict.kind == "changed")
    assert text.count("confirmed = true") == (verdict.kind == "changed")
    kb.read(text)


def test_a_changed_value_keeps_its_passage(kb: KnowledgeBase) -> None:
    """Of another value the passage stays, and what the machine thought of it goes."""
    review, items = reviewed(kb)
    item = one(items, "effects", "funding")
    text = review.text({item: Verdict("changed", ("monitoring",)), one(items, "kind"): CONFIRMED})
    old = next(each for each in DRAFT.splitlines() if 'value = "funding"' in each)
    new = old.replace("funding", "monitoring").replace("confidence = 0.7, ", "").replace("false", "true")
    assert new in text.splitlines()
    assert '"monitoring"' in text.split("may =")[0]


def test_a_list_that_is_all(kb: KnowledgeBase) -> None:
    """Of what is known to be all, whether one thing is there can be unknown while nothing else is."""
    text = '[proposal]\n[[measure]]\nid = "m"\nareas = ["transport", "defence"]\nevidence.areas = [\n  { value = "transport", document = "d", confirmed = false },\n  { value = "defence", document = "d" },\n]\n'
    review, items = reviewed(kb, text)
    assert 'areas = { has = ["defence"], may = ["transport"] }' in review.text({items[0]: REMOVED})
    assert 'areas = ["defence"]' in review.text({items[0]: LACKS})


def test_other_layouts(kb: KnowledgeBase) -> None:
    """Evidence in tables of its own, inline tables, windows line ends."""
    text = '[proposal]\nkind = "white-paper"\nauthors = ["commission"]\nevidence = { kind = { document = "d", confirmed = false }, all = { document = "e" } }\n\n[[measure]]\nid = "m"\nareas = ["transport"]\n[[measure.evidence.areas]]\n# note\nvalue = "transport"\ndocument = "d"\nconfirmed = false\n'.replace(
        "\n", "\r\n"
    )
    review, items = reviewed(kb, text)
    assert review.text(dict.fromkeys(items, CONFIRMED)) == text.replace("confirmed = false", "confirmed = true")
    after = review.text(dict.fromkeys(items, REMOVED))
    assert tomli.loads(after) == {
        "proposal": {"authors": ["commission"], "evidence": {"all": {"document": "e"}}},
        "measure": [{"id": "m"}],
    }
    assert "# note\r\n" in after
    assert after.count("\n") == after.count("\r\n")


def test_what_cannot_be(kb: KnowledgeBase) -> None:
    """The evidence of everything can only be confirmed; a broader term cannot be absent where a narrower one is there."""
    text = '[proposal]\nevidence.all = { document = "d", confirmed = false }\n[[measure]]\nid = "m"\neffects = { has = ["harmonisation", "full-harmonisation"] }\nevidence.effects = { value = "harmonisation", document = "d", confirmed = false }\n'
    review, items = reviewed(kb, text)
    with pytest.raises(UsageError, match="evidence of several fields"):
        choices(items[0])
    with pytest.raises(UsageError, match="`full-harmonisation` is said to be there and not to be there"):
        review.try_out({items[1]: LACKS}, items[1])
    review.try_out({items[1]: REMOVED}, items[1])
    _, items = reviewed(kb)
    said = {
        one(items, "effects", "funding"): Verdict("changed", ("harmonisation",)),
        one(items, "effects", "harmonisation"): REMOVED,
    }
    with pytest.raises(UsageError, match="`harmonisation` is said to be so and not to be so"):
        Review(TomlFile.parse(DRAFT), kb.read(DRAFT), kb.knowledge.vocabularies).try_out(
            said, one(items, "effects", "funding")
        )


def test_whatever_is_said(kb: KnowledgeBase) -> None:
    """The draft can be read, says so of what was confirmed, has no evidence for what is out, and nothing else changed."""
    review, items = reviewed(kb)

    @given(
        st.lists(st.sampled_from(["confirmed", "lacks", "removed", "none"]), min_size=len(items), max_size=len(items))
    )
    @settings(max_examples=examples(60))
    def tried(kinds: list[str]) -> None:
        said: dict[Unconfirmed, Verdict] = {}
        for item, kind in zip(items, kinds, strict=True):
            if kind == "confirmed":
                said[item] = CONFIRMED
            elif kind != "none":
                said[item] = LACKS if kind == "lacks" and LACKS in choices(item) else REMOVED
        text = review.text(said)
        after = kb.read(text)
        for item, verdict in said.items():
            part = after if item.measure is None else next(each for each in after.measures if each.id == item.measure)
            told = [each for name, each in part.evidence if name == item.field and each.value in {"", *item.values}]
            assert bool(told) is (verdict.kind == "confirmed")
            assert all(each.confirmed for each in told)
            if verdict.kind != "confirmed" and item.takes:
                assert getattr(part, item.field).yes.isdisjoint(item.atoms)
        left = [each for each, kind in zip(items, kinds, strict=True) if kind == "none"]
        assert after.unconfirmed == sum(len(each.evidence) for each in left)
        touched = {each.field for each in said}
        kept = [
            line
            for line in DRAFT.splitlines()
            if line.startswith(("#", "[", "id")) or line.split(" =")[0] in {"kind", "instrument", "actors"} - touched
        ]
        assert [line for line in text.splitlines() if line in kept] == kept

    tried()


def test_a_walk(kb: KnowledgeBase) -> None:
    """Confirmed, changed by label, number and amount, taken out, skipped, gone back from."""
    dialogue, shown = walked(
        kb, ["y", "b", "y", "", "TFEU 114", "b", "", "n", "2", "7 000 000", "h", "a", "funding", "n"]
    )
    kinds = {(each.measure, each.field): verdict for each, verdict in dialogue.said.items()}
    assert kinds[None, dialogue.items[0].field] == CONFIRMED
    assert "1: the text says that it is not there" in shown
    assert "Type numbers" not in shown
    assert "Another value: a number from the list" in shown


def test_typed(kb: KnowledgeBase) -> None:
    """What is no value of the field is said to be so, with what may have been meant, and asked again."""
    _, items = reviewed(kb)
    first = next(each for each in items if each.measure == "art-1")
    before = [""] * list(items).index(first)
    number = next(index for index, each in enumerate(items) if each.field == "bindingness")
    _, shown = walked(kb, [*[""] * number, "voluntry", "\x1b[31m", "q"])
    assert "`voluntry` is no answer here\nhelp: did you mean `voluntary`?" in shown
    assert "`\ufffd[31m` is no answer here" in shown
    dialogue, shown = walked(kb, [*[""] * number, "vrijwillig"], "nl")
    assert dialogue.said[dialogue.items[number]] == Verdict("changed", ("voluntary",))
    assert "Gewijzigd: voluntary." in shown
    near = near_terms(items[number], kb.knowledge)
    dialogue, _ = walked(kb, [*[""] * number, "1"])
    assert dialogue.said[dialogue.items[number]] == Verdict("changed", (near[0].id,))
    dialogue, shown = walked(kb, [*before, "a"])
    assert {each.measure for each in dialogue.said} == {"art-1"}
    assert "Confirmed: 4." in shown
    dialogue, shown = walked(kb, [*before, "a", "b", "q"])
    assert not dialogue.said


@pytest.mark.parametrize(
    ("evidence", "words", "fits"),
    [
        (Evidence("d", span=(4, 7)), "two", True),
        (Evidence("d", span=(4, 7), quote="two three ..."), "two", True),
        (Evidence("d", span=(4, 7), quote="other"), "two", False),
        (Evidence("d", span=(4, 700)), "", False),
        (Evidence("d", quote="three"), "three", True),
        (Evidence("d", quote="one"), "", False),
    ],
)
def test_passages(evidence: Evidence, words: str, fits: bool) -> None:
    """By span, or by a quote that stands there once; what does not fit is said not to."""
    found = passage_of(evidence, "one two\nthree one")
    assert (found.words, found.fits) == (words, fits)


def test_a_long_passage() -> None:
    """Its middle is left out, and words around it are whole."""
    text = "word " * 1000
    found = passage_of(Evidence("d", span=(1000, 4000)), text)
    assert len(found.words) < 1300
    assert " ... " in found.words
    assert found.before.startswith("... word")
    assert found.after.endswith("word ...")


def test_the_list(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal nothing is asked and nothing written; the passage is marked."""
    text = path.read_text("utf-8")
    assert main(["review", str(path), "--pack", "treaties"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Not confirmed by a person (9)\n\nproposal as a whole\n")
    assert ">>This Regulation approximates the laws of the<<" in " ".join(shown.split())
    assert "82% sure" in shown
    assert main(["review", str(path), "--pack", "treaties", "--lang", "nl", "--list"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Niet door een mens bevestigd (9)\n\nvoorstel als geheel\n")
    assert path.read_text("utf-8") == text


def test_as_json(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It keeps to its schema; a document that is named stands for all."""
    other = tmp_path / "other.txt"
    other.write_text("Proposal for a DIRECTIVE on something\n\nArticle 1\nOther words.\n", "utf-8")
    command = ["review", str(path), "--pack", "treaties", "--format", "json"]
    for more, fits in (([], True), (["--document", str(other)], False)):
        assert main([*command, *more]) == 0
        document = json.loads(capsys.readouterr().out)
        jsonschema.validate(document, schema_for("review"))
        found = document["review"]["unconfirmed"]
        assert document["review"]["count"] == len(found) == 9
        told = next(each for each in found if each["values"] == ["harmonisation"])["evidence"]
        assert told[0]["passage"]["fits"] is fits


def test_nothing_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Then that is said."""
    path = tmp_path / "p.toml"
    path.write_text("[proposal]\nlegal_basis = []\n", "utf-8")
    assert main(["review", str(path), "--pack", "treaties"]) == 0
    assert capsys.readouterr().out == "Everything is confirmed by a person.\n"
    assert main(["review", str(path), "--pack", "treaties", "--document", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.startswith("error: file cannot be read")


@pytest.fixture
def talk(path: Path) -> Talk:
    """Run the command on a terminal."""
    return talk_with("review", str(path), "--pack", "treaties")


def test_on_a_terminal(talk: Talk, path: Path, kb: KnowledgeBase) -> None:
    """The whole way: shown, confirmed, taken out, written, checked again."""
    before = path.read_text("utf-8")
    _, items = reviewed(kb, before)
    number = [each.field for each in items].index("bindingness")
    status, shown = talk("a", *[""] * (number - 3), "n", "1", "q")
    assert status == 0
    text = path.read_text("utf-8")
    assert 'bindingness = { lacks = ["binding"] }\n' in text
    assert text.count("confirmed = true") == 3
    assert f"Written into {path}." in shown
    assert "confirmed: 3, changed: 0, taken out: 1; not confirmed yet: 6" in shown
    assert list(path.parent.glob("draft*")) == [path]


def test_breaking_off_leaves_the_file(talk: Talk, path: Path) -> None:
    """Ctrl-C, also after an answer; in Dutch."""
    before = path.read_text("utf-8")
    status, shown = talk("j", signal.SIGINT, language="nl")
    assert status == 130
    assert f"Afgebroken; {path} is ongewijzigd." in shown
    assert path.read_text("utf-8") == before


def test_a_large_draft_is_written_soon(kb: KnowledgeBase) -> None:
    """As many values as a long act has, in seconds."""
    measure = DRAFT[DRAFT.index("[[measure]]") : DRAFT.index('id = "art-2"') - len("\n[[measure]]\n")]
    text = "[proposal]\n\n" + "\n".join(measure.replace("art-1", f"art-{number}") for number in range(300))
    file = TomlFile.parse(text)
    proposal = kb.read_file(file)
    report = kb.case("[proposal]\n", engine="plain").report()
    items = unconfirmed(file, proposal, report, kb.knowledge)
    with ends_soon():
        after = Review(file, proposal, kb.knowledge.vocabularies).text(dict.fromkeys(items, CONFIRMED))
    assert after == text.replace("confirmed = false", "confirmed = true")


BESIDE = DRAFT.replace(
    'legal_basis = ["TFEU 173(3)"]\n',
    'legal_basis = ["TFEU 173(3)"]\naccompanying = ["SWD(2099) 1 final", "SWD(2099) 2 final"]\n',
).replace(
    "\n# The first measure",
    """evidence.accompanying = [
  { value = "SWD(2099) 1 final", document = "doc.txt", place = "cover", confidence = 0.97, confirmed = false },
  { value = "SWD(2099) 2 final", document = "doc.txt", place = "cover", confidence = 0.97, confirmed = false },
]

# The first measure""",
)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("y", ["SWD(2099) 1 final", "SWD(2099) 2 final"]),
        ("n", ["SWD(2099) 2 final"]),
        ("SWD(2099) 3 final", ["SWD(2099) 3 final", "SWD(2099) 2 final"]),
    ],
)
def test_accompanying_documents(kb: KnowledgeBase, typed: str, left: list[str]) -> None:
    """The documents on the cover are reviewed as all else that was read: confirmed, taken out, or put right."""
    _, items = reviewed(kb, BESIDE)
    item = one(items, "accompanying", "SWD(2099) 1 final")
    assert item.text.nl == "SWD(2099) 1 final"
    before = items.index(item)
    dialogue, shown = walked(kb, [*[""] * before, typed, "q"], text=BESIDE)
    assert "accompanying document" in shown
    data = TomlFile.parse(dialogue.review.text(dialogue.said, {})).data["proposal"]
    assert data["accompanying"] == left
    assert data["title"] == "on lanterns"


def test_reshaping() -> None:
    """What goes takes its comma, its line and the comment on it along, and nothing else."""
    text = 'a = ["x", "y", "z"] # one\nb = [\n  "x", # first\n  # on y\n  "y"\n]\n[t]\nc = { d = 1, e = 2 }\nf = 1 # gone\n# stays\n'
    data = {"a": ["x", "z"], "b": ["x"], "t": {"c": {"d": 1}}}
    assert (
        reshape(text, data) == 'a = ["x", "z"] # one\nb = [\n  "x", # first\n  # on y\n]\n[t]\nc = { d = 1 }\n# stays\n'
    )
    assert reshape(text, {**data, "a": ["y", "z"], "b": ["y"], "t": {"c": {"e": 2}, "f": 1}}) == (
        'a = ["y", "z"] # one\nb = [\n  # on y\n  "y"\n]\n[t]\nc = { e = 2 }\nf = 1 # gone\n# stays\n'
    )
    assert reshape(text, tomli.loads(text)) == text


class TestThatIsAll:
    """A field that has nothing beyond what the draft found, said in one answer."""

    OTHER = DRAFT.replace('id = "art-2"\n', 'id = "art-2"\neffects = { has = ["funding"] }\n')

    def test_of_one_measure(self, kb: KnowledgeBase) -> None:
        """The value is confirmed and its field closed, with where the text says so."""
        dialogue, shown = walked(kb, ["", "", "", "that is all", "whole text", "q"])
        assert "Confirmed, and that is all." in shown
        ((measure, name),) = dialogue.closed
        text = dialogue.review.text(dialogue.said, dialogue.closed)
        proposal = kb.read(text)
        assert (measure, name) == ("art-1", "effects")
        assert proposal.measures[0].effects == Value.exactly("harmonisation", "funding")
        sources = [each for field, each in proposal.measures[0].evidence if field == "effects"]
        assert [each.place for each in sources if not each.value] == ["whole text"]
        assert sum(each.confirmed for each in sources) == 1 + len(dialogue.items[3].evidence)
        assert "# The first measure" in text

    def test_of_all_measures(self, kb: KnowledgeBase) -> None:
        """So for every measure, once that is confirmed; those of which nothing was known are named."""
        said = ["", "", "", "dat is alles voor alle maatregelen", "j", "", "q"]
        dialogue, shown = walked(kb, said, "nl", self.OTHER)
        assert "'wat het doet': wat er staat is alles; maatregelen: 2." in shown
        proposal = kb.read(dialogue.review.text(dialogue.said, dialogue.closed))
        assert [each.effects.open for each in proposal.measures] == [False, False]
        assert proposal.measures[1].effects == Value.exactly("funding")
        dialogue, shown = walked(kb, said, "nl")
        assert "Van deze is niets bekend; zij hebben er dan geen enkele (1): art-2" in shown
        assert kb.read(dialogue.review.text(dialogue.said, dialogue.closed)).measures[1].effects == Value.exactly()

    @pytest.mark.parametrize("then", [["", "q"], ["y", "b", "q"]])
    def test_thinking_better_of_it(self, kb: KnowledgeBase, then: list[str]) -> None:
        """Nothing is said unless it is confirmed, and given no thought back."""
        dialogue, _ = walked(kb, ["", "", "", "that is all for all measures", *then])
        assert (dialogue.said, dialogue.closed) == ({}, {})

    def test_back(self, kb: KnowledgeBase) -> None:
        """`b` takes back that it is all, with the rest."""
        dialogue, _ = walked(kb, ["", "", "", "that is all", "", "b", "q"])
        assert (dialogue.said, dialogue.closed) == ({}, {})

    def test_together_with_another_value_that_goes(self, kb: KnowledgeBase) -> None:
        """A value that is not so goes from the list; one that cannot be told may still be there, and nothing else."""
        for reason, expected in (("1", Value.exactly("harmonisation")), ("2", None)):
            dialogue, _ = walked(kb, ["", "", "", "that is all", "", "n", reason, "q"])
            fields = [each.values for each in dialogue.items[3:5]]
            proposal = kb.read(dialogue.review.text(dialogue.said, dialogue.closed))
            effects = proposal.measures[0].effects
            assert fields == [("harmonisation",), ("funding",)]
            if expected is not None:
                assert effects == expected
            else:
                assert effects.yes == {"harmonisation"}
                assert effects.may_have("funding")
                assert not effects.may_have("coordination")

    def test_where_it_makes_no_sense(self, kb: KnowledgeBase) -> None:
        """Of a title, or of a field with one value at most, it cannot be said."""
        dialogue, shown = walked(kb, ["that is all", "q"])
        assert "this cannot be said here" in shown
        assert dialogue.said == {}


class TestOneOrTwo:
    """The prompt that asks why a value is not so."""

    @pytest.mark.parametrize("back", ["", "b", "terug"])
    def test_back(self, kb: KnowledgeBase, back: str) -> None:
        """The value is put as it was, and nothing is said of it."""
        dialogue, shown = walked(kb, ["n", back, "y", "q"])
        assert list(dialogue.said.values()) == [CONFIRMED]
        assert shown.count("1 of ") == 1

    def test_stop(self, kb: KnowledgeBase) -> None:
        """`q` stops, with all that was said before."""
        dialogue, shown = walked(kb, ["y", "y", "y", "n", "q"])
        assert len(dialogue.said) == 3
        assert "5 of " not in shown

    def test_neither(self, kb: KnowledgeBase) -> None:
        """Something else is refused, and asked again; `h` helps."""
        dialogue, shown = walked(kb, ["n", "3", "h", "1", "q"])
        assert "`3` is neither 1 nor 2." in shown
        assert "Another value: a number from the list" in shown
        assert list(dialogue.said.values()) == [LACKS]


class TestDocs:
    """The conversations in `docs/how-to/review.md`, as anybody can hold them."""

    DOCS = Path(__file__).parents[1] / "docs/how-to"

    @staticmethod
    def blocks(page: str) -> list[str]:
        """What a page shows as text."""
        return re.findall(r"```text\n(.*?)```", (TestDocs.DOCS / page).read_text("utf-8"), re.DOTALL)

    @pytest.mark.parametrize(("block", "language", "before"), [(0, "en", []), (1, "nl", ["a"])])
    def test_example(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int, language: Language, before: list[str]
    ) -> None:
        """What is typed there leads to what is shown there, in that order; `...` leaves something out."""
        monkeypatch.chdir(tmp_path)
        Path("lamps.txt").write_text(self.blocks("draft.md")[0], "utf-8")
        assert main(["draft", "lamps.txt", "-o", "lamps.toml"]) == 0
        told = self.blocks("review.md")[block]
        typed = [*before, *re.findall(r"> (.*)$", told, re.MULTILINE)]
        status, shown = talk_with("review", "lamps.toml")(
            *typed, *([] if typed[-1] == "q" else ["q"]), language=language
        )
        assert status == 0
        plain = "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines())
        for part in filter(None, (each.strip("\n") for each in told.split("...\n"))):
            assert part in plain, part
            plain = plain[plain.index(part) + len(part) :]
