"""Tables, tiles and charts as pieces of a page."""

from fieldkit.core.figure import Box, Shape
from fieldkit.reports.document import FigureBlock, KeyValues, LevelCell, Table
from fieldkit.reports.grid import GridCell, GridPiece, MarkCell, Row, TextCell
from fieldkit.reports.lines import Setting, Style
from fieldkit.reports.pieces import (
    Piece,
    Place,
    ShapesPiece,
    Spacing,
    TextPiece,
    height_of,
    moved,
    set_lines,
)
from fieldkit.reports.styles import CAPTION, CELL, HEAD, SMALL, VALUE, Sheet

GUTTER = 8.0
TALLEST_HEAD = 160.0
TALLEST_TILE = 120.0
TALLEST_FIGURE = 420.0
MOST_TILES = 4


class Columns:
    """The columns of a table on a sheet: widths by weight, mirrored from right to left."""

    def __init__(self, table: Table, sheet: Sheet) -> None:
        """Divide the sheet's width by the table's weights."""
        self._table, self._sheet = table, sheet
        weights = table.weights()
        whole = sum(weights) or 1.0
        self.widths = [sheet.width * weight / whole for weight in weights]
        self._marks = {
            i for row in table.rows for i, cell in enumerate(row) if isinstance(cell, LevelCell)
        }

    def edges(self) -> tuple[float, ...]:
        """Return the left edge of each column in reading order, then the whole width."""
        lefts, used = [], 0.0
        for width in self.widths:
            lefts.append(self._sheet.width - used - width if self._sheet.rtl else used)
            used += width
        return (*lefts, self._sheet.width)

    def head(self) -> Row | None:
        """Return the row of column titles, none where there are no titles."""
        if not any(self._table.head):
            return None
        return Row(tuple(self._text(i, text, HEAD) for i, text in enumerate(self._table.head)))

    def row(self, cells: tuple[str | LevelCell, ...]) -> Row:
        """Return one row of cells."""
        return Row(tuple(self._cell(i, cell) for i, cell in enumerate(cells)))

    def _cell(self, index: int, cell: str | LevelCell) -> GridCell:
        bold = index in self._table.bold
        style = Style(CELL.size, CELL.leading, CELL.colour, bold)
        if isinstance(cell, str):
            return self._text(index, cell, style)
        width = self.widths[index]
        strong = Style(CELL.size, CELL.leading, "ink", True)
        lines = self._sheet.set(cell.text, strong, width - 2) or (
            Setting("", self._sheet.rtl, strong.scaled(self._sheet.scale)),
        )
        if len(lines) > 1:
            return self._text(index, cell.text, strong)
        return MarkCell(lines[0], cell.level, width)

    def _text(self, index: int, text: str, style: Style) -> TextCell:
        numeric = index in self._table.numeric
        width = self.widths[index]
        gap = 0.0 if index == len(self.widths) - 1 else 2 * GUTTER if numeric else GUTTER
        if index in self._marks:
            return TextCell(self._sheet.set(text, style, width - 2), Place(width, align="middle"))
        lines = self._sheet.set(text, style, width - gap)
        align, indent = ("end", gap) if numeric else ("start", 0.0)
        return TextCell(lines, Place(width, self._sheet.rtl, indent, align))


def grid(table: Table, sheet: Sheet, spacing: Spacing) -> GridPiece:
    """Return the grid of a table; a head of absurd height becomes an ordinary row."""
    columns = Columns(table, sheet)
    head, rows = columns.head(), [columns.row(row) for row in table.rows]
    if head and head.height > TALLEST_HEAD:
        rows.insert(0, head)
        head = None
    return GridPiece(columns.edges(), tuple(rows), head, sheet.air(spacing))


def table_pieces(table: Table, sheet: Sheet) -> list[Piece]:
    """Return a table with its caption above."""
    pieces: list[Piece] = []
    if table.caption:
        lines = sheet.set(table.caption, CAPTION)
        pieces.append(TextPiece(lines, sheet.place(), sheet.air(Spacing(8, 3, True))))
    if table.columns:
        pieces.append(grid(table, sheet, Spacing(0, 12)))
    return pieces


