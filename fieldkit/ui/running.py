"""Running: the long work of transfer and backup as jobs, with phases, counts and a cancel."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import ScopeId
from fieldkit.core.op import Value
from fieldkit.exchange.errors import E_CANCELLED, BundleError
from fieldkit.qt.host import Host
from fieldkit.qt.jobs import CancelledError, Progress
from fieldkit.workspace import backup, transfer
from fieldkit.workspace.intake import Choice, Imported, Preview, apply, preview
from fieldkit.workspace.transfer import Parcel, Receipt
from fieldkit.workspace.workspace import Workspace

T = TypeVar("T")


class Runner:
    """Does the work of one page elsewhere; what goes wrong is told over the page."""

    def __init__(self, ws: Workspace, host: Host, over: QWidget) -> None:
        """Work for one page."""
        self._ws, self._host, self._over = ws, host, over

    def preview(self, path: Path, done: Callable[[Preview], None]) -> None:
        """Make the preview of a bundle; a refusal changes nothing."""

        def work(progress: Progress) -> Preview:
            told = _telling(progress, N_("Checking the bundle"))
            return preview(self._ws, path, cancel=_asked(progress), progress=told)

        self._run(work, done)

    def take_in(
        self,
        made: Preview,
        skip: frozenset[ScopeId],
        choices: Mapping[Choice, Value],
        done: Callable[[Imported], None],
    ) -> None:
        """Take a previewed bundle in."""

        def work(progress: Progress) -> Imported:
            progress.phase(N_("Taking the bundle in"))
            return apply(
                self._ws, made, skip=skip, choices=choices, by=self._over, cancel=_asked(progress)
            )

        self._run(work, done)

    def export(self, parcel: Parcel, target: Path, done: Callable[[Receipt], None]) -> None:
        """Write a bundle and read it again."""

        def work(progress: Progress) -> Receipt:
            told = _telling(progress, N_("Writing the bundle and reading it again"))
            return transfer.export(self._ws, parcel, target, cancel=_asked(progress), progress=told)

        self._run(work, done)

    def back_up(self, done: Callable[[Receipt], None]) -> None:
        """Write a backup and read it again."""

        def work(progress: Progress) -> Receipt:
            progress.phase(N_("Writing the backup and reading it again"))
            return backup.back_up(self._ws)

        self._run(work, done)

    def _run(self, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        def heard(progress: Progress) -> T:
            with _cancel_understood():
                return work(progress)

        self._host.jobs.run(heard, done, self._failed, over=self._over)

    def _failed(self, error: UserError) -> None:
        self._host.dialogs.error(self._over, error)


def _asked(progress: Progress) -> Callable[[], bool]:
    return lambda: progress.is_cancelled


def _telling(progress: Progress, phase: str) -> Callable[[int, int], None]:
    """Return what passes counts on; a cancel is heard elsewhere, where nothing is left behind."""
    progress.phase(phase)

    def told(done: int, total: int) -> None:
        with suppress(CancelledError):
            if progress.stand.total != total:
                progress.phase(phase, total)
            progress.step(done)

    return told


@contextmanager
def _cancel_understood() -> Iterator[None]:
    """Tell a cancelled bundle the way jobs do."""
    try:
        yield
    except BundleError as error:
        if error.code == E_CANCELLED:
            raise CancelledError from error
        raise
