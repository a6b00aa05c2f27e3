"""The rules in the browser: lists, the page of each, and a place to try another text of it."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from consistent.authoring.coverage.report import coverage_outline
from consistent.authoring.mutation.report import summary_outline, survivor_outline
from consistent.authoring.suite import failure_outline
from consistent.checker import KnowledgeBase
from consistent.errors import InputError
from consistent.findings.outcome import LABELS, PRESENTATION
from consistent.model.text import Language, today
from consistent.reports.outline import Section
from consistent.reports.pages import rule_section
from consistent.rules.rule import Rule
from consistent.toml.files import read_file, replace_file
from consistent.web.bench import Bench
from consistent.web.responding import Responder, one
from consistent.web.shelf import ORDERS, Order, Shelf
from consistent.web.trying import tested, tried
from consistent.web.work import ChangedMeanwhileError

__all__ = ["RuleApp"]


@frozen
class _Text:
    """The text of a rule, and where it is kept; `path` is None where it is not to be changed here."""

    text: str
    path: Path | None

    @property
    def version(self) -> str:
        return sha256(self.text.encode()).hexdigest()[:16]


class RuleApp(Responder):
    """The pages of rules.

    Args:
        bench: with the packs, and the proposals at hand.
        language: of the pages, until another is chosen.
    """

    def __init__(self, bench: Bench, language: Language) -> None:
        super().__init__(language)
        self._bench = bench

    @property
    def routes(self) -> list[Route]:
        """What is asked for under which address."""
        return [
            Route("/rules/{pack}", self.shelf, methods=["GET"]),
            Route("/rules/{pack}/rule/{rule:path}", self.rule, methods=["GET"]),
            Route("/rules/{pack}/try/{rule:path}", self.attempt, methods=["POST"]),
            Route("/rules/{pack}/tested/{rule:path}", self.tested, methods=["POST"]),
            Route("/rules/{pack}/save/{rule:path}", self.save, methods=["POST"]),
        ]

    async def shelf(self, request: Request) -> Response:
        """The rules of a pack, by what a reader looks for."""
        asked, words = request.query_params.get("by", ""), request.query_params.get("words", "")[:200]
        order: Order = next((each for each in ORDERS if each == asked), "principle")

        def made() -> Response:
            kb = self._bench.kb(request.path_params["pack"])
            groups = Shelf(kb, self.language(request)).groups(order, words)
            template = "shelved.html.j2" if "hx-request" in request.headers else "shelf.html.j2"
            return self.page(
                request, template, pack=kb.name, packs=self._bench.packs(), order=order, orders=ORDERS, words=words, groups=groups,
                count=len({rule.id for group in groups for rule in group.rules}), of=len(kb.rules), presentation=PRESENTATION,
            )  # fmt: skip

        return await run_in_threadpool(made)

    async def rule(self, request: Request) -> Response:
        """One rule: what it says, and its text."""

        def made() -> Response:
            kb, rule = self._asked(request)
            language = self.language(request)
            section = rule_section(
                rule, kb.knowledge, kb.rules, language, lambda name: f"/rules/{quote(kb.name)}/rule/{quote(name)}"
            )
            held = self._text(rule)
            return self.page(
                request, "rule.html.j2", pack=kb.name, rule=rule.id, title=rule.title.get(language), blocks=tuple(section.blocks),
                text=held.text, version=held.version, can_save=held.path is not None, at_hand=len(list(self._bench.folder.proposals())),
            )  # fmt: skip

        return await run_in_threadpool(made)

    async def attempt(self, request: Request) -> Response:
        """What another text of a rule comes to."""

        def made(kb: KnowledgeBase, rule: Rule, form: Mapping[str, list[str]]) -> dict[str, Any]:
            return self._tried(kb, rule, _typed(form), self.language(request))

        return await self._form(request, made)

    async def tested(self, request: Request) -> Response:
        """What the examples of a text of a rule leave untested."""
        language = self.language(request)

        def made(kb: KnowledgeBase, rule: Rule, form: Mapping[str, list[str]]) -> dict[str, Any]:
            found = tested(kb, rule.id, _typed(form), today(), self._bench.accepted_mutants(rule.pack))
            left = Section("", coverage_outline(found.coverage, kb.knowledge, language))
            return {
                "coverage": tuple(left.blocks), "mutants": tuple(summary_outline(found.mutants, language)),
                "survivors": tuple(survivor_outline(found.mutants, language)),
            }  # fmt: skip

        return await self._form(request, made, "tested.html.j2")

    async def save(self, request: Request) -> Response:
        """Write another text of a rule into its file, where it can stand there."""

        def made(kb: KnowledgeBase, rule: Rule, form: Mapping[str, list[str]]) -> dict[str, Any]:
            text, held = _typed(form), self._text(rule)
            told = self._tried(kb, rule, text, self.language(request))
            if held.path is None or told["faults"]:
                return told
            if held.version != one(form, "version"):
                raise ChangedMeanwhileError
            replace_file(held.path, held.text.encode(), text.encode())
            self._bench.forget_packs()
            return {**told, "saved": True, "version": _Text(text, held.path).version}

        return await self._form(request, made)

    async def _form(
        self,
        request: Request,
        make: Callable[[KnowledgeBase, Rule, Mapping[str, list[str]]], Mapping[str, Any]],
        template: str = "tried.html.j2",
    ) -> Response:
        form = await request.form(max_files=0, max_fields=10)
        sent = {name: [value for value in form.getlist(name) if isinstance(value, str)] for name in form}

        def made() -> Response:
            kb, rule = self._asked(request)
            return self.page(request, template, **{"saved": False, "version": "", **make(kb, rule, sent)})

        return await run_in_threadpool(made)

    def _asked(self, request: Request) -> tuple[KnowledgeBase, Rule]:
        kb = self._bench.kb(request.path_params["pack"])
        return kb, kb.rule(request.path_params["rule"])

    def _text(self, rule: Rule) -> _Text:
        """The text as it is on disk where the pack lies in the folder of work, and as it was loaded elsewhere."""
        path = Path(rule.anchor.file.path)
        root = self._bench.folder.root.resolve()
        if path.resolve().is_relative_to(root) and path.is_file():
            return _Text(read_file(path, path.name).decode(), path)
        return _Text(rule.anchor.file.text or "", None)

    def _tried(self, kb: KnowledgeBase, rule: Rule, text: str, language: Language) -> dict[str, Any]:
        proposals, unread = self._bench.at_hand(kb)
        try:
            trial = tried(kb, rule.id, text, proposals)
        except InputError as error:
            faults = [(fault.said(language), fault.location.line) for fault in error.faults]
            return {"faults": faults, "trial": None, "at_hand": len(proposals), "unread": unread}
        outlines = tuple(failure_outline(failure, language) for failure in trial.failures)
        titles = {each.id: each.title.get(language) for each in kb.rules}
        return {
            "faults": (), "trial": trial, "failures": outlines, "labels": LABELS, "titles": titles,
            "at_hand": len(proposals), "unread": unread,
        }  # fmt: skip


def _typed(form: Mapping[str, list[str]]) -> str:
    """The text of a form, in which browsers end lines as Windows does."""
    return one(form, "text").replace("\r\n", "\n")
