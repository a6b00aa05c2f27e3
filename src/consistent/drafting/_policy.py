"""Sentences of a document of policy: which there are, how binding each is, who acts and on whom.

A document of policy has no articles. Its sentences are read one by one, each by its force: what its author announces, what
others are called on to do, what is needed, what a proposal or plan has in it. A sentence without force merely describes.
"""

from collections.abc import Iterator

from attrs import evolve, frozen

from consistent.documents.document import Document, Span
from consistent.documents.provisions.sentences import Norm, agents_of, norm_of, parties_of, sentences
from consistent.documents.structure.numbering import label_of
from consistent.documents.words.provision_words import Modality, Party, ProvisionWords
from consistent.drafting.cues.passages import Passage

__all__ = ["PolicyReader"]

_ASIDE = frozenset({"note", "running", "title", "reference", "type"})
# Who is the subject of these acts; of the others it is told what becomes of it, or what it has in it.
_ACTS: frozenset[Modality] = frozenset({"will", "promised", "should", "needed", "shall", "calls", "may"})
_BOUND: frozenset[Modality] = frozenset({"should", "needed", "shall", "called", "may", "may-only", "shall-not"})
# In letters: so far before a name stands the word that has it act with the subject.
_ALONG = 80


@frozen(eq=False)
class PolicyReader:
    """Reads a document of policy.

    Attributes:
        document: as read.
        words: of its language.
        union: the actors that are institutions and bodies of the Union: a promise of theirs is an announcement, and what
            they ask of themselves is no call.
    """

    document: Document
    words: ProvisionWords
    union: frozenset[str]

    def passages(self) -> Iterator[Passage]:
        """The sentences with a force; the points of a list go on with the words above them."""
        text = self.document.text
        outside = [part.span for part in self.document.walk() if part.kind in {"note", "running"}]
        # The sentence that a list hangs on: `The Commission will:`, or a heading for what will be done.
        head: tuple[Span, Norm] | None = None
        # Whom a list hangs on without a verb: `The Commission:`, with points that begin with theirs.
        bare: tuple[Party, ...] = ()
        # Whether the next line is a point, whatever it begins with.
        fresh = False
        for start, block in zip(self.document.starts, self.document.content.blocks, strict=True):
            span = Span(start, start + len(block.line))
            if any(span in other for other in outside) or not block.line.strip() or block.role in _ASIDE:
                continue
            if self.words.patterns["policy.actions"].fullmatch(block.line.strip()):
                head, fresh = (span, Norm(modality="promised", cue=span)), True
                continue
            # A dash or a number before a point is no part of its sentence.
            label = label_of(block.line)
            # What stands right below the words before a list is a point, and so is what follows a point that ends as one.
            if not (label or fresh or text[span.start].islower()):
                head, bare = None, ()
            fresh = block.line.rstrip().endswith((";", ",", "; and", "; en"))
            body = Span(start + label.length, span.end) if label else span
            for number, sentence in enumerate(sentences(text, body, self.words)):
                norm = norm_of(text, sentence, self.words, "policy")
                # A point says what its head will do; so does what it adds in the same mood: `Consider including them`.
                goes_on = head is not None and not norm.subjects and (number == 0 or norm.modality == "promised")
                if goes_on and head is not None:
                    norm = evolve(head[1], object=sentence)
                elif bare and norm.cue is not None and not norm.subjects:
                    norm = evolve(norm, subjects=bare)
                if norm.cue is not None:
                    if not norm.subjects and not norm.agents and not goes_on:
                        norm = evolve(norm, agents=agents_of(text, sentence, norm.cue, self.words))
                    yield Passage(norm=norm, sentence=sentence, chapeau=head[0] if goes_on and head else None)
                if text[sentence.end - 1] == ":":
                    head = (sentence, norm) if norm.cue is not None else None
                    bare = () if head else self._named_alone(sentence)
                    fresh = True

    def _named_alone(self, sentence: Span) -> tuple[Party, ...]:
        """Who is named by words that name nobody but them: `The Commission:`."""
        parties = parties_of(self.document.text, sentence, self.words, turned=True)
        whole = parties and self.document.text[parties[-1].span.end : sentence.end].strip() == ":"
        return parties if whole else ()

    def bindingness(self, norm: Norm) -> str:
        """How binding a sentence is; empty where it binds nobody and announces nothing."""
        others = any(party.name not in self.union for party in (*norm.subjects, *norm.agents))
        ours = any(party.name in self.union for party in (*norm.subjects, *norm.agents))
        match norm.modality:
            case "shall" | "shall-not" | "may-only":
                # Who is named is bound by the law that is restated, or shut out of what is announced.
                return "binding"
            case "should" | "calls" | "called":
                return "call"
            case "needed":
                # What must be done is asked of whoever is named, and else only held.
                return "call" if others else "statement"
            case "promised":
                return "announcement"
            case "will":
                # What somebody else will do is foretold; what the document itself aims at is stated.
                return "announcement" if ours else "statement" if self._is_itself(norm) else ""
            case "may":
                return "voluntary"
            case "tells":
                return "statement"
            case _:
                return ""

    def parties(self, passage: Passage) -> Iterator[tuple[str, Party]]:
        """Who acts and on whom, each with the field: by the subject, by those beside it, and by whoever else is named."""
        norm = passage.norm
        taken = {party.span for party in norm.subjects}
        undergoes = norm.passive or norm.modality in {"called", "tells"}
        for party in norm.subjects:
            if not undergoes and norm.modality in _ACTS:
                yield "actors", party
            if (party.name not in self.union and (undergoes or norm.modality in _BOUND)) or norm.modality == "called":
                yield "addressees", party
        for party in norm.agents:
            yield "actors", party
            taken.add(party.span)
            if norm.modality in _BOUND and party.name not in self.union:
                yield "addressees", party
        if self._is_itself(norm) and norm.subject is not None:
            yield "actors", Party("commission", norm.subject, "itself")
        spans = [passage.span] if passage.chapeau is None else [passage.chapeau, passage.span]
        for party in (named for span in spans for named in self.words.names.within(self.document.text, span)):
            if party.name in self.union or party.span in taken:
                continue
            yield "addressees", party
            if (
                norm.modality in {"will", "promised"}
                and party.name != "firms"
                and self._acts_along(passage.span, party)
            ):
                yield "actors", party

    def _is_itself(self, norm: Norm) -> bool:
        """Whether it is the document that is the subject: its author speaks."""
        return norm.subject is not None and bool(
            self.words.patterns["policy.itself"].match(self.document.text, norm.subject.start, norm.subject.end)
        )

    def _acts_along(self, sentence: Span, party: Party) -> bool:
        """Whether somebody is named as acting with the subject."""
        before = self.document.text[max(sentence.start, party.span.start - _ALONG) : party.span.start]
        return self.words.patterns["policy.along"].search(before) is not None
