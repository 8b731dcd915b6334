"""Page: a place in the window that refreshes when it is seen and retranslates on one event."""

from typing import ClassVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from fieldkit.core.changes import Changes
from fieldkit.core.i18n import Words
from fieldkit.qt.theme import set_role
from fieldkit.qt.translate import Language


class Page(QWidget):
    """What a tool shows; subclasses say what they show, fill it and name it.

    A subclass builds its widgets without texts in `__init__` and calls `retranslate()` last.
    `refresh()` follows by itself when the page is first shown, after each change of a shown kind
    that was not its own, and after a change of language.
    """

    shows: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self._is_stale = True
        self._scrolled_name = ""
        set_role(self, "page")

    @property
    def words(self) -> Words:
        """The words of the screen language now in use."""
        return self.language.words

    def title(self) -> str:
        """Return the page's translated title."""
        return ""

    def refresh(self) -> None:
        """Read anew and show; called when something shown has changed and the page is visible."""

    def retranslate(self) -> None:
        """Set every fixed text; the only place for them."""

    def hear(self, changes: Changes) -> None:
        """Take notice of a commit: refresh when visible, else go stale; own edits are skipped."""
        if changes.by is not self and changes.touched(self.shows):
            self.refresh_when_seen()

    def refresh_when_seen(self) -> None:
        """Refresh now if visible, else on the next show."""
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Retranslate when the language changed."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.refresh_when_seen()
            self._name_scrolled()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Refresh what went stale while nobody looked."""
        if self._is_stale:
            self._is_stale = False
            self.refresh()
        self._name_scrolled()
        super().showEvent(event)

    def _name_scrolled(self) -> None:
        """Name what scrolls and takes the keyboard after the page it belongs to."""
        for area in self.findChildren(QScrollArea):
            if area.accessibleName() in ("", self._scrolled_name):
                area.setAccessibleName(self.title())
        self._scrolled_name = self.title()
