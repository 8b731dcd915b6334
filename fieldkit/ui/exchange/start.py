"""The start of the exchange page: send, take in, settle; and what went out and came in so far."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import UserError
from fieldkit.core.i18n import isolate
from fieldkit.core.ids import ScopeId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Banner, Card, Header
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import Columns, FlowLayout, ScrollPage
from fieldkit.qt.tables import Table
from fieldkit.qt.text import Label
from fieldkit.qt.theme import set_role
from fieldkit.tools.engagement import operations as engagements
from fieldkit.ui.backups_card import BackupsCard
from fieldkit.ui.exchange import wording
from fieldkit.ui.exchange.naming import Naming
from fieldkit.workspace.ledger import Arrival, arrivals, sent_list
from fieldkit.workspace.takeback import undo_import
from fieldkit.workspace.workspace import Workspace


class _Way(Card):
    """One way to go: its name, what it is for, its button."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._text = Label("", "secondary")
        self.button = Button(icon=icon)
        held = QWidget()
        FlowLayout(held).addWidget(self.button)
        self.add(self._text)
        self.body.addStretch(1)
        self.add(held)

    def set_texts(self, title: str, text: str, button: str) -> None:
        """Say what this way is for."""
        self.set_title(title)
        self._text.setText(text)
        self.button.set_text(button)


class StartView(QWidget):
    """Three ways, and what went out and came in."""

    went = Signal(str)
    taken_back = Signal()

    def __init__(self, ws: Workspace, host: Host, naming: Naming, owner: QWidget) -> None:
        super().__init__(owner)
        self._ws, self._host, self._naming, self._owner = ws, host, naming, owner
        self._engagement: ScopeId | None = None
        self._waiting = 0
        self._last: Arrival | None = None
        self._header = Header()
        self.notice = Banner()
        self.export, self.take_in, self.settle = _Way("export"), _Way("import"), _Way("check")
        self._came = Card()
        self.arrivals = Table()
        self._no_arrivals = Label("", "secondary")
        self.take_back = Button(icon="undo")
        self._went = Card()
        self.sent = Table()
        self._no_sent = Label("", "secondary")
        self.backups = BackupsCard(ws, host, owner)
        self._lay_out()
        self.export.button.clicked.connect(lambda: self.went.emit("export"))
        self.take_in.button.clicked.connect(lambda: self.went.emit("import"))
        self.settle.button.clicked.connect(lambda: self.went.emit("settle"))
        self.take_back.clicked.connect(self._on_take_back)

    def _lay_out(self) -> None:
        page = ScrollPage()
        ways = Columns(700)
        for way in (self.export, self.take_in, self.settle):
            ways.add(way)
        back = QWidget()
        FlowLayout(back).addWidget(self.take_back)
        self._came.add(self._no_arrivals, self.arrivals, back)
        self._went.add(self._no_sent, self.sent)
        for child in (self.notice, ways, self._came, self._went, self.backups):
            page.body.addWidget(child)
        page.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(page, 1)

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._naming.words
        self._header.set_texts(
            words("Exchange"), words("by stick; nothing is sent anywhere by itself")
        )
        self.take_in.set_texts(
            words("Take in"),
            words("Look at a bundle first. Nothing is changed until you press Import."),
            words("Import a bundle..."),
        )
        self._came.set_title(words("What came in"))
        self.arrivals.setAccessibleName(words("What came in"))
        self._no_arrivals.setText(words("No bundle was imported yet."))
        self.take_back.set_text(words("Take the last import back"))
        self._went.set_title(words("What went out"))
        self.sent.setAccessibleName(words("What went out"))
        self._no_sent.setText(words("No bundle was exported yet."))
        self.backups.retranslate()

    def show_state(self, engagement: ScopeId | None, waiting: int) -> None:
        """Show how things stand for the engagement in hand."""
        self._engagement, self._waiting = engagement, waiting
        self._show_ways()
        self._show_arrivals()
        self._show_sent()
        self.backups.refresh()

    def _show_ways(self) -> None:
        words = self._naming.words
        agency = (
            engagements.engagement(self._ws, self._engagement).agency if (self._engagement) else ""
        )
        self.export.set_texts(
            words("Hand on"),
            words("Write {agency} into a bundle for a colleague or the agency.",
                  agency=isolate(agency))
            if agency
            else words("Open an engagement first; then it can be written into a bundle."),
            words("Export a bundle..."),
        )  # fmt: skip
        self.export.button.setEnabled(self._engagement is not None)
        self.settle.set_texts(
            words("Settle"),
            wording.differences(words, self._waiting)
            if self._waiting
            else words("There are no differences to settle."),
            words("Settle differences"),
        )
        first = self.settle if self._waiting else self.export if self._engagement else self.take_in
        for way in (self.export, self.take_in, self.settle):
            set_role(way.button, "primary" if way is first else "")

    def _show_arrivals(self) -> None:
        words = self._naming.words
        held = arrivals(self._ws)
        self._last = next((a for a in held if not a.undone), None)
        rows = [self._arrival(one) for one in held]
        head = (words("When"), words("From"), words("What"), words("State"))
        self.arrivals.show_rows(head, rows, stretch=2)
        self.arrivals.setVisible(bool(rows))
        self._no_arrivals.setVisible(not rows)
        self.take_back.setVisible(self._last is not None)

    def _arrival(self, one: Arrival) -> tuple[str, str, str, str]:
        words = self._naming.words
        names = [self._naming.document(scope) for scope in one.scopes]
        what = words.listing(names) if names else words("nothing new")
        state = words("taken back") if one.undone else words("imported")
        who = one.by or words("not named")
        return wording.day_and_time(words, one.at), who, what if not one.undone else "–", state

    def _show_sent(self) -> None:
        words = self._naming.words
        held = {e.scope: e.agency for e in engagements.engagements(self._ws)}
        lines = [s for s in sent_list(self._ws) if self._engagement in (None, s.engagement)]
        rows = [
            (
                wording.day_and_time(words, one.at),
                words(wording.RECEIVERS.get(one.receiver, one.receiver)),
                held.get(ScopeId(one.engagement), words("another engagement")),
                words("{file}, {size}", file=one.file, size=wording.size(words, one.size)),
            )
            for one in lines[:10]
        ]
        head = (words("When"), words("For whom"), words("What"), words("File"))
        self.sent.show_rows(head, rows, stretch=3)
        self.sent.setVisible(bool(rows))
        self._no_sent.setVisible(not rows)

    def _on_take_back(self) -> None:
        if self._last is None:
            return
        try:
            undo_import(self._ws, self._last.number, by=self._owner)
        except UserError as error:
            self._host.dialogs.error(self, error)
            return
        words = self._naming.words
        said = words("The import was taken back. The same file may come again.")
        self.notice.show_message("ok", said)
        self.taken_back.emit()
