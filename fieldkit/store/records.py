"""The op log and what is derived from it: writers, scopes, heads, contexts, held intervals."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fieldkit.core.errors import BugError
from fieldkit.core.ids import EntityId, InstallId, PersonId, ScopeId, WriterId
from fieldkit.core.op import CHAIN_START, LAM_CAP, Context, Dot, Op, Register, chain_after
from fieldkit.core.register import KNOWN_KINDS, RegisterState
from fieldkit.store.database import Database, damaged
from fieldkit.store.rows import COLUMNS, Row, op_of, row_of, unpacked

Heads = dict[EntityId, dict[str, list[Op]]]
_COLS = ", ".join("o." + c for c in COLUMNS.split(", "))
_READ = f"SELECT o.wid, {_COLS}, t.z FROM op o LEFT JOIN longtext t ON t.hash = o.vref"


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """One scope held here: its id, kind and parent."""

    id: ScopeId
    kind: str
    parent: ScopeId | None


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote: the install, the person it claims and the label people see."""

    id: WriterId
    install: InstallId | None
    person: PersonId | None
    label: str


@dataclass(frozen=True, slots=True)
class Interval:
    """A run of held ops of one writer; `prev` is the chain hash before its first op."""

    writer: WriterId
    lo: int
    hi: int
    prev: bytes


class ForkError(Exception):
    """An op disagrees with one already held under the same dot."""

    def __init__(self, writer: WriterId, seq: int) -> None:
        """Name the place where the two histories part."""
        super().__init__(writer, seq)
        self.writer = writer
        self.seq = seq


