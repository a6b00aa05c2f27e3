"""`consistent lsp`."""

from argparse import Namespace

from consistent.cli.options import add_lang, add_pack
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import UsageError
from consistent.model.text import Localized
from consistent.version import to_install

__all__ = ["add", "lsp"]

_NOT_INSTALLED = Localized(
    "the language server needs `pygls`, which is not installed",
    "de taalserver vraagt om `pygls`, en dat is niet geïnstalleerd",
)
_INSTALL = Localized(f"install it: `{to_install('lsp')}`", f"installeer het: `{to_install('lsp')}`")


def add(commands: Commands) -> None:
    """Define `consistent lsp`."""
    parser = commands.add("lsp", lsp, talks=True)
    # It must start while a project file is being written.
    parser.goes_by_settings = False
    add_pack(
        parser,
        Localized(
            "the pack in whose terms proposals are that lie in no folder of a pack",
            "het pakket in wiens termen voorstellen zijn die niet in de map van een pakket staan",
        ),
    )
    add_lang(parser)


def lsp(arguments: Namespace, streams: Streams) -> int:
    """Speak with an editor until it ends."""
    try:
        from consistent.authoring.language_server.server import serve  # an extra
    except ModuleNotFoundError:
        raise UsageError(_NOT_INSTALLED.get(streams.language), _INSTALL.get(streams.language)) from None
    serve(arguments.lang, arguments.pack)
    return 0
