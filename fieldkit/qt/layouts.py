"""Layouts: rows that wrap, and a page that scrolls."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldkit.qt.theme import grown, set_role


def row(*children: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Return widgets side by side; None is the stretch between them."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for child in children:
        if child is None:
            made.addStretch(1)
        else:
            made.addWidget(child)
    return made


def column(*children: QWidget | QLayout | None, spacing: int = 8) -> QVBoxLayout:
    """Return widgets and layouts below each other; None is the stretch between them."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for child in children:
        if child is None:
            made.addStretch(1)
        elif isinstance(child, QWidget):
            made.addWidget(child)
        else:
            made.addLayout(child)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and delete its widgets."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


class Rule(QFrame):
    """A thin line between things."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "line")


class ScrollPage(QScrollArea):
    """A column that scrolls when it is taller than its place; `body` is its layout."""

    def __init__(self, margin: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        inner = QWidget()
        set_role(inner, "plain")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(margin, min(margin, 20), margin, min(margin, 20))
        self.body.setSpacing(16)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)


class FlowLayout(QLayout):
    """Things in a row that go on in the next row where there is no room; mirrors by itself."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item in at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or nothing past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height all rows need at this width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Lay the items out."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Ask for one row."""
        shown = [i.sizeHint() for i in self._items if not i.isEmpty()]
        width = sum(s.width() for s in shown) + self.spacing() * max(len(shown) - 1, 0)
        return self._with_margins(width, max((s.height() for s in shown), default=0))

    def minimumSize(self) -> QSize:
        """Never be narrower than the widest item."""
        shown = [i.minimumSize() for i in self._items if not i.isEmpty()]
        width = max((s.width() for s in shown), default=0)
        return self._with_margins(width, max((s.height() for s in shown), default=0))

    def _with_margins(self, width: int, height: int) -> QSize:
        edge = self.contentsMargins()
        return QSize(width + edge.left() + edge.right(), height + edge.top() + edge.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        edge = self.contentsMargins()
        room = rect.adjusted(edge.left(), edge.top(), -edge.right(), -edge.bottom())
        parent = self.parentWidget()
        rtl = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x, y, tallest = 0, 0, 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(room.width(), 1), 16777215))
            if x and x + size.width() > room.width():
                x, y, tallest = 0, y + tallest + self.spacing(), 0
            if move:
                left = room.width() - x - size.width() if rtl else x
                item.setGeometry(QRect(room.topLeft() + QPoint(left, y), size))
            x += size.width() + self.spacing()
            tallest = max(tallest, size.height())
        return y + tallest + edge.top() + edge.bottom()


class Columns(QWidget):
    """Columns side by side where there is room, else below each other; grows with the text."""

    def __init__(self, turns_at: int = 800, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turns_at = turns_at
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)

    def add(self, child: QWidget | QLayout, stretch: int = 1) -> None:
        """Put a column at the end."""
        if isinstance(child, QWidget):
            self._box.addWidget(child, stretch)
        else:
            self._box.addLayout(child, stretch)

    @property
    def is_stacked(self) -> bool:
        """Say whether the columns stand below each other."""
        return self._box.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """Never be narrower than the widest column alone: the rest can go below."""
        items = [self._box.itemAt(i) for i in range(self._box.count())]
        widest = max((item.minimumSize().width() for item in items if item), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it."""
        across = QBoxLayout.Direction.LeftToRight
        down = QBoxLayout.Direction.TopToBottom
        wanted = across if event.size().width() >= grown(self._turns_at) else down
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
        super().resizeEvent(event)
