"""What a document is in words, and whether it can be drafted as a proposal.

Proposals and drafts of acts can, and documents of policy: these are checked against rules of policy. What was adopted, what
appraises a proposal, what the Council made of one, and what does not say what it is cannot, unless that is asked for.
"""

from attrs import evolve

from consistent.documents.document import Document, Found
from consistent.documents.header.header import Header
from consistent.documents.header.kinds import ADOPTED, COUNCIL_PAPERS
from consistent.documents.words.languages import language_name, languages
from consistent.errors import Fault, Location
from consistent.model.text import Localized
from consistent.model.vocabulary import Vocabulary

__all__ = ["as_proposed", "is_version", "kind_as_proposal", "refusal", "unread_language", "version_named"]

# Of which documents a proposal can be made; terms of the vocabulary `kinds`, with what is narrower, but for what only its
# services say: the Commission has not taken it over.
_DRAFTED = ("draft-act", "policy-document")
_OF_SERVICES = frozenset({"staff-working-document"})
_TOML = Localized("a proposal in TOML begins with `[proposal]`", "een voorstel in TOML begint met `[proposal]`")
_HELP = Localized(
    "`--as-proposal` takes it for a proposal all the same", "`--as-proposal` leest het toch als een voorstel"
)
_SAYS_NOT = Localized("document does not say what it is", "document zegt niet wat het is")
_NO_PROPOSAL = Localized("document is {what},{number} and no proposal", "document is {what},{number} en geen voorstel")
_UNREAD = Localized(
    "document is in {language} (`{code}`), which is not read; it is {what}",
    "document is in het {language} (`{code}`), dat niet wordt gelezen; het is {what}",
)
_UNTOLD = Localized(
    "the language of the document cannot be told; it is {what}",
    "de taal van het document is niet vast te stellen; het is {what}",
)
_READ = Localized(
    "documents are read in {known}; `--as-proposal` drafts what can be told all the same",
    "documenten worden gelezen in het {known}; `--as-proposal` maakt toch een concept van wat er te zien is",
)
_OTHER = {
    "agenda": Localized("an agenda", "een agenda"),
    "annex": Localized("an annex without the text that it goes with", "een bijlage zonder de tekst waar zij bij hoort"),
    "answer": Localized("an answer to questions", "een antwoord op vragen"),
    "correlation-table": Localized("a correlation table", "een concordantietabel"),
    "corrigendum": Localized("a corrigendum", "een rectificatie"),
    "council-note": Localized("a note of the Council", "een nota van de Raad"),
    "fiche": Localized("an appraisal of a proposal (BNC-fiche)", "een beoordeling van een voorstel (BNC-fiche)"),
    "general-approach": Localized(
        "a general approach or negotiating mandate of the Council",
        "een algemene oriëntatie of onderhandelingsmandaat van de Raad",
    ),
    "impact-assessment": Localized("an impact assessment", "een effectbeoordeling"),
    "impact-assessment-summary": Localized(
        "a summary of an impact assessment", "een samenvatting van een effectbeoordeling"
    ),
    "judgment": Localized("a decision of the Court of Justice", "een uitspraak van het Hof van Justitie"),
    "letter": Localized("a letter", "een brief"),
    "minutes": Localized("a record of a meeting", "een verslag van een vergadering"),
    "notice": Localized("a notice", "een bericht"),
    "opinion": Localized("an opinion", "een advies"),
    "outcome-of-proceedings": Localized(
        "an outcome of proceedings of the Council", "een resultaat van de besprekingen in de Raad"
    ),
    "parliament-amendments": Localized(
        "a list of amendments of the European Parliament", "een lijst van amendementen van het Europees Parlement"
    ),
    "parliament-report": Localized(
        "a report of a committee of the European Parliament", "een verslag van een commissie van het Europees Parlement"
    ),
    "parliament-resolution": Localized(
        "a resolution of the European Parliament", "een resolutie van het Europees Parlement"
    ),
    "presidency-compromise": Localized(
        "a compromise text of the presidency of the Council", "een compromistekst van het voorzitterschap van de Raad"
    ),
    "press-release": Localized("a press release", "een persbericht"),
    "provisional-agreement": Localized(
        "a provisional agreement of the European Parliament and the Council",
        "een voorlopig akkoord van het Europees Parlement en de Raad",
    ),
    "question": Localized("a parliamentary question", "een parlementaire vraag"),
    "treaty": Localized("a treaty", "een verdrag"),
}
_UNKNOWN = Localized("a document that does not say what it is", "een document dat niet zegt wat het is")
_WITH_ACT = Localized("{what} with the text of an act behind it", "{what} met de tekst van een handeling erachter")
_TRANSMITS = Localized("{what} that transmits {sent}", "{what} waarmee {sent} wordt toegezonden")
# What is adopted, as the proposal for it.
_AS_PROPOSALS = {
    "legislative-act": "legislative-proposal",
    "non-legislative-act": "non-legislative-proposal",
    "adopted-act": "proposal-for-act",
}


