"""The cache of what was decided, by all that each decision rests on: after a change only what depends on it is decided again.

Most is decided by the solver; that a search for a counterexample to a guarantee found nothing is kept as well.

A decision is about some rules. It rests on these and on those that defeat them, each as its file has it; on all that the packs know,
of which a rule may read anything; on how many measures a proposal may have; on the code that decides, and on the solver. Any change of
these makes it another decision, so that nothing has to be invalidated. What the rules beside them are is no part of it, but for
conditions that compare fields: what is told apart there hangs on the values that any rule names.
"""

import json
import pickle
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any, TypeVar, cast

from attrs import define, field

from consistent.authoring.accepted import LINTS, MUTANTS
from consistent.authoring.proving._symbolic import bounded
from consistent.caching import LOADING, PrivateFolder, cache_root, code_key, facts_key
from consistent.knowledge.packs import PackFolder, packs_below
from consistent.plugins import installed_version
from consistent.rules.guarantees import GUARANTEES
from consistent.rules.program import Program
from consistent.rules.rule import Rule
from consistent.solving.goals import Goals

__all__ = ["Decisions", "SolverCache"]

T = TypeVar("T")
# Of one pack; what was asked for last stays. A pack of a thousand rules has some ten thousand.
_MOST = 50_000
_SOLVER = "z3-solver"
# Files of facts that no rule reads.
_ASIDE = (LINTS.file, MUTANTS.file, GUARANTEES)
# INVARIANT: computed on import, as the code of loading is: code that is edited meanwhile is not what runs.
_CODE = code_key((*LOADING, "authoring"))


@define(eq=False)
class SolverCache:
    """The decisions on one pack, as long as its files of facts are as they were when this was made.

    Attributes:
        folders: of the pack and of those that it builds on.
    """

    folders: tuple[PackFolder, ...]
    _known: str
    _file: str
    _kept_in: PrivateFolder
    _held: dict[str, object]
    _used: dict[str, object] = field(init=False, factory=dict)

    @classmethod
    def of(cls, name: str, available: Mapping[str, PackFolder]) -> "SolverCache | None":
        """The cache of a pack that is about to be loaded; None where nothing can be kept.

        Args:
            name: of the pack.
            available: every pack that can be loaded.
        """
        root, folders = cache_root(), packs_below(name, available)
        known = facts_key(folders, but=_ASIDE)
        if root is None or known is None or _CODE is None:
            return None
        # Where there is no solver, searches may be decided.
        version = installed_version(_SOLVER) or "none"
        kept_in = PrivateFolder(root / "decisions")
        file = _digest([_CODE, version, *(str(folder.facts) for folder in folders)])
        return cls(folders, known, file, kept_in, _read(kept_in.get(file)))

    def on(self, program: Program, measures: int) -> "Decisions":
        """What is decided of the rules of a day.

        Args:
            program: of the pack.
            measures: how many a proposal may have.
        """
        day = sorted(
            f"{kind} {fact.id} {fact.period}" for kind in program.facts.kinds for fact in program.facts.of_kind(kind)
        )
        return Decisions(program, _digest([self._known, str(measures), *day]), self)

    def get(self, key: str) -> object | None:
        """What was decided; None where it was not. What is asked for is kept."""
        if key in self._held:
            self._used[key] = self._held[key]
        return self._used.get(key)

    def put(self, key: str, decision: object) -> None:
        """Note what was decided."""
        self._used[key] = decision

    def write(self) -> None:
        """Keep what was decided, unless the facts were changed since: they would stand under the key of other ones."""
        if facts_key(self.folders, but=_ASIDE) != self._known or self._used.keys() <= self._held.keys():
            return
        # What another process decided meanwhile stays. What was used goes last, and stays longest.
        held = self._held | _read(self._kept_in.get(self._file))
        kept = {key: one for key, one in held.items() if key not in self._used} | self._used
        content = dict(list(kept.items())[-_MOST:])
        self._kept_in.put(self._file, pickle.dumps(content, pickle.HIGHEST_PROTOCOL))


@define(eq=False)
class Decisions:
    """Decides each question on the rules of a day once.

    Attributes:
        program: the rules of the day.
    """

    program: Program
    _under: str = ""
    _cache: SolverCache | None = None
    _rules: dict[str, Rule] = field(init=False)
    _texts: dict[str, str] = field(init=False, factory=dict)
    _goals: Goals = field(init=False)
    _all: str = field(init=False, default="")

    def __attrs_post_init__(self) -> None:
        self._rules = {compiled.rule.id: compiled.rule for compiled in self.program.rules}
        self._goals = Goals(self.program)

    def once(self, question: Iterable[str], rules: Iterable[str], decide: Callable[[], T]) -> T:
        """What was decided before, or is now.

        Args:
            question: what is asked, in words that tell it from any other on the same rules.
            rules: what it is about, by id; what defeats them counts by itself.
            decide: asks the solver. None is never kept.
        """
        if self._cache is None:
            return decide()
        key = self._key(question, rules)
        found = self._cache.get(key)
        if found is None:
            found = decide()
            if found is not None:
                self._cache.put(key, found)
        return cast("T", found)

    def known(self, question: Iterable[str], rules: Iterable[str]) -> object | None:
        """What was decided before; None where it was not."""
        return None if self._cache is None else self._cache.get(self._key(question, rules))

    def note(self, question: Iterable[str], rules: Iterable[str], decision: object) -> None:
        """Keep what came out beside the answer to another question."""
        if self._cache is not None:
            self._cache.put(self._key(question, rules), decision)

    def _key(self, question: Iterable[str], rules: Iterable[str]) -> str:
        named = list(rules)
        names = list(dict.fromkeys(above for name in named for above in self._goals.with_stronger(name)))
        compares = any(bounded(self._rules[name].conditions) for name in names)
        return _digest([
            self._under, *question, "about", *named, "as", *map(self._text, names), self._every if compares else "",
        ])  # fmt: skip

    def _text(self, name: str) -> str:
        """A rule by what its file says; the concepts that it rests on are among the facts."""
        if name not in self._texts:
            file = self._rules[name].anchor.file
            said = json.dumps(file.data, sort_keys=True, default=str) if file.text is None else file.text
            self._texts[name] = _digest([name, said])
        return self._texts[name]

    @property
    def _every(self) -> str:
        if not self._all:
            self._all = _digest(map(self._text, self._rules))
        return self._all


def _read(content: bytes | None) -> dict[str, object]:
    """What was kept; nothing where it cannot be read."""
    try:
        found: Any = pickle.loads(content) if content else {}  # noqa: S301  from a folder that is the user's alone
    except Exception:  # noqa: BLE001  whatever is wrong with it: it is decided anew
        return {}
    return found if isinstance(found, dict) else {}


def _digest(parts: Iterable[str]) -> str:
    return sha256(json.dumps(list(parts)).encode()).hexdigest()
