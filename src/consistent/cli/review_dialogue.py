"""A draft gone through on a terminal: each value with its passage, and what a person says of it."""

import re
from collections.abc import Callable, Sequence

from attrs import define, field
from rich.console import Console
from rich.text import Text

from consistent.cli.conversation import BACK, HELP, QUIT, SKIP, Conversation
from consistent.errors import UsageError
from consistent.inquiries.questions.replying import NO, NONE, NOTHING, YES
from consistent.inquiries.reviews.unconfirmed import Unconfirmed, near_terms
from consistent.inquiries.reviews.verdicts import CONFIRMED, LACKS, REMOVED, Review, Verdict, choices
from consistent.inquiries.typed import atom_of
from consistent.knowledge.base import Knowledge
from consistent.model.text import Language, Localized
from consistent.model.values import Atom
from consistent.model.vocabulary import Term
from consistent.reports.lines import print_lines
from consistent.reports.review_text import Passages, item_lines

__all__ = ["ReviewDialogue"]

_CONFIRM = YES | {"c", "ok", "confirm", "bevestig"}
_REST = {"a", "all", "alles", "rest"}
_WORDS = {
    "keys": Localized(
        "y confirms, n is not so, a confirms the rest of the measure; or type what it should be. "
        "Enter skips, b goes back, q saves and stops, h helps, Ctrl-C leaves all as it was.",
        "j bevestigt, n is niet zo, a bevestigt de rest van de maatregel; of typ wat het moet zijn. "
        "Enter slaat over, b gaat terug, q bewaart en stopt, h helpt, Ctrl-C laat alles zoals het was.",
    ),
    "help": Localized(
        "Another value: a number from the list, a term or its label, an amount in whole euros, a date (2026-01-31), a citation "
        "(TFEU 173(3)) or a text; 'none' where there is none at all. n takes the value out and asks why. What you skip stays "
        "unconfirmed.",
        "Een andere waarde: een nummer uit de lijst, een term of de naam ervan, een bedrag in hele euro's, een datum "
        "(2026-01-31), een bepaling (TFEU 173(3)) of een tekst; 'geen' waar er geen is. n haalt de waarde weg en vraagt waarom. "
        "Wat je overslaat, blijft onbevestigd.",
    ),
    "prompt": Localized("y, n, a, or another value", "j, n, a, of een andere waarde"),
    "prompt all": Localized("y or a", "j of a"),
    "why": Localized(
        "1: the text says that it is not there. 2: the text does not tell. Enter: as it was.",
        "1: de tekst zegt dat het er niet is. 2: de tekst zegt het niet. Enter: zoals het was.",
    ),
    "item": Localized("{number} of {count}", "{number} van {count}"),
    "confirmed": Localized("Confirmed.", "Bevestigd."),
    "rest": Localized("Confirmed: {count}.", "Bevestigd: {count}."),
    "lacks": Localized("Taken out: it is not there.", "Weggehaald: het is er niet."),
    "removed": Localized("Taken out: not known.", "Weggehaald: niet bekend."),
    "changed": Localized("Changed: {value}.", "Gewijzigd: {value}."),
    "none": Localized("none", "geen"),
    "no way back": Localized("This is the first value.", "Dit is de eerste waarde."),
    "done": Localized("That was the last one.", "Dat was de laatste."),
}


