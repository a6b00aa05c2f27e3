"""Acts of one article that hold a sentence, in either language, and what the rules say of them."""

from functools import cache

from consistent import Report, load

_ACTS = {
    "en": """COM(2026) 700 final
2026/0300 (COD)

Proposal for a
REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
on certain measures

THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular {basis} thereof,
Acting in accordance with the ordinary legislative procedure,
HAVE ADOPTED THIS REGULATION:
Article 1
Measures
{text}
""",
    "nl": """COM(2026) 700 final
2026/0300 (COD)

Voorstel voor een
VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD
betreffende enige maatregelen

HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,
Gezien het Verdrag betreffende de werking van de Europese Unie, en met name {basis},
Handelend volgens de gewone wetgevingsprocedure,
HEBBEN DE VOLGENDE VERORDENING VASTGESTELD:
Artikel 1
Maatregelen
{text}
""",
}
_ABOUT = {"en": "on certain measures", "nl": "betreffende enige maatregelen"}
GRAVITY = ("conflict", "condition", "question", "open")


def act_of(language: str, basis: str, text: str, about: str = "") -> bytes:
    """A proposal for a regulation with one article.

    Args:
        language: `en` or `nl`.
        basis: the article of the Treaty, as the citation has it.
        text: of the article.
        about: the end of the title; certain measures if empty.
    """
    act = _ACTS[language].format(basis=basis, text=text)
    return act.replace(_ABOUT[language], about or _ABOUT[language]).encode()


@cache
def report_of(language: str, basis: str, text: str, about: str = "") -> Report:
    """What the Dutch pack says of `act_of`."""
    kb = load("nl-22112-4027")
    return kb.check(kb.draft(act_of(language, basis, text, about), "act.txt"), engine="columns").report


def told_by(report: Report) -> dict[str, str]:
    """The gravest that is said by each rule."""
    said = [(found.rule, str(found.verdict)) for found in report.findings] + [(one.rule, "open") for one in report.open]
    told: dict[str, str] = {}
    for rule, verdict in said:
        if verdict in GRAVITY and GRAVITY.index(verdict) < GRAVITY.index(told.get(rule, "open")) + 1:
            told[rule] = verdict
    return told
