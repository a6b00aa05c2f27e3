"""Mistakes that authors make: each is told at the line that is to be mended, in words from which the mend follows."""

from pathlib import Path

import pytest

from consistent.checker import load
from consistent.errors import InputError
from consistent.toml.tomlfile import TomlFile
from tests.test_bad_input import FILES, PRINCIPLES, PROPOSAL, RULE

# What is typed; the line that is told; what is said behind `not valid TOML: `; the help.
SYNTAX = {
    "dots group thousands": ("a = 1\namount = 10.000.000\n", 2, "`10.000.000` is no number: neither dots nor commas group thousands", "write 10_000_000"),
    "dots in a test": ("amount = { over = 10.000.000 }\n", 1, "`10.000.000` is no number: neither dots nor commas group thousands", "write 10_000_000"),
    "commas group thousands": ("amount = 10,000,000\n", 1, "`10,000,000` is no number: neither dots nor commas group thousands", "write 10_000_000"),
    "a decimal comma": ("share = 1,5\n", 1, "`1,5` is no number: a fraction has a dot", "write 1.5"),
    "a sign of euros": ("amount = €500\n", 1, "`€500` is no number: an amount is in euros, in figures alone", "write for instance 1_500_000"),
    "millions in words": ("amount = 5 miljoen\n", 1, "`5 miljoen` is no number: an amount is in euros, in figures alone", "write for instance 1_500_000"),
    "a quotation mark forgotten": (
        'a = 1\ntitle = "not closed\nb = 2\n', 2, 'the text that begins here has no closing `"`', 'close it with `"`; a text of several lines begins and ends with `"""`',
    ),
    "a text over two lines": (
        'message.en = "one line\nand another"\n', 1, 'the text that begins here has no closing `"`', 'close it with `"`; a text of several lines begins and ends with `"""`',
    ),
    "three quotation marks forgotten": ('a = "#"\nmessage = """one\ntwo\nb = 3\n', 2, 'the text that begins here has no closing `"""`', 'close it with `"""`'),
    "curly quotes": ("a = 1\ntitle = \u201cCurly\u201d\n", 2, "`\u201c` begins no text: quotation marks are straight", 'write `"` on both sides'),
    "an apostrophe": ("title = 'A provider's way'\n", 1, "an apostrophe ends a text in single quotes", 'write the text in double quotes: `"..."`'),
    "a quotation": ('title = "The "way" there"\n', 1, "a quotation mark ends the text", 'write `\\"` for each that stands within it, or `\'...\'` around it'),
    "a path of Windows": ('path = "C:\\Users"\n', 1, "a backslash in a text begins a sign of its own", "write it twice, or the text in single quotes: `'...'`"),
    "one example, then several": ("a = 1\n[example]\nb = 1\n\n[[example]]\nb = 2\n", 2, "`[example]` stands beside `[[example]]`, of line 5", "write `[[example]]`"),
    "several examples, then one": ("[[example]]\nb = 1\n\n[example]\nb = 2\n", 4, "`[example]` stands beside `[[example]]`, of line 1", "write `[[example]]`"),
    "a key twice": ('a = 1\n\nground = "law"\nb = 2\nground = "policy"\n', 5, "`ground` is there already, on line 3", "take one of the two away"),
    "a key twice in a table": ('[x]\nground = "law"\nb = 2\nground = "policy"\n', 4, "`x.ground` is there already, on line 2", "take one of the two away"),
    "a key twice in a line": ("a = { b = 1, b = 2 }\n", 1, "`b` is there twice", "take one of the two away"),
    "a table twice": ("[when.measure]\na = 1\n[when.measure]\nb = 2\n", 3, "`[when.measure]` is there already, on line 1", "put what stands below the two under one of them"),
    "month 13": ("a = 1\n[x]\nuntil = 2027-13-01\n", 3, "`2027-13-01` is no date: there is no month 13", "write year-month-day, 2025-03-19"),
    "month 13 in a table": ("x = { until = 2027-13-01 }\n", 1, "`2027-13-01` is no date: there is no month 13", "write year-month-day, 2025-03-19"),
    "30 February": ("until = 2032-02-30\n", 1, "`2032-02-30` is no date: there is no 30 February 2032", "write year-month-day, 2025-03-19"),
    "30 February in a table": ("x = { until = 2032-02-30 }\n", 1, "`2032-02-30` is no date: there is no 30 February 2032", "write year-month-day, 2025-03-19"),
    "a date with one figure": ("until = 2032-2-3\n", 1, "`2032-2-3` is no date: month and day have two digits", "write 2032-02-03"),
    "a date as the Dutch write it": ("until = 31-12-2032\n", 1, "`31-12-2032` is no date: the year comes first, with hyphens between", "write 2032-12-31"),
    "a word alone": ("ground = law\n", 1, "`law` stands without quotation marks", 'write `"law"`'),
    "true with a capital": ("x = True\n", 1, "`True` is written otherwise", "write true, without quotation marks"),
    "nothing behind the sign": ("x =\n", 1, "nothing stands after `=`", "write a value, or take the line away"),
    "a colon": ('title: "x"\n', 1, "no `=` after `title`", "write `title = ...`"),
    "a list without its end": ('a = 1\nx = [\n"b",\n"c"\ny = 2\n', 2, "the list that begins here has no closing `]`", "close it with `]`"),
    "a comma forgotten": ('x = ["b" "c"]\n', 1, "no comma between two values", "write a comma after each value but the last"),
    "what has no name here": ("[when\na = 1\n", 1, "expected ']' at the end of a table declaration", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message", "help_"), SYNTAX.values(), ids=SYNTAX)
def test_syntax(text: str, line: int, message: str, help_: str) -> None:
    """What is no TOML is told by the name that its author has for the mistake, where it begins."""
    with pytest.raises(InputError) as caught:
        TomlFile.parse(text, "rule.toml")
    (fault,) = caught.value.faults
    assert (fault.message, fault.location.line, fault.help) == (f"not valid TOML: {message}", line, help_)


@pytest.mark.parametrize("text", ['title = "In 10.000.000 texts of 2026-13-01"\nx = [\n', "# 31-12-2032\nx = [\n"])
def test_words_of_texts_are_no_mistakes(text: str) -> None:
    """What a text or a remark says is not taken for the mistake."""
    with pytest.raises(InputError) as caught:
        TomlFile.parse(text)
    assert "no closing `]`" in caught.value.faults[0].message


_MEASURE = '[when.measure]\neffects = "harmonisation"\n'
_ASKED = 'effects = "harmonisation"\n[when.legal_basis]'
_MESSAGE = FILES[RULE][FILES[RULE].index("[message]") : FILES[RULE].index("[[example]]")]
_VOCABULARY = "packs/facts/own/vocabulary"
_TERM = '[smart-glasses]\nen = "smart glasses"\nnl = "slimme brillen"\n'
# In a file of a pack: what is replaced, by what; the line that is told, what is said, the help.
PACKS = {
    "message left out": (RULE, _MESSAGE, "", None, "missing key `message`", 'write `message.en = "..."` and `message.nl = "..."`'),
    "sources left out": (RULE, 'sources = ["TFEU 2(5)"]\n', "", None, "missing key `sources`", 'write `sources = ["TFEU 173(3)"]`'),
    "a field as a condition": (
        RULE, _MEASURE, '[when]\neffects = "harmonisation"\n', 12, "unknown condition `effects`", "`effects` is a field of the measure: write `measure.effects`",
    ),
    "a field in an exception": (
        RULE, "[message]", '[[unless]]\nreason.en = "a"\nreason.nl = "b"\neffects = "reporting"\n[message]', 20,
        "unknown condition `effects`", "`effects` is a field of the measure: write `measure.effects`",
    ),
    "or": (RULE, _MEASURE, '[[when.or]]\nmeasure.effects = "harmonisation"\n', 11, "unknown condition `or`", "write `any`"),
    "two brackets": (RULE, "[when.measure]", "[[when.measure]]", 11, "expected a table of tests, found a list", "write `[when.measure]`"),
    "a field of the proposal": (
        RULE, _ASKED, "budget = { over = 3 }\n[when.legal_basis]", 12, "unknown field `budget` of `measure`", "`budget` is a field of the proposal: write `proposal.budget`",
    ),
    "a field of one's own": (
        RULE, _ASKED, "age = 16\n[when.legal_basis]", 12, "unknown field `age` of `measure`", "known here: `actors`, `addressees`, `amount`",
    ),
    "not as an operator": (RULE, _ASKED, 'effects = { not = "harmonisation" }\n[when.legal_basis]', 12, "unknown operator `not`", "write `none`"),
    "an operator of another name": (RULE, _ASKED, "ends = { later_than = 2030-01-01 }\n[when.legal_basis]", 12, "unknown operator `later_than`", "write `after`"),
    "what cannot be equal": (
        RULE, "harmonisation = false\n\n[message]", 'ceiling = "$measure.effects"\n\n[message]', 15,
        "`ceiling` and `$measure.effects` hold different things and can never be equal", "what suits it: `$measure.amount`",
    ),
    "an example without a title": (RULE, 'title = "harmonises"\n', "", 21, "missing key `title`", 'write `title.en = "..."` and `title.nl = "..."`'),
    "one measure of an example": (
        RULE, '[[example.measure]]\neffects = "harmonisation"', '[example.measure]\neffects = "harmonisation"', 26, "expected a list of tables", "write `[[example.measure]]`",
    ),
    "the end of an id": (RULE, 'ground = "law"', 'ground = "law"\ndefeats = ["excluded"]', 5, "unknown rule `excluded`", "did you mean `own/excluded`?"),
    "a reference in a message": (
        RULE, "{measure} harmonises", "$measure harmonises", 18, "`$measure` is printed as it stands: a message has placeholders", "write `{measure}`",
    ),
    "a key in Dutch": (RULE, "[when.measure]", "[wanneer.measure]", 11, "unknown key `wanneer`", "keys are in English: write `when`"),
    "another language": (RULE, "title.nl = ", "title.fr = ", 2, "unknown language `fr`", "known here: `en`, `nl`"),
    "a source in words": (RULE, "TFEU 2(5)", "Kamerstuk 22112", 7, "source `Kamerstuk 22112` is in no known form", "the form nearest to it is `Kamerstuk 36263-A`"),
    "a position without its place": (
        "packs/facts/own/positions.toml", "", '[a]\nkind = "red-line"\nsummary.en = "a"\nsummary.nl = "b"\nsources = ["TEU 5(1)"]\n', 1, "missing key `at`", 'write `at = ["par. 2"]`',
    ),
    "a term with a capital": (
        f"{_VOCABULARY}/effects.toml", "[obligation]", "[Obligation]", 10, "unknown broader term `obligation` in vocabulary `effects`", "did you mean `Obligation`",
    ),
    "a file of Windows": ("packs/rules/own/x.toml.txt", "", "x = 1\n", None, "file is not read: its name does not end in `.toml`", "call it `x.toml`, or move it elsewhere"),
    "a name with a blank": ("packs/rules/own/My Rule.toml", "", FILES[RULE], None, "`own/My Rule` is no id for a rule", "write small letters, digits and hyphens"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line", "message", "help_"), PACKS.values(), ids=PACKS)
def test_pack(
    file: str,
    old: str,
    new: str,
    line: int | None,
    message: str,
    help_: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What authors of packs type is told at its line, with what to write in its place; also in Dutch, and in other words."""
    monkeypatch.chdir(tmp_path)
    files = FILES | {file: FILES[file].replace(old, new, 1) if file in FILES else new}
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        load("packs")
    (fault,) = [each for each in caught.value.faults if each.message == message]
    assert (fault.location.path, fault.location.line) == (file, line)
    assert fault.help.startswith(help_)
    dutch = fault.in_words("nl")
    assert dutch[0] != fault.message
    assert dutch[1] != fault.help


def test_a_word_for_none() -> None:
    """`none` for a field that has nothing is told the list that says so."""
    kb = load("treaties")
    with pytest.raises(InputError) as caught:
        kb.read_file(TomlFile.parse(FILES[PROPOSAL].replace('["harmonisation"]', '["none"]')))
    assert caught.value.faults[0].help.startswith("write [] where it is known that there is none")


def test_a_term_of_a_vocabulary_that_no_field_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A term in `area.toml` is told to be there, and not likened to one that looks like it."""
    monkeypatch.chdir(tmp_path)
    files = FILES | {
        f"{_VOCABULARY}/area.toml": _TERM,
        RULE: FILES[RULE].replace(_ASKED, f'areas = "smart-glasses"\n{_ASKED}'),
    }
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        load("packs")
    helps = {fault.help for fault in caught.value.faults if "smart-glasses" in fault.message}
    assert helps == {"it is in the vocabulary `area`, which this field does not read"}


def test_an_early_fault_hides_no_later_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A term without Dutch, principles that are no TOML and a rule with a key misspelt are told together, each once."""
    monkeypatch.chdir(tmp_path)
    effects = f"{_VOCABULARY}/effects.toml"
    changed = {
        effects: FILES[effects].replace('nl = "verplichting"\n', ""),
        PRINCIPLES: "[conferral\n",
        RULE: FILES[RULE].replace("verdict =", "verdikt ="),
    }
    for name, content in (FILES | changed).items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        load("packs")
    told = [(fault.location.path, fault.message) for fault in caught.value.faults]
    assert told == [
        (effects, "missing key `nl`"),
        (PRINCIPLES, "not valid TOML: expected ']' at the end of a table declaration"),
        (RULE, "missing key `verdict`"),
        (RULE, "unknown key `verdikt`"),
    ]
