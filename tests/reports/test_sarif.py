"""SARIF: valid by the schema, pointing at the values, recognised again after edits elsewhere, and never mistaken for approval."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli

from consistent.findings.said import outcome_of
from consistent.model.text import LANGUAGES
from consistent.reports.dossier import Dossier
from consistent.reports.entries import Places, entries
from consistent.toml.tomlfile import TextSpan, key_spans
from tests.document_cases import INVENTED
from tests.reports.report_cases import ROOT, checked, drafted, golden_dossiers, hostile_proposal, rendered

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))
TEXT = """\
# é before it, so that bytes and characters differ
[proposal]
title.en = "Act"
title.nl = "Handeling"
reference = "COM(2030) 1"
kind = "legislative-proposal"
legal_basis = ["TFEU 114"]

[[measure]]
id = "first"
title = "Gunpowder"
effects = []
"""
MEASURE = """
[[measure]]
id = "{name}"
title = "Orders é"
effects = ["production-order"]  # what it does
actors = ["commission"]
areas = ["defence-industry"]
bindingness = "binding"
safeguards = []
"""
RULE = "nl-22112-4027/procurement/priority-rated-orders"


@pytest.fixture(autouse=True)
def _in_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are told from the current folder."""
    monkeypatch.chdir(ROOT)


def sarif(*dossiers: Dossier, form: str = "sarif-full") -> dict[str, Any]:
    """The one run of a log, which is valid."""
    log = json.loads(rendered(form, list(dossiers), "nl"))
    validator = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
    assert [each.message for each in validator.iter_errors(log)] == []
    run: dict[str, Any] = log["runs"][0]
    return run


def cut(text: str, region: dict[str, int]) -> str:
    """What stands in a region, by lines and columns."""
    lines = text.split("\n")[region["startLine"] - 1 : region["endLine"]]
    lines[-1] = lines[-1][: region["endColumn"] - 1]
    lines[0] = lines[0][region["startColumn"] - 1 :]
    return "\n".join(lines)


def marks(dossier: Dossier) -> dict[tuple[str, str], str]:
    """The fingerprint of each result, by rule and measure."""
    return {
        (each["ruleId"], each["locations"][0]["logicalLocations"][0]["name"]): each["partialFingerprints"][
            "consistent/v1"
        ]
        for each in sarif(dossier)["results"]
    }


def test_valid() -> None:
    """The log of golden cases, of one that means harm and of nothing at all is SARIF by the schema."""
    for dossiers in (golden_dossiers(), [checked(hostile_proposal())], []):
        sarif(*dossiers)


def test_schema_refuses() -> None:
    """The schema is no rubber stamp: a kind that there is not is found."""
    log = json.loads(rendered("sarif", [checked(TEXT + MEASURE.format(name="m"), rules=(RULE,))], "en"))
    log["runs"][0]["results"][0]["kind"] = "sadness"
    assert not jsonschema.validators.validator_for(SCHEMA)(SCHEMA).is_valid(log)


def test_points_at_the_value() -> None:
    """Line and column are those of the value that decides, counted in characters."""
    text = TEXT + MEASURE.format(name="m")
    (result,) = sarif(checked(text, rules=(RULE,)))["results"]
    assert (result["kind"], result["level"]) == ("fail", "error")
    assert cut(text, result["locations"][0]["physicalLocation"]["region"]) == '["production-order"]'
    related = [each["physicalLocation"] for each in result["relatedLocations"]]
    assert cut(text, related[0]["region"]) == '["defence-industry"]'
    rule = related[-1]
    lines = (ROOT / rule["artifactLocation"]["uri"]).read_text(encoding="utf-8").split("\n")
    assert "production-order" in lines[rule["region"]["startLine"] - 1]


def test_every_place_in_shipped_proposals_is_a_value() -> None:
    """What a region of a shipped proposal holds reads as TOML, or names a table, and begins on the line of the report."""
    for path in sorted((ROOT / "proposals").glob("com-202[45]*.toml")):
        text = path.read_text(encoding="utf-8")
        dossier = checked(text, str(path.relative_to(ROOT)))
        places = Places(dossier)
        for said in entries(dossier.report):
            span = places.of(said).span
            assert span is not None
            found = cut(
                text, dict(zip(("startLine", "startColumn", "endLine", "endColumn"), _numbers(span), strict=True))
            )
            if not text.split("\n")[span.start_line - 1].startswith("["):
                tomli.loads(f"value = {found}")
            lines = {each.proposal_line for each in said.because}
            assert span.start_line in lines or outcome_of(said) == "open"


def _numbers(span: TextSpan) -> tuple[int, int, int, int]:
    return span.start_line, span.start_column, span.end_line, span.end_column


def test_spans_of_all_layouts() -> None:
    """Dotted keys, inline tables, lists over lines, quoted keys: each value is found where it stands."""
    text = (
        'a.b = 1\r\n"c d" = { e = [1, "é"], f = 2 }\r\n[g]\r\nh = [\r\n  1, # one\r\n  { i = "ü" },\r\n]\r\n'
        "[[j]]\r\nk = 1\r\n[[j]]\r\nk = '''\r\nlong'''\r\n"
    )
    spans = key_spans(text)

    def found(*key: str | int) -> str:
        span = spans[key]
        return cut(text, dict(zip(("startLine", "startColumn", "endLine", "endColumn"), _numbers(span), strict=True)))

    assert found("a", "b") == "1"
    assert found("c d", "e", 1) == '"é"'
    assert found("c d", "f") == "2"
    assert found("g") == "g"
    assert found("g", "h", 1, "i") == '"ü"'
    assert found("j", 1, "k") == "'''\r\nlong'''"


