"""What a folder tells of the life of a text: order, positions, powers, and what could not be read."""

import json
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from docx import Document

from consistent import File, InputError, KnowledgeBase, UsageError, load
from consistent.cli import main
from consistent.lifecycle.fates import POSITION_FATES, POWER_FATES, SIDES, PositionFate, Side
from consistent.lifecycle.file_text import SCREEN, file_outline, first_screen, table_outline
from consistent.lifecycle.ordering import read_listed
from consistent.lifecycle.positions import fate_of
from consistent.lifecycle.powers import HOLDERS, KINDS, PROCEDURES
from consistent.lifecycle.versions import STAGES
from consistent.model.text import LANGUAGES, Language
from consistent.reports.html.page import outline_page
from consistent.reports.json_format import schema_for
from consistent.reports.terminal import text_lines
from consistent.reports.word import word_document
from tests.lifecycle.texts import ACT, AMENDMENTS, COMPROMISE, MANDATE, PROPOSAL, write_file

DUTCH = """\
VERORDENING (EU) 2027/1234 VAN HET EUROPEES PARLEMENT EN DE RAAD
van 3 maart 2027
betreffende de lampen van havens
HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,
Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 100, lid 2,
Overwegende hetgeen volgt:
(1) Lampen doven in de nacht, en schepen die geen lamp zien, lopen op rotsen die niemand heeft gemarkeerd.
HEBBEN DE VOLGENDE VERORDENING VASTGESTELD:
Artikel 1
Lampen
1. Elke lidstaat houdt de lampen van zijn havens elke dag van zonsondergang tot zonsopgang brandend.
2. De Commissie kan uitvoeringshandelingen vaststellen over de olie die in de winter wordt gebrand.
Gedaan te Brussel, 3 maart 2027.
"""
RULE = "treaties/empowerment/supplement-or-amend-left-open"


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The rules on what a power must say."""
    return load("treaties").selected([RULE])


@pytest.fixture(scope="module")
def whole(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> File:
    """Proposal, two texts of the Council, and the act; their names are in the reverse order."""
    folder = write_file(tmp_path_factory.mktemp("lamps"), d=PROPOSAL, c=COMPROMISE, b=MANDATE, a=ACT)
    return File.read(folder, kb)


class TestOrder:
    """In which order the versions are, and by what."""

    def test_derived(self, whole: File) -> None:
        """By the dates that the documents have, whatever their files are called; and that is said."""
        assert [version.document for version in whole.versions] == ["d.txt", "c.txt", "b.txt", "a.txt"]
        assert [version.stage for version in whole.versions] == ["proposal", "council", "council", "act"]
        assert [version.name for version in whole.versions] == [
            "COM(2026) 920 final", "ST 9890/26", "ST 9891/26", "(EU) 2027/1234",
        ]  # fmt: skip
        assert "by the dates" in whole.order.en
        assert whole.whole

    def test_never_guessed(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """Two texts of the Council of one day: which comes first is asked, with both names."""
        folder = write_file(tmp_path, a=COMPROMISE, b=MANDATE.replace("26 June", "12 June"), c=PROPOSAL)
        with pytest.raises(InputError) as raised:
            File.read(folder, kb)
        assert "which of two texts comes first" in str(raised.value)
        assert "a.txt, b.txt" in str(raised.value)
        assert "file.toml" in str(raised.value)

    def test_contradiction(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """An act that is older than its proposal is asked about, not sorted away."""
        folder = write_file(tmp_path, a=ACT.replace("2027", "2025"), c=PROPOSAL)
        with pytest.raises(InputError, match="contradict"):
            File.read(folder, kb)

    def test_other_procedure(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """Texts of two procedures are no file."""
        folder = write_file(tmp_path, a=PROPOSAL, b=COMPROMISE.replace("0920", "0921"))
        with pytest.raises(InputError, match="different procedures"):
            File.read(folder, kb)

    def test_file_toml(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """What it lists comes in its order and of its stage; what it leaves out is told."""
        folder = write_file(tmp_path, a=PROPOSAL, b=COMPROMISE, c=MANDATE)
        (folder / "file.toml").write_text(
            '[[version]]\ndocument = "a.txt"\n[[version]]\ndocument = "b.txt"\nstage = "agreed"\n', "utf-8"
        )
        found = File.read(folder, kb)
        assert [(version.document, version.stage, version.told) for version in found.versions] == [
            ("a.txt", "proposal", "document"), ("b.txt", "agreed", "file.toml"),
        ]  # fmt: skip
        assert [notice.en for notice in found.notices] == ["c.txt is not listed in file.toml: left out"]

    def test_faults_of_file_toml(self, tmp_path: Path) -> None:
        """All at once, each with its line."""
        write_file(tmp_path, a=PROPOSAL)
        text = (
            '[[version]]\ndocument = "a.txt"\nstage = "actt"\n[[version]]\ndocument = "z.txt"\n[[version]]\ndate = 1\n'
        )
        (tmp_path / "file.toml").write_text(text, "utf-8")
        with pytest.raises(InputError) as raised:
            read_listed(tmp_path)
        told = str(raised.value)
        assert "did you mean `act`?" in told
        assert "file.toml:5, version[2].document" in told
        assert "missing key `document`" in told


class TestSilence:
    """What cannot be read or compared is never passed over."""

    def test_unreadable(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """A broken file, a list of amendments, and a letter stand among what was not read, each with the reason."""
        folder = write_file(tmp_path, a=PROPOSAL, b=AMENDMENTS, c=COMPROMISE)
        (folder / "d.pdf").write_bytes(b"%PDF-1.4 broken")
        found = File.read(folder, kb)
        assert {unread.document for unread in found.unread} == {"b.txt", "d.pdf"}
        assert "holds no text of the act" in next(u.fault.message for u in found.unread if u.document == "b.txt")
        assert not found.whole
        for language in LANGUAGES:
            said = "\n".join(text.plain for _, text in text_lines(first_screen(found, language, 100)))
            assert "b.txt" in said
            assert "d.pdf" in said

    def test_two_languages(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """The step is told as not compared; nothing is then said to have been won, lost, given or taken by it."""
        found = File.read(write_file(tmp_path, a=PROPOSAL, b=DUTCH), kb)
        assert found.steps[0].text is None
        assert "two languages" in found.steps[0].notices[0].en
        assert not found.whole
        assert {trail.fate for trail in found.powers} == {"unfollowed"}
        assert {trail.fate for trail in found.positions} == {"unsettled"}

    def test_left_out_as_a_whole(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """A text without recitals did not delete them one by one: that it has none is said."""
        bare = ACT.replace(
            "Whereas:\n(1) Lamps go out at night, and ships that see no lamp run aground on rocks that nobody marked.\n",
            "",
        )
        assert bare != ACT
        found = File.read(write_file(tmp_path, a=PROPOSAL, b=bare), kb)
        assert [notice.en for notice in found.steps[0].notices] == [
            "b.txt holds no recitals: what a.txt has of these was not compared"
        ]
        assert found.steps[0].text is not None
        assert not found.steps[0].text.count("recital")

    def test_another_act(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """Where hardly anything is found again, that is said."""
        other = ACT.replace(
            ACT[ACT.index("1. Each") : ACT.index("Done")], "1. Bees shall have wax.\n2. Honey is sold by weight.\n"
        )
        found = File.read(write_file(tmp_path, a=PROPOSAL, b=other), kb)
        assert any("hardly anything" in notice.en for notice in found.steps[0].notices)

    def test_no_folder(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """A folder that is not there, and one without a document, are told."""
        with pytest.raises(InputError, match="folder cannot be read"):
            File.read(tmp_path / "none", kb)
        with pytest.raises(InputError, match="no version of a text"):
            File.read(tmp_path, kb)

    def test_no_such_version(self, whole: File) -> None:
        """A version is asked for by its number."""
        assert whole.named(2).name == "ST 9890/26"
        with pytest.raises(UsageError):
            whole.named(5)


class TestPositions:
    """What became of objections."""

    def test_won(self, whole: File) -> None:
        """It stood, fell, stood again, and fell: won, by the act."""
        (trail,) = whole.positions
        assert trail.sides == ("against", "silent", "against", "silent")
        assert (trail.fate, trail.by) == ("won", 4)
        assert trail.places == ("Article 2",) * 4

    def test_an_act_is_judged_as_its_proposal(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """What stood in the proposal still stands where the act has the same words: that it is no proposal any more wins nothing."""
        said = MANDATE[MANDATE.index("The Commission is empowered") : MANDATE.index("Article 3")]
        act = ACT.replace(ACT[ACT.index("The Commission is empowered") : ACT.index("Article 3")], said)
        for text in (act, MANDATE):
            found = File.read(write_file(tmp_path, a=PROPOSAL, b=text), kb)
            assert [trail.fate for trail in found.positions] == ["stands"]

    def test_reopened(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """Before the act it stands again."""
        found = File.read(write_file(tmp_path, a=PROPOSAL, b=COMPROMISE, c=MANDATE), kb)
        assert [(trail.fate, trail.by) for trail in found.positions] == [("reopened", 3)]

    @pytest.mark.parametrize(
        ("sides", "fate", "by"),
        [
            (("against", "against"), "stands", None),
            (("against", "absent"), "won", 2),
            (("against", "open"), "unsettled", 2),
            (("against", "silent", "unknown"), "unsettled", 3),
            (("silent", "against"), "lost", 2),
            (("absent", "silent", "against"), "lost", 3),
            (("silent", "against", "silent"), "averted", 3),
            (("against", "silent", "against"), "reopened", 3),
            (("silent", "against", "silent", "against"), "reopened", 4),
            (("for", "for"), "kept", None),
            (("for", "silent"), "lost", 2),
            (("for", "against"), "lost", 2),
            (("silent", "for"), "won", 2),
            (("against", "for"), "won", 2),
            (("open", "against"), "stands", None),
            (("open", "for"), "kept", None),
            (("against", "open", "silent"), "won", 3),
            (("open", "against", "absent"), "won", 3),
        ],
    )
    def test_fates(self, sides: tuple[Side, ...], fate: PositionFate, by: int | None) -> None:
        """What each course comes to; what is open last is never won."""
        assert fate_of(sides) == (fate, by)

    def test_reviewed(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """Rules are asked of the draft that a person reviewed where `file.toml` names one; a measure that is not there is told."""
        folder = write_file(tmp_path, a=PROPOSAL, b=COMPROMISE)
        toml = '[proposal]\nkind = "legislative-proposal"\n[[measure]]\nid = "art-2"\neffects = ["delegated-power-to-amend"]\n'
        (folder / "b.toml").write_text(toml, "utf-8")
        (folder / "file.toml").write_text(
            '[[version]]\ndocument = "a.txt"\n[[version]]\ndocument = "b.txt"\nvalues = "b.toml"\n', "utf-8"
        )
        found = File.read(folder, kb)
        assert [version.reviewed for version in found.versions] == [False, True]
        assert [trail.fate for trail in found.positions] == ["won"]
        (folder / "b.toml").write_text(toml.replace("art-2", "art-1-2"), "utf-8")
        assert [trail.fate for trail in File.read(folder, kb).positions] == ["unsettled"]
        (folder / "b.toml").write_text(toml.replace("art-2", "art-20"), "utf-8")
        with pytest.raises(InputError, match=r"`art-20` is none of `b\.txt`"):
            File.read(folder, kb)


class TestPowers:
    """Who may do what."""

    def test_trails(self, whole: File) -> None:
        """A committee procedure changed; an agency came and went; a power that was away for a while is the same one."""
        told = {(trail.last.holder, trail.last.kind): trail for trail in whole.powers}
        assert len(told) == len(whole.powers) == 4
        oil = told["commission", "implementing"]
        assert (oil.fate, oil.by) == ("changed", 3)
        assert [power and power.procedure for power in oil.powers] == [
            "examination",
            "examination",
            "advisory",
            "advisory",
        ]
        agency = told["agencies", "decision"]
        assert (agency.fate, agency.by) == ("passing", 3)
        states = told["member-states", "decision"]
        assert states.fate == "kept"
        assert [power is not None for power in states.powers] == [True, False, True, True]
        assert told["commission", "delegated"].fate == "kept"

    def test_gained_and_taken_away(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """Between two texts, each by the later one."""
        found = File.read(write_file(tmp_path, a=PROPOSAL, b=COMPROMISE), kb)
        fates = {trail.last.holder: (trail.fate, trail.by) for trail in found.powers if trail.last.kind == "decision"}
        assert fates == {"member-states": ("dropped", 2), "agencies": ("gained", 2)}

    def test_balance(self, whole: File) -> None:
        """Counted in each version."""
        assert dict(whole.balance()) == {
            ("commission", "delegated", ""): (1, 1, 1, 1),
            ("commission", "implementing", "examination"): (1, 1, 0, 0),
            ("commission", "implementing", "advisory"): (0, 0, 1, 1),
            ("agencies", "decision", ""): (0, 1, 0, 0),
            ("member-states", "decision", ""): (1, 0, 1, 1),
        }

    def test_points_give_none(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """A point goes on with the sentence before its list; a decision that is then called an implementing act is one."""
        listed = (
            "Article 4\nLists\n1. The Commission may ask keepers:\n(a) what they burn;\n(b) when they burn it.\n"
            "2. Where a keeper fails, the Commission shall adopt a reasoned decision on the lamp. That implementing act shall be "
            "adopted in accordance with the examination procedure referred to in Article 9(2).\n"
        )
        found = File.read(write_file(tmp_path, a=PROPOSAL + listed), kb)
        told = [
            (str(trail.first.place.en), trail.first.kind)
            for trail in found.powers
            if "Article 4" in trail.first.place.en
        ]
        assert told == [("Article 4(1)", "decision"), ("Article 4(2)", "implementing")]


class TestForms:
    """How a file is told."""

    def test_every_word_in_both(self) -> None:
        """Each fate, side, stage, holder, kind and procedure is said in English and in Dutch."""
        for table in (POSITION_FATES, POWER_FATES):
            for about in table.values():
                assert about.label.en != about.label.nl
                assert about.meaning.en != about.meaning.nl
        for labels in (SIDES, STAGES, KINDS, HOLDERS, PROCEDURES):
            assert all(label.en != label.nl for label in labels.values())

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_outlines(self, whole: File, language: Language) -> None:
        """A screen is short; page and Word document name every version, the rule and the procedures."""
        assert len(list(text_lines(first_screen(whole, language, 100)))) <= SCREEN
        page = outline_page(whole.title, file_outline(whole, language), language)
        for version in whole.versions:
            assert version.document in page
        assert RULE in page
        assert ("raadplegingsprocedure" if language == "nl" else "advisory procedure") in page
        made = Document(BytesIO(word_document(whole.title, table_outline(whole, language), language, tables=True)))
        cells = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
        assert len(made.tables) == 3 + len({trail.fate for trail in whole.powers})
        assert any("ST 9891/26" in cell for row in cells for cell in row)
        assert any(RULE in cell for row in cells for cell in row)
        assert not any("table-" in paragraph.text for paragraph in made.paragraphs)

    def test_json(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The schema holds, and says what the library says; the second time it comes from the cache."""
        folder = write_file(tmp_path, a=PROPOSAL, b=COMPROMISE, c=MANDATE, d=ACT)
        assert main(["file", str(folder), "--pack", "treaties", "--format", "json"]) == 0
        first = capsys.readouterr().out
        data = json.loads(first)
        jsonschema.validate(data, schema_for("file"))
        assert [version["document"] for version in data["file"]["versions"]] == ["a.txt", "b.txt", "c.txt", "d.txt"]
        assert main(["file", str(folder), "--pack", "treaties", "--format", "json"]) == 0
        assert capsys.readouterr().out == first

    def test_command(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The exit status tells that something was not read; what is written does not go among the versions."""
        folder = write_file(tmp_path / "lamps", a=PROPOSAL, b=AMENDMENTS)
        assert main(["file", str(folder), "--pack", "treaties"]) == 1
        assert "b.txt" in capsys.readouterr().out
        assert main(["file", str(folder), "--pack", "treaties", "--format", "html", "-o", str(folder / "p.html")]) == 2
        assert "would be taken for a version" in capsys.readouterr().err
        assert main(["file", str(folder), "--pack", "treaties", "-v", "-o", str(tmp_path / "out.txt")]) == 1
        assert "COM(2026) 920" in (tmp_path / "out.txt").read_text("utf-8")
