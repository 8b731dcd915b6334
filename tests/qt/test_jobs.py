"""Work elsewhere: outcomes come home to the window's thread, and Cancel is heard at once."""

import time
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtWidgets import QWidget

from fieldkit.core.errors import UserError
from fieldkit.qt.jobs import JobBar, JobDialog, Jobs, Progress
from fieldkit.qt.translate import Language


@pytest.fixture
def jobs(language: Language):
    made = Jobs(language)
    yield made
    assert made.stop()


def nothing(_: object) -> None:
    raise AssertionError("this must not be called")


def until_cancelled(progress: Progress) -> None:
    tick = Event()
    while not tick.wait(0.01):
        progress.check()


def test_the_result_arrives_in_the_window_s_thread(qtbot, jobs: Jobs) -> None:
    got = []

    def work(_: Progress) -> bool:
        return current_thread() is main_thread()

    def done(was_main: bool) -> None:
        got.append((was_main, current_thread() is main_thread()))

    jobs.run(work, done, nothing)
    qtbot.waitUntil(lambda: bool(got))
    assert got == [(False, True)]
    assert not jobs.is_busy


def test_a_user_error_is_told_and_a_bug_reaches_the_crash_handler(qtbot, jobs: Jobs) -> None:
    told = []

    def full(_: Progress) -> None:
        raise UserError("E_FULL", "The stick is full.")

    def wrong(_: Progress) -> None:
        raise ZeroDivisionError

    jobs.run(full, nothing, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "E_FULL"
    with qtbot.captureExceptions() as caught:
        jobs.run(wrong, nothing, nothing)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_cancel_is_heard_within_a_second(qtbot, jobs: Jobs) -> None:
    stopped = []
    job = jobs.run(until_cancelled, nothing, nothing, lambda: stopped.append(time.monotonic()))
    asked = time.monotonic()
    job.cancel()
    qtbot.waitUntil(lambda: bool(stopped), timeout=1000)
    assert stopped[0] - asked < 1


def test_a_bar_names_phase_and_count_and_cancels(qtbot, jobs: Jobs, language: Language) -> None:
    bar = JobBar(language)
    qtbot.addWidget(bar)

    def work(progress: Progress) -> None:
        progress.phase("Reading the bundle", 120)
        progress.step(40)
        until_cancelled(progress)

    stopped = []
    job = jobs.run(work, nothing, nothing, lambda: stopped.append(True))
    bar.follow(job)
    assert bar.isHidden()
    qtbot.waitUntil(bar.isVisible, timeout=2000)
    qtbot.waitUntil(lambda: bar._count.text() == "40 of 120")
    assert bar._phase.text() == "Reading the bundle"
    bar._cancel.click()
    assert not bar._cancel.isEnabled()
    qtbot.waitUntil(lambda: bool(stopped))
    assert bar.isHidden()


def test_short_work_shows_no_dialog_and_long_work_does(qtbot, jobs: Jobs) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    home.show()
    quick = []
    jobs.run(lambda _: 1, quick.append, nothing, over=home)
    assert not home.findChild(JobDialog).isVisible()
    qtbot.waitUntil(lambda: quick == [1])
    ended = []
    jobs.run(until_cancelled, nothing, nothing, lambda: ended.append(True), over=home)

    def open_dialogs() -> list[JobDialog]:
        return [d for d in home.findChildren(JobDialog) if d.isVisible()]

    qtbot.waitUntil(lambda: len(open_dialogs()) == 1, timeout=2000)
    open_dialogs()[0].reject()
    qtbot.waitUntil(lambda: bool(ended))
    qtbot.waitUntil(lambda: not open_dialogs())


def test_closing_cancels_what_is_under_way(qtbot, language: Language) -> None:
    jobs = Jobs(language)
    jobs.run(until_cancelled, nothing, nothing)
    assert jobs.is_busy
    assert jobs.stop(2000)
    qtbot.waitUntil(lambda: not jobs.is_busy)
