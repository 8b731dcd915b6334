"""Saving: a full disk or a busy store loses nothing that was typed, and everybody is told."""

import threading
from contextlib import suppress
from pathlib import Path

import pytest

from fieldkit.core.errors import BugError, UserError
from fieldkit.core.ids import EntityId, ScopeId, new_id
from fieldkit.core.op import LIFE_FIELD
from fieldkit.core.record import NewScope
from fieldkit.workspace.saving import SaveState
from tests.workspace.conftest import Disk
from tests.world import (
    GARDEN,
    Laptop,
    carry,
    laptop,
    laptops,
    places,
    plant,
)

LONG = "".join(chr(0x400 + i % 97) + str(i) for i in range(20_000))


def test_a_full_disk_without_patience_raises_and_nothing_has_changed(disk: Disk) -> None:
    with laptop(disk.folder) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose")
        before = machine.ops()
        disk.fill(8 * 1024)
        for _ in range(3):
            with pytest.raises(UserError) as caught:
                machine.plants(scope, rose, story=LONG)
            assert caught.value.code == "E_NO_ROOM"
        assert machine.ops() == before
        assert machine.reads(scope, "plant", rose, "story") is None
        disk.free()
        machine.plants(scope, rose, story=LONG)
        machine.restart()
        assert machine.reads(scope, "plant", rose, "story") == LONG
        machine.checks()


def test_a_full_disk_with_patience_keeps_the_text_shows_it_and_saves_it_when_there_is_room(
    disk: Disk,
) -> None:
    with laptop(disk.folder, patience=5.0) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose", height=1)
        weed = machine.plants(scope, name="Weed")
        before = machine.ops()
        said: list[SaveState] = []
        machine.ws.on_saved(said.append)
        disk.fill()
        machine.plants(scope, rose, story=LONG)
        assert machine.ws.saved.state == "unsaved"
        assert machine.ws.saved.why is not None
        assert machine.ws.saved.why.code == "E_NO_ROOM"
        assert said[-1] == machine.ws.saved
        other = ScopeId(new_id())
        machine.ws.commit([NewScope(other, GARDEN, scope)])
        asked = machine.answers(other, "q", level=3)
        machine.removes(scope, "plant", weed)
        machine.plants(scope, rose, height=2)
        machine.ws.set_draft(scope, rose, "name", "Ros")
        machine.ws.set_draft(scope, rose, "name", "Rosa")
        assert machine.ws.retry() is False

        def shows() -> None:
            record = machine.ws.record(scope, "plant", rose)
            assert (record.get("story"), record.get("height")) == (LONG, 2)
            assert [r.id for r in machine.ws.records(scope, "plant")] == [rose]
            assert [r.id for r in machine.ws.scopes(parent=scope)] == [other]
            assert machine.reads(other, "answer", asked, "level") == 3
            assert machine.ws.drafts(scope) == {(rose, "name"): "Rosa"}

        shows()
        assert machine.ops() == before
        disk.free()
        assert machine.ws.retry() is True
        assert machine.ws.saved == SaveState("saved", machine.clock.now)
        assert said[-1] == machine.ws.saved
        shows()
        machine.restart()
        shows()
        assert len([op for op in machine.ops() if op.fld == "plant.story"]) == 1
        machine.checks()


def test_what_waits_for_room_is_brought_in_by_the_next_save_and_in_its_order(disk: Disk) -> None:
    with laptop(disk.folder, patience=5.0) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, height=0)
        disk.fill()
        machine.plants(scope, rose, story=LONG, height=1)
        disk.free()
        machine.plants(scope, rose, height=2)
        assert machine.ws.saved.state == "saved"
        history = machine.ws.history(scope, rose, "height", "plant")
        assert [v.value for v in history] == [0, 1, 2]
        assert machine.ws.undo() is not None
        assert machine.reads(scope, "plant", rose, "height") == 1


def test_undo_does_not_pass_over_what_could_not_be_saved(disk: Disk) -> None:
    with laptop(disk.folder, patience=5.0) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, height=1)
        disk.fill()
        machine.plants(scope, rose, story=LONG)
        with pytest.raises(UserError) as caught:
            machine.ws.undo()
        assert caught.value.code == "E_NO_ROOM"
        assert machine.reads(scope, "plant", rose, "height") == 1
        assert machine.reads(scope, "plant", rose, "story") == LONG
        disk.free()
        machine.ws.undo()
        assert machine.reads(scope, "plant", rose, "story") is None
        assert machine.reads(scope, "plant", rose, "height") == 1


def test_closing_tries_once_more(disk: Disk) -> None:
    machine = Laptop("a", places(disk.folder / "a"), patience=5.0)
    scope = machine.garden()
    disk.fill()
    rose = machine.plants(scope, story=LONG)
    disk.free()
    machine.restart()
    assert machine.reads(scope, "plant", rose, "story") == LONG
    machine.close()


