"""A form is a folder of TOML: those that ship are filled whole, a stranger's works from its folder, and every fault is told at its line."""

import re
import shutil
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.metadata import EntryPoint
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
import tomli
from docx import Document
from jsonschema import Draft7Validator

from consistent.authoring.schemas.catalogue import schema_for
from consistent.cli import main
from consistent.errors import InputError, UsageError
from consistent.fiche.content import Fiche
from consistent.fiche.forms import fiche_docx, fiche_markdown
from consistent.fiche.making import _WRITERS, fiche_of
from consistent.fiche.matter import Given
from consistent.forms.finding import SHIPPED_FORMS, form_named
from consistent.forms.form import FORM_FILE, TEMPLATE_FILE, Fill
from consistent.model.text import LANGUAGES
from consistent.reports.dossier import Dossier
from consistent.scrutiny.clock import last_working_day
from tests.reports.fiche_cases import DAY, ROOT, dossier, few, kb

SHIPPED = ROOT / "src/consistent/forms/shipped"
FOREIGN = SHIPPED_FORMS[2:]
PROPOSAL = "com-2023-237"
# What the Annex to section 6(2) EUZBBG lists, in its order (BGBl. I 2013, 2175).
BERICHTSBOGEN = (
    "Thema", "Sachgebiet", "Rats-Dok.-Nr.", "KOM.-Nr.", "Nr. des interinstitutionellen Dossiers", "Nr. der Bundesratsdrucksache",
    "Nachweis der Zulässigkeit für europäische Regelungen (Prüfung der Rechtsgrundlage)", "Subsidiaritätsprüfung",
    "Verhältnismäßigkeitsprüfung", "Zielsetzung", "Inhaltliche Schwerpunkte", "Politische Bedeutung",
    "Was ist das besondere deutsche Interesse?", "Bisherige Position des Bundestages", "Position des Bundesrates",
    "Position des Europäischen Parlaments", "Bisherige Position der Bundesregierung", "Meinungsstand im Rat",
    "Verfahrensstand (Stand der Befassung) und Zeitplan", "Finanzielle Auswirkungen", "Zeitplan für die Behandlung im",
)  # fmt: skip
# The seven points of section 6(3) EU-InfoG.
EU_INFOG = (
    "Bezeichnung des Dokuments", "Inhalt des Vorhabens", "Hinweise auf Mitwirkungsrechte des Nationalrates und Bundesrates",
    "Auswirkungen auf die Republik Österreich einschließlich eines allfälligen Bedürfnisses nach innerstaatlicher Durchführung",
    "Position des/der zuständigen Bundesminister/in samt kurzer Begründung", "Angaben zu Verhältnismäßigkeit und Subsidiarität",
    "Stand der Verhandlungen inklusive Zeitplan",
)  # fmt: skip


def said(made: Fiche) -> str:
    """All that a draft says, without the part on the draft itself."""
    return fiche_markdown(made)


@cache
def few_dossier() -> Dossier:
    """Of a proposal with a few rules."""
    return Dossier.of(few().check(ROOT / f"proposals/{PROPOSAL}.toml", as_of=DAY))


def headings(made: Fiche) -> list[str]:
    return [section.heading for section in made.sections]


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FORM_FILE).write_text(text, "utf-8")
    return folder


SMALL = """\
label = "a small form"
called = "the note"
title = "Note: {subject}"

[[sections]]
heading = "All"
content = "all"

[parts.all]
rest = true
fills = ["title"]
questions = [{ text = "What do we think?" }]
"""


