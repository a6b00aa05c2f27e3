"""How a corpus is checked."""

from datetime import date
from typing import Literal

from attrs import frozen

from consistent.model.text import Language
from consistent.reading.waivers import Waiver

__all__ = ["Form", "Options"]

Form = Literal["json-lines", "parquet"]


@frozen(kw_only=True)
class Options:
    """How items are checked, and what is written of them.

    Attributes:
        as_of, engine, waivers, ending_within, verified_within: as `KnowledgeBase.check` takes them.
        as_proposal: take documents that are no proposals for some all the same.
        full: write whole reports.
        language: of their messages.
        form: of the output.
    """

    as_of: date
    engine: str = "auto"
    waivers: tuple[Waiver, ...] = ()
    ending_within: int
    verified_within: int
    as_proposal: bool = False
    full: bool = False
    language: Language = "en"
    form: Form = "json-lines"
