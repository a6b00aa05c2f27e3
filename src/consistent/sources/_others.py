"""Forms of sources of the Netherlands and of the Council of Europe, of courts anywhere, and the address of whatever has no number."""

import re
from functools import partial

from consistent.sources._union import articles
from consistent.sources.form import (
    ARTICLE,
    Form,
    Late,
    Source,
    Spelling,
    article_label,
    dutch,
    place_of,
    placed,
    steps_of,
)

__all__ = ["OTHERS"]

_PUBLISHED = "https://zoek.officielebekendmakingen.nl"
_LAW = "https://wetten.overheid.nl/jci1.3:c:"

# Parliament.

# A file, of which a part has a number or, of the budget, a Roman one; a paper in it has a number, and in the Senate letters.
_FILE = r"\d{5}(?:-(?:[IVXLC]{1,8}|\d{1,2}))?"
_NUMBER = r"(?:\d{1,5}|[A-Z]{1,3})"
# `IND.P.6` is a paragraph that the pack has named itself, `1.1` a section that the paper numbers.
_OWN = r"[A-Z]{1,8}(?:\.P)?\.\d{1,3}|\d{1,2}(?:\.\d{1,2}){1,3}"
_NAMES = r"(?:[Kk]amerstuk|[Kk]amerstukken|TK|EK)"
_SESSION = r"(?: (?:I|II|I/II))?(?: \d{4}[/-](?:\d{4}|\d{2}))?"
_PAPER = Late(
    rf"{_NAMES}{_SESSION},? (?P<thousands>\d{{2}}) ?(?P<rest>\d{{3}})(?:[ -](?P<part>[IVXLC]{{1,8}}|\d{{1,2}})(?=[-,]))?"
    rf"(?:-|, ?(?:nr\.? |no\.? )?)(?P<number>{_NUMBER})(?: (?P<own>{_OWN})|{placed('par.', 'p.', 'annex')})",
)


def _paper(match: re.Match[str]) -> str:
    part = f"-{match['part']}" if match["part"] else ""
    place = f" {match['own']}" if match["own"] else place_of(match, "par.", "p.", "annex")
    return f"Kamerstuk {match['thousands']}{match['rest']}{part}-{match['number']}{place}"


def _proceedings_url(source: Source, _: str) -> str | None:
    chamber, first, last, number = re.findall(r"(II?) (\d{4})/(\d{2}), nr\. (\d+)", source.act)[0]
    item = source.place.removeprefix("item ")
    house = "tk" if chamber == "II" else "ek"
    years = f"{first}{first[:2]}{last}"
    # By pages there is no address before one knows on which page the item begins.
    return None if item == source.place else f"{_PUBLISHED}/h-{house}-{years}-{number}-{item}.html"


def _proceedings(match: re.Match[str]) -> str:
    place = f", item {match['item']}" if match["item"] else f", p. {match['page']}" if match["page"] else ""
    return f"Handelingen {match['chamber']} {match['first']}/{match['last'][-2:]}, nr. {match['number']}{place}"


_GAZETTES = {"Staatsblad": "Stb.", "Staatscourant": "Stcrt.", "Tractatenblad": "Trb."}


def _gazette(match: re.Match[str]) -> str:
    name = match["name"].rstrip(".")
    return f"{_GAZETTES.get(name, f'{name}.')} {match['year']}, {match['number']}{place_of(match, 'p.')}"


def _gazette_url(source: Source, _: str) -> str:
    name, year, number = re.findall(r"(\w+)\. (\d{4}), (\d+)", source.act)[0]
    return f"{_PUBLISHED}/{name.lower()}-{year}-{number}.html"


def _constitution_url(source: Source, _: str) -> str:
    return f"{_LAW}BWBR0001840&artikel={source.place.partition('(')[0]}"


def _law_url(source: Source, _: str) -> str:
    article = source.place.removeprefix("art. ").partition("(")[0]
    return _LAW + source.act + (f"&artikel={article}" if article else "")


# Courts by the European Case Law Identifier: each is published where its country, or the Union, says.

_PARAGRAPH = r"\d{1,4}(?:\.\d{1,3}){0,3}(?:-\d{1,4})?"


