"""Looking at pages as people do: a host that remembers, visible words, names and clipped texts."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTableWidget,
    QWidget,
)

from fieldkit.core.i18n import Words
from fieldkit.qt.dialogs import PreparedDialogs
from fieldkit.qt.fonts import load_fonts
from fieldkit.qt.host import Host
from fieldkit.qt.jobs import Jobs
from fieldkit.qt.page import Page
from fieldkit.qt.text import Label
from fieldkit.qt.theme import LIGHT, look
from fieldkit.qt.translate import Language, use
from fieldkit.system.paths import Paths
from fieldkit.system.settings import Settings
from fieldkit.system.translations import words
from fieldkit.workspace.workspace import Workspace

P = TypeVar("P", bound=Page)
W = TypeVar("W", bound=QWidget)
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QTableWidget)


@dataclass
class Went:
    """Where pages led and what they said."""

    to: list[tuple[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@contextmanager
def prepared_host(app: QApplication, paths: Paths, went: Went) -> Iterator[Host]:
    """Give a page its surroundings; afterwards everything is light, full size and English again."""
    load_fonts(app, paths.resources / "fonts")
    force = look()
    force.use(LIGHT, 100)
    language = Language()
    use(app, language, Words())
    jobs = Jobs(language)
    yield Host(
        language, force, PreparedDialogs(), jobs, paths, Settings(),
        lambda command, subject: went.to.append((command, subject)), went.said.append,
    )  # fmt: skip
    jobs.stop()
    use(app, language, Words())
    force.use(LIGHT, 100)


@contextmanager
def on_screen(page: P, ws: Workspace, size: tuple[int, int] = (1072, 776)) -> Iterator[P]:
    """Show a page that hears every commit; it is gone before its workspace closes."""
    ws.listen(page.hear)
    page.resize(*size)
    page.show()
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    settle()
    yield page
    page.hide()
    page.deleteLater()
    settle()


def answers(host: Host) -> PreparedDialogs:
    """Return what was asked and told in dialogs."""
    assert isinstance(host.dialogs, PreparedDialogs)
    return host.dialogs


def settle() -> None:
    """Let pending layouts, timers and deletions happen."""
    for _ in range(4):
        QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    QApplication.processEvents()


def speak(host: Host, tag: str) -> None:
    """Show everything in a language."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    use(app, host.language, words(tag, host.paths.translations))
    settle()


def seen(page: QWidget) -> str:
    """Return every word a person sees on a page."""
    settle()
    labels = [w.text() for w in page.findChildren(QLabel) if w.isVisible()]
    buttons = [w.text() for w in page.findChildren(QAbstractButton) if w.isVisible()]
    return "\n".join(text for text in (*labels, *buttons) if text)


def button(page: QWidget, text: str) -> QAbstractButton:
    """Return the visible button of that text or name."""
    settle()
    held = [b for b in page.findChildren(QAbstractButton) if b.isVisible()]
    return next(b for b in held if text in (b.text(), b.accessibleName()))


def press(page: QWidget, text: str) -> None:
    """Click the visible button of that text or name."""
    QTest.mouseClick(button(page, text), Qt.MouseButton.LeftButton)
    settle()


def named(page: QWidget, name: str, kind: type[W]) -> W:
    """Return the visible control a screen reader calls by this name."""
    settle()
    return next(
        w for w in page.findChildren(kind) if w.isVisible() and w.accessibleName() == name
        and w.focusPolicy() != Qt.FocusPolicy.NoFocus
    )  # fmt: skip


def retype(line: QWidget, text: str) -> None:
    """Replace the text of a line by typing, and press Enter."""
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle()


def choose(box: QWidget, text: str) -> None:
    """Choose an entry of a list by its text, as a person does."""
    assert isinstance(box, QComboBox)
    at = box.findText(text)
    assert at >= 0, [box.itemText(i) for i in range(box.count())]
    box.setCurrentIndex(at)
    box.activated.emit(at)
    settle()


def nameless(page: QWidget) -> list[str]:
    """Return the visible controls a screen reader cannot name."""
    settle()
    return [
        f"{type(w).__name__} in {type(w.parentWidget()).__name__}"
        for kind in CONTROLS
        for w in page.findChildren(kind)
        if w.isVisible() and not w.objectName().startswith("qt_") and not _name(w)
    ]


def _name(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


def clipped(page: QWidget) -> list[str]:
    """Return the visible texts that have less room than they need."""
    settle()
    buttons = [
        b.text() for b in page.findChildren(QAbstractButton)
        if b.isVisible() and b.text() and b.width() < b.minimumSizeHint().width()
    ]  # fmt: skip
    return buttons + [t.text() for t in page.findChildren(Label) if t.isVisible() and _is_cut(t)]


def _is_cut(label: Label) -> bool:
    if not label.text() or label._elides:
        return False
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 1
    return label.sizeHint().width() > label.width() + 1
