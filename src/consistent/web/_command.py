"""`consistent serve`: its arguments, and what it does."""

import socket
import webbrowser
from argparse import Namespace
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING

from consistent.cli.options import NAME, add_lang, add_waivers, number_type
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import UsageError
from consistent.model.text import Language, Localized
from consistent.toml.files import is_folder
from consistent.version import to_install

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["HOST", "add", "serve"]

# Nobody but this machine.
HOST = "127.0.0.1"
_NO_FOLDER = Localized("no folder `{folder}`", "geen map `{folder}`")
_EXTRA = Localized("the workbench needs further packages", "de werkbank heeft meer pakketten nodig")
_INSTALL = Localized(f"install them: `{to_install('web')}`", f"installeer ze: `{to_install('web')}`")
_NO_PORT = Localized("port {port} cannot be used: {why}", "poort {port} is niet te gebruiken: {why}")
_AT = Localized(
    "The workbench is open at {address}\nThe address works once, in one browser. Ctrl-C stops; everything is saved in {folder}.",
    "De werkbank is open op {address}\nHet adres werkt één keer, in één browser. Ctrl-C stopt; alles is bewaard in {folder}.",
)

_BUILDING = Localized("This takes a minute or two.", "Dit duurt een minuut of twee.")
_BUILT = Localized(
    "The workbench is in {folder} ({size} MB): open `index.html` in it, or put the folder on any web server.",
    "De werkbank staat in {folder} ({size} MB): open `index.html` daarin, of zet de map op een webserver.",
)


def add(commands: Commands) -> None:
    """Define `consistent serve`."""
    parser = commands.add("serve", serve, talks=True)
    parser.takes(
        "folder",
        nargs="?",
        default=".",
        metavar=Localized("FOLDER", "MAP"),
        help=Localized(
            "of work: proposals and documents (default: the working folder)",
            "met werk: voorstellen en documenten (standaard: de werkmap)",
        ),
    )
    parser.takes(
        "--port",
        type=number_type(parser.language),
        default=0,
        metavar="N",
        help=Localized("of the page (default: any that is free)", "van de pagina (standaard: een vrije)"),
    )
    parser.takes(
        "--no-open",
        action="store_true",
        help=Localized("print the address and open no browser", "toon het adres en open geen browser"),
    )
    parser.takes(
        "--pack",
        metavar=NAME,
        help=Localized(
            "check all against this one (default: proposed for each by its subject)",
            "toets alles hieraan (standaard: voor elk voorgesteld naar het onderwerp)",
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
    add_waivers(parser)
    parser.takes(
        "--static",
        metavar=Localized("FOLDER", "MAP"),
        help=Localized(
            "serve nothing: write the workbench into this folder, to be opened without a server",
            "bied niets aan: schrijf de werkbank in deze map, om zonder server te openen",
        ),
    )
    add_lang(parser)


def serve(arguments: Namespace, streams: Streams) -> int:
    """Open the workbench over a folder, until it is stopped; or write it as a folder."""
    language = arguments.lang
    if arguments.static:
        return _write(Path(arguments.static), language, streams)
    root = Path(arguments.folder)
    if not is_folder(root):
        raise UsageError(_NO_FOLDER.get(language).format(folder=arguments.folder))
    try:
        import uvicorn  # an extra

        from consistent.limits import FILE  # late, as `consistent serve --help` needs none of it
        from consistent.toml.waivers import waivers_from
        from consistent.web.app import application
        from consistent.web.bench import Bench
        from consistent.web.folder import Folder
        from consistent.web.guarding import Guard
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("consistent"):
            raise
        raise UsageError(_EXTRA.get(language), _INSTALL.get(language)) from None
    bench = Bench(
        Folder(root.resolve()), arguments.pack, tuple(Path(name).resolve() for name in arguments.waivers or ())
    )
    # What is wrong with a file is told before a page is opened.
    waivers_from(bench.waivers)
    if arguments.pack:
        bench.kb(arguments.pack)
    listening = _listening(arguments.port, language)
    host = f"{HOST}:{listening.getsockname()[1]}"
    # A file may be as large as is read, and a form has more around it.
    guard = Guard(application(bench, language, arguments.by or getuser()), host, most_bytes=FILE.most + 1_000_000)
    address = f"http://{host}/?token={guard.token}"
    streams.console.print(_AT.get(language).format(address=address, folder=root.resolve()), soft_wrap=True)
    streams.flush()
    if not arguments.no_open:
        webbrowser.open(address)
    _run(uvicorn, guard, listening)
    return 0


def _write(target: Path, language: Language, streams: Streams) -> int:
    """Write the workbench as a folder of files that needs no server."""
    try:
        from consistent.web.browser.building import build  # an extra
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("consistent"):
            raise
        raise UsageError(_EXTRA.get(language), _INSTALL.get(language)) from None
    streams.console.print(_BUILDING.get(language))
    streams.flush()
    size = build(target, language)
    streams.console.print(_BUILT.get(language).format(folder=target, size=round(size / 1e6)), soft_wrap=True)
    return 0


def _listening(port: int, language: str) -> socket.socket:
    """A socket on this machine.

    Raises:
        UsageError: the port is taken.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((HOST, port))
        # Who is told the address may ask at once.
        listening.listen()
    except OSError as error:
        listening.close()
        told = _NO_PORT.nl if language == "nl" else _NO_PORT.en
        raise UsageError(told.format(port=port, why=(error.strerror or str(error)).lower())) from None
    return listening


def _run(uvicorn: object, app: "ASGIApp", listening: socket.socket) -> None:
    """Serve until it is stopped."""
    config = uvicorn.Config(  # type: ignore[attr-defined]  # a module that may not be there
        app, log_level="warning", access_log=False, server_header=False, lifespan="off", timeout_graceful_shutdown=2
    )
    uvicorn.Server(config).run(sockets=[listening])  # type: ignore[attr-defined]  # as above
