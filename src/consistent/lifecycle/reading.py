"""What is read in one document, once: its units, its measures, the powers it gives, and what the rules say of it. It is kept in the cache."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from consistent.caching import Readings
from consistent.checker import KnowledgeBase
from consistent.documents.comparing.comparison import TextComparison, compare_units, compared_units
from consistent.documents.comparing.units import Unit
from consistent.documents.document import Document, Span
from consistent.documents.header.header import read_header
from consistent.documents.reading import read_document
from consistent.drafting.document_kind import refusal, unread_language
from consistent.drafting.draft import Draft
from consistent.errors import Fault, InputError, Location
from consistent.findings.identity import proposal_digest
from consistent.findings.outcome import GRAVE
from consistent.findings.report import Report
from consistent.findings.said import Defeated, Finding, Open, Said
from consistent.lifecycle.fates import Side
from consistent.lifecycle.passing import hangs_on_passing_word
from consistent.lifecycle.powers import Power, powers_of
from consistent.lifecycle.versions import Stage, stage_of
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.toml.files import read_file

__all__ = ["PlacedMeasure", "Reader", "Reading", "Standing"]

_ACT_NUMBER = re.compile(r"\((?:EU|EC|EEG|EEC|EG|Euratom|(?:EU|EC|EG), Euratom)\)\s(?:No\s|nr\.\s)?\d{1,4}/\d{1,4}")
_HEAD_OF_TITLE = 120
# They quote the provisions that they amend, beside what is to stand there; no text of the act can be read in them.
_AMENDMENTS_ONLY = frozenset({"parliament-amendments", "parliament-report"})
_NO_TEXT = Localized(
    "it is {what}, which holds no text of the act of its own: nothing of it is compared",
    "het is {what}, zonder een eigen tekst van de handeling: er is niets van vergeleken",
)
_NO_VERSION = Localized(
    "it is {what}, and no version of a text that is being adopted",
    "het is {what}, en geen versie van een tekst die wordt vastgesteld",
)
_HELP = Localized(
    "take it out of the folder, or name it in `file.toml` with its `stage`",
    "haal het uit de map, of noem het in `file.toml` met zijn `stage`",
)


@frozen
class PlacedMeasure:
    """A measure with its place."""

    id: str
    reference: str
    title: str
    span: Span


@frozen(kw_only=True)
class Standing:
    """What a rule says of one text at one place.

    Attributes:
        measure: the id; None for the text as a whole.
        presumed: it is silent only because something was looked for and not found.
        passing: it would be decided, but hangs on an area that the provision only says in passing: it is open.
    """

    rule: str
    title: Localized
    positions: tuple[str, ...]
    measure: str | None
    side: Side
    verdict: str
    message: Localized
    presumed: bool = False
    passing: bool = False


@frozen(kw_only=True)
class Reading:
    """What was read in a document.

    Attributes:
        stage: None where it is no version of a text.
        reference, procedure, act_number, council_number, celex: as the document has them; empty where it does not.
        units: of the act; what is compared.
        drafted: the proposal that it makes, to be checked.
    """

    document: str
    digest: str
    language: str
    kind: str
    stage: Stage | None
    what: Localized
    title: str
    reference: str
    procedure: str
    act_number: str
    council_number: str
    celex: str
    date: date | None
    units: tuple[Unit, ...]
    measures: tuple[PlacedMeasure, ...]
    powers: tuple[Power, ...]
    drafted: Proposal

    @property
    def name(self) -> str:
        """By which number a reader knows it."""
        number = f"ST {self.council_number}" if self.council_number else ""
        if self.stage == "act":
            return self.act_number or self.celex or self.document
        return number or self.reference or self.celex or self.document

    def count(self, division: str) -> int:
        """How many divisions of a kind it has."""
        return len({unit.order for unit in self.units if unit.division == division})

    def fault(self, *, forced: bool = False) -> Fault | None:
        """Why it cannot stand in a file; None where it can.

        Args:
            forced: `file.toml` says which stage it is.
        """
        words = None
        if not self.units or (self.kind in _AMENDMENTS_ONLY and not forced):
            words = _NO_TEXT
        elif self.stage is None and not forced:
            words = _NO_VERSION
        if words is None:
            return None
        english, dutch = (words.get(language).format(what=self.what.get(language)) for language in ("en", "nl"))
        return Fault(english, Location(self.document), _HELP.en, (dutch, _HELP.nl))


class Reader:
    """Reads documents in the terms of a pack, and has what it read before from the cache."""

    def __init__(self, kb: KnowledgeBase, as_of: date, engine: str = "auto") -> None:
        self._kb, self._as_of = kb, as_of
        self._engine = "columns" if engine == "auto" else engine
        self._kept = Readings()
        rules = "\n".join(rule.id for rule in kb.rules)
        self._pack = "\n".join([kb.name, *(pack.digest for pack in kb.knowledge.packs), rules])

    def read(self, path: Path) -> Reading:
        """What a document says.

        Raises:
            InputError: it cannot be read.
        """
        content = read_file(path, str(path))
        key = ("reading", self._pack, path.name, sha256(content).hexdigest())
        found = self._kept.get(*key)
        if not isinstance(found, Reading):
            found = self._read(read_document(content, path.name))
            self._kept.put(found, *key)
        return found

    def _read(self, document: Document) -> Reading:
        """What a document says, drafted as the proposal that it is a text of: what an adopted act may hold, rules on proposals ask too.

        Raises:
            InputError: it is in a language that is not read.
        """
        kinds = self._kb.knowledge.vocabularies.get("kinds")
        header = read_header(document)
        unread = unread_language(document, header, kinds)
        if unread is not None:
            raise InputError([unread])
        _, refused = refusal(document, header, kinds)
        return _reading(self._kb.draft(document, as_proposal=True), proposal=refused is None)

    def reviewed(self, reading: Reading, path: Path) -> Proposal:
        """The draft of a document as a person reviewed it.

        Raises:
            InputError: it cannot be read, or has a measure that the document has not under its id.
        """
        proposal = self._kb.read(path)
        there = {measure.id for measure in reading.measures}
        faults = [
            Fault(
                f"measure `{measure.id}` is none of `{reading.document}`",
                Location(str(path)),
                "keep the ids that `consistent draft` gives the measures of this document",
            )
            for measure in proposal.measures
            if measure.id not in there
        ]
        if faults:
            raise InputError(faults)
        return proposal

    def standings(self, proposal: Proposal, reading: Reading) -> tuple[Standing, ...]:
        """What the rules say of a text on the day, gravest first as reports have it.

        Args:
            proposal: that the text makes.
            reading: of the text.

        Raises:
            EngineError: the engine did not do all of its work.
        """
        key = ("standings", self._pack, str(self._as_of), self._engine, proposal_digest(proposal), reading.digest)
        found = self._kept.get(*key)
        if not isinstance(found, tuple):
            check = self._kb.check(proposal, as_of=self._as_of, engine=self._engine)
            found = tuple(_standings(check.report, reading))
            self._kept.put(found, *key)
        return found

    def compared(self, old: Reading, new: Reading) -> TextComparison | None:
        """What the words became; None where they are in two languages."""
        if old.language != new.language or not old.units or not new.units:
            return None
        key = ("compared", old.document, old.digest, new.document, new.digest)
        found = self._kept.get(*key)
        if not isinstance(found, TextComparison):
            found = compare_units(*_common(old.units, new.units))
            self._kept.put(found, *key)
        return found


def _common(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """The units of the kinds of division that both texts have: what one leaves out as a whole was not deleted provision by provision."""
    shared = {unit.division for unit in old} & {unit.division for unit in new}
    first, second = (tuple(unit for unit in units if unit.division in shared) for units in (old, new))
    return first, second


def _reading(draft: Draft, *, proposal: bool) -> Reading:
    header = draft.header
    units = compared_units(draft.document)
    return Reading(
        document=draft.document.name,
        digest=draft.document.digest,
        language=draft.document.language,
        kind=header.kind.value,
        stage=stage_of(header.kind.value, proposal=proposal),
        what=draft.what,
        title=header.title.value if header.title else "",
        reference=header.reference.value if header.reference else "",
        procedure=header.procedure.value if header.procedure else "",
        act_number=_act_number(draft.document),
        council_number=header.council_number.value if header.council_number else "",
        celex=header.celex.value if header.celex else "",
        date=header.date.value if header.date else None,
        units=units,
        measures=tuple(PlacedMeasure(each.id, each.reference, each.title, each.span) for each in draft.candidates),
        powers=powers_of(draft.document, draft.empowerments, units),
        drafted=draft.drafted,
    )


def _act_number(document: Document) -> str:
    """The number in the title of an act, `(EU) 2024/1689`; empty where it has none."""
    title = next(iter(document.named("title-of-act")), None)
    # The title of an act names the acts that it amends behind its own number.
    found = None if title is None else _ACT_NUMBER.search(document.of(title.span)[:_HEAD_OF_TITLE])
    return " ".join(found[0].split()) if found else ""


def _standings(report: Report, reading: Reading) -> Iterator[Standing]:
    placed = {measure.id: measure for measure in reading.measures}
    everything: tuple[Said, ...] = (*report.findings, *report.defeated, *report.open)
    for said in everything:
        side = _side(said)
        passing = side in {"against", "for"} and _in_passing(said, placed, reading)
        yield Standing(
            rule=said.rule, title=said.title, positions=said.positions, measure=said.measure,
            side="open" if passing else side, verdict=said.verdict, message=said.message, passing=passing,
        )  # fmt: skip
    for presumed in report.presumed:
        for measure in presumed.measures or (None,):
            yield Standing(
                rule=presumed.rule, title=presumed.title, positions=(), measure=measure, side="silent",
                verdict=presumed.verdict, message=presumed.title, presumed=True,
            )  # fmt: skip


def _in_passing(said: Said, placed: Mapping[str, PlacedMeasure], reading: Reading) -> bool:
    if isinstance(said, Open) or said.measure is None or said.measure not in placed:
        return False
    measure = placed[said.measure]
    return hangs_on_passing_word(said.because, measure.span, measure.title, reading.title, reading.units)


def _side(said: Said) -> Side:
    """What a rule says, as an objection or the contrary; what asks a person, or hangs on something unknown, is open."""
    match said:
        case Finding():
            if said.waived:
                return "open"
            # What is judged elsewhere is no more decided here than what is put to a person.
            return "against" if said.verdict in GRAVE else "for" if said.verdict == "aligned" else "open"
        case Open():
            return "open"
        case Defeated():
            # A condition that is met is support; a rule set aside says nothing.
            return "for" if said.met else "silent"
