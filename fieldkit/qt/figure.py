"""Figure: paints the pure shapes of core.figure with the theme, and shows their table twin."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.core.figure import Box, Figure, Line, Polygon, Shape, Text
from fieldkit.qt.buttons import Button
from fieldkit.qt.layouts import row
from fieldkit.qt.tables import Table
from fieldkit.qt.text import set_tip
from fieldkit.qt.theme import colour
from fieldkit.qt.translate import Language

_ON = {Qt.Key.Key_Right, Qt.Key.Key_Down}
_BACK = {Qt.Key.Key_Left, Qt.Key.Key_Up}


def _pen(stroke: str, width: float, dash: Sequence[float] = ()) -> QPen:
    if not stroke:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(colour(stroke), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        pen.setDashPattern([d / max(width, 0.1) for d in dash])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _filling(fill: str, opacity: float = 1.0) -> QColor:
    tint = colour(fill) if fill else QColor(Qt.GlobalColor.transparent)
    if fill:
        tint.setAlphaF(opacity)
    return tint


def _font(shape: Text) -> QFont:
    font = QFont()
    font.setPixelSize(max(round(shape.size), 1))
    font.setBold(shape.bold)
    return font


def text_room(shape: Text) -> QRectF:
    """Return where a text of a figure stands."""
    metrics = QFontMetricsF(_font(shape))
    width = metrics.horizontalAdvance(shape.text)
    left = shape.x - {"start": 0.0, "middle": width / 2, "end": width}[shape.anchor]
    return QRectF(left, shape.y - metrics.ascent(), width, metrics.height())


def paint(painter: QPainter, shape: Shape) -> None:
    """Draw one shape of a figure."""
    if isinstance(shape, Line):
        painter.setPen(_pen(shape.stroke, shape.width, shape.dash))
        painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))
    elif isinstance(shape, Polygon):
        painter.setPen(_pen(shape.stroke, shape.width, shape.dash))
        painter.setBrush(_filling(shape.fill, shape.opacity))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape.points]))
    elif isinstance(shape, Box):
        painter.setPen(_pen(shape.stroke, 1.0))
        painter.setBrush(_filling(shape.fill))
        room = QRectF(shape.x, shape.y, shape.width, shape.height)
        painter.drawRoundedRect(room, shape.radius, shape.radius)
    else:
        painter.setFont(_font(shape))
        painter.setPen(colour(shape.colour))
        painter.drawText(QPointF(text_room(shape).left(), shape.y), shape.text)


def targets(figure: Figure) -> dict[str, QRectF]:
    """Return where each ref of a figure can be clicked, in the order of its shapes."""
    found: dict[str, QRectF] = {}
    for shape in figure.shapes:
        if isinstance(shape, Line | Polygon) or not shape.ref:
            continue
        room = (
            text_room(shape)
            if isinstance(shape, Text)
            else QRectF(shape.x, shape.y, shape.width, shape.height)
        )
        held = found.get(shape.ref)
        found[shape.ref] = room.united(held) if held is not None else room
    return found


class FigureView(QWidget):
    """A chart on screen; what means something is clicked, or reached by arrows and Enter."""

    clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None
        self._targets: dict[str, QRectF] = {}
        self._at = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def at(self) -> str:
        """The ref the keyboard is on, empty before the first arrow."""
        return self._at

    def show_figure(self, figure: Figure) -> None:
        """Show a chart."""
        self._figure = figure
        self._targets = targets(figure)
        self._at = self._at if self._at in self._targets else ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._targets else Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(bool(self._targets))
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(figure.description)
        self.updateGeometry()
        self.update()

    def _scale(self) -> float:
        figure = self._figure
        if figure is None or not figure.width or not figure.height:
            return 1.0
        return min(self.width() / figure.width, self.height() / figure.height)

    def _origin(self) -> QPointF:
        figure, scale = self._figure, self._scale()
        if figure is None:
            return QPointF()
        return QPointF((self.width() - figure.width * scale) / 2, 0)

    def _ref_at(self, spot: QPointF) -> str:
        inside = (spot - self._origin()) / self._scale()
        near = 4.0
        for ref, room in self._targets.items():
            if room.adjusted(-near, -near, near, near).contains(inside):
                return ref
        return ""

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that keeps the proportions."""
        if self._figure is None or not self._figure.width:
            return 0
        return round(
            min(width, self._figure.width * 1.6) * self._figure.height / self._figure.width
        )

    def sizeHint(self) -> QSize:
        """Ask for the figure's own size."""
        figure = self._figure
        return QSize(round(figure.width), round(figure.height)) if figure else QSize(200, 100)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        hint = self.sizeHint()
        return QSize(round(hint.width() * 0.6), round(hint.height() * 0.6))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the chart and the place the keyboard is at."""
        if self._figure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._origin())
        painter.scale(self._scale(), self._scale())
        for shape in self._figure.shapes:
            paint(painter, shape)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 2))
            whole = QRectF(1, 1, self._figure.width - 2, self._figure.height - 2)
            room = self._targets.get(self._at, whole)
            painter.drawRoundedRect(room.adjusted(-3, -3, 3, 3) if self._at else room, 4, 4)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, pick with Enter."""
        key = Qt.Key(event.key())
        if key in _ON | _BACK and self._targets:
            self._move(1 if key in _ON else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at:
            self.clicked.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        refs = list(self._targets)
        start = refs.index(self._at) if self._at else (-1 if by > 0 else 0)
        self._at = refs[(start + by) % len(refs)]
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say what was clicked."""
        ref = self._ref_at(event.position())
        if ref:
            self._at = ref
            self.update()
            self.clicked.emit(ref)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what can be clicked."""
        over = self._ref_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the focus."""
        super().focusInEvent(event)
        self.update()


class FigureWithTable(QWidget):
    """A chart and the same numbers as a table, one press apart."""

    clicked = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.view = FigureView()
        self.view.clicked.connect(self.clicked)
        self.table = Table()
        self.table.hide()
        self.toggle = Button(role="link")
        self.toggle.clicked.connect(self._on_toggle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.view, 1)
        whole.addWidget(self.table)
        whole.addLayout(row(self.toggle, None))
        self.retranslate()

    def show_figure(self, figure: Figure) -> None:
        """Show a chart and its table."""
        self.view.show_figure(figure)
        self.table.show_rows(figure.table.head, figure.table.rows, stretch=0)
        self.table.setAccessibleName(figure.title)
        self.table.setAccessibleDescription(figure.description)
        set_tip(self.view, figure.description)

    def retranslate(self) -> None:
        """Say what the button does."""
        words = self._language.words
        is_table = not self.table.isHidden()
        self.toggle.set_text(words(N_("as a picture")) if is_table else words(N_("as a table")))

    @Slot()
    def _on_toggle(self) -> None:
        shows_table = self.table.isHidden()
        self.table.setVisible(shows_table)
        self.view.setVisible(not shows_table)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Retranslate the button."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
