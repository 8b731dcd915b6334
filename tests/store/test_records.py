"""The op log: forks refused, islands joined, what is derived always fits the ops."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.core.errors import BugError
from fieldkit.core.ids import EntityId, InstallId, PersonId, ScopeId, new_id
from fieldkit.core.op import CHAIN_START, Dot, Op, chain_after, commitment
from fieldkit.store.checks import check_scope
from fieldkit.store.database import Database
from fieldkit.store.records import ForkError, Interval, Records, ScopeRow, Writer
from tests.world import carry, laptop, laptops, writer_of

SCOPE = ScopeId("a" * 32)
ROSE = EntityId("b" * 32)
WHO = writer_of("w")
OTHER = writer_of("o")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Records]:
    database = Database.open(tmp_path / "workspace.db")
    records = Records(database)
    records.add_scope(ScopeRow(SCOPE, "garden", None))
    for writer in (WHO, OTHER):
        records.add_writer(Writer(writer, None, None, ""))
    yield records
    database.close()


def chain(values: list[int]) -> list[tuple[Op, bytes]]:
    """Return the ops of one writer on one register, each with its link."""
    links, before = [], CHAIN_START
    for seq, value in enumerate(values, 1):
        ctx = ((WHO, seq - 1),) if seq > 1 else ()
        op = Op(SCOPE, WHO, seq, seq, 0, seq, ROSE, "plant.height", 1, value, ctx)
        before = chain_after(before, op)
        links.append((op, before))
    return links


def bring(log: Records, links: list[tuple[Op, bytes]], lo: int, hi: int) -> None:
    """Take in a part of a chain as an import does."""
    prev = links[lo - 2][1] if lo > 1 else CHAIN_START
    run = Interval(WHO, lo, hi, prev)
    for op, link in links[lo - 1 : hi]:
        log.admit(op, link, 1)
    log.check_edges(SCOPE, run, links[hi - 1][1])
    log.join(SCOPE, run)


PARTS = [(1, 2), (3, 3), (4, 6), (2, 4), (7, 7)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(len(PARTS))))[::5])
def test_in_whatever_order_the_parts_come_the_log_is_the_same(
    log: Records, order: tuple[int, ...]
) -> None:
    links = chain([1, 2, 3, 4, 5, 6, 7])
    for part in order:
        bring(log, links, *PARTS[part])
        held = {
            seq
            for lo, hi in (PARTS[p] for p in order[: order.index(part) + 1])
            for seq in range(lo, hi + 1)
        }
        claimed = {s for r in log.intervals(SCOPE) for s in range(r.lo, r.hi + 1)}
        assert claimed == held
        check_scope(log, SCOPE)
    assert log.intervals(SCOPE) == [Interval(WHO, 1, 7, CHAIN_START)]
    assert [op.val for op in log.heads(SCOPE)[ROSE]["plant.height"]] == [7]
    assert log.next_seq(SCOPE, WHO) == 8


def test_the_same_part_twice_changes_nothing(log: Records) -> None:
    links = chain([1, 2, 3])
    bring(log, links, 1, 3)
    before = log.derived(SCOPE)
    assert [log.admit(op, link, 2) for op, link in links] == [False] * 3
    assert log.derived(SCOPE) == before


@pytest.mark.parametrize("first", ["theirs", "mine"])
def test_one_dot_with_two_contents_is_a_fork_and_names_its_place(log: Records, first: str) -> None:
    histories = {"mine": chain([1, 2, 3]), "theirs": chain([1, 9, 9])}
    bring(log, histories[first], 1, 3)
    other = histories["mine" if first == "theirs" else "theirs"]
    with pytest.raises(ForkError) as caught:
        bring(log, other, 1, 3)
    assert (caught.value.writer, caught.value.seq) == (WHO, 2)


def test_a_part_that_does_not_fit_the_one_before_or_after_is_a_fork(log: Records) -> None:
    mine, theirs = chain([1, 2, 3, 4]), chain([1, 9, 9, 9])
    bring(log, mine, 1, 2)
    with pytest.raises(ForkError) as caught:
        log.check_edges(SCOPE, Interval(WHO, 3, 4, theirs[1][1]), theirs[3][1])
    assert caught.value.seq == 2
    bring(log, mine, 4, 4)
    with pytest.raises(ForkError) as caught:
        log.check_edges(SCOPE, Interval(WHO, 3, 3, mine[1][1]), theirs[2][1])
    assert caught.value.seq == 3


def test_a_withheld_value_is_filled_in_when_it_comes_and_never_taken_out_again(
    log: Records,
) -> None:
    for kind, text in ((1, "Rose"), (2, "a long story")):
        salt = "ab" * 16
        full = Op(
            SCOPE, WHO, kind, kind, 0, kind, ROSE, f"plant.f{kind}", kind, text, (), None, salt,
            commitment(salt, text),
        )  # fmt: skip
        link = chain_after(log.chain_at(SCOPE, Dot(WHO, kind - 1)) or CHAIN_START, full)
        assert log.admit(full.as_stub(), link, 1)
        assert log.op(SCOPE, full.dot) == full.as_stub()
        assert not log.admit(full, link, 2)
        assert log.op(SCOPE, full.dot) == full
        assert not log.admit(full.as_stub(), link, 3)
        assert log.op(SCOPE, full.dot) == full


def test_a_local_op_without_its_predecessor_is_a_bug(log: Records) -> None:
    with pytest.raises(BugError):
        log.append(chain([1, 2])[1][0])


def test_writers_are_filled_in_but_never_overwritten(log: Records) -> None:
    install, person = InstallId("c" * 32), PersonId("d" * 32)
    log.add_writer(Writer(WHO, install, person, "Ana"))
    log.add_writer(Writer(WHO, InstallId("e" * 32), None, "Somebody else"))
    log.add_writer(Writer(WHO, None, None, ""))
    assert log.writers()[WHO] == Writer(WHO, install, person, "Ana")
    log.reload()
    assert log.writers()[OTHER] == Writer(OTHER, None, None, "")


def test_a_scope_is_added_once_and_private_ones_are_marked(log: Records) -> None:
    log.add_scope(ScopeRow(SCOPE, "another kind", ScopeId("f" * 32)))
    assert log.scopes() == [ScopeRow(SCOPE, "garden", None)]
    log.add_scope(ScopeRow(ScopeId("c" * 32), "private", SCOPE))
    marks = log._db.sql.execute("SELECT kind, private FROM scope ORDER BY sid").fetchall()
    assert marks == [("garden", 0), ("private", 1)]


def test_what_is_not_held_reads_as_nothing(log: Records) -> None:
    nowhere = ScopeId("9" * 32)
    assert log.heads(nowhere) == {}
    assert log.heads(SCOPE, ROSE) == {}
    assert log.history(nowhere, ROSE, "plant.height") == []
    assert log.op(SCOPE, Dot(writer_of("nobody"), 1)) is None
    assert (log.count(), log.count(SCOPE), log.count(nowhere)) == (0, 0, 0)
    assert not log.holds(nowhere)


def test_ops_taken_out_leave_islands_that_still_check(log: Records) -> None:
    links = chain([1, 2, 3, 4, 5])
    bring(log, links, 1, 5)
    log.remove(SCOPE, [Dot(WHO, 3), Dot(WHO, 1)])
    assert [(r.lo, r.hi) for r in log.intervals(SCOPE)] == [(2, 2), (4, 5)]
    check_scope(log, SCOPE)
    bring(log, links, 3, 3)
    bring(log, links, 1, 1)
    assert log.intervals(SCOPE) == [Interval(WHO, 1, 5, CHAIN_START)]
    log.remove(SCOPE, [op.dot for op, _ in links] + [Dot(OTHER, 77)])
    assert log.count(SCOPE) == 0
    log.drop_scope(SCOPE)
    assert log.scopes() == []


def test_an_import_knows_what_it_brought(log: Records) -> None:
    links = chain([1, 2])
    log.admit(*links[0], 4)
    log.admit(*links[1], 5)
    assert log.by_import(4) == [(SCOPE, Dot(WHO, 1))]
    assert log.by_import(6) == []


def test_an_op_of_a_newer_kind_is_kept_and_applied_by_nobody(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, height=1)
        newer = Op(scope, WHO, 1, 9, 0, 1, rose, "plant.height", 12, {"x": [1]}, ())

        def bring_newer() -> None:
            records = machine.ws.store.records
            records.add_writer(Writer(WHO, None, None, ""))
            records.admit(newer, chain_after(CHAIN_START, newer), 1)
            records.join(scope, Interval(WHO, 1, 1, CHAIN_START))

        machine.ws.transact(bring_newer)
        machine.ws.forget_views()
        assert machine.reads(scope, "plant", rose, "height") == 1
        assert machine.ws.differences() == []
        assert newer in machine.ops(scope)
        machine.checks()


def test_a_lost_middle_stick_makes_no_false_difference(tmp_path: Path) -> None:
    """A wrote, B wrote over it, C wrote over B; D gets A's and C's work but never B's."""
    with laptops(tmp_path, "A", "B", "C", "D") as (a, b, c, d):
        scope = a.garden()
        rose = a.plants(scope, height=1)
        carry(a, b)
        b.plants(scope, rose, height=2)
        carry(b, c)
        c.plants(scope, rose, height=3)
        carry(a, d)
        carry(c, d, lambda op: op.writer == c.writer)
        assert d.ws.differences() == []
        assert d.reads(scope, "plant", rose, "height") == 3
        d.checks()
        carry(b, d)
        assert d.reads(scope, "plant", rose, "height") == 3
        d.checks()


def test_ids_in_long_histories_stay_in_order(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        for _ in range(3):
            machine.plants(scope, new_id(), height=1)
            machine.restart()
        ops = sorted(machine.ops(scope), key=lambda op: op.lam)
        assert [op.lam for op in ops] == list(range(1, len(ops) + 1))
