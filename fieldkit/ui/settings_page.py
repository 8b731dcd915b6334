"""The settings page: language, look, name, where the data lies, backups, and about fieldkit."""

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import isolate
from fieldkit.core.ids import ScopeId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card, Header
from fieldkit.qt.form import ComboBox, Form, SpinBox
from fieldkit.qt.host import Host
from fieldkit.qt.jobs import Progress
from fieldkit.qt.layouts import Columns, FlowLayout, ScrollPage
from fieldkit.qt.page import Page
from fieldkit.qt.text import Label, LineEdit
from fieldkit.qt.theme import DARK, LARGEST, LIGHT, SMALLEST, SYSTEM
from fieldkit.qt.translate import use
from fieldkit.system import translations
from fieldkit.system.settings import Settings
from fieldkit.ui.about_card import AboutCard
from fieldkit.ui.backups_card import BackupsCard
from fieldkit.ui.exchange.wording import size
from fieldkit.ui.showing import show_folder
from fieldkit.workspace.workspace import Workspace

STEP = 10


class SettingsPage(Page):
    """Every choice takes effect at once and is kept at once; there is no OK to press."""

    shows: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, ws: Workspace, host: Host) -> None:
        super().__init__(host.language)
        self.ws, self.host = ws, host
        self._header = Header()
        self.language_box, self.second_box, self.theme_box = ComboBox(), ComboBox(), ComboBox()
        self.size_box = SpinBox(SMALLEST, LARGEST)
        self.size_box.setSingleStep(STEP)
        self.name_line = LineEdit()
        self._screen, self._you, self._data = Card(), Card(), Card()
        self._path, self._size, self._quiet = Label("", "strong"), Label("", "secondary"), Label()
        self.copy, self.show_data = Button(icon="copy"), Button(icon="folder", role="quiet")
        self.backups = BackupsCard(ws, host, self)
        self.about = AboutCard(ws, host)
        self._fill()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _fill(self) -> None:
        screen = Form(self.host.language)
        screen.row(N_("Language of the screen"), self.language_box)
        screen.row(
            N_("Second language"),
            self.second_box,
            help=N_("Questions are shown in it too, below the first."),
        )
        screen.row(N_("Light or dark"), self.theme_box)
        screen.row(N_("Text size in percent"), self.size_box)
        self._screen.add(screen)
        you = Form(self.host.language)
        you.row(
            N_("Name shown beside your changes"),
            self.name_line,
            help=N_("For example a role. Colleagues see it; it counts from the next start on."),
        )
        self._you.add(you)
        ways = QWidget()
        flow = FlowLayout(ways)
        flow.addWidget(self.copy)
        flow.addWidget(self.show_data)
        self._data.add(self._path, self._size, self._quiet, ways)

    def _lay_out(self) -> None:
        self._page = ScrollPage()
        left, right = QWidget(), QWidget()
        for half, cards in (
            (left, (self._screen, self._you)),
            (right, (self._data, self.backups)),
        ):
            stack = QVBoxLayout(half)
            stack.setContentsMargins(0, 0, 0, 0)
            stack.setSpacing(16)
            for card in cards:
                stack.addWidget(card)
            stack.addStretch(1)
        columns = Columns(760)
        columns.add(left)
        columns.add(right)
        self._page.body.addWidget(columns)
        self._page.body.addWidget(self.about)
        self._page.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self._page, 1)

    def _connect(self) -> None:
        self.language_box.chosen.connect(self._on_language)
        self.second_box.chosen.connect(self._on_second)
        self.theme_box.chosen.connect(self._on_theme)
        self.size_box.chosen.connect(self._on_size)
        self.name_line.left.connect(self._on_name)
        self.copy.clicked.connect(self._on_copy)
        self.show_data.clicked.connect(self._on_show)

    def title(self) -> str:
        """Return the page's name."""
        return self.words("Settings")

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self.words
        self._header.set_texts(words("Settings"), words("every choice counts at once"))
        self._screen.set_title(words("Screen"))
        self._you.set_title(words("You"))
        self._data.set_title(words("Where is my data?"))
        self._quiet.setText(
            words("Nothing is sent anywhere by itself. Deleting this folder deletes everything.")
        )
        self.copy.set_text(words("Copy the path"))
        self.show_data.set_text(words("Show in folder"))
        self.theme_box.offer(
            [
                (SYSTEM, words("as the system")),
                (LIGHT, words("light")),
                (DARK, words("dark")),
            ]
        )
        self.backups.retranslate()
        self.about.retranslate()
        self._offer_languages()

    def _offer_languages(self) -> None:
        held = [(row.tag, row.name) for row in translations.available(self.host.paths.translations)]
        screen = self.words.language
        shown = held if any(tag == screen for tag, _ in held) else [*held, (screen, screen)]
        self.language_box.offer(shown)
        self.language_box.put(screen)
        self.second_box.offer([("", self.words("none")), *held])
        self.second_box.put(self.host.settings.second_language)

    # showing

    def open(self, subject: ScopeId) -> None:
        """Show the page; it is the same for every engagement."""

    def refresh(self) -> None:
        """Show what is chosen and how much there is."""
        self._offer_languages()
        self.theme_box.put(self.host.look.mode)
        self.size_box.put(self.host.look.percent)
        self.name_line.put(self.host.settings.person)
        self._path.setText(isolate(str(self.ws.paths.home)))
        self.backups.refresh()
        self.host.jobs.run(self._measure, self._show_size, self._on_unmeasured)

    def _measure(self, progress: Progress) -> int:
        total = 0
        for file in _files(self.ws.paths.home):
            progress.check()
            total += _size_of(file)
        return total

    def _show_size(self, total: int) -> None:
        self._size.setText(self.words("{size} in all", size=size(self.words, total)))

    def _on_unmeasured(self, error: UserError) -> None:
        self.host.dialogs.error(self, error)

    # commands

    def command(self, command: str, subject: str) -> None:  # noqa: ARG002
        """Do what was asked from elsewhere: settings.backup, settings.about."""
        if command == "settings.backup":
            self.backups.back_up()
        elif command == "settings.about":
            self._page.ensureWidgetVisible(self.about, 0, self.about.height())
            self._page.verticalScrollBar().setValue(self.about.y())

    def flush(self) -> None:
        """Write a half-typed name."""
        self.name_line.finish()

    # choices

    def _on_language(self, tag: object) -> None:
        self._keep(replace(self.host.settings, language=str(tag)))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            held = translations.words(str(tag), self.host.paths.translations)
            use(app, self.host.language, held)

    def _on_second(self, tag: object) -> None:
        self._keep(replace(self.host.settings, second_language=str(tag)))

    def _on_theme(self, mode: object) -> None:
        self._keep(replace(self.host.settings, theme=str(mode)))
        self.host.look.use(str(mode), self.host.look.percent)

    def _on_size(self, percent: int) -> None:
        self._keep(replace(self.host.settings, text_scale=percent))
        self.host.look.use(self.host.look.mode, percent)

    def _on_name(self, name: str) -> None:
        self._keep(replace(self.host.settings, person=name.strip()))

    def _keep(self, settings: Settings) -> None:
        self.host.settings = settings
        try:
            settings.write(self.host.paths.settings)
        except OSError:
            self.host.say(self.words("The settings could not be kept."))

    # data

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self.ws.paths.home))
        self.host.say(self.words("The path was copied."))

    def _on_show(self) -> None:
        show_folder(self.ws.paths.home)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_dir()]


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
