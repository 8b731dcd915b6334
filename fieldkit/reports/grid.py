"""Grid: a table on paper; it is cut between rows, and inside a row that is too tall."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from fieldkit.core.figure import Box, Line, Shape
from fieldkit.reports.colours import level_colours
from fieldkit.reports.lines import Setting
from fieldkit.reports.pieces import Place, Spacing, height_of, lines_within, set_lines

PAD = 4.0
TALL = 260.0  # a row taller than this is cut where the page ends


@dataclass(frozen=True, slots=True)
class TextCell:
    """Lines in a cell."""

    lines: tuple[Setting, ...]
    place: Place

    @property
    def height(self) -> float:
        """Return the height of the lines."""
        return height_of(self.lines)

    def cut(self, room: float) -> "tuple[TextCell, TextCell]":
        """Return the lines that fit and the rest."""
        count = lines_within(self.lines, room)
        return replace(self, lines=self.lines[:count]), replace(self, lines=self.lines[count:])

    def shapes(self, x: float, y: float) -> Iterator[Shape]:
        """Yield the lines."""
        return set_lines(self.lines, self.place, x, y)


@dataclass(frozen=True, slots=True)
class MarkCell:
    """A level as a small coloured box with its number."""

    line: Setting
    level: int | None
    width: float

    @property
    def height(self) -> float:
        """Return the height of the box."""
        return self.line.style.leading + 2

    def cut(self, room: float) -> "tuple[MarkCell, TextCell]":  # noqa: ARG002
        """Keep the box above the cut."""
        return self, TextCell((), Place(self.width))

    def shapes(self, x: float, y: float) -> Iterator[Shape]:
        """Yield the box with its border and the number in its middle."""
        ground, ink = level_colours(self.level)
        wide = min(self.width - 2, 34.0)
        left = x + (self.width - wide) / 2
        yield Box(left, y - 1, wide, self.height, ground, "control-line", 2.5)
        line = replace(self.line, style=replace(self.line.style, colour=ink))
        yield from set_lines([line], Place(wide, align="middle"), left, y)


GridCell = TextCell | MarkCell


@dataclass(frozen=True, slots=True)
class Row:
    """Cells beside each other, in the order they stand on paper."""

    cells: tuple[GridCell, ...]
    whole: bool = True

    @property
    def height(self) -> float:
        """Return the height of the tallest cell and the air around it."""
        return max((cell.height for cell in self.cells), default=0.0) + 2 * PAD

    def cut(self, room: float) -> "tuple[Row, Row]":
        """Return the part that fits and the rest."""
        parts = [cell.cut(room - 2 * PAD) for cell in self.cells]
        return Row(tuple(a for a, _ in parts), False), Row(tuple(b for _, b in parts))


@dataclass(frozen=True, slots=True)
class GridPiece:
    """Rows under a head that is repeated on every page."""

    edges: tuple[float, ...]
    rows: tuple[Row, ...]
    head: Row | None = None
    spacing: Spacing = field(default_factory=Spacing)

    @property
    def _head_height(self) -> float:
        return self.head.height if self.head else 0.0

    @property
    def height(self) -> float:
        """Return the height of head and rows."""
        return self._head_height + sum(row.height for row in self.rows)

    @property
    def least(self) -> float:
        """Return the height of the head and the first row, or of a good start of it."""
        first = min(self.rows[0].height, TALL / 2) if self.rows else 0.0
        return self._head_height + first

    def split(self, room: float, fresh: bool) -> "tuple[GridPiece, GridPiece] | None":
        """Cut between rows; a row taller than the room is cut inside."""
        left, count = room - self._head_height, 0
        while count < len(self.rows) and self.rows[count].height <= left:
            left -= self.rows[count].height
            count += 1
        kept, rest = list(self.rows[:count]), list(self.rows[count:])
        if rest and self._may_cut(rest[0], left, fresh and not kept):
            top, bottom = rest[0].cut(left)
            kept.append(top)
            rest[0] = bottom
        if not kept or not rest:
            return None
        return replace(self, rows=tuple(kept)), replace(self, rows=tuple(rest))

    def _may_cut(self, row: Row, room: float, must: bool) -> bool:
        if must:
            return room > 2 * PAD + 20
        return row.height > TALL and room > TALL / 4

    def shapes(self, x: float, y: float) -> Iterator[Shape]:
        """Yield the head with its rule, then rows with a fine rule under each."""
        if self.head:
            yield from self._row(self.head, x, y)
            y += self.head.height
            yield Line(x, y, x + self.edges[-1], y, "control-line", 0.9)
        for row in self.rows:
            yield from self._row(row, x, y)
            y += row.height
            if row.whole:
                yield Line(x, y, x + self.edges[-1], y, "line", 0.7)

    def _row(self, row: Row, x: float, y: float) -> Iterator[Shape]:
        for cell, edge in zip(row.cells, self.edges, strict=False):
            yield from cell.shapes(x + edge, y + PAD)
