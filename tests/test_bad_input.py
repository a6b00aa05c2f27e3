"""Every kind of bad input gives a clear error with its place and help, all faults at once, and never half a result."""

import io
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from consistent import InputError, UsageError, load
from consistent.cli import main
from consistent.engine.choosing import engine_named
from consistent.toml import files

PROPOSAL = "p.toml"
MANIFEST = "packs/facts/own/pack.toml"
EFFECTS = "packs/facts/own/vocabulary/effects.toml"
PROCEDURES = "packs/facts/own/vocabulary/procedures.toml"
KINDS = "packs/facts/own/kinds.toml"
PRINCIPLES = "packs/facts/own/principles.toml"
FACTS = "packs/facts/own/bases.toml"
RULE = "packs/rules/own/excluded.toml"

# A small pack and a proposal without faults; each case breaks something in it.
FILES = {
    MANIFEST: """\
title.en = "Own pack"
title.nl = "Eigen pakket"
sources = ["TEU 5"]
""",
    EFFECTS: """\
[harmonisation]
en = "harmonisation"
nl = "harmonisatie"
[obligation]
en = "obligation"
nl = "verplichting"
[reporting]
en = "reporting"
nl = "rapportage"
broader = "obligation"
""",
    PROCEDURES: """\
[cod]
en = "ordinary"
nl = "gewoon"
""",
    KINDS: """\
[legal_basis]
title.en = "legal basis"
title.nl = "rechtsgrondslag"
[legal_basis.fields]
article = { type = "citation", required = true }
procedure = { type = "terms", vocabulary = "procedures" }
harmonisation = { type = "boolean" }
ceiling = { type = "integer" }
since = { type = "date" }
""",
    PRINCIPLES: """\
[conferral]
title.en = "Conferral"
title.nl = "Bevoegdheidstoedeling"
statement.en = "Only what was conferred."
statement.nl = "Alleen wat is toegedeeld."
sources = ["TEU 5(1)"]
""",
    FACTS: """\
kind = "legal_basis"

[[fact]]
id = "tfeu-173"
article = "TFEU 173(3)"
procedure = ["cod"]
harmonisation = false
sources = ["TFEU 173(3)"]
""",
    RULE: """\
title.en = "Harmonisation excluded"
title.nl = "Harmonisatie uitgesloten"
principle = "conferral"
ground = "law"
verdict = "conflict"
dimension = "competence"
sources = ["TFEU 2(5)"]
rationale.en = "The basis excludes it."
rationale.nl = "De grondslag sluit haar uit."

[when.measure]
effects = "harmonisation"
[when.legal_basis]
article = "$measure.legal_basis"
harmonisation = false

[message]
en = "{measure} harmonises on {legal_basis.article}"
nl = "{measure} harmoniseert op {legal_basis.article}"

[[example]]
title = "harmonises"
expect = "conflict"
[example.proposal]
legal_basis = "TFEU 173(3)"
[[example.measure]]
effects = "harmonisation"

[[example]]
title = "reports"
expect = "not-applicable"
[[example.measure]]
effects = "reporting"
""",
    PROPOSAL: """\
[proposal]
reference = "COM(2025) 1"
legal_basis = ["TFEU 173(3)"]

[[measure]]
id = "art-1"
effects = ["harmonisation"]
amount = 1_000
starts = 2026-01-01
""",
}
EXAMPLES = FILES[RULE][FILES[RULE].index("[[example]]") :]
FIELDS = FILES[KINDS][FILES[KINDS].index("[legal_basis.fields]") :]
NO_FLAGGED = (
    'add one with expect = "conflict"; if none can be found, perhaps no proposal can meet the condition: '
    "`consistent lint` tells, once there is an example, even one that fails"
)
# Nine alternatives of two that must all hold: 512.
SPREAD = (
    "".join(
        f"[[when.all]]\n[[when.all.any]]\nmeasure.amount = {number}\n[[when.all.any]]\nmeasure.amount = {number + 100}\n"
        for number in range(9)
    )
    + "[message]"
)

COMMAND = (sys.executable, "-m", "consistent")
CHECK = ("check", PROPOSAL, "--pack", "packs")

SHIPPED = Path(__file__).parents[1] / "facts/treaties"
TREATIES = load("treaties").knowledge.packs[-1].version
WRITE_RANGE = "write for instance `treaties >= 1.2, < 2`; the comparisons are `>=`, `>`, `<=`, `<`, `==`"

