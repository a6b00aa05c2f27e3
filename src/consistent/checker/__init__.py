"""The front door: load a pack (`loading`), check a proposal with it (`knowledge_base`), draft a document in its terms (`drafting`)."""

from consistent.checker.drafting import draft
from consistent.checker.knowledge_base import KnowledgeBase, ProposalInput
from consistent.checker.loading import as_far_as_read, load

__all__ = ["KnowledgeBase", "ProposalInput", "as_far_as_read", "draft", "load"]
