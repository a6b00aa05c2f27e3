"""Whether a sentence takes away what a cue finds in it: it denies it, lifts it, or says it in passing."""

import re

from attrs import frozen

from consistent.documents.document import Span
from consistent.documents.words.phrases import Phrase
from consistent.drafting.cues.cue import Sayings
from consistent.drafting.cues.passages import Passage

__all__ = ["BARRING", "LIFTING", "Denials"]

# Small words stand between: `not be financed`, `without the approval`.
_WORD_BEFORE = re.compile(r"\w+\W+(?:(?:be|been|being|the|a|an|any|de|het|een|enige)\W+)?\Z")
_LAST_BREAK = re.compile(r"[,;:(](?!\d)")
# In letters: as far back as the beginning of a clause is looked for.
_CLAUSE = 150
# In letters, for a word before or behind a hit.
_BACK = 25

# Before what those who are meant do: `Member States taking part in the joint procurement shall`; and behind it, in Dutch.
_WHO_DOES = {
    "en": re.compile(
        r"\b(?:participating|taking part|engaged|involved|benefiting|interested)\s(?:in|from)\s(?:the|a|an|any|that|such)?\s?\Z"
    ),
    "nl": re.compile(r"\b(?:deelnemen|deelneemt|meedoen|meedoet)\saan\s(?:de|het|een)?\s?\Z"),
}
_WHO_DID = re.compile(r"\s(?:deelnemende|betrokken|meewerkende|vallende|genietende|ontvangende)\b")
# What holds only if something else does, up to a comma.
_CONDITIONED = {
    "en": re.compile(r"\b(?:if|unless|provided that|until)\b"),
    "nl": re.compile(
        r"\b(?:indien|wanneer|tenzij|mits|totdat|zodra|nadat|voordat|zolang)\b|\b(?:zelf|beslist|beslissen|bepaalt|bepalen|besluit|besluiten|beoordeelt|beoordelen|na)\sof\b|\A\s*als\s(?=(?:zij|hij|het|er|de|een|dit|dat|deze|die|blijkt)\b)"
    ),
}
# In letters: as far back as the beginning of a condition is looked for.
_CONDITION = 400

