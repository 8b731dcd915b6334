"""Before Reveal: who has voted, by count; and typing ballots, hidden, one key each."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import FlowLayout, empty
from fieldkit.qt.text import Label
from fieldkit.qt.theme import set_role
from fieldkit.tools.assessment.model import LEVELS
from fieldkit.tools.engagement.model import Group

ROOM = "other"
CHOICES = (*(str(level) for level in LEVELS), "D", "N", "B")


class VotesCard(Card):
    """Counts by group, the keys to type a ballot, and Reveal; what was voted stays hidden."""

    typed = Signal(str, str, int)
    revealed = Signal()
    started = Signal(str)

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._language = host.language
        self.group = ""
        self._rows = QGridLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(2)
        self._rows.setColumnStretch(0, 1)
        self._buttons: dict[str, Button] = {}
        self._told = Label("", "hint")
        self._pad = QWidget()
        self._keys = self._make_pad()
        self._undo = Button(role="quiet", key="-")
        self._undo.clicked.connect(self._on_less)
        self.reveal = Button(role="primary", key="R")
        self.reveal.clicked.connect(self.revealed)
        held = QWidget()
        held.setLayout(self._rows)
        foot = QWidget()
        flow = FlowLayout(foot, 8)
        flow.addWidget(self._undo)
        flow.addWidget(self.reveal)
        self.add(held, self._pad, self._told, foot)

    def _make_pad(self) -> dict[str, Button]:
        flow = FlowLayout(self._pad, 4)
        made = {}
        for key in CHOICES:
            button = Button(key)
            button.setProperty("choice", key)
            button.clicked.connect(self._on_key)
            flow.addWidget(button)
            made[key] = button
        return made

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._language.words
        self.set_title(words(N_("Room vote")))
        self.reveal.set_text(words(N_("Reveal")))
        self._undo.set_text(words(N_("One ballot back")))
        names = {
            "D": words(N_("One ballot: don't know")),
            "N": words(N_("One ballot: not applicable")),
            "B": words(N_("One ballot: left blank")),
        }
        for key, button in self._keys.items():
            said = names.get(key) or words(N_("One ballot: level {level}"), level=key)
            button.set_text(key, said)

    def show_room(self, groups: list[Group], waiting: Mapping[str, int]) -> None:
        """Show how many of each group have voted; never what."""
        words = self._language.words
        empty(self._rows)
        self._buttons = {}
        rows = [(str(g.id), g.name, g.heads) for g in groups] or [(ROOM, words(N_("Room")), 0)]
        for line, (group, name, heads) in enumerate(rows):
            self._row(line, group, name, (waiting.get(group, 0), heads))
        if self.group not in self._buttons:
            self.group = ""
        self._show_typing()
        done, most = sum(waiting.values()), sum(heads for _, _, heads in rows)
        told = words(N_("Nobody's vote can be followed, here or in a bundle."))
        if most:
            count = words(N_("{votes} of {heads} in."), votes=done, heads=most)
            told = f"{count} {told}"
        self._told.setText(told)
        self.reveal.setEnabled(done > 0)

    def _row(self, line: int, group: str, name: str, counts: tuple[int, int]) -> None:
        words = self._language.words
        votes, heads = counts
        said = words(N_("{votes} of {heads}"), votes=votes, heads=heads) if heads else str(votes)
        button = Button(role="quiet")
        button.setProperty("name", words(N_("Type ballots of {group}"), group=name))
        button.setCheckable(True)
        button.setProperty("group", group)
        button.clicked.connect(self._on_group)
        self._rows.addWidget(Label(name, by_text=True), line, 0)
        self._rows.addWidget(Label(said, "secondary", wrap=False), line, 1)
        self._rows.addWidget(button, line, 2)
        self._buttons[group] = button

    def take(self, group: str) -> None:
        """Type ballots of this group from now on; an empty name stops typing."""
        self.group = group
        self._show_typing()

    def groups(self) -> list[str]:
        """Return the groups in the order shown."""
        return list(self._buttons)

    def _show_typing(self) -> None:
        words = self._language.words
        for group, button in self._buttons.items():
            here = group == self.group
            button.setChecked(here)
            set_role(button, "primary" if here else "quiet")
            said = words(N_("Typing")) if here else words(N_("Type"))
            button.set_text(said, str(button.property("name")))
        self._pad.setVisible(bool(self.group))
        self._undo.setVisible(bool(self.group))

    def _on_group(self) -> None:
        sender = self.sender()
        group = str(sender.property("group")) if sender else ""
        self.take("" if group == self.group else group)
        self.started.emit(self.group)

    def _on_key(self) -> None:
        sender = self.sender()
        if sender is not None and self.group:
            self.typed.emit(self.group, str(sender.property("choice")), 1)

    def _on_less(self) -> None:
        if self.group:
            self.typed.emit(self.group, "", -1)
