"""`consistent review`."""

import re
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from attrs import define, field
from rich.console import Console
from rich.text import Text

from consistent.checker import load
from consistent.cli._conversation import BACK, FOR_ALL, HELP, QUIT, SKIP, Conversation, hold, on_terminal, open_file
from consistent.cli.inputs import tell_other_packs
from consistent.cli.options import add_as_of, add_engine, add_format, add_lang, add_pack, add_strict
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.documents.reading import is_document, read_document
from consistent.errors import InputError, UsageError
from consistent.inquiries.differences.difference import difference
from consistent.inquiries.questions.pending import Key
from consistent.inquiries.questions.recording import closing, found_in
from consistent.inquiries.questions.replying import ALL, NO, NONE, NOTHING, YES, atom_of, for_all_measures
from consistent.inquiries.review import Unconfirmed, near_terms, passage_of, resting_on, unconfirmed
from consistent.inquiries.verdicts import CONFIRMED, LACKS, REMOVED, Review, Verdict, choices
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import ORDERED, Evidence
from consistent.model.text import Language, Localized
from consistent.model.values import Atom
from consistent.model.vocabulary import Term
from consistent.reports import json_format
from consistent.reports.diff_text import changes_outline
from consistent.reports.review_text import Passages, item_outline, reviewed_outline, unconfirmed_outline
from consistent.reports.terminal import print_outline
from consistent.toml.files import is_file, is_folder, read_file

__all__ = ["ReviewDialogue", "add", "review"]

# A draft gone through on a terminal: each value with its passage, and what a person says of it.

