"""The application: what is asked for under which address, and what is answered. What there is to think about lies elsewhere."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from consistent.errors import ConsistentError, UsageError
from consistent.fiche.forms import fiche_blocks
from consistent.inquiries.interview.taking import Signature
from consistent.inquiries.why.why_not import why_not
from consistent.limits import FILE
from consistent.model.text import Language, today
from consistent.reports.html.page import asset, notes_of, render_html, with_notes
from consistent.reports.repairs_text import repair_outline
from consistent.reports.why_text import why_not_outline
from consistent.toml.tomlfile import TomlFile
from consistent.web.accepting import accepted, withdrawn
from consistent.web.amended_app import AmendedApp
from consistent.web.answering import answered, key_text
from consistent.web.bench import Bench
from consistent.web.filling import Filled, choices, filled, word_of
from consistent.web.guarding import TooLargeError
from consistent.web.pages import Pages
from consistent.web.responding import OWN_NAMES, Responder, one
from consistent.web.rule_app import RuleApp
from consistent.web.stating import Statement, item_named, reviewed, stated
from consistent.web.work import ChangedMeanwhileError, Work

__all__ = ["application", "static_files"]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".txt": "text/plain"}
# So many fields has the longest form.
_MOST_FIELDS = 5_000


def application(bench: Bench, language: Language, by: str, day: Callable[[], date] = today) -> Starlette:
    """The pages over a folder.

    Args:
        bench: what is worked on.
        language: of the pages, until another is chosen.
        by: who answers.
        day: on which.
    """
    app = _App(bench, language, by, day)
    at = "/proposal/{pack}/{name}"
    get, post = ["GET"], ["POST"]
    return Starlette(
        routes=[
            Route("/", app.start, methods=get),
            Route("/add", app.add, methods=post),
            Route("/example", app.example, methods=post),
            Route("/draft", app.draft, methods=post),
            Route("/stop", app.stop, methods=post),
            Route("/static/{file}", app.static, methods=get),
            # Browsers ask for it unasked.
            Route("/favicon.ico", lambda _: Response(status_code=204), methods=get),
            Route(at, app.proposal, methods=get),
            Route(f"{at}/text", app.text, methods=get),
            Route(f"{at}/values/{{number:int}}", app.values, methods=get),
            Route(f"{at}/values/{{number:int}}", app.review, methods=post),
            Route(f"{at}/statement", app.state, methods=post),
            Route(f"{at}/answer", app.answer, methods=post),
            Route(f"{at}/skip", app.skip, methods=post),
            Route(f"{at}/question", app.question, methods=get),
            Route(f"{at}/accept", app.accept, methods=post),
            Route(f"{at}/withdraw", app.withdraw, methods=post),
            Route(f"{at}/undo", app.undo, methods=post),
            Route(f"{at}/why", app.why, methods=get),
            Route(f"{at}/repairs", app.repairs, methods=get),
            Route(f"{at}/fiche", app.fiche, methods=get),
            Route(f"{at}/fiche.docx", app.fiche_word, methods=get),
            Route(f"{at}/report.html", app.report, methods=get),
            *AmendedApp(bench, language).routes(at),
            *RuleApp(bench, language).routes,
        ],
        exception_handlers={
            ConsistentError: app.fault,
            ChangedMeanwhileError: app.conflict,
            TooLargeError: app.too_large,
        },
    )


class _App(Responder):
    def __init__(self, bench: Bench, language: Language, by: str, day: Callable[[], date]) -> None:
        super().__init__(language)
        self._bench, self._by, self._day = bench, by, day

    # The folder.

    async def start(self, request: Request) -> Response:
        """What this is, and what there is to open."""
        folder = self._bench.folder
        listed = [(name, folder.title(name, self.language(request))) for name in folder.proposals()]
        return self.page(
            request, "start.html.j2", folder=str(folder.root), proposals=listed, documents=list(folder.documents()),
            packs=self._bench.packs(), key=token_urlsafe(12),
            most=FILE.most // 1_000_000,
        )  # fmt: skip

    async def add(self, request: Request) -> Response:
        """A file that is brought along."""
        async with request.form(max_files=1, max_fields=20) as form:
            given = form.get("file")
            if not isinstance(given, UploadFile) or not given.filename:
                raise UsageError("no file was given", "choose a file")
            name, content = given.filename, await given.read()
            as_proposal, key = form.get("as-proposal") == "yes", str(form.get("key", ""))
        return await self._opened(request, self._bench.bring, name, content, self.language(request), as_proposal, key)

    async def draft(self, request: Request) -> Response:
        """A document that lies in the folder already."""
        form = await request.form(max_files=0)
        as_proposal = form.get("as-proposal") == "yes"
        key = str(form.get("key", ""))
        return await self._opened(
            request, self._bench.draft, str(form.get("name")), self.language(request), as_proposal, key
        )

    async def stop(self, request: Request) -> Response:
        """The reading of a document is stopped."""
        form = await request.form(max_files=0, max_fields=5)
        self._bench.stop(str(form.get("key", "")))
        return Response(status_code=204)

    async def example(self, request: Request) -> Response:
        """A copy of the White Paper."""
        return await self._opened(request, self._bench.example)

    async def _opened(self, request: Request, open_: Callable[..., str], *arguments: Any) -> Response:
        name = await run_in_threadpool(open_, *arguments)
        address = f"/proposal/-/{quote(name)}"
        if "hx-request" in request.headers:
            return Response(headers={"HX-Redirect": address})
        return RedirectResponse(address, 303)

    async def static(self, request: Request) -> Response:
        """A file that comes with the library."""
        name = request.path_params["file"]
        content = static_files().get(name)
        if content is None:
            return Response(status_code=404)
        return Response(content, media_type=_TYPES[Path(name).suffix])

    # One proposal.

    def _pages(self, request: Request) -> Pages:
        name, pack = request.path_params["name"], request.path_params["pack"]
        return Pages(self._bench.work(pack, name), self._bench, name, self.language(request), self._by)

    async def _with(self, request: Request, make: Callable[[Pages], Mapping[str, Any]], template: str) -> Response:
        """A page of a proposal, made in a thread of its own while nothing else asks for it."""

        def made() -> Response:
            pages = self._pages(request)
            with pages.work.lock:
                return self.page(request, template, **{**pages.common(), **make(pages)})

        return await run_in_threadpool(made)

    async def proposal(self, request: Request) -> Response:
        """The three panes."""
        if request.path_params["pack"] == "-":
            name = request.path_params["name"]
            pack = await run_in_threadpool(self._bench.proposed, name)
            return RedirectResponse(f"/proposal/{quote(pack)}/{quote(name)}", 303)

        def made(pages: Pages) -> Mapping[str, Any]:
            pages.work.refresh()
            return pages.whole()

        return await self._with(request, made, "work.html.j2")

    async def text(self, request: Request) -> Response:
        """The text with its passages."""
        return await self._with(request, Pages.text, "text.html.j2")

    async def values(self, request: Request) -> Response:
        """What was read of one measure."""
        number = request.path_params["number"]
        return await self._with(request, lambda pages: pages.values(number), "values.html.j2")

    async def question(self, request: Request) -> Response:
        """The question that comes first, where it is not the one that is shown already."""
        return await self._with(
            request, lambda pages: pages.first(request.query_params.get("shown", "")), "first.html.j2"
        )

    async def why(self, request: Request) -> Response:
        """Why a rule applies, or does not."""
        rule, measure = request.query_params.get("rule", ""), request.query_params.get("measure")

        def made(pages: Pages) -> Mapping[str, Any]:
            told = why_not(pages.work.case, rule, measure or None)
            return {"blocks": tuple(why_not_outline(told, pages.language, full=bool(measure)))}

        return await self._with(request, made, "told.html.j2")

    async def repairs(self, request: Request) -> Response:
        """What would have to change."""
        rule, measure = request.query_params.get("rule", ""), request.query_params.get("measure")

        def made(pages: Pages) -> Mapping[str, Any]:
            found = pages.work.repairs(rule, measure or None)
            return {"blocks": tuple(repair_outline(found, pages.language, conditions=True))}

        return await self._with(request, made, "told.html.j2")

    async def fiche(self, request: Request) -> Response:
        """The fiche as a page."""

        def made(pages: Pages) -> Mapping[str, Any]:
            made = self._filled(request, pages.work)
            found = made.fiche
            body, notes = with_notes(fiche_blocks(found))
            return {
                "title": found.title, "blocks": body, "of": found.language, "form": made.form,
                "forms": tuple(choices(self._bench.folder, pages.language)), "own_languages": OWN_NAMES, "asked_in": request.query_params.get("in", ""),
                **notes_of(notes, found.language),
            }  # fmt: skip

        return await self._with(request, made, "fiche.html.j2")

    async def fiche_word(self, request: Request) -> Response:
        """The fiche as a Word file."""
        form = re.sub(r"\W+", "-", request.query_params.get("form", "")).strip("-")
        kind = f"fiche-{form}" if form else "fiche"
        return await self._download(request, lambda work: word_of(self._filled(request, work)), _WORD, kind, ".docx")

    def _filled(self, request: Request, work: Work) -> Filled:
        """The fiche in the form and the language that are asked for."""
        asked = request.query_params
        return filled(work.dossier, asked.get("form", ""), asked.get("in", ""), self._bench.folder, work.kb.knowledge)

    async def report(self, request: Request) -> Response:
        """The report as a page that stands by itself."""
        language = self.language(request)
        return await self._download(
            request, lambda work: render_html([work.dossier], language).encode(), "text/html", "report", ".html"
        )

    async def _download(
        self, request: Request, make: Callable[[Work], bytes], media: str, kind: str, suffix: str
    ) -> Response:
        def made() -> bytes:
            work = self._pages(request).work
            with work.lock:
                work.refresh()
                return make(work)

        called = f"{Path(request.path_params['name']).stem}-{kind}{suffix}"
        head = f"attachment; filename*=UTF-8''{quote(called)}"
        return Response(await run_in_threadpool(made), media_type=media, headers={"Content-Disposition": head})

    # Steps: each is saved before it is answered.

    async def _step(self, request: Request, take: Callable[[Pages, Mapping[str, list[str]]], str]) -> Response:
        form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
        sent = {name: [value for value in form.getlist(name) if isinstance(value, str)] for name in form}

        def made() -> Response:
            pages = self._pages(request)
            with pages.work.lock:
                before = pages.work.outcomes()
                said = take(pages, sent)
                values = pages.changed(before, said)
                return self.page(request, "changed.html.j2", **{**pages.common(), **values})

        response = await run_in_threadpool(made)
        response.headers["HX-Trigger-After-Settle"] = "changed"
        return response

    async def review(self, request: Request) -> Response:
        """What is said of a value that was read."""
        number = request.path_params["number"]

        def take(pages: Pages, form: Mapping[str, list[str]]) -> str:
            work = pages.work

            def file() -> TomlFile:
                if one(form, "kind") == "all":
                    return pages.confirmed(number)
                item = item_named(work.values, one(form, "item"))
                return reviewed(work.file, work.case, item, one(form, "kind"), one(form, "typed"))

            work.save(one(form, "version"), file)
            return "saved"

        return await self._step(request, take)

    async def state(self, request: Request) -> Response:
        """A value that a person records."""

        def take(pages: Pages, form: Mapping[str, list[str]]) -> str:
            work = pages.work
            start, end = one(form, "start"), one(form, "end")
            statement = Statement(
                measure=pages.measure_of(one(form, "measure")),
                field=one(form, "field"),
                kind=one(form, "kind"),
                typed=one(form, "typed"),
                place=one(form, "place"),
                span=(int(start), int(end)) if start.isdecimal() and end.isdecimal() else None,
            )
            document = pages.document() if statement.span else None
            work.save(
                one(form, "version"),
                lambda: stated(work.file, work.case, statement, document, pages.language),
            )
            return "saved"

        return await self._step(request, take)

    async def answer(self, request: Request) -> Response:
        """An answer to a question."""

        def take(pages: Pages, form: Mapping[str, list[str]]) -> str:
            work = pages.work
            signature = Signature(by=self._by, on=self._day())

            question = pages.question_of(one(form, "key"), one(form, "shown"))
            work.save(
                one(form, "version"),
                lambda: answered(question, form, work.file, work.case, signature),
                question.key,
            )
            return "saved"

        return await self._step(request, take)

    async def accept(self, request: Request) -> Response:
        """A finding is accepted."""

        def take(pages: Pages, form: Mapping[str, list[str]]) -> str:
            work = pages.work
            # A rule and a measure that there are.
            rule, measure = work.kb.rule(one(form, "rule")), pages.measure_named(one(form, "measure"))
            said = {**form, "rule": [rule.id], "measure": [measure]}
            day = self._day()
            work.accept(one(form, "version"), lambda held: accepted(held, said, work.case.proposal, day))
            return "saved"

        return await self._step(request, take)

    async def withdraw(self, request: Request) -> Response:
        """What was accepted is accepted no more."""

        def take(pages: Pages, form: Mapping[str, list[str]]) -> str:
            pages.work.accept(one(form, "version"), lambda held: withdrawn(held, one(form, "waiver")))
            return "saved"

        return await self._step(request, take)

    async def skip(self, request: Request) -> Response:
        """A question is put off, or all that were put off are asked again."""

        def take(pages: Pages, form: Mapping[str, list[str]]) -> str:
            key = one(form, "key")
            if not key:
                pages.work.skipped.clear()
                return ""
            pages.work.skipped |= {question.key for question in pages.work.left.questions if key_text(question) == key}
            return "skipped"

        return await self._step(request, take)

    async def undo(self, request: Request) -> Response:
        """The last step is taken back."""

        def take(pages: Pages, form: Mapping[str, list[str]]) -> str:
            return "undone" if pages.work.undo(one(form, "version")) else "nothing to undo"

        return await self._step(request, take)


@cache
def static_files() -> Mapping[str, bytes]:
    """The files that pages load, by name."""
    folder = files("consistent.web") / "static"
    found = {each.name: each.read_bytes() for each in folder.iterdir() if Path(each.name).suffix in _TYPES}
    return found | {"style.css": asset("style.css").encode()}