def test_fingerprints_stay() -> None:
    """Comments and other measures before it move a result, and leave its fingerprint alone."""
    rules = (RULE, "nl-22112-4027/supply/compulsion-on-dependencies")
    one, two = (
        MEASURE.format(name="one"),
        MEASURE.format(name="two").replace("defence-industry", "capabilities"),
    )
    before = marks(checked(TEXT + one + two, rules=rules))
    assert len(set(before.values())) == len(before) > 1
    assert marks(checked("# a comment\n\n" + TEXT + two + "# another\n" + one, "elsewhere/b.toml", rules)) == before
    renamed = marks(checked(TEXT + one + two.replace('"two"', '"three"'), rules=rules))
    assert {before[key] for key in before if key[1] == "two"}.isdisjoint(renamed.values())


def test_two_proposals_of_one_name_differ() -> None:
    """Two files with the same number do not share fingerprints."""
    text = TEXT + MEASURE.format(name="m")
    run = sarif(checked(text, "a.toml", (RULE,)), checked(text, "b.toml", (RULE,)))
    assert len({each["partialFingerprints"]["primaryLocationLineHash"] for each in run["results"]}) == 2


def test_waived_is_suppressed() -> None:
    """What is accepted stays a failure, with who accepts it, why, and where that is written."""
    run = sarif(*golden_dossiers())
    (result,) = [each for each in run["results"] if "suppressions" in each]
    assert (result["kind"], result["level"]) == ("fail", "error")
    (suppression,) = result["suppressions"]
    assert "De Raad regelt het in de onderhandelingen." in suppression["justification"]
    assert suppression["location"]["physicalLocation"]["artifactLocation"]["uri"] == "tests/golden/reports/waivers.toml"


def test_failing_and_standing_only() -> None:
    """Unless all is asked for, results are what fails and is not accepted, with the rules of these; the rest is counted."""
    dossiers = golden_dossiers()
    brief, full = sarif(*dossiers, form="sarif"), sarif(*dossiers)
    kept = [each for each in full["results"] if each["kind"] == "fail" and "suppressions" not in each]
    assert [each["partialFingerprints"] for each in brief["results"]] == [each["partialFingerprints"] for each in kept]
    assert 0 < len(kept) < len(full["results"])
    assert {each["id"] for each in brief["tool"]["driver"]["rules"]} == {each["ruleId"] for each in kept}
    assert brief["artifacts"] == full["artifacts"]
    assert brief["invocations"] == full["invocations"]


def test_where_to_read_on() -> None:
    """A rule leads to the text that it goes by; a run says of which packs it is."""
    run = sarif(*golden_dossiers())
    addresses = [rule["helpUri"] for rule in run["tool"]["driver"]["rules"] if "helpUri" in rule]
    assert addresses
    assert all(address.startswith("https://") for address in addresses)
    assert run["automationDetails"]["id"] == "consistent/nl-22112-4027/"


def test_open_is_open() -> None:
    """What is not decided is neither a failure nor a pass; what only a person can answer is for review."""
    kinds = {each["kind"] for each in sarif(*golden_dossiers())["results"]}
    assert kinds == {"fail", "open", "review"}
    levels = {(each["kind"], each["level"]) for each in sarif(*golden_dossiers())["results"]}
    assert levels == {("fail", "error"), ("open", "none"), ("review", "none")}


def test_documents_by_characters() -> None:
    """In a document a place is counted in characters of its text, with the passage itself."""
    path = INVENTED / "powers.en.txt"
    dossier = drafted(path)
    assert dossier.draft is not None
    text = dossier.draft.document.text
    run = sarif(dossier)
    regions = [
        place["physicalLocation"]["region"]
        for result in run["results"]
        for place in (*result["locations"], *result["relatedLocations"])
        if "charOffset" in place["physicalLocation"].get("region", {})
    ]
    assert len(regions) > 10
    for each in regions:
        assert text[each["charOffset"] : each["charOffset"] + each["charLength"]] == each["snippet"]["text"]
    assert "charOffset" in run["artifacts"][0]["description"]["text"]


def test_rules_help_in_both_languages() -> None:
    """Each rule that says something is there once, with help in English and Dutch."""
    dossier = checked(TEXT + MEASURE.format(name="m"), rules=(RULE,))
    (rule,) = dossier.rules
    (told,) = sarif(dossier)["tool"]["driver"]["rules"]
    for language in LANGUAGES:
        assert rule.rationale.get(language) in told["help"]["text"]
        assert rule.title.get(language) in told["help"]["markdown"]
    assert told["help"]["text"].startswith(rule.title.nl)


def test_silence_is_explained() -> None:
    """A log without results says what was looked at, and which measures nobody judged."""
    run = sarif(checked(TEXT, rules=(RULE,)))
    assert run["results"] == []
    notes = " ".join(each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"])
    assert "Geen bevindingen. Dat is geen goedkeuring" in notes
    assert "Niet beoordeeld: geen regel zegt hier iets over (1): first" in notes


def test_messages_have_no_links() -> None:
    """Brackets and braces of a title are letters, not links or placeholders (3.11.5, 3.11.6)."""
    text = TEXT + MEASURE.format(name="m").replace("Orders é", "[x](https://example.org) {0}")
    (result,) = sarif(checked(text, rules=(RULE,)))["results"]
    assert "\\[x\\](https://example.org) {{0}}" in result["message"]["text"]


def test_outside_the_folder_no_path_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From another folder rules and facts are told from that of the packs."""
    dossier = checked(TEXT + MEASURE.format(name="m"), rules=(RULE,))
    monkeypatch.chdir(tmp_path)
    (result,) = sarif(dossier)["results"]
    rule = result["relatedLocations"][-1]["physicalLocation"]["artifactLocation"]
    assert rule == {"uri": f"rules/{RULE}.toml", "uriBaseId": "PACKS"}
