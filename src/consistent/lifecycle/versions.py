"""The versions of a text: which stage of the procedure each is, by what the document says of itself."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from consistent.documents.header.kinds import ADOPTED, COUNCIL_PAPERS, PARLIAMENTS
from consistent.model.text import Localized
from consistent.shown import Shown

__all__ = ["STAGES", "Stage", "Told", "Version", "stage_of"]

# In the order of the procedure; texts of the Council and of Parliament come in any order between.
Stage = Literal["proposal", "council", "parliament", "agreed", "act"]
STAGES: Mapping[Stage, Localized] = {
    "proposal": Localized("proposal", "voorstel"),
    "council": Localized("Council text", "Raadstekst"),
    "parliament": Localized("Parliament text", "tekst van het Parlement"),
    "agreed": Localized("agreed text", "overeengekomen tekst"),
    "act": Localized("act as adopted", "vastgestelde handeling"),
}
# Where it was told which version a document is.
Told = Literal["document", "file.toml"]


@frozen(kw_only=True)
class Version(Shown):
    """One version of the text.

    Attributes:
        number: its place in the order, from one.
        document: the name of the file in the folder.
        stage: of the procedure.
        told: where the stage was told.
        date: of the document; None where neither it nor `file.toml` tells one.
        name: by which number a reader knows it: `COM(2022) 68 final`, `ST 16298/22`; the name of the file where it has none.
        what: the document in words.
        language: two letters.
        digest: SHA-256 of the file.
        articles, recitals, annexes: how many of each the text has.
        reviewed: whether rules were asked of values that a person reviewed, and not of what was read by machine.
    """

    number: int
    document: str
    stage: Stage
    told: Told
    date: date | None
    name: str
    what: Localized
    language: str
    digest: str
    articles: int
    recitals: int
    annexes: int
    reviewed: bool = False


def stage_of(kind: str, *, proposal: bool) -> Stage | None:
    """The stage of a document; None where it is no version of a text.

    Args:
        kind: of its header.
        proposal: whether a proposal can be drafted of it.
    """
    if proposal:
        return "proposal"
    if kind == "provisional-agreement":
        return "agreed"
    if kind in COUNCIL_PAPERS:
        return "council"
    if kind in PARLIAMENTS:
        return "parliament"
    return "act" if kind in ADOPTED else None
