"""Dialogs: questions, messages, errors and files; one door, which tests answer by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.qt.buttons import Button
from fieldkit.qt.icons import IconMark
from fieldkit.qt.layouts import column, row
from fieldkit.qt.text import Label, shown
from fieldkit.qt.translate import Language


@dataclass(frozen=True, slots=True)
class Question:
    """A question with two answers, all texts translated; `is_grave` marks what cannot be undone."""

    title: str
    text: str
    yes: str
    no: str = ""
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file dialog offers: a translated name and the endings, without dots."""

    name: str
    endings: tuple[str, ...]

    def pattern(self) -> str:
        """Return the kind as a file dialog writes it."""
        return f"{self.name} ({' '.join('*.' + e for e in self.endings)})"


class Dialogs(Protocol):
    """The one door to dialogs; every page is handed one."""

    def ask(self, over: QWidget, question: Question, then: Callable[[bool], None]) -> None:
        """Ask, and say what was answered; closing counts as no."""

    def tell(self, over: QWidget, title: str, text: str) -> None:
        """Say something."""

    def error(self, over: QWidget, error: UserError) -> None:
        """Say what went wrong, with its code."""

    def open_file(
        self, over: QWidget, title: str, kinds: Sequence[FileKind], then: Callable[[Path], None]
    ) -> None:
        """Let a file be chosen; nothing follows when none was."""

    def save_file(
        self, over: QWidget, title: str, suggested: Path, then: Callable[[Path], None]
    ) -> None:
        """Let a place for a new file be chosen; nothing follows when none was."""

    def folder(self, over: QWidget, title: str, then: Callable[[Path], None]) -> None:
        """Let a folder be chosen; nothing follows when none was."""


class Dialog(QDialog):
    """A window over another that never blocks; `body` is its layout; open with `open()`."""

    dies_when_closed: Final = Qt.WidgetAttribute.WA_DeleteOnClose

    def __init__(self, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setModal(False)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 20, 24, 20)
        self.body.setSpacing(12)

    def name(self, title: str) -> None:
        """Give the dialog its title."""
        self.setWindowTitle(shown(title))

    def add_buttons(self, *buttons: QWidget | None) -> None:
        """Put buttons below everything; None is the stretch between them."""
        self.body.addLayout(row(*buttons))


class _Message(Dialog):
    """A sign, a heading and a text."""

    def __init__(self, over: QWidget, sign: str, title: str, text: str) -> None:
        super().__init__(over)
        self.setAttribute(self.dies_when_closed)
        self.name(title)
        tokens = {"error": "error", "warning": "warning"}
        mark = IconMark(sign, tokens.get(sign, "primary"), 32)
        said = Label(text)
        said.setMinimumWidth(said.fontMetrics().averageCharWidth() * 48)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._texts = column(Label(title, "heading"), said, spacing=6)
        self._texts.setAlignment(Qt.AlignmentFlag.AlignTop)
        beside = row(spacing=16)
        beside.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        beside.addLayout(self._texts, 1)
        self.body.addLayout(beside)
        self.setAccessibleDescription(text)


class QuestionDialog(_Message):
    """A question; where the answer cannot be undone, no is the one Enter gives."""

    def __init__(self, over: QWidget, question: Question, no: str) -> None:
        sign = "warning" if question.is_grave else "help"
        super().__init__(over, sign, question.title, question.text)
        self.yes = Button(question.yes, "danger" if question.is_grave else "primary")
        self.no = Button(question.no or no)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        self.add_buttons(None, self.no, self.yes)
        likely = self.no if question.is_grave else self.yes
        likely.setDefault(True)
        likely.setFocus()


