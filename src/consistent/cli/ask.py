"""`consistent ask`."""

from argparse import Namespace
from collections.abc import Callable, Iterable
from getpass import getuser
from itertools import chain

from attrs import define, field, frozen
from rich.console import Console
from rich.text import Text

from consistent.checker import KnowledgeBase, load
from consistent.cli._conversation import (
    BACK,
    FOR_ALL,
    HELP,
    QUIT,
    SKIP,
    Conversation,
    hold,
    on_terminal,
    opened_file,
    write,
)
from consistent.cli.inputs import read_input, tell_other_packs, with_waivers
from consistent.cli.options import MEASURE, NAME, add_checking, add_proposal, number_type
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.documents.reading import is_document
from consistent.errors import UsageError, did_you_mean, printable
from consistent.findings.case import Case
from consistent.inquiries.edits import Edit, apply, field_of
from consistent.inquiries.questions.open_questions import Foretold, Question
from consistent.inquiries.questions.pending import Key
from consistent.inquiries.questions.questions import foretell, open_questions, questions_of, settled_between, value_of
from consistent.inquiries.questions.recording import closing, found_in, record, spread
from consistent.inquiries.questions.replying import YES, Reply, for_all_measures, reply
from consistent.model.proposal import Evidence, Fields
from consistent.model.text import Language, Localized, today
from consistent.reports.notices import draft_outline, notice_outline
from consistent.reports.outline import Section
from consistent.reports.questions_text import (
    changed_outline,
    closed_outline,
    foretold_outline,
    question_outline,
    questions_outline,
)
from consistent.reports.terminal import print_outline

__all__ = ["Dialogue", "add", "ask"]

# Questions and answers on a terminal: one after another, each chosen by what is still open after those before it.

_TALK_WORDS = {
    "keys": Localized(
        "Enter or ? skips, b goes back, q saves and stops, h helps, Ctrl-C leaves all as it was.",
        "Enter of ? slaat over, b gaat terug, q bewaart en stopt, h helpt, Ctrl-C laat alles zoals het was.",
    ),
    "help": Localized(
        "Type numbers or terms with commas between them; - before one says that it is not there. 'none': none of these. "
        "'that is all': nothing else at all. What is not mentioned stays unknown. 'for all measures' at the end gives the answer "
        "for all of them.",
        "Typ nummers of termen met komma's ertussen; - ervoor zegt dat het er niet is. 'geen': geen van deze. "
        "'dat is alles': verder helemaal niets. Wat niet wordt genoemd, blijft onbekend. 'voor alle maatregelen' aan het eind "
        "geeft het antwoord voor alle.",
    ),
    "one field": Localized(
        "Asked of {count} measures; end an answer with 'for all measures' to give it for all of them.",
        "Gevraagd van {count} maatregelen; eindig een antwoord met 'voor alle maatregelen' om het voor alle te geven.",
    ),
    "for all": Localized(
        "This answers '{label}'; measures: {count}.", "Dit beantwoordt '{label}'; maatregelen: {count}."
    ),
    "unfit": Localized(
        "Left as it is, since the file says otherwise ({count}): {names}",
        "Ongewijzigd, omdat het bestand iets anders zegt ({count}): {names}",
    ),
    "several": Localized("numbers, 'none', 'that is all'", "nummers, 'geen', 'dat is alles'"),
    "single": Localized("a number, or a term", "een nummer, of een term"),
    "yes or no": Localized("yes or no", "ja of nee"),
    "amount": Localized("whole euros, or 'none'", "hele euro's, of 'geen'"),
    "number": Localized("a whole number, or 'none'", "een geheel getal, of 'geen'"),
    "date": Localized("year-month-day, or 'none'", "jaar-maand-dag, of 'geen'"),
    "citation": Localized("TFEU 173(3), TFEU 114(1) ...", "TFEU 173(3), TFEU 114(1) ..."),
    "text": Localized("the text, or 'none'", "de tekst, of 'geen'"),
    "rest": Localized(
        "And what you did not mention? Enter: not known. n: none of these. a: nothing else at all.",
        "En wat niet is genoemd? Enter: niet bekend. n: geen van deze. a: verder helemaal niets.",
    ),
    "all": Localized(
        "Is that all? Enter: not known. a: yes, nothing else.", "Is dat alles? Enter: niet bekend. a: ja, verder niets."
    ),
    "no answer": Localized(
        "`{said}` cannot be taken as an answer; type what the line before `>` names, or h.",
        "`{said}` kan niet als antwoord worden gebruikt; typ wat op de regel voor `>` staat, of h.",
    ),
    "place": Localized(
        "Where does the text say so (article, recital, page)? Enter: leave open",
        "Waar in de tekst staat dat (artikel, overweging, bladzijde)? Enter: open laten",
    ),
    "means": Localized("That means:", "Dat betekent:"),
    "means nothing": Localized("That settles nothing by itself.", "Dat beslist op zichzelf niets."),
    "no way back": Localized("This is the first question.", "Dit is de eerste vraag."),
    "done": Localized("No questions are left.", "Er zijn geen vragen meer."),
    "skipped": Localized(
        "No questions are left but those that were skipped.", "Er zijn alleen overgeslagen vragen over."
    ),
    "question": Localized("Question {number}, at most {left} to go", "Vraag {number}, nog hoogstens {left} te gaan"),
}


