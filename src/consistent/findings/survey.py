"""What the rules say of a whole corpus, in columns."""

import numpy as np
import numpy.typing as npt
from attrs import frozen

from consistent.engine.choosing import columns_engine
from consistent.engine.columns.corpus import Corpus
from consistent.engine.columns.many import NumpyGrid
from consistent.findings.outcome import SPOKEN_OUTCOMES
from consistent.findings.said import Spoken
from consistent.findings.settling import Settlement, rules_in_order
from consistent.rules.program import Program
from consistent.rules.rule import Rule
from consistent.shown import Shown

__all__ = ["Survey", "survey"]

# Proposals to a part: more than where their objects are read, as there is less to hold.
_PART = 8_000


@frozen(eq=False)
class Survey(Shown):
    """Which rules say something of which measures of a corpus.

    The four arrays are of one length, a place for each thing said, in no order that means anything. `rules` and `outcomes` say
    what the numbers stand for.

    Attributes:
        rules: in the order of a report.
        outcomes: `applies`, `open`, `defeated`, `excepted`.
        proposal: its place in the corpus.
        measure: its place in the proposal; -1 for the proposal as a whole.
        rule: its place in `rules`.
        outcome: its place in `outcomes`.
    """

    corpus: Corpus
    rules: tuple[Rule, ...]
    outcomes: tuple[str, ...]
    proposal: npt.NDArray[np.int64]
    measure: npt.NDArray[np.int64]
    rule: npt.NDArray[np.int64]
    outcome: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rule)

    @property
    def counts(self) -> npt.NDArray[np.int64]:
        """How often each rule has each outcome: rules by outcomes."""
        width = len(self.outcomes)
        counted = np.bincount(self.rule * width + self.outcome, minlength=len(self.rules) * width)
        return counted.reshape(len(self.rules), width)

    def spoken(self, index: int) -> tuple[Spoken, ...]:
        """What is said of one proposal, as `Check.spoken` has it.

        Raises:
            IndexError: the corpus has no such proposal.
        """
        here = self.proposal == range(len(self.corpus))[index]
        names = [*(measure.id for measure in self.corpus.proposals[index].measures), None]
        said = sorted(zip(*(column[here].tolist() for column in (self.measure, self.rule, self.outcome)), strict=True))
        return tuple(
            Spoken(self.rules[rule].id, names[measure], self.rules[rule].verdict, SPOKEN_OUTCOMES[outcome])
            for measure, rule, outcome in said
        )


def survey(program: Program, corpus: Corpus) -> Survey:
    """Ask a corpus by the rules of a program."""
    engine = columns_engine()
    rules = rules_in_order(program)
    parts = [(np.zeros(0, np.int64),) * 3]
    for part in corpus.parts(_PART):
        settlement = Settlement.of(engine.of_subjects(program, part))
        codes, proposals, places = NumpyGrid(part.starts).marked(settlement.marks())
        parts.append((codes, proposals + part.first, places - 1))
    codes, proposals, measures = (np.concatenate(column) for column in zip(*parts, strict=True))
    numbers, outcomes = np.divmod(codes, len(SPOKEN_OUTCOMES))
    return Survey(corpus, rules, SPOKEN_OUTCOMES, proposals, measures, numbers, outcomes)
