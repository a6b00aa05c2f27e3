"""What a document is, of which type the act is that it holds, and who adopts that."""

import re
from collections.abc import Iterator

from attrs import frozen

from consistent.documents.document import Document, Found, Span
from consistent.documents.header.numbers import celex_numbers, council_numbers
from consistent.documents.words.header_words import HeaderWords, all_words, any_of

__all__ = [
    "ADOPTED",
    "COUNCIL_PAPERS",
    "NOT_THE_COMMISSIONS",
    "OTHER_KINDS",
    "PARLIAMENTS",
    "ActType",
    "Lead",
    "act_type",
    "council_head",
    "excerpt",
    "kind_of",
    "lead",
    "self_named",
]

# What Parliament makes of a proposal.
PARLIAMENTS = frozenset({"parliament-amendments", "parliament-report", "parliament-resolution"})
# What the Council makes of one; what both agree on is a paper of either.
COUNCIL_PAPERS = frozenset(
    {"council-note", "general-approach", "outcome-of-proceedings", "presidency-compromise", "provisional-agreement"}
)
# Kinds of what is no draft any more.
ADOPTED = frozenset({"adopted-act", "legislative-act", "non-legislative-act"})
# Documents without a number of the Commission of their own.
NOT_THE_COMMISSIONS = PARLIAMENTS | {
    *("agenda", "answer", "corrigendum", "fiche", "judgment", "letter", "minutes", "notice", "opinion"),
    *("press-release", "question", "treaty"),
}
# Kinds of documents that are no proposal, and that the vocabulary `kinds` has no term for.
OTHER_KINDS = (
    NOT_THE_COMMISSIONS
    | COUNCIL_PAPERS
    | {"annex", "correlation-table", "impact-assessment", "impact-assessment-summary", "unknown"}
)
# What goes by its own name also under the head of the Council.
_OF_THE_COUNCIL = frozenset({"agenda", "minutes"})
# Where a lead can begin: a line, or after a number, a mark or a cell.
_BEFORE_LEAD = re.compile(r"(?:^|[\n\d)\]}|:#\t\u2013\u2014-])\W{0,4}$|^\d{1,3}\s$|\n\d{1,3}\s$|\*I{1,3}\s$")
_LEGISLATIVE = frozenset({"COD", "CNS", "APP", "SYN", "AVC"})
_CODES = _LEGISLATIVE | {"NLE", "ACC", "CNB", "CNC"}
_ACT_LEADS = frozenset({"proposal", "amended-proposal", "joint-proposal", "recommendation-for"})
_DATED = re.compile(r"\s+(\d{1,2}[.\s]\s?[\w.]{1,12}\s?(?:19|20)\d\d)")
_NO_NUMBER = re.compile(r"\u2026|\.{2,3}|X{2,4}", re.IGNORECASE)
_CELEX_OF_ACTS = ("3", "0")
_DONE_WITHIN = 60
# So many words stand before those that tell a kind.
_BEFORE_TOLD = 2
# Where the text names itself: early.
_OPENING = 5_000
# The head of a paper comes before anything long, and so does its number after it.
_HEAD = 300
# The language in which a paper of the Council was drawn up: `(OR. en)`, `(OR. fr, en)`.
_ORIGINAL = re.compile(r"\(OR\.\s?[a-z]{2}(?:\s?[,/]\s?[a-z]{2})*\)")
# A working document of the Council, which has a number of another series.
_WORKING = re.compile(r"(?<!\w)(?:WK|DS|SN|CM|MD)[\s/]\d{1,5}(?:/\d)?/(?:20)?\d\d(?!\d)")


@frozen(kw_only=True)
class Lead:
    """How a document begins to say what it is.

    Attributes:
        key: of the table `leads`.
        language: whose words they are.
        about: whether they say what the document is about, `Subject: Proposal for a`, and not what it is.
    """

    key: str
    language: str
    span: Span
    about: bool = False


@frozen(kw_only=True)
class ActType:
    """The type of an act, as a title writes it.

    Attributes:
        instrument: a term of the vocabulary `instruments`.
        by: who adopts it, as terms of the vocabulary `actors`.
        adopted: whether a number or a date says that it is adopted; None where neither is written.
        span: of the words, number and date included.
    """

    instrument: str
    by: tuple[str, ...]
    adopted: bool | None
    span: Span


def lead(text: str, cover: Span) -> Lead | None:
    """The first thing on a cover that says what the document is, in any language; of several there, the longest.

    Where there is none, the first that says what it is about.
    """
    leads = [candidate for words in all_words().values() for candidate in _leads(words, text, cover)]
    return min(leads, key=lambda candidate: (candidate.about, candidate.span.start, -candidate.span.end), default=None)


