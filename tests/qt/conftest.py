"""Widgets without a screen, in the bundled fonts and the light look."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from fieldkit.core.i18n import Words
from fieldkit.qt.fonts import load_fonts
from fieldkit.qt.theme import LIGHT, Look, look
from fieldkit.qt.translate import Language, use
from fieldkit.system.paths import shared_folder


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    load_fonts(qapp, shared_folder() / "resources" / "fonts")
    look().use(LIGHT, 100)
    return qapp


@pytest.fixture
def screen(dressed: QApplication) -> Iterator[Look]:
    """Give the look in force; after the test it is light, full size and English again."""
    force = look()
    yield force
    use(dressed, Language(), Words())
    if (force.mode, force.percent) != (LIGHT, 100):
        force.use(LIGHT, 100)


@pytest.fixture
def language(screen: Look) -> Language:
    return Language()


@pytest.fixture
def type_text(dressed: QApplication) -> Callable[[QWidget, str], None]:
    """Type any script: key clicks outside ASCII abort the process, an input method does not."""

    def typed(widget: QWidget, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(widget, event)

    return typed


@pytest.fixture
def turn(dressed: QApplication) -> Callable[[], None]:
    """Let pending layouts and deletions happen."""

    def turned() -> None:
        for _ in range(3):
            dressed.processEvents()
        QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))

    return turned
