"""Exporting: what, for whom, which texts, where to; then the receipt."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldkit.core.i18n import isolate
from fieldkit.core.ids import ScopeId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card, Header
from fieldkit.qt.form import Check, Choices
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import Columns, ScrollPage, row
from fieldkit.qt.text import Label
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.rules import send_obstacle
from fieldkit.ui.exchange import sending, wording
from fieldkit.ui.exchange.naming import Naming
from fieldkit.ui.exchange.receipt import ReceiptCard
from fieldkit.ui.exchange.texts import TextsCard
from fieldkit.ui.running import Runner
from fieldkit.ui.showing import show_folder
from fieldkit.workspace.ledger import Sent, note_sent
from fieldkit.workspace.transfer import Receipt
from fieldkit.workspace.workspace import Workspace


class ExportView(QWidget):
    """Asks what a bundle needs and writes it; `left` says that it is over."""

    left = Signal()

    def __init__(self, ws: Workspace, host: Host, naming: Naming, owner: QWidget) -> None:
        super().__init__(owner)
        self._ws, self._host, self._naming = ws, host, naming
        self._runner = Runner(ws, host, owner)
        self._engagement: ScopeId | None = None
        self._target: Path | None = None
        self._header = Header()
        self.cancel = Button()
        self.write = Button(role="primary")
        self._header.add(self.cancel, self.write)
        self._what = Card()
        self._documents = Label()
        self._left_out = Label("", "hint")
        self.private = Check()
        self._whom = Card()
        self.whom = Choices()
        self._obstacle = Label("", "warning")
        self._meaning = Label("", "hint")
        self.texts = TextsCard(naming)
        self._where = Card()
        self.choose = Button(icon="folder")
        self._folder = Label("", "secondary")
        self._space = Label("", "hint")
        self.receipt = ReceiptCard(host.language)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._what.add(self._documents, self._left_out, self.private)
        self._whom.add(self.whom, self._meaning, self._obstacle)
        self._where.add(row(self.choose, None), self._folder, self._space)
        ask, done = ScrollPage(), ScrollPage()
        for card in (self._whom, self._what, self._where):
            card.body.addStretch(1)
        columns = Columns(820)
        for card in (self._whom, self._what, self._where):
            columns.add(card)
        ask.body.addWidget(columns)
        ask.body.addWidget(self.texts)
        ask.body.addStretch(1)
        done.body.addWidget(self.receipt)
        done.body.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(ask)
        self.stack.addWidget(done)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.left)
        self.write.clicked.connect(self._on_write)
        self.whom.chosen.connect(self._on_changed)
        self.private.chosen.connect(self._on_changed)
        self.texts.changed.connect(self._show_ready)
        self.choose.clicked.connect(self._on_choose)
        self.receipt.folder_wanted.connect(show_folder)

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._naming.words
        self._what.set_title(words("What goes out"))
        self._whom.set_title(words("For whom is it?"))
        self._where.set_title(words("Where to"))
        self.whom.offer([(key, words(name)) for key, name in wording.RECEIVERS.items()])
        self.whom.setAccessibleName(words("For whom is it?"))
        self.private.set_text(words("Also my own notes, which nobody else has seen"))
        self.choose.set_text(words("Choose a folder..."))
        self.texts.retranslate()
        self._name_buttons()

    def _name_buttons(self) -> None:
        words = self._naming.words
        done = self.stack.currentIndex() == 1
        self.cancel.set_text(words("Cancel"))
        self.cancel.setVisible(not done)
        self.write.set_text(words("Done") if done else words("Export"))

    # asking

    def begin(self, engagement: ScopeId) -> None:
        """Ask anew for an engagement; nobody is chosen as receiver."""
        self._engagement = engagement
        self._target = None
        self.whom.put(None)
        self.private.put(False)
        self.stack.setCurrentIndex(0)
        self.refresh()

    @property
    def plan(self) -> sending.Plan | None:
        """What is asked for so far."""
        if self._engagement is None:
            return None
        receiver = str(self.whom.value() or "")
        return sending.Plan(self._engagement, receiver, self.private.is_on)

    def refresh(self) -> None:
        """Show what would go out as things stand."""
        plan = self.plan
        self._name_buttons()
        if plan is None:
            return
        words = self._naming.words
        held = engagements.engagement(self._ws, plan.engagement)
        self._header.set_texts(words("Export a bundle"), held.agency)
        scopes = sending.documents(self._ws, plan)
        self._documents.setText("\n".join(self._naming.document(s) for s in scopes))
        quick = plan.receiver == sending.PARTNERS and sending.quick_scans(self._ws, plan)
        self._left_out.setVisible(bool(quick))
        self._left_out.setText(
            words("Quick scans are only indicative and stay with the agency and the team.")
        )
        self.private.setVisible(plan.receiver == sending.OWN)
        self._show_receiver(plan)
        self.texts.show_texts(sending.texts(self._ws, plan))
        self._show_target(scopes)
        self._show_ready()

    def _show_receiver(self, plan: sending.Plan) -> None:
        words = self._naming.words
        held = engagements.engagement(self._ws, plan.engagement)
        obstacle = send_obstacle(held, plan.receiver) if plan.receiver else ""
        self._obstacle.setText(words(obstacle))
        self._obstacle.setVisible(bool(obstacle))
        own = plan.receiver == sending.OWN
        self._meaning.setText(
            words("With the history of every text and the names beside changes.")
            if own
            else words("Only what stands now: earlier wordings, deleted entries and names stay.")
        )
        self._meaning.setVisible(bool(plan.receiver) and not obstacle)

    def _show_target(self, scopes: tuple[ScopeId, ...]) -> None:
        words = self._naming.words
        needed = sending.likely_size(self._ws, scopes)
        said = words("About {size}.", size=wording.size(words, needed))
        if self._target is None:
            self._folder.setText(words("Choose the stick or a folder; the file gets its own name."))
            self._space.setText(said)
            return
        self._folder.setText(isolate(str(self._target)))
        free = sending.free_space(self._target)
        if free is not None:
            room = wording.size(words, free)
            said = words("{needed} Free there: {room}.", needed=said, room=room)
        self._space.setText(said)

    def _show_ready(self) -> None:
        if self.stack.currentIndex() == 1:
            self.write.setEnabled(True)
            return
        plan = self.plan
        ready = plan is not None and bool(plan.receiver) and self._target is not None
        if plan is not None and ready:
            held = engagements.engagement(self._ws, plan.engagement)
            ready = not send_obstacle(held, plan.receiver)
        self.write.setEnabled(ready)

    def _on_changed(self) -> None:
        self.refresh()

    def _on_choose(self) -> None:
        title = self._naming.words("Where shall the bundle lie?")
        self._host.dialogs.folder(self, title, self._on_folder)

    def _on_folder(self, folder: Path) -> None:
        self._target = folder
        self.refresh()

    # writing

    def _on_write(self) -> None:
        if self.stack.currentIndex() == 1:
            self.left.emit()
            return
        plan = self.plan
        if plan is None or self._target is None:
            return
        parcel = sending.parcel(self._ws, plan, self.texts.withheld, self._naming)
        self._runner.export(parcel, self._target, self._on_done)

    def _on_done(self, receipt: Receipt) -> None:
        plan = self.plan
        if plan is None:
            return
        words = self._naming.words
        scopes = sending.documents(self._ws, plan)
        kinds = sending.counts(self._ws, scopes, self.texts.withheld)
        many = [(kind, n) for kind, n in kinds.items() if kind not in wording.PROFILES]
        self.receipt.show_receipt(receipt, wording.counted(words, many))
        at = int(self._ws.store.clock().timestamp()) // 60
        note_sent(
            self._ws,
            Sent(at, plan.engagement, plan.receiver, receipt.path.name, receipt.size),
        )
        self.stack.setCurrentIndex(1)
        self._name_buttons()
        self._show_ready()
        self.write.setFocus()
