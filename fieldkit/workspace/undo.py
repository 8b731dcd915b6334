"""Undo and redo: a commit that puts the old value back, skipping what others wrote over since."""

from collections.abc import Sequence

from fieldkit.core.ids import EntityId, ScopeId, WriterId
from fieldkit.core.op import LIFE_FIELD, Context, Dot, Kind, Op, Value
from fieldkit.core.register import is_covered, standing
from fieldkit.workspace.pen import SCOPE_KIND, Pen, Written
from fieldkit.workspace.view import bare, kind_of, origin_of


def put_back(pen: Pen, ops: Sequence[tuple[ScopeId, Dot]]) -> tuple[Written, list[str]]:
    """Write the state from before a command's ops; returns the dots and the fields left alone."""
    pen.begin()
    skipped: list[str] = []
    entities: dict[tuple[ScopeId, EntityId], list[Op]] = {}
    for scope, dot in ops:
        op = pen.records.op(scope, dot)
        if op is not None and kind_of(op.fld) != SCOPE_KIND:
            entities.setdefault((scope, op.ent), []).append(op)
    for (scope, ent), written in reversed(list(entities.items())):
        _entity_back(pen, scope, ent, written, skipped)
    return list(pen.written), skipped


def _entity_back(
    pen: Pen, scope: ScopeId, ent: EntityId, written: list[Op], skipped: list[str]
) -> None:
    kind = kind_of(written[0].fld)
    if _was_made_by(pen, scope, ent, written):
        pen.remove(scope, kind, ent)
        return
    registers: dict[str, list[Op]] = {}
    for op in written:
        registers.setdefault(op.fld, []).append(op)
    # Life last: deleting again must see what was put back before it.
    for fld, ops in sorted(registers.items(), key=lambda item: bare(item[0]) == LIFE_FIELD):
        if not _register_back(pen, ops):
            skipped.append(fld)


def _was_made_by(pen: Pen, scope: ScopeId, ent: EntityId, written: list[Op]) -> bool:
    plate = pen.schema.kinds.get(kind_of(written[0].fld))
    if plate is None or plate.by_nature:
        return False
    heads = pen.records.heads(scope, ent).get(ent, {})
    standing_dots = {op.dot for ops in heads.values() for op in ops}
    first = all(not op.ctx for op in written)
    return first and standing_dots == {op.dot for op in written}


def _register_back(pen: Pen, ops: list[Op]) -> bool:
    last = ops[-1]
    scope, ent, fld = last.register
    state = pen.records.state(scope, ent, fld)
    wanted = {op.dot for op in ops}
    mine = {dot for dot in state.heads if not wanted.isdisjoint(_stands_for(pen, scope, dot))}
    if len(mine) != len(ops):
        return False
    before = _before(pen, ops)
    context = state.context() if mine == state.heads else _context_of(pen, scope, mine)
    if not before:
        if bare(fld) == LIFE_FIELD:
            pen.put(scope, ent, fld, Kind.LIFE, last.val is not True, ctx=context)
        else:
            pen.put(scope, ent, fld, last.kind, None, salted=last.commit is not None, ctx=context)
        return True
    for index, old in enumerate(before):
        ext: dict[str, Value] = {"undo": [old.writer, old.seq], "of": origin_of(old)}
        if old.ext and "obs" in old.ext:
            ext["obs"] = old.ext["obs"]
        pen.put(
            scope, ent, fld, old.kind, old.val,
            salted=old.commit is not None, ext=ext, ctx=context, aside=index > 0,
        )  # fmt: skip
    return True


def _before(pen: Pen, ops: list[Op]) -> list[Op]:
    """Return the ops that stood when the command was given."""
    scope, ent, fld = ops[0].register
    contexts: list[Context] = [op.ctx for op in ops]
    history = pen.records.history(scope, ent, fld)
    old = [o for o in history if any(is_covered(o.dot, ctx) for ctx in contexts)]
    stood = standing(old).heads
    return [o for o in old if o.dot in stood]


def _stands_for(pen: Pen, scope: ScopeId, dot: Dot) -> set[Dot]:
    """Return an op's dot and those of the ops whose value it only put back."""
    found: set[Dot] = set()
    at: Dot | None = dot
    while at is not None and at not in found:
        found.add(at)
        op = pen.records.op(scope, at)
        link = (op.ext or {}).get("undo") if op else None
        at = Dot(WriterId(str(link[0])), int(str(link[1]))) if isinstance(link, list) else None
    return found


def _context_of(pen: Pen, scope: ScopeId, dots: set[Dot]) -> Context:
    known: dict[WriterId, int] = {}
    for dot in dots:
        op = pen.records.op(scope, dot)
        for writer, seq in (*(op.ctx if op else ()), (dot.writer, dot.seq)):
            known[writer] = max(known.get(writer, 0), seq)
    return tuple(sorted(known.items()))
