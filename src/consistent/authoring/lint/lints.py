"""What a pack says in vain, or should not say: one lint for each thing, with its place, help and, where there is one, a proposal."""

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from consistent.authoring.proving.witnesses import Bounds
from consistent.errors import Location
from consistent.model.proposal import Proposal
from consistent.model.text import Localized

__all__ = [
    "ALWAYS",
    "APART",
    "APPROVES",
    "ASKED",
    "CHECKS",
    "COVERED",
    "DEFEATED",
    "DEFEATED_ANYWAY",
    "DOUBLE",
    "EXCEPTED",
    "EXCEPTION",
    "HELP_ALWAYS",
    "HELP_COVERED",
    "HELP_EXCEPTION",
    "HELP_MESSAGE",
    "HELP_NEVER",
    "HELP_OPPOSED",
    "HELP_SUPERIORITY",
    "IDLE",
    "MEASURED",
    "MESSAGE",
    "NEVER_SO",
    "NOT_TOGETHER",
    "OPPOSED",
    "PROVED",
    "STRONGER",
    "WEAKER",
    "WIDER",
    "Check",
    "Lint",
]

Check = Literal[
    "never-applies",
    "leaves-nothing-alone",
    "covered",
    "idle-exception",
    "idle-superiority",
    "opposed",
    "unknown-in-message",
    "unread-term",
    "unread-fact",
    "unread-principle",
    "unverified-fact",
    "idle-explanation",
    "silent-in-corpus",
    "everywhere-in-corpus",
]

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
    "unverified-fact": Localized(
        "a fact not compared with its source for long", "een feit dat lang niet met zijn bron is vergeleken"
    ),
    "idle-explanation": Localized("an explanation of nothing", "een verklaring van niets"),
    "silent-in-corpus": Localized(
        "a rule that says nothing of any proposal of a corpus",
        "een regel die van geen voorstel van een corpus iets zegt",
    ),
    "everywhere-in-corpus": Localized(
        "a rule that applies nearly everywhere in a corpus",
        "een regel die bijna overal in een corpus van toepassing is",
    ),
}
# What only the solver finds, and what only a corpus of proposals shows.
PROVED: frozenset[Check] = frozenset(
    {
        "never-applies",
        "leaves-nothing-alone",
        "covered",
        "idle-exception",
        "idle-superiority",
        "opposed",
        "unknown-in-message",
    }
)
MEASURED: frozenset[Check] = frozenset({"silent-in-corpus", "everywhere-in-corpus"})


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


# What lints of rules say, in both languages; `{rule}` is their subject, `{other}` what else they are about.

ASKED = Localized("and this is asked", "en dit wordt gevraagd")
EXCEPTION = Localized("this exception", "deze uitzondering")
STRONGER = Localized("the stronger rule", "de sterkere regel")
WIDER = Localized("the other rule", "de andere regel")
WEAKER = Localized("the weaker rule", "de zwakkere regel")
APPROVES = Localized("the rule that approves", "de regel die goedkeurt")

NEVER_SO = Localized(
    "`{rule}` can never apply: this cannot hold", "`{rule}` kan nooit van toepassing zijn: dit kan niet waar zijn"
)
NOT_TOGETHER = Localized(
    "`{rule}` can never apply: what it asks cannot hold together",
    "`{rule}` kan nooit van toepassing zijn: wat hij vraagt, kan niet samen waar zijn",
)
EXCEPTED = Localized(
    "`{rule}` can never apply: where its condition holds, an exception does",
    "`{rule}` kan nooit van toepassing zijn: waar zijn voorwaarde geldt, geldt een uitzondering",
)
DEFEATED = Localized(
    "`{rule}` can never apply: where it would, a stronger rule does",
    "`{rule}` kan nooit van toepassing zijn: waar hij dat zou zijn, is een sterkere regel het",
)
HELP_NEVER = Localized("leave it out, or ask for less", "laat hem weg, of vraag minder")
ALWAYS = Localized(
    "`{rule}` leaves nothing alone: whatever is said, it applies or is open",
    "`{rule}` laat niets met rust: wat er ook staat, hij is van toepassing of open",
)
HELP_ALWAYS = Localized(
    "ask for what tells one proposal from another", "vraag naar wat het ene voorstel van het andere onderscheidt"
)
COVERED = Localized(
    "`{rule}` says nothing that `{other}` does not: wherever it applies, that one does too",
    "`{rule}` zegt niets wat `{other}` niet zegt: overal waar hij van toepassing is, is die het ook",
)
HELP_COVERED = Localized(
    "leave it out, let it defeat the other, or take what it covers out of the other",
    "laat hem weg, laat hem de andere verslaan, of haal wat hij dekt uit de andere",
)
IDLE = Localized(
    "exception {other} of `{rule}` sets nothing aside: it never holds where the rule would apply",
    "uitzondering {other} van `{rule}` zet niets opzij: zij geldt nooit waar de regel van toepassing zou zijn",
)
DOUBLE = Localized(
    "exception {other} of `{rule}` sets nothing aside: where it holds, another exception does too",
    "uitzondering {other} van `{rule}` zet niets opzij: waar zij geldt, geldt ook een andere uitzondering",
)
HELP_EXCEPTION = Localized(
    "leave the exception out, or widen the rule", "laat de uitzondering weg, of verruim de regel"
)
APART = Localized(
    "`{rule}` defeats `{other}` in vain: the two never apply to one thing",
    "`{rule}` verslaat `{other}` vergeefs: de twee zijn nooit op hetzelfde van toepassing",
)
DEFEATED_ANYWAY = Localized(
    "`{rule}` defeats `{other}` in vain: where it does, another rule defeats that too",
    "`{rule}` verslaat `{other}` vergeefs: waar hij dat doet, verslaat ook een andere regel die",
)
HELP_SUPERIORITY = Localized("take it out of `defeats`", "haal hem uit `defeats`")
OPPOSED = Localized(
    "`{rule}` flags what `{other}` approves, for one principle in one dimension",
    "`{rule}` keurt af wat `{other}` goedkeurt, voor één beginsel in één dimensie",
)
HELP_OPPOSED = Localized(
    "let one defeat the other, or give one an exception",
    "laat de ene de andere verslaan, of geef er een een uitzondering",
)
MESSAGE = Localized(
    "the message of `{rule}` names {other}, which may be unknown where the rule applies",
    "de melding van `{rule}` noemt {other}, dat onbekend kan zijn waar de regel van toepassing is",
)
HELP_MESSAGE = Localized(
    "ask for it in `when`, or leave it out of the message", "vraag ernaar in `when`, of laat het uit de melding weg"
)
