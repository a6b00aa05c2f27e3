"""From clauses to engine rules, spread over rulesets that stay within the limits."""

from collections.abc import Iterable, Sequence

from attrs import define, field

from consistent.engine._durable import Ruleset
from consistent.engine._patterns import MAX_FACTS_IN_MATCH, EngineRule, Pattern, Same, fits
from consistent.errors import EngineError
from consistent.rules.program import Answer, Clause, Join, Shared

__all__ = ["Network"]


@define(eq=False)
class Network:
    """Targets (lists of clauses) as rulesets, and the numbers of the columns and fields that they test."""

    columns: dict[Answer, str] = field(factory=dict)
    fields: dict[tuple[str, str, str], int] = field(factory=dict)
    # The same of comparisons between a candidate and the judged measure: the place in a match, and whose.
    compared: dict[tuple[str, str, Join], int] = field(factory=dict)
    rulesets: list[Ruleset] = field(factory=list)
    # Which columns are asked of one subject together, and for which targets: only with all of them has it a place in a match.
    together: dict[tuple[str, ...], set[int]] = field(factory=dict)

    @classmethod
    def of_conditions(cls, targets: Sequence[frozenset[Clause]]) -> "Network":
        """A network whose target n is the n-th condition."""
        network = cls()
        network._build(
            network._clause(number, clause) for number, clauses in enumerate(targets) for clause in clauses if clause
        )
        return network

    @classmethod
    def of_shared(cls, columns: Sequence[Shared]) -> "Network":
        """A network whose target n is the n-th question whether measure and proposal share a value."""
        network = cls()
        rules = []
        for number, column in enumerate(columns):
            measure = Pattern("a", (("f", network._field("a", "measure", column.measure_field)),))
            proposal = Pattern(
                "b", (("f", network._field("b", "proposal", column.proposal_field)),), (Same("v", "a", "v"),)
            )
            rules.append(EngineRule(number, (measure, proposal), ("a",)))
        network._build(rules)
        return network

    def _field(self, alias: str, owner: str, name: str) -> int:
        """The number of a field whose values are joined, at one place in a match.

        Each place has numbers of its own, as the engine never takes one fact for two places.
        """
        return self.fields.setdefault((alias, owner, name), len(self.fields) + len(self.compared))

    def _ends(self, left: str, right: str, join: Join) -> tuple[int, int]:
        """The numbers of the two fields of a join; of a comparison, those of what stands for it."""
        if join.operator == "any":
            return self._field(left, "measure", join.candidate_field), self._field(right, "measure", join.judged_field)
        first, second = (
            self.compared.setdefault((alias, whose, join), len(self.fields) + len(self.compared))
            for alias, whose in ((left, "candidate"), (right, "judged"))
        )
        return first, second

    def _clause(self, target: int, clause: Clause) -> EngineRule:
        literals = [literal for literal in clause if isinstance(literal, Answer)]
        joins = [join for join in clause if isinstance(join, Join)]
        patterns: list[Pattern] = []
        for alias, scope in (("p", "proposal"), ("m", "measure")):
            asked = tuple((self._column(literal), 1) for literal in literals if literal.column.scope == scope)
            if asked:
                patterns.append(Pattern(alias, asked, (Same("j", "p", "j"),) if patterns else ()))
        aliases = {pattern.alias for pattern in patterns}
        result: tuple[str, ...] = ("m",) if "m" in aliases else ()
        candidate, judged = ("m", "") if "m" in aliases else ("", "")
        for number, join in enumerate(joins):
            left, right = f"a{number}", f"b{number}"
            first, second = self._ends(left, right, join)
            same = [Same("n", candidate, "n")] if candidate else [Same("j", "p", "j")] if "p" in aliases else []
            patterns.append(Pattern(left, (("f", first),), tuple(same)))
            candidate = candidate or left
            same = [Same("v", left, "v"), *([Same("n", judged, "n")] if judged else [])]
            patterns.append(Pattern(right, (("f", second),), tuple(same)))
            judged = judged or right
        if joins:
            result = (candidate, judged)
        if len(patterns) > MAX_FACTS_IN_MATCH:
            raise EngineError("a condition joins more facts than durable-rules can match at once")
        return EngineRule(target, tuple(patterns), result)

    def _column(self, literal: Answer) -> str:
        return self.columns.setdefault(literal, f"q{len(self.columns)}")

    def _build(self, rules: Iterable[EngineRule]) -> None:
        """Spread the rules over rulesets that stay within the limits."""
        chunk: list[EngineRule] = []
        patterns, columns = 0, set[str]()
        for rule in rules:
            tested = set[str]()
            for pattern in rule.patterns:
                names = tuple(name for name, _ in pattern.constants)
                tested.update(names)
                if asked := tuple(name for name in names if name[0] == "q"):
                    self.together.setdefault(asked, set()).add(rule.target)
            if chunk and not fits(patterns + len(rule.patterns), len(columns | tested)):
                self.rulesets.append(Ruleset(chunk))
                chunk, patterns, columns = [], 0, set()
            chunk.append(rule)
            patterns += len(rule.patterns)
            columns |= tested
        if chunk:
            self.rulesets.append(Ruleset(chunk))
