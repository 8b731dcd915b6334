"""Undo and redo for the whole window: typing, deleting, settling and importing."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.qt.host import Host
from fieldkit.workspace.takeback import undo_import
from fieldkit.workspace.workspace import Undone, Workspace


class Undoing:
    """Takes back and does again; a field somebody types in keeps its own undo first."""

    def __init__(self, ws: Workspace, host: Host, window: QWidget) -> None:
        """Work for one window."""
        self._ws = ws
        self._host = host
        self._window = window

    def undo(self) -> None:
        """Take the last command back and say what it was."""
        if _undo_typing(self._window.focusWidget()):
            return
        words = self._host.language.words
        imported = self._ws.last_import()
        if imported is not None:
            self._undo_import(imported)
            return
        done = self._ws.undo()
        if done is None:
            self._host.say(words(N_("Nothing to undo.")))
        else:
            self._tell(done, N_("Undone: {what}"))

    def redo(self) -> None:
        """Do again what was taken back last."""
        done = self._ws.redo()
        if done is None:
            self._host.say(self._host.language.words(N_("Nothing to do again.")))
        else:
            self._tell(done, N_("Done again: {what}"))

    def _undo_import(self, number: int) -> None:
        words = self._host.language.words
        try:
            undo_import(self._ws, number)
        except UserError as error:
            self._host.dialogs.error(self._window, error)
        else:
            self._host.say(words(N_("The import was taken back. The same file may come again.")))

    def _tell(self, done: Undone, template: str) -> None:
        words = self._host.language.words
        said = words(template, what=words(done.label))
        if done.skipped:
            left = words.plural(
                N_("{n} field was changed since and stays as it is."),
                N_("{n} fields were changed since and stay as they are."),
                len(done.skipped),
            )
            said = f"{said} {left}"
        self._host.say(said)


def _undo_typing(field: QWidget | None) -> bool:
    if isinstance(field, QLineEdit):
        can = field.isUndoAvailable() and field.isModified()
    elif isinstance(field, QPlainTextEdit):
        can = field.document().isUndoAvailable()
    else:
        return False
    if can:
        field.undo()
    return can
