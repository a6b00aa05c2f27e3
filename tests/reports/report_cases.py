"""Reports that the tests of forms render: two shipped proposals, a drafted document, and one that means harm.

`python -m tests.reports.report_cases`, from the folder of the checkout, writes the golden files anew; look at each of them.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path

from consistent import KnowledgeBase, __version__, load
from consistent.model.text import LANGUAGES, Language
from consistent.reports.dossier import Dossier
from consistent.reports.formats import format_named
from consistent.toml.tomlfile import TomlFile
from tests.document_cases import INVENTED

__all__ = [
    "DAY",
    "FORMS",
    "HOSTILE",
    "ROOT",
    "checked",
    "drafted",
    "golden_dossiers",
    "golden_path",
    "hostile_proposal",
    "kb",
    "rendered",
    "with_version_hidden",
]

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden/reports"
DAY = date(2025, 6, 1)
FORMS = (
    "brief",
    "concise",
    "sarif",
    "sarif-full",
    "junit",
    "github",
    "markdown",
    "csv",
    "overview-html",
    "overview-markdown",
)
# Few rules, so that somebody can read the golden files, with each outcome among them.
_RULES = (
    "treaties/legal-basis/tax-on-exceptional-basis",
    "treaties/legal-basis/lasting-scheme-on-exceptional-basis",
    "treaties/legal-basis/industry-scheme-on-exceptional-basis",
    "treaties/legal-basis/orders-on-internal-market-basis",
    "treaties/security/arms-purchases-bound-without-reservation",
    "treaties/empowerment/reach-of-delegation",
    "treaties/subsidiarity/no-subsidiarity-statement",
    "nl-22112-4027/procedure/financing-plan-left-open",
    "nl-22112-4027/procurement/preference-without-third-country-access",
    "nl-22112-4027/ukraine/industry-integrated",
)
# What one tool or another would take for its own.
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><!--",
    "]]>",
    "::error file=a,line=1::x",
    "##[error]x",
    "x\n::stop-commands::y",
    '=cmd|" /C calc"!A0',
    "@everyone #1 GH-2 owner/repo#3",
    "https://example.org www.example.org",
    "a | b || c",
    "**bold** `code` ![x](javascript:alert(1)) [y](z)",
    "</details></summary>",
    "# head\n- item",
    "{0} {{ x }} {% y %}",
    "\u202egnp.exe",
    "zero\u200bwidth",
    "tab\tbell\x07",
    "100% %0A::error::",
    "$x$ &amp; &#64;",
    "\u2028line",
)


@cache
def kb(*rules: str) -> KnowledgeBase:
    """The Dutch pack, or a few rules of it."""
    return load("nl-22112-4027").selected(rules or None)


def checked(text: str, name: str = "proposal.toml", rules: tuple[str, ...] = ()) -> Dossier:
    """A check of a proposal in TOML."""
    base = kb(*rules)
    proposal = base.read_file(TomlFile.parse(text, name))
    return Dossier.of(base.check(proposal, as_of=DAY, engine="plain", waivers=[GOLDEN / "waivers.toml"]))


def drafted(path: Path, rules: tuple[str, ...] = (), *, strict: bool = False) -> Dossier:
    """A check of a document; `strict` presumes nothing."""
    base = kb(*rules)
    draft = base.draft(path)
    return Dossier.of(base.check(draft, as_of=DAY, engine="plain", strict=strict), draft)


def golden_dossiers() -> list[Dossier]:
    """What the golden files show."""
    shipped = [ROOT / f"proposals/{name}.toml" for name in ("com-2025-122", "com-2022-68")]
    found = [checked(each.read_text(encoding="utf-8"), str(each.relative_to(ROOT)), _RULES) for each in shipped]
    return [*found, drafted((INVENTED / "powers.nl.txt").relative_to(ROOT), _RULES)]


def golden_path(form: str, language: Language) -> Path:
    """The golden file of a form."""
    return GOLDEN / f"{form}.{language}{format_named(form).suffix}"


def rendered(form: str, dossiers: list[Dossier], language: Language) -> bytes:
    """The output of a form."""
    made = format_named(form).render(dossiers, language)
    return made if isinstance(made, bytes) else made.encode()


def with_version_hidden(content: bytes) -> bytes:
    """The output without what changes though nothing is told otherwise: the version of the library, and digests."""
    for told in ('"semanticVersion": "{}"', '"program": "{}"', "consistent {} "):
        content = content.replace(told.format(__version__).encode(), told.format("VERSION").encode())
    content = re.sub(rb'("(?:digest|proposal|document)": )"[0-9a-f]{64}"', rb'\1"DIGEST"', content)
    return re.sub(rb"\([0-9a-f]{8}\)", b"(DIGEST)", content)


def hostile_proposal(words: tuple[str, ...] = HOSTILE) -> str:
    """A proposal whose every text is meant to break a form; each word is a measure with that id and title."""
    toml = [f"[proposal]\ntitle = {_quoted(' '.join(words))}\nreference = {_quoted(words[0])}\n"]
    toml += ['kind = "legislative-proposal"\nlegal_basis = ["TFEU 122"]\n']
    for number, word in enumerate(words):
        evidence = f"{{ document = {_quoted(word)}, place = {_quoted(word)}, quote = {_quoted(word)}, note = {_quoted(word)} }}"
        toml += [
            f"[[measure]]\nid = {_quoted(f'{word}{number}')}\ntitle = {_quoted(word)}\n",
            'effects = ["production-order"]\nareas = ["defence-industry"]\nactors = ["commission"]\n',
            f'bindingness = "binding"\nsafeguards = []\nevidence.all = {evidence}\n',
        ]
    return "".join(toml)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04X}", escaped) + '"'


def _write() -> None:
    dossiers = golden_dossiers()
    for form in FORMS:
        for language in LANGUAGES:
            golden_path(form, language).write_bytes(with_version_hidden(rendered(form, dossiers, language)))


if __name__ == "__main__":
    _write()
