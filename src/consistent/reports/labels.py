"""The fixed words of reports, in both languages."""

import re
from collections.abc import Mapping
from functools import lru_cache

from consistent.documents.places import is_place, place_in
from consistent.findings.said import Because, Unknown
from consistent.model.evidence import Evidence
from consistent.model.text import Language, Localized, Tone
from consistent.rules.rule import Grade
from consistent.sources import source_label

__all__ = [
    "DIMENSION_LABELS",
    "GRADE_LABELS",
    "GRADE_SIGNS",
    "GROUND_LABELS",
    "POSITION_LABELS",
    "WORDS",
    "engine_notice",
    "noted",
    "passage_label",
    "read_in",
    "with_words_near",
]

_BLANK = re.compile(" ")

GROUND_LABELS = {
    "law": Localized("law", "recht"),
    "contested": Localized("contested law", "betwist recht"),
    "policy": Localized("policy", "beleid"),
}
POSITION_LABELS = {
    "red-line": Localized("red line", "rode lijn"),
    "condition": Localized("condition", "voorwaarde"),
    "support": Localized("support", "steun"),
}
DIMENSION_LABELS = {
    "competence": Localized("competence", "bevoegdheid"),
    "subsidiarity": Localized("subsidiarity", "subsidiariteit"),
    "proportionality": Localized("proportionality", "proportionaliteit"),
    "finance": Localized("finance", "financiën"),
    "burden": Localized("regulatory burden", "regeldruk"),
    "substance": Localized("substance", "inhoud"),
}
GRADE_LABELS = {
    "positive": Localized("positive", "positief"),
    "positive-with-remarks": Localized("positive, with remarks", "positief, met kanttekeningen"),
    "partly-positive-partly-negative": Localized("partly positive, partly negative", "deels positief, deels negatief"),
    "negative": Localized("negative", "negatief"),
    "open": Localized("open", "open"),
    "not-judged": Localized("not judged", "niet beoordeeld"),
}
# So that no colour has to be told apart, and the colour.
GRADE_SIGNS: Mapping[Grade, tuple[str, Tone]] = {
    "positive": ("✓", "good"),
    "positive-with-remarks": ("!", "caution"),
    "partly-positive-partly-negative": ("±", "caution"),
    "negative": ("✕", "bad"),
    "open": ("○", "unknown"),
    "not-judged": ("—", ""),
}
WORDS = {
    "pack": Localized("pack", "pakket"),
    "as of": Localized("as of", "peildatum"),
    "engine": Localized("engine", "rekenkern"),
    "proposal as a whole": Localized("proposal as a whole", "voorstel als geheel"),
    "measures": Localized("measures", "maatregelen"),
    "judgement": Localized("Judgement", "Oordeel"),
    "accepted": Localized("accepted", "aanvaard"),
    "accepted by": Localized("{reason} ({owner}, until {until})", "{reason} ({owner}, tot en met {until})"),
    "rule": Localized("rule", "regel"),
    "positions": Localized("positions", "posities"),
    "sources": Localized("sources", "bronnen"),
    "because": Localized("because", "omdat"),
    "unknown": Localized("not known", "niet bekend"),
    "near": Localized("words that may speak of it", "woorden die erover kunnen gaan"),
    "likewise": Localized("likewise", "evenzo"),
    "awaits": Localized("depends on", "hangt af van"),
    "by": Localized("by", "door"),
    "draft": Localized(
        "Made from an unreviewed draft: {count} values that nobody has confirmed yet (`consistent review`).",
        "Op grond van een concept dat niet is nagekeken: {count} waarden die nog niemand heeft bevestigd (`consistent review`).",
    ),
    "presumed": Localized("presumed not to apply", "geacht niet van toepassing te zijn"),
    "finds": Localized("of what is there the reader finds: {recall}", "van wat er staat, vindt de lezer: {recall}"),
    "in order": Localized("in order", "in orde"),
    "not in order": Localized("not in order", "niet in orde"),
    "says": Localized("judgement", "oordeel"),
    "answered by": Localized("{judgement}; {reason} ({by}, {on})", "{judgement}; {reason} ({by}, {on})"),
    "secondary": Localized("secondary source: {source}", "secundaire bron: {source}"),
    "unconfirmed": Localized("not confirmed by a person", "niet door een mens bevestigd"),
    "no measures": Localized(
        "The proposal has no measures: nothing of what it does was looked at.",
        "Het voorstel bevat geen maatregelen: niets van wat het doet, is bekeken.",
    ),
    "ask": Localized(
        "Much is open: `consistent ask` merges it into few questions and fills in the answers.",
        "Er staat veel open: `consistent ask` voegt dit samen tot enkele vragen en vult de antwoorden in.",
    ),
    "nothing found": Localized(
        "No findings. That is no approval: see what was looked at.",
        "Geen bevindingen. Dat is geen goedkeuring: zie wat is bekeken.",
    ),
    "looked at": Localized(
        "rules run: {run}, not applicable: {silent}; findings: {findings}, open: {open}; measures judged: {judged} of {measures}",
        "regels doorlopen: {run}, niet van toepassing: {silent}; bevindingen: {findings}, open: {open}; maatregelen beoordeeld: {judged} van {measures}",
    ),
    "positions short": Localized(
        "Of {held} positions, rules carry {short} in part or not at all: what a proposal does there may go unsaid (`consistent packs --positions`).",
        "Van {held} posities werken de regels er {short} gedeeltelijk of niet uit: wat een voorstel daar doet, kan onvermeld blijven (`consistent packs --positions`).",
    ),
    "not in force": Localized(
        "{count} rules were not looked at: they are not in force on {day}",
        "{count} regels zijn niet bekeken: zij gelden niet op {day}",
    ),
    "other engine": Localized(
        "The evaluator {engine} did the work, not durable-rules; it finds the same.",
        "De rekenkern {engine} heeft het werk gedaan, niet durable-rules; die vindt hetzelfde.",
    ),
}


