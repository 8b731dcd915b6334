"""Flipped bits in the store file (F7): refused, or mended, or without effect; never shown."""

import random
import secrets
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fieldkit.core.errors import UserError
from fieldkit.core.ids import ScopeId
from tests.faults.harness import IN_MEMORY
from tests.world import Laptop, laptop, places

pytestmark = pytest.mark.fault

FLIPS = 600


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a store with the same ids in every run, so that a flip that slips through comes again."""
    drawn = random.Random(7)
    monkeypatch.setattr(secrets, "token_hex", lambda size=16: drawn.randbytes(size).hex())
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        yield planted(Path(folder))


def planted(folder: Path) -> Path:
    """Plant a garden with every kind of value in it."""
    with laptop(folder, "home") as machine:
        scope = machine.garden()
        for number in range(25):
            rose = machine.plants(scope, name=f"plant {number}", height=number, story="a\n\nb" * 9)
            machine.plants(scope, rose, height=number + 1, why="grown", **{"tags/red": True})
            machine.answers(scope, f"Q{number}", level=number % 5 + 1, reason="because " * number)
    return machine.paths.workspace


def shown(machine: Laptop) -> list[object]:
    """Return everything a page could show of the answers and of who wrote them when."""
    found: list[object] = []
    for row in machine.ws.scopes():
        found.append((row.id, row.kind))
        for kind in ("plant", "answer"):
            for record in machine.ws.records(row.id, kind):
                found.append(record)
                history = machine.ws.history(row.id, record.id, "height", kind)
                found.append([(v.value, v.dot, v.lam, v.wall) for v in history])
    return [*found, machine.ws.differences()]


def outcome(home: Path, right: list[object]) -> str:
    """Open a store and say whether it was refused, right or wrong; then write into it."""
    try:
        machine = Laptop("after", places(home))
    except UserError as error:
        return "refused" if error.code.startswith("E_STORE_") else error.code
    try:
        said = "right" if shown(machine) == right else "wrong"
        scope = ScopeId(machine.ws.scopes()[0].id)
        machine.plants(scope, name="written after")
    except UserError as error:
        return "refused" if error.code == "E_STORE_DAMAGED" else error.code
    finally:
        machine.close()
    return said


def flipped(whole: bytes, dice: random.Random) -> bytes:
    at, bit = dice.randrange(len(whole)), 1 << dice.randrange(8)
    return whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :]


def test_no_flipped_bit_is_ever_shown_as_an_answer(store: Path) -> None:
    machine = Laptop("before", places(store.parent))
    right = shown(machine)
    machine.close()
    whole, dice = store.read_bytes(), random.Random(20260318)
    counts = Counter[str]()
    for _ in range(FLIPS):
        damaged = flipped(whole, dice)
        store.write_bytes(damaged)
        counts[outcome(store.parent, right)] += 1
    assert counts.keys() <= {"refused", "right"}, counts
    assert counts["refused"] > FLIPS // 6, counts


def test_the_control_sqlites_own_check_shows_wrong_values(store: Path) -> None:
    """Without links between the ops most flips that change a value go by unseen."""
    whole, dice, missed = store.read_bytes(), random.Random(20260318), 0

    def values() -> list[object] | None:
        with closing(sqlite3.connect(store)) as sql:
            try:
                if sql.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                    return None
                return sql.execute("SELECT * FROM op LEFT JOIN longtext ON hash = vref").fetchall()
            except (sqlite3.DatabaseError, UnicodeDecodeError):
                return None

    right = values()
    for _ in range(FLIPS):
        store.write_bytes(flipped(whole, dice))
        missed += values() not in (None, right)
    assert missed > FLIPS // 20