def _leads(words: HeaderWords, text: str, cover: Span) -> Iterator[Lead]:
    """What a cover leads with in the words of one language: of each kind, all up to the first that is no subject behind a label."""
    for key, pattern in words.leads.items():
        for match in pattern.finditer(text, cover.start, cover.end):
            if _begins(text, match.start(), cover):
                about = _is_about(_before(text, match.start()))
                yield Lead(key=key, language=words.code, span=Span(*match.span()), about=about)
                if not about:
                    break


def _before(text: str, at: int) -> str:
    """What stands in a line before a place; the line before where nothing does: a label can have a line of its own."""
    line = text.rfind("\n", 0, at) + 1
    before = text[line:at]
    return before if before.strip() else text[text.rfind("\n", 0, max(0, line - 1)) + 1 : line]


def _begins(text: str, at: int, cover: Span) -> bool:
    """Whether what stands at a place begins a line, or follows a number or a mark."""
    return _BEFORE_LEAD.search(text[max(cover.start, at - 8) : at]) is not None


def _is_about(before: str) -> bool:
    """Whether what a line begins with is a label such as `Subject:`."""
    label, colon, rest = before.rpartition(":")
    if not colon or rest.strip():
        return False
    return any(words.pattern("about").fullmatch(label.strip()) for words in all_words().values())


def act_type(text: str, start: int, end: int, language: str = "") -> ActType | None:
    """The first type of an act in a stretch of text; of several in one place, the longest.

    Args:
        text: that holds the stretch.
        start: of the stretch.
        end: of it.
        language: in whose words the type is looked for; any where it is empty or not known.

    Returns:
        None where no type stands there.
    """
    known = all_words()
    types = [
        (match.start(), -match.end(), words, form.by, match)
        for words in ([known[language]] if language in known else known.values())
        for form in words.forms
        for match in form.pattern.finditer(text, start, end)
    ]
    if not types:
        return None
    *_, words, by, first = min(types, key=lambda found_type: found_type[:2])
    groups = first.groupdict()
    number = groups.get("number1") or groups.get("number2") or ""
    stop = first.end()
    adopted = not _NO_NUMBER.search(number) if number else None
    of = words.pattern("acts", "of").search(text, stop, min(stop + 8, end))
    dated = _DATED.match(text, of.end(), end) if of and text[stop : of.start()].isspace() else None
    if dated:
        stop = dated.end()
        adopted = True if adopted is None else adopted
    instrument = words.instrument(first["instrument"])
    return ActType(instrument=instrument, by=by, adopted=adopted, span=Span(first.start(), stop))


def self_named(document: Document) -> Found[str] | None:
    """The instrument that a text calls itself: `this Regulation`."""
    known = all_words().get(document.language)
    if known is None:
        return None
    for word, term in sorted(known.instrument_words.items(), key=lambda word_and_term: -len(word_and_term[0])):
        phrases = tuple(form.replace("{instrument}", word) for form in known.listed("acts", "this"))
        match = any_of(phrases).search(document.text, 0, _OPENING)
        if match:
            return Found(term, Span(*match.span()))
    return None


def excerpt(document: Document, cover: Span) -> Span | None:
    """The words by which a page says that it shows a part of another document only."""
    for key in ("limited", "of-act"):
        for words in all_words().values():
            for match in words.pattern("excerpts", key).finditer(document.text, cover.start, cover.end):
                if match.start() == 0 or document.text[match.start() - 1] == "\n":
                    return Span(*match.span())
    return None


def kind_of(document: Document, cover: Span, first: Lead | None, type: ActType | None, procedure: str) -> Found[str]:
    """What a document is, as a term of the vocabulary `kinds` or one of `OTHER_KINDS`.

    Args:
        document: that holds the cover.
        cover: the cover and the title of the act.
        first: what it leads with.
        type: of its act.
        procedure: its procedure number; empty where it has none.
    """
    return _narrowed(_kind_at_large(document, cover, first, type, procedure), document.text, cover)


def _narrowed(kind: Found[str], text: str, cover: Span) -> Found[str]:
    """The kind that other words on the cover tell more exactly: of a staff working document, that it is an impact assessment."""
    is_draft = kind.value.endswith("-proposal") or kind.value in {"proposal-for-act", "draft-act"}
    group = "draft" if is_draft else kind.value
    start = kind.span.end if kind.span and group == "staff-working-document" else cover.start
    told = [
        (match.start(), -match.end(), key)
        for words in all_words().values()
        for key in words.table.get("narrower", {}).get(group, {})
        for match in words.pattern("narrower", group, key).finditer(text, start, cover.end)
        # What other documents are about can be said within a line: a paper of the Council has it in its subject.
        if group == "council-note"
        or _heads_line(
            text,
            max(start, text.rfind("\n", 0, match.start()) + 1),
            match.start(),
            _BEFORE_TOLD if group == "draft" else 0,
        )
    ]
    if not told:
        return kind
    at, end, key = min(told)
    return Found(key, Span(at, -end))


