"""A person at the real window: presses keys, waits until the window shows it, keeps pictures."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from fieldkit.app import Arguments, make_host, show
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.ui.main_window import MainWindow
from fieldkit.workspace.backup import close_with_backup
from fieldkit.workspace.workspace import Workspace
from tests.journeys.screen import Keyboard

PATIENCE_S = 15.0


class LostError(AssertionError):
    """The window never showed what was waited for."""


class Person:
    """Works in one window at a time, by keyboard alone."""

    def __init__(self, app: QApplication, pictures: Path) -> None:
        self.app = app
        self.pictures = pictures
        self.keys = Keyboard(self.settle)
        self.window: MainWindow
        self.ws: Workspace
        self._count = 0

    def open(self, home: Path, name: str) -> None:
        """Start fieldkit on a home."""
        paths = Paths.at(home)
        self.host = make_host(self.app, paths, "en")
        self.ws = Workspace.open(paths, schema(), label=name, patience=0.08)
        self.window = show(self.ws, self.host, Arguments(home, "en", False, None, None))
        self.window.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "the window is in front")

    def close(self) -> None:
        """End fieldkit as a person does."""
        self.window.close()
        self.host.jobs.stop()
        self.window.deleteLater()
        self.settle()
        QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
        close_with_backup(self.ws)

    def settle(self) -> None:
        """Let the program take in what was pressed."""
        for _ in range(3):
            self.app.processEvents()

    def until(self, shown: Callable[[], bool], what: str) -> None:
        """Wait until the window shows it."""
        end = time.monotonic() + PATIENCE_S
        while not shown():
            self.app.processEvents()
            if time.monotonic() > end:
                self.picture("lost")
                raise LostError(what)
        self.settle()

    def picture(self, name: str) -> None:
        """Keep what the window shows."""
        self._count += 1
        self.pictures.mkdir(parents=True, exist_ok=True)
        front = self.app.activeWindow() or self.window
        front.grab().save(str(self.pictures / f"{self._count:02d}-{name}.png"))

    def find(self, text: str) -> None:
        """Go somewhere with Ctrl+K."""
        self.keys.press("ctrl+k")
        self.until(lambda: self.dialog("Finder") is not None, "the finder opens")
        finder = self.dialog("Finder")
        self.until(
            lambda: finder.isActiveWindow() and finder.field.hasFocus(),
            "the finder has the keyboard",
        )
        self.keys.type(text)
        self.until(lambda: finder.field.text() == text, f"{text} is typed")
        self.keys.press("Return")
        self.until(lambda: self.dialog("Finder") is None, "the finder closes")

    def dialog(self, kind: str) -> Any:
        """Return the open dialog of a kind, by the name of its class."""
        found = [
            w for w in self.app.topLevelWidgets() if type(w).__name__ == kind and w.isVisible()
        ]
        return found[-1] if found else None

    def tab_to(self, named: str, most: int = 80) -> None:
        """Press Tab until the control with this accessible name has the keyboard."""
        for _ in range(most):
            at = self.app.focusWidget()
            if at is not None and at.accessibleName() == named:
                return
            self.keys.press("Tab")
        self.picture("lost")
        raise LostError(f"no control is called {named}")

    def use(self, named: str) -> None:
        """Go to a control with Tab and press it."""
        self.tab_to(named)
        self.keys.press("space")
