"""The case card: one difference, its sides, and the ways to settle it; no way is preselected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldkit.core.op import LIFE_FIELD, Value
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.keys import physical
from fieldkit.qt.layouts import FlowLayout, empty
from fieldkit.qt.text import Label
from fieldkit.ui.exchange.naming import Naming
from fieldkit.ui.exchange.proposal import ProposalCard, proposed
from fieldkit.ui.exchange.sides import Place, SidesView
from fieldkit.ui.exchange.writing import WritingCard, manner
from fieldkit.workspace.cases import Case
from fieldkit.workspace.workspace import Workspace

NEW, LATER, KEEP, DELETE = "new", "later", "keep", "delete"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a case: which way, and the values it writes; none for later."""

    way: str
    values: Mapping[str, Value] = field(default_factory=dict)


class CaseCard(Card):
    """Shows one case and says what was decided; `decided` carries a Decision."""

    decided = Signal(object)
    grew = Signal()

    def __init__(self, ws: Workspace, naming: Naming, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._naming = naming
        self._case: Case | None = None
        self._places: tuple[Place, ...] = ()
        self._about = Label("", "secondary")
        self._sides = SidesView()
        self._ways = QWidget()
        self._flow = FlowLayout(self._ways)
        self.buttons: dict[str, Button] = {}
        self.writing = WritingCard(ws, naming)
        self.proposal = ProposalCard(naming)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add(self._about, self._sides, self._ways, self.writing, self.proposal)
        self.writing.written.connect(self._on_new)
        self.proposal.accepted.connect(self._on_new)
        self.writing.dropped.connect(self._on_dropped)
        self.proposal.dropped.connect(self._on_dropped)

    def retranslate(self) -> None:
        """Set the fixed texts."""
        self.writing.retranslate()
        self.proposal.retranslate()

    @property
    def case(self) -> Case | None:
        """The case in hand."""
        return self._case

    def show_case(
        self, case: Case, places: Sequence[Place], title: str, decision: Decision | None = None
    ) -> None:
        """Show a case under a title, with what was decided on it so far."""
        self._case, self._places = case, tuple(places)
        words = self._naming.words
        entry, name = self._naming.what(case)
        self.set_title(title, words("{entry} · {field}", entry=entry, field=name))
        asked = self._naming.question_text(case)
        self._about.setText(asked)
        self._about.setVisible(bool(asked))
        self._sides.show_case(case, places, self._naming)
        self.writing.hide()
        self.proposal.hide()
        self._offer(case)
        self.mark(decision)

    def _offer(self, case: Case) -> None:
        empty(self._flow)
        self.buttons = {}
        words = self._naming.words
        if case.is_life:
            self._way(KEEP, words("Keep it"))
            self._way(DELETE, words("Delete it"))
        else:
            for number, place in enumerate(self._places):
                if not case.sides[number].version.withheld:
                    self._way(f"side-{number}", place.take)
        if proposed(case) is not None:
            self._way("proposal", words("Put the texts together..."))
        if manner(case, self._naming):
            self._way(NEW, words("Write a new answer..."))
        self._way(LATER, words("Later"), role="quiet")

    def _way(self, way: str, text: str, *, role: str = "") -> None:
        number = len(self.buttons) + 1
        button = Button(text, role, key=str(number) if not role else "")
        button.setCheckable(True)
        button.setProperty("way", way)
        button.clicked.connect(self._on_way)
        self.buttons[way] = button
        self._flow.addWidget(button)

    def mark(self, decision: Decision | None) -> None:
        """Mark what was decided, or nothing."""
        for way, button in self.buttons.items():
            button.setChecked(decision is not None and decision.way == way)

    def _on_way(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.choose(str(sender.property("way")))

    def choose(self, way: str) -> None:
        """Go one of the ways that are offered."""
        if self._case is None or way not in self.buttons:
            return
        self.writing.hide()
        self.proposal.hide()
        self.buttons[way].setChecked(way == "proposal")
        if way == "proposal":
            self.proposal.show_case(self._case, self._places)
            self.grew.emit()
        elif way == NEW:
            self.writing.ask(self._case)
            self.grew.emit()
        else:
            self.decided.emit(Decision(way, self._values(way, self._case)))

    def _values(self, way: str, case: Case) -> Mapping[str, Value]:
        if way in (KEEP, DELETE):
            return {LIFE_FIELD: way == KEEP}
        if way.startswith("side-"):
            return case.sides[int(way.removeprefix("side-"))].values
        return {}

    def _on_new(self, values: dict[str, Value]) -> None:
        self.decided.emit(Decision(NEW, values))

    def _on_dropped(self) -> None:
        self.writing.hide()
        self.proposal.hide()
        self.buttons.get("proposal", self).setFocus()

    def take_key(self, event: QKeyEvent) -> bool:
        """Go the way whose number was pressed, by its place on the keyboard."""
        key = physical(event)
        ways = [way for way, button in self.buttons.items() if button.key == key]
        if not ways or key is None:
            return False
        self.choose(ways[0])
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the numbers of the ways."""
        if not self.take_key(event):
            super().keyPressEvent(event)