def test_a_disk_full_from_the_start_is_told_and_the_next_start_works(disk: Disk) -> None:
    disk.fill(20 * 1024)
    with pytest.raises(UserError) as caught:
        Laptop("a", places(disk.folder / "a"))
    assert caught.value.code == "E_NO_ROOM"
    disk.free()
    with laptop(disk.folder, "a") as machine:
        assert machine.garden()


@pytest.mark.parametrize("left", [k * 4096 for k in range(0, 40, 3)])
def test_at_every_size_of_room_a_commit_is_whole_or_refused(disk: Disk, left: int) -> None:
    with laptop(disk.folder) as machine:
        scope = machine.garden()
        disk.fill(left)
        written = 0
        with suppress(UserError):
            for number in range(12):
                machine.plants(scope, name=f"plant {number}", story=LONG[: 2000 * number], height=1)
                written += 1
        disk.free()
        machine.restart()
        assert len(machine.ws.records(scope, "plant")) == written
        machine.checks()


def test_an_attachment_without_room_is_refused_and_leaves_nothing(disk: Disk) -> None:
    with laptop(disk.folder) as machine:
        scope = machine.garden()
        photo = disk.folder.parent / "photo.png"
        photo.write_bytes(bytes(ROOM_AND_MORE))
        with pytest.raises(UserError) as caught:
            machine.ws.attach(photo)
        assert caught.value.code == "E_NO_ROOM"
        assert not [p for p in machine.paths.blobs.rglob("*") if p.is_file()]
        machine.plants(scope, name="still works")


ROOM_AND_MORE = 700 * 1024


def test_a_busy_store_makes_nobody_wait_longer_than_their_patience(tmp_path: Path) -> None:
    with laptop(tmp_path, patience=0.02) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, height=1)
        assert machine.reads(scope, "plant", rose, "height") == 1
        said: list[str] = []
        machine.ws.on_saved(lambda s: said.append(s.state))
        gate, landed = threading.Event(), threading.Event()
        machine.ws.on_saved(lambda s: landed.set() if s.state == "saved" else None)
        machine.ws._desk.later(gate.wait)
        machine.plants(scope, rose, height=2)
        machine.plants(scope, rose, height=3)
        machine.ws.set_draft(scope, rose, "name", "typ")
        assert machine.ws.saved.state == "saving"
        assert machine.reads(scope, "plant", rose, "height") == 3
        gate.set()
        assert landed.wait(10)
        machine.ws.run(lambda: None)
        assert machine.ws.saved.state == "saved"
        assert said[0] == "saving"
        assert said[-1] == "saved"
        machine.restart()
        assert machine.reads(scope, "plant", rose, "height") == 3
        assert machine.ws.draft(scope, rose, "name") == "typ"


def test_what_lands_late_and_is_refused_is_said_and_not_swallowed(tmp_path: Path) -> None:
    with laptop(tmp_path, patience=0.02) as machine:
        scope = machine.garden()
        refused = threading.Event()
        machine.ws.on_saved(lambda s: refused.set() if s.why else None)
        gate = threading.Event()
        machine.ws._desk.later(gate.wait)
        machine.ws._desk.later(lambda: harmed(machine))
        machine.plants(scope, name="late")
        gate.set()
        assert refused.wait(10)
        assert machine.ws.saved.state == "unsaved"
        assert machine.ws.saved.why is not None
        assert machine.ws.saved.why.code == "E_STORE_DAMAGED"


def harmed(machine: Laptop) -> None:
    """Harm the held runs on the store thread, so that the next walk finds it."""
    machine.ws.store.checked.clear()
    machine.ws.store.database.sql.execute("UPDATE have SET hi = 1")


def test_a_bug_that_lands_late_reaches_the_crash_handler(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException] | None] = []
    told = threading.Event()

    def hook(args: threading.ExceptHookArgs) -> None:
        caught.append(args.exc_type)
        told.set()

    monkeypatch.setattr(threading, "excepthook", hook)
    with laptop(tmp_path, patience=0.02) as machine:
        gate = threading.Event()
        machine.ws._desk.later(gate.wait)
        machine.ws.commit([NewScope(ScopeId("no id at all"), "garden")])
        gate.set()
        assert told.wait(10)
        assert caught == [ValueError]
        assert machine.ws.saved.state == "saved"
        machine.garden()


def test_one_refused_command_does_not_hold_up_the_next(disk: Disk) -> None:
    with laptop(disk.folder, patience=5.0) as machine:
        scope = machine.garden()
        disk.fill()
        rose = machine.plants(scope, story=LONG)
        machine.ws.commit([plant(ScopeId("a" * 32), name="into no scope")])
        machine.plants(scope, rose, height=4)
        disk.free()
        with pytest.raises(UserError, match="E_SCOPE_GONE"):
            machine.ws.retry()
        assert machine.ws.retry() is True
        record = machine.ws.record(scope, "plant", rose)
        assert (record.get("story"), record.get("height")) == (LONG, 4)


