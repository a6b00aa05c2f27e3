"""A small sound pack with a golden file, into which faults are planted."""

from pathlib import Path
from textwrap import dedent

__all__ = ["CORPUS", "write_sound_pack"]

CORPUS = """\
[proposal]
title.en = "An act"
title.nl = "Een handeling"
reference = "COM(2030) 1"
kind = "draft-act"
legal_basis = ["TFEU 114(1)"]
statements = []

[[measure]]
id = "roads"
effects = ["harmonisation"]
areas = ["mobility"]
legal_basis = ["TFEU 173(3)"]
safeguards = []
amount = 600_000_000
starts = 2025-06-01

[[measure]]
id = "market"
effects = ["harmonisation"]
areas = ["fisheries"]
legal_basis = ["TFEU 173(3)"]
safeguards = []
amount = 500_000_000
starts = 2026-01-01

[[measure]]
id = "reports"
effects = ["reporting"]
areas = ["mobility"]
safeguards = []
amount = 1
starts = 2025-06-01
"""

_GOLDEN = """\
[golden]
proposal = "../proposal.toml"
pack = ".."
as_of = 2026-06-01

[whole]
judgement = { competence = "negative", proportionality = "partly-positive-partly-negative", finance = "not-judged", substance = "negative" }
rules = { "lamp/silent" = "conflict" }
[measure.roads]
outcome = "conflict"
rules = { "lamp/harmonises" = "defeated", "lamp/movement" = "condition", "lamp/costly" = "conflict" }
[measure.market]
outcome = "conflict"
rules = { "lamp/harmonises" = "conflict", "lamp/late" = "condition" }
[measure.reports]
outcome = "conflict"
rules = { "lamp/duty" = "conflict" }
"""

_TERMS = {
    "effects": {"obligation": "", "reporting": "obligation", "harmonisation": "", "funding": ""},
    "areas": {"defence": "", "mobility": "defence", "fisheries": ""},
    "safeguards": {"opt-out": "", "national-say": ""},
    "kinds": {"draft-act": "", "paper": ""},
    "statements": {"subsidiarity": ""},
}

_FILES = {
    "facts/lamp/pack.toml": """\
        title = { en = "Lamp", nl = "Lamp" }
        sources = ["TEU 5"]
        """,
    "facts/lamp/kinds.toml": """\
        [legal_basis]
        title = { en = "legal basis", nl = "rechtsgrondslag" }
        [legal_basis.fields]
        article = { type = "citation", required = true }
        harmonisation = { type = "boolean", required = true }
        """,
    "facts/lamp/bases.toml": """\
        kind = "legal_basis"
        [[fact]]
        id = "industry"
        article = "TFEU 173(3)"
        harmonisation = false
        sources = ["TFEU 173(3)"]
        [[fact]]
        id = "market"
        article = "TFEU 114(1)"
        harmonisation = true
        sources = ["TFEU 114(1)"]
        [[fact]]
        id = "culture"
        article = "TFEU 167"
        harmonisation = false
        sources = ["TFEU 167"]
        """,
    "facts/lamp/principles.toml": """\
        [conferral]
        title = { en = "Conferral", nl = "Bevoegdheidstoedeling" }
        statement = { en = "Only what was conferred.", nl = "Alleen wat is toegedeeld." }
        sources = ["TEU 5(2)"]
        """,
    "facts/lamp/guarantees.toml": """\
        [duties]
        title = { en = "A duty in defence is a conflict", nl = "Een plicht in de defensie is een strijdigheid" }
        sources = ["TEU 4(2)"]
        given.measure = { effects = "reporting", areas = "mobility", safeguards = { none = ["national-say"] } }
        always = { verdict = "conflict", rules = "lamp/duty" }
        [papers]
        title = { en = "A paper is not held to what acts must meet", nl = "Een stuk hoeft niet te voldoen aan wat voor handelingen geldt" }
        sources = ["TEU 5(3)"]
        given.proposal.kind = "paper"
        never = { rules = "lamp/silent", open = true }
        """,
    "golden/proposal-golden.toml": _GOLDEN,
    "proposal.toml": CORPUS,
}

