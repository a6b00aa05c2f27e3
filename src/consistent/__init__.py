"""Checks proposals of the European Commission for consistency with codified principles.

>>> from consistent import load
>>> kb = load("treaties")
>>> check = kb.check({"proposal": {"kind": "white-paper"}})
>>> check.findings
()
"""

from consistent._lazy import lazily

# As of `typing`, which takes longer to import than all else here; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from consistent.check import Check
    from consistent.checker import KnowledgeBase, draft, load
    from consistent.drafting.draft import Draft
    from consistent.engine.columns.corpus import Corpus
    from consistent.errors import ConsistentError, EngineError, InputError, UsageError
    from consistent.findings.report import Report
    from consistent.findings.said import Finding
    from consistent.model.proposal import Evidence, Measure, Proposal
    from consistent.model.values import UNKNOWN, Value
    from consistent.rules.rule import Rule
    from consistent.toml.waivers import Waiver
    from consistent.version import __version__ as __version__

__all__ = [
    "UNKNOWN",
    "Check",
    "ConsistentError",
    "Corpus",
    "Draft",
    "EngineError",
    "Evidence",
    "Finding",
    "InputError",
    "KnowledgeBase",
    "Measure",
    "Proposal",
    "Report",
    "Rule",
    "UsageError",
    "Value",
    "Waiver",
    "draft",
    "load",
]

# Imported when first asked for: pytest imports this package at its start wherever it is installed, for the plugin.
_HOMES = {
    "check": ("Check",),
    "checker": ("KnowledgeBase", "draft", "load"),
    "engine.columns.corpus": ("Corpus",),
    "errors": ("ConsistentError", "EngineError", "InputError", "UsageError"),
    "findings.report": ("Report",),
    "findings.said": ("Finding",),
    "drafting.draft": ("Draft",),
    "model.proposal": ("Evidence", "Measure", "Proposal"),
    "model.values": ("UNKNOWN", "Value"),
    "toml.waivers": ("Waiver",),
    "rules.rule": ("Rule",),
    "version": ("__version__",),
}

__getattr__, __dir__ = lazily(__name__, _HOMES)
