"""Pictures: drives the real window through its rooms and saves what it shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from fieldkit.qt.translate import use
from fieldkit.system.translations import words
from fieldkit.ui.main_window import MainWindow

ROOMS = ("overview", "profile", "assess", "results", "strategy", "exchange", "settings",
         "engagements")  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at every room."""

    name: str
    width: int
    height: int
    theme: str = "light"
    language: str = "en"
    percent: int = 100


VIEWS = (
    View("light-1280", 1280, 800),
    View("light-1024", 1024, 600),
    View("dark-1280", 1280, 800, "dark"),
    View("russian-1280", 1280, 800, language="ru"),
    View("russian-1024", 1024, 600, language="ru"),
    View("long-1280", 1280, 800, language="qps-long"),
    View("right-to-left-1280", 1280, 800, language="qps-rtl"),
    View("large-1280", 1280, 800, percent=150),
)


def draw_pictures(app: QApplication, window: MainWindow, folder: Path) -> int:
    """Save every room in every view as PNG and return the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    before = window.host.language.words
    count = 0
    for view in VIEWS:
        for room in _shown(app, window, view):
            window.grab().save(str(folder / f"{view.name}-{room}.png"))
            count += 1
    use(app, window.host.language, before)
    window.host.look.use("light", 100)
    return 0 if count == len(VIEWS) * len(ROOMS) else 1


def _shown(app: QApplication, window: MainWindow, view: View) -> Iterator[str]:
    host = window.host
    host.look.use(view.theme, view.percent)
    use(app, host.language, words(view.language, host.paths.translations))
    window.resize(view.width, view.height)
    window.show()
    for room in ROOMS:
        window.show_room(room)
        settle(app)
        yield room


def settle(app: QApplication) -> None:
    """Let layouts and repaints that wait come to rest."""
    for _ in range(4):
        app.processEvents()
