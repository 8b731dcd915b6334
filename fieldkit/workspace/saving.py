"""Saving: what was handed in and waits for the disk, in order, and whether it arrived."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillBusy
from dataclasses import dataclass

from fieldkit.core.changes import NOTHING, Changes
from fieldkit.core.errors import UserError
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.op import Value
from fieldkit.workspace.desk import Desk
from fieldkit.workspace.pen import Clock, Item

SAVED, SAVING, UNSAVED = "saved", "saving", "unsaved"
_DISK_CODES = frozenset({"E_NO_ROOM", "E_READ_ONLY", "E_DISK", "E_LOCKED"})


@dataclass(frozen=True, slots=True)
class SaveState:
    """Whether what was typed is on the disk, since when, and if not, why."""

    state: str
    at: dt.datetime | None = None
    why: UserError | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One half-typed text on its way to the disk; None clears it."""

    scope: ScopeId
    ent: EntityId
    fld: str
    value: Value


@dataclass(frozen=True, slots=True)
class Pending:
    """One command, or one draft, on its way to the disk."""

    items: tuple[Item, ...] = ()
    label: str = ""
    changes: Changes = NOTHING
    draft: Draft | None = None


class Saving:
    """Hands work to the store thread and keeps in memory what the disk would not take.

    Without patience a refusal is raised and nothing is kept; with it (seconds) nobody waits longer,
    and what disk or room refused stays in line until `drain` brings it in.
    """

    def __init__(
        self, desk: Desk, write: Callable[[Pending], None], patience: float | None, clock: Clock
    ) -> None:
        """Take the thread and what it does with one command."""
        self._desk = desk
        self._write = write
        self._patience = patience
        self._clock = clock
        self._guard = threading.Lock()
        self._line: list[Pending] = []
        self._heard: list[Callable[[SaveState], None]] = []
        self.state = SaveState(SAVED)

    def listen(self, heard: Callable[[SaveState], None]) -> None:
        """Tell `heard` whenever the state changes (may come from the store thread)."""
        self._heard.append(heard)

    def waiting(self) -> tuple[Pending, ...]:
        """Return what is not on the disk yet, oldest first."""
        with self._guard:
            return tuple(self._line)

    def hand_in(self, pending: Pending) -> None:
        """Queue one command and wait for it, but no longer than our patience."""
        with self._guard:
            self._line = [*_without(self._line, pending.draft), pending]
        job = self._desk.later(self.drain)
        try:
            job.result(self._patience)
        except StillBusy:
            self._be_late(pending, job)

    def drain(self) -> None:
        """Write what waits; runs on the store thread. The first refusal is raised at the end."""
        failed: list[Exception] = []
        while waiting := self.waiting():
            try:
                self._write(waiting[0])
            except Exception as error:
                if self._is_kept(error):
                    break
                failed.append(error)
            with self._guard:
                self._line = [p for p in self._line if p is not waiting[0]]
                busy = bool(self._line)
            at = self.state.at if failed else self._clock()
            self._set(SaveState(SAVING if busy else SAVED, at))
        if failed:
            raise failed[0]

    def refuse(self, why: UserError) -> None:
        """Say that something typed is not, or not for certain, on the disk."""
        self._set(SaveState(UNSAVED, self.state.at, why))

    def _is_kept(self, error: Exception) -> bool:
        if self._patience is None or not isinstance(error, UserError):
            return False
        if error.code not in _DISK_CODES:
            return False
        self.refuse(error)
        return True

    def _be_late(self, pending: Pending, job: "Future[None]") -> None:
        with self._guard:
            busy = any(p is pending for p in self._line) and self.state.state == SAVED
            if busy:
                self.state = SaveState(SAVING, self.state.at)
        if busy:
            self._tell()
        job.add_done_callback(self._arrived_late)

    def _arrived_late(self, job: "Future[None]") -> None:
        error = job.exception()
        if isinstance(error, UserError):
            self.refuse(error)
        elif error is not None:
            told = (type(error), error, error.__traceback__, threading.current_thread())
            threading.excepthook(threading.ExceptHookArgs(told))

    def _set(self, state: SaveState) -> None:
        with self._guard:
            self.state = state
        self._tell()

    def _tell(self) -> None:
        for heard in self._heard:
            heard(self.state)


def _without(line: list[Pending], draft: Draft | None) -> list[Pending]:
    """Return the line without older drafts of the same text; the first may be in writing."""
    if draft is None:
        return line
    key = (draft.scope, draft.ent, draft.fld)
    return line[:1] + [
        p for p in line[1:] if p.draft is None or (p.draft.scope, p.draft.ent, p.draft.fld) != key
    ]
