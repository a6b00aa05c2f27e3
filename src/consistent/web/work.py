"""One proposal that is worked on: its file, what was found, and what is asked, kept in memory and saved at each step.

A step changes the file of the proposal, or the file of what is accepted in it (`accepting`).

The file is the truth. It is written in one step and read again wherever another program changed it, so that the command and the
pages can be used in turn; nothing but the way back is lost when the program ends.
"""

from collections.abc import Callable, Collection
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any

from attrs import define, evolve, field

from consistent.check import Check
from consistent.checker import KnowledgeBase
from consistent.documents.document import Document
from consistent.errors import InputError
from consistent.findings.case import Case, States
from consistent.findings.report import Report
from consistent.inquiries.interview.act_questions import ActQuestion, QuestionKey
from consistent.inquiries.interview.interview import Interview, interview
from consistent.inquiries.repairs.repairs import Repairs, find_repairs
from consistent.inquiries.review import Unconfirmed, read_values
from consistent.model.text import today
from consistent.reports.dossier import Dossier
from consistent.toml.files import read_file, replace_file
from consistent.toml.tomlfile import TomlFile
from consistent.web.accepting import Held, WaiverFiles, name_of_use

__all__ = ["ChangedMeanwhileError", "Work"]

# So many steps can be taken back, and so long a search for repairs takes.
_MOST_STEPS, _SECONDS = 200, 15.0
_BOM = "\ufeff".encode()
# A step: whether it changed what is accepted, and not the proposal; and what its file held before it, None where it was not there.
_Step = tuple[bool, bytes | None]


class ChangedMeanwhileError(Exception):
    """The file is no longer as the page shows it: another window, or another program, changed it."""


