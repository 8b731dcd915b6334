"""The whole window in trouble: nothing yet, a full disk, a clock far off."""

import datetime as dt
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fieldkit.qt.cards import Banner
from fieldkit.tools.assessment import operations as assessment
from tests.pages import press, seen, settle
from tests.ui.house import ROOMS, House, furnish, house_in

DISK = 24 * 1024 * 1024
PATIENCE = 10.0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a small disk; needs the right to mount, as root on Linux has."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("no full disk here: there is no mount command")
    if made.returncode:
        pytest.skip(f"no full disk here: mounting was refused ({made.stderr.strip()})")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Fill a disk; removing the returned file gives the room back."""
    room = os.statvfs(folder)
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(room.f_bavail * room.f_frsize))
    return ballast


def banner(house: House) -> Banner:
    """Return the banner above the rooms."""
    inside = house.window.centralWidget()
    return next(b for b in inside.findChildren(Banner) if b.parentWidget() is inside)


def until_saved(house: House, state: str) -> None:
    """Wait until the saving stands so."""
    end = time.monotonic() + PATIENCE
    while house.ws.saved.state != state:
        house.app.processEvents()
        assert time.monotonic() < end, house.ws.saved
    settle()


def test_a_full_disk_is_said_until_there_is_room_again(
    qapp: QApplication, small_disk: Path
) -> None:
    with house_in(qapp, small_disk / "home", patience=0.08) as house:
        furnish(house)
        ballast = fill(small_disk)
        long = "Typed while the disk was full. " * 4000
        assessment.write(house.ws, house.round, "DAT.3", "comment", long)
        until_saved(house, "unsaved")
        for room in ROOMS:
            house.show(room)
            assert banner(house).isVisible(), room
        assert "NOT SAVED" in seen(banner(house))
        assert house.ws.saved.why is not None
        assert house.ws.saved.why.code == "E_NO_ROOM"
        assert "NOT SAVED" in seen(house.window.sidebar)
        press(banner(house), "Try again")
        assert banner(house).isVisible()
        house.dialogs.yes = False
        assert not house.window.close(), "closing would lose what is not saved"
        assert house.window.isVisible()
        assert "not saved" in house.dialogs.asked[-1].title
        house.dialogs.yes = True
        ballast.unlink()
        press(banner(house), "Try again")
        until_saved(house, "saved")
        assert not banner(house).isVisible()
        assert "NOT SAVED" not in seen(house.window.sidebar)
        house.ws.forget_views()
        assert assessment.answer_of(house.ws, house.round, "DAT.3").comment == long


def test_first_start_offers_the_ways_in(qapp: QApplication, tmp_path: Path) -> None:
    with house_in(qapp, tmp_path / "home") as house:
        assert house.window.at == "engagements"
        assert house.window.engagement is None
        assert "sample" in seen(house.window).casefold()


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_wrong_clock_breaks_nothing(qapp: QApplication, tmp_path: Path, year: int) -> None:
    now = dt.datetime(year, 1, 1, 0, 30, tzinfo=dt.UTC)
    with house_in(qapp, tmp_path / "home", clock=lambda: now) as house:
        furnish(house)
        assessment.write(house.ws, house.round, "DAT.1", "comment", "Written then")
        for room in ROOMS:
            house.show(room)
            assert house.window.at == room
        house.show("overview")
        assert "Text written" in seen(house.window)
        house.front()
        house.window.setFocus()
        QTest.keyClick(house.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert house.window._word.text() == "Undone: Text written"
        assert house.dialogs.errors == []
