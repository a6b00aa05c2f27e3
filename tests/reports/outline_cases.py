"""An outline with every kind of block."""

from consistent.reports.outline import (
    BREAK,
    Block,
    Code,
    Fold,
    Item,
    Paragraph,
    Section,
    Span,
    Table,
    dim,
    pair,
    spans,
    strong,
)

__all__ = ["EVERYTHING"]

EVERYTHING: tuple[Block, ...] = (
    Section(
        strong("Conflicts (1)", "bad"),
        [
            Paragraph("Of the whole."),
            Item((strong("m1"), "  A measure"), [Item(pair("because", "it lends")), Item(dim("rule · law"))]),
            Item("m2", [Item("deeper", indent=4)], indent=3),
            BREAK,
            Item(("source: ", Span("Article 114", url="https://example.org/114"))),
            Section("Further", [Paragraph((strong("[gap]"), " ", "Who?"), "gap")], indent=0),
        ],
    ),
    BREAK,
    Table(
        heads=("rule", "points"),
        rows=((spans("one"), spans("3")), (spans("all"), spans("3"))),
        numbers=True,
        total=True,
    ),
    Table(rows=((spans("law"), spans("open")), (spans("policy"), spans("positive")))),
    Code('a = "b"\n', "toml"),
    Fold("More", [Item((Span("before "), Span("these", "mark", "caution"), Span(" after")))]),
)
