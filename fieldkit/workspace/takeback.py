"""Taking an import back: its ops go, and local work that stood on them with them (decisions 18)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import ScopeId, WriterId
from fieldkit.core.op import Dot, Op, Value
from fieldkit.core.register import is_covered, observed
from fieldkit.store.records import Records
from fieldkit.workspace.pen import Pen
from fieldkit.workspace.undo import context_of
from fieldkit.workspace.view import kind_of, stood_for
from fieldkit.workspace.workspace import Workspace

Names = dict[tuple[ScopeId, Dot], Dot | None]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What goes from one scope, and which local ops are written again under a new name.

    With each op to write again go the dots of its register that it covered.
    """

    scope: ScopeId
    gone: frozenset[Dot]
    again: tuple[tuple[Op, frozenset[Dot]], ...]


def undo_import(ws: Workspace, number: int, *, by: object | None = None) -> Changes:
    """Remove what an import brought and what was written upon it; the same file may come again.

    Refused with E_IMPORT_SENT where something written upon it has left this computer already, and
    with E_IMPORT_ORDER while a later import stands.
    """

    def work() -> Changes:
        _must_be_last(ws, number)
        plans = _plans(ws, number)
        changes = _changes(ws, plans)
        ws.store.take_new_name()
        names: Names = {}
        for plan in plans:
            _carry_out(ws, plan, names)
        ws.store.local.mark_import_undone(number)
        ws.store.local.end_import(number)
        ws.store.local.rename(names)
        return changes

    try:
        changes = ws.transact(work)
    finally:
        ws.forget_views()
    told = Changes(changes.kinds, changes.entities, changes.scopes, by)
    ws.tell(told)
    return told


def _must_be_last(ws: Workspace, number: int) -> None:
    standing = [r.id for r in ws.store.local.imports() if not r.undone]
    if number not in standing:
        raise UserError("E_IMPORT_GONE", N_("This import was taken back already."))
    if standing[0] != number:
        raise UserError(
            "E_IMPORT_ORDER",
            N_("A later import stands upon this one. Take that one back first."),
        )


def _plans(ws: Workspace, number: int) -> list[_Plan]:
    by_scope: dict[ScopeId, set[Dot]] = {}
    for scope, dot in ws.store.records.by_import(number):
        by_scope.setdefault(scope, set()).add(dot)
    return [_plan(ws, scope, dots) for scope, dots in sorted(by_scope.items())]


def _plan(ws: Workspace, scope: ScopeId, imported: set[Dot]) -> _Plan:
    records = ws.store.records
    ours = {w for w, row in records.writers().items() if row.install == ws.store.install}
    gone: set[Dot] = set(imported)
    removed = [op for dot in imported if (op := records.op(scope, dot))]
    local = sorted(_local(records, scope, ours, imported), key=lambda o: (o.lam, o.writer, o.seq))
    for op in local:
        if _stands_on(op, gone, removed):
            gone.add(op.dot)
            removed.append(op)
    first: dict[WriterId, int] = {}
    for dot in gone - imported:
        first[dot.writer] = min(dot.seq, first.get(dot.writer, dot.seq))
    sent = ws.store.local.sent(scope)
    if any(sent.get(writer, 0) >= seq for writer, seq in first.items()):
        raise UserError(
            "E_IMPORT_SENT",
            N_(
                "What was written after this import has left this computer in a bundle already,"
                " so the import can no longer be taken back. Change the values back by hand;"
                " both histories are kept. Nothing was changed."
            ),
        )
    suffix = [op for op in local if op.seq >= first.get(op.writer, op.seq + 1)]
    again = tuple((op, _covered(records, op)) for op in suffix if op.dot not in gone)
    return _Plan(scope, frozenset(gone | {op.dot for op in suffix}), again)


def _local(
    records: Records, scope: ScopeId, ours: set[WriterId], imported: set[Dot]
) -> Iterable[Op]:
    for run in records.intervals(scope):
        if run.writer in ours:
            for op in records.run(scope, run.writer, run.lo, run.hi):
                if op.dot not in imported:
                    yield op


def _stands_on(op: Op, gone: set[Dot], removed: list[Op]) -> bool:
    same = (r for r in removed if r.ent == op.ent and r.fld == op.fld)
    return any(is_covered(r.dot, op.ctx) for r in same) or not gone.isdisjoint(observed(op))


def _covered(records: Records, op: Op) -> frozenset[Dot]:
    history = records.history(op.scope, op.ent, op.fld)
    return frozenset(o.dot for o in history if is_covered(o.dot, op.ctx))


def _carry_out(ws: Workspace, plan: _Plan, names: Names) -> None:
    records = ws.store.records
    records.remove(plan.scope, plan.gone)
    for dot in plan.gone:
        names[(plan.scope, dot)] = None
    ws.store.pen.begin()
    for op, covered in plan.again:
        names[(plan.scope, op.dot)] = _write_again(ws.store.pen, op, covered, names).dot
    if records.count(plan.scope) == 0:
        records.drop_scope(plan.scope)


def _write_again(pen: Pen, op: Op, covered: frozenset[Dot], names: Names) -> Op:
    """Write an op under the new name, over what it covered and beside what it did not."""
    now = frozenset(d for dot in covered if (d := names.get((op.scope, dot), dot)))
    heads = pen.records.state(op.scope, op.ent, op.fld).heads
    whole = heads <= now
    return pen.put(
        op.scope, op.ent, op.fld, op.kind, op.val,
        salted=op.commit is not None, ext=_renamed(op, names),
        ctx=None if whole else context_of(pen, op.scope, now), aside=not whole,
    )  # fmt: skip


def _renamed(op: Op, names: Names) -> Mapping[str, Value] | None:
    """Return an op's ext with the new names of what it saw and of what it stands for."""
    if op.ext is None:
        return None
    ext = dict(op.ext)
    link = stood_for(op)
    if link is not None:
        ext["undo"] = _spelled(names.get((op.scope, link), link) or link)
    if "obs" in ext:
        seen = (names.get((op.scope, dot), dot) for dot in sorted(observed(op)))
        ext["obs"] = [_spelled(dot) for dot in seen if dot]
    return ext


def _spelled(dot: Dot) -> Value:
    return [dot.writer, dot.seq]


def _changes(ws: Workspace, plans: list[_Plan]) -> Changes:
    ops = [
        op for p in plans for dot in p.gone if (op := ws.store.records.op(p.scope, dot)) is not None
    ]
    return Changes(
        frozenset(kind_of(op.fld) for op in ops),
        frozenset(op.ent for op in ops),
        frozenset(p.scope for p in plans),
    )
