"""A small pack and proposal with something open in every sort of field, for tests of `consistent ask`."""

from pathlib import Path
from textwrap import dedent

__all__ = ["PROPOSAL", "write_asking_pack"]

PROPOSAL = """\
# The head
[proposal]
reference = "COM(2025) 1"   # as on the cover
legal_basis = ["TFEU 173"]  # bare
evidence.all = { document = "COM(2025) 1 final", place = "cover" }

# The one measure
[[measure]]
id = "m1"
title.en = "Joint stock"
title.nl = "Gezamenlijke voorraad"
effects = ["stock"]
evidence.effects = { document = "COM(2025) 1 final", place = "art. 2" }
"""
_RULE = """\
title.en = "{en}"
title.nl = "{nl}"
principle = "choice"
ground = "policy"
verdict = "{verdict}"
dimension = "substance"
sources = ["TFEU 1"]
rationale.en = "Because."
rationale.nl = "Daarom."
message.en = "{en}"
message.nl = "{nl}"
{body}
[[example]]
title = "one"
expect = "{verdict}"
{yes}
[[example]]
title = "other"
expect = "not-applicable"
[example.proposal]
legal_basis = []
[[example.measure]]
effects = []
"""
_FILES = {
    "facts/asking/pack.toml": 'title = { en = "Pack", nl = "Pakket" }\nsources = ["TFEU 1"]\n',
    "facts/asking/principles.toml": """\
        [choice]
        title = { en = "Choice", nl = "Keuze" }
        statement = { en = "States choose.", nl = "Staten kiezen." }
        sources = ["TFEU 1"]
        """,
    "facts/asking/vocabulary/effects.toml": 'stock = { en = "stock", nl = "voorraad" }\n',
    "facts/asking/vocabulary/bindingness.toml": """\
        [binding]
        en = "binding"
        nl = "bindend"
        question.en = "Is taking part compulsory for Member States?"
        question.nl = "Zijn lidstaten verplicht mee te doen?"
        [voluntary]
        en = "voluntary"
        nl = "vrijwillig"
        """,
    "facts/asking/vocabulary/safeguards.toml": """\
        opt-out = { en = "way out", nl = "uitweg" }
        consent = { en = "consent of the state", nl = "instemming van de staat" }
        review = { en = "review", nl = "evaluatie" }
        """,
    "facts/asking/kinds.toml": """\
        [legal_basis]
        title = { en = "legal basis", nl = "rechtsgrondslag" }
        fields.article = { type = "citation", required = true }
        """,
    "facts/asking/bases.toml": """\
        kind = "legal_basis"
        [[fact]]
        id = "two"
        article = "TFEU 173(2)"
        sources = ["TFEU 173(2)"]
        [[fact]]
        id = "three"
        article = "TFEU 173(3)"
        sources = ["TFEU 173(3)"]
        """,
}
_RULES = {
    "forced": ("Forced stock", "Gedwongen voorraad", "conflict",
               '[when.measure]\neffects = "stock"\nbindingness = "binding"\nsafeguards = { none = ["opt-out"] }\n',
               '[[example.measure]]\neffects = ["stock"]\nbindingness = "binding"\nsafeguards = []'),
    "unasked": ("Stock without consent", "Voorraad zonder instemming", "condition",
                '[when.measure]\neffects = "stock"\n[[unless]]\nreason = { en = "asked", nl = "gevraagd" }\nmeasure.safeguards = "consent"\n',
                '[[example.measure]]\neffects = ["stock"]\nsafeguards = []'),
    "costly": ("Costly stock", "Dure voorraad", "condition",
               '[when.measure]\neffects = "stock"\namount = { over = 1_000 }\n',
               '[[example.measure]]\neffects = ["stock"]\namount = 1_001'),
    "based": ("Stock on the third paragraph", "Voorraad op het derde lid", "aligned",
              '[when.proposal]\nlegal_basis = "TFEU 173(3)"\n',
              '[example.proposal]\nlegal_basis = ["TFEU 173(3)"]\n[[example.measure]]\neffects = ["stock"]'),
    "meant": ("Is this meant well?", "Is dit goed bedoeld?", "question",
              '[when.measure]\neffects = "stock"\n', '[[example.measure]]\neffects = ["stock"]'),
}  # fmt: skip


def write_asking_pack(folder: Path) -> Path:
    """Write the pack `asking`.

    Returns:
        The folder, to be loaded.
    """
    files = {name: dedent(text) for name, text in _FILES.items()}
    for name, (en, nl, verdict, body, yes) in _RULES.items():
        files[f"rules/asking/{name}.toml"] = _RULE.format(en=en, nl=nl, verdict=verdict, body=body, yes=yes)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
