"""Random knowledge bases: rules over random facts, in a small world of invented fields and terms."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from consistent.checker import KnowledgeBase
from consistent.errors import Faults, InputError
from consistent.knowledge.entries import Anchor, Fact, FactKind, Knowledge, Manifest, Period, Principle
from consistent.model.proposal import COMMON, Field, Fields, Measure, Proposal, Words
from consistent.model.text import Localized
from consistent.model.values import UNKNOWN, Atom, Value
from consistent.model.vocabulary import Term, Vocabulary
from consistent.packing import Packed
from consistent.rules.compiling import compile_rules
from consistent.rules.conditions import Concept
from consistent.rules.exceptions import ExceptionReader
from consistent.rules.program import FactLookup, Program
from consistent.rules.reading import ConditionReader, scope_of
from consistent.rules.rule import Rule
from consistent.toml.proposals import ProposalReader
from consistent.toml.tomlfile import TomlFile

__all__ = [
    "AMOUNTS",
    "ANCHOR",
    "CITATIONS",
    "CONCEPTS",
    "DATES",
    "DAY",
    "FIELDS",
    "KINDS",
    "MEASURE",
    "PROPOSAL",
    "TERMS",
    "TEXT",
    "TEXTS",
    "VOCABULARIES",
    "concepts",
    "conditions",
    "facts",
    "in_words",
    "knowledge",
    "make_concepts",
    "make_rule",
    "packs",
    "pool",
    "programs",
    "proposals",
    "rules",
    "type_of",
    "values",
]

# A small world for random packs: fields, vocabularies, a kind of fact, and pools of values aimed at what engines get wrong.

TEXT = Localized("text", "tekst")
DAY = date(2025, 1, 1)
ANCHOR = Anchor(TomlFile.of_dict({}))

# `costarring` and `liquid`, `declinate` and `macallums` have one FNV-1a hash of 32 bits each.
TEXTS: tuple[Atom, ...] = (
    "costarring", "liquid", "declinate", "macallums", "1", "01", "True", "é", "e\u0301", "\U0001f6e1", "a" * 65_536,
    "a" * 65_535 + "b", "null", 'x"y\\z', "s$",
)  # fmt: skip
AMOUNTS: tuple[Atom, ...] = (
    0, 1, -1, 5, 2**31, 2**53, 2**53 + 1, 2**63 - 1, 2**63, 2**63 + 1, 2**64 + 1, -(2**53) - 1, -(2**63) - 1, 10**30,
)  # fmt: skip
DATES: tuple[Atom, ...] = (date(2009, 12, 1), date(2025, 4, 11), date(2025, 4, 12), date.min, date.max)
CITATIONS: tuple[Atom, ...] = (
    "TFEU 114", "TFEU 114(1)", "TFEU 173", "TFEU 173(3)", "TEU 42(2)", "TFEU 153", "TFEU 153(2)", "TFEU 153(2)(a)",
)  # fmt: skip
# A diamond: `d` is under both `b` and `c`, which are under `a`.
_BROADER = {"a": (), "b": ("a",), "c": ("a",), "d": ("b", "c"), "e": (), "f": ("e",)}
TERMS: tuple[Atom, ...] = tuple(_BROADER)

# What no pack but this one has.
_OWN = (
    Field("age", "number", single=True, pack="random"), Field("marks", "terms", "marks", pack="random"),
    Field("reach", "number", single=True, pack="random"),
)  # fmt: skip
FIELDS = Fields({**COMMON.proposal, "reach": _OWN[2]}, {**COMMON.measure, **{about.name: about for about in _OWN[:2]}})


def in_words(vocabularies: Mapping[str, Vocabulary]) -> Words:
    """Vocabularies with the fields of the small world."""
    return Words(vocabularies, FIELDS)


VOCABULARIES = in_words({
    name: Vocabulary(name, {term: Term(term, TEXT, broader) for term, broader in _BROADER.items()})
    for name in (
        "actors", "aim-relations", "areas", "bindingness", "effects", "finance", "instruments", "kinds", "marks", "obstacles",
        "partners", "procedures", "safeguards", "statements", "temporal-effects", "votes",
    )
})  # fmt: skip

MEASURE = (
    "effects",
    "areas",
    "bindingness",
    "legal_basis",
    "reference",
    "amount",
    "starts",
    "safeguards",
    "age",
    "marks",
)
PROPOSAL = ("kind", "statements", "legal_basis", "reference", "budget", "date", "entry_into_force", "reach")
_TYPES: Mapping[str, str] = {
    "legal_basis": "citation", "reference": "text", "amount": "amount", "budget": "amount", "starts": "date", "date": "date",
    "entry_into_force": "date", "age": "number", "reach": "number",
}  # fmt: skip
_POOLS: Mapping[str, tuple[Atom, ...]] = {
    "terms": TERMS, "citation": CITATIONS, "text": TEXTS, "amount": AMOUNTS, "number": AMOUNTS, "date": DATES,
}  # fmt: skip
_SINGLE = {
    "bindingness", "reference", "amount", "starts", "kind", "budget", "date", "entry_into_force", "age", "reach",
}  # fmt: skip

KINDS = {
    "basis": FactKind(
        name="basis",
        title=TEXT,
        fields={
            "article": Field("article", "citation"),
            "area": Field("area", "terms", "areas"),
            "ceiling": Field("ceiling", "amount"),
            "since": Field("since", "date"),
            "strict": Field("strict", "boolean"),
            "name": Field("name", "text"),
        },
        required=frozenset(),
        pack="random",
    )
}


def type_of(field: str) -> str:
    """The type of a field of a measure or a proposal."""
    return _TYPES.get(field, "terms")


def pool(field: str) -> tuple[Atom, ...]:
    """The values that a field of a measure or a proposal takes."""
    return _POOLS[type_of(field)]


# Strategies are made once: hypothesis takes longer to check a new one than to draw from it.


@cache
def _one_of(atoms: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from(atoms)


@cache
def _set_of(atoms: tuple[Any, ...], most: int) -> st.SearchStrategy[set[Any]]:
    return st.sets(_one_of(atoms), max_size=most)


@cache
def _list_of(atoms: tuple[Any, ...], most: int | None = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(_one_of(atoms), min_size=1, max_size=most, unique=True)


def _known(field: str) -> st.SearchStrategy[Value]:
    return _set_of(pool(field), 1 if field in _SINGLE else 3).map(lambda atoms: Value.exactly(*atoms))


@st.composite
def _partly(draw: st.DrawFn, field: str) -> Value:
    yes = frozenset() if field in _SINGLE else frozenset(draw(_set_of(pool(field), 2)))
    no = draw(_set_of(pool(field), 2))
    if type_of(field) == "terms":
        no = set(VOCABULARIES["areas"].narrower(str(atom) for atom in no))
    return Value(yes=yes, no=frozenset(no) - yes, open=True)


@cache
def values(field: str) -> st.SearchStrategy[Value]:
    """Known, partly known and unknown values of a field."""
    return st.one_of(_known(field), _known(field), st.just(UNKNOWN), _partly(field))


@cache
def proposals(max_measures: int = 5) -> st.SearchStrategy[Proposal]:
    """Proposals with some measures."""
    measures = st.lists(
        st.builds(Measure, id=st.just(""), **{key: values(key) for key in MEASURE}), max_size=max_measures
    )
    numbered = measures.map(lambda listed: tuple(_named(measure, number) for number, measure in enumerate(listed)))
    return st.builds(Proposal, measures=numbered, **{key: values(key) for key in PROPOSAL})


def _named(measure: Measure, number: int) -> Measure:
    held: dict[str, Any] = {key: measure.value(key) for key in MEASURE}
    return Measure(id=f"m{number}", **held)


@cache
@st.composite
def facts(draw: st.DrawFn) -> tuple[Fact, ...]:
    """Facts of the one kind that there is."""
    found = []
    pools: Mapping[str, tuple[Atom, ...]] = {
        "article": CITATIONS, "area": TERMS, "ceiling": AMOUNTS, "since": DATES, "strict": (True, False), "name": TEXTS,
    }  # fmt: skip
    for number in range(draw(st.integers(0, 4))):
        held = {
            name: Value.exactly(*draw(_set_of(atoms, 1 if name == "strict" else 2))) for name, atoms in pools.items()
        }
        found.append(
            Fact(
                id=f"f{number}", kind="basis", pack="random", values=held, sources=("TFEU 1",), period=Period(),
                verified=None, ground="law", readings=None, anchor=ANCHOR,
            )
        )  # fmt: skip
    return tuple(found)


def knowledge(held: tuple[Fact, ...]) -> Knowledge:
    """A body of knowledge with these facts."""
    manifest = Manifest(name="random", title=TEXT, sources=("TFEU 1",))
    return Knowledge(
        packs=(manifest,),
        vocabularies=VOCABULARIES,
        kinds=KINDS,
        facts={"basis": held},
        positions={},
        principles={"p": Principle(id="p", title=TEXT, statement=TEXT, sources=("TFEU 1",), pack="random")},
    )


# Random conditions, as TOML has them, over the fields and values of the small world.


@cache
@st.composite
def _test(
    draw: st.DrawFn, field: str, references: tuple[str, ...], ordered: tuple[str, ...], *, negatable: bool = True
) -> Any:
    """What stands right of `field =`: operators of the language with operands of the field's type."""
    kind = type_of(field)
    words = ["any", "none", "empty"]
    words += {
        "terms": ["all", "only", "beyond"],
        "citation": ["all", "only", "beyond", "known"],
        "text": ["contains", "starts_with"],
        "amount": ["over", "under", "at_least", "at_most"],
        "number": ["over", "under", "at_least", "at_most"],
        "date": ["after", "before", "from", "until"],
    }[kind]
    if references:
        words += ["reference", "reference"] + ["apart"] * negatable
    if ordered and kind in _ORDERING:
        words += ["compared", "compared"]
    if kind in {"terms", "citation"} and field not in _SINGLE:
        words += ["several"]
    word = draw(_one_of(tuple(words)))
    if word == "compared":
        return draw(_compared(kind, ordered))
    if word == "several":
        return draw(_several(pool(field)))
    if word == "empty":
        return {"empty": draw(st.booleans())}
    if word == "reference":
        return draw(_one_of(references))
    if word == "apart":
        return {"none": draw(_one_of(references))}
    if word == "known":
        return {draw(_one_of(("any", "none", "only", "beyond"))): "$basis.article"}
    if word in {"any", "none", "all", "only", "beyond"}:
        return {word: draw(_list_of(pool(field)))}
    return {word: draw(_one_of(pool(field)))}


