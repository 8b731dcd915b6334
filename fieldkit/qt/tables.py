"""Tables: rows of plain text as high as their contents, for reading and for picking."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from fieldkit.qt.text import shown
from fieldkit.qt.theme import grown

Index = QModelIndex | QPersistentModelIndex


class _Roomy(QStyledItemDelegate):
    """Asks for the height a text needs beside the stylesheet's padding, which Qt forgets."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Measure the wrapped text in the width of its column."""
        table = self.parent()
        across = table.columnWidth(index.column()) if isinstance(table, QTableWidget) else 100
        text = str(index.data() or "")
        return QSize(across, _height(QFontMetrics(option.font), text, across))


def _height(metrics: QFontMetrics, text: str, across: int) -> int:
    room = QRect(0, 0, max(across - _edges() + 4, 20), 100_000)
    wrapped = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
    return wrapped.height() + 2 * grown(6) + 2


def _edges() -> int:
    return 2 * grown(11) + 4


def share(room: int, least: Sequence[int], wanted: Sequence[int], wide: int) -> list[int]:
    """Share the room between columns: all get what they want, or between that and the least."""
    spare = room - sum(wanted)
    if spare >= 0:
        return [w + spare if x == wide else w for x, w in enumerate(wanted)]
    left = room - sum(least)
    if left <= 0:
        return list(least)
    asked = [w - m for w, m in zip(wanted, least, strict=True)]
    return [m + left * a // sum(asked) for m, a in zip(least, asked, strict=True)]


class Table(QTableWidget):
    """Plain texts in rows; a click or Enter on a row that means something says which."""

    picked = Signal(str)

    def __init__(self, *, fits: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fits = fits
        self._refs: tuple[str, ...] = ()
        self._wide = 0
        self._widths: dict[str, int] = {}
        self._measured = ("", "")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setItemDelegate(_Roomy(self))
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(20)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeading
            | Qt.AlignmentFlag.AlignVCenter
            | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap.value)
        )
        if fits:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cellClicked.connect(self._on_clicked)

    def show_rows(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        refs: Sequence[str] = (),
        stretch: int | None = None,
    ) -> None:
        """Show rows under their head; `refs` say what rows mean, `stretch` is the wide column."""
        self._refs = tuple(refs)
        self.clear()
        self.setColumnCount(len(head))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels([shown(text) for text in head])
        for y, cells in enumerate(rows):
            for x, text in enumerate(cells):
                self.setItem(y, x, QTableWidgetItem(shown(text)))
        self._wide = len(head) - 1 if stretch is None else stretch
        self._grow()

    def _grow(self) -> None:
        if not self.columnCount():
            return
        columns = range(self.columnCount())
        texts = [self._texts(x) for x in columns]
        bold = QFontMetrics(self.horizontalHeader().font())
        plain = self.fontMetrics()
        self._measure(bold, plain, texts)
        least = [self._widest(word for t in ts for word in t.split()) for ts in texts]
        wanted = [self._widest(line for t in ts for line in t.split("\n")) for ts in texts]
        for x, width in enumerate(share(self.viewport().width(), least, wanted, self._wide)):
            self.setColumnWidth(x, width)
        tall = max(_height(bold, texts[x][0], self.columnWidth(x)) for x in columns)
        self.horizontalHeader().setFixedHeight(tall)
        self.resizeRowsToContents()
        for y in range(self.rowCount()):
            self.setRowHeight(y, max(self.rowHeight(y), 32))
        self.updateGeometry()

    def _measure(
        self, bold: QFontMetrics, plain: QFontMetrics, texts: Sequence[Sequence[str]]
    ) -> None:
        """Measure each line and word once; a page asks for its widths several times over."""
        fonts = self.horizontalHeader().font().key(), self.font().key()
        known = self._widths if fonts == self._measured else {}
        lines = {line for column in texts for text in column for line in text.split("\n")}
        parts = lines | {word for line in lines for word in line.split()}
        self._measured = fonts
        self._widths = {
            part: known.get(part)
            or max(bold.horizontalAdvance(part), plain.horizontalAdvance(part))
            for part in parts
        }

    def _widest(self, parts: Iterable[str]) -> int:
        return max((self._widths[part] for part in parts), default=0) + _edges()

    def _texts(self, x: int) -> list[str]:
        head = self.horizontalHeaderItem(x)
        items = (self.item(y, x) for y in range(self.rowCount()))
        return [head.text() if head else "", *(item.text() if item else "" for item in items)]

    def _on_clicked(self, y: int, _: int) -> None:
        self._pick(y)

    def _pick(self, y: int) -> None:
        if 0 <= y < len(self._refs) and self._refs[y]:
            self.picked.emit(self._refs[y])

    def _height(self) -> int:
        rows = sum(self.rowHeight(y) for y in range(self.rowCount()))
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        return rows + self.horizontalHeader().height() + below + 6

    def sizeHint(self) -> QSize:
        """Ask for the height of all rows."""
        hint = super().sizeHint()
        return QSize(hint.width(), self._height()) if self._fits else hint

    def minimumSizeHint(self) -> QSize:
        """Never hide a row where all are meant to be seen."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self._height()) if self._fits else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the texts anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick the row with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.currentRow())
        else:
            super().keyPressEvent(event)
