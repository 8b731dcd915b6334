"""Settling: every open difference of the engagement, one beside the other, and all from one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import ScopeId
from fieldkit.core.op import LIFE_FIELD, Value
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card, EmptyState, Header
from fieldkit.qt.form import ComboBox
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import FlowLayout, ScrollPage
from fieldkit.qt.tables import Table
from fieldkit.qt.text import Label
from fieldkit.ui.exchange import wording
from fieldkit.ui.exchange.case_card import LATER, CaseCard, Decision
from fieldkit.ui.exchange.naming import Naming
from fieldkit.ui.exchange.sides import Place
from fieldkit.workspace.cases import Case, Side, cases, settling
from fieldkit.workspace.pen import Item
from fieldkit.workspace.workspace import Workspace

SETTLED, ALL_SETTLED = N_("Difference settled"), N_("Differences settled")


def open_cases(ws: Workspace, scopes: Sequence[ScopeId]) -> list[Case]:
    """Return what is to be settled in these documents."""
    return cases([d for scope in scopes for d in ws.differences(scope)], ws.schema)


class SettleView(QWidget):
    """The list of differences and the one in hand; settling writes at once and can be undone."""

    left = Signal()

    def __init__(self, ws: Workspace, host: Host, naming: Naming, owner: QWidget) -> None:
        super().__init__(owner)
        self._ws, self._host, self._naming, self._owner = ws, host, naming, owner
        self._scopes: tuple[ScopeId, ...] = ()
        self.cases: list[Case] = []
        self._at = 0
        self._header = Header()
        self._back = Button()
        self._header.add(self._back)
        self._list = Table()
        self._hint = Label("", "secondary")
        self._all = Card()
        self._people = ComboBox()
        self.take_all = Button()
        self.card = CaseCard(ws, naming)
        self._empty = EmptyState("check")
        self._stack = QStackedWidget()
        self._lay_out()
        self._back.clicked.connect(self.left)
        self._empty.acted.connect(self.left)
        self._list.picked.connect(self._on_picked)
        self.card.decided.connect(self._on_decided)
        self.card.grew.connect(self._on_grew)
        self.take_all.clicked.connect(self._on_take_all)

    def _lay_out(self) -> None:
        self._page = page = ScrollPage()
        whose = QWidget()
        flow = FlowLayout(whose)
        flow.addWidget(self._people)
        flow.addWidget(self.take_all)
        self._all.add(self._hint, whose)
        self._listed = Card()
        self._listed.add(self._list)
        page.body.addWidget(self.card)
        page.body.addWidget(self._listed)
        page.body.addWidget(self._all)
        page.body.addStretch(1)
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self._stack, 1)

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._naming.words
        self._back.set_text(words("Back to exchange"))
        self._listed.set_title(words("All differences"))
        self._list.setAccessibleName(words("All differences"))
        self._all.set_title(words("Settle all the same way"))
        self._hint.setText(
            words(
                "Takes one person's answer wherever that person is part of a difference. You can"
                " undo it as one step."
            )
        )
        self._people.setAccessibleName(words("Whose answers"))
        self._people.setPlaceholderText(words("Choose whose"))
        self.take_all.set_text(words("Take all of this person's"))
        self._empty.set_texts(
            words("Nothing to settle"),
            words(
                "When two people answer the same question differently, both answers are kept and"
                " stand here until somebody chooses."
            ),
            words("Back to exchange"),
        )
        self.card.retranslate()

    def show_scopes(self, scopes: Sequence[ScopeId]) -> None:
        """Show what is to be settled in these documents."""
        self._scopes = tuple(scopes)
        self.cases = open_cases(self._ws, scopes)
        self._at = min(self._at, max(len(self.cases) - 1, 0))
        words = self._naming.words
        left = words.plural("{n} open", "{n} open", len(self.cases))
        self._header.set_texts(words("Differences to settle"), left)
        self._stack.setCurrentIndex(0 if self.cases else 1)
        if self.cases:
            self._show_list()
            self._show_people()
            self._show_case()

    def _show_list(self) -> None:
        words = self._naming.words
        rows = []
        for case in self.cases:
            entry, name = self._naming.what(case)
            rows.append((self._naming.document(case.lead.scope), entry, name))
        head = (words("Document"), words("Where"), words("What"))
        self._list.show_rows(head, rows, [str(n) for n in range(len(rows))], 1)
        self._list.selectRow(self._at)
        self._listed.setVisible(len(rows) > 1)

    def _show_people(self) -> None:
        found: dict[tuple[bool, str], str] = {}
        for case in self.cases:
            for side in case.sides:
                found.setdefault(_who(side), wording.person(self._naming.words, side.version))
        self._people.offer(list(found.items()))
        if self._people.value() is None:
            self._people.put(None)
        self._all.setVisible(len(self.cases) > 1)

    def _show_case(self) -> None:
        case = self.cases[self._at]
        words = self._naming.words
        title = words("Difference {n} of {total}", n=self._at + 1, total=len(self.cases))
        self.card.show_case(case, [self._place(side) for side in case.sides], title)

    def _place(self, side: Side) -> Place:
        words, version = self._naming.words, side.version
        when = wording.day(words, version.wall)
        if version.ours:
            return Place(words("On this computer · {day}", day=when), words("Keep this computer's"))
        who = wording.person(words, version)
        return Place(
            words("From {person} · {day}", person=who, day=when),
            words("Take what came from {person}", person=who),
        )

    # settling

    def _on_picked(self, ref: str) -> None:
        self._at = int(ref)
        self._show_case()
        self.card.setFocus()

    def go(self, by: int) -> None:
        """Show the next difference or the one before."""
        if self.cases:
            self._at = (self._at + by) % len(self.cases)
            self._list.selectRow(self._at)
            self._show_case()

    def _on_decided(self, decision: Decision) -> None:
        if decision.way == LATER:
            self.go(1)
            return
        case = self.cases[self._at]
        if self._write([settling(case, decision.values)], SETTLED):
            self._host.say(self._naming.words("Settled. Ctrl+Z takes it back."))
        self.show_scopes(self._scopes)
        self.card.setFocus()

    def _on_take_all(self) -> None:
        who = self._people.value()
        words = self._naming.words
        items = []
        for case in self.cases:
            values = _values_of(case, who)
            if values is not None:
                items.append(settling(case, values))
        if not items:
            self._host.say(words("Choose whose answers to take."))
            return
        if self._write(items, ALL_SETTLED):
            said = words.plural("{n} difference settled.", "{n} differences settled.", len(items))
            self._host.say(words("{said} Ctrl+Z takes all of it back.", said=said))
        self.show_scopes(self._scopes)

    def _write(self, items: Sequence[Item], label: str) -> bool:
        try:
            self._ws.commit(items, by=self._owner, label=label)
        except UserError as error:
            self._host.dialogs.error(self, error)
            return False
        return True

    def _on_grew(self) -> None:
        QTimer.singleShot(0, self._show_foot)

    def _show_foot(self) -> None:
        foot = self.card.focusWidget() or self.card
        self._page.ensureWidgetVisible(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the numbers of the ways, and Ctrl+PgDown and Ctrl+PgUp."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.go(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif not self.card.take_key(event):
            super().keyPressEvent(event)


def _who(side: Side) -> tuple[bool, str]:
    return side.version.ours, "" if side.version.ours else side.version.writer_label


def _values_of(case: Case, who: object) -> Mapping[str, Value] | None:
    """Return what one person says in a case, or nothing where the person is not part of it."""
    for side in case.sides:
        if _who(side) == who and not side.version.withheld:
            return {LIFE_FIELD: side.version.value is True} if case.is_life else side.values
    return None
