"""The merge law: which ops are heads, which are superseded, when two heads are a difference."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fieldkit.core.ids import WriterId
from fieldkit.core.op import LIFE_FIELD, Context, Dot, Kind, Op, Value

ASK, LATEST, TEXT3, PRESENT = "ask", "latest", "text3", "present"
KNOWN_KINDS = frozenset({Kind.VALUE, Kind.TEXT, Kind.MEMBER, Kind.LIFE, Kind.ERASE})


@dataclass(slots=True)
class RegisterState:
    """What is held of one register: the joined contexts and the dots that stand."""

    seen: dict[WriterId, int] = field(default_factory=dict)
    heads: set[Dot] = field(default_factory=set)

    def absorb(self, op: Op) -> None:
        """Take one op in; the order of arrival never matters (exchange.md section 5)."""
        for writer, seq in op.ctx:
            if seq > self.seen.get(writer, 0):
                self.seen[writer] = seq
        self.heads = {d for d in self.heads if d.seq > self.seen.get(d.writer, 0)}
        if op.seq > self.seen.get(op.writer, 0):
            self.heads.add(op.dot)

    def context(self) -> Context:
        """Return everything held or known covered, for the context of the next op."""
        known = dict(self.seen)
        for dot in self.heads:
            known[dot.writer] = max(known.get(dot.writer, 0), dot.seq)
        return tuple(sorted(known.items()))


def is_applied(op: Op) -> bool:
    """Say whether this version understands the op; others are kept and carried, not applied."""
    return op.kind in KNOWN_KINDS


def standing(ops: Iterable[Op]) -> RegisterState:
    """Return the state of one register from all ops held on it, in any order."""
    state = RegisterState()
    for op in ops:
        if is_applied(op):
            state.absorb(op)
    return state


def is_covered(dot: Dot, ctx: Context) -> bool:
    """Say whether a context covers a dot."""
    return any(writer == dot.writer and seq >= dot.seq for writer, seq in ctx)


def shown(heads: Sequence[Op]) -> Op:
    """Return the head shown while a difference is open: the one with greatest (lam, writer)."""
    return max(heads, key=lambda op: (op.lam, op.writer, op.seq))


def normal(value: Value) -> Value:
    """Return a value as it is compared: texts without trailing space and with one line ending."""
    if isinstance(value, str):
        return "\n".join(line.rstrip() for line in value.replace("\r\n", "\n").strip().split("\n"))
    return value


def is_difference(heads: Sequence[Op], policy: str = ASK) -> bool:
    """Say whether the heads disagree in a way a person has to settle."""
    if policy in (LATEST, PRESENT) or len(heads) < 2:
        return False
    if any(op.is_stub for op in heads):
        return True
    first = normal(heads[0].val)
    return any(normal(op.val) != first for op in heads[1:])


def is_present(heads: Sequence[Op]) -> bool:
    """Say whether a set element is in: any standing head that says so is enough."""
    return any(op.val is True for op in heads)


def observed(op: Op) -> frozenset[Dot]:
    """Return the dots a deleter saw, from the op's `obs`."""
    obs = (op.ext or {}).get("obs", ())
    pairs = obs if isinstance(obs, Sequence) and not isinstance(obs, str) else ()
    return frozenset(
        Dot(WriterId(str(p[0])), int(str(p[1])))
        for p in pairs
        if isinstance(p, Sequence) and len(p) == 2
    )


@dataclass(frozen=True, slots=True)
class Life:
    """Whether an entity is gone, and whether somebody wrote what the deleter had not seen."""

    deleted: bool
    contested: bool


def life(heads: Mapping[str, Sequence[Op]]) -> Life:
    """Judge an entity from the heads of all its registers (exchange.md section 6).

    Deleted and quiet only if every life head is false and a deleter saw every other head.
    """
    votes = heads.get(LIFE_FIELD, ())
    dead = [op for op in votes if op.val is False]
    if not dead:
        return Life(deleted=False, contested=False)
    if len(dead) < len(votes):
        return Life(deleted=False, contested=True)
    seen = frozenset().union(*(observed(op) for op in dead))
    others = (op for fld, ops in heads.items() if fld != LIFE_FIELD for op in ops)
    unseen = any(op.dot not in seen for op in others)
    return Life(deleted=not unseen, contested=unseen)


def bases(heads: Sequence[Op], ops: Iterable[Op]) -> list[Op]:
    """Return the maximal ops covered by every head: the common starts of a difference."""
    shared = [o for o in ops if all(is_covered(o.dot, h.ctx) for h in heads)]
    return [o for o in shared if not any(is_covered(o.dot, p.ctx) for p in shared if p is not o)]
