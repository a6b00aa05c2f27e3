"""Makes the questions: which fields must be known, in which words, and what each answer would lead to."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

from attrs import define, frozen

from consistent.findings.case import Case
from consistent.findings.outcome import ForetoldOutcome, weight
from consistent.findings.wording import OWNERS, name_of, value_label
from consistent.inquiries.edits import Edit, apply, field_of, measure_named
from consistent.inquiries.questions._answers import Choice, asks_for_all, choices, vague_citations
from consistent.inquiries.questions.open_questions import (
    WHICH_PARAGRAPH,
    Answer,
    AskedField,
    AskedMeasure,
    FieldOf,
    Foretold,
    OpenQuestions,
    OpenRule,
    Question,
    words_of,
)
from consistent.inquiries.questions.pending import Key, OpenTest, Pending, completions, pending
from consistent.model.proposal import Field, Proposal, fields_in
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Vocabularies
from consistent.rules.program import ask
from consistent.rules.rule import VERDICTS, Verdict
from consistent.sources import source_label
from consistent.truth import Truth

__all__ = [
    "MANY",
    "foretell",
    "open_questions",
    "question_on",
    "questions_of",
    "questions_on",
    "settled_between",
    "settling",
    "value_of",
]

# The smallest set of fields that settles a report: what must be known whatever the other answers are.

# How many combinations of answers are looked at for one field before it is kept unproved.
_MOST = 400
# With more fields than this none is looked at: a draft of a long document leaves hundreds open, and all of them are needed.
_MOST_FIELDS = 100


def settling(
    open_rules: Mapping[Pending, Sequence[Key]], proposal: Proposal, vocabularies: Vocabularies, order: Sequence[Key]
) -> tuple[tuple[Key, ...], bool]:
    """The fields that are needed, in order: an irreducible set, by leaving out one after another.

    A field is left out where, whatever the answers for the fields that are kept, no rule is open for want of it. So what
    is kept settles every rule that answers can settle, and without any one of them some answers leave something open.

    Args:
        open_rules: with the fields that keep them open.
        proposal: as it is.
        vocabularies: for the terms that a field could hold.
        order: every field, what weighs most first; of two that do as well the lighter one is left out.

    Returns:
        The fields, and whether each is proved to be needed; one that could not be proved in time is kept, as all are
        where they are very many.
    """
    kept = list(order)
    if len(kept) > _MOST_FIELDS:
        return tuple(kept), False
    proved = True
    # Searches for one field and the next give many of the same answers.
    asked = cache(Pending.asked)
    for key in reversed(order):
        search = _Search(proposal, vocabularies, asked, frozenset(kept) - {key}, key)
        if not any(search.leaves_open(rule, proposal) for rule, keys in open_rules.items() if key in keys):
            kept.remove(key)
        proved = proved and search.left > 0
    return tuple(kept), proved


def value_of(proposal: Proposal, key: Key) -> Value:
    """What is known of a field; of a measure only what it says itself."""
    measure, name = key
    return proposal.value(name) if measure is None else proposal.value(name, measure_named(proposal, measure))


@define
class _Search:
    """A depth-first search for answers to other fields after which a rule is still open for want of one."""

    proposal: Proposal
    vocabularies: Vocabularies
    asked: Callable[[Pending, Proposal], tuple[OpenTest, ...]]
    others: frozenset[Key]
    key: Key
    left: int = _MOST

    def leaves_open(self, rule: Pending, proposal: Proposal) -> bool:
        """Whether there are such answers; yes where they were not looked for to the end."""
        self.left -= 1
        if self.left <= 0:
            return True
        asked = self.asked(rule, proposal)
        keys = tuple(dict.fromkeys(question.key for question in asked))
        # INVARIANT: an answer only takes tests away, so a field that is not asked for now never is again.
        if self.key not in keys:
            return False
        following = next((key for key in keys if key in self.others), None)
        if following is None:
            return True
        measure, name = following
        tests = [question for question in asked if question.key == following]
        values = completions(
            value_of(proposal, following),
            field_of(measure, name, fields_in(self.vocabularies)),
            tests,
            self.vocabularies,
        )
        return any(self.leaves_open(rule, apply(proposal, [Edit(measure, name, value)])) for value in values)


# More questions than this nobody reads one by one; of these so many are shown where they are told in short.
MANY, _FEW = 20, 3


def open_questions(case: Case, *, limit: int | None = None, in_short: bool = False) -> OpenQuestions:
    """Everything that is open in a case: what can be answered, what a person must judge, and what no answer settles.

    Args:
        case: the proposal and the rules.
        limit: how many questions at most; all unless given.
        in_short: without a limit, of more questions than anybody reads only the first few.
    """
    open_rules = _asked(case)
    kept, weights, smallest = _needed(case, open_rules)
    if limit is None and in_short and len(kept) > MANY:
        limit = _FEW
    return OpenQuestions(
        fields=_fields(case, kept, weights, open_rules),
        questions=tuple(_question(case, key, open_rules, weights[key]) for key in kept[:limit]),
        count=len(kept),
        smallest=smallest,
        to_judge=tuple(finding for finding in case.report().findings if finding.verdict == "question"),
        beyond=tuple(_rule(rule) for rule, asked in open_rules.items() if not asked),
    )


def questions_of(
    case: Case, *, skip: Collection[Key] = (), limit: int | None = None
) -> tuple[tuple[Question, ...], tuple[Key, ...]]:
    """The questions alone, and the fields of all of them, what weighs most first.

    Args:
        case: the proposal and the rules.
        skip: fields that are not to be asked for.
        limit: how many to make; all unless given.
    """
    open_rules = _asked(case)
    kept, weights, _ = _needed(case, open_rules)
    wanted = [key for key in kept if key not in skip]
    return tuple(_question(case, key, open_rules, weights[key]) for key in wanted[:limit]), tuple(wanted)


def question_on(case: Case, key: Key) -> Question:
    """The question that is put on a field on which something open hangs."""
    return questions_on(case, [key])[0]


def questions_on(case: Case, keys: Sequence[Key]) -> tuple[Question, ...]:
    """The questions that are put on several fields."""
    open_rules = _asked(case)
    weights: Counter[Key] = Counter()
    for rule, asked in open_rules.items():
        weights.update(dict.fromkeys({question.key for question in asked}, weight(rule.rule.verdict)))
    return tuple(_question(case, key, open_rules, weights[key]) for key in keys)


def foretell(case: Case, key: Key, value: Value) -> tuple[Foretold, ...]:
    """What would become of each open rule that hangs on a field, if that held the value; gravest first."""
    open_rules = {rule: asked for rule, asked in _asked(case).items() if any(question.key == key for question in asked)}
    return _Foretelling(case, open_rules).of(key, value)


def settled_between(before: Case, after: Case) -> tuple[tuple[Foretold, ...], int, int]:
    """What has become of the rules that were open, by the same rules on a proposal of which more is known.

    Returns:
        The rules, gravest first, and how many are open before and after.
    """
    open_rules = _asked(before)
    foretelling = _Foretelling(before, open_rules)
    foretold = tuple(foretelling.after(rule, after.proposal) for rule in sorted(open_rules, key=_gravity))
    return foretold, len(open_rules), len(pending(after))


def _fields(
    case: Case, kept: Sequence[Key], weights: Mapping[Key, int], open_rules: Mapping[Pending, Sequence[OpenTest]]
) -> tuple[AskedField, ...]:
    """The fields that are asked for, each with its measures."""
    rules = Counter(key for asked in open_rules.values() for key in {question.key for question in asked})
    grouped: dict[tuple[bool, str], list[Key]] = {}
    for key in kept:
        grouped.setdefault((key[0] is None, key[1]), []).append(key)
    fields = (
        AskedField(
            field=name,
            label=field_of(keys[0][0], name, case.knowledge.fields).label,
            measures=tuple(
                AskedMeasure(measure=key[0], title=title, reference=reference, rules=rules[key])
                for key in keys
                for title, reference in [_titled(case.proposal, key[0])]
            ),
            weight=sum(weights[key] for key in keys),
        )
        for (_, name), keys in grouped.items()
    )
    return tuple(sorted(fields, key=lambda entry: -entry.weight))


def _titled(proposal: Proposal, measure: str | None) -> tuple[Localized | None, str]:
    """The title of a measure, and where in the text it stands."""
    if measure is None:
        return None, ""
    named = measure_named(proposal, measure)
    return named.title, ", ".join(sorted(map(str, named.reference.yes)))


def _asked(case: Case) -> Mapping[Pending, Sequence[OpenTest]]:
    return {rule: rule.asked(case.proposal) for rule in pending(case)}


def _needed(
    case: Case, open_rules: Mapping[Pending, Sequence[OpenTest]]
) -> tuple[tuple[Key, ...], Mapping[Key, int], bool]:
    """The fields that settle everything, what weighs most first; what every field weighs; whether none can be spared."""
    keys = {rule: tuple(dict.fromkeys(question.key for question in asked)) for rule, asked in open_rules.items()}
    weights: dict[Key, int] = {}
    for rule, listed in keys.items():
        for key in listed:
            weights[key] = weights.get(key, 0) + weight(rule.rule.verdict)
    order = sorted(weights, key=lambda key: (-weights[key], _place(case, key)))
    kept, smallest = settling(keys, case.proposal, case.knowledge.vocabularies, order)
    return kept, weights, smallest


def _place(case: Case, key: Key) -> tuple[int, int]:
    """Where the field stands: the proposal first, then measure by measure."""
    measure, name = key
    if measure is None:
        return 0, list(case.knowledge.fields.proposal).index(name)
    number = next(number for number, candidate in enumerate(case.proposal.measures, 1) if candidate.id == measure)
    return number, list(case.knowledge.fields.measure).index(name)


def _question(case: Case, key: Key, open_rules: Mapping[Pending, Sequence[OpenTest]], weight: int) -> Question:
    measure, name = key
    field, value = field_of(measure, name, case.knowledge.fields), value_of(case.proposal, key)
    touched = {rule: asked for rule, asked in open_rules.items() if any(question.key == key for question in asked)}
    tests = [question for asked in touched.values() for question in asked if question.key == key]
    offered = choices(value, field, tests, case.knowledge)
    foretelling = _Foretelling(case, touched)
    title, reference = _titled(case.proposal, measure)
    return Question(
        measure=measure,
        title=title,
        reference=reference,
        field=name,
        label=field.label,
        text=_text(case, key, offered, vague_citations(value, tests) if field.type == "citation" else ()),
        known=_known(case, field, value),
        single=field.single,
        free=field.type != "terms" or field.single,
        closes=value.open and asks_for_all(tests),
        answers=tuple(
            Answer(
                kind=choice.kind, term=choice.term, label=choice.label, value=choice.value, stands_for=choice.stands_for,
                foretold=foretelling.of(key, choice.value),
            )
            for choice in offered
        ),
        rules=tuple(_rule(rule) for rule in sorted(touched, key=_gravity)),
        weight=weight,
    )  # fmt: skip


def _text(case: Case, key: Key, offered: Sequence[Choice], vague: Sequence[Atom]) -> Localized:
    """The question in words: the term's own where only one is asked for, and else that of the field."""
    measure = key[0]
    field = field_of(*key, case.knowledge.fields)
    terms = dict.fromkeys(choice.term for choice in offered if choice.term)
    only = next(iter(terms)) if len(terms) == 1 and field.type in {"terms", "citation"} else ""
    term = case.knowledge.vocabularies[field.vocabulary].terms[only] if only and field.type == "terms" else None
    if term is not None and term.question is not None:
        return term.question
    words = words_of(field, of_measures=measure is not None)
    judged = None if measure is None else measure_named(case.proposal, measure)

    def text(language: Language) -> str:
        if vague:
            cited = ", ".join(source_label(str(atom), language) for atom in vague)
            return WHICH_PARAGRAPH.get(language).format(cited=cited)
        label = term.label.get(language) if term else source_label(only, language)
        form = words.one if only else words.which
        name = name_of(case.proposal, judged, language) if judged else OWNERS["proposal"].get(language)
        return form.get(language).format(name=name, term=label, label=field.label.get(language))

    return Localized(*(text(language) for language in LANGUAGES))