_ORDERING: Mapping[str, tuple[str, ...]] = {
    "amount": ("over", "under", "at_least", "at_most"), "number": ("over", "under", "at_least", "at_most"), "date": ("after", "before", "from", "until"),
}  # fmt: skip
_SHARES = ("50%", "100%", "33.3%", "250%", "0%")
_SPANS = ("1 day", "2 weeks", "1 month", "24 months", "10 years")


@cache
@st.composite
def _compared(draw: st.DrawFn, kind: str, references: tuple[str, ...]) -> dict[str, Any]:
    """A comparison with another field: as it is, with a share of it, or with a day that lies a period from it."""
    word, reference = draw(_one_of(_ORDERING[kind])), draw(_one_of(references))
    if draw(st.booleans()):
        return {word: reference}
    if kind != "date":
        return {word: draw(_one_of(_SHARES)), "of": reference}
    return {word: reference, draw(_one_of(("plus", "minus"))): draw(_one_of(_SPANS))}


@cache
@st.composite
def _several(draw: st.DrawFn, atoms: tuple[Atom, ...]) -> dict[str, Any]:
    """A number of values: of some, or of all that there are."""
    listed = draw(_list_of(atoms, 4)) if draw(st.booleans()) else []
    most = len(listed) or 3
    bounds = {"at_least": st.integers(1, most), "at_most": st.integers(0, most - bool(listed))}
    words = draw(_list_of(("at_least", "at_most"), 2))
    return {**{word: draw(bounds[word]) for word in words}, **({"of": listed} if listed else {})}