def test_a_settlement_that_waits_is_shown_as_settled(disk: Disk) -> None:
    with laptops(disk.folder, "a", "b") as (a, b):
        scope = a.garden()
        rose = a.plants(scope, name="Rose", height=1)
        weed = a.plants(scope, name="Weed")
        carry(a, b)
        a.plants(scope, rose, height=2)
        b.plants(scope, rose, height=3)
        a.removes(scope, "plant", weed)
        b.plants(scope, weed, height=9)
        carry(b, a)
        a.close()
        patient = Laptop("a", a.paths, patience=5.0)
        differences = {d.fld: d for d in patient.ws.differences()}
        disk.fill()
        patient.plants(scope, weed, why=LONG)
        assert patient.ws.record(scope, "plant", weed).contested
        patient.ws.settle(differences["height"], 3)
        patient.ws.settle(differences[LIFE_FIELD], True)
        record = patient.ws.record(scope, "plant", rose)
        assert (record.get("height"), dict(record.differing)) == (3, {})
        assert not patient.ws.record(scope, "plant", weed).contested
        disk.free()
        patient.ws.retry()
        assert patient.ws.differences() == []
        patient.close()


def test_half_typed_text_is_overwritten_in_place_without_a_time_and_is_no_op(
    tmp_path: Path,
) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose")
        before = machine.ops()
        for text in ("R", "Ro", "Ros"):
            machine.ws.set_draft(scope, rose, "name", text)
            machine.clock.advance(minutes=1)
        machine.ws.set_draft(scope, rose, "ballot/abc", {"1": 2, "dk": 1})
        rows = machine.ws.run(
            lambda: machine.ws.store.database.sql.execute("SELECT * FROM draft").fetchall()
        )
        assert len(rows) == 2
        assert all(len(row) == 4 for row in rows)
        assert machine.ops() == before
        machine.restart()
        assert machine.ws.drafts(scope) == {
            (rose, "name"): "Ros",
            (rose, "ballot/abc"): {"1": 2, "dk": 1},
        }
        machine.ws.set_draft(scope, rose, "name", None)
        assert machine.ws.draft(scope, rose, "name") is None
        assert machine.ws.undo_label == "plant {'name': 'Rose'}"


def test_what_was_taken_out_of_a_draft_is_not_left_on_the_disk(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose")
        machine.ws.set_draft(scope, rose, "name", "CANARY taken back")
        machine.ws.set_draft(scope, rose, "name", "short")
        machine.ws.set_draft(scope, rose, "why", "CANARY cleared")
        machine.ws.set_draft(scope, rose, "why", None)
        machine.close()
        for path in machine.paths.home.rglob("*"):
            assert path.is_dir() or b"CANARY" not in path.read_bytes()


def test_a_draft_without_a_scope_is_a_bug_and_not_lost_in_silence(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine, pytest.raises(BugError):
        machine.ws.set_draft(ScopeId("a" * 32), EntityId("b" * 32), "name", "typed")


def test_chains_are_walked_in_the_background_and_a_broken_one_is_said(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose", height=1)
        machine.plants(scope, rose, height=2)
        other = machine.garden()
        machine.restart()
        machine.ws.check_later()
        machine.ws.run(lambda: None)
        assert machine.ws.store.checked == {scope, other}
        machine.ws.check_later()
        machine.ws.run(machine.ws.store.checked.clear)
        break_have = "UPDATE have SET hi = hi - 1 WHERE sid = 1"
        machine.ws.transact(lambda: machine.ws.store.database.sql.execute(break_have))
        machine.ws.check_later()
        machine.ws.run(lambda: None)
        assert machine.ws.saved.why is not None
        assert machine.ws.saved.why.code == "E_STORE_DAMAGED"
        with pytest.raises(UserError):
            machine.plants(scope, rose, height=3)
        machine.answers(other, "q", level=1)


def test_many_threads_at_once_lose_nothing_and_pages_always_see_what_was_committed(
    tmp_path: Path,
) -> None:
    with laptop(tmp_path, patience=0.001) as machine:
        scope = machine.garden()
        missed: list[str] = []

        def work(name: str) -> None:
            for number in range(25):
                rose = machine.plants(scope, name=f"{name} {number}", height=number)
                if machine.reads(scope, "plant", rose, "height") != number:
                    missed.append(f"{name} {number}")
                if number % 10 == 0:
                    machine.ws.forget_views()

        threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert missed == []
        machine.restart()
        assert len(machine.ws.records(scope, "plant")) == 100
        machine.checks()
