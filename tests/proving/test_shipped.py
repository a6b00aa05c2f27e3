"""What the shipped packs promise is proved, and of the rules of the Dutch position none is said in vain."""

from consistent.authoring.lint.linting import lint_pack
from consistent.authoring.proving.guarantees import Prover
from consistent.authoring.proving.witnesses import Bounds
from consistent.checker import load


def test_guarantees() -> None:
    """Each is proved and says something; more than half of them of every proposal, whatever its measures."""
    kb = load()
    prover = Prover(kb)
    found = [prover.prove(guarantee) for guarantee in kb.guarantees]
    assert [proof.guarantee.id for proof in found if proof.status != "proved"] == []
    assert all(proof.speaks for proof in found)
    assert sum(proof.bounds == Bounds() for proof in found) > len(found) / 2


def test_lint() -> None:
    """Nothing to be mended in the Dutch position."""
    assert [lint for lint in lint_pack("nl-22112-4027") if lint.counts] == []