# What is printed of one fault: message, place (after the name of the file), help.
Told = tuple[str, str, str]
Run = Callable[..., tuple[int, str, str]]
# name of the case, what is replaced in the proposal, by what, what is then told
PROPOSALS: list[tuple[str, str, str, list[Told]]] = [
    ("unknown key", "amount =", "ammount =", [
        ("unknown key `ammount`", ":8, measure[1].ammount", "did you mean `amount`?"),
    ]),
    ("unknown table", "[[measure]]", "[[measures]]", [
        ("unknown key `measures`", ":5, measures", "did you mean `measure`?"),
    ]),
    ("no table of the proposal", "[proposal]", "[propsal]", [
        ("unknown key `propsal`", ":1, propsal", "did you mean `proposal`?"),
        ("missing table `proposal`", "", "a proposal file has a table `[proposal]` and a table `[[measure]]` for each measure"),
    ]),
    ("a list of proposals", "[proposal]", "[[proposal]]", [
        ("expected a table, found a list", ":1, proposal", ""),
    ]),
    ("a measure that is a single table", "[[measure]]", "[measure]", [
        ("expected a list of tables", ":5, measure", "write `[[measure]]`"),
    ]),
    ("unknown term", '"harmonisation"', '"harmonization"', [
        ("unknown term `harmonization` in vocabulary `effects`", ":7, measure[1].effects[1]", "did you mean `harmonisation` or `obligation`?"),
    ]),
    ("unknown term without one that is near", '"harmonisation"', '"x"', [
        ("unknown term `x` in vocabulary `effects`", ":7, measure[1].effects[1]", "known here: `harmonisation`, `obligation`, `reporting`"),
    ]),
    ("term of a vocabulary that the pack leaves empty", "reference =", 'kind = "white-paper"\nreference =', [
        ("unknown term `white-paper` in vocabulary `kinds`", ":2, proposal.kind", ""),
    ]),
    ("term with a Cyrillic letter", "harmonisation", "h\u0430rmonisation", [
        ("unknown term `h\u0430rmonisation` in vocabulary `effects`", ":7, measure[1].effects[1]", "did you mean `harmonisation` or `obligation`? it holds U+0430 cyrillic small letter a"),
    ]),
    ("term with a hidden blank", "harmonisation", "harmonisation\u200b", [
        ("unknown term `harmonisation\ufffd` in vocabulary `effects`", ":7, measure[1].effects[1]", "did you mean `harmonisation`? it holds U+200B zero width space"),
    ]),
    ("a list in one text", '["TFEU 173(3)"]', '"TFEU 173(3), TFEU 174"', [
        ("`TFEU 173(3), TFEU 174` is no citation", ":3, proposal.legal_basis", "write `TFEU 173(3)`, `TEU 42(2)`, `Protocol No 2 art. 5`, `Regulation (EU) 2016/679`, `CELEX 32009L0081`"),
    ]),
    ("no citation", "TFEU 173(3)", "the internal market", [
        ("`the internal market` is no citation", ":3, proposal.legal_basis[1]", "write `TFEU 173(3)`, `TEU 42(2)`, `Protocol No 2 art. 5`, `Regulation (EU) 2016/679`, `CELEX 32009L0081`"),
    ]),
    ("a number for text", '"COM(2025) 1"', "2025", [
        ("expected text, found a whole number", ":2, proposal.reference", ""),
    ]),
    ("blank text", '"COM(2025) 1"', '" "', [
        ("expected text, found blank text", ":2, proposal.reference", ""),
    ]),
    ("a table for text", '"COM(2025) 1"', '{ en = "COM(2025) 1" }', [
        ("unknown key `en`", ":2, proposal.reference.en", "what is partly known is written { has = [...], lacks = [...], may = [...] }"),
    ]),
    ("a fraction for an amount", "1_000", "1_000.50", [
        ("expected a whole number, found a fraction", ":8, measure[1].amount", "amounts are in whole euros: 1_500_000"),
    ]),
    ("a boolean for an amount", "1_000", "true", [
        ("expected a whole number, found a boolean", ":8, measure[1].amount", "amounts are in whole euros: 1_500_000"),
    ]),
    ("text for an amount", "1_000", '"1000 euro"', [
        ("expected a whole number, found text", ":8, measure[1].amount", "amounts are in whole euros: 1_500_000"),
    ]),
    ("not a number for an amount", "1_000", "nan", [
        ("expected a whole number, found a fraction", ":8, measure[1].amount", "amounts are in whole euros: 1_500_000"),
    ]),
    ("infinity for an amount", "1_000", "-inf", [
        ("expected a whole number, found a fraction", ":8, measure[1].amount", "amounts are in whole euros: 1_500_000"),
    ]),
    ("two amounts", "1_000", "[1, 2]", [
        ("`amount` takes one value at most, found 2", ":8, measure[1].amount", ""),
    ]),
    ("an amount beyond 64 bits", "1_000", "9_223_372_036_854_775_808", [
        ("not readable: a number is too large", ":8, measure[1].amount", ""),
    ]),
    ("a date-time for a date", "2026-01-01", "2026-01-01T12:00:00Z", [
        ("expected a date, found a date with a time", ":9, measure[1].starts", "write year-month-day, 2025-03-19"),
    ]),
    ("a time of day for a date", "2026-01-01", "12:00:00", [
        ("expected a date, found a time of day", ":9, measure[1].starts", "write year-month-day, 2025-03-19"),
    ]),
    ("text that is no date", "2026-01-01", '"1 January 2026"', [
        ("`1 January 2026` is not a date", ":9, measure[1].starts", "write year-month-day, 2025-03-19"),
    ]),
    ("a title in one language", "reference =", 'title.en = "x"\nreference =', [
        ("no text in language `nl`", ":2, proposal.title", 'write `nl = "..."`'),
    ]),
    ("a title in a third language", "reference =", 'title = { en = "x", nl = "y", fr = "z" }\nreference =', [
        ("unknown language `fr`", ":2, proposal.title.fr", "known here: `en`, `nl`"),
    ]),
    ("two measures of one id", "starts = 2026-01-01", 'starts = 2026-01-01\n[[measure]]\nid = "art-1"', [
        ("duplicate measure id `art-1`, first on line 5", ":11, measure[2].id", ""),
    ]),
    ("a measure without id", 'id = "art-1"\n', "", [
        ("missing key `id`", ":5, measure[1]", 'write `id = "art-1"`'),
    ]),
    ("a measure with an empty id", '"art-1"', '""', [
        ("expected text, found blank text", ":6, measure[1].id", ""),
    ]),
    ("has and lacks that contradict each other", '["harmonisation"]', '{ has = ["reporting"], lacks = ["obligation"] }', [
        ("`reporting` is said to be there and not to be there", ":7, measure[1].effects.has", ""),
    ]),
    ("has and lacks that are misspelt and no list", '["harmonisation"]', '{ has = "reporting", lack = ["obligation"] }', [
        ("unknown key `lack`", ":7, measure[1].effects.lack", "what is partly known is written { has = [...], lacks = [...], may = [...] }"),
        ("expected a list, found text", ":7, measure[1].effects.has", ""),
    ]),
    ("evidence for no field and without document", "amount =", 'evidence.amounts = { document = "x" }\nevidence.effects = { place = "1" }\namount =', [
        ("evidence for an unknown field `amounts`", ":8, measure[1].evidence.amounts", "did you mean `amount`?"),
        ("missing key `document`", ":9, measure[1].evidence.effects", 'write `document = "COM(2025) 120"`'),
    ]),
    ("a control character in a key", "amount =", '"\\u001b[31m" =', [
        ("unknown key `\ufffd[31m`", ":8, measure[1].\ufffd[31m", ""),
    ]),
    ("not TOML", "amount = 1_000", "amount = ", [
        ("not valid TOML: nothing stands after `=`", ":8", "write a value, or take the line away"),
    ]),
    ("a key twice", "amount =", "effects = 1\namount =", [
        ("not valid TOML: `measure.effects` is there already, on line 7", ":8", "take one of the two away"),
    ]),
    ("a null character", "harmonisation", "harm\x00onisation", [
        ("not valid TOML: illegal character '\\x00'", ":7", ""),
    ]),
    ("a carriage return alone", "amount = 1_000\n", "amount = 1_000\r", [
        ("not valid TOML: expected newline or end of document after a statement", ":8", ""),
    ]),
    ("six faults", '["harmonisation"]\namount = 1_000\nstarts = 2026-01-01', '"harmonise"\namount = 1.5\nstarts = "soon"\nend = 2026-01-01\n[[measure]]\nid = "art-1"\n[extra]', [
        ("unknown key `extra`", ":13, extra", "known here: `answer`, `delegation`, `division`, `empowerment`, `looked_for`, `measure`, `mismatch`, `proposal`, `quotation`, `time_limit`"),
        ("unknown term `harmonise` in vocabulary `effects`", ":7, measure[1].effects", "did you mean `harmonisation`?"),
        ("expected a whole number, found a fraction", ":8, measure[1].amount", "amounts are in whole euros: 1_500_000"),
        ("`soon` is not a date", ":9, measure[1].starts", "write year-month-day, 2025-03-19"),
        ("unknown key `end`", ":10, measure[1].end", "did you mean `ends`?"),
        ("duplicate measure id `art-1`, first on line 5", ":12, measure[2].id", ""),
    ]),
]  # fmt: skip
# name of the case, the file, what is replaced in it, by what, what is then told
PACKS: list[tuple[str, str, str, str, list[Told]]] = [
    ("rule: words for a condition that nothing can meet", RULE, "principle", 'title_met = { en = "m", nl = "m" }\nprinciple', [
        (
            "`title_met` is never shown: only a condition with an exception can be met", ":3, title_met",
            "take it out, or add the `[[unless]]` that says when the condition is met",
        ),
    ]),
    ("manifest: unknown key", MANIFEST, "title.en", "titel.en", [
        ("no text in language `en`", ":2, title", 'write `en = "..."`'),
        ("unknown key `titel`", ":1, titel", "keys are in English: write `title`"),
    ]),
    ("manifest: no source", MANIFEST, 'sources = ["TEU 5"]\n', "", [
        ("missing key `sources`", "", 'write `sources = ["TFEU 173(3)"]`'),
    ]),
    ("manifest: unknown pack", MANIFEST, "sources", 'builds_on = ["treatise"]\nsources', [
        ("unknown pack `treatise`", ":3, builds_on[1]", "did you mean `treaties`?"),
    ]),
    ("manifest: other version wanted", MANIFEST, "sources", 'builds_on = ["treaties >= 99, < 100"]\nsources', [
        (
            f"needs pack `treaties` >= 99, < 100, and that is version {TREATIES}", ":3, builds_on[1]",
            f"it is the one in {SHIPPED}; get another version of it, or change the range",
        ),
    ]),
    ("manifest: no range", MANIFEST, "sources", 'builds_on = ["treaties ~= 1.2", "treaties 1.2", "treaties >= 1.x"]\nsources', [
        ("`~= 1.2` is no range of versions", ":3, builds_on[1]", WRITE_RANGE),
        ("`1.2` is no range of versions", ":3, builds_on[2]", WRITE_RANGE),
        ("`>= 1.x` is no range of versions", ":3, builds_on[3]", WRITE_RANGE),
    ]),
    ("manifest: no version", MANIFEST, "sources", 'version = "1.0-beta"\nsources', [
        (
            "`1.0-beta` is no version", ":3, version",
            'a version is numbers with dots between: write for instance `version = "1.2"`',
        ),
    ]),
    ("manifest: number for a version", MANIFEST, "sources", "version = 1.2\nsources", [
        ("expected text, found a fraction", ":3, version", ""),
    ]),
    ("manifest: text for a list", MANIFEST, "sources", 'builds_on = "treaties"\nsources', [
        ("expected a list, found text", ":3, builds_on", ""),
    ]),
    ("manifest: itself", MANIFEST, "sources", 'builds_on = ["own"]\nsources', [
        ("packs build on each other in a circle: own > own", ":3, builds_on", ""),
    ]),
    ("manifest: not TOML", MANIFEST, "title.en", "title en", [
        ("not valid TOML: no `=` after `title`", ":1", "write `title = ...`"),
    ]),
    ("vocabulary: missing language, told once", EFFECTS, 'nl = "verplichting"\n', "", [
        ("missing key `nl`", ":4, obligation", 'write `nl = "..."`'),
    ]),
    ("vocabulary: unknown broader term", EFFECTS, 'broader = "obligation"', 'broader = "obligations"', [
        ("unknown broader term `obligations` in vocabulary `effects`", ":10, reporting.broader", "did you mean `obligation`?"),
    ]),
    ("vocabulary: number for a broader term", EFFECTS, 'broader = "obligation"', "broader = 5", [
        ("expected text, found a whole number", ":10, reporting.broader[1]", ""),
    ]),
    ("vocabulary: circle", EFFECTS, 'broader = "obligation"', 'broader = "reporting"', [
        ("broader terms form a circle: reporting > reporting", ":7, reporting", ""),
    ]),
    ("kinds: missing language", KINDS, 'title.nl = "rechtsgrondslag"\n', "", [
        ("no text in language `nl`", ":2, legal_basis.title", 'write `nl = "..."`'),
    ]),
    ("kinds: unknown type", KINDS, '"boolean"', '"bool"', [
        ("expected `terms`, `citation`, `text`, `integer`, `date` or `boolean`, found `bool`", ":7, legal_basis.fields.harmonisation.type", "did you mean `boolean`?"),
    ]),
    ("kinds: unknown vocabulary", KINDS, '"procedures"', '"procedure"', [
        ("unknown vocabulary `procedure`", ":6, legal_basis.fields.procedure", "did you mean `procedures`?"),
    ]),
    ("kinds: reserved field", KINDS, 'article = { type = "citation", required = true }', 'id = { type = "text" }', [
        ("a field cannot be called `id`: every fact has that key", ":5, legal_basis.fields.id", ""),
    ]),
    ("kinds: reserved word", KINDS, FILES[KINDS], FILES[KINDS].replace("legal_basis", "measure"), [
        ("a kind of fact cannot be called `measure`: conditions use that word", ":1, measure", ""),
    ]),
    ("kinds: fields that are no table", KINDS, FIELDS, "fields = 3", [
        ("expected a table, found a whole number", ":4, legal_basis.fields", ""),
    ]),
    ("kinds: no fields", KINDS, FIELDS, "", [
        ("kind of fact `legal_basis` has no fields", ":1, legal_basis", ""),
    ]),
    ("principles: no known source", PRINCIPLES, "TEU 5(1)", "TEU five", [
        ("source `TEU five` is in no known form", ":6, conferral.sources[1]", "write for instance `TFEU 173(3)`, `Regulation (EU) 2016/679 art. 5`, `C-376/98 para. 83`, `Kamerstuk 22112-4027` or `Stb. 2024, 12`; docs/reference/language.md lists all forms, and anything else is cited by its address, `https://...#place`"),
    ]),
    ("principles: missing language and unknown key", PRINCIPLES, "statement.nl", "statment.nl", [
        ("no text in language `nl`", ":4, conferral.statement", 'write `nl = "..."`'),
        ("unknown key `statment`", ":5, conferral.statment", "did you mean `statement`?"),
    ]),
    ("facts: unknown kind", FACTS, '"legal_basis"', '"legal_bases"', [
        ("unknown kind of fact `legal_bases`", ":1, kind", "did you mean `legal_basis`?"),
    ]),
    ("facts: a list for the kind", FACTS, '"legal_basis"', '["legal_basis"]', [
        ("expected a kind of fact, found a list", ":1, kind", ""),
    ]),
    ("facts: no kind", FACTS, 'kind = "legal_basis"\n', "", [
        ("missing key `kind`", "", "known here: `legal_basis`"),
    ]),
    ("facts: single table", FACTS, "[[fact]]", "[fact]", [
        ("expected a list of tables", ":3, fact", "write `[[fact]]`"),
    ]),
    ("facts: unknown table", FACTS, "[[fact]]", "[[facts]]\n[[fact]]", [
        ("unknown key `facts`", ":3, facts", "did you mean `fact`?"),
    ]),
    ("facts: no id", FACTS, 'id = "tfeu-173"\n', "", [
        ("missing key `id`", ":3, fact[1]", 'write `id = "art-1"`'),
    ]),
    ("facts: no value that the kind requires", FACTS, 'article = "TFEU 173(3)"\n', "", [
        ("missing key `article` in a fact of kind `legal_basis`", ":3, fact[1]", ""),
    ]),
    ("facts: unknown key and no source", FACTS, 'sources = ["TFEU 173(3)"]', 'source = ["TFEU 173(3)"]', [
        ("unknown key `source` in a fact of kind `legal_basis`", ":8, fact[1].source", "did you mean `sources`?"),
        ("missing key `sources`", ":3, fact[1]", 'write `sources = ["TFEU 173(3)"]`'),
    ]),
    ("facts: duplicate id", FACTS, "[[fact]]", '[[fact]]\nid = "tfeu-173"\narticle = "TFEU 173(3)"\nsources = ["TFEU 173(3)"]\n[[fact]]', [
        ("duplicate id `tfeu-173` of kind `legal_basis`, first at packs/facts/own/bases.toml:3, fact[1]", ":7, fact[2]", ""),
    ]),
    ("facts: six faults", FACTS, '["cod"]\nharmonisation = false\n', '["codd"]\nharmonisation = "no"\nceiling = 1.5\nsince = 2025-01-01T00:00:00\nground = "contested"\nvalid_from = 2025-01-02\nvalid_to = 2025-01-01\n', [
        ("unknown term `codd` in vocabulary `procedures`", ":6, fact[1].procedure", "did you mean `cod`?"),
        ("expected true or false, found text", ":7, fact[1].harmonisation", ""),
        ("expected a whole number, found a fraction", ":8, fact[1].ceiling", "amounts are in whole euros: 1_500_000"),
        ("expected a date, found a date with a time", ":9, fact[1].since", "write year-month-day, 2025-03-19"),
        ("`valid_to` is before `valid_from`", ":12, fact[1].valid_to", ""),
        ("a contested fact needs both `readings`", ":3, fact[1]", ""),
    ]),
    ("rule: unknown key", RULE, "ground", "grond", [
        ("missing key `ground`", "", 'write `ground = "policy"`'),
        ("unknown key `grond`", ":4, grond", "keys are in English: write `ground`"),
    ]),
    ("rule: unknown principle", RULE, '"conferral"', '"conferal"', [
        ("unknown principle `conferal`", ":3, principle", "did you mean `conferral`?"),
    ]),
    ("rule: unknown position", RULE, "ground", 'positions = ["x"]\nground', [
        ("unknown position `x`", ":4, positions[1]", ""),
    ]),
    ("rule: unknown ground", RULE, '"law"', '"lawful"', [
        ("expected `law`, `contested` or `policy`, found `lawful`", ":4, ground", "did you mean `law`?"),
    ]),
    ("rule: number for the ground", RULE, '"law"', "3", [
        ("expected `law`, `contested` or `policy`, found a whole number", ":4, ground", ""),
    ]),
    ("rule: no sources", RULE, 'sources = ["TFEU 2(5)"]\n', "", [
        ("missing key `sources`", "", 'write `sources = ["TFEU 173(3)"]`'),
    ]),
    ("rule: no source", RULE, '["TFEU 2(5)"]', "[]", [
        ("no source: a rule needs at least one", ":7, sources", ""),
    ]),
    ("rule: text for the sources", RULE, '["TFEU 2(5)"]', '"TFEU 2(5)"', [
        ("expected a list, found text", ":7, sources", ""),
    ]),
    ("rule: message in one language", RULE, 'nl = "{measure} harmoniseert op {legal_basis.article}"\n', "", [
        ("no text in language `nl`", ":17, message", 'write `nl = "..."`'),
    ]),
    ("rule: ends before it starts", RULE, "ground", "valid_from = 2025-01-02\nvalid_to = 2025-01-01\nground", [
        ("`valid_to` is before `valid_from`", ":5, valid_to", ""),
    ]),
    ("rule: date-time for a date", RULE, "ground", "valid_from = 2025-01-02T00:00:00\nground", [
        ("expected a date, found a date with a time", ":4, valid_from", "write year-month-day, 2025-03-19"),
    ]),
    ("rule: no condition", RULE, '[when.measure]\neffects = "harmonisation"\n[when.legal_basis]\narticle = "$measure.legal_basis"\nharmonisation = false\n', "", [
        ("missing key `when`", "", 'write `[when.measure]` and below it what is asked: `effects = "..."`'),
    ]),
    ("rule: empty condition", RULE, '[when.measure]\neffects = "harmonisation"\n[when.legal_basis]\narticle = "$measure.legal_basis"\nharmonisation = false\n', "[when]\n", [
        ("a condition without tests holds always", ":11, when", "leave it out, or say what it asks"),
    ]),
    ("rule: joins nothing", RULE, 'article = "$measure.legal_basis"\n', "", [
        ("`legal_basis` is joined to nothing: it would hold of every proposal, or of none", ":13, when.legal_basis", 'let one of its tests refer to the measure or the proposal: article = "$measure.legal_basis"'),
    ]),
    ("rule: joins nothing but a constant", RULE, 'article = "$measure.legal_basis"\n', 'article = "TFEU 173"\n', [
        ("`legal_basis` is joined to nothing: it would hold of every proposal, or of none", ":13, when.legal_basis", 'let one of its tests refer to the measure or the proposal: article = "$measure.legal_basis"'),
    ]),
    ("rule: joins nothing, negated", RULE, '[when.legal_basis]\narticle = "$measure.legal_basis"\n', "[when.not.legal_basis]\n", [
        ("`legal_basis` is joined to nothing: it would hold of every proposal, or of none", ":13, when.not.legal_basis", 'let one of its tests refer to the measure or the proposal: article = "$measure.legal_basis"'),
    ]),
    ("rule: exception that joins nothing", RULE, "[message]", '[[unless]]\nreason = { en = "x", nl = "y" }\n[unless.legal_basis]\nharmonisation = true\n[message]', [
        ("`legal_basis` is joined to nothing: it would hold of every proposal, or of none", ":19, unless[1].legal_basis", 'let one of its tests refer to the measure or the proposal: article = "$measure.legal_basis"'),
    ]),
    ("rule: reference to an unknown field", RULE, '"$measure.legal_basis"', '"$measure.legal_bases"', [
        ("unknown field `legal_bases` in `$measure.legal_bases`", ":14, when.legal_basis.article", "did you mean `legal_basis`?"),
    ]),
    ("rule: reference to nothing", RULE, '"$measure.legal_basis"', '"$measures.legal_basis"', [
        ("`$measures.legal_basis` refers to nothing", ":14, when.legal_basis.article", "did you mean `measure`?"),
    ]),
    ("rule: reference to a field of another type", RULE, '"$measure.legal_basis"', '"$measure.areas"', [
        ("`article` and `$measure.areas` hold different things and can never be equal", ":14, when.legal_basis.article", "what suits it: `$measure.legal_basis`"),
    ]),
    ("rule: unknown fact in a condition", RULE, "[message]", "[when.legalbasis]\nx = 1\n[message]", [
        ("unknown condition `legalbasis`", ":17, when.legalbasis", "did you mean `legal_basis`?"),
    ]),
    ("rule: unknown operator", RULE, 'effects = "harmonisation"\n', 'effects = { any_of = "harmonisation" }\n', [
        ("unknown operator `any_of`", ":12, when.measure.effects.any_of", "did you mean `any`?"),
    ]),
    ("rule: operator that does not fit", RULE, 'effects = "harmonisation"\n', "effects = { over = 3 }\n", [
        ("`over` does not suit `effects`", ":12, when.measure.effects.over", "known here: `all`, `any`, `at_least`, `at_most`, `beyond`, `empty`, `none`, `only`"),
    ]),
    ("rule: empty list of terms", RULE, 'effects = "harmonisation"\n', "effects = []\n", [
        ("an empty list: no value can meet it", ":12, when.measure.effects", "write { empty = true } to ask for no value"),
    ]),
    ("rule: no operator", RULE, 'effects = "harmonisation"\n', "effects = {}\n", [
        ("no operator: it would hold always", ":12, when.measure.effects", "say what it asks"),
    ]),
    ("rule: no test", RULE, 'effects = "harmonisation"\n', "", [
        ("no tests: it would hold always", ":11, when.measure", "say what it asks"),
    ]),
    ("rule: unknown field, fraction, no date", RULE, 'effects = "harmonisation"\n', 'amount = { over = 1.5 }\nstarts = { after = "soon" }\neffect = "x"\n', [
        ("expected a whole number, found a fraction", ":12, when.measure.amount.over", "amounts are in whole euros: 1_500_000"),
        ("`soon` is not a date", ":13, when.measure.starts.after", "write year-month-day, 2025-03-19"),
        ("unknown field `effect` of `measure`", ":14, when.measure.effect", "did you mean `effects`?"),
    ]),
    ("rule: negated join inside other", RULE, "[message]", '[when.other]\neffects = { none = "$judged.effects" }\n[message]', [
        ("a join with the judged measure cannot be negated inside `other` and `count`", ":17, when.other", "join on values that are shared"),
    ]),
    ("rule: negated join inside count", RULE, "[message]", '[when.count]\nat_least = 1\n[when.count.not.measure]\neffects = "$judged.effects"\n[message]', [
        ("a join with the judged measure cannot be negated inside `other` and `count`", ":17, when.count", "join on values that are shared"),
    ]),
    ("rule: count without a bound that can be", RULE, "[message]", '[when.count]\nat_least = -1\nmeasure.effects = "reporting"\n[message]', [
        ("expected a whole number from 0 to 1,000", ":18, when.count.at_least", ""),
        ("a count needs `at_least` or `at_most`", ":17, when.count", ""),
    ]),
    ("rule: count beyond all acts", RULE, "[message]", '[when.count]\nat_least = 1_000_000\nmeasure.effects = "reporting"\n[message]', [
        ("expected a whole number from 0 to 1,000", ":18, when.count.at_least", ""),
        ("a count needs `at_least` or `at_most`", ":17, when.count", ""),
    ]),
    ("rule: other inside count", RULE, "[message]", '[when.count]\nat_least = 1\nother.effects = "reporting"\n[message]', [
        ("`other` cannot stand inside `count`", ":19, when.count.other", ""),
    ]),
    ("rule: exception without a reason", RULE, "[message]", '[[unless]]\n[unless.measure]\neffects = "report"\n[message]', [
        ("an exception needs a reason", ":17, unless[1]", "add `reason.en` and `reason.nl`"),
        ("unknown term `report` in vocabulary `effects`", ":19, unless[1].measure.effects", "did you mean `reporting`?"),
    ]),
    ("rule: single exception", RULE, "[message]", "[unless]\nreason = 1\n[message]", [
        ("expected a list of tables, found a table", ":17, unless", "write `[[unless]]`"),
    ]),
    ("rule: placeholders that name nothing", RULE, '"{measure} harmonises on {legal_basis.article}"', '"{measures} {legal_basis.articel} {legal_basis} {measure.effect} {} }"', [
        ("a brace stands alone", ":18, message.en", "placeholders are written `{measure}`"),
        ("`{measures}` names nothing", ":18, message.en", "did you mean `measure`?"),
        ("`{legal_basis.articel}` names no field", ":18, message.en", "did you mean `article`?"),
        ("`{legal_basis}` names no field", ":18, message.en", "write `{legal_basis.article}`"),
        ("`{measure.effect}` names no field", ":18, message.en", "did you mean `effects`?"),
        ("`{}` names nothing", ":18, message.en", "known here: `legal_basis`, `measure`, `proposal`"),
    ]),
    ("rule: of the whole proposal, speaks of a measure", RULE, '[when.measure]\neffects = "harmonisation"\n[when.legal_basis]\narticle = "$measure.legal_basis"', '[when.legal_basis]\narticle = "$proposal.legal_basis"', [
        ("`{measure}` names nothing: the rule judges the whole proposal", ":16, message.en", "write `{proposal}`"),
        ("`{measure}` names nothing: the rule judges the whole proposal", ":17, message.nl", "write `{proposal}`"),
    ]),
    ("rule: of the whole proposal, speaks of a field of a measure", RULE, '[when.measure]\neffects = "harmonisation"\n[when.legal_basis]\narticle = "$measure.legal_basis"\nharmonisation = false\n\n[message]\nen = "{measure} harmonises on {legal_basis.article}"\nnl = "{measure} ', '[when.legal_basis]\narticle = "$proposal.legal_basis"\n\n[message]\nen = "{measure.effects}, {proposal.legal_basis}"\nnl = "{proposal} ', [
        ("`{measure.effects}` names nothing: the rule judges the whole proposal", ":15, message.en", "write `{proposal}`"),
    ]),
    ("rule: unknown expectation, no title", RULE, 'title = "harmonises"\nexpect = "conflict"', 'expect = "conflicts"', [
        ("missing key `title`", ":21, example[1]", 'write `title.en = "..."` and `title.nl = "..."`'),
        ("expected `conflict`, `condition`, `question`, `aligned`, `reserved`, `open`, `excepted` or `not-applicable`, found `conflicts`", ":22, example[1].expect", "did you mean `conflict`?"),
    ]),
    ("rule: an example that does not name the verdict", RULE, 'expect = "conflict"', 'expect = "applies"', [
        ("`applies` does not tell what the report says", ":23, example[1].expect", "write `conflict`"),
    ]),
    ("rule: unknown key in an example", RULE, 'expect = "conflict"', 'expects = "conflict"', [
        ("unknown key `expects`", ":23, example[1].expects", "did you mean `expect`?"),
        ("missing key `expect`", ":21, example[1]", 'write `expect = "not-applicable"`'),
    ]),
    ("rule: unknown term in an example", RULE, 'effects = "harmonisation"\n\n[[example]]', 'effects = "harmonise"\n\n[[example]]', [
        ("unknown term `harmonise` in vocabulary `effects`", ":27, example[1].measure[1].effects", "did you mean `harmonisation`?"),
    ]),
    ("rule: no example that it flags", RULE, 'expect = "conflict"', 'expect = "open"', [
        ("no example that the rule flags", "", NO_FLAGGED),
    ]),
    ("rule: no examples", RULE, EXAMPLES, "", [
        ("no example that the rule flags", "", NO_FLAGGED),
        ("no example that the rule leaves alone", "", 'add one with expect = "not-applicable"'),
    ]),
    ("rule: defeats an unknown rule", RULE, "ground", 'defeats = ["own/exclude"]\nground', [
        ("unknown rule `own/exclude`", ":4, defeats[1]", "did you mean `own/excluded`?"),
    ]),
    ("rule: defeats itself", RULE, "ground", 'defeats = ["own/excluded"]\nground', [
        ("rules defeat each other in a circle: own/excluded > own/excluded", ":4, defeats", ""),
    ]),
    ("rule: too many alternatives", RULE, "[message]", SPREAD, [
        ("a condition spreads out to more than 256 alternatives", ":11, when", "split the rule"),
    ]),
    ("rule: six faults", RULE, '"conferral"\nground = "law"\nverdict', '"conferal"\nground = "lawful"\npositions = ["x"]\ndefeats = ["x/y"]\nverdikt', [
        ("expected `law`, `contested` or `policy`, found `lawful`", ":4, ground", "did you mean `law`?"),
        ("missing key `verdict`", "", 'write `verdict = "conflict"`'),
        ("unknown key `verdikt`", ":7, verdikt", "did you mean `verdict`?"),
        ("unknown principle `conferal`", ":3, principle", "did you mean `conferral`?"),
        ("unknown position `x`", ":5, positions[1]", ""),
        ("unknown rule `x/y`", ":6, defeats[1]", ""),
    ]),
]  # fmt: skip


