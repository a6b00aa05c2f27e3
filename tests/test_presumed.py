"""What is told of a rule that is presumed not to apply, and of a question that a person answered, in every form."""

import json
from pathlib import Path

import pytest

from consistent import Check, KnowledgeBase, load
from consistent.cli import main
from consistent.inquiries.why.accounts import WhyNot
from consistent.model.text import LANGUAGES, Language
from consistent.reports.diff_text import overview_outline
from consistent.reports.dossier import Dossier
from consistent.reports.formats import format_named
from consistent.reports.json_format import why_not_to_data
from consistent.reports.labels import WORDS
from consistent.reports.terminal import text_lines
from consistent.reports.text import report_outline
from consistent.reports.why_text import why_not_outline
from consistent.toml.tomlfile import TomlFile

# Invented: a draft that was read for what it does and for areas, with a question that a person answered.
DRAFT = """\
[proposal]
title = "on lanterns"
reference = "COM(2099) 1 final"
kind = "legislative-proposal"
instrument = "regulation"
legal_basis = ["TFEU 114"]

[[measure]]
id = "art-1"
reference = "Article 1"
title = "Fines"
effects = { has = ["sanction"] }
addressees = { has = ["firms"] }
areas = { has = ["internal-market"] }
bindingness = "binding"
evidence.reference = { document = "COM(2099) 1", place = "Article 1", quote = "Fines", span = [10, 15], confirmed = false }

[[measure]]
id = "art-2"
reference = "Article 2"
title = "Colours"
effects = { has = ["harmonisation"] }
areas = { has = ["internal-market"] }
evidence.reference = { document = "COM(2099) 1", place = "Article 2", quote = "Colours", span = [20, 27], confirmed = false }

[[looked_for]]
field = "areas"
terms = TERMS
found = 86
of = 100

[[answer]]
rule = "treaties/competence/rights-limited"
in_order = true
reason = "Fines are capped"
place = "Article 1"
by = "A. Analyst"
on = 2099-01-02
"""
RULE = "tax-or-employee-rights-on-internal-market-basis"
SAID = "Fines are capped"


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """Some rules of the treaties, so that every form has room for all that they say."""
    return load("treaties").selected(["treaties/legal-basis", "treaties/competence"])


@pytest.fixture(scope="module")
def draft(kb: KnowledgeBase) -> str:
    """The draft, read for all areas but those that it has."""
    terms = sorted({*kb.knowledge.vocabularies["areas"].terms} - {"internal-market"})
    return DRAFT.replace("TERMS", str(terms))


@pytest.fixture(scope="module")
def check(kb: KnowledgeBase, draft: str) -> Check:
    """What they say of it."""
    return kb.check(draft)


def told(why: WhyNot, language: Language, *, full: bool = False) -> str:
    """The text of `consistent why`, in one line."""
    return " ".join(" ".join(line.plain for _, line in text_lines(why_not_outline(why, language, full=full))).split())


class TestWhy:
    """`consistent why` of a rule that is presumed not to apply."""

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("en", ["presumed not to apply 2", "looked for in the text and not found", "area 86 %", "area: taxation"]),
            ("nl", ["geacht niet van toepassing te zijn 2", "gezocht en niet gevonden", "terrein 86 %", "belastingen"]),
        ],
    )
    def test_in_words(self, check: Check, language: Language, words: list[str]) -> None:
        """It says that it is presumed, what was looked for and not found, and how often that errs."""
        text = told(check.why_not(RULE), language)
        assert [word for word in words if word not in text] == []
        assert "unknown:" not in text

    def test_of_one_measure(self, check: Check) -> None:
        """In full each condition says whether it was looked for, or is merely not known."""
        text = told(check.why_not(RULE, "art-1"), "en")
        assert "looked for and not found: area: taxation" in text

    def test_as_data(self, check: Check) -> None:
        """The same in JSON; the outcome stays what it is with nothing presumed."""
        account = why_not_to_data(check.why_not(RULE, "art-1"))["accounts"][0]
        assert account["outcome"] == "open"
        assert {node["because"]["field"] for node in account["presumed"]} == {"areas"}
        assert [reading.found for reading in check.why_not(RULE).readings] == [86]

    def test_strict(self, kb: KnowledgeBase, draft: str) -> None:
        """Where nothing is to be presumed nothing is."""
        why = kb.check(draft, strict=True).why_not(RULE)
        assert {account.presumed for account in why.accounts} == {None}
        assert why.readings == ()

    def test_agrees_with_the_report(self, kb: KnowledgeBase, check: Check) -> None:
        """Of every rule the same measures as the report has; and each with what was not found."""
        by_rule = {rule.rule: rule.measures for rule in check.report.presumed}
        for rule in kb.rules:
            why = check.why_not(rule.id)
            presumed = [account for account in why.accounts if account.presumed is not None]
            assert tuple(account.measure for account in presumed if account.measure) == by_rule.get(rule.id, ())
            assert all(account.presumed for account in presumed), rule.id


