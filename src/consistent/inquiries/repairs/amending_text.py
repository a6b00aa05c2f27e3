"""From a change that a repair asks for to words of the document: what goes, what comes, and what a person has still to word.

Words are taken from the text itself, from `wordings.toml` and from the standard clauses. Where none has them, the amendment says what
must change and leaves a gap: no sentence is made up.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli
from attrs import frozen

from consistent.documents.anchors import Anchor, find
from consistent.documents.document import Document, Part, Span, language_for, place_of
from consistent.documents.provisions.sentences import sentences
from consistent.documents.words.provision_words import words_of
from consistent.inquiries.edits import measure_named
from consistent.inquiries.repairs.asking import Change
from consistent.inquiries.repairs.standard_clauses import Clause, clause_for, voluntary, why_none
from consistent.model.evidence import Evidence
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import Language, Localized
from consistent.sources import source_label

__all__ = ["Amendment", "TextEdit", "amendment_for", "name_of"]

# A bare article of one of the treaties, and the treaty behind it.
_TREATY = re.compile(r"(?:TFEU|TEU)(?= )")
_ARTICLE = r"(?:articles?|artikel(?:en)?|artt?\.?)"
_REFERENCE = re.compile(rf"{_ARTICLE} (\d\w*)(?:\((\w+)\)|, lid (\w+))?", re.IGNORECASE)
_SEVERAL = re.compile(rf"{_ARTICLE} (\d+)\s*(-|\u2013|to|and|tot en met|t/m|en)\s*(\d+)", re.IGNORECASE)
_LISTED = re.compile(rf"{_ARTICLE} \d.*(?:,| and | en ).*\d", re.IGNORECASE)
_PROVISION = re.compile(rf"(?:{_ARTICLE}|annex|bijlage)(?:\s|\Z)", re.IGNORECASE)
_GAP = Localized("[to be worded: {what}]", "[nog te formuleren: {what}]")
_OWN_ACT = re.compile(r"\s*(?:(regulation|verordening)|(directive|richtlijn)|(decision|besluit))\b", re.IGNORECASE)
_BLANK = re.compile(r"(\[[^\[\]]*\])")
_FOLLOWS = Localized(
    "The title alone is changed here: the act speaks of itself in other places, and rules that bind directly have to become duties of Member States.",
    "Alleen de titel is hier gewijzigd: de handeling noemt zichzelf ook elders, en wat rechtstreeks bindt moet een plicht van lidstaten worden.",
)
_ENCOURAGED = Localized(
    "Among the articles of a binding act an encouragement is unusual: a recital, or an act of another type, may be its place.",
    "In de artikelen van een bindende handeling is een aanmoediging ongebruikelijk: een overweging of een ander soort handeling kan de plaats zijn.",
)
_NO_ACT = Localized(
    "The standard clauses are words of a regulation, directive or decision; this document is none, or several.",
    "De standaardbepalingen zijn woorden van een verordening, richtlijn of besluit; dit document is dat niet, of is er meer dan een.",
)
_SPLIT = Localized(
    "The provision is taken out here; it goes into a proposal of its own.",
    "De bepaling is hier geschrapt; zij komt in een eigen voorstel.",
)
_WITH_PROCEDURE = Localized(
    "The procedure for implementing acts (Regulation (EU) No 182/2011) has to be named, and the article on delegation adapted.",
    "De procedure voor uitvoeringshandelingen (Verordening (EU) nr. 182/2011) moet worden genoemd, en het artikel over de delegatie aangepast.",
)


@frozen(kw_only=True)
class TextEdit:
    """One place in the text that is changed.

    Attributes:
        span: what goes; empty where something is only added.
        text: what comes; empty where something only goes.
        gap: whether what comes is a mark for a person to replace by words.
        clause: whether it is a standard clause; what stands in brackets in one is a blank to fill in.
        paragraph: whether it comes as a paragraph of its own, behind the one in which the span ends.
    """

    span: Span
    text: str = ""
    gap: bool = False
    clause: bool = False
    paragraph: bool = False

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """What comes, in pieces: the words, and whether a person has something to put in their place."""
        if self.gap or not self.clause:
            return ((self.text, self.gap),)
        return tuple((piece, bool(_BLANK.fullmatch(piece))) for piece in _BLANK.split(self.text) if piece)


@frozen(kw_only=True)
class Amendment:
    """What becomes of the text by one change.

    Attributes:
        place: where it is, as a lawyer writes it; empty where it was not found in a document.
        span: the passage of the document that is amended; None without a document, and where it was not found there.
        text: that passage; of a measure without one its title.
        edits: in the order of the text; those of several amendments can overlap.
        note: what must be known of the words; None where they speak for themselves.
        sources: that a standard clause goes by.
    """

    change: Change
    place: str
    span: Span | None
    text: str
    edits: tuple[TextEdit, ...]
    note: Localized | None = None
    sources: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether a person has still to word something."""
        return any(edit.gap for edit in self.edits)

    @property
    def blank(self) -> bool:
        """Whether it has words, and a blank in them to fill in."""
        return not self.open and any(marked for edit in self.edits for _, marked in edit.pieces)