def refusal(document: Document, header: Header, kinds: Vocabulary | None) -> tuple[Localized, Fault | None]:
    """What a document is, and why it is no proposal; None where it is one, or sets out policy.

    Args:
        document: that it is about, for its name.
        header: of the document.
        kinds: the vocabulary; None where the pack has none, and then every document can be drafted.
    """
    kind = header.kind.value
    what = _named(header, kinds)
    if kinds is None or kind in kinds.narrower(drafted for drafted in _DRAFTED if drafted in kinds) - _OF_SERVICES:
        return what, None
    if what is _UNKNOWN:
        help = Localized(f"{_TOML.en}; {_HELP.en}", f"{_TOML.nl}; {_HELP.nl}")
        return what, _fault(document, _SAYS_NOT, help)
    number = _number(header)
    named = f" {number}," if number else ""
    message = _NO_PROPOSAL.filled(what=what, number=named)
    return what, _fault(document, message, _HELP)


def unread_language(document: Document, header: Header, kinds: Vocabulary | None) -> Fault | None:
    """Why a document cannot be read: its language; None where it can.

    Args:
        document: that it is about, for its name.
        header: of the document.
        kinds: the vocabulary; None where the pack has none.
    """
    code = header.language
    if code in languages():
        return None
    what = _named(header, kinds)
    number = _number(header)
    named = f", {number}" if number else ""
    known = [language.name for language in languages().values()]
    name = language_name(code) if code else Localized("", "")
    words = _UNREAD if code else _UNTOLD
    message = words.filled(what=what, language=name, code=code)
    listed = Localized(" and ".join(each.en for each in known), " en ".join(each.nl for each in known))
    return _fault(document, Localized(message.en + named, message.nl + named), _READ.filled(known=listed))


def _fault(document: Document, message: Localized, help: Localized) -> Fault:
    return Fault(message.en, Location(document.name), help.en, (message.nl, help.nl))


# Whose version of a proposal a document holds. A list of amendments, and a report made of them, hold none.
_VERSIONS: dict[str, Localized] = {
    **dict.fromkeys(COUNCIL_PAPERS, Localized("Council text of {of}: {what}", "Raadstekst van {of}: {what}")),
    "provisional-agreement": Localized("text of {of} as agreed: {what}", "overeengekomen tekst van {of}: {what}"),
    "parliament-resolution": Localized("Parliament text of {of}: {what}", "tekst van het Parlement van {of}: {what}"),
    **dict.fromkeys(ADOPTED, Localized("{of} as adopted: {what}", "{of} zoals vastgesteld: {what}")),
}
_THE_PROPOSAL = Localized("the proposal", "het voorstel")


def is_version(document: Document, header: Header) -> bool:
    """Whether a document that is no proposal holds a later text of one: of the Council, of Parliament, or as adopted."""
    return header.kind.value in _VERSIONS and bool(document.top("act"))


def version_named(header: Header, kinds: Vocabulary | None) -> Localized | None:
    """A later text of a proposal in words: `Council text of COM(2026) 920 final: ...`; None for anything else."""
    words = _VERSIONS.get(header.kind.value)
    if words is None:
        return None
    what, number = _kind_named(header.kind.value, kinds), header.council_number or header.celex
    suffix = f", {'ST ' if header.council_number else ''}{number.value}" if number else ""
    of = header.reference or header.procedure
    named = Localized(of.value, of.value) if of else _THE_PROPOSAL
    said = words.filled(of=named, what=what)
    return Localized(said.en + suffix, said.nl + suffix)


def kind_as_proposal(header: Header) -> Found[str] | None:
    """The kind of proposal that something else is taken for; None where nothing in it is an act."""
    kind = header.kind
    if kind.value in _AS_PROPOSALS:
        return Found(_AS_PROPOSALS[kind.value], kind.span)
    return header.behind


def as_proposed(header: Header) -> Header:
    """The header of the proposal that something else is taken for.

    What came of a proposal has a day and a CELEX number of its own adoption: those of the proposal are not known.
    """
    if header.kind.value not in _AS_PROPOSALS:
        return header
    return evolve(header, date=None, celex=None)


def _named(header: Header, kinds: Vocabulary | None) -> Localized:
    """What a document is, in words, with what stands behind it."""
    what = _kind_named(header.kind.value, kinds)
    if header.behind is None:
        return what
    if header.behind.value == "draft-act":
        return _WITH_ACT.filled(what=what)
    sent = _kind_named(header.behind.value, kinds)
    return _TRANSMITS.filled(what=what, sent=sent)


def _kind_named(kind: str, kinds: Vocabulary | None) -> Localized:
    """A kind of document in words; `_UNKNOWN` where neither the pack nor this module has a name for it."""
    if kind in _OTHER:
        return _OTHER[kind]
    if kinds is None or kind not in kinds:
        return _UNKNOWN
    label = kinds.terms[kind].label
    article = "an" if label.en[:1] in "aeio" else "a"
    return Localized(f"{article} {label.en}", f"een {label.nl}")


def _number(header: Header) -> str:
    """By which number a reader knows it."""
    if header.council_number is not None:
        return f"ST {header.council_number.value}"
    number = header.reference or header.celex
    return number.value if number else ""
