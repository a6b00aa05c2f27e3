"""A pack that was loaded, and what it offers: read, draft and check proposals, compare them, and make a report again.

How a pack becomes one, and where it is kept, `loading` knows.
"""

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import Factory, evolve, field, frozen

from consistent.engine.choosing import engine_named
from consistent.errors import InputError, UsageError
from consistent.knowledge.entries import Knowledge, Limits
from consistent.knowledge.fields import packs_with_field
from consistent.knowledge.packs import PackFolder
from consistent.locking import Lock, cached_property
from consistent.model.proposal import Proposal
from consistent.model.text import today
from consistent.pack_reading import Kept, changed_kinds
from consistent.packing import Packed
from consistent.rules.compiling import compile_rules
from consistent.rules.conditions import Concept, Condition, named_directly
from consistent.rules.program import FactLookup, Program
from consistent.rules.rule import Rule, find_rule, reached, select_rules, weaker
from consistent.shown import Drawn
from consistent.toml.proposals import ProposalReader, opened
from consistent.toml.tomlfile import TomlFile, type_name
from consistent.toml.waivers import WaiverInput, waivers_from

if TYPE_CHECKING:
    from consistent.check import Check
    from consistent.documents.document import Document
    from consistent.drafting.draft import Draft
    from consistent.engine.columns.corpus import Corpus
    from consistent.findings.case import Case
    from consistent.findings.report import OtherPack, Report
    from consistent.findings.survey import Survey
    from consistent.inquiries.differences.difference import Difference
    from consistent.inquiries.differences.drafts import ComparedDrafts
    from consistent.inquiries.verifying import Verification
    from consistent.rules.guarantees import Guarantee

__all__ = ["KnowledgeBase", "ProposalInput"]

# What checks, what reads documents, and what compares checks, is imported when it is first asked for: to load a pack that
# was loaded before needs none of it, and to check a proposal in TOML only the first.
ProposalInput: TypeAlias = "Proposal | Draft | Path | str | bytes | Mapping[str, Any]"
_LIMITS = Limits()


def _none(_: "KnowledgeBase") -> "tuple[KnowledgeBase, ...]":
    return ()


def _packed(guarantees: "Packed[tuple[Guarantee, ...]] | tuple[Guarantee, ...]") -> "Packed[tuple[Guarantee, ...]]":
    return guarantees if isinstance(guarantees, Packed) else Packed(guarantees)


