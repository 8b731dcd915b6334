"""The composition root: arguments, workspace, window; the only place that knows everyone."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from fieldkit.core.errors import UserError
from fieldkit.core.ids import ScopeId
from fieldkit.qt.bus import Bus
from fieldkit.qt.dialogs import WindowDialogs
from fieldkit.qt.fonts import load_fonts
from fieldkit.qt.host import Host
from fieldkit.qt.jobs import Jobs
from fieldkit.qt.theme import Look
from fieldkit.qt.translate import Language, use
from fieldkit.system.crash import catch_faults
from fieldkit.system.log import start_log
from fieldkit.system.paths import Paths
from fieldkit.system.settings import Settings
from fieldkit.system.translations import preferred, words
from fieldkit.tools import schema
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.window_state import WindowState
from fieldkit.workspace.workspace import Workspace

PATIENCE = 0.08


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked on the command line."""

    home: Path | None
    lang: str
    sample: bool
    pictures: Path | None
    file: Path | None


def read_arguments(given: Sequence[str]) -> Arguments:
    """Read the arguments of the window."""
    parser = argparse.ArgumentParser(prog="fieldkit")
    parser.add_argument("--home", type=Path, help="data folder")
    parser.add_argument("--lang", default="", help="screen language, as in ru")
    parser.add_argument("--sample", action="store_true", help="open the sample engagement")
    parser.add_argument("--pictures", type=Path, help="draw every page into a folder and end")
    parser.add_argument("file", nargs="?", type=Path, help="a bundle to preview")
    found = parser.parse_args(given)
    return Arguments(found.home, found.lang, found.sample, found.pictures, found.file)


def make_host(app: QApplication, paths: Paths, lang: str = "") -> Host:
    """Return the surroundings every page is handed, with fonts, look and words in force."""
    settings = Settings.read(paths.settings)
    load_fonts(app, paths.resources / "fonts")
    look = Look(app, paths.resources)
    look.use(settings.theme, settings.text_scale)
    language = Language()
    tag = lang or settings.language or preferred(paths.translations)
    use(app, language, words(tag, paths.translations))
    return Host(
        language, look, WindowDialogs(language), Jobs(language), paths, settings, _nowhere, _unheard
    )


def _nowhere(command: str, subject: str) -> None:
    raise LookupError(command, subject)


def _unheard(text: str) -> None:
    raise LookupError(text)


def open_workspace(paths: Paths, host: Host) -> Workspace | None:
    """Open the workspace; a refusal is told with its ways out, and None means to end."""
    while True:
        try:
            return Workspace.open(paths, schema(), label=host.settings.person, patience=PATIENCE)
        except UserError as error:
            from fieldkit.ui.start_problem import StartProblem  # noqa: PLC0415  (not before the first paint)

            if not StartProblem(host, error, schema()).is_mended():
                return None


def show(ws: Workspace, host: Host, asked: Arguments) -> MainWindow:
    """Build the window on an open workspace and show it."""
    bus = Bus()
    ws.listen(bus.committed.emit)
    window = MainWindow(ws, host, bus)
    bus.setParent(window)
    state = WindowState.read(host.paths.window_state)
    window.resize(state.width, state.height)
    engagement = ScopeId(host.settings.engagement) if host.settings.engagement else None
    if asked.sample or asked.pictures is not None:
        from fieldkit.tools.sample.operations import load_sample  # noqa: PLC0415  (not before the first paint)

        engagement = load_sample(ws, host.paths.resources)
    window.start(engagement, state.page)
    return window


def _tell_fault(window: MainWindow, host: Host, error: BaseException, text: str) -> None:
    from fieldkit.ui.crash_dialog import show_crash  # noqa: PLC0415  (not before the first paint)

    show_crash(window, host, error, text)


def main(given: Sequence[str] | None = None) -> int:
    """Open the window and return the exit code."""
    asked = read_arguments(sys.argv[1:] if given is None else given)
    app = QApplication.instance() or QApplication(["fieldkit"])
    if not isinstance(app, QApplication):
        return 4
    app.setApplicationName("fieldkit")
    paths = Paths.at(asked.home)
    start_log(paths.log)
    host = make_host(app, paths, asked.lang)
    ws = open_workspace(paths, host)
    if ws is None:
        return 3
    window = show(ws, host, asked)
    catch_faults(lambda error, text: _tell_fault(window, host, error, text))
    try:
        if asked.pictures is not None:
            from fieldkit.ui.pictures import draw_pictures  # noqa: PLC0415  (not before the first paint)

            return draw_pictures(app, window, asked.pictures)
        window.show()
        if asked.file is not None:
            window.go("exchange.import", str(asked.file))
        QTimer.singleShot(0, ws.check_later)
        return app.exec()
    finally:
        host.jobs.stop()
        from fieldkit.workspace.backup import close_with_backup  # noqa: PLC0415  (not before the first paint)

        close_with_backup(ws)
