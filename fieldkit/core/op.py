"""Op: one immutable assignment to one register; its dot, context, canonical bytes and chain."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import NamedTuple, TypeAlias, Union

from fieldkit.core.ids import EntityId, ScopeId, WriterId

# No floats anywhere: decimals travel as texts (exchange.md, hazard 3).
Value: TypeAlias = Union[bool, int, str, Sequence["Value"], Mapping[str, "Value"], None]  # noqa: UP007
Context: TypeAlias = tuple[tuple[WriterId, int], ...]

LIFE_FIELD = "_life"
CHAIN_START = bytes(32)
LAM_CAP = 2**40
INT_CAP = 2**53


class Kind(IntEnum):
    """What an op does to its register; kinds from 10 up belong to newer versions."""

    VALUE = 1
    TEXT = 2
    MEMBER = 3
    LIFE = 4
    ERASE = 5


class Dot(NamedTuple):
    """The name of an op inside its scope: who wrote it and as which one, from 1 up."""

    writer: WriterId
    seq: int


class Register(NamedTuple):
    """One field of one entity: the place an op assigns to."""

    scope: ScopeId
    ent: EntityId
    fld: str


@dataclass(frozen=True, slots=True)
class Op:
    """One assignment; `salt` is hex when committed, a stub has `commit` but no value or salt."""

    scope: ScopeId
    writer: WriterId
    seq: int
    lam: int
    wall: int
    grp: int
    ent: EntityId
    fld: str
    kind: int
    val: Value
    ctx: Context
    ext: Mapping[str, Value] | None = None
    salt: str | None = None
    commit: str | None = None

    @property
    def dot(self) -> Dot:
        """The op's name inside its scope."""
        return Dot(self.writer, self.seq)

    @property
    def register(self) -> Register:
        """The place the op assigns to."""
        return Register(self.scope, self.ent, self.fld)

    @property
    def is_stub(self) -> bool:
        """Say whether the value was withheld or erased and only its commitment is held."""
        return self.commit is not None and self.salt is None

    @property
    def is_honest(self) -> bool:
        """Say whether a committed value is the one its commitment was made for, or is withheld."""
        if self.commit is None:
            return True
        if self.salt is None:
            return self.val is None
        return commitment(self.salt, self.val) == self.commit

    def as_stub(self) -> "Op":
        """Return the op without value and salt; its chain stays whole."""
        return replace(self, val=None, salt=None) if self.commit is not None else self


def canonical(value: Value) -> bytes:
    """Return the one spelling of a value: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def new_salt() -> str:
    """Draw the 16 random bytes, as hex, that hide a committed value."""
    return secrets.token_hex(16)


def commitment(salt: str, value: Value) -> str:
    """Return the hex digest that stands for a committed value in the chain."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical(value)).hexdigest()


def chain_after(previous: bytes, op: Op) -> bytes:
    """Return the hash after `op` in its writer's chain in this scope (exchange.md section 4)."""
    said: Value = op.val if op.commit is None else op.commit
    body: Value = [
        op.scope, op.writer, op.seq, op.lam, op.wall, op.grp, op.ent, op.fld, op.kind,
        0 if op.commit is None else 1, said, [[w, s] for w, s in op.ctx], op.ext,
    ]  # fmt: skip
    return hashlib.sha256(previous + canonical(body)).digest()
