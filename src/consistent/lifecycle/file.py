"""A file: the versions of one text in a folder, from proposal to act, and what became of positions and powers on the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from attrs import frozen

from consistent.checker import KnowledgeBase
from consistent.documents.comparing.comparison import TextComparison
from consistent.documents.comparing.units import DIVISIONS, Division
from consistent.errors import Fault, Faults, InputError, Location, UsageError
from consistent.inquiries.differences.drafts import as_text_of
from consistent.lifecycle.fates import PositionFate
from consistent.lifecycle.ordering import FILE_TOML, Listed, Ordered, ordered, read_listed
from consistent.lifecycle.positions import PositionTrail, position_trails
from consistent.lifecycle.powers import Power, PowerTrail, holders_in, power_trails
from consistent.lifecycle.reading import Reader, Reading
from consistent.lifecycle.versions import Version
from consistent.model.proposal import Proposal
from consistent.model.text import Localized, today
from consistent.model.titles import short_title
from consistent.shown import Drawn

__all__ = ["File", "Step", "Unread"]

# Less of the articles than this is the same: perhaps these are texts of two acts.
_SO_FEW = 0.15
_NOT_COMPARED = Localized(
    "the words of {old} ({old_language}) and {new} ({new_language}) are not compared: they are in two languages",
    "de woorden van {old} ({old_language}) en {new} ({new_language}) zijn niet vergeleken: ze zijn in twee talen",
)
_LEAVES_OUT = Localized(
    "{document} holds no {divisions}: what {other} has of these was not compared",
    "{document} bevat geen {divisions}: wat {other} daarvan heeft, is niet vergeleken",
)
_HARDLY = Localized(
    "hardly anything of {old} was found in {new}: {matched} of {units} provisions. Are they texts of one act?",
    "van {old} is in {new} bijna niets teruggevonden: {matched} van {units} bepalingen. Zijn het teksten van een handeling?",
)
_NOT_LISTED = Localized(
    "{document} is not listed in {file}: left out", "{document} staat niet in {file}: buiten beschouwing gelaten"
)
_DIVISIONS: dict[Division, Localized] = {
    "recital": Localized("recitals", "overwegingen"),
    "article": Localized("articles", "artikelen"),
    "annex": Localized("annexes", "bijlagen"),
}
_SKIPPED_SUFFIXES = (".toml", ".atom", ".ics")
_NOTHING = Localized(
    "no version of a text in this folder could be read", "in deze map kon geen versie van een tekst worden gelezen"
)


@frozen
class Unread:
    """A document of the folder that could not be read as a version, and why."""

    document: str
    fault: Fault


@frozen(kw_only=True)
class Step:
    """From one version to the next.

    Attributes:
        old, new: the numbers of the versions.
        text: what the words became; None where they could not be compared.
        notices: what a reader must know before relying on it.
    """

    old: int
    new: int
    text: TextComparison | None
    notices: tuple[Localized, ...]


@frozen(kw_only=True)
class File(Drawn):
    """All that a folder tells of the life of one text.

    Attributes:
        folder: its name.
        title: of the text, as the last document has it that has one.
        pack: that positions are those of.
        as_of: the day whose rules and facts count, for every version.
        versions: in order.
        order: what the order rests on.
        unread: documents of the folder that could not be read as a version: nothing is known of them.
        notices: what else a reader must know.
        steps: between each version and the next.
        positions: what became of objections and support, gravest fate first.
        undecided: on how many more places a rule is open in some text and decided in none.
        powers: what became of each power.
    """

    __shown__ = ("folder", "versions", "positions", "powers")

    folder: str
    title: str
    pack: str
    as_of: date
    versions: tuple[Version, ...]
    order: Localized
    unread: tuple[Unread, ...]
    notices: tuple[Localized, ...]
    steps: tuple[Step, ...]
    positions: tuple[PositionTrail, ...]
    undecided: int
    powers: tuple[PowerTrail, ...]

    @property
    def whole(self) -> bool:
        """Whether every document was read, and every version compared with the one before."""
        return not self.unread and all(step.text is not None for step in self.steps)

    def named(self, number: int) -> Version:
        """A version by its number.

        Raises:
            UsageError: there is none of that number.
        """
        if not 0 < number <= len(self.versions):
            raise UsageError(f"there is no version {number}")
        return self.versions[number - 1]

    def became(self, *fates: PositionFate) -> tuple[PositionTrail, ...]:
        """The trails of some fates."""
        return tuple(trail for trail in self.positions if trail.fate in fates)

    def balance(self) -> Iterator[tuple[tuple[str, str, str], tuple[int, ...]]]:
        """How many powers each holder has in each version, by kind of act and committee procedure."""
        texts: list[list[Power]] = [
            [trail.powers[number] for trail in self.powers if trail.powers[number] is not None]  # type: ignore[misc]  # just asked
            for number in range(len(self.versions))
        ]
        yield from holders_in(texts)

    @classmethod
    def read(cls, folder: Path | str, kb: KnowledgeBase, *, as_of: date | None = None, engine: str = "auto") -> "File":
        """Read a folder.

        Args:
            folder: that holds the versions, a file each, and perhaps `file.toml`.
            kb: the pack whose positions are followed.
            as_of: the day whose rules and facts count, for every version; today unless given.
            engine: see `engine_named`.

        Raises:
            InputError: there is no such folder, nothing in it can be read, `file.toml` has faults, or nothing decides the order.
        """
        return _Folder(Path(folder), kb, as_of or today(), engine).file()


class _Folder:
    """Reads one folder."""

    def __init__(self, folder: Path, kb: KnowledgeBase, as_of: date, engine: str) -> None:
        self._folder, self._kb, self._as_of = folder, kb, as_of
        self._reader = Reader(kb, as_of, engine)

    def file(self) -> File:
        listed = read_listed(self._folder) if self._folder.is_dir() else None
        documents = self._documents()
        named = None if listed is None else {each.document: each for each in listed}
        readings, unread = self._readings(documents if named is None else list(named), listed)
        if not readings:
            faults = [each.fault for each in unread]
            raise InputError(faults or [Fault(_NOTHING.en, Location(str(self._folder)), "", (_NOTHING.nl, ""))])
        in_order, order = ordered(readings, listed, self._folder)
        notices = () if named is None else tuple(_left_out(documents, named))
        kept = [each.reading for each in in_order]
        comparisons = [self._reader.compared(old, new) for old, new in pairwise(kept)]
        reviewed = self._reviewed(kept, named or {})
        first = in_order[0].reading.drafted if in_order[0].stage == "proposal" else None
        texts = [
            reviewed.get(each.document) or (as_text_of(each.drafted, first) if first else each.drafted) for each in kept
        ]
        positions, undecided = position_trails(
            kept,
            [self._reader.standings(text, reading) for text, reading in zip(texts, kept, strict=True)],
            comparisons,
            [frozenset(measure.id for measure in text.measures) for text in texts],
        )
        return File(
            folder=self._folder.resolve().name, pack=self._kb.name, as_of=self._as_of,
            versions=tuple(
                _version(number, each, reviewed=each.reading.document in reviewed)
                for number, each in enumerate(in_order, start=1)
            ),
            order=order, unread=tuple(unread), notices=notices,
            steps=tuple(
                Step(old=number, new=number + 1, text=text, notices=tuple(_step_notices(old, new, text)))
                for number, (old, new, text) in enumerate(zip(kept, kept[1:], comparisons, strict=False), start=1)
            ),
            positions=positions, undecided=undecided,
            powers=power_trails([each.powers for each in kept], [each.units for each in kept], comparisons),
            title=short_title(next((each.title for each in reversed(kept) if each.title), kept[0].name)),
        )  # fmt: skip

    def _reviewed(self, readings: Iterable[Reading], named: Mapping[str, Listed]) -> dict[str, Proposal]:
        """The drafts that a person reviewed, by the name of the document.

        Raises:
            InputError: with every fault of all.
        """
        faults = Faults()
        found: dict[str, Proposal] = {}
        for reading in readings:
            values = named[reading.document].values if reading.document in named else None
            if values is not None:
                proposal = faults.attempt(self._reader.reviewed, reading, self._folder / values)
                if proposal is not None:
                    found[reading.document] = proposal
        faults.raise_any()
        return found

    def _documents(self) -> list[str]:
        """The names of the documents in the folder, in order of name.

        Raises:
            InputError: there is no such folder.
        """
        try:
            paths = sorted(self._folder.iterdir())
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError([Fault(f"folder cannot be read: {reason}", Location(str(self._folder)))]) from None
        return [
            path.name
            for path in paths
            if path.is_file() and not path.name.startswith((".", "~")) and not path.name.endswith(_SKIPPED_SUFFIXES)
        ]

    def _readings(
        self, documents: Iterable[str], listed: Sequence[Listed] | None
    ) -> tuple[list[Reading], list[Unread]]:
        forced = {each.document for each in listed or () if each.stage}
        readings, unread = [], []
        for name in documents:
            try:
                reading = self._reader.read(self._folder / name)
            except InputError as error:
                unread += [Unread(name, fault) for fault in error.faults[:1]]
                continue
            fault = reading.fault(forced=name in forced)
            if fault is None:
                readings.append(reading)
            else:
                unread.append(Unread(name, fault))
        return readings, unread


def _version(number: int, each: Ordered, *, reviewed: bool) -> Version:
    reading = each.reading
    return Version(
        number=number, document=reading.document, stage=each.stage, told=each.told, date=each.date, name=reading.name,
        what=reading.what, language=reading.language, digest=reading.digest, articles=reading.count("article"),
        recitals=reading.count("recital"), annexes=reading.count("annex"), reviewed=reviewed,
    )  # fmt: skip


def _left_out(documents: Iterable[str], named: Iterable[str]) -> Iterator[Localized]:
    listed = set(named)
    for document in documents:
        if document not in listed:
            yield _NOT_LISTED.filled(document=document, file=FILE_TOML)


def _step_notices(old: Reading, new: Reading, text: TextComparison | None) -> Iterator[Localized]:
    """What must be known of a step: that it was not made, what one of the texts leaves out, and that hardly anything matches."""
    if text is None:
        yield _NOT_COMPARED.filled(
            old=old.document, old_language=old.language, new=new.document, new_language=new.language
        )
        return
    for division in DIVISIONS:
        if division in _DIVISIONS:
            for one, other in ((old, new), (new, old)):
                if not one.count(division) and other.count(division):
                    label = _DIVISIONS[division]
                    yield _LEAVES_OUT.filled(document=one.document, divisions=label, other=other.document)
    articles = [match for match in text.matches if any(text.old[at].division == "article" for at in match.old)]
    matched = sum(bool(match.new) for match in articles)
    if articles and matched < _SO_FEW * len(articles):
        yield _HARDLY.filled(old=old.document, new=new.document, matched=matched, units=len(articles))
