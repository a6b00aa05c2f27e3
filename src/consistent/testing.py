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
    - `mutate`: which faults the tests do not notice, `score` how many of a hundred they do;
    - `firings`, `unread_facts` and `unused_terms`: what does no work.

What needs no test, such as proofs and lints, is offered by `consistent.authoring`.
"""

from typing import TYPE_CHECKING

from consistent._lazy import lazily

if TYPE_CHECKING:
    from consistent.authoring.coverage.measuring import Coverage, cover
    from consistent.authoring.guarantees.judging import Counterexample
    from consistent.authoring.guarantees.searching import Searched, search_guarantee
    from consistent.authoring.lint.measured import Firing, firings, unread_facts, unused_terms
    from consistent.authoring.mutation.killing import Results, score
    from consistent.authoring.mutation.running import MutationRun, mutate
    from consistent.authoring.properties.laws import PROPERTIES
    from consistent.authoring.properties.property import Property, PropertyError
    from consistent.authoring.proposal_text import example, toml
    from consistent.authoring.strategies.aimed import (
        defeated_under,
        excepted_under,
        flagged_by,
        nearly_flagged_by,
        open_under,
    )
    from consistent.authoring.strategies.of_pack import from_examples, measures, proposals, values
    from consistent.authoring.strategies.random_packs import packs, rules
    from consistent.authoring.suite.items import Failure, Item
    from consistent.authoring.suite.running import collect, failure_text, run

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
    "authoring.coverage.measuring": ("Coverage", "cover"),
    "authoring.guarantees.judging": ("Counterexample",),
    "authoring.guarantees.searching": ("Searched", "search_guarantee"),
    "authoring.lint.measured": ("Firing", "firings", "unread_facts", "unused_terms"),
    "authoring.mutation.killing": ("Results", "score"),
    "authoring.mutation.running": ("MutationRun", "mutate"),
    "authoring.properties.laws": ("PROPERTIES",),
    "authoring.properties.property": ("Property", "PropertyError"),
    "authoring.proposal_text": ("example", "toml"),
    "authoring.strategies.aimed": ("defeated_under", "excepted_under", "flagged_by", "nearly_flagged_by", "open_under"),
    "authoring.strategies.of_pack": ("from_examples", "measures", "proposals", "values"),
    "authoring.strategies.random_packs": ("packs", "rules"),
    "authoring.suite.items": ("Failure", "Item"),
    "authoring.suite.running": ("collect", "failure_text", "run"),
}
if not TYPE_CHECKING:  # to whoever checks types, a name that there is not is an error
    __getattr__, __dir__ = lazily(__name__, _HOMES)