def _references(field: str, owners: tuple[str, ...], own: str = "") -> tuple[str, ...]:
    """Fields of the owners that hold the same sort of value; of the owner that the field has itself, other fields than it."""
    kind = type_of(field)
    names = {"measure": MEASURE, "judged": MEASURE, "proposal": PROPOSAL}
    return tuple(
        f"${owner}.{name}"
        for owner in owners
        for name in names[owner]
        if type_of(name) == kind and (kind != "terms" or name == field) and (owner, name) != (own, field)
    )


@cache
@st.composite
def _tests(
    draw: st.DrawFn, fields: tuple[str, ...], owners: tuple[str, ...], *, negatable: bool = True
) -> dict[str, Any]:
    names, own = draw(_list_of(fields)), "measure" if fields is MEASURE else "proposal"
    return {
        name: draw(_test(name, _references(name, owners), _references(name, (*owners, own), own), negatable=negatable))
        for name in names
    }


@cache
@st.composite
def _basis(draw: st.DrawFn) -> dict[str, Any]:
    """Tests of a fact, some of which join it to the measure or the proposal."""
    found: dict[str, Any] = {}
    names = draw(_list_of(("article", "area", "ceiling", "since", "strict", "name")))
    joins = {
        "article": ("$measure.legal_basis", "$proposal.legal_basis"),
        "area": ("$measure.areas",),
        "ceiling": ("$measure.amount", "$proposal.budget"),
        "since": ("$measure.starts", "$proposal.date"),
        "name": ("$measure.reference", "$proposal.reference"),
    }
    static = {
        "article": _one_of(CITATIONS), "area": _one_of(TERMS), "ceiling": _one_of(AMOUNTS),
        "since": _one_of(DATES), "strict": st.booleans(), "name": _one_of(TEXTS),
    }  # fmt: skip
    ordered = {"ceiling": ("over", "under", "at_least", "at_most"), "since": ("after", "before", "from", "until")}
    for name in names:
        operand = draw(_one_of(joins[name])) if name in joins and draw(st.booleans()) else draw(static[name])
        words = ("any", "none", *ordered.get(name, ()))
        found[name] = {draw(_one_of(words)): operand}
    return found


