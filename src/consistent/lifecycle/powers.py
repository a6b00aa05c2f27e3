"""The powers that a text gives, and what became of each: who holds it, and by which kind of act and procedure.

Delegated and implementing acts are those of `documents.provisions.empowerments`. Beside them stand powers of decision: sentences
by which the Commission, the Council, an agency or body, or a Member State *may* do something without such an act. A power of one
text is that of the next where the words of its provision are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from attrs import evolve, frozen

from consistent.documents.comparing.comparison import TextComparison
from consistent.documents.comparing.matching import likenesses
from consistent.documents.comparing.units import Unit, place_in_words
from consistent.documents.comparing.words import words_of_text
from consistent.documents.document import Document
from consistent.documents.provisions.empowerments import Empowerment, Empowerments
from consistent.documents.provisions.provisions import Provision, provisions_of
from consistent.lifecycle.fates import PowerFate
from consistent.model.text import Localized, localized
from consistent.shown import Shown

__all__ = [
    "BACK",
    "HOLDERS",
    "KINDS",
    "PROCEDURES",
    "UNNAMED",
    "Holder",
    "Power",
    "PowerKind",
    "PowerTrail",
    "holders_in",
    "power_trails",
    "powers_of",
    "shared_words",
]

Holder = Literal["commission", "council", "agencies", "high-representative", "member-states"]
PowerKind = Literal["delegated", "implementing", "decision"]
HOLDERS: Mapping[str, Localized] = {
    "commission": Localized("Commission", "Commissie"),
    "council": Localized("Council", "Raad"),
    "high-representative": Localized("High Representative", "hoge vertegenwoordiger"),
    "agencies": Localized("agencies and bodies of the Union", "agentschappen en organen van de Unie"),
    "member-states": Localized("Member States and their authorities", "lidstaten en hun autoriteiten"),
}
KINDS: Mapping[PowerKind, Localized] = {
    "delegated": Localized("delegated act", "gedelegeerde handeling"),
    "implementing": Localized("implementing act", "uitvoeringshandeling"),
    "decision": Localized("may act without one", "mag handelen zonder zo'n handeling"),
}
PROCEDURES: Mapping[str, Localized] = {
    "examination": Localized("examination procedure", "onderzoeksprocedure"),
    "advisory": Localized("advisory procedure", "raadplegingsprocedure"),
}
UNNAMED = Localized("committee procedure not named", "comitéprocedure niet genoemd")
# Whom a sentence calls by which name.
_HOLDERS: Mapping[str, Holder] = {
    "commission": "commission",
    "council": "council",
    "agencies": "agencies",
    "high-representative": "high-representative",
    "member-states": "member-states",
    "national-authorities": "member-states",
}
_PERMITS = frozenset({"may", "empowered"})
# So much of the words of two sentences must be the same where their provisions were not matched, but stand in one article.
_LIKE = 0.5
# The same of a power of decision that another holder has in what its provision became.
_SAME_TO_OTHER = 0.65
# From so much on what a text took out, and a later one brings, is the same come back.
BACK = 0.7
# From so much on, words weighed by how rare they are, two may be the same in other words.
_PERHAPS = 0.2
_LONGEST = 600


@frozen(kw_only=True)
class Power(Shown):
    """A power in one text.

    Attributes:
        procedure: of the committee, of an implementing act: `examination`, `advisory`, empty where the text names none; else empty.
        place: `Article 5(2)`.
        unit: the number of its provision among the units that are compared; None where it stands in none.
        heading: of its article; may be empty.
        quote: the sentence that gives it.
    """

    holder: str
    kind: PowerKind
    procedure: str
    place: Localized
    unit: int | None
    heading: str
    quote: str

    @property
    def described(self) -> Localized:
        """Who holds it, by which kind of act, and under which procedure."""
        procedure = PROCEDURES.get(self.procedure, UNNAMED)
        holder, kind = HOLDERS.get(self.holder, Localized(self.holder, self.holder)), KINDS[self.kind]
        if self.kind != "implementing":
            return Localized(f"{holder.en}, {kind.en}", f"{holder.nl}, {kind.nl}")
        return Localized(f"{holder.en}, {kind.en} ({procedure.en})", f"{holder.nl}, {kind.nl} ({procedure.nl})")

    @property
    def terms(self) -> tuple[str, PowerKind, str]:
        """Who, by what, how: what a change of a power is a change of."""
        return self.holder, self.kind, self.procedure


@frozen(kw_only=True)
class PowerTrail(Shown):
    """A power through all texts.

    Attributes:
        powers: as each text gives it, in their order; None where it does not.
        fate: between the first text and the last.
        by: the number of the version that brought it to that; None where nothing did.
        perhaps: of one that came or went, the place of another that went or came by the same texts and may be the same, in other words
            and elsewhere: for a person to see. None where there is none.
    """

    powers: tuple[Power | None, ...]
    fate: PowerFate
    by: int | None
    perhaps: Localized | None = None

    @property
    def first(self) -> Power:
        """As the first text gives it that does."""
        return next(power for power in self.powers if power is not None)

    @property
    def last(self) -> Power:
        """As the last text gives it that does."""
        return next(power for power in reversed(self.powers) if power is not None)


def powers_of(document: Document, empowerments: Empowerments, units: Sequence[Unit]) -> tuple[Power, ...]:
    """The powers that the articles of a document give, in the order of its text; one for each provision, holder and kind."""
    found = [(each.span.start, _of_act(document, each, units)) for each in empowerments.granted]
    taken = [span for each in empowerments.granted for span in (each.span, *each.purposes)]
    seen: set[tuple[object, ...]] = set()
    for provision in provisions_of(document):
        holder = _HOLDERS.get(provision.addressee.name if provision.addressee else "")
        if holder is None or not _permits(provision):
            continue
        if any(span.start < provision.span.end and provision.span.start < span.end for span in taken):
            continue
        unit = _unit_at(units, provision.span.start)
        key = holder, unit, provision.place.article, provision.place.paragraph
        if key not in seen:
            seen.add(key)
            found.append((provision.span.start, _of_decision(document, provision, holder, unit, units)))
    return tuple(power for _, power in sorted(found, key=lambda pair: pair[0]))


def _permits(provision: Provision) -> bool:
    """Whether a sentence of an article of this act gives its subject a power: a point of a list goes on with that of the sentence before."""
    norm = provision.norm
    return (
        provision.modality in _PERMITS
        # A point goes on with the words of the sentence before its list.
        and norm.cue is not None
        and norm.cue in provision.span
        and provision.amended is None
        and bool(provision.place.article)
        and (not norm.passive or norm.addressee in norm.agents)
    )


def _of_act(document: Document, empowerment: Empowerment, units: Sequence[Unit]) -> Power:
    unit = _unit_at(units, empowerment.span.start)
    return Power(
        holder=empowerment.holder, kind=empowerment.kind, procedure=empowerment.procedure, unit=unit,
        place=_place(str(empowerment.place), unit, units), heading="" if unit is None else units[unit].heading, quote=_quote(document.of(empowerment.span)),
    )  # fmt: skip


def _of_decision(
    document: Document, provision: Provision, holder: Holder, unit: int | None, units: Sequence[Unit]
) -> Power:
    return Power(
        holder=holder, kind="decision", procedure="", unit=unit, place=_place(str(provision.place), unit, units),
        heading=provision.heading, quote=_quote(document.of(provision.span)),
    )  # fmt: skip


def _place(place: str, unit: int | None, units: Sequence[Unit]) -> Localized:
    if unit is None:
        return Localized(f"Article {place}", f"artikel {place}")
    return localized(lambda language: place_in_words(units[unit], language))


def _quote(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST].rstrip()} \u2026"


def _unit_at(units: Sequence[Unit], at: int) -> int | None:
    """The narrowest unit that holds a character of the text."""
    around = [number for number, unit in enumerate(units) if unit.span.start <= at < unit.span.end]
    return min(around, key=lambda number: units[number].span.end - units[number].span.start, default=None)


# From text to text.


def power_trails(
    texts: Sequence[Sequence[Power]], units: Sequence[Sequence[Unit]], steps: Sequence[TextComparison | None]
) -> tuple[PowerTrail, ...]:
    """Follow the powers through all texts, in the order of the last text that gives them.

    Args:
        texts: the powers of each text.
        units: of each text, to which the powers refer.
        steps: what the words became between each text and the next; None where they could not be compared.
    """
    chains: list[dict[int, Power]] = [{0: power} for power in texts[0]]
    ends: dict[int, dict[int, Power]] = dict(enumerate(chains))
    for number, step in enumerate(steps, start=1):
        became = (
            {} if step is None else _became(texts[number - 1], texts[number], units[number - 1], units[number], step)
        )
        was = {new: old for old, new in became.items()}
        fresh: dict[int, dict[int, Power]] = {}
        for at, power in enumerate(texts[number]):
            chain = ends.get(was[at]) if at in was else None
            if chain is None:
                chain = {}
                chains.append(chain)
            chain[number] = power
            fresh[at] = chain
        ends = fresh
    unread = tuple(number for number, step in enumerate(steps, start=1) if step is None)
    return _with_hints([_trail(chain, len(texts), unread) for chain in _rejoined(chains)])


def _with_hints(trails: Sequence[PowerTrail]) -> tuple[PowerTrail, ...]:
    """The trails, with what may be the same as what: an act that went and one that came, of one holder and kind and by one text."""
    went = [number for number, trail in enumerate(trails) if trail.fate == "dropped" and trail.last.kind != "decision"]
    came = [number for number, trail in enumerate(trails) if trail.fate == "gained" and trail.first.kind != "decision"]
    hinted = list(trails)
    table = likenesses(
        [_subject(trails[number].last) for number in went],
        [_subject(trails[number].first) for number in came],
    )
    pairs = [
        (-float(table[row, column]), before, after)
        for row, before in enumerate(went)
        for column, after in enumerate(came)
        if table[row, column] >= _PERHAPS
        and trails[before].by == trails[after].by
        and trails[before].last.terms[:2] == trails[after].first.terms[:2]
    ]
    for _, before, after in sorted(pairs):
        if hinted[before].perhaps is None and hinted[after].perhaps is None:
            hinted[before] = evolve(hinted[before], perhaps=trails[after].first.place)
            hinted[after] = evolve(hinted[after], perhaps=trails[before].last.place)
    return tuple(hinted)


def _subject(power: Power) -> tuple[str, ...]:
    """What a power is about: the heading of its article says most."""
    return words_of_text(f"{power.heading} {power.heading} {power.quote}")


def _rejoined(chains: Sequence[dict[int, Power]]) -> list[dict[int, Power]]:
    """The chains, with those made one that a text had broken off: a power that comes back in much the same words."""
    joined: list[dict[int, Power]] = []
    for chain in sorted(chains, key=min):
        start = min(chain)
        ended = [
            (shared_words(before[max(before)].quote, chain[start].quote), before)
            for before in joined
            if max(before) < start - 1 and before[max(before)].kind == chain[start].kind
        ]
        likeness, before = max(ended, key=lambda pair: pair[0], default=(0.0, chain))
        if likeness >= BACK:
            before.update(chain)
        else:
            joined.append(chain)
    return joined


def _trail(chain: Mapping[int, Power], count: int, unread: Sequence[int]) -> PowerTrail:
    powers = tuple(chain.get(number) for number in range(count))
    first, last = min(chain), max(chain)
    fate: PowerFate
    by: int | None = None
    # A gap in what was compared: whether it is the same power before and after it nobody looked at.
    if {first, last + 1}.intersection(unread):
        fate = "unfollowed"
    elif first == 0 and last == count - 1:
        fate = "kept"
        if chain[first].terms != chain[last].terms:
            fate, by = "changed", _since(chain, last) + 1
    elif first == 0:
        fate, by = "dropped", last + 2
    elif last == count - 1:
        fate, by = "gained", first + 1
    else:
        fate, by = "passing", last + 2
    return PowerTrail(powers=powers, fate=fate, by=by)


def _since(chain: Mapping[int, Power], last: int) -> int:
    """From which text on a power is as it is in the last one."""
    number = last
    while number - 1 not in chain or chain[number - 1].terms == chain[last].terms:
        number -= 1
    return number


def _became(
    old: Sequence[Power],
    new: Sequence[Power],
    old_units: Sequence[Unit],
    new_units: Sequence[Unit],
    step: TextComparison,
) -> dict[int, int]:
    """Which power of the old text is which of the new one: by what its provision became, then by article and words."""
    unit_became = _units_became(step)
    divisions = _divisions(step)
    scored: list[tuple[float, int, int]] = []
    for before, power in enumerate(old):
        unit = None if power.unit is None else old_units[power.unit]
        for after, other in enumerate(new):
            matched = _same_provision(unit, other, new_units, unit_became)
            here = unit is not None and other.unit is not None and _is_became(unit, new_units[other.unit], divisions)
            words = shared_words(power.quote, other.quote)
            if matched and power.kind == other.kind == "decision" and power.holder != other.holder:
                # A provision that was rewritten can give somebody else something else.
                matched = words >= _SAME_TO_OTHER
            if matched or (here and words >= _LIKE and power.kind == other.kind):
                alike = sum(one == two for one, two in zip(power.terms, other.terms, strict=True))
                scored.append((-(2.0 * matched + alike / 3 + words), before, after))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, before, after in sorted(scored):
        if before not in found and after not in taken:
            found[before] = after
            taken.add(after)
    return found


def _same_provision(
    unit: Unit | None, other: Power, new_units: Sequence[Unit], became: Mapping[tuple[int, int], set[tuple[int, int]]]
) -> bool:
    if unit is None or other.unit is None:
        return False
    target = new_units[other.unit]
    return (target.span.start, target.span.end) in became.get((unit.span.start, unit.span.end), set())


def _units_became(step: TextComparison) -> dict[tuple[int, int], set[tuple[int, int]]]:
    """Which units became which, by their spans."""
    found: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for match in step.matches:
        for before in match.old:
            span = step.old[before].span
            new = {(step.new[after].span.start, step.new[after].span.end) for after in match.new}
            found.setdefault((span.start, span.end), set()).update(new)
    return found


def _divisions(step: TextComparison) -> set[tuple[str, str | None, str | None]]:
    return {(change.division, change.old_number, change.new_number) for change in step.divisions}


def _is_became(old: Unit, new: Unit, divisions: set[tuple[str, str | None, str | None]]) -> bool:
    return (old.division, old.number, new.number) in divisions and old.division == new.division


def shared_words(one: str, other: str) -> float:
    """How many of the words of two sentences are the same, of those of the longer one."""
    first, second = Counter(one.lower().split()), Counter(other.lower().split())
    return (first & second).total() / max(1, first.total(), second.total())


def holders_in(texts: Sequence[Sequence[Power]]) -> Iterator[tuple[tuple[str, PowerKind, str], tuple[int, ...]]]:
    """How many powers each holder has by kind and procedure in each text; those that no text gives are left out."""
    order = [
        (holder, kind, procedure)
        for holder in HOLDERS
        for kind in KINDS
        for procedure in (("examination", "advisory", "") if kind == "implementing" else ("",))
    ]
    counts = [Counter(power.terms for power in powers) for powers in texts]
    for terms in order:
        if any(count[terms] for count in counts):
            yield terms, tuple(count[terms] for count in counts)
