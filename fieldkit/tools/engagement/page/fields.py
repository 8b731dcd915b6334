"""Fields of the profile that need more than one widget: a place, and several languages."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.qt.buttons import Button
from fieldkit.qt.form import ComboBox
from fieldkit.qt.layouts import FlowLayout
from fieldkit.qt.text import LineEdit
from fieldkit.system.translations import available, name_of
from fieldkit.tools.engagement.model import Lists, choice

TYPED = object()


def paper_languages(folder: Path) -> list[tuple[object, str]]:
    """Return the languages questions and papers are there in, each in its own script."""
    return [(one.tag, one.name) for one in available(folder)]


def with_unknown(offered: list[tuple[object, str]], chosen: str) -> list[tuple[object, str]]:
    """Return choices that hold the chosen language too, although it is not on this computer."""
    known = not chosen or any(value == chosen for value, _ in offered)
    return offered if known else [*offered, (chosen, name_of(chosen))]


class PlaceField(QWidget):
    """A place from the list, or one typed by hand."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lists = Lists()
        self.list = ComboBox()
        self.typed = LineEdit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.list)
        column.addWidget(self.typed)
        self.typed.hide()
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self._on_chosen)

    def offer(self, lists: Lists, words: Words) -> None:
        """Offer the places in a language; what was chosen stays chosen."""
        self._lists = lists
        known: list[tuple[object, str]] = [(p.id, p.say(words)) for p in lists.places]
        none, other = words(N_("Not chosen yet")), words(N_("Another place, typed by hand"))
        self.list.offer([("", none), *known, (TYPED, other)])
        self.typed.setPlaceholderText(words(N_("Name of the place")))

    def value(self) -> str:
        """Return the id of the place, or what was typed."""
        held = self.list.value()
        return self.typed.text().strip() if held is TYPED else str(held or "")

    def put(self, place: str) -> None:
        """Show a place without telling anyone."""
        listed = not place or choice(self._lists.places, place) is not None
        if not (listed and self.list.value() is TYPED and self.typed.hasFocus()):
            self.list.put(place if listed else TYPED)
        self.typed.setVisible(self.list.value() is TYPED)

    def setAccessibleName(self, name: str) -> None:
        """Name the list and the line."""
        super().setAccessibleName(name)
        self.list.setAccessibleName(name)
        self.typed.setAccessibleName(name)

    def _on_chosen(self, value: object) -> None:
        self.typed.setVisible(value is TYPED)
        if value is TYPED:
            self.typed.setFocus()
        else:
            self.chosen.emit(str(value))


class _Chip(Button):
    """One language that is on or off, said by a tick and not by colour alone."""

    def __init__(self, tag: str, name: str, on: bool) -> None:
        super().__init__()
        self.tag, self.name = tag, name
        self.setCheckable(True)
        self.setChecked(on)
        self.show_state()

    def show_state(self) -> None:
        """Say whether the language is on."""
        self.set_text(f"✓ {self.name}" if self.isChecked() else self.name, self.name)


class LanguagesField(QWidget):
    """The languages people in the room speak: the likely ones to press, others in a list."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._likely: tuple[str, ...] = ()
        self._on: tuple[str, ...] = ()
        self._all: tuple[str, ...] = ()
        self._chips: dict[str, _Chip] = {}
        self._held = QWidget()
        self._flow = FlowLayout(self._held)
        self.more = ComboBox()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._held)
        column.addWidget(self.more)
        self.more.chosen.connect(self._on_more)

    def offer(self, lists: Lists, folder: Path, words: Words) -> None:
        """Offer every language of the places and of the program."""
        placed = [tag for place in lists.places for tag in place.languages]
        here = [one.tag for one in available(folder)]
        self._all = tuple(dict.fromkeys([*here, *sorted(placed)]))
        self.more.setAccessibleName(words(N_("Add a language")))
        self._add = words(N_("Add a language..."))
        self._show()

    def suggest(self, tags: Sequence[str]) -> None:
        """Show these languages as the likely ones, those of the place."""
        self._likely = tuple(tags)
        self._show()

    def value(self) -> tuple[str, ...]:
        """Return the languages that are on."""
        return self._on

    def put(self, tags: Sequence[str]) -> None:
        """Show which languages are on, without telling anyone."""
        self._on = tuple(tags)
        self._show()

    def chips(self) -> list[Button]:
        """Return the languages to press, in their order."""
        return list(self._chips.values())

    def _show(self) -> None:
        shown = tuple(dict.fromkeys([*self._on, *self._likely, *self._all[:2]]))
        for tag in [tag for tag in self._chips if tag not in shown]:
            chip = self._chips.pop(tag)
            chip.hide()
            self._flow.removeWidget(chip)
            chip.deleteLater()
        for tag in shown:
            if tag not in self._chips:
                chip = _Chip(tag, name_of(tag), False)
                chip.clicked.connect(self._on_chip)
                self._chips[tag] = chip
                self._flow.addWidget(chip)
            self._chips[tag].setChecked(tag in self._on)
            self._chips[tag].show_state()
        rest = [(tag, name_of(tag)) for tag in self._all if tag not in shown]
        self.more.offer([("", self._add if self._all else ""), *rest])
        self.more.put("")
        self.more.setVisible(bool(rest))

    def _on_chip(self) -> None:
        self._tell(tuple(tag for tag, chip in self._chips.items() if chip.isChecked()))

    def _on_more(self, tag: object) -> None:
        if tag:
            self._tell((*self._on, str(tag)))

    def _tell(self, tags: tuple[str, ...]) -> None:
        self.put(tags)
        self.chosen.emit(tags)