def _bound_of_sum() -> st.SearchStrategy[dict[str, Any]]:
    """What amounts taken together are compared with: an amount, or the budget of the proposal."""
    given = st.builds(lambda word, atom: {word: atom}, _one_of(_ORDERING["amount"]), _one_of(AMOUNTS))
    return st.one_of(given, _compared("amount", ("$proposal.budget",)))


_BOUNDS: tuple[dict[str, int], ...] = (
    {"at_least": 1},
    {"at_least": 2},
    {"at_most": 1},
    {"at_most": 0},
    {"at_least": 1, "at_most": 2},
)


# The concepts of a random pack, each of which can rest on those before it; the last looks at other measures too.
CONCEPTS = ("narrow", "resting", "counting")
_COUNTING = CONCEPTS[-1]


@cache
@st.composite
def conditions(
    draw: st.DrawFn,
    depth: int = 1,
    *,
    inside: str = "",
    joinable: bool = True,
    named: tuple[str, ...] = (),
    counted: bool = True,
) -> dict[str, Any]:
    """Conditions as TOML has them.

    Args:
        draw: given by hypothesis.
        depth: how many levels of alternatives and negations may be nested.
        inside: the quantifier that they stand in.
        joinable: whether tests may refer to the judged measure; under a negation they may not.
        named: concepts that may be named.
        counted: whether other measures may be looked at.
    """
    if inside:
        named = tuple(name for name in named if name != _COUNTING)
    owners = ("judged", "proposal") if inside and joinable else ("proposal",)
    parts: dict[str, Any] = {}
    choices = ["measure", "measure", "proposal", "basis"]
    if counted and not inside:
        choices += ["other", "count", "sum"]
    if named:
        choices += ["concept", "concept"]
    if depth:
        choices += ["any", "all", "not", "not list"]
    for key in draw(_list_of(tuple(choices))):
        if key == "measure":
            parts[key] = draw(_tests(MEASURE, owners, negatable=not inside))
        elif key == "proposal":
            parts[key] = draw(_tests(PROPOSAL, ()))
        elif key == "basis":
            parts[key] = draw(_basis())
        elif key == "concept":
            parts[key] = draw(_naming(named))
        elif key == "other":
            parts[key] = draw(_tests(MEASURE, ("judged", "proposal"), negatable=False))
            usable = tuple(name for name in named if name != _COUNTING)
            if len(usable) > draw(st.integers(0, 1)):
                parts[key]["concept"] = draw(_naming(usable))
        elif key == "count":
            counting = draw(conditions(depth=depth, inside="count", named=named))
            parts[key] = {**counting, **draw(st.sampled_from(_BOUNDS))}
        elif key == "sum":
            counting = (
                draw(conditions(depth=0, inside="sum", joinable=False, named=named)) if draw(st.booleans()) else {}
            )
            parts[key] = {**counting, "amount": draw(_bound_of_sum())}
        elif key in {"any", "all"}:
            parts[key] = draw(_nested(depth - 1, inside, 3, named, counted=counted))
        elif key == "not":
            (parts[key],) = draw(_nested(depth - 1, inside, 1, named, counted=counted))
        else:
            parts["not"] = draw(_nested(depth - 1, inside, 2, named, counted=counted))
    return parts


