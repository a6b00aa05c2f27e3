"""What a person says of the values of a proposal: of one that was read, with its passage; or of a field, with words of the text."""

from hashlib import sha256

from attrs import frozen

from consistent.documents.anchors import anchor_of
from consistent.documents.document import Document, Span, place_of, quote_of
from consistent.errors import UsageError
from consistent.findings.case import Case
from consistent.inquiries.edits import Edit, apply, field_of
from consistent.inquiries.questions.questions import value_of
from consistent.inquiries.questions.recording import found_in, record
from consistent.inquiries.questions.replying import atom_of
from consistent.inquiries.review import Unconfirmed, near_terms
from consistent.inquiries.verdicts import CONFIRMED, Review, Verdict, choices
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Evidence, Field
from consistent.model.text import Language
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import with_narrower
from consistent.toml.tomlfile import TomlFile

__all__ = ["Statement", "item_named", "name_of", "reviewed", "stated"]


def name_of(item: Unconfirmed) -> str:
    """A short name of a value that was read; another one once it is confirmed or corrected."""
    told = "\x1f".join((item.measure or "", item.field, item.says, str(item.confirmed), *item.values))
    return sha256(told.encode()).hexdigest()[:12]


def item_named(items: tuple[Unconfirmed, ...], name: str) -> Unconfirmed:
    """The value of a name.

    Raises:
        UsageError: there is none any more.
    """
    for item in items:
        if name_of(item) == name:
            return item
    raise UsageError("this value is not there any more", "load the page again")


def reviewed(file: TomlFile, case: Case, item: Unconfirmed, kind: str, typed: str) -> TomlFile:
    """The file with what was said of a value.

    Args:
        file: of the proposal.
        case: of it.
        item: the value.
        kind: `confirmed`, `lacks`, `removed`, or `changed` to what was typed.
        typed: of `changed`.

    Raises:
        UsageError: this cannot be said of it.
        InputError: it cannot be written.
    """
    review = Review(file, case.proposal, case.knowledge.vocabularies)
    verdict = _verdict(item, kind, typed.strip(), case.knowledge)
    review.try_out({item: verdict}, item)
    return review.written({item: verdict})


def _verdict(item: Unconfirmed, kind: str, typed: str, knowledge: Knowledge) -> Verdict:
    if kind == "confirmed":
        return CONFIRMED
    if kind in {"lacks", "removed"}:
        open_to = choices(item)
        return next((verdict for verdict in open_to if verdict.kind == kind), open_to[0])
    choices(item)
    if not typed:
        raise UsageError("nothing was typed", "type what it should be")
    if item.takes is None:
        return Verdict("changed", title=typed)
    near = [term.id for term in near_terms(item, knowledge)]
    return Verdict("changed", (atom_of(typed, item.takes, knowledge, near),))


@frozen(kw_only=True)
class Statement:
    """What a person says of a field.

    Attributes:
        measure: the id; None for the proposal itself.
        field: its name.
        kind: it `has` the value, it `lacks` it, or it has `nothing-else` than what is known and this, if any.
        typed: the value.
        place: where the text says so; may be empty.
        span: the words of the document that say so; None where none were selected.
    """

    measure: str | None
    field: str
    kind: str
    typed: str
    place: str
    span: tuple[int, int] | None


def stated(file: TomlFile, case: Case, statement: Statement, document: Document | None, language: Language) -> TomlFile:
    """The file with a statement.

    Args:
        file: of the proposal.
        case: of it.
        statement: what is said.
        document: that words were selected in; may be None.
        language: of notes.

    Raises:
        UsageError: this cannot be said.
        InputError: it cannot be written.
    """
    key = statement.measure, statement.field
    try:
        about, before = field_of(*key, case.knowledge.fields), value_of(case.proposal, key)
    except KeyError:
        raise UsageError("there is no such measure or field", "load the page again") from None
    typed = statement.typed.strip()
    atoms = frozenset({atom_of(typed, about, case.knowledge, ())} if typed else ())
    if not atoms and statement.kind != "nothing-else":
        raise UsageError("nothing was typed", "type a value")
    new = _stated(before, atoms, statement.kind, about, case.knowledge)
    after = apply(case.proposal, [Edit(*key, new)])
    source = _source(case, statement, document, language)
    evidence = {} if source is None or new == before else {key: source}
    text = record(file, case.proposal, after, evidence, case.knowledge.vocabularies)
    return TomlFile.parse(text, file.path)


def _stated(before: Value, atoms: frozenset[Atom], kind: str, about: Field, knowledge: Knowledge) -> Value:
    if kind == "lacks":
        below = with_narrower(atoms, about.vocabulary, knowledge.vocabularies)
        if not before.yes.isdisjoint(below):
            raise UsageError("it is known to be there", "say so of the value itself, where it is listed")
        return Value(before.yes, before.no | below, open=before.open) if before.open else before
    if about.single:
        return Value.exactly(*(atoms or before.yes))
    if any(atom in before.no for atom in atoms):
        raise UsageError("it is known not to be there", "the file says so; change it there first")
    yes = before.yes | atoms
    return Value.exactly(*yes) if kind == "nothing-else" or not before.open else Value(yes, before.no, open=True)


def _source(case: Case, statement: Statement, document: Document | None, language: Language) -> Evidence | None:
    """Where the text says so: the selected words, else the place that was typed."""
    if statement.span is None or document is None:
        return found_in(case.proposal, (statement.measure, statement.field), statement.place.strip(), language)
    start, end = statement.span
    if not 0 <= start < end <= len(document.text):
        raise UsageError("the selected words are not in the text", "select them again")
    span = Span(start, end)
    anchor = anchor_of(document, span)
    named = found_in(case.proposal, (statement.measure, statement.field), "-", language)
    return Evidence(
        document=named.document if named else document.name,
        place=place_of(document, span),
        quote=quote_of(document, span),
        span=(start, end),
        prefix=anchor.prefix,
        suffix=anchor.suffix,
    )
