"""Transfer out: what leaves as a bundle, and looking into a bundle without changing anything."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import fieldkit
from fieldkit.core.ids import EntityId, ScopeId, WriterId
from fieldkit.core.op import Dot, Op
from fieldkit.exchange.blobs import Blob
from fieldkit.exchange.errors import E_DISK, BundleError
from fieldkit.exchange.manifest import BlobEntry, By, Header, Range, ScopeEntry, WriterEntry
from fieldkit.exchange.names import bundle_name
from fieldkit.exchange.pack import Packed, write_bundle
from fieldkit.exchange.pulse import Cancel, Progress
from fieldkit.exchange.unpack import open_bundle
from fieldkit.store.records import Interval, ScopeRow
from fieldkit.workspace.workspace import Workspace

SLICE = 5_000
PRIVATE = "private"
Field = tuple[ScopeId, EntityId, str]


@dataclass(frozen=True, slots=True)
class Parcel:
    """What to export: scopes, the title for the file name, and free texts that stay here.

    `withhold` names fields (entity kind and field, as in "answer.comment") whose values leave as
    empty stubs; chains still verify. `basis` says how far the receiver holds each writer's ops
    from the first on; only what lies above leaves. Without `history` earlier texts and those of
    deleted entries stay here too; without `named` nobody is named beside the changes.
    """

    scopes: tuple[ScopeId, ...]
    title: str
    titles: Mapping[ScopeId, str] = field(default_factory=dict)
    withhold: frozenset[Field] = frozenset()
    basis: Mapping[ScopeId, Mapping[WriterId, int]] = field(default_factory=dict)
    note: str = ""
    with_blobs: bool = True
    to_others: bool = True
    history: bool = True
    named: bool = True


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was written and proven by reading it again."""

    path: Path
    bundle: str
    size: int
    sha256: str
    scopes: int
    ops: int
    blobs: int
    missing: tuple[str, ...]


def family(ws: Workspace, engagement: ScopeId, *, private: bool = False) -> tuple[ScopeId, ...]:
    """Return an engagement with all its children; private notes only when asked for."""
    children = [r for r in ws.scopes(parent=engagement) if private or r.kind != PRIVATE]
    return (engagement, *(r.id for r in children))