@define
class ReviewDialogue:
    """One walk through a draft; it writes nothing but to the terminal.

    Attributes:
        items: the values, in the order in which they are put.
        passages: what the documents say.
        read: shows a prompt and returns a line; raises EOFError where there are no more.
        said: what was said of each value.
    """

    review: Review
    items: Sequence[Unconfirmed]
    passages: Passages
    knowledge: Knowledge
    console: Console
    read: Callable[[str], str]
    language: Language
    said: dict[Unconfirmed, Verdict] = field(factory=dict, init=False)
    _talk: Conversation = field(init=False)
    # Before each step: at which value, and what had been said.
    _past: list[tuple[int, dict[Unconfirmed, Verdict]]] = field(factory=list, init=False)
    _at: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self._talk = Conversation(self.console, self.read, self.language, _WORDS)

    def run(self) -> None:
        """Put values until none is left, or the person stops.

        Raises:
            KeyboardInterrupt: the person breaks off.
        """
        self._talk.say("keys")
        try:
            while self._at < len(self.items):
                if not self._put(self.items[self._at]):
                    return
        except EOFError:
            # Whoever closes the input has nothing more to say; what was said counts.
            self.console.print()
            return
        self._talk.say("done")

    def _put(self, item: Unconfirmed) -> bool:
        """Put one value until something is said of it, it is skipped or gone back from; no where the person stops."""
        self.console.print()
        self._talk.say("item", number=self._at + 1, count=len(self.items))
        head = self._at == 0 or self.items[self._at - 1].measure != item.measure
        near = near_terms(item, self.knowledge)
        print_lines(self.console, item_lines(item, self.passages, self.language, near, head=head))
        while True:
            typed = self._talk.typed(self._talk.word("prompt all" if item.field == "all" else "prompt") + " > ")
            word = typed.casefold()
            if word in QUIT:
                return False
            if word in HELP:
                self._talk.say("help")
            elif word in BACK:
                if self._past:
                    self._at, self.said = self._past.pop()
                    return True
                self._talk.say("no way back")
            elif word in SKIP:
                self._go_on({})
                return True
            elif word in _REST:
                rest = [each for each in self.items[self._at :] if each.measure == item.measure]
                left = dict.fromkeys((each for each in rest if each not in self.said), CONFIRMED)
                self._go_on(left, steps=len(rest))
                self._talk.say("rest", count=len(left))
                return True
            elif self._answer(item, typed, near):
                return True

    def _answer(self, item: Unconfirmed, typed: str, near: Sequence[Term]) -> bool:
        """Take in what was said; no where it was nothing."""
        try:
            verdict = self._verdict(item, typed, near)
            if verdict is None:
                return False
            if verdict != CONFIRMED:
                self.review.try_out({**self.said, item: verdict}, item)
        except UsageError as error:
            self.console.print(Text(str(error), style="red"))
            return False
        self._go_on({item: verdict})
        value = verdict.title or ", ".join(map(str, verdict.atoms)) or self._talk.word("none")
        self._talk.say(verdict.kind, style="bold", value=value)
        return True

    def _verdict(self, item: Unconfirmed, typed: str, near: Sequence[Term]) -> Verdict | None:
        word = typed.casefold()
        if word in _CONFIRM:
            return CONFIRMED
        if word in NO:
            open_to = choices(item)
            if len(open_to) == 1:
                return open_to[0]
            return {"1": LACKS, "2": REMOVED}.get(self._talk.typed(self._talk.word("why") + " > "))
        takes = item.takes
        if takes is None:
            # Of what has no evidence of its own nothing can be changed either.
            choices(item)
            return Verdict("changed", title=typed)
        # One of several values that is wrong may be another; that there is none at all is said of the whole.
        if word in NONE | NOTHING and (takes.single or len(item.atoms) != 1):
            return Verdict("changed")
        alone = len(item.atoms) == 1 or takes.single or takes.type in {"text", "amount", "date"}
        parts = [typed] if alone else [each.strip() for each in re.split(r"[,;]", typed)]
        atoms = dict.fromkeys(self._atom(item, each, near) for each in parts if each)
        return CONFIRMED if tuple(atoms) == item.atoms else Verdict("changed", tuple(atoms))

    def _atom(self, item: Unconfirmed, typed: str, near: Sequence[Term]) -> Atom:
        if typed.isascii() and typed.isdecimal() and len(typed) == 1 and 0 < int(typed) <= len(near):
            return near[int(typed) - 1].id
        if item.takes is None:  # pragma: no cover  told before
            raise AssertionError(item)
        return atom_of(typed, item.takes, self.knowledge, [each.id for each in near])

    def _go_on(self, said: dict[Unconfirmed, Verdict], steps: int = 1) -> None:
        self._past.append((self._at, dict(self.said)))
        self.said = {**self.said, **said}
        self._at += steps
