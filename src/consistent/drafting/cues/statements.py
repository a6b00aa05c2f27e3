"""What a sentence says is done, put as phrases have it: the verb of force first, and what is done right behind it.

Phrases are written for the plainest form: `shall inspect`, `verricht inspecties`. Acts say the same in a clause of their own (`shall
ensure that bodies inspect`, `zorgen ervoor dat instanties inspecties verrichten`), of another (`shall require firms to report`),
behind a first verb (`shall draw up a plan and publish it`), or in the points of a list (`shall carry out: (a) inspections`).
"""

import re
from collections.abc import Iterator

from consistent.documents.document import Span
from consistent.drafting.cues._dutch_statements import dutch_statements
from consistent.drafting.cues.statement import Statement

__all__ = ["Statement", "does_more", "holds", "point_of", "statements_in"]


def does_more(text: str, span: Span, verb: int, language: str, telling: re.Pattern[str]) -> bool:
    """Whether a subject does several things, one of which is more than telling: `shall designate a body and notify its name`.

    Args:
        text: of the document.
        span: of the sentence, from its words of force on.
        verb: where the first verb begins.
        language: of the document.
        telling: finds that a verb tells somebody something.
    """
    verbs = [verb]
    if language == "nl":
        singular = text[span.start : span.end].split(maxsplit=1)[0].endswith("t")
        verbs += [
            found.start("verb")
            for found in _DUTCH_FURTHER.finditer(text, span.start, span.end)
            if found["verb"].endswith("t") is singular
        ]
    else:
        verbs += [found.end() for found in _FURTHER.finditer(text, span.start, span.end)]
    return len(verbs) > 1 and not all(telling.match(text, start, span.end) for start in verbs)


def statements_in(
    text: str, span: Span, language: str, force: str, subject: Span | None = None, party: Span | None = None
) -> Iterator[Statement]:
    """What the clauses of a sentence say is done.

    Args:
        text: of the document.
        span: of the sentence, from its words of force on.
        language: of the document.
        force: the verb of force of the sentence.
        subject: of the sentence, if known.
        party: the first that is named in the subject, if one is known.
    """
    yield from dutch_statements(text, span, subject, party) if language == "nl" else _english(text, span, force)


# A head that asks for contents: what its points name is not done.
_CONTENTS = re.compile(
    r"\b(?:includ|contain|compris|consist|cover|specif|describ|indicat|stat|consider|assess|address|examin|tak|bas|mean)\w*\b|\bset out\b|\bapply\b"
    r"|\b(?:bevat|omvat|vermeld|bestaa|beschrijf|betref|onderzoek|beoordeel|hou|vastgesteld|volgens|geld|toepassing)\w*\b",
    re.IGNORECASE,
)


# A head of what a paper holds; and what is not held in it, but done. Of Dutch, where a phrase has no verb of force to tell them apart.
_HOLDS = re.compile(
    r"\b(?:bevat|bevatten|omvat|omvatten|vermeldt|vermelden|behelst|behelzen|vermeld|opgenomen|vergezeld|(?:beschrijving|opgave|overzicht|samenvatting)\svan)\b",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\b(?:taak|taken|bevoegdhe\w+|plicht\w*|verplichting\w*|actie\w*|activiteit\w*|\w*maatregel\w*|werkzaamheden|recht|rechten|middelen|steun|ondersteuning|bijstand|samenwerking)\b",
    re.IGNORECASE,
)


def holds(text: str, head: Span) -> bool:
    """Whether the points behind the sentence that leads up to a Dutch list are what a paper holds, and not what is done.

    Args:
        text: of the document.
        head: that sentence.
    """
    return _HOLDS.search(text, head.start, head.end) is not None and _DOES.search(text, head.start, head.end) is None