@frozen
class _Turn:
    """What was so before an answer or a skip, so that one can go back to it."""

    case: Case
    skipped: frozenset[Key]
    evidence: dict[Key, Evidence]


@define
class Dialogue:
    """One conversation about one proposal; it writes nothing but to the terminal.

    Attributes:
        case: with all that was answered.
        read: shows a prompt and returns a line; raises EOFError where there are no more.
        limit: how many questions are put at most.
        evidence: where answers were found.
    """

    case: Case
    console: Console
    read: Callable[[str], str]
    language: Language
    limit: int | None = field(default=None, kw_only=True)
    evidence: dict[Key, Evidence] = field(factory=dict, init=False)
    _talk: Conversation = field(init=False)
    _start: Case = field(init=False)
    _skipped: frozenset[Key] = field(default=frozenset(), init=False)
    _past: list[_Turn] = field(factory=list, init=False)
    _stopping: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        self._start = self.case
        self._talk = Conversation(self.console, self.read, self.language, _TALK_WORDS | FOR_ALL)

    @property
    def answered(self) -> bool:
        """Whether anything has come to be known."""
        return self.case.proposal != self._start.proposal

    def run(self) -> None:
        """Put questions until none is left, or the user stops.

        Raises:
            KeyboardInterrupt: the user breaks off.
        """
        self._talk.say("keys")
        while self.limit is None or len(self._past) < self.limit:
            questions, wanted = questions_of(self.case, skip=self._skipped, limit=1)
            if not questions:
                self._talk.say("skipped" if self._skipped else "done")
                return
            try:
                alike = sum(measure is not None and name == questions[0].field for measure, name in wanted)
                if not self._put(questions[0], len(wanted), alike) or self._stopping:
                    return
            except EOFError:
                # Whoever closes the input has nothing more to say; what was said counts.
                self.console.print()
                return

    def changes(self, after: Case) -> tuple[tuple[Foretold, ...], int, int]:
        """What has become of the rules that were open at the start, and how many were open then and are now."""
        return settled_between(self._start, after)

    def _put(self, question: Question, left: int, alike: int) -> bool:
        """Put one question until it is answered, skipped or gone back from; no where the user stops."""
        self.console.print()
        self.console.print(Text(self._talk.word("question", number=len(self._past) + 1, left=left), style="dim"))
        print_outline(self.console, question_outline(question, self.language))
        if question.measure is not None and alike > 1:
            self._talk.say("one field", count=alike)
        while True:
            said = self._talk.typed(f"{self._hint(question)} > ")
            word = said.casefold()
            if word in QUIT:
                return False
            if word in HELP:
                self._talk.say("help")
            elif word in BACK:
                if self._back():
                    return True
                self._talk.say("no way back")
            elif word in SKIP:
                self._remember()
                self._skipped |= {question.key}
                return True
            elif self._answer(question, said):
                return True
            elif self._stopping:
                return False

    def _answer(self, question: Question, said: str) -> bool:
        """Take in an answer; no where it was none."""
        said, everywhere = for_all_measures(said)
        try:
            found = self._whole(question, said)
            if found is None:
                return False
            edits = self._spread(question, found) if everywhere else (Edit(*question.key, found.value),)
        except UsageError as error:
            self._talk.say("no answer", style="red", said=said)
            self.console.print(Text(error.said(self.language), style="dim"))
            return False
        if not edits:
            return False
        foretold = foretell(self.case, question.key, found.value)
        means = list(foretold_outline(foretold, question.key, self.language))
        self._talk.say("means" if means else "means nothing", style="bold")
        print_outline(self.console, [Section((), means)])
        place = "" if self._stopping else self._place()
        if place is None:
            return False
        self._remember()
        for edit in edits:
            key = (edit.measure, edit.field)
            source = found_in(self.case.proposal, key, place, self.language)
            if source is not None:
                self.evidence[key] = source
            if found.rest:
                # It was asked and is not known; it is not asked again.
                self._skipped |= {key}
        self.case = self.case.of(apply(self.case.proposal, edits))
        return True

    def _place(self) -> str | None:
        """Where the text says so; empty where that is not said, nothing where the answer is taken back."""
        while (place := self._talk.typed(self._talk.word("place") + " > ")).casefold() in HELP:
            self._talk.say("help")
        if place.casefold() in BACK:
            return None
        self._stopping = place.casefold() in QUIT
        return "" if self._stopping or place in SKIP else place

    def _spread(self, question: Question, found: Reply) -> tuple[Edit, ...]:
        """The answer given for every measure, once it was said again what that comes to; nothing where it was not meant.

        Raises:
            UsageError: it can be given for the one measure only.
        """
        told = spread(self.case.proposal, question.key, found.value, self.case.knowledge.fields)
        self._talk.say("for all", style="bold", label=question.label.get(self.language), count=len(told.edits))
        for word, names in (("emptied", told.emptied), ("unfit", told.unfit)):
            if names:
                self._talk.say(word, style="yellow", count=len(names), names=", ".join(names))
        sure = self._talk.typed(self._talk.word("sure") + " > ").casefold()
        self._stopping = sure in QUIT
        return told.edits if sure in YES else ()

    def _whole(self, question: Question, said: str) -> Reply | None:
        """The reply, after asking what holds of the things that it does not mention; nothing where the answer is taken back."""
        value, taken = (
            value_of(self.case.proposal, question.key),
            field_of(question.measure, question.field, self.case.knowledge.fields),
        )

        def understood(text: str) -> Reply:
            return reply(question, text, value, taken, self.case.knowledge)

        found = understood(said)
        if found.rest:
            listed = any(answer.kind == "has" for answer in question.answers)
            more = self._talk.typed(self._talk.word("rest" if listed else "all") + " > ").casefold()
            if more in BACK:
                return None
            self._stopping = more in QUIT
            if more in {"n", "none", "geen"}:
                found = understood(f"{said}, none")
            elif more in {"a", "all", "alles", "that is all", "dat is alles"}:
                found = understood(f"{said}, that is all")
        return found

    def _remember(self) -> None:
        self._past.append(_Turn(self.case, self._skipped, dict(self.evidence)))

    def _back(self) -> bool:
        if not self._past:
            return False
        turn = self._past.pop()
        self.case, self._skipped, self.evidence = turn.case, turn.skipped, turn.evidence
        return True

    def _hint(self, question: Question) -> str:
        taken = field_of(question.measure, question.field, self.case.knowledge.fields)
        if taken.type != "terms":
            return self._talk.word(taken.type)
        return self._talk.word("yes or no" if question.yes_or_no else "single" if question.single else "several")


