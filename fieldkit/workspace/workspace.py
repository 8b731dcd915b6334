"""Workspace: one open store as tools see it; `commit` is the only writer."""

import datetime as dt
import mimetypes
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.op import LIFE_FIELD, Dot, Op, Value
from fieldkit.core.record import NewScope, Record, Removal, Version
from fieldkit.core.tool import Schema
from fieldkit.store.attachments import pieces
from fieldkit.store.checks import check_scope, heads_hold
from fieldkit.store.local import DONE, UNDONE
from fieldkit.store.records import ScopeRow
from fieldkit.system.paths import Paths
from fieldkit.workspace.desk import Desk
from fieldkit.workspace.opening import Opened, open_store
from fieldkit.workspace.pen import Clock, Item, Keep, Written, clean, is_day_only, minutes, vetted
from fieldkit.workspace.saving import Draft, Pending, SaveState, Saving
from fieldkit.workspace.undo import put_back
from fieldkit.workspace.view import Difference, Lens, differences_of, kind_of, record_of

T = TypeVar("T")


def system_clock() -> dt.datetime:
    """Return the claimed time of this computer."""
    return dt.datetime.now(dt.UTC)


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
        self._saving = Saving(desk, self._write, patience, opened.clock)
        self._guard = threading.Lock()
        self._cache: dict[ScopeId, dict[EntityId, Record]] = {}
        self._heard: list[Callable[[Changes], None]] = []
        self.changed = False
        self._closed = False

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
        """Finish what is queued and close the store; closing twice is closing once."""
        if self._closed:
            return
        self._closed = True
        try:
            self._desk.do(self._saving.drain)
        finally:
            self._desk.do(self.store.database.close)
            self._desk.close()

    # listening

    def listen(self, heard: Callable[[Changes], None]) -> None:
        """Tell `heard` of every commit, undo and import from now on."""
        self._heard.append(heard)

    def on_saved(self, heard: Callable[[SaveState], None]) -> None:
        """Tell `heard` whenever the state of saving changes (may come from the store thread)."""
        self._saving.listen(heard)

    @property
    def saved(self) -> SaveState:
        """Whether what was typed is on the disk, since when, and if not, why."""
        return self._saving.state

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
            frozenset(i.id for i in items if not isinstance(i, NewScope)),
            frozenset(i.scope for i in items),
            by,
        )
        self._saving.hand_in(Pending(vetted(items, self.schema), label, changes))
        self.tell(changes)
        return changes

    def retry(self) -> bool:
        """Try again to save what could not be saved; True when nothing waits any more."""
        self._desk.do(self._saving.drain)
        return not self._saving.waiting()

    def _write(self, waiting: Pending) -> None:
        def work() -> None:
            written = self.store.pen.write(waiting.items)
            if written:
                at = minutes(self.store.clock(), is_day_only(waiting.items, self.schema))
                self.store.local.add_command(at, waiting.label, written)

        draft = waiting.draft
        if draft is not None:
            where = (draft.scope, draft.ent, draft.fld, draft.value)
            self._in_transaction(lambda: self.store.local.set_draft(*where))
            return
        self._in_transaction(lambda: self._check_before(waiting.changes.scopes, work))
        self._refresh(waiting.changes)

    def _check_before(self, scopes: frozenset[ScopeId], work: Callable[[], T]) -> T:
        """Walk the chains of a scope before the first write to it (decisions 19)."""
        for scope in scopes - self.store.checked:
            if self.store.records.holds(scope):
                check_scope(self.store.records, scope)
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
        scope, kind, ent = difference.scope, difference.kind, difference.ent
        item: Item = Record(scope, kind, ent, {difference.fld: value})
        if difference.fld == LIFE_FIELD:
            item = Keep(scope, kind, ent) if value is True else Removal(scope, kind, ent)
        return self.commit([item], by=by, label=N_("Difference settled"))

    def check_later(self) -> None:
        """Walk the chains of every scope on the store thread, one scope at a time, and say so."""
        for row in self.scopes():
            self._desk.later(partial(self._walk, row.id))

    def _walk(self, scope: ScopeId) -> None:
        if scope in self.store.checked or not self.store.records.holds(scope):
            return
        try:
            self._in_transaction(lambda: check_scope(self.store.records, scope))
        except UserError as error:
            self._saving.refuse(error)
        else:
            self.store.checked.add(scope)

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
            scopes = frozenset(scope for scope, _ in command.ops)
            written, skipped = self._check_before(
                scopes, lambda: put_back(self.store.pen, command.ops)
            )
            self.store.local.mark_command(command.id, becomes, written)
            return command.label, written, skipped

        self._finish_saving()
        done = self.transact(work)
        if done is None:
            return None
        label, written, skipped = done
        changes = self.run(lambda: self._touched(written, by))
        self._refresh(changes)
        self.tell(changes)
        return Undone(changes, label, tuple(skipped))

    def _finish_saving(self) -> None:
        """Bring in what waits: undo must not pass over what was typed last."""
        self._desk.do(self._saving.drain)
        if self._saving.waiting() and self.saved.why is not None:
            raise self.saved.why

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
        waiting = self._saving.waiting()
        rows = self.run(self.store.records.scopes)
        held = {row.id for row in rows}
        rows += [
            ScopeRow(i.scope, i.kind, i.parent)
            for p in waiting
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
        differing = [s for s in scopes if any(map(_is_differing, self._view(s).values()))]
        return self.run(lambda: [d for s in differing for d in self.differences_in(s)])

    def differences_in(self, scope: ScopeId) -> list[Difference]:
        """Return the differences of one scope; runs on the store thread."""
        heads = self.store.records.heads(scope)
        lens = self._lens()
        found: list[Difference] = []
        for ent, fields in sorted(heads.items()):
            record = record_of(scope, ent, fields, lens)
            if _is_differing(record):
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
        waiting = [p.draft for p in self._saving.waiting() if p.draft and p.draft.scope == scope]
        held = self.run(lambda: self.store.local.drafts(scope))
        held.update({(d.ent, d.fld): d.value for d in waiting})
        return {key: value for key, value in held.items() if value is not None}

    def set_draft(self, scope: ScopeId, ent: EntityId, fld: str, value: Value) -> None:
        """Overwrite one draft in place, without a time and never to travel; None clears it."""
        draft = Draft(scope, ent, fld, clean(value))
        self._saving.hand_in(Pending(draft=draft))

    def attach(self, source: Path) -> dict[str, Value]:
        """Copy a file into the attachments and return its value for a field."""
        sha, size = self.store.attachments.keep(pieces(source))
        self.transact(lambda: self.store.local.note_blob(sha, size, True))
        media = mimetypes.guess_type(source.name)[0] or "application/octet-stream"
        return {"h": sha, "n": source.name, "s": size, "m": media}

    def blob(self, sha: str) -> Path | None:
        """Return where an attachment lies, or nothing where it is not on this computer."""
        return self.store.attachments.path(sha) if self.store.attachments.has(sha) else None

    # for transfer and backup

    def run(self, work: Callable[[], T]) -> T:
        """Run work on the store thread and wait for it; a refusing disk is told in plain words."""
        return self._desk.do(lambda: self.store.database.ask(work))

    def transact(self, work: Callable[[], T]) -> T:
        """Run work on the store thread inside one transaction and wait for it."""
        return self.run(lambda: self._in_transaction(work))

    def forget_views(self) -> None:
        """Read everything anew, after an import or its undo."""
        with self._guard:
            self._cache.clear()

    def _lens(self) -> Lens:
        return Lens(self.schema, self.store.records.writers(), self.store.install)

    def _view(self, scope: ScopeId) -> dict[EntityId, Record]:
        # What waits first: what is saved between the two looks is then seen twice, never missed.
        waiting = [i for p in self._saving.waiting() for i in p.items if i.scope == scope]
        with self._guard:
            view = self._cache.get(scope)
        if view is None:
            view = self.run(lambda: self._load(scope))
        return _laid_over(view, waiting) if waiting else view

    def _prove(self, scope: ScopeId) -> None:
        """Prove what a scope shows before it is shown first; a wrong cache is derived again."""
        if scope in self.store.proved or not self.store.records.holds(scope):
            return
        if not heads_hold(self.store.records, scope):
            self._in_transaction(lambda: check_scope(self.store.records, scope))
        self.store.proved.add(scope)

    def _load(self, scope: ScopeId) -> dict[EntityId, Record]:
        self._prove(scope)
        lens = self._lens()
        heads = self.store.records.heads(scope)
        view = {ent: record_of(scope, ent, fields, lens) for ent, fields in heads.items()}
        with self._guard:
            self._cache[scope] = view
        return view

    def _refresh(self, changes: Changes) -> None:
        def work() -> None:
            lens = self._lens()
            with self._guard:
                known = {s: self._cache[s] for s in changes.scopes & self._cache.keys()}
            for scope, view in known.items():
                fresh = dict(view)
                for ent in changes.entities:
                    heads = self.store.records.heads(scope, ent).get(ent)
                    if heads:
                        fresh[ent] = record_of(scope, ent, heads, lens)
                with self._guard:
                    self._cache[scope] = fresh

        self.run(work)


def _is_differing(record: Record) -> bool:
    return not record.deleted and bool(record.differing or record.contested)


def _history_reader(store: Opened, scope: ScopeId, ent: EntityId) -> Callable[[str], list[Op]]:
    return lambda fld: store.records.history(scope, ent, fld)


def _laid_over(view: dict[EntityId, Record], waiting: Sequence[Item]) -> dict[EntityId, Record]:
    """Return the view with what waits to be saved laid over it."""
    over = dict(view)
    for item in waiting:
        if isinstance(item, Removal):
            over.pop(item.id, None)
        elif not isinstance(item, NewScope):
            held = over.get(item.id) or Record(item.scope, item.kind, item.id)
            fields = item.fields if isinstance(item, Record) else {}
            over[item.id] = replace(
                held,
                fields={**held.fields, **fields},
                differing={k: v for k, v in held.differing.items() if k not in fields},
                deleted=False,
                contested=held.contested and isinstance(item, Record),
            )
    return over
