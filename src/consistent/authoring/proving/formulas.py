"""Propositional formulas, and the SMT solver that decides them: the only module that knows z3.

A formula is a Python `bool` where it is decided already, and a formula of z3 otherwise. So the translation of a proposal that
is wholly given never touches the solver, and its truth can be compared with what the evaluators find.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from importlib import import_module
from time import monotonic
from typing import Any, Literal

from attrs import define, field, frozen

from consistent.errors import UsageError
from consistent.model.text import Language, Localized
from consistent.truth import Truth
from consistent.version import to_install

__all__ = [
    "NO",
    "UNKNOWN",
    "YES",
    "Answer",
    "Formula",
    "OutOfTimeError",
    "Pair",
    "Solver",
    "all_of",
    "any_of",
    "at_least",
    "both",
    "either",
    "exceeds",
    "has_solver",
    "need_solver",
    "opposite",
    "pair_of",
]

# A bool, or a `z3.BoolRef`, of which type checkers know nothing.
Formula = Any
Answer = Literal["yes", "no", "unknown"]

# Milliseconds, what z3 itself starts with.
_NEVER = 2**32 - 1
_ANSWERS: dict[str, Answer] = {"sat": "yes", "unsat": "no", "unknown": "unknown"}


_NOT_INSTALLED = Localized(
    "what holds of every proposal needs the solver z3, which is not installed",
    "wat voor elk voorstel geldt, vraagt om de oplosser z3, en die is niet geïnstalleerd",
)
_INSTALL = Localized(f"install it: `{to_install('prove')}`", f"installeer hem: `{to_install('prove')}`")


@cache
def _z3(language: Language = "en") -> Any:
    try:
        return import_module("z3")
    except ImportError:
        raise UsageError(_NOT_INSTALLED.get(language), _INSTALL.get(language)) from None


def has_solver() -> bool:
    """Whether the solver is installed."""
    try:
        _z3()
    except UsageError:
        return False
    return True


def need_solver(language: Language) -> None:
    """See to it that there is a solver, before anything else is done.

    Args:
        language: of the error.

    Raises:
        UsageError: the solver is not installed.
    """
    _z3(language)


def both(parts: Iterable[Formula]) -> Formula:
    """The conjunction: every part holds; true without parts."""
    kept: list[Formula] = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            kept.append(part)
    return _joined(kept, _z3().Z3_mk_and) if kept else True


def either(parts: Iterable[Formula]) -> Formula:
    """The disjunction: one part at least holds; false without parts."""
    kept: list[Formula] = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            kept.append(part)
    return _joined(kept, _z3().Z3_mk_or) if kept else False


def _joined(parts: Sequence[Formula], make: Any) -> Formula:
    """What z3 makes of the parts, past `z3.And` and its like: these look at each part several times, and take ten times as long."""
    if len(parts) == 1:
        return parts[0]
    z3 = _z3()
    context = z3.main_ctx()
    listed = (z3.Ast * len(parts))(*(part.as_ast() for part in parts))
    return z3.BoolRef(make(context.ref(), len(parts), listed), context)


def opposite(part: Formula) -> Formula:
    """The negation: the part does not hold."""
    if isinstance(part, bool):
        return not part
    z3 = _z3()
    context = z3.main_ctx()
    return z3.BoolRef(z3.Z3_mk_not(context.ref(), part.as_ast()), context)


def at_least(parts: Iterable[Formula], bound: int) -> Formula:
    """A cardinality constraint: so many of the parts hold, or more."""
    listed = list(parts)
    wanted = bound - sum(part is True for part in listed)
    undecided = [part for part in listed if not isinstance(part, bool)]
    if wanted <= 0:
        return True
    if wanted > len(undecided):
        return False
    return _joined(undecided, partial(_make_at_least, wanted))


def exceeds(addends: Iterable[Iterable[tuple[int, Formula]]], bound: int) -> Formula:
    """A constraint on a sum: what is added comes to more than a bound.

    Args:
        addends: what each may come to, with the formula that tells when; one of these holds at most, and where none does, it is 0.
        bound: to be exceeded.
    """
    known, choices = -bound, []
    for addend in addends:
        undecided: dict[int, list[Formula]] = {}
        for weight, part in addend:
            if part is True:
                known += weight
            elif part is not False and weight:
                undecided.setdefault(weight, []).append(part)
        if undecided:
            choices.append(undecided)
    if known + sum(max(0, *weights) for weights in choices) <= 0:
        return False
    if known + sum(min(0, *weights) for weights in choices) > 0:
        return True
    # Numbers of as many bits as no sum of them needs more.
    z3, most = _z3(), abs(known) + sum(max(map(abs, weights)) for weights in choices)
    size = most.bit_length() + 2
    total = sum((_chosen(weights, size) for weights in choices), z3.BitVecVal(0, size))
    return total > z3.BitVecVal(-known, size)


def _chosen(weights: Mapping[int, Sequence[Formula]], size: int) -> Any:
    """The weight that holds, as bits: no adder for each, as one of them holds at most. A solver is lost in sums of hundreds."""
    z3 = _z3()
    one, nothing = z3.BitVecVal(1, 1), z3.BitVecVal(0, 1)
    bits = [
        either(part for weight, parts in weights.items() if weight >> bit & 1 for part in parts) for bit in range(size)
    ]
    return z3.Concat(*(nothing if bit is False else z3.If(bit, one, nothing) for bit in reversed(bits)))


def _make_at_least(bound: int, context: Any, number: int, parts: Any) -> Any:
    return _z3().Z3_mk_atleast(context, number, parts, bound)


class OutOfTimeError(Exception):
    """Time ran out while the formulas of a question were made."""


@define(eq=False)
class Solver:
    """Decides whether formulas are satisfiable. What it was told (assertions) stays; the parts of a question are assumptions on top.

    Attributes:
        seconds: for all questions together; None for no bound.
        asked: how many questions were put so far.
    """

    seconds: float | None = None
    asked: int = 0
    _solver: Any = field(init=False)
    _thread: ThreadPoolExecutor = field(init=False, factory=partial(ThreadPoolExecutor, 1))
    _model: Any = field(init=False, default=None)
    _names: dict[int, tuple[Formula, Formula]] = field(init=False, factory=dict)
    _made: int = field(init=False, default=0)
    _ends: float | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        # Sets that are finite, and numbers only as counts: what this solver of z3 is made for.
        self._solver = _z3().SolverFor("QF_FD")
        # While z3 works, this thread hears interrupts: z3 would take Ctrl-C for itself, and loses one that comes as it ends.
        self._solver.set("ctrl_c", False)
        self.restart(self.seconds)

    def restart(self, seconds: float | None) -> None:
        """Allow so much time from now on; None for all that it takes."""
        self._ends = None if seconds is None else monotonic() + seconds
        if seconds is None:
            self._solver.set("timeout", _NEVER)

    def in_time(self) -> None:
        """See to it that there is time left; for what makes many formulas.

        Raises:
            OutOfTimeError: there is none.
        """
        if self._ends is not None and monotonic() > self._ends:
            raise OutOfTimeError

    def new(self, name: str = "") -> Formula:
        """A fresh propositional variable."""
        self._made += 1
        return _z3().Bool(f"{name}#{self._made}")

    def tell(self, formula: Formula) -> None:
        """Assert that a formula holds, for all questions from here on."""
        if formula is not True:
            self._solver.add(formula)

    def named(self, formula: Formula) -> Formula:
        """A variable that is equivalent to a formula (a Tseitin definition), so that the solver holds one that is used often once."""
        if isinstance(formula, bool) or formula.num_args() == 0:
            return formula
        key = formula.get_id()
        if key not in self._names:
            name = self.new("d")
            self._solver.add(name == formula)
            # INVARIANT: the formula is kept, as z3 gives its id to another once it is gone.
            self._names[key] = (formula, name)
        return self._names[key][1]

    def can(self, parts: Iterable[Formula]) -> Answer:
        """Whether the parts are satisfiable together: `unknown` where time ran out.

        Raises:
            KeyboardInterrupt: the user interrupts it.
        """
        self._model = None
        asked = [self.named(part) for part in parts if part is not True]
        if any(part is False for part in asked):
            return "no"
        if self._ends is not None:
            left = self._ends - monotonic()
            if left <= 0:
                return "unknown"
            self._solver.set("timeout", max(1, int(left * 1000)))
        self.asked += 1
        told = self._thread.submit(self._solver.check, *asked)
        try:
            return _ANSWERS[str(told.result())]
        except KeyboardInterrupt:
            self._solver.interrupt()
            raise

    def holds(self, formula: Formula) -> bool:
        """Whether a formula holds in the model of the last question, whose answer was `yes`.

        INVARIANT: the formula was made before that question: what has a name only since then is not decided in it.
        """
        if isinstance(formula, bool):
            return formula
        if self._model is None:
            # Takes as long as the answer, and is seldom asked for.
            self._model = self._solver.model()
        return bool(_z3().is_true(self._model.eval(formula, model_completion=True)))

    def core(self, parts: Sequence[Formula], *, beside: Sequence[Formula] = ()) -> tuple[int, ...]:
        """A minimal unsatisfiable core: the numbers of parts that cannot hold together, though without one of them they could.

        None of them can be left out. Empty where the parts can hold together, or where that is not known.
        """
        if self.can([*parts, *beside]) != "no":
            return ()
        kept = list(range(len(parts)))
        for part in tuple(kept):
            fewer = [number for number in kept if number != part]
            if self.can([*(parts[number] for number in fewer), *beside]) == "no":
                kept = fewer
        return tuple(kept)


# Kleene's truth values as two formulas: whether something surely is so, and whether it possibly is.


@frozen(eq=False)
class Pair:
    """A truth value of Kleene's three-valued logic over a symbolic proposal, as two formulas.

    INVARIANT: what is sure is possible.

    Attributes:
        sure: it is yes.
        possible: it is not no.
    """

    sure: Formula
    possible: Formula

    def negated(self) -> "Pair":
        """Yes for no, no for yes."""
        return Pair(opposite(self.possible), opposite(self.sure))

    def like(self, other: "Pair") -> Formula:
        """Whether the two have one truth value."""
        return both((_same(self.sure, other.sure), _same(self.possible, other.possible)))

    @property
    def unknown(self) -> Formula:
        """Whether it is neither yes nor no."""
        return both((self.possible, opposite(self.sure)))


YES, UNKNOWN, NO = Pair(sure=True, possible=True), Pair(sure=False, possible=True), Pair(sure=False, possible=False)
_PAIRS = {Truth.YES: YES, Truth.UNKNOWN: UNKNOWN, Truth.NO: NO}


def pair_of(truth: Truth) -> Pair:
    """A truth value that is decided."""
    return _PAIRS[truth]


def all_of(pairs: Iterable[Pair]) -> Pair:
    """Conjunction; what stands behind a pair that is no is not asked for."""
    listed: list[Pair] = []
    for pair in pairs:
        if pair.possible is False:
            return NO
        listed.append(pair)
    return Pair(both(pair.sure for pair in listed), both(pair.possible for pair in listed))


def any_of(pairs: Iterable[Pair]) -> Pair:
    """Disjunction; what stands behind a pair that is yes is not asked for."""
    listed: list[Pair] = []
    for pair in pairs:
        if pair.sure is True:
            return YES
        listed.append(pair)
    return Pair(either(pair.sure for pair in listed), either(pair.possible for pair in listed))


def _same(one: Formula, other: Formula) -> Formula:
    return either((both((one, other)), both((opposite(one), opposite(other)))))