@cache
def _naming(names: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """What stands right of `concept =`."""
    listed = _list_of(names)
    return st.one_of(_one_of(names), listed, st.dictionaries(_one_of(("any", "all", "none")), listed, min_size=1))


@cache
def _nested(
    depth: int, inside: str, most: int, named: tuple[str, ...], *, counted: bool
) -> st.SearchStrategy[list[dict[str, Any]]]:
    part = conditions(depth=depth, inside=inside, joinable=False, named=named, counted=counted)
    return st.lists(part, min_size=1, max_size=most)


@cache
def concepts() -> st.SearchStrategy[dict[str, dict[str, Any]]]:
    """The conditions of the concepts of a random pack, as TOML has them, by id."""
    return st.fixed_dictionaries(
        {
            name: conditions(depth=number % 2, named=CONCEPTS[:number], counted=name == _COUNTING)
            for number, name in enumerate(CONCEPTS)
        }
    )


def make_concepts(drawn: Mapping[str, dict[str, Any]], known: Knowledge) -> dict[str, Concept]:
    """Concepts with these conditions, each of which names only those before it."""
    made: dict[str, Concept] = {}
    # In the order in which they rest on each other, which a dictionary that was drawn need not have.
    for name in CONCEPTS:
        read = ConditionReader(known, made).read(drawn[name], ("when",))
        made[name] = Concept(
            id=name, pack="random", title=Localized(name, name), sources=("TFEU 1",), condition=read, examples=Packed(()), anchor=ANCHOR
        )  # fmt: skip
    return made


# What stands in for conditions that spread out too far to be compiled.
_PLAIN: dict[str, Any] = {"measure": {"effects": "a"}}


def make_rule(number: int, when: dict[str, Any], unless: list[dict[str, Any]], reader: ConditionReader) -> Rule:
    """A rule with these conditions; its exceptions may have some under `unless`."""
    read, faults = reader.read(when, ("when",)), Faults()
    exceptions = ExceptionReader(
        rule=f"random/r{number}", pack="random", file=ANCHOR.file, read=reader.read, faults=faults
    ).all_of([_with_reason(exception) for exception in unless])
    faults.raise_any()
    listed = [read, *(exception.condition for exception in exceptions)]
    return Rule(
        id=f"random/r{number}", pack="random", title=TEXT, principle="p", positions=(), ground="law", verdict="conflict",
        dimension="competence", sources=("TFEU 1",), rationale=TEXT, defeats=(), period=Period(),
        scope=scope_of(listed),
        when=read, unless=exceptions, message=TEXT, examples=Packed(()), anchor=ANCHOR,
    )  # fmt: skip


def _with_reason(exception: Mapping[str, Any]) -> dict[str, Any]:
    inner = [_with_reason(each) for each in exception.get("unless", ())]
    return {**exception, "reason": {"en": TEXT.en, "nl": TEXT.nl}, **({"unless": inner} if inner else {})}


def rules() -> st.SearchStrategy[Rule]:
    """Rules over random facts; each can be compiled."""
    return _known_rules(1, 1).map(lambda drawn: drawn[1][0])


@cache
def packs(*, min_rules: int = 1, max_rules: int = 4) -> st.SearchStrategy[KnowledgeBase]:
    """Knowledge bases with random facts and rules, some of which defeat others.

    Args:
        min_rules: how many rules at least.
        max_rules: how many at most.
    """
    return _known_rules(min_rules, max_rules).flatmap(_pack)


@cache
@st.composite
def programs(draw: st.DrawFn, min_rules: int = 1, max_rules: int = 8) -> Program:
    """Compiled rules over random facts, none of which defeats another."""
    known, drawn, _ = draw(_known_rules(min_rules, max_rules))
    return compile_rules(drawn, FactLookup(known, DAY), DAY)


@cache
def _exceptions(depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """An exception as TOML has it, but for what it says of itself; one in four has an exception."""
    asked = conditions(named=CONCEPTS)
    if not depth:
        return asked
    with_inner = st.builds(lambda outer, inner: {**outer, "unless": [inner]}, asked, _exceptions(depth - 1))
    return st.one_of(asked, asked, asked, with_inner)


@cache
def _rule_conditions(fewest: int, most: int) -> st.SearchStrategy[list[tuple[dict[str, Any], list[dict[str, Any]]]]]:
    depths = st.sampled_from([0, 1, 1, 1, 2])
    whens = depths.flatmap(lambda depth: conditions(depth, named=CONCEPTS))
    pairs = st.tuples(whens, st.lists(_exceptions(1), max_size=2))
    return st.lists(pairs, min_size=fewest, max_size=most)


@cache
@st.composite
def _known_rules(
    draw: st.DrawFn, min_rules: int, max_rules: int
) -> tuple[Knowledge, list[Rule], Mapping[str, Concept]]:
    known = knowledge(draw(facts()))
    named = make_concepts(draw(concepts()), known)
    reader, lookup = ConditionReader(known, named), FactLookup(known, DAY)
    drawn = draw(_rule_conditions(min_rules, max_rules))
    made = [make_rule(number, when, unless, reader) for number, (when, unless) in enumerate(drawn)]
    plain = (make_rule(number, _PLAIN, [], reader) for number in range(len(made)))
    kept = [rule if _compiles(rule, lookup) else other for rule, other in zip(made, plain, strict=True)]
    return known, kept, named


@st.composite
def _pack(draw: st.DrawFn, made: tuple[Knowledge, list[Rule], Mapping[str, Concept]]) -> KnowledgeBase:
    known, drawn, named = made
    ranked = []
    for number, rule in enumerate(drawn):
        # Downwards only, so that there is no circle; a rule on measures defeats none on the whole proposal.
        below = [one.id for one in drawn[number + 1 :] if rule.scope == "proposal" or one.scope == "measure"]
        weaker = draw(st.lists(st.sampled_from(below), unique=True)) if below else []
        ranked.append(evolve(rule, defeats=tuple(sorted(weaker))))
    return KnowledgeBase(
        name="random", knowledge=known, concepts=named, rules=tuple(ranked), reader=ProposalReader(known.vocabularies)
    )


def _compiles(rule: Rule, lookup: FactLookup) -> bool:
    """Random conditions can spread out further than any that a person writes; such a rule is an error of its own."""
    try:
        compile_rules([rule], lookup, DAY)
    except InputError:
        return False
    return True
