"""The documents that tests read: real ones, where they are at hand, and invented ones beside the tests."""

from functools import cache
from pathlib import Path

import pytest

from consistent.documents.document import Document
from consistent.documents.reading import read_document

__all__ = ["INVENTED", "REAL", "read_once", "real", "real_documents"]

INVENTED = Path(__file__).parent / "documents"
REAL = Path(__file__).parents[2] / "shared" / "documents"


def real(path: str) -> Path:
    """A real document; the test is skipped where it is not at hand."""
    document = REAL / path
    if not document.is_file():
        pytest.skip(f"real document `{path}` is not at hand")
    return document


@cache
def read_once(path: Path) -> Document:
    """A document, read once for all tests of a process: real ones take seconds, and what was read is frozen."""
    return read_document(path)


def real_documents(pattern: str) -> list[object]:
    """The real documents of a pattern as parameters of a test; one that is skipped where there is none."""
    paths = sorted(REAL.glob(pattern))
    if not paths:
        return [
            pytest.param(None, id="absent", marks=pytest.mark.skip(reason=f"no real document `{pattern}` is at hand"))
        ]
    return [pytest.param(path, id=path.name) for path in paths]