# Says that somebody need not or cannot do what follows, and the effects that this gives; in letters, how soon it comes.
_LIFTED = {
    "en": re.compile(
        r"\bnot\sbe\s(?:required|obliged|bound|entitled|empowered|authorised)\s(?:\w+ly\s)?to\b|\b(?:have|has)\sno\s(?:power|right|obligation|duty|competence)\sto\b"
        r"|\bno\slonger\sbe\s(?:required|obliged)\sto\b|\b(?:shall|do|does)\snot\sapply\sto\b|\b(?:decide|choose|opt|elect)s?\snot\sto\b|\b(?:is|are)\snot\s(?:required|obliged|bound|entitled|empowered)\sto\b"
    ),
    "nl": re.compile(
        r"\bniet\s(?:langer\s)?(?:verplicht|bevoegd|gehouden|gemachtigd|gerechtigd|belast)\b|\b(?:besluiten|beslissen|kiezen|besluit|kiest)\s(?:geen|niet)\b|\b(?:be)?hoe(?:ft|ven)\s[^,;.]{0,60}?\b(?:niet|geen)\b"
        r"|\bniet\svan\stoepassing\sop\b|\bgeld(?:t|en)\sniet\svoor\b"
    ),
}
LIFTING = frozenset(
    {
        # That a court is not empowered is what it says.
        "court-review-barred",
        "exemption",
        "derogation",
        "simplification",
        "minimum-harmonisation",
        "fiscal-flexibility",
        "delay",
        "market-opening",
    }
)
# What is said by denying something.
BARRING = LIFTING | {"prohibition", "curtailment", "full-harmonisation", "choice-of-procedure-narrowed", "termination"}
_NEAR = 80
_FORCE = re.compile(r"\b(?:shall|must|moet|moeten|dient|dienen)\b")
# What a sentence says of the act that it does not do: `Nothing in this Regulation shall place`.
_NOTHING = re.compile(
    r"\W*(?:\d+\W+)?(?:Nothing in (?:this|the present)|No provision (?:of|in) (?:this|the)|Niets in (?:deze|dit)|Geen (?:enkele )?bepaling van (?:deze|dit))\b",
    re.IGNORECASE,
)
_IS = re.compile(r"(?:is|zijn|wordt|worden)\b")
# In Dutch what denies a verb can end its clause: `evalueert de verordening niet`, `besluiten dit niet te doen`.
_DENIED_BEHIND = re.compile(
    r"(?:\s(?!(?:die|dat|welke|waar\w*|indien|wanneer|als|of|en|maar|tenzij|mits|om|zodat|niet|geen)\b)[\w-]+){0,4}\s(?:niet|nooit)(?=\s*[.,;:]|\s*\Z|\s(?:te|in|uit|op|aan|vast|mee|toe|af|over|samen|door)(?:\s\w+)?[.,;:])"
)
# `kan geen grenswachters opleiden`, where the hit is only the end of it.
_DENIED_BEFORE = re.compile(
    r"\b(?:kan|kunnen|mag|mogen|zal|zullen|hoeft|hoeven)\s(?:[\w-]+\s){0,2}(?:geen|niet)\s(?!(?:alleen|slechts|enkel|later|langer|meer|minder|eerder|anders)\b)"
    r"(?:(?!\b(?:en|maar|of|doch|tenzij|dan|indien|wanneer|die|dat|om)\s)[^,;:.]){0,80}\Z"
)
# What stands behind these is there, and is not what is announced.
_MENTIONED = re.compile(
    r"\b(?:op grond van|krachtens|overeenkomstig|in overeenstemming met|voortbouwend op|zoals (?:reeds )?(?:aangekondigd|voorzien|vastgelegd|beschreven|uiteengezet|bepaald|genoemd) in|(?:aangekondigd|vastgelegd|genoemd|opgenomen) in|"
    r"bij de (?:komende |lopende |volgende )?(?:herziening|evaluatie|uitvoering|toepassing) van|naar aanleiding van|in de context van|in het licht van|rekening houdend met)\s"
    r"(?:(?:de|het|een|deze|dit|die|dat|haar|zijn|hun)\s)?(?:[\w-]+e\s){0,2}[\w-]+(?:\s(?:van|voor|over|inzake)\s(?:(?:de|het|een|deze)\s)?(?:[\w-]+e\s)?[\w-]+)?",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"(?:without|zonder)\b", re.IGNORECASE)
# Before a safeguard that is forgone: `without the consent of the Member State`.
_FORGONE = re.compile(
    r"\b(?:without|zonder|irrespective\sof|regardless\sof|ongeacht)\s(?:(?:the|a|an|any|prior|de|het|een|enige|enig|voorafgaande?)\s){0,2}\Z",
    re.IGNORECASE,
)