# Title in both languages, verdict, dimension, message in both languages, then conditions and examples.
_RULES = {
    "harmonises": ("Harmonises", "Harmoniseert", "conflict", "proportionality", "{measure} on {legal_basis.article}", "{measure} op {legal_basis.article}", """\
        [when.measure]
        effects = "harmonisation"
        [when.legal_basis]
        article = "$measure.legal_basis"
        harmonisation = false
        [[unless]]
        reason = { en = "Nobody is bound.", nl = "Niemand is gebonden." }
        measure.safeguards = "opt-out"
        [[unless]]
        reason = { en = "Another basis allows it.", nl = "Een andere grondslag laat het toe." }
        [unless.legal_basis]
        article = "$measure.legal_basis"
        harmonisation = true
        [[example]]
        title = "on industry"
        expect = "conflict"
        [[example.measure]]
        effects = ["harmonisation"]
        legal_basis = ["TFEU 173(3)"]
        safeguards = []
        [[example]]
        title = "on culture"
        expect = "conflict"
        [[example.measure]]
        effects = ["harmonisation"]
        legal_basis = ["TFEU 167"]
        safeguards = []
        [[example]]
        title = "optional"
        expect = "excepted"
        [[example.measure]]
        effects = ["harmonisation"]
        legal_basis = ["TFEU 173(3)"]
        safeguards = ["opt-out"]
        [[example]]
        title = "on two bases"
        expect = "excepted"
        [[example.measure]]
        effects = ["harmonisation"]
        legal_basis = ["TFEU 173(3)", "TFEU 114(1)"]
        safeguards = []
        [[example]]
        title = "on the market"
        expect = "not-applicable"
        [[example.measure]]
        effects = ["harmonisation"]
        legal_basis = ["TFEU 114(1)"]
        safeguards = []
        [[example]]
        title = "reports"
        expect = "not-applicable"
        [[example.measure]]
        effects = ["reporting"]
        legal_basis = ["TFEU 173(3)"]
        safeguards = []
        """),
    "movement": ("Movement", "Verplaatsing", "condition", "competence", "{measure} moves", "{measure} verplaatst", """\
        defeats = ["lamp/harmonises"]
        [when.measure]
        effects = "harmonisation"
        areas = "mobility"
        [[example]]
        title = "roads"
        expect = "condition"
        [[example.measure]]
        effects = ["harmonisation"]
        areas = ["mobility"]
        [[example]]
        title = "fish"
        expect = "not-applicable"
        [[example.measure]]
        effects = ["harmonisation"]
        areas = ["fisheries"]
        [[example]]
        title = "money"
        expect = "not-applicable"
        [[example.measure]]
        effects = ["funding"]
        areas = ["mobility"]
        """),
    "costly": ("Costly", "Kostbaar", "conflict", "substance", "{measure} costs over 500 million", "{measure} kost meer dan 500 miljoen", """\
        [when.measure]
        amount = { over = 500_000_000 }
        [[example]]
        title = "one more"
        expect = "conflict"
        [[example.measure]]
        amount = 500_000_001
        [[example]]
        title = "just"
        expect = "not-applicable"
        [[example.measure]]
        amount = 500_000_000
        """),
    "late": ("Late", "Laat", "condition", "substance", "{measure} starts late", "{measure} begint laat", """\
        [when.measure]
        starts = { from = 2026-01-01 }
        [[example]]
        title = "new year"
        expect = "condition"
        [[example.measure]]
        starts = 2026-01-01
        [[example]]
        title = "the day before"
        expect = "not-applicable"
        [[example.measure]]
        starts = 2025-12-31
        """),
    "duty": ("Duty", "Plicht", "conflict", "substance", "{measure} binds", "{measure} bindt", """\
        [when.measure]
        effects = "obligation"
        areas = "defence"
        [[unless]]
        reason = { en = "They have a say.", nl = "Zij hebben zeggenschap." }
        measure.safeguards = "national-say"
        [[example]]
        title = "defence"
        expect = "conflict"
        [[example.measure]]
        effects = ["obligation"]
        areas = ["defence"]
        safeguards = []
        [[example]]
        title = "with a say"
        expect = "excepted"
        [[example.measure]]
        effects = ["obligation"]
        areas = ["defence"]
        safeguards = ["national-say"]
        [[example]]
        title = "fish"
        expect = "not-applicable"
        [[example.measure]]
        effects = ["obligation"]
        areas = ["fisheries"]
        safeguards = []
        [[example]]
        title = "money"
        expect = "not-applicable"
        [[example.measure]]
        effects = ["funding"]
        areas = ["defence"]
        safeguards = []
        """),
    "silent": ("Silent", "Zwijgt", "conflict", "competence", "{proposal} is silent", "{proposal} zwijgt", """\
        [when.proposal]
        kind = "draft-act"
        statements = { none = ["subsidiarity"] }
        [[example]]
        title = "silent"
        expect = "conflict"
        [example.proposal]
        kind = "draft-act"
        statements = []
        [[example]]
        title = "not known"
        expect = "open"
        [example.proposal]
        kind = "draft-act"
        [[example]]
        title = "speaks"
        expect = "not-applicable"
        [example.proposal]
        kind = "draft-act"
        statements = ["subsidiarity"]
        [[example]]
        title = "a paper"
        expect = "not-applicable"
        [example.proposal]
        kind = "paper"
        statements = []
        """),
    "crowd": ("Crowd", "Menigte", "question", "substance", "{proposal} has 2 duties", "{proposal} kent 2 plichten", """\
        [when.count]
        at_least = 2
        measure.effects = "obligation"
        [[example]]
        title = "two"
        expect = "question"
        [[example.measure]]
        effects = ["obligation"]
        [[example.measure]]
        effects = ["reporting"]
        [[example]]
        title = "one"
        expect = "not-applicable"
        [[example.measure]]
        effects = ["obligation"]
        [[example.measure]]
        effects = ["funding"]
        """),
}  # fmt: skip


def write_sound_pack(root: Path) -> Path:
    """Write the pack, a proposal and a golden file.

    Returns:
        The folder of all three, from which the pack is loaded.
    """
    files = {name: dedent(text) for name, text in _FILES.items()}
    for name, terms in _TERMS.items():
        lines = (
            f'[{term}]\nen = "{term}"\nnl = "{term} (nl)"\n' + (f'broader = "{broader}"\n' if broader else "")
            for term, broader in terms.items()
        )
        files[f"facts/lamp/vocabulary/{name}.toml"] = "".join(lines)
    for name, (en, nl, verdict, dimension, said, gezegd, text) in _RULES.items():
        files[f"rules/lamp/{name}.toml"] = (
            f'title = {{ en = "{en}", nl = "{nl}" }}\nprinciple = "conferral"\nground = "law"\nverdict = "{verdict}"\n'
            f'dimension = "{dimension}"\nsources = ["TEU 5"]\nrationale = {{ en = "Because.", nl = "Daarom." }}\n'
            f'message = {{ en = "{said}", nl = "{gezegd}" }}\n{dedent(text)}'
        )
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root
