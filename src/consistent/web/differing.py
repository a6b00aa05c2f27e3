"""A proposal that is worked on beside an amended text of it: compared in the background, step by step, until it is told or stopped."""

import sys
from collections.abc import Iterable, Iterator
from threading import Event, Thread
from typing import Literal

from attrs import define, evolve, field, frozen

from consistent.confined import StoppedError
from consistent.documents.comparing.comparison import TextComparison, compare, compared_units
from consistent.documents.document import Document, Span
from consistent.errors import ConsistentError, UsageError
from consistent.inquiries.differences.difference import Difference, difference
from consistent.inquiries.differences.drafts import (
    ComparedDrafts,
    as_text_of,
    measures_kept,
    measures_matched,
    with_what_is_known,
)
from consistent.inquiries.interview.act_questions import (
    ActQuestion,
    Basis,
    FieldValue,
    FieldValues,
    Judgements,
    NearWords,
    NotFound,
    NotFounds,
    WhichProvisions,
)
from consistent.inquiries.interview.interview import interview
from consistent.model.proposal import Proposal
from consistent.model.text import Language, Localized
from consistent.reports.outline import Block, Fold, Item, Section
from consistent.toml.tomlfile import TomlFile
from consistent.web.bench import Bench
from consistent.web.work import Work

__all__ = ["Compared", "Comparing", "Point", "Step", "folded", "points"]

# What is done, in this order.
Step = Literal["reading the proposal", "reading the amended text", "comparing", "asking"]
# There no thread can be started.
_IN_BROWSER = sys.platform == "emscripten"


@frozen
class Point:
    """What a question asks, where it asks several things at once one of these.

    Attributes:
        question: in which it is asked.
        label: of the term; None where the question asks this only.
    """

    question: ActQuestion
    label: Localized | None = None


@frozen(kw_only=True)
class Compared:
    """What an amended text changes.

    Attributes:
        found: in words, findings and grades.
        kept: of how many measures the words are the same, so that what is known of them holds; None where words were not compared.
        without_words: why words are not compared, by the name of what tells it; empty where they are.
        asked: what is to be told of the amended text only.
        settled: what is to be told of the proposal as it is only.
        left: how many questions there are, before and after.
    """

    found: Difference
    kept: int | None
    without_words: str
    asked: tuple[Point, ...]
    settled: tuple[Point, ...]
    left: tuple[int, int]


def points(questions: Iterable[ActQuestion]) -> Iterator[tuple[tuple[str, ...], Point]]:
    """What questions ask, one by one, each with what tells it from others: how they are bundled changes with little."""
    for question in questions:
        match question:
            case WhichProvisions(field=field, terms=terms):
                yield from ((("where", field, term), Point(question, label)) for term, label in terms)
            case NearWords(near=listed):
                yield from ((("where", each.field, each.term), Point(question, each.value)) for each in listed)
            case FieldValues(questions=listed):
                for each in (FieldValue(question=asked) for asked in listed):
                    yield each.key, Point(each)
            case NotFounds(parts=listed):
                yield from points(listed)
            case NotFound(field=field, sought=listed):
                for sought in listed:
                    for term, label in ((sought.term, sought.label), *sought.below):
                        yield ("where", field, term), Point(question, label)
            case Basis(resting=listed):
                yield from ((("basis", each.field, each.term), Point(question, each.value)) for each in listed)
            case Judgements(points=listed):
                yield from ((each.key, Point(each)) for each in listed)
            case _:
                yield question.key, Point(question)


@frozen
class _Placed:
    id: str
    span: Span