def _ecli_url(source: Source, language: str) -> str | None:
    match source.act.split(":")[1]:
        case "EU":
            return f"https://eur-lex.europa.eu/legal-content/{language.upper()}/TXT/?uri=ecli:{source.act}"
        case "NL":
            return f"https://deeplink.rechtspraak.nl/uitspraak?id={source.act}"
        case "CE":
            return f"https://hudoc.echr.coe.int/eng#%7B%22ecli%22:[%22{source.act}%22]%7D"
        case _:
            return None


# The Convention and its protocols by their numbers among the treaties of the Council of Europe.
_CONVENTION = {"": "005", "1": "009", "4": "046", "6": "114", "7": "117", "12": "177", "13": "187"}


def _convention_url(source: Source, _: str) -> str | None:
    number = _CONVENTION.get(source.act.removeprefix("ECHR").removeprefix(" Protocol No "))
    return number and f"https://www.coe.int/en/web/conventions/full-list?module=treaty-detail&treatynum={number}"


OTHERS = (
    Form(
        "parliamentary-paper",
        Late(
            rf"(?P<act>Kamerstuk {_FILE}-{_NUMBER})(?: (?P<place>{_OWN}|(?:par\.|p\.|annex) .{{1,60}}))?",
        ),
        (
            "Kamerstuk 22112-4027",
            "Kamerstuk 21501-33-1090",
            "Kamerstuk 36600-V-1",
            "Kamerstuk 36263-A",
            "Kamerstuk 22112-4027 IND.P.6",
            "Kamerstuk 26643-1200 par. 2",
            "Kamerstuk 26643-1200 p. 3",
            "Kamerstuk 26643-1200 1.1",
        ),
        ("Kamerstukken II 2024/25, 26643, nr. 1200", "Kamerstuk 26 643-1200", "Kamerstukken I 2023/24, 36263, A"),
        (Spelling(_PAPER, _paper),),
        url=lambda source, _: f"{_PUBLISHED}/kst-{source.act.removeprefix('Kamerstuk ')}.html",
    ),
    Form(
        "proceedings",
        Late(
            r"(?P<act>Handelingen II? \d{4}/\d{2}, nr\. \d{1,3})(?:, (?P<place>item \d{1,3}|p\. \d{1,5}(?:-\d{1,5})?))?",
        ),
        ("Handelingen II 2023/24, nr. 12, item 5",),
        ("Handelingen II 2023/24, 12-5",),
        (
            Spelling(
                Late(
                    r"[Hh]andelingen (?P<chamber>II?|TK|EK) (?P<first>\d{4})[/-](?P<last>(?:20)?\d{2}),? (?:nr\.? |no\.? )?(?P<number>\d{1,3})"
                    r"(?:(?:,? item |-)(?P<item>\d{1,3})|,? (?:p\.|blz\.) ?(?P<page>\d{1,5}(?:-\d{1,5})?))?",
                ),
                lambda match: _proceedings(match).replace(" TK ", " II ").replace(" EK ", " I "),
            ),
        ),
        url=_proceedings_url,
    ),
    Form(
        "gazette",
        Late(r"(?P<act>(?:Stb|Stcrt|Trb)\. \d{4}, \d{1,6})(?: (?P<place>p\. .{1,60}))?"),
        ("Stb. 2024, 12", "Stcrt. 2024, 12345", "Trb. 2004, 275"),
        ("Staatsblad 2024, 12", "Stb. 2024/12"),
        (
            Spelling(
                Late(
                    rf"(?P<name>Stb\.?|Stcrt\.?|Trb\.?|{'|'.join(_GAZETTES)}) (?P<year>\d{{4}})(?:, ?| |/|-)(?:nr\.? )?(?P<number>\d{{1,6}})"
                    + placed("p."),
                ),
                _gazette,
            ),
        ),
        url=_gazette_url,
    ),
    Form(
        "constitution",
        Late(rf"(?P<act>Grondwet) (?P<place>{ARTICLE}(?:\(\w{{1,4}}\))*)"),
        ("Grondwet 13", "Grondwet 13(2)"),
        ("artikel 13, lid 2, Grondwet", "Gw 13"),
        articles({"Grondwet": ("Gw", "GW", "Gw.", "Dutch Constitution")}),
        partial(article_label, names={}),
        _constitution_url,
    ),
    # Laws and orders by their number in the register of national legislation.
    Form(
        "law",
        Late(r"(?P<act>BWB[RVW]\d{7})(?: (?P<place>art\. [\w:.]{1,12}(?:\(\w{1,4}\))*))?"),
        ("BWBR0005537", "BWBR0005537 art. 3:4"),
        ("BWBR0005537, artikel 3:4",),
        (
            Spelling(
                Late(
                    r"(?P<act>BWB[RVW]\d{7}),? (?:[Aa]rt\.? ?|[Aa]rtikel |[Aa]rticle )(?P<number>[\w:.]{1,12}?)"
                    r"(?P<steps>(?: ?\(\w{1,4}\)|,? (?:lid|onder|onderdeel|sub) \(?\w{1,4}\)?)*)",
                ),
                lambda match: f"{match['act']} art. {match['number']}{steps_of(match['steps'])}",
            ),
        ),
        url=_law_url,
    ),
    Form(
        "convention",
        Late(rf"(?P<act>ECHR) (?P<place>{ARTICLE}(?:\(\w{{1,4}}\))*)"),
        ("ECHR 8", "ECHR 8(2)"),
        ("EVRM 8", "Article 8(2) ECHR", "artikel 8, lid 2, EVRM"),
        articles({"ECHR": ("EVRM",)}),
        partial(article_label, names={"ECHR": "EVRM"}),
        _convention_url,
    ),
    Form(
        "convention-protocol",
        Late(r"(?P<act>ECHR Protocol No \d{1,2})(?: (?P<place>art\. .{1,60}))?"),
        ("ECHR Protocol No 1 art. 1",),
        ("EVRM Protocol nr. 1, artikel 1", "Article 1 of Protocol No 1 ECHR"),
        (
            Spelling(
                Late(
                    rf"(?:ECHR|EVRM)[ -][Pp]rotocol (?:(?:No|nr)\.? )?(?P<number>\d{{1,2}}){placed('art.')}",
                ),
                lambda match: f"ECHR Protocol No {match['number']}{place_of(match, 'art.')}",
            ),
            Spelling(
                Late(
                    rf"(?:[Aa]rt\.? ?|[Aa]rticle |[Aa]rtikel )(?P<article>{ARTICLE}),? (?:of |van )?(?:[Pp]rotocol) (?:(?:No|nr)\.? )?"
                    r"(?P<number>\d{1,2})(?: to the| bij het)? (?:ECHR|EVRM)",
                ),
                lambda match: f"ECHR Protocol No {match['number']} art. {match['article']}",
            ),
        ),
        lambda source, language: (
            dutch(source, language).replace("ECHR", "EVRM") if language == "nl" else dutch(source, language)
        ),
        _convention_url,
    ),
    Form(
        "ecli",
        Late(
            r"(?P<act>ECLI:[A-Z]{2}:[A-Z]\w{0,6}:\d{4}:[\w.]{1,25})(?: para\. (?P<place>"
            rf"{_PARAGRAPH}))?",
        ),
        ("ECLI:EU:C:2014:238", "ECLI:EU:C:2014:238 para. 51", "ECLI:NL:HR:2019:2006"),
        ("ECLI:EU:C:2014:238, punt 51",),
        (
            Spelling(
                Late(
                    rf"(?P<act>ECLI:[A-Z]{{2}}:[A-Z]\w{{0,6}}:\d{{4}}:[\w.]{{1,25}}){placed('para.', within=_PARAGRAPH)}",
                ),
                lambda match: match["act"] + place_of(match, "para."),
            ),
        ),
        url=_ecli_url,
    ),
    # Anything else that can be opened: how a pack cites what has no number of its own.
    Form(
        "page",
        Late(r"(?P<act>https://[^\s#]{3,300})(?:#(?P<place>\S{1,100}))?"),
        ("https://example.org/page#place",),
        label=lambda source, _: source.text,
        url=lambda source, _: source.text,
    ),
)
