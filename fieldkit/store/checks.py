"""What is proved before a store is believed: chains, heads and what was derived from the ops."""

from collections import defaultdict
from collections.abc import Iterator

from fieldkit.core.errors import UserError
from fieldkit.core.ids import ScopeId, natural_id
from fieldkit.core.op import CHAIN_START, Dot, Op, Register, chain_after
from fieldkit.core.register import RegisterState, is_applied, is_covered
from fieldkit.store.database import damaged
from fieldkit.store.records import Interval, Records, ScopeRow

SCOPE_KIND = "scope"


def check_scope(records: Records, scope: ScopeId) -> None:
    """Walk every chain of a scope; raises E_STORE_DAMAGED at the first broken link.

    What is derived from the ops is derived again where it does not fit them (law I6).
    """
    runs = records.intervals(scope)
    if sum(run.hi - run.lo + 1 for run in runs) != records.count(scope):
        raise damaged("count")
    states = defaultdict[Register, RegisterState](RegisterState)
    for run in runs:
        for op in _proved(records, scope, run):
            if is_applied(op):
                states[op.register].absorb(op)
    if states != records.states(scope):
        records.rebuild(scope)


def heads_hold(records: Records, scope: ScopeId) -> bool:
    """Say whether what stands is what was noted, each op proved by its link to the one before."""
    if records.unnoted_heads(scope) or records.headless(scope):
        return False
    starts = {Dot(run.writer, run.lo): run.prev for run in records.intervals(scope)}
    standing = defaultdict[Register, list[Op]](list)
    try:
        for register, op, chain, before in records.head_links(scope):
            link = chain_after(before or starts.get(op.dot, CHAIN_START), op)
            if register != op.register or link != chain or not op.is_honest:
                return False
            standing[register].append(op)
    except (UserError, TypeError, ValueError):
        # A flipped byte can turn a text into something no op was ever written with.
        return False
    return not any(
        is_covered(one.dot, other.ctx)
        for heads in standing.values()
        if len(heads) > 1
        for one in heads
        for other in heads
        if one is not other
    )


def check_last(records: Records) -> None:
    """Check each scope's birth and the last op of every run; quick enough for every open."""
    for row in records.scopes():
        _check_birth(records, row)
        for run in records.intervals(row.id):
            before = records.chain_at(row.id, Dot(run.writer, run.hi - 1))
            last = Interval(
                run.writer, run.hi, run.hi, run.prev if run.lo == run.hi else before or b""
            )
            for _ in _proved(records, row.id, last):
                pass


def _check_birth(records: Records, row: ScopeRow) -> None:
    """Demand that a scope's row says what its first ops say."""
    ent = natural_id(row.id, SCOPE_KIND, "")
    for name, said in (("kind", row.kind), ("parent", row.parent)):
        history = records.history(row.id, ent, f"{SCOPE_KIND}.{name}")
        if history and history[0].val != said:
            raise damaged("scope")


def _proved(records: Records, scope: ScopeId, run: Interval) -> Iterator[Op]:
    chain, expected = run.prev, run.lo
    for op, held in records.links(scope, run):
        try:
            chain = chain_after(chain, op)
        except (TypeError, ValueError) as error:
            raise damaged("chain") from error
        if op.seq != expected or chain != held or not op.is_honest:
            raise damaged("chain")
        expected += 1
        yield op
    if expected != run.hi + 1:
        raise damaged("chain")
