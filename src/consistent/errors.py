"""Everything that can go wrong, said so that a lawyer can mend it.

A fault has a message (lower case, user input in backticks), a place, and help. Faults are collected: reading a file
reports all of them together, in one `InputError`.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import ParamSpec, Self, TypeVar

from attrs import Factory, field, frozen

from consistent.shown import Shown

__all__ = [
    "MOST_FAULTS",
    "ConsistentError",
    "Edit",
    "EngineError",
    "Fault",
    "Faults",
    "Help",
    "InputError",
    "Location",
    "UsageError",
    "did_you_mean",
    "nearest",
    "printable",
    "told",
]

# Words of the language of packs, as those think of them who write in Dutch.
_ENGLISH = {
    "wanneer": "when", "als": "when", "tenzij": "unless", "titel": "title", "bron": "sources", "bronnen": "sources", "beginsel": "principle",
    "grond": "ground", "oordeel": "verdict", "bericht": "message", "boodschap": "message", "voorbeeld": "example", "maatregel": "measure",
    "voorstel": "proposal", "gebied": "areas", "gebieden": "areas", "gevolg": "effects", "gevolgen": "effects", "bedrag": "amount",
    "begint": "starts", "eindigt": "ends", "toelichting": "rationale", "reden": "reason", "standpunten": "positions", "dimensie": "dimension",
    "rechtsgrondslag": "legal_basis", "waarborgen": "safeguards", "verwacht": "expect", "begrip": "concept",
}  # fmt: skip
T = TypeVar("T")
P = ParamSpec("P")

# The length from which a line of a message is cut; a key or term of the input can be a megabyte.
_LONGEST = 600
# How many faults are told, and how many are looked for; a file can have one in every line.
_MOST = 100
MOST_FAULTS = 1_000


@frozen
class Location(Shown):
    """Where in the input something stands.

    Attributes:
        path: the file as the user named it, or a name such as `<string>`.
        line: counted from one; None where the input has no lines (a dict).
        key: the key path, `measure[3].areas`; empty for the file as a whole.
    """

    path: str
    line: int | None = None
    key: str = ""

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}, {self.key}" if self.key else place


@frozen
class Edit(Shown):
    """A change of the text at the place of a fault that would mend it; `toml.mending` tells which letters that are.

    Attributes:
        old: the word that gives way, which stands there as a key or in a value; empty where lines are added to the table.
        new: what comes for it.
        sure: whether nothing else can well be meant, so that it can be made without asking.
    """

    old: str
    new: str
    sure: bool


class Help(str):
    """Help that proposes edits, the likeliest first."""

    edits: tuple[Edit, ...]

    __slots__ = ("edits",)

    def __new__(cls, text: str, edits: Iterable[Edit] = ()) -> Self:
        """The text with what it proposes."""
        made = super().__new__(cls, text)
        made.edits = tuple(edits)
        return made

    def __reduce__(self) -> tuple[type["Help"], tuple[str, tuple[Edit, ...]]]:
        return Help, (str(self), self.edits)


@frozen
class Fault(Shown):
    """One thing that is wrong in the input.

    Attributes:
        message: what is wrong; lower case, no final stop.
        location: where.
        help: how to mend it; may be empty.
        dutch: message and help in Dutch; empty where they are those of the catalogue (`consistent.messages`).
        edits: changes at the place that would mend it, the likeliest first; those of the help unless given.
    """

    message: str
    location: Location
    help: str = ""
    dutch: tuple[str, str] = ("", "")
    edits: tuple[Edit, ...] = field(default=Factory(lambda self: _edits_of(self.help), takes_self=True))

    def __str__(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """The fault with its place and help, one line each, in a language."""
        message, help = self.in_words(language)
        return _said(message, str(self.location), help, language)

    def in_words(self, language: str) -> tuple[str, str]:
        """Message and help in a language."""
        message, help = self.dutch if language == "nl" else ("", "")
        return message or _translated(self.message, language), help or _translated(self.help, language)


class ConsistentError(Exception):
    """Base of every error that this library raises on purpose."""

    def said(self, language: str) -> str:
        """What is wrong, in a language as far as it is told in that."""
        return _translated(str(self), language)


class InputError(ConsistentError):
    """The input cannot be used; `faults` holds everything that is wrong with it, at least one."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.said("en"))

    def said(self, language: str) -> str:
        """The faults, one below the other, as far as a reader can want them (`told`)."""
        return "\n\n".join(fault.said(language) for fault in told(self.faults))

    def __reduce__(self) -> tuple[type["InputError"], tuple[tuple[Fault, ...]]]:
        # Exceptions pickle by their message otherwise, and a worker process would lose the faults.
        return InputError, (self.faults,)


