"""Compare the legal bases of a pack with the texts of the Treaties.

    python tools/verify_facts.py FOLDER [--facts facts/treaties/legal-bases] [--list]

FOLDER holds `teu_en.json`, `teu_nl.json`, `tfeu_en.json` and `tfeu_nl.json`: article number to text. Each fact comes out
as confirmed (the cited paragraph says at least one thing that the fact says, and nothing against it), not testable (the
paragraph leaves it to other articles) or contradicted. Exit status 1 if a fact is contradicted.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import tomli

Status = Literal["confirmed", "not testable", "contradicted"]
Words = Mapping[str, str]  # a pattern for each language
Texts = Mapping[tuple[str, str], Mapping[str, str]]  # act and language: article number: text

LANGUAGES = ("en", "nl")
# Passages that also name procedures or votes of other acts, so that words in them do not speak against the fact.
NAMES_OTHER_ROUTES = {
    "TEU 48(7)", "TFEU 42", "TFEU 81(3)(2)", "TFEU 82(2)", "TFEU 83(1)", "TFEU 136(1)", "TFEU 153(2)", "TFEU 153(2)(4)", "TFEU 192(2)(2)",
    "TFEU 218(6)", "TFEU 226", "TFEU 257", "TFEU 314", "TFEU 333(2)",
}  # fmt: skip
# A chapter or title that follows can cling to the end of an article.
_HEADING = re.compile(r"^(PART|TITLE|CHAPTER|SECTION|[A-Z][A-Z ,'-]{6,}$)|^\(ex ")
_LIST_ITEM = re.compile(r"^(\([a-z]{1,4}\)|[-\u2013])")

_ORDINARY = {"en": r"ordinary legislative procedure", "nl": r"gewone wetgevingsprocedure"}
_SPECIAL = {"en": r"special legislative procedure", "nl": r"bijzondere wetgevingsprocedure"}
# The Council acts, and not together with Parliament.
_ALONE = {
    "en": r"(?<!Parliament and the )Council,? (acting|on a proposal|shall|may)",
    "nl": r"(?<!Parlement en de )\bRaad(, op voorstel| kan| stelt| besluit| bepaalt| neemt)",
}
_LEGISLATIVE = {each: f"{_ORDINARY[each]}|{_SPECIAL[each]}" for each in LANGUAGES}
_UNANIMITY = {"en": r"unanim", "nl": r"eenparig"}
_MAJORITY = {"en": r"(qualified|simple) majority", "nl": r"(gekwalificeerde|gewone) meerderheid"}
_CONSENT = {"en": r"consent (of|by) the European Parliament", "nl": r"goedkeuring (van|door) het Europees Parlement"}
_CONSULTED = {
    "en": r"consult\w* (with )?the European Parliament",
    "nl": r"raadpleging van( de Commissie en)?( het Economisch en Sociaal Comité en)? het Europees Parlement"
    r"|Europees Parlement te hebben geraadpleegd",
}
_INFORMED = {
    "en": r"inform\w* the European Parliament|European Parliament (shall be|thereof|is)[^.]{0,30}inform",
    "nl": r"stelt het Europees Parlement|Europees Parlement[^.]{0,60}(in kennis|geïnformeerd|op de hoogte)",
}
_PARLIAMENT = dict.fromkeys(("cns", "nle-consultation"), _CONSULTED) | dict.fromkeys(("app", "nle-consent"), _CONSENT)
_PARLIAMENT |= {"nle-information": _INFORMED}
_PART = {each: f"{_CONSULTED[each]}|{_CONSENT[each]}" for each in LANGUAGES}
_COUNCIL = {"en": "Council|Commission", "nl": "Raad|Commissie"}
_EXCLUDED = {
    "en": r"(excluding any|shall not include) harmonisation",
    "nl": r"(uitsluiting van|geen)( enige)? harmonis(atie|ering)",
}
_BODIES = {
    "economic-and-social-committee": {"en": "Economic and Social Committee", "nl": "Economisch en Sociaal Comité"},
    "committee-of-the-regions": {"en": "Committee of the Regions", "nl": "Comité van de Regio.s"},
    "central-bank": {"en": "European Central Bank", "nl": "Europese Centrale Bank"},
    "court-of-auditors": {"en": "Court of Auditors", "nl": "Rekenkamer"},
}
_FORMS = {
    "regulation": {"en": r"\bregulations?\b", "nl": r"\bverordening"},
    "directive": {"en": r"\bdirectives?\b", "nl": r"\brichtlijn"},
    "decision": {"en": r"\bdecisions?\b", "nl": r"\bbesluit"},
    "recommendation": {"en": r"\brecommendations?\b", "nl": r"\baanbeveling"},
}
_MEANS = {
    "en": r"by means of (regulations|directives)|(issue|adopt) directives\b|make regulations\b",
    "nl": r"(bij wege van|door middel van|bij) (verordeningen|richtlijnen)",
}


@dataclass(frozen=True)
class Claim:
    """One thing that a fact says: the words that show it, and those that would speak against it.

    Words on both sides count for it, as an article can have several routes, unless it claims that words are absent.
    """

    name: str
    expected: Words
    against: Words | None = None
    absence: bool = False

    def judge(self, text: str, language: str) -> Status:
        """What the text says of the claim."""
        shown = re.search(self.expected[language], text) is not None
        opposed = self.against is not None and re.search(self.against[language], text) is not None
        if opposed and (self.absence or not shown):
            return "contradicted"
        return "confirmed" if shown else "not testable"


def read_texts(folder: Path) -> Texts:
    """The four texts, ligatures and odd spaces undone."""
    texts: dict[tuple[str, str], Mapping[str, str]] = {}
    for act in ("TEU", "TFEU"):
        for language in LANGUAGES:
            raw = (folder / f"{act.lower()}_{language}.json").read_text(encoding="utf-8")
            texts[act, language] = json.loads(unicodedata.normalize("NFKC", raw))
    return texts


def read_facts(folder: Path) -> Iterator[Mapping[str, Any]]:
    """Every legal basis, in order of file and place."""
    for path in sorted(folder.glob("**/*.toml")):
        data = tomli.loads(path.read_text(encoding="utf-8"))
        if data.get("kind") == "legal_basis":
            yield from data["fact"]


def paragraphs(text: str) -> dict[str, str]:
    """Numbered paragraphs by their number; empty for an article without."""
    marks: list[re.Match[str]] = []
    for mark in re.finditer(r"(?:^|\s)(\d{1,2})\.\s+(?=[A-Z(])", text):
        if int(mark[1]) == len(marks) + 1:
            marks.append(mark)
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return {mark[1]: text[mark.end() : end] for mark, end in zip(marks, ends, strict=False)}


def subparagraphs(text: str) -> list[str]:
    """Paragraphs without a number, list items kept with what they belong to. Works on the English text only."""
    found: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if _HEADING.match(line):
            if found:
                break
        elif _LIST_ITEM.match(line) and found:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return found


def locate(citation: str, language: str, texts: Texts) -> tuple[str, bool] | None:
    """The passage that a citation names, and whether it is no wider than that; None where there is none.

    Points are given with their paragraph, whose procedure they share. The Dutch text does not show where paragraphs
    without a number begin, so there the whole article or paragraph is given.
    """
    act, _, place = citation.partition(" ")
    groups = re.findall(r"\((\w+)\)", place)
    text = texts[act, language].get(place.split("(")[0], "")
    numbered = paragraphs(text) if groups else {}
    if numbered:
        text = numbered.get(groups.pop(0), "")
    exact = True
    for group in groups:
        if group.isdigit() and language == "en":
            text = dict(enumerate(subparagraphs(text), 1)).get(int(group), "")
        else:
            exact = False
            if not group.isdigit() and not re.search(rf"\({group}\)|(?:^|\s){group}[.)]\s", text):
                return None
    return (text, exact) if text else None


def claims_of(fact: Mapping[str, Any]) -> Iterator[Claim]:
    """What the fact says that a paragraph could say too."""
    procedures, votes = set(fact["procedure"]), fact.get("vote", [])
    special = procedures & {"cns", "app", "special-legislative-procedure"}
    if "cod" in procedures:
        yield Claim("ordinary procedure", _ORDINARY, _ALONE)
    if special:
        yield Claim("special procedure", _SPECIAL, {each: f"{_ORDINARY[each]}|{_ALONE[each]}" for each in LANGUAGES})
    if not special and "cod" not in procedures:
        yield Claim("no legislative procedure", _COUNCIL, _LEGISLATIVE, absence=True)
    if procedures == {"nle-plain"}:
        yield Claim("no part for Parliament", _COUNCIL, _PART, absence=True)
    for procedure in sorted(procedures & _PARLIAMENT.keys()):
        yield Claim(f"Parliament: {procedure}", _PARLIAMENT[procedure])
    if votes and all("unanimity" in vote for vote in votes):
        yield Claim("unanimity", _UNANIMITY, _MAJORITY)
    elif votes and not any("unanimity" in vote for vote in votes):
        yield Claim("no unanimity", _MAJORITY, None if "common-accord" in votes else _UNANIMITY)
    if fact.get("harmonisation") is False:
        yield Claim("harmonisation excluded", _EXCLUDED)
    for body in sorted(_BODIES.keys() & fact.get("consults", [])):
        yield Claim(f"consults {body}", _BODIES[body])
    if not {"regulation", "directive", "decision"} <= set(fact["instruments"]):
        for form in sorted(_FORMS.keys() & fact["instruments"]):
            yield Claim(f"instrument {form}", _FORMS[form])


def omissions(fact: Mapping[str, Any], text: str, language: str) -> Iterator[str]:
    """What the paragraph says and the fact leaves out."""
    # TFEU 352(3) excludes it only where another basis does, and a condition of the fact says so.
    carried_over = "exclusion-carried-over" in fact.get("conditions", [])
    if fact.get("harmonisation") is not False and not carried_over and re.search(_EXCLUDED[language], text):
        yield "the text excludes harmonisation"
    consulting = {"en": r"consult[^.]*", "nl": r"(na|en) raadpleging[^.]*"}[language]
    for body, name in _BODIES.items():
        named = {*fact.get("consults", []), *fact.get("proposers", [])}
        if body not in named and re.search(consulting + name[language], text):
            yield f"the text has {body} consulted"
    means = " ".join(found.group() for found in re.finditer(_MEANS[language], text))
    forms = {form for form, words in _FORMS.items() if re.search(words[language], means)}
    if forms and forms.isdisjoint(fact["instruments"]):
        yield f"the text names another instrument: {', '.join(sorted(forms))}"


def verify(fact: Mapping[str, Any], texts: Texts) -> tuple[Status, list[str]]:
    """Compare one fact with both texts: what becomes of it, and why."""
    confirmed, contradicted = list[str](), list[str]()
    for language in LANGUAGES:
        located = locate(fact["article"], language, texts)
        if located is None:
            contradicted.append(f"{language}: no such passage")
            continue
        text, exact = located
        speaks_alone = exact and fact["article"] not in NAMES_OTHER_ROUTES
        for claim in claims_of(fact):
            status = claim.judge(text, language)
            if status == "confirmed" and (speaks_alone or not claim.absence):
                confirmed.append(f"{language}: {claim.name}")
            elif status == "contradicted" and speaks_alone:
                contradicted.append(f"{language}: {claim.name}")
        if speaks_alone:
            contradicted.extend(f"{language}: {each}" for each in omissions(fact, text, language))
    if contradicted:
        return "contradicted", contradicted
    return ("confirmed" if confirmed else "not testable"), confirmed


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Compare the legal bases of a pack with the texts of the Treaties.")
    parser.add_argument("folder", type=Path, help="folder with the treaty texts")
    parser.add_argument("--facts", type=Path, default=Path(__file__).parents[1] / "facts/treaties/legal-bases")
    parser.add_argument("--list", action="store_true", help="list the confirmed facts too, with what confirms them")
    options = parser.parse_args()
    texts = read_texts(options.folder)
    counts: Counter[Status] = Counter()
    for fact in read_facts(options.facts):
        status, reasons = verify(fact, texts)
        counts[status] += 1
        if options.list or status != "confirmed":
            print(f"{status}: {fact['id']}" + (f" ({'; '.join(reasons)})" if reasons else ""))
    print(f"{counts.total()} facts:", ", ".join(f"{counts[status]} {status}" for status in get_args(Status)))
    return 1 if counts["contradicted"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
