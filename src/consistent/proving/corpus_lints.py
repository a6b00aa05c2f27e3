"""Lints that a corpus shows: rules of the pack that say nothing of any of its proposals, or that apply nearly everywhere."""

from collections.abc import Iterable, Iterator
from datetime import date

from consistent.checker import KnowledgeBase
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.proving.lints import Check, Lint
from consistent.testing.vacuity.firing import Firing
from consistent.testing.vacuity.of_pack import measured

__all__ = ["corpus_lints"]

_SILENT = Localized(
    "`{rule}` says nothing of any proposal of the corpus: it is silent on all {judged} that it judges",
    "`{rule}` zegt van geen voorstel van het corpus iets: hij zwijgt over alle {judged} die hij toetst",
)
_HELP_SILENT = Localized(
    "add a proposal that it is for, leave it out, or explain for what it waits",
    "voeg een voorstel toe waarvoor hij is bedoeld, laat hem weg, of verklaar waarop hij wacht",
)
_EVERYWHERE = Localized(
    "`{rule}` applies nearly everywhere in the corpus: to {applies} of {judged}",
    "`{rule}` is bijna overal in het corpus van toepassing: op {applies} van {judged}",
)
_HELP_EVERYWHERE = Localized(
    "ask for what tells one proposal from another, or explain why that is right",
    "vraag naar wat het ene voorstel van het andere onderscheidt, of verklaar waarom dat zo hoort",
)


def corpus_lints(kb: KnowledgeBase, corpus: Iterable[Proposal], day: date) -> Iterator[Lint]:
    """What a corpus shows of the rules that a pack itself brings: the silent ones, then those that apply nearly everywhere.

    Args:
        kb: the pack.
        corpus: the proposals; of none nothing is said.
        day: whose facts and rules count.

    Raises:
        EngineError: the engine did not do all of its work.
    """
    shown = measured(kb, corpus, day)
    for firing in shown.silent:
        yield _lint("silent-in-corpus", firing, _SILENT, _HELP_SILENT)
    for firing in shown.everywhere:
        yield _lint("everywhere-in-corpus", firing, _EVERYWHERE, _HELP_EVERYWHERE)


def _lint(check: Check, firing: Firing, message: Localized, help: Localized) -> Lint:
    words = {"rule": firing.rule.id, "applies": firing.applies, "judged": firing.judged}
    return Lint(
        check=check,
        about=(firing.rule.id,),
        message=Localized(message.en.format(**words), message.nl.format(**words)),
        help=help,
        place=firing.rule.anchor.file.location(("when",)),
    )
