"""Killed at any write: what was promised is there, nothing is half there, the store opens."""

import shutil
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from fieldkit.workspace.intake import apply, preview
from fieldkit.workspace.transfer import Parcel, export
from tests.faults.harness import Program, Run, every, needs_strace, strike, writes_of
from tests.world import Laptop, laptop, laptops, places, plant

pytestmark = pytest.mark.fault

EDITS = 12
IMPORTED = 1000

SESSION = """
import os, sys
from pathlib import Path
from tests.world import SCHEMA, Clock, places, plant
from fieldkit.workspace.workspace import Workspace

ws = Workspace.open(places(Path(sys.argv[1])), SCHEMA, clock=Clock())
scope = ws.scopes()[0].id
for number in range(12):
    text = f"story {number}" + " and so on" * 50
    if number % 4 == 0:
        ws.set_draft(scope, f"{number:032x}", "name", f"half {number}")
    ws.commit([plant(scope, f"{number:032x}", name=f"plant {number}", height=number, story=text)])
    os.write(1, f"ack {number}\\n".encode())
ws.close()
"""

FIRST_START = """
import os, sys
from pathlib import Path
from tests.world import SCHEMA, Clock, places
from fieldkit.workspace.workspace import Workspace

Workspace.open(places(Path(sys.argv[1])), SCHEMA, clock=Clock()).close()
os.write(1, b"ack 0\\n")
"""

IMPORT = """
import os, sys
from pathlib import Path
from tests.world import SCHEMA, Clock, places
from fieldkit.workspace.intake import apply, preview
from fieldkit.workspace.workspace import Workspace

home = Path(sys.argv[1])
ws = Workspace.open(places(home), SCHEMA, clock=Clock())
apply(ws, preview(ws, home / "bundle.fkb"))
os.write(1, b"ack 0\\n")
ws.close()
"""

# The control: no journal and no flushing, as one might set for speed.
CARELESS = """
import os, sqlite3, sys
from pathlib import Path

sql = sqlite3.connect(Path(sys.argv[1]) / "careless.db", isolation_level=None)
sql.execute("PRAGMA journal_mode=OFF")
sql.execute("PRAGMA synchronous=OFF")
for number in range(12):
    sql.execute("BEGIN")
    for part in range(30):
        sql.execute("INSERT INTO plant VALUES(?, ?, ?)", (number, part, f"{number}-" * 200))
    sql.execute("COMMIT")
    os.write(1, f"ack {number}\\n".encode())
"""


@pytest.fixture(autouse=True)
def _strace() -> None:
    needs_strace()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with laptop(tmp_path, "home") as machine:
        machine.garden()
    return machine.paths.home


def test_a_session_killed_at_every_write_loses_nothing_it_had_promised(home: Path) -> None:
    program = Program(SESSION, home)
    writes = writes_of(program)
    assert {"pwrite64", "fdatasync", "fsync", "ftruncate", "rename"} <= writes.keys()
    runs = strike(program, every(writes), judge_session)
    struck = [run for run in runs if run.struck]
    assert len(struck) > 300
    assert {run.syscall for run in struck} == writes.keys()
    assert {len(run.acks) for run in struck} == set(range(EDITS + 1))


def judge_session(folder: Path, run: Run) -> None:
    """Demand every promised edit, at most the one under way besides, each whole."""
    machine = Laptop("after", places(folder))
    scope = machine.ws.scopes()[0].id
    held = {r.whole("height"): r for r in machine.ws.records(scope, "plant")}
    assert set(run.acks) <= set(held), run
    assert set(held) <= set(range(len(run.acks) + 1)), run
    for number, record in held.items():
        assert record.text("name") == f"plant {number}", run
        assert record.text("story").startswith(f"story {number} and"), run
    drafts = machine.ws.drafts(scope)
    assert all(drafts[ent, "name"] == f"half {int(ent, 16)}" for ent, _ in drafts), run
    assert {int(ent, 16) for ent, _ in drafts} >= {n for n in held if n % 4 == 0}, run
    machine.checks()
    machine.plants(scope, name="work goes on")
    assert (machine.ws.undo_label or "").startswith("plant")
    machine.close()