def _known(case: Case, field: Field, value: Value) -> Localized | None:
    if not value.yes:
        return None
    return Localized(*(value_label(value, field, language, case.knowledge) for language in LANGUAGES))


@frozen
class _Foretelling:
    """Evaluates the open rules that hang on a field, given an answer."""

    case: Case
    open_rules: Mapping[Pending, Sequence[OpenTest]]

    def of(self, key: Key, value: Value) -> tuple[Foretold, ...]:
        """What becomes of each rule if the field holds the value."""
        changed = apply(self.case.proposal, [Edit(*key, value)])
        return tuple(self._one(rule, changed, key, value) for rule in sorted(self.open_rules, key=_gravity))

    def _one(self, pending: Pending, changed: Proposal, key: Key, value: Value) -> Foretold:
        asked = self.open_rules[pending]
        keys = tuple(dict.fromkeys(question.key for question in asked))
        own = [question for question in asked if question.key == key]
        left = [question.moving or ask(question.operator, question.operand, value) is Truth.UNKNOWN for question in own]
        # Where the value decides none of the tests, all stays as it is.
        if not all(left) or any(question.moving for question in own):
            among = keys if any(left) else tuple(other for other in keys if other != key)
            return self.after(pending, changed, among)
        return self._foretold(pending, "open", keys)

    def after(self, pending: Pending, changed: Proposal, among: Collection[Key] | None = None) -> Foretold:
        """What becomes of a rule on a proposal of which more is known; `among`: the fields that can keep it open."""
        if among is None:
            among = dict.fromkeys(question.key for question in self.open_rules[pending])
        return self._foretold(pending, *pending.outcome_and_keys(changed, among))

    def _foretold(self, pending: Pending, outcome: str, keys: Sequence[Key]) -> Foretold:
        return Foretold(
            rule=pending.rule.id, title=pending.rule.title_where(outcome), verdict=pending.rule.verdict, measure=pending.measure,
            outcome=_said(outcome, pending.rule.verdict),
            on=tuple(FieldOf(measure=measure, field=name, label=field_of(measure, name, self.case.knowledge.fields).label) for measure, name in keys),
        )  # fmt: skip


def _said(outcome: str, verdict: Verdict) -> ForetoldOutcome:
    match outcome:
        case "applies":
            return verdict
        case "excepted" if verdict == "condition":
            return "met"
        case "excepted" | "defeated":
            return "defeated"
        case "open":
            return "open"
        case _:
            return "not-applicable"


def _rule(pending: Pending) -> OpenRule:
    rule = pending.rule
    return OpenRule(rule=rule.id, title=rule.title, verdict=rule.verdict, measure=pending.measure)


def _gravity(pending: Pending) -> tuple[int, str, str]:
    return VERDICTS.index(pending.rule.verdict), pending.rule.id, pending.measure or ""
