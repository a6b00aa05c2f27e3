"""A lint: one thing that a pack says in vain, or should not say; and which checks find such things."""

from collections.abc import Mapping
from typing import Literal, get_args

from attrs import frozen

from consistent.authoring.proving.witnesses import Bounds
from consistent.errors import Location
from consistent.model.proposal import Proposal
from consistent.model.text import Localized

__all__ = [
    "CHECKS",
    "HINTS",
    "MEASURED",
    "PROVED",
    "Check",
    "Lint",
]

# What only the solver finds; what is found in the files of a pack; and what only a corpus of proposals shows.
ProvedCheck = Literal[
    "never-applies",
    "leaves-nothing-alone",
    "covered",
    "idle-exception",
    "idle-superiority",
    "opposed",
    "unknown-in-message",
]
FileCheck = Literal[
    "unread-term",
    "unread-fact",
    "unread-principle",
    "unread-concept",
    "unread-position",
    "undefended-red-line",
    "wish-as-conflict",
    "policy-as-competence",
    "praise-of-spending",
    "unverified-fact",
    "unwritten",
    "idle-explanation",
]
# What a reader would be better off with; a pack without it is in order.
HintCheck = Literal["met-without-title"]
CorpusCheck = Literal["silent-in-corpus", "everywhere-in-corpus"]
Check = ProvedCheck | FileCheck | HintCheck | CorpusCheck
PROVED: frozenset[Check] = frozenset(get_args(ProvedCheck))
MEASURED: frozenset[Check] = frozenset(get_args(CorpusCheck))
HINTS: frozenset[Check] = frozenset(get_args(HintCheck))

CHECKS: Mapping[Check, Localized] = {
    "never-applies": Localized("a rule that can never apply", "een regel die nooit van toepassing kan zijn"),
    "leaves-nothing-alone": Localized(
        "a rule that leaves no proposal alone", "een regel die geen enkel voorstel met rust laat"
    ),
    "covered": Localized(
        "a rule that says nothing that another does not say", "een regel die niets zegt wat een andere niet zegt"
    ),
    "idle-exception": Localized("an exception that sets nothing aside", "een uitzondering die niets opzijzet"),
    "idle-superiority": Localized("a rule that defeats in vain", "een regel die vergeefs een andere verslaat"),
    "opposed": Localized(
        "strict rules that flag and approve one thing", "strikte regels die hetzelfde afkeuren en goedkeuren"
    ),
    "unknown-in-message": Localized(
        "a message that names what may be unknown", "een melding die noemt wat onbekend kan zijn"
    ),
    "unread-term": Localized(
        "a term that no rule asks for and no fact has", "een term waarnaar geen regel vraagt en die geen feit heeft"
    ),
    "unread-fact": Localized("a fact that no rule reads", "een feit dat geen regel leest"),
    "unread-principle": Localized("a principle that no rule serves", "een beginsel dat geen regel dient"),
    "unread-concept": Localized(
        "a concept that no rule, guarantee or other concept names",
        "een begrip dat geen regel, garantie of ander begrip noemt",
    ),
    "unread-position": Localized("a position that no rule carries", "een positie die geen regel uitwerkt"),
    "undefended-red-line": Localized(
        "a red line or condition that no rule defends", "een rode lijn of voorwaarde die geen regel bewaakt"
    ),
    "wish-as-conflict": Localized(
        "a conflict with what the document merely supports", "een strijdigheid met wat het document alleen steunt"
    ),
    "policy-as-competence": Localized(
        "policy that is judged as competence", "beleid dat als bevoegdheid wordt beoordeeld"
    ),
    "praise-of-spending": Localized(
        "spending that makes the financial part look good", "uitgaven die de financiële toets gunstig maken"
    ),
    "unverified-fact": Localized(
        "a fact not compared with its source for long", "een feit dat lang niet met zijn bron is vergeleken"
    ),
    "unwritten": Localized("a text that says TODO still", "een tekst die nog TODO zegt"),
    "idle-explanation": Localized("an explanation of nothing", "een verklaring van niets"),
    "met-without-title": Localized(
        "a condition that can be met, and has no words for that",
        "een voorwaarde waaraan kan worden voldaan, zonder woorden daarvoor",
    ),
    "silent-in-corpus": Localized(
        "a rule that says nothing of any proposal of a corpus",
        "een regel die van geen voorstel van een corpus iets zegt",
    ),
    "everywhere-in-corpus": Localized(
        "a rule that applies nearly everywhere in a corpus",
        "een regel die bijna overal in een corpus van toepassing is",
    ),
}


@frozen(kw_only=True)
class Lint:
    """One thing that does no work, or does what it should not.

    Attributes:
        about: ids of what it is about, the first its subject.
        message: without a final stop.
        help: how to mend it.
        related: further places, each with what is there.
        witness: a proposal that shows it; None where there is none to show.
        bounds: of which proposals it was decided.
        explained: why it is right as it is, where the pack says so.
    """

    check: Check
    about: tuple[str, ...]
    message: Localized
    help: Localized
    place: Location
    related: tuple[tuple[Localized, Location], ...] = ()
    witness: Proposal | None = None
    bounds: Bounds = Bounds()
    explained: Localized | None = None

    @property
    def id(self) -> str:
        """Names it in `lint.toml`."""
        return " ".join((self.check, *self.about))

    @property
    def counts(self) -> bool:
        """Whether it is to be mended or explained: a hint is not, and what is explained no more."""
        return self.explained is None and self.check not in HINTS