def test_a_first_start_killed_at_every_write_starts_the_next_time(tmp_path: Path) -> None:
    empty = tmp_path / "home"
    empty.mkdir()
    program = Program(FIRST_START, empty)
    writes = writes_of(program)
    assert {"pwrite64", "link", "unlink"} <= writes.keys()

    def judge(folder: Path, run: Run) -> None:
        machine = Laptop("after", places(folder))
        machine.plants(machine.garden(), name="Rose")
        machine.checks()
        machine.close()
        assert sorted(p.name for p in folder.glob("*.new*")) == [], run

    runs = strike(program, every(writes), judge)
    assert sum(run.struck for run in runs) > 30


def test_an_import_killed_at_any_write_has_happened_or_has_not(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "home") as (ana, bo):
        scope = bo.garden()
        bo.plants(scope, name="Bo's own")
        sent = ana.garden()
        ana.ws.commit(
            [plant(sent, f"{n:032x}", name=f"plant {n}", height=n) for n in range(IMPORTED)]
        )
        bundle = bo.paths.home / "bundle.fkb"
        export(ana.ws, Parcel((sent,), "Garden"), bundle)
        before = _state(bo)
        bo.close()
        copied = Laptop("copy", places(_copy(bo.paths.home, tmp_path / "copy")))
        apply(copied.ws, preview(copied.ws, bundle))
        after = _state(copied)
        copied.close()
        program = Program(IMPORT, bo.paths.home)
        writes = writes_of(program)
        assert writes["pwrite64"] > 100
        met = set()

        def judge(folder: Path, run: Run) -> None:
            machine = Laptop("after", places(folder))
            state = _state(machine)
            assert state in (before, after), run
            assert not run.acks or state == after, run
            machine.checks()
            machine.close()
            met.add(state == after)

        runs = strike(program, every(writes, max(writes["pwrite64"] // 12, 1)), judge)
        assert sum(run.struck for run in runs) > 15
        assert met == {True, False}


def _copy(source: Path, target: Path) -> Path:
    return Path(shutil.copytree(source, target))


def _state(machine: Laptop) -> tuple[object, ...]:
    """Return what is held and what stands, without what is this computer's alone."""
    found: list[object] = []
    for row in machine.ws.scopes():
        heads = machine.ws.run(partial(machine.ws.store.records.heads, row.id))
        found.append((row, sorted(map(str, machine.ops(row.id))), len(heads)))
    return tuple(found)


def test_the_control_without_a_journal_is_caught_by_the_same_judge(tmp_path: Path) -> None:
    prepared = tmp_path / "home"
    prepared.mkdir()
    sql = sqlite3.connect(prepared / "careless.db")
    sql.execute("CREATE TABLE plant(number, part, text, PRIMARY KEY(number, part))")
    sql.execute("CREATE INDEX by_text ON plant(text, part)")
    sql.close()
    program = Program(CARELESS, prepared)
    broken: list[Run] = []

    def judge(folder: Path, run: Run) -> None:
        if not _is_whole(folder / "careless.db", run):
            broken.append(run)

    runs = strike(program, every({"pwrite64": writes_of(program)["pwrite64"]}, 5), judge)
    assert sum(run.struck for run in runs) > 20
    assert len(broken) > len(runs) // 4


def _is_whole(path: Path, run: Run) -> bool:
    sql = sqlite3.connect(path)
    try:
        if sql.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            return False
        counts = dict(sql.execute("SELECT number, count(*) FROM plant GROUP BY number").fetchall())
    except sqlite3.DatabaseError:
        return False
    finally:
        sql.close()
    return set(run.acks) <= counts.keys() and set(counts.values()) <= {30}


def test_a_run_nothing_struck_is_not_counted_as_survived(home: Path) -> None:
    """The other control: a fault at a write that never comes strikes nobody."""
    runs = strike(Program(SESSION, home), [("fsync", 10_000)], judge_session)
    assert [(run.struck, len(run.acks)) for run in runs] == [(False, EDITS)]


def test_the_disk_failing_at_every_write_is_told_and_loses_nothing(home: Path) -> None:
    """An input/output error at each point (F3): raised in plain words, promises kept."""
    program = Program(SESSION, home)
    writes = {k: n for k, n in writes_of(program).items() if k in ("pwrite64", "fdatasync")}
    points = every(writes, 8)
    runs = strike(program, points, judge_session, fault="error=EIO")
    told = [run for run in runs if run.struck]
    assert len(told) > len(points) // 2
    assert all("E_DISK" in run.output or "E_IN_USE" in run.output for run in told), told[0].output
    assert all(len(run.acks) == EDITS for run in runs if not run.struck)