def key_values(block: KeyValues, sheet: Sheet) -> list[Piece]:
    """Return names and values as a list, or as tiles where they are short enough."""
    if block.tiles and block.items:
        tiles = _tiles(block, sheet)
        if tiles is not None:
            return [tiles]
    table = Table((), block.items, (1.0, 2.4), bold=(0,))
    return [grid(table, sheet, Spacing(0, 10))] if block.items else []


def _tiles(block: KeyValues, sheet: Sheet) -> Piece | None:
    across = min(len(block.items), MOST_TILES)
    width = (sheet.width - GUTTER * (across - 1)) / across
    pad = 9.0
    texts = [
        (sheet.set(value, VALUE, width - 2 * pad), sheet.set(name, SMALL, width - 2 * pad))
        for name, value in block.items
    ]
    tallest = max(height_of(value) + height_of(name) for value, name in texts) + 2 * pad - 2
    if tallest > TALLEST_TILE:
        return None
    shapes: list[Shape] = []
    for index, (value, name) in enumerate(texts):
        line, column = divmod(index, across)
        column = across - 1 - column if sheet.rtl else column
        x, y = column * (width + GUTTER), line * (tallest + GUTTER)
        shapes.append(Box(x, y, width, tallest, "ground", "line", 4.0))
        place = Place(width - 2 * pad, sheet.rtl)
        shapes.extend(set_lines(value, place, x + pad, y + pad - 2))
        shapes.extend(set_lines(name, place, x + pad, y + pad - 2 + height_of(value)))
    count = -(-len(texts) // across)
    height = count * tallest + (count - 1) * GUTTER
    return ShapesPiece(tuple(shapes), height, sheet.air(Spacing(2, 10)))


def figure_pieces(block: FigureBlock, sheet: Sheet) -> list[Piece]:
    """Return a chart under its title, with its table beside it or below."""
    figure = block.figure
    title = sheet.set(figure.title, CAPTION)
    pieces: list[Piece] = [TextPiece(title, sheet.place(), sheet.air(Spacing(6, 4, True)))]
    beside = _beside(block, sheet) if block.table else None
    if beside is not None:
        return [*pieces, beside, *_description(block, sheet)]
    shapes, height = _drawn(block, sheet, sheet.width)
    pieces.append(ShapesPiece(shapes, height, sheet.air(Spacing(0, 6))))
    pieces.extend(_description(block, sheet))
    if block.table:
        pieces.append(grid(_data(block), sheet, Spacing(2, 12)))
    return pieces


def _description(block: FigureBlock, sheet: Sheet) -> list[Piece]:
    lines = sheet.set(block.figure.description, SMALL)
    return [TextPiece(lines, sheet.place(), sheet.air(Spacing(4, 10)))] if lines else []


def _drawn(block: FigureBlock, sheet: Sheet, width: float) -> tuple[tuple[Shape, ...], float]:
    """Return the chart fitted into a width, centred there, and its height."""
    figure = block.figure
    tallest = TALLEST_FIGURE * sheet.scale**2
    scale = min(width / figure.width, tallest / figure.height, 1.15)
    left = (width - figure.width * scale) / 2
    shapes = (moved(shape, left, 0, scale) for shape in figure.shapes)
    return tuple(shapes), figure.height * scale


def _data(block: FigureBlock) -> Table:
    data = block.figure.table
    count = len(data.head)
    widths = (2.6, *(1.0,) * (count - 1)) if count else ()
    return Table(data.head, data.rows, widths, numeric=tuple(range(1, count)))


def _beside(block: FigureBlock, sheet: Sheet) -> Piece | None:
    wide = sheet.width * block.share
    column = sheet.narrowed(sheet.width - wide - 2 * GUTTER)
    table = grid(_data(block), column, Spacing())
    shapes, height = _drawn(block, sheet, wide)
    if len(block.figure.table.head) > 4 or table.height > max(height * 1.15, 120):
        return None
    tallest = max(height, table.height)
    figure_x, table_x = (column.width + 2 * GUTTER, 0.0) if sheet.rtl else (0.0, wide + 2 * GUTTER)
    placed = [moved(shape, figure_x, (tallest - height) / 2) for shape in shapes]
    placed.extend(table.shapes(table_x, (tallest - table.height) / 2))
    return ShapesPiece(tuple(placed), tallest, sheet.air(Spacing(0, 6)))
