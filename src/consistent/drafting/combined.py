"""What a measure may be about though no word of it says so: what some of its values come to together, as `combined.toml` has it.

    [[combined]]
    areas = "defence-industry"
    of = { areas = "defence", addressees = "firms" }

In the field of defence, what is laid down for firms may be about the defence industry. A text names its subject once, in its title, and
goes on with the wide word. So this is a hint: a rule that asks for the narrow term is open, and no value is given.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import tomli
from attrs import frozen

from consistent.drafting.cues.passages import CuedValue
from consistent.model.proposal import fields_in
from consistent.model.vocabulary import Vocabularies

__all__ = ["CONFIDENCE", "Combined", "combined_hints", "shipped_combinations"]

_FILE = Path(__file__).parent / "combined.toml"
# In percent: under what a value needs.
CONFIDENCE = 50


@frozen(kw_only=True)
class Combined:
    """A term, and the values that come to it together.

    Attributes:
        field: of a measure.
        term: of its vocabulary.
        of: by field the term that a measure has: that one of areas, of other fields also a narrower one.
        narrower: whether a narrower area will do as well.
    """

    field: str
    term: str
    of: Mapping[str, str]
    narrower: bool = False


def combined_hints(values: Collection[CuedValue], vocabularies: Vocabularies) -> Iterator[CuedValue]:
    """The terms that the values of a measure may come to together, each with the words of the last of them.

    Args:
        values: of one measure.
        vocabularies: of the pack; terms that it does not have are left out.
    """
    fields = fields_in(vocabularies).measure
    for each in shipped_combinations():
        vocabulary = vocabularies[fields[each.field].vocabulary]
        if each.term not in vocabulary or any(
            value.field == each.field and value.term in vocabulary.narrower([each.term]) for value in values
        ):
            continue
        met = [_met(name, term, values, vocabularies, narrower=each.narrower) for name, term in each.of.items()]
        if all(met):
            last = next(filter(None, reversed(met)))
            yield CuedValue(
                field=each.field, term=each.term, span=last.span, cue=f"combined/{each.term}", confidence=CONFIDENCE
            )


def _met(
    name: str, term: str, values: Collection[CuedValue], vocabularies: Vocabularies, *, narrower: bool
) -> CuedValue | None:
    vocabulary = vocabularies[fields_in(vocabularies).measure[name].vocabulary]
    # Of an area the wide word itself must be there: a narrower one says what the measure is about.
    wanted = {term} if (name == "areas" and not narrower) or term not in vocabulary else vocabulary.narrower([term])
    return next((value for value in values if value.field == name and value.term in wanted), None)


@cache
def shipped_combinations() -> tuple[Combined, ...]:
    """As shipped, in the order of the file."""
    return tuple(
        Combined(field=name, term=term, of=one["of"], narrower=one.get("narrower", False))
        for one in tomli.loads(_FILE.read_text("utf-8"))["combined"]
        for name, term in one.items()
        if name not in {"of", "narrower"}
    )
