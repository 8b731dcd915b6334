"""Lines: how one op is spelled in a bundle, and how it is read back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from fieldkit.core.ids import EntityId, ScopeId, WriterId
from fieldkit.core.op import (
    CHAIN_START,
    INT_CAP,
    LAM_CAP,
    Context,
    Kind,
    Op,
    Value,
    canonical,
    chain_after,
    commitment,
)
from fieldkit.exchange import limits
from fieldkit.exchange.errors import E_DAMAGED, BundleError
from fieldkit.exchange.manifest import Range
from fieldkit.exchange.shape import hash_of, id_of, list_of, name_of, whole_of
from fieldkit.exchange.strictjson import ContentError, parse

UNKNOWN_FROM = 10
_KIND_CAP = 2**31
_SALT_LENGTH = 32
_PLAIN, _WITH_EXT, _WITH_SALT = 10, 11, 12

Spelled = tuple[bytes, EntityId, bytes]


def spell(op: Op, at: int, writers: Callable[[WriterId], int]) -> Spelled:
    """Return the line of an op in two halves around the place of its entity's index."""
    ctx = [[writers(writer), seq] for writer, seq in op.ctx]
    said: Value = op.val if not op.is_stub else op.commit
    rest: list[Value] = [op.fld, int(op.kind), said, ctx]
    if op.commit is not None:
        rest += [op.ext, op.salt]
    elif op.ext is not None:
        rest.append(op.ext)
    head = f"[{at},{op.seq},{op.lam},{op.wall},{op.grp},"
    return head.encode(), op.ent, b"," + canonical(rest)[1:] + b"\n"


def spell_table(entities: Sequence[EntityId]) -> bytes:
    """Return the first line of an ops member: its entities, sorted."""
    return canonical(entities) + b"\n"


class OpsReader:
    """Reads ops lines in order; after the last line `finish` says whether anything is missing."""

    def __init__(self, ranges: Sequence[Range], writers: Sequence[WriterId]) -> None:
        """Take the ranges the lines must fill, one after another, and the writers they count."""
        self._ranges = ranges
        self._writers = writers
        self._entities: Sequence[EntityId] = ()
        self._at = -1
        self._run = Range(ScopeId(""), WriterId(""), 1, 0, b"", CHAIN_START)
        self._seq = 1
        self._chain = CHAIN_START

    def begin(self, raw: bytes) -> None:
        """Read the entity table that a member starts with."""
        table = list_of(parse(raw, limits.LINE_SIZE, limits.LINE_DEPTH), limits.OPS_MEMBER_OPS)
        entities = [EntityId(id_of(item)) for item in table]
        if any(a >= b for a, b in pairwise(entities)):
            raise ContentError("entities out of order")
        self._entities = entities

    def read(self, raw: bytes) -> Op:
        """Read one line; raise ContentError for its shape, BundleError for a broken chain."""
        if self._seq > self._run.hi:
            self._next_range()
        op = self._op(list_of(parse(raw, limits.LINE_SIZE, limits.LINE_DEPTH), _WITH_SALT))
        self._chain = chain_after(self._chain, op)
        if op.seq == self._run.hi and self._chain != self._run.end:
            raise BundleError(E_DAMAGED, member=f"{op.scope[:8]}/{op.writer[:8]}")
        self._seq += 1
        return op

    def finish(self) -> None:
        """Make sure that every range was filled."""
        if self._seq <= self._run.hi or self._at + 1 < len(self._ranges):
            raise ContentError("ops missing")

    def _next_range(self) -> None:
        self._at += 1
        if self._at == len(self._ranges):
            raise ContentError("more ops than said")
        self._run = self._ranges[self._at]
        self._seq, self._chain = self._run.lo, self._run.prev

    def _op(self, line: Sequence[Value]) -> Op:
        if len(line) < _PLAIN:
            raise ContentError("short line")
        at, seq, lam, wall, grp, ent, fld, kind, val, ctx = line[:_PLAIN]
        whole_of(at, self._at, self._at)
        whole_of(seq, self._seq, self._seq)
        ext = _ext(line)
        said, salt, commit = _said(val, line)
        op = Op(
            scope=self._run.s,
            writer=self._run.w,
            seq=self._seq,
            lam=whole_of(lam, 0, LAM_CAP),
            wall=whole_of(wall, -INT_CAP),
            grp=whole_of(grp),
            ent=self._entities[whole_of(ent, 0, len(self._entities) - 1)],
            fld=name_of(fld, limits.FIELD_LENGTH),
            kind=whole_of(kind, 1, _KIND_CAP),
            val=said,
            ctx=self._context(ctx),
            ext=ext,
            salt=salt,
            commit=commit,
        )
        _check_kind(op)
        return op

    def _context(self, value: Value) -> Context:
        found = tuple(self._pairs(value))
        if any(a[0] >= b[0] for a, b in pairwise(found)):
            raise ContentError("context out of order")
        return found

    def _pairs(self, value: Value) -> Iterator[tuple[WriterId, int]]:
        last = len(self._writers) - 1
        for pair in list_of(value, limits.WRITERS):
            index, upto = _two(pair)
            writer = self._writers[whole_of(index, 0, last)]
            high = self._seq - 1 if writer == self._run.w else INT_CAP
            yield writer, whole_of(upto, 1, high)


def _two(value: Value) -> Sequence[Value]:
    pair = list_of(value, 2)
    if len(pair) != 2:
        raise ContentError("pair expected")
    return pair


def _ext(line: Sequence[Value]) -> Mapping[str, Value] | None:
    ext = line[_PLAIN] if len(line) > _PLAIN else None
    if isinstance(ext, Mapping):
        return ext
    if ext is not None or len(line) == _WITH_EXT:
        raise ContentError("object expected")
    return None


def _said(val: Value, line: Sequence[Value]) -> tuple[Value, str | None, str | None]:
    if len(line) < _WITH_SALT:
        return val, None, None
    slot = line[_WITH_EXT]
    if slot is None:
        return None, None, hash_of(val)
    salt = id_of(slot)
    return val, salt, commitment(salt, val)


_SHAPES: Mapping[int, tuple[type, ...]] = {
    Kind.TEXT: (str, type(None)),
    Kind.MEMBER: (bool, type(None)),
    Kind.LIFE: (bool,),
}


def _check_kind(op: Op) -> None:
    if op.kind >= UNKNOWN_FROM:
        return
    if op.kind > Kind.ERASE:
        raise ContentError("kind")
    wanted = _SHAPES.get(op.kind)
    if wanted is not None and not op.is_stub and not isinstance(op.val, wanted):
        raise ContentError("value")
    for pair in list_of((op.ext or {}).get("obs", []), limits.ENTRIES):
        writer, seq = _two(pair)
        id_of(writer)
        whole_of(seq, 1)