def _heads_line(text: str, line: int, at: int, words: int) -> bool:
    """Whether no more than so many words stand in a line before a place: `Second Presidency compromise`."""
    return len(re.findall(r"\w+", text[line:at])) <= words


def _kind_at_large(
    document: Document, cover: Span, first: Lead | None, type: ActType | None, procedure: str
) -> Found[str]:
    """See `kind_of`; without what other words on the cover tell."""
    council = council_head(document.text, cover)
    own = first is not None and not first.about and first.key in _OF_THE_COUNCIL
    if council is not None and not own and (first is None or council.start < first.span.start):
        return Found("council-note", council)
    if first is not None and not first.about:
        title = document.text[first.span.end : cover.end]
        return Found(_kind_led(first, type, procedure, title), first.span)
    # In a sentence an act is named, not made.
    if type is not None and (document.top("act") or _begins(document.text, type.span.start, cover)):
        return Found(_kind_of_act(document, cover, type), type.span)
    later = lead(document.text, Span(0, min(len(document.text), _OPENING)))
    if later is not None and later.key.startswith("draft-"):
        return Found(later.key, later.span)
    shown = excerpt(document, cover)
    return Found("unknown" if shown is None else "proposal-for-act", shown)


def _kind_led(first: Lead, type: ActType | None, procedure: str, title: str) -> str:
    """The kind of a document that leads with what it is.

    Args:
        first: what it leads with.
        type: of its act; None where it has none.
        procedure: its procedure number; empty where it has none.
        title: the words of the cover after what it leads with.
    """
    if first.key not in _ACT_LEADS:
        return first.key
    code = procedure[-4:-1]
    if first.key == "joint-proposal":
        return "joint-proposal"
    if type is not None and type.instrument == "recommendation":
        return "recommendation-proposal"
    if first.key == "recommendation-for":
        negotiates = all_words()[first.language].pattern("title", "negotiation").search(title)
        return "negotiation-recommendation" if negotiates else "non-legislative-proposal"
    if code == "BUD":
        return "draft-budget"
    if code not in _CODES:
        return "proposal-for-act"
    stem = "legislative-proposal" if code in _LEGISLATIVE else "non-legislative-proposal"
    return f"amended-{stem}" if first.key == "amended-proposal" else stem


def _kind_of_act(document: Document, cover: Span, type: ActType) -> str:
    """Of an act without a cover: whether it is adopted, and by which procedure."""
    adopted = type.adopted
    if adopted is None:
        adopted = _published(document, cover)
    if not adopted:
        stem = type.instrument.partition("-")[0]
        return (
            f"draft-{stem}-act" if stem in {"delegated", "implementing"} and type.by == ("commission",) else "draft-act"
        )
    if type.by == ("parliament", "council"):
        return "legislative-act"
    if type.instrument in {"recommendation", "opinion"} or type.by == ("commission",) or "-" in type.instrument:
        return "non-legislative-act"
    return "adopted-act"


def _published(document: Document, cover: Span) -> bool:
    """Whether something beside its title says that an act is adopted."""
    celexes = [document.content.properties.get("celex", "")]
    celexes += [number.value for number in celex_numbers(document.text, cover.start, cover.end)]
    if any(celex.lstrip("CE")[:1] in _CELEX_OF_ACTS for celex in celexes if celex):
        return True
    for words in all_words().values():
        if words.pattern("journal").search(document.text, cover.start, cover.end):
            return True
        for act in document.top("act"):
            for done in words.pattern("provisions", "done").finditer(document.text, act.span.start, act.span.end):
                if re.search(r"(?:19|20)\d\d", document.text[done.end() : done.end() + _DONE_WITHIN]):
                    return True
    return False


def council_head(text: str, cover: Span) -> Span | None:
    """What heads a paper of the Council: its name, or the language of the original, with a number or words of such papers near."""
    known = all_words().values()
    heads = [
        *(
            words.institutions["council"].search(text, cover.start, cover.end)
            for words in known
            if "council" in words.institutions
        ),
        _ORIGINAL.search(text, cover.start, cover.end),
    ]
    first = min((head for head in heads if head), key=lambda head: head.start(), default=None)
    if first is None or first.start() - cover.start > _HEAD:
        return None
    stop = min(cover.end, first.end() + _HEAD)
    numbered = next(council_numbers(text, cover.start, stop), None) or _WORKING.search(text, cover.start, stop)
    signed = any(words.pattern("council", "signs").search(text, first.end(), stop) for words in known)
    return Span(*first.span()) if numbered or signed else None
