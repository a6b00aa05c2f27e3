"""`consistent diff`."""

from argparse import Namespace

from consistent.checker import KnowledgeBase, load
from consistent.cli.inputs import proposal_of, read_input, read_waivers, tell_other_packs
from consistent.cli.options import (
    NAME,
    add_as_of,
    add_as_proposal,
    add_engine,
    add_fail_on,
    add_format,
    add_lang,
    add_output,
    add_pack,
    add_proposal,
    add_selection,
    add_strict,
    add_verbose,
    add_waivers,
)
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.documents.reading import is_document
from consistent.drafting.draft import Draft
from consistent.errors import Faults, InputError, UsageError
from consistent.inquiries.differences.difference import Difference
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.reports import json_format
from consistent.reports.diff_text import diff_outline, drafts_outline, print_difference
from consistent.reports.entries import proposal_label
from consistent.reports.terminal import print_outline

__all__ = ["add", "diff"]

_STATUS = Localized(
    "exit status: 0 nothing worse at or above the bar, 1 something, 2 bad input or usage",
    "afsluitstatus: 0 niets ergers op of boven de grens, 1 wel iets, 2 onbruikbare invoer of onjuist gebruik",
)

_NOTHING = Localized("nothing to compare with", "er is niets om mee te vergelijken")
_GIVE = Localized(
    "give a second proposal, --new-pack or --new-as-of", "geef een tweede voorstel, --new-pack of --new-as-of"
)
_ONCE = Localized(
    "standard input can be one of the two proposals only",
    "standaardinvoer kan maar een van de twee voorstellen zijn",
)


def add(commands: Commands) -> None:
    """Define `consistent diff`."""
    parser = commands.add("diff", diff, epilog=_STATUS)
    add_proposal(parser, "old")
    parser.takes(
        "new",
        nargs="?",
        metavar=Localized("NEW", "NIEUW"),
        help=Localized("its amended version (default: the same)", "de gewijzigde versie (standaard: dezelfde)"),
    )
    add_pack(parser)
    parser.takes(
        "--new-pack",
        metavar=NAME,
        help=Localized(
            "the amended pack, by name or its folder (default: the same)",
            "het gewijzigde pakket, bij naam of de map ervan (standaard: hetzelfde)",
        ),
    )
    add_lang(parser)
    add_selection(parser)
    add_format(parser, further=("html", "markdown"))
    add_output(parser, printed=True)
    add_verbose(
        parser,
        Localized(
            "every word that changes, and everything that is open otherwise than before; of a draft that takes minutes",
            "elk woord dat verandert, en alles wat anders openstaat dan eerst; van een concept duurt dat minuten",
        ),
    )
    add_as_of(parser)
    add_as_of(
        parser,
        Localized(
            "the day for the amended version (default: the same)",
            "de dag voor de gewijzigde versie (standaard: dezelfde)",
        ),
        "--new-as-of",
    )
    add_fail_on(
        parser,
        Localized(
            "from where on what has come or become graver makes the exit status 1",
            "vanaf waar de afsluitstatus 1 is door wat erbij is gekomen of ernstiger is geworden",
        ),
    )
    add_waivers(parser)
    add_as_proposal(parser)
    add_strict(parser)
    add_engine(parser)


def diff(arguments: Namespace, streams: Streams) -> int:
    """Tell what an amended proposal, an amended pack or another day changes."""
    found = _compared(arguments, streams)
    match arguments.format:
        case "json":
            print_outline(streams.err, drafts_outline(found, arguments.lang))
            streams.write_json(json_format.render_difference(found, arguments.lang))
        case "html":
            from consistent.reports.html.page import outline_page  # templates are large

            title = proposal_label(found.new.proposal, arguments.lang)
            streams.write_text(outline_page(title, diff_outline(found, arguments.lang), arguments.lang))
        case "markdown":
            from consistent.reports.markdown import markdown

            streams.write_text(markdown(diff_outline(found, arguments.lang)))
        case _:
            print_difference(found, streams.console, arguments.lang, verbose=arguments.verbose)
    return int(found.reaches(arguments.fail_on))


def _compared(arguments: Namespace, streams: Streams) -> Difference:
    """Everything is read before anything is compared; all faults are told together."""
    if arguments.new is None and arguments.new_pack is None and arguments.new_as_of is None:
        raise UsageError(_NOTHING.get(arguments.lang), _GIVE.get(arguments.lang))
    if arguments.old == arguments.new == "-":
        raise UsageError(_ONCE.get(arguments.lang))
    faults = Faults()
    kb = faults.attempt(_pack, arguments.pack, arguments)
    new_kb = kb if arguments.new_pack is None else faults.attempt(_pack, arguments.new_pack, arguments)
    waivers = faults.attempt(read_waivers, arguments) or ()
    old_file = faults.attempt(read_input, arguments.old)
    new_file = old_file if arguments.new is None else faults.attempt(read_input, arguments.new)
    forced = arguments.as_proposal
    old = faults.attempt(_given, kb, *old_file, as_proposal=forced) if kb and old_file else None
    new = faults.attempt(_given, new_kb, *new_file, as_proposal=forced) if new_kb and new_file else None
    faults.raise_any()
    if kb is None or old is None:  # pragma: no cover  told above
        raise AssertionError
    tell_other_packs(kb, arguments.lang, streams)
    return kb.diff(
        old, new, new_kb=new_kb, as_of=arguments.as_of, new_as_of=arguments.new_as_of, strict=arguments.strict,
        engine=arguments.engine, waivers=waivers,
        decided_only=not arguments.verbose and any(isinstance(side, Draft) for side in (old, new)),
    )  # fmt: skip


def _given(kb: KnowledgeBase, called: str, content: bytes, *, as_proposal: bool) -> Proposal | Draft:
    """A proposal, or the draft of a document: of a proposal, or of what the Council, Parliament or both made of one.

    Raises:
        InputError: it is neither.
    """
    if not is_document(content):
        return proposal_of(kb, called, content)
    draft = kb.draft(content, called, as_proposal=as_proposal).as_version()
    if draft.refused is not None:
        raise InputError([draft.refused])
    return draft


def _pack(name: str | None, arguments: Namespace) -> KnowledgeBase:
    """A pack by name, or from a folder, which may hold another version of a pack that ships; the default one unless named."""
    return load(name).selected(arguments.select, arguments.ignore)