@pytest.fixture(scope="module")
def dossier(kb: KnowledgeBase, draft: str) -> Dossier:
    """The draft with its check, as forms take it."""
    return Dossier.of(kb.check(kb.read_file(TomlFile.parse(draft, "lanterns.toml"))))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["markdown", "html", "csv", "junit", "sarif", "github"])
def test_forms(dossier: Dossier, name: str, language: Language) -> None:
    """Every form says that rules were presumed not to apply; those that tell what is in line also what a person said."""
    form = format_named(name).render([dossier], language)
    text = form if isinstance(form, str) else form.decode()
    assert WORDS["presumed"].get(language) in text.replace("&quot;", '"')
    if name in {"markdown", "html"}:
        assert RULE in text
        assert [word for word in (SAID, "A. Analyst", "2099-01-02") if word not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_report(check: Check, language: Language) -> None:
    """All that a terminal tells has each rule that is presumed, and what a person answered: why, where, who, when."""
    text = " ".join(" ".join(line.plain for _, line in text_lines(report_outline(check.report, language))).split())
    assert [rule.rule for rule in check.report.presumed if rule.rule not in text] == []
    assert "area 86 %" in text or "terrein 86 %" in text
    assert f"{SAID} (Article 1, A. Analyst, 2099-01-02)" in text


def test_person_is_no_reader(kb: KnowledgeBase, draft: str) -> None:
    """What a report says of how often a reader errs is of readers, not of a person who looked too."""
    by_person = '[[looked_for]]\nfield = "effects"\nterms = ["taxation"]\nby = "A. Analyst"\non = 2099-01-02\n'
    assert [reading.field for reading in kb.check(draft + by_person).report.readings] == ["areas"]


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        ("en", "measures: 1 of which only more or less is known, 1 unchanged"),
        ("nl", "maatregelen: 1 waarvan alleen meer of minder bekend is, 1 ongewijzigd"),
    ],
)
def test_answers_are_no_change_of_the_text(kb: KnowledgeBase, language: Language, counts: str) -> None:
    """What a person answered on one version, and nobody on the other, does not make a measure amended."""
    old, new = (
        DRAFT.split("[[looked_for]]", maxsplit=1)[0].replace('["harmonisation"] }', f'["harmonisation"]{more} }}')
        for more in (', lacks = ["funding"]', "")
    )
    shown = " ".join(line.plain for _, line in text_lines(overview_outline(kb.diff(old, new), language, 200)))
    assert counts in " ".join(shown.split())
    # A value that came is a change, whatever else is known.
    other = new.replace('["harmonisation"]', '["harmonisation", "funding"]')
    shown = " ".join(line.plain for _, line in text_lines(overview_outline(kb.diff(old, other), language, 200)))
    assert counts not in " ".join(shown.split())


