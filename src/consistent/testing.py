"""For those who write rules, and test what they wrote.

Proposals to try rules on:
    - `proposals`, `measures` and `values` at random in the terms of a pack, `from_examples` put together of its examples;
    - `flagged_by`, `nearly_flagged_by`, `open_under`, `excepted_under` and `defeated_under` aimed at one rule;
    - `packs` and `rules` at random, for those who test the library itself;
    - `toml` and `example` write a proposal down.

What to ask of a pack:
    - `collect` and `run`: that examples, golden files and guarantees come out as they say, as `consistent test` does;
    - `PROPERTIES`: what holds of every pack, each a `Property` with its meaning;
    - `search_guarantee`: a proposal on which a guarantee does not hold;
    - `cover`: which conditions the tests put to the test;
    - `mutate`: which faults the tests do not notice;
    - `firings`, `unread_facts` and `unused_terms`: what does no work.

Each is imported when it is first asked for: pytest imports this package at its start wherever the library is installed, for the
plugin, and hypothesis is costly.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from consistent.authoring.coverage.measuring import Coverage, cover
    from consistent.authoring.guarantees import Counterexample, Searched, search_guarantee
    from consistent.authoring.lint.measured import Firing, firings, unread_facts, unused_terms
    from consistent.authoring.mutation.killing import Results, score
    from consistent.authoring.mutation.running import MutationRun
    from consistent.authoring.mutation.running import results_of as mutate
    from consistent.authoring.properties.laws import PROPERTIES
    from consistent.authoring.properties.property import Property, PropertyError
    from consistent.authoring.strategies.aimed import (
        defeated_under,
        excepted_under,
        flagged_by,
        nearly_flagged_by,
        open_under,
    )
    from consistent.authoring.strategies.examples import example, toml
    from consistent.authoring.strategies.of_pack import from_examples, measures, proposals, values
    from consistent.authoring.strategies.random_packs import packs, rules
    from consistent.authoring.suite import Failure, Item, collect, failure_text, run

__all__ = [
    "PROPERTIES",
    "Counterexample",
    "Coverage",
    "Failure",
    "Firing",
    "Item",
    "MutationRun",
    "Property",
    "PropertyError",
    "Results",
    "Searched",
    "collect",
    "cover",
    "defeated_under",
    "example",
    "excepted_under",
    "failure_text",
    "firings",
    "flagged_by",
    "from_examples",
    "measures",
    "mutate",
    "nearly_flagged_by",
    "open_under",
    "packs",
    "proposals",
    "rules",
    "run",
    "score",
    "search_guarantee",
    "toml",
    "unread_facts",
    "unused_terms",
    "values",
]

_HOMES = {
    "coverage.summary": ("Coverage", "cover"),
    "guarantees": ("Counterexample", "Searched", "search_guarantee"),
    "mutation.results": ("Results", "score"),
    "mutation.running": ("MutationRun", "mutate"),
    "properties.listed": ("PROPERTIES",),
    "properties.property": ("Property", "PropertyError"),
    "strategies.aimed": ("defeated_under", "excepted_under", "flagged_by", "nearly_flagged_by", "open_under"),
    "strategies.examples": ("example", "toml"),
    "strategies.of_pack": ("from_examples", "measures", "proposals", "values"),
    "strategies.random_packs": ("packs", "rules"),
    "suite": ("Failure", "Item", "collect", "failure_text", "run"),
    "vacuity.firing": ("Firing", "firings"),
    "vacuity.idle": ("unread_facts", "unused_terms"),
}
# Within the library each command has a function of this name already.
_CALLED_THERE = {"mutate": "results_of"}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            module = import_module(f"{__name__}.{home}")
            found = globals()[name] = getattr(module, _CALLED_THERE.get(name, name))
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