def said(*faults: tuple[str, str, str]) -> str:
    """The faults as the command prints them: message, place, help."""
    return (
        "error: "
        + "\n\n".join(
            "\n".join([message, f"  at {place}", *([f"help: {help_}"] if help_ else [])])
            for message, place, help_ in faults
        )
        + "\n"
    )


def write(changed: Mapping[str, str | bytes | None]) -> None:
    """Write the files of the small pack and the proposal, some of them changed, added or (None) left out."""
    for name, content in (FILES | dict(changed)).items():
        if content is not None:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, in which everybody may look around."""
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in this process; exit status, output, errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        return status, *capsys.readouterr()

    return call


def spawn(script: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a line of shell in which `consistent` is the command; a hang is a failure."""
    line = script.replace("consistent", " ".join(COMMAND))
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, check=False, timeout=60, env={**os.environ, **variables}
    )


@contextmanager
def unprivileged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Without the rights of root, whom no permission binds; shipped packs, which may lie in root's home, are left out."""
    monkeypatch.setattr("consistent.knowledge.packs.search_roots", list)
    engine_named("auto")  # imported while it can be
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_no_fault(run: Run) -> None:
    """What the cases start from is sound."""
    write({})
    status, out, err = run(*CHECK)
    assert (status, err) == (1, "")
    assert out.startswith("COM(2025) 1\n")


