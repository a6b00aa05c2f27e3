"""A small world for random packs: fields, vocabularies, a kind of fact, and pools of values aimed at what engines get wrong.

The pools are small, so that tests are passed and joins are made often enough; they hold what an engine is tempted to confuse:
texts of one length beyond 65,535 characters, texts with equal 32-bit hashes, numbers written as text, accents and other
planes of Unicode, whole numbers around 2**53 and 2**63, negative ones.
"""

from collections.abc import Mapping
from datetime import date

from hypothesis import strategies as st

from consistent.knowledge.base import Knowledge
from consistent.knowledge.entries import Anchor, Fact, FactKind, Manifest, Period, Principle
from consistent.model.proposal import Field, Measure, Proposal
from consistent.model.text import Localized
from consistent.model.values import UNKNOWN, Atom, Value
from consistent.model.vocabulary import Term, Vocabulary
from consistent.reading.tomlfile import TomlFile

__all__ = [
    "AMOUNTS", "ANCHOR", "CITATIONS", "DATES", "DAY", "KINDS", "MEASURE", "PROPOSAL", "TERMS", "TEXT", "TEXTS", "VOCABULARIES",
    "facts", "knowledge", "pool", "proposals", "type_of", "values",
]  # fmt: skip

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

VOCABULARIES = {
    name: Vocabulary(name, {each: Term(each, TEXT, broader) for each, broader in _BROADER.items()})
    for name in (
        "actors", "areas", "bindingness", "effects", "finance", "instruments", "kinds", "partners", "procedures",
        "safeguards", "statements", "votes",
    )
}  # fmt: skip

MEASURE = ("effects", "areas", "bindingness", "legal_basis", "reference", "amount", "starts", "safeguards")
PROPOSAL = ("kind", "statements", "legal_basis", "reference", "budget", "date")
_TYPES: Mapping[str, str] = {
    "legal_basis": "citation", "reference": "text", "amount": "amount", "budget": "amount", "starts": "date", "date": "date",
}  # fmt: skip
_POOLS: Mapping[str, tuple[Atom, ...]] = {
    "terms": TERMS, "citation": CITATIONS, "text": TEXTS, "amount": AMOUNTS, "date": DATES,
}  # fmt: skip
_SINGLE = {"bindingness", "reference", "amount", "starts", "kind", "budget", "date"}

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


def _known(field: str) -> st.SearchStrategy[Value]:
    most = 1 if field in _SINGLE else 3
    return st.sets(st.sampled_from(pool(field)), max_size=most).map(lambda atoms: Value.exactly(*atoms))


@st.composite
def _partly(draw: st.DrawFn, field: str) -> Value:
    yes = frozenset() if field in _SINGLE else frozenset(draw(st.sets(st.sampled_from(pool(field)), max_size=2)))
    no = draw(st.sets(st.sampled_from(pool(field)), max_size=2))
    if type_of(field) == "terms":
        no = set(VOCABULARIES["areas"].narrower(str(each) for each in no))
    return Value(yes=yes, no=frozenset(no) - yes, open=True)


def values(field: str) -> st.SearchStrategy[Value]:
    """Known, partly known and unknown values of a field."""
    return st.one_of(_known(field), _known(field), st.just(UNKNOWN), _partly(field))


def proposals(max_measures: int = 5) -> st.SearchStrategy[Proposal]:
    """Proposals with some measures."""
    measures = st.lists(
        st.builds(Measure, id=st.just(""), **{each: values(each) for each in MEASURE}), max_size=max_measures
    )
    numbered = measures.map(lambda listed: tuple(_named(each, number) for number, each in enumerate(listed)))
    return st.builds(Proposal, measures=numbered, **{each: values(each) for each in PROPOSAL})


def _named(measure: Measure, number: int) -> Measure:
    return Measure(id=f"m{number}", **{each: getattr(measure, each) for each in MEASURE})


@st.composite
def facts(draw: st.DrawFn) -> tuple[Fact, ...]:
    """Facts of the one kind that there is."""
    found = []
    pools: Mapping[str, tuple[Atom, ...]] = {
        "article": CITATIONS, "area": TERMS, "ceiling": AMOUNTS, "since": DATES, "strict": (True, False), "name": TEXTS,
    }  # fmt: skip
    for number in range(draw(st.integers(0, 4))):
        held = {
            name: Value.exactly(*draw(st.sets(st.sampled_from(atoms), max_size=1 if name == "strict" else 2)))
            for name, atoms in pools.items()
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
