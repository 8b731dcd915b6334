"""Drafting: ties a field to where its text is kept; a pause keeps a draft, leaving writes it."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from fieldkit.qt.text import LineEdit, PlainEdit


class Drafting(QObject):
    """One field and its text: `keep(text or None)` holds a draft, `write(text)` records it."""

    def __init__(
        self,
        field: LineEdit | PlainEdit,
        keep: Callable[[str | None], None],
        write: Callable[[str], None],
    ) -> None:
        super().__init__(field)
        self._field = field
        self._keep = keep
        self._write = write
        self._stored = ""
        self._has_draft = False
        field.paused.connect(self._on_paused)
        field.left.connect(self._on_left)

    def show(self, stored: str, draft: str | None) -> None:
        """Show what is stored, or the draft somebody left half typed."""
        self._stored = stored
        self._has_draft = draft is not None
        self._field.put(stored if draft is None else draft)

    def flush(self) -> None:
        """Write what is half typed now."""
        self._field.finish()
        if self._has_draft:
            self._on_left(self._field.text())

    def _on_paused(self, text: str) -> None:
        self._keep(text)
        self._has_draft = True

    def _on_left(self, text: str) -> None:
        if self._has_draft:
            self._keep(None)
            self._has_draft = False
        if text != self._stored:
            self._stored = text
            self._write(text)
