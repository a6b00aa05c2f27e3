"""Sets of texts as bits of whole numbers, for engines that compute with numbers."""

from collections.abc import Mapping, Sequence

from benchmarks.engines.flat import Cell, Table

__all__ = ["Masks"]


class Masks:
    """A bit for each text that some rule asks for in a field, and bit 0 for any other.

    Args:
        table: whose fields.
        width: bits to a number; a field may need several numbers, `words`.
    """

    def __init__(self, table: Table, width: int) -> None:
        self._bits: dict[str, Mapping[str, int]] = {
            field: {atom: number for number, atom in enumerate(table.atoms(field), 1)}
            for field, kind in table.kinds.items()
            if kind in {"set", "one"}
        }
        self._width = width
        self._made: dict[tuple[str, Cell], tuple[int, ...]] = {}

    def words(self, field: str) -> int:
        """How many numbers hold the field."""
        return 1 + len(self._bits[field]) // self._width

    def cell(self, field: str, cell: Cell) -> tuple[int, ...]:
        """A cell of a row in as many numbers; equal cells are computed once."""
        made = self._made.get((field, cell))
        if made is None:
            texts = cell if isinstance(cell, tuple) else (str(cell),) if cell else ()
            made = self._made[field, cell] = self.mask(field, texts)
        return made

    def mask(self, field: str, atoms: Sequence[str]) -> tuple[int, ...]:
        """Texts in as many numbers."""
        bits = self._bits[field]
        whole = 0
        for atom in atoms:
            whole |= 1 << bits.get(atom, 0)
        if self.words(field) == 1:
            return (whole,)
        return tuple(whole >> (self._width * word) & ((1 << self._width) - 1) for word in range(self.words(field)))

    def asked(self, field: str, atoms: Sequence[str]) -> list[tuple[int, int]]:
        """The numbers that hold any of the texts, each with the bits that do."""
        return [(word, mask) for word, mask in enumerate(self.mask(field, atoms)) if mask]
