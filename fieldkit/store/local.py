"""What never travels: settings of the store, drafts, the undo list, imports, what was sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.core.errors import BugError
from fieldkit.core.ids import EntityId, ScopeId, WriterId
from fieldkit.core.op import Dot, Value, canonical
from fieldkit.store.database import Database

DONE, UNDONE, DEAD = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of the undo list: when, what it was called, and the ops it wrote by scope."""

    id: int
    at: int
    label: str
    state: int
    ops: tuple[tuple[ScopeId, Dot], ...]
    imported: int | None


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line of the import log."""

    id: int
    bundle: str
    sha: str
    at: int
    by: str
    new_ops: int
    known_ops: int
    differences: int
    undone: bool


class Local:
    """Reads and writes the tables that belong to this computer alone."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._db = database

    def meta(self, key: str) -> str | None:
        """Return one setting of the store."""
        row = self._db.sql.execute("SELECT v FROM meta WHERE k = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Write one setting of the store."""
        self._db.sql.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (key, value))

    def drafts(self, scope: ScopeId) -> dict[tuple[EntityId, str], Value]:
        """Return the half-typed texts and unrevealed ballots of a scope."""
        rows = self._db.sql.execute(
            "SELECT d.ent, d.fld, d.val FROM draft d JOIN scope s USING(sid) WHERE s.uuid = ?",
            (bytes.fromhex(scope),),
        )
        return {(EntityId(e.hex()), str(f)): json.loads(v) for e, f, v in rows}

    def set_draft(self, scope: ScopeId, ent: EntityId, fld: str, value: Value) -> None:
        """Overwrite one draft in place, or clear it with None."""
        key = (bytes.fromhex(scope), bytes.fromhex(ent), fld)
        if value is None:
            self._db.sql.execute(
                "DELETE FROM draft WHERE sid = (SELECT sid FROM scope WHERE uuid = ?)"
                " AND ent = ? AND fld = ?",
                key,
            )
        else:
            written = self._db.sql.execute(
                "INSERT OR REPLACE INTO draft SELECT sid, ?, ?, ? FROM scope WHERE uuid = ?",
                (key[1], fld, canonical(value).decode(), key[0]),
            )
            if written.rowcount != 1:
                raise BugError("a draft needs a scope that is held")

    def add_command(
        self, at: int, label: str, ops: list[tuple[ScopeId, Dot]], imported: int | None = None
    ) -> int:
        """Add to the undo list; what was undone before can no longer be redone."""
        self._db.sql.execute("UPDATE command SET state = ? WHERE state = ?", (DEAD, UNDONE))
        cursor = self._db.sql.execute(
            "INSERT INTO command(at, label, state, ops, import) VALUES(?, ?, ?, ?, ?)",
            (at, label, DONE, _spell(ops), imported),
        )
        return int(cursor.lastrowid or 0)

    def mark_command(self, number: int, state: int, ops: list[tuple[ScopeId, Dot]]) -> None:
        """Set a command to done, undone or dead, with the ops that now stand for it."""
        self._db.sql.execute(
            "UPDATE command SET state = ?, ops = ? WHERE id = ?", (state, _spell(ops), number)
        )

    def last_command(self, state: int) -> Command | None:
        """Return the command to undo (last done) or to redo (first undone)."""
        order = "DESC" if state == DONE else "ASC"
        row = self._db.sql.execute(
            "SELECT id, at, label, state, ops, import FROM command WHERE state = ?"
            f" ORDER BY id {order} LIMIT 1",
            (state,),
        ).fetchone()
        return _command(row) if row else None

    def commands(self, limit: int) -> list[Command]:
        """Return the newest commands that stand, newest first."""
        rows = self._db.sql.execute(
            "SELECT id, at, label, state, ops, import FROM command WHERE state = ?"
            " ORDER BY id DESC LIMIT ?",
            (DONE, limit),
        )
        return [_command(row) for row in rows]

    def end_import(self, number: int) -> None:
        """Take an import off the undo list; redoing it is importing the file again."""
        self._db.sql.execute("UPDATE command SET state = ? WHERE import = ?", (DEAD, number))

    def forget_commands(self) -> None:
        """Start a new undo list and import log, as a restored store does."""
        self._db.sql.execute("DELETE FROM command")
        self._db.sql.execute("DELETE FROM import_log")

    def rename(self, names: Mapping[tuple[ScopeId, Dot], Dot | None]) -> None:
        """Let the undo list follow ops that were written again, and forget those that are gone."""
        rows = self._db.sql.execute("SELECT id, ops FROM command WHERE state <> ?", (DEAD,))
        for number, spelled in rows.fetchall():
            ops = [(ScopeId(s), Dot(WriterId(w), int(q))) for s, w, q in json.loads(spelled)]
            now = [(s, names.get((s, d), d)) for s, d in ops]
            kept = [(s, d) for s, d in now if d is not None]
            if kept != ops:
                self._db.sql.execute(
                    "UPDATE command SET ops = ? WHERE id = ?", (_spell(kept), number)
                )

    def log_import(self, row: ImportRow) -> int:
        """Write one line of the import log and return its number."""
        cursor = self._db.sql.execute(
            "INSERT INTO import_log(bundle, sha, at, by, new_ops, known_ops, differences)"
            " VALUES(?, ?, ?, ?, ?, ?, ?)",
            (
                bytes.fromhex(row.bundle), bytes.fromhex(row.sha), row.at, row.by, row.new_ops,
                row.known_ops, row.differences,
            ),
        )  # fmt: skip
        return int(cursor.lastrowid or 0)

    def count_import(self, number: int, new_ops: int, known_ops: int, differences: int) -> None:
        """Complete a line of the import log with what came in."""
        self._db.sql.execute(
            "UPDATE import_log SET new_ops=?, known_ops=?, differences=? WHERE id=?",
            (new_ops, known_ops, differences, number),
        )

    def mark_import_undone(self, number: int) -> None:
        """Note that an import was taken back; the same file may come again."""
        self._db.sql.execute("UPDATE import_log SET undone = 1 WHERE id = ?", (number,))

    def imports(self) -> list[ImportRow]:
        """Return the import log, newest first."""
        rows = self._db.sql.execute(
            "SELECT id, bundle, sha, at, by, new_ops, known_ops, differences, undone"
            " FROM import_log ORDER BY id DESC"
        )
        return [
            ImportRow(
                i, bytes(b).hex(), bytes(s).hex(), at, by or "", n or 0, k or 0, d or 0, bool(u)
            )
            for i, b, s, at, by, n, k, d, u in rows
        ]

    def note_peer(self, install: str, label: str, have: str, bundle: str, at: int) -> None:
        """Keep what the other side last told us it holds."""
        self._db.sql.execute(
            "INSERT OR REPLACE INTO peer VALUES(?, ?, ?, ?, ?)",
            (bytes.fromhex(install), label, have, bytes.fromhex(bundle), at),
        )

    def note_sent(self, scope: ScopeId, writer: WriterId, hi: int, at: int) -> None:
        """Keep how far a writer's ops of a scope ever left this computer."""
        self._db.sql.execute(
            "INSERT INTO sent SELECT s.sid, w.wid, ?, ? FROM scope s, writer w"
            " WHERE s.uuid = ? AND w.uuid = ?"
            " ON CONFLICT DO UPDATE SET hi = max(hi, excluded.hi), at = excluded.at",
            (hi, at, bytes.fromhex(scope), bytes.fromhex(writer)),
        )

    def sent(self, scope: ScopeId) -> dict[WriterId, int]:
        """Return how far each writer's ops of a scope were sent."""
        rows = self._db.sql.execute(
            "SELECT w.uuid, n.hi FROM sent n JOIN scope s USING(sid) JOIN writer w USING(wid)"
            " WHERE s.uuid = ?",
            (bytes.fromhex(scope),),
        )
        return {WriterId(u.hex()): int(h) for u, h in rows}

    def last_sent(self) -> int | None:
        """Return the minute anything was last sent, or nothing."""
        row = self._db.sql.execute("SELECT max(at) FROM sent").fetchone()
        return None if row[0] is None else int(row[0])

    def note_blob(self, sha: str, size: int, present: bool) -> None:
        """Note an attachment as present or wanted; present stays present."""
        self._db.sql.execute(
            "INSERT INTO blob VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET"
            " state = max(state, excluded.state)",
            (bytes.fromhex(sha), size, int(present)),
        )

    def blobs(self) -> dict[str, tuple[int, bool]]:
        """Return size and presence of every attachment known."""
        rows = self._db.sql.execute("SELECT hash, size, state FROM blob")
        return {bytes(h).hex(): (int(s), bool(p)) for h, s, p in rows}


def _spell(ops: list[tuple[ScopeId, Dot]]) -> str:
    return canonical([[scope, dot.writer, dot.seq] for scope, dot in ops]).decode()


def _command(row: tuple[int, int, str, int, str, int | None]) -> Command:
    number, at, label, state, ops, imported = row
    dots = tuple((ScopeId(s), Dot(WriterId(w), int(q))) for s, w, q in json.loads(ops))
    return Command(number, at, label, state, dots, imported)
