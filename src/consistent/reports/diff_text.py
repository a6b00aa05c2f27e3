"""A difference for a reader: what got worse, what got better, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from attrs import evolve
from rich.console import Console

from consistent.findings.outcome import LABELS, verdict_or_outcome
from consistent.inquiries.differences.amending import Amendment, What
from consistent.inquiries.differences.causes import Standing
from consistent.inquiries.differences.difference import Cause, Change, Difference, Side, Undecided, is_decided
from consistent.model.text import Language, Localized, Tone
from consistent.reports.amended_text import counted_text, division_line, heaviest, text_outline
from consistent.reports.causes_text import AmendmentText
from consistent.reports.entries import measure_heading, proposal_label
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GROUND_LABELS, WORDS
from consistent.reports.notices import draft_outline
from consistent.reports.outline import (
    BREAK,
    Block,
    Inline,
    Item,
    Paragraph,
    Section,
    Span,
    Spans,
    Table,
    dim,
    pair,
    spans,
    strong,
)
from consistent.reports.terminal import count_lines, print_outline, told_path

__all__ = [
    "changes_outline",
    "diff_outline",
    "drafts_outline",
    "overview_outline",
    "print_difference",
]


_MOST_NUMBERS = 5
# From so many new rules, or facts dropped, and so on, that change nothing they share a line.
_MANY_ALIKE = 4
# More changes than this nobody reads one by one after a review.
_MANY_CHANGES = 30
_SAID = {
    "counted": Localized(
        "of these only counted, since no rule applies by them: {count}",
        "daarvan alleen geteld, omdat er geen regel door van toepassing is: {count}",
    ),
    "old": Localized("old", "oud"),
    "new": Localized("new", "nieuw"),
    "gone": Localized("gone", "vervallen"),
    "worse": Localized("Worse", "Slechter"),
    "better": Localized("Better", "Beter"),
    "otherwise": Localized("Otherwise", "Anders"),
    "idle": Localized("Amended without effect on the findings", "Gewijzigd zonder gevolg voor de bevindingen"),
    "words": Localized("Other wording or numbering only", "Alleen anders verwoord of genummerd"),
    "outcomes": Localized("Measures", "Maatregelen"),
    "necessary": Localized("because", "omdat"),
    "sufficient": Localized("each of these is enough", "elk van deze is voldoende"),
    "together": Localized("only together", "alleen samen"),
    "together or fewer": Localized("together (fewer may do)", "samen (mogelijk zijn er minder nodig)"),
    "accepted": Localized("because a waiver accepts it", "omdat het is aanvaard"),
    "unaccepted": Localized("because no waiver covers it any more", "omdat geen aanvaarding dit meer dekt"),
    "unexplained": Localized(
        "no amendment was found that this comes from", "geen wijziging gevonden waar dit uit voortkomt"
    ),
    "without": Localized("without it: {standing}", "zonder dit: {standing}"),
    "nothing": Localized("nothing", "niets"),
    "asks": Localized("now to be known", "nu nodig te weten"),
    "answered": Localized("no longer to be known", "niet langer nodig te weten"),
    "would be": Localized("open, would be: {verdict}", "open, zou zijn: {verdict}"),
    "amendments": Localized("amendments", "wijzigingen"),
    "more": Localized("and {count} more", "en nog {count}"),
    "none": Localized("Nothing differs.", "Er is geen verschil."),
    "same": Localized("No finding changes.", "Geen bevinding verandert."),
    "unchanged": Localized(
        "unchanged: findings {findings}, open {open}, met or set aside {defeated}; measures without another outcome: {measures}",
        "ongewijzigd: bevindingen {findings}, open {open}, voldaan of terzijde gesteld {defeated}; maatregelen zonder andere uitkomst: {measures}",
    ),
}
# What fits a screen is told in full; else so many lines tell what weighs most, and count the rest.
SCREEN = 25
_MOST_PROVISIONS, _MOST_FINDINGS = 7, 5
_OVERVIEW = {
    "text": Localized("What the text changes", "Wat de tekst wijzigt"),
    "measures": Localized("measures", "maatregelen"),
    "added": Localized("{count} added", "{count} toegevoegd"),
    "dropped": Localized("{count} deleted", "{count} geschrapt"),
    "edited": Localized("{count} amended", "{count} gewijzigd"),
    "renumbered": Localized("{count} renumbered only", "{count} alleen hernummerd"),
    "known": Localized(
        "{count} of which only more or less is known",
        "{count} waarvan alleen meer of minder bekend is",
    ),
    "same": Localized("{count} unchanged", "{count} ongewijzigd"),
    "more": Localized("and {count} more: `-v`", "en nog {count}: `-v`"),
    "no words": Localized(
        "the words are not compared: the texts are in two languages, or one holds no act",
        "de woorden zijn niet vergeleken: de teksten zijn in twee talen, of een ervan bevat geen handeling",
    ),
    "no provision": Localized("No provision is amended.", "Geen bepaling is gewijzigd."),
    "findings": Localized("What that does to findings", "Gevolg voor de bevindingen"),
    "none": Localized(
        "Nothing that is decided changes: no finding is new, gone or otherwise.",
        "Aan wat beslist is, verandert niets: geen bevinding is nieuw, vervallen of anders.",
    ),
    "undecided": Localized(
        "still open, on measures that are new or now read otherwise: {opened}; no longer: {settled}, and {dropped} on deleted measures",
        "nog open, op maatregelen die nieuw zijn of nu anders luiden: {opened}; niet langer: {settled}, en {dropped} op geschrapte maatregelen",
    ),
    "kept": Localized(
        "unchanged: findings {findings}, open {open}", "ongewijzigd: bevindingen {findings}, open {open}"
    ),
    "draft": Localized(
        "{names}: draft that nobody has reviewed; what was read can be wrong, what was not found is open",
        "{names}: concept dat niemand heeft nagekeken; wat is gelezen kan onjuist zijn, wat niet is gevonden staat open",
    ),
    "others": Localized("the two name different proposals", "de twee noemen verschillende voorstellen"),
    "remarks": Localized("remarks on the documents: {count} (`-v`)", "opmerkingen bij de documenten: {count} (`-v`)"),
}
_SECTIONS: tuple[tuple[int, str, Tone], ...] = ((-1, "worse", "bad"), (1, "better", "good"), (0, "otherwise", ""))


def print_difference(found: Difference, console: Console, language: Language, *, verbose: bool = False) -> None:
    """Print a difference, as wide as the console: in full where it fits a screen, is of packs or is asked for, else what weighs most."""
    outline = list(diff_outline(found, language))
    of_texts = all(amendment.subject in {"proposal", "measure"} for amendment in found.amendments)
    if not verbose and of_texts and count_lines(console, outline) > SCREEN:
        outline = list(overview_outline(found, language, console.width))
    print_outline(console, outline)


def diff_outline(found: Difference, language: Language) -> Iterator[Block]:
    """Every line: what the text changes, the judgement, what got worse, better and otherwise, then what was amended to no effect."""
    return _Text(found, language).whole()


def overview_outline(found: Difference, language: Language, width: int) -> Iterator[Block]:
    """A screen: what the text changes most, then what that does to what is decided; the rest is counted.

    Args:
        found: the difference.
        language: of the words.
        width: at which lines are cut.
    """
    return _Text(found, language).overview(width)


def changes_outline(found: Difference, language: Language) -> Iterator[Block]:
    """What became otherwise, without what was amended: grades, measures, and what got worse, better and otherwise.

    Where very much did, what applies now is listed, and the rest is counted.
    """
    return _Text(found, language, in_short=len(found.changes) > _MANY_CHANGES).changes()


def drafts_outline(found: Difference, language: Language) -> Iterator[Block]:
    """That a side is a draft that nobody has looked through, where it is; once where both are the same."""
    for name, side in {
        side.proposal.path: (name, side) for name, side in (("old", found.old), ("new", found.new))
    }.values():
        yield from draft_outline(side.proposal, language, name=_SAID[name].get(language))


class _Text:
    def __init__(self, found: Difference, language: Language, *, in_short: bool = False) -> None:
        self._found, self._language, self._in_short = found, language, in_short
        self._amended = AmendmentText(language)

    def _word(self, name: str) -> str:
        return _SAID[name].get(self._language)

    def whole(self) -> Iterator[Block]:
        found = self._found
        yield from self._head()
        if found.empty:
            yield Paragraph(self._word("none"))
        else:
            yield from self._amended_text()
            yield from self.changes()
        behind = {cause.amendment for change in found.changes for cause in change.causes}
        idle = [amendment for amendment in found.amendments if amendment.number not in behind]
        for words_only, name in ((False, "idle"), (True, "words")):
            yield from self._amendments(name, [amendment for amendment in idle if amendment.words_only is words_only])
        kept = found.unchanged
        counts = {"findings": kept.findings, "open": kept.open, "defeated": kept.defeated, "measures": kept.measures}
        if found.undecided is not None:
            yield Paragraph(dim(self._undecided()))
        yield Paragraph(dim(self._word("unchanged").format(**counts)))

    def _amended_text(self) -> Iterator[Block]:
        """What the text changes: of documents word by word, of proposals without a text their measures."""
        if self._found.text is not None:
            told: Iterable[Block] = text_outline(self._found.text, self._language)
        elif any(amendment.subject == "measure" for amendment in self._found.amendments):
            told = map(Item, self._measures())
        else:
            return
        yield Section(strong(_OVERVIEW["text"].get(self._language)), told)
        if self._found.text is None:
            yield BREAK

    def overview(self, width: int) -> Iterator[Block]:
        """See `overview_outline`."""
        yield Item(_cut((strong(self._title()),), width))
        for name, side in (("old", self._found.old), ("new", self._found.new)):
            yield Item(_cut((dim(f"  {self._word(name)}  {self._side(side, Path(side.proposal.path).name)}"),), width))
        # A caveat is not cut.
        yield from map(Item, self._warnings())
        yield BREAK
        yield Item(strong(_OVERVIEW["text"].get(self._language)))
        yield from (Item(_cut(("  ", *spans(line)), width)) for line in self._provisions())
        yield BREAK
        yield Item(strong(_OVERVIEW["findings"].get(self._language)))
        yield from (Item(_cut(("  ", *spans(line)), width)) for line in self._findings())

    def _title(self) -> str:
        """The proposal, as the old version calls it where the new one is a paper about it."""
        side = self._found.old if self._found.new.version else self._found.new
        return proposal_label(side.proposal, self._language)

    def _warnings(self) -> Iterator[Span]:
        """That a side is a draft, in a line, and how many remarks there are on its document."""
        sides = {"old": self._found.old.proposal, "new": self._found.new.proposal}
        drafts = [self._word(name) for name, summary in sides.items() if summary.unconfirmed]
        if drafts:
            yield Span(_OVERVIEW["draft"].get(self._language).format(names=", ".join(drafts)), tone="caution")
        if self._found.of_others:
            yield Span(_OVERVIEW["others"].get(self._language), tone="caution")
        remarks = sum(len(summary.remarks) for summary in sides.values())
        if remarks:
            yield Span(_OVERVIEW["remarks"].get(self._language).format(count=remarks), tone="caution")

    def _provisions(self) -> Iterator[Inline]:
        """What the text changes: counted, then what changes most; of proposals without a text their measures."""
        text, language = self._found.text, self._language
        if text is None:
            yield from self._measures(_MOST_PROVISIONS)
            return
        counted = list(counted_text(text, language))
        yield from counted or [_OVERVIEW["no provision"].get(language)]
        told = heaviest(text, _MOST_PROVISIONS)
        yield from (division_line(change, language) for change in told)
        if len(text.changed) > len(told) > 0:
            yield dim(_OVERVIEW["more"].get(language).format(count=len(text.changed) - len(told)))

    def _measures(self, most: int | None = None) -> Iterator[Inline]:
        """The measures that were amended: counted, and a line each, at most so many."""
        found, language = self._found, self._language
        by_measure: dict[str, list[Amendment]] = {}
        for amendment in found.amendments:
            if amendment.subject == "measure" and amendment.part != "evidence":
                by_measure.setdefault(amendment.id, []).append(amendment)
        told = [listed for listed in by_measure.values() if not all(amendment.known_only for amendment in listed)]
        turns = Counter[str](map(_turn_of, told))
        # What a person answered on one version, and nobody on the other, is no change of the text.
        turns["known"] = len(by_measure) - len(told)
        turns["same"] = max(0, found.new.proposal.measures - sum(turns.values()) + turns["dropped"])
        counts = ", ".join(
            _OVERVIEW[turn].get(language).format(count=turns[turn])
            for turn in ("added", "dropped", "edited", "renumbered", "known", "same")
            if turns[turn]
        )
        yield f"{_OVERVIEW['measures'].get(language)}: {counts}"
        lines = [self._measure(listed) for listed in told if _turn_of(listed) != "renumbered"]
        lines += [
            self._amended.line(amendment)
            for amendment in found.amendments
            if amendment.subject == "proposal" and not amendment.words_only and not amendment.known_only
        ]
        yield from lines[:most]
        if most is not None and len(lines) > most:
            yield dim(_OVERVIEW["more"].get(language).format(count=len(lines) - most))

    def _measure(self, listed: Sequence[Amendment]) -> Inline:
        """What was amended of one measure; that it was added or deleted names it."""
        told = "; ".join(self._amended.line(amendment, here=amendment.id) for amendment in listed)
        return told if not listed[0].part else (strong(listed[0].id), f"  {told}")

    def _findings(self) -> Iterator[Inline]:
        """What became otherwise of what is decided, a line a rule; then grades, and what is only counted."""
        found, language = self._found, self._language
        decided = [change for change in found.changes if is_decided(change.old, change.new)]
        by_rule: dict[tuple[int, str, str | None, str | None], list[Change]] = {}
        for change in sorted(decided, key=lambda change: change.weight):
            by_rule.setdefault((change.weight, change.rule, *self._standings(change.old, change.new)), []).append(
                change
            )
        if not decided:
            yield _OVERVIEW["none"].get(language)
        for (_, _, old, new), listed in list(by_rule.items())[:_MOST_FINDINGS]:
            places = ", ".join(dict.fromkeys(change.measure or self._amended_word() for change in listed))
            tone = {-1: "bad", 1: "good"}.get(listed[0].weight, "")
            yield (strong(self._turn(old, new), tone), f"  {listed[0].title.get(language)}: {places}")  # type: ignore[arg-type]  # of three literals
        if len(by_rule) > _MOST_FINDINGS:
            yield dim(_OVERVIEW["more"].get(language).format(count=len(by_rule) - _MOST_FINDINGS))
        for grade in found.grades[:2]:
            old, new = (GRADE_LABELS[which].get(language) for which in (grade.old, grade.new))
            yield f"{DIMENSION_LABELS[grade.dimension].get(language)}: {old} -> {new}"
        undecided = self._undecided()
        if undecided:
            yield dim(undecided)
        kept = found.unchanged
        yield dim(_OVERVIEW["kept"].get(language).format(findings=kept.findings, open=kept.open))

    def _amended_word(self) -> str:
        return self._amended.word("the proposal")

    def _undecided(self) -> str:
        """How much is open otherwise than before, in a line; empty where nothing is."""
        counts = self._found.undecided
        if counts is None:
            changes = [change for change in self._found.changes if not is_decided(change.old, change.new)]
            opened = sum(change.old is None for change in changes)
            counts = Undecided(opened=opened, settled=sum(change.new is None for change in changes), dropped=0)
        if not (counts.opened or counts.settled or counts.dropped):
            return ""
        return (
            _OVERVIEW["undecided"]
            .get(self._language)
            .format(opened=counts.opened, settled=counts.settled, dropped=counts.dropped)
        )

    def changes(self) -> Iterator[Block]:
        if not self._found.changes:
            yield Paragraph(self._word("same"))
            yield BREAK
        yield from self._grades()
        yield from self._outcomes()
        for weight, name, tone in _SECTIONS:
            yield from self._changes(name, tone, [change for change in self._found.changes if change.weight == weight])

    def _head(self) -> Iterator[Block]:
        sides = (("old", self._found.old), ("new", self._found.new))
        rows = tuple((spans(dim(self._word(name))), spans(dim(self._side(side)))) for name, side in sides)
        heading = strong(self._title())
        yield Section(heading, [Table(rows=rows)])
        yield from drafts_outline(self._found, self._language)
        yield BREAK

    def _side(self, side: Side, path: str = "") -> str:
        language, summary = self._language, side.proposal
        parts = [
            side.version.get(language) if side.version else "",
            path or told_path(summary.path),
            summary.date,
            f"{WORDS['measures'].get(language)} {summary.measures}",
            f"{WORDS['pack'].get(language)} {side.pack}",
            f"{WORDS['as of'].get(language)} {side.as_of}",
        ]
        return " · ".join(part for part in parts if part)

    def _grades(self) -> Iterator[Block]:
        if not self._found.grades:
            return
        rows = []
        for change in self._found.grades:
            old, new = (GRADE_LABELS[grade].get(self._language) for grade in (change.old, change.new))
            numbers = ", ".join(map(str, change.amendments[:_MOST_NUMBERS]))
            if len(change.amendments) > _MOST_NUMBERS:
                numbers += f" {self._word('more').format(count=len(change.amendments) - _MOST_NUMBERS)}"
            behind = f"  ({self._word('amendments')} {numbers})" if numbers else ""
            dimension = DIMENSION_LABELS[change.dimension].get(self._language)
            rows.append((spans(dimension), spans((f"{old} -> {new}", dim(behind)))))
        least = max(len(label.get(self._language)) for label in DIMENSION_LABELS.values())
        yield Section(strong(WORDS["judgement"].get(self._language)), [Table(rows=tuple(rows), least=least)])
        yield BREAK

    def _outcomes(self) -> Iterator[Block]:
        if not self._found.outcomes:
            return
        items = []
        for change in self._found.outcomes:
            old, new = (outcome and LABELS[outcome].get(self._language) for outcome in (change.old, change.new))
            name = change.id if change.old_id in {"", change.id} else f"{change.old_id} -> {change.id}"
            items.append(Item((strong(name), f"  {self._turn(old, new)}")))
        yield Section(strong(f"{self._word('outcomes')} ({len(items)})"), items)
        yield BREAK

    def _turn(self, old: str | None, new: str | None) -> str:
        """From one to the other; what was not there is new, what is not there any more is gone."""
        if old is None:
            return f"{self._word('new')}: {new}"
        return f"{self._word('gone')}: {old}" if new is None else f"{old} -> {new}"

    def _changes(self, name: str, tone: Tone, changes: Sequence[Change]) -> Iterator[Block]:
        if not changes:
            return
        heading = strong(f"{self._word(name)} ({len(changes)})", tone)
        blocks: list[Block] = []
        if self._in_short:
            whole = len(changes)
            changes = [change for change in changes if change.new is not None and change.new.outcome == "applies"]
            if len(changes) < whole:
                blocks.append(Paragraph(dim(self._word("counted").format(count=whole - len(changes)))))
        by_measure: dict[str | None, list[Change]] = {}
        for change in changes:
            by_measure.setdefault(change.measure, []).append(change)
        for measure, listed in by_measure.items():
            blocks.append(
                Item(measure_heading(measure, listed[0].measure_title, self._language), map(self._change, listed))
            )
        yield Section(heading, blocks)
        yield BREAK

    def _change(self, change: Change) -> Item:
        old, new = self._standings(change.old, change.new)
        below = [] if change.new is None else [Item(change.message.get(self._language))]
        below.append(self._origin(change))
        for name, questions in (("asks", change.asks), ("answered", change.answered)):
            if change.kind in {"asked", "opened", "turned"}:
                below += [Item(pair(self._word(name), question.get(self._language))) for question in questions]
        title = f"  {change.title.get(self._language)}"
        return Item((strong(self._turn(old, new)), title), [*below, *self._causes(change)])

    def _origin(self, change: Change) -> Item:
        standing = change.new or change.old
        parts = [change.rule]
        if standing is not None:
            parts += [
                GROUND_LABELS[standing.ground].get(self._language),
                DIMENSION_LABELS[standing.dimension].get(self._language),
            ]
        if change.positions:
            parts.append(f"{WORDS['positions'].get(self._language)} {', '.join(change.positions)}")
        return Item(dim(" · ".join(parts)))

    def _standings(self, old: Standing | None, new: Standing | None) -> tuple[str | None, str | None]:
        """What became of a rule, before and after; with ground and dimension where these are what differs."""
        texts = [self._standing(side) if side else None for side in (old, new)]
        if old and new:
            for name, labels in (("ground", GROUND_LABELS), ("dimension", DIMENSION_LABELS)):
                values = [getattr(side, name) for side in (old, new)]
                if values[0] != values[1]:
                    texts = [
                        f"{text} ({labels[value].get(self._language)})"
                        for text, value in zip(texts, values, strict=True)
                    ]
        return texts[0], texts[1]

    def _standing(self, standing: Standing) -> str:
        language = self._language
        if standing.waived:
            return LABELS["waived"].get(language)
        if standing.outcome == "open":
            return self._word("would be").format(verdict=LABELS[standing.verdict].get(language))
        return LABELS[verdict_or_outcome(standing.outcome, standing.verdict)].get(language)

    def _causes(self, change: Change) -> Iterator[Item]:
        if change.how is None:
            word = change.kind if change.kind in {"accepted", "unaccepted"} else "unexplained"
            yield Item(dim(self._word(word)))
            return
        is_single = change.how == "necessary"
        if not is_single:
            yield Item(dim(f"{self._word(change.how if change.smallest else 'together or fewer')}:"))
        for cause in change.causes:
            amendment = self._found.amendment(cause.amendment)
            lead = f"{self._word('necessary')}: " if is_single else "- "
            text = self._amended.line(amendment, here=change.measure) + self._without(cause, change)
            yield Item((dim(lead), text), self._amended.quoted(amendment))

    def _without(self, cause: Cause, change: Change) -> str:
        """What there would be without a cause, where that is not what there was."""
        if change.how != "necessary" or cause.without == change.old:
            return ""
        standing = self._standing(cause.without) if cause.without else self._word("nothing")
        return f" ({self._word('without').format(standing=standing)})"

    def _amendments(self, name: str, amendments: Sequence[Amendment]) -> Iterator[Block]:
        if not amendments:
            return
        items: list[Item] = []
        for (subject, what, is_part), group in groupby(
            amendments, key=lambda amendment: (amendment.subject, amendment.what, bool(amendment.part))
        ):
            listed = list(group)
            if len(listed) >= _MANY_ALIKE and subject not in {"measure", "pack"} and not is_part:
                numbers = f"[{_ranges(amendment.number for amendment in listed)}]"
                names = ", ".join(amendment.id for amendment in listed)
                items.append(Item(f"{numbers} {self._amended.whole(subject, what)} ({len(listed)}): {names}"))
            else:
                items += [Item(self._amended.line(amendment), self._amended.quoted(amendment)) for amendment in listed]
        yield Section(strong(f"{self._word(name)} ({len(amendments)})"), items)
        yield BREAK


def _turn_of(listed: Sequence[Amendment]) -> What:
    """What became of a measure, of all that was amended in it."""
    turns = {amendment.what for amendment in listed}
    whole: tuple[What, ...] = ("added", "dropped", "edited", "renumbered")
    return next(what for what in whole if what in turns)


def _cut(said: Iterable[str | Span], width: int) -> Spans:
    """A text cut to a line."""
    kept: list[Span] = []
    room = width
    for span in spans(said):
        if len(span.text) >= room:
            cut = span.text if len(span.text) == room else f"{span.text[: max(0, room - 2)].rstrip()} \u2026"
            return (*kept, evolve(span, text=cut))
        kept.append(span)
        room -= len(span.text)
    return tuple(kept)


def _ranges(numbers: Iterable[int]) -> str:
    """Numbers in rising order, with those that follow each other as one range: `1-3, 5`."""
    ranges = []
    for _, group in groupby(enumerate(numbers), key=lambda counted: counted[1] - counted[0]):
        first, *others = (number for _, number in group)
        ranges.append(f"{first}-{others[-1]}" if others else str(first))
    return ", ".join(ranges)