@frozen(eq=False)
class Denials:
    """What takes away what is said, in one language.

    Attributes:
        says: the words of negation, and those that begin a clause about another word.
        language: `en` or `nl`.
    """

    says: Sayings
    language: str

    def done(self, clause: str, start: int, first: int, last: int) -> bool:
        """Whether nothing in a clause denies what is done between the two last places, or from the words of force on.

        Args:
            clause: with blanks for what is said of other words.
            start: of the words of force.
            first: where what is done begins.
            last: where it ends.
        """
        harmless = [found.span() for found in self.says.harmless.finditer(clause)]
        return all(
            any(begin <= found.start() < end and not begin < last <= end for begin, end in harmless)
            for found in self.says.negates.finditer(clause, min(start, first), last)
        )

    @staticmethod
    def forgone(text: str, hit: Span) -> bool:
        """Whether a safeguard is what is done without: `without the consent of the Member State`."""
        return _FORGONE.search(text, max(0, hit.start - _BACK * 2), hit.start) is not None

    def aside(self, text: str, sentence: Span, hit: re.Match[str]) -> bool:
        """Whether a hit stands in a clause about another word, or under a condition: `the firm that may be fined`."""
        clause = _LAST_BREAK.split(text[max(sentence.start, hit.start() - _CLAUSE) : hit.start()])[-1]
        says = self.says
        return says.asides.search(says.pointing.sub(" ", clause)) is not None

    def apart(self, phrase: Phrase, text: str, cue: Span, hit: re.Match[str]) -> bool:
        """Whether a hit tells of who is meant, before the words of force, or stands in a condition behind them."""
        if hit.end() <= cue.start:
            before, behind = text[max(0, hit.start() - _BACK) : hit.start()], text[hit.end() : hit.end() + _BACK]
            return _WHO_DOES[self.language].search(before) is not None or _WHO_DID.match(behind) is not None
        conditioned = _CONDITIONED[self.language]
        # `worden verleend indien dat is gemeld`: the second verb is not that of the first.
        if conditioned.search(hit[0]) is not None and conditioned.search(phrase.text) is None:
            return True
        if hit.start() < cue.end:
            return False
        clause = _LAST_BREAK.split(text[max(cue.end, hit.start() - _CONDITION) : hit.start()])[-1]
        return conditioned.search(clause) is not None

    def lifted(self, text: str, passage: Passage, hit: Span) -> bool:
        """Whether the main clause says that nobody must or can do what the hit tells: `are not obliged to notify`.

        Nor is it done where the act says what nothing in it does, or what may be done without it: `may refuse without approval`.
        """
        if _NOTHING.match(text, passage.span.start, passage.span.end) is not None:
            return True
        if passage.norm.modality == "may" and _WITHOUT.match(text, hit.start, hit.end) is not None:
            return True
        cue = passage.cue
        if cue is None or hit.end <= cue.end:
            return False
        lifted = _LIFTED[self.language].search(text, cue.start, min(hit.end, cue.end + _NEAR))
        if lifted is None or lifted.start() > max(hit.start, cue.end + 1):
            return False
        # `shall not apply to small firms, but they shall notify`: what stands behind another verb of force is not lifted.
        return _FORCE.search(text, lifted.end(), max(lifted.end(), hit.start)) is None

    def verb_denied(self, phrase: Phrase, text: str, cue: Span, hit: re.Match[str]) -> bool:
        """Whether the verb that is denied is that of the hit, as the word that denies it can stand behind in Dutch: `evalueert dit niet`."""
        if self.language != "nl" or self.says.negates.search(phrase.text):
            return False
        # `Het verlenen van toegang is verboden`: what stands before is what is forbidden.
        forbidden = hit.end() <= cue.start and _IS.match(text, cue.start) is not None
        return forbidden or hit.start() <= cue.start < hit.end()

    def mentioned(self, text: str, sentence: Span, hit: re.Match[str]) -> bool:
        """Whether a Dutch plan only names what is there: `op grond van de richtsnoeren`, `zoals aangekondigd in het actieplan`."""
        if self.language != "nl":
            return False
        return any(
            found.start() <= hit.start() < found.end()
            for found in _MENTIONED.finditer(text, sentence.start, sentence.end)
        )

    def negated(self, phrase: Phrase, text: str, hit: re.Match[str]) -> bool:
        """Whether a word in the hit, or right before it, takes it away; in it not where the phrase has such a word itself."""
        says = self.says
        if self.language == "nl" and not says.negates.search(phrase.text):
            before_it = text[max(0, hit.start() - _CLAUSE) : hit.start()]
            if _DENIED_BEHIND.match(text, hit.end()) or _DENIED_BEFORE.search(before_it):
                return True
        before = _WORD_BEFORE.search(text, max(0, hit.start() - _BACK), hit.start())
        start = before.start() if before else hit.start()
        end = hit.start() if says.negates.search(phrase.text) else hit.end()
        harmless = [found.span() for found in says.harmless.finditer(text, start, hit.end() + _BACK)]
        return any(
            # `without the agreement of the Council` takes nothing away but the agreement.
            not any(first <= found.start() < last and not first < hit.start() < last for first, last in harmless)
            for found in says.negates.finditer(text, start, end)
        )
