"""The main window: rail, classification band, and one room at a time."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fieldkit.content import load_choices
from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import ScopeId
from fieldkit.qt.bus import Bus
from fieldkit.qt.cards import Band, Banner
from fieldkit.qt.dialogs import Question
from fieldkit.qt.host import Host
from fieldkit.qt.page import Page
from fieldkit.qt.text import Label
from fieldkit.qt.translate import use
from fieldkit.system.settings import Settings
from fieldkit.system.translations import words
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.model import Engagement, Lists
from fieldkit.tools.engagement.rules import marks, marks_line
from fieldkit.ui.finder import Finder, Station
from fieldkit.ui.footing import footing
from fieldkit.ui.pages import PAGES, PageEntry, RoomPage, sample
from fieldkit.ui.sidebar import Sidebar
from fieldkit.ui.undoing import Undoing
from fieldkit.ui.window_state import WindowState
from fieldkit.workspace.cases import cases
from fieldkit.workspace.saving import UNSAVED, SaveState
from fieldkit.workspace.workspace import Workspace

SAY_MS = 6_000
RETRY_MS = 5_000
TICK_MS = 60_000


class MainWindow(QMainWindow):
    """Shows one room at a time and keeps rail, band and status true."""

    save_changed = Signal(object)

    def __init__(self, ws: Workspace, host: Host, bus: Bus) -> None:
        super().__init__()
        self.ws = ws
        self.host = host
        self.engagement: ScopeId | None = None
        self.at = ""
        self._entries = {entry.id: entry for entry in PAGES}
        self._pages: dict[str, Page] = {}
        self._hides_agency = False
        self._may_lose = False
        self._known_lists: Lists | None = None
        host.go = self.go
        host.say = self.say
        self.sidebar = Sidebar([e.room for e in PAGES if e.room], host.language)
        self._band = Band()
        self._banner = Banner()
        self._stack = QStackedWidget()
        self._word = Label("", "hint", parent=self)
        self._word.hide()
        self._lay_out()
        self._listen(bus)
        self._undoing = Undoing(ws, host, self)
        self._keys = self._make_keys()
        self.retranslate()

    # building

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._band)
        right.addWidget(self._banner)
        right.addWidget(self._stack, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(900, 560)

    def _listen(self, bus: Bus) -> None:
        bus.committed.connect(self._on_committed)
        self.sidebar.picked.connect(self._on_picked)
        self.save_changed.connect(self._on_saved)
        self.ws.on_saved(self.save_changed.emit)
        self._banner.acted.connect(self._on_retry)
        self._say_timer = QTimer(self, singleShot=True, interval=SAY_MS)
        self._say_timer.timeout.connect(self._word.hide)
        self._retry_timer = QTimer(self, interval=RETRY_MS)
        self._retry_timer.timeout.connect(self._on_retry)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_foot)
        self._tick.start()

    def _make_keys(self) -> list[QShortcut]:
        plan: list[tuple[str, Callable[[], None]]] = [
            ("Ctrl+K", self._on_find),
            ("Ctrl+Z", self._undoing.undo),
            ("Ctrl+Y", self._undoing.redo),
            ("Ctrl+Shift+Z", self._undoing.redo),
            ("F9", self._on_hide_agency),
            ("Ctrl++", self._on_larger),
            ("Ctrl+=", self._on_larger),
            ("Ctrl+-", self._on_smaller),
            ("Ctrl+E", self._on_export),
            ("Ctrl+O", self._on_import),
            ("Ctrl+P", self._on_print),
        ]
        made = []
        for key, act in plan:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(act)
            made.append(shortcut)
        return made

    # words

    def retranslate(self) -> None:
        """Set the fixed texts of the window."""
        self.sidebar.retranslate()
        self._show_agency()
        self._show_foot()

    def changeEvent(self, event: QEvent) -> None:
        """Retranslate when the language changed."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # going somewhere

    def start(self, engagement: ScopeId | None, page: str) -> None:
        """Show the first room: the engagement in hand, else the list of engagements."""
        self.take(engagement)
        known = page if page in self._entries and self.engagement else "overview"
        self.show_room(known if self.engagement else "engagements")

    def take(self, engagement: ScopeId | None) -> None:
        """Take an engagement in hand; every open page shows it."""
        held = {e.scope for e in engagements.engagements(self.ws)}
        self.engagement = engagement if engagement in held else None
        for entry in PAGES:
            if entry.room is not None:
                self.sidebar.offer(entry.id, bool(self.engagement) or not entry.needs_engagement)
            page = self._pages.get(entry.id)
            if page is not None and self.engagement is not None and entry.needs_engagement:
                _as_room(page).open(self.engagement)
        self._remember(engagement=self.engagement or "")
        self._show_agency()

    def show_room(self, room: str, subject: str = "") -> Page:
        """Show a room, made when it is first needed; half-typed text elsewhere is written."""
        entry = self._entries[room]
        self.flush()
        page = self._pages.get(room) or self._make(entry)
        if subject:
            _as_room(page).open(ScopeId(subject))
        self.at = room
        self._stack.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sidebar.choose(room)
        self.setWindowTitle(self._window_title(page))
        return page

    def _make(self, entry: PageEntry) -> Page:
        page = entry.make(self.ws, self.host)
        self._pages[entry.id] = page
        self._stack.addWidget(page)
        if self.engagement is not None and entry.needs_engagement:
            _as_room(page).open(self.engagement)
        return page

    def go(self, command: str, subject: str = "") -> None:
        """Lead to a room, or to the room that carries a command out."""
        own: dict[str, Callable[[str], None]] = {
            "engagement.open": self._on_open,
            "sample.load": self._on_sample,
            "settings.language": self._on_language,
        }
        if command in own:
            own[command](subject)
            return
        room = _ROOM_OF.get(command.split(".", 1)[0], command)
        if command in _ROOM_OF_COMMAND:
            room = _ROOM_OF_COMMAND[command]
        page = self.show_room(room, subject if _is_scope(subject) else "")
        if "." in command:
            _as_room(page).command(command, subject)

    def _on_open(self, subject: str) -> None:
        self.take(ScopeId(subject))
        self.show_room("overview")

    def _on_sample(self, _: str) -> None:
        self._on_open(sample(self.ws, self.host))

    def _on_language(self, tag: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            use(app, self.host.language, words(tag, self.host.paths.translations))
            self._remember(language=tag)

    def flush(self) -> None:
        """Write what is half typed on any page."""
        for page in self._pages.values():
            _as_room(page).flush()

    # the state of things

    def say(self, text: str) -> None:
        """Show a short message for a while."""
        self._word.setText(text)
        self._word.adjustSize()
        self._place_word()
        self._word.show()
        self._word.raise_()
        self._say_timer.start()

    def _place_word(self) -> None:
        margin = 16
        self._word.setFixedWidth(min(self._word.sizeHint().width() + 24, self.width() // 2))
        self._word.adjustSize()
        x = self.width() - self._word.width() - margin
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = margin
        self._word.move(x, self.height() - self._word.height() - margin)

    @Slot(object)
    def _on_committed(self, changes: Changes) -> None:
        for page in self._pages.values():
            page.hear(changes)
        if changes.touched({"engagement", "scope"}):
            self._on_agency_changed()
        self._show_foot()
        self._show_waiting()

    def _on_agency_changed(self) -> None:
        held = self._held()
        if held is not None and (held.archived or not held.agency):
            self.take(None)
            self.show_room("engagements")
        self._show_agency()

    @Slot(object)
    def _on_saved(self, state: SaveState) -> None:
        words = self.host.language.words
        if state.state == UNSAVED and state.why is not None:
            text = words(state.why.text, **dict(state.why.values))
            said = words(N_("NOT SAVED. {why}"), why=text)
            self._banner.show_message("error", said, words(N_("Try again")))
            self._retry_timer.start()
        else:
            self._banner.hide()
            self._retry_timer.stop()
        self._show_foot()

    def _on_retry(self) -> None:
        try:
            self.ws.retry()
        except UserError as error:
            self.host.dialogs.error(self, error)

    def _show_foot(self) -> None:
        self.sidebar.show_foot(*footing(self.ws, self.host, self.engagement))

    def _show_waiting(self) -> None:
        scopes = (
            {r.id for r in self.ws.scopes(parent=self.engagement)} if self.engagement else set()
        )
        waiting = [d for d in self.ws.differences() if d.scope in scopes | {self.engagement}]
        self.sidebar.show_waiting("exchange", len(cases(waiting, self.ws.schema)))

    def _show_agency(self) -> None:
        words = self.host.language.words
        held = self._held()
        self.sidebar.agency.setVisible(held is not None)
        self._band.setVisible(held is not None)
        if held is None:
            return
        name = words(N_("Agency hidden")) if self._hides_agency else held.agency
        place = self._lists().place_name(held.place, words)
        about = words(N_("Training")) if held.training else place
        self.sidebar.agency.set_texts(name, "" if self._hides_agency else about)
        self._band.set_text(marks_line(marks(held, self._lists()), words))

    def _lists(self) -> Lists:
        if self._known_lists is None:
            folder = self.host.paths.resources / "content" / "engagement"
            self._known_lists = Lists.of(load_choices(folder))
        return self._known_lists

    def _held(self) -> Engagement | None:
        if self.engagement is None:
            return None
        return engagements.engagement(self.ws, self.engagement)

    def _window_title(self, page: Page) -> str:
        words = self.host.language.words
        parts = [page.title(), words(N_("Fieldkit"))]
        if self.host.paths.portable:
            parts.append(words(N_("portable")))
        return " - ".join(part for part in parts if part)

    # keys

    def _on_picked(self, room: str) -> None:
        self.show_room(room)

    def _on_find(self) -> None:
        finder = Finder(self.host, self._stations(), self)
        finder.chosen.connect(self.go)
        finder.open()

    def _stations(self) -> list[Station]:
        words = self.host.language.words
        rooms = [
            Station(words(e.room.title), e.id, "")
            for e in PAGES
            if e.room and (self.engagement or not e.needs_engagement)
        ]
        acts = [Station(words(text), command, "") for text, command in _COMMANDS]
        agencies = [
            Station(e.agency, "engagement.open", e.scope)
            for e in engagements.engagements(self.ws)
            if not self._hides_agency
        ]
        found = [s for page in self._pages.values() for s in stations_of(page)]
        return [*rooms, *acts, *agencies, *found]

    def _on_hide_agency(self) -> None:
        self._hides_agency = not self._hides_agency
        self._show_agency()

    def _on_larger(self) -> None:
        self._scale(10)

    def _on_smaller(self) -> None:
        self._scale(-10)

    def _scale(self, by: int) -> None:
        look = self.host.look
        look.use(look.mode, look.percent + by)
        self._remember(text_scale=look.percent)

    def _on_export(self) -> None:
        if self.engagement:
            self.go("exchange.export")

    def _on_import(self) -> None:
        self.go("exchange.import")

    def _on_print(self) -> None:
        if self.engagement:
            self.go("strategy.print" if self.at == "strategy" else "results.print")

    # the end

    def _remember(self, **choices: str | int) -> None:
        held: Settings = self.host.settings
        values = {name: getattr(held, name) for name in held.__slots__}
        self.host.settings = Settings(**{**values, **choices})
        try:
            self.host.settings.write(self.host.paths.settings)
        except OSError:
            self.say(self.host.language.words(N_("The settings could not be kept.")))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what is half typed and remember where the window stood; ask before losing any."""
        self.flush()
        if not self._may_lose and self.ws.saved.state == UNSAVED and not self.ws.retry():
            event.ignore()
            self._ask_before_losing()
            return
        place = self.geometry()
        state = WindowState(
            place.x(), place.y(), place.width(), place.height(), self.isMaximized(), self.at
        )
        try:
            state.write(self.host.paths.window_state)
        except OSError as error:
            self.host.say(str(error))
        super().closeEvent(event)

    def _ask_before_losing(self) -> None:
        words = self.host.language.words
        asked = Question(
            words(N_("Some of your text is not saved")),
            words(
                N_(
                    "The disk did not take the last changes. Stay, make room and press Try again;"
                    " if you close now, these changes are lost."
                )
            ),
            words(N_("Close and lose them")),
            words(N_("Stay")),
            is_grave=True,
        )
        self.host.dialogs.ask(self, asked, self._on_may_lose)

    def _on_may_lose(self, yes: bool) -> None:
        self._may_lose = yes
        if yes:
            self.close()


_ROOM_OF = {"engagement": "profile", "assessment": "assess", "results": "results",
            "strategy": "strategy", "exchange": "exchange", "settings": "settings"}  # fmt: skip
_ROOM_OF_COMMAND = {
    "engagement.new": "engagements",
    "engagement.sample": "engagements",
    "strategy.start": "results",
}
_COMMANDS = (
    (N_("New engagement"), "engagement.new"),
    (N_("Export a bundle"), "exchange.export"),
    (N_("Import a bundle"), "exchange.import"),
    (N_("Settle differences"), "exchange.settle"),
    (N_("Print results"), "results.print"),
    (N_("Print the strategy"), "strategy.print"),
    (N_("Back up now"), "settings.backup"),
    (N_("About fieldkit"), "settings.about"),
)


def _is_scope(subject: str) -> bool:
    return len(subject) == 32


def _as_room(page: Page) -> RoomPage:
    return page  # type: ignore[return-value]


def stations_of(page: Page) -> list[Station]:
    """Return the places inside a page that Ctrl+K can lead to."""
    give = getattr(page, "stations", None)
    return [Station(*station) for station in give()] if give else []
