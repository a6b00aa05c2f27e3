"""What a reader sees first of a report."""

from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from attrs import evolve
from rich.console import Console

from consistent import KnowledgeBase, Report, load
from consistent.model.text import LANGUAGES, Language, Localized, capitalised
from consistent.model.titles import short_title
from consistent.reports.first_screen import first_screen, first_screen_outline
from consistent.reports.terminal import print_outline

PROPOSALS = sorted((Path(__file__).parents[2] / "proposals").glob("*.toml"))
_FEW = 2
_ROWS, _NOTICES = 25, 2
_LONG = " and ".join(["the conditions under which lanterns are lit"] * 8)


@cache
def kb() -> KnowledgeBase:
    """The Dutch pack."""
    return load("nl-22112-4027")


def rows(report: Report, language: Language) -> list[str]:
    """The rows on a terminal of 100 letters."""
    shown = StringIO()
    print_outline(
        Console(file=shown, width=100, highlight=False, markup=False),
        first_screen_outline(first_screen(report, 40), language),
    )
    return shown.getvalue().splitlines()


@pytest.mark.parametrize("path", PROPOSALS, ids=lambda path: path.stem)
def test_one_screen(path: Path) -> None:
    """It is 25 rows at most, with room for what else is told of packs and drafts."""
    report = kb().check(path, engine="columns").report
    for language in LANGUAGES:
        assert len(rows(report, language)) <= _ROWS - _NOTICES


