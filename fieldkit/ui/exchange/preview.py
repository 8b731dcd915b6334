"""The import preview: what a bundle brings, where it differs; nothing is written before Import."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.changes import Changes
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.op import Dot, Value
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Banner, Header
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import ScrollPage
from fieldkit.ui.exchange import wording
from fieldkit.ui.exchange.brings import BringsCard, FactsCard
from fieldkit.ui.exchange.case_card import LATER, CaseCard, Decision
from fieldkit.ui.exchange.naming import Naming
from fieldkit.ui.exchange.sides import Place
from fieldkit.ui.running import Runner
from fieldkit.workspace.cases import Case, Side, cases
from fieldkit.workspace.intake import Imported, Preview, discard
from fieldkit.workspace.workspace import Workspace

Key = tuple[ScopeId, EntityId, str]


class PreviewView(QWidget):
    """Shows one bundle; `imported` carries what was done, `left` says it was put away."""

    shown = Signal()
    imported = Signal(object)
    left = Signal()

    def __init__(self, ws: Workspace, host: Host, naming: Naming, owner: QWidget) -> None:
        super().__init__(owner)
        self._ws, self._host, self._naming, self._owner = ws, host, naming, owner
        self._runner = Runner(ws, host, owner)
        self.made: Preview | None = None
        self._all: list[Case] = []
        self.cases: list[Case] = []
        self.decisions: dict[Key, Decision] = {}
        self._held: dict[Key, frozenset[Dot]] = {}
        self._name = ""
        self._at = 0
        self._is_stale = False
        self._header = Header()
        self.cancel = Button()
        self.take = Button(role="primary")
        self._header.add(self.cancel, self.take)
        self._notice = Banner()
        self._facts = FactsCard()
        self.brings = BringsCard(naming)
        self.card = CaseCard(ws, naming)
        self._lay_out()
        self.cancel.clicked.connect(self.put_away)
        self.take.clicked.connect(self._on_import)
        self.brings.chosen.connect(self._on_left_out)
        self.card.decided.connect(self._on_decided)
        self.card.grew.connect(self._on_grew)

    def _lay_out(self) -> None:
        self._page = page = ScrollPage()
        for card in (self._notice, self._facts, self.brings, self.card):
            page.body.addWidget(card)
        page.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(page, 1)

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._naming.words
        self.cancel.set_text(words("Cancel"))
        self.take.set_text(words("Import"))
        self.card.retranslate()

    # opening

    def open_file(self, path: Path) -> None:
        """Read a bundle and show what taking it in would do."""
        self.put_away(quietly=True)
        self._name = path.name
        self._runner.preview(path, self.show_preview)

    def show_preview(self, made: Preview) -> None:
        """Show a preview that was made."""
        self.made = made
        self.decisions = {}
        self._at = 0
        self._is_stale = False
        self._notice.hide()
        self._find_cases()
        self.refresh()
        self.shown.emit()
        self.card.setFocus()

    def _find_cases(self) -> None:
        """Keep the cases the bundle opens or changes; old ones are settled elsewhere."""
        if self.made is None:
            return
        scopes = {s.scope for s in self.made.review.scopes}
        before = cases(
            [d for row in self._ws.scopes() if row.id in scopes
             for d in self._ws.differences(row.id)], self._ws.schema
        )  # fmt: skip
        known = {case.key: _dots(case) for case in before}
        found = cases(self.made.differences, self._ws.schema)
        self._all = [case for case in found if known.get(case.key) != _dots(case)]
        self._held = {case.key: self._held_dots(case) for case in self._all}

    def _held_dots(self, case: Case) -> frozenset[Dot]:
        lead = case.lead
        past = self._ws.history(lead.scope, lead.ent, lead.fld, lead.kind)
        return frozenset(version.dot for version in past)

    def refresh(self) -> None:
        """Show the preview in hand anew."""
        if self.made is None:
            return
        words, review = self._naming.words, self.made.review
        said = wording.size(words, review.size)
        self._header.set_texts(
            words("Import: preview"), words("{file} · {size}", file=self._name, size=said)
        )
        self._facts.show_review(review, words)
        counts: dict[ScopeId, int] = {}
        for case in self._all:
            counts[case.lead.scope] = counts.get(case.lead.scope, 0) + 1
        self.brings.show_scopes(review.scopes, counts)
        self._on_left_out()

    def _on_left_out(self) -> None:
        skipped = self.brings.skipped
        self.cases = [case for case in self._all if case.lead.scope not in skipped]
        self._at = min(self._at, max(len(self.cases) - 1, 0))
        self.card.setVisible(bool(self.cases))
        if self.cases:
            self._show_case()

    def _show_case(self) -> None:
        case = self.cases[self._at]
        words = self._naming.words
        title = words("Difference {n} of {total}", n=self._at + 1, total=len(self.cases))
        places = [self._place(case, side) for side in case.sides]
        self.card.show_case(case, places, title, self.decisions.get(case.key))

    def _place(self, case: Case, side: Side) -> Place:
        words = self._naming.words
        when = wording.day(words, side.version.wall)
        who = wording.person(words, side.version)
        here = [s for s in case.sides if s.version.dot in self._held[case.key]]
        is_here = side in here
        alone = len(here) == 1 if is_here else len(case.sides) - len(here) == 1
        if is_here:
            heading = words("On this computer · {day}", day=when)
            return Place(
                heading,
                words("Keep this computer's") if alone else words("Keep {person}'s", person=who),
            )
        heading = words("In the bundle · {day}", day=when)
        return Place(
            heading, words("Take the bundle's") if alone else words("Take {person}'s", person=who)
        )

    # deciding

    def _on_decided(self, decision: Decision) -> None:
        case = self.cases[self._at]
        self.decisions[case.key] = decision
        self.card.mark(decision)
        if self._at + 1 < len(self.cases):
            self.go(1)
        else:
            self._show_case()
        self.card.setFocus()
        self._on_grew()

    def go(self, by: int) -> None:
        """Show the next difference or the one before."""
        if self.cases:
            self._at = min(max(self._at + by, 0), len(self.cases) - 1)
            self._show_case()

    def choices(self) -> dict[Key, Value]:
        """Return what was decided, by field, for the import."""
        found: dict[Key, Value] = {}
        for case in self.cases:
            decision = self.decisions.get(case.key)
            if decision is None or decision.way == LATER:
                continue
            for name, value in decision.values.items():
                found[(case.lead.scope, case.lead.ent, name)] = value
        return found

    # taking in

    def hear(self, changes: Changes) -> None:
        """Remember that something was written here since the preview was made."""
        if self.made is not None and changes.by is not self._owner:
            self._is_stale = True

    def _on_import(self) -> None:
        if self.made is None:
            return
        if self._is_stale:
            self._runner.preview(self.made.file, self._show_again)
            return
        self._runner.take_in(self.made, self.brings.skipped, self.choices(), self._on_done)

    def _show_again(self, made: Preview) -> None:
        old, decided = self.made, self.decisions
        if old is not None:
            discard(old)
        self.show_preview(made)
        self.decisions = decided
        self.refresh()
        words = self._naming.words
        said = words("Something was written here meanwhile. Look again, then import.")
        self._notice.show_message("warning", said)

    def _on_done(self, done: Imported) -> None:
        self.made = None
        self.imported.emit(done)

    def put_away(self, *, quietly: bool = False) -> None:
        """Throw the preview away; nothing was changed."""
        if self.made is not None:
            discard(self.made)
            self.made = None
            if not quietly:
                self._host.say(self._naming.words("Nothing was changed."))
        if not quietly:
            self.left.emit()

    def _on_grew(self) -> None:
        QTimer.singleShot(0, self._show_foot)

    def _show_foot(self) -> None:
        foot = self.card.focusWidget() or self.card
        self._page.ensureWidgetVisible(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the numbers of the ways; Enter goes on only after something was chosen."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.go(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.cases and self.cases[self._at].key in self.decisions:
                self.go(1)
        elif event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif not self.card.take_key(event):
            super().keyPressEvent(event)


def _dots(case: Case) -> frozenset[Dot]:
    return frozenset(v.dot for d in case.differences for v in d.versions)
