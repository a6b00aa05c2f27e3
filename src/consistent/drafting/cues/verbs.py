"""Verbs of cues, in every form that an act has them in, and the clause in which one counts.

A cue that says what is done (`does`) is met in any order of words: `reports are submitted`, `submits a report`, `verslagen worden
ingediend`, `dient een verslag in`. So its verb and what it is done to are looked for apart, both in the main clause of a sentence:
clauses about another word, and conditions, are left out of it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from consistent.documents.words.phrases import Phrase, PhraseError

__all__ = ["main_clause", "verbs_of"]

_ENGLISH = re.compile(r"[a-z-]+(?: [a-z-]+)*(?:/[a-z-]+(?: [a-z-]+)*)*(?::[a-z-]+(?:/[a-z-]+)*)?")
_DUTCH = re.compile(r"(?:[a-z]+(?: [a-z]+)*=)?[^\W\d_]+(?:/[^\W\d_]+)*(?::[^\W\d_]+(?:/[^\W\d_]+)*)?")
# In words, between a verb and what belongs to it: `put measures in place`; in letters, in Dutch, where it ends the clause.
_BETWEEN = r"(?:\s[^\s;.]{1,40}){0,6}?\s"
_FAR = r"[^;]{0,400}?\s"
# A verb of force with what may stand between it and its verb; so a noun that looks like a verb is none: `measures`, `access`.
_ADVERBS = r"(?:(?:\w+ly|also|then|only|not|in particular|at least|where (?:appropriate|necessary|applicable|relevant)|without (?:undue )?delay|jointly|together|either|further|first|always|at all times|on request),?\s){0,4}"
_FORCE = (
    r"(?:\b(?:shall|may|must|should|will|can)\b(?:,[^,;]{1,120},)?\s"
    + _ADVERBS
    + r"(?:(?:be|have)\s(?:the\s)?(?:able|entitled|empowered|required|authorised|allowed|permitted|obliged|free|power|right|possibility)\sto\s)?"
    + r"|\b(?:is|are)\s(?:required|obliged|bound|entitled|empowered|authorised|permitted|allowed|free)\sto\s)"
    + _ADVERBS
    # Another verb with the same object: `may restrict, suspend or withdraw`.
    + r"(?:(?:[a-z]{3,20},\s){0,2}[a-z]{3,20},?\s(?:and|or|and, [a-z ]{4,24},)\s(?:\w+ly\s)?)?"
)
# Before a gerund that is done: `shall be responsible for collecting`.
_TASKED = r"\b(?:shall|must|may|will)\s(?:[a-z]+\s){1,5}?(?:responsible\sfor|(?:charged|entrusted|tasked)\swith|(?:task|tasks|duty|power|right|possibility)\sof)\s"
# Between what carries a noun and the noun: `zorgen voor een tijdige verstrekking`.
_FEW = r"(?:[^\s,;.]{1,30}\s){0,3}?"
# `put`, `set`, `run`: short, and the last letter is doubled.
_DOUBLED = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]")
_PASSIVE = r"\b(?:be|been)\s" + _ADVERBS
# Behind what is split off from a verb the clause ends, or goes on with a small word; before a noun it is a small word itself.
_LAST = (
    r"(?=\s*[,.;:)]|\s*\Z|\s(?:en|of|dan|alsook|alsmede|om|te|aan|van|voor|uit|bij|met|over|op|in|tot|tussen|door|naar|volgens|zodra|wanneer|indien|"
    r"waarin|wat|zodat|binnen|uiterlijk|overeenkomstig|tegen|hoe|welke)\b)"
)
# Begin as a participle does, and are none.
_NO_PARTICIPLE = frozenset({"geven", "geeft", "gelden", "geldt", "genieten", "geniet"})
# So many letters of a verb are in all its forms, but for a vowel that changes.
_STEM = 4
_VOWELS = "aeiou"


def verbs_of(written: Iterable[str], language: str, carriers: str = "") -> Phrase | None:
    """One pattern for verbs in all their forms; None where there are none.

    Args:
        written: in English the infinitive, regular, or all forms (`give/gives/given`); a word behind it can stand off (`carry out`).
            In Dutch all forms, and before them what is split off: `mee=delen/deelt/gedeeld`, `ter beschikking=stellen/stelt/gesteld`.
            Behind a colon the nouns of the verb: `provide:provision`, `verstrekken/verstrekt:verstrekking`.
        language: `en` or `nl`.
        carriers: the pattern of what such a noun stands behind, where it is done: `ensure the provision of`.

    Raises:
        PhraseError: one is not well formed.
    """
    infinitives: list[str] = []
    participles: list[str] = []
    sources: list[str] = []
    stems: dict[str, None] = {}
    nouns: list[str] = []
    gerunds: list[str] = []
    for whole in written:
        verb, _, noun = whole.partition(":")
        nouns += noun.split("/") if noun else []
        if (_DUTCH if language == "nl" else _ENGLISH).fullmatch(whole) is None:
            raise PhraseError(f"`{whole}` is no verb: write `share`, `give/gives/given`, `mee=delen/deelt/gedeeld`")
        forms = verb.split("=")[-1].split("/")
        if language == "nl":
            sources.append(_dutch(verb.split("=")[0] if "=" in verb else "", forms))
        else:
            forms = forms if len(forms) > 1 else _inflected(verb)
            infinitives.append(_english(forms[0]))
            participles.append(_english(forms[-1]))
            gerunds += [_english(_gerund(forms[0]))] if noun else []
        stems |= dict.fromkeys(form.split()[0][:_STEM] for form in forms)
    if infinitives:
        sources = [rf"{_FORCE}(?:{'|'.join(infinitives)})", rf"{_PASSIVE}(?:{'|'.join(participles)})"]
        if gerunds:
            sources.append(rf"{_TASKED}(?:{'|'.join(gerunds)})")
    if nouns and carriers:
        sources.append(rf"(?:{carriers})\s{_FEW}(?:{'|'.join(nouns)})\b")
        stems |= dict.fromkeys(noun[:_STEM] for noun in nouns)
    return Phrase("|".join(written), "|".join(sources), (tuple(stems),)) if sources else None


def _gerund(infinitive: str) -> str:
    """Of `provide` `providing`, of `put in place` `putting in place`."""
    first, _, rest = infinitive.partition(" ")
    if first.endswith("e") and not first.endswith(("ee", "oe", "ye")) and first != "be":
        first = first[:-1]
    elif _DOUBLED.fullmatch(first):
        first += first[-1]
    return f"{first}ing {rest}".strip()


def _english(form: str) -> str:
    first, _, rest = form.partition(" ")
    return rf"{first}{_BETWEEN}{rest}\b" if rest else rf"{first}\b"


def _inflected(verb: str) -> list[str]:
    """Of a regular verb the infinitive, the third person and the participle."""
    first, _, rest = verb.partition(" ")
    if first == "be":
        return [verb]
    if first.endswith("e"):
        forms = [first, f"{first}s", f"{first}d"]
    elif first.endswith("y") and first[-2] not in _VOWELS:
        forms = [first, f"{first[:-1]}ies", f"{first[:-1]}ied"]
    else:
        forms = [first, f"{first}{'es' if first.endswith(('s', 'x', 'ch', 'sh')) else 's'}", f"{first}ed"]
    return [f"{form} {rest}".strip() for form in forms]


def _dutch(particle: str, forms: list[str]) -> str:
    together = "|".join(forms)
    if not particle:
        return rf"\b(?:{together})\b"
    joined = particle.replace(" ", r"\s")
    finite = "|".join(form for form in forms if not form.startswith("ge") or form in _NO_PARTICIPLE) or "(?!)"
    # `deelt ... mee`, `mee te delen`, `meegedeeld`, `ter beschikking gesteld`.
    return rf"\b(?:{finite})\b{_FAR}{joined}\b{_LAST}|\b{joined}\s?(?:te\s)?(?:{together})\b"


# Before `die` and `dat` that point at a noun: `na afloop van dat jaar`; but `ervoor dat` begins a clause.
_POINTING = "".join(
    rf"(?<!\b{word} )"
    for word in [
        "aan",
        "van",
        "met",
        "in",
        "op",
        "voor",
        "door",
        "bij",
        "na",
        "over",
        "uit",
        "tot",
        "onder",
        "binnen",
        "per",
        "tegen",
        "volgens",
        "krachtens",
        "tijdens",
        "gedurende",
        "tussen",
        "naar",
        "zonder",
        "vóór",
        "vanaf",
        "ingevolge",
        "overeenkomstig",
    ]
)
# What is said of another word, or under a condition, up to the comma that ends it.
_ASIDES = {
    "en": re.compile(
        r"\b(?:which|who|whom|whose)\s(?:(?:may|shall|must|can)\s)?[^,;]*?(?=[,;]|\s(?:shall|may|must)\s|\Z)"
        r"|\bthat (?:it|they|he|she) (?:hold|holds|have|has|possess|possesses|own|owns|collect|collects|receive|receives|process|processes|use|uses|need|needs|make|makes|buy|buys)\b(?! (?:been|to|not)\b)"
        r"|\b(?:unless|if|when|provided that|insofar as|so that|as soon as|before it|before they)\b[^,;]*"
        r"|\bthat (?:is|are|has|have|was|were|can|may|might|could|it|they|the|he|she|a|an|such|these|those|do|does|will|would)\b[^,;]*"
        r"|\bwhere\b(?! (?:appropriate|necessary|applicable|relevant|possible))[^,;]*"
        r"|\b(?:referred to|set out|laid down|provided for|mentioned|specified|provided|submitted|received|notified|issued|transmitted|obtained|collected) (?:in|by|under|pursuant to|to) [^,;]{1,40}?(?=[,;]|\s(?:shall|may|must|to|and|on|by|within|at)\s)"
    ),
    "nl": re.compile(
        rf"{_POINTING}\b(?:die|welke|wier)\b(?! (?:\w+en|\w+er|lidsta\w+)? ?(?:niet|,))[^,;]*"
        r"|\b(?:waarvan|waarin|waarop|waarbij|waarvoor|waardoor|waaruit|waarmee|waartoe|waarover|waar|indien|wanneer|tenzij|mits|zodat|opdat|zodra|nadat|voordat|omdat|ingeval|voor zover|terwijl)\b(?! (?:nodig|passend|mogelijk|dienstig|relevant|van toepassing))[^,;]*"
        r"|(?:(?<=, )|\A)als (?=(?:zij|hij|het|er|de|een|dit|dat|deze|die|blijkt)\b)[^,;]*"
        rf"|(?<=[a-z]) {_POINTING}dat (?!lid|artikel)[^,;]*"
    ),
}


# Each cue asks for the same few sentences, one after the other.
@lru_cache(maxsize=64)
def main_clause(text: str, language: str) -> str:
    """A sentence with blanks in the place of what it says of another word, or makes a condition; every letter where it was.

    Args:
        text: of the sentence, or of a statement of it.
        language: `en` or `nl`.
    """
    return _ASIDES[language].sub(lambda aside: " " * len(aside[0]), text)
