"""Damage inside the rows: found by the chain walk or mended from the log, never shown."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from fieldkit.core.errors import UserError
from fieldkit.core.ids import ScopeId
from fieldkit.core.op import Kind, Op, Value
from fieldkit.core.record import NewScope, Record
from fieldkit.store.checks import check_last, check_scope, heads_hold
from fieldkit.workspace.workspace import Workspace
from tests.world import GARDEN, SCHEMA, Laptop, beside, laptop, plant, writer_of

HASHED = (
    "sid", "wid", "seq", "lam", "wall", "grp", "ent", "fld", "kind", "val", "vref", "ctx", "ext",
    "salt", "cmt", "chain",
)  # fmt: skip
OTHERS = {
    "longtext": ("hash", "z"),
    "have": ("sid", "wid", "lo", "hi", "prev"),
    "head": ("sid", "ent", "fld", "wid", "seq"),
    "seen": ("sid", "ent", "fld", "wid", "upto"),
    "scope": ("uuid", "kind", "parent"),
    "writer": ("uuid",),
}


TAGGED: dict[str, Value] = {"tags/red": True, "name@sr": "Ruža"}


class TakenBackError(Exception):
    """Ends a transaction whose changes nobody wants."""


@contextmanager
def garden(folder: Path) -> Iterator[tuple[Laptop, ScopeId]]:
    """Open a garden with every kind of op in it, by two writers, with islands and a difference."""
    with laptop(folder, "a") as machine:
        scope = ScopeId("c" * 32)
        machine.ws.commit([NewScope(scope, GARDEN, ScopeId("d" * 32))])
        rose = machine.plants(scope, name="Rose", height=3, why="measured", story="one\n\ntwo")
        machine.writes(scope, "plant", rose, **TAGGED)
        machine.writes(scope, "plant", rose, height=4, story="one\n\nthree")
        weed = machine.plants(scope, name="Weed", pos="V")
        machine.removes(scope, "plant", weed)
        other = writer_of("other")
        for seq, value in ((4, 7), (5, 8)):
            fld = "plant.height"
            beside(machine, Op(scope, other, seq, 9, 9, 4, rose, fld, Kind.VALUE, value, ()))
        newer = Op(scope, other, 9, 9, 9, 9, rose, "plant.new", 12, {"b": [1, None]}, (), {"x": 1})
        beside(machine, newer)
        machine.restart()
        yield machine, scope


def changed(value: object) -> Iterator[object]:
    """Return a value with each of its bytes changed in turn."""
    if isinstance(value, int):
        yield from (value ^ 1, value ^ 64, value + 2**33)
        return
    raw = value if isinstance(value, bytes) else str(value).encode()
    for at, byte in enumerate(raw):
        for bit in (1, 32, 128):
            flipped = raw[:at] + bytes([byte ^ bit]) + raw[at + 1 :]
            yield flipped if isinstance(value, bytes) else ("text", flipped)


def keyed(sql: sqlite3.Connection, table: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return the key columns of a table and the keys of its rows."""
    names = [r[1] for r in sql.execute(f"PRAGMA table_info({table})") if r[5]]
    return names, sql.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()


def harms(machine: Laptop, table: str, column: str) -> Iterator[Callable[[], None]]:
    """Return what changes one byte of one column of one row, for every row and byte."""
    sql = machine.ws.store.database.sql
    names, keys = machine.ws.run(lambda: keyed(sql, table))
    where = " AND ".join(f"{n} = ?" for n in names)
    for key in keys:
        read = f"SELECT {column} FROM {table} WHERE {where}"
        value = machine.ws.run(partial(sql.execute, read, key)).fetchone()[0]
        for other in changed(value) if value is not None else ():
            text = isinstance(other, tuple)
            place = "CAST(? AS TEXT)" if text else "?"
            write = f"UPDATE {table} SET {column} = {place} WHERE {where}"
            raw = other[1] if isinstance(other, tuple) else other

            def harm(write: str = write, raw: object = raw, key: tuple[object, ...] = key) -> None:
                sql.execute("DROP TRIGGER op_is_append_only")
                sql.execute(write, (raw, *key))

            yield harm


def tried(machine: Laptop, harm: Callable[[], None], judge: Callable[[], None]) -> bool:
    """Do harm and judge it, then take it back; False where the database itself refused it."""
    done: list[bool] = []

    def work() -> None:
        try:
            harm()
        except sqlite3.IntegrityError:
            raise TakenBackError from None
        done.append(True)
        judge()
        raise TakenBackError

    with suppress(TakenBackError):
        machine.ws.transact(work)
    return bool(done)


def code_of(machine: Laptop, work: Callable[[], None]) -> str:
    """Return the code a piece of work is refused with, empty where it is not."""
    try:
        machine.ws.store.database.ask(work)
    except UserError as error:
        return error.code
    return ""


def found(machine: Laptop) -> bool:
    """Say whether opening and walking the chains refuses the store."""
    log = machine.ws.store.records

    def work() -> None:
        log.reload()
        check_last(log)
        for row in log.scopes():
            check_scope(log, row.id)

    code = code_of(machine, work)
    assert code in {"", "E_STORE_DAMAGED"}
    return bool(code)


