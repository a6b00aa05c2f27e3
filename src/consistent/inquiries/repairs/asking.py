"""A move as a line for a negotiator: what to ask for, in both languages."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from consistent.findings.wording import atom_label
from consistent.inquiries.repairs._moves import FIELDS, Move, MoveKind, Part
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Proposal
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.model.values import Atom
from consistent.shown import Shown

__all__ = ["Change", "change_for"]


@frozen(kw_only=True)
class Change(Shown):
    """One thing to ask for.

    Attributes:
        kind: of move; what it costs is in the table of costs.
        measure: the id; None for the proposal itself.
        measure_title: may be None.
        field: what is changed first; empty for a measure that is dropped.
        old: the values that go; empty where something is only added.
        new: the values that come; empty where something is only left out.
        ask: the negotiating line.
        meaning: what the text would have to say, or of a struck effect no longer, by the vocabulary; None where that defines
            no such thing.
        along: what else has to be changed with it: `the proposal, legal basis: + Article 113 TFEU`.
        cost: how much it changes.
    """

    kind: MoveKind
    measure: str | None
    measure_title: Localized | None
    field: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    ask: Localized
    meaning: Localized | None
    along: tuple[Localized, ...]
    cost: int


_ASKS: Mapping[str, Localized] = {
    "statement": Localized(
        "Ask for an account in the proposal: {new}", "Vraag om een toelichting bij het voorstel: {new}"
    ),
    "safeguard": Localized("Ask for a safeguard in {measure}: {new}", "Vraag om een waarborg in {measure}: {new}"),
    "procedure": Localized(
        "Ask for another decision procedure: {new} instead of {old}",
        "Vraag om een andere besluitvormingsprocedure: {new} in plaats van {old}",
    ),
    "vote": Localized(
        "Ask for another vote in the Council: {new} instead of {old}",
        "Vraag om een andere stemming in de Raad: {new} in plaats van {old}",
    ),
    "instrument": Localized(
        "Ask for another instrument: {new} instead of {old}", "Vraag om een ander instrument: {new} in plaats van {old}"
    ),
    "bindingness": Localized(
        "Ask that {measure} is made {new} instead of {old}", "Vraag om {measure} {new} te maken in plaats van {old}"
    ),
    "basis-left-out": Localized(
        "Ask that {measure} no longer rests on {old}", "Vraag om {measure} niet langer te baseren op {old}"
    ),
    "basis-of-the-act": Localized(
        "Ask that {measure} rests on {new}, which the act cites already, instead of {old}",
        "Vraag om {measure} te baseren op {new}, dat het voorstel al noemt, in plaats van {old}",
    ),
    "basis-alone": Localized(
        "Ask that {measure} rests on {new} alone, no longer on {old}",
        "Vraag om {measure} alleen te baseren op {new}, niet langer op {old}",
    ),
    "another-basis": Localized(
        "Ask that {measure} rests on {new} instead of {old}",
        "Vraag om {measure} te baseren op {new} in plaats van {old}",
    ),
    "further-basis": Localized(
        "Ask that {measure} rests on {new} as well", "Vraag om {measure} mede te baseren op {new}"
    ),
    "first-basis": Localized("Ask that {measure} rests on {new}", "Vraag om {measure} te baseren op {new}"),
    "effect-left-out": Localized("Ask to strike from {measure}: {old}", "Vraag om uit {measure} te schrappen: {old}"),
    "effect-replaced": Localized(
        "Ask for a lighter form of {measure}: {new} instead of {old}",
        "Vraag om een lichtere vorm van {measure}: {new} in plaats van {old}",
    ),
    "actors-left-out": Localized(
        "Ask that {measure} gives no part to: {old}", "Vraag om in {measure} geen rol te geven aan: {old}"
    ),
    "actors-replaced": Localized(
        "Ask to leave {measure} to others: {new} instead of {old}",
        "Vraag om {measure} bij een ander te leggen: {new} in plaats van {old}",
    ),
    "addressees-left-out": Localized(
        "Ask that {measure} is not addressed to: {old}", "Vraag om {measure} niet te richten tot: {old}"
    ),
    "finance-left-out": Localized(
        "Ask that {measure} is not paid from: {old}", "Vraag om {measure} niet te betalen uit: {old}"
    ),
    "finance-replaced": Localized(
        "Ask for other money for {measure}: {new} instead of {old}",
        "Vraag om ander geld voor {measure}: {new} in plaats van {old}",
    ),
    "partners-left-out": Localized(
        "Ask that {measure} is not opened to: {old}", "Vraag om {measure} niet open te stellen voor: {old}"
    ),
    "excluded_partners-left-out": Localized(
        "Ask that {measure} no longer shuts out: {old}", "Vraag om in {measure} niet langer uit te sluiten: {old}"
    ),
    "not-retroactive": Localized(
        "Ask that {measure} does not reach back to before it applies", "Vraag om {measure} niet te laten terugwerken"
    ),
    "let-in": Localized("Ask that {measure} is opened to: {new}", "Vraag om {measure} open te stellen voor: {new}"),
    "split-off": Localized(
        "Ask to split off {measure} into a proposal of its own, on {new}",
        "Vraag om {measure} af te splitsen naar een eigen voorstel, op grond van {new}",
    ),
    "dropped": Localized("Ask to drop {measure}", "Vraag om {measure} te schrappen"),
}
# Fields whose terms are defined by what a text says; other definitions only tell terms apart.
_TELLING = {"effects", "safeguards", "statements"}
# What becomes of the header by another basis, in words.
_HEADER = {
    "decision_procedure": Localized("{owner} follows the {new}", "{owner} volgt de {new}"),
    "vote": Localized("the Council decides on {owner} by {new}", "de Raad besluit over {owner} met {new}"),
    "kind": Localized("{owner} is then a {new}", "{owner} is dan een {new}"),
}
_PROPOSAL = Localized("the proposal", "het voorstel")
_OWN_PROPOSAL = Localized("the new proposal", "het nieuwe voorstel")
_AND = Localized(" and ", " en ")


def change_for(move: Move, proposal: Proposal, knowledge: Knowledge) -> Change:
    """A move in words."""
    first = move.parts[0] if move.parts else Part(move.measure, "")
    added = first.added - (first.removed if move.kind == "split-off" else frozenset())
    new = added or first.added
    template = _ASKS[_template(move, first, proposal)]
    titles = {measure.id: measure.title for measure in proposal.measures}

    def ask(language: Language) -> str:
        return template.get(language).format(
            measure=f"'{move.measure}'" if move.measure else _PROPOSAL.get(language),
            old=_labels(first.removed, first.field, language, knowledge),
            new=_labels(new, first.field, language, knowledge),
        )

    return Change(
        kind=move.kind,
        measure=move.measure,
        measure_title=titles.get(move.measure or ""),
        field=first.field,
        old=_texts(first.removed),
        new=_texts(new),
        ask=Localized(*map(ask, LANGUAGES)),
        meaning=_meaning(first.removed if move.kind == "effect-left-out" else new, first.field, knowledge),
        along=tuple(_along(move, knowledge)),
        cost=move.cost,
    )


def _template(move: Move, first: Part, proposal: Proposal) -> str:
    if move.kind in {"element-left-out", "element-replaced"}:
        return f"{first.field}-{move.kind.removeprefix('element-')}"
    if move.kind == "further-basis" and move.measure is None:
        return "first-basis"
    if move.kind == "basis-of-the-act":
        held = next(
            proposal.value("legal_basis", measure).yes for measure in proposal.measures if measure.id == move.measure
        )
        return "basis-alone" if first.added <= held else move.kind
    return move.kind


def _along(move: Move, knowledge: Knowledge) -> Iterable[Localized]:
    """What comes with a move, in short: whose field, and what goes and comes."""
    for part in move.parts[1:]:
        owner = Localized(part.measure, part.measure) if part.measure else _PROPOSAL
        yield _short(owner, part.field, part.removed, part.added, knowledge)
    for edit in move.apart:
        if edit.field != "legal_basis":
            yield _short(_OWN_PROPOSAL, edit.field, frozenset(), edit.value.yes, knowledge)


def _short(
    owner: Localized, field: str, removed: frozenset[Atom], added: frozenset[Atom], knowledge: Knowledge
) -> Localized:
    def text(language: Language) -> str:
        if field in _HEADER:
            new = _labels(added, field, language, knowledge)
            return _HEADER[field].get(language).format(owner=owner.get(language), new=new)
        signed = [
            f"{sign} {_labels(atoms, field, language, knowledge)}"
            for sign, atoms in (("-", removed), ("+", added))
            if atoms
        ]
        return f"{owner.get(language)}, {FIELDS[field].label.get(language)}: {', '.join(signed)}"

    return Localized(*map(text, LANGUAGES))


def _labels(atoms: frozenset[Atom], field: str, language: Language, knowledge: Knowledge) -> str:
    labels = sorted(atom_label(atom, FIELDS[field], language, knowledge) for atom in atoms)
    *head, last = labels or [""]
    return f"{', '.join(head)}{_AND.get(language)}{last}" if head else last


def _texts(atoms: frozenset[Atom]) -> tuple[str, ...]:
    return tuple(sorted(map(str, atoms)))


def _meaning(atoms: frozenset[Atom], field: str, knowledge: Knowledge) -> Localized | None:
    """The definition of a single term that comes or is struck, where it tells what the text has to say."""
    if field not in _TELLING or len(atoms) != 1:
        return None
    return knowledge.vocabularies[FIELDS[field].vocabulary].terms[str(next(iter(atoms)))].definition