@pytest.mark.parametrize(("old", "new", "told"), [pytest.param(*case, id=name) for name, *case in PROPOSALS])
def test_proposal(run: Run, old: str, new: str, told: list[Told]) -> None:
    """Whatever is wrong with a proposal is told at its line, and nothing is checked."""
    assert old in FILES[PROPOSAL]
    write({PROPOSAL: FILES[PROPOSAL].replace(old, new, 1)})
    assert run(*CHECK) == (2, "", said(*((message, PROPOSAL + place, help_) for message, place, help_ in told)))


@pytest.mark.parametrize(("file", "old", "new", "told"), [pytest.param(*case, id=name) for name, *case in PACKS])
def test_pack(run: Run, file: str, old: str, new: str, told: list[Told]) -> None:
    """Whatever is wrong with a pack is told at its line, and nothing is checked."""
    assert old in FILES[file]
    write({file: FILES[file].replace(old, new, 1)})
    assert run(*CHECK) == (2, "", said(*((message, file + place, help_) for message, place, help_ in told)))


_TOO_DEEP = (
    "too much to be read: at most 64 lists and tables within each other",
    "",
    "write it with fewer in each other",
)
_WHOLE = "a proposal file has a table `[proposal]` and a table `[[measure]]` for each measure"
_UTF8 = "save it with encoding UTF-8"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"", ("missing table `proposal`", "", _WHOLE), id="empty"),
        pytest.param("title = 'Ën'".encode("latin-1"), ("file is not UTF-8: byte 0xcb", ":1", _UTF8), id="Latin-1"),
        pytest.param(FILES[PROPOSAL].encode("utf-16"), ("file is not UTF-8: byte 0xff", ":1", _UTF8), id="UTF-16"),
        pytest.param(b"\n\n\x80", ("file is not UTF-8: byte 0x80", ":3", _UTF8), id="binary"),
        pytest.param(bytes(100), ("not valid TOML: invalid statement", ":1", ""), id="null characters"),
        pytest.param(b"[" * 10_000, ("not valid TOML: invalid initial character for a key part", ":1", ""), id="brackets"),
        pytest.param(
            b"x = " + b"[" * 10_000, _TOO_DEEP, id="lists in lists"
        ),
        pytest.param(
            b"x = " + b"[" * 65 + b"]" * 65, _TOO_DEEP, id="65 lists"
        ),
        pytest.param(
            b"x" + b".x" * 900 + b" = 1", _TOO_DEEP, id="tables in tables"
        ),
        pytest.param(b"\nx = " + b"1" * 5_000, ("not readable: a number is too large", ":2", ""), id="5,000 digits"),
        pytest.param(
            b"\nx = 0x" + b"f" * 5_000, ("not readable: a number is too large", ":2, x", ""), id="5,000 hexadecimal digits"
        ),
    ],
)  # fmt: skip
def test_content(run: Run, content: bytes, told: Told) -> None:
    """What is no proposal at all is told as such, however large or deep."""
    write({PROPOSAL: content})
    message, place, help_ = told
    assert run(*CHECK) == (2, "", said((message, PROPOSAL + place, help_)))


