"""`consistent ask`."""

import sys
from argparse import Namespace
from pathlib import Path
from tempfile import NamedTemporaryFile

from consistent.checker import load
from consistent.cli.dialogue import Dialogue
from consistent.cli.streams import Streams
from consistent.errors import InputError, printable
from consistent.inquiries.inquiry import Inquiry
from consistent.inquiries.questions.recording import record
from consistent.model.text import Localized
from consistent.reading.files import read_file, read_stream, replace_file
from consistent.reading.tomlfile import TomlFile
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
_BOM = "\ufeff"


def ask(arguments: Namespace, streams: Streams) -> int:
    """Put the open questions of a proposal on a terminal and write the answers into its file, or list them."""
    kb = load(arguments.pack)
    path = Path(arguments.proposal)
    is_stream = arguments.proposal == "-"
    content = read_stream(getattr(sys.stdin, "buffer", None), "<stdin>") if is_stream else read_file(path, str(path))
    file = TomlFile.parse(content, "<stdin>" if is_stream else str(path))
    case = kb.case(kb.read_file(file), as_of=arguments.as_of, engine=arguments.engine)
    if arguments.format == "json":
        streams.write_json(json_format.render_questions(Inquiry(case).questions(arguments.limit), arguments.lang))
        return 0
    on_terminal = bool(sys.stdin and sys.stdin.isatty() and streams.console.is_terminal)
    if arguments.list or is_stream or not on_terminal:
        print_lines(streams.console, questions_lines(Inquiry(case).questions(arguments.limit), arguments.lang))
        return 0

    def say(name: str, where: str = "") -> None:
        said = _WORDS[name].get(arguments.lang).format(path=where or path)
        streams.console.print(printable(said), soft_wrap=True)

    dialogue = Dialogue(case, streams.console, input, arguments.lang, limit=arguments.limit)
    try:
        dialogue.run()
    except KeyboardInterrupt:
        streams.console.print()
        say("broken")
        return 130
    if not dialogue.answered:
        say("left")
        return 0
    text = record(file, case.proposal, dialogue.case.proposal, dialogue.evidence, kb.knowledge.vocabularies)
    had_mark = content.startswith(_BOM.encode())
    new = ((_BOM if had_mark else "") + text).encode()
    try:
        replace_file(path, content, new)
    except InputError:
        # What was answered must not be lost with it.
        with NamedTemporaryFile(prefix=f"{path.stem}-", suffix=".toml", delete=False) as kept:
            kept.write(new)
        say("kept", kept.name)
        raise
    say("written")
    after = kb.case(path, as_of=arguments.as_of, engine=arguments.engine)
    print_lines(streams.console, changed_lines(*dialogue.changes(after), arguments.lang))
    return 0
