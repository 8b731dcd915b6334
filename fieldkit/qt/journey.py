"""Journey and outline: where one stands on the way, and the list of stations to go to."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Tile
from fieldkit.qt.cards import Badge, StatusWord
from fieldkit.qt.icons import IconMark
from fieldkit.qt.layouts import empty
from fieldkit.qt.text import Label
from fieldkit.qt.theme import colour, set_role
from fieldkit.qt.translate import Language

DONE, NOW, AHEAD = "done", "now", "ahead"
_STEP_COLOURS = {DONE: "ok", NOW: "primary", AHEAD: "step-ahead"}


class _StepMark(QWidget):
    """A bar in the colour of a step's state."""

    def __init__(self, state: str) -> None:
        super().__init__()
        self._state = state
        self.setFixedHeight(6)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(_STEP_COLOURS[self._state]))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        painter.end()


class JourneyBar(QWidget):
    """The way from first to last step: what is done, what is now, what lies ahead."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)

    def show_steps(self, steps: Sequence[tuple[str, str]]) -> None:
        """Show (translated title, state) pairs; states: done, now, ahead."""
        empty(self._row)
        for title, state in steps:
            self._row.addWidget(self._step(title, state), 1)

    def _step(self, title: str, state: str) -> QWidget:
        words = self._language.words
        text = title
        if state == DONE:
            text = words(N_("✓ {step}"), step=title)
        elif state == NOW:
            text = words(N_("now: {step}"), step=title)
        label = Label(text, "strong" if state == NOW else "" if state == DONE else "secondary")
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(6)
        column.addWidget(_StepMark(state))
        column.addWidget(label)
        return held


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One station: its id, title, and either a count ("0/8") or a state with its word."""

    id: str
    title: str
    note: str = ""
    state: str = ""


class _OutlineTile(Tile):
    """One station to go to."""

    def __init__(self) -> None:
        super().__init__("outline")
        self.id = ""
        self._title = Label("", "dense")
        self._note = Label("", "hint", wrap=False)
        self._status = StatusWord()
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 6, 10, 6)
        line.setSpacing(8)
        line.addWidget(self._title, 1)
        line.addWidget(self._note)
        line.addWidget(self._status)
        self.pass_clicks_through()

    def show_row(self, row: OutlineRow, chosen: bool) -> None:
        """Show a station."""
        self.id = row.id
        self._title.setText(row.title)
        set_role(self._title, "dense-strong" if chosen else "dense")
        self._note.setText("" if row.state else row.note)
        self._note.setVisible(not row.state)
        self._status.setVisible(bool(row.state))
        self._status.show_state(row.state or "open", row.note)
        self.setAccessibleName(" ".join(part for part in (row.title, row.note) if part))
        self.choose(chosen)
        self.updateGeometry()


class Outline(QWidget):
    """The list of stations with their states; a click, or arrows and Enter, says which."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[_OutlineTile] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_rows(self, rows: Sequence[OutlineRow], at: str = "") -> None:
        """Show these stations, marking the one we are at; focus stays where it was."""
        while len(self._tiles) < len(rows):
            tile = _OutlineTile()
            tile.clicked.connect(self._on_clicked)
            self._tiles.append(tile)
            self._column.addWidget(tile)
        for i, tile in enumerate(self._tiles):
            tile.setVisible(i < len(rows))
            if i < len(rows):
                tile.show_row(rows[i], rows[i].id == at)

    def _on_clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, _OutlineTile):
            self.picked.emit(tile.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, go with Enter."""
        seen = [tile for tile in self._tiles if not tile.isHidden()]
        at = next((i for i, tile in enumerate(seen) if tile.hasFocus()), None)
        if at is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            seen[at].click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            seen[min(max(at + by, 0), len(seen) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)


class RailItem(Tile):
    """A room on the side rail: icon, name, and a badge where something waits there."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__("rail-item", parent)
        self._picture = IconMark(icon, "rail-ink")
        self._name = Label("", "rail-name", elide=True)
        self._badge = Badge("", "rail")
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 6, 10, 6)
        line.setSpacing(10)
        line.addWidget(self._picture)
        line.addWidget(self._name, 1)
        line.addWidget(self._badge)
        self._badge.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.pass_clicks_through()

    def set_texts(self, name: str, waiting: str = "") -> None:
        """Name the room; `waiting` is a short count in the badge."""
        self._name.setText(name)
        self._badge.show_mark(waiting, "rail")
        self.setAccessibleName(f"{name} {waiting}".strip())

    def choose(self, chosen: bool) -> None:
        """Mark the room we are in."""
        super().choose(chosen)
        self._picture.set_token("rail-bright" if chosen else "rail-ink")
        set_role(self._name, "rail-name-chosen" if chosen else "rail-name")