def test_many_faults(run: Run) -> None:
    """A hundred faults are told, and how many more there are."""
    write({PROPOSAL: FILES[PROPOSAL] + "".join(f"key{number} = 1\n" for number in range(1_000, 1_300))})
    status, _, err = run(*CHECK)
    assert status == 2
    assert err.count("unknown key") == 100
    last = f"and 200 more faults, from here on\n  at {PROPOSAL}:{FILES[PROPOSAL].count(chr(10)) + 101}, measure[1].key1100\n"
    assert err.endswith(f"\n\n{last}help: mend those above first\n")
    with pytest.raises(InputError) as caught:
        load("packs").check(Path(PROPOSAL))
    assert len(caught.value.faults) == 300


def test_byte_order_mark_and_line_ends(run: Run) -> None:
    """A byte-order mark and line ends of Windows are no faults, and lines are counted right."""
    written = FILES[PROPOSAL].replace("\n", "\r\n")
    write({PROPOSAL: "\ufeff" + written})
    assert run(*CHECK)[::2] == (1, "")
    write({PROPOSAL: "\ufeff" + written.replace("amount", "ammount")})
    told = ("unknown key `ammount`", "p.toml:8, measure[1].ammount", "did you mean `amount`?")
    assert run(*CHECK) == (2, "", said(told))