class TestShipped:
    """The forms that ship."""

    def test_each_folder_is_offered(self) -> None:
        """And each fill that a form can name has a writer."""
        assert {path.parent.name for path in SHIPPED.glob(f"*/{FORM_FILE}")} == set(SHIPPED_FORMS)
        assert set(_WRITERS) == set(get_args(Fill))

    @pytest.mark.parametrize("name", SHIPPED_FORMS)
    def test_every_term_is_one_of_the_vocabulary(self, name: str) -> None:
        """A place that names another one would stay empty without a word."""
        form, known = form_named(name), kb().knowledge.vocabularies
        for vocabulary in ("kinds", "statements", "actors", "effects", "safeguards"):
            assert [term for _, term in form.terms_of(vocabulary) if term not in known[vocabulary]] == []
        principles = {principle for part in form.parts.values() for principle in part.principles}
        assert principles <= set(kb().knowledge.principles)

    @pytest.mark.parametrize("name", SHIPPED_FORMS)
    def test_it_says_what_it_was_made_after(self, name: str) -> None:
        """With what was compared, in both languages."""
        form = form_named(name)
        assert form.sources
        assert all(each.confirms.en and each.confirms.nl != each.confirms.en for each in form.sources)

    def test_an_editor_finds_no_fault(self) -> None:
        """By the schema that `consistent schema form` gives; a fill, a term and a key that are not there it finds."""
        schema = Draft7Validator(schema_for("form", kb()))
        for name in SHIPPED_FORMS:
            text = (SHIPPED / name / FORM_FILE).read_text("utf-8")
            assert [error.message for error in schema.iter_errors(tomli.loads(text))] == [], name
        assert not list(schema.iter_errors(tomli.loads(SMALL)))
        for wrong in ('fills = ["titel"]', 'statements = ["subsidiarty"]', 'colour = "red"'):
            assert list(schema.iter_errors(tomli.loads(SMALL.replace('fills = ["title"]', wrong)))), wrong

    @pytest.mark.parametrize("name", FOREIGN)
    def test_no_finding_is_lost(self, name: str) -> None:
        """Each that the Dutch form tells stands in the others too, once: rules are cited by their id."""
        report = dossier(PROPOSAL, repairs=True).report
        made = fiche_of(dossier(PROPOSAL, repairs=True), "en", form=name)
        told = [source.label for each in made.statements() for source in each.sources]
        rules = {finding.rule for finding in report.findings if finding.verdict != "question" and not finding.answered}
        assert rules
        assert {rule for rule in rules if f"rule {rule}" not in told} == set()
        asked = [finding for finding in report.findings if finding.verdict == "question"]
        assert len(made.gaps()) > len(asked)

    @pytest.mark.parametrize("name", FOREIGN)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_section_says_or_asks_something(self, name: str, language: str) -> None:
        """No heading stands alone, whatever the proposal."""
        made = fiche_of(few_dossier(), "nl" if language == "nl" else "en", form=name)
        bare = [part.heading for section in made.sections for part in section.walk() if not (part.blocks or part.parts)]
        # What is left over may be nothing.
        assert [
            heading for heading in bare if "other findings" not in heading.lower() and "overige" not in heading.lower()
        ] == []

    def test_german_headings_are_those_of_the_act(self) -> None:
        """In the order of the Annex, whatever language the rest is in."""
        for language in LANGUAGES:
            assert headings(fiche_of(few_dossier(), language, form="berichtsbogen")) == list(BERICHTSBOGEN)
            assert headings(fiche_of(few_dossier(), language, form="eu-infog")) == list(EU_INFOG)

    def test_numbers(self) -> None:
        """Decimal ones in the grid, whose head has none; none in the German form."""
        grid = said(fiche_of(few_dossier(), "en", form="subsidiarity-grid"))
        assert re.findall(r"^## (\d)", grid, re.MULTILINE) == ["1", "2", "3"]
        assert "\n## The proposal\n" in grid
        assert "\n### 2\\.3 Can Member States" in grid
        assert "\n## Thema\n" in said(fiche_of(few_dossier(), "en", form="berichtsbogen"))

    @pytest.mark.parametrize("name", FOREIGN)
    def test_word(self, name: str) -> None:
        """Each gap is a control, as in the Dutch form."""
        made = fiche_of(few_dossier(), "en", form=name)
        document = Document(BytesIO(fiche_docx(made)))
        controls = document.element.body.xpath(".//w:sdt")
        assert len(controls) == len(made.gaps())
        assert f"The text has {len(made.gaps())} questions" in said(made)


class TestTerms:
    """By when a form is due."""

    @pytest.mark.parametrize(
        ("name", "day", "due"),
        [
            ("berichtsbogen", date(2023, 5, 4), "18 May 2023"),
            ("eu-infog", date(2023, 5, 4), "18 May 2023"),
            # Thursday; two weekends lie between.
            ("explanatory-memorandum", date(2023, 5, 4), "18 May 2023"),
            ("explanatory-memorandum", date(2023, 5, 6), "19 May 2023"),
        ],
    )
    def test_last_day(self, name: str, day: date, due: str) -> None:
        """Two weeks, or ten working days."""
        assert f"by {due}: " in said(fiche_of(few_dossier(), "en", Given(since=day), form=name))

    @pytest.mark.parametrize("name", ["berichtsbogen", "eu-infog", "explanatory-memorandum"])
    def test_unknown_day_is_asked(self, name: str) -> None:
        """No term is counted from a day that nobody gave."""
        asked = [gap.question for gap in fiche_of(few_dossier(), "en", form=name).gaps()]
        assert any("count from" in question for question in asked)

    def test_working_days(self) -> None:
        """From a Friday one is the Monday."""
        assert last_working_day(date(2023, 5, 5), 1) == date(2023, 5, 8)
        assert last_working_day(date(2023, 5, 6), 1) == date(2023, 5, 8)
        assert last_working_day(date(2023, 5, 1), 10) == date(2023, 5, 15)

    def test_a_day_that_tells_nothing_is_told(self) -> None:
        """In a form whose term does not count from it."""
        text = said(fiche_of(few_dossier(), "en", Given(since=date(2023, 5, 4)), form="legislation"))
        assert "--since is not used" in text.replace("\\", "")
        text = said(
            fiche_of(few_dossier(), "en", Given(letter=date(2023, 5, 4), received=date(2023, 5, 4)), form="eu-infog")
        )
        assert text.count("is not used: nothing in this form") == 2