class TestBar:
    """`--fail-on`: what is presumed is not open, and what a person answered counts by the answer."""

    @pytest.mark.parametrize("corpus", [False, True], ids=["one", "corpus"])
    @pytest.mark.parametrize(
        ("rule", "in_order", "options", "status"),
        [
            (RULE, "true", ["--fail-on", "open"], 0),
            (RULE, "true", ["--fail-on", "open", "--strict"], 1),
            (RULE, "true", ["--fail-on", "condition", "--strict"], 0),
            ("rights-limited", "true", ["--fail-on", "open"], 0),
            ("rights-limited", "false", ["--fail-on", "conflict"], 1),
            ("rights-limited", "false", ["--fail-on", "never"], 0),
        ],
    )
    def test_status(
        self, draft: str, tmp_path: Path, rule: str, in_order: str, options: list[str], status: int, *, corpus: bool
    ) -> None:
        """The same of one proposal and of a corpus."""
        path = tmp_path / "in/lanterns.toml"
        path.parent.mkdir()
        path.write_text(draft.replace("in_order = true", f"in_order = {in_order}"), "utf-8")
        given = ["--corpus", str(path.parent), "-o", str(tmp_path / "out.jsonl")] if corpus else [str(path)]
        assert main(["check", *given, "--pack", "treaties", "--select", rule, *options]) == status

    @pytest.mark.parametrize("strict", [False, True], ids=["presumed", "strict"])
    def test_diff(self, draft: str, tmp_path: Path, *, strict: bool) -> None:
        """A measure that is new brings nothing open where what it lacks is presumed not to be there."""
        old, new = tmp_path / "old.toml", tmp_path / "new.toml"
        new.write_text(draft, "utf-8")
        first, _, rest = draft.partition('[[measure]]\nid = "art-2"')
        old.write_text(f"{first}[[looked_for]]{rest.partition('[[looked_for]]')[2]}", "utf-8")
        command = ["diff", str(old), str(new), "--pack", "treaties", "--select", RULE, "--fail-on", "open"]
        assert main([*command, *(["--strict"] if strict else [])]) == int(strict)

    @pytest.mark.parametrize(("language", "said"), [("en", "--strict only"), ("nl", "alleen met --strict als open")])
    def test_help(self, capsys: pytest.CaptureFixture[str], language: str, said: str) -> None:
        """It is told where the option is."""
        with pytest.raises(SystemExit):
            main(["check", "--help", "--lang", language])
        assert said in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("name", ["concise", "csv", "sarif", "markdown"])
def test_objection_of_a_person(kb: KnowledgeBase, draft: str, name: str) -> None:
    """A conflict that a person found is told by their reason, in a line too, and not as a question that stands open."""
    text = draft.replace("in_order = true", "in_order = false")
    dossier = Dossier.of(kb.check(kb.read_file(TomlFile.parse(text, "lanterns.toml"))))
    form = format_named(name).render([dossier], "en")
    whole = form if isinstance(form, str) else form.decode()
    assert f"Intrusive measures that may go against the Charter: not in order; {SAID} (A. Analyst)" in whole
    if name == "sarif":
        results = json.loads(whole)["runs"][0]["results"]
        assert {(each["kind"], each["level"]) for each in results if SAID in each["message"]["text"]} == {
            ("fail", "error")
        }


def test_asked_of_the_measures_that_decide() -> None:
    """A rule on the whole that would apply by what was not found asks of the measures by which it would, not of all."""
    measures = "".join(
        f"""
[[measure]]
id = "art-{number}"
reference = "Article {number}"
areas = {{ has = ["{"criminal-justice" if number in {3, 7} else "internal-market"}"] }}
effects = {{ has = ["obligation"] }}
evidence.reference = {{ document = "COM(2099) 1", place = "Article {number}", span = [10, 15], confirmed = false }}
"""
        for number in range(1, 10)
    )
    rule = load("treaties").selected(["treaties/legal-basis/criminal-law-outside-its-title"])
    read = "".join(
        f'\n[[looked_for]]\nfield = "{name}"\nterms = {sorted(rule.knowledge.vocabularies[name].terms)}\nfound = 80\nof = 100\n'
        for name in ("areas", "effects")
    )
    check = rule.check(f'[proposal]\nkind = "legislative-proposal"\nlegal_basis = ["TFEU 114"]\n{measures}{read}')
    (said,) = check.report.open
    assert {(unknown.measure, unknown.field) for unknown in said.unknown} == {
        ("art-3", "effects"),
        ("art-7", "effects"),
    }


@pytest.mark.parametrize(
    ("areas", "level"), [(["military-mobility"], "nothing"), (["military-mobility", "capability-priorities"], "said")]
)
def test_exception_of_all_that_was_found(areas: list[str], level: str) -> None:
    """A rule stays open where an exception asks what nobody told; where it holds of all that was found, no words speak for the rule."""
    kb = load("nl-22112-4027").selected(["nl-22112-4027/capabilities"])
    read = "".join(
        f'[[looked_for]]\nfield = "{field}"\nterms = {sorted(kb.knowledge.vocabularies[field].terms)}\nfound = 86\nof = 100\n'
        for field in ("areas", "effects")
    )
    measure = DRAFT.partition("[[looked_for]]")[0].replace(
        '"internal-market"', ", ".join(f'"{area}"' for area in areas)
    )
    measure = measure.replace('"sanction"', '"obligation"').replace('"firms"', '"member-states"')
    (said,) = (
        each
        for each in kb.check(measure + read).open
        if each.rule.endswith("eu-directing-role") and each.measure == "art-1"
    )
    assert said.level == level
