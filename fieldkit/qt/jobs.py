"""Jobs: long work on another thread, with named phases, counts and a cancel that is heard."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.dialogs import Dialog
from fieldkit.qt.layouts import row
from fieldkit.qt.text import Label
from fieldkit.qt.translate import Language

T = TypeVar("T")
SHOWN_AFTER_MS = 300
LOOK_EVERY_MS = 100


class CancelledError(Exception):
    """The person who started the work asked it to stop."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a job is: the phase's source text, what is done of how many (0: not countable)."""

    phase: str = ""
    done: int = 0
    total: int = 0


class Progress:
    """What the working side holds: it says how far it is and hears when to stop."""

    def __init__(self) -> None:
        """Start before the first phase."""
        self._stand = Stand()
        self._cancelled = Event()

    def phase(self, text: str, total: int = 0) -> None:
        """Enter a phase, named by its N_ text; raises CancelledError when asked to stop."""
        self._set(Stand(text, 0, total))

    def step(self, done: int) -> None:
        """Say how much of the phase is done; raises CancelledError when asked to stop."""
        self._set(Stand(self._stand.phase, done, self._stand.total))

    def check(self) -> None:
        """Raise CancelledError when asked to stop; call at least every half second."""
        if self._cancelled.is_set():
            raise CancelledError

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Say whether the work was asked to stop."""
        return self._cancelled.is_set()

    @property
    def stand(self) -> Stand:
        """How far the work is."""
        return self._stand

    def _set(self, stand: Stand) -> None:
        self._stand = stand
        self.check()


class _Wire(QObject):
    """Carries a result from the working thread home."""

    ended = Signal(object, object)


def _work(work: Callable[[Progress], Any], progress: Progress, wire: _Wire) -> None:
    """Do the work, there, and send home what came of it."""
    result: object = None
    error: BaseException | None = None
    try:
        progress.check()
        result = work(progress)
    except Exception as caught:
        error = caught
    wire.ended.emit(result, error)


class Job(QObject, Generic[T]):
    """One piece of work under way; its outcome arrives in the window's thread."""

    ended = Signal()

    def __init__(
        self,
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
        cancelled: Callable[[], None] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.progress = Progress()
        self.is_over = False
        self._done, self._failed, self._cancelled = done, failed, cancelled
        self._wire = _Wire(self)
        self._wire.ended.connect(self._on_ended)

    def start(self, pool: ThreadPoolExecutor, work: Callable[[Progress], T]) -> Future[None]:
        """Begin on a thread of the pool."""
        return pool.submit(_work, work, self.progress, self._wire)

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` follows as soon as it did."""
        self.progress.cancel()

    @Slot(object, object)
    def _on_ended(self, result: Any, error: BaseException | None) -> None:
        self.is_over = True
        self.ended.emit()
        self.deleteLater()
        if error is None:
            self._done(result)
        elif isinstance(error, CancelledError):
            if self._cancelled:
                self._cancelled()
        elif isinstance(error, UserError):
            self._failed(error)
        else:
            raise error


class Jobs(QObject):
    """Runs work elsewhere and brings the outcome home."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._pool = ThreadPoolExecutor(2, "fieldkit-job")
        self._running: list[Job[Any]] = []
        self._futures: list[Future[None]] = []

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
        cancelled: Callable[[], None] | None = None,
        over: QWidget | None = None,
    ) -> Job[T]:
        """Do `work` elsewhere; then one of the three is called here; `over` gets a dialog."""
        job = Job(done, failed, cancelled, self)
        self._running.append(job)
        job.ended.connect(self._on_ended)
        if over is not None:
            JobDialog(self._language, job, over)
        self._futures = [f for f in self._futures if not f.done()]
        self._futures.append(job.start(self._pool, work))
        return job

    @property
    def is_busy(self) -> bool:
        """Say whether anything is under way."""
        return bool(self._running)

    def stop(self, wait_ms: int = 5000) -> bool:
        """Cancel everything and wait for it; for closing the window."""
        for job in self._running:
            job.cancel()
        return not wait(self._futures, wait_ms / 1000).not_done

    @Slot()
    def _on_ended(self) -> None:
        self._running = [job for job in self._running if not job.is_over]


class JobBar(Card):
    """How far a job is: phase, count, bar and Cancel; hidden for the first 300 ms."""

    begun = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._language = language
        self._job: Job[Any] | None = None
        self._phase = Label()
        self._count = Label("", "hint", wrap=False)
        self._bar = QProgressBar()
        self._cancel = Button()
        self._cancel.clicked.connect(self._on_cancel)
        self.body.addLayout(row(self._phase, None, self._count))
        self.body.addLayout(row(self._bar, self._cancel))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self.hide()

    def follow(self, job: Job[Any]) -> None:
        """Show this job until it is over."""
        self._job = job
        self._cancel.setEnabled(True)
        job.ended.connect(self._on_ended)
        self._timer.start(SHOWN_AFTER_MS)

    @Slot()
    def _look(self) -> None:
        if self._job is None:
            return
        if self._timer.interval() != LOOK_EVERY_MS:
            self._timer.setInterval(LOOK_EVERY_MS)
            self.show()
            self.begun.emit()
        words, stand = self._language.words, self._job.progress.stand
        stopping = self._job.progress.is_cancelled
        self._phase.setText(words(N_("Stopping …")) if stopping else words(stand.phase))
        self._cancel.set_text(words(N_("Cancel")))
        counted = stand.total > 0
        self._bar.setRange(0, stand.total if counted else 0)
        self._bar.setValue(stand.done)
        self._bar.setAccessibleName(self._phase.text() or words(N_("Working")))
        self._count.setText(
            words(N_("{done} of {total}"), done=stand.done, total=stand.total) if counted else ""
        )

    @Slot()
    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)
            self._look()

    @Slot()
    def _on_ended(self) -> None:
        self._timer.stop()
        self._job = None
        self.hide()


class JobDialog(Dialog):
    """A job's bar in a dialog of its own, shown only when the job takes longer."""

    def __init__(self, language: Language, job: Job[Any], over: QWidget) -> None:
        super().__init__(over)
        self._job = job
        self.setAttribute(self.dies_when_closed)
        self.bar = JobBar(language)
        self.body.addWidget(self.bar)
        self.bar.begun.connect(self.open)
        self.bar.follow(job)
        job.ended.connect(self._on_ended)
        self.name(language.words(N_("Please wait")))

    def reject(self) -> None:
        """Take Escape and the close button as Cancel."""
        self._job.cancel()

    @Slot()
    def _on_ended(self) -> None:
        super().reject()
        self.deleteLater()
