"""Passages as Web Annotations (W3C Recommendation, 23 February 2017), in JSON-LD: what was found, on the words that say so.

A passage is told by its first words with those around them (`TextQuoteSelector`), so that it is found again in the document in another
format or version; see `documents.anchors`.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from consistent.findings.outcome import Outcome
from consistent.findings.said import Said, outcome_of
from consistent.findings.wording import atom_label
from consistent.model.evidence import Evidence
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.entries import address, entries, message_of, outcome_label, questions
from consistent.reports.formats import Format
from consistent.reports.terminal import told_path
from consistent.sources import parse_source
from consistent.version import __version__

if TYPE_CHECKING:
    from consistent.drafting.draft import Draft
    from consistent.knowledge.entries import Knowledge

__all__ = ["ANNOTATIONS", "CONTEXT", "render", "render_draft"]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_LABEL = Localized("What was found in {name}", "Wat is gevonden in {name}")
_READ = Localized("What was read in {name}", "Wat is gelezen in {name}")
# What asks a person something, of which the motivation is to ask; all else assesses.
_ASKING: frozenset[Outcome] = frozenset({"open", "question"})
_UNCONFIRMED = Localized("confirmed by nobody", "door niemand bevestigd")

# Words of Dutch and of English that the other has not got.
_SMALL = (("de", "het", "van", "een", "en"), ("the", "of", "and", "shall", "a"))

Annotation = dict[str, Any]


def render(dossiers: Sequence[Dossier], language: Language) -> str:
    """What the check says of each passage, of all proposals in one collection.

    Args:
        dossiers: in order; may be empty.
        language: of what is said.

    Returns:
        JSON-LD in ASCII: an `AnnotationCollection` with all its items on its first page.
    """
    items = [annotation for dossier in dossiers for annotation in _of_check(dossier, language)]
    names = ", ".join(dossier.proposal.name for dossier in dossiers)
    return _collection(items, _LABEL.get(language).format(name=names), names)


def render_draft(draft: "Draft", language: Language, knowledge: "Knowledge | None" = None) -> str:
    """Every value of a draft on the passage that it was read in; see `render`.

    Args:
        draft: of a document, which may be no proposal.
        language: of labels.
        knowledge: of the pack whose terms they are; without it the terms stand as they are in files.
    """
    proposal = draft.drafted
    items = [*_of_part(proposal, None, language, knowledge)]
    for measure in proposal.measures:
        items += _of_part(proposal, measure, language, knowledge)
    return _collection(items, _READ.get(language).format(name=proposal.name), f"{proposal.name} draft")


def _collection(items: Sequence[Annotation], label: str, name: str) -> str:
    number = _id("collection", name)
    data = {
        "@context": CONTEXT,
        "id": number,
        "type": "AnnotationCollection",
        "label": label,
        "generator": {"id": _id("software", __version__), "type": "Software", "name": f"consistent {__version__}"},
        "total": len(items),
        "first": {
            "id": _id("page", name),
            "type": "AnnotationPage",
            "partOf": number,
            "startIndex": 0,
            "items": list(items),
        },
    }
    return json.dumps(data, indent=2) + "\n"


def _of_check(dossier: Dossier, language: Language) -> Iterator[Annotation]:
    """Each thing that the check says, on every passage that it rests on; on the document as a whole where it rests on none."""
    measures = {measure.id: measure for measure in dossier.proposal.measures}
    for said in entries(dossier.report):
        passages = dict.fromkeys(_passages(said, dossier.proposal, measures))
        if not passages:
            yield _annotation(dossier, said, None, language)
        for passage in passages:
            yield _annotation(dossier, said, passage, language)


def _passages(said: Said, proposal: Proposal, measures: Mapping[str, Measure]) -> Iterator[Evidence]:
    """The evidence of the values that decided."""
    for reason in said.because:
        part = measures.get(reason.measure) if reason.measure is not None else proposal
        if reason.quote and part is not None:
            found = (piece for name, piece in part.evidence if name == reason.field and piece.quote == reason.quote)
            yield from list(found)[:1]


def _annotation(dossier: Dossier, said: Said, passage: Evidence | None, language: Language) -> Annotation:
    outcome = outcome_of(said)
    asked = questions(said, language)
    texts = [f"{outcome_label(said, language)}: {message_of(said).get(language)}", *asked]
    if passage is not None and not passage.confirmed:
        texts.append(f"({_UNCONFIRMED.get(language)})")
    where = [said.rule, said.measure or "", *([passage.quote, passage.prefix] if passage else [])]
    return {
        "id": _id(dossier.proposal.name, *where),
        "type": "Annotation",
        "motivation": "questioning" if outcome in _ASKING else "assessing",
        "body": [_text("\n".join(texts), language), _tag(said.rule)],
        "target": _target(passage, dossier.proposal),
    }


def _of_part(
    proposal: Proposal, measure: Measure | None, language: Language, knowledge: "Knowledge | None"
) -> Iterator[Annotation]:
    """What was read of a measure, or of the proposal itself."""
    part: Proposal | Measure = proposal if measure is None else measure
    for name, piece in part.evidence:
        if not piece.quote:
            continue
        values = _values(part, name, piece, language, knowledge)
        owner = "" if measure is None else measure.id
        known = {} if knowledge is None else knowledge.fields.of(measure)
        label = known[name].label.get(language) if name in known else name
        yield {
            "id": _id(proposal.name, owner, name, piece.value, piece.quote, piece.prefix),
            "type": "Annotation",
            "motivation": "tagging",
            "body": [_text(f"{label}: {values}", language), *([_tag(owner)] if owner else [])],
            "target": _target(piece, proposal),
        }


def _values(
    part: Proposal | Measure, name: str, piece: Evidence, language: Language, knowledge: "Knowledge | None"
) -> str:
    """The value that a passage is evidence of, or all of the field."""
    if name == "title":
        return part.title.get(language) if part.title else ""
    if name == "all":
        # What is evidence of every value of the part.
        return ""
    value = part.value(name)
    atoms = [atom for atom in value.yes | value.no if not piece.value or str(atom) == piece.value]
    if knowledge is None:
        return ", ".join(sorted(map(str, atoms))) or piece.value
    about = knowledge.fields.of(part if isinstance(part, Measure) else None)[name]
    return ", ".join(sorted(atom_label(atom, about, language, knowledge) for atom in atoms)) or piece.value


def _target(passage: Evidence | None, proposal: Proposal) -> Any:
    source = _source(passage.document if passage is not None else "", proposal)
    if passage is None or not passage.quote:
        return source
    selector = {"type": "TextQuoteSelector", "exact": passage.quote}
    selector |= {key: text for key, text in (("prefix", passage.prefix), ("suffix", passage.suffix)) if text}
    return {"type": "SpecificResource", "source": source, "selector": selector}


def _source(document: str, proposal: Proposal) -> str:
    """The address of the document in the language of its words, where it has one; else of the file, from the current folder."""
    language = _language_of(proposal)
    for text in (document, proposal.name):
        source = parse_source(text) if text else None
        url = source.url(language) if source is not None else None
        if url:
            return url
    return address(told_path(proposal.path)) if proposal.path else _id("document", document or proposal.name)


@lru_cache(maxsize=4)
def _language_of(proposal: Proposal) -> Language:
    """In which language a proposal is quoted, told by small words: a quotation is found in that version of the document only."""
    words = Counter(word.lower() for piece in proposal.read for word in piece.quote.split())
    dutch, english = (sum(words[word] for word in small) for small in _SMALL)
    return "nl" if dutch > english else "en"


def _text(text: str, language: Language) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": "commenting", "value": text, "format": "text/plain", "language": language}


def _tag(text: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": "tagging", "value": text}


def _id(*parts: str) -> str:
    """An identity that is the same each time for the same thing."""
    return uuid5(NAMESPACE_URL, "\n".join(("consistent", *parts))).urn


ANNOTATIONS = Format(
    name="annotations",
    title=Localized("passages as Web Annotations, in JSON-LD", "passages als Web Annotations, in JSON-LD"),
    suffix=".jsonld",
    render=render,
)
