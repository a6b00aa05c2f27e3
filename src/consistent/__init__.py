"""Checks proposals of the European Commission for consistency with codified principles.

>>> from consistent import load
>>> kb = load("treaties")
>>> check = kb.check({"proposal": {"kind": "white-paper"}})
>>> check.findings
()
>>> check.judgement["competence"]
'not-judged'

- load a pack, and check: `load`, `KnowledgeBase`, `Check`, `Report`;
- write down what is judged: `Proposal`, `Measure`, `Value`; or draft it of a document: `draft`;
- read what is said: `Finding`, `Open`, `Defeated`, `Judgement`; as a table: `Report.to_rows`;
- ask further: `Check.why`, `Check.why_not`, `Check.questions`, `Check.repairs`, `Check.diff`;
- many versions of one text, from proposal to act: `File`;
- what is raised: `InputError`, `UsageError`, `EngineError`, all of them a `ConsistentError`.

`help(Check)` and the like tell more of one; `docs/reference/library.md` lists all names, and how they may change.
"""

from consistent._lazy import lazily

# As of `typing`, which takes longer to import than all else here; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from consistent.check import Check
    from consistent.checker import KnowledgeBase, ProposalInput, draft, load
    from consistent.documents.document import Document
    from consistent.drafting.draft import Draft
    from consistent.engine.columns.corpus import Corpus
    from consistent.errors import ConsistentError, EngineError, Fault, InputError, Location, UsageError
    from consistent.findings.case import Case
    from consistent.findings.judgement import Judgement
    from consistent.findings.outcome import Bar, MeasureOutcome, Outcome
    from consistent.findings.report import Chain, Link, Report
    from consistent.findings.said import (
        Answered,
        Because,
        CitedConcept,
        Defeated,
        DefeatedBy,
        Finding,
        JoinedFact,
        Open,
        Presumed,
        Said,
        Spoken,
        Unknown,
        Waived,
    )
    from consistent.findings.survey import Survey
    from consistent.findings.waivers import TimeWarning, WaiverUse
    from consistent.inquiries.differences.difference import Change, Difference
    from consistent.inquiries.questions.open_questions import Answer, OpenQuestions, Question
    from consistent.inquiries.repairs.repairs import FindingRepairs, Repair, Repairs
    from consistent.inquiries.why.accounts import Account, WhyNot
    from consistent.knowledge.entries import Fact, Knowledge, Position, Principle
    from consistent.lifecycle.file import File, Step
    from consistent.lifecycle.positions import PositionTrail
    from consistent.lifecycle.powers import Power, PowerTrail
    from consistent.lifecycle.versions import Version
    from consistent.model.evidence import Evidence
    from consistent.model.proposal import Measure, Proposal
    from consistent.model.text import Language, Localized
    from consistent.model.values import UNKNOWN, Atom, Value
    from consistent.rules.conditions import Concept, Condition
    from consistent.rules.rule import Dimension, Grade, Ground, Rule, RuleException, Verdict
    from consistent.toml.waivers import Waiver
    from consistent.version import __version__ as __version__

__all__ = [
    "UNKNOWN",
    "Account",
    "Answer",
    "Answered",
    "Atom",
    "Bar",
    "Because",
    "Case",
    "Chain",
    "Change",
    "Check",
    "CitedConcept",
    "Concept",
    "Condition",
    "ConsistentError",
    "Corpus",
    "Defeated",
    "DefeatedBy",
    "Difference",
    "Dimension",
    "Document",
    "Draft",
    "EngineError",
    "Evidence",
    "Fact",
    "Fault",
    "File",
    "Finding",
    "FindingRepairs",
    "Grade",
    "Ground",
    "InputError",
    "JoinedFact",
    "Judgement",
    "Knowledge",
    "KnowledgeBase",
    "Language",
    "Link",
    "Localized",
    "Location",
    "Measure",
    "MeasureOutcome",
    "Open",
    "OpenQuestions",
    "Outcome",
    "Position",
    "PositionTrail",
    "Power",
    "PowerTrail",
    "Presumed",
    "Principle",
    "Proposal",
    "ProposalInput",
    "Question",
    "Repair",
    "Repairs",
    "Report",
    "Rule",
    "RuleException",
    "Said",
    "Spoken",
    "Step",
    "Survey",
    "TimeWarning",
    "Unknown",
    "UsageError",
    "Value",
    "Verdict",
    "Version",
    "Waived",
    "Waiver",
    "WaiverUse",
    "WhyNot",
    "draft",
    "load",
]

# Imported when first asked for: pytest imports this package at its start wherever it is installed, for the plugin.
_HOMES = {
    "check": ("Check",),
    "checker": (
        "KnowledgeBase",
        "ProposalInput",
        "draft",
        "load",
    ),
    "documents.document": ("Document",),
    "drafting.draft": ("Draft",),
    "engine.columns.corpus": ("Corpus",),
    "errors": (
        "ConsistentError",
        "EngineError",
        "Fault",
        "InputError",
        "Location",
        "UsageError",
    ),
    "findings.case": ("Case",),
    "findings.judgement": ("Judgement",),
    "findings.outcome": (
        "Bar",
        "MeasureOutcome",
        "Outcome",
    ),
    "findings.report": (
        "Chain",
        "Link",
        "Report",
    ),
    "findings.said": (
        "Answered",
        "Because",
        "CitedConcept",
        "Defeated",
        "DefeatedBy",
        "Finding",
        "JoinedFact",
        "Open",
        "Presumed",
        "Said",
        "Spoken",
        "Unknown",
        "Waived",
    ),
    "findings.survey": ("Survey",),
    "findings.waivers": (
        "TimeWarning",
        "WaiverUse",
    ),
    "inquiries.differences.difference": (
        "Change",
        "Difference",
    ),
    "inquiries.questions.open_questions": (
        "Answer",
        "OpenQuestions",
        "Question",
    ),
    "inquiries.repairs.repairs": (
        "FindingRepairs",
        "Repair",
        "Repairs",
    ),
    "inquiries.why.accounts": (
        "Account",
        "WhyNot",
    ),
    "knowledge.entries": (
        "Fact",
        "Knowledge",
        "Position",
        "Principle",
    ),
    "lifecycle.file": (
        "File",
        "Step",
    ),
    "lifecycle.positions": ("PositionTrail",),
    "lifecycle.powers": (
        "Power",
        "PowerTrail",
    ),
    "lifecycle.versions": ("Version",),
    "model.evidence": ("Evidence",),
    "model.proposal": (
        "Measure",
        "Proposal",
    ),
    "model.text": (
        "Language",
        "Localized",
    ),
    "model.values": (
        "UNKNOWN",
        "Atom",
        "Value",
    ),
    "rules.conditions": (
        "Concept",
        "Condition",
    ),
    "rules.rule": (
        "Dimension",
        "Grade",
        "Ground",
        "Rule",
        "RuleException",
        "Verdict",
    ),
    "toml.waivers": ("Waiver",),
    "version": ("__version__",),
}

if not TYPE_CHECKING:  # to whoever checks types, a name that there is not is an error
    __getattr__, __dir__ = lazily(__name__, _HOMES)
