"""Names of who can be bound, or can act: those of the cues for actors, which are the only list of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

import tomli
from attrs import frozen

from consistent.intake.document import Span
from consistent.intake.provision_words.phrases import Phrase, compiled

__all__ = ["Names", "Party", "named", "names_in", "numbered"]


@frozen
class Party:
    """Someone who can be bound, or can act.

    Attributes:
        name: a term for actors, the same in all languages: `commission`, `member-states`.
        span: of the words.
        cue: the id of the cue that has the name.
    """

    name: str
    span: Span
    cue: str = ""


@frozen(eq=False)
class Names:
    """Finds names.

    Attributes:
        pattern: its last group that matched tells which of `terms` it is.
        terms: the term and cue of each group.
    """

    pattern: re.Pattern[str]
    terms: Sequence[tuple[str, str]]

    def party(self, found: re.Match[str]) -> Party:
        """What a match of `pattern` names."""
        term, cue = self.terms[(found.lastindex or 1) - 1]
        return Party(term, Span(*found.span()), cue)


def named(phrases: Iterable[tuple[Phrase, str, str]]) -> Names:
    """Finds phrases, each with the term and cue that it stands for."""
    ordered = sorted(phrases, key=lambda each: _rank(each[0].text))
    pattern = "|".join(f"({phrase.pattern.pattern})" for phrase, _, _ in ordered)
    return Names(re.compile(pattern or r"(?!)"), tuple((term, cue) for _, term, cue in ordered))


def _rank(phrase: str) -> tuple[bool, int]:
    """Longer phrases first, those in which a whole word is open last."""
    return _ANY_WORD.search(phrase) is not None, -len(phrase.replace("(", "").replace("|)", ""))


_ANY_WORD = re.compile(r"(?<!\w)\*(?!\w)")


def numbered(terms: Iterable[str], field: str) -> Iterator[str]:
    """The ids of the cues for these terms: `effects/sanction`, with a number from the second cue of a term on."""
    seen: dict[str, int] = {}
    for term in terms:
        seen[term] = seen.get(term, 0) + 1
        yield f"{field}/{term}" + (f"/{seen[term]}" if seen[term] > 1 else "")


def names_in(language: str) -> Names:
    """The names of actors in a language, as the cues that ship have them."""
    source = files("consistent.intake").joinpath("cues", "actors.toml").read_text("utf-8")
    cues: Sequence[Mapping[str, str]] = tomli.loads(source)["cue"]
    ids = numbered((each["term"] for each in cues), "actors")
    return named(
        (compiled(phrase, {}), each["term"], id)
        for each, id in zip(cues, ids, strict=True)
        if each.get("where", "text") == "text"
        for phrase in each.get(language, ())
    )
