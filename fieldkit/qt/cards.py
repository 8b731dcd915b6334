"""Cards: frames with a title, the head of a page, messages in place and empty places."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from fieldkit.qt.buttons import Button
from fieldkit.qt.icons import IconMark
from fieldkit.qt.text import Label
from fieldkit.qt.theme import colour, grown, set_role

GLYPHS = {"ok": "✓", "warning": "!", "error": "✕", "open": "", "writing": ""}


class Card(QFrame):
    """A rounded frame with a title; `body` is its layout, `head` takes a button beside the title.

    Roles: card, card-next (the one next step), card-choice, card-ok, card-warning, card-error,
    card-dashed. `stripe` names a colour for a bar at the leading edge.
    """

    def __init__(
        self, role: str = "card", *, stripe: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_role(self, role)
        self._stripe = stripe
        self._title = Label("", "heading")
        self._hint = Label("", "hint")
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self._title)
        self.head.addWidget(self._hint, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(8)
        self.body.addLayout(self.head)
        self.set_title("")

    def set_title(self, title: str, hint: str = "") -> None:
        """Name the card; `hint` stands small beside it."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._title.setWordWrap(not hint)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(title)

    def set_stripe(self, token: str) -> None:
        """Show a bar in this colour at the leading edge; an empty name takes it away."""
        self._stripe = token
        self.update()

    def add(self, *children: QWidget | QLayout) -> None:
        """Put widgets or layouts below each other."""
        for child in children:
            if isinstance(child, QWidget):
                self.body.addWidget(child)
            else:
                self.body.addLayout(child)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and its stripe."""
        super().paintEvent(event)
        if not self._stripe:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), 8, 8)
        painter.setClipPath(whole)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(
            QRectF(self.width() - 4 if rtl else 0, 0, 4, self.height()), colour(self._stripe)
        )
        painter.end()


class Header(QFrame):
    """The head of a page: title, what it is about, and the page's buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "header")
        self._title = Label("", "title", elide=True)
        self._about = Label("", "secondary", elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addWidget(self._about, 1)
        self._row = row
        self.setMinimumHeight(grown(55))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.setMinimumHeight(max(grown(55), self.minimumSizeHint().height()))
        super().changeEvent(event)

    def set_texts(self, title: str, about: str = "") -> None:
        """Name the page and say in a few words what stands on it."""
        self._title.setText(title)
        self._about.setText(about)

    def add(self, *buttons: QWidget) -> None:
        """Put buttons at the far end, in this order."""
        for button in buttons:
            self._row.addWidget(button)


class Band(QFrame):
    """The strip above everything that shows the classification label."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "band")
        self._label = Label("", "band-text", elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 3, 24, 4)
        row.addWidget(self._label)

    def set_text(self, text: str) -> None:
        """Show the label."""
        self._label.setText(text)


class Badge(Label):
    """A short mark on a coloured ground; kinds: "" (grey), primary, ok, warning, error, rail."""

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, f"badge-{kind}" if kind else "badge", wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_mark(self, text: str, kind: str = "") -> None:
        """Show another text and kind; an empty text hides the mark."""
        self.setText(text)
        set_role(self, f"badge-{kind}" if kind else "badge")
        self.setVisible(bool(text))


class StatusWord(Label):
    """A state in sign, colour and word; states: ok, warning, error, open, writing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "open", wrap=False, parent=parent)

    def show_state(self, state: str, word: str) -> None:
        """Say the state."""
        self.setText(" ".join(part for part in (GLYPHS[state], word) if part))
        set_role(self, state)


class Banner(QFrame):
    """A message in place, hidden until it has something to say; kinds: ok, warning, error, next."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = Label("", "heading", wrap=False)
        self._text = Label()
        self._action = Button()
        self._action.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        self.hide()

    def show_message(self, kind: str, text: str, action: str = "") -> None:
        """Say something, with a button where there is something to do about it."""
        set_role(self, f"card-{kind}")
        set_role(self._sign, f"sign-{kind}" if kind in GLYPHS else "heading")
        self._sign.setText(GLYPHS.get(kind, ""))
        self._text.setText(text)
        self._action.set_text(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class EmptyState(QWidget):
    """What an empty list is for, and its first action."""

    acted = Signal()

    def __init__(self, icon: str, *, primary: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = IconMark(icon, "ink-3", 40)
        self._title = Label("", "heading")
        self._text = Label("", "secondary")
        self._action = Button(role="primary" if primary else "")
        self._action.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for one in (self._title, self._text):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(one)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def set_texts(self, title: str, text: str, action: str = "") -> None:
        """Say what belongs here and offer the first action."""
        self._title.setText(title)
        self._text.setText(text)
        self._action.set_text(action)
        self._action.setVisible(bool(action))
