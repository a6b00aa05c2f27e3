"""Lints of rules: what can never be, asked of the solver rule by rule and pair by pair."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from attrs import define, evolve, field

from consistent.authoring.lint.lints import Lint
from consistent.authoring.proving.cache import Decisions, SolverCache
from consistent.authoring.proving.formulas import Formula, either, opposite
from consistent.authoring.proving.outcomes import OwnConditions, differ, settled
from consistent.authoring.proving.shown import Shown
from consistent.authoring.proving.translating import Spot
from consistent.authoring.proving.witnesses import Bounds, SolverSession, conditions_of, measures_for, verified
from consistent.checker import KnowledgeBase
from consistent.errors import EngineError, Location
from consistent.locking import cached_property
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Proposal
from consistent.model.text import Localized, today
from consistent.rules.conditions import All, Condition, Named, Several, conjuncts, first_place, joining, walk
from consistent.rules.program import Answer, Join, Program, Question
from consistent.rules.rule import PLACEHOLDER, Rule
from consistent.solving.goals import HEADER, Goals, Slot
from consistent.toml.tomlfile import KeyPath

__all__ = ["RuleLints"]

# What lints of rules say, in both languages; `{rule}` is their subject, `{other}` what else they are about.

_ASKED = Localized("and this is asked", "en dit wordt gevraagd")
_EXCEPTION = Localized("this exception", "deze uitzondering")
_STRONGER = Localized("the stronger rule", "de sterkere regel")
_WIDER = Localized("the other rule", "de andere regel")
_WEAKER = Localized("the weaker rule", "de zwakkere regel")
_APPROVES = Localized("the rule that approves", "de regel die goedkeurt")

_NEVER_SO = Localized(
    "`{rule}` can never apply: this cannot hold", "`{rule}` kan nooit van toepassing zijn: dit kan niet waar zijn"
)
_NOT_TOGETHER = Localized(
    "`{rule}` can never apply: what it asks cannot hold together",
    "`{rule}` kan nooit van toepassing zijn: wat hij vraagt, kan niet samen waar zijn",
)
_EXCEPTED = Localized(
    "`{rule}` can never apply: where its condition holds, an exception does",
    "`{rule}` kan nooit van toepassing zijn: waar zijn voorwaarde geldt, geldt een uitzondering",
)
_DEFEATED = Localized(
    "`{rule}` can never apply: where it would, a stronger rule does",
    "`{rule}` kan nooit van toepassing zijn: waar hij dat zou zijn, is een sterkere regel het",
)
_HELP_NEVER = Localized("leave it out, or ask for less", "laat hem weg, of vraag minder")
_ALWAYS = Localized(
    "`{rule}` leaves nothing alone: whatever is said, it applies or is open",
    "`{rule}` laat niets met rust: wat er ook staat, hij is van toepassing of open",
)
_HELP_ALWAYS = Localized(
    "ask for what tells one proposal from another", "vraag naar wat het ene voorstel van het andere onderscheidt"
)
_COVERED = Localized(
    "`{rule}` says nothing that `{other}` does not: wherever it applies, that one does too",
    "`{rule}` zegt niets wat `{other}` niet zegt: overal waar hij van toepassing is, is die het ook",
)
_HELP_COVERED = Localized(
    "leave it out, let it defeat the other, or take what it covers out of the other",
    "laat hem weg, laat hem de andere verslaan, of haal wat hij dekt uit de andere",
)
_IDLE = Localized(
    "exception {other} of `{rule}` sets nothing aside: it never holds where the rule would apply",
    "uitzondering {other} van `{rule}` zet niets opzij: zij geldt nooit waar de regel van toepassing zou zijn",
)
_DOUBLE = Localized(
    "exception {other} of `{rule}` sets nothing aside: where it holds, another exception does too",
    "uitzondering {other} van `{rule}` zet niets opzij: waar zij geldt, geldt ook een andere uitzondering",
)
_HELP_EXCEPTION = Localized(
    "leave the exception out, or widen the rule", "laat de uitzondering weg, of verruim de regel"
)
_APART = Localized(
    "`{rule}` defeats `{other}` in vain: the two never apply to one thing",
    "`{rule}` verslaat `{other}` vergeefs: de twee zijn nooit op hetzelfde van toepassing",
)
_DEFEATED_ANYWAY = Localized(
    "`{rule}` defeats `{other}` in vain: where it does, another rule defeats that too",
    "`{rule}` verslaat `{other}` vergeefs: waar hij dat doet, verslaat ook een andere regel die",
)
_HELP_SUPERIORITY = Localized("take it out of `defeats`", "haal hem uit `defeats`")
_OPPOSED = Localized(
    "`{rule}` flags what `{other}` approves, for one principle in one dimension",
    "`{rule}` keurt af wat `{other}` goedkeurt, voor één beginsel in één dimensie",
)
_HELP_OPPOSED = Localized(
    "let one defeat the other, or give one an exception",
    "laat de ene de andere verslaan, of geef er een een uitzondering",
)
_MESSAGE = Localized(
    "the message of `{rule}` names {other}, which may be unknown where the rule applies",
    "de melding van `{rule}` noemt {other}, dat onbekend kan zijn waar de regel van toepassing is",
)
_HELP_MESSAGE = Localized(
    "ask for it in `when`, or leave it out of the message", "vraag ernaar in `when`, of laat het uit de melding weg"
)

# The question whether one rule applies wherever another does.
_COVERS = ("covers",)
# What rules say where they come out in some way: by the rule's id, as what.
Predicted = Sequence[tuple[str, str]]


@define(eq=False)
class RuleLints:
    """Finds the lints of the rules of a pack on one day.

    Attributes:
        kb: with the packs that it builds on, whose rules count but are not looked at.
        cache: of what was decided before; what is decided now goes there.
    """

    kb: KnowledgeBase
    day: date = field(factory=today)
    cache: SolverCache | None = None
    _program: Program = field(init=False)
    _measures: int = field(init=False)
    _decisions: Decisions = field(init=False)
    _living: list[Rule] = field(init=False, factory=list)

    def __attrs_post_init__(self) -> None:
        self._program = self.kb.program(self.day)
        self._measures = measures_for(conditions_of(self._program))
        self._decisions = self.cache.on(self._program, self._measures) if self.cache else Decisions(self._program)

    @cached_property
    def _session(self) -> SolverSession:
        """Made for the first question that was not decided before."""
        return SolverSession((self._program,), self.kb.knowledge.vocabularies, self._measures)

    @cached_property
    def _shown(self) -> Shown:
        """What is asked first; made as the session is."""
        return Shown.of(self.kb, self._program, self._measures)

    def found(self) -> Iterator[Lint]:
        """Every lint of a rule, in the order of checks."""
        rules = [compiled.rule for compiled in self._program.rules]
        for rule in rules:
            if self._decided("can apply", self._lives, rule):
                self._living.append(rule)
            elif rule.pack == self.kb.name:
                yield self._never(rule)
        own = [living for living in self._living if living.pack == self.kb.name]
        for check in (
            self._leaving_nothing,
            self._covered,
            self._exceptions,
            self._superiority,
            self._opposed,
            self._messages,
        ):
            yield from check(own)

    # What is asked of the solver, where it was not before.

    def _decided(self, question: str, decide: Callable[..., bool], *rules: Rule, about: str = "") -> bool:
        """What is decided of some rules, once.

        Args:
            question: in words that no other question has.
            decide: asks the solver; takes the rules.
            rules: that it is about.
            about: which part of them.
        """
        return self._decisions.once((question, about), [rule.id for rule in rules], partial(decide, *rules))

    def _place(self, rule: Rule) -> int | None:
        return 0 if rule.scope == "measure" else None

    def _own(self, rule: Rule) -> OwnConditions:
        return self._session.outcomes[0].own(rule, self._place(rule))

    def _applies(self, rule: Rule) -> Formula:
        return self._session.outcomes[0].of(rule.id, self._place(rule)).applies

    def _lives(self, rule: Rule) -> bool:
        """Whether it can apply."""
        return self._shown.applies(rule) or self._can(rule, self._applies(rule))

    def _can(self, rule: Rule, *parts: Formula) -> bool:
        """Whether something can be so where the rule is judged.

        Raises:
            EngineError: the solver does not say.
        """
        there = self._session.proposal.present[:1] if rule.scope == "measure" else ()
        answer = self._session.solver.can([*there, *parts])
        if answer == "unknown":
            raise EngineError(f"the solver does not decide what becomes of `{rule.id}`")
        return answer == "yes"

    def _bounds(self, *rules: Rule) -> Bounds:
        return Bounds.of(conditions_of(self._with_stronger(*rules)), self._measures)

    def _with_stronger(self, *rules: Rule) -> Program:
        goals = Goals(self._program)
        kept = {name for rule in rules for name in goals.with_stronger(rule.id)}
        return evolve(
            self._program, rules=tuple(compiled for compiled in self._program.rules if compiled.rule.id in kept)
        )

    def _witness(
        self,
        predicted: Predicted,
        *rules: Rule,
        beside: Callable[[SolverSession], Iterable[Formula]] = lambda _: (),
        about: str = "",
    ) -> Proposal:
        """The smallest proposal on which rules come out as predicted, checked by the evaluator.

        Args:
            predicted: what becomes of each.
            rules: that it is about.
            beside: what must be so besides.
            about: that in words which tell it from anything else that may be asked besides.

        Raises:
            EngineError: there is none, or the evaluator finds otherwise.
        """
        question = ("witness", about, *(word for pair in predicted for word in pair))
        find = partial(self._found_witness, predicted, rules, beside)
        return self._decisions.once(question, [rule.id for rule in rules], find)

    def _found_witness(
        self, predicted: Predicted, rules: Sequence[Rule], beside: Callable[[SolverSession], Iterable[Formula]]
    ) -> Proposal:
        program = self._with_stronger(*rules)
        session = SolverSession((program,), self.kb.knowledge.vocabularies, measures_for(conditions_of(program)))
        places = {rule.id: self._place(rule) for rule in rules}
        there = session.proposal.present[:1] if any(rule.scope == "measure" for rule in rules) else ()
        wanted = [getattr(session.outcomes[0].of(name, places[name]), outcome) for name, outcome in predicted]
        proposal = session.smallest([*there, *wanted, *beside(session)])
        if proposal is None:
            raise EngineError(f"the solver finds no proposal for what it holds possible of `{rules[0].id}`")
        return verified(program, proposal, [(name, places[name], outcome) for name, outcome in predicted])

    # The checks.

    def _never(self, rule: Rule) -> Lint:
        own, there = self._own(rule), self._session.proposal.present[:1] if rule.scope == "measure" else ()
        parts = list(conjuncts(rule.when))
        spot = Spot(self._place(rule), self._place(rule))
        truths = [self._session.outcomes[0].translator.truth(part, spot).sure for part in parts]
        core = self._session.solver.core(truths, beside=there)
        if core:
            related = tuple((_ASKED, _location(rule, parts[number])) for number in core)
            why = _NOT_TOGETHER if len(core) > 1 else _NEVER_SO
        elif not self._can(rule, own.applies):
            free = [opposite(exception.possible) for exception in own.unless]
            core = self._session.solver.core(free, beside=[*there, own.when.sure])
            related = tuple((_EXCEPTION, _at(rule, ("unless", number))) for number in core)
            why = _EXCEPTED
        else:
            stronger = self._session.outcomes[0].above(rule.id)
            related = tuple((_STRONGER, _at(above, ("defeats",))) for above in stronger)
            why = _DEFEATED
        place = related[0][1] if core else _at(rule, ("when",))
        return Lint(
            check="never-applies", about=(rule.id,), message=why.filled(rule=rule.id), help=_HELP_NEVER, place=place,
            related=related[1:] if core else related, bounds=self._bounds(rule),
        )  # fmt: skip

    def _leaving_nothing(self, own: Iterable[Rule]) -> Iterator[Lint]:
        for rule in own:
            if not self._decided("can be silent", self._can_be_silent, rule):
                yield Lint(
                    check="leaves-nothing-alone", about=(rule.id,), message=_ALWAYS.filled(rule=rule.id), help=_HELP_ALWAYS,
                    place=_at(rule, ("when",)), bounds=self._bounds(rule),
                )  # fmt: skip

    def _can_be_silent(self, rule: Rule) -> bool:
        if self._shown.is_silent(rule):
            return True
        found = self._session.outcomes[0].of(rule.id, self._place(rule))
        return self._can(rule, opposite(found.applies), opposite(found.open))

    def _covered(self, own: Iterable[Rule]) -> Iterator[Lint]:
        groups: dict[tuple[str, ...], list[Rule]] = {}
        for living in self._living:
            groups.setdefault((living.verdict, living.principle, living.dimension, living.scope), []).append(living)
        for rule in own:
            left = [
                other for other in groups[rule.verdict, rule.principle, rule.dimension, rule.scope] if other is not rule
            ]
            for number, wider in enumerate(left):
                if not self._covers(rule, wider, left[number + 1 :]):
                    continue
                yield Lint(
                    check="covered", about=(rule.id, wider.id), message=_COVERED.filled(rule=rule.id, other=wider.id),
                    help=_HELP_COVERED, place=_at(rule, ("when",)), related=((_WIDER, _at(wider, ("when",))),),
                    witness=self._witness([(rule.id, "applies"), (wider.id, "applies")], rule, wider),
                    bounds=self._bounds(rule, wider),
                )  # fmt: skip

    def _covers(self, rule: Rule, wider: Rule, others: Iterable[Rule]) -> bool:
        """Whether a rule applies wherever another does; of those that are looked at next it may come out too that they do not."""
        covers = self._decisions.known(_COVERS, (rule.id, wider.id))
        if covers is None and self._shown.applies_without(rule, wider):
            covers = False
            self._decisions.note(_COVERS, (rule.id, wider.id), covers)
        if covers is None:
            # INVARIANT: made before the question, so that each is decided in what the solver finds.
            applies = [(other, self._applies(other)) for other in others]
            covers = not self._can(rule, self._applies(rule), opposite(self._applies(wider)))
            self._decisions.note(_COVERS, (rule.id, wider.id), covers)
            if not covers:
                # Of what the solver found, any other rule that is silent there is ruled out too.
                for other, applied in applies:
                    if not self._session.solver.holds(applied):
                        self._decisions.note(_COVERS, (rule.id, other.id), decision=False)
        return bool(covers)

    def _exceptions(self, own: Iterable[Rule]) -> Iterator[Lint]:
        for rule in own:
            for number in range(len(rule.unless)):
                if not self._decided("exception is idle", partial(self._is_idle, number), rule, about=str(number)):
                    continue
                beside = self._decided("exception can hold", partial(self._can_hold, number), rule, about=str(number))
                yield Lint(
                    check="idle-exception", about=(rule.id, str(number + 1)),
                    message=(_DOUBLE if beside else _IDLE).filled(rule=rule.id, other=str(number + 1)), help=_HELP_EXCEPTION,
                    place=_at(rule, ("unless", number)), bounds=self._bounds(rule),
                )  # fmt: skip

    def _is_idle(self, number: int, rule: Rule) -> bool:
        """Whether an exception changes nothing."""
        if self._shown.excepts(rule, number):
            return False
        found = self._own(rule)
        without = evolve(found, unless=(*found.unless[:number], *found.unless[number + 1 :]))
        return not self._can(rule, differ(settled(found, ()), settled(without, ())))

    def _can_hold(self, number: int, rule: Rule) -> bool:
        """Whether an exception can hold where the rule would apply."""
        found = self._own(rule)
        return self._can(rule, found.when.sure, found.unless[number].sure)

    def _superiority(self, own: Iterable[Rule]) -> Iterator[Lint]:
        names = {living.id: living for living in self._living}
        for rule in own:
            for weaker in (names[name] for name in rule.defeats if name in names):
                if not self._decided("defeats in vain", self._is_vain, rule, weaker):
                    continue
                beside = self._decided("defeated can apply too", self._can_apply_too, rule, weaker)
                yield Lint(
                    check="idle-superiority", about=(rule.id, weaker.id),
                    message=(_DEFEATED_ANYWAY if beside else _APART).filled(rule=rule.id, other=weaker.id),
                    help=_HELP_SUPERIORITY, place=_at(rule, ("defeats",)), related=((_WEAKER, _at(weaker, ("when",))),),
                    bounds=self._bounds(rule, weaker),
                )  # fmt: skip

    def _is_vain(self, rule: Rule, weaker: Rule) -> bool:
        """Whether it changes nothing that a rule defeats a weaker one."""
        if self._shown.defeats(rule, weaker):
            return False
        outcomes, place, its = self._session.outcomes[0], self._place(weaker), self._own(weaker)
        with_it, without = (
            settled(its, outcomes.above_at(weaker, place, but=without_rule)) for without_rule in (None, rule)
        )
        # It counts for what is open too: where it applies, the weaker one is no question any more.
        return not self._can(weaker, differ(with_it, without))

    def _can_apply_too(self, rule: Rule, weaker: Rule) -> bool:
        return self._can(weaker, self._own(weaker).applies, self._applies(rule))

    def _opposed(self, own: Iterable[Rule]) -> Iterator[Lint]:
        """As `findings.opposition` has it, which looks at the likeliest measures only when a pack is loaded.

        Where a rule needs several values in a field, as for two safeguards at once, a measure may have so many there, and no more:
        of one that does two things at once, one rule may well flag the one and another approve the other.
        """
        strict = [rule for rule in self._living if rule.ground != "contested" and not rule.unless]
        names = {rule.id for rule in own}
        for one in (rule for rule in strict if rule.verdict == "conflict"):
            for other in (rule for rule in strict if rule.verdict == "aligned"):
                same = (one.principle, one.dimension, one.scope) == (other.principle, other.dimension, other.scope)
                if not (same and names & {one.id, other.id}):
                    continue
                if self._decided("opposed", self._are_opposed, one, other):
                    yield Lint(
                        check="opposed", about=(one.id, other.id), message=_OPPOSED.filled(rule=one.id, other=other.id),
                        help=_HELP_OPPOSED, place=_at(one, ("verdict",)), related=((_APPROVES, _at(other, ("verdict",))),),
                        witness=self._witness(
                            [(one.id, "applies"), (other.id, "applies")], one, other, beside=partial(_simple, most=self._most(one, other)), about="simple",
                        ),
                        bounds=self._bounds(one, other),
                    )  # fmt: skip

    def _are_opposed(self, one: Rule, other: Rule) -> bool:
        simple = self._session.proposal.simple(self._most(one, other))
        return self._can(one, self._applies(one), self._applies(other), *simple)

    def _most(self, one: Rule, other: Rule) -> Mapping[Slot, int]:
        """How many values a field may have so that each of two rules can apply."""
        needed = [self._needed(rule) for rule in (one, other)]
        return {slot: max(each.get(slot, 1) for each in needed) for each in needed for slot in each}

    def _needed(self, rule: Rule) -> Mapping[Slot, int]:
        """How many values the fields have of the smallest proposal to which a rule applies; nothing where one in each will do."""
        if self._decided("applies to one value in each field", self._is_simple, rule):
            return {}
        smallest = self._witness([(rule.id, "applies")], rule)
        parts = (
            (HEADER, smallest, PROPOSAL_FIELDS),
            *((0, each, MEASURE_FIELDS) for each in smallest.measures[:1]),
        )
        return {(number, name): len(getattr(part, name).yes) for number, part, fields in parts for name in fields}

    def _is_simple(self, rule: Rule) -> bool:
        return self._can(rule, self._applies(rule), *self._session.proposal.simple({}))

    def _messages(self, own: Iterable[Rule]) -> Iterator[Lint]:
        for rule in own:
            for name in dict.fromkeys(PLACEHOLDER.findall(rule.message.en) + PLACEHOLDER.findall(rule.message.nl)):
                owner, _, key = name.partition(".")
                if key and self._decided(
                    "unknown in message", partial(self._can_be_unfilled, owner, key), rule, about=name
                ):
                    witness = self._witness(
                        [(rule.id, "applies")],
                        rule,
                        beside=partial(self._unfilled, rule, owner, key),
                        about=f"{name} is unknown",
                    )
                    yield Lint(
                        check="unknown-in-message", about=(rule.id, name), message=_MESSAGE.filled(rule=rule.id, other=f"{{{name}}}"),
                        help=_HELP_MESSAGE, place=_at(rule, ("message",)), witness=witness, bounds=self._bounds(rule),
                    )  # fmt: skip

    def _can_be_unfilled(self, owner: str, key: str, rule: Rule) -> bool:
        # Most rules ask for what their message names, so that there is nothing to be asked of the solver.
        compiled = next(compiled for compiled in self._program.rules if compiled.rule is rule)
        if owner in {"measure", "proposal"}:
            filled = all(any(_needs_value(literal, owner, key) for literal in clause) for clause in compiled.when)
        else:
            needed = list(walk(rule.when, (All, Named)))
            filled = any(kind == owner and any(join is part for part in needed) for join, kind in joining(rule.when))
        return not filled and self._can(rule, self._applies(rule), *self._unfilled(rule, owner, key, self._session))

    def _unfilled(self, rule: Rule, owner: str, key: str, session: SolverSession) -> list[Formula]:
        """That a placeholder has nothing to stand for: the field is not known, or no fact of the kind is joined for sure."""
        if owner in {"measure", "proposal"}:
            value = session.proposal.value(key, 0 if owner == "measure" else None)
            return [value.open, value.empty]
        spot = Spot(self._place(rule), self._place(rule))
        joined = (
            session.outcomes[0].translator.truth(join, spot).sure for join, kind in joining(rule.when) if kind == owner
        )
        return [opposite(either(joined))]


def _needs_value(literal: Answer | Join, owner: str, key: str) -> bool:
    """Whether a literal holds for sure only where some value of a field is known."""
    match literal:
        case Answer(Question(scope, name, operator, operand), positive=True) if (scope, name) == (owner, key):
            if isinstance(operand, Several):
                return operator == "at_least" and operand.number > 0
            return operator not in {"only", "empty"}
        case _:
            return False


def _simple(session: SolverSession, most: Mapping[Slot, int]) -> Iterator[Formula]:
    return session.proposal.simple(most)


def _location(rule: Rule, condition: Condition) -> Location:
    return _at(rule, first_place(condition))


def _at(rule: Rule, key: KeyPath) -> Location:
    return rule.anchor.file.location(key)