def export(
    ws: Workspace,
    parcel: Parcel,
    target: Path,
    *,
    cancel: Cancel | None = None,
    progress: Progress | None = None,
) -> Receipt:
    """Write a bundle to a file, or into a folder under a name of its own, and prove it.

    Raises BundleError; then nothing lies under the final name. May run on any thread.
    """
    snapshot = ws.run(lambda: _snapshot(ws, parcel))
    if parcel.to_others:
        ws.run(ws.store.rotate)
    present = [b for b in snapshot.blobs if b.present]
    into_folder = target.is_dir()
    file = target / f"fieldkit-{secrets.token_hex(4)}.fkb" if into_folder else target
    packed = write_bundle(
        file,
        _header(ws, parcel, snapshot),
        ((run, _ops(ws, run, snapshot)) for run in snapshot.ranges),
        _blobs(ws, snapshot.blobs),
        cancel=cancel,
        progress=progress,
    )
    if into_folder:
        file = _named(file, parcel.title, ws, packed)
    if parcel.to_others:
        ws.transact(lambda: _note_sent(ws, snapshot))
    missing = tuple(b.h for b in snapshot.blobs if not b.present)
    return Receipt(
        file, packed.bundle, packed.size, packed.sha256, len(parcel.scopes), packed.ops,
        len(present), missing,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Snapshot:
    rows: tuple[ScopeRow, ...]
    ranges: tuple[Range, ...]
    writers: tuple[WriterEntry, ...]
    blobs: tuple[BlobEntry, ...]
    have: Mapping[ScopeId, Mapping[WriterId, int]]
    withhold: frozenset[Field]
    standing: Mapping[ScopeId, frozenset[Dot]]

    def is_withheld(self, op: Op) -> bool:
        """Say whether the text an op says stays here."""
        kept = self.standing.get(op.scope)
        return op.register in self.withhold or (kept is not None and op.dot not in kept)


def _snapshot(ws: Workspace, parcel: Parcel) -> _Snapshot:
    records = ws.store.records
    wanted = set(parcel.scopes)
    standing = {} if parcel.history else {s: _standing(ws, s) for s in wanted}
    withhold = parcel.withhold if parcel.history else parcel.withhold | _gone(ws, wanted)
    rows = tuple(sorted((r for r in records.scopes() if r.id in wanted), key=lambda r: r.id))
    runs = [(r.id, i) for r in rows for i in records.intervals(r.id)]
    cut = [(s, part) for s, i in runs if (part := _above(ws, s, i, parcel))]
    ranges = sorted((_range(ws, s, i) for s, i in cut), key=lambda r: (r.s, r.w, r.lo))
    writers = tuple(
        WriterEntry(w.id, w.install, w.person, w.label if parcel.named else f"Writer {n}")
        for n, w in enumerate(sorted(records.writers().values(), key=lambda w: w.id), 1)
    )
    have: dict[ScopeId, dict[WriterId, int]] = {r.id: {} for r in rows}
    for scope, run in runs:
        if run.lo == 1:
            have[scope][run.writer] = run.hi
    blobs = _blob_entries(ws, rows, withhold, parcel.with_blobs)
    return _Snapshot(rows, tuple(ranges), writers, blobs, have, withhold, standing)


def _standing(ws: Workspace, scope: ScopeId) -> frozenset[Dot]:
    heads = ws.store.records.heads(scope)
    return frozenset(op.dot for f in heads.values() for ops in f.values() for op in ops)


def _gone(ws: Workspace, scopes: Iterable[ScopeId]) -> frozenset[Field]:
    """Return the fields of deleted entities."""
    return frozenset(
        (scope, ent, fld)
        for scope in scopes
        for ent in ws.dead_in(scope)
        for fld in ws.store.records.heads(scope, ent)[ent]
    )


def _above(ws: Workspace, scope: ScopeId, run: Interval, parcel: Parcel) -> Interval | None:
    """Return the part of a run the receiver lacks, or nothing."""
    lo = max(run.lo, parcel.basis.get(scope, {}).get(run.writer, 0) + 1)
    if lo > run.hi:
        return None
    before = ws.store.records.chain_at(scope, Dot(run.writer, lo - 1))
    return run if lo == run.lo else Interval(run.writer, lo, run.hi, before or b"")


def _range(ws: Workspace, scope: ScopeId, run: Interval) -> Range:
    end = ws.store.records.chain_at(scope, Dot(run.writer, run.hi))
    return Range(scope, run.writer, run.lo, run.hi, run.prev, end or b"")


def _blob_entries(
    ws: Workspace, rows: Iterable[ScopeRow], withhold: frozenset[Field], with_blobs: bool
) -> tuple[BlobEntry, ...]:
    found: dict[str, BlobEntry] = {}
    for row in rows:
        for ent, fields in ws.store.records.heads(row.id).items():
            for fld, ops in fields.items():
                if (row.id, ent, fld) in withhold:
                    continue
                for op in ops:
                    if isinstance(op.val, dict) and {"h", "n", "s"} <= op.val.keys():
                        sha, size = str(op.val["h"]), int(str(op.val["s"]))
                        held = with_blobs and ws.store.attachments.has(sha)
                        found[sha] = BlobEntry(sha, size, held)
    return tuple(found[sha] for sha in sorted(found))


def _header(ws: Workspace, parcel: Parcel, snapshot: _Snapshot) -> Header:
    withheld = {s for s, _, _ in snapshot.withhold} | snapshot.standing.keys()
    return Header(
        scopes=tuple(
            ScopeEntry(
                r.id, r.kind, parcel.titles.get(r.id, ""), r.parent,
                "values" if r.id in withheld else "none",
            )
            for r in snapshot.rows
        ),
        created=int(ws.store.clock().timestamp()) // 60 * 60_000,
        by=By(ws.store.pen.writer.id, ws.store.install, None),
        writers=snapshot.writers,
        app=fieldkit.__version__,
        note=parcel.note,
        basis=parcel.basis or None,
        have=snapshot.have,
    )  # fmt: skip


def _ops(ws: Workspace, run: Range, snapshot: _Snapshot) -> Iterator[Op]:
    for lo in range(run.lo, run.hi + 1, SLICE):
        hi = min(lo + SLICE - 1, run.hi)
        for op in _slice(ws, run, lo, hi):
            yield op.as_stub() if snapshot.is_withheld(op) else op


def _slice(ws: Workspace, run: Range, lo: int, hi: int) -> list[Op]:
    return ws.run(lambda: list(ws.store.records.run(run.s, run.w, lo, hi)))


def _blobs(ws: Workspace, entries: Iterable[BlobEntry]) -> Iterator[Blob]:
    for entry in entries:
        path = ws.store.attachments.path(entry.h)
        yield Blob(entry.h, entry.size, path if entry.present else None)


def _named(file: Path, title: str, ws: Workspace, packed: Packed) -> Path:
    final = file.with_name(bundle_name(title, ws.store.clock().date(), packed.bundle))
    try:
        return file.replace(final)
    except OSError as error:
        file.unlink(missing_ok=True)
        raise BundleError(E_DISK, reason=error.strerror or type(error).__name__) from error


def _note_sent(ws: Workspace, snapshot: _Snapshot) -> None:
    at = int(ws.store.clock().timestamp()) // 60
    for run in snapshot.ranges:
        ws.store.local.note_sent(run.s, run.w, run.hi, at)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a bundle says about itself, after every byte of it was checked."""

    bundle: str
    app: str
    created: int
    note: str
    size: int
    scopes: tuple[ScopeEntry, ...]
    writers: int
    ops: int
    blobs: int
    missing: int
    install: str | None = None
    signed: str = "unsigned"


def inspect(
    path: Path, *, cancel: Cancel | None = None, progress: Progress | None = None
) -> Inspection:
    """Read a bundle whole, check everything and say what is in it; never writes."""
    with open_bundle(path) as bundle:
        bundle.verify(progress, cancel)
        ops = sum(1 for _ in bundle.ops())
        told = bundle.manifest
        head = told.header
        present = sum(b.present for b in told.blobs)
        return Inspection(
            told.bundle, head.app, head.created, head.note, bundle.size, head.scopes,
            len(head.writers), ops, present, len(told.blobs) - present, head.by.install,
        )  # fmt: skip