def shown(machine: Laptop, scope: ScopeId) -> str:
    """Return what is shown of a scope, in one order."""
    heads = machine.ws.store.records.heads(scope)
    return str(
        sorted((e, f, sorted(ops, key=str)) for e, r in heads.items() for f, ops in r.items())
    )


@pytest.mark.parametrize("column", HASHED)
def test_a_changed_byte_in_any_column_of_an_op_is_found(tmp_path: Path, column: str) -> None:
    with garden(tmp_path) as (machine, _):
        count = 0
        for harm in harms(machine, "op", column):

            def judge() -> None:
                assert found(machine)

            count += tried(machine, harm, judge)
        assert count > 10
        assert not machine.ws.run(lambda: found(machine))


@pytest.mark.parametrize("column", ["val", "fld", "ctx", "salt", "cmt", "chain", "ent", "vref"])
def test_a_damaged_op_is_never_shown(tmp_path: Path, column: str) -> None:
    """Its own link, or the link to the one before it, no longer fits."""
    with garden(tmp_path) as (machine, scope):
        log = machine.ws.store.records
        right = machine.ws.run(lambda: shown(machine, scope))
        for harm in harms(machine, "op", column):

            def judge() -> None:
                log.reload()

                def show() -> None:
                    assert not heads_hold(log, scope) or shown(machine, scope) == right

                assert code_of(machine, show) in {"", "E_STORE_DAMAGED"}

            tried(machine, harm, judge)


@pytest.mark.parametrize(("table", "column"), [(t, c) for t in OTHERS for c in OTHERS[t]])
def test_a_changed_byte_around_the_ops_is_found_or_mended(
    tmp_path: Path, table: str, column: str
) -> None:
    with garden(tmp_path) as (machine, scope):
        right = machine.derived(scope)
        seen = machine.ws.run(lambda: shown(machine, scope))
        count = 0
        for harm in harms(machine, table, column):

            def judge() -> None:
                if not found(machine):
                    assert machine.ws.store.records.derived(scope) == right
                    assert shown(machine, scope) == seen

            count += tried(machine, harm, judge)
        assert count


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM head",
        "DELETE FROM seen",
        "UPDATE head SET seq = 999 WHERE fld = 'plant.name'",
        "UPDATE head SET fld = 'plant.why' WHERE fld = 'plant.name'",
    ],
)
def test_a_wrong_cache_is_derived_again_before_anything_is_shown(tmp_path: Path, harm: str) -> None:
    with garden(tmp_path) as (machine, scope):
        right = machine.ws.run(lambda: machine.ws.store.records.heads(scope))
        machine.ws.transact(lambda: machine.ws.store.database.sql.execute(harm))
        machine.restart()
        assert machine.ws.records(scope, "plant")[0].get("name") == "Rose"
        assert machine.ws.run(lambda: machine.ws.store.records.heads(scope)) == right
        machine.checks()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM op WHERE seq = 3",
        "DELETE FROM have",
        "DELETE FROM longtext",
        "UPDATE op SET val = '5' WHERE fld = 'plant.height' AND seq = 4",
    ],
)
def test_a_damaged_log_is_refused_before_anything_is_shown_or_written(
    tmp_path: Path, statement: str
) -> None:
    with garden(tmp_path) as (machine, scope):

        def harm() -> None:
            sql = machine.ws.store.database.sql
            trigger = sql.execute("SELECT sql FROM sqlite_schema WHERE type='trigger'").fetchone()
            sql.execute("DROP TRIGGER op_is_append_only")
            sql.execute(statement)
            sql.execute(trigger[0])

        right = machine.ws.records(scope, "plant")
        machine.ws.transact(harm)
        machine.close()
        before = machine.paths.workspace.read_bytes()
        assert refused_or_right(machine, scope, right)
        after = machine.paths.workspace.read_bytes()
        assert b"written into" not in after
        assert len(after) == len(before)


def refused_or_right(machine: Laptop, scope: ScopeId, right: list[Record]) -> bool:
    """Open and read a scope, try to write into it; say whether what is shown was right."""
    try:
        with Workspace.open(machine.paths, SCHEMA) as ws:
            for write in (
                lambda: ws.commit([plant(scope, name="written into a damaged store")]),
                ws.undo,
            ):
                with pytest.raises(UserError, match="E_STORE_DAMAGED"):
                    write()
            return ws.records(scope, "plant") == right
    except UserError as error:
        return error.code == "E_STORE_DAMAGED"


def test_an_op_withheld_carries_no_value(tmp_path: Path) -> None:
    """A stub with a value would be a value nothing vouches for."""
    with garden(tmp_path) as (machine, _):

        def harm() -> None:
            sql = machine.ws.store.database.sql
            sql.execute("DROP TRIGGER op_is_append_only")
            sql.execute("UPDATE op SET salt = NULL, val = '\"lie\"' WHERE cmt IS NOT NULL")

        def judge() -> None:
            assert found(machine)

        assert tried(machine, harm, judge)
