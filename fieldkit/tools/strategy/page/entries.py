"""Entries: one priority or action as a card, and columns of cards that keep their focus."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Button, Tile
from fieldkit.qt.cards import Badge, Card
from fieldkit.qt.layouts import FlowLayout, row
from fieldkit.qt.text import Label, set_tip
from fieldkit.qt.theme import grown
from fieldkit.qt.translate import Language
from fieldkit.tools.strategy.page.editor import Editor, Spec

CONFIRM, EDIT, DONE, DELETE = "confirm", "edit", "done", "delete"
UP, DOWN, SOURCE, NOTICE = "up", "down", "source", "notice"
MOST_SHOWN = 700


@dataclass(frozen=True, slots=True)
class Face:
    """What a card shows while nobody writes in it; every text is translated."""

    code: str
    title: str
    text: str = ""
    origin: str = ""
    mark: str = ""
    notice: str = ""
    notice_action: str = ""
    facts: str = ""
    badges: tuple[tuple[str, str], ...] = ()
    can_confirm: bool = False
    can_rise: bool = False
    can_sink: bool = False


class Link(Tile):
    """A link to where something came from; its text wraps."""

    def __init__(self) -> None:
        super().__init__("outline")
        self.setCheckable(False)
        self._text = Label("", "link-text")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 7, 4, 7)
        column.addWidget(self._text)
        self.pass_clicks_through()

    def set_text(self, text: str) -> None:
        """Show where it leads."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()


class Notice(Card):
    """Something to look at in a card, with what to do about it below."""

    acted = Signal()

    def __init__(self) -> None:
        super().__init__("card-warning")
        self._text = Label("", "dense")
        self.action = Button()
        self.action.clicked.connect(self.acted)
        self.body.setContentsMargins(10, 8, 10, 8)
        self.add(self._text, row(self.action, None))

    def show_notice(self, text: str, action: str, name: str) -> None:
        """Say it; an empty text hides the notice."""
        self._text.setText(f"! {text}")
        self.action.set_text(action, name)
        self.setVisible(bool(text))