class ErrorDialog(_Message):
    """What happened, why, what to do; the code below, and a button that copies both."""

    def __init__(self, over: QWidget, error: UserError, language: Language) -> None:
        words = language.words
        text = words(error.text, **error.values)
        super().__init__(over, "error", words(N_("That did not work")), text)
        self._details = f"{error.code}\n{text}"
        self._texts.addWidget(Label(words(N_("Code {code}"), code=error.code), "hint"))
        self.copy = Button(words(N_("Copy details")), icon="copy")
        self.copy.clicked.connect(self._on_copy)
        self.close_button = Button(words(N_("Close")), "primary")
        self.close_button.clicked.connect(self.reject)
        self.close_button.setDefault(True)
        self.add_buttons(self.copy, None, self.close_button)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class WindowDialogs:
    """Dialogs as people see them."""

    def __init__(self, language: Language) -> None:
        """Speak the screen's language."""
        self._language = language

    def ask(self, over: QWidget, question: Question, then: Callable[[bool], None]) -> None:
        """Ask, and say what was answered."""
        dialog = QuestionDialog(over, question, self._language.words(N_("Cancel")))
        dialog.finished.connect(partial(_answer, then))
        dialog.open()

    def tell(self, over: QWidget, title: str, text: str) -> None:
        """Say something."""
        dialog = _Message(over, "about", title, text)
        close = Button(self._language.words(N_("Close")), "primary")
        close.clicked.connect(dialog.accept)
        dialog.add_buttons(None, close)
        dialog.open()

    def error(self, over: QWidget, error: UserError) -> None:
        """Say what went wrong, with its code."""
        ErrorDialog(over, error, self._language).open()

    def open_file(
        self, over: QWidget, title: str, kinds: Sequence[FileKind], then: Callable[[Path], None]
    ) -> None:
        """Let a file be chosen."""
        dialog = QFileDialog(over, shown(title))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([kind.pattern() for kind in kinds])
        _show_files(dialog, then)

    def save_file(
        self, over: QWidget, title: str, suggested: Path, then: Callable[[Path], None]
    ) -> None:
        """Let a place for a new file be chosen."""
        dialog = QFileDialog(over, shown(title), str(suggested.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suggested.suffix.lstrip("."))
        dialog.selectFile(suggested.name)
        _show_files(dialog, then)

    def folder(self, over: QWidget, title: str, then: Callable[[Path], None]) -> None:
        """Let a folder be chosen."""
        dialog = QFileDialog(over, shown(title))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        _show_files(dialog, then)


def _answer(then: Callable[[bool], None], result: int) -> None:
    then(result == QDialog.DialogCode.Accepted)


def _show_files(dialog: QFileDialog, then: Callable[[Path], None]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(partial(_chosen, then))
    dialog.open()


def _chosen(then: Callable[[Path], None], name: str) -> None:
    then(Path(name))


@dataclass(slots=True)
class PreparedDialogs:
    """Dialogs answered beforehand, for tests, self-test and pictures; keeps what was said."""

    yes: bool = True
    paths: list[Path] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    errors: list[UserError] = field(default_factory=list)

    def ask(self, over: QWidget, question: Question, then: Callable[[bool], None]) -> None:  # noqa: ARG002
        """Answer as prepared."""
        self.asked.append(question)
        then(self.yes)

    def tell(self, over: QWidget, title: str, text: str) -> None:  # noqa: ARG002
        """Keep what was said."""
        self.told.append((title, text))

    def error(self, over: QWidget, error: UserError) -> None:  # noqa: ARG002
        """Keep what went wrong."""
        self.errors.append(error)

    def open_file(
        self,
        over: QWidget,  # noqa: ARG002
        title: str,  # noqa: ARG002
        kinds: Sequence[FileKind],  # noqa: ARG002
        then: Callable[[Path], None],
    ) -> None:
        """Choose the next prepared file, if there is one."""
        self._next(then)

    def save_file(
        self,
        over: QWidget,  # noqa: ARG002
        title: str,  # noqa: ARG002
        suggested: Path,  # noqa: ARG002
        then: Callable[[Path], None],
    ) -> None:
        """Choose the next prepared place, if there is one."""
        self._next(then)

    def folder(self, over: QWidget, title: str, then: Callable[[Path], None]) -> None:  # noqa: ARG002
        """Choose the next prepared folder, if there is one."""
        self._next(then)

    def _next(self, then: Callable[[Path], None]) -> None:
        if self.paths:
            then(self.paths.pop(0))
