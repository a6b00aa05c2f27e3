"""What can become of an objection, of what is in line with a position, and of a power, between the first text and the last.

Each word is defined once, here, in both languages: every form of a file takes label, order and meaning from these tables.
"""

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from consistent.model.text import Localized, Tone

__all__ = ["POSITION_FATES", "POWER_FATES", "SIDES", "Fate", "PositionFate", "PowerFate", "Side"]

# What the rule of a position says of one place in one text.
Side = Literal["against", "for", "open", "silent", "absent", "unknown"]
SIDES: Mapping[Side, Localized] = {
    "against": Localized("objection", "bezwaar"),
    "for": Localized("in line", "in lijn"),
    "open": Localized("not decided", "niet beslist"),
    "silent": Localized("nothing", "niets"),
    "absent": Localized("no such provision", "geen zodanige bepaling"),
    "unknown": Localized("not compared", "niet vergeleken"),
}

# The gravest first.
PositionFate = Literal["lost", "reopened", "stands", "unsettled", "won", "averted", "kept"]
PowerFate = Literal["gained", "changed", "dropped", "passing", "unfollowed", "kept"]


@frozen
class Fate:
    """What something became, for readers.

    Attributes:
        label: in a word.
        meaning: when it is said, in a sentence.
        tone: how the reader should take it.
    """

    label: Localized
    meaning: Localized
    tone: Tone = ""


POSITION_FATES: Mapping[PositionFate, Fate] = {
    "lost": Fate(
        Localized("lost", "verloren"),
        Localized(
            "a later text brought an objection that was not there before, or took away what was in line with the position, and the last text still has it so",
            "een latere tekst bracht een bezwaar dat er eerst niet was, of nam weg wat in lijn was met de positie, en de laatste tekst laat dat zo",
        ),
        "bad",
    ),
    "reopened": Fate(
        Localized("reopened", "heropend"),
        Localized(
            "an objection that a text had taken away stands again in the last text",
            "een bezwaar dat een tekst had weggenomen, staat weer in de laatste tekst",
        ),
        "bad",
    ),
    "stands": Fate(
        Localized("still stands", "staat nog"),
        Localized(
            "an objection to the first text that decides it, which no text took away",
            "een bezwaar tegen de eerste tekst waarin dit beslist is, dat geen tekst heeft weggenomen",
        ),
        "bad",
    ),
    "unsettled": Fate(
        Localized("not settled", "niet beslist"),
        Localized(
            "something stood, and the last text leaves open whether it still does, or could not be compared; never counted as won",
            "er stond iets, en de laatste tekst laat open of het nog geldt, of kon niet worden vergeleken; telt nooit als gewonnen",
        ),
        "unknown",
    ),
    "won": Fate(
        Localized("won", "gewonnen"),
        Localized(
            "an objection to the first text that decides it, which a later text took away, or something in line with the position that a later text brought",
            "een bezwaar tegen de eerste tekst waarin dit beslist is, dat een latere tekst wegnam, of iets in lijn met de positie dat een latere tekst bracht",
        ),
        "good",
    ),
    "averted": Fate(
        Localized("averted", "afgewend"),
        Localized(
            "an objection that a later text brought and a still later one took away",
            "een bezwaar dat een latere tekst bracht en een nog latere wegnam",
        ),
        "good",
    ),
    "kept": Fate(
        Localized("kept", "behouden"),
        Localized(
            "what was in line with the position in the first text that decides it still is in the last",
            "wat in lijn was met de positie in de eerste tekst waarin dit beslist is, is dat in de laatste nog",
        ),
        "good",
    ),
}
POWER_FATES: Mapping[PowerFate, Fate] = {
    "gained": Fate(
        Localized("new", "nieuw"),
        Localized("a later text gives it, the first did not", "een latere tekst geeft haar, de eerste niet"),
    ),
    "changed": Fate(
        Localized("changed", "gewijzigd"),
        Localized(
            "the last text gives it to another, by another kind of act or by another procedure than the first",
            "de laatste tekst geeft haar aan een ander, met een ander soort handeling of volgens een andere procedure dan de eerste",
        ),
    ),
    "dropped": Fate(
        Localized("taken away", "weggenomen"),
        Localized("the first text gave it, the last does not", "de eerste tekst gaf haar, de laatste niet"),
    ),
    "passing": Fate(
        Localized("came and went", "gekomen en gegaan"),
        Localized(
            "only texts between the first and the last gave it",
            "alleen teksten tussen de eerste en de laatste gaven haar",
        ),
    ),
    "unfollowed": Fate(
        Localized("not followed", "niet gevolgd"),
        Localized(
            "two texts could not be compared; whether it is the same power is for a person to see",
            "twee teksten konden niet worden vergeleken; of het dezelfde bevoegdheid is, moet iemand bekijken",
        ),
        "unknown",
    ),
    "kept": Fate(
        Localized("kept", "gebleven"),
        Localized(
            "the last text gives it as the first did, perhaps in other words",
            "de laatste tekst geeft haar zoals de eerste, mogelijk in andere woorden",
        ),
    ),
}
