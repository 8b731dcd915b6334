"""Sections: everything else about a round, one part at a time."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.layouts import FlowLayout
from fieldkit.tools.assessment.page.findings import READERS, Finding, Rooms
from fieldkit.tools.assessment.page.planning import Ratings, Targets

ROOMS, TARGETS, RATINGS, ROUNDS = "rooms", "targets", "ratings", "rounds"
NAMES = (
    (ROOMS, N_("Agreement")),
    (TARGETS, N_("Gaps and targets")),
    (RATINGS, N_("Ratings")),
    *((name, label) for name, label, _ in READERS),
)
Shown = Rooms | Targets | Ratings | Finding


class Sections(Card):
    """Everything else about a round, one part at a time; a part is filled when it is shown."""

    opened = Signal(str)

    def __init__(self, parts: dict[str, Shown], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.parts = parts
        self.at = next(iter(parts))
        self.tabs: dict[str, Button] = {}
        bar = QWidget()
        flow = FlowLayout(bar, 6)
        for name, part in parts.items():
            tab = Button()
            tab.setCheckable(True)
            tab.clicked.connect(partial(self.choose, name))
            self.tabs[name] = tab
            flow.addWidget(tab)
            part.setVisible(name == self.at)
        self.add(bar, *parts.values())

    def retranslate(self, names: dict[str, str]) -> None:
        """Name the parts."""
        for name, text in names.items():
            self.tabs[name].set_text(text)

    def choose(self, name: str, _: bool = False) -> None:
        """Show a part."""
        self.at = name
        for one, part in self.parts.items():
            self.tabs[one].setChecked(one == name)
            part.setVisible(one == name)
        self.opened.emit(name)
