"""The side rail: the agency in hand, the rooms, and whether everything is saved and sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Tile
from fieldkit.qt.journey import RailItem
from fieldkit.qt.text import Label
from fieldkit.qt.theme import grown, set_role
from fieldkit.qt.translate import Language


@dataclass(frozen=True, slots=True)
class Room:
    """One room of the rail: id, source title, icon and the source name of its section."""

    id: str
    title: str
    icon: str
    section: str = ""


class Agency(Tile):
    """The agency in hand; a click leads to the list of engagements."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rail-agency", parent)
        self._name = Label("", "rail-bright", by_text=True)
        self._about = Label("", "rail-hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(2)
        column.addWidget(self._name)
        column.addWidget(self._about)
        self.pass_clicks_through()

    def set_texts(self, name: str, about: str) -> None:
        """Show the agency and what kind of engagement it is."""
        self._name.setText(name)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self.setAccessibleName(f"{name} {about}".strip())
        self.updateGeometry()


class Sidebar(QFrame):
    """The rail; says which room was picked."""

    picked = Signal(str)

    def __init__(
        self, rooms: Sequence[Room], language: Language, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_role(self, "rail")
        self._language = language
        self._rooms = tuple(rooms)
        self._name = Label("", "rail-brand")
        self.agency = Agency()
        self.agency.clicked.connect(self._on_agency)
        self._items = {room.id: RailItem(room.icon) for room in rooms}
        self._sections: dict[str, Label] = {}
        self._foot = tuple(Label("", role) for role in ("rail-hint", "rail-hint", "rail-warning"))
        self.setFixedWidth(grown(208))
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 14, 0, 12)
        whole.setSpacing(8)
        self._name.setContentsMargins(20, 0, 10, 0)
        whole.addWidget(self._name)
        held = QVBoxLayout()
        held.setContentsMargins(10, 4, 10, 0)
        held.addWidget(self.agency)
        whole.addLayout(held)
        whole.addWidget(self._scrolled_rooms(), 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 4, 10, 0)
        foot.setSpacing(1)
        for label in self._foot:
            foot.addWidget(label)
        whole.addLayout(foot)

    def _scrolled_rooms(self) -> QScrollArea:
        inner = QFrame()
        set_role(inner, "rail")
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 4, 10, 4)
        column.setSpacing(2)
        for room in self._rooms:
            if room.section and room.section not in self._sections:
                self._sections[room.section] = Label("", "rail-heading")
                self._sections[room.section].setContentsMargins(10, 0, 0, 0)
                column.addSpacing(8)
                column.addWidget(self._sections[room.section])
            item = self._items[room.id]
            item.setObjectName(f"rail-{room.id}")
            item.clicked.connect(self._on_clicked)
            column.addWidget(item)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        return scroll

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._language.words
        self._name.setText(words(N_("Fieldkit")))
        for source, label in self._sections.items():
            label.setText(words(source).upper())
        for room in self._rooms:
            self._items[room.id].set_texts(words(room.title))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.setFixedWidth(grown(208))
        super().changeEvent(event)

    def show_waiting(self, room: str, count: int) -> None:
        """Show how much waits in a room."""
        title = next(r.title for r in self._rooms if r.id == room)
        shown = self._language.words.number(count) if count else ""
        self._items[room].set_texts(self._language.words(title), shown)

    def show_foot(self, languages: str, saved: str, warning: str) -> None:
        """Show the languages in use, the state of saving, and what needs care."""
        for label, text in zip(self._foot, (languages, saved, warning), strict=True):
            label.setText(text)
            label.setVisible(bool(text))

    def choose(self, room: str) -> None:
        """Mark the room we are in."""
        for name, item in self._items.items():
            item.choose(name == room)

    def offer(self, room: str, on: bool) -> None:
        """Show or hide a room; the rail shows only rooms that work."""
        self._items[room].setVisible(on)
        for source, label in self._sections.items():
            mine = (self._items[r.id] for r in self._rooms if r.section == source)
            label.setVisible(any(not item.isHidden() for item in mine))

    def _on_clicked(self) -> None:
        sender = self.sender()
        for name, item in self._items.items():
            if item is sender:
                self.picked.emit(name)

    def _on_agency(self) -> None:
        self.picked.emit("engagements")