@define(eq=False)
class Work:
    """A proposal that is worked on. Safe to share between threads, each step of which holds `lock`.

    Attributes:
        path: of its file.
        kb: the pack.
        files: of what is accepted.
        skipped: questions that were put off.
        lock: held while it is asked or changed.
    """

    path: Path
    kb: KnowledgeBase
    files: WaiverFiles
    skipped: set[QuestionKey] = field(factory=set)
    lock: RLock = field(factory=RLock)
    _content: bytes = field(default=b"", init=False)
    _held: Held = field(init=False)
    _file: TomlFile = field(init=False)
    _case: Case = field(init=False)
    _report: Report = field(init=False)
    _left: Interview | None = field(default=None, init=False)
    _is_settled: bool = field(default=False, init=False)
    _values: tuple[Unconfirmed, ...] | None = field(default=None, init=False)
    _dossier: Dossier | None = field(default=None, init=False)
    _past: list[_Step] = field(factory=list, init=False)
    _document: Document | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self._take(read_file(self.path, self.path.name), self.files.read(self.files.content()))

    def _take(self, content: bytes, held: Held, file: TomlFile | None = None) -> None:
        file = file or TomlFile.parse(content, self.path.name)
        try:
            # No page tells of lines, and to find them takes as long as all else.
            proposal = self.kb.read_file(_without_lines(file))
        except InputError:
            proposal = self.kb.read_file(file)
        case = self.kb.case(proposal, engine="columns", waivers=held.waivers)
        report = case.report(most_told=0)
        self._content, self._held, self._file, self._case, self._report = content, held, file, case, report
        self._values = self._dossier = None
        self._is_settled = False

    def refresh(self) -> None:
        """Read the files again, where they were changed by another program; steps before that cannot be taken back.

        Raises:
            InputError: one cannot be read any more.
        """
        content, accepted = read_file(self.path, self.path.name), self.files.content()
        if content != self._content:
            self._past.clear()
        elif accepted != self._held.content:
            # What was accepted before that cannot be taken back; what was said of the proposal since can.
            last = max((at for at, (of_waivers, _) in enumerate(self._past, 1) if of_waivers), default=0)
            del self._past[:last]
        if (content, accepted) != (self._content, self._held.content) or self._case.day != today():
            self._take(content, self.files.read(accepted))

    def check_against(self, kb: KnowledgeBase) -> None:
        """Check it against another version of the pack from now on."""
        with self.lock:
            if kb is not self.kb:
                self.kb, self._left = kb, None
                self._take(self._content, self._held)

    @property
    def version(self) -> str:
        """Of the files, as pages are made of them; what is accepted in other proposals is no part of it."""
        here = [name_of_use(use) for use in self._report.waivers if use.status != "elsewhere"]
        return sha256(self._content + "".join(here).encode()).hexdigest()[:16]

    @property
    def file(self) -> TomlFile:
        """The text of the proposal."""
        return self._file

    @property
    def case(self) -> Case:
        """The proposal and the rules."""
        return self._case

    @property
    def report(self) -> Report:
        """What was found; of open rules no more than which."""
        return self._report

    @property
    def steps(self) -> int:
        """How many steps can be taken back."""
        return len(self._past)

    def outcomes(self) -> States:
        """What became of each rule that says something, by its id and the measure's."""
        return {(said.rule, said.measure): said.outcome for said in self._report.spoken}

    @property
    def is_settled(self) -> bool:
        """Whether the questions are those of the file as it is, and not of the one before the last step."""
        return self._is_settled

    def settle(self) -> None:
        """Make the questions anew, where a step was taken since; of a long act that takes longer than the step itself."""
        if not self._is_settled:
            self._left = interview(self.case, report=self._report)
            self._is_settled = True

    @property
    def left(self) -> Interview:
        """All questions, those that were put off too; until they are settled those of before the last step."""
        if self._left is None:
            self.settle()
        assert self._left is not None  # noqa: S101  it was made now
        return self._left

    def questions(self, skipped: Collection[QuestionKey] | None = None) -> tuple[ActQuestion, ...]:
        """The questions that are to be put, what comes first first."""
        without = self.skipped if skipped is None else skipped
        return tuple(question for question in self.left.questions if question.key not in without)

    @property
    def values(self) -> tuple[Unconfirmed, ...]:
        """Every value that was read."""
        if self._values is None:
            self._values = read_values(_without_lines(self._file), self.case.proposal, self._report, self.kb.knowledge)
        return self._values

    def repairs(self, rule: str, measure: str | None) -> Repairs:
        """What would have to change for a finding to go.

        Raises:
            UsageError: there is no such rule or measure.
        """
        return find_repairs(self.case, rule=rule, measure=measure, conditions=True, seconds=_SECONDS)

    @property
    def dossier(self) -> Dossier:
        """For a fiche or a report: a check in full, with what would have to change."""
        if self._dossier is None:
            check = Check.of(self.case)
            self._dossier = Dossier(check=check, repairs=check.repairs(conditions=True, seconds=_SECONDS))
        return self._dossier

    def document(self, read: Callable[[], Document | None]) -> Document | None:
        """The document that it was drafted from, read once."""
        if self._document is None:
            self._document = read()
        return self._document

    def save(self, version: str, step: Callable[[], TomlFile], answered: QuestionKey | None = None) -> None:
        """Take a step: the file becomes another one.

        Args:
            version: that the step was taken in.
            step: makes the new file of the one there is.
            answered: the question that it answers, which is not put again until all are settled.

        Raises:
            ChangedMeanwhileError: the file is of another version by now.
            InputError: it is no proposal, or cannot be written.
            UsageError: as `step`.
        """
        with self.lock:
            self._agree(version)
            mark = _BOM if self._content.startswith(_BOM) else b""
            file = step()
            new = mark + (file.text or "").encode()
            old = self._content
            if new != old:
                self._replace(new, file)
                self._remember((False, old))
                if answered is not None and self._left is not None:
                    rest = tuple(question for question in self._left.questions if question.key != answered)
                    self._left = evolve(self._left, questions=rest)

    def accept(self, version: str, step: Callable[[bytes | None], bytes | None]) -> None:
        """Take a step in what is accepted.

        Args:
            version: that the step was taken in.
            step: makes the new content of the file of the one there is; None for no file.

        Raises:
            ChangedMeanwhileError: as `save`.
            InputError: the file cannot be used then, or not be written.
            UsageError: as `step`.
        """
        with self.lock:
            self._agree(version)
            old = self._held.content
            new = step(old)
            if new != old:
                self._accept(new)
                self._remember((True, old))

    def undo(self, version: str) -> bool:
        """Take the last step back; no where there is none.

        Raises:
            ChangedMeanwhileError, InputError: as `save`.
        """
        with self.lock:
            self._agree(version)
            if not self._past:
                return False
            of_waivers, before = self._past[-1]
            if of_waivers:
                self._accept(before)
            else:
                self._replace(before or b"")
            self._past.pop()
            return True

    def _agree(self, version: str) -> None:
        self.refresh()
        if version != self.version:
            raise ChangedMeanwhileError

    def _remember(self, step: _Step) -> None:
        self._past = [*self._past[1 - _MOST_STEPS :], step]

    def _replace(self, new: bytes, file: TomlFile | None = None) -> None:
        """Make the file of the proposal another one."""
        old, state = self._content, self._state()
        self._take(new, self._held, file)
        try:
            replace_file(self.path, old, new)
        except Exception:
            self._restore(state)
            raise

    def _accept(self, new: bytes | None) -> None:
        """Make the file of what is accepted another one."""
        old, state = self._held.content, self._state()
        self._take(self._content, self.files.read(new), self._file)
        try:
            self.files.write(old, new)
        except Exception:
            self._restore(state)
            raise

    def _state(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in _TAKEN)

    def _restore(self, state: tuple[Any, ...]) -> None:
        for name, value in zip(_TAKEN, state, strict=True):
            setattr(self, name, value)


# What is made anew with each step.
_TAKEN = ("_content", "_held", "_file", "_case", "_report", "_is_settled", "_values", "_dossier")


def _without_lines(file: TomlFile) -> TomlFile:
    return TomlFile(file.path, file.data, None)
