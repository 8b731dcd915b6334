"""Evidence in four words, files with their register number, and what is noted beside a question."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.form import Check, Choices
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import empty, row
from fieldkit.qt.text import Label, PlainEdit
from fieldkit.tools.assessment.model.attachments import Attachment


class EvidenceCard(Card):
    """How well an answer is supported, what was seen, and the files that show it."""

    graded = Signal(object)
    wants_file = Signal()
    removed = Signal(str)
    opened = Signal(str)

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._language = host.language
        self.grades = Choices()
        self.grades.chosen.connect(self.graded)
        self._about = Label("", "hint")
        self.text = PlainEdit(host.language, lines=2)
        self._about.setBuddy(self.text)
        self._files = QWidget()
        self._list = QVBoxLayout(self._files)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        self.attach = Button(icon="attach")
        self.attach.clicked.connect(self.wants_file)
        self.add(self.grades, self._about, self.text, self._files, self.attach)

    def retranslate(self, grades: Sequence[str]) -> None:
        """Set the fixed texts; `grades` are the names of the four grades."""
        words = self._language.words
        self.set_title(words(N_("Evidence")))
        self.grades.offer(list(enumerate(grades)))
        self.grades.setAccessibleName(words(N_("Evidence")))
        self._about.setText(words(N_("What was seen")))
        self.text.setAccessibleName(words(N_("What was seen")))
        self.attach.set_text(words(N_("Attach...")), words(N_("Attach a file as evidence")))

    def show_files(self, files: Sequence[Attachment]) -> None:
        """List the files of a question."""
        words = self._language.words
        empty(self._list)
        for file in files:
            number = file.register_no or words(N_("no register number"))
            name = Button(f"{file.name} ({number})", "link")
            name.setProperty("file", str(file.id))
            name.clicked.connect(self._on_open)
            gone = Button(role="quiet", icon="remove")
            gone.set_text("", words(N_("Take off {file}"), file=file.name))
            gone.setProperty("file", str(file.id))
            gone.clicked.connect(self._on_remove)
            self._list.addLayout(row(name, None, gone))

    def _on_open(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.opened.emit(str(sender.property("file")))

    def _on_remove(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.removed.emit(str(sender.property("file")))


class NotesCard(Card):
    """A comment for the report, one's own note that never leaves, and the mark for review."""

    marked = Signal(bool)

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._language = host.language
        self._comment_label = Label("", "hint")
        self.comment = PlainEdit(host.language, lines=2)
        self._note_label = Label("", "hint")
        self.note = PlainEdit(host.language, lines=2)
        self.mark = Check()
        self.mark.chosen.connect(self.marked)
        self._comment_label.setBuddy(self.comment)
        self._note_label.setBuddy(self.note)
        self.add(self._comment_label, self.comment, self._note_label, self.note, self.mark)

    def retranslate(self, comment: str, note: str) -> None:
        """Set the fixed texts; each field says where its text goes."""
        words = self._language.words
        self.set_title(words(N_("Notes")))
        for label, field, text in (
            (self._comment_label, self.comment, comment),
            (self._note_label, self.note, note),
        ):
            label.setText(text)
            field.setAccessibleName(text)
        self.mark.set_text(words(N_("Mark for review")))