class Records:
    """Reads and appends ops; every write runs inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        """Read the small tables of scopes and writers once."""
        self._db = database
        self._sids: dict[ScopeId, int] = {}
        self._wids: dict[WriterId, int] = {}
        self._uuids: dict[int, WriterId] = {}
        self._lams: dict[int, int] = {}
        self.reload()

    def reload(self) -> None:
        """Read scopes and writers again, after a rollback or an undone import."""
        sql = self._db.sql
        self._sids = {ScopeId(u.hex()): s for s, u in sql.execute("SELECT sid, uuid FROM scope")}
        self._uuids = {w: WriterId(u.hex()) for w, u in sql.execute("SELECT wid, uuid FROM writer")}
        self._wids = {u: w for w, u in self._uuids.items()}
        self._lams = {}

    # scopes and writers

    def scopes(self) -> list[ScopeRow]:
        """Return every scope held, oldest first."""
        rows = self._db.sql.execute("SELECT uuid, kind, parent FROM scope ORDER BY sid")
        return [
            ScopeRow(ScopeId(u.hex()), str(k), ScopeId(p.hex()) if p else None) for u, k, p in rows
        ]

    def writers(self) -> dict[WriterId, Writer]:
        """Return every writer known by id."""
        rows = self._db.sql.execute("SELECT uuid, install, person, label FROM writer")
        return {
            WriterId(u.hex()): Writer(
                WriterId(u.hex()),
                InstallId(i.hex()) if i else None,
                PersonId(p.hex()) if p else None,
                label or "",
            )
            for u, i, p, label in rows
        }

    def add_scope(self, row: ScopeRow) -> None:
        """Add a scope unless it is held already."""
        if row.id in self._sids:
            return
        parent = bytes.fromhex(row.parent) if row.parent else None
        cursor = self._db.sql.execute(
            "INSERT INTO scope(uuid, kind, parent, private) VALUES(?, ?, ?, ?)",
            (bytes.fromhex(row.id), row.kind, parent, int(row.kind == "private")),
        )
        self._sids[row.id] = int(cursor.lastrowid or 0)

    def add_writer(self, writer: Writer) -> None:
        """Add a writer, or fill in what was not known about it."""
        sql = self._db.sql
        install = bytes.fromhex(writer.install) if writer.install else None
        person = bytes.fromhex(writer.person) if writer.person else None
        if writer.id not in self._wids:
            cursor = sql.execute(
                "INSERT INTO writer(uuid, install, person, label) VALUES(?, ?, ?, ?)",
                (bytes.fromhex(writer.id), install, person, writer.label),
            )
            self._wids[writer.id] = wid = int(cursor.lastrowid or 0)
            self._uuids[wid] = writer.id
        elif install or writer.label:
            sql.execute(
                "UPDATE writer SET install=coalesce(install, ?), person=coalesce(person, ?),"
                " label=CASE WHEN coalesce(label, '')='' THEN ? ELSE label END WHERE wid=?",
                (install, person, writer.label, self._wids[writer.id]),
            )

    def holds(self, scope: ScopeId) -> bool:
        """Say whether the scope is held."""
        return scope in self._sids

    # reading

    def heads(self, scope: ScopeId, ent: EntityId | None = None) -> Heads:
        """Return the standing ops of a scope, or of one entity, by entity and field."""
        sid = self._sids.get(scope)
        found: Heads = {}
        if sid is None:
            return found
        sql = (
            f"SELECT h.wid, {_COLS}, t.z FROM head h CROSS JOIN op o ON o.sid = h.sid"
            " AND o.wid = h.wid AND o.seq = h.seq LEFT JOIN longtext t ON t.hash = o.vref"
            " WHERE h.sid = ?"
        )
        args: tuple[object, ...] = (sid,)
        if ent is not None:
            sql, args = sql + " AND h.ent = ?", (sid, bytes.fromhex(ent))
        for row in self._db.sql.execute(sql, args):
            op = self._op(scope, row)
            found.setdefault(op.ent, {}).setdefault(op.fld, []).append(op)
        return found

    def history(self, scope: ScopeId, ent: EntityId, fld: str) -> list[Op]:
        """Return every op held on one register, in the order of (lam, writer)."""
        args = (self._sids.get(scope, 0), bytes.fromhex(ent), fld)
        where = " WHERE o.sid = ? AND o.ent = ? AND o.fld = ?"
        ops = [self._op(scope, row) for row in self._db.sql.execute(_READ + where, args)]
        return sorted(ops, key=lambda o: (o.lam, o.writer, o.seq))

    def op(self, scope: ScopeId, dot: Dot) -> Op | None:
        """Return one op by its dot, or nothing."""
        args = (self._sids.get(scope, 0), self._wids.get(dot.writer, 0), dot.seq)
        row = self._db.sql.execute(
            _READ + " WHERE o.sid = ? AND o.wid = ? AND o.seq = ?", args
        ).fetchone()
        return self._op(scope, row) if row else None

    def run(self, scope: ScopeId, writer: WriterId, lo: int, hi: int) -> Iterator[Op]:
        """Stream the ops of one writer from `lo` to `hi`."""
        args = (self._sids[scope], self._wids[writer], lo, hi)
        where = " WHERE o.sid = ? AND o.wid = ? AND o.seq BETWEEN ? AND ? ORDER BY o.seq"
        for row in self._db.sql.execute(_READ + where, args):
            yield self._op(scope, row)

    def links(self, scope: ScopeId, run: Interval) -> Iterator[tuple[Op, bytes]]:
        """Stream the ops of a run, each with the chain hash held for it."""
        args = (self._sids[scope], self._wids[run.writer], run.lo, run.hi)
        rows = self._db.sql.execute(
            f"SELECT o.chain, o.wid, {_COLS}, t.z FROM op o LEFT JOIN longtext t ON"
            " t.hash = o.vref WHERE o.sid = ? AND o.wid = ? AND o.seq BETWEEN ? AND ?"
            " ORDER BY o.seq",
            args,
        )
        for chain, *row in rows:
            yield self._op(scope, tuple(row)), bytes(chain)

    def head_links(self, scope: ScopeId) -> Iterator[tuple[Register, Op, bytes, bytes | None]]:
        """Stream what stands: where it is said to stand, the op, its chain hash, the one before."""
        rows = self._db.sql.execute(
            f"SELECT h.ent, h.fld, o.chain, p.chain, o.wid, {_COLS}, t.z FROM head h"
            " LEFT JOIN op o ON o.sid = h.sid AND o.wid = h.wid AND o.seq = h.seq"
            " LEFT JOIN op p ON p.sid = o.sid AND p.wid = o.wid AND p.seq = o.seq - 1"
            " LEFT JOIN longtext t ON t.hash = o.vref WHERE h.sid = ?",
            (self._sids[scope],),
        )
        for ent, fld, chain, before, *row in rows:
            if chain is None:
                raise damaged("heads")
            register = Register(scope, EntityId(ent.hex()), fld)
            yield register, self._op(scope, tuple(row)), bytes(chain), before

    def states(self, scope: ScopeId) -> dict[Register, RegisterState]:
        """Return what stands and what is covered on every register, as noted."""
        sid, found = self._sids[scope], defaultdict[Register, RegisterState](RegisterState)
        seen = self._db.sql.execute("SELECT ent, fld, wid, upto FROM seen WHERE sid = ?", (sid,))
        for ent, fld, wid, upto in seen:
            state = found[Register(scope, EntityId(ent.hex()), fld)]
            state.seen[self._uuids.get(wid, WriterId(""))] = upto
        heads = self._db.sql.execute("SELECT ent, fld, wid, seq FROM head WHERE sid = ?", (sid,))
        for ent, fld, wid, seq in heads:
            state = found[Register(scope, EntityId(ent.hex()), fld)]
            state.heads.add(Dot(self._uuids.get(wid, WriterId("")), seq))
        return dict(found)

    def headless(self, scope: ScopeId) -> bool:
        """Say whether a register was written but nothing stands on it, which cannot be."""
        sid = self._sids.get(scope, 0)
        row = self._db.sql.execute(
            "SELECT ent, fld FROM op WHERE sid = ? AND kind < 6"
            " EXCEPT SELECT ent, fld FROM head WHERE sid = ? LIMIT 1",
            (sid, sid),
        ).fetchone()
        return row is not None

    def unnoted_heads(self, scope: ScopeId) -> int:
        """Return by how many the ops nothing covers differ from the heads noted."""
        sid = self._sids[scope]
        known = ", ".join(str(int(k)) for k in sorted(KNOWN_KINDS))
        uncovered = self._db.sql.execute(
            "SELECT count(*) FROM op o LEFT JOIN seen s ON s.sid = o.sid AND s.ent = o.ent"
            " AND s.fld = o.fld AND s.wid = o.wid WHERE o.sid = ? AND o.seq > coalesce(s.upto, 0)"
            f" AND o.kind IN ({known})",
            (sid,),
        ).fetchone()[0]
        covered = self._db.sql.execute(
            "SELECT count(*), sum(h.seq > coalesce(s.upto, 0)) FROM head h LEFT JOIN seen s ON"
            " s.sid = h.sid AND s.ent = h.ent AND s.fld = h.fld AND s.wid = h.wid WHERE h.sid = ?",
            (sid,),
        ).fetchone()
        return int(abs(uncovered - covered[0]) + covered[0] - (covered[1] or 0))

    def by_import(self, number: int) -> list[tuple[ScopeId, Dot]]:
        """Return the dots an import brought."""
        scopes = {sid: scope for scope, sid in self._sids.items()}
        rows = self._db.sql.execute("SELECT sid, wid, seq FROM op WHERE via = ?", (number,))
        return [(scopes[s], Dot(self._uuids[w], q)) for s, w, q in rows]

    def intervals(self, scope: ScopeId) -> list[Interval]:
        """Return the held runs of a scope by writer and start."""
        rows = self._db.sql.execute(
            "SELECT wid, lo, hi, prev FROM have WHERE sid = ? ORDER BY wid, lo",
            (self._sids.get(scope, 0),),
        )
        return [Interval(self._writer(w), lo, hi, prev) for w, lo, hi, prev in rows]

    def chain_at(self, scope: ScopeId, dot: Dot) -> bytes | None:
        """Return the chain hash after a held op."""
        row = self._db.sql.execute(
            "SELECT chain FROM op WHERE sid = ? AND wid = ? AND seq = ?",
            (self._sids.get(scope, 0), self._wids.get(dot.writer, 0), dot.seq),
        ).fetchone()
        return bytes(row[0]) if row else None

    def count(self, scope: ScopeId | None = None) -> int:
        """Return how many ops are held, in one scope or in all."""
        if scope is None:
            return int(self._db.sql.execute("SELECT count(*) FROM op").fetchone()[0])
        args = (self._sids.get(scope, 0),)
        return int(self._db.sql.execute("SELECT count(*) FROM op WHERE sid=?", args).fetchone()[0])

    def state(self, scope: ScopeId, ent: EntityId, fld: str) -> RegisterState:
        """Return what stands and what is covered on one register."""
        args = (self._sids[scope], bytes.fromhex(ent), fld)
        where = " WHERE sid = ? AND ent = ? AND fld = ?"
        seen = self._db.sql.execute("SELECT wid, upto FROM seen" + where, args)
        heads = self._db.sql.execute("SELECT wid, seq FROM head" + where, args)
        return RegisterState(
            {self._writer(w): u for w, u in seen}, {Dot(self._writer(w), s) for w, s in heads}
        )

    def next_lam(self, scope: ScopeId) -> int:
        """Return a Lamport number above every op held in the scope (law I20)."""
        sid = self._sids[scope]
        if sid not in self._lams:
            row = self._db.sql.execute("SELECT max(lam) FROM op WHERE sid = ?", (sid,)).fetchone()
            self._lams[sid] = int(row[0] or 0)
        return min(self._lams[sid] + 1, LAM_CAP)

    def first_lam(self, scope: ScopeId, ent: EntityId) -> int:
        """Return the lowest Lamport number written on an entity."""
        args = (self._sids[scope], bytes.fromhex(ent))
        where = " WHERE sid = ? AND ent = ?"
        return int(self._db.sql.execute("SELECT min(lam) FROM op" + where, args).fetchone()[0])

    def next_seq(self, scope: ScopeId, writer: WriterId) -> int:
        """Return the next free number of a writer in a scope."""
        args = (self._sids[scope], self._wids[writer])
        row = self._db.sql.execute("SELECT max(hi) FROM have WHERE sid=? AND wid=?", args)
        return int(row.fetchone()[0] or 0) + 1

    # writing

    def append(self, op: Op, via: int | None = None, chain: bytes | None = None) -> bytes:
        """Insert one new op, bring heads and contexts up to date, and return its chain hash."""
        sql, sid, wid = self._db.sql, self._sids[op.scope], self._wids[op.writer]
        if chain is None:
            before = self.chain_at(op.scope, Dot(op.writer, op.seq - 1))
            if op.seq > 1 and before is None:
                raise BugError("a local op must follow its predecessor")
            chain = chain_after(before or CHAIN_START, op)
            self._extend(sid, wid, op.seq, before or CHAIN_START)
        row, long = row_of(op, self._wids)
        if long:
            sql.execute("INSERT OR IGNORE INTO longtext VALUES(?, ?)", (long.hash, long.packed))
        sql.execute(
            f"INSERT INTO op(sid, wid, {COLUMNS}, chain, via) VALUES({', '.join('?' * 17)})",
            (sid, wid, *row, chain, via),
        )
        if op.kind in KNOWN_KINDS:
            self._stand(sid, wid, row, op.ctx)
        self._lams[sid] = max(self._lams.get(sid, 0), op.lam) if sid in self._lams else op.lam
        if via is not None:
            self._lams.pop(sid, None)
        return chain

    def admit(self, op: Op, chain: bytes, via: int) -> bool:
        """Take in a received op; True if it was new, False if held; raises ForkError."""
        held = self.chain_at(op.scope, op.dot)
        if held is None:
            self.append(op, via, chain)
            return True
        if held != chain:
            raise ForkError(op.writer, op.seq)
        if op.commit is not None and not op.is_stub:
            self._fill(op)
        return False

    def join(self, scope: ScopeId, run: Interval) -> None:
        """Record a received run; overlapping and touching runs become one (law I9)."""
        sql, sid, wid = self._db.sql, self._sids[scope], self._wids[run.writer]
        lo, hi, prev = run.lo, run.hi, run.prev
        near = sql.execute(
            "SELECT lo, hi, prev FROM have WHERE sid=? AND wid=? AND lo <= ? AND hi >= ?",
            (sid, wid, hi + 1, lo - 1),
        ).fetchall()
        for other_lo, other_hi, other_prev in near:
            if other_lo < lo:
                lo, prev = other_lo, other_prev
            hi = max(hi, other_hi)
            sql.execute("DELETE FROM have WHERE sid=? AND wid=? AND lo=?", (sid, wid, other_lo))
        sql.execute("INSERT INTO have VALUES(?, ?, ?, ?, ?)", (sid, wid, lo, hi, prev))

    def check_edges(self, scope: ScopeId, run: Interval, end: bytes) -> None:
        """Demand that a received run fits the runs held before and after it, else ForkError."""
        before = self.chain_at(scope, Dot(run.writer, run.lo - 1))
        if before is not None and before != run.prev:
            raise ForkError(run.writer, run.lo - 1)
        for held in self.intervals(scope):
            if held.writer == run.writer and held.lo == run.hi + 1 and held.prev != end:
                raise ForkError(run.writer, run.hi)

    def remove(self, scope: ScopeId, dots: Iterable[Dot]) -> None:
        """Take ops out again (undo of an import only) and derive the scope anew."""
        gone = set(dots)
        sid = self._sids[scope]
        marks = {(r.writer, r.lo): r.prev for r in self.intervals(scope)}
        for dot in gone:
            after = self.chain_at(scope, dot)
            if after is not None:
                marks[(dot.writer, dot.seq + 1)] = after
        self._db.sql.executemany(
            "DELETE FROM op WHERE sid = ? AND wid = ? AND seq = ?",
            [(sid, self._wids[d.writer], d.seq) for d in gone],
        )
        self._rebuild_have(sid, marks)
        self.rebuild(scope)
        self._lams.pop(sid, None)

    def drop_scope(self, scope: ScopeId) -> None:
        """Forget a scope that holds no op any more."""
        sid = self._sids.pop(scope)
        for table in ("scope", "have", "seen", "head", "draft", "sent"):
            self._db.sql.execute(f"DELETE FROM {table} WHERE sid = ?", (sid,))

    def rebuild(self, scope: ScopeId) -> None:
        """Derive heads and contexts of a scope from its ops alone (law I6)."""
        sid = self._sids[scope]
        sql = self._db.sql
        sql.execute("DELETE FROM seen WHERE sid = ?", (sid,))
        sql.execute("DELETE FROM head WHERE sid = ?", (sid,))
        rows = sql.execute(f"SELECT wid, {COLUMNS} FROM op WHERE sid = ?", (sid,)).fetchall()
        for wid, *row in rows:
            if row[6] in KNOWN_KINDS:
                op = op_of(scope, self._uuids[wid], tuple(row), None, self._uuids)
                self._stand(sid, wid, tuple(row), op.ctx)

    def derived(self, scope: ScopeId) -> tuple[list[Row], list[Row], list[Row]]:
        """Return seen, head and have of a scope as rows, to compare with a rebuild."""
        sid = self._sids[scope]
        read = self._db.sql.execute
        return (
            read("SELECT * FROM seen WHERE sid=? ORDER BY 2,3,4", (sid,)).fetchall(),
            read("SELECT * FROM head WHERE sid=? ORDER BY 2,3,4,5", (sid,)).fetchall(),
            read("SELECT * FROM have WHERE sid=? ORDER BY 2,3", (sid,)).fetchall(),
        )

    def _writer(self, wid: int) -> WriterId:
        if wid not in self._uuids:
            raise damaged("writers")
        return self._uuids[wid]

    def _op(self, scope: ScopeId, row: Row) -> Op:
        try:
            wid, *columns, packed = row
            text = unpacked(packed) if packed is not None else None
            return op_of(scope, self._uuids[wid], tuple(columns), text, self._uuids)
        except (ValueError, TypeError, KeyError, AttributeError, zlib.error) as error:
            raise damaged("rows") from error

    def _stand(self, sid: int, wid: int, row: Row, ctx: Context) -> None:
        sql, seq, ent, fld = self._db.sql, row[0], row[4], row[5]
        for writer, upto in ctx:
            other = self._wids[writer]
            sql.execute(
                "INSERT INTO seen VALUES(?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
                " SET upto = max(upto, excluded.upto)",
                (sid, ent, fld, other, upto),
            )
            sql.execute(
                "DELETE FROM head WHERE sid=? AND ent=? AND fld=? AND wid=? AND seq<=?",
                (sid, ent, fld, other, upto),
            )
        known = sql.execute(
            "SELECT upto FROM seen WHERE sid=? AND ent=? AND fld=? AND wid=?",
            (sid, ent, fld, wid),
        ).fetchone()
        if known is None or seq > known[0]:
            sql.execute(
                "INSERT OR IGNORE INTO head VALUES(?, ?, ?, ?, ?)", (sid, ent, fld, wid, seq)
            )

    def _fill(self, op: Op) -> None:
        row, long = row_of(op, self._wids)
        if long:
            self._db.sql.execute(
                "INSERT OR IGNORE INTO longtext VALUES(?, ?)", (long.hash, long.packed)
            )
        self._db.sql.execute(
            "UPDATE op SET val=?, vref=?, salt=? WHERE sid=? AND wid=? AND seq=? AND salt IS NULL",
            (row[7], row[8], row[11], self._sids[op.scope], self._wids[op.writer], op.seq),
        )

    def _extend(self, sid: int, wid: int, seq: int, prev: bytes) -> None:
        grown = self._db.sql.execute(
            "UPDATE have SET hi = ? WHERE sid = ? AND wid = ? AND hi = ?", (seq, sid, wid, seq - 1)
        )
        if grown.rowcount == 0:
            self._db.sql.execute(
                "INSERT INTO have VALUES(?, ?, ?, ?, ?)", (sid, wid, seq, seq, prev)
            )

    def _rebuild_have(self, sid: int, marks: dict[tuple[WriterId, int], bytes]) -> None:
        sql = self._db.sql
        sql.execute("DELETE FROM have WHERE sid = ?", (sid,))
        rows = sql.execute("SELECT wid, seq FROM op WHERE sid = ? ORDER BY wid, seq", (sid,))
        runs: list[list[int]] = []
        for wid, seq in rows.fetchall():
            if runs and runs[-1][0] == wid and runs[-1][2] == seq - 1:
                runs[-1][2] = seq
            else:
                runs.append([wid, seq, seq])
        for wid, lo, hi in runs:
            prev = CHAIN_START if lo == 1 else marks[(self._uuids[wid], lo)]
            sql.execute("INSERT INTO have VALUES(?, ?, ?, ?, ?)", (sid, wid, lo, hi, prev))
