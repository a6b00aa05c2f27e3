"""An amended text in the browser: chosen, brought along, compared step by step, and let go of."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from consistent.errors import UsageError
from consistent.limits import FILE
from consistent.model.text import Language
from consistent.reports.diff_text import diff_outline
from consistent.reports.interview_text import act_question_outline
from consistent.reports.outline import Spans
from consistent.web.bench import Bench
from consistent.web.differing import Compared, Comparing, Point, folded
from consistent.web.pages import Pages
from consistent.web.responding import Responder, one

__all__ = ["AmendedApp"]

# So many comparisons are kept, and so long the answer waits for one that may be quick.
_MOST, _SECONDS = 8, 0.5
_Key = tuple[str, str, str, str, str]


class AmendedApp(Responder):
    """The pages of a proposal beside an amended text.

    Args:
        bench: with the folder.
        language: of the pages, until another is chosen.
    """

    def __init__(self, bench: Bench, language: Language) -> None:
        super().__init__(language)
        self._bench = bench
        self._comparing: dict[_Key, Comparing] = {}

    def routes(self, at: str) -> list[Route]:
        """What is asked for under which address, below that of a proposal."""
        return [
            Route(f"{at}/amended", self.amended, methods=["GET"]),
            Route(f"{at}/amended/bring", self.bring, methods=["POST"]),
            Route(f"{at}/amended/compare", self.compare, methods=["POST"]),
            Route(f"{at}/amended/state", self.state, methods=["POST"]),
            Route(f"{at}/amended/stop", self.stop, methods=["POST"]),
        ]

    def _pages(self, request: Request) -> Pages:
        name, pack = request.path_params["name"], request.path_params["pack"]
        return Pages(self._bench.work(pack, name), self._bench, name, self.language(request))

    async def amended(self, request: Request) -> Response:
        """Which text, and the place where what it changes comes."""

        def made() -> Response:
            pages = self._pages(request)
            with pages.work.lock:
                pages.work.refresh()
                values = pages.common()
            other = request.query_params.get("with", "")
            if other:
                self._bench.folder.path(other)
            mine = self._bench.folder.document_of(pages.name)
            there = (*self._bench.folder.documents(), *self._bench.folder.proposals())
            texts = tuple(each for each in there if each != pages.name and not (mine and each == mine.name))
            return self.page(
                request, "amended.html.j2", **{**values, "other": other, "texts": texts, "most": FILE.most // 1_000_000}
            )

        return await run_in_threadpool(made)

    async def bring(self, request: Request) -> Response:
        """A text that is brought along."""
        async with request.form(max_files=1, max_fields=5) as form:
            given = form.get("file")
            if not isinstance(given, UploadFile) or not given.filename:
                raise UsageError("no file was given", "choose a file")
            name, content = given.filename, await given.read()
        own = await run_in_threadpool(self._bench.bring_text, name, content)
        pack, of = (quote(request.path_params[part]) for part in ("pack", "name"))
        address = f"/proposal/{pack}/{of}/amended?{urlencode({'with': own})}"
        if "hx-request" in request.headers:
            return Response(headers={"HX-Redirect": address})
        return RedirectResponse(address, 303)

    async def compare(self, request: Request) -> Response:
        """Begin to compare, or tell what came out before."""

        def begun(pages: Pages, other: str) -> Comparing:
            key = self._key(pages, other)
            found = self._comparing.get(key)
            if found is None or found.stopped or found.wrong is not None:
                # The reading of a text that changed meanwhile is another one.
                found = Comparing(self._bench, pages.work, pages.name, other, pages.language, key[3])
                self._comparing = dict([*self._comparing.items()][1 - _MOST :]) | {key: found}
                found.begin()
            return found

        return await self._told(request, begun)

    async def state(self, request: Request) -> Response:
        """How far it is."""

        def known(pages: Pages, other: str) -> Comparing:
            running = self._newest(pages, other)
            if running is None:
                raise UsageError("nothing is compared", "load the page again")
            return running

        return await self._told(request, known)

    async def stop(self, request: Request) -> Response:
        """Stop comparing."""
        form = await request.form(max_files=0, max_fields=5)

        def stopped() -> None:
            running = self._newest(self._pages(request), str(form.get("with", "")))
            if running is not None:
                running.stop()

        await run_in_threadpool(stopped)
        return Response(status_code=204)

    def _newest(self, pages: Pages, other: str) -> Comparing | None:
        place = pages.work.kb.name, pages.name, other
        return next((each for key, each in reversed(self._comparing.items()) if key[:3] == place), None)

    def _key(self, pages: Pages, other: str) -> _Key:
        """What tells a comparison from others: a text that is changed is compared again."""
        about = self._bench.folder.path(other).stat()
        with pages.work.lock:
            pages.work.refresh()
            version = pages.work.version
        return pages.work.kb.name, pages.name, other, version, f"{about.st_mtime_ns} {about.st_size}"

    async def _told(self, request: Request, which: Callable[[Pages, str], Comparing]) -> Response:
        form = await request.form(max_files=0, max_fields=5)
        other = one({name: [str(value)] for name, value in form.items()}, "with")

        def made() -> Response:
            pages = self._pages(request)
            running = which(pages, other)
            running.wait(_SECONDS)
            values: dict[str, Any] = {"at": pages.common()["at"]}
            if not running.is_over:
                return self.page(request, "differing.html.j2", **values, step=running.step)
            if running.wrong is not None:
                raise running.wrong
            told = self._compared(running.compared, pages.language) if running.compared is not None else {}
            values["worked"] = other.endswith(".toml")
            return self.page(request, "differed.html.j2", **values, stopped=running.stopped, **told)

        return await run_in_threadpool(made)

    @staticmethod
    def _compared(compared: Compared, language: Language) -> dict[str, Any]:
        found = compared.found
        head, *others = diff_outline(found, language)
        return {
            "blocks": (head, *folded(others, opened=1)), "of_others": found.of_others, "kept": compared.kept, "of": found.old.proposal.measures,
            "without_words": compared.without_words, "left": compared.left,
            "asked": (len(compared.asked), tuple(_told(compared.asked, language))),
            "settled": (len(compared.settled), tuple(_told(compared.settled, language))),
        }  # fmt: skip


def _told(listed: Iterable[Point], language: Language) -> Iterator[tuple[Spans, str]]:
    """What is to be told, by the heading of its question: that, and the terms."""
    by_heading: dict[Spans, list[str]] = {}
    for point in listed:
        heading = next(act_question_outline(point.question, language)).heading
        by_heading.setdefault(heading, []).extend([point.label.get(language)] if point.label else [])
    return ((heading, ", ".join(labels)) for heading, labels in by_heading.items())
