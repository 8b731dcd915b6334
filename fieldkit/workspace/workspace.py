"""Workspace: one open store as tools see it; `commit` is the only writer."""

import datetime as dt
import mimetypes
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as StillBusy
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.op import LIFE_FIELD, Dot, Kind, Op, Value
from fieldkit.core.record import NewScope, Record, Removal, Version
from fieldkit.core.tool import Schema
from fieldkit.store.attachments import pieces
from fieldkit.store.local import DONE, UNDONE
from fieldkit.store.records import ScopeRow
from fieldkit.system.paths import Paths
from fieldkit.workspace.desk import Desk
from fieldkit.workspace.opening import Opened, open_store
from fieldkit.workspace.pen import Clock, Item, Written, minutes
from fieldkit.workspace.undo import put_back
from fieldkit.workspace.view import Difference, Lens, differences_of, kind_of, record_of

T = TypeVar("T")
SAVED, SAVING, UNSAVED = "saved", "saving", "unsaved"
_DISK_CODES = frozenset({"E_NO_ROOM", "E_READ_ONLY", "E_DISK", "E_LOCKED"})


def system_clock() -> dt.datetime:
    """Return the claimed time of this computer."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class SaveState:
    """Whether what was typed is on the disk, since when, and if not, why."""

    state: str
    at: dt.datetime | None = None
    why: UserError | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did: the changes, the command's label, the fields left alone."""

    changes: Changes
    label: str
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recent:
    """One line of what happened lately; `at` is in minutes since 1970."""

    at: int
    label: str
    scope: ScopeId | None
    kind: str


@dataclass(slots=True)
class _Pending:
    items: tuple[Item, ...]
    label: str
    changes: Changes


