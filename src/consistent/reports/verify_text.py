"""Whether a report comes out again, as a list of what differs."""

import re
from collections.abc import Iterator, Mapping

from consistent.errors import printable
from consistent.findings.outcome import PRESENTATION, Outcome
from consistent.inquiries.verifying import ChangedInput, ChangedSaid, InputKind, Verification
from consistent.model.text import Language, Localized, Tone
from consistent.reports.entries import proposal_label
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, WORDS
from consistent.reports.notices import MARK
from consistent.reports.outline import BREAK, Block, Item, Paragraph, Section, dim, strong

__all__ = ["verification_outline"]

_WORDS = {
    "same": Localized("The report comes out again.", "Het rapport komt er weer zo uit."),
    "other input": Localized(
        "The same is said, but something else went in: this is not the same check.",
        "Er wordt hetzelfde gezegd, maar er ging iets anders in: dit is niet dezelfde toets.",
    ),
    "not": Localized("The report does not come out again.", "Het rapport komt er niet weer zo uit."),
    "inputs": Localized("What went in", "Wat erin ging"),
    "said": Localized("What is said of rules", "Wat van regels wordt gezegd"),
    "grades": Localized("Grades", "Oordelen"),
    "others": Localized("Also others: {names}", "Ook anders: {names}"),
    "then and now": Localized("{old} then, {new} now", "toen {old}, nu {new}"),
    "nothing": Localized("nothing", "niets"),
    "words": Localized(
        "{outcome} then and now, in other words or for other reasons",
        "toen en nu {outcome}, in andere woorden of om andere redenen",
    ),
}
_KINDS: Mapping[InputKind, Localized] = {
    "program": Localized("version of the program", "versie van het programma"),
    "engine": Localized("engine", "rekenkern"),
    "pack": Localized("pack {name}", "pakket {name}"),
    "proposal": Localized("what the proposal says", "wat het voorstel zegt"),
    "document": Localized("document", "document"),
}
_DIGEST = re.compile("[0-9a-f]{64}")


def verification_outline(found: Verification, language: Language) -> Iterator[Block]:
    """What differs, what went in first.

    Args:
        found: of a report.
        language: of all words.
    """

    def word(name: str) -> str:
        return _WORDS[name].get(language)

    verdict = "same" if found.comes_out else "other input" if found.says_the_same else "not"
    tone: Tone = "good" if found.comes_out else "bad"
    yield Section(
        strong(proposal_label(found.report.proposal, language)), [Paragraph(strong(word(verdict), tone))], indent=0
    )
    if found.inputs:
        yield Section(word("inputs"), [Item(_input(each, language)) for each in found.inputs])
    if found.said:
        yield Section(f"{word('said')} ({len(found.said)})", [Item(_said(each, language)) for each in found.said])
    if found.grades:
        yield Section(
            word("grades"),
            [
                Item(
                    f"{DIMENSION_LABELS[each.dimension].get(language)}: "
                    + _then_and_now(
                        GRADE_LABELS[each.old].get(language), GRADE_LABELS[each.new].get(language), language
                    )
                )
                for each in found.grades
            ],
        )
    if found.others:
        yield Paragraph(dim(word("others").format(names=", ".join(found.others))))
    yield BREAK


def _then_and_now(old: str, new: str, language: Language) -> str:
    nothing = _WORDS["nothing"].get(language)
    return _WORDS["then and now"].get(language).format(old=old or nothing, new=new or nothing)


def _input(changed: ChangedInput, language: Language) -> str:
    what = _KINDS[changed.kind].get(language).format(name=changed.name)
    old, new = (_DIGEST.sub(lambda digest: f"({digest[0][:MARK]})", text) for text in (changed.old, changed.new))
    return printable(f"{what}: {_then_and_now(old, new, language)}")


def _said(changed: ChangedSaid, language: Language) -> str:
    where = changed.measure or WORDS["proposal as a whole"].get(language)
    if changed.old == changed.new:
        told = _WORDS["words"].get(language).format(outcome=_label(changed.new, language))
    else:
        told = _then_and_now(_label(changed.old, language), _label(changed.new, language), language)
    return printable(f"{changed.rule} · {where}: {told}")


def _label(outcome: Outcome | None, language: Language) -> str:
    return "" if outcome is None else PRESENTATION[outcome].label.get(language)
