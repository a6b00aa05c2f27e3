"""The fixed words of reports, in both languages."""

from consistent.model.text import Language, Localized

__all__ = [
    "DIMENSION_LABELS",
    "GRADE_LABELS",
    "GROUND_LABELS",
    "OUTCOME_LABELS",
    "POSITION_LABELS",
    "VERDICT_LABELS",
    "WORDS",
    "engine_notice",
]

VERDICT_LABELS = {
    "conflict": Localized("conflict", "strijdig"),
    "condition": Localized("condition missing", "voorwaarde ontbreekt"),
    "question": Localized("for a person to judge", "door een mens te beoordelen"),
    "aligned": Localized("in line", "in lijn"),
    "reserved": Localized("judged elsewhere", "elders beoordeeld"),
}
OUTCOME_LABELS = VERDICT_LABELS | {
    "open": Localized("open", "open"),
    "waived": Localized("accepted", "aanvaard"),
    "met": Localized("condition met", "aan voorwaarde voldaan"),
    "defeated": Localized("set aside", "terzijde gesteld"),
    "not-judged": Localized("not judged", "niet beoordeeld"),
}
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
WORDS = {
    "pack": Localized("pack", "pakket"),
    "as of": Localized("as of", "peildatum"),
    "engine": Localized("engine", "rekenkern"),
    "proposal as a whole": Localized("proposal as a whole", "voorstel als geheel"),
    "measures": Localized("measures", "maatregelen"),
    "judgement": Localized("Judgement", "Oordeel"),
    "conflicts": Localized("Conflicts", "Strijdig"),
    "conditions": Localized("Conditions that are missing", "Voorwaarden die ontbreken"),
    "open": Localized("Open: not to be decided with what is known", "Open: niet te beslissen met wat bekend is"),
    "questions": Localized("For a person to judge", "Door een mens te beoordelen"),
    "waived": Localized("Accepted by a waiver", "Aanvaard"),
    "accepted": Localized("accepted", "aanvaard"),
    "accepted by": Localized("{reason} ({owner}, until {until})", "{reason} ({owner}, tot en met {until})"),
    "aligned": Localized("In line", "In lijn"),
    "reserved": Localized("Judged elsewhere, not here", "Elders beoordeeld, niet hier"),
    "met": Localized("Conditions that are met", "Voorwaarden waaraan is voldaan"),
    "defeated": Localized(
        "Set aside by an exception or a stronger rule", "Terzijde gesteld door een uitzondering of sterkere regel"
    ),
    "not judged": Localized("Not judged: no rule speaks on these", "Niet beoordeeld: geen regel zegt hier iets over"),
    "rule": Localized("rule", "regel"),
    "positions": Localized("positions", "posities"),
    "sources": Localized("sources", "bronnen"),
    "because": Localized("because", "omdat"),
    "unknown": Localized("not known", "niet bekend"),
    "would be conflict": Localized("would be a conflict", "zou strijdig zijn"),
    "would be condition": Localized("would be a missing condition", "zou een ontbrekende voorwaarde zijn"),
    "would be question": Localized("would be for a person to judge", "zou door een mens te beoordelen zijn"),
    "would be aligned": Localized("would be in line", "zou in lijn zijn"),
    "would be reserved": Localized("would be judged elsewhere", "zou elders beoordeeld worden"),
    "awaits": Localized("depends on", "hangt af van"),
    "by": Localized("by", "door"),
    "draft": Localized(
        "Made from an unreviewed draft: {count} values that nobody has confirmed yet (`consistent review`).",
        "Op grond van een concept dat niet is nagekeken: {count} waarden die nog niemand heeft bevestigd (`consistent review`).",
    ),
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
    "not in force": Localized(
        "{count} rules were not looked at: they are not in force on {day}",
        "{count} regels zijn niet bekeken: zij gelden niet op {day}",
    ),
    "other engine": Localized(
        "The evaluator {engine} did the work, not durable-rules; it finds the same.",
        "De rekenkern {engine} heeft het werk gedaan, niet durable-rules; die vindt hetzelfde.",
    ),
    "one value": Localized("{subject}.{field} has {found}", "{subject}.{field} heeft {found}"),
}


def engine_notice(engine: str, language: Language) -> str:
    """What must be known of the engine that decided; empty for the rules engine itself."""
    return "" if engine == "durable-rules" else WORDS["other engine"].get(language).format(engine=engine)
