"""The command as a whole: its commands put together, and the exit status."""

import atexit
import gc
import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import FunctionType
from typing import NamedTuple

from attrs import evolve

from consistent.cli.parsing import (
    STATUS,
    Command,
    Commands,
    Parser,
    Run,
    command_first,
    examples_of,
    names_none,
    spoken_language,
    wrapped,
)
from consistent.cli.streams import Streams, write_output
from consistent.errors import ConsistentError, Faults, UsageError
from consistent.garbage import collector_relaxed
from consistent.knowledge.project_file import project_settings
from consistent.model.text import Language, Localized
from consistent.plugins import added
from consistent.version import DISTRIBUTION, __version__, extra_of, to_install

__all__ = ["main", "whole_parser"]

# What is there when the process ends goes with it: nobody needs to look for garbage in it once more.
atexit.register(gc.freeze)


class _Shipped(NamedTuple):
    """A command that comes with the library: the module that defines it, and what it is for."""

    module: str
    help: Localized


# The heads of help, and below each its commands by what is typed. What they are for stands here, and not with the commands: to tell
# that, none of them has to be imported.
_HEADS: Mapping[Localized, Mapping[str, _Shipped]] = {
    Localized("check a proposal", "een voorstel toetsen"): {
        "check": _Shipped("check", Localized("check proposals", "toets voorstellen")),
        "why": _Shipped(
            "why",
            Localized(
                "show why a rule applies to a proposal or does not",
                "toon waarom een regel op een voorstel van toepassing is of niet",
            ),
        ),
        "ask": _Shipped(
            "ask",
            Localized(
                "ask what is still open, and write the answers into the proposal",
                "vraag wat nog open is, en schrijf de antwoorden in het voorstel",
            ),
        ),
        "repair": _Shipped(
            "repair",
            Localized(
                "show what would have to change for conflicts to go",
                "toon wat er moet veranderen om strijdigheden weg te nemen",
            ),
        ),
        "subsidiarity": _Shipped(
            "subsidiarity",
            Localized(
                "make the subsidiarity dossier of a proposal: clock, cards, arguments, questions, a draft of a reasoned opinion",
                "maak het subsidiariteitsdossier van een voorstel: termijnen, kaarten, argumenten, vragen, een concept van een gemotiveerd advies",
            ),
        ),
        "diff": _Shipped(
            "diff",
            Localized(
                "show what an amended proposal or pack changes", "toon wat een gewijzigd voorstel of pakket verandert"
            ),
        ),
        "file": _Shipped(
            "file",
            Localized(
                "follow a text through its versions, from proposal to act: positions and powers",
                "volg een tekst door zijn versies, van voorstel tot handeling: posities en bevoegdheden",
            ),
        ),
        "verify": _Shipped(
            "verify",
            Localized(
                "check whether a report comes out again, and tell what differs",
                "ga na of een rapport er weer zo uitkomt, en toon wat anders is",
            ),
        ),
    },
    Localized("make a proposal of a document", "van een document een voorstel maken"): {
        "draft": _Shipped(
            "draft",
            Localized(
                "make a proposal in TOML of a document of the Commission",
                "maak van een document van de Commissie een voorstel in TOML",
            ),
        ),
        "proofread": _Shipped(
            "proofread",
            Localized(
                "show where a document contradicts itself, or its other language",
                "toon waar een document zichzelf tegenspreekt, of de andere taalversie ervan",
            ),
        ),
        "review": _Shipped(
            "review",
            Localized(
                "go through what no person has confirmed yet in a draft",
                "loop langs wat in een concept nog niemand heeft bevestigd",
            ),
        ),
    },
    Localized("see what there is in packs", "zien wat er in pakketten staat"): {
        "packs": _Shipped(
            "packs", Localized("list the packs that can be loaded", "toon de pakketten die kunnen worden geladen")
        ),
        "rules": _Shipped("packs", Localized("list the rules of a pack", "toon de lijst van regels van een pakket")),
        "explain": _Shipped("packs", Localized("show a rule in full", "toon een regel volledig")),
    },
    Localized("read on", "verder lezen"): {
        "docs": _Shipped(
            "docs",
            Localized(
                "open the documentation in the browser, without a network",
                "open de documentatie in de browser, zonder netwerk",
            ),
        ),
    },
    Localized("write packs and rules", "pakketten en regels schrijven"): {
        "new": _Shipped(
            "new",
            Localized(
                "make a new rule, proposal or pack to fill in, that passes the checks as it is",
                "maak een nieuwe regel, nieuw voorstel of nieuw pakket om in te vullen, dat zo al door de controles komt",
            ),
        ),
        "fix": _Shipped(
            "fix",
            Localized(
                "mend misspelt words, and add keys that are missing, where nothing else can be meant",
                "verbeter verkeerd gespelde woorden, en vul ontbrekende sleutels aan, waar niets anders bedoeld kan zijn",
            ),
        ),
        "format": _Shipped(
            "fix",
            Localized(
                "lay out the files of packs and proposals in one way",
                "maak bestanden van pakketten en voorstellen op een wijze op",
            ),
        ),
        "lsp": _Shipped(
            "lsp",
            Localized(
                "speak with an editor, which then completes, marks and renames (language server)",
                "spreek met een editor, die dan aanvult, aanstreept en hernoemt (taalserver)",
            ),
        ),
        "schema": _Shipped(
            "schema",
            Localized(
                "write a JSON Schema for the TOML files of a pack, for editors",
                "schrijf een JSON Schema voor de TOML-bestanden van een pakket, voor editors",
            ),
        ),
        "pages": _Shipped(
            "schema",
            Localized(
                "write a page in Markdown for each rule of a pack, and a glossary of its terms",
                "schrijf een bladzijde in Markdown voor elke regel van een pakket, en een begrippenlijst",
            ),
        ),
    },
    Localized("try out packs and rules", "pakketten en regels beproeven"): {
        "test": _Shipped(
            "testing",
            Localized(
                "check that the examples of rules, and golden files, come out as they say",
                "controleer of de voorbeelden van regels, en vastgelegde uitkomsten, uitkomen zoals zij zeggen",
            ),
        ),
        "coverage": _Shipped(
            "coverage",
            Localized(
                "show which conditions of rules the tests of a pack put to the test",
                "toon welke voorwaarden van regels door de tests van een pakket worden beproefd",
            ),
        ),
        "mutate": _Shipped(
            "mutate",
            Localized(
                "plant small faults in rules and show which ones no test notices",
                "breng kleine fouten aan in regels en toon welke geen test opmerkt",
            ),
        ),
        "lint": _Shipped(
            "lint",
            Localized(
                "show what a pack says in vain: rules that never apply, are covered by others, defeat nothing; what nothing reads",
                "toon wat een pakket vergeefs zegt: regels die nooit gelden, door andere zijn gedekt, niets verslaan; wat niets leest",
            ),
        ),
        "vacuity": _Shipped(
            "lint",
            Localized(
                "show what does no work: rules that a corpus never or nearly always meets, facts and terms that nothing uses",
                "toon wat geen werk doet: regels die een corpus nooit of bijna altijd raakt, feiten en termen die niets gebruikt",
            ),
        ),
    },
    Localized("prove what holds of every proposal", "bewijzen wat voor elk voorstel geldt"): {
        "prove": _Shipped(
            "prove",
            Localized(
                "prove the guarantees of a pack for every proposal, or show the smallest that breaks one",
                "bewijs de garanties van een pakket voor elk voorstel, of toon het kleinste dat er een breekt",
            ),
        ),
        "compare": _Shipped(
            "prove",
            Localized(
                "show what a change of rules changes in meaning, with a proposal that is judged differently",
                "toon wat een wijziging van regels in betekenis verandert, met een voorstel dat anders wordt beoordeeld",
            ),
        ),
        "gaps": _Shipped(
            "prove",
            Localized(
                "show on which areas no rule of a principle can apply, and what cannot keep clear of two principles at once",
                "toon op welke terreinen geen regel van een beginsel kan gelden, en wat niet van twee beginselen tegelijk vrij kan blijven",
            ),
        ),
    },
    Localized("set up the command", "de opdracht inrichten"): {
        "completion": _Shipped(
            "shell",
            Localized(
                "write what a shell needs to complete commands and options",
                "schrijf wat een shell nodig heeft om opdrachten en opties aan te vullen",
            ),
        ),
        "man": _Shipped(
            "shell", Localized("write the page of the manual", "schrijf de bladzijde voor het handboek (man)")
        ),
    },
}
_COMMANDS: Mapping[str, _Shipped] = {name: shipped for below in _HEADS.values() for name, shipped in below.items()}
# Of functions by which installed packages add commands, as `add` of a module here does.
_GROUP = "consistent.commands"
_ADDED = Localized("added by installed packages", "toegevoegd door geïnstalleerde uitbreidingen")
_ABOUT = Localized(
    "Check proposals of the European Commission for consistency with codified principles.",
    "Toets voorstellen van de Europese Commissie aan vastgelegde beginselen.",
)
_DOES = Localized(
    "Checks proposals of the European Commission for consistency with codified principles.",
    "Toetst voorstellen van de Europese Commissie aan vastgelegde beginselen.",
)
_FIRST = Localized(
    "{about}\n\nfirst steps:\n{steps}\nAll commands: consistent --help\nIn Dutch:     consistent --lang nl --help\n",
    "{about}\n\neerste stappen:\n{steps}\nAlle opdrachten: consistent --lang nl --help\n",
)
_VERSION = Localized("show program's version number and exit", "toon de versie en stop")
_HELP = frozenset({"-h", "--help"})
_UNKNOWN = Localized("unknown command `{name}`", "onbekende opdracht `{name}`")
_INSTALL = Localized(
    "this copy is not installed, and some commands come by installing it: `pip install -e .`",
    "dit exemplaar is niet geïnstalleerd, en sommige opdrachten komen pas daarmee: `pip install -e .`",
)
_LACKING = Localized(
    "this needs `{name}`, which is not installed", "hiervoor is `{name}` nodig, en dat is niet geïnstalleerd"
)
_ADD = Localized("install it: `{install}`", "installeer het: `{install}`")
_INTERRUPTED = Localized("interrupted", "afgebroken")
_FULL = Localized("the memory is full; give less at once", "het geheugen is vol; geef minder tegelijk")
_NOT_WRITTEN = Localized("output cannot be written: {why}", "uitvoer kan niet worden geschreven: {why}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: those of the process unless given.

    Returns:
        The exit status: 0 nothing at or above the bar, 1 findings, 2 bad input or usage, 3 of a corpus some items that could not
        be read or checked, 130 interrupted.
    """
    # Python has no stream where the caller closed it.
    streams = Streams(sys.stdout or StringIO(), sys.stderr or StringIO())
    try:
        with collector_relaxed():
            return _run(sys.argv[1:] if arguments is None else arguments, streams)
    except BrokenPipeError:
        # The reader, `head` say, has gone; what it did not read is no fault.
        streams.silence()
        return 0
    except OSError as error:
        streams.silence()
        with suppress(OSError):
            streams.error(
                _NOT_WRITTEN.get(streams.language).format(why=(error.strerror or str(error)).lower())
            )  # fmt: skip
        return 2
    except ModuleNotFoundError as error:
        if (extra := extra_of(error)) is None:
            raise
        lacking = UsageError(
            _LACKING.get(streams.language).format(name=error.name),
            _ADD.get(streams.language).format(install=to_install(extra)),
        )
        streams.error(lacking.said(streams.language))
        return 2
    except MemoryError:
        streams.error(_FULL.get(streams.language))
        return 2
    except KeyboardInterrupt as interrupt:
        with suppress(OSError):
            streams.err.print(str(interrupt) or _INTERRUPTED.get(streams.language))
        return 130


def _run(arguments: Sequence[str], streams: Streams) -> int:
    try:
        arguments = command_first(arguments)
        streams.language = spoken_language(arguments)
        if names_none(arguments):
            steps = examples_of("consistent", streams.language)
            streams.write_text(
                _FIRST.get(streams.language).format(about=wrapped(_DOES.get(streams.language)), steps=steps)
            )
            return 2
        parser, faults = _parser(streams.language, arguments[:1]), Faults()
        settings = faults.attempt(project_settings) or {}
        command = parser.commands.get(arguments[0])
        if command is not None and command.goes_by_settings:
            faults.attempt(command.preset, settings)
        # Help is shown in any case.
        parsed = parser.parse_args(arguments)
        if command is not None and command.goes_by_settings:
            faults.raise_any()
        streams.color = parsed.color
        status = _ran(parsed, streams)
    except ConsistentError as error:
        streams.error(error.said(streams.language))
        return 2
    finally:
        # What cannot be written is told here, and not while Python closes the streams.
        streams.flush()
    return status


def _ran(parsed: Namespace, streams: Streams) -> int:
    """Run a command; what it prints goes where its arguments say."""
    run: Run = parsed.run
    if parsed.printed and parsed.output is not None:
        printed = StringIO()
        status = run(parsed, streams.printing_to(printed, quiet=parsed.quiet))
        write_output(printed.getvalue(), parsed, streams)
        return status
    if parsed.quiet:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            return run(parsed, streams.printing_to(nowhere, quiet=True))
    with streams.paged() if parsed.paged else nullcontext():
        return run(parsed, streams)


def whole_parser(language: Language) -> Parser:
    """The parser with all commands, for what is made of them."""
    return _parser(language)


def _parser(language: Language, first: Sequence[str] = ()) -> Parser:
    """The parser, with the command that comes first; with all of them where what comes first is none.

    Where help or the version comes first, the parser ends there, and needs to know no command beyond its name.

    Raises:
        UsageError: a command of an installed package cannot be loaded, or this one is not installed and lacks the command.
    """
    parser = Parser(prog="consistent", language=language, description=_ABOUT.get(language), epilog=STATUS.get(language))
    parser.takes("--version", action="version", version=f"consistent {__version__}", help=_VERSION)
    commands = Commands.of(parser, {name: shipped.help for name, shipped in _COMMANDS.items()})
    named = next(iter(first), "")
    if named == "--version":
        return parser
    if named in _HELP:
        for head, below in _HEADS.items():
            for name, shipped in below.items():
                parser.lists(head, name, shipped.help)
        _add_further(evolve(commands, lists_only=True))
        return parser
    # Others stay unread, with all that they need.
    if named in _COMMANDS:
        _define(commands, _COMMANDS[named].module)
        return parser
    further = added(_GROUP, FunctionType, "command", named)
    if not further:
        if named and not named.startswith("-"):
            _need_installation(named, language)
        for head, below in _HEADS.items():
            for module in dict.fromkeys(shipped.module for shipped in below.values()):
                _define(commands.under(head), module)
        _add_further(commands)
    for define in further.values():
        define(commands.under(_ADDED))
    return parser


def _add_further(commands: Commands) -> None:
    """Define the commands of all installed packages, of which what adds them has to be imported for help too."""
    for define in added(_GROUP, FunctionType, "command").values():
        define(commands.under(_ADDED))


def _define(commands: Commands, module: str) -> None:
    command: Command = import_module(f"consistent.cli.{module}")
    command.add(commands)


def _need_installation(name: str, language: Language) -> None:
    """See to it that commands of installed packages can be found, before one is said not to be there.

    Raises:
        UsageError: this package is not installed, so that what it adds is not known either.
    """
    from importlib.metadata import PackageNotFoundError, distribution  # large, and seldom asked

    try:
        distribution(DISTRIBUTION)
    except PackageNotFoundError:
        raise UsageError(_UNKNOWN.get(language).format(name=name), _INSTALL.get(language)) from None
