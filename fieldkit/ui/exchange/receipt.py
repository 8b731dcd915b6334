"""The receipt: what was written and proven by reading it again, and when the stick may go."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldkit.core.i18n import Words, isolate
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.layouts import FlowLayout
from fieldkit.qt.text import Label, LineEdit
from fieldkit.qt.translate import Language
from fieldkit.ui.exchange import wording
from fieldkit.workspace.transfer import Receipt


class ReceiptCard(Card):
    """Says that a bundle lies on the stick, whole and checked."""

    folder_wanted = Signal(object)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._language = language
        self._folder: Path | None = None
        self._state = Label("", "ok")
        self._counts = Label("", "title")
        self._file = Label("", "strong")
        self._missing = Label("", "warning")
        self._pull = Label("", "strong")
        self._about = Label("", "hint")
        self._sha = LineEdit()
        self._sha.setReadOnly(True)
        self._about.setBuddy(self._sha)
        self.show_folder = Button(icon="folder")
        ways = QWidget()
        flow = FlowLayout(ways)
        flow.addWidget(self.show_folder)
        self.add(self._state, self._counts, self._file, self._missing, self._pull)
        self.add(self._about, self._sha, ways)
        self.show_folder.clicked.connect(self._on_folder)

    def show_receipt(self, receipt: Receipt, counted: str) -> None:
        """Show what was written; `counted` says it in kinds."""
        words: Words = self._language.words
        self._folder = receipt.path.parent
        self._state.setText(words("✓ Written, read again and checked"))
        self._counts.setText(
            words("{what}, {size}", what=counted, size=wording.size(words, receipt.size))
        )
        self._file.setText(isolate(str(receipt.path)))
        missing = len(receipt.missing)
        self._missing.setVisible(bool(missing))
        self._missing.setText(
            words.plural(
                "{n} attached file is not on this computer and did not go along.",
                "{n} attached files are not on this computer and did not go along.",
                missing,
            )
        )
        self._pull.setText(words("The stick may be pulled now."))
        self._about.setText(words("Fingerprint of the file (SHA-256), to compare by telephone"))
        self._sha.setText(receipt.sha256)
        self._sha.setCursorPosition(0)
        self._sha.setAccessibleName(self._about.text())
        self.show_folder.set_text(words("Show in folder"))

    def _on_folder(self) -> None:
        self.folder_wanted.emit(self._folder)
