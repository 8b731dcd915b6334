"""Pulse: tells how far a long piece of work has come and stops it when asked."""

from collections.abc import Callable

from fieldkit.exchange.errors import E_CANCELLED, BundleError

Cancel = Callable[[], bool]
Progress = Callable[[int, int], None]


class Pulse:
    """Counts work done; a total of 0 means that the end is not known."""

    def __init__(
        self, cancel: Cancel | None = None, progress: Progress | None = None, total: int = 0
    ) -> None:
        """Take what to ask and what to tell."""
        self._cancel = cancel
        self._progress = progress
        self.total = total
        self.done = 0

    def step(self, amount: int) -> None:
        """Count work done, tell it, and raise E_CANCELLED if the user wants to stop."""
        self.done += amount
        if self._progress is not None:
            self._progress(self.done, self.total)
        if self._cancel is not None and self._cancel():
            raise BundleError(E_CANCELLED)
