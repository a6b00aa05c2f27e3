"""What a report came of, so that it can be made again: versions, and digests of all that was read."""

import json
from collections.abc import Iterable
from hashlib import sha256

from attrs import frozen

from consistent.knowledge.entries import Knowledge, Limits
from consistent.model.proposal import Proposal
from consistent.rules.program import Program
from consistent.shown import Shown
from consistent.toml.proposals import proposal_to_data
from consistent.version import __version__

__all__ = ["Identity", "PackIdentity", "identity_of", "proposal_digest"]


@frozen(kw_only=True)
class PackIdentity(Shown):
    """Which pack it was.

    Attributes:
        version: as its manifest has it; empty where it tells none.
        digest: SHA-256 of its files, by `knowledge.packs.pack_digest`.
        instead_of: the folder of another pack of its name, which stood back for this one; empty where there was none.
    """

    name: str
    version: str
    digest: str
    instead_of: str = ""


@frozen(kw_only=True)
class Identity(Shown):
    """What a report came of. The day, the engine and the waivers stand in the report itself.

    Attributes:
        program: version of the library.
        packs: the pack that was checked against and those that it builds on, each after those that it builds on.
        proposal: SHA-256 of what the proposal says, by `proposal_digest`.
        document: SHA-256 of the document that it was drafted from, byte by byte; empty where it was not drafted for this check.
        selected: ids of the rules that were asked for, in order; None where all were.
        strict: whether nothing was presumed.
        ending_within: days, for warnings.
        verified_within: days, for warnings.
    """

    program: str
    packs: tuple[PackIdentity, ...]
    proposal: str
    document: str = ""
    selected: tuple[str, ...] | None = None
    strict: bool = False
    ending_within: int
    verified_within: int


def identity_of(
    proposal: Proposal, knowledge: Knowledge, program: Program, known: Iterable[str], limits: Limits, *, strict: bool
) -> Identity:
    """What a report on a proposal comes of.

    Args:
        proposal: that is checked.
        knowledge: of the packs.
        program: the rules that were asked for.
        known: ids of all rules of the packs.
        limits: from when on time is worth a warning.
        strict: whether nothing is presumed.
    """
    asked = {compiled.rule.id for compiled in program.rules} | {rule.id for rule in program.dormant}
    return Identity(
        program=__version__,
        packs=tuple(
            PackIdentity(name=pack.name, version=pack.version, digest=pack.digest, instead_of=pack.instead_of)
            for pack in knowledge.packs
        ),
        proposal=proposal_digest(proposal),
        document=proposal.document,
        selected=None if asked.issuperset(known) else tuple(sorted(asked)),
        strict=strict,
        ending_within=limits.ending_within,
        verified_within=limits.verified_within,
    )


def proposal_digest(proposal: Proposal) -> str:
    """The SHA-256 of what a proposal says: equal in whatever form it comes, a file, data or a draft.

    It is that of the proposal as JSON in the shape of its TOML, keys in order, in UTF-8, without a blank. Comments, the order of
    keys and line ends play no part.
    """
    said = json.dumps(proposal_to_data(proposal), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
