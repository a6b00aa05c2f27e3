"""What the shipped packs promise is proved, and of the rules of the Dutch position none is said in vain."""

from consistent.authoring.lint.linting import lint_pack
from consistent.authoring.proving.guarantees import Prover
from consistent.authoring.proving.witnesses import Bounds
from consistent.checker import load


def test_guarantees() -> None:
    """Each is proved and says something; more than half of them of every proposal, whatever its measures."""
    kb = load()
    prover = Prover(kb)
    found = [prover.prove(each) for each in kb.guarantees]
    assert [each.guarantee.id for each in found if each.status != "proved"] == []
    assert all(each.speaks for each in found)
    assert sum(each.bounds == Bounds() for each in found) > len(found) / 2


def test_lint() -> None:
    """Nothing to be mended in the Dutch position."""
    assert lint_pack("nl-22112-4027") == ()
