"""What runs in the browser: the same application, asked by a page instead of over a network.

Imported by Pyodide, with what stands in for compiled libraries in place (`stands.stand_in`) before anything else is.
"""

import io
import shutil
import zipfile
from collections.abc import Callable, Coroutine, Mapping
from http.cookies import SimpleCookie
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import anyio.to_thread
from attrs import define, field
from starlette.types import Message, Scope

from consistent.limits import FILE
from consistent.toml.files import entries_of
from consistent.web.app import application
from consistent.web.bench import Bench
from consistent.web.folder import Folder
from consistent.web.guarding import too_large

__all__ = ["Answer", "Workbench", "asked", "warmed"]

_HOST = "workbench"
# What has code of its own beside Python's, as the reader of PDF has, cannot be in memory that is kept.
_LATER = (
    "consistent.documents.formats.akn",
    "consistent.documents.formats.docx",
    "consistent.documents.formats.formex",
    "consistent.documents.formats.html",
    "consistent.documents.formats.plain",
    "consistent.reports._word_runs",
    "consistent.reports.html.page",
    "consistent.web._draft_worker",
    "elementpath",
    "justhtml",
)
Answer = tuple[int, list[tuple[str, str]], bytes]


async def _here(function: Callable[..., Any], *arguments: Any, **_: Any) -> Any:
    """Instead of in a thread, of which a browser gives Python one."""
    return function(*arguments)


def _driven(work: Coroutine[Any, Any, None]) -> None:
    """Do to its end what waits for nothing: all that could be waited for is there, or is done in this thread."""
    try:
        work.send(None)
    except StopIteration:
        return
    raise AssertionError("it waits for something")


@define(eq=False)
class Workbench:
    """The application, and who asks it.

    Attributes:
        root: the folder of work.
    """

    root: Path
    _app: Any = field(init=False)
    _cookies: SimpleCookie = field(factory=SimpleCookie, init=False)

    def __attrs_post_init__(self) -> None:
        anyio.to_thread.run_sync = _here  # type: ignore[assignment]  # no threads there
        self.root.mkdir(parents=True, exist_ok=True)
        self._app = application(Bench(Folder(self.root)), "en", "")

    def ask(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """What is answered to a request.

        Args:
            method: of it.
            address: from the slash on.
            headers: by name, in small letters.
            body: that was sent.

        Returns:
            Status, headers and body.
        """
        sent: list[Message] = []
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> Message:
            return next(given, {"type": "http.disconnect"})

        async def send(message: Message) -> None:
            sent.append(message)

        asked = self._app if len(body) <= FILE.most + 1_000_000 else too_large(FILE.most)
        _driven(asked(self._scope(method, address, headers), receive, send))
        start, *rest = sent
        told = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]]
        for name, value in told:
            if name == "set-cookie":
                self._cookies.load(value)
        return start["status"], told, b"".join(part.get("body", b"") for part in rest)

    def _scope(self, method: str, address: str, headers: Mapping[str, str]) -> Scope:
        parts = urlsplit(address)
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())
        told = {"host": _HOST, "cookie": cookies, **headers}
        return {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "root_path": "",
            "method": method, "path": unquote(parts.path), "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(), "server": (_HOST, 80), "client": (_HOST, 0),
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in told.items()],
        }  # fmt: skip

    def archive(self) -> bytes:
        """All files of work, as a ZIP archive."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in entries_of(self.root):
                if path.is_file():
                    archive.write(path, path.name)
        return made.getvalue()

    def clear(self) -> None:
        """Remove all files of work."""
        for path in entries_of(self.root):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def warmed(root: str) -> Workbench:
    """A workbench over a folder that is empty, all packs of which are loaded, as is all that was asked of it once."""
    bench = Workbench(Path(root))
    _ask_all(bench)
    bench.clear()
    return bench


def _ask_all(bench: Workbench) -> None:
    form = {"content-type": "application/x-www-form-urlencoded", "hx-request": "true"}
    for language in ("nl", "en"):
        bench.ask("GET", f"/?lang={language}", {}, b"")
    _, told, _ = bench.ask("POST", "/example", form, b"")
    _, told, _ = bench.ask("GET", dict(told)["hx-redirect"], {}, b"")
    bench.ask("GET", dict(told)["location"], {}, b"")
    # What a first document and a first fiche would load.
    for module in _LATER:
        import_module(module)


def asked(bench: Workbench, method: str, address: str, headers: Any, body: Any) -> Answer:
    """As `Workbench.ask`, of what JavaScript says."""
    return bench.ask(method, address, headers.to_py(), body.to_bytes() if body else b"")
