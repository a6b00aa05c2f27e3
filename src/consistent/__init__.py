"""Checks proposals of the European Commission for consistency with codified principles.

>>> from consistent import load
>>> kb = load("treaties")
>>> report = kb.check({"proposal": {"kind": "white-paper"}})
>>> report.findings
()
"""

from consistent.checker import KnowledgeBase, draft, load
from consistent.errors import ConsistentError, EngineError, InputError, UsageError
from consistent.findings.report import Report
from consistent.findings.said import Finding
from consistent.intake.drafting import Draft
from consistent.model.proposal import Evidence, Measure, Proposal
from consistent.model.values import UNKNOWN, Value
from consistent.reading.waivers import Waiver
from consistent.rules.rule import Rule

__all__ = [
    "UNKNOWN",
    "ConsistentError",
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
__version__ = "0.1.0"
