"""Open questions for a reader."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from consistent.findings.outcome import LABELS, PRESENTATION, ForetoldOutcome, gravity
from consistent.inquiries.edits import Edit, measure_named
from consistent.inquiries.questions.open_questions import Foretold, OpenQuestions, Question
from consistent.inquiries.questions.pending import Key
from consistent.inquiries.questions.questions import MANY
from consistent.inquiries.questions.replying import numbered
from consistent.model.proposal import Fields, Proposal
from consistent.model.text import Language, Localized
from consistent.reports.labels import WORDS
from consistent.reports.outline import BREAK, Block, Item, Paragraph, Section, Span, dim, strong
from consistent.reports.terminal import shortened

__all__ = ["changed_outline", "closed_outline", "foretold_outline", "question_outline", "questions_outline"]

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


def questions_outline(found: OpenQuestions, language: Language) -> Iterator[Block]:
    """All that is open: the questions, what a person must judge, and what no answer settles."""
    shown = found.questions
    if not shown:
        yield Paragraph(_word("nothing open", language))
        yield BREAK
    else:
        heading = strong(_word("questions", language, count=found.count))
        is_all = len(shown) == found.count
        in_part = dim(_word("shown", language, shown=len(shown), count=found.count))
        yield Section(heading, [] if is_all else [Paragraph(in_part)], indent=0)
        yield BREAK
        if found.count > MANY:
            yield from _fields(found, language)
    for number, question in enumerate(shown, 1):
        yield from question_outline(question, language, head=f"{number}. ")
        yield BREAK
    if not found.smallest:
        yield Paragraph(_word("not smallest", language))
        yield BREAK
    if found.to_judge:
        items = [
            Item(
                strong(_owner(said.measure, language)),
                [Item(said.message.get(language)), Item(dim(said.rule))],
            )
            for said in found.to_judge
        ]
        yield Section(strong(_word("judge", language, count=len(items)), "unknown"), items)
        yield BREAK
    if found.beyond:
        beyond = [
            Item(f"{_owner(rule.measure, language)}: {rule.title.get(language)} ({rule.rule})") for rule in found.beyond
        ]
        yield Section(strong(_word("beyond", language, count=len(beyond))), beyond)
        yield BREAK


def _measure(
    measure: str | None, title: Localized | None, reference: str, language: Language, *, said: Localized | None = None
) -> str:
    """A measure by its id, by its title unless that was said already, and by where in the text it stands."""
    named = title.get(language) if title else ""
    quoted = f"'{shortened(named)}'" if named and not (said and named in said.get(language)) else ""
    return " ".join(part for part in (_owner(measure, language), quoted, reference and f"({reference})") if part)


def _fields(found: OpenQuestions, language: Language) -> Iterator[Block]:
    """The questions by field, where they are too many to be read one by one."""
    items = []
    for field in found.fields:
        label = field.label.get(language)
        if field.measures[0].measure is None:
            items.append(Item(f"{_owner(None, language)}: {label}"))
            continue
        names = [
            f"{_measure(asked.measure, asked.title, asked.reference, language)}: {_count(asked.rules, language)}"
            for asked in field.measures[:_MOST_TITLES]
        ]
        if len(field.measures) > _MOST_TITLES:
            names.append(_word("more", language, count=len(field.measures) - _MOST_TITLES))
        asked_of = _word("asked of", language, label=label, count=len(field.measures))
        items.append(Item(asked_of, [Item(dim(name)) for name in names]))
    yield Section(strong(_word("by field", language)), items)
    yield Paragraph(_word("close", language))
    yield BREAK


def _owner(measure: str | None, language: Language) -> str:
    return WORDS["proposal as a whole"].get(language) if measure is None else measure


def question_outline(question: Question, language: Language, *, head: str = "") -> Iterator[Section]:
    """A question with its answers, and what each would mean."""
    yield Section(strong(head + question.text.get(language)), _question(question, language), indent=3)


def _question(question: Question, language: Language) -> Iterator[Block]:
    place = [
        _measure(question.measure, question.title, question.reference, language, said=question.text),
        question.label.get(language),
        f"{_word('hangs', language)}: {_count(len(question.rules), language)}",
    ]
    yield Paragraph(dim(" · ".join(place)))
    if question.known is not None:
        yield Paragraph(dim(f"{_word('known', language)}: {question.known.get(language)}"))
    listed = () if question.yes_or_no else numbered(question)
    lacking = {answer.term: answer for answer in question.answers if answer.kind == "lacks"}
    for number, answer in enumerate(listed, 1):
        choices = (("if so", answer), ("if not", lacking[answer.term])) if answer.kind == "has" else (("", answer),)
        below = [
            block
            for word, choice in choices
            for block in foretold_outline(choice.foretold, question.key, language, word and _word(word, language))
        ]
        label = strong(f"{number}  {answer.label.get(language)}")
        yield Item((label, dim(f"  {answer.term}")), below, indent=3)
    for answer in question.answers:
        if answer not in listed and (question.yes_or_no or answer.kind not in {"has", "lacks"}):
            below = list(foretold_outline(answer.foretold, question.key, language))
            yield Item(strong(answer.label.get(language)), below, indent=3)
    if question.free and not any(answer.kind == "within" for answer in question.answers):
        yield Paragraph(dim(_word("free", language)))


def _count(count: int, language: Language) -> str:
    return _word("rule" if count == 1 else "rules", language, count=count)


def foretold_outline(
    foretold: Sequence[Foretold], answered: Key, language: Language, head: str = ""
) -> Iterator[Block]:
    """What an answer for a field leads to: what is settled, gravest first, and what then hangs on other fields only."""
    settled = [rule for rule in foretold if rule.outcome != "open"]
    lead = f"{head}: " if head else ""
    for outcome, group in _by_outcome(settled):
        yield Item((lead, _outcome(outcome, language), f": {_titles(group, language)}"))
        lead = " " * len(lead)
    still = [rule for rule in foretold if rule.on and all((key.measure, key.field) != answered for key in rule.on)]
    if still:
        names = dict.fromkeys(key.label.get(language) for rule in still for key in rule.on)
        said = _word("then on", language, fields=", ".join(names))
        yield Item((lead, dim(f"{said}: {_titles(still, language)}")))


def _by_outcome(rules: Sequence[Foretold]) -> Iterator[tuple[ForetoldOutcome, list[Foretold]]]:
    ordered = sorted(rules, key=lambda rule: gravity(rule.outcome))
    for outcome, group in groupby(ordered, key=lambda rule: rule.outcome):
        yield outcome, list(group)


def _outcome(outcome: ForetoldOutcome, language: Language) -> Span:
    tone = "" if outcome == "not-applicable" else PRESENTATION[outcome].tone
    return Span(LABELS[outcome].get(language), "strong" if outcome == "conflict" else "", tone)


def _titles(rules: Sequence[Foretold], language: Language) -> str:
    """The titles of a few rules; of more only how many."""
    titles = dict.fromkeys(f"'{rule.title.get(language)}'" for rule in rules)
    return ", ".join(titles) if len(titles) <= _MOST_TITLES else _count(len(rules), language)


def closed_outline(proposal: Proposal, edits: Sequence[Edit], fields: Fields, language: Language) -> Iterator[Block]:
    """Which fields of which measures were closed, and which of them have nothing at all then."""
    for name in dict.fromkeys(edit.field for edit in edits):
        closed = [edit for edit in edits if edit.field == name]
        label = fields.measure[name].label.get(language)
        emptied = [measure_named(proposal, edit.measure) for edit in closed if edit.measure and not edit.value.yes]
        below = []
        if emptied:
            named = [
                Item(dim(_measure(one.id, one.title, ", ".join(sorted(map(str, one.reference.yes))), language)))
                for one in emptied
            ]
            below.append(Item(Span(_word("emptied", language, count=len(emptied)), tone="caution"), named))
        yield Item(_word("closed", language, label=label, count=len(closed)), below)
    if not edits:
        yield Paragraph(_word("closed already", language))


def changed_outline(changed: Sequence[Foretold], before: int, after: int, language: Language) -> Iterator[Block]:
    """What answers have settled, and how much is open before and after them."""
    settled = [rule for rule in changed if rule.outcome != "open"]
    if settled:
        heading = strong(_word("changed", language, count=len(settled)))
        yield Section(heading, [_changed(outcome, rules, language) for outcome, rules in _by_outcome(settled)])
    yield Paragraph(_word("open now", language, before=before, after=after))


def _changed(outcome: ForetoldOutcome, rules: Sequence[Foretold], language: Language) -> Item:
    label = _outcome(outcome, language)
    if outcome == "not-applicable" and len(rules) > _MOST_TITLES:
        return Item((label, f": {_count(len(rules), language)}"))
    below = [
        Item(f"{_owner(rule.measure, language)}: {rule.title.get(language)}", [Item(dim(rule.rule))]) for rule in rules
    ]
    return Item(label, below)
