"""What the templates need for the pages of one proposal."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from attrs import frozen

from consistent.documents.document import Document
from consistent.errors import UsageError
from consistent.findings.case import States
from consistent.findings.outcome import PRESENTATION, PRESSING
from consistent.inquiries.interview.act_questions import ActQuestion, Judgement
from consistent.inquiries.questions.replying import numbered
from consistent.inquiries.verdicts import CONFIRMED, Review
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import Language, Localized
from consistent.model.titles import short_title
from consistent.reports.interview_text import SHOWN, act_question_outline, hanging_items, sought_label
from consistent.toml.tomlfile import TomlFile
from consistent.web.accepting import WAIVERS
from consistent.web.answering import key_text, state_text
from consistent.web.bench import Bench
from consistent.web.views import (
    cards,
    groups,
    marked_text,
    open_rules,
    paragraph_start,
    places,
    shades,
    summary_blocks,
    told,
    waived,
    without_passage,
)
from consistent.web.words import speaker
from consistent.web.work import Work

__all__ = ["Pages"]

# What a waiver can accept, by outcome.
ACCEPTABLE = frozenset(PRESSING)


@frozen
class Pages:
    """The pages of a proposal.

    Attributes:
        name: of its file.
        language: of the reader.
        by: who answers.
    """

    work: Work
    bench: Bench
    name: str
    language: Language
    by: str = ""

    @property
    def titles(self) -> dict[str, Localized]:
        """Of the rules, by their ids."""
        return {rule.id: rule.title for rule in self.work.kb.rules}

    def common(self) -> dict[str, Any]:
        """What every page of it needs."""
        proposal = self.work.case.proposal
        title = proposal.title.get(self.language) if proposal.title else ""
        return {
            "pack": self.work.kb.name,
            "name": self.name,
            "title": short_title(title) if title else self.name,
            "reference": ", ".join(map(str, proposal.reference.yes)),
            "version": self.work.version,
            "steps": self.work.steps,
            "at": f"/proposal/{self.work.kb.name}/{self.name}",
        }

    def whole(self) -> dict[str, Any]:
        """The page with its panes; those that are long are loaded when they are looked at."""
        proposal = self.work.case.proposal
        return {
            **self.hangs(),
            "packs": self.bench.packs(),
            "has_text": self.bench.folder.document_of(self.name) is not None,
            "about": self.bench.about(self.work.kb.name, self.name),
            "groups": tuple(groups(proposal, self.work.values, self.work.report, self.language)),
            "vocabularies": tuple(self._vocabularies()),
            "fields": tuple(
                dict.fromkeys(
                    (about.name, about.label.get(self.language)) for about in self.work.kb.knowledge.fields.every
                )
            ),
            "rules": tuple((rule.id, rule.title.get(self.language)) for rule in self.work.kb.rules),
        }

    def _vocabularies(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        used = {about.vocabulary for about in self.work.kb.knowledge.fields.every if about.vocabulary}
        for name, vocabulary in self.work.kb.knowledge.vocabularies.items():
            if name in used:
                yield name, tuple(term.label.get(self.language) for term in vocabulary.terms.values())

    def hangs(self) -> dict[str, Any]:
        """Findings, what is open, and the question that comes first."""
        report = self.work.report
        sections = tuple(told(report, self.language))
        addresses = {id(each.said): f"#{each.anchor}" for _, listed in sections for each in listed}
        questions = self.work.questions()
        return {
            "sections": sections,
            "summary": summary_blocks(report, len(self.work.left.questions), self.language, addresses),
            "open_rules": open_rules(report, self.language),
            "waivers": tuple(waived(report, self.titles, WAIVERS, self.language)),
            "waivers_elsewhere": sum(use.status == "elsewhere" for use in report.waivers),
            "acceptable": ACCEPTABLE,
            "waiver_file": WAIVERS,
            "by": self.by,
            "shades": shades(report),
            "presentation": PRESENTATION,
            "left": len(questions),
            "put_off": len(self.work.left.questions) - len(questions),
            "to_confirm": self.work.case.proposal.unconfirmed,
            "settling": not self.work.is_settled,
            **(self.question(questions[0]) if questions else {"question": None}),
        }

    def first(self, shown: str) -> dict[str, Any]:
        """The question that comes first, once all of them are known again after a step; nothing to put where it is shown already."""
        self.work.settle()
        questions = self.work.questions()
        return {
            "same": bool(questions) and state_text(questions[0]) == shown,
            "left": len(questions),
            "put_off": len(self.work.left.questions) - len(questions),
            "settling": False,
            **(self.question(questions[0]) if questions else {"question": None}),
        }

    def question(self, question: ActQuestion) -> dict[str, Any]:
        """A question with what its form needs."""
        outline = next(act_question_outline(question, self.language, all_of_it=isinstance(question, Judgement)))
        return {
            "question": question,
            "kind": type(question).__name__,
            "key": key_text(question),
            "shown": state_text(question),
            "heading": outline.heading,
            "body": outline.blocks,
            "hanging": tuple(hanging_items(getattr(question, "rules", ()), self.language)),
            "most": SHOWN,
            "sought_label": partial(sought_label, language=self.language),
            "choices": numbered(question.question) if hasattr(question, "question") else (),
        }

    def question_of(self, key: str, shown: str) -> ActQuestion:
        """The question that a form answers.

        Raises:
            UsageError: it was settled meanwhile, or is about other provisions than were shown.
        """
        self.work.settle()
        for question in self.work.left.questions:
            if key_text(question) == key:
                if state_text(question) != shown:
                    raise UsageError(speaker(self.language)("asked anew"))
                return question
        raise UsageError(speaker(self.language)("not here any more"))

    def changed(self, before: States, said: str) -> dict[str, Any]:
        """What comes after a step.

        Args:
            before: what was found before it.
            said: what is told of it, by the name of the words.
        """
        after = self.work.outcomes()
        count = sum(before.get(place) != after.get(place) for place in before.keys() | after.keys())
        speak = speaker(self.language)
        told_of = speak("saved changes", count=count) if said == "saved" and count else speak(said) if said else ""
        return {**self.hangs(), "told": told_of}

    # The text and what was read.

    def document(self) -> Document | None:
        """The document that it was drafted from, where that is beside it."""
        return self.work.document(lambda: self.bench.document(self.name))

    def text(self) -> dict[str, Any]:
        """The text with its passages."""
        document = self.document()
        if document is None:
            raise UsageError("the document is not in the folder any more")
        return {
            "document": marked_text(document, self.work.case.proposal),
            "places": places(self.work.case.proposal),
            "start": partial(paragraph_start, document),
            "shades": shades(self.work.report),
        }

    def values(self, number: int) -> dict[str, Any]:
        """What was read of a measure, or for nought of the proposal itself."""
        part = self._part(number)
        measure = part.id if isinstance(part, Measure) else None
        items = [item for item in self.work.values if item.measure == measure]
        document = self.document()
        return {
            "number": number,
            "cards": tuple(cards(items, self.language, document.text if document else "")),
            "known": tuple(without_passage(part, self.language, self.work.kb.knowledge)),
        }

    def confirmed(self, number: int) -> TomlFile:
        """The file with all that was read of a measure confirmed."""
        part = self._part(number)
        measure = part.id if isinstance(part, Measure) else None
        left = [item for item in self.work.values if item.measure == measure and not item.confirmed]
        review = Review(self.work.file, self.work.case.proposal, self.work.kb.knowledge.vocabularies)
        return review.written(dict.fromkeys(left, CONFIRMED))

    def measure_of(self, number: str) -> str | None:
        """The id of a measure by its number; None for the proposal itself."""
        part = self._part(int(number) if number.isdecimal() else -1)
        return part.id if isinstance(part, Measure) else None

    def measure_named(self, id: str) -> str:
        """The id of a measure that there is; empty for wherever the rule applies.

        Raises:
            UsageError: there is none.
        """
        if id and id not in {measure.id for measure in self.work.case.proposal.measures}:
            raise UsageError("there is no such measure", "load the page again")
        return id

    def _part(self, number: int) -> Proposal | Measure:
        proposal = self.work.case.proposal
        if not 0 <= number <= len(proposal.measures):
            raise UsageError("there is no such measure", "load the page again")
        return proposal.measures[number - 1] if number else proposal
