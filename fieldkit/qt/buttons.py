"""Buttons: with a role, a key cap and an icon, and tiles, which are buttons that hold a layout."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from fieldkit.qt.icons import drawn, icon
from fieldkit.qt.text import Label
from fieldkit.qt.theme import colour, grown, set_role

_INKS = {"primary": "primary-ink", "danger": "error", "quiet": "primary", "link": "primary"}
_MIRRORED = {"next": "back", "back": "next", "undo": "redo", "redo": "undo"}


def paint_ring(widget: QWidget, token: str, inset: float = 3.0, radius: float = 5.0) -> None:
    """Draw the focus ring inside a widget."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(token), 2))
    room = QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(room, radius, radius)
    painter.end()


class KeyCap(Label):
    """The key that does the same."""

    def __init__(self, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(key, "keycap", wrap=False, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Button(QPushButton):
    """A push button; roles: "" (plain), primary (one a page), danger, quiet, link."""

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        key: str = "",
        icon: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._icon = icon
        if role:
            set_role(self, role)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_text(text, name)
        self._tint()

    def set_text(self, text: str, name: str = "") -> None:
        """Show a plain text; `name` says it to screen readers where the text is too short."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(name or text)
        self.updateGeometry()

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self._tint()

    def _ink(self) -> str:
        role = str(self.property("role") or "")
        return _INKS.get(role, "ink") if self.isEnabled() else "ink-3"

    def _tint(self) -> None:
        if not self._icon:
            return
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        name = _MIRRORED.get(self._icon, self._icon) if rtl else self._icon
        self.setIcon(icon(name, self._ink()))
        self.setIconSize(QSize(grown(18), grown(18)))

    def _cap_width(self) -> int:
        return self._cap_metrics().horizontalAdvance(self.key) + grown(10) if self.key else 0

    def _cap_metrics(self) -> QFontMetrics:
        font = self.font()
        font.setPixelSize(grown(11))
        font.setBold(False)
        return QFontMetrics(font)

    def sizeHint(self) -> QSize:
        """Leave room for the key cap."""
        hint = super().sizeHint()
        return hint + QSize(self._cap_width() + grown(5), 0) if self.key else hint

    def minimumSizeHint(self) -> QSize:
        """Never cut the text."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew with the theme, the state and the direction."""
        super().changeEvent(event)
        if event.type() in (
            QEvent.Type.PaletteChange,
            QEvent.Type.EnabledChange,
            QEvent.Type.LayoutDirectionChange,
        ):
            self._tint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, its key cap and, on a filled one, the focus ring inside."""
        if self.key:
            self._paint_with_cap()
        else:
            super().paintEvent(event)
        if self.hasFocus() and self.property("role") == "primary":
            paint_ring(self, "primary-ink")

    def _paint_with_cap(self) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        text, cap, gap = self._text_width(), self._cap_width(), grown(5)
        side = grown(18) + gap if self._icon else 0
        start = (self.width() - side - text - gap - cap) // 2
        height = self.height()

        def placed(x: int, width: int) -> QRect:
            return QRect(self.width() - x - width if rtl else x, 0, width, height)

        if self._icon:
            spot = placed(start, grown(18))
            picture = drawn(self._icon, self._ink(), grown(18), self.devicePixelRatioF())
            painter.drawPixmap(spot.x(), (height - grown(18)) // 2, picture)
        painter.setPen(colour(self._ink()))
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic)
        painter.drawText(placed(start + side, text), flags, self.text())
        self._paint_cap(painter, placed(start + side + text + gap, cap))
        painter.end()

    def _text_width(self) -> int:
        flags = int(Qt.TextFlag.TextShowMnemonic)
        return self.fontMetrics().size(flags, self.text()).width() + 2

    def _paint_cap(self, painter: QPainter, spot: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(grown(11))
        font.setBold(False)
        painter.setFont(font)
        height = grown(17)
        box = QRectF(spot.x() + 0.5, (self.height() - height) / 2 + 0.5, spot.width() - 1, height)
        painter.setPen(QPen(colour("control-line"), 1))
        painter.setBrush(colour("card"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(colour("ink-2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.key)


class Tile(QPushButton):
    """A button that holds a layout; `choose` marks it, a click alone never does."""

    def __init__(self, role: str = "tile", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_role(self, role)

    @property
    def is_chosen(self) -> bool:
        """Say whether the tile is marked."""
        return self.isChecked()

    def choose(self, chosen: bool) -> None:
        """Mark the tile or take the mark away."""
        self.setChecked(chosen)

    def pass_clicks_through(self) -> None:
        """Let clicks on the tile's contents reach the tile; call after filling its layout."""
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def nextCheckState(self) -> None:
        """Stay as it is: only `choose` marks a tile."""

    def hitButton(self, _: object) -> bool:
        """Take a click anywhere."""
        return True

    def sizeHint(self) -> QSize:
        """Ask for what the contents want."""
        held = self.layout()
        return held.totalSizeHint() if held else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Never become smaller than the contents, nor than a finger."""
        held = self.layout()
        least = held.totalMinimumSize() if held else super().minimumSizeHint()
        return least.expandedTo(QSize(32, 32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tile and its focus ring."""
        super().paintEvent(event)
        if self.hasFocus():
            dark = str(self.property("role") or "").startswith("rail")
            paint_ring(self, "rail-bright" if dark else "focus", 2.0)
