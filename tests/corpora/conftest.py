"""What the tests of corpora share: a small knowledge base, and corpora of it."""

from pathlib import Path

import pytest

from consistent import load
from consistent.checker import KnowledgeBase
from tests.corpora.generating import json_lines
from tests.small_pack import write_pack

BAD = b'{"proposal": {"kind": "nothing"}}\n\n{bad\n[1]\n\xff\n'


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small pack."""
    return write_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture(scope="session")
def kb(pack: Path) -> KnowledgeBase:
    """The small pack."""
    return load(pack)


@pytest.fixture(scope="session")
def corpus(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Proposals of the small pack as JSON Lines, with four bad lines and a blank one in the middle."""
    path = tmp_path_factory.mktemp("corpus") / "corpus.jsonl"
    path.write_bytes(json_lines(kb, 200, measures=4) + BAD + json_lines(kb, 196, seed=1, measures=4))
    return path
