"""What part the parties of a sentence play: who acts, and on whom."""

from collections.abc import Iterator

from attrs import frozen

from consistent.documents.provisions.sentences import Norm
from consistent.documents.words.provision_words import Party

__all__ = ["BOUND", "LAYS_DOWN", "Roles"]

# The ways of speaking that bind somebody, and those that lay anything down.
BOUND = frozenset({"shall", "shall-not", "may-only", "should"})
_STATES = "member-states"
LAYS_DOWN = BOUND | {"may", "empowered", "will"}


@frozen
class Roles:
    """What part a subject plays: who acts, or on whom."""

    union: frozenset[str]
    states: frozenset[str]

    def of(self, norm: Norm) -> Iterator[tuple[str, Party]]:
        """The field and party of each subject of a sentence."""
        if norm.modality not in LAYS_DOWN:
            return
        for agent in norm.agents:
            if agent.name in self.union or agent.name in self.states:
                yield "actors", agent
                if norm.modality in BOUND:
                    yield "addressees", agent
        # Who must be made to do something is addressed through another.
        if (
            norm.actor is not None
            and norm.addressee is not None
            and norm.actor != norm.addressee
            and norm.modality in BOUND
        ):
            yield "addressees", norm.actor
        if norm.passive:
            return
        for subject in norm.subjects:
            public = subject.name in self.union or subject.name in self.states
            # Who is bound is addressed, a public body too; who may act, only where it is no power over others: States choose.
            if norm.modality in BOUND or (norm.modality == "may" and (not public or subject.name == _STATES)):
                yield "addressees", subject
            if public and norm.modality in {"shall", "may", "empowered", "will"}:
                yield "actors", subject
        # `Member States shall ensure that authorities check`: those act, and must.
        if norm.modality in BOUND and norm.actor is not None and norm.actor not in norm.subjects:
            if norm.actor.name in self.union or norm.actor.name in self.states:
                yield "actors", norm.actor
            yield "addressees", norm.actor
