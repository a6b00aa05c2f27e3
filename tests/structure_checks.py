"""What holds for the structure of every document."""

from consistent.documents.document import Document, Part, Span

__all__ = ["check_document", "outline_of"]


def check_document(document: Document) -> None:
    """INVARIANT: parts cover the text without gap or overlap, and begin and end where blocks do."""
    blocks = document.content.blocks
    assert document.text == "\n".join(each.line for each in blocks)
    starts = set(document.starts)
    ends = {start + len(block.line) for start, block in zip(document.starts, blocks, strict=True)}
    whole = Span(0, len(document.text))
    _check_parts(document.parts, whole)
    at = 0
    for part in document.parts:
        assert document.text[at : part.span.start].strip("\n") == ""
        at = part.span.end
    assert at == len(document.text)
    for part in document.walk():
        assert part.span.start in starts
        assert part.span.end in ends
        assert part.span.start < part.span.end
        _check_parts(part.parts, part.span)
        pieces = [document.of(each) for each in part.pieces()]
        asides = [document.of(each.span) for each in part.walk() if each.kind in {"note", "running"}]
        if part.kind not in {"note", "running"}:
            assert sum(map(len, pieces)) + sum(map(len, asides)) == part.span.end - part.span.start


def _check_parts(parts: tuple[Part, ...], within: Span) -> None:
    at = within.start
    for part in parts:
        assert part.span in within
        assert part.span.start >= at
        at = part.span.end


def outline_of(document: Document) -> list[str]:
    """A line for each part but notes and running heads, deeper ones further in: kind, number, heading."""
    found: list[str] = []

    def add(part: Part, depth: int) -> None:
        if part.kind not in {"note", "running"}:
            found.append(f"{'  ' * depth}{part.kind} {part.number} {part.heading}".rstrip())
            for each in part.parts:
                add(each, depth + 1)

    for each in document.parts:
        add(each, 0)
    return found
