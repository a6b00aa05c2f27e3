"""Where a statement comes from: treaty articles, acts, cases, Commission documents, parliamentary papers.

A source is written as one string in a canonical spelling; `docs/reference/language.md` lists the forms.
"""

import re
from functools import lru_cache

from attrs import frozen

__all__ = ["FORMS", "Source", "broader_citations", "is_citation", "parse_source", "source_label"]

# `EU` is the Treaty on European Union before 1 December 2009, as the Court cites it; until 1999 its articles had letters.
_TREATY = re.compile(
    r"(?P<act>TEU|TFEU|Charter|Euratom|EC|EEC|ECSC|EU) (?P<article>\d{1,3}[a-z]?|(?<=^EU )[A-S](?:\.\d{1,2})?)"
    r"(?P<rest>(?:\(\w{1,4}\))*)",
    re.ASCII,
)
# A protocol to a Treaty that was has the treaty in front: the numbers of today's are others.
_PROTOCOL = re.compile(
    r"(?P<act>(?:(?:EC|EEC|ECSC|EU) )?Protocol No \d{1,2})(?: art\. (?P<place>\d{1,3}[a-z]?(?:\(\w{1,4}\))*))?",
    re.ASCII,
)
_CASE = re.compile(r"(?P<act>[CTF]-\d{1,4}/\d{2})(?: para\. (?P<place>\d{1,4}(?:-\d{1,4})?))?", re.ASCII)
_CELEX = re.compile(
    r"(?P<act>CELEX [0-9CE]\d{4}[A-Z]{1,2}\d{4}(?:\(\d{2}\))?)(?: (?P<place>(?:art\.|recital|annex) .{1,60}))?",
    re.ASCII,
)
_DOCUMENT = re.compile(
    r"(?P<act>(?:COM|JOIN|SWD|SEC|C)\(\d{4}\) \d{1,5}(?:/\d{1,2})?)(?: final)?(?: (?P<place>(?:art\.|section|recital) .{1,60}))?",
    re.ASCII,
)
_PAPER = re.compile(
    r"(?P<act>Kamerstuk \d{5}(?:-[IVXLC]{1,8})?-\d{1,5})(?: (?P<place>[A-Z]{2,8}(?:\.P)?\.\d{1,3}))?",
    re.ASCII,
)
# Texts adopted by the European Parliament: term, year, number.
_RESOLUTION = re.compile(
    r"(?P<act>P\d{1,2}_TA\(\d{4}\)\d{4})(?: (?P<place>(?:par\.|art\.|recital) .{1,60}))?", re.ASCII
)
# Anything else that can be opened: how a pack cites what has no number of its own.
_PAGE = re.compile(r"(?P<act>https://[^\s#]{3,300})(?:#(?P<place>\S{1,100}))?", re.ASCII)
# Each kind of source with its canonical spelling, in the order in which they are tried.
FORMS = (
    ("treaty", _TREATY),
    ("protocol", _PROTOCOL),
    ("case", _CASE),
    ("act", _CELEX),
    ("document", _DOCUMENT),
    ("parliamentary-paper", _PAPER),
    ("resolution", _RESOLUTION),
    ("page", _PAGE),
)
_GROUP = re.compile(r"\(\w{1,4}\)")


@frozen
class Source:
    """A parsed source.

    Attributes:
        text: the canonical spelling.
        kind: treaty, protocol, case, act, document, parliamentary-paper, resolution or page.
        act: what is cited: `TFEU`, `Protocol No 2`, `C-376/98`, `Kamerstuk 22112-4027`.
        place: where in it: `173(3)`, `art. 5`, `IND.P.6`; empty for the whole.
    """

    text: str
    kind: str
    act: str
    place: str

    def __str__(self) -> str:
        return self.text

    def label(self, language: str = "en") -> str:
        """How a reader of that language cites it: `Article 173(3) TFEU`, `artikel 173, lid 3, VWEU`."""
        if self.kind == "treaty":
            return _treaty_label(self, language)
        if language != "nl" or self.kind == "page":
            return self.text
        text = self.text
        for english, dutch in _DUTCH_WORDS:
            text = text.replace(english, dutch)
        return text

    def url(self, language: str = "en") -> str | None:
        """Where a reader can open it: EUR-Lex, or the Dutch official publications; None where no address is known.

        Args:
            language: of the page at EUR-Lex, `en` or `nl`.
        """
        match self.kind:
            case "treaty" | "protocol":
                path = _treaty_path(self)
                return path and f"https://eur-lex.europa.eu/eli/treaty/{path}/oj?locale={language}"
            case "case":
                return _eur_lex(f"CELEX:{_case_celex(self.act)}", language)
            case "act":
                return _eur_lex(f"CELEX:{self.act.removeprefix('CELEX ')}", language)
            case "document":
                series, year, number = _DOCUMENT_PARTS.findall(self.act)[0]
                return _eur_lex(f"{series}:{year}:{number}:FIN", language)
            case "resolution":
                term, year, number = _RESOLUTION_PARTS.findall(self.act)[0]
                where = f"TA-{term}-{year}-{number}_{language.upper()}"
                return f"https://www.europarl.europa.eu/doceo/document/{where}.html"
            case "page":
                return self.text
            case _:
                number = self.act.removeprefix("Kamerstuk ")
                return None if number == self.act else f"https://zoek.officielebekendmakingen.nl/kst-{number}.html"


