"""Items cut into slices: what is checked, sent and written at once."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from attrs import frozen

from consistent.corpora.items import Content, FileContent, Item, fingerprint

__all__ = ["NOTHING", "Slice", "slices_of"]

# The digest of no items.
NOTHING = sha256(b"").hexdigest()
# A slice ends with the item with which it grows beyond this, however few it has.
_MOST_BYTES = 4_000_000


@frozen
class Slice:
    """Items that follow each other. Where one ends depends on the items before it alone.

    Attributes:
        first: the index of the first item in the corpus, from 0.
        sources, contents: of each item; at least one.
        position: how far the source has come with the last one.
        digest: of all items of the corpus up to the last one of this slice, hexadecimal.
    """

    first: int
    sources: tuple[str, ...]
    contents: tuple[Content, ...]
    position: int = 0
    digest: str = ""

    @property
    def end(self) -> int:
        """The index after that of the last item."""
        return self.first + len(self.sources)

    def halves(self) -> tuple["Slice", "Slice"]:
        """The slice in two; it has two items at least."""
        middle = len(self.sources) // 2
        return (
            Slice(self.first, self.sources[:middle], self.contents[:middle]),
            Slice(self.first + middle, self.sources[middle:], self.contents[middle:]),
        )


def slices_of(items: Iterable[Item], size: int, *, first: int = 0, digest: str = NOTHING) -> Iterator[Slice]:
    """Cut items into slices.

    Args:
        items: what is left of a corpus.
        size: how many to a slice; fewer where they are large.
        first: how many came before.
        digest: of those.
    """
    sources: list[str] = []
    contents: list[Content] = []
    held = position = 0
    known = bytes.fromhex(digest)
    for source, content, place in items:
        sources.append(source)
        contents.append(content)
        position = place
        printed = fingerprint(content)
        # Of the content alone: a corpus that was moved is still the same.
        known = sha256(known + sha256(printed).digest()).digest()
        held += len(printed) if isinstance(content, bytes | FileContent) else 0
        if len(sources) >= size or held >= _MOST_BYTES:
            yield Slice(first, tuple(sources), tuple(contents), position, known.hex())
            first += len(sources)
            sources, contents, held = [], [], 0
    if sources:
        yield Slice(first, tuple(sources), tuple(contents), position, known.hex())
