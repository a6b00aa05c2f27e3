"""What can be asked for instead of a term: the same aim by lighter means, or in other hands.

A term of which nothing is listed, or that a pack does not know, can be taken out or left, not replaced.
"""

from collections.abc import Mapping

__all__ = ["COMPULSION", "CURTAILMENT", "FORMS", "KINDS_BY_PROCEDURE", "NEAR_TERMS"]

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