@define(eq=False)
class Comparing:
    """A comparison that is under way, or done.

    Attributes:
        other: the name of the amended text.
        of: the version of what is worked on.
        step: what is done now.
        compared: what came out.
        wrong: what went wrong.
        stopped: whether somebody stopped it.
    """

    bench: Bench
    work: Work
    name: str
    other: str
    language: Language
    of: str
    step: Step = "reading the proposal"
    compared: Compared | None = None
    wrong: ConsistentError | None = None
    stopped: bool = False
    _stop: Event = field(factory=Event, init=False)
    _thread: Thread | None = field(default=None, init=False)

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.compared is not None or self.wrong is not None or self.stopped

    def begin(self) -> None:
        """Compare in the background; in a browser at once."""
        if _IN_BROWSER:
            self._run()
            return
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait until it is over, so long at most."""
        if self._thread is not None:
            self._thread.join(seconds)

    def stop(self) -> None:
        """Stop it; nothing where it is over."""
        self._stop.set()

    def _run(self) -> None:
        try:
            self.compared = self._compared()
        except StoppedError:
            self.stopped = True
        except ConsistentError as error:
            self.wrong = error
        except Exception as error:  # whoever waits must be told
            self.wrong = UsageError(f"the comparison broke off: {type(error).__name__}")
            raise

    def _at(self, step: Step) -> None:
        if self._stop.is_set():
            raise StoppedError
        self.step = step

    def _compared(self) -> Compared:
        self._at("reading the proposal")
        with self.work.lock:
            before = self.work.case
        mine = self.bench.document(self.name, self._stop)
        self._at("reading the amended text")
        later, theirs, version = self._later()
        self._at("comparing")
        text, kept, without = self._texts(mine, theirs, before.proposal, later)
        self._at("comparing")
        amended = as_text_of(later, before.proposal) if version is not None else later
        after = evolve(before, proposal=with_what_is_known(amended, before.proposal, kept or {}))
        drafts = self._drafts(text, before.proposal, later, version)
        found = difference(before, after, drafts=drafts, decided_only=True)
        self._at("asking")
        with self.work.lock:
            known = self.work.left if self.work.is_settled and self.work.case is before else None
        questions = (known or interview(before)).questions, interview(after).questions
        became = dict(drafts.stated or kept or {})
        old = {tuple(became.get(part, part) for part in key): point for key, point in points(questions[0])}
        new = dict(points(questions[1]))
        return Compared(
            found=found, kept=None if kept is None else len(kept), without_words=without,
            asked=tuple(new[key] for key in new if key not in old), settled=tuple(old[key] for key in old if key not in new),
            left=(len(questions[0]), len(questions[1])),
        )  # fmt: skip

    def _later(self) -> tuple[Proposal, Document | None, Localized | None]:
        """The amended text as a proposal, its document, and which text of the proposal it is."""
        kb = self.work.kb
        if self.other.endswith(".toml"):
            return kb.read_file(self.bench.folder.read(self.other)), self.bench.document(self.other, self._stop), None
        made = self.bench.later_text(self.other, kb.name, self.language, self._stop)
        file = TomlFile.parse(made.toml.encode(), self.other)
        return kb.read_file(TomlFile(file.path, file.data, None)), made.document, made.version

    def _texts(
        self, mine: Document | None, theirs: Document | None, old: Proposal, new: Proposal
    ) -> tuple[TextComparison | None, dict[str, str] | None, str]:
        """What the words became, the measures of which they are the same, and why words are not compared."""
        if mine is None or theirs is None:
            return None, None, "words no document"
        units = compared_units(mine), compared_units(theirs)
        if not all(units) or mine.language != theirs.language:
            return None, None, "words no act"
        kept = dict(measures_kept(*units, _placed(old), _placed(new)))
        try:
            return compare(mine, theirs), kept, ""
        except ModuleNotFoundError:
            # NumPy, which a page without a server has not.
            return None, kept, "words not here"

    @staticmethod
    def _drafts(text: TextComparison | None, old: Proposal, new: Proposal, version: Localized | None) -> ComparedDrafts:
        stated = measures_matched(text, _placed(old), _placed(new)) if text is not None else None
        return ComparedDrafts(text, stated, (None, version), _of_others(old, new))


def _placed(proposal: Proposal) -> tuple[_Placed, ...]:
    """The measures of which the place in the text is known."""
    read = ((measure.id, measure.evidence_for("reference")) for measure in proposal.measures)
    return tuple(_Placed(id, Span(*where.span)) for id, where in read if where is not None and where.span)


def _of_others(old: Proposal, new: Proposal) -> bool:
    """Whether both say of which procedure, or else of which document, they are, and it is not the same."""
    for before, after in ((old.procedure, new.procedure), (old.reference, new.reference)):
        if before.yes and after.yes:
            return before.yes.isdisjoint(after.yes)
    return False


def folded(blocks: Iterable[Block], opened: int = 0) -> Iterator[Block]:
    """An outline of which all that stands under a heading, or below a line, is unfolded by who wants to read it.

    Args:
        blocks: the outline.
        opened: so many sections, the first ones, stand unfolded.
    """
    for block in blocks:
        match block:
            case Section(heading=heading, blocks=inner) if heading:
                yield Fold(heading, tuple(folded(inner)), open=opened > 0)
                opened -= 1
            case Item(text=text, below=below) if below:
                yield Fold(text, tuple(folded(below)))
            case _:
                yield block
