"""Where everything stands in the picture of a proposal."""

from collections import Counter
from collections.abc import Sequence

from consistent.findings.outcome import OUTCOMES, PRESENTATION
from consistent.reports.html.view import MeasureView, PictureView, StatePicture

__all__ = ["picture"]

# In units of the picture, which is as wide as the page.
_WIDTH, _TILE, _GAP, _STRIP = 960, (90, 34), 6, 26
_LETTERS = 9


def picture(measures: Sequence[MeasureView], spans: Sequence[tuple[int, int] | None], length: int) -> PictureView:
    """The measures as tiles in rows, and below them, where there is a document, as stretches of a strip.

    Args:
        measures: in the order of the proposal.
        spans: of each, its text in the document.
        length: of the document, in characters; 0 where there is none.
    """
    across = _WIDTH // (_TILE[0] + _GAP)
    tiles = [
        _piece(
            each,
            x=(number % across) * (_TILE[0] + _GAP),
            y=(number // across) * (_TILE[1] + _GAP),
            width=_TILE[0],
            height=_TILE[1],
        )
        for number, each in enumerate(measures)
    ]
    below = -(-len(measures) // across) * (_TILE[1] + _GAP)
    strip = [
        _piece(
            each,
            x=round(_WIDTH * span[0] / length, 1),
            y=below,
            width=max(1.5, round(_WIDTH * (span[1] - span[0]) / length, 1)),
            height=_STRIP,
        )
        for each, span in zip(measures, spans, strict=True)
        if span and length
    ]
    counts = Counter(each.state for each in measures)
    return PictureView(
        width=_WIDTH,
        height=below + (_STRIP if strip else 0),
        tiles=tuple(tiles),
        strip=tuple(strip),
        counts=tuple((state, counts[state]) for state in OUTCOMES if counts[state]),
    )


def _piece(measure: MeasureView, *, x: float, y: float, width: float, height: float) -> StatePicture:
    label = PRESENTATION[measure.state].label
    # A tooltip has one language only: both are told.
    told = " / ".join(dict.fromkeys((label.en, label.nl)))
    return StatePicture(
        x=x,
        y=y,
        width=width,
        height=height,
        state=measure.state,
        label=measure.id if len(measure.id) <= _LETTERS else f"{measure.id[: _LETTERS - 1]}…",
        tooltip=f"{measure.id}: {told}",
        anchor=measure.anchor,
    )
