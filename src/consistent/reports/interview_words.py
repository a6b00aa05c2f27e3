"""How questions about fields of measures are put: which provisions have some terms, and whether a term is anywhere at all."""

from collections.abc import Sequence

from attrs import frozen

from consistent.model.text import Language, Localized

__all__ = ["anywhere", "of_each", "which"]


@frozen
class _Asking:
    """What is asked of one field.

    Attributes:
        one: of one term; `{terms}` is its label.
        several: of several, which stand behind it with their numbers.
        anywhere: of all that was looked for and not found.
    """

    one: Localized
    several: Localized
    anywhere: Localized


_BY_FIELD = {
    "areas": _Asking(
        Localized("Which provisions are about {terms}?", "Welke bepalingen gaan over {terms}?"),
        Localized(
            "Which provisions are about one of these: {terms}?",
            "Welke bepalingen gaan over een van deze onderwerpen: {terms}?",
        ),
        Localized("Is the act about any of these areas?", "Gaat de handeling over een van deze terreinen?"),
    ),
    "effects": _Asking(
        Localized("Which provisions provide for {terms}?", "Welke bepalingen voorzien in {terms}?"),
        Localized(
            "Which provisions provide for one of these: {terms}?", "Welke bepalingen voorzien in een van deze: {terms}?"
        ),
        Localized("Does the act provide for any of these?", "Voorziet de handeling in iets hiervan?"),
    ),
    "actors": _Asking(
        Localized(
            "In which provisions does this party act: {terms}?", "In welke bepalingen handelt deze partij: {terms}?"
        ),
        Localized(
            "In which provisions does one of these parties act: {terms}?",
            "In welke bepalingen handelt een van deze partijen: {terms}?",
        ),
        Localized(
            "Does any of these parties act under it?", "Handelt een van deze partijen op grond van de handeling?"
        ),
    ),
    "addressees": _Asking(
        Localized(
            "Which provisions are addressed to this party: {terms}?",
            "Welke bepalingen zijn gericht tot deze partij: {terms}?",
        ),
        Localized(
            "Which provisions are addressed to one of these parties: {terms}?",
            "Welke bepalingen zijn gericht tot een van deze partijen: {terms}?",
        ),
        Localized(
            "Is anything in the act addressed to any of these parties?",
            "Is iets in de handeling gericht tot een van deze partijen?",
        ),
    ),
    "bindingness": _Asking(
        Localized("Which provisions are of this nature: {terms}?", "Welke bepalingen zijn van deze aard: {terms}?"),
        Localized(
            "Which provisions are of one of these natures: {terms}?",
            "Welke bepalingen zijn van een aard als deze: {terms}?",
        ),
        Localized(
            "Is any provision, by how binding it is, one of these?",
            "Is een bepaling, naar hoe bindend zij is, een van deze?",
        ),
    ),
    "finance": _Asking(
        Localized(
            "Which provisions provide for money from this source: {terms}?",
            "Welke bepalingen voorzien in geld uit deze bron: {terms}?",
        ),
        Localized(
            "Which provisions provide for money from one of these sources: {terms}?",
            "Welke bepalingen voorzien in geld uit een van deze bronnen: {terms}?",
        ),
        Localized(
            "Does the act provide for money from any of these sources?",
            "Voorziet de handeling in geld uit een van deze bronnen?",
        ),
    ),
    "partners": _Asking(
        Localized(
            "Which provisions involve this partner: {terms}?", "Welke bepalingen betrekken deze partner erbij: {terms}?"
        ),
        Localized(
            "Which provisions involve one of these partners: {terms}?",
            "Welke bepalingen betrekken een van deze partners erbij: {terms}?",
        ),
        Localized("Does the act involve any of these partners?", "Betrekt de handeling een van deze partners erbij?"),
    ),
    "excluded_partners": _Asking(
        Localized(
            "Which provisions shut out this partner: {terms}?", "Welke bepalingen sluiten deze partner uit: {terms}?"
        ),
        Localized(
            "Which provisions shut out one of these partners: {terms}?",
            "Welke bepalingen sluiten een van deze partners uit: {terms}?",
        ),
        Localized("Does the act shut out any of these partners?", "Sluit de handeling een van deze partners uit?"),
    ),
    "safeguards": _Asking(
        Localized(
            "Which provisions contain this safeguard: {terms}?", "Welke bepalingen bevatten deze waarborg: {terms}?"
        ),
        Localized(
            "Which provisions contain one of these safeguards: {terms}?",
            "Welke bepalingen bevatten een van deze waarborgen: {terms}?",
        ),
        Localized("Does the act contain any of these safeguards?", "Bevat de handeling een van deze waarborgen?"),
    ),
    "temporal_effect": _Asking(
        Localized(
            "Which provisions have this effect in time: {terms}?",
            "Welke bepalingen hebben deze werking in de tijd: {terms}?",
        ),
        Localized(
            "Which provisions have one of these effects in time: {terms}?",
            "Welke bepalingen hebben een van deze werkingen in de tijd: {terms}?",
        ),
        Localized(
            "Does anything in the act have this effect in time?", "Heeft iets in de handeling deze werking in de tijd?"
        ),
    ),
}
# A field of a pack of one's own.
_OTHER = _Asking(
    Localized(
        "Of which provisions does this hold ({label}): {terms}?", "Voor welke bepalingen geldt dit ({label}): {terms}?"
    ),
    Localized(
        "Of which provisions does one of these hold ({label}): {terms}?",
        "Voor welke bepalingen geldt een van deze ({label}): {terms}?",
    ),
    Localized("Does any of these hold in the act ({label})?", "Geldt een van deze in de handeling ({label})?"),
)


def which(field: str, label: Localized, terms: Sequence[Localized], language: Language) -> str:
    """Which provisions have one of some terms, as a lawyer would ask it.

    Args:
        field: its name.
        label: of it, for one that is asked about in general words.
        terms: their labels; of several each with its number.
        language: of the reader.
    """
    asking = _BY_FIELD.get(field, _OTHER)
    told = [term.get(language) for term in terms]
    if len(told) == 1:
        return asking.one.get(language).format(terms=told[0], label=label.get(language))
    numbered = "; ".join(f"{number} {term}" for number, term in enumerate(told, 1))
    return asking.several.get(language).format(terms=numbered, label=label.get(language))


def anywhere(field: str, label: Localized, language: Language) -> str:
    """Whether any of the terms of a field that were not found is there after all."""
    return _BY_FIELD.get(field, _OTHER).anywhere.get(language).format(label=label.get(language))


_OF_EACH = {
    "starts": Localized("When do these provisions start to apply?", "Wanneer beginnen deze bepalingen te gelden?"),
    "ends": Localized("When do these provisions end?", "Wanneer eindigen deze bepalingen?"),
    "amount": Localized("How much money do these provisions involve?", "Om hoeveel geld gaat het bij deze bepalingen?"),
    "bindingness": Localized("How binding are these provisions?", "Hoe bindend zijn deze bepalingen?"),
    "legal_basis": Localized(
        "On which legal basis do these provisions rest?", "Op welke rechtsgrondslag berusten deze bepalingen?"
    ),
}
_OF_EACH_OTHER = Localized("What is known of these provisions: {label}?", "Wat is bekend van deze bepalingen: {label}?")


def of_each(field: str, label: Localized, language: Language) -> str:
    """What each of some provisions has in a field.

    Args:
        field: its name.
        label: of the field, for one that a pack has of its own.
        language: of the reader.
    """
    return _OF_EACH.get(field, _OF_EACH_OTHER).get(language).format(label=label.get(language))
