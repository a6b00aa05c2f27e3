"""What lints of rules say, in both languages; `{rule}` is their subject, `{other}` what else they are about."""

from consistent.model.text import Localized

__all__ = [
    "ALWAYS",
    "APART",
    "APPROVES",
    "ASKED",
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
    "MESSAGE",
    "NEVER_SO",
    "NOT_TOGETHER",
    "OPPOSED",
    "STRONGER",
    "WEAKER",
    "WIDER",
]

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
