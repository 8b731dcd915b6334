"""Levels: the numbered dots and cards of the five levels, counts as bars, questions as cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fieldkit.qt.buttons import Tile, paint_ring
from fieldkit.qt.layouts import FlowLayout, empty
from fieldkit.qt.text import Label, set_tip
from fieldkit.qt.theme import colour, grown

LEVELS = (1, 2, 3, 4, 5)


def paint_dot(painter: QPainter, spot: QRectF, level: int | None, text: str = "") -> None:
    """Draw a level's circle with its number; None is an empty circle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("level-line"), 1))
    painter.setBrush(colour(f"level-{level}" if level else "card"))
    painter.drawEllipse(spot)
    font = painter.font()
    font.setPixelSize(max(round(spot.height() * 0.48), 9))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(colour(f"level-{level}-ink" if level else "ink"))
    painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), text or str(level or "–"))


class LevelDot(QWidget):
    """A level as a coloured circle with its number; None is an empty circle."""

    def __init__(
        self, level: int | None = None, size: int = 30, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_level(level)

    def show_level(self, level: int | None, text: str = "") -> None:
        """Show another level; `text` replaces the number (?, n/a)."""
        self._level, self._text = level, text
        self.setAccessibleName(text or str(level or ""))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the circle."""
        return QSize(grown(self._size) + 1, grown(self._size) + 1)

    def minimumSizeHint(self) -> QSize:
        """Ask for the circle."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the circle."""
        painter = QPainter(self)
        side = grown(self._size) - 1
        paint_dot(painter, QRectF(0.5, 0.5, side, side), self._level, self._text)
        painter.end()


class LevelCard(Tile):
    """One level to choose: number, name and text, in the room's language first and larger."""

    picked = Signal(int)

    def __init__(self, level: int, parent: QWidget | None = None) -> None:
        super().__init__("level", parent)
        self.level = level
        self._name = Label("", "strong", wrap=False, by_text=True)
        self._second_name = Label("", "second", by_text=True)
        self._text = Label("", by_text=True)
        self._second_text = Label("", "second", by_text=True)
        names = QHBoxLayout()
        names.setSpacing(6)
        names.addWidget(self._name)
        names.addWidget(self._second_name, 1)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addLayout(names)
        texts.addWidget(self._text)
        texts.addWidget(self._second_text)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(12, 6, 12, 6)
        whole.setSpacing(12)
        whole.addWidget(LevelDot(level), 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(texts, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.pass_clicks_through()
        self.clicked.connect(self._on_clicked)

    def set_texts(self, name: str, text: str, second_name: str = "", second_text: str = "") -> None:
        """Show the level in one language, or in two."""
        self._name.setText(name)
        self._text.setText(text)
        self._second_name.setText(second_name)
        self._second_text.setText(second_text)
        self._second_text.setVisible(bool(second_text))
        self.setAccessibleName(f"{self.level} {name}")
        self.setAccessibleDescription(text)
        self.updateGeometry()

    def _on_clicked(self) -> None:
        self.picked.emit(self.level)


class _DotTile(Tile):
    """A dot to click."""

    def __init__(self, level: int, parent: QWidget | None = None) -> None:
        super().__init__("outline", parent)
        self.level = level

    def sizeHint(self) -> QSize:
        return QSize(grown(36), grown(36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = (self.width() - grown(28)) / 2
        paint_dot(painter, QRectF(edge, edge, grown(28), grown(28)), self.level)
        if self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("primary"), 3))
            painter.drawEllipse(QRectF(edge - 2, edge - 2, grown(28) + 4, grown(28) + 4))
        painter.end()
        if self.hasFocus():
            paint_ring(self, "focus", 1.0, 6.0)


class LevelPicker(QWidget):
    """The five levels side by side, one of them chosen or none."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dots = tuple(_DotTile(level) for level in LEVELS)
        flow = FlowLayout(self, 0)
        for dot in self._dots:
            flow.addWidget(dot)
            dot.clicked.connect(self._on_clicked)

    def set_names(self, names: Sequence[str]) -> None:
        """Give the five levels their names, for tips and screen readers."""
        for dot, name in zip(self._dots, names, strict=True):
            dot.setAccessibleName(f"{dot.level} {name}")
            set_tip(dot, name)

    def choose(self, level: int | None) -> None:
        """Mark a level, or none."""
        for dot in self._dots:
            dot.choose(dot.level == level)

    def chosen(self) -> int | None:
        """Return the marked level."""
        return next((dot.level for dot in self._dots if dot.is_chosen), None)

    def _on_clicked(self) -> None:
        dot = self.sender()
        if isinstance(dot, _DotTile):
            self.picked.emit(dot.level)


@dataclass(frozen=True, slots=True)
class Count:
    """One bar: what is counted, how often, and the colour token of its bar."""

    label: str
    n: int
    token: str = "primary"


class _Bar(QWidget):
    """A bar as long as its share of the largest."""

    def __init__(self, count: Count, largest: int) -> None:
        super().__init__()
        self._count, self._largest = count, max(largest, 1)
        self.setMinimumHeight(grown(16))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{count.label}: {count.n}")

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("level-line"), 1))
        painter.setBrush(colour(self._count.token))
        text = painter.fontMetrics().horizontalAdvance("0000")
        width = max((self.width() - text) * self._count.n / self._largest, 1.0)
        height = grown(13)
        top = (self.height() - height) / 2
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - width - 0.5 if rtl else 0.5
        painter.drawRoundedRect(QRectF(left, top, width, height), 3, 3)
        painter.setPen(colour("ink-2"))
        beside = QRectF(0 if rtl else width + 8, 0, self.width() - width - 8, self.height())
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = int(Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute)
        painter.drawText(beside, flags, str(self._count.n))
        painter.end()


class CountBars(QWidget):
    """Counts as bars below each other, each with its label and its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_counts(self, counts: Sequence[Count]) -> None:
        """Show these counts."""
        empty(self._grid)
        largest = max((c.n for c in counts), default=0)
        for row, count in enumerate(counts):
            self._grid.addWidget(Label(count.label, wrap=False), row, 0)
            self._grid.addWidget(_Bar(count, largest), row, 1)
