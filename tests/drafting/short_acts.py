"""Acts of one article that hold a sentence, in either language and of any kind, and what the rules say of them."""

import re
from collections.abc import Sequence
from functools import cache

from consistent import Check, KnowledgeBase, Report, load

_ACTS = {
    "en": """COM(2026) 700 final
2026/0300 ({code})

Proposal for a
{sort}
{about}

{by},
Having regard to {treaty}, and in particular {basis} thereof,
{acting}
{adopted}:
{articles}
""",
    "nl": """COM(2026) 700 final
2026/0300 ({code})

Voorstel voor een
{sort}
{about}

{by},
Gezien {treaty}, en met name {basis},
{acting}
{adopted}:
{articles}
""",
}
_ARTICLE = {"en": "Article {}\nMeasures\n{}", "nl": "Artikel {}\nMaatregelen\n{}"}
_ABOUT = {"en": "on certain measures", "nl": "betreffende enige maatregelen"}
_TREATIES = {
    "TFEU": {
        "en": "the Treaty on the Functioning of the European Union",
        "nl": "het Verdrag betreffende de werking van de Europese Unie",
    },
    "TEU": {"en": "the Treaty on European Union", "nl": "het Verdrag betreffende de Europese Unie"},
}
_BOTH = {
    "en": "THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION",
    "nl": "HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE",
}
_COUNCIL = {"en": "THE COUNCIL OF THE EUROPEAN UNION", "nl": "DE RAAD VAN DE EUROPESE UNIE"}
_ORDINARY = {
    "en": "Acting in accordance with the ordinary legislative procedure,",
    "nl": "Handelend volgens de gewone wetgevingsprocedure,",
}
_PROPOSED = {
    "en": "Having regard to the proposal from the European Commission,",
    "nl": "Gezien het voorstel van de Europese Commissie,",
}
# What each kind of act has in the places that `_ACTS` leaves open.
_KINDS = {
    "regulation": {
        "code": {"en": "COD", "nl": "COD"},
        "sort": {
            "en": "REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL",
            "nl": "VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD",
        },
        "by": _BOTH,
        "acting": _ORDINARY,
        "adopted": {"en": "HAVE ADOPTED THIS REGULATION", "nl": "HEBBEN DE VOLGENDE VERORDENING VASTGESTELD"},
    },
    "directive": {
        "code": {"en": "COD", "nl": "COD"},
        "sort": {
            "en": "DIRECTIVE OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL",
            "nl": "RICHTLIJN VAN HET EUROPEES PARLEMENT EN DE RAAD",
        },
        "by": _BOTH,
        "acting": _ORDINARY,
        "adopted": {"en": "HAVE ADOPTED THIS DIRECTIVE", "nl": "HEBBEN DE VOLGENDE RICHTLIJN VASTGESTELD"},
    },
    "council-directive": {
        "code": {"en": "CNS", "nl": "CNS"},
        "sort": {"en": "COUNCIL DIRECTIVE", "nl": "RICHTLIJN VAN DE RAAD"},
        "by": _COUNCIL,
        "acting": {
            "en": "Acting in accordance with a special legislative procedure,",
            "nl": "Handelend volgens een bijzondere wetgevingsprocedure,",
        },
        "adopted": {"en": "HAS ADOPTED THIS DIRECTIVE", "nl": "HEEFT DE VOLGENDE RICHTLIJN VASTGESTELD"},
    },
    "council-regulation": {
        "code": {"en": "NLE", "nl": "NLE"},
        "sort": {"en": "COUNCIL REGULATION", "nl": "VERORDENING VAN DE RAAD"},
        "by": _COUNCIL,
        "acting": _PROPOSED,
        "adopted": {"en": "HAS ADOPTED THIS REGULATION", "nl": "HEEFT DE VOLGENDE VERORDENING VASTGESTELD"},
    },
    "council-decision": {
        "code": {"en": "NLE", "nl": "NLE"},
        "sort": {"en": "COUNCIL DECISION", "nl": "BESLUIT VAN DE RAAD"},
        "by": _COUNCIL,
        "acting": _PROPOSED,
        "adopted": {"en": "HAS ADOPTED THIS DECISION", "nl": "HEEFT HET VOLGENDE BESLUIT VASTGESTELD"},
    },
    "european-council-decision": {
        "code": {"en": "NLE", "nl": "NLE"},
        "sort": {"en": "EUROPEAN COUNCIL DECISION", "nl": "BESLUIT VAN DE EUROPESE RAAD"},
        "by": {"en": "THE EUROPEAN COUNCIL", "nl": "DE EUROPESE RAAD"},
        "acting": {
            "en": "Having regard to the opinion of the European Parliament,",
            "nl": "Gezien het advies van het Europees Parlement,",
        },
        "adopted": {"en": "HAS ADOPTED THIS DECISION", "nl": "HEEFT HET VOLGENDE BESLUIT VASTGESTELD"},
    },
}
GRAVITY = ("conflict", "condition", "question", "open")


