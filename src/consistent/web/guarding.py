"""Who may ask: the browser that was given the address, from pages of this program, and nobody else on the machine or the web."""

import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Guard", "TooLargeError", "too_large"]

# All that a page needs comes from here; nothing is stored by the browser, and no other page may show this one or learn of it.
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_READING = frozenset({"GET", "HEAD"})


class TooLargeError(Exception):
    """More was sent than is taken.

    Attributes:
        most: bytes that are.
    """

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class Guard:
    """Lets requests through to an application.

    What asks must name this host, which no page that was led here by a name of its own can (DNS rebinding); must come from a page
    of this program where it changes anything; and must hold the cookie that the token in the address is given for, once.

    Attributes:
        token: for the address; good for one browser.
    """

    def __init__(self, app: ASGIApp, host: str, *, most_bytes: int) -> None:
        """Stand before an application.

        Args:
            app: the application.
            host: with its port, as browsers name it.
            most_bytes: in one request.
        """
        self._app, self._host, self._most = app, host, most_bytes
        self.token = secrets.token_urlsafe(24)
        self._used = False
        self._secret = secrets.token_urlsafe(24)
        # Cookies do not tell ports apart; two of these programs at once must.
        self._name = f"consistent-{host.rpartition(':')[2]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or have it answered."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        answer = self._refusal(scope) or self._entrance(scope)
        if answer is not None:
            await answer(scope, receive, sent)
            return
        await self._app(scope, self._counted(receive), sent)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if headers.get("host") != self._host:
            return PlainTextResponse("This is not the host of this page.\n", 421)
        origin = headers.get("origin")
        if (origin or scope["method"] not in _READING) and origin != f"http://{self._host}":
            return PlainTextResponse("Another page may not ask for this.\n", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._most:
            return too_large(self._most)
        return None

    def _entrance(self, scope: Scope) -> PlainTextResponse | RedirectResponse | None:
        """Nothing for who was let in; for who brings the token the cookie; and for others a refusal."""
        if hmac.compare_digest(self._cookie(scope).encode(), self._secret.encode()):
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if not self._used and scope["path"] == "/" and hmac.compare_digest(given.encode(), self.token.encode()):
            self._used = True
            into = RedirectResponse("/", 303)
            into.set_cookie(self._name, self._secret, httponly=True, samesite="strict", path="/")
            return into
        said = (
            "Open the address that the command printed; it can be used once. Start `consistent serve` again for a new one.\n"
            "Open het adres dat de opdracht gaf; het werkt één keer. Start `consistent serve` opnieuw voor een nieuw adres.\n"
        )
        return PlainTextResponse(said, 401)

    def _cookie(self, scope: Scope) -> str:
        try:
            held = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(self._name)
        except CookieError:
            return ""
        return held.value if held else ""

    def _counted(self, receive: Receive) -> Receive:
        """What is sent, as long as that is not more than is taken, whatever its head says."""
        got = 0

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > self._most:
                raise TooLargeError(self._most)
            return message

        return counted


def too_large(most_bytes: int) -> PlainTextResponse:
    """That more was sent than is taken."""
    millions = most_bytes // 1_000_000
    said = f"This is too large: at most {millions} MB.\nDit is te groot: hoogstens {millions} MB.\n"
    return PlainTextResponse(said, 413, {"Connection": "close"})
