"""A workbench that answers on this machine, and somebody who asks it without a browser."""

import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlencode

import uvicorn
from attrs import define, field, frozen

from consistent.model.text import Language
from consistent.web.app import application
from consistent.web.bench import Bench
from consistent.web.folder import Folder
from consistent.web.guarding import Guard

__all__ = ["PACK", "Answered", "Visitor", "served"]

PACK = "nl-22112-4027"
_MOST = 51_000_000


@frozen
class Answered:
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    @classmethod
    def of(cls, response: HTTPResponse) -> "Answered":
        return cls(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


@define
class Visitor:
    """Somebody who was let in, and asks as a page of the workbench does.

    Attributes:
        host: with its port.
        address: with the token.
    """

    host: str
    address: str
    headers: dict[str, str] = field(factory=dict)

    def enter(self) -> Answered:
        """Use the address, and keep the cookie."""
        answered = self.ask("GET", self.address.partition(self.host)[2])
        if "set-cookie" in answered.headers:
            self.headers["Cookie"] = answered.headers["set-cookie"].partition(";")[0]
        return answered

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answered:
        """Ask for anything; a header whose value is empty is left out."""
        connection = HTTPConnection(self.host, timeout=120)
        sent = {"Host": self.host, **self.headers}
        if method != "GET":
            sent |= {"Origin": f"http://{self.host}", "Content-Length": str(len(body))}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            if value:
                connection.putheader(name, value)
        try:
            connection.endheaders(body)
            return Answered.of(connection.getresponse())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answered:
        """Ask for a page."""
        return self.ask("GET", path, b"", **headers)

    def post(self, path: str, form: Mapping[str, str | list[str]], **headers: str) -> Answered:
        """Send a form, as htmx does."""
        body = urlencode(form, doseq=True).encode()
        kind = {"Content_Type": "application/x-www-form-urlencoded", "HX_Request": "true"}
        return self.ask("POST", path, body, **{**kind, **headers})

    def bring(self, name: str, content: bytes, *, to: str = "/add", **form: str) -> Answered:
        """Bring a file along."""
        parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in form.items()]
        parts.append(
            f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n'.encode()
            + b"Content-Type: application/octet-stream\r\n\r\n"
            + content
        )
        body = b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts) + b"--edge--\r\n"
        return self.ask("POST", to, body, Content_Type="multipart/form-data; boundary=edge", HX_Request="true")


def at(name: str, pack: str = PACK) -> str:
    """Where a proposal is."""
    return f"/proposal/{pack}/{quote(name)}"


def version_in(page: str) -> str:
    """Of the file, as a page or the answer to a step has it."""
    found = re.search(r'id="version" name="version" value="(\w+)"', page)
    assert found is not None
    return found[1]


@contextmanager
def served(
    folder: Path, language: Language = "en", pack: str | None = PACK, waivers: tuple[Path, ...] = ()
) -> Iterator[Visitor]:
    """A workbench over a folder, as `consistent serve` opens it, with somebody who was not let in yet."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    host = f"127.0.0.1:{listening.getsockname()[1]}"
    guard = Guard(application(Bench(Folder(folder), pack, waivers), language, "A. Tester"), host, most_bytes=_MOST)
    server = uvicorn.Server(uvicorn.Config(guard, log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield Visitor(host, f"http://{host}/?token={guard.token}")
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
