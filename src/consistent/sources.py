"""Where a statement comes from: treaty articles, acts, cases, Commission documents, parliamentary papers.

A source is written as one string in a canonical spelling; `docs/language.md` lists the forms.
"""

import re
from functools import lru_cache

from attrs import frozen

__all__ = ["Source", "broader_citations", "is_citation", "parse_source"]

_TREATY = re.compile(
    r"(?P<act>TEU|TFEU|Charter|Euratom|EC|EEC|ECSC) (?P<article>\d{1,3}[a-z]?)(?P<rest>(?:\(\w{1,4}\))*)"
)
_PROTOCOL = re.compile(r"(?P<act>Protocol No \d{1,2})(?: art\. (?P<place>\d{1,3}(?:\(\w{1,4}\))*))?")
_CASE = re.compile(r"(?P<act>[CTF]-\d{1,4}/\d{2})(?: para\. (?P<place>\d{1,4}(?:-\d{1,4})?))?")
_CELEX = re.compile(
    r"(?P<act>CELEX [0-9CE]\d{4}[A-Z]{1,2}\d{4}(?:\(\d{2}\))?)(?: (?P<place>(?:art\.|recital|annex) .{1,60}))?"
)
_DOCUMENT = re.compile(
    r"(?P<act>(?:COM|JOIN|SWD|SEC|C)\(\d{4}\) \d{1,5}(?:/\d{1,2})?)(?: final)?(?: (?P<place>(?:art\.|section|recital) .{1,60}))?"
)
_PAPER = re.compile(
    r"(?P<act>Kamerstuk \d{5}(?:-[IVXLC]{1,8})?-\d{1,5}|Council Decision \S{1,30})(?: (?P<place>[A-Z]{2,8}(?:\.P)?\.\d{1,3}))?"
)
_FORMS = (
    ("treaty", _TREATY),
    ("protocol", _PROTOCOL),
    ("case", _CASE),
    ("act", _CELEX),
    ("document", _DOCUMENT),
    ("parliamentary-paper", _PAPER),
)
_GROUP = re.compile(r"\(\w{1,4}\)")


@frozen
class Source:
    """A parsed source.

    Attributes:
        text: the canonical spelling.
        kind: treaty, protocol, case, act, document or parliamentary-paper.
        act: what is cited: `TFEU`, `Protocol No 2`, `C-376/98`, `Kamerstuk 22112-4027`.
        place: where in it: `173(3)`, `art. 5`, `IND.P.6`; empty for the whole.
    """

    text: str
    kind: str
    act: str
    place: str

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse_source(text: str) -> Source | None:
    """Read a source; None where the spelling is none of the known ones."""
    for kind, form in _FORMS:
        found = form.fullmatch(text)
        if found is None:
            continue
        groups = found.groupdict()
        place = groups["article"] + groups["rest"] if kind == "treaty" else groups.get("place") or ""
        return Source(text=text, kind=kind, act=groups["act"], place=place)
    return None


def is_citation(text: str) -> bool:
    """Whether the text cites something that can be a legal basis: a treaty article, a protocol, or an act."""
    source = parse_source(text)
    return source is not None and source.kind in {"treaty", "protocol", "act"}


@lru_cache(maxsize=4096)
def broader_citations(text: str) -> tuple[str, ...]:
    """The citation and the wider ones that contain it, narrowest first.

    `TFEU 153(2)(a)` gives itself, `TFEU 153(2)` and `TFEU 153`. What is no treaty article gives itself only.
    """
    found = _TREATY.fullmatch(text)
    if found is None:
        return (text,)
    groups = _GROUP.findall(found["rest"])
    stem = f"{found['act']} {found['article']}"
    return tuple(stem + "".join(groups[:size]) for size in range(len(groups), -1, -1))
