"""Bundle figures: bytes per op and speed on the generator "register office", seed 20260318.

The register office: 5,000 records of 8 fields (seven short texts, one number), edited one field
at a time by three writers who have seen each other's work. `python tests/benchmarks/bench_bundle.py`.
"""

import tempfile
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from fieldkit.core.ids import EntityId, ScopeId, WriterId
from fieldkit.core.op import CHAIN_START, Kind, Op, Value, canonical, chain_after, commitment
from fieldkit.core.register import RegisterState
from fieldkit.exchange.manifest import Header, Range, ScopeEntry
from fieldkit.exchange.pack import write_bundle
from fieldkit.exchange.unpack import open_bundle

SEED = 20260318
RECORDS, TEXTS = 5_000, 7
LIMIT_PLAIN, LIMIT_COMMITTED = 25.0, 45.0
WORDS = [
    "record",
    "patrol",
    "officer",
    "report",
    "station",
    "system",
    "training",
    "data",
    "plan",
    "district",
    "review",
    "storage",
    "access",
    "search",
    "image",
    "phone",
    "analyst",
    "quality",
    "policy",
    "network",
    "budget",
    "team",
    "case",
    "update",
]
SCOPE = ScopeId("5c" * 16)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one bundle measured."""

    ops: int
    size: int
    per_op: float
    write_ms: float
    check_ms: float
    floor_ms: float


def register_office(count: int, seed: int, *, committed: bool) -> list[tuple[Range, list[Op]]]:
    """Return the edits of three writers as ranges whose chains hold."""
    chance = Random(seed)
    writers = sorted(WriterId(f"{chance.getrandbits(128):032x}") for _ in range(3))
    records = [EntityId(f"{chance.getrandbits(128):032x}") for _ in range(RECORDS)]
    runs: dict[WriterId, list[Op]] = {w: [] for w in writers}
    states: dict[tuple[EntityId, str], RegisterState] = {}
    wall = 29_563_740
    for lam in range(1, count + 1):
        writer, ent = chance.choice(writers), chance.choice(records)
        number = chance.randrange(TEXTS + 1)
        fld = f"record.field{number}"
        state = states.setdefault((ent, fld), RegisterState())
        wall += chance.random() < 0.2
        run = runs[writer]
        seq = len(run) + 1
        value: Value = chance.randrange(1_000)
        if number:
            value = " ".join(chance.choices(WORDS, k=chance.randint(1, 3)))
        salt = f"{chance.getrandbits(128):032x}" if committed and number else None
        op = Op(
            SCOPE, writer, seq, lam, wall, seq, ent, fld, Kind.VALUE, value, state.context(),
            None, salt, None if salt is None else commitment(salt, value),
        )  # fmt: skip
        state.absorb(op)
        run.append(op)
    return [_range(ops) for ops in runs.values() if ops]


def _range(ops: list[Op]) -> tuple[Range, list[Op]]:
    chain = CHAIN_START
    for op in ops:
        chain = chain_after(chain, op)
    return Range(SCOPE, ops[0].writer, 1, len(ops), CHAIN_START, chain), ops


def _floor(runs: list[tuple[Range, list[Op]]]) -> float:
    """Return the time of the least possible work: spelling the values and deflating them."""
    start = time.perf_counter()
    lines = b"\n".join(
        canonical([o.seq, o.lam, o.wall, o.ent, o.fld, o.val, [list(c) for c in o.ctx]])
        for _, ops in runs
        for o in ops
    )
    zlib.compress(lines, 6)
    return 1_000 * (time.perf_counter() - start)


def measure(count: int, *, committed: bool, seed: int = SEED) -> Figures:
    """Write and read one bundle and return its figures."""
    runs = register_office(count, seed, committed=committed)
    floor = _floor(runs)
    head = Header((ScopeEntry(SCOPE, "assessment", "Register office"),), created=0)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "b.fkb"
        marks: list[float] = []
        start = time.perf_counter()
        packed = write_bundle(
            target, head, runs, (), None,
            lambda _, total: marks.append(time.perf_counter()) if total else None,
        )  # fmt: skip
        written = marks[0] - start
        start = time.perf_counter()
        with open_bundle(target) as bundle:
            bundle.verify()
            assert sum(1 for _ in bundle.ops()) == count
        checked = time.perf_counter() - start
    return Figures(count, packed.size, packed.size / count, 1_000 * written, 1_000 * checked, floor)


def run(counts: tuple[int, ...] = (10_000, 100_000)) -> list[dict[str, Any]]:
    """Return the figures of every bundle, for the table of all benchmarks."""
    rows: list[dict[str, Any]] = []
    for count in counts:
        for committed, limit in ((False, LIMIT_PLAIN), (True, LIMIT_COMMITTED)):
            figures = measure(count, committed=committed)
            kind = f"{count} ops, {'committed' if committed else 'plain'}"
            rows += [
                _row(f"bundle size, {kind}", figures.per_op, None, limit, "B/op"),
                _row(f"bundle written, {kind}", figures.write_ms, figures.floor_ms, None, "ms"),
                _row(f"bundle checked, {kind}", figures.check_ms, figures.floor_ms, None, "ms"),
            ]
    return rows


def _row(name: str, value: float, floor: float | None, limit: float | None, unit: str) -> Any:
    ratio = None if floor is None else value / floor
    return {
        "name": name, "measured": value, "floor": floor, "ratio": ratio, "limit": limit,
        "unit": unit,
    }  # fmt: skip


if __name__ == "__main__":
    for row in run():
        print(f"{row['name']:<40} {row['measured']:10.1f} {row['unit']}")
