"""Random conditions, as TOML has them, over the fields and values of `small_world`."""

from typing import Any

from hypothesis import strategies as st

from consistent.model.values import Atom
from consistent.testing.strategies.small_world import (
    AMOUNTS,
    CITATIONS,
    DATES,
    MEASURE,
    PROPOSAL,
    TERMS,
    TEXTS,
    pool,
    type_of,
)

__all__ = ["conditions"]


def _list_of(field: str) -> st.SearchStrategy[list[Atom]]:
    return st.lists(st.sampled_from(pool(field)), min_size=1, max_size=3, unique=True)


@st.composite
def _test(draw: st.DrawFn, field: str, references: tuple[str, ...], *, negatable: bool = True) -> Any:
    """What stands right of `field =`: operators of the language with operands of the field's type."""
    kind = type_of(field)
    words = ["any", "none", "empty"]
    words += {
        "terms": ["all", "only", "beyond"],
        "citation": ["all", "only", "beyond", "known"],
        "text": ["contains", "starts_with"],
        "amount": ["over", "under", "at_least", "at_most"],
        "date": ["after", "before", "from", "until"],
    }[kind]
    if references:
        words += ["reference", "reference"] + ["apart"] * negatable
    word = draw(st.sampled_from(words))
    if word == "empty":
        return {"empty": draw(st.booleans())}
    if word == "reference":
        return draw(st.sampled_from(references))
    if word == "apart":
        return {"none": draw(st.sampled_from(references))}
    if word == "known":
        return {draw(st.sampled_from(["any", "none", "only", "beyond"])): "$basis.article"}
    if word in {"any", "none", "all", "only", "beyond"}:
        return {word: draw(_list_of(field))}
    return {word: draw(st.sampled_from(pool(field)))}


def _references(field: str, owners: tuple[str, ...]) -> tuple[str, ...]:
    """Fields of the owners that hold the same sort of value."""
    kind = type_of(field)
    names = {"measure": MEASURE, "judged": MEASURE, "proposal": PROPOSAL}
    return tuple(
        f"${owner}.{name}"
        for owner in owners
        for name in names[owner]
        if type_of(name) == kind and (kind != "terms" or name == field)
    )


@st.composite
def _tests(
    draw: st.DrawFn, fields: tuple[str, ...], owners: tuple[str, ...], *, negatable: bool = True
) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(fields), min_size=1, max_size=3, unique=True))
    return {name: draw(_test(name, _references(name, owners), negatable=negatable)) for name in names}


@st.composite
def _basis(draw: st.DrawFn) -> dict[str, Any]:
    """Tests of a fact, some of which join it to the measure or the proposal."""
    found: dict[str, Any] = {}
    names = draw(
        st.lists(
            st.sampled_from(["article", "area", "ceiling", "since", "strict", "name"]),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    joins = {
        "article": ("$measure.legal_basis", "$proposal.legal_basis"),
        "area": ("$measure.areas",),
        "ceiling": ("$measure.amount", "$proposal.budget"),
        "since": ("$measure.starts", "$proposal.date"),
        "name": ("$measure.reference", "$proposal.reference"),
    }
    static = {
        "article": st.sampled_from(CITATIONS), "area": st.sampled_from(TERMS), "ceiling": st.sampled_from(AMOUNTS),
        "since": st.sampled_from(DATES), "strict": st.booleans(), "name": st.sampled_from(TEXTS),
    }  # fmt: skip
    ordered = {"ceiling": ("over", "under", "at_least", "at_most"), "since": ("after", "before", "from", "until")}
    for name in names:
        operand = draw(st.sampled_from(joins[name])) if name in joins and draw(st.booleans()) else draw(static[name])
        words = ("any", "none", *ordered.get(name, ()))
        found[name] = {draw(st.sampled_from(words)): operand}
    return found


_BOUNDS: tuple[dict[str, int], ...] = (
    {"at_least": 1},
    {"at_least": 2},
    {"at_most": 1},
    {"at_most": 0},
    {"at_least": 1, "at_most": 2},
)


@st.composite
def conditions(draw: st.DrawFn, depth: int = 1, *, inside: str = "", joinable: bool = True) -> dict[str, Any]:
    """Conditions as TOML has them.

    Args:
        draw: given by hypothesis.
        depth: how many levels of alternatives and negations may be nested.
        inside: the quantifier that they stand in.
        joinable: whether tests may refer to the judged measure; under a negation they may not.
    """
    owners = ("judged", "proposal") if inside and joinable else ("proposal",)
    parts: dict[str, Any] = {}
    choices = ["measure", "measure", "proposal", "basis"]
    if not inside:
        choices += ["other", "count"]
    if depth:
        choices += ["any", "all", "not", "not list"]
    deeper = conditions(depth=depth - 1, inside=inside, joinable=False)
    for key in draw(st.lists(st.sampled_from(choices), min_size=1, max_size=3, unique=True)):
        if key == "measure":
            parts[key] = draw(_tests(MEASURE, owners, negatable=not inside))
        elif key == "proposal":
            parts[key] = draw(_tests(PROPOSAL, ()))
        elif key == "basis":
            parts[key] = draw(_basis())
        elif key == "other":
            parts[key] = draw(_tests(MEASURE, ("judged", "proposal"), negatable=False))
        elif key == "count":
            parts[key] = {**draw(conditions(depth=depth, inside="count")), **draw(st.sampled_from(_BOUNDS))}
        elif key in {"any", "all"}:
            parts[key] = draw(st.lists(deeper, min_size=1, max_size=3))
        elif key == "not":
            parts[key] = draw(deeper)
        else:
            parts["not"] = draw(st.lists(deeper, min_size=1, max_size=2))
    return parts
