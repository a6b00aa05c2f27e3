"""`consistent ask`."""

from argparse import Namespace

from consistent.checker import load
from consistent.cli.dialogue import Dialogue
from consistent.cli.saving import hold, on_terminal, open_file
from consistent.cli.streams import Streams
from consistent.inquiries.inquiry import Inquiry
from consistent.inquiries.questions.recording import record
from consistent.model.text import Localized
from consistent.reports import json_format
from consistent.reports.lines import print_lines
from consistent.reports.questions_text import changed_lines, questions_lines

__all__ = ["ask"]

_WORDS = {
    "written": Localized("Written into {path}.", "Geschreven in {path}."),
    "kept": Localized("The proposal with the answers is in {path}.", "Het voorstel met de antwoorden staat in {path}."),
    "left": Localized("Nothing was answered; {path} is as it was.", "Er is niets geantwoord; {path} is ongewijzigd."),
    "broken": Localized("Broken off; {path} is as it was.", "Afgebroken; {path} is ongewijzigd."),
}


def ask(arguments: Namespace, streams: Streams) -> int:
    """Put the open questions of a proposal on a terminal and write the answers into its file, or list them."""
    kb = load(arguments.pack)
    opened = open_file(arguments.proposal)
    path, file = opened.path, opened.file
    case = kb.case(kb.read_file(file), as_of=arguments.as_of, engine=arguments.engine)
    if arguments.format == "json":
        streams.write_json(json_format.render_questions(Inquiry(case).questions(arguments.limit), arguments.lang))
        return 0
    if arguments.list or opened.is_stream or not on_terminal(streams):
        print_lines(streams.console, questions_lines(Inquiry(case).questions(arguments.limit), arguments.lang))
        return 0

    dialogue = Dialogue(case, streams.console, input, arguments.lang, limit=arguments.limit)

    def answered() -> str | None:
        new = dialogue.case.proposal
        return (
            record(file, case.proposal, new, dialogue.evidence, kb.knowledge.vocabularies)
            if dialogue.answered
            else None
        )

    status = hold(opened, streams, arguments.lang, _WORDS, dialogue.run, answered)
    if status is not None:
        return status
    after = kb.case(path, as_of=arguments.as_of, engine=arguments.engine)
    print_lines(streams.console, changed_lines(*dialogue.changes(after), arguments.lang))
    return 0