class EntryCard(Card):
    """One priority or action: read it, confirm it, open it for writing, move it, delete it."""

    acted = Signal(str, str)
    kept = Signal(str, str, object)
    wrote = Signal(str, str, str)

    def __init__(self, language: Language, entity: str, specs: Sequence[Spec]) -> None:
        super().__init__("card-choice")
        self.id = entity
        self._language = language
        self._code = Label("", "hint")
        self.source = Link()
        self._mark = Label("", "warning")
        self._name = Label("", "heading")
        self._text = Label("", "secondary")
        self._facts = Label("", "dense-strong")
        self._badges = QWidget()
        self._badge_row = FlowLayout(self._badges, 6)
        self.notice = Notice()
        self.editor = Editor(language, specs)
        self.confirm, self.edit, self.done = Button(), Button(role="quiet"), Button()
        self.up, self.down = Button(role="quiet", icon="up"), Button(role="quiet", icon="down")
        self.delete = Button(role="quiet")
        self._lay_out()
        self._connect()
        self.write(False)

    def _lay_out(self) -> None:
        held = QWidget()
        buttons = FlowLayout(held, 6)
        for one in (self.confirm, self.edit, self.done, self.up, self.down, self.delete):
            buttons.addWidget(one)
        head = row(self._code, spacing=0)
        head.addWidget(self.source, 1)
        self._code.setMinimumHeight(grown(32))
        self._code.setWordWrap(False)
        self.body.setSpacing(6)
        self.add(
            head, self._mark, self._name, self._text, self._facts, self._badges, self.notice,
            self.editor, held,
        )  # fmt: skip

    def _connect(self) -> None:
        acts = (
            (self.confirm.clicked, CONFIRM),
            (self.edit.clicked, EDIT),
            (self.done.clicked, DONE),
            (self.up.clicked, UP),
            (self.down.clicked, DOWN),
            (self.delete.clicked, DELETE),
            (self.source.clicked, SOURCE),
            (self.notice.acted, NOTICE),
        )
        for signal, what in acts:
            signal.connect(self._says(what))
        self.editor.kept.connect(self._on_kept)
        self.editor.wrote.connect(self._on_wrote)
        for key, what in (("Alt+Up", UP), ("Alt+Down", DOWN), ("Ctrl+Return", DONE)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._says(what))

    def _says(self, what: str) -> Callable[[], None]:
        def say() -> None:
            self.acted.emit(self.id, what)

        return say

    @property
    def is_writing(self) -> bool:
        """Say whether the card is open for writing."""
        return not self.editor.isHidden()

    def write(self, on: bool) -> None:
        """Open the card for writing, or show it as text."""
        self.editor.setVisible(on)
        self.done.setVisible(on)
        self.edit.setVisible(not on)
        self._name.setVisible(not on)
        self._text.setVisible(not on and bool(self._text.text()))
        self._facts.setVisible(not on and bool(self._facts.text()))
        self._badges.setVisible(not on and self._badge_row.count() > 0)

    def show_face(self, face: Face) -> None:
        """Show the entry as it stands."""
        words = self._language.words
        self._code.setText(face.code)
        self.source.set_text(face.origin)
        self.source.setVisible(bool(face.origin))
        self._mark.setText(face.mark)
        self._mark.setVisible(bool(face.mark))
        self._name.setText(face.title)
        cut = face.text if len(face.text) <= MOST_SHOWN else face.text[:MOST_SHOWN] + "…"
        self._text.setText(cut)
        self._facts.setText(face.facts)
        action = f"{face.notice_action} {face.code}"
        self.notice.show_notice(face.notice, face.notice_action, action)
        self._show_badges(face.badges)
        self.set_stripe("warning" if face.mark or face.notice else "")
        self.setAccessibleName(f"{face.code} {face.title}")
        self.confirm.set_text(words(N_("Confirm")), words(N_("Confirm {code}"), code=face.code))
        self.confirm.setVisible(face.can_confirm)
        self._name_buttons(face)
        self.write(self.is_writing)

    def _show_badges(self, badges: Sequence[tuple[str, str]]) -> None:
        while (item := self._badge_row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for text, kind in badges:
            self._badge_row.addWidget(Badge(text, kind))

    def _name_buttons(self, face: Face) -> None:
        words = self._language.words
        self.edit.set_text(words(N_("Edit")), words(N_("Edit {code}"), code=face.code))
        self.done.set_text(words(N_("Done")), words(N_("Done with {code}"), code=face.code))
        self.up.set_text("", words(N_("Move {code} up (Alt+Up)"), code=face.code))
        self.down.set_text("", words(N_("Move {code} down (Alt+Down)"), code=face.code))
        self.delete.set_text(words(N_("Delete")), words(N_("Delete {code}"), code=face.code))
        for one in (self.up, self.down):
            set_tip(one, one.accessibleName())
        self.up.setEnabled(face.can_rise)
        self.down.setEnabled(face.can_sink)

    def _on_kept(self, name: str, text: object) -> None:
        self.kept.emit(self.id, name, text)

    def _on_wrote(self, name: str, text: str) -> None:
        self.wrote.emit(self.id, name, text)


class KeyedColumn(QWidget):
    """Widgets below each other by key; those that stay keep their focus and what is typed."""

    def __init__(self, spacing: int = 12) -> None:
        super().__init__()
        self._held: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)

    def show_keys(self, keys: Sequence[str], make: Callable[[str], QWidget]) -> None:
        """Show one widget per key in this order, making those that are new."""
        before = list(self._held)
        for key in set(before) - set(keys):
            gone = self._held.pop(key)
            self._column.removeWidget(gone)
            gone.setParent(None)
            gone.deleteLater()
        self._held = {key: self._held.get(key) or make(key) for key in keys}
        if list(self._held) == before:
            return
        for widget in self._held.values():
            self._column.removeWidget(widget)
        for widget in self._held.values():
            self._column.addWidget(widget)
        put_in_tab_order(self._held.values())

    def get(self, key: str) -> QWidget | None:
        """Return the widget of a key."""
        return self._held.get(key)


def put_in_tab_order(widgets: Iterable[QWidget]) -> None:
    """Let the tab key walk these widgets in this order, each with what stands in it."""
    stops = [stop for widget in widgets for stop in _stops(widget)]
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def _stops(widget: QWidget) -> list[QWidget]:
    inside = [widget, *widget.findChildren(QWidget)]
    here = widget.window()
    tab = Qt.FocusPolicy.TabFocus
    return [one for one in inside if one.focusPolicy() & tab and one.window() is here]