class TestStrangers:
    """Forms of others."""

    def test_from_a_folder(self, tmp_path: Path) -> None:
        """In one language only, with a template of its own, which may be overruled."""
        folder = write(tmp_path / "note", SMALL)
        shutil.copy(ROOT / "src/consistent/reports/outline.docx", folder / TEMPLATE_FILE)
        out = tmp_path / "note.docx"
        proposal = str(ROOT / f"proposals/{PROPOSAL}.toml")
        assert main(["fiche", proposal, "--form", str(folder), "-o", str(out)]) == 0
        paragraphs = [each.text for each in Document(str(out)).paragraphs]
        assert paragraphs[0].startswith("Note: ")
        assert "About this draft (not part of the note)" in paragraphs
        assert any("1. All" in each for each in paragraphs)

    def test_a_broken_template_in_its_folder(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """It is told by its path."""
        folder = write(tmp_path / "note", SMALL)
        (folder / TEMPLATE_FILE).write_bytes(b"no document")
        proposal = str(ROOT / f"proposals/{PROPOSAL}.toml")
        assert main(["fiche", proposal, "--form", str(folder), "-o", str(tmp_path / "x.docx")]) == 2
        assert str(folder / TEMPLATE_FILE) in capsys.readouterr().err

    def test_of_an_installed_package(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """By the name of its entry point; one that is no folder is refused."""
        (tmp_path / "my_office.py").write_text(
            "from pathlib import Path\nNOTE = Path(__file__).parent / 'note'\nWRONG = 'note'\n", "utf-8"
        )
        write(tmp_path / "note", SMALL)
        monkeypatch.syspath_prepend(str(tmp_path))

        def installed(*, group: str) -> Sequence[EntryPoint]:
            entries = [
                EntryPoint("office-note", "my_office:NOTE", group),
                EntryPoint("wrong", "my_office:WRONG", group),
            ]
            return entries if group == "consistent.forms" else []

        monkeypatch.setattr("consistent.plugins.entry_points", installed)
        assert form_named("office-note").folder == tmp_path / "note"
        with pytest.raises(UsageError, match="form `wrong` is not a `Path`"):
            form_named("wrong")

    def test_it_builds_on_another(self, tmp_path: Path) -> None:
        """With the parts and terms of that one, where it has none itself."""
        text = SMALL.replace('content = "all"', 'parts = ["title", "appraisal"]').partition("[parts.all]")[0]
        form = form_named(write(tmp_path / "note", f'builds_on = "legislation"\n{text}'))
        assert form.parts["title"] == form_named("legislation").parts["title"]
        assert [term.days for term in form.terms] == [42, 30]

    @pytest.mark.parametrize("below", ["note", "legislatoin"])
    def test_it_cannot_build_on_that(self, tmp_path: Path, below: str) -> None:
        """Told at the line that says so."""
        with pytest.raises(InputError) as raised:
            form_named(write(tmp_path / "note", f'builds_on = "{below}"\n{SMALL}'))
        (fault,) = raised.value.faults
        assert (fault.location.line, fault.location.key) == (1, "builds_on")

    def test_no_such_form(self, tmp_path: Path) -> None:
        """Near names are offered, all of them where none is near; a folder without a form is told."""
        with pytest.raises(UsageError, match="did you mean `berichtsbogen`"):
            form_named("berichtbogen")
        with pytest.raises(UsageError, match=r"known here: .*`subsidiarity-grid`"):
            form_named("zzz")
        with pytest.raises(UsageError, match=f"no `{FORM_FILE}` in folder"):
            form_named(tmp_path)


# By the line that is changed: what it becomes, what is said, and at which key.
FAULTS = [
    ('content = "all"', 'content = "al"', "there is no part `al`", "sections[1].content"),
    ('content = "all"', 'parts = ["all"]', "part `all` has no heading", "sections[1].parts[1]"),
    ('content = "all"', 'content = "all"\nparts = ["all"]', "a section has either `parts` or a `content`", "sections[1]"),
    ("rest = true", "", "no part takes the findings that have no part of their own", "parts"),
    ('fills = ["title"]', 'fills = ["titel"]', "expected `title`, `received`", "parts.all.fills[1]"),
    ('fills = ["title"]', "attitude = true", "an attitude is taken here, and the form has no sentence for it", "parts.all.attitude"),
    ('fills = ["title"]', 'opening = "So."', "an `opening` is told in a form with `statements = true` only", "parts.all.opening"),
    ('fills = ["title"]', 'statements = ["subsidiarty"]', "unknown term `subsidiarty` in vocabulary `statements`", "parts.all.statements[1]"),
    ('fills = ["title"]', 'duties = [{ lead = "Such:" }]', "no provision is meant here", "parts.all.duties[1]"),
    ('fills = ["title"]', 'quotations = [{ about = "budget", within = "memo" }]', "no part of a document is called `memo`", "parts.all.quotations[1].within"),
    ("think?", "think", "a question ends in a question mark", "parts.all.questions[1].text"),
    ("{subject}", "{subjet}", "nothing fills `{subjet}`", "title"),
    ("{subject}", "{subject", "a brace is not closed", "title"),
    ('called = "the note"', "", "missing key `called`", ""),
    ('called = "the note"', 'called = "the note"\ncolour = "red"', "unknown key `colour`", "colour"),
]  # fmt: skip


class TestFaults:
    """What is wrong with a form."""

    @pytest.mark.parametrize(("old", "new", "message", "key"), FAULTS)
    def test_each(self, tmp_path: Path, old: str, new: str, message: str, key: str) -> None:
        """Told by its key and line; without the fault nothing is."""
        vocabularies = kb().knowledge.vocabularies
        assert form_named(write(tmp_path / "note", SMALL), vocabularies).label.nl == "a small form"
        assert old in SMALL
        with pytest.raises(InputError) as raised:
            form_named(write(tmp_path / "note", SMALL.replace(old, new)), vocabularies)
        found = next(fault for fault in raised.value.faults if fault.message.startswith(message))
        assert found.location.key == key
        assert found.location.path.endswith(FORM_FILE)
        assert bool(found.location.line) is bool(key)

    def test_all_at_once(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Of terms, texts and parts together; in Dutch too."""
        text = SMALL.replace("{subject}", "{x}").replace("think?", "think")
        text = text.replace("[[sections]]", _TERM, 1).replace("rest = true", 'statements = ["subsidiarty"]')
        folder = write(tmp_path / "note", text)
        proposal = str(ROOT / f"proposals/{PROPOSAL}.toml")
        assert main(["fiche", proposal, "--form", str(folder), "--lang", "nl"]) == 2
        told = capsys.readouterr().err
        for message in (
            "niets vult `{x}`",
            "een vraag eindigt met een vraagteken",
            "een termijn heeft ten minste één dag",
            "er is geen maand 13",
            "geen deel krijgt de bevindingen die geen eigen plaats hebben",
            "onbekende term `subsidiarty`",
        ):
            assert message in told, message
        assert f"{folder / FORM_FILE}:" in told


_TERM = """\
[[terms]]
days = 0
since = ["received"]
sources = ["TFEU 5"]
text = "By {day}."
question = "When?"
pause = { month = 13, text = "Not {day}.", note = "So.", question = "Which?" }

[[sections]]"""


class TestNew:
    """`consistent new form`."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_works_at_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
    ) -> None:
        """What it says to type does what it says, and both languages differ in comments only."""
        monkeypatch.chdir(tmp_path)
        assert main(["new", "form", "our-note", "--lang", language]) == 0
        command = capsys.readouterr().out.rstrip().rpartition("consistent ")[2].split()
        command[-1] = str(ROOT / f"proposals/{PROPOSAL}.toml")
        assert main(command) == 0
        draft = capsys.readouterr().out
        assert {"en": "## 5\\. Position", "nl": "## 5\\. Standpunt"}[language] in draft
        text = (tmp_path / "our-note" / FORM_FILE).read_text("utf-8")
        assert text.startswith("#:schema form.schema.json\n")
        assert (tmp_path / "our-note/form.schema.json").is_file()
        assert set(get_args(Fill)) - {fill for part in tomli.loads(text)["parts"].values() for fill in part.get("fills", ())} == {
            "areas", "council", "impact-assessment-number"
        }  # fmt: skip

    def test_names(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """One that ships, and one that no form can have."""
        monkeypatch.chdir(tmp_path)
        assert main(["new", "form", "legislation"]) == 2
        assert main(["new", "form", "Our Note"]) == 2
        assert "which ships" in capsys.readouterr().err
        assert not list(tmp_path.iterdir())
