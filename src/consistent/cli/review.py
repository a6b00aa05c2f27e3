"""`consistent review`."""

from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from consistent.checker import load
from consistent.cli.options import add_as_of, add_engine, add_format, add_lang, add_pack
from consistent.cli.output import tell_other_packs
from consistent.cli.parsing import Commands
from consistent.cli.review_dialogue import ReviewDialogue
from consistent.cli.saving import hold, on_terminal, open_file
from consistent.cli.streams import Streams
from consistent.errors import InputError
from consistent.inquiries.differences.difference import difference
from consistent.inquiries.reviews.passages import passage_of
from consistent.inquiries.reviews.unconfirmed import Unconfirmed, resting_on, unconfirmed
from consistent.inquiries.reviews.verdicts import Review
from consistent.intake.reading import is_document, read_document
from consistent.model.proposal import Evidence
from consistent.model.text import Localized
from consistent.reading.files import is_file, is_folder, read_file
from consistent.reports import json_format
from consistent.reports.diff_text import changes_lines
from consistent.reports.lines import print_lines
from consistent.reports.review_text import Passages, reviewed_lines, unconfirmed_lines

__all__ = ["add", "review"]

_WORDS = {
    "written": Localized("Written into {path}.", "Geschreven in {path}."),
    "kept": Localized("The draft with the answers is in {path}.", "Het concept met de antwoorden staat in {path}."),
    "left": Localized("Nothing was said; {path} is as it was.", "Er is niets gezegd; {path} is ongewijzigd."),
    "broken": Localized("Broken off; {path} is as it was.", "Afgebroken; {path} is ongewijzigd."),
}


def add(commands: Commands) -> None:
    """Define `consistent review`."""
    help_ = Localized(
        "go through what no person has confirmed yet in a draft",
        "loop langs wat in een concept nog niemand heeft bevestigd",
    )
    parser = commands.add("review", review, help_)
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
    add_engine(parser)


def review(arguments: Namespace, streams: Streams) -> int:
    """Go through the values of a draft that no person stands for yet, or list them."""
    kb = load(arguments.pack)
    tell_other_packs(kb, arguments.lang, streams)
    opened = open_file(arguments.draft, arguments.lang)
    path, file = opened.path, opened.file
    case = kb.case(kb.read_file(file), as_of=arguments.as_of, engine=arguments.engine)
    before = case.report()
    items = unconfirmed(file, case.proposal, before, kb.knowledge)
    page = _text_of(Path(arguments.document)) if arguments.document else ""
    passages = _passages(items, (lambda _: page) if arguments.document else _named_beside(path))
    if arguments.format == "json":
        streams.write_json(json_format.render_review(items, passages, case.proposal))
        return 0
    if arguments.list or opened.is_stream or not items or not on_terminal(streams):
        print_lines(streams.console, unconfirmed_lines(items, passages, arguments.lang))
        return 0

    draft = Review(file, case.proposal, kb.knowledge.vocabularies)
    dialogue = ReviewDialogue(draft, items, passages, kb.knowledge, streams.console, input, arguments.lang)

    def answered() -> str | None:
        return draft.text(dialogue.said, dialogue.closed) if dialogue.said else None

    status = hold(opened, streams, arguments.lang, _WORDS, dialogue.run, answered)
    if status is not None:
        return status
    after = kb.case(path, as_of=arguments.as_of, engine=arguments.engine)
    kinds = Counter(each.kind for each in dialogue.said.values())
    counts = {
        "confirmed": kinds["confirmed"],
        "changed": kinds["changed"],
        "out": kinds["lacks"] + kinds["removed"],
        "left": after.proposal.unconfirmed,
    }
    print_lines(
        streams.console, reviewed_lines(counts, (resting_on(before), resting_on(after.report())), arguments.lang)
    )
    print_lines(streams.console, changes_lines(difference(case, after), arguments.lang))
    return 0


def _passages(items: Iterable[Unconfirmed], text_of: Callable[[str], str]) -> Passages:
    """What the documents say; nothing of a document that is not at hand."""
    told: dict[Evidence, str] = {each: text_of(each.document) for item in items for each in item.evidence}
    return {each: passage_of(each, text) for each, text in told.items() if text and (each.span or each.quote)}


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
