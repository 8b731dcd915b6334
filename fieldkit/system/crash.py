"""Crash: a fault of our own is written down without content and told to whoever listens."""

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

log = logging.getLogger("crash")


def summary(error: BaseException) -> str:
    """Return where a fault happened, by module and line, without values anybody typed."""
    places = traceback.extract_tb(error.__traceback__)
    lines = [f"{p.filename.rsplit('fieldkit', 1)[-1]}:{p.lineno} {p.name}" for p in places]
    return "\n".join([type(error).__name__, *lines])


def catch_faults(tell: Callable[[BaseException, str], None]) -> None:
    """Send every uncaught fault to the log and to `tell`; Ctrl+C still ends the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = summary(error)
        log.error("%s", text)
        tell(error, text)

    sys.excepthook = hook
