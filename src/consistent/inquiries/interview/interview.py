"""The questions that a person answers about an act until nothing is open; each fits on a screen.

In this order:

- `NearWords`: where words speak of several topics and nothing hangs on these elsewhere, the provisions with these words, each with
  all that they may speak of: an article is read once, and not for each topic again.
- `WhichProvisions`: another topic on which something open hangs; the provisions are listed, those with words that speak of it first.
  Topics that overlap are one question: no term is asked for twice.
- `FieldValue`: a field of the act itself, or one without terms, on which something open hangs; one of several provisions is put
  for all of these together (`FieldValues`).
- `NotFound`: what was looked for and not found, all terms of a field together, to be confirmed at once. A wide term of which
  nothing was found stands for all that is below it. What is left of several fields is one screen (`NotFounds`).
- `Basis`: what findings rest on and no person stands for, to be confirmed passage by passage.
- `Judgement`: what only a person can judge; points that are put once stand together, by dimension (`Judgements`).

Nothing is kept between two questions but the proposal: after each answer they are made anew.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from consistent.engine.choosing import engine_named
from consistent.findings.case import Case
from consistent.findings.outcome import PRESSING, weight
from consistent.findings.report import Report
from consistent.findings.said import LEVELS, Because, Finding, Level
from consistent.inquiries.interview.act_questions import (
    ActQuestion,
    Basis,
    FieldValue,
    FieldValues,
    HangsOn,
    Judgement,
    Judgements,
    Near,
    NearWords,
    NotFound,
    NotFounds,
    Provision,
    QuestionKey,
    Resting,
    Sought,
    WhichProvisions,
)
from consistent.inquiries.interview.room import (
    MOST_LINES,
    RULES,
    lines_of,
    lines_of_near,
    lines_of_resting,
    lines_of_rule,
    packed,
    parts_of_near,
    screens,
)
from consistent.inquiries.interview.topics import Topic, Topics, joined, topics_of
from consistent.inquiries.questions.pending import Key
from consistent.inquiries.questions.questions import question_on, questions_on
from consistent.model.evidence import Evidence
from consistent.model.proposal import Measure
from consistent.model.text import Localized
from consistent.model.vocabulary import Vocabulary
from consistent.rules.rule import Dimension
from consistent.shown import Shown
from consistent.truth import Truth

__all__ = [
    "Interview",
    "in_turn",
    "interview",
    "reference_of",
]

# So many terms of which no word speaks are asked of the same provisions at once; and so many of which words do.
_MOST_UNSPOKEN, _MOST_TOGETHER = 12, 8
# How a test is put of whose values one is enough.
_ONE_IS_ENOUGH = "any "
# A sentence, or a number of a paragraph, ends.
_SENTENCE_ENDS = re.compile(r"[.;:](?=\s|$)")


@frozen(kw_only=True)
class Interview(Shown):
    """What is left to be answered.

    Attributes:
        questions: what comes first, first.
        open: how many rules are open, each measure counted.
        presumed: how many are presumed not to apply.
    """

    questions: tuple[ActQuestion, ...]
    open: int
    presumed: int


def interview(case: Case, skipped: Collection[QuestionKey] = frozenset(), *, report: Report | None = None) -> Interview:
    """The questions that are left.

    Args:
        case: the proposal and the rules.
        skipped: keys of questions that are not to be put.
        report: of the case, where it was written already.

    Raises:
        EngineError: the engine did not do all of its work.
    """
    maker = _Maker(case, report)
    questions = tuple(_left(maker, skipped))
    return Interview(questions=questions, open=len(maker.report.open), presumed=maker.report.presumptions)


def in_turn(case: Case, skipped: Collection[QuestionKey] = frozenset()) -> Iterator[ActQuestion]:
    """The same questions, each made when it is asked for: the first is there long before they are counted.

    Args:
        case: the proposal and the rules.
        skipped: keys of questions that are not to be put.

    Raises:
        EngineError: the engine did not do all of its work.
    """
    return _left(_Maker(case), skipped)


def _left(maker: "_Maker", skipped: Collection[QuestionKey]) -> Iterator[ActQuestion]:
    return (question for question in maker.questions() if not _is_skipped(question.key, skipped))


def _is_skipped(key: QuestionKey, skipped: Collection[QuestionKey]) -> bool:
    """Whether a question was skipped, or one with all of its terms: which of them stand together changes with each answer."""
    kind, name, *terms = key
    if kind.startswith("not-found"):
        denied = {pair for other in skipped for pair in _sought_of(other)}
        return denied.issuperset(_sought_of(key))
    if kind == "near":
        return any(other[0] == kind and {*other}.issuperset(key) for other in skipped)
    if kind == "field":
        # What is left of several provisions.
        return key in skipped or any(other[:2] == ("fields", terms[0]) and name in other[2:] for other in skipped)
    return key in skipped or (
        kind in {"which", "fields"}
        and any(other[:2] == (kind, name) and {*other[2:]}.issuperset(terms) for other in skipped)
    )


def _sought_of(key: QuestionKey) -> Iterator[str]:
    """What a question on what was not found asks, as `field=term`; nothing for one of another kind."""
    kind, *rest = key
    if kind == "not-found":
        yield from (f"{rest[0]}={term}" for term in rest[1:])
    elif kind == "not-founds":
        yield from rest


class _Maker:
    def __init__(self, case: Case, report: Report | None = None) -> None:
        # The same is found by every engine; this one is asked again and again, and answers all measures at once.
        self._case = evolve(case, engine=engine_named("columns"))
        self._settlement = self._case.settled((case.proposal,))
        self._written = report
        self._topics: Topics = topics_of(self._case, self._settlement)
        self._rules = {compiled.rule.id: compiled.rule for compiled in case.program.rules}
        self._measures = {measure.id: measure for measure in case.proposal.measures}

    @property
    def report(self) -> Report:
        """What was found; of what is open the topics tell."""
        if self._written is None:
            self._written = self._case.written(self._settlement, 0, most_told=0)
        return self._written

    def questions(self) -> Iterator[ActQuestion]:
        """All of them, what comes first, first."""
        yield from self.which_provisions()
        yield from self.field_values()
        yield from self.not_found()
        yield from self.bases()
        yield from self.judgement_screens()

    def which_provisions(self) -> list[NearWords | WhichProvisions]:
        """The topics as questions; what no word of the act speaks of comes last, of a field together, however many rules hang on it."""
        told: list[NearWords | WhichProvisions] = []
        unspoken: dict[str, list[list[Topic]]] = {}
        topics = self._together(self._topics.open)
        # Of these an answer on the words is enough: nothing hangs on them where there are none.
        worded = [topic for topic in topics if self._speaking(topic).issuperset(topic.measures)]
        near = list(self._near_words(worded))
        if len(near) < len(worded):
            told += near
            topics = [topic for topic in topics if not any(topic is each for each in worded)]
        # Where one hangs on no other provisions than another, these would be gone through again.
        topics = self._together(topics, among_others=True)
        for topic in topics:
            question = self._which(topic)
            if question.provisions[0].level != "nothing":
                told.append(question)
                continue
            # The same provisions would have to be gone through again for each.
            screens = unspoken.setdefault(topic.field, [[]])
            if sum(len(each.terms) for each in (*screens[-1], topic)) > _MOST_UNSPOKEN:
                screens.append([])
            screens[-1].append(topic)
        together = (joined(topics) for screens in unspoken.values() for topics in screens if topics)
        return [*told, *map(self._which, together)]

    def _together(self, topics: Sequence[Topic], *, among_others: bool = False) -> list[Topic]:
        """Topics, what weighs most first; those of one field that share a term, or the provisions with words, are one.

        Args:
            topics: that are open.
            among_others: also where all provisions of one are provisions of the other.
        """
        groups: list[list[Topic]] = []
        where = {id(topic): self._speaking(topic) for topic in topics}
        for topic in topics:
            for group in groups:
                terms = {term for each in (*group, topic) for term in each.terms}
                if (
                    group[0].field == topic.field
                    and len(terms) <= _MOST_TOGETHER
                    and any(
                        not {*each.terms}.isdisjoint(topic.terms)
                        or (where[id(topic)] and where[id(topic)] == where[id(each)])
                        or (
                            among_others
                            and (
                                topic.measures.keys() <= each.measures.keys()
                                or each.measures.keys() <= topic.measures.keys()
                            )
                        )
                        for each in group
                    )
                ):
                    group.append(topic)
                    break
            else:
                groups.append([topic])
        return sorted(map(joined, groups), key=lambda topic: -topic.weight)

    def _speaking(self, topic: Topic) -> frozenset[str]:
        """The measures in which something hangs on a topic and words may speak of it."""
        return frozenset(name for name in topic.measures if self._unsure(name, topic))

    def _unsure(self, name: str, topic: Topic) -> list[Evidence]:
        """The words of a measure that may speak of a topic, each of a term of which it is not known whether it is there."""
        measure, vocabulary = self._measures[name], self._vocabulary(topic.field)
        return [
            hint
            for hint in _hinted(measure, topic.field, vocabulary.narrower(topic.terms))
            if measure.value(topic.field).has_any(vocabulary.narrower([hint.value])) is Truth.UNKNOWN
        ]

    def _near_words(self, topics: Iterable[Topic]) -> Iterator[NearWords]:
        """The words that may speak of some topics, provision by provision, those first on which most hangs."""
        rules: dict[tuple[str, str, str], Counter[str]] = {}
        told: dict[tuple[str, str, str], Evidence] = {}
        for topic in topics:
            unsure = {name: self._unsure(name, topic) for name in topic.measures}
            for rule, measures in topic.places:
                for name in filter(None, measures):
                    for hint in unsure[name]:
                        key = name, topic.field, hint.value
                        told.setdefault(key, hint)
                        rules.setdefault(key, Counter())[rule] += 1
        weights: Counter[str] = Counter()
        near: dict[str, list[Near]] = {}
        for key, counts in rules.items():
            weights[key[0]] += sum(weight(self._rules[rule].verdict) for rule in counts)
            near.setdefault(key[0], []).append(self._near(key, told[key], counts))
        for each in near.values():
            # What the same words speak of stands together, field by field.
            order = {words: number for number, words in enumerate(dict.fromkeys(one.words for one in each))}
            each.sort(key=lambda one: (order[one.words], one.field))
        ranked = sorted(near, key=lambda name: -weights[name])
        # Below them stand the rules that hang on it, of two lines each.
        room = MOST_LINES - 2 * RULES
        for screen in packed(
            (part for name in ranked for part in parts_of_near(near[name], room)), lines_of_near, room
        ):
            hanging = {(rule, one.measure) for one in screen for rule in rules[one.measure, one.field, one.term]}
            yield NearWords(near=tuple(screen), rules=self._hanging(Counter(rule for rule, _ in hanging)))

    def _near(self, key: tuple[str, str, str], hint: Evidence, rules: Mapping[str, int]) -> Near:
        name, field, term = key
        measure = self._measures[name]
        return Near(
            measure=name,
            reference=reference_of(measure),
            title=measure.title,
            field=field,
            label=self._case.knowledge.fields.measure[field].label,
            term=term,
            value=self._label(field, term),
            words=_in_its_words(hint, measure),
            rules=self._hanging(rules),
        )

    def field_values(self) -> Iterator[FieldValue | FieldValues]:
        """The fields that are no topic; those of the act first, of which some settle what is asked of each provision."""
        together: dict[tuple[bool, str], list[Key]] = {}
        for key in self._topics.others:
            together.setdefault((key[0] is not None, key[1]), []).append(key)
        for keys in sorted(together.values(), key=lambda keys: keys[0][0] is not None):
            if len(keys) == 1 or keys[0][0] is None:
                yield from (FieldValue(question=question_on(self._case, key)) for key in keys)
                continue
            questions = questions_on(self._case, keys)
            yield FieldValues(
                questions=questions,
                references=tuple(reference_of(self._measures[each.measure or ""]) for each in questions),
                rules=self._hanging(Counter(rule.rule for each in questions for rule in each.rules)),
            )

    def _which(self, topic: Topic) -> WhichProvisions:
        """A topic as a question."""
        below = self._vocabulary(topic.field).narrower(topic.terms)
        # The answer is about the whole act: who gives it must have seen each place where words may speak of it.
        near = [
            name
            for name, measure in self._measures.items()
            if _hinted(measure, topic.field, below) and measure.value(topic.field).has_any(below) is Truth.UNKNOWN
        ]
        provisions = [self._provision(self._measures[name], topic) for name in dict.fromkeys([*topic.measures, *near])]
        order = {name: number for number, name in enumerate(self._measures)}
        provisions.sort(
            key=lambda provision: (LEVELS.index(provision.level), not provision.counts, order[provision.measure])
        )
        return WhichProvisions(
            field=topic.field,
            label=self._case.knowledge.fields.measure[topic.field].label,
            single=self._case.knowledge.fields.measure[topic.field].single,
            terms=tuple((term, self._label(topic.field, term)) for term in topic.terms),
            provisions=tuple(provisions),
            rules=self._hanging(topic.rules),
            weight=topic.weight,
        )

    def _hanging(self, rules: Mapping[str, int]) -> tuple[HangsOn, ...]:
        """Rules, each with how often it hangs on an answer, gravest first."""
        order = list(PRESSING)

        def place(entry: tuple[str, int]) -> tuple[int, int]:
            verdict = self._rules[entry[0]].verdict
            return order.index(verdict) if verdict in order else len(order), -entry[1]

        return tuple(self._hangs(name, count) for name, count in sorted(rules.items(), key=place))

    def _hangs(self, name: str, count: int) -> HangsOn:
        rule = self._rules[name]
        return HangsOn(rule=name, title=rule.title, verdict=rule.verdict, measures=count)

    def _provision(self, measure: Measure, topic: Topic) -> Provision:
        below = self._vocabulary(topic.field).narrower(topic.terms)
        near = _hinted(measure, topic.field, below)
        said = [term for term in measure.value(topic.field).yes if term in below]
        level: Level = "said" if said else "near" if near else "nothing"
        evidence = [measure.evidence_for(topic.field, [term]) for term in said] if said else near
        return Provision(
            measure=measure.id,
            reference=reference_of(measure),
            title=measure.title,
            level=level,
            counts=measure.id in topic.measures,
            terms=tuple(map(str, said)) or tuple(self._meant(topic, [each.value for each in near])),
            words=next((_in_its_words(each, measure) for each in evidence if each is not None), ""),
        )

    def _meant(self, topic: Topic, values: Sequence[str]) -> dict[str, None]:
        """What words may speak of, with the terms of a topic that it is one of."""
        vocabulary = self._vocabulary(topic.field)
        return dict.fromkeys(
            [*values, *(term for term in topic.terms if not vocabulary.narrower([term]).isdisjoint(values))]
        )

    def not_found(self) -> Iterator[NotFound | NotFounds]:
        """What was looked for; of a field with very many terms more than one screen, and what is left of each field together."""
        readings = {reading.field: reading for reading in self._case.proposal.looked_for if not reading.by}
        listed: dict[str, list[Sought]] = {}
        besides: dict[str, list[Sought]] = {}
        for name in readings:
            weights: dict[str, int] = {}
            rules: dict[str, set[str]] = {}
            for topic in self._topics.presumed:
                for term in topic.terms if topic.field == name else ():
                    weights[term] = weights.get(term, 0) + topic.weight
                    rules.setdefault(term, set()).update(topic.rules)
            ranked = sorted(weights, key=lambda term: -weights[term])
            more = [term for term in self._topics.unasked.get(name, ()) if term not in weights]
            for term, below in self._families(name, [*ranked, *more]):
                needed = rules.keys() & {term, *below}
                (listed if needed else besides).setdefault(name, []).append(self._sought(name, term, below, rules))
        about = self._case.knowledge.fields.measure
        for screen in screens(listed, besides):
            parts = tuple(
                NotFound(
                    field=name,
                    label=about[name].label,
                    single=about[name].single,
                    sought=tuple(sought),
                    recall=(readings[name].found, readings[name].of),
                )
                for name, sought in screen.items()
            )
            yield parts[0] if len(parts) == 1 else NotFounds(parts=parts)

    def _families(self, name: str, ranked: Sequence[str]) -> list[tuple[str, list[str]]]:
        """Terms in order, each with those below it that it stands for.

        Who says that a wide term is nowhere in the act says it of all that is below. So it stands for these where neither it nor
        any of them was found, nor words that may speak of it.
        """
        vocabulary = self._vocabulary(name)
        values = {str(term) for measure in self._measures.values() for term in measure.value(name).yes}
        hints = {hint.value for measure in self._measures.values() for field, hint in measure.hints if field == name}
        there = values | hints
        silent = [term for term in ranked if vocabulary.narrower([term]).isdisjoint(there)]
        heads = {term: below for term in silent if len(below := vocabulary.narrower([term]).intersection(ranked)) > 1}
        widest = sorted(heads, key=lambda term: -len(heads[term]))

        def stands_for(head: str, term: str) -> bool:
            # One that belongs to several wide terms is found under each of these only where all of them are below the same one.
            wider = set(vocabulary.broader(term)).intersection(ranked)
            return term in heads[head] and wider <= {*heads[head], head, *vocabulary.broader(head)}

        head = {term: next((each for each in widest if stands_for(each, term)), term) for term in ranked}
        families: dict[str, list[str]] = {}
        for term in ranked:
            families.setdefault(head[term], []).append(term)
        return [(term, [each for each in family if each != term]) for term, family in families.items()]

    def _sought(self, field: str, term: str, under: Sequence[str], rules: Mapping[str, Collection[str]]) -> Sought:
        below = self._vocabulary(field).narrower([term])
        there: dict[str, None] = {}
        near: dict[str, None] = {}
        for measure in self._measures.values():
            if below & measure.value(field).yes:
                there[reference_of(measure)] = None
            elif _hinted(measure, field, below):
                near[reference_of(measure)] = None
        return Sought(
            term=term,
            label=self._label(field, term),
            below=tuple((each, self._label(field, each)) for each in under),
            found=tuple(there),
            near=tuple(near),
            rules=len({rule for each in (term, *under) for rule in rules.get(each, ())}),
        )

    def bases(self) -> Iterator[Basis]:
        """What findings rest on, as much of it as fits on a screen; what one rule rests on stands together."""
        filled: list[list[Resting]] = []
        room = 0
        # Findings come gravest first, and a value that several rest on stands with the first of these.
        for resting in self._resting():
            lines = lines_of_resting(resting) + lines_of_rule(resting.rules[0])
            if filled and resting.rules[0].rule == filled[-1][-1].rules[0].rule:
                lines -= lines_of_rule(resting.rules[0])
            if not filled or lines > room:
                filled.append([])
                room, lines = MOST_LINES, lines_of_resting(resting) + lines_of_rule(resting.rules[0])
            filled[-1].append(resting)
            room -= lines
        yield from (Basis(resting=tuple(screen)) for screen in filled)

    def _resting(self) -> Iterator[Resting]:
        places: dict[tuple[str, str], dict[str, str]] = {}
        rules: dict[tuple[str, str], dict[str, int]] = {}
        # What is put to a person anyway is put with its passages.
        tests = list(self._unconfirmed_tests(put=False))
        put = {(because.field, term) for _, because, told in self._unconfirmed_tests(put=True) for term, _ in told}
        # Of values of which one is enough one is asked: one that is asked anyway, or that most rests on; and those that a point
        # which is put rests on as well.
        needed = {(because.field, told[0][0]) for _, because, told in tests if len(told) == 1}
        most = Counter((because.field, term) for _, because, told in tests for term, _ in told)

        def worth(value: tuple[str, str]) -> tuple[bool, int]:
            return value in needed, most[value]

        for finding, because, told in tests:
            chosen = told
            if len(told) > 1 and because.condition.startswith(_ONE_IS_ENOUGH):
                best = max(told, key=lambda one: worth((because.field, one[0])))
                chosen = [one for one in told if one == best or (because.field, one[0]) in put]
                needed.add((because.field, best[0]))
            for term, quote in chosen:
                value = because.field, term
                places.setdefault(value, {}).setdefault(because.measure or "", quote)
                counts = rules.setdefault(value, {})
                counts[finding.rule] = counts.get(finding.rule, 0) + 1
        for (name, term), measures in places.items():
            yield Resting(
                field=name,
                label=self._case.knowledge.fields.measure[name].label,
                term=term,
                value=self._label(name, term),
                places=tuple((id, reference_of(self._measures[id]), quote) for id, quote in measures.items()),
                rules=tuple(self._hangs(rule, count) for rule, count in rules[name, term].items()),
            )

    def _unconfirmed_tests(self, *, put: bool) -> Iterator[tuple[Finding, Because, list[tuple[str, str]]]]:
        """The tests that findings rest on, each with its values that no person stands for.

        Args:
            put: of points that are put to a person, or else of all others that rest on something.
        """
        for finding in self.report.findings:
            if (finding.verdict == "question") is not put or finding.verdict == "reserved":
                continue
            if finding.waived or finding.answered:
                continue
            for because in finding.because:
                if not because.confirmed and because.subject == "measure" and because.measure is not None:
                    yield finding, because, list(self._unconfirmed(self._measures[because.measure], because))

    def _unconfirmed(self, measure: Measure, because: Because) -> Iterator[tuple[str, str]]:
        """The values that made a test come out as it did and that no person stands for, each with its words."""
        about = self._case.knowledge.fields.measure[because.field]
        if about.type != "terms":
            return
        vocabulary = self._case.knowledge.vocabularies[about.vocabulary]
        asked = because.condition.replace(",", " ").split()
        below = vocabulary.narrower(term for term in asked if term in vocabulary)
        for name, evidence in measure.evidence:
            if name == because.field and not evidence.confirmed:
                for term in [evidence.value] if evidence.value else because.found:
                    if term in because.found and (term in below or not below):
                        yield term, evidence.quote

    def judgements(self) -> Iterator[Judgement]:
        """What only a person can judge and nobody has, rule by rule."""
        by_rule: dict[str, list[Finding]] = {}
        for finding in self.report.findings:
            if finding.verdict == "question" and not finding.waived:
                by_rule.setdefault(finding.rule, []).append(finding)
        for name, findings in by_rule.items():
            places = (reference_of(self._measures[each.measure]) if each.measure else "" for each in findings)
            yield Judgement(findings=tuple(findings), places=tuple(places), rationale=self._rules[name].rationale)

    def judgement_screens(self) -> Iterator[Judgement | Judgements]:
        """The same, what is put once and is in one dimension together, as far as it fits on a screen; of it what is on one principle.

        What is left of each dimension stands together at the end.
        """
        by_dimension: dict[Dimension, dict[str, list[Judgement]]] = {}
        for judgement in self.judgements():
            first = judgement.findings[0]
            by_dimension.setdefault(first.dimension, {}).setdefault(first.principle, []).append(judgement)
        left: list[list[Judgement]] = []
        for by_principle in by_dimension.values():
            points = [point for listed in by_principle.values() for point in listed]
            yield from (point for point in points if len(point.findings) > 1)
            filled = packed(([point] for point in points if len(point.findings) == 1), _lines_of_points)
            yield from map(self._judgements, filled[:-1])
            left += filled[-1:]
        yield from map(self._judgements, packed(left, _lines_of_points))

    def _judgements(self, points: Sequence[Judgement]) -> Judgement | Judgements:
        if len(points) == 1:
            return points[0]
        principles = {point.findings[0].principle for point in points}
        dimensions = {point.findings[0].dimension for point in points}
        return Judgements(
            dimension=min(dimensions) if len(dimensions) == 1 else None,
            label=self._case.knowledge.principles[min(principles)].title if len(principles) == 1 else None,
            points=tuple(points),
        )

    def _vocabulary(self, field: str) -> Vocabulary:
        return self._case.knowledge.vocabularies[self._case.knowledge.fields.measure[field].vocabulary]

    def _label(self, field: str, term: str) -> Localized:
        return self._vocabulary(field).terms[term].label


def _lines_of_points(points: Sequence[Judgement]) -> int:
    return sum(map(lines_of, points))


def _in_its_words(evidence: Evidence, measure: Measure) -> str:
    """The words of a passage with those before it that stand in the same provision, up to the end of the sentence."""
    span, whole = evidence.span, measure.evidence_for("reference")
    if span is None or whole is None or whole.span is None:
        return evidence.quote
    words, length = evidence.quote, span[1] - span[0]
    if length > len(words) and evidence.suffix:
        # The passage goes on behind what is quoted of it.
        words = f"{words} {evidence.suffix}"
        length = len(evidence.quote)
    if ends := _SENTENCE_ENDS.search(words, min(length, len(words))):
        words = words[: ends.start()]
    # A passage in the title or a heading has nothing before it that is of this provision.
    room = max(span[0] - whole.span[0] - 1, 0)
    before = evidence.prefix[max(len(evidence.prefix) - room, 0) :]
    return f"{_SENTENCE_ENDS.split(before)[-1].strip()} {words}".strip()


def _hinted(measure: Measure, field: str, terms: Collection[str]) -> list[Evidence]:
    """The words of a measure that may speak of one of some terms; not of one that was denied."""
    return [
        evidence
        for name, evidence in measure.hints
        if name == field and evidence.value in terms and evidence.value not in measure.value(field).no
    ]


def reference_of(measure: Measure) -> str:
    """Where in the text a measure stands; its id where that is not known."""
    return ", ".join(sorted(map(str, measure.reference.yes))) or measure.id
