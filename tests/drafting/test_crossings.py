"""Who does what to what: what crosses a position in words that no cue has leaves a rule of it open, and costs nothing outside defence."""

import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consistent import Draft, Report, load
from consistent.documents.document import Span
from consistent.drafting.crossings import Crossings, shipped_crossings
from consistent.model.proposal import fields_in

_WRITTEN: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("crossing_sentences.toml").read_text("utf-8")
)
_ACTS = {
    "en": """COM(2026) 700 final
2026/0300 (COD)

Proposal for a
REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
{about}

THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 173(3) thereof,
Acting in accordance with the ordinary legislative procedure,
HAVE ADOPTED THIS REGULATION:
{articles}
""",
    "nl": """COM(2026) 700 final
2026/0300 (COD)

Voorstel voor een
VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD
{about}

HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,
Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 173, lid 3,
Handelend volgens de gewone wetgevingsprocedure,
HEBBEN DE VOLGENDE VERORDENING VASTGESTELD:
{articles}
""",
}
_ARTICLE = {"en": "Article", "nl": "Artikel"}
_ON_DEFENCE = {
    "en": "establishing the European defence readiness programme",
    "nl": "tot vaststelling van het programma voor de Europese defensiegereedheid",
}
_ON_LAMPS = {"en": "on lamps", "nl": "betreffende lampen"}


@cache
def _draft(kind: str, language: str, about: str) -> Draft:
    """All sentences of a kind, each an article of one act: one check instead of many."""
    texts = [one["text"] for one in _WRITTEN[kind] if one["language"] == language]
    articles = "\n".join(f"{_ARTICLE[language]} {number}\n{text}" for number, text in enumerate(texts, 1))
    act = _ACTS[language].format(about=about, articles=articles)
    return load("nl-22112-4027").draft(act.encode(), "act.txt")


@cache
def _report(kind: str, language: str) -> Report:
    return load("nl-22112-4027").check(_draft(kind, language, _ON_DEFENCE[language]), engine="columns").report


def _by_article(report: Report, *, conflicts: bool = False) -> dict[str, set[str]]:
    said = defaultdict(set)
    for finding in report.findings:
        if finding.measure and (not conflicts or str(finding.verdict) == "conflict"):
            said[finding.measure].add(finding.rule)
    for one in () if conflicts else report.open:
        if one.measure:
            said[one.measure].add(one.rule)
    return said


@pytest.mark.parametrize("language", ["en", "nl"])
def test_crossings_are_seen(language: str) -> None:
    """Each that is not listed as unseen leads to a finding or an open rule of its position on its own article."""
    said = _by_article(_report("crossing", language))
    rules: dict[str, set[str]] = defaultdict(set)
    for rule in load("nl-22112-4027").rules:
        for position in rule.positions or ():
            rules[str(position)].add(rule.id)
    missed = [
        one["text"]
        for number, one in enumerate((one for one in _WRITTEN["crossing"] if one["language"] == language), 1)
        if one.get("seen", True) and not one.get("whole") and not said[f"art-{number}"] & rules[one["position"]]
    ]
    assert missed == []


@pytest.mark.parametrize("language", ["en", "nl"])
def test_harmless_are_no_conflict(language: str) -> None:
    """What leaves the choice to the Member States is in no conflict, but for those listed."""
    said = _by_article(_report("harmless", language), conflicts=True)
    conflicts = [
        one["text"]
        for number, one in enumerate((one for one in _WRITTEN["harmless"] if one["language"] == language), 1)
        if said[f"art-{number}"] and not one.get("conflict", False)
    ]
    assert conflicts == []


@pytest.mark.parametrize("language", ["en", "nl"])
def test_wide_words_count_in_an_act_on_defence_only(language: str) -> None:
    """The same sentences in an act on lamps give no hint of this kind: `units` are forces in an act on defence."""
    held_within = {crossing.id for crossing in shipped_crossings() if crossing.within == "defence"}
    hinted = [
        [
            hint
            for measure in _draft("crossing", language, about).candidates
            for hint in measure.hints
            if hint.cue in held_within
        ]
        for about in (_ON_DEFENCE[language], _ON_LAMPS[language])
    ]
    assert hinted[0]
    assert hinted[1] == []


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("kind", ["left", "will"])
def test_denied(language: str, kind: str) -> None:
    """What is left to the Member States, or done of their own will, crosses nothing."""
    words = {
        "en": {"left": "The Commission shall not deploy national units.", "will": "Member States may, on a voluntary basis, place units at the disposal of the Union."},
        "nl": {"left": "De Commissie mag geen nationale eenheden inzetten.", "will": "De lidstaten kunnen vrijwillig eenheden ter beschikking van de Unie stellen."},
    }  # fmt: skip
    act = _ACTS[language].format(
        about=_ON_DEFENCE[language], articles=f"{_ARTICLE[language]} 1\n{words[language][kind]}"
    )
    draft = load("nl-22112-4027").draft(act.encode(), "act.txt")
    assert not [hint for one in draft.candidates for hint in one.hints if hint.cue.startswith("crossing/")]


def test_every_term_and_class_is_known() -> None:
    """What the files give stands in the vocabulary, and what they name has words in both languages, each used."""
    vocabularies = load("nl-22112-4027").knowledge.vocabularies
    fields = fields_in(vocabularies).measure
    used = set()
    for crossing in shipped_crossings():
        used |= {name for group in crossing.classes for name in group} | set(crossing.unless)
        assert crossing.within is None or crossing.within in vocabularies["areas"]
        for name, terms in crossing.gives.items():
            assert [term for term in terms if term not in vocabularies[fields[name].vocabulary]] == []
    words = {
        f"{file.stem.removeprefix('crossings_')}/{name}": words
        for file in (Path(__file__).parents[2] / "src/consistent/drafting").glob("crossings_*.toml")
        for name, words in tomllib.loads(file.read_text("utf-8"))["words"].items()
    }
    assert used == set(words)
    assert [name for name, by_language in words.items() if not (by_language["en"] and by_language["nl"])] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Each army shall keep in service no fewer than two hundred tanks."),
        ("nl", "Elk leger bezit minstens tweehonderd houwitsers."),
    ],
)
def test_words_of_two_classes_go_to_the_class_that_has_fewer(language: str, text: str) -> None:
    """`No fewer than` tells what forces have and how many: it is left to the class that has nothing else."""
    act = _ACTS[language].format(about=_ON_DEFENCE[language], articles=f"{_ARTICLE[language]} 1\n{text}")
    draft = load("nl-22112-4027").draft(act.encode(), "act.txt")
    assert "military-requirements" in {hint.term for one in draft.candidates for hint in one.hints}


def test_whatever_a_class_meets_its_sentence_is_read_closely() -> None:
    """The cheap look before the real one passes over no sentence that has a word of the class."""
    vocabularies = load("nl-22112-4027").knowledge.vocabularies
    for language in ("en", "nl"):
        for kind in ("crossing", "harmless"):
            for one in _WRITTEN[kind]:
                if one["language"] == language:
                    reader = Crossings(one["text"], language, vocabularies)
                    possible = reader.possible(Span(0, len(one["text"])))
                    met = {name for name, pattern in reader.patterns.items() if pattern.search(one["text"])}
                    assert met <= possible.keys()