@frozen(kw_only=True, eq=False)
class KnowledgeBase(Drawn):
    """A pack with all that it builds on, ready to check proposals. Frozen; safe to share between threads.

    Attributes:
        name: of the pack.
        knowledge: vocabularies, facts, principles, positions.
        concepts: conditions that have a name, by id.
        rules: in order of pack and path.
    """

    __shown__ = ("name", "rules", "concepts")

    name: str
    knowledge: Knowledge
    rules: tuple[Rule, ...]
    concepts: Mapping[str, Concept] = field(factory=dict)
    # Only who proves or tests asks for them.
    _guarantees: "Packed[tuple[Guarantee, ...]]" = field(default=(), converter=_packed, repr=False)
    _reader: ProposalReader = field(repr=False)
    # Ids of all rules of the pack, of those too that were not selected.
    _known: frozenset[str] = field(
        default=Factory(lambda kb: frozenset(rule.id for rule in kb.rules), takes_self=True), repr=False
    )
    _programs: dict[date, Program] = field(factory=dict, repr=False)
    # Programs of the pack before an edit, with the same facts.
    _compiled_before: dict[date, Program] = field(factory=dict, repr=False)
    # The packs beside it that can be loaded; nothing but a check that looks elsewhere asks for them.
    _others: "Callable[[KnowledgeBase], Iterable[KnowledgeBase]]" = field(default=_none, repr=False)
    # What was found when rules were compared, for who reads the pack again after an edit.
    _witnesses: "Packed[tuple[tuple[tuple[str, ...], Proposal | None], ...]]" = field(
        factory=lambda: Packed(()), repr=False
    )
    _lock: Any = field(factory=Lock, repr=False)

    def __getstate__(self) -> dict[str, Any]:
        # What is compiled goes along, so that no other process has to compile it anew.
        kept = {"name": self.name, "knowledge": self.knowledge, "rules": self.rules, "guarantees": self._guarantees}
        kept |= {"concepts": self.concepts, "others": self._others}
        return kept | {"known": self._known, "programs": dict(self._programs), "witnesses": self._witnesses}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        reader = ProposalReader(state["knowledge"].vocabularies, packs_with_field)
        # How a frozen class is filled anew; a subclass with other fields has to say so itself.
        self.__init__(**state, reader=reader)  # type: ignore[misc]  # how a frozen class is filled anew

    @property
    def guarantees(self) -> "tuple[Guarantee, ...]":
        """What the packs promise of every proposal; they speak of all rules, whichever were selected."""
        return self._guarantees.content

    def rule(self, name: str) -> Rule:
        """A rule by its id, or by the last part of it where only one rule has that.

        Raises:
            UsageError: there is none, or more than one.
        """
        return find_rule(self.rules, name)

    def users_of(self, concept: Concept) -> tuple[str, ...]:
        """The ids of what names a concept itself: rules, guarantees, and other concepts."""
        held: list[tuple[str, Iterable[Condition]]] = [(rule.id, rule.conditions) for rule in self.rules]
        held += [(promise.id, (promise.given,)) for promise in self.guarantees if promise.given is not None]
        held += [(other.id, (other.condition,)) for other in self.concepts.values()]
        return tuple(name for name, conditions in held if any(concept in named_directly(each) for each in conditions))

    def only(self, keep: Callable[[Rule], bool]) -> "KnowledgeBase":
        """The same knowledge with the rules that `keep` says yes to."""
        return self._with(tuple(rule for rule in self.rules if keep(rule)))

    def kept(self, folders: tuple[PackFolder, ...], facts_key: str) -> Kept:
        """What was read of it, for who reads its files again.

        Args:
            folders: of the packs that it is of, as they are now.
            facts_key: of the files of facts as they were when it was read (`caching.facts_key`).
        """
        read = (self.knowledge, folders, self._reader, self.concepts)
        kept = Kept(facts_key, read, {rule.id: rule for rule in self.rules})
        kept.note_witnesses(self._witnesses.content)
        return kept

    def handed_on(self, again: "KnowledgeBase") -> "KnowledgeBase":
        """`again`, read of the pack after an edit; it compiles no rule that is compiled here, and asks for no fact that changed."""
        from consistent.rules.reads import kinds_read

        changed = changed_kinds(self.knowledge, again.knowledge)
        # Rules are those of before only where all that they are read with is the same.
        same = [rule for rule in again.rules if not changed or changed.isdisjoint(kinds_read(rule))]
        return evolve(again, compiled_before={day: program.only(same) for day, program in self._programs.items()})

    def selected(self, select: Iterable[str] | None = None, ignore: Iterable[str] | None = None) -> "KnowledgeBase":
        """The same knowledge with fewer rules.

        Args:
            select: patterns of rules to keep: ids, folders of ids, wildcards, principles, positions. All unless given.
            ignore: patterns of rules to leave out.

        Raises:
            UsageError: a pattern names no rule.
        """
        if not select and not ignore:
            return self
        return self._with(select_rules(self.rules, select or (), ignore or ()))

    def amended(self, rule: str, text: str) -> "KnowledgeBase":
        """The pack with another text of one of its rules; nothing is written.

        Args:
            rule: as in `rule`.
            text: TOML, as a file of the rule would hold it.

        Raises:
            UsageError: there is no such rule.
            InputError: the text is none of a rule, or of one that cannot stand beside the others; with its lines.
        """
        from consistent.findings.opposition import check_opposition
        from consistent.rules.loading import reread_rule

        old = self.rule(rule)
        file = TomlFile.parse(text, f"rules/{old.id}.toml")
        new = reread_rule(file, old, self.rules, self.knowledge, self._reader, self.concepts)
        rules = tuple(new if each is old else each for each in self.rules)
        # What the others say of each other was checked when they were loaded, and hangs on what this one sets aside.
        concerned = reached(new.id, weaker((*self.rules, new)))
        check_opposition(rules, self.knowledge, about=concerned)
        return self._with(rules)

    def _with(self, rules: tuple[Rule, ...]) -> "KnowledgeBase":
        found = KnowledgeBase(
            name=self.name,
            knowledge=self.knowledge,
            rules=rules,
            concepts=self.concepts,
            guarantees=self._guarantees,
            reader=self._reader,
            known=self._known,
            others=self._others,
        )
        # Each rule is compiled by itself; with fewer rules the spans in which nothing begins or ends can be longer.
        if set(rules) <= set(self.rules):
            programs = {found._period_start(day): program.only(rules) for day, program in dict(self._programs).items()}
            found._programs.update(programs)
        return found

    def read(self, proposal: ProposalInput) -> Proposal:
        """Read a proposal: a path, TOML text, a dict in the shape of the TOML, a draft, or a proposal itself.

        In a dict a set stands for a list as well, and a whole number of another library for one of Python's.

        Text that holds a line break or a `[` is taken for TOML, other text for a path. A document is read by `draft`.

        Raises:
            InputError: with every fault, of values that were built in Python too; or the draft is of a document that is no
                proposal.
        """
        if isinstance(proposal, Proposal):
            self._reader.check(proposal)
            return proposal
        if not isinstance(proposal, Path | str | bytes | Mapping):
            from consistent.drafting.draft import Draft

            if isinstance(proposal, Draft):
                return proposal.proposal
        return self.read_file(opened(proposal, "<proposal>"))

    def read_file(self, file: TomlFile) -> Proposal:
        """Read a proposal from a file that was opened already.

        Raises:
            InputError: with every fault.
        """
        return self._reader.read(file)

    def draft(self, document: "Document | Path | str | bytes", name: str = "", *, as_proposal: bool = False) -> "Draft":
        """Draft the proposal that a document makes, in the terms of this pack.

        Args:
            document: its file, what is in that file as bytes, or a document that was read already.
            name: how messages call it; the path unless given.
            as_proposal: take a document that is no proposal, or is in a language that is not read, for one all the same.

        Raises:
            InputError: the document cannot be read, or is in a language that is not read.
            UsageError: an added format or language is not one.
        """
        from consistent.drafting.draft import draft_in_terms

        return draft_in_terms(document, name, self.knowledge.vocabularies, as_proposal=as_proposal)

    def check(
        self,
        proposal: ProposalInput,
        *,
        as_of: date | None = None,
        engine: str = "auto",
        waivers: WaiverInput | Iterable[WaiverInput] = (),
        ending_within: int = _LIMITS.ending_within,
        verified_within: int = _LIMITS.verified_within,
        strict: bool = False,
        elsewhere: bool = False,
    ) -> "Check":
        """Check a proposal.

        Args:
            proposal: see `read`.
            as_of: the day whose facts, rules and waivers count; today unless given.
            engine: `auto`, `columns`, `durable-rules` or `plain`; see `engine_named`.
            waivers: findings that are accepted; see `waivers_from`.
            ending_within: days; the report warns of what it rests on and ends within that time.
            verified_within: days; the report warns of facts that it rests on and that were last compared with their source
                longer ago, or never.
            strict: what a reader looked for in the text and did not find stays unknown, as all that the proposal does not
                say; unless given, a rule that needs it is presumed not to apply (`Report.presumed`).
            elsewhere: look which other packs speak of it, where nobody named a pack or this one has nothing to say
                (`Report.elsewhere`); these are loaded for it.

        Returns:
            What was found, and what can be asked of it; `Check.report` is all of the former as plain data.

        Raises:
            InputError: the proposal or a waiver cannot be used.
            UsageError: the engine is not known or cannot be had.
            EngineError: the engine did not do all of its work.
        """
        from consistent.check import Check

        case = self.case(
            proposal,
            as_of=as_of,
            engine=engine,
            waivers=waivers,
            ending_within=ending_within,
            verified_within=verified_within,
            strict=strict,
            elsewhere=elsewhere,
        )
        return Check.of(case)

    def check_many(
        self,
        proposals: Iterable[ProposalInput],
        *,
        as_of: date | None = None,
        engine: str = "auto",
        waivers: WaiverInput | Iterable[WaiverInput] = (),
        ending_within: int = _LIMITS.ending_within,
        verified_within: int = _LIMITS.verified_within,
        strict: bool = False,
    ) -> "Iterator[Check]":
        """Check proposals one after the other, as many at once as the engine takes.

        Memory is bounded however many there are, as long as nobody keeps the checks. Each report is written when it is
        looked at; `Check.spoken` tells what it comes to without that.

        Args:
            proposals: see `read`; taken as they come.
            as_of: see `check`, as for all that follows.
            engine: `auto` takes `columns`.
            waivers: findings that are accepted.
            ending_within: days.
            verified_within: days.
            strict: presume nothing.

        Yields:
            The check of each proposal, in order.

        Raises:
            InputError: a proposal cannot be used, when its turn comes; or a waiver.
            UsageError, EngineError: as `check`.
        """
        from consistent.check import Check

        case = self.case(
            Proposal(),
            as_of=as_of,
            engine="columns" if engine == "auto" else engine,
            waivers=waivers,
            ending_within=ending_within,
            verified_within=verified_within,
            strict=strict,
        )
        for several in _batches(map(self.read, proposals), case.engine.most):
            yield from Check.several(case, several)

    def survey(self, corpus: "Corpus", *, as_of: date | None = None) -> "Survey":
        """Which rules say something of which measures of a corpus, as columns of numbers; the fastest way to ask for that.

        Args:
            corpus: proposals in columns; `Corpus.of` makes it.
            as_of: see `check`.
        """
        from consistent.findings.survey import survey

        return survey(self.program(as_of or today()), corpus)

    def case(
        self,
        proposal: ProposalInput,
        *,
        as_of: date | None = None,
        engine: str = "auto",
        waivers: WaiverInput | Iterable[WaiverInput] = (),
        ending_within: int = _LIMITS.ending_within,
        verified_within: int = _LIMITS.verified_within,
        strict: bool = False,
        elsewhere: bool = False,
    ) -> "Case":
        """A proposal before the rules of one day, ready to be checked and changed; arguments as those of `check`."""
        from consistent.findings.case import Case

        day = as_of or today()
        given: object = day
        if not isinstance(given, date) or isinstance(given, datetime):
            raise UsageError(f"`as_of` is a date, and not {type_name(given)}", "write `date.fromisoformat(...)`")
        return Case(
            knowledge=self.knowledge,
            program=self.program(day),
            engine=engine_named(engine),
            proposal=self.read(proposal),
            day=day,
            waivers=waivers_from(waivers),
            known=self._known,
            limits=Limits(ending_within=ending_within, verified_within=verified_within),
            strict=strict,
            elsewhere=self._elsewhere if elsewhere else None,
        )

    def _elsewhere(self, proposal: Proposal) -> "tuple[OtherPack, ...]":
        """The packs beside this one that have rules about what a proposal is about, the one with most first."""
        from consistent.findings.report import OtherPack
        from consistent.rules.about import is_about  # only where it is asked for

        counts = {
            kb.name: sum(is_about(rule, proposal) for rule in kb.rules if rule.pack == kb.name)
            for kb in self._others(self)
        }
        found = [OtherPack(name=name, rules=count) for name, count in counts.items() if count]
        return tuple(sorted(found, key=lambda other: -other.rules))

    def diff(
        self,
        old: ProposalInput,
        new: "ProposalInput | None" = None,
        *,
        new_kb: "KnowledgeBase | None" = None,
        as_of: date | None = None,
        new_as_of: date | None = None,
        engine: str = "auto",
        waivers: WaiverInput | Iterable[WaiverInput] = (),
        strict: bool = False,
        decided_only: bool = False,
    ) -> "Difference":
        """What an amended proposal, an amended pack, or another day changes, and what each change comes from.

        Args:
            old: a proposal; see `read`. Of two drafts the texts of the documents are compared too.
            new: its amended version; the same one unless given.
            new_kb: the amended pack; the same one unless given.
            as_of: the day whose facts and rules count; today unless given.
            new_as_of: the day for the amended version; the same one unless given.
            engine: see `engine_named`.
            waivers: findings that are accepted, before and after.
            strict: presume nothing; see `check`.
            decided_only: count what is open on both sides, and look for causes of the rest only; for drafts, in which nearly all
                is open.

        Raises:
            InputError: a proposal or a waiver cannot be used.
            UsageError: the engine cannot be had, or the packs are too unlike.
            EngineError: the engine did not do all of its work.
        """
        from consistent.inquiries.differences.difference import difference

        if decided_only and engine == "auto":
            # It decides a draft with thousands of open rules several times faster; all engines find the same.
            engine = "columns"
        accepted = waivers_from(waivers)
        before = self.case(old, as_of=as_of, engine=engine, waivers=accepted, strict=strict)
        after = (new_kb or self).case(
            old if new is None else self._as_its_text(new, before.proposal),
            as_of=new_as_of or as_of,
            engine=engine,
            waivers=accepted,
            strict=strict,
        )
        return difference(before, after, drafts=_compared_drafts(old, new), decided_only=decided_only)

    @staticmethod
    def _as_its_text(new: ProposalInput, proposal: Proposal) -> ProposalInput:
        """The amended version; of a draft of a later text of a proposal, one that is judged as that proposal."""
        if isinstance(new, Proposal | Path | str | bytes | Mapping) or new.version is None:
            return new
        from consistent.inquiries.differences.drafts import as_text_of

        return as_text_of(new.proposal, proposal)

    def verify(
        self, report: "Report", proposal: ProposalInput, *, waivers: WaiverInput | Iterable[WaiverInput] = ()
    ) -> "Verification":
        """Make a report again, as it says that it was made, and compare the two.

        Args:
            report: of a check, as `json_format.report_from_data` reads it.
            proposal: that it is on; see `read`.
            waivers: findings that were accepted.

        Returns:
            What differs: what went in, and what is said. Another engine decides where the same cannot be had.

        Raises:
            InputError: the proposal or a waiver cannot be used, or the report does not say what it came of.
            EngineError: the engine did not do all of its work.
        """
        from consistent.inquiries.verifying import identity_or_error, verification

        made = identity_or_error(report)
        asked = self if made.selected is None else self.only(lambda rule: rule.id in (made.selected or ()))
        try:
            engine = engine_named(report.engine).name
        except UsageError:
            engine = "auto"
        again = asked.check(
            proposal,
            as_of=date.fromisoformat(report.as_of),
            engine=engine,
            waivers=waivers,
            ending_within=made.ending_within,
            verified_within=made.verified_within,
            strict=made.strict,
        )
        return verification(report, again.report)

    def program(self, day: date) -> Program:
        """The rules compiled with the facts of a day."""
        day = self._period_start(day)
        with self._lock:
            if day not in self._programs:
                before = self._compiled_before.pop(day, None)
                facts = FactLookup(self.knowledge, day)
                self._programs[day] = compile_rules(self.rules, facts, day, before.rules if before else ())
            return self._programs[day]

    def has_program(self, day: date) -> bool:
        """Whether the rules are compiled with the facts of a day."""
        return self._period_start(day) in self._programs

    def _period_start(self, day: date) -> date:
        """The first day of the span around this one in which no rule or fact begins or ends."""
        return self._edges[bisect(self._edges, day) - 1]

    @cached_property
    def _edges(self) -> Sequence[date]:
        """The days on which a rule or fact begins, or has ended, in order; first the first day of all."""
        periods = [rule.period for rule in self.rules]
        periods += [fact.period for facts in self.knowledge.facts.values() for fact in facts]
        edges = {date.min, *(period.valid_from for period in periods if period.valid_from)}
        return sorted(
            edges
            | {period.valid_to + timedelta(1) for period in periods if period.valid_to and period.valid_to < date.max}
        )


def _batches(coming: Iterator[Proposal], most: int) -> Iterator[tuple[Proposal, ...]]:
    """Proposals in batches. Where one cannot be read, those before it come first, and then the fault."""
    while True:
        several: list[Proposal] = []
        fault: InputError | None = None
        try:
            several.extend(islice(coming, most))
        except InputError as error:
            fault = error
        if several:
            yield tuple(several)
        if fault is not None:
            raise fault
        if not several:
            return


def _compared_drafts(old: ProposalInput, new: "ProposalInput | None") -> "ComparedDrafts | None":
    """What the documents of two drafts say of each other; nothing of other proposals."""
    if any(given is None or isinstance(given, Proposal | Path | str | bytes | Mapping) for given in (old, new)):
        return None
    from consistent.drafting.draft import Draft
    from consistent.inquiries.differences.drafts import compare_drafts

    return compare_drafts(old, new) if isinstance(old, Draft) and isinstance(new, Draft) else None
