"""`consistent docs`: the documentation as a site that comes with the wheel, and is read without a network."""

import lzma
import shutil
import tarfile
import webbrowser
from argparse import Namespace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

from consistent.caching import cache_root
from consistent.cli.options import add_lang
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import UsageError, printable
from consistent.model.text import Language, Localized

__all__ = ["ARCHIVE", "add", "docs"]

# Made by `make docs` and brought along by the wheel of a release. It is not tracked: a bare checkout has none.
ARCHIVE = Path(__file__).resolve().parents[1] / "_site.tar.xz"
_FIRST = "index.html"

_NONE = Localized("this installation came without its documentation", "deze installatie kwam zonder documentatie")
_MAKE = Localized(
    "a release has it; in a checkout of the source `make docs` makes it, and `docs/README.md` is where to begin reading. "
    "`consistent explain RULE` shows one rule, `consistent pages -o FOLDER` writes a page for each",
    "een uitgave heeft die; in een checkout van de bron maakt `make docs` haar, en `docs/nl/README.md` is waar het lezen begint. "
    "`consistent explain REGEL` toont één regel, `consistent pages -o MAP` schrijft een bladzijde voor elk",
)
_DAMAGED = Localized(
    "the documentation that came with this installation is damaged: `{archive}`",
    "de documentatie die met deze installatie kwam, is beschadigd: `{archive}`",
)
_AGAIN = Localized(
    "install it again, with `--force-reinstall --no-cache-dir`; in a checkout of the source `make docs` makes it anew",
    "installeer opnieuw, met `--force-reinstall --no-cache-dir`; in een checkout van de bron maakt `make docs` haar opnieuw",
)
# What reading an archive raises where it is cut off, holds other bytes than it did, or was never one.
_UNREADABLE = (tarfile.TarError, lzma.LZMAError, EOFError, ValueError, OverflowError)
_NO_PAGE = Localized("no page `{name}`", "geen bladzijde `{name}`")
_PAGES = Localized(
    "name a rule by its id or the end of it (`consistent rules` lists them), or a page by its place, such as `how-to/draft`",
    "noem een regel bij zijn id of het eind daarvan (`consistent rules` somt ze op), of een bladzijde bij haar plaats, zoals `how-to/draft`",
)
_SEVERAL = Localized("`{name}` is more than one page", "`{name}` is meer dan één bladzijde")
_ONE_OF = Localized("name one of: {names}", "noem een van: {names}")
_THERE = Localized("there is something at `{folder}` already", "er is al iets op `{folder}`")
_ELSEWHERE = Localized("name a folder that is not there yet", "noem een map die er nog niet is")
_NOT_WRITTEN = Localized("`{folder}` cannot be written: {why}", "`{folder}` kan niet worden geschreven: {why}")


def add(commands: Commands) -> None:
    """Define `consistent docs`."""
    parser = commands.add("docs", docs)
    parser.takes(
        "page",
        nargs="?",
        metavar=Localized("PAGE", "BLADZIJDE"),
        help=Localized(
            "a rule by its id, or a page by its place (default: the first page)",
            "een regel bij zijn id, of een bladzijde bij haar plaats (standaard: de eerste)",
        ),
    )
    parser.takes(
        "-o",
        "--output",
        metavar=Localized("FOLDER", "MAP"),
        help=Localized(
            "unpack it there, to be handed on (default: a folder of the user's cache)",
            "pak haar daar uit, om door te geven (standaard: een map in de cache van de gebruiker)",
        ),
    )
    parser.takes(
        "--no-open",
        action="store_true",
        help=Localized("print the address and open no browser", "toon het adres en open geen browser"),
    )
    add_lang(parser)


def docs(arguments: Namespace, streams: Streams) -> int:
    """Open a page of the documentation, unpacked where it is not yet."""
    language: Language = arguments.lang
    try:
        content = ARCHIVE.read_bytes()
    except OSError:
        raise UsageError(_NONE.get(language), _MAKE.get(language)) from None
    site = _given(Path(arguments.output), language) if arguments.output else _kept(content)
    if not (site / _FIRST).is_file():
        try:
            _unpack(content, site)
        except _UNREADABLE:
            raise UsageError(
                _DAMAGED.get(language).format(archive=printable(str(ARCHIVE))), _AGAIN.get(language)
            ) from None
        except OSError as error:
            why = error.strerror or str(error)
            raise UsageError(_NOT_WRITTEN.get(language).format(folder=site, why=why)) from None
    address = _page(site, arguments.page, language).resolve().as_uri()
    streams.console.print(printable(address), soft_wrap=True)
    streams.flush()
    if not arguments.no_open:
        webbrowser.open(address)
    return 0


def _given(folder: Path, language: Language) -> Path:
    if folder.exists():
        raise UsageError(_THERE.get(language).format(folder=folder), _ELSEWHERE.get(language))
    return folder


def _kept(content: bytes) -> Path:
    """Where the site stays for the next time; where nothing may be kept, a folder of this time alone."""
    root = cache_root()
    return (Path(mkdtemp(prefix="consistent-")) if root is None else root) / "docs" / sha256(content).hexdigest()[:16]


def _unpack(content: bytes, site: Path) -> None:
    """Unpack beside and then move, so that no half of it is ever taken for the whole; what was left of a damaged one goes.

    Raises:
        OSError: the folder cannot be written.
        tarfile.TarError: the content is no archive of the site; or one of the others in `_UNREADABLE`.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(dir=site.parent))
    try:
        # Whole, to its checksum at the end: a tar that is read while it is unpacked may lack its last pages without a word.
        with tarfile.open(fileobj=BytesIO(lzma.decompress(content)), mode="r:") as archive:
            archive.extractall(beside, filter="data")
        if not (beside / _FIRST).is_file():
            raise tarfile.ReadError(_FIRST)
        beside.chmod(0o755)
        shutil.rmtree(site, ignore_errors=True)
        beside.rename(site)
    except OSError:
        if not (site / _FIRST).is_file():  # another process was as far as this one
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _page(site: Path, name: str | None, language: Language) -> Path:
    """The file of a page, in the language that is asked for where there is one.

    Raises:
        UsageError: no page has the name, or several have.
    """
    for root in (site / "nl", site) if language == "nl" else (site,):
        if name is None:
            return root / _FIRST
        wanted = f"/{name}.html"
        paths = (path.relative_to(root).as_posix() for path in root.rglob("*.html"))
        found = sorted(
            path for path in paths if f"/{path}".endswith(wanted) and (root != site or not path.startswith("nl/"))
        )
        if len(found) > 1:
            names = ", ".join(path.removesuffix(".html") for path in found)
            raise UsageError(_SEVERAL.get(language).format(name=name), _ONE_OF.get(language).format(names=names))
        if found:
            return root / found[0]
    raise UsageError(_NO_PAGE.get(language).format(name=name), _PAGES.get(language))
