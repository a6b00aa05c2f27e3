"""A small pack on what can be asked for, written to a folder, and a proposal with something of each kind."""

from pathlib import Path
from textwrap import dedent

__all__ = ["PROPOSAL", "write_pack"]

PROPOSAL = """\
[proposal]
reference = "COM(2030) 1"
title.en = "An act"
title.nl = "Een handeling"
kind = "draft-act"
instrument = "regulation"
legal_basis = ["TFEU 173(3)", "TFEU 114"]
decision_procedure = "cod"
vote = "qualified-majority"
statements = []

[[measure]]
id = "orders"
effects = ["obligation"]
actors = ["commission"]
areas = ["industry"]
bindingness = "binding"
legal_basis = ["TFEU 173(3)"]
safeguards = []

[[measure]]
id = "relief"
effects = ["exemption"]
actors = ["member-states"]
areas = ["taxation"]
bindingness = "binding"
legal_basis = ["TFEU 114"]
safeguards = []

[[measure]]
id = "moon"
effects = ["programme"]
actors = ["commission"]
areas = ["space"]
bindingness = "voluntary"
legal_basis = ["TFEU 173(3)"]
safeguards = []
"""

_TERMS = {
    "areas": {"industry": "industrie", "taxation": "belasting", "space": "ruimte"},
    "effects": {
        "obligation": "verplichting", "exemption": "vrijstelling", "programme": "programma", "incentive": "stimulans",
        "recommendation": "aanbeveling", "lending": "lening", "body": "orgaan",
    },
    "actors": {"commission": "Commissie", "member-states": "lidstaten", "council": "Raad"},
    "safeguards": {"say": "zeggenschap", "oversight": "toezicht", "opt-out": "uitstapregeling"},
    "statements": {"subsidiarity": "subsidiariteit"},
    "bindingness": {"binding": "bindend", "voluntary": "vrijwillig"},
    "kinds": {
        "draft-act": "ontwerp", "paper": "stuk", "legislative-proposal": "wetgevingsvoorstel",
        "non-legislative-proposal": "voorstel voor een niet-wetgevingshandeling",
    },
    "instruments": {"regulation": "verordening", "directive": "richtlijn"},
    "procedures": {
        "legislative-procedure": "wetgevingsprocedure", "cod": "gewone procedure", "cns": "raadpleging", "nle": "andere procedure",
    },
    "votes": {"qualified-majority": "gekwalificeerde meerderheid", "unanimity": "eenparigheid"},
}  # fmt: skip
# What else stands in the entry of a term.
_MORE = {
    "cod": 'broader = "legislative-procedure"',
    "cns": 'broader = "legislative-procedure"',
    "obligation": 'definition = { en = "Requires something.", nl = "Verplicht tot iets." }',
}
_BASES = (
    ("TFEU 173(3)", "industry", "cod", "qualified-majority"),
    ("TFEU 114", "industry", "cod", "qualified-majority"),
    ("TFEU 113", "taxation", "cns", "unanimity"),
)
_FILES = {
    "facts/asks/pack.toml": """\
        title.en = "Asks"
        title.nl = "Vragen"
        sources = ["TEU 5"]
        """,
    "facts/asks/kinds.toml": """\
        [legal_basis]
        title.en = "legal basis"
        title.nl = "rechtsgrondslag"
        [legal_basis.fields]
        article = { type = "citation", required = true }
        areas = { type = "terms", vocabulary = "areas", required = true }
        procedure = { type = "terms", vocabulary = "procedures", required = true }
        vote = { type = "terms", vocabulary = "votes", required = true }
        instruments = { type = "terms", vocabulary = "instruments", required = true }
        """,
    "facts/asks/principles.toml": """\
        [conferral]
        title.en = "Conferral"
        title.nl = "Bevoegdheidstoedeling"
        statement.en = "The Union acts within its powers."
        statement.nl = "De Unie handelt binnen haar bevoegdheden."
        sources = ["TEU 5(2)"]
        """,
}
_RULES = {
    "orders": ("Orders", "Bevelen", "conflict", """\
        [when.measure]
        effects = "obligation"
        actors = "commission"
        [[unless]]
        reason.en = "They have a say."
        reason.nl = "Zij hebben zeggenschap."
        measure.safeguards = { all = ["say", "oversight"] }
        """),
    "tax": ("Tax on another basis", "Belasting op een andere grondslag", "conflict", """\
        [when.measure]
        areas = "taxation"
        legal_basis = { none = ["TFEU 113"] }
        """),
    "joined": ("Unanimity joined", "Eenparigheid erbij", "conflict", """\
        [when.proposal]
        legal_basis = { any = ["TFEU 113"] }
        decision_procedure = "cod"
        """),
    "unfit": ("Kind unfit", "Ongeschikte soort", "conflict", """\
        [when.proposal]
        kind = "non-legislative-proposal"
        decision_procedure = "legislative-procedure"
        """),
    "moon": ("To the moon", "Naar de maan", "conflict", """\
        [when.measure]
        areas = "space"
        """),
    "watched": ("Watched", "Bewaakt", "reserved", """\
        defeats = ["asks/loose"]
        [when.measure]
        safeguards = "opt-out"
        """),
    "loose": ("Loose", "Los", "condition", """\
        [when.measure]
        effects = "exemption"
        """),
    "account": ("No account", "Geen verantwoording", "condition", """\
        [when.proposal]
        kind = "draft-act"
        statements = { none = ["subsidiarity"] }
        """),
}  # fmt: skip
_RULE = """\
title.en = "{en}"
title.nl = "{nl}"
principle = "conferral"
ground = "law"
verdict = "{verdict}"
dimension = "competence"
sources = ["TFEU 2(5)"]
rationale.en = "Because."
rationale.nl = "Daarom."
message.en = "{en} here"
message.nl = "{nl} hier"
"""
# A rule needs both; this pack is not about what they show.
_EXAMPLES = """
[[example]]
title = "one"
expect = "conflict"
[[example.measure]]
[[example]]
title = "other"
expect = "not-applicable"
[[example.measure]]
"""


def write_pack(folder: Path) -> Path:
    """Write the pack; the folder, to load it from."""
    files = {name: dedent(text) for name, text in _FILES.items()}
    for name, terms in _TERMS.items():
        lines = (f'[{term}]\nen = "{term}"\nnl = "{dutch}"\n{_MORE.get(term, "")}\n' for term, dutch in terms.items())
        files[f"facts/asks/vocabulary/{name}.toml"] = "".join(lines)
    facts = (
        f'[[fact]]\nid = "b{number}"\narticle = "{article}"\nareas = ["{area}"]\nprocedure = ["{procedure}"]\n'
        f'vote = ["{vote}"]\ninstruments = ["regulation", "directive"]\nsources = ["{article}"]\n'
        for number, (article, area, procedure, vote) in enumerate(_BASES)
    )
    files["facts/asks/bases.toml"] = 'kind = "legal_basis"\n' + "".join(facts)
    for name, (en, nl, verdict, text) in _RULES.items():
        head = _RULE.format(en=en, nl=nl, verdict=verdict)
        files[f"rules/asks/{name}.toml"] = head + dedent(text) + _EXAMPLES
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