_WORDS = {
    "written": Localized("Written into {path}.", "Geschreven in {path}."),
    "kept": Localized("The proposal with the answers is in {path}.", "Het voorstel met de antwoorden staat in {path}."),
    "left": Localized("Nothing was answered; {path} is as it was.", "Er is niets geantwoord; {path} is ongewijzigd."),
    "broken": Localized("Broken off; {path} is as it was.", "Afgebroken; {path} is ongewijzigd."),
}
_INTO_DRAFT = Localized(
    "Answers are written into a draft: `consistent draft {path} -o FILE`, then `consistent ask FILE`.",
    "Antwoorden komen in een concept: `consistent draft {path} -o BESTAND`, daarna `consistent ask BESTAND`.",
)

_MOST_LOST = 5
_LOST = Localized(
    "words in the text may speak of more ({count}): {passages}; closing would settle these rules without a word: {rules}",
    "woorden in de tekst gaan misschien over meer ({count}): {passages}; afsluiten zou deze regels stilzwijgend beslissen: {rules}",
)
_LOST_HELP = Localized(
    "`consistent ask` puts them as questions; `--force` closes all the same",
    "`consistent ask` stelt ze als vragen; `--force` sluit toch af",
)
_NO_FILE = Localized(
    "answers are written into a file of TOML only", "antwoorden worden alleen in een TOML-bestand geschreven"
)
_WITHOUT_CLOSE = Localized(
    "--measure and --place say something with --close only", "--measure en --place zeggen alleen iets bij --close"
)
_NO_MEASURE = Localized("the proposal has no measure `{measure}`", "het voorstel heeft geen maatregel `{measure}`")
_NO_FIELD = Localized(
    "`{field}` is no field of measures that can have several values",
    "`{field}` is geen veld van maatregelen dat meer dan een waarde kan hebben",
)