def test_long_text(run: Run) -> None:
    """Of a megabyte of text the message shows both ends."""
    write({PROPOSAL: FILES[PROPOSAL].replace("harmonisation", "x" * 1_000_000)})
    status, _, err = run(*CHECK)
    message = err.splitlines()[0]
    assert status == 2
    assert re.fullmatch(r"error: unknown term `x+ \.\.\. x+` in vocabulary `effects`", message)
    assert len(message) < 700


def test_all_files_at_once(run: Run) -> None:
    """Faults of several proposals are told together, and none of the sound ones is checked."""
    write({"a.toml": "", "b.toml": "x =", "c.toml": FILES[PROPOSAL]})
    told = [
        ("missing table `proposal`", "a.toml", _WHOLE),
        ("not valid TOML: nothing stands after `=`", "b.toml:1", "write a value, or take the line away"),
        ("file cannot be read: no such file or directory", "gone.toml", ""),
    ]
    assert run("check", "a.toml", "b.toml", "c.toml", "gone.toml", "--pack", "packs") == (2, "", said(*told))


def test_all_rules_at_once(run: Run) -> None:
    """Faults of several rules are told together; that a broken rule is not there is not told again."""
    broken = FILES[RULE].replace('"law"', '"lawful"')
    write(
        {
            RULE: FILES[RULE].replace("ground", 'defeats = ["own/broken", "gone"]\nground'),
            "packs/rules/own/broken.toml": broken,
        }
    )
    told = [
        (
            "expected `law`, `contested` or `policy`, found `lawful`",
            "packs/rules/own/broken.toml:4, ground",
            "did you mean `law`?",
        ),
        ("unknown rule `gone`", f"{RULE}:4, defeats[2]", "known here: `own/excluded`"),
    ]
    assert run(*CHECK) == (2, "", said(*told))


OTHER = "packs/facts/other/pack.toml"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param(
            {MANIFEST: FILES[MANIFEST] + 'builds_on = ["other"]\n', OTHER: FILES[MANIFEST] + 'builds_on = ["own"]\n'},
            said(("packs build on each other in a circle: other > own > other", f"{OTHER}:4, builds_on", "")),
            id="packs in a circle",
        ),
        pytest.param(
            {
                RULE: FILES[RULE].replace("ground", 'defeats = ["own/second"]\nground'),
                "packs/rules/own/second.toml": FILES[RULE].replace("ground", 'defeats = ["own/excluded"]\nground'),
            },
            said((
                "rules defeat each other in a circle: own/excluded > own/second > own/excluded", f"{RULE}:4, defeats", "",
            )),
            id="rules in a circle",
        ),
        pytest.param(
            {
                MANIFEST: FILES[MANIFEST] + 'builds_on = ["other"]\n',
                OTHER: FILES[MANIFEST],
                "packs/facts/other/vocabulary/effects.toml": '[obligation]\nen = "duty"\nnl = "plicht"\n',
            },
            said((
                "term `obligation` is already in the pack `other`", f"{EFFECTS}:4, obligation",
                "to it can be added: `broader`, `synonyms`",
            )),
            id="a term defined anew",
        ),
        pytest.param(
            {OTHER: FILES[MANIFEST]},
            "error: several packs in `packs`: `other`, `own`\nhelp: name one, and the folder in CONSISTENT_PATH\n",
            id="two packs on top",
        ),
        pytest.param(
            {MANIFEST: None},
            said(("folder of facts without a manifest", "packs/facts/own", "add a file pack.toml")),
            id="no manifest",
        ),
        pytest.param(
            {"packs/rules/owm/excluded.toml": FILES[RULE]},
            said(("folder of rules of an unknown pack `owm`", "packs/rules/owm", "did you mean `own`?")),
            id="rules under a misspelt name",
        ),
    ],
)  # fmt: skip
def test_several_files(run: Run, changed: Mapping[str, str], told: str) -> None:
    """What is wrong between files is told at one of them."""
    write(changed)
    assert run(*CHECK) == (2, "", told)