@cache
def report_of(language: str, basis: str, text: str, about: str = "", kind: str = "regulation") -> Report:
    """What a check says of the text in an act of one article.

    Args:
        language: of the act.
        basis: as the act cites it (`Article 114`), or as rules do (`TFEU 114`).
        text: of the article.
        about: ends the title of the act.
        kind: of the act.
    """
    return _checked(language, basis, (text,), about, kind).report


def told_of_each(
    language: str, basis: str, texts: Sequence[str], about: str, kind: str = "regulation"
) -> list[dict[str, str]]:
    """What each rule says of each text, of which each is an article of one act: one check for all.

    Args:
        language: as `report_of`, as the other arguments.
        basis: of the act.
        texts: of the articles, in their order.
        about: ends the title.
        kind: of the act.

    Returns:
        For each text `conflict` (or another verdict) or `open` by the rule that says it.
    """
    verdicts = {rule.id: str(rule.verdict) for rule in _pack().rules}
    states = _checked(language, basis, texts, about, kind).states()
    told: list[dict[str, str]] = [{} for _ in texts]
    for (rule, measure), outcome in states.items():
        if measure and str(outcome) in {"applies", "open"}:
            told[int(measure.removeprefix("art-")) - 1][rule] = verdicts[rule] if str(outcome) == "applies" else "open"
    return told


@cache
def _pack() -> KnowledgeBase:
    """Loaded once: what is made of its cues for a language is kept with it."""
    return load("nl-22112-4027")


def act_of(language: str, basis: str, texts: Sequence[str], about: str = "", kind: str = "regulation") -> bytes:
    """An act with an article for each text; arguments as those of `told_of_each`."""
    treaty, article = _cited(basis, language)
    return (
        _ACTS[language]
        .format(
            **{name: words[language] for name, words in _KINDS[kind].items()},
            treaty=_TREATIES[treaty][language],
            basis=article,
            articles="\n".join(_ARTICLE[language].format(number, text) for number, text in enumerate(texts, 1)),
            about=about or _ABOUT[language],
        )
        .encode()
    )


def _checked(language: str, basis: str, texts: Sequence[str], about: str, kind: str) -> Check:
    kb = _pack()
    return kb.check(kb.draft(act_of(language, basis, texts, about, kind), "act.txt"), engine="columns")


def _cited(basis: str, language: str) -> tuple[str, str]:
    """The treaty, and the article as an act cites it."""
    written = re.fullmatch(r"(TFEU|TEU) (\d+)(?:\((\d+)\))?", basis)
    if written is None:
        return "TFEU", basis
    treaty, article, paragraph = written.groups()
    if language == "en":
        return treaty, f"Article {article}" + (f"({paragraph})" if paragraph else "")
    return treaty, f"artikel {article}" + (f", lid {paragraph}," if paragraph else "")


def told_by(report: Report) -> dict[str, str]:
    """The gravest that is said by each rule."""
    said = [(found.rule, str(found.verdict)) for found in report.findings] + [(one.rule, "open") for one in report.open]
    told: dict[str, str] = {}
    for rule, verdict in said:
        if verdict in GRAVITY and GRAVITY.index(verdict) < GRAVITY.index(told.get(rule, "open")) + 1:
            told[rule] = verdict
    return told
