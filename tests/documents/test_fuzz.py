"""Documents that were cut, doubled and stirred are drafted or refused, and what is drafted reads back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent import InputError, KnowledgeBase, UsageError, load
from tests.document_cases import INVENTED, REAL

# PDF and Word are stirred in tests of their own: most changes only break their wrapping.
FILES = sorted(
    path
    for folder in (INVENTED, REAL)
    for path in folder.rglob("*")
    if path.suffix in {".xhtml", ".html", ".xml", ".txt", ".json"} and path.stat().st_size < 120_000
)


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load("treaties")


@st.composite
def stirred(draw: st.DrawFn) -> bytes:
    """A document with some pieces taken out, doubled, moved, or turned into something else."""
    content = draw(st.sampled_from(FILES)).read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from([1, 7, 60, 900, 20_000])))
        piece = content[start:end]
        other = draw(st.integers(0, len(content)))
        match draw(st.sampled_from(["out", "double", "move", "noise"])):
            case "out":
                content = content[:start] + content[end:]
            case "double":
                content = content[:end] + piece + content[end:]
            case "move":
                content = content[:other] + piece + content[other:]
            case _:
                content = content[:start] + draw(st.binary(max_size=12)) + content[end:]
    return content


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(content=stirred())
def test_drafted_or_refused(kb: KnowledgeBase, content: bytes) -> None:
    """No crash; a draft reads back to an equal proposal and can be checked."""
    try:
        draft = kb.draft(content, as_proposal=True)
        proposal = draft.proposal
    except (InputError, UsageError):
        return
    assert kb.read(draft.toml()) == proposal
    kb.check(proposal)
