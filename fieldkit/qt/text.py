"""Text: the only way foreign text reaches a widget, always plain, and the fields people type in."""

import unicodedata
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from fieldkit.core.errors import N_
from fieldkit.qt.theme import grown, set_role
from fieldkit.qt.translate import Language

CAP: Final = 2**20
LINE_CAP: Final = 2000
PAUSE_MS: Final = 400
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
_ISOLATES = frozenset("\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """Return a text as it may be kept: one line ending, no control or direction characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n")
    return "".join(c for c in text if _is_kept(c) and c not in _ISOLATES)


def shown(text: str) -> str:
    """Return a text as it may be drawn: like `clean`, but isolated names stay isolated."""
    return "".join(c for c in text if _is_kept(c))


def _is_kept(char: str) -> bool:
    return char in "\n\t" or (unicodedata.category(char) != "Cc" and char not in _OVERRIDES)


def is_rtl(text: str) -> bool | None:
    """Return the direction of the first strong character; nothing where there is none."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return None


def follow_text(widget: QWidget, text: str) -> None:
    """Lay a widget out in the direction of its own text, whatever the screen's direction."""
    rtl = is_rtl(text)
    if rtl is None:
        widget.unsetLayoutDirection()
        return
    side = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    widget.setLayoutDirection(side)


def set_plain(target: QAbstractButton | QAction | QLabel, text: str) -> None:
    """Show a text as it is: no markup, no hidden shortcut."""
    if isinstance(target, QLabel):
        target.setTextFormat(Qt.TextFormat.PlainText)
        target.setText(shown(text))
    else:
        target.setText(shown(text).replace("&", "&&"))


def set_tip(target: QWidget | QAction, text: str) -> None:
    """Give a tool tip that shows its text as it is."""
    target.setToolTip(_tip(text) if text else "")


def _tip(text: str) -> str:
    safe = shown(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<qt>" + safe.replace("\n", "<br>") + "</qt>"


class Label(QLabel):
    """A text on screen: always plain; wraps unless told not to, or is cut with an ellipsis."""

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        wrap: bool = True,
        elide: bool = False,
        by_text: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elides = elide
        self._by_text = by_text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap and not elide)
        self._side = self.alignment()
        self._align()
        if role:
            set_role(self, role)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text as it is; with `by_text` in its own direction."""
        super().setText(shown(text))
        if self._by_text:
            follow_text(self, text)

    def setAlignment(self, side: Qt.AlignmentFlag) -> None:
        """Align the text; the leading side is the screen's, or with `by_text` the text's own."""
        self._side = side
        self._align()

    def _align(self) -> None:
        across = self._side & Qt.AlignmentFlag.AlignHorizontal_Mask
        if self._by_text or across not in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag(0)):
            super().setAlignment(self._side)
            return
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        near = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        down = self._side & Qt.AlignmentFlag.AlignVertical_Mask
        super().setAlignment(near | Qt.AlignmentFlag.AlignAbsolute | down)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the screen's direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def minimumSizeHint(self) -> QSize:
        """Ask for little when the text may be cut."""
        hint = super().minimumSizeHint()
        return (
            QSize(min(hint.width(), self.fontMetrics().height() * 3), hint.height())
            if (self._elides)
            else hint
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, cut to the width where asked."""
        room = self.contentsRect()
        if not self._elides or self.fontMetrics().horizontalAdvance(self.text()) <= room.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.style().drawItemText(
            painter,
            room,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading),
            self.palette(),
            self.isEnabled(),
            cut,
            self.foregroundRole(),
        )
        painter.end()


class _Pause(QObject):
    """Notices when somebody stops typing in a field."""

    passed = Signal()

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.is_dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.passed)

    def note(self) -> None:
        """Take notice of a key."""
        self.is_dirty = True
        self._timer.start()

    def rest(self) -> bool:
        """Stop waiting; say whether anything was typed since the last rest."""
        self._timer.stop()
        was, self.is_dirty = self.is_dirty, False
        return was


