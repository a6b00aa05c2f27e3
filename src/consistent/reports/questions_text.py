"""Open questions as text for a terminal."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from consistent.findings.outcome import LABELS, PRESENTATION, ForetoldOutcome, gravity
from consistent.inquiries.edits import Edit, measure_named
from consistent.inquiries.questions.open_questions import Answer, Foretold, OpenQuestions, Question
from consistent.inquiries.questions.pending import Key
from consistent.inquiries.questions.questions import MANY
from consistent.inquiries.questions.replying import numbered
from consistent.model.proposal import MEASURE_FIELDS, Proposal
from consistent.model.text import Language, Localized
from consistent.reports.labels import WORDS
from consistent.reports.lines import Line, shortened

__all__ = ["changed_lines", "closed_lines", "foretold_lines", "question_lines", "questions_lines"]

# Titles beyond this number are counted and not named.
_MOST_TITLES = 3

_WORDS = {
    "questions": Localized(
        "Questions that settle the report, what weighs most first ({count})",
        "Vragen waarmee het rapport rond is, de zwaarstwegende eerst ({count})",
    ),
    "shown": Localized("shown: {shown} of {count}", "getoond: {shown} van {count}"),
    "nothing open": Localized(
        "Nothing is open that an answer could settle.", "Er staat niets open dat met een antwoord is op te lossen."
    ),
    "not smallest": Localized(
        "There may be a question among them that could be spared: that was not looked for to the end.",
        "Mogelijk kan een van de vragen achterwege blijven: dat is niet tot het einde uitgezocht.",
    ),
    "judge": Localized("For a person to judge ({count})", "Door een mens te beoordelen ({count})"),
    "beyond": Localized(
        "Open whatever is answered: a fact of the pack is not precise enough ({count})",
        "Open wat er ook wordt geantwoord: een feit in het pakket is niet nauwkeurig genoeg ({count})",
    ),
    "by field": Localized("By field", "Per veld"),
    "asked of": Localized(
        "{label}; measures of which it is asked: {count}", "{label}; maatregelen waarvan het wordt gevraagd: {count}"
    ),
    "more": Localized("and {count} more", "en nog {count}"),
    "close": Localized(
        "One answer can close a field for all measures: in the conversation with `that is all for all measures`, without one "
        "with `--close FIELD`.",
        "Eén antwoord kan een veld voor alle maatregelen afsluiten: in het gesprek met `dat is alles voor alle maatregelen`, "
        "zonder gesprek met `--close VELD`.",
    ),
    "closed": Localized("{label}: that is all; measures: {count}", "{label}: dat is alles; maatregelen: {count}"),
    "emptied": Localized(
        "of these so many have none at all, since nothing was known: {count}",
        "daarvan hebben er zoveel geen enkele, omdat er niets bekend was: {count}",
    ),
    "closed already": Localized("Nothing was left to close.", "Er was niets meer af te sluiten."),
    "known": Localized("known so far", "tot nu toe bekend"),
    "hangs": Localized("hangs on it", "hangt ervan af"),
    "if so": Localized("if so", "zo ja"),
    "if not": Localized("if not", "zo nee"),
    "free": Localized("any other can be named too", "elke andere kan ook worden genoemd"),
    "rules": Localized("{count} rules", "{count} regels"),
    "rule": Localized("1 rule", "1 regel"),
    "then on": Localized("then hangs on {fields}", "hangt dan af van {fields}"),
    "changed": Localized("Settled by the answers ({count})", "Beslist door de antwoorden ({count})"),
    "open now": Localized("open before: {before}, open now: {after}", "open eerst: {before}, open nu: {after}"),
}


def _word(name: str, language: Language, **values: object) -> str:
    return _WORDS[name].get(language).format(**values)


def questions_lines(found: OpenQuestions, language: Language) -> Iterator[Line]:
    """All that is open: the questions, what a person must judge, and what no answer settles."""
    shown = found.questions
    if not shown:
        yield 0, Text(_word("nothing open", language))
        yield 0, Text()
    else:
        yield 0, Text(_word("questions", language, count=found.count), style="bold")
        if len(shown) < found.count:
            yield 0, Text(_word("shown", language, shown=len(shown), count=found.count), style="dim")
        yield 0, Text()
        if found.count > MANY:
            yield from _fields(found, language)
    for number, each in enumerate(shown, 1):
        yield from question_lines(each, language, head=f"{number}. ")
        yield 0, Text()
    if not found.smallest:
        yield 0, Text(_word("not smallest", language))
        yield 0, Text()
    if found.to_judge:
        yield 0, Text(_word("judge", language, count=len(found.to_judge)), style="bold cyan")
        for said in found.to_judge:
            yield 2, Text(_owner(said.measure, language), style="bold")
            yield 4, Text(said.message.get(language))
            yield 4, Text(said.rule, style="dim")
        yield 0, Text()
    if found.beyond:
        yield 0, Text(_word("beyond", language, count=len(found.beyond)), style="bold")
        for rule in found.beyond:
            yield 2, Text(f"{_owner(rule.measure, language)}: {rule.title.get(language)} ({rule.rule})")
        yield 0, Text()


def _measure(
    measure: str | None, title: Localized | None, reference: str, language: Language, *, said: Localized | None = None
) -> str:
    """A measure by its id, by its title unless that was said already, and by where in the text it stands."""
    named = title.get(language) if title else ""
    quoted = f"'{shortened(named)}'" if named and not (said and named in said.get(language)) else ""
    return " ".join(part for part in (_owner(measure, language), quoted, reference and f"({reference})") if part)


def _fields(found: OpenQuestions, language: Language) -> Iterator[Line]:
    """The questions by field, where they are too many to be read one by one."""
    yield 0, Text(_word("by field", language), style="bold")
    for each in found.fields:
        if each.measures[0].measure is None:
            yield 2, Text(f"{_owner(None, language)}: {each.label.get(language)}")
            continue
        yield 2, Text(_word("asked of", language, label=each.label.get(language), count=len(each.measures)))
        for one in each.measures[:_MOST_TITLES]:
            name = _measure(one.measure, one.title, one.reference, language)
            yield 4, Text(f"{name}: {_count(one.rules, language)}", style="dim")
        if len(each.measures) > _MOST_TITLES:
            yield 4, Text(_word("more", language, count=len(each.measures) - _MOST_TITLES), style="dim")
    yield 0, Text(_word("close", language))
    yield 0, Text()


def _owner(measure: str | None, language: Language) -> str:
    return WORDS["proposal as a whole"].get(language) if measure is None else measure


def question_lines(question: Question, language: Language, *, head: str = "") -> Iterator[Line]:
    """A question with its answers, and what each would mean."""
    yield 0, Text(head + question.text.get(language), style="bold")
    place = [
        _measure(question.measure, question.title, question.reference, language, said=question.text),
        question.label.get(language),
        f"{_word('hangs', language)}: {_count(len(question.rules), language)}",
    ]
    yield 3, Text(" · ".join(place), style="dim")
    if question.known is not None:
        yield 3, Text(f"{_word('known', language)}: {question.known.get(language)}", style="dim")
    listed = numbered(question)
    lacking = {each.term: each for each in question.answers if each.kind == "lacks"}
    if question.yes_or_no:
        listed = ()
    for number, each in enumerate(listed, 1):
        yield 3, _option(number, each, language)
        if each.kind == "has":
            for word, one in (("if so", each), ("if not", lacking[each.term])):
                yield from foretold_lines(one.foretold, question.key, language, 6, _word(word, language))
        else:
            yield from foretold_lines(each.foretold, question.key, language, 6)
    for each in question.answers:
        if each not in listed and (question.yes_or_no or each.kind not in {"has", "lacks"}):
            yield 3, Text(each.label.get(language), style="bold")
            yield from foretold_lines(each.foretold, question.key, language, 6)
    if question.free and not any(each.kind == "within" for each in question.answers):
        yield 3, Text(_word("free", language), style="dim")


def _count(count: int, language: Language) -> str:
    return _word("rule" if count == 1 else "rules", language, count=count)


def _option(number: int, each: Answer, language: Language) -> Text:
    return Text.assemble((f"{number}  {each.label.get(language)}", "bold"), (f"  {each.term}", "dim"))


def foretold_lines(
    foretold: Sequence[Foretold], answered: Key, language: Language, indent: int, head: str = ""
) -> Iterator[Line]:
    """What an answer for a field leads to: what is settled, gravest first, and what then hangs on other fields only."""
    ordered = sorted((each for each in foretold if each.outcome != "open"), key=lambda each: gravity(each.outcome))
    lead = f"{head}: " if head else ""
    for outcome, group in groupby(ordered, key=lambda each: each.outcome):
        titles = _titles(list(group), language)
        yield indent, Text.assemble(lead, (LABELS[outcome].get(language), _style(outcome)), f": {titles}")
        lead = " " * len(lead)
    still = [each for each in foretold if each.on and all((one.measure, one.field) != answered for one in each.on)]
    if still:
        names = dict.fromkeys(each.label.get(language) for one in still for each in one.on)
        said = _word("then on", language, fields=", ".join(names))
        yield indent, Text.assemble(lead, (f"{said}: {_titles(still, language)}", "dim"))


def _style(outcome: ForetoldOutcome) -> str:
    if outcome == "not-applicable":
        return ""
    colour = PRESENTATION[outcome].colour
    return f"bold {colour}" if outcome == "conflict" else colour


def _titles(rules: Sequence[Foretold], language: Language) -> str:
    """The titles of a few rules; of more only how many."""
    titles = dict.fromkeys(f"'{each.title.get(language)}'" for each in rules)
    return ", ".join(titles) if len(titles) <= _MOST_TITLES else _count(len(rules), language)


def closed_lines(proposal: Proposal, edits: Sequence[Edit], language: Language) -> Iterator[Line]:
    """Which fields of which measures were closed, and which of them have nothing at all then."""
    for name in dict.fromkeys(each.field for each in edits):
        closed = [each for each in edits if each.field == name]
        label = MEASURE_FIELDS[name].label.get(language)
        yield 0, Text(_word("closed", language, label=label, count=len(closed)))
        emptied = [measure_named(proposal, each.measure) for each in closed if each.measure and not each.value.yes]
        if emptied:
            yield 2, Text(_word("emptied", language, count=len(emptied)), style="yellow")
            for one in emptied:
                reference = ", ".join(sorted(map(str, one.reference.yes)))
                yield 4, Text(_measure(one.id, one.title, reference, language), style="dim")
    if not edits:
        yield 0, Text(_word("closed already", language))


def changed_lines(changed: Sequence[Foretold], before: int, after: int, language: Language) -> Iterator[Line]:
    """What answers have settled, and how much is open before and after them."""
    settled = [each for each in changed if each.outcome != "open"]
    if settled:
        yield 0, Text(_word("changed", language, count=len(settled)), style="bold")
    ordered = sorted(settled, key=lambda each: gravity(each.outcome))
    for outcome, group in groupby(ordered, key=lambda each: each.outcome):
        rules = list(group)
        label = Text(LABELS[outcome].get(language), style=_style(outcome))
        if outcome == "not-applicable" and len(rules) > _MOST_TITLES:
            yield 2, Text.assemble(label, f": {_count(len(rules), language)}")
            continue
        yield 2, label
        for each in rules:
            yield 4, Text(f"{_owner(each.measure, language)}: {each.title.get(language)}")
            yield 6, Text(each.rule, style="dim")
    yield 0, Text(_word("open now", language, before=before, after=after))
