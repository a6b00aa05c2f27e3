"""Forms of sources of the European Union: treaties, protocols, the Court, acts, documents of the institutions."""

import re
from collections.abc import Iterable, Mapping

from attrs import evolve

from consistent.sources.form import (
    ARTICLE,
    STEPS,
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

__all__ = ["UNION", "articles"]


def _eur_lex(reference: str, language: str) -> str:
    return f"https://eur-lex.europa.eu/legal-content/{language.upper()}/TXT/?uri={reference}"


# Treaties, and whatever else is cited by the article alone.


def articles(names: Mapping[str, Iterable[str]], article: str = ARTICLE) -> tuple[Spelling, ...]:
    """The other spellings of an article of what has a short name.

    Args:
        names: canonical ones, each with others that stand for it.
        article: the pattern of a number.
    """
    canonical = {other: name for name, others in names.items() for other in (name, *others)}
    name = "|".join(re.escape(each) for each in sorted(canonical, key=len, reverse=True))
    place = rf"(?P<article>{article})(?P<steps>{STEPS})"
    word = r"(?:[Aa]rt\.? ?|[Aa]rticle |[Aa]rtikel )"

    def written(match: re.Match[str]) -> str:
        return f"{canonical[match['name']]} {match['article']}{steps_of(match['steps'])}"

    return tuple(
        Spelling(Late(pattern), written, tuple(canonical))
        for pattern in (
            rf"(?P<name>{name}),? {word}?{place}",
            rf"{word}{place},? (?:of the |van het |van de )?(?P<name>{name})",
        )
    )


_TREATIES = {
    "TEU": ("VEU", "EU-Verdrag"),
    "TFEU": ("VWEU", "EU-Werkingsverdrag"),
    "Charter": ("Handvest", "EU-Handvest", "EU Charter"),
    "Euratom": ("Euratom", "EAEC", "EGA"),
    "EC": ("EG",),
    "EEC": ("EEG",),
    "ECSC": ("EGKS",),
    "EU": (),
}


def _treaty_label(source: Source, language: str) -> str:
    return article_label(source, language, {name: others[0] for name, others in _TREATIES.items() if others})


# The consolidated treaties of 2016 by their European Legislation Identifiers.
_ELI = {"TEU": "teu_2016", "TFEU": "tfeu_2016", "Charter": "char_2016"}


def _eli(path: str, language: str) -> str:
    return f"https://eur-lex.europa.eu/eli/treaty/{path}/oj?locale={language}"


def _treaty_url(source: Source, language: str) -> str | None:
    treaty = _ELI.get(source.act)
    return treaty and _eli(f"{treaty}/art_{source.place.partition('(')[0]}", language)


def _protocol_url(source: Source, language: str) -> str | None:
    number = source.act.removeprefix("Protocol No ")
    return None if number == source.act else _eli(f"tfeu_2016/pro_{number}", language)


_ANNEXED = r"(?:\(?(?:No|nr)\.? )?(?P<number>\d{1,2})\)?"


# The Court.

_RANGE = r"\d{1,4}(?:-\d{1,4})?"

_LAST_OF_THE_CENTURY = 50  # the Court's first cases are of 1953


def _year(two: str) -> str:
    return f"{'19' if int(two) > _LAST_OF_THE_CENTURY else '20'}{two}"


def _case_url(source: Source, language: str) -> str:
    """`C-376/98` as `61998CJ0376`, the judgment; `T` and `F` are the General Court and the Civil Service Tribunal."""
    court, number, year = re.findall(r"(?:([CTF])-|Case )(\d+)/(\d\d)", source.act)[0]
    return _eur_lex(f"CELEX:6{_year(year)}{court or 'C'}J{int(number):04}", language)


def _opinion_url(source: Source, language: str) -> str:
    number, year = re.findall(r"(\d+)/(\d+)", source.act)[0]
    return _eur_lex(f"CELEX:6{_year(year)}CV{int(number):04}", language)


def _paragraphs(match: re.Match[str]) -> str:
    return place_of(match, "para.")


# Acts. By their numbers they are those of EUR-Lex: `Regulation (EU) 2016/679` is `CELEX 32016R0679`.

_KINDS = {
    "R": (("Regulation",), ("Verordening", "verordening")),
    "L": (("Directive",), ("Richtlijn", "richtlijn")),
    "F": (("Framework Decision",), ("Kaderbesluit", "kaderbesluit")),
    "D": (("Decision",), ("Besluit", "besluit", "Beschikking", "beschikking")),
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for each in words for word in each}
_COMMUNITY = "EU|EC|EEC|ECSC|EURATOM|Euratom|JHA|CFSP|EG|EEG|EGKS|JBZ|GBVB"
# Since 2015 acts of all kinds are counted together, the year in front. Before, the year was of two digits or four.
_SINCE_2015 = r"20(?:1[5-9]|[2-9]\d)"
_IN_FULL = r"(?:19(?:5[2-9]|[6-9]\d)|200\d|201[0-4])"
_BEFORE = rf"(?:{_IN_FULL}|5[2-9]|[6-9]\d)"


def _act(kinds: str, number: str) -> Spelling:
    """Acts of some kinds, by a pattern of their number with the groups `year` and `number`."""
    words = sorted((word for word, kind in _KIND_OF.items() if kind in kinds), key=len, reverse=True)
    pattern = (
        r"(?:(?:Council|Commission) )?(?:(?:Delegated|Implementing|[Gg]edelegeerde) )?(?:[Uu]itvoerings)?"
        rf"(?P<kind>{'|'.join(words)}) (?:\((?:{_COMMUNITY})(?:, Euratom)?\) )?{number}(?:/(?:{_COMMUNITY}))?"
    )
    return Spelling(
        Late(pattern + placed("art.", "recital", "annex")),
        lambda match: (
            f"CELEX 3{_full_year(match['year'])}{_KIND_OF[match['kind']]}{int(match['number']):04}"
            f"{place_of(match, 'art.', 'recital', 'annex')}"
        ),
        tuple(words),
    )


def _full_year(digits: str) -> str:
    return _year(digits) if len(digits) == 2 else digits  # noqa: PLR2004  the year of a century


# In this order: where year and number could be taken for each other, the first that fits is meant.
_ACTS = (
    _act("RLFD", rf"(?:No|nr)\.? (?P<number>\d{{1,4}})/(?P<year>{_BEFORE})"),
    _act("RLFD", rf"(?:(?:No|nr)\.? )?(?P<year>{_SINCE_2015})/(?P<number>\d{{1,4}})"),
    _act("R", rf"(?P<number>\d{{1,4}})/(?P<year>{_BEFORE})"),
    _act("LFD", rf"(?P<number>\d{{1,3}})/(?P<year>{_IN_FULL})"),
    _act("LFD", rf"(?P<year>{_BEFORE})/(?P<number>\d{{1,4}})"),
    _act("LFD", rf"(?P<number>\d{{4}})/(?P<year>{_IN_FULL})"),
)
_FIRST_YEAR = "2015"
_NAMED = Late(r"CELEX 3(?P<year>\d{4})(?P<kind>[RLFD])(?P<number>\d{4})(?P<place> .*)?")


def _act_label(source: Source, language: str) -> str:
    """An act by its number, as the Court cites it: `Directive 2009/81`, `Verordening nr. 45/2001`; else by its CELEX number."""
    match = _NAMED.fullmatch(source.text)
    # Which of two series a decision before 2015 was numbered in, its CELEX number does not tell.
    if match is None or (match["kind"] == "D" and match["year"] < _FIRST_YEAR):
        return dutch(source, language)
    year, number = match["year"], str(int(match["number"]))
    name = _KINDS[match["kind"]][language == "nl"][0]
    if year >= _FIRST_YEAR or match["kind"] != "R":
        # Directives of the last century have two digits.
        called = f"{name} {year[2:] if year < '1999' else year}/{number}"
    else:
        called = f"{name} {'nr.' if language == 'nl' else 'No'} {number}/{year}"
    return dutch(evolve(source, text=called + (match["place"] or "")), language)


# Documents of the institutions.


def _document_url(source: Source, language: str) -> str:
    series, year, number = re.findall(r"([A-Z]+)\((\d{4})\) (\d+)", source.act)[0]
    return _eur_lex(f"{series}:{year}:{number}:FIN", language)


def _council_url(source: Source, language: str) -> str:
    number, year, version = re.findall(r"ST (\d+)/(\d\d)(?: (.+))?", source.act)[0]
    name = f"ST-{number}-{_year(year)}-{version.replace(' ', '-') or 'INIT'}"
    return f"https://data.consilium.europa.eu/doc/document/{name}/{language}/pdf"


def _council_document(match: re.Match[str]) -> str:
    # The number of a revision also stands between number and year.
    version = match["version"] or (f" REV {match['revision']}" if match["revision"] else "")
    return f"ST {match['number']}/{match['year'][-2:]}{version}{place_of(match, 'par.', 'p.')}"


def _procedure_url(source: Source, language: str) -> str:
    year, number = re.findall(r"(\d{4})/(\d+)", source.act)[0]
    return f"https://eur-lex.europa.eu/procedure/{language.upper()}/{year}_{int(number)}"


def _resolution_url(source: Source, language: str) -> str:
    term, year, number = re.findall(r"P(\d+)_TA\((\d{4})\)(\d{4})", source.act)[0]
    return f"https://www.europarl.europa.eu/doceo/document/TA-{term}-{year}-{number}_{language.upper()}.html"


def _journal_url(source: Source, language: str) -> str:
    if source.act[4] == ",":
        series, year, number = re.findall(r"OJ ([LC]), (\d{4})/(\d+)", source.act)[0]
        return _eur_lex(f"OJ:{series}_{year}{int(number):05}", language)
    series, number, year = re.findall(r"OJ ([LC]) (\d+), [\d.]*?(\d{4})", source.text)[0]
    return _eur_lex(f"OJ:{series}:{year}:{number}:TOC", language)


_IN_ACTS = r"(?: (?P<place>(?:art\.|recital|annex) .{1,60}))?"
_SERIES = "COM|JOIN|SWD|SEC|C"
UNION = (
    Form(
        "treaty",
        # `EU` is the Treaty on European Union before 1 December 2009, as the Court cites it; until 1999 its articles had letters.
        Late(
            r"(?P<act>TEU|TFEU|Charter|Euratom|EC|EEC|ECSC|EU) "
            r"(?P<place>(?:\d{1,3}[a-z]?|(?<=^EU )[A-S](?:\.\d{1,2})?)(?:\(\w{1,4}\))*)",
        ),
        ("TFEU 173(3)", "TEU 42(2)", "TFEU 153(2)(a)", "Charter 8", "Euratom 31", "EC 95", "EEC 235", "EU K.3(2)(c)"),
        ("Article 173(3) TFEU", "VWEU 173, lid 3", "artikel 153, lid 2, onder a), VWEU", "Handvest 8"),
        (*articles(_TREATIES), *articles({"EU": ()}, r"[A-S](?:\.\d{1,2})?")),
        _treaty_label,
        _treaty_url,
        is_basis=True,
    ),
    Form(
        "protocol",
        # A protocol to a Treaty that was has the treaty in front: the numbers of today's are others.
        Late(
            rf"(?P<act>(?:(?:EC|EEC|ECSC|EU) )?Protocol No \d{{1,2}})(?: art\. (?P<place>{ARTICLE}(?:\(\w{{1,4}}\))*))?",
        ),
        ("Protocol No 2 art. 5", "EC Protocol No 14 art. 2"),
        ("Protocol nr. 2, artikel 5", "Protocol (No 2) article 5"),
        (
            Spelling(
                Late(
                    rf"(?P<former>|EC |EEC |ECSC |EU )[Pp]rotocol {_ANNEXED}{placed('art.', within=ARTICLE + STEPS)}",
                ),
                lambda match: f"{match['former']}Protocol No {match['number']}{place_of(match, 'art.')}",
            ),
        ),
        url=_protocol_url,
        is_basis=True,
    ),
    Form(
        "declaration",
        Late(r"(?P<act>Declaration No \d{1,2})(?P<place>)"),
        ("Declaration No 20",),
        ("Verklaring nr. 20",),
        (
            Spelling(
                Late(rf"(?:[Dd]eclaration|[Vv]erklaring) {_ANNEXED}"),
                lambda match: f"Declaration No {match['number']}",
            ),
        ),
    ),
    Form(
        "case",
        Late(
            r"(?P<act>(?:[CTF]-\d{1,4}|Case \d{1,4})/\d{2}(?: P)?)(?: para\. (?P<place>\d{1,4}(?:-\d{1,4})?))?",
        ),
        ("C-376/98", "C-376/98 para. 83", "C-402/05 P", "Case 26/62"),
        ("zaak C-376/98, punt 83", "Case C-376/98, paragraph 83"),
        (
            Spelling(
                Late(
                    rf"(?:[Cc]ase |[Zz]aak )?(?P<number>[CTF]-\d{{1,4}}/\d{{2}}(?: P)?){placed('para.', within=_RANGE)}",
                ),
                lambda match: match["number"] + _paragraphs(match),
            ),
            Spelling(
                Late(
                    rf"(?:[Cc]ase|[Zz]aak) (?P<number>\d{{1,4}}/\d{{2}}){placed('para.', within=_RANGE)}",
                ),
                lambda match: f"Case {match['number']}{_paragraphs(match)}",
            ),
        ),
        lambda source, language: (
            dutch(source, language).replace("Case ", "zaak ") if language == "nl" else dutch(source, language)
        ),
        _case_url,
    ),
    Form(
        "opinion",
        Late(r"(?P<act>Opinion \d{1,2}/\d{2})(?: para\. (?P<place>\d{1,4}(?:-\d{1,4})?))?"),
        ("Opinion 1/15", "Opinion 2/13 para. 191"),
        ("Advies 2/13, punt 191",),
        (
            Spelling(
                Late(
                    rf"(?:[Oo]pinion|[Aa]dvies) (?P<number>\d{{1,2}}/\d{{2}}){placed('para.', within=_RANGE)}",
                ),
                lambda match: f"Opinion {match['number']}{_paragraphs(match)}",
            ),
        ),
        url=_opinion_url,
    ),
    Form(
        "act",
        Late(rf"(?P<act>CELEX [0-9CE]\d{{4}}[A-Z]{{1,2}}\d{{4}}(?:\(\d{{2}}\))?){_IN_ACTS}"),
        ("CELEX 32009L0081", "CELEX 32009L0081 art. 3", "CELEX 32009L0081 recital 4", "CELEX 32009L0081 annex II"),
        (
            "Regulation (EU) 2016/679",
            "Verordening (EU) 2016/679, artikel 5, lid 1",
            "Directive 95/46/EC",
            "Regulation (EC) No 45/2001",
            "Decision 2009/371/JHA",
            "Kaderbesluit 2002/584/JBZ",
            "CELEX 32009L0081 article 3",
        ),
        (
            Spelling(
                Late(
                    rf"(?:CELEX:? ?)(?P<number>[0-9CE]\d{{4}}[A-Z]{{1,2}}\d{{4}}(?:\(\d{{2}}\))?){placed('art.', 'recital', 'annex')}",
                ),
                lambda match: f"CELEX {match['number']}{place_of(match, 'art.', 'recital', 'annex')}",
            ),
            *_ACTS,
        ),
        _act_label,
        lambda source, language: _eur_lex(f"CELEX:{source.act.removeprefix('CELEX ')}", language),
        is_basis=True,
    ),
    Form(
        "document",
        Late(
            rf"(?P<act>(?:{_SERIES})\(\d{{4}}\) \d{{1,5}}(?:/\d{{1,2}})?)(?: (?P<place>(?:art\.|section|recital) .{{1,60}}))?",
        ),
        ("COM(2025) 120", "JOIN(2025) 120 section 3", "COM(2018) 476/2 art. 6"),
        ("COM(2025) 120 final", "COM/2025/120"),
        (
            Spelling(
                Late(
                    rf"(?P<series>{_SERIES})(?: ?\((?P<year>\d{{4}})\) ?|/(?P<slashed>\d{{4}})/)(?P<number>\d{{1,5}}(?:/\d{{1,2}})?)"
                    rf"(?: final| definitief)?{placed('art.', 'section', 'recital')}",
                ),
                lambda match: (
                    f"{match['series']}({match['year'] or match['slashed']}) {match['number']}"
                    f"{place_of(match, 'art.', 'section', 'recital')}"
                ),
            ),
        ),
        url=_document_url,
    ),
    Form(
        "council-document",
        Late(
            r"(?P<act>ST \d{1,5}/\d{2}(?: (?:INIT|(?:REV|ADD|COR) \d{1,2}))?)(?: (?P<place>(?:par\.|p\.) .{1,60}))?",
        ),
        ("ST 12345/24", "ST 12345/24 REV 1"),
        ("ST 12345/1/24 REV 1", "Raadsdocument 12345/24"),
        (
            Spelling(
                Late(
                    r"(?:ST|Council document|[Rr]aadsdocument) (?P<number>\d{1,5})(?:/(?P<revision>\d{1,2}))?/(?P<year>(?:20)?\d{2})"
                    rf"(?P<version> (?:INIT|(?:REV|ADD|COR) \d{{1,2}}))?{placed('par.', 'p.')}",
                ),
                _council_document,
            ),
        ),
        url=_council_url,
    ),
    Form(
        "procedure",
        Late(r"(?P<act>\d{4}/\d{4}[A-Z]?\([A-Z]{3}\))(?P<place>)"),
        ("2021/0106(COD)",),
        ("2021/106 (COD)",),
        (
            Spelling(
                Late(
                    r"(?:[Pp]rocedure )?(?P<year>\d{4})/(?P<number>\d{1,4})(?P<letter>[A-Z]?)(?: ?\(|/)(?P<kind>[A-Z]{3})\)?",
                ),
                lambda match: f"{match['year']}/{int(match['number']):04}{match['letter']}({match['kind']})",
            ),
        ),
        url=_procedure_url,
    ),
    # Texts adopted by the European Parliament: term, year, number.
    Form(
        "resolution",
        Late(
            r"(?P<act>P\d{1,2}_TA\(\d{4}\)\d{4})(?: (?P<place>(?:par\.|art\.|recital) .{1,60}))?",
        ),
        ("P9_TA(2023)0123", "P9_TA(2023)0123 par. 5"),
        ("P9_TA(2023)0123, paragraaf 5",),
        (
            Spelling(
                Late(
                    rf"(?P<number>P\d{{1,2}}_TA)(?:\((?P<year>\d{{4}})\)|-PROV\((?P<first>\d{{4}})\))(?P<last>\d{{4}}){placed('par.', 'art.', 'recital')}",
                ),
                lambda match: (
                    f"{match['number']}({match['year'] or match['first']}){match['last']}"
                    f"{place_of(match, 'par.', 'art.', 'recital')}"
                ),
            ),
        ),
        url=_resolution_url,
    ),
    Form(
        "journal",
        Late(
            r"(?P<act>OJ [LC](?:, \d{4}/\d{1,5}| \d{1,4}, (?:\d{1,2}\.\d{1,2}\.)?\d{4}))(?:, (?P<place>p\. \d{1,5}))?",
        ),
        ("OJ L 119, 4.5.2016, p. 1", "OJ L, 2024/1689"),
        ("PB L 119 van 4.5.2016, blz. 1",),
        (
            Spelling(
                Late(
                    r"(?:OJ|PB) ?(?P<series>[LC])(?P<number> \d{1,4}(?:,| van) (?:\d{1,2}\.\d{1,2}\.)?\d{4}|, \d{4}/\d{1,5})"
                    r"(?:, (?:p|blz)\. ?(?P<page>\d{1,5}))?",
                ),
                lambda match: (
                    f"OJ {match['series']}{match['number'].replace(' van', ',')}"
                    f"{', p. ' + match['page'] if match['page'] else ''}"
                ),
            ),
        ),
        url=_journal_url,
    ),
)