class LineEdit(QLineEdit):
    """One line to type in; says when typing paused and when the field was left after a change."""

    paused = Signal(str)
    left = Signal(str)

    def __init__(self, role: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LINE_CAP)
        if role:
            set_role(self, role)
        self._pause = _Pause(self)
        self._pause.passed.connect(self._on_passed)
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self.finish)

    def put(self, text: str) -> None:
        """Show a stored text, unless somebody is typing here."""
        if not self._pause.is_dirty and clean(text) != self.text():
            self.setText(clean(text))

    def finish(self) -> None:
        """Say `left` now if anything was typed since; for closing and for Enter."""
        if self._pause.rest():
            self.left.emit(self.text())

    def _on_edited(self, text: str) -> None:
        kept = clean(text).replace("\n", " ")
        if kept != text:
            place = self.cursorPosition() - (len(text) - len(kept))
            self.setText(kept)
            self.setCursorPosition(max(place, 0))
        self._pause.note()

    def _on_passed(self) -> None:
        self.paused.emit(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say the field was left, except for its own menu."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finish()


class PlainEdit(QPlainTextEdit):
    """Lines to type in: plain, each text in its own direction, at most one mebibyte."""

    paused = Signal(str)
    left = Signal(str)
    refused = Signal(str)

    def __init__(
        self, language: Language, *, lines: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._lines = lines
        self._is_putting = False
        self._notice = Label("", "badge-warning", parent=self)
        self._notice.hide()
        self._pause = _Pause(self)
        self._pause.passed.connect(self._on_passed)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._on_changed)

    def text(self) -> str:
        """Return what stands in the field."""
        return self.toPlainText()

    def put(self, text: str) -> None:
        """Show a stored text, unless somebody is typing here."""
        if self._pause.is_dirty or clean(text) == self.toPlainText():
            return
        self._is_putting = True
        self.setPlainText(clean(text))
        self._is_putting = False

    def finish(self) -> None:
        """Say `left` now if anything was typed since; for closing and export."""
        if self._pause.rest():
            self.left.emit(self.toPlainText())

    def _on_changed(self) -> None:
        self._turn()
        self._notice.hide()
        if not self._is_putting:
            self._pause.note()

    def _on_passed(self) -> None:
        self.paused.emit(self.toPlainText())

    def _turn(self) -> None:
        rtl = is_rtl(self.toPlainText())
        side = self.layoutDirection()
        if rtl is not None:
            side = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        option = self.document().defaultTextOption()
        if option.textDirection() != side:
            option.setTextDirection(side)
            self.document().setDefaultTextOption(option)

    def _has_room(self, added: str) -> bool:
        if (self.document().characterCount() + len(added)) * 4 <= CAP:
            return True
        picked = len(self.textCursor().selectedText().encode())
        if len(self.toPlainText().encode()) - picked + len(added.encode()) <= CAP:
            return True
        said = self._language.words(
            N_("This text would be too long for one field (over one megabyte). Nothing was added.")
        )
        self._notice.setText(said)
        self._notice.show()
        self._lay_notice()
        self.refused.emit(said)
        return False

    def _lay_notice(self) -> None:
        room = self.viewport().geometry()
        height = self._notice.heightForWidth(room.width())
        self._notice.setGeometry(room.left(), room.bottom() - height, room.width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the notice at the foot of the field."""
        super().resizeEvent(event)
        self._lay_notice()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Accept text only."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste the plain text alone, cleaned, if there is room for all of it."""
        text = clean(source.text())
        if self._has_room(text):
            self.insertPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, as long as there is room."""
        if not event.text().isprintable() or not event.text() or self._has_room(event.text()):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take composed text, as long as there is room."""
        if not event.commitString() or self._has_room(event.commitString()):
            super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say the field was left, except for its own menu."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finish()

    def sizeHint(self) -> QSize:
        """Ask for the promised number of lines."""
        edges = self.height() - self.viewport().height() if self.isVisible() else grown(12)
        margin = int(self.document().documentMargin() * 2)
        height = self.fontMetrics().lineSpacing() * self._lines + margin + edges
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """Never become smaller than the promised lines."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())