class Workspace:
    """One open workspace. With `patience` (seconds) commits never wait longer than that."""

    def __init__(
        self, paths: Paths, schema: Schema, opened: Opened, desk: Desk, patience: float | None
    ) -> None:
        """Take an opened store; use `Workspace.open`."""
        self.paths = paths
        self.schema = schema
        self.store = opened
        self._desk = desk
        self._patience = patience
        self._guard = threading.RLock()
        self._cache: dict[ScopeId, dict[EntityId, Record]] = {}
        self._pending: list[_Pending] = []
        self._heard: list[Callable[[Changes], None]] = []
        self._save_heard: list[Callable[[SaveState], None]] = []
        self.saved = SaveState(SAVED)
        self.changed = False

    @classmethod
    def open(
        cls,
        paths: Paths,
        schema: Schema,
        *,
        clock: Clock = system_clock,
        label: str = "",
        patience: float | None = None,
    ) -> "Workspace":
        """Open the workspace of a home folder, making it where there is none."""
        desk = Desk()
        try:
            opened = desk.do(lambda: open_store(paths, schema, clock, label))
        except BaseException:
            desk.close()
            raise
        return cls(paths, schema, opened, desk, patience)

    def __enter__(self) -> "Workspace":
        """Return the workspace itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Finish what is queued and close the store."""
        self._desk.do(self.store.database.close)
        self._desk.close()

    # listening

    def listen(self, heard: Callable[[Changes], None]) -> None:
        """Tell `heard` of every commit, undo and import from now on."""
        self._heard.append(heard)

    def on_saved(self, heard: Callable[[SaveState], None]) -> None:
        """Tell `heard` whenever the state of saving changes (may come from the store thread)."""
        self._save_heard.append(heard)

    def tell(self, changes: Changes) -> None:
        """Pass on what one commit, undo or import touched."""
        if changes:
            for heard in self._heard:
                heard(changes)

    # writing

    def commit(
        self, items: Sequence[Item], *, by: object | None = None, label: str = ""
    ) -> Changes:
        """Write the items as one command in one transaction, and tell everybody."""
        changes = Changes(
            frozenset(i.kind for i in items),
            frozenset(i.id for i in items if isinstance(i, Record | Removal)),
            frozenset(i.scope for i in items),
            by,
        )
        with self._guard:
            self._pending.append(_Pending(tuple(items), label, changes))
        job = self._desk.later(self._drain)
        try:
            job.result(self._patience)
        except StillBusy:
            self._say(SaveState(SAVING))
        self.tell(changes)
        return changes

    def retry(self) -> bool:
        """Try again to save what could not be saved; True when nothing waits any more."""
        self._desk.do(self._drain)
        return not self._pending

    def _drain(self) -> None:
        while self._pending:
            waiting = self._pending[0]
            try:
                self._write(waiting)
            except UserError as error:
                if self._patience is not None and error.code in _DISK_CODES:
                    self._say(SaveState(UNSAVED, self.saved.at, error))
                    return
                self._drop(waiting)
                raise
            except BaseException:
                self._drop(waiting)
                raise
            self._drop(waiting)
            self._say(SaveState(SAVED, self.store.clock()))

    def _drop(self, waiting: _Pending) -> None:
        with self._guard:
            self._pending.remove(waiting)

    def _write(self, waiting: _Pending) -> None:
        def work() -> Written:
            written = self.store.pen.write(waiting.items)
            if written:
                self.store.local.add_command(self._now(), waiting.label, written)
            return written

        self._in_transaction(lambda: self._check_before(waiting.changes.scopes, work))
        self._refresh(waiting.changes)

    def _check_before(self, scopes: frozenset[ScopeId], work: Callable[[], T]) -> T:
        """Walk the chains of a scope before the first write to it (decisions 19)."""
        for scope in scopes - self.store.checked:
            if self.store.records.holds(scope):
                self.store.records.check(scope)
            self.store.checked.add(scope)
        return work()

    def _in_transaction(self, work: Callable[[], T]) -> T:
        try:
            done = self.store.database.transact(work)
        except BaseException:
            self.store.records.reload()
            raise
        self.changed = True
        return done

    def settle(self, difference: Difference, value: Value, *, by: object | None = None) -> Changes:
        """Write one value over every standing one; for `_life` True keeps, False deletes."""
        if difference.fld != LIFE_FIELD:
            item: Item = Record(
                difference.scope, difference.kind, difference.ent, {difference.fld: value}
            )
            return self.commit([item], by=by, label=N_("Difference settled"))
        if value is True:
            return self._keep(difference, by)
        removal = Removal(difference.scope, difference.kind, difference.ent)
        return self.commit([removal], by=by, label=N_("Difference settled"))

    def _keep(self, difference: Difference, by: object | None) -> Changes:
        from_life = f"{difference.kind}.{LIFE_FIELD}"

        def work() -> None:
            pen = self.store.pen
            pen.begin()
            pen.put(difference.scope, difference.ent, from_life, Kind.LIFE, True)
            self.store.local.add_command(self._now(), N_("Difference settled"), pen.written)

        changes = Changes(
            frozenset({difference.kind}),
            frozenset({difference.ent}),
            frozenset({difference.scope}),
            by,
        )
        self.run(lambda: self._in_transaction(work))
        self._refresh(changes)
        self.tell(changes)
        return changes

    # undo

    @property
    def undo_label(self) -> str | None:
        """What the next undo would take back, or nothing."""
        command = self.run(lambda: self.store.local.last_command(DONE))
        return None if command is None else command.label

    @property
    def redo_label(self) -> str | None:
        """What the next redo would do again, or nothing."""
        command = self.run(lambda: self.store.local.last_command(UNDONE))
        return None if command is None else command.label

    def last_import(self) -> int | None:
        """Return the import the next undo would take back; `transfer.undo_import` does it."""
        command = self.run(lambda: self.store.local.last_command(DONE))
        return None if command is None else command.imported

    def undo(self, *, by: object | None = None) -> Undone | None:
        """Put back the state from before the last command; nothing where there is none."""
        return self._revert(DONE, UNDONE, by)

    def redo(self, *, by: object | None = None) -> Undone | None:
        """Do again what was undone last; nothing where there is none."""
        return self._revert(UNDONE, DONE, by)

    def _revert(self, state: int, becomes: int, by: object | None) -> Undone | None:
        def work() -> tuple[str, Written, list[str]] | None:
            command = self.store.local.last_command(state)
            if command is None or command.imported is not None:
                return None
            written, skipped = put_back(self.store.pen, command.ops)
            self.store.local.mark_command(command.id, becomes, written)
            return command.label, written, skipped

        done = self.run(lambda: self._in_transaction(work))
        if done is None:
            return None
        label, written, skipped = done
        changes = self.run(lambda: self._touched(written, by))
        self._refresh(changes)
        self.tell(changes)
        return Undone(changes, label, tuple(skipped))

    def _touched(self, written: Sequence[tuple[ScopeId, Dot]], by: object | None) -> Changes:
        ops = [op for scope, dot in written if (op := self.store.records.op(scope, dot))]
        return Changes(
            frozenset(kind_of(op.fld) for op in ops),
            frozenset(op.ent for op in ops),
            frozenset(op.scope for op in ops),
            by,
        )

    # reading

    def scopes(self, kind: str | None = None, parent: ScopeId | None = None) -> list[ScopeRow]:
        """Return the scopes held, by kind and parent, oldest first; unsaved ones last."""
        rows = self.run(self.store.records.scopes)
        held = {row.id for row in rows}
        with self._guard:
            rows += [
                ScopeRow(i.scope, i.kind, i.parent)
                for p in self._pending
                for i in p.items
                if isinstance(i, NewScope) and i.scope not in held
            ]
        return [
            row
            for row in rows
            if (kind is None or row.kind == kind) and (parent is None or row.parent == parent)
        ]

    def records(self, scope: ScopeId, kind: str) -> list[Record]:
        """Return the living entities of a kind, ordered by position and id."""
        found = [r for r in self._view(scope).values() if r.kind == kind and not r.deleted]
        return sorted(found, key=lambda r: (r.text("pos"), r.id))

    def record(self, scope: ScopeId, kind: str, ent: EntityId) -> Record:
        """Return one entity, empty where nothing was written."""
        return self._view(scope).get(ent) or Record(scope, kind, ent)

    def history(self, scope: ScopeId, ent: EntityId, fld: str, kind: str) -> list[Version]:
        """Return everything ever written into one field, oldest first."""

        def work() -> list[Version]:
            lens = self._lens()
            ops = self.store.records.history(scope, ent, f"{kind}.{fld}")
            return [lens.version(op) for op in ops]

        return self.run(work)

    def differences(self, scope: ScopeId | None = None) -> list[Difference]:
        """Return every difference a person has to settle, in one scope or in all."""
        scopes = [scope] if scope is not None else [row.id for row in self.scopes()]
        return self.run(lambda: [d for s in scopes for d in self.differences_in(s)])

    def differences_in(self, scope: ScopeId) -> list[Difference]:
        """Return the differences of one scope; runs on the store thread."""
        heads = self.store.records.heads(scope)
        lens = self._lens()
        found: list[Difference] = []
        for ent, fields in sorted(heads.items()):
            record = record_of(scope, ent, fields, lens)
            if not record.deleted and (record.differing or record.contested):
                read = _history_reader(self.store, scope, ent)
                found.extend(differences_of(record, fields, read, lens))
        return found

    def dead_in(self, scope: ScopeId) -> list[EntityId]:
        """Return the deleted entities of a scope; runs on the store thread."""
        lens = self._lens()
        heads = self.store.records.heads(scope)
        return [e for e, f in heads.items() if record_of(scope, e, f, lens).deleted]

    def recent(self, limit: int = 20) -> list[Recent]:
        """Return what was done lately on this computer, newest first."""

        def work() -> list[Recent]:
            rows = []
            for command in self.store.local.commands(limit):
                scope, dot = command.ops[0] if command.ops else (None, None)
                op = self.store.records.op(scope, dot) if scope and dot else None
                rows.append(Recent(command.at, command.label, scope, kind_of(op.fld) if op else ""))
            return rows

        return self.run(work)

    # drafts and attachments

    def draft(self, scope: ScopeId, ent: EntityId, fld: str) -> Value:
        """Return a half-typed text or an unrevealed ballot, or nothing."""
        return self.drafts(scope).get((ent, fld))

    def drafts(self, scope: ScopeId) -> dict[tuple[EntityId, str], Value]:
        """Return every draft of a scope."""
        return self.run(lambda: self.store.local.drafts(scope))

    def set_draft(self, scope: ScopeId, ent: EntityId, fld: str, value: Value) -> None:
        """Overwrite one draft in place, without a time and never to travel; None clears it."""

        def work() -> None:
            self._in_transaction(lambda: self.store.local.set_draft(scope, ent, fld, value))

        self.run(work)

    def attach(self, source: Path) -> dict[str, Value]:
        """Copy a file into the attachments and return its value for a field."""
        sha, size = self.store.attachments.keep(pieces(source))
        self.run(lambda: self._in_transaction(lambda: self.store.local.note_blob(sha, size, True)))
        media = mimetypes.guess_type(source.name)[0] or "application/octet-stream"
        return {"h": sha, "n": source.name, "s": size, "m": media}

    def blob(self, sha: str) -> Path | None:
        """Return where an attachment lies, or nothing where it is not on this computer."""
        return self.store.attachments.path(sha) if self.store.attachments.has(sha) else None

    # for transfer and backup

    def run(self, work: Callable[[], T]) -> T:
        """Run work on the store thread and wait for it."""
        return self._desk.do(work)

    def transact(self, work: Callable[[], T]) -> T:
        """Run work on the store thread inside one transaction and wait for it."""
        return self.run(lambda: self._in_transaction(work))

    def forget_views(self) -> None:
        """Read everything anew, after an import or its undo."""
        with self._guard:
            self._cache.clear()

    def _now(self) -> int:
        return minutes(self.store.clock())

    def _say(self, state: SaveState) -> None:
        self.saved = state
        for heard in self._save_heard:
            heard(state)

    def _lens(self) -> Lens:
        return Lens(self.schema, self.store.records.writers(), self.store.install)

    def _view(self, scope: ScopeId) -> dict[EntityId, Record]:
        with self._guard:
            view = self._cache.get(scope)
        if view is None:
            view = self.run(lambda: self._load(scope))
        with self._guard:
            waiting = [i for p in self._pending for i in p.items if i.scope == scope]
        return _laid_over(view, waiting) if waiting else view

    def _load(self, scope: ScopeId) -> dict[EntityId, Record]:
        lens = self._lens()
        heads = self.store.records.heads(scope)
        view = {ent: record_of(scope, ent, fields, lens) for ent, fields in heads.items()}
        with self._guard:
            self._cache[scope] = view
        return view

    def _refresh(self, changes: Changes) -> None:
        def work() -> None:
            lens = self._lens()
            for scope in changes.scopes & self._cache.keys():
                fresh = dict(self._cache[scope])
                for ent in changes.entities:
                    heads = self.store.records.heads(scope, ent).get(ent)
                    if heads:
                        fresh[ent] = record_of(scope, ent, heads, lens)
                with self._guard:
                    self._cache[scope] = fresh

        self.run(work)


def _history_reader(store: Opened, scope: ScopeId, ent: EntityId) -> Callable[[str], list[Op]]:
    return lambda fld: store.records.history(scope, ent, fld)


def _laid_over(view: dict[EntityId, Record], waiting: Sequence[Item]) -> dict[EntityId, Record]:
    """Return the view with what waits to be saved laid over it."""
    over = dict(view)
    for item in waiting:
        if isinstance(item, Record):
            held = over.get(item.id) or Record(item.scope, item.kind, item.id)
            over[item.id] = Record(
                item.scope, item.kind, item.id, {**held.fields, **item.fields}, held.differing
            )
        elif isinstance(item, Removal):
            over.pop(item.id, None)
    return over
