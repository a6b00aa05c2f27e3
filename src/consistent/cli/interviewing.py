"""The conversation of `consistent ask` about a proposal that was read by machine: questions about the act, one screen each."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from attrs import define, field, frozen
from rich.console import Console
from rich.text import Text

from consistent.checker import KnowledgeBase
from consistent.cli._conversation import BACK, HELP, QUIT, SKIP, Conversation
from consistent.errors import InputError, UsageError, printable
from consistent.findings.case import Case
from consistent.inquiries.interview import replying, taking
from consistent.inquiries.interview.act_questions import (
    ActQuestion,
    Basis,
    FieldValue,
    FieldValues,
    Judgement,
    Judgements,
    NearWords,
    NotFound,
    NotFounds,
    QuestionKey,
    WhichProvisions,
)
from consistent.inquiries.interview.field_answers import field_answered, fields_answered
from consistent.inquiries.interview.interview import in_turn, reference_of
from consistent.model.proposal import Proposal
from consistent.model.text import Language, Localized
from consistent.reports.interview_text import act_question_outline, left_line
from consistent.reports.terminal import print_outline
from consistent.toml.tomlfile import TomlFile

__all__ = ["ActDialogue"]

_MORE = {"more", "meer", "m"}
_LEAVE_OPEN = "?"
# So many terms are named where it is told how an answer was taken.
_TOLD = 4
_HINTS = {
    WhichProvisions: Localized(
        "numbers or provisions (1 3, 5(2), art. 7), `1: 2` for the second term; `none`: nowhere in the act,\n"
        "`not here`: not in these; `more`, Enter: skip, b: back, q: stop",
        "nummers of bepalingen (1 3, 5(2), art. 7), `1: 2` voor de tweede term; `geen`: nergens in de handeling,\n"
        "`hier niet`: niet in deze; `meer`, Enter: overslaan, b: terug, q: stoppen",
    ),
    NearWords: Localized(
        "the numbers of what is so: `1 4`; `none`: none of it, `all`: all of it; `more`, Enter: skip, b: back, q: stop",
        "de nummers van wat klopt: `1 4`; `geen`: niets ervan, `alles`: alles; `meer`, Enter: overslaan, b: terug, q: stoppen",
    ),
    FieldValues: Localized(
        "one answer for all: `none`, 2030-12-31; or by provision: `3: 2030-12-31; 5(1): none; none`; `more`, Enter: skip",
        "één antwoord voor alle: `geen`, 2030-12-31; of per bepaling: `3: 2030-12-31; 5(1): geen; geen`; `meer`, Enter: overslaan",
    ),
    NotFound: Localized(
        "`none`: nowhere else, or what is there after all and where: `12: 5(1), 7; 30: 9`; `more`: all places",
        "`geen`: nergens anders, of wat er toch staat en waar: `12: 5(1), 7; 30: 9`; `meer`: alle vindplaatsen",
    ),
    Basis: Localized(
        "`yes`, or what is wrong: `2`, `2: 5(1), 7; 4`; `more`: all places",
        "`ja`, of wat niet klopt: `2`, `2: 5(1), 7; 4`; `meer`: alle vindplaatsen",
    ),
    Judgement: Localized(
        "`fine`: no objection on this point, `objection`: there is one, or the provisions where there is",
        "`akkoord`: geen bezwaar op dit punt, `bezwaar`: wel, of de bepalingen waartegen bezwaar bestaat",
    ),
    Judgements: Localized(
        "`fine`: no objection on any of these, `objection`: on all, or the numbers of those on which there is; `more`",
        "`akkoord`: op geen van deze punten bezwaar, `bezwaar`: op alle, of de nummers waarop wel; `meer`",
    ),
}
_HINTS[NotFounds] = _HINTS[NotFound]
_WORDS = {
    "keys": Localized(
        "Each answer is written into the file at the end. Enter: skip, b: back, h: help, q: stop and write.",
        "Elk antwoord wordt aan het eind in het bestand geschreven. Enter: overslaan, b: terug, h: hulp, q: stoppen en schrijven.",
    ),
    "help": Localized(
        "Provisions: the number on the screen, or as the act numbers them: art. 5, 5(2). An article stands for all its paragraphs.",
        "Bepalingen: het nummer op het scherm, of zoals de handeling ze nummert: art. 5, 5(2), artikel 5, lid 2. Een artikel staat "
        "voor al zijn leden.",
    ),
    "noted nowhere": Localized(
        "Noted: nowhere else in the act: {terms}.", "Genoteerd: nergens anders in de handeling: {terms}."
    ),
    "noted not here": Localized(
        "Noted: not in these provisions ({count}): {terms}.", "Genoteerd: niet in deze bepalingen ({count}): {terms}."
    ),
    "noted there": Localized("Noted: {term} in {places}.", "Genoteerd: {term} in {places}."),
    "noted so": Localized("Noted: so {right}, not so {wrong}.", "Genoteerd: klopt {right}, klopt niet {wrong}."),
    "noted right": Localized("Noted: right {right}, wrong {wrong}.", "Genoteerd: juist {right}, onjuist {wrong}."),
    "noted in order": Localized("Noted: no objection.", "Genoteerd: geen bezwaar."),
    "noted objection": Localized("Noted: objection to {places}.", "Genoteerd: bezwaar tegen {places}."),
    "noted terms": Localized("{first} and {count} more", "{first} en nog {count}"),
    "whole": Localized("the proposal as a whole", "het voorstel als geheel"),
    "reason": Localized("why (printed in the report)", "waarom (komt in het rapport)"),
    "place": Localized(
        "where in the text (Enter: nowhere in particular)", "waar in de tekst (Enter: nergens in het bijzonder)"
    ),
    "reason on": Localized(
        "{number} - why (printed in the report; Enter: as above, ?: leave this point open)",
        "{number} - waarom (komt in het rapport; Enter: als hierboven, ?: dit punt openlaten)",
    ),
    "noted points": Localized(
        "Noted: no objection on {fine}, objection on {wrong}.", "Genoteerd: geen bezwaar op {fine}, bezwaar op {wrong}."
    ),
    "no reason": Localized("an answer needs a reason", "een antwoord heeft een reden nodig"),
    "done": Localized("Nothing is asked any more.", "Er wordt niets meer gevraagd."),
    "skipped": Localized("All that is left was skipped.", "Wat over is, is overgeslagen."),
    "no way back": Localized("This is the first question.", "Dit is de eerste vraag."),
}


@frozen
class _Turn:
    data: Mapping[str, Any]
    skipped: frozenset[QuestionKey]


@define
class ActDialogue:
    """Puts the questions of an interview one after another.

    Attributes:
        kb: the pack.
        start: the proposal as it was.
        file: that it was read from.
        read: as `Conversation` has it.
        by: who answers.
        on: the day.
        limit: how many questions at most.
    """

    kb: KnowledgeBase
    start: Case
    file: TomlFile
    console: Console
    read: Callable[[str], str]
    language: Language
    by: str
    on: dt.date
    limit: int | None = None
    data: dict[str, Any] = field(init=False)
    _talk: Conversation = field(init=False)
    _skipped: frozenset[QuestionKey] = field(default=frozenset(), init=False)
    _past: list[_Turn] = field(factory=list, init=False)
    _last: tuple[dict[str, Any], Proposal] | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.data = dict(self.file.data)
        self._talk = Conversation(self.console, self.read, self.language, _WORDS)

    @property
    def answered(self) -> bool:
        """Whether anything has come to be known."""
        return self.data != self.file.data

    def text(self) -> str:
        """The file with the answers.

        Raises:
            InputError: it is laid out in a way in which they cannot be written.
        """
        return taking.text_of(self.file, self.data)

    def run(self) -> None:
        """Put questions until none is left, or the person stops.

        Raises:
            KeyboardInterrupt: the person breaks off.
        """
        self._talk.say("keys")
        while self.limit is None or len(self._past) < self.limit:
            case = self._case()
            questions = in_turn(case, self._skipped)
            question = next(questions, None)
            if question is None:
                self._talk.say("skipped" if self._skipped else "done")
                return
            try:
                if not self._put(question, questions, case):
                    return
            except EOFError:
                self.console.print()
                return

    def _case(self) -> Case:
        if not self.answered:
            return self.start
        return self.start.of(self._read(self.data))

    def _read(self, data: dict[str, Any]) -> Proposal:
        """The proposal that a file has; an answer that was read to be looked over is not read again."""
        if self._last is None or self._last[0] is not data:
            self._last = data, self.kb.read_file(TomlFile.of_dict(data))
        return self._last[1]

    def _put(self, question: ActQuestion, others: Iterable[ActQuestion], case: Case) -> bool:
        """Put a question until it is answered, skipped or gone back from; no where the person stops.

        Args:
            question: that comes first.
            others: what comes after it; counted when the question stands on the screen, as that takes longer than to make it.
            case: the proposal and the rules.
        """
        self.console.print()
        print_outline(self.console, act_question_outline(question, self.language))
        self.console.print(Text(left_line([question, *others], self.language), style="dim"))
        while True:
            said = self._talk.typed(f"{self._hint(question)}\n> ")
            word = said.casefold()
            if word in QUIT:
                return False
            if word in HELP:
                self._talk.say("help")
            elif word in _MORE:
                print_outline(self.console, act_question_outline(question, self.language, all_of_it=True))
            elif word in BACK:
                if self._past:
                    turn = self._past.pop()
                    self.data, self._skipped = dict(turn.data), turn.skipped
                    return True
                self._talk.say("no way back")
            elif word in SKIP:
                self._past.append(_Turn(self.data, self._skipped))
                self._skipped |= {question.key}
                return True
            else:
                data = self._taken(question, said, case)
                if data is not None:
                    self._past.append(_Turn(self.data, self._skipped))
                    if data == self.data:
                        # Nothing has come to be known: the same would be asked again.
                        self._skipped |= {question.key}
                    self.data = data
                    return True

    def _hint(self, question: ActQuestion) -> str:
        hint = _HINTS.get(type(question))
        return hint.get(self.language) if hint else ""

    def _taken(self, question: ActQuestion, said: str, case: Case) -> dict[str, Any] | None:
        """The file with the answer; nothing where it was none."""
        try:
            data = self._answer(question, said, case)
            if data is not None:
                self._read(data)
        except replying.ReplyError as error:
            self.console.print(Text(error.told.get(self.language), style="red"))
            self.console.print(Text(error.hint.get(self.language), style="dim"))
        except (UsageError, InputError) as error:
            self.console.print(Text(printable(error.said(self.language)), style="red"))
        else:
            return data
        return None

    def _answer(self, question: ActQuestion, said: str, case: Case) -> dict[str, Any] | None:
        places, signature = replying.Places(case.proposal), taking.Signature(by=self.by, on=self.on)
        vocabularies = case.knowledge.vocabularies
        match question:
            case WhichProvisions() if said.casefold() in replying.HERE:
                data = taking.not_here(self.data, question, signature, case.knowledge.vocabularies)
                labels = self._labels(label for _, label in question.terms)
                here = sum(provision.counts for provision in question.provisions)
                self._talk.say("noted not here", style="bold", count=here, terms=labels)
                return data
            case WhichProvisions():
                chosen = replying.which_reply(question, said, places)
                data = taking.provisions(self.data, question, chosen, signature, vocabularies)
                by_term = {term: [id for id, terms in chosen.items() if term in terms] for term, _ in question.terms}
                self._noted(dict(question.terms), by_term, case)
                return data
            case NearWords():
                right = replying.near_reply(question, said)
                data = taking.near(self.data, question, right, signature, vocabularies)
                self._talk.say("noted so", style="bold", right=len(right), wrong=len(question.near) - len(right))
                return data
            case NotFound():
                there = replying.not_found_reply(question, said, places)
                data = taking.nowhere_else(self.data, question, there, signature, vocabularies)
                self._noted({sought.term: sought.label for sought in question.sought}, there, case)
                return data
            case NotFounds():
                data = self.data
                for part, there in zip(question.parts, replying.not_founds_reply(question, said, places), strict=True):
                    data = taking.nowhere_else(data, part, there, signature, vocabularies)
                    self._noted({sought.term: sought.label for sought in part.sought}, there, case)
                return data
            case Basis():
                wrong = replying.rests_reply(question, said, places)
                data = taking.rests_on(self.data, question, wrong, vocabularies)
                of = sum(len(resting.places) for resting in question.resting)
                self._talk.say("noted right", style="bold", right=of - len(wrong), wrong=len(wrong))
                return data
            case Judgement():
                return self._judged(question, replying.judgement_reply(question, said, places), case)
            case Judgements():
                return self._judged_several(question, replying.judgements_reply(question, said), case)
            case FieldValue(question=asked):
                return field_answered(self.data, asked, said, case, signature.by)
            case FieldValues():
                return fields_answered(
                    self.data, question, replying.values_reply(question, said, places), case, signature.by
                )

    def _noted(self, labels: Mapping[str, Localized], there: Mapping[str, Sequence[str]], case: Case) -> None:
        """Say how an answer on terms was taken: an answer that was meant otherwise is gone back from."""
        for term, measures in there.items():
            if measures:
                label = labels[term].get(self.language)
                self._talk.say("noted there", style="bold", term=label, places=self._places(measures, case))
        self._talk.say("noted nowhere", style="bold", terms=self._labels(labels.values()))

    def _labels(self, labels: Iterable[Localized]) -> str:
        """The first of some terms, and how many there are beyond these."""
        told = [label.get(self.language) for label in labels]
        first = ", ".join(told[:_TOLD])
        return self._talk.word("noted terms", first=first, count=len(told) - _TOLD) if len(told) > _TOLD else first

    def _places(self, measures: Iterable[str | None], case: Case) -> str:
        by_id = {measure.id: measure for measure in case.proposal.measures}
        return ", ".join(self._talk.word("whole") if id is None else reference_of(by_id[id]) for id in measures)

    def _judged(self, question: Judgement, in_order: Mapping[str | None, bool], case: Case) -> dict[str, Any] | None:
        reason = self._talk.typed(f"{self._talk.word('reason')} > ")
        if not reason:
            self._talk.say("no reason", style="red")
            return None
        place = self._talk.typed(f"{self._talk.word('place')} > ")
        wrong = [measure for measure, holds in in_order.items() if not holds]
        if wrong:
            self._talk.say("noted objection", style="bold", places=self._places(wrong, case))
        else:
            self._talk.say("noted in order", style="bold")
        return self._written(self.data, question, in_order, case, reason, place)

    def _judged_several(self, question: Judgements, in_order: Sequence[bool], case: Case) -> dict[str, Any] | None:
        """Each point with a reason of its own, or that of one before it on which the same is said; nothing where there is none."""
        reasons: dict[int, str] = {}
        last: dict[bool, str] = {}
        for number in range(len(question.points)):
            typed = self._talk.typed(f"{self._talk.word('reason on', number=number + 1)} > ")
            if typed == _LEAVE_OPEN:
                continue
            reason = typed or last.get(in_order[number])
            if not reason:
                self._talk.say("no reason", style="red")
                return None
            last[in_order[number]] = reasons[number] = reason
        told = {
            word: ", ".join(str(number + 1) for number in reasons if in_order[number] is holds) or "-"
            for word, holds in (("fine", True), ("wrong", False))
        }
        self._talk.say("noted points", style="bold", **told)
        place = self._talk.typed(f"{self._talk.word('place')} > ") if reasons else ""
        data = self.data
        for number, reason in reasons.items():
            point = question.points[number]
            data = self._written(data, point, {point.findings[0].measure: in_order[number]}, case, reason, place)
        return data

    def _written(
        self,
        data: dict[str, Any],
        question: Judgement,
        in_order: Mapping[str | None, bool],
        case: Case,
        reason: str,
        place: str,
    ) -> dict[str, Any]:
        signature = taking.Signature(by=self.by, on=self.on)
        return taking.judged(data, question, in_order, case, signature, reason=reason, place=place)
