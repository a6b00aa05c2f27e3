"""How anything is answered: a page in the language of its reader, and what goes wrong, told above what was typed."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from consistent.errors import ConsistentError
from consistent.inquiries.interview.replying import ReplyError
from consistent.model.text import LANGUAGES, Language
from consistent.reports.html.page import environment
from consistent.web.guarding import TooLargeError, too_large
from consistent.web.words import speaker

__all__ = ["OWN_NAMES", "Responder", "one"]

# What each language calls itself.
OWN_NAMES: Mapping[Language, str] = {"nl": "Nederlands", "en": "English"}

# Which parts of a page an answer brings along.
_PARTS = {"oob": False, "oob_left": False, "oob_question": False}


def one(form: Mapping[str, list[str]], name: str) -> str:
    """What a form sent under a name; empty where it sent nothing."""
    return next(iter(form.get(name, ())), "")


class Responder:
    """What all pages share.

    Args:
        language: of the pages, until another is chosen.
    """

    def __init__(self, language: Language) -> None:
        self._language = language

    def language(self, request: Request) -> Language:
        """That which is asked for, or was before."""
        asked = request.query_params.get("lang") or request.cookies.get("lang", "")
        return next((language for language in LANGUAGES if language == asked), self._language)

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page, or a part of one, made of a template."""
        language = self.language(request)
        text = environment("consistent.web").get_template(template)
        # What else was asked for stays as it is in another language.
        asked = "".join(
            f"{urlencode({name: value})}&" for name, value in request.query_params.items() if name != "lang"
        )
        made = text.render(
            {**_PARTS, **values},
            language=language,
            w=speaker(language),
            here=request.url.path,
            asked_for=asked,
            own_names=OWN_NAMES,
        )
        response = HTMLResponse(made, status)
        if "lang" in request.query_params:
            response.set_cookie("lang", language, samesite="strict", httponly=True, path="/")
        return response

    # What goes wrong: told above what was typed, which stays.

    async def fault(self, request: Request, error: Exception) -> Response:
        """Something that cannot be done, or a file that cannot be used."""
        language = self.language(request)
        said, help = error.said(language) if isinstance(error, ConsistentError) else str(error), ""
        if isinstance(error, ReplyError):
            said, help = error.told.get(language), error.hint.get(language)
        return self._notice(request, 422, said=said, help=help)

    async def conflict(self, request: Request, _: Exception) -> Response:
        """The file was changed meanwhile."""
        return self._notice(request, 409, conflict=request.path_params.get("name", ""))

    async def too_large(self, _: Request, error: Exception) -> Response:
        """More was sent than is taken."""
        return too_large(error.most if isinstance(error, TooLargeError) else 0)

    def _notice(self, request: Request, status: int, **values: Any) -> Response:
        told = {"said": "", "help": "", "conflict": "", **values}
        if "hx-request" not in request.headers:
            return self.page(request, "fault.html.j2", status, **told)
        response = self.page(request, "notice.html.j2", status, **told)
        # Looked for in the page: what asked may be no part of it any more, where another answer has replaced it.
        response.headers.update({"HX-Retarget": "global #notice", "HX-Reswap": "innerHTML"})
        return response
