"""Undo and redo: a commit that puts the old value back, skipping what others wrote over since.

An op that puts back names the op it stands for in `ext.undo`, or nothing where it clears.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from fieldkit.core.ids import EntityId, ScopeId, WriterId
from fieldkit.core.op import LIFE_FIELD, Context, Dot, Kind, Op, Value
from fieldkit.core.register import is_covered, observed, standing
from fieldkit.workspace.pen import SCOPE_KIND, Pen, Written
from fieldkit.workspace.view import bare, kind_of, origin_of, stood_for


@dataclass(frozen=True, slots=True)
class _Entity:
    """One entity a command wrote: the ops of the command on it, and what stands on it now."""

    scope: ScopeId
    ent: EntityId
    ops: tuple[Op, ...]
    heads: dict[str, list[Op]]

    @property
    def kind(self) -> str:
        return kind_of(self.ops[0].fld)


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
        heads = pen.records.heads(scope, ent).get(ent, {})
        skipped.extend(_entity_back(pen, _Entity(scope, ent, tuple(written), heads)))
    return list(pen.written), skipped


def _entity_back(pen: Pen, entity: _Entity) -> list[str]:
    if _was_made_by(pen, entity):
        pen.remove(entity.scope, entity.kind, entity.ent)
        return []
    skipped: list[str] = []
    # Life last: deleting again must see what was put back before it.
    for fld in sorted({op.fld for op in entity.ops}, key=lambda f: (bare(f) == LIFE_FIELD, f)):
        of_life = bare(fld) == LIFE_FIELD
        if (of_life and skipped) or not _register_back(pen, entity, fld):
            skipped.append(fld)
    return skipped


def _was_made_by(pen: Pen, entity: _Entity) -> bool:
    """Say whether the command made the entity and nobody else wrote on it since."""
    plate = pen.schema.kinds.get(entity.kind)
    if plate is None or plate.by_nature:
        return False
    if pen.records.first_lam(entity.scope, entity.ent) < min(op.lam for op in entity.ops):
        return False
    made = {op.dot for op in entity.ops}
    return all(
        line.nothing or not made.isdisjoint(line.dots)
        for fld, ops in entity.heads.items()
        if bare(fld) != LIFE_FIELD
        for line in (_line(pen, op) for op in ops)
    )


def _register_back(pen: Pen, entity: _Entity, fld: str) -> bool:
    ops = [op for op in entity.ops if op.fld == fld]
    last = [o for o in ops if not any(is_covered(o.dot, p.ctx) for p in ops if p is not o)]
    lines = {head.dot: _line(pen, head).dots for head in entity.heads.get(fld, ())}
    mine = {dot for dot, line in lines.items() if any(op.dot in line for op in last)}
    if any(not any(op.dot in lines[dot] for dot in mine) for op in last):
        return False
    # Beside what is left standing only a fresh writer's op can be covered apart from it.
    whole = len(mine) == len(lines)
    state = pen.records.state(entity.scope, entity.ent, fld)
    context = state.context() if whole else context_of(pen, entity.scope, mine)
    _put(pen, entity, last[-1], _before(pen, ops), context, whole=whole)
    return True


def _put(
    pen: Pen, entity: _Entity, last: Op, before: list[Op], context: Context, *, whole: bool
) -> None:
    scope, ent, fld = last.register
    if not before:
        value: Value = True if last.kind == Kind.LIFE else None
        pen.put(
            scope, ent, fld, last.kind, value,
            salted=last.commit is not None, ext={"undo": None}, ctx=context, aside=not whole,
        )  # fmt: skip
    for index, old in enumerate(before):
        ext: dict[str, Value] = {"undo": [old.writer, old.seq], "of": origin_of(old)}
        if old.ext and "obs" in old.ext:
            ext["obs"] = _observed_again(pen, entity, old)
        pen.put(
            scope, ent, fld, old.kind, old.val,
            salted=old.commit is not None, ext=ext, ctx=context, aside=not whole or index > 0,
        )  # fmt: skip


def _before(pen: Pen, ops: list[Op]) -> list[Op]:
    """Return the ops that stood when the command was given."""
    scope, ent, fld = ops[0].register
    own = {op.dot for op in ops}
    history = pen.records.history(scope, ent, fld)
    covered = (o for o in history if any(is_covered(o.dot, op.ctx) for op in ops))
    old = [o for o in covered if o.dot not in own]
    stood = standing(old).heads
    return [o for o in old if o.dot in stood]


def _observed_again(pen: Pen, entity: _Entity, old: Op) -> Value:
    """Return what a deleter saw, in the dots that stand for it now."""
    saw = set(observed(old))
    ours = {dot for scope, dot in pen.written if scope == entity.scope}
    now = pen.records.heads(entity.scope, entity.ent).get(entity.ent, {})
    for fld, ops in now.items():
        for op in ops if bare(fld) != LIFE_FIELD else ():
            line = _line(pen, op)
            if op.dot in ours or line.nothing or not saw.isdisjoint(line.dots):
                saw.add(op.dot)
    return [[dot.writer, dot.seq] for dot in sorted(saw)]


@dataclass(frozen=True, slots=True)
class _Line:
    """An op with those whose value it only put back; `nothing` says that it put back nothing."""

    dots: frozenset[Dot]
    nothing: bool


def _line(pen: Pen, op: Op) -> _Line:
    dots = {op.dot}
    last, link = op, stood_for(op)
    while link is not None and link not in dots:
        dots.add(link)
        before = pen.records.op(op.scope, link)
        last, link = before or last, stood_for(before) if before else None
    return _Line(frozenset(dots), link is None and "undo" in (last.ext or {}))


def context_of(pen: Pen, scope: ScopeId, dots: AbstractSet[Dot]) -> Context:
    """Return the context of an op written over these ops and beside all others."""
    known: dict[WriterId, int] = {}
    for dot in dots:
        op = pen.records.op(scope, dot)
        for writer, seq in (*(op.ctx if op else ()), (dot.writer, dot.seq)):
            known[writer] = max(known.get(writer, 0), seq)
    return tuple(sorted(known.items()))