@pytest.mark.parametrize("path", PROPOSALS, ids=lambda path: path.stem)
def test_of_a_report_in_short(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a report that tells of each open rule in a few places only why it is open, the screen is that of the whole report."""
    monkeypatch.setattr("consistent.reports.screen_lines.MOST_TOLD", _FEW)
    proposal = kb().read(path)
    # Of each measure three that are alike: what is open of one is open in more places than the screen names.
    alike = tuple(evolve(measure, id=f"{measure.id}-{number}") for measure in proposal.measures for number in range(3))
    proposal = evolve(proposal, measures=alike)
    short = kb().check(proposal, engine="columns", strict=True).report_in_short(_FEW)
    whole = kb().check(proposal, engine="columns", strict=True).report
    assert short.spoken == whole.spoken
    assert all(said.unknown or said.awaits for said in whole.open)
    assert any(not (said.unknown or said.awaits) for said in short.open) or len(whole.open) <= _FEW
    assert [rows(short, language) for language in LANGUAGES] == [rows(whole, language) for language in LANGUAGES]


def test_long_messages() -> None:
    """Where messages quote long titles, lines are told by the title of the rule, and no row is lost to them."""
    report = kb().check(PROPOSALS[0], engine="columns").report
    long = tuple(evolve(finding, message=Localized(_LONG, _LONG)) for finding in report.findings)
    shown = rows(evolve(report, findings=long), "nl")
    assert len(shown) <= _ROWS - _NOTICES
    gravest = first_screen(report).lines[0]
    assert gravest.said.title.nl in " ".join(" ".join(shown).split())


def test_places_as_the_act_has_them() -> None:
    """A provision is named by its article also where an open rule rests on nothing in it."""
    text = """
[proposal]
kind = "legislative-proposal"
legal_basis = ["TFEU 114"]
[[measure]]
id = "art-1-2"
reference = "Article 1(2)"
title = "Scope"
areas = { has = ["defence"] }
"""
    shown = " ".join(rows(kb().check(text, engine="columns").report, "en"))
    assert "(Art. 1)" in shown
    assert "art-1-2" not in shown


def test_place_is_where_to_look() -> None:
    """A provision that is about something by the title of the act is named itself; a point within it is named as that."""
    proposal = (
        '[proposal]\nkind = "legislative-proposal"\nlegal_basis = ["TFEU 114"]\nreference = "COM(2027) 1 final"\n'
        '[[measure]]\nid = "a"\nreference = "Article 3(1)"\nareas = ["indirect-taxation"]\neffects = ["exemption"]\nsafeguards = []\n'
        'evidence.areas = {{ document = "COM(2027) 1", place = "{place}" }}\n'
    )
    for place, told in (("title of the act", "Article 3(1)"), ("Article 3(1)(b)", "Article 3(1)(b)")):
        report = load("treaties").check(proposal.format(place=place)).report
        lines = first_screen(report).lines
        (line,) = [line for line in lines if line.outcome == "conflict" and "114(2)" in str(line.said.sources)]
        assert line.places == (told,)


def test_no_word_speaks_of_it() -> None:
    """What a document that was read leaves open without a word on it is counted, and takes no line; what was written down does."""
    written = """
[proposal]
kind = "legislative-proposal"
legal_basis = ["TFEU 114"]
evidence.kind = { document = "COM(2099) 1", place = "cover", quote = "Proposal for a", confirmed = false }
[[measure]]
id = "art-1"
reference = "Article 1(1)"
areas = { has = ["internal-market"] }
evidence.reference = { document = "COM(2099) 1", place = "Article 1", span = [10, 15], confirmed = false }
"""
    treaties = load("treaties")
    # With another rule that is presumed not to apply.
    rule, other = "treaties/agreements/international-obligations", "treaties/reasons/central-bank-opinion"
    terms = sorted({*treaties.knowledge.vocabularies["areas"].terms} - {"internal-market"})
    read = f'{written}[[looked_for]]\nfield = "areas"\nterms = {terms}\nfound = 86\nof = 100\n'
    by_person, by_reader = (
        first_screen(treaties.selected([rule, other]).check(text).report) for text in (written, read)
    )
    assert rule in [line.said.rule for line in by_person.lines]
    assert [said.rule for said in by_reader.report.open] == [rule]
    assert (by_reader.lines, by_reader.more) == ((), 1)
    # The cover says nothing of what the act does.
    assert [line.words for line in by_person.lines] == [""] * len(by_person.lines)


def test_words_that_may_speak_of_it() -> None:
    """What is open shows the words for which it is, there and in the whole report; not those for what is known already."""
    text = """
[proposal]
kind = "legislative-proposal"
legal_basis = ["TFEU 114"]
[[measure]]
id = "art-1"
areas = { has = ["internal-market"] }
effects = ["sanction"]
evidence.effects = { document = "COM(2099) 1", place = "Article 1", quote = "shall be fined", confirmed = false }
hints.areas = [
  { value = "taxation", document = "COM(2099) 1", quote = "dues on lanterns", confirmed = false },
  { value = "fisheries", document = "COM(2099) 1", quote = "fish", confirmed = false },
]
"""
    pack = load("treaties").selected(["treaties/*/tax-or-employee-rights-on-internal-market-basis"])
    report = pack.check(text, engine="columns").report
    (line,) = first_screen(report).lines
    assert (line.outcome, line.words) == ("open", "dues on lanterns")
    near = {(unknown.field, unknown.near) for said in report.open for unknown in said.unknown if unknown.near}
    assert near == {("areas", "dues on lanterns")}


def test_what_measures_are_about_does_not_lead() -> None:
    """What is open in many measures of which only the area is known gives way to what one says, until its words say a part of it."""
    measures = "".join(
        f"""
[[measure]]
id = "art-{number}"
reference = "Article {number}"
areas = {{ has = ["military-exercises"] }}
excluded_partners = {{ has = [] }}
evidence.reference = {{ document = "COM(2099) 1", place = "Article {number}", span = [10, 15], confirmed = false }}
"""
        for number in (1, 2, 3)
    )
    text = f"""
[proposal]
kind = "legislative-proposal"
{measures}
[[measure]]
id = "art-4"
reference = "Article 4"
areas = {{ has = ["military-exercises"] }}
effects = {{ has = ["prohibition"] }}
bindingness = "binding"
excluded_partners = []
evidence.reference = {{ document = "COM(2099) 1", place = "Article 4", span = [20, 25], confirmed = false }}

[[looked_for]]
field = "effects"
terms = {sorted(kb().knowledge.vocabularies["effects"].terms)}
found = 70
of = 100
"""
    about, says = "nl-22112-4027/partners/allies-shut-out", "nl-22112-4027/law/ban-on-preparation"
    # With another rule that is presumed not to apply.
    pack = kb().selected([about, says, "nl-22112-4027/law/certification-taken-over"])
    told = first_screen(pack.check(text).report)
    assert [line.said.rule for line in told.lines] == [says]
    assert {said.rule for said in told.report.open} == {about, says}
    shut_out = text.replace(
        "excluded_partners = { has = [] }",
        'excluded_partners = { has = ["third-countries"] }\n'
        'evidence.excluded_partners = { document = "COM(2099) 1", quote = "no third country", confirmed = false }',
        1,
    )
    lines = {line.said.rule: line.words for line in first_screen(pack.check(shut_out).report).lines}
    assert lines == {says: "", about: "no third country"}


ELSEWHERE = """
[proposal]
kind = "legislative-proposal"
reference = "COM(2099) 1 final"
legal_basis = ["TFEU 114"]
evidence.kind = { document = "COM(2099) 1", place = "cover", quote = "Proposal for a REGULATION" }
evidence.legal_basis = { document = "COM(2099) 1", place = "citations", quote = "in particular Article 114 thereof" }
[[measure]]
id = "dues"
reference = "Article 3(1)"
areas = ["indirect-taxation"]
effects = ["exemption"]
safeguards = []
evidence.effects = { document = "COM(2099) 1", place = "Article 3(1)", quote = "shall be free of dues on lanterns" }
evidence.all = { document = "Kamerstuk 22112-1", place = "Artikelen" }
"""


@pytest.mark.parametrize(
    ("language", "told", "place"),
    [
        (
            "en",
            "read in other sources than the text itself: 1 of 4 places (Kamerstuk 22112-1)",
            "Article 3(1) “shall be",
        ),
        (
            "nl",
            "gelezen in andere bronnen dan de tekst zelf: 1 van 4 vindplaatsen (Kamerstuk 22112-1)",
            "artikel 3, lid 1 “",
        ),
    ],
)
def test_what_it_rests_on(language: Language, told: str, place: str) -> None:
    """What was not read in the text itself is counted, and a finding has its provision, in the reader's language, and its words."""
    report = load("treaties").check(ELSEWHERE).report
    shown = " ".join(" ".join(rows(report, language)).split())
    assert told in shown
    assert place in shown
    # Where all of it stands in the text, nothing is said.
    own = load("treaties").check(ELSEWHERE.replace("Kamerstuk 22112-1", "COM(2099) 1")).report
    assert told[:20] not in " ".join(rows(own, language))


def test_many_sources_are_counted() -> None:
    """Secondary sources of the text's own values count as other sources, and are named where they are few."""
    text = ELSEWHERE.replace('quote = "in particular Article 114 thereof"', 'secondary = "press"')
    several = text.replace('quote = "Proposal for a REGULATION"', 'secondary = "commonly known"')
    for proposal, told in (
        (text, "2 of 4 places (press; Kamerstuk 22112-1)"),
        (several, "3 of 4 places"),
    ):
        shown = " ".join(rows(load("treaties").check(proposal).report, "en"))
        assert told in shown
        assert ("commonly known" in shown) is False


def test_words_before_the_message() -> None:
    """Where a line is too long, its message gives way to the title of the rule, and the words of the text stay."""
    report = kb().check(ELSEWHERE, engine="columns").report
    long = tuple(evolve(finding, message=Localized(_LONG, _LONG)) for finding in report.findings)
    shown = " ".join(rows(evolve(report, findings=long), "en"))
    assert "“shall be free of dues on lanterns”" in shown
    assert _LONG not in shown


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (f"Proposal for a regulation on {_LONG} (LAMP)", "... (LAMP)"),
        (f"Proposal for a regulation on {_LONG} (lamps)", "..."),
        ("Proposal for a regulation on lamps (LAMP)", "Regulation on lamps (LAMP)"),
    ],
)
def test_abbreviation_of_a_long_title(title: str, short: str) -> None:
    """A title that is cut keeps the abbreviation that it gives itself."""
    assert short_title(title).endswith(short)
    assert len(short_title(title)) <= 95


def test_capitals_in_dutch() -> None:
    """A sentence in Dutch begins without an accent."""
    assert capitalised("één voorwaarde ontbreekt") == "Eén voorwaarde ontbreekt"
    assert capitalised("") == ""