_DUTCH_TREATIES = {"TEU": "VEU", "TFEU": "VWEU", "Charter": "Handvest", "EC": "EG", "EEC": "EEG", "ECSC": "EGKS"}
_DUTCH_WORDS = (
    ("Protocol No ", "Protocol nr. "),
    (" art. ", ", artikel "),
    (" recital ", ", overweging "),
    (" annex ", ", bijlage "),
    (" para. ", ", punt "),
    (" par. ", ", paragraaf "),
)


def _treaty_label(source: Source, language: str) -> str:
    """`TFEU 153(2)(a)` as lawyers write it: a paragraph has a number, a point a letter."""
    if language != "nl":
        return f"Article {source.place} {source.act}"
    article, *groups = source.place.replace(")", "").split("(")
    parts = [f"lid {group}" if group[0].isdigit() else f"onder {group})" for group in groups]
    treaty = _DUTCH_TREATIES.get(source.act, source.act)
    # The commas set paragraphs and points apart; an article alone needs none.
    return ", ".join([f"artikel {article}", *parts, treaty]) if parts else f"artikel {article} {treaty}"


def source_label(text: str, language: str = "en") -> str:
    """A source as a reader of that language cites it; the text itself where it is in no known form."""
    source = parse_source(text)
    return source.label(language) if source else text


# The consolidated treaties of 2016 by their European Legislation Identifiers.
_ELI = {"TEU": "teu_2016", "TFEU": "tfeu_2016", "Charter": "char_2016"}
_RESOLUTION_PARTS = re.compile(r"P(\d+)_TA\((\d{4})\)(\d{4})")
_DOCUMENT_PARTS = re.compile(r"([A-Z]+)\((\d{4})\) (\d+)")


def _eur_lex(reference: str, language: str) -> str:
    return f"https://eur-lex.europa.eu/legal-content/{language.upper()}/TXT/?uri={reference}"


def _treaty_path(source: Source) -> str | None:
    if source.kind == "protocol":
        number = source.act.removeprefix("Protocol No ")
        return None if number == source.act else f"tfeu_2016/pro_{number}"
    treaty = _ELI.get(source.act)
    return treaty and f"{treaty}/art_{source.place.partition('(')[0]}"


def _case_celex(case: str) -> str:
    """`C-376/98` as `61998CJ0376`: the judgment; `T` and `F` are the General Court and the Civil Service Tribunal."""
    court, _, rest = case.partition("-")
    number, _, year = rest.partition("/")
    century = "19" if int(year) > 50 else "20"  # noqa: PLR2004  the Court's first cases are of 1953
    return f"6{century}{year}{court}J{int(number):04}"


@lru_cache(maxsize=4096)
def parse_source(text: str) -> Source | None:
    """Read a source; None where the spelling is none of the known ones."""
    for kind, form in FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        groups = match.groupdict()
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

    `TFEU 153(2)(a)` gives itself, `TFEU 153(2)` and `TFEU 153`; a provision of an act or protocol gives itself and the whole.
    What cannot be a legal basis gives itself only.
    """
    match = _TREATY.fullmatch(text)
    if match is None:
        source = parse_source(text)
        return (text, source.act) if source and source.kind in {"protocol", "act"} and source.place else (text,)
    groups = _GROUP.findall(match["rest"])
    stem = f"{match['act']} {match['article']}"
    return tuple(stem + "".join(groups[:size]) for size in range(len(groups), -1, -1))