def add(commands: Commands) -> None:
    """Define `consistent ask`."""
    parser = commands.add("ask", ask, talks=True)
    add_proposal(parser)
    parser.takes(
        "--list",
        action="store_true",
        help=Localized(
            "list the questions; so too where there is no terminal",
            "toon de vragen als lijst; ook waar geen terminal is",
        ),
    )
    parser.takes(
        "--close",
        action="append",
        metavar=Localized("FIELD", "VELD"),
        help=Localized(
            "write that what is known of this field of measures is all, and ask nothing; may be given again",
            "schrijf dat wat van dit veld van maatregelen bekend is, alles is, en vraag niets; mag vaker worden gegeven",
        ),
    )
    parser.takes(
        "--measure",
        action="append",
        metavar=MEASURE,
        help=Localized(
            "with --close: only of this measure (default: of all); may be given again",
            "bij --close: alleen van deze maatregel (standaard: van alle); mag vaker worden gegeven",
        ),
    )
    parser.takes(
        "--place",
        default="",
        metavar=Localized("TEXT", "TEKST"),
        help=Localized("with --close: where the text says so", "bij --close: waar in de tekst dat staat"),
    )
    parser.takes(
        "--force",
        action="store_true",
        help=Localized(
            "with --close: also over words that may speak of more",
            "bij --close: ook over woorden die misschien over meer gaan",
        ),
    )
    parser.takes(
        "--limit",
        type=number_type(parser.language),
        metavar="N",
        help=Localized(
            "that many questions at most, what weighs most first",
            "hoogstens zoveel vragen, wat het zwaarst weegt eerst",
        ),
    )
    parser.takes(
        "--by",
        default="",
        metavar=NAME,
        help=Localized(
            "who answers (default: the user of this machine)",
            "wie antwoordt (standaard: de gebruiker van deze machine)",
        ),
    )
    add_checking(parser, Localized("json lists", "json geeft een lijst"))


def ask(arguments: Namespace, streams: Streams) -> int:
    """Put the open questions of a proposal on a terminal and write the answers into its file, or list them."""
    kb = load(arguments.pack)
    tell_other_packs(kb, arguments.lang, streams)
    language, name = arguments.lang, arguments.proposal
    called, content = read_input(name)
    proposal, waivers = with_waivers(kb, called, content, arguments)
    case = kb.case(proposal, as_of=arguments.as_of, strict=arguments.strict, engine=arguments.engine, waivers=waivers)
    draft = list(draft_outline(case.proposal, language))
    if (arguments.measure or arguments.place) and not arguments.close:
        raise UsageError(_WITHOUT_CLOSE.get(language))
    if arguments.close:
        return _close(arguments, case, content, streams)
    # A proposal that was read by machine is asked about as an act; one that was recorded by hand measure by measure.
    if case.presumes:
        return _interview(arguments, kb, case, content, streams)
    if arguments.format == "json":
        from consistent.reports import json_format  # most pay for no form but text

        print_outline(streams.err, draft)
        streams.write_json(json_format.render_questions(open_questions(case, limit=arguments.limit), language))
        return 0
    if arguments.list or name == "-" or is_document(content) or not on_terminal(streams):
        listed = questions_outline(open_questions(case, limit=arguments.limit, in_short=True), language)
        print_outline(streams.console, chain(draft, listed))
        if waivers:
            print_outline(streams.console, notice_outline(case.report(), language))
        if is_document(content):
            streams.console.print(printable(_INTO_DRAFT.get(language).format(path=name)), soft_wrap=True)
        return 0

    opened = opened_file(name, called, content)
    path, file = opened.path, opened.file
    print_outline(streams.console, draft)
    dialogue = Dialogue(case, streams.console, input, language, limit=arguments.limit)

    def answered() -> str | None:
        new = dialogue.case.proposal
        return (
            record(file, case.proposal, new, dialogue.evidence, kb.knowledge.vocabularies)
            if dialogue.answered
            else None
        )

    status = hold(opened, streams, language, _WORDS, dialogue.run, answered)
    if status is not None:
        return status
    after = kb.case(path, as_of=arguments.as_of, strict=arguments.strict, engine=arguments.engine)
    print_outline(streams.console, changed_outline(*dialogue.changes(after), language))
    return 0


