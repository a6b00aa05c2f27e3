"""The words of the page itself, in both languages; those of a report are in `consistent.reports.labels`."""

from collections.abc import Mapping

from consistent.model.text import Localized

__all__ = ["PAGE_WORDS", "PART_NAMES"]

PAGE_WORDS: Mapping[str, Localized] = {
    "report": Localized("Consistency report", "Consistentierapport"),
    "language": Localized("Language", "Taal"),
    "contents": Localized("Contents", "Inhoud"),
    "proposals": Localized("Proposals in this file", "Voorstellen in dit bestand"),
    "to text": Localized("Skip to the report", "Naar het rapport"),
    "filter": Localized("Filter and search", "Filteren en zoeken"),
    "search": Localized(
        "Search in findings, open rules and measures", "Zoek in bevindingen, open regels en maatregelen"
    ),
    "outcome": Localized("Outcome", "Uitkomst"),
    "ground": Localized("Ground", "Grond"),
    "dimension": Localized("Dimension", "Toets"),
    "reset": Localized("Show everything", "Toon alles"),
    "unfold": Localized("Unfold all", "Alles uitklappen"),
    "fold": Localized("Fold all", "Alles inklappen"),
    "shown": Localized("shown", "getoond"),
    "of": Localized("of", "van"),
    "hidden by filter": Localized(
        "Part of this report is hidden by the filter.", "Een deel van dit rapport is verborgen door het filter."
    ),
    "judgement": Localized("Judgement", "Oordeel"),
    "outline": Localized("The proposal in outline", "Het voorstel in beeld"),
    "outline text": Localized(
        "Each tile is a measure, in the order of the proposal, with the gravest thing that is said of it.",
        "Elk vlak is een maatregel, in de volgorde van het voorstel, met het zwaarste dat erover wordt gezegd.",
    ),
    "strip text": Localized(
        "Below: where in the document the text of each measure stands.",
        "Daaronder: waar in het document de tekst van elke maatregel staat.",
    ),
    "matrix": Localized("Measures against principles", "Maatregelen tegenover beginselen"),
    "matrix text": Localized(
        "Each cell is the gravest thing that rules for the principle say of the measure. Empty: they say nothing.",
        "Elke cel is het zwaarste dat regels voor het beginsel over de maatregel zeggen. Leeg: zij zeggen niets.",
    ),
    "matrix none": Localized("No rule says anything.", "Geen regel zegt iets."),
    "measure": Localized("Measure", "Maatregel"),
    "findings": Localized("Findings", "Bevindingen"),
    "no findings": Localized("No findings.", "Geen bevindingen."),
    "chain": Localized("What this rests on", "Waar dit op steunt"),
    "passages": Localized("Passages", "Passages"),
    "in the text": Localized("in the text", "in de tekst"),
    "open rules": Localized("Open rules", "Open regels"),
    "presumed": Localized("Presumed not to apply", "Geacht niet van toepassing te zijn"),
    "no open": Localized("Nothing is open.", "Er staat niets open."),
    "open text": Localized(
        "Not to be decided with what is known. By rule, with the measures that wait for the same. `consistent why` tells all of one.",
        "Niet te beslissen met wat bekend is. Per regel, met de maatregelen die op hetzelfde wachten. `consistent why` geeft alles van één regel.",
    ),
    "would be": Localized("would be", "zou zijn"),
    "questions": Localized("Open questions", "Open vragen"),
    "questions short": Localized(
        "Of many questions the first ones are shown in full, and all are counted by field; `consistent ask` tells them all.",
        "Van veel vragen staan de eerste er volledig, en zijn alle per veld geteld; `consistent ask` geeft ze alle.",
    ),
    "repairs": Localized("What would have to change", "Wat er zou moeten veranderen"),
    "measures": Localized("Measures", "Maatregelen"),
    "said": Localized("What is said of it", "Wat erover wordt gezegd"),
    "known": Localized("What is known of it", "Wat ervan bekend is"),
    "evidence": Localized("Where that was read", "Waar dat is gelezen"),
    "rules open": Localized("open rules", "open regels"),
    "no evidence": Localized("The proposal does not say where.", "Het voorstel zegt niet waar."),
    "whole evidence": Localized(
        "The proposal as a whole: where it was read", "Het voorstel als geheel: waar het is gelezen"
    ),
    "all fields": Localized("all that has no place of its own", "alles zonder eigen vindplaats"),
    "document": Localized("The text, with the passages marked", "De tekst, met de passages gemarkeerd"),
    "document text": Localized(
        "Marked is where values were read, by what rests on them; grey: nothing does. A number leads to the finding; + counts open rules.",
        "Gemarkeerd is waar waarden zijn gelezen, naar wat erop steunt; grijs: niets. Een nummer leidt naar de bevinding; + telt open regels.",
    ),
    "no document": Localized(
        "The proposal was read from data. Its text is not at hand: passages are quoted with each measure.",
        "Het voorstel is uit gegevens gelezen. De tekst zelf is er niet bij: passages staan bij elke maatregel.",
    ),
    "marked": Localized("marked passages", "gemarkeerde passages"),
    "not looked at": Localized("What was not looked at", "Wat niet is bekeken"),
    "silent": Localized(
        "In the field of the pack, and no rule finds anything there",
        "Op het terrein van het pakket, en geen regel vindt er iets",
    ),
    "not judged": Localized(
        "Not judged: no rule speaks on these measures", "Niet beoordeeld: geen regel zegt iets over deze maatregelen"
    ),
    "notices": Localized("Waivers, and what will not hold for long", "Aanvaardingen, en wat niet lang meer geldt"),
    "legend": Localized("Signs", "Tekens"),
    "no script": Localized(
        "Without scripts, search, filters and the language switch do not work; everything is shown.",
        "Zonder scripts werken zoeken, filteren en de taalkeuze niet; alles is te zien.",
    ),
    "back": Localized("to the top", "naar boven"),
    "the proposal": Localized("the proposal", "het voorstel"),
}
# What the parts at the top of a document are called; others are `text`.
PART_NAMES: Mapping[str, Localized] = {
    "cover": Localized("Cover", "Voorblad"),
    "memorandum": Localized("Explanatory memorandum", "Toelichting"),
    "act": Localized("Act", "Handeling"),
    "title-of-act": Localized("Title of the act", "Titel van de handeling"),
    "preamble": Localized("Preamble", "Aanhef"),
    "enacting-terms": Localized("Enacting terms", "Artikelen"),
    "closing": Localized("Closing words", "Slotformule"),
    "annex": Localized("Annex", "Bijlage"),
    "financial-statement": Localized("Financial statement", "Financieel memorandum"),
    "text": Localized("Text", "Tekst"),
}
