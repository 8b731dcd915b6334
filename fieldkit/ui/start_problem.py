"""When the data cannot be opened: what happened, and restoring the newest good backup."""

from PySide6.QtCore import QEventLoop

from fieldkit.core.errors import N_, UserError
from fieldkit.core.tool import Schema
from fieldkit.qt.buttons import Button
from fieldkit.qt.dialogs import Dialog
from fieldkit.qt.host import Host
from fieldkit.qt.text import Label
from fieldkit.workspace.backup import is_damaged, newest_good, restore


class StartProblem(Dialog):
    """The first and only window while there is no workspace to show."""

    def __init__(self, host: Host, error: UserError, schema: Schema) -> None:
        super().__init__()
        self._host = host
        self._schema = schema
        self._backup = newest_good(host.paths.backups) if is_damaged(error) else None
        self._loop = QEventLoop()
        self._mended = False
        words = host.language.words
        self.name(words(N_("fieldkit cannot open your data")))
        said = words(error.text, **dict(error.values))
        self._text = Label(words(N_("{what} ({code})"), what=said, code=error.code))
        self.body.addWidget(self._text)
        self.body.addWidget(Label(str(host.paths.workspace), "hint", by_text=True))
        self.restore = Button(role="primary")
        self.retry = Button(words(N_("Try again")))
        self.stop = Button(words(N_("Close")))
        self._offer()
        self.restore.clicked.connect(self._on_restore)
        self.retry.clicked.connect(self._on_retry)
        self.stop.clicked.connect(self.reject)
        self.finished.connect(self._loop.quit)
        self.add_buttons(self.stop, None, self.retry, self.restore)

    def _offer(self) -> None:
        words = self._host.language.words
        self.restore.setVisible(self._backup is not None)
        if self._backup is None:
            return
        backup, found = self._backup
        told = words.plural(
            N_("The newest good backup is number {number}, with {n} change."),
            N_("The newest good backup is number {number}, with {n} changes."),
            found.ops,
            number=backup.number,
        )
        self.body.addWidget(Label(told))
        kept = words(N_("The damaged file is kept beside it; nothing is deleted."))
        self.body.addWidget(Label(kept, "secondary"))
        self.restore.set_text(words(N_("Restore this backup")))

    def is_mended(self) -> bool:
        """Show the problem and wait; True when opening should be tried again."""
        self.open()
        self._loop.exec()
        return self._mended

    def _on_restore(self) -> None:
        if self._backup is None:
            return
        try:
            restore(self._host.paths, self._schema, self._backup[0].path)
        except UserError as error:
            self._host.dialogs.error(self, error)
            return
        self._mended = True
        self.accept()

    def _on_retry(self) -> None:
        self._mended = True
        self.accept()
