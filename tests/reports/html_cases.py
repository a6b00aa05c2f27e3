"""What the tests of the page show: dossiers, and a browser that fetches nothing."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from attrs import evolve
from playwright.sync_api import Browser, sync_playwright

from consistent.reports.dossier import Dossier
from tests.document_cases import INVENTED
from tests.reports.report_cases import ROOT, checked, drafted, golden_dossiers, hostile_proposal

__all__ = ["browser", "drafted_dossier", "few_rules", "hostile", "whole_pack", "with_repairs"]

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def browser() -> Iterator[Browser]:
    """The Chromium of this machine; the test is skipped where there is none. None is ever downloaded."""
    path = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if path is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield started
        started.close()


def with_repairs(dossier: Dossier) -> Dossier:
    """The same with what would have to change."""
    return evolve(dossier, repairs=dossier.check.repairs(conditions=True))


@cache
def few_rules() -> tuple[Dossier, ...]:
    """Two shipped proposals and a drafted document, before few rules; with each outcome."""
    return tuple(map(with_repairs, golden_dossiers()))


@cache
def drafted_dossier() -> Dossier:
    """An invented act before all rules: more than a thousand open. Its questions are counted, and none is made."""
    found = drafted((INVENTED / "powers.en.txt").relative_to(ROOT), strict=True)
    return evolve(found, questions=found.check.questions(limit=0))


@cache
def hostile() -> Dossier:
    """A proposal all of whose texts mean harm; its questions are made once."""
    found = checked(hostile_proposal())
    return evolve(found, questions=found.check.questions())


@cache
def whole_pack() -> Dossier:
    """A shipped proposal before all rules."""
    path = "proposals/com-2024-150.toml"
    return checked((ROOT / path).read_text(encoding="utf-8"), path)
