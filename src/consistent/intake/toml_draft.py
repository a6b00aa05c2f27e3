"""The TOML text of a draft: laid out for a lawyer to read and correct, with a line for each piece of evidence."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from attrs import asdict
from attrs import fields as attributes_of

from consistent.errors import printable
from consistent.intake.empowerments import Empowerment, Empowerments
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Evidence, Field, Measure, Proposal
from consistent.model.text import Language, Localized
from consistent.model.values import Value
from consistent.reading.proposals import evidence_to_data, value_to_data
from consistent.reading.rewriting import written

__all__ = ["draft_toml"]

_WIDTH = 110
_WORDS = {
    "draft": Localized(
        "Draft of a proposal, made by machine from {name}. No person has confirmed it.",
        "Concept van een voorstel, door de computer gemaakt uit {name}. Niemand heeft het bevestigd.",
    ),
    "excerpt": Localized(
        "The document is an excerpt: it shows a part of the proposal only, and the draft has no more than that.",
        "Het document is een uittreksel: het toont maar een deel van het voorstel, en het concept heeft niet meer dan dat.",
    ),
    "remark": Localized("NOTE: {remark}.", "LET OP: {remark}."),
    "evidence": Localized(
        "Below each table, `evidence` says for each value where it was read: place, first words, characters from and to, "
        "how sure (from 0 to 1), and that nobody has confirmed it yet.",
        "Onder elke tabel zegt `evidence` van elke waarde waar die is gelezen: vindplaats, eerste woorden, van welk tot welk "
        "teken, hoe zeker (van 0 tot 1), en dat nog niemand haar heeft bevestigd.",
    ),
    "unknown": Localized(
        "What is left out is unknown. `{ has = [...] }` is what was found: there may be more.",
        "Wat ontbreekt, is onbekend. `{ has = [...] }` is wat is gevonden: er kan meer zijn.",
    ),
    "next": Localized("How to go on:", "Hoe verder:"),
    "review": Localized(
        "consistent review FILE   shows each value with its passage, to confirm or correct it",
        "consistent review BESTAND   toont elke waarde met de passage, om te bevestigen of te verbeteren",
    ),
    "ask": Localized(
        "consistent ask FILE      asks what the text does not say and the rules need to know",
        "consistent ask BESTAND      vraagt wat de tekst niet zegt en de regels moeten weten",
    ),
    "check": Localized(
        "consistent check FILE    checks it; what rests on unconfirmed values is marked so",
        "consistent check BESTAND    toetst het; wat op onbevestigde waarden berust, is zo gemerkt",
    ),
    "not found": Localized("Not found in the text, so unknown: {names}.", "Niet gevonden in de tekst, dus onbekend: {names}."),
    "measures": Localized("Measures: {count}. {each}", "Maatregelen: {count}. {each}"),
    "no measures": Localized(
        "NOTHING was recognised of what the text does; it must be recorded by hand, or the document read in another format.",
        "Van wat de tekst doet, is NIETS herkend; leg het met de hand vast, of lees het document in een andere indeling.",
    ),
    "of articles": Localized(
        "An article is one measure; it is split where who is addressed, or whether they must or may, differs.",
        "Een artikel is één maatregel; het is gesplitst waar de geadresseerde verschilt, of waar het ene lid verplicht en het "
        "andere toestaat.",
    ),
    "of policy": Localized(
        "Each passage that says what will or should be done is one.",
        "Elke passage die zegt wat er gaat of moet gebeuren, is er een.",
    ),
    "powers": Localized("Delegated and implementing acts provided for:", "Gedelegeerde en uitvoeringshandelingen waarin is voorzien:"),
    "article": Localized("Article {place}", "artikel {place}"),
    "delegated": Localized("delegated act", "gedelegeerde handeling"),
    "implementing": Localized("implementing act", "uitvoeringshandeling"),
    "examination": Localized("examination procedure", "onderzoeksprocedure"),
    "advisory": Localized("advisory procedure", "raadplegingsprocedure"),
}  # fmt: skip
# Where it is, and what it is called, come before what it does.
_FIRST = ("reference",)


def draft_toml(
    proposal: Proposal,
    empowerments: Empowerments,
    name: str,
    language: Language,
    *,
    articles: bool,
    excerpt: bool,
    remarks: Iterable[Localized] = (),
) -> str:
    """The text of a file that reads back to an equal proposal.

    Args:
        proposal: a draft.
        empowerments: of the document; told in comments.
        name: of the document, for comments.
        language: of the comments.
        articles: whether the document has any, which are the measures then.
        excerpt: whether it shows a part of another document only.
        remarks: what else must be known of the document.
    """
    writer = _Writer(language)
    head = [line for each in remarks for line in writer.remark(each)]
    name = PurePath(name).name or name
    lines = writer.lines(proposal, empowerments, name, articles=articles, excerpt=excerpt, remarks=head)
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, language: Language) -> None:
        self._language = language

    def remark(self, said: Localized) -> Iterator[str]:
        """A remark as a comment."""
        return self._comment("remark", remark=printable(said.get(self._language)))

    def lines(
        self,
        proposal: Proposal,
        empowerments: Empowerments,
        name: str,
        *,
        articles: bool,
        excerpt: bool,
        remarks: Iterable[str],
    ) -> Iterator[str]:
        """Every line of the file."""
        yield from self._comment("draft", name=printable(name))
        if excerpt:
            yield from self._comment("excerpt")
        yield from remarks
        yield "#"
        yield from self._comment("evidence")
        yield from self._comment("unknown")
        yield "#"
        yield from self._comment("next")
        yield from (f"#   {self._word(each)}" for each in ("review", "ask", "check"))
        yield ""
        yield "[proposal]"
        yield from self._table(proposal, PROPOSAL_FIELDS)
        unknown = [
            each.label.get(self._language) for key, each in PROPOSAL_FIELDS.items() if getattr(proposal, key).unknown
        ]
        if unknown:
            yield from self._comment("not found", names=", ".join(unknown))
        yield from self._evidence(proposal.evidence, PROPOSAL_FIELDS)
        yield ""
        yield from self._powers(empowerments.granted)
        told = self._word("of articles" if articles else "of policy") if proposal.measures else ""
        yield from self._comment("measures", count=len(proposal.measures), each=told)
        if not proposal.measures:
            yield from self._comment("no measures")
        for each in proposal.measures:
            yield ""
            yield "[[measure]]"
            yield f"id = {written(each.id)}"
            yield from self._table(each, MEASURE_FIELDS)
            yield from self._evidence(each.evidence, MEASURE_FIELDS)

    def _table(self, part: Proposal | Measure, fields: Mapping[str, Field]) -> Iterator[str]:
        """The fields that say something, each on a line."""
        names = [*(each for each in _FIRST if each in fields), *(each for each in fields if each not in _FIRST)]
        defaults = attributes_of(type(part))
        for index, name in enumerate(names):
            value: Value = getattr(part, name)
            # What a field says when it is left out need not be written.
            if value != getattr(defaults, name).default:
                yield f"{name} = {_value(value, fields[name])}"
            if index == 0 and part.title is not None:
                yield from self._title(part.title)

    def _title(self, title: Localized) -> Iterator[str]:
        if title.en == title.nl:
            yield f"title = {written(title.en)}"
        else:
            yield from (f"title.{key} = {written(text)}" for key, text in asdict(title).items())

    def _evidence(self, told: Iterable[tuple[str, Evidence]], fields: Mapping[str, Field]) -> Iterator[str]:
        """For each field, in their order, a line, or where there are several values a list with a line for each."""
        grouped: dict[str, list[Evidence]] = {}
        for name, each in told:
            grouped.setdefault(name, []).append(each)
        order = ("title", *fields)
        for name, entries in sorted(grouped.items(), key=lambda pair: order.index(pair[0])):
            if len(entries) == 1:
                yield f"evidence.{name} = {_entry(entries[0])}"
                continue
            yield f"evidence.{name} = ["
            yield from (f"  {_entry(each)}," for each in entries)
            yield "]"

    def _powers(self, granted: Iterable[Empowerment]) -> Iterator[str]:
        """The empowerments, as a fiche lists them."""
        listed = [self._power(each) for each in granted]
        if listed:
            yield from self._comment("powers")
            yield from (f"#   {each}" for each in listed)
            yield "#"

    def _power(self, each: Empowerment) -> str:
        place = str(each.place)
        where = place if each.place.annex else self._word("article").format(place=place)
        procedure = f", {self._word(each.procedure)}" if each.procedure else ""
        return printable(f"{where}: {self._word(each.kind)}{procedure}")

    def _comment(self, key: str, **values: object) -> Iterator[str]:
        text = self._word(key)
        text = text.format(**values) if values else text
        yield from textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_long_words=False)

    def _word(self, name: str) -> str:
        return _WORDS[name].get(self._language)


def _value(value: Value, about: Field) -> str:
    """What is known of a field: a value, a list, or a table of what is there and what is not."""
    if value.open:
        data = value_to_data(value)
        return written({key: atoms for key, atoms in data.items() if atoms} if isinstance(data, dict) else data)
    # Dates are dates in TOML, and text in plain data.
    atoms = sorted(value.yes, key=str)
    days = [each for each in atoms if isinstance(each, date)]
    listed: list[Any] = list(days) if days else list(atoms)
    return written(listed[0] if about.single and listed else listed)


def _entry(evidence: Evidence) -> str:
    """One piece of evidence, on a line; which value it is for comes first."""
    data = evidence_to_data(evidence)
    first = {key: data.pop(key) for key in ("value",) if key in data}
    return written(first | data)
