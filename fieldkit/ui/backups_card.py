"""The backups: when the last one was made, where they lie, and one more now."""

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QWidget

from fieldkit.core.i18n import isolate
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import FlowLayout
from fieldkit.qt.text import Label
from fieldkit.ui.running import Runner
from fieldkit.ui.showing import show_folder
from fieldkit.workspace.backup import Backup, backups
from fieldkit.workspace.transfer import Receipt
from fieldkit.workspace.workspace import Workspace


class BackupsCard(Card):
    """Says what is backed up and lets one more be made."""

    def __init__(self, ws: Workspace, host: Host, owner: QWidget) -> None:
        super().__init__()
        self._ws, self._host = ws, host
        self._runner = Runner(ws, host, owner)
        self._last = Label("", "strong")
        self._where = Label("", "secondary")
        self._note = Label("", "hint")
        self.now = Button(icon="backup")
        self.show_them = Button(role="quiet", icon="folder")
        ways = QWidget()
        flow = FlowLayout(ways)
        flow.addWidget(self.now)
        flow.addWidget(self.show_them)
        self.add(self._last, self._where, self._note, ways)
        self.now.clicked.connect(self.back_up)
        self.show_them.clicked.connect(self._on_show)

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._host.language.words
        self.set_title(words("Backups"))
        self._note.setText(
            words(
                "A backup is written by itself at closing when something changed. It holds"
                " everything, also your own notes, and never leaves this computer by itself."
            )
        )
        self.now.set_text(words("Back up now"))
        self.show_them.set_text(words("Show the backups"))

    def refresh(self) -> None:
        """Show the newest backup."""
        words = self._host.language.words
        held = backups(self._ws.paths.backups)
        self._where.setText(isolate(str(self._ws.paths.backups)))
        self._last.setText(
            words("Last backup: {when}", when=self._when(held[0]))
            if held
            else words("There is no backup yet.")
        )

    def _when(self, newest: Backup) -> str:
        words = self._host.language.words
        made = _made(newest.path)
        if made is None:
            return words("on an unknown day")
        return words("{day}, {time}", day=words.date(made.date()), time=words.time(made))

    def back_up(self) -> None:
        """Write a backup now."""
        self._runner.back_up(self._on_done)

    def _on_done(self, _: Receipt) -> None:
        self.refresh()
        self._host.say(self._host.language.words("The backup was written and checked."))

    def _on_show(self) -> None:
        folder = self._ws.paths.backups
        show_folder(folder if folder.is_dir() else self._ws.paths.home)


def _made(path: Path) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).astimezone()
    except (OSError, OverflowError, ValueError):
        return None
