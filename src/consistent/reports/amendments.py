"""Amendments as a Word document: tracked changes in the Commission's own file, or a table of four columns."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from consistent.documents.document import Document
from consistent.errors import Fault, InputError, Location
from consistent.findings.report import Report
from consistent.findings.said import Finding
from consistent.inquiries.repairs.amending_text import Amendment, TextEdit, amendment_for, name_of
from consistent.inquiries.repairs.asking import Change
from consistent.inquiries.repairs.ranking import Plan, RankedRepair, plan_of
from consistent.inquiries.repairs.repairs import FindingRepairs, Repairs, Shift
from consistent.model.proposal import Proposal
from consistent.model.text import Language, Localized
from consistent.reports.labels import POSITION_LABELS
from consistent.reports.notices import TYPED, caveats
from consistent.sources import source_label

if TYPE_CHECKING:
    from consistent.reports._amendment_table import Cell

__all__ = ["Amendments", "Written", "amendments_of", "table_docx", "tracked_docx"]

_WORDS = {
    "title": Localized("Amendments to {proposal}", "Amendementen op {proposal}"),
    "text": Localized("Text", "Tekst"),
    "amendment": Localized("Our amendment", "Ons amendement"),
    "reason": Localized("Reason", "Reden"),
    "source": Localized("Source", "Bron"),
    "weight": Localized("weight {cost}", "gewicht {cost}"),
    "removes": Localized("Removes: {titles}.", "Neemt weg: {titles}."),
    "along": Localized("With it: {what}.", "Daarbij: {what}."),
    "meaning": Localized("That is: {what}", "Dat wil zeggen: {what}"),
    "fallback": Localized("If this cannot be had: {what}.", "Lukt dit niet: {what}."),
    "solves": Localized("further findings solved: {count}", "andere bevindingen opgelost: {count}"),
    "gives up": Localized("gives up: {what}", "geeft op: {what}"),
    "brings": Localized("questions brought: {count}", "nieuwe vragen: {count}"),
    "gap": Localized("A person has still to word this.", "Dit moet nog worden geformuleerd."),
    "not there": Localized("The passage was not found in the document.", "De passage is niet in het document gevonden."),
    "untold": Localized(
        "Overlaps another amendment, and is not written into the text: {what}.",
        "Overlapt een ander amendement en is niet in de tekst verwerkt: {what}.",
    ),
    "tried": Localized(
        "The check was run on the proposal with all these amendments: none of the findings looked at is left, and none came.",
        "De toets is herhaald op het voorstel met al deze amendementen: geen van de bekeken bevindingen blijft over, en er komt geen bij.",
    ),
    "not tried": Localized(
        "Each amendment was tried by itself; no set was found that removes all findings together.",
        "Elk amendement is afzonderlijk getoetst; er is geen reeks gevonden die alle bevindingen samen wegneemt.",
    ),
    "order": Localized(
        "First comes what removes most findings. Fallbacks are in the order in which the position can give way: what costs it least of what it supports, then what weighs least, less one for each further conflict that it solves.",
        "Bovenaan staat wat de meeste bevindingen wegneemt. Terugvalopties staan in de volgorde waarin de positie kan wijken: wat haar het minst kost van wat zij steunt, daarna wat het minst weegt, min één voor elke andere strijdigheid die zij oplost.",
    ),
    "gaps": Localized(
        "Amendments with a marked gap: {gaps} of {count}. Their wording follows neither from the text nor from a standard clause.",
        "Amendementen met een gemarkeerde open plek: {gaps} van {count}. De woorden volgen niet uit de tekst of een standaardbepaling.",
    ),
    "blanks": Localized(
        "Amendments whose words have a blank to fill in, in brackets: {blanks} of {count}.",
        "Amendementen waarvan in de woorden nog iets moet worden ingevuld, tussen haken: {blanks} van {count}.",
    ),
    "fallbacks": Localized("Fallbacks", "Terugvalopties"),
    "finding": Localized("Finding", "Bevinding"),
    "instead": Localized("Instead", "In plaats daarvan"),
    "unsolved": Localized("Nothing that can be asked for removes: {titles}.", "Niets waarom gevraagd kan worden, neemt weg: {titles}."),
    "stopped": Localized("The search stopped when its time was up; there may be better ways.", "Het zoeken stopte toen de tijd om was; er kunnen betere wegen zijn."),
    "rule": Localized("rule {rule}", "regel {rule}"),
    "whole": Localized("proposal as a whole", "voorstel als geheel"),
}  # fmt: skip


_AGAIN = "open it in Word and save it as DOCX"


@frozen(kw_only=True)
class Amendments:
    """What a negotiator sends.

    Attributes:
        amendments: in the order in which to ask for them.
        author: whose they are.
        day: of the check.
        names: of measures, by id: the provision, or the title where there is none.
    """

    names: dict[str, str]
    report: Report
    repairs: Repairs
    plan: Plan
    amendments: tuple[Amendment, ...]
    document: Document | None
    author: str
    day: date
    served: dict[Change, tuple[FindingRepairs, ...]] = field(repr=False)

    @property
    def gaps(self) -> int:
        """How many amendments a person has still to word."""
        return sum(one.open for one in self.amendments)

    @property
    def blanks(self) -> int:
        """How many have words with a blank in them."""
        return sum(one.blank for one in self.amendments)


@frozen(kw_only=True)
class Written:
    """A Word document with what could not be written into it: passages that the file does not have as they were read."""

    content: bytes
    left_out: tuple[Amendment, ...] = ()


def amendments_of(
    repairs: Repairs, report: Report, proposal: Proposal, document: Document | None, author: str, language: Language
) -> Amendments:
    """Put together what to send.

    Args:
        repairs: what would have to change.
        report: of the same check; it has the sources of findings.
        proposal: that was checked.
        document: the text of the proposal; without one the amendments have no words.
        author: under whose name the changes go.
        language: of gaps where there is no document; else they are in its language.
    """
    plan = plan_of(repairs)
    return Amendments(
        names={measure.id: name_of(measure, language) for measure in proposal.measures},
        report=report,
        repairs=repairs,
        plan=plan,
        amendments=tuple(amendment_for(change, proposal, document, language) for change, _ in plan.asked),
        document=document,
        author=author,
        day=date.fromisoformat(report.as_of),
        served=dict(plan.asked),
    )


def tracked_docx(amendments: Amendments, content: bytes, language: Language) -> Written:
    """The Commission's own file with the amendments as tracked changes, each with a comment that gives reason and source.

    Args:
        amendments: of the document that was read from this file.
        content: the file.
        language: of comments; amendments are in that of the document.

    Raises:
        InputError: the file can be read and not be written.
    """
    from consistent.reports._word_tracking import Tracking  # noqa: PLC0415  python-docx is large

    if amendments.document is None:  # pragma: no cover  the command sees to it
        raise AssertionError
    try:
        tracking = Tracking(content, amendments.document, amendments.author, amendments.day)
    except Exception as error:
        # It was read, and python-docx asks for parts that reading does not need.
        fault = Fault("changes cannot be written into this DOCX", Location(amendments.document.name), _AGAIN)
        raise InputError([fault]) from error
    told, texts = _Told(amendments, language), []
    written: dict[int, list[TextEdit]] = {}
    # From the end of the text to its beginning, so that no change moves what comes after it.
    edits = [(number, edit) for number, one in enumerate(amendments.amendments) if one.span for edit in one.edits]
    done: list[TextEdit] = []
    for number, edit in sorted(edits, key=lambda pair: -pair[1].span.start):
        if edit.paragraph:
            continue
        if not _overlaps(edit, done) and tracking.replace(edit.span, edit.text):
            done.append(edit)
            written.setdefault(number, []).append(edit)
    added: dict[int, object] = {}
    for number, edit in edits:
        if edit.paragraph:
            new = tracking.add_paragraph(max(edit.span.end - 1, 0), edit.pieces)
            if new is not None:
                added[number] = new
                written.setdefault(number, []).append(edit)
    left_out = []
    for number, one in enumerate(amendments.amendments):
        whole = len(written.get(number, [])) == len(one.edits)
        text = told.comment(one, number + 1, written=whole)
        if one.span is None or not tracking.comment(one.span, text, added.get(number)):
            left_out.append(one)
            texts.append(text)
    # What stands nowhere in the file is told at its beginning, before what holds for all of it.
    tracking.comment_on_first("\n\n".join([*told.notes(), *texts]))
    return Written(content=tracking.bytes(), left_out=tuple(left_out))


def _overlaps(edit: TextEdit, done: Iterable[TextEdit]) -> bool:
    return any(edit.span.start < one.span.end and one.span.start < edit.span.end for one in done)


def table_docx(amendments: Amendments, language: Language) -> Written:
    """The amendments as a table: text, our amendment, reason, source; below it what to fall back on."""
    from consistent.reports._amendment_table import Row, written_table  # noqa: PLC0415  python-docx is large

    told = _Told(amendments, language)
    rows = tuple(
        Row(
            place=one.place or told.whole,
            text=one.text,
            amended=_pieces(one),
            reason=(*told.reasons(one), *told.fallbacks(one)),
            source=told.sources(one),
        )
        for one in amendments.amendments
    )
    heads = tuple(told.word(name) for name in ("text", "amendment", "reason", "source"))
    content = written_table(
        title=told.word("title", proposal=amendments.report.proposal.name),
        notes=told.notes(),
        heads=heads,
        rows=rows,
        further=(told.word("fallbacks"), (told.word("finding"), told.word("instead"), "", ""), tuple(told.further())),
        language=language,
        author=amendments.author,
        day=amendments.day,
    )
    return Written(content=content)


def _pieces(one: Amendment) -> "tuple[Cell, ...]":
    """The passage with what goes, what comes and what is to be worded, in order."""
    from consistent.reports._amendment_table import Cell  # noqa: PLC0415  see above

    if one.span is None:
        return tuple(Cell(text, "gap" if marked else "new") for edit in one.edits for text, marked in edit.pieces)
    pieces, at = [], one.span.start
    end = one.span.start + len(one.text)
    for edit in sorted(one.edits, key=lambda edit: (edit.span.start, edit.span.end)):
        start, stop = (min(max(place, at), end) for place in (edit.span.start, edit.span.end))
        offset = one.span.start
        pieces += [
            Cell(one.text[at - offset : start - offset]),
            Cell(one.text[start - offset : stop - offset], "gone"),
            *(
                Cell(("\n" if edit.paragraph and not number else "") + text, "gap" if marked else "new")
                for number, (text, marked) in enumerate(edit.pieces)
            ),
        ]
        at = stop
    pieces.append(Cell(one.text[at - one.span.start :]))
    return tuple(piece for piece in pieces if piece.text.strip("\n"))


@frozen
class _Told:
    """What is told of amendments, in one language."""

    amendments: Amendments
    language: Language

    def word(self, name: str, **values: object) -> str:
        return _WORDS[name].get(self.language).format(**values)

    @property
    def whole(self) -> str:
        return self.word("whole")

    def notes(self) -> tuple[str, ...]:
        """What holds for all of them."""
        repairs, plan = self.amendments.repairs, self.amendments.plan
        told = [self.word("tried" if plan.tried else "not tried"), self.word("order")]
        if self.amendments.gaps:
            told.append(self.word("gaps", gaps=self.amendments.gaps, count=len(self.amendments.amendments)))
        if self.amendments.blanks:
            told.append(self.word("blanks", blanks=self.amendments.blanks, count=len(self.amendments.amendments)))
        if plan.unsolved:
            titles = "; ".join(found.title.get(self.language) for found in plan.unsolved)
            told.append(self.word("unsolved", titles=titles))
        if not repairs.complete:
            told.append(self.word("stopped"))
        # What is typed at a prompt means nothing in a document that is passed around.
        said = (TYPED.sub("", caveat) for caveat in caveats(self.amendments.report, self.language))
        return (*told, *(f"{text[:1].upper()}{text[1:]}" for text in said))

    def comment(self, one: Amendment, number: int, *, written: bool) -> str:
        """The comment that stands beside an amendment."""
        lines = [f"{number}. {one.place or self.whole}", *self.reasons(one)]
        if one.span is None:
            lines.append(self.word("not there"))
            if not one.open:
                lines.append(f"{self.word('amendment')}: {' '.join(edit.text for edit in one.edits)}")
        elif not written:
            what = "; ".join(edit.text or one.text for edit in one.edits)
            lines.append(self.word("untold", what=what))
        lines += [f"{self.word('source')}: {'; '.join(self.sources(one))}", *self.fallbacks(one)]
        return "\n".join(lines)

    def reasons(self, one: Amendment) -> tuple[str, ...]:
        """Why: what is asked, the findings that it removes, what must be known of its words."""
        change = one.change
        served = self._served(one)
        said = [f"{self._ask(change)} ({self.word('weight', cost=change.cost)})."]
        if change.meaning is not None:
            said.append(self.word("meaning", what=change.meaning.get(self.language)))
        said += [f"{found.title.get(self.language)}: {found.message.get(self.language)}." for found in served]
        if change.along:
            said.append(self.word("along", what="; ".join(each.get(self.language) for each in change.along)))
        if one.note is not None:
            said.append(one.note.get(self.language))
        if one.open:
            said.append(self.word("gap"))
        return tuple(line.replace("..", ".") for line in said)

    def sources(self, one: Amendment) -> tuple[str, ...]:
        """Treaty articles and acts by the findings, the positions that they carry, the rule itself, and what a clause goes by."""
        served = {(found.rule, found.measure) for found in self._served(one)}
        told: dict[str, str] = {}
        positions = {position.id: position for position in self.amendments.report.positions}
        for finding in self._findings(served):
            told.update(dict.fromkeys(finding.sources, ""))
            for position in filter(None, map(positions.get, finding.positions)):
                kind = POSITION_LABELS[position.kind].get(self.language)
                told.update((f"{source} {at}", f" ({kind})") for source in position.sources for at in position.at)
        told |= dict.fromkeys((source for source in one.sources if source not in told), "")
        rules = [self.word("rule", rule=rule) for rule in sorted({rule for rule, _ in served})]
        return (*(f"{source_label(source, self.language)}{kind}" for source, kind in told.items()), *rules)

    def _ask(self, change: Change) -> str:
        """What is asked, with the provision where the check has an id."""
        asked = change.ask.get(self.language)
        name = self.amendments.names.get(change.measure or "")
        return asked.replace(f"'{change.measure}'", name) if name else asked

    def _findings(self, served: set[tuple[str, str | None]]) -> Iterator[Finding]:
        return (each for each in self.amendments.report.findings if (each.rule, each.measure) in served)

    def _served(self, one: Amendment) -> tuple[FindingRepairs, ...]:
        return self.amendments.served[one.change]

    def fallbacks(self, one: Amendment) -> tuple[str, ...]:
        """What to ask for instead, of the findings that an amendment removes: the best of each."""
        served = set(map(id, self._served(one)))
        best = dict.fromkeys(
            self._asked(rest[0]) for found, rest in self.amendments.plan.fallbacks if id(found) in served
        )
        return tuple(self.word("fallback", what=what) for what in best)

    def further(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Of each finding what else there is to ask for, in order."""
        for found, rest in self.amendments.plan.fallbacks:
            where = found.measure_title.get(self.language) if found.measure_title else found.measure or self.whole
            yield f"{found.title.get(self.language)} ({where})", tuple(map(self._asked, rest))

    def _asked(self, ranked: RankedRepair) -> str:
        asks = "; ".join(map(self._ask, ranked.repair.changes))
        weighed = [self.word("weight", cost=ranked.repair.cost)]
        if ranked.solves:
            weighed.append(self.word("solves", count=len(ranked.solves)))
        if ranked.gives_up:
            weighed.append(self.word("gives up", what=_titles(ranked.gives_up, self.language)))
        if ranked.asks:
            weighed.append(self.word("brings", count=len(ranked.asks)))
        return f"{asks} ({'; '.join(weighed)})"


def _titles(shifts: Iterable[Shift], language: Language) -> str:
    return ", ".join(dict.fromkeys(shift.title.get(language) for shift in shifts))
