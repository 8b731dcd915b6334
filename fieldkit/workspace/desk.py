"""The store thread: one connection, one queue; the window sends work and gets futures."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Desk:
    """Runs work on the one thread that owns the store, in the order it was handed in."""

    def __init__(self) -> None:
        """Start the thread."""
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._thread: int = self._pool.submit(threading.get_ident).result()

    def do(self, work: Callable[[], T]) -> T:
        """Run work on the store thread and wait for its result."""
        if threading.get_ident() == self._thread:
            return work()
        return self._pool.submit(work).result()

    def later(self, work: Callable[[], T]) -> "Future[T]":
        """Run work on the store thread after what is queued there, without waiting."""
        return self._pool.submit(work)

    def close(self) -> None:
        """Finish what is queued and stop the thread."""
        self._pool.shutdown(wait=True)
