"""Cells: every question as a numbered cell, a row for each dimension."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from fieldkit.qt.buttons import paint_ring
from fieldkit.qt.layouts import FlowLayout, empty
from fieldkit.qt.text import Label, set_tip
from fieldkit.qt.theme import colour, grown, set_role

_STEPS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One question: what a click means, what stands in the cell, its level if it has one."""

    ref: str
    text: str
    level: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class CellRow:
    """A dimension's name and its questions."""

    label: str
    cells: tuple[Cell, ...]


class _CellButton(QPushButton):
    """A cell to click: prints its number on the colour of its level."""

    def __init__(self, cell: Cell, place: QPoint) -> None:
        super().__init__()
        self.cell, self.place = cell, place
        set_role(self, "cell")
        self.setText(cell.text)
        self.setAccessibleName(f"{cell.name}: {cell.text}" if cell.name else cell.text)
        set_tip(self, cell.name)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.cell.text) + grown(10)
        return QSize(max(grown(34), width), grown(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        level = self.cell.level
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("level-line"), 1))
        painter.setBrush(colour(f"level-{level}" if level else "card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 2.5, -1.5, -2.5), 4, 4)
        painter.setPen(colour(f"level-{level}-ink" if level else "ink"))
        painter.setFont(self.font())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.cell.text)
        painter.end()
        if self.hasFocus():
            paint_ring(self, "focus" if level != 5 else "primary-light", 1.0, 5.0)


class CellGrid(QWidget):
    """Every question as a cell; Tab enters, arrows move, a click or Enter says which."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: dict[tuple[int, int], _CellButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)

    def show_rows(self, rows: Sequence[CellRow]) -> None:
        """Show these dimensions and questions."""
        empty(self._grid)
        self._cells = {}
        for y, line in enumerate(rows):
            self._grid.addWidget(Label(line.label, "dense"), y, 0)
            self._grid.addWidget(self._line(line, y), y, 1)

    def _line(self, line: CellRow, y: int) -> QWidget:
        held = QWidget()
        flow = FlowLayout(held, 0)
        for x, cell in enumerate(line.cells):
            button = _CellButton(cell, QPoint(x, y))
            button.clicked.connect(self._on_clicked)
            button.installEventFilter(self)
            button.setFocusPolicy(
                Qt.FocusPolicy.ClickFocus if self._cells else Qt.FocusPolicy.StrongFocus
            )
            self._cells[x, y] = button
            flow.addWidget(button)
        return held

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, _CellButton):
            self.picked.emit(button.cell.ref)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Move with the arrows from cell to cell and pick with Enter."""
        if not isinstance(watched, _CellButton) or not isinstance(event, QKeyEvent):
            return False
        return event.type() == QEvent.Type.KeyPress and self._takes(watched, event.key())

    def _takes(self, button: _CellButton, key: int) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            button.click()
            return True
        step = _STEPS.get(Qt.Key(key))
        if step is None:
            return False
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = button.place.x() + (-step.x() if rtl else step.x())
        self._focus(x, button.place.y() + step.y())
        return True

    def _focus(self, x: int, y: int) -> None:
        line = [place for place in self._cells if place[1] == y]
        if line:
            nearest = min(line, key=lambda place: abs(place[0] - x))
            self._cells[nearest].setFocus(Qt.FocusReason.OtherFocusReason)
