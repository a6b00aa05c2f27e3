"""`consistent fix` and `consistent format`: files of packs and proposals, mended or laid out by machine."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from consistent.authoring.editing.faults import files_in
from consistent.authoring.editing.fixing import diff_of, write_all
from consistent.authoring.editing.fixing import fix as mend
from consistent.authoring.editing.layout import laid_out
from consistent.cli.options import add_lang, add_pack
from consistent.cli.parsing import Commands, Parser
from consistent.cli.streams import Streams
from consistent.errors import Fault, Faults, InputError, Location, told
from consistent.model.text import Localized
from consistent.toml.files import is_file, is_folder, read_file
from consistent.toml.tomlfile import TomlFile

__all__ = ["add", "fix", "format_files"]

_STATUS = Localized(
    "exit status: 0 nothing is wrong any more, 1 something is left to mend, or with --diff to change, 2 bad input or usage",
    "afsluitstatus: 0 er is niets meer mis, 1 er valt nog iets te verhelpen, of met --diff te wijzigen, 2 onbruikbare invoer of "
    "onjuist gebruik",
)
_FORMATTED = Localized(
    "exit status: 0 all is laid out, 1 with --check something is not, 2 bad input or usage",
    "afsluitstatus: 0 alles is opgemaakt, 1 met --check iets niet, 2 onbruikbare invoer of onjuist gebruik",
)
_LAID_OUT = Localized("files laid out anew: {files}", "bestanden opnieuw opgemaakt: {files}")
_TO_FORMAT = Localized("files to be laid out anew: {files}", "bestanden die opnieuw moeten worden opgemaakt: {files}")
_PATH = Localized("PATH", "PAD")
_FIXED = Localized("files mended: {files}; faults left: {left}", "bestanden verbeterd: {files}; fouten over: {left}")
_WOULD = Localized(
    "files that would be mended: {files}; faults left then: {left}",
    "bestanden die zouden worden verbeterd: {files}; fouten die dan overblijven: {left}",
)


def add(commands: Commands) -> None:
    """Define both."""
    parser = commands.add("fix", fix, epilog=_STATUS)
    _add_path(parser)
    add_pack(
        parser,
        Localized(
            "the pack in whose terms proposals are, by name or its folder",
            "het pakket in wiens termen voorstellen zijn, bij naam of de map ervan",
        ),
    )
    parser.takes(
        "--diff",
        action="store_true",
        help=Localized("show what would change, and write nothing", "toon wat er zou veranderen, en schrijf niets"),
    )
    add_lang(parser)

    parser = commands.add("format", format_files, epilog=_FORMATTED)
    _add_path(parser)
    parser.takes(
        "--check",
        action="store_true",
        help=Localized("show what would change, and write nothing", "toon wat er zou veranderen, en schrijf niets"),
    )
    add_lang(parser)


def _add_path(parser: Parser) -> None:
    parser.takes(
        "path",
        nargs="?",
        default=".",
        metavar=_PATH,
        help=Localized(
            "the folder of a pack or a part of it, a file of it, a proposal, golden files, waivers, or a folder of these "
            "(default: this folder)",
            "de map van een pakket of een deel ervan, een bestand eruit, een voorstel, vastgelegde uitkomsten, aanvaarde "
            "bevindingen, of een map daarvan (standaard: deze map)",
        ),
    )


def fix(arguments: Namespace, streams: Streams) -> int:
    """Make the edits that faults propose, show them, and tell what is left."""
    fixed = mend(Path(arguments.path), arguments.pack)
    streams.print_diff(diff_of(fixed.before, fixed.after))
    if not arguments.diff:
        write_all(fixed.before, fixed.after)
    _tell(fixed.left, streams)
    words = (_WOULD if arguments.diff else _FIXED).get(arguments.lang)
    streams.console.print(words.format(files=len(fixed.after), left=len(fixed.left)))
    return int(bool(fixed.left) or (arguments.diff and bool(fixed.after)))


def format_files(arguments: Namespace, streams: Streams) -> int:
    """Lay files out, or show which are laid out otherwise."""
    path = Path(arguments.path)
    if not is_folder(path) and not is_file(path):
        raise InputError([Fault("no such file or folder", Location(str(path)))])
    faults = Faults()
    before: dict[Path, str] = {}
    after: dict[Path, str] = {}
    for file in files_in(path):
        read = faults.attempt(TomlFile.read, file)
        text = None if read is None else read_file(file, str(file)).decode()
        made = None if text is None else faults.attempt(laid_out, text, file)
        if text is not None and made is not None and made != text:
            before[file], after[file] = text, made
    if arguments.check:
        streams.print_diff(diff_of(before, after))
    else:
        write_all(before, after)
    faults.raise_any()
    words = (_TO_FORMAT if arguments.check else _LAID_OUT).get(arguments.lang)
    streams.console.print(words.format(files=len(after)))
    return int(arguments.check and bool(after))


def _tell(faults: Sequence[Fault], streams: Streams) -> None:
    for fault in told(faults):
        streams.error(fault.said(streams.language))
