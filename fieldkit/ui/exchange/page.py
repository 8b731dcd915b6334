"""The exchange page: a start, and the ways from it: export, import preview, settling."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QMimeData, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from fieldkit.core.changes import Changes
from fieldkit.core.ids import ScopeId
from fieldkit.qt.dialogs import FileKind
from fieldkit.qt.host import Host
from fieldkit.qt.page import Page
from fieldkit.tools import schema
from fieldkit.tools.engagement import operations as engagements
from fieldkit.ui.exchange.export import ExportView
from fieldkit.ui.exchange.naming import Naming
from fieldkit.ui.exchange.preview import PreviewView
from fieldkit.ui.exchange.settle import SettleView, open_cases
from fieldkit.ui.exchange.start import StartView
from fieldkit.workspace.intake import Imported
from fieldkit.workspace.transfer import family
from fieldkit.workspace.workspace import Workspace

BUNDLE = ("fkb",)


class ExchangePage(Page):
    """Hands work on and takes it in; every view is one step, and Cancel leads back."""

    shows: ClassVar[frozenset[str]] = frozenset(schema().kinds) | {"scope"}

    def __init__(self, ws: Workspace, host: Host) -> None:
        super().__init__(host.language)
        self.ws, self.host = ws, host
        self._opened: ScopeId | None = None
        self._settings_then = host.settings.engagement
        self._came = ""
        naming = Naming(ws, host)
        self.start = StartView(ws, host, naming, self)
        self.exporting = ExportView(ws, host, naming, self)
        self.preview = PreviewView(ws, host, naming, self)
        self.settling = SettleView(ws, host, naming, self)
        self.stack = QStackedWidget()
        for view in (self.start, self.exporting, self.preview, self.settling):
            self.stack.addWidget(view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self.setAcceptDrops(True)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.start.went.connect(self._on_went)
        self.start.taken_back.connect(self.refresh)
        self.start.notice.acted.connect(self._on_notice)
        for view in (self.exporting, self.preview, self.settling):
            view.left.connect(self.show_start)
        self.preview.shown.connect(self._on_preview)
        self.preview.imported.connect(self._on_imported)

    def title(self) -> str:
        """Return the page's name."""
        return self.words("Exchange")

    def retranslate(self) -> None:
        """Set the fixed texts."""
        for view in (self.start, self.exporting, self.preview, self.settling):
            view.retranslate()

    # what is shown

    @property
    def engagement(self) -> ScopeId | None:
        """The engagement in hand: the one opened here, or the window's since it changed."""
        chosen = self.host.settings.engagement
        wanted = self._opened if chosen == self._settings_then and self._opened else chosen
        held = {row.id for row in self.ws.scopes("engagement")}
        return ScopeId(wanted) if wanted in held else None

    def _scopes(self) -> tuple[ScopeId, ...]:
        engagement = self.engagement
        if engagement is not None:
            return family(self.ws, engagement, private=True)
        return tuple(row.id for row in self.ws.scopes())

    def open(self, subject: ScopeId) -> None:
        """Take an engagement in hand, or the one a round or strategy belongs to."""
        self._opened = engagements.engagement_of(self.ws, subject)
        self._settings_then = self.host.settings.engagement
        self.refresh_when_seen()

    def refresh(self) -> None:
        """Show the view in hand as things stand."""
        at = self.stack.currentWidget()
        if at is self.start:
            self.start.show_state(self.engagement, len(open_cases(self.ws, self._scopes())))
        elif at is self.exporting:
            self.exporting.refresh()
        elif at is self.settling:
            self.settling.show_scopes(self._scopes())
        elif at is self.preview:
            self.preview.refresh()

    def hear(self, changes: Changes) -> None:
        """Take notice of a commit; a preview in hand may no longer be true."""
        self.preview.hear(changes)
        super().hear(changes)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look again when the page is shown next: another engagement may be in hand."""
        super().hideEvent(event)
        self._is_stale = True

    @Slot()
    def show_start(self) -> None:
        """Lead back to the start."""
        self.stack.setCurrentWidget(self.start)
        self.refresh()

    # commands

    def command(self, command: str, subject: str) -> None:
        """Do what was asked from elsewhere: exchange.export, exchange.import, exchange.settle."""
        self.start.notice.hide()
        if command == "exchange.export":
            self.show_export()
        elif command == "exchange.import":
            self.show_import(Path(subject) if subject else None)
        elif command == "exchange.settle":
            self.show_settle()
        else:
            self.show_start()

    def flush(self) -> None:
        """Nothing here is half typed for good: a new answer counts when it is used."""

    def _on_went(self, way: str) -> None:
        self.command(f"exchange.{way}", "")

    def show_export(self) -> None:
        """Ask what to export."""
        engagement = self.engagement
        if engagement is None:
            self.show_start()
            return
        self.stack.setCurrentWidget(self.exporting)
        self.exporting.begin(engagement)

    def show_import(self, path: Path | None) -> None:
        """Preview a bundle; without a path one is asked for."""
        if path is not None:
            self.stack.setCurrentWidget(self.start)
            self.preview.open_file(path)
            return
        kinds = [FileKind(self.words("Bundles"), BUNDLE)]
        title = self.words("Which bundle shall be looked at?")
        self.host.dialogs.open_file(self, title, kinds, self.show_import)

    def show_settle(self) -> None:
        """Show what is to be settled."""
        self.stack.setCurrentWidget(self.settling)
        self.settling.show_scopes(self._scopes())
        self.settling.card.setFocus()

    # what came in

    @Slot()
    def _on_preview(self) -> None:
        self.stack.setCurrentWidget(self.preview)

    @Slot(object)
    def _on_imported(self, done: Imported) -> None:
        words = self.words
        self.show_start()
        waiting = len(open_cases(self.ws, self._scopes()))
        known = {s.scope for s in done.review.scopes if s.kind == "engagement" and not s.refused}
        self._came = next(iter(known - {self.engagement}), "")
        said = words("The bundle was imported. You can take it back below.")
        if waiting:
            self.start.notice.show_message("ok", said)
        elif self._came:
            self.start.notice.show_message("ok", said, words("Open what came in"))
        else:
            self.start.notice.show_message("ok", said)

    @Slot()
    def _on_notice(self) -> None:
        if self._came:
            self.host.go("engagement.open", self._came)

    # dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a bundle."""
        if dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Preview a bundle that was dropped."""
        path = dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.show_import(path)


def dropped(data: QMimeData) -> Path | None:
    """Return the one bundle that is dragged here, or nothing."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    found = [p for p in paths if p.suffix.lower() == ".fkb"]
    return found[0] if len(found) == 1 else None
