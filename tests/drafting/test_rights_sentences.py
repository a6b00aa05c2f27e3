"""An act that cuts through a right is not passed over, and its lawful neighbour is no conflict: in either language."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.drafting.short_acts import report_of, told_by

_BASIS = {"en": "Article 114", "nl": "artikel 114"}


def _sentences(sort: str) -> list[Any]:
    written = tomllib.loads(Path(__file__).with_name("rights_sentences.toml").read_text("utf-8"))
    return [
        (f"{pack}/{family}/{name}", language, pair[language])
        for pack, families in written.items()
        for family, rules in families.items()
        for name, sorts in rules.items()
        for pair in sorts[sort]
        for language in ("en", "nl")
    ]


def _named(case: object) -> str | None:
    return case.rpartition("/")[2][:40] if isinstance(case, str) else None


@pytest.mark.parametrize(("rule", "language", "text"), _sentences("unlawful"), ids=_named)
def test_unlawful_is_a_conflict(rule: str, language: str, text: str) -> None:
    """Or open: where what would excuse it was not found, or where wide words are there and the wording is not sure."""
    assert told_by(report_of(language, _BASIS[language], text)).get(rule) in {"conflict", "open"}


@pytest.mark.parametrize(("rule", "language", "text"), _sentences("lawful"), ids=_named)
def test_lawful_is_none(rule: str, language: str, text: str) -> None:
    """A neighbour of the same words, of which the rule says nothing."""
    assert told_by(report_of(language, _BASIS[language], text)).get(rule) is None
