"""For those who write packs: proofs, lints, comparisons, schemas and new files. `consistent.testing` offers what tests use.

What is offered here:
    - `Prover` proves that a guarantee holds of every proposal, or finds one on which it does not, as a `Proof`;
    - `lint_pack` finds what a pack says in vain, each a `Lint`;
    - `compare_packs` tells what a change of rules changes in meaning, a `Comparison` with a `Change` for each rule;
    - `Gaps` finds areas on which no rule speaks (`Gap`), and measures that cannot keep clear of two principles (`Bind`);
    - `schemas_of` and `schema_for` make the JSON Schemas of the files of a pack, for editors;
    - `new_pack`, `new_rule` and `new_proposal` give the text of new files, and `place_all` writes them.

The rooms, of which `consistent.testing` reaches the first seven, and `firings`, `unread_facts` and `unused_terms` of `lint`:
    - `suite`: examples, golden files and guarantees as tests; `plugin` has pytest collect them;
    - `guarantees`: whether a guarantee is kept, and the search for a proposal that breaks it;
    - `coverage`: which parts of a condition the tests show to matter;
    - `mutation`: faults planted in rules, to see whether a test notices;
    - `properties`: what holds of every pack;
    - `strategies`: what hypothesis draws;
    - `proposal_text`: a proposal as a file or as an example of a rule;
    - `lint`: what does no work in a pack, or should not be there;
    - `proving`: rules as formulas, which a solver answers of all proposals at once;
    - `schemas`: JSON Schemas, made from the classes and a loaded pack;
    - `scaffolds`: templates of new files;
    - `accepted`: findings about a pack that a person lets stand, with the reason.
"""

from typing import TYPE_CHECKING

from consistent._lazy import lazily

if TYPE_CHECKING:
    from consistent.authoring.lint.linting import lint_pack
    from consistent.authoring.lint.lints import Lint
    from consistent.authoring.proving.comparing import Change, Comparison, compare_packs
    from consistent.authoring.proving.gaps import Bind, Gap, Gaps
    from consistent.authoring.proving.guarantees import Proof, Prover
    from consistent.authoring.scaffolds.files import place_all
    from consistent.authoring.scaffolds.kinds import new_pack, new_proposal, new_rule
    from consistent.authoring.schemas.catalogue import schema_for, schemas_of

__all__ = [
    "Bind",
    "Change",
    "Comparison",
    "Gap",
    "Gaps",
    "Lint",
    "Proof",
    "Prover",
    "compare_packs",
    "lint_pack",
    "new_pack",
    "new_proposal",
    "new_rule",
    "place_all",
    "schema_for",
    "schemas_of",
]

_HOMES = {
    "authoring.lint.linting": ("lint_pack",),
    "authoring.lint.lints": ("Lint",),
    "authoring.proving.comparing": ("Change", "Comparison", "compare_packs"),
    "authoring.proving.gaps": ("Bind", "Gap", "Gaps"),
    "authoring.proving.guarantees": ("Proof", "Prover"),
    "authoring.scaffolds.files": ("place_all",),
    "authoring.scaffolds.kinds": ("new_pack", "new_proposal", "new_rule"),
    "authoring.schemas.catalogue": ("schema_for", "schemas_of"),
}
if not TYPE_CHECKING:  # to whoever checks types, a name that there is not is an error
    __getattr__, __dir__ = lazily(__name__, _HOMES)
