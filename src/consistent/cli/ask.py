"""`consistent ask`."""

from argparse import Namespace
from itertools import chain

from consistent.checker import load
from consistent.cli.dialogue import Dialogue
from consistent.cli.inputs import read_input, with_waivers
from consistent.cli.options import (
    MEASURE,
    add_as_of,
    add_as_proposal,
    add_engine,
    add_format,
    add_lang,
    add_pack,
    add_proposal,
    add_waivers,
    number_type,
)
from consistent.cli.output import tell_other_packs
from consistent.cli.parsing import Commands
from consistent.cli.saving import hold, on_terminal, opened_file, write
from consistent.cli.streams import Streams
from consistent.errors import UsageError, did_you_mean, printable
from consistent.inquiries.case import Case
from consistent.inquiries.edits import apply
from consistent.inquiries.inquiry import Inquiry
from consistent.inquiries.questions.questions import settled_between
from consistent.inquiries.questions.recording import record
from consistent.inquiries.questions.spreading import closing, found_in
from consistent.intake.reading import is_document
from consistent.model.proposal import MEASURE_FIELDS
from consistent.model.text import Language, Localized
from consistent.reports import json_format
from consistent.reports.lines import print_lines
from consistent.reports.notices import draft_lines, notice_lines
from consistent.reports.questions_text import changed_lines, closed_lines, questions_lines

__all__ = ["add", "ask"]

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
    help_ = Localized(
        "ask what is still open, and write the answers into the proposal",
        "vraag wat nog open is, en schrijf de antwoorden in het voorstel",
    )
    parser = commands.add("ask", ask, help_)
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
        "--limit",
        type=number_type(parser.language),
        metavar="N",
        help=Localized(
            "that many questions at most, what weighs most first",
            "hoogstens zoveel vragen, wat het zwaarst weegt eerst",
        ),
    )
    add_pack(parser)
    add_lang(parser)
    add_format(
        parser,
        Localized("json lists", "json geeft een lijst"),
    )
    add_as_of(parser)
    add_waivers(parser)
    add_as_proposal(parser)
    add_engine(parser)


def ask(arguments: Namespace, streams: Streams) -> int:
    """Put the open questions of a proposal on a terminal and write the answers into its file, or list them."""
    kb = load(arguments.pack)
    tell_other_packs(kb, arguments.lang, streams)
    language, name = arguments.lang, arguments.proposal
    called, content = read_input(name)
    proposal, waivers = with_waivers(kb, called, content, arguments)
    case = kb.case(proposal, as_of=arguments.as_of, engine=arguments.engine, waivers=waivers)
    draft = list(draft_lines(case.proposal, language))
    if (arguments.measure or arguments.place) and not arguments.close:
        raise UsageError(_WITHOUT_CLOSE.get(language))
    if arguments.close:
        return _close(arguments, case, content, streams)
    if arguments.format == "json":
        print_lines(streams.err, draft)
        streams.write_json(json_format.render_questions(Inquiry(case).questions(arguments.limit), language))
        return 0
    if arguments.list or name == "-" or is_document(content) or not on_terminal(streams):
        listed = questions_lines(Inquiry(case).questions(arguments.limit, in_short=True), language)
        print_lines(streams.console, chain(draft, listed))
        if waivers:
            print_lines(streams.console, notice_lines(case.report(), language))
        if is_document(content):
            streams.console.print(printable(_INTO_DRAFT.get(language).format(path=name)), soft_wrap=True)
        return 0

    opened = opened_file(name, called, content)
    path, file = opened.path, opened.file
    print_lines(streams.console, draft)
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
    after = kb.case(path, as_of=arguments.as_of, engine=arguments.engine)
    print_lines(streams.console, changed_lines(*dialogue.changes(after), language))
    return 0


def _close(arguments: Namespace, case: Case, content: bytes, streams: Streams) -> int:
    """Write that what is known of some fields is all, with where the text says so."""
    language, name, proposal = arguments.lang, arguments.proposal, case.proposal
    if name == "-" or is_document(content):
        raise UsageError(_NO_FILE.get(language), _INTO_DRAFT.get(language).format(path=name))
    ids = [each.id for each in proposal.measures]
    for each in arguments.measure or ():
        if each not in ids:
            raise UsageError(_NO_MEASURE.get(language).format(measure=each), did_you_mean(each, ids))
    wanted = frozenset(arguments.measure) if arguments.measure else None
    fields = dict.fromkeys(_field(each, language) for each in arguments.close)
    edits = [edit for each in fields for edit in closing(proposal, each, wanted).edits]
    keys = [(each.measure, each.field) for each in edits]
    sources = {key: found_in(proposal, key, arguments.place, language) for key in keys}
    opened = opened_file(name, name, content)
    after = case.of(apply(proposal, edits))
    evidence = {key: each for key, each in sources.items() if each is not None}
    vocabularies = case.knowledge.vocabularies
    print_lines(streams.console, closed_lines(proposal, edits, language))
    write(
        opened,
        streams,
        language,
        _WORDS,
        record(opened.file, proposal, after.proposal, evidence, vocabularies) if edits else None,
    )
    if edits:
        print_lines(streams.console, changed_lines(*settled_between(case, after), language))
    return 0


def _field(said: str, language: Language) -> str:
    """A field of measures that can have several values, by its name or its label."""
    fields = {each.name: each for each in MEASURE_FIELDS.values() if not each.single}
    for name, each in fields.items():
        if said.casefold() in {name, each.label.en.casefold(), each.label.nl.casefold()}:
            return name
    raise UsageError(_NO_FIELD.get(language).format(field=said), did_you_mean(said, fields))
