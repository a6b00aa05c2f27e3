"""Standard clauses: words for what a repair asks, each with the place where it goes and what it follows.

They are data (`standard_clauses.toml`), and none of them is text of a proposal: the note of each says so.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import tomli
from attrs import frozen

from consistent.inquiries.repairs.asking import Change
from consistent.model.text import Language, Localized

__all__ = ["Clause", "Place", "clause_for", "voluntary", "why_none"]

Place = Literal["subparagraph", "article", "recital", "citation"]

_PLACES: Mapping[Place, Localized] = {
    "subparagraph": Localized("a new subparagraph below the provision", "een nieuwe alinea onder de bepaling"),
    "article": Localized("a new paragraph in Article 1, or an article of its own", "een nieuw lid in artikel 1, of een eigen artikel"),
    "recital": Localized("a new recital", "een nieuwe overweging"),
    "citation": Localized("a new citation in the preamble", "een nieuwe aanhaling in de aanhef"),
}  # fmt: skip
_STANDARD = Localized(
    "Standard clause, not words of this text; it goes in as {place}. Fit it to the text around it.",
    "Standaardbepaling, geen woorden uit deze tekst; zij komt erin als {place}. Stem haar af op de tekst eromheen.",
)
_MODEL = Localized("Model: {model}.", "Voorbeeld: {model}.")
_BLANK = Localized(
    "A person has still to fill in what stands in brackets.", "Wat tussen haken staat, moet nog worden ingevuld."
)
_REPEATS = Localized(
    "It repeats what the Treaties say; the Joint Practical Guide would have such words in a recital rather than among the articles.",
    "Zij herhaalt wat de Verdragen zeggen; de Gemeenschappelijke praktische handleiding ziet zulke woorden liever in een overweging dan in de artikelen.",
)
_REWRITE = Localized(
    "The verbs of the provision itself have to be adapted to it.",
    "De werkwoorden van de bepaling zelf moeten erop worden afgestemd.",
)


@frozen(kw_only=True)
class Clause:
    """Words that can be put into an act.

    Attributes:
        place: where they go.
        text: with `{This}` and `{this}` for the provision, `{act}` and `{act_within}` for the act; what stands in brackets is a blank.
        sources: articles, protocols and acts that it goes by.
        model: a form that it follows and that is none of these; None where there is none.
        repeats: whether it says what the Treaties say already.
        rewrite: whether the verbs of the provision have to be adapted to it.
    """

    place: Place
    text: Localized
    sources: tuple[str, ...] = ()
    model: Localized | None = None
    repeats: bool = False
    rewrite: bool = False

    def note(self, *, blank: bool) -> Localized:
        """What must be known of it; `blank` tells whether something has to be filled in."""

        def said(language: Language) -> str:
            told = [_STANDARD.get(language).format(place=_PLACES[self.place].get(language))]
            if self.model is not None:
                told.append(_MODEL.get(language).format(model=self.model.get(language)))
            further = ((blank, _BLANK), (self.repeats, _REPEATS), (self.rewrite, _REWRITE))
            return " ".join([*told, *(text.get(language) for holds, text in further if holds)])

        return Localized(said("en"), said("nl"))


@cache
def _data() -> Mapping[str, Any]:
    return tomli.loads(files(__package__).joinpath("standard_clauses.toml").read_text("utf-8"))


def _clause(entry: Mapping[str, Any]) -> Clause:
    model = entry.get("model")
    return Clause(
        place=entry["place"],
        text=Localized(entry["en"], entry["nl"]),
        sources=tuple(entry.get("sources", ())),
        model=None if model is None else Localized(model["en"], model["nl"]),
        repeats=entry.get("repeats", False),
        rewrite=entry.get("rewrite", False),
    )


def clause_for(change: Change) -> Clause | None:
    """The clause for a safeguard or statement that is asked, or for another effect in kind or time; None where there is none."""
    if change.kind == "not-retroactive":
        return _clause(_data()[change.kind])
    if len(change.new) != 1:
        return None
    (new,) = change.new
    match change.kind:
        case "safeguard" | "statement":
            entry = _data()[f"{change.kind}s"].get(new)
        case "effect-replaced" if len(change.old) == 1:
            entry = next((one for one in _data()["effects"] if one["new"] == new and change.old[0] in one["old"]), None)
        case _:
            entry = None
    return None if entry is None else _clause(entry)


def voluntary() -> Clause:
    """The clause for what Member States are to do and is made voluntary."""
    return _clause(_data()["voluntary"])


def why_none(change: Change) -> Localized | None:
    """Why there is no clause for a safeguard, statement or lighter effect, where the data says so."""
    match change.kind:
        case "safeguard" | "statement":
            kind, wanted = f"{change.kind}s", " ".join(change.new)
        case "effect-replaced":
            kind, wanted = "effects", " ".join((*change.old, *change.new))
        case _:
            return None
    reasons = _data()["reasons"].values()
    return next((Localized(one["en"], one["nl"]) for one in reasons if wanted in one.get(kind, ())), None)
