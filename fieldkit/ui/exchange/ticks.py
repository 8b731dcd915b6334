"""Ticks: a table whose rows can be ticked, by mouse or with the space bar."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableWidgetItem, QWidget

from fieldkit.qt.tables import Table


class TickTable(Table):
    """Rows with a box in their first column; `ticked` says that a box changed."""

    ticked = Signal()

    def __init__(self, *, fits: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(fits=fits, parent=parent)
        self._is_filling = False
        self.itemChanged.connect(self._on_changed)

    def show_rows(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        refs: Sequence[str] = (),
        stretch: int | None = None,
    ) -> None:
        """Show rows, all ticked."""
        self._is_filling = True
        super().show_rows(head, rows, refs, stretch)
        for y in range(self.rowCount()):
            self._put(y, on=True)
        self._is_filling = False

    def is_on(self, y: int) -> bool:
        """Say whether a row is ticked."""
        item = self.item(y, 0)
        return item is not None and item.checkState() == Qt.CheckState.Checked

    def tick(self, y: int, on: bool) -> None:
        """Tick a row or take its tick away."""
        self._put(y, on=on)

    def forbid(self, y: int) -> None:
        """Take the tick of a row away for good."""
        self._is_filling = True
        self._put(y, on=False)
        item = self.item(y, 0)
        if item is not None:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            item.setData(Qt.ItemDataRole.CheckStateRole, None)
        self._is_filling = False

    def _put(self, y: int, *, on: bool) -> None:
        item = self.item(y, 0)
        if item is not None:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _on_changed(self, _: QTableWidgetItem) -> None:
        if not self._is_filling:
            self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick the row in hand with the space bar, whatever its column."""
        y = self.currentRow()
        item = self.item(y, 0)
        if event.key() == Qt.Key.Key_Space and item is not None:
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                self._put(y, on=not self.is_on(y))
        else:
            super().keyPressEvent(event)
