"""The parts of the window: finder, memory, crash dialog, the window shown when data cannot open."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from fieldkit.app import make_host
from fieldkit.core.errors import UserError
from fieldkit.qt.host import Host
from fieldkit.system.paths import Paths
from fieldkit.system.settings import Settings
from fieldkit.tools import schema
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.model import Engagement
from fieldkit.ui.crash_dialog import CrashDialog, show_crash
from fieldkit.ui.finder import Finder, Station
from fieldkit.ui.start_problem import StartProblem
from fieldkit.ui.window_state import WindowState
from fieldkit.workspace.backup import close_with_backup
from fieldkit.workspace.workspace import Workspace


@pytest.fixture
def host(qapp: QApplication, paths: Paths) -> Host:
    return make_host(qapp, paths, "en")


def test_the_finder_finds_without_accents_and_goes_with_enter(qtbot, host: Host) -> None:
    stations = [
        Station("Overview", "overview"),
        Station("Écoute", "listen"),
        Station("Отчёт", "report", "7"),
    ]
    finder = Finder(host, stations, None)
    qtbot.addWidget(finder)
    finder.open()
    qtbot.keyClicks(finder.field, "otcet")
    assert finder.results.count() == 1
    with qtbot.waitSignal(finder.chosen) as heard:
        qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert heard.args == ["report", "7"]


def test_arrows_move_in_the_finder_while_typing(qtbot, host: Host) -> None:
    finder = Finder(host, [Station(f"Room {i}", f"r{i}") for i in range(5)], None)
    qtbot.addWidget(finder)
    finder.open()
    qtbot.keyClick(finder.field, Qt.Key.Key_Down)
    qtbot.keyClick(finder.field, Qt.Key.Key_Down)
    qtbot.keyClick(finder.field, Qt.Key.Key_Up)
    with qtbot.waitSignal(finder.chosen) as heard:
        qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert heard.args[0] == "r1"


def test_enter_on_nothing_found_stays(qtbot, host: Host) -> None:
    finder = Finder(host, [Station("Overview", "overview")], None)
    qtbot.addWidget(finder)
    finder.open()
    qtbot.keyClicks(finder.field, "zzz")
    with qtbot.assertNotEmitted(finder.chosen):
        qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert finder.isVisible()


def test_the_window_remembers_where_it_stood(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    WindowState(5, 6, 900, 700, True, "results").write(file)
    assert WindowState.read(file) == WindowState(5, 6, 900, 700, True, "results")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"width": "wide", "page": 3}', "\x00"])
def test_a_broken_memory_means_the_defaults(tmp_path: Path, text: str) -> None:
    file = tmp_path / "window.json"
    file.write_text(text)
    assert WindowState.read(file) == WindowState()
    assert Settings.read(file) == Settings()


def test_settings_keep_what_they_know_and_bound_the_text_size(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(
        json.dumps({"language": "ru", "text_scale": 9000, "unknown": 1, "recent": "no"})
    )
    assert Settings.read(file) == Settings(language="ru", text_scale=200)
    Settings(theme="dark").write(file)
    assert Settings.read(file).theme == "dark"


def test_a_fault_of_ours_says_the_work_is_kept(qtbot, host: Host) -> None:
    dialog = CrashDialog(host, "ValueError\n/x.py:3 f", None)
    qtbot.addWidget(dialog)
    dialog.open()
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Everything that was saved is kept" in told
    dialog._on_copy()
    assert "ValueError" in QApplication.clipboard().text()


def test_a_refusal_that_reaches_the_hook_is_told_in_its_own_words(qtbot, host: Host) -> None:
    from fieldkit.qt.dialogs import PreparedDialogs

    host.dialogs = PreparedDialogs()
    error = UserError("E_X", "Said plainly.")
    window = QWidget()
    qtbot.addWidget(window)
    show_crash(window, host, error, "")
    assert host.dialogs.errors == [error]


def damaged_home(paths: Paths) -> None:
    ws = Workspace.open(paths, schema())
    engagements.create(ws, Engagement(agency="Kept Police", training=True))
    close_with_backup(ws)
    body = bytearray(paths.workspace.read_bytes())
    body[100:400] = bytes(300)
    paths.workspace.write_bytes(body)


def test_a_damaged_store_offers_the_newest_backup_and_restores_it(
    qtbot, host: Host, paths: Paths
) -> None:
    damaged_home(paths)
    before = paths.workspace.read_bytes()
    with pytest.raises(UserError) as refused:
        Workspace.open(paths, schema())
    assert paths.workspace.read_bytes() == before
    problem = StartProblem(host, refused.value, schema())
    qtbot.addWidget(problem)
    assert not problem.restore.isHidden()
    QTimer.singleShot(0, problem.restore.click)
    assert problem.is_mended()
    with Workspace.open(paths, schema()) as ws:
        assert [e.agency for e in engagements.engagements(ws)] == ["Kept Police"]
    assert (paths.home / "workspace.damaged-1.db").read_bytes() == before


def test_a_store_held_by_another_offers_no_restore(qtbot, host: Host, paths: Paths) -> None:
    with Workspace.open(paths, schema()), pytest.raises(UserError) as refused:
        Workspace.open(paths, schema())
    problem = StartProblem(host, refused.value, schema())
    qtbot.addWidget(problem)
    assert problem.restore.isHidden()
    QTimer.singleShot(0, problem.reject)
    assert not problem.is_mended()