@cache
def _words() -> Mapping[str, Any]:
    return tomli.loads(files(__package__).joinpath("wordings.toml").read_text("utf-8"))


def amendment_for(
    change: Change, proposal: Proposal, document: Document | None, language: Language = "en"
) -> Amendment:
    """The words of a change.

    Args:
        change: that is asked for.
        proposal: as it is now.
        document: the text of it; without one, or where the passage is not found in it, there are no words but those of
            a standard clause, or a gap.
        language: of these where there is no document.
    """
    return _Wording(change, proposal, document, language_for(document) if document else language).amendment()


def name_of(measure: Measure, language: Language) -> str:
    """A measure as readers know it: its provision, else its title, else its id."""
    reference = next(iter(map(str, measure.reference.yes)), "")
    if _PROVISION.match(reference):
        return reference
    return f"'{measure.title.get(language) if measure.title else measure.id}'"


@frozen
class _Found:
    """How words were found: the edits, and what must be known of them."""

    edits: tuple[TextEdit, ...]
    note: Localized | None = None
    sources: tuple[str, ...] = ()


@frozen
class _Wording:
    change: Change
    proposal: Proposal
    document: Document | None
    language: Language

    @property
    def measure(self) -> Measure | None:
        """Whose change it is."""
        return None if self.change.measure is None else measure_named(self.proposal, self.change.measure)

    def amendment(self) -> Amendment:
        span = self._provision()
        if span is None or self.document is None:
            found = self._unseen()
            return Amendment(
                change=self.change,
                place=self._reference(),
                span=None,
                text=self._title(),
                edits=found.edits,
                note=found.note,
                sources=found.sources,
            )
        known = self.document.language in {"en", "nl"}
        found = (self._words(span) if known else None) or self._open(span)
        return Amendment(
            change=self.change,
            place=self._reference() if _SEVERAL.fullmatch(self._reference()) else place_of(self.document, span),
            span=span,
            text=self.document.of(span).strip("\n"),
            edits=found.edits,
            note=found.note,
            sources=found.sources,
        )

    def _open(self, span: Span) -> _Found:
        """A gap behind a passage, and why there is no standard clause where that is known."""
        edit = TextEdit(span=Span(span.end, span.end), text=self._gap(), gap=True, paragraph=True)
        unfit = self._own_clause() is not None and self._act() is None
        return _Found((edit,), _NO_ACT if unfit else why_none(self.change))

    def _unseen(self) -> _Found:
        """What can be said without the passage: a standard clause, or that the provision goes; else a gap."""
        nowhere = Span(0, 0)
        if self.document is None and self.change.kind in {"dropped", "split-off"}:
            note = _SPLIT if self.change.kind == "split-off" else None
            return _Found((TextEdit(span=nowhere, text=_words()["deleted"][self.language]),), note)
        clause = self._own_clause() if self.document is None or self.document.language in {"en", "nl"} else None
        return (self._clause(clause, nowhere) if clause else None) or self._open(nowhere)

    def _gap(self) -> str:
        """A mark that says what must change."""
        meaning = self.change.meaning
        ask = self.change.ask.get(self.language)
        if self.measure is not None:
            ask = ask.replace(f"'{self.measure.id}'", name_of(self.measure, self.language))
        what = f"{ask} ({meaning.get(self.language).rstrip('.')})" if meaning else ask
        return _GAP.get(self.language).format(what=what)

    def _reference(self) -> str:
        measure = self.measure
        return "" if measure is None else next(iter(map(str, measure.reference.yes)), "")

    def _title(self) -> str:
        title = self.measure.title if self.measure is not None else self.proposal.title
        return "" if title is None else title.get(self.language)

    # Where it is.

    def _provision(self) -> Span | None:
        """The passage that is amended: the provision of a measure; of the proposal itself the words that say what changes."""
        if self.document is None:
            return None
        measure = self.measure
        clause = clause_for(self.change)
        if clause is not None and clause.place != "subparagraph":
            return self._placed(clause) or (self._own() if measure is None else None)
        if measure is None:
            return self._own()
        # What a draft was made of is noted to the letter; of another text the number tells, else the words by which it was noted.
        drafted = next((piece for name, piece in measure.evidence if name == "reference" and piece.span), None)
        if drafted is not None and drafted.span and self._located(drafted) == Span(*drafted.span):
            return _trimmed(self._text, Span(*drafted.span))
        named = self._numbered(self._reference())
        if named is not None:
            return named
        if _LISTED.match(self._reference()):
            # To amend one of several provisions would pass for all of them.
            return None
        first = next(filter(None, (self._located(piece) for _, piece in measure.evidence)), None)
        return None if first is None else self._whole(first)

    def _placed(self, clause: Clause) -> Span | None:
        """The passage behind which a clause goes that is not put below the provision: the last recital or citation, Article 1."""
        assert self.document is not None  # noqa: S101  asked before
        act = next(iter(self.document.top("act")), None)
        match clause.place if act is not None else "":
            case "recital" | "citation" as kind:
                parts = act.named(kind) if act is not None else ()
                return _trimmed(self._text, parts[-1].span) if parts else None
            case "article":
                parts = act.named("article", "1") if act is not None else ()
                return _trimmed(self._text, parts[0].span) if parts else None
            case _:
                return None

    def _own(self) -> Span | None:
        """Of a change of the proposal itself."""
        assert self.document is not None  # noqa: S101  asked before
        name = self.change.field
        if name == "statements":
            memorandum = self.document.top("memorandum")
            return self._last_line(memorandum[0].span) if memorandum else None
        at = self._at(self.proposal.evidence, name, self.change.old)
        if at is None or name == "instrument":
            return next((part.span for part in self.document.named("title-of-act")), at)
        return self._line(at)

    def _at(self, evidence: Iterable[tuple[str, Evidence]], name: str, values: Iterable[str] = ()) -> Span | None:
        """Where a value of a field was read, in this document."""
        wanted = set(values)
        pieces = [piece for named, piece in evidence if named == name]
        chosen = [piece for piece in pieces if not wanted or piece.value in wanted] or (
            pieces if len(pieces) == 1 else []
        )
        return next(filter(None, map(self._located, chosen)), None)

    def _located(self, piece: Evidence) -> Span | None:
        assert self.document is not None  # noqa: S101  asked before
        quote = " ".join(piece.quote.split())
        if piece.span is not None and quote:
            # The offsets are of the document that was drafted, which this one may be.
            span = Span(*piece.span)
            here = " ".join(self.document.text[span.start : span.start + 4 * len(quote)].split())
            if here.startswith(quote):
                return span
        return find(self.document, Anchor(exact=quote, prefix=piece.prefix, suffix=piece.suffix)) if quote else None

    def _whole(self, span: Span) -> Span | None:
        """The paragraph, else the article, that a passage begins in."""
        around = [part for part in self._articles() if part.span.start <= span.start < part.span.end]
        return _trimmed(self._text, around[-1].span) if around else None

    def _articles(self) -> Iterator[Part]:
        assert self.document is not None  # noqa: S101  asked before
        return (part for part in self.document.walk() if part.kind in {"article", "paragraph"})

    def _numbered(self, reference: str) -> Span | None:
        """A provision by its number: `Article 4(1)`; None where there is not just one by that number."""
        assert self.document is not None  # noqa: S101  asked before
        several = _SEVERAL.fullmatch(reference.strip())
        if several is not None:
            return self._from_to(int(several[1]), int(several[3]), listed=several[2].lower() in {"and", "en"})
        match = _REFERENCE.fullmatch(reference.strip())
        if match is None:
            return None
        articles = self.document.named("article", match[1])
        if len(articles) != 1:
            return None
        paragraph = match[2] or match[3]
        within = articles[0].named("paragraph", paragraph) if paragraph else articles
        return _trimmed(self._text, within[0].span) if len(within) == 1 else None

    def _from_to(self, first: int, last: int, *, listed: bool) -> Span | None:
        """Articles that follow each other; two that are listed only where nothing stands between them."""
        assert self.document is not None  # noqa: S101  asked before
        if last <= first or (listed and last != first + 1):
            return None
        ends = [self.document.named("article", str(number)) for number in (first, last)]
        if any(len(found) != 1 for found in ends):
            return None
        return _trimmed(self._text, Span(ends[0][0].span.start, ends[1][0].span.end))

    @property
    def _text(self) -> str:
        assert self.document is not None  # noqa: S101  asked before
        return self.document.text

    def _line(self, span: Span) -> Span:
        start = self._text.rfind("\n", 0, span.start) + 1
        end = self._text.find("\n", span.end)
        return Span(start, len(self._text) if end < 0 else end)

    def _last_line(self, span: Span) -> Span:
        return self._line(Span(len(self._text[: span.end].rstrip()) - 1, len(self._text[: span.end].rstrip())))

    # What it becomes.

    def _words(self, span: Span) -> _Found | None:
        """The words, where the text or the data has them."""
        match self.change.kind:
            case "dropped":
                return _Found((TextEdit(span=span),))
            case "split-off":
                return _Found((TextEdit(span=span),), _SPLIT)
            case "bindingness" if self.change.new == ("voluntary",):
                return self._voluntary(span) or self._standard(span)
            case "element-replaced" if self.change.field == "actors":
                return self._other_actor(span)
            case "effect-left-out":
                return self._without_sentence(span)
            case "effect-replaced" if (self.change.old, self.change.new) == (
                ("delegated-power",),
                ("implementing-power",),
            ):
                return self._implementing(span)
            case "effect-replaced":
                return self._encouraged(span) or self._standard(span)
            case "another-basis" | "further-basis" | "basis-left-out" if self.change.measure is None:
                return self._basis()
            case "instrument":
                return self._instrument(span)
            case _:
                return self._standard(span)

    def _own_clause(self) -> Clause | None:
        """The standard clause of the change; for what is made voluntary only where Member States have to act."""
        if self.change.kind == "bindingness" and self.change.new == ("voluntary",):
            measure = self.measure
            mine = measure is not None and "member-states" in measure.addressees.yes
            return voluntary() if mine else None
        return clause_for(self.change)

    def _standard(self, span: Span) -> _Found | None:
        clause = self._own_clause()
        return None if clause is None else self._clause(clause, span)

    def _clause(self, clause: Clause, span: Span) -> _Found | None:
        """A standard clause, as the act speaks of itself and of the provision; None where the document is no act."""
        act = self._act()
        if act is None:
            return None
        this = self._this(span, clause)
        text = clause.text.get(self.language).format(act=act, act_within=_lowered(act), This=this, this=_lowered(this))
        edit = TextEdit(span=Span(span.end, span.end), text=text, clause=True, paragraph=True)
        return _Found((edit,), clause.note(blank=any(marked for _, marked in edit.pieces)), clause.sources)

    def _act(self) -> str | None:
        """How the act speaks of itself at the beginning of a sentence; within another act that it amends, how that one does."""
        known = _words()["instruments"]
        amended = _OWN_ACT.match(self._reference())
        held = [str(value) for value in self.proposal.instrument.yes]
        if amended is not None:
            held = [
                name
                for name, group in zip(("regulation", "directive", "decision"), amended.groups(), strict=True)
                if group
            ]
        named = [known[one]["own"][self.language] for one in held if one in known]
        return named[0] if len(named) == len(held) == 1 else None

    def _this(self, span: Span, clause: Clause) -> str:
        """How a clause below a provision speaks of it: `This paragraph`."""
        kind = "provision"
        if self.document is None or clause.place != "subparagraph" or span.end == 0:
            match = _REFERENCE.fullmatch(self._reference().strip())
            kind = "provision" if match is None else "paragraph" if match[2] or match[3] else "article"
        else:
            here = [part for part in self._articles() if _trimmed(self._text, part.span).end == span.end]
            # A paragraph without a number is called by its article where that has no other.
            for part in here:
                if part.kind == "article" and (span.start <= part.span.start or len(part.named("paragraph")) <= 1):
                    kind = "article"
                elif part.kind == "paragraph" and part.number and _trimmed(self._text, part.span) == span:
                    kind = "paragraph"
        this: str = _words()["this"][kind][self.language]
        return this

    def _encouraged(self, span: Span) -> _Found | None:
        """The one verb of duty turned into an encouragement, where it is plain who is encouraged."""
        if self.change.new != ("recommendation",) or not {*self.change.old} <= {"obligation", "obligation-of-result"}:
            return None
        subjects, verbs = _words()["encouraged"][self.language], _words()["voluntary"][self.language]
        others = "|".join([*_words()["no_choice"][self.language], "be", "have"])
        found = list(re.compile(rf"\b(?:{'|'.join(verbs)})\b").finditer(self._text, span.start, span.end))
        duty = re.compile(rf"(?:{'|'.join(verbs)})\b(?!\s+(?:{others})\b)")
        if len(found) != 1 or duty.match(self._text, found[0].start()) is None:
            return None
        before = self._text[span.start : found[0].start()].rstrip()
        form = next((form for subject, form in subjects.items() if re.search(rf"\b{subject}\Z", before)), None)
        if form is None:
            return None
        return _Found((TextEdit(span=Span(*found[0].span()), text=f"{form} encouraged to"),), _ENCOURAGED)

    def _voluntary(self, span: Span) -> _Found | None:
        """The verb of duty by which it was read, made a choice; a ban is none that way."""
        measure, verbs = self.measure, _words()["voluntary"][self.language]
        at = self._at(measure.evidence, "bindingness") if measure is not None else None
        others = "|".join(_words()["no_choice"][self.language])
        duty = re.compile(rf"\b({'|'.join(verbs)})\b(?!\s+(?:{others})\b)")
        # Of one that nobody noted the place of, the only one that there is.
        found = [
            each for each in duty.finditer(self._text, span.start, span.end) if at is None or each.start() == at.start
        ]
        if len(found) != 1:
            return None
        return _Found((TextEdit(span=Span(*found[0].span()), text=verbs[found[0][1]]),))

    def _other_actor(self, span: Span) -> _Found | None:
        """Another name in the place of that by which the actor was read, where the verb stays the same."""
        actors, measure = _words()["actors"], self.measure
        if measure is None or len(self.change.old) != 1 or len(self.change.new) != 1:
            return None
        old, new = actors.get(self.change.old[0]), actors.get(self.change.new[0])
        at = self._at(measure.evidence, "actors", self.change.old)
        if old is None or new is None:
            return None
        name: str = old[self.language]
        names = list(re.finditer(rf"\b{re.escape(name)}\b", self._text[span.start : span.end], re.IGNORECASE))
        if len(names) != 1 or (at is not None and not names[0].start() <= at.start - span.start < names[0].end()):
            # Another mention would stay, or be changed without anybody having looked at it.
            return None
        start, end = span.start + names[0].start(), span.start + names[0].end()
        follows = re.compile(r"\s+(\w+)").match(self._text, end)
        if old["plural"] != new["plural"] and (
            follows is None or follows[1] not in _words()["after_any"][self.language]
        ):
            return None
        text: str = new[self.language]
        return _Found((TextEdit(span=Span(start, end), text=_as(self._text[start:end], text)),))

    def _without_sentence(self, span: Span) -> _Found | None:
        """The sentence in which an effect was read struck, where no other effect of the measure was read there."""
        measure, words = self.measure, words_of(self.language)
        at = self._at(measure.evidence, "effects", self.change.old) if measure is not None else None
        if measure is None or words is None or at is None or at not in span or len(self.change.old) != 1:
            return None
        line = self._line(at)
        of = next((one for one in sentences(self._text, line, words) if one.start <= at.start < one.end), None)
        others = [
            where
            for name, piece in measure.evidence
            if name == "effects" and piece.value not in self.change.old and (where := self._located(piece))
        ]
        if of is None or (others and any(of.start <= where.start < of.end for where in others)) or not others:
            return None
        return _Found((TextEdit(span=of),)) if of in span else None

    def _implementing(self, span: Span) -> _Found | None:
        old, new = {
            "en": ("delegated act", "implementing act"),
            "nl": ("gedelegeerde handeling", "uitvoeringshandeling"),
        }[self.language]
        edits = [
            TextEdit(span=Span(span.start + match.start(), span.start + match.end()), text=_as(match[0], new))
            for match in re.finditer(old, self._text[span.start : span.end], re.IGNORECASE)
        ]
        return _Found(tuple(edits), _WITH_PROCEDURE) if edits else None

    def _basis(self) -> _Found | None:
        """Another article in the citation, of the same treaty, where the article is all that was read there."""
        at = self._at(self.proposal.evidence, "legal_basis", self.change.old)
        cited = [str(value) for value in self.proposal.legal_basis.yes]
        if at is None and len(cited) == 1:
            at = self._at(self.proposal.evidence, "legal_basis", cited)
        old = self.change.old or tuple(cited)
        if at is None or len(old) != 1 or len(self.change.new) != 1 or self.change.kind == "basis-left-out":
            return None
        treaties = {match[0] if (match := _TREATY.match(one)) else "" for one in (*old, *self.change.new)}
        if len(treaties) != 1 or "" in treaties:
            return None
        before, after = (self._article(one) for one in (*old, *self.change.new))
        here = self._text[at.start : at.start + len(before)]
        if here.lower() != before.lower():
            return None
        if self.change.kind == "further-basis":
            number, further = (one.partition(" ")[2] for one in (before, after))
            after = (
                f"Articles {number} and {further}" if self.language == "en" else f"de artikelen {number} en {further}"
            )
        return _Found((TextEdit(span=Span(at.start, at.start + len(before)), text=_as(here, after)),))

    def _article(self, citation: str) -> str:
        """An article without its treaty: `Article 114`."""
        label = source_label(citation, self.language)
        return re.sub(r",?\s*(?:TFEU|TEU|VWEU|VEU)\Z", "", label)

    def _instrument(self, span: Span) -> _Found | None:
        known = _words()["instruments"]
        if (
            len(self.change.old) != 1
            or len(self.change.new) != 1
            or not {*self.change.old, *self.change.new} <= known.keys()
        ):
            return None
        old, new = known[self.change.old[0]][self.language], known[self.change.new[0]][self.language]
        match = re.compile(rf"\b{old}\b", re.IGNORECASE).search(self._text, span.start, span.end)
        return (
            None if match is None else _Found((TextEdit(span=Span(*match.span()), text=_as(match[0], new)),), _FOLLOWS)
        )


def _as(old: str, new: str) -> str:
    """A word written as the one whose place it takes: in capitals, or with one at its beginning."""
    if old.isupper():
        return new.upper()
    return (
        f"{new[:1].upper()}{new[1:]}"
        if old[:1].isupper()
        else f"{new[:1].lower()}{new[1:]}"
        if old[:1].islower()
        else new
    )


def _lowered(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _trimmed(text: str, span: Span) -> Span:
    """Without line breaks at either end."""
    inner = text[span.start : span.end]
    start = span.start + len(inner) - len(inner.lstrip("\n"))
    return Span(start, max(start, span.start + len(inner.rstrip("\n"))))
