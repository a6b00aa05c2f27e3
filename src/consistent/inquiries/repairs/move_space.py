"""The space in which repairs are looked for: every move on a proposal that can be asked for in Council.

What something *is* is no move: which area a measure is about, what kind of document it stands in, who proposes it, in
which form it does what it does. A text is not mended by describing it otherwise. The kind of a proposal only follows its
legal basis.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from consistent.findings.case import Case
from consistent.inquiries.edits import Edit
from consistent.inquiries.repairs._moves import Move, MoveKind, Part
from consistent.knowledge.entries import Fact, FactKind
from consistent.model.proposal import Measure, fields_in
from consistent.model.values import Atom, Value
from consistent.rules.program import FactLookup
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = ["COMPULSION", "CURTAILMENT", "FORMS", "KINDS_BY_PROCEDURE", "NEAR_TERMS", "Bases", "Basis", "moves_for"]

# What can be asked for instead of a term: the same aim by lighter means, or in other hands.

# By field, then by term: what is nearest first.
NEAR_TERMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "effects": {
        "command": ("coordination",),
        "approval": ("dialogue", "monitoring"),
        "obligation": ("incentive", "recommendation"),
        "obligation-of-result": ("incentive", "recommendation"),
        "prohibition": ("recommendation",),
        "prescription": ("guidance", "recommendation"),
        "production-order": ("coordination", "incentive"),
        "overruling": ("dialogue",),
        "reporting-duty": ("information-sharing",),
        "inspection": ("monitoring",),
        "seizure": ("coordination",),
        "certification-by-union": ("mutual-recognition",),
        "harmonisation": ("mutual-recognition", "coordination"),
        "full-harmonisation": ("minimum-harmonisation", "mutual-recognition"),
        "minimum-harmonisation": ("mutual-recognition", "coordination"),
        "priority-setting": ("coordination", "recommendation"),
        "spending-target": ("incentive", "recommendation"),
        "conditionality": ("incentive",),
        "preference": ("incentive",),
        "european-preference": ("incentive",),
        "entry-threshold": ("incentive",),
        "market-restriction": ("monitoring",),
        "price-control": ("monitoring",),
        "consolidation": ("cooperation",),
        "concentration": ("cooperation",),
        "main-financing": ("funding",),
        "purchase": ("joint-procurement",),
        "direct-purchase": ("joint-procurement",),
        "union-ownership": ("joint-procurement",),
        "own-forces": ("coordination",),
        "command-structure": ("coordination",),
        "body": ("coordination", "dialogue"),
        "mechanism": ("coordination", "dialogue"),
        "transfer-of-powers": ("coordination",),
        "military-planning": ("coordination",),
        "delegated-power": ("implementing-power",),
        "implementing-power-to-amend": ("implementing-power",),
        "substitution": ("assistance",),
        "termination": ("review",),
        "reduction": ("review",),
        "repeal": ("review",),
    },
    "actors": {
        "commission": ("member-states", "council"),
        "union": ("member-states",),
        "high-representative": ("council",),
        "agencies": ("member-states", "commission"),
        "defence-agency": ("member-states",),
        "external-action-service": ("council",),
    },
    "finance": {
        "common-debt": ("union-budget", "national-budgets"),
        "off-budget-fund": ("union-budget",),
        "union-budget": ("national-budgets",),
    },
}

# What cannot be voluntary: effects that bind by what they are.
COMPULSION = "measures-of-direction"

# What takes away: beside it the other effects of a measure say from what, and cannot be struck instead of it.
CURTAILMENT = "curtailment"

# What only says in which form a measure does what it does: beside an effect of substance it cannot be struck, since what it
# frames stays. Loans by a programme are not mended by calling them no programme.
FORMS = frozenset(
    {"programme", "mechanism", "platform", "task-force", "body", "roadmap", "omnibus", "adoption", "implementation"}
)

# What kind of proposal a legal basis asks, by the procedure that goes with it: procedure, kind that does not fit it, kind
# that does. Narrower terms are meant too.
KINDS_BY_PROCEDURE = (
    ("legislative-procedure", "non-legislative-proposal", "legislative-proposal"),
    ("nle", "legislative-proposal", "non-legislative-proposal"),
)


# The legal bases that the facts of a pack hold, and which of them would carry a measure.

_NO_TERMS: frozenset[Atom] = frozenset()


@frozen
class Basis:
    """One article that an act can rest on.

    Attributes:
        article: the citation.
        areas: what it is about, closed under narrower terms; None where the facts do not say.
        header: for the fields of a proposal that follow from the basis, what it allows, closed under narrower terms, and
            the same as the fact has it.
    """

    article: Atom
    areas: frozenset[Atom] | None
    header: tuple[tuple[str, frozenset[Atom], frozenset[Atom]], ...]

    def suits(self, areas: frozenset[Atom]) -> bool:
        """Whether it is about one of the areas."""
        return self.areas is None or not self.areas.isdisjoint(areas)

    def wider_than(self, other: "Basis") -> bool:
        """Whether it is about all that the other is about, and more."""
        return self.areas is not None and other.areas is not None and self.areas > other.areas

    def distance(self, areas: frozenset[Atom]) -> tuple[int, int, str]:
        """A key to sort by: about most of the areas first, then about least else."""
        own = self.areas or _NO_TERMS
        return -len(own & areas), len(own), str(self.article)

    def following(self, name: str, value: Value) -> Atom | None:
        """What a field of the proposal has to become on this basis; None where it can stay as it is."""
        for field, allowed, written in self.header:
            if field == name and written and value.has_any(allowed) is Truth.NO:
                return min(written, key=str)
        return None


# Fields of a proposal that follow from its basis, with the vocabulary by which a kind of fact tells them.
_FOLLOWING = (("decision_procedure", "procedures"), ("vote", "votes"), ("instrument", "instruments"))


class Bases:
    """Every legal basis of the facts of a day.

    A kind of fact is about legal bases where it has a citation and the procedure that goes with it.
    """

    def __init__(self, kinds: Iterable[FactKind], facts: FactLookup) -> None:
        bases = [
            _basis(fact, article, kind, facts)
            for kind in kinds
            if _named(kind, "procedures") and (citation := _citation(kind))
            for fact in facts.of_kind(kind.name)
            for article in sorted(fact.values[citation].yes, key=str)
        ]
        # Who may cite a paragraph does not ask for the bare article, which leaves open what is meant.
        narrower = {wider for basis in bases for wider in broader_citations(str(basis.article))[1:]}
        self._bases = tuple(
            sorted((basis for basis in bases if basis.article not in narrower), key=lambda basis: str(basis.article))
        )

    @property
    def all(self) -> tuple[Basis, ...]:
        """In order of article."""
        return self._bases

    def carrying(self, measures: Iterable[Value]) -> tuple[Basis, ...]:
        """The bases that are about one at least of the areas of each measure; the best fit first."""
        areas = [measure.yes for measure in measures]
        everything = _NO_TERMS.union(*areas)
        suited = [basis for basis in self._bases if all(basis.suits(area) for area in areas if area)]
        return tuple(sorted(suited, key=lambda basis: basis.distance(everything))) if everything else ()


def _basis(fact: Fact, article: Atom, kind: FactKind, facts: FactLookup) -> Basis:
    areas = _named(kind, "areas")
    header = tuple(
        (field, facts.closed(fact.values[own].yes, kind.fields[own]), fact.values[own].yes)
        for field, vocabulary in _FOLLOWING
        if (own := _named(kind, vocabulary))
    )
    return Basis(article, facts.closed(fact.values[areas].yes, kind.fields[areas]) if areas else None, header)


def _named(kind: FactKind, vocabulary: str) -> str:
    """The first field of a kind that takes terms of a vocabulary; empty if none does."""
    return next((name for name, field in kind.fields.items() if field.vocabulary == vocabulary), "")


def _citation(kind: FactKind) -> str:
    return next((name for name, field in kind.fields.items() if field.type == "citation"), "")


# Fields that something can be taken out of where something is left; of `excluded_partners` also where nothing is.
_REDUCIBLE = ("effects", "actors", "addressees", "finance", "partners")
# Fields of the header that follow from the basis. The instrument does so too, but another one is asked for by itself.
_HEADER = ("decision_procedure", "vote")
# Of the bases that would carry a measure, so many are tried: who names one must be able to defend it.
_NEAREST = 3
_NONE: frozenset[Atom] = frozenset()


def moves_for(case: Case) -> tuple[Move, ...]:
    """Every move on a proposal, each once; of one kind what is nearest first."""
    space = _Space(case)
    listed = [*space.of_proposal()]
    for measure in case.proposal.measures:
        listed.extend(space.of_measure(measure))
    return tuple(dict.fromkeys(listed))


class _Space:
    def __init__(self, case: Case) -> None:
        self._proposal, self._vocabularies = case.proposal, case.knowledge.vocabularies
        self._bases = Bases(case.knowledge.kinds.values(), case.program.facts)

    def of_proposal(self) -> Iterator[Move]:
        """Moves on the header."""
        yield from self._added("statement", None, "statements")
        yield from self._set("procedure", "decision_procedure")
        yield from self._set("vote", "vote")
        yield from self._set("instrument", "instrument")
        yield from self._bases_of_act()

    def of_measure(self, measure: Measure) -> Iterator[Move]:
        """Moves on one measure."""
        yield from self._added("safeguard", measure, "safeguards")
        yield from self._voluntary(measure)
        if measure.temporal_effect.yes:
            yield self._one("not-retroactive", measure, "temporal_effect", removed=measure.temporal_effect.yes)
        for field in _REDUCIBLE:
            yield from self._lessened(measure, field)
        for atom in sorted(measure.excluded_partners.yes, key=str):
            yield self._one("element-left-out", measure, "excluded_partners", removed={atom})
        for atom in sorted(
            self._vocabularies["partners"].terms.keys() - measure.partners.yes - measure.excluded_partners.yes
        ):
            yield self._one("let-in", measure, "partners", added={atom})
        yield from self._bases_of_measure(measure)
        yield Move("dropped", measure.id)

    def _lessened(self, measure: Measure, field: str) -> Iterator[Move]:
        """Terms of a field replaced by near ones, or left out where something is left."""
        held: frozenset[Atom] = measure.value(field).yes
        replaced: MoveKind = "effect-replaced" if field == "effects" else "element-replaced"
        left_out: MoveKind = "effect-left-out" if field == "effects" else "element-left-out"
        fixed = self._fixed(held) if field == "effects" else _NONE
        for atom in sorted(held, key=str):
            for near in NEAR_TERMS.get(field, {}).get(str(atom), ()):
                if (
                    near in self._vocabularies[fields_in(self._vocabularies).measure[field].vocabulary]
                    and near not in held
                ):
                    yield self._one(replaced, measure, field, removed={atom}, added={near})
            if len(held) > 1 and atom not in fixed:
                yield self._one(left_out, measure, field, removed={atom})

    def _fixed(self, effects: frozenset[Atom]) -> frozenset[Atom]:
        """The effects that cannot go from the text while the others stay.

        That is what is taken away by a measure that takes away; the form of what stays; what a narrower effect says too.
        """
        curtailing = effects & self._effects(CURTAILMENT)
        if curtailing:
            return effects - curtailing
        forms = effects & FORMS if effects - FORMS else _NONE
        return forms | {effect for effect in effects if effects & (self._effects(str(effect)) - {effect})}

    def _one(
        self,
        kind: MoveKind,
        measure: Measure | None,
        field: str,
        *,
        removed: Iterable[Atom] = (),
        added: Iterable[Atom] = (),
    ) -> Move:
        name = measure.id if measure else None
        return Move(kind, name, (Part(name, field, frozenset(removed), frozenset(added)),))

    def _added(self, kind: MoveKind, measure: Measure | None, field: str) -> Iterator[Move]:
        """Every term of a field's vocabulary that is not there."""
        held = (measure or self._proposal).value(field).yes
        for term in self._vocabularies[field].terms:
            if term not in held:
                yield self._one(kind, measure, field, added={term})

    def _set(self, kind: MoveKind, field: str) -> Iterator[Move]:
        """What every basis of the act allows in a field of the header that is filled in already."""
        value = self._proposal.value(field)
        allowed = [atoms for basis in self._cited() for name, _, atoms in basis.header if name == field]
        if value.yes and allowed:
            for atom in sorted(frozenset.intersection(*allowed) - value.yes, key=str):
                yield self._one(kind, None, field, removed=value.yes, added={atom})

    def _cited(self) -> tuple[Basis, ...]:
        """The bases of the facts that the act cites."""
        return tuple(basis for basis in self._bases.all if _near(basis.article, self._proposal.legal_basis.yes))

    def _voluntary(self, measure: Measure) -> Iterator[Move]:
        compulsion = self._effects(COMPULSION)
        known = {"binding", "voluntary"} <= self._vocabularies["bindingness"].terms.keys()
        if known and measure.bindingness.yes == {"binding"} and measure.effects.yes.isdisjoint(compulsion):
            yield self._one("bindingness", measure, "bindingness", removed={"binding"}, added={"voluntary"})

    def _effects(self, term: str) -> frozenset[str]:
        return self._narrower("effects", term)

    def _narrower(self, vocabulary: str, term: str) -> frozenset[str]:
        """A term with all that is narrower; nothing where the packs do not know it."""
        terms = self._vocabularies[vocabulary]
        return terms.narrower([term]) if term in terms else frozenset()

    def _bases_of_act(self) -> Iterator[Move]:
        """A basis of the act left out of several, or another one in its place, with the procedure and vote that it asks."""
        cited = self._proposal.legal_basis.yes
        if self._proposal.legal_basis.is_empty() is Truth.YES:
            for basis in self._new(self._bases.carrying(measure.areas for measure in self._proposal.measures), cited):
                yield self._one("further-basis", None, "legal_basis", added={basis.article})
        for old in sorted(cited, key=str):
            own = [measure for measure in self._proposal.measures if _near(old, measure.legal_basis.yes)]
            resting = [*own, *(measure for measure in self._proposal.measures if measure.legal_basis.unknown)]
            dispensable = all(measure.legal_basis.yes - _around(old, measure.legal_basis.yes) for measure in own)
            if len(cited) > 1 and dispensable:
                parts = [Part(measure.id, "legal_basis", _around(old, measure.legal_basis.yes)) for measure in own]
                yield Move("basis-left-out", None, (Part(None, "legal_basis", frozenset({old})), *parts))
            for basis in self._new(self._bases.carrying(measure.areas for measure in resting), cited):
                swap = Part(None, "legal_basis", frozenset({old}), frozenset({basis.article}))
                # A measure that names the old one itself names the new one then.
                parts = [
                    swap,
                    *(
                        evolve(swap, measure=measure.id, removed=_around(old, measure.legal_basis.yes))
                        for measure in own
                    ),
                ]
                if len(cited) == 1:
                    parts += [*self._following(basis, _HEADER), *self._kind(basis)]
                yield Move("another-basis", None, tuple(parts))

    def _bases_of_measure(self, measure: Measure) -> Iterator[Move]:
        """Another basis for a measure: one that the act cites already, a new one, or one in a proposal of its own."""
        own, cited = self._proposal.value("legal_basis", measure).yes, self._proposal.legal_basis.yes
        if not own:
            return
        carrying = self._bases.carrying([measure.areas])
        if len(own) > 1 and not measure.legal_basis.unknown:
            for atom in sorted(own, key=str):
                yield self._one("basis-left-out", measure, "legal_basis", removed={atom})
        for atom in sorted(cited, key=str):
            carries = any(_near(basis.article, frozenset({atom})) for basis in carrying)
            if carries and own != {atom} and (atom in own or not _near(atom, own)):
                yield self._one("basis-of-the-act", measure, "legal_basis", removed=own - {atom}, added={atom})
        if len(self._proposal.measures) == 1:
            return  # the basis of its only measure is that of the act
        fresh = self._new(carrying, own | cited)
        for basis in fresh:
            # One that asks another procedure cannot be joined to the act; it takes a proposal of its own.
            if not self._following(basis, _HEADER):
                cite = Part(None, "legal_basis", added=frozenset({basis.article}))
                first = Part(measure.id, "legal_basis", own, frozenset({basis.article}))
                yield Move("another-basis", measure.id, (first, cite))
                if not measure.legal_basis.unknown:
                    yield Move("further-basis", measure.id, (evolve(first, removed=_NONE), cite))
            yield self._split(measure, basis, own)
        yield from self._split_with_basis(measure)

    def _split(self, measure: Measure, basis: Basis, own: frozenset[Atom]) -> Move:
        header = [*self._following(basis, _HEADER), *self._kind(basis)]
        edits = [Edit(None, "legal_basis", Value.exactly(basis.article))]
        edits += [Edit(None, part.field, Value.exactly(*part.added)) for part in header]
        part = Part(measure.id, "legal_basis", own, frozenset({basis.article}))
        return Move("split-off", measure.id, (part,), tuple(edits))

    def _split_with_basis(self, measure: Measure) -> Iterator[Move]:
        """A measure that takes its basis along into a proposal of its own, where the act does not need that any more."""
        own, cited = measure.legal_basis.yes, self._proposal.legal_basis.yes
        others = [other.legal_basis.yes for other in self._proposal.measures if other is not measure]
        gone = _around(next(iter(own)), cited) if len(own) == 1 else _NONE
        if gone and cited - gone and all(gone.isdisjoint(other) and own.isdisjoint(other) for other in others):
            for basis in (candidate for candidate in self._bases.all if candidate.article in own):
                split = self._split(measure, basis, own)
                yield evolve(split, parts=(*split.parts, Part(None, "legal_basis", removed=gone)))

    def _following(self, basis: Basis, fields: Sequence[str]) -> list[Part]:
        """Parts that set fields of the header to what a basis allows, where they are something else."""
        parts = []
        for field in fields:
            value = self._proposal.value(field)
            atom = basis.following(field, value) if value.yes else None
            if atom is not None:
                parts.append(Part(None, field, value.yes, frozenset({atom})))
        return parts

    def _kind(self, basis: Basis) -> Iterator[Part]:
        """A part that makes the proposal one of the kind that the basis asks, where it is of the other one."""
        asked = next((written for name, _, written in basis.header if name == "decision_procedure"), _NONE)
        kind = self._proposal.kind.yes
        for procedure, unfit, fit in KINDS_BY_PROCEDURE:
            suits = asked and asked <= self._narrower("procedures", procedure)
            if suits and kind & self._narrower("kinds", unfit) and fit in self._vocabularies["kinds"]:
                yield Part(None, "kind", kind, frozenset({fit}))

    def _new(self, bases: Iterable[Basis], cited: frozenset[Atom]) -> list[Basis]:
        """The nearest of the bases that are not cited yet, in whole or in part, and that can carry an act of this type."""
        nearest: list[Basis] = []
        for basis in bases:
            fits = basis.following("instrument", self._proposal.instrument) is None
            # The narrower basis goes before one that is about the same and more.
            if fits and not _near(basis.article, cited) and not any(basis.wider_than(other) for other in nearest):
                nearest.append(basis)
        return nearest[:_NEAREST]


def _near(article: Atom, cited: frozenset[Atom]) -> bool:
    """Whether an article is among those cited, or within or around one of them."""
    return bool(_around(article, cited))


def _around(article: Atom, cited: frozenset[Atom]) -> frozenset[Atom]:
    """Those cited that are the article, or within or around it."""
    one = frozenset({article})
    return frozenset(
        citation
        for citation in cited
        if Value.exactly(article).has_any(frozenset({citation})) is not Truth.NO
        or Value.exactly(citation).has_any(one) is not Truth.NO
    )