def engine_notice(engine: str, language: Language) -> str:
    """What must be known of the engine that decided; empty for the rules engine itself."""
    return "" if engine == "durable-rules" else WORDS["other engine"].get(language).format(engine=engine)


def with_words_near(text: str, unknown: Unknown, language: Language) -> str:
    """What must be known, with the words of the text that may speak of it."""
    return f"{text} ({WORDS['near'].get(language)}: “{unknown.near}”)" if unknown.near else text


def noted(read: Evidence | Because, language: Language) -> str:
    """What must be known of how a value was read: in which secondary source, and what a note says; most often empty."""
    return "; ".join(filter(None, (_secondhand(read, language), read.note)))


def _secondhand(read: Evidence | Because, language: Language) -> str:
    """In which secondary source a value was read; empty where the document itself was."""
    return WORDS["secondary"].get(language).format(source=read.secondary) if read.secondary else ""


@lru_cache(maxsize=4096)
def passage_label(document: str, language: Language) -> str:
    """Where a value was read, as a reader of the language calls it: `COM(2022) 68 Article 16(2)`, `COM(2022) 68, artikel 16, lid 2`.

    Args:
        document: with the place in it behind its name, as `Because` has it; or a source.
        language: of the reader.
    """
    if is_place(document):
        return place_in(document, language)
    # The longest end that is a place: of `annex 2 Article 3` the article is in the annex, and not in a document of that name.
    for blank in (found.start() for found in _BLANK.finditer(document)):
        if is_place(place := document[blank + 1 :]):
            between = ", " if language == "nl" else " "
            return f"{source_label(document[:blank], language)}{between}{place_in(place, language)}"
    return source_label(document, language)


def read_in(because: Because, language: Language, *, quoted: bool = True) -> str:
    """Where a value was read, to stand behind a reason: document and place, with its words if wanted, and a secondary source."""
    quote = f"“{because.quote}”" if because.quote and quoted else ""
    read = " ".join(filter(None, (passage_label(because.document, language), quote)))
    told = "; ".join(filter(None, (read, _secondhand(because, language))))
    return f" ({told})" if told else ""