def point_of(text: str, head: Span, point: Span) -> Statement | None:
    """The point of a list behind the end of the sentence that leads up to it; None where that asks for contents.

    Args:
        text: of the document.
        head: of that sentence, from its words of force on.
        point: of the list.
    """
    if _CONTENTS.search(text, head.start, head.end):
        return None
    begins = text[head.start : head.end].rstrip(" \n:;,\u2013\u2014") + " "
    whole = begins + text[point.start : point.end]
    joint = len(begins)
    return Statement(text=whole, lower=whole.lower(), moved=point.start - joint, start=point.start, joint=joint)


# English: the verb stands behind its subject, in a form that the infinitive gives.

_ENSURED = re.compile(r"\b(?:ensur|guarantee|requir|stipulat|prescrib)\w* that\s|\bprovides? that\s|\bsee to it that\s")
_FORMS = {
    "is": "shall be",
    "are": "shall be",
    "has": "shall have",
    "have": "shall have",
    "can": "may",
    "do": "shall",
    "does": "shall",
}
_AUXILIARY = re.compile(r"(?<!that )\b(is|are|has|have|can|do|does)\s(?:(?:also|only|always|\w+ly)\s)?(?=[a-z])")
_PLURAL = re.compile(
    r"\b(?!(?:this|its|as|is|has|was|does|thus|basis|process|access|business|unless)\b)[a-z][\w-]+s\s(?:(?:concerned|also|\w+ly)\s)?(?=[a-z]{3,}\s)"
)
_MADE = re.compile(
    r"(?<!not )(?<!no )\b(?:requir|oblig|order|instruct|compel)(?:e|es|ed|ing|s|ls|ling|led|)?\s(?:(?!that\b)[^\s.;:]+\s){1,14}?to\s(?=[a-z])"
)
_FURTHER = re.compile(
    r"\band\s+(?:also\s|shall\s|to\s|, where (?:appropriate|necessary), )?"
    r"(?=[a-z]{3,}\s(?:the|a|an|its|their|all|each|any|such|those|that|these|this|it|them|on|to|with|up|out|into|measures|information|data|appropriate|without|within|relevant)\b)"
)
_DUTCH_FURTHER = re.compile(
    r"\ben\s+(?P<verb>[a-z\u00ef\u00eb]{3,}(?:t|n))\s(?:de|het|een|hun|haar|zijn|hem|hen|deze|die|dit|dat|alle|elke?|er|ervoor|zich|ze|daarvan|daarbij|"
    r"daarvoor|passende|onverwijld|onmiddellijk|jaarlijks|regelmatig|vervolgens)\b"
)
_MOST = 6
# Where what is ensured ends, and a condition or a clause about another word begins.
_END = re.compile(
    r"[;.](?!\d)|\b(?:which|who|whose|whom|unless|if|when|provided)\b|\bwhere\b(?! (?:appropriate|necessary|applicable|relevant))"
)


def _english(text: str, span: Span, force: str) -> Iterator[Statement]:
    for ensured in _ENSURED.finditer(text, span.start, span.end):
        stop = _END.search(text, ensured.end(), span.end)
        end = stop.start() if stop else span.end
        for count, verb in enumerate(_AUXILIARY.finditer(text, ensured.end(), end)):
            if count == _MOST:
                break
            yield _behind(text, verb.end(), end, _FORMS[verb[1]])
        for count, subject in enumerate(_PLURAL.finditer(text, ensured.end(), end)):
            if count == _MOST:
                break
            yield _behind(text, subject.end(), end, "shall")
    stop = _END.search(text, span.start, span.end)
    main = stop.start() if stop else span.end
    for made in _MADE.finditer(text, span.start, main):
        yield _behind(text, made.end(), span.end, "shall")
    for further in _FURTHER.finditer(text, span.start, main):
        yield _behind(text, further.end(), span.end, force)


def _behind(text: str, start: int, end: int, force: str) -> Statement:
    whole = f"{force} {text[start:end]}"
    return Statement(text=whole, lower=whole.lower(), moved=start - len(force) - 1, start=start)
