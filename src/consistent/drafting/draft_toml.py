"""A drafted proposal as the text of a TOML file, with comments for who goes on from there."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from consistent.documents.provisions.empowerments import Empowerment, Empowerments
from consistent.errors import printable
from consistent.model.proposal import COMMON, Fields, Proposal
from consistent.model.text import Language, Localized
from consistent.toml.writing import empty_lines, evidence_lines, field_lines, measure_lines, recorded_lines

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
        "What is left out is unknown. `{ has = [...] }` is what was found: there may be more; under `hints` stands what words "
        "may speak of besides, and under `[[looked_for]]` what the text was read for.",
        "Wat ontbreekt, is onbekend. `{ has = [...] }` is wat is gevonden: er kan meer zijn; onder `hints` staat waarover woorden "
        "misschien ook gaan, en onder `[[looked_for]]` waarop de tekst is gelezen.",
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
        "A paragraph is one measure; paragraphs that stand next to each other and of which the same was read make one.",
        "Een lid is één maatregel; leden die naast elkaar staan en waarvan hetzelfde is gelezen, zijn er samen een.",
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


def draft_toml(
    proposal: Proposal,
    empowerments: Empowerments,
    name: str,
    language: Language,
    *,
    articles: bool,
    excerpt: bool,
    remarks: Iterable[Localized] = (),
    notes: Mapping[str, Sequence[Localized]] | None = None,
    fields: Fields = COMMON,
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
        fields: of the pack.
        notes: by the id of a measure, what else was seen there, for comments.
    """
    writer = _TomlWriter(language, fields)
    head = [line for remark in remarks for line in writer.remark(remark)]
    name = PurePath(name).name or name
    lines = writer.lines(
        proposal, empowerments, name, articles=articles, excerpt=excerpt, remarks=head, notes=notes or {}
    )
    return "\n".join(lines) + "\n"


class _TomlWriter:
    def __init__(self, language: Language, fields: Fields) -> None:
        self._language, self._fields = language, fields

    def remark(self, text: Localized) -> Iterator[str]:
        """A remark as a comment."""
        return self._comment("remark", remark=printable(text.get(self._language)))

    def lines(
        self,
        proposal: Proposal,
        empowerments: Empowerments,
        name: str,
        *,
        articles: bool,
        excerpt: bool,
        remarks: Iterable[str],
        notes: Mapping[str, Sequence[Localized]],
    ) -> Iterator[str]:
        """Every line of the file; see `draft_toml` for the arguments, of which `remarks` are comments already."""
        yield from self._comment("draft", name=printable(name))
        if excerpt:
            yield from self._comment("excerpt")
        yield from remarks
        yield "#"
        yield from self._comment("evidence")
        yield from self._comment("unknown")
        yield "#"
        yield from self._comment("next")
        yield from (f"#   {self._word(command)}" for command in ("review", "ask", "check"))
        yield ""
        yield from empty_lines(proposal)
        yield "[proposal]"
        yield from field_lines(proposal)
        unknown = [
            about.label.get(self._language)
            for key, about in self._fields.proposal.items()
            if proposal.value(key).unknown
        ]
        if unknown:
            yield from self._comment("not found", names=", ".join(unknown))
        yield from evidence_lines(proposal)
        yield from recorded_lines(proposal)
        yield ""
        yield from self._powers(empowerments.granted)
        kind_of_measures = self._word("of articles" if articles else "of policy") if proposal.measures else ""
        yield from self._comment("measures", count=len(proposal.measures), each=kind_of_measures)
        if not proposal.measures:
            yield from self._comment("no measures")
        for measure in proposal.measures:
            yield ""
            for note in notes.get(measure.id, ()):
                yield f"# {printable(note.get(self._language))}"
            yield "[[measure]]"
            yield from measure_lines(measure)

    def _powers(self, granted: Iterable[Empowerment]) -> Iterator[str]:
        """The empowerments, as a fiche lists them."""
        listed = [self._power(empowerment) for empowerment in granted]
        if listed:
            yield from self._comment("powers")
            yield from (f"#   {power}" for power in listed)
            yield "#"

    def _power(self, empowerment: Empowerment) -> str:
        place = str(empowerment.place)
        where = place if empowerment.place.annex else self._word("article").format(place=place)
        procedure = f", {self._word(empowerment.procedure)}" if empowerment.procedure else ""
        return printable(f"{where}: {self._word(empowerment.kind)}{procedure}")

    def _comment(self, key: str, **values: object) -> Iterator[str]:
        text = self._word(key)
        text = text.format(**values) if values else text
        yield from textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_long_words=False)

    def _word(self, name: str) -> str:
        return _WORDS[name].get(self._language)
