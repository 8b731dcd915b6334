"""The settings page: what is chosen counts at once and is still there at the next start."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

import fieldkit
from fieldkit.qt.text import Label
from fieldkit.system.settings import Settings
from fieldkit.ui.settings_page import SettingsPage
from fieldkit.workspace.backup import backups
from tests.ui.pairs import Desk, Pair, desk_for, pair_in


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with pair_in(tmp_path) as made:
        yield made


@pytest.fixture
def desk(qapp: QApplication, pair: Pair) -> Iterator[Desk]:
    with desk_for(qapp, pair.one, pair.engagement) as made:
        yield made


@pytest.fixture
def page(pair: Pair, desk: Desk) -> Iterator[SettingsPage]:
    made = SettingsPage(pair.one, desk.host)
    made.resize(1072, 776)
    made.show()
    desk.wait()
    yield made
    made.close()
    made.deleteLater()
    desk.wait()


def kept(desk: Desk) -> Settings:
    return Settings.read(desk.host.paths.settings)


def said(page: QWidget) -> str:
    return "\n".join(w.text() for w in page.findChildren(Label) if w.isVisible())


def test_another_language_counts_at_once_and_the_half_typed_name_stays(
    desk: Desk, page: SettingsPage
) -> None:
    QTest.keyClicks(page.name_line, "Duty officer")
    page.language_box.chosen.emit("qps-long")
    desk.wait()
    assert desk.host.language.words.language == "qps-long"
    assert page.title().startswith("[")
    assert page.name_line.text() == "Duty officer"
    assert kept(desk).language == "qps-long"
    page.flush()
    assert kept(desk).person == "Duty officer"


def test_right_to_left_turns_the_screen(desk: Desk, page: SettingsPage) -> None:
    page.language_box.chosen.emit("qps-rtl")
    desk.wait()
    assert page.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_look_and_text_size_count_at_once_and_are_kept(desk: Desk, page: SettingsPage) -> None:
    page.theme_box.chosen.emit("dark")
    page.size_box.setValue(150)
    assert (desk.host.look.mode, desk.host.look.percent) == ("dark", 150)
    assert (kept(desk).theme, kept(desk).text_scale) == ("dark", 150)
    assert page.size_box.minimum() == 80
    assert page.size_box.maximum() == 200


def test_the_second_language_is_kept(desk: Desk, page: SettingsPage) -> None:
    page.second_box.chosen.emit("en")
    assert kept(desk).second_language == "en"
    assert kept(desk).engagement == desk.host.settings.engagement


def test_it_says_where_the_data_is_how_much_and_copies_the_path(
    pair: Pair, desk: Desk, page: SettingsPage
) -> None:
    home = str(pair.one.paths.home)
    assert home in said(page)
    assert "in all" in said(page)
    page.copy.click()
    assert QGuiApplication.clipboard().text() == home


def test_a_backup_can_be_asked_for_by_command(pair: Pair, desk: Desk, page: SettingsPage) -> None:
    page.command("settings.backup", "")
    desk.wait()
    assert len(backups(pair.one.paths.backups)) == 1
    assert desk.said[-1] == "The backup was written and checked."
    assert "Last backup:" in said(page)


def test_about_says_what_it_is_for_and_what_it_never_does(desk: Desk, page: SettingsPage) -> None:
    page.command("settings.about", "")
    text = said(page.about)
    assert fieldkit.__version__ in text
    assert "does not score, rank or predict people" in text
    assert "Nothing is sent anywhere by itself" in text
    assert "EUPL-1.2" in text
    assert page._page.verticalScrollBar().value() > 0


def test_a_settings_file_that_cannot_be_written_is_told(
    pair: Pair, desk: Desk, page: SettingsPage
) -> None:
    desk.host.paths.settings.mkdir(parents=True)
    page.theme_box.chosen.emit("dark")
    assert desk.said == ["The settings could not be kept."]
    assert desk.host.look.mode == "dark"


@pytest.mark.parametrize(
    ("tag", "percent"), [("en", 100), ("ru", 100), ("qps-long", 150), ("qps-rtl", 100)]
)
def test_every_control_has_a_name_and_its_whole_text(
    desk: Desk, page: SettingsPage, tag: str, percent: int
) -> None:
    desk.host.look.use("light", percent)
    desk.speak(tag)
    page.resize(816, 576)
    desk.wait()
    for control in page.findChildren(QWidget):
        if control.isVisible() and isinstance(control, QAbstractButton | QComboBox | QLineEdit):
            inside = control.parent().metaObject().className() == "SpinBox"
            assert control.accessibleName() or inside
            if isinstance(control, QAbstractButton) and control.text():
                assert control.width() >= control.minimumSizeHint().width()