def _interview(arguments: Namespace, kb: KnowledgeBase, case: Case, content: bytes, streams: Streams) -> int:
    """Put the questions about an act, or list them."""
    from consistent.cli.interviewing import ActDialogue  # only where somebody is asked
    from consistent.inquiries.interview.interview import interview
    from consistent.reports.interview_text import interview_outline

    language, name = arguments.lang, arguments.proposal
    if arguments.format == "json":
        from consistent.reports import json_format  # most pay for no form but text

        print_outline(streams.err, draft_outline(case.proposal, language))
        streams.write_json(json_format.render_interview(interview(case), language, arguments.limit))
        return 0
    if arguments.list or name == "-" or is_document(content) or not on_terminal(streams):
        listed = interview_outline(interview(case), language, arguments.limit)
        print_outline(streams.console, chain(draft_outline(case.proposal, language), listed))
        if is_document(content):
            streams.console.print(printable(_INTO_DRAFT.get(language).format(path=name)), soft_wrap=True)
        return 0
    opened = opened_file(name, name, content)
    dialogue = ActDialogue(
        kb, case, opened.file, streams.console, input, language, arguments.by or getuser(), today(), arguments.limit
    )

    def answered() -> str | None:
        return dialogue.text() if dialogue.answered else None

    status = hold(opened, streams, language, _WORDS, dialogue.run, answered)
    if status is not None:
        return status
    after = kb.case(opened.path, as_of=arguments.as_of, engine=arguments.engine)
    print_outline(streams.console, changed_outline(*settled_between(case, after), language))
    return 0


def _close(arguments: Namespace, case: Case, content: bytes, streams: Streams) -> int:
    """Write that what is known of some fields is all, with where the text says so."""
    language, name, proposal = arguments.lang, arguments.proposal, case.proposal
    if name == "-" or is_document(content):
        raise UsageError(_NO_FILE.get(language), _INTO_DRAFT.get(language).format(path=name))
    ids = [measure.id for measure in proposal.measures]
    for measure in arguments.measure or ():
        if measure not in ids:
            raise UsageError(_NO_MEASURE.get(language).format(measure=measure), did_you_mean(measure, ids))
    wanted = frozenset(arguments.measure) if arguments.measure else None
    known = case.knowledge.fields
    fields = dict.fromkeys(_field(name, known, language) for name in arguments.close)
    edits = [edit for name in fields for edit in closing(proposal, name, wanted, known).edits]
    if not arguments.force:
        _refuse_lost(case, edits, language)
    keys = [(edit.measure, edit.field) for edit in edits]
    sources = {key: found_in(proposal, key, arguments.place, language) for key in keys}
    opened = opened_file(name, name, content)
    after = case.of(apply(proposal, edits))
    evidence = {key: source for key, source in sources.items() if source is not None}
    vocabularies = case.knowledge.vocabularies
    print_outline(streams.console, closed_outline(proposal, edits, known, language))
    write(
        opened,
        streams,
        language,
        _WORDS,
        record(opened.file, proposal, after.proposal, evidence, vocabularies) if edits else None,
    )
    if edits:
        print_outline(streams.console, changed_outline(*settled_between(case, after), language))
    return 0


def _refuse_lost(case: Case, edits: Iterable[Edit], language: Language) -> None:
    """A field is not closed over words that may speak of more: what hangs on them would be lost without a word.

    Raises:
        UsageError: there are such words.
    """
    measures = {measure.id: measure for measure in case.proposal.measures}
    spoken = [
        (edit, evidence)
        for edit in edits
        if edit.measure is not None
        for name, evidence in measures[edit.measure].hints
        if name == edit.field
    ]
    if not spoken:
        return
    from consistent.inquiries.interview.topics import topics_of  # only where something is lost

    fields = {edit.field for edit, _ in spoken}
    rules = dict.fromkeys(rule for topic in topics_of(case).open if topic.field in fields for rule in topic.rules)
    passages = "; ".join(
        f"{edit.measure}: “{evidence.quote}” ({evidence.value})" for edit, evidence in spoken[:_MOST_LOST]
    )
    told = _LOST.get(language).format(
        count=len(spoken), passages=passages, rules=", ".join(list(rules)[:_MOST_LOST]) or "-"
    )
    raise UsageError(told, _LOST_HELP.get(language))


def _field(said: str, known: Fields, language: Language) -> str:
    """A field of measures that can have several values, by its name or its label."""
    fields = {name: about for name, about in known.measure.items() if not about.single}
    for name, about in fields.items():
        if said.casefold() in {name, about.label.en.casefold(), about.label.nl.casefold()}:
            return name
    raise UsageError(_NO_FIELD.get(language).format(field=said), did_you_mean(said, fields))
