"""Op <-> row of the op table; ids become bytes, long texts go to their own table."""

import hashlib
import json
import zlib
from typing import Any

from fieldkit.core.ids import EntityId, ScopeId, WriterId
from fieldkit.core.op import Context, Kind, Op, Value, canonical

COLUMNS = "seq, lam, wall, grp, ent, fld, kind, val, vref, ctx, ext, salt, cmt"
Row = tuple[Any, ...]


class LongText:
    """A long text on its way to or from its own table: hash and compressed bytes."""

    __slots__ = ("hash", "packed")

    def __init__(self, text: str) -> None:
        """Hash and compress one text."""
        raw = text.encode()
        self.hash = hashlib.sha256(raw).digest()
        self.packed = zlib.compress(raw, 6)


def unpacked(packed: bytes) -> str:
    """Return the text of a compressed long text."""
    return zlib.decompress(packed).decode()


def row_of(op: Op, wids: "dict[WriterId, int]") -> tuple[Row, LongText | None]:
    """Return the columns of an op (as named in COLUMNS) and the long text they point to."""
    long = LongText(op.val) if op.kind == Kind.TEXT and isinstance(op.val, str) else None
    plain = None if long or op.is_stub else canonical(op.val).decode()
    ctx = json.dumps([[wids[w], s] for w, s in op.ctx], separators=(",", ":"))
    row = (
        op.seq, op.lam, op.wall, op.grp, bytes.fromhex(op.ent), op.fld, op.kind, plain,
        long.hash if long else None, ctx,
        None if op.ext is None else canonical(op.ext).decode(),
        None if op.salt is None else bytes.fromhex(op.salt),
        None if op.commit is None else bytes.fromhex(op.commit),
    )  # fmt: skip
    return row, long


def op_of(
    scope: ScopeId, writer: WriterId, row: Row, texts: str | None, uuids: "dict[int, WriterId]"
) -> Op:
    """Return the op of a row; `texts` is the long text where the row points to one."""
    seq, lam, wall, grp, ent, fld, kind, val, vref, ctx, ext, salt, cmt = row
    value: Value = texts if vref is not None else None if val is None else json.loads(val)
    context: Context = tuple(sorted((uuids[w], s) for w, s in json.loads(ctx)))
    return Op(
        scope, writer, seq, lam, wall, grp, EntityId(ent.hex()), fld, kind, value, context,
        None if ext is None else json.loads(ext),
        None if salt is None else salt.hex(),
        None if cmt is None else cmt.hex(),
    )  # fmt: skip
