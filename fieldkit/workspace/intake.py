"""Transfer in: the preview of a bundle and its import, by the same code."""

import datetime as dt
import hashlib
import json
import os
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.op import CHAIN_START, Op, Value, chain_after
from fieldkit.exchange.errors import E_FORK, BundleError, disk_error
from fieldkit.exchange.manifest import Manifest, Range
from fieldkit.exchange.pulse import Cancel, Progress, Pulse
from fieldkit.exchange.review import Review, ScopeReview
from fieldkit.exchange.unpack import Bundle, open_bundle
from fieldkit.store.attachments import pieces
from fieldkit.store.local import ImportRow
from fieldkit.store.records import ForkError, Interval, ScopeRow, Writer
from fieldkit.workspace.cases import settling_item
from fieldkit.workspace.pen import Item
from fieldkit.workspace.view import Difference, entity_kind, kind_of
from fieldkit.workspace.workspace import Workspace

Choice = tuple[ScopeId, EntityId, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """A bundle copied to the inbox and what taking it in would do; nothing is changed yet."""

    file: Path
    sha256: str
    review: Review
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    number: int
    changes: Changes
    review: Review


@dataclass(slots=True)
class _Count:
    before: frozenset[EntityId]
    open_before: frozenset[tuple[EntityId, str]]
    dead_before: frozenset[EntityId]
    touched: set[EntityId]
    kinds: set[str]
    title: str = ""
    ops_new: int = 0
    ops_known: int = 0
    unknown: int = 0
    refused: str = ""


class _RollbackError(Exception):
    """Carries the preview out of the transaction it was made in."""

    def __init__(self, review: Review, differences: tuple[Difference, ...]) -> None:
        super().__init__()
        self.review = review
        self.differences = differences


def preview(
    ws: Workspace,
    source: Path,
    *,
    cancel: Cancel | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Copy a bundle in, check every byte, and say what taking it in would do.

    Raises BundleError and then leaves nothing behind. Call `discard` when it is not wanted.
    """
    file, sha = _copy_in(ws, source, cancel)
    try:
        with open_bundle(file) as bundle:
            bundle.verify(progress, cancel)
            try:
                ws.transact(lambda: _rehearse(ws, bundle, sha, cancel))
            except _RollbackError as made:
                return Preview(file, sha, made.review, made.differences)
        raise AssertionError
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def discard(made: Preview) -> None:
    """Throw the inbox copy of a preview away."""
    made.file.unlink(missing_ok=True)


def apply(
    ws: Workspace,
    made: Preview,
    *,
    skip: frozenset[ScopeId] = frozenset(),
    choices: Mapping[Choice, Value] | None = None,
    by: object | None = None,
    cancel: Cancel | None = None,
) -> Imported:
    """Take a previewed bundle in as one command, with the choices made in its preview."""
    with open_bundle(made.file) as bundle:
        _keep_blobs(ws, bundle, cancel)

        def work() -> tuple[int, Review, Changes]:
            number = _open_log(ws, bundle.manifest, made.sha256)
            review, _, changes = _bring_in(ws, bundle, number, skip, cancel)
            ws.store.local.count_import(
                number, review.ops_new, sum(s.ops_known for s in review.scopes), review.differences
            )
            written = ws.store.pen.write(_settling(ws, choices or {}))
            ws.store.local.add_command(
                int(ws.store.clock().timestamp()) // 60, N_("Bundle imported"), written, number
            )
            return number, review, changes

        with _views_forgotten(ws):
            number, review, changes = ws.transact(work)
    discard(made)
    told = Changes(changes.kinds, changes.entities, changes.scopes, by)
    ws.tell(told)
    return Imported(number, told, review)


@contextmanager
def _views_forgotten(ws: Workspace) -> Iterator[None]:
    try:
        yield
    finally:
        ws.forget_views()


def _copy_in(ws: Workspace, source: Path, cancel: Cancel | None) -> tuple[Path, str]:
    target = ws.paths.inbox / f"{secrets.token_hex(8)}.part"
    digest = hashlib.sha256()
    try:
        pulse = Pulse(cancel, None, source.stat().st_size)
        ws.paths.inbox.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            for piece in pieces(source):
                digest.update(piece)
                file.write(piece)
                pulse.step(len(piece))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        target.unlink(missing_ok=True)
        raise disk_error(error) from error
    except BundleError:
        target.unlink(missing_ok=True)
        raise
    return target, digest.hexdigest()


def _rehearse(ws: Workspace, bundle: Bundle, sha: str, cancel: Cancel | None) -> None:
    known = any(r.sha == sha and not r.undone for r in ws.store.local.imports())
    number = _open_log(ws, bundle.manifest, sha)
    review, differences, _ = _bring_in(ws, bundle, number, frozenset(), cancel, known=known)
    raise _RollbackError(review, differences)


def _open_log(ws: Workspace, manifest: Manifest, sha: str) -> int:
    at = int(ws.store.clock().timestamp()) // 60
    by = _label(manifest)
    return ws.store.local.log_import(ImportRow(0, manifest.bundle, sha, at, by, 0, 0, 0, False))


def _label(manifest: Manifest) -> str:
    by = manifest.header.by.writer
    return next((w.label for w in manifest.writers if w.id == by and w.label), "")


def _bring_in(
    ws: Workspace,
    bundle: Bundle,
    number: int,
    skip: frozenset[ScopeId],
    cancel: Cancel | None,
    *,
    known: bool = False,
) -> tuple[Review, tuple[Difference, ...], Changes]:
    manifest, records = bundle.manifest, ws.store.records
    for writer in manifest.writers:
        records.add_writer(Writer(writer.id, writer.install, writer.person, writer.label))
    counts = {s.id: _count(ws, s.id, s.title) for s in manifest.scopes}
    for scope in manifest.scopes:
        if scope.id not in skip:
            records.add_scope(ScopeRow(scope.id, scope.kind, scope.parent))
    _admit_all(ws, bundle, number, skip, counts, cancel)
    _note_peer(ws, manifest)
    reviews, differences = [], []
    for scope in manifest.scopes:
        if scope.id in skip or counts[scope.id].refused:
            reviews.append(_refused(scope.id, scope.kind, scope.title, counts[scope.id]))
            continue
        opened = ws.differences_in(scope.id)
        differences.extend(opened)
        reviews.append(_reviewed(ws, scope.id, scope.kind, scope.title, counts[scope.id], opened))
    review = _whole(ws, bundle, tuple(reviews), known)
    return review, tuple(differences), _changes(counts)


def _count(ws: Workspace, scope: ScopeId, title: str) -> _Count:
    heads = ws.store.records.heads(scope)
    opened = ws.differences_in(scope) if heads else []
    return _Count(
        frozenset(heads),
        frozenset((d.ent, d.fld) for d in opened),
        frozenset(ws.dead_in(scope)) if heads else frozenset(),
        set(),
        set(),
        title,
    )


def _admit_all(
    ws: Workspace,
    bundle: Bundle,
    number: int,
    skip: frozenset[ScopeId],
    counts: Mapping[ScopeId, _Count],
    cancel: Cancel | None,
) -> None:
    ops = bundle.ops()
    pulse = Pulse(cancel, None, bundle.manifest.ops)
    save = ws.store.database.savepoint
    at: ScopeId | None = None
    for run in bundle.manifest.ranges:
        if run.s != at:
            at = run.s
            save("scope_start")
        chain = run.prev
        for _ in range(run.lo, run.hi + 1):
            op = next(ops)
            pulse.step(1)
            chain = chain_after(chain, op)
            if run.s not in skip and not counts[run.s].refused:
                _admit(ws, op, chain, number, counts[run.s])
        if run.s not in skip and not counts[run.s].refused:
            _close_run(ws, run, counts[run.s])
    for _ in ops:
        raise AssertionError


def _admit(ws: Workspace, op: Op, chain: bytes, number: int, count: _Count) -> None:
    try:
        is_new = ws.store.records.admit(op, chain, number)
    except ForkError as fork:
        _refuse(ws, count, fork)
        return
    if is_new:
        count.ops_new += 1
        count.touched.add(op.ent)
        count.kinds.add(kind_of(op.fld))
        if ws.schema.field(kind_of(op.fld), op.fld.split(".", 1)[-1]) is None:
            count.unknown += op.fld.split(".", 1)[-1] != "_life" and kind_of(op.fld) != "scope"
    else:
        count.ops_known += 1


def _close_run(ws: Workspace, run: Range, count: _Count) -> None:
    interval = Interval(run.w, run.lo, run.hi, run.prev if run.lo > 1 else CHAIN_START)
    try:
        ws.store.records.check_edges(run.s, interval, run.end)
        ws.store.records.join(run.s, interval)
    except ForkError as fork:
        _refuse(ws, count, fork)


def _refuse(ws: Workspace, count: _Count, fork: ForkError) -> None:
    """Take back what this scope had brought so far and remember why (decisions 25)."""
    ws.store.database.back_to("scope_start")
    ws.store.records.reload()
    writer = ws.store.records.writers().get(fork.writer)
    error = BundleError(
        E_FORK,
        person=(writer.label if writer else "") or "?",
        seq=fork.seq,
        scope=count.title or "?",
    )
    count.refused = str(error)
    count.ops_new = count.ops_known = 0
    count.touched.clear()
    count.kinds.clear()


def _reviewed(
    ws: Workspace,
    scope: ScopeId,
    kind: str,
    title: str,
    count: _Count,
    opened: list[Difference],
) -> ScopeReview:
    dead = frozenset(ws.dead_in(scope)) - count.dead_before
    fresh = (count.touched - count.before) - dead
    changed = count.touched & count.before - dead
    gaps = sum(run.lo > 1 for run in ws.store.records.intervals(scope))
    new_open = [d for d in opened if (d.ent, d.fld) not in count.open_before]
    return ScopeReview(
        scope, kind, title, len(fresh), len(changed), len(dead & count.touched), len(new_open),
        gaps, count.ops_new, count.ops_known, count.unknown,
        new_kinds=_by_kind(ws, scope, fresh), changed_kinds=_by_kind(ws, scope, changed),
    )  # fmt: skip


def _by_kind(
    ws: Workspace, scope: ScopeId, entities: AbstractSet[EntityId]
) -> tuple[tuple[str, int], ...]:
    heads = ws.store.records.heads(scope) if entities else {}
    return tuple(sorted(Counter(entity_kind(heads[e]) for e in entities & heads.keys()).items()))


def _refused(scope: ScopeId, kind: str, title: str, count: _Count) -> ScopeReview:
    return ScopeReview(scope, kind, title, refused=count.refused)


def _whole(ws: Workspace, bundle: Bundle, scopes: tuple[ScopeReview, ...], known: bool) -> Review:
    manifest = bundle.manifest
    held = [b for b in manifest.blobs if b.present or ws.store.attachments.has(b.h)]
    nothing_new = all(s.changes_nothing for s in scopes)
    return Review(
        manifest.bundle,
        _label(manifest),
        dt.datetime.fromtimestamp(manifest.header.created / 1000, dt.UTC),
        bundle.size,
        scopes,
        already_imported=known,
        older=nothing_new and not known,
        attachments_in=len(held),
        attachments_missing=len(manifest.blobs) - len(held),
    )


def _changes(counts: Mapping[ScopeId, _Count]) -> Changes:
    return Changes(
        frozenset(k for c in counts.values() for k in c.kinds),
        frozenset(e for c in counts.values() for e in c.touched),
        frozenset(s for s, c in counts.items() if c.touched),
    )


def _note_peer(ws: Workspace, manifest: Manifest) -> None:
    install = manifest.header.by.install
    if install is None or install == ws.store.install:
        return
    have = json.dumps({s: dict(w) for s, w in manifest.header.have.items()})
    at = int(ws.store.clock().timestamp()) // 60
    ws.store.local.note_peer(install, _label(manifest), have, manifest.bundle, at)


def _keep_blobs(ws: Workspace, bundle: Bundle, cancel: Cancel | None) -> None:
    entries = bundle.manifest.blobs
    pulse = Pulse(cancel, None, len(entries))
    for entry in entries:
        if entry.present and not ws.store.attachments.has(entry.h):
            ws.store.attachments.keep(bundle.blob(entry.h), entry.h)
        pulse.step(1)

    def note() -> None:
        for entry in entries:
            held = ws.store.attachments.has(entry.h)
            ws.store.local.note_blob(entry.h, entry.size, held)

    if entries:
        ws.transact(note)


def _settling(ws: Workspace, choices: Mapping[Choice, Value]) -> list[Item]:
    items = []
    for (scope, ent, fld), value in choices.items():
        heads = ws.store.records.heads(scope, ent).get(ent, {})
        if heads:
            items.append(settling_item(scope, entity_kind(heads), ent, {fld: value}))
    return items