def told(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults that are printed or written: of many the first ones, and one that says how many more there are."""
    if len(faults) <= _MOST + 1:
        return tuple(faults)
    more, first = len(faults) - _MOST, faults[_MOST]
    # Nobody looked for more.
    least, minste = ("at least ", "minstens ") if len(faults) >= MOST_FAULTS else ("", "")
    rest = Fault(
        f"and {least}{more:,} more faults, from here on",
        first.location,
        "mend those above first",
        (f"en nog {minste}{more} fouten, vanaf hier", "verhelp eerst de fouten hierboven"),
    )
    return (*faults[:_MOST], rest)


class Faults:
    """Collects the faults of several files, to be told together; where there are more than anybody can want, it raises them."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, message: str, location: Location, help: str = "") -> None:
        """Note one fault.

        Raises:
            InputError: with all that was noted: it is as much as is looked for.
        """
        self.take((Fault(message, location, help),))

    def take(self, faults: Iterable[Fault]) -> None:
        """Note some faults.

        Raises:
            InputError: as `add`.
        """
        self.found.extend(faults)
        del self.found[MOST_FAULTS:]
        if len(self.found) == MOST_FAULTS:
            self.raise_any()

    def attempt(self, action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Call something that may raise `InputError`; None and the faults noted if it does.

        Raises:
            InputError: as `add`.
        """
        try:
            return action(*args, **kwargs)
        except InputError as error:
            faults = error.faults
        self.take(faults)
        return None

    def raise_any(self) -> None:
        """Raise `InputError` with all that was noted, if anything was."""
        if self.found:
            raise InputError(self.found)


class UsageError(ConsistentError):
    """The library or command was asked for something that does not exist: a pack, a rule, an engine.

    Attributes:
        message: what is wrong; lower case, no final stop.
        help: how to mend it; may be empty.
    """

    def __init__(self, message: str, help: str = "") -> None:
        self.message, self.help = message, help
        super().__init__(message, help)

    def __str__(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """What is wrong and what helps, one line each, in a language."""
        return _said(_translated(self.message, language), "", _translated(self.help, language), language)


class EngineError(ConsistentError):
    """An engine did not do all of its work; its silence must not be taken for an answer."""


def did_you_mean(word: str, known: Iterable[str], *, limit: int = 12) -> str:
    """Help for a word that is not known: the nearest known ones, or all where they are few."""
    choices: Sequence[str] = sorted(known)
    english = _ENGLISH.get(word.lower())
    if english in choices:
        return f"keys are in English: write `{english}`"
    near = nearest(word, choices)
    if near:
        said = "did you mean " + " or ".join(f"`{choice}`" for choice in near) + "?" + _lookalikes(word, near)
        return Help(said, _replacements(word, near))
    if 0 < len(choices) <= limit:
        return "known here: " + ", ".join(f"`{choice}`" for choice in choices)
    return ""


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words that look most like one, three at most, nearest first."""
    return tuple(get_close_matches(word, sorted(known), n=3, cutoff=0.6))


# How like a word must be to be put in place of another unasked, and how much less like every other one.
_SURE, _APART = 0.8, 0.1


def _replacements(word: str, near: Sequence[str]) -> Iterable[Edit]:
    """The edits that put a near word in place of one that is not known, nearest first."""
    likeness = [SequenceMatcher(a=choice, b=word).ratio() for choice in near]
    for index, choice in enumerate(near):
        sure = index == 0 and likeness[0] >= _SURE and all(likeness[0] - other >= _APART for other in likeness[1:])
        yield Edit(word, choice, sure)


def _edits_of(help: str) -> tuple[Edit, ...]:
    return help.edits if isinstance(help, Help) else ()


def printable(text: str) -> str:
    """The text with each control or format character replaced by a visible one, so that none reaches a terminal.

    Line breaks and tabs become blanks. The length stays the same.
    """
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(letter: str) -> str:
    if letter in "\n\t":
        return " "
    return "\ufffd" if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else letter


def _said(message: str, place: str, help: str, language: str) -> str:
    """A fault as it is printed: up to three lines, each fit for a terminal however odd the input."""
    at, helps = ("bij", "hulp") if language == "nl" else ("at", "help")
    lines = [message, place and f"  {at} {place}", help and f"{helps}: {help}"]
    return "\n".join(printable(_shortened(line)) for line in lines if line)


def _translated(text: str, language: str) -> str:
    if language != "nl" or not text:
        return text
    from consistent.messages import in_dutch  # noqa: PLC0415  most runs need no catalogue

    # Of a text that is cut anyway no more is looked at.
    return in_dutch(_shortened(text))


def _shortened(line: str) -> str:
    """The line without its middle if it quotes more input than a reader can want."""
    half = _LONGEST // 2
    return line if len(line) <= _LONGEST else f"{line[:half]} ... {line[-half:]}"


def _lookalikes(word: str, near: Iterable[str]) -> str:
    """The letters of a word that no near one has and that may look like others: a Cyrillic `a`, a hidden blank."""
    odd = {letter for letter in word if not letter.isascii()} - set("".join(near))
    names = (f"U+{ord(letter):04X} {unicodedata.name(letter, 'without a name').lower()}" for letter in sorted(odd))
    return f" it holds {', '.join(names)}" if odd else ""