_CONFIRM = YES | {"c", "ok", "confirm", "bevestig"}
_REST = {"a", "all", "alles", "rest"}
_THAT_IS_ALL = ALL - _REST
_TALK_WORDS = {
    "keys": Localized(
        "y confirms, n is not so, a confirms the rest of the measure; or type what it should be. "
        "Enter skips, b goes back, q saves and stops, h helps, Ctrl-C leaves all as it was.",
        "j bevestigt, n is niet zo, a bevestigt de rest van de maatregel; of typ wat het moet zijn. "
        "Enter slaat over, b gaat terug, q bewaart en stopt, h helpt, Ctrl-C laat alles zoals het was.",
    ),
    "help": Localized(
        "Another value: a number from the list, a term or its label, an amount in whole euros, a date (2026-01-31), a citation "
        "(TFEU 173(3)) or a text; 'none' where there is none at all. n takes the value out and asks why. 'that is all': it is so, "
        "and the field has nothing else; 'that is all for all measures': nor has it in any other measure. What you skip stays "
        "unconfirmed.",
        "Een andere waarde: een nummer uit de lijst, een term of de naam ervan, een bedrag in hele euro's, een datum "
        "(2026-01-31), een bepaling (TFEU 173(3)) of een tekst; 'geen' waar er geen is. n haalt de waarde weg en vraagt waarom. "
        "'dat is alles': het is zo, en het veld heeft verder niets; 'dat is alles voor alle maatregelen': ook niet bij een andere "
        "maatregel. Wat je overslaat, blijft onbevestigd.",
    ),
    "prompt": Localized("y, n, a, or another value", "j, n, a, of een andere waarde"),
    "prompt all": Localized("y or a", "j of a"),
    "why": Localized(
        "1: the text says that it is not there. 2: the text does not tell. Enter or b: as it was.",
        "1: de tekst zegt dat het er niet is. 2: de tekst zegt het niet. Enter of b: zoals het was.",
    ),
    "no answer": Localized(
        "`{said}` cannot be said here.", "`{said}` kan hier niet worden gezegd. Nader, in het Engels:"
    ),
    "neither": Localized("`{said}` is neither 1 nor 2.", "`{said}` is geen 1 en geen 2."),
    "place": Localized(
        "Where does the text say that this is all? Enter: no place",
        "Waar in de tekst staat dat dit alles is? Enter: geen vindplaats",
    ),
    "closes": Localized(
        "'{label}': what stands there is all; measures: {count}.",
        "'{label}': wat er staat is alles; maatregelen: {count}.",
    ),
    "closed": Localized("Confirmed, and that is all.", "Bevestigd, en dat is alles."),
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
        closed: fields of which it was said that what is known is all, with where the text says so.
    """

    review: Review
    items: Sequence[Unconfirmed]
    passages: Passages
    knowledge: Knowledge
    console: Console
    read: Callable[[str], str]
    language: Language
    said: dict[Unconfirmed, Verdict] = field(factory=dict, init=False)
    closed: dict[Key, Evidence | None] = field(factory=dict, init=False)
    _talk: Conversation = field(init=False)
    # Before each step: at which value, and what had been said.
    _past: list[tuple[int, dict[Unconfirmed, Verdict], dict[Key, Evidence | None]]] = field(factory=list, init=False)
    _at: int = field(default=0, init=False)
    _stopping: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        self._talk = Conversation(self.console, self.read, self.language, _TALK_WORDS | FOR_ALL)

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
        print_outline(self.console, item_outline(item, self.passages, self.language, near, head=head))
        while True:
            typed = self._talk.typed(self._talk.word("prompt all" if item.field == "all" else "prompt") + " > ")
            word = typed.casefold()
            if word in QUIT:
                return False
            if word in HELP:
                self._talk.say("help")
            elif word in BACK:
                if self._past:
                    self._at, self.said, self.closed = self._past.pop()
                    return True
                self._talk.say("no way back")
            elif word in SKIP:
                self._go_on({})
                return True
            elif word in _REST:
                rest = [other for other in self.items[self._at :] if other.measure == item.measure]
                left = dict.fromkeys((other for other in rest if other not in self.said), CONFIRMED)
                self._go_on(left, steps=len(rest))
                self._talk.say("rest", count=len(left))
                return True
            elif self._answer(item, typed, near):
                return not self._stopping
            elif self._stopping:
                return False

    def _answer(self, item: Unconfirmed, typed: str, near: Sequence[Term]) -> bool:
        """Take in what was said; no where it was nothing."""
        bare, everywhere = for_all_measures(typed)
        closes = bare.casefold() in _THAT_IS_ALL
        closed: dict[Key, Evidence | None] = {}
        try:
            if closes:
                closed = self._closing(item, everywhere=everywhere)
                if not closed:
                    return False
            verdict = CONFIRMED if closes else self._verdict(item, typed, near)
            if verdict is None:
                return False
            if verdict != CONFIRMED or closed:
                self.review.try_out({**self.said, item: verdict}, item, self.closed | closed)
        except UsageError as error:
            if self.language == "nl":
                self._talk.say("no answer", style="red", said=typed)
            self.console.print(Text(error.said(self.language), style="red" if self.language == "en" else "dim"))
            return False
        self._go_on({item: verdict})
        self.closed = self.closed | closed
        value = verdict.title or ", ".join(map(str, verdict.atoms)) or self._talk.word("none")
        self._talk.say("closed" if closes else verdict.kind, style="bold", value=value)
        return True

    def _closing(self, item: Unconfirmed, *, everywhere: bool) -> dict[Key, Evidence | None]:
        """The fields that are closed, with where the text says so; none where the person thinks better of it.

        Raises:
            UsageError: the value is not one of several that a field can have.
        """
        own = (item.measure, item.field)
        if item.takes is None or item.takes.single or item.says != "has" or (everywhere and item.measure is None):
            raise UsageError("this cannot be said here", "of a field that can have several values, where one is there")
        proposal = self.review.proposal
        keys = [own]
        if everywhere:
            told = closing(proposal, item.field, fields=self.knowledge.fields)
            keys += [key for edit in told.edits if (key := (edit.measure, edit.field)) != own]
            self._talk.say("closes", style="bold", label=item.label.get(self.language), count=len(keys))
            if told.emptied:
                self._talk.say("emptied", style="yellow", count=len(told.emptied), names=", ".join(told.emptied))
            if self._talk.typed(self._talk.word("sure") + " > ").casefold() not in YES:
                return {}
        place = self._talk.typed(self._talk.word("place") + " > ")
        if place.casefold() in BACK:
            return {}
        self._stopping = place.casefold() in QUIT
        place = "" if self._stopping or place in SKIP else place
        return {key: found_in(proposal, key, place, self.language) for key in keys}

    def _verdict(self, item: Unconfirmed, typed: str, near: Sequence[Term]) -> Verdict | None:
        word = typed.casefold()
        if word in _CONFIRM:
            return CONFIRMED
        if word in NO:
            open_to = choices(item)
            if len(open_to) == 1:
                return open_to[0]
            return self._reason()
        takes = item.takes
        if takes is None:
            # Of what has no evidence of its own nothing can be changed either.
            choices(item)
            return Verdict("changed", title=typed)
        # One of several values that is wrong may be another; that there is none at all is said of the whole.
        if word in NONE | NOTHING and (takes.single or len(item.atoms) != 1):
            return Verdict("changed")
        alone = len(item.atoms) == 1 or takes.single or takes.type in {"text", *ORDERED}
        parts = [typed] if alone else [words.strip() for words in re.split(r"[,;]", typed)]
        atoms = dict.fromkeys(self._atom(item, part, near) for part in parts if part)
        return CONFIRMED if tuple(atoms) == item.atoms else Verdict("changed", tuple(atoms))

    def _reason(self) -> Verdict | None:
        """Why a value is not so; nothing where it is left as it was, or the person stops."""
        while (word := self._talk.typed(self._talk.word("why") + " > ").casefold()) not in SKIP | BACK:
            if word in {"1", "2"}:
                return LACKS if word == "1" else REMOVED
            if word in QUIT:
                self._stopping = True
                return None
            self._talk.say("help") if word in HELP else self._talk.say("neither", style="red", said=word)
        return None

    def _atom(self, item: Unconfirmed, typed: str, near: Sequence[Term]) -> Atom:
        if typed.isascii() and typed.isdecimal() and len(typed) == 1 and 0 < int(typed) <= len(near):
            return near[int(typed) - 1].id
        if item.takes is None:  # pragma: no cover  told before
            raise AssertionError(item)
        return atom_of(typed, item.takes, self.knowledge, [name.id for name in near])

    def _go_on(self, said: dict[Unconfirmed, Verdict], steps: int = 1) -> None:
        self._past.append((self._at, dict(self.said), dict(self.closed)))
        self.said = {**self.said, **said}
        self._at += steps


_WORDS = {
    "written": Localized("Written into {path}.", "Geschreven in {path}."),
    "kept": Localized("The draft with the answers is in {path}.", "Het concept met de antwoorden staat in {path}."),
    "left": Localized("Nothing was said; {path} is as it was.", "Er is niets gezegd; {path} is ongewijzigd."),
    "broken": Localized("Broken off; {path} is as it was.", "Afgebroken; {path} is ongewijzigd."),
}


def add(commands: Commands) -> None:
    """Define `consistent review`."""
    parser = commands.add("review", review, talks=True)
    parser.takes(
        "draft",
        metavar=Localized("DRAFT", "CONCEPT"),
        help=Localized(
            "a drafted proposal in TOML, or - to list for standard input",
            "een conceptvoorstel in TOML, of - voor een lijst bij standaardinvoer",
        ),
    )
    parser.takes(
        "--document",
        metavar="DOC",
        help=Localized(
            "that the draft was made from, to show its passages",
            "waarvan het concept is gemaakt, om de passages te tonen",
        ),
    )
    parser.takes(
        "--list",
        action="store_true",
        help=Localized(
            "list the values; so too where there is no terminal",
            "toon de waarden als lijst; ook waar geen terminal is",
        ),
    )
    add_pack(parser)
    add_lang(parser)
    add_format(
        parser,
        Localized("json lists", "json geeft een lijst"),
    )
    add_as_of(parser)
    add_strict(parser)
    add_engine(parser)


def review(arguments: Namespace, streams: Streams) -> int:
    """Go through the values of a draft that no person stands for yet, or list them."""
    kb = load(arguments.pack)
    tell_other_packs(kb, arguments.lang, streams)
    opened = open_file(arguments.draft, arguments.lang)
    path, file = opened.path, opened.file
    case = kb.case(kb.read_file(file), as_of=arguments.as_of, strict=arguments.strict, engine=arguments.engine)
    before = case.report()
    items = unconfirmed(file, case.proposal, before, kb.knowledge)
    page = _text_of(Path(arguments.document)) if arguments.document else ""
    passages = _passages(items, (lambda _: page) if arguments.document else _named_beside(path))
    if arguments.format == "json":
        streams.write_json(json_format.render_review(items, passages, case.proposal))
        return 0
    if arguments.list or opened.is_stream or not items or not on_terminal(streams):
        print_outline(streams.console, unconfirmed_outline(items, passages, arguments.lang))
        return 0

    draft = Review(file, case.proposal, kb.knowledge.vocabularies)
    dialogue = ReviewDialogue(draft, items, passages, kb.knowledge, streams.console, input, arguments.lang)

    def answered() -> str | None:
        return draft.text(dialogue.said, dialogue.closed) if dialogue.said else None

    status = hold(opened, streams, arguments.lang, _WORDS, dialogue.run, answered)
    if status is not None:
        return status
    after = kb.case(path, as_of=arguments.as_of, strict=arguments.strict, engine=arguments.engine)
    kinds = Counter(answer.kind for answer in dialogue.said.values())
    counts = {
        "confirmed": kinds["confirmed"],
        "changed": kinds["changed"],
        "out": kinds["lacks"] + kinds["removed"],
        "left": after.proposal.unconfirmed,
    }
    print_outline(
        streams.console, reviewed_outline(counts, (resting_on(before), resting_on(after.report())), arguments.lang)
    )
    print_outline(streams.console, changes_outline(difference(case, after), arguments.lang))
    return 0


def _passages(items: Iterable[Unconfirmed], text_of: Callable[[str], str]) -> Passages:
    """What the documents say; nothing of a document that is not at hand."""
    told: dict[Evidence, str] = {evidence: text_of(evidence.document) for item in items for evidence in item.evidence}
    return {
        evidence: passage_of(evidence, text)
        for evidence, text in told.items()
        if text and (evidence.span or evidence.quote)
    }


def _named_beside(draft: Path) -> Callable[[str], str]:
    """Reads the documents that evidence names, where the name is a file: beside the draft, or from where the user is."""

    @cache
    def text_of(name: str) -> str:
        for path in (draft.parent / name, Path(name)):
            try:
                if is_file(path) and not is_folder(path) and is_document(read_file(path, name)):
                    return _text_of(path)
            except (InputError, ValueError):
                # Most names are no files, and what they name cannot be asked for. The quotes are shown instead.
                continue
        return ""

    return text_of


def _text_of(path: Path) -> str:
    return read_document(path).text