def test_one_name_in_two_roots(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two packs of one name, none of which is in the folder that was named, none is chosen."""
    write({"packs/facts/treaties/pack.toml": FILES[MANIFEST]})
    monkeypatch.setenv("CONSISTENT_PATH", "packs")
    told = f"error: pack `treaties` is in two folders: {SHIPPED} and packs/facts/treaties\n"
    assert run("check", PROPOSAL, "--pack", "own") == (2, "", told)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nl-22112-402", "unknown pack `nl-22112-402`\nhelp: did you mean `nl-22112-4027`?"),
        (
            "",
            "unknown pack ``\nhelp: known here: `nl-22112-4027`, `treaties`; name a pack of your own by its folder, or put that in CONSISTENT_PATH",
        ),
        ("./gone", "no folder `gone` to load a pack from"),
        (
            PROPOSAL,
            f"unknown pack `{PROPOSAL}`\nhelp: known here: `nl-22112-4027`, `treaties`; name a pack of your own by its folder, or put that in CONSISTENT_PATH",
        ),
        (
            "\x1b[31m",
            "unknown pack `\ufffd[31m`\nhelp: known here: `nl-22112-4027`, `treaties`; name a pack of your own by its folder, or put that in CONSISTENT_PATH",
        ),
    ],
    ids=["unknown", "empty", "no folder", "a file", "an escape sequence"],
)
def test_unknown_pack(run: Run, name: str, told: str) -> None:
    """A pack that is not there, by name or by folder, is told with those that are."""
    write({})
    assert run("check", PROPOSAL, "--pack", name) == (2, "", f"error: {told}\n")


@pytest.mark.parametrize(
    ("prepare", "path", "told"),
    [
        ("true", "gone.toml", "no such file or directory"),
        ("mkdir d; ln -s gone d/x.toml", "d/x.toml", "no such file or directory"),
        ("ln -s loop.toml loop.toml", "loop.toml", "too many levels of symbolic links"),
        ("true", "/dev/zero", "it is a device"),
        ("true", "/dev/null", "it is a device"),
        ("true", "nul\0.toml", "no file has such a name"),
    ],
    ids=["missing file", "link to nothing", "link to itself", "endless device", "empty device", "null character"],
)  # fmt: skip
def test_no_regular_file(run: Run, prepare: str, path: str, told: str) -> None:
    """What cannot be read as a file is refused; nothing is waited for."""
    write({})
    subprocess.run(["bash", "-c", prepare], check=True)
    shown = path.replace("\0", "\ufffd")
    assert run("check", path, "--pack", "packs") == (2, "", said((f"file cannot be read: {told}", shown, "")))


def test_name_too_long(run: Run) -> None:
    """A name that the system does not take is told, shortened."""
    write({})
    status, out, err = run("check", "x" * 5_000, "--pack", "packs")
    assert (status, out) == (2, "")
    assert re.fullmatch(r"error: file or folder cannot be read: file name too long\n  at x+ \.\.\. x+\n", err)


def test_socket(run: Run) -> None:
    """A socket is no file."""
    write({})
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.toml")
        told = said(("file cannot be read: it is a device", "s.toml", ""))
        assert run("check", "s.toml", "--pack", "packs") == (2, "", told)


@pytest.mark.parametrize("path", ["f.toml", "d"])
def test_pipe_without_writer(run: Run, path: str) -> None:
    """A named pipe that nobody writes to is empty, and not waited for."""
    write({})
    Path("d").mkdir()
    os.mkfifo("f.toml")
    os.mkfifo("d/f.toml")
    place = path if path.endswith("toml") else "d/f.toml"
    assert run("check", path, "--pack", "packs") == (2, "", said(("missing table `proposal`", place, _WHOLE)))


def test_links_in_a_pack(run: Run) -> None:
    """A file of a pack that is a link to itself is not left out in silence."""
    write({KINDS: None})
    Path(KINDS).symlink_to("kinds.toml")
    told = said(("file cannot be read: too many levels of symbolic links", KINDS, ""))
    assert run(*CHECK) == (2, "", told)


def test_folder_that_holds_itself(run: Run) -> None:
    """A link from a folder to itself is not followed."""
    write({"d/p.toml": FILES[PROPOSAL]})
    Path("d/d").symlink_to(Path("d").resolve())
    status, out, err = run("check", "d", "--pack", "packs")
    assert (status, err) == (1, "")
    assert out.count("COM(2025) 1\n") == 1


def test_empty_folder(run: Run) -> None:
    """A folder without proposals is no success."""
    write({})
    Path("d").mkdir()
    told = said(("no proposals in this folder", "d", "proposals are files that end in .toml"))
    assert run("check", "d", "--pack", "packs") == (2, "", told)


@pytest.mark.parametrize(
    ("closed", "path", "told"),
    [
        (["p.toml"], "p.toml", [("file cannot be read: permission denied", "p.toml", "")]),
        (
            ["d/a", "d/b"],
            "d",
            [
                ("folder cannot be read: permission denied", "d/a", ""),
                ("folder cannot be read: permission denied", "d/b", ""),
            ],
        ),
        (["d/a"], "d/a/x.toml", [("file or folder cannot be read: permission denied", "d/a/x.toml", "")]),
        (["packs"], "p.toml", [("file or folder cannot be read: permission denied", "packs/facts", "")]),
        (["packs/facts"], "p.toml", [("folder cannot be read: permission denied", "packs/facts", "")]),
        (["packs/facts/own"], "p.toml", [("file cannot be read: permission denied", MANIFEST, "")]),
        (
            ["packs/facts/own/vocabulary"],
            "p.toml",
            [("folder cannot be read: permission denied", "packs/facts/own/vocabulary", "")],
        ),
        (["packs/rules/own"], "p.toml", [("folder cannot be read: permission denied", "packs/rules/own", "")]),
    ],
)  # fmt: skip
def test_no_permission(
    run: Run, monkeypatch: pytest.MonkeyPatch, closed: list[str], path: str, told: list[tuple[str, str, str]]
) -> None:
    """A file or folder that may not be read is told; the rest is not checked without it."""
    # The folders above may be closed as well, and would be told first.
    monkeypatch.setattr("consistent.knowledge.project_file._PROJECT_FILES", {})
    write({"d/a/x.toml": "", "d/b/x.toml": ""})
    modes = {name: Path(name).stat().st_mode for name in closed}
    for name in closed:
        Path(name).chmod(0)
    try:
        with unprivileged(monkeypatch):
            assert run("check", path, "--pack", "./packs") == (2, "", said(*told))
    finally:
        for name, mode in modes.items():
            Path(name).chmod(mode)


def test_too_large(run: Run) -> None:
    """A file of 100 MB is not read."""
    write({})
    with Path("big.toml").open("wb") as file:
        file.truncate(100_000_000)
    told = said((_TOO_MUCH[0], "big.toml", _TOO_MUCH[1]))
    assert run("check", "big.toml", "--pack", "packs") == (2, "", told)


_TOO_MUCH = ("too much to be read: at most 50,000,000 bytes", "split it; a proposal is one file")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("consistent check - --pack packs < /dev/null", ("missing table `proposal`", "<stdin>", _WHOLE)),
        ("printf '\\n\\x80' | consistent check - --pack packs", ("file is not UTF-8: byte 0x80", "<stdin>:2", _UTF8)),
        ("consistent check - --pack packs < /dev/zero", (_TOO_MUCH[0], "<stdin>", _TOO_MUCH[1])),
        ("consistent check - --pack packs <&-", ("input is closed", "<stdin>", "")),
        ("head -c 60000000 /dev/zero | consistent check /dev/stdin --pack packs", (_TOO_MUCH[0], "/dev/stdin", _TOO_MUCH[1])),
    ],
    ids=["empty", "binary", "endless", "closed", "large pipe"],
)  # fmt: skip
def test_standard_input(line: str, told: tuple[str, str, str]) -> None:
    """Standard input is read with the same guards as a file."""
    write({})
    found = spawn(line)
    assert (found.returncode, found.stdout, found.stderr.decode()) == (2, b"", said(told))


@pytest.mark.parametrize(
    "line",
    [
        "(sleep 0.5; cat p.toml) | consistent check /dev/stdin --pack packs",
        "consistent check <(sleep 0.5; cat p.toml) --pack packs",
    ],
    ids=["/dev/stdin", "process substitution"],
)
def test_pipe_with_writer(line: str) -> None:
    """A pipe is read to its end, also where the writer takes its time."""
    write({})
    found = spawn(line)
    assert (found.returncode, found.stderr) == (1, b"")
    assert found.stdout.startswith(b"COM(2025) 1\n")


@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        ("consistent check p.toml --pack packs --format json | true", 0, ""),
        ("consistent check --help | true", 0, ""),
        ("consistent check gone.toml --pack packs 2>&1 | true", 0, ""),
        ("consistent check p.toml --pack packs >&-", 1, ""),
        ("consistent check gone.toml --pack packs 2>&-", 2, ""),
        (
            "consistent check p.toml --pack packs > /dev/full",
            2,
            "error: output cannot be written: no space left on device\n",
        ),
        (
            "consistent check p.toml --pack packs --format json > /dev/full",
            2,
            "error: output cannot be written: no space left on device\n",
        ),
    ],
)  # fmt: skip
def test_output_that_cannot_be_written(line: str, status: int, told: str) -> None:
    """A reader that has gone is no fault; a full disk is one; neither gives a traceback."""
    write({})
    found = spawn(line)
    assert (found.returncode, found.stdout, found.stderr.decode()) == (status, b"", told)


@pytest.mark.parametrize(("arguments", "first"), [("-v", b"COM(2025) 1\n"), ("--format json", b"{\n")])
def test_reader_goes_early(arguments: str, first: bytes) -> None:
    """`head` takes the first line of much output, and the command stops in silence."""
    measures = "".join(f'[[measure]]\nid = "m{number}"\neffects = "harmonisation"\n' for number in range(1_000))
    write({PROPOSAL: FILES[PROPOSAL] + measures})
    found = spawn(f"set -o pipefail; consistent check p.toml --pack packs {arguments} | head -1")
    assert (found.returncode, found.stdout, found.stderr) == (0, first, b"")


_ODD = "A\\u001b[31m\\u009b31m\\u202e\\rB\\u0007 \u00eb\u2192"
# Titles and labels with what must not reach a terminal: of the proposal, a measure, a rule, a term.
ODD: Mapping[str, str] = {
    PROPOSAL: FILES[PROPOSAL]
    .replace("reference", f'title = "{_ODD}"\nreference')
    .replace("amount", f'title = "{_ODD}"\namount')
    .replace("COM(2025) 1", _ODD),
    MANIFEST: FILES[MANIFEST].replace("Own pack", _ODD),
    RULE: FILES[RULE]
    .replace("Harmonisation excluded", _ODD)
    .replace("The basis", _ODD)
    .replace('"harmonises"', f'"{_ODD}"'),
    EFFECTS: FILES[EFFECTS].replace('en = "harmonisation"', f'en = "{_ODD}"'),
}
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    "arguments",
    [
        CHECK,
        (*CHECK, "--verbose", "--lang", "nl"),
        (*CHECK, "--format", "json"),
        ("rules", "--pack", "packs"),
        ("rules", "--pack", "packs", "--format", "json"),
        ("explain", "own/excluded", "--pack", "packs"),
    ],
    ids=" ".join,
)
def test_control_characters(run: Run, arguments: tuple[str, ...]) -> None:
    """Nothing in a title or label can steer the terminal."""
    write(ODD)
    _, out, err = run(*arguments)
    assert err == ""
    assert "A" in out
    assert not _STEERING.search(out)


def test_control_characters_in_list_of_packs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor in the title of a pack."""
    write(ODD)
    monkeypatch.setenv("CONSISTENT_PATH", "packs")
    status, out, _ = run("packs")
    assert status == 0
    assert "A\ufffd[31m" in out
    assert not _STEERING.search(out)


def test_output_that_cannot_encode() -> None:
    """Where the output has no such letter text shows `?`."""
    write(ODD)
    found = spawn("consistent check p.toml --pack packs", PYTHONIOENCODING="ascii")
    assert (found.returncode, found.stderr) == (1, b"")
    assert found.stdout.isascii()
    assert b" ??" in found.stdout


@pytest.mark.parametrize(
    "command",
    [
        *(f"check p.toml --pack packs --format {form}" for form in ("json", "html", "markdown", "csv", "sarif")),
        "diff p.toml p.toml --pack packs --format html",
    ],
)
def test_documents_are_utf_8(command: str) -> None:
    """A document that goes to a file or pipe is in UTF-8, as it says, whatever the encoding of the terminal would be."""
    write(ODD)
    usual = spawn(f"consistent {command}", PYTHONIOENCODING="utf-8")
    assert "\u00eb" in usual.stdout.decode("utf-8") or b"\\u00eb" in usual.stdout
    found = spawn(f"consistent {command}", PYTHONIOENCODING="cp1252")
    assert (found.returncode, found.stdout, found.stderr) == (usual.returncode, usual.stdout, b"")


@pytest.mark.parametrize("form", ["json", "html", "csv"])
def test_document_of_a_file_name_that_is_not_utf_8(form: str) -> None:
    """Nor is there a name that cannot be written into a document."""
    write({})
    found = spawn(f"cp p.toml $'p\\xff.toml'; consistent check $'p\\xff.toml' --pack packs --format {form} -o out")
    assert (found.returncode, found.stderr) == (1, b"")
    assert Path("out").read_bytes().decode("utf-8")


class TestOutput:
    """What `-o` names is made, or written to where it is no file."""

    @pytest.mark.parametrize("force", ["", " --force"])
    def test_pipe(self, force: str) -> None:
        """A pipe is written to, and stays one."""
        write({})
        os.mkfifo("f")
        found = spawn(f"cat f > out & consistent check p.toml --pack packs --format json -o f{force}; echo $?; wait")
        assert (found.stdout, found.stderr) == (b"1\n", b"")
        assert Path("f").is_fifo()
        assert json.loads(Path("out").read_bytes())

    @pytest.mark.parametrize("force", ["", " --force"])
    def test_device(self, force: str) -> None:
        """A device is written to, and stays one; what it refuses is told."""
        write({})
        made = subprocess.run(["mknod", "null", "c", "1", "3"], capture_output=True, check=False).returncode == 0
        device = "null" if made and os.access("null", os.W_OK) else "/dev/null"
        if device != "null" and force:
            pytest.skip("no device can be made here")
        found = spawn(f"consistent check p.toml --pack packs --format html -o {device}{force}")
        assert (found.returncode, found.stdout, found.stderr) == (1, b"", b"")
        assert Path(device).is_char_device()
        found = spawn("consistent check p.toml --pack packs --format html -o /dev/full")
        told = b"error: file cannot be written: no space left on device\n  at /dev/full\n"
        assert (found.returncode, found.stderr) == (2, told)

    def test_link(self) -> None:
        """What a link leads to is replaced with `--force`, the link never."""
        write({"there": "old"})
        Path("link").symlink_to("there")
        line = "consistent check p.toml --pack packs --format json -o link"
        found = spawn(line)
        assert (found.returncode, Path("there").read_text()) == (2, "old")
        assert b"exists already" in found.stderr
        assert spawn(f"{line} --force").returncode == 1
        assert Path("link").is_symlink()
        assert json.loads(Path("there").read_text())

    @pytest.mark.parametrize("name", ["-", "/dev/stdout"])
    @pytest.mark.parametrize("command", ["check p.toml --pack packs --format json", "schema rule --pack packs"])
    def test_standard_output(self, command: str, name: str) -> None:
        """By its names it is what it is without `-o`; a file that it leads to keeps what it holds."""
        write({})
        usual = spawn(f"consistent {command}")
        found = spawn(f"(echo before; consistent {command} -o {name}) >> out; cat out")
        assert found.stdout == b"before\n" + usual.stdout
        assert not Path("-").exists()


def test_errors_that_cannot_be_encoded() -> None:
    """Nor does an error fail where its letters cannot be shown; the help names them."""
    write({PROPOSAL: FILES[PROPOSAL].replace("harmonisation", "h\u0430rmonisation")})
    found = spawn("consistent check p.toml --pack packs", PYTHONIOENCODING="ascii")
    assert found.stderr.decode("ascii") == said((
        "unknown term `h?rmonisation` in vocabulary `effects`",
        "p.toml:7, measure[1].effects[1]",
        "did you mean `harmonisation` or `obligation`? it holds U+0430 cyrillic small letter a",
    ))  # fmt: skip


def test_file_name_that_is_not_utf_8() -> None:
    """A file whose name is no text can be checked, and is named in JSON without loss."""
    write({})
    found = spawn("cp p.toml $'p\\xff.toml'; consistent check $'p\\xff.toml' --pack packs --format json")
    assert (found.returncode, found.stderr) == (1, b"")
    assert b'"path": "p\\udcff.toml"' in found.stdout


def test_many_measures(run: Run) -> None:
    """Ten thousand measures are checked, each on its own."""
    measures = "".join(f'[[measure]]\nid = "m{number}"\neffects = "harmonisation"\n' for number in range(9_999))
    write({PROPOSAL: FILES[PROPOSAL] + measures})
    status, out, err = run(*CHECK, "--format", "json")
    assert (status, err) == (1, "")
    assert out.count('"verdict": "conflict"') == 10_000


class TestLibrary:
    """The same guards where Python gives the input."""

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            ({"proposal": {}, 1: {}}, ("a key must be text", "<dict>", "")),
            ({"proposal": {"budget": 2**63}}, ("not readable: a number is too large", "<dict>, proposal.budget", "")),
            (
                {"proposal": {"budget": None}},
                ("expected a whole number, found nothing", "<dict>, proposal.budget", "amounts are in whole euros: 1_500_000"),
            ),
        ],
    )  # fmt: skip
    def test_dict(self, data: dict[str, object], told: tuple[str, str, str]) -> None:
        """A dict that TOML could not give is refused at its key."""
        with pytest.raises(InputError) as raised:
            load("treaties").read(data)
        assert f"error: {raised.value}\n" == said(told)

    def test_circle(self) -> None:
        """A dict that holds itself ends."""
        data: dict[str, object] = {"proposal": {}}
        data["measure"] = [data]
        with pytest.raises(InputError, match="at most 64 lists and tables"):
            load("treaties").read(data)

    def test_stream_that_fails(self) -> None:
        """Input that fails while it is read is a fault of the input."""

        class Broken(io.BytesIO):
            def read(self, _: int | None = -1, /) -> bytes:
                raise OSError(5, "Input/output error")

        with pytest.raises(InputError) as raised:
            files.read_stream(Broken(), "<stdin>")
        assert str(raised.value) == "input cannot be read: input/output error\n  at <stdin>"

    def test_usage(self) -> None:
        """Message and help of a usage error can be had apart."""
        with pytest.raises(UsageError) as raised:
            load("treatise")
        assert (raised.value.message, raised.value.help) == ("unknown pack `treatise`", "did you mean `treaties`?")
